/* stages.c - who goes in which handover.
 *
 * Those owed outside the agreed number come first (owed.c). When everybody else is
 * ready on every stage and no site is full, they are exchanged in even steps
 * (spread.c), which takes no more than counting. Else who can go is found by flows
 * (fit.c), and when by more of them (timing.c). Within what must be, whoever is chosen
 * first goes first.
 */
#include "exchange/arrange.h"
#include "exchange/owed.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_LIMITED_STAGES = 1000 };

static bool is_traded(const planning *p, uint32_t person)
{
    return p->fates[person] == PLANNING_GOES && bands_traded(p, person);
}

/* ---- without limits -------------------------------------------------------------- */

/* Those who are traded, and how many of them must go first. */
typedef struct traded {
    uint64_t heads[2], owed[2];
} traded;

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

/* In the order of choice, those owed before the others, into stages by the heads gone.
 */
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

static truce_status spread_freely(planning *p, traded all)
{
    spread s = spread_new(all.heads, p->wish->mode == TRUCE_EXCHANGE_RATIO);
    uint64_t *steps = must_allocate(p->stage_count * sizeof *steps);
    uint64_t first[2] = {spread_steps(&s, 0, all.owed[0]),
                         spread_steps(&s, 1, all.owed[1])};
    spread_evenly(&s, first[0] > first[1] ? first[0] : first[1], p->stage_count, steps);
    fill_stages(p, 0, &s, steps);
    fill_stages(p, 1, &s, steps);
    free(steps);
    planning_note(p, "stages", TRUCE_PROVED,
                  "everybody is ready on every stage and no site is full");
    return TRUCE_OK;
}

/* ---- with limits ----------------------------------------------------------------- */

/* Each band's people in the order of choice, the first to its earliest stage. Whoever
 * finds no seat was left out on the way. */
static void take_seats(arranging *a, unsigned side)
{
    planning *p = a->p;
    size_t stages = p->stage_count;
    for (size_t i = 0; i < p->eligible[side]; i++) {
        uint32_t person = p->order[side][i];
        if (!is_traded(p, person))
            continue;
        uint64_t *left = a->leaving[side] + a->b.band_of[person] * stages;
        uint32_t t = a->b.all[side][a->b.band_of[person]].first;
        while (t < stages && left[t] == 0)
            t++;
        if (t < stages) {
            left[t]--;
            p->stage_of[person] = t + 1;
        } else {
            p->fates[person] = TRUCE_BEYOND_CAPACITY;
        }
    }
}

/* Nobody else is handed over: real, and far from the best. */
static void leave_all(planning *p)
{
    for (size_t i = 0; i < p->lists->count; i++)
        if (is_traded(p, (uint32_t)i)) {
            p->fates[i] = TRUCE_BEYOND_CAPACITY;
            p->stage_of[i] = 0;
        }
}

static void note_arranged(const arranging *a)
{
    planning *p = a->p;
    traded gone = count_traded(p);
    bool all = gone.heads[0] == a->selected[0] && gone.heads[1] == a->selected[1];
    bool equal = a->units[0] == a->units[1] && (a->selected[0] == a->selected[1] ||
                                                p->wish->mode == TRUCE_EXCHANGE_RATIO);
    bool most =
        all || (equal && !a->owed_alone); /* else: beside the owed, who came first */
    planning_note(p, "stages", most ? TRUCE_PROVED : TRUCE_BOUNDED,
                  all    ? "a flow through sites and stages carries as many as were "
                           "selected"
                  : most ? "the least cut through sites and stages lets nobody more "
                           "through"
                         : "heads go in proportion; that sites and stages let nobody "
                           "more through is not proved");
    if (!a->anew && all)
        return;
    planning_note(p, "people home", most ? TRUCE_PROVED : TRUCE_BOUNDED,
                  most ? "%s of %s and %s of %s are what sites and stages let through"
                       : "%s of %s and %s of %s are what sites and stages let through "
                         "beside the owed as early as they can",
                  planning_figure(p, gone.heads[0]), p->lists->names[0],
                  planning_figure(p, gone.heads[1]), p->lists->names[1]);
    planning_note(p, "who goes", a->proved ? TRUCE_PROVED : TRUCE_BOUNDED,
                  a->proved ? "whoever was passed over finds no way through sites and "
                              "stages beside those chosen before"
                            : "the best who were found to go together; the best of one "
                              "side and of the other do not, or not in whole heads");
}

static truce_status fit_and_time(arranging *a)
{
    truce_status status = arrange_fit(a);
    if (status == TRUCE_OK && (!a->owed_alone || a->anew))
        status = arrange_early(a); /* others go now, perhaps in another ratio */
    if (status == TRUCE_OK && a->owed_alone && a->anew)
        status = arrange_fit(a);
    if (status == TRUCE_OK)
        status = arrange_timing(a);
    if (status != TRUCE_OK)
        return status;
    arrange_trades(a);
    take_seats(a, 0);
    take_seats(a, 1);
    note_arranged(a);
    return TRUCE_OK;
}

static truce_status arrange_once(planning *p, const calendar *c, arena *scratch,
                                 bool owed_alone)
{
    arranging a = {.p = p, .c = c, .scratch = scratch, .owed_alone = owed_alone};
    a.b = bands_new(p, c, scratch);
    arrange_begin(&a);
    truce_status status = owed_alone ? arrange_early(&a) : TRUCE_OK;
    if (status == TRUCE_OK)
        status = fit_and_time(&a);
    bands_free(&a.b);
    return status;
}

/* Those of the owed, and of all, who are traded and go. */
typedef struct stock {
    size_t owed, heads, owed_behind;
} stock;

static stock take_stock(const planning *p, truce_status status)
{
    stock of = {0};
    for (size_t i = 0; i < p->lists->count; i++) {
        const truce_person *who = &p->lists->people[i];
        bool goes = status == TRUCE_OK && is_traded(p, (uint32_t)i);
        of.heads += goes;
        of.owed += goes && who->owed;
        of.owed_behind += who->owed && p->fates[i] == TRUCE_BEYOND_CAPACITY;
    }
    return of;
}

static bool is_better(stock one, stock other)
{
    return one.owed != other.owed ? one.owed > other.owed : one.heads > other.heads;
}

/* What the arrangement begins with, to begin again. */
typedef struct beginning {
    const uint8_t *fates;
    size_t optimum_count;
} beginning;

static truce_status arrange_again(planning *p, const calendar *c, arena *scratch,
                                  beginning from, bool owed_alone)
{
    memcpy(p->fates, from.fates, p->lists->count);
    memset(p->stage_of, 0, p->lists->count * sizeof *p->stage_of);
    p->optimum_count = from.optimum_count;
    p->short_of = NULL;
    owed_place(p, c, false);
    return arrange_once(p, c, scratch, owed_alone);
}

/* Those owed as early as can be, whoever stays behind for it. Where the owed themselves stay
 * behind then, or the wish cannot be, everybody is fitted first, and the better of the two
 * counts. */
static truce_status arrange_owed_inside(planning *p, const calendar *c, arena *scratch)
{
    beginning from = {arena_copy(scratch, p->fates, p->lists->count), p->optimum_count};
    truce_status status = arrange_once(p, c, scratch, true);
    stock early = take_stock(p, status);
    if (status == TRUCE_OK && early.owed_behind == 0)
        return TRUCE_OK;
    bool was_early = status == TRUCE_OK;
    calendar again = calendar_new(p, scratch);
    status = arrange_again(p, &again, scratch, from, false);
    if (was_early && !is_better(take_stock(p, status), early)) {
        again = calendar_new(p, scratch);
        status = arrange_again(p, &again, scratch, from, true);
    }
    size_t behind = take_stock(p, status).owed_behind;
    if (status == TRUCE_OK && behind > 0)
        planning_note(
            p, "owed", TRUCE_BOUNDED,
            "%s of them find no way through sites and stages beside the others; "
            "that other stages would not take more is not proved",
            planning_figure(p, behind));
    return status;
}

static truce_status arrange(planning *p, const calendar *c, arena *scratch)
{
    truce_status status = p->wish->owed_inside ? arrange_owed_inside(p, c, scratch)
                                               : arrange_once(p, c, scratch, false);
    bool by_points = p->wish->mode == TRUCE_EXCHANGE_TARIFF;
    if (status == TRUCE_LIMIT || (status == TRUCE_NONE && by_points)) {
        leave_all(p);
        p->short_of = NULL;
        planning_note(p, "stages", TRUCE_BOUNDED,
                      by_points
                          ? "those chosen by points cannot all be handed over, and "
                            "others or fewer points were not looked for"
                          : "no plan was found for those who are traded");
        return TRUCE_LIMIT;
    }
    return status;
}

/* ---- the whole ------------------------------------------------------------------- */

static truce_status stage(planning *p, arena *scratch)
{
    calendar c = calendar_new(p, scratch);
    traded all = count_traded(p);
    if (c.limited && p->stage_count > MOST_LIMITED_STAGES)
        return error_say(
            p->error, TRUCE_CALL,
            "%zu stages with capacities or days of readiness: at most %d can "
            "be planned",
            p->stage_count, MOST_LIMITED_STAGES);
    size_t left_behind = owed_place(p, &c, false);
    if (left_behind > 0)
        planning_note(
            p, "owed", TRUCE_PROVED,
            "sites and days have no room for %s of them; no more of them could "
            "go by the end of any stage",
            planning_figure(p, left_behind));
    if (!c.limited)
        return spread_freely(p, all);
    if (all.heads[0] > 0 && all.heads[1] > 0)
        return arrange(p, &c, scratch);
    bool quotas = owed_place(p, &c, true) > 0 && p->wish->quota_count > 0;
    planning_note(p, "stages", quotas ? TRUCE_BOUNDED : TRUCE_PROVED,
                  quotas
                      ? "those chosen by quota cannot all be handed over; that others "
                        "could not take their place is not proved"
                      : "as many as sites and days let go, each site by itself");
    return TRUCE_OK;
}

truce_status planning_stages(planning *p)
{
    arena scratch = {0};
    p->stage_of = arena_array(p->memory, p->lists->count, uint32_t);
    truce_status status = stage(p, &scratch);
    arena_free(&scratch);
    return status;
}
