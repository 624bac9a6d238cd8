#include "certificate.h"

#include "complain.h"
#include "save.h"

#include <errno.h>
#include <string.h>

bool certificate_begin(analysis *work, FILE **file)
{
    const char *path = work->call->certificate;
    *file = NULL;
    if (path == NULL)
        return true;
    if (strcmp(path, "-") == 0)
        complain(work->call->command, "--certificate takes a file: the answer itself "
                                      "goes to standard output");
    else
        *file = save_open(work->call, path);
    if (*file == NULL)
        work->status = TRUCE_CALL;
    return *file != NULL;
}

void certificate_end(analysis *work, FILE *file, truce_status certified)
{
    if (file == NULL)
        return;
    bool failed = ferror(file) != 0;
    bool written = fclose(file) == 0 && !failed;
    if (certified == TRUCE_OK && written)
        return;
    remark("no certificate: %s",
           certified == TRUCE_OK ? strerror(errno) : work->error.message);
    remove(work->call->certificate);
    work->status = TRUCE_LIMIT;
}
