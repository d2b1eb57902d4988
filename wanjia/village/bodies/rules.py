"""Who sees a body of the village, who keeps it, whom it may seat; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.registry.models import Membership
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import BodySeat, GoverningBody
from ..rules import OUT_OF_REACH, duty_in
from ..states import BodyKind, MeetingState, Office

NO_DUTY = _("您的岗位没有登记村民自治的权限。")
ENDED = _("这个组织已经撤销。")
SITTING = _("“%(body)s”正在开会,散会以后再改成员。")
TWO_OFFICES = _("村务监督委员会成员不能由村民委员会成员担任。")
KIN = _("村民委员会成员的近亲属(同户的家人)不能进村务监督委员会。")


def visible_bodies(actor, *, duty=Duty.SEE_VILLAGE):
    """The bodies of the villages of the posts that carry `duty`."""
    return GoverningBody.objects.filter(scope.in_reach(actor, duty=duty))


def visible_seats(actor, *, duty=Duty.SEE_VILLAGE):
    """The seats of these."""
    return BodySeat.objects.filter(scope.in_reach(actor, area="body__area_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor keep bodies at all; where, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_MEETINGS), NO_DUTY))


def mine(actor, area_id):
    """Return what lets the actor keep what lies in a village: the duty, and the reach of the post that has it."""
    return duty_in(actor, area_id, Duty.KEEP_MEETINGS, NO_DUTY)


def is_within(actor, area):
    """Decide whether a body of this village is the actor's to keep."""
    return first_refusal((scope.covers(actor, area.pk, duty=Duty.KEEP_MEETINGS), OUT_OF_REACH))


def can_keep(actor, body):
    """May the actor change this body, call it together, bring something to it."""
    return first_refusal(*mine(actor, body.area_id), (body.to_on is None, ENDED))


def is_sitting(body):
    """Tell whether a meeting of the body is open: its roll is taken from its seats."""
    return body.meetings.filter(state=MeetingState.OPENED).exists()


def can_seat(actor, body):
    """May the actor give a seat in this body: while it does not sit."""
    return first_refusal(*mine(actor, body.area_id), (body.to_on is None, ENDED), (not is_sitting(body), SITTING % {"body": body.name}))


def can_end(actor, body):
    """May the actor end this body: nothing of it is called or open."""
    waits = body.meetings.filter(state__in=(MeetingState.CALLED, MeetingState.OPENED)).exists()
    return first_refusal(*mine(actor, body.area_id), (body.to_on is None, ENDED), (not waits, _("还有已通知或正在开的会议,先取消或散会。")))


def can_end_seat(actor, seat):
    """May the actor end a seat: while its body does not sit."""
    return first_refusal(*mine(actor, seat.body.area_id), (seat.to_on is None, _("这个成员已经离任。")), (not is_sitting(seat.body), SITTING % {"body": seat.body.name}))


def may_sit(body, person, office, day):
    """Decide whether somebody may sit in a body: once; as its only head; in the supervision nobody of the committee, nor who lives with one of it (组织法第三十七条)."""
    here = BodySeat.objects.on(day).filter(body=body)
    return first_refusal(
        (not here.filter(person=person).exists(), _("这个人已经是成员。")),
        (office != Office.HEAD or not here.filter(office=Office.HEAD).exists(), _("已经有主任(召集人、组长),先登记他离任。")),
        *_apart(body, person, day),
    )


def _apart(body, person, day):
    other = {BodyKind.SUPERVISION: BodyKind.COMMITTEE, BodyKind.COMMITTEE: BodyKind.SUPERVISION}.get(body.kind)
    if other is None:
        return ()
    there = set(BodySeat.objects.on(day).filter(body__area=body.area_id, body__kind=other, body__to_on=None).values_list("person", flat=True))
    homes = Membership.objects.on(day).filter(person=person).values("household")
    kin = Membership.objects.on(day).filter(household__in=homes, person__in=there).exclude(person=person).exists()
    return (person.pk not in there, TWO_OFFICES), (not kin, KIN)
