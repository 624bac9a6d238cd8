/* Keeping what was agreed: where it stands, why, what is disputed, what falls due. Nobody
 * is blamed: an incident is "attributed" by whom a report or a finding says, and reports
 * stay beside the findings about them. */
#include "report/envelope.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <truce/report.h>

#include <inttypes.h>
#include <string.h>

enum { INSTANT = 40, DISPUTES_SHOWN = 20, SEVERITIES = 5 };

static const char *const state_names[] = {
    "pending", "conditional", "active", "satisfied", "violated", "expired", "released"};
static const char *const rung_names[] = {"none", "agreed", "ratified", "complied",
                                         "ended"};
static const char *const rung_words[] = {
    "nothing is agreed", "agreed, and not yet in force", "in force",
    "complied with: every commitment is satisfied, released or expired",
    "ended: no claim is left"};

/* ---- words ----------------------------------------------------------------------- */

/* Local time with its offset: "2025-05-16 12:00 +03:00"; "-" when there is none. */
static const char *instant_words(arena *memory, const truce_track *track,
                                 truce_instant at)
{
    char text[INSTANT];
    if (at == TRUCE_NEVER || at == TRUCE_NO_INSTANT)
        return "-";
    truce_instant_write(at, track->accord->zone, text);
    char *made = arena_text(memory, text);
    char *t = strchr(made, 'T');
    if (t)
        *t = ' ';
    return made;
}

static const char *account_words(arena *memory, const truce_track *track)
{
    switch (track->choices.as.kind) {
    case TRUCE_AS_VERIFIED:
        return "what is verified";
    case TRUCE_AS_ALL:
        return "all that was said and not corrected";
    case TRUCE_AS_PARTY:
        break;
    }
    return arena_format(memory, "what %s says", track->choices.as.party);
}

static const char *number_word(arena *memory, uint64_t number)
{
    return size_words(memory, (size_t)number);
}

/* ---- JSON ------------------------------------------------------------------------ */

static void field_instant(json *to, const char *key, truce_instant at)
{
    char text[INSTANT];
    if (at == TRUCE_NEVER || at == TRUCE_NO_INSTANT) {
        field_text(to, key, NULL);
        return;
    }
    truce_instant_write(at, NULL, text);
    field_text(to, key, text);
}

static void write_reasons(json *to, const truce_standing *standing)
{
    json_key(to, "reasons");
    json_array(to);
    for (size_t k = 0; k < standing->reason_count; k++) {
        const truce_reason *one = &standing->reasons[k];
        json_object(to);
        field_instant(to, "at", one->at);
        field_text(to, "id", one->id);
        if (one->line)
            field_integer(to, "line", one->line);
        field_text(to, "text", one->text);
        json_end(to);
    }
    json_end(to);
    field_integer(to, "untold", standing->untold);
}

static void write_standing(json *to, const truce_track *track, size_t c)
{
    const truce_commitment *commitment = &track->accord->commitments[c];
    const truce_standing *standing = &track->standings[c];
    json_object(to);
    field_text(to, "id", commitment->id);
    field_text(to, "kind", commitment->refrain ? "refrain" : "do");
    field_text(to, "debtor", track->accord->parties[commitment->debtor]);
    field_text(to, "creditor", track->accord->parties[commitment->creditor]);
    field_text(to, "state", state_names[standing->state]);
    field_instant(to, "since", standing->since);
    field_instant(to, "active", standing->active);
    field_instant(to, "deadline", standing->deadline);
    field_integer(to, "counted", standing->counted);
    field_integer(to, "wanted", standing->wanted);
    field_bool(to, "disputed", standing->disputed);
    write_reasons(to, standing);
    json_end(to);
}

static void write_severities(json *to, const char *key,
                             const uint64_t counts[SEVERITIES])
{
    json_key(to, key);
    json_array(to);
    for (int s = 0; s < SEVERITIES; s++)
        json_integer(to, (int64_t)counts[s]);
    json_end(to);
}

static void write_clock(json *to, const truce_track *track)
{
    const truce_clock_reading *clock = track->clock;
    json_key(to, "clock");
    if (clock == NULL) {
        json_null(to);
        return;
    }
    json_object(to);
    field_integer(to, "day", clock->day);
    field_integer(to, "of", clock->of);
    field_bool(to, "ended", clock->ended);
    field_instant(to, "ended_at", clock->ended ? clock->ended_at : TRUCE_NEVER);
    field_instant(to, "end", clock->end);
    field_instant(to, "last_to_extend", clock->last_to_extend);
    field_integer(to, "extensions", clock->extensions);
    field_integer(to, "breaches", clock->breaches);
    field_integer(to, "silent_days", clock->silent_days);
    field_integer(to, "silent_now", clock->silent_now);
    json_key(to, "sides");
    json_object(to);
    for (size_t p = 0; p < track->accord->party_count; p++) {
        json_key(to, track->accord->parties[p]);
        json_object(to);
        write_severities(to, "alleged", clock->sides[p].alleged);
        write_severities(to, "verified", clock->sides[p].verified);
        write_severities(to, "refuted", clock->sides[p].refuted);
        field_bool(to, "consents_to_extension", clock->consented[p]);
        json_end(to);
    }
    json_end(to);
    json_end(to);
}

static void write_triggers(json *to, const truce_track *track)
{
    json_key(to, "triggers");
    json_array(to);
    for (size_t k = 0; k < track->accord->trigger_count; k++) {
        const truce_trigger *of = &track->accord->triggers[k];
        const truce_trigger_reading *one = &track->triggers[k];
        json_object(to);
        field_text(to, "id", of->id);
        field_integer(to, "counted", one->counted);
        field_integer(to, "wanted", one->wanted);
        field_bool(to, "fired", one->fired);
        field_instant(to, "fired_at", one->fired ? one->fired_at : TRUCE_NEVER);
        field_integer(to, "step", one->step);
        field_instant(to, "next_step_at", one->next_step_at);
        field_bool(to, "consequence_applies", one->consequence);
        field_instant(to, "consequence_at", one->consequence_at);
        json_key(to, "lines");
        json_array(to);
        for (size_t l = 0; l < one->line_count; l++)
            json_integer(to, (int64_t)one->lines[l]);
        json_end(to);
        json_end(to);
    }
    json_end(to);
}

static void write_snapbacks(json *to, const truce_track *track)
{
    json_key(to, "snap_back");
    json_array(to);
    for (size_t k = 0; k < track->accord->snapback_count; k++) {
        const truce_snapback_reading *one = &track->snapbacks[k];
        json_object(to);
        field_text(to, "id", track->accord->snapbacks[k].id);
        field_instant(to, "notice_at", one->noticed ? one->notice_at : TRUCE_NEVER);
        field_instant(to, "stopped_at", one->stopped ? one->stopped_at : TRUCE_NEVER);
        field_instant(to, "applies_at", one->noticed ? one->applies_at : TRUCE_NEVER);
        field_bool(to, "applies", one->applies);
        json_end(to);
    }
    json_end(to);
}

static void write_next(json *to, const truce_track *track)
{
    json_key(to, "next");
    json_array(to);
    for (size_t k = 0; k < track->next_count; k++) {
        json_object(to);
        field_instant(to, "at", track->next[k].at);
        field_text(to, "what", track->next[k].what);
        field_text(to, "text", track->next[k].text);
        json_end(to);
    }
    json_end(to);
}

static void write_states(json *to, const truce_track *track,
                         const truce_dispute *dispute)
{
    const char *const *parties = track->accord->parties;
    json_object(to);
    field_text(to, "commitment", track->accord->commitments[dispute->commitment].id);
    json_key(to, "by_account");
    json_object(to);
    for (size_t a = 0; a < 2 + track->accord->party_count; a++) {
        json_key(to, a == 0 ? "verified" : a == 1 ? "all" : parties[a - 2]);
        json_object(to);
        field_text(to, "state", state_names[dispute->states[a]]);
        field_integer(to, "counted", dispute->counted[a]);
        json_end(to);
    }
    json_end(to);
    json_end(to);
}

static void write_line(json *to, const truce_disputed_line *line)
{
    json_object(to);
    field_integer(to, "line", line->line);
    field_text(to, "id", line->id);
    field_text(to, "type", line->type);
    field_text(to, "by", line->by);
    field_text(to, "about", line->about);
    field_instant(to, "occurred", line->from);
    field_bool(to, "verified", line->verified);
    field_bool(to, "refuted", line->refuted);
    field_text(to, "finding", line->finding);
    json_end(to);
}

static void write_disputed(json *to, const truce_track *track)
{
    json_key(to, "disputed");
    json_object(to);
    json_key(to, "commitments");
    json_array(to);
    for (size_t k = 0; k < track->dispute_count; k++)
        write_states(to, track, &track->disputes[k]);
    json_end(to);
    field_integer(to, "line_count", track->disputed_count);
    json_key(to, "lines");
    json_array(to);
    for (size_t k = 0; k < track->disputed_given; k++)
        write_line(to, &track->disputed[k]);
    json_end(to);
    json_end(to);
}

static void write_log(json *to, const truce_track *track)
{
    json_key(to, "log");
    json_object(to);
    field_integer(to, "lines", track->lines);
    field_integer(to, "accepted", track->accepted);
    field_integer(to, "corrected", track->corrected);
    field_integer(to, "unknown", track->unknown);
    field_integer(to, "reports", track->reports);
    field_integer(to, "findings", track->findings);
    field_integer(to, "acts", track->acts);
    field_integer(to, "notices", track->notices);
    field_integer(to, "releases", track->releases);
    field_integer(to, "corrections", track->corrections);
    field_integer(to, "torn_bytes", track->torn);
    json_end(to);
}

void track_answer(json *to, const truce_track *track)
{
    const truce_accord *accord = track->accord;
    json_object(to);
    json_key(to, "agreement");
    json_object(to);
    field_text(to, "id", accord->id);
    field_text(to, "sha256", accord->sha256);
    field_text(to, "zone", accord->zone);
    field_bool(to, "invented", accord->invented);
    json_end(to);
    static const char *const kinds[] = {"verified", NULL, "all"};
    const char *account = kinds[track->choices.as.kind];
    field_text(to, "as", account ? account : track->choices.as.party);
    field_instant(to, "now", track->choices.now);
    field_instant(to, "known_at", track->choices.known_at);
    field_text(to, "rung", rung_names[track->rung]);
    json_key(to, "commitments");
    json_array(to);
    for (size_t c = 0; c < accord->commitment_count; c++)
        write_standing(to, track, c);
    json_end(to);
    write_clock(to, track);
    write_triggers(to, track);
    write_snapbacks(to, track);
    write_next(to, track);
    write_disputed(to, track);
    write_log(to, track);
    json_end(to);
}

void truce_track_json(FILE *out, const truce_track *track)
{
    json to = envelope_begin(out, &track->finding);
    track_answer(&to, track);
    envelope_end(&to, &track->finding, NULL);
}

/* ---- text: the head -------------------------------------------------------------- */

void track_moment(page *to, const truce_track *track)
{
    const truce_accord *accord = track->accord;
    page_say(to, 0, "At %s, by %s%s%s.",
             instant_words(&to->memory, track, track->choices.now),
             account_words(&to->memory, track),
             track->choices.known_at == TRUCE_NEVER ||
                     track->choices.known_at == TRUCE_NO_INSTANT
                 ? ""
                 : ", as known at ",
             track->choices.known_at == TRUCE_NEVER ||
                     track->choices.known_at == TRUCE_NO_INSTANT
                 ? ""
                 : instant_words(&to->memory, track, track->choices.known_at));
    if (accord->invented)
        page_say(to, 0, "This agreement and its log are invented.");
}

static void say_head(page *to, const truce_track *track, const char *what)
{
    const truce_accord *accord = track->accord;
    page_heading(to, "%s: %s", what, accord->title ? accord->title : accord->id);
    track_moment(to, track);
}

void track_log(page *to, const truce_track *track)
{
    page_gap(to);
    page_remark(to, 0, "From %s of the log: %s, %s, %s, %s, %s and %s.%s",
                counted(&to->memory, track->lines, "line", "lines"),
                counted(&to->memory, track->reports, "report", "reports"),
                counted(&to->memory, track->findings, "finding", "findings"),
                counted(&to->memory, track->acts, "act", "acts"),
                counted(&to->memory, track->notices, "notice", "notices"),
                counted(&to->memory, track->releases, "release", "releases"),
                counted(&to->memory, track->corrections, "correction", "corrections"),
                track->torn ? " Its last line is torn, and was passed over." : "");
}

/* ---- text: status ---------------------------------------------------------------- */

static const char *progress_words(arena *memory, const truce_commitment *commitment,
                                  const truce_standing *standing)
{
    if (commitment->refrain || standing->wanted <= 1)
        return "";
    return arena_format(memory, "%s of %s", number_word(memory, standing->counted),
                        number_word(memory, standing->wanted));
}

static void say_commitments(page *to, const truce_track *track)
{
    const truce_accord *accord = track->accord;
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Commitment");
    table_column(&rows, TABLE_NAME, "Of");
    table_column(&rows, TABLE_TEXT, "What");
    table_column(&rows, TABLE_NAME, "State");
    table_column(&rows, TABLE_NUMBER, "So far");
    table_column(&rows, TABLE_TEXT, "Due before");
    for (size_t c = 0; c < accord->commitment_count; c++) {
        const truce_commitment *commitment = &accord->commitments[c];
        const truce_standing *standing = &track->standings[c];
        bool open = standing->state <= TRUCE_ACTIVE;
        table_row(&rows);
        table_cell(&rows, "%s", commitment->id);
        table_cell(&rows, "%s", accord->parties[commitment->debtor]);
        table_cell(&rows, "%s", commitment->text ? commitment->text : "");
        table_cell(&rows, "%s%s", state_names[standing->state],
                   standing->disputed ? ", disputed" : "");
        table_cell(&rows, "%s", progress_words(&to->memory, commitment, standing));
        table_cell(&rows, "%s",
                   open ? instant_words(&to->memory, track, standing->deadline) : "");
    }
    page_gap(to);
    table_print(&rows, to, 0);
}

static uint64_t sum_of(const uint64_t counts[SEVERITIES])
{
    uint64_t sum = 0;
    for (int s = 0; s < SEVERITIES; s++)
        sum += counts[s];
    return sum;
}

static void add_incidents(page *to, table *rows, const uint64_t counts[SEVERITIES])
{
    const char *texts[SEVERITIES];
    for (int s = 0; s < SEVERITIES; s++)
        texts[s] = number_word(&to->memory, counts[s]);
    table_cell(rows, "%s", number_word(&to->memory, sum_of(counts)));
    table_cell(rows, "%s", join_by(&to->memory, texts, SEVERITIES, " "));
}

static void say_incidents(page *to, const truce_track *track)
{
    static const char *const kinds[] = {"alleged", "verified", "refuted"};
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Incidents attributed to");
    for (int k = 0; k < 3; k++) {
        table_column(&rows, TABLE_NUMBER, kinds[k]);
        table_column(&rows, TABLE_NAME, "0 1 2 3 4");
    }
    for (size_t p = 0; p < track->accord->party_count; p++) {
        const truce_incidents *of = &track->clock->sides[p];
        table_row(&rows);
        table_cell(&rows, "%s", track->accord->parties[p]);
        add_incidents(to, &rows, of->alleged);
        add_incidents(to, &rows, of->verified);
        add_incidents(to, &rows, of->refuted);
    }
    table_print(&rows, to, 2);
    page_remark(to, 2,
                "0 to 4: by severity. A refuted report stays in the log, with its "
                "finding.");
}

static void say_clock(page *to, const truce_track *track)
{
    const truce_clock_reading *clock = track->clock;
    page_heading(to, "Ceasefire");
    if (clock->day == 0 && !clock->ended)
        page_say(to, 0, "It has not begun.");
    else if (clock->ended)
        page_say(to, 0, "It ended at %s, on day %u of %u.",
                 instant_words(&to->memory, track, clock->ended_at),
                 (unsigned)clock->day, (unsigned)clock->of);
    else
        page_say(to, 0,
                 "Day %u of %u. It ends at %s; the last moment to extend it is before "
                 "%s.",
                 (unsigned)clock->day, (unsigned)clock->of,
                 instant_words(&to->memory, track, clock->end),
                 instant_words(&to->memory, track, clock->last_to_extend));
    page_say(to, 0,
             "%s by the account above; %s without any reported incident, %s in a "
             "row up to now.",
             counted(&to->memory, clock->breaches, "breach", "breaches"),
             counted(&to->memory, clock->silent_days, "day", "days"),
             number_word(&to->memory, clock->silent_now));
    page_gap(to);
    say_incidents(to, track);
}

static void say_trigger(page *to, const truce_track *track, size_t which)
{
    const truce_trigger *of = &track->accord->triggers[which];
    const truce_trigger_reading *one = &track->triggers[which];
    const char *name = of->text ? of->text : of->id;
    if (!one->fired) {
        page_item(to, 0, "- ", "%s: %s of %s.", name,
                  number_word(&to->memory, one->counted),
                  number_word(&to->memory, one->wanted));
        return;
    }
    const char *step = one->step > 0 ? of->steps[one->step - 1].what : "no step yet";
    page_item(to, 0, "- ", "%s: reached at %s. On its ladder: %s%s%s.%s%s", name,
              instant_words(&to->memory, track, one->fired_at), step,
              one->next_step_at == TRUCE_NEVER ? "" : "; next step at ",
              one->next_step_at == TRUCE_NEVER
                  ? ""
                  : instant_words(&to->memory, track, one->next_step_at),
              one->consequence && of->consequence ? " It now holds: " : "",
              one->consequence && of->consequence ? of->consequence : "");
}

static void say_snapback(page *to, const truce_track *track, size_t which)
{
    const truce_snapback *of = &track->accord->snapbacks[which];
    const truce_snapback_reading *one = &track->snapbacks[which];
    const char *name = of->text ? of->text : of->id;
    if (!one->noticed)
        page_item(to, 0, "- ", "%s: no notice was given.", name);
    else if (one->stopped)
        page_item(to, 0, "- ", "%s: notice at %s, stopped at %s.", name,
                  instant_words(&to->memory, track, one->notice_at),
                  instant_words(&to->memory, track, one->stopped_at));
    else
        page_item(to, 0, "- ", "%s: notice at %s; %s %s%s%s.", name,
                  instant_words(&to->memory, track, one->notice_at),
                  one->applies ? "applies since" : "applies unless stopped before",
                  instant_words(&to->memory, track, one->applies_at),
                  of->applies ? ": " : "", of->applies ? of->applies : "");
}

static void say_conditions(page *to, const truce_track *track)
{
    const truce_accord *accord = track->accord;
    if (accord->trigger_count + accord->snapback_count == 0)
        return;
    page_heading(to, "What else may come of it");
    for (size_t k = 0; k < accord->trigger_count; k++)
        say_trigger(to, track, k);
    for (size_t k = 0; k < accord->snapback_count; k++)
        say_snapback(to, track, k);
}

static void say_due(page *to, const truce_track *track, size_t most)
{
    for (size_t k = 0; k < track->next_count && k < most; k++)
        page_item(to, 0, "- ", "%s: %s",
                  instant_words(&to->memory, track, track->next[k].at),
                  track->next[k].text);
    if (track->next_count > most)
        page_remark(to, 0, "... and %s more%s",
                    size_words(&to->memory, track->next_count - most),
                    to->html ? "." : ": truce track next");
}

void track_pages(page *to, const truce_track *track)
{
    page_say(to, 0, "%s: %s.", track->accord->id, rung_words[track->rung]);
    say_commitments(to, track);
    if (track->clock)
        say_clock(to, track);
    say_conditions(to, track);
    if (track->next_count > 0) {
        page_heading(to, "Next");
        say_due(to, track, 5);
    }
    if (track->disputed_count > 0) {
        page_gap(to);
        page_say(to, 0, "The accounts differ in %s%s%s.",
                 counted(&to->memory, track->disputed_count, "line", "lines"),
                 track->dispute_count == 0
                     ? ""
                     : arena_format(&to->memory, " and on %s",
                                    counted(&to->memory, track->dispute_count,
                                            "commitment", "commitments")),
                 to->html ? "" : ": truce track disputed");
    }
}

void truce_track_print(FILE *out, const truce_track *track, const truce_style *style)
{
    page to = page_begin(out, style);
    say_head(&to, track, "Status");
    page_gap(&to);
    track_pages(&to, track);
    track_log(&to, track);
    page_end(&to);
}

/* ---- text: why ------------------------------------------------------------------- */

static const char *line_words(arena *memory, const truce_reason *reason)
{
    return reason->line ? arena_format(memory, " (line %" PRIu64 ")", reason->line)
                        : "";
}

void track_explain(page *to, const truce_track *track, size_t c)
{
    const truce_commitment *commitment = &track->accord->commitments[c];
    const truce_standing *standing = &track->standings[c];
    page_heading(to, "%s: %s", commitment->id, state_names[standing->state]);
    page_say(to, 0, "%s %s %s%s%s.", track->accord->parties[commitment->debtor],
             commitment->refrain ? "refrains for" : "owes",
             track->accord->parties[commitment->creditor], commitment->text ? ": " : "",
             commitment->text ? commitment->text : "");
    for (size_t k = 0; k < standing->reason_count; k++)
        page_item(to, 0, "- ", "%s: %s%s",
                  instant_words(&to->memory, track, standing->reasons[k].at),
                  standing->reasons[k].text,
                  line_words(&to->memory, &standing->reasons[k]));
    if (standing->untold > 0)
        page_remark(to, 0, "%s of the same kind are left out.",
                    counted(&to->memory, standing->untold, "reason", "reasons"));
    if (standing->disputed)
        page_say(to, 0, "Another account has another state%s.",
                 to->html ? "" : ": truce track disputed");
}

void truce_track_explain_print(FILE *out, const truce_track *track, size_t commitment,
                               const truce_style *style)
{
    page to = page_begin(out, style);
    say_head(&to, track, "Why");
    for (size_t c = 0; c < track->accord->commitment_count; c++)
        if (commitment == TRUCE_NOBODY || commitment == c)
            track_explain(&to, track, c);
    page_end(&to);
}

/* ---- text: what is disputed ------------------------------------------------------ */

static const char *account_state(arena *memory, const truce_dispute *dispute, size_t a)
{
    return arena_format(
        memory, "%s%s%s", state_names[dispute->states[a]],
        dispute->counted[a] ? " " : "",
        dispute->counted[a]
            ? arena_format(memory, "(%s)", number_word(memory, dispute->counted[a]))
            : "");
}

static void say_disputes(page *to, const truce_track *track)
{
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Commitment");
    table_column(&rows, TABLE_NAME, "verified");
    table_column(&rows, TABLE_NAME, "all");
    for (size_t p = 0; p < track->accord->party_count; p++)
        table_column(&rows, TABLE_NAME, track->accord->parties[p]);
    for (size_t k = 0; k < track->dispute_count; k++) {
        const truce_dispute *one = &track->disputes[k];
        table_row(&rows);
        table_cell(&rows, "%s", track->accord->commitments[one->commitment].id);
        for (size_t a = 0; a < 2 + track->accord->party_count; a++)
            table_cell(&rows, "%s", account_state(&to->memory, one, a));
    }
    page_gap(to);
    table_print(&rows, to, 0);
}

static void say_disputed_lines(page *to, const truce_track *track)
{
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NUMBER, "Line");
    table_column(&rows, TABLE_NAME, "Id");
    table_column(&rows, TABLE_TEXT, "Occurred");
    table_column(&rows, TABLE_NAME, "What");
    table_column(&rows, TABLE_NAME, "By");
    table_column(&rows, TABLE_NAME, "About");
    table_column(&rows, TABLE_TEXT, "Finding");
    size_t given = track->disputed_given;
    for (size_t k = given > DISPUTES_SHOWN ? given - DISPUTES_SHOWN : 0; k < given;
         k++) {
        const truce_disputed_line *one = &track->disputed[k];
        table_row(&rows);
        table_cell(&rows, "%" PRIu64, one->line);
        table_cell(&rows, "%s", one->id ? one->id : "");
        table_cell(&rows, "%s", instant_words(&to->memory, track, one->from));
        table_cell(&rows, "%s", one->type ? one->type : "");
        table_cell(&rows, "%s", one->by ? one->by : "");
        table_cell(&rows, "%s", one->about ? one->about : "");
        table_cell(&rows, "%s%s",
                   one->refuted    ? "refuted: "
                   : one->verified ? "verified: "
                                   : "",
                   one->finding ? one->finding : "none");
    }
    page_gap(to);
    table_print(&rows, to, 0);
    if (track->disputed_count > DISPUTES_SHOWN)
        page_remark(to, 0, "The last %d of %s.", DISPUTES_SHOWN,
                    size_words(&to->memory, track->disputed_count));
}

void track_disputed(page *to, const truce_track *track)
{
    if (track->dispute_count > 0)
        say_disputes(to, track);
    else
        page_say(to, 0, "On every commitment all accounts have the same state.");
    if (track->disputed_given > 0)
        say_disputed_lines(to, track);
}

void truce_track_disputed_print(FILE *out, const truce_track *track,
                                const truce_style *style)
{
    page to = page_begin(out, style);
    say_head(&to, track, "Disputed");
    track_disputed(&to, track);
    page_end(&to);
}

/* ---- text: what falls due -------------------------------------------------------- */

void truce_track_next_print(FILE *out, const truce_track *track,
                            const truce_style *style)
{
    page to = page_begin(out, style);
    say_head(&to, track, "Next");
    page_gap(&to);
    if (track->next_count == 0)
        page_say(&to, 0, "Nothing falls due.");
    say_due(&to, track, track->next_count);
    page_end(&to);
}
