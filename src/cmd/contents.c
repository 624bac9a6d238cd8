#include "contents.h"

#include "complain.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool read_all(FILE *file, contents *into)
{
    size_t room = 1 << 16;
    into->bytes = must_have(malloc(room));
    for (size_t got;
         (got = fread(into->bytes + into->length, 1, room - into->length, file)) > 0;) {
        into->length += got;
        if (into->length == room)
            into->bytes = must_have(realloc(into->bytes, room *= 2));
    }
    return !ferror(file);
}

bool contents_read(const struct call *call, const char *path, contents *into)
{
    bool standard = strcmp(path, "-") == 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    bool good = file && read_all(file, into);
    if (!good)
        complain(call->command, "cannot read '%s': %s", path, strerror(errno));
    if (file && !standard)
        fclose(file);
    return good;
}

void contents_free(contents *of)
{
    free(of->bytes);
}
