/* Tables hold at most MOST_ENTRIES: some 30 MB, a tenth of a second for each issue of ten
 * values. An entry's key is its state and, for each dimension with a floor, a sum, or one
 * of two marks for sums that need not be told apart any more.
 *
 * Bounds: gains rounded down to whole steps reach a floor (rounded up) only if the true
 * ones do, so that count is too small; rounded up they reach it whenever the true ones
 * do, so that one is too large. */
#include "solve/count_states.h"

#include "solve/components.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_ENTRIES = 1 << 17,
    SLOTS_AN_ENTRY = 4,
    MOST_NUMBERS = 1 << 23, /* of an automaton's tables */
    STEPS_BETWEEN_LOOKS = 1 << 14
};

/* Marks: below and above all sums. */
static const wide LOST = -((wide)1 << 125), CERTAIN = (wide)1 << 125;

/* Entries [count], of which there is room for [room], a power of two: states, sums [dims],
 * counts [words]; slots [SLOTS_AN_ENTRY * room] are a hash table of places plus one. */
typedef struct table {
    size_t count, room, dims, words;
    uint32_t *slots, *states;
    wide *sums;
    mp_limb_t *counts;
} table;

/* One run over all issues. unit [dims]: the step that sums are taken in. */
typedef struct run {
    const plan *what;
    const truce_stop *stop;
    size_t dims, words;
    const wide *unit;
    bool up;            /* round gains up */
    wide *floor;        /* [dims] in steps */
    wide *least, *most; /* [dims] what the issues to come can gain, in steps */
    size_t *watched_by; /* [dims] the watched floor, or SIZE_MAX: it always holds */
    table from, to;
    wide *key; /* [dims] at hand */
    size_t steps;
    bool stopped, full;
} run;

/* ---- tables ---------------------------------------------------------------------- */

static size_t slot_count(const table *all)
{
    return SLOTS_AN_ENTRY * all->room;
}

static void table_end(table *all)
{
    free(all->slots);
    free(all->states);
    free(all->sums);
    free(all->counts);
}

static void table_clear(table *all)
{
    memset(all->slots, 0, slot_count(all) * sizeof *all->slots);
    all->count = 0;
}

static size_t hash_of(uint32_t state, const wide *sums, size_t dims)
{
    uint64_t hash = state * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t d = 0; d < dims; d++) {
        hash = (hash ^ (uint64_t)sums[d] ^ (uint64_t)(sums[d] >> 64)) *
               UINT64_C(0xD6E8FEB86659FD93);
        hash ^= hash >> 32;
    }
    return (size_t)hash;
}

/* Where an entry is, or the free slot where it belongs. */
static size_t slot_of(const table *all, uint32_t state, const wide *sums)
{
    size_t mask = slot_count(all) - 1, at = hash_of(state, sums, all->dims) & mask;
    for (; all->slots[at]; at = (at + 1) & mask) {
        size_t e = all->slots[at] - 1;
        if (all->states[e] == state &&
            memcmp(all->sums + e * all->dims, sums, all->dims * sizeof *sums) == 0)
            break;
    }
    return at;
}

static void add_room(table *all)
{
    size_t for_sums = all->room, for_counts = all->room;
    all->states = grow_room(all->states, &all->room, sizeof *all->states);
    all->sums = grow_room(all->sums, &for_sums, (all->dims + 1) * sizeof *all->sums);
    all->counts = grow_room(all->counts, &for_counts, all->words * sizeof *all->counts);
    free(all->slots);
    all->slots = must_allocate_zeroed(slot_count(all), sizeof *all->slots);
    for (size_t e = 0; e < all->count; e++)
        all->slots[slot_of(all, all->states[e], all->sums + e * all->dims)] =
            (uint32_t)e + 1;
}

static void table_begin(table *all, size_t dims, size_t words)
{
    *all = (table){.dims = dims, .words = words};
    add_room(all);
}

/* The entry's counts, made when it is not there; NULL when the table is full. */
static mp_limb_t *table_at(table *all, uint32_t state, const wide *sums)
{
    size_t at = slot_of(all, state, sums);
    if (all->slots[at])
        return all->counts + (all->slots[at] - 1) * all->words;
    if (all->count == MOST_ENTRIES)
        return NULL;
    if (all->count == all->room) {
        add_room(all);
        at = slot_of(all, state, sums);
    }
    size_t e = all->count++;
    all->slots[at] = (uint32_t)e + 1;
    all->states[e] = state;
    memcpy(all->sums + e * all->dims, sums, all->dims * sizeof *sums);
    memset(all->counts + e * all->words, 0, all->words * sizeof *all->counts);
    return all->counts + e * all->words;
}

/* ---- steps ----------------------------------------------------------------------- */

static wide quotient(wide value, wide unit, bool up)
{
    wide whole = value / unit, rest = value % unit;
    return whole + (up && rest > 0) - (!up && rest < 0);
}

/* What an issue of a class gains in a dimension, in steps. */
static wide gain_in_steps(const run *r, size_t d, const automaton_layer *layer,
                          const wide *amounts, truce_value value)
{
    const space_party *party = &r->what->compiled->parties[r->what->dims.items[d]];
    wide gain = party->tables[layer->issue][value] + (amounts ? amounts[d] : 0);
    return quotient(gain, r->unit[d], r->up);
}

static bool has_floor(const run *r, size_t d)
{
    return r->what->has_floor[d] || r->watched_by[d] != SIZE_MAX;
}

/* What need not be told apart becomes a mark; false when nothing can come of it. */
static bool settle(const run *r, const formula *tuple)
{
    for (size_t d = 0; d < r->dims; d++) {
        bool always = r->what->has_floor[d];
        formula when = always                         ? FORMULA_YES
                       : r->watched_by[d] == SIZE_MAX ? FORMULA_NO
                                                      : tuple[1 + r->watched_by[d]];
        if (when == FORMULA_NO)
            r->key[d] = CERTAIN;
        if (r->key[d] == CERTAIN)
            continue;
        if (r->key[d] != LOST && r->key[d] + r->least[d] >= r->floor[d])
            r->key[d] = CERTAIN;
        else if (r->key[d] == LOST || r->key[d] + r->most[d] < r->floor[d])
            r->key[d] = LOST;
        if (r->key[d] == LOST && when == FORMULA_YES)
            return false;
    }
    return true;
}

/* Adds an entry's count to the one it leads to with this value; false when full. */
static bool take_value(run *r, const automaton *reads, size_t l, size_t e, size_t class,
                       truce_value value)
{
    const automaton_layer *layer = &reads->layers[l], *next = layer + 1;
    size_t place = r->from.states[e] * layer->class_count + class;
    uint32_t state = layer->next[place];
    for (size_t d = 0; d < r->dims; d++) {
        wide sum = r->from.sums[e * r->dims + d];
        r->key[d] = sum == LOST || sum == CERTAIN
                        ? sum
                        : sum + gain_in_steps(r, d, layer, layer->gains[place], value);
    }
    if (!settle(r, next->tuples + state * reads->width))
        return true;
    mp_limb_t *count = table_at(&r->to, state, r->key);
    if (count)
        mpn_add_n(count, count, r->from.counts + e * r->words, (mp_size_t)r->words);
    return count != NULL;
}

static bool take_entry(run *r, const automaton *reads, size_t l, size_t e)
{
    const automaton_layer *layer = &reads->layers[l];
    for (size_t class = 0; class < layer->class_count; class ++) {
        if (layer->next[r->from.states[e] * layer->class_count + class] ==
            AUTOMATON_DEAD)
            continue;
        for (size_t k = layer->class_starts[class]; k < layer->class_starts[class + 1];
             k++)
            if (!take_value(r, reads, l, e, class, layer->values[k]))
                return false;
        r->steps += layer->class_starts[class + 1] - layer->class_starts[class];
    }
    if (r->steps > STEPS_BETWEEN_LOOKS) {
        r->steps = 0;
        r->stopped = stop_now(r->stop);
    }
    return !r->stopped;
}

/* The issue is decided from now on: what it may gain is no longer to come. */
static void leave_issue(run *r, size_t issue, int sign)
{
    for (size_t d = 0; d < r->dims; d++) {
        const space *compiled = r->what->compiled;
        wide least, most;
        space_range(compiled, &compiled->parties[r->what->dims.items[d]], issue, &least,
                    &most);
        r->least[d] += sign * quotient(least, r->unit[d], false);
        r->most[d] += sign * quotient(most, r->unit[d], true);
    }
}

/* Bonuses of a part may come with any of its issues; a whole step more for each, since a
 * gain is rounded as a whole. */
static void leave_bonuses(run *r, const plan_part *part, int sign)
{
    for (size_t k = 0; k < part->bonuses.count; k++)
        for (size_t d = 0; d < r->dims; d++) {
            wide amount = r->what->bonuses[part->bonuses.items[k]].amounts[d];
            wide low = quotient(amount, r->unit[d], false) - 1;
            wide high = quotient(amount, r->unit[d], true) + 1;
            r->least[d] += sign * (low < 0 ? low : 0);
            r->most[d] += sign * (high > 0 ? high : 0);
        }
}

static bool take_issue(run *r, const automaton *reads, size_t l)
{
    leave_issue(r, reads->layers[l].issue, -1);
    table_clear(&r->to);
    for (size_t e = 0; e < r->from.count; e++)
        if (!take_entry(r, reads, l, e)) {
            r->full = !r->stopped;
            return false;
        }
    table other = r->from;
    r->from = r->to;
    r->to = other;
    return true;
}

/* ---- parts ----------------------------------------------------------------------- */

/* The ways in which watched floors stand, one a state that a part begins in. */
typedef struct stands {
    formula *items; /* [count][watched_count] */
    size_t count;
} stands;

static automaton *read_part(const run *r, const plan_part *part, const stands *begin)
{
    const plan *what = r->what;
    size_t width = plan_width(what, part), watched = what->watched_count;
    formula *starts = must_allocate((begin->count * width + 1) * sizeof *starts);
    const wide **amounts = must_allocate_zeroed(width, sizeof *amounts);
    for (size_t s = 0; s < begin->count; s++) {
        plan_start(what, part, starts + s * width);
        memcpy(starts + s * width + 1, begin->items + s * watched,
               watched * sizeof *starts);
    }
    for (size_t k = 0; k < part->bonuses.count; k++)
        amounts[1 + watched + k] = what->bonuses[part->bonuses.items[k]].amounts;
    automaton_task task = {.all = what->all,
                           .issues = part->issues.items,
                           .issue_count = part->issues.count,
                           .starts = starts,
                           .start_count = begin->count,
                           .width = width,
                           .watched = watched,
                           .amounts = amounts,
                           .dims = what->dims.count,
                           .most = MOST_NUMBERS};
    automaton *reads = automaton_new(&task, r->stop);
    free(starts);
    free(amounts);
    return reads;
}

static stands stands_after(const run *r, const automaton *reads)
{
    const automaton_layer *last = &reads->layers[reads->layer_count - 1];
    size_t watched = r->what->watched_count;
    stands after = {
        must_allocate((last->state_count * watched + 1) * sizeof *after.items),
        last->state_count};
    for (size_t s = 0; s < after.count; s++)
        memcpy(after.items + s * watched, last->tuples + s * reads->width + 1,
               watched * sizeof *after.items);
    return after;
}

/* False when the tables, the automaton or the time were not enough. */
static bool take_part(run *r, const plan_part *part, stands *at)
{
    automaton *reads = read_part(r, part, at);
    bool done = reads != NULL;
    for (size_t l = 0; done && l + 1 < reads->layer_count; l++) {
        if (l + 2 == reads->layer_count)
            leave_bonuses(r, part, -1);
        done = take_issue(r, reads, l);
    }
    if (done) {
        free(at->items);
        *at = stands_after(r, reads);
    }
    automaton_free(reads);
    return done;
}

/* ---- a run ----------------------------------------------------------------------- */

static void run_begin(run *r)
{
    const plan *what = r->what;
    r->floor = must_allocate_zeroed(r->dims + 1, sizeof *r->floor);
    r->least = must_allocate_zeroed(r->dims + 1, sizeof *r->least);
    r->most = must_allocate_zeroed(r->dims + 1, sizeof *r->most);
    r->key = must_allocate_zeroed(r->dims + 1, sizeof *r->key);
    r->watched_by = must_allocate_zeroed(r->dims + 1, sizeof *r->watched_by);
    for (size_t d = 0; d < r->dims; d++) {
        r->watched_by[d] = SIZE_MAX;
        r->floor[d] = quotient(what->floors[d], r->unit[d], true);
    }
    for (size_t w = 0; w < what->watched_count; w++) {
        size_t d = what->watched[w].dim;
        r->watched_by[d] = w;
        r->floor[d] = quotient(what->watched[w].least, r->unit[d], true);
    }
    for (size_t i = 0; i < what->compiled->issue_count; i++)
        leave_issue(r, i, 1);
    for (size_t k = 0; k < what->part_count; k++)
        leave_bonuses(r, &what->parts[k], 1);
    table_begin(&r->from, r->dims, r->words);
    table_begin(&r->to, r->dims, r->words);
}

static void run_end(run *r)
{
    table_end(&r->from);
    table_end(&r->to);
    free(r->floor);
    free(r->least);
    free(r->most);
    free(r->key);
    free(r->watched_by);
}

static void sum_up(const run *r, mpz_ptr count)
{
    mp_limb_t *all = must_allocate_zeroed(r->words, sizeof *all);
    for (size_t e = 0; e < r->from.count; e++)
        mpn_add_n(all, all, r->from.counts + e * r->words, (mp_size_t)r->words);
    mpz_import(count, r->words, -1, sizeof *all, 0, 0, all);
    free(all);
}

static bool begin_entry(run *r, const stands *at)
{
    for (size_t d = 0; d < r->dims; d++)
        r->key[d] =
            has_floor(r, d) ? quotient(r->what->base[d], r->unit[d], r->up) : CERTAIN;
    mp_limb_t *one = table_at(&r->from, 0, r->key);
    one[0] = 1;
    return at->count == 1;
}

/* The count with sums in these steps, rounded up or down. False when it came to nothing.
 */
static bool count_in_steps(const plan *what, const wide *unit, bool up, size_t words,
                           const truce_stop *stop, bool *full, mpz_ptr count)
{
    run r = {.what = what,
             .stop = stop,
             .dims = what->dims.count,
             .words = words,
             .unit = unit,
             .up = up};
    run_begin(&r);
    stands at = {must_allocate((what->watched_count + 1) * sizeof *at.items), 1};
    for (size_t w = 0; w < what->watched_count; w++)
        at.items[w] = what->watched[w].when;
    bool done = begin_entry(&r, &at);
    for (size_t k = 0; done && k < what->part_count; k++)
        done = take_part(&r, &what->parts[k], &at);
    if (done)
        sum_up(&r, count);
    *full = r.full;
    free(at.items);
    run_end(&r);
    return done;
}

/* ---- how coarse ------------------------------------------------------------------ */

static wide span_of(const plan *what, size_t d)
{
    const space_party *party = &what->compiled->parties[what->dims.items[d]];
    wide span = 1;
    for (size_t i = 0; i < what->compiled->issue_count; i++) {
        wide least, most;
        space_range(what->compiled, party, i, &least, &most);
        span += most - least;
    }
    for (size_t b = 0; b < what->bonus_count; b++) {
        wide amount = what->bonuses[b].amounts[d];
        span += amount < 0 ? -amount : amount;
    }
    return span;
}

/* Between two bounds, each table as large as it may be: steps are doubled until it fits.
 */
static bool count_coarsely(const plan *what, wide *unit, size_t words,
                           const truce_stop *stop, count_result *result)
{
    bool full = true;
    size_t levels = MOST_ENTRIES;
    while (full && levels > 1) {
        for (size_t d = 0; d < what->dims.count; d++)
            unit[d] = span_of(what, d) / (wide)levels + 1;
        if (count_in_steps(what, unit, false, words, stop, &full, result->least))
            return count_in_steps(what, unit, true, words, stop, &full, result->most);
        if (!full)
            return false;
        levels /= 4;
    }
    return false;
}

static size_t words_for(const space *compiled)
{
    mpz_t outcomes;
    mpz_init(outcomes);
    space_count(compiled, outcomes);
    size_t words = mpz_sizeinbase(outcomes, 2) / GMP_NUMB_BITS + 1;
    mpz_clear(outcomes);
    return words;
}

bool count_by_states(const space *compiled, const acceptance *what,
                     const truce_stop *stop, count_result *result)
{
    plan *all = plan_new(compiled, what, (truce_list){0});
    wide *unit = must_allocate((all->dims.count + 1) * sizeof *unit);
    for (size_t d = 0; d < all->dims.count; d++)
        unit[d] = 1;
    size_t words = words_for(compiled);
    bool full = false, known = true;
    mpz_set_ui(result->least, 0);
    result->complete = !all->possible || count_in_steps(all, unit, false, words, stop,
                                                        &full, result->least);
    if (result->complete)
        mpz_set(result->most, result->least);
    else
        known = full && count_coarsely(all, unit, words, stop, result);
    free(unit);
    plan_free(all);
    return known;
}
