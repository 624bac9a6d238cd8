/* truce - the command. Reads the line by the option table and hands it to the verb's
 * file. */
#include "complain.h"
#include "help.h"
#include "options.h"
#include "terminal.h"
#include "verbs.h"

#include <stdio.h>
#include <string.h>

const command *const commands[] = {
    &cmd_brief,
    &cmd_report,
    &cmd_who,
    &cmd_evidence,
    &cmd_rounds,
    &cmd_text,
    &cmd_sheet,
    &cmd_count,
    &cmd_outcomes,
    &cmd_metrics,
    &cmd_frontier,
    &cmd_points,
    &cmd_verify,
    &cmd_deals,
    &cmd_clash,
    &cmd_unlock,
    &cmd_order,
    &cmd_now,
    &cmd_wait,
    &cmd_flip,
    &cmd_negotiate,
    &cmd_strategies,
    &cmd_tournament_merge,
    &cmd_tournament_report,
    &cmd_tournament,
    &cmd_exchange_plan,
    &cmd_exchange_verify,
    &cmd_exchange_generate,
    &cmd_track_status,
    &cmd_track_explain,
    &cmd_track_disputed,
    &cmd_track_next,
    &cmd_track_log,
    &cmd_track_add,
    &cmd_plot_bargain,
    &cmd_plot_clash,
    &cmd_plot_order,
    &cmd_plot_wait,
    &cmd_plot_flip,
    &cmd_plot_scores,
    &cmd_plot_payoffs,
    &cmd_plot_dynamics,
    &cmd_plot_exchange,
    &cmd_plot_track,
    &cmd_new,
    &cmd_check,
    &cmd_convert,
    &cmd_generate,
    &cmd_diff,
    &cmd_help,
    &cmd_completion,
    NULL,
};

bool begins_with_word(const command *verb, const char *word)
{
    size_t length = strlen(word);
    return strncmp(verb->name, word, length) == 0 &&
           (verb->name[length] == '\0' || verb->name[length] == ' ');
}

size_t command_words(const command *verb)
{
    return strchr(verb->name, ' ') ? 2 : 1;
}

bool is_family(const char *word)
{
    for (const command *const *each = commands; *each; each++)
        if (command_words(*each) == 2 && begins_with_word(*each, word))
            return true;
    return false;
}

static bool is_named(const command *verb, const char *word, const char *other)
{
    if (!begins_with_word(verb, word))
        return false;
    return command_words(verb) == 1 ||
           (other && strcmp(strchr(verb->name, ' ') + 1, other) == 0);
}

const command *command_named(const char *word, const char *other)
{
    for (const command *const *each = commands; *each; each++)
        if (is_named(*each, word, other))
            return *each;
    return NULL;
}

static int answer_for_family(const struct call *call)
{
    if (call->argument_count > 0 && !call->help)
        return complain_unknown_member(call->family, call->arguments[0]);
    help_print_family(call->help ? stdout : stderr, call->family);
    return call->help ? EXIT_YES : EXIT_WRONG_CALL;
}

static int run(const struct call *call)
{
    if (call->version) {
        printf("truce %s\n", truce_version());
        return EXIT_YES;
    }
    if (call->family)
        return answer_for_family(call);
    if (call->help) {
        call->command ? help_print_command(stdout, call->command) : help_print(stdout);
        return EXIT_YES;
    }
    if (call->command)
        return call->command->run(call);
    help_print(stderr);
    return EXIT_WRONG_CALL;
}

int main(int argc, char **argv)
{
    struct call call;
    terminal_own_mistakes();
    int code =
        options_read(argc, argv, &call) ? output_end(run(&call)) : EXIT_WRONG_CALL;
    options_forget(&call);
    return code;
}
