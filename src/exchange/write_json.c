/* write_json: a plan with what was wished, on which lists (by their SHA-256), and what comes of
 * it, so that it can be checked without asking anybody.
 */
#include "base/json.h"
#include "exchange/write.h"

#include <inttypes.h>

/* ---- words and numbers ----------------------------------------------------------- */

static const char *const mode_words[] = {
    [TRUCE_EXCHANGE_ALL] = "all",       [TRUCE_EXCHANGE_NUMBER] = "n",
    [TRUCE_EXCHANGE_RATIO] = "ratio",   [TRUCE_EXCHANGE_QUOTA] = "quota",
    [TRUCE_EXCHANGE_TARIFF] = "tariff",
};
static const char *const pair_words[] = {"no", "class", "points", "gain"};

static const char *const proof_words[] = {[TRUCE_PROVED] = "proved",
                                          [TRUCE_BOUNDED] = "bounded",
                                          [TRUCE_SAMPLED] = "sampled"};

static void key_text(json *to, const char *key, const char *text)
{
    json_key(to, key);
    json_text(to, text);
}

/* A whole number that need not fit 63 bits. */
static void put_count(json *to, uint64_t count)
{
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, count);
    json_written(to, digits, (size_t)length);
}

static void key_count(json *to, const char *key, uint64_t count)
{
    json_key(to, key);
    put_count(to, count);
}

/* Of both sides, in the order of the lists. */
static void key_counts(json *to, const char *key, const uint64_t counts[2])
{
    json_key(to, key);
    json_array(to);
    put_count(to, counts[0]);
    put_count(to, counts[1]);
    json_end(to);
}

/* Millionths as an exact decimal: 1.5. */
static void put_millionths(json *to, uint64_t amount, bool negative)
{
    char digits[40];
    int length =
        snprintf(digits, sizeof digits, "%s%" PRIu64 ".%06" PRIu64,
                 negative && amount ? "-" : "", amount / 1000000, amount % 1000000);
    while (digits[length - 1] == '0')
        length--;
    length -= digits[length - 1] == '.';
    json_written(to, digits, (size_t)length);
}

static void key_day(json *to, const char *key, const truce_exchange_wish *wish,
                    int32_t day, bool dated)
{
    char text[32];
    json_key(to, key);
    if (day == TRUCE_NO_DAY) {
        json_null(to);
    } else if (dated) {
        write_day(wish, day, text);
        json_text(to, text);
    } else {
        json_integer(to, day);
    }
}

/* ---- what was wished ------------------------------------------------------------- */

/* The name of a side as the wish counts sides; null stands for each side. */
static const char *side_word(const truce_plan *plan, int side)
{
    const char *const *names =
        plan->wish->sides[0] ? plan->wish->sides : plan->lists->names;
    return side < 0 ? NULL : names[side];
}

static void put_quotas(json *to, const truce_plan *plan)
{
    const truce_exchange_wish *wish = plan->wish;
    json_key(to, "quotas");
    json_array(to);
    for (size_t k = 0; k < wish->quota_count; k++) {
        const truce_quota *quota = &wish->quotas[k];
        json_object(to);
        key_text(to, "class", quota->class_name);
        key_text(to, "side", side_word(plan, quota->side));
        key_count(to, "least", quota->least);
        if (quota->most != UINT64_MAX)
            key_count(to, "most", quota->most);
        json_end(to);
    }
    json_end(to);
}

static void put_tariff(json *to, const truce_exchange_wish *wish)
{
    json_key(to, "tariff");
    json_array(to);
    for (size_t k = 0; k < wish->tariff_count; k++) {
        json_object(to);
        key_text(to, "rank", wish->tariff[k].rank);
        key_count(to, "points", wish->tariff[k].points);
        json_end(to);
    }
    json_end(to);
}

static void put_capacities(json *to, const truce_plan *plan)
{
    const truce_exchange_wish *wish = plan->wish;
    json_key(to, "capacities");
    json_array(to);
    for (size_t k = 0; k < wish->capacity_count; k++) {
        const truce_capacity *capacity = &wish->capacities[k];
        json_object(to);
        key_text(to, "site", capacity->site);
        key_text(to, "side", side_word(plan, capacity->side));
        key_day(to, "day", wish, capacity->day, wish->days_are_dates);
        key_count(to, "most", capacity->most);
        json_end(to);
    }
    json_end(to);
}

static void put_days(json *to, const truce_plan *plan)
{
    const truce_exchange_wish *wish = plan->wish;
    size_t count = wish->stage_count ? wish->stage_count : 1;
    json_key(to, "stages");
    json_array(to);
    for (size_t t = 0; t < count; t++) {
        char text[32];
        int32_t day = wish->stage_days && wish->stage_count ? wish->stage_days[t]
                                                            : (int32_t)(t + 1);
        if (wish->days_are_dates) {
            write_day(wish, day, text);
            json_text(to, text);
        } else {
            json_integer(to, day);
        }
    }
    json_end(to);
}

static void put_wish(json *to, const truce_plan *plan)
{
    const truce_exchange_wish *wish = plan->wish;
    json_key(to, "wish");
    json_object(to);
    json_key(to, "sides");
    json_array(to);
    json_text(to, side_word(plan, 0));
    json_text(to, side_word(plan, 1));
    json_end(to);
    key_text(to, "mode", mode_words[wish->mode]);
    key_counts(to, "numbers", wish->numbers);
    key_text(to, "owed", wish->owed_inside ? "inside" : "outside");
    key_text(to, "pairs", pair_words[wish->pairs]);
    json_key(to, "one-by-one");
    json_bool(to, wish->one_by_one);
    json_key(to, "classes");
    json_array(to);
    for (size_t k = 0; k < wish->classes.count; k++)
        json_text(to, wish->classes.items[k]);
    json_end(to);
    put_quotas(to, plan);
    put_tariff(to, wish);
    put_capacities(to, plan);
    put_days(to, plan);
    key_day(to, "from", &(truce_exchange_wish){.days_are_dates = true}, wish->from,
            true);
    key_count(to, "delta", wish->delta);
    json_end(to);
}

/* ---- what comes of it ------------------------------------------------------------ */

static void put_inputs(json *to, const truce_plan *plan)
{
    const truce_lists *lists = plan->lists;
    json_key(to, "lists");
    json_array(to);
    for (unsigned side = 0; side < 2; side++) {
        json_object(to);
        key_text(to, "file", lists->files[side]);
        key_text(to, "sha256", lists->sha256[side]);
        key_text(to, "holder", lists->names[side]);
        key_text(to, "home", lists->names[1 - side]);
        key_count(to, "people", lists->first[side + 1] - lists->first[side]);
        json_end(to);
    }
    json_end(to);
}

static void put_totals(json *to, const truce_plan *plan)
{
    json_key(to, "totals");
    json_object(to);
    key_counts(to, "eligible", plan->eligible);
    key_counts(to, "heads", plan->heads);
    key_counts(to, "owed", plan->owed);
    key_count(to, "pairs", plan->pair_count);
    json_end(to);
}

static void put_stage(json *to, const truce_plan *plan, const truce_stage_totals *stage)
{
    const truce_exchange_wish *wish = plan->wish;
    json_object(to);
    key_count(to, "stage", stage->stage);
    key_day(to, "day", wish, stage->day,
            wish->days_are_dates || wish->from != TRUCE_NO_DAY);
    key_counts(to, "heads", stage->heads);
    key_counts(to, "owed", stage->owed);
    key_counts(to, "wounded", stage->wounded);
    key_counts(to, "long-held", stage->long_held);
    key_counts(to, "other", stage->other);
    if (wish->tariff_count > 0)
        key_counts(to, "points", stage->points);
    json_key(to, "standing");
    json_array(to);
    for (unsigned side = 0; side < 2; side++) {
        int64_t standing = stage->standing[side];
        put_millionths(to, standing < 0 ? -(uint64_t)standing : (uint64_t)standing,
                       standing < 0);
    }
    json_end(to);
    json_end(to);
}

static void put_exposure(json *to, const truce_plan *plan)
{
    const truce_exposure *exposure = &plan->exposure;
    json_key(to, "exposure");
    json_object(to);
    json_key(to, "amount");
    put_millionths(to, exposure->amount, false);
    json_key(to, "bound");
    put_millionths(to, exposure->bound, false);
    json_key(to, "gap");
    put_millionths(to, exposure->amount - exposure->bound, false);
    key_text(to, "side",
             exposure->side < 0 ? NULL : plan->lists->names[exposure->side]);
    key_count(to, "stage", exposure->stage);
    key_count(to, "gone", exposure->gone);
    json_end(to);
}

static void put_exceptions(json *to, const truce_plan *plan)
{
    uint64_t counts[WRITE_WHYS][2] = {0};
    for (size_t k = 0; k < plan->exception_count; k++) {
        const truce_exception *exception = &plan->exceptions[k];
        counts[exception->why][plan->lists->people[exception->person].side]++;
    }
    json_key(to, "exceptions");
    json_object(to);
    for (unsigned why = 0; why < WRITE_WHYS; why++)
        key_counts(to, write_why[why], counts[why]);
    json_end(to);
}

static void put_proof(json *to, const char *what, const truce_proof *proof)
{
    json_object(to);
    if (what)
        key_text(to, "what", what);
    key_text(to, "how", proof_words[proof->how]);
    key_text(to, "by", proof->by);
    json_end(to);
}

static void put_proofs(json *to, const truce_plan *plan)
{
    json_key(to, "optima");
    json_array(to);
    for (size_t k = 0; k < plan->optimum_count; k++)
        put_proof(to, plan->optima[k].what, &plan->optima[k].proof);
    json_end(to);
    json_key(to, "proof");
    put_proof(to, NULL, &plan->finding.proof);
}

truce_status truce_plan_write_json(const truce_plan *plan, FILE *out)
{
    json to = json_begin(out);
    json_object(&to);
    json_key(&to, "plan");
    json_integer(&to, 1);
    put_inputs(&to, plan);
    put_wish(&to, plan);
    key_text(&to, "short-of", plan->short_of);
    if (plan->short_of)
        key_counts(&to, "most", plan->most);
    put_totals(&to, plan);
    json_key(&to, "stages");
    json_array(&to);
    for (size_t t = 0; t < plan->stage_count; t++)
        put_stage(&to, plan, &plan->stages[t]);
    json_end(&to);
    put_exposure(&to, plan);
    put_exceptions(&to, plan);
    put_proofs(&to, plan);
    json_end(&to);
    putc('\n', out);
    return write_end(out);
}
