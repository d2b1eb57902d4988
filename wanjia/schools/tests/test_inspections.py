"""Inspections: a list that skips nothing, one look that serves all units, a hazard from finding to closing, overdue climbs, what the calendar calls for."""

import base64
import io
from datetime import date, timedelta
from random import Random
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from PIL import Image

from tests.house.worlds import World
from tests.whole import assert_whole
from wanjia.doors import moment
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Area, User
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import inspecting as policy
from wanjia.schools.figures.inspections import hazards_on
from wanjia.schools.inspecting import commands, queries
from wanjia.schools.inspecting.papers import order_sheet
from wanjia.schools.inspecting.rules import can_picture
from wanjia.schools.inspection_states import HazardState, RoundState
from wanjia.schools.models import Hazard, InspectionRound, RoundVenue, Venue
from wanjia.schools.rounds import commands as rounds
from wanjia.schools.rounds import queries as of_rounds
from wanjia.schools.rounds.rules import takes_part, visible_stops
from wanjia.schools.venues import commands as venues
from wanjia.schools.year import commands as year
from wanjia.verdict import Conflict, Refused

from .factories import term
from .inspection_factories import (
    DAY,
    END,
    fire,
    fireman,
    hazard,
    lead,
    leader,
    looked,
    officer,
    person,
    police,
    round_of,
    said,
    second,
    stop,
    venue,
)

pytestmark = pytest.mark.django_db


def needs():
    """The needs of the ledger: schools know no casework."""
    return apps.get_model("casework.Need").objects


@pytest.fixture
def world():
    return World()


def at(days=0):
    return MONDAY + timedelta(days=days)


def record(world, one, by=None, moment=MONDAY, **answers):
    facts = {"day": DAY, "came": [lead(world), police(world), fire(world)], "people": 6, "licensed": 4, "signed": "signed"}
    return commands.record_inspection(round_venue_id=one.pk, **facts, **said(one.venue.kind, **answers), by=by or leader(world), at=moment)


# A round skips no place silently


def test_a_round_begins_over_all_places_of_its_kinds_in_its_area(world):
    shop = venue(world, "小卖部", kind="shop")
    places = [venue(world, f"{n}号网吧") for n in range(11)]
    venue(world, "关了的网吧", to_on=DAY - timedelta(days=9))
    one = round_of(world, RoundState.DRAFT)
    rounds.begin_round(inspection_round_id=one.pk, by=leader(world), at=MONDAY)
    listed = RoundVenue.objects.filter(round=one)
    assert {each.venue_id for each in listed} == {each.pk for each in places} and shop.pk not in {each.venue_id for each in listed}
    assert all(each.team_id and one.from_on <= each.planned_on <= one.until_on for each in listed)


def test_it_does_not_close_while_a_place_is_left(world):
    first, other = stop(world), venue(world, "边城网吧")
    one = first.round
    venue_2 = RoundVenue.objects.create(round=one, venue=other)
    with pytest.raises(Refused, match="还有 2 处没有查"):
        rounds.finish_round(inspection_round_id=one.pk, words="全部查完", by=leader(world), at=MONDAY)
    record(world, first)
    with pytest.raises(Refused, match="还有 1 处没有查"):
        rounds.finish_round(inspection_round_id=one.pk, words="全部查完", by=leader(world), at=MONDAY)
    rounds.leave_out(round_venue_id=venue_2.pk, reason="停业装修,门锁着", by=leader(world), at=MONDAY)
    assert rounds.finish_round(inspection_round_id=one.pk, words="全部查完", by=leader(world), at=MONDAY).state == RoundState.CLOSED


def test_a_place_entered_meanwhile_stands_on_the_list(world):
    one = round_of(world)
    new = venues.enter_venue(area=world.datong, kind="netbar", name="新开网吧", address="大同街9号", by=leader(world), at=MONDAY)
    assert RoundVenue.objects.filter(round=one, venue=new).exists()
    shop = venues.enter_venue(area=world.datong, kind="shop", name="新开商店", address="大同街8号", by=leader(world), at=MONDAY)
    assert not RoundVenue.objects.filter(round=one, venue=shop).exists()


def test_a_place_written_past_the_acts_bars_the_closing_too(world):
    first = stop(world)
    record(world, first)
    Venue.objects.create(area=world.datong, kind="netbar", name="漏登网吧", address="大同街", from_on=DAY - timedelta(days=5))
    with pytest.raises(Refused, match="还有 1 处没有查"):
        rounds.finish_round(inspection_round_id=first.round_id, words="全部查完", by=leader(world), at=MONDAY)
    rounds.watch(MONDAY)
    assert {each.venue.name for each in of_rounds.left(first.round)} == {"漏登网吧"}, "the day's sweep puts it on the list"


def test_without_the_rule_a_place_is_skipped_silently(world, monkeypatch):
    """The negative control: what is left is not asked for."""
    first = stop(world)
    monkeypatch.setattr(of_rounds, "left", lambda one: [])
    assert rounds.finish_round(inspection_round_id=first.round_id, words="全部查完", by=leader(world), at=MONDAY).state == RoundState.CLOSED
    assert not hasattr(RoundVenue.objects.get(pk=first.pk), "inspection")


def test_a_place_that_ends_is_left_out_with_its_reason(world):
    first = stop(world)
    venues.end_venue(venue_id=first.venue_id, to_on=DAY, reason="停业转让", by=leader(world), at=MONDAY)
    first.refresh_from_db()
    assert first.left_out == "场所停用:停业转让"
    assert rounds.finish_round(inspection_round_id=first.round_id, words="全部查完", by=leader(world), at=MONDAY)


def test_what_is_left_alarms_the_lead_unit_before_the_end_and_after_it(world):
    first = stop(world)
    soon = END - timedelta(days=policy.in_force(DAY).alarm_days)
    assert of_rounds.alarmed(leader(world), soon - timedelta(days=1)) == 0
    assert of_rounds.alarmed(leader(world), soon) == of_rounds.alarmed(leader(world), END + timedelta(days=40)) == 1
    assert of_rounds.alarmed(officer(world), soon) == 0, "who leads answers"
    record(world, first)
    assert of_rounds.alarmed(leader(world), soon) == 0


@pytest.mark.parametrize("seed", range(12))
def test_any_round_in_any_order_every_place_has_a_visit_or_a_reason_before_it_closes(world, seed):
    """Property: whatever is done in whatever order, a closed round has no place without a visit or a written reason, and until then what is left alarms."""
    roll = Random(seed)
    one = round_of(world, RoundState.DRAFT)
    for n in range(roll.randint(1, 4)):
        venue(world, f"{n}号网吧")
    rounds.begin_round(inspection_round_id=one.pk, by=leader(world), at=MONDAY)

    def stops():
        return list(RoundVenue.objects.filter(round=one).select_related("venue"))

    def some():
        return roll.choice(stops())

    def enter():
        venues.enter_venue(area=world.datong, kind=roll.choice(["netbar", "shop"]), name=f"新{roll.random()}", address="街上", by=leader(world), at=MONDAY)

    steps = [
        lambda: record(world, some()), lambda: rounds.leave_out(round_venue_id=some().pk, reason="门锁着没人", by=officer(world), at=MONDAY),
        lambda: rounds.take_up(round_venue_id=some().pk, by=leader(world), at=MONDAY), enter, lambda: venues.end_venue(venue_id=some().venue_id, to_on=DAY, reason="停业", by=leader(world), at=MONDAY),
        lambda: rounds.finish_round(inspection_round_id=one.pk, words="全部查完", by=leader(world), at=MONDAY),
    ]  # fmt: skip
    closed = False
    for _turn in range(60):
        try:
            with transaction.atomic():
                roll.choice(steps)()
        except (Refused, Conflict):
            pass
        one = InspectionRound.objects.get(pk=one.pk)
        bare = [each for each in stops() if not hasattr(each, "inspection") and not each.left_out]
        assert len(bare) == (of_rounds.alarmed(leader(world), END) if one.state == RoundState.RUNNING else 0)
        if one.state == RoundState.CLOSED:
            closed = True
            live = Venue.objects.filter(kind="netbar", area__code__startswith=one.area.stem, to_on=None, from_on__lte=DAY)
            assert not bare and {each.pk for each in live} <= {each.venue_id for each in stops()}
            break
    while not closed:  # it can always be brought to an end
        left = of_rounds.left(one)
        for each in left:
            rounds.leave_out(round_venue_id=each.pk, reason="门锁着没人", by=leader(world), at=MONDAY)
        closed = rounds.finish_round(inspection_round_id=one.pk, words="全部查完", by=leader(world), at=MONDAY).state == RoundState.CLOSED


# One look serves all units


def test_one_look_asks_every_units_items_and_there_is_no_second(world):
    first = stop(world)
    lines = {item.line for item in policy.in_force(DAY).of("netbar")}
    assert {"culture", "police", "emergency", "health", "market"} <= lines
    bare = said("netbar")
    bare.pop("item_real_name")
    facts = {"day": DAY, "came": [lead(world)], "people": 2, "licensed": 2, "signed": "signed"}
    with pytest.raises(Refused, match="各单位的检查项都要答"):
        commands.record_inspection(round_venue_id=first.pk, **facts, **bare, by=leader(world), at=MONDAY)
    record(world, first, by=fireman(world))
    with pytest.raises(Refused, match="已经查过"):
        record(world, first, by=officer(world))


def test_a_place_of_which_nothing_was_looked_at_was_not_visited(world):
    first = stop(world)
    nothing = {item.code: "none" for item in policy.in_force(DAY).of("netbar")}
    with pytest.raises(Refused, match="一项也没有看"):
        record(world, first, **nothing)
    with pytest.raises(Refused, match="还有 1 处没有查"):
        rounds.finish_round(inspection_round_id=first.round_id, words="全部查完", by=leader(world), at=MONDAY)
    assert record(world, first, **nothing | {"exits": "ok"}), "one item that was looked at is a visit"


def test_what_is_wrong_becomes_a_hazard_of_the_unit_whose_matter_it_is(world):
    one = record(world, stop(world), minors="bad", real_name="bad", exits="bad", equipment="fixed")
    found = {each.code: each for each in one.hazards.all()}
    assert {code: each.owner.name for code, each in found.items()} == {
        "minors": lead(world).name, "real_name": police(world).name, "exits": fire(world).name, "equipment": fire(world).name,
    }  # fmt: skip
    days = policy.in_force(DAY).mend_days
    assert found["exits"].due_on == DAY + timedelta(days=days["major"]) and found["real_name"].due_on == DAY + timedelta(days=days["ordinary"])
    assert all(each.basis and each.measure and each.owner_id for each in found.values()) and found["equipment"].state == HazardState.FIXED and found["equipment"].closed_on == DAY
    assert len({each.serial for each in found.values()}) == 4


def test_no_unit_of_that_matter_there_the_lead_owns_it(world):
    one = record(world, stop(world), hygiene="bad")
    assert one.hazards.get().owner == lead(world)


# A hazard's life


def test_from_finding_to_closing(world):
    one = record(world, stop(world), exits="bad", no_minors_sign="bad")
    locked, sign = one.hazards.get(code="exits"), one.hazards.get(code="no_minors_sign")
    with pytest.raises(Refused, match="还缺:整改资金、应急预案"):
        commands.issue_order(inspection_id=one.pk, unit=fire(world), by=fireman(world), at=MONDAY)
    facts = {name: getattr(locked, name) for name in ("words", "basis", "grade", "owner", "measure", "answers", "due_on", "place")}
    commands.settle_hazard(hazard_id=locked.pk, **facts, funds="自筹 800 元", fallback="营业时专人守门", by=fireman(world), at=MONDAY)
    commands.issue_order(inspection_id=one.pk, unit=fire(world), by=fireman(world), at=MONDAY)
    locked.refresh_from_db()
    sign.refresh_from_db()
    assert locked.state == HazardState.ORDERED and "责改〔2026〕1号" in str(locked.order) and sign.state == HazardState.FOUND, "each unit orders its own"
    commands.mend_hazard(hazard_id=locked.pk, mended_on=DAY, words="锁已拆", by=fireman(world), at=at(3))
    with pytest.raises(Refused, match="不能自己复查"):
        commands.recheck_hazard(hazard_id=locked.pk, passed=True, day=DAY, licensed=2, words="已拆", by=fireman(world), at=at(4))
    other = person("xiaofang2", "莘消防", fire(world))
    commands.recheck_hazard(hazard_id=locked.pk, passed=False, day=DAY + timedelta(days=4), licensed=2, words="又锁上了", due_on=DAY + timedelta(days=40), by=other, at=at(4))
    locked.refresh_from_db()
    assert (locked.state, locked.due_on, locked.mended_on) == (HazardState.ORDERED, DAY + timedelta(days=40), None)
    commands.recheck_hazard(hazard_id=locked.pk, passed=True, day=DAY + timedelta(days=9), licensed=2, words="已拆除锁具", by=other, at=at(9))
    locked.refresh_from_db()
    assert (locked.state, locked.closed_on) == (HazardState.PASSED, DAY + timedelta(days=9))
    lines = list(Entry.objects.filter(subject_id=str(locked.pk)).order_by("seq").values_list("act", flat=True))
    assert lines == ["hazard.find", "hazard.settle", "hazard.order", "hazard.mend", "hazard.fail", "hazard.pass"]


def test_overdue_climbs_by_the_ledgers_own_ladder_once(world):
    one = hazard(world, HazardState.ORDERED, due_on=DAY + timedelta(days=3))
    commands.watch(at(3))
    assert not needs().exists(), "its day is not over"
    commands.watch(at(4))
    need = needs().get()
    one.refresh_from_db()
    assert one.need == need.number and need.village == one.inspection.stop.venue.area and need.category == "campus"
    assert (need.recorded_by, need.recorded_org, need.channel) == (None, one.owner, "department") and need.holder_id and need.due_on > DAY
    commands.watch(at(5))
    assert needs().count() == 1
    assert_whole()
    assert queries.waiting(leader(world), DAY + timedelta(days=4)).count() == 1


def test_mended_but_never_rechecked_is_overdue_too(world):
    hazard(world, HazardState.RECHECK, due_on=DAY + timedelta(days=3))
    days = 3 + policy.in_force(DAY).recheck_days
    commands.watch(at(days))
    assert not needs().exists()
    commands.watch(at(days + 1))
    assert needs().count() == 1


def test_without_a_ledger_nothing_breaks(world, monkeypatch):
    hazard(world, HazardState.ORDERED, due_on=DAY)
    monkeypatch.setattr(commands, "gather", lambda kind: [])
    commands.watch(at(9))
    assert Hazard.objects.get().need == "" and queries.waiting(leader(world), DAY + timedelta(days=9)).count() == 1


def test_numbers_follow_one_another(world):
    for name in ("一网吧", "二网吧"):
        venue(world, name)
    round_of(world)
    for one in RoundVenue.objects.select_related("venue"):
        record(world, one, exits="bad", minors="fixed")
    assert sorted(Hazard.objects.values_list("serial", flat=True)) == [1, 2, 3, 4, 5, 6]


# Who sees and does what


def test_a_unit_that_takes_part_sees_and_records_another_does_not(world):
    first = stop(world)
    with pytest.raises(Refused, match="牵头单位"):
        record(world, first, by=User.objects.get(pk=world.clerk.pk))
    assert takes_part(officer(world), first) and visible_stops(officer(world)).filter(pk=first.pk).exists()


def test_a_picture_is_bare_of_what_the_camera_wrote(world):
    one, out = hazard(world), io.BytesIO()
    exif = Image.Exif()
    exif[0x0110] = "Phone of Li"
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    file = SimpleUploadedFile("p.jpg", out.getvalue())
    with pytest.raises(Refused, match="没有人再传"):
        commands.add_picture(hazard_id=one.pk, file=file, when="before_mending", by=leader(world), at=MONDAY)
    commands.add_picture(hazard_id=one.pk, file=file, when="before_mending", nobody=True, by=leader(world), at=MONDAY)
    body = base64.b64decode(one.photos.get().body)
    assert b"Phone of Li" in out.getvalue() and b"Phone of Li" not in body and Image.open(io.BytesIO(body)).size == (40, 30)


# What the calendar calls for


def test_the_calendar_calls_each_round_once(world):
    term(world)  # ends 2027-01-16
    moment = MONDAY.replace(month=12, day=10)
    assert rounds.raise_rounds(by=CLOCK, at=moment) == 1 and rounds.raise_rounds(by=CLOCK, at=moment) == 0
    one = InspectionRound.objects.get()
    assert (one.calls, one.about_on, one.state, one.lead) == ("before_holidays", date(2027, 1, 16), RoundState.DRAFT, None)
    assert one.from_on == date(2027, 1, 2) and one.until_on == date(2027, 1, 15) and "campus" in one.covers()
    assert one.name.endswith("2027年1月16日放假前检查"), "a day is written as a person writes it"
    assert of_rounds.drafts(User.objects.get(pk=world.schools.pk)).count() == 1


def test_exams_and_feasts_call_once_a_run(world):
    term(world)
    schools = {"by": User.objects.get(pk=world.schools.pk), "at": MONDAY}
    for n in (20, 21, 22):
        year.tell_day(area=world.county, day=DAY + timedelta(days=n), kind="exam", words="期中考试", **schools)
    rounds.raise_rounds(by=CLOCK, at=MONDAY)
    assert [(one.calls, one.about_on) for one in InspectionRound.objects.all()] == [("exam", DAY + timedelta(days=20))]


def test_not_held_it_says_why(world):
    one = round_of(world, RoundState.DRAFT)
    rounds.call_off_round(inspection_round_id=one.pk, reason="并入县里统一检查", by=leader(world), at=MONDAY)
    one.refresh_from_db()
    assert (one.state, one.closing) == (RoundState.CALLED_OFF, "并入县里统一检查")


# Pages


def test_pages_and_papers_open(world, client):
    round_of(world)
    record(world, stop(world), exits="bad", equipment="bad")
    one = Hazard.objects.get(code="equipment")
    ordered = hazard(world, HazardState.RECHECK, serial=50)
    commands.recheck_hazard(hazard_id=ordered.pk, passed=True, day=DAY, licensed=2, words="已打开", by=second(world), at=MONDAY)
    venue(world, "另一网吧")
    waits = RoundVenue.objects.create(round=InspectionRound.objects.get(), venue=venue(world, "另一网吧"), team=None)
    client.force_login(leader(world), backend="django.contrib.auth.backends.ModelBackend")
    for name in ("venues", "rounds", "stops", "hazards"):
        assert client.get(reverse(f"schools:{name}")).status_code == 200
    for tab in queries.TABS:
        assert client.get(reverse("schools:hazards"), {"tab": tab}).status_code == 200
    for name, pk in (("venue", waits.venue_id), ("round", waits.round_id), ("inspection", one.inspection_id), ("hazard", one.pk), ("hazard", ordered.pk), ("stop_record", waits.pk), ("team_new", waits.round_id)):
        assert client.get(reverse(f"schools:{name}", args=[pk])).status_code == 200, name
    ordered.refresh_from_db()
    for address in (reverse("schools:order_paper", args=[ordered.inspection_id, ordered.order_id]), reverse("schools:recheck_paper", args=[ordered.pk])):
        paper = client.get(address)
        assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    assert looked(world)


def test_the_figure_and_the_list_call_the_same_hazards_overdue(world):
    """One definition: until three days after its day, what is told to be mended waits for its recheck and is not overdue."""
    one = hazard(world, HazardState.RECHECK)
    for days, late in ((0, False), (1, False), (3, False), (4, True)):
        day = one.due_on + timedelta(days=days)
        counted = hazards_on(Hazard.objects.filter(pk=one.pk), day, day).get().f_late
        assert counted == Hazard.objects.filter(queries.late(day), pk=one.pk).exists() == late, days


def test_an_order_to_a_net_bar_names_no_law_on_ktvs(world):
    one = record(world, stop(world), minors="bad")
    basis = one.hazards.get(code="minors").basis
    assert basis == "未成年人保护法第五十八条;互联网上网服务营业场所管理条例第二十一条"
    edition = policy.in_force(DAY)
    assert edition.item("minors").basis_at("ktv") == "未成年人保护法第五十八条;娱乐场所管理条例第二十三条"
    for item in edition.items:
        assert {kind for kind, _law in item.of_kind} <= set(item.kinds) and all(item.basis_at(kind) for kind in item.kinds)


def test_the_order_says_where_the_place_lies_as_people_say_it(world, monkeypatch):
    monkeypatch.setattr("wanjia.schools.inspecting.papers.pdf", lambda template, context, name: render_to_string(template, context).encode())
    place = stop(world).venue
    Area.objects.filter(pk=place.area_id).update(name=f"{place.area.short_name}村民委员会")
    paper = order_sheet(hazard(world, HazardState.ORDERED).order, MONDAY).content.decode()
    assert f"(地址:{place.area.short_name}{place.address})" in paper and "村民委员会" not in paper


def test_what_was_not_told_to_be_mended_is_told_first_and_rechecked_when_its_day_comes(world, client, monkeypatch):
    one = hazard(world, HazardState.ORDERED)
    client.force_login(leader(world), backend="django.contrib.auth.backends.ModelBackend")
    mend, look = (reverse(f"schools:{name}", args=[one.pk]) for name in ("hazard_mend", "hazard_recheck"))

    def page(day):
        monkeypatch.setattr(moment, "timezone", SimpleNamespace(now=lambda: MONDAY + (day - DAY)))
        return client.get(reverse("schools:hazard", args=[one.pk])).content.decode()

    early = page(one.due_on - timedelta(days=1))
    assert early.index(mend) < early.index("要提前复查") < early.index(look), "before its day a recheck stands behind a fold"
    assert reverse("schools:venue", args=[one.inspection.stop.venue_id]) in early, "a hazard leads to its place"
    due = page(one.due_on)
    assert "要提前复查" not in due and due.index(look) < due.index(mend)
    Hazard.objects.filter(pk=one.pk).update(state=HazardState.RECHECK, mended_on=DAY)
    told = page(DAY)
    assert "要提前复查" not in told and look in told and mend not in told


def test_a_picture_is_added_from_the_visit_by_whoever_may(world, client):
    one = hazard(world)
    there = reverse("schools:hazard_picture", args=[one.pk])
    for who in (leader(world), fireman(world), officer(world)):
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(reverse("schools:inspection", args=[one.inspection_id]))
        assert answer.status_code == 200 and (there in answer.content.decode()) == bool(can_picture(who, one)), who
    assert can_picture(leader(world), one) and not all(can_picture(who, one) for who in (fireman(world), officer(world))), "the negative control"


def test_from_an_order_that_lacks_something_to_what_it_lacks_and_back(world, client):
    one = hazard(world, measure="")
    client.force_login(leader(world), backend="django.contrib.auth.backends.ModelBackend")
    there = reverse("schools:inspection_order", args=[one.inspection_id])
    settle = f"{reverse('schools:hazard_settle', args=[one.pk])}?next={there}"
    assert settle in client.get(there).content.decode()
    assert f'name="next" value="{there}"' in client.get(settle).content.decode()
    Hazard.objects.filter(pk=one.pk).update(measure="立即打开")
    assert settle not in client.get(there).content.decode(), "the negative control"
