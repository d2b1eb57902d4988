"""How many labourers are alike: the sums that figures read, kept by every act and by every load (ADR 122)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area

from ..states import How, Place

TALLIED = ("village_id", "lifted", "watched", "relocated", "place", "how", "carried")
# What a labourer is counted by, in this order wherever such a key stands in code: what the tally tells apart, then the two days.
ALIKE = (*TALLIED, "since_on", "verified_on")
PLACES = tuple(Place.values)


class Tally(models.Model):
    """How many labourers on the roll of one village are alike now (汇总)."""

    privacy = {"internal": ("id", "village", "lifted", "watched", "relocated", "place", "how", "carried", "n")}
    erasure = Erasure(nobody="counts")

    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("村(社区)"))
    lifted = models.BooleanField()
    watched = models.BooleanField()
    relocated = models.BooleanField()
    place = models.CharField(max_length=8, choices=Place)
    how = models.CharField(max_length=9, choices=How, blank=True)
    carried = models.BooleanField()
    n = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["village", "lifted", "watched", "relocated", "place", "how", "carried"], name="tally_once"
            ),
            models.CheckConstraint(name="tally_not_below_nought", condition=Q(n__gte=0)),
        ]

    def __str__(self):
        return f"{self.village_id} {self.place} {self.n}"


class Since(models.Model):
    """How many labourers of one township are in one place since one day (在外起始日汇总): by townships, for by villages the days outnumber the people."""

    privacy = {"internal": ("id", "township", "place", "since_on", "n")}
    erasure = Erasure(nobody="counts")

    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(max_length=8, choices=Place)
    since_on = models.DateField()
    n = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["township", "place", "since_on"], name="since_once"),
            models.CheckConstraint(name="since_not_below_nought", condition=Q(n__gte=0)),
        ]

    def __str__(self):
        return f"{self.township_id} {self.place} {self.since_on} {self.n}"


class Verified(models.Model):
    """How many labourers of one township were last verified on one day (核实日汇总)."""

    privacy = {"internal": ("id", "township", "verified_on", "n")}
    erasure = Erasure(nobody="counts")

    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    verified_on = models.DateField()
    n = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["township", "verified_on"], name="verified_once"),
            models.CheckConstraint(name="verified_not_below_nought", condition=Q(n__gte=0)),
        ]

    def __str__(self):
        return f"{self.township_id} {self.verified_on} {self.n}"


class Month(models.Model):
    """One township's labourers as they stood at the end of a day, a month's last or yesterday, by where they were (月末汇总).

    What is not kept is counted from the spells and statuses of that day, and both agree: this is their memory, and nothing else. Whoever
    writes down later what was otherwise then has it forgotten (`tallying.commands.changed`, since=).
    """

    privacy = {"internal": ("id", "township", "on", "summed_at", *PLACES)}
    erasure = Erasure(nobody="counts")

    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    summed_at = models.DateTimeField()
    none = models.IntegerField(default=0)
    county = models.IntegerField(default=0)
    city = models.IntegerField(default=0)
    province = models.IntegerField(default=0)
    outside = models.IntegerField(default=0)
    abroad = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "township"], name="month_once")]

    def __str__(self):
        return f"{self.township_id} {self.on}"


class MonthSum(models.Model):
    """How many of them were alike, and where they had been at the end of the month before (月末汇总明细). No place: not on the roll."""

    privacy = {"internal": ("id", "month", "lifted", "watched", "relocated", "was", "place", "how", "carried", "n")}
    erasure = Erasure(nobody="counts")

    month = models.ForeignKey(Month, on_delete=models.CASCADE, related_name="sums", db_index=False)
    lifted = models.BooleanField()
    watched = models.BooleanField()
    relocated = models.BooleanField()
    was = models.CharField(max_length=8, choices=Place, blank=True)
    place = models.CharField(max_length=8, choices=Place, blank=True)
    how = models.CharField(max_length=9, choices=How, blank=True)
    carried = models.BooleanField()
    n = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "lifted", "watched", "relocated", "was", "place", "how", "carried"], name="month_sum_once"
            ),
        ]

    def __str__(self):
        return f"{self.month_id} {self.was} {self.place} {self.n}"


class MonthWay(models.Model):
    """How many of one township's labourers worked in one province outside at the end of a day that is kept (月末去向)."""

    privacy = {"internal": ("id", "month", "province", "n")}
    erasure = Erasure(nobody="counts", kept={"province": "a code of a province"})

    month = models.ForeignKey(Month, on_delete=models.CASCADE, related_name="ways", db_index=False)
    province = models.CharField(max_length=2, blank=True)
    n = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "province"], name="month_way_once")]

    def __str__(self):
        return f"{self.month_id} {self.province} {self.n}"
