/* offers: a hash table of outcomes for vast boards, and each seat's list of its best. */
#include "play/offers.h"

#include "play/vast.h"
#include "solve/ranking.h"

#include <stdlib.h>
#include <string.h>

typedef struct best_list {
    ranking *order;
    truce_value *outcomes; /* [count][issues] */
    size_t count, room;
    bool ended;
} best_list;

struct offers {
    const board *board;
    truce_value *outcomes; /* [count][issues] */
    double *utilities;     /* [count][seats] */
    bool *admits;          /* [count][seats] */
    size_t count, outcome_room, utility_room, admit_room;
    uint32_t *slots; /* [slot_count] number + 1, 0 for none */
    size_t slot_count;
    best_list *best; /* [seats] */
};

offers *offers_new(const board *made)
{
    offers *kept = must_allocate_zeroed(1, sizeof *kept);
    kept->board = made;
    if (!made->small) {
        kept->slot_count = 1024;
        kept->slots = must_allocate_zeroed(kept->slot_count, sizeof *kept->slots);
        kept->best = must_allocate_zeroed(made->seats, sizeof *kept->best);
    }
    return kept;
}

void offers_forget(offers *kept)
{
    kept->count = 0;
    if (kept->slots)
        memset(kept->slots, 0, kept->slot_count * sizeof *kept->slots);
}

void offers_free(offers *kept)
{
    if (kept == NULL)
        return;
    for (size_t s = 0; kept->best && s < kept->board->seats; s++) {
        ranking_free(kept->best[s].order);
        free(kept->best[s].outcomes);
    }
    free(kept->best);
    free(kept->outcomes);
    free(kept->utilities);
    free(kept->admits);
    free(kept->slots);
    free(kept);
}

/* FNV-1a over the values, by words. */
static size_t hash_of(const offers *kept, const truce_value *outcome)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < kept->board->issues; i++)
        hash = (hash ^ outcome[i]) * 0x100000001b3u;
    return (size_t)(hash ^ hash >> 29);
}

static const truce_value *values_of(const offers *kept, truce_offer offer)
{
    return kept->outcomes + offer * kept->board->issues;
}

/* The slot where an outcome is, or where it would be. */
static uint32_t *slot_of(const offers *kept, const truce_value *outcome)
{
    size_t slot = hash_of(kept, outcome) & (kept->slot_count - 1);
    size_t bytes = kept->board->issues * sizeof *outcome;
    while (kept->slots[slot] != 0 &&
           memcmp(values_of(kept, kept->slots[slot] - 1), outcome, bytes) != 0)
        slot = (slot + 1) & (kept->slot_count - 1);
    return &kept->slots[slot];
}

static void double_slots(offers *kept)
{
    free(kept->slots);
    kept->slot_count *= 2;
    kept->slots = must_allocate_zeroed(kept->slot_count, sizeof *kept->slots);
    for (uint32_t k = 0; k < kept->count; k++)
        *slot_of(kept, values_of(kept, k)) = k + 1;
}

static void append(offers *kept, const truce_value *outcome)
{
    const board *made = kept->board;
    if (kept->count == kept->outcome_room)
        kept->outcomes = grow_room(kept->outcomes, &kept->outcome_room,
                                   made->issues * sizeof *kept->outcomes);
    if (kept->count == kept->utility_room)
        kept->utilities = grow_room(kept->utilities, &kept->utility_room,
                                    made->seats * sizeof *kept->utilities);
    if (kept->count == kept->admit_room)
        kept->admits = grow_room(kept->admits, &kept->admit_room,
                                 made->seats * sizeof *kept->admits);
    memcpy(kept->outcomes + kept->count * made->issues, outcome,
           made->issues * sizeof *outcome);
    for (size_t s = 0; s < made->seats; s++) {
        kept->utilities[kept->count * made->seats + s] = vast_utility(made, s, outcome);
        kept->admits[kept->count * made->seats + s] = vast_admits(made, s, outcome);
    }
    kept->count++;
}

truce_offer offers_of(offers *kept, const truce_value *outcome)
{
    if (kept->board->small)
        return board_offer(kept->board, outcome);
    uint32_t *slot = slot_of(kept, outcome);
    if (*slot != 0)
        return *slot - 1;
    append(kept, outcome);
    *slot = (uint32_t)kept->count;
    if (kept->count * 2 > kept->slot_count)
        double_slots(kept);
    return (truce_offer)(kept->count - 1);
}

void offers_outcome(const offers *kept, truce_offer offer, truce_value *outcome)
{
    if (kept->board->small)
        board_outcome(kept->board, offer, outcome);
    else
        memcpy(outcome, values_of(kept, offer), kept->board->issues * sizeof *outcome);
}

double offers_utility(const offers *kept, truce_offer offer, size_t seat)
{
    return kept->utilities[offer * kept->board->seats + seat];
}

bool offers_admits(const offers *kept, truce_offer offer, size_t seat)
{
    return kept->admits[offer * kept->board->seats + seat];
}

/* ---- the best of a seat -------------------------------------------------------------- */

/* The ranking knows the party's own order; what it admits beside is asked of each. */
static bool find_one_more(offers *kept, size_t seat)
{
    best_list *list = &kept->best[seat];
    const board *made = kept->board;
    if (list->order == NULL)
        list->order =
            ranking_new(made->space, &(ranking_choices){.party = made->seat[seat].party,
                                                        .anything = true});
    truce_value *outcome = must_allocate((made->issues + 1) * sizeof *outcome);
    bool given = false;
    while (!given && ranking_next(list->order, NULL, outcome) == RANKING_GIVEN &&
           vast_utility(made, seat, outcome) >= made->seat[seat].least)
        given = vast_admits(made, seat, outcome);
    if (given) {
        if (list->count == list->room)
            list->outcomes =
                grow_room(list->outcomes, &list->room, made->issues * sizeof *outcome);
        memcpy(list->outcomes + list->count++ * made->issues, outcome,
               made->issues * sizeof *outcome);
    }
    free(outcome);
    return given;
}

truce_offer offers_best(offers *kept, size_t seat, uint64_t place)
{
    best_list *list = &kept->best[seat];
    while (list->count <= place && !list->ended)
        list->ended = !find_one_more(kept, seat);
    return place < list->count
               ? offers_of(kept, list->outcomes + place * kept->board->issues)
               : TRUCE_NO_OFFER;
}
