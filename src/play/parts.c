/* parts: what can be named, and how names and parameters are read.
 *
 *     strategies  = strategy { "," strategy }
 *     strategy    = NAME [ ":" setting { "," setting } ]
 *     setting     = PARAMETER "=" VALUE
 *
 * A piece without ':' and with '=' is a setting of the strategy before it. Of "boa" the
 * settings offer, accept and model name parts, and "offer.e" a part's parameter; a
 * parameter without a part is that of the first part that has one of this name.
 * "exec:COMMAND" is a program of somebody else; "\\," in it stands for a comma.
 */
#include "play/parts.h"

#include "base/error.h"
#include "base/names.h"
#include "play/external.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the tables ------------------------------------------------------------------------ */

static const bidding *const biddings[] = {
    &bidding_time,
    &bidding_random,
    &bidding_tit_for_tat,
    &bidding_micro,
    &bidding_nice_tit_for_tat,
    &bidding_hybrid,
    &bidding_trade_off,
    &bidding_annealing,
    &bidding_climbing,
    &bidding_agent_k,
    &bidding_nozomi,
    &bidding_fsega,
    &bidding_agent_smith,
    &bidding_hardheaded,
    &bidding_gahboninho,
    &bidding_iamhaggler,
    &bidding_cuhk,
    &bidding_fawkes,
    &bidding_atlas3,
    &bidding_ponpoko,
};

static const acceptance_rule *const acceptances[] = {
    &accept_next,        &accept_target,   &accept_next_strict, &accept_previous,
    &accept_constant,    &accept_time,     &accept_gap,         &accept_combi,
    &accept_probability, &accept_anything, &accept_micro,
};

static const model *const models[] = {
    &model_frequency, &model_smith,   &model_bayesian, &model_cuhk,
    &model_agentx,    &model_uniform, &model_perfect,
};

static const protocol *const protocols[] = {
    &protocol_sao,
    &protocol_amop,
    &protocol_mopac,
    &protocol_text,
    &protocol_random_mediator,
};

/* Names for combinations. genius: what stands for it under GENIUS's rules, if another. */
typedef struct combination {
    truce_part part;
    const char *genius;
} combination;

static const combination combinations[] = {
    {{.name = "boulware",
      .line = "concedes late",
      .paper = "Faratin, Sierra, Jennings 1998",
      .made_of = "offer=time,offer.e=4,accept=target"},
     "offer=time,offer.e=0.2,accept=above-next"},
    {{.name = "linear",
      .line = "concedes evenly",
      .paper = "Faratin, Sierra, Jennings 1998",
      .made_of = "offer=time,offer.e=1,accept=target"},
     "offer=time,offer.e=1,accept=above-next"},
    {{.name = "conceder",
      .line = "concedes early",
      .paper = "Faratin, Sierra, Jennings 1998",
      .made_of = "offer=time,offer.e=0.25,accept=target"},
     "offer=time,offer.e=2,accept=above-next"},
    {{.name = "hardliner",
      .line = "never concedes",
      .paper = "Faratin, Sierra, Jennings 1998",
      .made_of = "offer=time,offer.e=inf,accept=target"},
     "offer=time,offer.e=0,accept=above-next"},
    {{.name = "random",
      .line = "any admissible offer, accepts what is no worse than its next",
      .paper = "a baseline",
      .made_of = "offer=random,accept=next"},
     NULL},
    {{.name = "nice",
      .line = "any admissible offer, accepts anything admissible",
      .paper = "a baseline",
      .made_of = "offer=random,accept=anything"},
     NULL},
    {{.name = "tit-for-tat",
      .line = "gives as much as it is given",
      .paper = "Faratin, Sierra, Jennings 1998",
      .made_of = "offer=tit-for-tat,accept=next"},
     NULL},
    {{.name = "nice-tit-for-tat",
      .line = "mirrors the way to the Nash point, with offers the others like",
      .paper = "Baarslag, Hindriks, Jonker 2013",
      .made_of = "offer=nice-tit-for-tat,accept=combi,model=bayesian"},
     NULL},
    {{.name = "micro",
      .line = "one new offer for each new one received, best first",
      .paper = "de Jonge 2022",
      .made_of = "offer=micro,accept=micro"},
     NULL},
    {{.name = "hybrid",
      .line = "by the clock and by the others' moves",
      .paper = "Keskin, Cakan, Aydogan 2021",
      .made_of = "offer=hybrid,accept=next"},
     NULL},
    {{.name = "trade-off",
      .line = "of offers alike to itself, the one that suits the others best",
      .paper = "Faratin, Sierra, Jennings 2002",
      .made_of = "offer=trade-off,accept=next,model=frequency"},
     NULL},
    {{.name = "annealer",
      .line = "of a mediated text, accepts worse ones early",
      .paper = "Klein, Faratin, Sayama, Bar-Yam 2003",
      .made_of = "offer=annealing,accept=next"},
     NULL},
    {{.name = "hill-climber",
      .line = "of a mediated text, accepts only what is no worse",
      .paper = "Klein, Faratin, Sayama, Bar-Yam 2003",
      .made_of = "offer=climbing,accept=next"},
     NULL},
    {{.name = "agent-k",
      .line = "by what the others' offers say can be reached",
      .paper = "Kawaguchi, Fujita, Ito 2011",
      .made_of = "offer=agent-k,accept=probability"},
     NULL},
    {{.name = "nozomi",
      .line = "its best at first, then towards the others' best",
      .paper = "Ito group 2012",
      .made_of = "offer=nozomi,accept=next,model=frequency"},
     NULL},
    {{.name = "fsega",
      .line = "band by band from the top",
      .paper = "Serban, Silaghi, Litan 2012",
      .made_of = "offer=fsega,accept=next,model=bayesian"},
     NULL},
    {{.name = "agent-smith",
      .line = "what the others like best among what is worth enough",
      .paper = "van Galen Last 2012",
      .made_of = "offer=agent-smith,accept=next,model=smith"},
     NULL},
    {{.name = "hardheaded",
      .line = "hardly concedes, and suits the others where it costs nothing",
      .paper = "van Krimpen, Looije, Hajizadeh 2013",
      .made_of = "offer=hardheaded,accept=next,model=frequency"},
     NULL},
    {{.name = "gahboninho",
      .line = "the nicer the others, the greedier it stays",
      .paper = "Ben Adar, Sofy, Elimelech 2013",
      .made_of = "offer=gahboninho,accept=next,model=frequency"},
     NULL},
    {{.name = "iamhaggler",
      .line = "foresees when the others' offers are worth most",
      .paper = "Williams, Robu, Gerding, Jennings 2011",
      .made_of = "offer=iamhaggler,accept=next"},
     NULL},
    {{.name = "cuhk",
      .line = "concedes until a point that the others' toughness sets",
      .paper = "Hao, Leung 2014",
      .made_of = "offer=cuhk,accept=next,model=cuhk"},
     NULL},
    {{.name = "fawkes",
      .line = "in kind, and not below what it foresees",
      .paper = "Koeman et al. 2015",
      .made_of = "offer=fawkes,accept=next,model=bayesian"},
     NULL},
    {{.name = "atlas3",
      .line = "for several parties; their best offer at the last call",
      .paper = "Mori, Ito 2017",
      .made_of = "offer=atlas3,accept=next,model=frequency"},
     NULL},
    {{.name = "ponpoko",
      .line = "for several parties; a band by a pattern that it draws",
      .paper = "Aydogan et al. 2018",
      .made_of = "offer=ponpoko,accept=target"},
     NULL},
};

enum {
    BIDDINGS = sizeof biddings / sizeof *biddings,
    ACCEPTANCES = sizeof acceptances / sizeof *acceptances,
    MODELS = sizeof models / sizeof *models,
    PROTOCOLS = sizeof protocols / sizeof *protocols,
    COMBINATIONS = sizeof combinations / sizeof *combinations,
    MOST_PARTS = 64
};

/* The part of an entry is its first member, so every table can be seen as one of parts. */
static const truce_part *part_at(truce_part_kind kind, size_t place)
{
    switch (kind) {
    case TRUCE_STRATEGY:
        return place < COMBINATIONS ? &combinations[place].part : NULL;
    case TRUCE_BIDDING:
        return place < BIDDINGS ? &biddings[place]->part : NULL;
    case TRUCE_ACCEPTANCE:
        return place < ACCEPTANCES ? &acceptances[place]->part : NULL;
    case TRUCE_MODEL:
        return place < MODELS ? &models[place]->part : NULL;
    case TRUCE_PROTOCOL:
        return place < PROTOCOLS ? &protocols[place]->part : NULL;
    case TRUCE_PART_KINDS:
        break;
    }
    return NULL;
}

const truce_part *truce_part_at(truce_part_kind kind, size_t place)
{
    return part_at(kind, place);
}

/* ---- names -------------------------------------------------------------------------------- */

static const char *const kind_words[TRUCE_PART_KINDS] = {
    "strategy", "bidding rule", "acceptance rule", "model", "protocol"};

static const char *nearest_of(truce_part_kind kind, const char *name)
{
    const char *all[MOST_PARTS];
    size_t count = 0;
    for (const truce_part *part; (part = part_at(kind, count)) != NULL;)
        all[count++] = part->name;
    return names_nearest(name, all, count);
}

/* The place in its table, or NAMES_NONE, which error then says. */
static size_t place_of(truce_part_kind kind, const char *name, truce_error *error)
{
    size_t place = 0;
    for (const truce_part *part; (part = part_at(kind, place)) != NULL; place++)
        if (strcmp(part->name, name) == 0)
            return place;
    const char *near = nearest_of(kind, name);
    error_say(error, TRUCE_CALL, "there is no %s \"%s\"%s%s%s", kind_words[kind], name,
              near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return NAMES_NONE;
}

const protocol *protocol_named(const char *name, truce_error *error)
{
    size_t place = name ? place_of(TRUCE_PROTOCOL, name, error) : 0;
    return place == NAMES_NONE ? NULL : protocols[place];
}

/* ---- parameters --------------------------------------------------------------------------- */

static void take_usual(const truce_part *part, double *given)
{
    const truce_parameter *all = part->parameters;
    for (size_t k = 0; all && all[k].name; k++)
        given[k] = all[k].usual;
}

static size_t parameter_of(const truce_part *part, const char *name)
{
    const truce_parameter *all = part ? part->parameters : NULL;
    for (size_t k = 0; all && all[k].name; k++)
        if (strcmp(all[k].name, name) == 0)
            return k;
    return NAMES_NONE;
}

typedef struct slot {
    const truce_part *part; /* NULL: none */
    double *given;
    const char *prefix;
} slot;

static void slots_of(strategy *read, slot slots[3])
{
    slots[0] = (slot){read->bids ? &read->bids->part : NULL, read->bid_given, "offer."};
    slots[1] =
        (slot){read->takes ? &read->takes->part : NULL, read->take_given, "accept."};
    slots[2] = (slot){read->guesses ? &read->guesses->part : NULL, read->guess_given,
                      "model."};
}

static bool set_number(const truce_parameter *which, double *given, const char *value,
                       truce_error *error)
{
    char *end = NULL;
    double number = strtod(value, &end);
    if (end == value || *end != '\0' || !(number >= which->least) ||
        !(number <= which->most))
        return error_say(error, TRUCE_CALL,
                         "\"%s=%s\": expected a number from %g to %g (%s)", which->name,
                         value, which->least, which->most, which->line),
               false;
    *given = number;
    return true;
}

/* The parameters there are, for whoever wrote another. */
static void say_parameters(strategy *read, const char *name, truce_error *error)
{
    slot slots[3];
    slots_of(read, slots);
    char all[400] = "";
    for (int s = 0; s < 3; s++)
        for (size_t k = 0; slots[s].part && slots[s].part->parameters &&
                           slots[s].part->parameters[k].name;
             k++) {
            size_t used = strlen(all);
            snprintf(all + used, sizeof all - used, "%s%s", used ? ", " : "",
                     slots[s].part->parameters[k].name);
        }
    error_say(error, TRUCE_CALL, "\"%s\" has no parameter \"%s\"; it has %s",
              read->text, name, all[0] ? all : "none");
}

static bool set_parameter(strategy *read, const char *name, const char *value,
                          truce_error *error)
{
    slot slots[3];
    slots_of(read, slots);
    for (int s = 0; s < 3; s++) {
        size_t skip = strlen(slots[s].prefix);
        bool named = strncmp(name, slots[s].prefix, skip) == 0;
        size_t k = parameter_of(slots[s].part, named ? name + skip : name);
        if (k != NAMES_NONE)
            return set_number(&slots[s].part->parameters[k], &slots[s].given[k], value,
                              error);
    }
    say_parameters(read, name, error);
    return false;
}

/* ---- one strategy --------------------------------------------------------------------------- */

static bool set_bidding(strategy *read, const char *name, truce_error *error)
{
    size_t place = place_of(TRUCE_BIDDING, name, error);
    if (place == NAMES_NONE)
        return false;
    read->bids = biddings[place];
    take_usual(&read->bids->part, read->bid_given);
    return true;
}

static bool set_acceptance(strategy *read, const char *name, truce_error *error)
{
    size_t place = place_of(TRUCE_ACCEPTANCE, name, error);
    if (place == NAMES_NONE)
        return false;
    read->takes = acceptances[place];
    take_usual(&read->takes->part, read->take_given);
    return true;
}

static bool set_model(strategy *read, const char *name, truce_error *error)
{
    if (strcmp(name, "none") == 0) {
        read->guesses = NULL;
        return true;
    }
    size_t place = place_of(TRUCE_MODEL, name, error);
    if (place == NAMES_NONE)
        return false;
    read->guesses = models[place];
    take_usual(&read->guesses->part, read->guess_given);
    return true;
}

static bool set_one(strategy *read, const char *name, const char *value,
                    truce_error *error)
{
    if (strcmp(name, "offer") == 0)
        return set_bidding(read, value, error);
    if (strcmp(name, "accept") == 0)
        return set_acceptance(read, value, error);
    if (strcmp(name, "model") == 0)
        return set_model(read, value, error);
    return set_parameter(read, name, value, error);
}

/* "name=value", in a copy that may be cut. */
static bool set_from(strategy *read, char *setting, truce_error *error)
{
    char *equals = strchr(setting, '=');
    if (equals == NULL)
        return error_say(error, TRUCE_CALL, "\"%s\": expected name=value", setting),
               false;
    *equals = '\0';
    return set_one(read, setting, equals + 1, error);
}

static bool set_all(strategy *read, const char *settings, arena *memory,
                    truce_error *error)
{
    char *copy = arena_text(memory, settings);
    for (char *next; copy; copy = next) {
        next = strchr(copy, ',');
        if (next)
            *next++ = '\0';
        if (!set_from(read, copy, error))
            return false;
    }
    return true;
}

static bool begin_combination(strategy *read, const char *name, truce_convention as,
                              arena *memory, truce_error *error)
{
    if (strcmp(name, "boa") == 0)
        return set_all(read, "offer=time,accept=next", memory, error);
    size_t place = place_of(TRUCE_STRATEGY, name, error);
    if (place == NAMES_NONE)
        return false;
    const combination *made = &combinations[place];
    bool other = as == TRUCE_AS_GENIUS && made->genius;
    return set_all(read, other ? made->genius : made->part.made_of, memory, error);
}

static const truce_strategy *own_named(const char *name, const truce_strategy *own,
                                       size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (strcmp(own[k].name, name) == 0)
            return &own[k];
    return NULL;
}

/* ---- several -------------------------------------------------------------------------------- */

/* Cuts the next strategy off: up to the comma before a piece that is no setting. */
char *strategies_cut(char *text)
{
    for (char *comma = strchr(text, ','); comma; comma = strchr(comma + 1, ',')) {
        size_t length = strcspn(comma + 1, ",");
        const char *equals = memchr(comma + 1, '=', length);
        const char *colon = memchr(comma + 1, ':', length);
        bool escaped = comma > text && comma[-1] == '\\';
        if (escaped || (equals && (!colon || colon > equals)))
            continue;
        *comma = '\0';
        return comma + 1;
    }
    return NULL;
}

static bool read_one(strategy *read, char *text, const truce_strategy *own,
                     size_t own_count, truce_convention as, arena *memory,
                     truce_error *error)
{
    *read = (strategy){.text = arena_text(memory, text)};
    if (is_external(text)) {
        read->own = external_strategy(text, memory, error);
        return read->own != NULL;
    }
    char *colon = strchr(text, ':');
    if (colon)
        *colon = '\0';
    read->own = own_named(text, own, own_count);
    if (read->own)
        return colon == NULL ||
               (error_say(error, TRUCE_CALL, "\"%s\" has no parameters", text), false);
    if (strchr(text, '|'))
        return error_say(error, TRUCE_CALL,
                         "\"%s\": several strategies for one seat need --draws", text),
               false;
    if (!begin_combination(read, text, as, memory, error))
        return false;
    return colon == NULL || set_all(read, colon + 1, memory, error);
}

size_t strategies_read(const char *text, const truce_strategy *own, size_t own_count,
                       truce_convention as, strategy *read, size_t most, arena *memory,
                       truce_error *error)
{
    if (text == NULL || *text == '\0')
        return error_say(error, TRUCE_CALL, "no strategy is named"), 0;
    size_t count = 0;
    char *rest = arena_text(memory, text);
    for (char *next; rest; rest = next) {
        next = strategies_cut(rest);
        if (count == most)
            return error_say(error, TRUCE_CALL,
                             "there are %zu at the table, and more strategies", most),
                   0;
        if (!read_one(&read[count++], rest, own, own_count, as, memory, error))
            return 0;
    }
    return count;
}
