"""Whom a version of the routes leaves at home, and what would take them."""

import uuid

from django.db import models

from wanjia.kernel.erasure import Erasure
from wanjia.solving.models import Plan

from .buses import Rider


class Unserved(models.Model):
    """A home that a version of the routes cannot serve (排不上的户): the smallest loosening of one rule that would, in the engine's words, or none; or what is missing. kind: seats, ride, bell, early; door, school."""

    privacy = {"internal": ("id", "plan", "kind", "amount", "zh", "en"), "child": ("rider",)}
    erasure = Erasure(about={"registry.Person": ("rider__child",)}, kept=dict.fromkeys(("kind", "zh", "en"), "which rule of the buses would have to give way, by the number of a home in the run"))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    rider = models.ForeignKey(Rider, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, blank=True)
    amount = models.PositiveIntegerField(default=0)
    zh = models.CharField(max_length=200)
    en = models.CharField(max_length=300)

    class Meta:
        ordering = ["plan_id", "rider_id"]
        constraints = [models.UniqueConstraint(fields=["plan", "rider"], name="unserved_once_a_version")]

    def __str__(self):
        return self.kind
