"""The ladder (督办阶梯): which rung a clock of a need has climbed, and what a coordinator is told each working morning."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Organisation

from ..states import Climbs, Level


class Rung(models.Model):
    """One rung that one clock of a need has climbed (催办、督办、提级): once a clock, and never taken back.

    turn: which running of the clock, so that a new one climbs anew and an old one is never taken for it: the round and whether it was put
    off; the step, its first day and its holder; what was asked, when; the item of an agenda. passed: it fell due while nobody looked, or
    beside a higher one, and is only noted: nobody was told of it and no paper was made. n: the line of the need's timeline that says so.
    """

    privacy = {
        "open": ("id", "need", "clock", "turn", "level", "starts_on", "ends_on", "due_on", "at", "passed", "n", "step", "round", "holder", "told"),
    }
    erasure = Erasure(nobody="numbers, dates and units")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="rungs")
    clock = models.CharField(_("哪个时限"), max_length=8, choices=Climbs)
    turn = models.CharField(max_length=60)
    level = models.SmallIntegerField(_("督办阶梯"), choices=Level)
    starts_on = models.DateField()
    ends_on = models.DateField(_("到期日"))  # of the clock
    due_on = models.DateField()  # of the rung
    at = models.DateTimeField()
    passed = models.BooleanField(default=False)
    n = models.IntegerField()
    step = models.CharField(max_length=12, blank=True)
    round = models.SmallIntegerField(default=0)
    holder = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    told = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("告诉哪个单位"))

    class Meta:
        ordering = ["need_id", "n", "level"]
        indexes = [models.Index(fields=["at"])]
        constraints = [models.UniqueConstraint(fields=["need", "clock", "turn", "level"], name="rung_once_a_clock")]

    def __str__(self):
        return f"{self.need_id} {self.clock} {self.level}"


class Digest(models.Model):
    """What a coordinating unit was told on the morning of one working day (每日提要): counts alone, as they stood.

    content: {"counts": {word: n}, "rungs": {level: n}, "below": [{"unit", "name", "late", "waiting"}]}.
    """

    privacy = {"open": ("id", "organisation", "day", "at", "content")}
    erasure = Erasure(nobody="counts and names of units")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        ordering = ["-day", "organisation_id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "day"], name="digest_once_a_day")]

    def __str__(self):
        return f"{self.organisation_id} {self.day}"
