#include <truce/status.h>

const char *truce_version(void)
{
    return TRUCE_VERSION; /* from the one place that states it: meson.build */
}
