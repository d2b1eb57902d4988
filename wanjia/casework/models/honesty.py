"""Whether what was struck off stays so: what a need keeps of it, the rechecks of the tier above, and what looks like sham closing."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Organisation

from ..states import Again, Pattern, RecheckFor, Way, Word

# Written by acts alone, like the rest of what may change on a need.
HONEST = ("recheck_for", "recheck_due_on", "contradicted_on", "again", "follows")


class Looked(models.Model):
    """The part of a need that says whether it waits for the tier above, and whether its closing was contradicted since."""

    recheck_for = models.CharField(_("为什么抽查"), max_length=10, choices=RecheckFor, blank=True)
    recheck_due_on = models.DateField(_("抽查期限"), null=True, blank=True)
    contradicted_on = models.DateField(_("推翻日期"), null=True, blank=True)  # the first day on which what was called back or struck off was contradicted
    again = models.CharField(_("是不是上次没解决"), max_length=4, choices=Again, blank=True)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by", verbose_name=_("上次那件"))

    class Meta:
        abstract = True


class Recheck(models.Model):
    """The next tier's own look at a need (抽查): a random share, every child's, what was complained of, what looks like sham closing.

    reached: somebody was met or reached; else it was a try in vain and says nothing. word: the household's own, where it was asked.
    """

    privacy = {"open": ("id", "need", "at", "agrees", "reached", "word"), "internal": ("words", "way", "by", "by_org", "round")}
    erasure = Erasure(about={"casework.Need": ("need",)}, word=("words",))
    append_only = True

    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="rechecks")
    at = models.DateTimeField()
    agrees = models.BooleanField(_("属实"))
    reached = models.BooleanField(_("联系上了"), default=True)
    way = models.CharField(_("方式"), max_length=8, choices=Way, blank=True)
    word = models.CharField(_("诉求人说"), max_length=10, choices=Word, blank=True)
    words = models.CharField(_("抽查情况"), max_length=300, blank=True)  # of before sealing; today's lie in Saying
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    round = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["at"]
        constraints = [models.CheckConstraint(name="recheck_in_vain_says_nothing", condition=Q(reached=True) | Q(agrees=False, word=""))]

    def __str__(self):
        return f"{self.need_id} {self.agrees}"


class Finding(models.Model):
    """Something about several needs that looks like sham closing (疑点): which rule, of which unit's needs, why in numbers.

    It says nothing of any person and is no judgement: its needs go to the list of rechecks, and what is found there is the answer.
    facts: the numbers of its sentence.
    """

    privacy = {"internal": ("id", "rule", "unit", "at", "facts")}
    erasure = Erasure(nobody="a rule, a unit and counts")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    rule = models.CharField(_("疑点"), max_length=16, choices=Pattern)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self):
        return f"{self.rule} {self.unit_id}"


class FindingNeed(models.Model):
    """One need of a finding (疑点所涉诉求): found once by each rule each time it was reported done.

    round: which report of done it was, from 1 on (0: found before rounds were kept); called: whether it was put on the list of rechecks for it.
    """

    privacy = {"internal": ("id", "finding", "need", "rule", "round", "called")}
    erasure = Erasure(nobody="keys")
    append_only = True

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="needs")
    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="findings")
    rule = models.CharField(max_length=16, choices=Pattern)
    round = models.SmallIntegerField(default=0)
    called = models.BooleanField(default=False)

    class Meta:
        ordering = ["finding_id", "need_id"]
        constraints = [models.UniqueConstraint(fields=["rule", "need", "round"], name="found_once_by_each_rule_and_round")]

    def __str__(self):
        return f"{self.finding_id} {self.need_id}"
