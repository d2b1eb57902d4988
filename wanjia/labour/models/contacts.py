"""Who was asked how a labourer is, and what became of it; what a corrected spell said before; two records of one labourer made one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import User
from wanjia.registry.row_keys import ordered_key

from ..states import Result
from .workers import Spell, Worker


class Contact(models.Model):
    """A try to reach a labourer (联系记录): which day, by whom, what came of it. No call is asked twice: rounds read these rows."""

    privacy = {"open": ("id",), "internal": ("worker", "on", "result", "recorded_at", "recorded_by")}
    erasure = Erasure(about={"registry.Person": ("worker__person",)})
    append_only = True

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="contacts", db_index=False)
    on = models.DateField(_("哪天"))
    result = models.CharField(_("结果"), max_length=12, choices=Result)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["worker_id", "-recorded_at", "pk"]
        indexes = [models.Index(fields=["worker", "recorded_at"], name="contact_worker_at")]

    def __str__(self):
        return f"{self.worker_id} {self.on} {self.result}"


class Change(models.Model):
    """What a spell said before it was corrected (更正前的记录)."""

    privacy = {"open": ("id",), "internal": ("spell", "was", "recorded_at", "recorded_by")}
    erasure = Erasure(about={"registry.Person": ("spell__worker__person",)}, keys={"was": ("employer_name", "source")})
    append_only = True
    KEPT = ("from_on", "to_on", "place", "area", "employer_name", "trade", "pay", "how", "carried", "evidence", "source")

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    spell = models.ForeignKey(Spell, on_delete=models.PROTECT, related_name="changes")
    was = models.JSONField(_("更正前"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["spell_id", "-recorded_at", "pk"]

    def __str__(self):
        return f"{self.spell_id} {self.recorded_at:%Y-%m-%d}"

    @classmethod
    def of(cls, spell):
        """Return what a spell says now, as `was` keeps it."""
        return {name: "" if (value := getattr(spell, name)) is None else str(value) for name in cls.KEPT}


class RollMerge(models.Model):
    """Two records of one labourer made one along with the register's (名册随人合并): which spells and other rows moved, so that it is taken back exactly."""

    privacy = {"open": ("id",), "internal": ("gone", "kept", "moved", "at", "undone_at")}
    erasure = Erasure(about={"registry.Person": ("gone__person", "kept__person")}, kept={"moved": "keys of rows, and whether somebody stood on the roll"})

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    gone = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="joined_into", db_index=False)
    kept = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="joined_from")
    moved = models.JSONField()
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="roll_merged_once")]

    def __str__(self):
        return f"{self.gone_id} → {self.kept_id}"
