"""What somebody new met who walked every page of labour: a number to call where one has to call, a next step where a page is empty, links that open."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.house.worlds import World as Whole
from wanjia.indicators.definitions import everything
from wanjia.orgs.roles import Role
from wanjia.registry.models import Person
from wanjia.registry.people.commands import update_person
from wanjia.registry.tests import factories as registry
from wanjia.solving.runs import commands as runs

from ..dashboard import queries as dashboard
from ..departures.commands import set_days
from ..fairs.commands import note_offer, register_visitor
from ..models import Departure, FollowUp, Registration, Seat
from ..vacancies.commands import note_start
from . import acts_markets, acts_reach, demand_world
from .acts_markets import MONDAY
from .factories import NOW, TODAY
from .trips import GOES, called, drive, handed, listed, released

BACKEND = "django.contrib.auth.backends.ModelBackend"
NUMBER, MASKED = "13887000009", "****"


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    monkeypatch.setattr(runs, "start_process", lambda *_words: None)


@pytest.fixture
def at(monkeypatch):
    """Set the moment of the pages."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def look(client):
    """Open a page as somebody; return what it says."""

    def looked(actor, name, *args, status=200, **asked):
        client.force_login(actor, backend=BACKEND)
        answer = client.get(reverse(name, args=args) if ":" in name else name, asked)
        assert answer.status_code == status, (name, answer.status_code)
        return answer.content.decode()

    return looked


def phoned(world, at=NOW):
    """Wang has a telephone."""
    update_person(person_id=world.head.pk, version=Person.objects.get(pk=world.head.pk).version, phone=NUMBER, by=world.li, at=at)


def reader(world):
    """Somebody who reads of labourers and keeps none."""
    return registry.worker("fenxi-kan", "看分析", world.officer.orgs[0], Role.LABOUR_ANALYST)


def can_call(page):
    """Tell whether a page has the button that shows a telephone, and not the telephone itself."""
    assert NUMBER not in page
    return MASKED in page and "/number/" in page


def test_whoever_keeps_a_labourer_can_call_from_his_page_and_nobody_else(world, look):
    assert not can_call(look(world.li, "labour:worker", world.he.pk)), "no telephone is known"
    phoned(world)
    assert can_call(look(world.li, "labour:worker", world.he.pk))
    assert not can_call(look(reader(world), "labour:worker", world.he.pk))
    Person.objects.filter(pk=world.he.pk).update(birth_on=timezone.localdate().replace(year=timezone.localdate().year - 17, day=1))
    assert not can_call(look(world.li, "labour:worker", world.he.pk)), "a child’s stands in its file alone"


def test_whom_to_ask_after_arrival_can_be_called_from_the_list(world, look, at):
    phoned(world)
    handed(world)
    due = FollowUp.objects.order_by("due_on").first().due_on
    at(NOW + (due - TODAY))
    assert can_call(look(world.li, "labour:follow_ups"))


def test_whoever_did_not_come_can_be_called_from_the_list(world, look, at):
    phoned(world)
    trip = released(world)
    called(world, trip, "absent")
    at(trip.leave_at)
    assert can_call(look(world.li, "labour:absent"))


def absent(world, client, trip, answer):
    client.force_login(world.li, backend=BACKEND)
    seat = Seat.objects.get(trip=trip)
    return client.post(reverse("labour:seat_call", args=[seat.pk]), {"called": answer, "key": "0c8fd2ee-5c1e-4a24-9d0c-7b0b7a1d5f11"})


@pytest.mark.parametrize(("latest", "answer", "leads"), [(0, "later", "days"), (2, "later", "absent"), (0, "own_way", "absent")])
def test_whoever_goes_on_another_day_is_asked_which_where_his_days_are_over(world, client, at, latest, answer, leads):
    listed(world, latest_on=GOES + timedelta(latest))
    trip = released(world)
    called(world, trip, "absent")
    at(trip.leave_at)
    if latest:
        Departure.objects.update(latest_on=GOES + timedelta(9))
    there = absent(world, client, trip, answer)["Location"]
    assert ("/days/" in there) is (leads == "days"), there


def test_days_that_are_over_are_said_on_the_list_and_on_the_page(world, look, at):
    one = listed(world)
    at(NOW)
    assert "日子过了" not in look(world.officer, "labour:departures") and "能走的日子已经过了" not in look(world.li, "labour:departure", one.pk)
    at(NOW + (one.latest_on - TODAY) + timedelta(1))
    assert "日子过了" in look(world.officer, "labour:departures") and "能走的日子已经过了" in look(world.li, "labour:departure", one.pk)
    day = one.latest_on + timedelta(5)
    set_days(departure_id=one.pk, earliest_on=day, latest_on=day, by=world.li, at=NOW + (one.latest_on - TODAY) + timedelta(1))
    assert "日子过了" not in look(world.officer, "labour:departures")


def test_every_line_of_the_dashboard_has_the_columns_of_its_head(world):
    found = dashboard.board(world.officer, world.county, None, TODAY)
    empty = [line for line in found["lines"] if not any(cell["n"] for cell in line["cells"])]
    assert empty, "a township of which nothing was counted is what went wrong"
    assert {len(line["cells"]) for line in found["lines"]} == {len(found["heads"])}


def test_of_each_population_the_whole_opens_too(world):
    found = dashboard.board(world.officer, world.county, None, TODAY)
    assert all(row["url_all"] and row["url_all"] != row["url"] for row in found["rates"])


def test_no_figure_names_a_file_of_the_program():
    said = [(one.id, text) for name in ("labour", "departures") for one in everything(name).values() for text in (one.meaning, one.source)]
    assert said and not [row for row in said if ".toml" in row[1]]


def test_a_stage_that_comes_later_leaves_the_pages_title(world, look):
    assert "ignoreTitle:true" in look(world.officer, "labour:campaign", drive(world).pk)


def test_a_nights_rest_is_read_in_hours_and_the_paper_has_room_for_a_number(world, look):
    trip = released(world)
    page = look(world.officer, "labour:trip_paper", trip.pk, "sheet")
    assert not re.search(r"\b(?:[6-9]\d|\d{3,}) 分钟", page.split("停车休息")[1].split("</p>")[0]) and "8 小时" in page
    assert re.search(r"电话\s+____", page)


def test_each_number_of_a_drive_opens_as_many_rows(world, look, client, at):
    handed(world)
    one = drive(world)
    at(NOW + timedelta(days=9))
    page = look(world.officer, "labour:campaign", one.pk)
    links = re.findall(rf'href="({reverse("labour:campaign_gone", args=[one.pk])}[^"]*)">\s*(\d+)</a>', page)
    assert len(links) == 3, "the whole, its township, its day"
    for link, n in links:
        assert client.get(link).content.decode().count("王建国</a>") == int(n) == 1, link
    empty = client.get(f"{reverse('labour:campaign_gone', args=[one.pk])}?on=2020-01-01").content.decode()
    assert "王建国" not in empty and "没有这样的人" in empty
    other = client.get(f"{reverse('labour:campaign_gone', args=[one.pk])}?place={world.xinmin.parent_id}&on=x").content.decode()
    assert "王建国" not in other
    client.force_login(world.stranger, backend=BACKEND)
    there = client.get(reverse("labour:campaign_gone", args=[one.pk]))
    assert there.status_code == 404 or "王建国" not in there.content.decode()


def test_whoever_rides_along_finds_the_roll_from_the_desk(world, look, at):
    trip = released(world)
    roll = reverse("labour:roll", args=[trip.pk])
    at(trip.leave_at - timedelta(days=3))
    assert "您随车的" not in look(world.li, "/"), "three days before nobody calls it"
    at(trip.leave_at - timedelta(hours=20))
    assert "您随车的 1 趟车" in look(world.li, "/") and roll in look(world.li, "labour:trips")
    assert "您随车的" not in look(world.officer, "/") and roll not in look(world.officer, "labour:trips")


@pytest.fixture
def whole(db, at):
    at(MONDAY)
    return Whole()


def test_an_employer_opens_from_the_list_of_a_past_day(whole, look, client):
    demand_world.employer(whole)
    page = look(whole.labour, "/employers/", day="2026-01-05")
    [link] = re.findall(r'href="(/employers/[0-9a-f-]{36}/[^"]*)"', page)
    assert link.endswith("?day=2026-01-05") and " " not in link
    assert client.get(link).status_code == 200


def test_nobody_is_sent_by_an_order_that_nobody_in_the_line_suits(whole, look):
    one = acts_markets.order(whole)
    page = look(whole.clerk, "labour:fill", one.pk)
    assert "派这 0 个人" not in page and reverse("labour:market", args=[one.market_id]) in page
    acts_markets.stands(whole)
    assert "派这 1 个人" in look(whole.clerk, "labour:fill", one.pk)


def test_an_order_begins_with_no_trade(whole, look):
    page = look(whole.clerk, "labour:day_order_new", acts_markets.market(whole).pk)
    assert re.search(r'<select name="trade"[^>]*>\s*<option value=""[^>]*>请选择', page)


def test_the_papers_of_a_fair_print_and_lie_under_fairs(whole, look):
    stall = acts_reach.stall(whole).pk
    page = look(whole.clerk, "labour:stall_sheet", stall)
    assert "data-print" in page
    here = re.findall(r'<a[^>]*href="([^"]*)"[^>]*aria-current="page"', page)
    assert here and set(here) == {reverse("labour:fairs")}, here


def test_whoever_started_is_a_link_to_whoever_may_open_it(whole, look):
    spell = demand_world.working(whole)
    vacancy = demand_world.live(whole)
    note_start(vacancy_id=vacancy.pk, spells=[spell], **demand_world.who(whole.clerk))
    for name, row in (("labour:vacancy", vacancy), ("labour:employer", vacancy.employer)):
        assert reverse("labour:worker", args=[spell.worker_id]) in look(whole.clerk, name, row.pk)


def test_a_station_finds_its_own_workers_at_hand(whole, look):
    demand_world.looked_after(whole)
    bar = look(whole.away, "/").split('class="bottombar"')[1].split("</nav>")[0]
    assert reverse("labour:station") in bar


def test_who_chose_no_station_yet_is_a_link(whole, look):
    demand_world.station(whole, unit_=whole.office)
    spell = demand_world.working(whole)
    assert reverse("labour:worker", args=[spell.worker_id]) in look(whole.visitor, "labour:away")


def test_a_form_that_asks_for_a_place_begins_with_the_widest_of_the_reach(whole, look):
    chosen = rf'value="{whole.xisha.pk}" selected'
    assert chosen in look(whole.clerk, "labour:fair_new")
    assert chosen in look(whole.clerk, "labour:outreach_new", demand_world.live(whole).pk)
    for name in ("labour:round_new", "labour:campaign_open"):
        assert rf'value="{whole.county.pk}" selected' in look(whole.labour, name), name


def test_an_offer_that_was_made_days_after_is_not_called_one_on_the_spot(whole, look):
    stall = acts_reach.stall(whole).pk
    visitor = {"name": "周试", "phone": "13900000077", "birth_on": date(1990, 2, 1), "vacancy": demand_world.Employer.objects.get().vacancies.get()}
    register_visitor(stall_id=stall, **visitor, by=whole.clerk, at=MONDAY)
    note_offer(registration_id=Registration.objects.get().pk, by=whole.clerk, at=MONDAY + timedelta(days=2))
    page = look(whole.clerk, "labour:stall", stall)
    assert "达成意向" in page and "当场达成意向" not in page
