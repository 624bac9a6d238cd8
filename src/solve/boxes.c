/* From a part to its frontier: boxes_graph.c writes the boxes, boxes_search.c finds the
 * sets of them, and here each set becomes an outcome: on every issue the lowest value
 * that all its boxes share. A set found within the limits has all boxes that its outcome
 * can have; one found beyond them may have missed some, so then the sums are taken anew
 * from the outcome. */
#include "solve/boxes.h"

#include "solve/boxes_search.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* One frontier being made. */
typedef struct finding {
    const boxes_part *part;
    const wide *cut; /* or NULL */
    boxes_graph graph;
    boxes_search *search;
    wide *sums;          /* [count][dims] */
    truce_value *values; /* [count][issues] */
} finding;

static void set_witness(const finding *of, const uint64_t *chosen, truce_value *values)
{
    const boxes_graph *graph = &of->graph;
    memset(values, 0, graph->issues * sizeof *values);
    for (size_t b = 0; b < graph->count; b++) {
        if (!(chosen[b / 64] >> b % 64 & 1))
            continue;
        const condition_range *box = &graph->ranges[b * graph->issues];
        for (size_t i = 0; i < graph->issues; i++)
            if (box[i].first > values[i])
                values[i] = box[i].first;
    }
}

/* outcome [issue_count] of the space: the witness, and anything beside the part. */
static wide sum_of_outcome(const finding *of, size_t dim, const truce_value *outcome)
{
    const space_party *party = &of->part->compiled->parties[of->part->over.items[dim]];
    wide sum = 0;
    for (size_t i = 0; i < of->graph.issues; i++) {
        size_t issue = of->part->issues.items[i];
        sum += party->tables[issue][outcome[issue]];
    }
    for (size_t b = 0; b < of->graph.bonus_counts[dim]; b++)
        if (truce_condition_holds(of->graph.bonuses[dim][b]->condition, outcome))
            sum += of->graph.bonuses[dim][b]->amount;
    return sum;
}

static void set_sums_of_witness(const finding *of, const truce_value *values,
                                truce_value *outcome, wide *sums)
{
    for (size_t i = 0; i < of->graph.issues; i++)
        outcome[of->part->issues.items[i]] = values[i];
    for (size_t d = 0; d < of->graph.dims; d++)
        sums[d] = sum_of_outcome(of, d, outcome);
}

/* What a set has that keeps all that must hold. */
static wide duties(const finding *of)
{
    return (wide)of->graph.musts * of->graph.duty;
}

static bool keeps_all(const finding *of, size_t point)
{
    return front_sum(boxes_search_front(of->search), point, 0) >= duties(of);
}

static void set_sums_of_point(const finding *of, size_t point, wide *sums)
{
    for (size_t d = 0; d < of->graph.dims; d++)
        sums[d] = of->graph.base[d] - duties(of) +
                  front_sum(boxes_search_front(of->search), point, d);
}

static void cut_sums(const finding *of, wide *sums)
{
    for (size_t d = 0; d < of->graph.dims && of->cut; d++)
        if (sums[d] > of->cut[d])
            sums[d] = of->cut[d];
}

/* Returns how many there are. */
static size_t set_points(const finding *of)
{
    const front *all = boxes_search_front(of->search);
    size_t count = 0;
    const boxes_graph *graph = &of->graph;
    bool complete = boxes_search_is_complete(of->search);
    uint64_t *chosen = must_allocate(graph->words * sizeof *chosen + 1);
    truce_value *outcome =
        must_allocate_zeroed(of->part->compiled->issue_count + 1, sizeof *outcome);
    for (size_t i = 0; i < all->count; i++) {
        truce_value *values = of->values + count * graph->issues;
        wide *sums = of->sums + count * graph->dims;
        if (!keeps_all(of, i))
            continue;
        count++;
        boxes_search_choice(of->search, i, chosen);
        set_witness(of, chosen, values);
        if (complete)
            set_sums_of_point(of, i, sums);
        else
            set_sums_of_witness(of, values, outcome, sums);
        cut_sums(of, sums);
    }
    free(chosen);
    free(outcome);
    return count;
}

/* ---- order ---- */

typedef struct place {
    const wide *sums;
    const truce_value *values;
    size_t dims;
} place;

static int compare_places(const void *a, const void *b)
{
    const place *one = a, *other = b;
    for (size_t d = 0; d < one->dims; d++)
        if (one->sums[d] != other->sums[d])
            return one->sums[d] > other->sums[d] ? -1 : 1;
    return 0;
}

/* In order and without doubles; which witness a double has matters to nobody. */
static void put_in_order(boxes_frontier *found, const finding *of, size_t count)
{
    size_t dims = found->dims, issues = found->issue_count;
    place *places = must_allocate_zeroed(count + 1, sizeof *places);
    wide *sums = arena_array(&found->memory, count * dims, wide);
    truce_value *values = arena_array(&found->memory, count * issues, truce_value);
    for (size_t i = 0; i < count; i++)
        places[i] = (place){of->sums + i * dims, of->values + i * issues, dims};
    qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && compare_places(&places[i - 1], &places[i]) == 0)
            continue;
        memcpy(sums + found->count * dims, places[i].sums, dims * sizeof *sums);
        memcpy(values + found->count * issues, places[i].values,
               issues * sizeof *values);
        found->count++;
    }
    free(places);
    found->sums = sums;
    found->values = values;
}

/* ---- the whole ---- */

/* The cut for sums of boxes; NULL without a cut. */
static const wide *cut_of_boxes(const finding *of, arena *memory)
{
    if (of->cut == NULL)
        return NULL;
    wide *cut = arena_array(memory, of->graph.dims, wide);
    for (size_t d = 0; d < of->graph.dims; d++) {
        wide above = of->cut[d] - of->graph.base[d];
        cut[d] = (above > 0 ? above : 0) + duties(of);
    }
    return cut;
}

static void set_frontier(boxes_frontier *found, finding *of)
{
    size_t count = boxes_search_front(of->search)->count;
    of->sums = must_allocate_zeroed(count * of->graph.dims, sizeof *of->sums);
    of->values = must_allocate_zeroed(count * of->graph.issues, sizeof *of->values);
    found->dims = of->graph.dims;
    found->issue_count = of->graph.issues;
    put_in_order(found, of, set_points(of));
    found->complete = boxes_search_is_complete(of->search);
    found->nodes = boxes_search_nodes(of->search);
    found->bytes = boxes_search_bytes(of->search);
    free(of->sums);
    free(of->values);
}

boxes_frontier *boxes_find(const boxes_part *part, const boxes_choices *choices,
                           const truce_stop *stop)
{
    boxes_frontier *found = must_allocate_zeroed(1, sizeof *found);
    arena memory = {0};
    finding of = {.part = part, .cut = choices ? choices->cut : NULL};
    bool fits __attribute__((unused)) = boxes_write(part, &of.graph, &memory);
    assert(fits);
    of.search = boxes_search_new(&of.graph, cut_of_boxes(&of, &memory),
                                 choices ? choices->memory : 0, stop);
    set_frontier(found, &of);
    boxes_search_free(of.search);
    arena_free(&memory);
    return found;
}

void boxes_free(boxes_frontier *found)
{
    if (found == NULL)
        return;
    arena_free(&found->memory);
    free(found);
}
