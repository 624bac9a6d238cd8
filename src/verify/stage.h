/* stage.h - the states of a certificate after so many issues, each with its list. */
#ifndef VERIFY_STAGE_H
#define VERIFY_STAGE_H

#include "verify/cover.h"
#include "verify/residual.h"

/* One list as read: vectors [first, first + count) of the pile, in lines from `line`
 * on. */
typedef struct listing {
    const residual *rest; /* NULL: nothing can follow */
    size_t first, count, line;
    bool moved;  /* an equal state came before, which has its vectors now */
    bool joined; /* ... and this is that state */
} listing;

/* A stage is filled first, with pile and listings, then closed, then asked. Zeroed, it
 * is a stage without states. */
typedef struct stage {
    arena memory;
    size_t dims, width;
    wide *pile; /* [vector_count][dims] */
    size_t vector_count, pile_count, pile_room;
    listing *items;
    size_t count, room;
    vectors *lists; /* [count] once closed */
    cover **covers; /* [count] made when first asked for */
    size_t *slots;  /* [slot_count] hash table: index + 1 */
    size_t slot_count;
} stage;

/* A state begins; rest [width] is copied; NULL: its list will not count. */
void stage_state(stage *into, const residual *rest, size_t line);

/* A vector of the state begun last. False when it does not come behind the one before in
 * descending lexicographic order. */
bool stage_vector(stage *into, const wide *sums);

/* No more states: lists of equal states become one. */
void stage_close(stage *done);

/* The state with this rest, as an index, or SIZE_MAX. */
size_t stage_find(const stage *among, const residual *rest);

/* What covers with a state's list. */
const cover *stage_cover(stage *of, size_t state);

/* Ends it; the stage is as new. */
void stage_free(stage *done);

#endif
