"""docs/new-act.md is built in a copy of the house and tried there by the generated tests, and it costs what it may."""

import pytest

from tests.cost import MOST
from tests.examples import copy_house, cost, lay, pieces, run, tried

pytestmark = pytest.mark.slow
ACT = "new-act.md"
ASKED = ("acts", "permissions", "refusals_felt", "doors", "doors_open", "trail", "words")
# Each generated test of the act, by the words of its name.
HELD = (
    "the_same_key_acts_once", "another_body_under_the_same_key", "somebody_without_a_post_is_refused", "who_may", "each_refusal_beside_an_act",
    "its_page_asks_in_both_languages", "its_page_does_it_once", "its_call_does_it_once", "every_line_that_a_command_writes_has_words",
)  # fmt: skip
SLIP = '''
import pytest
from wanjia.casework.promise import promise_of
from wanjia.casework.models import Need

from .acts import ACTS, World, actor


@pytest.mark.django_db
def test_extend_need_moves_the_promise_and_says_why():
    from wanjia.casework.handling.commands import extend_need
    world, row = World(), ACTS["casework.extend_need"]
    what = row.make(world)
    need = Need.objects.get(pk=extend_need(**what, by=actor(world, row.by), at=row.at).pk)
    assert what["reason"] in promise_of(need, row.at.date()).moved and need.due_on == what["due_on"]
'''


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the house with the act in it."""
    folder = tmp_path_factory.mktemp("house")
    copy_house(folder)
    lay(pieces(ACT), folder)
    (folder / "tests/house/test_promise_moved.py").write_text(SLIP, encoding="utf-8")
    assert run(folder, "-c", "from wanjia.site.build import compile_translations as c; c()").returncode == 0
    return folder


def test_it_costs_no_more_than_it_may():
    lines, files = cost(ACT)
    assert lines <= MOST["act"][0] and files <= MOST["act"][1], (lines, files)


def test_the_generated_tests_pass_and_are_all_there(house):
    passed, failed, said = tried(
        house, "-vv", *(f"tests/house/test_{one}.py" for one in (*ASKED, "promise_moved")), "-k",
        "extend_need or every_refusal_in_the_rules or every_command_has or every_sentence_has or in_the_api_or_has or stands_once",
    )  # fmt: skip
    assert failed == [], said
    assert passed > len(HELD) + 10
    assert [one for one in HELD if not any(one in line and "extend_need" in line for line in said.splitlines())] == []


@pytest.mark.parametrize(("path", "spoilt", "by", "felt"), [
    ("wanjia/casework/handling/rules.py", "not need.steps.filter(act=\"extend\").exists()", "True", "is_felt"),
    ("wanjia/casework/handling/commands.py", "if due_on <= need.due_on:", "if False:", "is_felt"),
    ("wanjia/casework/tests/acts.py", 'may="bureau_worker bureau_head"', 'may="bureau_worker"', "test_who_may"),
])  # fmt: skip
def test_a_guard_switched_off_is_noticed(house, path, spoilt, by, felt):
    """Negative control, in the copy: one test fails, the others stay."""
    text = (house / path).read_text(encoding="utf-8")
    assert text.count(spoilt) == 1
    (house / path).write_text(text.replace(spoilt, by), encoding="utf-8")
    try:
        passed, failed, said = tried(house, "tests/house/test_refusals_felt.py", "tests/house/test_permissions.py", "-k", "extend_need")
    finally:
        (house / path).write_text(text, encoding="utf-8")
    assert passed and len(failed) == 1 and felt in failed[0], said
