/* certified.h - certificates of small random scenarios: frontiers by trying every
 * outcome, written by the solver's writer, as text that a test may tamper with. */
#ifndef TESTS_CERTIFIED_H
#define TESTS_CERTIFIED_H

#include "random_made.h"

#include "solve/certify.h"

/* A frontier found by brute force. */
typedef struct brute_points {
    size_t dims, issues, count, room;
    wide *sums;            /* [count][dims] in descending lexicographic order */
    truce_value *outcomes; /* [count][issues] */
} brute_points;

static inline const wide *brute_sums(const brute_points *all, size_t i)
{
    return &all->sums[i * all->dims];
}

static inline const truce_value *brute_outcome(const brute_points *all, size_t i)
{
    return &all->outcomes[i * all->issues];
}

static inline bool brute_reaches(const wide *one, const wide *other, size_t dims)
{
    for (size_t d = 0; d < dims; d++)
        if (one[d] < other[d])
            return false;
    return true;
}

/* Breaks no rule and no red line, and is rational if asked. */
static inline bool brute_takes_part(const space *compiled, const truce_value *outcome,
                                    bool rational)
{
    bool fine = !breaks_logic(compiled, outcome);
    for (size_t p = 0; p < compiled->party_count; p++)
        fine = fine && !breaks_rule_of(compiled, p, outcome) &&
               !breaks_red_line(compiled, p, outcome) &&
               (!rational || !compiled->parties[p].has_floor ||
                space_sum(compiled, p, outcome) >= compiled->parties[p].floor);
    return fine;
}

static inline void brute_remove(brute_points *all, size_t i)
{
    all->count--;
    memmove(&all->sums[i * all->dims], &all->sums[(i + 1) * all->dims],
            (all->count - i) * all->dims * sizeof *all->sums);
    memmove(&all->outcomes[i * all->issues], &all->outcomes[(i + 1) * all->issues],
            (all->count - i) * all->issues * sizeof *all->outcomes);
}

/* Where sums belong: before the first that is smaller. */
static inline size_t brute_place(const brute_points *all, const wide *sums)
{
    size_t i = 0, d = 0;
    for (; i < all->count; i++) {
        const wide *own = brute_sums(all, i);
        for (d = 0; d < all->dims && own[d] == sums[d]; d++)
            ;
        if (d < all->dims && own[d] < sums[d])
            break;
    }
    return i;
}

static inline void brute_insert(brute_points *all, const wide *sums,
                                const truce_value *outcome)
{
    size_t at = brute_place(all, sums), dims = all->dims, issues = all->issues;
    if (all->count == all->room) {
        all->room = all->room ? 2 * all->room : 16;
        all->sums = realloc(all->sums, all->room * dims * sizeof *all->sums);
        all->outcomes =
            realloc(all->outcomes, all->room * issues * sizeof *all->outcomes);
    }
    memmove(&all->sums[(at + 1) * dims], &all->sums[at * dims],
            (all->count - at) * dims * sizeof *sums);
    memmove(&all->outcomes[(at + 1) * issues], &all->outcomes[at * issues],
            (all->count - at) * issues * sizeof *outcome);
    memcpy(&all->sums[at * dims], sums, dims * sizeof *sums);
    memcpy(&all->outcomes[at * issues], outcome, issues * sizeof *outcome);
    all->count++;
}

static inline void brute_offer(brute_points *all, const wide *sums,
                               const truce_value *outcome)
{
    for (size_t i = 0; i < all->count; i++)
        if (brute_reaches(brute_sums(all, i), sums, all->dims))
            return;
    for (size_t i = all->count; i-- > 0;)
        if (brute_reaches(sums, brute_sums(all, i), all->dims))
            brute_remove(all, i);
    brute_insert(all, sums, outcome);
}

/* For all parties, in their order. */
static inline brute_points brute_frontier(const space *compiled, bool rational)
{
    brute_points all = {.dims = compiled->party_count, .issues = compiled->issue_count};
    truce_value outcome[16] = {0};
    do {
        wide sums[8];
        for (size_t p = 0; p < compiled->party_count; p++)
            sums[p] = space_sum(compiled, p, outcome);
        if (brute_takes_part(compiled, outcome, rational))
            brute_offer(&all, sums, outcome);
    } while (next_outcome(compiled, outcome));
    return all;
}

static inline void brute_free(brute_points *all)
{
    free(all->sums);
    free(all->outcomes);
}

static inline bool brute_is_same(const brute_points *one, const brute_points *other)
{
    return one->count == other->count &&
           (one->count == 0 || memcmp(one->sums, other->sums,
                                      one->count * one->dims * sizeof *one->sums) == 0);
}

static inline void tell_outcome(const void *user, size_t point, truce_value *outcome)
{
    const brute_points *all = user;
    memcpy(outcome, brute_outcome(all, point), all->issues * sizeof *outcome);
}

/* The certificate of these points, to be freed. */
static inline char *certificate_of(const space *compiled, const brute_points *points,
                                   bool rational, const wide *slack)
{
    size_t parties[8], length = 0;
    char *text = NULL;
    for (size_t p = 0; p < compiled->party_count; p++)
        parties[p] = p;
    certify_answer answer = {.parties = {parties, compiled->party_count},
                             .rational = rational,
                             .slack = slack,
                             .count = points->count,
                             .outcome = tell_outcome,
                             .user = points};
    truce_error error = {0};
    FILE *out = open_memstream(&text, &length);
    truce_status status = certify_frontier(compiled, &answer, out, &error);
    fclose(out);
    if (status != TRUCE_OK)
        fail_msg("%s", error.message);
    return text;
}

/* The status of a check; fault (may be NULL) receives a copy of what is said. */
static inline truce_status checked(const truce_scenario *scenario, const char *text,
                                   size_t length, char fault[200])
{
    truce_diagnostics *said = truce_diagnostics_new();
    truce_verdict *verdict = NULL;
    truce_status status = truce_certificate_check(scenario, "certificate", text, length,
                                                  NULL, &verdict, said);
    if (fault)
        snprintf(fault, 200, "%s", verdict && verdict->fault ? verdict->fault : "");
    if (verdict) {
        assert_int_equal(verdict->holds, status == TRUCE_OK);
        assert_int_equal(verdict->fault == NULL, status == TRUCE_OK);
    }
    truce_verdict_free(verdict);
    truce_diagnostics_free(said);
    return status;
}

/* Two to four parties, two to five issues: everything that conditions and numbers can
 * be. */
static inline truce_scenario *scenario_to_certify(uint64_t seed, uint64_t number)
{
    random_stream dice = random_begin(seed + 4000, number);
    size_t counts[5];
    made_shape shape = {.value_counts = counts,
                        .issues = 2 + (size_t)random_below(&dice, 4),
                        .parties = 2 + (size_t)random_below(&dice, 3),
                        .demands = 4};
    for (size_t i = 0; i < shape.issues; i++)
        counts[i] = 1 + (size_t)random_below(&dice, 4);
    return random_scenario(seed, number, &shape);
}

#endif
