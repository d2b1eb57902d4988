"""Who may ask for a child's file, who decides on it and reviews an emergency, and why not."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import day_start, today
from wanjia.orgs import scope
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Level, Organisation, Post
from wanjia.policy import access as policy
from wanjia.registry.duties import Duty
from wanjia.verdict import first_refusal

from .. import permits
from ..models import AccessKind, FileAccess
from ..states import AccessState

ASKS = (Duty.SEE_REGISTER, Duty.VISIT)  # whoever works with homes may come to need the file of a child elsewhere
OPENS = (*ASKS, Duty.APPROVE_ACCESS)
SHORTEST = 4


def visible_accesses(actor, *, duty=OPENS):
    """Return the leaves that the actor asked for, was told of, or may decide on and review where he stands. No administrator's, no auditor's.

    What he was told of he sees while a post of his still answers there: the telling was the post's, not the person's.
    """
    if not scope.handles_content(actor, duty=OPENS):
        return FileAccess.objects.none()
    rows = FileAccess.objects.filter(by=actor.id) | FileAccess.objects.filter(answers_there(actor), told=actor.id)
    return (rows | FileAccess.objects.filter(scope.in_reach(actor, duty=Duty.APPROVE_ACCESS))).distinct()


def answers_there(actor):
    """Return the Q of the leaves at places where the actor answers for children's files today, or approves their reading."""
    return scope.in_reach(actor, duty=(Duty.OPEN_CHILD_FILES, Duty.APPROVE_ACCESS))


def overdue(actor, day):
    """Return the emergencies whose review is overdue where the actor reads the journal: that they wait, and of whom, never whose file."""
    rows = FileAccess.objects.unreviewed().filter(scope.in_place(actor, duty=OrgsDuty.READ_JOURNAL), review_by_on__lt=day)
    return rows.select_related("by", "unit", "area").order_by("review_by_on", "pk")


def can_ask(actor):
    """Decide whether the actor may ask for a child's file, or open one in an emergency."""
    return first_refusal(
        (scope.handles_content(actor, duty=ASKS), _("查阅儿童档案由登记、走访、办理的岗位申请;系统管理员、审计员的岗位不打开任何家庭的内容。")),
    )


def names_one(home, number, area, school):
    """Decide whether exactly one thing is asked for: a home, a child, or a village's or school's list."""
    return first_refusal(
        (sum(map(bool, (home, number, area))) == 1, _("请只填一项:户编号,孩子的身份证号,或者村、乡镇。")),
        (not school or area, _("按学校申请的,请同时填学校所在的村或乡镇。")),
        (not area or area.level == Level.VILLAGE or school, _("整个乡镇太大:请填到村,或者填学校。")),
    )


def can_last(until_on, at):
    """Decide whether an approval may be asked for until the end of this day."""
    most = policy.in_force(today(at)).most_days
    return first_refusal(
        (until_on >= today(at), _("查到哪一天,不能早于今天。")),
        (until_on <= today(at) + timedelta(days=most), _("一次最多批准 %(n)s 天,到期还需要的再申请。") % {"n": most}),
    )


def is_beyond(actor, *, child=None, household=None):
    """Decide whether it takes a leave at all: what the own post opens is opened by it."""
    village = child.village_id if child else household.village_id if household else ""
    return first_refusal((permits.post_for(actor, village) is None, _("这是您岗位职责内的孩子,直接打开档案就行,不用申请。")))


def says_why(words, day):
    """Decide whether an emergency is said to be one."""
    least = policy.in_force(day).break_least
    return first_refusal((len("".join(words.split())) >= least, _("请写明紧急情况,至少 %(n)s 个字,县里会逐次复核。") % {"n": least}))


def may_break(broken, day):
    """Decide whether another emergency may be opened on a day on which the actor opened `broken`."""
    most = policy.in_force(day).break_a_day
    return first_refusal((broken < most, _("今天紧急查阅已到 %(n)s 次。再有紧急情况,请直接找孩子所在村、乡镇的负责人,或者拨打 110。") % {"n": most}))


def broken_today(actor, at):
    """Count the emergencies that the actor opened on the day of `at`."""
    return FileAccess.objects.filter(by=actor.id, kind=AccessKind.EMERGENCY, asked_at__gte=day_start(today(at))).count()


class Readers:
    """Where the readers of some leaves stand, and have stood since they asked, and the actor with them: two questions, however many leaves."""

    def __init__(self, actor, accesses):
        first = min((today(one.asked_at) for one in accesses), default=None)
        people = {one.by_id for one in accesses} | {actor.id}
        since = Post.objects.filter(Q(to_on=None) | Q(to_on__gte=first), user__in=people) if first else Post.objects.none()
        self._posts = list(since.values_list("user_id", "organisation_id", "to_on"))
        named = {UUID(str(unit)) for one in accesses for unit in one.units} | {unit for _user, unit, _to_on in self._posts}
        self._lines = dict(Organisation.objects.filter(pk__in=named).values_list("pk", "line")) if named else {}

    def units(self, user_id, since):
        """The units that somebody has had a post in since a day."""
        return {unit for user, unit, to_on in self._posts if user == user_id and (to_on is None or to_on >= since)}

    def of(self, access):
        """Return (units, lines) of a leave's reader: where he asked, and wherever he has come to since."""
        units = {UUID(str(unit)) for unit in access.units} | self.units(access.by_id, today(access.asked_at))
        return units, {self._lines[unit] for unit in units if unit in self._lines} - {""}


def of_another_line(actor, access, readers=None):
    """Decide whether the actor is a responsible person of another line than the reader: never himself, no colleague, nobody of his bureau's line.

    By none of his posts, and whichever unit the reader has come to since he asked. readers: those of a whole list, asked once.
    """
    readers = readers or Readers(actor, [access])
    held = [post for post in scope.posts(actor, duty=Duty.APPROVE_ACCESS) if post.reach.covers(access.area_id)]
    units, lines = readers.of(access)
    beside = not units.isdisjoint(readers.units(actor.id, today(access.asked_at)))
    return first_refusal(
        (held, _("查阅儿童档案由孩子所在地的乡镇分管领导、未成年人保护专员或县领导审批、复核。")),
        (actor.id != access.by_id, _("自己的查阅不能自己审批或复核。")),
        (not beside, _("您和申请人在同一个单位,请别的单位的负责人来审批或复核。")),
        (lines.isdisjoint(post.organisation.line for post in actor.live_posts), _("您和申请人属于同一条线,请另一条线的负责人来审批或复核。")),
    )


def can_decide(actor, access, at, readers=None):
    """Decide whether the actor may decide on this request now."""
    other = of_another_line(actor, access, readers)
    return first_refusal(
        (other, other.reason),
        (access.state == AccessState.ASKED, _("这个申请已经处理过了。")),
        (access.until_at > at, _("申请的日期已经过了,请申请人重新申请。")),
    )


def can_end(actor, access, at):
    """Decide whether the actor may end a leave early, or take a request back: the reader, and whoever could have decided on it."""
    other = of_another_line(actor, access)
    return first_refusal(
        (actor.id == access.by_id or other, other.reason),
        (access.state in (AccessState.ASKED, AccessState.GRANTED) and access.until_at > at, _("这次查阅已经结束。")),
    )


def can_review(actor, access, readers=None):
    """Decide whether the actor may say of an emergency that it was proper or not."""
    other = of_another_line(actor, access, readers)
    return first_refusal(
        (access.kind == AccessKind.EMERGENCY, _("只有紧急查阅要复核。")),
        (other, other.reason),
        (access.reviewed_at is None, _("这次紧急查阅已经复核过了。")),
    )


def can_read(actor, access, at):
    """Decide whether this leave opens files for the actor at this moment."""
    return first_refusal(
        (actor.id == access.by_id, _("只有申请人本人可以凭这次批准打开档案。")),
        (can_ask(actor), can_ask(actor).reason),
        (access.state == AccessState.GRANTED and access.from_at <= at < access.until_at, _("这次查阅已经结束,或者还没有批准。仍然需要的,请重新申请。")),
    )


def is_within(access, child):
    """Decide whether this child's file is one that the leave is for."""
    return first_refusal((child is not None and child.pk in {one.pk for one in permits.children_of(access)}, _("这个孩子不在批准的范围里。")))
