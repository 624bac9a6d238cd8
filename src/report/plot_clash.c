/* The clash picture. Each issue is a row of its values; below it every demand that speaks of
 * this issue alone is a lane, filled where it is content. Demands on several issues stand as
 * sentences at the end. A number on a lane is that of a clash: lanes with the same number
 * cannot all be kept. */
#include "report/svg_axes.h"

#include "report/words.h"

#include <math.h>
#include <string.h>

enum { BADGES = 6 };

static const double MARGIN = 16, MOST_FOR_NAMES = 150, SHARE_FOR_NAMES = 0.26,
                    BADGE = 22, LANE = 20, VALUE_SIZE = 11, TEXT_SIZE = 12;

typedef struct clash_picture {
    svg *to;
    const truce_clashes *result;
    const truce_scenario *scenario;
    truce_value *outcome; /* room for one */
    double left, width;   /* of the scales */
} clash_picture;

/* ---- demands --------------------------------------------------------------------- */

/* The one issue that a condition speaks of; TRUCE_NOBODY when there are several or none. */
static size_t only_issue(const truce_scenario *scenario, const truce_condition *wants)
{
    size_t found = TRUCE_NOBODY;
    for (size_t i = 0; i < scenario->issue_count; i++) {
        if (!truce_condition_mentions(wants, i))
            continue;
        if (found != TRUCE_NOBODY)
            return TRUCE_NOBODY;
        found = i;
    }
    return found;
}

static bool is_content(const clash_picture *at, const truce_condition *wants,
                       size_t issue, truce_value value)
{
    truce_scenario_today(at->scenario, at->outcome);
    at->outcome[issue] = value;
    return truce_condition_holds(wants, at->outcome);
}

static bool holds_member(const truce_clash *clash, const char *id)
{
    for (size_t k = 0; k < clash->count; k++)
        if (strcmp(clash->ids[k], id) == 0)
            return true;
    return false;
}

static size_t demands_on(const truce_scenario *scenario, size_t issue)
{
    size_t count = 0;
    for (size_t d = 0; d < scenario->demand_count; d++)
        count += only_issue(scenario, scenario->demands[d].wants) == issue;
    return count;
}

/* ---- drawing --------------------------------------------------------------------- */

/* Up to BADGES numbers of clashes, then how many more. */
static void draw_badges(const clash_picture *at, const char *id, double y)
{
    double x = at->left + at->width + 10;
    size_t shown = 0, hidden = 0;
    for (size_t c = 0; c < at->result->count; c++) {
        if (!holds_member(&at->result->items[c], id))
            continue;
        if (shown == BADGES) {
            hidden++;
            continue;
        }
        svg_rect(at->to, (svg_look){.fill = SVG_PAPER, .line = SVG_TEXT, .width = 1.2},
                 (svg_box){x, y + 2, BADGE - 3, LANE - 4}, 3);
        svg_bold(at->to, x + (BADGE - 3) / 2, y + 14, SVG_MIDDLE, VALUE_SIZE, SVG_TEXT,
                 "%zu", c + 1);
        x += BADGE;
        shown++;
    }
    if (hidden)
        svg_text(at->to, x, y + 14, SVG_START, VALUE_SIZE, SVG_MUTED, "+%zu", hidden);
}

/* As wide as the longest row of badges. */
static double room_for_badges(const clash_picture *at)
{
    size_t most = 1;
    for (size_t d = 0; d < at->scenario->demand_count; d++) {
        size_t count = 0;
        for (size_t c = 0; c < at->result->count; c++)
            count +=
                holds_member(&at->result->items[c], at->scenario->demands[d].label.id);
        most = count > most ? count : most;
    }
    return most > BADGES ? BADGE * (BADGES + 2) : BADGE * (double)most;
}

static void draw_owner(const clash_picture *at, const truce_demand *demand, double y)
{
    svg_mark(at->to, demand->by, svg_series(demand->by), false, MARGIN + 12,
             y + LANE / 2, 4);
    svg_text(at->to, MARGIN + 24, y + 14, SVG_START, TEXT_SIZE, SVG_TEXT, "%s",
             svg_fit(&at->to->memory, party_called(at->scenario, demand->by), TEXT_SIZE,
                     at->left - MARGIN - 34));
}

static void draw_lane(const clash_picture *at, const truce_demand *demand, size_t issue,
                      double y)
{
    size_t values = at->scenario->issues[issue].value_count;
    double cell = at->width / (double)values;
    const char *words = arena_format(
        &at->to->memory, "%s: %s (%s)", party_called(at->scenario, demand->by),
        truce_condition_text(demand->wants), demand->label.id);
    svg_group(at->to, words);
    draw_owner(at, demand, y);
    svg_rect(at->to, (svg_look){.line = SVG_GRID, .width = 1},
             (svg_box){at->left, y + 3, at->width, LANE - 6}, 3);
    /* neighbours that both content the party are one stretch */
    for (size_t v = 0; v < values;) {
        size_t end = v;
        while (end < values && is_content(at, demand->wants, issue, (truce_value)end))
            end++;
        if (end > v) {
            svg_look look = svg_fill(svg_series(demand->by));
            look.opacity = 0.85;
            svg_rect(at->to, look,
                     (svg_box){at->left + cell * (double)v + 2, y + 4,
                               cell * (double)(end - v) - 4, LANE - 8},
                     3);
        }
        v = end > v ? end : v + 1;
    }
    svg_group_end(at->to);
    draw_badges(at, demand->label.id, y);
}

/* The names of the values, today's in bold; thinned out when there are too many. Returns
 * where the lanes begin. */
static double draw_scale(const clash_picture *at, size_t issue, double y)
{
    const truce_issue *one = &at->scenario->issues[issue];
    double cell = at->width / (double)one->value_count;
    size_t step = (size_t)ceil(44 / cell);
    truce_scenario_today(at->scenario, at->outcome);
    truce_value today = at->outcome[issue];
    svg_bold(
        at->to, MARGIN, y, SVG_START, TEXT_SIZE, SVG_TEXT, "%s",
        svg_fit(&at->to->memory, one->title, TEXT_SIZE * 1.1, at->left - MARGIN - 8));
    for (size_t v = 0; v < one->value_count; v++) {
        if (v % step && v != today)
            continue;
        if (v != today && v + step > today && v < today && step > 1)
            continue;
        double x = at->left + cell * ((double)v + 0.5);
        const char *name = svg_fit(&at->to->memory, one->values[v], VALUE_SIZE * 1.12,
                                   cell * (double)step - 8);
        (v == today ? svg_bold : svg_text)(at->to, x, y, SVG_MIDDLE, VALUE_SIZE,
                                           v == today ? SVG_TEXT : SVG_MUTED, "%s",
                                           name);
        if (v == today)
            svg_line(at->to, svg_stroke(SVG_TEXT, 1.5), x - 8, y + 4, x + 8, y + 4);
    }
    return y + 8;
}

static double draw_issue(const clash_picture *at, size_t issue, double y)
{
    const truce_scenario *scenario = at->scenario;
    y = draw_scale(at, issue, y + 16);
    for (size_t d = 0; d < scenario->demand_count; d++)
        if (only_issue(scenario, scenario->demands[d].wants) == issue) {
            draw_lane(at, &scenario->demands[d], issue, y);
            y += LANE;
        }
    svg_line(at->to, svg_stroke(SVG_GRID, 1), MARGIN, y + 8, at->to->width - MARGIN,
             y + 8);
    return y + 10;
}

static double draw_sentences(const clash_picture *at, double y)
{
    const truce_scenario *scenario = at->scenario;
    bool begun = false;
    for (size_t d = 0; d < scenario->demand_count; d++) {
        const truce_demand *demand = &scenario->demands[d];
        if (only_issue(scenario, demand->wants) != TRUCE_NOBODY)
            continue;
        if (!begun)
            svg_bold(at->to, MARGIN, y + 16, SVG_START, TEXT_SIZE, SVG_TEXT,
                     "On several issues");
        y = begun ? y : y + 24;
        begun = true;
        draw_owner(at, demand, y);
        svg_text(at->to, at->left, y + 14, SVG_START, TEXT_SIZE, SVG_TEXT, "%s",
                 svg_fit(&at->to->memory, truce_condition_text(demand->wants),
                         TEXT_SIZE, at->width));
        draw_badges(at, demand->label.id, y);
        y += LANE;
    }
    return y;
}

/* Members that are no demands (red lines, floors, rules), by the clash they are in. */
static double draw_others(const clash_picture *at, double y)
{
    for (size_t c = 0; c < at->result->count; c++)
        for (size_t k = 0; k < at->result->items[c].count; k++) {
            const char *id = at->result->items[c].ids[k];
            if (demand_called(at->scenario, id))
                continue;
            svg_text(
                at->to, MARGIN, y + 14, SVG_START, TEXT_SIZE, SVG_TEXT, "%s",
                svg_fit(&at->to->memory,
                        arena_format(&at->to->memory, "Clash %zu: %s", c + 1,
                                     thing_words(&at->to->memory, at->scenario, id)),
                        TEXT_SIZE, at->to->width - 2 * MARGIN));
            y += LANE;
        }
    return y;
}

static const char *issues_without(const clash_picture *at)
{
    const truce_scenario *scenario = at->scenario;
    arena *memory = &at->to->memory;
    const char **names = arena_array(memory, scenario->issue_count + 1, const char *);
    size_t count = 0;
    for (size_t i = 0; i < scenario->issue_count; i++)
        if (demands_on(scenario, i) == 0)
            names[count++] = scenario->issues[i].title;
    return count ? arena_format(memory, "No demand speaks of %s alone.",
                                join(memory, names, count, " or "))
                 : NULL;
}

static const char *summary(arena *memory, const truce_clashes *result)
{
    if (result->count == 0)
        return "All demands can be kept together.";
    return arena_format(memory, "%s of demands cannot be kept together: %s.",
                        counted(memory, result->count, "set", "sets"),
                        "those with the same number at the right");
}

void truce_clashes_svg(FILE *out, const truce_clashes *result,
                       const truce_plot_style *style)
{
    svg to;
    svg_begin(&to, out, style, 820);
    const truce_scenario *scenario = result->finding.scenario;
    clash_picture at = {
        .to = &to,
        .result = result,
        .scenario = scenario,
        .outcome = arena_array(&to.memory, scenario->issue_count + 1, truce_value),
        .left = MARGIN + fmin(MOST_FOR_NAMES, to.width * SHARE_FOR_NAMES),
    };
    at.width = to.width - MARGIN - at.left - 10 - room_for_badges(&at);
    const char *words = summary(&to.memory, result);
    double y =
        svg_headline(&to, "Who wants what, and what clashes",
                     arena_format(&to.memory, "%s. %s Today's value is underlined.",
                                  scenario_called(scenario), words));
    for (size_t i = 0; i < scenario->issue_count; i++)
        if (demands_on(scenario, i) > 0)
            y = draw_issue(&at, i, y);
    y = draw_sentences(&at, y);
    y = draw_others(&at, y + 4);
    const char *without = issues_without(&at);
    if (without)
        y = svg_paragraph(&to, MARGIN, y + 16, to.width - 2 * MARGIN, TEXT_SIZE,
                          SVG_MUTED, 4, without);
    svg_end(&to, y + 12, "Who wants what, and what clashes", words);
}
