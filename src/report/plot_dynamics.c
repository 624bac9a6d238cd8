/* Replicator dynamics: a line for each strategy that ever had much of the population, told
 * apart by dash, mark and colour, with its name and last share at its end; the others are
 * thin lines without a name of their own. Time ends soon after nothing moves any more. */
#include "report/plot_tournament.h"
#include "report/svg_axes.h"

#include "report/words.h"

#include <math.h>
#include <stdlib.h>

enum { NAMED_MOST = 8, MARKS = 6 };

static const double MARGIN = 16, SIZE = 12, AXIS = 42, LINE = 16, LEAST = 170,
                    TAIL = 1.06;

typedef struct named {
    size_t strategy, series;
    double end, y; /* last share; baseline of the name */
} named;

typedef struct dynamics_picture {
    svg *to;
    const truce_standings *result;
    size_t n;
    double *peaks; /* [n] most share that it ever had */
    named names[NAMED_MOST];
    size_t named_count;
    svg_box frame;
    svg_scale time, share;
    double room; /* of names */
} dynamics_picture;

static double share_at(const dynamics_picture *at, size_t k, size_t strategy)
{
    return at->result->path[k * at->n + strategy];
}

static double last_share(const dynamics_picture *at, size_t strategy)
{
    return share_at(at, at->result->path_count - 1, strategy);
}

/* ---- who is named ---------------------------------------------------------------- */

static bool comes_before(const dynamics_picture *at, size_t one, size_t other)
{
    double a = last_share(at, one), b = last_share(at, other);
    return a > b || (a == b && at->peaks[one] > at->peaks[other]);
}

/* Those with the largest peaks, and of these first whoever has most at the end. */
static void choose_names(dynamics_picture *at)
{
    size_t *order = arena_array(&at->to->memory, at->n + 1, size_t);
    at->peaks = arena_array(&at->to->memory, at->n + 1, double);
    for (size_t s = 0; s < at->n; s++) {
        for (size_t k = 0; k < at->result->path_count; k++)
            at->peaks[s] = fmax(at->peaks[s], share_at(at, k, s));
        size_t place = s;
        for (; place > 0 && at->peaks[order[place - 1]] < at->peaks[s]; place--)
            order[place] = order[place - 1];
        order[place] = s;
    }
    at->named_count = at->n < NAMED_MOST ? at->n : NAMED_MOST;
    for (size_t k = 0; k < at->named_count; k++) {
        size_t place = k;
        for (; place > 0 && comes_before(at, order[k], at->names[place - 1].strategy);
             place--)
            at->names[place] = at->names[place - 1];
        at->names[place] =
            (named){.strategy = order[k], .end = last_share(at, order[k])};
    }
    for (size_t k = 0; k < at->named_count; k++)
        at->names[k].series = k;
}

static const char *name_of(const dynamics_picture *at, size_t strategy)
{
    return at->result->standings[strategy].strategy;
}

static const char *percent(arena *memory, double share)
{
    return share > 0 && share < 0.005
               ? "< 1\u00a0%"
               : arena_format(memory, "%.0f\u00a0%%", 100 * share);
}

static double percent_room(void)
{
    return svg_text_width("100\u00a0% ", SIZE, true) + 4;
}

/* Names stand at their lines' ends, pushed down and then up again where they would touch. */
static void place_names(dynamics_picture *at)
{
    double free = at->frame.y + 4, bottom = at->frame.y + at->frame.height + 4;
    for (size_t k = 0; k < at->named_count; k++) {
        named *one = &at->names[k];
        one->y = fmax(scale_at(&at->share, one->end) + 4, free);
        free = one->y + LINE;
    }
    for (size_t k = at->named_count; k-- > 0; bottom = at->names[k].y - LINE)
        at->names[k].y = fmin(at->names[k].y, bottom);
}

/* ---- lines ----------------------------------------------------------------------- */

static void draw_way(const dynamics_picture *at, size_t strategy, svg_look look)
{
    svg_path(at->to);
    for (size_t k = 0; k < at->result->path_count; k++) {
        double x = scale_at(&at->time, at->result->path_times[k]);
        double y = scale_at(&at->share, share_at(at, k, strategy));
        (k ? svg_go : svg_move)(at->to, fmin(x, at->frame.x + at->frame.width), y);
    }
    svg_go(at->to, at->frame.x + at->frame.width,
           scale_at(&at->share, last_share(at, strategy)));
    svg_path_end(at->to, look);
}

/* Marks of the lines are apart from those of others. */
static void draw_marks(const dynamics_picture *at, const named *one)
{
    double step = at->frame.width / MARKS,
           next = at->frame.x +
                  step * (0.5 + (double)one->series) / (double)(at->named_count);
    for (size_t k = 0; k + 1 < at->result->path_count; k++) {
        double x0 = scale_at(&at->time, at->result->path_times[k]),
               x1 = fmin(scale_at(&at->time, at->result->path_times[k + 1]),
                         at->frame.x + at->frame.width),
               y0 = scale_at(&at->share, share_at(at, k, one->strategy)),
               y1 = scale_at(&at->share, share_at(at, k + 1, one->strategy));
        for (; next < x1; next += step)
            svg_mark(at->to, one->series, svg_series(one->series), false, next,
                     y0 + (y1 - y0) * (next - x0) / (x1 - x0), 3.2);
    }
}

static void draw_named(const dynamics_picture *at, const named *one)
{
    svg *to = at->to;
    double end = at->frame.x + at->frame.width, x = end + 22;
    svg_look look = svg_stroke(svg_series(one->series), 2),
             lead = svg_stroke(SVG_GRID, 1);
    look.dash = svg_dash(one->series);
    svg_group(to, arena_format(&to->memory, "%s: from %s to %s, at most %s",
                               name_of(at, one->strategy),
                               percent(&to->memory, share_at(at, 0, one->strategy)),
                               percent(&to->memory, one->end),
                               percent(&to->memory, at->peaks[one->strategy])));
    draw_way(at, one->strategy, look);
    draw_marks(at, one);
    svg_line(to, lead, end + 1, scale_at(&at->share, one->end), x - 6, one->y - 4);
    svg_mark(to, one->series, svg_series(one->series), false, x, one->y - 4, 3.2);
    svg_bold(to, x + 8 + percent_room() - 6, one->y, SVG_END, SIZE, SVG_TEXT, "%s",
             percent(&to->memory, one->end));
    svg_text(to, x + 8 + percent_room(), one->y, SVG_START, SIZE, SVG_TEXT, "%s",
             svg_fit(&to->memory, name_of(at, one->strategy), SIZE, at->room));
    svg_group_end(to);
}

static bool is_named(const dynamics_picture *at, size_t strategy)
{
    for (size_t k = 0; k < at->named_count; k++)
        if (at->names[k].strategy == strategy)
            return true;
    return false;
}

static void draw_others(const dynamics_picture *at)
{
    svg_look look = svg_stroke(SVG_MUTED, 1);
    look.opacity = 0.5;
    for (size_t s = 0; s < at->n; s++) {
        if (is_named(at, s))
            continue;
        svg_group(at->to,
                  arena_format(&at->to->memory, "%s: at most %s", name_of(at, s),
                               percent(&at->to->memory, at->peaks[s])));
        draw_way(at, s, look);
        svg_group_end(at->to);
    }
}

/* ---- axes ------------------------------------------------------------------------ */

/* Until the last time at which anything had moved. */
static double time_shown(const truce_standings *result)
{
    size_t last = result->path_count > 2 ? result->path_count - 2 : 0;
    double time = result->path_times[last] * TAIL;
    return time > 0 ? time : 1;
}

static void draw_shares(const dynamics_picture *at)
{
    const svg_box *frame = &at->frame;
    double end = frame->x + frame->width;
    int step = frame->height < 150 ? 50 : 25;
    for (int share = 0; share <= 100; share += step) {
        double y = scale_at(&at->share, share / 100.0);
        svg_line(at->to, svg_stroke(SVG_GRID, 1), frame->x, y, end, y);
        svg_text(at->to, frame->x - 6, y + 4, SVG_END, 11, SVG_MUTED, "%d\u00a0%%",
                 share);
    }
}

static void set_frame(dynamics_picture *at, double top, double height)
{
    double left = svg_text_width("100\u00a0%", 11, false) + 8, longest = 0;
    for (size_t k = 0; k < at->named_count; k++)
        longest =
            fmax(longest,
                 svg_text_width(name_of(at, at->names[k].strategy), SIZE, false) + 1);
    at->room = fmin(longest, at->to->width * 0.24);
    at->frame = (svg_box){MARGIN + left, top, 0, height};
    at->frame.width =
        at->to->width - MARGIN - at->frame.x - at->room - (22 + 8 + percent_room());
    at->share = (svg_scale){0, 1, top + height, top};
    at->time = (svg_scale){0, time_shown(at->result), at->frame.x,
                           at->frame.x + at->frame.width};
}

static double draw_lines(dynamics_picture *at, double top)
{
    svg *to = at->to;
    size_t others = at->n - at->named_count;
    double below = AXIS + (others ? 20 : 4);
    double least = fmax(LEAST, LINE * (double)at->named_count);
    double height = fmax(svg_height(to, 430) - top - below, least);
    set_frame(at, top, height);
    place_names(at);
    draw_shares(at);
    axis_across(to, &at->time, at->frame, "Time");
    draw_others(at);
    for (size_t k = at->named_count; k-- > 0;)
        draw_named(at, &at->names[k]);
    double y = at->frame.y + height + AXIS + 14;
    if (others == 0)
        return at->frame.y + height + AXIS;
    svg_legend legend = {0};
    svg_look look = svg_stroke(SVG_MUTED, 1);
    look.opacity = 0.5;
    legend_add(&legend, KEY_LINE, 0, look,
               arena_format(&to->memory, "%s, with peaks no larger",
                            counted(&to->memory, others, "other", "others")));
    return legend_rows(to, &legend, MARGIN, y, to->width - 2 * MARGIN, true);
}

static double say_why_not(svg *to, const truce_standings *result, double y)
{
    const char *why =
        result->without_self_play
            ? "There is a game only where strategies play themselves, too."
            : "There is a game only when every strategy has played every other, and of "
              "at most "
              "2,000,000 payoffs.";
    return svg_paragraph(to, MARGIN, y + 8, to->width - 2 * MARGIN, SIZE, SVG_TEXT, 4,
                         why);
}

void truce_dynamics_svg(FILE *out, const truce_standings *result,
                        const truce_plot_style *style)
{
    svg to;
    svg_begin(&to, out, style, 760);
    dynamics_picture at = {.to = &to, .result = result, .n = result->strategy_count};
    double top =
        svg_headline(&to, "Population dynamics",
                     arena_format(&to.memory,
                                  "Shares under replicator dynamics from an even "
                                  "start: what does better than the mean grows. %s",
                                  contest_words(&to.memory, result))) +
        8;
    double y;
    if (result->path_count > 0) {
        choose_names(&at);
        y = draw_lines(&at, top);
    } else
        y = say_why_not(&to, result, top);
    svg_end(&to, y + 2, "Population dynamics",
            arena_format(&to.memory,
                         "Shares of a population of strategies over time under "
                         "replicator dynamics, from an even start. %s",
                         contest_words(&to.memory, result)));
}
