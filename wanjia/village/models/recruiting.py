"""Recruitment of members of the party (发展党员): 25 steps, each with its day. Restricted further than the branch; each reading is in the journal. No number of an ID card, nothing sent to the national system."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import staff
from wanjia.orgs.models.dated import DatedQuerySet
from wanjia.registry.models import Person
from wanjia.sealing.fields import EncryptedText

from ..branch_states import CANDIDATE, Background, Breach, CandidateState, MentorKind
from .bodies import GoverningBody
from .branch import PartyMember


class Candidate(models.Model):
    """Somebody who applied (发展对象档案). serial: its number in the branch, by which lists name it; extended: months by which probation was extended; reason: sealed, why it was stopped."""

    machine = CANDIDATE
    privacy = {
        "internal": ("id", "body", "serial", "person", "background", "state", "extended", "extended_on", "opened_on", "closed_on", "opened_at", "opened_by", "version"),
        "sensitive": ("reason",),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("person",)}, empty=("reason",))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(GoverningBody, on_delete=models.PROTECT, related_name="+", verbose_name=_("党支部"))
    serial = models.PositiveIntegerField(_("编号"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("姓名"))
    background = models.CharField(_("来源"), max_length=18, choices=Background)
    state = models.CharField(_("状态"), max_length=18, choices=CandidateState, default=CandidateState.OPEN)
    extended = models.PositiveSmallIntegerField(_("延长预备期(月)"), default=0)
    extended_on = models.DateField(_("哪天决定延长"), null=True)
    opened_on = models.DateField(_("建档日期"))
    closed_on = models.DateField(_("结束日期"), null=True)
    reason = EncryptedText(_("为什么终止"))
    opened_at = models.DateTimeField()
    opened_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["body_id", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["body", "serial"], name="candidate_numbered_once"),
            models.UniqueConstraint(fields=["person"], condition=Q(state=CandidateState.OPEN), name="one_open_candidate"),
            models.CheckConstraint(name="candidate_closed_on_a_day", condition=Q(state=CandidateState.OPEN, closed_on=None) | (~Q(state=CandidateState.OPEN) & Q(closed_on__isnull=False))),
            models.CheckConstraint(name="probation_extended_on_a_day", condition=Q(extended=0, extended_on=None) | Q(extended__gte=6, extended__lte=12, extended_on__isnull=False)),
        ]

    def __str__(self):
        return str(self.serial)


class RecruitStep(models.Model):
    """One of the 25 steps, done on a day (发展步骤). breach: what does not agree with the rules, kept as it was when written down; earliest: the day before which it was too early, or after which it lapsed.

    words: sealed; struck_on: it was written down wrongly and counts no longer; acked_by: the second hand who has seen the breach.
    """

    privacy = {
        "internal": ("id", "candidate", "number", "day", "hours", "breach", "bound", "why", "written_at", "written_by", "acked_at", "acked_by", "struck_on", "struck_by", "version"),
        "sensitive": ("words", "struck_words"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("candidate__person",)}, empty=("words", "struck_words"), kept={"why": "a sentence of the rules"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField(_("第几步"))
    day = models.DateField(_("哪天"))
    hours = models.PositiveSmallIntegerField(_("培训学时"), null=True)
    words = EncryptedText(_("说明"))
    breach = models.CharField(_("与细则不符"), max_length=14, choices=Breach, default=Breach.NONE)
    bound = models.DateField(_("规定的日期"), null=True)
    why = models.CharField(_("依据"), max_length=160, blank=True)
    written_at = models.DateTimeField()
    written_by = staff()
    acked_at = models.DateTimeField(null=True)
    acked_by = staff()
    struck_on = models.DateField(_("哪天作废"), null=True)
    struck_words = EncryptedText(_("为什么作废"))
    struck_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["candidate_id", "number", "day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "number", "day"], condition=Q(struck_on=None), name="recruit_step_once"),
            models.CheckConstraint(name="recruit_step_of_the_25", condition=Q(number__gte=1, number__lte=25)),
            models.CheckConstraint(name="breach_seen_by_another", condition=Q(acked_by=None) | Q(written_by=None) | ~Q(acked_by=F("written_by"))),
            models.CheckConstraint(name="only_a_breach_is_acknowledged", condition=Q(acked_at=None) | ~Q(breach=Breach.NONE)),
            models.CheckConstraint(name="step_struck_by_another", condition=Q(struck_by=None) | Q(written_by=None) | ~Q(struck_by=F("written_by"))),
        ]

    def __str__(self):
        return str(self.number)


class RecruitMentor(models.Model):
    """A full member beside somebody who applied (培养联系人、入党介绍人). to_on: the first day no longer."""

    privacy = {"internal": ("id", "candidate", "member", "kind", "from_on", "to_on", "named_at", "named_by")}
    erasure = Erasure(about={"registry.Person": ("member__person", "candidate__person")})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="mentors")
    member = models.ForeignKey(PartyMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("党员"))
    kind = models.CharField(_("联系人、介绍人"), max_length=12, choices=MentorKind)
    from_on = models.DateField(_("从哪天起"))
    to_on = models.DateField(_("到哪天止"), null=True)
    named_at = models.DateTimeField()
    named_by = staff()

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["candidate_id", "kind", "from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "member", "kind"], condition=Q(to_on=None), name="a_mentor_once"),
            models.CheckConstraint(name="mentor_ends_later", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return str(self.member)
