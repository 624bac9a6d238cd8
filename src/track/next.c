/* What falls due after now, in order of time; at one instant in the order of the
 * agreement. */
#include "track/machine.h"

#include <stdlib.h>

typedef struct due_list {
    const machine *of;
    truce_due *items;
    size_t count, room;
} due_list;

__attribute__((format(printf, 4, 5))) static void
add(due_list *to, truce_instant at, const char *what, const char *format, ...)
{
    if (at == TRUCE_NEVER || at == TRUCE_NO_INSTANT || at <= to->of->now)
        return;
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_format_v(to->of->memory, format, arguments);
    va_end(arguments);
    *grow(to->items, to->count, to->room) = (truce_due){at, what, text};
}

static const char *in_words(const truce_commitment *what)
{
    return what->text ? what->text : what->id;
}

static void add_commitment(due_list *to, const truce_commitment *what,
                           const truce_standing *standing)
{
    const truce_accord *accord = to->of->accord;
    const char *debtor = accord->parties[what->debtor];
    arena *memory = to->of->memory;
    if (standing->state == TRUCE_PENDING)
        add(to, what->start, what->id, "%s starts for %s: %s", what->id, debtor,
            in_words(what));
    else if (standing->state == TRUCE_CONDITIONAL)
        add(to, standing->deadline, what->id, "the condition of %s no longer counts",
            what->id);
    else if (standing->state == TRUCE_ACTIVE && what->refrain)
        add(to, standing->deadline, what->id, "%s is over for %s: %s", what->id, debtor,
            in_words(what));
    else if (standing->state == TRUCE_ACTIVE)
        add(to, standing->deadline, what->id,
            "%s must have done %s: %s, %s of %s to go", debtor, what->id,
            in_words(what), say_count(memory, standing->wanted - standing->counted),
            say_count(memory, standing->wanted));
}

static void add_clock(due_list *to, const truce_clock_reading *clock)
{
    if (clock == NULL || clock->ended)
        return;
    if (clock->day == 0)
        add(to, to->of->accord->clock->start, "clock", "the ceasefire begins");
    add(to, clock->end, "clock",
        "the ceasefire ends, unless extended before this moment");
}

static void add_trigger(due_list *to, const truce_trigger *what,
                        const truce_trigger_reading *reading)
{
    if (!reading->fired)
        return;
    if (reading->step < what->step_count)
        add(to, reading->next_step_at, what->id, "%s: %s", what->id,
            what->steps[reading->step].what);
    if (!reading->consequence && what->consequence)
        add(to, reading->consequence_at, what->id, "%s: %s", what->id,
            what->consequence);
}

/* By insertion, so that those at one instant stay as they were added. */
static void sort(due_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        truce_due one = list->items[i];
        size_t k = i;
        for (; k > 0 && list->items[k - 1].at > one.at; k--)
            list->items[k] = list->items[k - 1];
        list->items[k] = one;
    }
}

void list_next(const machine *of, truce_track *result)
{
    const truce_accord *accord = of->accord;
    due_list list = {.of = of};
    for (size_t c = 0; c < accord->commitment_count; c++)
        add_commitment(&list, &accord->commitments[c], &result->standings[c]);
    add_clock(&list, result->clock);
    for (size_t k = 0; k < accord->trigger_count; k++)
        add_trigger(&list, &accord->triggers[k], &result->triggers[k]);
    for (size_t k = 0; k < accord->snapback_count; k++) {
        const truce_snapback_reading *one = &result->snapbacks[k];
        if (one->noticed && !one->stopped && !one->applies)
            add(&list, one->applies_at, accord->snapbacks[k].id,
                "%s applies unless stopped: %s", accord->snapbacks[k].id,
                accord->snapbacks[k].applies ? accord->snapbacks[k].applies : "");
    }
    add(&list, end_of_term(of), "term", "the term of the agreement ends");
    sort(&list);
    result->next = arena_copy(of->memory, list.items, list.count * sizeof *list.items);
    result->next_count = list.count;
    free(list.items);
}
