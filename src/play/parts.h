/* parts.h - the tables of all strategies, bidding and acceptance rules and models. */
#ifndef PLAY_PARTS_H
#define PLAY_PARTS_H

#include "play/player.h"
#include "play/protocol.h"

extern const bidding bidding_time, bidding_random, bidding_tit_for_tat,
    bidding_nice_tit_for_tat, bidding_micro, bidding_hybrid, bidding_trade_off,
    bidding_annealing, bidding_climbing, bidding_agent_k, bidding_nozomi, bidding_fsega,
    bidding_agent_smith, bidding_hardheaded, bidding_gahboninho, bidding_iamhaggler,
    bidding_cuhk, bidding_fawkes, bidding_atlas3, bidding_ponpoko;

extern const acceptance_rule accept_target, accept_next, accept_next_strict,
    accept_previous, accept_constant, accept_time, accept_gap, accept_combi,
    accept_probability, accept_anything, accept_micro;

extern const model model_frequency, model_smith, model_bayesian, model_cuhk,
    model_agentx, model_uniform, model_perfect;

/* Reads strategies parted by commas, as truce_session_choices.with, into read [most]; texts
 * in memory. own [own_count] are the caller's, which come first. Returns how many there
 * are; 0 when it makes no sense, which error then says with the nearest name. */
size_t strategies_read(const char *text, const truce_strategy *own, size_t own_count,
                       truce_convention as, strategy *read, size_t most, arena *memory,
                       truce_error *error);

/* Cuts the text after its first strategy: what follows the comma, or NULL. */
char *strategies_cut(char *text);

/* NULL: sao. NULL when there is none of that name, which error then says. */
const protocol *protocol_named(const char *name, truce_error *error);

#endif
