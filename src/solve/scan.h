/* scan.h - the largest product of gains over every outcome of a space, by looking at each
 * of them: what is left when conditions tie everything to everything.
 *
 * The tail of a space is one block whose gains lie in arrays of 16-bit numbers, rounded
 * up. For each choice of the issues before it one fused loop bounds the product of every
 * outcome of the block from above, 32 at a time and without storing any; only where the
 * bound passes the best product found are conditions asked and products compared
 * exactly. So conditions cost nothing where they do not matter, and the answer is exact.
 */
#ifndef SOLVE_SCAN_H
#define SOLVE_SCAN_H

#include "base/stop.h"
#include "space/acceptance.h"

/*   outcomes  [count][issue_count] one for each vector with the largest product
 *   looked    outcomes whose bound was taken
 *   path      "avx512", "avx2" or "portable"
 */
typedef struct scan_result {
    truce_value *outcomes;
    size_t count;
    uint64_t looked;
    const char *path;
    arena memory;
} scan_result;

/* The accepted outcomes by which no party of `over` loses against disagreement, with the
 * largest product of gains.
 *
 *   over          the parties whose gains are multiplied, at least one
 *   disagreement  [over.count] as sums
 *   portable      take the plain path even where the machine has a faster one
 *
 * TRUCE_OK, TRUCE_NONE when there is no such outcome, TRUCE_LIMIT when stopped (then the
 * best so far). The same answer on every machine. Some 10^10 outcomes a second for two
 * parties with AVX-512. The result's memory is freed with arena_free(). */
truce_status scan_nash(const space *compiled, const acceptance *what, truce_list over,
                       const wide *disagreement, bool portable, const truce_stop *stop,
                       scan_result *result);

#endif
