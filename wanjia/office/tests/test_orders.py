"""The list of orders lies outside the database: what a torn line, a strange hand or an older backup makes of it."""

import json

import pytest

from wanjia.casework.models import Step
from wanjia.kernel import journal, triggers
from wanjia.kernel.erasure import WORD
from wanjia.kernel.models import ErasureLine
from wanjia.office.erasing import commands, queries
from wanjia.registry.models import Merge, Person

from .erased_world import MARK, Planted
from .test_erasing import erase

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(queries, "orders_path", lambda: tmp_path / queries.FILE)


@pytest.fixture
def planted():
    return Planted()


def replay():
    return commands.replay("default", orders=queries.orders())


def test_an_order_after_a_torn_line_is_read(planted):
    """A kill leaves half a line without an end; the next order begins a line of its own, or the erased come back."""
    queries.orders_path().write_text('{"person": "0191')
    erase(planted)
    assert [said["person"] for said in queries.orders()] == [str(planted.person.pk)]


def test_nobody_orders_an_erasure_by_writing_into_the_list(planted, tmp_path):
    """Whoever may write beside a backup is not two people of the office."""
    step = Step.objects.first()
    forged = {"person": str(planted.neighbour.pk), "at": "2026-11-09T00:00:00+00:00", "by": ["1", "2"], "also": [f"casework_step:{step.pk}"]}
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / queries.FILE).write_text(json.dumps(forged) + "\n")
    commands.take_back(tmp_path / "backups")
    assert replay() == 0
    assert Person.objects.get(pk=planted.neighbour.pk).name == planted.neighbour.name
    assert ErasureLine.objects.count() == 0

    erase(planted)  # the negative control: an order of the office is carried out again, and names its two people
    assert replay() == 1
    detail = journal.Entry.objects.filter(act="registry.erase_person").order_by("-seq").first().detail
    assert {detail["first"], detail["second"]} == {str(planted.world.clerk.pk), str(planted.world.auditor.pk)}


def test_a_backup_from_before_a_merge_is_erased_as_both(planted):
    """One and the same person stood there as two: the order names both records."""
    gone = Merge.objects.get().gone
    erase(planted)
    Person.objects.filter(pk=gone.pk).update(name=MARK, merged_into=None)  # as the older backup has it
    replay()
    assert Person.objects.get(pk=gone.pk).name == WORD


def test_a_backup_from_a_wrong_merge_takes_nobody_else(planted):
    """What stood merged in the older backup and had come apart before the order is somebody else."""
    erase(planted)
    Person.objects.filter(pk=planted.neighbour.pk).update(merged_into=planted.person.pk)
    replay()
    assert Person.objects.get(pk=planted.neighbour.pk).name == planted.neighbour.name


def test_a_number_that_came_to_another_row_takes_nobody_elses_words(planted):
    """After a restore the numbers of later rows are given again: the order knows what the row held."""
    other = planted.world.need(summary=f"听说{MARK}病了", requester_name="别的人")
    step = other.steps.first()
    erase(planted, also=[f"casework_step:{step.pk}"])
    triggers.lift(models=[Step])
    Step.objects.filter(pk=step.pk).update(words=step.words, changed=step.changed)  # as the older backup has it
    replay()
    assert MARK not in str(Step.objects.get(pk=step.pk).changed)  # the negative control: the same row is emptied again
    Step.objects.filter(pk=step.pk).update(words="另一个人说的话", changed={"summary": "邻居家的事"})  # the number, given again
    replay()
    assert Step.objects.get(pk=step.pk).words == "另一个人说的话"
