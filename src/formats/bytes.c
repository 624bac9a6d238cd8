#include "formats/bytes.h"

#include "base/arena.h"
#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

truce_status bytes_refuse(truce_diagnostics *diagnostics, const char *path,
                          const char *hint, const char *format, ...)
{
    arena memory = {0};
    va_list arguments;
    va_start(arguments, format);
    remark about = {.severity = TRUCE_ERROR, .place = {.file = path}, .hint = hint};
    diagnostics_add(diagnostics, &about, "%s",
                    arena_format_v(&memory, format, arguments));
    va_end(arguments);
    arena_free(&memory);
    return TRUCE_INPUT;
}

/* Everything up to one byte beyond the limit. Not NULL, so that an empty file is not taken
 * for a missing one. */
static char *read_all(FILE *file, size_t most, size_t *length)
{
    size_t room = 1 << 16, count = 0;
    char *bytes = must_allocate(room);
    for (size_t got, want;
         (want = most < room - 1 ? most + 1 - count : room - count) > 0 &&
         (got = fread(bytes + count, 1, want, file)) > 0;) {
        count += got;
        if (count == room)
            bytes = grow_room(bytes, &room, 1);
    }
    *length = count;
    return bytes;
}

char *bytes_read(const char *path, size_t most, size_t *length,
                 truce_diagnostics *diagnostics)
{
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? stdin : fopen(path, "rb");
    char *bytes = file ? read_all(file, most, length) : NULL;
    if (file == NULL || ferror(file)) {
        bytes_refuse(diagnostics, path, NULL, "cannot be read: %s", strerror(errno));
        free(bytes);
        bytes = NULL;
    }
    if (file && !is_stdin)
        fclose(file);
    return bytes;
}
