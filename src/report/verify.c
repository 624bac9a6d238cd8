/* What the independent checker says of a certificate. */
#include "report/envelope.h"
#include "report/footer.h"
#include "report/words.h"

void truce_verdict_json(FILE *out, const truce_verdict *result)
{
    json to = envelope_begin(out, &result->finding);
    json_object(&to);
    field_bool(&to, "holds", result->holds);
    field_text(&to, "claim", result->claim);
    field_text(&to, "fault", result->fault);
    field_integer(&to, "steps", result->steps);
    json_end(&to);
    envelope_end(&to, &result->finding, NULL);
}

void truce_verdict_print(FILE *out, const truce_verdict *result,
                         const truce_style *style)
{
    page to = page_begin(out, style);
    header_print(&to, &result->finding, "Verify: does the certificate hold?");
    if (result->claim)
        page_say(&to, 0, "It claims: %s.", result->claim);
    if (result->holds)
        page_say(&to, 0, "It holds. %s checked, with nothing of the solver.",
                 counted(&to.memory, result->steps, "step was", "steps were"));
    else if (result->fault)
        page_say(&to, 0, "It does not hold: %s.", result->fault);
    else
        say_if_cut(&to, &result->finding);
    page_end(&to);
}
