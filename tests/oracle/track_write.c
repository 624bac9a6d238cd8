/* Agreements as YAML and logs as JSON Lines. */
#include "track.h"

#include "base/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- YAML ------------------------------------------------------------------------ */

static void put_instant(FILE *out, const char *key, truce_instant instant)
{
    char text[40];
    if (instant == TRUCE_NEVER || instant == TRUCE_NO_INSTANT)
        return;
    truce_instant_write(instant, NULL, text);
    fprintf(out, ", %s: \"%s\"", key, text);
}

static void put_duration(FILE *out, const char *key, truce_duration duration)
{
    static const char units[] = {'s', 'm', 'h', 'd'};
    if (duration.count >= 0)
        fprintf(out, ", %s: %" PRId64 "%c", key, duration.count, units[duration.unit]);
}

static void put_pattern(FILE *out, truce_pattern pattern)
{
    fprintf(out, "{type: %s", pattern.type);
    if (pattern.by)
        fprintf(out, ", by: %s", pattern.by);
    fputs("}", out);
}

static void put_commitment(FILE *out, const truce_accord *accord,
                           const truce_commitment *one)
{
    fprintf(out, "  %s: {kind: %s, debtor: %s, creditor: %s", one->id,
            one->refrain ? "refrain" : "do", accord->parties[one->debtor],
            accord->parties[one->creditor]);
    put_instant(out, "start", one->start);
    put_instant(out, "until", one->until);
    put_duration(out, "within", one->within);
    fprintf(out, ", release: {by: %s}, consequent: {type: %s", one->release_by,
            one->consequent.type);
    if (one->consequent.by)
        fprintf(out, ", by: %s", one->consequent.by);
    fprintf(out, ", count: %" PRIu64 "}", one->count);
    if (one->antecedent == TRUCE_UPON_EVENT) {
        fputs(", antecedent: {event: ", out);
        put_pattern(out, one->upon);
        fputs("}", out);
    } else if (one->antecedent == TRUCE_UPON_BREACH) {
        fprintf(out, ", antecedent: {violated: %s}",
                accord->commitments[one->upon_breach_of].id);
    }
    fputs("}\n", out);
}

static void put_clock(FILE *out, const truce_ceasefire *clock)
{
    static const char *const rules[] = {"continue", "pause", "reset", "end-by-notice"};
    fprintf(out, "clock: {days: %u, on-breach: %s", (unsigned)clock->days,
            rules[clock->on_breach]);
    put_instant(out, "start", clock->start);
    fprintf(out, ", notice: %s, breach: {type: %s, severity: %d", clock->notice,
            clock->breach.type, clock->severity);
    if (clock->breach.by)
        fprintf(out, ", by: %s", clock->breach.by);
    fprintf(out, "}, extend: {by: %s, before: end, days: %u, type: %s}}\n",
            clock->extend_by_all ? "all" : "any", (unsigned)clock->extension_days,
            clock->extension);
}

static void put_trigger(FILE *out, const truce_trigger *one)
{
    fprintf(out, "  %s: {of: {type: %s, severity: %d", one->id, one->type,
            one->severity);
    if (one->attributed)
        fprintf(out, ", attributed: %s", one->attributed);
    fprintf(out, "}, at-least: %" PRIu64, one->count);
    put_duration(out, "within", one->within);
    fputs(", ladder: [", out);
    for (size_t s = 0; s < one->step_count; s++) {
        fprintf(out, "%s{what: \"%s\"", s ? ", " : "", one->steps[s].what);
        put_duration(out, "after", one->steps[s].after);
        fputs("}", out);
    }
    fprintf(out, "], consequence: \"%s\"}\n", one->consequence);
}

static void put_snapback(FILE *out, const truce_snapback *one)
{
    fprintf(out, "  %s: {notice: ", one->id);
    put_pattern(out, one->notice);
    fputs(", stop: ", out);
    put_pattern(out, one->stop);
    put_duration(out, "wait", one->wait);
    fprintf(out, ", after-day: %s, applies: \"%s\"}\n", one->after_day ? "yes" : "no",
            one->applies);
}

static void put_names(FILE *out, const char *key, const char *const *names,
                      size_t count)
{
    fprintf(out, "%s: [", key);
    for (size_t k = 0; k < count; k++)
        fprintf(out, "%s%s", k ? ", " : "", names[k]);
    fputs("]\n", out);
}

static void put_term(FILE *out, truce_duration term)
{
    static const char units[] = {'s', 'm', 'h', 'd'};
    if (term.count >= 0)
        fprintf(out, "term: %" PRId64 "%c\n", term.count, units[term.unit]);
}

char *written_accord(const truce_accord *accord)
{
    char *text = NULL, at[40];
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    fprintf(out, "truce-agreement: 1\nid: %s\nzone: %s\n", accord->id, accord->zone);
    put_names(out, "parties", accord->parties, accord->party_count);
    put_names(out, "verifiers", accord->verifiers.items, accord->verifiers.count);
    fprintf(out, "threshold: %.1f\n", (double)accord->threshold.digits / 10);
    if (accord->in_force != TRUCE_NO_INSTANT) {
        truce_instant_write(accord->in_force, NULL, at);
        fprintf(out, "in-force: \"%s\"\n", at);
    }
    put_term(out, accord->term);
    fputs("commitments:\n", out);
    for (size_t c = 0; c < accord->commitment_count; c++)
        put_commitment(out, accord, &accord->commitments[c]);
    if (accord->clock)
        put_clock(out, accord->clock);
    if (accord->trigger_count > 0)
        fputs("triggers:\n", out);
    for (size_t k = 0; k < accord->trigger_count; k++)
        put_trigger(out, &accord->triggers[k]);
    if (accord->snapback_count > 0)
        fputs("snap-back:\n", out);
    for (size_t k = 0; k < accord->snapback_count; k++)
        put_snapback(out, &accord->snapbacks[k]);
    fclose(out);
    return text;
}

/* ---- JSON Lines ------------------------------------------------------------------ */

static void key_text(json *to, const char *key, const char *text)
{
    if (text == NULL)
        return;
    json_key(to, key);
    json_text(to, text);
}

static void value_instant(json *to, truce_instant instant)
{
    char text[40];
    truce_instant_write(instant, NULL, text);
    json_text(to, text);
}

static void key_occurred(json *to, const truce_log_line *line)
{
    if (line->from == TRUCE_NO_INSTANT)
        return;
    json_key(to, "occurred");
    if (line->to == line->from + 1) {
        value_instant(to, line->from);
        return;
    }
    json_array(to);
    value_instant(to, line->from);
    value_instant(to, line->to);
    json_end(to);
}

static void key_finding(json *to, const truce_log_line *line)
{
    static const char *const found[] = {"verified", "refuted", "inconclusive"};
    char confidence[16];
    json_key(to, "reports");
    json_array(to);
    for (size_t r = 0; r < line->report_count; r++)
        json_text(to, line->reports[r]);
    json_end(to);
    key_text(to, "status", found[line->status]);
    snprintf(confidence, sizeof confidence, "%.1f",
             (double)line->confidence.digits / (line->confidence.scale ? 10 : 1));
    json_key(to, "confidence");
    json_written(to, confidence, strlen(confidence));
}

static void put_line(FILE *out, const truce_log_line *line)
{
    static const char *const kinds[] = {"report", "finding", "act",
                                        "notice", "release", "correction"};
    json to = json_begin(out);
    json_object(&to);
    key_text(&to, "kind", kinds[line->kind]);
    key_text(&to, "id", line->id);
    json_key(&to, "recorded");
    value_instant(&to, line->recorded);
    key_occurred(&to, line);
    key_text(&to, "type", line->type);
    key_text(&to, "by", line->by);
    key_text(&to, "about", line->about);
    key_text(&to, "commitment", line->commitment);
    if (line->count > 0 && (line->kind == TRUCE_LINE_CORRECTION || line->count != 1)) {
        json_key(&to, "count");
        json_integer(&to, (int64_t)line->count);
    }
    if (line->severity >= 0) {
        json_key(&to, "severity");
        json_integer(&to, line->severity);
    }
    if (line->kind == TRUCE_LINE_FINDING)
        key_finding(&to, line);
    key_text(&to, "attributed", line->attributed);
    key_text(&to, "corrects", line->corrects);
    json_end(&to);
    fputc('\n', out);
}

char *written_log(const truce_log_line *lines, size_t count)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    for (size_t k = 0; k < count; k++)
        put_line(out, &lines[k]);
    fclose(out);
    return text;
}
