#include "analysis.h"
#include "complain.h"
#include "verbs.h"

/* With --sources: what in the sources is not as the scenario has it, on stderr. */
static void check_sources(analysis *work)
{
    size_t missing = 0;
    truce_diagnostics *diagnostics = truce_diagnostics_new();
    truce_style style = terminal_style(stderr, work->call);
    work->status =
        truce_sources_check(work->scenario, work->call->sources, &missing, diagnostics);
    if (work->status != TRUCE_OK)
        complain(work->call->command, "cannot open the folder '%s'",
                 work->call->sources);
    else if (diagnostics->count > 0)
        truce_diagnostics_print(stderr, diagnostics, &style);
    else if (!work->call->quiet)
        remark("the sources in %s are as the scenario has them; %zu not at hand",
               work->call->sources, missing);
    truce_diagnostics_free(diagnostics);
}

static void answer(analysis *work)
{
    truce_evidence *evidence = NULL;
    truce_evidence_choices choices = {.of = work->call->of};
    work->status = truce_evidence_find(work->scenario, &choices, &work->stop, &evidence,
                                       &work->error);
    if (analysis_answered(work, evidence) && work->call->json)
        truce_evidence_json(stdout, evidence, analysis_reality(work));
    else if (evidence)
        truce_evidence_print(stdout, evidence, analysis_reality(work), &work->style);
    truce_evidence_free(evidence);
}

static int run(const struct call *call)
{
    analysis work;
    if (analysis_begin(&work, call)) {
        if (call->sources)
            check_sources(&work);
        if (work.status == TRUCE_OK)
            answer(&work);
    }
    return analysis_end(&work);
}

const command cmd_evidence = {
    .name = "evidence",
    .line = "what was said, by whom, and what rests on it",
    .arguments = "FILE...",
    .about =
        "Claims by source with reliability (A to F) and credibility (1 to 6); what "
        "disagrees; what was corrected, is doubtful, hearsay or ambiguous; and what "
        "rests on each. --of shows only the claims behind one thing.",
    .example = "evidence scenarios/istanbul-2025.truce.yaml --of l1",
    .group = UNDERSTAND,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
