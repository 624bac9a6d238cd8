/* fit.c - how many can go, and who.
 *
 * The most is one flow. When everybody selected gets through, nothing changes. When
 * not, the selection was too hopeful: the flow is asked again with everybody who may
 * go, and the best people are picked anew (choose.c). Where heads are equal both
 * answers are exact. Else flow is in fractions of people; what gets through in
 * proportion, rounded down, can go, and whether one more could is not looked into.
 */
#include "exchange/arrange.h"
#include "exchange/choose.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FULL_SITES_NAMED = 3 };

static uint64_t common(uint64_t one, uint64_t other)
{
    return other == 0 ? one : common(other, one % other);
}

void arrange_units(arranging *a)
{
    const truce_exchange_wish *wish = a->p->wish;
    bool ratio = wish->mode == TRUCE_EXCHANGE_RATIO;
    const uint64_t *of = ratio ? wish->numbers : a->heads;
    uint64_t part = common(of[0], of[1]), people = a->p->lists->count;
    a->units[0] = (int64_t)(of[1] / part);
    a->units[1] = (int64_t)(of[0] / part);
    a->whole = ratio || a->units[0] == a->units[1];
    bool bundles = ratio && a->units[0] != a->units[1]; /* are exact at every stage */
    uint64_t delta = wish->delta < people ? wish->delta : people;
    a->slip = bundles ? 0 : (int64_t)delta * a->units[1];
}

static void count_heads(arranging *a)
{
    for (unsigned side = 0; side < 2; side++) {
        a->heads[side] = 0;
        for (size_t i = 0; i < a->b.count[side]; i++)
            a->heads[side] += a->b.all[side][i].heads;
    }
}

static void let_everybody_try(arranging *a)
{
    for (unsigned side = 0; side < 2; side++)
        for (size_t i = 0; i < a->b.count[side]; i++)
            a->b.all[side][i].heads = a->b.all[side][i].people;
}

/* ---- what is in the way ---------------------------------------------------------- */

static const char *add_full_site(arranging *a, const crossing_seat *seat,
                                 const char *said)
{
    planning *p = a->p;
    const char *site = p->lists->sites.items[seat->site];
    return arena_format(p->memory, "%s%s%s of %s is full in stage %u", said,
                        *said ? "; " : ": ", *site ? site : "the site not given",
                        p->lists->names[seat->side], seat->stage + 1);
}

/* The seats that the least cut goes through. */
static const char *what_is_full(arranging *a, const crossing *x, const bool *cut)
{
    const char *said = "";
    size_t full = 0;
    for (size_t i = 0; i < x->limit_count; i++) {
        const flow_arc *arc = &x->arcs[x->limits[i].arc];
        if (!cut[arc->from] || cut[arc->to])
            continue;
        if (full++ < MOST_FULL_SITES_NAMED)
            said = add_full_site(a, &x->limits[i], said);
    }
    if (full > MOST_FULL_SITES_NAMED)
        return arena_format(a->p->memory, "%s; and %zu more", said,
                            full - MOST_FULL_SITES_NAMED);
    return full > 0 ? said : ": the days on which people are ready do not meet";
}

static truce_status cannot(arranging *a, const uint64_t most[2], const char *why)
{
    planning *p = a->p;
    p->most[0] = most[0];
    p->most[1] = most[1];
    p->short_of = arena_format(
        p->memory,
        "%s of %s and %s of %s cannot be handed over in %s stage%s: at most %s and %s "
        "can%s",
        planning_figure(p, a->selected[0]), p->lists->names[0],
        planning_figure(p, a->selected[1]), p->lists->names[1],
        planning_figure(p, a->c->stages), a->c->stages == 1 ? "" : "s",
        planning_figure(p, most[0]), planning_figure(p, most[1]), why);
    return TRUCE_NONE;
}

/* ---- the most -------------------------------------------------------------------- */

/* How many heads of each side so many units are. */
static void heads_of(const arranging *a, int64_t units, uint64_t heads[2])
{
    if (a->whole)
        units -= units % (a->units[0] * a->units[1]);
    for (unsigned side = 0; side < 2; side++) {
        heads[side] = (uint64_t)(units / a->units[side]);
        bool fixed = a->p->wish->mode == TRUCE_EXCHANGE_NUMBER;
        if (fixed && heads[side] > a->selected[side])
            heads[side] = a->selected[side];
    }
}

/* Must everybody go who was selected, or is less still what was wished? */
static bool all_or_none(const arranging *a)
{
    return a->p->wish->mode == TRUCE_EXCHANGE_NUMBER ||
           a->p->wish->mode == TRUCE_EXCHANGE_TARIFF;
}

/* The most units with everybody who may go; -1 when stopped. */
static int64_t most_units(arranging *a, int64_t slip, const char **full)
{
    crossing x = crossing_new(a->c, &a->b, a->units, slip, 0);
    bool *cut = must_allocate(x.nodes * sizeof *cut);
    int64_t most = crossing_most(&x, cut);
    if (most >= 0)
        *full = what_is_full(a, &x, cut);
    free(cut);
    crossing_free(&x);
    return most;
}

/* Within rounding, more than in strict proportion may get through: only when that is
 * not enough, either, it is proved that the wish cannot be. */
static truce_status refuse(arranging *a)
{
    const char *full = "";
    uint64_t most[2];
    int64_t rounding = a->whole ? 0 : a->units[0] + a->units[1] - 1;
    int64_t units = most_units(a, a->slip + rounding, &full);
    if (units < 0)
        return TRUCE_LIMIT;
    heads_of(a, units, most);
    if (most[0] < a->selected[0] || most[1] < a->selected[1])
        return cannot(a, most, full);
    return TRUCE_LIMIT;
}

/* ---- who ------------------------------------------------------------------------- */

/* One side, against whoever of the other side has heads in its bands. */
static bool pick_side(arranging *a, unsigned side, const uint64_t target[2],
                      bool *picked)
{
    return choose_side(a->c, &a->b, a->units, a->slip, side, target[side], picked) ==
           CHOICE_MADE;
}

static void let_picked_try(arranging *a, unsigned side, const bool *picked)
{
    const planning *p = a->p;
    for (size_t i = 0; i < a->b.count[side]; i++)
        a->b.all[side][i].heads = 0;
    for (size_t i = 0; i < p->eligible[side]; i++)
        if (picked[p->order[side][i]])
            a->b.all[side][a->b.band_of[p->order[side][i]]].heads++;
}

static void decide_fates(arranging *a, const bool *picked)
{
    planning *p = a->p;
    for (unsigned side = 0; side < 2; side++)
        for (size_t i = 0; i < p->eligible[side]; i++) {
            uint32_t person = p->order[side][i];
            if (!bands_traded(p, person))
                continue;
            if (picked[person])
                p->fates[person] = PLANNING_GOES;
            else if (p->fates[person] == PLANNING_GOES)
                p->fates[person] = TRUCE_BEYOND_CAPACITY;
        }
}

/* The places of those picked in the order of choice, added up. */
static uint64_t sum_of_places(const arranging *a, const bool *picked)
{
    uint64_t sum = 0;
    for (unsigned side = 0; side < 2; side++)
        for (size_t i = 0; i < a->p->eligible[side]; i++)
            sum += picked[a->p->order[side][i]] ? i : 0;
    return sum;
}

int arrange_fits(arranging *a)
{
    crossing x = crossing_new(a->c, &a->b, a->units, a->slip, 0);
    int64_t most = crossing_most(&x, NULL);
    crossing_free(&x);
    return most < 0 ? -1 : most == (int64_t)a->heads[0] * a->units[0];
}

/* Proportions do not let both targets through together: aim a little lower. */
static void aim_lower(const arranging *a, uint64_t target[2])
{
    bool reached = a->heads[0] == target[0] && a->heads[1] == target[1];
    uint64_t each[2] = {(uint64_t)a->units[1], (uint64_t)a->units[0]};
    uint64_t times[2] = {a->heads[0] / each[0], a->heads[1] / each[1]};
    uint64_t fewest = times[1] < times[0] ? times[1] : times[0];
    for (unsigned side = 0; side < 2; side++)
        target[side] =
            a->whole ? (fewest - reached) * each[side] : a->heads[side] - reached;
}

/* Do those picked get through together? Sets heads and units for them. Where the part
 * of one side is less than a head, nobody goes. */
static int picked_fit(arranging *a, bool *picked)
{
    int64_t units[2] = {a->units[0], a->units[1]};
    let_picked_try(a, 0, picked);
    let_picked_try(a, 1, picked);
    count_heads(a);
    if (a->heads[0] == 0 || a->heads[1] == 0) {
        memset(picked, 0, a->p->lists->count * sizeof *picked);
        memset(a->heads, 0, sizeof a->heads);
        return 1;
    }
    arrange_units(a);
    int fits = arrange_fits(a);
    if (fits == 0)
        memcpy(a->units, units, sizeof units);
    return fits;
}

static bool pick_each(arranging *a, const uint64_t target[2], bool *picked)
{
    let_everybody_try(a);
    return pick_side(a, 0, target, picked) && pick_side(a, 1, target, picked);
}

/* One side has its best people, and the other the best that fit to them. */
static bool pick_after(arranging *a, unsigned first, const uint64_t target[2],
                       bool *picked)
{
    let_everybody_try(a);
    if (!pick_side(a, first, target, picked))
        return false;
    let_picked_try(a, first, picked);
    return pick_side(a, !first, target, picked);
}

/* The best people of both sides need not go together when fewer go than could. Then
 * each side is given its best in turn, and that is taken which adds up to better
 * places. */
static bool pick_in_turn(arranging *a, const uint64_t target[2], bool *picked)
{
    size_t people = a->p->lists->count;
    bool *turns[2] = {arena_array(a->scratch, people, bool),
                      arena_array(a->scratch, people, bool)};
    if (!pick_after(a, 0, target, turns[0]) || !pick_after(a, 1, target, turns[1]))
        return false;
    bool later = sum_of_places(a, turns[1]) < sum_of_places(a, turns[0]);
    memcpy(picked, turns[later], people * sizeof *picked);
    a->proved = false;
    return true;
}

/* Picks anew, and where proportions were rounded, one less until it fits. */
static truce_status choose_anew(arranging *a, uint64_t target[2])
{
    bool *picked = arena_array(a->scratch, a->p->lists->count, bool);
    for (int fits = 0; fits == 0;) {
        memset(picked, 0, a->p->lists->count * sizeof *picked);
        if (!pick_each(a, target, picked))
            return TRUCE_LIMIT;
        fits = picked_fit(a, picked);
        if (fits == 0 && pick_in_turn(a, target, picked))
            fits = picked_fit(a, picked);
        if (fits < 0)
            return TRUCE_LIMIT;
        bool everybody = memcmp(a->heads, a->selected, sizeof a->heads) == 0;
        if (all_or_none(a) && (fits == 0 || !everybody))
            return TRUCE_LIMIT; /* it could in proportion; not found in whole heads */
        if (fits == 0)
            aim_lower(a, target);
    }
    decide_fates(a, picked);
    return TRUCE_OK;
}

/* Picking fills lower bounds first, so that it finds as many for them as there can be.
 */
static truce_status keep_quotas(arranging *a)
{
    planning *p = a->p;
    for (unsigned side = 0; side < 2; side++)
        for (size_t g = 0; g < a->b.groups; g++) {
            uint64_t heads = 0, least = (uint64_t)a->b.least[side][g];
            for (size_t i = 0; i < a->b.count[side]; i++)
                heads += a->b.all[side][i].group == g ? a->b.all[side][i].heads : 0;
            if (heads >= least)
                continue;
            p->most[side] = heads;
            p->short_of = arena_format(
                p->memory,
                "a quota asks for at least %s of class \"%s\" of %s: %s can be handed "
                "over in the stages",
                planning_figure(p, least), p->lists->classes.items[g],
                p->lists->names[side], planning_figure(p, heads));
            return TRUCE_NONE;
        }
    return TRUCE_OK;
}

static truce_status fit_fewer(arranging *a)
{
    const char *full = "";
    uint64_t target[2];
    let_everybody_try(a);
    int64_t units = most_units(a, a->slip, &full);
    if (units < 0)
        return TRUCE_LIMIT;
    heads_of(a, units, target);
    bool fewer = target[0] < a->selected[0] || target[1] < a->selected[1];
    if (fewer && all_or_none(a))
        return refuse(a);
    a->anew = true;
    a->proved = a->units[0] == a->units[1];
    truce_status status = choose_anew(a, target);
    return status == TRUCE_OK ? keep_quotas(a) : status;
}

void arrange_begin(arranging *a)
{
    count_heads(a);
    memcpy(a->selected, a->heads, sizeof a->heads);
    arrange_units(a);
    a->proved = true;
}

truce_status arrange_fit(arranging *a)
{
    int fits = arrange_fits(a);
    if (fits != 0)
        return fits < 0 ? TRUCE_LIMIT : TRUCE_OK;
    if (a->owed_alone && all_or_none(a))
        return TRUCE_NONE; /* no owed person is to stay behind for another */
    return fit_fewer(a);
}
