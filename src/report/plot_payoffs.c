/* Payoffs: a table of shades of one colour, rows and columns best score first. No shade is so
 * strong that text cannot be read on it (contrast 4.5 in every palette). Columns are named
 * across where there is room, else upwards, else by the numbers of the rows; numbers stand
 * in the cells as long as they fit. */
#include "report/plot_tournament.h"
#include "report/svg_axes.h"

#include "report/words.h"

#include <math.h>

enum { NUMBERS_MOST = 25, SHADES = 32 };

static const double MARGIN = 16, SIZE = 12, SMALL = 10.5, GAP = 8, CELL_MOST = 88,
                    CELL_HIGH = 26, CELL_LOW = 13, UP_MOST = 120, STRONGEST = 0.55,
                    PALEST = 0.04, BAR = 192;

typedef enum naming { ACROSS, UPWARDS, BY_NUMBER } naming;

typedef struct payoff_picture {
    svg *to;
    const truce_standings *result;
    size_t count;
    double least, greatest, largest;
    svg_box frame;
    double wide, high; /* of a cell */
    double names, head;
    naming columns;
    bool numbers, any_missing;
} payoff_picture;

/* The row's strategy with the column's, both by their places. */
static double payoff_at(const payoff_picture *at, size_t row, size_t column)
{
    const size_t *order = at->result->order;
    return at->result->payoff[order[row] * at->count + order[column]];
}

static const char *name_at(const payoff_picture *at, size_t place)
{
    return at->result->standings[at->result->order[place]].strategy;
}

static void find_range(payoff_picture *at)
{
    at->least = INFINITY;
    at->greatest = -INFINITY;
    for (size_t k = 0; k < at->count * at->count; k++) {
        double value = at->result->payoff[k];
        if (isfinite(value)) {
            at->least = fmin(at->least, value);
            at->greatest = fmax(at->greatest, value);
        } else
            at->any_missing = true;
    }
    at->largest = fmax(fabs(at->least), fabs(at->greatest));
}

static double shade_of(const payoff_picture *at, double value)
{
    double span = at->greatest - at->least;
    double part = span > 0 ? (value - at->least) / span : 0.5;
    return PALEST + part * (STRONGEST - PALEST);
}

static const char *number_in(const payoff_picture *at, double value)
{
    return utility_words(&at->to->memory, value, at->largest);
}

/* ---- layout ---------------------------------------------------------------------- */

static double widest_number(const payoff_picture *at)
{
    double most = 0;
    for (size_t k = 0; k < at->count * at->count; k++)
        if (isfinite(at->result->payoff[k]))
            most = fmax(most, svg_text_width(number_in(at, at->result->payoff[k]),
                                             SMALL, false));
    return most;
}

static double widest_rank(const payoff_picture *at)
{
    return svg_text_width(arena_format(&at->to->memory, "%zu", at->count), SMALL,
                          false);
}

static void set_layout(payoff_picture *at, double top)
{
    double width = at->to->width - 2 * MARGIN, n = (double)(at->count ? at->count : 1);
    double longest = names_room(at->result, SIZE, INFINITY);
    at->names = fmin(longest, width * 0.3);
    at->wide = fmin((width - at->names - GAP) / n, CELL_MOST);
    at->columns = longest + 6 <= at->wide ? ACROSS
                  : at->wide >= 15        ? UPWARDS
                                          : BY_NUMBER;
    if (at->columns == BY_NUMBER) { /* rows show their numbers, too */
        at->names = fmin(longest + widest_rank(at) + GAP, width * 0.3);
        at->wide = fmin((width - at->names - GAP) / n, CELL_MOST);
    }
    at->head = at->columns == UPWARDS ? fmin(longest, UP_MOST) + 6 : 16;
    at->numbers = at->count <= NUMBERS_MOST && widest_number(at) + 4 <= at->wide;
    double asked = (svg_height(at->to, 0) - top - at->head - 70) / n;
    double usual = at->count <= NUMBERS_MOST ? CELL_HIGH : CELL_LOW;
    at->high = fmin(fmax(asked, usual), fmax(at->wide * 0.75, usual));
    at->frame =
        (svg_box){MARGIN + at->names + GAP, top + at->head, at->wide * n, at->high * n};
}

/* ---- names ----------------------------------------------------------------------- */

/* So many places apart, numbers of columns do not touch. */
static size_t column_step(const payoff_picture *at)
{
    size_t step = 1;
    while ((double)step * at->wide < widest_rank(at) + 4)
        step++;
    return step;
}

static void name_column(const payoff_picture *at, size_t k)
{
    svg *to = at->to;
    double middle = at->frame.x + at->wide * ((double)k + 0.5);
    const char *name = name_at(at, k);
    if (at->columns == ACROSS)
        svg_text(to, middle, at->frame.y - 6, SVG_MIDDLE, SIZE, SVG_TEXT, "%s",
                 svg_fit(&to->memory, name, SIZE, at->wide - 4));
    else if (at->columns == UPWARDS) {
        name = svg_fit(&to->memory, name, SIZE, UP_MOST);
        svg_text_up(to, middle + 4,
                    at->frame.y - 6 - svg_text_width(name, SIZE, false) / 2, SIZE,
                    SVG_TEXT, name);
    } else if (k % column_step(at) == 0)
        svg_text(to, middle, at->frame.y - 5, SVG_MIDDLE, SMALL, SVG_MUTED, "%zu",
                 k + 1);
}

static void name_row(const payoff_picture *at, size_t k)
{
    svg *to = at->to;
    double size = at->high < 15 ? SMALL : SIZE,
           y = at->frame.y + at->high * ((double)k + 0.5) + size * 0.35,
           end = at->frame.x - GAP, room = at->names;
    if (at->columns == BY_NUMBER) {
        svg_text(to, end, y, SVG_END, SMALL, SVG_MUTED, "%zu", k + 1);
        end -= widest_rank(at) + GAP;
        room -= widest_rank(at) + GAP;
    }
    svg_text(to, end, y, SVG_END, size, SVG_TEXT, "%s",
             svg_fit(&to->memory, name_at(at, k), size, room));
}

/* ---- cells ----------------------------------------------------------------------- */

static void hatch(svg *to, svg_box box)
{
    svg_path(to);
    for (double from = 5; from < box.width + box.height; from += 5) {
        double x0 = fmax(from - box.height, 0), x1 = fmin(from, box.width);
        svg_move(to, box.x + x0, box.y + from - x0);
        svg_go(to, box.x + x1, box.y + from - x1);
    }
    svg_look look = svg_stroke(SVG_MUTED, 1);
    look.opacity = 0.45;
    svg_path_end(to, look);
}

static void draw_cell(const payoff_picture *at, size_t row, size_t column)
{
    svg *to = at->to;
    double value = payoff_at(at, row, column), inset = at->wide < 8 ? 0 : 0.5;
    svg_box box = {at->frame.x + at->wide * (double)column + inset,
                   at->frame.y + at->high * (double)row + inset, at->wide - 2 * inset,
                   at->high - 2 * inset};
    svg_group(to,
              arena_format(&to->memory, "%s with %s: %s", name_at(at, row),
                           name_at(at, column),
                           isfinite(value) ? fine_words(&to->memory, value, at->largest)
                                           : "not played"));
    if (isfinite(value)) {
        svg_look look = svg_fill(svg_series(0));
        look.opacity = shade_of(at, value);
        svg_rect(to, look, box, 0);
    } else
        hatch(to, box);
    if (at->numbers && isfinite(value))
        svg_text(to, box.x + box.width / 2, box.y + box.height / 2 + SMALL * 0.35,
                 SVG_MIDDLE, SMALL, SVG_TEXT, "%s", number_in(at, value));
    svg_group_end(to);
}

/* ---- the scale ------------------------------------------------------------------- */

static double draw_shades(const payoff_picture *at, double y)
{
    svg *to = at->to;
    double bar = to->width < 480 ? BAR / 2 : BAR;
    const char *low = number_in(at, at->least), *high = number_in(at, at->greatest);
    double x = ceil(MARGIN + svg_text_width(low, SIZE, false) + 6);
    svg_text(to, x - 6, y, SVG_END, SIZE, SVG_TEXT, "%s", low);
    for (int k = 0; k < SHADES; k++) {
        svg_look look = svg_fill(svg_series(0));
        look.opacity = PALEST + (STRONGEST - PALEST) * k / (SHADES - 1);
        svg_rect(to, look, (svg_box){x + bar / SHADES * k, y - 10, bar / SHADES, 12},
                 0);
    }
    svg_text(to, x + bar + 6, y, SVG_START, SIZE, SVG_TEXT, "%s", high);
    double end = x + bar + 6 + svg_text_width(high, SIZE, false);
    const char *name = arena_format(&to->memory, "mean %s", score_called(at->result));
    double room = svg_text_width(name, SIZE, false);
    if (end + 18 + room > to->width - MARGIN) {
        y += 19;
        end = MARGIN - 18;
    }
    svg_text(to, end + 18, y, SVG_START, SIZE, SVG_MUTED, "%s", name);
    return y + 19;
}

static double draw_missing(const payoff_picture *at, double y)
{
    svg_box box = {MARGIN, y - 10, 20, 12};
    hatch(at->to, box);
    svg_rect(at->to, svg_stroke(SVG_GRID, 1), box, 0);
    svg_text(at->to, MARGIN + 26, y, SVG_START, SIZE, SVG_TEXT, "not played");
    return y + 19;
}

void truce_payoffs_svg(FILE *out, const truce_standings *result,
                       const truce_plot_style *style)
{
    svg to;
    svg_begin(&to, out, style, 760);
    payoff_picture at = {.to = &to, .result = result, .count = result->strategy_count};
    find_range(&at);
    double top =
        svg_headline(&to, "Payoffs",
                     arena_format(&to.memory,
                                  "What the row gets with the column at the table, "
                                  "best score first. %s",
                                  contest_words(&to.memory, result))) +
        4;
    set_layout(&at, top);
    for (size_t k = 0; k < at.count; k++) {
        name_column(&at, k);
        name_row(&at, k);
        for (size_t c = 0; c < at.count; c++)
            draw_cell(&at, k, c);
    }
    double y = at.frame.y + at.frame.height + 26;
    if (at.count == 0)
        svg_text(&to, MARGIN, top + 8, SVG_START, SIZE, SVG_MUTED, "nobody played");
    if (isfinite(at.least))
        y = draw_shades(&at, y);
    if (at.any_missing)
        y = draw_missing(&at, y);
    svg_end(&to, y + 2, "Payoffs",
            arena_format(&to.memory,
                         "A table of the mean %s that each strategy gets with each "
                         "other, best score first. %s",
                         score_called(result), contest_words(&to.memory, result)));
}
