"""The canteen of elders who stay behind: where, who eats there and how, each meal of each day, and the call when somebody did not come."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, staff
from wanjia.orgs.models.dated import DatedQuerySet
from wanjia.registry.models import Person
from wanjia.sealing.fields import EncryptedText

from ..class_states import EATEN, MEAL, SERVED, CallResult, Eaten, MealKind, MealState


class Canteen(models.Model):
    """A canteen (爱心食堂) of a village: which meals, what one costs, how much of it the diner pays. Money is in fen."""

    privacy = {"open": ("id", "name", "unit", "area", "place", "meal", "served_at", "price", "share", "from_on", "to_on", "version"), "internal": ("looked_on",)}
    erasure = Erasure(nobody="canteens")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("食堂名称"), max_length=60)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("主办单位"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    place = models.CharField(_("地点"), max_length=80)
    meal = models.CharField(_("哪一餐"), max_length=6, choices=MealKind)
    served_at = models.TimeField(_("几点开饭"))
    price = models.PositiveIntegerField(_("每餐成本(分)"))
    share = models.PositiveIntegerField(_("老人自付(分)"))
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    looked_on = models.DateField(null=True, blank=True)  # up to this day the clock has noted which meals nobody opened; None: from its next look on
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["area_id", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "name", "meal"], condition=Q(to_on=None), name="canteen_named_once"),
            models.CheckConstraint(name="canteen_share_within_price", condition=Q(share__lte=F("price"))),
        ]

    def __str__(self):
        return self.name


class Diner(models.Model):
    """Somebody who eats at a canteen (就餐老人): on which days of the week, what diet, whether it is brought home, whom to call. weekdays: digits, 1 is Monday."""

    privacy = {
        "open": ("id", "canteen", "person", "from_on", "to_on"), "internal": ("weekdays", "brought", "contact", "recorded_at", "recorded_by", "version"),
        "sensitive": ("diet", "phone"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("person",)}, word=("contact",), empty=("diet", "phone"), kept={"weekdays": "days of the week"})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    canteen = models.ForeignKey(Canteen, on_delete=models.PROTECT, related_name="diners")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="dines")  # named: a merge of the register moves what it finds by its name
    weekdays = models.CharField(_("星期几来"), max_length=7)
    diet = EncryptedText(_("忌口"))
    brought = models.BooleanField(_("送餐上门"), default=False)
    contact = models.CharField(_("紧急联系人"), max_length=40, blank=True)
    phone = EncryptedText(_("联系人电话"))
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["canteen_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["canteen", "person"], condition=Q(to_on=None), name="diner_once"),
            models.CheckConstraint(name="diner_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return str(self.person)


class Meal(models.Model):
    """A canteen's meal of one day (一餐): prices as they were that day. One that nobody opened is noted by the clock, and has no moment of opening."""

    machine = MEAL
    privacy = {"open": ("id", "canteen", "day", "state", "price", "share"), "internal": ("opened_at", "opened_by", "closed_at", "version")}
    erasure = Erasure(nobody="a meal of a day")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    canteen = models.ForeignKey(Canteen, on_delete=models.PROTECT, related_name="meals")
    day = models.DateField()
    state = models.CharField(max_length=11, choices=MealState, default=MealState.OPEN)
    price = models.PositiveIntegerField()
    share = models.PositiveIntegerField()
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = staff()
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "canteen_id"]
        indexes = [
            models.Index(fields=["day"], condition=Q(state=MealState.OPEN), name="meals_open"),  # the clock asks it every minute
            models.Index(fields=["canteen"], condition=Q(state=MealState.SILENT), name="meals_silent"),  # the desk asks it with every page
        ]
        constraints = [models.UniqueConstraint(fields=["canteen", "day"], name="one_meal_a_day")]

    def __str__(self):
        return f"{self.canteen} {self.day}"


class Serving(models.Model):
    """A diner at a meal (就餐): came, brought home, said beforehand, or missed and called. paid: fen that the diner pays for it."""

    machine = EATEN
    privacy = {"open": ("id", "meal", "diner", "state", "paid"), "internal": ("missed_at", "called_the_day", "marked_at", "marked_by", "version")}
    erasure = Erasure(about={"registry.Person": ("diner__person",)})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meal = models.ForeignKey(Meal, on_delete=models.PROTECT, related_name="servings")
    diner = models.ForeignKey(Diner, on_delete=models.PROTECT, related_name="servings")
    state = models.CharField(max_length=12, choices=Eaten, default=Eaten.PLANNED)
    paid = models.PositiveIntegerField(default=0)
    missed_at = models.DateTimeField(null=True, blank=True)
    called_the_day = models.BooleanField(_("当天打了电话"), null=True, blank=True)  # None: nobody has called yet
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["meal_id", "pk"]
        indexes = [models.Index(fields=["missed_at"], condition=Q(state=Eaten.MISSED), name="servings_to_call")]  # every page of whoever keeps a canteen asks it
        constraints = [
            models.UniqueConstraint(fields=["meal", "diner"], name="served_once"),
            models.CheckConstraint(name="paid_for_what_was_served", condition=Q(paid=0) | Q(state__in=SERVED)),
            models.CheckConstraint(name="missed_has_its_moment", condition=~Q(state__in=(Eaten.MISSED, Eaten.REACHED)) | Q(missed_at__isnull=False)),
        ]

    def __str__(self):
        return str(self.state)


class MissedCall(models.Model):
    """A call to an elder who did not come to a meal (未就餐联系): appended only; one that nobody answered is followed by another, or by a visit."""

    privacy = {"open": ("id", "serving", "at", "result"), "internal": ("by",), "sensitive": ("words",)}
    erasure = Erasure(about={"registry.Person": ("serving__diner__person",)}, empty=("words",))
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    serving = models.ForeignKey(Serving, on_delete=models.PROTECT, related_name="calls")
    at = models.DateTimeField()
    by = staff()
    result = models.CharField(_("怎么样"), max_length=9, choices=CallResult)
    words = EncryptedText(_("情况"))

    class Meta:
        ordering = ["serving_id", "at"]

    def __str__(self):
        return str(self.result)
