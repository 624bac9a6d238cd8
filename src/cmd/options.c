/* The option table and the parser it drives.
 *
 * Options may stand before their verb, so the verb is looked for first; then every word
 * is read in turn and checked against it. Values go into the call at the place the
 * table names. */
#include "options.h"

#include "complain.h"

#include <truce/truce.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MANY 1e15 /* more than anybody waits for, and exact in a double */
#define KINDS "red-lines floors rules" /* in the order of the bits of truce_kinds */

/* The last columns of the table: how the value is read, and where it goes. */
#define PLACE(field) offsetof(struct call, field)
#define FLAG(field) OPTION_FLAG, PLACE(field), 0, 0, NULL
#define WHOLE(field, least, most) OPTION_WHOLE, PLACE(field), least, most, NULL
#define NUMBER(field, most) OPTION_NUMBER, PLACE(field), 0, most, NULL
#define BYTES(field) OPTION_BYTES, PLACE(field), 0, 0, NULL
#define DECIMAL(field) OPTION_DECIMAL, PLACE(field), 0, 0, NULL
#define TEXT(field) OPTION_TEXT, PLACE(field), 0, 0, NULL
#define TEXTS(field) OPTION_TEXTS, PLACE(field), 0, 0, NULL
#define NAMES(field) OPTION_NAMES, PLACE(field), 0, 0, NULL
#define CHOICE(field, choices) OPTION_CHOICE, PLACE(field), 0, 0, choices
#define SOME_OF(field, choices) OPTION_KINDS, PLACE(field), 0, 0, choices

const struct option options[] = {
    {"over", "A,B",
     "parties to judge for; for deals, beside those whose consent counts",
     "deals frontier points metrics negotiate plot-bargain", TEXT(over)},
    {"rational", NULL, "only outcomes worth the outside option to every party",
     "frontier outcomes", FLAG(rational)},
    {"epsilon", "E", "leave out points that are better by E at most (0: none)",
     "frontier", DECIMAL(epsilon)},
    {"outcomes", "HOW", "tell outcomes by names, index or none (names)",
     "frontier outcomes", CHOICE(naming, "names index none")},
    {"exact", NULL, "utilities as fractions too", "frontier", FLAG(exact)},
    {"no-count", NULL, "do not count the outcomes of each point", "frontier",
     FLAG(uncounted)},
    {"certificate", "FILE", "write what 'truce verify' needs to check the answer",
     "frontier deals clash", TEXT(certificate)},
    {"party", "P", "whose utility outcomes are ranked by: an id or a number from 1",
     "outcomes", TEXT(party)},
    {"top", "K", "how many outcomes (10)", "outcomes", WHOLE(top, 1, 1e9)},
    {"worst", NULL, "from the other end, worst first", "outcomes", FLAG(worst)},
    {"memory", "BYTES", "memory for points, such as 4G", "frontier points",
     BYTES(memory)},
    {"disagreement", "WHAT",
     "where gains begin: reservation, or minimum, which is no less than the least "
     "utility (reservation)",
     "points", CHOICE(disagreement, "reservation minimum")},
    {"direct", NULL, "search each point, even where the frontier is in reach", "points",
     FLAG(direct)},
    {"with", "KINDS", "what may clash beside demands: red-lines, floors, rules",
     "clash plot-clash", SOME_OF(with, KINDS)},
    {"without", "KINDS", "leave out of account: red-lines, floors, rules", "unlock",
     SOME_OF(without, KINDS)},
    {"with", "A,B",
     "strategies, one for each party at the table or one for all (boulware); with "
     "--draws a|b for one of several",
     "negotiate", TEXT(strategies)},
    {"with", "A,B",
     "draw the offers of a session, too: strategies, one for each party or one for all",
     "plot-bargain", TEXT(strategies)},
    {"strategies", "A,B", "the strategies that play each other", "tournament",
     TEXT(strategies)},
    {"scenarios", "A,B", "files, or folders of them; arguments are taken too",
     "tournament", TEXT(scenarios)},
    {"repetitions", "N", "how often each session is played, by seeds of its own (1)",
     "tournament", WHOLE(repetitions, 1, 1e9)},
    {"no-self-play", NULL, "leave out sessions of one strategy with itself",
     "tournament", FLAG(without_self_play)},
    {"score", "WHAT", "what counts: utility (discounted) or advantage (utility)",
     "tournament", CHOICE(score, "utility advantage")},
    {"shard", "I/N", "play only part I of N, for tournament merge", "tournament",
     TEXT(shard)},
    {"protocol", "NAME", "the rules of the talks (sao)",
     "negotiate tournament plot-bargain", TEXT(protocol)},
    {"rounds", "N", "how many rounds (100)", "negotiate tournament plot-bargain",
     WHOLE(rounds, 1, 1e9)},
    {"seconds", "S", "let them talk so long, in place of rounds",
     "negotiate tournament", OPTION_NUMBER, PLACE(talk_seconds), 0.001, 1e6, NULL},
    {"repeat", "N", "play it N times, each with a seed of its own, and say how fast",
     "negotiate", WHOLE(repeat, 1, 1e12)},
    {"trace", "FILE", "write everything said as JSON Lines (- in place of the answer)",
     "negotiate", TEXT(trace)},
    {"replay", "FILE", "play a trace once more, and say whether it holds", "negotiate",
     TEXT(replay)},
    {"witness", NULL, "show for each demand an outcome that keeps the others", "clash",
     FLAG(witness)},
    {"size", "K", "issues changed at once (1)", "now", WHOLE(size, 1, 100)},
    {"most", "N", "list at most N",
     "deals clash unlock order now frontier points outcomes", WHOLE(most, 1, MANY)},
    {"size", "WxH", "width and height in pixels, or the width alone", "plot",
     TEXT(picture_size)},
    {"dark", NULL, "light colours on dark paper", "plot", FLAG(dark)},
    {"title", "TEXT", "in place of the picture's own", "plot", TEXT(picture_title)},
    {"output", "FILE",
     "the .svg, .png or .pdf to write (SVG to standard output; -o FILE)", "plot",
     TEXT(output)},
    {"days", "N", "how many days to look ahead (180)", "wait brief report plot-wait",
     WHOLE(days, 1, 36500)},
    {"step", "N", "days from one date to the next (30)", "wait brief report plot-wait",
     WHOLE(step, 1, 36500)},
    {"draws", "N", "how often to draw the numbers that are given as ranges (1000)",
     "flip brief report plot-flip", WHOLE(draws, 1, 10000000)},
    {"draws", "N",
     "play N sessions, drawing numbers from their ranges and strategies from a|b",
     "negotiate", WHOLE(draws, 1, 10000000)},
    {"spread", "P", "draw plain numbers too, up to P percent away", "flip plot-flip",
     NUMBER(spread, 1000)},
    {"of", "ID", "only what this rests on: a demand, a rule, a claim", "evidence",
     TEXT(of)},
    {"sources", "DIR", "compare quotes, lines and hashes with the sources in DIR",
     "check evidence", TEXT(sources)},
    {"to", "FORMAT", "truce, genius or geniusweb (truce)", "convert generate",
     CHOICE(to, "truce genius geniusweb")},
    {"output", "PATH", "the file or folder to write (-o PATH)",
     "convert generate report", TEXT(output)},
    {"html", "FILE", "write a report in HTML to FILE (-: to standard output)", "brief",
     TEXT(html)},
    {"lossy", NULL, "write what the format can hold and leave out the rest",
     "convert generate", FLAG(lossy)},
    {"force", NULL, "write the file even if it exists",
     "new convert generate frontier deals clash exchange-plan exchange-generate brief "
     "report plot negotiate",
     FLAG(force)},
    {"issues", "N", "how many issues (10)", "generate", WHOLE(issues, 1, 1e6)},
    {"values", "N", "values of each issue (5)", "generate", WHOLE(values, 1, 1e6)},
    {"parties", "N", "how many parties (2)", "generate tournament",
     WHOLE(parties, 1, 64)},
    {"kind", "KIND", "opposed, independent, integer or clustered (opposed)", "generate",
     CHOICE(kind, "opposed independent integer clustered")},
    {"rules", "N", "implications between issues near each other (0)", "generate",
     WHOLE(rules, 0, 1e6)},
    {"mode", "MODE",
     "all, n=1000, n=1000,900, ratio=3:2, quota or tariff (all, or as the rules have "
     "it)",
     "exchange-plan exchange-verify plot-exchange", TEXT(mode)},
    {"rules", "FILE", "what was agreed: classes, quotas, capacities, stages, ...",
     "exchange-plan exchange-verify plot-exchange", TEXT(rules_file)},
    {"owed", "WHERE", "outside or inside the agreed number (outside)",
     "exchange-plan exchange-verify plot-exchange", CHOICE(owed, "outside inside")},
    {"pairs", NULL, "who goes for whom, by class",
     "exchange-plan exchange-verify plot-exchange", FLAG(pairs)},
    {"pairs-by", "WHAT",
     "who goes for whom: by class, by equal points, or where both sides gain",
     "exchange-plan exchange-verify plot-exchange",
     CHOICE(pairs_by, "no class points gain")},
    {"one-by-one", NULL, "within a stage one person after the other",
     "exchange-plan exchange-verify plot-exchange", FLAG(one_by_one)},
    {"stages", "T", "how many handovers (1)",
     "exchange-plan exchange-verify plot-exchange", WHOLE(stages, 1, 1e6)},
    {"delta", "N", "how far apart the sides may be at the end of a stage (0)",
     "exchange-plan exchange-verify plot-exchange", WHOLE(delta, 0, 1e9)},
    {"from", "DATE", "the date of day 1",
     "exchange-plan exchange-verify exchange-generate plot-exchange", TEXT(from)},
    {"agreement", "FILE", "write the plan as an agreement to be kept track of",
     "exchange-plan", TEXT(agreement)},
    {"people", "N", "people in each list (1250)", "exchange-generate",
     WHOLE(people, 1, 1e9)},
    {"sides", "A,B", "who holds them (A,B)", "exchange-generate", TEXT(sides)},
    {"plain", NULL, "everybody eligible, alike and ready", "exchange-generate",
     FLAG(plain)},
    {"ready", "DAYS", "some are ready only from or to one of so many days (all always)",
     "exchange-generate", WHOLE(ready, 1, 1e5)},
    {"out", "DIR", "the folder to write",
     "exchange-plan exchange-generate tournament tournament-merge", TEXT(output)},
    {"now", "T", "at this moment: 2025-05-16 or 2025-05-16T12:00 (now)",
     "track-status track-explain track-disputed track-next plot-track", TEXT(now)},
    {"now", "T", "of an agreement: at this moment (when its log was last written to)",
     "brief report", TEXT(now)},
    {"as", "ACCOUNT", "by what is verified, by a party's account, or by all (verified)",
     "track-status track-explain track-disputed track-next plot-track", TEXT(account)},
    {"known-at", "T", "by what was recorded before this moment",
     "track-status track-explain track-disputed track-next plot-track", TEXT(known_at)},
    {"log", "FILE", "the log, where the agreement names none or another",
     "track plot-track brief report", TEXT(log)},
    {"repair", NULL, "cut a torn last line off, into a file beside the log",
     "track-add", FLAG(repair)},
    {"plot", NULL, "draw a picture below the answer, out of characters",
     "frontier deals negotiate", FLAG(plot)},
    {"ascii", NULL, "draw in letters and dots, as where there is no UTF-8",
     "frontier deals negotiate", FLAG(ascii)},
    {"man", NULL, "print the source of a manual page, for scdoc", "help", FLAG(man)},

    {"csv", NULL, "answer with a table of comma-separated values",
     "count frontier points outcomes metrics tournament tournament-merge "
     "tournament-report",
     FLAG(csv)},
    {"json", NULL, "answer with one JSON object",
     "* !plot !report exchange-plan exchange-verify track strategies tournament "
     "tournament-merge tournament-report",
     FLAG(json)},
    {"as", "SYSTEM", "read files and define points as truce, genius or negmas (truce)",
     "* tournament", CHOICE(as, "truce genius negmas")},
    {"profiles", "A,B", "of a folder only these profiles, in this order", "*",
     NAMES(profiles)},
    {"real-steps", "N", "steps of an issue that takes any real number (20)", "*",
     WHOLE(real_steps, 1, 1000000)},
    {"set", "PATH=VALUE", "change the scenario for this run alone; may be repeated",
     "*", TEXTS(set)},
    {"for", "READER", "only what this party, or \"mediator\", may see", "*",
     TEXT(shown_to)},
    {"seed", "N", "where the draws begin (1)",
     "* generate exchange-generate tournament", WHOLE(seed, 0, MANY)},
    {"seconds", "S", "stop after so long and say what is proved by then (60; 0: never)",
     "* exchange-plan track", NUMBER(seconds, 1e9)},
    {"threads", "N", "processors to use (all); never changes an answer", "* tournament",
     WHOLE(threads, 1, 1024)},
    {"quiet", NULL, "no remarks and no progress bar",
     "* exchange track strategies tournament tournament-merge tournament-report",
     FLAG(quiet)},
    {"color", "WHEN", "auto, always or never",
     "* exchange track strategies tournament tournament-merge tournament-report",
     CHOICE(color, "auto always never")},
    {"width", "N", "columns of text (those of the terminal up to 100; 80 elsewhere)",
     "* exchange track strategies tournament tournament-merge tournament-report",
     WHOLE(width, 40, 1000)},
    {"max-bytes", "N", "refuse larger files (16777216; lists and logs: none)",
     "* exchange-plan exchange-verify track", WHOLE(max_bytes, 1, MANY)},
    {"max-depth", "N", "refuse deeper nesting (64)", "*", WHOLE(max_depth, 1, 1000)},
    {"max-nodes", "N", "refuse more maps, lists and scalars (1000000)", "*",
     WHOLE(max_nodes, 1, MANY)},
    {"max-issues", "N", "refuse more issues (10000)", "*", WHOLE(max_issues, 1, MANY)},
    {"max-values", "N", "refuse more values of all issues (1000000)", "*",
     WHOLE(max_values, 1, MANY)},

    {"help", NULL, "what a command does and takes", "", FLAG(help)},
    {"version", NULL, "the version of truce", "", FLAG(version)},
    {NULL, NULL, NULL, NULL, OPTION_FLAG, 0, 0, 0, NULL},
};

enum { OPTION_COUNT = sizeof options / sizeof options[0] - 1 };

/* Is word, of length bytes, one of the words of a list parted by blanks? Its place, or
 * -1. */
static int place_in(const char *list, const char *word, size_t length)
{
    for (int place = 0; *list; place++) {
        size_t here = strcspn(list, " ");
        if (here == length && strncmp(list, word, length) == 0)
            return place;
        list += here + strspn(list + here, " ");
    }
    return -1;
}

bool option_is_special(const struct option *option)
{
    return option->verbs[0] != '*' && option->verbs[0] != '\0';
}

/* Is "exchange plan" among the verbs, where it stands as "exchange-plan"? */
static bool names_both_words(const char *verbs, const char *name)
{
    char joined[64] = "";
    strncat(joined, name, sizeof joined - 1);
    char *blank = strchr(joined, ' ');
    if (blank)
        *blank = '-';
    return place_in(verbs, joined, strlen(joined)) >= 0;
}

/* "exchange" names all of its family, unless it is a command by itself as well. */
static bool fits_by_name(const struct option *option, const command *verb)
{
    char first[64] = "";
    size_t length = strcspn(verb->name, " ");
    strncat(first, verb->name, length < sizeof first ? length : sizeof first - 1);
    const command *alone = command_named(first, NULL);
    bool by_first = alone == NULL || alone == verb;
    return (by_first && place_in(option->verbs, first, strlen(first)) >= 0) ||
           names_both_words(option->verbs, verb->name);
}

/* "* !plot": all that read scenarios, but for this family. */
static bool is_excepted(const struct option *option, const command *verb)
{
    char word[64] = "!";
    size_t length = strcspn(verb->name, " ");
    strncat(word, verb->name, length < sizeof word - 2 ? length : sizeof word - 2);
    return place_in(option->verbs, word, strlen(word)) >= 0;
}

/* Does the command take an option of this name that means something else to it? */
static bool is_overridden(const struct option *option, const command *verb)
{
    for (const struct option *other = options; other->name; other++)
        if (other->verbs[0] != '*' && strcmp(other->name, option->name) == 0 &&
            fits_by_name(other, verb))
            return true;
    return false;
}

bool option_fits(const struct option *option, const command *verb)
{
    if (option->verbs[0] == '\0')
        return true;
    if (verb == NULL)
        return false;
    if (option->verbs[0] == '*' && verb->reads)
        return !is_overridden(option, verb) && !is_excepted(option, verb);
    return fits_by_name(option, verb);
}

/* ---- values ---------------------------------------------------------------------- */

/* A number written in digits alone, with a point only where fractions are allowed: no
 * exponent, no hexadecimal, no blanks, none of which anybody means here. */
static bool read_number(const char *text, bool whole, double *number)
{
    size_t digits = strspn(text, whole ? "0123456789" : "0123456789.");
    char *end;
    *number = strtod(text, &end);
    return digits > 0 && text[digits] == '\0' && *end == '\0';
}

static bool take_number(const struct option *option, const char *text,
                        const command *verb, void *place)
{
    bool whole = option->kind == OPTION_WHOLE;
    double number;
    if (!read_number(text, whole, &number)) {
        complain(verb, "--%s wants a %s, not '%s'", option->name,
                 whole ? "whole number" : "number", text);
        return false;
    }
    if (number < option->least || number > option->most) {
        complain(verb, "--%s must lie between %.16g and %.16g, not %s", option->name,
                 option->least, option->most, text);
        return false;
    }
    if (whole)
        *(uint64_t *)place = (uint64_t)number;
    else
        *(double *)place = number;
    return true;
}

/* "512M" as bytes, in powers of 1024. */
static bool take_bytes(const struct option *option, const char *text,
                       const command *verb, uint64_t *place)
{
    size_t digits = strspn(text, "0123456789");
    const char *unit = text + digits;
    int power = *unit ? place_in("K M G T", unit, strlen(unit)) + 1 : 0;
    if (digits == 0 || digits > 12 || (*unit && power == 0)) {
        complain(verb, "--%s wants a number of bytes such as 4G, not '%s'",
                 option->name, text);
        return false;
    }
    *place = strtoull(text, NULL, 10);
    for (; power > 0; power--)
        *place = *place > UINT64_MAX / 1024 ? UINT64_MAX : *place * 1024;
    return true;
}

static bool take_decimal(const struct option *option, const char *text,
                         const command *verb, truce_decimal *place)
{
    const char *at = text;
    int digits = 0;
    *place = (truce_decimal){0};
    for (bool behind_point = false; *at; at++) {
        if (*at == '.' && !behind_point && digits > 0)
            behind_point = true;
        else if (*at < '0' || *at > '9' || ++digits > 18)
            break;
        else {
            place->digits = place->digits * 10 + (*at - '0');
            place->scale += behind_point;
        }
    }
    if (*at == '\0' && digits > 0)
        return true;
    complain(verb, "--%s wants a number of at most 18 digits, such as 0.01, not '%s'",
             option->name, text);
    return false;
}

static bool refuse_choice(const struct option *option, const char *word, size_t length,
                          const command *verb)
{
    complain(verb, "--%s does not know '%.*s'; it takes %s%s", option->name,
             (int)length, word,
             option->kind == OPTION_KINDS ? "some of: " : "one of: ", option->choices);
    return false;
}

static bool take_choice(const struct option *option, const char *text,
                        const command *verb, uint64_t *place)
{
    int found = place_in(option->choices, text, strlen(text));
    if (found < 0)
        return refuse_choice(option, text, strlen(text), verb);
    *place = (uint64_t)found;
    return true;
}

static bool take_kinds(const struct option *option, const char *text,
                       const command *verb, uint64_t *place)
{
    for (;; text++) {
        size_t length = strcspn(text, ",");
        int found = place_in(option->choices, text, length);
        if (found < 0)
            return refuse_choice(option, text, length, verb);
        *place |= UINT64_C(1) << found;
        text += length;
        if (*text == '\0')
            return true;
    }
}

/* There is room for as many texts as the command line has words: see options_read(). */
static void take_text(const struct option *option, const char *text, struct call *call,
                      void *place)
{
    if (option->kind == OPTION_TEXT)
        *(const char **)place = text;
    else
        call->set[call->set_count++] = text;
}

/* "A,B" into a list of its own, which ends the one given before. */
static void take_names(const char *text, struct call *call)
{
    free(call->profiles);
    free(call->profile_text);
    call->profile_text = must_have(strdup(text));
    call->profiles = must_have(calloc(strlen(text) + 1, sizeof *call->profiles));
    call->profile_count = 0;
    char *rest = call->profile_text, *name;
    while ((name = strtok_r(rest, ",", &rest)) != NULL)
        call->profiles[call->profile_count++] = name;
}

static bool take(const struct option *option, const char *text, struct call *call)
{
    void *place = (char *)call + option->place;
    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)place = true;
        return true;
    case OPTION_WHOLE:
    case OPTION_NUMBER:
        return take_number(option, text, call->command, place);
    case OPTION_BYTES:
        return take_bytes(option, text, call->command, place);
    case OPTION_DECIMAL:
        return take_decimal(option, text, call->command, place);
    case OPTION_CHOICE:
        return take_choice(option, text, call->command, place);
    case OPTION_KINDS:
        return take_kinds(option, text, call->command, place);
    case OPTION_TEXT:
    case OPTION_TEXTS:
        take_text(option, text, call, place);
        return true;
    case OPTION_NAMES:
        take_names(text, call);
        return true;
    }
    return false;
}

/* ---- the line -------------------------------------------------------------------- */

/* The option written as "--name" or "--name=value" (then value points behind "="), or
 * NULL. Of two with the same name that of the command. */
static const struct option *find(const char *word, const char **value,
                                 const command *verb)
{
    static const char *const letters[][2] = {{"-h", "--help"}, {"-o", "--output"}};
    for (size_t k = 0; k < sizeof letters / sizeof letters[0]; k++)
        if (strcmp(word, letters[k][0]) == 0)
            word = letters[k][1];
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    *value = name[length] ? name + length + 1 : NULL;
    const struct option *found = NULL;
    for (const struct option *option = options; option->name; option++)
        if (strlen(option->name) == length &&
            strncmp(option->name, name, length) == 0 &&
            (found == NULL || option_fits(option, verb)))
            found = option;
    return found;
}

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

/* The first two words that are neither options nor values of options; NULL where there
 * are not so many. */
static void find_words(int argc, char **argv, const char *words[2])
{
    const char *value;
    size_t count = 0;
    bool ended = false;
    for (int i = 1; i < argc && count < 2; i++) {
        if (ended || !is_option(argv[i])) {
            words[count++] = argv[i];
        } else if (strcmp(argv[i], "--") == 0) {
            ended = true;
        } else {
            const struct option *option = find(argv[i], &value, NULL);
            i += option && option->argument && value == NULL;
        }
    }
}

/* A family by itself is asked for help about, and nothing else. */
static bool know_verb(struct call *call, int argc, char **argv)
{
    const char *words[2] = {NULL, NULL};
    find_words(argc, argv, words);
    if (words[0] == NULL)
        return true;
    call->command = command_named(words[0], words[1]);
    if (call->command == NULL && is_family(words[0]))
        call->family = words[0];
    else if (call->command == NULL)
        complain_unknown_command(words[0]);
    return call->command || call->family;
}

static bool refuse_unknown(const char *word, const command *verb)
{
    const char *names[OPTION_COUNT];
    size_t count = 0;
    for (const struct option *option = options; option->name; option++)
        if (option_fits(option, verb) || verb == NULL)
            names[count++] = option->name;
    char bare[64] = "";
    strncat(bare, word + strspn(word, "-"), sizeof bare - 1);
    bare[strcspn(bare, "=")] = '\0';
    complain(verb, "unknown option '%s'%s", word, perhaps(bare, "--", names, count));
    return false;
}

static bool refuse_misplaced(const struct option *option, const command *verb)
{
    if (option_is_special(option))
        complain(verb, "'truce %s' does not take --%s; it belongs to: %s", verb->name,
                 option->name, option->verbs);
    else
        complain(verb, "'truce %s' does not take --%s, for it reads no scenario",
                 verb->name, option->name);
    return false;
}

/* Reads the option at argv[*i], and its value from the next word when it wants one. */
static bool read_option(int argc, char **argv, int *i, struct call *call)
{
    const char *value;
    const struct option *option = find(argv[*i], &value, call->command);
    if (option == NULL)
        return refuse_unknown(argv[*i], call->command);
    if (call->command && !option_fits(option, call->command))
        return refuse_misplaced(option, call->command);
    if (option->argument == NULL && value != NULL) {
        complain(call->command, "--%s takes no value", option->name);
        return false;
    }
    if (option->argument && value == NULL) {
        if (*i + 1 == argc || strncmp(argv[*i + 1], "--", 2) == 0) {
            complain(call->command, "--%s wants a value: --%s %s", option->name,
                     option->name, option->argument);
            return false;
        }
        value = argv[++*i];
    }
    return take(option, value, call);
}

static bool read_words(int argc, char **argv, struct call *call)
{
    size_t names = call->command ? command_words(call->command) : 1;
    bool ended = false;
    for (int i = 1; i < argc; i++) {
        if (!ended && strcmp(argv[i], "--") == 0)
            ended = true;
        else if (!ended && is_option(argv[i])) {
            if (!read_option(argc, argv, &i, call))
                return false;
        } else if (names > 0)
            names--;
        else
            call->arguments[call->argument_count++] = argv[i];
    }
    return true;
}

static bool count_arguments(const struct call *call)
{
    const command *verb = call->command;
    if (verb == NULL || call->help)
        return true;
    if (call->argument_count < verb->least)
        complain(verb, "'truce %s' wants %s", verb->name, verb->arguments);
    else if (call->argument_count > verb->most)
        complain(verb, "too many arguments: '%s'", call->arguments[verb->most]);
    else
        return true;
    return false;
}

bool options_read(int argc, char **argv, struct call *call)
{
    *call = (struct call){.seed = 1,
                          .seconds = 60,
                          .delta = NOT_GIVEN,
                          .owed = NOT_GIVEN,
                          .pairs_by = NOT_GIVEN};
    call->arguments = must_have(calloc((size_t)argc + 1, sizeof *call->arguments));
    call->set = must_have(calloc((size_t)argc + 1, sizeof *call->set));
    return know_verb(call, argc, argv) && read_words(argc, argv, call) &&
           count_arguments(call);
}

void options_forget(struct call *call)
{
    free(call->arguments);
    free(call->set);
    free(call->profiles);
    free(call->profile_text);
}
