#include "base/hash.h"

#include <sodium.h>

void hash_sha256(const void *bytes, size_t length, char hex[65])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, bytes, length);
    sodium_bin2hex(hex, 65, digest, sizeof digest);
}
