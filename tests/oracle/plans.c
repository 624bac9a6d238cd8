/* The oracle of whole plans: random lists of a few people, in every mode, with stages, days of
 * readiness, room at sites and owed people, against every way to send everybody in any stage
 * or not at all. Written from docs/exchange-method.md and the public header.
 *
 * Of each plan: what must hold does hold; nobody carries more owed, or as many and more
 * people; and when the plan says that all it chose is proved, nobody could carry more. That
 * none can be is said only when none can.
 *
 *     plans_oracle [--count 2000] [--from 0] [--show K]
 *
 * ends with "N passed, M failed". */
#include "base/random.h"
#include "exchange_made.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_A_SIDE = 4, MOST_STAGES = 2 };

static const truce_rank_points tariff[] = {{.rank = "", .points = 1},
                                           {.rank = "private", .points = 2},
                                           {.rank = "major", .points = 3}};

typedef struct game {
    made_exchange made;
    truce_quota quota;
    uint8_t stage[2 * MOST_A_SIDE]; /* of each person, 0: stays */
} game;

/* What a way to send people comes to; more of the first that differs is better. */
typedef struct score {
    uint32_t
        outside[MOST_STAGES];     /* owed outside the number, gone by the end of each */
    uint32_t inside[MOST_STAGES]; /* and of those owed inside it */
    uint32_t outside_all, owed, heads;
} score;

/* ---- making one ------------------------------------------------------------------- */

static void make_person(game *g, random_stream *dice, truce_person *who)
{
    who->class_index = (uint32_t)random_below(dice, 2);
    who->rank = (uint32_t)random_below(dice, 3);
    who->site = (uint32_t)random_below(dice, 3);
    who->owed = random_below(dice, 4) == 0;
    who->status = random_below(dice, 8) > 0 ? TRUCE_PERSON_VERIFIED : TRUCE_PERSON_DEAD;
    who->eligible = who->status == TRUCE_PERSON_VERIFIED;
    if (random_below(dice, 3) == 0)
        who->ready_from = 1 + (int32_t)random_below(dice, g->made.wish.stage_count);
    if (random_below(dice, 3) == 0)
        who->ready_to = 1 + (int32_t)random_below(dice, g->made.wish.stage_count);
}

static void make_limits(game *g, random_stream *dice)
{
    static const char *const sites[] = {NULL, "", "north", "south"};
    size_t limits = (size_t)random_below(dice, 3);
    for (size_t k = 0; k < limits; k++)
        made_limit(
            &g->made, sites[random_below(dice, 4)], (int)random_below(dice, 3) - 1,
            random_below(dice, 2) ? 1 + (int32_t)random_below(dice, 2) : TRUCE_NO_DAY,
            random_below(dice, 3));
}

static void make(game *g, random_stream *dice)
{
    *g = (game){.stage = {0}};
    truce_exchange_mode mode = (truce_exchange_mode)random_below(dice, 5);
    made_begin(&g->made, mode, 1 + (size_t)random_below(dice, MOST_STAGES));
    truce_exchange_wish *wish = &g->made.wish;
    wish->owed_inside = random_below(dice, 2);
    wish->delta = random_below(dice, 2);
    for (int side = 0; side < 2; side++)
        wish->numbers[side] =
            1 + random_below(dice, mode == TRUCE_EXCHANGE_RATIO ? 2 : 3);
    if (mode == TRUCE_EXCHANGE_TARIFF) {
        wish->tariff = tariff;
        wish->tariff_count = 3;
    }
    if (mode == TRUCE_EXCHANGE_QUOTA) {
        g->quota = (truce_quota){
            .class_name = "women", .side = -1, .most = random_below(dice, 3)};
        wish->quotas = &g->quota;
        wish->quota_count = 1;
    }
    for (unsigned side = 0; side < 2; side++)
        made_add_all(&g->made, side, 1 + (size_t)random_below(dice, MOST_A_SIDE));
    for (size_t k = 0; k < g->made.lists.count; k++)
        make_person(g, dice, &g->made.people[k]);
    make_limits(g, dice);
    g->made.lists.people = g->made.people;
}

/* ---- what must hold ------------------------------------------------------------------ */

static bool is_outside(const game *g, const truce_person *who)
{
    return who->owed && !g->made.wish.owed_inside;
}

static bool is_ready(const truce_person *who, int32_t day)
{
    return who->eligible &&
           (who->ready_from == TRUCE_NO_DAY || day >= who->ready_from) &&
           (who->ready_to == TRUCE_NO_DAY || day <= who->ready_to);
}

static bool everybody_is_ready(const game *g)
{
    for (size_t k = 0; k < g->made.lists.count; k++)
        if (g->stage[k] > 0 && !is_ready(&g->made.people[k], g->stage[k]))
            return false;
    return true;
}

/* A limit without a site is one for each. */
static bool has_room(const game *g)
{
    for (size_t c = 0; c < g->made.wish.capacity_count; c++) {
        const truce_capacity *limit = &g->made.capacities[c];
        uint64_t leave[MOST_STAGES + 1][2][3] = {{{0}}};
        for (size_t k = 0; k < g->made.lists.count; k++) {
            const truce_person *who = &g->made.people[k];
            const char *site = g->made.lists.sites.items[who->site];
            bool meant = g->stage[k] > 0 &&
                         (limit->site == NULL || strcmp(limit->site, site) == 0) &&
                         (limit->side < 0 || limit->side == who->side) &&
                         (limit->day == TRUCE_NO_DAY || limit->day == g->stage[k]);
            if (meant && ++leave[g->stage[k]][who->side][who->site] > limit->most)
                return false;
        }
    }
    return true;
}

typedef struct sums {
    uint64_t by_stage[MOST_STAGES + 1][2]; /* heads within the number gone by its end */
    uint64_t heads[2], points[2], women[2];
} sums;

static sums add_up(const game *g)
{
    sums all = {.heads = {0}};
    for (size_t k = 0; k < g->made.lists.count; k++) {
        const truce_person *who = &g->made.people[k];
        if (g->stage[k] == 0 || is_outside(g, who))
            continue;
        all.heads[who->side]++;
        all.points[who->side] += tariff[who->rank].points;
        all.women[who->side] += who->class_index == 1;
        for (size_t t = g->stage[k]; t <= MOST_STAGES; t++)
            all.by_stage[t][who->side]++;
    }
    return all;
}

static bool keeps_mode(const game *g, const sums *all)
{
    const truce_exchange_wish *wish = &g->made.wish;
    switch (wish->mode) {
    case TRUCE_EXCHANGE_NUMBER:
        return all->heads[0] == wish->numbers[0] && all->heads[1] == wish->numbers[1];
    case TRUCE_EXCHANGE_RATIO:
        return all->heads[0] * wish->numbers[1] == all->heads[1] * wish->numbers[0];
    case TRUCE_EXCHANGE_QUOTA:
        return all->women[0] <= g->quota.most && all->women[1] <= g->quota.most;
    case TRUCE_EXCHANGE_TARIFF:
        return all->points[0] == all->points[1];
    case TRUCE_EXCHANGE_ALL:
        break;
    }
    return true;
}

/* All who may go, or as many of them as the quota lets: are these as many of each side? Then
 * the sides give as many each, and when not all can be carried, as many fewer. */
static bool selects_equal(const game *g)
{
    uint64_t women[2] = {0}, others[2] = {0};
    for (size_t k = 0; k < g->made.lists.count; k++) {
        const truce_person *who = &g->made.people[k];
        bool ready = is_ready(who, 1);
        for (size_t t = 2; t <= g->made.wish.stage_count; t++)
            ready = ready || is_ready(who, (int32_t)t);
        if (ready && !is_outside(g, who))
            (who->class_index == 1 ? women : others)[who->side]++;
    }
    for (int side = 0; g->made.wish.quota_count && side < 2; side++)
        women[side] = women[side] < g->quota.most ? women[side] : g->quota.most;
    return women[0] + others[0] == women[1] + others[1];
}

/* apart: how many more one side may give than the other, where as many each are selected. */
static bool gives_in_all(const game *g, const sums *all, uint64_t apart)
{
    bool free = g->made.wish.mode == TRUCE_EXCHANGE_ALL ||
                g->made.wish.mode == TRUCE_EXCHANGE_QUOTA;
    return !free || !selects_equal(g) ||
           (all->heads[0] <= all->heads[1] + apart &&
            all->heads[1] <= all->heads[0] + apart);
}

static bool keeps_step(const game *g, const sums *all)
{
    const truce_exchange_wish *wish = &g->made.wish;
    bool ratio = wish->mode == TRUCE_EXCHANGE_RATIO;
    int64_t a = (int64_t)(ratio ? wish->numbers[0] : all->heads[0]);
    int64_t b = (int64_t)(ratio ? wish->numbers[1] : all->heads[1]);
    int64_t slack = ratio || a == b ? 0 : a + b - 1;
    for (size_t t = 1; t <= wish->stage_count; t++) {
        int64_t off =
            (int64_t)all->by_stage[t][1] * a - (int64_t)all->by_stage[t][0] * b;
        if (llabs(off) > (int64_t)wish->delta * a + slack)
            return false;
    }
    return true;
}

static bool is_sound(const game *g, uint64_t apart)
{
    if (!everybody_is_ready(g) || !has_room(g))
        return false;
    sums all = add_up(g);
    return keeps_mode(g, &all) && gives_in_all(g, &all, apart) && keeps_step(g, &all);
}

/* ---- which is better --------------------------------------------------------------------- */

static score score_of(const game *g)
{
    score of = {.heads = 0};
    for (size_t k = 0; k < g->made.lists.count; k++) {
        const truce_person *who = &g->made.people[k];
        if (g->stage[k] == 0)
            continue;
        bool outside = is_outside(g, who);
        of.outside_all += outside;
        for (size_t t = g->stage[k]; outside && t <= MOST_STAGES; t++)
            of.outside[t - 1]++;
        for (size_t t = g->stage[k]; who->owed && !outside && t <= MOST_STAGES; t++)
            of.inside[t - 1]++;
        of.owed += who->owed;
        of.heads++;
    }
    return of;
}

/* Those owed outside take their seats first, as many as can, as early as they can; then as
 * many owed as can, then as many people. */
static int compare(const score *one, const score *other)
{
    if (one->outside_all != other->outside_all)
        return one->outside_all < other->outside_all ? -1 : 1;
    for (size_t t = 0; t < MOST_STAGES; t++)
        if (one->outside[t] != other->outside[t])
            return one->outside[t] < other->outside[t] ? -1 : 1;
    if (one->owed != other->owed)
        return one->owed < other->owed ? -1 : 1;
    return one->heads < other->heads ? -1 : one->heads > other->heads;
}

static bool next_way(game *g)
{
    for (size_t k = 0; k < g->made.lists.count; k++) {
        if (g->stage[k]++ < g->made.wish.stage_count)
            return true;
        g->stage[k] = 0;
    }
    return false;
}

/* Those owed outside the number before everybody else: the part of a score that is theirs. */
static score outside_part(score of)
{
    of.owed = of.heads = 0;
    return of;
}

static score best_outside(game *g)
{
    score best = {.heads = 0};
    memset(g->stage, 0, sizeof g->stage);
    do {
        score here = outside_part(score_of(g));
        if (compare(&here, &best) > 0 && everybody_is_ready(g) && has_room(g))
            best = here;
    } while (next_way(g));
    return best;
}

/* Those owed inside the number come first, too: stage by stage, as many as can be have gone.
 */
static int compare_early(const score *one, const score *other)
{
    for (size_t t = 0; t < MOST_STAGES; t++)
        if (one->inside[t] != other->inside[t])
            return one->inside[t] < other->inside[t] ? -1 : 1;
    return 0;
}

/* The best way of those that bring the owed home earliest; all zero when there is none. */
static void try_all(game *g, score *most)
{
    score outside = best_outside(g), early = {.heads = 0};
    for (int pass = 0; pass < 2; pass++) {
        memset(g->stage, 0, sizeof g->stage);
        do {
            score here = score_of(g), part = outside_part(here);
            if (compare(&part, &outside) != 0 || !is_sound(g, 0))
                continue;
            if (pass == 0 && compare_early(&here, &early) > 0)
                early = here;
            if (pass == 1 && compare_early(&here, &early) == 0 &&
                compare(&here, most) > 0)
                *most = here;
        } while (next_way(g));
    }
}

/* ---- the verdict ----------------------------------------------------------------------------- */

static const char *judge(game *g)
{
    score most = {.heads = 0}, found;
    truce_status status = made_plan(&g->made);
    try_all(g, &most);
    bool proved = g->made.plan && g->made.plan->finding.proof.how == TRUCE_PROVED;
    if (status == TRUCE_NONE)
        return most.heads > 0 ? "it says that there is none" : NULL;
    if (status == TRUCE_LIMIT)
        return proved ? "stopped, and proved" : NULL;
    if (status != TRUCE_OK)
        return "no answer";
    memset(g->stage, 0, sizeof g->stage);
    for (size_t k = 0; k < g->made.lists.count; k++)
        g->stage[k] = (uint8_t)made_stage(&g->made, k);
    if (!is_sound(g,
                  MOST_A_SIDE)) /* what is not proved best may be out of proportion */
        return "the plan does not hold";
    found = score_of(g);
    if (compare(&found, &most) > 0 && !g->made.wish.owed_inside && is_sound(g, 0))
        return "better than the best: the oracle is wrong";
    return proved && compare(&found, &most) < 0 ? "there is a better one" : NULL;
}

static void show(const game *g)
{
    static const char *const modes[] = {"all", "n", "ratio", "quota", "tariff"};
    const truce_exchange_wish *wish = &g->made.wish;
    printf("mode %s %" PRIu64 " %" PRIu64 ", owed %s, delta %" PRIu64 ", %zu stages\n",
           modes[wish->mode], wish->numbers[0], wish->numbers[1],
           wish->owed_inside ? "inside" : "outside", wish->delta, wish->stage_count);
    for (size_t c = 0; c < wish->capacity_count; c++)
        printf("limit: site %s, side %d, day %d, most %" PRIu64 "\n",
               wish->capacities[c].site ? wish->capacities[c].site : "any",
               wish->capacities[c].side, (int)wish->capacities[c].day,
               wish->capacities[c].most);
    if (wish->quota_count)
        printf("quota: women at most %" PRIu64 "\n", g->quota.most);
    for (size_t k = 0; k < g->made.lists.count; k++) {
        const truce_person *who = &g->made.people[k];
        printf("%s side %u, class %u, rank %u, site %u%s%s, ready %d to %d: stage %u\n",
               who->id, who->side, who->class_index, who->rank, who->site,
               who->owed ? ", owed" : "", who->eligible ? "" : ", not eligible",
               (int)who->ready_from, (int)who->ready_to, g->stage[k]);
    }
}

static uint64_t option(int argc, char **argv, const char *name, uint64_t otherwise)
{
    for (int k = 1; k + 1 < argc; k++)
        if (strcmp(argv[k], name) == 0)
            return strtoull(argv[k + 1], NULL, 10);
    return otherwise;
}

int main(int argc, char **argv)
{
    uint64_t count = option(argc, argv, "--count", 2000), failed = 0, proved = 0;
    uint64_t from = option(argc, argv, "--from", 0);
    uint64_t shown = option(argc, argv, "--show", UINT64_MAX);
    for (uint64_t k = from; k < from + count; k++) {
        random_stream dice = random_begin(31, k);
        game g;
        make(&g, &dice);
        const char *wrong = judge(&g);
        proved += g.made.plan && g.made.plan->finding.proof.how == TRUCE_PROVED;
        if (wrong && failed++ < 12)
            printf("case %" PRIu64 ", mode %d: %s\n", k, (int)g.made.wish.mode, wrong);
        if (k == shown)
            show(&g);
        truce_plan_free(g.made.plan);
    }
    printf("%" PRIu64 " of these say that all is proved\n", proved);
    printf("%" PRIu64 " passed, %" PRIu64 " failed\n", count - failed, failed);
    return failed > 0;
}
