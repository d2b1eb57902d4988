"""At the doorstep: what is voiced stands on the ledger when the visit is recorded; what may be the same waits for somebody to look;
what was written wrong is put right beside what stood there; a slip's code is shown in the one answer that makes it.
"""

import json
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.house import acts
from tests.house.test_pages import Page
from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.registry.visits.commands import add_finding, plan_visit, record_visit
from wanjia.verdict import Refused

from ..checking.folding import faults_of, needs_with_their_lines
from ..intake import queries
from ..intake.commands import correct_need, record_need, take_findings
from ..intake.rules import SameNeed
from ..models import Need, Slip, Step
from ..screening.commands import decline_need
from ..slip.commands import open_by_code
from .factories import MONDAY, later

BACKEND = "django.contrib.auth.backends.ModelBackend"
LEAK = {"category": "housing", "words": "房顶漏雨,盼修缮"}


@pytest.fixture
def world(db):
    """The small world with the register's Wang home."""
    return acts.World()


def visited(world, *findings, at=MONDAY):
    """Record a visit of two to the Wang home, at which these difficulties were voiced."""
    who = [world.visitor.pk, world.register.yang.pk]
    planned = plan_visit(household_id=world.register.home.pk, planned_on=today(at), visitor_ids=who, by=world.visitor, at=at)
    return record_visit(visit_id=planned.pk, done_on=today(at), method="home", visitor_ids=who, findings=findings, by=world.visitor, at=at)


def numbers(visit):
    return [need and need.number for _finding, need in queries.findings_of(visit)]


def faulty():
    return [fault for need in needs_with_their_lines() for fault in faults_of(need)]


# Already on the ledger


def test_what_is_voiced_is_a_need_when_the_visit_is_recorded(world):
    visit = visited(world, LEAK, {"category": "road", "words": "门前路不通"}, {"category": "other", "words": "想要一个书包", "is_wish": True})
    assert [(need.summary, need.holder, need.state) for need in Need.objects.order_by("number")] == [
        ("房顶漏雨,盼修缮", world.township, "registered"), ("门前路不通", world.township, "registered"),
    ]  # fmt: skip
    assert numbers(visit) == list(Need.objects.order_by("number").values_list("number", flat=True))
    assert faulty() == []


def test_one_that_may_be_the_same_waits_until_somebody_has_looked(world):
    first = visited(world, LEAK)
    again = visited(world, {"category": "housing", "words": "屋顶还在漏"}, at=later(1))
    assert numbers(again) == [None]
    finding = str(again.findings.get().pk)
    assert [need.number for need in queries.same_as(again.findings.get(), again, world.visitor)] == numbers(first)
    assert take_findings(visit_id=again.pk, by=world.visitor, at=later(1)) == []
    assert len(take_findings(visit_id=again.pk, another=[finding], by=world.visitor, at=later(1))) == 1
    assert take_findings(visit_id=again.pk, another=[finding], by=world.visitor, at=later(1)) == numbers(again)
    assert Need.objects.count() == 2


def test_what_was_held_back_stands_on_the_desk_of_who_went_until_it_is_recorded(world, client):
    """Sent later from a phone nobody looks at the answer: what may be the same lay at the visit, and no desk said so."""
    visited(world, LEAK, at=timezone.now())
    again = visited(world, {"category": "housing", "words": "山墙裂了一条缝"}, at=timezone.now())
    client.force_login(world.visitor, backend=BACKEND)
    assert "山墙裂了一条缝" in (page := client.get("/").content.decode()) and reverse("casework:needs_of_visit", args=[again.pk]) in page
    take_findings(visit_id=again.pk, another=[str(again.findings.get().pk)], by=world.visitor, at=timezone.now())
    assert reverse("casework:needs_of_visit", args=[again.pk]) not in client.get("/").content.decode()
    client.force_login(world.stranger, backend=BACKEND)
    assert "还没有登记的困难" not in client.get("/").content.decode()


def test_without_the_look_it_would_be_written_twice(world, monkeypatch):
    """Negative control."""
    visited(world, LEAK)
    monkeypatch.setattr(queries, "same_as", lambda finding, visit, actor: Need.objects.none())
    assert numbers(visited(world, {"category": "housing", "words": "屋顶还在漏"}, at=later(1))) != [None]


def test_two_of_one_kind_in_one_breath_are_two(world):
    assert None not in numbers(visited(world, LEAK, {"category": "housing", "words": "灶房墙裂了"}))


def test_one_more_is_said_at_the_door_and_stands_at_once(world):
    visit = visited(world, LEAK)
    add_finding(visit_id=visit.pk, words="孩子上学路太远", category="schooling", requester_id=str(world.register.child.pk), by=world.visitor, at=later(hours=1))
    need = Need.objects.get(category="schooling")
    assert (need.child, need.involves_child, need.requester_name) == (world.register.child, True, world.register.child.shown_name)
    assert numbers(visit)[1] == need.number
    assert Entry.objects.filter(act="visit.finding").count() == 1
    with pytest.raises(Refused, match="不是这一户的人"):
        add_finding(visit_id=visit.pk, words="想办低保", category="aid", requester_id=str(uuid.uuid4()), by=world.visitor, at=MONDAY)


# The same need, before it is written


def voiced(world, **facts):
    said = {"village": world.datong, "household": world.register.home, "channel": "call", "category": "housing", "summary": "屋顶还在漏", "requester_name": "王建国"}
    return record_need(**{**said, "by": world.clerk, "at": later(1), **facts})


def test_the_same_need_is_told_before_it_is_written(world):
    visited(world, LEAK)
    with pytest.raises(SameNeed, match="这一户已有同类诉求") as told:
        voiced(world)
    assert [need.summary for need in told.value.needs] == ["房顶漏雨,盼修缮"]
    assert Need.objects.count() == 1
    assert voiced(world, another=True).pk
    assert voiced(world, category="road").pk


def test_outside_the_register_the_same_name_in_the_village_is_told(world):
    voiced(world, household=None)
    with pytest.raises(SameNeed):
        voiced(world, household=None)
    assert voiced(world, household=None, requester_name="李大成").pk


def test_what_is_over_is_not_the_same(world):
    need = voiced(world)
    decline_need(need_id=need.pk, decline_ground="already_has", decision_reason="已享受同类补助,不重复发放", told_on=today(later(1)), told_way="face",
                 by=world.clerk, at=later(1))  # fmt: skip
    assert voiced(world).pk


def test_what_one_may_not_see_is_not_told(world):
    """A bureau records what it is told of; the township's need of the same home is none of its business."""
    visited(world, LEAK)
    assert voiced(world, by=world.teacher).pk


def test_the_api_tells_it_and_takes_the_answer(world):
    visited(world, LEAK)
    client = Client(headers={"X-CSRFToken": "a" * 32})
    client.force_login(world.clerk, backend=BACKEND)
    body = {"village": world.datong.code, "household_id": str(world.register.home.pk), "channel": "call", "category": "housing", "summary": "屋顶还在漏", "requester_name": "王建国"}
    answer = client.post("/api/needs", json.dumps(body), content_type="application/json")
    assert answer.status_code == 409
    assert Need.objects.get().number in answer.content.decode()
    assert client.post("/api/needs", json.dumps(body | {"another": True}), content_type="application/json").status_code == 201


# Put right


def test_a_correction_stands_beside_what_was_written(world):
    visited(world, LEAK)
    need = Need.objects.get()
    correct_need(need_id=need.pk, summary="灶房顶漏雨", category="housing", by=world.visitor, at=later(hours=1))
    need.refresh_from_db()
    assert need.summary == "灶房顶漏雨"
    assert list(need.steps.order_by("n").values_list("act", "words")) == [("record", "房顶漏雨,盼修缮"), ("correct", "灶房顶漏雨")]
    assert faulty() == []
    correct_need(need_id=need.pk, summary="灶房顶漏雨", category="environment", by=world.visitor, at=later(hours=2))
    assert Step.objects.get(act="correct", n=3).changed.keys() - {"salt"} == {"category"}
    assert faulty() == []


def test_a_sentence_changed_without_its_line_is_found(world):
    """Negative control of the check: what was corrected is held as what was recorded."""
    visited(world, LEAK)
    need = Need.objects.get()
    correct_need(need_id=need.pk, summary="灶房顶漏雨", category="housing", by=world.visitor, at=later(hours=1))
    Need.objects.filter(pk=need.pk).update(summary="门前路不通")
    assert ("summary", "门前路不通", "灶房顶漏雨") in faulty()


def test_a_category_put_right_meets_the_same_need_too(world):
    visited(world, LEAK, {"category": "road", "words": "墙裂了"})
    crack = Need.objects.get(category="road")
    with pytest.raises(SameNeed):
        correct_need(need_id=crack.pk, summary="墙裂了", category="housing", by=world.visitor, at=later(hours=1))
    assert correct_need(need_id=crack.pk, summary="墙裂了", category="housing", another=True, by=world.visitor, at=later(hours=1)).category == "housing"


# The page


@pytest.fixture
def at_the_door(world):
    """Somebody at the form of a visit planned for today: (client, address, answers)."""
    now = timezone.now()
    who = [str(world.visitor.pk), str(world.register.yang.pk)]
    visit = plan_visit(household_id=world.register.home.pk, planned_on=today(now), visitor_ids=who, by=world.visitor, at=now)
    client = Client()
    client.force_login(world.visitor, backend=BACKEND)
    said = {"done_on": today(now).isoformat(), "method": "home", "visitor_ids": who, "f0-words": LEAK["words"], "f0-category": "housing", "key": str(uuid.uuid4())}
    return client, visit, said


def codes(answer):
    return re.findall(r'slip-code[^>]*>([A-Z0-9]{6})<', answer.content.decode())


def test_the_page_shows_promise_and_code_once(at_the_door):
    client, visit, said = at_the_door
    address = reverse("registry:visit_record", args=[visit.pk])
    answer = client.post(address, said)
    need, page = Need.objects.get(), answer.content.decode()
    [code] = codes(answer)
    assert (need.number in page, "前给您答复" in page, "data:image/svg" in page) == (True, True, True)
    assert "no-store" in answer["Cache-Control"]
    assert open_by_code(code=code, address="10.0.0.1", at=timezone.now()) == need
    again = client.post(address, said)
    assert codes(again) == [], "a resend makes no second code, which would end the first"
    assert need.number in again.content.decode()
    seen = client.get(reverse("casework:needs_of_visit", args=[visit.pk]))
    assert codes(seen) == []
    assert Slip.objects.count() == 1


def test_who_comes_second_loses_nothing_and_is_not_told_that_it_is_done(world, at_the_door):
    """Both visitors filled the form in: the page answered the second as if his had been kept, and his words were gone."""
    client, visit, said = at_the_door
    address = reverse("registry:visit_record", args=[visit.pk])
    client.post(address, said)
    second, read = Client(), Entry.objects.filter(act="child.open_notes")
    second.force_login(world.register.yang, backend=BACKEND)
    before = read.count()
    answer = second.post(address, said | {"key": str(uuid.uuid4()), "f0-words": "井水发浑", "f0-category": "water_power"})
    page = answer.content.decode()
    assert "这次走访已经记录或取消了" in page and "井水发浑" in page
    assert codes(answer) == [] and "前给您答复" not in page
    assert (Need.objects.count(), read.count()) == (1, before)
    assert answer.context["form"].last[1] == {}, "notes about children, whose reading no line tells"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_form_and_page_are_such_as_the_house_asks(at_the_door, language):
    client, visit, said = at_the_door
    client.cookies["django_language"] = language
    form, more = reverse("registry:visit_record", args=[visit.pk]), {"f1-words": "井水发浑", "f1-category": "water_power"}
    pages = [client.get(form), client.post(form, said | more), client.get(reverse("casework:needs_of_visit", args=[visit.pk])), client.get(reverse("registry:visit", args=[visit.pk]))]
    assert [Page(page.content.decode()).verdict() for page in pages] == [[], [], [], []]
    assert len(codes(pages[1])) == 2


def test_where_nobody_looks_at_the_answer_no_code_is_made(at_the_door):
    client, visit, said = at_the_door
    client.post(reverse("registry:visit_record", args=[visit.pk]), said, headers={"Sec-Fetch-Mode": "cors"})
    assert (Need.objects.count(), Slip.objects.count()) == (1, 0)


def test_a_visit_offers_no_second_registering(at_the_door):
    client, visit, said = at_the_door
    client.post(reverse("registry:visit_record", args=[visit.pk]), said)
    for name in ("registry:visit", "casework:needs_of_visit"):
        page = client.get(reverse(name, args=[visit.pk])).content.decode()
        assert "登记到诉求台账" not in page
        assert Need.objects.get().number in page


def test_what_was_corrected_on_the_page_is_shown_without_leaving_it(at_the_door):
    client, visit, said = at_the_door
    client.post(reverse("registry:visit_record", args=[visit.pk]), said)
    need, page = Need.objects.get(), reverse("casework:needs_of_visit", args=[visit.pk])
    answer = client.post(reverse("casework:correct", args=[need.pk]), {"summary": "灶房顶漏雨", "category": "housing", "next": page})
    assert answer.url == page
    assert "灶房顶漏雨" in client.get(page).content.decode()
    wrong = client.post(reverse("casework:correct", args=[need.pk]), {"summary": " ", "category": "housing", "next": page})
    assert f'id="said-{need.pk}"' in wrong.content.decode(), "the part that is swapped in says what is wrong"


def test_the_form_names_the_head_and_what_stands_already_and_the_report_knows_the_village(world, at_the_door):
    client, visit, _said = at_the_door
    voiced(world, category="road", summary="门前路不通")
    page = client.get(reverse("registry:visit_record", args=[visit.pk])).content.decode()
    assert re.search(r"<h1>\s*王建国\s*</h1>", page)
    assert "门前路不通" in page
    report = f"{reverse('casework:report_child')}?area={world.datong.code}"
    assert page.count(report) == 6, "one on every part"
    client.force_login(world.clerk, backend=BACKEND)  # whose own place is the township, no village
    assert re.search(r'name="area" value="[^"]*大同', client.get(report).content.decode())
    assert not re.search(r'name="area" value="[^"]*大同', client.get(reverse("casework:report_child")).content.decode())


def test_a_home_is_its_heads_name_with_its_promises(world, at_the_door):
    client, visit, said = at_the_door
    client.post(reverse("registry:visit_record", args=[visit.pk]), said)
    page = client.get(reverse("registry:household", args=[visit.household_id])).content.decode()
    assert re.search(r"<h1>\s*王建国\s*</h1>", page)
    assert "前答复" in page
    rows = client.get(reverse("registry:households")).content.decode()
    assert re.search(rf'href="/households/{visit.household_id}/">\s*王建国', rows), "a list of homes leads by names"
