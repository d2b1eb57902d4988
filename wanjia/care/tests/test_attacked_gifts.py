"""Gifts attacked: a name that shows every pupil of a roll as poor."""

import pytest

from wanjia.care.gifts import commands, rules
from wanjia.care.models import Distribution, Gift
from wanjia.kernel.models import Entry
from wanjia.verdict import ALLOWED, Refused

from . import acts_gifts as acts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("said", [{"name": "贫困学生运动鞋"}, {"name": "留守儿童冬衣"}, {"thing": "困难学生书包"}, {"name": "低 保 户孩子的鞋"}])
def test_no_pupil_is_shown_as_poor_by_what_it_is_called(world, said, monkeypatch):
    with pytest.raises(Refused, match="难处"):
        commands.open_distribution(**acts.opening(world) | said, **acts.who(world))
    monkeypatch.setattr(rules, "says_no_plight", lambda *_what: ALLOWED)
    commands.open_distribution(**acts.opening(world) | said, **acts.who(world))
    assert Distribution.objects.exists(), "negative control"


@pytest.mark.parametrize("said", [{"name": "2026 年冬季运动鞋"}, {"name": "开学书包", "giver": "永善县残疾人联合会"}])
def test_what_says_nothing_of_homes_is_given_out(world, said):
    """The control."""
    commands.open_distribution(**acts.opening(world) | said, **acts.who(world))


# Who signed beside.


def told_in_journal(word):
    return [one for one in Entry.objects.all() if word in f"{one.reason}{one.detail}"]


def test_who_signed_beside_stands_in_no_journal_and_goes_with_an_erasure(world):
    commands.hand_out(**acts.handing(world) | {"witness": "周见证"}, **acts.who(world))
    assert Gift.objects.get().witness == "周见证" and not told_in_journal("周见证")
    given = Entry.objects.get(act="gift.give")
    assert given.subject_id == str(Gift.objects.get().pk), "the row's key leads there"
    assert "witness" in Gift.erasure.empty


def test_by_the_reason_everybody_reads_it(world, monkeypatch):
    """Negative control: the journal as it was written before."""
    record = commands.journal.record
    monkeypatch.setattr(commands.journal, "record", lambda **told: record(**told | ({"reason": "周见证"} if told["act"] == "distribution.hand_out" else {})))
    commands.hand_out(**acts.handing(world) | {"witness": "周见证"}, **acts.who(world))
    assert told_in_journal("周见证")
