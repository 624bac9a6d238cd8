/* sections.h - the sections of a scenario file: which there are, and what their entries
 * are.
 *
 * sections is in the order of typing, which is the order of dependence. Each table of
 * fields lives with the file that knows its meaning.
 */
#ifndef FORMATS_SECTIONS_H
#define FORMATS_SECTIONS_H

#include "formats/fields.h"

/*   key           in the file
 *   kind          what its entries are called by others, or THING_NONE
 *   items, count  offsets in truce_scenario
 */
typedef struct section {
    const char *key;
    thing kind;
    const shape *shape;
    size_t items, count;
    bool required;
} section;

extern const section sections[];
extern const size_t section_count;

extern const shape source_shape, claim_shape, fact_shape; /* evidence.c */
extern const shape party_shape, delegation_shape;         /* parties.c */
extern const shape issue_shape;                           /* issues.c */
extern const shape demand_shape, rule_shape, step_shape, constraint_shape, threat_shape,
    deadline_shape, round_shape, observation_shape, agreement_shape; /* talks.c */

/* preferences.c: the section `preferences`, into the parties. */
void preferences_read(reader *r, const node *all, around outer);

/* talks.c: two words that belong to the file as a whole. */
void clock_read(reader *r, const node *map, around outer);
void process_read(reader *r, const node *map, around outer);

/* withhold.c: is a map hidden from a reader by what it says itself? */
bool is_withheld(const node *map, const char *shown_to);

/* withhold.c: takes out of the tree all that a reader may not see, and whatever cannot
 * stand without it. shown_to is a party's id or "mediator". Returns how many entries
 * went. */
size_t withhold(document *tree, const char *shown_to);

/* warnings.c: what is allowed and yet probably a slip. */
void warnings_find(reader *r);

#endif
