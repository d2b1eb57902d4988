"""What is asked of places: where one may lie, the schools beside it, which rounds it belongs to, what of the hazards found there is overdue."""

from datetime import timedelta

from django.db.models import BooleanField, Case, Count, Q, Value, When

from wanjia.orgs import scope
from wanjia.orgs.models import Area
from wanjia.orgs.models.areas import Level
from wanjia.policy import inspecting as policy

from ..duties import Duty
from ..inspection_states import OPEN, UNDER_WAY, HazardState
from ..models import InspectionRound, SafetyNotice, School
from ..notice_states import NoticeState
from . import rules


def villages(_row, actor, day):
    """Villages where a place of the actor's area may lie."""
    return Area.objects.on(day).filter(scope.in_place(actor, area="code", duty=Duty.INSPECT), level=Level.VILLAGE).order_by("code")


def schools_near(row, actor, day):
    """The schools of the county of a place, or of the actor's area while it is entered."""
    rows = School.objects.on(day).select_related("unit").order_by("area_id", "unit__name", "pk")
    return rows.filter(area__code__startswith=row.area_id[:6]) if row else rows.filter(scope.in_place(actor, duty=Duty.INSPECT))


def listed(actor, kind="", words=""):
    """The places in reach that are not ended, with how many hazards stand open."""
    rows = rules.visible_venues(actor).filter(to_on=None)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(Q(name__icontains=words) | Q(address__icontains=words)) if words else rows
    open_ones = Count("stops__inspection__hazards", filter=Q(stops__inspection__hazards__state__in=OPEN), distinct=True)
    return rows.select_related("area", "near__unit").annotate(open_hazards=open_ones).order_by("area_id", "kind", "name", "pk")


def rounds_over(venue):
    """The keys of the rounds that go over a place's kind in its area and are not over; drafts too, for one may begin at this very moment."""
    rows = InspectionRound.objects.filter(state__in=UNDER_WAY).select_related("area")
    return [one.pk for one in rows if venue.kind in one.covers() and venue.area_id.startswith(one.area.stem)]


def notices_to(venue, day):
    """The keys of the notices that are not over on a day and are sent to a place's kind in its area; drafts too, for one may be issued at this very moment."""
    rows = SafetyNotice.objects.filter(state__in=(NoticeState.DRAFT, NoticeState.ISSUED), until_on__gte=day).select_related("area")
    return [one.pk for one in rows if venue.kind in one.covers() and venue.area_id.startswith(one.area.stem)]


def late(day):
    """Return the Q of what is overdue on a day: not mended by its day, or mended and not rechecked so many days after it."""
    rechecked_by = day - timedelta(days=policy.in_force(day).recheck_days)
    return Q(state__in=(HazardState.FOUND, HazardState.ORDERED), due_on__lt=day) | Q(state=HazardState.RECHECK, due_on__lt=rechecked_by)


def with_late(rows, day):
    """Give hazards whether each is overdue on a day: what every list shows red, and nothing else."""
    return rows.annotate(is_late=Case(When(late(day), then=Value(True)), default=Value(False), output_field=BooleanField()))
