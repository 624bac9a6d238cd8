/* Decimals: at most 18 digits and a power of ten from 0 to 36, as programs print doubles
 * (0.0020368593819112433 has 17 digits, 19 behind the point). Scales and conditions have
 * at most 9 digits on each side of the point, which keeps their arithmetic within 64
 * bits. */
#include "base/decimal.h"

#include <stdlib.h>

enum {
    DIGITS_EACH_SIDE = 9,
    DIGITS_IN_ALL = 18,
    LARGEST_SCALE = 36,
    LARGEST_EXPONENT = 999
};

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

/* "E-4" behind a number; 0 when there is none. *length becomes that of the number. */
static bool take_exponent(const char *text, size_t *length, int *exponent)
{
    size_t at = 0;
    while (at < *length && text[at] != 'e' && text[at] != 'E')
        at++;
    *exponent = 0;
    if (at == *length)
        return true;
    size_t digit = at + 1;
    bool negative = digit < *length && text[digit] == '-';
    if (digit < *length && (text[digit] == '-' || text[digit] == '+'))
        digit++;
    if (digit == *length)
        return false;
    for (; digit < *length; digit++) {
        if (text[digit] < '0' || text[digit] > '9')
            return false;
        if (*exponent < LARGEST_EXPONENT)
            *exponent = *exponent * 10 + (text[digit] - '0');
    }
    *exponent = negative ? -*exponent : *exponent;
    *length = at;
    return true;
}

/* Moves the point so that scale lies in 0 .. 36; false when the digits do not reach. */
static bool settle(int64_t digits, int scale, truce_decimal *value)
{
    for (; digits != 0 && scale > 0 && digits % 10 == 0; scale--)
        digits /= 10;
    for (; digits != 0 && scale < 0; scale++) {
        if (digits >= decimal_power(DIGITS_IN_ALL - 1))
            return false;
        digits *= 10;
    }
    *value = (truce_decimal){digits, digits ? scale : 0};
    return value->scale <= LARGEST_SCALE;
}

decimal_fault decimal_read_long(const char *text, size_t length, truce_decimal *value)
{
    int scale;
    if (!take_exponent(text, &length, &scale) || !is_number(text, text + length))
        return DECIMAL_NOT_A_NUMBER;
    scale = -scale;
    bool behind = false;
    size_t zeros = 0; /* met and not yet taken: those at the end say nothing */
    int64_t digits = 0;
    for (size_t i = 0; i < length; i++) {
        behind = behind || text[i] == '.';
        if (text[i] < '0' || text[i] > '9')
            continue;
        scale += behind;
        zeros++;
        if (text[i] == '0')
            continue;
        for (; zeros > 0; zeros--) {
            if (digits >= decimal_power(DIGITS_IN_ALL - 1))
                return DECIMAL_TOO_LONG;
            digits *= 10;
        }
        digits += text[i] - '0';
    }
    if (!settle(digits, scale - (int)zeros, value))
        return DECIMAL_TOO_LONG;
    value->digits = *text == '-' ? -value->digits : value->digits;
    return DECIMAL_OK;
}

/* value * 10^places, places >= 0. Beyond 19 places every number but 0 is larger than all
 * 18 digits of another already. */
static __int128 moved(truce_decimal value, int places)
{
    int left = places > DIGITS_IN_ALL ? 1 : 0;
    __int128 digits = value.digits;
    digits *= decimal_power(left ? DIGITS_IN_ALL : places);
    return left ? digits * 10 : digits;
}

int decimal_compare(truce_decimal one, truce_decimal other)
{
    bool finer = one.scale > other.scale;
    __int128 a = finer ? one.digits : moved(one, other.scale - one.scale);
    __int128 b = finer ? moved(other, one.scale - other.scale) : other.digits;
    return (a > b) - (a < b);
}

static truce_decimal cut_to(truce_decimal value, int scale)
{
    for (; value.scale > scale; value.scale--)
        value.digits /= 10;
    return value;
}

truce_decimal decimal_add(truce_decimal one, truce_decimal other, int64_t times)
{
    one = cut_to(shortest(one), shortest(other).scale + DIGITS_IN_ALL);
    other = cut_to(shortest(other), one.scale + DIGITS_IN_ALL);
    int scale = one.scale > other.scale ? one.scale : other.scale;
    __int128 sum =
        moved(one, scale - one.scale) + moved(other, scale - other.scale) * times;
    for (; scale > 0 && (sum >= decimal_power(DIGITS_IN_ALL) ||
                         sum <= -decimal_power(DIGITS_IN_ALL));
         scale--)
        sum /= 10;
    return shortest((truce_decimal){(int64_t)sum, scale});
}

/* An exact sum or product on its way to a decimal: up to 38 digits. */
typedef struct long_decimal {
    __int128 digits;
    int scale;
    bool exact;
} long_decimal;

/* Halves away from zero. */
static void drop_digit(long_decimal *value)
{
    int last = (int)(value->digits % 10);
    value->digits /= 10;
    value->digits += (last >= 5) - (last <= -5);
    value->scale--;
    value->exact &= last == 0;
}

/* Brings both to the finer scale, or, where that has no room, to one in between. */
static void align(long_decimal *coarse, long_decimal *fine)
{
    const __int128 most = (__int128)decimal_power(DIGITS_IN_ALL) * decimal_power(18);
    while (coarse->scale < fine->scale && coarse->digits < most &&
           coarse->digits > -most) {
        coarse->digits *= 10;
        coarse->scale++;
    }
    while (coarse->scale < fine->scale)
        drop_digit(fine);
}

static bool fits(const long_decimal *value)
{
    return value->digits < decimal_power(DIGITS_IN_ALL) &&
           value->digits > -decimal_power(DIGITS_IN_ALL) &&
           value->scale <= LARGEST_SCALE;
}

bool decimal_line(truce_decimal slope, truce_decimal at, truce_decimal from,
                  truce_decimal *result)
{
    long_decimal sum = {(__int128)slope.digits * at.digits, slope.scale + at.scale,
                        true};
    long_decimal more = {from.digits, from.scale, true};
    if (sum.scale < more.scale)
        align(&sum, &more);
    else
        align(&more, &sum);
    sum.digits += more.digits;
    sum.exact &= more.exact;
    while (!fits(&sum) && sum.scale > 0)
        drop_digit(&sum);
    bool small = fits(&sum);
    *result = small ? shortest((truce_decimal){(int64_t)sum.digits, sum.scale})
                    : (truce_decimal){0};
    return small && sum.exact;
}

double decimal_double(truce_decimal value)
{
    long double result = (long double)value.digits;
    int scale = value.scale;
    for (; scale > DIGITS_IN_ALL; scale -= DIGITS_IN_ALL)
        result /= (long double)decimal_power(DIGITS_IN_ALL);
    return (double)(result / (long double)decimal_power(scale));
}

char *decimal_text(arena *memory, truce_decimal value)
{
    value = shortest(value);
    const char *sign = value.digits < 0 ? "-" : "";
    long long digits = llabs((long long)value.digits);
    if (value.scale == 0)
        return arena_format(memory, "%s%lld", sign, digits);
    if (value.scale > DIGITS_IN_ALL)
        return arena_format(memory, "%s0.%0*lld", sign, (int)value.scale, digits);
    long long unit = decimal_power(value.scale);
    return arena_format(memory, "%s%lld.%0*lld", sign, digits / unit, (int)value.scale,
                        digits % unit);
}
