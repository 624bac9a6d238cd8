#!/usr/bin/env python3
"""Plants faults in a copy of the tree, one at a time: does a test fail for each?

    planted.py [--keep DIR] [--jobs 2] [--places] [QUESTION…]

A test that no fault can fail proves nothing. Each fault is a small slip in one place, of
the kind that is made: a sign, an end of a range, a comparison. It must compile, and the
test named with it must fail by itself (not by a crash of the build). Without faults all
of them must pass. The last line counts.
"""

import argparse
import collections
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
SECONDS = 120  # a fault may make a test run forever: that counts as failing
ORACLE = "oracle"  # instead of a unit test: tests/oracle/compare.py on some scenarios
CORE = "core"  # instead of a unit test: tests/oracle/core.c on some thousand scenarios
TRACK = "track"  # ... tests/oracle/track.c on some thousand agreements
EXCHANGE = "exchange"  # ... tests/oracle/exchange.c on some thousand lists
PLANS = "plans"        # ... tests/oracle/plans.c on some thousand small ones
SESSIONS = "sessions"  # ... tests/oracle/sessions.c on some thousand sessions
VAST = "vast"  # ... tests/oracle/vast.c on some dozen spaces, each asked dozens of times
OWN_ORACLES = {VAST: 60, CORE: 10000, TRACK: 20000, EXCHANGE: 5000, PLANS: 20000, SESSIONS: 5000}

Fault = collections.namedtuple("Fault", "question says path old new test")

FAULTS = [
    Fault("tournament", "a tie's rank is its first place", "src/tournament/statistics.c",
          "ranks[i] = k + end + 1;", "ranks[i] = 2 * k + 2;", "tournament"),
    Fault("tournament", "Holm's factor never falls", "src/tournament/statistics.c",
          "(double)(known - k)));", "(double)known));", "tournament"),
    Fault("tournament", "the t test forgets a degree of freedom",
          "src/tournament/statistics.c", "student_p(*t, (double)(count - 1));",
          "student_p(*t, (double)count);", "tournament"),
    Fault("tournament", "a mix need not be a best reply", "src/tournament/game.c",
          "if (regret > nearly * scale)", "if (regret > nearly + 10 * scale)", "tournament"),
    Fault("tournament", "self-play is left in", "src/tournament/jobs.c",
          "return !(alike && all->plan.without_self_play);", "return true;", "tournament"),
    Fault("deals", "a floor is reached only by more than the floor", "src/space/reach.inc",
          "word |= (uint64_t)(sums[64 * whole + k] >= least) << k;",
          "word |= (uint64_t)(sums[64 * whole + k] > least) << k;", "count"),
    Fault("deals", "the same in the words before the last", "src/space/reach.inc",
          "word |= (uint64_t)(sums[64 * w + k] >= least) << k;",
          "word |= (uint64_t)(sums[64 * w + k] > least) << k;", "count"),
    Fault("deals", "an equal sum does not cover", "src/solve/archive.c",
          "if (one[k] < other[k])\n            return false;",
          "if (one[k] <= other[k])\n            return false;", "deals"),
    Fault("deals", "two losses multiply to a gain", "src/solve/fair.c",
          "if (gain(game, sums, p) < 0)\n            return false;",
          "if (gain(game, sums, p) < 0 && game->parties == 0)\n"
          "            return false;", "deals"),
    Fault("deals", "of negative bonuses nothing is feared", "src/solve/count.c",
          "(holds == TRUTH_OPEN && amount < 0)",
          "(holds == TRUTH_OPEN && amount > 0)", "count"),
    Fault("deals", "who does an issue alone is not the only one asked",
          "src/space/acceptance.c",
          "return list_holds(by, party);",
          "return list_holds(by, party) || scenario->parties[party].consents_to_all;",
          "count"),
    Fault("deals", "nobody is asked about no change", "src/space/acceptance.c",
          "    if (one->consents_to_all)\n        parts[count++]",
          "    if (one->consents_to_all && asked == 0)\n        parts[count++]", "count"),
    Fault("frontier", "two sums: a step of the stairs is one too low", "src/solve/front_stairs.inc",
          "return all->tops[axis_cell(&all->x, x) + 1] >= z;",
          "return all->tops[axis_cell(&all->x, x)] >= z;", "front"),
    Fault("frontier", "two sums: a point of the same height does not cover",
          "src/solve/front_stairs.inc", "if ((all->points[p].x >= x) & (all->points[p].z >= z))",
          "if ((all->points[p].x > x) & (all->points[p].z >= z))", CORE),
    Fault("frontier", "three sums: the next column is not looked at", "src/solve/front_grid.inc",
          "for (size_t at = cell + all->side; all->tops[at] >= z; at += all->side)",
          "for (size_t at = cell + all->side; all->tops[at] > z; at += all->side)", "front"),
    Fault("frontier", "more sums: only one child of a node is searched", "src/solve/front_tree.inc",
          "    return node_covers(all, t, 2 * node + 1, sums) ||\n"
          "           node_covers(all, t, 2 * node, sums);",
          "    return node_covers(all, t, 2 * node + 1, sums);", "front"),
    Fault("frontier", "as good in all but the first is as good", "src/solve/front_tree.inc",
          "static bool reaches(const num *one, const num *sums, size_t dims)\n{\n"
          "    for (size_t d = 0;",
          "static bool reaches(const num *one, const num *sums, size_t dims)\n{\n"
          "    for (size_t d = 1;", CORE),
    Fault("frontier", "the outcomes of equal sums are counted once", "src/solve/front_kept.c",
          "    if (kept->words &&\n        !add_count(",
          "    if (kept->words && index % 2 == 0 &&\n        !add_count(", CORE),
    Fault("frontier", "a bonus is had though a condition of it is open", "src/solve/automaton.c",
          "if (e > task->watched && left == FORMULA_YES) {",
          "if (e > task->watched && left != FORMULA_NO) {", CORE),
    Fault("frontier", "a rule that is broken early is forgotten", "src/solve/automaton.c",
          "if (e == 0 && left == FORMULA_NO)", "if (e == 1 && left == FORMULA_NO)", CORE),
    Fault("frontier", "a cap is not looked for", "src/solve/carry_end.c",
          "            binds = front_sum(all, k, d) > caps[d];",
          "            binds = front_sum(all, k, d) > 2 * caps[d];", CORE),
    Fault("boxes", "a box that has a conflict less is dropped", "src/solve/boxes_search.c",
          "if (mine[w] & set[w] & ~its[w])\n            return false;",
          "if (mine[w] & set[w] & ~its[w] & 1)\n            return false;", "boxes"),
    Fault("boxes", "a box is taken though something conflicts", "src/solve/boxes_search.c",
          "if (count_common(conflicts_of(search, b), at->rest, words) == 0)",
          "if (count_common(conflicts_of(search, b), at->rest, words) <= 1)", "boxes"),
    Fault("count", "a floor that is just reached is lost", "src/solve/count_states.c",
          "r->key[d] + r->most[d] < r->floor[d])", "r->key[d] + r->most[d] <= r->floor[d])",
          "count_states"),
    Fault("track", "a deadline is the last instant in time", "src/track/commitment.c",
          "if (at->from >= one->deadline ||\n            (release",
          "if (at->from > one->deadline ||\n            (release", TRACK),
    Fault("track", "time is over one instant later", "src/track/commitment.c",
          "else if (of->now >= one->deadline)", "else if (of->now > one->deadline)", TRACK),
    Fault("track", "a condition counts at the instant its window closes", "src/track/commitment.c",
          "if (at->from >= what->until)", "if (at->from > what->until)", TRACK),
    Fault("track", "one too few will do", "src/track/commitment.c",
          "if (one->counted >= of->accord->commitments[commitment].count)",
          "if (one->counted + 1 >= of->accord->commitments[commitment].count)", TRACK),
    Fault("track", "at one instant a release comes before what set the debt going",
          "src/track/commitment.c",
          "of->log.items[release].from >= end)", "of->log.items[release].from > end)", TRACK),
    Fault("track", "days are 24 hours", "src/base/calendar.c",
          "if (later.unit != TRUCE_DAYS || later.count == 0)",
          "if (later.unit <= TRUCE_DAYS || later.count == 0)", TRACK),
    Fault("track", "what leaves a window stays an instant longer", "src/track/trigger.c",
          "in->trigger->within) > now)", "in->trigger->within) >= now)", TRACK),
    Fault("track", "the midnight after is that of the day itself", "src/track/snapback.c",
          "+ what->wait.count + 1);", "+ what->wait.count);", TRACK),
    Fault("track", "a finding below the threshold is sure", "src/track/events.c",
          "accord->threshold) >= 0", "accord->threshold) >= -1", TRACK),
    Fault("track", "the first finding stands", "src/track/settle.c",
          "is_later(a->by, b->by) ? -1 : 1", "is_later(a->by, b->by) ? 1 : -1", TRACK),
    Fault("exchange", "who is held longest comes last", "src/exchange/ranking.c",
          "(uint32_t)((int64_t)who->captured - INT32_MIN - 1);",
          "(uint32_t)(INT32_MAX - (int64_t)who->captured);", EXCHANGE),
    Fault("exchange", "who costs as much as another is worth is a gain", "src/exchange/pairs.c",
          "by_cost[entered]->cost < takers[k].worth", "by_cost[entered]->cost <= takers[k].worth",
          "pairs"),
    Fault("exchange", "of the line of worths one way costs nothing", "src/exchange/pairs.c",
          ".cost = (int64_t)(made.stops[v + 1]->worth - made.stops[v]->worth)}",
          ".cost = back ? 0 : (int64_t)(made.stops[v + 1]->worth - made.stops[v]->worth)}", "pairs"),
    Fault("exchange", "an arc that is full is taken for empty", "src/exchange/flow_cheapest.c",
          "t->flow[old] == 0 ? EMPTY : FULL", "EMPTY", "flow"),
    Fault("exchange", "prices below the arc brought in move the wrong way",
          "src/exchange/flow_cheapest.c", "t->leads_up[top] ? -off : off",
          "t->leads_up[top] ? off : -off", "flow"),
    Fault("exchange", "the price of a column stays", "src/exchange/flow_assignment.c",
          "a->of_column[c] -= last - a->distance[c];", "a->of_column[c] -= 0;", "flow"),
    Fault("exchange", "a bundle more than there is room for", "src/exchange/early.c",
          "!within(&all[i], late))", "all[i].heads == 0)", PLANS),
    Fault("exchange", "the owed stay when a ratio lets nobody go", "src/exchange/select.c",
          "return sides[0].outside + sides[1].outside > 0;",
          "return sides[0].outside > 0 && sides[1].outside > 0;", PLANS),
    Fault("play", "of two lists the longer reach counts", "src/play/vast_lists.c",
          "return first < second ? first : second;", "return first > second ? first : second;", VAST),
    Fault("play", "of two sums alike before a ban one is lost", "src/play/vast_lists.c",
          "banned || of->crossed, banned ?", "of->crossed, banned ?", VAST),
    Fault("play", "one of three piles is passed over at its end", "src/play/sums.c",
          "for (size_t low = 0; low < ups; low++) {", "for (size_t low = 1; low < ups; low++) {", VAST),
    Fault("play", "making an offer is not accepting it", "src/play/sao.c",
          "at->accepted = 1;", "at->accepted = 0;", SESSIONS),
    Fault("play", "red lines are crossed", "src/play/board.c",
          "!breaks_red_line(compiled, way->seat->party, way->outcome) &&",
          "(!breaks_red_line(compiled, way->seat->party, way->outcome) || way->seat) &&", SESSIONS),
    Fault("play", "the mediator's text passes without one consent", "src/play/player.c",
          "return answer == TRUCE_ACCEPTS && !admits(me, text) ? TRUCE_REJECTS : answer;",
          "return me->seat == 1 ? TRUCE_ACCEPTS : answer;",
          SESSIONS),
    Fault("play", "the clock runs a little slow", "src/play/time_dependent.c",
          "plan->low + (1 - pow(t, plan->given[E])) * range",
          "plan->low + (1 - 0.99 * pow(t, plan->given[E])) * range", "play"),
    Fault("play", "MiCRO concedes only when it is behind", "src/play/micro.c",
          "mine->sent <= fewest_received(me)", "mine->sent < fewest_received(me)", "play"),
    Fault("play", "as good as the next offer is not good enough", "src/play/acceptance.c",
          "scaled(me, offer) >= worth(me, next)", "scaled(me, offer) > worth(me, next)", "play"),
    Fault("points", "of the listed, whoever loses counts too", "src/solve/points_scan.c",
          "if (sums[k] < ask->floors[k])", "if (sums[k] + 1 < ask->floors[k])", "points"),
    Fault("points", "an account is overdrawn halfway",
          "src/solve/search_walk.c",
          "over |= lost[a] > on->room[a];", "over |= lost[a] > on->room[a] / 2;",
          "points"),
    Fault("points", "as good is asked to be better", "src/solve/search_goal.c",
          "    if (all->strict) {", "    if (true) {", "points"),
    Fault("points", "a product asks for one factor more", "src/solve/bound.c",
          "double gains = n * exp(", "double gains = (n + 1) * exp(", "points"),
    Fault("points", "what may hold is taken away with what does not",
          "src/solve/search_set.c",
          "if (condition_truth(one->condition, at->outcome) != TRUTH_NO)",
          "if (condition_truth(one->condition, at->outcome) == TRUTH_OPEN)", "points"),
    Fault("points", "of bonuses the worst is hoped for", "src/solve/search_set.c",
          "known == TRUTH_OPEN && one->amount > 0",
          "known == TRUTH_OPEN && one->amount < 0", "points"),
    Fault("points", "losses are measured to the least", "src/solve/fair.c",
          "measure == FAIR_EQUAL_LOSS ? sums[p] - game->ideals[p]",
          "measure == FAIR_EQUAL_LOSS ? game->ideals[p] - sums[p]", "points"),
    Fault("outcomes", "ties come the other way round", "src/solve/ranking.c",
          "(b != VALUE_OPEN && a < b)", "(b != VALUE_OPEN && a > b)", "best"),
    Fault("outcomes", "of bonuses the worst is hoped for", "src/solve/ranking.c",
          "known == TRUTH_OPEN && amount > 0", "known == TRUTH_OPEN && amount < 0",
          "best"),
    Fault("outcomes", "the last value of an issue is never tried", "src/solve/ranking.c",
          "if (rank >= all->compiled->value_counts[issue])",
          "if (rank + 1 >= all->compiled->value_counts[issue])", "best"),
    Fault("clash", "the first member is never tried", "src/solve/feasible.c",
          "for (size_t j = 0; j < order_count; j++) {\n        size_t k = order[j];",
          "for (size_t j = 1; j < order_count; j++) {\n        size_t k = order[j];",
          "subsets"),
    Fault("clash", "a floor is missed by more than it is", "src/solve/floors.c",
          "exclude(all, one, outcome, one->least - 1 - sum)",
          "exclude(all, one, outcome, one->least - sum)",
          "subsets"),
    Fault("clash", "a bonus is blamed the wrong way round", "src/solve/floors.c",
          "kept->amount > 0 ? kept->literal", "kept->amount < 0 ? kept->literal",
          "subsets"),
    Fault("unlock", "a way is excluded without its last demand", "src/solve/unlock.c",
          "size_t count = 0;\n    for (size_t d = 0; d < at->demands; d++)\n"
          "        if (found->given[d])",
          "size_t count = 0;\n    for (size_t d = 0; d + 1 < at->demands; d++)\n"
          "        if (found->given[d])", "subsets"),
    Fault("unlock", "of equally many, the fewest outcomes first", "src/solve/unlock.c",
          "return order > 0;", "return order < 0;", "subsets"),
    Fault("unlock", "demands that are kept are not counted by", "src/solve/unlock.c",
          "if (!one->given[d])\n            keep[kept++]",
          "if (!one->given[d] && d > 0)\n            keep[kept++]", "subsets"),
    Fault("now", "who loses nothing is taken to lose", "src/solve/now.c",
          "of->sums[p] < of->today[p] ||",
          "of->sums[p] <= of->today[p] ||", "now"),
    Fault("now", "the same, seen by the oracle", "src/solve/now.c",
          "of->sums[p] < of->today[p] ||",
          "of->sums[p] <= of->today[p] ||", ORACLE),
    Fault("order", "issues of `first` count as led to", "src/solve/order.c",
          "link_stage(&later, scenario, c, &constraint->then, own);",
          "link_stage(&later, scenario, c, &constraint->then, none);", "order"),
    Fault("order", "the same, seen by the oracle", "src/solve/order.c",
          "link_stage(&later, scenario, c, &constraint->then, own);",
          "link_stage(&later, scenario, c, &constraint->then, none);", ORACLE),
    Fault("flip", "a tipping lies on the wrong side", "src/brief/tipping.c",
          "    mpq_div(root, start, slope);\n    mpq_neg(root, root);\n    if (sign != 0)",
          "    mpq_div(root, start, slope);\n    if (sign != 0)", "flip"),
    Fault("flip", "a threshold reached counts as passed", "src/brief/tipping_deal.c",
          "study_offer(of, where->until, true);", "study_offer(of, where->until, false);",
          "flip"),
    Fault("flip", "all draws are the same draw", "src/scenario/triangles.c",
          "random_begin(seed, number)",
          "random_begin(seed, number * 0)",
          "flip"),
    Fault("verify", "an equal sum does not cover", "src/verify/cover.c",
          "if (one[d] < other[d])", "if (one[d] <= other[d])", "verify"),
    Fault("verify", "the same in two dimensions", "src/verify/cover.c",
          "if (dims > 0 && listed[0] < sums[0])", "if (dims > 0 && listed[0] <= sums[0])",
          "verify"),
    Fault("verify", "the second sum is never compared", "src/verify/cover.c",
          "(dims < 2 || second >= sums[1])", "(dims < 2 || second >= lowest)",
          "sabotage"),
    Fault("verify", "the last value of an issue is never tried", "src/verify/check.c",
          "for (truce_value v = 0; v < values; v++) {",
          "for (truce_value v = 0; v + 1 < values; v++) {", "sabotage"),
    Fault("verify", "a point may be dominated", "src/verify/check.c",
          "    return are_undominated(at);\n}",
          "    return at->points.count > 0 || are_undominated(at);\n}", "sabotage"),
    Fault("verify", "a witness may be worth less", "src/verify/check.c",
          "if (tariff_sum(&at->what.tariffs[k], at->outcome) != sums[k])",
          "if (tariff_sum(&at->what.tariffs[k], at->outcome) > sums[k])", "sabotage"),
    Fault("verify", "a witness may cross a red line", "src/verify/claim.c",
          "if (what->kind == CLAIM_FRONTIER && crosses_red_line(what->scenario, outcome))",
          "if (what->kind == CLAIM_DEALS && crosses_red_line(what->scenario, outcome))",
          "sabotage"),
    Fault("verify", "a witness of a clash need not keep what comes after",
          "src/verify/claim.c", "if (k != without && !keeps_member(",
          "if (k < without && !keeps_member(", "sabotage"),
    Fault("verify", "floors count though nobody asked", "src/verify/claim.c",
          "what->kind == CLAIM_CLASHES || what->rational",
          "what->kind == CLAIM_CLASHES || !what->rational", "sabotage"),
    Fault("verify", "of open bonuses nothing is hoped", "src/verify/claim.c",
          "(rest[at] != RESIDUAL_NEVER && bonus > 0)",
          "(rest[at] != RESIDUAL_NEVER && bonus < 0)", "verify"),
    Fault("verify", "a bonus is never due", "src/verify/claim.c",
          "if (what->due[at] == issue) {", "if (what->due[at] == issue + 1) {", "verify"),
    Fault("verify", "sums are not cut", "src/verify/tariff.c",
          "return of->capped && sum > of->cap ? of->cap : sum;",
          "return of->capped && sum < 0 ? of->cap : sum;", "verify"),
    Fault("verify", "a single value in common is none", "src/verify/residual.c",
          "if (first <= last)", "if (first < last)", "sabotage"),
    Fault("verify", "any totals will do", "src/verify/check.c",
          "if (states != at->states || listed != at->listed || found != at->found)",
          "if (states != at->states || listed != at->listed)", "sabotage"),
    Fault("verify", "something may follow the end", "src/verify/check.c",
          "if (at->text.next != at->text.end)", "if (at->text.next > at->text.end)",
          "sabotage"),
    Fault("verify", "nobody is needed for a change", "src/verify/claim.c",
          "put(&reasons, residual_not(all, residual_is(all, i, today[i])));",
          "put(&reasons, residual_is(all, i, today[i]));", "sabotage"),
]


class Tree:
    """A copy of the sources with a build of its own."""

    def __init__(self, folder, jobs):
        self.folder, self.jobs = pathlib.Path(folder), jobs
        names = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True
        ).stdout
        for name in filter(None, names.decode().split("\0")):
            if (ROOT / name).is_file():
                target = self.folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)
        self.run("meson", "setup", "build", "-Doptimization=1")

    def run(self, *command):
        return subprocess.run(
            command, cwd=self.folder, capture_output=True, timeout=SECONDS, check=False
        )

    def build(self, test):
        target = f"tests/{test}_oracle" if test in OWN_ORACLES else f"tests/{test}_test"
        if test == ORACLE:
            target = "src/cmd/truce"
        return self.run("ninja", f"-j{self.jobs}", "-C", "build", target)

    def passes(self, test):
        command = [f"build/tests/{test}_test"]
        if test in OWN_ORACLES:
            command = [f"build/tests/{test}_oracle", "--count", str(OWN_ORACLES[test])]
        if test == ORACLE:
            command = [sys.executable, "tests/oracle/compare.py", "--truce",
                       "build/src/cmd/truce", "--count", "300", "--reports", "1",
                       "--jobs", str(self.jobs), "--questions", "now,order"]
        try:
            return self.run(*command).returncode == 0
        except subprocess.TimeoutExpired:
            return False


def without_faults(tree, faults):
    """The tests that do not even pass with nothing planted."""
    wrong = []
    for test in sorted({fault.test for fault in faults}):
        made = tree.build(test)
        if made.returncode != 0 or not tree.passes(test):
            wrong.append(f"{test}: fails, or does not build, with no fault planted")
    return wrong


def plant(tree, fault):
    """None when the fault is caught, else what happened instead."""
    path = tree.folder / fault.path
    sound = path.read_text()
    if sound.count(fault.old) != 1:
        return f"{fault.path} has {sound.count(fault.old)} places for it"
    path.write_text(sound.replace(fault.old, fault.new))
    try:
        made = tree.build(fault.test)
        if made.returncode != 0:
            return "does not build:\n" + made.stdout.decode()[-2000:]
        return f"{fault.test} passes all the same" if tree.passes(fault.test) else None
    finally:
        path.write_text(sound)


def look_for_places():
    """Code that moves on leaves a fault without a place: seen at once, and not in the full check alone."""
    wrong = 0
    for fault in FAULTS:
        found = (ROOT / fault.path).read_text().count(fault.old)
        if found != 1:
            wrong += 1
            print(f"{fault.question}, {fault.says}: {fault.path} has {found} places for it")
    print(f"{len(FAULTS) - wrong} passed, {wrong} failed")
    return 1 if wrong else 0


def main(arguments):
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].strip())
    parser.add_argument("--keep", help="work in this folder, and leave it")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--places", action="store_true", help="only whether each fault still has its place")
    parser.add_argument("questions", nargs="*")
    options = parser.parse_args(arguments)
    if options.places:
        return look_for_places()
    asked = options.questions or sorted({fault.question for fault in FAULTS})
    faults = [fault for fault in FAULTS if fault.question in asked]
    folder = options.keep or tempfile.mkdtemp(prefix="planted-")
    tree = Tree(folder, options.jobs)
    wrong = without_faults(tree, faults)
    for fault in faults if not wrong else []:
        said = plant(tree, fault)
        print(f"{fault.question:7} {'caught' if not said else 'MISSED'}  {fault.says}",
              flush=True)
        if said:
            wrong.append(f"{fault.question}, {fault.says}: {said}")
    if not options.keep:
        shutil.rmtree(folder)
    print(*wrong, sep="\n")
    print(f"{len(faults) - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
