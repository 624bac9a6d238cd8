#include "analysis.h"
#include "complain.h"
#include "verbs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A file read whole, in fresh memory. */
typedef struct contents {
    char *bytes;
    size_t length;
} contents;

static bool read_all(FILE *file, contents *into)
{
    size_t room = 1 << 16;
    into->bytes = must_have(malloc(room));
    for (size_t got;
         (got = fread(into->bytes + into->length, 1, room - into->length, file)) > 0;) {
        into->length += got;
        if (into->length == room)
            into->bytes = must_have(realloc(into->bytes, room *= 2));
    }
    return !ferror(file);
}

static bool read_certificate(const struct call *call, contents *into)
{
    const char *path = call->arguments[0];
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    bool good = file && read_all(file, into);
    if (!good)
        complain(call->command, "cannot read '%s': %s", path, strerror(errno));
    if (file && !standard)
        fclose(file);
    return good;
}

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
    if (!read_certificate(call, &certificate)) {
        free(certificate.bytes);
        return EXIT_BAD_INPUT;
    }
    if (analysis_begin_with(&work, call, &call->arguments[1], call->argument_count - 1))
        answer(&work, &certificate);
    free(certificate.bytes);
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
