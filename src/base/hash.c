#include "base/hash.h"

#include <sodium.h>

void hash_sha256(const void *bytes, size_t length, char hex[65])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, bytes, length);
    sodium_bin2hex(hex, 65, digest, sizeof digest);
}

void hash_sha256_base64(const void *bytes, size_t length, char text[45])
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, bytes, length);
    sodium_bin2base64(text, 45, digest, sizeof digest, sodium_base64_VARIANT_ORIGINAL);
}
