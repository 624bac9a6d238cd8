/* file.h - scenarios in and out of files. */
#ifndef TRUCE_FILE_H
#define TRUCE_FILE_H

#include <truce/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Limits of the reader; 0 stands for the default in brackets. An input beyond one is
 * refused with an error that names the limit and the option that raises it. */
typedef struct truce_limits {
    size_t bytes;  /* [16 MiB] */
    size_t depth;  /* [64] maps and lists within each other; at most 1,000 */
    size_t nodes;  /* [1,000,000] */
    size_t issues; /* [10,000] */
    size_t values; /* [1,000,000] of all issues together */
} truce_limits;

/* How to read. All zero is fine: everything, as the file has it.
 *
 *   shown_to  a party's id or "mediator": only what that reader may see; NULL for the
 * analyst, who sees all. What is hidden is taken out before anything is computed. set
 * [set_count] changes "UA.outside.worth=48" for this reading alone
 */
typedef struct truce_reading {
    const char *shown_to;
    const char *const *set;
    size_t set_count;
    truce_limits limits;
    truce_convention as;         /* whose reading of files of other systems */
    size_t real_steps;           /* [20] steps of an issue that takes any real number */
    const char *const *profiles; /* [profile_count] of a folder only these, by name with
                                    or without extension, in this order */
    size_t profile_count;
} truce_reading;

/* Reads one scenario file ("-" is standard input).
 *
 *   path         the file; kept by name in every place of the result
 *   choices      NULL for the defaults
 *   scenario     receives the scenario, to be freed by the caller; NULL unless TRUCE_OK
 *   diagnostics  receives errors and warnings; up to 20 errors are kept. Must not be
 * NULL.
 *
 * Returns TRUCE_OK (perhaps with warnings), TRUCE_INPUT, or TRUCE_CALL when the choices
 * name an unknown reader or an impossible change (said in diagnostics as well). Takes
 * time and memory linear in the file.
 */
TRUCE_API truce_status truce_scenario_read(const char *path,
                                           const truce_reading *choices,
                                           truce_scenario **scenario,
                                           truce_diagnostics *diagnostics);

/* The same from memory; name stands for the file in places. */
TRUCE_API truce_status truce_scenario_parse(const char *name, const void *bytes,
                                            size_t length, const truce_reading *choices,
                                            truce_scenario **scenario,
                                            truce_diagnostics *diagnostics);

/* Reads a scenario from one truce file; or from a domain and its profiles, in any order
 * (the parties come in the order of the profiles); or from a folder that holds them (the
 * profiles in the order of their names' bytes). Formats are told by content, never by
 * name.
 *
 *   paths  [count] at least one
 *
 * A scenario of another system is given what truce asks for and it has not: every party
 * is a principal with consent to all, the status quo is each issue's first value, and
 * utilities are "sum: as-given" on the scale of that system, so that the whole is the
 * same as the truce file that truce_scenario_convert() would write. A reservation value
 * is the outside option; absent, there is an outside option of 0, except where the
 * system says otherwise (docs/formats.md).
 * Returns and diagnostics as truce_scenario_read(). */
TRUCE_API truce_status truce_scenario_load(const char *const *paths, size_t count,
                                           const truce_reading *choices,
                                           truce_scenario **scenario,
                                           truce_diagnostics *diagnostics);

/* ---- out ------------------------------------------------------------------------- */

/* One file to be written: its name (without folder) and bytes. */
typedef struct truce_written {
    const char *name;
    const char *bytes; /* NUL behind them */
    size_t length;
} truce_written;

/* A scenario in another format: one truce file, or a domain and one profile a party.
 *
 *   losses  what the format cannot hold, one sentence each: "red line red:UA:1"; they
 *           are not in the files
 */
typedef struct truce_conversion {
    truce_format format;
    const truce_written *files;
    size_t file_count;
    truce_texts losses;
    void *memory;
} truce_conversion;

/* Writes a scenario into memory. What is written and read again has the same utilities,
 * exactly, reservation values and discounts included.
 *
 *   to     any format but TRUCE_FORMAT_NEGMAS
 *   lossy  whether something may be left out
 *
 * TRUCE_OK; TRUCE_NONE when something would be lost and lossy is false: the result then
 * has losses and no files; TRUCE_CALL for a format that cannot be written. O(scenario). */
TRUCE_API truce_status truce_scenario_convert(const truce_scenario *scenario,
                                              truce_format to, bool lossy,
                                              truce_conversion **result,
                                              truce_error *error);
TRUCE_API void truce_conversion_free(truce_conversion *result); /* NULL is fine */

/* Kinds of made-up preferences; docs/questions/generate.md has the formulas. */
typedef enum truce_kind {
    TRUCE_OPPOSED,     /* what is good for the 1st, 3rd, ... is bad for the others */
    TRUCE_INDEPENDENT, /* worths at random */
    TRUCE_INTEGER,     /* whole worths and weights: many ties */
    TRUCE_CLUSTERED    /* two camps */
} truce_kind;

typedef struct truce_generation {
    size_t issues, values, parties; /* each at least 1, parties at most 64 */
    truce_kind kind;
    uint64_t seed;
    size_t
        rules; /* implications "if a = x then b != y" between issues near each other */
} truce_generation;

/* A made-up scenario for measurements and tests: the same choices give the same bytes in
 * every version of the program. TRUCE_OK, or TRUCE_CALL for impossible sizes. */
TRUCE_API truce_status truce_scenario_generate(const truce_generation *choices,
                                               truce_scenario **scenario,
                                               truce_error *error);

/* Checks the sources of a scenario against the files in folder: hashes, lines, quotes.
 * Adds warnings to diagnostics. Sources whose file is not there are counted in missing
 * (may be NULL). Returns TRUCE_OK, or TRUCE_CALL when folder cannot be opened. */
TRUCE_API truce_status truce_sources_check(const truce_scenario *scenario,
                                           const char *folder, size_t *missing,
                                           truce_diagnostics *diagnostics);

/* A commented scenario to begin with, called id, in freshly allocated memory (free()).
 */
TRUCE_API char *truce_scenario_skeleton(const char *id);

#ifdef __cplusplus
}
#endif

#endif
