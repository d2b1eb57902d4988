"""What is asked of calls: who could sign, whom a name means, what is due and late, whose it is, the meetings that met one, what the board says."""

from datetime import timedelta

from django.db.models import Count, F, Q
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wanjia.orgs import scope
from wanjia.policy import calls as law
from wanjia.policy import meetings
from wanjia.registry.models import Person
from wanjia.reporting.posted import Posted
from wanjia.verdict import Refused

from ..agenda.queries import line_of
from ..bodies import queries as bodies
from ..bodies import rolls
from ..call_states import CallState, Side
from ..duties import Duty
from ..models import BodySeat, CallSignature, GoverningBody, Meeting, MeetingCall
from ..states import BodyKind, MeetingState, Office

SHOWN_DAYS = 366
NO_SUCH = gettext_lazy("那一天的村民代表里没有这个人,或者有几个同名的,请填身份证后四位。")


def page_of_call(one):
    """Lead to a call's page."""
    return redirect("village:meeting_call", one.pk)


def sides(row, _actor, day):
    """Return [(value, words)] of who may ask for a body; both where the body is not known."""
    rule = law.in_force(row.kind, day) if row else None
    return [(one.value, one.label) for one in Side if rule is None or one in rule.shares]


def first_side(row, actor, day):
    """Return the first of them."""
    return next(iter(sides(row, actor, day)), ("",))[0]


def askers(body, day):
    """Return [(rule, [(who asks, how many could sign, how many must)])] of what it takes on a day to have a body called: its own rule, and that of a removal where it may be put there. Nothing of a body that nobody asks for."""
    own, removal = law.in_force(body.kind, day), meetings.matter(meetings.REMOVAL, day)
    rules = [own, law.in_force(body.kind, day, meetings.REMOVAL)] if own and removal and body.kind in removal.to else [own]
    due = {side: roll(body.area_id, side, day).count() for side in Side} if own else {}
    return [(rule, [(side.label, n, rule.must_sign(side, n)) for side, n in due.items() if n and side in rule.shares]) for rule in rules if rule]


def representatives(village_id, day):
    """The people who sit among a village's representatives as such on a day: nobody who comes by an office, nobody who died before it while his seat was not ended."""
    seats = BodySeat.objects.none()
    for body in GoverningBody.objects.on(day).filter(area=village_id, kind=BodyKind.REPRESENTATIVES, group_name=""):
        seats |= rolls.seated(body, day).exclude(office=Office.EX_OFFICIO)
    return Person.objects.filter(pk__in=seats.values("person")).exclude(died_on__lte=day)


def roll(village_id, side, day):
    """The people who could sign, as of a day."""
    return rolls.adults(village_id, "", day) if side == Side.ADULTS else representatives(village_id, day)


def signer(call, name, last4):
    """Return whom a name on the list means. Raises Refused for nobody of the roll, or several."""
    if call.side == Side.ADULTS:
        return bodies.person_called(call.body.area_id, name, last4, call.asked_on)
    found = roll(call.body.area_id, call.side, call.asked_on).filter(name=name.strip())
    found = list((found.filter(citizen_last4=last4.strip().upper()) if last4.strip() else found)[:2])
    if len(found) != 1:
        raise Refused(NO_SUCH)
    return found[0]


def who_of(call, person):
    """Return what is sealed of a signature: another text for each call, so that nothing links one list to another."""
    return f"{call.pk}|{person.pk}"


def signature_of(call, person):
    """Return somebody's signature of a call that stands, or None: signed under another record of him too, where two were found to be one person meanwhile."""
    field, first = CallSignature._meta.get_field("who_index"), person.merged_into_id or person.pk
    records = Person.objects.filter(Q(pk=first) | Q(merged_into=first) | Q(merged_into__merged_into=first))
    keys = [key for record in records for key in field.look_for(who_of(call, record))]
    return CallSignature.objects.filter(who_index__in=keys, struck_on=None).first()


def chair_of(village_id, day):
    """Return the seat of the village committee's chair, whose the promise is; None where none is entered."""
    rows = BodySeat.objects.on(day).filter(body__area=village_id, body__kind=BodyKind.COMMITTEE, body__to_on=None, office=Office.HEAD)
    return rows.select_related("person").first()


def met_by(call, _actor=None, _day=None):
    """The meetings of the body that had a call's matter on their agenda: closed by enough who came, their minutes signed, held since the list was handed in."""
    if call is None or call.item is None:
        return Meeting.objects.none()
    held = Meeting.objects.filter(body=call.body_id, state=MeetingState.CLOSED, signed_at__isnull=False, day__gte=call.asked_on, items__in=[one.pk for one in line_of(call.item)])
    return held.select_related("body__area").order_by("day", "pk").distinct()


def waiting(actor, day):
    """The calls that are due and wait for the actor: the village's own; late ones for the township's hand too."""
    here = scope.in_reach(actor, area="body__area_id", duty=Duty.KEEP_MEETINGS)
    above = scope.in_reach(actor, area="body__area_id", duty=Duty.FILE_DECISIONS) & Q(due_on__lt=day)
    return MeetingCall.objects.filter(here | above, state=CallState.BOUND)


def late(actor, day):
    """How many calls of the actor's are over their day: what the desk says."""
    return waiting(actor, day).filter(due_on__lt=day).count() if actor.has_duty(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS) else 0


def faults(_day):
    """Yield (what, column, is, should) of each call that says another number than its signatures: for `wanjia check`."""
    for one in MeetingCall.objects.annotate(lie=Count("signatures", filter=Q(signatures__struck_on=None))).exclude(signed=F("lie")).order_by("pk"):
        yield one, gettext_lazy("已签名"), one.signed, one.lie


def on_board(village, day, limit, _group_name):
    """Return what is asked for, and what within a year was met, or was withdrawn, as Posted lines: by how many, nobody named, whoever is to be removed neither; of one that was short, that there was one, when and why it went."""
    since = day - timedelta(days=SHOWN_DAYS)
    told = Q(met_on=None, withdrawn_on=None) | Q(met_on__gte=since) | Q(withdrawn_on__gte=since)
    rows = MeetingCall.objects.filter(told, body__area=village, asked_on__lte=day)
    return [Posted(_said(one, day), one.withdrawn_on or one.met_on or one.bound_on or one.asked_on) for one in rows.select_related("body").order_by("-asked_on", "pk")[:limit]]


def _said(one, day):
    of_its_own = meetings.matter(one.matter, day) if one.matter == meetings.REMOVAL else None
    words = {"body": one.body.name, "what": of_its_own.words if of_its_own else one.title, "signed": one.signed, "needs": one.needs, "due": one.due_on, "met": one.met_on}
    if one.state == CallState.OPEN:
        return ngettext(
            "要求召集%(body)s“%(what)s”:%(signed)s 人签名,要 %(needs)s 人。", "要求召集%(body)s“%(what)s”:%(signed)s 人签名,要 %(needs)s 人。", one.signed,
        ) % words  # fmt: skip
    if one.state == CallState.WITHDRAWN and one.bound_on is None:
        return _("有过一份要求召集%(body)s的名单(%(asked)s 提出),人数还没有够,%(day)s 撤回:%(why)s。") % {"body": one.body.name, "asked": one.asked_on, "day": one.withdrawn_on, "why": one.get_reason_display()}
    if one.state == CallState.WITHDRAWN:
        return _("要求召集%(body)s“%(what)s”:%(day)s 撤回,%(why)s。") % (words | {"day": one.withdrawn_on, "why": one.get_reason_display()})
    if one.state == CallState.MET:
        return _("要求召集%(body)s“%(what)s”:%(met)s 已经开会。") % words
    return (_("%(body)s应当在 %(due)s 前召集,议“%(what)s”:%(signed)s 人签名。已经过期。") if one.due_on < day else _("%(body)s应当在 %(due)s 前召集,议“%(what)s”:%(signed)s 人签名。")) % words
