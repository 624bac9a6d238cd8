#include "base/big.h"

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

/* mpq_get_d() cuts towards zero: at most one unit in the last place off, far below what
 * is ever printed, and the same on every machine. */
double big_quotient(wide one, wide other)
{
    mpq_t fraction;
    mpq_init(fraction);
    big_set_wide(mpq_numref(fraction), one);
    big_set_wide(mpq_denref(fraction), other);
    mpq_canonicalize(fraction);
    double result = mpq_get_d(fraction);
    mpq_clear(fraction);
    return result;
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
