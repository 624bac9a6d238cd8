#include "analysis.h"
#include "verbs.h"

static int run(const struct call *call)
{
    analysis work;
    truce_order *order = NULL;
    if (analysis_begin(&work, call)) {
        truce_order_choices choices = {.most = call->most};
        work.status =
            truce_order_find(work.scenario, &choices, &work.stop, &order, &work.error);
        if (analysis_answered(&work, order) && call->json)
            truce_order_json(stdout, order, analysis_reality(&work));
        else if (order)
            truce_order_print(stdout, order, analysis_reality(&work), &work.style);
        truce_order_free(order);
    }
    return analysis_end(&work);
}

const command cmd_order = {
    .name = "order",
    .line = "who waits for whom, and what is free of it",
    .arguments = "FILE...",
    .about = "Cycles among the order constraints, each a chain of steps with its "
             "owners; the smallest sets of constraints that would break every cycle if "
             "they were relaxed; gates that a third party holds; what is held back, "
             "and what is free.",
    .example = "order scenarios/istanbul-2025.truce.yaml",
    .group = SOLVE,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
