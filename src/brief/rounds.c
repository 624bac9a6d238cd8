/* Positions side by side. A stand is what a party put on an issue in a round, or
 * demands of it now; successive stands of one party on one issue make a shift.
 *
 * Two positions are the same when they name the same value. A present demand is the
 * same as the last position when that position would meet it, as far as this issue
 * decides; several present demands on one issue are each compared with the last
 * position. */
#include <truce/brief.h>

#include "scenario/condition.h"
#include "scenario/grounds.h"
#include "scenario/result.h"
#include "scenario/scenario.h"

#include <stdlib.h>

/* A stand with what it is compared by: a value, or a demand. */
typedef struct place {
    truce_stand stand;
    size_t order; /* in which it was found: rounds first, then demands */
    truce_value value;
    size_t demand; /* or TRUCE_NOBODY */
} place;

typedef struct comparing {
    const truce_scenario *scenario;
    truce_rounds *result;
    place *places;
    size_t count, room;
    truce_value *open; /* [issue_count] nothing is decided */
    arena work;
} comparing;

/* ---- stands ---------------------------------------------------------------------- */

static void add_place(comparing *of, place found)
{
    found.order = of->count;
    *grow(of->places, of->count, of->room) = found;
}

static void add_position(comparing *of, size_t round, const truce_position *position)
{
    for (size_t s = 0; s < position->values.count; s++) {
        truce_setting setting = position->values.items[s];
        const truce_issue *issue = &of->scenario->issues[setting.issue];
        add_place(of, (place){
                          .stand = {.round = round,
                                    .party = position->party,
                                    .issue = setting.issue,
                                    .text = issue->values[setting.value],
                                    .id = of->scenario->rounds[round].label.id},
                          .value = setting.value,
                          .demand = TRUCE_NOBODY,
                      });
    }
}

static void add_demand(comparing *of, size_t demand)
{
    const truce_demand *one = &of->scenario->demands[demand];
    truce_list issues = condition_issues(&of->work, one->wants);
    for (size_t i = 0; i < issues.count; i++)
        add_place(of, (place){
                          .stand = {.round = TRUCE_NOBODY,
                                    .party = one->by,
                                    .issue = issues.items[i],
                                    .text = truce_condition_text(one->wants),
                                    .id = one->label.id},
                          .demand = demand,
                      });
}

static int compare_places(const void *one, const void *other)
{
    const place *a = one, *b = other;
    size_t keys[][2] = {{a->stand.issue, b->stand.issue},
                        {a->stand.party, b->stand.party},
                        {a->order, b->order}};
    for (size_t k = 0; k < 3; k++)
        if (keys[k][0] != keys[k][1])
            return keys[k][0] < keys[k][1] ? -1 : 1;
    return 0;
}

static void find_stands(comparing *of)
{
    const truce_scenario *scenario = of->scenario;
    for (size_t r = 0; r < scenario->round_count; r++)
        for (size_t p = 0; p < scenario->rounds[r].position_count; p++)
            add_position(of, r, &scenario->rounds[r].positions[p]);
    for (size_t d = 0; d < scenario->demand_count; d++)
        add_demand(of, d);
    if (of->count > 1)
        qsort(of->places, of->count, sizeof *of->places, compare_places);
    truce_stand *stands =
        arena_array(result_memory(&of->result->finding), of->count, truce_stand);
    for (size_t s = 0; s < of->count; s++)
        stands[s] = of->places[s].stand;
    of->result->stands = stands;
    of->result->stand_count = of->count;
}

/* ---- shifts ---------------------------------------------------------------------- */

static bool would_meet(comparing *of, const place *position, const place *demand)
{
    size_t issue = position->stand.issue;
    of->open[issue] = position->value;
    truth met = condition_truth(of->scenario->demands[demand->demand].wants, of->open);
    of->open[issue] = VALUE_OPEN;
    return met != TRUTH_NO;
}

static bool has_moved(comparing *of, const place *before, const place *after)
{
    return after->demand == TRUCE_NOBODY ? before->value != after->value
                                         : !would_meet(of, before, after);
}

static bool is_same_subject(const place *one, const place *other)
{
    return one->stand.issue == other->stand.issue &&
           one->stand.party == other->stand.party;
}

static void find_shifts(comparing *of)
{
    truce_shift *shifts =
        arena_array(result_memory(&of->result->finding), of->count, truce_shift);
    size_t count = 0, last = TRUCE_NOBODY; /* last: the latest position, not demand */
    for (size_t s = 0; s < of->count; s++) {
        const place *after = &of->places[s];
        if (last != TRUCE_NOBODY && is_same_subject(&of->places[last], after))
            shifts[count++] = (truce_shift){
                .party = after->stand.party,
                .issue = after->stand.issue,
                .before = &of->result->stands[last],
                .after = &of->result->stands[s],
                .moved = has_moved(of, &of->places[last], after),
            };
        if (after->demand == TRUCE_NOBODY)
            last = s;
    }
    of->result->shifts = shifts;
    of->result->shift_count = count;
}

static void find_frames(comparing *of)
{
    const truce_scenario *scenario = of->scenario;
    size_t *framed = arena_array(&of->work, scenario->round_count, size_t);
    size_t count = 0;
    for (size_t r = 0; r < scenario->round_count; r++)
        if (scenario->rounds[r].frame)
            framed[count++] = r;
    of->result->framed = result_list(&of->result->finding, framed, count);
}

static void find_grounds(comparing *of)
{
    grounds all = grounds_begin(of->scenario);
    for (size_t r = 0; r < of->scenario->round_count; r++)
        grounds_label(&all, &of->scenario->rounds[r].label);
    for (size_t d = 0; d < of->scenario->demand_count; d++)
        grounds_label(&all, &of->scenario->demands[d].label);
    of->result->finding.grounds =
        grounds_end(&all, result_memory(&of->result->finding));
}

truce_status truce_rounds_find(const truce_scenario *scenario, const truce_stop *stop,
                               truce_rounds **result, truce_error *error)
{
    (void)stop; /* it is a matter of sorting */
    (void)error;
    comparing of = {
        .scenario = scenario,
        .result = result_new(sizeof(truce_rounds), scenario, "rounds"),
    };
    of.open = arena_array(&of.work, scenario->issue_count, truce_value);
    for (size_t i = 0; i < scenario->issue_count; i++)
        of.open[i] = VALUE_OPEN;
    find_stands(&of);
    find_shifts(&of);
    find_frames(&of);
    find_grounds(&of);
    result_proved(&of.result->finding, "positions and demands as the file has them");
    free(of.places);
    arena_free(&of.work);
    *result = of.result;
    return TRUCE_OK;
}

void truce_rounds_free(truce_rounds *result)
{
    result_free(result ? &result->finding : NULL);
}
