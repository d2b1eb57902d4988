"""The yearly audit of minors' personal information, as it was published."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, User


class MinorsAudit(models.Model):
    """One published report (未成年人个人信息保护审计报告) of a county and a year: counts as of a day, frozen under its number."""

    privacy = {"open": ("id", "area", "year", "as_of", "number", "digest"), "internal": ("content", "published_at", "published_by", "unit")}
    erasure = Erasure(nobody="counts, roles, units and places; no figure names anybody")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year = models.IntegerField(_("年度"))
    as_of = models.DateField(_("截至"))
    number = models.CharField(_("文号"), max_length=40, unique=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("印发时间"))
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-published_at"]
        constraints = [models.UniqueConstraint(fields=["area", "year", "as_of"], name="one_minors_audit_per_day")]

    def __str__(self):
        return self.number
