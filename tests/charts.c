/* Writes pictures of made-up results into a folder, for tests/charts.py to look at: small,
 * large and degenerate ones, and names that would be markup if they could.
 *
 *     charts FOLDER
 */
#include "base/arena.h"
#include "base/random.h"

#include "tournament/game.h"

#include <truce/truce.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const hostile[] = {
    "<script>alert(1)</script>",
    "a & b \"quoted\" 'twice' ]]>",
    "line\nbreak\ttab\x01\x7f",
    "\u05e9\u05dc\u05d5\u05dd \u202eesrever\u202c \u0633\u0644\u0627\u0645",
    "bad \xff\xfe bytes \xc3\x28 \xed\xa0\x80 end \xe2\x82",
    "exec:python3 "
    "/home/somebody/strategies/very/long/path/to/a/strategy/of/its/own/that/"
    "goes/on/and/on.py --with=options --and=more",
    "\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22"
    "\u5b57",
    "",
};
enum { HOSTILE = sizeof hostile / sizeof *hostile };

static const char *folder;

/* ---- every size and palette ------------------------------------------------------ */

typedef void drawing(FILE *out, const void *what, const truce_plot_style *style);

static FILE *file_called(const char *name, const char *size, const char *palette)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s-%s-%s.svg", folder, name, size, palette);
    FILE *out = fopen(path, "w");
    if (out == NULL) {
        perror(path);
        exit(1);
    }
    return out;
}

static void draw_all(const char *name, drawing *draw, const void *what)
{
    static const struct {
        const char *name;
        unsigned width, height;
    } sizes[] = {{"usual", 0, 0}, {"small", 320, 240}, {"large", 1600, 1200}};
    static const char *const palettes[] = {"light", "dark", "page"};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int p = 0; p < 3; p++) {
            truce_plot_style style = {.width = sizes[s].width,
                                      .height = sizes[s].height,
                                      .palette = (truce_palette)p,
                                      .id = p == TRUCE_OF_PAGE ? "x-" : NULL};
            FILE *out = file_called(name, sizes[s].name, palettes[p]);
            draw(out, what, &style);
            fclose(out);
        }
}

static double unit(random_stream *dice)
{
    return (double)random_53(dice) / 0x1p53;
}

/* ---- tournaments ----------------------------------------------------------------- */

static void draw_scores(FILE *out, const void *what, const truce_plot_style *style)
{
    truce_scores_svg(out, what, style);
}

static void draw_payoffs(FILE *out, const void *what, const truce_plot_style *style)
{
    truce_payoffs_svg(out, what, style);
}

static void draw_dynamics(FILE *out, const void *what, const truce_plot_style *style)
{
    truce_dynamics_svg(out, what, style);
}

static void draw_tournament(const char *name, const truce_standings *what)
{
    static drawing *const draws[] = {draw_scores, draw_payoffs, draw_dynamics};
    static const char *const kinds[] = {"scores", "payoffs", "dynamics"};
    char whole[128];
    for (size_t k = 0; k < sizeof draws / sizeof *draws; k++) {
        snprintf(whole, sizeof whole, "%s-%s", kinds[k], name);
        draw_all(whole, draws[k], what);
    }
}

/* n strategies with payoffs around a hundred times `scale`; what: "plain", "hostile",
 * "alike" (all the same), "nothing" (NaN everywhere), "holes" (NaN here and there). */
static void make_tournament(const char *name, size_t n, double scale, const char *what)
{
    arena memory = {0};
    random_stream dice = random_begin(n, (uint64_t)(unsigned char)*what);
    truce_scored *scored = arena_array(&memory, n + 1, truce_scored);
    double *payoff = arena_array(&memory, n * n + 1, double);
    size_t *order = arena_array(&memory, n + 1, size_t);
    double *even = arena_array(&memory, n + 1, double);
    bool alike = strcmp(what, "alike") == 0, nothing = strcmp(what, "nothing") == 0,
         holes = strcmp(what, "holes") == 0, bad = strcmp(what, "hostile") == 0;
    for (size_t k = 0; k < n; k++) {
        order[k] = n - 1 - k;
        even[k] = 1 / (double)n;
        double mean =
            alike ? 50 * scale : scale * (40 + 40 * (double)(k + 1) / (double)n);
        double off = alike ? 0 : scale * 12 * unit(&dice);
        bool none = nothing || (holes && k % 3 == 0);
        scored[k] = (truce_scored){
            .strategy =
                bad ? hostile[k % HOSTILE]
                    : arena_format(&memory,
                                   k % 5 == 4 ? "exec:python3 agents/of/team/%zu.py"
                                              : "strategy-%zu",
                                   k + 1),
            .score = none ? NAN : mean,
            .low = none || n == 2 ? NAN : mean - off,
            .high = none || n == 2 ? NAN : mean + off * 0.8,
            .seats = none ? 0 : 1200,
            .agreed = none ? NAN : (double)k / (double)n};
        for (size_t c = 0; c < n; c++)
            payoff[k * n + c] = none || (holes && (k + c) % 4 == 0) ? NAN
                                : alike                             ? 50 * scale
                                        : mean + scale * 20 * (unit(&dice) - 0.5);
    }
    truce_standings all = {.strategy_count = n,
                           .scenario_count = 12,
                           .standings = scored,
                           .order = order,
                           .payoff = payoff,
                           .units = "scenarios",
                           .unit_count = 12,
                           .sessions = 14400 * n,
                           .missing = holes ? 17 : 0,
                           .score =
                               scale < 1 ? TRUCE_SCORE_ADVANTAGE : TRUCE_SCORE_UTILITY,
                           .parties = 2,
                           .rounds = 100,
                           .repetitions = 1,
                           .protocol = bad ? "sao<&>" : "sao"};
    if (n > 0 && !nothing && !holes) {
        game of = game_of(payoff, n, 2, &memory);
        all.path_count = game_path(&of, even, &memory, &all.path_times, &all.path);
    }
    draw_tournament(name, &all);
    arena_free(&memory);
}

static void make_tournaments(void)
{
    make_tournament("none", 0, 1, "plain");
    make_tournament("one", 1, 1, "plain");
    make_tournament("two", 2, 1, "plain");
    make_tournament("six", 6, 0.01, "plain");
    make_tournament("eight-hostile", HOSTILE, 1, "hostile");
    make_tournament("twelve-below-zero", 12, -1, "plain");
    make_tournament("twelve-alike", 12, 1, "alike");
    make_tournament("nine-nothing", 9, 1, "nothing");
    make_tournament("fifteen-with-holes", 15, 1, "holes");
    make_tournament("twenty-five-vast", 25, 1e9, "plain");
    make_tournament("sixty", 60, 1, "plain");
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 2) {
        fputs("usage: charts FOLDER\n", stderr);
        return 2;
    }
    folder = arguments[1];
    make_tournaments();
    return 0;
}
