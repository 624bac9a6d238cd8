#include "analysis.h"
#include "contents.h"
#include "verbs.h"

static void answer(analysis *work, const contents *certificate)
{
    truce_verdict *verdict = NULL;
    truce_diagnostics *said = truce_diagnostics_new();
    work->status = truce_certificate_check(work->scenario, work->call->arguments[0],
                                           certificate->bytes, certificate->length,
                                           &work->stop, &verdict, said);
    progress_end(&work->bar);
    if (said->count > 0) {
        truce_style style = terminal_style(stderr, work->call);
        truce_diagnostics_print(stderr, said, &style);
    }
    if (verdict && work->call->json)
        truce_verdict_json(stdout, verdict);
    else if (verdict)
        truce_verdict_print(stdout, verdict, &work->style);
    truce_verdict_free(verdict);
    truce_diagnostics_free(said);
}

static int run(const struct call *call)
{
    analysis work;
    contents certificate = {0};
    if (!contents_read(call, call->arguments[0], &certificate)) {
        contents_free(&certificate);
        return EXIT_BAD_INPUT;
    }
    if (analysis_begin_with(&work, call, &call->arguments[1], call->argument_count - 1))
        answer(&work, &certificate);
    contents_free(&certificate);
    return analysis_end(&work);
}

const command cmd_verify = {
    .name = "verify",
    .line = "check a certificate, with nothing of the program that made it",
    .arguments = "CERTIFICATE FILE...",
    .about =
        "Checks by itself that what a certificate claims of a scenario is so: it "
        "recomputes the utilities of every outcome named, and that nothing can lie "
        "beyond what is claimed. The checker shares no code with the solver.",
    .example = "verify frontier.cert scenarios/tiny.truce.yaml",
    .group = SOLVE,
    .least = 2,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
