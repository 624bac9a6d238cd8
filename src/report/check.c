/* What was read, and what is wrong with it. There is no finding here: a file that
 * cannot be read has no scenario, and the answer rests on the file alone. */
#include "report/envelope.h"
#include "report/page.h"
#include "report/words.h"

static const char *summary(page *to, const truce_diagnostics *diagnostics)
{
    const char *errors = counted(&to->memory, diagnostics->errors, "error", "errors");
    const char *warnings =
        counted(&to->memory, diagnostics->warnings, "warning", "warnings");
    if (diagnostics->errors > 0)
        return arena_format(&to->memory, "Not sound: %s, %s.", errors, warnings);
    if (diagnostics->warnings > 0)
        return arena_format(&to->memory, "Sound, with %s.", warnings);
    return "Sound: no errors, no warnings.";
}

static void say_counts(page *to, const truce_scenario *scenario)
{
    const struct {
        size_t count;
        const char *one, *plural;
    } kinds[] = {
        {scenario->party_count, "party", "parties"},
        {scenario->delegation_count, "delegation", "delegations"},
        {scenario->issue_count, "issue", "issues"},
        {scenario->demand_count, "demand", "demands"},
        {scenario->rule_count, "rule", "rules"},
        {scenario->order_count, "order constraint", "order constraints"},
        {scenario->source_count, "source", "sources"},
        {scenario->claim_count, "claim", "claims"},
        {scenario->fact_count, "fact", "facts"},
        {scenario->threat_count, "threat", "threats"},
        {scenario->round_count, "round", "rounds"},
        {scenario->observed_count, "observed offer", "observed offers"},
        {scenario->agreement_count, "agreement", "agreements"},
    };
    enum { KINDS = sizeof kinds / sizeof *kinds };
    const char *texts[KINDS];
    size_t count = 0;
    for (size_t k = 0; k < KINDS; k++)
        if (kinds[k].count > 0)
            texts[count++] =
                counted(&to->memory, kinds[k].count, kinds[k].one, kinds[k].plural);
    page_say(to, 0, "%s: %s", scenario->id, scenario->title ? scenario->title : "");
    page_say(to, 2, "%s.", join(&to->memory, texts, count, " and "));
}

static void say_sources(page *to, const truce_scenario *scenario, size_t missing)
{
    if (missing == SIZE_MAX)
        page_remark(to, 2,
                    "Sources were not looked into; --sources DIR compares hashes, "
                    "lines and quotes with the files in DIR.");
    else if (missing == 0)
        page_say(to, 2, "Sources: all at hand and compared.");
    else
        page_say(to, 2, "Sources: %zu of %zu not at hand, the others compared.",
                 missing, scenario->source_count);
}

void truce_check_print(FILE *out, const truce_scenario *scenario,
                       const truce_diagnostics *diagnostics, size_t missing,
                       const truce_style *style)
{
    truce_diagnostics_print(out, diagnostics, style);
    page to = page_begin(out, style);
    if (diagnostics->count > 0)
        page_gap(&to);
    if (scenario != NULL) {
        say_counts(&to, scenario);
        if (scenario->source_count > 0)
            say_sources(&to, scenario, missing);
    }
    page_say(&to, 0, "%s", summary(&to, diagnostics));
    page_end(&to);
}

static void write_diagnostic(json *to, const truce_diagnostic *item)
{
    json_object(to);
    field_text(to, "severity", item->severity == TRUCE_ERROR ? "error" : "warning");
    field_text(to, "file", item->place.file);
    field_integer(to, "line", item->place.line);
    field_integer(to, "column", item->place.column);
    field_integer(to, "width", item->width);
    field_text(to, "message", item->message);
    field_text(to, "hint", item->hint);
    json_end(to);
}

static void write_counts(json *to, const truce_scenario *scenario)
{
    json_key(to, "counts");
    json_object(to);
    field_integer(to, "parties", scenario->party_count);
    field_integer(to, "delegations", scenario->delegation_count);
    field_integer(to, "issues", scenario->issue_count);
    field_integer(to, "demands", scenario->demand_count);
    field_integer(to, "rules", scenario->rule_count);
    field_integer(to, "order", scenario->order_count);
    field_integer(to, "sources", scenario->source_count);
    field_integer(to, "claims", scenario->claim_count);
    field_integer(to, "facts", scenario->fact_count);
    field_integer(to, "threats", scenario->threat_count);
    field_integer(to, "rounds", scenario->round_count);
    field_integer(to, "observed", scenario->observed_count);
    field_integer(to, "agreements", scenario->agreement_count);
    json_end(to);
}

static void write_answer(json *to, const truce_scenario *scenario,
                         const truce_diagnostics *diagnostics, size_t missing)
{
    json_object(to);
    field_bool(to, "sound", diagnostics->errors == 0);
    field_integer(to, "errors", diagnostics->errors);
    field_integer(to, "warnings", diagnostics->warnings);
    field_integer(to, "untold", diagnostics->untold);
    field_index(to, "sources_missing",
                missing); /* null when they were not looked for */
    json_key(to, "diagnostics");
    json_array(to);
    for (size_t i = 0; i < diagnostics->count; i++)
        write_diagnostic(to, &diagnostics->items[i]);
    json_end(to);
    if (scenario != NULL)
        write_counts(to, scenario);
    json_end(to);
}

void truce_check_json(FILE *out, const truce_scenario *scenario,
                      const truce_diagnostics *diagnostics, size_t missing)
{
    truce_finding finding = {.scenario = scenario, .question = "check"};
    finding.proof.by = "every line of the file was read";
    json to = envelope_begin(out, &finding);
    write_answer(&to, scenario, diagnostics, missing);
    envelope_end(&to, &finding, NULL);
}
