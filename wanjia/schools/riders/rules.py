"""Who sees which child that rides: the school's own people, whoever keeps the county's riders, the attendant of the child's line; and why not."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.roles import Role
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..buses.rules import own
from ..duties import Duty
from ..models import BusLine, BusSeat, Receiver, Rider, School

SEES = (Duty.KEEP_RIDERS, Duty.RIDE_BUS)
NO_DUTY = _("您的岗位没有登记乘车学生的权限。")
ELSEWHERE = _("这个学生不由您管。")
GONE = _("这个学生已经不坐车。")
STRUCK = _("这位接车人已经取消。")
OWN_SCHOOL = {Role.SCHOOL_WORKER, Role.HEADMASTER}


def of_schools(actor, path="school__"):
    """Return the Q of the schools whose riders are the actor's to keep: the own school of a school's post, else those of the area. path: to the school."""
    within = Q(pk__in=[])
    for post in scope.posts(actor, duty=Duty.KEEP_RIDERS):
        reach = scope.reach_of(post)
        if post.role in OWN_SCHOOL:
            within |= Q(**{f"{path}unit": post.organisation_id})
        else:
            within |= Q(**{f"{path}area__gte": reach.first, f"{path}area__lt": reach.end})
    return within


def visible_riders(actor, *, duty=SEES):
    """The children who ride to these schools; and for an attendant those with a seat today on the lines that are hers."""
    asked = duty if isinstance(duty, tuple) else (duty,)
    seen = of_schools(actor) if Duty.KEEP_RIDERS in asked else Q(pk__in=[])
    if Duty.RIDE_BUS in asked:
        lines = BusLine.objects.filter(own(actor, "attendant__"), to_on=None)
        seen |= Q(pk__in=BusSeat.objects.on(today(timezone.now())).filter(stop__line__in=lines, drafted=False).values("rider"))
    return Rider.objects.filter(seen)


def knows_riders(actor, area):
    """Tell whether the actor may open every rider of the schools of an area, and so every row behind a number about them."""
    first, end = area.span()
    held = ((post, scope.reach_of(post)) for post in scope.posts(actor, duty=Duty.KEEP_RIDERS))
    return any(post.role not in OWN_SCHOOL and reach.first <= first and end <= reach.end for post, reach in held)


def visible_receivers(actor, *, duty=Duty.KEEP_RIDERS):
    """The adults listed for children whom the actor keeps."""
    return Receiver.objects.filter(rider__in=visible_riders(actor, duty=duty))


def keeps_school(actor, school):
    """May the actor take a child of this school on."""
    mine = School.objects.filter(of_schools(actor, ""), pk=school.pk).exists()
    return first_refusal((actor.has_duty(Duty.KEEP_RIDERS), NO_DUTY), (mine, _("这所学校不由您管。")), (school.to_on is None, _("这所学校已经停办。")))


def _mine(actor, rider):
    return (
        (actor.has_duty(Duty.KEEP_RIDERS), NO_DUTY), (visible_riders(actor, duty=Duty.KEEP_RIDERS).filter(pk=rider.pk).exists(), ELSEWHERE), (rider.to_on is None, GONE),
    )  # fmt: skip


def can_keep(actor, rider):
    """May the actor give a child a seat, list who receives it, print its slip, take it off."""
    return first_refusal(*_mine(actor, rider))


def can_confirm(actor, receiver, at):
    """May the actor confirm a listed adult with the guardian: somebody else than who listed."""
    return first_refusal(
        *_mine(actor, receiver.rider), (receiver.to_on is None, STRUCK), (receiver.confirmed_at is None, _("已经核实过。")),
        (receiver.listed_by_id != actor.id, _("谁登记的接车人,要另一个人向监护人核实。")), (not is_one_person(actor, receiver.listed_by_id, at), SAME_PERSON),
    )  # fmt: skip


def can_drop(actor, receiver):
    """May the actor strike an adult off the list; at once, whoever says so."""
    return first_refusal(*_mine(actor, receiver.rider), (receiver.to_on is None, STRUCK))


def may_receive(receiver, rider, day):
    """Decide whether this adult may receive this child on `day`: on the child's list, confirmed, not struck off."""
    return first_refusal(
        (receiver.rider_id == rider.pk, _("这个人不在孩子的接车名单上。不要把孩子交给他,先给监护人打电话。")),
        (receiver.confirmed_at is not None, _("这位接车人还没有向监护人核实,今天不能接。")),
        (receiver.from_on <= day and (receiver.to_on is None or day < receiver.to_on), _("这位接车人已经取消,不能接。")),
    )
