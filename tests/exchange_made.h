/* exchange_made.h - lists of a few made-up people, for tests of the stages and the
 * order. */
#ifndef TESTS_EXCHANGE_MADE_H
#define TESTS_EXCHANGE_MADE_H

#include <truce/exchange.h>

#include <stdio.h>

enum { MADE_PEOPLE = 64, MADE_CAPACITIES = 8, MADE_UNIT = 1000000 };

/* Lists being made, the wish, and the plan that comes of them. */
typedef struct made_exchange {
    truce_person people[MADE_PEOPLE];
    char ids[MADE_PEOPLE][8];
    truce_lists lists;
    truce_capacity capacities[MADE_CAPACITIES];
    truce_exchange_wish wish;
    truce_plan *plan;
    truce_error error;
} made_exchange;

static inline void made_begin(made_exchange *made, truce_exchange_mode mode,
                              size_t stages)
{
    static const char *const sites[] = {"", "north", "south"};
    static const char *const classes[] = {"", "women"};
    static const char *const ranks[] = {"", "private", "major"};
    *made = (made_exchange){
        .lists = {.files = {"RU.csv", "UA.csv"},
                  .names = {"RU", "UA"},
                  .classes = {classes, 2},
                  .ranks = {ranks, 3},
                  .sites = {sites, 3},
                  .days_are_numbers = true},
        .wish = {.mode = mode, .stage_count = stages, .from = TRUCE_NO_DAY}};
}

/* Adds a person, all of side 0 first; ids ascend, so that among equals the first added
 * is chosen first. */
static inline truce_person *made_add(made_exchange *made, unsigned side)
{
    size_t k = made->lists.count++;
    made->lists.first[1] += side == 0;
    made->lists.first[2]++;
    snprintf(made->ids[k], sizeof made->ids[k], "%c-%03zu", "AB"[side], k);
    made->people[k] = (truce_person){.id = made->ids[k],
                                     .worth_home = MADE_UNIT,
                                     .cost_holder = MADE_UNIT,
                                     .line = (uint32_t)k + 2,
                                     .captured = TRUCE_NO_DAY,
                                     .ready_from = TRUCE_NO_DAY,
                                     .ready_to = TRUCE_NO_DAY,
                                     .side = (uint8_t)side,
                                     .eligible = true};
    return &made->people[k];
}

static inline void made_add_all(made_exchange *made, unsigned side, size_t count)
{
    while (count-- > 0)
        made_add(made, side);
}

static inline void made_limit(made_exchange *made, const char *site, int side,
                              int32_t day, uint64_t most)
{
    made->capacities[made->wish.capacity_count++] =
        (truce_capacity){.site = site, .side = side, .day = day, .most = most};
    made->wish.capacities = made->capacities;
}

static inline truce_status made_plan(made_exchange *made)
{
    made->lists.people = made->people;
    return truce_exchange_plan(&made->lists, &made->wish, NULL, &made->plan,
                               &made->error);
}

/* The stage of a person from 1, 0 for who stays. */
static inline uint32_t made_stage(const made_exchange *made, size_t person)
{
    for (size_t i = 0; i < made->plan->leg_count; i++)
        if (made->plan->legs[i].person == person)
            return made->plan->legs[i].stage;
    return 0;
}

#endif
