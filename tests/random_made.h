/* random_made.h - random scenarios as text, with something of everything that
 * acceptance depends on, small enough to try every outcome. */
#ifndef TESTS_RANDOM_MADE_H
#define TESTS_RANDOM_MADE_H

#include "made.h"

#include "base/random.h"
#include "space/space.h"

#include <stdlib.h>

enum { MOST_LISTED_VALUES = 12 }; /* issues with more values are numeric */

/* What is asked of a random scenario. */
typedef struct made_shape {
    const size_t *value_counts; /* [issues] */
    size_t issues, parties, demands;
} made_shape;

/* A scenario being written. */
typedef struct made_pen {
    FILE *to;
    random_stream dice;
    const made_shape *shape;
} made_pen;

static inline size_t made_below(made_pen *pen, size_t below)
{
    return (size_t)random_below(&pen->dice, below);
}

static inline bool made_chance(made_pen *pen, size_t percent)
{
    return made_below(pen, 100) < percent;
}

static inline void made_value(made_pen *pen, size_t issue, size_t value)
{
    bool listed = pen->shape->value_counts[issue] <= MOST_LISTED_VALUES;
    fprintf(pen->to, listed ? "v%zu" : "%zu", value);
}

static inline void made_leaf(made_pen *pen)
{
    static const char *const comparisons[] = {"=", "!=", "<", "<=", ">", ">="};
    size_t issue = made_below(pen, pen->shape->issues);
    size_t values = pen->shape->value_counts[issue], value = made_below(pen, values);
    if (made_chance(pen, 15)) {
        fprintf(pen->to, "i%zu changed", issue);
        return;
    }
    bool two = values > 1 && made_chance(pen, 30);
    fprintf(pen->to, "i%zu %s ", issue, two ? "in {" : comparisons[made_below(pen, 6)]);
    made_value(pen, issue, value);
    if (!two)
        return;
    fprintf(pen->to, ", ");
    made_value(pen, issue, (value + 1 + made_below(pen, values - 1)) % values);
    fprintf(pen->to, "}");
}

static inline void made_condition(made_pen *pen, unsigned depth)
{
    if (depth == 0 || made_chance(pen, 60)) {
        made_leaf(pen);
        return;
    }
    fprintf(pen->to, made_chance(pen, 25) ? "not (" : "(");
    made_condition(pen, depth - 1);
    fprintf(pen->to, made_chance(pen, 50) ? " and " : " or ");
    made_condition(pen, depth - 1);
    fprintf(pen->to, ")");
}

static inline void made_quoted_condition(made_pen *pen)
{
    fprintf(pen->to, "\"");
    made_condition(pen, 2);
    fprintf(pen->to, "\"");
}

static inline void made_parties(made_pen *pen)
{
    fprintf(pen->to, "parties:\n");
    for (size_t p = 0; p < pen->shape->parties; p++) {
        fprintf(pen->to, "  p%zu: {role: %s, consent: ", p,
                made_chance(pen, 70) ? "principal" : "ally");
        if (made_chance(pen, 70)) {
            fprintf(pen->to, "all}\n");
            continue;
        }
        fprintf(pen->to, "[i%zu, ", made_below(pen, pen->shape->issues));
        made_quoted_condition(pen);
        fprintf(pen->to, "]}\n");
    }
}

static inline void made_issues(made_pen *pen)
{
    fprintf(pen->to, "issues:\n");
    for (size_t i = 0; i < pen->shape->issues; i++) {
        size_t values = pen->shape->value_counts[i];
        fprintf(pen->to, "  i%zu: {", i);
        if (values > MOST_LISTED_VALUES)
            fprintf(pen->to, "from: 0, to: %zu, step: 1", values - 1);
        for (size_t v = 0; v < values && values <= MOST_LISTED_VALUES; v++)
            fprintf(pen->to, "%sv%zu", v ? ", " : "ordered: yes, values: [", v);
        fprintf(pen->to, values > MOST_LISTED_VALUES ? ", " : "], ");
        fprintf(pen->to, "status-quo: ");
        made_value(pen, i, made_below(pen, values));
        if (made_chance(pen, 10))
            fprintf(pen->to, ", by: p%zu", made_below(pen, pen->shape->parties));
        fprintf(pen->to, "}\n");
    }
}

static inline void made_worths(made_pen *pen)
{
    for (size_t i = 0; i < pen->shape->issues; i++) {
        size_t values = pen->shape->value_counts[i];
        fprintf(pen->to, "%si%zu: ", i ? ", " : "    worth: {", i);
        if (values > MOST_LISTED_VALUES) {
            fprintf(pen->to, "{from: %zu, ", made_below(pen, 101));
            fprintf(pen->to, "to: %zu}", made_below(pen, 101));
            continue;
        }
        for (size_t v = 0; v < values; v++)
            fprintf(pen->to, "%s%zu", v ? ", " : "[", 5 * made_below(pen, 21));
        fprintf(pen->to, "]");
    }
    fprintf(pen->to, "}\n");
}

static inline void made_outside(made_pen *pen)
{
    if (made_chance(pen, 20))
        return;
    if (made_chance(pen, 85)) {
        fprintf(pen->to, "    outside: {worth: %zu}\n", 10 + 5 * made_below(pen, 12));
        return;
    }
    size_t issue = made_below(pen, pen->shape->issues);
    fprintf(pen->to, "    outside: {outcome: {i%zu: ", issue);
    made_value(pen, issue, made_below(pen, pen->shape->value_counts[issue]));
    fprintf(pen->to, "}}\n");
}

static inline void made_bonuses_and_red_lines(made_pen *pen)
{
    size_t bonuses = made_chance(pen, 40) ? 1 + made_below(pen, 2) : 0;
    for (size_t b = 0; b < bonuses; b++) {
        fprintf(pen->to, b ? ", {if: " : "    bonus: [{if: ");
        made_quoted_condition(pen);
        fprintf(pen->to, ", worth: %d}", 5 * ((int)made_below(pen, 13) - 6));
    }
    fprintf(pen->to, bonuses ? "]\n" : "");
    if (!made_chance(pen, 30))
        return;
    fprintf(pen->to, "    red-lines: [{if: ");
    made_quoted_condition(pen);
    fprintf(pen->to, "}]\n");
}

static inline void made_preferences(made_pen *pen)
{
    fprintf(pen->to, "preferences:\n");
    for (size_t p = 0; p < pen->shape->parties; p++) {
        bool as_given = made_chance(pen, 15);
        fprintf(pen->to, "  p%zu:\n%s", p, as_given ? "    sum: as-given\n" : "");
        for (size_t i = 0; i < pen->shape->issues; i++)
            fprintf(pen->to, "%si%zu: %s%zu", i ? ", " : "    weights: {", i,
                    as_given ? "0." : "", made_below(pen, 10));
        fprintf(pen->to, "}\n");
        made_worths(pen);
        if (made_chance(pen, 10))
            fprintf(pen->to, "    cap: %zu\n", 30 + 10 * made_below(pen, 8));
        made_outside(pen);
        made_bonuses_and_red_lines(pen);
    }
}

static inline void made_rules(made_pen *pen)
{
    size_t rules = made_below(pen, 3);
    for (size_t r = 0; r < rules; r++) {
        fprintf(pen->to, "%s  r%zu: {by: ", r ? "" : "rules:\n", r);
        if (made_chance(pen, 50))
            fprintf(pen->to, "logic, if: ");
        else
            fprintf(pen->to, "p%zu, if: ", made_below(pen, pen->shape->parties));
        made_quoted_condition(pen);
        fprintf(pen->to, ", then: ");
        made_quoted_condition(pen);
        fprintf(pen->to, "}\n");
    }
}

static inline void made_demands(made_pen *pen)
{
    for (size_t d = 0; d < pen->shape->demands; d++) {
        fprintf(pen->to, "%s  d%zu: {by: p%zu, wants: ", d ? "" : "demands:\n", d,
                made_below(pen, pen->shape->parties));
        made_quoted_condition(pen);
        fprintf(pen->to, "}\n");
    }
}

/* The same for the same seed and number. */
static inline truce_scenario *random_scenario(uint64_t seed, uint64_t number,
                                              const made_shape *shape)
{
    char *text = NULL;
    size_t length = 0;
    made_pen pen = {open_memstream(&text, &length), random_begin(seed, number), shape};
    fprintf(pen.to, "truce: 1\nid: made\n");
    made_parties(&pen);
    made_issues(&pen);
    made_preferences(&pen);
    made_rules(&pen);
    made_demands(&pen);
    fclose(pen.to);
    truce_scenario *scenario = scenario_of(text);
    free(text);
    return scenario;
}

/* Issues with up to `most` values each, at most four of them, one to three parties. */
static inline truce_scenario *small_scenario(uint64_t seed, uint64_t number,
                                             size_t most, size_t demands)
{
    random_stream dice = random_begin(seed + 1000, number);
    size_t counts[4];
    made_shape shape = {.value_counts = counts,
                        .issues = 1 + (size_t)random_below(&dice, 4),
                        .parties = 1 + (size_t)random_below(&dice, 3),
                        .demands = demands};
    for (size_t i = 0; i < shape.issues; i++)
        counts[i] = 1 + (size_t)random_below(&dice, most);
    return random_scenario(seed, number, &shape);
}

/* The next outcome in lexicographic order, from all zero on; false after the last. */
static inline bool next_outcome(const space *compiled, truce_value *outcome)
{
    for (size_t i = compiled->issue_count; i-- > 0;) {
        if (++outcome[i] < compiled->value_counts[i])
            return true;
        outcome[i] = 0;
    }
    return false;
}

#endif
