"""What is asked of the children who ride: the list, who has no seat, who may receive whom, what may be chosen."""

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.registry.finding import protected
from wanjia.verdict import NotFound, Refused

from ..duties import Duty
from ..models import BusLine, BusSeat, BusStop, Receiver
from ..year.queries import WORDS_OF_GRADES, pupils
from . import rules


def child_called(school, name, last4, day):
    """Return the child of a school who bears this whole name; of several, the one whose number ends so.

    Raises NotFound where there is none, Refused where several are called so and the four digits decide nothing.
    """
    found = list(pupils(school).filter(protected(day=day), name=name.strip())[:20])
    if len(found) > 1 and last4.strip():
        found = [one for one in found if one.citizen_last4 == last4.strip().upper()]
    if not found:
        raise NotFound(_("底数里没有在这所学校的这个名字。请核对全名和学校;还没有登记的,请村里先登记。"))
    if len(found) > 1:
        raise Refused(_("有几个人叫这个名字,请再填身份证后四位。"))
    return found[0]


def stops(rider, _actor, day):
    """The stops of lines to the rider's school, in their order; drafts that an engine drew are none yet."""
    drafts = BusLine.objects.filter(filed_on=None, plan__isnull=False)
    rows = BusStop.objects.filter(Q(line__bus__to_on=None) | Q(line__bus__to_on__gt=day), line__school=rider.school_id, line__to_on=None)
    return rows.exclude(line__in=drafts).select_related("line__bus").order_by("line__bus__label", "line__name", "turn")


def stops_ever(rider, *_row):
    """Every stop to this school: what a call names again when it is repeated."""
    return BusStop.objects.filter(line__school=rider.school_id)


def stop_words(stop):
    """How a stop is called in the choice."""
    return f"{stop.line.bus.label} {stop.line.name} · {stop.at:%H:%M} {stop.name}"


def seat_now():
    """Return the seats that stand, with stop and line, as a prefetch: `rider.now` holds one or none."""
    rows = BusSeat.objects.filter(to_on=None, drafted=False).select_related("stop__line__bus")
    return Prefetch("seats", rows, to_attr="now")


def listed(actor, *, unseated=False):
    """The riders whom the actor keeps or rides with; unseated: those alone who have no seat yet."""
    rows = rules.visible_riders(actor).filter(to_on=None).select_related("child", "school__unit", "area").prefetch_related(seat_now())
    if unseated:
        rows = rows.filter(~Exists(BusSeat.objects.filter(rider=OuterRef("pk"), to_on=None, drafted=False)))
    return rows.order_by("school_id", "area_id", "pk")


def receivers_of(rider):
    """The adults listed for a child, those struck off left out."""
    return Receiver.objects.filter(rider=rider, to_on=None).order_by("listed_at")


def unconfirmed(actor):
    """The adults in reach who wait for a second person; those the actor listed are somebody else's to confirm."""
    rows = rules.visible_receivers(actor).filter(to_on=None, confirmed_at=None, rider__to_on=None)
    return rows.exclude(listed_by=actor.id).select_related("rider__child").order_by("listed_at", "pk")


def queue(actor, _day):
    """Return {name of the place: how many adults wait for the actor's confirming}."""
    return {"schools:riders": unconfirmed(actor).count() if actor.has_duty(Duty.KEEP_RIDERS) else 0}


def grades_of(riders):
    """Return the grades of loaded riders; where the register tells none, all that the school teaches: the stricter reading."""
    found = set()
    for one in riders:
        grade = WORDS_OF_GRADES.get(one.child.grade.strip())
        found |= set(one.school.teaches()) if grade is None else {grade}
    return found


def to_rider(rider):
    """To the page of a rider."""
    return redirect("schools:rider", rider.pk)
