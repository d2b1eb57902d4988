"""Calls for a meeting that enough sign; each signature sealed, only their number is known."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import staff
from wanjia.sealing.fields import BlindIndex, EncryptedText

from ..call_states import CALL, CallState, Side, Withdrawal
from .bodies import GoverningBody
from .meetings import AgendaItem, Meeting


class MeetingCall(models.Model):
    """Villagers or representatives ask by a signed list that a body be called (联名提议召集). roll: how many could sign as of asked_on; needs: how many must; signed: how many did.

    Once enough have signed it is due: item: the matter as it waits for the body's agenda; due_on: by when the meeting is held; meeting: the one that had it on its agenda. One that was withdrawn stays as it stood, with why.
    by_township: the township wrote it down; once enough signed, the village takes it back no more. wish_on, wish_signed: of the paper by which its bringers took it back.
    """

    machine = CALL
    privacy = {
        "open": ("id", "body", "side", "title", "words", "matter", "state", "asked_on", "roll", "needs", "signed", "bound_on", "due_on", "item", "meeting", "met_on", "withdrawn_on", "reason", "by_township", "wish_on", "wish_signed", "version"),
        "internal": ("asked_at", "asked_by", "withdrawn_by"),
    }
    erasure = Erasure(nobody="a matter of the village; who signs is sealed in its signatures")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(GoverningBody, on_delete=models.PROTECT, related_name="calls", verbose_name=_("要求召集的会议"))
    side = models.CharField(_("谁联名"), max_length=16, choices=Side)
    title = models.CharField(_("要议的事"), max_length=60)
    words = models.CharField(_("理由"), max_length=600)
    matter = models.CharField(_("须提交的事项"), max_length=20, blank=True)
    state = models.CharField(_("状态"), max_length=16, choices=CallState, default=CallState.OPEN)
    asked_on = models.DateField(_("提出日期"))
    roll = models.PositiveIntegerField(_("名册人数"))
    needs = models.PositiveIntegerField(_("要几人签名"))
    signed = models.PositiveIntegerField(_("已签名"), default=0)
    bound_on = models.DateField(_("人数够了的日期"), null=True)
    due_on = models.DateField(_("召集期限"), null=True)
    item = models.OneToOneField(AgendaItem, null=True, on_delete=models.PROTECT, related_name="asked_for_by", verbose_name=_("议题"))
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="calls", verbose_name=_("会议"))
    met_on = models.DateField(_("开会日期"), null=True)
    withdrawn_on = models.DateField(_("撤回日期"), null=True)
    reason = models.CharField(_("为什么撤回"), max_length=16, choices=Withdrawal, blank=True)
    by_township = models.BooleanField(_("乡镇登记的"), default=False)
    wish_on = models.DateField(_("撤回字据的日期"), null=True)
    wish_signed = models.PositiveIntegerField(_("字据上几人签名"), null=True)
    withdrawn_by = staff()
    asked_at = models.DateTimeField()
    asked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-asked_on", "pk"]
        indexes = [models.Index(fields=["body", "state", "due_on"], name="calls_by_state")]
        constraints = [
            models.CheckConstraint(name="call_counted_of_its_roll", condition=Q(needs__gte=1, roll__gte=F("needs"), signed__lte=F("roll"))),
            models.CheckConstraint(
                name="call_due_once_enough_signed",
                condition=Q(state__in=(CallState.OPEN, CallState.WITHDRAWN), signed__lt=F("needs"), bound_on=None, due_on=None, item=None)
                | (~Q(state=CallState.OPEN) & Q(signed__gte=F("needs"), bound_on__isnull=False, due_on__isnull=False, due_on__gte=F("bound_on"), item__isnull=False)),
            ),
            models.CheckConstraint(name="call_met_by_a_meeting", condition=Q(state=CallState.MET, meeting__isnull=False, met_on__isnull=False) | (~Q(state=CallState.MET) & Q(meeting=None, met_on=None))),
            models.CheckConstraint(name="call_withdrawn_whole", condition=(Q(state=CallState.WITHDRAWN, withdrawn_on__isnull=False) & ~Q(reason="")) | (~Q(state=CallState.WITHDRAWN) & Q(withdrawn_on=None, withdrawn_by=None, reason=""))),
            models.CheckConstraint(name="call_wish_whole", condition=Q(wish_on=None, wish_signed=None) | Q(reason=Withdrawal.BRINGERS, wish_on__isnull=False, wish_signed__isnull=False, wish_signed__gte=1, wish_signed__lte=F("signed"))),
            models.CheckConstraint(name="call_of_the_township_withdrawn_by_wish", condition=Q(by_township=False) | Q(bound_on=None) | Q(withdrawn_on=None) | Q(wish_on__isnull=False, wish_signed__isnull=False, signed__lt=F("needs") + F("wish_signed"))),
            models.CheckConstraint(name="call_withdrawn_by_another", condition=Q(withdrawn_by=None) | Q(asked_by=None) | Q(bound_on=None) | ~Q(withdrawn_by=F("asked_by"))),
        ]

    def __str__(self):
        return self.title

    @property
    def lacks(self):
        """How many signatures are missing."""
        return max(0, self.needs - self.signed)


class CallSignature(models.Model):
    """One signature of a call's list (签名). who: the call and the person's key of the register, sealed; nobody reads it, its index lets nobody sign twice. sheet: of the paper list; struck_on: it was entered by mistake, and another hand took it off."""

    privacy = {"internal": ("id", "call", "sheet", "who_index", "signed_at", "signed_by", "struck_on", "struck_by"), "sensitive": ("who",)}
    erasure = Erasure(nobody="who signed is a sealed key, which names nobody and refers to no row", kept={"who": "two keys, sealed: what the count stands on", "who_index": "of these keys"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(MeetingCall, on_delete=models.PROTECT, related_name="signatures")
    who = EncryptedText()
    who_index = BlindIndex(of="who")
    sheet = models.PositiveSmallIntegerField(_("名单第几张"))
    signed_at = models.DateTimeField()
    signed_by = staff()
    struck_on = models.DateField(null=True)
    struck_by = staff()

    class Meta:
        ordering = ["call_id", "sheet", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["who_index"], condition=Q(struck_on=None), name="a_call_is_signed_once"),
            models.CheckConstraint(name="signature_struck_by_another", condition=Q(struck_by=None) | (Q(struck_on__isnull=False) & (Q(signed_by=None) | ~Q(struck_by=F("signed_by"))))),
        ]

    def __str__(self):
        return str(self.call)
