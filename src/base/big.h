/* big.h - big integers and exact fractions: the one door to GMP.
 *
 * Used where numbers outgrow 128 bits or are rational: compiling utilities, counting
 * outcomes, products of gains. Everybody else includes this, never <gmp.h>.
 */
#ifndef BASE_BIG_H
#define BASE_BIG_H

#include "base/arena.h"

#include <truce/scenario.h>

#include <gmp.h>

typedef __int128 wide;

/* An initialised fraction set to a decimal. */
void big_set_decimal(mpq_ptr fraction, truce_decimal value);

/* A fraction as a decimal of at most 18 digits; false when it is none, and the rest was cut
 * off (towards minus infinity). */
bool big_get_decimal(mpq_srcptr fraction, truce_decimal *decimal);

void big_set_wide(mpz_ptr number, wide value);

/* Does it fit; bits counts the sign out. */
bool big_fits(mpz_srcptr number, unsigned bits);
wide big_get_wide(mpz_srcptr number); /* must fit 127 bits */

/* In decimal. */
char *big_text(arena *memory, mpz_srcptr number);

/* one / other as the nearest double; other > 0. For printing. */
double big_quotient(wide one, wide other);

#endif
