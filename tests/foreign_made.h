/* foreign_made.h - scenarios of other systems made of texts, for tests of their readers. */
#ifndef TESTS_FOREIGN_MADE_H
#define TESTS_FOREIGN_MADE_H

#include "formats/foreign.h"

#include <truce/truce.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct made {
    truce_diagnostics *said;
    truce_scenario *scenario;
} made;

static bool begins_json(const char *text)
{
    return text[strspn(text, " \n")] == '{';
}

/* The first text is the domain ("d"), the others ("p1", "p2") are profiles; NULL ends
 * them. What kind of file each is must be told from its content. */
static made make(const foreign_format *format, truce_convention as,
                 const char *const *texts)
{
    made m = {.said = truce_diagnostics_new()};
    foreign f;
    foreign_begin(&f, &(truce_reading){.as = as, .real_steps = 4});
    for (size_t t = 0; texts[t]; t++) {
        char name[32] = "d";
        if (t > 0)
            snprintf(name, sizeof name, "p%zu", t);
        document *tree =
            begins_json(texts[t])
                ? document_read_json(name, texts[t], strlen(texts[t]), NULL, m.said)
                : document_read_yaml(name, texts[t], strlen(texts[t]), NULL, m.said);
        if (tree == NULL)
            break;
        assert_int_equal(format->part(tree), t ? FOREIGN_PROFILE : FOREIGN_DOMAIN);
        foreign_turn_to(&f, tree, name);
        (t ? format->read_profile : format->read_domain)(&f);
        document_free(tree);
    }
    m.scenario = foreign_end(&f);
    m.scenario->id = "d"; /* as load.c names it */
    return m;
}

static void unmake(made m)
{
    truce_scenario_free(m.scenario);
    truce_diagnostics_free(m.said);
}

static void assert_silent(made m)
{
    if (m.said->count)
        fail_msg("%s:%u:%u %s", m.said->items[0].place.file,
                 m.said->items[0].place.line, m.said->items[0].place.column,
                 m.said->items[0].message);
}

/* The first thing said stands at "p1:3:5", and has these words in its message and hint. */
static void assert_said(made m, const char *place, const char *message,
                        const char *hint)
{
    char where[64];
    assert_true(m.said->count > 0);
    const truce_diagnostic *first = &m.said->items[0];
    snprintf(where, sizeof where, "%s:%u:%u", first->place.file,
             (unsigned)first->place.line, (unsigned)first->place.column);
    if (strcmp(where, place) != 0 || !strstr(first->message, message) ||
        (hint && (!first->hint || !strstr(first->hint, hint))))
        fail_msg("expected %s \"%s\" (%s), found %s \"%s\" (%s)", place, message,
                 hint ? hint : "", where, first->message,
                 first->hint ? first->hint : "");
}

static double number(truce_decimal value)
{
    double unit = 1;
    for (int32_t s = 0; s < value.scale; s++)
        unit *= 10;
    return (double)value.digits / unit;
}

/* The utility of an outcome to a party, as the scenario defines it (without a cap). */
static double utility(const truce_scenario *s, size_t party, const truce_value *outcome)
{
    const truce_preferences *p = &s->parties[party].preferences;
    double sum = 0;
    for (size_t i = 0; i < s->issue_count; i++) {
        const truce_worths *w = &p->worths[i];
        double worth = 0;
        if (w->linear && s->issues[i].value_count > 1)
            worth = number(w->items[0].mode) +
                    (number(w->items[1].mode) - number(w->items[0].mode)) * outcome[i] /
                        (double)(s->issues[i].value_count - 1);
        else if (w->count)
            worth = number(w->items[w->linear ? 0 : outcome[i]].mode);
        if (w->out_of.digits)
            worth /= number(w->out_of);
        sum += number(p->weights[i].mode) * worth;
    }
    for (size_t b = 0; b < p->bonus_count; b++)
        if (truce_condition_holds(p->bonuses[b].condition, outcome))
            sum += number(p->bonuses[b].worth.mode);
    return sum;
}

static void assert_near(double found, double expected)
{
    if (found - expected > 1e-12 || expected - found > 1e-12)
        fail_msg("expected %.15g, found %.15g", expected, found);
}

#endif
