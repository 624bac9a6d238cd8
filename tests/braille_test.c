/* Pictures for the terminal: small ones made by hand, and over random data what must hold
 * of all of them. Where dots belong is computed a second time here. */
#include "base/random.h"
#include "base/text.h"
#include "report/braille.h"

#include <truce/plot.h>
#include <truce/truce.h>

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- what is printed --------------------------------------------------------------- */

typedef struct paper {
    char *text;
    size_t size;
    FILE *out;
    page to;
} paper;

static void paper_begin(paper *of, unsigned width)
{
    of->out = open_memstream(&of->text, &of->size);
    of->to = page_begin(of->out, &(truce_style){.width = width});
}

static void paper_holds(paper *of, const char *expected)
{
    page_end(&of->to);
    fclose(of->out);
    assert_string_equal(of->text, expected);
    free(of->text);
}

static void canvas_holds(const canvas *area, paper *of, const char *expected)
{
    for (size_t row = 0; row < area->rows; row++) {
        canvas_print(area, &of->to, row);
        fputc('\n', of->out);
    }
    paper_holds(of, expected);
}

/* ---- the canvas -------------------------------------------------------------------- */

static void a_cell_has_eight_dots_counted_from_its_lower_left(void **state)
{
    (void)state;
    const char *const expected[2][4] = {{"⡀\n", "⠄\n", "⠂\n", "⠁\n"},
                                        {"⢀\n", "⠠\n", "⠐\n", "⠈\n"}};
    for (size_t x = 0; x < 2; x++)
        for (size_t y = 0; y < 4; y++) {
            paper it;
            paper_begin(&it, 40);
            canvas area = canvas_begin(&it.to.memory, 1, 1, false);
            canvas_dot(&area, x, y, LAYER_CLOUD);
            canvas_holds(&area, &it, expected[x][y]);
        }
}

static void dots_beyond_the_canvas_are_left_out(void **state)
{
    (void)state;
    paper it;
    paper_begin(&it, 40);
    canvas area = canvas_begin(&it.to.memory, 2, 1, false);
    canvas_dot(&area, 4, 0, LAYER_FRONT);
    canvas_dot(&area, 0, 4, LAYER_FRONT);
    canvas_dot(&area, 3, 3, LAYER_FRONT);
    canvas_holds(&area, &it, " ⠈\n");
}

static void a_line_is_seen_through_the_cloud_and_the_frontier_stands_alone(void **state)
{
    (void)state;
    paper it;
    paper_begin(&it, 40);
    canvas area = canvas_begin(&it.to.memory, 3, 1, false);
    for (size_t x = 0; x < 6; x++)
        canvas_dot(&area, x, 0, LAYER_ACROSS);
    canvas_dot(&area, 2, 3, LAYER_CLOUD);
    canvas_dot(&area, 3, 2, LAYER_FAINT); /* gives way to the cloud */
    canvas_dot(&area, 4, 3, LAYER_CLOUD);
    canvas_dot(&area, 5, 1, LAYER_FRONT);
    canvas_holds(&area, &it, "⣀⣁⠠\n");
}

static void the_first_letter_of_a_cell_stays(void **state)
{
    (void)state;
    paper it;
    paper_begin(&it, 40);
    canvas area = canvas_begin(&it.to.memory, 2, 2, false);
    canvas_dot(&area, 2, 6, LAYER_FRONT);
    assert_int_equal(canvas_mark(&area, 3, 7, 'N', PLOT_POINT), 'N');
    assert_int_equal(canvas_mark(&area, 2, 4, 'K', PLOT_POINT), 'N');
    assert_int_equal(canvas_mark(&area, 0, 0, 'S', PLOT_POINT), 'S');
    canvas_holds(&area, &it, " N\nS\n");
}

static void without_unicode_each_layer_has_a_letter(void **state)
{
    (void)state;
    paper it;
    paper_begin(&it, 40);
    canvas area = canvas_begin(&it.to.memory, 6, 2, true);
    canvas_dot(&area, 0, 7, LAYER_CLOUD);
    canvas_dot(&area, 2, 7, LAYER_FAINT);
    canvas_dot(&area, 4, 7, LAYER_FRONT);
    for (size_t y = 0; y < 8; y++)
        canvas_dot(&area, 7, y, LAYER_UP);
    for (size_t x = 0; x < 12; x++)
        canvas_dot(&area, x, 0, LAYER_ACROSS);
    canvas_dot(&area, 0, 0, LAYER_CLOUD); /* in every other cell a line gives way */
    canvas_dot(&area, 2, 0, LAYER_CLOUD);
    canvas_mark(&area, 8, 7, '*', PLOT_AGREED);
    canvas_holds(&area, &it, ".,o|*\n.--+--\n");
}

static void joined_points_have_dots_between_them(void **state)
{
    (void)state;
    paper it;
    paper_begin(&it, 40);
    canvas area = canvas_begin(&it.to.memory, 4, 1, false);
    canvas_join(&area, (size_t[]){0, 3}, (size_t[]){7, 3}, 2, LAYER_FRONT);
    canvas_join(&area, (size_t[]){7, 0}, (size_t[]){7, 0}, 2, LAYER_FRONT);
    canvas_holds(&area, &it, " ⠁⠁⠁\n");
}

/* ---- the axis ---------------------------------------------------------------------- */

static void span_holds(double low, double high, double least, double greatest,
                       const char *ticks)
{
    arena memory = {0};
    char told[200] = "";
    span of = span_of(low, high, 5);
    for (long long k = of.first; k <= of.last; k++) {
        strcat(told, k == of.first ? "" : " ");
        strcat(told, span_words(&memory, &of, k));
    }
    assert_string_equal(told, ticks);
    assert_true(of.least == least && of.greatest == greatest);
    arena_free(&memory);
}

static void an_axis_has_round_numbers(void **state)
{
    (void)state;
    span_holds(0, 100, 0, 100, "0 20 40 60 80 100");
    span_holds(3, 97, 0, 100, "0 20 40 60 80 100");
    span_holds(0.21, 0.94, 0.2, 1.0, "0.2 0.4 0.6 0.8 1.0");
    span_holds(-7, 12, -7.5, 12.5, "-5 0 5 10");
    span_holds(0, 6e9, 0, 6e9, "0 2e+09 4e+09 6e+09");
}

static void an_axis_of_one_number_lies_around_it(void **state)
{
    (void)state;
    span_holds(50, 50, 25, 75, "30 40 50 60 70");
    span_holds(0, 0, -1, 1, "-1.0 -0.5 0.0 0.5 1.0");
    span_holds(INFINITY, -INFINITY, -1, 1, "-1.0 -0.5 0.0 0.5 1.0");
    span_holds(NAN, NAN, -1, 1, "-1.0 -0.5 0.0 0.5 1.0");
}

static void any_number_has_its_place_on_any_axis(void **state)
{
    (void)state;
    const double numbers[] = {0,      -1,     1,   1e-300,     -1e300,   1e308,
                              -1e308, 5e-324, 1e9, 1e9 + 1e-6, -1.7e308, 1.7e308};
    const size_t count = sizeof numbers / sizeof numbers[0];
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            span of =
                span_of(fmin(numbers[i], numbers[j]), fmax(numbers[i], numbers[j]), 5);
            double one = span_place(&of, numbers[i]),
                   other = span_place(&of, numbers[j]);
            assert_true(one >= 0 && one <= 1 && other >= 0 && other <= 1);
            assert_true(numbers[i] <= numbers[j] ? one <= other : one >= other);
            assert_true(of.last - of.first <= 12);
        }
}

/* ---- bars -------------------------------------------------------------------------- */

static void bar_holds(double least, double greatest, double value, double mark,
                      bool ascii, const char *expected)
{
    paper it;
    paper_begin(&it, 40);
    bar_print(&it.to, 8, least, greatest, value, mark, ascii, PLOT_PLAIN);
    paper_holds(&it, expected);
}

static void a_bar_tells_eighths_of_a_cell(void **state)
{
    (void)state;
    bar_holds(0, 64, 64, NAN, false, "  ████████");
    bar_holds(0, 64, 27, NAN, false, "  ███▍");
    bar_holds(0, 64, 1, NAN, false, "  ▏");
    bar_holds(0, 64, 0.001, NAN, false, "  ▏");
    bar_holds(0, 64, 0, NAN, false, "");
    bar_holds(0, 64, NAN, NAN, false, "");
    bar_holds(0, 0, 0, NAN, false, "");
    bar_holds(0, 64, 27, NAN, true, "  ###");
    bar_holds(0, 64, 28, NAN, true, "  ####");
    bar_holds(0, 64, 1, NAN, true, "  #");
}

static void a_mark_lies_across_the_bar(void **state)
{
    (void)state;
    bar_holds(0, 64, 64, 32, false, "  ████┃███");
    bar_holds(0, 64, 16, 40, false, "  ██   ┃");
    bar_holds(0, 64, 16, 64, true, "  ##     |");
}

static void a_negative_bar_runs_to_the_left_of_0(void **state)
{
    (void)state;
    bar_holds(-32, 32, 16, NAN, false, "      ██");
    bar_holds(-32, 32, -16, NAN, false, "    ██");
    bar_holds(-32, 32, -20, NAN, false, "   ▐██");
    bar_holds(-64, 0, -64, NAN, true, "  ########");
}

/* ---- whole pictures ---------------------------------------------------------------- */

enum { PARTIES_MOST = 8, SIZE_MOST = 400, TURNS_MOST = 30 };

/* Results made up: nothing of them was computed from a scenario. */
typedef struct made {
    truce_party people[PARTIES_MOST];
    truce_scenario scenario;
    size_t items[PARTIES_MOST];
    double utilities[SIZE_MOST * PARTIES_MOST], front[SIZE_MOST * PARTIES_MOST];
    bool permitted[SIZE_MOST];
    double least[PARTIES_MOST], greatest[PARTIES_MOST];
    double reservation[PARTIES_MOST], today[PARTIES_MOST];
    double solved[TRUCE_SOLUTION_KINDS][PARTIES_MOST];
    truce_rating ratings[TRUCE_SOLUTION_KINDS];
    double said[TURNS_MOST][PARTIES_MOST];
    truce_turn turns[TURNS_MOST];
    truce_seat_result seats[PARTIES_MOST];
    truce_value agreement;
    truce_cloud cloud;
    truce_frontier frontier;
    truce_points points;
    truce_session session;
    truce_bargain what;
} made;

static const char *const ids[PARTIES_MOST] = {
    "A", "B", "a-very-long-identifier-of-a-party", "D", "E", "F", "G", "H"};
static const char *const names[PARTIES_MOST] = {
    "Anna",
    "B",
    "The Commonwealth of Several Rather Distant Islands and Atolls",
    "中华人民共和国与非常长的名字以及更多的字中华人民共和国与非常长的名字",
    "E",
    "F",
    "ประเทศไทย",
    "H"};

/* Two parties, an outcome in each corner of 0..100, so that the axes are known. */
static void make(made *it, size_t parties, size_t size)
{
    memset(it, 0, sizeof *it);
    for (size_t p = 0; p < parties; p++) {
        it->people[p].label.id = ids[p];
        it->people[p].name = names[p];
        it->items[p] = p;
        it->reservation[p] = it->today[p] = NAN;
        it->seats[p] = (truce_seat_result){.party = p, .utility = 50, .offers = 1};
        it->least[p] = 0;
        it->greatest[p] = 100;
    }
    it->scenario.parties = it->people;
    it->scenario.party_count = parties;
    truce_list all = {it->items, parties};
    it->cloud.finding.scenario = it->frontier.finding.scenario = &it->scenario;
    it->points.finding.scenario = it->session.finding.scenario = &it->scenario;
    it->cloud.parties = it->frontier.parties = it->points.parties = all;
    it->session.parties = all;
    it->cloud.outcomes.exact = "1000000000000000000000000000000";
    it->cloud.size = size;
    it->cloud.utilities = it->utilities;
    it->cloud.permitted = it->permitted;
    it->cloud.least = it->least;
    it->cloud.greatest = it->greatest;
    it->cloud.reservation = it->reservation;
    it->cloud.status_quo = it->today;
    it->points.disagreement = it->reservation;
    it->frontier.utilities = it->front;
    it->frontier.complete = true;
    it->session.seats = it->seats;
    it->session.turns = it->turns;
    for (size_t k = 0; k < TRUCE_SOLUTION_KINDS; k++) {
        it->ratings[k].utilities = it->solved[k];
        it->points.solutions[k].items = &it->ratings[k];
    }
    for (size_t t = 0; t < TURNS_MOST; t++)
        it->turns[t].utilities = it->said[t];
    it->what.across = it->what.up = TRUCE_NOBODY;
}

static char *drawn(const made *it, unsigned width, bool ascii)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    truce_bargain_plot(out, &it->what, &(truce_style){.width = width, .ascii = ascii});
    fclose(out);
    assert_int_equal(text_valid(text, size), size);
    return text;
}

/* Calls of a line: its length, and where the next begins. */
static size_t line_length(const char *line)
{
    return strcspn(line, "\n");
}

static void every_line_fits(const char *text, size_t width)
{
    for (const char *line = text; *line; line += line_length(line) + 1) {
        if (text_width(line, line_length(line)) > width)
            print_error("%zu columns: %.*s\n", width, (int)line_length(line), line);
        assert_true(text_width(line, line_length(line)) <= width);
        assert_true(line_length(line) == 0 || line[line_length(line) - 1] != ' ');
    }
}

/* ---- dots where they belong -------------------------------------------------------- */

enum { ROWS_SHOWN = 20, DOTS_HIGH = 80, DOTS_WIDE_MOST = 400 };

typedef struct dots {
    bool lit[DOTS_HIGH][DOTS_WIDE_MOST];
    size_t wide;
} dots;

/* The dots of the picture, read back from its characters, with row 0 lowest. */
static void read_dots(const char *text, size_t width, dots *to)
{
    static const uint8_t bits[4][2] = {
        {0x40, 0x80}, {0x04, 0x20}, {0x02, 0x10}, {0x01, 0x08}};
    memset(to, 0, sizeof *to);
    size_t row = 0;
    for (const char *line = text; *line; line += line_length(line) + 1) {
        size_t before = strcspn(line, "\xE2\n");
        if (before != 4 || row == ROWS_SHOWN)
            continue;
        size_t cell = 0;
        for (const char *at = line + 7; *at != '\n'; cell++) {
            uint8_t pattern = 0;
            if ((uint8_t)at[0] == 0xE2) {
                pattern = (uint8_t)((at[1] & 3) << 6 | (at[2] & 0x3F));
                at += 3;
            } else {
                at++;
            }
            for (size_t y = 0; y < 4; y++)
                for (size_t x = 0; x < 2; x++)
                    to->lit[4 * (ROWS_SHOWN - 1 - row) + y][2 * cell + x] =
                        pattern & bits[y][x];
        }
        row++;
    }
    assert_int_equal(row, ROWS_SHOWN);
    to->wide = 2 * (width - 5);
}

static size_t nearest(double utility, size_t dots_there)
{
    return (size_t)lround(utility / 100 * (double)(dots_there - 1));
}

/* Outcomes that are permitted light the lower left dot of their square of 2 x 2. */
static void the_cloud_lies_where_its_outcomes_do(void **state)
{
    static made it;
    static dots seen, wanted;
    (void)state;
    for (uint64_t round = 0; round < 60; round++) {
        random_stream draw = random_begin(7, round);
        size_t size = 4 + random_below(&draw, SIZE_MOST - 4);
        unsigned width = 40 + (unsigned)random_below(&draw, 161);
        make(&it, 2, size);
        it.what.cloud = &it.cloud;
        memset(&wanted, 0, sizeof wanted);
        for (size_t i = 0; i < size; i++) {
            it.permitted[i] = true;
            for (size_t p = 0; p < 2; p++)
                it.utilities[2 * i + p] =
                    i < 4 ? (double)(100 * (i >> p & 1))
                          : (double)random_below(&draw, 10001) / 100;
            size_t x = nearest(it.utilities[2 * i], 2 * (width - 5));
            size_t y = nearest(it.utilities[2 * i + 1], DOTS_HIGH);
            wanted.lit[y - y % 2][x - x % 2] = true;
        }
        char *text = drawn(&it, width, false);
        read_dots(text, width, &seen);
        assert_memory_equal(seen.lit, wanted.lit, sizeof seen.lit);
        free(text);
    }
}

/* Points of the frontier are squares of 2 x 2 whose lower left dot lies where they do; the
 * cell that they stand in shows nothing else. */
static void the_frontier_lies_where_its_points_do(void **state)
{
    static made it;
    static dots seen;
    (void)state;
    for (uint64_t round = 0; round < 60; round++) {
        random_stream draw = random_begin(8, round);
        unsigned width = 40 + (unsigned)random_below(&draw, 161);
        size_t points = 2 + random_below(&draw, 20);
        make(&it, 2, 0);
        it.what.frontier = &it.frontier;
        it.frontier.size = points;
        for (size_t i = 0; i < points; i++) {
            double part = (double)i / (double)(points - 1);
            it.front[2 * i] = 100 * (1 - part);
            it.front[2 * i + 1] = 100 * part * part;
        }
        char *text = drawn(&it, width, false);
        read_dots(text, width, &seen);
        for (size_t i = 0; i < points; i++) {
            size_t x = nearest(it.front[2 * i], seen.wide);
            size_t y = nearest(it.front[2 * i + 1], DOTS_HIGH);
            for (size_t k = 0; k < 4; k++)
                if (x + k % 2 < seen.wide && y + k / 2 < DOTS_HIGH)
                    assert_true(seen.lit[y + k / 2][x + k % 2]);
        }
        free(text);
    }
}

static void a_mark_under_another_is_named_in_the_legend(void **state)
{
    static made it;
    (void)state;
    make(&it, 2, 4);
    it.what.cloud = &it.cloud;
    it.what.points = &it.points;
    it.cloud.whole = true;
    for (size_t k = 0; k < 4; k++) {
        it.permitted[k] = true;
        it.utilities[2 * k] = it.utilities[2 * k + 1] = k % 2 ? 0 : 100;
    }
    for (size_t k = 0; k < 3; k++) {
        it.points.solutions[k].count = 1;
        it.solved[k][0] = k < 2 ? 60 : 20;
        it.solved[k][1] = k < 2 ? 70 : 80;
    }
    char *text = drawn(&it, 80, false);
    assert_non_null(strstr(
        text, "⡂ outcomes   N Nash   K Kalai-Smorodinsky, under N   E egalitarian\n"));
    assert_non_null(strstr(text, "  N K  60.0  "));
    assert_null(strstr(text, "outside"));
    free(text);
}

static double some_number(random_stream *draw)
{
    static const double odd[] = {0, 0, 1, 50, -30, 1e-9, 1e18};
    return random_below(draw, 3) == 0 ? odd[random_below(draw, 7)]
                                      : (double)random_below(draw, 10001) / 100;
}

static void scatter(made *it, random_stream *draw, size_t parties)
{
    bool all_equal = random_below(draw, 6) == 0;
    for (size_t i = 0; i < SIZE_MOST * parties; i++) {
        it->utilities[i] = all_equal ? 42 : some_number(draw);
        it->front[i] = all_equal ? 42 : some_number(draw);
    }
    for (size_t i = 0; i < SIZE_MOST; i++)
        it->permitted[i] = random_below(draw, 2);
    for (size_t p = 0; p < parties; p++) {
        it->reservation[p] = random_below(draw, 2) ? NAN : some_number(draw);
        it->today[p] = random_below(draw, 4) ? some_number(draw) : NAN;
        it->seats[p].utility = some_number(draw);
        for (size_t k = 0; k < TRUCE_SOLUTION_KINDS; k++)
            it->solved[k][p] = all_equal ? 42 : some_number(draw);
        for (size_t t = 0; t < TURNS_MOST; t++)
            it->said[t][p] = all_equal ? 42 : some_number(draw);
    }
    for (size_t t = 0; t < TURNS_MOST; t++)
        it->turns[t].seat =
            random_below(draw, 9) ? random_below(draw, parties) : TRUCE_NOBODY;
    it->cloud.whole = random_below(draw, 2);
    it->frontier.complete = random_below(draw, 2);
    it->frontier.size = random_below(draw, SIZE_MOST);
    it->session.turn_count = random_below(draw, TURNS_MOST);
    it->session.agreement = random_below(draw, 2) ? &it->agreement : NULL;
    for (size_t k = 0; k < TRUCE_SOLUTION_KINDS; k++)
        it->points.solutions[k].count = random_below(draw, 2);
}

static void choose_parts(made *it, random_stream *draw, size_t parties)
{
    uint64_t parts = 1 + random_below(draw, 15);
    it->what.cloud = parts & 1 ? &it->cloud : NULL;
    it->what.frontier = parts & 2 ? &it->frontier : NULL;
    it->what.points = parts & 4 ? &it->points : NULL;
    it->what.session = parts & 8 ? &it->session : NULL;
    if (parties > 1 && random_below(draw, 3) == 0) {
        it->what.across = parties - 1;
        it->what.up = random_below(draw, parties - 1);
    }
}

static size_t times(const char *text, const char *what)
{
    size_t count = 0;
    for (; (text = strstr(text, what)) != NULL; text += strlen(what))
        count++;
    return count;
}

static void whatever_is_drawn_fits_the_page(void **state)
{
    static made it;
    (void)state;
    for (uint64_t round = 0; round < 400; round++) {
        random_stream draw = random_begin(9, round);
        size_t parties = 1 + random_below(&draw, PARTIES_MOST);
        unsigned width = 40 + (unsigned)random_below(&draw, 161);
        make(&it, parties, random_below(&draw, SIZE_MOST));
        scatter(&it, &draw, parties);
        choose_parts(&it, &draw, parties);
        char *text = drawn(&it, width, random_below(&draw, 2));
        every_line_fits(text, width);
        assert_true(strstr(text, "nan") == NULL && strstr(text, "inf") == NULL);
        size_t pictures = it.what.across != TRUCE_NOBODY ? 1
                          : parties == 2                 ? 1
                          : parties == 3                 ? 3
                                                         : 0;
        assert_int_equal(times(text, "Picture:"), pictures);
        free(text);
    }
}

static void without_unicode_only_names_are_more_than_ascii(void **state)
{
    static made it;
    (void)state;
    make(&it, 3, SIZE_MOST);
    random_stream draw = random_begin(10, 0);
    scatter(&it, &draw, 3);
    it.what = (truce_bargain){&it.cloud,   &it.frontier, &it.points,
                              &it.session, TRUCE_NOBODY, TRUCE_NOBODY};
    char *text = drawn(&it, 80, true);
    for (const char *at = text; *at; at++)
        assert_true((unsigned char)*at < 0x80);
    free(text);
}

/* ---- counts ------------------------------------------------------------------------ */

static void shares_of_huge_counts_are_told(void **state)
{
    (void)state;
    truce_deals deals = {.outcomes.exact = "2000000000000000000000000000000000",
                         .acceptable_to_principals.exact =
                             "1000000000000000000000000000000000",
                         .acceptable = {NULL, "0", "20000000000000000000000000000000"},
                         .efficient.exact = "0"};
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    truce_deals_plot(out, &deals, &(truce_style){.width = 52});
    fclose(out);
    assert_string_equal(text, "\nOf all outcomes\n"
                              "  all                  100.0 %  ████████████████████\n"
                              "  principals accept     50.0 %  ██████████\n"
                              "  everybody needed      <1.0 %  ▎\n"
                              "  efficient               none\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_has_eight_dots_counted_from_its_lower_left),
        cmocka_unit_test(dots_beyond_the_canvas_are_left_out),
        cmocka_unit_test(
            a_line_is_seen_through_the_cloud_and_the_frontier_stands_alone),
        cmocka_unit_test(the_first_letter_of_a_cell_stays),
        cmocka_unit_test(without_unicode_each_layer_has_a_letter),
        cmocka_unit_test(joined_points_have_dots_between_them),
        cmocka_unit_test(an_axis_has_round_numbers),
        cmocka_unit_test(an_axis_of_one_number_lies_around_it),
        cmocka_unit_test(any_number_has_its_place_on_any_axis),
        cmocka_unit_test(a_bar_tells_eighths_of_a_cell),
        cmocka_unit_test(a_mark_lies_across_the_bar),
        cmocka_unit_test(a_negative_bar_runs_to_the_left_of_0),
        cmocka_unit_test(the_cloud_lies_where_its_outcomes_do),
        cmocka_unit_test(the_frontier_lies_where_its_points_do),
        cmocka_unit_test(a_mark_under_another_is_named_in_the_legend),
        cmocka_unit_test(whatever_is_drawn_fits_the_page),
        cmocka_unit_test(without_unicode_only_names_are_more_than_ascii),
        cmocka_unit_test(shares_of_huge_counts_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
