/* What changed between two scenario files, and which answers with it. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/table.h"

/* ---- JSON ------------------------------------------------------------------------ */

static void write_differences(json *to, const char *key, const truce_difference *items,
                              size_t count)
{
    json_key(to, key);
    json_array(to);
    for (size_t i = 0; i < count; i++) {
        json_object(to);
        field_text(to, "path", items[i].path);
        field_text(to, "before", items[i].before);
        field_text(to, "after", items[i].after);
        json_end(to);
    }
    json_end(to);
}

void truce_diff_json(FILE *out, const truce_diff *result, const truce_reality *reality)
{
    json to = envelope_begin(out, &result->finding);
    json_object(&to);
    json_key(&to, "before");
    json_object(&to);
    field_text(&to, "id", result->before->id);
    field_text(&to, "sha256", result->before->sha256);
    json_end(&to);
    write_differences(&to, "things", result->things, result->thing_count);
    write_differences(&to, "answers", result->answers, result->answer_count);
    json_end(&to);
    envelope_end(&to, &result->finding, reality);
}

/* ---- text ------------------------------------------------------------------------ */

static void print_differences(page *to, const char *first,
                              const truce_difference *items, size_t count)
{
    table rows = table_begin(&to->memory);
    table_column(&rows, TABLE_TEXT, first);
    table_column(&rows, TABLE_TEXT, "Before");
    table_column(&rows, TABLE_TEXT, "After");
    for (size_t i = 0; i < count; i++) {
        table_row(&rows);
        table_cell(&rows, "%s", items[i].path);
        table_cell(&rows, "%s", items[i].before != NULL ? items[i].before : "(absent)");
        table_cell(&rows, "%s", items[i].after != NULL ? items[i].after : "(absent)");
    }
    table_print(&rows, to, 0);
}

void truce_diff_print(FILE *out, const truce_diff *result, const truce_reality *reality,
                      const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding,
                 "Diff: what changed, and which answers with it?");
    page_say(&to, 0, "Before: %s (%s). After: %s (%s).", result->before->id,
             result->before->file, result->finding.scenario->id,
             result->finding.scenario->file);
    page_heading(&to, "In the file");
    if (result->thing_count == 0)
        page_say(&to, 0, "Nothing that counts differs.");
    else
        print_differences(&to, "What", result->things, result->thing_count);
    page_heading(&to, "In the answers");
    if (result->answer_count == 0)
        page_say(&to, 0, "No answer changes.");
    else
        print_differences(&to, "Answer", result->answers, result->answer_count);
    reality_footer(&to, reality);
    page_heading(&to, "On what this rests");
    page_say(&to, 0, "On the two files as they were read. %s",
             proof_words(&to, &result->finding));
    page_end(&to);
}
