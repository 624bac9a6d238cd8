#include "tournament.h"

#include "analysis.h"
#include "complain.h"
#include "verbs.h"

#include <stdlib.h>
#include <string.h>

/* ---- the plan ---------------------------------------------------------------------------- */

/* Cut at commas, in memory of its own. */
typedef struct pieces {
    char *text;
    const char **items;
    size_t count;
} pieces;

/* A piece "name=value" belongs to the strategy before it. */
static bool is_setting(const char *piece)
{
    size_t equals = strcspn(piece, "="), colon = strcspn(piece, ":");
    return piece[equals] && equals < colon;
}

static void pieces_cut(pieces *to, const char *text, bool strategies)
{
    to->text = must_have(strdup(text ? text : ""));
    to->items = must_have(calloc(strlen(to->text) + 2, sizeof *to->items));
    for (char *at = *to->text ? to->text : NULL; at;) {
        char *comma = strchr(at, ',');
        to->items[to->count++] = at;
        while (comma && strategies && is_setting(comma + 1))
            comma = strchr(comma + 1, ',');
        if (comma)
            *comma++ = '\0';
        at = comma;
    }
}

static void pieces_free(pieces *of)
{
    free(of->text);
    free(of->items);
}

static truce_status play(const struct call *call, const truce_contest *plan,
                         const truce_tournament_choices *choices)
{
    progress bar = progress_begin(call);
    truce_stop stop = terminal_stop(call, &bar);
    truce_error error;
    truce_tournament *run = NULL;
    stop.deadline = 0;
    terminal_catch_interrupts();
    truce_status status = truce_tournament_play(plan, choices, &stop, &run, &error);
    progress_end(&bar);
    for (size_t k = 0; run && !call->quiet && k < run->left_out_count; k++)
        remark("%s is left out: %s", run->left_out[k].path, run->left_out[k].why);
    if (status == TRUCE_CALL)
        complain(call->command, "%s", error.message);
    else if (status != TRUCE_OK)
        remark("%s", error.message);
    if (run && !call->quiet)
        remark("%llu sessions, %llu of them there before, in %.1f s%s",
               (unsigned long long)run->share, (unsigned long long)run->there,
               run->seconds, choices->shards ? " (one shard)" : "");
    truce_tournament_free(run);
    return status;
}

/* "2/8" */
static bool read_shard(const struct call *call, truce_tournament_choices *choices)
{
    char *end;
    if (call->shard == NULL)
        return true;
    choices->shard = strtoull(call->shard, &end, 10);
    if (*end == '/' && end != call->shard && end[1])
        choices->shards = strtoull(end + 1, &end, 10);
    if (*end == '\0' && choices->shard >= 1 && choices->shard <= choices->shards)
        return true;
    complain(call->command, "--shard wants a part of so many, such as 1/4, not '%s'",
             call->shard);
    return false;
}

/* One of several processes: a share of its own in a folder of its own, merged at last. */
static truce_status play_in_ranks(const struct call *call, const truce_contest *plan,
                                  const char *folder, uint64_t rank, uint64_t ranks)
{
    truce_error error;
    char *own = must_have(malloc(strlen(folder) + 32));
    sprintf(own, "%s/rank-%llu", folder, (unsigned long long)rank);
    truce_status status = TRUCE_OK;
    if (rank == 0)
        status = truce_tournament_prepare(folder, ranks, plan, &error);
    bool good = ranks_all_good(status == TRUCE_OK);
    if (good) {
        truce_tournament_choices choices = {
            .out = own, .shard = rank + 1, .shards = ranks};
        status = play(call, plan, &choices);
        good = ranks_all_good(status == TRUCE_OK);
    } else if (status == TRUCE_CALL) {
        complain(call->command, "%s", error.message);
    }
    if (rank == 0 && status != TRUCE_CALL)
        truce_tournament_gather(folder, &error);
    free(own);
    ranks_wait();
    return good || status != TRUCE_OK ? status : TRUCE_LIMIT;
}

static int play_and_answer(const struct call *call, const truce_contest *plan)
{
    const char *folder = tournament_folder(call);
    truce_tournament_choices choices = {.out = folder};
    uint64_t rank, ranks;
    if (!read_shard(call, &choices))
        return EXIT_WRONG_CALL;
    bool one_of_many = ranks_begin(&rank, &ranks);
    truce_status status = one_of_many ? play_in_ranks(call, plan, folder, rank, ranks)
                                      : play(call, plan, &choices);
    if (status == TRUCE_OK && choices.shards == 0 && (!one_of_many || rank == 0))
        status = (truce_status)tournament_answer(call, folder);
    if (one_of_many)
        ranks_end();
    return (int)status;
}

static bool says_what_the_plan_says(const struct call *call)
{
    return call->scenarios || call->rounds || call->talk_seconds > 0 ||
           call->repetitions || call->parties || call->protocol || call->score ||
           call->as || call->without_self_play;
}

static int run_file(const struct call *call)
{
    truce_contest *plan = NULL;
    if (says_what_the_plan_says(call)) {
        complain(call->command, "a plan file says this itself; flags go with "
                                "--strategies");
        return EXIT_WRONG_CALL;
    }
    truce_diagnostics *said = truce_diagnostics_new();
    truce_status status = truce_contest_read(call->arguments[0], &plan, said);
    truce_style style = terminal_style(stderr, call);
    if (said->count > 0)
        truce_diagnostics_print(stderr, said, &style);
    truce_diagnostics_free(said);
    int code = status == TRUCE_OK ? play_and_answer(call, plan) : (int)status;
    truce_contest_free(plan);
    return code;
}

static int run_flags(const struct call *call)
{
    pieces strategies = {0}, scenarios = {0};
    pieces_cut(&strategies, call->strategies, true);
    pieces_cut(&scenarios, call->scenarios, false);
    size_t count = scenarios.count + call->argument_count;
    const char **fields = must_have(calloc(count + 1, sizeof *fields));
    for (size_t k = 0; k < count; k++)
        fields[k] = k < scenarios.count ? scenarios.items[k]
                                        : call->arguments[k - scenarios.count];
    truce_contest plan = {.strategies = {strategies.items, strategies.count},
                          .scenarios = {fields, count},
                          .parties = call->parties,
                          .protocol = call->protocol,
                          .rounds = (uint32_t)call->rounds,
                          .seconds = call->talk_seconds,
                          .repetitions = (uint32_t)call->repetitions,
                          .without_self_play = call->without_self_play,
                          .seed = call->seed,
                          .as = (truce_convention)call->as,
                          .score = (truce_score)call->score};
    int code = EXIT_WRONG_CALL;
    if (call->rounds > 0 && call->talk_seconds > 0)
        complain(call->command, "--rounds does not go with --seconds");
    else if (count == 0)
        complain(call->command, "name scenarios or folders of them");
    else
        code = play_and_answer(call, &plan);
    free(fields);
    pieces_free(&strategies);
    pieces_free(&scenarios);
    return code;
}

static int run(const struct call *call)
{
    if (call->strategies)
        return run_flags(call);
    if (call->argument_count == 1)
        return run_file(call);
    complain(call->command, "give one plan file, or --strategies and scenarios");
    return EXIT_WRONG_CALL;
}

const command cmd_tournament = {
    .name = "tournament",
    .line = "every strategy against every other, over many scenarios",
    .arguments = "PLAN | --strategies A,B SCENARIO...",
    .about =
        "Plays every ordered assignment of strategies to the seats of every scenario, "
        "and says who does how well, with intervals, tests and the empirical game. "
        "Results go to a store in --out; the same command goes on where it was stopped "
        "or killed, and with rounds gives the same bytes however it was cut, sharded, "
        "threaded or spread by mpirun.",
    .example = "tournament examples/play/cup.yaml --out cup",
    .group = PLAY,
    .least = 0,
    .most = ANY_NUMBER,
    .run = run,
};
