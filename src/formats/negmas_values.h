/* negmas_values.h - what NegMAS says of single issues: value functions, and ranges of
 * outcomes. */
#ifndef FORMATS_NEGMAS_VALUES_H
#define FORMATS_NEGMAS_VALUES_H

#include "formats/foreign.h"

/* The worths of an issue, from a map with a type (TableFun, IdentityFun, LinearFun,
 * AffineFun, ConstFun) or one from values to numbers. */
void value_function_read(foreign *f, size_t issue, const node *function);

/* A bonus for the outcomes within a map from issues to ranges. An issue is given by its
 * name or its number from 0; a range is one value, a list of values, two numbers (both
 * ends included) of an issue with numbers, or a list of such pairs. utility is where the
 * worth stands. */
void outcome_range_read(foreign *f, const node *map, truce_decimal worth,
                        const node *utility);

/* ---- negmas.c -------------------------------------------------------------------- */

/* Is it one of the list (ended by NULL)? */
bool type_is(const char *type, const char *const *list);

/* An error: what of this type is not supported, and which is the nearest that is. */
void type_refuse(foreign *f, const node *map, const char *what, const char *type,
                 const char *const *supported);

#endif
