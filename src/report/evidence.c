/* What was said, by whom, how far it can be relied on, and what rests on it. Claims
 * that disagree stand side by side; nothing here weighs them against each other. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <string.h>

static const struct {
    unsigned flag;
    const char *key;
} caution_keys[] = {
    {TRUCE_CORRECTED, "corrected"},
    {TRUCE_DOUBTFUL, "doubtful"},
    {TRUCE_HEARSAY, "hearsay"},
    {TRUCE_AMBIGUOUS, "ambiguous"},
};
enum { CAUTIONS = sizeof caution_keys / sizeof *caution_keys };

/* ---- JSON ------------------------------------------------------------------------ */

static void write_cautions(json *to, unsigned cautions)
{
    json_key(to, "cautions");
    json_array(to);
    for (size_t c = 0; c < CAUTIONS; c++)
        if (cautions & caution_keys[c].flag)
            json_text(to, caution_keys[c].key);
    json_end(to);
}

static void write_claim(json *to, const truce_scenario *scenario,
                        const truce_testimony *testimony)
{
    const truce_claim *claim = &scenario->claims[testimony->claim];
    json_object(to);
    field_text(to, "id", claim->label.id);
    field_text(to, "source",
               claim->source == TRUCE_NOBODY
                   ? NULL
                   : scenario->sources[claim->source].label.id);
    field_text(to, "at", claim->at);
    field_text(to, "speaker", claim->speaker.text);
    field_text(to, "via", claim->via);
    field_party(to, "about", scenario, claim->about);
    field_text(to, "subject", claim->subject);
    field_text(to, "says", claim->says);
    field_text(to, "quote", claim->quote);
    field_text(to, "corrected", claim->corrected);
    field_text(to, "date", claim->date);
    json_key(to, "credibility");
    if (claim->credibility == 0)
        json_null(to);
    else
        json_integer(to, claim->credibility);
    field_text(to, "note", claim->label.note);
    field_claims(to, "disputes", scenario, claim->disputes);
    write_cautions(to, testimony->cautions);
    field_texts(to, "carries", testimony->carries);
    json_end(to);
}

static void write_source(json *to, const truce_source *source)
{
    char reliability[] = {source->reliability, '\0'};
    json_object(to);
    field_text(to, "id", source->label.id);
    field_text(to, "title", source->title);
    field_text(to, "kind", source->kind);
    field_text(to, "reliability", source->reliability == 0 ? NULL : reliability);
    field_text(to, "sha256", source->sha256);
    json_end(to);
}

static void write_disagreement(json *to, const truce_disagreement *one)
{
    json_object(to);
    field_text(to, "one", one->one);
    field_text(to, "other", one->other);
    field_text(to, "how", one->how);
    json_end(to);
}

static void write_fact(json *to, const truce_scenario *scenario, const truce_fact *fact)
{
    json_object(to);
    field_text(to, "id", fact->label.id);
    field_text(to, "text", fact->text);
    field_claims(to, "from", scenario, fact->label.claims);
    field_text(to, "by", fact->by);
    field_bool(to, "contested", fact->contested);
    json_end(to);
}

void evidence_answer(json *to, const truce_evidence *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    json_object(to);
    json_key(to, "sources");
    json_array(to);
    for (size_t s = 0; s < scenario->source_count; s++)
        write_source(to, &scenario->sources[s]);
    json_end(to);
    json_key(to, "claims");
    json_array(to);
    for (size_t i = 0; i < result->count; i++)
        write_claim(to, scenario, &result->testimonies[i]);
    json_end(to);
    json_key(to, "facts");
    json_array(to);
    for (size_t f = 0; f < scenario->fact_count; f++)
        write_fact(to, scenario, &scenario->facts[f]);
    json_end(to);
    json_key(to, "disagree");
    json_array(to);
    for (size_t d = 0; d < result->disagreement_count; d++)
        write_disagreement(to, &result->disagreements[d]);
    json_end(to);
    field_text(to, "of", result->of);
    json_key(to, "on");
    json_object(to);
    for (size_t i = 0; i < result->count; i++)
        if (result->testimonies[i].carries.count > 0)
            field_texts(to, scenario->claims[result->testimonies[i].claim].label.id,
                        result->testimonies[i].carries);
    json_end(to);
    json_end(to);
}

void truce_evidence_json(FILE *out, const truce_evidence *result,
                         const truce_reality *reality)
{
    json to = envelope_begin(out, &result->finding);
    evidence_answer(&to, result);
    envelope_end(&to, &result->finding, reality);
}

/* ---- text ------------------------------------------------------------------------ */

static const char *reliability_words(char letter)
{
    static const char *const words[] = {
        "completely reliable",  "usually reliable", "fairly reliable",
        "not usually reliable", "unreliable",       "reliability cannot be judged"};
    return letter >= 'A' && letter <= 'F' ? words[letter - 'A'] : "not rated";
}

static const char *source_line(page *to, const truce_scenario *scenario, size_t source)
{
    if (source == TRUCE_NOBODY)
        return "Without a source";
    const truce_source *one = &scenario->sources[source];
    bool kind = one->kind != NULL && strcmp(one->kind, one->label.id) != 0;
    return arena_format(
        &to->memory, "%s (%s%s%s), %s%s",
        one->title != NULL ? one->title : one->label.id, one->label.id,
        kind ? ", " : "", kind ? one->kind : "", reliability_words(one->reliability),
        one->reliability == 0 ? ""
                              : arena_format(&to->memory, " (%c)", one->reliability));
}

/* What the claim says, and in brackets what to mind. */
static const char *saying(page *to, const truce_claim *claim, unsigned cautions)
{
    const char *text = claim->says != NULL ? claim->says : "-";
    if (claim->corrected != NULL)
        text = arena_format(&to->memory, "%s [corrected: %s]", text, claim->corrected);
    if (claim->via != NULL)
        text = arena_format(&to->memory, "%s [passed on by %s]", text, claim->via);
    if (cautions & TRUCE_AMBIGUOUS)
        text = arena_format(&to->memory, "%s [can be read in several ways]", text);
    if (claim->label.note != NULL)
        text = arena_format(&to->memory, "%s [note: %s]", text, claim->label.note);
    return text;
}

static const char *speaker_words(const truce_scenario *scenario,
                                 const truce_claim *claim)
{
    if (claim->speaker.party < scenario->party_count)
        return party_called(scenario, claim->speaker.party);
    return claim->speaker.text != NULL ? claim->speaker.text : "-";
}

/* "line 8, ru-team: satisfied with the outcome [corrected: ...] -> d1, o2" */
static const char *told(page *to, const truce_scenario *scenario,
                        const truce_testimony *testimony)
{
    const truce_claim *claim = &scenario->claims[testimony->claim];
    return arena_format(&to->memory, "%s%s%s: %s%s%s",
                        claim->at != NULL ? claim->at : "",
                        claim->at != NULL ? ", " : "", speaker_words(scenario, claim),
                        saying(to, claim, testimony->cautions),
                        testimony->carries.count > 0 ? " → " : "",
                        join_ids(&to->memory, testimony->carries));
}

static void add_claim(page *to, table *rows, const truce_scenario *scenario,
                      const truce_testimony *testimony)
{
    const truce_claim *claim = &scenario->claims[testimony->claim];
    table_row(rows);
    table_cell(rows, "%s", claim->label.id);
    if (claim->credibility == 0)
        table_cell(rows, "-");
    else
        table_cell(rows, "%u", claim->credibility);
    table_cell(rows, "%s", told(to, scenario, testimony));
}

static table claims_table(page *to)
{
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Claim");
    table_column(&rows, TABLE_NUMBER, "Cr.");
    table_column(&rows, TABLE_TEXT, "Where, who says it, what → what rests on it");
    return rows;
}

/* Testimonies come by source; each source gets a heading and a table. */
static void say_claims(page *to, const truce_evidence *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    for (size_t i = 0; i < result->count;) {
        size_t source = scenario->claims[result->testimonies[i].claim].source;
        page_heading(to, "%s", source_line(to, scenario, source));
        table rows = claims_table(to);
        for (; i < result->count &&
               scenario->claims[result->testimonies[i].claim].source == source;
             i++)
            add_claim(to, &rows, scenario, &result->testimonies[i]);
        table_print(&rows, to, 0);
    }
}

static void evidence_legend(page *to)
{
    page_remark(
        to, 0,
        "Cr. is credibility: 1 confirmed, 2 probably true, 3 possibly true, 4 "
        "doubtful, "
        "5 improbable, 6 cannot be judged; it is judged apart from the source's "
        "reliability. ");
}

/* ---- the register ---------------------------------------------------------------- */

static const char *mind_words(page *to, const truce_claim *claim, unsigned cautions)
{
    const char *texts[5];
    size_t count = 0;
    if (claim->corrected != NULL)
        texts[count++] = arena_format(&to->memory, "corrected: %s", claim->corrected);
    if (claim->via != NULL)
        texts[count++] =
            arena_format(&to->memory, "hearsay, passed on by %s", claim->via);
    if (cautions & TRUCE_DOUBTFUL)
        texts[count++] = "improbable or not to be judged";
    if (cautions & TRUCE_AMBIGUOUS)
        texts[count++] = "can be read in several ways";
    if (claim->label.note != NULL)
        texts[count++] = arena_format(&to->memory, "note: %s", claim->label.note);
    return join_by(&to->memory, texts, count, "; ");
}

static const char *says_words(page *to, const truce_claim *claim)
{
    const char *text = claim->says != NULL ? claim->says : "";
    if (claim->subject != NULL)
        text = arena_format(&to->memory, "%s%s%s", claim->subject, *text ? ": " : "",
                            text);
    if (claim->quote != NULL)
        text =
            arena_format(&to->memory, "%s%s“%s”", text, *text ? " " : "", claim->quote);
    return text;
}

static const char *where_words(page *to, const truce_scenario *scenario,
                               const truce_claim *claim)
{
    const char *source = claim->source == TRUCE_NOBODY
                             ? "no source"
                             : scenario->sources[claim->source].label.id;
    return arena_format(
        &to->memory, "%s%s%s%s%s", source, claim->at != NULL ? ", " : "",
        claim->at != NULL ? claim->at : "", claim->date != NULL ? ", " : "",
        claim->date != NULL ? claim->date : "");
}

static const char *speaks_words(page *to, const truce_scenario *scenario,
                                const truce_claim *claim)
{
    if (claim->about == TRUCE_NOBODY)
        return speaker_words(scenario, claim);
    return arena_format(&to->memory, "%s, about %s", speaker_words(scenario, claim),
                        party_called(scenario, claim->about));
}

static void register_claim(page *to, table *rows, const truce_scenario *scenario,
                           const truce_testimony *testimony)
{
    const truce_claim *claim = &scenario->claims[testimony->claim];
    table_row(rows);
    table_anchor(rows, "claim", testimony->claim + 1);
    table_cell(rows, "%s", claim->label.id);
    table_cell(rows, "%s", where_words(to, scenario, claim));
    table_cell(rows, "%s", speaks_words(to, scenario, claim));
    table_cell(rows, "%s", says_words(to, claim));
    if (claim->credibility == 0)
        table_cell(rows, "-");
    else
        table_cell(rows, "%u", claim->credibility);
    table_cell(rows, "%s", mind_words(to, claim, testimony->cautions));
    table_cell(rows, "%s", join_ids(&to->memory, testimony->carries));
}

static void register_sources(page *to, const truce_scenario *scenario)
{
    table rows = table_begin(&to->memory);
    page_caption(to, "The sources");
    table_column(&rows, TABLE_NAME, "Source");
    table_column(&rows, TABLE_TEXT, "Title");
    table_column(&rows, TABLE_NAME, "Kind");
    table_column(&rows, TABLE_TEXT, "Reliability");
    for (size_t s = 0; s < scenario->source_count; s++) {
        const truce_source *one = &scenario->sources[s];
        table_row(&rows);
        table_anchor(&rows, "source", s + 1);
        table_cell(&rows, "%s", one->label.id);
        table_cell(&rows, "%s", one->title != NULL ? one->title : "");
        table_cell(&rows, "%s", one->kind != NULL ? one->kind : "");
        if (one->reliability == 0)
            table_cell(&rows, "not rated");
        else
            table_cell(&rows, "%c, %s", one->reliability,
                       reliability_words(one->reliability));
    }
    table_print(&rows, to, 0);
}

void evidence_register(page *to, const truce_evidence *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    if (scenario->source_count > 0)
        register_sources(to, scenario);
    table rows = table_begin(&to->memory);
    page_caption(to, "Every claim, and what rests on it");
    table_column(&rows, TABLE_NAME, "Claim");
    table_column(&rows, TABLE_NAME, "Where");
    table_column(&rows, TABLE_TEXT, "Who says it");
    table_column(&rows, TABLE_TEXT, "What");
    table_column(&rows, TABLE_NUMBER, "Cr.");
    table_column(&rows, TABLE_TEXT, "To mind");
    table_column(&rows, TABLE_TEXT, "What rests on it");
    for (size_t i = 0; i < result->count; i++)
        register_claim(to, &rows, scenario, &result->testimonies[i]);
    table_print(&rows, to, 0);
    evidence_legend(to);
}

static size_t count_caution(const truce_evidence *result, unsigned flag)
{
    size_t count = 0;
    for (size_t i = 0; i < result->count; i++)
        count += (result->testimonies[i].cautions & flag) != 0;
    return count;
}

const char *evidence_cautions(page *to, const truce_evidence *result)
{
    static const char *const words[CAUTIONS] = {
        "corrected", "improbable or not to be judged (credibility 5 or 6)", "hearsay",
        "open to several readings"};
    const char *texts[CAUTIONS];
    size_t count = 0;
    for (size_t c = 0; c < CAUTIONS; c++) {
        size_t found = count_caution(result, caution_keys[c].flag);
        if (found > 0)
            texts[count++] = arena_format(&to->memory, "%zu %s", found, words[c]);
    }
    return join(&to->memory, texts, count, ", ");
}

static void say_facts(page *to, const truce_scenario *scenario)
{
    if (scenario->fact_count == 0)
        return;
    page_heading(to, "Facts: claims that an analyst has signed for");
    for (size_t f = 0; f < scenario->fact_count; f++) {
        const truce_fact *fact = &scenario->facts[f];
        page_item(to, 0, "- ", "%s (%s)%s; from %s%s%s", fact->text, fact->label.id,
                  fact->contested ? ", contested" : "",
                  claim_ids(&to->memory, scenario, fact->label.claims),
                  fact->by != NULL ? "; by " : "", fact->by != NULL ? fact->by : "");
    }
}

void evidence_disagreements(page *to, const truce_evidence *result)
{
    if (result->disagreement_count == 0)
        return;
    page_heading(to, "What does not fit together");
    for (size_t d = 0; d < result->disagreement_count; d++) {
        const truce_disagreement *one = &result->disagreements[d];
        page_item(to, 0, "- ", "%s and %s: %s", one->one, one->other, one->how);
    }
}

static void say_count(page *to, const truce_evidence *result)
{
    const char *cautions = evidence_cautions(to, result);
    page_say(to, 0, "%s%s%s%s%s.",
             counted(&to->memory, result->count, "claim", "claims"),
             result->of != NULL ? " behind " : "", result->of != NULL ? result->of : "",
             *cautions != '\0' ? ", of these " : "", cautions);
    evidence_legend(to);
}

void truce_evidence_print(FILE *out, const truce_evidence *result,
                          const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding,
                 "Evidence: what was said, and what rests on it?");
    say_count(&to, result);
    say_claims(&to, result);
    if (result->of == NULL)
        say_facts(&to, result->finding.scenario);
    evidence_disagreements(&to, result);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
