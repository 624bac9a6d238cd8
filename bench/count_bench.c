/* How fast outcomes are counted: 8 issues of 10 values, 10^8 outcomes, with floors, a
 * rule, a bonus and red lines, for two and for four parties. The last line, the sum of
 * all counts, changes only when answers do. */
#include "made.h"

#include "solve/archive.h"
#include "solve/count.h"

#include <inttypes.h>

enum { ISSUES = 8, VALUES = 10 };

static void write_preferences(pen *one, unsigned party, unsigned floor)
{
    fprintf(one->to, "  p%u:\n    outside: {worth: %u}\n    weights: {", party, floor);
    for (unsigned i = 0; i < ISSUES; i++)
        fprintf(one->to, "%si%u: %u", i ? ", " : "", i, 1 + draw(one, 20));
    fprintf(one->to, "}\n    worth: {");
    for (unsigned i = 0; i < ISSUES; i++) {
        fprintf(one->to, "%si%u: [", i ? ", " : "", i);
        for (unsigned v = 0; v < VALUES; v++)
            fprintf(one->to, "%s%u", v ? ", " : "", draw(one, 101));
        fprintf(one->to, "]");
    }
    fprintf(one->to, "}\n    bonus: [{if: \"i0 = v%u and i7 >= v5\", worth: 8}]\n",
            draw(one, VALUES));
    fprintf(one->to, "    red-lines: [{if: \"i3 = v%u", draw(one, VALUES));
    fprintf(one->to, " and i5 <= v%u\"}]\n", draw(one, VALUES));
}

static truce_scenario *talks_of(unsigned parties, unsigned floor)
{
    pen one;
    pen_begin(&one, parties);
    write_parties(&one, parties);
    write_issues(&one, ISSUES, VALUES);
    fprintf(one.to, "preferences:\n");
    for (unsigned p = 0; p < parties; p++)
        write_preferences(&one, p, floor);
    fprintf(one.to,
            "rules: {r1: {by: logic, if: \"i1 <= v3\", then: \"i6 in {v2, v5}\"}}\n");
    return pen_end(&one);
}

/* What is run three times. */
typedef struct job {
    const space *compiled;
    const acceptance *what;
    truce_list over;
    uint64_t answer;
} job;

static uint64_t counted(const job *of, const count_choices *choices)
{
    count_result result;
    mpz_inits(result.least, result.most, NULL);
    count_accepted(of->compiled, of->what, choices, NULL, &result);
    uint64_t count = mpz_get_ui(result.least);
    mpz_clears(result.least, result.most, NULL);
    return count;
}

static void count(void *user)
{
    job *of = user;
    of->answer = counted(of, NULL);
}

static bool take_in(void *user, const truce_value *outcome)
{
    archive_add(user, outcome);
    return true;
}

static bool is_wanted(void *user, const wide *most)
{
    return archive_wants(user, most);
}

static void find_efficient(void *user)
{
    job *of = user;
    archive *efficient = archive_new(of->compiled, of->over, 1);
    counted(of, &(count_choices){
                    .meet = take_in, .is_worth = is_wanted, .user = efficient});
    of->answer = 0;
    for (size_t k = 0; k < efficient->count; k++)
        of->answer += efficient->points[k].count;
    archive_free(efficient);
}

static uint64_t report(const char *what, void (*run)(void *), job *of)
{
    double seconds = best_of_three(run, of);
    printf("%7zu  %-12s %9" PRIu64 "  %8.3f s  %7.0f million outcomes/s\n",
           of->compiled->party_count, what, of->answer, seconds, 1e2 / seconds);
    return of->answer;
}

static uint64_t measure(unsigned parties, unsigned floor)
{
    static const size_t everybody[] = {0, 1, 2, 3};
    arena memory = {0};
    truce_scenario *scenario = talks_of(parties, floor);
    space *compiled = space_new(scenario, NULL);
    acceptance needed = acceptance_of_needed(compiled, 0, &memory);
    acceptance principals = acceptance_of_principals(compiled, &memory);
    job of = {.compiled = compiled, .over = {everybody, parties}};
    of.what = &needed;
    uint64_t work = report("acceptable", count, &of);
    of.what = &principals;
    work += report("principals", count, &of);
    of.what = &needed;
    work += report("efficient", find_efficient, &of);
    arena_free(&memory);
    space_free(compiled);
    truce_scenario_free(scenario);
    return work;
}

int main(void)
{
    printf("10^8 outcomes, one thread, best of three\nparties  %-12s %9s\n", "question",
           "answer");
    uint64_t work = measure(2, 45);
    work += measure(4, 45);
    printf("work %" PRIu64 "\n", work);
    return 0;
}
