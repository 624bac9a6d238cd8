/* early.c - the owed who are traded go as early as the balance lets them.
 *
 * Stage by stage, and within it band by band, as many of the owed as can be are bound
 * to leave by the end of that stage: as many as leave a flow that carries all the owed
 * of their side, to whomever of the other. What carries the owed of one side and what
 * carries those of the other can be had together (Mendelsohn & Dulmage 1958), so that
 * each side is a question of its own, and nobody owed goes behind somebody of the same
 * site whose place could be taken. Where an agreed number leaves no room for that,
 * everybody must get through, and nobody owed goes behind somebody who could trade
 * places. In fractions of people such trades may be left over; they are made at the
 * end.
 */
#include "exchange/arrange.h"

#include <stdlib.h>
#include <string.h>

/* ---- does it fit? ---------------------------------------------------------------- */

/* Only the owed of this side, and everybody of the other. Returns the heads of the
 * owed. */
static uint64_t take_owed(bands *b, unsigned side)
{
    uint64_t owed = 0;
    for (size_t i = 0; i < b->count[!side]; i++)
        b->all[!side][i].heads = b->all[!side][i].people;
    for (size_t i = 0; i < b->count[side]; i++) {
        band *of = &b->all[side][i];
        of->heads = of->owed ? of->heads : 0;
        owed += of->heads;
    }
    return owed;
}

static band *copy_of(const band *all, size_t count)
{
    band *copy = must_allocate((count + 1) * sizeof *copy);
    if (count > 0)
        memcpy(copy, all, count * sizeof *copy);
    return copy;
}

static int owed_fit(const arranging *a, unsigned side)
{
    bands b = a->b;
    b.all[0] = copy_of(a->b.all[0], b.count[0]);
    b.all[1] = copy_of(a->b.all[1], b.count[1]);
    int64_t owed = (int64_t)take_owed(&b, side) * a->units[side];
    crossing x = crossing_new(a->c, &b, a->units, a->slip, side);
    int64_t most = crossing_most(&x, NULL);
    crossing_free(&x);
    bands_free(&b);
    return most < 0 ? -1 : most == owed;
}

/* ---- binding --------------------------------------------------------------------- */

/* The last of the bands is what is split off from band i. */
static int fits_with(arranging *a, unsigned side, size_t i, uint64_t heads)
{
    band *all = a->b.all[side];
    band *early = &all[a->b.count[side] - 1];
    all[i].heads += early->heads - heads;
    all[i].people += early->heads - heads;
    early->heads = early->people = heads;
    return a->owed_alone ? owed_fit(a, side) : arrange_fits(a);
}

/* The most heads of the band that can be early; -1 when stopped. */
static int64_t most_early(arranging *a, unsigned side, size_t i)
{
    uint64_t low = 0, high = a->b.all[side][i].heads, attempt = high;
    while (low < high) {
        int fits = fits_with(a, side, i, attempt);
        if (fits < 0)
            return -1;
        if (fits)
            low = attempt;
        else
            high = attempt - 1;
        attempt = low + (high - low + 1) / 2;
    }
    fits_with(a, side, i, low);
    return (int64_t)low;
}

/* Those chosen first are the early ones. */
static void move_people(arranging *a, unsigned side, size_t i, uint64_t heads)
{
    const planning *p = a->p;
    uint32_t early = (uint32_t)a->b.count[side] - 1;
    for (size_t k = 0; k < p->eligible[side] && heads > 0; k++) {
        uint32_t person = p->order[side][k];
        if (a->b.band_of[person] != i || p->fates[person] != PLANNING_GOES)
            continue;
        a->b.band_of[person] = early;
        heads--;
    }
}

static bool hasten(arranging *a, unsigned side, size_t i, uint32_t stage)
{
    band early = a->b.all[side][i];
    early.last = stage;
    early.heads = early.people = 0;
    *grow(a->b.all[side], a->b.count[side], a->b.room[side]) = early;
    int64_t heads = most_early(a, side, i);
    if (heads > 0)
        move_people(a, side, i, (uint64_t)heads);
    else
        a->b.count[side]--;
    return heads >= 0;
}

static bool may_be_early(const band *of, uint32_t stage)
{
    return of->owed && of->heads > 0 && of->first <= stage && stage < of->last;
}

truce_status arrange_early(arranging *a)
{
    for (uint32_t t = 0; t + 1 < a->c->stages; t++)
        for (unsigned side = 0; side < 2; side++) {
            size_t count = a->b.count[side];
            for (size_t i = 0; i < count; i++)
                if (may_be_early(&a->b.all[side][i], t) && !hasten(a, side, i, t))
                    return TRUCE_LIMIT;
        }
    return TRUCE_OK;
}

/* ---- trades ---------------------------------------------------------------------- */

static uint64_t *leaving(arranging *a, unsigned side, size_t i, uint32_t stage)
{
    return &a->leaving[side][i * a->c->stages + stage];
}

static bool within(const band *of, uint32_t stage)
{
    return of->first <= stage && stage <= of->last;
}

/* Heads of an owed band who leave late take the places of others of their site who
 * leave early and may leave late. Whether any did. */
static bool trade(arranging *a, unsigned side, size_t owed, uint32_t early,
                  uint32_t late)
{
    const band *all = a->b.all[side];
    uint64_t *want = leaving(a, side, owed, late);
    bool some = false;
    for (size_t i = 0; i < a->b.count[side] && *want > 0; i++) {
        uint64_t *have = leaving(a, side, i, early);
        if (all[i].owed || all[i].site != all[owed].site || *have == 0 ||
            !within(&all[i], late))
            continue;
        uint64_t heads = *have < *want ? *have : *want;
        *have -= heads;
        *want -= heads;
        *leaving(a, side, owed, early) += heads;
        *leaving(a, side, i, late) += heads;
        some = true;
    }
    return some;
}

static bool trade_of_side(arranging *a, unsigned side)
{
    bool some = false;
    for (uint32_t late = 1; late < a->c->stages; late++)
        for (size_t i = 0; i < a->b.count[side]; i++)
            for (uint32_t early = 0; early < late; early++)
                if (a->b.all[side][i].owed && within(&a->b.all[side][i], early))
                    some |= trade(a, side, i, early, late);
    return some;
}

/* Again and again, for who came a stage nearer may trade there once more; each trade brings
 * somebody owed home earlier, so there is an end. */
void arrange_trades(arranging *a)
{
    for (unsigned side = 0; side < 2; side++)
        while (trade_of_side(a, side))
            ;
}
