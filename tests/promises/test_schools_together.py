"""Two acts at one moment on one hazard, round, notice or lesson: one of them is done, the other is told. Both databases; each with its negative control."""

import threading
from contextlib import contextmanager
from copy import copy
from datetime import date, timedelta

import pytest
from django.db import connection

from tests.house.worlds import World
from wanjia.kernel import triggers
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.schools.inspecting import commands as inspecting
from wanjia.schools.inspecting.subjects import HAZARDS
from wanjia.schools.inspection_states import HazardState, RoundState
from wanjia.schools.lessons import commands as lessons
from wanjia.schools.lessons.subjects import LECTURERS, LESSONS
from wanjia.schools.models import (
    Hazard,
    HazardDelay,
    InspectionRound,
    LawLesson,
    Lecturer,
    NoticeReceipt,
    RoundVenue,
    SafetyNotice,
    Venue,
    VicePrincipal,
)
from wanjia.schools.notice_states import NoticeState
from wanjia.schools.notices import commands as notices
from wanjia.schools.notices.subjects import RECEIPTS
from wanjia.schools.rounds import commands as rounds
from wanjia.schools.rounds import rules as of_rounds
from wanjia.schools.rounds.subjects import ROUNDS, STOPS
from wanjia.schools.tests.acts_lessons import other_schools
from wanjia.schools.tests.inspection_factories import DAY, hazard, lead, leader, police, said, second, stop
from wanjia.schools.tests.lesson_factories import lecturer, lesson
from wanjia.schools.tests.notice_factories import SOON, notice, receipt
from wanjia.schools.venues import commands as venues
from wanjia.verdict import ALLOWED

from .test_races import at_once

pytestmark = pytest.mark.slow


@contextmanager
def read_before(*subjects):
    """Negative control: what an act is about was read before the others came, under no lock. subjects: [(subject, rows)]."""
    kept = [(subject, subject.take) for subject, _rows in subjects]
    try:
        for subject, rows in subjects:
            found = {row.pk: row for row in rows}
            object.__setattr__(subject, "take", lambda pk, at, found=found: (copy(found[pk]), at))
        yield
    finally:
        for subject, take in kept:
            object.__setattr__(subject, "take", take)


def unmoved(monkeypatch, model):
    """The move is not compared with what stands, by the act nor by the table."""
    triggers.lift(models=[model])

    def move(row, machine, name, *, by, at, saving=(), area_code="", **_detail):
        model.objects.filter(pk=row.pk).update(state=machine.moves[name].target, **{field: getattr(row, field) for field in saving})

    monkeypatch.setattr("wanjia.kernel.journal.move", move)


# A hazard: passed by one, handed on by another


def passed_or_handed_on(one, n, hands, unit):
    if n % 2:
        return inspecting.transfer_hazard(hazard_id=one, unit=unit, reason="拒不整改,移送处理", by=hands[0], at=MONDAY)
    return inspecting.recheck_hazard(hazard_id=one, passed=True, day=DAY, licensed=2, words="已拆除", by=hands[1], at=MONDAY)


def test_a_hazard_is_passed_or_handed_on_never_both(races):
    world = World()
    one, hands, unit = hazard(world, HazardState.ORDERED).pk, (leader(world), second(world)), police(world)
    answers, _met, fell = at_once(lambda n: passed_or_handed_on(one, n, hands, unit).pk)
    assert fell == [] and len(answers) == 1 == Entry.objects.filter(act__in=("hazard.pass", "hazard.transfer")).count()


@pytest.mark.spoils
def test_without_the_guards_it_is_both(races, monkeypatch):
    world = World()
    one, hands, unit = hazard(world, HazardState.ORDERED).pk, (leader(world), second(world)), police(world)
    unmoved(monkeypatch, Hazard)
    with read_before((HAZARDS, Hazard.objects.select_related("inspection__stop__venue__area", "owner"))):
        answers, _met, _fell = at_once(lambda n: passed_or_handed_on(one, n, hands, unit).pk, also=(Exception,))
    assert len(answers) > 1


def puts_off(one, hand, n):
    kept = Hazard.objects.get(pk=one)
    given = {name: getattr(kept, name) for name in ("words", "basis", "grade", "owner", "measure", "answers", "place")}
    return inspecting.settle_hazard(hazard_id=one, **given, due_on=DAY + timedelta(days=20 + n), reason="等消防验收材料", by=hand, at=MONDAY)


def test_one_hand_puts_a_day_off_once_however_often_it_presses(races):
    world = World()
    one, hand = hazard(world).pk, leader(world)
    answers, _met, fell = at_once(lambda n: puts_off(one, hand, n).pk)
    assert fell == [] and answers and HazardDelay.objects.count() == 1


@pytest.mark.spoils
def test_without_the_rule_it_does_so_again_and_again(races, monkeypatch):
    world = World()
    one, hand = hazard(world).pk, leader(world)
    monkeypatch.setattr(inspecting.rules, "may_put_off", lambda *_asked, **_given: ALLOWED)
    at_once(lambda n: inspecting._put_off(Hazard(pk=one, due_on=DAY), DAY + timedelta(days=20 + n), "ordinary", "等材料", by=hand, at=MONDAY), also=(Exception,))
    assert HazardDelay.objects.count() > 1


# A round: closed by one, a place put back by another


def closes_or_takes_up(n, place, hand):
    if n % 2:
        return rounds.take_up(round_venue_id=place.pk, by=hand, at=MONDAY)
    return rounds.finish_round(inspection_round_id=place.round_id, words="全部查完", by=hand, at=MONDAY)


def left_out(world):
    """Its one place was left out with a reason."""
    one = stop(world)
    RoundVenue.objects.filter(pk=one.pk).update(left_out="停业装修", left_out_at=MONDAY)
    return one, leader(world)


def skipped_silently():
    return RoundVenue.objects.filter(round__state=RoundState.CLOSED, inspection=None, left_out="").exists()


def test_no_round_closes_over_a_place_that_is_put_back_meanwhile(races):
    one, hand = left_out(World())
    answers, _met, fell = at_once(lambda n: closes_or_takes_up(n, one, hand).pk)
    assert fell == [] and answers and not skipped_silently()


@pytest.mark.spoils
def test_without_the_lock_of_the_round_it_does(races, monkeypatch):
    one, hand = left_out(World())
    unmoved(monkeypatch, InspectionRound)
    monkeypatch.setattr(of_rounds.queries, "left", lambda _one: [])
    with read_before((ROUNDS, InspectionRound.objects.select_related("area", "lead")), (STOPS, RoundVenue.objects.select_related("venue__area", "round__lead"))):
        at_once(lambda n: closes_or_takes_up(n, one, hand).pk, also=(Exception,))
    assert skipped_silently()


# A notice: lifted by one, served by another


def lifts_or_serves(n, row, hand):
    if n % 2:
        return notices.serve_notice(notice_receipt_id=row.pk, served_on=DAY, way="handed", signed="signed", by=hand, at=MONDAY)
    return notices.lift_notice(safety_notice_id=row.notice_id, reason="考试提前结束", by=hand, at=MONDAY)


def test_a_notice_is_lifted_once_and_served_once(races):
    world = World()
    row, hand = receipt(world), leader(world)
    _answers, _met, fell = at_once(lambda n: lifts_or_serves(n, row, hand).pk)
    lines = list(Entry.objects.filter(act__in=("safety_notice.lift", "notice_receipt.serve")).order_by("seq").values_list("act", flat=True))
    assert fell == [] and lines in (["safety_notice.lift"], ["notice_receipt.serve", "safety_notice.lift"]) and SafetyNotice.objects.get().state == "notice_lifted"


@pytest.mark.spoils
def test_without_the_guards_it_is_served_over_and_over(races, monkeypatch):
    world = World()
    row, hand = receipt(world), leader(world)

    def told(one, by, at, line, **facts):
        NoticeReceipt.objects.filter(pk=one.pk).update(**facts)
        return one

    monkeypatch.setattr(notices, "_told", told)
    with read_before((RECEIPTS, NoticeReceipt.objects.select_related("notice__issuer", "venue__area", "area"))):
        answers, _met, _fell = at_once(lambda _n: notices.serve_notice(notice_receipt_id=row.pk, served_on=DAY, way="handed", signed="signed", by=hand, at=MONDAY).pk, also=(Exception,))
    assert len(answers) > 1


# A place comes, or goes, while a notice is issued over its kind


def comes_or_is_issued(n, one, world, hands):
    if n == 3:
        return notices.issue_notice(safety_notice_id=one, by=hands[1], at=MONDAY)
    return venues.enter_venue(area=world.datong, kind="ktv", name=f"{n}号KTV", address="大同街", by=hands[0], at=MONDAY)


def waits_for_its_issue(world):
    """A notice over KTVs that one hand wrote and another issues; one KTV stands."""
    return notice(world, NoticeState.DRAFT).pk, (second(world), leader(world))


def on_no_list():
    return Venue.objects.filter(kind="ktv").exclude(receipts__notice__state=NoticeState.ISSUED).exists()


def test_a_place_that_is_entered_while_a_notice_is_issued_stands_on_its_list(races):
    world = World()
    one, hands = waits_for_its_issue(world)
    _answers, _met, fell = at_once(lambda n: comes_or_is_issued(n, one, world, hands).pk)
    assert fell == [] and SafetyNotice.objects.get(pk=one).state == NoticeState.ISSUED and Venue.objects.filter(kind="ktv").count() > 1 and not on_no_list()


@pytest.mark.spoils
def test_without_the_hold_on_what_is_not_issued_yet_it_is_on_no_list(races, monkeypatch):
    """Negative control: only what is issued already is asked, and what lies on the notice's list was read before the places came."""
    world = World()
    one, hands = waits_for_its_issue(world)
    before = list(notices.queries.sent_to(SafetyNotice.objects.get(pk=one), SOON))
    monkeypatch.setattr(notices.queries, "sent_to", lambda _one, _day: before)
    monkeypatch.setattr(venues.queries, "notices_to", lambda _venue, _day: [])
    at_once(lambda n: comes_or_is_issued(n, one, world, hands).pk)
    assert on_no_list()


def goes_or_is_looked_at(n, world, place, hand):
    if n % 2:
        return venues.end_venue(venue_id=place.venue_id, to_on=DAY, reason="停业转让", by=hand, at=MONDAY)
    told = {"day": DAY, "came": [lead(world)], "people": 2, "licensed": 2, "signed": "signed"}
    return inspecting.record_inspection(round_venue_id=place.pk, **told, **said(), by=hand, at=MONDAY)


def looked_at_and_left_out():
    return RoundVenue.objects.filter(inspection__isnull=False).exclude(left_out="").exists()


def test_a_place_is_looked_at_or_left_out_never_both(races):
    world = World()
    place, hand = stop(world), leader(world)
    answers, _met, fell = at_once(lambda n: goes_or_is_looked_at(n, world, place, hand).pk)
    assert fell == [] and answers and not looked_at_and_left_out()


@pytest.mark.spoils
def test_without_the_hold_on_its_round_it_is_both(races, monkeypatch):
    """Negative control: the place goes while somebody looks, whose look is not kept yet; nobody waits. SQLite lets one write at a time: there the look is of a place read before it went."""
    world = World()
    place, hand = stop(world), leader(world)
    if connection.vendor == "sqlite":
        with read_before((STOPS, RoundVenue.objects.select_related("venue__area", "round__lead", "team"))):
            for n in (1, 0):
                goes_or_is_looked_at(n, world, place, hand)
    else:
        looking, gone, kept = threading.Event(), threading.Event(), inspecting._find
        monkeypatch.setattr(venues, "_held", lambda _venue, _day: ([place.round], []))
        monkeypatch.setattr(inspecting, "_find", lambda *asked, **by: (looking.set(), gone.wait(60), kept(*asked, **by)))
        who = iter((0, 1))

        def act(_n):
            n = next(who, None)
            if n == 0:
                return goes_or_is_looked_at(0, world, place, hand).pk
            if n == 1:
                looking.wait(60)
                one = goes_or_is_looked_at(1, world, place, hand).pk
                gone.set()
                return one
            return None

        at_once(act)
    assert looked_at_and_left_out()


# A lesson taken back; a lecturer appointed everywhere, and barred meanwhile


def test_a_lesson_is_taken_back_once(races):
    world = World()
    one, hand = lesson(world).pk, User.objects.get(pk=world.headmaster.pk)
    answers, _met, fell = at_once(lambda n: lessons.take_back_lesson(law_lesson_id=one, reason=f"登记重了{n}", by=hand, at=MONDAY).pk)
    assert fell == [] and len(answers) == 1 == Entry.objects.filter(act="law_lesson.take_back").count()


def everywhere(world):
    """Who, and the schools that want him."""
    return lecturer(world).pk, other_schools(world, 6), User.objects.get(pk=world.schools.pk)


def appointed_or_barred(n, one, schools, hand):
    if n == 3:
        return lessons.query_lecturer(lecturer_id=one, asked_on=DAY, clear=False, by=hand, at=MONDAY)
    return lessons.appoint_vice(lecturer_id=one, school=schools[n % 6], from_on=DAY, to_on=date(2029, 9, 1), letter=f"聘{n}", by=hand, at=MONDAY)


def serves():
    return VicePrincipal.objects.filter(to_on__gt=DAY).count()


def test_nobody_serves_who_is_barred_meanwhile_and_nobody_at_three_schools(races):
    one, schools, hand = everywhere(World())
    _answers, _met, fell = at_once(lambda n: appointed_or_barred(n, one, schools, hand).pk)
    assert fell == [] and serves() == 0, "whoever was appointed before is ended by the answer, nobody is after it"


@pytest.mark.spoils
def test_without_the_rule_he_serves_at_more_than_two(races, monkeypatch):
    one, schools, hand = everywhere(World())
    monkeypatch.setattr(lessons.checks, "against", lambda *_asked: None)
    with read_before((LECTURERS, Lecturer.objects.select_related("unit")), (LESSONS, LawLesson.objects.all())):
        at_once(lambda n: appointed_or_barred(n if n != 3 else 4, one, schools, hand).pk, also=(Exception,))
    assert serves() > 2
