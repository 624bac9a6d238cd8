/* foreign.h - scenarios of other systems: a domain and profiles become a truce_scenario.
 *
 * What the readers of GENIUS, GeniusWeb and NegMAS share. Each format tells its files by
 * their content and calls the functions below while it walks a tree: first the issues of
 * the domain, then one party for each profile. load.c reads the files, asks the formats
 * whose they are, and puts the scenario together.
 *
 * The result is what truce_scenario_load() promises: parties are principals that consent
 * to all, the status quo is the first value of each issue, sums are taken as given, and
 * every number has a path and a place. Every mistake is said at its place, and reading
 * goes on after it; a scenario with mistakes is thrown away by load.c.
 */
#ifndef FORMATS_FOREIGN_H
#define FORMATS_FOREIGN_H

#include "base/names.h"
#include "formats/document.h"
#include "scenario/condition.h"

#include <truce/file.h>

/* ---- formats --------------------------------------------------------------------- */

typedef enum foreign_part {
    FOREIGN_NONE,
    FOREIGN_DOMAIN,
    FOREIGN_PROFILE
} foreign_part;

typedef struct foreign foreign;

/* A format of another system.
 *
 *   is              "GENIUS"; for sentences
 *   part            what a tree is by its content, FOREIGN_NONE when it is of another
 *                   format. Looks only as deep as it must to tell, and says nothing.
 *   read_domain     adds the issues of the file at hand
 *   read_profile    adds one party, that of the file at hand; only called when the domain
 *                   was read without a mistake, and has an issue
 */
typedef struct foreign_format {
    truce_format format;
    const char *is;
    foreign_part (*part)(const document *tree);
    void (*read_domain)(foreign *f);
    void (*read_profile)(foreign *f);
} foreign_format;

extern const foreign_format genius_format;    /* genius.c */
extern const foreign_format geniusweb_format; /* geniusweb.c */
extern const foreign_format negmas_format;    /* negmas.c */

/* ---- a scenario in the making ---------------------------------------------------- */

/*   scenario    being filled; complete only when the last profile was read
 *   memory      the scenario's: what is kept must be in it
 *   tree        of the file at hand; its nodes and texts die before the scenario
 *   file_name   of the file at hand, without folder and extension: a party's name where
 *               the format has none
 *   as          whose reading was asked for (TRUCE_OWN: that of the format itself)
 *   real_steps  of an issue that takes any real number, at least 1
 *   issues      their names, to indices
 *   values      [issue_count] the names of values of issues without numbers, to indices
 */
struct foreign {
    truce_scenario *scenario;
    arena *memory;
    document *tree;
    const char *file_name;
    truce_convention as;
    size_t real_steps;
    truce_limits limits;
    names issues;
    names *values;
    void *own; /* what a format keeps from its domain for its profiles, in memory */
    struct foreign_draft *draft; /* of foreign.c alone: what still grows */
};

/* An error at a node; the hint may be NULL. */
void foreign_error(foreign *f, const node *at, const char *hint, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));

/* The same for a warning. */
void foreign_warning(foreign *f, const node *at, const char *hint, const char *format,
                     ...) __attribute__((format(printf, 4, 5)));

/* The exact decimal of a text node: up to 18 digits and an exponent. what is for the
 * sentence: "weight of issue \"Price\"". False after an error. */
bool foreign_decimal(foreign *f, const char *what, const node *text,
                     truce_decimal *number);

/* ---- the domain ------------------------------------------------------------------ */

/* What the scenario is called, when the domain says so; else it is called as its file. */
void foreign_title(foreign *f, const char *name);

/* An issue with named values, an integer one (every whole number from first to last) or a
 * real one (f->real_steps equal steps from first to last, which the scenario then says).
 * name must be a text node, and becomes the issue's id as it stands; a name that stands
 * twice is an error.
 *
 *   values  [count] text nodes; a value that stands twice is an error
 *
 * Returns the index, or TRUCE_NOBODY after an error. O(values). */
size_t foreign_issue(foreign *f, const node *name, const node *const *values,
                     size_t count);
size_t foreign_integer_issue(foreign *f, const node *name, int64_t first, int64_t last);
size_t foreign_real_issue(foreign *f, const node *name, truce_decimal first,
                          truce_decimal last);

/* An issue whose values are first, first + step, ... as far as they are not above last;
 * step > 0. */
size_t foreign_scale_issue(foreign *f, const node *name, truce_decimal first,
                           truce_decimal last, truce_decimal step);

/* The issues of the domain, for readers of profiles; one lives until the next is added. */
size_t foreign_issue_count(const foreign *f);
const truce_issue *foreign_issue_at(const foreign *f, size_t issue);

/* The issue, or the value of an issue, that a profile names; TRUCE_NOBODY after an error
 * that offers the nearest name. A value of an integer issue may be written in any way
 * that is the same number. */
size_t foreign_find_issue(foreign *f, const node *name);
size_t foreign_find_value(foreign *f, size_t issue, const node *name);

/* The same without an error: TRUCE_NOBODY when there is none. */
size_t foreign_value_named(foreign *f, size_t issue, const char *name);

/* ---- profiles -------------------------------------------------------------------- */

/* Begins the party of the file at hand; all weights and worths 0 and not given, no
 * outside option. name may be f->file_name; a second party of the same name gets a
 * number. All functions below are about the party begun last. */
void foreign_party(foreign *f, const char *name, const node *at);

/* What it was read from in the file; at gives the place. */
void foreign_weight(foreign *f, size_t issue, truce_decimal weight, const node *at);
void foreign_worth(foreign *f, size_t issue, size_t value, truce_decimal worth,
                   const node *at);

/* Worths in a straight line from the first value to the last. For issues whose values are
 * numbers. */
void foreign_worth_line(foreign *f, size_t issue, truce_decimal first,
                        truce_decimal last, const node *at);

/* Has this value got its worth? */
bool foreign_is_rated(const foreign *f, size_t issue, size_t value);

/* The worths of an issue are divided by this, which must be above 0. */
void foreign_out_of(foreign *f, size_t issue, truce_decimal divisor);

/* One side of a box: the values from first to last of an issue. */
typedef struct foreign_side {
    size_t issue, first, last;
} foreign_side;

/* A utility for all outcomes in a box (outside: for all that are not in it). Sides of the
 * same issue must all hold. A side with first > last holds for nothing; no sides at all:
 * every outcome. */
void foreign_bonus(foreign *f, const foreign_side *sides, size_t count, bool outside,
                   truce_decimal worth, const node *at);
void foreign_bonus_out_of(foreign *f, truce_decimal divisor);

/* Utilities are cut at this. */
void foreign_cap(foreign *f, truce_decimal cap, const node *at);

/* The reservation value, and the reservation bid [issue_count]; one of them, or none for a
 * party that has no outside option. at is where it stands, or what stands for its absence. */
void foreign_outside(foreign *f, truce_decimal worth, const node *at);
void foreign_outside_bid(foreign *f, const truce_value *bid, const node *at);

/* For each unit of time; must lie between 0 and 1. */
void foreign_discount(foreign *f, truce_decimal discount, const node *at);

/* ---- what load.c needs ----------------------------------------------------------- */

/* Begins with an empty scenario and ends, giving it up; the caller owns it. */
void foreign_begin(foreign *f, const truce_reading *choices);
truce_scenario *foreign_end(foreign *f);

/* Another file is at hand. */
void foreign_turn_to(foreign *f, document *tree, const char *file_name);

/* --set and --for of a finished scenario (foreign_adjust.c): changes numbers by their
 * paths, which are those of the truce file that the scenario would be written as.
 * TRUCE_OK, or TRUCE_CALL with the reason in diagnostics. */
truce_status foreign_adjust(truce_scenario *scenario, const truce_reading *choices,
                            truce_diagnostics *diagnostics);

#endif
