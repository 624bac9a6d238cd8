/* What the points among outcomes are worth to each party, in bars for the terminal. */
#include "report/terminal_plot.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

/* A row: the letters of all that are worth the same, and to each party how much. */
typedef struct worth {
    const char *letters;
    double *utilities; /* [parties.count] */
} worth;

typedef struct worths {
    truce_list parties;
    worth rows[NAMED];
    size_t count;
} worths;

static bool is_worth(const worth *row, const double *utilities, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (row->utilities[k] != utilities[k])
            return false;
    return true;
}

static double worth_of(const truce_bargain *what, size_t named, size_t party)
{
    if (named == AGREEMENT)
        return agreed_of(what, party);
    if (named == STATUS_QUO)
        return status_quo_of(what, party);
    size_t kind = named - 1, place = place_in_list(points_parties(what), party);
    return place != TRUCE_NOBODY && has_solution(what, kind)
               ? what->points->solutions[kind].items[0].utilities[place]
               : NAN;
}

static void add_worth(arena *memory, worths *to, const truce_bargain *what,
                      size_t named)
{
    size_t count = to->parties.count, known = 0;
    double *utilities = arena_array(memory, count, double);
    for (size_t k = 0; k < count; k++) {
        utilities[k] = worth_of(what, named, to->parties.items[k]);
        known += isfinite(utilities[k]);
    }
    if (known == 0)
        return;
    for (size_t r = 0; r < to->count; r++) {
        if (!is_worth(&to->rows[r], utilities, count))
            continue;
        to->rows[r].letters =
            arena_format(memory, "%s %c", to->rows[r].letters, named_letter(named));
        return;
    }
    to->rows[to->count++] =
        (worth){arena_format(memory, "%c", named_letter(named)), utilities};
}

static double scale_of(const worths *of, size_t k, double outside)
{
    double scale = isfinite(outside) ? fabs(outside) : 0;
    for (size_t r = 0; r < of->count; r++)
        if (isfinite(of->rows[r].utilities[k]))
            scale = fmax(scale, fabs(of->rows[r].utilities[k]));
    return scale;
}

/* Short, whatever the scale of the file. */
static const char *row_words(page *to, const worths *of, size_t r, size_t k,
                             double outside)
{
    enum { LONGEST = 12 };
    double value = of->rows[r].utilities[k];
    const char *words = utility_words(&to->memory, value, scale_of(of, k, outside));
    return strlen(words) <= LONGEST ? words : number_words(&to->memory, value);
}

static size_t widest_letters(const worths *of)
{
    size_t widest = 0;
    for (size_t r = 0; r < of->count; r++) {
        size_t width = strlen(of->rows[r].letters);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static size_t widest_number(page *to, const worths *of, size_t k, double outside)
{
    size_t widest = 0;
    for (size_t r = 0; r < of->count; r++) {
        size_t width = strlen(row_words(to, of, r, k, outside));
        widest = width > widest ? width : widest;
    }
    return widest;
}

static void say_party(page *to, const truce_scenario *scenario, size_t party,
                      double outside)
{
    if (isfinite(outside))
        page_say(to, 0, "%s, outside option %s", party_called(scenario, party),
                 utility_words(&to->memory, outside, outside));
    else
        page_say(to, 0, "%s", party_called(scenario, party));
}

static void print_party(page *to, const worths *of, const truce_bargain *what, size_t k,
                        bool ascii)
{
    enum { LEAST_CELLS = 4 };
    size_t party = of->parties.items[k],
           place = place_in_list(cloud_parties(what), party);
    double outside = reservation_of(what, party), least = 0, greatest = 0;
    for (size_t r = 0; r <= of->count; r++) {
        double value = r < of->count ? of->rows[r].utilities[k] : outside;
        least = isfinite(value) ? fmin(least, value) : least;
        greatest = isfinite(value) ? fmax(greatest, value) : greatest;
    }
    if (place != TRUCE_NOBODY && isfinite(what->cloud->greatest[place]))
        greatest = fmax(greatest, what->cloud->greatest[place]);
    size_t letters = widest_letters(of), numbers = widest_number(to, of, k, outside);
    size_t taken = BAR_INDENT + letters + 2 + numbers + 2;
    size_t cells = to->width > taken + LEAST_CELLS ? to->width - taken : LEAST_CELLS;
    say_party(to, bargain_scenario(what), party, outside);
    for (size_t r = 0; r < of->count; r++) {
        fprintf(to->out, "%*s%-*s  %*s", BAR_INDENT, "", (int)letters,
                of->rows[r].letters, (int)numbers, row_words(to, of, r, k, outside));
        bar_print(to, cells, least, greatest, of->rows[r].utilities[k], outside, ascii,
                  PLOT_PARTY + (unsigned)(k % 4));
        fputc('\n', to->out);
    }
    to->blank = false;
}

static void explain_letters(page *to, const truce_bargain *what)
{
    legend of = {.to = to};
    for (size_t named = 0; named < NAMED; named++) {
        char letter[2] = {named_letter(named)};
        bool there = false;
        for (size_t k = 0; k < points_parties(what).count; k++)
            there |= isfinite(worth_of(what, named, points_parties(what).items[k]));
        for (size_t k = 0; k < session_parties(what).count; k++)
            there |= isfinite(worth_of(what, named, session_parties(what).items[k]));
        if (there)
            key_add(&of, letter, PLOT_POINT, named_words(named));
    }
    legend_end(&of);
    to->blank = false;
    page_gap(to);
}

static bool has_outside(const truce_bargain *what, truce_list parties)
{
    for (size_t k = 0; k < parties.count; k++)
        if (isfinite(reservation_of(what, parties.items[k])))
            return true;
    return false;
}

void terminal_worths(page *to, const truce_bargain *what, bool explained, bool ascii)
{
    worths of = {.parties =
                     what->session ? session_parties(what) : points_parties(what)};
    for (size_t named = 0; named < NAMED; named++)
        add_worth(&to->memory, &of, what, named);
    if (of.count == 0 || of.parties.count == 0)
        return;
    page_heading(to, "What they are worth");
    for (size_t k = 0; k < of.parties.count; k++)
        print_party(to, &of, what, k, ascii);
    page_gap(to);
    if (!explained)
        explain_letters(to, what);
    page_remark(to, 0,
                "Bars begin at 0; a full one is the best of the outcomes shown%s%s.",
                has_outside(what, of.parties) ? (ascii ? "; | is" : "; ┃ is") : "",
                has_outside(what, of.parties) ? " the outside option" : "");
}
