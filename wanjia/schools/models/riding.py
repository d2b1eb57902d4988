"""A morning and an afternoon of a bus: the trip, what became of each child on it, the slip by which a parent asks where the bus is."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import User, staff
from wanjia.sealing.fields import BlindIndex, EncryptedText

from ..bus_states import BUS_RIDE, BUS_TRIP, RODE, RideState, TripState
from .buses import Attendant, Bus, BusDriver, BusLine, BusStop, Receiver, Rider
from .year import School


class BusTrip(models.Model):
    """A line driven on a day, to school or back (一趟车). bus, driver, attendant: who it was on that day; late: minutes it said that it is late, and why."""

    machine = BUS_TRIP
    privacy = {
        "open": ("id", "line", "day", "going_home", "state", "bus", "late"), "internal": ("driver", "attendant", "late_because", "opened_at", "opened_by", "ended_at", "version"),
    }  # fmt: skip
    erasure = Erasure(nobody="a trip of a bus", kept={"late_because": "why a bus is late"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(BusLine, on_delete=models.PROTECT, related_name="trips")
    day = models.DateField(_("日期"))
    going_home = models.BooleanField(_("放学"), default=False)
    state = models.CharField(max_length=18, choices=TripState, default=TripState.OPEN)
    bus = models.ForeignKey(Bus, on_delete=models.PROTECT, related_name="trips")
    driver = models.ForeignKey(BusDriver, on_delete=models.PROTECT, related_name="trips")
    attendant = models.ForeignKey(Attendant, on_delete=models.PROTECT, related_name="trips")
    late = models.PositiveSmallIntegerField(_("晚几分钟"), default=0)
    late_because = models.CharField(_("为什么晚"), max_length=60, blank=True)
    opened_at = models.DateTimeField()
    opened_by = staff()
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "going_home", "line_id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "day", "going_home"], name="bus_trip_once"),
            models.CheckConstraint(name="bus_trip_ended_with_its_moment", condition=Q(state=TripState.CLOSED, ended_at__isnull=False) | Q(state=TripState.OPEN, ended_at=None)),
        ]

    def __str__(self):
        return f"{self.line} {self.day}"


class Ride(models.Model):
    """A child on the roll of a trip (点名): aboard, not aboard, handed to which listed adult. number: on the roll of that trip, with and without names."""

    machine = BUS_RIDE
    privacy = {
        "open": ("id", "trip", "stop", "number", "state"), "internal": ("boarded_at", "left_at", "marked_at", "marked_by", "version"), "sensitive": ("words",), "child": ("rider", "receiver"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("rider__child",)}, empty=("words",))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    trip = models.ForeignKey(BusTrip, on_delete=models.PROTECT, related_name="roll")
    rider = models.ForeignKey(Rider, on_delete=models.PROTECT, related_name="rides")
    stop = models.ForeignKey(BusStop, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("几号"))
    state = models.CharField(max_length=14, choices=RideState, default=RideState.EXPECTED)
    boarded_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    receiver = models.ForeignKey(Receiver, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = EncryptedText(_("情况"))
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["trip_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["trip", "rider"], name="bus_ride_once"),
            models.UniqueConstraint(fields=["trip", "number"], name="bus_ride_numbered_once"),
            models.CheckConstraint(
                name="handed_to_a_listed_adult", condition=Q(state=RideState.HANDED, receiver__isnull=False) | (~Q(state=RideState.HANDED) & Q(receiver=None)),
            ),
            models.CheckConstraint(name="left_the_bus_at_a_moment", condition=Q(state__in=RODE, boarded_at__isnull=False, left_at__isnull=False) | (~Q(state__in=RODE) & Q(left_at=None))),
        ]

    def __str__(self):
        return str(self.number)


class BellAlarm(models.Model):
    """A bell that no line serves, while children of the school ride, was told to a person (没有车的作息). riders: how many wait; person: nobody where no such post is held."""

    privacy = {"open": ("id", "school", "day", "at", "going", "riders", "raised_at", "settled_at"), "internal": ("person",)}
    erasure = Erasure(nobody="a bell of a school, and how many wait for a bus")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="bell_alarms")
    day = models.DateField(_("日期"))
    at = models.TimeField(_("几点"))
    going = models.BooleanField(_("放学"))
    riders = models.PositiveSmallIntegerField(_("几个乘车学生"))
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("报给谁"))
    raised_at = models.DateTimeField(_("报警时间"))
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["day", "at", "school_id", "going"]
        constraints = [models.UniqueConstraint(fields=["school", "day", "at", "going"], name="bell_alarmed_once")]

    def __str__(self):
        return f"{self.day} {self.at}"


class BusSlip(models.Model):
    """A parent's slip (接送车小条): an eight-character code, shown once, that opens where the child's bus is today, and no name. A new one ends the old."""

    privacy = {"open": ("id",), "internal": ("rider", "issued_at", "ended_at", "issued_by", "code_index"), "sensitive": ("code",)}
    erasure = Erasure(
        about={"registry.Person": ("rider__child",)}, kept={"code": "eight characters that say nothing of anybody", "code_index": "of those eight characters"},
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rider = models.ForeignKey(Rider, on_delete=models.PROTECT, related_name="slips")
    code = EncryptedText()
    code_index = BlindIndex(of="code")
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rider"], condition=Q(ended_at=None), name="one_live_bus_slip")]

    def __str__(self):
        return str(self.rider_id)


class BusSlipMiss(models.Model):
    """A wrong code (接送车小条猜错记录), counted per address so that codes cannot be tried out."""

    privacy = {"internal": ("id", "address_index", "at")}
    erasure = Erasure(nobody="keyed addresses of machines")

    address_index = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField()

    def __str__(self):
        return str(self.at)
