/* vast: utilities of spaces that cannot be enumerated.
 *
 * The issues of a party are cut into two halves, and for each half the sorted list of its
 * different sums is made, issue by issue. The least sum of both at or above a wanted one
 * is then found by walking the one list up and the other down (Horowitz and Sahni,
 * Computing partitions with applications to the knapsack problem, 1974). Lists that fit
 * EXACT_ROOM make the answer exact; where sums lie on a coarse grid they do so in spaces of
 * any size. Otherwise the lists take the widest issues alone, as far as FINE_ROOM goes, and
 * the others get values that leave the lists the middle of their range, in several ways,
 * until an outcome lies within the window. Near the top and the bottom, where few outcomes
 * lie, other lists take over: how far all issues of a half are from their best (or worst)
 * values. As far as those fit they hold every outcome, and are exact; a second pair of
 * lists goes further, thinned to EDGE_ROOM.
 *
 * Bonuses, caps, rules and red lines are not in the lists: what the lists propose is
 * judged exactly, and asked for again with what was missing.
 */
#include "play/vast.h"

#include "base/error.h"
#include "base/random.h"
#include "solve/ranking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    EXACT_ROOM = 12 << 20, /* sums in a list, when exact */
    FINE_ROOM = 1 << 12,   /* and when not */
    EDGE_EXACT = 1 << 10,  /* the same, where none may be left out */
    EDGE_ROOM = 1 << 12,   /* distances in a list near the top or the bottom */
    TRIES = 32,            /* ways to set the other issues */
    CORRECTIONS = 6,       /* for bonuses */
    BEST_LOOKED_AT = 10000 /* outcomes, for the best admissible one */
};

/* The sums of the first so many issues of a half, ascending and different. */
typedef struct sum_list {
    wide *sums;
    size_t count;
} sum_list;

typedef struct half {
    size_t *issues; /* [count] */
    size_t count;
    sum_list *layers; /* [count + 1], layers[0] is {0} */
} half;

/* Distances from the best values (top) or the worst ones, up to reach; thinned when not
 * exact. reach -1: none. */
typedef struct edge {
    bool top, exact;
    half halves[2];
    wide reach;
} edge;

enum { EDGES = 6 }; /* exact, near and far, at either end */

typedef struct vast_seat {
    bool plain; /* the sum of tables alone, and nothing forbidden */
    bool exact;
    wide least, greatest; /* of the tables alone */
    half halves[2];
    edge edges[EDGES];
    size_t *others; /* [other_count] issues in no half */
    size_t other_count;
} vast_seat;

struct vast {
    arena memory;
    vast_seat *seats; /* [seat_count] */
    size_t seat_count;
};

/* ---- judging one outcome ----------------------------------------------------------- */

double vast_utility(const board *made, size_t seat, const truce_value *outcome)
{
    size_t party = made->seat[seat].party;
    return space_utility(made->space, party, space_sum(made->space, party, outcome));
}

bool vast_admits(const board *made, size_t seat, const truce_value *outcome)
{
    size_t party = made->seat[seat].party;
    const space_party *numbers = &made->space->parties[party];
    return (!numbers->has_floor ||
            space_sum(made->space, party, outcome) >= numbers->floor) &&
           !breaks_logic(made->space, outcome) &&
           !breaks_red_line(made->space, party, outcome) &&
           !breaks_rule_of(made->space, party, outcome);
}

static wide greatest_divisor(wide one, wide other)
{
    while (other != 0) {
        wide rest = one % other;
        one = other;
        other = rest;
    }
    return one < 0 ? -one : one;
}

/* ---- the lists ----------------------------------------------------------------------- */

static const space_party *numbers_of(const board *made, size_t seat)
{
    return &made->space->parties[made->seat[seat].party];
}

static wide span_of(const board *made, size_t seat, size_t issue)
{
    const wide *table = numbers_of(made, seat)->tables[issue];
    wide low = table[0], high = table[0];
    for (truce_value v = 1; v < made->space->value_counts[issue]; v++) {
        low = table[v] < low ? table[v] : low;
        high = table[v] > high ? table[v] : high;
    }
    return high - low;
}

static int compare_sums(const void *left, const void *right)
{
    wide a = *(const wide *)left, b = *(const wide *)right;
    return a < b ? -1 : a > b;
}

/* All sums of a list and a table, sorted, each once; false when they are more than room. */
static bool add_issue(const sum_list *list, const wide *table, truce_value values,
                      size_t room, sum_list *longer)
{
    if (list->count > room * 4 / values + 1)
        return false;
    longer->sums = must_allocate((list->count * values + 1) * sizeof *longer->sums);
    size_t count = 0;
    for (truce_value v = 0; v < values; v++)
        for (size_t k = 0; k < list->count; k++)
            longer->sums[count++] = list->sums[k] + table[v];
    qsort(longer->sums, count, sizeof *longer->sums, compare_sums);
    longer->count = 0;
    for (size_t k = 0; k < count; k++)
        if (k == 0 || longer->sums[k] != longer->sums[longer->count - 1])
            longer->sums[longer->count++] = longer->sums[k];
    if (longer->count <= room)
        return true;
    free(longer->sums);
    longer->sums = NULL;
    return false;
}

static void half_free(half *part)
{
    for (size_t k = 0; part->layers && k <= part->count; k++)
        free(part->layers[k].sums);
    part->count = 0;
}

static void half_begin(half *part, size_t issues, arena *memory)
{
    part->issues = arena_array(memory, issues + 1, size_t);
    part->layers = arena_array(memory, issues + 1, sum_list);
    part->layers[0] =
        (sum_list){.sums = must_allocate_zeroed(1, sizeof(wide)), .count = 1};
}

static bool half_take(half *part, const board *made, size_t seat, size_t issue,
                      size_t room)
{
    sum_list longer = {0};
    if (!add_issue(&part->layers[part->count], numbers_of(made, seat)->tables[issue],
                   made->space->value_counts[issue], room, &longer))
        return false;
    part->issues[part->count++] = issue;
    part->layers[part->count] = longer;
    return true;
}

static sum_list longest(const half *part)
{
    return part->layers[part->count];
}

/* The widest issues first, each into the shorter half; those that do not fit are others. */
static void fill_halves(vast_seat *to, const board *made, size_t seat,
                        const size_t *by_span, size_t room, arena *memory)
{
    for (int h = 0; h < 2; h++)
        half_begin(&to->halves[h], made->issues, memory);
    to->others = arena_array(memory, made->issues + 1, size_t);
    to->other_count = 0;
    for (size_t k = 0; k < made->issues; k++) {
        int shorter = longest(&to->halves[1]).count < longest(&to->halves[0]).count;
        if (!half_take(&to->halves[shorter], made, seat, by_span[k], room) &&
            !half_take(&to->halves[!shorter], made, seat, by_span[k], room))
            to->others[to->other_count++] = by_span[k];
    }
    to->exact = to->other_count == 0;
}

static size_t *sort_by_span(const board *made, size_t seat)
{
    size_t *order = must_allocate((made->issues + 1) * sizeof *order);
    for (size_t i = 0; i < made->issues; i++) {
        size_t k = i;
        for (; k > 0 && span_of(made, seat, order[k - 1]) < span_of(made, seat, i); k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    return order;
}

/* Could all sums of half the issues fit into the larger lists? Outcomes up to 10^14 do,
 * and so do sums on a grid that is coarse enough. */
static bool may_be_exact(const board *made, size_t seat)
{
    double outcomes = 1, cells = 0;
    const space_party *numbers = numbers_of(made, seat);
    wide step = 0;
    for (size_t i = 0; i < made->issues; i++) {
        outcomes *= made->space->value_counts[i];
        cells += (double)span_of(made, seat, i);
        for (truce_value v = 1; v < made->space->value_counts[i]; v++)
            step =
                greatest_divisor(step, numbers->tables[i][v] - numbers->tables[i][0]);
    }
    return outcomes <= 1e14 || (step > 0 && cells / (double)step <= EXACT_ROOM / 8);
}

static void take_range(vast_seat *to, const board *made, size_t seat)
{
    to->least = to->greatest = 0;
    for (size_t i = 0; i < made->issues; i++) {
        const wide *table = numbers_of(made, seat)->tables[i];
        wide low = table[0];
        for (truce_value v = 1; v < made->space->value_counts[i]; v++)
            low = table[v] < low ? table[v] : low;
        to->least += low;
        to->greatest += low + span_of(made, seat, i);
    }
}

/* ---- the edges -------------------------------------------------------------------------- */

/* How far a value is from the best one of its issue, or from the worst. */
static wide distance_of(const board *made, size_t seat, size_t issue, truce_value value,
                        bool top)
{
    const wide *table = numbers_of(made, seat)->tables[issue];
    wide end = table[0];
    for (truce_value v = 1; v < made->space->value_counts[issue]; v++)
        if (top ? table[v] > end : table[v] < end)
            end = table[v];
    return top ? end - table[value] : table[value] - end;
}

/* Leaves the least sum of each of EDGE_ROOM equal steps up to reach: where few lie all of
 * them stay. What is left is in order. */
static void thin(sum_list *list, wide reach)
{
    wide *kept = must_allocate(EDGE_ROOM * sizeof *kept);
    wide step = reach / EDGE_ROOM + 1;
    for (size_t k = 0; k < EDGE_ROOM; k++)
        kept[k] = -1;
    for (size_t k = 0; k < list->count; k++) {
        wide *at = &kept[list->sums[k] / step];
        if (*at < 0 || list->sums[k] < *at)
            *at = list->sums[k];
    }
    list->count = 0;
    for (size_t k = 0; k < EDGE_ROOM; k++)
        if (kept[k] >= 0)
            list->sums[list->count++] = kept[k];
    free(kept);
}

static void sort_once_each(sum_list *list)
{
    size_t count = list->count;
    qsort(list->sums, count, sizeof *list->sums, compare_sums);
    list->count = 0;
    for (size_t k = 0; k < count; k++)
        if (k == 0 || list->sums[k] != list->sums[list->count - 1])
            list->sums[list->count++] = list->sums[k];
}

/* All distances of a list and an issue that are at most reach; false when they do not fit
 * and may not be thinned. */
static bool add_distances(const sum_list *list, const board *made, size_t seat,
                          size_t issue, const edge *of, sum_list *longer)
{
    truce_value values = made->space->value_counts[issue];
    size_t count = 0;
    longer->sums = must_allocate((list->count * values + 1) * sizeof *longer->sums);
    for (truce_value v = 0; v < values; v++) {
        wide more = distance_of(made, seat, issue, v, of->top);
        for (size_t k = 0; k < list->count && list->sums[k] + more <= of->reach; k++)
            longer->sums[count++] = list->sums[k] + more;
    }
    longer->count = count;
    if (!of->exact && count > EDGE_ROOM)
        thin(longer, of->reach);
    else
        sort_once_each(longer);
    return !of->exact || longer->count <= EDGE_EXACT;
}

/* Both lists of an edge; false, and reach -1, when they do not fit. */
static bool fill_edge(edge *to, const board *made, size_t seat, const size_t *by_span,
                      arena *memory)
{
    bool fits = true;
    for (int h = 0; h < 2; h++)
        half_begin(&to->halves[h], made->issues, memory);
    for (size_t k = 0; fits && k < made->issues; k++) {
        half *part = &to->halves[k % 2];
        sum_list longer;
        fits = add_distances(&part->layers[part->count], made, seat, by_span[k], to,
                             &longer);
        part->issues[part->count++] = by_span[k];
        part->layers[part->count] = longer;
    }
    for (int h = 0; !fits && h < 2; h++)
        half_free(&to->halves[h]);
    if (!fits)
        to->reach = -1;
    return fits;
}

/* The exact ones reach as far as they fit, the thinned ones a sixteenth and a sixth of the
 * range. */
static void prepare_edges(vast_seat *to, const board *made, size_t seat,
                          const size_t *by_span, arena *memory)
{
    enum { STEPS = 20 };
    wide range = to->greatest - to->least;
    for (int e = 0; e < EDGES; e++) {
        edge *one = &to->edges[e];
        *one = (edge){.top = e % 2 == 0, .exact = e < 2, .reach = -1};
        if (to->exact)
            continue;
        wide reach = range / (e < 2 ? 128 : e < 4 ? 16 : 6);
        for (int k = 0; k < STEPS && one->reach < 0; k++, reach = reach / 3 * 2) {
            one->reach = reach;
            fill_edge(one, made, seat, by_span, memory);
        }
    }
}

static void prepare_seat(vast_seat *to, const board *made, size_t seat, arena *memory)
{
    const truce_scenario *scenario = made->scenario;
    const space_party *numbers = numbers_of(made, seat);
    const truce_preferences *given =
        &scenario->parties[made->seat[seat].party].preferences;
    to->plain = numbers->bonus_count == 0 && !numbers->capped &&
                scenario->rule_count == 0 && given->red_line_count == 0;
    take_range(to, made, seat);
    size_t *by_span = sort_by_span(made, seat);
    size_t room = may_be_exact(made, seat) ? EXACT_ROOM : FINE_ROOM;
    fill_halves(to, made, seat, by_span, room, memory);
    if (!to->exact && room == EXACT_ROOM) {
        half_free(&to->halves[0]);
        half_free(&to->halves[1]);
        fill_halves(to, made, seat, by_span, FINE_ROOM, memory);
    }
    to->exact = to->exact && to->plain;
    prepare_edges(to, made, seat, by_span, memory);
    free(by_span);
}

/* ---- looking for a sum ---------------------------------------------------------------- */

/* Sets the issues of a half so that they sum to `sum`, which is in its longest list. */
static void trace_half(const half *part, const board *made, size_t seat, wide sum,
                       truce_value *outcome)
{
    for (size_t k = part->count; k-- > 0;) {
        const wide *table = numbers_of(made, seat)->tables[part->issues[k]];
        for (truce_value v = 0; v < made->space->value_counts[part->issues[k]]; v++) {
            wide rest = sum - table[v];
            if (bsearch(&rest, part->layers[k].sums, part->layers[k].count, sizeof rest,
                        compare_sums) == NULL)
                continue;
            outcome[part->issues[k]] = v;
            sum = rest;
            break;
        }
    }
}

/* ---- looking near the edges ------------------------------------------------------------ */

/* Sets the issues of a half of an edge so that they are so far from their end. */
static void trace_edge(const half *part, const board *made, size_t seat, bool top,
                       wide distance, truce_value *outcome)
{
    for (size_t k = part->count; k-- > 0;) {
        size_t issue = part->issues[k];
        for (truce_value v = 0; v < made->space->value_counts[issue]; v++) {
            wide rest = distance - distance_of(made, seat, issue, v, top);
            if (bsearch(&rest, part->layers[k].sums, part->layers[k].count, sizeof rest,
                        compare_sums) == NULL)
                continue;
            outcome[issue] = v;
            distance = rest;
            break;
        }
    }
}

/* The largest sum of one item of each list that is at most `allowed` (>= 0). */
static void largest_pair(sum_list up, sum_list down, wide allowed, wide *first,
                         wide *second)
{
    size_t high = down.count;
    *first = *second = 0;
    for (size_t low = 0; low < up.count && high > 0;) {
        wide sum = up.sums[low] + down.sums[high - 1];
        if (sum > allowed) {
            high--;
            continue;
        }
        if (sum > *first + *second) {
            *first = up.sums[low];
            *second = down.sums[high - 1];
        }
        low++;
    }
}

/* The least sum of one item of each list that is at least `wanted`; false when none is. */
static bool least_pair(sum_list up, sum_list down, wide wanted, wide *first,
                       wide *second)
{
    bool found = false;
    size_t low = 0, high = down.count;
    while (low < up.count && high > 0) {
        wide sum = up.sums[low] + down.sums[high - 1];
        if (sum < wanted) {
            low++;
            continue;
        }
        if (!found || sum < *first + *second) {
            *first = up.sums[low];
            *second = down.sums[high - 1];
            found = true;
        }
        if (sum == wanted)
            break;
        high--;
    }
    return found;
}

/* Values for the issues in no half, each near the same share of its own range, what is
 * over or missing carried on to the next; `lean` draws other ways. Returns their sum. */
static wide set_others(const vast_seat *from, const board *made, size_t seat,
                       double share, random_stream *lean, truce_value *outcome)
{
    double carried = 0;
    wide sum = 0;
    for (size_t k = 0; k < from->other_count; k++) {
        size_t issue = from->others[k];
        const wide *table = numbers_of(made, seat)->tables[issue];
        double span = (double)span_of(made, seat, issue), low = (double)table[0];
        for (truce_value v = 1; v < made->space->value_counts[issue]; v++)
            low = fmin(low, (double)table[v]);
        double push =
            lean ? ((double)random_53(lean) / 9007199254740992.0 - 0.5) * 0.5 : 0;
        double wanted = low + fmin(1, fmax(0, share + push)) * span + carried;
        truce_value nearest = 0;
        for (truce_value v = 1; v < made->space->value_counts[issue]; v++)
            if (fabs((double)table[v] - wanted) < fabs((double)table[nearest] - wanted))
                nearest = v;
        outcome[issue] = nearest;
        sum += table[nearest];
        carried = low + share * span + carried - (double)table[nearest];
    }
    return sum;
}

typedef struct quest {
    const board *made;
    size_t seat;
    double utility;       /* wanted */
    truce_value *attempt; /* [issues] */
    truce_value *outcome; /* the best found */
    size_t skipped;       /* edges that were tried already */
    bool exact;           /* what the lists give is the least there is */
    double over;          /* how much more than wanted it is worth; INFINITY: none */
} quest;

static void judge(quest *q)
{
    double over = vast_utility(q->made, q->seat, q->attempt) - q->utility;
    if (over < 0 || over >= q->over || !vast_admits(q->made, q->seat, q->attempt))
        return;
    q->over = over;
    memcpy(q->outcome, q->attempt, q->made->issues * sizeof *q->attempt);
}

/* The edge whose lists reach the sum, after so many others that do; or NULL. */
static const edge *edge_for(const vast_seat *from, wide wanted, size_t others)
{
    for (int e = 0; e < EDGES; e++) {
        const edge *one = &from->edges[e];
        wide distance = one->top ? from->greatest - wanted : wanted - from->least;
        if (distance >= 0 && distance <= one->reach && others-- == 0)
            return one;
    }
    return NULL;
}

/* The least sum at or above `wanted` that the lists of an edge make. */
static bool attempt_edge(quest *q, const edge *one, wide wanted)
{
    const vast_seat *from = &q->made->vast->seats[q->seat];
    sum_list first = longest(&one->halves[0]), second = longest(&one->halves[1]);
    wide far[2] = {0, 0};
    if (one->top)
        largest_pair(first, second, from->greatest - wanted, &far[0], &far[1]);
    else if (!least_pair(first, second, wanted - from->least, &far[0], &far[1]))
        return false;
    for (int h = 0; h < 2; h++)
        trace_edge(&one->halves[h], q->made, q->seat, one->top, far[h], q->attempt);
    return true;
}

/* The least sum of tables at or above `wanted` with the others set one way. */
static bool attempt_sum(quest *q, wide wanted, random_stream *lean)
{
    const vast_seat *from = &q->made->vast->seats[q->seat];
    double range = (double)(from->greatest - from->least);
    double share = range > 0 ? (double)(wanted - from->least) / range : 0;
    const edge *near = lean == NULL ? edge_for(from, wanted, q->skipped) : NULL;
    if (near && attempt_edge(q, near, wanted))
        return true;
    wide first, second;
    wide rest = wanted - set_others(from, q->made, q->seat, fmin(1, fmax(0, share)),
                                    lean, q->attempt);
    if (!least_pair(longest(&from->halves[0]), longest(&from->halves[1]), rest, &first,
                    &second))
        return false;
    trace_half(&from->halves[0], q->made, q->seat, first, q->attempt);
    trace_half(&from->halves[1], q->made, q->seat, second, q->attempt);
    return true;
}

/* A sum that is no less than the utility, as near as doubles tell. */
static wide sum_of_utility(const board *made, size_t seat, double utility)
{
    double sum = ceil(utility * (double)numbers_of(made, seat)->denominator);
    return (wide)sum;
}

static bool is_near(const quest *q, double window)
{
    return q->over <= window;
}

/* Asks for the tables' sum, judges the outcome, and asks again for what its bonuses and
 * cap, or the rounding of doubles, made too much or too little. */
static void attempt(quest *q, random_stream *lean, double window)
{
    const board *made = q->made;
    double asked = q->utility;
    for (int k = 0; k < CORRECTIONS && !is_near(q, window); k++) {
        random_stream same = lean ? *lean : (random_stream){0};
        if (!attempt_sum(q, sum_of_utility(made, q->seat, asked), lean ? &same : NULL))
            return;
        judge(q);
        double off = q->utility - vast_utility(made, q->seat, q->attempt);
        if (q->exact && off <= 0)
            return;
        asked += fabs(off) > 0 ? off : window;
    }
}

/* Do the lists hold all outcomes about this utility? Then nothing lies nearer. */
static bool lists_are_exact(const board *made, size_t seat, double utility)
{
    const vast_seat *from = &made->vast->seats[seat];
    const edge *near = edge_for(from, sum_of_utility(made, seat, utility), 0);
    return from->exact || (from->plain && near && near->exact);
}

bool vast_at_least(const board *made, size_t seat, double utility, truce_value *outcome,
                   double *over)
{
    const board_seat *mine = &made->seat[seat];
    double window = VAST_WINDOW * (mine->greatest - mine->least);
    quest q = {.made = made,
               .seat = seat,
               .utility = utility,
               .attempt = must_allocate_zeroed(made->issues + 1, sizeof(truce_value)),
               .outcome = outcome,
               .exact = lists_are_exact(made, seat, utility),
               .over = INFINITY};
    attempt(&q, NULL, q.exact ? 0 : window);
    for (; q.skipped < EDGES && !q.exact && !is_near(&q, window); q.skipped++)
        attempt(&q, NULL, window);
    for (uint64_t k = 1;
         k < TRIES && !(q.exact && q.over < INFINITY) && !is_near(&q, window); k++) {
        random_stream lean = random_begin(0, k);
        attempt(&q, &lean, window);
    }
    free(q.attempt);
    *over = q.exact && q.over < INFINITY ? 0 : q.over;
    return q.over < INFINITY;
}

bool vast_is_exact(const board *made, size_t seat)
{
    return made->vast->seats[seat].exact;
}

/* ---- beginning and end ---------------------------------------------------------------- */

/* The best admissible utility, from the party's ranking. */
static bool find_greatest(const board *made, size_t seat, double *greatest)
{
    ranking *order =
        ranking_new(made->space, &(ranking_choices){.party = made->seat[seat].party,
                                                    .anything = true});
    truce_value *outcome = must_allocate_zeroed(made->issues + 1, sizeof *outcome);
    bool found = false;
    for (int k = 0; k < BEST_LOOKED_AT && !found; k++) {
        if (ranking_next(order, NULL, outcome) != RANKING_GIVEN)
            break;
        found = vast_admits(made, seat, outcome);
    }
    *greatest = found ? vast_utility(made, seat, outcome) : 0;
    free(outcome);
    ranking_free(order);
    return found;
}

static bool is_made_of_tables(const board *made, size_t seat)
{
    for (size_t i = 0; i < made->issues; i++)
        if (span_of(made, seat, i) > 0)
            return true;
    return numbers_of(made, seat)->bonus_count == 0;
}

static bool prepare_one(board *made, size_t seat, truce_error *error)
{
    const char *name = made->scenario->parties[made->seat[seat].party].label.id;
    if (!is_made_of_tables(made, seat))
        return error_say(error, TRUCE_CALL,
                         "the space cannot be enumerated, and the utilities of %s are "
                         "made of boxes alone: play has no order of its offers",
                         name),
               false;
    board_seat *mine = &made->seat[seat];
    if (!find_greatest(made, seat, &mine->greatest))
        return error_say(error, TRUCE_CALL,
                         "none of the %d best outcomes of %s is one that it may accept",
                         BEST_LOOKED_AT, name),
               false;
    prepare_seat(&made->vast->seats[seat], made, seat, &made->vast->memory);
    mine->lowest =
        space_utility(made->space, mine->party, made->vast->seats[seat].least);
    mine->least =
        mine->has_reservation ? fmax(mine->lowest, mine->reservation) : mine->lowest;
    mine->admitted = UINT64_MAX;
    return true;
}

bool vast_prepare(board *made, const truce_stop *stop, truce_error *error)
{
    (void)stop;
    made->vast = must_allocate_zeroed(1, sizeof *made->vast);
    made->vast->seat_count = made->seats;
    made->vast->seats = arena_array(&made->vast->memory, made->seats, vast_seat);
    for (size_t s = 0; s < made->seats; s++)
        if (!prepare_one(made, s, error))
            return false;
    return true;
}

void vast_free(vast *prepared)
{
    if (prepared == NULL)
        return;
    for (size_t s = 0; s < prepared->seat_count; s++)
        for (int h = 0; h < 2; h++) {
            half_free(&prepared->seats[s].halves[h]);
            for (int e = 0; e < EDGES; e++)
                half_free(&prepared->seats[s].edges[e].halves[h]);
        }
    arena_free(&prepared->memory);
    free(prepared);
}
