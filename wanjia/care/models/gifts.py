"""One thing for every pupil of a roll (物资发放): the distribution, what was ordered and came by size, what each pupil got."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Organisation, staff
from wanjia.registry.models import Person

from ..wish_states import GIFTS, SERVED, GiftState, Goes, Served, Sizing


class Distribution(models.Model):
    """A distribution (发放): one thing for each pupil on a school's roll, nobody left out, no reason given.

    grades: names of the classes, a line each, empty for the whole school; reserve: parts of a hundred ordered on top, by size.
    """

    machine = GIFTS
    privacy = {
        "open": ("id", "school", "name", "thing", "sizing", "giver", "state", "reserve", "version"),
        "internal": ("grades", "opened_at", "opened_by", "closed_at", "closed_by", "rest"),
    }  # fmt: skip
    erasure = Erasure(nobody="what a school gives out, and where things went that were left over")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("学校"))
    name = models.CharField(_("名称"), max_length=60)
    thing = models.CharField(_("发什么"), max_length=40)
    sizing = models.CharField(_("尺码"), max_length=8, choices=Sizing)
    giver = models.CharField(_("谁送的"), max_length=60, blank=True)
    grades = models.TextField(blank=True)
    reserve = models.PositiveSmallIntegerField(_("备用(%)"), default=5)
    state = models.CharField(max_length=13, choices=GiftState, default=GiftState.SIZING)
    opened_at = models.DateTimeField()
    opened_by = staff()
    closed_at = models.DateTimeField(null=True)
    closed_by = staff()
    rest = models.CharField(_("余下的放在哪里"), max_length=100, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="distribution_named_once"),
            models.CheckConstraint(name="distribution_reserve", condition=Q(reserve__lte=50)),
            models.CheckConstraint(name="distribution_closed_by_another", condition=Q(closed_by=None) | Q(opened_by=None) | ~Q(closed_by=F("opened_by"))),
        ]

    def __str__(self):
        return self.name


class GiftStock(models.Model):
    """How many of one size were ordered and came (订货、到货)."""

    privacy = {"open": ("id", "distribution", "size", "ordered", "arrived")}
    erasure = Erasure(nobody="counts by size", kept={"size": "a size"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    distribution = models.ForeignKey(Distribution, on_delete=models.PROTECT, related_name="stock")
    size = models.CharField(max_length=6)
    ordered = models.PositiveIntegerField(default=0)
    arrived = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["distribution_id", "size"]
        constraints = [models.UniqueConstraint(fields=["distribution", "size"], name="stock_once_a_size")]

    def __str__(self):
        return f"{self.size} {self.arrived}"


class Gift(models.Model):
    """A pupil of the roll and what it got (发放明细). size: what it wears, or was given; grade: its class when the roll was taken."""

    machine = SERVED
    privacy = {
        "open": ("id", "distribution", "state", "goes"), "internal": ("size", "sized_at", "sized_by", "given_on", "given_by", "version"), "child": ("child", "grade"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("child",)}, kept={"grade": "a class of many; says nothing of whom", "size": "a size"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    distribution = models.ForeignKey(Distribution, on_delete=models.PROTECT, related_name="roll")
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    grade = models.CharField(_("班级"), max_length=20, blank=True)
    size = models.CharField(_("尺码"), max_length=6, blank=True)
    sized_at = models.DateTimeField(null=True)
    sized_by = staff()
    state = models.CharField(max_length=12, choices=Served, default=Served.LISTED)
    given_on = models.DateField(null=True)
    given_by = staff()
    goes = models.CharField(_("离校孩子那一份怎么办"), max_length=12, choices=Goes, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["distribution_id", "grade", "pk"]
        constraints = [
            models.CheckConstraint(name="gift_goes_of_who_left", condition=Q(goes="") | Q(state=Served.LEFT)),
            models.UniqueConstraint(fields=["distribution", "child"], name="one_gift_a_pupil"),
            models.CheckConstraint(
                name="given_with_size_and_day",
                condition=Q(state=Served.GIVEN, given_on__isnull=False) & ~Q(size="") | ~Q(state=Served.GIVEN) & Q(given_on=None),
            ),
        ]

    def __str__(self):
        return str(self.get_state_display())
