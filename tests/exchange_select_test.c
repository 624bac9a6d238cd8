/* Who goes in an exchange, by hand: small lists, every mode, and what is said when a wish
 * cannot hold. All people are made up. */
#include <truce/exchange.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 16, FIT_CLASSES = 3 };

static const char *const classes[FIT_CLASSES] = {"", "women", "young"};
static const char *const ranks[] = {"", "private", "major"};
static const char *const sites[] = {"", "Gate 1, north"};

/* Lists being made, the wish, and the plan that comes of them. */
typedef struct desk {
    truce_person people[MOST];
    truce_lists lists;
    truce_exchange_wish wish;
    truce_plan *plan;
    truce_error error;
} desk;

static desk desk_of(truce_exchange_mode mode)
{
    return (desk){.lists = {.files = {"RU.csv", "UA.csv"},
                            .names = {"RU", "UA"},
                            .classes = {classes, FIT_CLASSES},
                            .ranks = {ranks, 3},
                            .sites = {sites, 2}},
                  .wish = {.mode = mode, .from = TRUCE_NO_DAY}};
}

/* Adds a person, in the order of the lists: all of side 0 first. */
static truce_person *add(desk *at, unsigned side, const char *id)
{
    size_t k = at->lists.count++;
    at->lists.first[1] += side == 0;
    at->lists.first[2]++;
    at->people[k] = (truce_person){.id = id,
                                   .line = (uint32_t)k + 2,
                                   .worth_home = 2000000,
                                   .cost_holder = 1000000,
                                   .captured = TRUCE_NO_DAY,
                                   .ready_from = TRUCE_NO_DAY,
                                   .ready_to = TRUCE_NO_DAY,
                                   .side = (uint8_t)side,
                                   .eligible = true};
    return &at->people[k];
}

static void add_all(desk *at, unsigned side, size_t count, const char *const *ids)
{
    for (size_t k = 0; k < count; k++)
        add(at, side, ids[k]);
}

#define ADD(at, side, ...)                                                    \
    add_all(at, side, sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *), \
            (const char *[]){__VA_ARGS__})

static truce_status plan(desk *at)
{
    at->lists.people = at->people;
    return truce_exchange_plan(&at->lists, &at->wish, NULL, &at->plan, &at->error);
}

static bool goes(const desk *at, const char *id)
{
    for (size_t k = 0; k < at->plan->leg_count; k++)
        if (strcmp(at->people[at->plan->legs[k].person].id, id) == 0)
            return true;
    return false;
}

static int why_not(const desk *at, const char *id)
{
    for (size_t k = 0; k < at->plan->exception_count; k++)
        if (strcmp(at->people[at->plan->exceptions[k].person].id, id) == 0)
            return (int)at->plan->exceptions[k].why;
    return -1;
}

static void done(desk *at)
{
    truce_plan_free(at->plan);
}

/* ---- the order ------------------------------------------------------------------- */

static void priority_of_class_then_time_held_then_id_decides(void **state)
{
    (void)state;
    static const char *const first[] = {"young"};
    desk at = desk_of(TRUCE_EXCHANGE_NUMBER);
    add(&at, 0, "d");
    add(&at, 0, "c")->captured = 10;
    add(&at, 0, "B")->captured = 10; /* bytes: capital letters come first */
    add(&at, 0, "e")->captured = 9;
    add(&at, 0, "f")->class_index = 2;
    at.wish.classes = (truce_texts){first, 1};
    at.wish.numbers[0] = 3;

    assert_int_equal(plan(&at), TRUCE_OK);
    assert_true(goes(&at, "f") && goes(&at, "e") && goes(&at, "B"));
    assert_int_equal(why_not(&at, "c"), TRUCE_BEYOND_NUMBER);
    assert_int_equal(why_not(&at, "d"), TRUCE_BEYOND_NUMBER);
    done(&at);
}

static void ids_are_compared_far_behind_what_they_begin_with(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_NUMBER);
    ADD(&at, 0, "RU-000000000000000000000013", "RU-000000000000000000000012",
        "RU-0000000000000000000000120", "RU-00000000000000000000001");
    at.wish.numbers[0] = 3;

    assert_int_equal(plan(&at), TRUCE_OK);
    assert_int_equal(why_not(&at, "RU-000000000000000000000013"), TRUCE_BEYOND_NUMBER);
    done(&at);
}

/* ---- the owed -------------------------------------------------------------------- */

static void the_owed_go_beside_the_number(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_NUMBER);
    ADD(&at, 0, "a", "b");
    add(&at, 0, "c")->owed = true;
    at.wish.numbers[0] = 1;

    assert_int_equal(plan(&at), TRUCE_OK);
    assert_true(goes(&at, "a") && goes(&at, "c"));
    assert_int_equal(at.plan->heads[0], 2);
    assert_int_equal(at.plan->owed[0], 1);
    done(&at);
}

static void the_owed_fill_the_number_when_inside(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_NUMBER);
    ADD(&at, 0, "a", "b");
    add(&at, 0, "c")->owed = true;
    at.wish.numbers[0] = 1;
    at.wish.owed_inside = true;

    assert_int_equal(plan(&at), TRUCE_OK);
    assert_int_equal(at.plan->leg_count, 1);
    assert_true(goes(&at, "c"));
    done(&at);
}

static void who_is_owed_and_cannot_travel_is_an_exception(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_ALL);
    truce_person *ill = add(&at, 0, "a");
    ill->owed = true;
    ill->health = TRUCE_UNFIT_TO_TRAVEL;
    ill->eligible = false;

    assert_int_equal(plan(&at), TRUCE_OK);
    assert_int_equal(why_not(&at, "a"), TRUCE_NOT_FIT_TO_TRAVEL);
    done(&at);
}

/* ---- numbers and ratios ---------------------------------------------------------- */

static void who_is_never_ready_takes_nobodys_place(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_NUMBER);
    add(&at, 0, "a")->ready_from = 3; /* the only stage is on day 1 */
    add(&at, 0, "b")->ready_to = 1;
    at.lists.days_are_numbers = true;
    at.wish.numbers[0] = 1;

    assert_int_equal(plan(&at), TRUCE_OK);
    assert_true(goes(&at, "b"));
    assert_int_equal(why_not(&at, "a"), TRUCE_NOT_READY);
    done(&at);
}

static void a_number_beyond_those_there_says_how_many_there_are(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_NUMBER);
    ADD(&at, 0, "a", "b");
    ADD(&at, 1, "c");
    at.wish.numbers[0] = 1000;
    at.wish.numbers[1] = 1;

    assert_int_equal(plan(&at), TRUCE_NONE);
    assert_string_equal(at.plan->short_of,
                        "1,000 of RU cannot go: 2 are eligible and ready");
    assert_int_equal(at.plan->most[0], 2);
    assert_int_equal(at.plan->leg_count, 0);
    done(&at);
}

static void a_ratio_is_held_as_often_as_can_be(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_RATIO);
    ADD(&at, 0, "a", "b", "c", "d", "e");
    ADD(&at, 1, "f", "g", "h", "i");
    at.wish.numbers[0] = 2;
    at.wish.numbers[1] = 1;

    assert_int_equal(plan(&at), TRUCE_OK);
    assert_int_equal(at.plan->heads[0], 4);
    assert_int_equal(at.plan->heads[1], 2);
    done(&at);
}

static void a_ratio_that_cannot_be_held_once_is_none(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_RATIO);
    ADD(&at, 0, "a");
    ADD(&at, 1, "b");
    at.wish.numbers[0] = 2;
    at.wish.numbers[1] = 1;
    assert_int_equal(plan(&at), TRUCE_NONE);
    assert_string_equal(at.plan->short_of,
                        "2 of RU cannot go: 1 is eligible and ready");
    done(&at);

    at.wish.numbers[1] = 0;
    assert_int_equal(plan(&at), TRUCE_CALL);
    assert_null(at.plan);
}

/* ---- quotas ---------------------------------------------------------------------- */

static void a_quota_fills_before_those_who_rank_first(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_NUMBER);
    ADD(&at, 0, "a", "b");
    add(&at, 0, "c")->class_index = 1;
    truce_quota quota = {.class_name = "women", .side = -1, .most = UINT64_MAX};
    at.wish.quotas = &quota;
    at.wish.quota_count = 1;
    at.wish.numbers[0] = 2;

    quota.side = 0;
    quota.least = 1;
    assert_int_equal(plan(&at), TRUCE_OK);
    assert_true(goes(&at, "a") && goes(&at, "c"));
    done(&at);

    quota.least = 0;
    quota.most = 0;
    assert_int_equal(plan(&at), TRUCE_OK);
    assert_int_equal(why_not(&at, "c"), TRUCE_BEYOND_QUOTA);
    done(&at);
}

static void a_quota_beyond_those_there_says_where_it_stands(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_QUOTA);
    ADD(&at, 0, "a");
    add(&at, 0, "b")->class_index = 1;
    truce_quota quota = {.place = {"rules.yaml", 7, 3},
                         .class_name = "women",
                         .side = 0,
                         .least = 2,
                         .most = UINT64_MAX};
    at.wish.quotas = &quota;
    at.wish.quota_count = 1;

    assert_int_equal(plan(&at), TRUCE_NONE);
    assert_string_equal(
        at.plan->short_of,
        "rules.yaml:7: a quota asks for at least 2 of class \"women\" of RU: 1 can go");
    assert_int_equal(at.plan->most[0], 1);
    done(&at);
}

static void quotas_that_ask_for_more_than_the_number_are_none(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_NUMBER);
    add(&at, 0, "a")->class_index = 1;
    add(&at, 0, "b")->class_index = 2;
    truce_quota quotas[] = {{.class_name = "women", .least = 1, .most = 9},
                            {.class_name = "young", .least = 1, .most = 9}};
    at.wish.quotas = quotas;
    at.wish.quota_count = 2;
    at.wish.numbers[0] = 1;

    assert_int_equal(plan(&at), TRUCE_NONE);
    assert_string_equal(at.plan->short_of,
                        "the quotas ask for at least 2 of RU, and the number is 1");
    done(&at);
}

static void quotas_speak_of_sides_as_the_rules_order_them(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_QUOTA);
    ADD(&at, 0, "a");
    ADD(&at, 1, "b");
    truce_quota quota = {.class_name = "", .side = 0, .most = 0};
    at.wish.quotas = &quota;
    at.wish.quota_count = 1;
    at.wish.sides[0] = "UA";
    at.wish.sides[1] = "RU";

    assert_int_equal(plan(&at), TRUCE_OK);
    assert_true(goes(&at, "a"));
    assert_int_equal(why_not(&at, "b"), TRUCE_BEYOND_QUOTA);
    done(&at);
}

/* ---- tariffs --------------------------------------------------------------------- */

static const truce_rank_points tariff[] = {{.rank = "private", .points = 1},
                                           {.rank = "major", .points = 8}};

static void give_tariff(desk *at, size_t count)
{
    at->wish.tariff = tariff;
    at->wish.tariff_count = count;
}

/* A major is worth 8 privates, and there are 9: all but one private go. */
static void totals_of_points_are_equal(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_TARIFF);
    add(&at, 0, "M")->rank = 2;
    ADD(&at, 1, "a", "b", "c", "d", "e", "f", "g", "h", "i");
    for (size_t k = 1; k < 10; k++)
        at.people[k].rank = 1;
    give_tariff(&at, 2);

    assert_int_equal(plan(&at), TRUCE_OK);
    assert_int_equal(at.plan->leg_count, 9);
    assert_int_equal(why_not(&at, "i"), TRUCE_BEYOND_NUMBER);
    assert_int_equal(at.plan->stages[0].points[0], 8);
    assert_int_equal(at.plan->stages[0].points[1], 8);
    done(&at);
}

static void totals_that_cannot_be_equal_are_none(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_TARIFF);
    add(&at, 0, "M")->rank = 2;
    add(&at, 1, "a")->rank = 1;
    give_tariff(&at, 2);
    assert_int_equal(plan(&at), TRUCE_NONE);
    assert_string_equal(at.plan->short_of,
                        "no total of points above 0 can be had of both RU and UA");
    done(&at);
}

static void a_rank_without_points_is_told_with_its_line(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_TARIFF);
    add(&at, 0, "M")->rank = 2;
    give_tariff(&at, 1);
    assert_int_equal(plan(&at), TRUCE_CALL);
    assert_string_equal(at.error.message,
                        "RU.csv:2: the tariff has no points for rank \"major\" of M");
}

static bool at_once(void *user)
{
    (void)user;
    return true;
}

static void a_tariff_that_is_stopped_is_real_but_not_proved(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_TARIFF);
    add(&at, 0, "a")->rank = 1;
    add(&at, 1, "b")->rank = 1;
    give_tariff(&at, 2);
    at.lists.people = at.people;
    truce_stop stop = {.cancelled = at_once};
    assert_int_equal(
        truce_exchange_plan(&at.lists, &at.wish, &stop, &at.plan, &at.error),
        TRUCE_LIMIT);
    assert_int_equal(at.plan->finding.proof.how, TRUCE_BOUNDED);
    assert_int_equal(at.plan->heads[0], at.plan->heads[1]);
    done(&at);
}

/* ---- days, totals and files ------------------------------------------------------ */

static void days_that_nothing_ties_together_are_refused(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_ALL);
    add(&at, 0, "a")->ready_from = 20000;
    assert_int_equal(plan(&at), TRUCE_CALL);
    assert_non_null(strstr(at.error.message, "RU.csv:2: a is ready on certain dates"));

    at.wish.from = 20000;
    assert_int_equal(plan(&at), TRUCE_OK);
    assert_true(goes(&at, "a"));
    done(&at);
}

static void everybody_counts_as_one_thing(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_ALL);
    truce_person *first = add(&at, 0, "a");
    first->owed = true;
    first->health = TRUCE_SERIOUSLY_WOUNDED;
    add(&at, 0, "b")->health = TRUCE_SICK;
    add(&at, 0, "c")->captured = 19999 - 365;
    add(&at, 0, "d")->captured = 20000 - 365;
    at.wish.from = 20000;

    assert_int_equal(plan(&at), TRUCE_OK);
    const truce_stage_totals *stage = &at.plan->stages[0];
    assert_int_equal(stage->heads[0], 4);
    assert_int_equal(stage->owed[0], 1);
    assert_int_equal(stage->wounded[0], 1);
    assert_int_equal(stage->long_held[0], 1);
    assert_int_equal(stage->other[0], 1);
    done(&at);
}

typedef truce_status writer(const truce_plan *plan, FILE *out);

static char *written(const desk *at, writer *write)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_int_equal(write(at->plan, out), TRUCE_OK);
    fclose(out);
    return text;
}

static void a_plan_is_written_by_ids(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_ALL);
    add(&at, 0, "a")->owed = true;
    add(&at, 1, "b")->site = 1;
    truce_person *claimed = add(&at, 1, "c");
    claimed->status = TRUCE_PERSON_CLAIMED;
    claimed->eligible = false;
    at.wish.from = 20226;
    assert_int_equal(plan(&at), TRUCE_OK);

    char *text = written(&at, truce_plan_write_csv);
    assert_string_equal(text, "stage,day,site,direction,id,class,pair,reason\n"
                              "1,2025-05-18,,RU>UA,a,,,owed\n"
                              "1,2025-05-18,\"Gate 1, north\",UA>RU,b,,,other\n");
    free(text);
    text = written(&at, truce_plan_write_exceptions);
    assert_string_equal(text, "id,holder,home,class,status,reason\n"
                              "c,UA,RU,,claimed,not-verified\n");
    free(text);
    done(&at);
}

static void a_plan_in_json_has_the_wish_and_the_totals(void **state)
{
    (void)state;
    desk at = desk_of(TRUCE_EXCHANGE_NUMBER);
    strcpy(at.lists.sha256[0], "abc");
    ADD(&at, 0, "a");
    ADD(&at, 1, "b");
    at.wish.numbers[0] = at.wish.numbers[1] = 1;
    assert_int_equal(plan(&at), TRUCE_OK);

    char *text = written(&at, truce_plan_write_json);
    assert_non_null(strstr(text, "\"sha256\":\"abc\""));
    assert_non_null(
        strstr(text, "\"mode\":\"n\",\"numbers\":[1,1],\"owed\":\"outside\""));
    assert_non_null(strstr(text, "\"eligible\":[1,1],\"heads\":[1,1]"));
    free(text);
    done(&at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(priority_of_class_then_time_held_then_id_decides),
        cmocka_unit_test(ids_are_compared_far_behind_what_they_begin_with),
        cmocka_unit_test(the_owed_go_beside_the_number),
        cmocka_unit_test(the_owed_fill_the_number_when_inside),
        cmocka_unit_test(who_is_owed_and_cannot_travel_is_an_exception),
        cmocka_unit_test(who_is_never_ready_takes_nobodys_place),
        cmocka_unit_test(a_number_beyond_those_there_says_how_many_there_are),
        cmocka_unit_test(a_ratio_is_held_as_often_as_can_be),
        cmocka_unit_test(a_ratio_that_cannot_be_held_once_is_none),
        cmocka_unit_test(a_quota_fills_before_those_who_rank_first),
        cmocka_unit_test(a_quota_beyond_those_there_says_where_it_stands),
        cmocka_unit_test(quotas_that_ask_for_more_than_the_number_are_none),
        cmocka_unit_test(quotas_speak_of_sides_as_the_rules_order_them),
        cmocka_unit_test(totals_of_points_are_equal),
        cmocka_unit_test(totals_that_cannot_be_equal_are_none),
        cmocka_unit_test(a_rank_without_points_is_told_with_its_line),
        cmocka_unit_test(a_tariff_that_is_stopped_is_real_but_not_proved),
        cmocka_unit_test(days_that_nothing_ties_together_are_refused),
        cmocka_unit_test(everybody_counts_as_one_thing),
        cmocka_unit_test(a_plan_is_written_by_ids),
        cmocka_unit_test(a_plan_in_json_has_the_wish_and_the_totals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
