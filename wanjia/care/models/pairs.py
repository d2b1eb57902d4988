"""Who is paired with whom, from when to when."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models.dated import DatedQuerySet
from wanjia.registry.models import Person

from ..states import PairEnd
from .teams import Helper


class Pair(models.Model):
    """A child and the one person who answers for its company (结对): 一对一 where the helper has no other, else 一对多 – counted, never typed.

    `to_on` is the first day no longer. `handed_to` is the pair that goes on after it; `held` a pair that no plan may part.
    """

    privacy = {
        "open": ("id", "helper", "from_on", "to_on"),
        "internal": ("reason", "end_reason", "handed_to", "held", "plan_number", "version"),
        "child": ("child",),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("child",)}, word=("reason",), kept={})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="pairs", verbose_name=_("孩子"))
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="pairs", verbose_name=_("帮扶人"))
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    reason = models.CharField(_("为什么这样结对"), max_length=200, blank=True)
    end_reason = models.CharField(_("终止原因"), max_length=10, choices=PairEnd, blank=True)
    handed_to = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="taken_from")
    held = models.BooleanField(_("不作调整"), default=False)
    plan_number = models.PositiveIntegerField(_("方案"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["helper_id", "from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(to_on=None), name="one_live_pair_a_child"),
            models.CheckConstraint(name="pair_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
            models.CheckConstraint(name="pair_ended_with_reason", condition=Q(to_on=None, end_reason="") | (Q(to_on__isnull=False) & ~Q(end_reason=""))),
        ]

    def __str__(self):
        return f"{self.helper} {self.from_on}"
