/* accounts.h - whose lines count, who did what, and which lines a pattern means: the one
 * place where an account is told from another. */
#ifndef TRACK_ACCOUNTS_H
#define TRACK_ACCOUNTS_H

#include "track/events.h"

/* Whose events count: as truce_account, the party as a word. */
typedef struct account {
    int kind;
    uint32_t party;
} account;

/* A pattern in words; NO_WORD is any. */
typedef struct asked {
    uint32_t type, by;
} asked;

/* Of the accord: events_read() made its words known. */
asked asked_of(const events *all, truce_pattern pattern);

/* Does the account take this line (not withdrawn) for what happened? */
bool account_accepts(const events *all, account as, const event *one);

/* Is it accepted as verified? */
bool is_verified(const events *all, const event *one);
bool is_refuted(const events *all, const event *one);

/* Who did it, as the line says, or (as verified) as the standing finding attributes it. */
uint32_t doer_as_said(const events *all, const event *one);
uint32_t doer(const events *all, account as, const event *one);

/* Is the line what the pattern means? Type and by; not whether it is accepted. */
bool account_matches(const events *all, account as, asked pattern, const event *one);

/* A line without severity has 0. */
int severity_of(const event *one);

#endif
