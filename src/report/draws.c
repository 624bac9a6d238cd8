/* Many sessions on drawn numbers: shares and spreads, never one number. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/table.h"
#include "report/words.h"

#include <math.h>

static const char *party_id(const truce_sessions *of, size_t seat)
{
    return of->finding.scenario->parties[of->parties.items[seat]].label.id;
}

/* ---- JSON ------------------------------------------------------------------------------- */

static void put_number(json *to, const char *key, double number)
{
    json_key(to, key);
    json_number(to, number);
}

static void put_share(json *to, const char *key, const truce_share *it)
{
    json_key(to, key);
    json_object(to);
    field_integer(to, "times", it->times);
    field_integer(to, "of", it->of);
    put_number(to, "share", it->share);
    put_number(to, "low", it->low);
    put_number(to, "high", it->high);
    json_end(to);
}

static void put_spread(json *to, const char *key, const truce_spread *it)
{
    json_key(to, key);
    json_object(to);
    field_integer(to, "count", it->count);
    put_number(to, "mean", it->mean);
    put_number(to, "low", it->low);
    put_number(to, "high", it->high);
    put_number(to, "p5", it->at5);
    put_number(to, "p25", it->at25);
    put_number(to, "p50", it->at50);
    put_number(to, "p75", it->at75);
    put_number(to, "p95", it->at95);
    json_end(to);
}

static void put_seats(json *to, const truce_sessions *of)
{
    json_key(to, "seats");
    json_array(to);
    for (size_t s = 0; s < of->parties.count; s++) {
        json_object(to);
        field_text(to, "party", party_id(of, s));
        put_spread(to, "utility", &of->utility[s]);
        put_spread(to, "discounted", &of->discounted[s]);
        put_spread(to, "advantage", &of->advantage[s]);
        json_end(to);
    }
    json_end(to);
}

static void put_issues(json *to, const truce_sessions *of)
{
    const truce_scenario *scenario = of->finding.scenario;
    json_key(to, "issues");
    json_array(to);
    for (size_t i = 0; i < scenario->issue_count; i++) {
        const truce_issue *issue = &scenario->issues[i];
        json_object(to);
        field_text(to, "issue", issue->label.id);
        put_share(to, "first", &of->issues[i].first);
        put_spread(to, "settled", &of->issues[i].settled);
        json_key(to, "values");
        json_object(to);
        for (size_t v = 0; v < issue->value_count; v++)
            put_share(to, issue->values[v], &of->issues[i].values[v]);
        json_end(to);
        json_end(to);
    }
    json_end(to);
}

static void put_combinations(json *to, const truce_sessions *of)
{
    json_key(to, "combinations");
    json_array(to);
    for (size_t k = 0; k < of->combination_count; k++) {
        const truce_combination *it = &of->combinations[k];
        json_object(to);
        json_key(to, "strategies");
        json_array(to);
        for (size_t s = 0; s < of->parties.count; s++)
            json_text(to, it->strategies[s]);
        json_end(to);
        put_share(to, "agreed", &it->agreed);
        json_key(to, "mean_discounted");
        json_array(to);
        for (size_t s = 0; s < of->parties.count; s++)
            json_number(to, it->mean_utilities[s]);
        json_end(to);
        json_end(to);
    }
    json_end(to);
}

void truce_sessions_json(FILE *out, const truce_sessions *of,
                         const truce_reality *reality)
{
    json to = envelope_begin(out, &of->finding);
    json_object(&to);
    field_text(&to, "protocol", of->protocol);
    field_integer(&to, "rounds", of->rounds);
    put_number(&to, "seconds", of->rounds > 0 ? NAN : of->seconds);
    field_integer(&to, "draws", of->draws);
    field_integer(&to, "numbers_drawn", of->numbers);
    put_share(&to, "agreed", &of->agreed);
    put_spread(&to, "step", &of->step);
    put_seats(&to, of);
    put_issues(&to, of);
    put_combinations(&to, of);
    json_end(&to);
    envelope_end(&to, &of->finding, reality);
}

/* ---- text ------------------------------------------------------------------------------- */

static const char *share_words(page *to, const truce_share *it)
{
    if (isnan(it->share))
        return "-";
    return arena_format(&to->memory, "%.0f%s%% (%.0f..%.0f)", 100 * it->share, NBSP,
                        100 * it->low, 100 * it->high);
}

static void add_spread(table *rows, page *to, const char *name, const char *what,
                       const truce_spread *it)
{
    double scale = fmax(fabs(it->at5), fabs(it->at95));
    table_row(rows);
    table_cell(rows, "%s", name);
    table_cell(rows, "%s", what);
    table_cell(rows, "%s", fine_words(&to->memory, it->mean, scale));
    if (isnan(it->low))
        table_cell(rows, "-");
    else
        table_cell(rows, "%s..%s", fine_words(&to->memory, it->low, scale),
                   fine_words(&to->memory, it->high, scale));
    table_cell(rows, "%s", utility_words(&to->memory, it->at5, scale));
    table_cell(rows, "%s", utility_words(&to->memory, it->at25, scale));
    table_cell(rows, "%s", utility_words(&to->memory, it->at50, scale));
    table_cell(rows, "%s", utility_words(&to->memory, it->at75, scale));
    table_cell(rows, "%s", utility_words(&to->memory, it->at95, scale));
}

static void say_spreads(page *to, const truce_sessions *of)
{
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Party");
    table_column(&rows, TABLE_NAME, "What");
    table_column(&rows, TABLE_NUMBER, "Mean");
    table_column(&rows, TABLE_NUMBER, "95 %");
    table_column(&rows, TABLE_NUMBER, "5th");
    table_column(&rows, TABLE_NUMBER, "25th");
    table_column(&rows, TABLE_NUMBER, "50th");
    table_column(&rows, TABLE_NUMBER, "75th");
    table_column(&rows, TABLE_NUMBER, "95th");
    add_spread(&rows, to, "", "rounds", &of->step);
    for (size_t s = 0; s < of->parties.count; s++) {
        add_spread(&rows, to, party_id(of, s), "utility", &of->utility[s]);
        if (of->discounted[s].mean != of->utility[s].mean)
            add_spread(&rows, to, "", "discounted", &of->discounted[s]);
        add_spread(&rows, to, "", "advantage", &of->advantage[s]);
    }
    table_print(&rows, to, 0);
}

static const char *values_words(page *to, const truce_sessions *of, size_t issue)
{
    const truce_issue *it = &of->finding.scenario->issues[issue];
    const char *words = "";
    for (size_t v = 0; v < it->value_count; v++)
        if (of->issues[issue].values[v].times > 0)
            words = arena_format(&to->memory, "%s%s%s%s%s", words, *words ? ", " : "",
                                 it->values[v], NBSP,
                                 share_words(to, &of->issues[issue].values[v]));
    return words;
}

/* Issues in the order of the mean round in which they settle. */
static void order_issues(const truce_sessions *of, size_t count, size_t *order)
{
    for (size_t i = 0; i < count; i++) {
        size_t place = i;
        for (; place > 0 &&
               of->issues[order[place - 1]].settled.mean > of->issues[i].settled.mean;
             place--)
            order[place] = order[place - 1];
        order[place] = i;
    }
}

static void say_issues(page *to, const truce_sessions *of)
{
    if (of->agreed.times == 0)
        return;
    size_t count = of->finding.scenario->issue_count;
    size_t *order = arena_array(&to->memory, count, size_t);
    order_issues(of, count, order);
    page_heading(to, "Issues, those that settle first on top");
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_NAME, "Issue");
    table_column(&rows, TABLE_NUMBER, "Settles");
    table_column(&rows, TABLE_NUMBER, "First");
    table_column(&rows, TABLE_TEXT, "Agreed value");
    for (size_t k = 0; k < count; k++) {
        const truce_settling *it = &of->issues[order[k]];
        table_row(&rows);
        table_cell(&rows, "%s", of->finding.scenario->issues[order[k]].label.id);
        table_cell(&rows, "%.1f", it->settled.mean);
        table_cell(&rows, "%s", share_words(to, &it->first));
        table_cell(&rows, "%s", values_words(to, of, order[k]));
    }
    table_print(&rows, to, 0);
    page_remark(
        to, 0,
        "Settles: mean round from which every offer had the value agreed; First: "
        "no issue settled earlier. Percent, with 95 %% intervals (Wilson), of "
        "agreements.");
}

static void say_combinations(page *to, const truce_sessions *of)
{
    if (of->combination_count < 2)
        return;
    page_heading(to, "By strategies");
    table rows = table_begin(&to->memory);
    for (size_t s = 0; s < of->parties.count; s++)
        table_column(&rows, TABLE_NAME, party_id(of, s));
    table_column(&rows, TABLE_NUMBER, "Sessions");
    table_column(&rows, TABLE_NUMBER, "Agreed");
    table_column(&rows, TABLE_TEXT, "Mean discounted utilities");
    for (size_t k = 0; k < of->combination_count; k++) {
        const truce_combination *it = &of->combinations[k];
        const char *means = "";
        table_row(&rows);
        for (size_t s = 0; s < of->parties.count; s++) {
            table_cell(&rows, "%s", it->strategies[s]);
            means = arena_format(&to->memory, "%s%s%s", means, s ? ", " : "",
                                 fine_words(&to->memory, it->mean_utilities[s],
                                            fabs(it->mean_utilities[s])));
        }
        table_cell(&rows, "%s", size_words(&to->memory, it->agreed.of));
        table_cell(&rows, "%s", share_words(to, &it->agreed));
        table_cell(&rows, "%s", means);
    }
    table_print(&rows, to, 0);
}

void truce_sessions_print(FILE *out, const truce_sessions *of,
                          const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &of->finding, "Negotiate: how could it run, many times?");
    page_say(&to, 0, "%s: agreement in %s.",
             counted(&to.memory, of->draws, "session", "sessions"),
             share_words(&to, &of->agreed));
    page_say(
        &to, 0, "%s.",
        of->numbers > 0
            ? arena_format(&to.memory, "%s drawn from their ranges",
                           counted(&to.memory, of->numbers, "number of the file was",
                                   "numbers of the file were"))
            : "The file gives no ranges: only dice and strategies differ");
    page_gap(&to);
    say_spreads(&to, of);
    say_issues(&to, of);
    say_combinations(&to, of);
    page_gap(&to);
    page_remark(
        &to, 0,
        "Sessions of made-up strategies show how these numbers behave under these "
        "rules; they do not foretell what the parties will do.");
    footer_print(&to, &of->finding, reality);
    page_end(&to);
}
