/* GENIUS: XML, a domain (root negotiation_template) and profiles (root utility_space).
 *
 * A domain file holds a utility_space too, so the root alone tells them apart. Issues and
 * weights belong together by their index, values by their name. Utilities are those of
 * GENIUS: evaluation / largest evaluation of the issue * weight, summed and cut at 1; of
 * an integer issue slope * (value - lowerbound) + offset, held between 0 and 1; of
 * hyper-rectangles the sum of those that hold / maxutility. Read as NegMAS reads these
 * files, nothing is divided, cut or discounted, and slope counts from 0. Attributes that
 * say nothing about utility (cost, similarity_function, agent, description) are passed
 * over. */
#include "formats/foreign.h"

#include "base/big.h"
#include "base/decimal.h"
#include "formats/xml.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- which file ------------------------------------------------------------------ */

static foreign_part part_of(const document *tree)
{
    const char *tag = node_get(tree->root, XML_TAG) ? xml_tag(tree->root) : "";
    if (strcmp(tag, "negotiation_template") == 0)
        return FOREIGN_DOMAIN;
    return strcmp(tag, "utility_space") == 0 ? FOREIGN_PROFILE : FOREIGN_NONE;
}

/* ---- indices --------------------------------------------------------------------- */

/* Something with an index: an issue of the domain, a weight of an objective. */
typedef struct numbered {
    int64_t index;
    size_t issue;
    const node *element;
} numbered;

/* Ascending by index once it is complete. */
typedef struct register_ {
    numbered *items;
    size_t count, room;
} register_;

static int by_index(const void *one, const void *other)
{
    const numbered *a = one, *b = other;
    if (a->index != b->index)
        return a->index < b->index ? -1 : 1;
    truce_place first = a->element->place, second = b->element->place;
    if (first.line != second.line)
        return first.line < second.line ? -1 : 1;
    return first.column < second.column ? -1 : first.column > second.column;
}

static const numbered *find_number(const register_ *all, int64_t index)
{
    const numbered *low = all->items;
    for (size_t left = all->count; left > 0;) {
        const numbered *middle = low + left / 2;
        if (middle->index == index)
            return middle;
        if (middle->index < index) {
            low = middle + 1;
            left -= left / 2 + 1;
        } else {
            left /= 2;
        }
    }
    return NULL;
}

/* The attribute of an element; NULL after an error. */
static const node *need(foreign *f, const node *element, const char *key)
{
    const node *value = node_get(element, key);
    if (value == NULL)
        foreign_error(f, element, NULL, "<%s> has no attribute \"%s\"",
                      xml_tag(element), key);
    return value;
}

static bool decimal_of(foreign *f, const node *element, const char *key,
                       truce_decimal *number)
{
    const node *text = need(f, element, key);
    const char *what = arena_format(&f->tree->memory, "\"%s\"", key);
    return text && foreign_decimal(f, what, text, number);
}

static bool whole_of(foreign *f, const node *element, const char *key, int64_t *number)
{
    truce_decimal value;
    if (!decimal_of(f, element, key, &value))
        return false;
    *number = value.digits;
    if (value.scale == 0)
        return true;
    const node *text = node_get(element, key);
    foreign_error(f, text, NULL, "\"%s\" must be a whole number, not \"%s\"", key,
                  text->text);
    return false;
}

static void enter(foreign *f, register_ *all, const node *element, size_t issue)
{
    int64_t index;
    if (whole_of(f, element, "index", &index))
        *grow(all->items, all->count, all->room) = (numbered){index, issue, element};
}

/* Sorts, and says which index stands twice. */
static void complete(foreign *f, register_ *all)
{
    if (all->count > 1)
        qsort(all->items, all->count, sizeof *all->items, by_index);
    for (size_t i = 1; i < all->count; i++)
        if (all->items[i].index == all->items[i - 1].index)
            foreign_error(f, all->items[i].element, NULL,
                          "<%s> index %" PRId64 " stands twice",
                          xml_tag(all->items[i].element), all->items[i].index);
}

/* ---- the domain ------------------------------------------------------------------ */

static const char *name_of(const node *element)
{
    const node *name = node_get(element, "name");
    return name ? name->text : "";
}

/* "discrete", "integer", "real", from whichever attribute says it. */
static const char *type_of(const node *issue)
{
    static const char *const keys[] = {"type", "vtype", "etype"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        const node *type = node_get(issue, keys[k]);
        if (type && *type->text)
            return type->text;
    }
    return "discrete";
}

static bool is_type(const node *issue, const char *type)
{
    return strcasecmp(type_of(issue), type) == 0;
}

/* The element with the attributes lowerbound and upperbound: the issue, or a <range>. */
static const node *range_of(const node *issue)
{
    const node *range = xml_child(issue, "range");
    return range && node_get(issue, "lowerbound") == NULL ? range : issue;
}

static size_t discrete_issue(foreign *f, const node *issue, const node *name)
{
    const node *within = xml_within(issue);
    const node **values = arena_array(&f->tree->memory, within->count, const node *);
    size_t count = 0;
    for (size_t i = 0; i < within->count; i++) {
        const node *item = within->items[i];
        const node *value = xml_is(item, "item") ? need(f, item, "value") : NULL;
        if (value)
            values[count++] = value;
    }
    return foreign_issue(f, name, values, count);
}

static size_t integer_issue(foreign *f, const node *issue, const node *name)
{
    int64_t first, last;
    const node *range = range_of(issue);
    if (!whole_of(f, range, "lowerbound", &first) ||
        !whole_of(f, range, "upperbound", &last))
        return TRUCE_NOBODY;
    return foreign_integer_issue(f, name, first, last);
}

static size_t real_issue(foreign *f, const node *issue, const node *name)
{
    truce_decimal first, last;
    const node *range = range_of(issue);
    if (!decimal_of(f, range, "lowerbound", &first) ||
        !decimal_of(f, range, "upperbound", &last))
        return TRUCE_NOBODY;
    return foreign_real_issue(f, name, first, last);
}

static void issue_of_domain(foreign *f, const node *issue, register_ *indices)
{
    const node *name = need(f, issue, "name");
    size_t made = TRUCE_NOBODY;
    if (name == NULL)
        return;
    if (is_type(issue, "discrete"))
        made = discrete_issue(f, issue, name);
    else if (is_type(issue, "integer"))
        made = integer_issue(f, issue, name);
    else if (is_type(issue, "real"))
        made = real_issue(f, issue, name);
    else
        foreign_error(f, issue, "it may be discrete, integer or real",
                      "issue \"%s\" is of unknown type \"%s\"", name->text,
                      type_of(issue));
    if (made != TRUCE_NOBODY)
        enter(f, indices, issue, made);
}

static void objective_of_domain(foreign *f, const node *objective, register_ *indices)
{
    const node *within = xml_within(objective);
    for (size_t i = 0; i < within->count; i++) {
        if (xml_is(within->items[i], "objective"))
            objective_of_domain(f, within->items[i], indices);
        else if (xml_is(within->items[i], "issue"))
            issue_of_domain(f, within->items[i], indices);
    }
}

/* The outermost <objective> in an element; NULL after an error. */
static const node *need_objective(foreign *f, const node *around)
{
    const node *objective = xml_child(around, "objective");
    if (objective == NULL)
        foreign_error(f, around, "issues stand in <objective>",
                      "<%s> has no <objective>", xml_tag(around));
    return objective;
}

static void read_domain(foreign *f)
{
    register_ indices = {0}, *kept = arena_new(f->memory, register_);
    const node *root = f->tree->root, *space = xml_child(root, "utility_space");
    const node *objective = need_objective(f, space ? space : root);
    if (objective == NULL)
        return;
    if (*name_of(objective) && strcasecmp(name_of(objective), "root") != 0)
        foreign_title(f, name_of(objective));
    objective_of_domain(f, objective, &indices);
    complete(f, &indices);
    *kept = indices;
    kept->items =
        arena_copy(f->memory, indices.items, indices.count * sizeof *indices.items);
    f->own = kept;
    free(indices.items);
}

/* ---- evaluations ----------------------------------------------------------------- */

static bool is_raw(const foreign *f)
{
    return f->as == TRUCE_AS_NEGMAS;
}

static const char *id_of(const foreign *f, size_t issue)
{
    return foreign_issue_at(f, issue)->label.id;
}

/* One value of a discrete issue; largest grows to its evaluation. */
static void item_of_profile(foreign *f, const node *item, size_t issue,
                            truce_decimal *largest)
{
    truce_decimal evaluation;
    const node *name = need(f, item, "value");
    const node *text = need(f, item, "evaluation");
    size_t value = name ? foreign_find_value(f, issue, name) : TRUCE_NOBODY;
    if (value == TRUCE_NOBODY || text == NULL ||
        !foreign_decimal(f, "\"evaluation\"", text, &evaluation))
        return;
    if (foreign_is_rated(f, issue, value))
        foreign_error(f, item, NULL, "value \"%s\" of issue \"%s\" stands twice",
                      name->text, id_of(f, issue));
    else if (evaluation.digits < 0 && !is_raw(f))
        foreign_error(f, text, NULL, "\"evaluation\" must not be negative");
    else
        foreign_worth(f, issue, value, evaluation, text);
    if (decimal_compare(evaluation, *largest) > 0)
        *largest = evaluation;
}

static void discrete_worths(foreign *f, const node *element, size_t issue)
{
    const truce_issue *what = foreign_issue_at(f, issue);
    const node *within = xml_within(element);
    truce_decimal largest = {0};
    size_t errors = f->tree->diagnostics->errors;
    for (size_t i = 0; i < within->count; i++)
        if (xml_is(within->items[i], "item"))
            item_of_profile(f, within->items[i], issue, &largest);
    if (largest.digits > 0 && !is_raw(f))
        foreign_out_of(f, issue, largest);
    for (size_t v = 0; v < what->value_count && f->tree->diagnostics->errors == errors;
         v++)
        if (!foreign_is_rated(f, issue, v))
            foreign_error(f, element, "a profile evaluates every value of the domain",
                          "value \"%s\" of issue \"%s\" has no evaluation",
                          what->values[v], what->label.id);
}

/* ---- straight lines -------------------------------------------------------------- */

/* slope * (number - from) + offset; cut to 0..1 unless raw. */
typedef struct line {
    truce_decimal slope, offset, from;
    bool raw;
} line;

static void line_at(const line *what, truce_decimal number, mpq_ptr worth)
{
    mpq_t part;
    mpq_init(part);
    big_set_decimal(worth, number);
    big_set_decimal(part, what->from);
    mpq_sub(worth, worth, part);
    big_set_decimal(part, what->slope);
    mpq_mul(worth, worth, part);
    big_set_decimal(part, what->offset);
    mpq_add(worth, worth, part);
    mpq_clear(part);
}

static bool is_cut(const line *what, mpq_srcptr worth)
{
    return !what->raw && (mpq_sgn(worth) < 0 || mpq_cmp_ui(worth, 1, 1) > 0);
}

/* The worth of one value; false when it had to be rounded. */
static bool worth_on(const line *what, truce_decimal number, truce_decimal *worth,
                     bool *cut)
{
    mpq_t value;
    mpq_init(value);
    line_at(what, number, value);
    *cut = is_cut(what, value);
    if (*cut)
        mpq_set_si(value, mpq_sgn(value) < 0 ? 0 : 1, 1);
    bool exact = big_get_decimal(value, worth);
    mpq_clear(value);
    return exact;
}

/* As two ends while nothing is cut, else value by value. */
static void line_worths(foreign *f, const line *what, size_t issue, const node *at)
{
    const truce_issue *scale = foreign_issue_at(f, issue);
    truce_decimal first, last, worth;
    bool low_is_cut, high_is_cut, cut;
    size_t end = scale->value_count - 1;
    bool exact = worth_on(what, scale->numbers[0], &first, &low_is_cut);
    exact &= worth_on(what, scale->numbers[end], &last, &high_is_cut);
    if (!low_is_cut && !high_is_cut)
        foreign_worth_line(f, issue, first, last, at);
    for (size_t v = 0; (low_is_cut || high_is_cut) && v <= end; v++) {
        exact &= worth_on(what, scale->numbers[v], &worth, &cut);
        foreign_worth(f, issue, v, worth, at);
    }
    if (!exact)
        foreign_warning(f, at, NULL,
                        "worths of issue \"%s\" have more than 18 digits and are "
                        "rounded",
                        scale->label.id);
}

/* Integer issues call it slope and offset, real ones parameter1 and parameter0. */
static bool parameter_of(foreign *f, const node *evaluator, const char *key,
                         const char *otherwise, truce_decimal *number)
{
    bool is_other = node_get(evaluator, key) == NULL && node_get(evaluator, otherwise);
    return decimal_of(f, evaluator, is_other ? otherwise : key, number);
}

static void numeric_worths(foreign *f, const node *element, size_t issue)
{
    bool is_real = is_type(element, "real");
    const node *evaluator = xml_child(element, "evaluator");
    const node *type = evaluator ? node_get(evaluator, "ftype") : NULL;
    line what = {.raw = is_raw(f)};
    bool is_constant = type && strcasecmp(type->text, "constant") == 0;
    if (evaluator == NULL) {
        foreign_error(f, element,
                      "for example <evaluator ftype=\"linear\" "
                      "slope=\"0.1\" offset=\"0\"/>",
                      "issue \"%s\" has no <evaluator>", id_of(f, issue));
        return;
    }
    if (type && !is_constant && strcasecmp(type->text, "linear") != 0) {
        foreign_error(f, type, "linear and constant ones are read",
                      "evaluator \"%s\" of issue \"%s\" is not read", type->text,
                      id_of(f, issue));
        return;
    }
    if (!is_constant && !parameter_of(f, evaluator, is_real ? "parameter1" : "slope",
                                      is_real ? "slope" : "parameter1", &what.slope))
        return;
    if (!parameter_of(f, evaluator, is_real ? "parameter0" : "offset",
                      is_real ? "offset" : "parameter0", &what.offset))
        return;
    if (!is_real && !what.raw)
        what.from = foreign_issue_at(f, issue)->numbers[0];
    line_worths(f, &what, issue, evaluator);
}

/* ---- issues and weights of a profile --------------------------------------------- */

/* The issue of the domain that an element of a profile is about, by its index. */
static size_t issue_by_index(foreign *f, const node *element)
{
    int64_t index;
    if (!whole_of(f, element, "index", &index))
        return TRUCE_NOBODY;
    const numbered *found = find_number(f->own, index);
    if (found)
        return found->issue;
    foreign_error(f, node_get(element, "index"), NULL,
                  "the domain has no issue of index %" PRId64, index);
    return TRUCE_NOBODY;
}

static bool are_same_bounds(foreign *f, const node *element, size_t issue)
{
    const truce_issue *what = foreign_issue_at(f, issue);
    const node *range = range_of(element);
    truce_decimal first, last;
    if (node_get(range, "lowerbound") == NULL && node_get(range, "upperbound") == NULL)
        return true;
    if (!decimal_of(f, range, "lowerbound", &first) ||
        !decimal_of(f, range, "upperbound", &last))
        return false;
    if (decimal_compare(first, what->numbers[0]) == 0 &&
        decimal_compare(last, what->numbers[what->value_count - 1]) == 0)
        return true;
    foreign_error(
        f, range, NULL,
        "issue \"%s\" goes from %s to %s here, and from %s to %s in the domain",
        what->label.id, node_get(range, "lowerbound")->text,
        node_get(range, "upperbound")->text, what->values[0],
        what->values[what->value_count - 1]);
    return false;
}

/* Does an issue of a profile look like that of the domain? */
static bool is_same_issue(foreign *f, const node *element, size_t issue)
{
    const truce_issue *what = foreign_issue_at(f, issue);
    const node *name = node_get(element, "name");
    if (name && strcmp(name->text, what->label.id) != 0)
        foreign_warning(f, name, "issues belong together by their index",
                        "the domain calls this issue \"%s\"", what->label.id);
    if (is_type(element, "discrete") == !what->numeric)
        return !what->numeric || are_same_bounds(f, element, issue);
    foreign_error(f, element, NULL, "issue \"%s\" is %s here, and %s in the domain",
                  what->label.id, type_of(element),
                  what->numeric ? "a number" : "discrete");
    return false;
}

static void weight_of_profile(foreign *f, const numbered *weight, size_t issue)
{
    truce_decimal value;
    if (!decimal_of(f, weight->element, "value", &value))
        return;
    const node *text = node_get(weight->element, "value");
    if (value.digits < 0)
        foreign_error(f, text, NULL, "a weight must not be negative");
    else
        foreign_weight(f, issue, value, text);
}

/* What a profile has been read so far; one objective's own weights. */
typedef struct reading {
    foreign *f;
    bool *seen; /* [issue_count] */
    register_ weights;
} reading;

static void issue_of_profile(reading *r, const node *element)
{
    foreign *f = r->f;
    size_t issue = issue_by_index(f, element);
    if (issue == TRUCE_NOBODY)
        return;
    if (r->seen[issue]) {
        foreign_error(f, element, NULL, "issue \"%s\" stands twice", id_of(f, issue));
        return;
    }
    r->seen[issue] = true;
    if (!is_same_issue(f, element, issue))
        return;
    int64_t index = 0;
    whole_of(f, element, "index", &index);
    const numbered *weight = find_number(&r->weights, index);
    if (weight)
        weight_of_profile(f, weight, issue);
    else
        foreign_error(f, element, "a <weight> with its index stands beside it",
                      "issue \"%s\" has no weight", id_of(f, issue));
    if (foreign_issue_at(f, issue)->numeric)
        numeric_worths(f, element, issue);
    else
        discrete_worths(f, element, issue);
}

/* Weights stand beside the issues they belong to. Those of objectives within objectives
 * count for nothing, in GENIUS as well. */
static void objective_of_profile(foreign *f, const node *objective, bool *seen)
{
    reading r = {.f = f, .seen = seen};
    const node *within = xml_within(objective);
    for (size_t i = 0; i < within->count; i++)
        if (xml_is(within->items[i], "weight"))
            enter(f, &r.weights, within->items[i], 0);
    complete(f, &r.weights);
    for (size_t i = 0; i < within->count; i++) {
        if (xml_is(within->items[i], "objective"))
            objective_of_profile(f, within->items[i], seen);
        else if (xml_is(within->items[i], "issue"))
            issue_of_profile(&r, within->items[i]);
    }
    free(r.weights.items);
}

static void read_additive(foreign *f, const node *objective)
{
    size_t errors = f->tree->diagnostics->errors, count = foreign_issue_count(f);
    bool *seen = arena_array(&f->tree->memory, count, bool);
    objective_of_profile(f, objective, seen);
    for (size_t i = 0; i < count && f->tree->diagnostics->errors == errors; i++)
        if (!seen[i])
            foreign_error(f, objective, "a profile weighs every issue of the domain",
                          "issue \"%s\" of the domain is missing", id_of(f, i));
}

/* ---- hyper-rectangles ------------------------------------------------------------ */

/* Values from min to max of an issue; none when they miss all of it. */
static bool side_of(foreign *f, const node *element, foreign_side *side)
{
    truce_decimal least, most;
    size_t issue = issue_by_index(f, element);
    if (issue == TRUCE_NOBODY || !decimal_of(f, element, "min", &least) ||
        !decimal_of(f, element, "max", &most))
        return false;
    const truce_issue *what = foreign_issue_at(f, issue);
    if (!what->numeric) {
        foreign_error(f, element, "its values must be numbers",
                      "issue \"%s\" cannot be a side of a hyper-rectangle",
                      what->label.id);
        return false;
    }
    size_t first = 0, beyond = what->value_count;
    while (first < what->value_count &&
           decimal_compare(what->numbers[first], least) < 0)
        first++;
    while (beyond > first && decimal_compare(what->numbers[beyond - 1], most) > 0)
        beyond--;
    *side = first < beyond ? (foreign_side){issue, first, beyond - 1}
                           : (foreign_side){issue, 1, 0};
    return true;
}

static void rectangle_of_profile(foreign *f, const node *rectangle)
{
    const node *within = xml_within(rectangle);
    foreign_side *sides = arena_array(&f->tree->memory, within->count, foreign_side);
    size_t count = 0, outside = 0;
    truce_decimal utility;
    bool sound = decimal_of(f, rectangle, "utility", &utility);
    for (size_t i = 0; i < within->count; i++) {
        const node *side = within->items[i];
        if (!xml_is(side, "INCLUDES") && !xml_is(side, "EXCLUDES"))
            continue;
        outside += xml_is(side, "EXCLUDES");
        sound &= side_of(f, side, &sides[count++]);
    }
    if (count == 0 || (outside > 0 && outside < count)) {
        foreign_error(f, rectangle, "its sides are all INCLUDES or all EXCLUDES",
                      "this hyper-rectangle has %s",
                      count ? "both kinds of sides" : "no sides");
        return;
    }
    if (sound)
        foreign_bonus(f, sides, count, outside > 0, utility,
                      node_get(rectangle, "utility"));
}

/* Is an attribute absent, or what it is in every file known? */
static bool is_usual(foreign *f, const node *element, const char *key,
                     const char *usual)
{
    const node *value = node_get(element, key);
    truce_decimal one = {1, 0}, number;
    if (value == NULL || strcasecmp(value->text, usual) == 0)
        return true;
    if (decimal_read_long(value->text, strlen(value->text), &number) == DECIMAL_OK &&
        strcmp(usual, "1") == 0 && decimal_compare(number, one) == 0)
        return true;
    foreign_error(f, value, NULL, "<%s> with %s=\"%s\" is not read; only \"%s\" is",
                  xml_tag(element), key, value->text, usual);
    return false;
}

static void rectangles_of_profile(foreign *f, const node *function)
{
    const node *within = xml_within(function);
    if (!is_usual(f, function, "type", "PlainUfun") ||
        !is_usual(f, function, "weight", "1") ||
        !is_usual(f, function, "aggregation", "sum"))
        return;
    for (size_t i = 0; i < within->count; i++)
        if (xml_is(within->items[i], "hyperRectangle"))
            rectangle_of_profile(f, within->items[i]);
}

static void read_rectangles(foreign *f, const node *utility)
{
    const node *within = xml_within(utility);
    truce_decimal largest;
    if (!decimal_of(f, utility, "maxutility", &largest))
        return;
    if (largest.digits <= 0) {
        foreign_error(f, node_get(utility, "maxutility"), NULL,
                      "\"maxutility\" must be above 0");
        return;
    }
    for (size_t i = 0; i < within->count; i++)
        if (xml_is(within->items[i], "ufun"))
            rectangles_of_profile(f, within->items[i]);
    if (!is_raw(f))
        foreign_bonus_out_of(f, largest);
}

/* ---- a whole profile ------------------------------------------------------------- */

static void reservation_of_profile(foreign *f, const node *root)
{
    const node *reservation = xml_child(root, "reservation");
    truce_decimal worth = {0};
    if (reservation && !decimal_of(f, reservation, "value", &worth))
        return;
    foreign_outside(f, worth, reservation ? node_get(reservation, "value") : root);
}

/* GENIUS takes whatever is not above 0 and at most 1 for no discount. */
static void discount_of_profile(foreign *f, const node *root)
{
    const node *discount = xml_child(root, "discount_factor");
    truce_decimal value, one = {1, 0};
    if (discount == NULL || is_raw(f) || !decimal_of(f, discount, "value", &value))
        return;
    if (value.digits > 0 && decimal_compare(value, one) < 0)
        foreign_discount(f, value, node_get(discount, "value"));
}

static void read_profile(foreign *f)
{
    const node *root = f->tree->root, *objective = need_objective(f, root);
    if (objective == NULL)
        return;
    const node *utility = xml_child(objective, "utility");
    foreign_party(f, f->file_name, root);
    if (utility)
        read_rectangles(f, utility);
    else
        read_additive(f, objective);
    reservation_of_profile(f, root);
    discount_of_profile(f, root);
    if (!is_raw(f))
        foreign_cap(f, (truce_decimal){1, 0}, root);
}

const foreign_format genius_format = {
    .format = TRUCE_FORMAT_GENIUS,
    .is = "GENIUS",
    .part = part_of,
    .read_domain = read_domain,
    .read_profile = read_profile,
};
