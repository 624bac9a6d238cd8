/* Numbers stay exact decimals; nothing is rounded on the way in. */
#include "formats/numbers.h"

#include "base/decimal.h"

#include <string.h>

static const field range_fields[] = {SPECIAL("low"), SPECIAL("mode"), SPECIAL("high"),
                                     SPECIAL("worth")};

static bool accept_decimal(reader *r, const char *key, const node *value,
                           decimal_fault fault, const char *limit,
                           truce_decimal *number)
{
    const char *text = value->kind == NODE_TEXT ? value->text : "";
    if (fault == DECIMAL_OK)
        return true;
    *number = (truce_decimal){0};
    if (fault == DECIMAL_TOO_LONG)
        document_error(r->tree, value->place, value->width, limit,
                       "\"%s\" is a number with too many digits", key);
    else if (value->kind != NODE_TEXT)
        document_error(r->tree, value->place, value->width, "for example 12.5",
                       "\"%s\" must be a number", key);
    else
        document_error(r->tree, value->place, value->width, "for example 12.5",
                       "\"%s\" must be a number, not \"%s\"", key, text);
    return false;
}

bool decimal_of(reader *r, const char *key, const node *value, truce_decimal *number)
{
    const char *text = value->kind == NODE_TEXT ? value->text : "";
    decimal_fault fault = decimal_read(text, strlen(text), number);
    return accept_decimal(r, key, value, fault,
                          "at most 9 digits before the point and 9 after it", number);
}

bool long_decimal_of(reader *r, const char *key, const node *value,
                     truce_decimal *number)
{
    const char *text = value->kind == NODE_TEXT ? value->text : "";
    decimal_fault fault = decimal_read_long(text, strlen(text), number);
    return accept_decimal(r, key, value, fault, "at most 18 digits", number);
}

static bool is_within(truce_decimal value, number_range range)
{
    if (range == NUMBER_ANY)
        return true;
    if (value.digits < 0)
        return false;
    return range == NUMBER_NOT_NEGATIVE ||
           decimal_compare(value, (truce_decimal){100, 0}) <= 0;
}

static bool ranged_decimal(reader *r, const char *key, const node *value,
                           number_range range, truce_decimal *number)
{
    if (!long_decimal_of(r, key, value, number))
        return false;
    if (is_within(*number, range))
        return true;
    if (range == NUMBER_NOT_NEGATIVE)
        document_error(r->tree, value->place, value->width, NULL,
                       "\"%s\" must not be negative", key);
    else
        document_error(r->tree, value->place, value->width, NULL,
                       "\"%s\" must be between 0 and 100, not %s", key, value->text);
    return false;
}

/* What a number is called in messages: the end of its path. */
static const char *last_part(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot && dot[1] ? dot + 1 : path;
}

static void order_check(reader *r, const truce_number *number, const node *low,
                        const node *high)
{
    if (low && decimal_compare(number->low, number->mode) > 0)
        document_error(r->tree, low->place, low->width, "low, then mode, then high",
                       "\"low\" is above the number itself");
    if (high && decimal_compare(number->mode, number->high) > 0)
        document_error(r->tree, high->place, high->width, "low, then mode, then high",
                       "\"high\" is below the number itself");
}

void number_widen(reader *r, truce_number *number, const node *low, const node *high,
                  number_range range)
{
    if (low == NULL && high == NULL)
        return;
    if (low == NULL || high == NULL) {
        const node *there = low ? low : high;
        document_error(r->tree, there->place, there->width,
                       "a range has both low and high", "\"%s\" without \"%s\"",
                       low ? "low" : "high", low ? "high" : "low");
        return;
    }
    bool low_is_sound = ranged_decimal(r, "low", low, range, &number->low);
    bool high_is_sound = ranged_decimal(r, "high", high, range, &number->high);
    number->ranged = true;
    number->scalars = 3;
    order_check(r, number, low_is_sound ? low : NULL, high_is_sound ? high : NULL);
}

static void range_read(reader *r, const node *map, number_range range,
                       truce_number *number)
{
    const char *name = last_part(number->path);
    const char *who = arena_format(&r->tree->memory, "number \"%s\"", name);
    const char *example = "for example {low: 40, mode: 50, high: 55}";
    spot at = spot_of(map);
    if (!map_check(r, map, who, example, at, range_fields, COUNT_OF(range_fields)))
        return;
    const node *mode = node_get(map, "mode"), *low = node_get(map, "low"),
               *high = node_get(map, "high");
    if (mode == NULL)
        mode = node_get(map, "worth");
    if (mode == NULL) {
        document_error(r->tree, map->place, map->width, example, "%s has no \"mode\"",
                       who);
        return;
    }
    bool sound = ranged_decimal(r, name, mode, range, &number->mode);
    number->low = number->high = number->mode;
    if (sound)
        number_widen(r, number, low, high, range);
}

truce_number number_read(reader *r, const node *value, around within,
                         number_range range, const char *path)
{
    truce_number number = {.given = true, .scalars = 1, .path = path};
    number.place = place_kept(r, value->place);
    if (value->kind == NODE_MAP) {
        within = around_read(r, value, within);
        range_read(r, value, range, &number);
    } else {
        ranged_decimal(r, last_part(path), value, range, &number.mode);
        number.low = number.high = number.mode;
    }
    r->basis_is_missing |= within.basis == 0;
    number.basis = (truce_basis)(within.basis ? within.basis : TRUCE_BASIS_ASSUMED);
    return number;
}
