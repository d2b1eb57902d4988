"""What is kept of a hundred-day campaign's departures, township by township: a memory of a count (ADR 123), told by `tallying.departed`."""

from django.db import models

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area

from ..states import How


class Departed(models.Model):
    """One township's departures within one campaign's days, summed (行动外出汇总). Not fresh: something was written since, the rows are asked until it is summed again."""

    privacy = {"internal": ("id", "township", "starts", "ends", "fresh", "summed_at")}
    erasure = Erasure(nobody="counts")

    township = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    starts = models.DateField()
    ends = models.DateField()
    fresh = models.BooleanField(default=False)
    summed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["starts", "ends", "township"], name="departed_once")]

    def __str__(self):
        return f"{self.township_id} {self.starts}"


class DepartedSum(models.Model):
    """How many of them began on one day in one way, and of how many people it was the first of its kind (行动外出汇总明细)."""

    privacy = {"internal": ("id", "departed", "on", "how", "carried", "n", "people", "people_organised", "people_carried")}
    erasure = Erasure(nobody="counts")

    departed = models.ForeignKey(Departed, on_delete=models.CASCADE, related_name="sums", db_index=False)
    on = models.DateField()
    how = models.CharField(max_length=9, choices=How, blank=True)
    carried = models.BooleanField()
    n = models.IntegerField()
    people = models.IntegerField()
    people_organised = models.IntegerField()
    people_carried = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["departed", "on", "how", "carried"], name="departed_sum_once")]

    def __str__(self):
        return f"{self.departed_id} {self.on} {self.n}"
