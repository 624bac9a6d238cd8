/* A report on one scenario: which sections it has, in what order, and what it is about. The
 * sections take their words from the texts of the questions. */
#include "report/dossier.h"

#include "report/footer.h"
#include "report/words.h"

#include <truce/report.h>

/* ---- which are there ------------------------------------------------------------- */

static const truce_brief *brief_of(const void *of)
{
    return ((const truce_dossier *)of)->brief;
}

static const truce_scenario *scenario_of(const void *of)
{
    return ((const truce_dossier *)of)->scenario;
}

static bool has_talks(const void *of)
{
    return brief_of(of) != NULL;
}

static bool has_exchange(const void *of)
{
    return has_talks(of) && (brief_of(of)->plan || brief_of(of)->no_plan);
}

static bool has_points(const void *of)
{
    return ((const truce_dossier *)of)->points != NULL;
}

static bool has_frontier(const void *of)
{
    return !has_talks(of) && ((const truce_dossier *)of)->frontier != NULL;
}

static bool has_metrics(const void *of)
{
    return ((const truce_dossier *)of)->metrics != NULL;
}

static bool has_track(const void *of)
{
    return ((const truce_dossier *)of)->track != NULL;
}

static bool has_evidence(const void *of)
{
    return has_talks(of) && brief_of(of)->evidence->count > 0;
}

static bool has_entries(const void *of)
{
    return scenario_of(of) != NULL && dossier_has_entries(scenario_of(of));
}

static bool has_numbers(const void *of)
{
    const truce_scenario *scenario = scenario_of(of);
    for (size_t p = 0; scenario != NULL && p < scenario->party_count; p++)
        if (scenario->parties[p].preferences.given)
            return true;
    return false;
}

static bool has_scenario(const void *of)
{
    return scenario_of(of) != NULL;
}

static const section sections[] = {
    {"who", "Who is there", has_talks, dossier_who},
    {"said", "What was said", has_talks, dossier_said},
    {"now", "What can be signed now", has_talks, dossier_now},
    {"clash", "Why not more: demands that clash", has_talks, dossier_clash},
    {"order", "Why not more: what must come first", has_talks, dossier_order},
    {"deals", "Which outcomes all could accept", has_talks, dossier_deals},
    {"unlock", "What would unlock it", has_talks, dossier_unlock},
    {"wait", "What waiting does", has_talks, dossier_wait},
    {"flip", "What carries the answers", has_talks, dossier_flip},
    {"text", "The single negotiating text", has_talks, dossier_text},
    {"points", "Points that theory calls fair", has_points, dossier_points},
    {"frontier", "Where nobody can gain unless somebody loses", has_frontier,
     dossier_frontier},
    {"metrics", "What kind of domain this is", has_metrics, dossier_metrics},
    {"exchange", "The exchange plan", has_exchange, dossier_exchange},
    {"track", "Where the agreement stands", has_track, dossier_track},
    {"reality", "Reality check", has_talks, dossier_reality},
    {"evidence", "Evidence: every claim", has_evidence, dossier_evidence},
    {"entries", "Facts, demands and rules", has_entries, dossier_entries},
    {"numbers", "Numbers, and what turns with them", has_numbers, dossier_numbers},
    {"rests", "On what each answer rests", has_scenario, dossier_rests},
};

enum { SECTIONS = sizeof sections / sizeof *sections };

/* ---- the head -------------------------------------------------------------------- */

static const char *title_of(const truce_dossier *all)
{
    if (all->scenario != NULL)
        return scenario_called(all->scenario);
    const truce_accord *accord = all->track->accord;
    return accord->title ? accord->title : accord->id;
}

/* What is not shown to a reader has left no trace, not even in a hash. */
static bool is_whole(const truce_scenario *scenario)
{
    return scenario->sha256[0] && scenario->shown_to == NULL;
}

static void say_file(page *to, const truce_scenario *scenario)
{
    page_remark(to, 0, "%s%s%s%s%s", scenario->id, scenario->file ? ", from " : "",
                scenario->file ? html_file_name(scenario->file) : "",
                is_whole(scenario) ? ", SHA-256 " : "",
                is_whole(scenario)
                    ? arena_format(&to->memory, "%.16s…", scenario->sha256)
                    : "");
    if (scenario->note)
        page_remark(to, 0, "%s", scenario->note);
    header_remarks(to, scenario);
}

static void say_invented(page *to, const truce_dossier *all)
{
    if (all->track && all->track->accord->invented)
        page_remark(to, 0,
                    "The agreement and the log that this report tells of are "
                    "invented.");
}

void truce_dossier_html(FILE *out, const truce_dossier *all)
{
    anchors links = {0};
    paper to;
    if (all->scenario)
        links = anchors_of(all->scenario);
    paper_begin(&to, out, all->scenario ? &links : NULL, title_of(all));
    if (all->scenario)
        say_file(&to.page, all->scenario);
    say_invented(&to.page, all);
    paper_main(&to, sections, SECTIONS, all);
    if (all->brief)
        dossier_short(&to, all);
    paper_sections(&to);
    paper_end(&to);
    anchors_free(&links);
}
