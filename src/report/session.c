/* Sessions: how they ended and what they were worth, and what was said in them. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/table.h"
#include "report/words.h"

#include <math.h>

static const char *const ends[] = {"agreed", "timed-out", "left", "forfeit"};
static const char *const systems[] = {"truce", "genius", "negmas"};
static const char *const saids[] = {"offer", "accept", "reject", "leave", "draft"};

static const char *party_id(const truce_scenario *scenario, truce_list parties,
                            size_t seat)
{
    return seat == TRUCE_NOBODY ? "mediator"
                                : scenario->parties[parties.items[seat]].label.id;
}

/* ---- JSON ------------------------------------------------------------------------ */

static void field_number(json *to, const char *key, double number)
{
    json_key(to, key);
    json_number(to, number);
}

static void write_moves(json *to, const truce_moves *moves)
{
    json_key(to, "moves");
    json_object(to);
    field_integer(to, "silent", moves->silent);
    field_integer(to, "nice", moves->nice);
    field_integer(to, "concession", moves->concession);
    field_integer(to, "selfish", moves->selfish);
    field_integer(to, "fortunate", moves->fortunate);
    field_integer(to, "unfortunate", moves->unfortunate);
    json_end(to);
}

static void write_seat(json *to, const truce_session *result, size_t seat)
{
    const truce_seat_result *it = &result->seats[seat];
    json_object(to);
    field_text(to, "party", party_id(result->finding.scenario, result->parties, seat));
    field_text(to, "strategy", it->strategy);
    field_number(to, "utility", it->utility);
    field_number(to, "discounted", it->discounted);
    field_number(to, "advantage", it->advantage);
    field_number(to, "concession", it->concession);
    field_integer(to, "offers", it->offers);
    write_moves(to, &it->moves);
    field_text(to, "fault", it->fault);
    json_end(to);
}

static void write_distances(json *to, const truce_session *result)
{
    field_number(to, "welfare", result->welfare);
    field_number(to, "nash_product", result->nash_product);
    field_number(to, "to_frontier", result->to_frontier);
    field_number(to, "to_nash", result->to_nash);
    field_number(to, "to_kalai_smorodinsky", result->to_kalai_smorodinsky);
    field_number(to, "to_egalitarian", result->to_egalitarian);
    field_number(to, "optimality", result->optimality);
}

void truce_session_json(FILE *out, const truce_session *result,
                        const truce_reality *reality)
{
    const truce_scenario *scenario = result->finding.scenario;
    json to = envelope_begin(out, &result->finding);
    json_object(&to);
    field_text(&to, "protocol", result->protocol);
    field_integer(&to, "rounds", result->rounds);
    field_number(&to, "seconds", result->rounds > 0 ? NAN : result->seconds);
    field_text(&to, "end", ends[result->end]);
    field_integer(&to, "step", result->step);
    field_number(&to, "t", result->time);
    json_key(&to, "agreement");
    if (result->agreement)
        outcome_value(&to, scenario, result->agreement);
    else
        json_null(&to);
    json_key(&to, "seats");
    json_array(&to);
    for (size_t s = 0; s < result->parties.count; s++)
        write_seat(&to, result, s);
    json_end(&to);
    write_distances(&to, result);
    field_text(&to, "remark", result->remark);
    json_end(&to);
    envelope_end(&to, &result->finding, reality);
}

void truce_repetition_json(FILE *out, const truce_repetition *result,
                           const truce_reality *reality)
{
    const truce_scenario *scenario = result->finding.scenario;
    json to = envelope_begin(out, &result->finding);
    json_object(&to);
    field_integer(&to, "sessions", result->sessions);
    field_integer(&to, "offers", result->offers);
    field_integer(&to, "answers", result->answers);
    field_integer(&to, "agreements", result->agreements);
    field_number(&to, "mean_step", result->mean_step);
    json_key(&to, "mean_utilities");
    json_object(&to);
    for (size_t s = 0; s < result->parties.count; s++)
        field_number(&to, party_id(scenario, result->parties, s),
                     result->mean_utilities[s]);
    json_end(&to);
    field_number(&to, "preparation_seconds", result->preparation);
    field_number(&to, "seconds", result->seconds);
    field_number(&to, "sessions_per_second", result->sessions_per_second);
    field_number(&to, "offers_per_second", result->offers_per_second);
    json_end(&to);
    envelope_end(&to, &result->finding, reality);
}

/* ---- the trace: a line for the session, and one for each thing said ------------------ */

static void trace_head(FILE *out, const truce_session *result)
{
    json to = json_begin(out);
    json_object(&to);
    field_text(&to, "protocol", result->protocol);
    field_integer(&to, "rounds", result->rounds);
    field_number(&to, "seconds", result->rounds > 0 ? NAN : result->seconds);
    field_integer(&to, "seed", result->seed);
    field_text(&to, "as", systems[result->as]);
    json_key(&to, "seats");
    json_array(&to);
    for (size_t s = 0; s < result->parties.count; s++) {
        json_object(&to);
        field_text(&to, "party",
                   party_id(result->finding.scenario, result->parties, s));
        field_text(&to, "strategy", result->seats[s].strategy);
        json_end(&to);
    }
    json_end(&to);
    json_end(&to);
    fputc('\n', out);
}

static void trace_turn(FILE *out, const truce_session *result, const truce_turn *turn)
{
    const truce_scenario *scenario = result->finding.scenario;
    json to = json_begin(out);
    json_object(&to);
    field_integer(&to, "round", turn->round);
    field_number(&to, "t", turn->time);
    field_text(&to, "party", party_id(scenario, result->parties, turn->seat));
    field_text(&to, "said", saids[turn->said]);
    if (turn->outcome) {
        json_key(&to, "outcome");
        outcome_value(&to, scenario, turn->outcome);
        json_key(&to, "u");
        json_array(&to);
        for (size_t s = 0; s < result->parties.count; s++)
            json_number(&to, turn->utilities[s]);
        json_end(&to);
    }
    json_end(&to);
    fputc('\n', out);
}

static bool overshoots(const truce_session *result)
{
    for (size_t s = 0; s < result->parties.count; s++)
        if (result->seats[s].overshoot > 0)
            return true;
    return false;
}

static void trace_overshoot(json *to, const truce_session *result)
{
    json_key(to, "overshoot");
    json_array(to);
    for (size_t s = 0; s < result->parties.count; s++)
        json_number(to, result->seats[s].overshoot);
    json_end(to);
}

static void trace_end(FILE *out, const truce_session *result)
{
    json to = json_begin(out);
    json_object(&to);
    field_text(&to, "end", ends[result->end]);
    field_integer(&to, "step", result->step);
    field_number(&to, "t", result->time);
    json_key(&to, "u");
    json_array(&to);
    for (size_t s = 0; s < result->parties.count; s++)
        json_number(&to, result->seats[s].utility);
    json_end(&to);
    if (overshoots(result))
        trace_overshoot(&to, result);
    json_end(&to);
    fputc('\n', out);
}

void truce_session_trace(FILE *out, const truce_session *result)
{
    trace_head(out, result);
    for (size_t k = 0; k < result->turn_count; k++)
        trace_turn(out, result, &result->turns[k]);
    trace_end(out, result);
}

/* ---- a trace, once more ------------------------------------------------------------- */

void truce_replay_json(FILE *out, const truce_replay *result)
{
    json to = envelope_begin(out, &result->finding);
    json_object(&to);
    field_bool(&to, "holds", result->holds);
    field_text(&to, "protocol", result->protocol);
    field_integer(&to, "words", result->words);
    field_text(&to, "end", result->holds ? ends[result->end] : NULL);
    field_bool(&to, "by_seed", result->by_seed);
    field_text(&to, "fault", result->fault);
    field_text(&to, "remark", result->remark);
    json_end(&to);
    envelope_end(&to, &result->finding, NULL);
}

void truce_replay_print(FILE *out, const truce_replay *result, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "Negotiate: does the trace hold?");
    const char *words = counted(&to.memory, result->words, "word", "words");
    if (!result->holds) {
        page_say(&to, 0, "It does not hold: %s.", result->fault);
        page_say(&to, 0, "Before that, %s hold.", words);
    } else {
        page_say(
            &to, 0,
            "It holds: %s of %s, each in turn and on time, worth what it says, and "
            "the end.",
            words, result->protocol);
        if (result->by_seed)
            page_say(&to, 0,
                     "Played again by their seed, the strategies say the same.");
        else
            page_say(&to, 0, "The strategies were not played again: %s.",
                     result->remark);
    }
    page_end(&to);
}

/* ---- text ------------------------------------------------------------------------ */

static const char *end_words(page *to, const truce_session *result)
{
    const char *when =
        result->rounds > 0
            ? arena_format(&to->memory, "round %u of %u", result->step, result->rounds)
            : arena_format(&to->memory, "at %.3f of the time", result->time);
    switch (result->end) {
    case TRUCE_SESSION_AGREED:
        return arena_format(&to->memory, "Agreement in %s.", when);
    case TRUCE_SESSION_LEFT:
        return arena_format(&to->memory, "A party ended the talks in %s.", when);
    case TRUCE_SESSION_FORFEIT:
        return arena_format(&to->memory, "A party broke the rules in %s.", when);
    case TRUCE_SESSION_TIMED_OUT:
        break;
    }
    return "No agreement when the time was over.";
}

static double scale_of(const truce_session *result)
{
    double scale = 0;
    for (size_t s = 0; s < result->parties.count; s++)
        scale = fmax(scale, fabs(result->seats[s].utility));
    return scale;
}

static void say_seats(page *to, const truce_session *result)
{
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Party");
    table_column(&rows, TABLE_TEXT, "Strategy");
    table_column(&rows, TABLE_NUMBER, "Utility");
    table_column(&rows, TABLE_NUMBER, "Discounted");
    table_column(&rows, TABLE_NUMBER, "Advantage");
    table_column(&rows, TABLE_NUMBER, "Offers");
    table_column(&rows, TABLE_NUMBER, "Conceded");
    double scale = scale_of(result);
    for (size_t s = 0; s < result->parties.count; s++) {
        const truce_seat_result *it = &result->seats[s];
        table_row(&rows);
        table_cell(&rows, "%s", party_id(result->finding.scenario, result->parties, s));
        table_cell(&rows, "%s", it->strategy);
        table_cell(&rows, "%s", fine_words(&to->memory, it->utility, scale));
        table_cell(&rows, "%s", fine_words(&to->memory, it->discounted, scale));
        table_cell(&rows, "%s", fine_words(&to->memory, it->advantage, 1));
        table_cell(&rows, "%zu", it->offers);
        table_cell(&rows, "%s", fine_words(&to->memory, it->concession, 1));
    }
    table_print(&rows, to, 2);
}

static void say_moves(page *to, const truce_session *result)
{
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Moves");
    table_column(&rows, TABLE_NUMBER, "silent");
    table_column(&rows, TABLE_NUMBER, "nice");
    table_column(&rows, TABLE_NUMBER, "concession");
    table_column(&rows, TABLE_NUMBER, "selfish");
    table_column(&rows, TABLE_NUMBER, "fortunate");
    table_column(&rows, TABLE_NUMBER, "unfortunate");
    for (size_t s = 0; s < result->parties.count; s++) {
        const truce_moves *moves = &result->seats[s].moves;
        table_row(&rows);
        table_cell(&rows, "%s", party_id(result->finding.scenario, result->parties, s));
        table_cell(&rows, "%zu", moves->silent);
        table_cell(&rows, "%zu", moves->nice);
        table_cell(&rows, "%zu", moves->concession);
        table_cell(&rows, "%zu", moves->selfish);
        table_cell(&rows, "%zu", moves->fortunate);
        table_cell(&rows, "%zu", moves->unfortunate);
    }
    table_print(&rows, to, 2);
}

static void say_distances(page *to, const truce_session *result)
{
    if (isnan(result->to_frontier) && isnan(result->to_nash))
        return;
    page_gap(to);
    page_say(
        to, 0,
        "Distance to the frontier %s, to the Nash point %s, to the "
        "Kalai-Smorodinsky point %s, to the egalitarian point %s, with each party's "
        "admissible range as unit.",
        fine_words(&to->memory, result->to_frontier, 1),
        fine_words(&to->memory, result->to_nash, 1),
        fine_words(&to->memory, result->to_kalai_smorodinsky, 1),
        fine_words(&to->memory, result->to_egalitarian, 1));
}

static void say_faults(page *to, const truce_session *result)
{
    for (size_t s = 0; s < result->parties.count; s++)
        if (result->seats[s].fault)
            page_item(to, 0, "- ", "%s: %s",
                      party_id(result->finding.scenario, result->parties, s),
                      result->seats[s].fault);
}

void truce_session_print(FILE *out, const truce_session *result,
                         const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "Negotiate: how could it run?");
    page_say(&to, 0, "%s", end_words(&to, result));
    say_faults(&to, result);
    if (result->agreement)
        page_say(
            &to, 0, "It changes: %s.",
            outcome_words(&to.memory, result->finding.scenario, result->agreement));
    page_gap(&to);
    say_seats(&to, result);
    page_gap(&to);
    say_moves(&to, result);
    say_distances(&to, result);
    if (result->remark) {
        page_gap(&to);
        page_remark(&to, 0, "Note: %s.", result->remark);
    }
    page_gap(&to);
    page_remark(&to, 0,
                "A session of made-up strategies shows how these numbers behave under "
                "these rules; it does not foretell what the parties will do.");
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}

void truce_repetition_print(FILE *out, const truce_repetition *result,
                            const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    const truce_scenario *scenario = result->finding.scenario;
    header_print(&to, &result->finding, "Negotiate: the same session again and again");
    page_say(&to, 0,
             "%s, %s with an agreement; %.3g sessions and %.3g offers a second.",
             counted(&to.memory, result->sessions, "session", "sessions"),
             size_words(&to.memory, result->agreements), result->sessions_per_second,
             result->offers_per_second);
    page_gap(&to);
    table rows = table_begin(&to.memory);
    table_column(&rows, TABLE_NAME, "Party");
    table_column(&rows, TABLE_NUMBER, "Mean utility");
    for (size_t s = 0; s < result->parties.count; s++) {
        table_row(&rows);
        table_cell(&rows, "%s", party_id(scenario, result->parties, s));
        table_cell(&rows, "%s",
                   fine_words(&to.memory, result->mean_utilities[s],
                              fabs(result->mean_utilities[s])));
    }
    table_print(&rows, &to, 2);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}

/* ---- what can be named ---------------------------------------------------------------- */

static const char *const kinds[TRUCE_PART_KINDS] = {
    "strategies", "bidding", "acceptance", "models", "protocols"};

static void write_part(json *to, const truce_part *part)
{
    json_object(to);
    field_text(to, "name", part->name);
    field_text(to, "line", part->line);
    field_text(to, "paper", part->paper);
    field_text(to, "departs", part->departs);
    field_text(to, "made_of", part->made_of);
    json_key(to, "parameters");
    json_array(to);
    for (const truce_parameter *it = part->parameters; it && it->name; it++) {
        json_object(to);
        field_text(to, "name", it->name);
        field_number(to, "usual", it->usual);
        field_number(to, "least", it->least);
        field_number(to, "most", it->most);
        field_text(to, "line", it->line);
        json_end(to);
    }
    json_end(to);
    json_end(to);
}

void truce_strategies_json(FILE *out)
{
    json to = json_begin(out);
    json_object(&to);
    for (int kind = 0; kind < TRUCE_PART_KINDS; kind++) {
        json_key(&to, kinds[kind]);
        json_array(&to);
        const truce_part *part;
        for (size_t k = 0; (part = truce_part_at((truce_part_kind)kind, k)) != NULL;
             k++)
            write_part(&to, part);
        json_end(&to);
    }
    json_end(&to);
    fputc('\n', out);
}

static const char *parameter_words(page *to, const truce_part *part)
{
    const char *words = "";
    for (const truce_parameter *it = part->parameters; it && it->name; it++)
        words = isnan(it->usual)
                    ? arena_format(&to->memory, "%s%s%s", words, *words ? ", " : "",
                                   it->name)
                    : arena_format(&to->memory, "%s%s%s=%g", words, *words ? ", " : "",
                                   it->name, it->usual);
    return words;
}

void truce_strategies_print(FILE *out, const truce_style *style)
{
    static const char *const headings[TRUCE_PART_KINDS] = {
        "Strategies: --with NAME[:PARAMETER=VALUE]", "Bidding rules: boa:offer=NAME",
        "Acceptance rules: boa:accept=NAME", "Models of the others: boa:model=NAME",
        "Protocols: --protocol NAME"};
    page to = page_begin(out, style);
    for (int kind = 0; kind < TRUCE_PART_KINDS; kind++) {
        page_heading(&to, "%s", headings[kind]);
        table rows = table_begin(&to.memory);
        table_column(&rows, TABLE_NAME, "Name");
        table_column(&rows, TABLE_TEXT, "What it does");
        table_column(&rows, TABLE_TEXT,
                     kind == TRUCE_STRATEGY ? "Made of" : "Parameters");
        table_column(&rows, TABLE_TEXT, "Paper");
        const truce_part *part;
        for (size_t k = 0; (part = truce_part_at((truce_part_kind)kind, k)) != NULL;
             k++) {
            table_row(&rows);
            table_cell(&rows, "%s", part->name);
            table_cell(&rows, "%s%s%s", part->line, part->departs ? "; " : "",
                       part->departs ? part->departs : "");
            table_cell(&rows, "%s",
                       part->made_of ? part->made_of : parameter_words(&to, part));
            table_cell(&rows, "%s", part->paper);
        }
        table_print(&rows, &to, 0);
    }
    page_end(&to);
}
