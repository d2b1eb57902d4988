"""The one way in which a test asks whether everything is still one truth: after a race, a kill, a simulated day, the demo.

`races` (conftest.py) asks it after every race; a test with processes of its own asks `assert_whole_apart`. A negative control
that leaves contradictions behind on purpose bears the mark `spoils`. tests/house/test_whole.py finds the test that does neither.
"""

import json
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]


def assert_whole(at=None):
    """Nothing that is kept twice differs, and the journal's chain is whole: in this process's database."""
    from wanjia.kernel import journal
    from wanjia.orgs.checking.queries import differences

    found = [one.plain() for one in differences(at)]
    assert found == [], found  # spelt out: pytest explains no assertion of this module
    _read, fault = journal.verify()
    assert fault is None, fault


ASKS = [["check", "--json"], ["journal", "verify", "--json"]]
# Both in one process: each start costs more than either answer.
BOTH = f"import sys; from wanjia.site.cli import main; sys.exit(max([main(words) or 0 for words in {ASKS}]))"


def assert_whole_apart(env):
    """The same of a database apart, by the commands an office would use. env: the environment of its processes."""
    done = subprocess.run(
        [sys.executable, "-c", BOTH], cwd=HOUSE, capture_output=True, text=True, timeout=300,
        env={key: value for key, value in env.items() if isinstance(value, str)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(answers) == len(ASKS), done.stdout[-2000:]
    for answer in answers:
        assert not answer.get("differences"), answer
        assert answer.get("ok", True), answer
