/* What can be signed today: a table of moves, and why some cannot be signed in the
 * room. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <string.h>

static bool counts_for(const truce_scenario *scenario, const truce_move *move,
                       size_t party)
{
    const truce_party *one = &scenario->parties[party];
    return one->preferences.given &&
           (move->needed[party] || one->role == TRUCE_PRINCIPAL);
}

static truce_list needed_parties(page *to, const truce_scenario *scenario,
                                 const truce_move *move)
{
    size_t *items = arena_array(&to->memory, scenario->party_count, size_t);
    size_t count = 0;
    for (size_t p = 0; p < scenario->party_count; p++)
        if (move->needed[p])
            items[count++] = p;
    return (truce_list){items, count};
}

/* ---- JSON ------------------------------------------------------------------------ */

static const char *const signing_keys[] = {"yes", "refer", "no"};
static const char *const seen_keys[] = {NULL, "agreed", "refused"};

static void write_needed(json *to, const truce_scenario *scenario,
                         const truce_move *move)
{
    json_key(to, "needed");
    json_object(to);
    for (size_t p = 0; p < scenario->party_count; p++)
        if (move->needed[p])
            field_text(to, scenario->parties[p].label.id,
                       move->absent[p] ? "absent" : signing_keys[move->signing[p]]);
    json_end(to);
}

static void write_move(json *to, const truce_scenario *scenario, const truce_move *move)
{
    json_object(to);
    json_key(to, "set");
    settings_value(to, scenario, move->set);
    json_key(to, "change");
    json_object(to);
    for (size_t p = 0; p < scenario->party_count; p++) {
        if (!counts_for(scenario, move, p))
            continue;
        json_key(to, scenario->parties[p].label.id);
        json_number(to, move->changes[p]);
    }
    json_end(to);
    field_text(to, "may_sign", signing_keys[move->may_sign]);
    field_text(to, "seen", seen_keys[move->seen]);
    write_needed(to, scenario, move);
    json_end(to);
}

void now_answer(json *to, const truce_now *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    json_object(to);
    json_key(to, "moves");
    json_array(to);
    for (size_t i = 0; i < result->count; i++)
        write_move(to, scenario, &result->moves[i]);
    json_end(to);
    field_integer(to, "size", result->size);
    field_integer(to, "tried", result->tried);
    field_integer(to, "held", result->held);
    field_bool(to, "cut", result->cut);
    json_key(to, "below_floor");
    json_array(to);
    for (size_t p = 0; p < scenario->party_count; p++)
        if (result->below_floor[p])
            json_text(to, scenario->parties[p].label.id);
    json_end(to);
    json_end(to);
}

void truce_now_json(FILE *out, const truce_now *result, const truce_reality *reality)
{
    json to = envelope_begin(out, &result->finding);
    now_answer(&to, result);
    envelope_end(&to, &result->finding, reality);
}

/* ---- text ------------------------------------------------------------------------ */

/* [party_count] Those for whom some move counts: each has a column of its own. */
static const bool *columns_of(page *to, const truce_now *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    bool *columns = arena_array(&to->memory, scenario->party_count, bool);
    for (size_t i = 0; i < result->count; i++)
        for (size_t p = 0; p < scenario->party_count; p++)
            columns[p] |= counts_for(scenario, &result->moves[i], p);
    return columns;
}

static void add_move(page *to, table *rows, const truce_scenario *scenario,
                     const truce_move *move, const bool *columns)
{
    static const char *const signing[] = {"yes", "must refer", "no"};
    static const char *const seen[] = {"", "agreed", "refused"};
    table_row(rows);
    table_cell(rows, "%s", settings_words(&to->memory, scenario, move->set));
    for (size_t p = 0; p < scenario->party_count; p++)
        if (columns[p])
            table_cell(rows, "%s",
                       counts_for(scenario, move, p)
                           ? change_words(&to->memory, move->changes[p])
                           : "");
    table_cell(
        rows, "%s",
        join_party_ids(&to->memory, scenario, needed_parties(to, scenario, move)));
    table_cell(rows, "%s", signing[move->may_sign]);
    table_cell(rows, "%s", seen[move->seen]);
}

void now_table(page *to, const truce_now *result, size_t most)
{
    const truce_scenario *scenario = result->finding.scenario;
    const bool *columns = columns_of(to, result);
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_TEXT, result->size == 1 ? "Change" : "Changes");
    for (size_t p = 0; p < scenario->party_count; p++)
        if (columns[p])
            table_column(&rows, TABLE_NUMBER, scenario->parties[p].label.id);
    table_column(&rows, TABLE_NAME, "Must agree");
    table_column(&rows, TABLE_NAME, "May be signed");
    table_column(&rows, TABLE_NAME, "Seen");
    for (size_t i = 0; i < result->count && i < most; i++)
        add_move(to, &rows, scenario, &result->moves[i], columns);
    table_print(&rows, to, 0);
}

typedef enum obstacle {
    OBSTACLE_ABSENT,
    OBSTACLE_MANDATE,
    OBSTACLE_REFER,
    OBSTACLES,
    NO_OBSTACLE
} obstacle;

static obstacle obstacle_of(const truce_move *move, size_t party)
{
    if (!move->needed[party])
        return NO_OBSTACLE;
    if (move->absent[party])
        return OBSTACLE_ABSENT;
    if (move->signing[party] == TRUCE_CANNOT_SIGN)
        return OBSTACLE_MANDATE;
    return move->signing[party] == TRUCE_MUST_REFER ? OBSTACLE_REFER : NO_OBSTACLE;
}

/* Who of the needed meets this obstacle, and a sentence about them; NULL for nobody. */
static const char *obstacle_words(page *to, const truce_scenario *scenario,
                                  const truce_move *move, obstacle which)
{
    static const char *const words[] = {"nobody is in the room for",
                                        "no mandate on the side of",
                                        "to be referred home by"};
    size_t *items = arena_array(&to->memory, scenario->party_count, size_t);
    size_t count = 0;
    for (size_t p = 0; p < scenario->party_count; p++)
        if (obstacle_of(move, p) == which)
            items[count++] = p;
    if (count == 0)
        return NULL;
    const char *who = join_parties(&to->memory, scenario, (truce_list){items, count});
    return arena_format(&to->memory, "%s %s", words[which], who);
}

/* Why a move cannot simply be signed in the room; "" when it can. */
static const char *obstacles_of(page *to, const truce_scenario *scenario,
                                const truce_move *move)
{
    const char *texts[OBSTACLES];
    size_t count = 0;
    for (obstacle o = 0; o < OBSTACLES; o++) {
        const char *text = obstacle_words(to, scenario, move, o);
        if (text != NULL)
            texts[count++] = text;
    }
    return join(&to->memory, texts, count, "; ");
}

/* Neighbours in the list that fail for the same reasons share a line. */
void now_obstacles(page *to, const truce_now *result, size_t most)
{
    const truce_scenario *scenario = result->finding.scenario;
    size_t count = result->count < most ? result->count : most;
    for (size_t i = 0; i < count;) {
        const char *why = obstacles_of(to, scenario, &result->moves[i]);
        size_t first = i++;
        while (i < count &&
               strcmp(why, obstacles_of(to, scenario, &result->moves[i])) == 0)
            i++;
        const char *name =
            package_words(&to->memory, scenario, result->moves[first].set);
        if (i - first > 1)
            name =
                arena_format(&to->memory, "%s, and the next %zu", name, i - first - 1);
        if (*why != '\0')
            page_item(to, 0, "- ", "%s: %s.", name, why);
    }
}

static const char *below_floor(page *to, const truce_now *result)
{
    const truce_scenario *scenario = result->finding.scenario;
    size_t *items = arena_array(&to->memory, scenario->party_count, size_t);
    size_t count = 0;
    for (size_t p = 0; p < scenario->party_count; p++)
        if (result->below_floor[p])
            items[count++] = p;
    if (count == 0)
        return "";
    return arena_format(
        &to->memory,
        " Today lies below the outside option of %s: the outside option is "
        "what a party expects with no settlement at all, in time; today is "
        "where the talks begin.",
        join_parties(&to->memory, scenario, (truce_list){items, count}));
}

static void say_count(page *to, const truce_now *result)
{
    const char *changes =
        result->size == 1
            ? "of one issue"
            : arena_format(&to->memory, "of %zu issues at once", result->size);
    page_say(
        to, 0,
        "%s %s were tried, %s of them held back by what must come first. %s everybody "
        "needed no worse off and some principal better off, with no red line or rule "
        "newly broken.%s",
        counted(&to->memory, result->tried, "change", "changes"), changes,
        result->held == 0 ? "none" : size_words(&to->memory, result->held),
        result->count == 0
            ? (is_complete(&result->finding) ? "None leaves" : "None of them leaves")
            : counted(&to->memory, result->count, "leaves", "leave"),
        result->cut ? " The list is cut: more exist, or may exist." : "");
}

void now_measure(page *to, const truce_now *result)
{
    page_gap(to);
    page_remark(
        to, 0,
        "The numbers with a sign are changes of utility against today. They are not "
        "measured against the outside option, because a partial deal forecloses "
        "nothing: who signs it keeps every alternative.%s",
        below_floor(to, result));
}

void now_pages(page *to, const truce_now *result, size_t most)
{
    say_count(to, result);
    if (result->count > 0) {
        page_gap(to);
        now_table(to, result, most);
        page_gap(to);
        now_obstacles(to, result, most);
    }
}

void truce_now_print(FILE *out, const truce_now *result, const truce_reality *reality,
                     const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "Now: what can be signed today?");
    now_pages(&to, result, result->count);
    now_measure(&to, result);
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
