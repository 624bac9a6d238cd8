#include "analysis.h"

#include "complain.h"
#include "contents.h"
#include "picture.h"
#include "save.h"
#include "verbs.h"

#include <string.h>

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
    FILE *out = save_open(work->call, path);
    if (out == NULL) {
        work->status = TRUCE_CALL;
        return;
    }
    truce_session_trace(out, session);
    if (save_close(out, path, true) != EXIT_YES)
        work->status = TRUCE_LIMIT;
}

static void print(analysis *work, const truce_session *session)
{
    const struct call *call = work->call;
    bool answers = call->trace == NULL || strcmp(call->trace, "-") != 0;
    if (call->trace)
        trace(work, session);
    if (answers && call->json)
        truce_session_json(stdout, session, analysis_reality(work));
    else if (answers)
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

/* ---- a trace once more --------------------------------------------------------------- */

static void answer_replay(analysis *work, const contents *text)
{
    truce_replay *replay = NULL;
    truce_diagnostics *said = truce_diagnostics_new();
    work->status = truce_session_replay(work->scenario, work->call->replay, text->bytes,
                                        text->length, (truce_convention)work->call->as,
                                        &work->stop, &replay, said);
    progress_end(&work->bar);
    if (said->count > 0) {
        truce_style style = terminal_style(stderr, work->call);
        truce_diagnostics_print(stderr, said, &style);
    }
    if (replay && work->call->json)
        truce_replay_json(stdout, replay);
    else if (replay)
        truce_replay_print(stdout, replay, &work->style);
    truce_replay_free(replay);
    truce_diagnostics_free(said);
}

static void play_replay(analysis *work)
{
    contents text = {0};
    if (contents_read(work->call, work->call->replay, &text))
        answer_replay(work, &text);
    else
        work->status = TRUCE_INPUT;
    contents_free(&text);
}

/* ---- the call ------------------------------------------------------------------------ */

/* Options that do not go together would be passed over in silence. */
static bool makes_sense(const struct call *call)
{
    const char *first = call->replay       ? "--replay"
                        : call->draws > 0  ? "--draws"
                        : call->repeat > 0 ? "--repeat"
                                           : NULL;
    const char *other = NULL;
    if (call->replay && (call->strategies || call->protocol || call->rounds > 0 ||
                         call->talk_seconds > 0 || call->over))
        other = "--with, --protocol, --rounds, --seconds or --over: the trace says so";
    else if (call->replay && (call->draws > 0 || call->repeat > 0))
        other = call->draws > 0 ? "--draws" : "--repeat";
    else if (call->draws > 0 && call->repeat > 0)
        other = "--repeat";
    else if (first && call->trace)
        other = "--trace";
    if (other)
        complain(call->command, "%s does not go with %s", first, other);
    else if (call->rounds > 0 && call->talk_seconds > 0)
        complain(call->command, "--rounds does not go with --seconds");
    else
        return call->trace == NULL || save_output_is_free(call, call->trace);
    return false;
}

static int run(const struct call *call)
{
    analysis work;
    truce_list over;
    if (!makes_sense(call))
        return EXIT_WRONG_CALL;
    if (analysis_begin(&work, call) && analysis_parties(&work, call->over, &over)) {
        truce_session_choices choices = choices_of(call, over);
        if (call->plot && (call->draws > 0 || call->repeat > 0) && !call->quiet)
            remark("--plot draws one session; there is no picture of many");
        if (call->replay)
            play_replay(&work);
        else if (call->draws > 0)
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
        "lists what can be named. No agreement ends with exit code 1. --trace writes "
        "down all that was said; --replay plays such a trace once more, by the rules "
        "and by its seed, and ends with 1 at the first line that does not hold.",
    .example = "negotiate scenarios/tiny.truce.yaml --with boulware,tit-for-tat",
    .group = PLAY,
    .least = 1,
    .most = ANY_NUMBER,
    .reads = true,
    .run = run,
};
