/* The picture of an agreement that is kept track of. */
#include "plot.h"
#include "track.h"
#include "verbs.h"

static int run(const struct call *call)
{
    tracking work;
    if (!plot_is_possible(call))
        return EXIT_WRONG_CALL;
    if (tracking_begin(&work, call, call->arguments[0]) && tracking_find(&work)) {
        plotting picture;
        plot_begin(&picture, call);
        truce_track_svg(picture.out, work.track, &picture.style);
        work.status = (truce_status)plot_end(&picture, (int)work.status);
    }
    return tracking_end(&work);
}

const command cmd_plot_track = {
    .name = "plot track",
    .line = "the days of a ceasefire, and commitments over time",
    .arguments = "FILE",
    .about = "Draws a calendar of the ceasefire with what was reported on each day, of "
             "whom, and whether it was verified, and below it the commitments over "
             "time. It records; it does not judge: --as says whose account counts.",
    .example = "plot track scenarios/istanbul-2025.truce.yaml --now 2025-06-20 -o "
               "track.svg",
    .group = PICTURES,
    .least = 1,
    .most = 1,
    .run = run,
};
