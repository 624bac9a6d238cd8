/* game: symmetric equilibria by supports, and replicator dynamics.
 *
 * A mix x of support S is an equilibrium when all strategies of S get the same against it
 * and none outside gets more: (A x)_i = v on S, sum x = 1, x > 0 on S, and (A x)_j <= v.
 */
#include "tournament/game.h"

#include "base/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double NEARLY = 1e-9; /* of the range of payoffs */
static const double STEP = 0.1;    /* of time */

static double range_of(const double *payoff, size_t n)
{
    double least = INFINITY, most = -INFINITY;
    for (size_t k = 0; k < n * n; k++) {
        least = fmin(least, payoff[k]);
        most = fmax(most, payoff[k]);
    }
    return most - least;
}

/* What strategy i gets against the mix. */
static double against(const double *payoff, size_t n, size_t i, const double *mix)
{
    double sum = 0;
    for (size_t j = 0; j < n; j++)
        sum += mix[j] == 0 ? 0 : payoff[i * n + j] * mix[j];
    return sum;
}

static double mean_of(const double *payoff, size_t n, const double *mix)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += mix[i] == 0 ? 0 : mix[i] * against(payoff, n, i, mix);
    return sum;
}

static double regret_of(const double *payoff, size_t n, const double *mix, double value)
{
    double most = 0;
    for (size_t i = 0; i < n; i++)
        most = fmax(most, against(payoff, n, i, mix) - value);
    return most;
}

/* ---- one support ------------------------------------------------------------------------- */

/* Gaussian elimination with pivots on rows [size][size + 1]; false when singular. */
static bool solve(double *rows, size_t size, double scale)
{
    size_t width = size + 1;
    for (size_t c = 0; c < size; c++) {
        size_t best = c;
        for (size_t r = c + 1; r < size; r++)
            if (fabs(rows[r * width + c]) > fabs(rows[best * width + c]))
                best = r;
        if (fabs(rows[best * width + c]) <= NEARLY * scale)
            return false;
        for (size_t k = 0; best != c && k < width; k++) {
            double other = rows[c * width + k];
            rows[c * width + k] = rows[best * width + k];
            rows[best * width + k] = other;
        }
        for (size_t r = 0; r < size; r++) {
            double factor = rows[r * width + c] / rows[c * width + c];
            for (size_t k = c; r != c && k < width; k++)
                rows[r * width + k] -= factor * rows[c * width + k];
        }
    }
    for (size_t r = 0; r < size; r++)
        rows[r * width + size] /= rows[r * width + r];
    return true;
}

/* Shares that make the support indifferent, into mix [n]; false when there are none. */
static bool indifferent(const double *payoff, size_t n, const size_t *support,
                        size_t size, double scale, double *rows, double *mix)
{
    size_t unknowns = size + 1, width = unknowns + 1;
    memset(rows, 0, unknowns * width * sizeof *rows);
    for (size_t r = 0; r < size; r++) {
        for (size_t c = 0; c < size; c++)
            rows[r * width + c] = payoff[support[r] * n + support[c]] / scale;
        rows[r * width + size] = -1;
    }
    for (size_t c = 0; c < size; c++)
        rows[size * width + c] = 1;
    rows[size * width + unknowns] = 1;
    if (!solve(rows, unknowns, 1))
        return false;
    memset(mix, 0, n * sizeof *mix);
    for (size_t c = 0; c < size; c++) {
        mix[support[c]] = rows[c * width + unknowns];
        if (!(mix[support[c]] > NEARLY))
            return false;
    }
    return true;
}

/* Against every other strategy that does as well against the mix, the mix does better
 * than that strategy does against itself. Judged against pure ones. */
static bool resists(const double *payoff, size_t n, const double *mix, double value,
                    double scale)
{
    for (size_t j = 0; j < n; j++) {
        bool alone = mix[j] > 1 - NEARLY;
        if (alone || against(payoff, n, j, mix) < value - NEARLY * scale)
            continue;
        double mix_against_j = 0;
        for (size_t i = 0; i < n; i++)
            mix_against_j += mix[i] == 0 ? 0 : mix[i] * payoff[i * n + j];
        if (mix_against_j <= payoff[j * n + j] + NEARLY * scale)
            return false;
    }
    return true;
}

/* ---- all supports -------------------------------------------------------------------------- */

/* The next set of `size` numbers below n, in lexicographic order. */
static bool next_support(size_t *support, size_t size, size_t n)
{
    for (size_t k = size; k-- > 0;)
        if (support[k] < n - size + k) {
            support[k]++;
            for (size_t i = k + 1; i < size; i++)
                support[i] = support[i - 1] + 1;
            return true;
        }
    return false;
}

static size_t supports_tried(size_t n)
{
    double sets = 0, of_size = 1;
    for (size_t size = 1; size <= n; size++) {
        of_size *= (double)(n - size + 1) / (double)size;
        sets += of_size;
        if (sets > SUPPORTS_MOST)
            return size - 1;
    }
    return n;
}

typedef struct finding {
    truce_mix *items;
    size_t count, room;
} finding;

static void keep(finding *found, const double *payoff, size_t n, const double *mix,
                 size_t size, double scale, arena *memory)
{
    double value = mean_of(payoff, n, mix);
    double regret = regret_of(payoff, n, mix, value);
    if (regret > NEARLY * scale)
        return;
    *grow(found->items, found->count, found->room) =
        (truce_mix){.shares = arena_copy(memory, mix, n * sizeof *mix),
                    .value = value,
                    .regret = regret,
                    .pure = size == 1,
                    .stable = resists(payoff, n, mix, value, scale)};
}

size_t game_equilibria(const double *payoff, size_t n, arena *memory, truce_mix **mixes,
                       size_t *supports)
{
    double range = range_of(payoff, n), scale = range > 0 ? range : 1;
    double *rows = must_allocate((n + 2) * (n + 2) * sizeof *rows);
    double *mix = must_allocate((n + 1) * sizeof *mix);
    size_t *support = must_allocate((n + 1) * sizeof *support);
    finding found = {0};
    *supports = supports_tried(n);
    for (size_t size = 1; size <= *supports; size++) {
        for (size_t k = 0; k < size; k++)
            support[k] = k;
        do {
            if (indifferent(payoff, n, support, size, scale, rows, mix))
                keep(&found, payoff, n, mix, size, scale, memory);
        } while (next_support(support, size, n));
    }
    *mixes = arena_copy(memory, found.items, found.count * sizeof *found.items);
    free(found.items);
    free(rows);
    free(mix);
    free(support);
    return found.count;
}

/* ---- replicator dynamics ------------------------------------------------------------------- */

/* One step of x_i' = x_i (f_i - mean) with payoffs scaled to a range of 1; exponential
 * weights keep shares positive. Returns how far it moved. */
static double replicate_once(const double *payoff, size_t n, double scale, double *x,
                             double *gains)
{
    double sum = 0, moved = 0, most = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        gains[i] = against(payoff, n, i, x) / scale;
        most = fmax(most, x[i] > 0 ? gains[i] : -INFINITY);
    }
    for (size_t i = 0; i < n; i++) {
        gains[i] = x[i] * exp(STEP * (gains[i] - most));
        sum += gains[i];
    }
    for (size_t i = 0; i < n; i++) {
        double now = gains[i] / sum;
        moved = fmax(moved, fabs(now - x[i]));
        x[i] = now;
    }
    return moved;
}

/* Shares on the way, kept whenever one of them has moved by `apart` since the last that was
 * kept. When there is no room, every second one goes, and they stand twice as far apart. */
typedef struct trail {
    double *times, *shares;
    size_t n, count;
    double apart;
} trail;

static double moved_since(const trail *to, const double *shares)
{
    const double *last = to->shares + (to->count - 1) * to->n;
    double most = 0;
    for (size_t i = 0; i < to->n; i++)
        most = fmax(most, fabs(shares[i] - last[i]));
    return most;
}

static void trail_thin(trail *to)
{
    for (size_t k = 2; k < to->count; k += 2) {
        to->times[k / 2] = to->times[k];
        memcpy(to->shares + k / 2 * to->n, to->shares + k * to->n,
               to->n * sizeof *to->shares);
    }
    to->count = (to->count + 1) / 2;
    to->apart *= 2;
}

static void trail_add(trail *to, double time, const double *shares)
{
    if (to->count == PATH_MOST)
        trail_thin(to);
    to->times[to->count] = time;
    memcpy(to->shares + to->count++ * to->n, shares, to->n * sizeof *shares);
}

/* way may be NULL. */
static void follow(const double *payoff, size_t n, double *shares, trail *way)
{
    enum { STEPS_MOST = 20000 };
    double range = range_of(payoff, n), time = 0;
    double *gains = must_allocate((n + 1) * sizeof *gains);
    for (int step = 0; range > 0 && step < STEPS_MOST; step++) {
        double moved = replicate_once(payoff, n, range, shares, gains);
        time = (step + 1) * STEP;
        if (way && moved_since(way, shares) >= way->apart)
            trail_add(way, time, shares);
        if (moved < 1e-12)
            break;
    }
    if (way && way->times[way->count - 1] < time)
        trail_add(way, time, shares);
    free(gains);
}

void game_replicate(const double *payoff, size_t n, double *shares)
{
    follow(payoff, n, shares, NULL);
}

size_t game_path(const double *payoff, size_t n, double *shares, arena *memory,
                 const double **times, const double **path)
{
    trail way = {.n = n,
                 .times = arena_array(memory, PATH_MOST, double),
                 .shares = arena_array(memory, PATH_MOST * n, double),
                 .apart = 0.002};
    trail_add(&way, 0, shares);
    follow(payoff, n, shares, &way);
    *times = way.times;
    *path = way.shares;
    return way.count;
}

/* Uniform on the simplex: exponential numbers, scaled. */
static void draw_start(size_t n, random_stream *dice, double *shares)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        shares[i] = -log(((double)random_53(dice) + 1) / 0x1p53);
        sum += shares[i];
    }
    for (size_t i = 0; i < n; i++)
        shares[i] /= sum;
}

static size_t rest_near(const truce_rest *rests, size_t count, const double *shares,
                        size_t n)
{
    const double near = 0.005;
    for (size_t k = 0; k < count; k++) {
        double far = 0;
        for (size_t i = 0; i < n; i++)
            far = fmax(far, fabs(rests[k].shares[i] - shares[i]));
        if (far <= near)
            return k;
    }
    return count;
}

static int by_starts(const void *a, const void *b)
{
    const truce_rest *x = a, *y = b;
    return (x->starts < y->starts) - (x->starts > y->starts);
}

size_t game_rests(const double *payoff, size_t n, size_t starts, uint64_t seed,
                  arena *memory, truce_rest **rests)
{
    *rests = arena_array(memory, starts, truce_rest);
    double *shares = must_allocate((n + 1) * sizeof *shares);
    size_t count = 0;
    for (size_t s = 0; s < starts; s++) {
        random_stream dice = random_begin(seed, s);
        draw_start(n, &dice, shares);
        game_replicate(payoff, n, shares);
        size_t k = rest_near(*rests, count, shares, n);
        if (k == count)
            (*rests)[count++].shares = arena_copy(memory, shares, n * sizeof *shares);
        (*rests)[k].starts += 1.0 / (double)starts;
    }
    free(shares);
    qsort(*rests, count, sizeof **rests, by_starts);
    return count;
}
