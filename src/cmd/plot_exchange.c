/* The picture of an exchange: the plan is made as `truce exchange plan` makes it. */
#include "exchange.h"
#include "plot.h"
#include "verbs.h"

static int draw(const exchange *work, const truce_plan *plan)
{
    plotting picture;
    int code = work->status == TRUCE_NONE ? EXIT_YES : (int)work->status;
    plot_begin(&picture, work->call);
    truce_plan_svg(picture.out, plan, &picture.style);
    return plot_end(&picture, code); /* that it cannot be is a picture, too */
}

static int run(const struct call *call)
{
    exchange work;
    int code = EXIT_YES;
    if (!plot_is_possible(call))
        return EXIT_WRONG_CALL;
    if (exchange_begin(&work, call, call->arguments, call->argument_count)) {
        truce_plan *plan;
        if (exchange_find_plan(&work, &plan))
            code = draw(&work, plan);
        if (plan && work.status == TRUCE_NONE)
            work.status = TRUCE_OK;
        truce_plan_free(plan);
    }
    int ended = exchange_end(&work);
    return code != EXIT_YES ? code : ended;
}

const command cmd_plot_exchange = {
    .name = "plot exchange",
    .line = "who goes in each stage, and what is still to come",
    .arguments = "A.csv B.csv | FILE",
    .about = "Draws the plan that 'truce exchange plan' makes with the same options: "
             "the people of both sides in each stage, by why they go, and below what "
             "each side has still to come, with the moment of greatest exposure.",
    .example = "plot exchange examples/exchange/A.csv examples/exchange/B.csv --mode "
               "n=1000 --stages 10 -o exchange.svg",
    .group = PICTURES,
    .least = 1,
    .most = 2,
    .run = run,
};
