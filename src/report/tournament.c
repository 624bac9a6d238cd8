/* tournament: standings as text, JSON and CSV. */
#include "base/json.h"
#include "report/csv.h"
#include "report/page.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <truce/report.h>

#include <math.h>

enum { ROWS_SHOWN = 40, COLUMNS_SHOWN = 12 };

/* ---- text ---------------------------------------------------------------------------------- */

static const char *share_words(arena *memory, double share)
{
    return isnan(share) ? "-" : arena_format(memory, "%.0f %%", 100 * share);
}

static const char *p_words(arena *memory, double p)
{
    if (isnan(p))
        return "-";
    return p < 0.0001 ? "< 0.0001" : arena_format(memory, "%.4f", p);
}

static double largest(const truce_standings *of)
{
    double most = 0;
    for (size_t k = 0; k < of->strategy_count; k++)
        if (!isnan(of->standings[k].score))
            most = fmax(most, fabs(of->standings[k].score));
    return most;
}

void standings_what(page *to, const truce_standings *of)
{
    const char *length = of->rounds > 0
                             ? arena_format(&to->memory, "%s rounds",
                                            size_words(&to->memory, of->rounds))
                             : arena_format(&to->memory, "%g seconds", of->seconds);
    page_say(to, 0, "%s, %s, %s; protocol %s, %s, %s of each, seed %llu%s.",
             counted(&to->memory, of->strategy_count, "strategy", "strategies"),
             counted(&to->memory, of->sessions, "session", "sessions"),
             counted(&to->memory, of->scenario_count, "scenario", "scenarios"),
             of->protocol, length,
             counted(&to->memory, of->repetitions, "repetition", "repetitions"),
             (unsigned long long)of->seed,
             of->without_self_play ? ", without self-play" : "");
    if (of->missing > 0)
        page_say(to, 0, "%s still missing: the same command plays them.",
                 counted(&to->memory, of->missing, "session is", "sessions are"));
    if (of->faults > 0)
        page_say(to, 0, "%s ended by a fault of an external party.",
                 counted(&to->memory, of->faults, "session", "sessions"));
}

void standings_scores(page *to, const truce_standings *of)
{
    double scale = largest(of);
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Strategy");
    table_column(&rows, TABLE_NUMBER, "Score");
    table_column(&rows, TABLE_NUMBER, "95 %");
    table_column(&rows, TABLE_NUMBER, "Agreed");
    table_column(&rows, TABLE_NUMBER, "Round");
    table_column(&rows, TABLE_NUMBER, "Advantage");
    table_column(&rows, TABLE_NUMBER, "Frontier");
    table_column(&rows, TABLE_NUMBER, "Nash");
    for (size_t k = 0; k < of->strategy_count; k++) {
        const truce_scored *it = &of->standings[of->order[k]];
        table_row(&rows);
        table_cell(&rows, "%s", it->strategy);
        table_cell(&rows, "%s", fine_words(&to->memory, it->score, scale));
        table_cell(&rows, "%s..%s", fine_words(&to->memory, it->low, scale),
                   fine_words(&to->memory, it->high, scale));
        table_cell(&rows, "%s", share_words(&to->memory, it->agreed));
        table_cell(&rows, "%.1f", it->step);
        table_cell(&rows, "%s", fine_words(&to->memory, it->advantage, 1));
        table_cell(&rows, "%s", fine_words(&to->memory, it->to_frontier, 1));
        table_cell(&rows, "%s", fine_words(&to->memory, it->to_nash, 1));
    }
    table_print(&rows, to, 0);
    page_remark(to, 0,
                "Scenarios weigh equally. Intervals: %zu %s drawn anew 2,000 times. "
                "Frontier and Nash: mean distance of agreements, with each party's "
                "admissible range as unit.",
                of->unit_count, of->units);
}

static void say_scores(page *to, const truce_standings *of)
{
    page_heading(to, "Scores: mean %s",
                 of->score == TRUCE_SCORE_ADVANTAGE ? "advantage"
                                                    : "discounted utility");
    standings_scores(to, of);
}

static void name_columns(table *rows, const truce_standings *of, size_t shown)
{
    for (size_t k = 0; k < shown; k++)
        table_column(rows, TABLE_NUMBER, of->standings[of->order[k]].strategy);
}

static size_t shown_of(size_t count)
{
    return count < COLUMNS_SHOWN ? count : COLUMNS_SHOWN;
}

/* How many bytes of all names are the same folders. */
static size_t common_folders(const truce_texts *names)
{
    size_t common = 0;
    for (size_t at = 0; names->items[0][at]; at++) {
        for (size_t k = 1; k < names->count; k++)
            if (names->items[k][at] != names->items[0][at])
                return common;
        if (names->items[0][at] == '/')
            common = at + 1;
    }
    return common;
}

void standings_scenarios(page *to, const truce_standings *of)
{
    size_t skip = common_folders(&of->scenarios);
    size_t n = of->strategy_count, shown = shown_of(n);
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Scenario");
    name_columns(&rows, of, shown);
    for (size_t f = 0; f < of->scenario_count && f < ROWS_SHOWN; f++) {
        table_row(&rows);
        table_cell(&rows, "%s", of->scenarios.items[f] + skip);
        for (size_t k = 0; k < shown; k++) {
            double score = of->by_scenario[f * n + of->order[k]];
            table_cell(&rows, "%s", fine_words(&to->memory, score, largest(of)));
        }
    }
    table_print(&rows, to, 0);
    if (of->scenario_count > ROWS_SHOWN || n > COLUMNS_SHOWN)
        page_remark(to, 0, "The rest is in scenarios.csv.");
}

static void say_scenarios(page *to, const truce_standings *of)
{
    page_heading(to, "Scores by scenario");
    standings_scenarios(to, of);
}

void standings_payoffs(page *to, const truce_standings *of)
{
    size_t n = of->strategy_count, shown = shown_of(n);
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Strategy");
    name_columns(&rows, of, shown);
    for (size_t a = 0; a < n; a++) {
        table_row(&rows);
        table_cell(&rows, "%s", of->standings[of->order[a]].strategy);
        for (size_t b = 0; b < shown; b++) {
            double payoff = of->payoff[of->order[a] * n + of->order[b]];
            table_cell(&rows, "%s", fine_words(&to->memory, payoff, largest(of)));
        }
    }
    table_print(&rows, to, 0);
}

static void say_payoffs(page *to, const truce_standings *of)
{
    page_heading(to, "What the row gets with the column at the table");
    standings_payoffs(to, of);
}

void standings_duels(page *to, const truce_standings *of)
{
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "First");
    table_column(&rows, TABLE_NAME, "Second");
    table_column(&rows, TABLE_NUMBER, "First - second");
    table_column(&rows, TABLE_NUMBER, "Pairs");
    table_column(&rows, TABLE_NUMBER, "t test, Holm");
    table_column(&rows, TABLE_NUMBER, "Wilcoxon, Holm");
    for (size_t k = 0; k < of->duel_count && k < ROWS_SHOWN; k++) {
        const truce_duel *it = &of->duels[k];
        table_row(&rows);
        table_cell(&rows, "%s", of->standings[it->first].strategy);
        table_cell(&rows, "%s", of->standings[it->second].strategy);
        table_cell(&rows, "%s", fine_words(&to->memory, it->difference, largest(of)));
        table_cell(&rows, "%zu", it->units);
        table_cell(&rows, "%s", p_words(&to->memory, it->t_holm));
        table_cell(&rows, "%s", p_words(&to->memory, it->w_holm));
    }
    table_print(&rows, to, 0);
    page_remark(to, 0,
                "p values, two-sided, after Holm's correction over all pairs. Pairs: "
                "%s.%s",
                of->units,
                of->duel_count > ROWS_SHOWN ? " The rest is in comparisons.csv." : "");
}

static void say_duels(page *to, const truce_standings *of)
{
    if (of->duel_count == 0)
        return;
    page_heading(to, "Differences, best first");
    standings_duels(to, of);
}

static const char *mix_words(page *to, const truce_standings *of, const double *shares)
{
    const char *words = "";
    for (size_t k = 0; k < of->strategy_count; k++)
        if (shares[of->order[k]] > 0.0005)
            words = arena_format(&to->memory, "%s%s%.3f %s", words, *words ? ", " : "",
                                 shares[of->order[k]],
                                 of->standings[of->order[k]].strategy);
    return words;
}

void standings_game(page *to, const truce_standings *of)
{
    page_say(to, 0, "%s (up to %zu strategies together tried):",
             some(&to->memory, of->mix_count, "symmetric equilibrium",
                  "symmetric equilibria"),
             of->supports);
    for (size_t k = 0; k < of->mix_count && k < ROWS_SHOWN; k++)
        page_item(to, 2, "- ", "%s: each gets %s%s",
                  mix_words(to, of, of->mixes[k].shares),
                  fine_words(&to->memory, of->mixes[k].value, largest(of)),
                  of->mixes[k].stable ? "; resists every single intruder" : "");
    page_say(to, 0, "Replicator dynamics from even shares come to rest at %s.",
             mix_words(to, of, of->from_even));
    page_say(to, 0, "From %zu random starts:", of->start_count);
    for (size_t k = 0; k < of->rest_count && k < 5; k++)
        page_item(to, 2, "- ", "%.0f to %s",
                  of->rests[k].starts * (double)of->start_count,
                  mix_words(to, of, of->rests[k].shares));
    if (of->parties > 2)
        page_remark(to, 0,
                    "With more than two at the table, equilibria of more than two "
                    "strategies are told only where the dynamics come to rest.");
    page_remark(to, 0,
                "Payoffs are estimates; an equilibrium holds for these strategies on "
                "these scenarios alone.");
}

static void say_game(page *to, const truce_standings *of)
{
    if (of->from_even == NULL)
        return;
    page_heading(to, "Empirical game");
    standings_game(to, of);
}

void truce_standings_print(FILE *out, const truce_standings *of,
                           const truce_style *style)
{
    page to = page_begin(out, style);
    page_heading(&to, "Tournament");
    standings_what(&to, of);
    say_scores(&to, of);
    say_scenarios(&to, of);
    say_payoffs(&to, of);
    say_duels(&to, of);
    say_game(&to, of);
    page_gap(&to);
    page_remark(&to, 0,
                "Strategies are compared, not parties: nothing here foretells any real "
                "talks. Plan %.12s.",
                of->plan);
    page_end(&to);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void put_number(json *to, const char *key, double number)
{
    json_key(to, key);
    json_number(to, number);
}

static void put_text(json *to, const char *key, const char *text)
{
    json_key(to, key);
    json_text(to, text);
}

static void put_whole(json *to, const char *key, uint64_t number)
{
    json_key(to, key);
    json_integer(to, (int64_t)number);
}

static void put_flag(json *to, const char *key, bool yes)
{
    json_key(to, key);
    json_bool(to, yes);
}

static void put_standing(json *to, const truce_scored *it)
{
    json_object(to);
    put_text(to, "strategy", it->strategy);
    put_number(to, "score", it->score);
    put_number(to, "low", it->low);
    put_number(to, "high", it->high);
    put_whole(to, "seats", it->seats);
    put_number(to, "discounted", it->utility);
    put_number(to, "advantage", it->advantage);
    put_number(to, "agreed", it->agreed);
    put_number(to, "step", it->step);
    put_number(to, "welfare", it->welfare);
    put_number(to, "to_frontier", it->to_frontier);
    put_number(to, "to_nash", it->to_nash);
    json_end(to);
}

/* {"strategy": number} of a row. */
static void put_row(json *to, const truce_standings *of, const double *row)
{
    json_object(to);
    for (size_t k = 0; k < of->strategy_count; k++)
        put_number(to, of->standings[k].strategy, row[k]);
    json_end(to);
}

static void put_tables(json *to, const truce_standings *of)
{
    size_t n = of->strategy_count;
    json_key(to, "scenarios");
    json_array(to);
    for (size_t f = 0; f < of->scenario_count; f++) {
        json_object(to);
        put_text(to, "scenario", of->scenarios.items[f]);
        json_key(to, "scores");
        put_row(to, of, of->by_scenario + f * n);
        json_end(to);
    }
    json_end(to);
    json_key(to, "payoffs");
    json_object(to);
    for (size_t k = 0; k < n; k++) {
        json_key(to, of->standings[k].strategy);
        put_row(to, of, of->payoff + k * n);
    }
    json_end(to);
}

static void put_duels(json *to, const truce_standings *of)
{
    json_key(to, "comparisons");
    json_array(to);
    for (size_t k = 0; k < of->duel_count; k++) {
        const truce_duel *it = &of->duels[k];
        json_object(to);
        put_text(to, "first", of->standings[it->first].strategy);
        put_text(to, "second", of->standings[it->second].strategy);
        put_whole(to, "pairs", it->units);
        put_number(to, "difference", it->difference);
        put_number(to, "t", it->t);
        put_number(to, "t_p", it->t_p);
        put_number(to, "t_holm", it->t_holm);
        put_number(to, "wilcoxon", it->w);
        put_number(to, "wilcoxon_p", it->w_p);
        put_number(to, "wilcoxon_holm", it->w_holm);
        json_end(to);
    }
    json_end(to);
}

static void put_mixes(json *to, const truce_standings *of)
{
    json_key(to, "equilibria");
    json_array(to);
    for (size_t k = 0; k < of->mix_count; k++) {
        json_object(to);
        json_key(to, "shares");
        put_row(to, of, of->mixes[k].shares);
        put_number(to, "value", of->mixes[k].value);
        put_flag(to, "pure", of->mixes[k].pure);
        put_flag(to, "stable", of->mixes[k].stable);
        json_end(to);
    }
    json_end(to);
}

static void put_game(json *to, const truce_standings *of)
{
    json_key(to, "game");
    if (of->from_even == NULL) {
        json_null(to);
        return;
    }
    json_object(to);
    put_whole(to, "supports", of->supports);
    put_mixes(to, of);
    json_key(to, "from_even");
    put_row(to, of, of->from_even);
    json_key(to, "rests");
    json_array(to);
    for (size_t k = 0; k < of->rest_count; k++) {
        json_object(to);
        put_number(to, "starts", of->rests[k].starts);
        json_key(to, "shares");
        put_row(to, of, of->rests[k].shares);
        json_end(to);
    }
    json_end(to);
    json_key(to, "path");
    json_array(to);
    for (size_t t = 0; t < of->path_count; t++) {
        json_object(to);
        put_number(to, "time", of->path_times[t]);
        json_key(to, "shares");
        put_row(to, of, of->path + t * of->strategy_count);
        json_end(to);
    }
    json_end(to);
    json_end(to);
}

void truce_standings_json(FILE *out, const truce_standings *of)
{
    json to = json_begin(out);
    json_object(&to);
    put_whole(&to, "truce", 1);
    put_text(&to, "command", "tournament");
    json_key(&to, "answer");
    json_object(&to);
    put_text(&to, "plan", of->plan);
    put_whole(&to, "sessions", of->sessions);
    put_whole(&to, "missing", of->missing);
    put_whole(&to, "faults", of->faults);
    put_whole(&to, "parties", of->parties);
    put_text(&to, "protocol", of->protocol);
    put_whole(&to, "rounds", of->rounds);
    put_number(&to, "seconds", of->seconds);
    put_whole(&to, "repetitions", of->repetitions);
    put_whole(&to, "seed", of->seed);
    put_flag(&to, "self_play", !of->without_self_play);
    put_text(&to, "score",
             of->score == TRUCE_SCORE_ADVANTAGE ? "advantage" : "utility");
    put_text(&to, "units", of->units);
    json_key(&to, "standings");
    json_array(&to);
    for (size_t k = 0; k < of->strategy_count; k++)
        put_standing(&to, &of->standings[of->order[k]]);
    json_end(&to);
    put_tables(&to, of);
    put_duels(&to, of);
    put_game(&to, of);
    json_end(&to);
    json_end(&to);
    fputc('\n', out);
}

/* ---- CSV --------------------------------------------------------------------------------------- */

static void csv_scores(FILE *out, const truce_standings *of)
{
    static const char *const heads[] = {
        "strategy",  "score",  "low",  "high",    "seats",       "discounted",
        "advantage", "agreed", "step", "welfare", "to_frontier", "to_nash"};
    csv to = csv_begin(out);
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
        csv_text(&to, heads[k]);
    csv_row(&to);
    for (size_t k = 0; k < of->strategy_count; k++) {
        const truce_scored *it = &of->standings[of->order[k]];
        csv_text(&to, it->strategy);
        csv_number(&to, it->score);
        csv_number(&to, it->low);
        csv_number(&to, it->high);
        csv_whole(&to, it->seats);
        csv_number(&to, it->utility);
        csv_number(&to, it->advantage);
        csv_number(&to, it->agreed);
        csv_number(&to, it->step);
        csv_number(&to, it->welfare);
        csv_number(&to, it->to_frontier);
        csv_number(&to, it->to_nash);
        csv_row(&to);
    }
}

static void csv_strategies(csv *to, const truce_standings *of)
{
    for (size_t k = 0; k < of->strategy_count; k++)
        csv_text(to, of->standings[k].strategy);
    csv_row(to);
}

static void csv_numbers(csv *to, const truce_standings *of, const double *row)
{
    for (size_t k = 0; k < of->strategy_count; k++)
        csv_number(to, row[k]);
    csv_row(to);
}

/* A table whose columns are the strategies. */
static void csv_matrix(FILE *out, const truce_standings *of, const char *head,
                       const char *const *names, const double *cells, size_t rows)
{
    csv to = csv_begin(out);
    csv_text(&to, head);
    csv_strategies(&to, of);
    for (size_t r = 0; r < rows; r++) {
        csv_text(&to, names ? names[r] : of->standings[r].strategy);
        csv_numbers(&to, of, cells + r * of->strategy_count);
    }
}

static void csv_comparisons(FILE *out, const truce_standings *of)
{
    static const char *const heads[] = {
        "first", "second", "pairs",    "difference", "t",
        "t_p",   "t_holm", "wilcoxon", "wilcoxon_p", "wilcoxon_holm"};
    csv to = csv_begin(out);
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
        csv_text(&to, heads[k]);
    csv_row(&to);
    for (size_t k = 0; k < of->duel_count; k++) {
        const truce_duel *it = &of->duels[k];
        csv_text(&to, of->standings[it->first].strategy);
        csv_text(&to, of->standings[it->second].strategy);
        csv_whole(&to, it->units);
        csv_number(&to, it->difference);
        csv_number(&to, it->t);
        csv_number(&to, it->t_p);
        csv_number(&to, it->t_holm);
        csv_number(&to, it->w);
        csv_number(&to, it->w_p);
        csv_number(&to, it->w_holm);
        csv_row(&to);
    }
}

static void csv_rest(csv *to, const truce_standings *of, const char *what,
                     double starts, const double *shares)
{
    csv_text(to, what);
    csv_text(to, NULL);
    csv_text(to, NULL);
    csv_number(to, starts);
    csv_numbers(to, of, shares);
}

static void csv_game(FILE *out, const truce_standings *of)
{
    csv to = csv_begin(out);
    csv_text(&to, "what");
    csv_text(&to, "value");
    csv_text(&to, "resists");
    csv_text(&to, "starts");
    csv_strategies(&to, of);
    for (size_t k = 0; k < of->mix_count; k++) {
        csv_text(&to, of->mixes[k].pure ? "pure equilibrium" : "mixed equilibrium");
        csv_number(&to, of->mixes[k].value);
        csv_text(&to, of->mixes[k].stable ? "yes" : "no");
        csv_text(&to, NULL);
        csv_numbers(&to, of, of->mixes[k].shares);
    }
    for (size_t k = 0; k < of->rest_count; k++)
        csv_rest(&to, of, "rest from random starts", of->rests[k].starts,
                 of->rests[k].shares);
    if (of->from_even)
        csv_rest(&to, of, "rest from even shares", NAN, of->from_even);
}

static void csv_dynamics(FILE *out, const truce_standings *of)
{
    csv to = csv_begin(out);
    csv_text(&to, "time");
    csv_strategies(&to, of);
    for (size_t t = 0; t < of->path_count; t++) {
        csv_number(&to, of->path_times[t]);
        csv_numbers(&to, of, of->path + t * of->strategy_count);
    }
}

void truce_standings_csv(FILE *out, const truce_standings *of,
                         truce_standings_table which)
{
    switch (which) {
    case TRUCE_STANDINGS_SCORES:
        csv_scores(out, of);
        return;
    case TRUCE_STANDINGS_SCENARIOS:
        csv_matrix(out, of, "scenario", of->scenarios.items, of->by_scenario,
                   of->scenario_count);
        return;
    case TRUCE_STANDINGS_PAYOFFS:
        csv_matrix(out, of, "strategy", NULL, of->payoff, of->strategy_count);
        return;
    case TRUCE_STANDINGS_COMPARISONS:
        csv_comparisons(out, of);
        return;
    case TRUCE_STANDINGS_GAME:
        csv_game(out, of);
        return;
    case TRUCE_STANDINGS_DYNAMICS:
        csv_dynamics(out, of);
    }
}
