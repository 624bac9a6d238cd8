/* One fused loop: for each party add and take away, saturating at 0, and multiply;
 * compare; store nothing. */
#include "solve/scan_kernels.h"

enum { MOST_PARTIES = 64 }; /* beyond it nobody is in a hurry */

static uint16_t gain_of(uint16_t inside, scan_ahead ahead)
{
    uint16_t x = (uint16_t)(inside + ahead.more);
    return x > ahead.less ? (uint16_t)(x - ahead.less) : 0;
}

static uint16_t times(uint16_t one, uint16_t other)
{
    return (uint16_t)(((uint32_t)one * other >> 16) + 1);
}

uint16_t scan_portable(const uint16_t *const *inside, size_t parties, size_t size,
                       const scan_ahead *ahead, uint16_t *products)
{
    uint16_t most = 0;
    for (size_t j = 0; j < size; j++) {
        uint16_t h = gain_of(inside[0][j], ahead[0]);
        for (size_t k = 1; k < parties; k++)
            h = times(h, gain_of(inside[k][j], ahead[k]));
        products[j] = h;
        most = h > most ? h : most;
    }
    return most;
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

/* One loop for each width; the rest that fills no vector goes the portable way. */
#define KERNEL(NAME, TARGET, VECTOR, LANES, LOAD, STORE, SET, ADD, SUBTRACT, HIGH,     \
               MOST)                                                                   \
    __attribute__((target(TARGET))) static uint16_t NAME##_any(                        \
        const uint16_t *const *inside, size_t parties, size_t whole,                   \
        const scan_ahead *ahead)                                                       \
    {                                                                                  \
        uint16_t lanes[LANES], most = 0;                                               \
        VECTOR best = SET(0);                                                          \
        for (size_t j = 0; j < whole; j += (LANES)) {                                  \
            VECTOR h = SUBTRACT(ADD(LOAD(inside[0] + j), SET(ahead[0].more)),          \
                                SET(ahead[0].less));                                   \
            for (size_t k = 1; k < parties; k++)                                       \
                h = ADD(HIGH(h, SUBTRACT(ADD(LOAD(inside[k] + j), SET(ahead[k].more)), \
                                         SET(ahead[k].less))),                         \
                        SET(1));                                                       \
            best = MOST(best, h);                                                      \
        }                                                                              \
        STORE(lanes, best);                                                            \
        for (size_t k = 0; k < (LANES); k++)                                           \
            most = lanes[k] > most ? lanes[k] : most;                                  \
        return most;                                                                   \
    }                                                                                  \
    /* two parties, nobody behind: the common case, in half the steps */               \
    __attribute__((target(TARGET))) static uint16_t NAME##_pair(                       \
        const uint16_t *one, const uint16_t *other, size_t whole, scan_ahead a,        \
        scan_ahead b)                                                                  \
    {                                                                                  \
        uint16_t lanes[LANES], most = 0;                                               \
        VECTOR more_a = SET(a.more), more_b = SET(b.more);                             \
        VECTOR best = SET(0), next = SET(0);                                           \
        for (size_t j = 0; j < whole; j += 2 * (LANES)) {                              \
            VECTOR x = ADD(LOAD(one + j), more_a), y = ADD(LOAD(other + j), more_b);   \
            VECTOR z = ADD(LOAD(one + j + (LANES)), more_a);                           \
            VECTOR w = ADD(LOAD(other + j + (LANES)), more_b);                         \
            best = MOST(best, HIGH(x, y));                                             \
            next = MOST(next, HIGH(z, w));                                             \
        }                                                                              \
        STORE(lanes, MOST(best, next));                                                \
        for (size_t k = 0; k < (LANES); k++)                                           \
            most = lanes[k] > most ? lanes[k] : most;                                  \
        return (uint16_t)(most + 1);                                                   \
    }                                                                                  \
    static uint16_t NAME(const uint16_t *const *inside, size_t parties, size_t size,   \
                         const scan_ahead *ahead, uint16_t *products)                  \
    {                                                                                  \
        size_t whole = size / (2 * (LANES)) * (2 * (LANES));                           \
        bool is_pair = parties == 2 && ahead[0].less == 0 && ahead[1].less == 0;       \
        if (whole == 0 || parties > MOST_PARTIES)                                      \
            return scan_portable(inside, parties, size, ahead, products);              \
        const uint16_t *rest[MOST_PARTIES];                                            \
        for (size_t k = 0; k < parties; k++)                                           \
            rest[k] = inside[k] + whole;                                               \
        uint16_t most =                                                                \
            is_pair ? NAME##_pair(inside[0], inside[1], whole, ahead[0], ahead[1])     \
                    : NAME##_any(inside, parties, whole, ahead);                       \
        uint16_t other = scan_portable(rest, parties, size - whole, ahead, products);  \
        return most > other ? most : other;                                            \
    }

#define LOAD_32(at) _mm512_loadu_si512((const void *)(at))
#define STORE_32(at, what) _mm512_storeu_si512((void *)(at), what)
#define SET_32(number) _mm512_set1_epi16((short)(number))
KERNEL(avx512, "avx512f,avx512bw", __m512i, 32, LOAD_32, STORE_32, SET_32,
       _mm512_add_epi16, _mm512_subs_epu16, _mm512_mulhi_epu16, _mm512_max_epu16)

#define LOAD_16(at) _mm256_loadu_si256((const __m256i *)(const void *)(at))
#define STORE_16(at, what) _mm256_storeu_si256((__m256i *)(void *)(at), what)
#define SET_16(number) _mm256_set1_epi16((short)(number))
KERNEL(avx2, "avx2", __m256i, 16, LOAD_16, STORE_16, SET_16, _mm256_add_epi16,
       _mm256_subs_epu16, _mm256_mulhi_epu16, _mm256_max_epu16)

scan_kernel scan_kernel_for(bool portable)
{
    if (!portable && __builtin_cpu_supports("avx512bw"))
        return (scan_kernel){avx512, "avx512"};
    if (!portable && __builtin_cpu_supports("avx2"))
        return (scan_kernel){avx2, "avx2"};
    return (scan_kernel){scan_portable, "portable"};
}
#else
scan_kernel scan_kernel_for(bool portable)
{
    (void)portable;
    return (scan_kernel){scan_portable, "portable"};
}
#endif
