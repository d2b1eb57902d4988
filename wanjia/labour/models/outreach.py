"""Telling people of a vacancy (推送岗位, A19, A22): for whom, who was told and what they answered, who wants to hear nothing."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff

from ..reach_states import OUTREACH, OutreachState, Told, Way
from .vacancies import Vacancy
from .workers import Worker


class Outreach(models.Model):
    """A vacancy told to labourers of an area (岗位推送): which ones, how many at most, by which way. families: of homes with a child or student at school alone."""

    privacy = {
        "open": ("id", "vacancy", "area", "families", "most", "way", "state", "version", "sent_at", "reached", "left_out"),
        "internal": ("made_at", "made_by"),
    }
    erasure = Erasure(nobody="a rule and two counts", kept={"left_out": "counts"})
    machine = OUTREACH
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="outreaches", verbose_name=_("岗位"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("告诉哪里的人"))
    families = models.BooleanField(_("只告诉有学生的家庭"), default=False)
    most = models.IntegerField(_("最多告诉几个人"))
    way = models.CharField(_("怎么告诉"), max_length=5, choices=Way)
    state = models.CharField(_("状态"), max_length=12, choices=OutreachState, default=OutreachState.PLANNED)
    version = models.IntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = staff()
    sent_at = models.DateTimeField(null=True)
    reached = models.IntegerField(_("告诉了几个人"), default=0)
    left_out = models.JSONField(default=dict)  # {LeftOut: how many}

    class Meta:
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(name="outreach_tells_somebody", condition=Q(most__gte=1)),
            models.CheckConstraint(name="outreach_sent_at_its_moment", condition=Q(state=OutreachState.SENT, sent_at__isnull=False) | (~Q(state=OutreachState.SENT) & Q(sent_at=None))),
        ]

    def __str__(self):
        return f"{self.vacancy_id} {self.area_id}"


class Reached(models.Model):
    """Somebody who was told of a vacancy, once (告知记录): why, and what the answer was. student: of a home with a child or student at school, no child is named."""

    privacy = {"open": ("id",), "internal": ("outreach", "vacancy", "worker", "student", "why", "told_on", "answer", "answered_on", "recorded_by", "version")}
    erasure = Erasure(about={"registry.Person": ("worker__person",)}, kept={"why": "codes of reasons"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    outreach = models.ForeignKey(Outreach, on_delete=models.PROTECT, related_name="told")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="told")
    student = models.BooleanField(_("有学生的家庭"), default=False)
    why = models.JSONField(_("为什么告诉他"), default=list)
    told_on = models.DateField(_("哪天告诉的"))
    answer = models.CharField(_("怎么回的"), max_length=9, choices=Told, default=Told.WAITS)
    answered_on = models.DateField(null=True)
    recorded_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["outreach_id", "-student", "worker_id"]
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "worker"], name="told_of_a_vacancy_once"),
            models.CheckConstraint(name="reached_answered_on_a_day", condition=Q(answer=Told.WAITS) | Q(answered_on__isnull=False)),
        ]

    def __str__(self):
        return f"{self.worker_id} {self.told_on}"


class OptOut(models.Model):
    """A labourer who wants to hear of no vacancies (不要推送), from a day until taken back. Only his own word begins and ends it."""

    privacy = {"open": ("id",), "internal": ("worker", "from_on", "to_on", "recorded_at", "recorded_by")}
    erasure = Erasure(about={"registry.Person": ("worker__person",)})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="opt_outs")
    from_on = models.DateField(_("从哪天起"))
    to_on = models.DateField(_("哪天改回"), null=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["worker_id", "from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["worker"], condition=Q(to_on=None), name="opted_out_once"),
            models.CheckConstraint(name="opt_out_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return f"{self.worker_id} {self.from_on}"
