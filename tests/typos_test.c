/* A thousand slips of one letter in the shipped scenarios: in keys, ids, values and
 * fixed words, inside conditions too. A slip is right when one of the errors names it
 * together with the word it was; a slip that is itself a right word, or that nothing
 * else in the file could contradict, is passed over and another drawn. */
#include "base/random.h"
#include "formats/fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SLIPS = 1000, WORD_ROOM = 80 };

static const char *const files[] = {"istanbul-2025", "two-valleys", "tiny"};

/* Keys whose texts are names or fixed words; those whose texts are conditions. */
static const char *const naming[] = {
    "role",   "level",  "format",    "state",       "observed",    "ordered",
    "done",   "unit",   "contested", "by",          "of",          "about",
    "source", "claim",  "from",      "evidence",    "disputes",    "supports",
    "asks",   "issues", "parties",   "proposed-by", "accepted-by", "refused-by",
    "round",  "values", "sum"};
static const char *const conditional[] = {
    "wants", "if", "then", "unless", "first", "consent", "may-sign", "ad-referendum"};

/* A word of a file: where its bytes are. */
typedef struct word {
    size_t from, length;
} word;

typedef struct book {
    document *tree;
    word *words;
    size_t count, room;
} book;

/* ---- which words there are ------------------------------------------------------- */

static bool is_one_of(const char *key, const char *const *all, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(key, all[i]) == 0)
            return true;
    return false;
}

/* Single letters and plain numbers have no neighbours that one could tell from them. */
static void add_word(book *all, truce_place place, const char *text, size_t length)
{
    bool is_number = strspn(text, "0123456789.") >= length;
    if (length < 2 || length >= WORD_ROOM || is_number)
        return;
    const char *line = all->tree->bytes + all->tree->lines[place.line - 1];
    for (uint32_t column = 1; column < place.column; column++)
        do
            line++;
        while (((unsigned char)*line & 0xC0) == 0x80);
    size_t from = (size_t)(line - all->tree->bytes);
    if (strncmp(line, text, length) == 0)
        *grow(all->words, all->count, all->room) = (word){from, length};
}

static void add_condition(book *all, const node *text)
{
    const char *rest = text->text, *found;
    size_t length;
    while ((found = next_word(&rest, &length)) != NULL)
        add_word(all, node_place_within(all->tree, text, (size_t)(found - text->text)),
                 found, length);
}

static void add_text(book *all, const char *key, const node *text, bool within_values)
{
    if (is_one_of(key, conditional, COUNT_OF(conditional)))
        add_condition(all, text);
    else if (within_values || is_one_of(key, naming, COUNT_OF(naming)))
        add_word(all, node_place_within(all->tree, text, 0), text->text,
                 strlen(text->text));
}

/* Texts in a map from issues to values are values, whatever their key. */
static bool holds_values(const char *key)
{
    static const char *const maps[] = {"offer", "set", "readings", "positions",
                                       "outcome"};
    return is_one_of(key, maps, COUNT_OF(maps));
}

static void add_words(book *all, const char *key, const node *value, bool within_values)
{
    within_values |= holds_values(key);
    if (value->kind == NODE_TEXT)
        add_text(all, key, value, within_values);
    for (size_t i = 0; value->kind == NODE_LIST && i < value->count; i++)
        add_words(all, key, value->items[i], within_values);
    for (size_t e = 0; value->kind == NODE_MAP && e < value->count; e++) {
        const node_entry *entry = &value->entries[e];
        add_word(all, entry->place, entry->key, strlen(entry->key));
        add_words(all, entry->key, entry->value, within_values);
    }
}

static book book_of(const char *name)
{
    static char bytes[1 << 18];
    char path[400];
    snprintf(path, sizeof path, "%s/../scenarios/%s.truce.yaml", TESTS_FOLDER, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    truce_diagnostics *found = truce_diagnostics_new();
    book all = {.tree = document_read_yaml(path, bytes, length, NULL, found)};
    assert_non_null(all.tree);
    add_words(&all, "", all.tree->root, false);
    truce_diagnostics_free(found);
    return all;
}

/* ---- slips ----------------------------------------------------------------------- */

static char letter(random_stream *dice)
{
    return (char)('a' + random_below(dice, 26));
}

/* Inserts, drops, changes or swaps; false when nothing came of it. */
static bool slip_once(random_stream *dice, const char *right, char *wrong)
{
    size_t length = strlen(right), at = random_below(dice, length);
    strcpy(wrong, right);
    switch (random_below(dice, 4)) {
    case 0:
        memmove(wrong + at + 1, wrong + at, length - at + 1);
        wrong[at] = letter(dice);
        break;
    case 1:
        memmove(wrong + at, wrong + at + 1, length - at);
        break;
    case 2:
        wrong[at] = letter(dice);
        break;
    default:
        if (at + 1 == length)
            return false;
        wrong[at] = right[at + 1];
        wrong[at + 1] = right[at];
        break;
    }
    bool ascii = true; /* letters of more than one byte are left whole */
    for (const char *c = wrong; *c; c++)
        ascii &= (unsigned char)*c < 0x80;
    return ascii && strcmp(wrong, right) != 0;
}

static bool names_both(const truce_diagnostic *told, const char *one, const char *other)
{
    char said[WORD_ROOM + 2], meant[WORD_ROOM + 20];
    snprintf(said, sizeof said, "\"%s\"", one);
    snprintf(meant, sizeof meant, "did you mean \"%s\"?", other);
    return told->hint && strstr(told->message, said) && strstr(told->hint, meant);
}

/* Slips in definitions are found by those who use them: then the words change places.
 */
static bool is_suggested(const truce_diagnostics *found, const char *wrong,
                         const char *right)
{
    for (size_t i = 0; i < found->count; i++)
        if (names_both(&found->items[i], wrong, right) ||
            names_both(&found->items[i], right, wrong))
            return true;
    return false;
}

typedef struct score {
    size_t slips, suggested, unseen;
} score;

static void try_slip(const book *all, const word *at, const char *wrong, score *count)
{
    arena memory = {0};
    const char *bytes = all->tree->bytes;
    const char *right = arena_text_n(&memory, bytes + at->from, at->length);
    const char *text = arena_format(&memory, "%.*s%s%s", (int)at->from, bytes, wrong,
                                    bytes + at->from + at->length);
    truce_diagnostics *found = truce_diagnostics_new();
    truce_scenario *scenario = NULL;
    truce_status status =
        truce_scenario_parse("slip.yaml", text, strlen(text), NULL, &scenario, found);
    if (status == TRUCE_OK) {
        count->unseen++;
    } else {
        bool good = is_suggested(found, wrong, right);
        count->slips++;
        count->suggested += good;
        if (!good && getenv("VERBOSE"))
            print_message("%s for %s: %s; %s\n", wrong, right, found->items[0].message,
                          found->items[0].hint ? found->items[0].hint : "");
    }
    truce_scenario_free(scenario);
    truce_diagnostics_free(found);
    arena_free(&memory);
}

static void four_of_five_slips_are_told_with_the_word_that_was_meant(void **state)
{
    (void)state;
    book books[COUNT_OF(files)];
    size_t words = 0;
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        books[f] = book_of(files[f]);
        words += books[f].count;
    }
    random_stream dice = random_begin(1, 0);
    score count = {0};
    while (count.slips < SLIPS) {
        size_t chosen = random_below(&dice, words);
        const book *all = books;
        for (; chosen >= all->count; all++)
            chosen -= all->count;
        char right[WORD_ROOM] = "", wrong[WORD_ROOM + 2];
        memcpy(right, all->tree->bytes + all->words[chosen].from,
               all->words[chosen].length);
        if (slip_once(&dice, right, wrong))
            try_slip(all, &all->words[chosen], wrong, &count);
    }
    print_message("%zu slips in %zu words: %zu told with the word that was meant; "
                  "%zu others were no mistakes\n",
                  count.slips, words, count.suggested, count.unseen);
    assert_true(count.suggested * 100 >= count.slips * 80);
    for (size_t f = 0; f < COUNT_OF(files); f++) {
        document_free(books[f].tree);
        free(books[f].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_of_five_slips_are_told_with_the_word_that_was_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
