/* vast: utilities of spaces that cannot be enumerated.
 *
 * A wanted utility is a least sum of the party's integers, and what is looked for is the
 * least sum of tables at or above it (sums.h has the ways). From the exact to the near:
 *
 *   grid    where the sums of all issues are few, rows of bits hold them all
 *   piles   up to VAST_EXACT outcomes, all sums of two halves of the issues
 *   near    close to the best (or the worst) sum, where few outcomes lie, all the sums of
 *           two halves that are so close
 *   level   between, where outcomes lie thick: two thinned lists of the widest issues; the
 *           others take their share of what is wanted. Level k reaches 2^-(k+1) of the
 *           range from either end, and its buckets are so narrow that dozens of pairs are
 *           expected within the window.
 *
 * Where a level misses, the others are set otherwise, by lot; then branch and bound proves
 * that nothing lies near, as where one issue outweighs all others; then finer lists over
 * other halves are made for this question alone.
 *
 * Bonuses, caps, rules and red lines are not in the lists: what the lists propose is judged
 * exactly, and asked for again with what was missing. Issues that bonuses and conditions
 * mention come last into the lists, so that what they make is mostly known before.
 */
#include "play/vast_parts.h"

#include "base/error.h"
#include "solve/ranking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    GRID_WORK = 3 << 24,    /* words to shift when rows of bits are made */
    PILE_ROOM = 12 << 20,   /* sums in a pile */
    BEST_LOOKED_AT = 10000, /* outcomes, for the best admissible ones */
};

/* Whoever finds none brings an own one; of two that are brought back one stays. */
sum_bench *vast_take_bench(const board *made)
{
    sum_bench *bench = atomic_exchange(&made->vast->bench, NULL);
    return bench ? bench : must_allocate_zeroed(1, sizeof *bench);
}

static void free_bench(sum_bench *bench)
{
    if (bench)
        sum_bench_free(bench);
    free(bench);
}

void vast_bring_bench(const board *made, sum_bench *bench)
{
    free_bench(atomic_exchange(&made->vast->bench, bench));
}

/* ---- judging one outcome ----------------------------------------------------------- */

const space_party *vast_numbers(const board *made, size_t seat)
{
    return &made->space->parties[made->seat[seat].party];
}

wide vast_sum(const board *made, size_t seat, const truce_value *outcome)
{
    return space_sum(made->space, made->seat[seat].party, outcome);
}

double vast_worth(const board *made, size_t seat, wide sum)
{
    return space_utility(made->space, made->seat[seat].party, sum);
}

double vast_utility(const board *made, size_t seat, const truce_value *outcome)
{
    return vast_worth(made, seat, vast_sum(made, seat, outcome));
}

bool vast_breaks_nothing(const board *made, size_t seat, const truce_value *outcome)
{
    size_t party = made->seat[seat].party;
    return !breaks_logic(made->space, outcome) &&
           !breaks_red_line(made->space, party, outcome) &&
           !breaks_rule_of(made->space, party, outcome);
}

bool vast_admits(const board *made, size_t seat, const truce_value *outcome)
{
    const space_party *numbers = vast_numbers(made, seat);
    return (!numbers->has_floor || vast_sum(made, seat, outcome) >= numbers->floor) &&
           vast_breaks_nothing(made, seat, outcome);
}

/* ---- exact everywhere: rows of bits, or piles ------------------------------------------ */

static bool fits_grid(const vast_seat *of, size_t issues)
{
    double steps = 0;
    for (size_t i = 0; i < issues; i++)
        steps += (double)of->ends[1].ladders[i].count;
    return !of->rounded && steps * ((double)of->range / 64 + 1) <= GRID_WORK;
}

static double outcomes_of(const vast_seat *of, size_t issues)
{
    double outcomes = 1;
    for (size_t i = 0; i < issues; i++)
        outcomes *= (double)of->ends[1].ladders[i].count;
    return outcomes;
}

/* The issues with most values first, each to the smaller of two piles that still has room
 * for it; what fits in neither is the third. */
static void make_piles(vast_seat *to, size_t issues)
{
    const ladder *ladders = to->ends[1].ladders;
    double sizes[2] = {1, 1};
    bool *taken = must_allocate_zeroed(issues + 1, sizeof *taken);
    for (int p = 0; p < 3; p++)
        pile_begin(&to->piles[p], issues);
    for (size_t k = 0; k < issues; k++) {
        size_t most = SIZE_MAX;
        for (size_t i = 0; i < issues; i++)
            if (!taken[i] &&
                (most == SIZE_MAX || ladders[i].count > ladders[most].count))
                most = i;
        taken[most] = true;
        int p = sizes[1] < sizes[0];
        if (sizes[p] * (double)ladders[most].count > PILE_ROOM)
            p = 2;
        else
            sizes[p] *= (double)ladders[most].count;
        pile_take(&to->piles[p], most, &ladders[most]);
    }
    free(taken);
}

/* ---- beginning and end ---------------------------------------------------------------- */

/* The best admissible outcomes from the party's ranking: one, or as many as are kept. */
static void rank_best(vast_seat *to, const board *made, size_t seat, size_t most,
                      arena *memory)
{
    ranking *order =
        ranking_new(made->space, &(ranking_choices){.party = made->seat[seat].party,
                                                    .anything = true});
    truce_value *outcome = arena_array(memory, made->issues + 1, truce_value);
    for (int k = 0; k < BEST_LOOKED_AT && to->best_count < most; k++) {
        if (ranking_next(order, NULL, outcome) != RANKING_GIVEN)
            break;
        if (!vast_admits(made, seat, outcome))
            continue;
        to->best[to->best_count++] =
            (best_outcome){vast_sum(made, seat, outcome), outcome};
        outcome = arena_array(memory, made->issues + 1, truce_value);
    }
    ranking_free(order);
}

typedef struct best_quest {
    const board *made;
    size_t seat;
    const level *lists;
    truce_value *attempt;
    best_outcome *best;
    bool found;
} best_quest;

static bool take_better(void *context, sum_pair pair)
{
    best_quest *q = context;
    for (int h = 0; h < 2; h++)
        sum_list_trace(&q->lists->lists[h], pair.item[h], q->attempt);
    wide sum = vast_sum(q->made, q->seat, q->attempt);
    if ((q->found && sum <= q->best->sum) || !vast_admits(q->made, q->seat, q->attempt))
        return false;
    q->found = true;
    q->best->sum = sum;
    memcpy(q->best->outcome, q->attempt, q->made->issues * sizeof *q->attempt);
    return false;
}

/* Where conditions forbid more than the first of the ranking: the lists near the top have
 * in them only what they allow. */
static void find_best_near(vast_seat *to, const board *made, size_t seat, arena *memory)
{
    const level *near = vast_near_of(made, to, &to->ends[0]);
    int64_t reach = vast_near_reach(near);
    best_quest q = {made,         seat,
                    near,         arena_array(memory, made->issues + 1, truce_value),
                    &to->best[0], false};
    to->best[0].outcome = arena_array(memory, made->issues + 1, truce_value);
    for (int64_t high = reach >> 16, low = 0; !q.found && low <= reach;
         low = high + 1, high = high < reach / 4 ? 4 * high + 1 : reach)
        sum_pairs_between(&near->lists[0], &near->lists[1], low, high, JUDGED_NEAR,
                          take_better, &q);
    to->best_count = q.found;
}

static bool is_plain(const board *made, size_t seat)
{
    const space_party *numbers = vast_numbers(made, seat);
    const truce_preferences *given =
        &made->scenario->parties[made->seat[seat].party].preferences;
    return numbers->bonus_count == 0 && !numbers->capped &&
           made->scenario->rule_count == 0 && given->red_line_count == 0;
}

/* The least sum of the tables over all values, those that may not be had too. */
static wide lowest_of(const board *made, size_t seat)
{
    wide lowest = 0;
    for (size_t i = 0; i < made->issues; i++) {
        wide low, high;
        space_range(made->space, vast_numbers(made, seat), i, &low, &high);
        lowest += low;
    }
    return lowest;
}

static void take_range(vast_seat *to, board *made, size_t seat)
{
    board_seat *mine = &made->seat[seat];
    const space_party *numbers = vast_numbers(made, seat);
    wide lowest = lowest_of(made, seat), low = lowest;
    if (numbers->has_floor && numbers->floor > low)
        low = numbers->floor;
    mine->greatest = vast_worth(made, seat, to->best[0].sum);
    mine->lowest = vast_worth(made, seat, lowest);
    mine->least =
        mine->has_reservation ? fmax(mine->lowest, mine->reservation) : mine->lowest;
    mine->admitted = UINT64_MAX;
    to->window = (to->best[0].sum - low) / (wide)(1 / VAST_WINDOW);
}

static void prepare_lists(vast_seat *to, const board *made, size_t seat, arena *memory)
{
    vast_make_ladders(to, made, seat, memory);
    vast_collect_bans(to, made, seat, memory);
    bool *mentioned = arena_array(memory, made->issues + 1, bool);
    vast_mark_mentioned(to, vast_numbers(made, seat), memory, mentioned);
    to->order = vast_make_order(to, made->issues, mentioned, memory);
    to->by_span = vast_make_order(to, made->issues, NULL, memory);
    vast_share_out(to, made->issues, memory);
}

static void prepare_exact(vast_seat *to, const board *made)
{
    if (made->lists_alone)
        return;
    if (fits_grid(to, made->issues))
        sum_grid_fill(&to->grid, to->ends[1].ladders, made->issues, to->range);
    else if (to->plain && !to->rounded && outcomes_of(to, made->issues) <= VAST_EXACT)
        make_piles(to, made->issues);
}

static bool is_made_of_tables(const board *made, size_t seat)
{
    for (size_t i = 0; i < made->issues; i++)
        for (truce_value v = 1; v < made->space->value_counts[i]; v++)
            if (vast_numbers(made, seat)->tables[i][v] !=
                vast_numbers(made, seat)->tables[i][0])
                return true;
    return vast_numbers(made, seat)->bonus_count == 0;
}

static bool prepare_one(board *made, size_t seat, truce_error *error)
{
    const char *name = made->scenario->parties[made->seat[seat].party].label.id;
    vast_seat *to = &made->vast->seats[seat];
    if (!is_made_of_tables(made, seat))
        return error_say(error, TRUCE_CALL,
                         "the space cannot be enumerated, and the utilities of %s are "
                         "made of boxes alone: play has no order of its offers",
                         name),
               false;
    to->plain = is_plain(made, seat);
    prepare_lists(to, made, seat, &made->vast->memory);
    rank_best(to, made, seat, to->plain ? 1 : BEST_KEPT, &made->vast->memory);
    if (to->best_count == 0)
        find_best_near(to, made, seat, &made->vast->memory);
    if (to->best_count == 0)
        return error_say(error, TRUCE_CALL,
                         "none of the %d best outcomes of %s is one that it may accept",
                         BEST_LOOKED_AT, name),
               false;
    take_range(to, made, seat);
    prepare_exact(to, made);
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

static void seat_free(vast_seat *of)
{
    for (int e = 0; e < 2; e++) {
        vast_level_free(atomic_load(&of->ends[e].near));
        for (int k = 0; k < LEVELS; k++)
            vast_level_free(atomic_load(&of->ends[e].levels[k]));
    }
    for (int p = 0; p < 3; p++)
        pile_free(&of->piles[p]);
    sum_grid_free(&of->grid);
}

void vast_free(vast *prepared)
{
    if (prepared == NULL)
        return;
    for (size_t s = 0; s < prepared->seat_count; s++)
        seat_free(&prepared->seats[s]);
    free_bench(atomic_load(&prepared->bench));
    arena_free(&prepared->memory);
    free(prepared);
}
