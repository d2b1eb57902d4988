"""The ladder: each rung once, on its working day, in working hours; told, with its paper; what nobody has climbs too."""

from datetime import UTC, date, datetime

import pytest

from wanjia.kernel.models import CalendarDay
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.reporting.kinds import papers_with
from wanjia.reporting.models import Paper
from wanjia.reporting.papers.commands import print_document
from wanjia.verdict import Refused

from ..assignment.commands import accept_need, assign_need, recall_need
from ..checking import rungs as check
from ..checking.queries import needs as check_needs
from ..clock.commands import run_clock
from ..handling.commands import add_note
from ..ladder import commands, queries
from ..ladder.rules import CLOCK
from ..ladder.tasks import climb_all
from ..models import Need, Rung, Step
from ..papers.queries import whole_need
from ..screening.commands import admit_need
from ..triage.commands import triage_need
from . import clock_acts as acts
from .acts import called
from .factories import later, worker
from .walk import bring

pytestmark = pytest.mark.django_db


def china(month, day, hour=9, minute=0):
    """A moment of 2026 by the clock in China."""
    return datetime(2026, month, day, hour - 8, minute, tzinfo=UTC) if hour >= 8 else datetime(2026, month, day - 1, hour + 16, minute, tzinfo=UTC)


def climbed(need):
    """Return [(clock, level, the day on which it was climbed)] of what was told, in the order of the timeline."""
    rows = Rung.objects.filter(need=need.pk, passed=False).order_by("n")
    return [(row.clock, row.level, row.at.date().isoformat()[5:]) for row in rows]


def days(first, last, month=11):
    """Tick on each of these days in the morning."""
    for day in range(first, last + 1):
        climb_all(china(month, day))


def acts_of(need):
    return list(Step.objects.filter(need=need.pk).order_by("n").values_list("act", flat=True))


def whole():
    """Nothing that the checks of needs and rungs would say."""
    return [*check.faults(date(2026, 11, 30)), *check_needs(date(2026, 11, 30))]


def raised_paper(world, need):
    """What the paper of a need's raising says."""
    paper = Paper.objects.get(subject_id=need.pk, kind="raise")
    return papers_with("raise").write(paper, whole_need(need.pk), world.ledger, paper.printed_at).says[0]


@pytest.fixture
def leader(world):
    return worker("xian-ld", "何县长", world.office, Role.LEADER)


def test_a_need_in_hand_climbs_by_its_own_clock_rung_by_rung(world):
    """Ten working days from the 2nd: promised for the 16th; reminded when eight are over, urged the day after, supervised in five days."""
    need = bring(world, "accepted")
    days(2, 30)
    assert climbed(need) == [("need", 1, "11-13"), ("need", 2, "11-17"), ("need", 3, "11-23"), ("need", 4, "11-30")]
    assert acts_of(need)[-4:] == ["reminded", "urged", "supervised", "raised"]  # above a bureau stands no desk that could hold it
    assert whole() == []


def test_each_rung_makes_its_paper_with_a_number_of_its_own(world):
    need = bring(world, "accepted")
    days(2, 30)
    papers = list(Paper.objects.filter(subject_id=need.pk).order_by("printed_at").values_list("kind", "number", "printed_by", "printed_org__name"))
    assert [kind for kind, *_rest in papers] == ["reminder", "supervision", "raise"]
    assert [number for _kind, number, *_rest in papers] == ["永善诉催〔2026〕1号", "永善诉督〔2026〕1号", "永善诉提〔2026〕1号"]
    assert {(by, unit) for _kind, _number, by, unit in papers} == {(None, "永善县诉求台账办公室")}
    assert "仍由原单位主办" in raised_paper(world, need), "above a bureau stands no desk that could hold it: the paper takes nothing from it"


def test_whoever_prints_the_clocks_paper_prints_its_number(world):
    need = bring(world, "accepted")
    days(2, 17)
    made = Paper.objects.get(subject_id=need.pk, kind="reminder")
    assert print_document(subject_id=need.pk, kind="reminder", by=world.inspector, at=china(11, 17, 10)).pk == made.pk


def test_what_nobody_has_taken_up_climbs_too(world):
    """DIGIT's escalation silently skips unassigned items: here the desk that has it is urged, and then the county takes it."""
    need = bring(world, "registered")  # to be screened by the 3rd
    days(2, 12)
    steps = [one for one in climbed(need) if one[0] == "step"]
    assert steps == [("step", 1, "11-03"), ("step", 2, "11-04"), ("step", 3, "11-06"), ("step", 4, "11-10"), ("step", 1, "11-11")]
    assert climbed(need)[-1] == ("need", 3, "11-12")  # the promise to answer was for the 5th: its clock goes on while the desk's begins anew
    need.refresh_from_db()
    assert (need.state, need.holder, need.raised_from) == ("registered", world.office, "township")
    assert whole() == []


def test_a_role_inbox_is_told_though_nobody_is_named(world):
    """DIGIT discussion 773: the item that sits in a role's inbox is the story that escalation does not cover."""
    need = bring(world, "triaged")
    days(3, 4)
    assert [told.told for told in Rung.objects.filter(need=need, passed=False)] == [world.township, world.township]
    assert Need.objects.get(pk=need.pk).handler is None


def test_what_is_not_signed_for_climbs(world):
    need = bring(world, "assigned")
    days(3, 6)
    assert climbed(need) == [("step", 1, "11-03"), ("step", 2, "11-04"), ("step", 3, "11-06")]


def test_what_was_sent_back_climbs(world):
    need = bring(world, "returned")
    days(3, 4)
    assert climbed(need) == [("step", 1, "11-03"), ("step", 2, "11-04")]


def test_where_nobody_sits_above_the_tier_above_that_is_told(world):
    """DIGIT skips people without a recorded supervisor: an empty tier is passed over, never waited for."""
    need = bring(world, "triaged")
    Need.objects.filter(pk=need.pk).update(holder=world.committee)
    Post.objects.filter(organisation=world.township).update(to_on=date(2026, 11, 2))
    days(3, 6)
    assert Rung.objects.get(need=need, level=3).told == world.office


def test_a_county_without_any_desk_still_climbs(world):
    need = bring(world, "triaged")
    Post.objects.filter(role__in=(Role.LEDGER_OFFICE, Role.TOWNSHIP_WORKER)).update(to_on=date(2026, 11, 2))
    days(3, 20)
    assert [level for _clock, level, _day in climbed(need)][:4] == [1, 2, 3, 4]


def test_nobody_is_told_at_midnight(world):
    """Zammad 4432, reminders at midnight: what falls due at night waits for the morning."""
    need = bring(world, "assigned")
    for at in (china(11, 3, 0, 5), china(11, 3, 8, 29), china(11, 3, 17, 30), china(11, 3, 23, 59)):
        assert climb_all(at) == 0
    with pytest.raises(Refused, match="不是上班时间"):
        commands.climb(need_ids=[need.pk], by=CLOCK, at=china(11, 3, 23, 59))
    assert climb_all(china(11, 4, 8, 30)) == 1


def test_nobody_is_told_on_a_day_of_rest(world):
    """osTicket 1168 and 4166, five years without business hours: a weekend, a holiday and a day that somebody made free are quiet."""
    need = bring(world, "assigned", at=china(11, 5))
    Need.objects.filter(pk=need.pk).update(step_from_on=date(2026, 11, 5), step_due_on=date(2026, 11, 6))
    climb_all(china(11, 6))
    assert climb_all(china(11, 7)) == climb_all(china(11, 8)) == 0
    CalendarDay.objects.update_or_create(day=date(2026, 11, 9), defaults={"works": False, "name": "停电", "source": "县里通知"})
    assert climb_all(china(11, 9)) == 0
    assert climb_all(china(11, 10)) == 1
    assert climbed(need)[-1] == ("step", 2, "11-10")


def test_a_tick_happens_once_however_often_it_comes(world):
    need = bring(world, "assigned")
    assert [climb_all(china(11, 4, hour)) for hour in (9, 9, 10, 16)] == [1, 0, 0, 0]
    assert climbed(need) == [("step", 2, "11-04")]


def test_a_machine_that_was_off_catches_up_without_flooding(world, leader):
    """One message for the highest rung; the lower ones are noted as passed; a paper for what is due alone."""
    need = bring(world, "assigned")
    assert climb_all(china(11, 13)) == 1
    assert [(row.clock, row.level, row.passed) for row in Rung.objects.filter(need=need).order_by("clock", "level")] == [
        ("need", 1, True), ("step", 1, True), ("step", 2, True), ("step", 3, False)]  # fmt: skip
    assert Paper.objects.filter(subject_id=need.pk).values_list("kind", flat=True).get() == "supervision"
    assert acts_of(need).count("supervised") == 1
    assert "没有赶上" in Step.objects.get(need=need, act="supervised").words
    assert whole() == []


def test_nobody_is_raised_who_was_not_supervised_before(world):
    """A machine off for a month raises nothing at once: the unit is supervised first, and has its days."""
    need = bring(world, "triaged")
    climb_all(china(11, 30))
    assert climbed(need) == [("need", 3, "11-30")]  # of two clocks the promise itself speaks; the desk's own is noted beside it
    climb_all(china(12, 1))
    assert len(climbed(need)) == 1
    climb_all(china(12, 2))
    assert climbed(need)[-1] == ("step", 4, "12-02")


def test_what_was_raised_is_no_longer_moved_where_it_was(world):
    """OpenCRVS 11404, an escalated record stays actionable where it was: the township can look at it, and moves it no more."""
    need = bring(world, "triaged")
    days(3, 10)
    need.refresh_from_db()
    assert need.holder == world.office
    assert "不得再行处置" in raised_paper(world, need)
    with pytest.raises(Refused, match="已提级到永善县诉求台账办公室"):
        assign_need(need_id=need.pk, holder=world.civil, by=world.clerk, at=china(11, 10, 10))
    with pytest.raises(Refused, match="已提级"):
        triage_need(need_id=need.pk, urgency="ordinary", difficulty="easy", by=world.clerk, at=china(11, 10, 10))
    assign_need(need_id=need.pk, holder=world.civil, by=world.ledger, at=china(11, 10, 11))
    recall_need(need_id=need.pk, by=world.ledger, at=china(11, 10, 12))
    with pytest.raises(Refused, match="已提级"):  # handed out and taken back it lies above again
        assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=china(11, 10, 13))
    assign_need(need_id=need.pk, holder=world.civil, by=world.ledger, at=china(11, 10, 14))
    accept_need(need_id=need.pk, by=world.handler, at=china(11, 10, 15))
    need.refresh_from_db()
    assert (need.holder, need.raised_from) == (world.civil, "township"), "signed for it could still come back"
    add_note(need_id=need.pk, words="已入户核实", by=world.handler, at=china(11, 10, 16))
    need.refresh_from_db()
    assert (need.holder, need.raised_from) == (world.civil, "")
    assert whole() == []


def test_what_was_raised_while_unscreened_is_screened_above(world):
    need = bring(world, "registered")
    days(3, 10)
    with pytest.raises(Refused, match="已提级"):
        admit_need(need_id=need.pk, by=world.clerk, at=china(11, 10, 10))
    admit_need(need_id=need.pk, by=world.ledger, at=china(11, 10, 11))


def in_the_village(world):
    """A need that the village has signed for."""
    need = bring(world, "admitted")
    triage_need(need_id=need.pk, urgency="ordinary", difficulty="easy", by=world.clerk, at=later(hours=2))
    assign_need(need_id=need.pk, holder=world.committee, by=world.clerk, at=later(hours=3))
    accept_need(need_id=need.pk, by=User.objects.get(pk=world.visitor.pk), at=later(1))
    return need


def test_a_village_that_does_not_answer_is_raised_to_its_township_then_to_the_county(world):
    """Uganda's stuck records (OpenCRVS 8027) are flagged to seniors; here each tier takes over from the one below."""
    need = in_the_village(world)  # promised for the 9th
    days(4, 23)
    need.refresh_from_db()
    assert (need.state, need.holder, need.handler, need.raised_from) == ("triaged", world.township, None, "village")
    assert climbed(need)[:4] == [("need", 1, "11-09"), ("need", 2, "11-10"), ("need", 3, "11-16"), ("need", 4, "11-23")]
    days(24, 30)
    days(1, 11, month=12)
    need.refresh_from_db()
    assert need.holder == world.office
    assert whole() == []


def test_the_needs_own_clock_goes_on_while_the_step_of_the_next_holder_begins_anew(world):
    """Zammad 5624, a timer survives a hand-over to a group that it does not fit: the old holder's step is nobody's; the promise stays."""
    need = bring(world, "assigned")
    days(3, 4)
    recall_need(need_id=need.pk, by=world.clerk, at=china(11, 4, 10))
    assign_need(need_id=need.pk, holder=world.education, by=world.clerk, at=china(11, 4, 11))
    assert climb_all(china(11, 4, 15)) == 0  # the new unit has its own day
    days(5, 6)
    assert climbed(need) == [("step", 1, "11-03"), ("step", 2, "11-04"), ("step", 1, "11-05"), ("step", 2, "11-06")]
    accept_need(need_id=need.pk, by=world.teacher, at=china(11, 6, 15))
    days(9, 13)
    assert climbed(need)[-1] == ("need", 1, "11-13")


def test_a_stopped_clock_does_not_climb_and_goes_on_by_its_new_day(world):
    need = bring(world, "accepted")
    acts.stopped(world, {"need_id": need.pk})  # from the 4th; until the 11th at the latest: five working days
    days(4, 10)
    assert climbed(need) == []
    run_clock(need_id=need.pk, by=world.handler, at=china(11, 10))
    need.refresh_from_db()
    assert need.due_on == date(2026, 11, 20)
    days(10, 23)
    assert climbed(need) == [("need", 1, "11-19"), ("need", 2, "11-23")]
    assert whole() == []


def test_an_extended_need_climbs_by_its_new_date(world):
    need = bring(world, "accepted")
    days(3, 3)
    acts.asked(world, {"need_id": need.pk})
    acts.clock.decide_clock(need_id=need.pk, agree=True, by=acts.fresh(world.ledger), at=china(11, 13, 10))
    days(13, 24)
    assert climbed(need) == [("need", 1, "11-19"), ("need", 2, "11-24")]
    assert whole() == []


def test_what_was_put_off_after_a_rung_climbs_no_more_by_its_old_day(world):
    """A list that still called it reminded of the day that was put off would lie; the timeline keeps that rung."""
    need = bring(world, "accepted")
    days(13, 13)
    acts.asked(world, {"need_id": need.pk})
    assert queries.climbing(world.inspector).filter(pk=need.pk, rung_clock="need").exists()
    acts.clock.decide_clock(need_id=need.pk, agree=True, by=acts.fresh(world.ledger), at=china(11, 13, 10))
    assert not queries.climbing(world.inspector).filter(pk=need.pk).exists()
    days(16, 19)
    assert queries.climbing(world.inspector).filter(pk=need.pk, rung_level=1).exists()
    assert whole() == []


def test_what_the_tier_above_does_not_decide_climbs(world, leader):
    need = bring(world, "accepted")
    acts.asked(world, {"need_id": need.pk})  # on the 4th: to be decided by the 6th
    days(4, 11)
    assert climbed(need) == [("asked", 2, "11-09"), ("asked", 3, "11-11")]
    assert Rung.objects.get(need=need, level=2).told == world.office


def test_what_a_session_left_undecided_climbs(world):
    session = called(world)
    need = session.items.get().need
    days(3, 3)
    assert ("session", 2, "11-03") in climbed(need)


def test_only_the_clock_climbs(world):
    need = bring(world, "assigned")
    with pytest.raises(Refused, match="不由人代走"):
        commands.climb(need_ids=[need.pk], by=world.ledger, at=china(11, 4))
