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
    &cmd_brief,   &cmd_who,      &cmd_evidence, &cmd_rounds,   &cmd_text,
    &cmd_count,   &cmd_outcomes, &cmd_metrics,  &cmd_frontier, &cmd_points,
    &cmd_verify,  &cmd_deals,    &cmd_clash,    &cmd_unlock,   &cmd_order,
    &cmd_now,     &cmd_wait,     &cmd_flip,     &cmd_new,      &cmd_check,
    &cmd_convert, &cmd_generate, &cmd_diff,     &cmd_help,     &cmd_completion,
    NULL,
};

const command *command_named(const char *name)
{
    for (const command *const *each = commands; *each; each++)
        if (strcmp((*each)->name, name) == 0)
            return *each;
    return NULL;
}

static int run(const struct call *call)
{
    if (call->version) {
        printf("truce %s\n", truce_version());
        return EXIT_YES;
    }
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
