/* brute.h - what every outcome keeps, for tests that try them all. Members are named by
 * their ids, as answers name them: "d1", "red:UA:1", "floor:UA", "rule:l1". */
#ifndef TESTS_BRUTE_H
#define TESTS_BRUTE_H

#include "random_made.h"

enum { BRUTE_MEMBERS = 40 };

static inline size_t party_in(const truce_scenario *scenario, const char *id,
                              size_t length)
{
    for (size_t p = 0; p < scenario->party_count; p++)
        if (strlen(scenario->parties[p].label.id) == length &&
            memcmp(scenario->parties[p].label.id, id, length) == 0)
            return p;
    fail_msg("no party %s", id);
    return 0;
}

static inline const truce_rule *rule_called(const truce_scenario *scenario,
                                            const char *id)
{
    for (size_t r = 0; r < scenario->rule_count; r++)
        if (strcmp(scenario->rules[r].label.id, id) == 0)
            return &scenario->rules[r];
    fail_msg("no rule %s", id);
    return NULL;
}

/* Whose member it is, TRUCE_NOBODY for logic; demands bind whoever is needed. */
static inline size_t bound_party(const truce_scenario *scenario, const char *id)
{
    if (strncmp(id, "red:", 4) == 0)
        return party_in(scenario, id + 4, strcspn(id + 4, ":"));
    if (strncmp(id, "floor:", 6) == 0)
        return party_in(scenario, id + 6, strlen(id + 6));
    if (strncmp(id, "rule:", 5) == 0)
        return rule_called(scenario, id + 5)->by;
    return TRUCE_NOBODY;
}

/* Does outcome keep the member, whoever is needed? */
static inline bool keeps(const space *compiled, const char *id,
                         const truce_value *outcome)
{
    const truce_scenario *scenario = compiled->scenario;
    size_t p = bound_party(scenario, id);
    if (strncmp(id, "red:", 4) == 0) {
        size_t number = strtoul(strrchr(id, ':') + 1, NULL, 10);
        const truce_red_line *line =
            &scenario->parties[p].preferences.red_lines[number - 1];
        return !truce_condition_holds(line->condition, outcome);
    }
    if (strncmp(id, "floor:", 6) == 0)
        return space_sum(compiled, p, outcome) >= compiled->parties[p].floor;
    if (strncmp(id, "rule:", 5) == 0)
        return !is_rule_broken(rule_called(scenario, id + 5), outcome);
    for (size_t d = 0; d < scenario->demand_count; d++)
        if (strcmp(scenario->demands[d].label.id, id) == 0)
            return truce_condition_holds(scenario->demands[d].wants, outcome);
    fail_msg("no member %s", id);
    return false;
}

/* Does it, if its party's consent is needed at all? */
static inline bool keeps_if_needed(const space *compiled, const char *id,
                                   const truce_value *outcome)
{
    size_t p = bound_party(compiled->scenario, id);
    bool needed[8] = {0};
    scenario_needed(compiled->scenario, compiled->today, outcome, needed);
    return (p != TRUCE_NOBODY && !needed[p]) || keeps(compiled, id, outcome);
}

/* Is there an outcome that keeps all of ids but the left_out-th? */
static inline bool
can_hold(const space *compiled, const char *const *ids, size_t count, size_t left_out,
         bool (*keep)(const space *, const char *, const truce_value *))
{
    truce_value outcome[8] = {0};
    do {
        bool all = true;
        for (size_t k = 0; k < count && all; k++)
            all = k == left_out || keep(compiled, ids[k], outcome);
        if (all)
            return true;
    } while (next_outcome(compiled, outcome));
    return false;
}

/* They cannot hold together, and any but the first `fixed` may be left out alone. */
static inline void assert_minimal(const space *compiled, const char *const *ids,
                                  size_t count, size_t fixed,
                                  bool (*keep)(const space *, const char *,
                                               const truce_value *))
{
    assert_false(can_hold(compiled, ids, count, count, keep));
    for (size_t k = fixed; k < count; k++)
        assert_true(can_hold(compiled, ids, count, k, keep));
}

/* The ids of everything that may take part, in the order of the file. Those that are
 * made here live in memory. */
static inline size_t brute_members(const space *compiled, unsigned with, arena *memory,
                                   const char **ids)
{
    const truce_scenario *scenario = compiled->scenario;
    size_t count = 0;
    for (size_t d = 0; d < scenario->demand_count; d++)
        ids[count++] = scenario->demands[d].label.id;
    for (size_t p = 0; p < scenario->party_count && with & TRUCE_RED_LINES; p++)
        for (size_t r = 0; r < scenario->parties[p].preferences.red_line_count; r++)
            ids[count++] = arena_format(memory, "red:%s:%zu",
                                        scenario->parties[p].label.id, r + 1);
    for (size_t p = 0; p < scenario->party_count && with & TRUCE_FLOORS; p++)
        if (scenario->parties[p].preferences.outside.given)
            ids[count++] =
                arena_format(memory, "floor:%s", scenario->parties[p].label.id);
    for (size_t r = 0; r < scenario->rule_count && with & TRUCE_RULES; r++)
        if (scenario->rules[r].by != TRUCE_NOBODY)
            ids[count++] = arena_format(memory, "rule:%s", scenario->rules[r].label.id);
    assert_true(count <= BRUTE_MEMBERS);
    return count;
}

/* Fewer members first, then the lower numbers: the order in which answers are listed. */
static inline bool mask_comes_first(uint64_t one, uint64_t other)
{
    int sizes = __builtin_popcountll(one) - __builtin_popcountll(other);
    uint64_t differ = one ^ other;
    return sizes != 0 ? sizes < 0 : (one & (differ & -differ)) != 0;
}

#endif
