"""School buses: who runs them, vehicles and crews with their papers, the plan that was filed, who rides from which stop, who may receive a child."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, User, staff
from wanjia.orgs.models.dated import DatedQuerySet
from wanjia.policy import school_bus, vetting
from wanjia.registry.models import Person
from wanjia.sealing.fields import EncryptedText
from wanjia.solving.models import Plan

from ..bus_states import MadeFor, ServiceKind
from .year import School

ENDS = Q(to_on=None) | Q(to_on__gte=F("from_on"))


class Operator(models.Model):
    """Who runs the vehicles (承运单位). letter_on: when its letter of responsibility with the schools was filed with the education bureau (art. 11)."""

    privacy = {"open": ("id", "name", "area", "letter_on", "from_on", "to_on", "version"), "internal": ("contact",), "sensitive": ("phone",)}
    erasure = Erasure(nobody="a firm; who answers for it is no person of the register")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("承运单位"), max_length=60)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("范围"))
    contact = models.CharField(_("负责人"), max_length=40)
    phone = EncryptedText(_("电话"))
    letter_on = models.DateField(_("安全责任书备案日"), null=True, blank=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["area_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name"], condition=Q(to_on=None), name="operator_named_once"),
            models.CheckConstraint(name="operator_ends_after_start", condition=ENDS),
        ]

    def __str__(self):
        return self.name


class Bus(models.Model):
    """A vehicle that carries children, and its papers (接送车辆). seats: as licensed, the driver's among them; *_until: the last day on which a paper counts."""

    privacy = {"open": ("id", "operator", "label", "plate", "kind", "seats", "made_for", "equipment", "inspected_on", "insured_until", "permit_until", "transport_until", "from_on", "to_on", "version")}
    erasure = Erasure(nobody="vehicles")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="buses", verbose_name=_("承运单位"))
    label = models.CharField(_("几号车"), max_length=20)
    plate = models.CharField(_("车牌"), max_length=12)
    kind = models.CharField(_("服务类别"), max_length=13, choices=ServiceKind)
    seats = models.PositiveSmallIntegerField(_("核载人数"))
    made_for = models.CharField(_("车型"), max_length=8, choices=MadeFor, blank=True)
    equipment = models.CharField(_("车上有"), max_length=60, blank=True)
    inspected_on = models.DateField(_("最近一次安全技术检验"), null=True, blank=True)
    insured_until = models.DateField(_("承运人责任险到哪天"), null=True, blank=True)
    permit_until = models.DateField(_("校车使用许可到哪天"), null=True, blank=True)
    transport_until = models.DateField(_("道路客运经营许可到哪天"), null=True, blank=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["operator_id", "label"]
        constraints = [
            models.UniqueConstraint(fields=["plate"], condition=Q(to_on=None), name="bus_plate_once"),
            models.CheckConstraint(name="bus_has_seats", condition=Q(seats__gte=3)),
            models.CheckConstraint(name="bus_ends_after_start", condition=ENDS),
        ]

    def __str__(self):
        return f"{self.label} {self.plate}"

    @property
    def papers(self):
        """Its papers, as the law reads them."""
        return school_bus.Vehicle(
            self.kind, self.seats, self.made_for, self.inspected_on, self.insured_until, self.permit_until, self.transport_until, frozenset(self.equipment.split()), self.operator.letter_on,
        )  # fmt: skip

    @property
    def room(self):
        """How many children it may carry."""
        return school_bus.seats_for_children(self.seats)


class BusDriver(models.Model):
    """Who drives (驾驶人). against: what stands on the record, words of Against with blanks between."""

    privacy = {"open": ("id", "operator", "from_on", "to_on", "version"), "internal": ("name", "born_on", "licensed_on", "reviewed_on", "against"), "sensitive": ("phone",)}
    erasure = Erasure(nobody="a carrier's driver; no person of the register")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="drivers", verbose_name=_("承运单位"))
    name = models.CharField(_("姓名"), max_length=40)
    phone = EncryptedText(_("电话"))
    born_on = models.DateField(_("出生日期"))
    licensed_on = models.DateField(_("取得准驾车型驾驶证日期"))
    reviewed_on = models.DateField(_("最近一次审验"), null=True, blank=True)
    against = models.CharField(_("不能驾驶的情形"), max_length=60, blank=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["operator_id", "name"]
        constraints = [models.CheckConstraint(name="bus_driver_ends_after_start", condition=ENDS)]

    def __str__(self):
        return self.name

    @property
    def papers(self):
        """The papers, as the law reads them."""
        return school_bus.Driver(self.born_on, self.licensed_on, self.reviewed_on, frozenset(self.against.split()))


class Attendant(models.Model):
    """Who rides with the children and counts them (随车照管员). checked_on: when the records were queried (未成年人保护法 art. 62), with a clear answer."""

    privacy = {"open": ("id", "operator", "from_on", "to_on", "version"), "internal": ("user", "checked_on")}
    erasure = Erasure(nobody="staff with an account")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operator = models.ForeignKey(Operator, on_delete=models.PROTECT, related_name="attendants", verbose_name=_("承运单位"))
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("照管员"))
    checked_on = models.DateField(_("背景审查查询日(无记录)"), null=True, blank=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["operator_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(to_on=None), name="attendant_once"),
            models.CheckConstraint(name="attendant_ends_after_start", condition=ENDS),
        ]

    def __str__(self):
        return self.user.name

    @property
    def cleared_until(self):
        """The last day on which the query counts, None without one."""
        return vetting.valid_until(self.checked_on) - timedelta(days=1) if self.checked_on else None


class BusLine(models.Model):
    """A bus's trip to one school as it was filed (备案线路): who drives it, who rides along. filed_on: since when it stands on the plate; until then it is a draft.

    plan: the version of the routing that drew it, None when people did. to_on: the first day no longer.
    """

    privacy = {"open": ("id", "name", "bus", "school", "filed_on", "from_on", "to_on", "version"), "internal": ("driver", "attendant", "plan")}
    erasure = Erasure(nobody="a line of a bus")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("线路"), max_length=40)
    bus = models.ForeignKey(Bus, on_delete=models.PROTECT, related_name="lines", verbose_name=_("车辆"))
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="lines", verbose_name=_("学校"))
    driver = models.ForeignKey(BusDriver, null=True, blank=True, on_delete=models.PROTECT, related_name="lines", verbose_name=_("驾驶人"))
    attendant = models.ForeignKey(Attendant, null=True, blank=True, on_delete=models.PROTECT, related_name="lines", verbose_name=_("照管员"))
    filed_on = models.DateField(_("备案日"), null=True, blank=True)
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["bus_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["bus", "name"], condition=Q(to_on=None, plan=None), name="bus_line_named_once"),
            models.CheckConstraint(name="bus_line_ends_after_start", condition=ENDS),
        ]

    def __str__(self):
        return self.name


class BusStop(models.Model):
    """Where a line calls (站点), in its order: when in the morning, when on the way back. lat, lon: WGS 84 degrees. A stop before one door says whose home it is: a child's."""

    privacy = {"open": ("id", "line", "turn", "at", "back_at"), "child": ("name", "lat", "lon")}
    erasure = Erasure(nobody="a place at a road", kept={"name": "a place at a road, as the plate of the bus names it"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(BusLine, on_delete=models.PROTECT, related_name="stops")
    turn = models.PositiveSmallIntegerField(_("第几站"))
    name = models.CharField(_("站名"), max_length=40)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    at = models.TimeField(_("早上几点"))
    back_at = models.TimeField(_("放学几点"), null=True, blank=True)

    class Meta:
        ordering = ["line_id", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["line", "turn"], name="bus_stop_once_a_turn"),
            models.CheckConstraint(name="bus_stop_on_earth", condition=Q(lat=None, lon=None) | Q(lat__isnull=False, lon__isnull=False, lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180)),
        ]

    def __str__(self):
        return self.name


class Rider(models.Model):
    """A child who rides (乘车学生): to which school, from where. lat, lon: WGS 84 degrees of the door, where somebody measured them."""

    privacy = {"open": ("id", "school", "area", "from_on", "to_on", "version"), "internal": ("asked_by", "recorded_at", "recorded_by"), "child": ("child", "lat", "lon")}
    erasure = Erasure(about={"registry.Person": ("child",)}, word=("asked_by",))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="riders", verbose_name=_("学校"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    lat = models.FloatField(_("家门口纬度"), null=True, blank=True)
    lon = models.FloatField(_("家门口经度"), null=True, blank=True)
    asked_by = models.CharField(_("哪位监护人要求的"), max_length=40)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["school_id", "area_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(to_on=None), name="rider_once"),
            models.CheckConstraint(name="rider_ends_after_start", condition=ENDS),
            models.CheckConstraint(name="rider_lives_on_earth", condition=Q(lat=None, lon=None) | Q(lat__isnull=False, lon__isnull=False, lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180)),
        ]

    def __str__(self):
        return str(self.pk)


class BusSeat(models.Model):
    """From which stop of which line a child rides (座位), from when to when. drafted: proposed by a plan whose line is not filed yet."""

    privacy = {"open": ("id", "stop", "from_on", "to_on", "drafted"), "child": ("rider",)}
    erasure = Erasure(about={"registry.Person": ("rider__child",)})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rider = models.ForeignKey(Rider, on_delete=models.PROTECT, related_name="seats")
    stop = models.ForeignKey(BusStop, on_delete=models.PROTECT, related_name="seats")
    drafted = models.BooleanField(default=False)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["stop_id", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["rider"], condition=Q(to_on=None, drafted=False), name="one_bus_seat"),
            models.CheckConstraint(name="bus_seat_ends_after_start", condition=ENDS),
        ]

    def __str__(self):
        return str(self.pk)


class Receiver(models.Model):
    """An adult to whom the bus may hand a child (接车人), listed by one person with the guardian's word and confirmed by another. to_on: the first day no longer.

    words: what the guardian said to whoever listed and to whoever confirmed, a line each; no journal repeats it.
    """

    privacy = {
        "open": ("id", "from_on", "to_on"), "internal": ("listed_at", "listed_by", "confirmed_at", "confirmed_by", "version"), "sensitive": ("phone", "words"),
        "child": ("rider", "name", "relation"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("rider__child",)}, word=("name",), empty=("phone", "words"), kept={"relation": "says nothing of whom"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rider = models.ForeignKey(Rider, on_delete=models.PROTECT, related_name="receivers")
    name = models.CharField(_("接车人姓名"), max_length=40)
    relation = models.CharField(_("与孩子的关系"), max_length=20)
    phone = EncryptedText(_("手机号"))
    words = EncryptedText(_("监护人怎么说的"))
    listed_at = models.DateTimeField()
    listed_by = staff()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = staff()
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["rider_id", "listed_at"]
        constraints = [
            models.CheckConstraint(
                name="receiver_confirmed_by_another",
                condition=Q(confirmed_at=None, confirmed_by=None) | Q(confirmed_at__isnull=False, listed_by=None) | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by=F("listed_by"))),
            ),
            models.CheckConstraint(name="receiver_ends_after_start", condition=ENDS),
        ]

    def __str__(self):
        return self.relation
