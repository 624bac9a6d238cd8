"""A stand-in for NegMAS in tests, where NegMAS itself is not installed.

It has the names that truce.negmas uses, with what NegMAS's documentation says they take and do, and nothing of NegMAS's
code. What holds with it shows that the adapter keeps to the documented protocol; whether NegMAS does, only NegMAS shows.
"""

import enum
import itertools
import types

_ids = itertools.count()


class ResponseType(enum.Enum):
    ACCEPT_OFFER = 0
    REJECT_OFFER = 1
    END_NEGOTIATION = 2


def make_issue(values, name=None):
    return types.SimpleNamespace(name=name, values=list(values))


class MappingUtilityFunction:
    def __init__(self, mapping, default=None, *, issues=None, outcome_space=None, reserved_value=float("-inf")):
        self.mapping, self.reserved_value, self.issues = mapping, reserved_value, issues

    def __call__(self, offer):
        return self.reserved_value if offer is None else self.mapping(offer)


class SAONegotiator:
    """The only method that must be written is propose; respond accepts what is worth at least what it proposes."""

    def __init__(self, name=None):
        self.name, self.id, self.ufun = name, f"{name}-{next(_ids)}", None

    def propose(self, state, dest=None):
        raise NotImplementedError

    def respond(self, state, source=None):
        mine = self.propose(state)
        return (ResponseType.ACCEPT_OFFER if mine is not None and self.ufun(state.current_offer) >= self.ufun(mine)
                else ResponseType.REJECT_OFFER)

    def on_negotiation_end(self, state):
        pass


class SAOMechanism:
    """Stacked alternating offers: each step every negotiator in turn answers the standing offer or proposes."""

    def __init__(self, issues, n_steps):
        self.issues, self.n_steps, self.negotiators = issues, n_steps, []
        self.state = types.SimpleNamespace(
            step=0, relative_time=1 / (n_steps + 1), current_offer=None, current_proposer=None, n_acceptances=0,
            agreement=None, broken=False, timedout=False, running=True)

    def add(self, negotiator, *, ufun=None, preferences=None):
        negotiator.ufun = ufun or preferences
        negotiator.issues = self.issues
        self.negotiators.append(negotiator)

    def _turn(self, negotiator):
        state = self.state
        if state.current_offer is not None and state.current_proposer != negotiator.id:
            said = negotiator.respond(state)
            if said == ResponseType.END_NEGOTIATION:
                state.broken = True
                return
            if said == ResponseType.ACCEPT_OFFER:
                state.n_acceptances += 1
                if state.n_acceptances == len(self.negotiators):
                    state.agreement = state.current_offer
                return
        offer = negotiator.propose(state)
        if offer is None:
            state.broken = True
            return
        state.current_offer, state.current_proposer, state.n_acceptances = offer, negotiator.id, 1

    def run(self):
        state = self.state
        for state.step in range(self.n_steps):
            state.relative_time = (state.step + 1) / (self.n_steps + 1)
            for negotiator in self.negotiators:
                self._turn(negotiator)
                if state.broken or state.agreement is not None:
                    break
            else:
                continue
            break
        else:
            state.timedout = True
        state.running = False
        for negotiator in self.negotiators:
            negotiator.on_negotiation_end(state)
        return state
