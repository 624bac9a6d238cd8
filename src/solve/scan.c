/* Gains in 16 bits. For party k one unit is a k-th of its largest gain, and everything is
 * rounded up, so that
 *
 *     gain of an outcome  <=  unit * (ahead + inside)
 *
 * where `inside` is the block's entry and `ahead` what the issues before it bring, less
 * the disagreement point; it may be negative. Products are taken sixteen bits at a time,
 * h' = floor(h * x / 2^16) + 1, which stays above the true one. An outcome whose h is not
 * above `needed` is strictly worse than the best product known.
 *
 * Blocks of 8,192 outcomes: two arrays of 16 KiB stay in the first-level cache. */
#include "solve/scan.h"

#include "solve/fair.h"
#include "solve/scan_kernels.h"
#include "space/blocks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_OUTCOMES = 8192, LARGEST = 65535, SPARE = 8, BLOCKS_BETWEEN_LOOKS = 4096 };

typedef struct scanner {
    const space *compiled;
    truce_list over;
    fair_game game;
    scan_kernel kernel;
    block *tail;
    block_desk *desk;
    uint16_t **inside;    /* [over.count][tail->size] */
    uint16_t *products;   /* [tail->size] room for the kernel */
    double *unit;         /* [over.count] gain of one step, in sums */
    wide *offset;         /* [over.count] least block entry + bonuses - disagreement */
    truce_value *outcome; /* the issues before the block are decided */
    wide *sums;           /* [party_count] of the issues before the block */
    int32_t needed;       /* -1: any gain will do */
    mpq_t best, score;
    wide *row; /* [over.count] at hand */
    scan_result *result;
    wide **rows; /* [result->count][over.count] */
    size_t row_room, outcome_room;
} scanner;

/* ---- setting up ------------------------------------------------------------------ */

/* A party's table sums over the block, its last issue fastest, into entries. */
static void fill_entries(const scanner *s, size_t party, wide *entries)
{
    size_t filled = 1;
    entries[0] = 0;
    for (size_t i = s->compiled->issue_count; i-- > s->tail->first_issue;) {
        const wide *table = s->compiled->parties[party].tables[i];
        for (size_t v = s->compiled->value_counts[i]; v-- > 0;)
            for (size_t j = filled; j-- > 0;)
                entries[v * filled + j] = entries[j] + table[v];
        filled *= s->compiled->value_counts[i];
    }
}

/* What bonuses can bring at most. */
static wide most_of_bonuses(const space_party *party)
{
    wide most = 0;
    for (size_t b = 0; b < party->bonus_count; b++)
        if (party->bonuses[b].amount > 0)
            most += party->bonuses[b].amount;
    return most;
}

static wide most_ahead(const scanner *s, size_t party)
{
    wide sum = 0;
    for (size_t i = 0; i < s->tail->first_issue; i++) {
        const wide *table = s->compiled->parties[party].tables[i];
        wide most = table[0];
        for (truce_value v = 1; v < s->compiled->value_counts[i]; v++)
            most = table[v] > most ? table[v] : most;
        sum += most;
    }
    return sum;
}

/* Doubles only set the scale: each entry is rounded up and one more, which is far more
 * than they can be off by. */
static void quantise(scanner *s, size_t k, wide *entries)
{
    size_t party = s->over.items[k];
    fill_entries(s, party, entries);
    wide least = entries[0], most = least;
    for (size_t j = 1; j < s->tail->size; j++) {
        least = entries[j] < least ? entries[j] : least;
        most = entries[j] > most ? entries[j] : most;
    }
    s->offset[k] =
        least + most_of_bonuses(&s->compiled->parties[party]) - s->game.disagreement[k];
    double range = (double)(most - least);
    double largest = (double)(most_ahead(s, party) + s->offset[k]) + range;
    largest = largest > range ? largest : range;
    s->unit[k] = largest > 0 ? largest / (LARGEST - SPARE) : 1;
    for (size_t j = 0; j < s->tail->size; j++)
        s->inside[k][j] = (uint16_t)((double)(entries[j] - least) / s->unit[k] + 2);
}

static void prepare(scanner *s)
{
    arena *memory = &s->result->memory;
    size_t parties = s->over.count;
    wide *denominators = arena_array(memory, parties, wide);
    for (size_t k = 0; k < parties; k++)
        denominators[k] = s->compiled->parties[s->over.items[k]].denominator;
    s->game.denominators = denominators;
    s->inside = arena_array(memory, parties, uint16_t *);
    s->unit = arena_array(memory, parties, double);
    s->offset = arena_array(memory, parties, wide);
    s->row = arena_array(memory, parties, wide);
    s->products = arena_array(memory, s->tail->size, uint16_t);
    s->outcome = arena_array(memory, s->compiled->issue_count + 1, truce_value);
    s->sums = arena_array(memory, s->compiled->party_count, wide);
    wide *entries = must_allocate(s->tail->size * sizeof *entries);
    for (size_t k = 0; k < parties; k++) {
        s->inside[k] = arena_array(memory, s->tail->size, uint16_t);
        quantise(s, k, entries);
    }
    free(entries);
}

/* ---- exactly --------------------------------------------------------------------- */

/* The largest h that the best product known still reaches. */
static void raise_needed(scanner *s)
{
    mpq_t bound, unit;
    mpz_t whole;
    mpq_inits(bound, unit, NULL);
    mpz_init(whole);
    mpq_set(bound, s->best);
    for (size_t k = 0; k < s->over.count; k++) {
        mpq_set_d(unit, s->unit[k]);
        mpq_div(bound, bound, unit);
    }
    mpq_div_2exp(bound, bound, 16 * (s->over.count - 1));
    mpz_fdiv_q(whole, mpq_numref(bound), mpq_denref(bound));
    s->needed = mpq_sgn(s->best) == 0                ? -1
                : mpz_cmp_ui(whole, LARGEST - 1) > 0 ? LARGEST - 1
                                                     : (int32_t)mpz_get_ui(whole) - 1;
    mpq_clears(bound, unit, NULL);
    mpz_clear(whole);
}

static bool is_listed(const scanner *s)
{
    for (size_t i = 0; i < s->result->count; i++)
        if (memcmp(s->rows[i], s->row, s->over.count * sizeof *s->row) == 0)
            return true;
    return false;
}

static void list(scanner *s)
{
    arena *memory = &s->result->memory;
    size_t issues = s->compiled->issue_count, count = s->result->count;
    if ((count + 1) * issues > s->outcome_room) {
        s->outcome_room = 2 * (count + 1) * issues;
        truce_value *larger = arena_array(memory, s->outcome_room, truce_value);
        if (count > 0)
            memcpy(larger, s->result->outcomes, count * issues * sizeof *larger);
        s->result->outcomes = larger;
    }
    memcpy(s->result->outcomes + count * issues, s->outcome,
           issues * sizeof *s->outcome);
    *grow(s->rows, s->result->count, s->row_room) =
        arena_copy(memory, s->row, s->over.count * sizeof *s->row);
}

/* s->outcome is complete and accepted. */
static void weigh(scanner *s)
{
    for (size_t k = 0; k < s->over.count; k++)
        s->row[k] = space_sum(s->compiled, s->over.items[k], s->outcome);
    if (!fair_is_rational(&s->game, s->row))
        return;
    fair_score(&s->game, FAIR_NASH, s->row, s->score);
    int order = s->result->count ? mpq_cmp(s->score, s->best) : 1;
    if (order < 0 || (order == 0 && is_listed(s)))
        return;
    if (order > 0) {
        s->result->count = 0;
        mpq_set(s->best, s->score);
        raise_needed(s);
    }
    list(s);
}

/* Some bound of the block passed: whose, and are they accepted? */
static void look_closer(scanner *s, const scan_ahead *ahead)
{
    const uint64_t *bits = NULL;
    block_truth accepted = block_accepted(s->desk, s->outcome, s->sums, &bits);
    if (accepted == BLOCK_NONE)
        return;
    scan_portable((const uint16_t *const *)s->inside, s->over.count, s->tail->size,
                  ahead, s->products);
    for (size_t j = 0; j < s->tail->size; j++) {
        if (s->products[j] <= s->needed)
            continue;
        if (accepted == BLOCK_MIXED && !(bits[j / 64] >> j % 64 & 1))
            continue;
        block_outcome(s->tail, j, s->outcome);
        weigh(s);
    }
}

/* ---- the walk -------------------------------------------------------------------- */

/* False when somebody loses in the whole block. */
static bool take_ahead(const scanner *s, scan_ahead *ahead)
{
    for (size_t k = 0; k < s->over.count; k++) {
        double before = (double)(s->sums[s->over.items[k]] + s->offset[k]);
        double steps = before / s->unit[k];
        ahead[k] = (scan_ahead){0};
        if (steps < -LARGEST)
            return false;
        if (steps >= 0)
            ahead[k].more = (uint16_t)(steps + 2);
        else if (steps < -2)
            ahead[k].less = (uint16_t)(-steps - 2);
    }
    return true;
}

static void scan_block(scanner *s, scan_ahead *ahead)
{
    s->result->looked += s->tail->size;
    if (!take_ahead(s, ahead))
        return;
    int32_t most = s->kernel.largest((const uint16_t *const *)s->inside, s->over.count,
                                     s->tail->size, ahead, s->products);
    if (most > s->needed)
        look_closer(s, ahead);
}

static void move(scanner *s, size_t issue, truce_value to)
{
    for (size_t p = 0; p < s->compiled->party_count; p++) {
        const wide *table = s->compiled->parties[p].tables[issue];
        s->sums[p] += table[to] - table[s->outcome[issue]];
    }
    s->outcome[issue] = to;
}

static void begin_walk(scanner *s)
{
    for (size_t p = 0; p < s->compiled->party_count; p++)
        for (size_t i = 0; i < s->tail->first_issue; i++)
            s->sums[p] += s->compiled->parties[p].tables[i][0];
}

static bool step(scanner *s)
{
    for (size_t i = s->tail->first_issue; i-- > 0;) {
        if (s->outcome[i] + 1 < s->compiled->value_counts[i]) {
            move(s, i, s->outcome[i] + 1);
            return true;
        }
        move(s, i, 0);
    }
    return false;
}

static bool walk(scanner *s, const truce_stop *stop)
{
    scan_ahead *ahead = arena_array(&s->result->memory, s->over.count, scan_ahead);
    size_t blocks = 0;
    begin_walk(s);
    do {
        scan_block(s, ahead);
        if (++blocks % BLOCKS_BETWEEN_LOOKS == 0 && stop_now(stop))
            return false;
    } while (step(s));
    return true;
}

truce_status scan_nash(const space *compiled, const acceptance *what, truce_list over,
                       const wide *disagreement, bool portable, const truce_stop *stop,
                       scan_result *result)
{
    *result = (scan_result){0};
    scanner s = {.compiled = compiled, .over = over, .result = result, .needed = -1};
    s.game = (fair_game){.parties = over.count, .disagreement = disagreement};
    s.kernel = scan_kernel_for(portable);
    s.tail = block_new(compiled, what, BLOCK_OUTCOMES);
    s.desk = block_desk_new(s.tail);
    mpq_inits(s.best, s.score, NULL);
    prepare(&s);
    bool complete = walk(&s, stop);
    result->path = s.kernel.path;
    mpq_clears(s.best, s.score, NULL);
    block_desk_free(s.desk);
    block_free(s.tail);
    free(s.rows);
    return !complete ? TRUCE_LIMIT : result->count ? TRUCE_OK : TRUCE_NONE;
}
