/* Pictures of what came of a tournament: its store is read, and nothing is played. */
#include "complain.h"
#include "plot.h"
#include "verbs.h"

typedef void (*drawing)(FILE *out, const truce_standings *result,
                        const truce_plot_style *style);

static int run_kind(const struct call *call, drawing draw)
{
    truce_standings *standings = NULL;
    truce_error error;
    plotting picture;
    if (!plot_is_possible(call))
        return EXIT_WRONG_CALL;
    truce_status status = truce_standings_read(call->arguments[0], &standings, &error);
    if (status != TRUCE_OK) {
        complain(call->command, "%s", error.message);
        return (int)status;
    }
    plot_begin(&picture, call);
    draw(picture.out, standings, &picture.style);
    truce_standings_free(standings);
    return plot_end(&picture, EXIT_YES);
}

static int run_scores(const struct call *call)
{
    return run_kind(call, truce_scores_svg);
}

static int run_payoffs(const struct call *call)
{
    return run_kind(call, truce_payoffs_svg);
}

static int run_dynamics(const struct call *call)
{
    return run_kind(call, truce_dynamics_svg);
}

#define PICTURE_OF_A_TOURNAMENT \
    .arguments = "DIR", .group = PICTURES, .least = 1, .most = 1

const command cmd_plot_scores = {
    .name = "plot scores",
    .line = "scores of a tournament with their intervals",
    .about = "Draws the mean score of each strategy with its 95 % interval, best "
             "first, and the share of its seats with an agreement. DIR is the folder "
             "of a tournament, finished or not.",
    .example = "plot scores cup -o scores.svg",
    .run = run_scores,
    PICTURE_OF_A_TOURNAMENT,
};

const command cmd_plot_payoffs = {
    .name = "plot payoffs",
    .line = "what each strategy gets with each other",
    .about = "Draws a table of shades: what the row's strategy gets on average with "
             "the column's at the table. DIR is the folder of a tournament, finished "
             "or not.",
    .example = "plot payoffs cup -o payoffs.svg",
    .run = run_payoffs,
    PICTURE_OF_A_TOURNAMENT,
};

const command cmd_plot_dynamics = {
    .name = "plot dynamics",
    .line = "which strategies a population would turn to",
    .about = "Draws the shares of a population of strategies under replicator "
             "dynamics, from an even start: whoever gets more than the mean grows. DIR "
             "is the folder of a tournament with self-play, finished or not.",
    .example = "plot dynamics cup -o dynamics.svg",
    .run = run_dynamics,
    PICTURE_OF_A_TOURNAMENT,
};
