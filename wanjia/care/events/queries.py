"""What is asked of events: the three figures of a year, the list with what came of each, one event with everything about it."""

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, ExtractYear

from wanjia.registry.models import Membership

from ..children.rules import visible_children
from ..duties import Duty
from ..event_states import EventState
from ..helpers.rules import clear_on
from ..models import EventChild, EventHome, Helper
from . import rules

WHO = Coalesce(F("child__merged_into"), F("child"))  # a child that was registered twice and put together is one


def in_year(year, path=""):
    """Return the Q of what belongs to events held in a year."""
    return Q(**{f"{path}state": EventState.HELD, f"{path}day__year": year})


def three(events, year, homes=None, children=None):
    """Return {"events", "homes", "children"} of a year: three counts, each of its own rows, and what was counted by hand beside them.

    events: the query set of events that are asked about. Homes and children are counted once, at however many of these they were.
    homes, children: the rows that a reader opens at these, where a number leads to them; None: all.
    """
    held = events.filter(in_year(year)).order_by()
    homes = EventHome.objects.filter(event__in=held) if homes is None else homes.filter(in_year(year, "event__"))
    children = EventChild.objects.filter(event__in=held) if children is None else children.filter(in_year(year, "event__"))
    by_hand = held.aggregate(homes=Sum("more_homes", default=0), children=Sum("more_children", default=0))
    return {
        "events": held.count(), "homes": homes.filter(came=True).order_by().values("household").distinct().count(),
        "children": children.annotate(who=WHO).order_by().values("who").distinct().count(),
        "hand_homes": by_hand["homes"], "hand_children": by_hand["children"],
    }  # fmt: skip


def first_homes(rows, among=None):
    """Tell of rows of EventHome (held, came) which is the first of its home in its year: f_first, "yes" or "no". A home counts once a year.

    among: the rows that a reader sees, where somebody reads them one by one: who came first to an event that the reader does not see is not left out.
    """
    same = (EventHome.objects if among is None else among).filter(household=OuterRef("household"), came=True)
    return rows.annotate(f_first=_first(same))


def first_children(rows, among=None):
    """The same of rows of EventChild; of a child that was registered twice and put together, one."""
    same = (EventChild.objects if among is None else among).annotate(who=WHO).filter(who=OuterRef("who"))
    return rows.annotate(who=WHO).annotate(f_first=_first(same))


def _first(same):
    """Nothing of the same in the same year lies before: on an earlier day, or on the same day under an earlier key."""
    year = same.filter(event__state=EventState.HELD, event__day__year=ExtractYear(OuterRef("event__day")))
    before = year.filter(Q(event__day__lt=OuterRef("event__day")) | Q(event__day=OuterRef("event__day"), pk__lt=OuterRef("pk")))
    return Case(When(Exists(before), then=Value("no")), default=Value("yes"), output_field=CharField())


def listed(events):
    """Events with what came of each, the latest first."""
    counted = {
        "n_homes": _count(EventHome.objects.filter(came=True)), "n_children": _count(EventChild.objects), "n_hosts": Count("hosts"),
    }
    return events.select_related("area", "unit").annotate(**counted).order_by("-day", "name", "pk")


def _count(rows):
    return Coalesce(Subquery(rows.filter(event=OuterRef("pk")).order_by().values("event").annotate(n=Count("pk")).values("n")), 0)


def about(event):
    """Return what the page of an event shows: hosts, programme, counts of who came, who helped."""
    homes = event.homes
    return {
        "hosts": event.hosts.select_related("organisation", "team"), "items": event.items.all(), "shifts": shifts_of(event),
        "counts": {
            "invited": homes.count(), "homes": homes.filter(came=True).count(),
            "children": event.children.annotate(who=WHO).values("who").distinct().order_by().count(),
        },
        "minutes": sum(one.minutes or 0 for one in event.shifts.all()),
    }  # fmt: skip


def shifts_of(event):
    """Return who is put down, each with `unfit`: where minors come, whether she may not be near them on that day – as it stands now, not when she was put down."""
    fit = Helper.objects.filter(clear_on(event.day), pk=OuterRef("helper"))
    return event.shifts.select_related("helper__organisation").annotate(unfit=~Exists(fit) if event.for_children else Value(False))


def unsettled(actor, day):
    """The events whose day is over and of which nobody said whether they were held."""
    return rules.visible_events(actor, duty=Duty.HOLD_EVENTS).filter(state=EventState.PLANNED, day__lt=day)


def heads(homes):
    """Return {household: the head's name as lists show it} of these homes."""
    rows = Membership.objects.filter(household__in=[one.household_id for one in homes], to_on=None, relation="户主").select_related("person")
    return {row.household_id: row.person.shown_name for row in rows}


def roll(event, actor, village):
    """The children of a village whom the actor may note, and the keys of those who came."""
    came = set(event.children.values_list("child", flat=True))
    rows = visible_children(actor, event.day, duty=Duty.HOLD_EVENTS).filter(village_id=village).order_by("pinyin", "pk")
    return list(rows), came


def years(events):
    """The years in which these events lie, the latest first."""
    return sorted({one.year for one in events.order_by().values_list("day", flat=True).distinct()}, reverse=True)


def homes_of(children):
    """Return {child: its home} of these children, as the register has it today."""
    return dict(Membership.objects.filter(person__in=children, to_on=None).values_list("person", "household"))
