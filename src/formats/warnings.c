#include "formats/sections.h"
void warnings_find(reader *r)
{
    (void)r;
}
