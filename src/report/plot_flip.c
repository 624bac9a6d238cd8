/* The tornado: one row for each answer. The middle is where its number stands; a bar leads as
 * far as the number would have to move before the answer turns, to the left when it would
 * have to fall. The shortest bar, the answer that hangs by least, stands on top. */
#include "report/svg_axes.h"

#include "report/questions.h"
#include "report/words.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

static const double MARGIN = 16, ROW = 44, AXIS = 44, SIZE = 12, HELD = 92;

typedef struct tornado {
    svg *to;
    const truce_flips *result;
    page words; /* for sentences only: nothing is written to it */
    svg_scale scale;
    svg_box frame;
} tornado;

static bool turns(const truce_flip *flip)
{
    return flip->number != NULL;
}

static int nearest_first(const void *a, const void *b)
{
    const truce_flip *one = *(const truce_flip *const *)a,
                     *other = *(const truce_flip *const *)b;
    if (turns(one) != turns(other))
        return turns(other) - turns(one);
    if (turns(one) && one->distance != other->distance)
        return one->distance < other->distance ? -1 : 1;
    return (one > other) - (one < other); /* in the order of the answers */
}

static const truce_flip **in_order(arena *memory, const truce_flips *result)
{
    const truce_flip **rows =
        arena_array(memory, result->count + 1, const truce_flip *);
    for (size_t k = 0; k < result->count; k++)
        rows[k] = &result->items[k];
    qsort(rows, result->count, sizeof *rows, nearest_first);
    return rows;
}

static double farthest(const truce_flips *result)
{
    double most = 0;
    for (size_t k = 0; k < result->count; k++)
        if (turns(&result->items[k]))
            most = fmax(most, result->items[k].distance);
    return most > 0 ? most : 1;
}

static void draw_bar(const tornado *at, const truce_flip *flip, double y)
{
    bool rises = flip->threshold >= flip->from;
    double middle = scale_at(&at->scale, 0),
           end = scale_at(&at->scale, rises ? flip->distance : -flip->distance);
    svg_look look = svg_fill(svg_series(rises ? 0 : 1));
    svg_rect(at->to, look,
             (svg_box){fmin(middle, end), y, fmax(fabs(end - middle), 2), 15}, 2);
    const char *words =
        arena_format(&at->to->memory, "%s%s", flip->must_pass ? "past " : "",
                     number_words(&at->to->memory, flip->threshold));
    double width = svg_text_width(words, SIZE, false);
    bool outside = rises ? end + width + 8 < at->frame.x + at->frame.width
                         : end - width - 8 > at->frame.x;
    svg_text(at->to, outside ? end + (rises ? 5 : -5) : end + (rises ? -5 : 5), y + 12,
             outside == rises ? SVG_START : SVG_END, SIZE,
             outside ? SVG_TEXT : SVG_PAPER, "%s", words);
}

static void draw_held(const tornado *at, const truce_flip *flip, double y)
{
    if (at->result->draws == 0)
        return;
    double x = at->frame.x + at->frame.width + 14, width = HELD - 20;
    double share = (double)flip->held / (double)at->result->draws;
    svg_rect(at->to, svg_fill(SVG_GRID), (svg_box){x, y + 4, width, 7}, 2);
    svg_rect(at->to, svg_fill(SVG_CLOUD), (svg_box){x, y + 4, width * share, 7}, 2);
    svg_text(at->to, x + width, y - 3, SVG_END, 11, SVG_MUTED, "%" PRIu64, flip->held);
}

static void draw_row(tornado *at, const truce_flip *flip, double y)
{
    const truce_scenario *scenario = at->result->finding.scenario;
    const char *answer =
        arena_format(&at->to->memory, "%s: %s", flip_words(&at->words, scenario, flip),
                     flip->holds ? "yes" : "no");
    svg_text(at->to, at->frame.x, y + 12, SVG_START, SIZE, SVG_TEXT, "%s",
             svg_fit(&at->to->memory, answer, SIZE, at->frame.width * 0.62));
    if (turns(flip)) {
        const char *number = arena_format(&at->to->memory, "%s (%c) is %s",
                                          flip->number->path, flip->number->basis,
                                          number_words(&at->to->memory, flip->from));
        svg_text(at->to, at->frame.x + at->frame.width, y + 12, SVG_END, 11, SVG_MUTED,
                 "%s", svg_fit(&at->to->memory, number, 11, at->frame.width * 0.37));
        draw_bar(at, flip, y + 19);
    } else
        svg_text(at->to, scale_at(&at->scale, 0), y + 31, SVG_MIDDLE, SIZE, SVG_MUTED,
                 "%s",
                 flip->searched ? "no single number turns it"
                                : "not searched: the space is too large");
    draw_held(at, flip, y + 19);
}

static void draw_axis(const tornado *at)
{
    double bottom = at->frame.y + at->frame.height;
    svg_ticks ticks = scale_ticks(&at->scale, at->frame.width / 80);
    for (size_t k = 0; k < ticks.count; k++) {
        double value = tick_at(&ticks, k), x = scale_at(&at->scale, value);
        bool middle = fabs(value) < ticks.step / 2;
        svg_line(at->to, svg_stroke(middle ? SVG_MUTED : SVG_GRID, 1), x, at->frame.y,
                 x, bottom);
        svg_text(at->to, x, bottom + 16, SVG_MIDDLE, 11, SVG_MUTED, "%s%s",
                 value > ticks.step / 2 ? "+" : "",
                 tick_words(&at->to->memory, &ticks, k));
    }
    svg_text(at->to, at->frame.x + at->frame.width / 2, bottom + 34, SVG_MIDDLE, SIZE,
             SVG_TEXT, "How far the number would have to move");
    if (at->result->draws > 0)
        svg_text(at->to, at->frame.x + at->frame.width + HELD - 6, bottom + 16, SVG_END,
                 11, SVG_MUTED, "held, of %" PRIu64, at->result->draws);
}

void truce_flips_svg(FILE *out, const truce_flips *result,
                     const truce_plot_style *style)
{
    svg to;
    svg_begin(&to, out, style, 760);
    const truce_scenario *scenario = result->finding.scenario;
    const truce_flip **rows = in_order(&to.memory, result);
    double most = farthest(result) * 1.12;
    double y = svg_headline(
        &to, "Which number carries which answer",
        arena_format(&to.memory,
                     "%s. For each answer the one number whose smallest move reverses "
                     "it, all others staying as they are. \"past\": exactly there the "
                     "answer still stands.",
                     scenario_called(scenario)));
    tornado at = {.to = &to, .result = result, .words = page_begin(NULL, NULL)};
    at.frame = (svg_box){MARGIN, y, to.width - 2 * MARGIN - HELD,
                         ROW * (double)(result->count ? result->count : 1)};
    at.scale = (svg_scale){-most, most, at.frame.x, at.frame.x + at.frame.width};
    draw_axis(&at);
    if (result->count == 0)
        svg_text(&to, at.frame.x + at.frame.width / 2, y + 26, SVG_MIDDLE, SIZE,
                 SVG_TEXT, "There is no answer that rests on a number.");
    for (size_t k = 0; k < result->count; k++)
        draw_row(&at, rows[k], y + ROW * (double)k);
    double end = y + at.frame.height + AXIS;
    arena_free(&at.words.memory);
    svg_end(&to, end, "Which number carries which answer",
            arena_format(&to.memory,
                         "%zu answers, and for each how far its number is from where "
                         "the answer turns.",
                         result->count));
}
