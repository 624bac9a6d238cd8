/* GeniusWeb: a domain with its issues, and profiles of the kind
 * LinearAdditiveUtilitySpace. Utility is the sum over the issues of weight times
 * utility of the value, all on the scale from 0 to 1, and GeniusWeb keeps decimals
 * exact, as we do. Source of the format: the project's public wiki
 * (tracinsy.ewi.tudelft.nl/pubtrac/GeniusWeb). */
#include "base/decimal.h"
#include "formats/keys.h"

#include <string.h>

static const truce_decimal one = {1, 0};

/* ---- recognition ----------------------------------------------------------------- */

static const char *const domain_keys[] = {"name", "issuesValues", NULL};
static const char *const profile_keys[] = {"name",   "issueUtilities", "issueWeights",
                                           "domain", "reservationBid", NULL};
static const char supported[] = "LinearAdditiveUtilitySpace";

static bool has_near(const node *map, const char *key)
{
    for (size_t e = 0; e < map->count; e++)
        if (names_nearest(map->entries[e].key, &key, 1))
            return true;
    return false;
}

/* Profiles of all kinds are wrapped in a map with the name of the kind as its key. */
static bool is_wrapped_profile(const node *root)
{
    if (root->count != 1 || root->entries[0].value->kind != NODE_MAP)
        return false;
    const node *inner = root->entries[0].value;
    return strcmp(root->entries[0].key, supported) == 0 ||
           has_near(inner, "issueUtilities") || has_near(inner, "issueWeights") ||
           node_get(node_get(inner, "domain"), "issuesValues");
}

static foreign_part part_of(const document *tree)
{
    if (has_near(tree->root, "issuesValues"))
        return FOREIGN_DOMAIN;
    return is_wrapped_profile(tree->root) ? FOREIGN_PROFILE : FOREIGN_NONE;
}

/* ---- the domain ------------------------------------------------------------------ */

static void add_range(foreign *f, const node *name, const node *range)
{
    static const char *const parts[] = {"lowest value", "highest value", "step"};
    truce_decimal ends[3];
    if (!kind_needed(f, range, NODE_LIST, "\"range\""))
        return;
    if (range->count != 3) {
        foreign_error(f, range, "for example \"range\": [12.2, 12.6, 0.3]",
                      "a range has three numbers: lowest, highest and step");
        return;
    }
    bool sound = true;
    for (size_t i = 0; i < 3; i++)
        sound &=
            foreign_decimal(f, words(f, "the %s of issue \"%s\"", parts[i], name->text),
                            range->items[i], &ends[i]);
    if (sound)
        foreign_scale_issue(f, name, ends[0], ends[1], ends[2]);
}

static void add_issue(foreign *f, const node_entry *entry)
{
    static const char *const keys[] = {"values", "range", NULL};
    const char *who = words(f, "issue \"%s\"", entry->key);
    const node *name = key_as_text(f, entry), *set = entry->value;
    if (!kind_needed(f, set, NODE_MAP, who))
        return;
    keys_check(f, set, who, keys);
    const node *range = node_get(set, "range");
    const node *values = range ? NULL : key_needed(f, set, who, "values", keys);
    if (range)
        add_range(f, name, range);
    else if (values && kind_needed(f, values, NODE_LIST, "\"values\""))
        foreign_issue(f, name, (const node *const *)values->items, values->count);
}

static void read_domain(foreign *f)
{
    const node *root = f->tree->root, *name = node_get(root, "name");
    keys_check(f, root, "the domain", domain_keys);
    const node *issues = key_needed(f, root, "the domain", "issuesValues", domain_keys);
    if (name && kind_needed(f, name, NODE_TEXT, "\"name\""))
        foreign_title(f, name->text);
    if (issues == NULL || !kind_needed(f, issues, NODE_MAP, "\"issuesValues\""))
        return;
    if (issues->count == 0)
        foreign_error(f, issues, NULL, "the domain has no issues");
    for (size_t i = 0; i < issues->count; i++)
        add_issue(f, &issues->entries[i]);
}

/* ---- a profile's own copy of the domain ------------------------------------------ */

static void compare_values(foreign *f, size_t issue, const node *values)
{
    if (!kind_needed(f, values, NODE_LIST, "\"values\""))
        return;
    for (size_t v = 0; v < values->count; v++)
        foreign_find_value(f, issue, values->items[v]);
}

/* What the copy has and the domain has not is a mistake; what the copy lacks will be
 * missed among the utilities. */
static void compare_domain(foreign *f, const node *domain)
{
    const node *issues = node_get(domain, "issuesValues");
    if (issues == NULL || !kind_needed(f, issues, NODE_MAP, "\"issuesValues\""))
        return;
    for (size_t i = 0; i < issues->count; i++) {
        const node_entry *entry = &issues->entries[i];
        size_t issue = foreign_find_issue(f, key_as_text(f, entry));
        const node *values = node_get(entry->value, "values");
        if (issue != TRUCE_NOBODY && values)
            compare_values(f, issue, values);
    }
}

/* ---- utilities ------------------------------------------------------------------- */

static bool read_utility(foreign *f, const char *what, const node *value,
                         truce_decimal *utility)
{
    if (!foreign_decimal(f, what, value, utility))
        return false;
    if (utility->digits < 0 || decimal_compare(*utility, one) > 0)
        foreign_warning(f, value, NULL, "%s is not between 0 and 1, as in GeniusWeb",
                        what);
    return true;
}

static void miss_values(foreign *f, size_t issue, const node *at)
{
    const truce_issue *what = foreign_issue_at(f, issue);
    for (size_t v = 0; v < what->value_count; v++)
        if (!foreign_is_rated(f, issue, v))
            foreign_error(f, at, NULL,
                          "the utility of value \"%s\" of issue \"%s\" is missing",
                          what->values[v], what->label.id);
}

static void read_discrete(foreign *f, size_t issue, const node *utils)
{
    static const char *const keys[] = {"valueUtilities", NULL};
    size_t errors = f->tree->diagnostics->errors;
    if (!kind_needed(f, utils, NODE_MAP, "\"discreteutils\""))
        return;
    keys_check(f, utils, "\"discreteutils\"", keys);
    const node *map = key_needed(f, utils, "\"discreteutils\"", keys[0], keys);
    if (map == NULL || !kind_needed(f, map, NODE_MAP, "\"valueUtilities\""))
        return;
    for (size_t v = 0; v < map->count; v++) {
        const node_entry *entry = &map->entries[v];
        truce_decimal utility;
        size_t value = foreign_find_value(f, issue, key_as_text(f, entry));
        const char *what = words(f, "the utility of \"%s\"", entry->key);
        if (value != TRUCE_NOBODY && read_utility(f, what, entry->value, &utility))
            foreign_worth(f, issue, value, utility, entry->value);
    }
    if (f->tree->diagnostics->errors == errors)
        miss_values(f, issue, map);
}

/* A straight line through two points of a scale. */
typedef struct line {
    truce_decimal low_value, low_utility, high_value, high_utility;
} line;

static bool read_line(foreign *f, const node *utils, line *made)
{
    static const char *const keys[] = {"lowValue", "lowUtility", "highValue",
                                       "highUtility", NULL};
    truce_decimal *parts[] = {&made->low_value, &made->low_utility, &made->high_value,
                              &made->high_utility};
    bool sound = true;
    keys_check(f, utils, "\"numberutils\"", keys);
    for (size_t k = 0; k < 4; k++) {
        const node *part = key_needed(f, utils, "\"numberutils\"", keys[k], keys);
        const char *what = words(f, "\"%s\"", keys[k]);
        sound &= part && (k % 2 ? read_utility(f, what, part, parts[k])
                                : foreign_decimal(f, what, part, parts[k]));
    }
    return sound;
}

/* The range of the domain, whose highest number its steps need not meet. */
static bool spans(const truce_issue *issue, const line *of)
{
    truce_decimal first = issue->numbers[0],
                  last = issue->numbers[issue->value_count - 1];
    if (decimal_compare(of->low_value, first) != 0 ||
        decimal_compare(of->high_value, last) < 0)
        return false;
    return issue->value_count == 1 ||
           decimal_compare(
               of->high_value,
               decimal_add(last, decimal_add(issue->numbers[1], first, -1), 1)) < 0;
}

/* All at once: worth(v) * (high - low) = low_utility * (high - low) + (v - low) * rise, so
 * that nothing need be divided. */
static void set_line(foreign *f, size_t issue, const line *of, const node *at)
{
    const truce_issue *what = foreign_issue_at(f, issue);
    truce_decimal last = what->numbers[what->value_count - 1], from, to, span, rise;
    if (decimal_compare(last, of->high_value) == 0) {
        foreign_worth_line(f, issue, of->low_utility, of->high_utility, at);
        return;
    }
    bool exact =
        decimal_line(of->low_value, (truce_decimal){-1, 0}, of->high_value, &span);
    exact &=
        decimal_line(of->low_utility, (truce_decimal){-1, 0}, of->high_utility, &rise);
    exact &= decimal_line(of->low_utility, span, (truce_decimal){0}, &from);
    exact &= decimal_line(rise, decimal_add(last, of->low_value, -1), from, &to);
    if (!exact) {
        foreign_error(f, at, "fewer digits",
                      "the utilities of issue \"%s\" have too many digits",
                      what->label.id);
        return;
    }
    foreign_worth_line(f, issue, from, to, at);
    foreign_out_of(f, issue, span);
}

static void read_number(foreign *f, size_t issue, const node *utils)
{
    const truce_issue *what = foreign_issue_at(f, issue);
    line of;
    if (!kind_needed(f, utils, NODE_MAP, "\"numberutils\"") ||
        !read_line(f, utils, &of))
        return;
    if (!what->numeric)
        foreign_error(f, utils, "write discreteutils",
                      "issue \"%s\" has no range but named values", what->label.id);
    else if (!spans(what, &of))
        foreign_error(f, utils, NULL,
                      "\"numberutils\" of issue \"%s\" must go from lowValue %s to "
                      "highValue %s, as its range does",
                      what->label.id, what->values[0],
                      what->values[what->value_count - 1]);
    else
        set_line(f, issue, &of, utils);
}

static void read_issue_utility(foreign *f, const node_entry *entry)
{
    static const char *const keys[] = {"discreteutils", "numberutils", NULL};
    const char *who = words(f, "the utilities of issue \"%s\"", entry->key);
    size_t issue = foreign_find_issue(f, key_as_text(f, entry));
    if (issue == TRUCE_NOBODY || !kind_needed(f, entry->value, NODE_MAP, who))
        return;
    keys_check(f, entry->value, who, keys);
    const node *numbers = node_get(entry->value, "numberutils");
    const node *discrete =
        numbers ? NULL : key_needed(f, entry->value, who, "discreteutils", keys);
    if (numbers)
        read_number(f, issue, numbers);
    else if (discrete)
        read_discrete(f, issue, discrete);
}

/* ---- weights --------------------------------------------------------------------- */

/* names [issue_count] of those that were named. */
static void read_weights(foreign *f, const node *weights, bool *named)
{
    truce_decimal sum = {0};
    size_t errors = f->tree->diagnostics->errors;
    if (!kind_needed(f, weights, NODE_MAP, "\"issueWeights\""))
        return;
    for (size_t e = 0; e < weights->count; e++) {
        const node_entry *entry = &weights->entries[e];
        truce_decimal weight;
        size_t issue = foreign_find_issue(f, key_as_text(f, entry));
        const char *what = words(f, "the weight of issue \"%s\"", entry->key);
        if (issue == TRUCE_NOBODY || !foreign_decimal(f, what, entry->value, &weight))
            continue;
        named[issue] = true;
        foreign_weight(f, issue, weight, entry->value);
        sum = decimal_add(sum, weight, 1);
        if (weight.digits < 0)
            foreign_error(f, entry->value, NULL, "%s must not be negative", what);
    }
    if (f->tree->diagnostics->errors == errors && decimal_compare(sum, one) != 0)
        foreign_warning(f, weights, "they are taken as they are",
                        "the weights sum to %s; GeniusWeb asks for 1",
                        decimal_text(&f->tree->memory, sum));
}

/* Every issue of the domain must have a weight and utilities. */
static void miss_issues(foreign *f, const node *map, const bool *named,
                        const char *what)
{
    for (size_t i = 0; i < foreign_issue_count(f); i++)
        if (!named[i])
            foreign_error(f, map, NULL, "the %s of issue \"%s\" %s missing", what,
                          foreign_issue_at(f, i)->label.id,
                          strcmp(what, "weight") == 0 ? "is" : "are");
}

static void read_parts(foreign *f, const node *space)
{
    size_t issues = foreign_issue_count(f), errors = f->tree->diagnostics->errors;
    bool *named = arena_array(&f->tree->memory, issues, bool);
    bool *weighed = arena_array(&f->tree->memory, issues, bool);
    const node *utilities =
        key_needed(f, space, "the profile", "issueUtilities", profile_keys);
    const node *weights =
        key_needed(f, space, "the profile", "issueWeights", profile_keys);
    if (utilities && kind_needed(f, utilities, NODE_MAP, "\"issueUtilities\""))
        for (size_t e = 0; e < utilities->count; e++) {
            size_t issue = names_find(&f->issues, utilities->entries[e].key);
            if (issue != NAMES_NONE)
                named[issue] = true;
            read_issue_utility(f, &utilities->entries[e]);
        }
    if (weights)
        read_weights(f, weights, weighed);
    if (!utilities || !weights || f->tree->diagnostics->errors > errors)
        return; /* a misspelt issue is missing as well, and that was said */
    miss_issues(f, utilities, named, "utilities");
    miss_issues(f, weights, weighed, "weight");
}

/* ---- the reservation bid --------------------------------------------------------- */

typedef struct bid {
    truce_value *values; /* [issue_count] */
    bool *given;         /* [issue_count] */
} bid;

static bool read_bid(foreign *f, const node *map, const bid *into)
{
    bool sound = true;
    for (size_t e = 0; e < map->count; e++) {
        const node_entry *entry = &map->entries[e];
        size_t issue = foreign_find_issue(f, key_as_text(f, entry));
        size_t value = issue == TRUCE_NOBODY
                           ? TRUCE_NOBODY
                           : foreign_find_value(f, issue, entry->value);
        sound &= value != TRUCE_NOBODY;
        if (value == TRUCE_NOBODY)
            continue;
        into->values[issue] = (truce_value)value;
        into->given[issue] = true;
    }
    return sound;
}

/* What an issue that is left out would be worth, the format does not say. */
static bool is_whole(foreign *f, const node *map, const bid *made)
{
    for (size_t i = 0; i < foreign_issue_count(f); i++)
        if (!made->given[i]) {
            foreign_error(f, map, "name a value of every issue",
                          "\"reservationBid\" leaves out issue \"%s\"",
                          foreign_issue_at(f, i)->label.id);
            return false;
        }
    return true;
}

static const node *values_of_bid(foreign *f, const node *reservation)
{
    static const char *const keys[] = {"issuevalues", NULL};
    if (!kind_needed(f, reservation, NODE_MAP, "\"reservationBid\""))
        return NULL;
    keys_check(f, reservation, "\"reservationBid\"", keys);
    const node *map = key_needed(f, reservation, "\"reservationBid\"", keys[0], keys);
    return map && kind_needed(f, map, NODE_MAP, "\"issuevalues\"") ? map : NULL;
}

/* Without a reservation bid, no agreement is worth 0. */
static void read_reservation(foreign *f, const node *space)
{
    const node *reservation = node_get(space, "reservationBid");
    if (reservation == NULL || is_null(reservation)) {
        foreign_outside(f, (truce_decimal){0}, reservation ? reservation : space);
        return;
    }
    const node *map = values_of_bid(f, reservation);
    size_t issues = foreign_issue_count(f);
    bid made = {arena_array(&f->tree->memory, issues, truce_value),
                arena_array(&f->tree->memory, issues, bool)};
    if (map && read_bid(f, map, &made) && is_whole(f, map, &made))
        foreign_outside_bid(f, made.values, reservation);
}

/* ---- the profile ----------------------------------------------------------------- */

static void read_profile(foreign *f)
{
    const node_entry *kind = &f->tree->root->entries[0];
    const node *space = kind->value, *name = node_get(space, "name");
    const char *near = supported;
    if (strcmp(kind->key, supported) != 0) {
        document_error(f->tree, kind->place, kind->width,
                       names_nearest(kind->key, &near, 1)
                           ? words(f, "did you mean \"%s\"?", supported)
                           : words(f, "the nearest kind that is: %s", supported),
                       "profiles of kind \"%s\" are not supported", kind->key);
        return;
    }
    if (!kind_needed(f, space, NODE_MAP, words(f, "\"%s\"", supported)))
        return;
    keys_check(f, space, "the profile", profile_keys);
    bool is_named = name && !is_null(name) &&
                    kind_needed(f, name, NODE_TEXT, "\"name\"") && *name->text;
    foreign_party(f, is_named ? name->text : f->file_name, is_named ? name : space);
    size_t errors = f->tree->diagnostics->errors;
    if (node_get(space, "domain"))
        compare_domain(f, node_get(space, "domain"));
    if (f->tree->diagnostics->errors == errors)
        read_parts(f, space);
    read_reservation(f, space);
}

const foreign_format geniusweb_format = {
    .format = TRUCE_FORMAT_GENIUSWEB,
    .is = "GeniusWeb",
    .part = part_of,
    .read_domain = read_domain,
    .read_profile = read_profile,
};
