/* Any bytes as a certificate of a small scenario that has something of everything: it
 * ends with a verdict, and what is not true is never accepted. "SHA" in the text stands
 * for the scenario's hash, so that inputs get past the third line. */
#include <truce/truce.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* By hand: (low, no) is worth (100, 0), (low, yes) (40, 60), (high, no) (40, 50), and the
 * rule excludes (high, yes). So two points are undominated, nothing is acceptable, and d
 * and e clash. */
static const char yaml[] =
    "truce: 1\nid: f\n"
    "parties:\n"
    "  A: {role: principal, consent: all}\n"
    "  B: {role: principal, consent: all}\n"
    "issues:\n"
    "  price: {values: [low, high], status-quo: low}\n"
    "  tax: {values: [no, yes], status-quo: no}\n"
    "preferences:\n"
    "  A:\n"
    "    sum: as-given\n"
    "    weights: {price: 1, tax: 1}\n"
    "    worth: {price: [60, 0], tax: [40, 0]}\n"
    "    bonus: [{if: \"price = low and tax = yes\", worth: -20}]\n"
    "    outside: {worth: 30}\n"
    "  B:\n"
    "    sum: as-given\n"
    "    weights: {price: 1, tax: 1}\n"
    "    worth: {price: [0, 50], tax: [0, 60]}\n"
    "    cap: 100\n"
    "    outside: {worth: 61}\n"
    "    red-lines: [{if: \"price = high and tax = no and price = low\"}]\n"
    "rules:\n"
    "  r: {by: logic, if: price = high, then: tax = no}\n"
    "demands:\n"
    "  d: {by: A, wants: price = low}\n"
    "  e: {by: B, wants: price = high}\n";

static truce_scenario *scenario;

/* The text with the hash in place of "SHA", in fresh memory. */
static char *with_hash(const uint8_t *data, size_t size, size_t *length)
{
    char *text = malloc(size + 64);
    const uint8_t *at = NULL;
    for (size_t i = 0; i + 3 <= size && at == NULL; i++)
        if (memcmp(data + i, "SHA", 3) == 0)
            at = data + i;
    size_t before = at ? (size_t)(at - data) : size;
    memcpy(text, data, before);
    *length = before;
    if (at == NULL)
        return text;
    memcpy(text + before, scenario->sha256, 64);
    memcpy(text + before + 64, at + 3, size - before - 3);
    *length = size + 61;
    return text;
}

/* The claim is a text of ours, ended by NUL. */
static void check_claim(const char *claim)
{
    if (strstr(claim, " of A and B has ") || strstr(claim, " of B and A has "))
        assert(strstr(claim, " has 2 points"));
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count;
    (void)arguments;
    truce_diagnostics *said = truce_diagnostics_new();
    truce_status status =
        truce_scenario_parse("f", yaml, sizeof yaml - 1, NULL, &scenario, said);
    assert(status == TRUCE_OK);
    truce_diagnostics_free(said);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t length;
    char *text = with_hash(data, size, &length);
    truce_diagnostics *said = truce_diagnostics_new();
    truce_verdict *verdict = NULL;
    truce_status status =
        truce_certificate_check(scenario, "c", text, length, NULL, &verdict, said);
    assert((status == TRUCE_INPUT) == (verdict == NULL));
    assert((status == TRUCE_INPUT) == (said->errors > 0));
    if (status == TRUCE_OK)
        check_claim(verdict->claim);
    if (status == TRUCE_NONE)
        assert(!verdict->holds && verdict->fault);
    truce_verdict_free(verdict);
    truce_diagnostics_free(said);
    free(text);
    return 0;
}
