#include "analysis.h"
#include "complain.h"
#include "save.h"
#include "verbs.h"

static void tell_losses(const struct call *call, const truce_conversion *made)
{
    if (call->json || call->quiet || made->losses.count == 0)
        return;
    remark("the format cannot hold %zu thing%s:", made->losses.count,
           made->losses.count == 1 ? "" : "s");
    for (size_t i = 0; i < made->losses.count; i++)
        fprintf(stderr, "  - %s\n", made->losses.items[i]);
    if (made->file_count == 0)
        remark("nothing is written; --lossy writes the rest");
}

static void answer(analysis *work)
{
    truce_conversion *made = NULL;
    work->status = truce_scenario_convert(work->scenario, (truce_format)work->call->to,
                                          work->call->lossy, &made, &work->error);
    if (analysis_answered(work, made)) {
        tell_losses(work->call, made);
        if (work->status == TRUCE_OK)
            work->status = (truce_status)save_conversion(work->call, made);
        if (work->call->json)
            truce_conversion_json(stdout, work->scenario, made);
    }
    truce_conversion_free(made);
}

static int run(const struct call *call)
{
    analysis work;
    if (analysis_begin(&work, call))
        answer(&work);
    return analysis_end(&work);
}

const command cmd_convert = {
    .name = "convert",
    .line = "write a scenario in another format: truce, GENIUS or GeniusWeb",
    .arguments = "FILE...",
    .about =
        "What is written and read again has the same utilities, exactly. What the "
        "other format cannot hold, such as rules, red lines and claims, is listed, and "
        "nothing is written then, unless --lossy says that the rest will do.\n\n"
        "GENIUS and GeniusWeb take a file for the domain and one for each party, so "
        "--output names a folder for them. No file is overwritten without --force.",
    .example = "convert scenarios/tiny.truce.yaml --to truce",
    .group = FILES,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
