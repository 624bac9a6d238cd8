/* Words that do what they say (a notice, a release, a consent) hold in every account: a
 * creditor who lets a debtor go has done so by saying it. Deeds need a witness: as verified
 * they count by a verifier's act or finding, as a party by its own word. */
#include "track/accounts.h"

#include "track/clock.h"
#include "track/settle.h"

#include <string.h>

asked asked_of(const events *all, truce_pattern pattern)
{
    return (asked){word_of(&all->words, pattern.type),
                   word_of(&all->words, pattern.by)};
}

static bool is_party(const events *all, uint32_t word)
{
    return word < all->accord->party_count;
}

/* ---- accepted -------------------------------------------------------------------- */

static const event *standing_finding(const events *all, const event *one)
{
    return one->finding == NO_LINE ? NULL : &all->items[one->finding];
}

bool is_verified(const events *all, const event *one)
{
    if (one->kind == TRUCE_LINE_ACT && is_verifier(all, one->by))
        return true;
    const event *finding = standing_finding(all, one);
    return finding && finding->found == TRUCE_FOUND_VERIFIED && finding->sure;
}

bool is_refuted(const events *all, const event *one)
{
    const event *finding = standing_finding(all, one);
    return finding && finding->found == TRUCE_FOUND_REFUTED;
}

static bool is_consent(const events *all, const event *one)
{
    const truce_ceasefire *clock = all->accord->clock;
    return one->kind == TRUCE_LINE_ACT && clock && one->type != NO_WORD &&
           is_party(all, one->by) &&
           strcmp(words_text(&all->words, one->type), clock_extension(clock)) == 0;
}

bool account_accepts(const events *all, account as, const event *one)
{
    if (one->kind == TRUCE_LINE_NOTICE || one->kind == TRUCE_LINE_RELEASE)
        return true;
    if (as.kind == TRUCE_AS_ALL || is_consent(all, one))
        return true;
    return as.kind == TRUCE_AS_PARTY ? one->by == as.party : is_verified(all, one);
}

/* ---- who, and what --------------------------------------------------------------- */

uint32_t doer_as_said(const events *all, const event *one)
{
    bool tells_of_others = one->kind == TRUCE_LINE_REPORT ||
                           (one->kind == TRUCE_LINE_ACT && !is_party(all, one->by));
    return tells_of_others && is_party(all, one->about) ? one->about : one->by;
}

uint32_t doer(const events *all, account as, const event *one)
{
    const event *finding = standing_finding(all, one);
    bool attributed = as.kind == TRUCE_AS_VERIFIED && finding && finding->sure &&
                      finding->found == TRUCE_FOUND_VERIFIED &&
                      finding->attributed != NO_WORD;
    return attributed ? finding->attributed : doer_as_said(all, one);
}

bool account_matches(const events *all, account as, asked pattern, const event *one)
{
    if (pattern.type != NO_WORD && pattern.type != one->type)
        return false;
    if (pattern.by == NO_WORD)
        return true;
    return pattern.by == (is_party(all, pattern.by) ? doer(all, as, one) : one->by);
}

int severity_of(const event *one)
{
    return one->severity < 0 ? 0 : one->severity;
}
