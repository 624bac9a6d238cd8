/* Any bytes as a GENIUS profile beside a domain of three issues, and as that domain beside
 * a profile; a first byte '-' takes NegMAS's reading. It must end with a scenario whose
 * arrays are whole, or with an error that has a place. */
#include "formats/foreign.h"
#include "formats/xml.h"
#include "space/space.h"

#include <assert.h>
#include <string.h>

static const char domain[] =
    "<negotiation_template><utility_space><objective index='0' name='root'>"
    "<issue index='1' name='a' type='discrete'><item value='x'/><item "
    "value='y'/></issue>"
    "<issue index='2' name='b' type='integer' lowerbound='0' upperbound='9'/>"
    "<issue index='3' name='c' type='real'><range lowerbound='0' "
    "upperbound='1'/></issue>"
    "</objective></utility_space></negotiation_template>";

static const char profile[] =
    "<utility_space><objective><issue index='1' name='a' type='discrete'>"
    "<item value='x' evaluation='1'/><item value='y' evaluation='2'/></issue>"
    "<weight index='1' value='1'/></objective></utility_space>";

static document *tree_of(const char *name, const void *bytes, size_t size,
                         truce_diagnostics *said)
{
    document *tree = document_read_xml(name, bytes, size, NULL, said);
    assert((tree == NULL) <= (said->errors > 0));
    return tree;
}

static void check(const truce_scenario *scenario)
{
    space *compiled = space_new(scenario, NULL);
    truce_value *outcome =
        arena_array(&compiled->memory, scenario->issue_count, truce_value);
    for (size_t p = 0; p < scenario->party_count; p++)
        space_sum(compiled, p, outcome);
    space_free(compiled);
}

static void read_both(document *of_domain, document *of_profile, truce_convention as,
                      truce_diagnostics *said)
{
    foreign f;
    truce_reading choices = {.as = as, .limits = {.values = 2000}};
    foreign_begin(&f, &choices);
    foreign_turn_to(&f, of_domain, "d");
    genius_format.read_domain(&f);
    if (said->errors == 0 && foreign_issue_count(&f) > 0) {
        foreign_turn_to(&f, of_profile, "p");
        genius_format.read_profile(&f);
    }
    truce_scenario *scenario = foreign_end(&f);
    if (said->errors == 0)
        check(scenario);
    truce_scenario_free(scenario);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    truce_diagnostics *said = truce_diagnostics_new();
    truce_convention as = size > 0 && *data == '-' ? TRUCE_AS_NEGMAS : TRUCE_OWN;
    size_t skip = as == TRUCE_AS_NEGMAS;
    document *tree = tree_of("f", data + skip, size - skip, said);
    foreign_part part = tree ? genius_format.part(tree) : FOREIGN_NONE;
    document *other = part == FOREIGN_DOMAIN
                          ? tree_of("p", profile, sizeof profile - 1, said)
                          : tree_of("d", domain, sizeof domain - 1, said);
    if (part == FOREIGN_DOMAIN)
        read_both(tree, other, as, said);
    if (part == FOREIGN_PROFILE)
        read_both(other, tree, as, said);
    document_free(tree);
    document_free(other);
    truce_diagnostics_free(said);
    return 0;
}
