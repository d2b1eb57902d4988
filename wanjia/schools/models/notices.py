"""Notices that restrict or advise, whom each was served on, and what was done where one was not heeded."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, staff

from ..inspection_states import Signed
from ..notice_states import NOTICE, Asks, NoticeState, Step, Way
from .venues import Venue

LEAST = 2  # licensed officers: 噪声污染防治法 29; policy/restricting.toml says it dated
_SENT = (NoticeState.ISSUED, NoticeState.LIFTED)


class SafetyNotice(models.Model):
    """A notice to places and groups for some days (通告和倡议): with a basis it binds (通告), without one it asks (倡议书). It has a last day, and lapses by itself.

    basis: code of a law in policy/restricting.toml, "" for none; paper: which article, decision or designation; kinds: VenueKind with blanks between; until_on: its last day;
    year, serial: its number within the issuing unit, once issued, which it keeps; heir: who answers for it where the unit that issued it has ended; closing: why it was lifted or not issued.
    """

    machine = NOTICE
    privacy = {
        "open": ("id", "area", "name", "asks", "kinds", "basis", "paper", "words", "issuer", "heir", "from_on", "until_on", "state", "year", "serial", "issued_at", "ended_on", "closing", "version"),
        "internal": ("made_at", "made_by", "issued_by"),
    }
    erasure = Erasure(nobody="places, groups and units, not people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("范围"))
    name = models.CharField(_("标题"), max_length=60)
    asks = models.CharField(_("要求什么"), max_length=8, choices=Asks)
    kinds = models.CharField(_("发给哪些场所"), max_length=100, blank=True)
    basis = models.CharField(_("依据"), max_length=20, blank=True)
    paper = models.CharField(_("条款、文号"), max_length=120, blank=True)
    words = models.CharField(_("正文"), max_length=600)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("签发单位"))
    heir = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("接手单位"))
    from_on = models.DateField(_("从哪天起"))
    until_on = models.DateField(_("到哪天止"))
    state = models.CharField(_("状态"), max_length=16, choices=NoticeState, default=NoticeState.DRAFT)
    year = models.PositiveSmallIntegerField(_("年"), null=True)
    serial = models.PositiveSmallIntegerField(_("顺序号"), null=True)
    made_at = models.DateTimeField()
    made_by = staff()
    issued_at = models.DateTimeField(null=True)
    issued_by = staff()
    ended_on = models.DateField(_("哪天解除"), null=True)
    closing = models.CharField(_("为什么解除、不发"), max_length=200, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-from_on", "area_id", "pk"]
        indexes = [models.Index(fields=["state", "until_on"], name="safety_notices_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "year", "serial"], condition=Q(serial__isnull=False), name="safety_notice_numbered_once"),
            models.CheckConstraint(name="safety_notice_has_an_end", condition=Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(name="safety_notice_basis_on_paper", condition=Q(basis="") | (~Q(paper="") & ~Q(asks=Asks.ADVICE))),
            models.CheckConstraint(
                name="safety_notice_issued_by_number",
                condition=Q(state__in=_SENT, serial__isnull=False, year__isnull=False, issued_at__isnull=False) | (~Q(state__in=_SENT) & Q(serial=None, year=None, issued_at=None)),
            ),
            models.CheckConstraint(name="safety_notice_lifted_by_day", condition=Q(state=NoticeState.LIFTED, ended_on__isnull=False) | (~Q(state=NoticeState.LIFTED) & Q(ended_on=None))),
        ]

    def __str__(self):
        return self.name

    @property
    def binds(self):
        """Whether it restricts by law; else it asks."""
        return bool(self.basis)

    @property
    def answers_id(self):
        """The key of the unit that answers for it: the one that issued it, or its successor."""
        return self.heir_id or self.issuer_id

    @property
    def number(self):
        """Its number as it is printed, "" while it is not issued."""
        word = "告" if self.binds else "倡" if self.asks != Asks.ADVICE else "示"
        return f"{self.issuer.short_name or self.issuer.name}{word}〔{self.year}〕{self.serial}号" if self.serial else ""

    def covers(self):
        """Return the kinds of places that it is sent to."""
        return tuple(self.kinds.split())


class NoticeReceipt(models.Model):
    """One place or group that a notice is sent to (送达回执): served on a day, or a written reason why not.

    group: what an association or a dancing group calls itself, never a person; copies, back: sheets for homes that went out and came back signed, as counts;
    listed_at: when it came on the list, which may be after the notice went out (None: as old as the notice).
    """

    privacy = {
        "open": ("id", "notice", "area", "venue", "group", "served_on", "way", "signed", "copies", "back", "excused", "told_at", "listed_at", "version"),
        "internal": ("told_by",),
    }
    erasure = Erasure(nobody="places and groups, not people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(SafetyNotice, on_delete=models.PROTECT, related_name="receipts")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    venue = models.ForeignKey(Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("场所"))
    group = models.CharField(_("团体"), max_length=60, blank=True)
    served_on = models.DateField(_("哪天送到"), null=True, blank=True)
    way = models.CharField(_("送达方式"), max_length=8, choices=Way, blank=True)
    signed = models.CharField(_("签收"), max_length=16, choices=Signed, blank=True)
    copies = models.PositiveIntegerField(_("发给家长几份"), default=0)
    back = models.PositiveIntegerField(_("签回几份"), default=0)
    excused = models.CharField(_("为什么没送"), max_length=200, blank=True)
    told_at = models.DateTimeField(null=True)
    told_by = staff()
    listed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["notice_id", "area_id", "venue__name", "group", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "venue"], name="receipt_once_a_place"),
            models.UniqueConstraint(fields=["notice", "group"], condition=~Q(group=""), name="receipt_once_a_group"),
            models.CheckConstraint(name="receipt_of_a_place_or_a_group", condition=Q(venue__isnull=False, group="") | (Q(venue=None) & ~Q(group=""))),
            models.CheckConstraint(
                name="receipt_served_or_excused",
                condition=Q(served_on=None, way="", signed="", told_at=None, excused="")
                | (Q(served_on__isnull=False, told_at__isnull=False, excused="") & ~Q(way="") & ~Q(signed=""))
                | (Q(served_on=None, way="", signed="", told_at__isnull=False) & ~Q(excused="")),
            ),
            models.CheckConstraint(name="no_more_copies_back_than_out", condition=Q(back__lte=F("copies"))),
        ]

    def __str__(self):
        return self.venue.name if self.venue_id else self.group


class NoticeStep(models.Model):
    """What was done at a place or with a group that did not heed a notice (处置): a word first, then more, then the police. Nobody stands here by name: who it was stands on the paper that is handed over.

    reply: what was said in answer (陈述申辩), kept; evidence: what is handed over with it; licensed: officers with a licence who were there.
    """

    privacy = {"open": ("id", "receipt", "step", "day", "licensed", "unit", "handed_to", "taken_at"), "internal": ("words", "evidence", "reply", "taken_by")}
    erasure = Erasure(nobody="words about a place or a group; a person is never named")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    receipt = models.ForeignKey(NoticeReceipt, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(_("处置步骤"), max_length=10, choices=Step)
    day = models.DateField(_("日期"))
    words = models.CharField(_("看到什么"), max_length=300)
    reply = models.CharField(_("当事人怎么说"), max_length=300, blank=True)
    evidence = models.CharField(_("证据"), max_length=300, blank=True)
    licensed = models.PositiveSmallIntegerField(_("持执法证几人"))
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("处置单位"))
    handed_to = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("移送给"))
    taken_at = models.DateTimeField()
    taken_by = staff()

    class Meta:
        ordering = ["day", "taken_at"]
        constraints = [
            models.UniqueConstraint(fields=["receipt"], condition=Q(step=Step.HAND_OVER), name="handed_over_once"),
            models.CheckConstraint(name="more_than_a_word_by_two", condition=Q(step=Step.ADVISE) | Q(licensed__gte=LEAST)),
            models.CheckConstraint(
                name="handed_over_with_evidence",
                condition=(Q(step=Step.HAND_OVER, handed_to__isnull=False) & ~Q(evidence="") & ~Q(reply="")) | (~Q(step=Step.HAND_OVER) & Q(handed_to=None)),
            ),
        ]

    def __str__(self):
        return f"{self.day} {self.get_step_display()}"
