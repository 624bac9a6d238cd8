/* Greedy: each label takes the nearest place around its point that overlaps nothing, on rings
 * that widen until they leave the frame. Places are tried in a fixed order, so the picture is
 * the same everywhere. Widths are upper bounds, hence so is what is kept free. */
#include "report/svg_labels.h"

#include <math.h>

enum { RINGS = 80, WAYS = 16 };

static const double RING = 7, GAP = 3, HEIGHT = 15, BASELINE = 11.5, LEADER = 16;

void labels_avoid(svg_labels *labels, svg_box box)
{
    if (labels->taken_count < LABELS_TAKEN)
        labels->taken[labels->taken_count++] = box;
}

void labels_avoid_line(svg_labels *labels, double x0, double y0, double x1, double y1)
{
    int steps = 1 + (int)fmin(hypot(x1 - x0, y1 - y0) / 8, 100);
    for (int k = 0; k <= steps; k++)
        labels_avoid(labels, (svg_box){x0 + (x1 - x0) * k / steps - 1.5,
                                       y0 + (y1 - y0) * k / steps - 1.5, 3, 3});
}

void labels_add(svg_labels *labels, double x, double y, double reach, svg_ink ink,
                const char *words)
{
    if (labels->count < LABELS_MOST)
        labels->items[labels->count++] =
            (svg_label){.x = x, .y = y, .reach = reach, .ink = ink, .words = words};
}

static bool overlap(svg_box a, svg_box b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
           b.y < a.y + a.height;
}

static bool contains(svg_box frame, svg_box box)
{
    return box.x >= frame.x && box.y >= frame.y &&
           box.x + box.width <= frame.x + frame.width &&
           box.y + box.height <= frame.y + frame.height;
}

static svg_box around(const svg_label *label)
{
    return (svg_box){label->x - label->reach, label->y - label->reach, 2 * label->reach,
                     2 * label->reach};
}

/* Where the line from the point to its label meets the label. */
static void foot_of(const svg_label *label, svg_box box, double *x, double *y)
{
    *x = fmin(fmax(label->x, box.x), box.x + box.width);
    *y = fmin(fmax(label->y, box.y), box.y + box.height);
}

static bool line_crosses(double x0, double y0, double x1, double y1, svg_box box)
{
    enum { STEPS = 24 };
    for (int k = 1; k < STEPS; k++) {
        double x = x0 + (x1 - x0) * k / STEPS, y = y0 + (y1 - y0) * k / STEPS;
        if (overlap((svg_box){x - 0.5, y - 0.5, 1, 1}, box))
            return true;
    }
    return false;
}

static bool is_free(const svg_labels *labels, const svg_label *label, svg_box box)
{
    double x, y;
    foot_of(label, box, &x, &y);
    if (!contains(labels->frame, box))
        return false;
    for (size_t k = 0; k < labels->taken_count; k++)
        if (overlap(box, labels->taken[k]))
            return false;
    for (size_t k = 0; k < labels->count; k++) {
        const svg_label *other = &labels->items[k];
        if (overlap(box, around(other)))
            return false;
        if (other->placed && (overlap(box, other->box) ||
                              line_crosses(label->x, label->y, x, y, other->box)))
            return false;
    }
    return true;
}

/* The box of so wide a label whose nearest edge lies so far from the point, that way. */
static svg_box place_at(const svg_label *label, double width, double far, int way)
{
    double angle = way * 6.283185307179586 / WAYS, dx = cos(angle), dy = -sin(angle);
    double x = label->x + dx * far, y = label->y + dy * far;
    /* beside a point its middle is level with it, above and below it is centred */
    return (svg_box){x - width * (1 - dx) / 2, y - HEIGHT * (1 - dy) / 2, width,
                     HEIGHT};
}

static void find_place(svg_labels *labels, svg_label *label)
{
    /* right, upper right, left, upper left, lower right, lower left, above, below, rest */
    static const int ways[WAYS] = {0, 2, 8,  6, 14, 10, 4,  12,
                                   1, 7, 15, 9, 3,  5,  13, 11};
    double width = svg_text_width(label->words, LABEL_SIZE, false) + 4;
    for (int ring = 0; ring < RINGS; ring++)
        for (int way = 0; way < WAYS; way++) {
            double far = label->reach + GAP + ring * RING;
            svg_box box = place_at(label, width, far, ways[way]);
            if (is_free(labels, label, box)) {
                label->box = box;
                label->placed = true;
                return;
            }
        }
}

static void draw_label(svg *to, const svg_label *label)
{
    double x, y;
    foot_of(label, label->box, &x, &y);
    if (hypot(x - label->x, y - label->y) > label->reach + LEADER)
        svg_line(to, svg_stroke(SVG_MUTED, 1), label->x, label->y, x, y);
    svg_text_on(to, label->box.x + 2, label->box.y + BASELINE, SVG_START, LABEL_SIZE,
                label->ink, label->words);
}

void labels_draw(svg *to, svg_labels *labels)
{
    for (size_t k = 0; k < labels->count; k++) {
        svg_label *label = &labels->items[k];
        label->words =
            svg_fit(&to->memory, label->words, LABEL_SIZE, labels->frame.width * 0.6);
        find_place(labels, label);
    }
    for (size_t k = 0; k < labels->count; k++)
        if (labels->items[k].placed)
            draw_label(to, &labels->items[k]);
}
