/* scan_kernels.h - the inner loop of scan.h, for each kind of machine. All paths give the
 * same numbers. */
#ifndef SOLVE_SCAN_KERNELS_H
#define SOLVE_SCAN_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the issues before a block bring: added to every entry, or taken away; one of them
 * is 0. Entry + more stays below 2^16. */
typedef struct scan_ahead {
    uint16_t more, less;
} scan_ahead;

/* The bound of every outcome into products [size], and the largest of them. For party k
 * x = inside[k][j] + more, or inside[k][j] - less but at least 0; the first party's x
 * times that of the next, floor(. / 2^16) + 1, and so on; a single party's x itself. */
uint16_t scan_portable(const uint16_t *const *inside, size_t parties, size_t size,
                       const scan_ahead *ahead, uint16_t *products);

/*   largest   as scan_portable(), but products is only room and holds nothing after */
typedef struct scan_kernel {
    uint16_t (*largest)(const uint16_t *const *inside, size_t parties, size_t size,
                        const scan_ahead *ahead, uint16_t *products);
    const char *path;
} scan_kernel;

/* The fastest that this machine has, or the portable one. */
scan_kernel scan_kernel_for(bool portable);

#endif
