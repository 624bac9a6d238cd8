/* Pictures of the questions that a brief answers. They differ in what is asked and in what
 * draws the answer. */
#include "analysis.h"
#include "plot.h"
#include "verbs.h"

/* The result of one question, and what goes with it. */
typedef truce_status (*asking)(analysis *work, void **result);
typedef void (*drawing)(FILE *out, const void *result, const truce_plot_style *style);

typedef struct picture_kind {
    asking ask;
    drawing draw;
    void (*forget)(void *result);
} picture_kind;

static int run_kind(const struct call *call, const picture_kind *kind)
{
    analysis work;
    plotting picture;
    void *result = NULL;
    if (!plot_is_possible(call))
        return EXIT_WRONG_CALL;
    if (analysis_begin(&work, call)) {
        work.status = kind->ask(&work, &result);
        if (analysis_answered(&work, result)) {
            plot_begin(&picture, call);
            kind->draw(picture.out, result, &picture.style);
            /* that there is nothing to show is a picture, too */
            if (work.status == TRUCE_NONE)
                work.status = TRUCE_OK;
            work.status = (truce_status)plot_end(&picture, (int)work.status);
        }
    }
    kind->forget(result);
    return analysis_end(&work);
}

/* ---- clash ----------------------------------------------------------------------- */

static truce_status ask_clash(analysis *work, void **result)
{
    truce_clashes_choices choices = {.with = (unsigned)work->call->with};
    truce_clashes *clashes = NULL;
    truce_status status = truce_clashes_find(work->scenario, &choices, &work->stop,
                                             &clashes, &work->error);
    *result = clashes;
    return status;
}

static void draw_clash(FILE *out, const void *result, const truce_plot_style *style)
{
    truce_clashes_svg(out, result, style);
}

static void forget_clash(void *result)
{
    truce_clashes_free(result);
}

static int run_clash(const struct call *call)
{
    static const picture_kind kind = {ask_clash, draw_clash, forget_clash};
    return run_kind(call, &kind);
}

/* ---- order ----------------------------------------------------------------------- */

static truce_status ask_order(analysis *work, void **result)
{
    truce_order *order = NULL;
    truce_status status =
        truce_order_find(work->scenario, NULL, &work->stop, &order, &work->error);
    *result = order;
    return status;
}

static void draw_order(FILE *out, const void *result, const truce_plot_style *style)
{
    truce_order_svg(out, result, style);
}

static void forget_order(void *result)
{
    truce_order_free(result);
}

static int run_order(const struct call *call)
{
    static const picture_kind kind = {ask_order, draw_order, forget_order};
    return run_kind(call, &kind);
}

/* ---- wait ------------------------------------------------------------------------ */

static truce_status ask_wait(analysis *work, void **result)
{
    truce_wait_choices choices = {.days = (int64_t)work->call->days,
                                  .step = (int64_t)work->call->step};
    truce_wait *wait = NULL;
    truce_status status =
        truce_wait_find(work->scenario, &choices, &work->stop, &wait, &work->error);
    *result = wait;
    return status;
}

static void draw_wait(FILE *out, const void *result, const truce_plot_style *style)
{
    truce_wait_svg(out, result, style);
}

static void forget_wait(void *result)
{
    truce_wait_free(result);
}

static int run_wait(const struct call *call)
{
    static const picture_kind kind = {ask_wait, draw_wait, forget_wait};
    return run_kind(call, &kind);
}

/* ---- flip ------------------------------------------------------------------------ */

static truce_status ask_flip(analysis *work, void **result)
{
    truce_flips_choices choices = {.draws = work->call->draws,
                                   .seed = work->call->seed,
                                   .spread = work->call->spread};
    truce_flips *flips = NULL;
    truce_status status =
        truce_flips_find(work->scenario, &choices, &work->stop, &flips, &work->error);
    *result = flips;
    return status;
}

static void draw_flip(FILE *out, const void *result, const truce_plot_style *style)
{
    truce_flips_svg(out, result, style);
}

static void forget_flip(void *result)
{
    truce_flips_free(result);
}

static int run_flip(const struct call *call)
{
    static const picture_kind kind = {ask_flip, draw_flip, forget_flip};
    return run_kind(call, &kind);
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
