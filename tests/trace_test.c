/* Traces: what was said in sessions of every protocol holds when it is played once more, and
 * no single thing can be changed in it without being found. */
#include "random_made.h"

#include <stdlib.h>

static char *trace_of(const truce_scenario *scenario, const char *rules,
                      const char *with, size_t seats, uint64_t seed, size_t *length)
{
    static const size_t everybody[] = {0, 1, 2};
    char *text = NULL;
    truce_session *session = NULL;
    truce_error error = {0};
    truce_session_choices choices = {.with = with,
                                     .protocol = rules,
                                     .over = {everybody, seats},
                                     .rounds = 7,
                                     .seed = seed};
    truce_session_run(scenario, &choices, NULL, &session, &error);
    if (session == NULL)
        fail_msg("%s", error.message);
    FILE *out = open_memstream(&text, length);
    truce_session_trace(out, session);
    fclose(out);
    truce_session_free(session);
    return text;
}

/* What becomes of a trace; the first words of what is wrong with it into why. */
static truce_status replayed(const truce_scenario *scenario, const char *text,
                             size_t length, char why[300])
{
    truce_replay *replay = NULL;
    truce_diagnostics *said = truce_diagnostics_new();
    truce_status status = truce_session_replay(scenario, "t", text, length, TRUCE_OWN,
                                               NULL, &replay, said);
    why[0] = '\0';
    if (status == TRUCE_NONE)
        snprintf(why, 300, "%s", replay->fault);
    if (status == TRUCE_INPUT) {
        assert_null(replay);
        assert_true(said->errors > 0);
        snprintf(why, 300, "%s:%u: %s", said->items[0].place.file,
                 said->items[0].place.line, said->items[0].message);
    }
    if (status == TRUCE_OK)
        assert_true(replay->holds && replay->by_seed && replay->fault == NULL);
    truce_replay_free(replay);
    truce_diagnostics_free(said);
    return status;
}

/* ---- all of them hold ---------------------------------------------------------------- */

static const char *const rules[] = {"sao", "amop", "mopac", "text", "random-mediator"};
static const char *const pairs[] = {"boulware,micro,random",
                                    ("boa:offer=trade-off,accept=combi,model=frequency,"
                                     "tit-for-tat,annealer"),
                                    "nice,conceder:e=0.5,hybrid"};

static truce_scenario *any_scenario(uint64_t number, size_t seats)
{
    random_stream dice = random_begin(5, number);
    size_t counts[3];
    made_shape shape = {.value_counts = counts, .issues = 3, .parties = seats};
    for (size_t i = 0; i < 3; i++)
        counts[i] = 2 + (size_t)random_below(&dice, 3);
    return random_scenario(31, number, &shape);
}

/* The first so many strategies. */
static void strategies_for(char *with, const char *all, size_t seats)
{
    strcpy(with, all);
    if (seats == 2)
        *strrchr(with, ',') = '\0';
}

static void what_was_said_holds_once_more(void **state)
{
    (void)state;
    size_t held = 0;
    for (uint64_t number = 0; number < 60; number++) {
        size_t seats = 2 + number % 2;
        truce_scenario *scenario = any_scenario(number, seats);
        for (size_t p = 0; p < sizeof rules / sizeof *rules; p++) {
            char with[200], why[300];
            size_t length;
            strategies_for(with, pairs[(number + p) % 3], seats);
            char *text = trace_of(scenario, rules[p], with, seats, 1 + number, &length);
            if (replayed(scenario, text, length, why) != TRUCE_OK)
                fail_msg("%s, scenario %d: %s", rules[p], (int)number, why);
            held++;
            free(text);
        }
        truce_scenario_free(scenario);
    }
    assert_int_equal(held, 300);
}

/* ---- nothing can be changed ------------------------------------------------------------- */

#define WELL                                                                        \
    TWO_PARTIES "issues: {price: {values: [low, middle, high]}, date: {values: "    \
                "[may, june]}}\n"                                                   \
                "preferences:\n"                                                    \
                "  A: {weights: {price: 3, date: 1}, worth: {price: [100, 50, 0], " \
                "date: [0, 100]}, outside: {worth: 30}, discount: 0.5}\n"           \
                "  B: {weights: {price: 2, date: 2}, worth: {price: [0, 50, 100], " \
                "date: [100, 0]}, outside: {worth: 10}}\n"

/* One text for another, the n-th time that it stands there; NULL when it does not. */
static char *changed(const char *text, const char *from, const char *to, size_t nth)
{
    const char *at = strstr(text, from);
    for (; at && nth > 0; nth--)
        at = strstr(at + 1, from);
    if (at == NULL)
        return NULL;
    char *other = malloc(strlen(text) + strlen(to) + 1);
    sprintf(other, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    return other;
}

static void no_single_thing_can_be_changed(void **state)
{
    (void)state;
    static const char *const changes[][2] = {
        {"\"party\":\"A\",\"said\"", "\"party\":\"B\",\"said\""},
        {"\"party\":\"B\",\"said\"", "\"party\":\"A\",\"said\""},
        {"\"party\":\"mediator\",\"said\"", "\"party\":\"A\",\"said\""},
        {"\"said\":\"offer\"", "\"said\":\"accept\""},
        {"\"said\":\"reject\"", "\"said\":\"accept\""},
        {"\"said\":\"accept\"", "\"said\":\"reject\""},
        {"\"said\":\"reject\"", "\"said\":\"leave\""},
        {"\"said\":\"draft\"", "\"said\":\"offer\""},
        {"\"price\":\"low\"", "\"price\":\"middle\""},
        {"\"date\":\"may\"", "\"date\":\"june\""},
        {"\"round\":1", "\"round\":2"},
        {"\"t\":0.25", "\"t\":0.26"},
        {"\"u\":[", "\"u\":[1"},
        {"\"step\":", "\"step\":1"},
        {"\"end\":\"agreed\"", "\"end\":\"timed-out\""},
        {"\"end\":\"timed-out\"", "\"end\":\"left\""},
        {"\"seed\":1", "\"seed\":2"},
        {"\"rounds\":7", "\"rounds\":8"}};
    truce_scenario *scenario = scenario_of(WELL);
    size_t tried[sizeof changes / sizeof *changes] = {0};
    for (size_t p = 0; p < sizeof rules / sizeof *rules; p++)
        for (int pair = 0; pair < 2; pair++) {
            char why[300];
            size_t length;
            char *text = trace_of(scenario, rules[p],
                                  pair ? "random" : "boulware,conceder", 2, 1, &length);
            assert_int_equal(replayed(scenario, text, length, why), TRUCE_OK);
            for (size_t c = 0; c < sizeof changes / sizeof *changes; c++) {
                if (strcmp(changes[c][0], "\"seed\":1") == 0 && !pair)
                    continue; /* no dice are cast */
                char *other;
                for (size_t n = 0;
                     (other = changed(text, changes[c][0], changes[c][1], n)) != NULL;
                     n++) {
                    truce_status status = replayed(scenario, other, strlen(other), why);
                    if (status != TRUCE_NONE)
                        fail_msg("%s, \"%s\" as \"%s\", time %zu: %d %s", rules[p],
                                 changes[c][0], changes[c][1], n, (int)status, why);
                    tried[c]++;
                    free(other);
                }
            }
            free(text);
        }
    for (size_t c = 0; c < sizeof changes / sizeof *changes; c++)
        if (tried[c] == 0)
            fail_msg("nowhere in the traces: %s", changes[c][0]);
    truce_scenario_free(scenario);
}

/* Lines taken out, doubled, or exchanged with the next. */
static void no_line_can_be_lost_or_moved(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(WELL);
    for (size_t p = 0; p < sizeof rules / sizeof *rules; p++) {
        char why[300], *lines[400];
        size_t length, count = 0;
        char *text = trace_of(scenario, rules[p], "random", 2, 3, &length);
        for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
            lines[count++] = line;
        for (size_t lost = 1; lost < count; lost++)
            for (int twice = 0; twice < 2; twice++) {
                char *other;
                size_t size;
                FILE *out = open_memstream(&other, &size);
                for (size_t k = 0; k < count; k++)
                    for (int n = k == lost ? 2 * twice : 1; n > 0; n--)
                        fprintf(out, "%s\n", lines[k]);
                fclose(out);
                truce_status status = replayed(scenario, other, size, why);
                if (status != TRUCE_NONE &&
                    !(lost == count - 1 && twice && status == TRUCE_INPUT))
                    fail_msg("%s, line %zu %s: %s", rules[p], lost + 1,
                             twice ? "twice" : "lost", why);
                free(other);
            }
        free(text);
    }
    truce_scenario_free(scenario);
}

/* ---- what is no trace --------------------------------------------------------------------- */

static void what_is_no_trace_is_told_with_its_place(void **state)
{
    (void)state;
#define HEAD                                                                          \
    "{\"protocol\":\"sao\",\"rounds\":3,\"seconds\":null,\"seed\":1,\"seats\":[{"     \
    "\"party\":\"A\",\"strategy\":\"micro\"},{\"party\":\"B\",\"strategy\":\"micro\"" \
    "}]}\n"
#define SAY(word) HEAD "\n{\"round\":0,\"t\":0.25," word "}\n"
    static const char *const bad[][2] = {
        {"", "t:1: the trace is empty"},
        {"\n  \n", "empty"},
        {"truce: 1\n", "t:1: "},
        {"{}\n", "t:1: the first line of a trace names its \"protocol\""},
        {"{\"protocol\":\"soa\",\"rounds\":3,\"seed\":1,\"seats\":[]}", "\"seats\""},
        {"{\"protocol\":\"sao\",\"rounds\":-3,\"seed\":1}", "\"rounds\""},
        {"{\"protocol\":\"sao\",\"rounds\":3,\"seed\":\"x\"}", "\"seed\""},
        {HEAD "x\n", "t:2: "},
        {HEAD "{\"round\":0}\n", "t:2: \"said\""},
        {SAY("\"said\":\"ofer\",\"party\":\"A\""), "t:3: \"ofer\" is unknown; did you "
                                                   "mean \"offer\"?"},
        {SAY("\"said\":\"offer\",\"party\":\"C\""), "t:3: nobody at the table"},
        {SAY("\"said\":\"offer\",\"party\":\"A\",\"outcome\":{\"price\":\"low\"}"),
         "t:3: incomplete"},
        {SAY("\"said\":\"offer\",\"party\":\"A\",\"outcome\":{\"prise\":\"low\"}"),
         "t:3: unknown-issue"},
        {SAY("\"said\":\"offer\",\"party\":\"A\",\"outcome\":7"),
         "t:3: unknown-message"},
        {SAY("\"said\":\"leave\",\"party\":\"A\",\"u\":[1]"), "t:3: expected a list"},
        {SAY("\"said\":\"leave\",\"party\":\"A\",\"said\":\"leave\""), "t:3: "},
    };
    truce_scenario *scenario = scenario_of(WELL);
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        char why[300];
        truce_status status = replayed(scenario, bad[k][0], strlen(bad[k][0]), why);
        if (status != TRUCE_INPUT || strstr(why, bad[k][1]) == NULL)
            fail_msg("%s: %d %s", bad[k][0], (int)status, why);
    }
    truce_scenario_free(scenario);
}

static void nobody_offers_what_it_may_not(void **state)
{
    (void)state;
    char why[300];
    truce_scenario *scenario = scenario_of(WELL);
    static const char text[] = SAY(
        "\"said\":\"offer\",\"party\":\"A\",\"outcome\":{\"price\":\"high\",\"date\":"
        "\"may\"}");
    assert_int_equal(replayed(scenario, text, strlen(text), why), TRUCE_NONE);
    assert_string_equal(why, "t:3: A may not offer this outcome");
    truce_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_said_holds_once_more),
        cmocka_unit_test(no_single_thing_can_be_changed),
        cmocka_unit_test(no_line_can_be_lost_or_moved),
        cmocka_unit_test(what_is_no_trace_is_told_with_its_place),
        cmocka_unit_test(nobody_offers_what_it_may_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
