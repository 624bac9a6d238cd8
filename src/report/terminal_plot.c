/* Pictures of results for the terminal: what is given, the letters of marks, their legend, and
 * how many outcomes remain. */
#include "report/terminal_plot.h"

#include "base/text.h"
#include "report/words.h"

#include <truce/plot.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEGEND_INDENT = 2 };

/* ---- what is given ----------------------------------------------------------------- */

static const char solution_letters[TRUCE_SOLUTION_KINDS] = {'N', 'K', 'E', 'U', 'L'};
static const char *const solution_words[TRUCE_SOLUTION_KINDS] = {
    "Nash", "Kalai-Smorodinsky", "egalitarian", "utilitarian", "equal-loss"};

static truce_list no_parties(void)
{
    return (truce_list){NULL, 0};
}

truce_list cloud_parties(const truce_bargain *what)
{
    return what->cloud ? what->cloud->parties : no_parties();
}

truce_list frontier_parties(const truce_bargain *what)
{
    return what->frontier ? what->frontier->parties : no_parties();
}

truce_list points_parties(const truce_bargain *what)
{
    return what->points ? what->points->parties : no_parties();
}

truce_list session_parties(const truce_bargain *what)
{
    return what->session ? what->session->parties : no_parties();
}

const truce_scenario *bargain_scenario(const truce_bargain *what)
{
    const truce_finding *finding = what->frontier  ? &what->frontier->finding
                                   : what->cloud   ? &what->cloud->finding
                                   : what->session ? &what->session->finding
                                                   : &what->points->finding;
    return finding->scenario;
}

double agreed_of(const truce_bargain *what, size_t party)
{
    size_t place = place_in_list(session_parties(what), party);
    return place == TRUCE_NOBODY || what->session->agreement == NULL
               ? NAN
               : what->session->seats[place].utility;
}

bool has_solution(const truce_bargain *what, size_t kind)
{
    return what->points && !what->points->solutions[kind].absent &&
           what->points->solutions[kind].count > 0;
}

char named_letter(size_t named)
{
    return named == AGREEMENT    ? '*'
           : named == STATUS_QUO ? 'S'
                                 : solution_letters[named - 1];
}

const char *named_words(size_t named)
{
    return named == AGREEMENT    ? "agreement"
           : named == STATUS_QUO ? "status quo"
                                 : solution_words[named - 1];
}

/* ---- a legend ---------------------------------------------------------------------- */

void key_add(legend *of, const char *glyph, unsigned shade, const char *words)
{
    page *to = of->to;
    size_t glyph_width = text_width(glyph, strlen(glyph));
    size_t hang = LEGEND_INDENT + glyph_width + 1;
    size_t width = glyph_width + 1 + text_width(words, strlen(words));
    bool fits = of->used > 0 && of->used + 3 + width <= to->width;
    if (of->used > 0 && !fits)
        fputc('\n', to->out);
    page_spaces(to, fits ? 3 : LEGEND_INDENT);
    plot_ink_on(to, shade);
    page_put(to, glyph, strlen(glyph));
    plot_ink_off(to, shade);
    page_spaces(to, 1);
    of->used = fits ? of->used + 3 + width : LEGEND_INDENT + width;
    const char *rest;
    for (size_t length, line = 0;
         (length = wrap_line(&words, &rest, to->width - hang)) > 0; words = rest) {
        if (line++ > 0) {
            fputc('\n', to->out);
            page_spaces(to, hang);
            of->used = hang + text_width(words, length);
        }
        page_put(to, words, length);
    }
}

void legend_end(legend *of)
{
    if (of->used > 0)
        fputc('\n', of->to->out);
    of->used = 0;
}

/* ---- the whole ---------------------------------------------------------------------- */

void truce_bargain_plot(FILE *out, const truce_bargain *what, const truce_style *style)
{
    page to = page_begin(out, style);
    bool ascii = style && style->ascii;
    truce_list parties = what->frontier  ? frontier_parties(what)
                         : what->cloud   ? cloud_parties(what)
                         : what->session ? session_parties(what)
                                         : points_parties(what);
    to.begun = true;
    terminal_pictures(&to, what, parties, ascii);
    bool explained = parties.count == 2 || parties.count == 3 ||
                     (what->across != TRUCE_NOBODY && what->up != TRUCE_NOBODY);
    terminal_worths(&to, what, explained, ascii);
    page_end(&to);
}

/* ---- bars of how many outcomes remain ---------------------------------------------- */

/* The share of part in all, of numbers of any length. */
static double share_of(const char *part, const char *all)
{
    enum { DIGITS = 15 };
    char text[2][DIGITS + 1] = {"", ""};
    if (part == NULL || all == NULL)
        return NAN;
    strncat(text[0], part, DIGITS);
    strncat(text[1], all, DIGITS);
    double first = strtod(text[0], NULL), second = strtod(text[1], NULL);
    if (first == 0 || second == 0)
        return 0;
    double share = first / second;
    long more = (long)(strlen(part) - strlen(text[0]));
    long less = (long)(strlen(all) - strlen(text[1]));
    for (; more > less; more--)
        share *= 10;
    for (; more < less; less--)
        share /= 10;
    return share;
}

static const char *share_words(arena *memory, double share)
{
    if (isnan(share))
        return "";
    if (share == 0)
        return "none";
    return arena_format(memory, share >= 0.001 ? "%.1f %%" : "%.1e %%", share * 100);
}

static void print_count(page *to, const char *words, size_t widest, truce_count count,
                        truce_count all, bool ascii)
{
    enum { SHARE_WIDTH = 9, LEAST_CELLS = 4 };
    const char *most = count.exact ? count.exact : count.high;
    double share = share_of(most, all.exact);
    const char *told = share_words(&to->memory, share);
    if (count.exact == NULL && *told)
        told = arena_format(&to->memory, "<%s", told);
    size_t taken = BAR_INDENT + widest + 2 + SHARE_WIDTH + 2;
    size_t cells = to->width > taken + LEAST_CELLS ? to->width - taken : LEAST_CELLS;
    page_spaces(to, BAR_INDENT);
    fprintf(to->out, "%-*s  %*s", (int)widest, words, SHARE_WIDTH, told);
    bar_print(to, cells, 0, 1, isnan(share) ? 0 : share, NAN, ascii, PLOT_FRONT);
    fputc('\n', to->out);
}

void truce_deals_plot(FILE *out, const truce_deals *result, const truce_style *style)
{
    static const char *const words[] = {"all", "principals accept", "everybody needed",
                                        "efficient"};
    page to = page_begin(out, style);
    const truce_count counts[] = {result->outcomes, result->acceptable_to_principals,
                                  result->acceptable, result->efficient};
    to.begun = true;
    page_heading(&to, "Of all outcomes");
    for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++)
        print_count(&to, words[k], strlen("principals accept"), counts[k],
                    result->outcomes, style && style->ascii);
    page_end(&to);
}
