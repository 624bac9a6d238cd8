#include "base/stop.h"

#include <time.h>

double truce_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

bool stop_now(const truce_stop *stop)
{
    if (stop == NULL)
        return false;
    if (stop->cancelled && stop->cancelled(stop->user))
        return true;
    return stop->deadline > 0 && truce_seconds() >= stop->deadline;
}

void stop_tell(const truce_stop *stop, const char *what, double part)
{
    if (stop && stop->progress)
        stop->progress(stop->user, what, part);
}

unsigned stop_threads(const truce_stop *stop)
{
    return stop && stop->threads > 1 ? stop->threads : 1;
}
