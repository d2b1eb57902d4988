"""Calls one after the other: what comes next, what rests, what is skipped, and whose number is never shown."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.models import Entry
from wanjia.orgs.roles import Role
from wanjia.policy.triage import callback_tries
from wanjia.registry.models import Membership, Person

from ..callback import commands, queries
from ..callback.commands import call_back, show_phone
from ..models import Callback, Need
from ..states import NeedState as S
from .factories import MONDAY, worker
from .walk import bring

SITTING = "/callbacks/sitting/"


@pytest.fixture
def needs(world):
    """Three that wait, in the order in which they are called."""
    return [bring(world, S.DONE_REPORTED, requester_phone=f"1380000111{n}", summary=f"第{'一二三'[n]}件事", at=MONDAY + timedelta(seconds=n)) for n in range(3)]


@pytest.fixture
def caller(as_user, world):
    return as_user(world.caller)


def answer(client, need, **said):
    """Send the form of one need, as its page does."""
    where = reverse("casework:sitting_need", args=[need.pk])
    return client.post(where, {"key": str(uuid4()), "next": SITTING, "way": "phone", **said}, follow=True)


def now_shown(client):
    """Return the summary of the need that the page brings, or None."""
    need = client.get(SITTING).context.get("need")
    return need and need.summary


def test_what_is_saved_brings_the_next_on_the_same_page(caller, needs):
    assert now_shown(caller) == "第一件事"
    page = answer(caller, needs[0], said="solved", satisfaction="satisfied", words="修好了")
    assert page.redirect_chain == [(SITTING, 302)], "one answer leads to one page"
    html = page.content.decode()
    assert f"已记下:{needs[0].number},已经解决。" in html
    assert "今天已打 1 / 3" in html
    assert page.context["need"].summary == "第二件事"
    assert Need.objects.get(pk=needs[0].pk).state == S.VERIFIED


def test_a_refusal_leaves_everything_that_was_typed_and_the_number(caller, needs):
    html = answer(caller, needs[0], said="missed", satisfaction="satisfied", words="邻居说他去昆明了", shown="1").content.decode()
    assert "没有联系上,不能替诉求人回答是否解决、是否满意。" in html
    assert "邻居说他去昆明了" in html
    assert "tel:13800001110" in html, "the number goes while it is being called"
    assert Entry.objects.filter(act="need.phone").count() == 1, "and is journalled each time that it is sent"
    assert Callback.objects.count() == 0
    assert "tel:" not in answer(caller, needs[1], said="").content.decode(), "control: a number that was not opened stays closed"


def test_what_was_not_reached_rests_until_a_try_counts_again(caller, needs, monkeypatch):
    answer(caller, needs[0], said="missed")
    assert now_shown(caller) == "第二件事"
    for need in needs[1:]:
        answer(caller, need, said="solved")
    html = caller.get(SITTING).content.decode()
    assert "现在没有要打的电话" in html
    assert "1 户刚打过没有联系上" in html
    first, apart = Callback.objects.first(), timedelta(hours=callback_tries().apart)
    assert list(queries.to_call_now(first.by, first.at + apart - timedelta(minutes=1))) == [], "a try now would be none"
    assert list(queries.to_call_now(first.by, first.at + apart)) == [needs[0]]
    monkeypatch.setattr(queries, "callback_tries", lambda: replace(callback_tries(), apart=0))
    assert now_shown(caller) == "第一件事", "negative control: without a rest it would ring at once again"


def test_what_is_skipped_comes_back_when_it_is_asked_for(caller, needs):
    for summary, need in zip(["第二件事", "第三件事"], needs):
        assert answer(caller, need, skip="1", words="写了一半").context["need"].summary == summary
    assert answer(caller, needs[2], skip="1").context.get("need") is None
    assert "还有 3 件您先跳过了" in caller.get(SITTING).content.decode()
    caller.post(SITTING, {"afresh": "1"})
    assert now_shown(caller) == "第一件事"
    assert Callback.objects.count() == 0


def test_two_desks_do_not_ring_one_household(caller, needs, world, monkeypatch):
    other = worker("huifang2", "白回访", world.office, Role.CALLBACK_OFFICER)
    show_phone(need_id=needs[0].pk, by=other, at=timezone.now())
    assert now_shown(caller) == "第二件事"
    assert queries.to_call_now(other, timezone.now()).first() == needs[0], "whoever opened it has it before him"
    monkeypatch.setattr(queries, "IN_HAND", timedelta(0))
    assert now_shown(caller) == "第一件事", "negative control"


def test_who_is_ringing_is_named_and_whoever_opens_the_number_after_him_takes_over(caller, needs, world):
    other = worker("huifang2", "白回访", world.office, Role.CALLBACK_OFFICER)
    show_phone(need_id=needs[0].pk, by=other, at=timezone.now())
    assert "白回访" in caller.get("/callbacks/").content.decode(), "on the list, beside the need"
    there = reverse("casework:sitting_need", args=[needs[0].pk])
    assert "白回访" in caller.get(there).content.decode()
    for need in needs[1:]:
        answer(caller, need, skip="1")
    assert needs[0].summary in caller.get(SITTING).content.decode(), "at the end of the day it is named, and opened by one tap"
    caller.post(SITTING, {"afresh": "1"})
    assert "tel:" in caller.post(there, {"phone": "1"}).content.decode()
    assert now_shown(caller) == "第一件事", "taken over"
    assert "白回访" not in caller.get("/callbacks/").content.decode()
    assert queries.to_call_now(other, timezone.now()).first() == needs[1], "and is no longer the other's"


def test_whoever_was_quicker_is_named_and_nothing_typed_is_lost(caller, needs, world):
    call_back(need_id=needs[0].pk, way="phone", reached=True, word="solved", by=world.caller, at=timezone.now())
    html = answer(caller, needs[0], said="solved", words="他说修好了").content.decode()
    assert "报办结以后才能回访" in html
    assert "他说修好了" in html


def test_a_childs_number_is_never_shown(caller, needs, world):
    child = Person.objects.create(name="王小雨", village=world.datong, birth_on=date(2016, 5, 20), sex="女", registered_at=timezone.now())
    Need.objects.filter(pk=needs[0].pk).update(requester=child)
    where = reverse("casework:sitting_need", args=[needs[0].pk])
    for html in (caller.get(where).content.decode(), caller.post(where, {"phone": "1"}).content.decode()):
        assert "13800001110" not in html
        assert "不显示孩子的电话" in html
    assert not Entry.objects.filter(act="need.phone").exists()
    grown = Person.objects.create(name="王大雨", village=world.datong, birth_on=date(1990, 5, 20), sex="女", registered_at=timezone.now())
    Need.objects.filter(pk=needs[0].pk).update(requester=grown)
    assert "tel:13800001110" in caller.post(where, {"phone": "1"}).content.decode(), "control: a grown-up's is"


def home_with(world, *births):
    """The home has a phone, and these people were born then."""
    home = world.home
    home.phone = "13800002222"
    home.save(update_fields=["phone", "phone_index"])
    for turn, birth in enumerate(births):
        person = Person.objects.create(name=f"王{turn}", village=world.datong, birth_on=birth, sex="女", registered_at=timezone.now())
        Membership.objects.create(household=home, person=person, relation="户主" if turn == 0 else "女儿", from_on=date(2020, 1, 1))


@pytest.mark.parametrize(("births", "seen"), [([date(1990, 5, 20), date(2016, 5, 20)], True), ([date(2012, 5, 20), date(2016, 5, 20)], False)])
def test_a_need_without_a_number_is_called_under_its_homes_unless_children_live_there_alone(caller, world, births, seen):
    home_with(world, *births)
    need = bring(world, S.DONE_REPORTED)
    html = caller.post(reverse("casework:sitting_need", args=[need.pk]), {"phone": "1"}).content.decode()
    assert ("tel:13800002222" in html) == seen
    lines = {(line.subject, line.subject_id) for line in Entry.objects.filter(act="need.phone")}
    assert {("registry.household", str(world.home.pk)), ("casework.need", str(need.pk))} <= lines or not seen
    assert "没有登记电话" in caller.get(reverse("casework:sitting_need", args=[need.pk])).content.decode() or seen


@pytest.mark.parametrize(("birth", "seen"), [(date(1990, 5, 20), True), (date(2012, 5, 20), False)])
def test_a_home_without_a_number_is_called_under_its_heads_who_must_be_grown_up(caller, world, birth, seen):
    home_with(world, birth, date(1994, 5, 20))
    world.home.phone = ""
    world.home.save(update_fields=["phone", "phone_index"])
    head = Person.objects.get(name="王0")
    head.phone = "13800003333"
    head.save(update_fields=["phone", "phone_index"])
    need = bring(world, S.DONE_REPORTED)
    html = caller.post(reverse("casework:sitting_need", args=[need.pk]), {"phone": "1"}).content.decode()
    assert ("tel:13800003333" in html) == seen
    lines = {(line.subject, line.subject_id) for line in Entry.objects.filter(act="need.phone")}
    assert (("registry.person", str(head.pk)) in lines) == seen, "whoever's number was seen has no line of it"


def test_the_number_is_shown_for_a_call_that_may_be_made_and_for_no_other(as_user, needs, world):
    where = reverse("casework:sitting_need", args=[needs[0].pk])
    assert as_user(world.handler).post(where, {"phone": "1"}).status_code == 403
    client = as_user(world.caller)
    call_back(need_id=needs[0].pk, way="phone", reached=True, word="solved", by=world.caller, at=timezone.now())
    assert "13800001110" not in client.post(where, {"phone": "1"}).content.decode()
    assert not Entry.objects.filter(act="need.phone").exists()


def test_no_number_is_sent_without_its_line(caller, needs, monkeypatch):
    monkeypatch.setattr(commands.journal, "record_reading", lambda **line: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        caller.post(reverse("casework:sitting_need", args=[needs[0].pk]), {"phone": "1"})


def test_a_sitting_asks_as_much_for_twenty_as_for_three(caller, needs, world):
    def asked():
        with CaptureQueriesContext(connection) as questions:
            assert caller.get(SITTING).status_code == 200
        return len(questions)

    asked()
    few = asked()
    for _turn in range(6):
        bring(world, S.DONE_REPORTED, requester_phone="13800001119")  # whichever stands first, no home is asked for its number
    assert asked() == few


def test_a_callers_desk_has_one_button_into_the_sitting_and_quiet_rows(as_user, world):
    bring(world, "done_reported")
    page = as_user(world.caller).get("/").content.decode()
    main = page[page.index("<main"): page.index("</main>")]
    assert main.count("btn-primary") == 1 and "/callbacks/sitting/" in main.partition("btn-primary")[2][:80]
