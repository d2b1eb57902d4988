"""The acts of the branch: members entered and left, the fixed day, an activity called, held with its roll, voted on, looked at by a second hand."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.serials import next_serial
from wanjia.policy import branch as policy
from wanjia.verdict import Conflict, first_refusal

from ..bodies.commands import day_of
from ..bodies.queries import person_called
from ..branch_states import ACTIVITY, ActivityKind, Attended, DecisionMatter, PartyOffice, Setting
from ..duties import Duty
from ..models import BranchActivity, BranchDay, BranchDecision, BranchRoll, GoverningBody, PartyMember
from . import queries, rules
from .subjects import ACTIVITIES, MEMBERS

KEEPS = {"duty": Duty.KEEP_BRANCH}
AT_A_SCREEN = {"call": None, "because": "who is of the party is kept by two people of the branch, at a screen"}
Branch = Annotated[GoverningBody, Asked(_("党支部"), among=rules.branches_for, within=rules.ELSEWHERE, initial=rules.only_branch)]



@act(MEMBERS, "member_new", at="new", words=_("登记党员"), done=_("已登记。"), **KEEPS, **AT_A_SCREEN, may=rules.keeps, new=True, lines={"party_member.enter": _("登记党员")})
def enter_member(
    *, by, at,
    body: Branch,
    name: Annotated[str, Asked(_("姓名"), _("写全名,在这个村(社区)的花名册里找。"), least=2, most=60)],
    office: Annotated[PartyOffice, Asked(_("党内职务"))],
    from_on: Annotated[date, Asked(_("从哪天起在本支部"), initial=day_of)],
    full_on: Annotated[date | None, Asked(_("哪天成为正式党员"), _("预备党员空着。"))] = None,
    cell: Annotated[str, Asked(_("党小组"), _("没有划分的空着。"), most=30)] = "",
    last4: Annotated[str, Asked(_("身份证后四位"), _("重名时才要填,不保存。"), most=4)] = "",
):  # fmt: skip
    """Enter a member of the branch (登记党员): an adult of the village's own roll. The national register of members is another's; nothing is sent to it."""
    first_refusal((from_on <= today(at), rules.NOT_YET)).or_raise()
    rules.fits(body, office, full_on, today(at)).or_raise()
    person = person_called(body.area_id, name, last4, today(at))
    rules.may_be(body, person, from_on).or_raise()
    try:
        with transaction.atomic():
            one = PartyMember.objects.create(body=body, person=person, office=office, cell=cell.strip(), from_on=from_on, full_on=full_on, entered_at=at, entered_by_id=by.id)
    except IntegrityError:
        raise Conflict(rules.ENTERED) from None
    journal.record(act="party_member.enter", subject=one, by=by, at=at, area_code=body.area_id)
    return one


@act(MEMBERS, "member_change", at="change", words=_("改党员信息"), done=_("已改。"), **KEEPS, **AT_A_SCREEN, may=rules.can_leave, rank=10, lines={"party_member.change": _("改党员信息")})
def change_member(
    party_member, *, by, at,
    office: Annotated[PartyOffice, Asked(_("党内职务"), initial=lambda one, *_rest: one.office)],
    full_on: Annotated[date | None, Asked(_("哪天成为正式党员"), initial=lambda one, *_rest: one.full_on)] = None,
    cell: Annotated[str, Asked(_("党小组"), most=30, initial=lambda one, *_rest: one.cell)] = "",
):  # fmt: skip
    """Change what a member is in the branch. Rolls that were taken stay what they were."""
    rules.fits(party_member.body, office, full_on, today(at), but=party_member.pk).or_raise()
    try:
        with transaction.atomic():
            PartyMember.objects.filter(pk=party_member.pk).update(office=office, full_on=full_on, cell=cell.strip(), version=party_member.version + 1)
    except IntegrityError:
        raise Conflict(rules.HEADED) from None
    party_member.refresh_from_db()
    journal.record(act="party_member.change", subject=party_member, by=by, at=at, area_code=party_member.body.area_id)
    return party_member


@act(MEMBERS, "member_leave", at="leave", words=_("登记离开本支部"), done=_("已登记。"), **KEEPS, **AT_A_SCREEN, may=rules.can_leave, aside=True, tone="danger", lines={"party_member.leave": _("党员离开本支部")})
def leave_branch(party_member, *, by, at, to_on: Annotated[date, Asked(_("从哪天起不在"), initial=day_of)]):
    """Write down that a member left the branch from a day on (转出、去世、其他)."""
    first_refusal((party_member.from_on <= to_on <= today(at), _("日期要在进本支部以后,不晚于今天。"))).or_raise()
    PartyMember.objects.filter(pk=party_member.pk).update(to_on=to_on, version=party_member.version + 1)
    party_member.refresh_from_db()
    journal.record(act="party_member.leave", subject=party_member, by=by, at=at, area_code=party_member.body.area_id)
    return party_member


@act(ACTIVITIES, "branch_day", at="fixed-day", words=_("定主题党日"), done=_("已定下。"), **KEEPS, **AT_A_SCREEN, may=rules.keeps, new=True, lines={"branch_day.fix": _("定主题党日")}, then=lambda *_asked: None)
def fix_day(
    *, by, at,
    body: Branch,
    day_of_month: Annotated[int, Asked(_("每月几号"), _("1 到 28 号。"), least=1, most=28)],
    from_on: Annotated[date, Asked(_("从哪天起"), initial=day_of)],
):  # fmt: skip
    """Fix the day of the month for the theme day (每月相对固定一天) from a day on."""
    try:
        with transaction.atomic():
            one = BranchDay.objects.create(body=body, day_of_month=day_of_month, from_on=from_on, fixed_at=at, fixed_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("那一天已经定过。")) from None
    journal.record(act="branch_day.fix", subject=one, by=by, at=at, area_code=body.area_id, day=day_of_month)
    return one


@act(ACTIVITIES, "activity_new", at="new", words=_("通知组织生活"), done=_("已登记。开完以后登记签到。"), **KEEPS, **AT_A_SCREEN, may=rules.keeps, new=True, lines={"branch_activity.call": _("通知组织生活")})
def call_activity(
    *, by, at,
    body: Branch,
    kind: Annotated[ActivityKind, Asked(_("组织生活类型"), select=True)],
    day: Annotated[date, Asked(_("哪天"), _("以前开过、没有登记的,也在这里补。"), initial=day_of)],
    setting: Annotated[Setting, Asked(_("在哪里开"), _("农忙时可以开在田间地头。"))],
    place: Annotated[str, Asked(_("地点"), least=2, most=60)],
    topic: Annotated[str, Asked(_("主题"), _("核对以后贴上公开栏,不写人名。"), least=4, most=120)],
    moved: Annotated[str, Asked(_("为什么改期"), _("主题党日不在固定的那一天,写明原因,例如:收花椒。"), most=120)] = "",
    cell: Annotated[str, Asked(_("党小组"), _("党小组会才填。"), most=30)] = "",
):  # fmt: skip
    """Call the branch together (通知组织生活), or enter what was held before. A theme day off its fixed day says why."""
    fixed = queries.fixed_day(body, day)
    first_refusal(
        (day >= body.from_on, _("那时支部还没有成立。")),
        (kind != ActivityKind.THEME or fixed in (None, day.day) or moved.strip(), _("主题党日固定在每月 %(n)s 号,改期要写明原因。") % {"n": fixed}),
        (kind != ActivityKind.GROUP or cell.strip() in queries.cells_of(body, day), _("党小组会要写明是哪个党小组,按党员名册的写法填。")),
    ).or_raise()  # fmt: skip
    facts = {"cell": cell.strip() if kind == ActivityKind.GROUP else "", "setting": setting, "place": place.strip(), "topic": topic.strip(), "moved": moved.strip()}
    try:
        with transaction.atomic():
            one = BranchActivity.objects.create(body=body, kind=kind, day=day, called_at=at, called_by_id=by.id, **facts)
    except IntegrityError:
        raise Conflict(_("这一天的这种组织生活已经登记过。")) from None
    journal.record(act="branch_activity.call", subject=one, by=by, at=at, area_code=body.area_id, kind_of=kind)
    return one


@act(ACTIVITIES, "activity_hold", at="hold", words=_("登记开了"), done=_("已登记,接着登记签到。"), **KEEPS, **AT_A_SCREEN, may=rules.can_hold, rank=10, lines={"branch_activity.hold": _("登记组织生活开了")})
def hold_activity(branch_activity, *, by, at, minutes: Annotated[str, Asked(_("记录"), _("议题、发言要点。讨论到谁,写编号不写姓名。"), rows=5, least=4, most=1000)]):
    """Write down that it was held: its roll is who was due on that day, each as not there until marked."""
    first_refusal((branch_activity.day <= today(at), rules.NOT_YET)).or_raise()
    due = queries.due_at(branch_activity)
    first_refusal((due, _("那一天没有应到的党员,先登记党员。"))).or_raise()
    rows = [BranchRoll(activity=branch_activity, member=one, votes=queries.has_vote(one, branch_activity.day)) for one in due]
    BranchRoll.objects.bulk_create(rows)
    branch_activity.minutes, branch_activity.held_at, branch_activity.held_by_id = minutes.strip(), at, by.id
    branch_activity.due, branch_activity.voters_due = len(rows), sum(one.votes for one in rows)
    journal.move(branch_activity, ACTIVITY, "hold", by=by, at=at, saving=["minutes", "held_at", "held_by_id", "due", "voters_due"], area_code=branch_activity.body.area_id)
    return branch_activity


@act(ACTIVITIES, "activity_mark", at="mark", words=_("登记签到"), done=_("已登记。"), **KEEPS, **AT_A_SCREEN, may=rules.can_mark, rank=10, lines={"branch_activity.mark": _("登记组织生活签到")})
def mark_attendance(
    branch_activity, *, by, at,
    attended: Annotated[Attended, Asked(_("参加情况"), _("先选一种,再勾人;一种登记一次。"))],
    members: Annotated[list[PartyMember], Asked(_("哪些党员"), among=queries.roll_of)],
    reason: Annotated[str, Asked(_("请假原因"), _("请假的才填。"), most=60)] = "",
):  # fmt: skip
    """Mark members of the roll: came by the signed sheet, by telephone, on leave with a reason, or not."""
    leave = attended == Attended.LEAVE
    first_refusal((not leave or reason.strip(), _("请假要写原因。"))).or_raise()
    BranchRoll.objects.filter(activity=branch_activity, member__in=members).update(attended=attended, reason=reason.strip() if leave else "")
    BranchActivity.objects.filter(pk=branch_activity.pk).update(**queries.counts(branch_activity), version=branch_activity.version + 1)
    branch_activity.refresh_from_db()
    journal.record(act="branch_activity.mark", subject=branch_activity, by=by, at=at, area_code=branch_activity.body.area_id, attended=attended, n=len(members))
    return branch_activity


@act(ACTIVITIES, "activity_decide", at="decide", words=_("登记表决"), done=_("已登记。"), **KEEPS, **AT_A_SCREEN, may=rules.can_decide, rank=20, lines={"branch_activity.decide": _("登记支部表决")})
def decide_in_branch(
    branch_activity, *, by, at,
    matter: Annotated[DecisionMatter, Asked(_("表决事项"))],
    words: Annotated[str, Asked(_("议题和决定"), _("讨论到谁,写编号不写姓名。"), least=4, most=300)],
    votes_for: Annotated[int, Asked(_("同意"))],
    votes_against: Annotated[int, Asked(_("不同意"))] = 0,
    votes_abstain: Annotated[int, Asked(_("弃权"))] = 0,
):  # fmt: skip
    """Write down what the members decided: refused below quorum; passed only by more than half of all who are due and have a vote, whoever came."""
    votes = {"matter": matter, "votes_for": votes_for, "votes_against": votes_against, "votes_abstain": votes_abstain}
    rules.adds_up(branch_activity, votes).or_raise()
    passed = votes_for >= policy.deciding(matter, branch_activity.day).must_agree(branch_activity.voters_due)
    serial = next_serial(branch_activity.decisions)
    BranchDecision.objects.create(activity=branch_activity, serial=serial, words=words.strip(), passed=passed, decided_at=at, decided_by_id=by.id, **votes)
    journal.record(act="branch_activity.decide", subject=branch_activity, by=by, at=at, area_code=branch_activity.body.area_id, serial=serial, passed=passed)
    return branch_activity


@act(ACTIVITIES, "activity_check", at="check", words=_("核对"), done=_("已核对。"), **KEEPS, **AT_A_SCREEN, may=rules.can_check, rank=30, lines={"branch_activity.check": _("核对组织生活")})
def check_activity(branch_activity, *, by, at):
    """Look at it as the second hand, beside the signed sheet (核对): only then it counts and stands on the board."""
    branch_activity.checked_at, branch_activity.checked_by_id = at, by.id
    journal.move(branch_activity, ACTIVITY, "check", by=by, at=at, saving=["checked_at", "checked_by_id"], area_code=branch_activity.body.area_id)
    return branch_activity


@act(ACTIVITIES, "activity_cancel", at="cancel", words=_("取消"), done=_("已取消。"), **KEEPS, **AT_A_SCREEN, may=rules.can_cancel, aside=True, tone="danger", lines={"branch_activity.cancel": _("取消组织生活")})
def cancel_activity(branch_activity, *, by, at, reason: Annotated[str, Asked(_("原因"), least=4, most=120)]):
    """Call it off, with the reason; the row stays, and the span it was meant for shows as missing. Where too few came, its roll stays too, and counts nowhere."""
    branch_activity.closing = reason.strip()
    counts = {"due": None, "voters_due": None, "came": 0, "phoned": 0, "excused": 0, "voters_came": 0}
    for name, n in counts.items():
        setattr(branch_activity, name, n)
    journal.move(branch_activity, ACTIVITY, "cancel", by=by, at=at, saving=["closing", *counts], area_code=branch_activity.body.area_id)
    return branch_activity
