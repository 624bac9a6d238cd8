/* spread: Wilson, Probable inference, the law of succession, and statistical inference,
 * 1927; quantiles as the least value that so many percent do not exceed.
 */
#include "play/spread.h"

#include <math.h>
#include <stdlib.h>

static const double NORMAL = 1.959963984540054; /* 97.5 % of the normal lie below */

truce_share share_of(uint64_t times, uint64_t of)
{
    truce_share result = {times, of, NAN, NAN, NAN};
    if (of == 0)
        return result;
    double n = (double)of, p = (double)times / n, z2 = NORMAL * NORMAL;
    double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    double reach = NORMAL / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    result.share = p;
    result.low = times == 0 ? 0 : middle - reach;
    result.high = times == of ? 1 : middle + reach;
    return result;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The least value that at least so many percent do not exceed. */
static double at(const double *sorted, size_t count, size_t percent)
{
    size_t place = (percent * count + 99) / 100;
    return sorted[place > 0 ? place - 1 : 0];
}

truce_spread spread_of(double *values, size_t count)
{
    size_t known = 0;
    double sum = 0, squares = 0;
    for (size_t k = 0; k < count; k++)
        if (!isnan(values[k]))
            sum += values[known++] = values[k];
    truce_spread all = {known, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    if (known == 0)
        return all;
    all.mean = sum / (double)known;
    for (size_t k = 0; k < known; k++)
        squares += (values[k] - all.mean) * (values[k] - all.mean);
    double error =
        known > 1 ? sqrt(squares / (double)(known - 1) / (double)known) : NAN;
    all.low = all.mean - NORMAL * error;
    all.high = all.mean + NORMAL * error;
    qsort(values, known, sizeof *values, by_value);
    all.at5 = at(values, known, 5);
    all.at25 = at(values, known, 25);
    all.at50 = at(values, known, 50);
    all.at75 = at(values, known, 75);
    all.at95 = at(values, known, 95);
    return all;
}
