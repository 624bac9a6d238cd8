/* Made-up scenarios, for measurements and tests. Every number is drawn in whole units of
 * a stream keyed by seed and by what it stands for, so that the same choices give the
 * same bytes on every machine.
 *
 * Worths and weights have at most 9 decimals, so their products have 18 and all sums of
 * a party fit 64 bits. */
#include "base/big.h"
#include "base/error.h"
#include "base/random.h"
#include "scenario/condition.h"
#include "scenario/scenario.h"

#include <truce/file.h>

enum {
    DECIMALS = 9,
    MOST_PARTIES = 64,
    MOST_CELLS = 100000000, /* worths of all parties */
    REACH = 4,              /* rules join issues that are at most so far apart */
    FINEST_PERCENT = 100    /* whole worths go up to it */
};

/* What a stream is drawn for; the lower bits say for which. */
enum { FOR_WEIGHTS = 1, FOR_BASES, FOR_WORTHS, FOR_RULES };

typedef struct maker {
    const truce_generation *choices;
    truce_scenario *scenario;
    arena *memory;
} maker;

static random_stream dice_for(const maker *m, uint64_t what, uint64_t party,
                              uint64_t issue)
{
    return random_begin(m->choices->seed, what << 56 | party << 40 | issue);
}

static const char *numbered(maker *m, char letter, size_t index)
{
    return arena_format(m->memory, "%c%zu", letter, index + 1);
}

/* ---- issues ---------------------------------------------------------------------- */

static void make_issues(maker *m)
{
    size_t values = m->choices->values;
    const char **names = arena_array(m->memory, values, const char *);
    for (size_t v = 0; v < values; v++)
        names[v] = numbered(m, 'v', v);
    truce_issue *issues = arena_array(m->memory, m->choices->issues, truce_issue);
    for (size_t i = 0; i < m->choices->issues; i++) {
        const char *id = numbered(m, 'i', i);
        issues[i] = (truce_issue){.label = {.id = id, .basis = TRUCE_BASIS_ASSUMED},
                                  .title = id,
                                  .values = names,
                                  .value_count = values};
    }
    m->scenario->issues = issues;
    m->scenario->issue_count = m->choices->issues;
}

/* ---- worths ---------------------------------------------------------------------- */

static bool is_first_camp(size_t party)
{
    return party % 2 == 0;
}

/* Before it is divided by the largest of its issue. bases [values] are shared by all
 * parties; a camp has its own where there are camps. */
static uint64_t raw_worth(const maker *m, size_t party, uint64_t base,
                          random_stream *dice)
{
    const uint64_t one = UINT64_C(1) << 53;
    switch (m->choices->kind) {
    case TRUCE_OPPOSED:
        return 4 * (is_first_camp(party) ? base : one - base) + random_53(dice);
    case TRUCE_CLUSTERED:
        return 4 * base + random_53(dice);
    case TRUCE_INTEGER:
        return 1 + random_below(dice, FINEST_PERCENT);
    default:
        return random_53(dice);
    }
}

static truce_number assumed(int64_t digits, int32_t scale, const char *path)
{
    truce_decimal value = {digits, scale};
    for (; value.scale > 0 && value.digits % 10 == 0; value.scale--)
        value.digits /= 10;
    return (truce_number){.low = value,
                          .mode = value,
                          .high = value,
                          .given = true,
                          .scalars = 1,
                          .basis = TRUCE_BASIS_ASSUMED,
                          .path = path};
}

/* worth / largest, rounded to the decimals kept; whole numbers become hundredths, of
 * which the largest is raised to 1. */
static int64_t share_of_largest(const maker *m, uint64_t worth, uint64_t largest)
{
    if (m->choices->kind == TRUCE_INTEGER)
        return worth == largest ? FINEST_PERCENT : (int64_t)worth;
    return (int64_t)(((wide)worth * 1000000000 + largest / 2) / largest);
}

static truce_worths make_worths(maker *m, size_t party, size_t issue)
{
    size_t values = m->choices->values;
    size_t camp = m->choices->kind == TRUCE_CLUSTERED && !is_first_camp(party);
    random_stream base = dice_for(m, FOR_BASES, camp, issue);
    random_stream dice = dice_for(m, FOR_WORTHS, party, issue);
    uint64_t *raw = arena_array(m->memory, values, uint64_t), largest = 1;
    for (size_t v = 0; v < values; v++) {
        raw[v] = raw_worth(m, party, random_53(&base), &dice);
        largest = raw[v] > largest ? raw[v] : largest;
    }
    truce_number *worths = arena_array(m->memory, values, truce_number);
    int32_t scale = m->choices->kind == TRUCE_INTEGER ? 2 : DECIMALS;
    for (size_t v = 0; v < values; v++)
        worths[v] = assumed(share_of_largest(m, raw[v], largest), scale, "worth");
    return (truce_worths){.items = worths, .count = values};
}

/* ---- weights --------------------------------------------------------------------- */

/* Uniform draws as whole parts that sum to one exactly: what rounding down leaves goes
 * to the first ones. */
static const truce_number *make_weights(maker *m, size_t party)
{
    size_t issues = m->choices->issues;
    int32_t scale = m->choices->kind == TRUCE_INTEGER ? 2 : DECIMALS;
    uint64_t unit = m->choices->kind == TRUCE_INTEGER ? 100 : 1000000000;
    for (; unit < 4 * issues; unit *= 10)
        scale++;
    random_stream dice = dice_for(m, FOR_WEIGHTS, party, 0);
    uint64_t *drawn = arena_array(m->memory, issues, uint64_t), left = unit;
    wide sum = 0;
    for (size_t i = 0; i < issues; i++)
        sum += drawn[i] = 1 + random_53(&dice);
    for (size_t i = 0; i < issues; i++) {
        drawn[i] = (uint64_t)((wide)drawn[i] * unit / sum);
        left -= drawn[i];
    }
    truce_number *weights = arena_array(m->memory, issues, truce_number);
    for (size_t i = 0; i < issues; i++)
        weights[i] = assumed((int64_t)(drawn[i] + (i < left)), scale, "weights");
    return weights;
}

/* ---- parties and rules ----------------------------------------------------------- */

static void make_parties(maker *m)
{
    truce_party *parties = arena_array(m->memory, m->choices->parties, truce_party);
    for (size_t p = 0; p < m->choices->parties; p++) {
        const char *id = numbered(m, 'p', p);
        truce_worths *worths = arena_array(m->memory, m->choices->issues, truce_worths);
        for (size_t i = 0; i < m->choices->issues; i++)
            worths[i] = make_worths(m, p, i);
        truce_label label = {.id = id, .basis = TRUCE_BASIS_ASSUMED};
        parties[p] = (truce_party){.label = label, .name = id, .consents_to_all = true};
        parties[p].preferences = (truce_preferences){.given = true,
                                                     .label = label,
                                                     .weights = make_weights(m, p),
                                                     .worths = worths,
                                                     .sum_as_given = true};
    }
    m->scenario->parties = parties;
    m->scenario->party_count = m->choices->parties;
}

static const truce_condition *make_leaf(maker *m, size_t issue, truce_value value,
                                        bool differs)
{
    const truce_issue *what = &m->scenario->issues[issue];
    condition_range *ranges = arena_array(m->memory, 2, condition_range);
    truce_condition *leaf = arena_new(m->memory, truce_condition);
    size_t count = 0;
    if (!differs)
        ranges[count++] = (condition_range){value, value};
    if (differs && value > 0)
        ranges[count++] = (condition_range){0, value - 1};
    if (differs && value + 1 < what->value_count)
        ranges[count++] =
            (condition_range){value + 1, (truce_value)what->value_count - 1};
    const char *text = arena_format(m->memory, "%s %s %s", what->label.id,
                                    differs ? "!=" : "=", what->values[value]);
    *leaf = (truce_condition){.kind = CONDITION_LEAF,
                              .text = text,
                              .issue = issue,
                              .ranges = ranges,
                              .range_count = count};
    return leaf;
}

/* Another issue at most REACH away. */
static size_t neighbour(size_t issue, size_t issues, random_stream *dice)
{
    size_t first = issue > REACH ? issue - REACH : 0;
    size_t last = issue + REACH < issues ? issue + REACH : issues - 1;
    size_t other = first + random_below(dice, last - first);
    return other + (other >= issue);
}

static void make_rules(maker *m)
{
    truce_rule *rules = arena_array(m->memory, m->choices->rules, truce_rule);
    random_stream dice = dice_for(m, FOR_RULES, 0, 0);
    size_t issues = m->choices->issues, values = m->choices->values;
    for (size_t r = 0; r < m->choices->rules; r++) {
        size_t issue = random_below(&dice, issues);
        size_t other = neighbour(issue, issues, &dice);
        truce_value given = (truce_value)random_below(&dice, values);
        truce_value then = (truce_value)random_below(&dice, values);
        rules[r] = (truce_rule){
            .label = {.id = numbered(m, 'r', r), .basis = TRUCE_BASIS_ASSUMED},
            .by = TRUCE_NOBODY,
            .given = make_leaf(m, issue, given, false),
            .then = make_leaf(m, other, then, true)};
    }
    m->scenario->rules = rules;
    m->scenario->rule_count = m->choices->rules;
}

/* ---- the whole ------------------------------------------------------------------- */

static truce_status check_choices(const truce_generation *choices, truce_error *error)
{
    if (choices->issues == 0 || choices->values == 0 || choices->parties == 0)
        return error_say(error, TRUCE_CALL,
                         "a scenario has at least one issue, value and party");
    if (choices->parties > MOST_PARTIES)
        return error_say(error, TRUCE_CALL, "at most %d parties", MOST_PARTIES);
    if (choices->issues > MOST_CELLS / choices->values / choices->parties)
        return error_say(error, TRUCE_CALL,
                         "issues x values x parties: at most %d worths", MOST_CELLS);
    if (choices->rules > 0 && choices->issues < 2)
        return error_say(error, TRUCE_CALL, "rules join two issues, and there is one");
    if (choices->rules > MOST_CELLS / 100)
        return error_say(error, TRUCE_CALL, "at most %d rules", MOST_CELLS / 100);
    return TRUCE_OK;
}

static void name_scenario(maker *m)
{
    static const char *const kinds[] = {"opposed", "independent", "integer",
                                        "clustered"};
    const truce_generation *choices = m->choices;
    const char *rules =
        choices->rules ? arena_format(m->memory, "-rules%zu", choices->rules) : "";
    m->scenario->id = arena_format(
        m->memory, "%s-%zux%zu-p%zu%s-s%llu", kinds[choices->kind], choices->issues,
        choices->values, choices->parties, rules, (unsigned long long)choices->seed);
    m->scenario->title = arena_format(m->memory, "A made-up scenario (seed %llu)",
                                      (unsigned long long)choices->seed);
    m->scenario->file = m->scenario->id;
    m->scenario->clock = (truce_clock){.unit = "day", .zone = "UTC"};
}

truce_status truce_scenario_generate(const truce_generation *choices,
                                     truce_scenario **scenario, truce_error *error)
{
    *scenario = NULL;
    truce_status status = check_choices(choices, error);
    if (status != TRUCE_OK)
        return status;
    truce_scenario *made = scenario_new();
    maker m = {choices, made, scenario_memory(made)};
    name_scenario(&m);
    make_issues(&m);
    make_parties(&m);
    make_rules(&m);
    *scenario = made;
    return TRUCE_OK;
}
