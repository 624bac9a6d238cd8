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

static void print_first_words(void)
{
    for (const command *const *each = commands; *each; each++)
        if (command_words(*each) == 1)
            print_name((*each)->name);
    for_each_family(print_name);
}

/* ---- bash ------------------------------------------------------------------------ */

static void print_bash_choices(void)
{
    for (const struct option *option = options; option->name; option++)
        if (has_choices(option))
            printf("        --%s) COMPREPLY=($(compgen -W '%s' -- \"$word\")); return "
                   ";;\n",
                   option->name, option->choices);
}

static void print_bash_options(const command *verb)
{
    printf("            '%s') words='", verb->name);
    for (const struct option *option = options; option->name; option++)
        if (option_fits(option, verb))
            printf("--%s ", option->name);
    puts("' ;;");
}

static void print_bash_family(const char *family)
{
    printf("            %s) [[ $word == -* ]] || words='", family);
    print_members(family);
    puts("' ;;");
}

static void print_bash_pattern(const char *family)
{
    printf(" | %s", family);
}

static void print_bash(void)
{
    puts("_truce()\n{\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "    local verb= words= i\n"
         "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "        case ${COMP_WORDS[i]} in -*) continue ;; esac\n"
         "        verb=${verb:+$verb }${COMP_WORDS[i]}");
    printf("        case $verb in ''");
    for_each_family(print_bash_pattern);
    puts(") ;; *) break ;; esac\n"
         "    done\n"
         "    case $before in");
    print_bash_choices();
    printf("    esac\n    if [[ -z $verb ]]; then\n        words='--help --version");
    print_first_words();
    puts("'\n    else\n        case $verb in");
    for_each_family(print_bash_family);
    for (const command *const *each = commands; *each; each++)
        print_bash_options(*each);
    puts("        esac\n"
         "        [[ $word == -* || $words != --* ]] || words=\n    fi\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\n"
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

static void print_zsh_option(const struct option *option)
{
    printf(" \\\n                '%s--%s[", option->kind == OPTION_TEXTS ? "*" : "",
           option->name);
    print_quoted(option->line);
    putchar(']');
    if (option->argument) {
        putchar(':');
        print_quoted(option->argument);
        printf(":(%s)", has_choices(option) ? option->choices : "");
    }
    putchar('\'');
}

static void print_zsh_command(const command *verb)
{
    printf("        '%s')\n            _arguments", verb->name);
    for (const struct option *option = options; option->name; option++)
        if (option_fits(option, verb))
            print_zsh_option(option);
    puts(" \\\n                '*:file:_files' ;;");
}

static void print_zsh_name(const char *family)
{
    printf("        '%s:its commands'\n", family);
}

static void print_zsh_family(const char *family)
{
    printf("    if [[ $verb == %s ]]; then\n        if (( CURRENT == 2 )); then\n"
           "            compadd",
           family);
    print_members(family);
    puts("\n            return\n        fi\n        verb=\"$verb $words[2]\"\n"
         "        shift words\n        (( CURRENT-- ))\n    fi");
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
    puts("    )\n    if (( CURRENT == 2 )); then\n"
         "        _describe verb verbs\n        return\n    fi\n"
         "    local verb=$words[2]\n"
         "    shift words\n    (( CURRENT-- ))");
    for_each_family(print_zsh_family);
    puts("    case $verb in");
    for (const command *const *each = commands; *each; each++)
        print_zsh_command(*each);
    puts("    esac\n}\nif [[ $funcstack[1] == _truce ]]; then\n    _truce \"$@\"\n"
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

static void print_fish_option(const struct option *option)
{
    printf("complete -c truce -l %s", option->name);
    if (option->verbs[0]) {
        printf(" -n '__fish_seen_subcommand_from");
        for (const command *const *each = commands; *each; each++)
            if (option_fits(option, *each))
                print_name(last_word(*each));
        putchar('\'');
    }
    if (has_choices(option))
        printf(" -x -a '%s'", option->choices);
    else if (option->argument)
        printf(" -r");
    printf(" -d '");
    print_fish_text(option->line);
    puts("'");
}

static void print_fish_family(const char *family)
{
    printf("complete -c truce -n __fish_use_subcommand -f -a %s\n", family);
}

static void print_fish(void)
{
    for (const command *const *each = commands; *each; each++) {
        bool alone = command_words(*each) == 1;
        if (alone)
            printf("complete -c truce -n __fish_use_subcommand");
        else
            printf("complete -c truce -n '__fish_seen_subcommand_from %.*s'",
                   (int)strcspn((*each)->name, " "), (*each)->name);
        printf(" -f -a %s -d '", last_word(*each));
        print_fish_text((*each)->line);
        puts("'");
    }
    for_each_family(print_fish_family);
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
