"""Who leaves for work, on which trip, in which seat; and when whoever left is asked how it goes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, User, staff
from wanjia.policy.work_places import places
from wanjia.registry.row_keys import ordered_key
from wanjia.sealing.fields import EncryptedText
from wanjia.solving.models import Plan

from ..departure_states import LISTED, ON_BOARD, SEAT, TIMETABLED, TRIP, Called, Followed, Listed, SeatState, TripState, Vehicle
from .campaigns import Campaign, Proposal
from .vacancies import Vacancy
from .workers import Spell, Worker


class Departure(models.Model):
    """Somebody who is to be carried to work (出行登记): from the own township to a place and a firm, between two days, both included.

    campaign: the drive in which he is carried; none: he waits for the next one over his village, or goes by himself.
    family: the same key for all of a family, who ride together; health and the contact in need are sealed, for the cadre who goes along.
    """

    privacy = {
        "open": ("id", "state", "version"),
        "internal": (
            "campaign", "worker", "proposal", "vacancy", "place", "employer_name", "trade", "pay", "earliest_on", "latest_on", "family", "withdrawn_because", "listed_at", "listed_by",
        ),
        "sensitive": ("needs", "contact", "contact_phone"),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Person": ("worker__person",)}, word=("employer_name", "withdrawn_because"), empty=("needs", "contact", "contact_phone"),
        kept={"place": "a code of a city; figures go by it", "trade": "a code; figures go by it"},
    )  # fmt: skip
    machine = LISTED

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    campaign = models.ForeignKey(Campaign, null=True, on_delete=models.PROTECT, related_name="departures", db_index=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="departures", db_index=False)
    proposal = models.ForeignKey(Proposal, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    vacancy = models.ForeignKey(Vacancy, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(_("去哪里"), max_length=6)
    employer_name = models.CharField(_("用工单位"), max_length=80)
    trade = models.CharField(_("工种"), max_length=12, blank=True)
    pay = models.IntegerField(_("月工资(元)"), null=True)
    earliest_on = models.DateField(_("最早哪天能走"))
    latest_on = models.DateField(_("最晚哪天要走"))
    family = models.UUIDField(null=True)
    needs = EncryptedText(_("健康和特殊需要"))
    contact = EncryptedText(_("紧急联系人"))
    contact_phone = EncryptedText(_("紧急联系电话"))
    state = models.CharField(max_length=9, choices=Listed, default=Listed.LISTED)
    withdrawn_because = models.CharField(_("为什么不走了"), max_length=80, blank=True)
    listed_at = models.DateTimeField()
    listed_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["campaign_id", "earliest_on", "pk"]
        indexes = [models.Index(fields=["campaign", "state"], name="departure_campaign_state")]
        constraints = [
            models.UniqueConstraint(fields=["worker"], condition=Q(state=Listed.LISTED), name="one_departure_waits"),
            models.CheckConstraint(name="departure_within_its_days", condition=Q(latest_on__gte=F("earliest_on"))),
            models.CheckConstraint(name="departure_withdrawn_with_reason", condition=~Q(state=Listed.WITHDRAWN) | ~Q(withdrawn_because="")),
        ]

    def __str__(self):
        return f"{self.worker_id} → {self.place}"

    @property
    def where(self):
        """What the place is called."""
        return places().get(self.place, self.place)


class Trip(models.Model):
    """One coach or train on its way (车次), of one version of the plan. What the engine reckoned stands in `log`: [[from_s, to_s, what, leg]] in
    seconds after midnight of the day of leaving, and in its stops; carrier, plate, papers and who goes along are entered by a person.
    """

    privacy = {
        "open": ("id", "number", "kind", "leave_at", "seats", "state", "version"),
        "internal": (
            "campaign", "plan", "log", "held", "plate", "carrier", "licence", "licence_until", "insured_until", "cadre", "luggage", "left_at",
        ),
    }  # fmt: skip
    erasure = Erasure(nobody="a coach; its cadre goes along in office")
    machine = TRIP

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="trips", db_index=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField(_("第几车"))
    kind = models.CharField(_("交通工具"), max_length=5, choices=Vehicle)
    leave_at = models.DateTimeField(_("发车"))
    seats = models.IntegerField(_("座位"))
    log = models.JSONField(default=list)
    held = models.BooleanField(_("已锁定"), default=False)
    state = models.CharField(max_length=9, choices=TripState, default=TripState.PLANNED)
    plate = models.CharField(_("车牌或车次"), max_length=12, blank=True)
    carrier = models.CharField(_("承运企业"), max_length=60, blank=True)
    licence = models.CharField(_("道路客运经营许可证号"), max_length=30, blank=True)
    licence_until = models.DateField(_("许可到哪天"), null=True)
    insured_until = models.DateField(_("承运人责任险到哪天"), null=True)
    cadre = staff(verbose_name=_("随车干部"))
    luggage = models.CharField(_("行李和其他约定"), max_length=120, blank=True)
    left_at = models.DateTimeField(_("实际发车"), null=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["leave_at", "number"]
        indexes = [models.Index(fields=["cadre", "state"], name="trip_cadre_state"), models.Index(fields=["campaign", "leave_at"], name="trip_campaign_leave")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="trip_number_once"),
            models.CheckConstraint(name="trip_left_when_on_its_way", condition=~Q(state__in=(TripState.LEFT, TripState.HANDED)) | Q(left_at__isnull=False)),
        ]

    def __str__(self):
        return f"{self.leave_at:%m-%d} {self.number}"

    @property
    def is_timetabled(self):
        """Whether the railway or a line keeps its hours and drivers."""
        return self.kind in TIMETABLED

    @property
    def is_line(self):
        """Whether its few riders take a scheduled coach or train, with tickets bought together."""
        return self.kind == Vehicle.LINE


class Driver(models.Model):
    """One of the two drivers of a coach (驾驶员), and his papers."""

    privacy = {"open": ("id",), "internal": ("trip", "turn", "name", "born_on", "licence_until", "paper_until", "clean", "entered_at", "entered_by"), "sensitive": ("phone",)}
    erasure = Erasure(nobody="a carrier's driver, named on the sheet of the coach; no person of the register")

    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="drivers", db_index=False)
    turn = models.SmallIntegerField(_("第几驾驶员"))
    name = models.CharField(_("姓名"), max_length=40)
    phone = EncryptedText(_("电话"))
    born_on = models.DateField(_("出生日期"))
    licence_until = models.DateField(_("A1 驾驶证到哪天"))
    paper_until = models.DateField(_("从业资格证到哪天"))
    clean = models.BooleanField(_("已核对:3 年内没有重大以上交通责任事故"), default=False)
    entered_at = models.DateTimeField()
    entered_by = staff()
    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)

    class Meta:
        ordering = ["trip_id", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["trip", "turn"], name="one_driver_a_turn"),
            models.CheckConstraint(name="driver_is_first_or_second", condition=Q(turn__gte=1, turn__lte=2)),
        ]

    def __str__(self):
        return self.name


class Stop(models.Model):
    """Where a trip calls (停靠): a pick-up of a township, or a drop in a city; when. place: the township's area code, or six digits of the city.

    At a drop the firm signs: who, when, for how many.
    """

    privacy = {"open": ("id", "trip", "turn", "drop", "place", "name", "at"), "internal": ("arrived_at", "signer", "signed_n", "handed_by")}
    erasure = Erasure(nobody="times of a coach; its signer signs for a firm")

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="stops", db_index=False)
    turn = models.SmallIntegerField()
    drop = models.BooleanField(_("下车点"), default=False)
    place = models.CharField(max_length=12)
    name = models.CharField(_("停靠点"), max_length=60)
    at = models.DateTimeField(_("时间"), null=True)  # a train keeps the railway's own
    arrived_at = models.DateTimeField(_("到达"), null=True)
    signer = models.CharField(_("企业签收人"), max_length=40, blank=True)
    signed_n = models.IntegerField(_("签收人数"), null=True)
    handed_by = staff()

    class Meta:
        ordering = ["trip_id", "turn"]
        constraints = [
            models.UniqueConstraint(fields=["trip", "turn"], name="stop_turn_once"),
            models.CheckConstraint(name="stop_signed_whole", condition=Q(arrived_at=None, signer="", signed_n=None) | (Q(drop=True, arrived_at__isnull=False, signed_n__isnull=False, signed_n__gte=0) & ~Q(signer=""))),
        ]

    def __str__(self):
        return self.name


class Seat(models.Model):
    """A seat of somebody on a trip (座位), where he gets on and off, and what became of it on the day."""

    privacy = {
        "open": ("id", "state", "version"),
        "internal": (
            "plan", "trip", "departure", "village", "pick_up", "drop", "number", "held", "marked_at", "marked_by", "called", "called_at", "called_by", "call_words", "missing_because", "spell",
            "not_recorded",
        ),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("departure__worker__person",)}, word=("call_words", "missing_because", "not_recorded"))
    machine = SEAT

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", db_index=False)
    trip = models.ForeignKey(Trip, on_delete=models.PROTECT, related_name="seats_of", db_index=False)
    departure = models.ForeignKey(Departure, on_delete=models.PROTECT, related_name="seats")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    pick_up = models.ForeignKey(Stop, on_delete=models.PROTECT, related_name="+", db_index=False)
    drop = models.ForeignKey(Stop, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.SmallIntegerField(_("座位号"))
    held = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=SeatState, default=SeatState.BOOKED)
    marked_at = models.DateTimeField(null=True)
    marked_by = staff()
    called = models.CharField(_("联系结果"), max_length=9, choices=Called, blank=True)
    called_at = models.DateTimeField(null=True)
    called_by = staff()
    call_words = models.CharField(_("情况"), max_length=100, blank=True)
    missing_because = models.CharField(_("为什么没有到厂"), max_length=100, blank=True)
    spell = models.OneToOneField(Spell, null=True, on_delete=models.PROTECT, related_name="seat")
    not_recorded = models.CharField(_("务工没有自动登记"), max_length=200, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["trip_id", "number"]
        indexes = [models.Index(fields=["village", "state"], name="seat_village_state")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "departure"], condition=Q(state__in=ON_BOARD), name="one_seat_a_plan"),
            models.UniqueConstraint(fields=["trip", "number"], name="seat_number_once"),
            models.CheckConstraint(name="seat_missing_with_reason", condition=~Q(state=SeatState.MISSING) | ~Q(missing_because="")),
            models.CheckConstraint(name="seat_called_with_day", condition=Q(called="", called_at=None) | (~Q(called="") & Q(called_at__isnull=False))),
        ]

    def __str__(self):
        return f"{self.trip_id} {self.number}"


class FollowUp(models.Model):
    """A promise to ask how it goes (送达回访): 7, 30 and 90 days after the hand-over, on somebody's desk."""

    privacy = {"open": ("id",), "internal": ("seat", "village", "after_days", "due_on", "owner", "done_on", "result", "words", "done_by")}
    erasure = Erasure(about={"registry.Person": ("seat__departure__worker__person",)}, word=("words",))

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="follow_ups", db_index=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    after_days = models.SmallIntegerField(_("送达后几天"))
    due_on = models.DateField(_("哪天以前"))
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("谁回访"))
    done_on = models.DateField(_("哪天问到的"), null=True)
    result = models.CharField(_("回访结果"), max_length=9, choices=Followed, blank=True)
    words = models.CharField(_("情况"), max_length=120, blank=True)
    done_by = staff()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_on=None), name="follow_up_waits"),
            models.Index(fields=["village", "due_on"], name="follow_up_village"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["seat", "after_days"], name="follow_up_once"),
            models.CheckConstraint(name="follow_up_done_with_result", condition=Q(done_on=None, result="") | (Q(done_on__isnull=False) & ~Q(result=""))),
        ]

    def __str__(self):
        return f"{self.seat_id} {self.after_days}"
