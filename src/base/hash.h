/* hash.h - fingerprints of files. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>

/* SHA-256 in lower-case hexadecimal, with NUL. */
void hash_sha256(const void *bytes, size_t length, char hex[65]);

/* The same in base64, as RFC 4648 has it, with NUL. */
void hash_sha256_base64(const void *bytes, size_t length, char text[45]);

#endif
