// Every public header is complete alone, and C++: compiled once for each with -DHEADER=...
#include HEADER

int main()
{
    return truce_version() == nullptr;
}
