"""What is asked of items: which matters are reserved, to which bodies one may go, what waits to be put on an agenda."""

from django.shortcuts import redirect

from wanjia.orgs import scope
from wanjia.policy import meetings as law

from ..duties import Duty
from ..models import AgendaItem, GoverningBody, Meeting
from ..states import BodyKind, ItemState, MeetingState


def matters(_row, _actor, day):
    """Return [(code, words)] of what is reserved on a day."""
    return [(one.code, one.words) for one in law.reserved(day)]


def kind_words(kind):
    """Return the words of a kind of body."""
    return BodyKind(kind).label


def meetings_for(row, _actor, _day):
    """The meetings of an item's body that it may still be put to."""
    rows = Meeting.objects.filter(state__in=(MeetingState.CALLED, MeetingState.OPENED)).select_related("body__area")
    return rows.filter(body=row.body_id) if row else rows.none()


def targets(row, _actor, day):
    """The bodies of the village to which an item may be sent: of what is reserved, those to whom it is; else any other."""
    if row is None:
        return GoverningBody.objects.none()
    rows = GoverningBody.objects.on(day).filter(area=row.body.area_id).exclude(pk=row.body_id).select_related("area").order_by("kind", "group_name")
    found = law.matter(row.matter, day) if row.matter else None
    return rows.filter(kind__in=found.to) if found else rows


def nearest(row, actor, day):
    """Return the first body to which it would go: the nearest that the law names."""
    found = list(targets(row, actor, day))
    of = law.matter(row.matter, day) if row and row.matter else None
    order = {kind: turn for turn, kind in enumerate(of.to)} if of else {}
    return min(found, key=lambda one: order.get(one.kind, 99)) if found else None


def page_of_item(one):
    """Lead to an item's page."""
    return redirect("village:item", one.pk)


def listed(rows):
    """Give items what their list shows."""
    return rows.select_related("body__area", "meeting", "filing__area")


def waiting(actor):
    """The items of the actor's bodies that wait for a meeting."""
    return AgendaItem.objects.filter(scope.in_reach(actor, area="body__area_id", duty=Duty.KEEP_MEETINGS), state=ItemState.PROPOSED, body__to_on=None)


def line_of(item):
    """Return an item's way: what it came from, itself, what went on from it, oldest first."""
    first = item
    while first.came_from_id:
        first = first.came_from
    found = [first]
    while (following := AgendaItem.objects.filter(came_from=found[-1]).select_related("body__area").first()) is not None:
        found.append(following)
    return found


def named(spoken):
    """Return the keys of the items whose bringer an erasure seeks (kernel.brings.Spoken)."""
    return [item.pk for item in AgendaItem.objects.all().iterator() if item.brought_by and spoken.names(spoken.strings, item.brought_by)]
