#!/usr/bin/env python3
"""The command line: what it accepts, refuses and says, and with which exit code.

    cli.py --truce build/src/cmd/truce

Each check is one sentence. The last line counts them.
"""

import argparse
import contextlib
import fcntl
import json
import os
import pathlib
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
ISTANBUL = str(ROOT / "scenarios/istanbul-2025.truce.yaml")
TINY = str(ROOT / "scenarios/tiny.truce.yaml")
VALLEYS = str(ROOT / "scenarios/two-valleys.truce.yaml")

BROKEN = "truce: 1\nid: x\nparties: {A: {}}\nissues: {i: {values: [a, b], status-qou: a}}\n"


class Done:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err


class Command:
    """truce, run in a folder of its own."""

    def __init__(self, path):
        self.path = str(pathlib.Path(path).resolve())
        self.folder = tempfile.mkdtemp()

    def __call__(self, *arguments, stdin=None, env=None):
        done = subprocess.run([self.path, *arguments], cwd=self.folder, input=stdin, text=True,
                              capture_output=True, timeout=60,
                              env={**os.environ, "LC_ALL": "C.UTF-8", **(env or {})})
        return Done(done.returncode, done.stdout, done.stderr)

    def write(self, name, text):
        pathlib.Path(self.folder, name).write_text(text)
        return name

    def on_terminal(self, *arguments, columns=120, env=None, stream="stdout"):
        """What it prints on this stream when that is a terminal of so many columns."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
        process = subprocess.Popen([self.path, *arguments], stdin=subprocess.DEVNULL,
                                   cwd=self.folder,
                                   **{"stdout": subprocess.DEVNULL,
                                      "stderr": subprocess.DEVNULL, stream: theirs},
                                   env={**environment, "TERM": "xterm", **(env or {})})
        os.close(theirs)
        said = b""
        with contextlib.suppress(OSError):  # the end of a terminal is an error on Linux
            while piece := os.read(ours, 65536):
                said += piece
        process.wait()
        os.close(ours)
        return said.decode()


# These answer nothing about one scenario file alone.
NO_QUESTIONS = {"report", "strategies", "tournament", "help", "completion", "new", "generate", "convert", "verify", "diff"}

CHECKS = []


def check(function):
    CHECKS.append(function)
    return function


def verbs_of(truce):
    return re.findall(r"^  ([a-z]+)  +[a-z]", truce("help").out.split("Exit codes")[0], re.M)


def widest(text):
    return max(map(len, text.splitlines()))


# ---------------------------------------------------------------- calls that are wrong


@check
def nothing_at_all_is_answered_with_help_and_exit_2(truce):
    done = truce()
    assert done.code == 2 and done.out == "" and "Usage: truce VERB" in done.err


@check
def an_unknown_command_is_refused_with_the_nearest(truce):
    done = truce("chek", TINY)
    assert done.code == 2 and "did you mean 'check'?" in done.err and "truce help" in done.err


@check
def an_unknown_option_is_refused_with_the_nearest(truce):
    done = truce("now", TINY, "--jsn")
    assert done.code == 2 and "did you mean '--json'?" in done.err
    assert "truce help now" in done.err


@check
def an_unknown_option_with_a_value_is_named_as_written(truce):
    done = truce("now", TINY, "--sead=3")
    assert done.code == 2 and "'--sead=3'" in done.err and "'--seed'" in done.err


@check
def an_option_of_another_command_is_refused_and_its_owner_named(truce):
    done = truce("now", TINY, "--draws", "5")
    assert done.code == 2 and "belongs to: flip" in done.err


@check
def a_missing_file_argument_is_asked_for(truce):
    done = truce("now")
    assert done.code == 2 and "'truce now' wants FILE" in done.err


@check
def too_many_arguments_are_refused_by_name(truce):
    done = truce("new", "one", "more")
    assert done.code == 2 and "too many arguments: 'more'" in done.err


@check
def numbers_that_are_none_are_refused(truce):
    for text in ("many", "1x", "-1", "1.5", "", "0x10", "1e3", " 1", "99999999999999999999"):
        done = truce("now", TINY, "--seed=" + text)
        assert done.code == 2 and "--seed" in done.err, text


@check
def seconds_may_be_fractions_but_not_words(truce):
    assert truce("now", TINY, "--seconds", "2.5").code in (0, 1)
    for text in ("fast", "-1", "1.2.3", ".", "nan", "inf"):
        assert truce("now", TINY, "--seconds", text).code == 2, text


@check
def numbers_out_of_range_are_refused_with_the_range(truce):
    done = truce("now", TINY, "--width", "5")
    assert done.code == 2 and "between 40 and 1000" in done.err


@check
def a_value_that_is_missing_is_asked_for(truce):
    for line in (("--seed",), ("--seed", "--json")):
        done = truce("now", TINY, *line)
        assert done.code == 2 and "--seed wants a value: --seed N" in done.err


@check
def a_flag_takes_no_value(truce):
    done = truce("now", TINY, "--json=yes")
    assert done.code == 2 and "takes no value" in done.err


@check
def a_choice_that_does_not_exist_is_refused_with_those_that_do(truce):
    done = truce("now", TINY, "--color", "pink")
    assert done.code == 2 and "auto always never" in done.err


@check
def kinds_are_chosen_with_commas_and_checked(truce):
    done = truce("clash", TINY, "--with", "floors,walls")
    assert done.code == 2 and "'walls'" in done.err and "red-lines floors rules" in done.err
    assert truce("clash", TINY, "--with", "red-lines,floors,rules").code in (0, 1)


@check
def options_of_negotiate_that_do_not_go_together_are_refused(truce):
    for words, told in ((["--draws", "3", "--repeat", "4"], "--draws does not go with --repeat"),
                        (["--draws", "3", "--trace", "-"], "--draws does not go with --trace"),
                        (["--repeat", "3", "--trace", "-"], "--repeat does not go with --trace"),
                        (["--replay", "x", "--with", "micro"], "the trace says so"),
                        (["--rounds", "3", "--seconds", "4"], "--rounds does not go with --seconds"),
                        (["--seconds", "0"], "between 0.001 and 1000000"),
                        (["--over", "ANA,ANA"], "'ANA' is named twice")):
        done = truce("negotiate", TINY, *words)
        assert done.code == 2 and told in done.err and done.out == "", (words, done.err)
    done = truce("tournament", "--strategies", "micro", TINY, "--rounds", "3", "--seconds", "4")
    assert done.code == 2 and "does not go with" in done.err, done.err


@check
def a_trace_is_replayed_and_what_was_changed_in_it_is_found(truce):
    told = ("negotiate", TINY, "--with", "micro,random", "--trace")
    assert truce(*told, "said.jsonl").code == 0
    again = truce(*told, "said.jsonl")
    assert again.code == 2 and again.out == "" and "exists already" in again.err
    assert truce(*told, "said.jsonl", "--force").code == 0
    assert truce(*told, "/dev/null").code == 0
    assert truce(*told, "/dev/full").code == 4
    assert truce(*told, "not-there/said.jsonl").code == 2
    assert "is a folder" in truce(*told, ".").err
    done = truce("negotiate", TINY, "--replay", "said.jsonl")
    assert done.code == 0 and "It holds" in done.out and "say the same" in done.out, done.out
    assert json.loads(truce("negotiate", TINY, "--replay", "said.jsonl", "--json").out)["answer"]["by_seed"]
    text = pathlib.Path(truce.folder, "said.jsonl").read_text()
    truce.write("said.jsonl", text.replace("reject", "accept", 1))
    done = truce("negotiate", TINY, "--replay", "said.jsonl")
    assert done.code == 1 and "said.jsonl:3: BEN may not accept this outcome" in done.out, done.out
    truce.write("said.jsonl", text.replace("reject", "rejct", 1))
    done = truce("negotiate", TINY, "--replay", "said.jsonl")
    assert done.code == 3 and "said.jsonl:3:1: error" in done.err and "reject" in done.err, done.err
    done = truce("negotiate", TINY, "--replay", "said.jsonl", "--as", "negmas")
    assert done.code == 3, done.err
    assert truce("negotiate", TINY, "--replay", "not-there").code == 3


@check
def sessions_rest_on_the_claims_on_which_the_frontier_rests(truce):
    frontier = json.loads(truce("frontier", ISTANBUL, "--json").out)["rests_on"]
    for words in ([], ["--repeat", "3"], ["--draws", "3"]):
        done = truce("negotiate", ISTANBUL, "--with", "boulware,conceder", "--json", *words)
        rests_on = json.loads(done.out)["rests_on"]
        assert rests_on["claims"] == frontier["claims"], words
        assert 0 < rests_on["assumed"] <= frontier["assumed"], words


@check
def an_empty_folder_is_refused(truce):
    pathlib.Path(truce.folder, "empty").mkdir()
    for verb in ("check", "negotiate"):
        done = truce(verb, "empty")
        assert done.code == 3 and "the folder holds no files" in done.out + done.err, done.err


@check
def an_unknown_party_is_refused_with_the_nearest(truce):
    done = truce("deals", ISTANBUL, "--over", "UA,UX")
    assert done.code == 2 and "no party 'UX'" in done.err and "did you mean" in done.err


@check
def an_unknown_reader_is_refused(truce):
    done = truce("now", ISTANBUL, "--for", "XX")
    assert done.code == 2 and "XX" in done.err and done.out == ""


@check
def an_impossible_change_is_refused(truce):
    done = truce("now", ISTANBUL, "--set", "UA.outside.wort=48")
    assert done.code == 2 and "wort" in done.err and done.out == ""


@check
def an_unknown_id_is_refused_with_the_nearest(truce):
    done = truce("evidence", ISTANBUL, "--of", "c-frist")
    assert done.code == 2 and "c-first" in done.err


# ---------------------------------------------------------------- calls that are right


@check
def options_may_stand_anywhere(truce):
    plain = truce("now", TINY, "--json", "--size", "2")
    assert json.loads(plain.out)["command"] == "now"
    for line in (("--json", "now", "--size", "2", TINY), ("--size=2", "--json", "now", TINY),
                 ("now", "--size", "2", TINY, "--json")):
        assert truce(*line).out == plain.out, line


@check
def two_dashes_end_the_options(truce):
    name = truce.write("--json", pathlib.Path(TINY).read_text())
    assert truce("check", "--", name).code == 0
    assert truce("check", name).code == 2


@check
def one_dash_is_standard_input(truce):
    done = truce("check", "-", stdin=pathlib.Path(TINY).read_text())
    assert done.code == 0 and "Sound" in done.out


@check
def set_may_be_repeated_and_changes_the_answer(truce):
    one = truce("deals", ISTANBUL, "--json")
    other = truce("deals", ISTANBUL, "--json", "--set", "UA.outside.worth=46", "--set",
                  "RU.outside.worth=40")
    assert other.code == 0
    count = lambda done: int(json.loads(done.out)["answer"]["acceptable"])
    assert count(other) > count(one)


@check
def the_version_is_told(truce):
    assert re.fullmatch(r"truce \d+\.\d+\.\d+\n", truce("--version").out)


# ---------------------------------------------------------------- help


@check
def help_lists_every_command_within_80_columns(truce):
    done = truce("help")
    assert done.code == 0 and widest(done.out) <= 80 and done.err == ""
    assert {"check", "new", "now", "deals", "order", "who"} <= set(verbs_of(truce))
    assert truce("--help").out == done.out == truce("-h").out


@check
def help_prints_only_groups_that_have_commands(truce):
    out = truce("help").out
    assert "\nUnderstand\n" in out and "\nSolve\n" in out and "\nFiles\n" in out
    assert "\nExchange and track\n" in out and "\nPlay\n" in out


@check
def each_command_has_its_own_help_within_80_columns(truce):
    for verb in verbs_of(truce):
        done = truce("help", verb)
        assert done.code == 0 and widest(done.out) <= 80, verb
        assert done.out == truce(verb, "--help").out, verb
        assert f"Usage: truce {verb}" in done.out and "Example" in done.out, verb


@check
def help_for_an_unknown_command_is_refused_with_the_nearest(truce):
    done = truce("help", "dealz")
    assert done.code == 2 and "did you mean 'deals'?" in done.err


@check
def the_examples_of_the_help_can_be_called(truce):
    for verb in verbs_of(truce):
        line = re.search(r"^Example\n  truce (.*)$", truce("help", verb).out, re.M)[1].split()
        line = [str(ROOT / word) if word.startswith(("scenarios/", "examples/")) else word for word in line]
        if verb not in ("diff", "verify"):  # their files are the reader's own
            assert truce(*line).code in (0, 1), line


@check
def completion_knows_every_command_and_option(truce):
    for shell in ("bash", "zsh", "fish"):
        out = truce("completion", shell).out
        for verb in verbs_of(truce):
            assert verb in out, (shell, verb)
            for option in re.findall(r"^  --([a-z-]+)", truce("help", verb).out, re.M):
                assert option in out, (shell, option)


@check
def bash_completes_commands_options_and_choices(truce):
    def completed(*words):
        script = (truce("completion", "bash").out +
                  f"COMP_WORDS=({' '.join(repr(w) for w in words)}); "
                  f"COMP_CWORD={len(words) - 1}; _truce; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        return subprocess.run(["bash", "-c", script], capture_output=True, text=True,
                              check=True).stdout.split()

    assert completed("truce", "who") == ["who"]
    assert completed("truce", "now", "--siz") == ["--size"]
    assert completed("truce", "now", "--color", "al") == ["always"]


@check
def other_shells_read_their_completion(truce):
    for shell in ("zsh", "fish"):
        if shutil.which(shell):
            script = truce("completion", shell).out
            subprocess.run([shell, "-n", "/dev/stdin"], input=script, text=True, check=True)


@check
def the_manual_page_has_every_command(truce):
    out = truce("help", "--man").out
    assert out.startswith("truce(1)")
    for verb in verbs_of(truce):
        assert f"## truce {verb} " in out, verb


@check
def the_manual_page_is_good_scdoc(truce):
    if shutil.which("scdoc"):
        done = subprocess.run(["scdoc"], input=truce("help", "--man").out, text=True,
                              capture_output=True, check=True)
        assert "TRUCE" in done.stdout.upper()


# ---------------------------------------------------------------- files


@check
def a_wrong_file_is_told_with_its_place_and_exit_3(truce):
    name = truce.write("broken.truce.yaml", BROKEN)
    done = truce("now", name)
    assert done.code == 3 and done.out == "", done.out
    assert "broken.truce.yaml:4:30: error:" in done.err and 'mean "status-quo"?' in done.err


@check
def check_answers_on_standard_output(truce):
    name = truce.write("broken.truce.yaml", BROKEN)
    done = truce("check", name)
    assert done.code == 3 and "broken.truce.yaml:4:" in done.out and done.err == ""
    answer = json.loads(truce("check", name, "--json").out)
    assert answer["command"] == "check"


@check
def a_file_that_is_not_there_is_exit_3(truce):
    for verb in ("check", "now"):
        done = truce(verb, "nowhere.truce.yaml")
        assert done.code == 3 and "nowhere.truce.yaml" in done.out + done.err


@check
def a_folder_in_place_of_a_file_is_exit_3(truce):
    assert truce("now", "/").code == 3


@check
def a_limit_names_the_option_that_raises_it(truce):
    for option in ("--max-bytes", "--max-nodes", "--max-issues", "--max-values"):
        done = truce("now", ISTANBUL, option, "1")
        assert done.code == 3 and option in done.err, (option, done.err)
    assert "--max-depth" in truce("now", ISTANBUL, "--max-depth", "2").err


@check
def new_writes_a_file_that_is_sound(truce):
    assert truce("new", "my-talks").code == 0
    assert truce("check", "my-talks.truce.yaml").code == 0


@check
def new_never_overwrites_unless_forced(truce):
    name = truce.write("mine.truce.yaml", "precious")
    done = truce("new", "mine")
    assert done.code == 2 and "--force" in done.err
    assert pathlib.Path(truce.folder, name).read_text() == "precious"
    assert truce("new", "mine", "--force").code == 0
    assert pathlib.Path(truce.folder, name).read_text() != "precious"


@check
def new_writes_to_standard_output_for_a_dash(truce):
    done = truce("new", "-")
    assert done.code == 0 and done.out.startswith("#") or "truce: 1" in done.out
    assert truce("check", "-", stdin=done.out).code == 0


@check
def new_refuses_a_name_that_is_none(truce):
    assert truce("new", "two words").code == 2
    assert truce("new", "nowhere/at/all").code == 2


@check
def sources_are_compared_when_asked(truce):
    done = truce("check", VALLEYS, "--sources", str(ROOT / "scenarios"))
    assert done.code == 0 and "compared" in done.out
    assert truce("check", VALLEYS, "--sources", "/nowhere").code == 2


@check
def what_is_made_up_is_the_same_bytes_for_the_same_seed(truce):
    sizes = ("generate", "--issues", "4", "--values", "3", "--rules", "2")
    for kind in ("opposed", "independent", "integer", "clustered"):
        one, again = truce(*sizes, "--kind", kind), truce(*sizes, "--kind", kind)
        other = truce(*sizes, "--kind", kind, "--seed", "2")
        assert one.code == 0 and one.out == again.out != other.out, kind
        assert truce("count", "-", "--csv", stdin=one.out).out.startswith("what,count"), kind


@check
def a_converted_file_is_written_where_told_and_never_over_another(truce):
    done = truce("convert", TINY, "-o", "copy.truce.yaml")
    assert done.code == 0 and "copy.truce.yaml is written" in done.out
    assert truce("deals", "copy.truce.yaml").out == truce("deals", TINY).out
    before = pathlib.Path(truce.folder, "copy.truce.yaml").read_text()
    done = truce("convert", VALLEYS, "--output=copy.truce.yaml")
    assert done.code == 2 and "--force" in done.err
    assert pathlib.Path(truce.folder, "copy.truce.yaml").read_text() == before
    assert truce("convert", VALLEYS, "-o", "copy.truce.yaml", "--force").code == 0
    assert truce("convert", TINY, "-o", "new-folder/").code == 0
    assert truce("check", "new-folder/tiny.truce.yaml").code == 0
    answer = json.loads(truce("convert", TINY, "--json").out)["answer"]
    assert answer["to"] == "truce" and len(answer["files"]) == 1 and answer["losses"] == []


# ---------------------------------------------------------------- answers


@check
def every_question_answers_in_text_and_in_json(truce):
    for verb in set(verbs_of(truce)) - NO_QUESTIONS:
        text, answer = truce(verb, ISTANBUL), truce(verb, ISTANBUL, "--json")
        assert text.code == answer.code and text.code in (0, 1), verb
        assert json.loads(answer.out)["command"] == verb, verb
        assert widest(text.out) <= 80, verb


@check
def a_frontier_tells_outcomes_by_names_by_index_or_not_at_all(truce):
    def points(*options):
        return json.loads(truce("frontier", TINY, "--json", *options).out)["answer"]["points"]

    assert points()[0] == {"u": [100, 8], "n": "1",
                           "outcome": {"morning": "ana", "repair": "ben", "path": "open"}}
    assert points("--outcomes", "index")[0]["outcome"] == [0, 3, 1]
    assert set(points("--outcomes", "none")[0]) == {"u", "n"}
    assert points("--no-count")[0]["n"] is None
    assert points("--exact")[0]["exact"] == ["100", "8"]
    assert [point["u"] for point in points("--over", "BEN")] == [[100]]
    assert len(points("--rational")) == 5 and len(points()) == 10


@check
def a_long_frontier_is_shown_by_its_ends_and_told_whole_to_programs(truce):
    made = truce("generate", "--issues", "6", "--values", "5").out
    shown = truce("frontier", "-", "--most", "4", stdin=made).out
    size = int(re.search(r"^([\d,]+) points", shown, re.M)[1].replace(",", ""))
    assert re.findall(r"^ *(\d+)  \d\.", shown, re.M) == ["1", "2", f"{size - 1}", f"{size}"]
    assert f"({size - 4} more)" in shown
    lines = truce("frontier", "-", "--csv", stdin=made).out.splitlines()
    assert lines[0].startswith("p1,p2,n,i1,") and len(lines) == size + 1


BRAILLE = re.compile("[\u2801-\u28ff]")


@check
def a_picture_stands_below_the_text_and_fits_the_width(truce):
    for verb in ("frontier", "deals", "negotiate"):
        for file in (TINY, ISTANBUL):
            plain = truce(verb, file, "--width", "60")
            drawn = truce(verb, file, "--width", "60", "--plot")
            assert drawn.code == plain.code and drawn.out.startswith(plain.out), verb
            assert BRAILLE.search(drawn.out) or verb == "frontier" and file == ISTANBUL, verb
            assert "What they are worth" in drawn.out and widest(drawn.out) <= 60, verb
    assert truce("frontier", ISTANBUL, "--plot").out.count("Picture:") == 0
    assert truce("frontier", ISTANBUL, "--plot", "--over", "UA,RU").out.count("Picture:") == 1
    assert truce("frontier", ISTANBUL, "--plot", "--over", "UA,RU,US").out.count("Picture:") == 3


@check
def a_picture_is_made_of_ascii_where_the_terminal_has_no_more(truce):
    def art(done):
        return done.out.split("Picture:")[1]

    def is_plain(text):
        return text.isascii() and "o" in text

    assert not art(truce("deals", TINY, "--plot")).isascii()
    assert is_plain(art(truce("deals", TINY, "--plot", "--ascii")))
    for env in ({"LC_ALL": "C"}, {"LC_ALL": "", "LC_CTYPE": "", "LANG": ""},
                {"LC_ALL": "", "LC_CTYPE": "de_DE.ISO-8859-1", "LANG": "C.UTF-8"}):
        assert is_plain(art(truce("deals", TINY, "--plot", env=env))), env
    assert not art(truce("deals", TINY, "--plot", env={"LC_ALL": "", "LC_CTYPE": "",
                                                       "LANG": "uk_UA.utf8"})).isascii()
    # a terminal that can do nothing; a file is none
    assert not art(truce("deals", TINY, "--plot", env={"TERM": "dumb"})).isascii()
    env = {"LC_ALL": "C.UTF-8", "TERM": "dumb"}
    assert not BRAILLE.search(truce.on_terminal("deals", TINY, "--plot", env=env))
    assert BRAILLE.search(truce.on_terminal("deals", TINY, "--plot", env={**env, "TERM": "xterm"}))


@check
def there_is_no_picture_beside_json_and_csv(truce):
    for verb, how in (("frontier", "--csv"), ("frontier", "--json"), ("deals", "--json"),
                      ("negotiate", "--json")):
        done = truce(verb, TINY, how, "--plot")
        assert done.out == truce(verb, TINY, how).out, verb
        assert f"no picture beside {how}" in done.err, verb
    assert "one session" in truce("negotiate", TINY, "--draws", "3", "--plot").err
    assert truce("points", TINY, "--plot").code == 2


@check
def a_picture_of_a_vast_space_says_that_outcomes_were_drawn(truce):
    made = truce("generate", "--issues", "30", "--values", "10").out
    done = truce("negotiate", "-", "--plot", stdin=made)
    assert done.code == 0 and "100,000 drawn of about 1.00 x 10^30" in done.out


@check
def a_certificate_holds_for_its_scenario_and_no_other(truce):
    assert truce("frontier", TINY, "--certificate", "tiny.cert").code == 0
    done = truce("verify", "tiny.cert", TINY)
    assert done.code == 0 and "It holds" in done.out
    assert json.loads(truce("verify", "tiny.cert", TINY, "--json").out)["answer"]["holds"]
    done = truce("verify", "tiny.cert", TINY, "--set", "ANA.worth.repair.ben=99")
    assert done.code == 1 and "It does not hold: " in done.out
    assert truce("frontier", TINY, "--certificate", "tiny.cert").code == 2
    assert truce("frontier", TINY, "--certificate", "tiny.cert", "--force").code == 0
    assert truce("verify", TINY, TINY).code == 3
    assert truce("verify", "nowhere", TINY).code == 3


@check
def points_are_told_in_the_order_of_the_parties(truce):
    answer = json.loads(truce("points", TINY, "--json").out)["answer"]
    best = {"morning": "by-turns", "repair": "shared", "path": "open"}
    for kind in ("nash", "kalai_smorodinsky", "egalitarian", "equal_loss"):
        assert answer[kind] == [{"u": [68, 52], "outcome": best}], kind
    assert [point["u"] for point in answer["utilitarian"]] == [[56, 68]]
    assert answer["disagreement"] == [55, 30] and answer["ideal"] == [80, 68]
    direct = json.loads(truce("points", TINY, "--direct", "--json").out)["answer"]
    assert direct["nash"] == answer["nash"]
    turned = json.loads(truce("points", TINY, "--over", "2", "--json").out)["answer"]
    assert turned["parties"] == ["BEN"] and turned["nash"][0]["u"] == [100]


@check
def the_best_and_the_worst_outcomes_of_a_party_are_listed(truce):
    def ranked(*options):
        answer = json.loads(truce("outcomes", TINY, "--json", *options).out)["answer"]
        return [outcome["u"] for outcome in answer["outcomes"]]

    assert ranked("--party", "BEN", "--top", "2") == [[6, 100], [36, 88]]
    assert ranked("--party", "2", "--top", "1", "--worst")[0][1] == 0
    assert ranked("--party", "BEN", "--top", "1", "--rational") == [[56, 68]]
    assert len(ranked("--top", "100")) == 24
    assert truce("outcomes", TINY, "--party", "ANA,BEN").code == 2
    assert "did you mean 'BEN'" in truce("outcomes", TINY, "--party", "BNE").err


@check
def every_answer_about_outcomes_comes_as_a_table_too(truce):
    for verb in ("frontier", "points", "outcomes", "count", "metrics"):
        lines = truce(verb, VALLEYS, "--csv").out.splitlines()
        assert len(lines) > 1, verb
        assert len({line.count(",") for line in lines}) == 1, verb


@check
def sizes_and_decimals_are_read_with_their_units(truce):
    assert truce("frontier", TINY, "--memory", "64M", "--epsilon", "0.5").code == 0
    for wrong in ("--memory=4X", "--memory=G", "--epsilon=1e-3", "--epsilon=.", "--epsilon=-1"):
        assert truce("frontier", TINY, wrong).code == 2, wrong


@check
def an_unknown_party_is_refused_with_the_nearest(truce):
    done = truce("frontier", TINY, "--over", "ANA,BENN")
    assert done.code == 2 and "did you mean 'BEN'?" in done.err


@check
def answers_are_the_same_bytes_for_any_threads(truce):
    for verb in ("deals", "flip", "wait", "count", "frontier", "points", "outcomes", "metrics"):
        outs = {truce(verb, VALLEYS, "--json", "--threads", n).out for n in ("1", "2", "7")}
        assert len(outs) == 1, verb


@check
def the_exit_code_of_none_is_1(truce):
    done = truce("deals", TINY, *[
        word for party in json.loads(truce("who", TINY, "--json").out)["answer"]["parties"]
        for word in ("--set", f"{party['id']}.outside.worth=100")])
    assert done.code == 1, done.out + done.err


@check
def a_wide_page_is_used_and_a_narrow_one_kept(truce):
    assert widest(truce("now", ISTANBUL, "--width", "60").out) <= 60
    assert 80 < widest(truce("now", ISTANBUL, "--width", "120").out) <= 120


@check
def the_width_is_that_of_the_terminal_up_to_100(truce):
    for columns, most in ((60, 60), (90, 90), (200, 100)):
        said = truce.on_terminal("order", ISTANBUL, "--color", "never", columns=columns)
        assert most - 15 < widest(said) <= most, columns


@check
def colour_is_for_terminals_and_can_be_refused(truce):
    assert "\033[" not in truce("now", ISTANBUL).out
    assert "\033[" in truce("now", ISTANBUL, "--color", "always").out
    assert "\033[" in truce.on_terminal("now", ISTANBUL)
    assert "\033[" not in truce.on_terminal("now", ISTANBUL, env={"NO_COLOR": "1"})
    assert "\033[" not in truce.on_terminal("now", ISTANBUL, env={"TERM": "dumb"})
    assert "\033[" not in truce.on_terminal("now", ISTANBUL, "--color", "never")
    assert "\033[" in truce("now", ISTANBUL, "--color", "always", env={"NO_COLOR": "1"}).out


@check
def json_is_never_coloured(truce):
    json.loads(truce("now", ISTANBUL, "--json", "--color", "always").out)


@check
def a_full_disk_is_told(truce):
    with open("/dev/full", "w") as full:
        done = subprocess.run([truce.path, "now", ISTANBUL], stdout=full,
                              stderr=subprocess.PIPE, text=True)
    assert done.returncode == 4 and "No space left" in done.stderr


@check
def a_reader_that_leaves_early_is_no_crash(truce):
    done = subprocess.run(["bash", "-c", f"'{truce.path}' order '{ISTANBUL}' | head -n 1"],
                          capture_output=True, text=True)
    assert done.stderr == "" and done.stdout.count("\n") == 1


# ---------------------------------------------------------------- long analyses


def large(issues, values):
    """A scenario in which nothing can be skipped: its counting takes long."""
    worth = {p: [[(7 * i + 13 * v * (p + 1)) % 97 for v in range(values)]
                 for i in range(issues)] for p in (0, 1)}
    text = ["truce: 1", "id: large", "parties:", "  A: {role: principal, consent: all}",
            "  B: {role: principal, consent: all}", "issues:"]
    text += [f"  i{i}: {{values: [{', '.join(f'v{v}' for v in range(values))}]}}"
             for i in range(issues)]
    text += ["preferences:"]
    for p, party in enumerate("AB"):
        text += [f"  {party}:", "    weights: {" +
                 ", ".join(f"i{i}: {11 * i % 17 + 3}" for i in range(issues)) + "}",
                 "    worth:"]
        text += [f"      i{i}: [{', '.join(map(str, worth[p][i]))}]" for i in range(issues)]
        text += ["    outside: {worth: 50}"]
    return "\n".join(text) + "\n"


@check
def a_deadline_ends_a_long_analysis_with_what_is_proved(truce):
    name = truce.write("large.truce.yaml", large(24, 10))
    began = time.monotonic()
    done = truce("deals", name, "--seconds", "0.3", "--json")
    assert time.monotonic() - began < 5
    assert done.code == 4 and json.loads(done.out)["proof"]["how"] == "bounded", done.code


@check
def an_interrupt_ends_a_long_analysis_with_what_is_proved(truce):
    name = truce.write("large.truce.yaml", large(24, 10))
    process = subprocess.Popen([truce.path, "deals", name, "--json"], cwd=truce.folder,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert process.returncode == 4 and "interrupted" in err
    assert json.loads(out)["proof"]["how"] == "bounded"


@check
def a_mistake_of_our_own_is_exit_70(truce):
    name = truce.write("large.truce.yaml", large(24, 10))
    process = subprocess.Popen([truce.path, "deals", name], cwd=truce.folder,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    time.sleep(0.3)
    process.send_signal(signal.SIGABRT)  # what a failed assertion sends
    _, err = process.communicate(timeout=10)
    assert process.returncode == 70 and "report" in err


@check
def a_progress_bar_is_for_terminals_and_for_waits(truce):
    name = truce.write("large.truce.yaml", large(24, 10))
    long = ("deals", name, "--seconds", "1")
    assert re.search(r"\[[# ]*\]", truce.on_terminal(*long, stream="stderr"))
    assert "\r" not in truce.on_terminal(*long, "--quiet", stream="stderr")
    assert "\r\033" not in truce.on_terminal("deals", TINY, stream="stderr")
    assert "\r" not in truce("deals", name, "--seconds", "0.8").err


# ---------------------------------------------------------------- the run


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--truce", default=ROOT / "build/src/cmd/truce")
    parser.add_argument("names", nargs="*", help="only the checks of these names")
    options = parser.parse_args()
    failed = 0
    chosen = [each for each in CHECKS if not options.names or each.__name__ in options.names]
    for each in chosen:
        truce = Command(options.truce)
        try:
            each(truce)
        except Exception as error:  # whatever went wrong, the sentence does not hold
            failed += 1
            line = error.__traceback__.tb_next.tb_lineno if error.__traceback__.tb_next else 0
            print(f"failed: {each.__name__.replace('_', ' ')} (line {line}): {error!r}")
        finally:
            shutil.rmtree(truce.folder, ignore_errors=True)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
