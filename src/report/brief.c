/* The two-page answer: a paragraph that says it all, then eight short sections that say
 * on what. Compact versions of what the questions print alone. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOVES_SHOWN = 8,
    PAIRS_SHOWN = 3,
    CLASHES_SHOWN = 8,
    CYCLES_SHOWN = 3,
    WAYS_SHOWN = 6,
    DATES_SHOWN = 4,
    DEADLINES_SHOWN = 3
};

/* ---- JSON ------------------------------------------------------------------------ */

static void write_answers(json *to, const truce_brief *result)
{
    json_object(to);
    json_key(to, "who");
    who_answer(to, result->who);
    json_key(to, "evidence");
    evidence_answer(to, result->evidence);
    json_key(to, "rounds");
    rounds_answer(to, result->rounds);
    json_key(to, "now");
    now_answer(to, result->now);
    json_key(to, "pairs");
    now_answer(to, result->pairs);
    json_key(to, "deals");
    deals_answer(to, result->deals);
    json_key(to, "clash");
    clash_answer(to, result->clashes);
    json_key(to, "order");
    order_answer(to, result->order);
    json_key(to, "unlock");
    unlock_answer(to, result->unlock);
    json_key(to, "wait");
    wait_answer(to, result->wait);
    json_key(to, "flip");
    flip_answer(to, result->flips);
    json_key(to, "text");
    text_answer(to, result->text);
    json_key(to, "exchange");
    if (result->plan)
        plan_answer(to, result->plan);
    else
        json_null(to);
    json_end(to);
}

void truce_brief_json(FILE *out, const truce_brief *result)
{
    json to = envelope_begin(out, &result->finding);
    write_answers(&to, result);
    envelope_end(&to, &result->finding, result->reality);
}

/* ---- the first paragraph --------------------------------------------------------- */

/* "exchange = 1000-for-1000 (agreed) and ..." of the moves with this standing; NULL:
 * none. */
static const char *moves_of(page *to, const truce_now *now, truce_signing standing)
{
    const char **texts = arena_array(&to->memory, now->count, const char *);
    size_t count = 0;
    for (size_t i = 0; i < now->count; i++) {
        const truce_move *move = &now->moves[i];
        if (move->may_sign != standing)
            continue;
        const char *text =
            settings_words(&to->memory, now->finding.scenario, move->set);
        texts[count++] =
            arena_format(&to->memory, "%s%s", text,
                         move->seen == TRUCE_SEEN_AGREED    ? " (already agreed)"
                         : move->seen == TRUCE_SEEN_REFUSED ? " (refused so far)"
                                                            : "");
    }
    if (count > MOVES_SHOWN)
        return arena_format(&to->memory, "%s different changes",
                            size_words(&to->memory, count));
    return count == 0 ? NULL : join(&to->memory, texts, count, " and ");
}

static bool signable(const truce_now *now)
{
    for (size_t i = 0; i < now->count; i++)
        if (now->moves[i].may_sign == TRUCE_MAY_SIGN)
            return true;
    return false;
}

/* A file without delegations has the parties themselves at the table. */
static const char *signers(const truce_brief *result, bool begins)
{
    if (result->finding.scenario->delegation_count > 0)
        return begins ? "Those in the room" : "those in the room";
    return begins ? "The parties" : "the parties";
}

static const char *nothing_to_sign(page *to, const truce_brief *result)
{
    const char *who = signers(result, true);
    if (signable(result->pairs))
        return arena_format(
            &to->memory,
            "%s can sign no change of a single issue today, but some of "
            "two issues at once.",
            who);
    return is_complete(&result->now->finding)
               ? arena_format(&to->memory,
                              "%s can sign no change of a single issue today.", who)
               : arena_format(&to->memory,
                              "What %s can sign was not found in the time given.",
                              signers(result, false));
}

static const char *now_sentence(page *to, const truce_brief *result)
{
    const char *sign = moves_of(to, result->now, TRUCE_MAY_SIGN);
    const char *refer = moves_of(to, result->now, TRUCE_MUST_REFER);
    const char *cannot = moves_of(to, result->now, TRUCE_CANNOT_SIGN);
    const char *text = sign == NULL
                           ? nothing_to_sign(to, result)
                           : arena_format(&to->memory, "%s can sign today: %s.",
                                          signers(result, true), sign);
    if (refer != NULL)
        text = arena_format(&to->memory, "%s To be referred home: %s.", text, refer);
    if (cannot != NULL)
        text = arena_format(&to->memory,
                            "%s Open as well, but not for %s alone to sign: %s.", text,
                            signers(result, false), cannot);
    return text;
}

static bool nothing_to_give(const truce_unlock *unlock)
{
    return unlock->count > 0 && unlock->ways[0].count == 0;
}

static const char *meeting_all(page *to, const truce_brief *result)
{
    return count_words(&to->memory, result->unlock->ways[0].outcomes);
}

static const char *deals_sentence(page *to, const truce_brief *result)
{
    const truce_deals *deals = result->deals;
    const char *all = count_words(&to->memory, deals->outcomes);
    if (count_is(deals->acceptable, "0"))
        return arena_format(
            &to->memory,
            "None of the %s possible outcomes is acceptable to everybody whose "
            "consent it needs.",
            all);
    const char *some = count_words(&to->memory, deals->acceptable);
    if (nothing_to_give(result->unlock))
        return arena_format(
            &to->memory,
            "Of %s possible outcomes %s are acceptable to everybody whose "
            "consent they need, and %s of these meet every stated demand.",
            all, some,
            strcmp(some, meeting_all(to, result)) == 0 ? "all"
                                                       : meeting_all(to, result));
    return arena_format(
        &to->memory,
        "Of %s possible outcomes %s are acceptable to everybody whose consent "
        "they need%s.",
        all, some,
        result->unlock->count > 0 ? ", but none meets every stated demand" : "");
}

/* How many members of a clash speak of the issue. */
static size_t mentions(const truce_scenario *scenario, const truce_clash *clash,
                       size_t issue)
{
    size_t count = 0;
    for (size_t m = 0; m < clash->count; m++) {
        const truce_demand *demand = demand_called(scenario, clash->ids[m]);
        count += demand != NULL && truce_condition_mentions(demand->wants, issue);
    }
    return count;
}

/* The issues on which the members of some clash meet. */
static const char *contested(page *to, const truce_clashes *clashes)
{
    const truce_scenario *scenario = clashes->finding.scenario;
    const char **texts = arena_array(&to->memory, scenario->issue_count, const char *);
    size_t count = 0;
    for (size_t i = 0; i < scenario->issue_count; i++) {
        bool found = false;
        for (size_t c = 0; c < clashes->count && !found; c++)
            found = mentions(scenario, &clashes->items[c], i) >=
                    (clashes->items[c].count > 1 ? 2 : 1);
        if (found)
            texts[count++] = scenario->issues[i].label.id;
    }
    return join(&to->memory, texts, count, " and ");
}

static const char *clash_sentence(page *to, const truce_clashes *clashes)
{
    if (clashes->count == 0 && !is_complete(&clashes->finding))
        return "Which demands clash was not found in the time given.";
    if (clashes->count == 0)
        return clashes->members == 0 ? "The file states no demands."
                                     : "The stated demands can all hold together.";
    const char *issues = contested(to, clashes);
    return arena_format(&to->memory, "%s%s of demands cannot hold at once%s%s.",
                        clashes->cut ? "At least " : "",
                        counted(&to->memory, clashes->count, "set", "separate sets"),
                        *issues != '\0' ? ": on " : "", issues);
}

static const char *order_sentence(page *to, const truce_order *order)
{
    const truce_scenario *scenario = order->finding.scenario;
    if (scenario->order_count == 0)
        return "";
    const char *text = "Nothing about what must come first runs in a circle";
    if (order->cycle_count > 0)
        text =
            arena_format(&to->memory, "What must come first runs in a circle: %s (%s)",
                         order_chain(to, scenario, &order->cycles[0]),
                         order_standing(&order->cycles[0]));
    if (order->cycle_count > 1)
        text =
            arena_format(&to->memory, "%s, and %zu more", text, order->cycle_count - 1);
    for (size_t g = 0; g < order->gates.count; g++) {
        const truce_constraint *gate = &scenario->order[order->gates.items[g]];
        text = arena_format(&to->memory, "%s; %s waits for %s (%s)", text,
                            stage_words(&to->memory, scenario, &gate->then),
                            owner_called(scenario, gate->by),
                            stage_words(&to->memory, scenario, &gate->first));
    }
    return arena_format(&to->memory, "%s.", text);
}

static const char *ways_words(page *to, const truce_unlock *unlock)
{
    const char *demands = counted(&to->memory, unlock->fewest, "demand", "demands");
    if (!is_complete(&unlock->finding))
        return arena_format(&to->memory,
                            "The ways to a deal found so far let go of %s or more.",
                            demands);
    if (unlock->count == 1 && !unlock->cut)
        return arena_format(
            &to->memory,
            "For a deal %s would have to be let go; there is one way to do so.",
            demands);
    return arena_format(
        &to->memory,
        "For a deal at least %s would have to be let go; there are %s%zu ways to do "
        "so, each as small as can be.",
        demands, unlock->cut ? "at least " : "", unlock->count);
}

static const char *unlock_sentence(page *to, const truce_unlock *unlock)
{
    if (unlock->count == 0)
        return is_complete(&unlock->finding)
                   ? "Letting every demand go would still leave no acceptable outcome."
                   : "What would unlock a deal was not found in the time given.";
    return nothing_to_give(unlock) ? "" : ways_words(to, unlock);
}

static const char *reality_sentence(page *to, const truce_reality *reality)
{
    if (reality == NULL || reality->count == 0)
        return "";
    return arena_format(&to->memory,
                        "The numbers reproduce %zu of %s seen at the talks.",
                        reality->reproduced,
                        counted(&to->memory, reality->count, "decision", "decisions"));
}

void brief_sentences(page *to, const truce_brief *result,
                     const char *sentences[BRIEF_SENTENCES])
{
    sentences[BRIEF_NOW] = now_sentence(to, result);
    sentences[BRIEF_DEALS] = deals_sentence(to, result);
    sentences[BRIEF_CLASH] = clash_sentence(to, result->clashes);
    sentences[BRIEF_ORDER] = order_sentence(to, result->order);
    sentences[BRIEF_UNLOCK] = unlock_sentence(to, result->unlock);
    sentences[BRIEF_REALITY] = reality_sentence(to, result->reality);
}

static void say_answer(page *to, const truce_brief *result)
{
    const char *sentences[BRIEF_SENTENCES], *said[BRIEF_SENTENCES];
    size_t count = 0;
    brief_sentences(to, result, sentences);
    for (size_t i = 0; i < BRIEF_SENTENCES; i++)
        if (*sentences[i] != '\0')
            said[count++] = sentences[i];
    page_say(to, 0, "%s", join_by(&to->memory, said, count, " "));
}

/* ---- 1 to 8 ---------------------------------------------------------------------- */

static void say_who(page *to, const truce_brief *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    page_heading(to, "1. Who is there");
    who_parties(to, scenario);
    if (scenario->delegation_count > 0) {
        page_gap(to);
        who_delegations(to, scenario);
    }
}

static const char *agreed_words(page *to, const truce_brief *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    const char **texts = arena_array(&to->memory, scenario->issue_count, const char *);
    size_t count = 0;
    for (size_t i = 0; i < scenario->issue_count; i++) {
        const truce_clause *clause = &result->text->clauses[i];
        if (clause->settled)
            texts[count++] =
                arena_format(&to->memory, "%s = %s", scenario->issues[i].label.id,
                             scenario->issues[i].values[clause->value]);
    }
    return count == 0 ? "nothing" : join(&to->memory, texts, count, " and ");
}

static size_t shifts_of(const truce_rounds *rounds, bool moved)
{
    size_t count = 0;
    for (size_t s = 0; s < rounds->shift_count; s++)
        count += rounds->shifts[s].moved == moved;
    return count;
}

static void say_frames(page *to, const truce_rounds *rounds)
{
    for (size_t f = 0; f < rounds->framed.count; f++) {
        const truce_round *round =
            &rounds->finding.scenario->rounds[rounds->framed.items[f]];
        page_item(to, 0, "- ", "How %s is seen - %s.", round->label.id, round->frame);
    }
}

/* A page in HTML has all of it in its own sections. */
static const char *see(const page *to, const char *command)
{
    return to->html ? "" : command;
}

static void say_claims(page *to, const truce_brief *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    const char *cautions = evidence_cautions(to, result->evidence);
    if (result->evidence->count == 0) {
        page_item(to, 0, "- ",
                  "The file holds no claims: everything in it is assumed.");
        return;
    }
    page_item(to, 0, "- ", "%s from %s%s%s; %s; %s%s.",
              counted(&to->memory, result->evidence->count, "claim", "claims"),
              counted(&to->memory, scenario->source_count, "source", "sources"),
              *cautions != '\0' ? ", of these " : "", cautions,
              counted(&to->memory, scenario->fact_count, "fact drawn from them",
                      "facts drawn from them"),
              counted(&to->memory, result->evidence->disagreement_count,
                      "pair that does not fit together",
                      "pairs that do not fit together"),
              see(to, " (see truce evidence)"));
}

void brief_said(page *to, const truce_brief *result)
{
    say_claims(to, result);
    page_item(
        to, 0, "- ", "Agreed so far: %s; %zu of %s stand in brackets%s.",
        agreed_words(to, result),
        result->finding.scenario->issue_count - text_settled(result->text),
        counted(&to->memory, result->finding.scenario->issue_count, "issue", "issues"),
        see(to, " (see truce text)"));
    if (result->rounds->shift_count > 0)
        page_item(to, 0, "- ",
                  "Positions, from round to round to now: %zu moved, %zu stayed%s.",
                  shifts_of(result->rounds, true), shifts_of(result->rounds, false),
                  see(to, " (see truce rounds)"));
    say_frames(to, result->rounds);
}

static bool within_reach(const truce_move *move)
{
    return move->may_sign != TRUCE_CANNOT_SIGN;
}

static size_t count_within_reach(const truce_now *now)
{
    size_t count = 0;
    for (size_t i = 0; i < now->count; i++)
        count += within_reach(&now->moves[i]);
    return count;
}

/* Pairs add something only where they can at least be referred home. */
void brief_pairs(page *to, const truce_brief *result)
{
    const truce_now *pairs = result->pairs;
    const char *texts[PAIRS_SHOWN];
    size_t shown = 0, open = count_within_reach(pairs);
    for (size_t i = 0; i < pairs->count && shown < PAIRS_SHOWN; i++)
        if (within_reach(&pairs->moves[i]))
            texts[shown++] = package_words(&to->memory, pairs->finding.scenario,
                                           pairs->moves[i].set);
    const char *all = counted(&to->memory, pairs->count, "change", "changes");
    if (open == 0)
        page_say(to, 0, "Of two issues at once: %s%s.", all,
                 pairs->count > 0
                     ? arena_format(&to->memory, ", none within reach of %s",
                                    signers(result, false))
                     : "");
    else
        page_say(to, 0,
                 "Of two issues at once: %s, %zu for %s to sign or to refer home: "
                 "%s%s%s.",
                 all, open, signers(result, false),
                 join_by(&to->memory, texts, shown, "; "),
                 open > shown ? "; and more" : "",
                 open > shown ? see(to, " (see truce now --size 2)") : "");
}

/* What was agreed of an exchange, as it can be carried out. */
static void say_exchange(page *to, const truce_brief *result)
{
    const truce_exchange_wish *wish = result->finding.scenario->exchange;
    if (result->plan == NULL && result->no_plan == NULL)
        return;
    page_gap(to);
    if (result->plan)
        plan_summary(to, result->plan);
    else
        page_say(to, 0, "The exchange could not be planned: %s.", result->no_plan);
    if (wish->note)
        page_remark(to, 0, "%s", wish->note);
}

static void say_now(page *to, const truce_brief *result)
{
    page_heading(to, "3. What can be signed now");
    if (result->now->count == 0 && is_complete(&result->now->finding))
        page_say(to, 0,
                 "No change of one issue leaves everybody needed no worse off and some "
                 "principal better off.");
    else if (result->now->count > 0)
        now_table(to, result->now, MOVES_SHOWN);
    if (result->now->count > MOVES_SHOWN)
        page_say(to, 0, "... %zu more (see truce now).",
                 result->now->count - MOVES_SHOWN);
    now_obstacles(to, result->now, MOVES_SHOWN);
    say_if_cut(to, &result->now->finding);
    brief_pairs(to, result);
    say_if_cut(to, &result->pairs->finding);
    page_remark(to, 0, "%s%zu of %zu changes wait for what must come first.",
                result->now->count > 0 ? "Listed: nobody needed is worse off, some "
                                         "principal better off; +/-: utility, "
                                         "0 to 100, against today. "
                                       : "",
                result->now->held, result->now->tried);
    say_exchange(to, result);
}

static void say_order(page *to, const truce_order *order)
{
    const truce_scenario *scenario = order->finding.scenario;
    for (size_t c = 0; c < order->cycle_count && c < CYCLES_SHOWN; c++) {
        const truce_cycle *cycle = &order->cycles[c];
        const char **links = arena_array(&to->memory, cycle->count, const char *);
        for (size_t i = 0; i < cycle->count; i++) {
            const truce_constraint *one = &scenario->order[cycle->constraints[i]];
            links[i] =
                arena_format(&to->memory, "%s (%s%s)", owner_called(scenario, one->by),
                             one->label.id, one->relaxed ? ", practice differs" : "");
        }
        page_item(to, 0, "- ", "Circle: %s (%s). Its links come from %s.",
                  order_chain(to, scenario, cycle), order_standing(cycle),
                  join(&to->memory, links, cycle->count, " and "));
    }
    for (size_t g = 0; g < order->gates.count; g++)
        page_item(to, 0, "- ", "Gate: %s.",
                  order_gate(to, scenario, order->gates.items[g]));
    const char *free_ones = order_free(to, order);
    if (scenario->order_count == 0)
        page_item(to, 0, "- ", "The file names nothing that must come first.");
    else if (strcmp(free_ones, "nothing") == 0)
        page_item(to, 0, "- ", "Every issue and step waits for another.");
    else
        page_item(to, 0, "- ", "Waiting for nothing: %s.", free_ones);
}

static void say_why(page *to, const truce_brief *result)
{
    page_heading(to, "4. Why not more");
    if (result->clashes->count > 0) {
        page_say(to, 0,
                 "Demands that cannot hold at once, in sets as small as can be:");
        clash_table(to, result->clashes, CLASHES_SHOWN);
    } else if (is_complete(&result->clashes->finding)) {
        page_say(to, 0, "%s", clash_sentence(to, result->clashes));
    }
    if (result->clashes->count > CLASHES_SHOWN)
        page_say(to, 0, "... %zu more (see truce clash).",
                 result->clashes->count - CLASHES_SHOWN);
    say_if_cut(to, &result->clashes->finding);
    if (count_is(result->deals->acceptable, "0"))
        deals_blocked(to, result->finding.scenario, result->deals->blocked_by);
    page_gap(to);
    say_order(to, result->order);
}

static void say_ways(page *to, const truce_unlock *unlock)
{
    for (size_t w = 0; w < unlock->count && w < WAYS_SHOWN; w++)
        page_item(to, 0, "- ", "%s.",
                  unlock_way_words(to, unlock->finding.scenario, &unlock->ways[w]));
    if (unlock->count > WAYS_SHOWN)
        page_say(to, 0, "... %zu more (see truce unlock).", unlock->count - WAYS_SHOWN);
    page_remark(to, 0,
                "Acceptable outcomes that keep every other demand: a count of what "
                "remains, not advice on who should give.");
}

static void say_unlock(page *to, const truce_brief *result)
{
    const truce_unlock *unlock = result->unlock;
    page_heading(to, "5. What would unlock it");
    if (nothing_to_give(unlock))
        page_say(to, 0,
                 "Nothing need be let go: %s acceptable outcomes keep every demand.",
                 count_words(&to->memory, unlock->ways[0].outcomes));
    else if (unlock->count > 0)
        say_ways(to, unlock);
    else if (is_complete(&unlock->finding))
        page_say(to, 0,
                 "No set of demands: even with all of them let go, no outcome is "
                 "acceptable.");
    say_if_cut(to, &unlock->finding);
}

static bool floors_move(const truce_wait *wait)
{
    if (wait->date_count == 0)
        return false;
    const truce_wait_date *last = &wait->dates[wait->date_count - 1];
    for (size_t p = 0; p < wait->finding.scenario->party_count; p++)
        if (last->floors[p] < wait->dates[0].floors[p] ||
            last->floors[p] > wait->dates[0].floors[p])
            return true;
    return false;
}

static void say_dates(page *to, const truce_wait *wait)
{
    if (!floors_move(wait)) {
        page_say(to, 0, "In this file no outside option moves with time.");
        return;
    }
    size_t every = (wait->date_count + DATES_SHOWN - 2) / (DATES_SHOWN - 1);
    page_say(
        to, 0,
        "Outside options (worth of no settlement), outcomes acceptable to all needed:");
    wait_table(to, wait, every);
    page_remark(to, 0,
                "Where outside options fall, more outcomes can become acceptable; none "
                "becomes better.");
}

static void say_threat(page *to, const truce_scenario *scenario,
                       const truce_threat_effect *effect)
{
    const truce_threat *threat = &scenario->threats[effect->threat];
    const char *reading = "";
    if (effect->reading != TRUCE_NOBODY)
        reading = arena_format(
            &to->memory, ", read as %s",
            settings_words(&to->memory, scenario, threat->readings[effect->reading]));
    page_item(to, 0, "- ", "Threat %s of %s%s: %s.", threat->label.id,
              party_called(scenario, threat->by), reading,
              wait_effect(to, scenario, effect));
}

static void say_deadlines(page *to, const truce_scenario *scenario)
{
    for (size_t d = 0; d < scenario->deadline_count && d < DEADLINES_SHOWN; d++) {
        const truce_deadline *one = &scenario->deadlines[d];
        page_item(to, 0, "- ", "Deadline%s%s, %s (%s): %s.",
                  one->by == TRUCE_NOBODY ? "" : " of ",
                  one->by == TRUCE_NOBODY ? "" : party_called(scenario, one->by),
                  one->at != NULL ? one->at : "undated", one->label.id,
                  one->effect != NULL ? one->effect : "no effect given");
    }
}

static void say_wait(page *to, const truce_brief *result)
{
    page_heading(to, "6. What waiting does");
    say_dates(to, result->wait);
    say_if_cut(to, &result->wait->finding);
    say_deadlines(to, result->finding.scenario);
    for (size_t t = 0; t < result->wait->threat_count; t++)
        say_threat(to, result->finding.scenario, &result->wait->threats[t]);
}

static const char *flip_sentence(page *to, const truce_flip *flip)
{
    if (flip->number == NULL)
        return flip->searched ? "no single number reverses it" : "not searched";
    return arena_format(&to->memory, "until %s, now %s, %s %s", flip->number->path,
                        number_words(&to->memory, flip->from),
                        flip->must_pass ? "passes" : "reaches",
                        number_words(&to->memory, flip->threshold));
}

/* Decisions seen are told in the last section. */
static bool is_shown(const truce_flip *flip)
{
    return strncmp(flip->answer, "observed:", 9) != 0;
}

static bool all_held(const truce_flips *flips)
{
    for (size_t i = 0; i < flips->count; i++)
        if (is_shown(&flips->items[i]) && flips->items[i].held != flips->draws)
            return false;
    return true;
}

static const char *held_words(page *to, const truce_flips *flips,
                              const truce_flip *flip)
{
    if (flips->ranged == 0 || flips->draws == 0 || all_held(flips))
        return "";
    return arena_format(&to->memory, " (%" PRIu64 " of %" PRIu64 " draws)", flip->held,
                        flips->draws);
}

static const char *draws_words(page *to, const truce_flips *flips)
{
    const char *ranged = counted(&to->memory, flips->ranged, "number", "numbers");
    if (flips->ranged == 0 || flips->draws == 0)
        return "";
    if (all_held(flips))
        return arena_format(&to->memory,
                            " All of this holds in each of %" PRIu64
                            " draws of the %s with "
                            "a range.",
                            flips->draws, ranged);
    return arena_format(
        &to->memory,
        " In brackets: how often the answer stays when the %s with a range are "
        "drawn.",
        ranged);
}

static void say_flips(page *to, const truce_brief *result)
{
    const truce_flips *flips = result->flips;
    page_heading(to, "7. What carries the answers");
    say_if_cut(to, &flips->finding);
    for (size_t i = 0; i < flips->count; i++) {
        const truce_flip *flip = &flips->items[i];
        if (is_shown(flip))
            page_item(to, 0, "- ", "%s%s: %s%s.",
                      flip_words(to, result->finding.scenario, flip),
                      flip->holds ? "" : " (no)", flip_sentence(to, flip),
                      held_words(to, flips, flip));
    }
    page_remark(to, 0,
                "Dotted names are numbers of the file.%s "
                "Clashes and order rest on no "
                "number.",
                draws_words(to, flips));
}

static void say_grounds(page *to, const truce_brief *result)
{
    page_heading(to, "8. On what all this rests");
    page_say(to, 0, "This brief %s. %s", grounds_words(to, &result->finding),
             proof_words(to, &result->finding));
    if (result->reality != NULL)
        reality_print(to, result->reality);
}

void truce_brief_print(FILE *out, const truce_brief *result, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "Brief");
    say_answer(&to, result);
    say_who(&to, result);
    page_heading(&to, "2. What was said");
    brief_said(&to, result);
    say_now(&to, result);
    say_why(&to, result);
    say_unlock(&to, result);
    say_wait(&to, result);
    say_flips(&to, result);
    say_grounds(&to, result);
    page_end(&to);
}
