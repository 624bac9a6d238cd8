/* Any bytes as JSON: a tree, or one error with its place. A tree is then read as whatever
 * file of GeniusWeb or NegMAS it is; a profile, beside a small domain. */
#include "formats/foreign.h"

#include <assert.h>
#include <string.h>

static const char geniusweb_domain[] =
    "{\"issuesValues\": {\"a\": {\"values\": [\"x\", \"y\"]}, \"b\": {\"range\": [0, "
    "2, 1]}}}";
static const char negmas_domain[] =
    "{\"issues\": [{\"name\": \"a\", \"type\": \"CategoricalIssue\", \"values\": "
    "[\"x\", \"y\"]},"
    " {\"name\": \"b\", \"type\": \"ContiguousIssue\", \"values\": [0, 2]}]}";

static document *read_json(const char *text, truce_diagnostics *said)
{
    return document_read_json("d", text, strlen(text), NULL, said);
}

static void read_as(const foreign_format *format, document *tree, const char *domain,
                    truce_diagnostics *said)
{
    foreign f;
    foreign_part part = format->part(tree);
    if (part == FOREIGN_NONE)
        return;
    foreign_begin(&f, &(truce_reading){0});
    document *beside = read_json(domain, said);
    if (part == FOREIGN_PROFILE) {
        foreign_turn_to(&f, beside, "d");
        format->read_domain(&f);
        foreign_turn_to(&f, tree, "p");
        format->read_profile(&f);
    } else {
        foreign_turn_to(&f, tree, "d");
        format->read_domain(&f);
    }
    truce_scenario_free(foreign_end(&f));
    document_free(beside);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    truce_diagnostics *said = truce_diagnostics_new();
    document *tree = document_read_json("f", data, size, NULL, said);
    assert((tree == NULL) == (said->errors == 1));
    assert(said->errors == said->count);
    if (tree) {
        read_as(&geniusweb_format, tree, geniusweb_domain, said);
        read_as(&negmas_format, tree, negmas_domain, said);
    }
    for (size_t i = 0; i < said->count; i++)
        assert(said->items[i].message != NULL && said->items[i].width >= 1);
    document_free(tree);
    truce_diagnostics_free(said);
    return 0;
}
