"""`python -m tests.mutate`: switch each guard off alone and see whether a test fails.

    python -m tests.mutate                    every guard, the map of who met what renewed if the code has changed
    python -m tests.mutate --part 2/5         the second fifth of them
    python -m tests.mutate --changed [main]   only the guards of rules changed against main, met by the tests near them
    python -m tests.mutate --only can_close   only guards whose key has this in it
    … --near                                  met by the tests near them, where the map is out of date: what is unfelt there may be felt further off
    … --json                                  {"refusals": n, "felt": n, "unfelt": [...], "unasked": n, "commands": {…}, "unique": {…}}

`refusals` counts the rules, the CHECKs and the triggers; what commands.py refuses itself and the unique constraints stand beside it.
Ctrl-C leaves what was found in var/mutate/found.json; `--again` keeps what was felt there on the same code. Ends with 1 if one of those that
count is unfelt.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import time

from . import store, switch
from .guards import COMMANDS, HOUSE, RULES, Guard, written

BESIDE = (COMMANDS, "unique")


def main(argv=None):
    asked = _asked(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wanjia.site.settings")
    os.chdir(HOUSE)
    guards = _chosen(asked)
    if not guards:
        print("没有改动过的规则。/ No guard to switch off.", file=sys.stderr)
        return _say(asked, {}, {})
    tests = store.likely(_met(asked, guards))
    found = _felt_before(asked)
    try:
        _switch_off(asked, [guard for guard in guards.values() if guard.key not in found], tests, found)
    except KeyboardInterrupt:
        print("\n停下了,已经查到的留在 var/mutate。/ Stopped; what was found is kept.", file=sys.stderr)
    return _say(asked, guards, found)


def _asked(argv):
    read = argparse.ArgumentParser(prog="tests.mutate", description=__doc__.split("\n")[0])
    read.add_argument("--json", action="store_true")
    read.add_argument("--changed", nargs="?", const="main", metavar="REF")
    read.add_argument("--part", metavar="I/N", help="the I-th of N equal parts")
    read.add_argument("--only", metavar="WORDS", action="append", help="guards whose key has these words in it")
    read.add_argument("--near", action="store_true", help="record only the tests near the guards that are asked for")
    read.add_argument("--again", action="store_true", help="keep what was felt before on the same code")
    read.add_argument("--jobs", type=int, default=2)
    return read.parse_args(argv)


def _chosen(asked):
    """Return the guards that are asked for, by key."""
    every = written()
    if asked.changed is not None:
        changed = _changed(asked.changed)
        every = {key: guard for key, guard in every.items() if guard.kind == RULES and guard.path in changed}
    else:
        every |= {guard["key"]: Guard(**guard) for guard in _in_the_database()}
    if asked.only:
        every = {key: guard for key, guard in every.items() if any(words in key for words in asked.only)}
    if asked.part:
        part, parts = map(int, asked.part.split("/"))
        every = {key: every[key] for key in sorted(every)[part - 1 :: parts]}
    return every


def _in_the_database():
    """Ask the guards of the database in a process of its own: here nothing of the house may be imported before its switches are laid."""
    code = "import django, json; django.setup(); from tests.mutate import database; print(json.dumps([vars(g) for g in database.declared().values()]))"
    return json.loads(subprocess.run([sys.executable, "-c", code], cwd=HOUSE, check=True, stdout=subprocess.PIPE, text=True).stdout)


def _changed(ref):
    """Return the files changed against a commit, in the work tree or since it branched off."""
    told = subprocess.run(["git", "diff", "--name-only", "--merge-base", ref], cwd=HOUSE, capture_output=True, text=True, check=False)
    if told.returncode:
        print(f"git 不认识 {ref},不知道改动了什么。/ No {ref} to compare with: nothing is asked. {told.stderr.strip()}", file=sys.stderr)
        return set()
    said = told.stdout
    new = subprocess.run(["git", "ls-files", "--others", "--exclude-standard"], cwd=HOUSE, capture_output=True, text=True, check=True).stdout
    return set(said.splitlines()) | set(new.splitlines())


def _met(asked, guards):
    """Return which test met which guard: as kept, and recorded anew where the code has changed since."""
    kept, now = store.load("met.json"), store.prints()
    tests, again = kept.get("tests", {}), store.stale(kept.get("prints", {}), now)
    if again is None and (asked.changed is not None or asked.near):
        return store.record(store.near({guard.path for guard in guards.values()}), asked.jobs)
    if again is None or again:
        print("代码改过了,先记下哪项测试遇到哪道关。/ The code has changed: recording which test meets which guard.", file=sys.stderr)
        tests = {test: one for test, one in tests.items() if again and test.split("::")[0] in now and test.split("::")[0] not in again}
        tests |= store.record(again or [place for place in store.PLACES if (HOUSE / place).exists()], asked.jobs)
        store.keep("met.json", {"prints": now, "tests": tests})
    return tests


def _felt_before(asked):
    return {key: test for key, test in _kept_of(store.prints()).items() if test} if asked.again else {}


def _kept_of(now):
    """Return what was found before of the same code: guard → the test that felt it, or None."""
    kept = store.load("found.json")
    return kept["felt"] if kept.get("prints") == now else {}


def _switch_off(asked, guards, tests, found):
    """Fill found: guard → the test that felt it, or None. Kept as it grows."""
    import pytest

    from .running import Runner

    now, begun = store.prints(), time.monotonic()
    before = _kept_of(now)

    def each(guard, test):
        found[guard.key] = test
        print(f"{len(found):4}  {'·' if test else '✗ 无人察觉 unfelt'}  {guard.key}{'' if test else f'  ({len(tests.get(guard.key, ()))} tests)'}", file=sys.stderr)
        store.keep("found.json", {"prints": now, "felt": before | found})

    never = [guard for guard in guards if guard.key not in tests]
    for guard in never:
        each(guard, None)
    rest = [guard for guard in guards if guard.key in tests]
    files = sorted({name.split("::")[0] for guard in rest for name in tests[guard.key]})
    if files:
        switch.lay()
        sys.stdout.flush()
        loop = Runner(rest, tests, each, asked.jobs)
        with open(store.VAR / "pytest.txt", "w", encoding="utf-8") as aside, contextlib.redirect_stdout(aside):
            code = pytest.main(["-p", "no:xdist", "-m", store.SKIPPED, *files], plugins=[loop])
        if code == pytest.ExitCode.INTERRUPTED:
            raise KeyboardInterrupt
        if code:
            raise SystemExit(f"pytest: {code!r}, {store.VAR / 'pytest.txt'}")
    print(f"{len(guards)} 道关,{time.monotonic() - begun:.0f} 秒 / guards, seconds", file=sys.stderr)


def _say(asked, guards, found):
    """Print what was found; 1 if a guard that counts is unfelt, or was not asked."""
    counted = {key: guard for key, guard in guards.items() if guard.kind not in BESIDE}
    said = _count(counted, found) | {kind: _count({k: g for k, g in guards.items() if g.kind == kind}, found) for kind in BESIDE}
    if asked.json:
        print(json.dumps(said, ensure_ascii=False, indent=1))
    else:
        print(f"{said['felt']}/{said['refusals']} 道关有测试察觉 / refusals felt", *(f"{kind}: {said[kind]['felt']}/{said[kind]['refusals']}" for kind in BESIDE), sep=" · ")
        for key in (*said["unfelt"], *(key for kind in BESIDE for key in said[kind]["unfelt"])):
            print("  无人察觉 / unfelt:", key)
    return 1 if said["unfelt"] or said["unasked"] else 0


def _count(guards, found):
    asked = {key: found[key] for key in guards if key in found}
    unfelt = sorted(key for key, test in asked.items() if not test)
    return {"refusals": len(guards), "felt": len(asked) - len(unfelt), "unfelt": unfelt, "unasked": len(guards) - len(asked)}


if __name__ == "__main__":
    sys.exit(main())
