"""Calls by freshness: who is due, three answers and four for nobody reached, what makes a return likely; a repeat does nothing twice."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from wanjia.kernel.models import Entry, EntryKind
from wanjia.labour.calls import queries
from wanjia.labour.calls.commands import note_contact, see_number
from wanjia.labour.calls.satchel import carried
from wanjia.registry.models import Absence
from wanjia.registry.people.commands import update_person
from wanjia.verdict import Conflict, Refused

from ..models import Contact, Spell, Worker
from ..workers.commands import record_spell, set_facts
from .factories import NOW, TODAY, later, wrote


def answer(world, result, worker=None, *, by=None, at=NOW, **facts):
    return note_contact(worker_id=(worker or world.he).pk, result=result, by=by or world.li, at=at, **facts)


def due(world, days, **flags):
    """Whether he is to be called so many days after he was verified."""
    wrote(Worker.objects.filter(pk=world.he.pk), verified_on=TODAY - timedelta(days))
    world.he = world.anew(world.he)
    return world.he in queries.waiting(world.li, world.datong, TODAY)


def test_ninety_days_and_thirty_for_homes_lifted_out(world):
    assert [due(world, 89), due(world, 90)] == [False, True]
    from ..keeping.commands import keep

    keep(world.anew(world.he), lifted=True)
    assert [due(world, 29), due(world, 30)] == [False, True]


def test_the_longest_not_verified_comes_first_and_whoever_was_tried_waits_a_day(world):
    for worker, days in ((world.he, 100), (world.she, 200)):
        wrote(Worker.objects.filter(pk=worker.pk), verified_on=TODAY - timedelta(days))
    assert list(queries.waiting(world.li, world.datong, TODAY)) == [world.she, world.he]
    answer(world, "no_answer", world.she)
    assert list(queries.waiting(world.li, world.datong, TODAY)) == [world.he]
    assert list(queries.waiting(world.li, world.datong, TODAY + timedelta(1))) == [world.she, world.he]


def test_still_there_verifies_and_nothing_else(world):
    he = world.away()
    answer(world, "there", at=later(5))
    he = world.anew(he)
    assert (he.verified_on, he.place, Contact.objects.get().result) == (later(5).date(), "outside", "there")


def test_back_ends_the_spell_and_the_absence(world):
    world.away()
    answer(world, "back")
    assert (Spell.objects.get().to_on, Absence.objects.get().to_on, world.anew(world.he).place) == (TODAY, TODAY, "none")


def test_moved_begins_another_spell(world):
    world.away()
    answer(world, "moved", place="province", employer_name="昆明某工地")
    assert [(one.place, one.to_on) for one in Spell.objects.order_by("from_on")] == [("outside", TODAY), ("province", None)]
    assert Absence.objects.filter(to_on=None).count() == 1


@pytest.mark.parametrize("result", ["no_answer", "wrong_number", "off", "refused"])
def test_not_reached_is_coded_and_verifies_nothing(world, result):
    world.away()
    before = world.anew(world.he)
    answer(world, result, at=later(5))
    after = world.anew(world.he)
    assert (after.verified_on, after.version, Contact.objects.get().result) == (before.verified_on, before.version, result)


@pytest.mark.parametrize(("result", "facts", "why"), [
    ("back", {}, "登记里他没有在外务工"), ("moved", {}, "请选换到哪里了"), ("there", {"place": "city"}, "答“换了地方”才填"),
    ("there", {"on": TODAY + timedelta(1)}, "日期不能晚于今天"),
])  # fmt: skip
def test_an_answer_that_fits_not_is_refused_and_changes_nothing(world, result, facts, why):
    with pytest.raises(Refused, match=re.escape(why)):
        answer(world, result, **facts)
    assert not Contact.objects.exists() and not Spell.objects.exists()


def test_a_repeat_under_its_key_is_harmless_and_other_words_are_a_conflict(world):
    world.away()
    key = uuid.uuid4()
    for _turn in range(3):
        answer(world, "back", key=key)
    assert Contact.objects.count() == 1
    with pytest.raises(Conflict):
        answer(world, "there", key=key)


def why(world, worker=None):
    return queries.risks([world.anew(worker or world.he)], TODAY)[(worker or world.he).pk]


def test_a_return_is_likely_with_its_reason(world):
    assert why(world) == []
    record_spell(worker_id=world.he.pk, place="city", from_on=date(2026, 1, 1), to_on=date(2026, 2, 1), by=world.li, at=NOW)
    assert why(world) == [], "who is at home does not return"
    world.away()
    assert why(world) == ["上一段务工不满 3 个月"]
    answer(world, "off")
    assert len(why(world)) == 1
    answer(world, "no_answer", at=later(1))
    set_facts(worker_id=world.he.pk, care="home", by=world.li, at=later(1))
    assert why(world) == ["上一段务工不满 3 个月", "连续 2 次没有联系上", "家里有人要照看"]
    answer(world, "there", at=later(2))
    assert "连续 2 次没有联系上" not in why(world)


def test_others_who_came_back_because_the_firm_closed(world):
    from ..workers.commands import end_spell, enrol_worker

    world.away()
    for n in range(2):
        person = world.join(f"王工友{n}", "其他", date(1990, 1, 1 + n), 41 + n)
        other = enrol_worker(person_id=person.pk, by=world.li, at=NOW)
        assert why(world) == []
        world.away(other)
        end_spell(worker_id=other.pk, on=TODAY, because="closed", by=world.li, at=NOW)
    assert why(world) == ["同一单位近期有人因停工回来"]


def test_the_number_is_shown_once_and_written_down(world, client):
    update_person(person_id=world.head.pk, version=world.head.version, phone="13887000009", by=world.li, at=NOW)
    wrote(Worker.objects.filter(pk=world.he.pk), verified_on=TODAY - timedelta(900))
    client.force_login(world.li, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("labour:calls")).content.decode()
    assert "13887000009" not in page and "****" in page
    shown = client.post(reverse("labour:number", args=[world.he.pk]), {"key": str(uuid.uuid4())}).content.decode()
    assert "tel:13887000009" in shown and f'id="number-{world.he.pk}"' in shown, "two that are shown on one page stand apart"
    assert f'hx-select="#number-{world.he.pk}"' in page and reverse("labour:worker", args=[world.he.pk]) in shown
    assert Entry.objects.get(act="worker.number").kind == EntryKind.READING
    assert "****" not in client.get(reverse("labour:calls"), headers={"Satchel": "1"}).content.decode(), "no telephone lies on a device"
    with pytest.raises(Refused):
        see_number(worker_id=world.he.pk, by=world.stranger, at=NOW)


def test_the_list_takes_an_answer_and_shows_a_refusal(world, client):
    wrote(Worker.objects.filter(pk=world.he.pk), verified_on=TODAY - timedelta(900))
    client.force_login(world.li, backend="django.contrib.auth.backends.ModelBackend")
    said = {"worker_id": str(world.he.pk), "result": "moved", "key": str(uuid.uuid4())}
    assert "请选换到哪里了" in client.post(reverse("labour:calls"), said).content.decode()
    assert client.post(reverse("labour:calls"), said | {"place": "county", "key": str(uuid.uuid4())}).status_code == 302
    assert world.anew(world.he).place == "county"
    assert client.post(reverse("labour:calls"), said | {"worker_id": "x"}).status_code == 404


def test_a_village_takes_its_list_along_a_township_chooses_first(world, client):
    assert [(one.path, one.act) for one in carried(world.li, TODAY)] == [("/labour/calls/", True)]
    assert carried(world.clerk, TODAY) == []
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert "大同村" in client.get(reverse("labour:calls")).content.decode()


def test_the_queue_of_a_village(world):
    wrote(Worker.objects.filter(pk=world.he.pk), verified_on=TODAY - timedelta(900))
    assert queries.queue(world.li, TODAY) == {"labour:calls": 1}
    assert queries.queue(world.clerk, TODAY) == {"labour:calls": 1}, "a township's desk says how many, by the sums"
    assert queries.queue(world.officer, TODAY) == {"labour:calls": 1}, "and a county's"
    assert queries.queue(world.teacher, TODAY) == {}


def test_whoever_is_fresh_stands_on_no_desk_and_a_place_says_how_many_wait(world, client):
    wrote(Worker.objects.filter(pk=world.he.pk), verified_on=TODAY - timedelta(89))
    assert queries.queue(world.officer, TODAY) == {"labour:calls": None}, "nobody is overdue: named, as a home lifted out may be due sooner"
    wrote(Worker.objects.filter(pk=world.he.pk), verified_on=TODAY - timedelta(90))
    county, township = world.county, world.datong.parent
    assert (township.short_name, 1) in [(one.short_name, n) for one, n in queries.late_below(world.officer, county, [township], TODAY)]
    assert [n for _one, n in queries.late_below(world.officer, township, [world.datong, world.huangjin], TODAY)] == [1, 0]
    answer(world, "no_answer")
    assert [n for _one, n in queries.late_below(world.officer, township, [world.datong], TODAY)] == [0], "a village's number is what its list shows"
    client.force_login(world.officer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("labour:calls")).content.decode()
    assert "90 天以上没有核实" in page and "数字是这个村的单子上" not in page
