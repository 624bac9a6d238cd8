/* GENIUS files: read exactly, refused with a place, written and read again. The domain is
 * made up: a picnic with food, an hour and the money for it. */
#include "made.h"

#include "formats/document.h"
#include "formats/xml.h"
#include "space/space.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char domain_text[] =
    "<negotiation_template>\n"
    "<utility_space number_of_issues=\"3\">\n"
    "<objective index=\"0\" name=\"Picnic\" type=\"objective\">\n"
    "<issue index=\"1\" name=\"Food\" type=\"discrete\">\n"
    "<item index=\"1\" value=\"bread\"/>\n"
    "<item index=\"2\" value=\"soup &amp; salt\"/>\n"
    "<item index=\"3\" value=\"cake\"/>\n"
    "</issue>\n"
    "<issue index=\"2\" name=\"Hour\" type=\"integer\" lowerbound=\"8\" "
    "upperbound=\"12\"/>\n"
    "<issue index=\"3\" name=\"Money\" type=\"real\">\n"
    "<range lowerbound=\"0\" upperbound=\"2\"/>\n"
    "</issue>\n"
    "</objective>\n"
    "</utility_space>\n"
    "</negotiation_template>\n";

/* Food .5 * {2/4, 0, 4/4}; Hour .3 * cut(.25 * (h - 8) + .25); Money .3 * (.5 m). */
static const char profile_text[] =
    "<utility_space>\n"
    "<objective index=\"0\" name=\"Picnic\" type=\"objective\">\n"
    "<issue index=\"1\" name=\"Food\" type=\"discrete\">\n"
    "<item index=\"1\" value=\"bread\" evaluation=\"2\"/>\n"
    "<item index=\"2\" value=\"soup &amp; salt\" evaluation=\"0\"/>\n"
    "<item index=\"3\" value=\"cake\" evaluation=\"4\"/>\n"
    "</issue>\n"
    "<issue index=\"2\" name=\"Hour\" type=\"integer\" lowerbound=\"8\" "
    "upperbound=\"12\">\n"
    "<evaluator ftype=\"linear\" offset=\"0.25\" slope=\"0.25\"/>\n"
    "</issue>\n"
    "<issue index=\"3\" name=\"Money\" type=\"real\">\n"
    "<range lowerbound=\"0\" upperbound=\"2\"/>\n"
    "<evaluator ftype=\"linear\" parameter0=\"0\" parameter1=\"0.5\"/>\n"
    "</issue>\n"
    "<weight index=\"1\" value=\"0.5\"/>\n"
    "<weight index=\"2\" value=\"0.3\"/>\n"
    "<weight index=\"3\" value=\"3E-1\"/>\n"
    "</objective>\n"
    "<discount_factor value=\"0.9\"/>\n"
    "<reservation value=\"0.4\"/>\n"
    "</utility_space>\n";

/* Hours 8 to 10 without money 60 of 100; all but 12 o'clock 50; every outcome 10. */
static const char boxes_text[] =
    "<utility_space type=\"nonlinear\">\n"
    "<objective index=\"0\" name=\"Picnic\" type=\"objective\">\n"
    "<utility maxutility=\"100\">\n"
    "<ufun type=\"PlainUfun\" weight=\"1\" aggregation=\"sum\">\n"
    "<hyperRectangle utility=\"60\">\n"
    "<INCLUDES index=\"2\" min=\"8\" max=\"10\"/>\n"
    "<INCLUDES index=\"3\" min=\"0\" max=\"0\"/>\n"
    "</hyperRectangle>\n"
    "<hyperRectangle utility=\"50\">\n"
    "<EXCLUDES index=\"2\" min=\"12\" max=\"12\"/>\n"
    "</hyperRectangle>\n"
    "<hyperRectangle utility=\"10\">\n"
    "<INCLUDES index=\"2\" min=\"-5\" max=\"99\"/>\n"
    "</hyperRectangle>\n"
    "</ufun>\n"
    "</utility>\n"
    "</objective>\n"
    "</utility_space>\n";

/* ---- a folder of files ----------------------------------------------------------- */

typedef struct folder {
    char path[64];
    char *files[8];
    size_t count;
} folder;

static folder folder_new(void)
{
    folder made = {.path = "/tmp/truce-genius-XXXXXX"};
    assert_non_null(mkdtemp(made.path));
    return made;
}

static const char *add(folder *to, const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", to->path, name);
    to->files[to->count++] = strdup(path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    return to->files[to->count - 1];
}

static void folder_end(folder *made)
{
    for (size_t f = 0; f < made->count; f++) {
        unlink(made->files[f]);
        free(made->files[f]);
    }
    rmdir(made->path);
}

static truce_status load(const char *const *paths, size_t count,
                         const truce_reading *choices, truce_scenario **scenario,
                         truce_diagnostics **said)
{
    *said = truce_diagnostics_new();
    return truce_scenario_load(paths, count, choices, scenario, *said);
}

static truce_scenario *loaded(const char *const *paths, size_t count,
                              const truce_reading *choices)
{
    truce_scenario *scenario;
    truce_diagnostics *said;
    truce_status status = load(paths, count, choices, &scenario, &said);
    if (status != TRUCE_OK)
        fprintf(stderr, "%s\n", said->items[0].message);
    assert_int_equal(status, TRUCE_OK);
    truce_diagnostics_free(said);
    return scenario;
}

/* The picnic with one profile, whose party is called ann. */
static truce_scenario *picnic(const char *profile, const truce_reading *choices)
{
    folder files = folder_new();
    add(&files, "picnic.xml", domain_text);
    add(&files, "ann.xml", profile);
    truce_scenario *scenario =
        loaded((const char *[]){files.files[1], files.files[0]}, 2, choices);
    folder_end(&files);
    return scenario;
}

static double utility(const truce_scenario *scenario, size_t party, truce_value food,
                      truce_value hour, truce_value money)
{
    space *compiled = space_new(scenario, NULL);
    truce_value outcome[] = {food, hour, money};
    double u = space_utility(compiled, party, space_sum(compiled, party, outcome));
    space_free(compiled);
    return u;
}

static void assert_worth(const truce_scenario *scenario, size_t party, truce_value food,
                         truce_value hour, truce_value money, double wanted)
{
    assert_true(fabs(utility(scenario, party, food, hour, money) - wanted) < 1e-12);
}

/* ---- reading --------------------------------------------------------------------- */

static void evaluations_are_divided_by_the_largest_of_their_issue(void **state)
{
    (void)state;
    truce_scenario *scenario = picnic(profile_text, NULL);
    assert_worth(scenario, 0, 0, 0, 0, 0.25 + 0.075);
    assert_worth(scenario, 0, 1, 3, 0, 0.3);
    assert_string_equal(scenario->issues[0].values[1], "soup & salt");
    assert_string_equal(scenario->title, "Picnic");
    assert_string_equal(scenario->id, "picnic");
    truce_scenario_free(scenario);
}

/* .25 * (12 - 8) + .25 is 1.25, which counts as 1; all together is 1.1, which too. */
static void lines_and_utilities_are_cut_at_1(void **state)
{
    (void)state;
    truce_scenario *scenario = picnic(profile_text, NULL);
    assert_worth(scenario, 0, 1, 4, 0, 0.3);
    assert_worth(scenario, 0, 2, 4, 20, 1);
    truce_scenario_free(scenario);
}

static void a_real_issue_goes_in_as_many_steps_as_are_asked_for(void **state)
{
    (void)state;
    truce_scenario *scenario = picnic(profile_text, NULL);
    assert_int_equal(scenario->real_steps, 20);
    assert_int_equal(scenario->issues[2].value_count, 21);
    assert_string_equal(scenario->issues[2].values[1], "0.1");
    truce_scenario_free(scenario);
    scenario = picnic(profile_text, &(truce_reading){.real_steps = 4});
    assert_int_equal(scenario->real_steps, 4);
    assert_string_equal(scenario->issues[2].values[1], "0.5");
    assert_worth(scenario, 0, 1, 0, 2, 0.3 * 0.25 + 0.15);
    truce_scenario_free(scenario);
}

static void reservation_and_discount_are_read(void **state)
{
    (void)state;
    truce_scenario *scenario = picnic(profile_text, NULL);
    const truce_preferences *ann = &scenario->parties[0].preferences;
    assert_string_equal(scenario->parties[0].label.id, "ann");
    assert_true(ann->outside.given);
    assert_int_equal(ann->outside.worth.mode.digits, 4);
    assert_int_equal(ann->outside.worth.mode.scale, 1);
    assert_int_equal(ann->outside.worth.place.line, 20);
    assert_true(ann->discount.given);
    assert_int_equal(ann->discount.mode.digits, 9);
    truce_scenario_free(scenario);
}

static void absent_reservation_is_0_and_absent_discount_none(void **state)
{
    (void)state;
    truce_scenario *scenario = picnic(boxes_text, NULL);
    const truce_preferences *ann = &scenario->parties[0].preferences;
    assert_true(ann->outside.given);
    assert_int_equal(ann->outside.worth.mode.digits, 0);
    assert_false(ann->discount.given);
    truce_scenario_free(scenario);
}

static void hyper_rectangles_add_up_to_1_at_most(void **state)
{
    (void)state;
    truce_scenario *scenario = picnic(boxes_text, NULL);
    assert_worth(scenario, 0, 0, 0, 0, 1);   /* 120 of 100 */
    assert_worth(scenario, 0, 0, 0, 1, 0.6); /* no longer without money */
    assert_worth(scenario, 0, 0, 3, 0, 0.6);
    assert_worth(scenario, 0, 0, 4, 0, 0.1);
    truce_scenario_free(scenario);
}

/* Nothing divided, nothing cut, slope from 0: .3 * (.25 * 12 + .25) = .975. */
static void read_as_negmas_does_utilities_are_raw(void **state)
{
    (void)state;
    truce_reading raw = {.as = TRUCE_AS_NEGMAS};
    truce_scenario *scenario = picnic(profile_text, &raw);
    assert_worth(scenario, 0, 2, 0, 0, 2 + 0.3 * 2.25);
    assert_worth(scenario, 0, 2, 4, 20, 2 + 0.975 + 0.3);
    assert_false(scenario->parties[0].preferences.discount.given);
    assert_false(scenario->parties[0].preferences.cap.given);
    assert_int_equal(scenario->as, TRUCE_AS_NEGMAS);
    truce_scenario_free(scenario);
}

/* ---- changes of a text ----------------------------------------------------------- */

/* text with the first `from` as `to`; to be freed. */
static char *changed(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    if (at == NULL)
        fprintf(stderr, "\"%s\" is not there\n", from);
    assert_non_null(at);
    char *made = calloc(strlen(text) + strlen(to) + 1, 1);
    memcpy(made, text, (size_t)(at - text));
    strcat(strcat(made, to), at + strlen(from));
    return made;
}

static truce_scenario *changed_picnic(const char *from, const char *to)
{
    char *profile = changed(profile_text, from, to);
    truce_scenario *scenario = picnic(profile, NULL);
    free(profile);
    return scenario;
}

static void weights_keep_all_their_digits(void **state)
{
    (void)state;
    truce_scenario *scenario =
        changed_picnic("value=\"0.5\"", "value=\"0.0020368593819112433\"");
    const truce_number *weight = &scenario->parties[0].preferences.weights[0];
    assert_int_equal(weight->mode.digits, 20368593819112433);
    assert_int_equal(weight->mode.scale, 19);
    truce_scenario_free(scenario);
}

static void an_issue_of_nothing_but_zeros_is_worth_nothing(void **state)
{
    (void)state;
    char *once = changed(profile_text, "evaluation=\"2\"", "evaluation=\"0\"");
    char *twice = changed(once, "evaluation=\"4\"", "evaluation=\"0.0\"");
    truce_scenario *scenario = picnic(twice, NULL);
    assert_worth(scenario, 0, 2, 3, 0, 0.3);
    truce_scenario_free(scenario);
    free(once);
    free(twice);
}

static void discounts_that_are_none_count_as_1(void **state)
{
    (void)state;
    static const char *const none[] = {"0", "1", "1.0", "1.7", "-1"};
    for (size_t k = 0; k < sizeof none / sizeof *none; k++) {
        char text[40];
        snprintf(text, sizeof text, "factor value=\"%s\"", none[k]);
        truce_scenario *scenario = changed_picnic("factor value=\"0.9\"", text);
        assert_false(scenario->parties[0].preferences.discount.given);
        truce_scenario_free(scenario);
    }
}

static void objectives_may_stand_within_objectives(void **state)
{
    (void)state;
    truce_scenario *scenario = changed_picnic("<weight index=\"3\" value=\"3E-1\"/>\n",
                                              "<objective index=\"9\"/>"
                                              "<weight index=\"3\" value=\"0.3\"/>");
    assert_worth(scenario, 0, 1, 3, 0, 0.3);
    truce_scenario_free(scenario);
}

static void what_says_nothing_of_utility_is_passed_over(void **state)
{
    (void)state;
    truce_scenario *scenario = changed_picnic(
        "value=\"bread\" evaluation=\"2\"/>\n",
        "value=\"bread\" cost=\"7\" description=\"\" evaluation=\"2\"></item>\n"
        "<similarity_function weight=\"0.2\"><criteria_function weight=\"1\">"
        "<item index=\"1\" value=\"x\" evaluation=\"3\"/></criteria_function>"
        "</similarity_function>\n");
    assert_worth(scenario, 0, 0, 0, 0, 0.25 + 0.075);
    truce_scenario_free(scenario);
}

/* ---- mistakes -------------------------------------------------------------------- */

/* What is changed in the domain or in a profile, and what is said then: "LINE:COLUMN:
 * beginning of the message". */
typedef struct mistake {
    const char *text, *from, *to, *said;
} mistake;

static const mistake mistakes[] = {
    /* XML */
    {domain_text, "value=\"cake\"", "value=\"10\" cake\"",
     "7:23: the quotes of this text end too early, or it holds a quote of its own"},
    {domain_text, "value=\"cake\"", "value=\"a \"big\" cake\"",
     "7:23: the quotes of this text end too early"},
    {profile_text, "&amp; salt", "& salt", "5:29: a bare & is not XML"},
    {profile_text, "value=\"cake\"", "value=cake",
     "6:17: attribute \"value\" wants a value in quotes"},
    {profile_text, "value=\"cake\"", "value=\"cake",
     "6:23: the quotes of this text end too early"},
    {profile_text, "</issue>\n<issue index=\"2\"", "<issue index=\"2\"",
     "17:1: this does not close <issue> of line 3"},
    {profile_text, "</utility_space>\n", "",
     "21:1: the file ends before <utility_space> of line 1 is closed"},
    {profile_text, "<utility_space>", "<!DOCTYPE a [<!ENTITY b \"c\">]><utility_space>",
     "1:1: a DOCTYPE is not allowed"},
    {profile_text, "</utility_space>\n", "</utility_space>\n<more/>\n",
     "22:1: this is not well-formed XML: junk after document element"},
    {profile_text, "bread\" evaluation", "bread\" value=\"soup\" evaluation",
     "4:31: this is not well-formed XML: duplicate attribute"},
    {profile_text, "bread", "&nbsp;", "4:24: a name behind & that XML does not know"},
    {profile_text, "bread", "&#x9B;",
     "4:23: attribute \"value\" holds a character that nobody can see"},
    {profile_text, "bread", "br\xFF", "4:26: invalid UTF-8: byte 0xFF at offset"},
    {profile_text, "bread", "br\x01", "4:26: an invisible character (U+0001)"},
    /* the domain */
    {domain_text, "<objective", "<objectiv", "13:1: this does not close"},
    {domain_text, " name=\"Food\"", "", "4:1: <issue> has no attribute \"name\""},
    {domain_text, "name=\"Food\"", "name=\"\"", "4:23: an issue must have a name"},
    {domain_text, "name=\"Hour\"", "name=\"Food\"",
     "9:23: there are two issues \"Food\""},
    {domain_text, "value=\"cake\"", "value=\"bread\"",
     "7:23: value \"bread\" stands twice in issue \"Food\""},
    {domain_text, " value=\"cake\"", "", "7:1: <item> has no attribute \"value\""},
    {domain_text, "type=\"discrete\"", "type=\"colour\"",
     "4:1: issue \"Food\" is of unknown type \"colour\""},
    {domain_text, "index=\"2\" name", "index=\"1\" name",
     "9:1: <issue> index 1 stands twice"},
    {domain_text, "index=\"2\" name", "name",
     "9:1: <issue> has no attribute \"index\""},
    {domain_text, "index=\"2\" name", "index=\"2.5\" name",
     "9:14: \"index\" must be a whole number, not \"2.5\""},
    {domain_text, "lowerbound=\"8\"", "lowerbound=\"eight\"",
     "9:56: \"lowerbound\" must be a number, not \"eight\""},
    {domain_text, " lowerbound=\"8\"", "",
     "9:1: <issue> has no attribute \"lowerbound\""},
    {domain_text, "upperbound=\"12\"", "upperbound=\"2\"",
     "9:23: issue \"Hour\" goes from 8 to 2"},
    {domain_text, "upperbound=\"2\"", "upperbound=\"0\"",
     "10:23: issue \"Money\" must go from a lower to a higher number"},
    {domain_text, "upperbound=\"12\"", "upperbound=\"99999999\"",
     "9:23: more than 1000000 values in all issues together"},
    /* profiles */
    {profile_text, "<objective", "<objection",
     "18:1: this does not close <objection> of line 2"},
    {profile_text, "value=\"cake\"", "value=\"cakes\"",
     "6:23: the domain has no value \"cakes\" of issue \"Food\""},
    {profile_text, "<item index=\"3\" value=\"cake\" evaluation=\"4\"/>\n", "",
     "3:1: value \"cake\" of issue \"Food\" has no evaluation"},
    {profile_text, "value=\"cake\"", "value=\"bread\"",
     "6:1: value \"bread\" of issue \"Food\" stands twice"},
    {profile_text, "evaluation=\"4\"", "evaluation=\"lots\"",
     "6:41: \"evaluation\" must be a number, not \"lots\""},
    {profile_text, "evaluation=\"4\"", "evaluation=\"-4\"",
     "6:41: \"evaluation\" must not be negative"},
    {profile_text, "evaluation=\"4\"", "evaluation=\"1234567890123456789\"",
     "6:41: \"evaluation\" has too many digits"},
    {profile_text, " evaluation=\"4\"", "",
     "6:1: <item> has no attribute \"evaluation\""},
    {profile_text, "<evaluator ftype=\"linear\" offset=\"0.25\" slope=\"0.25\"/>", "",
     "8:1: issue \"Hour\" has no <evaluator>"},
    {profile_text, "ftype=\"linear\"", "ftype=\"triangular\"",
     "9:18: evaluator \"triangular\" of issue \"Hour\" is not read"},
    {profile_text, " slope=\"0.25\"", "",
     "9:1: <evaluator> has no attribute \"slope\""},
    {profile_text, "upperbound=\"12\"", "upperbound=\"13\"",
     "8:1: issue \"Hour\" goes from 8 to 13 here, and from 8 to 12 in the domain"},
    {profile_text, "name=\"Hour\" type=\"integer\"", "name=\"Hour\" type=\"discrete\"",
     "8:1: issue \"Hour\" is discrete here, and a number in the domain"},
    {profile_text, "<weight index=\"2\" value=\"0.3\"/>\n", "",
     "8:1: issue \"Hour\" has no weight"},
    {profile_text, "<weight index=\"2\"", "<weight index=\"1\"",
     "8:1: issue \"Hour\" has no weight"},
    {profile_text, "<weight index=\"2\" value=\"0.3\"",
     "<weight index=\"2\" value=\"-0.3\"", "16:25: a weight must not be negative"},
    {profile_text, "issue index=\"2\"", "issue index=\"7\"",
     "8:14: the domain has no issue of index 7"},
    {profile_text, "issue index=\"2\"", "issue index=\"1\"",
     "8:1: issue \"Food\" stands twice"},
    {profile_text, "reservation value=\"0.4\"", "reservation worth=\"0.4\"",
     "20:1: <reservation> has no attribute \"value\""},
    /* hyper-rectangles */
    {boxes_text, "maxutility=\"100\"", "maxutility=\"0\"",
     "3:21: \"maxutility\" must be above 0"},
    {boxes_text, " utility=\"60\"", "",
     "5:1: <hyperRectangle> has no attribute \"utility\""},
    {boxes_text, "<INCLUDES index=\"3\" min", "<EXCLUDES index=\"3\" min",
     "5:1: this hyper-rectangle has both kinds of sides"},
    {boxes_text, "<EXCLUDES index=\"2\" min=\"12\" max=\"12\"/>\n", "",
     "9:1: this hyper-rectangle has no sides"},
    {boxes_text, "index=\"2\" min=\"8\"", "index=\"1\" min=\"8\"",
     "6:1: issue \"Food\" cannot be a side of a hyper-rectangle"},
    {boxes_text, " max=\"10\"", "", "6:1: <INCLUDES> has no attribute \"max\""},
    {boxes_text, "aggregation=\"sum\"", "aggregation=\"max\"",
     "4:47: <ufun> with aggregation=\"max\" is not read; only \"sum\" is"},
};

static const char *first_error(const truce_diagnostics *said)
{
    static char text[600];
    const truce_diagnostic *first = NULL;
    for (size_t i = 0; i < said->count && first == NULL; i++)
        if (said->items[i].severity == TRUCE_ERROR)
            first = &said->items[i];
    assert_non_null(first);
    snprintf(text, sizeof text, "%u:%u: %s", first->place.line, first->place.column,
             first->message);
    return text;
}

static void every_mistake_is_told_at_its_place(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t m = 0; m < sizeof mistakes / sizeof *mistakes; m++) {
        const mistake *one = &mistakes[m];
        bool in_domain = one->text == domain_text;
        char *text = changed(one->text, one->from, one->to);
        folder files = folder_new();
        const char *paths[] = {add(&files, "d.xml", in_domain ? text : domain_text),
                               add(&files, "p.xml", in_domain ? profile_text : text)};
        truce_scenario *scenario;
        truce_diagnostics *said;
        assert_int_equal(load(paths, 2, NULL, &scenario, &said), TRUCE_INPUT);
        assert_null(scenario);
        if (strncmp(first_error(said), one->said, strlen(one->said)) != 0) {
            print_error("%s instead of %s:\n  %s\n", one->to, one->from,
                        first_error(said));
            wrong++;
        }
        truce_diagnostics_free(said);
        folder_end(&files);
        free(text);
    }
    assert_int_equal(wrong, 0);
}

/* ---- which files ----------------------------------------------------------------- */

static void assert_refused(const char *const *paths, size_t count,
                           const truce_reading *choices, truce_status status,
                           const char *message)
{
    truce_scenario *scenario;
    truce_diagnostics *said;
    assert_int_equal(load(paths, count, choices, &scenario, &said), status);
    assert_null(scenario);
    if (strstr(first_error(said), message) == NULL)
        fail_msg("%s; expected %s", first_error(said), message);
    truce_diagnostics_free(said);
}

static void a_folder_gives_its_profiles_in_the_order_of_their_names(void **state)
{
    (void)state;
    folder files = folder_new();
    add(&files, "zoe.xml", profile_text);
    add(&files, "pareto.xml", "\n0.5, 1.0\n1.0, 0.5\n");
    add(&files, "ann.xml", boxes_text);
    add(&files, "notes.txt", "nothing of the kind");
    add(&files, "picnic.xml", domain_text);
    const char *path = files.path;
    truce_scenario *scenario = loaded(&path, 1, NULL);
    assert_int_equal(scenario->party_count, 2);
    assert_string_equal(scenario->parties[0].label.id, "ann");
    assert_string_equal(scenario->parties[1].label.id, "zoe");
    truce_scenario_free(scenario);
    const char *wanted[] = {"zoe.xml"}, *unknown[] = {"zo"};
    scenario =
        loaded(&path, 1, &(truce_reading){.profiles = wanted, .profile_count = 1});
    assert_int_equal(scenario->party_count, 1);
    truce_scenario_free(scenario);
    assert_refused(&path, 1, &(truce_reading){.profiles = unknown, .profile_count = 1},
                   TRUCE_CALL, "there is no profile \"zo\"");
    folder_end(&files);
}

static void profiles_of_one_name_get_numbers(void **state)
{
    (void)state;
    folder files = folder_new();
    const char *domain = add(&files, "d.xml", domain_text);
    const char *profile = add(&files, "p.xml", profile_text);
    truce_scenario *scenario =
        loaded((const char *[]){profile, profile, domain}, 3, NULL);
    assert_string_equal(scenario->parties[1].label.id, "p-2");
    truce_scenario_free(scenario);
    folder_end(&files);
}

static void what_is_no_scenario_is_told_what_it_is(void **state)
{
    (void)state;
    folder files = folder_new();
    const char *domain = add(&files, "d.xml", domain_text);
    const char *profile = add(&files, "p.xml", profile_text);
    const char *list = add(&files, "pareto.xml", "\n0.5, 1.0\n");
    const char *empty = add(&files, "empty.xml", " \n");
    const char *page = add(&files, "page.xml", "<!doctype HTML><html></html>");
    const char *other = add(&files, "other.xml", "<garden/>");
    const char *truce = add(&files, "t.yaml", "truce: 1\n");
    assert_refused(&domain, 1, NULL, TRUCE_INPUT, "this is a domain, and no profile");
    assert_refused(&profile, 1, NULL, TRUCE_INPUT, "this is a profile, and its domain");
    assert_refused(&list, 1, NULL, TRUCE_INPUT, "this is a list of numbers");
    assert_refused(&page, 1, NULL, TRUCE_INPUT, "this is a web page (HTML)");
    assert_refused(&other, 1, NULL, TRUCE_INPUT,
                   "its root <garden> is not one of GENIUS");
    assert_refused((const char *[]){domain, profile, empty}, 3, NULL, TRUCE_INPUT,
                   "the file is empty");
    assert_refused((const char *[]){domain, profile, domain}, 3, NULL, TRUCE_INPUT,
                   "a second domain");
    assert_refused((const char *[]){domain, truce}, 2, NULL, TRUCE_INPUT,
                   "this is a truce file, which holds a whole scenario");
    assert_refused((const char *[]){domain, files.path}, 2, NULL, TRUCE_INPUT,
                   "a folder is given alone");
    folder_end(&files);
}

static void numbers_are_changed_by_their_paths(void **state)
{
    (void)state;
    const char *set[] = {"ann.outside.worth=0.7", "ann.worth.Food.soup & salt=3",
                         "ann.discount=0.5"};
    truce_scenario *scenario =
        picnic(profile_text, &(truce_reading){.set = set, .set_count = 3});
    const truce_preferences *ann = &scenario->parties[0].preferences;
    assert_int_equal(ann->outside.worth.mode.digits, 7);
    assert_int_equal(ann->discount.mode.digits, 5);
    assert_worth(scenario, 0, 1, 0, 0, 0.375 + 0.075);
    assert_int_equal(scenario->setting_count, 3);
    truce_scenario_free(scenario);
}

static void a_change_that_leads_nowhere_is_a_wrong_call(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"ann.outside.wort=0.7", "the scenario has no number of this name"},
        {"ann.outside.worth=much", "expected a number"},
        {"ann.weights.Food=-1", "it must not be negative"},
        {"ann.discount=1.5", "it must be between 0 and 1"}};
    folder files = folder_new();
    const char *paths[] = {add(&files, "d.xml", domain_text),
                           add(&files, "ann.xml", profile_text)};
    for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++)
        assert_refused(paths, 2, &(truce_reading){.set = &wrong[w][0], .set_count = 1},
                       TRUCE_CALL, wrong[w][1]);
    assert_refused(paths, 2, &(truce_reading){.shown_to = "bob"}, TRUCE_CALL,
                   "unknown party \"bob\"");
    folder_end(&files);
}

/* ---- writing --------------------------------------------------------------------- */

static void assert_same_worth(const truce_scenario *one, const truce_scenario *other)
{
    space *a = space_new(one, NULL), *b = space_new(other, NULL);
    truce_value *outcome = calloc(one->issue_count, sizeof *outcome);
    for (size_t i = 0; i < one->issue_count;) {
        for (size_t p = 0; p < one->party_count; p++) {
            assert_true(space_sum(a, p, outcome) * b->parties[p].denominator ==
                        space_sum(b, p, outcome) * a->parties[p].denominator);
            assert_true(a->parties[p].disagreement * b->parties[p].denominator ==
                        b->parties[p].disagreement * a->parties[p].denominator);
        }
        for (i = 0; i < one->issue_count; i++) {
            if (++outcome[i] < one->issues[i].value_count)
                break;
            outcome[i] = 0;
        }
    }
    free(outcome);
    space_free(a);
    space_free(b);
}

/* Written as GENIUS XML without a loss, and read again. */
static truce_scenario *written_and_read(const truce_scenario *scenario)
{
    truce_conversion *made = NULL;
    truce_error error;
    truce_status status =
        truce_scenario_convert(scenario, TRUCE_FORMAT_GENIUS, false, &made, &error);
    for (size_t i = 0; i < made->losses.count; i++)
        fprintf(stderr, "%s\n", made->losses.items[i]);
    assert_int_equal(status, TRUCE_OK);
    folder files = folder_new();
    const char *paths[8];
    for (size_t f = 0; f < made->file_count; f++)
        paths[f] = add(&files, made->files[f].name, made->files[f].bytes);
    truce_scenario *back = loaded(paths, made->file_count, NULL);
    folder_end(&files);
    truce_conversion_free(made);
    return back;
}

static void assert_comes_back(truce_scenario *scenario)
{
    truce_scenario *back = written_and_read(scenario);
    assert_int_equal(back->party_count, scenario->party_count);
    assert_string_equal(back->parties[0].label.id, scenario->parties[0].label.id);
    assert_same_worth(scenario, back);
    truce_scenario_free(back);
    truce_scenario_free(scenario);
}

static void what_was_read_comes_back_when_written(void **state)
{
    (void)state;
    assert_comes_back(picnic(profile_text, NULL));
    char *integer = changed(profile_text, "evaluation=\"2\"", "evaluation=\"0.7\"");
    assert_comes_back(picnic(integer, NULL));
    free(integer);
}

static void generated_scenarios_come_back(void **state)
{
    (void)state;
    for (truce_kind kind = TRUCE_OPPOSED; kind <= TRUCE_CLUSTERED; kind++) {
        truce_scenario *scenario = NULL;
        truce_generation choices = {
            .issues = 4, .values = 4, .parties = 3, .kind = kind, .seed = 11};
        assert_int_equal(truce_scenario_generate(&choices, &scenario, NULL), TRUCE_OK);
        assert_comes_back(scenario);
    }
}

static void hyper_rectangles_come_back(void **state)
{
    (void)state;
    folder files = folder_new();
    char *domain =
        changed(domain_text, "type=\"real\">\n<range lowerbound=\"0\" ",
                "type=\"integer\" lowerbound=\"0\" upperbound=\"2\">\n<range ");
    const char *paths[] = {add(&files, "d.xml", domain),
                           add(&files, "p.xml", boxes_text)};
    assert_comes_back(loaded(paths, 2, NULL));
    folder_end(&files);
    free(domain);
}

static void what_genius_cannot_hold_is_a_loss(void **state)
{
    (void)state;
    truce_scenario *scenario = scenario_of(
        "truce: 1\nid: x\nissues: {i: {values: [a, b], status-quo: b}}\n"
        "parties: {A: {role: principal, consent: all}}\n"
        "preferences: {A: {weights: {i: 1}, worth: {i: [10, 40]}, basis: A}}\n");
    truce_conversion *lost = NULL;
    truce_error error;
    assert_int_equal(
        truce_scenario_convert(scenario, TRUCE_FORMAT_GENIUS, false, &lost, &error),
        TRUCE_NONE);
    assert_int_equal(lost->losses.count, 2);
    assert_string_equal(lost->losses.items[0], "the status quo of issue i");
    assert_non_null(strstr(lost->losses.items[1], "all are divided by 100"));
    truce_conversion_free(lost);
    truce_scenario_free(scenario);
}

/* ---- XML as a tree --------------------------------------------------------------- */

static void elements_are_maps_with_places(void **state)
{
    (void)state;
    static const char text[] = "<a>\n  <b c='1' d=\"&lt;\xC3\xA9\"/>\n  <b/></a>";
    truce_diagnostics *said = truce_diagnostics_new();
    document *tree = document_read_xml("t", text, sizeof text - 1, NULL, said);
    assert_non_null(tree);
    const node *b = xml_child(tree->root, "b"), *d = node_get(b, "d");
    assert_int_equal(xml_within(tree->root)->count, 2);
    assert_int_equal(b->place.line, 2);
    assert_int_equal(b->place.column, 3);
    assert_string_equal(d->text, "<\xC3\xA9");
    assert_int_equal(d->place.column, 14);
    assert_int_equal(d->width, 7);
    assert_false(d->exact);
    assert_true(node_get(b, "c")->exact);
    assert_true(xml_is(b, "b"));
    document_free(tree);
    truce_diagnostics_free(said);
}

static void assert_limited(const truce_limits *limits, const char *message)
{
    static const char text[] = "<a><b c='1'><d/></b></a>";
    truce_diagnostics *said = truce_diagnostics_new();
    assert_null(document_read_xml("t", text, sizeof text - 1, limits, said));
    assert_non_null(strstr(first_error(said), message));
    truce_diagnostics_free(said);
}

static void depth_nodes_and_bytes_are_limited(void **state)
{
    (void)state;
    assert_limited(&(truce_limits){.depth = 2},
                   "more than 2 elements within each other");
    assert_limited(&(truce_limits){.nodes = 3}, "more than 3 elements and attributes");
    assert_limited(&(truce_limits){.bytes = 9}, "more than 9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evaluations_are_divided_by_the_largest_of_their_issue),
        cmocka_unit_test(lines_and_utilities_are_cut_at_1),
        cmocka_unit_test(a_real_issue_goes_in_as_many_steps_as_are_asked_for),
        cmocka_unit_test(reservation_and_discount_are_read),
        cmocka_unit_test(absent_reservation_is_0_and_absent_discount_none),
        cmocka_unit_test(hyper_rectangles_add_up_to_1_at_most),
        cmocka_unit_test(read_as_negmas_does_utilities_are_raw),
        cmocka_unit_test(weights_keep_all_their_digits),
        cmocka_unit_test(an_issue_of_nothing_but_zeros_is_worth_nothing),
        cmocka_unit_test(discounts_that_are_none_count_as_1),
        cmocka_unit_test(objectives_may_stand_within_objectives),
        cmocka_unit_test(what_says_nothing_of_utility_is_passed_over),
        cmocka_unit_test(every_mistake_is_told_at_its_place),
        cmocka_unit_test(a_folder_gives_its_profiles_in_the_order_of_their_names),
        cmocka_unit_test(profiles_of_one_name_get_numbers),
        cmocka_unit_test(what_is_no_scenario_is_told_what_it_is),
        cmocka_unit_test(numbers_are_changed_by_their_paths),
        cmocka_unit_test(a_change_that_leads_nowhere_is_a_wrong_call),
        cmocka_unit_test(what_was_read_comes_back_when_written),
        cmocka_unit_test(generated_scenarios_come_back),
        cmocka_unit_test(hyper_rectangles_come_back),
        cmocka_unit_test(what_genius_cannot_hold_is_a_loss),
        cmocka_unit_test(elements_are_maps_with_places),
        cmocka_unit_test(depth_nodes_and_bytes_are_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
