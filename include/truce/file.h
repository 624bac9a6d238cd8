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
