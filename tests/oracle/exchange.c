/* The oracle of the choice of people for an exchange: random small lists in every mode,
 * against trying every set of people; and longer ones with a tariff, against every number of
 * people of each rank.
 *
 * Written from include/truce/exchange.h and docs alone.
 *
 *     exchange_oracle [--count N] [--from K] [--every E] [--only K]
 *
 * tries cases K, K + E, K + 2E, ... below N and ends with "N passed, M failed". */
#include "base/arena.h"
#include "base/random.h"

#include <truce/exchange.h>

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_A_SIDE = 6, LONG_A_SIDE = 24, CLASSES = 4, RANKS = 4, DAY = 40 };

/* ---- random lists and a wish ----------------------------------------------------- */

typedef struct problem {
    random_stream dice;
    arena memory;
    truce_lists lists;
    truce_person *people;
    truce_exchange_wish wish;
    truce_rank_points tariff[RANKS];
    truce_quota quotas[3];
    int32_t day;
    bool long_lists;
} problem;

static const char *const class_names[CLASSES] = {"", "women", "young", "guards"};
static const char *const rank_names[RANKS] = {"", "private", "sergeant", "major"};
static const char *const site_names[] = {""};
static const char *const side_names[2] = {"RU", "UA"};

static size_t below(problem *p, size_t bound)
{
    return (size_t)random_below(&p->dice, bound);
}

static bool chance(problem *p, size_t percent)
{
    return below(p, 100) < percent;
}

/* Ids of different lengths, with beginnings in common, in no order. */
static const char *make_id(problem *p, size_t k)
{
    return arena_format(&p->memory, "%s%zu", chance(p, 50) ? "P-" : "P-100000000",
                        (k * 37 + 11) % 101);
}

static truce_person make_person(problem *p, size_t k, unsigned side)
{
    bool plain = chance(p, 85);
    truce_person who = {
        .id = make_id(p, k),
        .line = (uint32_t)k + 2,
        .worth_home = 1000000,
        .cost_holder = 1000000,
        .class_index = (uint32_t)below(p, CLASSES),
        .rank = (uint32_t)below(p, RANKS),
        .captured = chance(p, 20) ? TRUCE_NO_DAY : (int32_t)below(p, 3) - 1,
        .ready_from = TRUCE_NO_DAY,
        .ready_to = TRUCE_NO_DAY,
        .side = (uint8_t)side,
        .health = (uint8_t)(plain ? TRUCE_FIT : below(p, 6)),
        .consent = (uint8_t)(plain ? TRUCE_CONSENTS : below(p, 3)),
        .status = (uint8_t)(plain ? TRUCE_PERSON_VERIFIED : below(p, 6)),
        .owed = chance(p, 25)};
    if (chance(p, 10))
        who.ready_from = DAY - 1 + (int32_t)below(p, 3);
    if (chance(p, 10))
        who.ready_to = DAY - 1 + (int32_t)below(p, 3);
    who.eligible = who.status == TRUCE_PERSON_VERIFIED &&
                   who.consent == TRUCE_CONSENTS && who.health != TRUCE_UNFIT_TO_TRAVEL;
    return who;
}

static void make_lists(problem *p)
{
    size_t most = p->long_lists ? LONG_A_SIDE : MOST_A_SIDE;
    size_t counts[2] = {below(p, most + 1), below(p, most + 1)};
    p->people = arena_array(&p->memory, counts[0] + counts[1], truce_person);
    for (size_t k = 0; k < counts[0] + counts[1]; k++)
        p->people[k] = make_person(p, k, k >= counts[0]);
    p->lists = (truce_lists){.files = {"RU.csv", "UA.csv"},
                             .names = {side_names[0], side_names[1]},
                             .people = p->people,
                             .count = counts[0] + counts[1],
                             .first = {0, counts[0], counts[0] + counts[1]},
                             .classes = {class_names, CLASSES},
                             .ranks = {rank_names, RANKS},
                             .sites = {site_names, 1}};
}

static void make_quotas(problem *p)
{
    p->wish.quotas = p->quotas;
    p->wish.quota_count = below(p, 4);
    for (size_t q = 0; q < p->wish.quota_count; q++) {
        size_t least = chance(p, 60) ? 0 : below(p, 3);
        p->quotas[q] =
            (truce_quota){.class_name = class_names[below(p, CLASSES)],
                          .side = (int)below(p, 3) - 1,
                          .least = least,
                          .most = chance(p, 40) ? UINT64_MAX : least + below(p, 3)};
    }
}

static void make_tariff(problem *p)
{
    static const size_t scales[] = {3, 9, 40};
    size_t scale = scales[below(p, 3)], unit = chance(p, 80) ? 1 : 5;
    p->wish.tariff = p->tariff;
    p->wish.tariff_count = RANKS;
    for (size_t r = 0; r < RANKS; r++)
        p->tariff[r] = (truce_rank_points){
            .rank = rank_names[r],
            .points = chance(p, 8) ? 0 : unit * (1 + below(p, scale))};
}

static void make_wish(problem *p)
{
    static const char *const first[] = {"young", "women"};
    p->wish = (truce_exchange_wish){.mode = (truce_exchange_mode)below(p, 5),
                                    .numbers = {1 + below(p, 4), 1 + below(p, 4)},
                                    .owed_inside = chance(p, 50),
                                    .classes = {first, below(p, 3)},
                                    .stage_days = &p->day,
                                    .stage_count = 1,
                                    .days_are_dates = true,
                                    .from = TRUCE_NO_DAY};
    p->day = DAY;
    if (p->long_lists)
        p->wish.mode = TRUCE_EXCHANGE_TARIFF;
    if (chance(p, 50)) {
        bool turned = chance(p, 50);
        p->wish.sides[0] = side_names[turned];
        p->wish.sides[1] = side_names[!turned];
    }
    if (p->wish.mode == TRUCE_EXCHANGE_TARIFF)
        make_tariff(p);
    else if (p->wish.mode != TRUCE_EXCHANGE_ALL)
        make_quotas(p);
}

static problem make(uint64_t which)
{
    problem p = {.dice = random_begin(20261, which), .long_lists = which % 8 == 7};
    make_lists(&p);
    return p;
}

/* ---- what is better -------------------------------------------------------------- */

/* People as their places in the order of everybody who may go. */
typedef uint64_t people_set;

typedef struct pool {
    const problem *p;
    const truce_person *people[2 * LONG_A_SIDE]; /* first choice first */
    size_t count;
    people_set owed, sides[2], outside, of_class[CLASSES];
} pool;

static size_t class_place(const problem *p, const truce_person *who)
{
    size_t k = 0;
    while (k < p->wish.classes.count &&
           strcmp(p->wish.classes.items[k], class_names[who->class_index]) != 0)
        k++;
    return k;
}

static bool comes_before(const problem *p, const truce_person *one,
                         const truce_person *other)
{
    if (one->owed != other->owed)
        return one->owed;
    if (class_place(p, one) != class_place(p, other))
        return class_place(p, one) < class_place(p, other);
    if ((one->captured == TRUCE_NO_DAY) != (other->captured == TRUCE_NO_DAY))
        return other->captured == TRUCE_NO_DAY;
    if (one->captured != other->captured)
        return one->captured < other->captured;
    return strcmp(one->id, other->id) < 0;
}

static bool may_go(const truce_person *who)
{
    return who->eligible &&
           (who->ready_from == TRUCE_NO_DAY || who->ready_from <= DAY) &&
           (who->ready_to == TRUCE_NO_DAY || who->ready_to >= DAY);
}

static pool gather(const problem *p)
{
    pool all = {.p = p};
    for (size_t k = 0; k < p->lists.count; k++) {
        const truce_person *who = &p->people[k];
        if (!may_go(who))
            continue;
        size_t at = all.count++;
        for (; at > 0 && comes_before(p, who, all.people[at - 1]); at--)
            all.people[at] = all.people[at - 1];
        all.people[at] = who;
    }
    for (size_t k = 0; k < all.count; k++) {
        const truce_person *who = all.people[k];
        people_set one = (people_set)1 << k;
        all.sides[who->side] |= one;
        all.of_class[who->class_index] |= one;
        all.owed |= who->owed ? one : 0;
        all.outside |= who->owed && !p->wish.owed_inside ? one : 0;
    }
    return all;
}

static uint64_t size_of(people_set set)
{
    return (uint64_t)__builtin_popcountll(set);
}

static bool is_better(const pool *all, people_set one, people_set other)
{
    if (size_of(one & all->owed) != size_of(other & all->owed))
        return size_of(one & all->owed) > size_of(other & all->owed);
    if (size_of(one) != size_of(other))
        return size_of(one) > size_of(other);
    people_set differs = one ^ other;
    return (one & differs & (~differs + 1)) != 0;
}

/* ---- what is allowed ------------------------------------------------------------- */

static uint64_t points_of(const pool *all, people_set set)
{
    uint64_t points = 0;
    for (size_t k = 0; k < all->count; k++)
        if (set >> k & 1)
            points += all->p->tariff[all->people[k]->rank].points;
    return points;
}

static bool keeps_quotas(const pool *all, people_set counted)
{
    const truce_exchange_wish *wish = &all->p->wish;
    for (size_t q = 0; q < wish->quota_count; q++)
        for (unsigned side = 0; side < 2; side++) {
            const truce_quota *quota = &wish->quotas[q];
            size_t k = 0;
            while (strcmp(class_names[k], quota->class_name) != 0)
                k++;
            const char *const *names = wish->sides[0] ? wish->sides : side_names;
            if (quota->side >= 0 && strcmp(names[quota->side], side_names[side]) != 0)
                continue;
            uint64_t heads = size_of(counted & all->sides[side] & all->of_class[k]);
            if (heads < quota->least || heads > quota->most)
                return false;
        }
    return true;
}

static bool is_allowed(const pool *all, people_set set)
{
    const truce_exchange_wish *wish = &all->p->wish;
    people_set counted = set & ~all->outside;
    uint64_t heads[2] = {size_of(counted & all->sides[0]),
                         size_of(counted & all->sides[1])};
    if ((set & all->outside) != all->outside)
        return false;
    switch (wish->mode) {
    case TRUCE_EXCHANGE_ALL:
        return size_of(set) == all->count;
    case TRUCE_EXCHANGE_NUMBER:
        return heads[0] == wish->numbers[0] && heads[1] == wish->numbers[1] &&
               keeps_quotas(all, counted);
    case TRUCE_EXCHANGE_RATIO:
        return set != 0 && heads[0] * wish->numbers[1] == heads[1] * wish->numbers[0] &&
               keeps_quotas(all, counted);
    case TRUCE_EXCHANGE_QUOTA:
        return keeps_quotas(all, counted);
    case TRUCE_EXCHANGE_TARIFF:
        return (set || all->count == 0) && points_of(all, counted & all->sides[0]) ==
                                               points_of(all, counted & all->sides[1]);
    }
    return false;
}

typedef struct expected {
    bool possible;
    people_set set;
} expected;

static expected try_every_set(const pool *all)
{
    expected best = {0};
    for (people_set set = 0; set < (people_set)1 << all->count; set++)
        if (is_allowed(all, set) && (!best.possible || is_better(all, set, best.set)))
            best = (expected){true, set};
    return best;
}

/* ---- longer lists: every number of each rank ------------------------------------- */

/* Of people of one side and rank, owed or not, those go who come first. */
typedef struct rank_walk {
    const pool *all;
    unsigned side;
    expected *best; /* [most_points + 1] */
    uint64_t most_points;
} rank_walk;

static people_set first_of(people_set set, uint64_t count)
{
    people_set rest = set;
    for (; count > 0; count--)
        rest &= rest - 1;
    return set & ~rest;
}

static void try_every_number(const rank_walk *w, size_t kind, people_set chosen)
{
    const pool *all = w->all;
    if (kind == (size_t)2 * RANKS) {
        expected *at = &w->best[points_of(all, chosen & ~all->outside)];
        if (!at->possible || is_better(all, chosen, at->set))
            *at = (expected){true, chosen};
        return;
    }
    people_set those = 0;
    for (size_t k = 0; k < all->count; k++)
        if (all->people[k]->rank == kind / 2 && all->people[k]->owed == kind % 2)
            those |= all->sides[w->side] & (people_set)1 << k;
    bool all_go = (those & all->outside) != 0;
    for (uint64_t n = all_go ? size_of(those) : 0; n <= size_of(those); n++)
        try_every_number(w, kind + 1, chosen | first_of(those, n));
}

static expected try_every_total(const pool *all)
{
    uint64_t most = points_of(all, ~(people_set)0);
    expected best = {0}, *sides[2];
    for (unsigned side = 0; side < 2; side++) {
        sides[side] = calloc(most + 1, sizeof *sides[side]);
        try_every_number(&(rank_walk){all, side, sides[side], most}, 0, 0);
    }
    for (uint64_t q = 0; q <= most; q++) {
        people_set set = sides[0][q].set | sides[1][q].set;
        if (sides[0][q].possible && sides[1][q].possible && (set || all->count == 0) &&
            (!best.possible || is_better(all, set, best.set)))
            best = (expected){true, set};
    }
    free(sides[0]);
    free(sides[1]);
    return best;
}

/* ---- comparing ------------------------------------------------------------------- */

__attribute__((format(printf, 1, 2))) static bool wrong(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    return false;
}

static truce_exception_why why_not(const truce_person *who)
{
    if (who->status != TRUCE_PERSON_VERIFIED)
        return TRUCE_NOT_VERIFIED;
    if (who->consent != TRUCE_CONSENTS)
        return TRUCE_NO_CONSENT;
    return who->health == TRUCE_UNFIT_TO_TRAVEL ? TRUCE_NOT_FIT_TO_TRAVEL
                                                : TRUCE_NOT_READY;
}

static bool same_people(const pool *all, const truce_plan *plan, people_set set)
{
    people_set go = 0;
    for (size_t k = 0; k < plan->leg_count; k++) {
        const truce_person *who = &plan->lists->people[plan->legs[k].person];
        size_t at = 0;
        while (at < all->count && all->people[at] != who)
            at++;
        if (at == all->count || go >> at & 1)
            return wrong("%s goes and may not, or twice", who->id);
        go |= (people_set)1 << at;
    }
    if (go != set)
        return wrong("%jx go, not %jx", (uintmax_t)go, (uintmax_t)set);
    return true;
}

static bool right_exceptions(const pool *all, const truce_plan *plan)
{
    size_t may = 0;
    for (size_t k = 0; k < plan->exception_count; k++) {
        const truce_person *who = &plan->lists->people[plan->exceptions[k].person];
        truce_exception_why why = plan->exceptions[k].why;
        may += may_go(who);
        if (may_go(who) ? why != TRUCE_BEYOND_NUMBER && why != TRUCE_BEYOND_QUOTA
                        : why != why_not(who))
            return wrong("%s does not go because of %d", who->id, (int)why);
    }
    size_t others = plan->lists->count - all->count;
    if (plan->exception_count != may + others ||
        plan->leg_count + plan->exception_count != plan->lists->count)
        return wrong("%zu exceptions and %zu legs of %zu", plan->exception_count,
                     plan->leg_count, plan->lists->count);
    return true;
}

static bool right_heads(const pool *all, const truce_plan *plan, people_set set)
{
    const truce_stage_totals *only = &plan->stages[0];
    for (unsigned side = 0; side < 2; side++) {
        people_set here = set & all->sides[side];
        if (plan->heads[side] != size_of(here) ||
            plan->owed[side] != size_of(here & all->owed) ||
            only->heads[side] != plan->heads[side] ||
            only->owed[side] != plan->owed[side] ||
            only->owed[side] + only->wounded[side] + only->long_held[side] +
                    only->other[side] !=
                only->heads[side])
            return wrong("the heads of side %u do not add up", side);
    }
    return true;
}

static bool is_proved(const truce_plan *plan)
{
    for (size_t k = 0; k < plan->optimum_count; k++)
        if (strcmp(plan->optima[k].what, "exposure") != 0 &&
            plan->optima[k].proof.how != TRUCE_PROVED)
            return wrong("not proved: %s", plan->optima[k].what);
    return plan->optimum_count >= 2 || wrong("nothing is proved");
}

/* Quotas may contradict each other; that is said before anything is counted. */
static bool contradicts_itself(const problem *p)
{
    const truce_exchange_wish *wish = &p->wish;
    for (size_t q = 0; q < wish->quota_count; q++)
        for (size_t r = 0; r < wish->quota_count; r++)
            if (strcmp(wish->quotas[q].class_name, wish->quotas[r].class_name) == 0 &&
                wish->quotas[q].least > wish->quotas[r].most)
                return true;
    return false;
}

static bool check(const problem *p)
{
    pool all = gather(p);
    expected best = p->long_lists ? try_every_total(&all) : try_every_set(&all);
    truce_plan *plan = NULL;
    truce_error error = {0};
    truce_status status = truce_exchange_plan(&p->lists, &p->wish, NULL, &plan, &error);
    bool right;
    if (status == TRUCE_CALL && contradicts_itself(p))
        right = !best.possible;
    else if (status != (best.possible ? TRUCE_OK : TRUCE_NONE) || plan == NULL)
        right = wrong("status %d %s", (int)status, error.message);
    else if (!best.possible)
        right = (plan->short_of && plan->leg_count == 0) || wrong("short of nothing");
    else
        right = same_people(&all, plan, best.set) && right_exceptions(&all, plan) &&
                right_heads(&all, plan, best.set) && is_proved(plan);
    truce_plan_free(plan);
    return right;
}

static bool try(uint64_t which)
{
    problem p = make(which);
    make_wish(&p);
    bool right = check(&p);
    if (!right)
        printf("case %ju: mode %d, owed %s, %zu and %zu people\n", (uintmax_t)which,
               (int)p.wish.mode, p.wish.owed_inside ? "inside" : "outside",
               p.lists.first[1], p.lists.count - p.lists.first[1]);
    arena_free(&p.memory);
    return right;
}

int main(int count, char **words)
{
    uint64_t end = 10000, from = 0, every = 1, passed = 0, failed = 0;
    for (int w = 1; w + 1 < count; w += 2) {
        uint64_t number = strtoull(words[w + 1], NULL, 10);
        if (strcmp(words[w], "--count") == 0)
            end = number;
        else if (strcmp(words[w], "--from") == 0)
            from = number;
        else if (strcmp(words[w], "--every") == 0)
            every = number;
        else if (strcmp(words[w], "--only") == 0)
            end = (from = number) + 1;
    }
    for (uint64_t k = from; k < end; k += every)
        *(try(k) ? &passed : &failed) += 1;
    printf("%ju passed, %ju failed\n", (uintmax_t)passed, (uintmax_t)failed);
    return failed > 0;
}
