#include "complain.h"

#include <truce/status.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int complain(const command *verb, const char *sentence, ...)
{
    va_list arguments;
    va_start(arguments, sentence);
    fputs("truce: ", stderr);
    vfprintf(stderr, sentence, arguments);
    va_end(arguments);
    fprintf(stderr, "\nTry 'truce help%s%s'.\n", verb ? " " : "",
            verb ? verb->name : "");
    return EXIT_WRONG_CALL;
}

enum { MOST_NAMES = 64 };

int complain_unknown_command(const char *name)
{
    const char *names[MOST_NAMES];
    size_t count = 0;
    for (const command *const *each = commands; *each && count < MOST_NAMES; each++)
        names[count++] = (*each)->name;
    return complain(NULL, "there is no command '%s'%s", name,
                    perhaps(name, "", names, count));
}

int complain_unknown_member(const char *family, const char *name)
{
    const char *names[MOST_NAMES];
    size_t count = 0;
    for (const command *const *each = commands; *each && count < MOST_NAMES; each++)
        if (command_words(*each) == 2 && begins_with_word(*each, family))
            names[count++] = strchr((*each)->name, ' ') + 1;
    complain(NULL, "there is no command '%s %s'%s", family, name,
             perhaps(name, "", names, count));
    return EXIT_WRONG_CALL;
}

void remark(const char *sentence, ...)
{
    va_list arguments;
    va_start(arguments, sentence);
    fputs("truce: ", stderr);
    vfprintf(stderr, sentence, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

void *must_have(void *memory)
{
    if (memory)
        return memory;
    remark("out of memory");
    exit(EXIT_LIMIT);
}

const char *perhaps(const char *written, const char *prefix,
                    const char *const *candidates, size_t count)
{
    static char text[80];
    const char *nearest = truce_nearest(written, candidates, count);
    text[0] = '\0';
    if (nearest)
        snprintf(text, sizeof text, "; did you mean '%s%s'?", prefix, nearest);
    return text;
}
