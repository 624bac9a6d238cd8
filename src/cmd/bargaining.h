/* bargaining.h - what a picture of utilities shows, found for `plot bargain`, `report` and
 * --plot alike.
 *
 *     bargaining found = {0};
 *     bargaining_find(&found, &work, over, FIND_CLOUD | FIND_FRONTIER, &stop);
 *     truce_bargain_svg(out, &found.shown, style);
 *     bargaining_free(&found);
 */
#ifndef CMD_BARGAINING_H
#define CMD_BARGAINING_H

#include "analysis.h"

enum {
    FIND_CLOUD = 1,
    FIND_FRONTIER = 2,
    FIND_POINTS = 4,
    FIND_OUTCOMES = 8 /* of each point of the frontier: one, and how many share it */
};

/*   shown    what was found, of no chosen pair; for the caller to add to
 *   limited  some part was cut short
 *   error    why there is no cloud, where there is none */
typedef struct bargaining {
    truce_bargain shown;
    truce_cloud *cloud;
    truce_frontier *frontier;
    truce_points *points;
    truce_status status; /* of the cloud */
    bool limited;
    truce_error error;
} bargaining;

/* Those whose utilities a picture shows unless told otherwise: the principals that have
 * preferences, or everybody that has them when these are fewer than two. Into room
 * [party_count]. */
truce_list bargaining_parties(const truce_scenario *scenario, size_t *room);

/* Looks for the parts, each within an equal share of the time that is left. What cannot be
 * found is NULL. */
void bargaining_find(bargaining *to, analysis *work, truce_list over, unsigned parts,
                     const truce_stop *stop);
void bargaining_free(bargaining *of);

#endif
