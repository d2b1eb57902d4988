"""Pages: guarded, inside the scope, the same number of queries for 1 and 3 rows, and nothing protected without its journal line."""

import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry, EntryKind

from ..models import Household, Person, Visit
from ..people.commands import record_absence
from ..visits.commands import plan_visit
from .factories import NOW, World, number


@pytest.fixture
def world(db):
    """The small world, with one planned visit."""
    return World()


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def get(user, name, *args, **query):
    return signed_in(user).get(reverse(f"registry:{name}", args=args), query)


LISTS = [("households", {}), ("people", {}), ("stale", {"village": "530625202201"}), ("children", {}), ("visits", {"tab": "due"}),
         ("visits", {"tab": "planned"}), ("duplicates", {}), ("reviews", {})]  # fmt: skip


def more_rows(world):
    """Two more homes like the first: a child, parents away, a planned visit."""
    for at, name in enumerate(("陈大山", "刘大江")):
        home = world.register(name, date(1975, 1, 5 + at), 101 + 2 * at)
        world.join(
            f"{name[0]}小花", "女儿", date(2016, 3, 4 + at), 102 + 2 * at, home=home, schooling="primary", hukou_kind="rural"
        )
        leave(world, home)


def leave(world, home):
    from ..visits.commands import plan_visit

    for member in home.memberships.exclude(relation="女儿"):
        record_absence(person_id=member.person_id, place="上海市", by=world.li, at=NOW)
    plan_visit(household_id=home.pk, planned_on=NOW.date(), visitor_ids=[world.clerk.pk], by=world.li, at=NOW)


@pytest.mark.parametrize(("name", "query"), LISTS, ids=lambda value: value if isinstance(value, str) else value.get("tab", ""))
def test_a_list_asks_the_same_number_of_queries_for_one_and_three_rows(world, name, query):
    if name != "visits" or query["tab"] != "due":
        leave(world, world.home)
    client = signed_in(world.clerk)
    address = reverse(f"registry:{name}")
    client.get(address, query)
    with CaptureQueriesContext(connection) as one:
        assert client.get(address, query).status_code == 200
    more_rows(world)
    with CaptureQueriesContext(connection) as three:
        assert client.get(address, query).status_code == 200
    assert len(three) == len(one), [q["sql"][:200] for q in three.captured_queries]


def addresses(world):
    """Every page about something of 大同村."""
    from ..models import Absence, DatedStatus, Membership
    from ..statuses.commands import record_status
    from ..visits.commands import plan_visit

    visit = plan_visit(household_id=world.home.pk, planned_on=NOW.date(), visitor_ids=[world.li.pk], by=world.li, at=NOW)
    record_absence(person_id=world.head.pk, place="上海市", by=world.li, at=NOW)
    record_status(person_id=world.head.pk, scheme="disability", code="limb", grade="1", by=world.li, at=NOW)
    member, absence, status = Membership.objects.first(), Absence.objects.get(), DatedStatus.objects.get()
    home, head, child = world.home.pk, world.head.pk, world.child.pk
    return [
        ("household", home), ("household_edit", home), ("household_reveal", home), ("member_new", home), ("household_status_new", home),
        ("visit_plan", home), ("member_move", member.pk), ("member_end", member.pk), ("person", head), ("person_edit", head),
        ("person_reveal", head), ("status_new", head), ("absence_new", head), ("parent_name", child, "father"), ("care_new", child),
        ("status_end", status.pk), ("absence_end", absence.pk), ("child_file", child), ("visit", visit.pk), ("visit_record", visit.pk),
        ("visit_cancel", visit.pk), ("duplicate", head, child),
    ]  # fmt: skip


def test_every_page_opens_inside_the_scope_and_is_404_outside_it(world):
    for name, *args in addresses(world):
        inside = world.clerk if name == "duplicate" else world.li
        asks_first = name == "duplicate"  # one of the two is a child: its file is opened first, with a reason
        assert get(inside, name, *args).status_code == (302 if asks_first else 200), name
        assert get(world.stranger, name, *args).status_code == 404, name
        nowhere = [arg if isinstance(arg, str) else 0 if isinstance(arg, int) else uuid.uuid4() for arg in args]
        assert get(inside, name, *nowhere).status_code == 404, name
        assert Client().get(reverse(f"registry:{name}", args=args)).status_code == 302, name


@pytest.mark.parametrize("name", ["household_verify", "status_confirm", "groups_review", "visit_draft"])
def test_an_act_outside_the_scope_is_404_and_by_get_nothing_is_done(world, name):
    before = {a[0]: a[1] for a in addresses(world)}
    pk = {
        "household_verify": world.home.pk,
        "status_confirm": before["status_end"],
        "groups_review": world.child.pk,
        "visit_draft": before["visit"],
    }[name]
    lines = Entry.objects.count()
    assert signed_in(world.stranger).post(reverse(f"registry:{name}", args=[pk])).status_code == 404
    assert signed_in(world.li).get(reverse(f"registry:{name}", args=[pk])).status_code == (405 if name == "visit_draft" else 200)
    assert Entry.objects.count() == lines


def test_a_childs_file_asks_first_and_is_journalled_before_it_is_sent(world):
    client, address = signed_in(world.li), reverse("registry:child_file", args=[world.child.pk])
    asked = client.get(address)
    assert "王小雨" not in asked.content.decode()
    assert not Entry.objects.filter(kind=EntryKind.READING).exists()
    refused = client.post(address, {"reason": "看"})
    assert "王小雨" not in refused.content.decode()
    opened = client.post(address, {"reason": "开学前走访"})
    assert "王小雨" in opened.content.decode()
    assert "no-store" in opened.headers["Cache-Control"]
    assert Entry.objects.filter(kind=EntryKind.READING, subject_id=str(world.child.pk)).count() == 1
    client.get(address)
    assert Entry.objects.filter(kind=EntryKind.READING).count() == 2, "each sending is journalled"


def test_the_form_that_shows_what_the_file_shows_is_journalled_each_time(world):
    """Within the sitting it came filled, name and day of birth, and no line said that it was read."""
    client, form = signed_in(world.li), reverse("registry:person_edit", args=[world.child.pk])
    client.post(reverse("registry:child_file", args=[world.child.pk]), {"reason": "开学前走访"})
    page = client.get(form)
    assert "王小雨" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    lines = Entry.objects.filter(kind=EntryKind.READING, subject_id=str(world.child.pk))
    assert list(lines.values_list("act", flat=True)) == ["child.open_file"] * 2
    client.post(form, {"version": 7, "name": "王小雨"})  # comes back filled, with what is wrong
    assert lines.count() == 3


def test_without_the_journal_the_file_is_not_sent(world, monkeypatch):
    """Negative control of the order: when the line cannot be written, no byte of the file leaves."""
    from ..people import commands

    def broken(**_what):
        raise RuntimeError("disk full")

    monkeypatch.setattr(commands.journal, "record_reading", broken)
    client = signed_in(world.li)
    client.raise_request_exception = False
    answer = client.post(reverse("registry:child_file", args=[world.child.pk]), {"reason": "开学前走访"})
    assert answer.status_code == 500
    assert "王小雨" not in answer.content.decode()


def test_sealed_facts_are_shown_once_and_stand_on_no_other_page(world):
    number_, phone = number(date(1985, 3, 2), 11), "13887000001"
    client = signed_in(world.li)
    for name, *args in addresses(world):
        page = client.get(reverse(f"registry:{name}", args=args)).content.decode()
        assert number_ not in page, name
        assert phone not in page, name
    shown = client.post(reverse("registry:person_reveal", args=[world.head.pk]), {"reason": "核对证件"})
    assert number_ in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert (
        phone
        in client.post(reverse("registry:household_reveal", args=[world.home.pk]), {"reason": "约走访时间"}).content.decode()
    )
    assert Entry.objects.filter(kind=EntryKind.READING).count() >= 2


def test_a_school_reads_initials_of_children(world):
    from wanjia.orgs.models import Organisation, Tier
    from wanjia.orgs.roles import Role

    from .factories import worker

    bureau = Organisation.objects.create(name="永善县教育体育局", tier=Tier.COUNTY, area=world.county, line="education")
    teacher = worker("jiaoti", "周教体", bureau, Role.BUREAU_WORKER)
    page = get(teacher, "people").content.decode()
    assert "W.X.Y." in page
    assert "王小雨" not in page


def test_the_list_of_special_children_masks_names(world):
    leave(world, world.home)
    page = get(world.li, "children").content.decode()
    assert "W.X.Y." in page
    assert "王小雨" not in page


def test_one_click_leads_to_a_form_with_just_the_missing_fields(world):
    page = get(world.li, "stale", village="530625202201").content.decode()
    assert (
        f"{reverse('registry:household_edit', args=[world.home.pk])}?only=group_name,address,hukou_kind,income_yuan,housing_safety"
        in page
    )
    form = get(world.li, "household_edit", world.home.pk, only="group_name,housing_safety").context["form"]
    assert list(form.fields) == ["version", "group_name", "housing_safety"]


def test_clearing_what_is_missing_moves_the_share(world):
    client, address = signed_in(world.li), reverse("registry:stale")
    assert client.get(address, {"village": world.datong.code}).context["counts"]["complete"] == 0
    edit = reverse("registry:household_edit", args=[world.home.pk])
    facts = {
        "version": 0,
        "group_name": "二组",
        "address": "12号",
        "hukou_kind": "rural",
        "income_yuan": "20000",
        "housing_safety": "A",
    }
    assert client.post(f"{edit}?only=group_name,address,hukou_kind,income_yuan,housing_safety", facts).status_code == 302
    for person in (world.head, world.wife):
        edit = reverse("registry:person_edit", args=[person.pk])
        assert client.post(f"{edit}?only=labour", {"version": 0, "labour": "ordinary"}).status_code == 302
    for line, parent in (("father", world.head), ("mother", world.wife)):
        name = reverse("registry:parent_name", args=[world.child.pk, line])
        assert client.post(name, {"parent_id": str(parent.pk)}).status_code == 302
    counts = client.get(address, {"village": world.datong.code}).context["counts"]
    assert (counts["complete"], counts["homes"], counts["complete_share"]) == (1, 1, 100)


def test_leaving_a_sealed_field_empty_keeps_it(world):
    client = signed_in(world.li)
    client.post(
        reverse("registry:household_edit", args=[world.home.pk]) + "?only=phone,note", {"version": 0, "phone": "", "note": "一"}
    )
    home = Household.objects.get(pk=world.home.pk)
    assert (home.phone, home.note) == ("13887000001", "一")


def test_a_visit_goes_from_plan_to_record_on_the_pages(world):
    client = signed_in(world.li)
    from django.utils import timezone

    from wanjia.kernel.calendar import today

    day = today(timezone.now())
    planned = client.post(reverse("registry:visit_plan", args=[world.home.pk]), {
        "planned_on": day.isoformat(), "purpose": "routine", "visitor_ids": [str(world.li.pk), str(world.yang.pk)]})  # fmt: skip
    visit = Visit.objects.get()
    assert planned.url == reverse("registry:visit_record", args=[visit.pk])
    answers = {
        "done_on": day.isoformat(), "method": "home", "visitor_ids": [str(world.li.pk), str(world.yang.pk)], "home-housing": "watch",
        f"{world.child.pk}-mind": "concern", f"{world.child.pk}-mind-words": "夜里常哭", "f0-words": "屋顶漏雨", "f0-category": "housing",
        "f0-requester": str(world.child.pk),
    }  # fmt: skip
    draft = client.post(reverse("registry:visit_draft", args=[visit.pk]), answers, headers={"HX-Request": "true"})
    assert "草稿已存" in draft.content.decode()
    assert "夜里常哭" in client.get(planned.url).content.decode()
    key = str(uuid.uuid4())
    for _twice in range(2):
        done = client.post(planned.url, {**answers, "key": key})
        assert done.status_code in (200, 302), "the page at the door, or without the ledger the visit"
    visit.refresh_from_db()
    assert (visit.state, visit.findings.get().about_child, visit.visitors.count()) == ("done", world.child, 2)
    page = client.get(reverse("registry:visit", args=[visit.pk])).content.decode()
    assert "屋顶漏雨" in page
    assert "夜里常哭" not in page


def test_who_went_alone_is_told_where_it_is_asked_and_keeps_what_was_typed(world):
    client, day = signed_in(world.li), today(timezone.now())
    visit = plan_visit(household_id=world.home.pk, planned_on=day, visitor_ids=[world.li.pk], by=world.li, at=timezone.now())
    said = {"done_on": day.isoformat(), "method": "home", "visitor_ids": [str(world.li.pk)], f"{world.child.pk}-mind": "good", "f0-words": "屋顶漏雨", "f0-category": "housing"}
    page = client.post(reverse("registry:visit_record", args=[visit.pk]), said).content.decode()
    assert re.search(r'id="id_visitor_ids_group" aria-invalid="true"', page)
    assert "至少要两个人一起去" in page
    assert "屋顶漏雨" in page


def test_a_merged_record_leads_to_the_one_that_stands(world):
    Person.objects.filter(pk=world.wife.pk).update(merged_into=world.head)
    answer = get(world.li, "person", world.wife.pk)
    assert answer.url == reverse("registry:person", args=[world.head.pk])


def test_the_household_page_shows_a_past_day(world):
    grandmother = world.join("李秀英", "母亲", date(1950, 2, 3), 26, from_on=date(2026, 3, 1))
    page = get(world.li, "household", world.home.pk, on="2026-02-28").content.decode()
    assert grandmother.name not in page
    assert grandmother.name in get(world.li, "household", world.home.pk, on="2026-03-01").content.decode()


def test_the_api_answers_masked_and_scoped(world, settings):
    from ninja import NinjaAPI
    from ninja.security import django_auth
    from ninja.testing import TestClient

    from ..api import router

    api = NinjaAPI(auth=django_auth, urls_namespace=f"registry-test-{uuid.uuid4()}")
    api.add_router("", router)
    client = TestClient(api)
    homes = client.get("/households/", user=world.li).json()
    assert [(home["number"], home["head"], home["people"]) for home in homes] == [(world.home.number, "王建国", 3)]
    one = client.get(f"/households/{world.home.pk}", user=world.li, day=NOW.date()).json()
    assert [member["name"] for member in one["members"]] == ["王建国", "张桂芳", "W.X.Y."]
    assert "13887000001" not in str(one)
    assert client.get(f"/households/{world.home.pk}", user=world.stranger).status_code == 404
    assert client.get("/people/", user=world.stranger).json() == []


@pytest.mark.parametrize(("name", "sent"), [
    ("absence_new", {"place": "上海市"}), ("at_home", {"on": NOW.date()}), ("visit_plan", {"planned_on": "2099-01-01", "purpose": "routine"}),
])  # fmt: skip
def test_whoever_came_from_a_list_goes_back_to_it(world, name, sent):
    row = world.home if name == "visit_plan" else world.head
    more = {"visitor_ids": [str(world.li.pk)]} if name == "visit_plan" else {}
    answer = signed_in(world.li).post(reverse(f"registry:{name}", args=[row.pk]), {**sent, **more, "next": "/stale/"})
    assert (answer.status_code, answer.get("Location")) == (302, "/stale/")


def test_what_finds_many_is_counted_no_further(world, monkeypatch):
    """A bare surname counted and sorted every bearer of the county for one page of fifty."""
    monkeypatch.setattr("wanjia.registry.people.views.MANY", 60)
    Person.objects.bulk_create(Person(name=f"王{chr(0x4E00 + n)}", village=world.datong, registered_at=NOW, birth_on=date(1980, 1, 1)) for n in range(120))
    with CaptureQueriesContext(connection) as questions:
        first = get(world.li, "people", q="王")
    text = first.content.decode()
    assert ("超过 60 条" in text, "多写一个字" in text, "page=2" in text, len(first.context["page"].object_list)) == (True, True, True, 50)
    assert all("LIMIT" in one["sql"] for one in questions if "COUNT" in one["sql"] and "registry_person" in one["sql"])
    pages = [get(world.li, "people", q="王", page=n) for n in (1, 2, 3)]
    names = [row.name for page in pages for row in page.context["page"].object_list]
    assert len(names) == len(set(names)) == 122 and names == sorted(names)
    assert "page=4" not in pages[2].content.decode() and "超过 60 条" in pages[2].content.decode()
    few = get(world.li, "people", q="王建国").content.decode()
    assert "共 1 条" in few and "超过" not in few


def test_no_child_stands_in_the_order_of_its_name_among_many(world, monkeypatch):
    """Found by initials and sorted by the name's signs it stood between two grown-ups whose names are shown: that spelt its own."""
    monkeypatch.setattr("wanjia.registry.people.views.MANY", 3)
    grown = [Person(name=f"王{sign}", initials="wx", village=world.datong, registered_at=NOW, birth_on=date(1980, 1, 1)) for sign in "一小鑫龥"]
    child = Person(name="王新", initials="wx", village=world.datong, registered_at=NOW, birth_on=date(2018, 1, 1))
    Person.objects.bulk_create([*grown, child])

    def order(name):
        Person.objects.filter(pk=child.pk).update(name=name)
        page = get(world.clerk, "people", q="wx").context["page"]
        assert page.beyond
        return [row.pk for row in page.object_list]

    assert order("王一一") == order("王新") == order("王龥龥")
