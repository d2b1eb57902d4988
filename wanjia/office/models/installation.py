"""What an installation says of itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure


class Kind(models.TextChoices):
    """What a database is for: a real office and a demo never share one."""

    OFFICE = "office", _("正式办公用")
    DEMO = "demo", _("演示用")


class Installation(models.Model):
    """What this database was opened for (安装登记): one row, written once, never turned from a demo into an office."""

    privacy = {"open": ("id", "kind", "county", "opened_at", "version")}
    erasure = Erasure(nobody="the office itself")

    append_only = True

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.CharField(max_length=8, choices=Kind)
    county = models.CharField(max_length=15, blank=True)
    opened_at = models.DateTimeField()
    version = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="installation_once", condition=models.Q(id=1))]

    def __str__(self):
        return f"{self.kind} {self.county}"
