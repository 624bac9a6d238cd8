#include "help.h"

#include "complain.h"
#include "options.h"
#include "verbs.h"

#include <truce/truce.h>

#include <string.h>

enum { COLUMNS = 80 };

const exit_code exit_codes[] = {
    {0, "yes, found"},
    {1, "proved that there is none"},
    {2, "the call was wrong"},
    {3, "a file was wrong"},
    {4, "time or room ran out; the answer holds what is proved so far"},
    {70, "a mistake of truce's own"},
    {0, NULL},
};

const char *group_title(enum group group)
{
    static const char *const titles[GROUPS] = {
        "Understand", "Solve", "Play", "Exchange and track", "Pictures", "Files"};
    return titles[group];
}

/* ---- layout ---------------------------------------------------------------------- */

/* Prints text in lines of at most COLUMNS, all but the first indented; column is where
 * the first begins. An empty line in text parts paragraphs. */
static void print_wrapped(FILE *out, const char *text, int column, int indent)
{
    bool fresh = true; /* nothing stands on the line yet but its indentation */
    while (*text) {
        int length = (int)strcspn(text, " \n");
        if (!fresh && column + 1 + length > COLUMNS) {
            fprintf(out, "\n%*s", indent, "");
            column = indent;
            fresh = true;
        }
        fprintf(out, "%s%.*s", fresh ? "" : " ", length, text);
        column += length + !fresh;
        fresh = false;
        text += length + strspn(text + length, " ");
        if (*text == '\n') {
            text += strspn(text, "\n");
            fprintf(out, "\n\n%*s", indent, "");
            column = indent;
            fresh = true;
        }
    }
    fputc('\n', out);
}

static void print_option(FILE *out, const struct option *option)
{
    enum { LINE = 24 };
    int width = fprintf(out, "  --%s%s%s", option->name, option->argument ? " " : "",
                        option->argument ? option->argument : "");
    if (width + 2 > LINE)
        width = fprintf(out, "\n") - 1;
    fprintf(out, "%*s", LINE - width, "");
    print_wrapped(out, option->line, LINE, LINE);
}

static void print_options(FILE *out, const char *title, const command *verb,
                          bool special)
{
    bool any = false;
    for (const struct option *option = options; option->name; option++) {
        if (!option_fits(option, verb) || option_is_special(option) != special)
            continue;
        if (!any)
            fprintf(out, "\n%s\n", title);
        any = true;
        print_option(out, option);
    }
}

/* ---- pages ----------------------------------------------------------------------- */

static void print_line(FILE *out, const command *verb)
{
    enum { LINE = 20 };
    fprintf(out, "  %-*s", LINE - 2, verb->name);
    print_wrapped(out, verb->line, LINE, LINE);
}

static void print_group(FILE *out, enum group group)
{
    bool any = false;
    for (const command *const *each = commands; *each; each++) {
        if ((*each)->group != group)
            continue;
        if (!any)
            fprintf(out, "\n%s\n", group_title(group));
        any = true;
        print_line(out, *each);
    }
}

void help_print_family(FILE *out, const char *family)
{
    fprintf(out, "truce %s\n\nUsage: truce %s VERB FILE... [OPTION]...\n\n", family,
            family);
    for (const command *const *each = commands; *each; each++)
        if (begins_with_word(*each, family))
            print_line(out, *each);
    fprintf(out, "\n'truce help %s VERB' says what one of them does and takes.\n",
            family);
}

void help_print(FILE *out)
{
    fprintf(out,
            "truce %s - a negotiation engine: model, analyse, explain\n\n"
            "Usage: truce VERB FILE... [OPTION]...\n",
            truce_version());
    for (enum group group = 0; group < GROUPS; group++)
        print_group(out, group);
    fputs("\nExit codes\n", out);
    for (const exit_code *each = exit_codes; each->meaning; each++) {
        fprintf(out, "  %-4d", each->code);
        print_wrapped(out, each->meaning, 6, 6);
    }
    fputs("\n'truce help VERB' says what a command does and which options it takes.\n",
          out);
}

void help_print_command(FILE *out, const command *verb)
{
    fprintf(out, "truce %s - %s\n\nUsage: truce %s%s%s [OPTION]...\n\n", verb->name,
            verb->line, verb->name, verb->arguments[0] ? " " : "", verb->arguments);
    print_wrapped(out, verb->about, 0, 0);
    print_options(out, "Its own options", verb, true);
    print_options(out,
                  verb->reads ? "Options of all commands that read scenarios"
                              : "Options of all commands",
                  verb, false);
    fprintf(out, "\nExample\n  truce %s\n", verb->example);
}

static int run(const struct call *call)
{
    if (call->argument_count == 0) {
        call->man ? man_print(stdout) : help_print(stdout);
        return EXIT_YES;
    }
    const char *word = call->arguments[0];
    const char *other = call->argument_count > 1 ? call->arguments[1] : NULL;
    const command *verb = command_named(word, other);
    if (verb == NULL && is_family(word) && other == NULL)
        call->man ? man_print_family(stdout, word) : help_print_family(stdout, word);
    else if (verb == NULL)
        return other ? complain_unknown_member(word, other)
                     : complain_unknown_command(word);
    else
        call->man ? man_print_command(stdout, verb) : help_print_command(stdout, verb);
    return EXIT_YES;
}

const command cmd_help = {
    .name = "help",
    .line = "what truce can do, or what one command does and takes",
    .arguments = "[VERB]",
    .about = "The same as 'truce VERB --help'.",
    .example = "help now",
    .group = FILES,
    .most = 2,
    .run = run,
};
