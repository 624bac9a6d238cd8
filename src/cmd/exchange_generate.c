#include "complain.h"
#include "exchange.h"
#include "save.h"
#include "verbs.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE_ROOM = 64, PEOPLE_BY_DEFAULT = 1250 };

/* "RU,UA" */
static bool read_sides(const char *text, char names[2][SIDE_ROOM])
{
    const char *comma = strchr(text, ',');
    size_t first = comma ? (size_t)(comma - text) : 0;
    if (first == 0 || first >= SIDE_ROOM || comma[1] == '\0' ||
        strlen(comma + 1) >= SIDE_ROOM || strchr(comma + 1, ','))
        return false;
    memcpy(names[0], text, first);
    names[0][first] = '\0';
    strcpy(names[1], comma + 1);
    return true;
}

static int write_list(const struct call *call, const truce_people_generation *choices,
                      unsigned side, const char *path)
{
    truce_error error = {0};
    FILE *file = save_open(call, path);
    if (file == NULL)
        return EXIT_WRONG_CALL;
    truce_status status = truce_people_generate(choices, side, file, &error);
    if (fclose(file) != 0 && status == TRUCE_OK)
        status = TRUCE_LIMIT;
    if (status == TRUCE_CALL)
        return complain(call->command, "%s", error.message);
    if (status != TRUCE_OK)
        remark("'%s' could not be written in full", path);
    else if (!call->quiet)
        printf("%s is written\n", path);
    return (int)status;
}

static int run(const struct call *call)
{
    char names[2][SIDE_ROOM] = {"A", "B"};
    if (call->sides && !read_sides(call->sides, names))
        return complain(call->command, "--sides wants two names such as A,B, not '%s'",
                        call->sides);
    uint64_t people = call->people ? call->people : PEOPLE_BY_DEFAULT;
    truce_people_generation choices = {.sides = {names[0], names[1]},
                                       .counts = {people, people},
                                       .seed = call->seed,
                                       .plain = call->plain,
                                       .ready_days = (unsigned)call->ready};
    const char *from = call->from ? call->from : "2025-06-01";
    if (!exchange_read_day(call, from, &choices.ready_from))
        return EXIT_WRONG_CALL;
    const char *folder = call->output ? call->output : ".";
    if (!save_folder(call, folder))
        return EXIT_WRONG_CALL;
    char *paths[2] = {save_path(folder, "A.csv"), save_path(folder, "B.csv")};
    int code = save_is_free(call, paths, 2) ? EXIT_YES : EXIT_WRONG_CALL;
    for (unsigned side = 0; side < 2; side++) {
        if (code == EXIT_YES)
            code = write_list(call, &choices, side, paths[side]);
        free(paths[side]);
    }
    return code;
}

const command cmd_exchange_generate = {
    .name = "exchange generate",
    .line = "two made-up lists of people, of any size",
    .arguments = "",
    .about =
        "Writes A.csv and B.csv: people who do not exist, with what such lists "
        "have, some of them disputed, dead, not held or unwilling. With --ready some "
        "are ready only on some of so many days, the first of them --from "
        "(2025-06-01). The same options give the same bytes.",
    .example = "exchange generate --people 1250 --seed 1 --out lists",
    .group = EXCHANGE_AND_TRACK,
    .run = run,
};
