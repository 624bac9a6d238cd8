/* picture.h - pictures below the answers of frontier, deals and negotiate (--plot): finds
 * what they show, and hands it over.
 */
#ifndef CMD_PICTURE_H
#define CMD_PICTURE_H

#include "analysis.h"

/* Is a picture asked for, below an answer that is text? Where it is asked for beside
 * --json, --csv or --trace -, says that there is none. */
bool picture_wanted(const analysis *work);

/* Draws what a frontier or a session stands in: the cloud, the frontier and the solution
 * points of its parties. Never changes the exit code: what cannot be found in time is left
 * out, and a remark says so. */
void picture_frontier(analysis *work, const truce_frontier *frontier);
void picture_session(analysis *work, const truce_session *session);

/* How many outcomes remain, and where between two parties: those of over, if these are
 * two, else the first two principals. */
void picture_deals(analysis *work, const truce_deals *deals, truce_list over);

#endif
