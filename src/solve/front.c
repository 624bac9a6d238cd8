/* Fronts and their unions: what is common to all dimensions and both widths. The work is
 * done in front_kernel.inc, compiled once for int64_t and once for wide; it answers
 * with the places of the kept points, from which columns, counts and trail are filled
 * here. A front takes 8 bytes a dimension and point (16 when broad), 8 a word of its
 * count, and 5 in its trail. */
#include "solve/front_kernel.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static size_t sum_bytes(bool broad)
{
    return broad ? sizeof(wide) : sizeof(int64_t);
}

static size_t bytes_of(const front *all)
{
    return sizeof *all + all->dims * sizeof *all->sums +
           all->count * (all->dims * sum_bytes(all->broad) +
                         all->count_words * sizeof *all->counts);
}

static front *front_new(size_t dims, bool broad, size_t count, size_t words,
                        front_work *work)
{
    front *all = must_allocate_zeroed(1, sizeof *all);
    all->dims = dims;
    all->broad = broad;
    all->count = count;
    all->count_words = words;
    all->sums = must_allocate_zeroed(dims, sizeof *all->sums);
    for (size_t d = 0; d < dims; d++)
        all->sums[d] = must_allocate_zeroed(count, sum_bytes(broad));
    work->bytes += bytes_of(all);
    if (work->bytes > work->peak)
        work->peak = work->bytes;
    return all;
}

front *front_unit(size_t dims, bool broad, size_t words, bool tracked, front_work *work)
{
    front *all = front_new(dims, broad, 1, words, work);
    if (words) {
        all->counts = must_allocate_zeroed(words, sizeof *all->counts);
        all->counts[0] = 1;
    }
    if (tracked)
        all->path = trail_root(work);
    return all;
}

wide front_sum(const front *all, size_t point, size_t dim)
{
    return all->broad ? ((const wide *)all->sums[dim])[point]
                      : ((const int64_t *)all->sums[dim])[point];
}

static void set_sum(front *all, size_t point, size_t dim, wide sum)
{
    if (all->broad)
        ((wide *)all->sums[dim])[point] = sum;
    else
        ((int64_t *)all->sums[dim])[point] = (int64_t)sum;
}

static void fill_column(front *all, size_t dim, const front_source *sources,
                        const front_kept *kept)
{
    for (size_t i = 0; i < all->count; i++) {
        const front_source *source = &sources[kept->source[i]];
        wide shift = source->shift ? source->shift[dim] : 0;
        set_sum(all, i, dim, front_sum(source->from, kept->index[i], dim) + shift);
    }
}

/* Points the front may have: `most`, what memory holds, and what an index can say. */
static size_t most_points(const front_job *job, bool broad)
{
    size_t most = UINT32_MAX;
    if (job->choices->most && job->choices->most < most)
        most = job->choices->most;
    size_t point = job->dims * sum_bytes(broad) + job->words * sizeof(uint64_t);
    if (!job->choices->untracked)
        point += trail_point_bytes(job->count);
    if (job->choices->memory && job->choices->memory / point < most)
        most = job->choices->memory / point;
    return most;
}

static front *front_of(const front_job *job, bool broad, front_kept *kept,
                       front_work *work)
{
    front *all = front_new(job->dims, broad, kept->count, job->words, work);
    for (size_t d = 0; d < job->dims; d++)
        fill_column(all, d, job->sources, kept);
    all->counts = kept->counts;
    kept->counts = NULL;
    if (!job->choices->untracked)
        all->path =
            trail_new(job->sources, job->count, kept, job->choices->stage, work);
    work->overflow |= kept->overflow;
    return all;
}

front *front_union(const front_source *sources, size_t count,
                   const front_choices *choices, const truce_stop *stop,
                   front_work *work)
{
    assert(count > 0 && sources[0].from->dims > 0);
    static const front_choices usual;
    const front *first = sources[0].from;
    front_job job = {sources, count, first->dims, first->count_words, 0, choices, stop};
    if (choices == NULL)
        job.choices = &usual;
    job.most = most_points(&job, first->broad);
    for (size_t s = 0; s < count; s++)
        work->candidates += sources[s].from->count;
    front_kept kept = {.words = job.words};
    bool done =
        first->broad ? front_keep_broad(&job, &kept) : front_keep_narrow(&job, &kept);
    front *all = done ? front_of(&job, first->broad, &kept, work) : NULL;
    kept_free(&kept);
    return all;
}

/* Points with their sums cut, while they are sorted anew. */
typedef struct cut_point {
    uint32_t point;
    const wide *sums; /* [dims] */
    size_t dims;
} cut_point;

static int cut_order(const void *a, const void *b)
{
    const cut_point *one = a, *other = b;
    for (size_t d = 0; d < one->dims; d++)
        if (one->sums[d] != other->sums[d])
            return one->sums[d] > other->sums[d] ? -1 : 1;
    return one->point < other->point ? -1 : 1;
}

static cut_point *cut_points(const front *all, const wide *most, wide *sums)
{
    cut_point *points = must_allocate_zeroed(all->count, sizeof *points);
    for (size_t i = 0; i < all->count; i++) {
        wide *own = sums + i * all->dims;
        for (size_t d = 0; d < all->dims; d++) {
            wide sum = front_sum(all, i, d);
            own[d] = sum < most[d] ? sum : most[d];
        }
        points[i] = (cut_point){(uint32_t)i, own, all->dims};
    }
    qsort(points, all->count, sizeof *points, cut_order);
    return points;
}

/* Is it beaten or equalled by the best second sum so far? All there is to see in two
 * dimensions, and never wrong in one. */
static bool falls_behind(const cut_point *one, const cut_point *best)
{
    return one->dims == 1 || (one->dims == 2 && one->sums[1] <= best->sums[1]);
}

static bool is_equal(const cut_point *one, const cut_point *other)
{
    return memcmp(one->sums, other->sums, one->dims * sizeof *one->sums) == 0;
}

/* The first of equal points, in order. Returns how many. */
static size_t without_doubles(cut_point *points, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !(falls_behind(&points[i], &points[kept - 1]) ||
                           is_equal(&points[i], &points[kept - 1])))
            points[kept++] = points[i];
    return kept;
}

/* A front in order, though some of it may be dominated: a source for the kernel. */
static front *front_of_cut(const front *all, const cut_point *points, size_t count,
                           front_work *work)
{
    front *cut = front_new(all->dims, all->broad, count, 0, work);
    uint32_t *index = must_allocate(count * sizeof *index);
    for (size_t i = 0; i < count; i++) {
        index[i] = points[i].point;
        for (size_t d = 0; d < all->dims; d++)
            set_sum(cut, i, d, points[i].sums[d]);
    }
    if (all->path)
        cut->path = trail_selection(all->path, index, count, work);
    free(index);
    return cut;
}

/* The undominated points of a sorted front, which is freed. */
static front *filtered(front *sorted, const truce_stop *stop, front_work *work)
{
    front_source source = {.from = sorted};
    front_choices choices = {.untracked = true};
    front_job job = {&source, 1, sorted->dims, 0, UINT32_MAX, &choices, stop};
    front_kept kept = {0};
    front *all = NULL;
    work->candidates += sorted->count;
    if (sorted->broad ? front_keep_broad(&job, &kept)
                      : front_keep_narrow(&job, &kept)) {
        all = front_of(&job, sorted->broad, &kept, work);
        if (sorted->path)
            all->path = trail_selection(sorted->path, kept.index, kept.count, work);
    }
    kept_free(&kept);
    front_free(sorted, work);
    return all;
}

front *front_cut(const front *all, const wide *most, const truce_stop *stop,
                 front_work *work)
{
    wide *sums = must_allocate_zeroed(all->count * all->dims, sizeof *sums);
    cut_point *points = cut_points(all, most, sums);
    size_t count = without_doubles(points, all->count);
    front *sorted = front_of_cut(all, points, count, work);
    free(points);
    free(sums);
    return filtered(sorted, stop, work);
}

void front_walk(const front *all, size_t point,
                void (*visit)(void *user, uint32_t stage, uint32_t label), void *user)
{
    trail_walk(all->path, point, visit, user);
}

void front_free(front *all, front_work *work)
{
    if (all == NULL)
        return;
    trail_release(all->path, work);
    work->bytes -= bytes_of(all);
    for (size_t d = 0; d < all->dims; d++)
        free(all->sums[d]);
    free(all->sums);
    free(all->counts);
    free(all);
}
