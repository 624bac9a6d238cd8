/* pairs: who for whom. Two people of one stage, one of each side, can be paired when they are
 * of one class; since classes are disjoint, pairing the first with the first of each class
 * gives as many pairs as there can be.
 */
#include "base/arena.h"
#include "exchange/planning.h"

#include <stdlib.h>

static bool is_paired(const planning *p, uint32_t person)
{
    return p->fates[person] == PLANNING_GOES &&
           !planning_outside(p, &p->lists->people[person]);
}

/* The queue a person waits in for a partner: one for each stage and class. */
static size_t queue_of(const planning *p, uint32_t person)
{
    return (p->stage_of[person] - 1) * p->lists->classes.count +
           p->lists->people[person].class_index;
}

static void pair_with_waiting(planning *p, uint32_t *first, uint32_t *next)
{
    for (size_t k = p->eligible[0]; k-- > 0;) {
        uint32_t person = p->order[0][k];
        if (!is_paired(p, person))
            continue;
        next[person] = first[queue_of(p, person)];
        first[queue_of(p, person)] = person + 1;
    }
    for (size_t k = 0; k < p->eligible[1]; k++) {
        uint32_t person = p->order[1][k];
        uint32_t *waits = is_paired(p, person) ? &first[queue_of(p, person)] : NULL;
        if (waits == NULL || *waits == 0)
            continue;
        p->pair_of[person] = p->pair_of[*waits - 1] = (uint32_t)p->pair_count++;
        *waits = next[*waits - 1];
    }
}

truce_status planning_pairs(planning *p)
{
    if (!p->wish->pairs)
        return TRUCE_OK;
    p->pair_of = arena_array(p->memory, p->lists->count, uint32_t);
    for (size_t k = 0; k < p->lists->count; k++)
        p->pair_of[k] = TRUCE_NO_PAIR;
    uint32_t *first =
        must_allocate_zeroed(p->stage_count * p->lists->classes.count, sizeof *first);
    uint32_t *next = must_allocate_zeroed(p->lists->count + 1, sizeof *next);
    pair_with_waiting(p, first, next);
    free(first);
    free(next);
    planning_note(p, "pairs", TRUCE_PROVED,
                  "of each stage and class nobody of one side at least is left alone");
    return TRUCE_OK;
}
