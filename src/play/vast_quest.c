/* One question: the least sum at or above a wanted one, from the exact to the near. Lists
 * propose, and what they propose is judged exactly, with bonuses, caps and conditions. */
#include "play/vast_parts.h"

#include "base/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEANS = 24,              /* ways to set the other issues */
    LEANS_BEFORE_PROOF = 6,  /* a few, then branch and bound */
    PROOF_CHOICES = 1 << 12, /* that branch and bound may look at */
    REMAKES = 6,             /* lists made anew */
    CORRECTIONS = 6,         /* for bonuses */
    JUDGED = 96,             /* pairs at a time, where conditions may forbid them */
};

/* The least sum that is worth at least so much, as utilities are printed. */
static wide sum_worth(const board *made, size_t seat, double utility)
{
    double middle = utility * (double)vast_numbers(made, seat)->denominator;
    wide slack = (wide)(fabs(middle) * 0x1p-50) + 2;
    wide low = (wide)middle - slack, high = (wide)middle + slack;
    while (low < high) {
        wide half = low + (high - low) / 2;
        if (vast_worth(made, seat, half) >= utility)
            high = half;
        else
            low = half + 1;
    }
    return low;
}

typedef struct quest {
    const board *made;
    size_t seat;
    vast_seat *from;
    wide wanted;          /* the least sum that will do */
    wide window;          /* and how much more is near enough */
    truce_value *attempt; /* [issues] */
    truce_value *outcome; /* the best found */
    bool found;
    wide sum; /* of the best found */
} quest;

static void judge(quest *q)
{
    wide sum = vast_sum(q->made, q->seat, q->attempt);
    if (sum < q->wanted || (q->found && sum >= q->sum) ||
        !vast_breaks_nothing(q->made, q->seat, q->attempt))
        return;
    q->found = true;
    q->sum = sum;
    memcpy(q->outcome, q->attempt, q->made->issues * sizeof *q->attempt);
}

static bool is_near(const quest *q)
{
    return q->found && q->sum - q->wanted <= q->window;
}

static wide bonus_of(const quest *q)
{
    const space_party *numbers = vast_numbers(q->made, q->seat);
    wide bonus = 0;
    for (size_t k = 0; k < numbers->bonus_count; k++)
        if (truce_condition_holds(numbers->bonuses[k].condition, q->attempt))
            bonus += numbers->bonuses[k].amount;
    return bonus;
}

/* A sum of tables, seen from an end: at most so far from the best values, or at least so
 * far from the worst. -1: better than the best. */
static int64_t cells_from(const vast_seat *from, const end *at, wide sum)
{
    if (sum > from->greatest)
        return -1;
    wide off = at->top ? from->greatest - sum : sum - from->least;
    off = off < 0 ? 0 : (off + (at->top ? 0 : from->unit - 1)) / from->unit;
    return off < from->range ? (int64_t)off : from->range;
}

static int64_t window_cells(const quest *q)
{
    wide cells = q->window / q->from->unit;
    return cells < q->from->range ? (int64_t)cells : q->from->range;
}

/* ---- lists: what they propose ---------------------------------------------------------- */

typedef struct proposal {
    quest *q;
    const level *lists;
    bool all; /* judge all of them, not until one is near */
} proposal;

static bool take_pair(void *context, sum_pair pair)
{
    proposal *p = context;
    for (int h = 0; h < 2; h++)
        sum_list_trace(&p->lists->lists[h], pair.item[h], p->q->attempt);
    judge(p->q);
    return !p->all && is_near(p->q);
}

/* The pairs within the window, until one may be had; the nearest one whatever it is. */
static void propose(quest *q, const end *at, const level *lists, int64_t cells)
{
    proposal p = {q, lists, false};
    int64_t window = window_cells(q);
    sum_pair nearest;
    if (!q->from->plain && window > 0)
        sum_pairs_between(&lists->lists[0], &lists->lists[1],
                          at->top ? cells - window : cells,
                          at->top ? cells : cells + window, JUDGED, take_pair, &p);
    if (!is_near(q) && sum_pair_nearest(&lists->lists[0], &lists->lists[1], cells,
                                        !at->top, window / 4, &nearest))
        take_pair(&p, nearest);
}

/* Near an end the lists hold all outcomes, and what they propose is the least there is,
 * if it may be had. Else (a bonus, or a ban across both lists) all of a window are judged,
 * and of a wider one, until one may be had. True when that proves that nothing lies
 * nearer. */
static bool propose_near(quest *q, const end *at, const level *lists, int64_t cells)
{
    proposal p = {q, lists, true};
    sum_pair nearest;
    if (!sum_pair_nearest(&lists->lists[0], &lists->lists[1], cells, !at->top, 0,
                          &nearest))
        return false;
    take_pair(&p, nearest);
    bool whole = q->from->rounded || vast_numbers(q->made, q->seat)->bonus_count > 0;
    if (q->found || whole)
        return q->found && !whole;
    int64_t off = at->top ? cells - nearest.sum : nearest.sum - cells;
    for (int64_t window = off + window_cells(q) / 8 + 1; !whole; window *= 2) {
        int64_t low = at->top ? cells - window : cells;
        int64_t high = at->top ? cells : cells + window;
        whole = at->top ? low <= 0 : high >= vast_near_reach(lists);
        high = whole && !at->top ? vast_near_reach(lists) : high;
        if (!sum_pairs_between(&lists->lists[0], &lists->lists[1], low < 0 ? 0 : low,
                               high, JUDGED_NEAR, take_pair, &p))
            return false;
        if (q->found)
            return true;
    }
    return false;
}

/* ---- the other issues ------------------------------------------------------------------- */

static double chance(random_stream *dice)
{
    return (double)random_53(dice) / 9007199254740992.0;
}

static const sum_step *nearest_step(const ladder *of, double wanted)
{
    size_t low = 0, high = of->count - 1;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((double)of->steps[middle].off < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0 &&
        wanted - (double)of->steps[low - 1].off < (double)of->steps[low].off - wanted)
        low--;
    return &of->steps[low];
}

/* The step nearest to what is wanted that breaks nothing with what is set already; the
 * nearest one when all do. */
static const sum_step *allowed_step(const vast_seat *from, const ladder *of,
                                    size_t issue, double wanted, truce_value *outcome)
{
    const sum_step *nearest = nearest_step(of, wanted);
    outcome[issue] = nearest->value;
    if (from->ban_count == 0 || !vast_is_banned(from, issue, outcome))
        return nearest;
    size_t at = (size_t)(nearest - of->steps);
    for (size_t far = 1; far < of->count; far++)
        for (int side = 0; side < 2; side++) {
            size_t s =
                side ? at + far : at - far; /* wraps below 0, and is passed over */
            if (s >= of->count)
                continue;
            outcome[issue] = of->steps[s].value;
            if (!vast_is_banned(from, issue, outcome))
                return &of->steps[s];
        }
    outcome[issue] = nearest->value;
    return nearest;
}

/* By lot one of the others takes any step that leaves half of what is wanted, for there
 * are few ways to share out little. Returns the step. */
static int64_t set_one_by_lot(const vast_seat *from, const end *at, const level *lists,
                              int64_t cells, random_stream *dice, size_t *which,
                              truce_value *outcome)
{
    *which = random_below(dice, lists->other_count);
    size_t issue = lists->others[*which];
    const ladder *of = &at->ladders[issue];
    double wanted = chance(dice) * (double)cells / 2;
    return allowed_step(from, of, issue, wanted, outcome)->off;
}

/* Each of the others takes the step nearest to its share; what is over or missing is
 * carried on to the next. With dice the shares are by lot. Returns the sum. */
static int64_t set_others(const vast_seat *from, const end *at, const level *lists,
                          int64_t cells, random_stream *dice, truce_value *outcome)
{
    double share = from->range > 0 ? (double)cells / (double)from->range : 0;
    double carried = 0;
    size_t set = SIZE_MAX;
    int64_t sum = 0;
    for (int h = 0; h < 2; h++)
        for (size_t k = 0; k < lists->lists[h].count; k++)
            outcome[lists->lists[h].issues[k]] = VALUE_OPEN;
    for (size_t k = 0; k < lists->other_count; k++)
        outcome[lists->others[k]] = VALUE_OPEN;
    if (dice && lists->other_count > 0) {
        sum = set_one_by_lot(from, at, lists, cells, dice, &set, outcome);
        share *= 1 - (cells > 0 ? fmin(1, (double)sum / (double)cells) : 0);
    }
    for (size_t k = 0; k < lists->other_count; k++) {
        if (k == set)
            continue;
        size_t issue = lists->others[k];
        const ladder *of = &at->ladders[issue];
        double mine = share * (double)ladder_span(of);
        double lean = dice ? 0.5 + chance(dice) : 1;
        const sum_step *step =
            allowed_step(from, of, issue, mine * lean + carried, outcome);
        sum += step->off;
        carried += mine - (double)step->off;
    }
    return sum;
}

static void try_level(quest *q, const end *at, const level *lists, int64_t cells,
                      random_stream *dice)
{
    int64_t left = cells - set_others(q->from, at, lists, cells, dice, q->attempt);
    if (left >= 0 && left <= lists->lists[0].reach)
        propose(q, at, lists, left);
    else if (left < 0 && !at->top)
        propose(q, at, lists, 0);
}

static end *end_for(vast_seat *from, wide sum)
{
    return &from->ends[sum - from->least < from->greatest - sum];
}

/* One way to set the others, of the level that fits and of the one before in turn. */
static bool try_tables(quest *q, wide sum, uint64_t lean)
{
    end *at = end_for(q->from, sum);
    int64_t cells = cells_from(q->from, at, sum);
    if (cells < 0)
        return false;
    const level *near = vast_near_of(q->made, q->from, at);
    if (lean == 0 && cells <= vast_near_reach(near))
        return propose_near(q, at, near, cells);
    int k = vast_level_for(q->from, cells);
    k -= k > 0 && lean % 2 == 1;
    random_stream dice = random_begin(0, lean);
    try_level(q, at, vast_level_of(q->made, q->from, at, k), cells,
              lean > 0 ? &dice : NULL);
    return false;
}

/* Asks for a sum of tables, judges what comes, and asks again when it has other bonuses
 * than those that were counted on. True when what was found is proved to be the least. */
static bool attempt(quest *q, uint64_t lean)
{
    wide bonus = bonus_of(q);
    for (int k = 0; k < CORRECTIONS; k++) {
        bool proved = try_tables(q, q->wanted - bonus, lean);
        if (proved || is_near(q))
            return proved;
        wide now = bonus_of(q);
        if (now == bonus)
            return false;
        bonus = now;
    }
    return false;
}

/* ---- when the lists have missed ----------------------------------------------------------- */

/* Nothing is nearer than what branch and bound finds, if it comes to an end. */
static bool prove(quest *q)
{
    const end *top = &q->from->ends[0];
    int64_t cells = cells_from(q->from, top, q->wanted);
    if (!q->from->plain || q->from->rounded || cells < 0 ||
        !sums_largest(top->ladders, q->from->by_span, q->made->issues, cells,
                      PROOF_CHOICES, q->attempt))
        return false;
    judge(q);
    return q->found;
}

static void shuffle(size_t *order, size_t count, random_stream *dice)
{
    for (size_t k = count; k > 1; k--) {
        size_t other = random_below(dice, k), here = order[k - 1];
        order[k - 1] = order[other];
        order[other] = here;
    }
}

/* Lists of all issues, in halves by lot, no longer than this question needs, finer each
 * time. */
static void remake(quest *q, uint64_t times)
{
    wide sum = q->wanted - bonus_of(q);
    const end *at = end_for(q->from, sum);
    int64_t cells = cells_from(q->from, at, sum);
    if (cells < 0)
        return;
    size_t room = (size_t)MIDDLE_ROOM * 4 << times, issues = q->made->issues;
    size_t *order = must_allocate((issues + 1) * sizeof *order);
    memcpy(order, q->from->by_span, issues * sizeof *order);
    random_stream dice = random_begin(1, times);
    shuffle(order, issues, &dice);
    level *made = must_allocate_zeroed(1, sizeof *made);
    sum_bench *bench = vast_take_bench(q->made);
    vast_fill_level(made, q->from, at, order, issues, issues,
                    cells + window_cells(q) + 1,
                    room < FINEST_ROOM ? room : FINEST_ROOM, bench);
    propose(q, at, made, cells);
    vast_bring_bench(q->made, bench);
    vast_level_free(made);
    free(order);
}

static void take_best(quest *q, const best_outcome *one)
{
    memcpy(q->attempt, one->outcome, q->made->issues * sizeof *q->attempt);
    judge(q);
}

/* The list of the best: exact for what lies above its last one. */
static bool look_among_best(quest *q)
{
    const vast_seat *from = q->from;
    if (from->best_count == 0 || q->wanted <= from->best[from->best_count - 1].sum)
        return false;
    for (size_t k = from->best_count; k-- > 0 && !q->found;)
        take_best(q, &from->best[k]);
    return q->found;
}

/* The issues that conditions and bonuses mention stay as in the best admissible outcome. */
static void try_about_best(quest *q)
{
    for (size_t k = 0; k < q->from->best_count && !is_near(q); k++) {
        memcpy(q->attempt, q->from->best[k].outcome,
               q->made->issues * sizeof *q->attempt);
        judge(q);
        attempt(q, 0);
    }
}

static bool look_further(quest *q)
{
    for (uint64_t k = 1; k < LEANS_BEFORE_PROOF && !is_near(q); k++)
        attempt(q, k);
    if (!is_near(q) && prove(q))
        return true;
    for (uint64_t k = LEANS_BEFORE_PROOF; k < LEANS && !is_near(q); k++)
        attempt(q, k);
    if (!q->from->plain && !is_near(q))
        try_about_best(q);
    for (uint64_t k = 0; k < REMAKES && !is_near(q); k++)
        remake(q, k);
    return false;
}

/* ---- exact everywhere ------------------------------------------------------------------- */

/* Conditions may forbid the first outcome of a sum: others of it are drawn, then the next
 * sums are tried. */
static bool look_on_grid(quest *q)
{
    enum { SUMS = 64, DRAWS = 48 };
    const vast_seat *from = q->from;
    int64_t sum = cells_from(from, &from->ends[1], q->wanted);
    if (sum < 0 || (sum = sum_grid_next(&from->grid, sum)) < 0)
        return false;
    sum_grid_trace(&from->grid, sum, NULL, q->attempt);
    judge(q);
    random_stream dice = random_begin(2, 0);
    for (int k = 0; !from->plain && k < SUMS && sum >= 0 && !q->found; k++) {
        for (int d = 0; d < DRAWS && !q->found; d++) {
            sum_grid_trace(&from->grid, sum, &dice, q->attempt);
            judge(q);
        }
        /* Nothing lies between the wanted sum and the first one of the grid. */
        if (k == 0 && q->found && vast_numbers(q->made, q->seat)->bonus_count == 0)
            return true;
        sum = sum_grid_next(&from->grid, sum + 1);
    }
    return from->plain && q->found;
}

static bool look_in_piles(quest *q)
{
    const vast_seat *from = q->from;
    int64_t sum = cells_from(from, &from->ends[1], q->wanted);
    if (sum < 0 || !piles_least(from->piles, from->ends[1].ladders, sum, q->attempt))
        return false;
    judge(q);
    return q->found;
}

/* True when what was found is the least there is. */
static bool look(quest *q, bool quick)
{
    if (!quick && look_among_best(q))
        return true;
    if (!q->from->plain && attempt(q, 0))
        return true;
    if (q->from->grid.rows && !is_near(q) && look_on_grid(q))
        return true;
    if (q->from->piles[0].sums && !quick)
        return look_in_piles(q);
    if (!is_near(q) && attempt(q, 0))
        return true;
    if (!is_near(q) && look_further(q))
        return true;
    for (size_t k = q->from->best_count; k-- > 0 && !q->found;)
        take_best(q, &q->from->best[k]);
    return false;
}

static quest begin_quest(const board *made, size_t seat, double utility,
                         truce_value *outcome)
{
    const space_party *numbers = vast_numbers(made, seat);
    wide wanted = sum_worth(made, seat, utility);
    if (numbers->has_floor && wanted < numbers->floor)
        wanted = numbers->floor;
    return (quest){.made = made,
                   .seat = seat,
                   .from = &made->vast->seats[seat],
                   .wanted = wanted,
                   .window = made->vast->seats[seat].window,
                   .attempt =
                       must_allocate_zeroed(made->issues + 1, sizeof(truce_value)),
                   .outcome = outcome};
}

bool vast_at_least(const board *made, size_t seat, double utility, truce_value *outcome,
                   double *over)
{
    quest q = begin_quest(made, seat, utility, outcome);
    bool exact = look(&q, false) || (q.found && q.sum == q.wanted);
    free(q.attempt);
    *over = exact || !q.found ? 0 : vast_worth(made, seat, q.sum) - utility;
    return q.found;
}

bool vast_about(const board *made, size_t seat, double utility, truce_value *outcome)
{
    quest q = begin_quest(made, seat, utility, outcome);
    look(&q, true);
    free(q.attempt);
    return q.found;
}
