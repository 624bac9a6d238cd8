/* board: all outcomes of a small space are walked once, each seat's sums kept, and sorted
 * by their bits (a stable radix sort of the exact sums, so that ties stay in lexicographic
 * order).
 */
#include "play/board.h"

#include "base/error.h"
#include "play/vast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- who sits at the table ------------------------------------------------------- */

static bool has_preferences(const truce_party *party)
{
    return party->preferences.given;
}

static size_t take_parties(const truce_scenario *scenario, bool principals,
                           size_t *taken)
{
    size_t count = 0;
    for (size_t p = 0; p < scenario->party_count; p++) {
        const truce_party *party = &scenario->parties[p];
        if (has_preferences(party) && (!principals || party->role == TRUCE_PRINCIPAL))
            taken[count++] = p;
    }
    return count;
}

static size_t choose_parties(const truce_scenario *scenario, truce_list over,
                             size_t *taken)
{
    size_t count = over.count;
    if (count > 0)
        memcpy(taken, over.items, count * sizeof *taken);
    else if ((count = take_parties(scenario, true, taken)) < 2)
        count = take_parties(scenario, false, taken);
    return count;
}

static bool seat_parties(board *made, truce_list over, truce_error *error)
{
    const truce_scenario *scenario = made->scenario;
    size_t room =
        scenario->party_count > over.count ? scenario->party_count : over.count;
    size_t *taken = arena_array(&made->memory, room, size_t);
    made->seats = choose_parties(scenario, over, taken);
    made->seat = arena_array(&made->memory, made->seats, board_seat);
    for (size_t s = 0; s < made->seats; s++) {
        if (taken[s] >= scenario->party_count ||
            !has_preferences(&scenario->parties[taken[s]]))
            return error_say(error, TRUCE_CALL,
                             "a party at the table has no preferences"),
                   false;
        made->seat[s].party = taken[s];
    }
    if (made->seats < 2)
        return error_say(
                   error, TRUCE_CALL,
                   "a session needs two parties with preferences, and the scenario "
                   "has %zu",
                   made->seats),
               false;
    return true;
}

/* ---- numbers ----------------------------------------------------------------------- */

static double as_double(truce_decimal number)
{
    return (double)number.digits / pow(10, number.scale);
}

static void take_terms(board *made, board_seat *seat)
{
    const truce_preferences *given = &made->scenario->parties[seat->party].preferences;
    const space_party *numbers = &made->space->parties[seat->party];
    seat->has_reservation = numbers->has_floor;
    seat->reservation = numbers->has_floor ? space_floor(made->space, seat->party) : 0;
    seat->has_discount = given->discount.given;
    seat->discount = seat->has_discount ? as_double(given->discount.mode) : 1;
}

/* ---- walking all outcomes ------------------------------------------------------------ */

typedef struct walk {
    const board *made;
    const board_seat *seat;
    const space_party *numbers;
    truce_value *outcome;
    wide *sums; /* [issues + 1] of the first so many issues */
} walk;

static void walk_begin(walk *way, const board *made, const board_seat *seat)
{
    *way =
        (walk){.made = made,
               .seat = seat,
               .numbers = &made->space->parties[seat->party],
               .outcome = must_allocate_zeroed(made->issues + 1, sizeof *way->outcome),
               .sums = must_allocate_zeroed(made->issues + 1, sizeof *way->sums)};
    for (size_t i = 0; i < made->issues; i++)
        way->sums[i + 1] = way->sums[i] + way->numbers->tables[i][0];
}

static void walk_end(walk *way)
{
    free(way->outcome);
    free(way->sums);
}

/* To the next outcome in lexicographic order. */
static void walk_on(walk *way)
{
    const truce_value *counts = way->made->space->value_counts;
    size_t i = way->made->issues;
    while (i > 0 && ++way->outcome[i - 1] == counts[i - 1])
        way->outcome[--i] = 0;
    for (size_t k = i > 0 ? i - 1 : 0; k < way->made->issues; k++)
        way->sums[k + 1] = way->sums[k] + way->numbers->tables[k][way->outcome[k]];
}

static wide sum_here(const walk *way)
{
    return way->numbers->bonus_count == 0 && !way->numbers->capped
               ? way->sums[way->made->issues]
               : space_sum(way->made->space, way->seat->party, way->outcome);
}

static bool has_conditions(const board *made, size_t party)
{
    const truce_scenario *scenario = made->scenario;
    return scenario->rule_count > 0 ||
           scenario->parties[party].preferences.red_line_count > 0;
}

static bool breaks_nothing(const walk *way)
{
    const space *compiled = way->made->space;
    return !breaks_logic(compiled, way->outcome) &&
           !breaks_red_line(compiled, way->seat->party, way->outcome) &&
           !breaks_rule_of(compiled, way->seat->party, way->outcome);
}

/* ---- sorting ------------------------------------------------------------------------- */

typedef struct ranked {
    uint64_t key; /* the larger the worse */
    uint32_t outcome;
} ranked;

enum { DIGIT = 11, DIGITS = (64 + DIGIT - 1) / DIGIT, BUCKETS = 1 << DIGIT };

static void count_digits(const ranked *items, size_t count, size_t digits,
                         uint32_t (*buckets)[BUCKETS])
{
    for (size_t k = 0; k < count; k++)
        for (size_t d = 0; d < digits; d++)
            buckets[d][items[k].key >> d * DIGIT & (BUCKETS - 1)]++;
}

static bool all_alike(const uint32_t *bucket, size_t count)
{
    for (size_t b = 0; b < BUCKETS; b++)
        if (bucket[b] != 0)
            return bucket[b] == count;
    return true;
}

static void scatter(const ranked *from, ranked *to, size_t count, uint32_t *bucket,
                    size_t digit)
{
    uint32_t begin = 0;
    for (size_t b = 0; b < BUCKETS; b++) {
        uint32_t here = bucket[b];
        bucket[b] = begin;
        begin += here;
    }
    for (size_t k = 0; k < count; k++)
        to[bucket[from[k].key >> digit * DIGIT & (BUCKETS - 1)]++] = from[k];
}

/* Digits up to the largest key. */
static size_t digits_of(uint64_t most)
{
    size_t digits = 0;
    for (; most > 0; most >>= DIGIT)
        digits++;
    return digits;
}

/* Stable, by key. Returns the array of the two that holds the result. */
static ranked *sort_by_key(ranked *items, ranked *spare, size_t count, uint64_t most)
{
    uint32_t(*buckets)[BUCKETS] = must_allocate_zeroed(DIGITS, sizeof *buckets);
    size_t digits = digits_of(most);
    count_digits(items, count, digits, buckets);
    for (size_t d = 0; d < digits; d++) {
        if (all_alike(buckets[d], count))
            continue;
        scatter(items, spare, count, buckets[d], d);
        ranked *other = items;
        items = spare;
        spare = other;
    }
    free(buckets);
    return items;
}

/* What one seat after the other is made in: memory is dearer than what is done with it. A
 * key is how far a sum is below `most`, which none exceeds; of sums too far apart for a word
 * it is the lower word, and all of them are kept.
 *   sum     [outcomes] or NULL
 *   items, spare   [outcomes], halves of both
 *   worst   the largest distance */
typedef struct bench {
    wide *sum;
    wide most;
    unsigned __int128 worst;
    ranked *items, *spare, *both;
} bench;

static bench bench_for(size_t outcomes)
{
    ranked *both = must_allocate((2 * outcomes + 1) * sizeof *both);
    return (bench){.items = both, .spare = both + outcomes, .both = both};
}

/* No sum of a seat is greater than *most or less than *least. */
static void bound_sums(const board *made, const space_party *numbers, wide *least,
                       wide *most)
{
    *least = *most = 0;
    for (size_t i = 0; i < made->issues; i++) {
        wide low, high;
        space_range(made->space, numbers, i, &low, &high);
        *least += low;
        *most += high;
    }
    for (size_t k = 0; k < numbers->bonus_count; k++)
        *(numbers->bonuses[k].amount < 0 ? least : most) += numbers->bonuses[k].amount;
    if (numbers->capped && *least > numbers->cap)
        *least = numbers->cap;
}

static void bench_turn_to(bench *on, const board *made, const board_seat *seat)
{
    wide least;
    bound_sums(made, &made->space->parties[seat->party], &least, &on->most);
    if ((unsigned __int128)(on->most - least) > UINT64_MAX && on->sum == NULL)
        on->sum = must_allocate(made->outcomes * sizeof *on->sum);
    on->worst = 0;
}

static void bench_free(bench *of)
{
    free(of->sum);
    free(of->both);
}

static void sort_once(bench *on, size_t count, uint64_t most)
{
    ranked *sorted = sort_by_key(on->items, on->spare, count, most);
    on->spare = sorted == on->items ? on->spare : on->items;
    on->items = sorted;
}

/* Sums too wide for a word come in two passes: the lower word first. */
static void sort_order(board_seat *seat, bench *on)
{
    size_t count = seat->admitted;
    bool is_wide = on->worst > UINT64_MAX;
    sort_once(on, count, is_wide ? UINT64_MAX : (uint64_t)on->worst);
    for (size_t k = 0; is_wide && k < count; k++)
        on->items[k].key =
            (uint64_t)((unsigned __int128)(on->most - on->sum[on->items[k].outcome]) >>
                       64);
    if (is_wide)
        sort_once(on, count, (uint64_t)(on->worst >> 64));
    for (size_t k = 0; k < count; k++)
        seat->order[k] = on->items[k].outcome;
}

/* ---- one seat's tables ------------------------------------------------------------- */

static void take_outcome(walk *way, board_seat *seat, uint32_t number, bench *on)
{
    wide sum = sum_here(way);
    double utility = space_utility(way->made->space, seat->party, sum);
    seat->utility[number] = utility;
    seat->lowest = fmin(seat->lowest, utility);
    if (on->sum)
        on->sum[number] = sum;
    bool reaches = !way->numbers->has_floor || sum >= way->numbers->floor;
    if (!reaches || (has_conditions(way->made, seat->party) && !breaks_nothing(way)))
        return;
    unsigned __int128 below = (unsigned __int128)(on->most - sum);
    on->worst = below > on->worst ? below : on->worst;
    seat->admits[number / 64] |= (uint64_t)1 << number % 64;
    on->items[seat->admitted++] = (ranked){(uint64_t)below, number};
}

static void take_extremes(board_seat *seat)
{
    bool some = seat->admitted > 0;
    seat->greatest = some ? seat->utility[seat->order[0]] : seat->reservation;
    seat->least =
        some ? seat->utility[seat->order[seat->admitted - 1]] : seat->reservation;
}

static void fill_seat(board *made, board_seat *seat, bench *on)
{
    walk way;
    walk_begin(&way, made, seat);
    bench_turn_to(on, made, seat);
    seat->lowest = INFINITY;
    for (uint32_t o = 0; o < made->outcomes; o++) {
        take_outcome(&way, seat, o, on);
        walk_on(&way);
    }
    walk_end(&way);
    sort_order(seat, on);
    take_extremes(seat);
}

static void fill_seats(board *made)
{
    size_t outcomes = made->outcomes, words = outcomes / 64 + 1;
    bench on = bench_for(outcomes);
    double *utilities =
        must_allocate(outcomes * made->seats * (sizeof *utilities + sizeof(uint32_t)));
    uint32_t *orders = (uint32_t *)(utilities + outcomes * made->seats);
    uint64_t *admits = arena_array(&made->memory, words * made->seats, uint64_t);
    made->tables = utilities;
    for (size_t s = 0; s < made->seats; s++) {
        made->seat[s].utility = utilities + s * outcomes;
        made->seat[s].admits = admits + s * words;
        made->seat[s].order = orders + s * outcomes;
        fill_seat(made, &made->seat[s], &on);
    }
    bench_free(&on);
}

static void number_outcomes(board *made)
{
    uint32_t *places = arena_array(&made->memory, made->issues, uint32_t);
    uint32_t place = 1;
    for (size_t i = made->issues; i-- > 0;) {
        places[i] = place;
        place *= made->space->value_counts[i];
    }
    made->places = places;
    made->outcomes = place;
}

static bool is_small(const board *made, uint64_t most)
{
    uint64_t outcomes = 1;
    for (size_t i = 0; i < made->issues; i++)
        if ((outcomes *= made->space->value_counts[i]) > most)
            return false;
    return true;
}

board *board_new(const truce_scenario *scenario, truce_list over,
                 const truce_stop *stop, truce_error *error)
{
    return board_new_as(scenario, over, &(board_choices){.small_most = BOARD_SMALL},
                        stop, error);
}

board *board_new_as(const truce_scenario *scenario, truce_list over,
                    const board_choices *choices, const truce_stop *stop,
                    truce_error *error)
{
    board *made = must_allocate_zeroed(1, sizeof *made);
    made->scenario = scenario;
    made->issues = scenario->issue_count;
    made->space = space_new(scenario, NULL);
    bool good = seat_parties(made, over, error);
    for (size_t s = 0; good && s < made->seats; s++)
        take_terms(made, &made->seat[s]);
    made->small = is_small(made, choices->small_most);
    made->lists_alone = choices->lists_alone;
    if (good && made->small) {
        number_outcomes(made);
        fill_seats(made);
    } else if (good) {
        good = vast_prepare(made, stop, error);
    }
    if (good)
        return made;
    board_free(made);
    return NULL;
}

void board_free(board *made)
{
    if (made == NULL)
        return;
    vast_free(made->vast);
    space_free(made->space);
    free(made->tables);
    arena_free(&made->memory);
    free(made);
}

/* ---- questions --------------------------------------------------------------------- */

void board_outcome(const board *made, truce_offer offer, truce_value *outcome)
{
    for (size_t i = 0; i < made->issues; i++) {
        outcome[i] = offer / made->places[i];
        offer %= made->places[i];
    }
}

truce_offer board_offer(const board *made, const truce_value *outcome)
{
    truce_offer offer = 0;
    for (size_t i = 0; i < made->issues; i++)
        offer += outcome[i] * made->places[i];
    return offer;
}

uint64_t board_at_least(const board_seat *seat, double utility)
{
    uint64_t low = 0, high = seat->admitted;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (seat->utility[seat->order[middle]] >= utility)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : seat->admitted;
}
