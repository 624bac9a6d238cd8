/* jobs: the numbers of a plan's jobs, and the fingerprint that their seeds come from. */
#include "tournament/jobs.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/random.h"
#include "play/parts.h"

#include <stdlib.h>
#include <string.h>

static const uint64_t JOBS_MOST = UINT64_C(100000000);

/* ---- strategies ------------------------------------------------------------------------ */

static bool read_strategy(jobs *all, size_t place, const truce_strategy *own,
                          size_t own_count, truce_error *error)
{
    strategy read = {0};
    const char *text = all->plan.strategies.items[place];
    if (strategies_read(text, own, own_count, all->plan.as, &read, 1, &all->memory,
                        error) != 1)
        return false;
    all->strategies[place] = read.text;
    for (size_t k = 0; k < place; k++)
        if (strcmp(all->strategies[k], read.text) == 0)
            return error_say(error, TRUCE_CALL, "strategy \"%s\" is named twice", text),
                   false;
    return true;
}

static bool read_strategies(jobs *all, const truce_strategy *own, size_t own_count,
                            truce_error *error)
{
    size_t count = all->plan.strategies.count;
    if (count == 0 || count > STRATEGIES_MOST)
        return error_say(error, TRUCE_CALL,
                         "a tournament wants 1 to %d strategies, not %zu",
                         STRATEGIES_MOST, count),
               false;
    all->strategies = arena_array(&all->memory, count, const char *);
    for (size_t k = 0; k < count; k++)
        if (!read_strategy(all, k, own, own_count, error))
            return false;
    return true;
}

/* ---- the fingerprint ------------------------------------------------------------------- */

static void write_names(json *to, const char *key, const char *const *items,
                        size_t count)
{
    json_key(to, key);
    json_array(to);
    for (size_t k = 0; k < count; k++)
        json_text(to, items[k]);
    json_end(to);
}

static void write_fields(json *to, const jobs *all)
{
    json_key(to, "fields");
    json_array(to);
    for (size_t f = 0; f < all->field_count; f++) {
        json_object(to);
        json_key(to, "name");
        json_text(to, all->fields[f].name);
        json_key(to, "sha256");
        json_text(to, all->fields[f].print);
        json_end(to);
    }
    json_end(to);
}

static void write_plan(FILE *out, const jobs *all)
{
    static const char *const systems[] = {"truce", "genius", "negmas"};
    const truce_contest *plan = &all->plan;
    json to = json_begin(out);
    json_object(&to);
    write_names(&to, "strategies", all->strategies, plan->strategies.count);
    json_key(&to, "parties");
    json_integer(&to, (int64_t)plan->parties);
    json_key(&to, "protocol");
    json_text(&to, plan->protocol);
    json_key(&to, "rounds");
    json_integer(&to, plan->rounds);
    json_key(&to, "seconds");
    json_number(&to, plan->seconds);
    json_key(&to, "repetitions");
    json_integer(&to, plan->repetitions);
    json_key(&to, "self-play");
    json_text(&to, plan->without_self_play ? "no" : "yes");
    json_key(&to, "seed");
    json_integer(&to, (int64_t)plan->seed);
    json_key(&to, "as");
    json_text(&to, systems[plan->as]);
    json_key(&to, "score");
    json_text(&to, plan->score == TRUCE_SCORE_ADVANTAGE ? "advantage" : "utility");
    write_fields(&to, all);
    json_end(&to);
}

static void take_print(jobs *all)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        abort();
    write_plan(out, all);
    fclose(out);
    all->text = arena_text_n(&all->memory, text, length);
    free(text);
    hash_sha256(all->text, length, all->print);
    char first[17] = "";
    memcpy(first, all->print, 16);
    all->key = strtoull(first, NULL, 16);
}

uint64_t job_seed(const jobs *all, uint64_t job)
{
    random_stream dice = random_begin(all->key, job);
    return random_below(&dice, UINT64_C(1000000000000000));
}

/* ---- laying out ------------------------------------------------------------------------ */

static bool is_not_negative(double number)
{
    return number >= 0;
}

static bool fill_in(jobs *all, const truce_contest *plan, truce_error *error)
{
    all->plan = *plan;
    all->plan.memory = NULL;
    if (plan->parties == 0)
        all->plan.parties = 2;
    if (plan->repetitions == 0)
        all->plan.repetitions = 1;
    if (!is_not_negative(plan->seconds))
        return error_say(error, TRUCE_CALL, "seconds may not be negative"), false;
    if (plan->rounds == 0 && plan->seconds == 0)
        all->plan.rounds = 100;
    if (all->plan.rounds > 0)
        all->plan.seconds = 0;
    if (all->plan.parties < 2 || all->plan.parties > SEATS_MOST)
        return error_say(error, TRUCE_CALL, "a tournament wants 2 to %d parties",
                         SEATS_MOST),
               false;
    const protocol *rules = protocol_named(plan->protocol, error);
    if (rules == NULL)
        return false;
    all->plan.protocol = rules->part.name;
    return true;
}

static bool count_jobs(jobs *all, truce_error *error)
{
    all->assignments = 1;
    for (size_t s = 0; s < all->plan.parties && all->assignments <= JOBS_MOST; s++)
        all->assignments *= all->plan.strategies.count;
    unsigned __int128 count =
        (unsigned __int128)all->assignments * all->field_count * all->plan.repetitions;
    if (count > JOBS_MOST)
        return error_say(error, TRUCE_CALL,
                         "the plan has more than %llu sessions: fewer strategies, "
                         "scenarios or repetitions",
                         (unsigned long long)JOBS_MOST),
               false;
    all->all = (uint64_t)count;
    return true;
}

jobs *jobs_of(const truce_contest *plan, const truce_strategy *own, size_t own_count,
              const truce_stop *stop, truce_error *error)
{
    jobs *all = must_allocate_zeroed(1, sizeof *all);
    if (fill_in(all, plan, error) && read_strategies(all, own, own_count, error) &&
        fields_find(all, stop, error) && count_jobs(all, error)) {
        take_print(all);
        return all;
    }
    jobs_free(all);
    return NULL;
}

void jobs_free(jobs *all)
{
    if (all == NULL)
        return;
    arena_free(&all->memory);
    free(all);
}

bool assignment_seats(const jobs *all, uint64_t assignment, size_t *seats)
{
    size_t base = all->plan.strategies.count;
    bool alike = true;
    for (size_t s = all->plan.parties; s-- > 0;) {
        seats[s] = (size_t)(assignment % base);
        assignment /= base;
        alike = alike && seats[s] == seats[all->plan.parties - 1];
    }
    return !(alike && all->plan.without_self_play);
}

uint64_t jobs_count(const jobs *all, uint64_t shard, uint64_t shards)
{
    uint64_t count = 0;
    size_t seats[SEATS_MOST];
    for (uint64_t job = 0; job < all->all; job++) {
        uint64_t assignment = job / all->plan.repetitions % all->assignments;
        count +=
            in_shard(job, shard, shards) && assignment_seats(all, assignment, seats);
    }
    return count;
}
