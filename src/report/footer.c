#include "report/footer.h"

#include "report/table.h"
#include "report/words.h"

#include <inttypes.h>
#include <string.h>

static void say_reader(page *to, const truce_scenario *scenario)
{
    if (scenario->shown_to == NULL)
        return;
    size_t party = truce_scenario_party(scenario, scenario->shown_to);
    page_remark(to, 0, "Shown to: %s. %s left out before anything was computed.",
                party == TRUCE_NOBODY ? scenario->shown_to
                                      : party_called(scenario, party),
                scenario->withheld == 0
                    ? "Nothing was"
                    : counted(&to->memory, scenario->withheld, "entry of the file was",
                              "entries of the file were"));
}

static void say_settings(page *to, const truce_scenario *scenario)
{
    if (scenario->setting_count > 0)
        page_remark(
            to, 0, "What if: %s (the file itself says otherwise).",
            join(&to->memory, scenario->settings, scenario->setting_count, ", "));
}

void header_remarks(page *to, const truce_scenario *scenario)
{
    say_reader(to, scenario);
    say_settings(to, scenario);
}

void header_print(page *to, const truce_finding *finding, const char *title)
{
    const truce_scenario *scenario = finding->scenario;
    page_heading(to, "%s", title);
    if (scenario->title != NULL)
        page_remark(to, 0, "%s (%s)", scenario->title, scenario->id);
    else
        page_remark(to, 0, "%s", scenario->id);
    header_remarks(to, scenario);
    page_gap(to);
}

static const char *prediction_words(page *to, const truce_scenario *scenario,
                                    const truce_decision *decision)
{
    if (decision->broken != NULL)
        return arena_format(&to->memory, "the file says refuse: it breaks %s",
                            thing_words(&to->memory, scenario, decision->broken));
    if (decision->predicted == TRUCE_UNDECIDED)
        return "the numbers cannot tell: it changes nothing for it";
    return arena_format(&to->memory, "the numbers say %s (a change of %s)",
                        decision->predicted == TRUCE_WOULD_ACCEPT ? "accept" : "refuse",
                        change_words(&to->memory, decision->change));
}

static void say_miss(page *to, const truce_scenario *scenario,
                     const truce_decision *decision)
{
    const truce_observation *seen = &scenario->observed[decision->observation];
    const char *suspects = "";
    if (decision->suspects.count > 0)
        suspects = arena_format(&to->memory, " What may explain it: %s.",
                                join_things(&to->memory, scenario, decision->suspects));
    page_item(to, 2, "- ", "%s: %s %s %s; %s.%s",
              decision->predicted == TRUCE_UNDECIDED ? "undecided" : "missed",
              party_called(scenario, decision->party),
              decision->accepted ? "accepted" : "refused",
              settings_words(&to->memory, scenario, seen->offer),
              prediction_words(to, scenario, decision), suspects);
}

void reality_print(page *to, const truce_reality *reality)
{
    if (reality->count == 0) {
        page_say(to, 0,
                 "No offer and answer of these talks is in the file, so nothing tests "
                 "its numbers.");
        return;
    }
    page_say(to, 0, "The numbers reproduce %zu of %s seen at the talks.",
             reality->reproduced,
             counted(&to->memory, reality->count, "decision", "decisions"));
    for (size_t i = 0; i < reality->count; i++)
        if (!reality->decisions[i].reproduced)
            say_miss(to, reality->finding.scenario, &reality->decisions[i]);
}

const char *grounds_words(page *to, const truce_finding *finding)
{
    const truce_grounds *grounds = &finding->grounds;
    return arena_format(
        &to->memory, "rests on %s, %s and %s",
        some(&to->memory, grounds->facts.count, "fact", "facts"),
        some(&to->memory, grounds->claims.count, "claim", "claims"),
        some(&to->memory, grounds->assumed, "assumed number", "assumed numbers"));
}

const char *proof_words(page *to, const truce_finding *finding)
{
    static const char *const names[] = {"Proved", "Not complete", "Sampled"};
    const truce_proof *proof = &finding->proof;
    const char *draws = "";
    if (proof->how == TRUCE_SAMPLED)
        draws = arena_format(&to->memory, " (%" PRIu64 " draw%s, seed %" PRIu64 ")",
                             proof->draws, proof->draws == 1 ? "" : "s", proof->seed);
    if (proof->by == NULL)
        return arena_format(&to->memory, "%s%s.", names[proof->how], draws);
    size_t length = strlen(proof->by);
    bool ended = length > 0 && proof->by[length - 1] == '.';
    return arena_format(&to->memory, "%s%s: %s%s", names[proof->how], draws, proof->by,
                        ended ? "" : ".");
}

static void add_decision(page *to, table *rows, const truce_decision *one,
                         const truce_scenario *scenario, bool first)
{
    const truce_observation *seen = &scenario->observed[one->observation];
    table_row(rows);
    if (first)
        table_anchor(rows, "seen", one->observation + 1);
    table_cell(rows, "%s", seen->label.id);
    table_cell(rows, "%s %s %s", party_called(scenario, one->party),
               one->accepted ? "accepted" : "refused",
               settings_words(&to->memory, scenario, seen->offer));
    table_cell(rows, "%s", prediction_words(to, scenario, one));
    table_cell(rows, "%s",
               one->reproduced                     ? "reproduced"
               : one->predicted == TRUCE_UNDECIDED ? "undecided"
                                                   : "missed");
    table_cell(rows, "%s", drawn_from(&to->memory, scenario, &seen->label));
}

void reality_table(page *to, const truce_reality *reality)
{
    table rows = table_begin(&to->memory);
    page_caption(to, "Every decision seen at the talks");
    table_column(&rows, TABLE_NAME, "Seen");
    table_column(&rows, TABLE_TEXT, "What was decided");
    table_column(&rows, TABLE_TEXT, "What the numbers say");
    table_column(&rows, TABLE_NAME, "Result");
    table_column(&rows, TABLE_TEXT, "Claims");
    for (size_t i = 0; i < reality->count; i++)
        add_decision(to, &rows, &reality->decisions[i], reality->finding.scenario,
                     i == 0 || reality->decisions[i - 1].observation !=
                                   reality->decisions[i].observation);
    table_print(&rows, to, 0);
}

bool is_complete(const truce_finding *finding)
{
    return finding->proof.how != TRUCE_BOUNDED;
}

void say_if_cut(page *to, const truce_finding *finding)
{
    if (!is_complete(finding))
        page_say(to, 0, "Not complete: %s.",
                 finding->proof.by != NULL ? finding->proof.by : "stopped early");
}

void reality_footer(page *to, const truce_reality *reality)
{
    if (reality == NULL)
        return;
    page_heading(to, "Reality check");
    reality_print(to, reality);
}

void footer_print(page *to, const truce_finding *finding, const truce_reality *reality)
{
    reality_footer(to, reality);
    page_heading(to, "On what this rests");
    page_say(to, 0, "This answer %s. %s", grounds_words(to, finding),
             proof_words(to, finding));
}
