/* Made-up lists of people, for trying the exchange: nobody in them lives. Every person is
 * drawn from a stream of its own, so that a longer list begins like a shorter one. */
#include "base/calendar.h"
#include "base/error.h"
#include "base/random.h"

#include <truce/exchange.h>

#include <inttypes.h>
#include <string.h>

enum { SITES_BY_DEFAULT = 4, DAYS_OF_CAPTURE = 1150 };

static const uint64_t MOST_PEOPLE = UINT64_C(1000000000);
static const int64_t FIRST_CAPTURE = 19050; /* 2022-02-27 */

/* One of words, by weights that sum to 100. */
typedef struct share {
    const char *word;
    unsigned percent;
} share;

static const share classes[] = {{"soldier", 70},
                                {"border-guard", 10},
                                {"medic", 5},
                                {"officer", 10},
                                {"civilian", 5}};
static const share ranks[] = {{"private", 55},   {"corporal", 15}, {"sergeant", 12},
                              {"lieutenant", 7}, {"captain", 5},   {"major", 3},
                              {"lt-colonel", 2}, {"colonel", 1}};
static const share healths[] = {{"fit", 80},           {"wounded", 9},
                                {"sick", 6},           {"seriously-wounded", 2},
                                {"seriously-sick", 1}, {"unfit-to-travel", 2}};
static const share consents[] = {{"yes", 96}, {"no", 2}, {"unknown", 2}};
static const share statuses[] = {{"verified", 91}, {"claimed", 4},  {"disputed", 2},
                                 {"duplicate", 1}, {"not-held", 1}, {"dead", 1}};

#define DRAW(stream, shares) draw(stream, shares, sizeof shares / sizeof *shares)

static const char *draw(random_stream *stream, const share *shares, size_t count)
{
    uint64_t at = random_below(stream, 100);
    size_t k = 0;
    for (; k + 1 < count && at >= shares[k].percent; k++)
        at -= shares[k].percent;
    return shares[k].word;
}

static void write_date(FILE *out, int64_t day)
{
    civil date = civil_of(day);
    fprintf(out, "%04" PRId64 "-%02d-%02d", date.year, date.month, date.day);
}

/* From low to high tenths. */
static void write_tenths(FILE *out, random_stream *stream, uint64_t low, uint64_t high)
{
    uint64_t tenths = low + random_below(stream, high - low + 1);
    fprintf(out, ",%" PRIu64 ".%" PRIu64, tenths / 10, tenths % 10);
}

static void write_drawn(FILE *out, const truce_people_generation *choices,
                        unsigned side, uint64_t which)
{
    random_stream stream = random_begin(choices->seed, 2 * which + side);
    unsigned sites = choices->sites ? choices->sites : SITES_BY_DEFAULT;
    const char *class_name = DRAW(&stream, classes), *rank = DRAW(&stream, ranks);
    fprintf(out, ",%s,%s,", class_name, strcmp(class_name, "civilian") ? rank : "");
    write_date(out, FIRST_CAPTURE + (int64_t)random_below(&stream, DAYS_OF_CAPTURE));
    const char *health = DRAW(&stream, healths);
    bool serious = strncmp(health, "seriously", strlen("seriously")) == 0;
    fprintf(out, ",%s,%s,%s", health, serious ? "yes" : "no", DRAW(&stream, consents));
    fprintf(out, ",%s,%s-%" PRIu64, DRAW(&stream, statuses), choices->sides[side],
            random_below(&stream, sites) + 1);
    write_tenths(out, &stream, 5, 50);
    write_tenths(out, &stream, 1, 30);
}

/* Of ten two are late, one must go early, one has a window, and six are ready always. From a
 * stream of its own: the other columns are as without. */
static void write_ready(FILE *out, const truce_people_generation *choices,
                        unsigned side, uint64_t which)
{
    random_stream stream = random_begin(~choices->seed, 2 * which + side);
    uint64_t kind = random_below(&stream, 10);
    int64_t day = choices->ready_from +
                  (int64_t)random_below(&stream, choices->ready_days),
            last = choices->ready_from + (int64_t)choices->ready_days - 1;
    bool is_late = kind < 2 || kind == 3, is_early = kind == 2 || kind == 3;
    fputc(',', out);
    if (is_late)
        write_date(out, day);
    fputc(',', out);
    if (is_early)
        write_date(out, is_late ? day + (int64_t)random_below(
                                            &stream, (uint64_t)(last - day) + 1)
                                : day);
}

static void write_person(FILE *out, const truce_people_generation *choices,
                         unsigned side, uint64_t which)
{
    fprintf(out, "%s-%06" PRIu64 ",%s,%s", choices->sides[side], which + 1,
            choices->sides[side], choices->sides[1 - side]);
    if (choices->plain)
        fputs(",soldier,private,2024-01-01,fit,no,yes,verified,site,1,1", out);
    else
        write_drawn(out, choices, side, which);
    if (choices->ready_days > 0)
        write_ready(out, choices, side, which);
    fputc('\n', out);
}

/* Could it stand in a cell as it is? */
static bool is_plain(const char *text)
{
    return text && *text && strpbrk(text, ",\"\r\n") == NULL;
}

truce_status truce_people_generate(const truce_people_generation *choices,
                                   unsigned side, FILE *out, truce_error *error)
{
    if (!is_plain(choices->sides[0]) || !is_plain(choices->sides[1]) ||
        strcmp(choices->sides[0], choices->sides[1]) == 0)
        return error_say(error, TRUCE_CALL,
                         "the sides need two different names without commas or quotes");
    if (side > 1 || choices->counts[side] > MOST_PEOPLE)
        return error_say(error, TRUCE_CALL, "a list has at most 10^9 people");
    fprintf(out,
            "id,holder,home,class,rank,captured,health,owed,consent,status,site,"
            "worth_home,cost_holder%s\n",
            choices->ready_days > 0 ? ",ready_from,ready_to" : "");
    for (uint64_t k = 0; k < choices->counts[side] && !ferror(out); k++)
        write_person(out, choices, side, k);
    return fflush(out) == 0 && !ferror(out)
               ? TRUCE_OK
               : error_say(error, TRUCE_LIMIT, "the list could not be written in full");
}
