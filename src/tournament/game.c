/* game: symmetric equilibria by supports, and replicator dynamics.
 *
 * A mix x of support S is an equilibrium when all strategies of S get the same against it
 * and none outside gets more: (A x)_i = v on S, sum x = 1, x > 0 on S, and (A x)_j <= v.
 * With more than two players (A x)_i is a polynomial in x, and only supports of two are
 * searched.
 */
#include "tournament/game.h"

#include "base/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double NEARLY = 1e-9; /* of the range of payoffs */
static const double STEP = 0.1;    /* of time */

static size_t size_of(const game *of)
{
    size_t size = of->n;
    for (size_t k = 0; k < of->others; k++)
        size *= of->n;
    return size;
}

game game_of(const double *payoff, size_t n, size_t players, arena *memory)
{
    game made = {.payoff = payoff, .n = n, .others = players - 1};
    made.room = arena_array(memory, size_of(&made) / n, double);
    return made;
}

static double range_of(const game *of)
{
    double least = INFINITY, most = -INFINITY;
    size_t size = size_of(of);
    for (size_t k = 0; k < size; k++) {
        least = fmin(least, of->payoff[k]);
        most = fmax(most, of->payoff[k]);
    }
    return most - least;
}

/* What strategy i gets when `alike` of the others play j and the rest by the mix: one of
 * them after the other is summed out. */
static double among(const game *of, size_t i, const double *mix, size_t j, size_t alike)
{
    size_t n = of->n, left = size_of(of) / n;
    const double *from = of->payoff + i * left;
    for (size_t k = 0; k < of->others; k++) {
        left /= n;
        for (size_t rest = 0; rest < left; rest++) {
            const double *row = from + rest * n;
            double sum = 0;
            for (size_t s = 0; k >= alike && s < n; s++)
                sum += mix[s] == 0 ? 0 : row[s] * mix[s];
            of->room[rest] = k < alike ? row[j] : sum;
        }
        from = of->room;
    }
    return from[0];
}

/* What strategy i gets against the mix. */
static double against(const game *of, size_t i, const double *mix)
{
    return among(of, i, mix, 0, 0);
}

/* What the mix gets when so many of the others play j. */
static double mean_among(const game *of, const double *mix, size_t j, size_t alike)
{
    double sum = 0;
    for (size_t i = 0; i < of->n; i++)
        sum += mix[i] == 0 ? 0 : mix[i] * among(of, i, mix, j, alike);
    return sum;
}

static double regret_of(const game *of, const double *mix, double value)
{
    double most = 0;
    for (size_t i = 0; i < of->n; i++)
        most = fmax(most, against(of, i, mix) - value);
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

/* Does the mix do better than the intruder j once there are some of it? The first number
 * of intruders among the others that tells them apart decides (Broom, Cannings, Vickers,
 * Multi-player matrix games, 1997; with two players, Maynard Smith 1982). */
static bool resists_one(const game *of, const double *mix, size_t j, double nearly)
{
    for (size_t alike = 0; alike <= of->others; alike++) {
        double off = mean_among(of, mix, j, alike) - among(of, j, mix, j, alike);
        if (fabs(off) > nearly)
            return off > 0;
    }
    return false;
}

/* Judged against pure intruders. */
static bool resists(const game *of, const double *mix, double scale)
{
    for (size_t j = 0; j < of->n; j++)
        if (mix[j] <= 1 - NEARLY && !resists_one(of, mix, j, NEARLY * scale))
            return false;
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

static void keep(finding *found, const game *of, const double *mix, bool pure,
                 double nearly, arena *memory)
{
    double range = range_of(of), scale = range > 0 ? range : 1;
    double value = mean_among(of, mix, 0, 0);
    double regret = regret_of(of, mix, value);
    if (regret > nearly * scale)
        return;
    *grow(found->items, found->count, found->room) =
        (truce_mix){.shares = arena_copy(memory, mix, of->n * sizeof *mix),
                    .value = value,
                    .regret = regret,
                    .pure = pure,
                    .stable = resists(of, mix, scale)};
}

static size_t try_supports(finding *found, const game *of, arena *memory)
{
    size_t n = of->n, most = supports_tried(n);
    double range = range_of(of), scale = range > 0 ? range : 1;
    double *rows = must_allocate((n + 2) * (n + 2) * sizeof *rows);
    double *mix = must_allocate((n + 1) * sizeof *mix);
    size_t *support = must_allocate((n + 1) * sizeof *support);
    for (size_t size = 1; size <= most; size++) {
        for (size_t k = 0; k < size; k++)
            support[k] = k;
        do {
            if (indifferent(of->payoff, n, support, size, scale, rows, mix))
                keep(found, of, mix, size == 1, NEARLY, memory);
        } while (next_support(support, size, n));
    }
    free(rows);
    free(mix);
    free(support);
    return most;
}

/* ---- more than two players ------------------------------------------------------------------ */

/* Two strategies, the first with this share: how much better it does than the second. */
typedef struct pair {
    const game *of;
    size_t a, b;
    double *mix; /* [n], 0 but for these two */
} pair;

static double lead_of_first(const pair *two, double share)
{
    two->mix[two->a] = share;
    two->mix[two->b] = 1 - share;
    return against(two->of, two->a, two->mix) - against(two->of, two->b, two->mix);
}

/* Between shares where the lead has changed its sign. */
static double root_of(const pair *two, double low, double high)
{
    bool rises = lead_of_first(two, high) > 0;
    for (int k = 0; k < 200 && high - low > 0; k++) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            break;
        if ((lead_of_first(two, middle) > 0) == rises)
            high = middle;
        else
            low = middle;
    }
    return high;
}

static void try_pair(finding *found, const pair *two, double nearly, arena *memory)
{
    double before = lead_of_first(two, 0);
    for (int k = 1; k <= GRID; k++) {
        double share = (double)k / GRID, here = lead_of_first(two, share);
        bool crosses = fabs(before) > nearly &&
                       (k < GRID ? (here > 0) != (before > 0)
                                 : fabs(here) > nearly && (here > 0) != (before > 0));
        if (crosses) {
            lead_of_first(two, root_of(two, share - 1.0 / GRID, share));
            keep(found, two->of, two->mix, false, NEARLY, memory);
        }
        before = here;
    }
    two->mix[two->a] = two->mix[two->b] = 0;
}

/* The dynamics come near a mix, and stop there. */
static const double NEAR_REST = 1e-6;

/* The rest without what is dying out; false when not more than two strategies are left, or
 * these do not get the same. */
static bool mix_of_rest(const game *of, const double *rest, double range, double *mix)
{
    size_t count = 0;
    double sum = 0;
    for (size_t i = 0; i < of->n; i++) {
        mix[i] = rest[i] > NEAR_REST ? rest[i] : 0;
        sum += mix[i];
        count += mix[i] > 0;
    }
    for (size_t i = 0; i < of->n; i++)
        mix[i] /= sum;
    double value = mean_among(of, mix, 0, 0);
    for (size_t i = 0; i < of->n; i++)
        if (mix[i] > 0 && fabs(against(of, i, mix) - value) > NEAR_REST * range)
            return false;
    return count > 2;
}

static size_t try_pairs_and_rests(finding *found, const game *of,
                                  const truce_rest *rests, size_t rest_count,
                                  arena *memory)
{
    size_t n = of->n;
    double range = range_of(of);
    double *mix = must_allocate_zeroed(n + 1, sizeof *mix);
    for (size_t i = 0; i < n; i++) {
        mix[i] = 1;
        keep(found, of, mix, true, NEARLY, memory);
        mix[i] = 0;
    }
    for (size_t a = 0; a < n; a++)
        for (size_t b = a + 1; b < n; b++)
            try_pair(found, &(pair){of, a, b, mix}, NEARLY * range, memory);
    for (size_t k = 0; k < rest_count; k++)
        if (mix_of_rest(of, rests[k].shares, range, mix))
            keep(found, of, mix, false, NEAR_REST, memory);
    free(mix);
    return n < 2 ? n : 2;
}

size_t game_equilibria(const game *of, const truce_rest *rests, size_t rest_count,
                       arena *memory, truce_mix **mixes, size_t *supports)
{
    finding found = {0};
    *supports = of->others == 1
                    ? try_supports(&found, of, memory)
                    : try_pairs_and_rests(&found, of, rests, rest_count, memory);
    *mixes = arena_copy(memory, found.items, found.count * sizeof *found.items);
    free(found.items);
    return found.count;
}

/* ---- replicator dynamics ------------------------------------------------------------------- */

/* One step of x_i' = x_i (f_i - mean) with payoffs scaled to a range of 1; exponential
 * weights keep shares positive. Returns how far it moved. */
static double replicate_once(const game *of, double scale, double *x, double *gains)
{
    size_t n = of->n;
    double sum = 0, moved = 0, most = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        gains[i] = against(of, i, x) / scale;
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
static void follow(const game *of, double *shares, trail *way)
{
    enum { STEPS_MOST = 20000 };
    double range = range_of(of), time = 0;
    double *gains = must_allocate((of->n + 1) * sizeof *gains);
    for (int step = 0; range > 0 && step < STEPS_MOST; step++) {
        double moved = replicate_once(of, range, shares, gains);
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

void game_replicate(const game *of, double *shares)
{
    follow(of, shares, NULL);
}

size_t game_path(const game *of, double *shares, arena *memory, const double **times,
                 const double **path)
{
    trail way = {.n = of->n,
                 .times = arena_array(memory, PATH_MOST, double),
                 .shares = arena_array(memory, PATH_MOST * of->n, double),
                 .apart = 0.002};
    trail_add(&way, 0, shares);
    follow(of, shares, &way);
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

size_t game_rests(const game *of, size_t starts, uint64_t seed, arena *memory,
                  truce_rest **rests)
{
    size_t n = of->n;
    *rests = arena_array(memory, starts, truce_rest);
    double *shares = must_allocate((n + 1) * sizeof *shares);
    size_t count = 0;
    for (size_t s = 0; s < starts; s++) {
        random_stream dice = random_begin(seed, s);
        draw_start(n, &dice, shares);
        game_replicate(of, shares);
        size_t k = rest_near(*rests, count, shares, n);
        if (k == count)
            (*rests)[count++].shares = arena_copy(memory, shares, n * sizeof *shares);
        (*rests)[k].starts += 1.0 / (double)starts;
    }
    free(shares);
    qsort(*rests, count, sizeof **rests, by_starts);
    return count;
}
