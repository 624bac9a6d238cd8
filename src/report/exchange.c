/* The exchange: a plan on one screen, and the verdict on one. */
#include "base/calendar.h"
#include "report/envelope.h"
#include "report/questions.h"
#include "report/table.h"
#include "report/words.h"

#include <truce/report.h>

#include <inttypes.h>
#include <string.h>

/* ---- words ----------------------------------------------------------------------- */

static const char *const exception_names[] = {
    "not-verified", "no-consent", "not-fit-to-travel", "beyond-number",
    "beyond-quota", "not-ready",  "beyond-capacity"};
static const char *const exception_words[] = {
    "not verified",     "no consent", "not fit to travel", "beyond the number",
    "beyond the quota", "not ready",  "beyond capacity"};

enum { WHYS = sizeof exception_names / sizeof *exception_names };

const char *plan_amount_words(arena *memory, uint64_t millionths)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%" PRIu64 ".%06" PRIu64,
                          millionths / 1000000, millionths % 1000000);
    while (text[length - 1] == '0')
        length--;
    length -= text[length - 1] == '.';
    return arena_format(memory, "%.*s", length, text);
}

static const char *signed_words(arena *memory, int64_t millionths)
{
    uint64_t size = millionths < 0 ? -(uint64_t)millionths : (uint64_t)millionths;
    return arena_format(memory, "%s%s", millionths < 0 ? "-" : "",
                        plan_amount_words(memory, size));
}

const char *plan_day_words(arena *memory, const truce_exchange_wish *wish, int32_t day)
{
    int64_t number = day;
    if (!wish->days_are_dates && wish->from == TRUCE_NO_DAY)
        return arena_format(memory, "%" PRId32, day);
    if (!wish->days_are_dates)
        number += (int64_t)wish->from - 1;
    civil date = civil_of(number);
    return arena_format(memory, "%04" PRId64 "-%02d-%02d", date.year, date.month,
                        date.day);
}

/* "RU > UA": held by the one, home to the other. */
static const char *direction_words(arena *memory, const truce_lists *lists, int side)
{
    return arena_format(memory, "%s" NBSP ">" NBSP "%s", lists->names[side],
                        lists->names[1 - side]);
}

/* [2][WHYS] how many of each side do not go, and why. */
static void count_exceptions(const truce_plan *plan, size_t counts[2][WHYS])
{
    for (size_t k = 0; k < plan->exception_count; k++) {
        const truce_exception *one = &plan->exceptions[k];
        counts[plan->lists->people[one->person].side][one->why]++;
    }
}

/* ---- JSON ------------------------------------------------------------------------ */

static void amount_field(json *to, arena *memory, const char *key, uint64_t millionths)
{
    const char *text = plan_amount_words(memory, millionths);
    json_key(to, key);
    json_written(to, text, strlen(text));
}

static void write_lists(json *to, const truce_plan *plan)
{
    json_key(to, "lists");
    json_array(to);
    for (int side = 0; side < 2; side++) {
        const truce_lists *lists = plan->lists;
        json_object(to);
        field_text(to, "file", lists->files[side]);
        field_text(to, "sha256", lists->sha256[side]);
        field_text(to, "holder", lists->names[side]);
        field_integer(to, "people", lists->first[side + 1] - lists->first[side]);
        field_integer(to, "eligible", plan->eligible[side]);
        field_integer(to, "go", plan->heads[side]);
        field_integer(to, "owed", plan->owed[side]);
        json_end(to);
    }
    json_end(to);
}

static void write_direction(json *to, arena *memory, const truce_stage_totals *stage,
                            int side)
{
    const char *standing = signed_words(memory, stage->standing[side]);
    json_object(to);
    field_integer(to, "heads", stage->heads[side]);
    field_integer(to, "owed", stage->owed[side]);
    field_integer(to, "wounded", stage->wounded[side]);
    field_integer(to, "long_held", stage->long_held[side]);
    field_integer(to, "other", stage->other[side]);
    field_integer(to, "points", stage->points[side]);
    json_key(to, "standing");
    json_written(to, standing, strlen(standing));
    json_end(to);
}

static void write_stages(json *to, arena *memory, const truce_plan *plan)
{
    json_key(to, "stages");
    json_array(to);
    for (size_t t = 0; t < plan->stage_count; t++) {
        const truce_stage_totals *stage = &plan->stages[t];
        json_object(to);
        field_integer(to, "stage", stage->stage);
        field_text(to, "day", plan_day_words(memory, plan->wish, stage->day));
        for (int side = 0; side < 2; side++) {
            json_key(to, plan->lists->names[side]);
            write_direction(to, memory, stage, side);
        }
        json_end(to);
    }
    json_end(to);
}

static void write_exposure(json *to, arena *memory, const truce_plan *plan)
{
    const truce_exposure *exposure = &plan->exposure;
    json_key(to, "exposure");
    json_object(to);
    amount_field(to, memory, "amount", exposure->amount);
    amount_field(to, memory, "bound", exposure->bound);
    field_text(to, "side",
               exposure->side < 0 ? NULL : plan->lists->names[exposure->side]);
    field_integer(to, "stage", exposure->stage);
    field_integer(to, "gone", exposure->gone);
    json_end(to);
}

static void write_exceptions(json *to, const truce_plan *plan)
{
    size_t counts[2][WHYS] = {{0}};
    count_exceptions(plan, counts);
    json_key(to, "exceptions");
    json_object(to);
    for (int side = 0; side < 2; side++) {
        json_key(to, plan->lists->names[side]);
        json_object(to);
        for (size_t why = 0; why < WHYS; why++)
            field_integer(to, exception_names[why], counts[side][why]);
        json_end(to);
    }
    json_end(to);
}

static void write_optima(json *to, const truce_plan *plan)
{
    static const char *const how[] = {"proved", "bounded", "sampled"};
    json_key(to, "optima");
    json_array(to);
    for (size_t k = 0; k < plan->optimum_count; k++) {
        json_object(to);
        field_text(to, "what", plan->optima[k].what);
        field_text(to, "how", how[plan->optima[k].proof.how]);
        field_text(to, "by", plan->optima[k].proof.by);
        json_end(to);
    }
    json_end(to);
}

static void write_short(json *to, const truce_plan *plan)
{
    field_text(to, "short_of", plan->short_of);
    json_key(to, "most");
    if (plan->short_of == NULL) {
        json_null(to);
        return;
    }
    json_object(to);
    for (int side = 0; side < 2; side++)
        field_integer(to, plan->lists->names[side], plan->most[side]);
    json_end(to);
}

void plan_answer(json *to, const truce_plan *plan)
{
    arena memory = {0};
    json_object(to);
    write_lists(to, plan);
    field_integer(to, "pairs", plan->pair_count);
    write_stages(to, &memory, plan);
    write_exposure(to, &memory, plan);
    write_exceptions(to, plan);
    write_optima(to, plan);
    write_short(to, plan);
    json_end(to);
    arena_free(&memory);
}

void truce_plan_json(FILE *out, const truce_plan *plan)
{
    json to = envelope_begin(out, &plan->finding);
    plan_answer(&to, plan);
    envelope_end(&to, &plan->finding, NULL);
}

/* ---- text ------------------------------------------------------------------------ */

static void say_lists(page *to, const truce_plan *plan)
{
    const truce_lists *lists = plan->lists;
    for (int side = 0; side < 2; side++) {
        size_t people = lists->first[side + 1] - lists->first[side];
        page_say(to, 0, "%s: %s held by %s, %s of them eligible.",
                 to->html ? html_file_name(lists->files[side]) : lists->files[side],
                 counted(&to->memory, people, "person", "people"), lists->names[side],
                 size_words(&to->memory, plan->eligible[side]));
    }
}

static const char *handovers(arena *memory, const truce_plan *plan)
{
    return counted(memory, plan->stage_count, "handover", "handovers");
}

static void say_total(page *to, const truce_plan *plan)
{
    const truce_lists *lists = plan->lists;
    page_gap(to);
    page_say(to, 0, "%s go home in %s: %s from %s and %s from %s.",
             counted(&to->memory, plan->leg_count, "person", "people"),
             handovers(&to->memory, plan), size_words(&to->memory, plan->heads[0]),
             lists->names[0], size_words(&to->memory, plan->heads[1]), lists->names[1]);
    size_t owed = plan->owed[0] + plan->owed[1];
    if (owed > 0)
        page_say(to, 0, "Of these %s %s owed, not traded%s: %s from %s and %s from %s.",
                 size_words(&to->memory, owed), owed == 1 ? "is" : "are",
                 plan->wish->owed_inside ? ", and count in the number"
                                         : " and outside the agreed number",
                 size_words(&to->memory, plan->owed[0]), lists->names[0],
                 size_words(&to->memory, plan->owed[1]), lists->names[1]);
    if (plan->pair_count > 0)
        page_say(to, 0, "%s who go for one another.",
                 counted(&to->memory, plan->pair_count, "pair", "pairs"));
}

static void add_direction(page *to, table *rows, const truce_stage_totals *stage,
                          int side)
{
    table_cell(rows, "%s", size_words(&to->memory, stage->heads[side]));
    table_cell(rows, "%s", size_words(&to->memory, stage->owed[side]));
    table_cell(rows, "%s", size_words(&to->memory, stage->wounded[side]));
    table_cell(rows, "%s", size_words(&to->memory, stage->long_held[side]));
    table_cell(rows, "%s", size_words(&to->memory, stage->other[side]));
}

/* Of many stages the first and the last. */
enum { STAGES_SHOWN = 16 };

static bool is_shown(const truce_plan *plan, size_t stage)
{
    return plan->stage_count <= STAGES_SHOWN || stage + 3 < STAGES_SHOWN ||
           stage + 2 >= plan->stage_count;
}

static void add_stage(page *to, table *rows, const truce_plan *plan, size_t t)
{
    const truce_stage_totals *stage = &plan->stages[t];
    table_row(rows);
    table_cell(rows, "%" PRIu32, stage->stage);
    table_cell(rows, "%s", plan_day_words(&to->memory, plan->wish, stage->day));
    add_direction(to, rows, stage, 0);
    add_direction(to, rows, stage, 1);
}

static void say_stages(page *to, const truce_plan *plan)
{
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NUMBER, "#");
    table_column(&rows, TABLE_NAME, "Day");
    for (int side = 0; side < 2; side++) {
        table_column(&rows, TABLE_NUMBER,
                     direction_words(&to->memory, plan->lists, side));
        table_column(&rows, TABLE_NUMBER, "owed");
        table_column(&rows, TABLE_NUMBER, "hurt");
        table_column(&rows, TABLE_NUMBER, "long");
        table_column(&rows, TABLE_NUMBER, "rest");
    }
    bool skipped = false;
    for (size_t t = 0; t < plan->stage_count; t++) {
        if (is_shown(plan, t))
            add_stage(to, &rows, plan, t);
        else if (!skipped)
            table_space(&rows);
        skipped = !is_shown(plan, t);
    }
    page_gap(to);
    table_print(&rows, to, 0);
    page_remark(to, 0,
                "hurt: wounded or sick, and not owed; long: held for more than a year. "
                "Each person counts once, by the first that holds.");
}

static void say_exposure(page *to, const truce_plan *plan)
{
    const truce_exposure *exposure = &plan->exposure;
    const char *amount = plan_amount_words(&to->memory, exposure->amount);
    page_gap(to);
    if (exposure->amount == 0) {
        page_say(to, 0,
                 "Exposure: none. At every moment that counts, going on is worth "
                 "as much to both sides as breaking off.");
        return;
    }
    page_say(to, 0,
             "Exposure: %s. So much %s must put on keeping the process alive, after %s "
             "of stage %" PRIu32 ".",
             amount, plan->lists->names[exposure->side],
             counted(&to->memory, exposure->gone, "person", "people"), exposure->stage);
    if (exposure->bound == exposure->amount)
        page_say(to, 0, "No order within these stages has less.");
    else
        page_say(to, 0,
                 "No order within these stages has less than %s; whether one has less "
                 "than %s is open.",
                 plan_amount_words(&to->memory, exposure->bound), amount);
}

static const char *exceptions_of(arena *memory, const size_t counts[WHYS])
{
    const char *texts[WHYS];
    size_t given = 0;
    for (size_t why = 0; why < WHYS; why++)
        if (counts[why] > 0)
            texts[given++] = arena_format(
                memory, "%s %s", size_words(memory, counts[why]), exception_words[why]);
    return join(memory, texts, given, " and ");
}

static void say_exceptions(page *to, const truce_plan *plan)
{
    size_t counts[2][WHYS] = {{0}};
    count_exceptions(plan, counts);
    page_heading(to, "Who does not go");
    if (plan->exception_count == 0)
        page_say(to, 0, "Nobody is left out.");
    for (unsigned side = 0; side < 2; side++) {
        size_t all = plan->lists->first[side + 1] - plan->lists->first[side];
        if (all > plan->heads[side])
            page_say(to, 0, "Held by %s: %s of %s: %s.", plan->lists->names[side],
                     size_words(&to->memory, all - plan->heads[side]),
                     size_words(&to->memory, all),
                     exceptions_of(&to->memory, counts[side]));
    }
}

void plan_proofs(page *to, const truce_plan *plan)
{
    page_heading(to, "What is proved");
    for (size_t k = 0; k < plan->optimum_count; k++) {
        const truce_optimum *one = &plan->optima[k];
        page_item(to, 0, "- ", "%s: %s; %s", one->what,
                  one->proof.how == TRUCE_PROVED ? "best" : "within bounds",
                  one->proof.by);
    }
}

void plan_pages(page *to, const truce_plan *plan)
{
    say_lists(to, plan);
    if (plan->short_of) {
        page_gap(to);
        page_say(to, 0, "This cannot be: %s.", plan->short_of);
        return;
    }
    say_total(to, plan);
    say_stages(to, plan);
    say_exposure(to, plan);
    say_exceptions(to, plan);
}

void plan_summary(page *to, const truce_plan *plan)
{
    if (plan->short_of) {
        page_say(to, 0, "The exchange, by its lists: this cannot be: %s.",
                 plan->short_of);
        return;
    }
    page_say(
        to, 0,
        "The exchange, by its lists: %s go home in %s, %s from %s and %s from %s, "
        "%s of them owed by law and first; %s do not go, each with a reason. "
        "Exposure: %s (truce exchange plan).",
        counted(&to->memory, plan->leg_count, "person", "people"),
        handovers(&to->memory, plan), size_words(&to->memory, plan->heads[0]),
        plan->lists->names[0], size_words(&to->memory, plan->heads[1]),
        plan->lists->names[1], size_words(&to->memory, plan->owed[0] + plan->owed[1]),
        size_words(&to->memory, plan->exception_count),
        plan->exposure.amount ? plan_amount_words(&to->memory, plan->exposure.amount)
                              : "none");
}

void truce_plan_print(FILE *out, const truce_plan *plan, const truce_style *style)
{
    page to = page_begin(out, style);
    page_heading(&to, "Exchange: %s and %s", plan->lists->names[0],
                 plan->lists->names[1]);
    plan_pages(&to, plan);
    if (plan->short_of == NULL)
        plan_proofs(&to, plan);
    page_end(&to);
}

/* ---- the verdict on a plan ------------------------------------------------------- */

void truce_plan_verdict_json(FILE *out, const truce_plan_verdict *verdict)
{
    json to = envelope_begin(out, &verdict->finding);
    json_object(&to);
    field_bool(&to, "holds", verdict->holds);
    field_integer(&to, "faults", verdict->faults);
    json_key(&to, "checks");
    json_array(&to);
    for (size_t k = 0; k < verdict->count; k++) {
        const truce_plan_check *one = &verdict->checks[k];
        json_object(&to);
        field_text(&to, "rule", one->rule);
        field_bool(&to, "holds", one->holds);
        field_integer(&to, "checked", one->checked);
        field_text(&to, "fault", one->fault);
        json_end(&to);
    }
    json_end(&to);
    json_end(&to);
    envelope_end(&to, &verdict->finding, NULL);
}

void truce_plan_verdict_print(FILE *out, const truce_plan_verdict *verdict,
                              const truce_style *style)
{
    page to = page_begin(out, style);
    page_heading(&to, verdict->holds ? "The plan holds" : "The plan does not hold");
    table rows = table_begin(&to.memory);
    table_column(&rows, TABLE_TEXT, "Rule");
    table_column(&rows, TABLE_NUMBER, "Checked");
    table_column(&rows, TABLE_TEXT, "");
    for (size_t k = 0; k < verdict->count; k++) {
        const truce_plan_check *one = &verdict->checks[k];
        table_row(&rows);
        table_cell(&rows, "%s", one->rule);
        table_cell(&rows, "%s", size_words(&to.memory, one->checked));
        table_cell(&rows, "%s", one->holds ? "holds" : one->fault);
    }
    table_print(&rows, &to, 0);
    page_gap(&to);
    page_remark(&to, 0, "Checked with none of the planner's code.");
    page_end(&to);
}
