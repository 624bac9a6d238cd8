/* archive.h - the outcomes that no other dominates, kept while outcomes pass by. */
#ifndef SOLVE_ARCHIVE_H
#define SOLVE_ARCHIVE_H

#include "space/space.h"

/* One vector of sums that nothing seen so far dominates, and the outcomes that have it.
 */
typedef struct archive_point {
    wide *sums;            /* [over.count] */
    uint64_t count;        /* outcomes seen with these sums */
    truce_value *outcomes; /* the first of them, [kept][issue_count] */
    size_t kept, room;
} archive_point;

/* points are in descending lexicographic order of sums. */
typedef struct archive {
    const space *compiled;
    truce_list over; /* the parties that dominance is judged for, at least one */
    size_t most;     /* outcomes kept for each point */
    archive_point *points;
    size_t count, room;
    wide *at_hand, *kept_aside; /* [over.count] */
    wide *killers; /* [killer_count][over.count] sums that dominated lately */
    size_t killer_count;
} archive;

archive *archive_new(const space *compiled, truce_list over, size_t most);
void archive_free(archive *all); /* NULL is fine */

/* Takes in an outcome unless it is dominated; drops what it dominates. For two parties
 * O(log points) and a move of memory, else O(points), though most outcomes that are
 * dominated are so by one of a few points that are tried first. */
void archive_add(archive *all, const truce_value *outcome);

/* Could an outcome whose sums are at most these [party_count] still matter? False when
 * some point is at least as good for all and better for one. */
bool archive_wants(archive *all, const wide *most);

#endif
