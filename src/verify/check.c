/* The checker. A certificate goes through the issues one by one; after each it names
 * states and, for each state, a list of sums. Invariant: after stage k, every beginning
 * of k values from which the claim could still be met has sums covered by the list of
 * its state. The checker proves it from stage to stage by itself, by trying every value
 * on every list, so at the end the points cover all outcomes (docs/certificates.md).
 */
#include "base/error.h"
#include "base/stop.h"
#include "scenario/result.h"
#include "verify/claim.h"
#include "verify/lines.h"
#include "verify/stage.h"

#include <truce/verify.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Everything at hand. fault is set once, and then everything returns false. */
typedef struct checker {
    const truce_scenario *scenario;
    const truce_stop *stop;
    truce_verdict *verdict;
    lines text;
    residuals *all;
    claim what;
    arena memory;   /* of one section */
    size_t *order;  /* [issue_count] */
    wide *ahead;    /* [issue_count + 1][party_count] most that later issues add */
    wide *most;     /* [party_count] caps, or more than any sum */
    wide *none;     /* [party_count] zeros */
    wide *anything; /* [party_count] more than any sum */
    truce_value *outcome;
    stage now, next;
    stage points; /* one state, or none when nothing may be left */
    size_t states, listed, found;
    bool stopped;
} checker;

static const wide more_than_any = (wide)1 << 124;

/* ---- saying no ------------------------------------------------------------------- */

static bool refuse_at(checker *at, size_t line, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

static bool refuse_at(checker *at, size_t line, const char *format, va_list arguments)
{
    arena *memory = result_memory(&at->verdict->finding);
    const char *text = arena_format_v(memory, format, arguments);
    if (at->verdict->fault == NULL)
        at->verdict->fault = arena_format(memory, "line %zu: %s", line, text);
    return false;
}

static bool refuse_line(checker *at, size_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool refuse_line(checker *at, size_t line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    refuse_at(at, line, format, arguments);
    va_end(arguments);
    return false;
}

static bool refuse(checker *at, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool refuse(checker *at, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    refuse_at(at, at->text.number, format, arguments);
    va_end(arguments);
    return false;
}

/* ---- reading --------------------------------------------------------------------- */

static bool next_line(checker *at)
{
    if (lines_next(&at->text))
        return true;
    return refuse_line(at, at->text.number + 1, "the certificate ends too early");
}

/* The next line must begin with this word. */
static bool expect(checker *at, const char *word)
{
    return next_line(at) &&
           (line_word(&at->text, word) || refuse(at, "expected \"%s\"", word));
}

static bool expect_end(checker *at)
{
    return line_ends(&at->text) || refuse(at, "more on the line than belongs there");
}

/* A number from 1 to count, as an index. */
static bool read_index(checker *at, const char *what, size_t count, size_t *index)
{
    size_t number = 0;
    if (!line_count(&at->text, &number) || number < 1 || number > count)
        return refuse(at, "expected the number of %s, from 1 to %zu", what, count);
    *index = number - 1;
    return true;
}

static bool read_outcome(checker *at, truce_value *outcome)
{
    for (size_t i = 0; i < at->scenario->issue_count; i++) {
        size_t value = 0;
        if (!read_index(at, "a value", at->scenario->issues[i].value_count, &value))
            return false;
        outcome[i] = (truce_value)value;
    }
    return expect_end(at);
}

static bool read_sums(checker *at, wide *sums)
{
    for (size_t k = 0; k < at->what.party_count; k++)
        if (!line_whole(&at->text, &sums[k]))
            return refuse(at, "expected %zu whole numbers", at->what.party_count);
    return true;
}

/* Is the line after this one about a word, or a list going on? */
static bool peek(const checker *at, const char *word)
{
    lines ahead = at->text;
    return lines_next(&ahead) && line_word(&ahead, word);
}

static bool peek_numbers(const checker *at)
{
    lines ahead = at->text;
    return lines_next(&ahead) && line_is_numbers(&ahead);
}

/* ---- head of a section ----------------------------------------------------------- */

static bool read_rational(checker *at)
{
    if (!expect(at, "rational"))
        return false;
    at->what.rational = line_word(&at->text, "yes");
    if (!at->what.rational && !line_word(&at->text, "no"))
        return refuse(at, "expected \"yes\" or \"no\"");
    return expect_end(at);
}

static bool read_members(checker *at)
{
    size_t room = 0;
    while (peek(at, "member")) {
        const char *id;
        size_t length;
        claim_member member;
        expect(at, "member");
        line_rest(&at->text, &id, &length);
        if (!claim_member_find(at->scenario, id, length, &member))
            return refuse(at, "the scenario has no such member");
        for (size_t k = 0; k < at->what.member_count; k++)
            if (memcmp(&at->what.members[k], &member, sizeof member) == 0)
                return refuse(at, "the member stands twice");
        *grow(at->what.members, at->what.member_count, room) = member;
    }
    return true;
}

static bool is_followed(const checker *at, size_t party)
{
    for (size_t k = 0; k < at->what.party_count; k++)
        if (at->what.tariffs[k].party == party)
            return true;
    return false;
}

/* "party 2 units 1200 slack 0" */
static bool read_party(checker *at)
{
    size_t party = 0;
    wide unit = 0, slack = 0;
    tariff *of = &at->what.tariffs[at->what.party_count];
    if (!expect(at, "party") ||
        !read_index(at, "a party", at->scenario->party_count, &party))
        return false;
    if (is_followed(at, party))
        return refuse(at, "the party stands twice");
    if (!line_word(&at->text, "units") || !line_whole(&at->text, &unit) || unit < 1 ||
        !line_word(&at->text, "slack") || !line_whole(&at->text, &slack) || slack < 0)
        return refuse(at, "expected \"units\" and \"slack\", each with its number");
    const char *fault = tariff_make(at->scenario, party, unit, &at->memory, of);
    if (fault)
        return refuse(at, "%s", fault);
    if (slack > 0 && at->what.kind != CLAIM_FRONTIER)
        return refuse(at, "nothing can be slack here");
    at->what.slack[at->what.party_count++] = slack;
    return expect_end(at);
}

/* In a clash the parties followed are those whose floor is a member. */
static bool are_parties_right(checker *at)
{
    size_t floors = 0;
    for (size_t k = 0; k < at->what.member_count; k++) {
        if (at->what.members[k].kind != CLAIM_FLOOR)
            continue;
        floors++;
        if (!is_followed(at, at->what.members[k].party))
            return refuse(at, "a member is a floor, and its party is not followed");
    }
    if (at->what.kind == CLAIM_CLASHES && floors < at->what.party_count)
        return refuse(at, "a party is followed, and its floor is no member");
    if (at->what.kind == CLAIM_FRONTIER && at->what.party_count == 0)
        return refuse(at, "a frontier of nobody");
    return true;
}

static bool read_parties(checker *at)
{
    size_t most = at->scenario->party_count;
    at->what.tariffs = arena_array(&at->memory, most + 1, tariff);
    at->what.slack = arena_array(&at->memory, most + 1, wide);
    while (peek(at, "party")) {
        if (at->what.party_count == most)
            return refuse(at, "more parties than the scenario has");
        if (!read_party(at))
            return false;
    }
    return are_parties_right(at);
}

static bool read_order(checker *at)
{
    size_t count = at->scenario->issue_count;
    bool *seen = arena_array(&at->memory, count, bool);
    at->order = arena_array(&at->memory, count, size_t);
    if (!expect(at, "order"))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!read_index(at, "an issue", count, &at->order[i]))
            return false;
        if (seen[at->order[i]])
            return refuse(at, "issue %zu stands twice", at->order[i] + 1);
        seen[at->order[i]] = true;
    }
    return expect_end(at);
}

static wide largest_worth(const checker *at, size_t k, size_t issue)
{
    const wide *worths = at->what.tariffs[k].worths[issue];
    wide largest = worths[0];
    for (size_t v = 1; v < at->scenario->issues[issue].value_count; v++)
        if (worths[v] > largest)
            largest = worths[v];
    return largest;
}

static void set_bounds(checker *at)
{
    size_t parties = at->what.party_count, issues = at->scenario->issue_count;
    at->ahead = arena_array(&at->memory, (issues + 1) * parties, wide);
    at->most = arena_array(&at->memory, parties, wide);
    at->none = arena_array(&at->memory, parties, wide);
    at->anything = arena_array(&at->memory, parties, wide);
    for (size_t k = 0; k < parties; k++) {
        const tariff *of = &at->what.tariffs[k];
        at->anything[k] = more_than_any;
        at->most[k] = of->capped ? of->cap : more_than_any;
        for (size_t i = issues; i-- > 0;)
            at->ahead[i * parties + k] =
                at->ahead[(i + 1) * parties + k] + largest_worth(at, k, at->order[i]);
    }
}

static bool read_head(checker *at, claim_kind kind)
{
    at->what = (claim){.scenario = at->scenario, .kind = kind, .all = at->all};
    if (kind == CLAIM_CLASHES && !(expect(at, "clash") && expect_end(at)))
        return false;
    if (kind == CLAIM_CLASHES && !read_members(at))
        return false;
    if (kind == CLAIM_FRONTIER && !read_rational(at))
        return false;
    if (!read_parties(at) || !read_order(at))
        return false;
    at->outcome = arena_array(&at->memory, at->scenario->issue_count, truce_value);
    claim_prepare(&at->what, at->order, &at->memory);
    set_bounds(at);
    return true;
}

/* ---- stages ---------------------------------------------------------------------- */

static void stage_begin(const checker *at, stage *one)
{
    *one = (stage){.dims = at->what.party_count, .width = at->what.width};
}

/* Before any issue there is one state, with one vector. */
static void set_start(checker *at)
{
    bool lives = at->what.start[0] != RESIDUAL_NEVER;
    stage_begin(at, &at->now);
    stage_state(&at->now, lives ? at->what.start : NULL, 0);
    stage_vector(&at->now, at->what.start_sums);
    stage_close(&at->now);
}

/* "state 2 3": what state 2 of the stage before becomes with value 3. */
static bool read_state(checker *at, size_t depth, residual *rest, wide *shift)
{
    size_t from = 0, value = 0, issue = at->order[depth];
    if (!expect(at, "state") || !read_index(at, "a state", at->now.count, &from) ||
        !read_index(at, "a value", at->scenario->issues[issue].value_count, &value) ||
        !expect_end(at))
        return false;
    const residual *before = at->now.items[from].rest;
    bool lives =
        before && claim_step(&at->what, before, issue, (truce_value)value, rest, shift);
    stage_state(&at->next, lives ? rest : NULL, at->text.number);
    at->states++;
    return true;
}

static bool read_list(checker *at, wide *sums)
{
    if (at->what.party_count == 0)
        return stage_vector(&at->next, sums);
    while (peek_numbers(at)) {
        if (!next_line(at) || !read_sums(at, sums) || !expect_end(at))
            return false;
        if (!stage_vector(&at->next, sums))
            return refuse(at, "the list is not in descending order");
        at->listed++;
    }
    return true;
}

static bool read_stage(checker *at, size_t depth)
{
    size_t number = 0;
    residual *rest = arena_array(&at->memory, at->what.width, residual);
    wide *sums = arena_array(&at->memory, at->what.party_count, wide);
    stage_begin(at, &at->next);
    if (!expect(at, "stage") || !read_index(at, "this stage", depth + 1, &number) ||
        !expect_end(at))
        return false;
    if (number != depth)
        return refuse(at, "expected stage %zu", depth + 1);
    while (peek(at, "state"))
        if (!read_state(at, depth, rest, sums) || !read_list(at, sums))
            return false;
    stage_close(&at->next);
    return true;
}

/* ---- coverage -------------------------------------------------------------------- */

/* The list that must cover what a state becomes; one that is empty when the certificate
 * has none. */
static const cover *cover_for(stage *next, const residual *rest)
{
    size_t state = next == NULL ? SIZE_MAX : stage_find(next, rest);
    return state == SIZE_MAX ? NULL : stage_cover(next, state);
}

/* One value after one state. is_last: rest does not matter any more, and the points
 * cover. */
static bool is_value_covered(checker *at, size_t s, size_t depth, truce_value value,
                             residual *rest, wide *shift, wide *least)
{
    bool is_last = depth + 1 == at->scenario->issue_count;
    const listing *item = &at->now.items[s];
    size_t issue = at->order[depth], parties = at->what.party_count;
    vectors empty = {.dims = parties};
    if (!claim_step(&at->what, item->rest, issue, value, rest, shift))
        return true;
    claim_least(&at->what, rest, &at->ahead[(depth + 1) * parties], least);
    candidates all = {.from = &at->now.lists[s],
                      .shift = shift,
                      .least = least,
                      .most = is_last ? at->most : at->anything,
                      .slack = is_last ? at->what.slack : at->none};
    const cover *by =
        is_last ? stage_cover(&at->points, 0) : cover_for(&at->next, rest);
    cover *nothing = by ? NULL : cover_new(&empty);
    size_t open = cover_first(by ? by : nothing, &all, false, &at->verdict->steps);
    cover_free(nothing);
    if (open == all.from->count)
        return true;
    return refuse_line(at, item->joined ? item->line - 1 : item->line + open,
                       "with value %" PRIu32 " of issue %zu (\"%s\") it is covered by "
                       "nothing that follows",
                       value + 1, issue + 1, at->scenario->issues[issue].label.id);
}

static bool is_stage_covered(checker *at, size_t depth)
{
    residual *rest = arena_array(&at->memory, at->what.width, residual);
    wide *shift = arena_array(&at->memory, at->what.party_count, wide);
    wide *least = arena_array(&at->memory, at->what.party_count, wide);
    size_t values = at->scenario->issues[at->order[depth]].value_count;
    for (size_t s = 0; s < at->now.count; s++) {
        if (at->now.items[s].rest == NULL || at->now.items[s].moved)
            continue;
        for (truce_value v = 0; v < values; v++) {
            if (stop_now(at->stop)) {
                at->stopped = true;
                return false;
            }
            if (!is_value_covered(at, s, depth, v, rest, shift, least))
                return false;
        }
    }
    return true;
}

/* ---- points ---------------------------------------------------------------------- */

static bool is_witnessed(checker *at, const wide *sums)
{
    if (!line_word(&at->text, "|"))
        return refuse(at, "expected \"|\" and an outcome");
    if (!read_outcome(at, at->outcome))
        return false;
    for (size_t k = 0; k < at->what.party_count; k++)
        if (tariff_sum(&at->what.tariffs[k], at->outcome) != sums[k])
            return refuse(at, "the outcome is worth something else to party %zu",
                          at->what.tariffs[k].party + 1);
    return claim_permits(&at->what, at->outcome, sums, TRUCE_NOBODY) ||
           refuse(at, "the outcome does not take part");
}

/* No point lies at or above another one that is raised by one unit somewhere. */
static bool are_undominated(checker *at)
{
    wide *raise = arena_array(&at->memory, at->what.party_count, wide);
    wide *least = arena_array(&at->memory, at->what.party_count, wide);
    const vectors *points = &at->points.lists[0];
    for (size_t k = 0; k < at->what.party_count; k++)
        least[k] = -more_than_any;
    candidates all = {.from = points,
                      .shift = raise,
                      .least = least,
                      .most = at->anything,
                      .slack = at->none};
    for (size_t k = 0; k < at->what.party_count; k++) {
        raise[k] = 1;
        size_t beaten =
            cover_first(stage_cover(&at->points, 0), &all, true, &at->verdict->steps);
        raise[k] = 0;
        if (beaten < points->count)
            return refuse_line(at, at->points.items[0].line + beaten,
                               "the point is dominated");
    }
    return true;
}

static bool read_points(checker *at)
{
    wide *sums = arena_array(&at->memory, at->what.party_count, wide);
    if (!expect(at, "points") || !expect_end(at))
        return false;
    stage_begin(at, &at->points);
    stage_state(&at->points, at->what.start, at->text.number);
    while (peek_numbers(at)) {
        if (at->what.kind != CLAIM_FRONTIER) {
            next_line(at);
            return refuse(at, "a point, where nothing may be left");
        }
        if (!next_line(at) || !read_sums(at, sums) || !is_witnessed(at, sums))
            return false;
        if (!stage_vector(&at->points, sums))
            return refuse(at, "the points are not in descending order");
        at->found++;
    }
    stage_close(&at->points);
    return are_undominated(at);
}

/* "without 1 2 1": for each member an outcome that keeps all but it. */
static bool read_witnesses(checker *at)
{
    wide *sums = arena_array(&at->memory, at->what.party_count, wide);
    for (size_t k = 0; k < at->what.member_count; k++) {
        if (!expect(at, "without") || !read_outcome(at, at->outcome))
            return false;
        for (size_t p = 0; p < at->what.party_count; p++)
            sums[p] = tariff_sum(&at->what.tariffs[p], at->outcome);
        if (!claim_permits(&at->what, at->outcome, sums, k))
            return refuse(at, "the outcome does not keep all members but number %zu",
                          k + 1);
    }
    return true;
}

/* ---- the whole ------------------------------------------------------------------- */

static bool check_stages(checker *at)
{
    set_start(at);
    for (size_t depth = 0; depth < at->scenario->issue_count; depth++) {
        bool is_last = depth + 1 == at->scenario->issue_count;
        if (!(is_last ? read_points(at) : read_stage(at, depth)) ||
            !is_stage_covered(at, depth))
            return false;
        stage_free(&at->now);
        at->now = at->next;
        at->next = (stage){0};
    }
    return true;
}

static void end_section(checker *at)
{
    stage_free(&at->now);
    stage_free(&at->next);
    stage_free(&at->points);
    free(at->what.members);
    arena_free(&at->memory);
    at->what = (claim){0};
}

static const char *names_of_parties(const checker *at)
{
    arena *memory = result_memory(&at->verdict->finding);
    const char *names = "";
    for (size_t k = 0; k < at->what.party_count; k++) {
        const char *before = k == 0                         ? ""
                             : k + 1 < at->what.party_count ? ", "
                                                            : " and ";
        const tariff *of = &at->what.tariffs[k];
        names = arena_format(memory, "%s%s%s", names, before,
                             at->scenario->parties[of->party].label.id);
        if (at->what.slack[k] > 0)
            names = arena_format(memory, "%s (to within %g)", names,
                                 big_quotient(at->what.slack[k], of->unit));
    }
    return names;
}

static void tell_claim(checker *at, size_t clashes)
{
    arena *memory = result_memory(&at->verdict->finding);
    if (at->what.kind == CLAIM_FRONTIER)
        at->verdict->claim = arena_format(
            memory, "the frontier of %s%s has %zu point%s", names_of_parties(at),
            at->what.rational ? ", no outside option undercut," : "", at->found,
            at->found == 1 ? "" : "s");
    else if (at->what.kind == CLAIM_DEALS)
        at->verdict->claim = "no outcome is acceptable to everybody needed";
    else
        at->verdict->claim = arena_format(
            memory, "%zu set%s cannot hold together, and can without any one member",
            clashes, clashes == 1 ? "" : "s");
}

static bool check_section(checker *at, claim_kind kind, size_t clashes)
{
    bool holds = read_head(at, kind) && check_stages(at) &&
                 (kind != CLAIM_CLASHES || read_witnesses(at));
    if (holds)
        tell_claim(at, clashes);
    end_section(at);
    return holds;
}

static bool check_claims(checker *at)
{
    size_t clashes = 0;
    if (!expect(at, "claim"))
        return false;
    if (line_word(&at->text, "frontier"))
        return expect_end(at) && check_section(at, CLAIM_FRONTIER, 0);
    if (line_word(&at->text, "deals"))
        return expect_end(at) && check_section(at, CLAIM_DEALS, 0);
    if (!line_word(&at->text, "clashes") || !line_count(&at->text, &clashes) ||
        clashes == 0)
        return refuse(at, "expected \"frontier\", \"deals\" or \"clashes\"");
    if (!expect_end(at))
        return false;
    for (size_t c = 0; c < clashes; c++)
        if (!check_section(at, CLAIM_CLASHES, clashes))
            return false;
    return true;
}

/* "end states 30 sums 1200 points 17", and nothing behind it. */
static bool check_end(checker *at)
{
    size_t states = 0, listed = 0, found = 0;
    if (!expect(at, "end"))
        return false;
    if (!line_word(&at->text, "states") || !line_count(&at->text, &states) ||
        !line_word(&at->text, "sums") || !line_count(&at->text, &listed) ||
        !line_word(&at->text, "points") || !line_count(&at->text, &found) ||
        !line_ends(&at->text))
        return refuse(at, "expected the totals of states, sums and points");
    if (states != at->states || listed != at->listed || found != at->found)
        return refuse(at,
                      "%zu states, %zu sums and %zu points were read, and the totals "
                      "say otherwise",
                      at->states, at->listed, at->found);
    if (at->text.next != at->text.end)
        return refuse_line(at, at->text.number + 1, "more behind the end");
    return true;
}

static bool check_scenario(checker *at)
{
    if (!expect(at, "scenario"))
        return false;
    const char *hash = *at->scenario->sha256 ? at->scenario->sha256 : "-";
    if (!line_word(&at->text, hash) || !line_ends(&at->text))
        return refuse(at, "it is about another scenario than %s",
                      at->scenario->file ? at->scenario->file : "this");
    return at->scenario->issue_count > 0 || refuse(at, "the scenario has no issues");
}

static bool check_all(checker *at)
{
    return expect(at, "program") && check_scenario(at) && check_claims(at) &&
           check_end(at);
}

static truce_status judge(checker *at)
{
    truce_finding *finding = &at->verdict->finding;
    at->all = residuals_new(at->scenario);
    at->verdict->holds = check_all(at);
    residuals_free(at->all);
    if (at->stopped) {
        result_bounded(finding, "stopped after line %zu", at->text.number);
        return TRUCE_LIMIT;
    }
    result_proved(finding, "%zu lines read, every step computed anew", at->text.number);
    return at->verdict->holds ? TRUCE_OK : TRUCE_NONE;
}

truce_status truce_certificate_check(const truce_scenario *scenario, const char *name,
                                     const void *bytes, size_t length,
                                     const truce_stop *stop, truce_verdict **result,
                                     truce_diagnostics *diagnostics)
{
    checker at = {
        .scenario = scenario, .stop = stop, .text = lines_begin(bytes, length)};
    *result = NULL;
    if (!lines_next(&at.text) || !line_word(&at.text, "truce-certificate") ||
        !line_word(&at.text, "1") || !line_ends(&at.text)) {
        remark first = {.severity = TRUCE_ERROR,
                        .place = {name, 1, 1},
                        .hint = "the first line must be \"truce-certificate 1\""};
        diagnostics_add(diagnostics, &first, "this is no certificate");
        return TRUCE_INPUT;
    }
    at.verdict = result_new(sizeof *at.verdict, scenario, "verify");
    truce_status status = judge(&at);
    *result = at.verdict;
    return status;
}

void truce_verdict_free(truce_verdict *result)
{
    result_free(result ? &result->finding : NULL);
}
