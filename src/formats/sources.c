/* Are the claims where they say they are? The files of the sources are looked at one
 * after the other, each read once; a file is expected to be an article or a protocol,
 * of some thousand lines at most. */
#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"

#include <truce/file.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { LARGEST_SOURCE = 64 << 20 };

/* The text of one source, and where its lines begin. */
typedef struct paper {
    char *text; /* ends with NUL */
    size_t length;
    size_t *lines, line_count;
} paper;

/* ---- reading --------------------------------------------------------------------- */

/* A name that stays within its folder. */
static bool is_inside(const char *name)
{
    if (*name == '/')
        return false;
    for (const char *part = name; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
            return false;
    }
    return true;
}

static void find_lines(paper *p)
{
    size_t room = 0;
    for (size_t at = 0; at < p->length; at++)
        if (at == 0 || p->text[at - 1] == '\n')
            *grow(p->lines, p->line_count, room) = at;
}

static bool paper_read(const char *path, paper *p)
{
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode) ||
        about.st_size > LARGEST_SOURCE)
        return false;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    *p = (paper){.text = must_allocate_zeroed((size_t)about.st_size + 1, 1)};
    p->length = fread(p->text, 1, (size_t)about.st_size, file);
    fclose(file);
    find_lines(p);
    return true;
}

static void paper_free(paper *p)
{
    free(p->text);
    free(p->lines);
}

/* Does the quote stand between two offsets? */
static bool stands_in(const paper *p, const char *quote, size_t from, size_t to)
{
    size_t length = strlen(quote);
    for (size_t at = from; at + length <= to; at++)
        if (memcmp(p->text + at, quote, length) == 0)
            return true;
    return false;
}

static bool stands_on(const paper *p, const char *quote, size_t line)
{
    size_t to = line < p->line_count ? p->lines[line] : p->length;
    return stands_in(p, quote, p->lines[line - 1], to);
}

/* ---- comparing ------------------------------------------------------------------- */

static remark warning_at(const truce_label *label)
{
    return (remark){.severity = TRUCE_WARNING,
                    .place = label->place,
                    .width = (uint32_t)strlen(label->id)};
}

static void hash_check(const truce_source *source, const paper *p,
                       truce_diagnostics *diagnostics)
{
    char sum[65];
    hash_sha256(p->text, p->length, sum);
    if (source->sha256 == NULL || strcasecmp(sum, source->sha256) == 0)
        return;
    remark about = warning_at(&source->label);
    about.hint =
        "the file has changed since the scenario was written, or is another one";
    diagnostics_add(diagnostics, &about,
                    "source \"%s\": the SHA-256 of %s is %s, not %s", source->label.id,
                    source->file, sum, source->sha256);
}

/* A quote that is not where it should be may be on another line. */
static void quote_missed(const truce_claim *claim, const paper *p,
                         truce_diagnostics *diagnostics)
{
    char hint[64] = "";
    for (size_t line = 1; claim->line && line <= p->line_count && !*hint; line++)
        if (stands_on(p, claim->quote, line))
            snprintf(hint, sizeof hint, "it stands on line %zu", line);
    remark about = warning_at(&claim->label);
    about.hint = *hint ? hint : NULL;
    if (claim->line)
        diagnostics_add(diagnostics, &about,
                        "claim \"%s\": \"%s\" does not stand on line %u of its source",
                        claim->label.id, claim->quote, claim->line);
    else
        diagnostics_add(diagnostics, &about,
                        "claim \"%s\": \"%s\" does not stand in its source",
                        claim->label.id, claim->quote);
}

static void claim_check(const truce_claim *claim, const paper *p,
                        truce_diagnostics *diagnostics)
{
    if (claim->line > p->line_count) {
        remark about = warning_at(&claim->label);
        diagnostics_add(diagnostics, &about,
                        "claim \"%s\": line %u of a source of %zu lines",
                        claim->label.id, claim->line, p->line_count);
        return;
    }
    if (claim->quote == NULL)
        return;
    bool found = claim->line ? stands_on(p, claim->quote, claim->line)
                             : stands_in(p, claim->quote, 0, p->length);
    if (!found)
        quote_missed(claim, p, diagnostics);
}

/* False when its file is not at hand. */
static bool source_check(const truce_scenario *scenario, size_t s, const char *folder,
                         truce_diagnostics *diagnostics)
{
    const truce_source *source = &scenario->sources[s];
    arena memory = {0};
    paper p;
    bool found = paper_read(arena_format(&memory, "%s/%s", folder, source->file), &p);
    arena_free(&memory);
    if (!found)
        return false;
    hash_check(source, &p, diagnostics);
    for (size_t c = 0; c < scenario->claim_count; c++)
        if (scenario->claims[c].source == s)
            claim_check(&scenario->claims[c], &p, diagnostics);
    paper_free(&p);
    return true;
}

static void refuse_outside(const truce_source *source, truce_diagnostics *diagnostics)
{
    remark about = warning_at(&source->label);
    about.hint = "give its name within the folder of sources";
    diagnostics_add(
        diagnostics, &about,
        "source \"%s\": the file \"%s\" lies outside that folder and is not read",
        source->label.id, source->file);
}

truce_status truce_sources_check(const truce_scenario *scenario, const char *folder,
                                 size_t *missing, truce_diagnostics *diagnostics)
{
    struct stat about;
    size_t absent = 0;
    if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode))
        return TRUCE_CALL;
    for (size_t s = 0; s < scenario->source_count; s++) {
        const truce_source *source = &scenario->sources[s];
        if (source->file == NULL)
            continue;
        if (is_inside(source->file))
            absent += !source_check(scenario, s, folder, diagnostics);
        else
            refuse_outside(source, diagnostics);
    }
    if (missing)
        *missing = absent;
    return TRUCE_OK;
}
