/* How many outcomes pass each test, from the loosest to the strictest. */
#include "report/csv.h"
#include "report/envelope.h"
#include "report/footer.h"
#include "report/table.h"
#include "report/words.h"

enum { TALLIES = 5 };

typedef struct tally_line {
    const char *key, *says;
    truce_count count;
} tally_line;

/* The lines of the answer, in every form of it. */
static void lines_of(const truce_tally *result, tally_line lines[TALLIES])
{
    const tally_line all[TALLIES] = {
        {"outcomes", "are all of them: one value for each issue", result->outcomes},
        {"possible", "break no rule of logic", result->possible},
        {"permitted", "break no rule and no red line of anybody", result->permitted},
        {"rational", "of these are worth the outside option, or more, to every party",
         result->rational},
        {"acceptable", "are acceptable to everybody whose consent they need",
         result->acceptable},
    };
    for (size_t i = 0; i < TALLIES; i++)
        lines[i] = all[i];
}

void truce_tally_json(FILE *out, const truce_tally *result,
                      const truce_reality *reality)
{
    tally_line lines[TALLIES];
    json to = envelope_begin(out, &result->finding);
    lines_of(result, lines);
    json_object(&to);
    for (size_t i = 0; i < TALLIES; i++)
        field_count(&to, lines[i].key, lines[i].count);
    json_end(&to);
    envelope_end(&to, &result->finding, reality);
}

void truce_tally_csv(FILE *out, const truce_tally *result)
{
    tally_line lines[TALLIES];
    csv to = csv_begin(out);
    lines_of(result, lines);
    csv_text(&to, "what");
    csv_text(&to, "count");
    csv_text(&to, "at_least");
    csv_text(&to, "at_most");
    csv_row(&to);
    for (size_t i = 0; i < TALLIES; i++) {
        truce_count count = lines[i].count;
        csv_text(&to, lines[i].key);
        csv_count(&to, count);
        csv_text(&to, count.exact ? count.exact : count.low);
        csv_text(&to, count.exact ? count.exact : count.high);
        csv_row(&to);
    }
}

void truce_tally_print(FILE *out, const truce_tally *result,
                       const truce_reality *reality, const truce_style *style)
{
    page to = page_begin(out, style);
    tally_line lines[TALLIES];
    lines_of(result, lines);
    header_print(&to, &result->finding, "Count: how many outcomes are there?");
    table rows = table_begin(&to.memory);
    table_column(&rows, TABLE_NUMBER, "Outcomes");
    table_column(&rows, TABLE_TEXT, "");
    for (size_t i = 0; i < TALLIES; i++) {
        table_row(&rows);
        table_cell(&rows, "%s", count_words(&to.memory, lines[i].count));
        table_cell(&rows, "%s", lines[i].says);
    }
    table_print(&rows, &to, 0);
    page_gap(&to);
    page_remark(&to, 0,
                "An outcome may be acceptable without being rational for everybody: it "
                "asks only those whose consent it needs.");
    footer_print(&to, &result->finding, reality);
    page_end(&to);
}
