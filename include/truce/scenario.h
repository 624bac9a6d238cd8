/* scenario.h - what a negotiation is: parties, issues, outcomes, claims and numbers.
 *
 * Plain structs, read-only for everybody but the reader of files. A scenario owns one
 * arena; every pointer below points into it. Parties, issues and all other things are
 * referred to by their index in the scenario's arrays, which keep the order of the
 * file.
 */
#ifndef TRUCE_SCENARIO_H
#define TRUCE_SCENARIO_H

#include <truce/status.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TRUCE_NOBODY SIZE_MAX /* an index that names nothing */

/* An exact decimal: digits * 10^-scale. */
typedef struct truce_decimal {
    int64_t digits;
    int32_t scale;
} truce_decimal;

/* On what a number rests, weakest last; inherited from the map around it in the file.
 */
typedef enum truce_basis {
    TRUCE_BASIS_FACT = 'F',
    TRUCE_BASIS_CLAIM = 'C',
    TRUCE_BASIS_ELICITED = 'E', /* told by the party itself */
    TRUCE_BASIS_ASSUMED = 'A',  /* the analyst's */
    TRUCE_BASIS_DEFAULT = 'D'   /* the tool's */
} truce_basis;

/* A number of the file. Exact answers use mode; drawn answers the range. A plain number
 * has low = mode = high and ranged = false. path is what --set takes:
 * "UA.outside.worth". */
typedef struct truce_number {
    truce_decimal low, mode, high;
    bool given;      /* false: absent from the file, then 0 */
    bool ranged;     /* written as a map with low and high */
    uint8_t scalars; /* how many numbers stand in the file: 0 to 3 */
    truce_basis basis;
    truce_place place;
    const char *path;
} truce_number;

/* Indices into one of the scenario's arrays. */
typedef struct truce_list {
    const size_t *items;
    size_t count;
} truce_list;

/* Texts as the file has them. */
typedef struct truce_texts {
    const char *const *items;
    size_t count;
} truce_texts;

/* Who may see a thing: everybody, the mediator alone, or one party alone. */
typedef struct truce_visibility {
    enum { TRUCE_SHARED, TRUCE_MEDIATOR_ONLY, TRUCE_PARTY_ONLY } kind;
    const char *party; /* id; NULL unless TRUCE_PARTY_ONLY */
} truce_visibility;

/* What every thing of a scenario has. */
typedef struct truce_label {
    const char *id;
    truce_place place;
    truce_basis basis;
    truce_list claims; /* scenario->claims: what it is drawn from */
    truce_visibility visibility;
    const char *note; /* or NULL */
} truce_label;

/* A condition over outcomes, such as "ceasefire >= 30-day and not nato changed". */
typedef struct truce_condition truce_condition;

/* An outcome: one value index for each issue, in the order of the issues. */
typedef uint32_t truce_value;

/* As the file has it, or the issue's id for a bare issue; lives as long as the
 * scenario. */
TRUCE_API const char *truce_condition_text(const truce_condition *condition);

/* Does it hold in outcome [issue_count]? */
TRUCE_API bool truce_condition_holds(const truce_condition *condition,
                                     const truce_value *outcome);

/* Does it mention the issue? */
TRUCE_API bool truce_condition_mentions(const truce_condition *condition, size_t issue);

/* ---- sources, claims, facts ------------------------------------------------------ */

typedef struct truce_source {
    truce_label label;
    const char *title, *kind, *file, *sha256; /* each NULL when absent */
    char reliability;                         /* Admiralty A to F, 0 when absent */
} truce_source;

/* Who speaks: a party, a delegation, a source, or words. Exactly one is set; text
 * always is. */
typedef struct truce_speaker {
    const char *text; /* as written; NULL when the file names no speaker */
    size_t party, delegation, source;
} truce_speaker;

/* A source says that somebody says. */
typedef struct truce_claim {
    truce_label label;
    size_t source;  /* or TRUCE_NOBODY */
    const char *at; /* "line 23", or NULL */
    uint32_t line;  /* 23, or 0 */
    truce_speaker speaker;
    const char *via; /* hearsay: who passed it on, or NULL */
    size_t about;    /* party, or TRUCE_NOBODY */
    const char *subject, *says, *quote, *corrected, *date; /* NULL when absent */
    uint8_t credibility;                                   /* 1 to 6, 0 when absent */
    truce_list disputes;                                   /* claims */
} truce_claim;

typedef struct truce_fact {
    truce_label label; /* label.claims are those it was promoted from */
    const char *text, *by;
    bool contested;
} truce_fact;

/* ---- who ------------------------------------------------------------------------- */

typedef enum truce_role {
    TRUCE_PRINCIPAL,
    TRUCE_ALLY,
    TRUCE_BROKER,
    TRUCE_MEDIATOR,
    TRUCE_HOST,
    TRUCE_GUARANTOR,
    TRUCE_OBSERVER
} truce_role;

/* "principal", "ally", ... static memory. */
TRUCE_API const char *truce_role_name(truce_role role);

/* An issue (then condition is "it changes" and issue is set) or a condition. */
typedef struct truce_term {
    size_t issue; /* or TRUCE_NOBODY */
    const truce_condition *condition;
} truce_term;

typedef struct truce_terms {
    const truce_term *items;
    size_t count;
} truce_terms;

/* worth [value_count] of one issue; count 0 when the party rates no value of it. For a
 * numeric issue given by its two ends, count is 2 and linear is true. */
typedef struct truce_worths {
    const truce_number *items;
    size_t count;
    bool linear;
    truce_decimal out_of; /* worths are divided by it: the `out-of` of the file, > 0;
                             digits 0: by nothing */
} truce_worths;

typedef struct truce_bonus {
    const truce_condition *condition;
    truce_number worth;
    truce_label label; /* id "bonus:UA:1" */
} truce_bonus;

typedef struct truce_red_line {
    const truce_condition *condition; /* what the party will never accept */
    truce_label label;                /* id "red:UA:1" */
} truce_red_line;

/* The floor of any settlement, and how it moves. */
typedef struct truce_outside {
    bool given;
    truce_number worth;       /* at clock.now */
    truce_number per_30_days; /* added every 30 days; given = false means 0 */
    /* [issue_count] reservation bid instead of worth, or NULL */
    const truce_value *bid;
    truce_label label; /* id "floor:UA" */
} truce_outside;

typedef struct truce_preferences {
    bool given;
    truce_label label;
    const truce_number *weights; /* [issue_count] when given, else NULL */
    const truce_worths *worths;  /* [issue_count] when given, else NULL */
    const truce_bonus *bonuses;
    size_t bonus_count;
    const truce_red_line *red_lines;
    size_t red_line_count;
    truce_outside outside;
    bool sum_as_given; /* weights are not divided by their sum */
    truce_decimal
        bonus_out_of; /* bonuses are divided by it, > 0; digits 0: by nothing */
    truce_number cap, discount;
} truce_preferences;

typedef struct truce_party {
    truce_label label;
    const char *name; /* the id when the file gives none */
    truce_role role;
    truce_list supports; /* parties */
    bool consents_to_all;
    truce_terms consent;
    truce_preferences preferences;
} truce_party;

typedef struct truce_delegation {
    truce_label label;
    size_t of; /* party */
    const char *name, *head, *level;
    truce_terms may_sign, ad_referendum;
    bool limited; /* some list is given; otherwise the mandate is full */
} truce_delegation;

typedef struct truce_process {
    bool given;
    const char *track, *format, *venue, *note; /* NULL when absent */
} truce_process;

/* ---- what ------------------------------------------------------------------------ */

typedef struct truce_issue {
    truce_label label;
    const char *title; /* the id when the file gives none */
    bool ordered, numeric;
    const char *const *values;    /* [value_count] */
    const truce_decimal *numbers; /* [value_count] of a numeric issue, else NULL */
    size_t value_count;
    truce_value status_quo;
    truce_list by; /* parties who alone do it; count 0: everybody's consent counts */
} truce_issue;

typedef struct truce_demand {
    truce_label label;
    size_t by; /* party */
    const truce_condition *wants;
    const char *strength; /* display only, or NULL */
} truce_demand;

/* `by: logic` is by = TRUCE_NOBODY and binds everybody. */
typedef struct truce_rule {
    truce_label label;
    size_t by;
    const truce_condition *given, *then; /* the file's `if` and `then` */
} truce_rule;

typedef struct truce_step {
    truce_label label;
    const char *title;
    truce_list issues;
    bool done;
} truce_step;

/* One end of an order constraint: a named step, or a term. */
typedef struct truce_stage {
    const char *text;  /* as the file has it */
    size_t step;       /* or TRUCE_NOBODY */
    truce_term term;   /* when step is TRUCE_NOBODY */
    truce_list issues; /* those it stands for */
} truce_stage;

typedef struct truce_constraint {
    truce_label label;
    size_t by; /* party, or TRUCE_NOBODY for logic */
    truce_stage first, then;
    const char *strength; /* or NULL */
    bool relaxed;         /* observed: relaxed */
    truce_list evidence;  /* facts */
} truce_constraint;

/* Issue values, a partial outcome. */
typedef struct truce_setting {
    size_t issue;
    truce_value value;
} truce_setting;

typedef struct truce_settings {
    const truce_setting *items;
    size_t count;
} truce_settings;

typedef struct truce_floor_effect {
    size_t party;
    truce_number change;
} truce_floor_effect;

typedef struct truce_threat {
    truce_label label;
    size_t by;
    truce_list asks;                /* parties who would have to carry it out */
    const truce_condition *unless;  /* or NULL */
    const char *trigger, *effect;   /* in words, or NULL */
    const char *ambiguous;          /* why it can be read in several ways, or NULL */
    const truce_settings *readings; /* what it may mean */
    size_t reading_count;
    const truce_floor_effect *outside;
    size_t outside_count;
} truce_threat;

typedef struct truce_deadline {
    truce_label label;
    size_t by; /* or TRUCE_NOBODY */
    const char *at, *effect;
    bool dated;        /* `at` could be placed on the clock */
    truce_decimal day; /* days from clock zero, when dated */
} truce_deadline;

/* ---- what happened --------------------------------------------------------------- */

typedef struct truce_position {
    size_t party;
    truce_settings values;
} truce_position;

typedef struct truce_round {
    truce_label label;
    const char *title, *place, *date, *kind, *frame; /* NULL when absent */
    truce_list parties;
    const truce_position *positions;
    size_t position_count;
} truce_round;

typedef struct truce_observation {
    truce_label label;
    truce_settings offer;
    size_t proposed_by; /* or TRUCE_NOBODY */
    truce_list accepted_by, refused_by;
    size_t round;       /* or TRUCE_NOBODY */
    const char *reason; /* or NULL */
} truce_observation;

typedef enum truce_agreement_state {
    TRUCE_AGREED,
    TRUCE_IN_FORCE,
    TRUCE_ENDED
} truce_agreement_state;

typedef struct truce_agreement {
    truce_label label;
    size_t round; /* or TRUCE_NOBODY: none given, or the present one */
    truce_settings set;
    truce_agreement_state state;
} truce_agreement;

typedef struct truce_clock {
    const char *unit, *zone; /* "day" and "UTC" by default */
    truce_decimal now;
} truce_clock;

/* ---- the whole ------------------------------------------------------------------- */

/* The format that a scenario was read from, or is to be written in. */
typedef enum truce_format {
    TRUCE_FORMAT_TRUCE,     /* truce YAML */
    TRUCE_FORMAT_GENIUS,    /* XML: a domain and profiles */
    TRUCE_FORMAT_GENIUSWEB, /* JSON: a domain and profiles */
    TRUCE_FORMAT_NEGMAS     /* YAML or JSON: an outcome space and utility functions */
} truce_format;

/* Whose reading of a file, and whose definitions of the solution points. */
typedef enum truce_convention {
    TRUCE_OWN,
    TRUCE_AS_GENIUS,
    TRUCE_AS_NEGMAS
} truce_convention;

struct truce_exchange_wish;
struct truce_accord;

typedef struct truce_scenario {
    const char *id, *title, *note; /* title and note NULL when absent */
    const char *file;              /* as it was named to the reader; a domain's */
    char sha256[65];               /* of the bytes read, in hexadecimal */
    truce_format format;
    truce_convention as; /* how it was read */
    /* a real issue became so many steps from end to end, which answers must say; 0: there
     * was none */
    size_t real_steps;
    truce_clock clock;
    truce_process process;
    const truce_source *sources;
    size_t source_count;
    const truce_claim *claims;
    size_t claim_count;
    const truce_fact *facts;
    size_t fact_count;
    const truce_party *parties;
    size_t party_count;
    const truce_delegation *delegations;
    size_t delegation_count;
    const truce_issue *issues;
    size_t issue_count;
    const truce_demand *demands;
    size_t demand_count;
    const truce_rule *rules;
    size_t rule_count;
    const truce_step *steps;
    size_t step_count;
    const truce_constraint *order;
    size_t order_count;
    const truce_threat *threats;
    size_t threat_count;
    const truce_deadline *deadlines;
    size_t deadline_count;
    const truce_round *rounds;
    size_t round_count;
    const truce_observation *observed;
    size_t observed_count;
    const truce_agreement *agreements;
    size_t agreement_count;
    const struct truce_exchange_wish *exchange; /* exchange.h; NULL: not in the file */
    const struct truce_accord *accord;          /* track.h; NULL: not in the file */
    const char *shown_to;        /* the reader it was cut down for (--for), or NULL */
    size_t withheld;             /* entries taken out for that reader */
    const char *const *settings; /* what --set changed, as given */
    size_t setting_count;
} truce_scenario;

/* The status quo with the agreements in force, into outcome [issue_count]. */
TRUCE_API void truce_scenario_today(const truce_scenario *scenario,
                                    truce_value *outcome);

/* The index of the party with this id, or, when there is none, the one whose number
 * from 1 this is; TRUCE_NOBODY otherwise. O(parties). */
TRUCE_API size_t truce_scenario_party(const truce_scenario *scenario, const char *name);

TRUCE_API void truce_scenario_free(truce_scenario *scenario); /* NULL is fine */

#ifdef __cplusplus
}
#endif

#endif
