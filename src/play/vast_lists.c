/* Lists near an end, and levels. Two threads may make the same list, which comes out the same;
 * the later one is thrown away. */
#include "play/vast_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    NEAR_ROOM = 1024,  /* sums in a list near an end */
    LEVEL_ROOM = 1024, /* sums in a list of a level */
    FIRST_ISSUES = 6,  /* in a level */
};

void vast_level_free(level *of)
{
    if (of == NULL)
        return;
    sum_list_free(&of->lists[0]);
    sum_list_free(&of->lists[1]);
    free(of->others);
    free(of);
}

static truce_value *open_outcome(size_t issues)
{
    truce_value *outcome = must_allocate((issues + 1) * sizeof *outcome);
    for (size_t i = 0; i < issues; i++)
        outcome[i] = VALUE_OPEN;
    return outcome;
}

static void begin_lists(level *to, vast_guard guards[2], const vast_seat *of,
                        size_t issues, int64_t reach)
{
    for (int h = 0; h < 2; h++) {
        sum_list_begin(&to->lists[h], issues, reach);
        guards[h] = (vast_guard){of, of->ban_count > 0 ? open_outcome(issues) : NULL};
    }
}

/* To which list the issue goes that comes in this place. */
static int half_for(const vast_seat *of, size_t place, size_t issue)
{
    return of->ban_count > 0 ? of->half[issue] : place % 2;
}

/* The issues in the order of the lists near an end: first those of bans that the very end
 * breaks, so that what it costs to heed them is known before reach gets short; then those
 * of other bans, for as long as bans are ahead equal sums are not alike; then the
 * narrowest, so that reach soon does get short. */
static size_t *order_near(const vast_seat *of, const end *at, size_t issues)
{
    truce_value *ends = must_allocate((issues + 1) * sizeof *ends);
    size_t *order = must_allocate((issues + 1) * sizeof *order), count = 0;
    int *rank = must_allocate_zeroed(issues + 1, sizeof *rank);
    for (size_t i = 0; i < issues; i++)
        ends[i] = at->ladders[i].steps[0].value;
    for (size_t i = 0; i < issues; i++)
        rank[i] = vast_is_banned(of, i, ends) ? 2 : vast_is_in_a_ban(of, i) ? 1 : 0;
    for (int first = 2; first >= 0; first--)
        for (size_t k = issues; k-- > 0;)
            if (rank[of->by_span[k]] == first)
                order[count++] = of->by_span[k];
    free(ends);
    free(rank);
    return order;
}

static void fill_near(level *to, const vast_seat *of, const end *at,
                      const size_t *order, size_t issues, size_t room, sum_bench *bench)
{
    vast_guard guards[2];
    begin_lists(to, guards, of, issues, of->range);
    for (size_t k = 0; k < issues; k++) {
        int h = half_for(of, k, order[k]);
        sum_filter filter = {vast_may_ban, vast_bans, &guards[h]};
        bool banned = vast_is_in_a_ban(of, order[k]);
        sum_list_take(&to->lists[h], order[k], &at->ladders[order[k]], room,
                      banned || of->crossed, banned ? &filter : NULL, bench);
    }
    free(guards[0].partial);
    free(guards[1].partial);
}

/* Nothing is left of a list when bans cost more than it reaches: then it is made longer. */
static level *make_near(const vast_seat *of, const end *at, size_t issues,
                        sum_bench *bench)
{
    size_t *order = order_near(of, at, issues);
    level *made = NULL;
    for (size_t room = NEAR_ROOM;; room *= 4) {
        made = must_allocate_zeroed(1, sizeof *made);
        fill_near(made, of, at, order, issues, room, bench);
        if ((made->lists[0].size > 0 && made->lists[1].size > 0) || room >= FINEST_ROOM)
            break;
        vast_level_free(made);
    }
    free(order);
    return made;
}

/* All pairs up to here are there: what one list does not hold would, with the least of the
 * other, be longer. -1: a list is empty. */
int64_t vast_near_reach(const level *near)
{
    const sum_list *one = &near->lists[0], *other = &near->lists[1];
    if (one->size == 0 || other->size == 0)
        return -1;
    int64_t first = one->reach + other->sums[0], second = other->reach + one->sums[0];
    return first < second ? first : second;
}

/* The first `taken` issues of an order to the two lists, up to reach. */
void vast_fill_level(level *to, const vast_seat *of, const end *at, const size_t *order,
                     size_t issues, size_t taken, int64_t reach, size_t room,
                     sum_bench *bench)
{
    int shift = 0;
    vast_guard guards[2];
    while ((size_t)(reach >> shift) >= room)
        shift++;
    begin_lists(to, guards, of, issues, reach);
    for (size_t k = 0; k < taken; k++) {
        int h = half_for(of, k, order[k]);
        sum_filter filter = {vast_may_ban, vast_bans, &guards[h]};
        sum_list_take_thinned(&to->lists[h], order[k], &at->ladders[order[k]], room,
                              shift, at->top, of->ban_count > 0 ? &filter : NULL,
                              bench);
    }
    to->others = must_allocate((issues + 1) * sizeof *to->others);
    to->other_count = issues - taken;
    memcpy(to->others, order + taken, to->other_count * sizeof *to->others);
    free(guards[0].partial);
    free(guards[1].partial);
}

/* Are its lists about as long as they can get? */
static bool is_full(const level *of, const end *at, size_t room)
{
    for (int h = 0; h < 2; h++) {
        const sum_list *list = &of->lists[h];
        double span = 0;
        for (size_t k = 0; k < list->count; k++)
            span += (double)ladder_span(&at->ladders[list->issues[k]]);
        double part = fmin(1, span / (double)list->reach);
        if ((double)list->size < 0.6 * part * (double)room)
            return false;
    }
    return true;
}

/* As many issues as it takes to fill the lists. The reach leaves room for the others to
 * fall short of their share. */
static level *make_level(const vast_seat *of, const end *at, size_t issues, int k,
                         sum_bench *bench)
{
    size_t room = k < 2 ? MIDDLE_ROOM : LEVEL_ROOM;
    level *made = NULL;
    for (size_t taken = FIRST_ISSUES;; taken += 2) {
        taken = taken < issues ? taken : issues;
        int64_t span = 0;
        for (size_t i = 0; i < taken; i++)
            span += ladder_span(&at->ladders[of->order[i]]);
        int64_t rest = of->range - span;
        int64_t reach = (span + (rest < span ? rest : span) / 4) >> (k + 1);
        made = must_allocate_zeroed(1, sizeof *made);
        vast_fill_level(made, of, at, of->order, issues, taken, reach + 1, room, bench);
        if (taken == issues || is_full(made, at, room))
            break;
        vast_level_free(made);
    }
    return made;
}

/* What two threads make is the same; the later one is dropped. */
static const level *keep(_Atomic(level *) *at, level *made)
{
    level *there = NULL;
    if (atomic_compare_exchange_strong(at, &there, made))
        return made;
    vast_level_free(made);
    return there;
}

const level *vast_near_of(const board *made, vast_seat *of, end *at)
{
    const level *there = atomic_load(&at->near);
    if (there)
        return there;
    sum_bench *bench = vast_take_bench(made);
    there = keep(&at->near, make_near(of, at, made->issues, bench));
    vast_bring_bench(made, bench);
    return there;
}

const level *vast_level_of(const board *made, vast_seat *of, end *at, int k)
{
    const level *there = atomic_load(&at->levels[k]);
    if (there)
        return there;
    sum_bench *bench = vast_take_bench(made);
    there = keep(&at->levels[k], make_level(of, at, made->issues, k, bench));
    vast_bring_bench(made, bench);
    return there;
}

/* The highest level that reaches so far from its end. */
int vast_level_for(const vast_seat *of, int64_t cells)
{
    int k = 0;
    while (k + 1 < LEVELS && cells <= of->range >> (k + 2))
        k++;
    return k;
}
