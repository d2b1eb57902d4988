"""Job fairs (现场招聘会, A21): the fair, an employer's stall, whoever registered there, what came of the offer."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, staff

from ..reach_states import FAIR_PART, FairPart
from .day_markets import Card
from .employers import Employer
from .vacancies import Start, Vacancy


class Fair(models.Model):
    """A job fair (现场招聘会): which day, where, who hosts it. unit: whose list it is."""

    privacy = {"open": ("id", "area", "unit", "name", "day", "place", "hosts", "called_off_because", "version"), "internal": ("recorded_at", "recorded_by")}
    erasure = Erasure(nobody="events")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("在哪里办"))
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("主办单位"))
    name = models.CharField(_("招聘会名称"), max_length=60)
    day = models.DateField(_("哪天"))
    place = models.CharField(_("地点"), max_length=80)
    hosts = models.CharField(_("承办、协办单位"), max_length=120, blank=True)
    called_off_because = models.CharField(_("取消的原因"), max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["area", "name", "day"], name="fair_once_a_day")]

    def __str__(self):
        return self.name


class Stall(models.Model):
    """An employer's stall at a fair (展位). Its vacancies are those of the employer that stand open on the day."""

    privacy = {"open": ("id", "fair", "employer", "number"), "internal": ("recorded_at", "recorded_by")}
    erasure = Erasure(nobody="firms")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fair = models.ForeignKey(Fair, on_delete=models.PROTECT, related_name="stalls", verbose_name=_("招聘会"))
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="stalls", verbose_name=_("用工单位"))
    number = models.IntegerField(_("展位号"))
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["fair_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["fair", "employer"], name="one_stall_an_employer"),
            models.UniqueConstraint(fields=["fair", "number"], name="one_stall_number_once"),
            models.CheckConstraint(name="stall_number_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self):
        return f"{self.number} {self.employer}"


class Registration(models.Model):
    """Somebody who registered at a stall for a vacancy (求职登记), what came of it, and the start it led to."""

    privacy = {"open": ("id", "stall", "vacancy", "state", "version", "offered_on"), "internal": ("card", "start", "recorded_at", "recorded_by")}
    erasure = Erasure(about={"registry.Person": ("card__worker__person",)})
    machine = FAIR_PART
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stall = models.ForeignKey(Stall, on_delete=models.PROTECT, related_name="registrations", verbose_name=_("展位"))
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="registrations")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="+", verbose_name=_("岗位"))
    state = models.CharField(_("状态"), max_length=8, choices=FairPart, default=FairPart.SIGNED)
    version = models.IntegerField(default=0)
    offered_on = models.DateField(_("哪天达成意向"), null=True)
    start = models.OneToOneField(Start, null=True, on_delete=models.PROTECT, related_name="registration")
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["stall_id", "recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["stall", "card", "vacancy"], name="registered_for_a_vacancy_once"),
            models.CheckConstraint(name="registration_offered_on_a_day", condition=~Q(state__in=(FairPart.OFFERED, FairPart.STARTED)) | Q(offered_on__isnull=False)),
            models.CheckConstraint(name="registration_started_by_a_start", condition=Q(state=FairPart.STARTED, start__isnull=False) | (~Q(state=FairPart.STARTED) & Q(start=None))),
        ]

    def __str__(self):
        return f"{self.stall_id} {self.card_id}"
