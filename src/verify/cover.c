/* Two dimensions: candidates and listed vectors both descend in the first, so one walk
 * down keeps the largest second of all that are large enough in the first. More: a tree
 * that halves the listed vectors where they are widest, with the largest and the smallest
 * of each dimension at every node; a candidate that is larger somewhere than the largest
 * is covered by nobody there, and one below the smallest by everybody. */
#include "verify/cover.h"

#include <stdlib.h>
#include <string.h>

enum { LEAF_SIZE = 8 };

static const wide lowest = -((wide)1 << 125);

/* A part of the tree: vectors [first, first + count) of the shuffled copy; its halves are
 * the next node and `right`; a leaf has no right. */
typedef struct branch {
    size_t first, count, right;
} branch;

struct cover {
    const vectors *by;
    wide *points;  /* [count][dims] a copy in the order of the tree */
    wide *corners; /* [branch_count][2][dims] largest, smallest */
    branch *branches;
    size_t branch_count, branch_room;
};

/* ---- building -------------------------------------------------------------------- */

static wide *point_of(const cover *all, size_t i)
{
    return &all->points[i * all->by->dims];
}

static wide *largest_of(const cover *all, size_t b)
{
    return &all->corners[2 * b * all->by->dims];
}

static wide *smallest_of(const cover *all, size_t b)
{
    return &all->corners[(2 * b + 1) * all->by->dims];
}

static void measure(const cover *all, size_t b)
{
    const branch *part = &all->branches[b];
    wide *largest = largest_of(all, b), *smallest = smallest_of(all, b);
    size_t dims = all->by->dims;
    memcpy(largest, point_of(all, part->first), dims * sizeof *largest);
    memcpy(smallest, largest, dims * sizeof *smallest);
    for (size_t i = part->first + 1; i < part->first + part->count; i++)
        for (size_t d = 0; d < dims; d++) {
            wide sum = point_of(all, i)[d];
            if (sum > largest[d])
                largest[d] = sum;
            if (sum < smallest[d])
                smallest[d] = sum;
        }
}

static size_t widest_of(const cover *all, size_t b)
{
    const wide *largest = largest_of(all, b), *smallest = smallest_of(all, b);
    size_t widest = 0;
    for (size_t d = 1; d < all->by->dims; d++)
        if (largest[d] - smallest[d] > largest[widest] - smallest[widest])
            widest = d;
    return widest;
}

static void swap_points(const cover *all, size_t one, size_t other)
{
    wide *a = point_of(all, one), *b = point_of(all, other);
    for (size_t d = 0; d < all->by->dims; d++) {
        wide kept = a[d];
        a[d] = b[d];
        b[d] = kept;
    }
}

/* Hoare's selection: afterwards no point before the middle is smaller in dim than any
 * from there on. */
static void halve(const cover *all, size_t first, size_t count, size_t dim)
{
    ptrdiff_t low = (ptrdiff_t)first, high = low + (ptrdiff_t)count - 1;
    ptrdiff_t middle = low + (ptrdiff_t)(count / 2);
    while (low < high) {
        wide pivot = point_of(all, (size_t)((low + high) / 2))[dim];
        ptrdiff_t i = low, j = high;
        while (i <= j) {
            while (point_of(all, (size_t)i)[dim] > pivot)
                i++;
            while (point_of(all, (size_t)j)[dim] < pivot)
                j--;
            if (i <= j)
                swap_points(all, (size_t)i++, (size_t)j--);
        }
        if (middle > j && middle < i)
            return;
        if (middle <= j)
            high = j;
        else
            low = i;
    }
}

/* Depth is the logarithm of the count: both halves differ by one at most. */
static size_t build(cover *all, size_t first, size_t count)
{
    size_t b = all->branch_count;
    *grow(all->branches, all->branch_count, all->branch_room) =
        (branch){.first = first, .count = count};
    measure(all, b);
    if (count <= LEAF_SIZE)
        return b;
    halve(all, first, count, widest_of(all, b));
    build(all, first, count / 2);
    size_t right = build(all, first + count / 2, count - count / 2);
    all->branches[b].right = right;
    return b;
}

cover *cover_new(const vectors *by)
{
    cover *all = must_allocate_zeroed(1, sizeof *all);
    all->by = by;
    if (by->dims <= 2 || by->count == 0)
        return all;
    size_t width = by->dims * sizeof *all->points;
    all->points = must_allocate(by->count * width);
    memcpy(all->points, by->at, by->count * width);
    all->corners =
        must_allocate(2 * by->count * width); /* fewer branches than points */
    build(all, 0, by->count);
    return all;
}

void cover_free(cover *all)
{
    if (all == NULL)
        return;
    free(all->points);
    free(all->corners);
    free(all->branches);
    free(all);
}

/* ---- asking ---------------------------------------------------------------------- */

/* The i-th candidate, cut and made short by slack; false when it is passed over. */
static bool set_candidate(const candidates *of, size_t i, wide *sums)
{
    size_t dims = of->from->dims;
    const wide *from = &of->from->at[i * dims];
    for (size_t d = 0; d < dims; d++) {
        wide sum = from[d] + of->shift[d];
        if (sum > of->most[d])
            sum = of->most[d];
        if (sum < of->least[d])
            return false;
        sums[d] = sum - of->slack[d];
    }
    return true;
}

static bool reaches(const wide *one, const wide *other, size_t dims)
{
    for (size_t d = 0; d < dims; d++)
        if (one[d] < other[d])
            return false;
    return true;
}

static bool is_covered_in(const cover *all, size_t b, const wide *sums, uint64_t *steps)
{
    const branch *part = &all->branches[b];
    size_t dims = all->by->dims;
    ++*steps;
    if (!reaches(largest_of(all, b), sums, dims))
        return false;
    if (reaches(smallest_of(all, b), sums, dims))
        return true;
    if (part->right)
        return is_covered_in(all, b + 1, sums, steps) ||
               is_covered_in(all, part->right, sums, steps);
    *steps += part->count;
    for (size_t i = part->first; i < part->first + part->count; i++)
        if (reaches(point_of(all, i), sums, dims))
            return true;
    return false;
}

static size_t search(const cover *all, const candidates *of, bool covered, wide *sums,
                     uint64_t *steps)
{
    for (size_t i = 0; i < of->from->count; i++)
        if (set_candidate(of, i, sums) &&
            (all->by->count && is_covered_in(all, 0, sums, steps)) == covered)
            return i;
    return of->from->count;
}

/* No dimensions: anything covers everything. One: the second is always large enough. */
static size_t walk(const cover *all, const candidates *of, bool covered, wide *sums,
                   uint64_t *steps)
{
    size_t dims = all->by->dims, next = 0;
    wide second = lowest;
    for (size_t i = 0; i < of->from->count; i++) {
        if (!set_candidate(of, i, sums))
            continue;
        for (; next < all->by->count; next++) {
            const wide *listed = &all->by->at[next * dims];
            if (dims > 0 && listed[0] < sums[0])
                break;
            if (dims == 2 && listed[1] > second)
                second = listed[1];
        }
        if ((next > 0 && (dims < 2 || second >= sums[1])) == covered)
            return i;
    }
    *steps += of->from->count + next;
    return of->from->count;
}

size_t cover_first(const cover *all, const candidates *of, bool covered,
                   uint64_t *steps)
{
    wide *sums = must_allocate_zeroed(all->by->dims + 1, sizeof *sums);
    size_t first = all->by->dims <= 2 ? walk(all, of, covered, sums, steps)
                                      : search(all, of, covered, sums, steps);
    free(sums);
    return first;
}
