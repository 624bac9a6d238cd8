/* Scenarios put together from a domain and profiles. Issues and parties grow on the heap
 * while their number is not known and move into the scenario at the end; everything they
 * point to is in the scenario's memory from the beginning. Numbers carry basis A: what a
 * profile says of a party is an assumption until somebody says more. */
#include "formats/foreign.h"

#include "base/decimal.h"
#include "scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

/* What still grows. The arrays of preferences are those of the party begun last. */
typedef struct foreign_draft {
    truce_issue *issues;
    size_t issue_count, issue_room;
    truce_party *parties;
    size_t party_count, party_room;
    names party_ids;
    size_t value_count; /* of all issues */
    size_t value_room;  /* of foreign.values */
    const char *file;   /* the tree's, in the scenario's memory */
    truce_preferences *now;
    truce_number *weights;  /* [issue_count] */
    truce_worths *worths;   /* [issue_count] */
    truce_number **entries; /* [issue_count] those of worths, to write to */
    truce_bonus *bonuses;   /* of the party begun last */
    size_t bonus_count, bonus_room;
} foreign_draft;

/* ---- saying what is wrong, numbers ----------------------------------------------- */

void foreign_error(foreign *f, const node *at, const char *hint, const char *format,
                   ...)
{
    va_list arguments;
    va_start(arguments, format);
    document_error(f->tree, at->place, at->width, hint, "%s",
                   arena_format_v(&f->tree->memory, format, arguments));
    va_end(arguments);
}

void foreign_warning(foreign *f, const node *at, const char *hint, const char *format,
                     ...)
{
    va_list arguments;
    va_start(arguments, format);
    document_warning(f->tree, at->place, at->width, hint, "%s",
                     arena_format_v(&f->tree->memory, format, arguments));
    va_end(arguments);
}

bool foreign_decimal(foreign *f, const char *what, const node *text,
                     truce_decimal *number)
{
    const char *written = text->kind == NODE_TEXT ? text->text : "";
    decimal_fault fault = decimal_read_long(written, strlen(written), number);
    if (fault == DECIMAL_OK)
        return true;
    *number = (truce_decimal){0};
    if (fault == DECIMAL_TOO_LONG)
        foreign_error(f, text, "at most 18 digits, none beyond the 36th decimal place",
                      "%s has too many digits", what);
    else if (text->kind != NODE_TEXT)
        foreign_error(f, text, "for example 0.25", "%s must be a number", what);
    else
        foreign_error(f, text, "for example 0.25", "%s must be a number, not \"%s\"",
                      what, written);
    return false;
}

static truce_place place_kept(const foreign *f, truce_place place)
{
    place.file = f->draft->file;
    return place;
}

static truce_number number_of(foreign *f, truce_decimal value, const node *at,
                              const char *path)
{
    return (truce_number){.low = value,
                          .mode = value,
                          .high = value,
                          .given = true,
                          .scalars = 1,
                          .basis = TRUCE_BASIS_ASSUMED,
                          .place = place_kept(f, at->place),
                          .path = path};
}

static truce_label label_of(foreign *f, const char *id, const node *at)
{
    return (truce_label){
        .id = id, .place = place_kept(f, at->place), .basis = TRUCE_BASIS_ASSUMED};
}

/* ---- the domain ------------------------------------------------------------------ */

void foreign_title(foreign *f, const char *name)
{
    f->scenario->title = arena_text(f->memory, name);
}

size_t foreign_issue_count(const foreign *f)
{
    return f->draft->issue_count;
}

const truce_issue *foreign_issue_at(const foreign *f, size_t issue)
{
    return &f->draft->issues[issue];
}

static bool is_named(foreign *f, const char *what, const node *name)
{
    if (name->kind == NODE_TEXT && *name->text)
        return true;
    foreign_error(f, name, NULL, "%s must have a name", what);
    return false;
}

static bool has_room_for_issue(foreign *f, const node *name)
{
    if (f->draft->issue_count < f->limits.issues)
        return true;
    if (f->draft->issue_count == f->limits.issues)
        foreign_error(f, name, "--max-issues raises the limit", "more than %zu issues",
                      f->limits.issues);
    return false;
}

/* All issues together; beyond the limit nothing is allocated. */
static bool has_room_for_values(foreign *f, const node *name, uint64_t count)
{
    if (count <= f->limits.values - f->draft->value_count) {
        f->draft->value_count += (size_t)count;
        return true;
    }
    foreign_error(f, name, "--max-values raises the limit",
                  "more than %zu values in all issues together", f->limits.values);
    return false;
}

/* A new issue without values; NULL after an error. */
static truce_issue *issue_begin(foreign *f, const node *name, uint64_t value_count)
{
    foreign_draft *draft = f->draft;
    if (!is_named(f, "an issue", name) || !has_room_for_issue(f, name))
        return NULL;
    const char *id = arena_text(f->memory, name->text);
    if (names_find(&f->issues, id) != NAMES_NONE) {
        foreign_error(f, name, NULL, "there are two issues \"%s\"", id);
        return NULL;
    }
    if (!has_room_for_values(f, name, value_count))
        return NULL;
    names_add(&f->issues, id, draft->issue_count);
    size_t values = draft->issue_count;
    *grow(f->values, values, draft->value_room) = (names){0};
    truce_issue *issue = grow(draft->issues, draft->issue_count, draft->issue_room);
    *issue = (truce_issue){.label = label_of(f, id, name), .title = id};
    return issue;
}

/* A text that is not empty and new to the issue. */
static bool value_check(foreign *f, const node *value, names *known, const char *issue)
{
    if (!is_named(f, "a value", value))
        return false;
    if (names_find(known, value->text) == NAMES_NONE)
        return true;
    foreign_error(f, value, NULL, "value \"%s\" stands twice in issue \"%s\"",
                  value->text, issue);
    return false;
}

size_t foreign_issue(foreign *f, const node *name, const node *const *values,
                     size_t count)
{
    if (count == 0) {
        foreign_error(f, name, NULL, "issue \"%s\" has no values",
                      name->kind == NODE_TEXT ? name->text : "");
        return TRUCE_NOBODY;
    }
    truce_issue *issue = issue_begin(f, name, count);
    if (issue == NULL)
        return TRUCE_NOBODY;
    size_t index = f->draft->issue_count - 1;
    const char **list = arena_array(f->memory, count, const char *);
    for (size_t v = 0; v < count; v++) {
        if (!value_check(f, values[v], &f->values[index], issue->label.id))
            continue;
        list[issue->value_count] = arena_text(f->memory, values[v]->text);
        names_add(&f->values[index], list[issue->value_count], issue->value_count);
        issue->value_count++;
    }
    issue->values = list;
    return index;
}

/* Values first, first + step, ... that are numbers. */
static size_t scale_issue(foreign *f, const node *name, truce_decimal first,
                          truce_decimal step, uint64_t count)
{
    truce_issue *issue = issue_begin(f, name, count);
    if (issue == NULL)
        return TRUCE_NOBODY;
    truce_decimal *numbers = arena_array(f->memory, count, truce_decimal);
    const char **values = arena_array(f->memory, count, const char *);
    for (size_t v = 0; v < count; v++) {
        numbers[v] = decimal_add(first, step, (int64_t)v);
        values[v] = decimal_text(f->memory, numbers[v]);
    }
    issue->numeric = issue->ordered = true;
    issue->numbers = numbers;
    issue->values = values;
    issue->value_count = count;
    return f->draft->issue_count - 1;
}

size_t foreign_integer_issue(foreign *f, const node *name, int64_t first, int64_t last)
{
    const int64_t most = decimal_power(15); /* so that no difference overflows */
    if (first > last || first < -most || last > most) {
        foreign_error(f, name, NULL, "issue \"%s\" goes from %lld to %lld",
                      name->kind == NODE_TEXT ? name->text : "", (long long)first,
                      (long long)last);
        return TRUCE_NOBODY;
    }
    return scale_issue(f, name, (truce_decimal){first, 0}, (truce_decimal){1, 0},
                       (uint64_t)(last - first) + 1);
}

/* (last - first) / steps when that is a decimal of at most 9 places more; they have few
 * digits, which is looked after by the caller. */
static bool step_of(truce_decimal first, truce_decimal last, size_t steps,
                    truce_decimal *step)
{
    *step = decimal_add(last, first, -1);
    for (int places = 0; places < 9; places++, step->scale++, step->digits *= 10)
        if (step->digits % (int64_t)steps == 0) {
            step->digits /= (int64_t)steps;
            return true;
        }
    return false;
}

static bool is_short(truce_decimal value)
{
    return value.scale <= 9 && value.digits < decimal_power(9) &&
           value.digits > -decimal_power(9);
}

/* Whole steps between numbers of few digits, exactly. */
static uint64_t steps_between(truce_decimal first, truce_decimal last,
                              truce_decimal step)
{
    int scale = first.scale > last.scale ? first.scale : last.scale;
    scale = step.scale > scale ? step.scale : scale;
    int64_t from = first.digits * decimal_power(scale - first.scale);
    int64_t to = last.digits * decimal_power(scale - last.scale);
    return (uint64_t)((to - from) / (step.digits * decimal_power(scale - step.scale)));
}

size_t foreign_scale_issue(foreign *f, const node *name, truce_decimal first,
                           truce_decimal last, truce_decimal step)
{
    const char *is = name->kind == NODE_TEXT ? name->text : "";
    const char *fault = NULL;
    if (!is_short(first) || !is_short(last) || !is_short(step))
        fault = "has numbers of more than 9 digits";
    else if (decimal_compare(first, last) > 0)
        fault = "must go from a lower to a higher number";
    else if (step.digits <= 0)
        fault = "must have a step above 0";
    if (fault == NULL)
        return scale_issue(f, name, first, step, steps_between(first, last, step) + 1);
    foreign_error(f, name, NULL, "the range of issue \"%s\" %s", is, fault);
    return TRUCE_NOBODY;
}

size_t foreign_real_issue(foreign *f, const node *name, truce_decimal first,
                          truce_decimal last)
{
    truce_decimal step = {0};
    if (!is_named(f, "an issue", name))
        return TRUCE_NOBODY;
    if (decimal_compare(first, last) >= 0) {
        foreign_error(f, name, NULL,
                      "issue \"%s\" must go from a lower to a higher number",
                      name->text);
        return TRUCE_NOBODY;
    }
    if (!is_short(first) || !is_short(last) ||
        !step_of(first, last, f->real_steps, &step)) {
        foreign_error(f, name, "for example --real-steps 20",
                      "the ends of issue \"%s\" cannot be parted into %zu even steps "
                      "of few decimals",
                      name->text, f->real_steps);
        return TRUCE_NOBODY;
    }
    f->scenario->real_steps = f->real_steps;
    return scale_issue(f, name, first, step, (uint64_t)f->real_steps + 1);
}

/* ---- finding --------------------------------------------------------------------- */

static const char *perhaps(foreign *f, const char *written, const names *known)
{
    const char *nearest = f->tree->diagnostics->errors < ERRORS_KEPT
                              ? names_nearest_in(written, known)
                              : NULL;
    return nearest ? arena_format(&f->tree->memory, "did you mean \"%s\"?", nearest)
                   : NULL;
}

size_t foreign_find_issue(foreign *f, const node *name)
{
    size_t issue =
        name->kind == NODE_TEXT ? names_find(&f->issues, name->text) : NAMES_NONE;
    if (issue != NAMES_NONE)
        return issue;
    if (is_named(f, "an issue", name))
        foreign_error(f, name, perhaps(f, name->text, &f->issues),
                      "the domain has no issue \"%s\"", name->text);
    return TRUCE_NOBODY;
}

/* Values of a scale ascend. */
static size_t number_find(const truce_issue *issue, truce_decimal wanted)
{
    size_t low = 0, beyond = issue->value_count;
    while (low < beyond) {
        size_t middle = low + (beyond - low) / 2;
        int order = decimal_compare(issue->numbers[middle], wanted);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            beyond = middle;
    }
    return TRUCE_NOBODY;
}

size_t foreign_value_named(foreign *f, size_t issue, const char *name)
{
    const truce_issue *what = foreign_issue_at(f, issue);
    truce_decimal number;
    if (!what->numeric)
        return names_find(&f->values[issue], name);
    if (decimal_read_long(name, strlen(name), &number) != DECIMAL_OK)
        return TRUCE_NOBODY;
    return number_find(what, number);
}

size_t foreign_find_value(foreign *f, size_t issue, const node *name)
{
    const truce_issue *what = foreign_issue_at(f, issue);
    if (!is_named(f, "a value", name))
        return TRUCE_NOBODY;
    size_t value = foreign_value_named(f, issue, name->text);
    if (value == TRUCE_NOBODY)
        foreign_error(f, name, perhaps(f, name->text, &f->values[issue]),
                      "the domain has no value \"%s\" of issue \"%s\"", name->text,
                      what->label.id);
    return value;
}

/* ---- parties --------------------------------------------------------------------- */

static void bonuses_end(foreign *f)
{
    foreign_draft *draft = f->draft;
    if (draft->now == NULL)
        return;
    draft->now->bonus_count = draft->bonus_count;
    draft->now->bonuses =
        arena_copy(f->memory, draft->bonuses, draft->bonus_count * sizeof(truce_bonus));
    draft->bonus_count = 0;
    draft->now = NULL;
}

static const char *id_of_party(foreign *f, const char *name)
{
    const char *id = name;
    for (size_t n = 2; names_find(&f->draft->party_ids, id) != NAMES_NONE; n++)
        id = arena_format(f->memory, "%s-%zu", name, n);
    names_add(&f->draft->party_ids, id, f->draft->party_count);
    return id;
}

void foreign_party(foreign *f, const char *name, const node *at)
{
    foreign_draft *draft = f->draft;
    bonuses_end(f);
    const char *id = id_of_party(f, arena_text(f->memory, name));
    truce_party *party = grow(draft->parties, draft->party_count, draft->party_room);
    *party = (truce_party){.label = label_of(f, id, at),
                           .name = id,
                           .role = TRUCE_PRINCIPAL,
                           .consents_to_all = true};
    draft->now = &party->preferences;
    draft->weights = arena_array(f->memory, draft->issue_count, truce_number);
    draft->worths = arena_array(f->memory, draft->issue_count, truce_worths);
    draft->entries = arena_array(f->memory, draft->issue_count, truce_number *);
    *draft->now = (truce_preferences){.given = true,
                                      .label = party->label,
                                      .weights = draft->weights,
                                      .worths = draft->worths,
                                      .sum_as_given = true};
}

static const char *id_now(const foreign *f)
{
    return f->draft->now->label.id;
}

static const char *path_of(foreign *f, const char *part, const char *name)
{
    return arena_format(f->memory, "%s.%s.%s", id_now(f), part, name);
}

void foreign_weight(foreign *f, size_t issue, truce_decimal weight, const node *at)
{
    f->draft->weights[issue] = number_of(
        f, weight, at, path_of(f, "weights", foreign_issue_at(f, issue)->label.id));
}

static truce_number *worths_begin(foreign *f, size_t issue, size_t count, bool linear)
{
    truce_worths *worths = &f->draft->worths[issue];
    if (worths->items == NULL || worths->linear != linear) {
        f->draft->entries[issue] = arena_array(f->memory, count, truce_number);
        worths->items = f->draft->entries[issue];
        worths->count = count;
        worths->linear = linear;
    }
    return f->draft->entries[issue];
}

static void worth_set(foreign *f, size_t issue, size_t entry, const char *name,
                      truce_decimal worth, const node *at)
{
    const char *path = arena_format(f->memory, "%s.worth.%s.%s", id_now(f),
                                    foreign_issue_at(f, issue)->label.id, name);
    f->draft->entries[issue][entry] = number_of(f, worth, at, path);
}

void foreign_worth(foreign *f, size_t issue, size_t value, truce_decimal worth,
                   const node *at)
{
    const truce_issue *what = foreign_issue_at(f, issue);
    worths_begin(f, issue, what->value_count, false);
    worth_set(f, issue, value, what->values[value], worth, at);
}

void foreign_worth_line(foreign *f, size_t issue, truce_decimal first,
                        truce_decimal last, const node *at)
{
    worths_begin(f, issue, 2, true);
    worth_set(f, issue, 0, "from", first, at);
    worth_set(f, issue, 1, "to", last, at);
}

bool foreign_is_rated(const foreign *f, size_t issue, size_t value)
{
    const truce_worths *worths = &f->draft->worths[issue];
    return worths->linear || (worths->items && worths->items[value].given);
}

void foreign_out_of(foreign *f, size_t issue, truce_decimal divisor)
{
    f->draft->worths[issue].out_of = divisor;
}

/* ---- boxes ----------------------------------------------------------------------- */

/* A word of the condition language, in quotes where it must be. */
static const char *word_of(foreign *f, const char *text)
{
    bool is_plain = *text && text[strcspn(text, " \t\r\n\"'(){},=!<>")] == '\0';
    return is_plain                    ? text
           : strchr(text, '"') == NULL ? arena_format(f->memory, "\"%s\"", text)
                                       : arena_format(f->memory, "'%s'", text);
}

/* What one side asks, for a reader of answers. */
static const char *text_of_side(foreign *f, const foreign_side *side)
{
    const truce_issue *issue = foreign_issue_at(f, side->issue);
    const char *id = word_of(f, issue->label.id);
    size_t last = issue->value_count - 1;
    const char *from =
        word_of(f, issue->values[side->first < last ? side->first : last]);
    const char *to = word_of(f, issue->values[side->last < last ? side->last : last]);
    if (side->first == side->last)
        return arena_format(f->memory, "%s = %s", id, from);
    if (issue->ordered)
        return arena_format(f->memory, "%s >= %s and %s <= %s", id, from, id, to);
    const char *list = from;
    for (size_t v = side->first + 1; v <= side->last; v++)
        list = arena_format(f->memory, "%s, %s", list, word_of(f, issue->values[v]));
    return arena_format(f->memory, "%s in {%s}", id, list);
}

static const char *text_of_box(foreign *f, const foreign_side *sides, size_t count,
                               bool outside)
{
    const foreign_side everything = {0, 0, foreign_issue_at(f, 0)->value_count - 1};
    const char *text = text_of_side(f, count ? &sides[0] : &everything);
    for (size_t s = 1; s < count; s++)
        text = arena_format(f->memory, "%s and %s", text, text_of_side(f, &sides[s]));
    return outside ? arena_format(f->memory, "not (%s)", text) : text;
}

static const truce_condition *leaf_of(foreign *f, const foreign_side *side)
{
    truce_condition *leaf = arena_new(f->memory, truce_condition);
    leaf->kind = CONDITION_LEAF;
    leaf->issue = side->issue;
    if (side->first <= side->last) {
        condition_range *range = arena_new(f->memory, condition_range);
        *range = (condition_range){(truce_value)side->first, (truce_value)side->last};
        leaf->ranges = range;
        leaf->range_count = 1;
    }
    return leaf;
}

/* Is there an earlier side of the same issue? Then both become one. */
static bool merge_side(foreign_side *sides, size_t count, const foreign_side *more)
{
    for (size_t s = 0; s < count; s++)
        if (sides[s].issue == more->issue) {
            if (more->first > sides[s].first)
                sides[s].first = more->first;
            if (more->last < sides[s].last)
                sides[s].last = more->last;
            return true;
        }
    return false;
}

/* One leaf for each issue that the box confines. */
static truce_condition *box_of(foreign *f, const foreign_side *sides, size_t count)
{
    foreign_side *merged = arena_array(f->memory, count, foreign_side);
    const truce_condition **parts =
        arena_array(f->memory, count, const truce_condition *);
    size_t merged_count = 0, part_count = 0;
    for (size_t s = 0; s < count; s++)
        if (!merge_side(merged, merged_count, &sides[s]))
            merged[merged_count++] = sides[s];
    for (size_t s = 0; s < merged_count; s++) {
        size_t all = foreign_issue_at(f, merged[s].issue)->value_count;
        if (merged[s].first > 0 || merged[s].last + 1 < all)
            parts[part_count++] = leaf_of(f, &merged[s]);
    }
    truce_condition *box = arena_new(f->memory, truce_condition);
    *box = (truce_condition){
        .kind = CONDITION_AND, .parts = parts, .part_count = part_count};
    return box;
}

static const truce_condition *all_but(foreign *f, const truce_condition *box)
{
    truce_condition *rest = arena_new(f->memory, truce_condition);
    const truce_condition **parts = arena_array(f->memory, 1, const truce_condition *);
    parts[0] = box;
    *rest = (truce_condition){.kind = CONDITION_NOT, .parts = parts, .part_count = 1};
    return rest;
}

void foreign_bonus(foreign *f, const foreign_side *sides, size_t count, bool outside,
                   truce_decimal worth, const node *at)
{
    foreign_draft *draft = f->draft;
    if (draft->issue_count == 0)
        return; /* a domain without issues was refused */
    size_t number = draft->bonus_count + 1;
    const truce_condition *box = box_of(f, sides, count);
    truce_condition *condition =
        (truce_condition *)(uintptr_t)(outside ? all_but(f, box) : box); /* ours */
    condition->text = text_of_box(f, sides, count, outside);
    condition->place = place_kept(f, at->place);
    truce_bonus *bonus = grow(draft->bonuses, draft->bonus_count, draft->bonus_room);
    const char *id = arena_format(f->memory, "bonus:%s:%zu", id_now(f), number);
    const char *path = arena_format(f->memory, "%s.bonus.%zu.worth", id_now(f), number);
    *bonus = (truce_bonus){.condition = condition,
                           .worth = number_of(f, worth, at, path),
                           .label = label_of(f, id, at)};
}

void foreign_bonus_out_of(foreign *f, truce_decimal divisor)
{
    f->draft->now->bonus_out_of = divisor;
}

/* ---- cap, outside option, discount ----------------------------------------------- */

void foreign_cap(foreign *f, truce_decimal cap, const node *at)
{
    f->draft->now->cap =
        number_of(f, cap, at, arena_format(f->memory, "%s.cap", id_now(f)));
}

static truce_outside *outside_begin(foreign *f, const node *at)
{
    truce_outside *outside = &f->draft->now->outside;
    const char *id = arena_format(f->memory, "floor:%s", id_now(f));
    *outside = (truce_outside){.given = true, .label = label_of(f, id, at)};
    return outside;
}

void foreign_outside(foreign *f, truce_decimal worth, const node *at)
{
    outside_begin(f, at)->worth =
        number_of(f, worth, at, path_of(f, "outside", "worth"));
}

void foreign_outside_bid(foreign *f, const truce_value *bid, const node *at)
{
    size_t size = f->draft->issue_count * sizeof *bid;
    outside_begin(f, at)->bid = arena_copy(f->memory, bid, size);
}

void foreign_discount(foreign *f, truce_decimal discount, const node *at)
{
    f->draft->now->discount =
        number_of(f, discount, at, arena_format(f->memory, "%s.discount", id_now(f)));
}

/* ---- beginning and end ----------------------------------------------------------- */

void foreign_begin(foreign *f, const truce_reading *choices)
{
    *f = (foreign){.scenario = scenario_new(), .as = choices->as};
    f->memory = scenario_memory(f->scenario);
    f->real_steps = choices->real_steps ? choices->real_steps : 20;
    f->limits = choices->limits;
    f->limits.issues = f->limits.issues ? f->limits.issues : 10000;
    f->limits.values = f->limits.values ? f->limits.values : 1000000;
    f->draft = must_allocate_zeroed(1, sizeof *f->draft);
    f->scenario->as = choices->as;
    f->scenario->clock = (truce_clock){.unit = "day", .zone = "UTC"};
}

void foreign_turn_to(foreign *f, document *tree, const char *file_name)
{
    f->tree = tree;
    f->file_name = file_name;
    f->draft->file = arena_text(f->memory, tree->file);
}

truce_scenario *foreign_end(foreign *f)
{
    foreign_draft *draft = f->draft;
    truce_scenario *scenario = f->scenario;
    bonuses_end(f);
    scenario->issue_count = draft->issue_count;
    scenario->issues =
        arena_copy(f->memory, draft->issues, draft->issue_count * sizeof(truce_issue));
    scenario->party_count = draft->party_count;
    scenario->parties =
        arena_copy(f->memory, draft->parties, draft->party_count * sizeof(truce_party));
    for (size_t i = 0; i < draft->issue_count; i++)
        names_free(&f->values[i]);
    names_free(&f->issues);
    names_free(&draft->party_ids);
    free(f->values);
    free(draft->issues);
    free(draft->parties);
    free(draft->bonuses);
    free(draft);
    return scenario;
}
