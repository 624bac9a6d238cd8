/* Pictures of the questions that a brief answers. */
#include "plot.h"
#include "verbs.h"

static int run_clash(const struct call *call)
{
    analysis work;
    plotting picture;
    truce_clashes *clashes = NULL;
    if (!plot_is_possible(call))
        return EXIT_WRONG_CALL;
    if (analysis_begin(&work, call)) {
        truce_clashes_choices choices = {.with = (unsigned)call->with};
        work.status = truce_clashes_find(work.scenario, &choices, &work.stop, &clashes,
                                         &work.error);
        if (plot_answers(&picture, &work, clashes)) {
            truce_clashes_svg(picture.out, clashes, &picture.style);
            plot_answered(&picture, &work);
        }
        truce_clashes_free(clashes);
    }
    return analysis_end(&work);
}

static int run_order(const struct call *call)
{
    analysis work;
    plotting picture;
    truce_order *order = NULL;
    if (!plot_is_possible(call))
        return EXIT_WRONG_CALL;
    if (analysis_begin(&work, call)) {
        work.status =
            truce_order_find(work.scenario, NULL, &work.stop, &order, &work.error);
        if (plot_answers(&picture, &work, order)) {
            truce_order_svg(picture.out, order, &picture.style);
            plot_answered(&picture, &work);
        }
        truce_order_free(order);
    }
    return analysis_end(&work);
}

static int run_wait(const struct call *call)
{
    analysis work;
    plotting picture;
    truce_wait *wait = NULL;
    if (!plot_is_possible(call))
        return EXIT_WRONG_CALL;
    if (analysis_begin(&work, call)) {
        truce_wait_choices choices = {.days = (int64_t)call->days,
                                      .step = (int64_t)call->step};
        work.status =
            truce_wait_find(work.scenario, &choices, &work.stop, &wait, &work.error);
        if (plot_answers(&picture, &work, wait)) {
            truce_wait_svg(picture.out, wait, &picture.style);
            plot_answered(&picture, &work);
        }
        truce_wait_free(wait);
    }
    return analysis_end(&work);
}

static int run_flip(const struct call *call)
{
    analysis work;
    plotting picture;
    truce_flips *flips = NULL;
    if (!plot_is_possible(call))
        return EXIT_WRONG_CALL;
    if (analysis_begin(&work, call)) {
        truce_flips_choices choices = {
            .draws = call->draws, .seed = call->seed, .spread = call->spread};
        work.status =
            truce_flips_find(work.scenario, &choices, &work.stop, &flips, &work.error);
        if (plot_answers(&picture, &work, flips)) {
            truce_flips_svg(picture.out, flips, &picture.style);
            plot_answered(&picture, &work);
        }
        truce_flips_free(flips);
    }
    return analysis_end(&work);
}

/* ---- the commands ---------------------------------------------------------------- */

#define PICTURE_OF_A_SCENARIO                                                  \
    .arguments = "FILE...", .group = PICTURES, .least = 1, .most = ANY_NUMBER, \
    .reads = true

const command cmd_plot_clash = {
    .name = "plot clash",
    .line = "who wants what on each issue, and what clashes",
    .about =
        "Draws each issue as a scale of its values, the demands of every party on it, "
        "and which of them cannot hold together.",
    .example = "plot clash scenarios/istanbul-2025.truce.yaml -o clash.svg",
    .run = run_clash,
    PICTURE_OF_A_SCENARIO,
};

const command cmd_plot_order = {
    .name = "plot order",
    .line = "what waits for what, with circles and gates",
    .about =
        "Draws the steps of the talks and who insists on which coming first. What "
        "runs in a circle stands in the middle, gates before it, and what is free of "
        "all of it at the side.",
    .example = "plot order scenarios/istanbul-2025.truce.yaml -o order.svg",
    .run = run_order,
    PICTURE_OF_A_SCENARIO,
};

const command cmd_plot_wait = {
    .name = "plot wait",
    .line = "outside options as time passes, and what stays acceptable",
    .about =
        "Draws the outside option of each party over the days ahead, as the file has "
        "it, and below how many outcomes are acceptable to everybody needed.",
    .example = "plot wait scenarios/istanbul-2025.truce.yaml -o wait.svg",
    .run = run_wait,
    PICTURE_OF_A_SCENARIO,
};

const command cmd_plot_flip = {
    .name = "plot flip",
    .line = "how far each answer is from turning",
    .about =
        "Draws for each answer the one number whose smallest move reverses it: where "
        "it is, where the answer turns, and in how many draws the answer held.",
    .example = "plot flip scenarios/istanbul-2025.truce.yaml -o flip.svg",
    .run = run_flip,
    PICTURE_OF_A_SCENARIO,
};
