/* Who negotiates, and who sits in the room for whom. */
#include "formats/sections.h"

#include <string.h>

/* In the order of truce_role. */
static const char *const roles[] = {"principal", "ally",      "broker",   "mediator",
                                    "host",      "guarantor", "observer", NULL};
static const char *const levels[] = {"head-of-state", "minister", "mid-level",
                                     "technical", NULL};

static const field party_fields[] = {
    OPTIONAL(truce_party, name, "name", FIELD_TEXT),
    ONE_OF(truce_party, role, "role", FIELD_CHOICE, roles),
    OPTIONAL(truce_party, supports, "supports", FIELD_PARTIES),
    SPECIAL("consent"),
};

/* "al" is no issue, and none was meant. */
static bool is_nearly_all(reader *r, const node *consent)
{
    static const char *const words[] = {"all"};
    return consent->kind == NODE_TEXT && names_nearest(consent->text, words, 1) &&
           names_find(&r->rosters[THING_ISSUE].known, consent->text) == NAMES_NONE;
}

static void consent_read(reader *r, const node *consent, truce_party *party)
{
    party->consents_to_all =
        consent->kind == NODE_TEXT && strcmp(consent->text, "all") == 0;
    if (party->consents_to_all)
        return;
    if (is_nearly_all(r, consent))
        document_error(
            r->tree, consent->place, consent->width, "did you mean \"all\"?",
            "\"consent\" must be all or a list of issues and conditions, not "
            "\"%s\"",
            consent->text);
    else
        party->consent = terms_read(r, "consent", consent);
}

static void party_finish(reader *r, const node *map, around within, void *into)
{
    truce_party *party = into;
    (void)within;
    if (party->name == NULL)
        party->name = party->label.id;
    const node *consent = node_get(map, "consent");
    if (consent)
        consent_read(r, consent, party);
}

_Static_assert(sizeof(truce_role) == sizeof(unsigned),
               "FIELD_CHOICE writes an unsigned");

const shape party_shape = {
    .what = "party",
    .example = "for example {name: Ukraine, role: principal, consent: all}",
    .size = sizeof(truce_party),
    .fields = party_fields,
    .field_count = COUNT_OF(party_fields),
    .finish = party_finish,
};

static const field delegation_fields[] = {
    REQUIRED(truce_delegation, of, "of", FIELD_PARTY),
    OPTIONAL(truce_delegation, name, "name", FIELD_TEXT),
    OPTIONAL(truce_delegation, head, "head", FIELD_TEXT),
    ONE_OF(truce_delegation, level, "level", FIELD_WORD, levels),
    OPTIONAL(truce_delegation, may_sign, "may-sign", FIELD_TERMS),
    OPTIONAL(truce_delegation, ad_referendum, "ad-referendum", FIELD_TERMS),
};

static void delegation_finish(reader *r, const node *map, around within, void *into)
{
    truce_delegation *delegation = into;
    (void)r, (void)within;
    if (delegation->name == NULL)
        delegation->name = delegation->label.id;
    delegation->limited = node_get(map, "may-sign") || node_get(map, "ad-referendum");
}

const shape delegation_shape = {
    .what = "delegation",
    .example = "for example {of: UA, head: \"R. Umerov\", level: minister, may-sign: "
               "[exchange]}",
    .size = sizeof(truce_delegation),
    .fields = delegation_fields,
    .field_count = COUNT_OF(delegation_fields),
    .finish = delegation_finish,
};
