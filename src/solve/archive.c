/* A sorted list of mutually undominated vectors. In descending lexicographic order
 * whoever dominates a vector stands before it. With two parties the second sums ascend
 * along the list, so only the neighbour can dominate: a staircase (Kung, Luccio,
 * Preparata, JACM 22(4), 1975).
 */
#include "solve/archive.h"

#include <stdlib.h>
#include <string.h>

enum { KILLERS = 32 };

archive *archive_new(const space *compiled, truce_list over, size_t most)
{
    archive *all = must_allocate_zeroed(1, sizeof *all);
    *all = (archive){.compiled = compiled, .over = over, .most = most};
    all->at_hand = must_allocate_zeroed(over.count, sizeof(wide));
    all->killers = must_allocate_zeroed(KILLERS * over.count, sizeof(wide));
    all->kept_aside = must_allocate_zeroed(over.count, sizeof(wide));
    return all;
}

static void forget(archive_point *point)
{
    free(point->sums);
    free(point->outcomes);
}

void archive_free(archive *all)
{
    if (all == NULL)
        return;
    for (size_t k = 0; k < all->count; k++)
        forget(&all->points[k]);
    free(all->points);
    free(all->at_hand);
    free(all->killers);
    free(all->kept_aside);
    free(all);
}

static int compare(const wide *one, const wide *other, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (one[k] != other[k])
            return one[k] > other[k] ? 1 : -1;
    return 0;
}

/* At least as good for all. */
static bool covers(const wide *one, const wide *other, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (one[k] < other[k])
            return false;
    return true;
}

/* The number of points whose sums are lexicographically larger. */
static size_t position(const archive *all, const wide *sums)
{
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(all->points[middle].sums, sums, all->over.count) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Puts sums in front of the killers, in the place of the k-th. */
static void bring_forward(archive *all, size_t k, const wide *sums)
{
    size_t parties = all->over.count;
    memmove(all->killers + parties, all->killers, k * parties * sizeof *sums);
    memcpy(all->killers, sums, parties * sizeof *sums);
}

/* A killer covers sums and is not equal to them. */
static bool is_killed(archive *all, const wide *sums)
{
    size_t parties = all->over.count;
    for (size_t k = 0; k < all->killer_count; k++) {
        const wide *killer = all->killers + k * parties;
        if (!covers(killer, sums, parties) || compare(killer, sums, parties) == 0)
            continue;
        memcpy(all->kept_aside, killer, parties * sizeof *killer);
        bring_forward(all, k, all->kept_aside);
        return true;
    }
    return false;
}

/* Does a point cover sums and is not equal to them? */
static bool is_dominated(archive *all, const wide *sums)
{
    if (is_killed(all, sums))
        return true;
    size_t at = position(all, sums);
    size_t from = all->over.count <= 2 && at > 0 ? at - 1 : 0;
    for (size_t k = from; k < at; k++) {
        if (!covers(all->points[k].sums, sums, all->over.count))
            continue;
        size_t last = all->killer_count < KILLERS ? all->killer_count++ : KILLERS - 1;
        bring_forward(all, last, all->points[k].sums);
        return true;
    }
    return false;
}

static void keep_outcome(archive *all, archive_point *point, const truce_value *outcome)
{
    size_t issues = all->compiled->issue_count;
    point->count++;
    if (point->kept == all->most)
        return;
    if (point->kept == point->room)
        point->outcomes =
            grow_room(point->outcomes, &point->room, issues * sizeof(truce_value));
    memcpy(point->outcomes + point->kept++ * issues, outcome,
           issues * sizeof(truce_value));
}

static void drop_dominated_from(archive *all, size_t first, const wide *sums)
{
    size_t kept = first;
    for (size_t k = first; k < all->count; k++) {
        if (covers(sums, all->points[k].sums, all->over.count))
            forget(&all->points[k]);
        else
            all->points[kept++] = all->points[k];
    }
    all->count = kept;
}

static archive_point *insert(archive *all, size_t at, const wide *sums)
{
    size_t bytes = all->over.count * sizeof *sums;
    (void)grow(all->points, all->count, all->room);
    memmove(all->points + at + 1, all->points + at,
            (all->count - 1 - at) * sizeof *all->points);
    archive_point *point = &all->points[at];
    *point = (archive_point){.sums = must_allocate(bytes)};
    memcpy(point->sums, sums, bytes);
    return point;
}

void archive_add(archive *all, const truce_value *outcome)
{
    wide *sums = all->at_hand;
    for (size_t k = 0; k < all->over.count; k++)
        sums[k] = space_sum(all->compiled, all->over.items[k], outcome);
    if (is_dominated(all, sums))
        return;
    size_t at = position(all, sums);
    bool is_known =
        at < all->count && compare(all->points[at].sums, sums, all->over.count) == 0;
    if (!is_known) {
        drop_dominated_from(all, at, sums);
        insert(all, at, sums);
    }
    keep_outcome(all, &all->points[at], outcome);
}

bool archive_wants(archive *all, const wide *most)
{
    wide *sums = all->at_hand;
    for (size_t k = 0; k < all->over.count; k++)
        sums[k] = most[all->over.items[k]];
    return !is_dominated(all, sums);
}
