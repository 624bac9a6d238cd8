/* Tournaments: statistics against published values and brute force, games with known
 * equilibria, jobs, and stores that are cut and put together again. */
#include "made.h"

#include "base/random.h"

#include "tournament/game.h"
#include "tournament/jobs.h"
#include "tournament/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define near(a, b, by) assert_true(fabs((a) - (b)) <= (by))

/* ---- statistics ---------------------------------------------------------------------------- */

/* Critical values of Student's t, two-sided (any table of them; Student 1908, Fisher). */
static void student_p_gives_the_tables(void **state)
{
    (void)state;
    near(student_p(12.706205, 1), 0.05, 1e-7);
    near(student_p(2.228139, 10), 0.05, 1e-7);
    near(student_p(3.169273, 10), 0.01, 1e-7);
    near(student_p(2.00855911, 50), 0.05, 1e-7);
    near(student_p(0, 7), 1, 1e-15);
    near(student_p(1, 1), 0.5, 1e-14); /* the Cauchy distribution: arctan */
    near(student_p(-1, 1), 0.5, 1e-14);
}

/* By Simpson's rule on the density. */
static double p_by_area(double t, double v)
{
    enum { PIECES = 200000 };
    double c = exp(lgamma((v + 1) / 2) - lgamma(v / 2)) / sqrt(v * acos(-1));
    double sum = 0, step = fabs(t) / PIECES;
    for (int k = 0; k <= PIECES; k++) {
        double x = k * step;
        double weight = k == 0 || k == PIECES ? 1 : k % 2 ? 4 : 2;
        sum += weight * c * pow(1 + x * x / v, -(v + 1) / 2);
    }
    return 1 - 2 * sum * step / 3;
}

static void student_p_is_the_area_under_the_density(void **state)
{
    (void)state;
    for (int v = 1; v <= 60; v += 7)
        for (double t = 0.25; t < 6; t += 0.75)
            near(student_p(t, v), p_by_area(t, v), 1e-9);
}

/* Student's own data: hours of sleep gained by two drugs (Biometrika 1908): t = 4.0621 of
 * the differences, p = 0.00283. */
static void the_paired_test_gives_students_sleep(void **state)
{
    (void)state;
    const double gained[] = {1.2, 2.4, 1.3, 1.3, 0, 1.0, 1.8, 0.8, 4.6, 1.4};
    double t, p = paired_t(gained, 10, &t);
    near(t, 4.0621, 5e-5);
    near(p, 0.00283, 5e-6);
    double same[] = {1, 1, 1};
    assert_true(isnan(paired_t(same, 3, &t)) && isnan(t));
}

/* All signs tried, by doubled midranks counted afresh. */
static double p_by_all_signs(const double *differences, size_t count)
{
    double size[16], rank[16], sum = 0, all = 0;
    size_t n = 0, low = 0;
    double signs[16];
    for (size_t k = 0; k < count; k++)
        if (differences[k] != 0) {
            signs[n] = differences[k];
            size[n++] = fabs(differences[k]);
        }
    for (size_t k = 0; k < n; k++) {
        size_t below = 0, same = 0;
        for (size_t i = 0; i < n; i++) {
            below += size[i] < size[k];
            same += size[i] == size[k];
        }
        rank[k] = 2 * (double)below + (double)same + 1;
        all += rank[k];
        sum += signs[k] > 0 ? rank[k] : 0;
    }
    double least = fmin(sum, all - sum);
    for (uint32_t mask = 0; mask < 1u << n; mask++) {
        double here = 0;
        for (size_t k = 0; k < n; k++)
            here += mask >> k & 1 ? rank[k] : 0;
        low += here <= least;
    }
    return fmin(1, 2 * (double)low / (double)(1u << n));
}

static void wilcoxon_agrees_with_all_signs_tried(void **state)
{
    (void)state;
    for (uint64_t task = 0; task < 300; task++) {
        random_stream dice = random_begin(5, task);
        double differences[12], w;
        size_t count = 1 + random_below(&dice, 12);
        bool some = false;
        for (size_t k = 0; k < count; k++) {
            differences[k] = (double)random_below(&dice, 11) - 5;
            some = some || differences[k] != 0;
        }
        double p = wilcoxon(differences, count, &w);
        if (some)
            near(p, p_by_all_signs(differences, count), 1e-12);
        else
            assert_true(isnan(p));
    }
}

/* Holm's procedure by hand: 0.01, 0.04, 0.03, 0.005 of four. */
static void holm_corrects_step_by_step(void **state)
{
    (void)state;
    double p[] = {0.01, 0.04, 0.03, 0.005, NAN};
    holm(p, 5);
    near(p[0], 0.03, 1e-15);
    near(p[1], 0.06, 1e-15);
    near(p[2], 0.06, 1e-15);
    near(p[3], 0.02, 1e-15);
    assert_true(isnan(p[4]));
}

static void intervals_hold_the_mean_and_shrink_with_more_values(void **state)
{
    (void)state;
    double values[400], low, high, wide;
    for (int k = 0; k < 400; k++)
        values[k] = k % 2;
    bootstrap(values, 20, 2000, 1, &low, &high);
    wide = high - low;
    assert_true(low < 0.5 && 0.5 < high);
    bootstrap(values, 400, 2000, 1, &low, &high);
    near(low, 0.5 - 1.96 * 0.025, 0.01);
    near(high, 0.5 + 1.96 * 0.025, 0.01);
    assert_true(high - low < wide);
}

/* ---- games ----------------------------------------------------------------------------------- */

/* Hawk and dove (Maynard Smith, Price 1973), value 2, cost 4: half hawks. */
static void hawk_and_dove_mix_half_and_half(void **state)
{
    (void)state;
    const double payoff[] = {-1, 2, 0, 1};
    arena memory = {0};
    truce_mix *mixes;
    game all = game_of(payoff, 2, 2, &memory);
    size_t supports, count = game_equilibria(&all, NULL, 0, &memory, &mixes, &supports);
    assert_int_equal(count, 1);
    near(mixes[0].shares[0], 0.5, 1e-12);
    near(mixes[0].value, 0.5, 1e-12);
    assert_true(mixes[0].stable && !mixes[0].pure);
    double shares[] = {0.9, 0.1};
    game_replicate(&all, shares);
    near(shares[0], 0.5, 1e-6);
    arena_free(&memory);
}

static void the_prisoners_dilemma_has_one_equilibrium(void **state)
{
    (void)state;
    const double payoff[] = {3, 0, 5, 1};
    arena memory = {0};
    truce_mix *mixes;
    truce_rest *rests;
    game all = game_of(payoff, 2, 2, &memory);
    size_t supports, count = game_equilibria(&all, NULL, 0, &memory, &mixes, &supports);
    assert_int_equal(count, 1);
    near(mixes[0].shares[1], 1, 0);
    assert_true(mixes[0].pure);
    assert_int_equal(game_rests(&all, 50, 1, &memory, &rests), 1);
    near(rests[0].starts, 1, 1e-12);
    arena_free(&memory);
}

static void rock_paper_scissors_is_a_third_each(void **state)
{
    (void)state;
    const double payoff[] = {0, -1, 1, 1, 0, -1, -1, 1, 0};
    arena memory = {0};
    truce_mix *mixes;
    game all = game_of(payoff, 3, 2, &memory);
    size_t supports, count = game_equilibria(&all, NULL, 0, &memory, &mixes, &supports);
    assert_int_equal(count, 1);
    for (int k = 0; k < 3; k++)
        near(mixes[0].shares[k], 1.0 / 3, 1e-12);
    arena_free(&memory);
}

/* Against the closed form of two strategies of fixed payoffs, 1 and 0: the odds of the first
 * grow as e to the time. */
static void the_way_of_two_is_a_logistic_curve(void **state)
{
    (void)state;
    const double payoff[] = {1, 1, 0, 0};
    arena memory = {0};
    const double *times, *path;
    double shares[] = {0.5, 0.5};
    game all = game_of(payoff, 2, 2, &memory);
    size_t count = game_path(&all, shares, &memory, &times, &path);
    assert_true(count > 30 && count <= PATH_MOST);
    for (size_t k = 0; k < count; k++)
        near(path[2 * k], 1 / (1 + exp(-times[k])), 1e-9);
    arena_free(&memory);
}

/* Paper, scissors, stone with a loss of more than the gain turns outwards for ever, so the
 * way is thinned. */
static void a_way_begins_even_sums_to_one_and_ends_where_it_rests(void **state)
{
    (void)state;
    const double games[][9] = {{0, -1, 1, 1, 0, -1, -1, 1, 0},
                               {0, -3, 1, 1, 0.01, -3, -3, 1, 0},
                               {5, 1, 2, 3, 3, 1, 4, 0, 2},
                               {7, 7, 7, 7, 7, 7, 7, 7, 7}};
    for (size_t g = 0; g < 4; g++) {
        arena memory = {0};
        const double *times, *path;
        double shares[] = {1.0 / 3, 1.0 / 3, 1.0 / 3}, rest[3];
        memcpy(rest, shares, sizeof rest);
        game all = game_of(games[g], 3, 2, &memory);
        game_replicate(&all, rest);
        size_t count = game_path(&all, shares, &memory, &times, &path);
        assert_true(count >= 1 && count <= PATH_MOST && times[0] == 0);
        assert_memory_equal(path + 3 * (count - 1), rest, sizeof rest);
        for (size_t k = 0; k < count; k++) {
            near(path[3 * k] + path[3 * k + 1] + path[3 * k + 2], 1, 1e-12);
            near(k > 0 ? 0 : path[0], k > 0 ? 0 : 1.0 / 3, 0);
            assert_true(k == 0 || times[k] > times[k - 1]);
        }
        arena_free(&memory);
    }
}

/* Every mix found leaves nothing to gain, and every pure strategy that is a best reply to
 * itself is among them. */
static void equilibria_of_random_games_leave_no_regret(void **state)
{
    (void)state;
    enum { N = 5 };
    for (uint64_t task = 0; task < 200; task++) {
        random_stream dice = random_begin(9, task);
        double payoff[N * N];
        for (int k = 0; k < N * N; k++)
            payoff[k] = (double)random_below(&dice, 1000);
        arena memory = {0};
        truce_mix *mixes;
        game all = game_of(payoff, N, 2, &memory);
        size_t supports,
            count = game_equilibria(&all, NULL, 0, &memory, &mixes, &supports);
        size_t pure = 0, expected = 0;
        assert_true(count > 0 && supports == N); /* Nash 1951: there is one */
        for (size_t m = 0; m < count; m++) {
            pure += mixes[m].pure;
            for (int i = 0; i < N; i++) {
                double gets = 0;
                for (int j = 0; j < N; j++)
                    gets += payoff[i * N + j] * mixes[m].shares[j];
                assert_true(gets <= mixes[m].value + 1e-6);
            }
        }
        for (int a = 0; a < N; a++) {
            bool best = true;
            for (int b = 0; b < N; b++)
                best = best && payoff[b * N + a] <= payoff[a * N + a];
            expected += best;
        }
        assert_int_equal(pure, expected);
        arena_free(&memory);
    }
}

/* ---- games of more than two ------------------------------------------------------------------- */

/* The volunteer's dilemma (Diekmann 1985): who volunteers pays 0.3 for what is worth 1 to
 * all. Nobody does with probability 0.3^(1 / (players - 1)). */
static void volunteers_are_as_rare_as_diekmann_says(void **state)
{
    (void)state;
    for (size_t players = 3; players <= 6; players++) {
        double payoff[64];
        size_t others = (size_t)1 << (players - 1);
        for (size_t rest = 0; rest < others; rest++) {
            payoff[rest] = 0.7; /* volunteers: strategy 0 */
            payoff[others + rest] =
                rest + 1 < others; /* some bit is 0: one of them does */
        }
        arena memory = {0};
        game all = game_of(payoff, 2, players, &memory);
        truce_mix *mixes;
        size_t supports,
            count = game_equilibria(&all, NULL, 0, &memory, &mixes, &supports);
        double nobody = pow(0.3, 1 / (double)(players - 1));
        assert_int_equal(count, 1);
        assert_int_equal(supports, 2);
        near(mixes[0].shares[1], nobody, 1e-12);
        near(mixes[0].value, 0.7, 1e-12);
        assert_true(mixes[0].stable && !mixes[0].pure);
        double shares[] = {0.9, 0.1};
        game_replicate(&all, shares);
        near(shares[1], nobody, 1e-6);
        arena_free(&memory);
    }
}

/* Three players on three roads, each slowed by those on the same: a third on each. The
 * dynamics rest there, which is where a mix of three is looked for. */
static void three_on_three_roads_are_a_third_on_each(void **state)
{
    (void)state;
    double payoff[27];
    for (int k = 0; k < 27; k++)
        payoff[k] = -(k / 9 == k / 3 % 3) - (k / 9 == k % 3);
    arena memory = {0};
    game all = game_of(payoff, 3, 3, &memory);
    truce_rest *rests;
    truce_mix *mixes;
    size_t supports, rest_count = game_rests(&all, 40, 1, &memory, &rests);
    assert_int_equal(rest_count, 1);
    size_t count = game_equilibria(&all, rests, rest_count, &memory, &mixes, &supports);
    assert_int_equal(count, 1);
    for (int k = 0; k < 3; k++)
        near(mixes[0].shares[k], 1.0 / 3, 1e-6);
    assert_true(mixes[0].stable && !mixes[0].pure);
    arena_free(&memory);
}

/* Coordination of three: both pure, and one mix that no intruder is kept out of. */
static void who_must_meet_meets_at_either_place(void **state)
{
    (void)state;
    const double payoff[] = {2, 0, 0, 0, 0, 0, 0, 1};
    arena memory = {0};
    game all = game_of(payoff, 2, 3, &memory);
    truce_mix *mixes;
    size_t supports, count = game_equilibria(&all, NULL, 0, &memory, &mixes, &supports);
    assert_int_equal(count, 3);
    assert_true(mixes[0].pure && mixes[0].stable && mixes[1].pure && mixes[1].stable);
    assert_true(!mixes[2].pure && !mixes[2].stable);
    near(mixes[2].shares[0], 1 / (1 + sqrt(2)), 1e-12); /* 2 x^2 = (1 - x)^2 */
    arena_free(&memory);
}

/* Random games of three players: all equilibria leave no regret, reckoned pair by pair of
 * the others, and the pure ones are those that trying all finds. */
static void equilibria_of_random_games_of_three_leave_no_regret(void **state)
{
    (void)state;
    enum { N = 4 };
    size_t mixed = 0;
    for (uint64_t task = 0; task < 100; task++) {
        random_stream dice = random_begin(10, task);
        double payoff[N][N][N];
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++)
                for (int k = j; k < N; k++)
                    payoff[i][j][k] = payoff[i][k][j] =
                        (double)random_below(&dice, 1000);
        arena memory = {0};
        game all = game_of(&payoff[0][0][0], N, 3, &memory);
        truce_rest *rests;
        truce_mix *mixes;
        size_t supports, rest_count = game_rests(&all, 20, 1, &memory, &rests);
        size_t count =
            game_equilibria(&all, rests, rest_count, &memory, &mixes, &supports);
        size_t pure = 0, expected = 0;
        for (size_t m = 0; m < count; m++) {
            pure += mixes[m].pure;
            mixed += !mixes[m].pure;
            for (int i = 0; i < N; i++) {
                double gets = 0;
                for (int j = 0; j < N; j++)
                    for (int k = 0; k < N; k++)
                        gets +=
                            payoff[i][j][k] * mixes[m].shares[j] * mixes[m].shares[k];
                assert_true(gets <= mixes[m].value + 1e-2);
                if (mixes[m].shares[i] > 1e-9)
                    assert_true(gets >= mixes[m].value - 1e-2);
            }
        }
        for (int a = 0; a < N; a++) {
            bool best = true;
            for (int b = 0; b < N; b++)
                best = best && payoff[b][a][a] <= payoff[a][a][a];
            expected += best;
        }
        assert_int_equal(pure, expected);
        arena_free(&memory);
    }
    assert_true(mixed > 50);
}

/* ---- plans ----------------------------------------------------------------------------------- */

static truce_status parsed(const char *text, truce_contest **plan,
                           truce_diagnostics *wrong)
{
    return truce_contest_parse("plan.yaml", text, strlen(text), plan, wrong);
}

static void a_plan_is_read_key_by_key(void **state)
{
    (void)state;
    truce_contest *plan;
    truce_diagnostics *wrong = truce_diagnostics_new();
    assert_int_equal(parsed("strategies: [micro, 'boulware:e=5']\n"
                            "scenarios: [a.yaml, b]\nrounds: 50\nrepetitions: 3\n"
                            "self-play: no\nseed: 7\nas: genius\nscore: advantage\n",
                            &plan, wrong),
                     TRUCE_OK);
    assert_int_equal(plan->strategies.count, 2);
    assert_string_equal(plan->strategies.items[1], "boulware:e=5");
    assert_int_equal(plan->rounds, 50);
    assert_true(plan->without_self_play && plan->as == TRUCE_AS_GENIUS);
    assert_int_equal(plan->score, TRUCE_SCORE_ADVANTAGE);
    truce_contest_free(plan);
    truce_diagnostics_free(wrong);
}

static void mistakes_in_a_plan_have_places(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
        uint32_t line, column;
    } all[] = {
        {"strategies: [mikro]\nscenarios: [a]\n", "did you mean \"micro\"?", 1, 14},
        {"strategies: [micro]\nscenarios: [a]\nrounds: many\n", "whole number", 3, 9},
        {"strategies: [micro]\nscenarios: [a]\nscore: utlity\n", "utlity", 3, 8},
        {"strategies: [micro]\nscenarios: [a]\nround: 3\n", "no key", 3, 1},
        {"strategies: []\nscenarios: [a]\n", "list of at least one", 1, 13},
        {"strategies: [micro]\n", "no \"scenarios\"", 1, 1},
        {"strategies: [micro]\nscenarios: [a]\nprotocol: soa\n", "sao", 3, 11},
        {"strategies: [micro]\nscenarios: [a]\nparties: 1\n", "from 2", 3, 10},
        {"strategies: [{a: 1}]\nscenarios: [a]\n", "must be a text", 1, 14},
    };
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        truce_contest *plan;
        truce_diagnostics *wrong = truce_diagnostics_new();
        assert_int_equal(parsed(all[k].text, &plan, wrong), TRUCE_INPUT);
        assert_non_null(strstr(wrong->items[0].message, all[k].says));
        assert_int_equal(wrong->items[0].place.line, all[k].line);
        assert_int_equal(wrong->items[0].place.column, all[k].column);
        truce_diagnostics_free(wrong);
    }
}

static void assignments_leave_out_self_play_when_asked(void **state)
{
    (void)state;
    const char *names[] = {"a", "b", "c"};
    jobs all = {.plan = {.strategies = {names, 3}, .parties = 2, .repetitions = 1},
                .field_count = 2,
                .assignments = 9,
                .all = 18};
    size_t seats[2];
    assert_int_equal(jobs_count(&all, 0, 0), 18);
    assert_int_equal(jobs_count(&all, 1, 4) + jobs_count(&all, 2, 4) +
                         jobs_count(&all, 3, 4) + jobs_count(&all, 4, 4),
                     18);
    all.plan.without_self_play = true;
    assert_int_equal(jobs_count(&all, 0, 0), 12);
    assert_true(assignment_seats(&all, 5, seats));
    assert_int_equal(seats[0], 1);
    assert_int_equal(seats[1], 2);
    assert_false(assignment_seats(&all, 4, seats));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(student_p_gives_the_tables),
        cmocka_unit_test(student_p_is_the_area_under_the_density),
        cmocka_unit_test(the_paired_test_gives_students_sleep),
        cmocka_unit_test(wilcoxon_agrees_with_all_signs_tried),
        cmocka_unit_test(holm_corrects_step_by_step),
        cmocka_unit_test(intervals_hold_the_mean_and_shrink_with_more_values),
        cmocka_unit_test(hawk_and_dove_mix_half_and_half),
        cmocka_unit_test(the_prisoners_dilemma_has_one_equilibrium),
        cmocka_unit_test(rock_paper_scissors_is_a_third_each),
        cmocka_unit_test(the_way_of_two_is_a_logistic_curve),
        cmocka_unit_test(a_way_begins_even_sums_to_one_and_ends_where_it_rests),
        cmocka_unit_test(equilibria_of_random_games_leave_no_regret),
        cmocka_unit_test(volunteers_are_as_rare_as_diekmann_says),
        cmocka_unit_test(three_on_three_roads_are_a_third_on_each),
        cmocka_unit_test(who_must_meet_meets_at_either_place),
        cmocka_unit_test(equilibria_of_random_games_of_three_leave_no_regret),
        cmocka_unit_test(a_plan_is_read_key_by_key),
        cmocka_unit_test(mistakes_in_a_plan_have_places),
        cmocka_unit_test(assignments_leave_out_self_play_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
