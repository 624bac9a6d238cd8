#!/usr/bin/env python3
"""Kills `truce track add` while it adds: no event that it acknowledged may be lost.

The writer gets events on its standard input, one to forty, and says them on its standard output
once they are on the disk. It is killed (-9) at a random moment, again and again on the same log.
After each kill all acknowledged events must stand in the log, each line must be whole but for a
torn last one, and the next writer (with --repair) must go on from there. A busy machine is waited
for: the moments come later while nothing was said before them.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time

AGREEMENT = """truce-agreement: 1
id: made-up
invented: yes
parties: [A, B]
in-force: 2025-06-01
commitments:
  c-1: {kind: do, text: something, debtor: A, creditor: B, consequent: {type: x, by: A}, within: 3d}
"""
EVENT = '{"kind":"act","by":"A","type":"x","evidence":"%0200d"}\n'


def run_and_kill(command, count, seconds):
    """The ids that were acknowledged before the writer was killed."""
    with tempfile.TemporaryFile() as events:
        events.write(''.join(EVENT % k for k in range(count)).encode())
        events.seek(0)
        writer = subprocess.Popen(command, stdin=events, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL)
    time.sleep(seconds)
    writer.kill()
    said = writer.communicate()[0].decode()
    whole = said[:said.rfind('\n') + 1]
    return [json.loads(line)['id'] for line in whole.splitlines()]


def ids_of(log):
    with open(log, encoding='utf-8') as file:
        text = file.read()
    whole = text[:text.rfind('\n') + 1]
    return [json.loads(line)['id'] for line in whole.splitlines()]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--truce', default='build/src/cmd/truce')
    parser.add_argument('--count', type=int, default=50)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    moments = random.Random(options.seed)
    failed, acknowledged, slowness = 0, [], 1
    with tempfile.TemporaryDirectory() as folder:
        agreement, log = os.path.join(folder, 'a.yaml'), os.path.join(folder, 'log.jsonl')
        with open(agreement, 'w', encoding='utf-8') as file:
            file.write(AGREEMENT)
        command = [options.truce, 'track', 'add', agreement, '-', '--log', log, '--repair']
        for kill in range(options.count):
            said = run_and_kill(command, moments.randint(1, 40), slowness * moments.uniform(0.0005, 0.02))
            acknowledged += said
            slowness = max(1, 0.8 * slowness) if said else min(50, 1.3 * slowness)
            there = ids_of(log) if os.path.exists(log) else []
            lost = set(acknowledged) - set(there)
            if lost or len(set(there)) < len(there):
                failed += 1
                print(f'kill {kill}: lost {sorted(lost)}, {len(there)} lines', file=sys.stderr)
    if not acknowledged:
        failed += 1
        print('nothing was ever acknowledged', file=sys.stderr)
    print(f'{len(acknowledged)} events acknowledged')
    print(f'{options.count - failed} passed, {failed} failed')
    return failed > 0


if __name__ == '__main__':
    sys.exit(main())
