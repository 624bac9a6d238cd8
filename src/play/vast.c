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
#include "play/vast.h"

#include "base/error.h"
#include "base/random.h"
#include "play/sums.h"
#include "solve/ranking.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
    GRID_WORK = 3 << 24,     /* words to shift when rows of bits are made */
    PILE_ROOM = 12 << 20,    /* sums in a pile */
    NEAR_ROOM = 1024,        /* sums in a list near an end */
    LEVEL_ROOM = 1024,       /* sums in a list of a level */
    MIDDLE_ROOM = 2048,      /* and of the first two */
    FINEST_ROOM = 1 << 17,   /* and of one made for one question */
    LEVELS = 60,             /* 2^-60 of the range is less than a cell */
    FIRST_ISSUES = 6,        /* in a level */
    LEANS = 24,              /* ways to set the other issues */
    LEANS_BEFORE_PROOF = 6,  /* a few, then branch and bound */
    PROOF_CHOICES = 1 << 12, /* that branch and bound may look at */
    REMAKES = 6,             /* lists made anew */
    CORRECTIONS = 6,         /* for bonuses */
    JUDGED = 96,             /* pairs at a time, where conditions may forbid them */
    JUDGED_NEAR = 1 << 14,   /* the same near an end */
    BEST_LOOKED_AT = 10000,  /* outcomes, for the best admissible ones */
    BEST_KEPT = 64           /* of them, where there are bonuses or conditions */
};

#define CELLS_MOST ((wide)1 << 61)

/* Two lists; all issues that are in neither are others. */
typedef struct level {
    sum_list lists[2];
    size_t *others; /* [other_count] */
    size_t other_count;
} level;

/* All sums as seen from the best values (top) or from the worst. Lists are made when first
 * asked for; two threads may make the same, and one is thrown away. */
typedef struct end {
    bool top;
    ladder *ladders; /* [issues] */
    _Atomic(level *) near, levels[LEVELS];
} end;

/* What breaks when `given` holds and `then` does not; then NULL: never does. */
typedef struct ban {
    const truce_condition *given, *then;
    truce_list issues; /* that either mentions */
} ban;

typedef struct best_outcome {
    wide sum;
    truce_value *outcome;
} best_outcome;

typedef struct vast_seat {
    bool plain;           /* the sum of tables alone, and nothing forbidden */
    bool rounded;         /* cells are not exact */
    wide least, greatest; /* sums of tables, of values that may be had at all */
    wide unit;            /* sum of one cell */
    int64_t range;        /* cells from least to greatest */
    wide window;          /* sum */
    size_t *order;        /* [issues] widest first, those mentioned last */
    size_t *by_span;      /* [issues] widest first */
    ban *bans;            /* [ban_count] logic, own rules and red lines */
    bool crossed;         /* one of them joins issues of both halves */
    size_t ban_count;
    bool
        *half; /* [issues] to which of two lists it goes; those that bans join to one */
    end ends[2];                  /* top, bottom */
    sum_grid grid;                /* rows NULL: none */
    pile piles[3];                /* sums NULL: none */
    best_outcome best[BEST_KEPT]; /* the best admissible ones, best first */
    size_t best_count;
} vast_seat;

struct vast {
    arena memory;
    vast_seat *seats; /* [seat_count] */
    size_t seat_count;
    _Atomic(sum_bench *) bench; /* NULL while somebody works on it */
};

/* Whoever finds none brings an own one; of two that are brought back one stays. */
static sum_bench *take_bench(const board *made)
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

static void bring_bench(const board *made, sum_bench *bench)
{
    free_bench(atomic_exchange(&made->vast->bench, bench));
}

/* ---- judging one outcome ----------------------------------------------------------- */

static const space_party *numbers_of(const board *made, size_t seat)
{
    return &made->space->parties[made->seat[seat].party];
}

static wide sum_of(const board *made, size_t seat, const truce_value *outcome)
{
    return space_sum(made->space, made->seat[seat].party, outcome);
}

static double utility_of(const board *made, size_t seat, wide sum)
{
    return space_utility(made->space, made->seat[seat].party, sum);
}

double vast_utility(const board *made, size_t seat, const truce_value *outcome)
{
    return utility_of(made, seat, sum_of(made, seat, outcome));
}

static bool breaks_nothing(const board *made, size_t seat, const truce_value *outcome)
{
    size_t party = made->seat[seat].party;
    return !breaks_logic(made->space, outcome) &&
           !breaks_red_line(made->space, party, outcome) &&
           !breaks_rule_of(made->space, party, outcome);
}

bool vast_admits(const board *made, size_t seat, const truce_value *outcome)
{
    const space_party *numbers = numbers_of(made, seat);
    return (!numbers->has_floor || sum_of(made, seat, outcome) >= numbers->floor) &&
           breaks_nothing(made, seat, outcome);
}

/* The least sum that is worth at least so much, as utilities are printed. */
static wide sum_worth(const board *made, size_t seat, double utility)
{
    double middle = utility * (double)numbers_of(made, seat)->denominator;
    wide slack = (wide)(fabs(middle) * 0x1p-50) + 2;
    wide low = (wide)middle - slack, high = (wide)middle + slack;
    while (low < high) {
        wide half = low + (high - low) / 2;
        if (utility_of(made, seat, half) >= utility)
            high = half;
        else
            low = half + 1;
    }
    return low;
}

/* ---- what a seat's sums are like -------------------------------------------------------- */

/* Can no outcome with this value be had, whatever the others are? Seen for conditions that
 * ask about one issue alone. */
static bool is_forbidden(const board *made, size_t seat, size_t issue,
                         truce_value value)
{
    size_t party = made->seat[seat].party;
    const truce_preferences *given = &made->scenario->parties[party].preferences;
    for (size_t r = 0; r < given->red_line_count; r++) {
        const truce_condition *line = given->red_lines[r].condition;
        if (line->kind == CONDITION_LEAF && line->issue == issue &&
            condition_allows(line, value))
            return true;
    }
    for (size_t r = 0; r < made->scenario->rule_count; r++) {
        const truce_rule *rule = &made->scenario->rules[r];
        bool always =
            rule->given->kind == CONDITION_AND && rule->given->part_count == 0;
        if (always && (rule->by == TRUCE_NOBODY || rule->by == party) &&
            rule->then->kind == CONDITION_LEAF && rule->then->issue == issue &&
            !condition_allows(rule->then, value))
            return true;
    }
    return false;
}

/* The values of an issue that may be had, all of them if that were none; returns how many.
 */
static size_t take_values(const board *made, size_t seat, size_t issue,
                          truce_value *values)
{
    size_t count = 0, all = made->space->value_counts[issue];
    for (truce_value v = 0; v < all; v++)
        if (!is_forbidden(made, seat, issue, v))
            values[count++] = v;
    for (truce_value v = 0; count == 0 && v < all; v++)
        values[v] = v;
    return count > 0 ? count : all;
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

/* The values that may be had, of all issues. */
typedef struct choice_of_values {
    truce_value **values; /* [issue][count] */
    size_t *counts;
} choice_of_values;

/* Cells are as wide as all sums are apart, or wider where their number would not fit. */
static void measure(vast_seat *to, const board *made, size_t seat,
                    const choice_of_values *had)
{
    to->least = to->greatest = to->unit = 0;
    for (size_t i = 0; i < made->issues; i++) {
        const wide *table = numbers_of(made, seat)->tables[i];
        wide low = table[had->values[i][0]], high = low;
        for (size_t k = 1; k < had->counts[i]; k++) {
            wide here = table[had->values[i][k]];
            to->unit = greatest_divisor(to->unit, here - table[had->values[i][0]]);
            low = here < low ? here : low;
            high = here > high ? here : high;
        }
        to->least += low;
        to->greatest += high;
    }
    to->unit = to->unit > 0 ? to->unit : 1;
    wide range = to->greatest - to->least;
    to->rounded = range / to->unit >= CELLS_MOST;
    if (to->rounded)
        to->unit = range / CELLS_MOST + 1;
}

static int compare_steps(const void *left, const void *right)
{
    const sum_step *a = left, *b = right;
    if (a->off != b->off)
        return a->off < b->off ? -1 : 1;
    return (a->value > b->value) - (a->value < b->value);
}

/* Rounding, if any, is such that a sum is worth no less than its cells say. */
static ladder make_ladder(const vast_seat *from, const wide *table,
                          const truce_value *values, size_t count, bool top,
                          arena *memory)
{
    ladder made = {.steps = arena_array(memory, count, sum_step), .count = count};
    wide at_end = table[values[0]];
    for (size_t k = 1; k < count; k++)
        if (top ? table[values[k]] > at_end : table[values[k]] < at_end)
            at_end = table[values[k]];
    for (size_t k = 0; k < count; k++) {
        wide off = top ? at_end - table[values[k]] : table[values[k]] - at_end;
        wide cells = (off + (top ? from->unit - 1 : 0)) / from->unit;
        made.steps[k] = (sum_step){.off = (int64_t)cells, .value = values[k]};
    }
    qsort(made.steps, count, sizeof *made.steps, compare_steps);
    return made;
}

static void make_ladders(vast_seat *to, const board *made, size_t seat, arena *memory)
{
    choice_of_values had = {arena_array(memory, made->issues + 1, truce_value *),
                            arena_array(memory, made->issues + 1, size_t)};
    for (size_t i = 0; i < made->issues; i++) {
        had.values[i] = arena_array(memory, made->space->value_counts[i], truce_value);
        had.counts[i] = take_values(made, seat, i, had.values[i]);
    }
    measure(to, made, seat, &had);
    for (int e = 0; e < 2; e++) {
        to->ends[e].top = e == 0;
        to->ends[e].ladders = arena_array(memory, made->issues + 1, ladder);
        for (size_t i = 0; i < made->issues; i++)
            to->ends[e].ladders[i] =
                make_ladder(to, numbers_of(made, seat)->tables[i], had.values[i],
                            had.counts[i], e == 0, memory);
    }
    to->range = 0;
    for (size_t i = 0; i < made->issues; i++)
        to->range += ladder_span(&to->ends[0].ladders[i]);
}

/* ---- what is forbidden -------------------------------------------------------------------- */

static truce_list issues_of(const ban *of, arena *memory)
{
    truce_list given = condition_issues(memory, of->given);
    truce_list then = of->then ? condition_issues(memory, of->then) : (truce_list){0};
    size_t *both = arena_array(memory, given.count + then.count + 1, size_t);
    memcpy(both, given.items, given.count * sizeof *both);
    for (size_t k = 0; k < then.count; k++)
        both[given.count + k] = then.items[k];
    return (truce_list){both, given.count + then.count};
}

static void add_ban(vast_seat *to, ban one, arena *memory)
{
    one.issues = issues_of(&one, memory);
    to->bans[to->ban_count++] = one;
}

static void collect_bans(vast_seat *to, const board *made, size_t seat, arena *memory)
{
    const truce_scenario *scenario = made->scenario;
    size_t party = made->seat[seat].party;
    const truce_preferences *given = &scenario->parties[party].preferences;
    to->bans =
        arena_array(memory, given->red_line_count + scenario->rule_count + 1, ban);
    for (size_t k = 0; k < given->red_line_count; k++)
        add_ban(to, (ban){.given = given->red_lines[k].condition}, memory);
    for (size_t k = 0; k < scenario->rule_count; k++) {
        const truce_rule *rule = &scenario->rules[k];
        if (rule->by == TRUCE_NOBODY || rule->by == party)
            add_ban(to, (ban){.given = rule->given, .then = rule->then}, memory);
    }
}

static bool mentions(const ban *one, size_t issue)
{
    for (size_t k = 0; k < one->issues.count; k++)
        if (one->issues.items[k] == issue)
            return true;
    return false;
}

static bool is_in_a_ban(const vast_seat *of, size_t issue)
{
    for (size_t k = 0; k < of->ban_count; k++)
        if (mentions(&of->bans[k], issue))
            return true;
    return false;
}

/* Is one that mentions the issue broken, whatever the open issues will be? */
static bool is_banned(const vast_seat *of, size_t issue, const truce_value *partial)
{
    for (size_t k = 0; k < of->ban_count; k++) {
        const ban *one = &of->bans[k];
        if (mentions(one, issue) && condition_truth(one->given, partial) == TRUTH_YES &&
            (one->then == NULL || condition_truth(one->then, partial) == TRUTH_NO))
            return true;
    }
    return false;
}

/* Which values of a list make a ban, as far as it has got. */
typedef struct guard {
    const vast_seat *of;
    truce_value *partial; /* [issues] VALUE_OPEN where the list has not been */
} guard;

static bool may_ban(void *context, size_t issue, truce_value value)
{
    const guard *g = context;
    truce_value before = g->partial[issue];
    bool may = false;
    g->partial[issue] = value;
    for (size_t k = 0; k < g->of->ban_count && !may; k++) {
        const ban *one = &g->of->bans[k];
        may = mentions(one, issue) &&
              (one->issues.count > 1 ||
               condition_truth(one->given, g->partial) == TRUTH_YES);
    }
    g->partial[issue] = before;
    return may;
}

static bool bans(void *context, const sum_list *list, size_t item, size_t issue,
                 truce_value value)
{
    const guard *g = context;
    sum_list_trace(list, item, g->partial);
    g->partial[issue] = value;
    return is_banned(g->of, issue, g->partial);
}

static truce_value *open_outcome(size_t issues)
{
    truce_value *outcome = must_allocate((issues + 1) * sizeof *outcome);
    for (size_t i = 0; i < issues; i++)
        outcome[i] = VALUE_OPEN;
    return outcome;
}

static void mark_mentioned(const vast_seat *of, const space_party *numbers,
                           arena *memory, bool *mentioned)
{
    for (size_t k = 0; k < numbers->bonus_count; k++) {
        truce_list issues = condition_issues(memory, numbers->bonuses[k].condition);
        for (size_t i = 0; i < issues.count; i++)
            mentioned[issues.items[i]] = true;
    }
    for (size_t k = 0; k < of->ban_count; k++)
        for (size_t i = 0; i < of->bans[k].issues.count; i++)
            mentioned[of->bans[k].issues.items[i]] = true;
}

/* The issues that bans join, as the least issue of each group. */
static void join_issues(const vast_seat *of, size_t issues, size_t *group)
{
    for (size_t i = 0; i < issues; i++)
        group[i] = i;
    for (size_t k = 0; k < of->ban_count; k++)
        for (size_t i = 1; i < of->bans[k].issues.count; i++) {
            size_t one = group[of->bans[k].issues.items[0]];
            size_t other = group[of->bans[k].issues.items[i]];
            for (size_t j = 0; j < issues; j++)
                if (group[j] == one || group[j] == other)
                    group[j] = one < other ? one : other;
        }
}

/* Groups go whole to one half or the other, the largest first; one that is most of all
 * issues is cut, and what joins its parts is judged afterwards. */
static void share_out(vast_seat *to, size_t issues, arena *memory)
{
    to->half = arena_array(memory, issues + 1, bool);
    size_t *group = must_allocate((issues + 1) * sizeof *group);
    size_t *sizes = must_allocate_zeroed(issues + 1, sizeof *sizes);
    size_t counts[2] = {0, 0};
    join_issues(to, issues, group);
    for (size_t i = 0; i < issues; i++)
        sizes[group[i]]++;
    for (size_t size = issues; size > 0; size--)
        for (size_t g = 0; g < issues; g++) {
            bool second = counts[1] < counts[0];
            for (size_t i = 0; sizes[g] == size && i < issues; i++) {
                if (group[i] != g)
                    continue;
                if (4 * size > 3 * issues)
                    second = counts[1] < counts[0];
                to->half[i] = second;
                counts[second]++;
            }
        }
    for (size_t k = 0; k < to->ban_count; k++)
        for (size_t i = 1; i < to->bans[k].issues.count; i++)
            to->crossed |= to->half[to->bans[k].issues.items[i]] !=
                           to->half[to->bans[k].issues.items[0]];
    free(group);
    free(sizes);
}

/* Is one issue before another in the order? */
static bool comes_first(const vast_seat *of, const bool *mentioned, size_t one,
                        size_t other)
{
    if (mentioned && mentioned[one] != mentioned[other])
        return !mentioned[one];
    const ladder *ladders = of->ends[0].ladders;
    int64_t a = ladder_span(&ladders[one]), b = ladder_span(&ladders[other]);
    return a != b ? a > b : one < other;
}

static size_t *make_order(const vast_seat *of, size_t issues, const bool *mentioned,
                          arena *memory)
{
    size_t *order = arena_array(memory, issues + 1, size_t);
    for (size_t i = 0; i < issues; i++) {
        size_t k = i;
        for (; k > 0 && comes_first(of, mentioned, i, order[k - 1]); k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    return order;
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

bool vast_is_exact(const board *made, size_t seat)
{
    const vast_seat *of = &made->vast->seats[seat];
    return of->plain && (of->grid.rows || of->piles[0].sums);
}

/* ---- lists near an end, and levels ------------------------------------------------------ */

static void level_free(level *of)
{
    if (of == NULL)
        return;
    sum_list_free(&of->lists[0]);
    sum_list_free(&of->lists[1]);
    free(of->others);
    free(of);
}

static void begin_lists(level *to, guard guards[2], const vast_seat *of, size_t issues,
                        int64_t reach)
{
    for (int h = 0; h < 2; h++) {
        sum_list_begin(&to->lists[h], issues, reach);
        guards[h] = (guard){of, of->ban_count > 0 ? open_outcome(issues) : NULL};
    }
}

/* To which list the issue goes that comes in this place. */
static int half_for(const vast_seat *of, size_t place, size_t issue)
{
    return of->ban_count > 0 ? of->half[issue] : place % 2;
}

/* The issues in the order of the lists near an end: first those of bans that the very end
 * breaks, so that what it costs to heed them is known before reach gets short; then those
 * of other bans, for as long as bans are ahead equal sums are not alike; then the
 * narrowest, so that reach soon does get short. */
static size_t *order_near(const vast_seat *of, const end *at, size_t issues)
{
    truce_value *ends = must_allocate((issues + 1) * sizeof *ends);
    size_t *order = must_allocate((issues + 1) * sizeof *order), count = 0;
    int *rank = must_allocate_zeroed(issues + 1, sizeof *rank);
    for (size_t i = 0; i < issues; i++)
        ends[i] = at->ladders[i].steps[0].value;
    for (size_t i = 0; i < issues; i++)
        rank[i] = is_banned(of, i, ends) ? 2 : is_in_a_ban(of, i) ? 1 : 0;
    for (int first = 2; first >= 0; first--)
        for (size_t k = issues; k-- > 0;)
            if (rank[of->by_span[k]] == first)
                order[count++] = of->by_span[k];
    free(ends);
    free(rank);
    return order;
}

static void fill_near(level *to, const vast_seat *of, const end *at,
                      const size_t *order, size_t issues, size_t room, sum_bench *bench)
{
    guard guards[2];
    begin_lists(to, guards, of, issues, of->range);
    for (size_t k = 0; k < issues; k++) {
        int h = half_for(of, k, order[k]);
        sum_filter filter = {may_ban, bans, &guards[h]};
        bool banned = is_in_a_ban(of, order[k]);
        sum_list_take(&to->lists[h], order[k], &at->ladders[order[k]], room,
                      banned || of->crossed, banned ? &filter : NULL, bench);
    }
    free(guards[0].partial);
    free(guards[1].partial);
}

/* Nothing is left of a list when bans cost more than it reaches: then it is made longer. */
static level *make_near(const vast_seat *of, const end *at, size_t issues,
                        sum_bench *bench)
{
    size_t *order = order_near(of, at, issues);
    level *made = NULL;
    for (size_t room = NEAR_ROOM;; room *= 4) {
        made = must_allocate_zeroed(1, sizeof *made);
        fill_near(made, of, at, order, issues, room, bench);
        if ((made->lists[0].size > 0 && made->lists[1].size > 0) || room >= FINEST_ROOM)
            break;
        level_free(made);
    }
    free(order);
    return made;
}

/* All pairs up to here are there: what one list does not hold would, with the least of the
 * other, be longer. -1: a list is empty. */
static int64_t near_reach(const level *near)
{
    const sum_list *one = &near->lists[0], *other = &near->lists[1];
    if (one->size == 0 || other->size == 0)
        return -1;
    int64_t first = one->reach + other->sums[0], second = other->reach + one->sums[0];
    return first < second ? first : second;
}

/* The first `taken` issues of an order to the two lists, up to reach. */
static void fill_level(level *to, const vast_seat *of, const end *at,
                       const size_t *order, size_t issues, size_t taken, int64_t reach,
                       size_t room, sum_bench *bench)
{
    int shift = 0;
    guard guards[2];
    while ((size_t)(reach >> shift) >= room)
        shift++;
    begin_lists(to, guards, of, issues, reach);
    for (size_t k = 0; k < taken; k++) {
        int h = half_for(of, k, order[k]);
        sum_filter filter = {may_ban, bans, &guards[h]};
        sum_list_take_thinned(&to->lists[h], order[k], &at->ladders[order[k]], room,
                              shift, at->top, of->ban_count > 0 ? &filter : NULL,
                              bench);
    }
    to->others = must_allocate((issues + 1) * sizeof *to->others);
    to->other_count = issues - taken;
    memcpy(to->others, order + taken, to->other_count * sizeof *to->others);
    free(guards[0].partial);
    free(guards[1].partial);
}

/* Are its lists about as long as they can get? */
static bool is_full(const level *of, const end *at, size_t room)
{
    for (int h = 0; h < 2; h++) {
        const sum_list *list = &of->lists[h];
        double span = 0;
        for (size_t k = 0; k < list->count; k++)
            span += (double)ladder_span(&at->ladders[list->issues[k]]);
        double part = fmin(1, span / (double)list->reach);
        if ((double)list->size < 0.6 * part * (double)room)
            return false;
    }
    return true;
}

/* As many issues as it takes to fill the lists. The reach leaves room for the others to
 * fall short of their share. */
static level *make_level(const vast_seat *of, const end *at, size_t issues, int k,
                         sum_bench *bench)
{
    size_t room = k < 2 ? MIDDLE_ROOM : LEVEL_ROOM;
    level *made = NULL;
    for (size_t taken = FIRST_ISSUES;; taken += 2) {
        taken = taken < issues ? taken : issues;
        int64_t span = 0;
        for (size_t i = 0; i < taken; i++)
            span += ladder_span(&at->ladders[of->order[i]]);
        int64_t rest = of->range - span;
        int64_t reach = (span + (rest < span ? rest : span) / 4) >> (k + 1);
        made = must_allocate_zeroed(1, sizeof *made);
        fill_level(made, of, at, of->order, issues, taken, reach + 1, room, bench);
        if (taken == issues || is_full(made, at, room))
            break;
        level_free(made);
    }
    return made;
}

/* What two threads make is the same; the later one is dropped. */
static const level *keep(_Atomic(level *) *at, level *made)
{
    level *there = NULL;
    if (atomic_compare_exchange_strong(at, &there, made))
        return made;
    level_free(made);
    return there;
}

static const level *near_of(const board *made, vast_seat *of, end *at)
{
    const level *there = atomic_load(&at->near);
    if (there)
        return there;
    sum_bench *bench = take_bench(made);
    there = keep(&at->near, make_near(of, at, made->issues, bench));
    bring_bench(made, bench);
    return there;
}

static const level *level_of(const board *made, vast_seat *of, end *at, int k)
{
    const level *there = atomic_load(&at->levels[k]);
    if (there)
        return there;
    sum_bench *bench = take_bench(made);
    there = keep(&at->levels[k], make_level(of, at, made->issues, k, bench));
    bring_bench(made, bench);
    return there;
}

/* The highest level that reaches so far from its end. */
static int level_for(const vast_seat *of, int64_t cells)
{
    int k = 0;
    while (k + 1 < LEVELS && cells <= of->range >> (k + 2))
        k++;
    return k;
}

/* ---- one question ------------------------------------------------------------------------- */

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
    wide sum = sum_of(q->made, q->seat, q->attempt);
    if (sum < q->wanted || (q->found && sum >= q->sum) ||
        !breaks_nothing(q->made, q->seat, q->attempt))
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
    const space_party *numbers = numbers_of(q->made, q->seat);
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
    bool whole = q->from->rounded || numbers_of(q->made, q->seat)->bonus_count > 0;
    if (q->found || whole)
        return q->found && !whole;
    int64_t off = at->top ? cells - nearest.sum : nearest.sum - cells;
    for (int64_t window = off + window_cells(q) / 8 + 1; !whole; window *= 2) {
        int64_t low = at->top ? cells - window : cells;
        int64_t high = at->top ? cells : cells + window;
        whole = at->top ? low <= 0 : high >= near_reach(lists);
        high = whole && !at->top ? near_reach(lists) : high;
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
    if (from->ban_count == 0 || !is_banned(from, issue, outcome))
        return nearest;
    size_t at = (size_t)(nearest - of->steps);
    for (size_t far = 1; far < of->count; far++)
        for (int side = 0; side < 2; side++) {
            size_t s =
                side ? at + far : at - far; /* wraps below 0, and is passed over */
            if (s >= of->count)
                continue;
            outcome[issue] = of->steps[s].value;
            if (!is_banned(from, issue, outcome))
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
    const level *near = near_of(q->made, q->from, at);
    if (lean == 0 && cells <= near_reach(near))
        return propose_near(q, at, near, cells);
    int k = level_for(q->from, cells);
    k -= k > 0 && lean % 2 == 1;
    random_stream dice = random_begin(0, lean);
    try_level(q, at, level_of(q->made, q->from, at, k), cells, lean > 0 ? &dice : NULL);
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
    sum_bench *bench = take_bench(q->made);
    fill_level(made, q->from, at, order, issues, issues, cells + window_cells(q) + 1,
               room < FINEST_ROOM ? room : FINEST_ROOM, bench);
    propose(q, at, made, cells);
    bring_bench(q->made, bench);
    level_free(made);
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
        if (k == 0 && q->found && numbers_of(q->made, q->seat)->bonus_count == 0)
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
    const space_party *numbers = numbers_of(made, seat);
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
    *over = exact || !q.found ? 0 : utility_of(made, seat, q.sum) - utility;
    return q.found;
}

bool vast_about(const board *made, size_t seat, double utility, truce_value *outcome)
{
    quest q = begin_quest(made, seat, utility, outcome);
    look(&q, true);
    free(q.attempt);
    return q.found;
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
            (best_outcome){sum_of(made, seat, outcome), outcome};
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
    wide sum = sum_of(q->made, q->seat, q->attempt);
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
    const level *near = near_of(made, to, &to->ends[0]);
    int64_t reach = near_reach(near);
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
    const space_party *numbers = numbers_of(made, seat);
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
        const wide *table = numbers_of(made, seat)->tables[i];
        wide low = table[0];
        for (truce_value v = 1; v < made->space->value_counts[i]; v++)
            low = table[v] < low ? table[v] : low;
        lowest += low;
    }
    return lowest;
}

static void take_range(vast_seat *to, board *made, size_t seat)
{
    board_seat *mine = &made->seat[seat];
    const space_party *numbers = numbers_of(made, seat);
    wide lowest = lowest_of(made, seat), low = lowest;
    if (numbers->has_floor && numbers->floor > low)
        low = numbers->floor;
    mine->greatest = utility_of(made, seat, to->best[0].sum);
    mine->lowest = utility_of(made, seat, lowest);
    mine->least =
        mine->has_reservation ? fmax(mine->lowest, mine->reservation) : mine->lowest;
    mine->admitted = UINT64_MAX;
    to->window = (to->best[0].sum - low) / (wide)(1 / VAST_WINDOW);
}

static void prepare_lists(vast_seat *to, const board *made, size_t seat, arena *memory)
{
    make_ladders(to, made, seat, memory);
    collect_bans(to, made, seat, memory);
    bool *mentioned = arena_array(memory, made->issues + 1, bool);
    mark_mentioned(to, numbers_of(made, seat), memory, mentioned);
    to->order = make_order(to, made->issues, mentioned, memory);
    to->by_span = make_order(to, made->issues, NULL, memory);
    share_out(to, made->issues, memory);
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
            if (numbers_of(made, seat)->tables[i][v] !=
                numbers_of(made, seat)->tables[i][0])
                return true;
    return numbers_of(made, seat)->bonus_count == 0;
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
        level_free(atomic_load(&of->ends[e].near));
        for (int k = 0; k < LEVELS; k++)
            level_free(atomic_load(&of->ends[e].levels[k]));
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
