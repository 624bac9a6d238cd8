/* ranks: folders of a store for processes that cannot share one, and back again.
 *
 * Each rank has a store of its own, DIR/rank-I. What an earlier job left in such folders,
 * perhaps of more or fewer ranks, is gathered into DIR first; then every new folder begins
 * with all rows that are there, so nobody plays anything twice.
 */
#include "base/error.h"
#include "tournament/store.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_rank(const char *name)
{
    size_t digits = strncmp(name, "rank-", 5) == 0 ? strspn(name + 5, "0123456789") : 0;
    return digits > 0 && name[5 + digits] == '\0';
}

static void remove_store(const char *folder)
{
    static const char *const files[] = {"results.db", "results.db-wal",
                                        "results.db-shm"};
    arena memory = {0};
    for (size_t k = 0; k < sizeof files / sizeof *files; k++)
        unlink(arena_format(&memory, "%s/%s", folder, files[k]));
    arena_free(&memory);
    rmdir(folder);
}

static bool take_rank(store *to, const char *folder, truce_error *error)
{
    if (!store_take(to, folder, error))
        return false;
    remove_store(folder);
    return true;
}

/* Names first: the folder changes while it is gathered. */
static char **ranks_in(const char *out, arena *memory, size_t *count)
{
    char **found = NULL;
    size_t room = 0;
    DIR *folder = opendir(out);
    for (const struct dirent *entry; folder && (entry = readdir(folder)) != NULL;)
        if (is_rank(entry->d_name))
            *grow(found, *count, room) =
                arena_format(memory, "%s/%s", out, entry->d_name);
    if (folder)
        closedir(folder);
    return found;
}

static bool has_store(const char *folder, arena *memory)
{
    return access(arena_format(memory, "%s/results.db", folder), F_OK) == 0;
}

static truce_status gather(store *to, const char *out, truce_error *error)
{
    arena memory = {0};
    size_t count = 0;
    char **found = ranks_in(out, &memory, &count);
    bool good = true;
    for (size_t k = 0; good && k < count; k++) {
        if (has_store(found[k], &memory))
            good = take_rank(to, found[k], error);
        else
            rmdir(found[k]);
    }
    free(found);
    arena_free(&memory);
    return good ? TRUCE_OK : TRUCE_CALL;
}

truce_status truce_tournament_gather(const char *out, truce_error *error)
{
    store *to = store_like(out, out, error);
    truce_status status = to ? gather(to, out, error) : TRUCE_CALL;
    store_close(to);
    return status;
}

truce_status truce_tournament_prepare(const char *out, uint64_t ranks,
                                      const truce_contest *plan, truce_error *error)
{
    jobs *all = jobs_of(plan, NULL, 0, NULL, error);
    store *to = all ? store_open(out, all, error) : NULL;
    truce_status status = to ? gather(to, out, error) : TRUCE_CALL;
    store_close(to);
    arena memory = {0};
    for (uint64_t r = 0; status == TRUCE_OK && r < ranks; r++)
        status = truce_tournament_merge(
            arena_format(&memory, "%s/rank-%llu", out, (unsigned long long)r), &out, 1,
            error);
    arena_free(&memory);
    jobs_free(all);
    return status;
}
