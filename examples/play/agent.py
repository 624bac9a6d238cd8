#!/usr/bin/env python3
"""A party of one's own: concedes evenly from its best outcome to its worst admissible one.

    truce negotiate scenarios/tiny.truce.yaml --with 'exec:python3 examples/play/agent.py,boulware'

docs/agents.md has every message. One JSON object a line, both ways.
"""
import json
import sys


def say(message):
    print(json.dumps(message), flush=True)


def listen():
    line = sys.stdin.readline()
    return json.loads(line) if line else {"type": "end"}


def ask(question):
    say(question)
    return listen()


hello = listen()


def target(t):
    return hello["greatest"] - t * (hello["greatest"] - hello["least"])


while True:
    message = listen()
    if message["type"] == "end":
        break
    if message["type"] in ("answer", "vote"):  # a vote is against the text that stands
        least = message.get("against_utility", target(message["t"]))
        say({"accept": message["utility"] >= least})
    elif message["type"] == "offer":
        reply = ask({"ask": "at-least", "utility": target(message["t"])})
        say({"offer": reply["offer"]})
    # "heard" needs no answer: another party made an offer
