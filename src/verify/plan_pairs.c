/* Are pairs what was agreed, as many as can be, and alike as far as that is claimed?
 *
 * No more pairs: by class or points, in no stage and group is somebody of both sides left
 * over; by gain, no path of changes leads from one left over to another (Berge 1957), looked
 * for with a tree over side 1 that gives the next person of a quarter of the plane.
 *
 * Alike: the least sum of differences of a group is found by its own method, a function of
 * how many more of the one side than of the other have been passed on the line of worths:
 * convex, so that the slopes on both sides of 0 can be kept in two heaps. By gain, no cycle
 * of changes may save anything (Bellman 1958).
 */
#include "verify/plan.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define NOBODY UINT32_MAX

typedef __int128 wide;

/* Somebody within the number. mate: a place in `all`. */
typedef struct soul {
    const truce_person *who;
    uint64_t group, pair;
    uint32_t stage, mate;
    size_t row;
} soul;

typedef struct souls {
    plan_checking *in;
    soul *all; /* [count] by stage, group, side, worth */
    size_t count;
} souls;

/* ---- two alone --------------------------------------------------------------------- */

static bool is_gain(const truce_person *one, const truce_person *other)
{
    return one->worth_home > other->cost_holder && other->worth_home > one->cost_holder;
}

static bool equal_points(const plan_checking *in, const truce_person *one,
                         const truce_person *other)
{
    return in->wish && in->wish->tariff_count > 0 &&
           plan_points(in, one) == plan_points(in, other);
}

/* Without a wish, any reason will do. */
static bool is_alike(const plan_checking *in, const truce_person *one,
                     const truce_person *other)
{
    truce_pairs by = in->wish ? in->wish->pairs : TRUCE_PAIRS_NONE;
    bool any = in->wish == NULL;
    return ((any || by == TRUCE_PAIRS_CLASS) &&
            one->class_index == other->class_index) ||
           ((any || by == TRUCE_PAIRS_POINTS) && equal_points(in, one, other)) ||
           ((any || by == TRUCE_PAIRS_GAIN) && is_gain(one, other));
}

static bool may_pair(const plan_checking *in, const plan_row *one,
                     const plan_row *other)
{
    const truce_person *a = &in->lists->people[one->person];
    const truce_person *b = &in->lists->people[other->person];
    return a->side != b->side && one->stage == other->stage && is_alike(in, a, b) &&
           !plan_outside(in, a) && !plan_outside(in, b);
}

static int compare_pairs(const void *one, const void *other)
{
    const plan_row *const *a = one, *const *b = other;
    return (*a)->pair != (*b)->pair ? ((*a)->pair < (*b)->pair ? -1 : 1)
           : *a < *b                ? -1
                                    : *a > *b;
}

static void check_each(plan_checking *in)
{
    plan_rule rule = rule_begin(in, "pairs are of one of each side, alike");
    const plan_row **paired = must_allocate((in->row_count + 1) * sizeof *paired);
    size_t count = 0;
    for (size_t k = 0; k < in->row_count; k++)
        if (in->rows[k].pair)
            paired[count++] = &in->rows[k];
    qsort(paired, count, sizeof *paired, compare_pairs);
    for (size_t k = 0, end; k < count; k = end) {
        for (end = k; end < count && paired[end]->pair == paired[k]->pair;)
            end++;
        rule_check(&rule, end - k == 2 && may_pair(in, paired[k], paired[k + 1]),
                   (size_t)(paired[k] - in->rows), "pair %" PRIu64 " is none",
                   paired[k]->pair);
    }
    free(paired);
}

/* ---- all of a stage ------------------------------------------------------------------ */

static int compare_souls(const void *one, const void *other)
{
    const soul *a = one, *b = other;
    if (a->stage != b->stage)
        return a->stage < b->stage ? -1 : 1;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    if (a->who->side != b->who->side)
        return a->who->side < b->who->side ? -1 : 1;
    if (a->who->worth_home != b->who->worth_home)
        return a->who->worth_home < b->who->worth_home ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static int compare_by_pair(const void *one, const void *other)
{
    const soul *const *a = one, *const *b = other;
    return (*a)->pair < (*b)->pair ? -1 : (*a)->pair > (*b)->pair;
}

static bool are_mates(const soul *one, const soul *other)
{
    return one->who->side != other->who->side && one->stage == other->stage &&
           one->group == other->group;
}

/* The two who share a number know each other's place; what is no pair counts as none. */
static void find_mates(const souls *of)
{
    soul **paired = must_allocate((of->count + 1) * sizeof *paired);
    size_t count = 0;
    for (size_t k = 0; k < of->count; k++) {
        of->all[k].mate = NOBODY;
        if (of->all[k].pair)
            paired[count++] = &of->all[k];
    }
    qsort(paired, count, sizeof *paired, compare_by_pair);
    for (size_t k = 0, end; k < count; k = end) {
        for (end = k; end < count && paired[end]->pair == paired[k]->pair;)
            end++;
        if (end - k != 2 || !are_mates(paired[k], paired[k + 1]))
            continue;
        paired[k]->mate = (uint32_t)(paired[k + 1] - of->all);
        paired[k + 1]->mate = (uint32_t)(paired[k] - of->all);
    }
    free(paired);
}

static souls gather(plan_checking *in)
{
    souls of = {.in = in, .all = must_allocate((in->row_count + 1) * sizeof *of.all)};
    for (size_t k = 0; k < in->row_count; k++) {
        const truce_person *who = &in->lists->people[in->rows[k].person];
        if (plan_outside(in, who))
            continue;
        soul *one = &of.all[of.count++];
        *one = (soul){
            .who = who, .pair = in->rows[k].pair, .stage = in->rows[k].stage, .row = k};
        if (in->wish->pairs == TRUCE_PAIRS_CLASS)
            one->group = who->class_index;
        else if (in->wish->pairs == TRUCE_PAIRS_POINTS)
            one->group = plan_points(in, who);
    }
    qsort(of.all, of.count, sizeof *of.all, compare_souls);
    find_mates(&of);
    return of;
}

/* A stage, or a group of it: side 0 from `from`, side 1 from `middle`. */
typedef struct part {
    size_t from, middle, end;
} part;

static part part_from(const souls *of, size_t from)
{
    part is = {from, from, from};
    const soul *first = &of->all[from];
    while (is.end < of->count && of->all[is.end].stage == first->stage &&
           of->all[is.end].group == first->group)
        is.end++;
    while (is.middle < is.end && of->all[is.middle].who->side == 0)
        is.middle++;
    return is;
}

static wide apart(const truce_person *one, const truce_person *other)
{
    wide off = (wide)one->worth_home - (wide)other->worth_home;
    return off < 0 ? -off : off;
}

static wide sum_of_differences(const souls *of, part is)
{
    wide sum = 0;
    for (size_t k = is.from; k < is.middle; k++)
        if (of->all[k].mate != NOBODY)
            sum += apart(of->all[k].who, of->all[of->all[k].mate].who);
    return sum;
}

/* ---- the least sum of differences on a line ---------------------------------------------- */

/* The largest on top, `added` to all of them. */
typedef struct heap {
    wide *items; /* [count], item k's children at 2k + 1 and 2k + 2 */
    size_t count;
    wide added;
} heap;

static void put(heap *to, wide item)
{
    size_t k = to->count++;
    for (item -= to->added; k > 0 && to->items[(k - 1) / 2] < item; k = (k - 1) / 2)
        to->items[k] = to->items[(k - 1) / 2];
    to->items[k] = item;
}

static wide take(heap *from)
{
    wide top = from->items[0] + from->added, last = from->items[--from->count];
    size_t k = 0, child;
    while ((child = 2 * k + 1) < from->count) {
        if (child + 1 < from->count && from->items[child + 1] > from->items[child])
            child++;
        if (from->items[child] <= last)
            break;
        from->items[k] = from->items[child];
        k = child;
    }
    from->items[k] = last;
    return top;
}

/* `few` of the one side must each take one of the `many` of the other. below and above hold
 * the slopes left and right of 0, those above with their sign turned; at_zero is the function
 * at 0. Passing one of the few moves the function right; one of the many may or may not be
 * taken, which adds a slope of 0. */
static wide least_sum(const soul *few, size_t few_count, const soul *many,
                      size_t many_count)
{
    const wide dear = (wide)1 << 90; /* for each of the few that gets nobody */
    heap below = {must_allocate((few_count + many_count + 1) * sizeof(wide)), 0, 0};
    heap above = {must_allocate((few_count + many_count + 1) * sizeof(wide)), 0, 0};
    for (size_t k = 0; k < few_count; k++)
        put(&below, -dear);
    wide at_zero = 0;
    uint64_t here = 0;
    for (size_t f = 0, m = 0; f < few_count || m < many_count;) {
        bool is_few = f < few_count && (m == many_count || few[f].who->worth_home <=
                                                               many[m].who->worth_home);
        uint64_t next = (is_few ? few[f] : many[m]).who->worth_home;
        below.added -= next - here;
        above.added -= next - here;
        here = next;
        if (is_few) {
            wide slope = take(&below);
            at_zero -= slope;
            put(&above, -slope);
            f++;
        } else {
            put(&above, 0);
            wide slope = -take(&above);
            at_zero += slope < 0 ? slope : 0;
            put(&below, slope);
            m++;
        }
    }
    free(below.items);
    free(above.items);
    return at_zero;
}

/* ---- by class or points -------------------------------------------------------------------- */

static size_t count_alone(const souls *of, size_t from, size_t end)
{
    size_t alone = 0;
    for (size_t k = from; k < end; k++)
        alone += of->all[k].mate == NOBODY;
    return alone;
}

static void check_group(const souls *of, part is, plan_rule *most, plan_rule *like)
{
    size_t one = is.middle - is.from, other = is.end - is.middle;
    size_t row = of->all[is.from].row;
    bool more = count_alone(of, is.from, is.middle) > 0 &&
                count_alone(of, is.middle, is.end) > 0;
    rule_check(most, !more, row, "two of stage %u are left over who could be a pair",
               (unsigned)of->all[is.from].stage);
    if (one == 0 || other == 0 || more ||
        (one != other && one + other + 2 > TRUCE_ALIKE_GROUP))
        return;
    const soul *first = &of->all[is.from], *second = &of->all[is.middle];
    wide least = one <= other ? least_sum(first, one, second, other)
                              : least_sum(second, other, first, one);
    rule_check(like, sum_of_differences(of, is) == least, row,
               "other pairs of stage %u differ less in worth",
               (unsigned)of->all[is.from].stage);
}

/* ---- by gain ----------------------------------------------------------------------------------- */

/* Side 1 of a stage by worth; each node of the tree has the place of the least cost below it,
 * of those not yet visited. */
typedef struct quarter {
    const soul *all; /* [count] */
    size_t count, size;
    uint32_t *least; /* [2 * size] */
} quarter;

static uint32_t cheaper(const quarter *in, uint32_t one, uint32_t other)
{
    if (one == NOBODY || other == NOBODY)
        return one == NOBODY ? other : one;
    return in->all[other].who->cost_holder < in->all[one].who->cost_holder ? other
                                                                           : one;
}

static quarter quarter_of(const soul *all, size_t count)
{
    quarter in = {.all = all, .count = count, .size = 1};
    while (in.size < count)
        in.size *= 2;
    in.least = must_allocate(2 * in.size * sizeof *in.least);
    for (size_t k = 0; k < in.size; k++)
        in.least[in.size + k] = k < count ? (uint32_t)k : NOBODY;
    for (size_t v = in.size; v-- > 1;)
        in.least[v] = cheaper(&in, in.least[2 * v], in.least[2 * v + 1]);
    return in;
}

static void visit(quarter *in, uint32_t place)
{
    size_t v = in->size + place;
    in->least[v] = NOBODY;
    for (v /= 2; v > 0; v /= 2)
        in->least[v] = cheaper(in, in->least[2 * v], in->least[2 * v + 1]);
}

/* The cheapest not visited of those from a place on. */
static uint32_t cheapest_from(const quarter *in, size_t from)
{
    uint32_t found = NOBODY;
    for (size_t low = in->size + from, high = 2 * in->size; low < high;
         low /= 2, high /= 2) {
        if (low % 2)
            found = cheaper(in, found, in->least[low++]);
        if (high % 2)
            found = cheaper(in, found, in->least[--high]);
    }
    return found;
}

static size_t first_worth_more(const quarter *in, uint64_t cost)
{
    size_t low = 0, high = in->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (in->all[middle].who->worth_home <= cost)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Does a path of changes lead from somebody of side 0 left over to somebody of side 1? */
static bool can_grow(const souls *of, part is)
{
    quarter in = quarter_of(&of->all[is.middle], is.end - is.middle);
    uint32_t *queue = must_allocate((is.middle - is.from + 1) * sizeof *queue);
    size_t head = 0, tail = 0;
    bool grows = false;
    for (size_t k = is.from; k < is.middle; k++)
        if (of->all[k].mate == NOBODY)
            queue[tail++] = (uint32_t)k;
    while (head < tail && !grows) {
        const truce_person *one = of->all[queue[head++]].who;
        size_t from = first_worth_more(&in, one->cost_holder);
        for (uint32_t place; !grows && from < in.count &&
                             (place = cheapest_from(&in, from)) != NOBODY &&
                             in.all[place].who->cost_holder < one->worth_home;) {
            visit(&in, place);
            grows = in.all[place].mate == NOBODY;
            if (!grows)
                queue[tail++] = in.all[place].mate;
        }
    }
    free(queue);
    free(in.least);
    return grows;
}

/* Changes that leave as many pairs, as walks: from one of side 0 who is left alone by the
 * step before to the one left alone by its taking another partner. A walk may end with one
 * left over, when another who was left over joins in, and so for side 1: through these two
 * ways, too, it comes back to where it began. A cycle that costs less than nothing would
 * make the pairs more alike. */
typedef struct walks {
    const souls *of;
    part is;
    wide *cost; /* [side 0] of the cheapest walk found to each */
    wide left_over[2];
    bool changed;
} walks;

static void lower(walks *in, wide *cost, wide to)
{
    if (to >= *cost)
        return;
    *cost = to;
    in->changed = true;
}

static void walk_from(walks *in, size_t r)
{
    const souls *of = in->of;
    const soul *row = &of->all[r];
    wide *here = &in->cost[r - in->is.from];
    if (row->mate == NOBODY) {
        lower(in, here, in->left_over[0]);
    } else {
        lower(in, &in->left_over[0], *here);
        lower(in, here, in->left_over[1] - apart(row->who, of->all[row->mate].who));
    }
    for (size_t c = in->is.middle; c < in->is.end; c++) {
        const soul *column = &of->all[c];
        if (column->mate == r || !is_gain(row->who, column->who))
            continue;
        wide there = *here + apart(row->who, column->who);
        if (column->mate == NOBODY)
            lower(in, &in->left_over[1], there);
        else
            lower(in, &in->cost[column->mate - in->is.from],
                  there - apart(of->all[column->mate].who, column->who));
    }
}

/* Walks of more steps than there are stops go in circles: if they still get cheaper, a
 * circle saves. */
static bool can_be_more_alike(const souls *of, part is)
{
    size_t rows = is.middle - is.from;
    walks in = {of, is, must_allocate_zeroed(rows + 1, sizeof(wide)), {0, 0}, true};
    for (size_t round = 0; round <= rows + 2 && in.changed; round++) {
        in.changed = false;
        for (size_t r = is.from; r < is.middle; r++)
            walk_from(&in, r);
    }
    free(in.cost);
    return in.changed;
}

static void check_stage(const souls *of, part is, plan_rule *most, plan_rule *like)
{
    if (is.middle == is.from || is.middle == is.end)
        return;
    size_t row = of->all[is.from].row;
    bool grows = can_grow(of, is);
    rule_check(most, !grows, row, "one more pair could be made in stage %u",
               (unsigned)of->all[is.from].stage);
    if (!grows && is.middle - is.from <= TRUCE_ALIKE_GAIN &&
        is.end - is.middle <= TRUCE_ALIKE_GAIN)
        rule_check(like, !can_be_more_alike(of, is), row,
                   "other pairs of stage %u differ less in worth",
                   (unsigned)of->all[is.from].stage);
}

/* ---- all ------------------------------------------------------------------------------------------ */

void plan_check_pairs(plan_checking *in)
{
    check_each(in);
    if (in->wish == NULL || in->wish->pairs == TRUCE_PAIRS_NONE)
        return;
    plan_rule most = rule_begin(in, "no more pairs could be made");
    souls of = gather(in);
    plan_rule like = rule_begin(in, "pairs are like for like");
    for (size_t from = 0; from < of.count;) {
        part is = part_from(&of, from);
        if (in->wish->pairs == TRUCE_PAIRS_GAIN)
            check_stage(&of, is, &most, &like);
        else
            check_group(&of, is, &most, &like);
        from = is.end;
    }
    free(of.all);
}
