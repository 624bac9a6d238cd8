/* Sources, what they say, and what an analyst has promoted to a fact. */
#include "formats/sections.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- sources --------------------------------------------------------------------- */

static const char *const reliabilities[] = {"A", "B", "C", "D", "E", "F", NULL};

static const field source_fields[] = {
    OPTIONAL(truce_source, title, "title", FIELD_TEXT),
    OPTIONAL(truce_source, kind, "kind", FIELD_TEXT),
    SPECIAL("reliability"),
    OPTIONAL(truce_source, file, "file", FIELD_TEXT),
    OPTIONAL(truce_source, sha256, "sha256", FIELD_TEXT),
};

static bool is_sha256(const char *text)
{
    size_t digits = 0;
    while (isxdigit((unsigned char)text[digits]))
        digits++;
    return digits == 64 && text[64] == '\0';
}

static void source_finish(reader *r, const node *map, around within, void *into)
{
    truce_source *source = into;
    (void)within;
    const node *reliability = node_get(map, "reliability");
    if (reliability)
        source->reliability =
            *reliabilities[word_read(r, "reliability", reliability, reliabilities)];
    if (source->sha256 && !is_sha256(source->sha256)) {
        const node *sum = node_get(map, "sha256");
        document_error(r->tree, sum->place, sum->width,
                       "64 hexadecimal digits, as sha256sum prints them",
                       "\"sha256\" of source \"%s\" is not a SHA-256 sum",
                       source->label.id);
    }
}

const shape source_shape = {
    .what = "source",
    .example = "for example {title: \"Evening report\", kind: news, reliability: C}",
    .size = sizeof(truce_source),
    .fields = source_fields,
    .field_count = COUNT_OF(source_fields),
    .finish = source_finish,
};

/* ---- claims ---------------------------------------------------------------------- */

static const char *const credibilities[] = {"1", "2", "3", "4", "5", "6", NULL};

static const field claim_fields[] = {
    OPTIONAL(truce_claim, source, "source", FIELD_SOURCE),
    SPECIAL("at"),
    SPECIAL("speaker"),
    OPTIONAL(truce_claim, via, "via", FIELD_TEXT),
    OPTIONAL(truce_claim, about, "about", FIELD_PARTY),
    OPTIONAL(truce_claim, subject, "subject", FIELD_TEXT),
    SPECIAL("credibility"),
    REQUIRED(truce_claim, says, "says", FIELD_TEXT),
    OPTIONAL(truce_claim, quote, "quote", FIELD_TEXT),
    OPTIONAL(truce_claim, corrected, "corrected", FIELD_TEXT),
    OPTIONAL(truce_claim, date, "date", FIELD_DATE),
    OPTIONAL(truce_claim, disputes, "disputes", FIELD_CLAIMS),
};

/* "line 23": a place in the source. Other units are kept as words; only lines are
 * checked. */
static void at_read(reader *r, const node *value, truce_claim *claim)
{
    static const char *const units[] = {"line", "page", "paragraph", "section",
                                        "minute"};
    claim->at = text_read(r, "at", value);
    if (claim->at == NULL)
        return;
    size_t length = strcspn(claim->at, " ");
    const char *unit = arena_text_n(&r->tree->memory, claim->at, length);
    const char *number = claim->at + length + (claim->at[length] == ' ');
    size_t digits = strspn(number, "0123456789");
    bool is_number =
        digits > 0 && digits < 9 && number[digits] == '\0' && atol(number) > 0;
    for (size_t u = 0; u < COUNT_OF(units); u++)
        if (is_number && strcmp(unit, units[u]) == 0) {
            claim->line = u == 0 ? (uint32_t)atol(number) : 0;
            return;
        }
    const char *nearest = names_nearest(unit, units, COUNT_OF(units));
    bool is_unit = nearest && strcmp(nearest, unit) == 0;
    document_error(
        r->tree, value->place, value->width,
        nearest && !is_unit && is_number
            ? hint_meant(r, arena_format(&r->tree->memory, "%s %s", nearest, number))
            : "for example line 23, page 4, paragraph 7, section 2 or minute 12",
        "\"at\" must be a line or another place in the source, not \"%s\"", claim->at);
}

/* A party, a delegation or a source when it has that name; words otherwise. */
static void speaker_read(reader *r, const node *value, truce_speaker *speaker)
{
    speaker->text = text_read(r, "speaker", value);
    if (speaker->text == NULL)
        return;
    speaker->party = names_find(&r->rosters[THING_PARTY].known, speaker->text);
    if (speaker->party != TRUCE_NOBODY)
        return;
    speaker->delegation =
        names_find(&r->rosters[THING_DELEGATION].known, speaker->text);
    if (speaker->delegation == TRUCE_NOBODY)
        speaker->source = names_find(&r->rosters[THING_SOURCE].known, speaker->text);
}

static void claim_finish(reader *r, const node *map, around within, void *into)
{
    truce_claim *claim = into;
    claim->label.basis = (truce_basis)(within.basis ? within.basis : TRUCE_BASIS_CLAIM);
    claim->speaker = (truce_speaker){NULL, TRUCE_NOBODY, TRUCE_NOBODY, TRUCE_NOBODY};
    const node *at = node_get(map, "at"), *speaker = node_get(map, "speaker"),
               *credibility = node_get(map, "credibility");
    if (at)
        at_read(r, at, claim);
    if (speaker)
        speaker_read(r, speaker, &claim->speaker);
    if (credibility)
        claim->credibility =
            (uint8_t)(1 + word_read(r, "credibility", credibility, credibilities));
}

const shape claim_shape = {
    .what = "claim",
    .example = "for example {source: report, at: line 23, speaker: UA, says: \"in your "
               "words\"}",
    .size = sizeof(truce_claim),
    .fields = claim_fields,
    .field_count = COUNT_OF(claim_fields),
    .finish = claim_finish,
};

/* ---- facts ----------------------------------------------------------------------- */

static const field fact_fields[] = {
    REQUIRED(truce_fact, text, "text", FIELD_TEXT),
    REQUIRED(truce_fact, label.claims, "from", FIELD_CLAIMS),
    REQUIRED(truce_fact, by, "by", FIELD_TEXT),
    OPTIONAL(truce_fact, contested, "contested", FIELD_YES),
};

static void fact_finish(reader *r, const node *map, around within, void *into)
{
    truce_fact *fact = into;
    fact->label.basis = (truce_basis)(within.basis ? within.basis : TRUCE_BASIS_FACT);
    const node *from = node_get(map, "from");
    if (from && from->kind == NODE_LIST && from->count == 0)
        document_error(r->tree, from->place, from->width, "for example from: [c-first]",
                       "fact \"%s\" is promoted from no claim", fact->label.id);
}

const shape fact_shape = {
    .what = "fact",
    .example = "for example {text: \"they met\", from: [c-met], by: analyst}",
    .size = sizeof(truce_fact),
    .fields = fact_fields,
    .field_count = COUNT_OF(fact_fields),
    .finish = fact_finish,
};
