#include "base/big.h"

#include <math.h>

#include "base/decimal.h"

#include <stdlib.h>

void big_set_decimal(mpq_ptr fraction, truce_decimal value)
{
    mpq_set_si(fraction, (long)value.digits, 1);
    mpz_ui_pow_ui(mpq_denref(fraction), 10, (unsigned long)value.scale);
    mpq_canonicalize(fraction);
}

void big_set_wide(mpz_ptr number, wide value)
{
    unsigned __int128 size =
        value < 0 ? -(unsigned __int128)value : (unsigned __int128)value;
    mpz_set_ui(number, (unsigned long)(size >> 64));
    mpz_mul_2exp(number, number, 64);
    mpz_add_ui(number, number, (unsigned long)size);
    if (value < 0)
        mpz_neg(number, number);
}

bool big_fits(mpz_srcptr number, unsigned bits)
{
    return mpz_sizeinbase(number, 2) <= bits;
}

wide big_get_wide(mpz_srcptr number)
{
    unsigned __int128 size = 0;
    for (size_t limb = mpz_size(number); limb-- > 0;)
        size = size << 64 | mpz_getlimbn(number, (mp_size_t)limb);
    return mpz_sgn(number) < 0 ? -(wide)size : (wide)size;
}

char *big_text(arena *memory, mpz_srcptr number)
{
    char *text = arena_take(memory, mpz_sizeinbase(number, 10) + 2);
    return mpz_get_str(text, 10, number);
}

static const wide EXACT = (wide)1 << 53; /* doubles hold all whole numbers up to it */
enum { QUOTIENT_BITS = 55 }; /* those of a double, one to round by, one for the rest */

/* The last bit of a quotient of at least QUOTIENT_BITS stands for all that comes after. */
static double rounded(uint64_t quotient, bool rest, long shift)
{
    return ldexp((double)(quotient | rest), (int)-shift);
}

static long bits_of(uint64_t number)
{
    return 64 - __builtin_clzll(number);
}

static double narrow_quotient(uint64_t one, uint64_t other)
{
    long shift = QUOTIENT_BITS + bits_of(other) - bits_of(one);
    shift = shift < 0 ? 0 : shift;
    unsigned __int128 shifted = (unsigned __int128)one << shift;
    return rounded((uint64_t)(shifted / other), shifted % other != 0, shift);
}

static double wide_quotient(wide one, wide other)
{
    mpz_t top, bottom, rest;
    mpz_inits(top, bottom, rest, NULL);
    big_set_wide(top, one);
    big_set_wide(bottom, other);
    long shift =
        QUOTIENT_BITS + (long)mpz_sizeinbase(bottom, 2) - (long)mpz_sizeinbase(top, 2);
    if (shift > 0)
        mpz_mul_2exp(top, top, (mp_bitcnt_t)shift);
    else
        mpz_mul_2exp(bottom, bottom, (mp_bitcnt_t)-shift);
    mpz_tdiv_qr(top, rest, top, bottom);
    double result = rounded(mpz_get_ui(top), mpz_sgn(rest) != 0, shift);
    mpz_clears(top, bottom, rest, NULL);
    return result;
}

double big_quotient(wide one, wide other)
{
    wide size = one < 0 ? -one : one;
    if (size == 0)
        return 0;
    double result;
    if (size <= EXACT && other <= EXACT)
        result = (double)size / (double)other; /* rounded once, as it should be */
    else if (size <= INT64_MAX && other <= INT64_MAX)
        result = narrow_quotient((uint64_t)size, (uint64_t)other);
    else
        result = wide_quotient(size, other);
    return one < 0 ? -result : result;
}

/* fraction * 10^scale in whole; false when digits are cut off, or too many to hold. */
static bool digits_at(mpq_srcptr fraction, int scale, truce_decimal *decimal,
                      bool *fits)
{
    mpz_t digits, rest;
    mpz_inits(digits, rest, NULL);
    mpz_ui_pow_ui(digits, 10, (unsigned long)scale);
    mpz_mul(digits, digits, mpq_numref(fraction));
    mpz_fdiv_qr(digits, rest, digits, mpq_denref(fraction));
    bool exact = mpz_sgn(rest) == 0;
    *fits = mpz_cmpabs_ui(digits, (unsigned long)decimal_power(18)) < 0;
    if (*fits)
        *decimal = (truce_decimal){mpz_get_si(digits), scale};
    mpz_clears(digits, rest, NULL);
    return exact && *fits;
}

bool big_get_decimal(mpq_srcptr fraction, truce_decimal *decimal)
{
    bool exact = false, fits = true;
    *decimal = (truce_decimal){0};
    for (int scale = 0; scale <= 36 && fits && !exact; scale++)
        exact = digits_at(fraction, scale, decimal, &fits);
    return exact;
}
