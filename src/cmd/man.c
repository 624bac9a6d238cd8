/* The manual page: the tables of commands and options in scdoc's markup, in which a
 * backslash keeps a character from being markup. */
#include "help.h"
#include "options.h"

#include <string.h>

static void print_plain(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (strchr("\\*_", *text))
            fputc('\\', out);
        fputc(*text, out);
    }
}

static void print_options(FILE *out, const command *verb, bool special)
{
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
    }
}

static void print_command(FILE *out, const command *verb)
{
    fprintf(out, "## truce %s ", verb->name);
    print_plain(out, verb->arguments);
    fputs("\n\n", out);
    print_plain(out, verb->about);
    fputs("\n\n", out);
    print_options(out, verb, true);
    fputs("Example: *truce ", out);
    print_plain(out, verb->example);
    fputs("*\n\n", out);
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

void man_print(FILE *out)
{
    fputs(
        "truce(1) \"\" \"truce\"\n\n"
        "# NAME\n\ntruce - model, analyse and explain negotiations\n\n"
        "# SYNOPSIS\n\n*truce* _VERB_ _FILE_... \\[_OPTION_\\]...\n\n"
        "# DESCRIPTION\n\n"
        "*truce* reads a negotiation from one file and answers questions about it: who "
        "is there, what can be signed today, why there is no more, what would unlock "
        "it. Answers go to standard output, remarks to standard error. Options may "
        "stand "
        "anywhere; *--* ends them. A file named *-* is standard input.\n\n"
        "# COMMANDS\n\n",
        out);
    print_commands(out);
    fputs("# OPTIONS\n\nAll commands that read scenarios take these.\n\n", out);
    print_shared_options(out);
    fputs("# EXIT STATUS\n\n", out);
    for (const exit_code *each = exit_codes; each->meaning; each++)
        fprintf(out, "*%d*\n\t%s\n\n", each->code, each->meaning);
    fputs("# ENVIRONMENT\n\n*NO_COLOR*\n\tWhen set and not empty, no colours unless "
          "*--color always* asks for them.\n",
          out);
}
