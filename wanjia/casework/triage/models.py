"""A county's own dated triage grid."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, DatedQuerySet

from ..states import Difficulty, Urgency


class GridCell(models.Model):
    """One cell of a county's own triage grid (研判等级表), in force from a day to a day; without one the default holds."""

    privacy = {
        "open": ("id", "county", "urgency", "difficulty", "tiers", "days", "unit", "hint", "from_on", "to_on"),
        "internal": ("set_by",),
    }
    erasure = Erasure(nobody="a county's table of grades")

    county = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    urgency = models.CharField(_("紧急程度"), max_length=10, choices=Urgency)
    difficulty = models.CharField(_("难易程度"), max_length=10, choices=Difficulty)
    tiers = models.CharField(_("可承办层级"), max_length=40)
    days = models.SmallIntegerField(_("期限(天)"))
    unit = models.CharField(max_length=10, choices=[("working", _("工作日")), ("calendar", _("自然日"))])
    hint = models.CharField(_("提示"), max_length=120, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["county_id", "urgency", "difficulty", "from_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["county", "urgency", "difficulty"], condition=Q(to_on=None), name="one_live_cell_per_grade"
            )
        ]

    def __str__(self):
        return f"{self.county} {self.get_urgency_display()}×{self.get_difficulty_display()}"
