/* Certificates tampered with, in many ways, each of which makes them say something that
 * is not so or leave out a step that is needed: all must be refused. Whether it does is
 * told by trying every outcome, never by the checker; where a change leaves a certificate
 * true, it is not counted. */
#include "certified.h"

enum { MOST_LINES = 20000, MOST_STATES = 400 };

/* A certificate as lines, all on the heap. */
typedef struct sheet {
    char *lines[MOST_LINES];
    size_t count;
} sheet;

/* What is tampered with. */
typedef struct bench {
    const truce_scenario *scenario;
    const space *compiled;
    brute_points points;
    bool rational;
    random_stream dice;
    const truce_scenario *other; /* a scenario that has nothing to do with it */
    const space *other_compiled;
} bench;

/* ---- sheets ---------------------------------------------------------------------- */

static void sheet_insert(sheet *on, size_t at, const char *line)
{
    assert_true(on->count < MOST_LINES);
    memmove(&on->lines[at + 1], &on->lines[at], (on->count - at) * sizeof *on->lines);
    on->lines[at] = strdup(line);
    on->count++;
}

static void sheet_remove(sheet *on, size_t at)
{
    free(on->lines[at]);
    on->count--;
    memmove(&on->lines[at], &on->lines[at + 1], (on->count - at) * sizeof *on->lines);
}

/* line may be one of the sheet's own. */
static void sheet_replace(sheet *on, size_t at, const char *line)
{
    sheet_insert(on, at, line);
    sheet_remove(on, at + 1);
}

static void sheet_swap(sheet *on, size_t one, size_t other)
{
    char *kept = on->lines[one];
    on->lines[one] = on->lines[other];
    on->lines[other] = kept;
}

static void sheet_read(sheet *on, const char *text)
{
    on->count = 0;
    while (*text) {
        size_t length = strcspn(text, "\n");
        assert_true(on->count < MOST_LINES);
        on->lines[on->count++] = strndup(text, length);
        text += length + 1;
    }
}

static char *sheet_text(const sheet *on)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    for (size_t i = 0; i < on->count; i++)
        fprintf(out, "%s\n", on->lines[i]);
    fclose(out);
    return text;
}

static void sheet_clear(sheet *on)
{
    while (on->count > 0)
        free(on->lines[--on->count]);
}

static bool begins(const char *line, const char *word)
{
    return strncmp(line, word, strlen(word)) == 0;
}

static bool is_numbers(const char *line)
{
    return *line == '-' || (*line >= '0' && *line <= '9');
}

/* The first line from `from` on that begins with word; count when there is none. */
static size_t find_line(const sheet *on, size_t from, const char *word)
{
    while (from < on->count && !begins(on->lines[from], word))
        from++;
    return from;
}

/* Makes the totals right again. */
static void recount(sheet *on)
{
    size_t states = 0, sums = 0, points = 0, middle = find_line(on, 0, "points");
    for (size_t i = 0; i < on->count; i++) {
        states += begins(on->lines[i], "state ");
        sums += i < middle && is_numbers(on->lines[i]);
        points += i > middle && is_numbers(on->lines[i]);
    }
    char line[100];
    snprintf(line, sizeof line, "end states %zu sums %zu points %zu", states, sums,
             points);
    sheet_replace(on, on->count - 1, line);
}

static size_t any_below(bench *at, size_t below)
{
    return (size_t)random_below(&at->dice, below);
}

/* The line of the i-th point. */
static size_t line_of_point(const sheet *on, size_t i)
{
    return find_line(on, 0, "points") + 1 + i;
}

/* "12 3 | 1 2"; sums below 2^63, as all of small scenarios are. */
static void write_point(const bench *at, const wide *sums, const truce_value *outcome,
                        char line[300])
{
    size_t length = 0;
    for (size_t d = 0; d < at->points.dims; d++)
        length +=
            (size_t)snprintf(line + length, 300 - length, "%lld ", (long long)sums[d]);
    length += (size_t)snprintf(line + length, 300 - length, "|");
    for (size_t i = 0; i < at->points.issues; i++)
        length += (size_t)snprintf(line + length, 300 - length, " %u", outcome[i] + 1);
}

static void any_outcome(bench *at, truce_value *outcome, wide *sums)
{
    for (size_t i = 0; i < at->compiled->issue_count; i++)
        outcome[i] = (truce_value)any_below(at, at->compiled->value_counts[i]);
    for (size_t p = 0; p < at->points.dims; p++)
        sums[p] = space_sum(at->compiled, p, outcome);
}

/* ---- points ---------------------------------------------------------------------- */

static bool drop_a_point(bench *at, sheet *on)
{
    if (at->points.count == 0)
        return false;
    sheet_remove(on, line_of_point(on, any_below(at, at->points.count)));
    recount(on);
    return true;
}

static bool change_a_sum(bench *at, sheet *on, int by)
{
    wide sums[8];
    char line[300];
    if (at->points.count == 0)
        return false;
    size_t i = any_below(at, at->points.count);
    memcpy(sums, brute_sums(&at->points, i), at->points.dims * sizeof *sums);
    sums[any_below(at, at->points.dims)] += by;
    write_point(at, sums, brute_outcome(&at->points, i), line);
    sheet_replace(on, line_of_point(on, i), line);
    return true;
}

static bool raise_a_sum(bench *at, sheet *on)
{
    return change_a_sum(at, on, 1);
}

static bool lower_a_sum(bench *at, sheet *on)
{
    return change_a_sum(at, on, -1);
}

static bool give_a_wrong_witness(bench *at, sheet *on)
{
    truce_value outcome[8];
    wide sums[8];
    char line[300];
    any_outcome(at, outcome, sums);
    if (at->points.count == 0)
        return false;
    size_t i = any_below(at, at->points.count);
    const wide *own = brute_sums(&at->points, i);
    if (memcmp(own, sums, at->points.dims * sizeof *own) == 0)
        return false;
    write_point(at, own, outcome, line);
    sheet_replace(on, line_of_point(on, i), line);
    return true;
}

/* A true line about an outcome that does not belong there. */
static bool insert_an_outcome(bench *at, sheet *on, bool takes_part)
{
    truce_value outcome[8];
    wide sums[8];
    char line[300];
    any_outcome(at, outcome, sums);
    if (brute_takes_part(at->compiled, outcome, at->rational) != takes_part)
        return false;
    size_t place = brute_place(&at->points, sums);
    size_t before = place ? place - 1 : 0;
    if (at->points.count > 0 && memcmp(brute_sums(&at->points, before), sums,
                                       at->points.dims * sizeof *sums) == 0)
        return false;
    write_point(at, sums, outcome, line);
    sheet_insert(on, line_of_point(on, place), line);
    recount(on);
    return true;
}

/* Whatever takes part and is not on the frontier is dominated. */
static bool insert_a_dominated_point(bench *at, sheet *on)
{
    return insert_an_outcome(at, on, true);
}

static bool insert_a_forbidden_point(bench *at, sheet *on)
{
    return insert_an_outcome(at, on, false);
}

static bool repeat_a_point(bench *at, sheet *on)
{
    if (at->points.count == 0)
        return false;
    size_t line = line_of_point(on, any_below(at, at->points.count));
    sheet_insert(on, line, on->lines[line]);
    recount(on);
    return true;
}

static bool swap_two_points(bench *at, sheet *on)
{
    if (at->points.count < 2)
        return false;
    size_t line = line_of_point(on, any_below(at, at->points.count - 1));
    sheet_swap(on, line, line + 1);
    return true;
}

/* ---- head and end ---------------------------------------------------------------- */

/* The same sums stand for more, or for something that does not come out whole. */
static bool lower_the_units(bench *at, sheet *on)
{
    size_t p = any_below(at, at->points.dims);
    long long unit = (long long)at->compiled->parties[p].denominator;
    bool matters = false;
    for (size_t i = 0; i < at->points.count; i++)
        matters |= brute_sums(&at->points, i)[p] != 0;
    if (!matters || unit < 2)
        return false;
    char line[100];
    snprintf(line, sizeof line, "party %zu units %lld slack 0", p + 1,
             unit % 2 ? unit - 1 : unit / 2);
    sheet_replace(on, find_line(on, 0, "party") + p, line);
    return true;
}

static bool name_another_hash(bench *at, sheet *on)
{
    char *hash = on->lines[find_line(on, 0, "scenario")] + strlen("scenario ");
    hash += any_below(at, 64);
    *hash = *hash == '0' ? '1' : '0';
    return true;
}

static bool flip_rational(bench *at, sheet *on)
{
    brute_points flipped = brute_frontier(at->compiled, !at->rational);
    bool matters = !brute_is_same(&flipped, &at->points);
    brute_free(&flipped);
    sheet_replace(on, find_line(on, 0, "rational"),
                  at->rational ? "rational no" : "rational yes");
    return matters;
}

static bool name_an_issue_twice(bench *at, sheet *on)
{
    size_t line = find_line(on, 0, "order"), count = at->compiled->issue_count;
    char *digit = on->lines[line] + strlen("order ");
    size_t one = any_below(at, count), other = (one + 1) % count;
    digit[2 * one] = digit[2 * other];
    return true;
}

static bool drop_a_party(bench *at, sheet *on)
{
    if (at->points.count == 0)
        return false;
    sheet_remove(on, find_line(on, 0, "party") + any_below(at, at->points.dims));
    return true;
}

static bool count_wrongly(bench *at, sheet *on)
{
    size_t totals[3], which = any_below(at, 3);
    char *end = on->lines[on->count - 1], line[100];
    if (sscanf(end, "end states %zu sums %zu points %zu", &totals[0], &totals[1],
               &totals[2]) != 3)
        fail_msg("no totals");
    totals[which] += totals[which] && any_below(at, 2) ? SIZE_MAX : 1;
    snprintf(line, sizeof line, "end states %zu sums %zu points %zu", totals[0],
             totals[1], totals[2]);
    sheet_replace(on, on->count - 1, line);
    return true;
}

static bool say_more_behind_the_end(bench *at, sheet *on)
{
    sheet_insert(on, on->count, on->lines[any_below(at, on->count)]);
    return true;
}

static bool cut_lines_off(bench *at, sheet *on)
{
    size_t left = 1 + any_below(at, on->count - 1);
    while (on->count > left)
        sheet_remove(on, on->count - 1);
    return true;
}

/* A point left out, and a slack too small to make up for it. */
static bool slip_a_slack_in(bench *at, sheet *on)
{
    size_t dims = at->points.dims, gone = 0;
    wide needed = -1;
    if (at->points.count < 2)
        return false;
    gone = any_below(at, at->points.count);
    for (size_t i = 0; i < at->points.count; i++) {
        wide most = 0;
        for (size_t d = 0; d < dims && i != gone; d++) {
            wide excess =
                brute_sums(&at->points, gone)[d] - brute_sums(&at->points, i)[d];
            most = excess > most ? excess : most;
        }
        needed = i != gone && (needed < 0 || most < needed) ? most : needed;
    }
    for (size_t p = 0; p < dims; p++) {
        char line[100];
        snprintf(line, sizeof line, "party %zu units %lld slack %lld", p + 1,
                 (long long)at->compiled->parties[p].denominator,
                 (long long)(needed - 1));
        sheet_replace(on, find_line(on, 0, "party") + p, line);
    }
    sheet_remove(on, line_of_point(on, gone));
    recount(on);
    return true;
}

/* The certificate of one scenario shown for another one. Refused unless both happen to
 * have the same points: then it is not counted. */
static bool show_it_for_another_scenario(bench *at, sheet *on)
{
    char line[100];
    brute_points theirs = brute_frontier(at->other_compiled, at->rational);
    bool matters = theirs.dims != at->points.dims ||
                   theirs.issues != at->points.issues ||
                   !brute_is_same(&theirs, &at->points);
    brute_free(&theirs);
    snprintf(line, sizeof line, "scenario %s", at->other->sha256);
    sheet_replace(on, find_line(on, 0, "scenario"), line);
    return matters;
}

/* ---- stages ---------------------------------------------------------------------- */

/* A state of the stage at hand: its line, and the values that lead to it. */
typedef struct found_state {
    size_t line;
    truce_value outcome[8];
} found_state;

/* A stage with its states. */
typedef struct found_stage {
    size_t line, depth, count;
    found_state states[MOST_STATES];
} found_stage;

static void read_order(const sheet *on, size_t count, size_t *order)
{
    const char *at = on->lines[find_line(on, 0, "order")] + strlen("order");
    for (size_t i = 0; i < count; i++) {
        char *next;
        order[i] = strtoul(at, &next, 10) - 1;
        at = next;
    }
}

/* Follows all stages up to the one of this depth. */
static bool find_stage(const bench *at, const sheet *on, size_t depth,
                       const size_t *order, found_stage *found)
{
    found_stage before = {.count = 1};
    *found = before;
    for (size_t d = 0, line = find_line(on, 0, "stage"); d < depth; d++) {
        before = *found;
        *found = (found_stage){.line = line, .depth = d + 1};
        for (line++;
             !begins(on->lines[line], "stage") && !begins(on->lines[line], "points");
             line++) {
            size_t from, value;
            if (sscanf(on->lines[line], "state %zu %zu", &from, &value) != 2)
                continue;
            if (found->count == MOST_STATES)
                return false;
            found_state *state = &found->states[found->count++];
            *state = before.states[from - 1];
            state->line = line;
            state->outcome[order[d]] = (truce_value)(value - 1);
        }
    }
    return at->compiled->issue_count > depth && found->count > 0;
}

/* The next way to complete an outcome whose first depth issues in order stay. */
static bool next_completion(const bench *at, const size_t *order, size_t depth,
                            truce_value *outcome)
{
    for (size_t k = at->compiled->issue_count; k-- > depth;) {
        if (++outcome[order[k]] < at->compiled->value_counts[order[k]])
            return true;
        outcome[order[k]] = 0;
    }
    return false;
}

/* Can the beginning still take part at all? */
static bool has_future(const bench *at, const size_t *order, size_t depth,
                       const found_state *state)
{
    truce_value outcome[8];
    memcpy(outcome, state->outcome, sizeof outcome);
    do {
        if (brute_takes_part(at->compiled, outcome, false))
            return true;
    } while (next_completion(at, order, depth, outcome));
    return false;
}

/* The sum without the cap. */
static wide open_sum(const bench *at, size_t p, const truce_value *outcome)
{
    space_party party = at->compiled->parties[p];
    space loose = *at->compiled;
    space_party parties[8];
    memcpy(parties, loose.parties, loose.party_count * sizeof *parties);
    parties[p] = party;
    parties[p].capped = false;
    loose.parties = parties;
    return space_sum(&loose, p, outcome);
}

/* Whatever follows is as good after the one as after the other. */
static bool same_future(const bench *at, const size_t *order, size_t depth,
                        const found_state *one, const found_state *other)
{
    truce_value a[8], b[8];
    wide lead[8];
    bool first = true;
    memcpy(a, one->outcome, sizeof a);
    memcpy(b, other->outcome, sizeof b);
    do {
        if (brute_takes_part(at->compiled, a, false) !=
            brute_takes_part(at->compiled, b, false))
            return false;
        for (size_t p = 0; p < at->points.dims; p++) {
            wide now = open_sum(at, p, a) - open_sum(at, p, b);
            if (!first && now != lead[p])
                return false;
            lead[p] = now;
        }
        first = false;
        next_completion(at, order, depth, a);
    } while (next_completion(at, order, depth, b));
    return true;
}

/* A state that must be there: something can still come of it, and no other state of its
 * stage is as good. */
static bool find_needed_state(bench *at, const sheet *on, found_stage *stage,
                              size_t *which, size_t *order)
{
    if (at->rational || at->compiled->issue_count < 2)
        return false;
    read_order(on, at->compiled->issue_count, order);
    size_t depth = 1 + any_below(at, at->compiled->issue_count - 1);
    if (!find_stage(at, on, depth, order, stage))
        return false;
    *which = any_below(at, stage->count);
    for (size_t s = 0; s < stage->count; s++)
        if (s != *which &&
            same_future(at, order, depth, &stage->states[s], &stage->states[*which]))
            return false;
    return has_future(at, order, depth, &stage->states[*which]);
}

static size_t list_length(const sheet *on, size_t state_line)
{
    size_t count = 0;
    while (is_numbers(on->lines[state_line + 1 + count]))
        count++;
    return count;
}

static bool drop_a_listed_sum(bench *at, sheet *on)
{
    static found_stage stage;
    size_t which, order[8];
    if (!find_needed_state(at, on, &stage, &which, order))
        return false;
    size_t line = stage.states[which].line;
    sheet_remove(on, line + 1 + any_below(at, list_length(on, line)));
    recount(on);
    return true;
}

/* In the last place, so that the order of the list stays. */
static bool lower_a_listed_sum(bench *at, sheet *on)
{
    static found_stage stage;
    size_t which, order[8];
    if (!find_needed_state(at, on, &stage, &which, order))
        return false;
    size_t line = stage.states[which].line;
    line += 1 + any_below(at, list_length(on, line));
    char *last = strrchr(on->lines[line], ' '), changed[300];
    long long sum = strtoll(last, NULL, 10);
    snprintf(changed, sizeof changed, "%.*s %lld", (int)(last - on->lines[line]),
             on->lines[line], sum - 1);
    sheet_replace(on, line, changed);
    return true;
}

static bool drop_a_state(bench *at, sheet *on)
{
    static found_stage stage;
    size_t which, order[8];
    if (!find_needed_state(at, on, &stage, &which, order))
        return false;
    size_t line = stage.states[which].line, count = 1 + list_length(on, line);
    for (size_t i = 0; i < count; i++)
        sheet_remove(on, line);
    recount(on);
    return true;
}

/* Does every sum of one list have one at least as good in the other? */
static bool list_covers(const bench *at, const sheet *on, size_t one, size_t other)
{
    for (size_t i = 0; i < list_length(on, other); i++) {
        bool covered = false;
        for (size_t j = 0; j < list_length(on, one); j++) {
            const char *a = on->lines[one + 1 + j], *b = on->lines[other + 1 + i];
            bool reaches = true;
            for (size_t d = 0; d < at->points.dims; d++) {
                char *x, *y;
                reaches &= strtoll(a, &x, 10) >= strtoll(b, &y, 10);
                a = x;
                b = y;
            }
            covered |= reaches;
        }
        if (!covered)
            return false;
    }
    return true;
}

/* Two states of a stage take each other's names. */
static bool swap_two_states(bench *at, sheet *on)
{
    static found_stage stage;
    size_t which, order[8];
    if (!find_needed_state(at, on, &stage, &which, order) || stage.count < 2)
        return false;
    size_t other = (which + 1 + any_below(at, stage.count - 1)) % stage.count;
    size_t a = stage.states[which].line, b = stage.states[other].line;
    if (list_covers(at, on, b, a))
        return false;
    sheet_swap(on, a, b);
    return true;
}

/* What follows is numbered as if nothing were missing. */
static bool drop_a_stage(bench *at, sheet *on)
{
    size_t issues = at->compiled->issue_count, line = 0;
    if (issues < 2)
        return false;
    for (size_t k = any_below(at, issues - 1) + 1; k > 0; k--)
        line = find_line(on, line + 1, "stage");
    do
        sheet_remove(on, line);
    while (!begins(on->lines[line], "stage") && !begins(on->lines[line], "points"));
    for (size_t k = 1, i = find_line(on, 0, "stage"); i < on->count; k++) {
        char number[40];
        snprintf(number, sizeof number, "stage %zu", k);
        sheet_replace(on, i, number);
        i = find_line(on, i + 1, "stage");
    }
    recount(on);
    return true;
}

/* ---- all of them ----------------------------------------------------------------- */

typedef struct sabotage {
    const char *name;
    bool (*tamper)(bench *at, sheet *on);
} sabotage;

static const sabotage kinds[] = {
    {"a point dropped", drop_a_point},
    {"a sum raised", raise_a_sum},
    {"a sum lowered", lower_a_sum},
    {"a wrong witness", give_a_wrong_witness},
    {"a dominated point", insert_a_dominated_point},
    {"a forbidden point", insert_a_forbidden_point},
    {"a point twice", repeat_a_point},
    {"points swapped", swap_two_points},
    {"lower units", lower_the_units},
    {"another hash", name_another_hash},
    {"another scenario", show_it_for_another_scenario},
    {"rational flipped", flip_rational},
    {"an issue twice", name_an_issue_twice},
    {"a party dropped", drop_a_party},
    {"wrong totals", count_wrongly},
    {"more behind the end", say_more_behind_the_end},
    {"lines cut off", cut_lines_off},
    {"a slack too small", slip_a_slack_in},
    {"a listed sum dropped", drop_a_listed_sum},
    {"a listed sum lowered", lower_a_listed_sum},
    {"a state dropped", drop_a_state},
    {"states swapped", swap_two_states},
    {"a stage dropped", drop_a_stage},
};

enum { KINDS = sizeof kinds / sizeof *kinds, SCENARIOS = 300, LEAST_OF_A_KIND = 20 };

static bool is_refused(bench *at, const char *text, size_t kind)
{
    sheet *on = calloc(1, sizeof *on);
    sheet_read(on, text);
    bool counts = kinds[kind].tamper(at, on);
    if (counts) {
        char *changed = sheet_text(on);
        const truce_scenario *about = kinds[kind].tamper == show_it_for_another_scenario
                                          ? at->other
                                          : at->scenario;
        truce_status status = checked(about, changed, strlen(changed), NULL);
        if (status == TRUCE_OK)
            fail_msg("%s was accepted:\n%s\ninstead of\n%s", kinds[kind].name, changed,
                     text);
        free(changed);
    }
    sheet_clear(on);
    free(on);
    return counts;
}

static void tamper_with(uint64_t number, size_t *counts)
{
    truce_scenario *scenario = scenario_to_certify(5, number);
    truce_scenario *other = scenario_to_certify(6, number);
    bench at = {.scenario = scenario,
                .other = other,
                .compiled = space_new(scenario, NULL),
                .other_compiled = space_new(other, NULL),
                .rational = number % 3 == 0,
                .dice = random_begin(7, number)};
    at.points = brute_frontier(at.compiled, at.rational);
    char *text = certificate_of(at.compiled, &at.points, at.rational, NULL);
    assert_int_equal(checked(scenario, text, strlen(text), NULL), TRUCE_OK);
    for (size_t k = 0; k < KINDS; k++)
        counts[k] += is_refused(&at, text, k);
    free(text);
    brute_free(&at.points);
    space_free((space *)at.compiled);
    space_free((space *)at.other_compiled);
    truce_scenario_free(scenario);
    truce_scenario_free(other);
}

static void no_tampered_frontier_is_accepted(void **state)
{
    (void)state;
    size_t counts[KINDS] = {0}, total = 0;
    for (uint64_t number = 0; number < SCENARIOS; number++)
        tamper_with(number, counts);
    for (size_t k = 0; k < KINDS; k++) {
        print_message("%5zu  %s\n", counts[k], kinds[k].name);
        assert_true(counts[k] >= LEAST_OF_A_KIND);
        total += counts[k];
    }
    print_message("%5zu  refused, of %d kinds\n", total, KINDS);
    assert_true(total >= 1000);
}

/* ---- deals and clashes ----------------------------------------------------------- */

/* Somebody's emptiness is shown where there is a deal. */
static void no_borrowed_emptiness_is_accepted(void **state)
{
    (void)state;
    size_t tried = 0;
    for (uint64_t number = 0; number < 400; number++) {
        truce_scenario *scenario = scenario_to_certify(8, number);
        truce_deals *deals = NULL;
        char text[400];
        size_t parties = scenario->party_count;
        int length = snprintf(text, sizeof text,
                              "truce-certificate 1\nprogram truce 0\nscenario %s\n"
                              "claim deals\norder",
                              scenario->sha256);
        for (size_t i = 0; i < scenario->issue_count; i++)
            length +=
                snprintf(text + length, sizeof text - (size_t)length, " %zu", i + 1);
        for (size_t i = 1; i < scenario->issue_count; i++)
            length +=
                snprintf(text + length, sizeof text - (size_t)length, "\nstage %zu", i);
        length += snprintf(text + length, sizeof text - (size_t)length,
                           "\npoints\nend states 0 sums 0 points 0\n");
        truce_status found = truce_deals_find(scenario, NULL, NULL, &deals, NULL);
        if (found == TRUCE_OK) {
            assert_int_equal(checked(scenario, text, (size_t)length, NULL), TRUCE_NONE);
            tried++;
        }
        assert_true(parties > 0);
        truce_deals_free(deals);
        truce_scenario_free(scenario);
    }
    assert_true(tried > 100);
}

static char *clashes_text(const truce_scenario *scenario, unsigned with)
{
    truce_clashes_choices choices = {.with = with, .most = 1};
    truce_clashes *clashes = NULL;
    char *text = NULL;
    size_t length = 0;
    truce_clashes_find(scenario, &choices, NULL, &clashes, NULL);
    FILE *out = open_memstream(&text, &length);
    truce_clashes_certify(scenario, clashes, out, NULL, NULL);
    fclose(out);
    truce_clashes_free(clashes);
    return text;
}

/* Clashes are minimal: without a member the rest can hold. */
static bool drop_a_member(sheet *on)
{
    size_t line = find_line(on, 0, "member");
    if (line == on->count || begins(on->lines[line], "member floor:"))
        return false;
    sheet_remove(on, line);
    sheet_remove(on, find_line(on, 0, "without"));
    return true;
}

/* Two members: each witness breaks what the other keeps. */
static bool swap_witnesses(sheet *on)
{
    size_t line = find_line(on, 0, "without");
    if (line + 1 >= on->count || !begins(on->lines[line + 1], "without"))
        return false;
    sheet_swap(on, line, line + 1);
    return true;
}

/* Each witness breaks its own member alone, so the last is wrong for the others. */
static bool show_one_witness_for_two(sheet *on)
{
    size_t line = find_line(on, 0, "without");
    if (line + 1 >= on->count || !begins(on->lines[line + 1], "without"))
        return false;
    sheet_replace(on, line, on->lines[line + 1]);
    return true;
}

static bool repeat_a_member(sheet *on)
{
    size_t line = find_line(on, 0, "member"), witness = find_line(on, 0, "without");
    if (line == on->count)
        return false;
    sheet_insert(on, witness, on->lines[witness]);
    sheet_insert(on, line, on->lines[line]);
    return true;
}

static bool drop_a_floor(sheet *on)
{
    size_t line = find_line(on, 0, "party");
    if (line == on->count)
        return false;
    sheet_remove(on, line);
    return true;
}

static bool promise_another_clash(sheet *on)
{
    sheet_replace(on, find_line(on, 0, "claim"), "claim clashes 2");
    return true;
}

static bool (*const clash_kinds[])(sheet *) = {
    drop_a_member,   swap_witnesses, show_one_witness_for_two,
    repeat_a_member, drop_a_floor,   promise_another_clash};

enum { CLASH_KINDS = sizeof clash_kinds / sizeof *clash_kinds };

static void no_tampered_clash_is_accepted(void **state)
{
    (void)state;
    size_t counts[CLASH_KINDS] = {0};
    static sheet on;
    for (uint64_t number = 0; number < 500; number++) {
        truce_scenario *scenario = scenario_to_certify(9, number);
        char *text = clashes_text(scenario, (unsigned)(number % 8));
        for (size_t k = 0; k < CLASH_KINDS && *text; k++) {
            sheet_read(&on, text);
            if (clash_kinds[k](&on)) {
                char *changed = sheet_text(&on);
                if (checked(scenario, changed, strlen(changed), NULL) != TRUCE_NONE)
                    fail_msg("kind %zu was accepted:\n%s", k, changed);
                free(changed);
                counts[k]++;
            }
            sheet_clear(&on);
        }
        free(text);
        truce_scenario_free(scenario);
    }
    for (size_t k = 0; k < CLASH_KINDS; k++)
        assert_true(counts[k] >= LEAST_OF_A_KIND);
}

/* Cut anywhere, not only at the end of a line. */
static void no_cut_certificate_is_accepted(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_to_certify(5, 1);
    space *compiled = space_new(scenario, NULL);
    brute_points points = brute_frontier(compiled, false);
    char *text = certificate_of(compiled, &points, false, NULL);
    for (size_t length = 0; length < strlen(text); length++)
        assert_int_not_equal(checked(scenario, text, length, NULL), TRUCE_OK);
    assert_int_equal(checked(scenario, text, strlen(text), NULL), TRUCE_OK);
    free(text);
    brute_free(&points);
    space_free(compiled);
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_tampered_frontier_is_accepted),
        cmocka_unit_test(no_borrowed_emptiness_is_accepted),
        cmocka_unit_test(no_tampered_clash_is_accepted),
        cmocka_unit_test(no_cut_certificate_is_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
