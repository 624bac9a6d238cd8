/* The oracle of the exact core: frontier, points, counts and best outcomes of random small
 * scenarios, against trying every outcome.
 *
 * Written from docs/ and the public headers alone. Numbers are small whole quarters, so
 * that every utility is a double exactly and a long times four.
 *
 *     core_oracle [--count N] [--from K] [--every E] [--only K]
 *
 * tries cases K, K + E, K + 2E, ... and ends with "N passed, M failed". */
#include "base/random.h"
#include "scenario/condition.h"
#include "scenario/scenario.h"

#include <truce/truce.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PARTIES = 5, MOST_ISSUES = 6, MOST_VALUES = 5, MOST_OUTCOMES = 3000 };
enum { QUARTERS = 4 };

/* ---- a random scenario ----------------------------------------------------------- */

typedef struct maker {
    random_stream dice;
    truce_scenario *scenario;
    arena *memory;
    truce_issue *issues;
    truce_party *parties;
    long largest_worth;
} maker;

static size_t below(maker *m, size_t bound)
{
    return (size_t)random_below(&m->dice, bound);
}

static bool chance(maker *m, size_t percent)
{
    return below(m, 100) < percent;
}

static const char *word(maker *m, const char *letter, size_t index)
{
    return arena_format(m->memory, "%s%zu", letter, index);
}

static truce_number number(long quarters)
{
    truce_decimal value = {quarters * 25, 2};
    for (; value.scale > 0 && value.digits % 10 == 0; value.scale--)
        value.digits /= 10;
    return (truce_number){.low = value,
                          .mode = value,
                          .high = value,
                          .given = true,
                          .scalars = 1,
                          .basis = TRUCE_BASIS_ASSUMED,
                          .path = "number"};
}

static void make_issues(maker *m)
{
    size_t count = 1 + below(m, MOST_ISSUES), outcomes = 1;
    m->issues = arena_array(m->memory, count, truce_issue);
    for (size_t i = 0; i < count; i++) {
        size_t values = 1 + below(m, MOST_VALUES);
        if (outcomes * values > MOST_OUTCOMES)
            values = 1;
        outcomes *= values;
        const char **names = arena_array(m->memory, values, const char *);
        for (size_t v = 0; v < values; v++)
            names[v] = word(m, "v", v);
        const char *id = word(m, "i", i);
        m->issues[i] = (truce_issue){.label = {.id = id, .basis = 'A'},
                                     .title = id,
                                     .ordered = chance(m, 50),
                                     .values = names,
                                     .value_count = values,
                                     .status_quo = (truce_value)below(m, values)};
    }
    m->scenario->issues = m->issues;
    m->scenario->issue_count = count;
}

static truce_condition *tree(maker *m, condition_kind kind, size_t parts)
{
    truce_condition *made = arena_new(m->memory, truce_condition);
    made->kind = kind;
    made->part_count = parts;
    made->parts = arena_array(m->memory, parts, const struct truce_condition *);
    return made;
}

static void put_part(truce_condition *all, size_t k, const truce_condition *part)
{
    ((const truce_condition **)(uintptr_t)all->parts)[k] = part;
}

/* Any set of values of one issue, as ranges. */
static truce_condition *make_leaf(maker *m, bool one_range)
{
    truce_condition *leaf = tree(m, CONDITION_LEAF, 0);
    leaf->issue = below(m, m->scenario->issue_count);
    size_t values = m->issues[leaf->issue].value_count;
    condition_range *ranges = arena_array(m->memory, values, condition_range);
    leaf->ranges = ranges;
    if (one_range) {
        size_t first = below(m, values);
        ranges[leaf->range_count++] = (condition_range){
            (truce_value)first, (truce_value)(first + below(m, values - first))};
        return leaf;
    }
    for (size_t v = 0; v < values; v++) {
        if (!chance(m, 50))
            continue;
        size_t last = leaf->range_count;
        if (last > 0 && ranges[last - 1].last + 1 == v)
            ranges[last - 1].last++;
        else
            ranges[leaf->range_count++] =
                (condition_range){(truce_value)v, (truce_value)v};
    }
    return leaf;
}

static const truce_condition *make_tree(maker *m, unsigned depth)
{
    size_t dice = depth == 0 ? 0 : below(m, 10);
    if (dice < 5)
        return make_leaf(m, chance(m, 30));
    condition_kind kind = dice < 6   ? CONDITION_NOT
                          : dice < 8 ? CONDITION_AND
                                     : CONDITION_OR;
    truce_condition *all = tree(m, kind, kind == CONDITION_NOT ? 1 : 2 + below(m, 2));
    for (size_t k = 0; k < all->part_count; k++)
        put_part(all, k, make_tree(m, depth - 1));
    return all;
}

/* A conjunction of ranges, or all but one. */
static const truce_condition *make_box(maker *m)
{
    truce_condition *all = tree(m, CONDITION_AND, 1 + below(m, 3));
    for (size_t k = 0; k < all->part_count; k++)
        put_part(all, k, make_leaf(m, true));
    if (chance(m, 70))
        return all;
    truce_condition *rest = tree(m, CONDITION_NOT, 1);
    put_part(rest, 0, all);
    return rest;
}

static truce_decimal divisor(maker *m)
{
    static const int64_t digits[] = {0, 1, 2, 4};
    return (truce_decimal){digits[chance(m, 70) ? 0 : below(m, 4)], 0};
}

static truce_worths make_worths(maker *m, size_t issue, long least)
{
    size_t values = m->issues[issue].value_count;
    truce_number *worths = arena_array(m->memory, values, truce_number);
    truce_decimal out_of = divisor(m);
    for (size_t v = 0; v < values; v++)
        worths[v] =
            number(QUARTERS *
                   (least + (long)below(m, (size_t)(m->largest_worth - least + 1))));
    return (truce_worths){.items = worths, .count = values, .out_of = out_of};
}

static void make_bonuses(maker *m, truce_preferences *into, bool boxes, bool negative)
{
    into->bonus_count = chance(m, 55) ? 0 : 1 + below(m, boxes ? 5 : 3);
    truce_bonus *bonuses = arena_array(m->memory, into->bonus_count, truce_bonus);
    for (size_t b = 0; b < into->bonus_count; b++)
        bonuses[b] = (truce_bonus){
            .condition = boxes ? make_box(m) : make_tree(m, 2),
            .worth = number(QUARTERS * ((long)below(m, 12) - (negative ? 4 : 0))),
            .label = {.id = word(m, "bonus", b)}};
    into->bonuses = bonuses;
    into->bonus_out_of = divisor(m);
    if (chance(m, 20))
        into->cap = number((long)below(m, 160));
}

static void make_red_lines(maker *m, truce_preferences *into)
{
    into->red_line_count = chance(m, 75) ? 0 : 1 + below(m, 2);
    truce_red_line *lines =
        arena_array(m->memory, into->red_line_count, truce_red_line);
    for (size_t l = 0; l < into->red_line_count; l++)
        lines[l] = (truce_red_line){.condition = make_tree(m, 1),
                                    .label = {.id = word(m, "red", l)}};
    into->red_lines = lines;
}

static void make_outside(maker *m, truce_outside *into)
{
    into->given = chance(m, 70);
    into->label.id = "floor";
    if (!into->given)
        return;
    into->worth = number((long)below(m, 140));
    if (chance(m, 85))
        return;
    truce_value *bid = arena_array(m->memory, m->scenario->issue_count, truce_value);
    for (size_t i = 0; i < m->scenario->issue_count; i++)
        bid[i] = (truce_value)below(m, m->issues[i].value_count);
    into->worth = (truce_number){0};
    into->bid = bid;
}

static void make_preferences(maker *m, truce_preferences *into, bool boxes,
                             bool negative)
{
    size_t issues = m->scenario->issue_count;
    truce_number *weights = arena_array(m->memory, issues, truce_number);
    truce_worths *worths = arena_array(m->memory, issues, truce_worths);
    for (size_t i = 0; i < issues; i++) {
        weights[i] = number(QUARTERS * (long)below(m, boxes ? 1 : 4));
        if (!boxes && chance(m, 90))
            worths[i] = make_worths(m, i, negative ? -2 : 0);
    }
    *into = (truce_preferences){
        .given = true, .weights = weights, .worths = worths, .sum_as_given = true};
    make_bonuses(m, into, boxes, negative);
    make_red_lines(m, into);
    make_outside(m, &into->outside);
}

static void make_parties(maker *m)
{
    size_t count = 2 + below(m, MOST_PARTIES - 1);
    bool boxes = chance(m, 20), negative = chance(m, 25);
    m->parties = arena_array(m->memory, count, truce_party);
    for (size_t p = 0; p < count; p++) {
        const char *id = word(m, "p", p);
        m->parties[p] = (truce_party){
            .label = {.id = id, .basis = 'A'}, .name = id, .consents_to_all = true};
        make_preferences(m, &m->parties[p].preferences, boxes, negative);
        m->parties[p].preferences.label.id = id;
    }
    m->scenario->parties = m->parties;
    m->scenario->party_count = count;
}

static void make_rules(maker *m)
{
    size_t count = chance(m, 60) ? 0 : 1 + below(m, 4);
    truce_rule *rules = arena_array(m->memory, count, truce_rule);
    for (size_t r = 0; r < count; r++)
        rules[r] = (truce_rule){
            .label = {.id = word(m, "r", r)},
            .by = chance(m, 60) ? TRUCE_NOBODY : below(m, m->scenario->party_count),
            .given = make_tree(m, 1),
            .then = make_tree(m, 1)};
    m->scenario->rules = rules;
    m->scenario->rule_count = count;
}

static truce_scenario *make(uint64_t which)
{
    truce_scenario *scenario = scenario_new();
    maker m = {.dice = random_begin(20251, which),
               .scenario = scenario,
               .memory = scenario_memory(scenario)};
    m.largest_worth = 1 + (long)below(&m, 8);
    scenario->id = scenario->file = "made";
    scenario->clock = (truce_clock){.unit = "day", .zone = "UTC"};
    make_issues(&m);
    make_parties(&m);
    make_rules(&m);
    return scenario;
}

/* ---- every outcome of it --------------------------------------------------------- */

typedef struct world {
    const truce_scenario *scenario;
    size_t parties, issues, outcomes;
    truce_value *values;        /* [outcomes][issues] lexicographic */
    long *u;                    /* [outcomes][parties] in quarters */
    bool *possible, *permitted; /* [outcomes] */
    bool has_floor[MOST_PARTIES];
    long floor[MOST_PARTIES];
} world;

static long quarters(truce_decimal value)
{
    long digits = (long)value.digits * QUARTERS;
    for (int32_t s = 0; s < value.scale; s++)
        digits /= 10;
    return digits;
}

static long divided(long value, truce_decimal out_of)
{
    return out_of.digits ? value / (long)out_of.digits : value;
}

static long utility(const truce_scenario *scenario, size_t party,
                    const truce_value *outcome)
{
    const truce_preferences *has = &scenario->parties[party].preferences;
    long sum = 0;
    for (size_t i = 0; i < scenario->issue_count; i++)
        if (has->worths[i].count)
            sum += divided(quarters(has->weights[i].mode) / QUARTERS *
                               quarters(has->worths[i].items[outcome[i]].mode),
                           has->worths[i].out_of);
    for (size_t b = 0; b < has->bonus_count; b++)
        if (truce_condition_holds(has->bonuses[b].condition, outcome))
            sum += divided(quarters(has->bonuses[b].worth.mode), has->bonus_out_of);
    long cap = quarters(has->cap.mode);
    return has->cap.given && sum > cap ? cap : sum;
}

static bool breaks(const truce_rule *rule, const truce_value *outcome)
{
    return truce_condition_holds(rule->given, outcome) &&
           !truce_condition_holds(rule->then, outcome);
}

static void judge(world *w, size_t o)
{
    const truce_scenario *scenario = w->scenario;
    const truce_value *outcome = &w->values[o * w->issues];
    w->possible[o] = w->permitted[o] = true;
    for (size_t r = 0; r < scenario->rule_count; r++)
        if (breaks(&scenario->rules[r], outcome)) {
            w->permitted[o] = false;
            w->possible[o] &= scenario->rules[r].by != TRUCE_NOBODY;
        }
    for (size_t p = 0; p < w->parties; p++) {
        const truce_preferences *has = &scenario->parties[p].preferences;
        w->u[o * w->parties + p] = utility(scenario, p, outcome);
        for (size_t l = 0; l < has->red_line_count; l++)
            if (truce_condition_holds(has->red_lines[l].condition, outcome))
                w->permitted[o] = false;
    }
}

static void take_floors(world *w)
{
    for (size_t p = 0; p < w->parties; p++) {
        const truce_outside *outside = &w->scenario->parties[p].preferences.outside;
        w->has_floor[p] = outside->given;
        w->floor[p] = outside->bid ? utility(w->scenario, p, outside->bid)
                                   : quarters(outside->worth.mode);
    }
}

static world explore(const truce_scenario *scenario)
{
    world w = {.scenario = scenario,
               .parties = scenario->party_count,
               .issues = scenario->issue_count,
               .outcomes = 1};
    for (size_t i = 0; i < w.issues; i++)
        w.outcomes *= scenario->issues[i].value_count;
    w.values = calloc(w.outcomes * w.issues, sizeof *w.values);
    w.u = calloc(w.outcomes * w.parties, sizeof *w.u);
    w.possible = calloc(w.outcomes, sizeof *w.possible);
    w.permitted = calloc(w.outcomes, sizeof *w.permitted);
    take_floors(&w);
    for (size_t o = 0; o < w.outcomes; o++) {
        size_t rest = o;
        for (size_t i = w.issues; i-- > 0;) {
            w.values[o * w.issues + i] =
                (truce_value)(rest % scenario->issues[i].value_count);
            rest /= scenario->issues[i].value_count;
        }
        judge(&w, o);
    }
    return w;
}

static void forget(world *w)
{
    free(w->values);
    free(w->u);
    free(w->possible);
    free(w->permitted);
}

static const long *u_of(const world *w, size_t o)
{
    return &w->u[o * w->parties];
}

static size_t number_of(const world *w, const truce_value *outcome)
{
    size_t o = 0;
    for (size_t i = 0; i < w->issues; i++)
        o = o * w->scenario->issues[i].value_count + outcome[i];
    return o;
}

/* ---- what should come out -------------------------------------------------------- */

typedef struct judged {
    size_t items[MOST_PARTIES], count;
} judged;

static bool is_rational(const world *w, size_t o, const judged *over)
{
    for (size_t k = 0; k < over->count; k++) {
        size_t p = over->items[k];
        if (w->has_floor[p] && u_of(w, o)[p] < w->floor[p])
            return false;
    }
    return true;
}

/* -1: one dominates, 1: other does, 0: equal, 2: neither. */
static int compare(const world *w, const judged *over, size_t one, size_t other)
{
    bool better = false, worse = false;
    for (size_t k = 0; k < over->count; k++) {
        long a = u_of(w, one)[over->items[k]], b = u_of(w, other)[over->items[k]];
        better |= a > b;
        worse |= a < b;
    }
    return better && worse ? 2 : better ? -1 : worse ? 1 : 0;
}

/* One outcome for each undominated vector, and how many share it. */
typedef struct front {
    size_t *outcomes, *shared, count;
} front;

static front undominated(const world *w, const judged *over, const bool *part)
{
    front f = {calloc(w->outcomes, sizeof(size_t)), calloc(w->outcomes, sizeof(size_t)),
               0};
    for (size_t o = 0; o < w->outcomes; o++) {
        if (!part[o])
            continue;
        bool keep = true;
        for (size_t k = 0; k < f.count && keep; k++) {
            int order = compare(w, over, f.outcomes[k], o);
            keep = order == 1 || order == 2;
            f.shared[k] += order == 0;
        }
        if (!keep)
            continue;
        size_t kept = 0;
        for (size_t k = 0; k < f.count; k++)
            if (compare(w, over, f.outcomes[k], o) != 1) {
                f.shared[kept] = f.shared[k];
                f.outcomes[kept++] = f.outcomes[k];
            }
        f.outcomes[kept] = o;
        f.shared[kept] = 1;
        f.count = kept + 1;
    }
    return f;
}

static void front_end(front *f)
{
    free(f->outcomes);
    free(f->shared);
}

/* ---- complaints ------------------------------------------------------------------ */

static uint64_t at_hand;
static char complaint[640];

#define WRONG(...) (snprintf(complaint, sizeof complaint, __VA_ARGS__), false)

/* ---- frontier -------------------------------------------------------------------- */

static bool is_vector(const world *w, const judged *over, const double *u, size_t o)
{
    for (size_t k = 0; k < over->count; k++)
        if (u[k] * QUARTERS != (double)u_of(w, o)[over->items[k]])
            return false;
    return true;
}

static size_t place_in(const world *w, const judged *over, const front *f,
                       const double *u)
{
    for (size_t k = 0; k < f->count; k++)
        if (is_vector(w, over, u, f->outcomes[k]))
            return k;
    return SIZE_MAX;
}

static bool in_order(const double *above, const double *under, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (above[k] != under[k])
            return above[k] > under[k];
    return false;
}

static bool check_point(const world *w, const judged *over, const bool *part,
                        const front *f, const truce_frontier *found, size_t point)
{
    const double *u = &found->utilities[point * over->count];
    size_t k = place_in(w, over, f, u);
    if (k == SIZE_MAX)
        return WRONG("frontier: point %zu is not undominated", point);
    if (point > 0 && !in_order(u - over->count, u, over->count))
        return WRONG("frontier: point %zu is out of order", point);
    truce_value outcome[MOST_ISSUES];
    if (!truce_frontier_outcome(found, point, outcome))
        return WRONG("frontier: point %zu has no witness", point);
    size_t o = number_of(w, outcome);
    if (o >= w->outcomes || !part[o] || !is_vector(w, over, u, o))
        return WRONG("frontier: point %zu has a wrong witness", point);
    truce_count n = truce_frontier_count(found, point);
    if (n.exact && strtoull(n.exact, NULL, 10) != f->shared[k])
        return WRONG("frontier: point %zu counts %s, not %zu", point, n.exact,
                     f->shared[k]);
    return true;
}

/* Is each true point within epsilon of a kept one, and each kept one real? */
static bool check_thinned(const world *w, const judged *over, const bool *part,
                          const front *f, const truce_frontier *found, long epsilon)
{
    for (size_t k = 0; k < f->count; k++) {
        bool covered = false;
        for (size_t point = 0; point < found->size && !covered; point++) {
            covered = true;
            for (size_t d = 0; d < over->count; d++)
                covered &= found->utilities[point * over->count + d] * QUARTERS +
                               (double)epsilon >=
                           (double)u_of(w, f->outcomes[k])[over->items[d]];
        }
        if (!covered)
            return WRONG("frontier: epsilon is exceeded");
    }
    for (size_t point = 0; point < found->size; point++) {
        truce_value outcome[MOST_ISSUES];
        truce_frontier_outcome(found, point, outcome);
        size_t o = number_of(w, outcome);
        if (!part[o] || !is_vector(w, over, &found->utilities[point * over->count], o))
            return WRONG("frontier: a thinned point is not real");
    }
    return true;
}

static bool check_frontier(const world *w, const judged *over, bool rational,
                           long epsilon)
{
    bool *part = calloc(w->outcomes, sizeof *part);
    for (size_t o = 0; o < w->outcomes; o++)
        part[o] = w->permitted[o] && (!rational || is_rational(w, o, over));
    front f = undominated(w, over, part);
    truce_frontier_choices choices = {.over = {over->items, over->count},
                                      .rational = rational,
                                      .epsilon = {epsilon * 25, 2}};
    truce_frontier *found = NULL;
    truce_error error = {0};
    truce_status status =
        truce_frontier_find(w->scenario, &choices, NULL, &found, &error);
    bool right = true;
    if (status != (f.count ? TRUCE_OK : TRUCE_NONE) || found == NULL)
        right = WRONG("frontier: status %d %s", (int)status, error.message);
    else if (epsilon == 0 && found->finding.proof.how != TRUCE_PROVED)
        right = WRONG("frontier: not proved");
    else if (epsilon == 0 && found->size != f.count)
        right = WRONG("frontier: %zu points, not %zu (%s)", found->size, f.count,
                      found->method);
    else if (epsilon > 0)
        right = check_thinned(w, over, part, &f, found, epsilon);
    for (size_t k = 0; right && epsilon == 0 && k < f.count; k++)
        right = check_point(w, over, part, &f, found, k);
    truce_frontier_free(found);
    front_end(&f);
    free(part);
    return right;
}

/* ---- points ---------------------------------------------------------------------- */

typedef struct yardstick {
    judged over;
    long d[MOST_PARTIES], ideal[MOST_PARTIES], most[MOST_PARTIES];
} yardstick;

static __int128 product(const world *w, const yardstick *by, size_t o)
{
    __int128 all = 1;
    for (size_t p = 0; p < w->parties; p++)
        all *= u_of(w, o)[p] - by->d[p];
    return all;
}

/* Is outcome a preferred to b? Kinds of truce_solution_kind; 0 when they tie. */
static int prefer(const world *w, const yardstick *by, truce_solution_kind kind,
                  size_t a, size_t b)
{
    const long *u = u_of(w, a), *v = u_of(w, b);
    __int128 one = 0, other = 0;
    if (kind == TRUCE_SOLUTION_NASH) {
        one = product(w, by, a);
        other = product(w, by, b);
    } else if (kind == TRUCE_SOLUTION_UTILITARIAN) {
        for (size_t p = 0; p < w->parties; p++) {
            one += u[p];
            other += v[p];
        }
    } else if (kind == TRUCE_SOLUTION_EQUAL_LOSS) {
        one = other = INT64_MIN;
        for (size_t p = 0; p < w->parties; p++) {
            one = by->ideal[p] - u[p] > one ? by->ideal[p] - u[p] : one;
            other = by->ideal[p] - v[p] > other ? by->ideal[p] - v[p] : other;
        }
        one = -one;
        other = -other;
    } else {
        /* least gain, each over its range for Kalai and Smorodinsky: over the product of
         * all ranges, so that all have one denominator */
        bool relative = kind == TRUCE_SOLUTION_KALAI_SMORODINSKY;
        __int128 all = 1;
        bool begun = false;
        for (size_t p = 0; p < w->parties; p++)
            if (relative && by->ideal[p] > by->d[p])
                all *= by->ideal[p] - by->d[p];
        for (size_t p = 0; p < w->parties; p++) {
            __int128 unit = 1;
            if (relative && by->ideal[p] == by->d[p])
                continue;
            if (relative)
                unit = all / (by->ideal[p] - by->d[p]);
            __int128 x = (u[p] - by->d[p]) * unit, y = (v[p] - by->d[p]) * unit;
            one = !begun || x < one ? x : one;
            other = !begun || y < other ? y : other;
            begun = true;
        }
    }
    return one > other ? 1 : one < other ? -1 : 0;
}

static bool check_solution(const world *w, const yardstick *by, const front *f,
                           truce_solution_kind kind, const truce_solution *found,
                           bool direct)
{
    size_t best = 0, ties = 0;
    for (size_t k = 1; k < f->count; k++)
        if (prefer(w, by, kind, f->outcomes[k], f->outcomes[best]) > 0)
            best = k;
    for (size_t k = 0; k < f->count; k++)
        ties += prefer(w, by, kind, f->outcomes[k], f->outcomes[best]) == 0;
    const char *name = truce_solution_name(kind);
    if (found->how != TRUCE_PROVED)
        return WRONG("%s: not proved", name);
    bool complete = !found->direct || found->ties_complete;
    if (complete && !found->cut && found->count != ties)
        return WRONG("%s: %zu ties, not %zu%s", name, found->count, ties,
                     direct ? " (direct)" : "");
    if (found->count == 0)
        return WRONG("%s: nothing found", name);
    for (size_t i = 0; i < found->count; i++) {
        size_t k = place_in(w, &by->over, f, found->items[i].utilities);
        if (k == SIZE_MAX)
            return WRONG("%s: not an undominated rational vector%s", name,
                         direct ? " (direct)" : "");
        if (prefer(w, by, kind, f->outcomes[k], f->outcomes[best]) != 0)
            return WRONG("%s: not the best%s", name, direct ? " (direct)" : "");
        size_t o = number_of(w, found->items[i].outcome);
        if (!w->permitted[o] || !is_vector(w, &by->over, found->items[i].utilities, o))
            return WRONG("%s: wrong outcome%s", name, direct ? " (direct)" : "");
    }
    return true;
}

/* Negative utilities without an outside option: whether they are rational is a matter of
 * taste. */
static bool is_clear(const world *w)
{
    for (size_t o = 0; o < w->outcomes; o++)
        for (size_t p = 0; p < w->parties; p++)
            if (!w->has_floor[p] && u_of(w, o)[p] < 0)
                return false;
    return true;
}

static yardstick measure(const world *w, const bool *part, truce_reference reference)
{
    yardstick by = {.over.count = w->parties};
    for (size_t p = 0; p < w->parties; p++) {
        long least = LONG_MAX;
        by.over.items[p] = p;
        by.ideal[p] = by.most[p] = LONG_MIN;
        for (size_t o = 0; o < w->outcomes; o++) {
            long u = u_of(w, o)[p];
            if (part[o] && u > by.ideal[p])
                by.ideal[p] = u;
            if (u < least)
                least = u;
            if (w->permitted[o] && u > by.most[p])
                by.most[p] = u;
        }
        by.d[p] = w->has_floor[p] ? w->floor[p] : 0;
        if (reference == TRUCE_MINIMUM && least > by.d[p])
            by.d[p] = least;
    }
    return by;
}

static bool check_points(const world *w, truce_reference reference, bool direct)
{
    bool *part = calloc(w->outcomes, sizeof *part);
    judged all = {.count = w->parties};
    for (size_t p = 0; p < w->parties; p++)
        all.items[p] = p;
    for (size_t o = 0; o < w->outcomes; o++)
        part[o] = w->permitted[o] && is_rational(w, o, &all);
    front f = undominated(w, &all, part);
    yardstick by = measure(w, part, reference);
    truce_points_choices choices = {
        .disagreement = reference, .direct = direct, .most = 100000};
    truce_points *found = NULL;
    truce_error error = {0};
    truce_status status =
        truce_points_find(w->scenario, &choices, NULL, &found, &error);
    bool right = true;
    if (status != (f.count ? TRUCE_OK : TRUCE_NONE) || found == NULL)
        right = WRONG("points: status %d %s%s", (int)status, error.message,
                      direct ? " (direct)" : "");
    for (int kind = 0; right && f.count && kind < TRUCE_SOLUTION_KINDS; kind++)
        right = check_solution(w, &by, &f, (truce_solution_kind)kind,
                               &found->solutions[kind], direct);
    truce_points_free(found);
    front_end(&f);
    free(part);
    return right;
}

/* GENIUS: the whole frontier, Nash by u - r, and the least sum of differences. */
static long spread(const world *w, size_t o)
{
    long all = 0;
    for (size_t p = 0; p < w->parties; p++)
        for (size_t q = 0; q < p; q++)
            all += labs(u_of(w, o)[p] - u_of(w, o)[q]);
    return all;
}

static bool check_genius(const world *w)
{
    judged all = {.count = w->parties};
    for (size_t p = 0; p < w->parties; p++)
        all.items[p] = p;
    front f = undominated(w, &all, w->permitted);
    yardstick by = measure(w, w->permitted, TRUCE_RESERVATION);
    truce_points_choices choices = {.as = TRUCE_AS_GENIUS, .most = 100000};
    truce_points *found = NULL;
    truce_points_find(w->scenario, &choices, NULL, &found, NULL);
    bool right = found != NULL || WRONG("genius: no answer");
    size_t nash = 0, even = 0;
    for (size_t k = 1; k < f.count; k++) {
        if (product(w, &by, f.outcomes[k]) > product(w, &by, f.outcomes[nash]))
            nash = k;
        if (spread(w, f.outcomes[k]) < spread(w, f.outcomes[even]))
            even = k;
    }
    if (right && f.count) {
        const truce_solution *n = &found->solutions[TRUCE_SOLUTION_NASH];
        const truce_solution *e = &found->solutions[TRUCE_SOLUTION_KALAI_SMORODINSKY];
        size_t a = n->count ? place_in(w, &all, &f, n->items[0].utilities) : SIZE_MAX;
        size_t b = e->count ? place_in(w, &all, &f, e->items[0].utilities) : SIZE_MAX;
        if (a == SIZE_MAX ||
            product(w, &by, f.outcomes[a]) != product(w, &by, f.outcomes[nash]))
            right = WRONG("genius: another Nash point");
        else if (b == SIZE_MAX ||
                 spread(w, f.outcomes[b]) != spread(w, f.outcomes[even]))
            right = WRONG("genius: another Kalai-Smorodinsky point");
    }
    truce_points_free(found);
    front_end(&f);
    return right;
}

/* ---- counts and best outcomes ---------------------------------------------------- */

static bool is_count(truce_count count, size_t number)
{
    return count.exact && strtoull(count.exact, NULL, 10) == number;
}

static bool check_tally(const world *w)
{
    size_t possible = 0, permitted = 0, rational = 0;
    judged all = {.count = w->parties};
    for (size_t p = 0; p < w->parties; p++)
        all.items[p] = p;
    for (size_t o = 0; o < w->outcomes; o++) {
        possible += w->possible[o];
        permitted += w->permitted[o];
        rational += w->permitted[o] && is_rational(w, o, &all);
    }
    truce_tally *found = NULL;
    truce_tally_find(w->scenario, NULL, &found, NULL);
    bool right =
        (found && is_count(found->outcomes, w->outcomes) &&
         is_count(found->possible, possible) && is_count(found->permitted, permitted) &&
         is_count(found->rational, rational)) ||
        WRONG("count: not %zu, %zu, %zu, %zu", w->outcomes, possible, permitted,
              rational);
    truce_tally_free(found);
    return right;
}

static const world *sorted_world;
static size_t sorted_party;
static bool sorted_worst;

static int by_worth(const void *one, const void *other)
{
    size_t a = *(const size_t *)one, b = *(const size_t *)other;
    long u = u_of(sorted_world, a)[sorted_party],
         v = u_of(sorted_world, b)[sorted_party];
    if (u != v)
        return (u < v) == sorted_worst ? -1 : 1;
    return a < b ? -1 : 1;
}

static bool check_best(const world *w, size_t party, size_t top, bool rational,
                       bool worst)
{
    size_t *order = calloc(w->outcomes, sizeof *order), count = 0;
    judged all = {.count = w->parties};
    for (size_t p = 0; p < w->parties; p++)
        all.items[p] = p;
    for (size_t o = 0; o < w->outcomes; o++)
        if (w->permitted[o] && (!rational || is_rational(w, o, &all)))
            order[count++] = o;
    sorted_world = w;
    sorted_party = party;
    sorted_worst = worst;
    qsort(order, count, sizeof *order, by_worth);
    truce_best_choices choices = {
        .party = party, .top = top, .rational = rational, .worst = worst};
    truce_best *found = NULL;
    truce_best_find(w->scenario, &choices, NULL, &found, NULL);
    size_t expected = count < top ? count : top;
    bool right = (found && found->count == expected) ||
                 WRONG("outcomes: %zu, not %zu", found ? found->count : 0, expected);
    for (size_t k = 0; right && k < expected; k++)
        if (number_of(w, &found->outcomes[k * w->issues]) != order[k])
            right = WRONG("outcomes: another one at place %zu%s", k,
                          worst ? " (worst)" : "");
    truce_best_free(found);
    free(order);
    return right;
}

/* ---- a case ---------------------------------------------------------------------- */

static bool check_all(const world *w, random_stream *dice)
{
    judged all = {.count = w->parties}, some = {.count = 0};
    for (size_t p = 0; p < w->parties; p++) {
        all.items[p] = p;
        if (random_below(dice, 2))
            some.items[some.count++] = p;
    }
    size_t party = (size_t)random_below(dice, w->parties);
    size_t top = 1 + (size_t)random_below(dice, 30);
    return check_frontier(w, &all, random_below(dice, 2), 0) &&
           (some.count == 0 || check_frontier(w, &some, random_below(dice, 2), 0)) &&
           check_frontier(w, &all, random_below(dice, 2),
                          1 + (long)random_below(dice, 20)) &&
           check_tally(w) &&
           check_best(w, party, top, random_below(dice, 2), random_below(dice, 2)) &&
           (!is_clear(w) ||
            (check_points(w, random_below(dice, 2) ? TRUCE_MINIMUM : TRUCE_RESERVATION,
                          false) &&
             check_points(w, random_below(dice, 2) ? TRUCE_MINIMUM : TRUCE_RESERVATION,
                          true) &&
             check_genius(w)));
}

static void show(const truce_scenario *scenario)
{
    truce_conversion *text = NULL;
    truce_scenario_convert(scenario, TRUCE_FORMAT_TRUCE, true, &text, NULL);
    if (text)
        fprintf(stderr, "%s\n", text->files[0].bytes);
    truce_conversion_free(text);
}

static bool try_case(uint64_t which, bool shown)
{
    truce_scenario *scenario = make(which);
    world w = explore(scenario);
    random_stream dice = random_begin(99, which);
    at_hand = which;
    bool right = check_all(&w, &dice);
    if (!right)
        fprintf(stderr, "case %llu: %s\n", (unsigned long long)which, complaint);
    if (shown)
        show(scenario);
    forget(&w);
    truce_scenario_free(scenario);
    return right;
}

static uint64_t option(int argc, char **argv, const char *name, uint64_t otherwise)
{
    for (int k = 1; k + 1 < argc; k++)
        if (strcmp(argv[k], name) == 0)
            return strtoull(argv[k + 1], NULL, 10);
    return otherwise;
}

int main(int argc, char **argv)
{
    uint64_t count = option(argc, argv, "--count", 1000);
    uint64_t from = option(argc, argv, "--from", 0);
    uint64_t every = option(argc, argv, "--every", 1);
    uint64_t only = option(argc, argv, "--only", UINT64_MAX);
    uint64_t passed = 0, failed = 0;
    if (only != UINT64_MAX)
        return !try_case(only, true);
    for (uint64_t which = from; which < count && failed < 20; which += every)
        if (try_case(which, false))
            passed++;
        else
            failed++;
    printf("%llu passed, %llu failed\n", (unsigned long long)passed,
           (unsigned long long)failed);
    return failed > 0;
}
