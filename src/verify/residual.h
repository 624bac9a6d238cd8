/* residual.h - what is left of a condition when some issues have their values.
 *
 * Residuals are numbers: two with the same number are the same condition. They are kept
 * without "not", with each issue's values as one set in every "and" and "or", and parts
 * in order and each once, so that conditions that say the same mostly are the same. Where
 * they are not, a certificate needs more states; nothing becomes wrong. */
#ifndef VERIFY_RESIDUAL_H
#define VERIFY_RESIDUAL_H

#include "scenario/condition.h"

typedef uint32_t residual;

enum { RESIDUAL_NEVER, RESIDUAL_ALWAYS };

typedef struct residuals residuals;

residuals *residuals_new(const truce_scenario *scenario);
void residuals_free(residuals *all); /* NULL is fine */

/* With every issue open. */
residual residual_of(residuals *all, const truce_condition *condition);

residual residual_not(residuals *all, residual of);

/* The issue has this value. */
residual residual_is(residuals *all, size_t issue, truce_value value);

/* All hold; some holds. parts stays the caller's. */
residual residual_and(residuals *all, const residual *parts, size_t count);
residual residual_or(residuals *all, const residual *parts, size_t count);

/* What is left when issue takes value. O(its leaves). */
residual residual_given(residuals *all, residual of, size_t issue, truce_value value);

#endif
