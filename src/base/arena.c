/* Memory in blocks, each twice as large as the one before up to a megabyte; a piece
 * larger than a block gets one of its own. Expects many small pieces: names, labels,
 * short arrays. */
#define _DEFAULT_SOURCE 1 /* for madvise() */

#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LARGE = 2 << 20, PAGE = 4096 };

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20, ALIGNMENT = _Alignof(max_align_t) };

struct arena_block {
    struct arena_block *before;
    size_t used, size;
    _Alignas(max_align_t) unsigned char bytes[];
};

static _Noreturn void out_of_memory(void)
{
    fputs("truce: out of memory\n", stderr);
    exit(4);
}

/* Asks for large pages: of tables that are filled once, the first touch of each small page
 * costs more than what is written there, above all in a virtual machine. A wish alone: where
 * the system has none, nothing changes. */
static void *in_large_pages(void *bytes, size_t size)
{
#ifdef MADV_HUGEPAGE
    if (size >= LARGE) {
        size_t skip = PAGE - (uintptr_t)bytes % PAGE;
        madvise((char *)bytes + skip, (size - skip) / PAGE * PAGE, MADV_HUGEPAGE);
    }
#endif
    return bytes;
}

void *must_allocate(size_t size)
{
    void *bytes = malloc(size ? size : 1);
    if (bytes == NULL)
        out_of_memory();
    return in_large_pages(bytes, size);
}

void *must_allocate_zeroed(size_t count, size_t size)
{
    void *bytes = calloc(count ? count : 1, size ? size : 1);
    if (bytes == NULL)
        out_of_memory();
    return in_large_pages(bytes, count * size);
}

void *grow_room(void *items, size_t *room, size_t size)
{
    size_t more = *room < 8 ? 8 : *room * 2;
    if (more > SIZE_MAX / size)
        out_of_memory();
    items = realloc(items, more * size);
    if (items == NULL)
        out_of_memory();
    *room = more;
    return items;
}

static struct arena_block *block_for(arena *memory, size_t size)
{
    size_t room = memory->last ? memory->last->size * 2 : FIRST_BLOCK;
    if (room > LARGEST_BLOCK)
        room = LARGEST_BLOCK;
    if (room < size)
        room = size;
    struct arena_block *block = must_allocate(sizeof *block + room);
    *block = (struct arena_block){.before = memory->last, .size = room};
    memory->last = block;
    return block;
}

void *arena_take(arena *memory, size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory();
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct arena_block *block = memory->last;
    if (block == NULL || block->size - block->used < size)
        block = block_for(memory, size);
    void *piece = block->bytes + block->used;
    block->used += size;
    return memset(piece, 0, size);
}

void *arena_take_array(arena *memory, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        out_of_memory();
    return arena_take(memory, count * size);
}

void *arena_copy(arena *memory, const void *bytes, size_t size)
{
    if (bytes == NULL)
        return NULL;
    void *copy = arena_take(memory, size);
    return size ? memcpy(copy, bytes, size) : copy;
}

char *arena_text_n(arena *memory, const char *text, size_t length)
{
    if (text == NULL)
        return NULL;
    char *copy = arena_take(memory, length + 1);
    memcpy(copy, text, length);
    return copy;
}

char *arena_text(arena *memory, const char *text)
{
    return text ? arena_text_n(memory, text, strlen(text)) : NULL;
}

char *arena_format_v(arena *memory, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length < 0)
        return arena_text(memory, "");
    char *text = arena_take(memory, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *arena_format(arena *memory, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = arena_format_v(memory, format, arguments);
    va_end(arguments);
    return text;
}

void arena_free(arena *memory)
{
    while (memory->last) {
        struct arena_block *before = memory->last->before;
        free(memory->last);
        memory->last = before;
    }
}
