"""Pages of events: the list with the three figures of a year, one event, its paper, its invitations, the roll, the rows behind the figures."""

import segno
from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.doors.listing import page_of
from wanjia.doors.reading import moves_of, page

from ..children.commands import read_names
from ..duties import Duty
from . import asking, queries, rules
from .subjects import EVENTS

SLIPS = 200  # invitations of one print
PARTS = {
    "event_item": "items", "event_item_move": "items", "event_item_drop": "items", "event_helper": "shifts", "event_team": "shifts", "event_host": "hosts",
    "event_host_drop": "hosts", "event_invite": "came", "event_count": "came",
}  # fmt: skip


@page("care/events/", *rules.READS, template="list")
def events(request):
    """The events in reach, and the three figures of a year, each with its rows; `year` in the address chooses it."""
    mine = rules.visible_events(request.user)
    years = queries.years(mine) or [request.day.year]
    year = _year(request) or (request.day.year if request.day.year in years else years[0])
    rows = queries.listed(mine.filter(day__year=year))
    waits = queries.unsettled(request.user, request.day) if request.user.has_duty(Duty.HOLD_EVENTS) else mine.none()
    return {"page": page_of(request, rows), "three": queries.three(mine, year), "year": year, "years": years, "waits": waits.count(),
            "holds": request.user.has_duty(Duty.HOLD_EVENTS), "sees_children": request.user.has_duty(Duty.SEE_CARE)}  # fmt: skip


def _year(request):
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else None


@page("care/events/homes/", *rules.READS, template="homes")
def event_homes(request):
    """The homes behind a year's figure, each at the first event it came to: where it lies, no number."""
    year = _year(request) or request.day.year
    mine = rules.visible_homes(request.user, duty=rules.READS).filter(queries.in_year(year, "event__"), came=True)
    rows = queries.first_homes(mine).filter(f_first="yes").select_related("event", "household__village__parent")
    return {"page": page_of(request, rows.order_by("event__day", "household__village", "pk")), "year": year}


@page("care/events/children/", Duty.SEE_CARE, template="children")
def event_children(request):
    """The children behind a year's figure, each at the first event it came to: initials and stage of school."""
    year = _year(request) or request.day.year
    mine = rules.visible_attending(request.user, year).filter(queries.in_year(year, "event__"))
    rows = queries.first_children(mine).filter(f_first="yes").select_related("event", "child__village__parent")
    return {"page": page_of(request, rows.order_by("event__day", "child__village", "pk")), "year": year}


@page("care/hours/", Duty.HOLD_EVENTS, template="hours")
def hours(request):
    """A year's hours of helpers, each a row; what was done by whom, for how long, insured or not."""
    year = _year(request) or request.day.year
    rows = rules.visible_shifts(request.user).filter(event__day__year=year, from_at__isnull=False).select_related("event", "helper__organisation")
    found = page_of(request, rows.order_by("-event__day", "helper__name", "pk"))
    whole, rest = divmod(sum(one.minutes for one in rows), 60)
    return {"page": found, "year": year, "hours_whole": whole, "minutes_rest": rest, "helpers": rows.order_by().values("helper").distinct().count(),
            "uninsured": rows.filter(insured=False).count()}  # fmt: skip


@page("care/events/<uuid:event_id>/", *rules.READS, of=EVENTS)
def event(request, one):
    """One event: hosts, programme, who came as counts, who helped, its pictures; what may be done to a part stands in its heading."""
    keeps = bool(rules.can_arrange(request.user, one))
    notes = bool(rules.can_note(request.user, one, request.at))
    about = queries.about(one)
    return about | _placed(moves_of(request, EVENTS, one), about) | {"keeps": keeps, "notes": notes}


def _placed(moves, about):
    """Take from the bar what belongs to one part of the page (`at`: {part: acts}); what has nothing to be done to is not offered."""
    nothing = ({"event_item_drop", "event_item_move"} if not about["items"] else set()) | ({"event_host_drop"} if len(about["hosts"]) < 2 else set())
    at = {}
    for one in [*moves["legal"], *moves["aside"]]:
        if one.name in PARTS and one.name not in nothing:
            at.setdefault(PARTS[one.name], []).append(one)
    return moves | {"at": at} | {bar: [one for one in moves[bar] if one.name not in PARTS] for bar in ("legal", "aside")}


@page("care/events/<uuid:event_id>/paper/", *rules.READS, of=EVENTS, name="event_paper")
def event_paper(request, one):
    """The event on one A4 (活动登记): what, where, with whom, programme, how many came, who helped; nobody's name who came."""
    return queries.about(one) | {"unit": one.unit, "day": request.day}


@page("care/events/<uuid:event_id>/invitations/", Duty.HOLD_EVENTS, of=EVENTS, name="event_invitations", fresh=True)
def event_invitations(request, one):
    """Invitations to be cut out: each with the code that the family shows at the door; village and head, no number and no child."""
    homes = page_of(request, rules.visible_homes(request.user).filter(event=one).select_related("household__village").order_by("household__village", "pk"), per_page=SLIPS)
    heads = queries.heads(list(homes))
    for home in homes:
        home.head = heads.get(home.household_id, "")
        home.code = segno.make(request.build_absolute_uri(reverse("care:arrive", args=[home.pk])), error="m").svg_data_uri(scale=3, border=2)
    return {"page": homes}


@page("care/events/<uuid:event_id>/roll/", Duty.HOLD_EVENTS, of=EVENTS, name="event_roll", fresh=True)
def event_roll(request, one):
    """The roll of a village with the names of its children, after a line of the journal for each: to tick who came, on a phone or from paper."""
    villages = asking.villages_for(one, request.user, request.day)
    chosen = villages.filter(pk=request.GET.get("village", "")[:12]).first()
    shown = {"villages": villages.select_related("parent"), "chosen": chosen, "notes": rules.can_note(request.user, one, request.at)}
    if chosen is None or not shown["notes"]:
        return shown
    children, came = queries.roll(one, request.user, request.day, chosen.pk)
    where = _("活动点名 %(event)s %(village)s") % {"event": one.name, "village": chosen.short_name}
    read_names(children, where=where, by=request.user, at=request.at)
    return shown | {"children": children, "came": came, "missing": len([child for child in children if child.pk not in came])}
