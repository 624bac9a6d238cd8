/* Counting: large spaces through the states of their conditions (solve/count_states.h),
 * others by a depth-first walk over the issues before the block, then the block at once.
 *
 * On the way down a subtree is cut when some condition already fails or some needed
 * floor can no longer be reached, and counted whole when every condition already holds
 * and every floor is certain. Both tests are exact: sums in integers, conditions
 * three-valued. The walk is cut into tasks of a fixed number by the first issues, so
 * that threads change nothing.
 */
#include "solve/count.h"

#include "base/pool.h"
#include "scenario/result.h"
#include "solve/count_states.h"
#include "space/blocks.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_OUTCOMES = 8192,
    SMALL_BLOCK = 64, /* where subtrees are worth asking about, down to small ones */
    TASKS_WANTED = 256,
    STEPS_BETWEEN_LOOKS = 256 /* at the clock; see walk.steps */
};

/* Outcomes that are walked over sooner than counted otherwise, and that a walk is tried
 * for at all. */
static const uint64_t SOON_WALKED = 100000000, EVER_WALKED = 1000000000000;

/* The whole count; read-only for the tasks but for the flag and their own results. */
typedef struct counting {
    const space *compiled;
    const count_choices *choices;
    const truce_stop *stop;
    const acceptance *what;
    block *tail;
    size_t task_issues;   /* the first issues, decided by the number of the task */
    mpz_t *outcomes_from; /* [first_issue + 1] outcomes of the issues from there on */
    wide **best_from,
        **worst_from; /* [party][issue] extreme table sums from there on */
    atomic_bool stopped;
    atomic_size_t tasks_done;
    size_t tasks;
    pthread_t asker;     /* the thread that may be told of progress */
    count_result *parts; /* [tasks] */
} counting;

/* One walk. */
typedef struct walk {
    counting *whole;
    block_desk *desk;
    truce_value *outcome; /* VALUE_OPEN where not decided */
    wide *sums;           /* [party] table sums of the decided issues */
    wide *most; /* [party] the largest sums a subtree could reach, for is_worth */
    count_result *result;
    size_t steps; /* since the last look: nodes, words of blocks, outcomes shown */
} walk;

typedef enum verdict { VERDICT_NO, VERDICT_YES, VERDICT_OPEN } verdict;

/* ---- what is known of a subtree -------------------------------------------------- */

static verdict all_hold(const truce_condition *const *conditions, size_t count,
                        const truce_value *outcome)
{
    verdict known = VERDICT_YES;
    for (size_t c = 0; c < count; c++) {
        truth holds = condition_truth(conditions[c], outcome);
        if (holds == TRUTH_NO)
            return VERDICT_NO;
        if (holds == TRUTH_OPEN)
            known = VERDICT_OPEN;
    }
    return known;
}

/* Bounds on the sum of a party over a subtree: exact for the tables, bonuses one by
 * one. */
static void sum_bounds(const walk *at, size_t p, size_t issue, wide *least, wide *most)
{
    const space_party *party = &at->whole->compiled->parties[p];
    *most = at->sums[p] + at->whole->best_from[p][issue];
    *least = at->sums[p] + at->whole->worst_from[p][issue];
    for (size_t b = 0; b < party->bonus_count; b++) {
        truth holds = condition_truth(party->bonuses[b].condition, at->outcome);
        wide amount = party->bonuses[b].amount;
        if (holds == TRUTH_YES || (holds == TRUTH_OPEN && amount > 0))
            *most += amount;
        if (holds == TRUTH_YES || (holds == TRUTH_OPEN && amount < 0))
            *least += amount;
    }
    if (party->capped && *most > party->cap)
        *most = party->cap;
    if (party->capped && *least > party->cap)
        *least = party->cap;
}

static verdict floor_verdict(const walk *at, size_t p, size_t issue)
{
    wide floor = at->whole->compiled->parties[p].floor, least, most;
    sum_bounds(at, p, issue, &least, &most);
    if (most < floor)
        return VERDICT_NO;
    return least >= floor ? VERDICT_YES : VERDICT_OPEN;
}

static verdict party_verdict(const walk *at, const acceptance_party *party,
                             size_t issue)
{
    truth needed =
        party->needed ? condition_truth(party->needed, at->outcome) : TRUTH_YES;
    if (needed == TRUTH_NO)
        return VERDICT_YES;
    verdict content = all_hold(party->must, party->must_count, at->outcome);
    if (content != VERDICT_NO && party->floor) {
        verdict reached = floor_verdict(at, party->party, issue);
        if (reached != VERDICT_YES)
            content = reached;
    }
    return needed == TRUTH_OPEN && content == VERDICT_NO ? VERDICT_OPEN : content;
}

static verdict subtree_verdict(const walk *at, size_t issue)
{
    const acceptance *what = at->whole->what;
    verdict known = all_hold(what->always, what->always_count, at->outcome);
    for (size_t k = 0; k < what->party_count && known != VERDICT_NO; k++) {
        verdict one = party_verdict(at, &what->parties[k], issue);
        if (one != VERDICT_YES)
            known = one;
    }
    return known;
}

/* ---- the walk -------------------------------------------------------------------- */

static bool is_stopped(walk *at)
{
    if (at->steps++ >= STEPS_BETWEEN_LOOKS) {
        at->steps = 0;
        if (stop_now(at->whole->stop))
            atomic_store(&at->whole->stopped, true);
    }
    return atomic_load_explicit(&at->whole->stopped, memory_order_relaxed);
}

static void add_unknown(walk *at, size_t issue)
{
    mpz_add(at->result->most, at->result->most, at->whole->outcomes_from[issue]);
}

static void add_counted(walk *at, mpz_srcptr count)
{
    mpz_add(at->result->least, at->result->least, count);
    mpz_add(at->result->most, at->result->most, count);
}

static size_t bits_set(const uint64_t *bits, size_t words)
{
    size_t count = 0;
    for (size_t w = 0; w < words; w++)
        count += (size_t)__builtin_popcountll(bits[w]);
    return count;
}

/* Shows each outcome of the block to choices->meet; false once it has had enough or
 * time is up. */
static bool meet_all(walk *at, block_truth accepted, const uint64_t *bits)
{
    const count_choices *choices = at->whole->choices;
    const block *tail = at->whole->tail;
    for (size_t j = 0; j < tail->size; j++) {
        if (accepted == BLOCK_MIXED && !(bits[j / 64] >> j % 64 & 1))
            continue;
        block_outcome(tail, j, at->outcome);
        if (is_stopped(at) || !choices->meet(choices->user, at->outcome))
            return false;
    }
    return true;
}

static void forget_tail(walk *at)
{
    for (size_t i = at->whole->tail->first_issue; i < at->whole->compiled->issue_count;
         i++)
        at->outcome[i] = VALUE_OPEN;
}

static void count_block(walk *at)
{
    const uint64_t *bits;
    const block *tail = at->whole->tail;
    block_truth accepted = block_accepted(at->desk, at->outcome, at->sums, &bits);
    at->steps += tail->words;
    if (accepted == BLOCK_NONE)
        return;
    size_t count = accepted == BLOCK_ALL ? tail->size : bits_set(bits, tail->words);
    mpz_add_ui(at->result->least, at->result->least, count);
    mpz_add_ui(at->result->most, at->result->most, count);
    if (at->whole->choices->meet == NULL)
        return;
    if (!meet_all(at, accepted, bits))
        atomic_store(&at->whole->stopped, true);
    forget_tail(at);
}

static void choose(walk *at, size_t issue, truce_value value)
{
    const space *compiled = at->whole->compiled;
    truce_value before = at->outcome[issue];
    for (size_t p = 0; p < compiled->party_count; p++) {
        wide *table = compiled->parties[p].tables[issue];
        at->sums[p] += value == VALUE_OPEN ? 0 : table[value];
        at->sums[p] -= before == VALUE_OPEN ? 0 : table[before];
    }
    at->outcome[issue] = value;
}

static bool is_worth_entering(walk *at, size_t issue)
{
    const count_choices *choices = at->whole->choices;
    wide least;
    if (choices->is_worth == NULL)
        return true;
    for (size_t p = 0; p < at->whole->compiled->party_count; p++)
        sum_bounds(at, p, issue, &least, &at->most[p]);
    return choices->is_worth(choices->user, at->most);
}

static void count_from(walk *at, size_t issue)
{
    const counting *whole = at->whole;
    if (is_stopped(at)) {
        add_unknown(at, issue);
        return;
    }
    verdict known = subtree_verdict(at, issue);
    if (known == VERDICT_NO || !is_worth_entering(at, issue))
        return;
    if (known == VERDICT_YES && whole->choices->meet == NULL) {
        add_counted(at, whole->outcomes_from[issue]);
        return;
    }
    if (issue == whole->tail->first_issue) {
        count_block(at);
        return;
    }
    for (truce_value v = 0; v < whole->compiled->value_counts[issue]; v++) {
        choose(at, issue, v);
        count_from(at, issue + 1);
    }
    choose(at, issue, VALUE_OPEN);
}

/* ---- tasks ----------------------------------------------------------------------- */

static void begin_walk(walk *at, counting *whole, size_t task)
{
    const space *compiled = whole->compiled;
    *at = (walk){.whole = whole,
                 .desk = block_desk_new(whole->tail),
                 .outcome = must_allocate(compiled->issue_count * sizeof(truce_value)),
                 .sums = must_allocate_zeroed(compiled->party_count, sizeof(wide)),
                 .most = must_allocate_zeroed(compiled->party_count, sizeof(wide)),
                 .result = &whole->parts[task],
                 .steps = STEPS_BETWEEN_LOOKS}; /* a task may be short: look first */
    mpz_inits(at->result->least, at->result->most, NULL);
    for (size_t i = 0; i < compiled->issue_count; i++)
        at->outcome[i] = VALUE_OPEN;
    for (size_t i = whole->task_issues; i-- > 0;) {
        choose(at, i, (truce_value)(task % compiled->value_counts[i]));
        task /= compiled->value_counts[i];
    }
}

static void end_walk(walk *at)
{
    block_desk_free(at->desk);
    free(at->outcome);
    free(at->sums);
    free(at->most);
}

static void run_task(void *user, size_t task)
{
    walk at;
    begin_walk(&at, user, task);
    count_from(&at, at.whole->task_issues);
    end_walk(&at);
    size_t done = atomic_fetch_add(&at.whole->tasks_done, 1) + 1;
    if (pthread_equal(pthread_self(), at.whole->asker))
        stop_tell(at.whole->stop, "counting outcomes",
                  (double)done / (double)at.whole->tasks);
}

static void choose_tasks(counting *whole)
{
    whole->tasks = 1;
    while (whole->task_issues < whole->tail->first_issue && whole->tasks < TASKS_WANTED)
        whole->tasks *= whole->compiled->value_counts[whole->task_issues++];
}

/* ---- preparing ------------------------------------------------------------------- */

static wide extreme(const wide *table, size_t count, bool largest)
{
    wide found = table[0];
    for (size_t v = 1; v < count; v++)
        if (largest ? table[v] > found : table[v] < found)
            found = table[v];
    return found;
}

static wide *extremes_from(const space *compiled, size_t party, bool largest)
{
    size_t issues = compiled->issue_count;
    wide *from = must_allocate_zeroed(issues + 1, sizeof *from);
    for (size_t i = issues; i-- > 0;)
        from[i] = from[i + 1] + extreme(compiled->parties[party].tables[i],
                                        compiled->value_counts[i], largest);
    return from;
}

static void prepare_extremes(counting *whole)
{
    size_t parties = whole->compiled->party_count;
    whole->best_from = must_allocate_zeroed(parties, sizeof *whole->best_from);
    whole->worst_from = must_allocate_zeroed(parties, sizeof *whole->worst_from);
    for (size_t p = 0; p < parties; p++) {
        whole->best_from[p] = extremes_from(whole->compiled, p, true);
        whole->worst_from[p] = extremes_from(whole->compiled, p, false);
    }
}

static void prepare_sizes(counting *whole)
{
    size_t first = whole->tail->first_issue;
    whole->outcomes_from = must_allocate_zeroed(first + 1, sizeof(mpz_t));
    mpz_init_set_ui(whole->outcomes_from[first], whole->tail->size);
    for (size_t i = first; i-- > 0;) {
        mpz_init(whole->outcomes_from[i]);
        mpz_mul_ui(whole->outcomes_from[i], whole->outcomes_from[i + 1],
                   whole->compiled->value_counts[i]);
    }
}

static void forget(counting *whole)
{
    for (size_t p = 0; p < whole->compiled->party_count; p++) {
        free(whole->best_from[p]);
        free(whole->worst_from[p]);
    }
    for (size_t i = 0; i <= whole->tail->first_issue; i++)
        mpz_clear(whole->outcomes_from[i]);
    free(whole->best_from);
    free(whole->worst_from);
    free(whole->outcomes_from);
    free(whole->parts);
    block_free(whole->tail);
}

/* In the order of the tasks, whatever order they ran in. */
static void add_parts(counting *whole, count_result *result)
{
    mpz_set_ui(result->least, 0);
    mpz_set_ui(result->most, 0);
    for (size_t t = 0; t < whole->tasks; t++) {
        mpz_add(result->least, result->least, whole->parts[t].least);
        mpz_add(result->most, result->most, whole->parts[t].most);
        mpz_clears(whole->parts[t].least, whole->parts[t].most, NULL);
    }
    result->complete = !atomic_load(&whole->stopped);
}

/* Walks over all outcomes, or until it is stopped. */
static void count_by_walking(const space *compiled, const acceptance *what,
                             const count_choices *choices, const truce_stop *stop,
                             count_result *result)
{
    static const count_choices only_count = {0};
    counting whole = {.compiled = compiled,
                      .what = what,
                      .choices = choices ? choices : &only_count,
                      .stop = stop,
                      .asker = pthread_self()};
    whole.tail = block_new(compiled, what,
                           whole.choices->is_worth ? SMALL_BLOCK : BLOCK_OUTCOMES);
    choose_tasks(&whole);
    prepare_extremes(&whole);
    prepare_sizes(&whole);
    whole.parts = must_allocate_zeroed(whole.tasks, sizeof *whole.parts);
    pool_run(whole.choices->meet ? 1 : stop_threads(stop), whole.tasks, run_task,
             &whole);
    add_parts(&whole, result);
    forget(&whole);
}

static bool has_more_outcomes(const space *compiled, uint64_t than)
{
    mpz_t count;
    mpz_init(count);
    space_count(compiled, count);
    bool more = mpz_cmp_ui(count, than) > 0;
    mpz_clear(count);
    return more;
}

/* Two pairs of bounds on one number, the tighter of each into one. */
static void tighten(count_result *one, const count_result *other)
{
    if (mpz_cmp(other->least, one->least) > 0)
        mpz_set(one->least, other->least);
    if (mpz_cmp(other->most, one->most) < 0)
        mpz_set(one->most, other->most);
    one->complete |= other->complete || mpz_cmp(one->least, one->most) == 0;
}

truce_status count_accepted(const space *compiled, const acceptance *what,
                            const count_choices *choices, const truce_stop *stop,
                            count_result *result)
{
    count_result walked;
    bool only_counted = choices == NULL || choices->meet == NULL;
    bool known = only_counted && has_more_outcomes(compiled, SOON_WALKED) &&
                 count_by_states(compiled, what, stop, result);
    if (!known)
        count_by_walking(compiled, what, choices, stop, result);
    else if (!result->complete && !has_more_outcomes(compiled, EVER_WALKED)) {
        mpz_inits(walked.least, walked.most, NULL);
        count_by_walking(compiled, what, choices, stop, &walked);
        tighten(result, &walked);
        mpz_clears(walked.least, walked.most, NULL);
    }
    return result->complete ? TRUCE_OK : TRUCE_LIMIT;
}

typedef struct first_met {
    truce_value *outcome;
    size_t issue_count;
    bool found;
} first_met;

static bool keep_first(void *user, const truce_value *outcome)
{
    first_met *first = user;
    memcpy(first->outcome, outcome, first->issue_count * sizeof *outcome);
    first->found = true;
    return false;
}

truce_status count_first(const space *compiled, const acceptance *what,
                         const truce_stop *stop, truce_value *outcome)
{
    first_met first = {outcome, compiled->issue_count, false};
    count_result met;
    mpz_inits(met.least, met.most, NULL);
    count_accepted(compiled, what, &(count_choices){.meet = keep_first, .user = &first},
                   stop, &met);
    bool complete = met.complete;
    mpz_clears(met.least, met.most, NULL);
    return first.found ? TRUCE_OK : complete ? TRUCE_NONE : TRUCE_LIMIT;
}

truce_count count_told(truce_finding *finding, const count_result *result)
{
    arena *memory = result_memory(finding);
    if (result->complete)
        return (truce_count){.exact = big_text(memory, result->least)};
    return (truce_count){.low = big_text(memory, result->least),
                         .high = big_text(memory, result->most)};
}
