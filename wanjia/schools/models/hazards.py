"""What was found at places: one inspection for all units, its hazards with what the five 落实 ask, orders, rechecks, pictures of the place."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, staff
from wanjia.sealing.fields import EncryptedText

from ..inspection_states import HAZARD, Grade, HazardState, Signed, When
from .venues import RoundVenue

_WORDS = "words about a place; who answers there stands by office, never by name"
LEAST = 2  # licensed officers at a place: 行政处罚法 42; policy/inspecting.toml says it dated


class Inspection(models.Model):
    """One look at one place of a round, for all units at once (现场检查). answers: {code of an item: Answer}; people, licensed: of all units together."""

    privacy = {"open": ("id", "stop", "day", "answers", "people", "licensed", "signed", "words", "recorded_at", "for_unit"), "internal": ("recorded_by",)}
    erasure = Erasure(nobody=_WORDS)
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stop = models.OneToOneField(RoundVenue, on_delete=models.PROTECT, related_name="inspection")
    day = models.DateField(_("检查日期"))
    answers = models.JSONField(_("检查项"), default=dict)
    people = models.PositiveSmallIntegerField(_("到场几人"))
    licensed = models.PositiveSmallIntegerField(_("其中持执法证"))
    signed = models.CharField(_("当事人签字"), max_length=16, choices=Signed)
    words = models.CharField(_("其他情况"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    for_unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("记录单位"))

    class Meta:
        ordering = ["-day", "-recorded_at"]
        constraints = [models.CheckConstraint(name="inspected_by_two", condition=Q(licensed__gte=LEAST, people__gte=F("licensed")))]

    def __str__(self):
        return f"{self.day} {self.stop}"


class InspectionUnit(models.Model):
    """A unit that was there (到场单位)."""

    privacy = {"open": ("id", "inspection", "unit")}
    erasure = Erasure(nobody="units, not people")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))

    class Meta:
        ordering = ["inspection_id", "unit__name"]
        constraints = [models.UniqueConstraint(fields=["inspection", "unit"], name="unit_once_at_an_inspection")]

    def __str__(self):
        return self.unit.short_name or self.unit.name


class MendOrder(models.Model):
    """An order to mend by a day (责令限期改正通知书): of one unit to one place, for all that it owns of one inspection. serial: counted within the unit and the year."""

    privacy = {"open": ("id", "inspection", "unit", "year", "serial", "day"), "internal": ("issued_at", "issued_by")}
    erasure = Erasure(nobody=_WORDS)
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="orders")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("开具单位"))
    year = models.PositiveSmallIntegerField(_("年"))
    serial = models.PositiveSmallIntegerField(_("顺序号"))
    day = models.DateField(_("开具日期"))
    issued_at = models.DateTimeField()
    issued_by = staff()

    class Meta:
        ordering = ["-year", "unit_id", "-serial"]
        constraints = [models.UniqueConstraint(fields=["unit", "year", "serial"], name="order_numbered_once")]

    def __str__(self):
        return f"{self.unit.short_name or self.unit.name}责改〔{self.year}〕{self.serial}号"


class Hazard(models.Model):
    """Something that is to be mended at a place (隐患), with a unit that owns it, a basis and a day. county, year, serial: its number.

    code: the item of the checklist, "" for what stands on none; answers: who answers at the place, by office; measure, funds, answers, due_on, fallback: the five 落实;
    closed_on: the day on which it was mended on the spot, passed or handed on; received_…: that the unit to which it was handed on has it, and what it began;
    need: its number in the ledger, once it is overdue.
    """

    machine = HAZARD
    privacy = {
        "open": (
            "id", "inspection", "county", "year", "serial", "code", "place", "words", "basis", "grade", "owner", "measure", "funds", "answers", "due_on", "fallback", "state", "order",
            "found_on", "closed_on", "mended_on", "mended_at", "mended_words", "handed_to", "handed_words", "received_at", "received_words", "need", "need_at", "version",
        ),
        "internal": ("mended_by", "received_by"),
    }  # fmt: skip
    erasure = Erasure(nobody=_WORDS)
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="hazards")
    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年"))
    serial = models.PositiveIntegerField(_("顺序号"))
    code = models.CharField(_("检查项"), max_length=20, blank=True)
    place = models.CharField(_("部位"), max_length=60, blank=True)
    words = models.CharField(_("问题"), max_length=200)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    grade = models.CharField(_("隐患等级"), max_length=8, choices=Grade)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("督办单位"))
    measure = models.CharField(_("整改措施"), max_length=200, blank=True)
    funds = models.CharField(_("整改资金"), max_length=60, blank=True)
    answers = models.CharField(_("整改责任人(职务)"), max_length=40, blank=True)
    due_on = models.DateField(_("整改期限"), null=True, blank=True)
    fallback = models.CharField(_("应急预案"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=20, choices=HazardState, default=HazardState.FOUND)
    order = models.ForeignKey(MendOrder, null=True, blank=True, on_delete=models.PROTECT, related_name="hazards", verbose_name=_("通知书"))
    found_on = models.DateField(_("发现日期"))
    closed_on = models.DateField(_("销号日期"), null=True, blank=True)
    mended_on = models.DateField(_("整改完成日期"), null=True, blank=True)
    mended_at = models.DateTimeField(null=True)
    mended_words = models.CharField(_("整改情况"), max_length=200, blank=True)
    mended_by = staff()
    handed_to = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("移送给"))
    handed_words = models.CharField(_("移送原因"), max_length=200, blank=True)
    received_at = models.DateTimeField(null=True)
    received_by = staff()
    received_words = models.CharField(_("签收移送的情况"), max_length=200, blank=True)
    need = models.CharField(_("诉求编号"), max_length=24, blank=True)
    need_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["due_on", "found_on", "serial"]
        indexes = [models.Index(fields=["state", "due_on"], name="hazards_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["county", "year", "serial"], name="hazard_numbered_once"),
            models.CheckConstraint(
                name="hazard_closed_by_when",
                condition=Q(state__in=(HazardState.FIXED, HazardState.PASSED, HazardState.TRANSFERRED), closed_on__isnull=False)
                | (~Q(state__in=(HazardState.FIXED, HazardState.PASSED, HazardState.TRANSFERRED)) & Q(closed_on=None)),
            ),
            models.CheckConstraint(name="hazard_open_has_a_day", condition=Q(state=HazardState.FIXED) | Q(due_on__isnull=False)),
            models.CheckConstraint(name="hazard_ordered_by_paper", condition=~Q(state__in=(HazardState.ORDERED, HazardState.RECHECK, HazardState.PASSED)) | Q(order__isnull=False)),
            models.CheckConstraint(name="hazard_handed_to_a_unit", condition=Q(state=HazardState.TRANSFERRED, handed_to__isnull=False) | (~Q(state=HazardState.TRANSFERRED) & Q(handed_to=None))),
            models.CheckConstraint(name="hazard_received_once_handed", condition=Q(received_at=None, received_words="") | (Q(state=HazardState.TRANSFERRED, received_at__isnull=False) & ~Q(received_words=""))),
        ]  # fmt: skip

    def __str__(self):
        return f"YH{self.year}-{self.serial:04d}"


class Recheck(models.Model):
    """A look whether a hazard is mended (复查). due_on: the new day to mend by, where it was not."""

    privacy = {"open": ("id", "hazard", "day", "passed", "words", "licensed", "due_on", "recorded_at"), "internal": ("recorded_by",)}
    erasure = Erasure(nobody=_WORDS)
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hazard = models.ForeignKey(Hazard, on_delete=models.PROTECT, related_name="rechecks")
    day = models.DateField(_("复查日期"))
    passed = models.BooleanField(_("合格"))
    words = models.CharField(_("复查情况"), max_length=200)
    licensed = models.PositiveSmallIntegerField(_("持执法证几人"))
    due_on = models.DateField(_("再改的期限"), null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["day", "recorded_at"]
        constraints = [
            models.CheckConstraint(name="rechecked_by_two", condition=Q(licensed__gte=LEAST)),
            models.CheckConstraint(name="recheck_failed_sets_a_day", condition=Q(passed=True, due_on=None) | Q(passed=False, due_on__isnull=False)),
        ]

    def __str__(self):
        return f"{self.day} {self.hazard}"


class HazardDelay(models.Model):
    """That the day to mend by was put off (整改延期): from which day to which, why, by whose hand. What was due on a past day is read from these."""

    privacy = {"open": ("id", "hazard", "was_on", "due_on", "reason", "put_at"), "internal": ("put_by",)}
    erasure = Erasure(nobody=_WORDS)
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hazard = models.ForeignKey(Hazard, on_delete=models.PROTECT, related_name="delays")
    was_on = models.DateField(_("原来的期限"))
    due_on = models.DateField(_("延到哪天"))
    reason = models.CharField(_("为什么延期"), max_length=200)
    put_at = models.DateTimeField()
    put_by = staff()

    class Meta:
        ordering = ["put_at"]
        constraints = [models.CheckConstraint(name="hazard_put_off_to_later", condition=Q(due_on__gt=F("was_on")) & ~Q(reason=""))]

    def __str__(self):
        return f"{self.due_on} {self.hazard}"


class HazardPhoto(models.Model):
    """A picture of the place before or after mending (整改照片), bare of what the camera wrote into it. body: base64 of a JPEG."""

    privacy = {"open": ("id", "hazard", "when", "taken_on"), "internal": ("recorded_at", "recorded_by"), "sensitive": ("body",)}
    erasure = Erasure(nobody="a place, never a person: whoever takes it says so")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hazard = models.ForeignKey(Hazard, on_delete=models.PROTECT, related_name="photos")
    when = models.CharField(_("整改前后"), max_length=16, choices=When)
    taken_on = models.DateField(_("哪天拍的"))
    body = EncryptedText()
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["taken_on", "recorded_at"]

    def __str__(self):
        return self.get_when_display()
