/* certificate.h - the file that --certificate asks for, beside an answer. */
#ifndef CMD_CERTIFICATE_H
#define CMD_CERTIFICATE_H

#include "analysis.h"

/* Opens it, before the work is done; file is NULL when none is asked for. False, with
 * status TRUCE_CALL, when it cannot be written, which was then said. */
bool certificate_begin(analysis *work, FILE **file);

/* Ends it (NULL is fine); certified says how writing it went, with work->error. An answer
 * that cannot be certified is still an answer; but what was asked for is not there, which
 * is said, and the exit code says it too. */
void certificate_end(analysis *work, FILE *file, truce_status certified);

#endif
