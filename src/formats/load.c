/* From paths to a scenario: one truce file, a domain with its profiles, or a folder. What
 * a file is, its content says: the first letter tells XML and JSON from the rest, and then
 * each format of another system is asked whether the tree is one of its own. In a folder
 * whatever is neither domain nor profile is passed over; but a file that begins like XML
 * or JSON and is broken might be a profile, and leaving it out would be a lie. */
#include "formats/bytes.h"
#include "formats/foreign.h"
#include "formats/xml.h"

#include "base/hash.h"
#include "scenario/scenario.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const foreign_format *const formats[] = {&genius_format, &geniusweb_format,
                                                &negmas_format};

enum { FORMAT_COUNT = sizeof formats / sizeof *formats };

/* One file, read and looked at. tree is NULL for a truce file, and for what is neither. */
typedef struct input {
    const char *path;
    const char *name; /* without folder and extension */
    char *bytes;
    size_t length;
    document *tree;
    const foreign_format *format;
    foreign_part part;
    bool is_truce;
} input;

typedef struct loading {
    const truce_reading *choices;
    truce_diagnostics *diagnostics;
    arena memory; /* of paths and names */
    input *inputs;
    size_t count, room;
    bool in_folder;
} loading;

/* ---- bytes ----------------------------------------------------------------------- */

static size_t most_bytes(const truce_reading *choices)
{
    return choices->limits.bytes ? choices->limits.bytes : (size_t)16 << 20;
}

truce_status truce_scenario_read(const char *path, const truce_reading *choices,
                                 truce_scenario **scenario,
                                 truce_diagnostics *diagnostics)
{
    static const truce_reading plain;
    size_t length;
    *scenario = NULL;
    char *bytes =
        bytes_read(path, most_bytes(choices ? choices : &plain), &length, diagnostics);
    if (bytes == NULL)
        return TRUCE_INPUT;
    truce_status status =
        truce_scenario_parse(path, bytes, length, choices, scenario, diagnostics);
    free(bytes);
    return status;
}

/* ---- what a file is -------------------------------------------------------------- */

/* The first byte that says something; 0 when there is none. */
static char first_letter(const input *in)
{
    size_t at = in->length >= 3 && memcmp(in->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < in->length && strchr(" \t\r\n", in->bytes[at]) && in->bytes[at])
        at++;
    return at < in->length ? in->bytes[at] : '\0';
}

/* Has it a line that begins with the key `truce`? Looked for in the bytes, so that a truce
 * file need not be parsed twice. */
static bool has_truce_key(const input *in)
{
    static const char key[] = "truce";
    size_t length = sizeof key - 1;
    bool begins = true; /* nothing but quotes, brackets and blanks in this line yet */
    for (size_t at = 0; at + length < in->length; at++) {
        if (begins && memcmp(in->bytes + at, key, length) == 0) {
            size_t behind = at + length;
            while (behind < in->length && strchr("\"' ", in->bytes[behind]) &&
                   in->bytes[behind])
                behind++;
            if (behind < in->length && in->bytes[behind] == ':')
                return true;
        }
        char c = in->bytes[at];
        begins = c == '\n' || c == '\r' ||
                 (begins && (c == '{' || c == '"' || c == '\'' || c == ' ' ||
                             (unsigned char)c > 0xBA));
    }
    return false;
}

/* "0.67824775, 1.0": what the first line with anything in it holds. */
static bool is_list_of_numbers(const input *in)
{
    size_t at = 0, digits = 0, commas = 0;
    while (at < in->length && (in->bytes[at] == '\n' || in->bytes[at] == '\r'))
        at++;
    for (; at < in->length && in->bytes[at] != '\n' && in->bytes[at] != '\r'; at++) {
        char c = in->bytes[at];
        digits += c >= '0' && c <= '9';
        commas += c == ',' || c == ';' || c == '\t';
        if (c == '\0' || strchr("0123456789.,;+-eE \t", c) == NULL)
            return false;
    }
    return digits > 0 && commas > 0;
}

static void ask_formats(input *in)
{
    for (size_t k = 0; k < FORMAT_COUNT && in->tree && in->format == NULL; k++) {
        in->part = formats[k]->part(in->tree);
        if (in->part != FOREIGN_NONE)
            in->format = formats[k];
    }
}

static document *parse(const input *in, const loading *work,
                       truce_diagnostics *diagnostics)
{
    const truce_limits *limits = &work->choices->limits;
    char first = first_letter(in);
    if (first == '<')
        return document_read_xml(in->path, in->bytes, in->length, limits, diagnostics);
    if (first == '{' || first == '[')
        return document_read_json(in->path, in->bytes, in->length, limits, diagnostics);
    return document_read_yaml(in->path, in->bytes, in->length, limits, diagnostics);
}

/* Broken YAML still shows what it was to be. */
static bool has_words_of_negmas(const input *in)
{
    static const char *const typical[] = {"UtilityFunction", "UFun", "OutcomeSpace"};
    for (size_t w = 0; w < sizeof typical / sizeof *typical; w++)
        for (size_t at = 0; at + strlen(typical[w]) <= in->length; at++)
            if (memcmp(in->bytes + at, typical[w], strlen(typical[w])) == 0)
                return true;
    return false;
}

/* YAML may be anything, so it is first read for nobody. */
static bool is_foreign_yaml(const input *in, const loading *work)
{
    truce_diagnostics *nobody = truce_diagnostics_new();
    input trial = *in;
    trial.tree = parse(in, work, nobody);
    ask_formats(&trial);
    bool is_broken = trial.tree == NULL;
    document_free(trial.tree);
    truce_diagnostics_free(nobody);
    return trial.format != NULL || (is_broken && has_words_of_negmas(in));
}

/* False when it is broken, which was said. */
static bool look_at(input *in, const loading *work)
{
    char first = first_letter(in);
    in->is_truce = first != '<' && has_truce_key(in);
    if (in->is_truce || first == '\0' || is_list_of_numbers(in))
        return true;
    if (strchr("<{[", first) == NULL && !is_foreign_yaml(in, work))
        return true;
    in->tree = parse(in, work, work->diagnostics);
    ask_formats(in);
    return in->tree != NULL;
}

/* ---- which files ----------------------------------------------------------------- */

static bool is_folder(const char *path)
{
    struct stat about;
    return strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* The name of a file without folder and extension. */
static const char *bare_name(loading *work, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    size_t length = dot && dot > name ? (size_t)(dot - name) : strlen(name);
    return strcmp(path, "-") == 0 ? "stdin" : arena_text_n(&work->memory, name, length);
}

static bool add_input(loading *work, const char *path)
{
    input in = {.path = arena_text(&work->memory, path), .name = bare_name(work, path)};
    in.bytes =
        bytes_read(path, most_bytes(work->choices), &in.length, work->diagnostics);
    if (in.bytes == NULL)
        return false;
    bool sound = look_at(&in, work);
    *grow(work->inputs, work->count, work->room) = in;
    return sound;
}

static int by_bytes(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* The files of a folder, in the order of their names' bytes; hidden ones are left out.
 * To be freed by the caller. */
static const char **files_of(loading *work, const char *folder, size_t *count)
{
    const char **paths = NULL;
    size_t room = 0;
    DIR *open = opendir(folder);
    *count = 0;
    if (open == NULL)
        bytes_refuse(work->diagnostics, folder, NULL, "cannot be read: %s",
                     strerror(errno));
    for (struct dirent *entry; open && (entry = readdir(open)) != NULL;) {
        bool ends_in_slash = *folder && folder[strlen(folder) - 1] == '/';
        const char *path = arena_format(&work->memory, "%s%s%s", folder,
                                        ends_in_slash ? "" : "/", entry->d_name);
        if (entry->d_name[0] != '.' && !is_folder(path))
            *grow(paths, *count, room) = path;
    }
    if (open)
        closedir(open);
    if (paths)
        qsort(paths, *count, sizeof *paths, by_bytes);
    return paths;
}

static bool add_folder(loading *work, const char *folder)
{
    size_t count;
    const char **paths = files_of(work, folder, &count);
    bool sound = paths != NULL;
    if (paths == NULL && work->diagnostics->errors == 0)
        bytes_refuse(work->diagnostics, folder, NULL, "the folder holds no files");
    work->in_folder = true;
    for (size_t i = 0; i < count; i++)
        sound &= add_input(work, paths[i]);
    free(paths);
    return sound;
}

static bool add_paths(loading *work, const char *const *paths, size_t count)
{
    bool sound = true;
    if (count == 1 && is_folder(paths[0]))
        return add_folder(work, paths[0]);
    for (size_t i = 0; i < count; i++) {
        if (is_folder(paths[i])) {
            bytes_refuse(work->diagnostics, paths[i], NULL,
                         "a folder is given alone, or else the files of it one by one");
            return false;
        }
        sound &= add_input(work, paths[i]);
    }
    return sound;
}

/* ---- what is neither domain nor profile ------------------------------------------ */

static truce_status refuse_unknown(loading *work, const input *in)
{
    const char *path = in->path;
    if (first_letter(in) == '\0')
        return bytes_refuse(work->diagnostics, path, NULL, "the file is empty");
    if (is_list_of_numbers(in))
        return bytes_refuse(work->diagnostics, path, NULL,
                            "this is a list of numbers, perhaps the points of a "
                            "frontier, and neither a domain nor a profile");
    if (in->is_truce)
        return bytes_refuse(work->diagnostics, path, "give it alone",
                            "this is a truce file, which holds a whole scenario");
    if (first_letter(in) == '<')
        return bytes_refuse(work->diagnostics, path,
                            "a domain's root is <negotiation_template>, a profile's "
                            "<utility_space>",
                            "this is XML, but its root <%s> is not one of GENIUS",
                            xml_tag(in->tree->root));
    return bytes_refuse(work->diagnostics, path, NULL,
                        "this is neither a truce file, nor a domain or a profile of "
                        "GENIUS, GeniusWeb or NegMAS");
}

/* ---- domain and profiles --------------------------------------------------------- */

/* The one domain among the inputs; NULL after an error. */
static const input *the_domain(loading *work, const char *where)
{
    const input *domain = NULL;
    for (size_t i = 0; i < work->count; i++) {
        const input *in = &work->inputs[i];
        if (in->part != FOREIGN_DOMAIN)
            continue;
        if (domain) {
            bytes_refuse(work->diagnostics, in->path,
                         "give one domain and its profiles",
                         "a second domain; the first is %s", domain->path);
            return NULL;
        }
        domain = in;
    }
    if (domain == NULL)
        bytes_refuse(work->diagnostics, where,
                     "give it with the profiles, in any order",
                     work->in_folder ? "the folder holds no domain"
                                     : "this is a profile, and its domain is missing");
    return domain;
}

static bool are_of_one_format(loading *work)
{
    const input *first = NULL;
    for (size_t i = 0; i < work->count; i++) {
        const input *in = &work->inputs[i];
        if (in->format == NULL)
            continue;
        first = first ? first : in;
        if (in->format != first->format) {
            bytes_refuse(work->diagnostics, in->path, NULL,
                         "this is a file of %s, but %s is one of %s", in->format->is,
                         first->path, first->format->is);
            return false;
        }
    }
    return true;
}

static bool is_called(const input *in, const char *name)
{
    const char *slash = strrchr(in->path, '/');
    return strcmp(in->name, name) == 0 ||
           strcmp(slash ? slash + 1 : in->path, name) == 0;
}

static const char *nearest_profile(loading *work, const char *name)
{
    names known = {0};
    for (size_t i = 0; i < work->count; i++)
        if (work->inputs[i].part == FOREIGN_PROFILE)
            names_add(&known, work->inputs[i].name, i);
    const char *nearest = names_nearest_in(name, &known);
    names_free(&known);
    return nearest ? arena_format(&work->memory, "did you mean \"%s\"?", nearest)
                   : NULL;
}

/* Those of --profiles, in its order; or all. Sets count to 0 after an error. */
static const input **the_profiles(loading *work, size_t *count)
{
    const truce_reading *choices = work->choices;
    size_t most = work->count + choices->profile_count;
    const input **chosen = arena_array(&work->memory, most, const input *);
    *count = 0;
    for (size_t i = 0; i < work->count && choices->profile_count == 0; i++)
        if (work->inputs[i].part == FOREIGN_PROFILE)
            chosen[(*count)++] = &work->inputs[i];
    for (size_t p = 0; p < choices->profile_count; p++) {
        size_t before = *count;
        for (size_t i = 0; i < work->count && *count == before; i++)
            if (work->inputs[i].part == FOREIGN_PROFILE &&
                is_called(&work->inputs[i], choices->profiles[p]))
                chosen[(*count)++] = &work->inputs[i];
        if (*count > before)
            continue;
        bytes_refuse(work->diagnostics, NULL,
                     nearest_profile(work, choices->profiles[p]),
                     "there is no profile \"%s\"", choices->profiles[p]);
        *count = 0;
        return NULL;
    }
    return chosen;
}

/* Over the bytes of the domain and of the profiles, one behind the other. */
static void hash_all(truce_scenario *scenario, const input *domain,
                     const input *const *profiles, size_t count)
{
    size_t length = domain->length, at = domain->length;
    for (size_t p = 0; p < count; p++)
        length += profiles[p]->length;
    char *bytes = must_allocate(length + 1);
    memcpy(bytes, domain->bytes, domain->length);
    for (size_t p = 0; p < count; at += profiles[p]->length, p++)
        memcpy(bytes + at, profiles[p]->bytes, profiles[p]->length);
    hash_sha256(bytes, length, scenario->sha256);
    free(bytes);
}

static void read_parts(foreign *f, const input *domain, const input *const *profiles,
                       size_t count)
{
    const size_t *errors = &domain->tree->diagnostics->errors, before = *errors;
    foreign_turn_to(f, domain->tree, domain->name);
    domain->format->read_domain(f);
    if (*errors == before && foreign_issue_count(f) == 0)
        foreign_error(f, domain->tree->root, NULL, "the domain has no issues");
    for (size_t p = 0; p < count && (p > 0 || *errors == before); p++) {
        foreign_turn_to(f, profiles[p]->tree, profiles[p]->name);
        domain->format->read_profile(f);
    }
}

/* Puts together what all the rest of the program takes for a scenario. */
static truce_status assemble(loading *work, const input *domain,
                             const input *const *profiles, size_t count,
                             truce_scenario **scenario)
{
    foreign f;
    size_t errors = work->diagnostics->errors;
    foreign_begin(&f, work->choices);
    read_parts(&f, domain, profiles, count);
    truce_scenario *draft = foreign_end(&f);
    arena *memory = scenario_memory(draft);
    draft->id = arena_text(memory, domain->name);
    draft->file = arena_text(memory, domain->path);
    draft->format = domain->format->format;
    hash_all(draft, domain, profiles, count);
    truce_status status = TRUCE_INPUT;
    if (work->diagnostics->errors == errors)
        status = foreign_adjust(draft, work->choices, work->diagnostics);
    if (status == TRUCE_OK)
        *scenario = draft;
    else
        truce_scenario_free(draft);
    return status;
}

static truce_status load_foreign(loading *work, const char *where,
                                 truce_scenario **scenario)
{
    size_t count;
    if (!are_of_one_format(work))
        return TRUCE_INPUT;
    const input *domain = the_domain(work, where);
    if (domain == NULL)
        return TRUCE_INPUT;
    const input **profiles = the_profiles(work, &count);
    if (profiles == NULL)
        return TRUCE_CALL;
    if (count == 0)
        return bytes_refuse(work->diagnostics, domain->path,
                            "give it with the profiles, in any order",
                            "this is a domain, and no profile says what it is worth");
    return assemble(work, domain, profiles, count, scenario);
}

/* ---- the whole ------------------------------------------------------------------- */

static size_t count_foreign(const loading *work)
{
    size_t count = 0;
    for (size_t i = 0; i < work->count; i++)
        count += work->inputs[i].format != NULL;
    return count;
}

/* The only truce file of a folder, or the only input when it is to be read as one. */
static const input *the_truce_file(loading *work)
{
    const input *only = NULL;
    for (size_t i = 0; i < work->count; i++)
        if (work->inputs[i].is_truce) {
            if (only) {
                bytes_refuse(work->diagnostics, work->inputs[i].path,
                             "name one of them", "a second truce file; the first is %s",
                             only->path);
                return NULL;
            }
            only = &work->inputs[i];
        }
    return only;
}

static truce_status load_truce(const input *in, const loading *work,
                               truce_scenario **scenario)
{
    return truce_scenario_parse(in->path, in->bytes, in->length, work->choices,
                                scenario, work->diagnostics);
}

/* Text that no format knows is read as truce YAML, whose reader says what is missing. */
static bool may_be_truce(const input *in)
{
    return in->is_truce || (in->tree == NULL && !is_list_of_numbers(in));
}

static truce_status load_folder(loading *work, const char *folder,
                                truce_scenario **scenario)
{
    size_t errors = work->diagnostics->errors;
    const input *only = the_truce_file(work);
    if (work->diagnostics->errors > errors)
        return TRUCE_INPUT;
    if (only && count_foreign(work) > 0)
        return refuse_unknown(work, only);
    if (only)
        return load_truce(only, work, scenario);
    if (count_foreign(work) == 0)
        return bytes_refuse(work->diagnostics, folder, NULL,
                            "the folder holds neither a truce file, nor a domain and "
                            "profiles");
    return load_foreign(work, folder, scenario);
}

static truce_status load_files(loading *work, truce_scenario **scenario)
{
    if (work->count == 1 && may_be_truce(&work->inputs[0]))
        return load_truce(&work->inputs[0], work, scenario);
    truce_status status = TRUCE_OK;
    for (size_t i = 0; i < work->count; i++)
        if (work->inputs[i].format == NULL)
            status = refuse_unknown(work, &work->inputs[i]);
    return status == TRUCE_OK ? load_foreign(work, work->inputs[0].path, scenario)
                              : status;
}

truce_status truce_scenario_load(const char *const *paths, size_t count,
                                 const truce_reading *choices,
                                 truce_scenario **scenario,
                                 truce_diagnostics *diagnostics)
{
    static const truce_reading plain;
    loading work = {.choices = choices ? choices : &plain, .diagnostics = diagnostics};
    truce_status status = TRUCE_INPUT;
    *scenario = NULL;
    if (add_paths(&work, paths, count))
        status = work.in_folder ? load_folder(&work, paths[0], scenario)
                                : load_files(&work, scenario);
    for (size_t i = 0; i < work.count; i++) {
        document_free(work.inputs[i].tree);
        free(work.inputs[i].bytes);
    }
    free(work.inputs);
    arena_free(&work.memory);
    return status;
}
