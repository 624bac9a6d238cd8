/* What the plan comes to, and whether plan.json says the same. */
#include "verify/plan.h"

#include "formats/bytes.h"
#include "formats/document.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const size_t MOST_JSON = (size_t)64 << 20;

/* ---- exposure -------------------------------------------------------------------- */

static void look(truce_exposure *most, const __int128 standing[2], uint32_t stage,
                 uint64_t gone)
{
    for (int side = 0; side < 2; side++)
        if (-standing[side] > (__int128)most->amount) {
            most->amount = -standing[side] > (__int128)UINT64_MAX
                               ? UINT64_MAX
                               : (uint64_t)-standing[side];
            most->side = side;
            most->stage = stage;
            most->gone = gone;
        }
}

/* What is to come after a person went is less by what the person is worth to the side that
 * receives, and more by what the giving cost the side that gives. */
static void step(const plan_checking *in, size_t row, __int128 standing[2], int sign)
{
    const truce_person *who = &in->lists->people[in->rows[row].person];
    if (plan_outside(in, who))
        return;
    standing[who->side] += sign * (__int128)who->cost_holder;
    standing[1 - who->side] -= sign * (__int128)who->worth_home;
}

truce_exposure plan_exposure(const plan_checking *in)
{
    truce_exposure most = {.side = -1, .stage = in->row_count ? 1 : 0};
    __int128 standing[2] = {0, 0};
    for (size_t k = 0; k < in->row_count; k++)
        step(in, k, standing, -1);
    look(&most, standing, 1, 0);
    uint64_t gone = 0;
    for (size_t k = 0; k < in->row_count; k++) {
        step(in, k, standing, 1);
        gone++;
        bool last =
            k + 1 == in->row_count || in->rows[k + 1].stage != in->rows[k].stage;
        if (last || (in->wish && in->wish->one_by_one))
            look(&most, standing, in->rows[k].stage, gone);
        if (last)
            gone = 0;
    }
    return most;
}

/* ---- plan.json ------------------------------------------------------------------- */

static const node *inside(const node *map, const char *key)
{
    return map && map->kind == NODE_MAP ? node_get(map, key) : NULL;
}

static bool says(const node *value, const char *text)
{
    return value && value->kind == NODE_TEXT && strcmp(value->text, text) == 0;
}

static bool says_number(const node *value, uint64_t number)
{
    char text[32];
    snprintf(text, sizeof text, "%" PRIu64, number);
    return says(value, text);
}

static bool says_pair(const node *list, const uint64_t numbers[2])
{
    return list && list->kind == NODE_LIST && list->count == 2 &&
           says_number(list->items[0], numbers[0]) &&
           says_number(list->items[1], numbers[1]);
}

/* Millionths as a decimal without zeros at its end. */
static bool says_amount(const node *value, uint64_t millionths)
{
    char text[40];
    int length = snprintf(text, sizeof text, "%" PRIu64 ".%06" PRIu64,
                          millionths / 1000000, millionths % 1000000);
    while (text[length - 1] == '0')
        text[--length] = '\0';
    if (text[length - 1] == '.')
        text[--length] = '\0';
    return says(value, text);
}

static void check_lists(plan_checking *in, const node *plan)
{
    plan_rule rule = rule_begin(in, "plan.json is of these lists");
    const node *lists = inside(plan, "lists");
    for (size_t side = 0; side < 2; side++) {
        const node *one = lists && lists->kind == NODE_LIST && lists->count == 2
                              ? lists->items[side]
                              : NULL;
        rule_check(&rule, says(inside(one, "sha256"), in->lists->sha256[side]),
                   SIZE_MAX, "%s is not the file that plan.json was made from",
                   in->lists->files[side]);
    }
}

static void check_totals(plan_checking *in, const node *plan)
{
    plan_rule rule = rule_begin(in, "plan.json has the same totals");
    uint64_t heads[2] = {0}, owed[2] = {0}, eligible[2] = {0}, paired = 0;
    for (size_t k = 0; k < in->row_count; k++) {
        const truce_person *who = &in->lists->people[in->rows[k].person];
        heads[who->side]++;
        owed[who->side] += who->owed;
        paired += in->rows[k].pair != 0;
    }
    for (size_t k = 0; k < in->lists->count; k++)
        eligible[in->lists->people[k].side] += in->lists->people[k].eligible;
    const node *totals = inside(plan, "totals");
    rule_check(&rule, says_pair(inside(totals, "eligible"), eligible), SIZE_MAX,
               "plan.json has another number of eligible people");
    rule_check(&rule, says_pair(inside(totals, "heads"), heads), SIZE_MAX,
               "plan.json has another number of people who go");
    rule_check(&rule, says_pair(inside(totals, "owed"), owed), SIZE_MAX,
               "plan.json has another number of people owed");
    rule_check(&rule, says_number(inside(totals, "pairs"), paired / 2), SIZE_MAX,
               "plan.json has another number of pairs");
}

static void check_exposure(plan_checking *in, const node *plan,
                           const truce_exposure *exposure)
{
    plan_rule rule = rule_begin(in, "plan.json has the same exposure");
    const node *told = inside(plan, "exposure");
    rule_check(&rule, says_amount(inside(told, "amount"), exposure->amount), SIZE_MAX,
               "plan.json has another exposure than %" PRIu64 " millionths",
               exposure->amount);
    rule_check(&rule,
               says_number(inside(told, "stage"), exposure->stage) &&
                   says_number(inside(told, "gone"), exposure->gone),
               SIZE_MAX, "plan.json has the exposure at another moment");
}

bool plan_check_json(plan_checking *in, const char *path,
                     const truce_exposure *exposure, truce_diagnostics *diagnostics)
{
    size_t length, errors = diagnostics->errors;
    char *bytes = bytes_read(path, MOST_JSON, &length, diagnostics);
    if (bytes == NULL)
        return false;
    truce_limits limits = {.bytes = MOST_JSON, .nodes = 50000000};
    document *tree = document_read_json(path, bytes, length, &limits, diagnostics);
    if (tree && diagnostics->errors == errors) {
        check_lists(in, tree->root);
        check_totals(in, tree->root);
        check_exposure(in, tree->root, exposure);
    }
    document_free(tree);
    free(bytes);
    return diagnostics->errors == errors;
}
