"""Nobody's desk is empty while something waits for them: whatever queue of the menu holds something, the desk of every role names it."""

import contextlib
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from wanjia.casework.models import Need
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.acts import called
from wanjia.casework.tests.factories import worker
from wanjia.casework.tests.together_acts import helping
from wanjia.casework.tests.walk import bring
from wanjia.kernel import brings
from wanjia.orgs.roles import Role
from wanjia.registry.visits.commands import plan_visit
from wanjia.verdict import Refused

from .acts import MONDAY, World, export, report, upload

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
# The places of the menu that are queues, and how many their page lists: (response) → n.
LISTED = {
    "casework:screening": lambda page: page.status_code == 302, "casework:triage": lambda page: page.status_code == 302,
    "casework:callbacks": lambda page: page.context["page"].paginator.count + len(page.context["withdrawals"]),
    "casework:rechecks": lambda page: page.context["page"].paginator.count,
    "casework:sessions": lambda page: len(page.context["to_sign"]) + sum(one.state == "called" for one in page.context["page"] if page.context["user"].has_duty("hold_sessions")),
    "casework:together": lambda page: page.context["counts"]["mine"] if page.context["user"].has_duty("accept_needs") else 0,
    "casework:protection": lambda page: len(page.context["page"]),
    "registry:access": lambda page: len(page.context["to_decide"]) + len(page.context["to_review"]),
    "registry:aid": lambda page: page.context["waits"],
    "registry:visits": lambda page: page.context["page"].paginator.count,
    "registry:stale": lambda page: page.context["page"].paginator.count if "page" in page.context else len(page.context["villages"]),
    "registry:duplicates": lambda page: page.context["page"].paginator.count,
    "registry:import": lambda page: sum(one.state == "judged" for one in page.context["page"]),
    "labour:calls": lambda page: page.context["page"].paginator.count if "page" in page.context else sum(n for _area, n in page.context["areas"]),
    "labour:board_tasks": lambda page: page.context["waits"],
    "labour:my_proposals": lambda page: page.context["page"].paginator.count,
    "labour:absent": lambda page: page.context["page"].paginator.count,
    "labour:outreaches": lambda page: page.context["waits"], "labour:markets": lambda page: page.context["owed"].paginator.count,
    "labour:follow_ups": lambda page: page.context["page"].paginator.count,
    "care:helpers": lambda page: sum(n or 0 for _word, n in page.context["tabs"]) if page.context["vets"] else 0,
    "care:mine": lambda page: len(page.context["rows"]),
    "care:events": lambda page: page.context["waits"], "care:photos": lambda page: page.context["waits"].paginator.count,
    "care:unpaired": lambda page: page.context["page"].paginator.count,
    "care:wishes": lambda page: page.context["waits"], "care:gifts": lambda page: page.context["waits"],
    "care:classes": lambda page: len(page.context["unconfirmed"]), "care:missed": lambda page: page.context["page"].paginator.count,
    "schools:alarms": lambda page: len(page.context["alarms"]) + len(page.context["swaps"]),
    "schools:plans": lambda page: page.context["waits"], "schools:law": lambda page: page.context["waits"],
    "schools:stops": lambda page: page.context["page"].paginator.count, "schools:rounds": lambda page: page.context["n_waits"], "schools:hazards": lambda page: page.context["waits"],
    "schools:notices": lambda page: page.context["n_waits"], "schools:receipts": lambda page: page.context["page"].paginator.count,
    "schools:campus": lambda page: len([row for row in page.context["waits"] if row.state == "hazard_ordered"]),
    "schools:my_patrols": lambda page: page.context["n_waits"], "schools:roads": lambda page: page.context["n_waits"],
    "village:meetings": lambda page: page.context["n_waits"], "village:items": lambda page: page.context["n_waits"],
    "village:public_notices": lambda page: page.context["n_waits"], "village:filings": lambda page: page.context["n_waits"],
    "reporting:exports": lambda page: len(page.context.get("waiting", ())),
    "village:proposals": lambda page: page.context["n_waits"], "village:step_matters": lambda page: page.context["n_waits"],
    "village:bylaws": lambda page: page.context["n_waits"], "village:problems": lambda page: page.context["n_waits"],
    "village:points": lambda page: page.context["n_waits"], "village:point_appeals": lambda page: page.context["n_waits"], "village:shop": lambda page: page.context["n_waits"],
    "village:mediations": lambda page: page.context["n_waits"],
    "village:appraisals": lambda page: page.context["n_waits"], "village:shortcomings": lambda page: page.context["n_waits"], "village:strict_notices": lambda page: page.context["n_waits"],
    "village:stories": lambda page: page.context["n_waits"], "village:tips": lambda page: page.context["n_waits"],
    "village:fees": lambda page: page.context["n_waits"],
    **dict.fromkeys(("village:branch", "village:branch_duties", "village:cleanups", "village:pledges", "village:recruiting", "village:reviews"), lambda page: page.context["n_waits"]),
    "schools:riders": lambda page: page.context["waiting"].paginator.count,
    "labour:employers": lambda page: page.context["counts"]["proofs"] + page.context["counts"]["complaints"],
    "labour:vacancies": lambda page: page.context["counts"]["confirm"],
    "labour:agreements": lambda page: page.context["counts"]["soon"],
    "office:retention": lambda page: len(page.context["to_decide"]) + page.context["proposes"],
    "orgs:handovers": lambda page: page.context["page"].paginator.count,
    "village:money": lambda page: page.context["n_waits"], "village:collective_deals": lambda page: page.context["n_waits"], "village:dividends": lambda page: page.context["n_waits"],
    "village:plans": lambda page: page.context["n_waits"], "village:village_assets": lambda page: page.context["n_waits"],
    "village:levies": lambda page: page.context["n_waits"],
    **dict.fromkeys(("village:crafts", "village:craft_bookings", "village:ventures"), lambda page: page.context["n_waits"]),
    "village:calls": lambda page: page.context["n_waits"],
    "orgs:calendar": lambda page: 0, "casework:grid": lambda page: 0,  # their notices stand at the head of every page
}  # fmt: skip
# Those of the menu that are no queue: lists, settings, figures.
NO_QUEUE = {
    "desk", "casework:ledger", "casework:climbing", "casework:record", "reporting:dashboard", "reporting:documents", "registry:households", "registry:people",
    "registry:children", "orgs:users", "orgs:units", "orgs:areas", "orgs:sponsorships", "journal", "office:watching", "registry:owed", "casework:matters",
    "casework:late_reports", "casework:minors", "labour:workers", "labour:rounds", "labour:outposts", "labour:away", "labour:station",
    "labour:campaigns", "solving:plans", "labour:board", "labour:monthly", "labour:pillars", "labour:departures", "labour:trips", "labour:fairs", "labour:rolls",
    "schools:schools", "schools:calendar", "schools:gates", "schools:guards", "schools:leader_days", "schools:roster", "schools:buses", "schools:bus_day", "schools:bus_drills",
    "schools:settlements", "care:canteens", "care:concerns", "care:lines", "care:pairs", "care:programme", "schools:venues", "schools:patrols", "schools:tables",
    "village:bodies", "village:point_accounts", "village:point_months", "village:polls", "village:redemptions", "village:village_boards", "village:village_year",
    "village:feasts", "village:fee_charges", "village:frontage",
    "village:share_holdings", "village:yields",
    "village:mentor_pairs",
}  # fmt: skip
SEATS = {
    Role.VILLAGE_WORKER: "committee", Role.TOWNSHIP_WORKER: "township", Role.TOWNSHIP_LEADER: "township", Role.STATION_WORKER: "township",
    Role.BUREAU_WORKER: "civil", Role.BUREAU_HEAD: "civil", Role.SCHOOL_WORKER: "education",
}  # fmt: skip


@pytest.fixture
def full():
    """A world in which every queue holds something."""
    world = World()
    for state in (S.REGISTERED, S.ADMITTED, S.TRIAGED, S.ASSIGNED, S.DONE_REPORTED, S.VERIFIED, S.RETURNED):
        bring(world, state, involves_child=True)
    Need.objects.filter(state=S.ASSIGNED).update(due_on=date(2026, 1, 5))
    world.register.register("王建国", date(1985, 3, 2), 61)
    called(world)
    helping(world)
    upload(world, "judged")
    report(world)
    export(world)
    return world


def seated(world, role):
    """Somebody of the role, with a visit of the own planned where the role visits."""
    who = worker(f"gang-{role}", "某在岗", getattr(world, SEATS.get(role, "office")), role)
    if who.has_duty("visit"):
        with contextlib.suppress(Refused):  # a unit whose place this is not goes there not
            plan_visit(household_id=world.register.home.pk, planned_on=date(2026, 11, 5), visitor_ids=[who.pk, world.visitor.pk], by=world.visitor, at=MONDAY)
    return type(who).objects.get(pk=who.pk)


def main_of(page):
    """The desk itself, without the menu around it."""
    html = page.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def test_every_place_of_the_menu_is_a_queue_or_none():
    assert {place.name for place in brings.gather("PLACES")} - NO_QUEUE == set(LISTED)


@pytest.mark.parametrize("role", list(Role))
def test_the_desk_names_every_queue_that_holds_something(full, client, role):
    client.force_login(seated(full, role), backend=BACKEND)
    desk = client.get("/")
    names = [place["name"] for _words, places in desk.context["frame"].menu for place in places if place["name"] in LISTED]
    held = {name for name in names if LISTED[name](client.get(reverse(name)))}
    unnamed = {name for name in held if f'href="{reverse(name)}' not in main_of(desk)}
    assert unnamed == set()
    if held:
        assert "今天没有待办" not in main_of(desk)
    assert main_of(desk).count("<section") + main_of(desk).count("notice") > 0, "a desk that shows nothing at all"


def test_a_desk_that_counts_no_queue_is_found(full, client, monkeypatch):
    """The negative control: without what the apps bring, the clerk's desk does not name what waits."""
    monkeypatch.setattr("wanjia.site.frame.gather", lambda kind: [] if kind == "QUEUES" else brings.gather(kind))
    client.force_login(full.clerk, backend=BACKEND)
    assert reverse("casework:screening") not in main_of(client.get("/"))


def test_the_number_of_a_queue_is_what_its_page_lists(full, client):
    for who in (full.clerk, full.caller, full.inspector, full.visitor):
        client.force_login(type(who).objects.get(pk=who.pk), backend=BACKEND)
        for one in client.get("/").context["frame"].queues:
            if one["name"] in ("casework:callbacks", "casework:rechecks", "registry:visits", "registry:import"):
                assert (one["name"], LISTED[one["name"]](client.get(one["address"]))) == (one["name"], one["n"])


def test_a_leaders_desk_says_what_is_late_and_where(full, client):
    client.force_login(full.leader, backend=BACKEND)
    late = client.get("/").content.decode()
    late = late[late.index('id="late"') :]
    assert "永善县民政局" in late and "细沙乡" in late and "超期" in late


def test_the_worst_comes_first(full):
    """What its own date has passed lies above a step that is due tomorrow."""
    from wanjia.casework.ledger.queries import on_desk

    old = bring(full, S.ACCEPTED)
    Need.objects.filter(pk=old.pk).update(due_on=date(2020, 1, 2), handler=full.handler.pk)
    Need.objects.filter(holder=full.civil, state=S.ASSIGNED).update(due_on=date(2026, 12, 1))
    assert on_desk(full.handler).first().pk == old.pk


def test_what_i_recorded_says_with_whom_it_is(full, client):
    client.force_login(full.visitor, backend=BACKEND)
    said = client.get("/").content.decode()
    said = said[said.index('id="said"') :]
    assert "永善县民政局" in said and "待签收" in said


def test_todays_visit_stands_by_name_with_the_end_of_its_telephone(full, client):
    from wanjia.registry.models import Household

    home = full.register.home
    home.phone = "13887001234"
    home.save(update_fields=["phone"])
    plan_visit(household_id=home.pk, planned_on=date(2026, 11, 5), visitor_ids=[full.visitor.pk, full.register.yang.pk], by=full.visitor, at=MONDAY)
    client.force_login(full.visitor, backend=BACKEND)
    desk = main_of(client.get("/"))
    assert "王建国" in desk and "1234" in desk and "13887001234" not in desk and "开始走访" in desk
    shown = client.post(f"/households/{home.pk}/reveal/", {"reason": "走访前电话联系", "next": "/"}).content.decode()
    assert 'href="tel:13887001234"' in shown
    client.force_login(full.township_leader, backend=BACKEND)  # may visit, may not look up what is sealed
    plan_visit(household_id=home.pk, planned_on=date(2026, 11, 6), visitor_ids=[full.township_leader.pk, full.visitor.pk], by=full.visitor, at=MONDAY)
    assert Household.objects.get(pk=home.pk).phone and "1234" not in main_of(client.get("/"))


@pytest.mark.parametrize(("who", "most"), [("visitor", 46), ("clerk", 64), ("caller", 17), ("leader", 34), ("handler", 36), ("auditor", 12)])
def test_a_desk_asks_few_questions(full, client, who, most):
    client.force_login(type(full.clerk).objects.get(pk=getattr(full, who).pk), backend=BACKEND)
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len(asked) == most, "\n".join(one["sql"][:140] for one in asked)

