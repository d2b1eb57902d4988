"""The tool itself: in a toy house one guard is felt, one is met and not felt, one is met by nobody; the last two are told."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from . import store
from .guards import HOUSE, Switches, switched, written

TOY = {
    "wanjia/__init__.py": "",
    "wanjia/toy/__init__.py": "",
    "wanjia/toy/rules.py": '''
from wanjia.verdict import Refused, Verdict, first_refusal


def _(text):
    return text


def can_eat(who, what):
    return first_refusal(
        (who == "cat", _("only cats")),
        (what == "fish", _("only fish")),
        (what != "stone", _("no stones")),
        *pairs(who),
    )


def pairs(who):
    return [(who != "dog", _("no dogs"))]


def must_eat(what):
    if what is None:
        raise Refused(_("eat something"))
    if what == "bone":
        return Verdict(False, "bones are for dogs")
    return Verdict(True)
''',
    "wanjia/toy/tests/test_toy.py": '''
import pytest

from wanjia.toy import rules
from wanjia.verdict import Refused


def test_only_cats():
    assert rules.can_eat("dog", "fish").reason == "only cats"


def test_meets_the_fish_and_feels_nothing():
    rules.can_eat("cat", "stone")


def test_fails_by_itself_when_it_is_forked():
    """Looks as if it felt the fish: it fails with every guard on as well, as soon as it is asked a second time."""
    import os
    rules.can_eat("cat", "bread")
    assert os.getpid() == MADE_IN or os.environ.get("WANJIA_MUTATE_RECORD")


import os
MADE_IN = os.getpid()


def test_must_eat():
    with pytest.raises(Refused):
        rules.must_eat(None)
    assert not rules.must_eat("bone")
''',
    "toy_settings.py": 'SECRET_KEY = "toy"\nDATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}\nINSTALLED_APPS = []\n',
    "conftest.py": 'import os, tempfile\nos.environ["WANJIA_VAR"] = tempfile.mkdtemp()\n',
    "pytest.ini": "[pytest]\naddopts = --import-mode=importlib -p no:cacheprovider\n",
}


@pytest.fixture
def toy(tmp_path):
    for path, text in TOY.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    shutil.copy(HOUSE / "wanjia" / "verdict.py", tmp_path / "wanjia")
    git = ["git", "-c", "user.name=toy", "-c", "user.email=toy@example.org"]
    subprocess.run([*git, "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "empty"], cwd=tmp_path, check=True)
    return tmp_path


@pytest.mark.slow
def test_a_guard_that_no_test_feels_is_told(toy):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "WANJIA_"))} | {
        "WANJIA_MUTATE_HOUSE": str(toy), "DJANGO_SETTINGS_MODULE": "toy_settings", "PYTHONPATH": f"{toy}{os.pathsep}{HOUSE}",
    }  # fmt: skip
    done = subprocess.run([sys.executable, "-m", "tests.mutate", "--json", "--changed", "HEAD", "--jobs", "1"],
                          cwd=toy, env=environment, capture_output=True, text=True, check=False)  # fmt: skip
    said = json.loads(done.stdout)
    rules = "wanjia/toy/rules.py::"
    assert said["unfelt"] == [f"{rules}can_eat::no stones", f"{rules}can_eat::only fish", f"{rules}pairs::no dogs"], done.stderr
    assert (said["refusals"], said["felt"], done.returncode) == (6, 3, 1)
    assert "fails with every guard on" in done.stderr


SHARED = {
    "此人不在您的辖区。", "您的岗位没有办理救助的权限。", "这一户的救助不由您的单位办。", "只有等着听取意见的才能听。", "提出停减的人不能自己听取意见,请换一个人去听。",
    "这种表写入的内容不由您的岗位登记,请由负责的岗位导入。",
}  # fmt: skip


def test_every_guard_of_the_house_has_a_key_of_its_own():
    """And there are as many as the tables of refusals count, and more: those that are raised, too."""
    from tests.house.refusals import refusals

    rules = [guard for guard in written().values() if guard.kind == "rules"]
    sentences = {found for app in ("casework", "orgs", "registry", "reporting", "office") for found in refusals(app)}
    said = {(Path(guard.path).parent.name, guard.key.split("::")[1], guard.words) for guard in rules}
    left = {one[2] for one in sentences - said}
    assert left == SHARED, "words that several rules share stand under a name"
    assert len(rules) > len(sentences)


def test_no_guard_stands_where_no_test_is_recorded():
    """Of the folders whose tests are left out, those with guards have theirs taken."""
    left_out = {Path(guard.path).parent for guard in written().values() if store.left_out(guard.path)}
    assert left_out == {Path(one).parents[1] for one in store.TAKEN}
    assert store.left_out("wanjia/planning/routing/tests/test_cli.py") and not any(map(store.left_out, store.TAKEN))


def test_a_switch_changes_nothing_while_it_is_on():
    told = []
    space = {"__stands__": lambda key, condition: condition, "__refuses__": lambda key: told.append(key) or True, "first_refusal": lambda *pairs: pairs}
    source = "def rule(a):\n    if a is None:\n        raise ValueError('none')\n    return first_refusal((a > 1, 'small'), (a < 9, 'large'))\n"
    exec(compile(switched(source, "rules.py"), "rules.py", "exec"), space)
    assert space["rule"](4) == ((True, "small"), (True, "large"))
    with pytest.raises(ValueError, match="none"):
        space["rule"](None)
    assert told == ["rules.py::rule::raise ValueError('none')"]


def test_pairs_spread_before_one_more_are_no_pair():
    """`(*those(), (condition, _("…")))` hands three pairs on, of which one is written here: the switch lies in that one."""
    space = {"__stands__": lambda key, condition: condition, "_": str, "those": lambda: ((True, "a"), (True, "b"))}
    exec(compile(switched("def more(a):\n    return (*those(), (a > 1, _('small')))\n", "rules.py"), "rules.py", "exec"), space)
    assert space["more"](4) == ((True, "a"), (True, "b"), (True, "small"))
    reading = Switches("rules.py")
    assert reading.read("def more(a):\n    return (*those(), (a > 1, _('small')))\n") == [("rules.py::more::small", "small")]
