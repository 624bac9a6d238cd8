/* Where outcomes lie between two parties, for the terminal. Every mark is a letter that the
 * legend names; where two would stand in one cell, the first of agreement, solution points,
 * status quo and offers does, and the legend says who stands under it. */
#include "base/text.h"
#include "report/terminal_plot.h"
#include "report/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 20, PICTURES_MOST = 3 };

/* Of each seat in turn, and then all others: none of them is used otherwise. */
static const char offer_digits[] = "12345678";
static const char offer_other = '9', offer_draft = 'm';

/* ---- the picture of two parties ---------------------------------------------------- */

/*   party   across and up
 *   low, high, along   what is shown of each, and its axis
 *   under   [NAMED] the letter that hides all of this mark; 0: it shows, or is not there
 *   there, shows   [NAMED] */
typedef struct picture {
    page *to;
    const truce_bargain *what;
    const truce_scenario *scenario;
    size_t party[2];
    double low[2], high[2];
    span along[2];
    canvas area;
    bool there[NAMED], shows[NAMED];
    char under[NAMED];
    size_t permitted, barred; /* outcomes of the cloud */
} picture;

typedef void visit(picture *of, double across, double up, size_t which);

/* Calls do_it with the utilities of both parties and the row, when the parties are
 * there and the numbers finite. */
static void see(picture *of, truce_list parties, const double *utilities, size_t which,
                visit *do_it)
{
    size_t across = place_in_list(parties, of->party[0]);
    size_t up = place_in_list(parties, of->party[1]);
    if (across == TRUCE_NOBODY || up == TRUCE_NOBODY || utilities == NULL ||
        !isfinite(utilities[across]) || !isfinite(utilities[up]))
        return;
    do_it(of, utilities[across], utilities[up], which);
}

static void see_cloud(picture *of, visit *do_it)
{
    const truce_cloud *cloud = of->what->cloud;
    for (size_t i = 0; cloud && i < cloud->size; i++)
        see(of, cloud->parties, cloud->utilities + i * cloud->parties.count, i, do_it);
}

static void see_frontier(picture *of, visit *do_it)
{
    const truce_frontier *front = of->what->frontier;
    for (size_t i = 0; front && i < front->size; i++)
        see(of, front->parties, front->utilities + i * front->parties.count, i, do_it);
}

/* An outcome that is told by what it is worth to each party. */
static void see_worth(picture *of, size_t named,
                      double (*worth)(const truce_bargain *what, size_t party),
                      visit *do_it)
{
    double across = worth(of->what, of->party[0]), up = worth(of->what, of->party[1]);
    if (isfinite(across) && isfinite(up))
        do_it(of, across, up, named);
}

static void see_agreement(picture *of, visit *do_it)
{
    see_worth(of, AGREEMENT, agreed_of, do_it);
}

static void see_points(picture *of, visit *do_it)
{
    for (size_t k = 0; k < TRUCE_SOLUTION_KINDS; k++)
        for (size_t i = 0;
             has_solution(of->what, k) && i < of->what->points->solutions[k].count; i++)
            see(of, of->what->points->parties,
                of->what->points->solutions[k].items[i].utilities, AGREEMENT + 1 + k,
                do_it);
}

static void see_status_quo(picture *of, visit *do_it)
{
    see_worth(of, STATUS_QUO, status_quo_of, do_it);
}

/* Offers, by the seat that made them; drafts of the mediator have TRUCE_NOBODY. */
static void see_offers(picture *of, visit *do_it)
{
    const truce_session *session = of->what->session;
    for (size_t i = 0; session && i < session->turn_count; i++) {
        const truce_turn *turn = &session->turns[i];
        if (turn->said == TRUCE_SAID_OFFER || turn->said == TRUCE_SAID_DRAFT)
            see(of, session->parties, turn->utilities, turn->seat, do_it);
    }
}

/* ---- its extent -------------------------------------------------------------------- */

static void reach(picture *of, size_t axis, double value)
{
    if (!isfinite(value))
        return;
    of->low[axis] = fmin(of->low[axis], value);
    of->high[axis] = fmax(of->high[axis], value);
}

static void reach_both(picture *of, double across, double up, size_t which)
{
    (void)which;
    reach(of, 0, across);
    reach(of, 1, up);
}

static void measure(picture *of)
{
    for (size_t axis = 0; axis < 2; axis++) {
        of->low[axis] = INFINITY;
        of->high[axis] = -INFINITY;
        reach(of, axis, reservation_of(of->what, of->party[axis]));
    }
    see_cloud(of, reach_both);
    see_frontier(of, reach_both);
    see_agreement(of, reach_both);
    see_points(of, reach_both);
    see_status_quo(of, reach_both);
    see_offers(of, reach_both);
}

/* Columns that the numbers beside the upright axis take. */
static size_t label_width(picture *of)
{
    size_t widest = 0;
    for (long long k = of->along[1].first; k <= of->along[1].last; k++) {
        size_t width = strlen(span_words(&of->to->memory, &of->along[1], k));
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* ---- its layers -------------------------------------------------------------------- */

static size_t x_of(const picture *of, double value)
{
    return canvas_x(&of->area, &of->along[0], value);
}

static size_t y_of(const picture *of, double value)
{
    return canvas_y(&of->area, &of->along[1], value);
}

/* One dot for every square of 2 x 2 that has an outcome: so the cloud stays pale, and a
 * line can be seen through it. Outcomes that break something get one dot a cell. */
static void dot_of_cloud(picture *of, double across, double up, size_t which)
{
    size_t x = x_of(of, across), y = y_of(of, up);
    bool permitted = of->what->cloud->permitted[which];
    if (permitted)
        canvas_dot(&of->area, x & ~(size_t)1, y & ~(size_t)1, LAYER_CLOUD);
    else
        canvas_dot(&of->area, x | 1, (y & ~(size_t)3) + 1, LAYER_FAINT);
    of->permitted += permitted;
    of->barred += !permitted;
}

static void draw_outside(picture *of)
{
    double across = reservation_of(of->what, of->party[0]);
    double up = reservation_of(of->what, of->party[1]);
    for (size_t y = 0; isfinite(across) && y < 4 * ROWS; y++)
        canvas_dot(&of->area, x_of(of, across), y, LAYER_UP);
    for (size_t x = 0; isfinite(up) && x < 2 * of->area.columns; x++)
        canvas_dot(&of->area, x, y_of(of, up), LAYER_ACROSS);
}

static void dot_of_frontier(picture *of, double across, double up, size_t which)
{
    size_t x = x_of(of, across), y = y_of(of, up);
    (void)which;
    canvas_dot(&of->area, x, y, LAYER_FRONT);
    canvas_dot(&of->area, x + 1, y, LAYER_FRONT);
    canvas_dot(&of->area, x, y + 1, LAYER_FRONT);
    canvas_dot(&of->area, x + 1, y + 1, LAYER_FRONT);
}

/* The frontier of two parties is a falling line; that of more, seen from the side of
 * two, is not. */
static void join_frontier(picture *of)
{
    const truce_frontier *front = of->what->frontier;
    size_t across = place_in_list(frontier_parties(of->what), of->party[0]);
    size_t up = place_in_list(frontier_parties(of->what), of->party[1]);
    if (front == NULL || front->parties.count != 2 || across == TRUCE_NOBODY ||
        up == TRUCE_NOBODY || of->area.ascii)
        return;
    for (size_t i = 1; i < front->size; i++) {
        const double *from = front->utilities + 2 * (i - 1), *to = from + 2;
        size_t one[2] = {x_of(of, from[across]), y_of(of, from[up])};
        size_t two[2] = {x_of(of, to[across]), y_of(of, to[up])};
        canvas_join(&of->area, one, two, 2, LAYER_FRONT);
    }
}

static void mark_named(picture *of, double across, double up, size_t named)
{
    char letter = named_letter(named);
    char stands = canvas_mark(&of->area, x_of(of, across), y_of(of, up), letter,
                              named == AGREEMENT ? PLOT_AGREED : PLOT_POINT);
    of->there[named] = true;
    if (stands == letter)
        of->shows[named] = true;
    else
        of->under[named] = stands;
}

static char offer_letter(size_t seat)
{
    return seat == TRUCE_NOBODY             ? offer_draft
           : seat < sizeof offer_digits - 1 ? offer_digits[seat]
                                            : offer_other;
}

static void mark_offer(picture *of, double across, double up, size_t seat)
{
    canvas_mark(&of->area, x_of(of, across), y_of(of, up), offer_letter(seat),
                seat == TRUCE_NOBODY ? PLOT_PLAIN : PLOT_PARTY + (unsigned)(seat % 4));
}

static void draw(picture *of)
{
    see_cloud(of, dot_of_cloud);
    draw_outside(of);
    see_frontier(of, dot_of_frontier);
    join_frontier(of);
    see_agreement(of, mark_named);
    see_points(of, mark_named);
    see_status_quo(of, mark_named);
    see_offers(of, mark_offer);
}

/* ---- its frame --------------------------------------------------------------------- */

/* "Ana's utility"; by the party's id where the name is too long, cut to the page where
 * that is too. */
static void print_axis_name(picture *of, size_t axis, bool at_right)
{
    page *to = of->to;
    const char *name = arena_format(&to->memory, "%s utility",
                                    whose(&to->memory, of->scenario, of->party[axis]));
    if (text_width(name, strlen(name)) > to->width)
        name = arena_format(&to->memory, "%s: utility",
                            of->scenario->parties[of->party[axis]].label.id);
    size_t length = text_fit(name, strlen(name), to->width);
    if (at_right)
        page_spaces(to, to->width - text_width(name, length));
    page_put(to, name, length);
    fputc('\n', to->out);
}

/* The tick of an axis that falls into this cell; false when none does. */
static bool tick_in(const picture *of, size_t axis, size_t cell, long long *tick)
{
    const span *along = &of->along[axis];
    for (*tick = along->first; *tick <= along->last; ++*tick) {
        double value = span_tick(along, *tick);
        if ((axis == 0 ? x_of(of, value) / 2 : ROWS - 1 - y_of(of, value) / 4) == cell)
            return true;
    }
    return false;
}

static void print_row(picture *of, size_t row, size_t labels)
{
    page *to = of->to;
    long long tick;
    bool ticked = tick_in(of, 1, row, &tick);
    const char *words = ticked ? span_words(&to->memory, &of->along[1], tick) : "";
    fprintf(to->out, "%*s %s", (int)labels, words,
            of->area.ascii ? (ticked ? "+" : "|") : (ticked ? "┤" : "│"));
    canvas_print(&of->area, to, row);
    fputc('\n', to->out);
}

static void print_floor(picture *of, size_t labels)
{
    page *to = of->to;
    long long tick;
    page_spaces(to, labels + 1);
    fputs(of->area.ascii ? "+" : "└", to->out);
    for (size_t column = 0; column < of->area.columns; column++) {
        bool ticked = tick_in(of, 0, column, &tick);
        fputs(of->area.ascii ? (ticked ? "+" : "-") : (ticked ? "┬" : "─"), to->out);
    }
    fputc('\n', to->out);
}

/* Numbers below their ticks, as far as each leaves a blank to the one before. */
static void print_floor_labels(picture *of, size_t labels)
{
    page *to = of->to;
    size_t used = 0;
    for (long long tick = of->along[0].first; tick <= of->along[0].last; tick++) {
        const char *words = span_words(&to->memory, &of->along[0], tick);
        size_t width = strlen(words);
        size_t middle = labels + 2 + x_of(of, span_tick(&of->along[0], tick)) / 2;
        size_t from = middle > width / 2 ? middle - width / 2 : 0;
        if (from + width > to->width)
            from = to->width - width;
        if (used > 0 && from <= used)
            continue;
        page_spaces(to, from - used);
        fputs(words, to->out);
        used = from + width;
    }
    fputc('\n', to->out);
}

/* ---- what its marks mean ----------------------------------------------------------- */

/* "outcomes", and of how many they were drawn. */
static const char *outcomes_words(arena *memory, const truce_cloud *cloud)
{
    if (cloud->whole)
        return "outcomes";
    return arena_format(memory, "outcomes, %s drawn of %s",
                        size_words(memory, cloud->size),
                        count_words(memory, cloud->outcomes));
}

static void legend_cloud(picture *of, legend *to)
{
    char glyph[4];
    arena *memory = &of->to->memory;
    const truce_cloud *cloud = of->what->cloud;
    if (of->permitted > 0)
        key_add(to, of->area.ascii ? "." : braille_text(0x42, glyph), PLOT_FAINT,
                outcomes_words(memory, cloud));
    if (of->barred > 0)
        key_add(to, of->area.ascii ? "," : braille_text(0x20, glyph), PLOT_FAINT,
                arena_format(
                    memory, "%sthat break a red line or a rule",
                    of->permitted > 0
                        ? ""
                        : arena_format(memory, "%s ", outcomes_words(memory, cloud))));
}

static void legend_frontier(picture *of, legend *to)
{
    const truce_frontier *front = of->what->frontier;
    if (front == NULL || front->size == 0)
        return;
    const char *whole = front->complete ? "" : ", as far as found";
    const char *words = arena_format(&of->to->memory, "frontier%s", whole);
    if (front->parties.count > 2)
        words = arena_format(
            &of->to->memory, "frontier of %s%s",
            join_party_ids(&of->to->memory, of->scenario, front->parties), whole);
    key_add(to, of->area.ascii ? "o" : "⠶", PLOT_FRONT, words);
}

static void legend_outside(picture *of, legend *to)
{
    const char *texts[2];
    size_t count = 0;
    for (size_t axis = 0; axis < 2; axis++) {
        double value = reservation_of(of->what, of->party[axis]);
        if (isfinite(value))
            texts[count++] = arena_format(
                &of->to->memory, "%s %s",
                of->scenario->parties[of->party[axis]].label.id,
                utility_words(&of->to->memory, value, of->along[axis].greatest));
    }
    if (count > 0)
        key_add(to, of->area.ascii ? "-|" : "⠤⡇", PLOT_LINE,
                arena_format(&of->to->memory, "outside option%s: %s",
                             count == 1 ? "" : "s",
                             join_by(&of->to->memory, texts, count, ", ")));
}

static void legend_named(picture *of, legend *to)
{
    for (size_t named = 0; named < NAMED; named++) {
        char letter[2] = {named_letter(named)};
        if (!of->there[named])
            continue;
        key_add(to, letter, named == AGREEMENT ? PLOT_AGREED : PLOT_POINT,
                of->shows[named] ? named_words(named)
                                 : arena_format(&of->to->memory, "%s, under %c",
                                                named_words(named), of->under[named]));
    }
}

static bool has_drafts(const truce_session *session)
{
    for (size_t i = 0; i < session->turn_count; i++)
        if (session->turns[i].said == TRUCE_SAID_DRAFT)
            return true;
    return false;
}

static void legend_offers(picture *of, legend *to)
{
    const truce_session *session = of->what->session;
    for (size_t seat = 0; session && seat < session->parties.count; seat++) {
        char letter[2] = {offer_letter(seat)};
        if (session->seats[seat].offers > 0)
            key_add(to, letter, PLOT_PARTY + (unsigned)(seat % 4),
                    arena_format(
                        &of->to->memory, "offers of %s",
                        of->scenario->parties[session->parties.items[seat]].label.id));
    }
    if (session && has_drafts(session))
        key_add(to, (char[]){offer_draft, '\0'}, PLOT_PLAIN, "drafts");
}

static void print_legend(picture *of)
{
    legend to = {.to = of->to};
    legend_cloud(of, &to);
    legend_frontier(of, &to);
    legend_outside(of, &to);
    legend_named(of, &to);
    legend_offers(of, &to);
    legend_end(&to);
}

static void print_picture(page *to, const truce_bargain *what, size_t across, size_t up,
                          bool ascii)
{
    picture of = {.to = to, .what = what, .party = {across, up}};
    of.scenario = bargain_scenario(what);
    page_heading(to, "Picture: %s and %s", party_called(of.scenario, across),
                 party_called(of.scenario, up));
    measure(&of);
    of.along[1] = span_of(of.low[1], of.high[1], ROWS / 4);
    size_t labels = label_width(&of), columns = to->width - labels - 2;
    of.along[0] = span_of(of.low[0], of.high[0], columns / 12 + 1);
    of.area = canvas_begin(&to->memory, columns, ROWS, ascii);
    draw(&of);
    print_axis_name(&of, 1, false);
    for (size_t row = 0; row < ROWS; row++)
        print_row(&of, row, labels);
    print_floor(&of, labels);
    print_floor_labels(&of, labels);
    print_axis_name(&of, 0, true);
    print_legend(&of);
    to->begun = true;
    to->blank = false;
}

void terminal_pictures(page *to, const truce_bargain *what, truce_list parties,
                       bool ascii)
{
    if (what->across != TRUCE_NOBODY && what->up != TRUCE_NOBODY) {
        print_picture(to, what, what->across, what->up, ascii);
        return;
    }
    if (parties.count > PICTURES_MOST)
        return;
    for (size_t a = 0; a < parties.count; a++)
        for (size_t b = a + 1; b < parties.count; b++)
            print_picture(to, what, parties.items[a], parties.items[b], ascii);
}
