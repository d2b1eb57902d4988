"""The roll: whom it takes, spells of work one a day, the register's absence along with them, off and back; the sums follow every act."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wanjia.kernel.models import Entry
from wanjia.registry.models import Absence, Person
from wanjia.registry.people.children import groups_of
from wanjia.registry.people.commands import name_parent, say_at_home
from wanjia.verdict import Conflict, Refused

from ..keeping import commands as keeping
from ..models import Change, Spell, Worker
from ..workers import commands, queries
from .factories import AWAY, NOW, TODAY, later, recounted, told


def refused(words, command, **what):
    with pytest.raises(Refused, match=re.escape(words)):
        command(at=NOW, **what)


def spells(worker):
    return [(one.from_on, one.to_on, one.place) for one in Spell.objects.filter(worker=worker).order_by("from_on", "pk")]


def test_enrolling_writes_the_roll_the_sum_and_a_line(world):
    person = world.join("王小强", "儿子", date(2004, 1, 1), 31)
    one = commands.enrol_worker(person_id=person.pk, by=world.li, at=NOW)
    assert (one.village_id, one.entered_on, one.place, one.lifted) == (world.datong.code, TODAY, "none", False)
    assert Entry.objects.filter(act="worker.enrol", subject_id=str(person.pk)).count() == 1


@pytest.mark.parametrize(("facts", "why"), [
    ({"born": date(2011, 1, 1)}, "不在劳动年龄"),
    ({"born": date(1950, 1, 1)}, "不在劳动年龄"),
    ({"schooling": "senior"}, "登记为在校"),
    ({"hukou_kind": "urban"}, "城镇户籍"),
    ({"labour": "lost"}, "没有劳动能力"),
    ({"died_on": date(2026, 1, 1)}, "已登记去世"),
])  # fmt: skip
def test_the_roll_takes_only_rural_labour(world, facts, why):
    person = world.join("王试试", "其他", facts.pop("born", date(1990, 1, 1)), 33, **facts)
    refused(why, commands.enrol_worker, person_id=person.pk, by=world.li)


def test_a_spell_stands_on_the_row_and_closes_the_one_before(world):
    he = world.away()
    assert (he.place, he.since_on, he.how) == ("outside", date(2026, 3, 1), "self")
    commands.record_spell(worker_id=he.pk, place="county", from_on=date(2026, 6, 1), by=world.li, at=NOW)
    he = world.anew(he)
    assert (he.place, he.since_on) == ("county", date(2026, 6, 1))
    assert spells(he) == [(date(2026, 3, 1), date(2026, 6, 1), "outside"), (date(2026, 6, 1), None, "county")]


@pytest.mark.parametrize(("facts", "why"), [
    ({"from_on": TODAY + timedelta(1)}, "不能晚于今天"),
    ({"to_on": date(2026, 2, 1)}, "返回时间不能早于外出时间"),
    ({"how": "organised"}, "要有花名册"),
    ({"carried": True}, "一定是有组织输出"),
    ({"place": "province"}, "务工地和务工区域对不上"),
    ({"area": "530625", "place": "city"}, "务工地和务工区域对不上"),
])  # fmt: skip
def test_a_spell_that_cannot_be_is_refused(world, facts, why):
    refused(why, commands.record_spell, worker_id=world.he.pk, **AWAY | facts, by=world.li)
    assert not Spell.objects.exists()


def test_a_past_spell_may_not_share_a_day(world):
    he = world.away()
    refused("有重叠", commands.record_spell, worker_id=he.pk, place="county", from_on=date(2026, 2, 1), to_on=date(2026, 3, 2), by=world.li)
    commands.record_spell(worker_id=he.pk, place="county", from_on=date(2026, 2, 1), to_on=date(2026, 3, 1), by=world.li, at=NOW)
    refused("有重叠", commands.record_spell, worker_id=he.pk, place="county", from_on=date(2026, 3, 1), by=world.li)
    assert world.anew(he).place == "outside"


ACTS = st.lists(
    st.tuples(st.sampled_from(["begin", "past", "end", "correct"]), st.integers(0, 300), st.integers(0, 90), st.sampled_from(["county", "city", "province", "outside"])),
    max_size=12,
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ACTS)
def test_whatever_is_told_in_whatever_order_a_day_counts_once_and_the_sums_hold(world, acts):
    from django.db import transaction

    first = date(2026, 1, 1)
    with transaction.atomic():
        for what, start, length, place in acts:
            on, until = first + timedelta(start), first + timedelta(start + length)
            try:
                if what == "end":
                    commands.end_spell(worker_id=world.he.pk, on=on, because="over", by=world.li, at=NOW)
                elif what == "correct" and (spells := list(Spell.objects.filter(worker=world.he).order_by("from_on", "to_on", "pk"))):
                    commands.correct_spell(spell_id=spells[length % len(spells)].pk, place=place, from_on=on, to_on=until, by=world.li, at=NOW)
                elif what in ("begin", "past"):
                    told_to = {"to_on": until} if what == "past" else {}
                    commands.record_spell(worker_id=world.he.pk, place=place, from_on=on, **told_to, by=world.li, at=NOW)
            except Refused:
                pass
        days = [(one.from_on, one.to_on or date(2027, 1, 1)) for one in Spell.objects.filter(worker=world.he)]
        days = sorted(one for one in days if one[0] != one[1])
        assert all(before[1] <= after[0] for before, after in pairwise(days))
        assert told() == recounted()
        he, runs = world.anew(world.he), Spell.objects.filter(worker=world.he, to_on=None).first()
        assert (he.place, he.since_on) == ((runs.place, runs.from_on) if runs else ("none", None))
        assert Absence.objects.filter(person_id=he.pk, to_on=None).exists() == bool(runs and runs.place != "county")
        transaction.set_rollback(True)


def test_a_correction_keeps_what_stood_before(world):
    he = world.away()
    spell = Spell.objects.get()
    told_now = {name: getattr(spell, name) for name in Change.KEPT} | {"pay": 6000, "employer_name": "宁波另一家厂"}
    commands.correct_spell(spell_id=spell.pk, **told_now, by=world.li, at=later(1))
    change = Change.objects.get()
    assert (change.was["pay"], change.was["employer_name"]) == ("5200", "宁波某电子厂")
    assert Entry.objects.get(act="worker.spell_correct").detail["fields"] == ["employer_name", "pay"]
    assert [one.kind for one in queries.timeline(world.anew(he))].count("change") == 1
    commands.correct_spell(spell_id=spell.pk, **told_now, by=world.li, at=later(2))
    assert Change.objects.count() == 1, "nothing new, nothing written"


def test_a_spell_that_somebody_corrected_meanwhile_is_not_written_over(world, monkeypatch):
    world.away()
    spell, alone = Spell.objects.get(), commands.rules.is_alone

    def is_alone(*asked, **but):
        Spell.objects.filter(pk=spell.pk).update(pay=7000)
        return alone(*asked, **but)

    monkeypatch.setattr(commands.rules, "is_alone", is_alone)
    told_now = {name: getattr(spell, name) for name in Change.KEPT} | {"pay": 6000}
    with pytest.raises(Conflict):
        commands.correct_spell(spell_id=spell.pk, **told_now, by=world.li, at=later(1))
    assert Spell.objects.get().pay != 6000 and not Change.objects.exists()


def test_without_the_compare_a_correction_is_written_over(world, monkeypatch):
    """Negative control: the row is taken by its key alone."""
    world.away()
    spell, found = Spell.objects.get(), Spell.objects.filter
    monkeypatch.setattr(Spell.objects, "filter", lambda *asked, **facts: found(*asked, **({"pk": facts["pk"]} if "pk" in facts else facts)))
    alone = commands.rules.is_alone

    def is_alone(*asked, **but):
        found(pk=spell.pk).update(pay=7000)
        return alone(*asked, **but)

    monkeypatch.setattr(commands.rules, "is_alone", is_alone)
    told_now = {name: getattr(spell, name) for name in Change.KEPT} | {"pay": 6000}
    commands.correct_spell(spell_id=spell.pk, **told_now, by=world.li, at=later(1))
    assert Spell.objects.get().pay == 6000


def test_far_away_is_one_entry_for_both_registers_and_the_child_is_left_behind(world):
    name_parent(child_id=world.child.pk, line="father", parent_id=world.head.pk, by=world.li, at=NOW)
    name_parent(child_id=world.child.pk, line="mother", parent_id=world.wife.pk, by=world.li, at=NOW)
    say_at_home(person_id=world.child.pk, on=TODAY, by=world.li, at=NOW)
    for one in (world.he, world.she):
        world.away(one)

    def left_behind():
        return {one.group: one.holds for one in groups_of(Person.objects.get(pk=world.child.pk), TODAY)}["left_behind_civil"]

    assert left_behind() is True
    assert [(one.place, one.for_work, one.from_on) for one in Absence.objects.filter(person=world.head)] == [("浙江", True, date(2026, 3, 1))]
    commands.end_spell(worker_id=world.he.pk, on=TODAY, because="family", by=world.li, at=NOW)
    assert Absence.objects.get(person=world.head).to_on == TODAY
    assert left_behind() is False


def test_an_absence_that_stands_is_kept(world):
    Absence.objects.create(person=world.head, place="宁波", from_on=date(2026, 1, 3), recorded_at=NOW)
    world.away()
    assert Absence.objects.get(person=world.head).place == "宁波"


def test_off_the_roll_and_back(world):
    he = world.away()
    commands.take_off(worker_id=he.pk, because="service", on=TODAY, by=world.li, at=NOW)
    he = world.anew(he)
    assert (he.left_because, he.place, Absence.objects.get(person=world.head).to_on) == ("service", "none", TODAY)
    refused("已退出劳动力名册", commands.record_spell, worker_id=he.pk, **AWAY, by=world.li)
    commands.bring_back(worker_id=he.pk, by=world.li, at=NOW)
    assert world.anew(he).left_on is None
    refused("此人在名册里", commands.bring_back, worker_id=he.pk, by=world.li)


def test_two_at_once_on_one_labourer_the_second_is_told(world):
    """Compare-and-set: what was read before another wrote is not written over it."""
    stale = world.anew(world.he)
    commands.set_facts(worker_id=world.he.pk, trade="cook", by=world.li, at=NOW)
    with pytest.raises(Conflict):
        keeping.keep(stale, trade="drive")
    assert world.anew(world.he).trade == "cook"


@pytest.mark.spoils
def test_without_the_compare_the_first_word_would_be_lost(world, monkeypatch):
    """The control: written without looking, the second hand overwrites the first and nobody notices."""
    stale = world.anew(world.he)
    commands.set_facts(worker_id=world.he.pk, trade="cook", by=world.li, at=NOW)
    Worker.objects.filter(pk=stale.pk).update(version=stale.version)
    keeping.keep(stale, trade="drive")
    assert world.anew(world.he).trade == "drive"


def test_a_labourer_of_sixteen_is_a_child_on_every_list(world):
    young = world.join("王未成年", "儿子", date(2009, 12, 1), 35, schooling="out")
    commands.enrol_worker(person_id=young.pk, by=world.li, at=NOW)
    one = queries.on_list(world.li, dict.fromkeys(("q", "who", "place", "trade", "fresh", "wish"), "") | {"area": None}, None).get(pk=young.pk)
    assert one.person.shown_name == "W.W.C.N." and one not in queries.of_home(world.li, world.home)
    assert not any(line.kind in ("holds", "held") for line in queries.timeline(world.anew(one)))


@pytest.mark.parametrize(("text", "found"), [("王建国", 1), ("wjg", 1), ("张桂", 1), ("13887", 0), ("赵", 0)])
def test_found_as_the_register_finds(world, text, found):
    said = queries.matching(world.li, text)
    assert (len(said["workers"]) if said else 0) == found
    assert queries.matching(world.stranger, text) is None


def test_one_labourer_one_timeline(world, client):
    """Spells, contacts, corrections, statuses of the home, in the order of days; what the register says otherwise is said."""
    from wanjia.registry.people.commands import record_absence
    from wanjia.registry.statuses.commands import record_home_status

    from ..calls.commands import note_contact

    record_home_status(household_id=world.home.pk, scheme="lifted", code="lifted", from_on=date(2021, 5, 1), by=world.li, at=NOW)
    record_absence(person_id=world.wife.pk, place="宁波", from_on=date(2026, 3, 1), by=world.li, at=NOW)
    world.away()
    commands.end_spell(worker_id=world.he.pk, on=date(2026, 9, 1), because="unpaid", by=world.li, at=NOW)
    note_contact(worker_id=world.he.pk, result="off", by=world.li, at=later(1))
    assert [one.kind for one in queries.timeline(world.anew(world.he))] == ["contact", "entered", "ended", "spell", "holds"]
    client.force_login(world.li, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/labour/workers/{world.he.pk}/").content.decode()
    assert [words for words in ("家里是脱贫户", "浙江", "宁波某电子厂", "拖欠工资", "停机、关机", "脱贫户") if words not in page] == []
    assert "户册里登记他外出务工(宁波)" in client.get(f"/labour/workers/{world.she.pk}/").content.decode()
    for path in ("/labour/workers/", f"/people/{world.head.pk}/", f"/households/{world.home.pk}/"):
        assert f"/labour/workers/{world.he.pk}/" in client.get(path).content.decode()
