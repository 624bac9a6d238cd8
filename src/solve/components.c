/* Conditions into factors, factors into parts (union-find over issues), and an order for
 * each part.
 *
 * The number of states grows with the conditions that are half decided, so an order is
 * judged by them: 2^(open conditions) or the number of values of the issues decided that
 * are still asked about, whichever is less, summed over the cuts. The order of the file is
 * tried, and greedy ones from several issues; the best is taken, the first of equals.
 */
#include "solve/components.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_FIRST_ISSUES = 16, MOST_STEPS = 2000000 };

/* ---- factors --------------------------------------------------------------------- */

/* A condition over several issues, or one: its issues, ascending. */
typedef struct factor {
    formula what;
    truce_list issues;
    size_t part;
} factor;

typedef struct draft {
    plan *made;
    const acceptance *what;
    factor *rules;
    size_t rule_count, rule_room;
    factor *bonuses; /* beside made->bonuses */
    factor *watched; /* beside made->watched */
    size_t *leaders; /* [issues] union-find */
} draft;

static void require(draft *work, formula what)
{
    plan *made = work->made;
    if (what == FORMULA_YES)
        return;
    if (what == FORMULA_NO) {
        made->possible = false;
        return;
    }
    const formula_node *node = formula_node_of(made->all, what);
    size_t count = node->kind == CONDITION_AND ? node->count : 1;
    for (size_t k = 0; k < count; k++) {
        formula part = count > 1 ? node->parts[k] : what;
        *grow(work->rules, work->rule_count, work->rule_room) = (factor){
            .what = part, .issues = formula_issues(made->all, part, &made->memory)};
    }
}

static void collect_rules(draft *work)
{
    plan *made = work->made;
    arena memory = {0};
    for (size_t c = 0; c < work->what->always_count; c++)
        require(work, formula_of(made->all, work->what->always[c]));
    for (size_t k = 0; k < work->what->party_count; k++) {
        const acceptance_party *party = &work->what->parties[k];
        for (size_t m = 0; m < party->must_count; m++) {
            const truce_condition *must =
                party->needed
                    ? condition_implies(party->needed, party->must[m], &memory)
                    : party->must[m];
            require(work, formula_of(made->all, must));
        }
    }
    arena_free(&memory);
}

static size_t dim_of(const plan *made, size_t party)
{
    for (size_t d = 0; d < made->dims.count; d++)
        if (made->dims.items[d] == party)
            return d;
    return SIZE_MAX;
}

static void add_floor(draft *work, const acceptance_party *party)
{
    plan *made = work->made;
    const space_party *one = &made->compiled->parties[party->party];
    size_t d = dim_of(made, party->party);
    formula when = party->needed ? formula_of(made->all, party->needed) : FORMULA_YES;
    if (when == FORMULA_YES) {
        made->has_floor[d] = true;
        made->floors[d] = one->floor;
        made->possible &= !one->capped || one->cap >= one->floor;
    } else if (one->capped && one->cap < one->floor) {
        arena memory = {0};
        require(work, formula_of(made->all, condition_not(party->needed, &memory)));
        arena_free(&memory);
    } else if (when != FORMULA_NO) {
        work->watched[made->watched_count].issues =
            formula_issues(made->all, when, &made->memory);
        made->watched[made->watched_count++] =
            (plan_floor){.when = when, .dim = d, .least = one->floor};
    }
}

static void collect_floors(draft *work)
{
    plan *made = work->made;
    made->watched = arena_array(&made->memory, work->what->party_count, plan_floor);
    work->watched = arena_array(&made->memory, work->what->party_count, factor);
    for (size_t k = 0; k < work->what->party_count; k++)
        if (work->what->parties[k].floor)
            add_floor(work, &work->what->parties[k]);
}

static void add_bonus(draft *work, size_t dim, const space_bonus *bonus)
{
    plan *made = work->made;
    formula when = formula_of(made->all, bonus->condition);
    if (bonus->amount == 0 || when == FORMULA_NO)
        return;
    if (when == FORMULA_YES) {
        made->base[dim] += bonus->amount;
        return;
    }
    wide *amounts = arena_array(&made->memory, made->dims.count, wide);
    amounts[dim] = bonus->amount;
    work->bonuses[made->bonus_count] = (factor){
        .what = when, .issues = formula_issues(made->all, when, &made->memory)};
    made->bonuses[made->bonus_count++] = (plan_bonus){.when = when, .amounts = amounts};
}

static void collect_bonuses(draft *work)
{
    plan *made = work->made;
    size_t room = 0;
    for (size_t d = 0; d < made->dims.count; d++)
        room += made->compiled->parties[made->dims.items[d]].bonus_count;
    made->bonuses = arena_array(&made->memory, room, plan_bonus);
    work->bonuses = arena_array(&made->memory, room, factor);
    for (size_t d = 0; d < made->dims.count; d++) {
        const space_party *party = &made->compiled->parties[made->dims.items[d]];
        for (size_t b = 0; b < party->bonus_count; b++)
            add_bonus(work, d, &party->bonuses[b]);
    }
}

/* ---- parts ----------------------------------------------------------------------- */

static size_t leader_of(size_t *leaders, size_t issue)
{
    while (leaders[issue] != issue)
        issue = leaders[issue] = leaders[leaders[issue]];
    return issue;
}

static void tie(draft *work, const factor *factors, size_t count)
{
    for (size_t f = 0; f < count; f++)
        for (size_t k = 1; k < factors[f].issues.count; k++) {
            size_t one = leader_of(work->leaders, factors[f].issues.items[0]);
            size_t other = leader_of(work->leaders, factors[f].issues.items[k]);
            work->leaders[one > other ? one : other] = one > other ? other : one;
        }
}

/* The factors whose issues the part holds, as indices. */
static truce_list factors_in(const factor *factors, size_t count, size_t part,
                             arena *memory)
{
    size_t *items = arena_array(memory, count, size_t), found = 0;
    for (size_t f = 0; f < count; f++)
        if (factors[f].part == part)
            items[found++] = f;
    return (truce_list){items, found};
}

/* ---- the order within a part ----------------------------------------------------- */

/* The factors of one part, and an order being made. */
typedef struct ordering {
    const factor **factors;
    size_t factor_count;
    truce_list issues; /* ascending */
    const truce_value *value_counts;
    size_t *left;  /* [factors] issues not decided yet */
    size_t *asked; /* [issue_count] open factors that mention it */
    bool *decided; /* [issue_count] */
    size_t open;   /* factors begun and not ended */
} ordering;

static bool mentions(const factor *one, size_t issue)
{
    for (size_t k = 0; k < one->issues.count; k++)
        if (one->issues.items[k] == issue)
            return true;
    return false;
}

static void restart(ordering *order, size_t issue_count)
{
    order->open = 0;
    memset(order->decided, 0, issue_count * sizeof *order->decided);
    memset(order->asked, 0, issue_count * sizeof *order->asked);
    for (size_t f = 0; f < order->factor_count; f++) {
        order->left[f] = order->factors[f]->issues.count;
        for (size_t k = 0; k < order->left[f]; k++)
            order->asked[order->factors[f]->issues.items[k]]++;
    }
}

/* How many more factors are open once the issue is decided. */
static long opened_by(const ordering *order, size_t issue)
{
    long more = 0;
    for (size_t f = 0; f < order->factor_count; f++)
        if (mentions(order->factors[f], issue)) {
            size_t size = order->factors[f]->issues.count;
            more += order->left[f] == size && size > 1;
            more -= order->left[f] == 1 && size > 1;
        }
    return more;
}

/* Decides the issue; the logarithm of how many states there may be then. */
static double decide(ordering *order, size_t issue)
{
    order->open = (size_t)((long)order->open + opened_by(order, issue));
    order->decided[issue] = true;
    for (size_t f = 0; f < order->factor_count; f++)
        if (mentions(order->factors[f], issue) && --order->left[f] == 0)
            for (size_t k = 0; k < order->factors[f]->issues.count; k++)
                order->asked[order->factors[f]->issues.items[k]]--;
    double values = 0;
    for (size_t k = 0; k < order->issues.count; k++) {
        size_t i = order->issues.items[k];
        if (order->decided[i] && order->asked[i] > 0)
            values += log2((double)order->value_counts[i]);
    }
    return values < (double)order->open ? values : (double)order->open;
}

/* The open issue that leaves the fewest factors open. */
static size_t next_issue(const ordering *order)
{
    size_t best = SIZE_MAX;
    long least = 0;
    for (size_t k = 0; k < order->issues.count; k++) {
        size_t issue = order->issues.items[k];
        if (order->decided[issue])
            continue;
        long more = opened_by(order, issue);
        if (best == SIZE_MAX || more < least) {
            best = issue;
            least = more;
        }
    }
    return best;
}

/* Into items; first SIZE_MAX: the order of the file. Returns what it costs. */
static double order_from(ordering *order, size_t issue_count, size_t first,
                         size_t *items)
{
    double cost = 0;
    restart(order, issue_count);
    for (size_t k = 0; k < order->issues.count; k++) {
        items[k] = first == SIZE_MAX ? order->issues.items[k]
                   : k == 0          ? first
                                     : next_issue(order);
        cost += exp2(decide(order, items[k]));
    }
    return cost;
}

static truce_list best_order(ordering *order, size_t issue_count, arena *memory)
{
    size_t count = order->issues.count;
    size_t *best = arena_array(memory, count, size_t);
    size_t *other = arena_array(memory, count, size_t);
    double least = order_from(order, issue_count, SIZE_MAX, best);
    size_t steps = count * count * (order->factor_count + 1);
    size_t firsts = count <= 2 ? 0 : MOST_STEPS / steps;
    firsts = firsts < count ? firsts : count;
    firsts = firsts < MOST_FIRST_ISSUES ? firsts : MOST_FIRST_ISSUES;
    for (size_t k = 0; k < firsts; k++) {
        size_t first = order->issues.items[k * count / firsts];
        double cost = order_from(order, issue_count, first, other);
        if (cost >= least)
            continue;
        least = cost;
        memcpy(best, other, count * sizeof *best);
    }
    return (truce_list){best, count};
}

/* ---- together -------------------------------------------------------------------- */

static truce_list issues_led_by(const draft *work, size_t leader)
{
    plan *made = work->made;
    size_t count = 0, issues = made->compiled->issue_count;
    for (size_t i = leader; i < issues; i++)
        count += leader_of(work->leaders, i) == leader;
    size_t *items = arena_array(&made->memory, count, size_t);
    count = 0;
    for (size_t i = leader; i < issues; i++)
        if (leader_of(work->leaders, i) == leader)
            items[count++] = i;
    return (truce_list){items, count};
}

static void put_into_parts(const draft *work, factor *factors, size_t count,
                           const size_t *parts)
{
    for (size_t f = 0; f < count; f++)
        factors[f].part = parts[leader_of(work->leaders, factors[f].issues.items[0])];
}

static void order_part(draft *work, plan_part *part, const truce_list *rules,
                       const truce_list *bonuses, const truce_list *watched)
{
    plan *made = work->made;
    size_t issues = made->compiled->issue_count;
    arena memory = {0};
    ordering order = {.issues = part->issues,
                      .value_counts = made->compiled->value_counts};
    size_t most = rules->count + bonuses->count + watched->count;
    order.factors = arena_array(&memory, most, const factor *);
    order.left = arena_array(&memory, most, size_t);
    order.asked = arena_array(&memory, issues, size_t);
    order.decided = arena_array(&memory, issues, bool);
    for (size_t k = 0; k < rules->count; k++)
        order.factors[order.factor_count++] = &work->rules[rules->items[k]];
    for (size_t k = 0; k < bonuses->count; k++)
        order.factors[order.factor_count++] = &work->bonuses[bonuses->items[k]];
    for (size_t k = 0; k < watched->count; k++)
        order.factors[order.factor_count++] = &work->watched[watched->items[k]];
    part->issues = best_order(&order, issues, &made->memory);
    arena_free(&memory);
}

static void fill_part(draft *work, size_t index)
{
    plan *made = work->made;
    plan_part *part = &made->parts[index];
    arena *memory = &made->memory;
    truce_list rules = factors_in(work->rules, work->rule_count, index, memory);
    part->bonuses = factors_in(work->bonuses, made->bonus_count, index, memory);
    truce_list watched = factors_in(work->watched, made->watched_count, index, memory);
    formula *all = arena_array(memory, rules.count, formula);
    for (size_t k = 0; k < rules.count; k++)
        all[k] = work->rules[rules.items[k]].what;
    part->rules = formula_all(made->all, all, rules.count);
    made->possible &= part->rules != FORMULA_NO;
    bool *reads = arena_array(memory, made->watched_count, bool);
    for (size_t k = 0; k < watched.count; k++)
        reads[watched.items[k]] = true;
    part->reads = reads;
    if (part->issues.count > 1)
        order_part(work, part, &rules, &part->bonuses, &watched);
}

/* How much an issue can matter: the utility between its best and its worst value, over
 * all dimensions. */
static double weight_of(const plan *made, size_t issue)
{
    double all = 0;
    for (size_t d = 0; d < made->dims.count; d++) {
        const space_party *party = &made->compiled->parties[made->dims.items[d]];
        wide low, high;
        space_range(made->compiled, party, issue, &low, &high);
        all += big_quotient(high - low, party->denominator);
    }
    return all;
}

typedef struct weighed {
    double weight;
    size_t leader;
    bool alone; /* an issue that nothing is tied to */
} weighed;

static int compare_parts(const void *one, const void *other)
{
    const weighed *a = one, *b = other;
    if (a->alone != b->alone)
        return a->alone - b->alone;
    if (a->alone && a->weight != b->weight)
        return a->weight < b->weight ? 1 : -1;
    return a->leader < b->leader ? -1 : 1;
}

/* Parts of several issues first, then the others, weighty ones first: so fronts stay
 * small longest. */
static void list_parts(draft *work, size_t *part_of)
{
    plan *made = work->made;
    size_t issues = made->compiled->issue_count;
    weighed *parts = must_allocate(issues * sizeof *parts);
    size_t *sizes = must_allocate_zeroed(issues, sizeof *sizes);
    for (size_t i = 0; i < issues; i++)
        sizes[leader_of(work->leaders, i)]++;
    for (size_t i = 0; i < issues; i++)
        if (sizes[i] > 0)
            parts[made->part_count++] =
                (weighed){sizes[i] == 1 ? weight_of(made, i) : 0, i, sizes[i] == 1};
    qsort(parts, made->part_count, sizeof *parts, compare_parts);
    for (size_t k = 0; k < made->part_count; k++) {
        part_of[parts[k].leader] = k;
        made->parts[k].issues = issues_led_by(work, parts[k].leader);
    }
    free(sizes);
    free(parts);
}

static void split(draft *work)
{
    plan *made = work->made;
    size_t issues = made->compiled->issue_count;
    size_t *part_of = arena_array(&made->memory, issues, size_t);
    work->leaders = arena_array(&made->memory, issues, size_t);
    for (size_t i = 0; i < issues; i++)
        work->leaders[i] = i;
    tie(work, work->rules, work->rule_count);
    tie(work, work->bonuses, made->bonus_count);
    tie(work, work->watched, made->watched_count);
    made->parts = arena_array(&made->memory, issues, plan_part);
    list_parts(work, part_of);
    put_into_parts(work, work->rules, work->rule_count, part_of);
    put_into_parts(work, work->bonuses, made->bonus_count, part_of);
    put_into_parts(work, work->watched, made->watched_count, part_of);
    for (size_t k = 0; k < made->part_count; k++)
        fill_part(work, k);
}

/* Those judged, then those who have a floor and are not. */
static void choose_dims(plan *made, const acceptance *what, truce_list over)
{
    size_t *items = arena_array(&made->memory, over.count + what->party_count, size_t);
    made->dims.items = items;
    for (size_t k = 0; k < over.count; k++)
        items[made->dims.count++] = over.items[k];
    made->judged = made->dims.count;
    for (size_t k = 0; k < what->party_count; k++)
        if (what->parties[k].floor && dim_of(made, what->parties[k].party) == SIZE_MAX)
            items[made->dims.count++] = what->parties[k].party;
    made->base = arena_array(&made->memory, made->dims.count, wide);
    made->floors = arena_array(&made->memory, made->dims.count, wide);
    made->caps = arena_array(&made->memory, made->dims.count, wide);
    made->has_floor = arena_array(&made->memory, made->dims.count, bool);
    made->capped = arena_array(&made->memory, made->dims.count, bool);
    for (size_t d = 0; d < made->dims.count; d++) {
        const space_party *party = &made->compiled->parties[items[d]];
        made->broad |= !party->fits_64;
        made->capped[d] = party->capped;
        made->caps[d] = party->cap;
    }
}

plan *plan_new(const space *compiled, const acceptance *what, truce_list over)
{
    arena memory = {0};
    plan *made = arena_new(&memory, plan);
    made->memory = memory;
    made->compiled = compiled;
    made->all = formulas_new(compiled);
    made->possible = true;
    draft work = {.made = made, .what = what};
    choose_dims(made, what, over);
    collect_rules(&work);
    collect_floors(&work);
    collect_bonuses(&work);
    split(&work);
    free(work.rules);
    return made;
}

void plan_free(plan *all)
{
    if (all == NULL)
        return;
    formulas_free(all->all);
    arena memory = all->memory; /* a copy: the plan lives in the memory it owns */
    arena_free(&memory);
}

size_t plan_width(const plan *all, const plan_part *part)
{
    return 1 + all->watched_count + part->bonuses.count;
}

void plan_start(const plan *all, const plan_part *part, formula *tuple)
{
    *tuple++ = part->rules;
    for (size_t w = 0; w < all->watched_count; w++)
        *tuple++ = all->watched[w].when;
    for (size_t b = 0; b < part->bonuses.count; b++)
        *tuple++ = all->bonuses[part->bonuses.items[b]].when;
}

bool plan_part_is_free(const plan_part *part)
{
    return part->rules == FORMULA_YES;
}

void plan_add_range(const plan *what, const plan_part *part, size_t d, wide *least,
                    wide *most)
{
    const space_party *party = &what->compiled->parties[what->dims.items[d]];
    for (size_t k = 0; k < part->issues.count; k++) {
        wide low, high;
        space_range(what->compiled, party, part->issues.items[k], &low, &high);
        *least += low;
        *most += high;
    }
    for (size_t b = 0; b < part->bonuses.count; b++) {
        wide amount = what->bonuses[part->bonuses.items[b]].amounts[d];
        *(amount < 0 ? least : most) += amount;
    }
}
