/* arena.h - memory that ends all at once.
 *
 * A zeroed arena is ready for use. What is taken from it is zeroed, aligned for any
 * type, and lives until arena_free(). Running out of memory ends the program with a
 * sentence on stderr: it is the only fatal error of the library.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

typedef struct arena {
    struct arena_block *last;
} arena;

/* Zeroed bytes; size 0 gives a valid pointer. O(size). */
void *arena_take(arena *memory, size_t size);

/* Zeroed array; count * size may not overflow (that is running out of memory). */
void *arena_take_array(arena *memory, size_t count, size_t size);

/* Copies, the second one ended by NUL; NULL gives NULL. */
void *arena_copy(arena *memory, const void *bytes, size_t size);
char *arena_text(arena *memory, const char *text);
char *arena_text_n(arena *memory, const char *text, size_t length);

/* printf into the arena. */
char *arena_format(arena *memory, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_format_v(arena *memory, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/* Frees everything taken; the arena is as new. */
void arena_free(arena *memory);

#define arena_new(memory, type) ((type *)arena_take(memory, sizeof(type)))
#define arena_array(memory, count, type) \
    ((type *)arena_take_array(memory, count, sizeof(type)))

/* A growing array on the heap, for counts not known beforehand; copied into an arena
 * when done:  size_t *items = NULL, count = 0, room = 0;  *grow(items, count, room) =
 * 7; Freed with free(). */
#define grow(items, count, room)                                           \
    (((count) == (room)                                                    \
          ? (void)((items) = grow_room((items), &(room), sizeof *(items))) \
          : (void)0),                                                      \
     &(items)[(count)++])

void *grow_room(void *items, size_t *room, size_t size);

/* malloc, calloc and realloc that never return NULL. */
void *must_allocate(size_t size);
void *must_allocate_zeroed(size_t count, size_t size);

#endif
