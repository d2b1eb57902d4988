"""Whoever leaves, and a unit that ends or moves, hands everything over in the same step; what could not be handed over is a dated task that climbs.

The complaints that these tests name stand in the peers' lists: bulk reassignment when a worker leaves and moved households (CommCare, CHT 3440), items in
the inbox of a role and unassigned ones skipped (DIGIT #773), a timer that survives a hand-over (Zammad #5624).
"""

from datetime import date, timedelta

import pytest

from wanjia.kernel import triggers
from wanjia.kernel.command import SystemActor
from wanjia.kernel.models import Entry
from wanjia.orgs.accounts.commands import end_post, lock_user, unlock_user
from wanjia.orgs.checking import handing as checking
from wanjia.orgs.duties import Duty
from wanjia.orgs.handing import commands as handing
from wanjia.orgs.handing import queries
from wanjia.orgs.handing.kinds import Leaving, Taker
from wanjia.orgs.models import DutyNotice, Handover, Message, MessageChannel, Organisation, Post, Sponsorship, Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.units.commands import end_organisation, keep_organisation
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.models import Visit
from wanjia.registry.visits.commands import plan_visit
from wanjia.verdict import Refused

from ..assignment.commands import hand_to_person
from ..checking.queries import needs as needs_checked
from ..checking.sessions import faults as sessions_checked
from ..checking.together import faults as tasks_checked
from ..clock.commands import stop_clock
from ..models import Need, SubTask
from ..rules import independent
from ..states import NeedState as S
from ..states import TaskState
from ..together.commands import agree_help, ask_unit, note_consultation
from .factories import later, unit, worker
from .walk import bring

pytestmark = pytest.mark.django_db
INSTALLER = SystemActor("系统安装", duties=frozenset({Duty.MANAGE_AREAS, Duty.MANAGE_USERS, Duty.SET_RULES}))
LEFT = later(days=4)
DAY = LEFT.date()


def leave(person, *, at=LEFT, **to):
    """End somebody's one post today."""
    return end_post(post_id=person.posts.get().pk, on=at.date(), reason="调离", by=INSTALLER, at=at, **to)


def p(person):
    """A colleague, as the fields spell one."""
    return f"p{person.pk}"


def u(unit_):
    """A unit, as the fields spell one."""
    return f"u{unit_.pk}"


def faults(day=DAY):
    """Everything that the checks of needs, parts, sessions and owners find."""
    return [*needs_checked(day), *tasks_checked(day), *sessions_checked(day), *checking.adrift(day)]


@pytest.fixture
def colleague(world):
    return worker("minzheng2", "林民政", world.civil, Role.BUREAU_WORKER)


def test_nobody_leaves_before_each_need_has_a_taker(world, colleague):
    need = bring(world, S.IN_PROGRESS)
    due, step, version = need.due_on, need.step_due_on, need.version
    with pytest.raises(Refused, match="在办诉求 1"):
        leave(world.handler)
    assert world.handler.posts.get().to_on is None, "nothing of it is done"
    leave(world.handler, all_to=p(colleague))
    need = Need.objects.get(pk=need.pk)
    assert (need.handler, need.holder, need.state, need.due_on, need.step_due_on, need.version) == (colleague, world.civil, S.IN_PROGRESS, due, step, version + 1)
    line = need.steps.last()
    assert line.act == "relieve" and "陈民政离岗,由林民政接手" in line.words
    assert DutyNotice.objects.filter(reader=colleague, change="handed").count() == 1
    assert faults() == []


@pytest.mark.parametrize("state", [S.ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.DONE_REPORTED])
def test_the_last_of_a_unit_hands_on_its_inbox_too(world, state):
    """An item in the inbox of a role that nobody fills any more (DIGIT #773)."""
    need = bring(world, state)
    due, step = need.due_on, need.step_due_on
    with pytest.raises(Refused, match="在办诉求 1"):
        leave(world.handler)
    leave(world.handler, all_to=u(world.education))
    need = Need.objects.get(pk=need.pk)
    assert (need.holder, need.due_on, need.step_due_on, need.state) == (world.education, due, step, state)
    assert need.handler == (None if state == S.ASSIGNED else world.teacher)
    assert [hold.organisation for hold in need.holdings.filter(to_at=None)] == [world.education]
    assert not independent(User.objects.get(pk=world.teacher.pk), need)
    assert faults() == []


def test_whoever_stays_in_another_post_of_the_unit_keeps_what_he_has(world):
    bring(world, S.IN_PROGRESS)
    Post.objects.create(user=world.handler, organisation=world.civil, role=Role.BUREAU_HEAD, from_on=date(2026, 1, 1))
    end_post(post_id=world.handler.posts.get(role=Role.BUREAU_WORKER).pk, on=DAY, by=INSTALLER, at=LEFT)
    assert faults() == []


def test_by_village_each_has_its_own_taker(world, colleague):
    """Bulk: one for all, another for a place."""
    near, far = bring(world, S.IN_PROGRESS), bring(world, S.IN_PROGRESS)
    Need.objects.filter(pk=far.pk).update(village=world.xinmin)
    other = worker("minzheng3", "丁民政", world.civil, Role.BUREAU_WORKER)
    leave(world.handler, all_to=p(colleague), **{f"place_{world.xinmin.code}": p(other)})
    assert [Need.objects.get(pk=one.pk).handler for one in (near, far)] == [colleague, other]


@pytest.mark.parametrize("whom", ["caller", "stranger"])
def test_a_taker_who_cannot_take_it_refuses_the_whole(world, whom):
    bring(world, S.IN_PROGRESS)
    with pytest.raises(Refused):
        leave(world.handler, all_to=p(getattr(world, whom)))
    with pytest.raises(Refused):
        leave(world.handler, all_to=u(getattr(world, whom).posts.get().organisation))
    assert world.handler.posts.get().to_on is None


def test_a_merged_unit_ends_with_its_posts_and_drops_nothing(world):
    """Merging units (Zammad, OpenCRVS #8078): needs, parts, sponsorship in one step, each with its line, no clock anew."""
    need, helped = bring(world, S.IN_PROGRESS), bring(world, S.IN_PROGRESS)
    third = unit("永善县残联", Tier.COUNTY, world.county, "disabled")
    worker("canlian", "刘残联", third, Role.BUREAU_WORKER)
    task = ask_unit(need_id=need.pk, unit=third, words="核对残疾等级", due_on=need.due_on, by=world.handler, at=later(days=3))
    Sponsorship.objects.create(organisation=third, area=world.datong, from_on=date(2026, 1, 1))
    with pytest.raises(Refused, match="还有人在岗"):
        end_organisation(unit_id=third.pk, on=DAY, reason="机构改革", by=INSTALLER, at=LEFT)
    with pytest.raises(Refused, match="协办事项 1"):
        end_organisation(unit_id=third.pk, on=DAY, reason="机构改革", with_posts=True, by=INSTALLER, at=LEFT)
    end_organisation(unit_id=third.pk, on=DAY, reason="机构改革", with_posts=True, all_to=u(world.education), by=INSTALLER, at=LEFT)
    task = SubTask.objects.get(pk=task.pk)
    assert (task.unit, task.state, task.due_on) == (world.education, TaskState.ASKED, need.due_on)
    assert Sponsorship.objects.on(DAY).get(area=world.datong).organisation == world.education
    assert not Post.objects.filter(organisation=third, to_on=None).exists()
    assert faults() == []
    end_organisation(unit_id=world.civil.pk, on=DAY, reason="机构改革", with_posts=True, all_to=u(world.education), by=INSTALLER, at=LEFT)
    assert {one.holder for one in Need.objects.filter(pk__in=[need.pk, helped.pk])} == {world.education}
    assert SubTask.objects.get(pk=task.pk).state == TaskState.OFF, "the lead helps itself no more"
    assert faults() == []


def test_a_yes_is_not_taken_over(world):
    """What one unit confirmed of a consultation, its heir has not: the house does not say that it has."""
    need, third = bring(world, S.IN_PROGRESS), unit("永善县残联", Tier.COUNTY, world.county, "disabled")
    helper = worker("canlian", "刘残联", third, Role.BUREAU_WORKER)
    said = {"unit1": third, "words1": "核对残疾等级", "due1": need.due_on}
    note_consultation(need_id=need.pk, on=later(days=3).date(), units=[third], words="商定由残联核对等级", **said, by=world.handler, at=later(days=3))
    task = SubTask.objects.get()
    agree_help(task_id=task.pk, by=helper, at=later(days=3))
    end_organisation(unit_id=third.pk, on=DAY, reason="机构改革", with_posts=True, all_to=u(world.education), by=INSTALLER, at=LEFT)
    task.refresh_from_db()
    assert (task.unit, task.agreed_at, task.agreed_id is None) == (world.education, None, False)
    assert task.agree_from_on == DAY, "and the heir has its own days to say it"
    assert faults() == []
    assert agree_help(task_id=task.pk, by=User.objects.get(pk=world.teacher.pk), at=LEFT).agreed_at is not None
    assert faults() == []


def test_nobody_of_a_unit_that_ends_keeps_its_needs_in_it(world, colleague):
    need = bring(world, S.IN_PROGRESS)
    with pytest.raises(Refused, match="从列出的里面选"):
        end_organisation(unit_id=world.civil.pk, on=DAY, reason="机构改革", with_posts=True, all_to=p(colleague), by=INSTALLER, at=LEFT)
    assert Need.objects.get(pk=need.pk).holder.to_on is None


def test_no_unit_ends_with_its_posts_before_today(world):
    """Its people would never have stood there: whoever handled could call back. A post by itself says the same."""
    admin = User.objects.get(pk=worker("guanli", "管理员", world.office, Role.ADMINISTRATOR).pk)
    third = unit("永善县残联", Tier.COUNTY, world.county, "disabled")
    helper = worker("canlian", "刘残联", third, Role.BUREAU_WORKER)
    facts = {"unit_id": third.pk, "reason": "机构改革", "with_posts": True, "by": admin, "at": LEFT}
    with pytest.raises(Refused, match="离岗日期不能早于今天"):
        end_organisation(on=DAY - timedelta(days=1), **facts)
    assert helper.posts.get().to_on is None
    end_organisation(on=DAY, **facts)
    assert helper.posts.get().to_on == DAY


def test_a_need_at_the_desk_goes_to_a_desk(world):
    need = bring(world, S.ADMITTED)
    step = need.step_due_on
    with pytest.raises(Refused, match="能判定、研判、交办"):
        end_organisation(unit_id=world.township.pk, on=DAY, reason="撤并", with_posts=True, all_to=u(world.civil), by=INSTALLER, at=LEFT)
    end_organisation(unit_id=world.township.pk, on=DAY, reason="撤并", with_posts=True, all_to=u(world.office), by=INSTALLER, at=LEFT)
    need = Need.objects.get(pk=need.pk)
    assert (need.holder, need.state, need.step_due_on) == (world.office, S.ADMITTED, step)
    assert faults() == []


def test_a_new_name_moves_nothing_and_a_new_place_moves_all(world):
    need = bring(world, S.IN_PROGRESS)
    kept = {"area": world.county, "tier": Tier.COUNTY, "line": "civil", "unit_id": world.civil.pk, "by": INSTALLER, "at": LEFT}
    keep_organisation(name="永善县民政和退役军人事务局", **kept)
    assert Need.objects.get(pk=need.pk).holder == world.civil
    with pytest.raises(Refused, match="在办诉求 1"):
        keep_organisation(name="永善县民政局", **kept | {"line": "women"})
    keep_organisation(name="永善县民政局", **kept | {"line": "women"}, all_to=u(world.education))
    assert Need.objects.get(pk=need.pk).holder == world.education


def test_a_stop_does_not_survive_the_hand_over(world, colleague):
    """A timer never survives into a holder it does not fit (Zammad #5624)."""
    need = bring(world, S.IN_PROGRESS)
    due = need.due_on
    stop_clock(need_id=need.pk, reason="papers", until=DAY + timedelta(days=6), words="等户口本原件", asked_on=later(days=3).date(), asked_way="phone", by=world.handler, at=later(days=3))
    assert Need.objects.get(pk=need.pk).due_on > due
    leave(world.handler, all_to=p(colleague))
    need = Need.objects.get(pk=need.pk)
    assert not need.is_stopped(DAY) and need.due_on <= due + timedelta(days=3)
    assert faults() == []


def test_a_planned_visit_is_made_by_somebody_else(world):
    other = worker("datong2", "赵村干", world.committee, Role.VILLAGE_WORKER)
    visit = plan_visit(household_id=world.home.pk, planned_on=DAY, visitor_ids=[str(world.visitor.pk)], by=world.visitor, at=later())
    with pytest.raises(Refused, match="计划的走访 1"):
        leave(world.visitor)
    leave(world.visitor, all_to=p(other))
    assert list(Visit.objects.get(pk=visit.pk).visitors.all()) == [other]


def test_who_is_gone_at_once_leaves_a_dated_task_that_climbs(world, colleague):
    """A death, a dismissal: access ends today, and what he held climbs until it is in other hands."""
    need = bring(world, S.IN_PROGRESS)
    end_post(post_id=world.handler.posts.get().pk, on=DAY, reason="突发", at_once=True, by=INSTALLER, at=LEFT)
    row = Handover.objects.get()
    assert (row.user, row.organisation, row.told, row.done_at) == (world.handler, world.civil, world.office, None)
    assert row.due_on == date(2026, 11, 11) and Need.objects.get(pk=need.pk).handler == world.handler
    assert faults() == [] and len(list(checking.standing(DAY))) == 1
    handing.watch_handovers(by=CLOCK, at=later(days=15))
    row.refresh_from_db()
    assert row.level == 3
    head = worker("juzhang", "罗局长", world.civil, Role.BUREAU_HEAD)
    with pytest.raises(Refused):
        handing.finish_handover(handover_id=row.pk, by=head, at=later(days=15))
    handing.finish_handover(handover_id=row.pk, all_to=p(colleague), by=head, at=later(days=15))
    row.refresh_from_db()
    assert row.done_by == head and Need.objects.get(pk=need.pk).handler == colleague
    assert faults(later(days=15).date()) == [] and list(checking.standing(later(days=15).date())) == []


def test_a_locked_account_leaves_the_same_and_an_unlocked_one_takes_it_back(world):
    bring(world, S.IN_PROGRESS)
    lock_user(user_id=world.handler.pk, reason="停职", by=INSTALLER, at=LEFT)
    assert Handover.objects.filter(done_at=None).count() == 1
    unlock_user(user_id=world.handler.pk, by=INSTALLER, at=LEFT)
    handing.watch_handovers(by=CLOCK, at=LEFT)
    assert Handover.objects.filter(done_at=None).count() == 0 and Entry.objects.filter(act="orgs.handover_over").exists()


def test_a_post_that_runs_out_by_itself_leaves_a_task_too(world):
    """Nobody ended it: the clock finds what lies adrift, and the check names it until then."""
    bring(world, S.IN_PROGRESS)
    Post.objects.filter(user=world.handler).update(to_on=DAY)
    assert [found[1] for found in checking.adrift(DAY)] == ["needs"]
    assert handing.watch_handovers(by=CLOCK, at=LEFT) == 1
    assert list(checking.adrift(DAY)) == [] and handing.watch_handovers(by=CLOCK, at=LEFT) == 0


def test_two_who_leave_one_unit_have_a_task_each(world, colleague):
    """The second was hidden behind the first: neither a task nor a fault named what he left until the first had been handed over."""
    bring(world, S.IN_PROGRESS)
    second = bring(world, S.IN_PROGRESS)
    Need.objects.filter(pk=second.pk).update(handler=colleague)
    worker("minzheng3", "高民政", world.civil, Role.BUREAU_WORKER)
    Post.objects.filter(user=world.handler).update(to_on=DAY)
    assert handing.watch_handovers(by=CLOCK, at=LEFT) == 1
    Post.objects.filter(user=colleague).update(to_on=DAY)
    assert [found[2] for found in checking.adrift(DAY)] == [colleague.username] and queries.wants_a_round(DAY)
    assert handing.watch_handovers(by=CLOCK, at=LEFT) == 1
    assert {row.user_id for row in Handover.objects.filter(done_at=None)} == {world.handler.pk, colleague.pk}
    assert list(checking.adrift(DAY)) == [] and not queries.wants_a_round(DAY)


@pytest.mark.parametrize("first", ["unit", "person"])
def test_what_others_of_a_unit_left_that_is_gone_whole_hides_behind_no_task(world, first):
    """While one task stood, of a person or of the unit, the visit that another was to make had neither a task nor a fault, and nobody was to go."""
    need = bring(world, S.IN_PROGRESS)
    Need.objects.filter(pk=need.pk).update(holder=world.committee)
    need.holdings.filter(to_at=None).update(organisation=world.committee)
    other = worker("datong2", "赵村干", world.committee, Role.VILLAGE_WORKER)
    Need.objects.filter(pk=need.pk).update(handler=world.visitor)
    visit = plan_visit(household_id=world.home.pk, planned_on=later(days=9).date(), visitor_ids=[str(other.pk)], by=other, at=later())
    Post.objects.filter(organisation=world.committee).update(to_on=DAY)
    handing.leave_standing(None if first == "unit" else world.visitor, world.committee, why="撤并", by=INSTALLER, at=LEFT)
    assert Handover.objects.filter(done_at=None).count() == 1
    assert [found[1] for found in checking.adrift(DAY)] == ["visits"] and queries.wants_a_round(DAY)
    handing.watch_handovers(by=CLOCK, at=LEFT)
    mine = Handover.objects.get(user=other, done_at=None)
    assert visit.pk in {pk for rows in queries.held(queries.left_behind(other, mine.organisation, DAY)).values() for pk in rows}
    assert list(checking.adrift(DAY)) == [] and not queries.wants_a_round(DAY)


def test_a_unit_in_which_somebody_stands_again_has_no_task_any_more(world):
    """It climbed for ever: that the unit held its own needs again was taken for what nobody holds. The simulated year found it."""
    need = bring(world, S.IN_PROGRESS)
    Need.objects.filter(pk=need.pk).update(handler=None)
    Post.objects.filter(organisation=world.civil).update(to_on=DAY)
    handing.watch_handovers(by=CLOCK, at=LEFT)
    handing.watch_handovers(by=CLOCK, at=LEFT)
    assert [(row.user, row.organisation) for row in Handover.objects.filter(done_at=None)] == [(None, world.civil)] and not queries.wants_a_round(DAY)
    worker("minzheng3", "高民政", world.civil, Role.BUREAU_WORKER)
    assert queries.wants_a_round(DAY)
    handing.watch_handovers(by=CLOCK, at=LEFT)
    assert not Handover.objects.filter(done_at=None).exists() and not queries.wants_a_round(DAY)


def test_one_who_was_all_of_his_unit_has_one_task_for_all(world):
    """Negative control: no second task over the same needs."""
    bring(world, S.IN_PROGRESS)
    lock_user(user_id=world.handler.pk, reason="停职", by=INSTALLER, at=LEFT)
    handing.watch_handovers(by=CLOCK, at=LEFT)
    assert [row.user for row in Handover.objects.filter(done_at=None)] == [world.handler]


def test_the_check_names_a_unit_that_ended_over_a_need(world):
    bring(world, S.IN_PROGRESS)
    Organisation.objects.filter(pk=world.civil.pk).update(to_on=DAY)
    assert [(found[0], found[1]) for found in checking.adrift(DAY)] == [(world.civil.name, "needs")]
    assert queries.adrift(DAY) == {(None, world.civil.pk)}


def test_a_unit_is_told_each_time_that_it_takes_something_over(world):
    """Somebody leaves, comes back and leaves again; or two of a unit take over at once: none of it is the same message."""
    MessageChannel.objects.create(organisation=world.education, route="wecom", address="wecombot://abcdef", from_at=later(), set_by=world.ledger)
    second = worker("jiaoti2", "林教体", world.education, Role.BUREAU_WORKER)
    leaving = Leaving(world.civil, world.handler, DAY)
    for person, at in ((world.teacher, LEFT), (world.teacher, later(days=40)), (second, LEFT)):
        handing._tell(Taker(world.education, person), 1, leaving, by=INSTALLER, at=at)
    assert Message.objects.filter(organisation=world.education, about="handover").count() == 3


@pytest.mark.parametrize("spoil", [
    {"due_on": DAY + timedelta(days=300)}, {"level": 3}, {"told": None}, {"user": None}, {"done_at": LEFT}, None,
])  # fmt: skip
def test_a_task_that_raw_sql_changes_is_found(world, colleague, spoil):
    """Its day put off, its rungs climbed on paper, said to be done: none of it without a line."""
    bring(world, S.IN_PROGRESS)
    lock_user(user_id=world.handler.pk, reason="免职", by=INSTALLER, at=LEFT)
    assert list(checking.kept(DAY)) == []
    triggers.lift(models=[Handover])
    Handover.objects.all()._raw_delete(using="default") if spoil is None else Handover.objects.update(**spoil)
    assert list(checking.kept(DAY)) != []


def test_nobody_is_named_whose_post_has_just_ended(world, colleague):
    """The page was read before: what counts is the post as it stands now."""
    need = bring(world, S.IN_PROGRESS)
    stale = User.objects.get(pk=colleague.pk)
    assert stale.live_posts
    leave(colleague)
    with pytest.raises(Refused, match="办理权限"):
        hand_to_person(need_id=need.pk, handler=stale, by=world.handler, at=LEFT)


def test_what_is_sent_back_goes_to_whoever_gave_it_first(world):
    need = bring(world, S.ASSIGNED)
    leave(world.handler, all_to=u(world.education))
    holding = Need.objects.get(pk=need.pk).holdings.get(to_at=None)
    assert holding.assigned_by == world.township


def test_two_thousand_open_hand_overs_are_counted(world):
    """One SELECT for each, joined in one question: from the five hundredth on SQLite refused, and the tick with it."""
    need = bring(world, S.IN_PROGRESS)
    leaving = queries.left_behind(None, need.holder, DAY)
    empty = queries.left_behind(None, world.oversight, DAY)
    assert queries.counts([*([empty] * 1999), leaving]) == [0] * 1999 + [sum(queries.counts([leaving]))]
    assert queries.counts([leaving])[0] > 0 and queries.counts([]) == []
