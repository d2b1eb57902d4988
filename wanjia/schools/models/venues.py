"""Places that are inspected, and rounds over them: teams of several units, which place is whose, why one was left out."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, staff
from wanjia.orgs.models.dated import DatedQuerySet

from ..inspection_states import CAMPUS_KINDS, ROUND, Calls, RoundKind, RoundState, VenueKind
from .year import School


class Venue(models.Model):
    """A place near schools, or a school itself, that is inspected (场所). Whose it is stands nowhere: what is ordered is told to the place.

    near, metres: the nearest school and how far its gate is, where somebody measured it; campus: whose grounds these are, of a school and an exam site:
    what is found there its own people see. to_on: the first day no longer.
    """

    privacy = {"open": ("id", "area", "kind", "name", "address", "near", "metres", "campus", "from_on", "to_on", "version")}
    erasure = Erasure(nobody="places, not people")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("所在村(社区)"))
    kind = models.CharField(_("场所类别"), max_length=10, choices=VenueKind)
    name = models.CharField(_("场所名称"), max_length=60)
    address = models.CharField(_("地址"), max_length=80)
    near = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="venues", verbose_name=_("最近的学校"))
    metres = models.PositiveSmallIntegerField(_("离校门多少米"), null=True, blank=True)
    campus = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="campuses", verbose_name=_("是哪所学校的校园"))
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["area_id", "kind", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "kind", "name"], condition=Q(to_on=None), name="venue_named_once"),
            models.CheckConstraint(name="venue_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
            models.CheckConstraint(name="venue_metres_from_a_school", condition=Q(metres=None) | Q(near__isnull=False)),
            models.CheckConstraint(name="only_a_school_is_a_campus", condition=Q(campus=None) | Q(kind__in=CAMPUS_KINDS)),
        ]

    def __str__(self):
        return self.name


class InspectionRound(models.Model):
    """A round of inspections over all places of some kinds in an area (检查轮次). Its list is made when it begins; it closes when every place was looked at, or it is written why not.

    calls, about_on: what of the calendar called for it, and on which day that is (None: a person did); kinds: VenueKind with blanks between; until_on: its last day.
    """

    machine = ROUND
    privacy = {
        "open": ("id", "area", "name", "kind", "calls", "about_on", "kinds", "lead", "goal", "from_on", "until_on", "state", "begun_at", "closed_at", "closing", "version"),
        "internal": ("made_at", "made_by", "closed_by"),
    }
    erasure = Erasure(nobody="places and units, not people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("范围"))
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("检查方式"), max_length=6, choices=RoundKind)
    calls = models.CharField(_("为什么查"), max_length=16, choices=Calls)
    about_on = models.DateField(_("校历上的日子"), null=True, blank=True)
    kinds = models.CharField(_("查哪些场所"), max_length=100)
    lead = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("牵头单位"))
    goal = models.CharField(_("目标"), max_length=300, blank=True)
    from_on = models.DateField(_("从哪天起"))
    until_on = models.DateField(_("查到哪天"))
    state = models.CharField(_("状态"), max_length=16, choices=RoundState, default=RoundState.DRAFT)
    made_at = models.DateTimeField()
    made_by = staff()
    begun_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = staff()
    closing = models.CharField(_("小结、为什么不办"), max_length=300, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-from_on", "area_id", "pk"]
        indexes = [models.Index(fields=["state", "until_on"], name="rounds_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["area", "calls", "about_on"], condition=Q(about_on__isnull=False), name="round_called_once"),
            models.CheckConstraint(name="inspection_round_ends_after_start", condition=Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(name="round_led_once_begun", condition=Q(state__in=(RoundState.DRAFT, RoundState.CALLED_OFF)) | Q(lead__isnull=False, begun_at__isnull=False)),
            models.CheckConstraint(name="round_closed_by_when", condition=Q(state=RoundState.CLOSED, closed_at__isnull=False) | (~Q(state=RoundState.CLOSED) & Q(closed_at=None))),
        ]

    def __str__(self):
        return self.name

    def covers(self):
        """Return the kinds of places that it goes over."""
        return tuple(self.kinds.split())


class RoundTeam(models.Model):
    """A team of a round (检查组). number: counted within the round, from 1."""

    privacy = {"open": ("id", "round", "number", "duty_words")}
    erasure = Erasure(nobody="units, not people")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(InspectionRound, on_delete=models.PROTECT, related_name="teams")
    number = models.PositiveSmallIntegerField(_("第几组"))
    duty_words = models.CharField(_("分工"), max_length=100, blank=True)

    class Meta:
        ordering = ["round_id", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="team_numbered_once")]

    def __str__(self):
        return _("第%(n)s组") % {"n": self.number}


class TeamUnit(models.Model):
    """A unit in a team, how many it sends and how many of them are licensed to inspect (参加单位). No names: a unit sends whom it has that day."""

    privacy = {"open": ("id", "team", "unit", "people", "licensed")}
    erasure = Erasure(nobody="units and counts, not people")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(RoundTeam, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    people = models.PositiveSmallIntegerField(_("派几人"))
    licensed = models.PositiveSmallIntegerField(_("其中持执法证"), default=0)

    class Meta:
        ordering = ["team_id", "unit__name"]
        constraints = [
            models.UniqueConstraint(fields=["team", "unit"], name="unit_once_in_a_team"),
            models.CheckConstraint(name="team_unit_sends_somebody", condition=Q(people__gte=1, licensed__lte=F("people"))),
        ]

    def __str__(self):
        return self.unit.short_name or self.unit.name


class RoundVenue(models.Model):
    """A place on the list of a round (名单): which team looks at it and when; looked at once (Inspection), or left out with a written reason. listed_at: when it came on the list (None: as the round began)."""

    privacy = {"open": ("id", "round", "venue", "team", "planned_on", "left_out", "left_out_at", "listed_at", "version"), "internal": ("left_out_by",)}
    erasure = Erasure(nobody="places, not people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(InspectionRound, on_delete=models.PROTECT, related_name="stops")
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="stops")
    team = models.ForeignKey(RoundTeam, null=True, blank=True, on_delete=models.PROTECT, related_name="stops", verbose_name=_("哪个组"))
    planned_on = models.DateField(_("哪天查"), null=True, blank=True)
    left_out = models.CharField(_("为什么没查"), max_length=200, blank=True)
    left_out_at = models.DateTimeField(null=True)
    left_out_by = staff()
    listed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["round_id", "venue__area_id", "venue__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "venue"], name="venue_once_in_a_round"),
            models.CheckConstraint(name="left_out_with_a_reason", condition=Q(left_out="", left_out_at=None) | (~Q(left_out="") & Q(left_out_at__isnull=False))),
        ]

    def __str__(self):
        return self.venue.name
