/* The kernel for sums of 64 bits. */
#define num int64_t
#define NUM_MOST (((int64_t)1 << 62) - 1)
#define front_keep front_keep_narrow
#include "solve/front_kernel.inc"
