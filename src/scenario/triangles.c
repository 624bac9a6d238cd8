/* triangles: the inverse of the triangular distribution, by numbered streams. */
#include "scenario/triangles.h"

#include "base/decimal.h"
#include "base/random.h"

#include <math.h>

static double clipped(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

triangle triangle_of(const number_at *place, double spread)
{
    const truce_number *number = place->number;
    double mode = decimal_double(number->mode);
    triangle all = {decimal_double(number->low), mode, decimal_double(number->high)};
    if (number->ranged || spread <= 0)
        return all;
    number_limits limits = number_limits_of(place);
    double reach = fabs(mode) * spread / 100;
    double highest = limits.unlimited ? INFINITY : decimal_double(limits.high);
    all.low = clipped(mode - reach, decimal_double(limits.low), mode);
    all.high = clipped(mode + reach, mode, highest);
    return all;
}

/* The inverse of the triangular distribution; part is uniform in [0, 1). sqrt() is
 * rounded correctly everywhere, so the same part gives the same value. */
static double draw(const triangle *from, double part)
{
    double width = from->high - from->low;
    double rising = (from->mode - from->low) / width;
    if (part < rising)
        return from->low + sqrt(part * width * (from->mode - from->low));
    return from->high - sqrt((1 - part) * width * (from->high - from->mode));
}

static truce_decimal to_six_decimals(double value)
{
    return (truce_decimal){(int64_t)llround(value * 1e6), 6};
}

void triangles_draw(const numbers *all, const triangle *triangles, uint64_t seed,
                    uint64_t number, truce_decimal *values)
{
    random_stream stream = random_begin(seed, number);
    for (size_t k = 0; k < all->count; k++) {
        const triangle *from = &triangles[k];
        values[k] = all->items[k].number->mode;
        if (from->high > from->low)
            values[k] = to_six_decimals(
                draw(from, (double)random_53(&stream) / 9007199254740992.0));
    }
}
