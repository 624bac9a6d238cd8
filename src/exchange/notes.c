/* notes: what a plan says of how its parts are proved. */
#include "exchange/planning.h"

void planning_note(planning *p, const char *what, truce_proof_how how, const char *by,
                   ...)
{
    if (p->optimum_count == p->optimum_room) {
        size_t room = p->optimum_room ? 2 * p->optimum_room : 8;
        truce_optimum *larger = arena_array(p->memory, room, truce_optimum);
        for (size_t k = 0; k < p->optimum_count; k++)
            larger[k] = p->optima[k];
        p->optima = larger;
        p->optimum_room = room;
    }
    va_list arguments;
    va_start(arguments, by);
    p->optima[p->optimum_count++] = (truce_optimum){
        .what = arena_text(p->memory, what),
        .proof = {.how = how, .by = arena_format_v(p->memory, by, arguments)}};
    va_end(arguments);
}

const char *planning_figure(planning *p, uint64_t number)
{
    char reversed[32];
    size_t length = 0, digits = 0;
    do {
        if (digits > 0 && digits % 3 == 0)
            reversed[length++] = ',';
        reversed[length++] = (char)('0' + number % 10);
        digits++;
    } while ((number /= 10) > 0);
    char *figure = arena_take(p->memory, length + 1);
    for (size_t k = 0; k < length; k++)
        figure[k] = reversed[length - 1 - k];
    return figure;
}
