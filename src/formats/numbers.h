/* numbers.h - numbers of the file, plain or as a range, with basis, place and path. */
#ifndef FORMATS_NUMBERS_H
#define FORMATS_NUMBERS_H

#include "formats/fields.h"

/* What a number may be. */
typedef enum number_range {
    NUMBER_ANY,
    NUMBER_NOT_NEGATIVE,
    NUMBER_PERCENT /* 0..100 */
} number_range;

/* "12.5" or {low: 10, mode: 12.5, high: 20}; path is what --set calls it. */
truce_number number_read(reader *r, const node *value, around within,
                         number_range range, const char *path);

/* A plain decimal, of a scale (9 digits on each side of the point) or of preferences (18
 * digits, which is what other systems write); false after an error. */
bool decimal_of(reader *r, const char *key, const node *value, truce_decimal *number);
bool long_decimal_of(reader *r, const char *key, const node *value,
                     truce_decimal *number);

/* Takes a low and a high that stand beside the number (`outside`). Either may be NULL.
 */
void number_widen(reader *r, truce_number *number, const node *low, const node *high,
                  number_range range);

#endif
