/* Scores: a row for each strategy, best first, a dot where its mean is and a bar over its
 * interval; numbers and the share of agreements stand to the right. Rows grow with the
 * height asked for, within reason, and are never left out. */
#include "report/plot_tournament.h"
#include "report/svg_axes.h"

#include "report/words.h"

#include <math.h>

static const double MARGIN = 16, ROW = 24, ROW_LEAST = 18, MANY = 30, ROW_MOST = 40,
                    AXIS = 42, SIZE = 12, HEAD = 18, GAP = 14, DOT = 4.5, SHARE = 42,
                    WIDE = 520;

/* ---- words that all pictures of a tournament share ------------------------------- */

const char *score_called(const truce_standings *result)
{
    return result->score == TRUCE_SCORE_ADVANTAGE ? "advantage" : "discounted utility";
}

double largest_score(const truce_standings *result)
{
    double most = 0;
    for (size_t k = 0; k < result->strategy_count; k++)
        if (isfinite(result->standings[k].score))
            most = fmax(most, fabs(result->standings[k].score));
    return most;
}

const char *contest_words(arena *memory, const truce_standings *result)
{
    const char *length =
        result->rounds > 0
            ? counted(memory, result->rounds, "round", "rounds")
            : arena_format(memory, "%s seconds", number_words(memory, result->seconds));
    const char *missing = result->missing == 0
                              ? ""
                              : arena_format(memory, " %s still missing.",
                                             counted(memory, (size_t)result->missing,
                                                     "session is", "sessions are"));
    return arena_format(
        memory, "%s, %s of %s; %s, %s.%s",
        counted(memory, result->strategy_count, "strategy", "strategies"),
        counted(memory, (size_t)result->sessions, "session", "sessions"),
        counted(memory, result->scenario_count, "scenario", "scenarios"),
        result->protocol, length, missing);
}

double names_room(const truce_standings *result, double size, double most)
{
    double room = 0;
    for (size_t k = 0; k < result->strategy_count; k++)
        room =
            fmax(room, svg_text_width(result->standings[k].strategy, size, false) + 1);
    return fmin(room, most);
}

/* ---- columns --------------------------------------------------------------------- */

typedef struct scores_picture {
    svg *to;
    const truce_standings *result;
    svg_box frame; /* of the dots */
    svg_scale scale;
    double row, names, largest;
    double score_end, range_end, share_end; /* right ends of columns; 0: left out */
    bool bars;
} scores_picture;

static const char *range_words(const scores_picture *at, const truce_scored *one)
{
    arena *memory = &at->to->memory;
    if (!isfinite(one->low) || !isfinite(one->high))
        return "";
    return arena_format(memory, "%s\u2013%s", fine_words(memory, one->low, at->largest),
                        fine_words(memory, one->high, at->largest));
}

static const char *agreed_words(arena *memory, double share)
{
    return isfinite(share) ? arena_format(memory, "%.0f\u00a0%%", 100 * share) : "-";
}

/* Right to left: what agreed, the interval, the score; the dots have what is left. */
static void set_columns(scores_picture *at)
{
    arena *memory = &at->to->memory;
    double score = svg_text_width("Score", 11, false),
           range = svg_text_width("95 %", 11, false), end = at->to->width - MARGIN;
    for (size_t k = 0; k < at->result->strategy_count; k++) {
        const truce_scored *one = &at->result->standings[k];
        score = fmax(score, svg_text_width(fine_words(memory, one->score, at->largest),
                                           SIZE, true));
        range = fmax(range, svg_text_width(range_words(at, one), SIZE, false));
    }
    bool wide = at->to->width >= WIDE;
    at->bars = wide;
    at->share_end = end;
    end -= svg_text_width("Agreed", 11, false) + (wide ? SHARE : 0) + GAP;
    at->range_end = wide ? end : 0;
    end -= wide ? range + GAP : 0;
    at->score_end = end;
    end -= score + GAP;
    at->names = names_room(at->result, SIZE, at->to->width * (wide ? 0.3 : 0.27));
    at->frame.x = MARGIN + at->names + GAP;
    at->frame.width = end - at->frame.x;
}

static void set_scale(scores_picture *at)
{
    double least = INFINITY, greatest = -INFINITY;
    for (size_t k = 0; k < at->result->strategy_count; k++) {
        const truce_scored *one = &at->result->standings[k];
        const double numbers[] = {one->score, one->low, one->high};
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
            if (isfinite(numbers[i])) {
                least = fmin(least, numbers[i]);
                greatest = fmax(greatest, numbers[i]);
            }
    }
    at->scale = scale_over(least, greatest, at->frame.x, at->frame.x + at->frame.width);
}

static void draw_heads(const scores_picture *at, double y)
{
    svg_text(at->to, MARGIN, y, SVG_START, 11, SVG_MUTED, "Strategy");
    svg_text(at->to, at->score_end, y, SVG_END, 11, SVG_MUTED, "Score");
    if (at->range_end > 0)
        svg_text(at->to, at->range_end, y, SVG_END, 11, SVG_MUTED, "95 %%");
    svg_text(at->to, at->share_end, y, SVG_END, 11, SVG_MUTED, "Agreed");
}

/* ---- rows ------------------------------------------------------------------------ */

static void draw_interval(const scores_picture *at, const truce_scored *one, double y)
{
    svg_look look = svg_stroke(SVG_CLOUD, 1.5);
    double low = scale_at(&at->scale, one->low), high = scale_at(&at->scale, one->high);
    svg_look band = svg_fill(svg_series(0));
    band.opacity = 0.28;
    svg_rect(at->to, band, (svg_box){low, y - 4, fmax(high - low, 0.5), 8}, 0);
    look.line = svg_series(0);
    svg_line(at->to, look, low, y - 4, low, y + 4);
    svg_line(at->to, look, high, y - 4, high, y + 4);
}

static void draw_share(const scores_picture *at, double share, double y)
{
    double x = at->share_end - svg_text_width("Agreed", 11, false) - SHARE + 4;
    svg_rect(at->to, svg_fill(SVG_GRID), (svg_box){x, y - 3, SHARE, 6}, 2);
    svg_rect(at->to, svg_fill(SVG_CLOUD), (svg_box){x, y - 3, SHARE * share, 6}, 2);
}

static const char *row_words(const scores_picture *at, size_t place,
                             const truce_scored *one)
{
    arena *memory = &at->to->memory;
    const char *range = range_words(at, one);
    return arena_format(memory, "%zu. %s: %s%s%s, agreed %s of %s", place + 1,
                        one->strategy, fine_words(memory, one->score, at->largest),
                        *range ? ", 95 % " : "", range,
                        agreed_words(memory, one->agreed),
                        counted(memory, (size_t)one->seats, "seat", "seats"));
}

static void draw_row(const scores_picture *at, size_t place, double y)
{
    const truce_scored *one = &at->result->standings[at->result->order[place]];
    arena *memory = &at->to->memory;
    double text = y + SIZE * 0.35;
    svg_group(at->to, row_words(at, place, one));
    svg_line(at->to, svg_stroke(SVG_GRID, 1), at->frame.x, y,
             at->frame.x + at->frame.width, y);
    svg_text(at->to, MARGIN, text, SVG_START, SIZE, SVG_TEXT, "%s",
             svg_fit(memory, one->strategy, SIZE, at->names));
    if (isfinite(one->low) && isfinite(one->high))
        draw_interval(at, one, y);
    if (isfinite(one->score))
        svg_mark(at->to, 0, svg_series(0), false, scale_at(&at->scale, one->score), y,
                 DOT);
    svg_bold(at->to, at->score_end, text, SVG_END, SIZE, SVG_TEXT, "%s",
             fine_words(memory, one->score, at->largest));
    if (at->range_end > 0)
        svg_text(at->to, at->range_end, text, SVG_END, SIZE, SVG_MUTED, "%s",
                 range_words(at, one));
    if (at->bars && isfinite(one->agreed))
        draw_share(at, one->agreed, y);
    svg_text(at->to, at->share_end, text, SVG_END, SIZE, SVG_MUTED, "%s",
             agreed_words(memory, one->agreed));
    svg_group_end(at->to);
}

static svg_legend legend_of(const scores_picture *at)
{
    svg_legend legend = {0};
    svg_look band = svg_fill(svg_series(0));
    band.opacity = 0.28;
    legend_add(&legend, KEY_MARK, 0, svg_fill(svg_series(0)), "mean score");
    legend_add(&legend, KEY_AREA, 0, band,
               arena_format(&at->to->memory, "95 %% interval, %zu %s drawn anew",
                            at->result->unit_count, at->result->units));
    if (at->bars)
        legend_add(&legend, KEY_AREA, 0, svg_fill(SVG_CLOUD),
                   "share of its seats with an agreement");
    return legend;
}

/* ---- the picture ----------------------------------------------------------------- */

static double between(double value, double least, double most)
{
    return fmin(fmax(value, least), most);
}

void truce_scores_svg(FILE *out, const truce_standings *result,
                      const truce_plot_style *style)
{
    svg to;
    svg_begin(&to, out, style, 760);
    scores_picture at = {.to = &to, .result = result, .largest = largest_score(result)};
    double rows = result->strategy_count ? (double)result->strategy_count : 1;
    double top = svg_headline(&to, "Scores",
                              arena_format(&to.memory, "Mean %s, best first. %s",
                                           score_called(result),
                                           contest_words(&to.memory, result))) +
                 6;
    set_columns(&at);
    set_scale(&at);
    svg_legend legend = legend_of(&at);
    double width = to.width - 2 * MARGIN;
    double below = AXIS + 16 + legend_rows(&to, &legend, MARGIN, 0, width, false);
    at.row = between((svg_height(&to, 0) - top - HEAD - below) / rows,
                     rows > MANY ? ROW_LEAST : ROW, ROW_MOST);
    at.frame.y = top + HEAD - 8;
    at.frame.height = at.row * rows;
    draw_heads(&at, top);
    axis_across(&to, &at.scale, at.frame,
                to.width < WIDE                          ? "Score"
                : result->score == TRUCE_SCORE_ADVANTAGE ? "Mean advantage"
                                                         : "Mean discounted utility");
    for (size_t k = 0; k < result->strategy_count; k++)
        draw_row(&at, k, at.frame.y + at.row * ((double)k + 0.5));
    if (result->strategy_count == 0)
        svg_text(&to, at.frame.x + at.frame.width / 2, at.frame.y + at.row / 2 + 4,
                 SVG_MIDDLE, SIZE, SVG_MUTED, "nobody played");
    double y = legend_rows(&to, &legend, MARGIN,
                           at.frame.y + at.frame.height + AXIS + 16, width, true);
    svg_end(&to, y, "Scores",
            arena_format(&to.memory,
                         "Mean %s of each strategy with its 95 %% interval, best "
                         "first. %s",
                         score_called(result), contest_words(&to.memory, result)));
}
