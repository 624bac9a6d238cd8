/* fields: the scenarios of a plan, from files and folders.
 *
 * A folder may hold a domain and its profiles (one scenario), truce files (each one) and
 * further folders. What lies in a folder and is not for so many parties is left out and
 * told; what is named itself must fit.
 */
#include "tournament/jobs.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/stop.h"
#include "formats/document.h"
#include "play/board.h"

#include <truce/file.h>

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FOLDERS_DEEP = 16, FIELDS_MOST = 100000 };

typedef struct search {
    jobs *all;
    const truce_stop *stop;
    truce_error *error;
    size_t field_room, left_room;
} search;

static bool ends_with(const char *name, const char *tail)
{
    size_t length = strlen(name), end = strlen(tail);
    return length > end && strcmp(name + length - end, tail) == 0;
}

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* ---- one scenario ---------------------------------------------------------------------- */

static size_t seats_of(const truce_scenario *scenario)
{
    size_t principals = 0, all = 0;
    for (size_t p = 0; p < scenario->party_count; p++)
        if (scenario->parties[p].preferences.given) {
            all++;
            principals += scenario->parties[p].role == TRUCE_PRINCIPAL;
        }
    return principals >= 2 ? principals : all;
}

/* Fingerprint of the scenario as truce would write it: the same for the same talks,
 * whatever files they lie in. */
static bool take_print(const truce_scenario *scenario, char print[65],
                       truce_error *error)
{
    truce_conversion *written = NULL;
    if (truce_scenario_convert(scenario, TRUCE_FORMAT_TRUCE, true, &written, error) !=
        TRUCE_OK)
        return false;
    hash_sha256(written->files[0].bytes, written->files[0].length, print);
    truce_conversion_free(written);
    return true;
}

static void leave_out(search *at, const char *name, const char *why)
{
    jobs *all = at->all;
    *grow(all->left_out, all->left_out_count, at->left_room) =
        (truce_left_out){arena_text(&all->memory, name), arena_text(&all->memory, why)};
}

/* What is the matter with a file, in one sentence. */
static const char *first_of(jobs *all, const truce_diagnostics *said)
{
    for (size_t k = 0; k < said->count; k++)
        if (said->items[k].severity == TRUCE_ERROR)
            return arena_format(&all->memory, "%s:%u:%u: %s",
                                said->items[k].place.file ? said->items[k].place.file
                                                          : "",
                                said->items[k].place.line, said->items[k].place.column,
                                said->items[k].message);
    return "it cannot be read";
}

static bool refuse(search *at, const char *name, const char *why, bool named)
{
    if (named)
        return error_say(at->error, TRUCE_CALL, "scenario %s: %s", name, why), false;
    leave_out(at, name, why);
    return true;
}

static bool keep(search *at, const char *name, const char *path,
                 const truce_scenario *scenario)
{
    jobs *all = at->all;
    setting *one = grow(all->fields, all->field_count, at->field_room);
    *one =
        (setting){arena_text(&all->memory, name), arena_text(&all->memory, path), ""};
    return take_print(scenario, one->print, at->error);
}

/* Some large spaces cannot be played, as their order of offers is not known. */
static bool can_be_played(const truce_scenario *scenario, const truce_stop *stop,
                          truce_error *why)
{
    uint64_t outcomes = 1;
    for (size_t i = 0; i < scenario->issue_count && outcomes <= BOARD_SMALL; i++)
        outcomes *= scenario->issues[i].value_count;
    if (outcomes <= BOARD_SMALL)
        return true;
    board *made = board_new(scenario, (truce_list){0}, stop, why);
    board_free(made);
    return made != NULL;
}

static bool take_scenario(search *at, const char *name, const char *path, bool named)
{
    jobs *all = at->all;
    truce_diagnostics *said = truce_diagnostics_new();
    truce_reading reading = {.as = all->plan.as};
    truce_scenario *scenario = NULL;
    truce_error why;
    bool good = true;
    if (!document_may_hold(name, strlen(name)))
        good = refuse(at, name,
                      "no results can be kept for it: its path is not UTF-8, or "
                      "has control or invisible characters",
                      named);
    else if (truce_scenario_load(&path, 1, &reading, &scenario, said) != TRUCE_OK)
        good = refuse(at, name, first_of(all, said), named);
    else if (seats_of(scenario) != all->plan.parties)
        good = refuse(at, name,
                      arena_format(&all->memory,
                                   "%zu parties with preferences, and the tournament "
                                   "is for %zu",
                                   seats_of(scenario), all->plan.parties),
                      named);
    else if (!can_be_played(scenario, at->stop, &why))
        good = refuse(at, name, why.message, named);
    else
        good = keep(at, name, path, scenario);
    truce_scenario_free(scenario);
    truce_diagnostics_free(said);
    return good;
}

/* ---- folders --------------------------------------------------------------------------- */

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder in the order of their bytes, in the arena; count of them. */
static char **names_in(search *at, const char *path, size_t *count)
{
    char **names = NULL;
    size_t room = 0;
    *count = 0;
    DIR *folder = opendir(path);
    for (const struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
        if (entry->d_name[0] != '.')
            *grow(names, *count, room) = arena_text(&at->all->memory, entry->d_name);
    if (folder)
        closedir(folder);
    if (*count > 1)
        qsort(names, *count, sizeof *names, by_bytes);
    return names;
}

static char *below(search *at, const char *folder, const char *name)
{
    size_t length = strlen(folder);
    return arena_format(&at->all->memory, "%s%s%s", folder,
                        length > 0 && folder[length - 1] == '/' ? "" : "/", name);
}

static bool take_folder(search *at, const char *name, const char *path, int depth,
                        bool named);

static bool take_entry(search *at, const char *name, const char *path, int depth)
{
    if (is_folder(path))
        return depth >= FOLDERS_DEEP || take_folder(at, name, path, depth + 1, false);
    if (ends_with(path, ".yaml") || ends_with(path, ".yml"))
        return take_scenario(at, name, path, false);
    return true;
}

/* Of a folder with a domain and profiles the folder is the scenario. */
static bool take_folder(search *at, const char *name, const char *path, int depth,
                        bool named)
{
    size_t count;
    char **names = names_in(at, path, &count);
    bool good = true, holds_domain = false;
    for (size_t k = 0; k < count; k++)
        holds_domain =
            holds_domain || ends_with(names[k], ".xml") || ends_with(names[k], ".json");
    if (holds_domain)
        good = take_scenario(at, name, path, named && count > 0);
    for (size_t k = 0; good && k < count && !stop_now(at->stop); k++)
        good =
            take_entry(at, below(at, name, names[k]), below(at, path, names[k]), depth);
    free(names);
    return good;
}

static bool take_named(search *at, const char *name)
{
    const char *begin = at->all->plan.folder;
    const char *path = begin && name[0] != '/' ? below(at, begin, name) : name;
    struct stat about;
    if (stat(path, &about) != 0)
        return error_say(at->error, TRUCE_CALL, "scenario %s: %s", path,
                         strerror(errno)),
               false;
    return S_ISDIR(about.st_mode) ? take_folder(at, name, path, 0, false)
                                  : take_scenario(at, name, path, true);
}

/* Into the arena, so that nobody need free them. */
static void move_in(jobs *all)
{
    setting *fields = all->fields;
    truce_left_out *left_out = all->left_out;
    all->fields = arena_copy(&all->memory, fields, all->field_count * sizeof *fields);
    all->left_out =
        arena_copy(&all->memory, left_out, all->left_out_count * sizeof *left_out);
    free(fields);
    free(left_out);
}

static bool has_twins(const jobs *all, truce_error *error)
{
    for (size_t a = 0; a < all->field_count; a++)
        for (size_t b = 0; b < a; b++)
            if (strcmp(all->fields[a].name, all->fields[b].name) == 0)
                return error_say(error, TRUCE_CALL, "scenario %s is named twice",
                                 all->fields[a].name),
                       true;
    return false;
}

bool fields_find(jobs *all, const truce_stop *stop, truce_error *error)
{
    search at = {.all = all, .stop = stop, .error = error};
    bool good = true;
    for (size_t k = 0; good && k < all->plan.scenarios.count; k++)
        good = take_named(&at, all->plan.scenarios.items[k]);
    move_in(all);
    if (!good || has_twins(all, error))
        return false;
    if (all->field_count == 0)
        return error_say(error, TRUCE_CALL,
                         "there is no scenario for %zu parties%s%s%s",
                         all->plan.parties, all->left_out_count ? "; such as " : "",
                         all->left_out_count ? all->left_out[0].path : "",
                         all->left_out_count ? " was left out" : ""),
               false;
    if (all->field_count > FIELDS_MOST || stop_now(stop))
        return error_say(error, TRUCE_LIMIT, "stopped while scenarios were read"),
               false;
    return true;
}
