"""A unit that ends leaves no hazard, round or notice without an owner: its successor has them, sees them in a queue of its own, and can do with them what the unit could."""

from datetime import timedelta

import pytest

from tests.house.worlds import World
from wanjia.kernel.command import SystemActor
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.checking import handing as checking
from wanjia.orgs.duties import Duty
from wanjia.orgs.handing import commands as handing
from wanjia.orgs.handing import queries
from wanjia.orgs.handing.kinds import Leaving
from wanjia.orgs.models import Handover, Line, Organisation, Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.units.commands import end_organisation
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.tests.factories import unit
from wanjia.schools.inheriting import queries as held
from wanjia.schools.inspecting import commands
from wanjia.schools.inspecting import queries as hazards
from wanjia.schools.inspection_states import HazardState, RoundState
from wanjia.schools.models import InspectionRound, TeamUnit
from wanjia.schools.notice_states import NoticeState
from wanjia.schools.notices import commands as notices
from wanjia.schools.rounds import commands as rounds
from wanjia.schools.rounds import queries as of_rounds
from wanjia.verdict import Refused

from .acts_year import far
from .inspection_factories import DAY, fire, fireman, hazard, lead, person, police, round_of, said, stop
from .notice_factories import notice

pytestmark = pytest.mark.django_db
INSTALLER = SystemActor("系统安装", duties=frozenset({Duty.MANAGE_AREAS, Duty.MANAGE_USERS, Duty.SET_RULES}))


@pytest.fixture
def world():
    return World()


def heir(world):
    """The bureau into which it is merged, of the same line of work."""
    return unit("永善县社会工作局", Tier.COUNTY, world.county, Line.CIVIL)


def hand(world, name="shegong", words="沙社工", role=Role.BUREAU_HEAD):
    """Somebody there."""
    return person(name, words, heir(world), role)


def ends(world, to=None, at=MONDAY, of=None):
    """The unit is merged away today; without `to` nobody says who takes over."""
    of = of or lead(world)
    given = {"all_to": f"u{to.pk}"} if to else {}
    return end_organisation(unit_id=of.pk, on=at.date(), reason="机构改革", with_posts=True, by=INSTALLER, at=at, **given)


def test_a_unit_does_not_end_before_its_hazards_rounds_and_notices_have_a_taker(world):
    hazard(world)
    notice(world)
    with pytest.raises(Refused, match="一件也不能悬空"):
        ends(world)
    assert Organisation.objects.get(pk=lead(world).pk).to_on is None


def test_whoever_sends_people_to_a_round_is_followed_by_a_unit_of_its_county_that_may_look(world):
    """The police only come along: a unit of another county would stand on the team, and nobody of it may open a place here."""
    one = round_of(world, RoundState.DRAFT)
    abroad = unit("东川区公安局", Tier.COUNTY, far(), Line.POLICE)
    with pytest.raises(Refused, match="不在这个县"):
        ends(world, abroad, of=police(world))
    empty = unit("永善县公安局治安大队", Tier.COUNTY, world.county, Line.POLICE)
    with pytest.raises(Refused, match="没有能检查的人,不能接手检查"):
        ends(world, empty, of=police(world))
    person("zhian", "治安警", empty)
    ends(world, empty, of=police(world))
    assert one.teams.get().units.filter(unit=empty).exists() and not TeamUnit.objects.filter(unit=police(world)).exists()


def test_its_successor_has_them_all_and_goes_on(world):
    """One hazard to order, one that is ordered, one that is told to be mended; a round under way and a draft; a notice that binds and one that waits."""
    found, ordered = hazard(world), hazard(world, HazardState.ORDERED, serial=2)
    closed = hazard(world, HazardState.PASSED, serial=3)
    running, draft = InspectionRound.objects.get(), round_of(world, RoundState.DRAFT, name="开学前检查")
    binding, waiting = notice(world), notice(world, NoticeState.DRAFT, name="高考期间停止噪声活动的通告")
    who, other = hand(world), hand(world, "shegong2", "封社工", Role.BUREAU_WORKER)
    ends(world, heir(world))
    for one in (found, ordered, running, draft, binding, waiting, closed):
        one.refresh_from_db()
    assert found.owner == ordered.owner == running.lead == draft.lead == binding.heir == waiting.issuer == heir(world)
    assert binding.issuer == lead(world), "what was put up keeps the name and the number of its paper"
    assert closed.owner == lead(world), "what is over stays as it was"
    assert not TeamUnit.objects.filter(unit=lead(world)).exists() and running.teams.get().units.filter(unit=heir(world), licensed=2).exists()
    assert set(hazards.waiting(who, DAY)) == {found} and hazards.queue(who, DAY) == {"schools:hazards": 1}
    assert Entry.objects.filter(act="hazard.take_over", subject_id=str(found.pk)).exists()
    commands.settle_hazard(**_settled(found, owner=heir(world)), by=who, at=MONDAY)
    commands.issue_order(inspection_id=found.inspection_id, unit=heir(world), by=who, at=MONDAY)
    commands.mend_hazard(hazard_id=ordered.pk, mended_on=DAY, words="锁已拆", by=who, at=MONDAY)
    commands.recheck_hazard(hazard_id=ordered.pk, passed=True, day=DAY, licensed=2, words="已拆除", by=other, at=MONDAY)
    rounds.finish_round(inspection_round_id=running.pk, words="全部查完", by=who, at=MONDAY)
    assert notices.lift_notice(safety_notice_id=binding.pk, reason="考试提前结束", by=who, at=MONDAY).state == NoticeState.LIFTED
    assert notices.drop_notice(safety_notice_id=waiting.pk, reason="并入县里通告", by=who, at=MONDAY).state == NoticeState.DROPPED


def _settled(one, **facts):
    given = {name: getattr(one, name) for name in ("words", "basis", "grade", "owner", "measure", "answers", "due_on", "place", "funds", "fallback")}
    return {"hazard_id": one.pk, **given, **facts}


def test_a_successor_who_took_no_part_in_the_round_orders_what_is_its_own_now(world):
    """A hazard of the fire brigade goes to a unit that never stood in the round."""
    one = hazard(world, owner=fire(world))
    who = hand(world)
    ends(world, heir(world), of=fire(world))
    one.refresh_from_db()
    assert one.owner == heir(world)
    InspectionRound.objects.get().teams.get().units.filter(unit=heir(world)).delete()
    assert commands.issue_order(inspection_id=one.inspection_id, unit=heir(world), by=who, at=MONDAY)


def test_where_both_stood_in_one_team_their_people_are_put_together(world):
    round_of(world)
    who = fireman(world)
    ends(world, fire(world), of=police(world))
    row = TeamUnit.objects.get(unit=fire(world))
    assert (row.people, row.licensed) == (4, 2) and not TeamUnit.objects.filter(unit=police(world)).exists()
    assert of_rounds.mine(who).count() == 1


def test_what_is_found_meanwhile_is_nobodys_who_is_gone(world):
    """The police ended without a word of the round: the clock's task stands, and what is found of their line is the lead's."""
    one = stop(world)
    gone = police(world)
    Organisation.objects.filter(pk=gone.pk).update(to_on=DAY)
    facts = {"day": DAY, "came": [lead(world), fire(world)], "people": 6, "licensed": 4, "signed": "signed"}
    who = User.objects.get(pk=world.handler.pk)
    with pytest.raises(Refused, match="检查组"):
        commands.record_inspection(round_venue_id=one.pk, **facts | {"came": [gone]}, **said(), by=who, at=MONDAY)
    made = commands.record_inspection(round_venue_id=one.pk, **facts, **said(real_name="bad"), by=who, at=MONDAY)
    assert made.hazards.get().owner == lead(world)


def test_what_lies_adrift_is_found_by_the_clock_and_handed_over(world):
    one, gone, who = hazard(world, owner=fire(world)), fire(world), hand(world)
    Organisation.objects.filter(pk=gone.pk).update(to_on=DAY)
    assert (None, gone.pk) in queries.adrift(DAY)
    handing.watch_handovers(by=CLOCK, at=MONDAY)
    row = Handover.objects.get(organisation=gone, done_at=None)
    handing.finish_handover(handover_id=row.pk, all_to=f"u{heir(world).pk}", by=INSTALLER, at=MONDAY)
    one.refresh_from_db()
    assert one.owner == heir(world) and who and (None, gone.pk) not in queries.adrift(DAY) and list(checking.adrift(DAY)) == []


def test_who_cannot_look_or_works_elsewhere_takes_nothing(world):
    hazard(world)
    hand(world, "zhibanyuan", "毕值班", Role.CALLBACK_OFFICER)
    with pytest.raises(Refused, match="没有能检查的人"):
        ends(world, heir(world))
    hand(world)
    assert ends(world, heir(world))


def test_who_cannot_lead_takes_no_round_and_no_notice(world):
    notice(world)
    hand(world, "zhanyuan", "詹站员", Role.STATION_WORKER)
    with pytest.raises(Refused, match="没有能组织检查、签发通告、倡议的人"):
        ends(world, heir(world))


def test_a_person_who_leaves_leaves_nothing_of_the_units(world):
    hazard(world)
    leaving = Leaving(lead(world), User.objects.get(pk=world.handler.pk), DAY)
    assert not any(rows(leaving).exists() for rows in (held.hazards_held, held.rounds_held, held.notices_held))


def test_without_the_families_they_stay_with_nobody(world, monkeypatch):
    """Negative control."""
    one = hazard(world)
    monkeypatch.setattr(queries, "gather", lambda _kind: [])
    ends(world)
    one.refresh_from_db()
    assert one.owner.to_on == DAY and one.state == HazardState.FOUND


# What was handed on to be punished


def handed(world, to=None):
    """A hazard that nobody mends is handed on to the police."""
    one, who = hazard(world, HazardState.ORDERED), User.objects.get(pk=world.handler.pk)
    return commands.transfer_hazard(hazard_id=one.pk, unit=to or police(world), reason="拒不整改,立案查处", by=who, at=MONDAY)


def test_whoever_is_handed_a_hazard_sees_it_in_a_queue_until_it_says_that_it_has_it(world):
    one, officer = handed(world), person("gongan", "邵公安", police(world))
    assert set(hazards.waiting(officer, DAY)) == {one} and hazards.queue(officer, DAY) == {"schools:hazards": 1}
    assert hazards.queue(fireman(world), DAY) == {"schools:hazards": 0}
    with pytest.raises(Refused, match="接收单位"):
        commands.receive_hazard(hazard_id=one.pk, words="永公立字〔2026〕1号", by=fireman(world), at=MONDAY)
    commands.receive_hazard(hazard_id=one.pk, words="永公立字〔2026〕1号", by=officer, at=MONDAY + timedelta(days=1))
    assert hazards.queue(officer, DAY) == {"schools:hazards": 0}
    one.refresh_from_db()
    assert (one.received_by, one.received_words, one.state) == (officer, "永公立字〔2026〕1号", HazardState.TRANSFERRED)
    with pytest.raises(Refused, match="已经签收"):
        commands.receive_hazard(hazard_id=one.pk, words="再签一次", by=officer, at=MONDAY + timedelta(days=1))


def test_what_it_has_not_taken_yet_goes_to_its_successor(world):
    one, who = handed(world), hand(world)
    with pytest.raises(Refused, match="一件也不能悬空"):
        ends(world, of=police(world))
    ends(world, heir(world), of=police(world))
    one.refresh_from_db()
    assert one.handed_to == heir(world) and set(hazards.waiting(who, DAY)) == {one}


def test_once_it_has_it_nothing_waits(world):
    one, officer = handed(world), person("gongan", "邵公安", police(world))
    commands.receive_hazard(hazard_id=one.pk, words="永公立字〔2026〕1号", by=officer, at=MONDAY)
    TeamUnit.objects.filter(unit=police(world)).delete()
    ends(world, of=police(world))
    one.refresh_from_db()
    assert one.handed_to == police(world)
