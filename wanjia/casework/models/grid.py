"""A county's own dated triage grid, and the changes of it that waited for another unit."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Asked, DatedQuerySet

from ..states import Difficulty, Urgency


class Graded(models.Model):
    """What a cell says: for which grades, which tiers may hold the need, by when."""

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    urgency = models.CharField(_("紧急程度"), max_length=10, choices=Urgency)
    difficulty = models.CharField(_("难易程度"), max_length=10, choices=Difficulty)
    tiers = models.CharField(_("可承办层级"), max_length=40)
    days = models.SmallIntegerField(_("期限(天)"))
    unit = models.CharField(max_length=10, choices=[("working", _("工作日")), ("calendar", _("自然日"))])
    hint = models.CharField(_("提示"), max_length=120, blank=True)
    from_on = models.DateField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.county} {self.get_urgency_display()}×{self.get_difficulty_display()}"


class GridCell(Graded):
    """One cell of a county's own triage grid (研判等级表), in force from a day to a day; without one the default holds."""

    privacy = {
        "open": ("id", "county", "urgency", "difficulty", "tiers", "days", "unit", "hint", "from_on", "to_on"),
        "internal": ("set_by", "agreed_by"),
    }
    erasure = Erasure(nobody="a county's table of grades")

    to_on = models.DateField(null=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")  # of another unit

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["county_id", "urgency", "difficulty", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "urgency", "difficulty"], condition=Q(to_on=None), name="one_live_cell_per_grade"
            )
        ]


class CellChange(Graded, Asked):
    """A change of one cell that gives more time (研判表改动): no rule and no clock reads it; agreed to, it becomes a GridCell."""

    privacy = {
        "open": ("id", "county", "urgency", "difficulty", "tiers", "days", "unit", "hint", "from_on"),
        "internal": ("by", "by_name", "by_org", "units", "at", "state", "decided_by", "decided_name", "decided_org", "decided_at", "words"),
    }
    erasure = Erasure(nobody="a county's table of grades and the staff who keep it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        ordering = ["-at"]
