/* A log line by line, as it is read: of any length, in little memory. */
#include "base/json.h"
#include "report/page.h"
#include "report/words.h"

#include <truce/report.h>

#include <inttypes.h>
#include <string.h>

enum { INSTANT = 40 };

static const char *const kind_words[] = {"report", "finding", "act",
                                         "notice", "release", "correction"};
static const char *const found_words[] = {"verified", "refuted", "inconclusive"};

static const char *local(arena *memory, const truce_accord *accord, truce_instant at)
{
    char text[INSTANT];
    if (at == TRUCE_NO_INSTANT || at == TRUCE_NEVER)
        return "-";
    truce_instant_write(at, accord->zone, text);
    return arena_text(memory, text);
}

/* ", about RU", or "" when there is nothing to say. */
static const char *said(arena *memory, const char *what, const char *text)
{
    return text ? arena_format(memory, ", %s%s", what, text) : "";
}

static void print_line(page *to, const truce_accord *accord, const truce_log_line *line)
{
    arena *memory = &to->memory;
    const char *mark = arena_format(memory, "%5" PRIu64 "  ", line->number);
    const char *number =
        line->count != 1 ? arena_format(memory, ", %" PRIu64, line->count) : "";
    const char *severity = line->severity >= 0
                               ? arena_format(memory, ", severity %d", line->severity)
                               : "";
    const char *reports =
        line->report_count
            ? arena_format(memory, ", %s: %s", found_words[line->status],
                           join_by(memory, line->reports, line->report_count, " "))
            : "";
    page_item(to, 0, mark, "%s  %s %s%s%s%s%s%s%s%s%s%s%s",
              local(memory, accord,
                    line->from == TRUCE_NO_INSTANT ? line->recorded : line->from),
              kind_words[line->kind], line->id ? line->id : "",
              said(memory, "", line->type), number, severity,
              said(memory, "by ", line->by), said(memory, "about ", line->about),
              said(memory, "at ", line->place), said(memory, "on ", line->commitment),
              reports, said(memory, "attributed to ", line->attributed),
              said(memory, "corrects ", line->corrects));
}

void truce_log_print(FILE *out, const truce_accord *accord, truce_log *log,
                     const truce_style *style, truce_diagnostics *diagnostics)
{
    const truce_log_line *line;
    uint64_t count = 0;
    page head = page_begin(out, style);
    page_heading(&head, "Log: %s", accord->title ? accord->title : accord->id);
    if (accord->invented)
        page_say(&head, 0, "This agreement and its log are invented.");
    page_end(&head);
    for (; (line = truce_log_next(log, diagnostics)); count++) {
        page to = page_begin(out, style);
        print_line(&to, accord, line);
        page_end(&to);
    }
    page foot = page_begin(out, style);
    page_remark(&foot, 0, "%s%s.", counted(&foot.memory, count, "line", "lines"),
                truce_log_torn(log) ? ", and a torn one" : "");
    page_end(&foot);
}

static void key_text(json *to, const char *key, const char *text)
{
    if (text == NULL)
        return;
    json_key(to, key);
    json_text(to, text);
}

static void key_instant(json *to, const char *key, truce_instant at)
{
    char text[INSTANT];
    if (at == TRUCE_NO_INSTANT)
        return;
    truce_instant_write(at, NULL, text);
    key_text(to, key, text);
}

void truce_log_json(FILE *out, truce_log *log, truce_diagnostics *diagnostics)
{
    const truce_log_line *line;
    while ((line = truce_log_next(log, diagnostics))) {
        json to = json_begin(out);
        json_object(&to);
        json_key(&to, "line");
        json_integer(&to, (int64_t)line->number);
        key_text(&to, "kind", kind_words[line->kind]);
        key_text(&to, "id", line->id);
        key_instant(&to, "recorded", line->recorded);
        key_instant(&to, "from", line->from);
        key_instant(&to, "to", line->to);
        key_text(&to, "type", line->type);
        key_text(&to, "by", line->by);
        key_text(&to, "about", line->about);
        key_text(&to, "place", line->place);
        key_text(&to, "evidence", line->evidence);
        key_text(&to, "commitment", line->commitment);
        json_key(&to, "count");
        json_integer(&to, (int64_t)line->count);
        if (line->severity >= 0) {
            json_key(&to, "severity");
            json_integer(&to, line->severity);
        }
        if (line->report_count > 0) {
            json_key(&to, "reports");
            json_array(&to);
            for (size_t k = 0; k < line->report_count; k++)
                json_text(&to, line->reports[k]);
            json_end(&to);
            key_text(&to, "status", found_words[line->status]);
        }
        key_text(&to, "attributed", line->attributed);
        key_text(&to, "corrects", line->corrects);
        json_end(&to);
        fputc('\n', out);
    }
}
