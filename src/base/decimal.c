/* Decimals with at most 9 digits on each side of the point: two of them multiply within
 * 128 bits, so that every comparison of utilities can be exact. */
#include "base/decimal.h"

#include <stdlib.h>

enum { DIGITS_EACH_SIDE = 9 };

int64_t decimal_power(int n)
{
    int64_t power = 1;
    while (n-- > 0)
        power *= 10;
    return power;
}

static truce_decimal shortest(truce_decimal value)
{
    while (value.scale > 0 && value.digits % 10 == 0) {
        value.digits /= 10;
        value.scale--;
    }
    return value;
}

/* Takes digits from *text up to end into value; how many, or -1 when too many to hold.
 */
static int take_digits(const char **text, const char *end, int64_t *value,
                       bool count_zeros)
{
    int count = 0;
    for (; *text < end && **text >= '0' && **text <= '9'; ++*text) {
        if (count_zeros || *value != 0 || **text != '0')
            count++;
        if (count > DIGITS_EACH_SIDE)
            return -1;
        *value = *value * 10 + (**text - '0');
    }
    return count;
}

static bool is_number(const char *text, const char *end)
{
    size_t digits = 0, points = 0;
    if (text < end && (*text == '+' || *text == '-'))
        text++;
    for (; text < end; text++) {
        if (*text >= '0' && *text <= '9')
            digits++;
        else if (*text != '.' || ++points > 1)
            return false;
    }
    return digits > 0;
}

decimal_fault decimal_read(const char *text, size_t length, truce_decimal *value)
{
    const char *end = text + length;
    if (!is_number(text, end))
        return DECIMAL_NOT_A_NUMBER;
    bool negative = *text == '-';
    text += *text == '-' || *text == '+';
    int64_t digits = 0;
    int after = 0;
    if (take_digits(&text, end, &digits, false) < 0)
        return DECIMAL_TOO_LONG;
    if (text < end && *text == '.') {
        text++;
        while (end > text && end[-1] == '0')
            end--; /* zeros at the end say nothing */
        after = take_digits(&text, end, &digits, true);
        if (after < 0)
            return DECIMAL_TOO_LONG;
    }
    *value = shortest((truce_decimal){negative ? -digits : digits, after});
    return DECIMAL_OK;
}

static __int128 at_scale(truce_decimal value, int scale)
{
    return (__int128)value.digits * decimal_power(scale - value.scale);
}

int decimal_compare(truce_decimal one, truce_decimal other)
{
    int scale = one.scale > other.scale ? one.scale : other.scale;
    __int128 a = at_scale(one, scale), b = at_scale(other, scale);
    return (a > b) - (a < b);
}

truce_decimal decimal_add(truce_decimal one, truce_decimal other, int64_t times)
{
    int scale = one.scale > other.scale ? one.scale : other.scale;
    __int128 sum = at_scale(one, scale) + at_scale(other, scale) * times;
    return shortest((truce_decimal){(int64_t)sum, scale});
}

double decimal_double(truce_decimal value)
{
    return (double)value.digits / (double)decimal_power(value.scale);
}

char *decimal_text(arena *memory, truce_decimal value)
{
    value = shortest(value);
    const char *sign = value.digits < 0 ? "-" : "";
    long long digits = llabs((long long)value.digits);
    if (value.scale == 0)
        return arena_format(memory, "%s%lld", sign, digits);
    long long unit = decimal_power(value.scale);
    return arena_format(memory, "%s%lld.%0*lld", sign, digits / unit, (int)value.scale,
                        digits % unit);
}
