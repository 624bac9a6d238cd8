/* flow_assignment - rows are assigned one after the other, each along the cheapest path of
 * reassignments from it to a column that is free; prices stay such that no entry costs
 * less than its row and column are priced, which proves the end.
 */
#include "exchange/flow.h"

#include "base/arena.h"
#include "base/stop.h"

#define NOBODY UINT32_MAX

typedef struct assigning {
    uint32_t rows, columns;
    const int64_t *cost;
    int64_t *of_row, *of_column;
    uint32_t *row;       /* [columns] assigned to it, or NOBODY */
    int64_t *distance;   /* [columns] of the cheapest path found yet */
    uint32_t *came_from; /* [columns] the column before it on that path; NOBODY: none */
    bool *settled;       /* [columns] */
} assigning;

/* Paths that go on through a row reached at a distance, from a column (NOBODY: the row that
 * begins). */
static void spread(assigning *a, uint32_t row, int64_t distance, uint32_t from)
{
    const int64_t *costs = a->cost + (size_t)row * a->columns;
    for (uint32_t c = 0; c < a->columns; c++) {
        int64_t there = distance + costs[c] - a->of_row[row] - a->of_column[c];
        if (a->settled[c] || there >= a->distance[c])
            continue;
        a->distance[c] = there;
        a->came_from[c] = from;
    }
}

static uint32_t nearest(const assigning *a)
{
    uint32_t found = NOBODY;
    for (uint32_t c = 0; c < a->columns; c++)
        if (!a->settled[c] && (found == NOBODY || a->distance[c] < a->distance[found]))
            found = c;
    return found;
}

static void reprice(assigning *a, uint32_t begin, int64_t last)
{
    a->of_row[begin] += last;
    for (uint32_t c = 0; c < a->columns; c++) {
        if (!a->settled[c])
            continue;
        a->of_column[c] -= last - a->distance[c];
        if (a->row[c] != NOBODY)
            a->of_row[a->row[c]] += last - a->distance[c];
    }
}

static void assign(assigning *a, uint32_t row)
{
    for (uint32_t c = 0; c < a->columns; c++) {
        a->distance[c] = INT64_MAX;
        a->settled[c] = false;
    }
    spread(a, row, 0, NOBODY);
    uint32_t end = nearest(a);
    while (a->row[end] != NOBODY) {
        a->settled[end] = true;
        spread(a, a->row[end], a->distance[end], end);
        end = nearest(a);
    }
    reprice(a, row, a->distance[end]);
    for (; a->came_from[end] != NOBODY; end = a->came_from[end])
        a->row[end] = a->row[a->came_from[end]];
    a->row[end] = row;
}

bool flow_assignment(uint32_t rows, uint32_t columns, const int64_t *cost,
                     uint32_t *column, int64_t *of_row, int64_t *of_column,
                     const truce_stop *stop)
{
    arena scratch = {0};
    assigning a = {rows, columns, cost, of_row, of_column, NULL, NULL, NULL, NULL};
    a.row = arena_array(&scratch, columns, uint32_t);
    a.distance = arena_array(&scratch, columns, int64_t);
    a.came_from = arena_array(&scratch, columns, uint32_t);
    a.settled = arena_array(&scratch, columns, bool);
    for (uint32_t c = 0; c < columns; c++) {
        a.row[c] = NOBODY;
        of_column[c] = 0;
    }
    uint32_t done = 0;
    for (; done < rows && !stop_now(stop); done++) {
        of_row[done] = 0;
        assign(&a, done);
    }
    for (uint32_t c = 0; c < columns; c++)
        if (a.row[c] != NOBODY)
            column[a.row[c]] = c;
    arena_free(&scratch);
    return done == rows;
}
