/* Threads are started for each call and take tasks from one counter: calls are few and
 * tasks long (thousands of outcomes), so nothing is gained by keeping threads. */
#include "base/pool.h"

#include <pthread.h>
#include <stdatomic.h>

enum { MOST_THREADS = 256 };

typedef struct pool {
    atomic_size_t next;
    size_t tasks;
    void (*work)(void *user, size_t task);
    void *user;
} pool;

static void *take_tasks(void *argument)
{
    pool *all = argument;
    for (;;) {
        size_t task = atomic_fetch_add(&all->next, 1);
        if (task >= all->tasks)
            return NULL;
        all->work(all->user, task);
    }
}

void pool_run(unsigned threads, size_t tasks, void (*work)(void *user, size_t task),
              void *user)
{
    pool all = {.tasks = tasks, .work = work, .user = user};
    pthread_t others[MOST_THREADS];
    size_t started = 0;
    while (started + 1 < threads && started + 1 < tasks && started < MOST_THREADS &&
           pthread_create(&others[started], NULL, take_tasks, &all) == 0)
        started++;
    take_tasks(&all);
    for (size_t i = 0; i < started; i++)
        pthread_join(others[i], NULL);
}
