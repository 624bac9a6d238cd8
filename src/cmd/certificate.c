#include "certificate.h"

#include "complain.h"
#include "save.h"

#include <errno.h>
#include <string.h>

bool certificate_begin(analysis *work, FILE **file)
{
    const char *path = work->call->certificate;
    *file = path ? save_open(work->call, path) : NULL;
    if (path && *file == NULL)
        work->status = TRUCE_CALL;
    return path == NULL || *file != NULL;
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
