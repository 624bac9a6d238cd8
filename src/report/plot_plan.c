/* An exchange: above a column for each stage, those whom the first side gives upwards and
 * those whom the second gives downwards, in shades by why they go; below what each side has
 * still to come after each stage, and the moment at which one has most to lose. Expects one
 * to thousands of stages: what would touch is thinned out. */
#include "report/svg_axes.h"
#include "report/svg_labels.h"

#include "report/questions.h"
#include "report/words.h"

#include <math.h>

enum { KINDS = 4 };

static const char *const kind_names[KINDS] = {"owed by law", "wounded or sick",
                                              "held long", "other"};
/* What is nearest to the middle is strongest. */
static const double shades[KINDS] = {1, 0.66, 0.4, 0.18};

static const double MARGIN = 16, SIZE = 12, TICK = 11, BETWEEN = 26, AXIS = 44,
                    LOWER = 0.4, COLUMN_MOST = 64, LEAST = 260, LINE = 15;

typedef struct plan_picture {
    svg *to;
    const truce_plan *plan;
    svg_box upper, lower;
    svg_scale heads, worth;
    double column, names; /* width of a stage; room of names at the right */
} plan_picture;

static const char *side_called(const plan_picture *at, int side)
{
    return at->plan->lists->names[side];
}

static double worth_of(int64_t millionths)
{
    return (double)millionths / 1e6;
}

static double middle_of(const plan_picture *at, size_t stage)
{
    return at->upper.x + at->column * ((double)stage + 0.5);
}

/* ---- scales ---------------------------------------------------------------------- */

static void set_scales(plan_picture *at)
{
    const truce_plan *plan = at->plan;
    double most = 0, least = 0, greatest = 0;
    for (size_t t = 0; t < plan->stage_count; t++)
        for (int side = 0; side < 2; side++) {
            const truce_stage_totals *stage = &plan->stages[t];
            most = fmax(most, (double)stage->heads[side]);
            least = fmin(least, worth_of(stage->standing[side]));
            greatest = fmax(greatest, worth_of(stage->standing[side]));
        }
    least = fmin(least, -(double)plan->exposure.amount / 1e6);
    most = most > 0 ? most * 1.16 : 1;
    at->heads = (svg_scale){-most, most, at->upper.y + at->upper.height, at->upper.y};
    at->worth =
        scale_over(least, greatest, at->lower.y + at->lower.height, at->lower.y);
}

static void set_columns(plan_picture *at)
{
    svg *to = at->to;
    svg_scale half = at->heads;
    double widest =
        svg_text_width(size_words(&to->memory, (size_t)fabs(half.to)), TICK, false);
    double room = 26 + fmax(widest, axis_room(to, &at->worth, at->lower.height));
    at->names = fmin(fmax(svg_text_width(side_called(at, 0), SIZE, true),
                          svg_text_width(side_called(at, 1), SIZE, true)) +
                         14,
                     to->width * 0.25);
    double stages = at->plan->stage_count ? (double)at->plan->stage_count : 1;
    double width = to->width - 2 * MARGIN - room - at->names;
    at->column = fmin(width / stages, fmax(COLUMN_MOST, width / 8));
    at->upper.x = at->lower.x = MARGIN + room;
    at->upper.width = at->lower.width = width;
}

/* ---- heads ----------------------------------------------------------------------- */

static void draw_heads_axis(const plan_picture *at)
{
    svg *to = at->to;
    svg_ticks ticks = scale_ticks(&at->heads, at->upper.height / 46);
    double end = at->upper.x + at->upper.width;
    for (size_t k = 0; k < ticks.count; k++) {
        double value = fabs(tick_at(&ticks, k)),
               y = scale_at(&at->heads, tick_at(&ticks, k));
        if (value != floor(value)) /* no half people */
            continue;
        svg_line(to, svg_stroke(SVG_GRID, 1), at->upper.x, y, end, y);
        svg_text(to, at->upper.x - 6, y + 4, SVG_END, TICK, SVG_MUTED, "%s",
                 size_words(&to->memory, (size_t)value));
    }
    svg_text_up(to, MARGIN + 6, at->upper.y + at->upper.height / 2, SIZE, SVG_TEXT,
                svg_fit(&to->memory, "People a stage", SIZE, at->upper.height));
    for (int side = 0; side < 2; side++)
        svg_bold(
            to, end + 10, at->upper.y + at->upper.height * (side ? 0.75 : 0.25) + 4,
            SVG_START, SIZE, svg_series((size_t)side), "%s",
            svg_fit(&to->memory, side_called(at, side), SIZE * 1.12, at->names - 10));
}

static void draw_side(const plan_picture *at, size_t t, int side)
{
    const truce_stage_totals *stage = &at->plan->stages[t];
    const uint64_t kinds[KINDS] = {stage->owed[side], stage->wounded[side],
                                   stage->long_held[side], stage->other[side]};
    double gap = at->column > 6 ? fmin(at->column * 0.14, 6) : 0, sum = 0;
    double x = at->upper.x + at->column * (double)t + gap / 2, width = at->column - gap,
           sign = side ? -1 : 1;
    double zero = scale_at(&at->heads, 0),
           far = scale_at(&at->heads, sign * (double)stage->heads[side]);
    svg_rect(at->to, svg_fill(SVG_PAPER), /* no grid shines through */
             (svg_box){x, fmin(zero, far), width, fabs(far - zero)}, 0);
    for (int kind = 0; kind < KINDS; kind++) {
        double from = scale_at(&at->heads, sign * sum),
               to = scale_at(&at->heads, sign * (sum + (double)kinds[kind]));
        svg_look look = svg_fill(svg_series((size_t)side));
        look.opacity = shades[kind];
        sum += (double)kinds[kind];
        if (kinds[kind] > 0)
            svg_rect(at->to, look, (svg_box){x, fmin(from, to), width, fabs(to - from)},
                     0);
    }
    const char *words = size_words(&at->to->memory, (size_t)stage->heads[side]);
    if (svg_text_width(words, TICK, false) + 4 <= at->column && stage->heads[side] > 0)
        svg_text(at->to, middle_of(at, t),
                 scale_at(&at->heads, sign * sum) + (side ? TICK + 2 : -4), SVG_MIDDLE,
                 TICK, SVG_TEXT, "%s", words);
}

static const char *side_words(const plan_picture *at, const truce_stage_totals *stage,
                              int side)
{
    arena *memory = &at->to->memory;
    return arena_format(memory,
                        "%s gives %s: %s owed, %s wounded or sick, %s held long, %s "
                        "other; still to come %s",
                        side_called(at, side),
                        size_words(memory, (size_t)stage->heads[side]),
                        size_words(memory, (size_t)stage->owed[side]),
                        size_words(memory, (size_t)stage->wounded[side]),
                        size_words(memory, (size_t)stage->long_held[side]),
                        size_words(memory, (size_t)stage->other[side]),
                        number_words(memory, worth_of(stage->standing[side])));
}

static void draw_stages(const plan_picture *at)
{
    double zero = scale_at(&at->heads, 0);
    for (size_t t = 0; t < at->plan->stage_count; t++) {
        const truce_stage_totals *stage = &at->plan->stages[t];
        svg_group(
            at->to,
            arena_format(&at->to->memory, "Stage %zu, day %s. %s. %s", t + 1,
                         plan_day_words(&at->to->memory, at->plan->wish, stage->day),
                         side_words(at, stage, 0), side_words(at, stage, 1)));
        draw_side(at, t, 0);
        draw_side(at, t, 1);
        svg_group_end(at->to);
    }
    svg_line(at->to, svg_stroke(SVG_MUTED, 1), at->upper.x, zero,
             at->upper.x + at->upper.width, zero);
}

/* Number and day of each stage, as long as there is room. */
static void name_stages(const plan_picture *at)
{
    svg *to = at->to;
    double y = at->lower.y + at->lower.height + 16, free = -INFINITY;
    for (size_t t = 0; t < at->plan->stage_count; t++) {
        const char *day =
            plan_day_words(&to->memory, at->plan->wish, at->plan->stages[t].day);
        double half = fmax(svg_text_width(day, TICK, false), 14) / 2 + 4,
               x = middle_of(at, t), most = to->width - MARGIN / 2;
        if (x - half < free || x + half > most)
            continue;
        svg_text(to, x, y, SVG_MIDDLE, TICK, SVG_TEXT, "%zu", t + 1);
        svg_text(to, x, y + 14, SVG_MIDDLE, TICK, SVG_MUTED, "%s", day);
        free = x + half;
    }
    const char *what = "Stage, and its day";
    svg_text(to, at->lower.x + at->lower.width / 2, y + 32, SVG_MIDDLE, SIZE, SVG_TEXT,
             "%s", svg_fit(&to->memory, what, SIZE, at->lower.width));
}

/* ---- what is still to come ------------------------------------------------------- */

static void draw_worth(const plan_picture *at, int side)
{
    svg_look look = svg_stroke(svg_series((size_t)side), 2);
    look.dash = svg_dash((size_t)side);
    svg_path(at->to);
    for (size_t t = 0; t < at->plan->stage_count; t++) {
        double x = at->lower.x + at->column * (double)t;
        double y = scale_at(&at->worth, worth_of(at->plan->stages[t].standing[side]));
        (t ? svg_go : svg_move)(at->to, x, y);
        svg_go(at->to, x + at->column, y);
    }
    svg_path_end(at->to, look);
    if (at->column >= 16)
        for (size_t t = 0; t < at->plan->stage_count; t++)
            svg_mark(at->to, (size_t)side, svg_series((size_t)side), false,
                     middle_of(at, t) + (side ? 4 : -4),
                     scale_at(&at->worth, worth_of(at->plan->stages[t].standing[side])),
                     3);
}

static void name_worths(const plan_picture *at)
{
    const truce_stage_totals *last = &at->plan->stages[at->plan->stage_count - 1];
    double y[2];
    for (int side = 0; side < 2; side++)
        y[side] = scale_at(&at->worth, worth_of(last->standing[side])) + 4;
    int above = y[1] < y[0];
    double middle = (y[0] + y[1]) / 2;
    if (fabs(y[0] - y[1]) < LINE) {
        y[above] = middle - LINE / 2;
        y[1 - above] = middle + LINE / 2;
    }
    double end = at->lower.x + at->column * (double)at->plan->stage_count;
    for (int side = 0; side < 2; side++)
        svg_text(at->to, end + 10, y[side], SVG_START, SIZE, svg_series((size_t)side),
                 "%s",
                 svg_fit(&at->to->memory, side_called(at, side), SIZE, at->names - 10));
}

static void draw_exposure(const plan_picture *at)
{
    const truce_exposure *exposure = &at->plan->exposure;
    if (exposure->amount == 0 || exposure->stage == 0 ||
        exposure->stage > at->plan->stage_count)
        return;
    const truce_stage_totals *stage = &at->plan->stages[exposure->stage - 1];
    double heads = (double)(stage->heads[0] + stage->heads[1]);
    double part = heads > 0 ? fmin((double)exposure->gone / heads, 1) : 0;
    double x = at->lower.x + at->column * ((double)exposure->stage - 1 + part),
           y = scale_at(&at->worth, -(double)exposure->amount / 1e6),
           zero = scale_at(&at->worth, 0);
    svg_look look = svg_stroke(SVG_TEXT, 1);
    look.dash = "2 3";
    svg_line(at->to, look, x, zero, x, y);
    svg_star(at->to, (svg_look){.fill = SVG_TEXT, .line = SVG_PAPER, .width = 1}, x, y,
             8);
}

/* ---- words ----------------------------------------------------------------------- */

static const char *exposure_words(arena *memory, const truce_plan *plan)
{
    const truce_exposure *exposure = &plan->exposure;
    if (exposure->amount == 0)
        return "At no moment is breaking off better for either side.";
    return arena_format(
        memory, "Exposure: %s of %s, after %s of stage %u%s.",
        plan_amount_words(memory, exposure->amount),
        plan->lists->names[exposure->side == 1],
        counted(memory, (size_t)exposure->gone, "person", "people"), exposure->stage,
        exposure->bound == exposure->amount ? ", the least there can be" : "");
}

static const char *summary(arena *memory, const truce_plan *plan)
{
    return arena_format(memory, "%s gives %s, %s gives %s, in %s.",
                        plan->lists->names[0],
                        counted(memory, (size_t)plan->heads[0], "person", "people"),
                        plan->lists->names[1],
                        counted(memory, (size_t)plan->heads[1], "person", "people"),
                        counted(memory, plan->stage_count, "stage", "stages"));
}

static svg_legend legend_of(const plan_picture *at)
{
    svg_legend legend = {0};
    for (int kind = 0; kind < KINDS; kind++) {
        svg_look look = svg_fill(SVG_TEXT);
        look.opacity = shades[kind];
        legend_add(&legend, KEY_AREA, 0, look, kind_names[kind]);
    }
    for (size_t side = 0; side < 2; side++) {
        svg_look look = svg_stroke(svg_series(side), 2);
        look.dash = svg_dash(side);
        legend_add(&legend, KEY_LINE, side, look,
                   arena_format(&at->to->memory, "still to come: %s",
                                side_called(at, (int)side)));
    }
    if (at->plan->exposure.amount > 0)
        legend_add(&legend, KEY_STAR, 0, svg_fill(SVG_TEXT),
                   "where breaking off would be best for a side");
    return legend;
}

static double draw_plan(plan_picture *at, double top)
{
    svg *to = at->to;
    svg_legend legend = legend_of(at);
    double width = to->width - 2 * MARGIN;
    double below = AXIS + 24 + legend_rows(to, &legend, MARGIN, 0, width, false);
    double room = fmax(svg_height(to, 520) - top - below - BETWEEN, LEAST);
    at->upper = (svg_box){.y = top, .height = room * (1 - LOWER)};
    at->lower =
        (svg_box){.y = top + at->upper.height + BETWEEN, .height = room * LOWER};
    set_scales(at);
    set_columns(at);
    draw_heads_axis(at);
    axis_up(to, &at->worth, at->lower,
            at->lower.height < 130 ? "To come" : "Worth still to come");
    svg_line(to, svg_stroke(SVG_MUTED, 1), at->lower.x, scale_at(&at->worth, 0),
             at->lower.x + at->lower.width, scale_at(&at->worth, 0));
    draw_stages(at);
    draw_worth(at, 0);
    draw_worth(at, 1);
    name_worths(at);
    draw_exposure(at);
    name_stages(at);
    return legend_rows(to, &legend, MARGIN, at->lower.y + at->lower.height + AXIS + 26,
                       width, true);
}

void truce_plan_svg(FILE *out, const truce_plan *plan, const truce_plot_style *style)
{
    svg to;
    svg_begin(&to, out, style, 760);
    plan_picture at = {.to = &to, .plan = plan};
    const char *what =
        plan->short_of ? plan->short_of
                       : arena_format(&to.memory, "%s %s", summary(&to.memory, plan),
                                      exposure_words(&to.memory, plan));
    double y = svg_headline(&to, "Exchange, stage by stage", what) + 8;
    if (plan->stage_count > 0)
        y = draw_plan(&at, y);
    else
        svg_text(&to, MARGIN, y + 8, SVG_START, SIZE, SVG_TEXT, "Nobody goes.");
    svg_end(&to, y + 2, "Exchange, stage by stage",
            arena_format(&to.memory,
                         "People that each side gives in each stage, and what each has "
                         "still to come after it. %s",
                         what));
}
