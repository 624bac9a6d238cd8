/* Adding to a log: what is filled in, what is refused, and what a full disk leaves. */
#include <truce/track.h>

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

static const char first[] =
    "{\"kind\":\"act\",\"id\":\"e-7\",\"recorded\":\"2025-06-01T10:00:00Z\","
    "\"by\":\"UA\",\"type\":\"x\"}\n";

static char folder[] = "/tmp/truce-add-XXXXXX", path[64], torn_path[80], events[80];

static void write_file(const char *name, const char *bytes)
{
    FILE *file = fopen(name, "wb");
    fputs(bytes, file);
    fclose(file);
}

static void write_log(const char *bytes)
{
    write_file(path, bytes);
}

static void assert_log(const char *bytes)
{
    char found[1000] = "";
    FILE *file = fopen(path, "rb");
    found[fread(found, 1, sizeof found - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(found, bytes);
}

static truce_status add(const char *line, bool repair, char **written)
{
    truce_diagnostics *said = truce_diagnostics_new();
    truce_error error;
    truce_status status =
        truce_log_add(path, NULL, line, repair, written, said, &error);
    truce_diagnostics_free(said);
    return status;
}

/* Of a status other than TRUCE_OK, *line is that of the first diagnostic. */
static truce_status add_all(const char *bytes, char **written, uint32_t *line)
{
    truce_diagnostics *said = truce_diagnostics_new();
    truce_error error;
    write_file(events, bytes);
    truce_status status =
        truce_log_add_all(path, NULL, events, false, written, said, &error);
    if (line)
        *line = said->count > 0 ? said->items[0].place.line : 0;
    truce_diagnostics_free(said);
    return status;
}

static int begin(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/truce-add-XXXXXX");
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/log.jsonl", folder);
    snprintf(torn_path, sizeof torn_path, "%s.torn", path);
    snprintf(events, sizeof events, "%s/events.jsonl", folder);
    return 0;
}

static int end(void **state)
{
    (void)state;
    unlink(path);
    unlink(torn_path);
    unlink(events);
    return rmdir(folder);
}

static void a_missing_id_is_the_next_free_number(void **state)
{
    (void)state;
    char *written;
    write_log(first);
    assert_int_equal(
        add("{\"kind\":\"act\",\"by\":\"UA\",\"type\":\"x\"}", false, &written),
        TRUCE_OK);
    assert_non_null(strstr(written, "\"id\":\"e-8\""));
    assert_non_null(strstr(written, "\"recorded\":\"2"));
    free(written);
}

static void what_is_no_event_changes_nothing(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "[]",
        "{\"kind\":\"act\",\"by\":\"UA\"}",
        "{\"kind\":\"act\",\"type\":\"x\"}",
        "{\"kind\":\"act\",\"id\":\"e-7\",\"by\":\"UA\",\"type\":\"x\"}",
        "{\"kind\":\"correction\",\"corrects\":\"e-6\",\"by\":\"UA\"}",
    };
    write_log(first);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(add(wrong[i], false, NULL), TRUCE_INPUT);
    assert_log(first);
}

static void a_torn_line_is_put_aside_only_on_demand(void **state)
{
    (void)state;
    char bytes[400], *written;
    snprintf(bytes, sizeof bytes, "%s{\"kind\":", first);
    write_log(bytes);
    const char *line = "{\"kind\":\"act\",\"by\":\"UA\",\"type\":\"x\"}";
    assert_int_equal(add(line, false, NULL), TRUCE_CALL);
    assert_log(bytes);
    assert_int_equal(add(line, true, &written), TRUCE_OK);
    snprintf(bytes, sizeof bytes, "%s%s\n", first, written);
    assert_log(bytes);
    assert_int_equal(access(torn_path, F_OK), 0);
    free(written);
}

static void many_are_added_in_their_order(void **state)
{
    (void)state;
    char *written, bytes[800];
    write_log(first);
    assert_int_equal(add_all("{\"kind\":\"report\",\"by\":\"UA\",\"type\":\"x\"}\n"
                             " \r\n"
                             "{\"kind\":\"finding\",\"by\":\"UN\",\"reports\":\"e-8\","
                             "\"status\":\"refuted\"}\r\n"
                             "{\"kind\":\"act\",\"by\":\"UA\",\"type\":\"x\"}",
                             &written, NULL),
                     TRUCE_OK);
    const char *second = strstr(written, "\"id\":\"e-9\"");
    assert_non_null(second);
    assert_non_null(strstr(second, "\"id\":\"e-10\""));
    snprintf(bytes, sizeof bytes, "%s%s", first, written);
    assert_log(bytes);
    free(written);
}

static void of_many_all_are_added_or_none(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "{\"kind\":\"act\",\"by\":\"UA\"}",
        "{\"kind\":\"act\",\"by\":\"UA\",\"type\":\"x\",\"id\":\"e-8\"}",
        "{\"kind\":\"correction\",\"corrects\":\"e-10\",\"by\":\"UA\"}",
        "{",
        "\xff",
    };
    char bytes[400];
    write_log(first);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char *written;
        uint32_t line;
        snprintf(bytes, sizeof bytes, "%s\n\n%s\n%s\n",
                 "{\"kind\":\"act\",\"by\":\"UA\",\"type\":\"x\"}", wrong[i],
                 "{\"kind\":\"act\",\"by\":\"UA\",\"type\":\"x\"}");
        assert_int_equal(add_all(bytes, &written, &line), TRUCE_INPUT);
        assert_null(written);
        assert_int_equal(line, 3);
    }
    assert_log(first);
}

/* The columns are those of the line as it was given, without the id that is filled in. */
static void a_place_is_in_the_line_as_it_was_given(void **state)
{
    (void)state;
    truce_diagnostics *said = truce_diagnostics_new();
    write_log(first);
    write_file(events, "{\"kind\":\"act\",\"by\":7,\"type\":\"x\"}\n");
    assert_int_equal(truce_log_add_all(path, NULL, events, false, NULL, said, NULL),
                     TRUCE_INPUT);
    assert_int_equal(said->items[0].place.column, 20);
    assert_string_equal(said->items[0].source,
                        "{\"kind\":\"act\",\"by\":7,\"type\":\"x\"}");
    truce_diagnostics_free(said);
}

/* A limit on the size of files stands for a disk without room. */
static void a_full_disk_harms_nothing(void **state)
{
    (void)state;
    struct rlimit before, full;
    write_log(first);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    full = before;
    full.rlim_cur = strlen(first) + 20;
    setrlimit(RLIMIT_FSIZE, &full);
    truce_status one =
        add("{\"kind\":\"act\",\"by\":\"UA\",\"type\":\"x\"}", false, NULL);
    full.rlim_cur = strlen(first) + 100; /* room for the first of the two */
    setrlimit(RLIMIT_FSIZE, &full);
    truce_status two = add_all("{\"kind\":\"act\",\"by\":\"UA\",\"type\":\"x\"}\n"
                               "{\"kind\":\"act\",\"by\":\"UA\",\"type\":\"x\"}\n",
                               NULL, NULL);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_int_equal(one, TRUCE_LIMIT);
    assert_int_equal(two, TRUCE_LIMIT);
    assert_log(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_missing_id_is_the_next_free_number, begin,
                                        end),
        cmocka_unit_test_setup_teardown(what_is_no_event_changes_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_torn_line_is_put_aside_only_on_demand, begin,
                                        end),
        cmocka_unit_test_setup_teardown(many_are_added_in_their_order, begin, end),
        cmocka_unit_test_setup_teardown(of_many_all_are_added_or_none, begin, end),
        cmocka_unit_test_setup_teardown(a_place_is_in_the_line_as_it_was_given, begin,
                                        end),
        cmocka_unit_test_setup_teardown(a_full_disk_harms_nothing, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
