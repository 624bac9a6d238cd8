/* Parts of sentences. They tell what the log says; they add nothing. */
#include "track/machine.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *say_count(arena *memory, uint64_t count)
{
    char digits[24], text[32];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, count), at = 0;
    for (int k = 0; k < length; k++) {
        if (k > 0 && (length - k) % 3 == 0)
            text[at++] = ',';
        text[at++] = digits[k];
    }
    text[at] = '\0';
    return arena_text(memory, text);
}

const char *say_type(arena *memory, const char *type)
{
    char *text = arena_text(memory, type ? type : "event");
    for (char *dash = text; (dash = strchr(dash, '-')); dash++)
        *dash = ' ';
    return text;
}

const char *say_instant(const machine *of, truce_instant at)
{
    char text[40];
    truce_instant_write(at, of->accord->zone, text);
    return arena_text(of->memory, text);
}

const char *say_event(const machine *of, account as, const event *one)
{
    const char *type = say_type(of->memory, words_text(&of->log.words, one->type));
    uint32_t who = doer(&of->log, as, one);
    const char *by = who == NO_WORD ? "" : words_text(&of->log.words, who);
    const char *count =
        one->count == 1
            ? ""
            : arena_format(of->memory, "%s ", say_count(of->memory, one->count));
    return arena_format(of->memory, "%s%s%s%s", count, type, *by ? " by " : "", by);
}

const char *say_id(const machine *of, const event *one)
{
    const char *id = ids_text(&of->log.ids, one->id);
    return id ? arena_format(of->memory, " (%s)", id) : "";
}
