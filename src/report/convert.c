/* A scenario in another format, for programs: what became of it, and what is lost. */
#include "report/envelope.h"

void truce_conversion_json(FILE *out, const truce_scenario *scenario,
                           const truce_conversion *made)
{
    static const char *const formats[] = {"truce", "genius", "geniusweb", "negmas"};
    const truce_finding finding = {.scenario = scenario, .question = "convert"};
    json to = envelope_begin(out, &finding);
    json_object(&to);
    field_text(&to, "to", formats[made->format]);
    json_key(&to, "files");
    json_array(&to);
    for (size_t f = 0; f < made->file_count; f++) {
        json_object(&to);
        field_text(&to, "name", made->files[f].name);
        field_text(&to, "text", made->files[f].bytes);
        json_end(&to);
    }
    json_end(&to);
    field_texts(&to, "losses", made->losses);
    json_end(&to);
    envelope_end(&to, &finding, NULL);
}
