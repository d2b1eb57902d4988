"""What follows a decision: filed with the township, put up in the village, objected to and answered."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.sealing.fields import EncryptedText

from ..states import Opinion, Outcome, Told
from .meetings import AgendaItem


class Filing(models.Model):
    """A decision filed with the village's two committees and the township (备案): its number, what the two say, what the township says to it.

    year, serial: its number within the village; days: from the decision to the filing; heard: what the party branch and the village committee say (两委意见).
    """

    privacy = {
        "open": ("id", "item", "area", "year", "serial", "filed_on", "days", "heard", "opinion", "opinion_words", "answered_on", "version"),
        "internal": ("filed_at", "filed_by", "answered_at", "answered_by"),
    }
    erasure = Erasure(nobody="opinions of units on a decision, not on people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="filing", verbose_name=_("决定"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    year = models.PositiveSmallIntegerField(_("年"))
    serial = models.PositiveSmallIntegerField(_("顺序号"))
    filed_on = models.DateField(_("备案日期"))
    days = models.PositiveIntegerField(_("决定以后几天"), null=True)
    heard = models.CharField(_("两委意见"), max_length=300)
    filed_at = models.DateTimeField()
    filed_by = staff()
    opinion = models.CharField(_("备案意见"), max_length=10, choices=Opinion, blank=True)
    opinion_words = models.CharField(_("意见内容"), max_length=300, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-filed_on", "area_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "year", "serial"], name="filing_numbered_once"),
            models.CheckConstraint(name="filing_answered_whole", condition=Q(opinion="", answered_on=None, answered_at=None) | (~Q(opinion="") & Q(answered_on__isnull=False, answered_at__isnull=False))),
            models.CheckConstraint(name="correction_says_what", condition=~Q(opinion=Opinion.CORRECTED) | ~Q(opinion_words="")),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self):
        """Its number as it is printed."""
        return f"{self.area.short_name}备〔{self.year}〕{self.serial}号"


class PublicNotice(models.Model):
    """A decision put up in the village (公示): from a day to its last day. It comes down by itself; while an objection waits for its answer it stays up.

    withdrawn_on: taken down before, for an objection was upheld or the township orders correction; the decision goes back to its body.
    """

    privacy = {
        "open": ("id", "item", "area", "where", "words", "from_on", "until_on", "withdrawn_on", "withdrawn_because", "version"),
        "internal": ("posted_at", "posted_by"),
    }
    erasure = Erasure(nobody="what the village decided, as it hung on the board")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="notices", verbose_name=_("决定"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    where = models.CharField(_("贴在哪里"), max_length=80)
    words = models.CharField(_("公示内容"), max_length=600)
    from_on = models.DateField(_("公示第一天"))
    until_on = models.DateField(_("公示最后一天"))
    posted_at = models.DateTimeField()
    posted_by = staff()
    withdrawn_on = models.DateField(_("撤下日期"), null=True)
    withdrawn_because = models.CharField(_("为什么撤下"), max_length=300, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-from_on", "area_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item"], condition=Q(withdrawn_on=None), name="put_up_once"),
            models.CheckConstraint(name="public_notice_has_an_end", condition=Q(until_on__gte=F("from_on"))),
            models.CheckConstraint(name="public_notice_withdrawn_with_words", condition=Q(withdrawn_on=None, withdrawn_because="") | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because=""))),
        ]

    def __str__(self):
        return self.item.title


class Objection(models.Model):
    """An objection to a public notice (异议): by name or without; answered by somebody, with a reason. name, words: sealed."""

    privacy = {
        "open": ("id", "notice", "told_on", "way", "outcome", "answer", "answered_on", "answered_for"),
        "internal": ("told_at", "told_by", "answered_at", "answered_by", "version"), "sensitive": ("name", "words"),
    }  # fmt: skip
    erasure = Erasure(about={"village.Objection": ("",)}, empty=("name", "words"), word=("answer",), kept={"answered_for": "a committee"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="objections", verbose_name=_("公示"))
    name = EncryptedText(_("提出人"))
    words = EncryptedText(_("异议内容"))
    way = models.CharField(_("怎么提的"), max_length=8, choices=Told)
    told_on = models.DateField(_("提出日期"))
    told_at = models.DateTimeField()
    told_by = staff()
    outcome = models.CharField(_("处理结果"), max_length=10, choices=Outcome, blank=True)
    answer = models.CharField(_("答复"), max_length=400, blank=True)
    answered_for = models.CharField(_("谁答复"), max_length=60, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["told_on", "told_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="objection_answered_whole",
                condition=Q(outcome="", answer="", answered_for="", answered_on=None, answered_at=None) | (~Q(outcome="") & ~Q(answer="") & ~Q(answered_for="") & Q(answered_on__isnull=False, answered_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.told_on} {self.notice}"
