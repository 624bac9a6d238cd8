/* Completion for three shells, written from the tables of commands and options. */
#include "complain.h"
#include "options.h"
#include "verbs.h"

#include <stdio.h>
#include <string.h>

static bool has_choices(const struct option *option)
{
    return option->choices != NULL;
}

/* Is its value the name of a file or folder? */
static bool names_a_file(const struct option *option)
{
    static const char *const files[] = {"FILE", "PATH", "DIR"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (option->argument && strcmp(option->argument, files[i]) == 0)
            return true;
    return false;
}

/* "plan" of "exchange plan"; all of a name of one word. */
static const char *last_word(const command *verb)
{
    const char *blank = strchr(verb->name, ' ');
    return blank ? blank + 1 : verb->name;
}

/* The first member of a family stands for it. */
static bool is_first_of_family(const command *const *verb)
{
    size_t length = strcspn((*verb)->name, " ");
    return command_words(*verb) == 2 &&
           (verb == commands ||
            strncmp(verb[-1]->name, (*verb)->name, length + 1) != 0);
}

/* Calls print for each family, with its name in memory that the next call overwrites. */
static void for_each_family(void (*print)(const char *family))
{
    for (const command *const *each = commands; *each; each++) {
        static char family[32];
        if (!is_first_of_family(each))
            continue;
        snprintf(family, sizeof family, "%.*s", (int)strcspn((*each)->name, " "),
                 (*each)->name);
        print(family);
    }
}

static void print_name(const char *name)
{
    printf(" %s", name);
}

static void print_members(const char *family)
{
    for (const command *const *each = commands; *each; each++)
        if (command_words(*each) == 2 && begins_with_word(*each, family))
            print_name(last_word(*each));
}

/* Is it a command by itself, too, as "tournament" is? Then files may follow it. */
static bool is_alone(const char *family)
{
    return command_named(family, NULL) != NULL;
}

static void print_first_words(void)
{
    for (const command *const *each = commands; *each; each++)
        if (command_words(*each) == 1)
            print_name((*each)->name);
    for_each_family(print_name);
}

/* What may follow these two in place of a file. */
static bool print_words(const command *verb)
{
    if (verb == &cmd_help)
        print_first_words();
    else if (verb == &cmd_completion)
        fputs(" bash zsh fish", stdout);
    else
        return false;
    return true;
}

/* ---- bash ------------------------------------------------------------------------ */

/* One arm for each row of the table: the same option may mean another thing elsewhere. */
static void print_bash_choices(void)
{
    for (const struct option *option = options; option->name; option++) {
        const char *between = "    ";
        if (!has_choices(option))
            continue;
        for (const command *const *each = commands; *each; each++)
            if (option_fits(option, *each)) {
                printf("%s'%s --%s'", between, (*each)->name, option->name);
                between = " | ";
            }
        printf(")\n        COMPREPLY=($(compgen -W '%s' -- \"$word\")); return ;;\n",
               option->choices);
    }
}

/* What follows these is the reader's own: a number, a name, a file, which the shell completes. */
static void print_bash_values(void)
{
    for (const struct option *option = options; option->name; option++)
        if (option->argument && !has_choices(option))
            printf(" | --%s", option->name);
}

static void print_bash_options(const command *verb)
{
    printf("            '%s') options='", verb->name);
    for (const struct option *option = options; option->name; option++)
        if (option_fits(option, verb))
            printf("--%s ", option->name);
    fputs("'", stdout);
    if (command_words(verb) == 1 && is_family(verb->name)) {
        fputs(" words='", stdout);
        print_members(verb->name);
        fputs("' files=yes", stdout);
    }
    if (verb == &cmd_help || verb == &cmd_completion) {
        fputs(" words='", stdout);
        print_words(verb);
        fputs("'", stdout);
    }
    puts(" ;;");
}

static void print_bash_family(const char *family)
{
    if (is_alone(family))
        return;
    printf("            %s) words='", family);
    print_members(family);
    puts("' ;;");
}

static void print_bash_pairs(void)
{
    const char *between = "        ";
    for (const command *const *each = commands; *each; each++)
        if (command_words(*each) == 2) {
            printf("%s'%s'", between, (*each)->name);
            between = " | ";
        }
}

static void print_bash(void)
{
    puts("_truce()\n{\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "    local verb= words= files= options='--help --version' i\n"
         "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "        case ${COMP_WORDS[i]} in -*) continue ;; esac\n"
         "        case \"$verb ${COMP_WORDS[i]}\" in");
    print_bash_pairs();
    puts(") verb=\"$verb ${COMP_WORDS[i]}\" ;;\n"
         "        ' '*) verb=${COMP_WORDS[i]} ;;\n"
         "        *) break ;;\n"
         "        esac\n"
         "    done\n"
         "    case \"$verb $before\" in");
    print_bash_choices();
    printf("    esac\n    case $before in ''");
    print_bash_values();
    puts(") return ;; esac\n    case $verb in");
    printf("            '') words='");
    print_first_words();
    puts("' ;;");
    for_each_family(print_bash_family);
    for (const command *const *each = commands; *each; each++)
        print_bash_options(*each);
    puts("    esac\n"
         "    [[ $word != -* ]] || words=$options\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "    [[ -z $files || $word == -* ]] || COMPREPLY+=($(compgen -f -- "
         "\"$word\"))\n}\n"
         "complete -o default -F _truce truce");
}

/* ---- zsh ------------------------------------------------------------------------- */

/* Text between single quotes, in which zsh takes brackets and colons for markup. */
static void print_quoted(const char *text)
{
    for (; *text; text++) {
        if (strchr("[]:\\", *text))
            putchar('\\');
        fputs(*text == '\'' ? "'\\''" : (char[]){*text, '\0'}, stdout);
    }
}

static void print_zsh_value(const struct option *option)
{
    putchar(':');
    print_quoted(option->argument);
    putchar(':');
    if (option->kind == OPTION_KINDS)
        printf("_values -s , kind %s", option->choices);
    else if (has_choices(option))
        printf("(%s)", option->choices);
    else
        fputs(names_a_file(option) ? "_files" : " ", stdout);
}

static void print_zsh_option(const struct option *option)
{
    printf(" \\\n                '%s--%s[", option->kind == OPTION_TEXTS ? "*" : "",
           option->name);
    print_quoted(option->line);
    putchar(']');
    if (option->argument)
        print_zsh_value(option);
    putchar('\'');
}

static void print_zsh_command(const command *verb)
{
    printf("        '%s')\n            _arguments", verb->name);
    for (const struct option *option = options; option->name; option++)
        if (option_fits(option, verb))
            print_zsh_option(option);
    fputs(" \\\n                '*:argument:", stdout);
    putchar(verb == &cmd_help || verb == &cmd_completion ? '(' : '_');
    if (print_words(verb))
        puts(")' ;;");
    else
        puts("files' ;;");
}

static void print_zsh_name(const char *family)
{
    if (!is_alone(family))
        printf("        '%s:its commands'\n", family);
}

static void print_zsh_family(const char *family)
{
    printf("    if [[ $verb == %s ]]; then\n"
           "        if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
           "            compadd --",
           family);
    print_members(family);
    printf("\n%s            return\n        fi\n        case $words[2] in",
           is_alone(family) ? "            _files\n" : "");
    const char *between = " ";
    for (const command *const *each = commands; *each; each++)
        if (command_words(*each) == 2 && begins_with_word(*each, family)) {
            printf("%s%s", between, last_word(*each));
            between = " | ";
        }
    puts(")\n            verb=\"$verb $words[2]\"\n"
         "            shift words\n            (( CURRENT-- )) ;;\n        esac\n    "
         "fi");
}

static void print_zsh(void)
{
    puts("#compdef truce\n_truce()\n{\n    local -a verbs\n    verbs=(");
    for (const command *const *each = commands; *each; each++)
        if (command_words(*each) == 1) {
            printf("        '%s:", (*each)->name);
            print_quoted((*each)->line);
            puts("'");
        }
    for_each_family(print_zsh_name);
    puts("    )\n    if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
         "        _describe verb verbs\n        return\n    fi\n"
         "    local verb=$words[2]\n"
         "    shift words\n    (( CURRENT-- ))");
    for_each_family(print_zsh_family);
    puts("    case $verb in");
    for (const command *const *each = commands; *each; each++)
        print_zsh_command(*each);
    puts("        -*) compadd -- --help --version ;;\n"
         "    esac\n}\nif [[ $funcstack[1] == _truce ]]; then\n    _truce \"$@\"\n"
         "else\n    compdef _truce truce\nfi");
}

/* ---- fish ------------------------------------------------------------------------ */

static void print_fish_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
}

/* "exchange plan" as " exchange-plan": a list of names is parted by blanks. */
static void print_fish_name(const command *verb)
{
    size_t first = strcspn(verb->name, " ");
    printf(" %.*s%s%s", (int)first, verb->name, verb->name[first] ? "-" : "",
           verb->name[first] ? verb->name + first + 1 : "");
}

static void print_fish_option(const struct option *option)
{
    printf("complete -c truce -l %s", option->name);
    if (option->verbs[0]) {
        printf(" -n '__truce_is");
        for (const command *const *each = commands; *each; each++)
            if (option_fits(option, *each))
                print_fish_name(*each);
        putchar('\'');
    }
    if (has_choices(option))
        printf(" -x -a '%s'", option->choices);
    else if (names_a_file(option))
        printf(" -r -F");
    else if (option->argument)
        printf(" -x");
    printf(" -d '");
    print_fish_text(option->line);
    puts("'");
}

static void print_fish_family(const char *family)
{
    if (!is_alone(family))
        printf("complete -c truce -n '__truce_is nothing' -f -a %s -d 'its commands'\n",
               family);
}

/* A word of the line and its description; where files may stand as well, they still may. */
static void print_fish_command(const command *verb)
{
    if (command_words(verb) == 1) {
        printf("complete -c truce -n '__truce_is nothing' -f");
    } else {
        char family[32];
        snprintf(family, sizeof family, "%.*s", (int)strcspn(verb->name, " "),
                 verb->name);
        printf("complete -c truce -n '__truce_is %s'%s", family,
               is_alone(family) ? "" : " -f");
    }
    printf(" -a %s -d '", last_word(verb));
    print_fish_text(verb->line);
    puts("'");
}

static void print_fish_words(const command *verb)
{
    printf("complete -c truce -n '__truce_is %s' -f -a '", verb->name);
    print_words(verb);
    puts("'");
}

static void print_fish(void)
{
    puts("# The command that stands on the line, \"exchange-plan\" for one of two "
         "words,\n"
         "# is one of these; \"nothing\" when there is none yet.\n"
         "function __truce_is\n"
         "    set -l words\n"
         "    for word in (commandline -opc)[2..-1]\n"
         "        string match -q -- '-*' $word; or set -a words $word\n"
         "    end\n"
         "    set -q words[1]; or set words nothing\n"
         "    set -l verb $words[1]");
    printf("    if set -q words[2]; and contains -- $words[1]-$words[2]");
    for (const command *const *each = commands; *each; each++)
        if (command_words(*each) == 2)
            print_fish_name(*each);
    puts("\n        set verb $words[1]-$words[2]\n"
         "    end\n"
         "    contains -- $verb $argv\n"
         "end");
    for (const command *const *each = commands; *each; each++)
        print_fish_command(*each);
    for_each_family(print_fish_family);
    print_fish_words(&cmd_help);
    print_fish_words(&cmd_completion);
    for (const struct option *option = options; option->name; option++)
        print_fish_option(option);
}

static int run(const struct call *call)
{
    static const struct {
        const char *name;
        void (*print)(void);
    } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};

    for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++)
        if (strcmp(call->arguments[0], shells[i].name) == 0) {
            shells[i].print();
            return EXIT_YES;
        }
    return complain(call->command,
                    "no completion for the shell '%s', only for bash, zsh and "
                    "fish",
                    call->arguments[0]);
}

const command cmd_completion = {
    .name = "completion",
    .line = "completion of commands and options for a shell",
    .arguments = "bash|zsh|fish",
    .about = "Prints what the shell has to read, for instance in bash: "
             "source <(truce completion bash)",
    .example = "completion bash",
    .group = FILES,
    .least = 1,
    .most = 1,
    .run = run,
};
