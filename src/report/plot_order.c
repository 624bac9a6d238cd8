/* The order picture: stages are boxes, constraints arrows from what comes first to what waits
 * for it, drawn by whoever insists on it. Stages of circles stand on a circle in the middle,
 * what leads there on the left, what follows on the right, each column from top to bottom in
 * the order of the file. */
#include "report/svg_axes.h"
#include "report/svg_labels.h"

#include "report/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double MARGIN = 16, MOST_WIDTH = 136, SHARE = 0.36, BOX_HEIGHT = 42,
                    SIZE = 12, GAP = 24;

typedef enum place { BEFORE, CIRCLE, AFTER, PLACES } place;

typedef struct node {
    const char *text, *words; /* as the file has it, and in words */
    place in;
    bool gated;
    double x, y; /* its middle */
} node;

typedef struct order_picture {
    svg *to;
    const truce_order *result;
    const truce_scenario *scenario;
    node *nodes;
    size_t count, at_place[PLACES];
    bool *circular;          /* [order_count] the constraint is part of a circle */
    double top, height, box; /* box: how wide one is */
    double circle, columns; /* their heights; columns begin below the circle when a line
                               would cross it */
    svg_labels labels;
} order_picture;

/* ---- nodes ----------------------------------------------------------------------- */

static node *node_called(order_picture *at, const char *text)
{
    for (size_t k = 0; k < at->count; k++)
        if (strcmp(at->nodes[k].text, text) == 0)
            return &at->nodes[k];
    return NULL;
}

static void add_stage(order_picture *at, const truce_stage *stage, place in)
{
    if (node_called(at, stage->text))
        return;
    at->nodes[at->count++] =
        (node){.text = stage->text,
               .words = stage_words(&at->to->memory, at->scenario, stage),
               .in = in};
    at->at_place[in]++;
}

static void add_circles(order_picture *at)
{
    for (size_t c = 0; c < at->result->cycle_count; c++)
        for (size_t k = 0; k < at->result->cycles[c].count; k++) {
            size_t which = at->result->cycles[c].constraints[k];
            at->circular[which] = true;
            add_stage(at, &at->scenario->order[which].first, CIRCLE);
            add_stage(at, &at->scenario->order[which].then, CIRCLE);
        }
}

static bool is_waiting(const order_picture *at, const char *text)
{
    for (size_t k = 0; k < at->scenario->order_count; k++)
        if (strcmp(at->scenario->order[k].then.text, text) == 0)
            return true;
    return false;
}

/* What nothing comes before stands left, the rest right. */
static void add_the_rest(order_picture *at)
{
    for (size_t k = 0; k < at->scenario->order_count; k++) {
        const truce_constraint *one = &at->scenario->order[k];
        add_stage(at, &one->first, is_waiting(at, one->first.text) ? AFTER : BEFORE);
        add_stage(at, &one->then, AFTER);
    }
    for (size_t k = 0; k < at->result->gates.count; k++) {
        const truce_constraint *gate = &at->scenario->order[at->result->gates.items[k]];
        node_called(at, gate->first.text)->gated = true;
    }
}

/* ---- places ---------------------------------------------------------------------- */

static void place_column(order_picture *at, place in, double x)
{
    size_t number = 0;
    double top = at->top + at->height - at->columns, height = at->columns;
    for (size_t k = 0; k < at->count; k++)
        if (at->nodes[k].in == in) {
            at->nodes[k].x = x;
            at->nodes[k].y =
                top + height * ((double)number++ + 0.5) / (double)at->at_place[in];
        }
}

static void place_circle(order_picture *at, double x, double width)
{
    size_t number = 0, count = at->at_place[CIRCLE];
    double rx = fmin((width - at->box) / 2, 90 + 42 * (double)count),
           height = at->circle,
           ry = fmin((height - BOX_HEIGHT) / 2, 60 + 30 * (double)count);
    for (size_t k = 0; k < at->count; k++)
        if (at->nodes[k].in == CIRCLE) {
            double angle = (double)number++ / (double)count * 6.283185307179586;
            at->nodes[k].x = x + (count > 1 ? rx * sin(angle) : 0);
            at->nodes[k].y = at->top + height / 2 - (count > 1 ? ry * cos(angle) : 0);
        }
}

static void place_all(order_picture *at)
{
    double left = MARGIN + at->box / 2, right = at->to->width - left;
    bool circle = at->at_place[CIRCLE] > 0, below = at->columns < at->height;
    double from =
               at->at_place[BEFORE] && !below ? left + at->box / 2 + 3.5 * GAP : MARGIN,
           to = at->at_place[AFTER] && !below ? right - at->box / 2 - 3.5 * GAP
                                              : at->to->width - MARGIN;
    place_column(at, BEFORE, left);
    place_column(at, AFTER, circle || at->at_place[BEFORE] ? right : at->to->width / 2);
    place_circle(at, (from + to) / 2, to - from);
}

/* ---- drawing --------------------------------------------------------------------- */

static void draw_words(order_picture *at, const node *one, svg_ink ink)
{
    double width = at->box - 14;
    arena *memory = &at->to->memory;
    if (svg_text_width(one->words, SIZE, false) <= width) {
        svg_text(at->to, one->x, one->y + 4, SVG_MIDDLE, SIZE, ink, "%s", one->words);
        return;
    }
    /* two lines, broken at the blank nearest to the middle */
    size_t length = strlen(one->words), best = 0;
    for (size_t k = 1; k < length; k++)
        if (one->words[k] == ' ' &&
            (best == 0 ||
             labs((long)k - (long)length / 2) < labs((long)best - (long)length / 2)))
            best = k;
    if (best == 0) {
        svg_text(at->to, one->x, one->y + 4, SVG_MIDDLE, SIZE, ink, "%s",
                 svg_fit(memory, one->words, SIZE, width));
        return;
    }
    svg_text(at->to, one->x, one->y - 3, SVG_MIDDLE, SIZE, ink, "%s",
             svg_fit(memory, arena_text_n(memory, one->words, best), SIZE, width));
    svg_text(at->to, one->x, one->y + 12, SVG_MIDDLE, SIZE, ink, "%s",
             svg_fit(memory, one->words + best + 1, SIZE, width));
}

static void draw_node(order_picture *at, const node *one)
{
    svg_look look = {.fill = SVG_PAPER,
                     .line = one->in == CIRCLE ? SVG_TEXT : SVG_MUTED,
                     .width = one->in == CIRCLE ? 2 : 1.2};
    svg_box box = {one->x - at->box / 2, one->y - BOX_HEIGHT / 2, at->box, BOX_HEIGHT};
    svg_group(at->to, one->words);
    svg_rect(at->to, look, box, 8);
    if (one->gated) /* a second rim: who keeps it is no principal */
        svg_rect(at->to, (svg_look){.line = SVG_MUTED, .width = 1.2},
                 (svg_box){box.x + 3, box.y + 3, box.width - 6, box.height - 6}, 6);
    draw_words(at, one, SVG_TEXT);
    svg_group_end(at->to);
}

/* Where the line from the middle of a box to another point leaves it, a little outside. */
static void leave_box(const order_picture *at, const node *one, double tx, double ty,
                      double *x, double *y)
{
    double dx = tx - one->x, dy = ty - one->y;
    double across = at->box / 2 + 4, up = BOX_HEIGHT / 2 + 4;
    double part = fmin(dx == 0 ? INFINITY : across / fabs(dx),
                       dy == 0 ? INFINITY : up / fabs(dy));
    part = fmin(part, 1);
    *x = one->x + dx * part;
    *y = one->y + dy * part;
}

static svg_ink ink_of(const truce_constraint *one)
{
    return one->by == TRUCE_NOBODY ? SVG_MUTED : svg_series(one->by);
}

static void draw_constraint(order_picture *at, size_t which)
{
    const truce_constraint *one = &at->scenario->order[which];
    const node *first = node_called(at, one->first.text),
               *then = node_called(at, one->then.text);
    if (first == then)
        return;
    double x0, y0, x1, y1;
    leave_box(at, first, then->x, then->y, &x0, &y0);
    leave_box(at, then, first->x, first->y, &x1, &y1);
    svg_look look = svg_stroke(ink_of(one), at->circular[which] ? 2.6 : 1.5);
    if (one->relaxed)
        look.dash = "6 4";
    if (at->result->met[which])
        look.opacity = 0.45;
    double bend = at->circular[which] && at->at_place[CIRCLE] == 2 ? 26 : 0;
    svg_group(at->to,
              arena_format(&at->to->memory, "%s: first %s, then %s%s%s",
                           owner_called(at->scenario, one->by), first->words,
                           then->words, one->relaxed ? "; practice differs" : "",
                           at->result->met[which] ? "; already met" : ""));
    svg_arrow(at->to, look, x0, y0, x1, y1, bend);
    svg_group_end(at->to);
    double dx = x1 - x0, dy = y1 - y0, length = fmax(hypot(dx, dy), 1);
    if (bend == 0)
        labels_avoid_line(&at->labels, x0, y0, x1, y1);
    labels_add(&at->labels, (x0 + x1) / 2 + bend / 2 * dy / length,
               (y0 + y1) / 2 - bend / 2 * dx / length, 2, ink_of(one),
               owner_called(at->scenario, one->by));
}

static void draw_all(order_picture *at)
{
    at->labels.frame =
        (svg_box){MARGIN, at->top, at->to->width - 2 * MARGIN, at->height};
    for (size_t k = 0; k < at->count; k++)
        labels_avoid(&at->labels, (svg_box){at->nodes[k].x - at->box / 2 - 2,
                                            at->nodes[k].y - BOX_HEIGHT / 2 - 2,
                                            at->box + 4, BOX_HEIGHT + 4});
    for (size_t k = 0; k < at->scenario->order_count; k++)
        draw_constraint(at, k);
    for (size_t k = 0; k < at->count; k++)
        draw_node(at, &at->nodes[k]);
    labels_draw(at->to, &at->labels);
}

/* ---- words ----------------------------------------------------------------------- */

static const char *free_words(order_picture *at)
{
    const truce_order *result = at->result;
    arena *memory = &at->to->memory;
    const char **names = arena_array(
        memory, result->free_issues.count + result->free_steps.count + 1, const char *);
    size_t count = 0;
    for (size_t k = 0; k < result->free_issues.count; k++)
        names[count++] = at->scenario->issues[result->free_issues.items[k]].title;
    for (size_t k = 0; k < result->free_steps.count; k++) {
        const truce_step *step = &at->scenario->steps[result->free_steps.items[k]];
        names[count++] = step->title ? step->title : step->label.id;
    }
    return count ? arena_format(memory, "Free, nothing is said to come before: %s.",
                                join(memory, names, count, " and "))
                 : NULL;
}

static svg_legend legend_of(const order_picture *at)
{
    svg_legend legend = {0};
    svg_look circle = svg_stroke(SVG_TEXT, 2.6), relaxed = svg_stroke(SVG_TEXT, 1.5),
             met = svg_stroke(SVG_TEXT, 1.5), plain = svg_stroke(SVG_TEXT, 1.5);
    bool any_relaxed = false, any_met = false;
    relaxed.dash = "6 4";
    met.opacity = 0.45;
    for (size_t k = 0; k < at->scenario->order_count; k++) {
        any_relaxed |= at->scenario->order[k].relaxed;
        any_met |= at->result->met[k];
    }
    legend_add(&legend, KEY_LINE, 0, plain, "comes first \u2192 waits for it");
    if (at->result->cycle_count)
        legend_add(&legend, KEY_LINE, 0, circle, "part of a circle");
    if (any_relaxed)
        legend_add(&legend, KEY_LINE, 0, relaxed, "practice differs");
    if (any_met)
        legend_add(&legend, KEY_LINE, 0, met, "already met");
    if (at->result->gates.count)
        legend_add(&legend, KEY_AREA, 0,
                   (svg_look){.fill = SVG_PAPER, .line = SVG_MUTED, .width = 1.2},
                   "double rim: a gate, kept by somebody who is no principal");
    return legend;
}

static const char *summary(arena *memory, const truce_order *result)
{
    if (result->cycle_count == 0 && result->gates.count == 0 && result->held_count == 0)
        return "Nothing waits for anything else.";
    return arena_format(memory, "%s, %s.",
                        some(memory, result->cycle_count, "chain that runs in a circle",
                             "chains that run in a circle"),
                        some(memory, result->gates.count, "gate", "gates"));
}

void truce_order_svg(FILE *out, const truce_order *result,
                     const truce_plot_style *style)
{
    svg to;
    svg_begin(&to, out, style, 860);
    const truce_scenario *scenario = result->finding.scenario;
    order_picture at = {
        .to = &to,
        .result = result,
        .scenario = scenario,
        .nodes = arena_array(&to.memory, 2 * scenario->order_count + 1, node),
        .circular = arena_array(&to.memory, scenario->order_count + 1, bool)};
    at.top = svg_headline(&to, "What waits for what",
                          arena_format(&to.memory, "%s. %s", scenario_called(scenario),
                                       summary(&to.memory, result))) +
             2;
    at.box = fmin(MOST_WIDTH, to.width * SHARE);
    add_circles(&at);
    add_the_rest(&at);
    size_t rows = at.at_place[BEFORE] > at.at_place[AFTER] ? at.at_place[BEFORE]
                                                           : at.at_place[AFTER];
    double least = (BOX_HEIGHT + GAP) * (double)rows;
    bool crossed = at.at_place[CIRCLE] && at.at_place[BEFORE] && at.at_place[AFTER];
    at.circle = at.at_place[CIRCLE] ? 120 + 40 * (double)at.at_place[CIRCLE] : 0;
    at.height =
        crossed ? at.circle + least : fmax(fmax(least, at.circle), at.count ? 80 : 10);
    at.columns = crossed ? least : at.height;
    if (!crossed)
        at.circle = at.height;
    place_all(&at);
    draw_all(&at);
    double y = at.top + at.height + 24;
    svg_legend legend = legend_of(&at);
    if (at.count)
        y = legend_rows(&to, &legend, MARGIN, y, to.width - 2 * MARGIN, true);
    const char *free = free_words(&at);
    if (free)
        y = svg_paragraph(&to, MARGIN, y, to.width - 2 * MARGIN, SIZE, SVG_MUTED, 4,
                          free);
    svg_end(&to, y + 2, "What waits for what", summary(&to.memory, result));
}
