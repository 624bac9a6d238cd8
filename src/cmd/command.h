/* command.h - what a command is, and what the user asked of it. */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <truce/scenario.h>

/* Exit codes beside those of truce_status, which they are otherwise. */
enum {
    EXIT_YES = 0,
    EXIT_WRONG_CALL = 2,
    EXIT_BAD_INPUT = 3,
    EXIT_LIMIT = 4,
    EXIT_BUG = 70
};

/* The groups of `truce help`, in its order; one without commands is not shown. */
enum group { UNDERSTAND, SOLVE, PLAY, EXCHANGE_AND_TRACK, PICTURES, FILES, GROUPS };

#define NOT_GIVEN UINT64_MAX /* of a number for which 0 means something */

/* What stands on the command line, as the option table (options.c) reads it. What is
 * not given is 0, false or NULL, which the library takes for its own default, or NOT_GIVEN; seed,
 * threads and width get theirs here. */
struct call {
    const struct command *command; /* NULL when no verb is given */
    const char *family;            /* "exchange", given without the word behind it */
    const char **arguments;        /* [argument_count] those after the verb */
    size_t argument_count;
    bool help, version, json, csv, quiet, witness, force, lossy, man;
    bool rational, uncounted, exact, direct, worst;
    bool plot, ascii;
    uint64_t seed, threads, width, color;
    uint64_t most, top, size, days, step, draws;
    uint64_t with, without; /* truce_kinds */
    uint64_t issues, values, parties, rules;
    uint64_t as, naming, disagreement; /* truce_convention, truce_naming,
                                          truce_reference */
    uint64_t memory;                   /* bytes */
    truce_decimal epsilon;
    uint64_t kind, to; /* truce_kind, truce_format */
    uint64_t max_bytes, max_depth, max_nodes, max_issues, max_values;
    uint64_t stages, people, ready;
    uint64_t delta, owed, pairs_by; /* NOT_GIVEN; owed: outside or inside;
                                       pairs_by: truce_pairs */
    bool pairs, one_by_one, plain;
    const char *mode, *from, *rules_file, *sides, *agreement;
    const char *now, *known_at, *account, *log; /* of an agreement */
    bool repair;
    double seconds, spread, talk_seconds;
    uint64_t rounds, repeat, repetitions, score;
    bool without_self_play;
    const char *scenarios, *shard;
    const char *over, *shown_to, *of, *sources, *output, *certificate, *party;
    const char *strategies, *protocol, *trace, *replay, *html;
    bool dark;
    const char *picture_size, *picture_title;
    const char **set; /* [set_count] */
    size_t set_count;
    uint64_t real_steps;
    const char **profiles; /* [profile_count] names within profile_text */
    size_t profile_count;
    char *profile_text;
};

/* The most arguments of a command that reads one scenario: a domain may have any number of
 * profiles. */
#define ANY_NUMBER SIZE_MAX

/* How --color was answered; the order of its choices in the option table. */
enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* A name of two words, "exchange plan", makes the command one of a family: "exchange". */
typedef struct command {
    const char *name;
    const char *line;      /* what it does, in one line of help */
    const char *arguments; /* "FILE", "[VERB]" */
    const char *about;     /* paragraphs of its own help, parted by empty lines */
    const char *example;   /* a call worth trying, without "truce" */
    enum group group;
    size_t least, most; /* arguments it takes */
    bool reads;         /* reads scenarios: takes the options all such commands take */
    int (*run)(const struct call *call); /* returns the exit code */
} command;

/* Every command, in the order of `truce help`; ends with NULL. */
extern const command *const commands[];

/* The command that these words name; other may be NULL, and is not looked at when the
 * first word is a name by itself. NULL when there is none. */
const command *command_named(const char *word, const char *other);

/* Is it the first word of a family? */
bool is_family(const char *word);

/* How many words its name has: 1 or 2. */
size_t command_words(const command *verb);

/* Does its name begin with this word? */
bool begins_with_word(const command *verb, const char *word);

#endif
