"""Events: one row an event, however many hosts; its programme, which homes and children came, who helped for how long."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, staff
from wanjia.registry.models import Household, Person

from ..event_states import EVENT, EventState, Festival, HostRole, ItemKind, Marked
from .teams import Helper, Team


class Event(models.Model):
    """An event for children and families (关爱活动). unit: whose record it is.

    more_homes, more_children: those that no list names, counted by hand: numbers that are never added to homes and children that are named.
    hosts_told: the hosts as a workbook of before named them.
    """

    privacy = {
        "open": ("id", "area", "unit", "name", "festival", "day", "starts", "venue", "for_children", "state", "version", "more_homes", "more_children", "cancelled_because"),
        "internal": ("hosts_told", "recorded_at", "recorded_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="events")
    machine = EVENT
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("在哪里办"))
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记单位"))
    name = models.CharField(_("活动名称"), max_length=60)
    festival = models.CharField(_("节日"), max_length=12, choices=Festival, blank=True)
    day = models.DateField(_("哪天"))
    starts = models.TimeField(_("几点开始"), null=True)
    venue = models.CharField(_("地点"), max_length=80)
    for_children = models.BooleanField(_("有未成年人参加"), default=True)
    state = models.CharField(_("状态"), max_length=16, choices=EventState, default=EventState.PLANNED)
    version = models.IntegerField(default=0)
    more_homes = models.PositiveIntegerField(_("名单以外数出来的户数"), default=0)
    more_children = models.PositiveIntegerField(_("名单以外数出来的学生数"), default=0)
    hosts_told = models.CharField(_("主办、联办单位"), max_length=200, blank=True)
    cancelled_because = models.CharField(_("不办的原因"), max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["-day", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name", "day"], name="event_once_a_day"),
            models.CheckConstraint(
                name="event_cancelled_with_reason",
                condition=(Q(state=EventState.CANCELLED) & ~Q(cancelled_because="")) | (~Q(state=EventState.CANCELLED) & Q(cancelled_because="")),
            ),
        ]

    def __str__(self):
        return self.name


class EventHost(models.Model):
    """A unit or a team that holds an event with others (主办、联办): one of the register, or by its name alone where the register has none."""

    privacy = {"open": ("id", "event", "organisation", "team", "name", "role")}
    erasure = Erasure(nobody="units and teams")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="hosts")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("队伍"))
    name = models.CharField(_("名册以外的单位"), max_length=60, blank=True)
    role = models.CharField(_("主办还是联办"), max_length=8, choices=HostRole)

    class Meta:
        ordering = ["event_id", "-role", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event"], condition=Q(role=HostRole.LEAD), name="one_lead_an_event"),
            models.UniqueConstraint(fields=["event", "organisation"], name="unit_hosts_once"),
            models.UniqueConstraint(fields=["event", "team"], name="team_hosts_once"),
            models.UniqueConstraint(fields=["event", "name"], condition=~Q(name=""), name="name_hosts_once"),
            models.CheckConstraint(
                name="host_is_one_thing",
                condition=Q(organisation__isnull=False, team=None, name="") | Q(organisation=None, team__isnull=False, name="") | (Q(organisation=None, team=None) & ~Q(name="")),
            ),
        ]

    def __str__(self):
        return self.name or str(self.team or self.organisation.name)


class EventItem(models.Model):
    """One item of the programme (节目), in its order; by: a class, a troupe, never a child's name."""

    privacy = {"open": ("id", "event", "turn", "title", "kind", "performers")}
    erasure = Erasure(nobody="programmes: troupes and classes")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="items")
    turn = models.PositiveSmallIntegerField(_("第几个"))
    title = models.CharField(_("节目名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=8, choices=ItemKind)
    performers = models.CharField(_("谁来演"), max_length=60, blank=True)

    class Meta:
        ordering = ["event_id", "turn"]
        constraints = [models.UniqueConstraint(fields=["event", "turn"], name="one_item_a_turn")]

    def __str__(self):
        return self.title


class EventHome(models.Model):
    """A home that was invited to an event (到场户), and whether it came; its key is what the invitation's code says."""

    privacy = {"open": ("id", "event", "came", "marked"), "internal": ("household", "noted_at", "noted_by")}
    erasure = Erasure(about={"registry.Household": ("household",)}, kept={})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="homes")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("户"))
    came = models.BooleanField(_("来了"), default=False)
    marked = models.CharField(_("签到方式"), max_length=6, choices=Marked, blank=True)
    noted_at = models.DateTimeField()
    noted_by = staff()

    class Meta:
        ordering = ["event_id", "household__village_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "household"], name="a_home_once_an_event"),
            models.CheckConstraint(name="home_came_somehow", condition=Q(came=False, marked="") | (Q(came=True) & ~Q(marked=""))),
        ]

    def __str__(self):
        return f"{self.event_id} {self.household_id}"


class EventChild(models.Model):
    """A child that came to an event (到场学生)."""

    privacy = {"open": ("id", "event", "marked"), "internal": ("noted_at", "noted_by"), "child": ("child",)}
    erasure = Erasure(about={"registry.Person": ("child",)}, kept={})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="children")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("孩子"))
    marked = models.CharField(_("签到方式"), max_length=6, choices=Marked)
    noted_at = models.DateTimeField()
    noted_by = staff()

    class Meta:
        ordering = ["event_id", "child__village_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "child"], name="a_child_once_an_event")]

    def __str__(self):
        return f"{self.event_id} {self.child_id}"


class Shift(models.Model):
    """What one helper did at an event (志愿服务): put down before it, the hours after it. insured: whether a volunteer's insurance stood on the day."""

    privacy = {"open": ("id", "event", "helper", "what", "from_at", "to_at", "insured"), "internal": ("noted_at", "noted_by")}
    erasure = Erasure(about={"registry.Person": ("helper__person",)}, word=("what",))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="shifts")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="shifts", verbose_name=_("帮扶人"))
    what = models.CharField(_("做什么"), max_length=60)
    from_at = models.TimeField(_("从几点"), null=True)
    to_at = models.TimeField(_("到几点"), null=True)
    insured = models.BooleanField(_("当天有志愿者保险"), default=False)
    noted_at = models.DateTimeField()
    noted_by = staff()

    class Meta:
        ordering = ["event_id", "helper__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "helper"], name="a_helper_once_an_event"),
            models.CheckConstraint(name="shift_ends_after_it_begins", condition=Q(from_at=None, to_at=None) | Q(from_at__isnull=False, to_at__isnull=False, to_at__gt=F("from_at"))),
        ]

    def __str__(self):
        return f"{self.event_id} {self.helper}"

    @property
    def minutes(self):
        """How long it was; None while no hours are put down."""
        if self.from_at is None:
            return None
        return (self.to_at.hour - self.from_at.hour) * 60 + self.to_at.minute - self.from_at.minute
