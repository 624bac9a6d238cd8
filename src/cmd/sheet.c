#include "analysis.h"
#include "verbs.h"

/* The party that --for names; the mediator, or nobody, is shown the scores of all. */
static size_t reader_of(const truce_scenario *scenario)
{
    return scenario->shown_to != NULL
               ? truce_scenario_party(scenario, scenario->shown_to)
               : TRUCE_NOBODY;
}

static int run(const struct call *call)
{
    analysis work;
    truce_sheet *sheet = NULL;
    if (analysis_begin(&work, call)) {
        work.status = truce_sheet_find(work.scenario, reader_of(work.scenario),
                                       &work.stop, &sheet, &work.error);
        if (analysis_answered(&work, sheet) && call->json)
            truce_sheet_json(stdout, sheet);
        else if (sheet)
            truce_sheet_print(stdout, sheet, &work.style);
        truce_sheet_free(sheet);
    }
    return analysis_end(&work);
}

const command cmd_sheet = {
    .name = "sheet",
    .line = "a role sheet for a party, or the key to all scores",
    .arguments = "FILE...",
    .about =
        "With --for PARTY one page for whoever plays that party: its interests in "
        "points, its red lines, mandate and outside option, what the others said "
        "aloud, and a form for the result; nobody else's numbers. Without --for, or "
        "for the mediator, the points of all parties side by side.",
    .example = "sheet scenarios/two-valleys.truce.yaml --for BELVA",
    .group = UNDERSTAND,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
