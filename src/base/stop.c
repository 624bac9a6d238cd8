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

truce_stop stop_share(const truce_stop *stop, size_t parts_left)
{
    truce_stop share = stop ? *stop : (truce_stop){0};
    if (share.deadline > 0) {
        double now = truce_seconds();
        share.deadline = now + (share.deadline - now) / (double)parts_left;
    }
    return share;
}

unsigned stop_threads(const truce_stop *stop)
{
    return stop && stop->threads > 1 ? stop->threads : 1;
}
