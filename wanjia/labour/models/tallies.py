"""How many labourers of a village are alike: the sums that figures read, kept by every act and by every load."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area

from ..states import How, Place

# What a labourer is counted by, in this order wherever such a key stands in code.
ALIKE = ("village_id", "lifted", "watched", "relocated", "place", "how", "carried")


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
