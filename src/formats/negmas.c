/* NegMAS: an outcome space with its issues, and utility functions, in YAML or JSON. The
 * numbers are read as NegMAS reads them: a plain sum of weight times value, on whatever
 * scale the file has, cut at nothing. Source of the format: files as NegMAS writes them,
 * and its public documentation (negmas.readthedocs.io). */
#include "base/decimal.h"
#include "formats/keys.h"
#include "formats/negmas_values.h"

#include <string.h>

static const truce_decimal one = {1, 0};

/* ---- types ----------------------------------------------------------------------- */

/* "negmas.preferences.TableFun" is a TableFun; "" when there is no type. */
static const char *type_of(const node *map)
{
    const node *type = node_get(map, "type");
    if (type == NULL || type->kind != NODE_TEXT)
        return "";
    const char *dot = strrchr(type->text, '.');
    return dot ? dot + 1 : type->text;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

static foreign_part part_of(const document *tree)
{
    const node *root = tree->root, *issues = node_get(root, "issues");
    const char *type = type_of(root);
    if (ends_with(type, "OutcomeSpace") || (issues && issues->kind == NODE_LIST))
        return FOREIGN_DOMAIN;
    bool is_function = ends_with(type, "UtilityFunction") || ends_with(type, "UFun") ||
                       (*type && node_get(root, "reserved_value"));
    return is_function ? FOREIGN_PROFILE : FOREIGN_NONE;
}

bool type_is(const char *type, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(type, *list) == 0)
            return true;
    return false;
}

void type_refuse(foreign *f, const node *map, const char *what, const char *type,
                 const char *const *supported)
{
    const node *at = node_get(map, "type");
    size_t count = 0;
    while (supported[count])
        count++;
    const char *nearest = names_nearest(type, supported, count);
    const char *hint = nearest ? words(f, "did you mean \"%s\"?", nearest)
                               : words(f, "the nearest that is: %s", supported[0]);
    if (at == NULL || *type == '\0')
        foreign_error(f, at ? at : map, words(f, "such as %s", supported[0]),
                      "%s has no \"type\"", what);
    else
        foreign_error(f, at, hint, "%s of type \"%s\" is not supported", what, type);
}

/* ---- the domain ------------------------------------------------------------------ */

static const char *const named_types[] = {"CategoricalIssue",      "OrdinalIssue",
                                          "DiscreteOrdinalIssue",  "CardinalIssue",
                                          "DiscreteCardinalIssue", NULL};
static const char *const issue_types[] = {
    "CategoricalIssue",      "OrdinalIssue",    "DiscreteOrdinalIssue", "CardinalIssue",
    "DiscreteCardinalIssue", "ContiguousIssue", "ContinuousIssue",      NULL};

static bool read_whole(foreign *f, const char *what, const node *text, int64_t *number)
{
    truce_decimal value;
    if (!foreign_decimal(f, what, text, &value))
        return false;
    *number = value.digits;
    if (value.scale == 0)
        return true;
    foreign_error(f, text, NULL, "%s must be a whole number", what);
    return false;
}

static bool has_two_ends(foreign *f, const node *values, const char *who)
{
    if (values->kind == NODE_LIST && values->count == 2)
        return true;
    foreign_error(f, values, "for example values: [0, 10]",
                  "%s must have two \"values\", the lowest and the highest", who);
    return false;
}

/* [0, 9], or 10 for the same. */
static void add_contiguous(foreign *f, const node *name, const node *values,
                           const char *who)
{
    int64_t first = 0, last;
    const char *what = words(f, "an end of %s", who);
    if (values->kind == NODE_TEXT) {
        if (read_whole(f, words(f, "the number of values of %s", who), values, &last))
            foreign_integer_issue(f, name, 0, last - 1);
        return;
    }
    if (has_two_ends(f, values, who) && read_whole(f, what, values->items[0], &first) &&
        read_whole(f, what, values->items[1], &last))
        foreign_integer_issue(f, name, first, last);
}

static void add_continuous(foreign *f, const node *name, const node *values,
                           const char *who)
{
    truce_decimal first, last;
    const char *what = words(f, "an end of %s", who);
    if (has_two_ends(f, values, who) &&
        foreign_decimal(f, what, values->items[0], &first) &&
        foreign_decimal(f, what, values->items[1], &last))
        foreign_real_issue(f, name, first, last);
}

static void add_issue(foreign *f, const node *issue)
{
    static const char *const keys[] = {"name", "type", "values", "id", NULL};
    if (!kind_needed(f, issue, NODE_MAP, "an issue"))
        return;
    const node *name = key_needed(f, issue, "an issue", "name", keys);
    if (name == NULL)
        keys_check(f, issue, "an issue", keys);
    if (name == NULL || !kind_needed(f, name, NODE_TEXT, "the name of an issue"))
        return;
    const char *who = words(f, "issue \"%s\"", name->text), *type = type_of(issue);
    keys_check(f, issue, who, keys);
    const node *values = key_needed(f, issue, who, "values", keys);
    if (values == NULL)
        return;
    if (strcmp(type, "ContiguousIssue") == 0)
        add_contiguous(f, name, values, who);
    else if (strcmp(type, "ContinuousIssue") == 0)
        add_continuous(f, name, values, who);
    else if (!type_is(type, named_types))
        type_refuse(f, issue, who, type, issue_types);
    else if (kind_needed(f, values, NODE_LIST, words(f, "the values of %s", who)))
        foreign_issue(f, name, (const node *const *)values->items, values->count);
}

static void read_domain(foreign *f)
{
    static const char *const keys[] = {"name", "issues", "type", "path", "id", NULL};
    static const char *const types[] = {"DiscreteCartesianOutcomeSpace",
                                        "CartesianOutcomeSpace", NULL};
    const node *root = f->tree->root, *name = node_get(root, "name");
    keys_check(f, root, "the domain", keys);
    if (node_get(root, "type") && !type_is(type_of(root), types))
        type_refuse(f, root, "an outcome space", type_of(root), types);
    const node *issues = key_needed(f, root, "the domain", "issues", keys);
    if (name && !is_null(name) && kind_needed(f, name, NODE_TEXT, "\"name\""))
        foreign_title(f, name->text);
    if (issues == NULL || !kind_needed(f, issues, NODE_LIST, "\"issues\""))
        return;
    if (issues->count == 0)
        foreign_error(f, issues, NULL, "the domain has no issues");
    for (size_t i = 0; i < issues->count; i++)
        add_issue(f, issues->items[i]);
}

/* ---- weights, values, bias ------------------------------------------------------- */

/* Spreads a list in the order of the issues, or a map from their names, over parts
 * [issue_count]. False after an error. */
static bool spread(foreign *f, const node *all, const char *what, const node **parts)
{
    size_t issues = foreign_issue_count(f);
    if (all->kind == NODE_TEXT)
        return kind_needed(f, all, NODE_LIST, what);
    if (all->kind == NODE_LIST && all->count != issues) {
        foreign_error(f, all, NULL, "%s has %zu entries for %zu issues", what,
                      all->count, issues);
        return false;
    }
    bool sound = true;
    for (size_t i = 0; i < all->count; i++) {
        size_t issue = all->kind == NODE_LIST
                           ? i
                           : foreign_find_issue(f, key_as_text(f, &all->entries[i]));
        sound &= issue != TRUCE_NOBODY;
        if (issue != TRUCE_NOBODY)
            parts[issue] =
                all->kind == NODE_LIST ? all->items[i] : all->entries[i].value;
    }
    for (size_t i = 0; sound && i < issues; i++)
        if (parts[i] == NULL) {
            foreign_error(f, all, NULL, "%s leaves out issue \"%s\"", what,
                          foreign_issue_at(f, i)->label.id);
            sound = false;
        }
    return sound;
}

static void read_weights(foreign *f, const node *space)
{
    const node *weights = node_get(space, "weights");
    size_t issues = foreign_issue_count(f);
    const node **parts = arena_array(&f->tree->memory, issues, const node *);
    bool given = weights && !is_null(weights);
    if (given && !spread(f, weights, "\"weights\"", parts))
        return;
    for (size_t i = 0; i < issues; i++) {
        truce_decimal weight = one;
        const char *what =
            words(f, "the weight of issue \"%s\"", foreign_issue_at(f, i)->label.id);
        if (!given || foreign_decimal(f, what, parts[i], &weight))
            foreign_weight(f, i, weight, given ? parts[i] : space);
        if (weight.digits < 0)
            foreign_error(f, parts[i], "give the values the other sign",
                          "%s must not be negative", what);
    }
}

static void read_values(foreign *f, const node *values)
{
    size_t issues = foreign_issue_count(f);
    const node **parts = arena_array(&f->tree->memory, issues, const node *);
    if (!spread(f, values, "\"values\"", parts))
        return;
    for (size_t i = 0; i < issues; i++)
        value_function_read(f, i, parts[i]);
}

static void read_bias(foreign *f, const node *space)
{
    const node *bias = node_get(space, "bias");
    truce_decimal worth;
    if (bias && !is_null(bias) && foreign_decimal(f, "\"bias\"", bias, &worth) &&
        worth.digits != 0)
        foreign_bonus(f, NULL, 0, false, worth, bias);
}

static const char *const additive_keys[] = {"type",
                                            "name",
                                            "values",
                                            "weights",
                                            "bias",
                                            "reserved_value",
                                            "reserved_outcome",
                                            "stability",
                                            "id",
                                            NULL};

static void read_additive(foreign *f, const node *space)
{
    const node *values =
        key_needed(f, space, "the utility function", "values", additive_keys);
    keys_check(f, space, "the utility function", additive_keys);
    read_weights(f, space);
    if (values)
        read_values(f, values);
    read_bias(f, space);
}

/* ---- hyper-rectangles ------------------------------------------------------------ */

static const char *const box_keys[] = {"type",
                                       "name",
                                       "outcome_ranges",
                                       "utilities",
                                       "weights",
                                       "bias",
                                       "reserved_value",
                                       "reserved_outcome",
                                       "stability",
                                       "id",
                                       "ignore_issues_not_in_input",
                                       "ignore_failing_range_utilities",
                                       NULL};

static bool has_one_each(foreign *f, const node *list, const char *what,
                         const node *ranges)
{
    if (!kind_needed(f, list, NODE_LIST, what))
        return false;
    if (list->count == ranges->count)
        return true;
    foreign_error(f, list, NULL, "%s has %zu entries for %zu \"outcome_ranges\"", what,
                  list->count, ranges->count);
    return false;
}

static bool box_worth(foreign *f, const node *utility, const node *weight,
                      truce_decimal *worth)
{
    truce_decimal factor = one;
    if (utility->kind != NODE_TEXT) {
        foreign_error(f, utility, "write a number for each",
                      "\"utilities\" other than numbers are not supported");
        return false;
    }
    if (!foreign_decimal(f, "a utility", utility, worth) ||
        (weight && !foreign_decimal(f, "a weight", weight, &factor)))
        return false;
    if (!decimal_line(factor, *worth, (truce_decimal){0}, worth))
        foreign_warning(f, utility, NULL,
                        "weight times utility is rounded to 18 digits");
    return true;
}

static void read_boxes(foreign *f, const node *space)
{
    const char *who = "the utility function";
    keys_check(f, space, who, box_keys);
    const node *ranges = key_needed(f, space, who, "outcome_ranges", box_keys);
    const node *utilities = key_needed(f, space, who, "utilities", box_keys);
    const node *weights = node_get(space, "weights");
    weights = weights && is_null(weights) ? NULL : weights;
    read_bias(f, space);
    if (!ranges || !utilities ||
        !kind_needed(f, ranges, NODE_LIST, "\"outcome_ranges\"") ||
        !has_one_each(f, utilities, "\"utilities\"", ranges) ||
        (weights && !has_one_each(f, weights, "\"weights\"", ranges)))
        return;
    for (size_t b = 0; b < ranges->count; b++) {
        truce_decimal worth;
        if (box_worth(f, utilities->items[b], weights ? weights->items[b] : NULL,
                      &worth))
            outcome_range_read(f, ranges->items[b], worth, utilities->items[b]);
    }
}

/* ---- what no agreement is worth -------------------------------------------------- */

/* As YAML, Python and people write minus infinity. */
static bool is_boundless(const node *value)
{
    static const char *const texts[] = {"-.inf", "-.Inf",     "-.INF",
                                        "-inf",  "-Infinity", NULL};
    return value->kind == NODE_TEXT && type_is(value->text, texts);
}

static bool read_outcome(foreign *f, const node *outcome, truce_value *bid)
{
    size_t issues = foreign_issue_count(f);
    const node **parts = arena_array(&f->tree->memory, issues, const node *);
    bool sound = spread(f, outcome, "\"reserved_outcome\"", parts);
    for (size_t i = 0; sound && i < issues; i++) {
        size_t value = foreign_find_value(f, i, parts[i]);
        bid[i] = (truce_value)value;
        sound = value != TRUCE_NOBODY;
    }
    return sound;
}

/* True when this function says what no agreement is worth; then nobody further in is
 * asked. */
static bool read_reservation(foreign *f, const node *space)
{
    const node *value = node_get(space, "reserved_value");
    const node *outcome = node_get(space, "reserved_outcome");
    bool has_outcome = outcome && !is_null(outcome);
    truce_decimal worth;
    if (value && !is_null(value) && !is_boundless(value)) {
        if (has_outcome)
            foreign_warning(f, outcome, NULL,
                            "\"reserved_value\" counts, not \"reserved_outcome\"");
        if (foreign_decimal(f, "\"reserved_value\"", value, &worth))
            foreign_outside(f, worth, value);
        return true;
    }
    if (!has_outcome)
        return false;
    truce_value *bid =
        arena_array(&f->tree->memory, foreign_issue_count(f), truce_value);
    if (read_outcome(f, outcome, bid))
        foreign_outside_bid(f, bid, outcome);
    return true;
}

/* ---- functions around functions -------------------------------------------------- */

static const char *const wrapper_keys[] = {"type",
                                           "name",
                                           "ufun",
                                           "discount",
                                           "cost",
                                           "power",
                                           "factor",
                                           "dynamic_reservation",
                                           "reserved_value",
                                           "reserved_outcome",
                                           "stability",
                                           "id",
                                           NULL};

static void read_discount(foreign *f, const node *wrapper)
{
    const node *discount = node_get(wrapper, "discount");
    truce_decimal value;
    if (discount == NULL || is_null(discount) || f->as == TRUCE_AS_NEGMAS ||
        !foreign_decimal(f, "\"discount\"", discount, &value))
        return;
    if (value.digits < 0 || decimal_compare(value, one) > 0)
        foreign_error(f, discount, "for example 0.75",
                      "\"discount\" must be between 0 and 1");
    else
        foreign_discount(f, value, discount);
}

/* u - (cost * time)^power is no factor of u. */
static void read_cost(foreign *f, const node *wrapper)
{
    const node *cost = node_get(wrapper, "cost");
    truce_decimal value;
    if (cost && !is_null(cost) && foreign_decimal(f, "\"cost\"", cost, &value) &&
        value.digits != 0)
        foreign_warning(
            f, cost, "utilities are those at the beginning",
            "a cost of time is passed over: only discount factors are known");
}

/* The function within, or NULL after an error. */
static const node *unwrap(foreign *f, const node *wrapper)
{
    keys_check(f, wrapper, "the utility function", wrapper_keys);
    read_discount(f, wrapper);
    read_cost(f, wrapper);
    const node *inner =
        key_needed(f, wrapper, "the utility function", "ufun", wrapper_keys);
    return inner && kind_needed(f, inner, NODE_MAP, "\"ufun\"") ? inner : NULL;
}

static bool is_wrapper(const node *space)
{
    static const char *const types[] = {"ExpDiscountedUFun", "LinDiscountedUFun", NULL};
    return type_is(type_of(space), types);
}

/* The outermost name that is one. */
static const node *name_of(const node *space)
{
    for (; space && space->kind == NODE_MAP; space = node_get(space, "ufun")) {
        const node *name = node_get(space, "name");
        if (name && name->kind == NODE_TEXT && !is_null(name) && *name->text)
            return name;
    }
    return NULL;
}

static void read_profile(foreign *f)
{
    static const char *const types[] = {"LinearAdditiveUtilityFunction",
                                        "HyperRectangleUtilityFunction",
                                        "ExpDiscountedUFun", "LinDiscountedUFun", NULL};
    const node *space = f->tree->root, *name = name_of(space);
    bool is_reserved = false;
    foreign_party(f, name ? name->text : f->file_name, name ? name : space);
    while (space && is_wrapper(space)) {
        is_reserved = is_reserved || read_reservation(f, space);
        space = unwrap(f, space);
    }
    if (space == NULL)
        return;
    if (!is_reserved)
        read_reservation(f, space);
    if (strcmp(type_of(space), types[0]) == 0)
        read_additive(f, space);
    else if (strcmp(type_of(space), types[1]) == 0)
        read_boxes(f, space);
    else
        type_refuse(f, space, "a utility function", type_of(space), types);
}

const foreign_format negmas_format = {
    .format = TRUCE_FORMAT_NEGMAS,
    .is = "NegMAS",
    .part = part_of,
    .read_domain = read_domain,
    .read_profile = read_profile,
};
