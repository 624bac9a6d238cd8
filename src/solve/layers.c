/* A dynamic program over states. A state's key is the truth of every condition that is
 * followed, and of the parts of those that are open: two beginnings with the same key
 * leave the same conditions. Issues that no condition mentions come last, when there is
 * one state again; the others in an order that keeps few conditions open.
 */
#include "solve/layers.h"

#include "base/stop.h"

#include <stdlib.h>
#include <string.h>

/* Below every sum; its opposite is above. */
static const wide anything = -((wide)1 << 122);

/* A step into a state: from one of the layer before, with a value. */
typedef struct step {
    size_t from, to;
    truce_value value;
} step;

/* A layer while it is made. */
typedef struct work {
    const layers_task *task;
    const truce_stop *stop;
    layers *all;
    size_t most;
    const truce_condition **tracked; /* [tracked_count] musts, needs, bonuses */
    size_t tracked_count, first_bonus;
    wide *ahead; /* [issue_count + 1][party_count] the most that later issues add */
    char *key;   /* of the state at hand */
    size_t key_length, key_room;
    char **keys; /* [slot_count] of the layer's states, by hash */
    size_t *key_lengths, *slots, slot_count;
    step *steps;
    size_t step_count, step_room;
} work;

static size_t dims_of(const layers_task *task)
{
    return task->party_count ? task->party_count : 1;
}

static const space_party *party_of(const layers_task *task, size_t k)
{
    return &task->compiled->parties[task->parties[k].party];
}

/* ---- what is followed ------------------------------------------------------------ */

static void collect_tracked(work *at)
{
    const layers_task *task = at->task;
    size_t count = task->must_count + task->party_count;
    for (size_t k = 0; k < task->party_count; k++)
        count += party_of(task, k)->bonus_count;
    at->tracked = arena_array(&at->all->memory, count, const truce_condition *);
    for (size_t m = 0; m < task->must_count; m++)
        at->tracked[at->tracked_count++] = task->must[m];
    for (size_t k = 0; k < task->party_count; k++)
        if (task->parties[k].floored && task->parties[k].needed)
            at->tracked[at->tracked_count++] = task->parties[k].needed;
    at->first_bonus = at->tracked_count;
    for (size_t k = 0; k < task->party_count; k++)
        for (size_t b = 0; b < party_of(task, k)->bonus_count; b++)
            at->tracked[at->tracked_count++] = party_of(task, k)->bonuses[b].condition;
}

/* ---- the order of the issues ----------------------------------------------------- */

/* Which issues a condition mentions, and how many of them are decided. */
typedef struct openness {
    const bool *mentions; /* [issue_count] */
    size_t count, decided;
} openness;

static openness *openness_of_all(work *at)
{
    arena *memory = &at->all->memory;
    openness *all = arena_array(memory, at->tracked_count, openness);
    for (size_t c = 0; c < at->tracked_count; c++) {
        truce_list own = condition_issues(memory, at->tracked[c]);
        bool *mentions = arena_array(memory, at->task->compiled->issue_count, bool);
        for (size_t i = 0; i < own.count; i++)
            mentions[own.items[i]] = true;
        all[c] = (openness){.mentions = mentions, .count = own.count};
    }
    return all;
}

/* How many conditions are open when the issue is decided too; each counts twice, less one
 * when the issue is in some that is open already. SIZE_MAX: no condition mentions it. */
static size_t cost_of(const work *at, const openness *all, size_t issue)
{
    size_t open = 0;
    bool mentioned = false, follows = false;
    for (size_t c = 0; c < at->tracked_count; c++) {
        bool own = all[c].mentions[issue];
        mentioned |= own;
        follows |= own && all[c].decided > 0;
        open += (own || all[c].decided > 0) && all[c].decided + own < all[c].count;
    }
    return mentioned ? 2 * open + !follows : SIZE_MAX;
}

static void choose_order(work *at)
{
    size_t issues = at->task->compiled->issue_count;
    openness *all = openness_of_all(at);
    bool *decided = arena_array(&at->all->memory, issues, bool);
    at->all->order = arena_array(&at->all->memory, issues, size_t);
    for (size_t k = 0; k < issues; k++) {
        size_t best = SIZE_MAX, least = SIZE_MAX;
        for (size_t i = 0; i < issues; i++) {
            size_t cost = decided[i] ? SIZE_MAX : cost_of(at, all, i);
            if (decided[i] || (best != SIZE_MAX && cost >= least))
                continue;
            best = i;
            least = cost;
        }
        decided[best] = true;
        at->all->order[k] = best;
        for (size_t c = 0; c < at->tracked_count; c++)
            all[c].decided += all[c].mentions[best];
    }
}

static wide largest_worth(const layers_task *task, size_t k, size_t issue)
{
    const wide *table = party_of(task, k)->tables[issue];
    wide largest = table[0];
    for (size_t v = 1; v < task->compiled->value_counts[issue]; v++)
        if (table[v] > largest)
            largest = table[v];
    return largest;
}

static void set_ahead(work *at)
{
    const layers_task *task = at->task;
    size_t issues = task->compiled->issue_count, parties = task->party_count;
    at->ahead = arena_array(&at->all->memory, (issues + 1) * parties, wide);
    for (size_t k = 0; k < parties; k++)
        for (size_t i = issues; i-- > 0;)
            at->ahead[i * parties + k] = at->ahead[(i + 1) * parties + k] +
                                         largest_worth(task, k, at->all->order[i]);
}

/* ---- keys ------------------------------------------------------------------------ */

static void put_key(work *at, char letter)
{
    *grow(at->key, at->key_length, at->key_room) = letter;
}

static void put_truth(work *at, const truce_condition *condition,
                      const truce_value *outcome)
{
    truth known = condition_truth(condition, outcome);
    put_key(at, known == TRUTH_OPEN ? '?' : known == TRUTH_YES ? 'y' : 'n');
    for (size_t i = 0; known == TRUTH_OPEN && i < condition->part_count; i++)
        put_truth(at, condition->parts[i], outcome);
}

/* All its issues have their values. */
static bool is_complete(const truce_condition *condition, const truce_value *outcome)
{
    if (condition->kind == CONDITION_LEAF)
        return outcome[condition->issue] != VALUE_OPEN;
    for (size_t i = 0; i < condition->part_count; i++)
        if (!is_complete(condition->parts[i], outcome))
            return false;
    return true;
}

/* Makes the key of an outcome; false when something that must hold does not. A complete
 * bonus is in the sums, and no longer matters either way. */
static bool set_key(work *at, const truce_value *outcome)
{
    at->key_length = 0;
    for (size_t c = 0; c < at->tracked_count; c++) {
        size_t begins = at->key_length;
        put_truth(at, at->tracked[c], outcome);
        if (c < at->task->must_count && at->key[begins] == 'n')
            return false;
        if (c >= at->first_bonus && is_complete(at->tracked[c], outcome))
            at->key[begins] = 'n';
    }
    put_key(at, '.');
    return true;
}

static size_t hash_key(const char *key, size_t length)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)key[i]) * 0x100000001b3u;
    return (size_t)(hash ^ hash >> 32);
}

static void clear_keys(work *at)
{
    for (size_t s = 0; s < at->slot_count; s++)
        free(at->keys[s]);
    free(at->keys);
    free(at->key_lengths);
    free(at->slots);
    at->keys = NULL;
    at->key_lengths = at->slots = NULL;
    at->slot_count = 0;
}

static size_t probe(const work *at, const char *key, size_t length)
{
    size_t slot = hash_key(key, length) & (at->slot_count - 1);
    while (at->keys[slot] && (at->key_lengths[slot] != length ||
                              memcmp(at->keys[slot], key, length) != 0))
        slot = (slot + 1) & (at->slot_count - 1);
    return slot;
}

/* Room for twice as many states; the first time for a few. */
static void widen_keys(work *at)
{
    work old = *at;
    at->slot_count = old.slot_count ? 2 * old.slot_count : 64;
    at->keys = must_allocate_zeroed(at->slot_count, sizeof *at->keys);
    at->key_lengths = must_allocate_zeroed(at->slot_count, sizeof *at->key_lengths);
    at->slots = must_allocate_zeroed(at->slot_count, sizeof *at->slots);
    for (size_t s = 0; s < old.slot_count; s++) {
        if (old.keys[s] == NULL)
            continue;
        size_t slot = probe(at, old.keys[s], old.key_lengths[s]);
        at->keys[slot] = old.keys[s];
        at->key_lengths[slot] = old.key_lengths[s];
        at->slots[slot] = old.slots[s];
    }
    free(old.keys);
    free(old.key_lengths);
    free(old.slots);
}

/* ---- one layer ------------------------------------------------------------------- */

/* The state of the key at hand, new or old. */
static size_t state_of_key(work *at, layer *into, const step *by,
                           const truce_value *outcome)
{
    if (2 * into->count >= at->slot_count)
        widen_keys(at);
    size_t slot = probe(at, at->key, at->key_length);
    if (at->keys[slot])
        return at->slots[slot];
    size_t issues = at->task->compiled->issue_count;
    at->keys[slot] = must_allocate(at->key_length);
    memcpy(at->keys[slot], at->key, at->key_length);
    at->key_lengths[slot] = at->key_length;
    at->slots[slot] = into->count;
    *grow(into->states, into->count, into->room) = (layer_state){
        .from = by->from,
        .value = by->value,
        .outcome = arena_copy(&at->all->memory, outcome, issues * sizeof *outcome)};
    return into->count - 1;
}

static void add_step(work *at, layer *into, step by, const truce_value *outcome)
{
    if (!set_key(at, outcome))
        return;
    by.to = state_of_key(at, into, &by, outcome);
    *grow(at->steps, at->step_count, at->step_room) = by;
}

/* False when there are too many. */
static bool find_states(work *at, const layer *before, layer *into, size_t issue)
{
    size_t issues = at->task->compiled->issue_count;
    truce_value *outcome = must_allocate(issues * sizeof *outcome);
    at->step_count = 0;
    for (size_t s = 0; s < before->count; s++) {
        if (at->all->states + into->count > MOST_STATES || stop_now(at->stop))
            break;
        memcpy(outcome, before->states[s].outcome, issues * sizeof *outcome);
        for (truce_value v = 0; v < at->task->compiled->value_counts[issue]; v++) {
            outcome[issue] = v;
            add_step(at, into, (step){.from = s, .value = v}, outcome);
        }
    }
    free(outcome);
    clear_keys(at);
    at->all->states += into->count;
    return at->all->states <= MOST_STATES && !stop_now(at->stop);
}

static bool holds(const truce_condition *condition, const truce_value *outcome)
{
    return condition_truth(condition, outcome) == TRUTH_YES;
}

/* What a step adds: the value's worth, and bonuses that are complete since then. */
static void set_shift(const work *at, const layer *before, const step *by, size_t issue,
                      truce_value *outcome, wide *shift)
{
    const layers_task *task = at->task;
    const truce_value *begun = before->states[by->from].outcome;
    memcpy(outcome, begun, task->compiled->issue_count * sizeof *outcome);
    outcome[issue] = by->value;
    memset(shift, 0, dims_of(task) * sizeof *shift);
    for (size_t k = 0; k < task->party_count; k++) {
        const space_party *party = party_of(task, k);
        shift[k] = party->tables[issue][by->value];
        for (size_t b = 0; b < party->bonus_count; b++)
            if (!is_complete(party->bonuses[b].condition, begun) &&
                is_complete(party->bonuses[b].condition, outcome) &&
                holds(party->bonuses[b].condition, outcome))
                shift[k] += party->bonuses[b].amount;
    }
}

/* The most that a bonus may still add. */
static wide most_of_bonus(const space_bonus *bonus, const truce_value *outcome)
{
    truth known = condition_truth(bonus->condition, outcome);
    if (known == TRUTH_NO || is_complete(bonus->condition, outcome))
        return 0;
    return known == TRUTH_YES || bonus->amount > 0 ? bonus->amount : 0;
}

/* The least sums from which certain floors can be reached, by what open issues and
 * bonuses may add; a floor above the cap is never reached. */
static void set_least(const work *at, size_t depth, const truce_value *outcome,
                      wide *least)
{
    const layers_task *task = at->task;
    for (size_t d = 0; d < dims_of(task); d++)
        least[d] = anything;
    for (size_t k = 0; k < task->party_count; k++) {
        const space_party *party = party_of(task, k);
        const layers_party *followed = &task->parties[k];
        wide most = at->ahead[depth * task->party_count + k];
        for (size_t b = 0; b < party->bonus_count; b++)
            most += most_of_bonus(&party->bonuses[b], outcome);
        if (followed->floored &&
            (followed->needed == NULL || holds(followed->needed, outcome)))
            least[k] = party->capped && party->floor > party->cap ? -anything
                                                                  : party->floor - most;
    }
}

static int by_state(const void *one, const void *other)
{
    const step *a = one, *b = other;
    if (a->to != b->to)
        return a->to < b->to ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return a->value < b->value ? -1 : a->value > b->value;
}

/* The front of one state, of its count steps; false when stopped or too large. */
static bool unite(work *at, const layer *before, layer_state *state, const step *steps,
                  size_t count, size_t depth)
{
    size_t dims = dims_of(at->task), issues = at->task->compiled->issue_count;
    front_source *sources = must_allocate_zeroed(count, sizeof *sources);
    wide *numbers = must_allocate_zeroed((count + 1) * dims, sizeof *numbers);
    truce_value *outcome = must_allocate(issues * sizeof *outcome);
    wide *least = &numbers[count * dims];
    for (size_t i = 0; i < count; i++) {
        sources[i] = (front_source){.from = before->states[steps[i].from].list,
                                    .shift = &numbers[i * dims]};
        set_shift(at, before, &steps[i], at->all->order[depth], outcome,
                  &numbers[i * dims]);
    }
    set_least(at, depth + 1, state->outcome, least);
    front_choices choices = {
        .least = least, .most = at->most - at->all->points + 1, .untracked = true};
    state->list = front_union(sources, count, &choices, at->stop, &at->all->work);
    free(sources);
    free(numbers);
    free(outcome);
    if (state->list)
        at->all->points += state->list->count;
    return state->list && at->all->points <= at->most;
}

/* States to which nothing leads any more go; the others keep their order. */
static void drop_empty(layer *into, front_work *done)
{
    size_t kept = 0;
    for (size_t s = 0; s < into->count; s++)
        if (into->states[s].list->count > 0)
            into->states[kept++] = into->states[s];
        else
            front_free(into->states[s].list, done);
    into->count = kept;
}

static bool make_layer(work *at, const layer *before, layer *into, size_t depth)
{
    if (!find_states(at, before, into, at->all->order[depth]))
        return false;
    if (at->step_count > 0)
        qsort(at->steps, at->step_count, sizeof *at->steps, by_state);
    for (size_t i = 0, count; i < at->step_count; i += count) {
        for (count = 1; i + count < at->step_count; count++)
            if (at->steps[i + count].to != at->steps[i].to)
                break;
        if (stop_now(at->stop) || !unite(at, before, &into->states[at->steps[i].to],
                                         &at->steps[i], count, depth))
            return false;
    }
    drop_empty(into, &at->all->work);
    return true;
}

/* ---- all layers ------------------------------------------------------------------ */

static bool is_broad(const layers_task *task)
{
    for (size_t k = 0; k < task->party_count; k++)
        if (!party_of(task, k)->fits_64)
            return true;
    return false;
}

/* Nothing decided, and bonuses that mention no issue: one state, unless what must hold
 * cannot. */
static void begin(work *at, layer *start)
{
    const layers_task *task = at->task;
    size_t issues = task->compiled->issue_count, dims = dims_of(task);
    truce_value *outcome = arena_array(&at->all->memory, issues, truce_value);
    wide *shift = arena_array(&at->all->memory, dims, wide);
    for (size_t i = 0; i < issues; i++)
        outcome[i] = VALUE_OPEN;
    for (size_t k = 0; k < task->party_count; k++)
        for (size_t b = 0; b < party_of(task, k)->bonus_count; b++)
            if (is_complete(party_of(task, k)->bonuses[b].condition, outcome) &&
                holds(party_of(task, k)->bonuses[b].condition, outcome))
                shift[k] += party_of(task, k)->bonuses[b].amount;
    if (!set_key(at, outcome))
        return;
    front *unit = front_unit(dims, is_broad(task), 0, false, &at->all->work);
    front_source from = {.from = unit, .shift = shift};
    front_choices untracked = {.untracked = true};
    *grow(start->states, start->count, start->room) =
        (layer_state){.outcome = outcome,
                      .list = front_union(&from, 1, &untracked, NULL, &at->all->work)};
    front_free(unit, &at->all->work);
}

static void layer_free(layer *one, front_work *done)
{
    for (size_t s = 0; s < one->count; s++)
        front_free(one->states[s].list, done);
    free(one->states);
}

static bool make_all(work *at)
{
    size_t issues = at->task->compiled->issue_count;
    size_t count = at->task->through || issues == 0 ? issues : issues - 1;
    layer start = {0};
    begin(at, &start);
    at->all->items = arena_array(&at->all->memory, issues, layer);
    bool done = true;
    for (size_t k = 0; k < count && done; k++) {
        done =
            make_layer(at, k ? &at->all->items[k - 1] : &start, &at->all->items[k], k);
        at->all->count++;
    }
    layer_free(&start, &at->all->work);
    return done;
}

layers *layers_new(const layers_task *task, size_t most, const truce_stop *stop,
                   layers_reached *reached)
{
    layers *all = must_allocate_zeroed(1, sizeof *all);
    work at = {.task = task, .stop = stop, .all = all, .most = most};
    collect_tracked(&at);
    choose_order(&at);
    set_ahead(&at);
    bool done = make_all(&at);
    clear_keys(&at);
    free(at.key);
    free(at.steps);
    *reached = (layers_reached){all->points, all->states};
    if (done)
        return all;
    layers_free(all);
    return NULL;
}

void layers_free(layers *all)
{
    if (all == NULL)
        return;
    for (size_t k = 0; k < all->count; k++)
        layer_free(&all->items[k], &all->work);
    arena_free(&all->memory);
    free(all);
}
