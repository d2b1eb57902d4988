"""A round of asking everybody in an area: a way to look at what was asked since its first day."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, User
from wanjia.registry.row_keys import ordered_key


class Round(models.Model):
    """A round of asking (集中摸排): an area, a first and a last day. It asks nobody twice: whoever was verified since its first day is done.

    result: once it is over {village code: [done, not reached, on the roll]}; while it runs this is counted.
    """

    privacy = {"open": ("id", "area", "from_on", "to_on"), "internal": ("opened_at", "opened_by", "closed_on", "closed_because", "result")}
    erasure = Erasure(nobody="areas, days and counts")

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("范围"))
    from_on = models.DateField(_("第一天"))
    to_on = models.DateField(_("最后一天"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    closed_because = models.CharField(_("提前结束的原因"), max_length=80, blank=True)
    result = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area"], condition=Q(closed_on=None), name="one_round_runs"),
            models.CheckConstraint(name="round_ends_after_start", condition=Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return f"{self.area_id} {self.from_on}"
