/* spread.h - shares and spreads of what was drawn. */
#ifndef PLAY_SPREAD_H
#define PLAY_SPREAD_H

#include <truce/play.h>

/* Wilson's interval of times in of. */
truce_share share_of(uint64_t times, uint64_t of);

/* Of values [count], which are sorted on the way; NaN among them do not count. */
truce_spread spread_of(double *values, size_t count);

#endif
