#include <truce/status.h>

#include <stdio.h>

int main(void)
{
    printf("truce %s\n", truce_version());
    return 0;
}
