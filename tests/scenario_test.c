/* Scenario files, typed: what each field becomes, and what a reader may not see. */

/* Not linked but included, so that a test can look through all the memory of a
 * scenario. */
#include "base/arena.c"
#include "base/decimal.h"
#include "scenario/scenario.h"

#include <truce/file.h>

#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

static const char head[] =
    "truce: 1\n"
    "id: talks\n"
    "parties:\n"
    "  UA: {name: Ukraine, role: principal, consent: all}\n"
    "  RU: {name: Russia, role: principal, consent: all}\n"
    "  US: {role: broker, supports: UA, consent: [summit, \"price > 50\"]}\n"
    "issues:\n"
    "  ceasefire: {ordered: yes, values: [none, 30-day, open-ended]}\n"
    "  summit: {values: [none, US-RU, UA-RU], status-quo: US-RU}\n"
    "  price: {from: -5, to: 2.5, step: 2.5, status-quo: 0}\n";

typedef struct book {
    truce_scenario *scenario;
    truce_diagnostics *found;
    truce_status status;
} book;

static book read_with(const char *more, const truce_reading *choices)
{
    char text[20000];
    snprintf(text, sizeof text, "%s%s", head, more);
    book all = {.found = truce_diagnostics_new()};
    all.status = truce_scenario_parse("talks.yaml", text, strlen(text), choices,
                                      &all.scenario, all.found);
    return all;
}

static book read_sound(const char *more, const truce_reading *choices)
{
    book all = read_with(more, choices);
    for (size_t i = 0; i < all.found->count; i++)
        if (all.found->items[i].severity == TRUCE_ERROR)
            print_message("%u:%u: %s\n", all.found->items[i].place.line,
                          all.found->items[i].place.column,
                          all.found->items[i].message);
    assert_int_equal(all.status, TRUCE_OK);
    return all;
}

static void close_book(book *all)
{
    truce_scenario_free(all->scenario);
    truce_diagnostics_free(all->found);
}

static bool is_told(const truce_diagnostics *found, const char *words)
{
    for (size_t i = 0; i < found->count; i++)
        if (strstr(found->items[i].message, words))
            return true;
    return false;
}

static void assert_decimal(truce_decimal value, const char *text)
{
    arena memory = {0};
    assert_string_equal(decimal_text(&memory, value), text);
    arena_free(&memory);
}

/* ---- fields ---------------------------------------------------------------------- */

static void parties_and_issues_keep_the_order_of_the_file(void **state)
{
    (void)state;
    book all = read_sound("", NULL);
    const truce_scenario *s = all.scenario;
    assert_int_equal(s->party_count, 3);
    assert_string_equal(s->parties[2].name, "US");
    assert_int_equal(s->parties[2].role, TRUCE_BROKER);
    assert_int_equal(s->parties[2].supports.items[0], 0);
    assert_true(s->parties[1].consents_to_all);
    assert_int_equal(s->parties[2].consent.items[0].issue, 1);
    assert_int_equal(s->parties[2].consent.items[1].issue, TRUCE_NOBODY);
    assert_int_equal(s->issue_count, 3);
    assert_int_equal(s->issues[1].status_quo, 1);
    assert_false(s->issues[1].ordered);
    assert_int_equal(s->issues[0].label.place.line, 8);
    assert_string_equal(s->issues[0].label.place.file, "talks.yaml");
    close_book(&all);
}

static void a_scale_counts_exactly_from_end_to_end(void **state)
{
    (void)state;
    book all = read_sound("", NULL);
    const truce_issue *price = &all.scenario->issues[2];
    assert_true(price->numeric && price->ordered);
    assert_int_equal(price->value_count, 4);
    assert_string_equal(price->values[1], "-2.5");
    assert_decimal(price->numbers[3], "2.5");
    assert_int_equal(price->status_quo, 2);
    close_book(&all);
}

static void numbers_inherit_their_basis_and_know_their_path(void **state)
{
    (void)state;
    book all = read_sound(
        "preferences:\n"
        "  UA:\n"
        "    basis: E\n"
        "    weights: {ceasefire: 60, price: {low: 30, mode: 40, high: 45}}\n"
        "    worth: {ceasefire: {none: 0, 30-day: {mode: 70, basis: C}}, "
        "price: {from: 100, to: 0}}\n"
        "    bonus: [{if: \"price > 0\", worth: -4, basis: A}]\n"
        "    outside: {worth: 52, low: 46, high: 58, per-30-days: -3}\n",
        NULL);
    const truce_preferences *p = &all.scenario->parties[0].preferences;
    assert_string_equal(p->weights[0].path, "UA.weights.ceasefire");
    assert_int_equal(p->weights[0].basis, 'E');
    assert_int_equal(p->weights[0].scalars, 1);
    assert_false(p->weights[1].given);
    assert_true(p->weights[2].ranged);
    assert_int_equal(p->weights[2].scalars, 3);
    assert_decimal(p->weights[2].high, "45");
    assert_string_equal(p->worths[0].items[1].path, "UA.worth.ceasefire.30-day");
    assert_int_equal(p->worths[0].items[1].basis, 'C');
    assert_int_equal(p->worths[0].count, 3);
    assert_false(p->worths[0].items[2].given);
    assert_true(p->worths[2].linear);
    assert_int_equal(p->worths[2].count, 2);
    assert_string_equal(p->bonuses[0].worth.path, "UA.bonus.1.worth");
    assert_string_equal(p->bonuses[0].label.id, "bonus:UA:1");
    assert_int_equal(p->bonuses[0].worth.basis, 'A');
    assert_string_equal(p->outside.label.id, "floor:UA");
    assert_decimal(p->outside.worth.low, "46");
    assert_int_equal(p->outside.worth.scalars, 3);
    assert_decimal(p->outside.per_30_days.mode, "-3");
    assert_true(is_told(all.found, "does not rate value \"open-ended\""));
    close_book(&all);
}

static void
numbers_without_basis_are_assumed_and_that_is_said_once_a_party(void **state)
{
    (void)state;
    book all = read_sound("preferences:\n"
                          "  UA: {weights: {ceasefire: 50, summit: 50}, outside: 20}\n",
                          NULL);
    assert_int_equal(all.scenario->parties[0].preferences.weights[1].basis, 'A');
    assert_decimal(all.scenario->parties[0].preferences.outside.worth.mode, "20");
    assert_true(is_told(all.found, "no basis is given for numbers of UA"));
    size_t said = 0;
    for (size_t i = 0; i < all.found->count; i++)
        said += strstr(all.found->items[i].message, "no basis") != NULL;
    assert_int_equal(said, 1);
    close_book(&all);
}

static void an_outside_option_may_be_a_bid(void **state)
{
    (void)state;
    book all = read_sound(
        "preferences: {UA: {basis: A, sum: as-given, cap: 90, discount: "
        "0.75, weights: {price: 3}, worth: {price: [0, 1, 2, 300]}, outside: "
        "{outcome: {price: 2.50}}}}\n",
        NULL);
    const truce_preferences *p = &all.scenario->parties[0].preferences;
    assert_true(p->sum_as_given);
    assert_decimal(p->cap.mode, "90");
    assert_decimal(p->discount.mode, "0.75");
    assert_int_equal(p->outside.bid[2], 3);
    assert_int_equal(p->outside.bid[1], 1); /* left open: as the status quo has it */
    assert_decimal(p->worths[2].items[3].mode, "300");
    close_book(&all);
}

static void speakers_are_parties_delegations_sources_or_words(void **state)
{
    (void)state;
    book all = read_sound(
        "sources: {paper: {kind: news, reliability: B}}\n"
        "delegations: {ua-team: {of: UA}}\n"
        "claims:\n"
        "  c1: {source: paper, at: line 23, speaker: UA, credibility: 3, "
        "says: a}\n"
        "  c2: {source: paper, at: page 4, speaker: ua-team, says: b, "
        "disputes: c1}\n"
        "  c3: {source: paper, speaker: paper, says: c, disputes: [c1, c2]}\n"
        "  c4: {speaker: \"a passer-by\", says: d}\n"
        "facts: {f1: {text: so it is, from: [c1, c4], by: me, contested: yes}}\n",
        NULL);
    const truce_claim *c = all.scenario->claims;
    assert_int_equal(c[0].speaker.party, 0);
    assert_int_equal(c[0].line, 23);
    assert_int_equal(c[0].credibility, 3);
    assert_int_equal(c[0].label.basis, 'C');
    assert_int_equal(c[1].speaker.party, TRUCE_NOBODY);
    assert_int_equal(c[1].speaker.delegation, 0);
    assert_int_equal(c[1].line, 0);
    assert_string_equal(c[1].at, "page 4");
    assert_int_equal(c[2].speaker.source, 0);
    assert_int_equal(c[2].disputes.count, 2);
    assert_string_equal(c[3].speaker.text, "a passer-by");
    assert_int_equal(c[3].speaker.source, TRUCE_NOBODY);
    assert_int_equal(c[3].source, TRUCE_NOBODY);
    assert_int_equal(all.scenario->sources[0].reliability, 'B');
    assert_true(all.scenario->facts[0].contested);
    assert_int_equal(all.scenario->facts[0].label.claims.items[1], 3);
    assert_int_equal(all.scenario->facts[0].label.basis, 'F');
    close_book(&all);
}

static void order_takes_steps_issues_and_conditions(void **state)
{
    (void)state;
    book all =
        read_sound("steps: {terms: {issues: [price, summit]}, past: {done: yes}}\n"
                   "order:\n"
                   "  o1: {by: UA, first: ceasefire, then: terms, observed: relaxed}\n"
                   "  o2: {by: logic, first: past, then: \"price > 0 and not summit = "
                   "none or price < -3\", observed: kept}\n",
                   NULL);
    const truce_constraint *o = all.scenario->order;
    assert_int_equal(o[0].first.step, TRUCE_NOBODY);
    assert_int_equal(o[0].first.term.issue, 0);
    assert_int_equal(o[0].then.step, 0);
    assert_int_equal(o[0].then.issues.count, 2);
    assert_true(o[0].relaxed);
    assert_int_equal(o[1].by, TRUCE_NOBODY);
    assert_false(o[1].relaxed);
    assert_int_equal(o[1].then.issues.count, 2); /* summit and price, each once */
    assert_int_equal(o[1].then.issues.items[0], 1);
    assert_true(all.scenario->steps[1].done);
    close_book(&all);
}

static void threats_may_be_told_in_words(void **state)
{
    (void)state;
    book all = read_sound(
        "threats:\n"
        "  t1: {by: UA, asks: US, if: \"no answer comes\", then: \"new sanctions\"}\n"
        "  t2: {by: RU, unless: \"price > 0\", readings: [{summit: none}, {summit: "
        "UA-RU}], outside: {UA: -5}, basis: A, ambiguous: which}\n"
        "deadlines: {d1: {at: \"day 30\"}, d2: {at: 2025-05-16, by: US}}\n",
        NULL);
    const truce_threat *t = all.scenario->threats;
    assert_string_equal(t[0].trigger, "no answer comes");
    assert_string_equal(t[0].effect, "new sanctions");
    assert_int_equal(t[0].asks.items[0], 2);
    assert_int_equal(t[1].reading_count, 2);
    assert_int_equal(t[1].readings[1].items[0].value, 2);
    assert_decimal(t[1].outside[0].change.mode, "-5");
    assert_string_equal(t[1].outside[0].change.path, "threats.t2.outside.UA");
    assert_true(all.scenario->deadlines[0].dated);
    assert_decimal(all.scenario->deadlines[0].day, "30");
    assert_false(all.scenario->deadlines[1].dated);
    assert_int_equal(all.scenario->deadlines[0].by, TRUCE_NOBODY);
    close_book(&all);
}

static void an_agreement_of_the_present_round_has_the_scenarios_own_id(void **state)
{
    (void)state;
    book all =
        read_sound("rounds: {march: {date: 2022-03, positions: {RU: {summit: none}}}}\n"
                   "agreements:\n"
                   "  x1: {round: talks, set: {ceasefire: 30-day}}\n"
                   "  x2: {round: march, set: {summit: UA-RU}, state: in-force}\n",
                   NULL);
    assert_int_equal(all.scenario->agreements[0].round, TRUCE_NOBODY);
    assert_int_equal(all.scenario->agreements[0].state, TRUCE_AGREED);
    assert_int_equal(all.scenario->agreements[1].round, 0);
    truce_value today[3];
    truce_scenario_today(all.scenario, today);
    assert_int_equal(today[0], 0);
    assert_int_equal(today[1], 2);
    assert_int_equal(all.scenario->rounds[0].positions[0].party, 1);
    close_book(&all);
}

static void a_changed_number_is_changed_before_it_is_typed(void **state)
{
    (void)state;
    const char *const set[] = {"UA.outside.worth=48.5"};
    truce_reading choices = {.set = set, .set_count = 1};
    book all =
        read_sound("preferences: {UA: {basis: A, outside: {worth: 52}}}\n", &choices);
    assert_decimal(all.scenario->parties[0].preferences.outside.worth.mode, "48.5");
    assert_string_equal(all.scenario->settings[0], set[0]);
    close_book(&all);
}

static void an_impossible_change_is_a_wrong_call(void **state)
{
    (void)state;
    const char *const set[] = {"UA.outsid.worth=48"};
    truce_reading choices = {.set = set, .set_count = 1};
    book all =
        read_with("preferences: {UA: {basis: A, outside: {worth: 52}}}\n", &choices);
    assert_int_equal(all.status, TRUCE_CALL);
    assert_null(all.scenario);
    assert_int_equal(all.found->errors, 1);
    close_book(&all);
}

/* ---- warnings -------------------------------------------------------------------- */

static void slips_that_are_allowed_are_warned_about(void **state)
{
    (void)state;
    book all = read_sound(
        "sources: {idle: {kind: news}}\n"
        "claims: {c1: {says: a}}\n"
        "preferences:\n"
        "  UA: {basis: A, weights: {ceasefire: 60, summit: 30}, worth: "
        "{ceasefire: [0, 50, 100]}, red-lines: [{if: \"ceasefire = none\"}]}\n"
        "demands: {d1: {by: UA, wants: ceasefire}, d2: {by: UA, wants: "
        "ceasefire}}\n"
        "rules: {r1: {by: RU, if: \"ceasefire = none\", then: \"price > 0\"}}\n"
        "steps: {lost: {title: nobody waits for it}}\n",
        NULL);
    static const char *const told[] = {
        "no claim comes from source \"idle\"",
        "nothing rests on claim \"c1\"",
        "claim \"c1\" names no source",
        "weights of UA sum to 90",
        "UA weighs issue \"summit\" and gives its values no worth",
        "the red line of UA \"ceasefire = none\" is crossed by the status quo",
        "the principal \"RU\" has no preferences",
        "the consent of \"US\" is needed, and it has no preferences",
        "nobody rates the values of issue \"price\"",
        "demand \"d2\" says the same as \"d1\"",
        "rule \"r1\" is broken by the status quo",
        "step \"lost\" stands in no order constraint"};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (!is_told(all.found, told[i]))
            fail_msg("not told: %s", told[i]);
    assert_int_equal(all.found->warnings, sizeof told / sizeof *told);
    close_book(&all);
}

static void twenty_errors_are_kept_and_all_are_counted(void **state)
{
    (void)state;
    char text[4000] = "demands:\n";
    for (int i = 0; i < 50; i++)
        sprintf(text + strlen(text), "  d%d: {by: UA, wants: \"price = x%d\"}\n", i, i);
    book all = read_with(text, NULL);
    assert_int_equal(all.status, TRUCE_INPUT);
    assert_int_equal(all.found->errors, 50);
    assert_int_equal(all.found->count, 20);
    assert_int_equal(all.found->untold, 30);
    close_book(&all);
}

/* ---- what a reader may not see --------------------------------------------------- */

/* CANARY and 777123 stand in everything that is hidden from RU; what hangs on it goes,
 * too. */
static const char guarded[] =
    "sources: {open: {title: open}, s1: {title: CANARY, kind: CANARY, file: CANARY, "
    "visibility: mediator}}\n"
    "claims:\n"
    "  c0: {source: open, says: seen, speaker: UA, note: seen, claim: c1}\n"
    "  c1: {source: s1, says: CANARY, quote: CANARY, subject: CANARY, visibility: "
    "party:UA}\n"
    "  c2: {source: s1, says: shared words, disputes: [c0, c1]}\n"
    "facts:\n"
    "  f0: {text: seen, from: [c0, c1], by: me}\n"
    "  f1: {text: CANARY, from: [c1], by: CANARY}\n"
    "delegations: {team: {of: UA, head: CANARY, level: minister, visibility: "
    "mediator}}\n"
    "preferences:\n"
    "  UA: {visibility: party:UA, weights: {price: 777.123}, worth: {price: {-5: "
    "77.7123}}, "
    "red-lines: [{if: \"price = -5\", note: CANARY}], outside: {worth: 777.123, note: "
    "CANARY}}\n"
    "  RU:\n"
    "    basis: A\n"
    "    weights: {price: 50, ceasefire: {mode: 777.123, visibility: mediator}, "
    "summit: 50}\n"
    "    worth: {price: [1, 2, 3, 4], summit: [0, {mode: 77.7123, visibility: "
    "mediator}, 9]}\n"
    "    bonus: [{if: \"price > 0\", worth: 777.123, visibility: mediator}, {if: "
    "\"price > 1\", "
    "worth: 1}]\n"
    "    red-lines: [{if: \"price = 2.5\", note: CANARY, visibility: mediator}, {if: "
    "\"price = "
    "0\", claim: [c1, c0]}]\n"
    "    outside: {worth: 777.123, visibility: mediator, note: CANARY}\n"
    "demands:\n"
    "  d0: {by: UA, wants: \"price > 0\", claim: c1}\n"
    "  d1: {by: UA, wants: \"price > 1\", strength: CANARY, visibility: mediator}\n"
    "rules: {visibility: mediator, r1: {by: UA, if: price, then: summit, note: "
    "CANARY}}\n"
    "steps: {plan: {title: CANARY, visibility: mediator}}\n"
    "order:\n"
    "  o0: {by: UA, first: summit, then: price, evidence: [f1, f0]}\n"
    "  o1: {by: UA, first: plan, then: price, strength: CANARY}\n"
    "threats:\n"
    "  t1: {by: UA, effect: CANARY, outside: {RU: 777.123}, visibility: mediator}\n"
    "  t2: {by: UA, effect: seen, outside: {UA: {mode: 777.123, visibility: "
    "mediator}}}\n"
    "deadlines: {d1: {at: \"day 777.123\", effect: CANARY, visibility: mediator}}\n"
    "rounds: {r1: {title: CANARY, place: CANARY, visibility: mediator}}\n"
    "observed: {b1: {offer: {price: 0}, reason: CANARY, visibility: mediator}}\n"
    "agreements: {x1: {set: {price: 0}, note: CANARY, visibility: mediator}}\n";

static bool memory_holds(const truce_scenario *scenario, const void *bytes,
                         size_t length)
{
    const arena *memory = scenario_memory((truce_scenario *)(uintptr_t)scenario);
    for (const struct arena_block *block = memory->last; block; block = block->before)
        for (size_t at = 0; at + length <= block->used; at++)
            if (memcmp(block->bytes + at, bytes, length) == 0)
                return true;
    return false;
}

static bool holds_canary(const truce_scenario *scenario)
{
    int64_t digits[] = {777123};
    return memory_holds(scenario, "CANARY", 6) ||
           memory_holds(scenario, digits, sizeof *digits);
}

static void nothing_hidden_is_anywhere_in_what_is_shown(void **state)
{
    (void)state;
    truce_reading choices = {.shown_to = "RU"};
    book all = read_sound(guarded, &choices);
    const truce_scenario *s = all.scenario;
    assert_false(holds_canary(s));
    assert_string_equal(s->shown_to, "RU");
    assert_int_equal(s->source_count, 1);
    assert_int_equal(s->claim_count, 2);
    assert_int_equal(s->claims[0].label.claims.count, 0);
    assert_int_equal(s->claims[1].source, TRUCE_NOBODY);
    assert_int_equal(s->claims[1].disputes.count, 1);
    assert_int_equal(s->fact_count, 1);
    assert_int_equal(s->facts[0].label.claims.count, 1);
    assert_int_equal(s->delegation_count, 0);
    assert_false(s->parties[0].preferences.given);
    assert_int_equal(s->demand_count, 1);
    assert_int_equal(s->demands[0].label.claims.count, 0);
    assert_int_equal(s->rule_count, 0);
    assert_int_equal(s->step_count, 0);
    assert_int_equal(s->order_count, 1);
    assert_int_equal(s->order[0].evidence.count, 1);
    assert_int_equal(s->threat_count, 1);
    assert_int_equal(s->threats[0].outside_count, 0);
    assert_int_equal(s->deadline_count, 0);
    assert_int_equal(s->round_count, 0);
    assert_int_equal(s->observed_count, 0);
    assert_int_equal(s->agreement_count, 0);
    close_book(&all);
}

static void what_is_left_keeps_its_name_and_number(void **state)
{
    (void)state;
    truce_reading choices = {.shown_to = "RU"};
    book all = read_sound(guarded, &choices);
    const truce_preferences *p = &all.scenario->parties[1].preferences;
    assert_false(p->weights[0].given);
    assert_true(p->weights[2].given);
    assert_int_equal(p->worths[1].count, 0); /* a list with a hole says nothing */
    assert_int_equal(p->worths[2].count, 4);
    assert_int_equal(p->bonus_count, 1);
    assert_string_equal(p->bonuses[0].label.id, "bonus:RU:2");
    assert_int_equal(p->red_line_count, 1);
    assert_string_equal(p->red_lines[0].label.id, "red:RU:2");
    assert_int_equal(p->red_lines[0].label.claims.count, 1);
    assert_false(p->outside.given);
    close_book(&all);
}

static void whoever_may_see_it_sees_it(void **state)
{
    (void)state;
    truce_reading choices = {.shown_to = "mediator"};
    book all = read_sound(guarded, &choices);
    assert_true(holds_canary(all.scenario));
    assert_int_equal(all.scenario->source_count, 2);
    assert_int_equal(all.scenario->claim_count, 2); /* c1 is UA's alone */
    close_book(&all);
    all = read_sound(guarded, NULL);
    assert_int_equal(all.scenario->withheld, 0);
    assert_int_equal(all.scenario->claim_count, 3);
    assert_int_equal(all.scenario->claims[1].label.visibility.kind, TRUCE_PARTY_ONLY);
    assert_string_equal(all.scenario->claims[1].label.visibility.party, "UA");
    assert_int_equal(
        all.scenario->parties[0].preferences.red_lines[0].label.visibility.kind,
        TRUCE_PARTY_ONLY);
    close_book(&all);
}

static void a_hidden_issue_takes_with_it_what_is_about_it(void **state)
{
    (void)state;
    static const char text[] =
        "truce: 1\n"
        "id: talks\n"
        "parties: {UA: {consent: [secret, open]}, RU: {}}\n"
        "issues: {open: {values: [a, b]}, secret: {values: [CANARY, b], visibility: "
        "party:UA}}\n"
        "preferences: {RU: {basis: A, weights: {open: 50, secret: 777.123}, worth: "
        "{secret: "
        "[1, 2]}}}\n"
        "delegations: {team: {of: RU, may-sign: [\"secret = b\", open]}}\n"
        "demands: {d1: {by: RU, wants: \"open = b and (secret=CANARY)\"}, d2: {by: RU, "
        "wants: "
        "open}}\n"
        "threats: {t1: {by: RU, unless: \"secret = b\", readings: [{open: b, secret: "
        "b}]}}\n"
        "observed: {b1: {offer: {open: b, secret: b}}}\n";
    truce_reading choices = {.shown_to = "RU"};
    truce_diagnostics *found = truce_diagnostics_new();
    truce_scenario *s;
    assert_int_equal(truce_scenario_parse("x", text, strlen(text), &choices, &s, found),
                     TRUCE_OK);
    assert_false(holds_canary(s));
    assert_false(memory_holds(s, "secret", 6));
    assert_int_equal(s->issue_count, 1);
    assert_int_equal(s->parties[0].consent.count, 1);
    assert_int_equal(s->delegations[0].may_sign.count, 1);
    assert_int_equal(s->demand_count, 1);
    assert_null(s->threats[0].unless);
    assert_int_equal(s->threats[0].readings[0].count, 1);
    assert_int_equal(s->observed_count, 0);
    assert_int_equal(s->withheld, 3);
    truce_scenario_free(s);
    truce_diagnostics_free(found);
}

static void errors_show_no_line_that_may_hold_what_is_hidden(void **state)
{
    (void)state;
    truce_reading choices = {.shown_to = "RU"};
    book all =
        read_with("demands: {d1: {by: UA, wants: price, note: CANARY, visibility: "
                  "mediator}, d2: {by: UX, wants: price}}\n",
                  &choices);
    assert_int_equal(all.status, TRUCE_INPUT);
    assert_int_equal(all.found->count, 1);
    assert_null(all.found->items[0].source);
    close_book(&all);
}

static void a_reader_who_is_nobody_is_a_wrong_call(void **state)
{
    (void)state;
    truce_reading choices = {.shown_to = "UAA"};
    book all = read_with("", &choices);
    assert_int_equal(all.status, TRUCE_CALL);
    assert_string_equal(all.found->items[0].hint, "did you mean \"UA\"?");
    close_book(&all);
}

/* ---- sources --------------------------------------------------------------------- */

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void sources_are_compared_with_what_is_quoted(void **state)
{
    (void)state;
    char folder[] = "/tmp/truce-sources-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/paper.txt", folder);
    put_file(path, "first line\nsecond line\n");
    book all =
        read_sound("sources:\n"
                   "  paper: {file: paper.txt, sha256: "
                   "6c0ca3e8a2ee69a0f8f1ddeb2d45c1e6bd8c4d4ba0d2a4ed0b7a3b1ad8d6f001}\n"
                   "  gone: {file: gone.txt}\n"
                   "  outside: {file: ../paper.txt}\n"
                   "claims:\n"
                   "  c1: {source: paper, at: line 2, says: a, quote: second}\n"
                   "  c2: {source: paper, at: line 1, says: a, quote: second}\n"
                   "  c3: {source: paper, at: line 3, says: a, quote: second}\n"
                   "  c4: {source: paper, says: a, quote: third}\n"
                   "  c5: {source: paper, says: a, quote: second}\n",
                   NULL);
    truce_diagnostics *found = truce_diagnostics_new();
    size_t missing = 0;
    assert_int_equal(truce_sources_check(all.scenario, folder, &missing, found),
                     TRUCE_OK);
    assert_int_equal(missing, 1);
    assert_int_equal(found->warnings, 5);
    assert_true(is_told(found, "the SHA-256 of paper.txt is"));
    assert_true(is_told(found, "lies outside that folder"));
    assert_true(is_told(found, "claim \"c2\": \"second\" does not stand on line 1"));
    assert_true(is_told(found, "claim \"c3\": line 3 of a source of 2 lines"));
    assert_true(is_told(found, "claim \"c4\": \"third\" does not stand in its source"));
    unlink(path);
    rmdir(folder);
    assert_int_equal(truce_sources_check(all.scenario, folder, NULL, found),
                     TRUCE_CALL);
    truce_diagnostics_free(found);
    close_book(&all);
}

/* ---- whole files ----------------------------------------------------------------- */

static void read_file_without_remarks(const char *path, bool is_ours)
{
    truce_diagnostics *found = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    assert_int_equal(truce_scenario_read(path, NULL, &scenario, found), TRUCE_OK);
    assert_int_equal(found->errors, 0);
    if (is_ours)
        assert_int_equal(found->warnings, 0);
    truce_scenario_free(scenario);
    truce_diagnostics_free(found);
}

static void the_shipped_scenarios_read_without_a_warning(void **state)
{
    (void)state;
    read_file_without_remarks(TESTS_FOLDER "/../scenarios/istanbul-2025.truce.yaml",
                              true);
    read_file_without_remarks(TESTS_FOLDER "/../scenarios/two-valleys.truce.yaml",
                              true);
    read_file_without_remarks(TESTS_FOLDER "/../scenarios/tiny.truce.yaml", true);
}

static void the_sketch_reads_as_it_is(void **state)
{
    (void)state;
    const char *path = TESTS_FOLDER "/../../shared/report/istanbul-2025-05.sketch.yaml";
    if (access(path, R_OK) != 0) {
        print_message("skipped: ../shared/report is not there\n");
        skip();
    }
    read_file_without_remarks(path, false);
}

static void a_file_that_is_not_there_is_said_to_be_unreadable(void **state)
{
    (void)state;
    truce_diagnostics *found = truce_diagnostics_new();
    truce_scenario *scenario;
    assert_int_equal(truce_scenario_read("/no/such.yaml", NULL, &scenario, found),
                     TRUCE_INPUT);
    assert_null(scenario);
    assert_true(is_told(found, "cannot be read: No such file"));
    truce_diagnostics_free(found);
}

/* A suggestion begins with "# " and two blanks, or is the name of a section alone. */
static bool is_suggestion(const char *line)
{
    size_t name = strspn(line + 2, "abcdefghijklmnopqrstuvwxyz");
    return strncmp(line, "#  ", 3) == 0 || strncmp(line, "# process: {", 12) == 0 ||
           (strncmp(line, "# ", 2) == 0 && name && strcmp(line + 2 + name, ":") == 0);
}

static void assert_sound(const char *text, size_t sections)
{
    truce_diagnostics *found = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    truce_status status =
        truce_scenario_parse("new.yaml", text, strlen(text), NULL, &scenario, found);
    for (size_t i = 0; i < found->count; i++)
        print_message("%u:%u: %s\n", found->items[i].place.line,
                      found->items[i].place.column, found->items[i].message);
    assert_int_equal(status, TRUCE_OK);
    assert_int_equal(found->warnings, 0);
    assert_string_equal(scenario->id, "my-talks");
    assert_int_equal(scenario->threat_count, sections);
    truce_scenario_free(scenario);
    truce_diagnostics_free(found);
}

static void a_new_scenario_is_sound_with_and_without_its_suggestions(void **state)
{
    (void)state;
    char *text = truce_scenario_skeleton("my-talks"), *rest = NULL;
    assert_sound(text, 0);
    char taken[8000] = "";
    for (char *line = strtok_r(text, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        strcat(taken, is_suggestion(line) ? line + 2 : line);
        strcat(taken, "\n");
    }
    assert_sound(taken, 1);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parties_and_issues_keep_the_order_of_the_file),
        cmocka_unit_test(a_scale_counts_exactly_from_end_to_end),
        cmocka_unit_test(numbers_inherit_their_basis_and_know_their_path),
        cmocka_unit_test(
            numbers_without_basis_are_assumed_and_that_is_said_once_a_party),
        cmocka_unit_test(an_outside_option_may_be_a_bid),
        cmocka_unit_test(speakers_are_parties_delegations_sources_or_words),
        cmocka_unit_test(order_takes_steps_issues_and_conditions),
        cmocka_unit_test(threats_may_be_told_in_words),
        cmocka_unit_test(an_agreement_of_the_present_round_has_the_scenarios_own_id),
        cmocka_unit_test(a_changed_number_is_changed_before_it_is_typed),
        cmocka_unit_test(an_impossible_change_is_a_wrong_call),
        cmocka_unit_test(slips_that_are_allowed_are_warned_about),
        cmocka_unit_test(twenty_errors_are_kept_and_all_are_counted),
        cmocka_unit_test(nothing_hidden_is_anywhere_in_what_is_shown),
        cmocka_unit_test(what_is_left_keeps_its_name_and_number),
        cmocka_unit_test(whoever_may_see_it_sees_it),
        cmocka_unit_test(a_hidden_issue_takes_with_it_what_is_about_it),
        cmocka_unit_test(errors_show_no_line_that_may_hold_what_is_hidden),
        cmocka_unit_test(a_reader_who_is_nobody_is_a_wrong_call),
        cmocka_unit_test(sources_are_compared_with_what_is_quoted),
        cmocka_unit_test(the_shipped_scenarios_read_without_a_warning),
        cmocka_unit_test(the_sketch_reads_as_it_is),
        cmocka_unit_test(a_file_that_is_not_there_is_said_to_be_unreadable),
        cmocka_unit_test(a_new_scenario_is_sound_with_and_without_its_suggestions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
