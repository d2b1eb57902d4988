"""Who may stand at a gate: police, guards, teachers, parents; what each holds, when each cannot come, that a parent agreed."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Organisation, User, staff
from wanjia.orgs.models.dated import DatedQuerySet
from wanjia.sealing.fields import EncryptedText

from ..guard_states import Away, Holds, Told
from ..plan_states import Party
from .year import Gate, School

_OF_GUARDS = "of somebody who stands at a gate in office or by own offer; no person of the register is linked"


class Guard(models.Model):
    """Somebody who stands at gates (护学人员). school: where he is based; everybody but the police stands there alone. gate: the fixed place (定人定岗).

    weekdays: on which he can come at all; cap_week: fewer duties a week than the rule allows; leads: goes on duty as a leader (带班领导). The name of a parent tells no child.
    """

    privacy = {
        "open": ("id", "party", "unit", "school", "gate", "leads", "from_on", "to_on"),
        "internal": ("name", "user", "weekdays", "cap_week", "end_reason", "version"),
        "sensitive": ("phone",),
    }
    erasure = Erasure(nobody="police, guards and teachers in office, parents by their own offer, named for a gate; no person of the register is linked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("姓名"), max_length=40)
    party = models.CharField(_("哪一方"), max_length=8, choices=Party)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.PROTECT, related_name="guards", verbose_name=_("所在学校"))
    gate = models.ForeignKey(Gate, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("固定岗位"))
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("账号"))
    phone = EncryptedText(_("手机号"))
    weekdays = models.CharField(_("星期几能来"), max_length=7, default="1234567")
    cap_week = models.PositiveSmallIntegerField(_("每周最多几岗"), null=True, blank=True)
    leads = models.BooleanField(_("带班领导"), default=False)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    end_reason = models.CharField(_("退出原因"), max_length=60, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["unit_id", "name", "pk"]
        constraints = [
            models.CheckConstraint(name="guard_of_a_school", condition=Q(party=Party.POLICE) | Q(school__isnull=False)),
            models.CheckConstraint(name="guard_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
            models.CheckConstraint(name="guard_left_with_reason", condition=Q(to_on=None, end_reason="") | (Q(to_on__isnull=False) & ~Q(end_reason=""))),
        ]

    def __str__(self):
        return self.name


class Qualification(models.Model):
    """What a guard holds, from a day to the day before `until_on` (护学资格)."""

    privacy = {"open": ("id", "guard", "kind", "from_on", "until_on"), "internal": ("recorded_at", "recorded_by")}
    erasure = Erasure(nobody=_OF_GUARDS)
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    guard = models.ForeignKey(Guard, on_delete=models.PROTECT, related_name="qualifications")
    kind = models.CharField(_("资格"), max_length=10, choices=Holds)
    from_on = models.DateField(_("从哪天起"))
    until_on = models.DateField(_("哪天到期"))
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["guard_id", "kind", "-until_on"]
        constraints = [models.CheckConstraint(name="qualification_ends_after_start", condition=Q(until_on__gt=F("from_on")))]

    def __str__(self):
        return f"{self.guard} {self.get_kind_display()}"


class Consent(models.Model):
    """A parent offered to stand at the gate, from a day to the day before `to_on` (家长自愿护学). Without one no parent is drawn; it ends by a word."""

    privacy = {"open": ("id", "guard", "from_on", "to_on"), "internal": ("way", "recorded_at", "recorded_by", "withdrawn_at")}
    erasure = Erasure(nobody=_OF_GUARDS)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    guard = models.ForeignKey(Guard, on_delete=models.PROTECT, related_name="consents")
    way = models.CharField(_("怎么说的"), max_length=6, choices=Told)
    from_on = models.DateField(_("从哪天起"))
    to_on = models.DateField(_("到哪天为止"), help_text=_("填第一个不来的日子。"))
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["guard_id", "-from_on"]
        constraints = [models.CheckConstraint(name="consent_ends_after_start", condition=Q(to_on__gte=F("from_on")))]

    def __str__(self):
        return f"{self.guard} {self.from_on}"


class Busy(models.Model):
    """Hours of the week in which a guard cannot come (每周没空的时段): a teacher's own lessons. to_on: the first day no longer."""

    privacy = {"open": ("id", "guard", "weekdays", "starts", "ends", "from_on", "to_on"), "internal": ("version",)}
    erasure = Erasure(nobody=_OF_GUARDS)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    guard = models.ForeignKey(Guard, on_delete=models.PROTECT, related_name="busy")
    weekdays = models.CharField(_("星期几"), max_length=7)
    starts = models.TimeField(_("几点开始"))
    ends = models.TimeField(_("几点结束"))
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["guard_id", "weekdays", "starts"]
        constraints = [
            models.CheckConstraint(name="busy_ends_after_start", condition=Q(ends__gt=F("starts"))),
            models.CheckConstraint(name="busy_until_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return f"{self.guard} {self.weekdays} {self.starts}"


class GuardAbsence(models.Model):
    """A guard cannot come between two moments (不能到岗): told by telephone, on paper or in person to whoever writes it down. Nothing is deleted; whoever mistook himself takes it back."""

    privacy = {
        "open": ("id", "guard", "from_at", "until_at"),
        "internal": ("way", "recorded_at", "recorded_by", "taken_back_at"),
        "sensitive": ("why",),
    }
    erasure = Erasure(nobody=_OF_GUARDS)
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    guard = models.ForeignKey(Guard, on_delete=models.PROTECT, related_name="absences")
    from_at = models.DateTimeField(_("从几时起"))
    until_at = models.DateTimeField(_("到几时"))
    why = models.CharField(_("原因"), max_length=6, choices=Away)
    way = models.CharField(_("怎么说的"), max_length=6, choices=Told)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-from_at", "pk"]
        constraints = [models.CheckConstraint(name="guard_absence_ends_after_start", condition=Q(until_at__gt=F("from_at")))]
        indexes = [models.Index(fields=["until_at"], condition=Q(taken_back_at=None), name="guard_away")]

    def __str__(self):
        return f"{self.guard} {self.from_at}"
