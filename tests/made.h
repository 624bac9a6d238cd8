/* made.h - scenarios made of a few lines of text, for tests of the questions. */
#ifndef TESTS_MADE_H
#define TESTS_MADE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <truce/truce.h>

/* Two principals, A and B, who both consent to all. */
#define TWO_PARTIES                          \
    "truce: 1\n"                             \
    "id: made\n"                             \
    "parties:\n"                             \
    "  A: {role: principal, consent: all}\n" \
    "  B: {role: principal, consent: all}\n"

/* Reads a scenario that must be sound; says what is wrong with it otherwise. */
static inline truce_scenario *scenario_of(const char *yaml)
{
    truce_diagnostics *said = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    truce_status status =
        truce_scenario_parse("made", yaml, strlen(yaml), NULL, &scenario, said);
    for (size_t d = 0; status != TRUCE_OK && d < said->count; d++)
        printf("made:%u:%u: %s\n", said->items[d].place.line,
               said->items[d].place.column, said->items[d].message);
    truce_diagnostics_free(said);
    assert_int_equal(status, TRUCE_OK);
    return scenario;
}

/* The index of the thing with this id in one of the scenario's arrays. */
static inline size_t issue_called(const truce_scenario *scenario, const char *id)
{
    for (size_t i = 0; i < scenario->issue_count; i++)
        if (strcmp(scenario->issues[i].label.id, id) == 0)
            return i;
    fail_msg("no issue %s", id);
    return 0;
}

static inline bool texts_hold(truce_texts texts, const char *text)
{
    for (size_t i = 0; i < texts.count; i++)
        if (strcmp(texts.items[i], text) == 0)
            return true;
    return false;
}

#endif
