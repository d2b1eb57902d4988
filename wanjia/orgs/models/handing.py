"""What somebody who left, or a unit that ended, still holds: a dated task until it is in other hands."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure

from .units import Organisation


class Handover(models.Model):
    """A hand-over that stands (离岗交接): access ended before what was held lay in other hands.

    user: who left, None where the unit itself ended or has nobody; told: the unit that has to see to it now, by the level it has climbed to.
    """

    privacy = {
        "open": ("id", "organisation", "opened_at", "due_on", "level", "told", "done_at"),
        "internal": ("user", "reason", "opened_by_name", "done_by", "done_by_name"),
    }
    erasure = Erasure(nobody="who of the staff left what to whom")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="handovers", verbose_name=_("离岗的人"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="handovers", verbose_name=_("单位"))
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    opened_at = models.DateTimeField(_("从什么时候起"))
    opened_by_name = models.CharField(max_length=60)
    due_on = models.DateField(_("最迟交接日期"))
    level = models.SmallIntegerField(default=0)
    told = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("由谁落实"))
    done_at = models.DateTimeField(_("交接完成时间"), null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    done_by_name = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["due_on", "opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation"], condition=Q(done_at=None), name="one_standing_handover_a_person"),
            models.UniqueConstraint(fields=["organisation"], condition=Q(done_at=None, user=None), name="one_standing_handover_a_unit"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.user or self.organisation} {self.due_on}"
