/* stages.c - who goes in which handover.
 *
 * Those owed outside the agreed number come first (owed.c). The others are exchanged in
 * steps, evenly, when everybody is ready on every stage and no site is full.
 */
#include "exchange/calendar.h"
#include "exchange/owed.h"
#include "exchange/spread.h"

#include <stdlib.h>

/* Those who are traded, and how many of them must go first. */
typedef struct traded {
    uint64_t heads[2], owed[2];
} traded;

static bool is_traded(const planning *p, uint32_t person)
{
    return p->fates[person] == PLANNING_GOES &&
           !planning_outside(p, &p->lists->people[person]);
}

static traded count_traded(const planning *p)
{
    traded counted = {0};
    for (size_t i = 0; i < p->lists->count; i++)
        if (is_traded(p, (uint32_t)i)) {
            const truce_person *who = &p->lists->people[i];
            counted.heads[who->side]++;
            counted.owed[who->side] += who->owed;
        }
    return counted;
}

/* In the order of choice, those owed before the others, into stages by the heads gone. */
static void fill_stages(planning *p, unsigned side, const spread *s,
                        const uint64_t *steps)
{
    uint64_t gone = 0;
    size_t stage = 0;
    for (int owed = 1; owed >= 0; owed--)
        for (size_t i = 0; i < p->eligible[side]; i++) {
            uint32_t person = p->order[side][i];
            if (p->lists->people[person].owed != owed || !is_traded(p, person))
                continue;
            while (gone >= spread_heads(s, side, steps[stage]))
                stage++;
            p->stage_of[person] = (uint32_t)stage + 1;
            gone++;
        }
}

static void spread_freely(planning *p)
{
    traded all = count_traded(p);
    spread s = spread_new(all.heads, p->wish->mode == TRUCE_EXCHANGE_RATIO);
    uint64_t *steps = must_allocate(p->stage_count * sizeof *steps);
    uint64_t first[2] = {spread_steps(&s, 0, all.owed[0]),
                         spread_steps(&s, 1, all.owed[1])};
    spread_evenly(&s, first[0] > first[1] ? first[0] : first[1], p->stage_count, steps);
    fill_stages(p, 0, &s, steps);
    fill_stages(p, 1, &s, steps);
    free(steps);
}

truce_status planning_stages(planning *p)
{
    arena scratch = {0};
    calendar c = calendar_new(p, &scratch);
    p->stage_of = arena_array(p->memory, p->lists->count, uint32_t);
    owed_place(p, &c);
    spread_freely(p);
    arena_free(&scratch);
    planning_note(p, "stages", TRUCE_PROVED,
                  "everybody is ready on every stage and no site is full");
    return TRUCE_OK;
}
