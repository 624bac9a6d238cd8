/* A hash table with open addressing, at most half full (FNV-1a; names are short and
 * come from one file, and a hostile one is bounded by the reader's limits), and the
 * edit distance that finds the name a person meant. Distances are in half letters, so
 * that a slip of case or of dash costs less than a wrong letter. */
#include "base/names.h"

#include <truce/status.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct names_slot {
    const char *name;
    size_t number;
};

static uint64_t hash_of(const char *name)
{
    uint64_t hash = 14695981039346656037u;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 1099511628211u;
    return hash ^ hash >> 29;
}

static struct names_slot *slot_of(const names *all, const char *name)
{
    size_t at = hash_of(name) & (all->room - 1);
    while (all->slots[at].name && strcmp(all->slots[at].name, name) != 0)
        at = (at + 1) & (all->room - 1);
    return &all->slots[at];
}

size_t names_find(const names *all, const char *name)
{
    if (all->count == 0)
        return NAMES_NONE;
    const struct names_slot *slot = slot_of(all, name);
    return slot->name ? slot->number : NAMES_NONE;
}

static void make_room(names *all)
{
    names larger = {.room = all->room ? all->room * 2 : 16, .count = all->count};
    larger.slots = must_allocate_zeroed(larger.room, sizeof *larger.slots);
    for (size_t i = 0; i < all->room; i++)
        if (all->slots[i].name)
            *slot_of(&larger, all->slots[i].name) = all->slots[i];
    free(all->slots);
    *all = larger;
}

bool names_add(names *all, const char *name, size_t number)
{
    if (2 * (all->count + 1) > all->room)
        make_room(all);
    struct names_slot *slot = slot_of(all, name);
    if (slot->name)
        return false;
    *slot = (struct names_slot){name, number};
    all->count++;
    return true;
}

void names_free(names *all)
{
    free(all->slots);
    *all = (names){0};
}

enum { LONGEST_COMPARED = 63 };

static bool are_dashes(char a, char b)
{
    return (a == '-' || a == '_') && (b == '-' || b == '_');
}

static bool are_alike(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b) || are_dashes(a, b);
}

static unsigned cost_of_change(char a, char b)
{
    return a == b ? 0 : are_alike(a, b) ? 1 : 2;
}

/* However many letters are in the wrong case, it is one slip. */
static bool is_alike(const char *one, const char *other)
{
    while (*one && are_alike(*one, *other))
        one++, other++;
    return *one == *other;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

static unsigned distance(const char *a, size_t n, const char *b, size_t m)
{
    unsigned rows[3][LONGEST_COMPARED + 1]; /* two rows back, for swapped neighbours */
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = 2 * (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned *row = rows[i % 3], *up = rows[(i + 2) % 3],
                 *upper = rows[(i + 1) % 3];
        row[0] = 2 * (unsigned)i;
        for (size_t j = 1; j <= m; j++) {
            row[j] = least(least(up[j], row[j - 1]) + 2,
                           up[j - 1] + cost_of_change(a[i - 1], b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], upper[j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

typedef struct guess {
    const char *name;
    unsigned distance;
} guess;

static size_t common_beginning(const char *one, const char *other)
{
    size_t length = 0;
    while (one[length] && one[length] == other[length])
        length++;
    return length;
}

/* Equally near ones: the one that begins alike, for first letters are seldom wrong; then the
 * first in byte order, whatever order they came in. */
static bool is_better(const char *written, const char *candidate, const char *best)
{
    size_t one = common_beginning(written, candidate),
           other = common_beginning(written, best);
    return one > other || (one == other && strcmp(candidate, best) < 0);
}

static void consider(guess *best, const char *written, size_t length,
                     const char *candidate)
{
    size_t other = strlen(candidate);
    if (length > LONGEST_COMPARED || other > LONGEST_COMPARED)
        return;
    size_t longer = length > other ? length : other;
    unsigned allowed = 2 * (unsigned)(longer / 3 ? longer / 3 : 1);
    unsigned found = is_alike(written, candidate)
                         ? strcmp(written, candidate) != 0
                         : distance(written, length, candidate, other);
    if (found > allowed)
        return;
    if (best->name == NULL || found < best->distance ||
        (found == best->distance && is_better(written, candidate, best->name)))
        *best = (guess){candidate, found};
}

const char *names_nearest(const char *written, const char *const *candidates,
                          size_t count)
{
    guess best = {0};
    for (size_t i = 0; i < count; i++)
        consider(&best, written, strlen(written), candidates[i]);
    return best.name;
}

const char *names_nearest_in(const char *written, const names *all)
{
    guess best = {0};
    for (size_t i = 0; i < all->room; i++)
        if (all->slots[i].name)
            consider(&best, written, strlen(written), all->slots[i].name);
    return best.name;
}

const char *truce_nearest(const char *written, const char *const *candidates,
                          size_t count)
{
    return names_nearest(written, candidates, count);
}
