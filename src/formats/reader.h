/* reader.h - what the parts of the scenario reader share: the tree that is read, the
 * scenario that is filled, and who is called what.
 *
 * The order of work is fixed by scenario.c: first everything that this reader may not
 * see is taken out of the tree, then all ids are put into rosters, then the sections
 * are typed, those that others need first (issues before conditions, steps before
 * order).
 */
#ifndef FORMATS_READER_H
#define FORMATS_READER_H

#include "base/names.h"
#include "formats/document.h"

#include <truce/scenario.h>

/* What other places of the file call by name. */
typedef enum thing {
    THING_SOURCE,
    THING_CLAIM,
    THING_FACT,
    THING_PARTY,
    THING_DELEGATION,
    THING_ISSUE,
    THING_STEP,
    THING_ROUND,
    THING_KINDS,
    THING_NONE = THING_KINDS /* nobody names it */
} thing;

/* Who is called what, for one kind of thing.
 *
 *   known   ids to indices in the scenario's array
 *   blamed  names that were reported as unknown; each is reported once
 *   silent  the definitions are missing or wrong, which was said: unknown names are not
 */
typedef struct roster {
    names known, blamed;
    bool silent;
} roster;

/* What a map hands down to the maps within it. */
typedef struct around {
    char basis; /* a truce_basis, or 0 when nothing was said yet */
    truce_visibility visibility;
} around;

/* Where a remark points. */
typedef struct spot {
    truce_place place;
    uint32_t width;
} spot;

typedef struct reader {
    document *tree;
    truce_scenario *scenario;
    arena *memory; /* the scenario's */
    roster rosters[THING_KINDS];
    names *values; /* [issue_count] value names to indices, for long lists; or NULL */
    bool *broken;  /* [issue_count] its values could not be read, which was said */
    size_t value_count;    /* of all issues so far */
    bool basis_is_missing; /* a number was read that has no basis anywhere */
    truce_limits limits;   /* none is 0 */
} reader;

spot spot_of_key(const node_entry *entry);
spot spot_of(const node *value);

/* A place as the scenario keeps it, after the tree is gone. */
truce_place place_kept(const reader *r, truce_place place);

/* 'did you mean "30-day"?', or NULL for NULL. Lives as long as the tree. */
const char *hint_meant(reader *r, const char *nearest);

/* Is there still room for errors? If not, nobody needs a hint (they cost time). */
bool hints_are_useful(const reader *r);

/* "source", "issue"; static memory. */
const char *thing_name(thing kind);

/* A key that every map may have: note, basis, visibility, claim. */
bool is_common_key(const char *key);

#endif
