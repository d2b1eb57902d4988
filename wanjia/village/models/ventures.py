"""Ventures of homes by consent (庭院经济、四季花乡): what is offered, in which months, how to reach it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.registry.models import Household
from wanjia.sealing.fields import EncryptedText

from ..appraisal_states import Spoken
from ..craft_states import VENTURE, VentureState


class Venture(models.Model):
    """A home's venture (庭院经济), in the words it agreed to: written by one, shown by another, gone at once when the home says so, its contact with it. from_month after to_month: over the new year."""

    machine = VENTURE
    privacy = {
        "open": ("id", "village", "state", "kind", "from_month", "to_month", "shown_on", "version"),
        "internal": ("home", "called", "words", "consent", "consented_on", "heard", "written_at", "written_by", "shown_by", "withdrawn_on"),
        "sensitive": ("contact",),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Household": ("home",)}, word=("called", "words", "heard"), empty=("contact",), kept={"kind": "a kind of the published list; names nobody"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    kind = models.CharField(_("做什么"), max_length=20)
    called = models.CharField(_("公布的名字"), max_length=40)
    words = models.CharField(_("有什么"), max_length=120)
    from_month = models.PositiveSmallIntegerField(_("从几月"))
    to_month = models.PositiveSmallIntegerField(_("到几月"))
    contact = EncryptedText(_("本户同意公开的联系方式"))
    consent = models.CharField(_("怎么同意的"), max_length=10, choices=Spoken)
    consented_on = models.DateField(_("哪天同意的"))
    heard = models.CharField(_("谁在场"), max_length=80, blank=True)
    state = models.CharField(max_length=20, choices=VentureState, default=VentureState.WRITTEN)
    written_at = models.DateTimeField()
    written_by = staff()
    shown_on = models.DateField(_("哪天公布"), null=True)
    shown_by = staff()
    withdrawn_on = models.DateField(_("哪天撤下"), null=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-written_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["home", "kind"], condition=Q(state__in=(VentureState.WRITTEN, VentureState.SHOWN)), name="one_venture_of_a_kind"),
            models.CheckConstraint(name="venture_months", condition=Q(from_month__gte=1, from_month__lte=12, to_month__gte=1, to_month__lte=12)),
            models.CheckConstraint(name="venture_shown_by_another", condition=Q(shown_by=None) | Q(written_by=None) | ~Q(shown_by=F("written_by"))),
            models.CheckConstraint(name="venture_heard_by_word", condition=Q(consent=Spoken.PAPER) | ~Q(heard="")),
            models.CheckConstraint(
                name="venture_shown_by_days",
                condition=Q(state=VentureState.WRITTEN, shown_on=None, withdrawn_on=None) | Q(state=VentureState.SHOWN, shown_on__isnull=False, withdrawn_on=None)
                | Q(state=VentureState.WITHDRAWN, withdrawn_on__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.called
