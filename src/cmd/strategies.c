#include "terminal.h"
#include "verbs.h"

static int run(const struct call *call)
{
    truce_style style = terminal_style(stdout, call);
    if (call->json)
        truce_strategies_json(stdout);
    else
        truce_strategies_print(stdout, &style);
    return EXIT_YES;
}

const command cmd_strategies = {
    .name = "strategies",
    .line = "the strategies, their parts, and the protocols there are",
    .arguments = "",
    .about = "Lists everything that --with and --protocol can name, each with its "
             "parameters "
             "and the paper it is made after. A strategy is a bidding rule, an "
             "acceptance rule "
             "and a model of the others, which boa: combines freely.",
    .example = "strategies",
    .group = PLAY,
    .least = 0,
    .most = 0,
    .run = run,
};
