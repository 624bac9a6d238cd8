/* Conditions as clauses, one direction at a time (Plaisted and Greenbaum 1986): a literal that
 * implies the condition needs half the clauses of one that equals it, and both directions are
 * asked for only where a bonus may help or hurt. Ladder variables take the sign that makes
 * today's value the solver's first guess. */
#include "solve/clauses.h"

#include <stdlib.h>

/* A literal for "first..last", in classes. */
typedef struct known_range {
    truce_value first, last;
    int literal;
} known_range;

typedef struct ladder {
    bool *begins; /* [value_count] does a class begin here? Until clauses_begin() */
    truce_value *starts; /* [class_count] first value of each class */
    truce_value class_count;
    truce_value today; /* the class of today's value */
    int *at_least;     /* [class_count] literals; [0] is always true */
    known_range *known;
    size_t known_count, known_room;
} ladder;

struct clauses {
    arena memory;
    const space *compiled;
    sat *solver;
    ladder *ladders; /* [issue_count] */
    int yes;
};

static void begin_class(clauses *all, size_t issue, truce_value value)
{
    if (value < all->compiled->value_counts[issue])
        all->ladders[issue].begins[value] = true;
}

clauses *clauses_new(const space *compiled, const truce_stop *stop)
{
    arena memory = {0};
    clauses *all = arena_new(&memory, clauses);
    all->ladders = arena_array(&memory, compiled->issue_count, ladder);
    for (size_t i = 0; i < compiled->issue_count; i++)
        all->ladders[i].begins = arena_array(&memory, compiled->value_counts[i], bool);
    all->memory = memory;
    all->compiled = compiled;
    all->solver = sat_new(stop);
    all->yes = sat_variable(all->solver);
    sat_clause(all->solver, &all->yes, 1);
    for (size_t i = 0; i < compiled->issue_count; i++) {
        begin_class(all, i, 0);
        begin_class(all, i, compiled->today[i]);
        begin_class(all, i, compiled->today[i] + 1);
    }
    return all;
}

void clauses_free(clauses *all)
{
    if (all == NULL)
        return;
    for (size_t i = 0; i < all->compiled->issue_count; i++)
        free(all->ladders[i].known);
    sat_free(all->solver);
    arena memory = all->memory; /* a copy: all lives in the memory it owns */
    arena_free(&memory);
}

void clauses_tell_apart(clauses *all, const truce_condition *condition)
{
    for (size_t p = 0; p < condition->part_count; p++)
        clauses_tell_apart(all, condition->parts[p]);
    for (size_t r = 0; r < condition->range_count; r++) {
        begin_class(all, condition->issue, condition->ranges[r].first);
        begin_class(all, condition->issue, condition->ranges[r].last + 1);
    }
}

void clauses_tell_table_apart(clauses *all, size_t party)
{
    for (size_t i = 0; i < all->compiled->issue_count; i++) {
        const wide *table = all->compiled->parties[party].tables[i];
        for (truce_value v = 1; v < all->compiled->value_counts[i]; v++)
            if (table[v] != table[v - 1])
                begin_class(all, i, v);
    }
}

static void find_classes(clauses *all, size_t issue)
{
    ladder *steps = &all->ladders[issue];
    truce_value count = all->compiled->value_counts[issue];
    for (truce_value v = 0; v < count; v++)
        steps->class_count += steps->begins[v];
    steps->starts = arena_array(&all->memory, steps->class_count, truce_value);
    for (truce_value v = 0, k = 0; v < count; v++) {
        if (!steps->begins[v])
            continue;
        if (v == all->compiled->today[issue])
            steps->today = k;
        steps->starts[k++] = v;
    }
}

/* At least k + 1 implies at least k. */
static void build_ladder(clauses *all, size_t issue)
{
    ladder *steps = &all->ladders[issue];
    steps->at_least = arena_array(&all->memory, steps->class_count, int);
    steps->at_least[0] = all->yes;
    for (truce_value k = 1; k < steps->class_count; k++) {
        int variable = sat_variable(all->solver);
        steps->at_least[k] = k <= steps->today ? variable : -variable;
        if (k > 1)
            sat_clause(all->solver,
                       (int[]){-steps->at_least[k], steps->at_least[k - 1]}, 2);
    }
}

void clauses_begin(clauses *all)
{
    for (size_t i = 0; i < all->compiled->issue_count; i++) {
        find_classes(all, i);
        build_ladder(all, i);
    }
}

sat *clauses_solver(clauses *all)
{
    return all->solver;
}

int clauses_yes(const clauses *all)
{
    return all->yes;
}

/* The class of a value: the last that starts at or before it. */
static truce_value class_of(const ladder *steps, truce_value value)
{
    truce_value low = 0, high = steps->class_count;
    while (high - low > 1) {
        truce_value middle = low + (high - low) / 2;
        if (steps->starts[middle] <= value)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Defines a literal equal to "at least first, and not at least last + 1". */
static int define_range(clauses *all, ladder *steps, truce_value first,
                        truce_value last)
{
    int from = steps->at_least[first], beyond = steps->at_least[last + 1];
    int literal = sat_variable(all->solver);
    sat_clause(all->solver, (int[]){-literal, from}, 2);
    sat_clause(all->solver, (int[]){-literal, -beyond}, 2);
    sat_clause(all->solver, (int[]){-from, beyond, literal}, 3);
    *grow(steps->known, steps->known_count, steps->known_room) =
        (known_range){first, last, literal};
    return literal;
}

int clauses_range(clauses *all, size_t issue, truce_value first_value,
                  truce_value last_value)
{
    ladder *steps = &all->ladders[issue];
    truce_value first = class_of(steps, first_value),
                last = class_of(steps, last_value);
    if (last + 1 == steps->class_count)
        return steps->at_least[first];
    if (first == 0)
        return -steps->at_least[last + 1];
    for (size_t k = 0; k < steps->known_count; k++)
        if (steps->known[k].first == first && steps->known[k].last == last)
            return steps->known[k].literal;
    return define_range(all, steps, first, last);
}

/* A literal that implies all of the parts, or some of them. Takes the parts over. */
static int implying_parts(clauses *all, int *parts, size_t count, bool every)
{
    int literal = every ? all->yes : -all->yes;
    if (count == 1)
        literal = parts[0];
    else if (count > 1) {
        literal = sat_variable(all->solver);
        for (size_t p = 0; p < count && every; p++)
            sat_clause(all->solver, (int[]){-literal, parts[p]}, 2);
        parts[count] = -literal;
        if (!every)
            sat_clause(all->solver, parts, count + 1);
    }
    free(parts);
    return literal;
}

static int implying_leaf(clauses *all, const truce_condition *leaf, bool holds)
{
    int *parts = must_allocate((leaf->range_count + 1) * sizeof *parts);
    for (size_t r = 0; r < leaf->range_count; r++) {
        int range = clauses_range(all, leaf->issue, leaf->ranges[r].first,
                                  leaf->ranges[r].last);
        parts[r] = holds ? range : -range;
    }
    return implying_parts(all, parts, leaf->range_count, !holds);
}

int clauses_implying(clauses *all, const truce_condition *condition, bool holds)
{
    if (condition->kind == CONDITION_LEAF)
        return implying_leaf(all, condition, holds);
    if (condition->kind == CONDITION_NOT)
        return clauses_implying(all, condition->parts[0], !holds);
    int *parts = must_allocate((condition->part_count + 1) * sizeof *parts);
    for (size_t p = 0; p < condition->part_count; p++)
        parts[p] = clauses_implying(all, condition->parts[p], holds);
    return implying_parts(all, parts, condition->part_count,
                          (condition->kind == CONDITION_AND) == holds);
}

int clauses_equal(clauses *all, const truce_condition *condition)
{
    int literal = sat_variable(all->solver);
    sat_clause(all->solver, (int[]){-literal, clauses_implying(all, condition, true)},
               2);
    sat_clause(all->solver, (int[]){literal, clauses_implying(all, condition, false)},
               2);
    return literal;
}

void clauses_outcome(clauses *all, truce_value *outcome)
{
    for (size_t i = 0; i < all->compiled->issue_count; i++) {
        const ladder *steps = &all->ladders[i];
        truce_value at = 0;
        while (at + 1 < steps->class_count &&
               sat_holds(all->solver, steps->at_least[at + 1]))
            at++;
        outcome[i] = at == steps->today ? all->compiled->today[i] : steps->starts[at];
    }
}
