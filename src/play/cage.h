/* cage.h - what a command run beside us may not do: no network, no files written, no more
 * than so much memory and time.
 */
#ifndef PLAY_CAGE_H
#define PLAY_CAGE_H

enum {
    CAGE_MEMORY = 1 << 30,      /* bytes of address space */
    CAGE_CPU_SECONDS = 600,     /* of processor time */
    CAGE_FILE_BYTES = 16 << 20, /* of any file written */
    CAGE_FILES = 64             /* open at once */
};

/* Enters it for good, and so do all children: as much of it as the kernel has. Safe after
 * fork. */
void cage_enter(void);

/* What this kernel gives, in words. Static memory. */
const char *cage_words(void);

#endif
