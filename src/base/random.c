/* SplitMix64 as a counter-based generator: the finaliser of key + counter * golden
 * ratio. Source: G. Steele, D. Lea, C. Flood, Fast Splittable Pseudorandom Number
 * Generators, OOPSLA 2014. */
#include "base/random.h"

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

random_stream random_begin(uint64_t seed, uint64_t task)
{
    return (random_stream){.key = mix(mix(seed + 0x9E3779B97F4A7C15u) ^ task)};
}

uint64_t random_next(random_stream *stream)
{
    return mix(stream->key + ++stream->counter * 0x9E3779B97F4A7C15u);
}

uint64_t random_53(random_stream *stream)
{
    return random_next(stream) >> 11;
}

uint64_t random_below(random_stream *stream, uint64_t below)
{
    uint64_t uneven = -below % below; /* 2^64 mod below: the numbers that would bias */
    uint64_t drawn;
    do
        drawn = random_next(stream);
    while (drawn < uneven);
    return drawn % below;
}
