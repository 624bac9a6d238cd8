/* The waiting picture: above what each party has without agreement, day by day, below how
 * many outcomes everybody needed could accept. Where an answer changes, a numbered line
 * stands, and the numbers are told below. */
#include "report/svg_axes.h"
#include "report/svg_labels.h"

#include "base/decimal.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>

enum { CHANGES_TOLD = 8 };

static const double MARGIN = 16, LOWER = 0.42, BETWEEN = 30, AXIS = 42, NAMES = 120;

typedef struct wait_picture {
    svg *to;
    const truce_wait *result;
    const truce_scenario *scenario;
    svg_box upper, lower;
    svg_scale day, floor, count;
    double bar; /* width of a bar */
} wait_picture;

/* A count as a number, as good as a picture needs it; NaN when it is not known. */
static double number_of(const char *count)
{
    return count ? strtod(count, NULL) : NAN;
}

static double high_of(truce_count count)
{
    return number_of(count.exact ? count.exact : count.high);
}

static double low_of(truce_count count)
{
    return number_of(count.exact ? count.exact : count.low);
}

/* ---- scales ---------------------------------------------------------------------- */

static void set_scales(wait_picture *at)
{
    const truce_wait *result = at->result;
    double least = INFINITY, greatest = -INFINITY, most = 0;
    int64_t last = 0;
    for (size_t d = 0; d < result->date_count; d++) {
        const truce_wait_date *date = &result->dates[d];
        last = date->day > last ? date->day : last;
        for (size_t p = 0; p < at->scenario->party_count; p++)
            if (isfinite(date->floors[p])) {
                least = fmin(least, date->floors[p]);
                greatest = fmax(greatest, date->floors[p]);
            }
        if (isfinite(high_of(date->acceptable)))
            most = fmax(most, high_of(date->acceptable));
    }
    at->floor =
        scale_over(least, greatest, at->upper.y + at->upper.height, at->upper.y);
    at->count = (svg_scale){0, most > 0 ? most * 1.08 : 1,
                            at->lower.y + at->lower.height, at->lower.y};
    double room = 30 + fmax(axis_room(at->to, &at->floor, at->upper.height),
                            axis_room(at->to, &at->count, at->lower.height));
    at->upper.x = at->lower.x = MARGIN + room;
    at->upper.width = at->lower.width = at->to->width - 2 * MARGIN - room - NAMES;
    at->bar = fmin(at->upper.width / (double)(result->date_count + 1) * 0.55, 46);
    at->day = (svg_scale){0, last > 0 ? (double)last : 1, at->upper.x + at->bar,
                          at->upper.x + at->upper.width - at->bar};
}

/* Under each date its day, as long as there is room. */
static void draw_days(const wait_picture *at)
{
    double bottom = at->lower.y + at->lower.height, free = -INFINITY;
    for (size_t d = 0; d < at->result->date_count; d++) {
        double x = scale_at(&at->day, (double)at->result->dates[d].day);
        const char *words =
            arena_format(&at->to->memory, "%lld", (long long)at->result->dates[d].day);
        double half = svg_text_width(words, 11, false) / 2 + 4;
        if (x - half < free)
            continue;
        svg_line(at->to, svg_stroke(SVG_GRID, 1), x, at->upper.y, x,
                 at->upper.y + at->upper.height);
        svg_text(at->to, x, bottom + 16, SVG_MIDDLE, 11, SVG_MUTED, "%s", words);
        free = x + half;
    }
    svg_line(at->to, svg_stroke(SVG_MUTED, 1), at->lower.x, bottom,
             at->lower.x + at->lower.width, bottom);
    svg_text(at->to, at->lower.x + at->lower.width / 2, bottom + 34, SVG_MIDDLE, 12,
             SVG_TEXT, "Days from now");
}

/* ---- curves ---------------------------------------------------------------------- */

static bool is_known(const wait_picture *at, size_t party)
{
    return at->result->date_count > 0 && isfinite(at->result->dates[0].floors[party]);
}

static void draw_floor(const wait_picture *at, size_t party)
{
    svg_look look = svg_stroke(svg_series(party), 2);
    look.dash = svg_dash(party);
    svg_group(at->to, party_called(at->scenario, party));
    svg_path(at->to);
    for (size_t d = 0; d < at->result->date_count; d++)
        (d ? svg_go
           : svg_move)(at->to, scale_at(&at->day, (double)at->result->dates[d].day),
                       scale_at(&at->floor, at->result->dates[d].floors[party]));
    svg_path_end(at->to, look);
    for (size_t d = 0; d < at->result->date_count; d++)
        svg_mark(at->to, party, svg_series(party), false,
                 scale_at(&at->day, (double)at->result->dates[d].day),
                 scale_at(&at->floor, at->result->dates[d].floors[party]), 3);
    svg_group_end(at->to);
}

/* Names at the end of their lines, moved apart where lines end close together. */
static void name_floors(const wait_picture *at)
{
    size_t count = 0, parties = at->scenario->party_count;
    size_t *order = arena_array(&at->to->memory, parties + 1, size_t);
    const double *last = at->result->dates[at->result->date_count - 1].floors;
    for (size_t p = 0; p < parties; p++) {
        if (!is_known(at, p))
            continue;
        size_t k = count++;
        for (; k > 0 && last[order[k - 1]] < last[p]; k--)
            order[k] = order[k - 1];
        order[k] = p;
    }
    double free = at->upper.y, x = at->upper.x + at->upper.width + 10;
    for (size_t k = 0; k < count; k++) {
        double y = fmax(scale_at(&at->floor, last[order[k]]) + 4, free + 4);
        svg_text(at->to, x, y, SVG_START, 12, svg_series(order[k]), "%s",
                 svg_fit(&at->to->memory, party_called(at->scenario, order[k]), 12,
                         NAMES - 10));
        free = y + 11;
    }
}

/* Each date is a bar; what is only bounded is pale from the low to the high end. */
static void draw_counts(const wait_picture *at)
{
    for (size_t d = 0; d < at->result->date_count; d++) {
        const truce_wait_date *date = &at->result->dates[d];
        double x = scale_at(&at->day, (double)date->day),
               low = scale_at(&at->count, fmax(low_of(date->acceptable), 0)),
               high = scale_at(&at->count, fmax(high_of(date->acceptable), 0)),
               bottom = at->lower.y + at->lower.height;
        double from = x - at->bar / 2, to = x + at->bar / 2;
        svg_look sure = svg_fill(SVG_CLOUD), bounded = svg_fill(SVG_CLOUD);
        bounded.opacity = 0.35;
        svg_group(at->to,
                  arena_format(&at->to->memory, "day %lld: %s", (long long)date->day,
                               count_words(&at->to->memory, date->acceptable)));
        if (isfinite(low))
            svg_rect(at->to, sure, (svg_box){from, low, to - from, bottom - low}, 0);
        if (isfinite(high) && isfinite(low) && low > high)
            svg_rect(at->to, bounded, (svg_box){from, high, to - from, low - high}, 0);
        svg_group_end(at->to);
    }
}

/* ---- what changes ---------------------------------------------------------------- */

static void draw_changes(const wait_picture *at)
{
    svg_look look = svg_stroke(SVG_TEXT, 1);
    look.dash = "2 3";
    double before = -INFINITY, y = at->upper.y + 11;
    for (size_t c = 0; c < at->result->change_count && c < CHANGES_TOLD; c++) {
        double x = scale_at(&at->day, (double)at->result->changes[c].day);
        y = fabs(x - before) < 1 ? y + 14 : at->upper.y + 11;
        svg_line(at->to, look, x, at->upper.y, x, at->lower.y + at->lower.height);
        svg_text_on(at->to, x + 4, y, SVG_START, 11, SVG_TEXT,
                    arena_format(&at->to->memory, "%zu", c + 1));
        before = x;
    }
}

static double tell_changes(const wait_picture *at, double y)
{
    size_t count = at->result->change_count;
    for (size_t c = 0; c < count && c < CHANGES_TOLD; c++) {
        const truce_wait_change *change = &at->result->changes[c];
        y = svg_paragraph(
                at->to, MARGIN, y, at->to->width - 2 * MARGIN, 12, SVG_TEXT, 3,
                arena_format(&at->to->memory, "%zu  from day %lld on %s: %s", c + 1,
                             (long long)change->day, change->what, change->after)) +
            3;
    }
    if (count > CHANGES_TOLD)
        y = svg_paragraph(at->to, MARGIN, y, at->to->width - 2 * MARGIN, 12, SVG_MUTED,
                          1,
                          arena_format(&at->to->memory, "and %zu more changes",
                                       count - CHANGES_TOLD));
    return y;
}

/* Whose deadlines fall on this day, joined: "Ukraine and Russia"; "" when nobody's. */
static const char *owners_on(const wait_picture *at, double day)
{
    arena *memory = &at->to->memory;
    const char **names =
        arena_array(memory, at->scenario->deadline_count + 1, const char *);
    size_t count = 0;
    for (size_t k = 0; k < at->scenario->deadline_count; k++) {
        const truce_deadline *one = &at->scenario->deadlines[k];
        if (one->dated && one->by != TRUCE_NOBODY && decimal_double(one->day) == day)
            names[count++] = party_called(at->scenario, one->by);
    }
    return count ? join(memory, names, count, " and ") : "";
}

static bool is_first_on(const wait_picture *at, size_t which, double day)
{
    for (size_t k = 0; k < which; k++)
        if (at->scenario->deadlines[k].dated &&
            decimal_double(at->scenario->deadlines[k].day) == day)
            return false;
    return true;
}

static void draw_deadline(const wait_picture *at, double day, svg_labels *labels)
{
    double x = scale_at(&at->day, day), y = at->lower.y - BETWEEN / 2;
    const char *owners = owners_on(at, day);
    svg_path(at->to);
    svg_move(at->to, x, y + 5);
    svg_go(at->to, x - 5, y - 4);
    svg_go(at->to, x + 5, y - 4);
    svg_close(at->to);
    svg_path_end(at->to, svg_fill(SVG_TEXT));
    labels_add(labels, x, y, 5, SVG_MUTED,
               *owners ? arena_format(&at->to->memory, "deadline: %s", owners)
                       : "deadline");
}

/* Between the two panels; those of one day stand together. */
static void draw_deadlines(const wait_picture *at)
{
    svg_labels labels = {
        .frame = {MARGIN, at->lower.y - BETWEEN, at->to->width - 2 * MARGIN, BETWEEN}};
    for (size_t k = 0; k < at->scenario->deadline_count; k++) {
        const truce_deadline *deadline = &at->scenario->deadlines[k];
        double day = decimal_double(deadline->day), x = scale_at(&at->day, day);
        if (deadline->dated && x >= at->upper.x && x <= at->upper.x + at->upper.width &&
            is_first_on(at, k, day))
            draw_deadline(at, day, &labels);
    }
    labels_draw(at->to, &labels);
}

void truce_wait_svg(FILE *out, const truce_wait *result, const truce_plot_style *style)
{
    svg to;
    svg_begin(&to, out, style, 760);
    wait_picture at = {
        .to = &to, .result = result, .scenario = result->finding.scenario};
    const truce_scenario *scenario = at.scenario;
    double height = svg_height(&to, 480);
    double top = svg_headline(&to, "What time does", scenario_called(scenario)) + 4;
    double room = fmax(height - top - BETWEEN - AXIS - 8, 140);
    at.upper = (svg_box){.y = top, .height = room * (1 - LOWER)};
    at.lower = (svg_box){.y = top + at.upper.height + BETWEEN, .height = room * LOWER};
    set_scales(&at);
    axis_up(&to, &at.floor, at.upper, "Outside option");
    axis_up(&to, &at.count, at.lower, "Acceptable outcomes");
    draw_days(&at);
    draw_counts(&at);
    if (result->date_count > 0) {
        for (size_t p = 0; p < scenario->party_count; p++)
            if (is_known(&at, p))
                draw_floor(&at, p);
        name_floors(&at);
    }
    draw_deadlines(&at);
    draw_changes(&at);
    double end = tell_changes(&at, at.lower.y + at.lower.height + AXIS + 20);
    svg_end(&to, end + 4, "What time does",
            "Outside options of the parties over the days ahead, and the number of "
            "outcomes acceptable to everybody needed.");
}
