/* The oracle of offers in spaces that are not enumerated: what vast.h finds, judged by
 * trying every outcome, or by exact sums where there are too many.
 *
 *   - what is found is admissible and worth at least what was asked, and something is found
 *     whenever there is such an outcome;
 *   - where it is called exact (over 0), nothing admissible is worth less and still enough;
 *   - else `over` is what it is worth more than was asked, to the last bit, and it lies
 *     within VAST_WINDOW of the range above the least there is (bonuses and caps apart, for
 *     which no bound is promised).
 *
 *     vast_oracle [--count N] [--from K] [--large L]
 *
 * N scenarios of up to some hundred thousand outcomes, half of them drawn with bonuses, red
 * lines, rules and floors, half made as `truce generate` makes them, each with all its ways
 * and with its lists alone; L scenarios of 10^30 to 10^100 outcomes, where an exact answer
 * is checked against all outcomes that differ from it in two issues. The last line counts
 * questions: "N passed, M failed". */
#include "random_made.h"

#include "play/vast.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ASKED = 24, ASKED_LARGE = 300, SWAPPED = 6, OUTCOMES_MOST = 200000 };

typedef struct table {
    truce_scenario *scenario;
    space *compiled;
    board *board;
    uint64_t number;
    uint64_t passed, failed;
    /* of parties with red lines or rules: answers, and those that lay further above than
     * a millionth, which is promised only where nothing is restricted */
    uint64_t restricted, further;
} table;

static const char FURTHER[] = "a much lower one would do";

static double chance(random_stream *dice)
{
    return (double)random_53(dice) / 9007199254740992.0;
}

/* ---- the definitions once more -------------------------------------------------------------- */

/* By the tables, one by one; bonuses and cap after them. */
static wide sum_by_hand(const space_party *numbers, size_t issues,
                        const truce_value *outcome)
{
    wide sum = 0;
    for (size_t i = 0; i < issues; i++)
        sum += numbers->tables[i][outcome[i]];
    for (size_t b = 0; b < numbers->bonus_count; b++)
        if (truce_condition_holds(numbers->bonuses[b].condition, outcome))
            sum += numbers->bonuses[b].amount;
    return numbers->capped && sum > numbers->cap ? numbers->cap : sum;
}

static bool may_have(const table *it, size_t party, const truce_value *outcome)
{
    const truce_scenario *scenario = it->scenario;
    const truce_preferences *given = &scenario->parties[party].preferences;
    const space_party *numbers = &it->compiled->parties[party];
    for (size_t k = 0; k < given->red_line_count; k++)
        if (truce_condition_holds(given->red_lines[k].condition, outcome))
            return false;
    for (size_t k = 0; k < scenario->rule_count; k++) {
        const truce_rule *rule = &scenario->rules[k];
        if ((rule->by == party || rule->by == TRUCE_NOBODY) &&
            truce_condition_holds(rule->given, outcome) &&
            !truce_condition_holds(rule->then, outcome))
            return false;
    }
    return !numbers->has_floor ||
           sum_by_hand(numbers, it->compiled->issue_count, outcome) >= numbers->floor;
}

static double worth(const table *it, size_t party, const truce_value *outcome)
{
    const space_party *numbers = &it->compiled->parties[party];
    return big_quotient(sum_by_hand(numbers, it->compiled->issue_count, outcome),
                        numbers->denominator);
}

static bool is_restricted(const table *it, size_t party)
{
    const truce_scenario *scenario = it->scenario;
    bool restricted = scenario->parties[party].preferences.red_line_count > 0;
    for (size_t k = 0; k < scenario->rule_count; k++)
        restricted |=
            scenario->rules[k].by == party || scenario->rules[k].by == TRUCE_NOBODY;
    return restricted;
}

/* All admissible utilities of a party, ascending. */
static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double *all_worths(const table *it, size_t party, size_t *count)
{
    size_t issues = it->compiled->issue_count, room = 0;
    truce_value *outcome = must_allocate_zeroed(issues + 1, sizeof *outcome);
    double *worths = NULL;
    *count = 0;
    do {
        if (may_have(it, party, outcome))
            *grow(worths, *count, room) = worth(it, party, outcome);
    } while (next_outcome(it->compiled, outcome));
    if (*count > 0)
        qsort(worths, *count, sizeof *worths, compare);
    free(outcome);
    return worths;
}

/* ---- one answer ------------------------------------------------------------------------------ */

typedef struct answer {
    bool found;
    truce_value *outcome;
    double over, worth;
} answer;

static answer ask(const table *it, size_t seat, double asked, truce_value *outcome)
{
    answer a = {.outcome = outcome};
    a.found = vast_at_least(it->board, seat, asked, outcome, &a.over);
    a.worth = a.found ? worth(it, it->board->seat[seat].party, outcome) : NAN;
    return a;
}

static double window(const table *it, size_t seat)
{
    const board_seat *mine = &it->board->seat[seat];
    return VAST_WINDOW * (mine->greatest - mine->least) * (1 + 1e-9);
}

/* What holds of any answer. */
static const char *judge(const table *it, size_t seat, double asked, const answer *a)
{
    if (!may_have(it, it->board->seat[seat].party, a->outcome))
        return "it is not admissible";
    if (a->worth < asked)
        return "it is worth less than asked";
    if (a->over != 0 && a->over != a->worth - asked)
        return "it is not worth so much more";
    return NULL;
}

/* With red lines and rules one answer in MISSES may lie further above. */
enum { MISSES = 500 };

static void tell(table *it, size_t seat, double asked, const char *wrong, double over)
{
    bool restricted = it->board && is_restricted(it, it->board->seat[seat].party);
    it->restricted += restricted;
    if (restricted && wrong == FURTHER) {
        it->further++;
        wrong = NULL;
    }
    it->passed += wrong == NULL;
    it->failed += wrong != NULL;
    if (wrong)
        printf("scenario %llu, seat %zu, asked %.17g: %s (over %.3g)\n",
               (unsigned long long)it->number, seat, asked, wrong, over);
}

/* ---- against every outcome ------------------------------------------------------------------- */

/* Something near an end, anything, or exactly what some outcome is worth. */
static double draw_asked(const board_seat *mine, const double *worths, size_t count,
                         random_stream *dice)
{
    double range = mine->greatest - mine->least, x = chance(dice);
    switch (random_below(dice, 4)) {
    case 0:
        return mine->greatest - range * x * x * x * x;
    case 1:
        return mine->least + range * x * x * x * x;
    case 2:
        return worths[random_below(dice, count)];
    default:
        return mine->least + range * x;
    }
}

static const char *judge_by_all(const table *it, size_t seat, double asked,
                                const answer *a, const double *worths, size_t count)
{
    const space_party *numbers = &it->compiled->parties[it->board->seat[seat].party];
    size_t k = 0;
    while (k < count && worths[k] < asked)
        k++;
    if (k == count || !a->found)
        return a->found    ? "there is none"
               : k < count ? "there is one, and none was found"
                           : NULL;
    const char *wrong = judge(it, seat, asked, a);
    if (wrong)
        return wrong;
    if (a->over == 0 && a->worth != worths[k])
        return "called exact, and a lower one would do";
    bool bound = numbers->bonus_count == 0 && !numbers->capped;
    return bound && a->worth - worths[k] > window(it, seat) ? FURTHER : NULL;
}

static void ask_all(table *it, random_stream *dice)
{
    truce_value *outcome =
        must_allocate_zeroed(it->compiled->issue_count + 1, sizeof *outcome);
    for (size_t s = 0; s < it->board->seats; s++) {
        size_t count;
        double *worths = all_worths(it, it->board->seat[s].party, &count);
        for (int k = 0; k < ASKED && count > 0; k++) {
            double asked = draw_asked(&it->board->seat[s], worths, count, dice);
            answer a = ask(it, s, asked, outcome);
            tell(it, s, asked, judge_by_all(it, s, asked, &a, worths, count), a.over);
        }
        free(worths);
    }
    free(outcome);
}

/* A board is refused when somebody has nothing admissible, or tables that say nothing. */
static bool may_be_refused(const table *it)
{
    for (size_t p = 0; p < it->compiled->party_count; p++) {
        const space_party *numbers = &it->compiled->parties[p];
        bool flat = true;
        size_t count;
        for (size_t i = 0; i < it->compiled->issue_count; i++)
            for (truce_value v = 1; v < it->compiled->value_counts[i]; v++)
                flat &= numbers->tables[i][v] == numbers->tables[i][0];
        free(all_worths(it, p, &count));
        if (flat || count == 0)
            return true;
    }
    return false;
}

/* ---- scenarios --------------------------------------------------------------------------------- */

static truce_scenario *drawn_scenario(uint64_t number, random_stream *dice)
{
    size_t counts[8], outcomes = 1, issues = 4 + (size_t)random_below(dice, 5);
    for (size_t i = 0; i < issues; i++) {
        counts[i] = 1 + (size_t)random_below(dice, 7);
        if (outcomes * counts[i] > OUTCOMES_MOST / 8)
            counts[i] = 1;
        outcomes *= counts[i];
    }
    made_shape shape = {.value_counts = counts, .issues = issues, .parties = 2};
    return random_scenario(31, number, &shape);
}

static truce_scenario *generated(size_t issues, size_t values, uint64_t number,
                                 random_stream *dice)
{
    truce_scenario *scenario = NULL;
    truce_error error = {0};
    truce_generation choices = {.issues = issues,
                                .values = values,
                                .parties = 2 + (size_t)random_below(dice, 2),
                                .kind = (truce_kind)random_below(dice, 4),
                                .rules = 20 * (size_t)random_below(dice, 2),
                                .seed = number};
    if (truce_scenario_generate(&choices, &scenario, &error) != TRUCE_OK)
        printf("scenario %llu: %s\n", (unsigned long long)number, error.message);
    return scenario;
}

static truce_scenario *generated_scenario(uint64_t number, random_stream *dice)
{
    static const size_t sizes[][2] = {{17, 2}, {10, 3}, {8, 4},  {7, 5},  {6, 7},
                                      {5, 11}, {4, 20}, {3, 50}, {2, 300}};
    const size_t *size = sizes[random_below(dice, sizeof sizes / sizeof *sizes)];
    return generated(size[0], size[1], number, dice);
}

static void seat_all(table *it, const board_choices *choices)
{
    size_t over[3] = {0, 1, 2};
    truce_error error = {0};
    it->board =
        board_new_as(it->scenario, (truce_list){over, it->compiled->party_count},
                     choices, NULL, &error);
}

static void try_scenario(table *it, uint64_t number)
{
    random_stream dice = random_begin(8, number);
    it->number = number;
    it->scenario =
        number % 2 ? drawn_scenario(number, &dice) : generated_scenario(number, &dice);
    it->compiled = space_new(it->scenario, NULL);
    for (int alone = 0; alone < 2; alone++) {
        seat_all(it, &(board_choices){.lists_alone = alone});
        if (it->board)
            ask_all(it, &dice);
        else
            tell(it, 0, 0, may_be_refused(it) ? NULL : "refused without need", 0);
        board_free(it->board);
        it->board = NULL;
    }
    space_free(it->compiled);
    truce_scenario_free(it->scenario);
}

/* ---- where there are too many -------------------------------------------------------------------- */

/* No outcome with two issues changed is nearer to what was asked. */
static const char *swap_two(const table *it, size_t seat, double asked, const answer *a)
{
    const space *compiled = it->compiled;
    size_t party = it->board->seat[seat].party, issues = compiled->issue_count;
    const space_party *numbers = &compiled->parties[party];
    wide sum = sum_by_hand(numbers, issues, a->outcome);
    const char *wrong = NULL;
    for (size_t i = 0; i < issues; i++)
        for (size_t j = i + 1; j < issues; j++)
            for (truce_value v = 0; v < compiled->value_counts[i]; v++)
                for (truce_value w = 0; w < compiled->value_counts[j]; w++) {
                    truce_value was[2] = {a->outcome[i], a->outcome[j]};
                    wide other = sum + numbers->tables[i][v] -
                                 numbers->tables[i][was[0]] + numbers->tables[j][w] -
                                 numbers->tables[j][was[1]];
                    if (other >= sum ||
                        big_quotient(other, numbers->denominator) < asked)
                        continue;
                    a->outcome[i] = v;
                    a->outcome[j] = w;
                    if (may_have(it, party, a->outcome) &&
                        worth(it, party, a->outcome) < a->worth)
                        wrong = "called exact, and a lower one would do";
                    a->outcome[i] = was[0];
                    a->outcome[j] = was[1];
                }
    return wrong;
}

static void ask_large(table *it, size_t seat, random_stream *dice)
{
    const board_seat *mine = &it->board->seat[seat];
    truce_value *outcome =
        must_allocate_zeroed(it->compiled->issue_count + 1, sizeof *outcome);
    int swapped = 0;
    for (int k = 0; k < ASKED_LARGE; k++) {
        double x = chance(dice), range = mine->greatest - mine->least;
        double power = (double)(1 << random_below(dice, 4));
        double asked = mine->greatest - range * pow(x, power);
        answer a = ask(it, seat, asked, outcome);
        const char *wrong = a.found ? judge(it, seat, asked, &a) : "none was found";
        if (!wrong && a.over > window(it, seat))
            wrong = "it is worth much more than asked";
        if (!wrong && a.over == 0 && swapped++ < SWAPPED)
            wrong = swap_two(it, seat, asked, &a);
        tell(it, seat, asked, wrong, a.over);
    }
    free(outcome);
}

static void try_large(table *it, uint64_t number)
{
    static const size_t sizes[][2] = {{30, 10}, {100, 10}, {20, 50}, {60, 5}};
    random_stream dice = random_begin(9, number);
    const size_t *size = sizes[number % (sizeof sizes / sizeof *sizes)];
    it->number = number;
    it->scenario = generated(size[0], size[1], number, &dice);
    it->compiled = space_new(it->scenario, NULL);
    seat_all(it, &(board_choices){.small_most = BOARD_SMALL});
    if (!it->board)
        tell(it, 0, 0, "refused", 0);
    for (size_t s = 0; it->board && s < it->board->seats; s++)
        ask_large(it, s, &dice);
    board_free(it->board);
    it->board = NULL;
    space_free(it->compiled);
    truce_scenario_free(it->scenario);
}

/* ---- the whole -------------------------------------------------------------------------------------- */

static uint64_t given(int count, char **words, const char *name, uint64_t usual)
{
    for (int k = 1; k + 1 < count; k++)
        if (strcmp(words[k], name) == 0)
            return strtoull(words[k + 1], NULL, 10);
    return usual;
}

int main(int argc, char **argv)
{
    uint64_t count = given(argc, argv, "--count", 100);
    uint64_t from = given(argc, argv, "--from", 0);
    uint64_t large = given(argc, argv, "--large", count / 10);
    table it = {0};
    for (uint64_t k = from; k < from + count; k++)
        try_scenario(&it, k);
    for (uint64_t k = from; k < from + large; k++)
        try_large(&it, k);
    printf("with red lines or rules %llu of %llu answers lay further above than a "
           "millionth; at most one in %d may\n",
           (unsigned long long)it.further, (unsigned long long)it.restricted, MISSES);
    it.failed += it.further * MISSES > it.restricted;
    printf("%llu passed, %llu failed\n", (unsigned long long)it.passed,
           (unsigned long long)it.failed);
    return it.failed > 0;
}
