"""A negotiator of NegMAS at truce's table, against a strategy of the library.

    python3 examples/python/negmas_party.py [SCENARIO] [PARTY]
"""

import sys

import truce
import truce.negmas


def main(path: str = "scenarios/tiny.truce.yaml", party: str = "ANA") -> None:
    try:
        from negmas.sao import BoulwareTBNegotiator
    except ImportError:
        print("NegMAS is not installed: pip install negmas")
        return
    talks = truce.load(path)
    session = talks.negotiate(truce.negmas.seated(BoulwareTBNegotiator, talks, party), "boulware")
    print(session.ended, session.agreement, session.utilities)


main(*sys.argv[1:])
