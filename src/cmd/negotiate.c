#include <errno.h>
#include <string.h>

#include "analysis.h"
#include "complain.h"
#include "picture.h"
#include "save.h"
#include "verbs.h"

static truce_session_choices choices_of(const struct call *call, truce_list over)
{
    return (truce_session_choices){
        .with = call->strategies ? call->strategies : "boulware",
        .over = over,
        .protocol = call->protocol,
        .rounds = (uint32_t)call->rounds,
        .seconds = call->talk_seconds,
        .seed = call->seed,
        .as = (truce_convention)call->as,
        .measured = true,
    };
}

/* The trace to a file, or in place of the answer for "-". */
static void trace(analysis *work, const truce_session *session)
{
    const char *path = work->call->trace;
    if (strcmp(path, "-") == 0) {
        truce_session_trace(stdout, session);
        return;
    }
    FILE *out = fopen(path, "w");
    if (out)
        truce_session_trace(out, session);
    if (out == NULL || ferror(out) || fclose(out) != 0) {
        fprintf(stderr, "truce: %s cannot be written: %s\n", path, strerror(errno));
        work->status = TRUCE_INPUT;
    }
}

static void print(analysis *work, const truce_session *session)
{
    const struct call *call = work->call;
    if (call->trace)
        trace(work, session);
    if (call->trace && strcmp(call->trace, "-") == 0)
        return;
    if (call->json)
        truce_session_json(stdout, session, analysis_reality(work));
    else
        truce_session_print(stdout, session, analysis_reality(work), &work->style);
    if (picture_wanted(work))
        picture_session(work, session);
}

static void play_once(analysis *work, const truce_session_choices *choices)
{
    truce_session *session = NULL;
    work->status =
        truce_session_run(work->scenario, choices, &work->stop, &session, &work->error);
    if (analysis_answered(work, session))
        print(work, session);
    truce_session_free(session);
}

static void play_again(analysis *work, const truce_session_choices *choices)
{
    truce_repetition *all = NULL;
    work->status = truce_session_repeat(work->scenario, choices, work->call->repeat,
                                        &work->stop, &all, &work->error);
    if (analysis_answered(work, all)) {
        if (work->call->json)
            truce_repetition_json(stdout, all, analysis_reality(work));
        else
            truce_repetition_print(stdout, all, analysis_reality(work), &work->style);
    }
    truce_repetition_free(all);
}

static void play_drawn(analysis *work, const truce_session_choices *choices)
{
    truce_sessions *all = NULL;
    work->status = truce_sessions_draw(work->scenario, choices, work->call->draws,
                                       &work->stop, &all, &work->error);
    if (analysis_answered(work, all)) {
        if (work->call->json)
            truce_sessions_json(stdout, all, analysis_reality(work));
        else
            truce_sessions_print(stdout, all, analysis_reality(work), &work->style);
    }
    truce_sessions_free(all);
}

static int run(const struct call *call)
{
    analysis work;
    truce_list over;
    if (analysis_begin(&work, call) && analysis_parties(&work, call->over, &over)) {
        truce_session_choices choices = choices_of(call, over);
        if (call->plot && (call->draws > 0 || call->repeat > 0) && !call->quiet)
            remark("--plot draws one session; there is no picture of many");
        if (call->draws > 0)
            play_drawn(&work, &choices);
        else if (call->repeat > 0)
            play_again(&work, &choices);
        else
            play_once(&work, &choices);
    }
    return analysis_end(&work);
}

const command cmd_negotiate = {
    .name = "negotiate",
    .line = "play the talks out with strategies",
    .arguments = "FILE...",
    .about =
        "Seats a strategy for each party at the table, lets them negotiate under a "
        "protocol, and says how it ended and what it was worth to each. truce "
        "strategies "
        "lists what can be named. No agreement ends with exit code 1.",
    .example = "negotiate scenarios/tiny.truce.yaml --with boulware,tit-for-tat",
    .group = PLAY,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
