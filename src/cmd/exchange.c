#include "exchange.h"

#include "analysis.h"
#include "complain.h"

#include <stdlib.h>
#include <string.h>

/* ---- what was agreed ------------------------------------------------------------- */

static bool take_pair(const char *text, char mark, uint64_t numbers[2])
{
    char *end;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 12)
        return false;
    numbers[0] = numbers[1] = strtoull(text, &end, 10);
    if (*end == mark && mark != '\0') {
        text = end + 1;
        digits = strspn(text, "0123456789");
        numbers[1] = strtoull(text, &end, 10);
        return digits > 0 && digits <= 12 && *end == '\0';
    }
    return *end == '\0' && mark != ':';
}

/* "all", "n=1000", "n=1000,900", "ratio=3:2", "quota", "tariff". */
static bool read_mode(const char *text, truce_exchange_wish *wish)
{
    static const char *const words[] = {"all", "n=", "ratio=", "quota", "tariff"};
    for (unsigned mode = 0; mode < sizeof words / sizeof *words; mode++) {
        size_t length = strlen(words[mode]);
        if (strncmp(text, words[mode], length) != 0)
            continue;
        wish->mode = (truce_exchange_mode)mode;
        if (mode == TRUCE_EXCHANGE_NUMBER)
            return take_pair(text + length, ',', wish->numbers);
        if (mode == TRUCE_EXCHANGE_RATIO)
            return take_pair(text + length, ':', wish->numbers);
        return text[length] == '\0';
    }
    return false;
}

bool exchange_read_day(const struct call *call, const char *text, int32_t *day)
{
    enum { SECONDS_A_DAY = 86400 };
    truce_instant instant;
    if (strlen(text) != strlen("2025-05-23") ||
        !truce_instant_read(text, NULL, &instant)) {
        complain(call->command, "--from wants a date such as 2025-05-23, not '%s'",
                 text);
        return false;
    }
    *day = (int32_t)(instant / SECONDS_A_DAY);
    return true;
}

/* Lays the flags over what the rules say. */
static bool take_flags(exchange *work)
{
    const struct call *call = work->call;
    truce_exchange_wish *wish = &work->wish;
    if (call->mode && !read_mode(call->mode, wish)) {
        complain(call->command,
                 "--mode takes all, n=1000, n=1000,900, ratio=3:2, quota or tariff, "
                 "not '%s'",
                 call->mode);
        return false;
    }
    if (call->from && !exchange_read_day(call, call->from, &wish->from))
        return false;
    if (call->owed != NOT_GIVEN)
        wish->owed_inside = call->owed == 1;
    if (call->pairs && wish->pairs == TRUCE_PAIRS_NONE)
        wish->pairs = TRUCE_PAIRS_CLASS;
    if (call->pairs_by != NOT_GIVEN)
        wish->pairs = (truce_pairs)call->pairs_by;
    wish->one_by_one |= call->one_by_one;
    if (call->delta != NOT_GIVEN)
        wish->delta = call->delta;
    if (call->stages) {
        wish->stage_count = call->stages;
        wish->stage_days = NULL;
        wish->days_are_dates = false;
    }
    return true;
}

bool exchange_has_wish(const exchange *work)
{
    return work->rules || work->scenario || work->call->mode;
}

/* ---- files ----------------------------------------------------------------------- */

static void tell(const exchange *work, const truce_diagnostics *said)
{
    truce_style style = terminal_style(stderr, work->call);
    if (said->count > 0)
        truce_diagnostics_print(stderr, said, &style);
}

/* A path as a file has it, from where that file lies; in fresh memory. */
static char *path_beside(const char *file, const char *path)
{
    const char *slash = strrchr(file, '/');
    size_t folder = slash && path[0] != '/' ? (size_t)(slash + 1 - file) : 0;
    char *joined = must_have(malloc(folder + strlen(path) + 1));
    memcpy(joined, file, folder);
    strcpy(joined + folder, path);
    return joined;
}

static bool read_lists(exchange *work, const char *first, const char *second)
{
    truce_diagnostics *said = truce_diagnostics_new();
    truce_limits limits = {.bytes = work->call->max_bytes};
    work->status = truce_lists_read(first, second, &limits, &work->lists, said);
    tell(work, said);
    truce_diagnostics_free(said);
    return work->status == TRUCE_OK;
}

static bool read_rules(exchange *work)
{
    truce_diagnostics *said = truce_diagnostics_new();
    work->status = truce_rules_read(work->call->rules_file, &work->rules, said);
    tell(work, said);
    truce_diagnostics_free(said);
    if (work->rules)
        work->wish = *work->rules;
    return work->status == TRUCE_OK;
}

static bool read_scenario(exchange *work, const char *path)
{
    work->status = analysis_read(work->call, &path, 1, false, &work->scenario);
    if (work->status != TRUCE_OK)
        return false;
    const truce_exchange_wish *wish = work->scenario->exchange;
    if (wish == NULL || wish->lists[0] == NULL) {
        remark("%s has no 'exchange:' with lists of people", path);
        work->status = TRUCE_CALL;
        return false;
    }
    work->wish = *wish;
    char *first = path_beside(path, wish->lists[0]);
    char *second = path_beside(path, wish->lists[1]);
    bool read = read_lists(work, first, second);
    free(first);
    free(second);
    return read;
}

/* ---- the course of it ------------------------------------------------------------ */

bool exchange_begin(exchange *work, const struct call *call, const char *const *paths,
                    size_t count)
{
    *work = (exchange){.call = call, .wish = {.from = TRUCE_NO_DAY}};
    work->bar = progress_begin(call);
    work->stop = terminal_stop(call, &work->bar);
    work->style = terminal_style(stdout, call);
    terminal_catch_interrupts();
    bool read = count == 1 ? read_scenario(work, paths[0])
                           : read_lists(work, paths[0], paths[1]);
    if (read && call->rules_file)
        read = read_rules(work);
    if (read && !take_flags(work)) {
        work->status = TRUCE_CALL;
        read = false;
    }
    return read;
}

bool exchange_find_plan(exchange *work, truce_plan **plan)
{
    *plan = NULL;
    work->status =
        truce_exchange_plan(work->lists, &work->wish, &work->stop, plan, &work->error);
    progress_end(&work->bar);
    if (*plan == NULL)
        complain(work->call->command, "%s", work->error.message);
    return *plan != NULL;
}

int exchange_end(exchange *work)
{
    progress_end(&work->bar);
    truce_lists_free(work->lists);
    truce_wish_free(work->rules);
    truce_scenario_free(work->scenario);
    return (int)work->status;
}
