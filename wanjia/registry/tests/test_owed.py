"""What homes may be owed: from rows of the register to the card and the list; who hears of it, and of a child who does not."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.models import Entry
from wanjia.orgs.models import Organisation, Tier
from wanjia.orgs.roles import Role
from wanjia.registry.households.rules import visible_households

from ..models import Absence, Benefit, DatedStatus, Membership, Parentage, Person, Visit
from ..owed import facts, queries
from .factories import NOW, TODAY, worker

BACKEND = "django.contrib.auth.backends.ModelBackend"


def hold(scheme, code, *, grade="", since=date(2020, 1, 1), **whose):
    return DatedStatus.objects.create(scheme=scheme, scheme_version="x", code=code, grade=grade, from_on=since, recorded_at=NOW, **whose)


def go(person, place="浙江省宁波市", since=date(2026, 3, 1)):
    return Absence.objects.create(person=person, place=place, from_on=since, recorded_at=NOW)


def orphaned(world):
    """Both parents of the Wang child are dead by the register: named, and on record."""
    for line, parent in (("father", world.head), ("mother", world.wife)):
        Parentage.objects.create(child=world.child, line=line, parent=parent, recorded_at=NOW)
        hold("condition", "dead", person=parent)


def told(actor, home, **more):
    return {(one.rule["code"], one.stands, one.claims[0].person and one.claims[0].person.name) for one in queries.of_home(actor, home, TODAY, **more)}


def signed_in(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def office(world):
    """A post that sees the whole county's register and opens no child's file."""
    return worker("quanxian", "全县官", Organisation.objects.create(name="永善县台账办", tier=Tier.COUNTY, area=world.county), Role.LEDGER_OFFICE)


def test_facts_of_the_register_become_what_may_be_owed(world):
    assert told(world.li, world.home) == set()
    hold("lifted", "lifted", household=world.home)
    go(world.head)
    assert told(world.li, world.home) == {("transport_aid", "owed", "王建国")}
    Benefit.objects.create(person=world.head, scheme="外出务工交通补助", period="2026", amount_yuan=Decimal(1000), recorded_at=NOW)
    assert told(world.li, world.home) == {("transport_aid", "received", "王建国")}


def test_it_follows_the_register_as_it_is_today(world):
    status = hold("relief", "margin", household=world.home)
    hold("disability", "limb", grade="1", person=world.wife)
    assert ("margin_member", "owed", "张桂芳") in told(world.li, world.home)
    Membership.objects.filter(person=world.wife).update(to_on=TODAY)
    assert not any(code == "margin_member" for code, *_ in told(world.li, world.home))
    Membership.objects.filter(person=world.wife).update(to_on=None)
    Person.objects.filter(pk=world.wife.pk).update(died_on=TODAY)
    assert not any(code == "margin_member" for code, *_ in told(world.li, world.home))
    Person.objects.filter(pk=world.wife.pk).update(died_on=None)
    DatedStatus.objects.filter(pk=status.pk).update(to_on=TODAY)
    assert told(world.li, world.home) == set()


def test_whether_others_of_the_home_can_work_is_known_unsaid_or_denied(world):
    hold("disability", "limb", grade="1", person=world.wife)
    Person.objects.filter(pk=world.wife.pk).update(labour="lost")
    assert told(world.li, world.home) == set(), "of the head nobody said"
    Person.objects.filter(pk=world.head.pk).update(labour="none")
    assert ("extreme_care", "unsure", "张桂芳") in told(world.li, world.home)
    Person.objects.filter(pk=world.head.pk).update(labour="ordinary")
    assert told(world.li, world.home) == set()


def test_what_is_of_a_child_is_told_only_where_its_file_opens(world, office, client):
    orphaned(world)
    hold("poverty_risk", "at_risk", since=date(2026, 2, 1), household=world.home)
    child = {("orphan_aid", "owed", "王小雨"), ("pairing_first", "owed", "王小雨")}
    assert told(world.li, world.home) >= child  # the control: who opens the file hears of it
    assert not any(person == "王小雨" for _code, _stands, person in told(office, world.home))
    assert told(world.li, world.home) - child == told(office, world.home) == {("relief_check", "unsure", None)}
    for user, heard in ((world.li, True), (office, False)):
        page = signed_in(user).get(reverse("registry:household", args=[world.home.pk])).content.decode()
        assert ("孤儿" in page, "申请社会救助" in page) == (heard, True), user
        assert "王小雨" not in page


def test_the_guard_of_children_can_fail(world, office, monkeypatch):
    """Negative control: with the guard switched off the office's page names the child's benefit."""
    orphaned(world)
    monkeypatch.setattr(queries, "opens_for", lambda _actor, people: {one.pk for one in people})
    assert "孤儿" in signed_in(office).get(reverse("registry:household", args=[world.home.pk])).content.decode()


def test_a_page_that_lies_on_a_device_says_nothing_of_a_child(world):
    orphaned(world)
    hold("relief", "margin", household=world.home)
    address, client = reverse("registry:household", args=[world.home.pk]), signed_in(world.li)
    page = client.get(address, headers={"Satchel": "1"}).content.decode()
    assert "孤儿" not in page
    assert "孤儿" in client.get(address).content.decode()  # the control


def test_what_was_paid_to_a_child_or_is_of_a_young_worker_is_told_nowhere_else(world, office):
    Benefit.objects.create(person=world.child, scheme="特困人员供养金", period="2026", amount_yuan=Decimal(1), recorded_at=NOW)
    hold("poverty_risk", "at_risk", since=date(2026, 2, 1), household=world.home)
    assert told(office, world.home) == {("relief_check", "unsure", None)}, "not received: the home's card does not say what a child gets"
    young = world.join("王大雨", "女儿", date(2009, 10, 1), 26)
    hold("lifted", "lifted", household=world.home)
    go(young)
    assert ("transport_aid", "owed", "王大雨") in told(world.li, world.home)
    assert not any(code == "transport_aid" for code, *_ in told(office, world.home))


def test_aid_past_18_is_told_where_the_file_would_have_opened(world, office):
    teen = world.join("王成年", "儿子", date(2008, 6, 1), 31, schooling="senior")
    for line, parent, code in (("father", world.head, "dead"), ("mother", world.wife, "custody_revoked")):
        Parentage.objects.create(child=teen, line=line, parent=parent, recorded_at=NOW)
        hold("condition", code, person=parent)
    assert ("unattended_aid_at_school", "owed", "王成年") in told(world.li, world.home)
    assert told(office, world.home) == set()


def test_the_list_holds_the_homes_of_ones_area_and_nobody_elses(world):
    hold("lifted", "lifted", household=world.home)
    go(world.head)
    other = world.register("李四", date(1980, 1, 2), 33, village=world.huangjin, by=world.clerk)
    hold("poverty_risk", "at_risk", since=date(2026, 2, 1), household=other)
    found = {user: [home.pk for home, _offers in queries.in_homes(user, TODAY)] for user in (world.li, world.clerk, world.stranger)}
    assert found == {world.li: [world.home.pk], world.clerk: [world.home.pk, other.pk], world.stranger: []}
    assert [home.pk for home, _ in queries.in_homes(world.clerk, TODAY, village=world.huangjin.pk)] == [other.pk]
    assert [home.pk for home, _ in queries.in_homes(world.clerk, TODAY, benefit="transport_aid")] == [world.home.pk]
    assert queries.village_asked(world.li, world.huangjin.pk)[0] == "", "a village out of reach is not looked at"


def test_many_homes_are_looked_at_village_by_village(world, monkeypatch):
    hold("lifted", "lifted", household=world.home)
    assert queries.village_asked(world.clerk, "")[::2] == ("", True)
    monkeypatch.setattr(queries, "MOST_HOMES", 0)
    assert queries.village_asked(world.clerk, "")[::2] == (world.datong.pk, False)
    page = signed_in(world.clerk).get(reverse("registry:owed"), {"village": "elsewhere"})
    assert (page.status_code, page.context["village"]) == (200, world.datong.pk)


def test_the_page_opens_for_whoever_keeps_the_register(world, office):
    hold("lifted", "lifted", household=world.home)
    go(world.head)
    hold("relief", "rigid", household=world.home, since=date(2026, 7, 1))
    Person.objects.filter(pk=world.wife.pk).update(labour="weak")
    page = signed_in(world.li).get(reverse("registry:owed"))
    assert (page.status_code, page.context["page"].paginator.count) == (200, 1)
    text = page.content.decode()
    assert all(words in text for words in ("省外务工一次性补助", "王建国", "就业救助", "眼下有没有工作", "#owed"))
    tabs = {tab: n for tab, _words, n in page.context["tabs"]}
    assert tabs == {"": 1, "owed": 1, "unsure": 1}
    for user in (office, world.leader, world.teacher):
        assert signed_in(user).get(reverse("registry:owed")).status_code == 403
    assert "王建国" not in signed_in(world.stranger).get(reverse("registry:owed")).content.decode()


def test_the_list_of_a_child_follows_the_same_guard(world, monkeypatch):
    orphaned(world)
    assert queries.in_homes(world.li, TODAY)
    assert "孤儿" in signed_in(world.li).get(reverse("registry:owed"), {"benefit": "orphan_aid"}).content.decode()
    monkeypatch.setattr(queries, "opens_for", lambda _actor, _people: set())
    assert not queries.in_homes(world.li, TODAY, benefit="orphan_aid")


def test_in_english_the_page_and_the_card_are_english(world):
    hold("lifted", "lifted", household=world.home)
    go(world.head, place="Ningbo 浙江")
    orphaned(world)
    client = signed_in(world.li)
    client.cookies["django_language"] = "en"
    page = client.get(reverse("registry:household", args=[world.home.pk])).content.decode()
    card = page[page.index('id="owed"') :].split("</section>")[0]
    assert "May be owed" in card
    assert "Basic living aid for an orphan" in card
    listed = client.get(reverse("registry:owed")).content.decode()
    assert "Yearly aid for stable work outside the province" in listed


def test_a_plan_and_a_need_begin_with_the_words_of_the_benefit(world):
    hold("relief", "margin", household=world.home)
    hold("disability", "limb", grade="1", person=world.wife)
    client = signed_in(world.li)
    page = client.get(reverse("registry:household", args=[world.home.pk])).content.decode()
    plan = f"{reverse('registry:visit_plan', args=[world.home.pk])}?benefit=margin_member"
    assert plan in page
    assert "核实能不能享受:低保边缘家庭里的重残、重病人员单独纳入低保" in client.get(plan).content.decode()
    assert "核实能不能享受" not in client.get(plan.replace("margin_member", "unheard_of")).content.decode()
    answer = client.post(plan, {
        "key": "a" * 32, "planned_on": timezone.localdate().isoformat(), "visitor_ids": [world.li.pk], "purpose": "verify", "purpose_words": "核实能不能享受",
    })  # fmt: skip
    assert (answer.status_code, Visit.objects.get().purpose) == (302, "verify")


def test_words_that_others_read_name_no_benefit_of_a_child(world):
    orphaned(world)
    page = signed_in(world.li).get(reverse("registry:household", args=[world.home.pk])).content.decode()
    assert f"{reverse('registry:visit_plan', args=[world.home.pk])}?benefit=child" in page
    assert "benefit=orphan_aid" not in page
    assert not any("孤儿" in words for words in queries.words_to_go("child"))


def test_looking_stores_nothing(world):
    hold("lifted", "lifted", household=world.home)
    go(world.head)
    client = signed_in(world.li)
    client.get(reverse("registry:owed"))
    lines = Entry.objects.count()
    client.get(reverse("registry:household", args=[world.home.pk]))
    client.get(reverse("registry:owed"))
    with CaptureQueriesContext(connection) as asked:
        queries.of_home(world.li, world.home, TODAY)
        queries.in_homes(world.li, TODAY)
    assert Entry.objects.count() == lines
    assert all(one["sql"].lstrip("(").startswith("SELECT") for one in asked)


def test_many_homes_ask_no_more_than_one(world, django_assert_num_queries):
    orphaned(world)
    world.li.live_posts  # noqa: B018
    with CaptureQueriesContext(connection) as once:
        assert len(queries.in_homes(world.li, TODAY)) == 1
    for turn in range(4):
        home = world.register(f"李{turn}", date(1980, 1, 2), 41 + 2 * turn)
        hold("poverty_risk", "at_risk", since=date(2026, 2, 1), household=home)
        young = world.join(f"李小{turn}", "女儿", date(2016, 5, 20), 60 + 2 * turn, home=home, schooling="primary")
        go(Person.objects.get(name=f"李{turn}"))
        Parentage.objects.create(child=young, line="mother", parent=world.wife, recorded_at=NOW)
    with django_assert_num_queries(len(once)):
        assert len(queries.in_homes(world.li, TODAY)) == 5
    with CaptureQueriesContext(connection) as card:
        queries.of_home(world.li, world.home, TODAY)
    assert len(card) <= len(once)


def test_a_home_of_which_nothing_is_on_record_costs_its_page_one_question(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.of_home(world.li, world.home, TODAY) == []
    Benefit.objects.create(person=world.head, scheme="外出务工交通补助", period="2026", amount_yuan=Decimal(1000), recorded_at=NOW)
    assert told(world.li, world.home) == {("transport_aid", "received", "王建国")}


@pytest.mark.parametrize("lead", [
    lambda world: hold("poverty_risk", "at_risk", since=date(2026, 2, 1), household=world.home),
    lambda world: (hold("lifted", "lifted", household=world.home), go(world.head)),
    lambda world: (hold("disability", "limb", grade="1", person=world.child)),
    lambda world: Person.objects.filter(village=world.datong, birth_on__lt=date(2000, 1, 1)).update(labour="lost", birth_on=date(1950, 1, 1)),
    orphaned,
    lambda world: (hold("claimed_group", "孤儿", person=world.child), Membership.objects.exclude(person=world.child).update(to_on=TODAY)),
    lambda world: [Parentage.objects.create(child=world.child, line="father", parent=world.head, recorded_at=NOW),
                   Person.objects.filter(pk=world.head.pk).update(died_on=TODAY), hold("condition", "missing", person=world.wife)],
])  # fmt: skip
def test_the_list_misses_no_home_whose_card_says_something(world, lead):
    lead(world)
    said = [home.pk for home in visible_households(world.li) if any(one.stands != "received" for one in queries.of_home(world.li, home, TODAY))]
    assert said == [home.pk for home, _offers in queries.in_homes(world.li, TODAY)] == [world.home.pk]
    assert list(visible_households(world.li).filter(facts.with_leads())) == [world.home]


def test_the_call_says_what_the_page_says(world):
    hold("lifted", "lifted", household=world.home)
    go(world.head)
    orphaned(world)
    body = signed_in(world.li).get("/api/owed").json()
    assert body["count"] == 1
    (row,) = body["items"]
    assert (row["number"], {one["code"] for one in row["benefits"]}) == (world.home.number, {"transport_aid", "orphan_aid", "pairing_first"})
    assert "王小雨" not in str(row)
    assert signed_in(world.stranger).get("/api/owed").json()["count"] == 0
