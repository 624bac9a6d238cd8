/* The bargaining picture: two parties span a plane, each outcome is a point of it. With more
 * parties every pair gets a panel, and from five on each party gets an axis of its own. The
 * legend tells what is drawn and nothing else; every mark has a shape of its own, so that no
 * colour is needed to read it. */
#include "report/plot_bargain.h"

#include "report/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PARTIES_IN_PANELS = 4, MOST_DOTTED = 400 };

static const double MARGIN = 16, AXIS_BELOW = 44, LEAST_PANEL = 240, LEAST_ROW = 200;

/* ---- what there is --------------------------------------------------------------- */

static const truce_finding *finding_of(const truce_bargain *what)
{
    return what->cloud      ? &what->cloud->finding
           : what->frontier ? &what->frontier->finding
           : what->points   ? &what->points->finding
                            : &what->session->finding;
}

static truce_list parties_of(const truce_bargain *what)
{
    return what->frontier ? what->frontier->parties
           : what->cloud  ? what->cloud->parties
           : what->points ? what->points->parties
                          : what->session->parties;
}

size_t place_in_list(truce_list list, size_t party)
{
    for (size_t k = 0; k < list.count; k++)
        if (list.items[k] == party)
            return k;
    return TRUCE_NOBODY;
}

const char *solution_called(truce_solution_kind kind)
{
    static const char *const names[] = {"Nash", "Kalai\u2013Smorodinsky", "egalitarian",
                                        "utilitarian", "equal loss"};
    return names[kind];
}

static double number_of(truce_list list, const double *numbers, size_t party)
{
    size_t k = place_in_list(list, party);
    return k == TRUCE_NOBODY ? NAN : numbers[k];
}

double reservation_of(const truce_bargain *what, size_t party)
{
    return what->cloud
               ? number_of(what->cloud->parties, what->cloud->reservation, party)
           : what->points
               ? number_of(what->points->parties, what->points->disagreement, party)
               : NAN;
}

double status_quo_of(const truce_bargain *what, size_t party)
{
    return what->cloud ? number_of(what->cloud->parties, what->cloud->status_quo, party)
                       : NAN;
}

/* ---- ranges ---------------------------------------------------------------------- */

typedef struct range {
    double least, greatest;
} range;

static void widen(range *all, double value)
{
    if (isfinite(value)) {
        all->least = fmin(all->least, value);
        all->greatest = fmax(all->greatest, value);
    }
}

static void widen_by_session(range *all, const truce_session *session, size_t party)
{
    size_t seat = place_in_list(session->parties, party);
    for (size_t t = 0; t < session->turn_count && seat != TRUCE_NOBODY; t++)
        if (session->turns[t].utilities)
            widen(all, session->turns[t].utilities[seat]);
}

static range range_of(const truce_bargain *what, size_t party)
{
    range all = {INFINITY, -INFINITY};
    if (what->cloud) {
        widen(&all, number_of(what->cloud->parties, what->cloud->least, party));
        widen(&all, number_of(what->cloud->parties, what->cloud->greatest, party));
    }
    size_t k =
        what->frontier ? place_in_list(what->frontier->parties, party) : TRUCE_NOBODY;
    for (size_t i = 0; k != TRUCE_NOBODY && i < what->frontier->size; i++)
        widen(&all, what->frontier->utilities[i * what->frontier->parties.count + k]);
    if (what->session)
        widen_by_session(&all, what->session, party);
    widen(&all, reservation_of(what, party));
    widen(&all, status_quo_of(what, party));
    return all;
}

/* ---- frontier and zone ----------------------------------------------------------- */

typedef struct spot {
    double x, y; /* utilities */
} spot;

static int by_x_then_y(const void *a, const void *b)
{
    const spot *one = a, *other = b;
    return one->x != other->x ? (one->x > other->x) - (one->x < other->x)
                              : (one->y < other->y) - (one->y > other->y);
}

/* The points of the frontier in the plane of the panel, from left to right. */
static spot *spots_of(const panel *at, size_t *count)
{
    const truce_frontier *frontier = at->what->frontier;
    size_t a = place_in_list(frontier->parties, at->across),
           u = place_in_list(frontier->parties, at->up), dims = frontier->parties.count;
    spot *spots = must_allocate((frontier->size + 1) * sizeof *spots);
    for (size_t i = 0; i < frontier->size; i++)
        spots[i] = (spot){frontier->utilities[i * dims + a],
                          frontier->utilities[i * dims + u]};
    qsort(spots, frontier->size, sizeof *spots, by_x_then_y);
    *count = frontier->size;
    return spots;
}

static void go_to(const panel *at, double x, double y, bool first)
{
    (first ? svg_move : svg_go)(at->to, scale_at(&at->x, x), scale_at(&at->y, y));
}

/* What nobody loses by, below the frontier: the corner at the outside options and the steps
 * of the rational points. */
static void draw_zone(panel *at, const spot *spots, size_t count, svg_look look,
                      drawn *seen)
{
    double left = reservation_of(at->what, at->across),
           low = reservation_of(at->what, at->up);
    left = isnan(left) ? at->x.from : left;
    low = isnan(low) ? at->y.from : low;
    bool begun = false;
    for (size_t i = 0; i < count; i++) {
        if (spots[i].x < left || spots[i].y < low)
            continue;
        if (!begun) {
            svg_path(at->to);
            go_to(at, left, low, true);
            go_to(at, left, spots[i].y, false);
        } else
            go_to(at, spots[i - 1].x, spots[i].y, false);
        go_to(at, spots[i].x, spots[i].y, false);
        begun = true;
        if (i + 1 == count || spots[i + 1].y < low)
            go_to(at, spots[i].x, low, false);
    }
    if (begun) {
        svg_close(at->to);
        svg_path_end(at->to, look);
    }
    seen->zone |= begun;
}

static void draw_frontier(panel *at, const spot *spots, size_t count, drawn *seen)
{
    if (count == 0)
        return;
    if (at->alone) {
        svg_path(at->to);
        for (size_t i = 0; i < count; i++) {
            if (i > 0)
                go_to(at, spots[i - 1].x, spots[i].y, false);
            go_to(at, spots[i].x, spots[i].y, i == 0);
        }
        svg_path_end(at->to, svg_stroke(SVG_TEXT, 1.5));
    }
    svg_path(at->to);
    for (size_t i = 0; i < count; i++)
        svg_dot(at->to, scale_at(&at->x, spots[i].x), scale_at(&at->y, spots[i].y));
    double width = count <= MOST_DOTTED ? 5 : 2.5;
    svg_path_end(at->to, svg_stroke(SVG_TEXT, width));
    seen->frontier = true;
}

/* ---- references ------------------------------------------------------------------ */

static void draw_reservations(panel *at, drawn *seen)
{
    svg_look look = svg_stroke(SVG_TEXT, 1);
    look.dash = "5 4";
    svg_box frame = at->frame;
    double across = reservation_of(at->what, at->across),
           up = reservation_of(at->what, at->up);
    if (isfinite(across)) {
        double x = scale_at(&at->x, across);
        svg_line(at->to, look, x, frame.y, x, frame.y + frame.height);
    }
    if (isfinite(up)) {
        double y = scale_at(&at->y, up);
        svg_line(at->to, look, frame.x, y, frame.x + frame.width, y);
    }
    seen->reservation |= isfinite(across) || isfinite(up);
}

static void draw_today(panel *at, drawn *seen)
{
    double x = scale_at(&at->x, status_quo_of(at->what, at->across)),
           y = scale_at(&at->y, status_quo_of(at->what, at->up));
    if (!isfinite(x) || !isfinite(y))
        return;
    svg_look look = svg_stroke(SVG_TEXT, 2);
    svg_line(at->to, look, x - 5, y - 5, x + 5, y + 5);
    svg_line(at->to, look, x - 5, y + 5, x + 5, y - 5);
    labels_add(&at->labels, x, y, 6, SVG_TEXT, "today");
    seen->today = true;
}

/* ---- solution points ------------------------------------------------------------- */

/* Points that lie on each other share one label. */
typedef struct landmark {
    double x, y;
    const char *words;
} landmark;

static void note_landmark(panel *at, landmark *marks, size_t *count, double x, double y,
                          const char *words)
{
    for (size_t k = 0; k < *count; k++)
        if (hypot(marks[k].x - x, marks[k].y - y) < 4) {
            if (strstr(marks[k].words, words) == NULL)
                marks[k].words =
                    arena_format(&at->to->memory, "%s, %s", marks[k].words, words);
            return;
        }
    if (*count < LABELS_MOST / 2)
        marks[(*count)++] = (landmark){x, y, words};
}

static void draw_solution(panel *at, truce_solution_kind kind, landmark *marks,
                          size_t *count, drawn *seen)
{
    const truce_points *points = at->what->points;
    const truce_solution *solution = &points->solutions[kind];
    size_t a = place_in_list(points->parties, at->across),
           u = place_in_list(points->parties, at->up);
    for (size_t k = 0; k < solution->count && !solution->absent; k++) {
        double x = scale_at(&at->x, solution->items[k].utilities[a]),
               y = scale_at(&at->y, solution->items[k].utilities[u]);
        svg_mark(at->to, kind, svg_series(kind + 2), true, x, y,
                 5 + 1.2 * (double)kind);
        note_landmark(at, marks, count, x, y, solution_called(kind));
        seen->solutions[kind] = true;
    }
}

static void draw_solutions(panel *at, drawn *seen)
{
    landmark marks[LABELS_MOST / 2];
    size_t count = 0;
    truce_list parties = at->what->points->parties;
    if (place_in_list(parties, at->across) == TRUCE_NOBODY ||
        place_in_list(parties, at->up) == TRUCE_NOBODY)
        return;
    /* the largest mark first, so that the smaller ones are seen on it */
    for (size_t kind = TRUCE_SOLUTION_KINDS; kind-- > 0;)
        draw_solution(at, (truce_solution_kind)kind, marks, &count, seen);
    for (size_t k = 0; k < count; k++)
        labels_add(&at->labels, marks[k].x, marks[k].y, 9, SVG_TEXT, marks[k].words);
}

/* ---- the session ----------------------------------------------------------------- */

static bool is_offer_of(const truce_turn *turn, size_t seat)
{
    return turn->seat == seat && turn->utilities &&
           (turn->said == TRUCE_SAID_OFFER || turn->said == TRUCE_SAID_DRAFT);
}

/* The offers of one seat as a line, with a mark where it moved. */
static void draw_offers(panel *at, size_t seat, size_t a, size_t u)
{
    const truce_session *session = at->what->session;
    bool mediator = seat == TRUCE_NOBODY;
    svg_look look = svg_stroke(mediator ? SVG_MUTED : svg_series(seat), 1.5);
    look.dash = mediator ? "1 3" : svg_dash(seat);
    double px = NAN, py = NAN;
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 0)
            svg_path(at->to);
        px = py = NAN;
        for (size_t t = 0; t < session->turn_count; t++) {
            const truce_turn *turn = &session->turns[t];
            if (!is_offer_of(turn, seat))
                continue;
            double x = scale_at(&at->x, turn->utilities[a]),
                   y = scale_at(&at->y, turn->utilities[u]);
            bool moved = isnan(px) || hypot(x - px, y - py) >= 0.5;
            if (moved && pass == 0)
                (isnan(px) ? svg_move : svg_go)(at->to, x, y);
            else if (moved)
                svg_mark(at->to, mediator ? 5 : seat, look.line, false, x, y, 2.5);
            px = x;
            py = y;
        }
        if (pass == 0)
            svg_path_end(at->to, look);
    }
}

static void draw_session(panel *at, drawn *seen)
{
    const truce_session *session = at->what->session;
    size_t a = place_in_list(session->parties, at->across),
           u = place_in_list(session->parties, at->up);
    if (a == TRUCE_NOBODY || u == TRUCE_NOBODY)
        return;
    for (size_t seat = 0; seat < session->parties.count; seat++)
        draw_offers(at, seat, a, u);
    draw_offers(at, TRUCE_NOBODY, a, u);
    seen->session = true;
    if (session->agreement == NULL)
        return;
    const truce_seat_result *seats = session->seats;
    double x = scale_at(&at->x, seats[a].utility),
           y = scale_at(&at->y, seats[u].utility);
    svg_star(at->to, (svg_look){.fill = SVG_PAPER, .line = SVG_TEXT, .width = 1.8}, x,
             y, 15);
    labels_add(&at->labels, x, y, 15, SVG_TEXT,
               arena_format(&at->to->memory, "agreed in round %u", session->step));
    seen->agreement = true;
}

/* ---- one panel ------------------------------------------------------------------- */

static bool knows(truce_list list, const panel *at)
{
    return place_in_list(list, at->across) != TRUCE_NOBODY &&
           place_in_list(list, at->up) != TRUCE_NOBODY;
}

static void draw_panel(panel *at, drawn *seen)
{
    const truce_bargain *what = at->what;
    const truce_scenario *scenario = at->scenario;
    bool frontier = what->frontier && knows(what->frontier->parties, at);
    range across = range_of(what, at->across), up = range_of(what, at->up);
    size_t count = 0;
    spot *spots = frontier ? spots_of(at, &count) : NULL;
    at->y =
        scale_over(up.least, up.greatest, at->frame.y + at->frame.height, at->frame.y);
    double room = axis_room(at->to, &at->y, at->frame.height) + 30;
    at->frame.x += room;
    at->frame.width -= room;
    at->x = scale_over(across.least, across.greatest, at->frame.x,
                       at->frame.x + at->frame.width);
    at->labels.frame = at->frame;
    if (frontier && at->alone)
        draw_zone(at, spots, count, svg_fill(SVG_ZONE), seen);
    axis_across(at->to, &at->x, at->frame, party_called(scenario, at->across));
    axis_up(at->to, &at->y, at->frame, party_called(scenario, at->up));
    if (what->cloud && knows(what->cloud->parties, at))
        plot_cloud(at, seen);
    /* again, thinly, so that it is seen through a thick cloud as well */
    if (frontier && at->alone && seen->dense)
        draw_zone(at, spots, count, (svg_look){.fill = SVG_ZONE, .opacity = 0.4}, seen);
    draw_reservations(at, seen);
    draw_frontier(at, spots, count, seen);
    if (what->session)
        draw_session(at, seen);
    draw_today(at, seen);
    if (what->points)
        draw_solutions(at, seen);
    labels_draw(at->to, &at->labels);
    free(spots);
}

/* ---- legend ---------------------------------------------------------------------- */

static void tell_solutions(svg_legend *legend, const drawn *seen)
{
    for (size_t kind = 0; kind < TRUCE_SOLUTION_KINDS; kind++)
        if (seen->solutions[kind])
            legend_add(legend, KEY_HOLLOW, kind, svg_fill(svg_series(kind + 2)),
                       solution_called((truce_solution_kind)kind));
}

static void tell_session(svg *to, svg_legend *legend, const truce_session *session)
{
    size_t most =
        session->parties.count < SVG_COLOURS ? session->parties.count : SVG_COLOURS;
    for (size_t seat = 0; seat < most; seat++)
        legend_add(legend, KEY_MARK, seat, svg_fill(svg_series(seat)),
                   arena_format(&to->memory, "offers of %s (%s)",
                                party_called(session->finding.scenario,
                                             session->parties.items[seat]),
                                session->seats[seat].strategy));
}

static const char *frontier_words(arena *memory, const truce_frontier *frontier,
                                  size_t every)
{
    const char *words =
        every > 1 ? arena_format(memory, "Pareto frontier, one in %zu of %s points",
                                 every, size_words(memory, frontier->size))
                  : "Pareto frontier";
    return frontier->complete ? words
                              : arena_format(memory, "%s, as far as found", words);
}

static svg_legend legend_of(svg *to, const truce_bargain *what, const drawn *seen)
{
    svg_legend legend = {0};
    svg_look dash = svg_stroke(SVG_TEXT, 1), dots = svg_fill(SVG_CLOUD);
    dash.dash = "5 4";
    dots.opacity = 0.6;
    if (seen->cloud)
        legend_add(&legend, KEY_AREA, 0, dots,
                   seen->dense ? "outcomes (darker: more of them)" : "outcomes");
    if (seen->forbidden)
        legend_add(&legend, KEY_AREA, 0, svg_fill(SVG_GRID),
                   "outcomes that break a rule or a red line");
    if (seen->frontier)
        legend_add(&legend, KEY_LINE, 0, svg_stroke(SVG_TEXT, 2),
                   frontier_words(&to->memory, what->frontier, seen->every));
    if (seen->zone)
        legend_add(&legend, KEY_AREA, 0, svg_fill(SVG_ZONE), "zone of agreement");
    if (seen->reservation)
        legend_add(&legend, KEY_LINE, 0, dash, "outside options");
    tell_solutions(&legend, seen);
    if (seen->session)
        tell_session(to, &legend, what->session);
    if (seen->agreement)
        legend_add(&legend, KEY_STAR, 0,
                   (svg_look){.fill = SVG_PAPER, .line = SVG_TEXT, .width = 1.8},
                   "agreement");
    return legend;
}

/* ---- the picture ----------------------------------------------------------------- */

static const char *cloud_words(arena *memory, const truce_cloud *cloud)
{
    const char *all = count_words(memory, cloud->outcomes);
    if (cloud->whole)
        return arena_format(memory, "%s outcomes", all);
    return arena_format(memory, "%s of %s outcomes, drawn at random",
                        size_words(memory, cloud->size), all);
}

static const char *below_title(svg *to, const truce_bargain *what)
{
    const truce_scenario *scenario = finding_of(what)->scenario;
    const char *words = scenario_called(scenario);
    if (what->cloud)
        words = arena_format(&to->memory, "%s. %s.", words,
                             cloud_words(&to->memory, what->cloud));
    return words;
}

static const char *description_of(svg *to, const truce_bargain *what)
{
    const truce_scenario *scenario = finding_of(what)->scenario;
    arena *memory = &to->memory;
    const char *words = arena_format(memory, "Utilities of outcomes to %s.",
                                     join_parties(memory, scenario, parties_of(what)));
    if (what->cloud)
        words = arena_format(memory, "%s %s.", words, cloud_words(memory, what->cloud));
    if (what->frontier)
        words = arena_format(memory, "%s The Pareto frontier has %s points.", words,
                             size_words(memory, what->frontier->size));
    if (what->session)
        words = arena_format(memory, "%s The session %s.", words,
                             what->session->agreement ? "ended in agreement"
                                                      : "ended without agreement");
    return words;
}

/* How many panels stand in a row: three at most, and fewer in a narrow picture. */
static size_t panels_beside(const svg *to, size_t panels)
{
    size_t fit = (size_t)(to->width / LEAST_PANEL);
    fit = fit < 1 ? 1 : fit > 3 ? 3 : fit;
    return panels < fit ? panels : fit;
}

/* Frames in rows of columns; the panels are drawn. Returns where they end. */
static double draw_panels(svg *to, const truce_bargain *what, double top, double bottom,
                          drawn *seen)
{
    truce_list parties = parties_of(what);
    bool one = what->across != TRUCE_NOBODY || parties.count < 3;
    size_t panels = one ? 1 : parties.count * (parties.count - 1) / 2;
    size_t columns = panels_beside(to, panels), rows = (panels + columns - 1) / columns;
    double width = (to->width - MARGIN * (double)(columns + 1)) / (double)columns,
           height = fmax((bottom - top) / (double)rows, LEAST_ROW);
    size_t number = 0;
    for (size_t i = 0; i < parties.count && number < panels; i++)
        for (size_t j = i + 1; j < parties.count && number < panels; j++, number++) {
            svg_box frame = {MARGIN + (double)(number % columns) * (width + MARGIN),
                             top + (double)(number / columns) * height, width,
                             height - AXIS_BELOW};
            panel at = {
                .to = to,
                .what = what,
                .scenario = finding_of(what)->scenario,
                .across = one && what->across != TRUCE_NOBODY ? what->across
                                                              : parties.items[i],
                .up = one && what->up != TRUCE_NOBODY ? what->up : parties.items[j],
                .frame = frame,
                .alone = parties.count == 2};
            draw_panel(&at, seen);
        }
    return top + height * (double)rows;
}

/* The legend stands below, and its height depends on what is drawn: room for all of it is
 * kept beforehand. */
static double legend_room(svg *to, const truce_bargain *what)
{
    drawn all;
    memset(&all, true, sizeof all);
    all.session = what->session != NULL;
    all.cloud = all.forbidden = all.dense = what->cloud != NULL;
    all.frontier = what->frontier != NULL;
    all.every = 1;
    for (size_t kind = 0; kind < TRUCE_SOLUTION_KINDS; kind++)
        all.solutions[kind] = what->points != NULL;
    all.agreement = what->session && what->session->agreement;
    svg_legend legend = legend_of(to, what, &all);
    return legend_rows(to, &legend, MARGIN, 0, to->width - 2 * MARGIN, false);
}

void truce_bargain_svg(FILE *out, const truce_bargain *what,
                       const truce_plot_style *style)
{
    truce_list parties = parties_of(what);
    bool chosen = what->across != TRUCE_NOBODY;
    bool panels = chosen || parties.count <= PARTIES_IN_PANELS;
    size_t rows = chosen || parties.count < 4 ? 1 : 2;
    bool several = !chosen && parties.count > 2;
    svg to;
    svg_begin(&to, out, style, several ? 1080 : 720);
    double height =
        svg_height(&to, panels && several ? 130 + 330.0 * (double)rows : 600);
    const char *title =
        chosen || parties.count == 2
            ? arena_format(&to.memory, "Bargaining: %s and %s",
                           party_called(finding_of(what)->scenario,
                                        chosen ? what->across : parties.items[0]),
                           party_called(finding_of(what)->scenario,
                                        chosen ? what->up : parties.items[1]))
            : "Bargaining";
    double top = svg_headline(&to, title, below_title(&to, what)) + 2;
    double bottom = height - legend_room(&to, what) - 6;
    drawn seen = {0};
    double end =
        parties.count < 2 || !panels
            ? plot_parallel(&to, what, top, fmax(bottom, top + LEAST_ROW), &seen)
            : draw_panels(&to, what, top, bottom, &seen);
    svg_legend legend = legend_of(&to, what, &seen);
    end = legend_rows(&to, &legend, MARGIN, end + 16, to.width - 2 * MARGIN, true);
    svg_end(&to, end, title, description_of(&to, what));
}
