"""What is kept under var/mutate between runs: which test met which guard (met.json), and what was found of each guard (found.json)."""

import hashlib
import json
import os
import subprocess
import sys

from .guards import HOUSE

VAR = HOUSE / "var" / "mutate"
# Where the guards are met. Journeys, fuzz, pure engines and whole offices cost minutes and meet no guard that these do not.
HOUSES = tuple(f"tests/house/test_{name}.py" for name in ("refusals_felt", "refusals_felt_elsewhere", "refusals_of_acts", "guards_felt", "guards_felt_quicker", "rows_kept", "states"))
PLACES = (*HOUSES, "wanjia")
LEFT_OUT = ("planning", "policy", "sheets", "indicators")
TAKEN = ("wanjia/planning/allocation/tests/test_rules.py",)  # the one among them beside a rules.py: seconds
SKIPPED = "not journey and not proof"


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def prints():
    """Fingerprints of the house's Python: {"house": of all that is no file of tests, path: of each file of tests}."""
    house, found = hashlib.sha256(), {}
    for folder in ("wanjia", "tests"):
        for file in sorted((HOUSE / folder).rglob("*.py")):
            path = file.relative_to(HOUSE).as_posix()
            if file.name.startswith("test_"):
                found[path] = digest(file)
            elif not path.startswith("tests/mutate/"):
                house.update(f"{path} {digest(file)}\n".encode())
    return found | {"house": house.hexdigest()}


def stale(before, now):
    """Return the files of tests to be met anew, or None for all of them: with other rules anything may be met elsewhere."""
    if before.get("house") != now["house"]:
        return None
    return [path for path, print_ in now.items() if before.get(path) != print_ and _met_here(path)]


def _met_here(path):
    return any(path == place or path.startswith(f"{place}/") for place in PLACES) and not left_out(path)


def left_out(path):
    return path not in TAKEN and any(path.startswith(f"wanjia/{one}/") for one in LEFT_OUT)


def load(name):
    """Read one of the kept files: {} where there is none."""
    try:
        return json.loads((VAR / name).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}


def keep(name, what):
    """Write one of the kept files whole, or not at all."""
    VAR.mkdir(parents=True, exist_ok=True)
    draft = VAR / f"{name}.new"
    draft.write_text(json.dumps(what, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(draft, VAR / name)


def near(paths):
    """The tests that stand near these files of rules: the tables of refusals, and those of their app that name the mechanism."""
    found = {one for one in HOUSES if (HOUSE / one).exists()}
    for path in paths:
        app, mechanism = "/".join(path.split("/")[:2]), path.split("/")[-2]
        for file in (HOUSE / app / "tests").glob("test_*.py"):
            if mechanism in app or mechanism in file.read_text(encoding="utf-8"):
                found.add(file.relative_to(HOUSE).as_posix())
        found |= {one for one in TAKEN if one.startswith(f"{path.rpartition('/')[0]}/")}
    return sorted(found)


def ignored():
    """The files of tests that a recording of the whole house leaves out: by name, for a folder that is ignored takes no file of its own back."""
    files = (file.relative_to(HOUSE).as_posix() for one in LEFT_OUT for file in sorted((HOUSE / "wanjia" / one).rglob("test_*.py")))
    return [file for file in files if left_out(file)]


def record(places, jobs=2):
    """Run tests once with every guard on; return {test: {passed, seconds, told}}. Progress is pytest's own, on the error stream."""
    folder = VAR / "recording"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.jsonl"):
        old.unlink()
    without = [f"--ignore={file}" for file in ignored()] if "wanjia" in places else []
    workers = ["-n", str(jobs), "--dist", "worksteal"] if jobs > 1 else []
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.mutate.recording", "-m", SKIPPED, *workers, *without, *places]
    environment = os.environ | {"WANJIA_MUTATE_RECORD": str(folder)}
    subprocess.run(command, cwd=HOUSE, env=environment, stdout=sys.stderr.fileno(), check=False)
    return read(folder)


def read(folder):
    """Read the lines that recording.py wrote."""
    met = {}
    for file in folder.glob("*.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            met[one.pop("test")] = one
    return met


def likely(met):
    """Return {guard: tests that met it and passed}: those that meet few guards first, then the quick ones."""
    found = {}
    for test, one in met.items():
        for key in one["told"] if one["passed"] else ():
            found.setdefault(key, []).append((len(one["told"]) > 3 and "test_refusals_felt" not in test, one["seconds"], test))
    return {key: [test for *_order, test in sorted(tests)] for key, tests in found.items()}
