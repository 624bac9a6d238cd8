/* sequence.c - orders that ask little trust of either side.
 *
 * A sequence is built backwards, from the last delivery: with x people of side 0 and y
 * of side 1 still to go, the shortfall of side 0 grows with x (what it still has to
 * give) and falls with y (what it still gets), and that of side 1 the other way round.
 * With the order within each side given, a sequence is a path of unit steps from (0, 0)
 * to everybody, and what may be reached at a level of shortfall lies between two
 * staircases. Walking it as far to the x side as the level allows, and raising the
 * level only when both steps are barred, and then to the lower bar, finds the least
 * level at which there is a path: what is reached before is enclosed in the box from
 * (0, 0) to (x, y), whose two exits are those bars.
 *
 * The same walk with the cheapest x and the most valuable y people for each count,
 * whoever they are, gives a bound on all orders. Worths and costs are never negative.
 *
 * Source: T. Sandholm, V. Lesser, Equilibrium analysis of the possibilities of
 * unenforced exchange in multiagent systems, IJCAI 1995.
 */
#include "exchange/sequence.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STATES = 1 << 20, MOST_KINDS = 20 };

/* ---- merging --------------------------------------------------------------------- */

/* Sums over the first 0, 1, 2, ... people of each side, counted from the last to go. */
typedef struct ladder {
    size_t counts[2];
    sequence_sum after[2];
    sequence_sum *costs[2], *worths[2];
} ladder;

/* What side s misses with so many people of each side still to go. */
static sequence_sum missing(const ladder *l, unsigned s, const size_t left[2])
{
    return l->costs[s][left[s]] - l->worths[!s][left[!s]] - l->after[s];
}

static sequence_sum larger(sequence_sum one, sequence_sum other)
{
    return one > other ? one : other;
}

static sequence_sum shortfall(const ladder *l, const size_t left[2])
{
    return larger(missing(l, 0, left), missing(l, 1, left));
}

/* What the holder misses after taking in one more person of side s, or false when there
 * is none. The other side can only gain by it. */
static bool step(const ladder *l, unsigned s, const size_t left[2], sequence_sum *level)
{
    if (left[s] == l->counts[s])
        return false;
    size_t next[2] = {left[0], left[1]};
    next[s]++;
    *level = missing(l, s, next);
    return true;
}

/* The least shortfall of all merges; steps, when not NULL, receives the sides
 * backwards. */
static sequence_sum walk(const ladder *l, uint8_t *steps)
{
    size_t left[2] = {0, 0}, total = l->counts[0] + l->counts[1];
    sequence_sum level = larger(shortfall(l, left), shortfall(l, l->counts));
    for (size_t taken = 0; taken < total; taken++) {
        sequence_sum bars[2] = {0, 0};
        bool open[2] = {step(l, 0, left, &bars[0]), step(l, 1, left, &bars[1])};
        unsigned side = !open[0] || (open[1] && bars[0] > level && bars[1] < bars[0]);
        level = larger(level, bars[side]);
        left[side]++;
        if (steps)
            steps[taken] = (uint8_t)side;
    }
    return level;
}

static ladder ladder_new(const sequence *s)
{
    ladder l = {.after = {s->after[0], s->after[1]}};
    for (unsigned side = 0; side < 2; side++) {
        l.counts[side] = s->counts[side];
        l.costs[side] = must_allocate((s->counts[side] + 1) * sizeof(sequence_sum));
        l.worths[side] = must_allocate((s->counts[side] + 1) * sizeof(sequence_sum));
    }
    return l;
}

static void ladder_free(ladder *l)
{
    for (unsigned side = 0; side < 2; side++) {
        free(l->costs[side]);
        free(l->worths[side]);
    }
}

static void add_up_costs(ladder *l, unsigned side, const sequence_item *items)
{
    sequence_sum *sums = l->costs[side];
    sums[0] = 0;
    for (size_t i = 0; i < l->counts[side]; i++)
        sums[i + 1] = sums[i] + items[i].cost;
}

static void add_up_worths(ladder *l, unsigned side, const sequence_item *items)
{
    sequence_sum *sums = l->worths[side];
    sums[0] = 0;
    for (size_t i = 0; i < l->counts[side]; i++)
        sums[i + 1] = sums[i] + items[i].worth;
}

/* ---- orders within a side, from the last to go ----------------------------------- */

static int by_number(uint64_t one, uint64_t other)
{
    return (one > other) - (one < other);
}

/* Whoever is chosen first goes first among equals, so comes last here. */
static int by_place(const sequence_item *one, const sequence_item *other)
{
    return by_number(other->place, one->place);
}

static int by_cost(const void *a, const void *b)
{
    const sequence_item *one = a, *other = b;
    int cost = by_number(one->cost, other->cost);
    int worth = by_number(other->worth, one->worth);
    return cost ? cost : worth ? worth : by_place(one, other);
}

static int by_worth(const void *a, const void *b)
{
    const sequence_item *one = a, *other = b;
    int worth = by_number(other->worth, one->worth);
    int cost = by_number(one->cost, other->cost);
    return worth ? worth : cost ? cost : by_place(one, other);
}

/* The least cost for what it is worth. */
static int by_bargain(const void *a, const void *b)
{
    const sequence_item *one = a, *other = b;
    unsigned __int128 here = (unsigned __int128)one->cost * other->worth;
    unsigned __int128 there = (unsigned __int128)other->cost * one->worth;
    return here != there ? (here > there) - (here < there) : by_cost(a, b);
}

/* As jobs on one machine that take and give back (Johnson 1954): those that give back
 * more by rising cost, then the others by falling worth. */
static int by_gain(const void *a, const void *b)
{
    const sequence_item *one = a, *other = b;
    bool gains = one->worth >= one->cost, other_gains = other->worth >= other->cost;
    if (gains != other_gains)
        return gains ? -1 : 1;
    return gains ? by_cost(a, b) : by_worth(a, b);
}

typedef int comparison(const void *, const void *);

static void sort_side(sequence *s, unsigned side, comparison *compare)
{
    if (s->counts[side] > 1)
        qsort(s->items[side], s->counts[side], sizeof *s->items[side], compare);
}

/* After sorting by cost; leaves the items sorted by worth. */
static sequence_sum bound_of(sequence *s, ladder *l)
{
    for (unsigned side = 0; side < 2; side++) {
        add_up_costs(l, side, s->items[side]);
        sort_side(s, side, by_worth);
        add_up_worths(l, side, s->items[side]);
    }
    return walk(l, NULL);
}

static void write_backwards(sequence *s, const uint8_t *steps)
{
    size_t taken[2] = {0, 0}, total = s->counts[0] + s->counts[1];
    for (size_t i = 0; i < total; i++) {
        unsigned side = steps[i];
        s->order[total - 1 - i] = s->items[side][taken[side]++].person;
    }
}

/* Keeps the best merge of the items as they stand. */
static void try_merge(sequence *s, ladder *l, uint8_t *steps)
{
    for (unsigned side = 0; side < 2; side++) {
        add_up_costs(l, side, s->items[side]);
        add_up_worths(l, side, s->items[side]);
    }
    sequence_sum level = walk(l, steps);
    if (level < s->amount) {
        s->amount = level;
        write_backwards(s, steps);
    }
}

void sequence_merge(sequence *s)
{
    static comparison *const orders[] = {by_cost, by_worth, by_gain, by_bargain};
    ladder l = ladder_new(s);
    uint8_t *steps = must_allocate(s->counts[0] + s->counts[1] + 1);
    sort_side(s, 0, by_cost);
    sort_side(s, 1, by_cost);
    s->bound = bound_of(s, &l);
    s->amount = (sequence_sum)1 << 120; /* more than any order can miss */
    for (size_t o = 0; o < sizeof orders / sizeof *orders && s->amount > s->bound;
         o++) {
        sort_side(s, 0, orders[o]);
        sort_side(s, 1, orders[o]);
        try_merge(s, &l, steps);
    }
    free(steps);
    ladder_free(&l);
}

/* ---- every order ----------------------------------------------------------------- */

/* People of a side who are alike, and how a state counts them: state / stride %
 * (count + 1) of them are still to go. */
typedef struct kind {
    unsigned side;
    sequence_sum change[2]; /* of the standings, for each one still to go */
    const sequence_item *items;
    size_t count, stride;
} kind;

typedef struct kinds {
    kind all[MOST_KINDS];
    size_t count, states;
} kinds;

static bool alike(const sequence_item *one, const sequence_item *other)
{
    return one->worth == other->worth && one->cost == other->cost;
}

/* The items of a side, sorted by cost, are one run for each kind. */
static bool add_kinds(const sequence *s, unsigned side, kinds *k)
{
    const sequence_item *items = s->items[side];
    for (size_t from = 0, to; from < s->counts[side]; from = to) {
        for (to = from + 1; to < s->counts[side] && alike(&items[from], &items[to]);)
            to++;
        if (k->count == MOST_KINDS || k->states > MOST_STATES / (to - from + 1))
            return false;
        kind *added = &k->all[k->count++];
        *added = (kind){.side = side, .items = items + from, .count = to - from};
        added->stride = k->states;
        added->change[side] = -(sequence_sum)items[from].cost;
        added->change[!side] = (sequence_sum)items[from].worth;
        k->states *= to - from + 1;
    }
    return true;
}

/* A state with how many of each kind are left, and the standings. */
typedef struct counter {
    size_t left[MOST_KINDS];
    sequence_sum standing[2];
} counter;

static void count_by(counter *c, const kind *k, size_t which, bool more)
{
    for (unsigned side = 0; side < 2; side++)
        c->standing[side] +=
            more ? k->change[side] : -k->change[side] * (sequence_sum)c->left[which];
    c->left[which] = more ? c->left[which] + 1 : 0;
}

static void count_on(counter *c, const kinds *k)
{
    size_t which = 0;
    while (c->left[which] == k->all[which].count) {
        count_by(c, &k->all[which], which, false);
        which++;
    }
    count_by(c, &k->all[which], which, true);
}

/* The least that can be missed from a state on, and who of it goes first. */
static sequence_sum best_first(const kinds *k, const counter *c,
                               const sequence_sum *best, size_t state, uint8_t *first)
{
    sequence_sum least = (sequence_sum)1 << 120;
    for (size_t i = 0; i < k->count; i++)
        if (c->left[i] > 0 && best[state - k->all[i].stride] < least) {
            least = best[state - k->all[i].stride];
            *first = (uint8_t)i;
        }
    return larger(least,
                  -(c->standing[0] < c->standing[1] ? c->standing[0] : c->standing[1]));
}

static void write_forwards(const kinds *k, const uint8_t *first, uint32_t *order)
{
    size_t gone[MOST_KINDS] = {0}, at = 0;
    for (size_t state = k->states - 1; state > 0; at++) {
        const kind *next = &k->all[first[state]];
        /* within a kind the first choice stands last */
        order[at] = next->items[next->count - 1 - gone[first[state]]++].person;
        state -= next->stride;
    }
}

bool sequence_search(sequence *s)
{
    kinds k = {.states = 1};
    sort_side(s, 0, by_cost);
    sort_side(s, 1, by_cost);
    if (!add_kinds(s, 0, &k) || !add_kinds(s, 1, &k))
        return false;
    sequence_sum *best = must_allocate(k.states * sizeof *best);
    uint8_t *first = must_allocate(k.states);
    counter c = {.standing = {s->after[0], s->after[1]}};
    best[0] = larger(-s->after[0], -s->after[1]);
    for (size_t state = 1; state < k.states; state++) {
        count_on(&c, &k);
        best[state] = best_first(&k, &c, best, state, &first[state]);
    }
    s->amount = s->bound = best[k.states - 1];
    write_forwards(&k, first, s->order);
    free(first);
    free(best);
    return true;
}
