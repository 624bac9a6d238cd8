/* Outcomes in order, one at a time, by a heap of candidates. Two ways:
 *
 * Plain tables: in each issue the values are sorted, best first. A candidate is a rank
 * for each issue; its successors raise the rank of the last issue that is not at its
 * best, or of one after it, so that each has one parent and nothing is met twice. A
 * candidate is kept as its parent and the one change. Issues are taken in the order of
 * how much their second value costs, the dearest first, so that most candidates have few
 * successors.
 *
 * With bonuses, a cap, conditions or floors: a candidate is a prefix, values for the
 * first few issues, with the best that could still come of it. A prefix that breaks a
 * condition, or from which some floor is out of reach, is dropped.
 *
 * Invariant: candidates leave the heap by sum, then lexicographically, and a prefix
 * before what it could become; successors come later than their parent in that order.
 * So ties come in lexicographic order. Sums are negated for the worst.
 *
 * Source: E. Lawler, A procedure for computing the K best solutions to discrete
 * optimization problems, Management Science 18(7), 1972.
 */
#include "solve/ranking.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_CANDIDATES = 1 << 28,
    STEPS_BETWEEN_LOOKS = 4096,
    BRANCHES = 4 /* of the heap */
};

#define NO_PARENT UINT32_MAX

/* What it has beside its parent. Plain: the issue in place `place` takes rank `rank`, all
 * later ones stay at their best. Prefix: issue `place` takes value `rank`. */
typedef struct candidate {
    uint32_t parent, place, rank;
} candidate;

typedef struct entry {
    wide sum;
    uint32_t candidate;
} entry;

typedef struct choice {
    wide worth;
    truce_value value;
} choice;

struct ranking {
    const space *compiled;
    ranking_choices choices;
    arena memory;
    bool plain, begun;
    const space_party *party;
    size_t issue_count;
    choice **sorted; /* [issue] */
    size_t *order;   /* [place] issue */
    acceptance permitted;
    wide **rest; /* [party][issue] the most that issues from here on bring */
    candidate *candidates;
    size_t candidate_count, candidate_room;
    entry *heap;
    size_t heap_count, heap_room;
    truce_value *first;       /* [issue] what no candidate has changed yet */
    truce_value *one, *other; /* [issue] outcomes at hand */
};

/* ---- tables ---------------------------------------------------------------------- */

static wide signed_worth(const ranking *all, wide worth)
{
    return all->choices.worst ? -worth : worth;
}

static int compare_choices(const void *one, const void *other)
{
    const choice *a = one, *b = other;
    if (a->worth != b->worth)
        return a->worth > b->worth ? -1 : 1;
    return (a->value > b->value) - (a->value < b->value);
}

static void sort_values(ranking *all)
{
    all->sorted = arena_array(&all->memory, all->issue_count, choice *);
    for (size_t i = 0; i < all->issue_count; i++) {
        size_t values = all->compiled->value_counts[i];
        all->sorted[i] = arena_array(&all->memory, values, choice);
        for (size_t v = 0; v < values; v++)
            all->sorted[i][v] =
                (choice){signed_worth(all, all->party->tables[i][v]), (truce_value)v};
        qsort(all->sorted[i], values, sizeof(choice), compare_choices);
    }
}

static wide second_costs(const ranking *all, size_t issue)
{
    if (all->compiled->value_counts[issue] < 2)
        return 0;
    return all->sorted[issue][0].worth - all->sorted[issue][1].worth;
}

/* Insertion keeps the order of the file among equals. */
static void order_issues(ranking *all)
{
    all->order = arena_array(&all->memory, all->issue_count, size_t);
    for (size_t i = 0; i < all->issue_count; i++) {
        size_t place = i;
        for (; place > 0 &&
               second_costs(all, all->order[place - 1]) < second_costs(all, i);
             place--)
            all->order[place] = all->order[place - 1];
        all->order[place] = i;
    }
}

static wide best_worth(const ranking *all, size_t party, size_t issue)
{
    const wide *table = all->compiled->parties[party].tables[issue];
    bool negated = all->choices.worst && party == all->choices.party;
    wide best = negated ? -table[0] : table[0];
    for (size_t v = 1; v < all->compiled->value_counts[issue]; v++) {
        wide worth = negated ? -table[v] : table[v];
        best = worth > best ? worth : best;
    }
    return best;
}

static void sum_up_rest(ranking *all)
{
    all->rest = arena_array(&all->memory, all->compiled->party_count, wide *);
    for (size_t p = 0; p < all->compiled->party_count; p++) {
        all->rest[p] = arena_array(&all->memory, all->issue_count + 1, wide);
        for (size_t i = all->issue_count; i-- > 0;)
            all->rest[p][i] = all->rest[p][i + 1] + best_worth(all, p, i);
    }
}

static bool has_floors(const space *compiled)
{
    for (size_t p = 0; p < compiled->party_count; p++)
        if (compiled->parties[p].has_floor)
            return true;
    return false;
}

ranking *ranking_new(const space *compiled, const ranking_choices *choices)
{
    ranking *all = must_allocate_zeroed(1, sizeof *all);
    all->compiled = compiled;
    all->choices = *choices;
    all->party = &compiled->parties[choices->party];
    all->issue_count = compiled->issue_count;
    if (!choices->anything)
        all->permitted = acceptance_of_permitted(compiled, &all->memory);
    all->plain = all->permitted.always_count == 0 && all->party->bonus_count == 0 &&
                 !all->party->capped && !(choices->rational && has_floors(compiled));
    all->first = arena_array(&all->memory, all->issue_count, truce_value);
    all->one = arena_array(&all->memory, all->issue_count, truce_value);
    all->other = arena_array(&all->memory, all->issue_count, truce_value);
    sort_values(all);
    order_issues(all);
    sum_up_rest(all);
    for (size_t i = 0; i < all->issue_count; i++)
        all->first[i] = all->plain ? all->sorted[i][0].value : VALUE_OPEN;
    return all;
}

void ranking_free(ranking *all)
{
    if (all == NULL)
        return;
    free(all->candidates);
    free(all->heap);
    arena_free(&all->memory);
    free(all);
}

/* ---- candidates ------------------------------------------------------------------ */

/* The values of a candidate, VALUE_OPEN behind a prefix. */
static void spell(const ranking *all, uint32_t c, truce_value *outcome)
{
    memcpy(outcome, all->first, all->issue_count * sizeof *outcome);
    while (c != NO_PARENT) {
        const candidate *one = &all->candidates[c];
        size_t issue = all->plain ? all->order[one->place] : one->place;
        outcome[issue] = all->plain ? all->sorted[issue][one->rank].value : one->rank;
        c = one->parent;
    }
}

/* Does one come before the other of the same sum? A prefix before what begins like it;
 * VALUE_OPEN is larger than any value, so it is asked for first. */
static bool is_earlier(const ranking *all, uint32_t one, uint32_t other)
{
    spell(all, one, all->one);
    spell(all, other, all->other);
    for (size_t i = 0; i < all->issue_count; i++) {
        truce_value a = all->one[i], b = all->other[i];
        if (a == b && a != VALUE_OPEN)
            continue;
        return a == VALUE_OPEN || (b != VALUE_OPEN && a < b);
    }
    return false;
}

static bool comes_first(const ranking *all, const entry *one, const entry *other)
{
    return one->sum != other->sum ? one->sum > other->sum
                                  : is_earlier(all, one->candidate, other->candidate);
}

/* ---- the heap -------------------------------------------------------------------- */

static void sift_up(ranking *all, size_t at)
{
    entry moved = all->heap[at];
    while (at > 0 && comes_first(all, &moved, &all->heap[(at - 1) / BRANCHES])) {
        all->heap[at] = all->heap[(at - 1) / BRANCHES];
        at = (at - 1) / BRANCHES;
    }
    all->heap[at] = moved;
}

static void sift_down(ranking *all)
{
    size_t at = 0, child;
    entry moved = all->heap[0];
    while ((child = BRANCHES * at + 1) < all->heap_count) {
        size_t last =
            child + BRANCHES < all->heap_count ? child + BRANCHES : all->heap_count;
        for (size_t c = child + 1; c < last; c++)
            if (comes_first(all, &all->heap[c], &all->heap[child]))
                child = c;
        if (!comes_first(all, &all->heap[child], &moved))
            break;
        all->heap[at] = all->heap[child];
        at = child;
    }
    all->heap[at] = moved;
}

static uint32_t remember(ranking *all, candidate one)
{
    *grow(all->candidates, all->candidate_count, all->candidate_room) = one;
    return (uint32_t)(all->candidate_count - 1);
}

static void put(ranking *all, wide sum, candidate one)
{
    *grow(all->heap, all->heap_count, all->heap_room) =
        (entry){sum, remember(all, one)};
    sift_up(all, all->heap_count - 1);
}

/* In the place of the first: cheaper than to take and to put. */
static void replace_first(ranking *all, wide sum, candidate one)
{
    all->heap[0] = (entry){sum, remember(all, one)};
    sift_down(all);
}

static entry take(ranking *all)
{
    entry first = all->heap[0];
    all->heap[0] = all->heap[--all->heap_count];
    if (all->heap_count > 0)
        sift_down(all);
    return first;
}

/* ---- plain tables ---------------------------------------------------------------- */

/* From a sum, the candidate that gives the issue in this place this rank, if there is
 * such a value. replace: it takes the place of the heap's first. */
static bool put_successor(ranking *all, wide sum, uint32_t parent, size_t place,
                          uint32_t rank, bool replace)
{
    size_t issue = all->order[place];
    const choice *values = all->sorted[issue];
    if (rank >= all->compiled->value_counts[issue])
        return false;
    candidate one = {parent, (uint32_t)place, rank};
    sum += values[rank].worth - values[rank - 1].worth;
    if (replace)
        replace_first(all, sum, one);
    else
        put(all, sum, one);
    return true;
}

/* The best of all is nobody's child. */
static ranking_step begin_plain(ranking *all, truce_value *outcome)
{
    wide sum = all->rest[all->choices.party][0];
    for (size_t place = 0; place < all->issue_count; place++)
        put_successor(all, sum, NO_PARENT, place, 1, false);
    spell(all, NO_PARENT, outcome);
    return RANKING_GIVEN;
}

static ranking_step next_plain(ranking *all, truce_value *outcome)
{
    if (all->heap_count == 0)
        return RANKING_END;
    entry first = all->heap[0];
    candidate last = all->candidates[first.candidate];
    bool replaced =
        put_successor(all, first.sum, last.parent, last.place, last.rank + 1, true);
    for (size_t place = last.place + 1; place < all->issue_count; place++)
        replaced |= put_successor(all, first.sum, first.candidate, place, 1, !replaced);
    if (!replaced)
        take(all);
    spell(all, first.candidate, outcome);
    return RANKING_GIVEN;
}

/* ---- prefixes -------------------------------------------------------------------- */

static wide best_of_bonuses(const ranking *all, size_t party, bool negated,
                            const truce_value *prefix)
{
    const space_party *one = &all->compiled->parties[party];
    wide sum = 0;
    for (size_t b = 0; b < one->bonus_count; b++) {
        wide amount = negated ? -one->bonuses[b].amount : one->bonuses[b].amount;
        truth known = condition_truth(one->bonuses[b].condition, prefix);
        if (known == TRUTH_YES || (known == TRUTH_OPEN && amount > 0))
            sum += amount;
    }
    return sum;
}

/* The most (for the worst: of the negated) that the prefix could be worth. */
static wide promise(const ranking *all, size_t party, const truce_value *prefix,
                    size_t depth)
{
    const space_party *one = &all->compiled->parties[party];
    bool negated = all->choices.worst && party == all->choices.party;
    wide sum = all->rest[party][depth] + best_of_bonuses(all, party, negated, prefix);
    for (size_t i = 0; i < depth; i++)
        sum += negated ? -one->tables[i][prefix[i]] : one->tables[i][prefix[i]];
    if (!one->capped)
        return sum;
    wide cap = negated ? -one->cap : one->cap;
    return negated == (sum > cap) ? sum : cap;
}

static bool may_begin(const ranking *all, const truce_value *prefix, size_t depth)
{
    for (size_t c = 0; c < all->permitted.always_count; c++)
        if (condition_truth(all->permitted.always[c], prefix) == TRUTH_NO)
            return false;
    return depth <= all->issue_count;
}

/* Can every floor still be reached? */
static bool may_satisfy(const ranking *all, const truce_value *prefix, size_t depth)
{
    for (size_t p = 0; p < all->compiled->party_count && all->choices.rational; p++) {
        const space_party *one = &all->compiled->parties[p];
        if (!one->has_floor)
            continue;
        if (p == all->choices.party && all->choices.worst) {
            if (depth == all->issue_count &&
                space_sum(all->compiled, p, prefix) < one->floor)
                return false;
        } else if (promise(all, p, prefix, depth) < one->floor)
            return false;
    }
    return true;
}

static void extend(ranking *all, uint32_t parent, truce_value *prefix, size_t depth)
{
    for (truce_value v = 0; v < all->compiled->value_counts[depth]; v++) {
        prefix[depth] = v;
        if (may_begin(all, prefix, depth + 1) && may_satisfy(all, prefix, depth + 1))
            put(all, promise(all, all->choices.party, prefix, depth + 1),
                (candidate){parent, (uint32_t)depth, v});
    }
    prefix[depth] = VALUE_OPEN;
}

static void begin_prefixes(ranking *all, truce_value *outcome)
{
    spell(all, NO_PARENT, outcome);
    if (may_begin(all, outcome, 0) && may_satisfy(all, outcome, 0))
        extend(all, NO_PARENT, outcome, 0);
}

static ranking_step next_of_prefixes(ranking *all, const truce_stop *stop,
                                     truce_value *outcome)
{
    for (uint64_t steps = 1; all->heap_count > 0; steps++) {
        if ((steps % STEPS_BETWEEN_LOOKS == 0 && stop_now(stop)) ||
            all->candidate_count > MOST_CANDIDATES)
            return RANKING_STOPPED;
        entry first = take(all);
        size_t depth = all->candidates[first.candidate].place + 1;
        spell(all, first.candidate, outcome);
        if (depth == all->issue_count)
            return RANKING_GIVEN;
        extend(all, first.candidate, outcome, depth);
    }
    return RANKING_END;
}

/* ---- one after another ----------------------------------------------------------- */

ranking_step ranking_next(ranking *all, const truce_stop *stop, truce_value *outcome)
{
    bool begun = all->begun;
    all->begun = true;
    if (all->candidate_count > MOST_CANDIDATES)
        return RANKING_STOPPED;
    if (all->plain)
        return begun ? next_plain(all, outcome) : begin_plain(all, outcome);
    if (!begun)
        begin_prefixes(all, outcome);
    return next_of_prefixes(all, stop, outcome);
}

bool ranking_extreme(const space *compiled, size_t party, bool worst,
                     const truce_stop *stop, wide *sum)
{
    ranking_choices choices = {.party = party, .worst = worst, .anything = true};
    ranking *all = ranking_new(compiled, &choices);
    truce_value *outcome = arena_array(&all->memory, all->issue_count, truce_value);
    bool found = ranking_next(all, stop, outcome) == RANKING_GIVEN;
    if (found)
        *sum = space_sum(compiled, party, outcome);
    else
        *sum = all->heap_count ? signed_worth(all, all->heap[0].sum) : 0;
    ranking_free(all);
    return found;
}
