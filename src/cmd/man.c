/* The manual pages: the tables of commands and options in scdoc's markup, in which a
 * backslash keeps a character from being markup. truce(1) has everything; each command
 * has a page of its own, and each family one that lists its members. */
#include "help.h"
#include "options.h"

#include <truce/status.h>

#include <string.h>

/* ---- markup ---------------------------------------------------------------------- */

static void print_plain(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (strchr("\\*_[]|<>#`", *text))
            fputc('\\', out);
        fputc(*text, out);
    }
}

/* "FILE..." or "PLAN | --strategies A,B": words in capitals are for others to fill in. */
static void print_arguments(FILE *out, const char *text)
{
    while (*text) {
        size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (length > 0)
            fprintf(out, "_%.*s_", (int)length, text);
        else
            print_plain(out, (char[]){*text, '\0'});
        text += length > 0 ? length : 1;
    }
}

/* "exchange plan" as "exchange-plan", which is how its page is called. */
static void print_joined(FILE *out, const char *name)
{
    for (; *name; name++)
        fputc(*name == ' ' ? '-' : *name, out);
}

static void print_page_name(FILE *out, const char *name)
{
    fputs("*truce-", out);
    print_joined(out, name);
    fputs("*(1)", out);
}

static void print_head(FILE *out, const char *name, const char *line)
{
    fputs("truce", out);
    if (name) {
        fputc('-', out);
        print_joined(out, name);
    }
    fprintf(out, "(1) \"truce %s\" \"truce\"\n\n# NAME\n\ntruce", truce_version());
    if (name) {
        fputc('-', out);
        print_joined(out, name);
    }
    fputs(" - ", out);
    print_plain(out, line);
    fputs("\n\n# SYNOPSIS\n\n", out);
}

/* ---- parts ----------------------------------------------------------------------- */

static bool print_options(FILE *out, const command *verb, bool special)
{
    bool any = false;
    for (const struct option *option = options; option->name; option++) {
        if (!option_fits(option, verb) || option_is_special(option) != special)
            continue;
        fprintf(out, "*--%s*", option->name);
        if (option->argument) {
            fputs(" _", out);
            print_plain(out, option->argument);
            fputc('_', out);
        }
        fputs("\n\t", out);
        print_plain(out, option->line);
        fputs("\n\n", out);
        any = true;
    }
    return any;
}

static void print_about(FILE *out, const command *verb)
{
    print_plain(out, verb->about);
    fputs("\n\n", out);
}

static void print_example(FILE *out, const command *verb)
{
    fputs("*truce ", out);
    print_plain(out, verb->example);
    fputs("*\n\n", out);
}

static void print_command(FILE *out, const command *verb)
{
    /* Nothing is markup in a heading. */
    fprintf(out, "## truce %s %s\n\n", verb->name, verb->arguments);
    print_about(out, verb);
    print_options(out, verb, true);
    fputs("Example: ", out);
    print_example(out, verb);
}

static void print_commands(FILE *out)
{
    for (enum group group = 0; group < GROUPS; group++)
        for (const command *const *each = commands; *each; each++)
            if ((*each)->group == group)
                print_command(out, *each);
}

/* The options that all commands share are those of any command that reads, its own
 * aside. */
static void print_shared_options(FILE *out)
{
    for (const command *const *each = commands; *each; each++)
        if ((*each)->reads) {
            print_options(out, *each, false);
            return;
        }
}

static void print_exit_codes(FILE *out)
{
    fputs("# EXIT STATUS\n\n", out);
    for (const exit_code *each = exit_codes; each->meaning; each++)
        fprintf(out, "*%d*\n\t%s\n\n", each->code, each->meaning);
}

/* The pages of the same group, then the overview and the file they all read. */
static void print_see_also(FILE *out, const command *verb)
{
    fputs("# SEE ALSO\n\n*truce*(1), *truce-scenario*(5)", out);
    for (const command *const *each = commands; *each; each++)
        if (*each != verb && (verb == NULL || (*each)->group == verb->group)) {
            fputs(", ", out);
            print_page_name(out, (*each)->name);
        }
    fputs("\n", out);
}

/* ---- pages ----------------------------------------------------------------------- */

void man_print(FILE *out)
{
    print_head(out, NULL, "model, analyse and explain negotiations");
    fputs(
        "*truce* _VERB_ _FILE_... \\[_OPTION_\\]...\n\n"
        "# DESCRIPTION\n\n"
        "*truce* reads a negotiation from one file and answers questions about it: who "
        "is there, what can be signed today, why there is no more, what would unlock "
        "it. Answers go to standard output, remarks to standard error. Options may "
        "stand "
        "anywhere; *--* ends them. A file named *-* is standard input.\n\n"
        "# COMMANDS\n\n"
        "Each has a page of its own, which says more: that of *truce now* is "
        "*truce-now*(1).\n\n",
        out);
    print_commands(out);
    fputs("# OPTIONS\n\nAll commands that read scenarios take these.\n\n", out);
    print_shared_options(out);
    print_exit_codes(out);
    fputs("# ENVIRONMENT\n\n*NO_COLOR*\n\tWhen set and not empty, no colours unless "
          "*--color always* asks for them.\n\n",
          out);
    print_see_also(out, NULL);
}

void man_print_command(FILE *out, const command *verb)
{
    print_head(out, verb->name, verb->line);
    fprintf(out, "*truce %s* ", verb->name);
    print_arguments(out, verb->arguments);
    fprintf(out, "%s\\[_OPTION_\\]...\n\n# DESCRIPTION\n\n",
            verb->arguments[0] ? " " : "");
    print_about(out, verb);
    fputs("# OPTIONS\n\n", out);
    if (print_options(out, verb, true))
        fputs(verb->reads ? "## Options of all commands that read scenarios\n\n"
                          : "## Options of all commands\n\n",
              out);
    print_options(out, verb, false);
    print_exit_codes(out);
    fputs("# EXAMPLES\n\n", out);
    print_example(out, verb);
    print_see_also(out, verb);
}

void man_print_family(FILE *out, const char *family)
{
    char line[64];
    snprintf(line, sizeof line, "the commands of truce %s", family);
    print_head(out, family, line);
    fprintf(out, "*truce %s* _VERB_ _FILE_... \\[_OPTION_\\]...\n\n# COMMANDS\n\n",
            family);
    for (const command *const *each = commands; *each; each++) {
        if (!begins_with_word(*each, family))
            continue;
        print_page_name(out, (*each)->name);
        fputs("\n\t", out);
        print_plain(out, (*each)->line);
        fputs("\n\n", out);
    }
    print_exit_codes(out);
    fputs("# SEE ALSO\n\n*truce*(1)\n", out);
}
