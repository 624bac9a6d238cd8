/* pool.h - the same work on many numbered tasks, by several threads. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>

/* Calls work(user, task) for each task 0..tasks-1, on up to `threads` threads (the
 * calling one is among them), in any order. Tasks write to places of their own; whoever
 * needs an order folds them afterwards. Returns when all are done. */
void pool_run(unsigned threads, size_t tasks, void (*work)(void *user, size_t task),
              void *user);

#endif
