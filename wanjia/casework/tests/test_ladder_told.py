"""What the ladder tells and leaves behind: messages, the list, the morning's digest, the journal; and what the check finds of it."""

from datetime import date

import pytest
from django.urls import reverse

from wanjia.kernel.models import Entry
from wanjia.orgs.delivery.sending import text_of
from wanjia.orgs.models import Message, MessageChannel

from ..checking import rungs as check
from ..ladder import queries
from ..ladder.tasks import climb_all
from ..models import Digest, Rung
from .factories import later
from .test_ladder import china, days, whole
from .walk import bring

pytestmark = pytest.mark.django_db


def test_a_message_that_leaves_bears_a_number_and_a_link_alone(world, settings):
    """Never a household's words, name or telephone: a message has no field for them."""
    settings.WANJIA_ADDRESS = "https://wanjia.example.cn"
    MessageChannel.objects.create(organisation=world.civil, route="wecom", address="wecombot://abcdef", from_at=later(), set_by=world.ledger)
    need = bring(world, "assigned", requester_phone="13800000000", story="家里的事")
    days(3, 4)
    told = list(Message.objects.filter(organisation=world.civil).order_by("at"))
    assert text_of(told[:1]) == f"临期提醒:{need.number}\nhttps://wanjia.example.cn/needs/{need.pk}/"
    assert text_of(told) == f"临期提醒:{need.number}\n催办:{need.number}\nhttps://wanjia.example.cn/climbing/"
    said = text_of(told)
    for words in (need.summary, need.requester_name, "13800000000", "家里的事", "大同"):
        assert words not in said
    assert not Message.objects.exclude(organisation=world.civil).exists()  # who has no channel is told on the screen alone


def test_the_list_shows_what_the_desks_notice_counts(world, client):
    """The notice said 106 of the unit, the list that it led to 142 of the area, and none of the 106."""
    bring(world, "triaged")
    bring(world, "assigned")
    days(3, 4)
    client.force_login(world.clerk)
    shown = client.get(reverse("casework:climbing") + "?rung=ours").context
    counts = {word: n for word, _words, n in shown["tabs"]}
    assert shown["page"].paginator.count == counts["ours"] == queries.told_lately(world.clerk) == 1
    assert counts[""] == 2


def test_the_morning_digest_is_written_once_a_working_day_for_each_desk(world):
    bring(world, "assigned")
    climb_all(china(11, 3))
    climb_all(china(11, 3, 14))
    assert set(Digest.objects.values_list("organisation__name", "day")) == {("细沙乡人民政府", date(2026, 11, 3)), ("永善县诉求台账办公室", date(2026, 11, 3))}
    township = Digest.objects.get(organisation=world.township).content
    assert (township["counts"]["due"], township["counts"]["unaccepted"], township["below"][0]["name"]) == (1, 1, "永善县民政局")
    climb_all(china(11, 7))
    assert Digest.objects.count() == 2


def test_each_rung_stands_in_one_digest(world):
    """What climbed in the round that wrote the digest stands in it, and not in the next one again."""
    bring(world, "assigned")  # reminded on the 3rd, urged on the 4th
    days(3, 5)
    told = Digest.objects.filter(organisation=world.township).order_by("day").values_list("content__rungs", flat=True)
    assert list(told) == [{"1": 1}, {"2": 1}, {}]


def test_the_journal_tells_the_clocks_acts_without_an_account(world):
    need = bring(world, "assigned")
    days(3, 4)
    line = Entry.objects.filter(act="need.urged", subject_id=str(need.pk)).get()
    assert (line.by_id, line.by_name, line.detail["level"]) == (None, "系统(按时限)", 2)


def test_what_may_be_due_is_asked_in_sql(world):
    """Needs far from their day, or climbed to the top, are not even looked at."""
    far = bring(world, "accepted")
    assert far.due_on == date(2026, 11, 16)
    assert not queries.may_be_due(date(2026, 11, 3)).filter(pk=far.pk).exists()
    assert queries.may_be_due(date(2026, 11, 7)).filter(pk=far.pk).exists()
    assert queries.due(china(11, 4)) == []


def test_the_check_finds_a_rung_that_was_early_twice_or_without_its_line(world):
    """Negative control of the check: each fault planted is told."""
    need = bring(world, "accepted")
    days(2, 17)
    assert whole() == []
    rung = Rung.objects.get(need=need, level=2)
    Rung.objects.bulk_create([Rung(**{**{f.attname: getattr(rung, f.attname) for f in Rung._meta.concrete_fields}, "id": need.pk, "level": 3, "n": 99})])
    found = {(what, is_) for _number, what, is_, _should in check.faults(date(2026, 11, 18))}
    assert ("rung 3", "none") in found
    assert ("rung 3", date(2026, 11, 17)) in found


def test_the_check_finds_a_rung_that_a_round_left_out(world, monkeypatch):
    """A tick that skips a need, as DIGIT's does, is told by the check: its digest was written, and the need stands as it stood."""
    need = bring(world, "assigned")
    monkeypatch.setattr("wanjia.casework.ladder.tasks.queries.due", lambda _at: [])
    climb_all(china(11, 4))
    monkeypatch.undo()
    assert [(number, what) for number, what, *_rest in check.faults(date(2026, 11, 4))] == [(need.number, "rung")]
    climb_all(china(11, 4, 10))
    assert whole() == []
