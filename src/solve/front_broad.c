/* The kernel for sums of 128 bits. */
#define num wide
#define NUM_MOST (((wide)1 << 126) - 1)
#define front_keep front_keep_broad
#include "solve/front_kernel.inc"
