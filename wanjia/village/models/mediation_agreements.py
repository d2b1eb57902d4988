"""What two sides agreed, term by term; how it is kept; what the court said."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.sealing.fields import EncryptedText

from ..mediation_states import CourtWord, NoCourt
from .mediation import FILE, MediationCase


class MediationAgreement(models.Model):
    """An agreement (调解协议): drawn up by one hand, sealed by another; a draft until `valid_on`. Articles 28 and 29. serial: its number of the village and year, given when it takes effect.

    disputed, liable, manner: sealed; wants_court: both sides want it confirmed; touches: what no court confirms; mediator_signed: on the paper.
    """

    privacy = {
        "internal": (
            "id", "case", "village", "year", "serial", "written", "due_on", "touches", "wants_court", "drawn_on", "drawn_by", "mediator_signed", "valid_on", "sealed_by", "applied_on",
            "court_word", "court_on", "version",
        ),
        "sensitive": ("disputed", "liable", "manner", "court", "court_number"),
    }  # fmt: skip
    erasure = Erasure(kept=dict.fromkeys(("disputed", "liable", "manner", "court", "court_number"), FILE))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(MediationCase, on_delete=models.PROTECT, related_name="agreement")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    year = models.PositiveSmallIntegerField(null=True)
    serial = models.PositiveIntegerField(_("协议编号"), null=True)
    written = models.BooleanField(_("书面"))
    disputed = EncryptedText(_("事实和争议"))
    liable = EncryptedText(_("各方责任"))
    manner = EncryptedText(_("履行方式"))
    due_on = models.DateField(_("履行期限"))
    touches = models.CharField(_("涉及"), max_length=8, choices=NoCourt, blank=True)
    wants_court = models.BooleanField(_("要申请司法确认"), default=False)
    drawn_on = models.DateField(_("起草日期"))
    drawn_by = staff()
    mediator_signed = models.BooleanField(_("调解员签名"), default=False)
    valid_on = models.DateField(_("生效日期"), null=True)
    sealed_by = staff()
    applied_on = models.DateField(_("申请日期"), null=True)
    court = EncryptedText(_("法院"))
    court_word = models.CharField(_("法院怎么说"), max_length=16, choices=CourtWord, blank=True)
    court_on = models.DateField(_("裁定日期"), null=True)
    court_number = EncryptedText(_("裁定书编号"))
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "-year", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["village", "year", "serial"], name="agreement_numbered_once"),
            models.CheckConstraint(name="agreement_valid_by_number", condition=Q(valid_on=None, serial=None, year=None, mediator_signed=False) | Q(valid_on__isnull=False, valid_on__gte=F("drawn_on"), serial__isnull=False, year__isnull=False, mediator_signed=True)),
            models.CheckConstraint(name="agreement_sealed_by_another", condition=Q(sealed_by=None) | Q(drawn_by=None) | ~Q(sealed_by=F("drawn_by"))),
            models.CheckConstraint(name="court_asked_of_what_is_valid", condition=Q(applied_on=None) | (Q(valid_on__isnull=False, applied_on__gte=F("valid_on"), written=True) & ~Q(touches=NoCourt.STATUS))),
            models.CheckConstraint(name="court_answers_what_was_asked", condition=Q(court_word="", court_on=None) | (Q(court_on__isnull=False, applied_on__isnull=False, court_on__gte=F("applied_on")) & ~Q(court_word=""))),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self):
        """Its number as papers have it; "" while it is a draft."""
        return f"{self.village.short_name}调〔{self.year}〕{self.serial}号" if self.serial else ""


class MediationTerm(models.Model):
    """What one has to do by when (协议条款), and whether it was done. words, told: sealed."""

    privacy = {"internal": ("id", "agreement", "n", "due_on", "fen", "done", "told_on", "told_by", "version"), "sensitive": ("words", "told")}
    erasure = Erasure(kept=dict.fromkeys(("words", "told"), FILE), held={"words": {}})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(MediationAgreement, on_delete=models.PROTECT, related_name="terms")
    n = models.PositiveSmallIntegerField(_("第几条"))
    words = EncryptedText(_("谁做什么"))
    due_on = models.DateField(_("到哪天"))
    fen = models.PositiveBigIntegerField(_("金额(分)"), null=True)
    done = models.BooleanField(_("做到了"), null=True)
    told_on = models.DateField(_("登记日期"), null=True)
    told = EncryptedText(_("情况"))
    told_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["agreement_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "n"], name="term_numbered_once"),
            models.CheckConstraint(name="term_done_on_a_day", condition=Q(done=None, told_on=None) | Q(done__isnull=False, told_on__isnull=False)),
        ]

    def __str__(self):
        return f"第{self.n}条"
