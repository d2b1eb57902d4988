"""Who helps: people, the query of their records, their teams."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Organisation, User
from wanjia.orgs.models.dated import DatedQuerySet
from wanjia.policy import pairing as policy
from wanjia.registry.models import Person, Sex
from wanjia.sealing.fields import EncryptedText

from ..states import Cleared, HelperKind, TeamKind

CAPACITY = policy.editions()[-1].capacity  # of who is written down with none said; an act says what is in force on its day
MOST = max(one.most for one in policy.editions())  # what no edition of the rules goes beyond: the database holds to it


class Helper(models.Model):
    """Somebody who helps children (帮扶人): a cadre, a teacher, somebody retired, a volunteer; `user` is the account, where there is one.

    `person` is the record in the register of homes, where somebody lives in the county: kin are found along it.
    `speaks` and `skills` are codes and words with spaces between.
    """

    privacy = {
        "open": ("id", "user", "name", "kind", "organisation"),
        "internal": ("person", "sex", "speaks", "skills", "capacity", "insured_until", "from_on", "to_on", "end_reason", "version"),
        "sensitive": ("phone",),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Person": ("person",)},
        word=("name", "end_reason"),
        empty=("phone", "skills"),
        kept=dict.fromkeys(("sex", "speaks"), "counted; says nothing of whom once the name is gone"),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.PROTECT, related_name="helper", verbose_name=_("账号"))
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("在册人员"))
    name = models.CharField(_("姓名"), max_length=60)
    kind = models.CharField(_("类别"), max_length=10, choices=HelperKind)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="helpers", verbose_name=_("单位"))
    sex = models.CharField(_("性别"), max_length=1, choices=Sex, blank=True)
    phone = EncryptedText(_("手机号"))
    speaks = models.CharField(_("会说"), max_length=60, blank=True)
    skills = models.CharField(_("特长"), max_length=60, blank=True)
    capacity = models.PositiveSmallIntegerField(_("最多帮几个孩子"), default=CAPACITY)
    insured_until = models.DateField(_("志愿者保险到期"), null=True, blank=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)  # the first day no longer
    end_reason = models.CharField(_("离任原因"), max_length=60, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["organisation_id", "name", "pk"]
        constraints = [
            models.CheckConstraint(name="helper_capacity", condition=Q(capacity__gte=0, capacity__lte=MOST)),
            models.CheckConstraint(name="helper_ends_after_start", condition=Q(to_on=None) | Q(to_on__gt=F("from_on"))),
            models.CheckConstraint(name="helper_left_with_reason", condition=Q(to_on=None, end_reason="") | (Q(to_on__isnull=False) & ~Q(end_reason=""))),
        ]

    def __str__(self):
        return self.name


class BackgroundCheck(models.Model):
    """A query whether somebody may be near children (背景审查): what was answered, never what stands there; 未成年人保护法 62.

    Appended only; the last one counts, from `on` to the day before `until_on` (twelve months).
    """

    privacy = {
        "open": ("id", "helper", "on", "until_on"),
        "internal": ("result", "authority", "recorded_at", "recorded_by"),
        "sensitive": ("reference",),
    }
    erasure = Erasure(about={"registry.Person": ("helper__person",)}, empty=("reference",), kept={"authority": "the office that answered"})

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="checks")
    on = models.DateField(_("查询日期"))
    until_on = models.DateField(_("有效至"))
    result = models.CharField(_("结果"), max_length=10, choices=Cleared)
    authority = models.CharField(_("查询机关"), max_length=60)
    reference = EncryptedText(_("回执编号"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["helper_id", "-on", "-recorded_at"]
        constraints = [models.CheckConstraint(name="check_counts_for_a_time", condition=Q(until_on__gt=F("on")))]

    def __str__(self):
        return f"{self.helper} {self.on}"


class Team(models.Model):
    """A team of people who help (志愿服务队): volunteers, an art troupe, elders, judges."""

    privacy = {"open": ("id", "name", "kind", "organisation", "from_on", "to_on"), "internal": ("version",)}
    erasure = Erasure(nobody="teams")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("队伍名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=10, choices=TeamKind)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="care_teams", verbose_name=_("主管单位"))
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="team_named_once")]

    def __str__(self):
        return self.name


class TeamMember(models.Model):
    """Somebody belongs to a team from a day to a day (队员)."""

    privacy = {"open": ("id", "team", "helper", "from_on", "to_on")}
    erasure = Erasure(about={"registry.Person": ("helper__person",)}, kept={})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="teams")
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["team_id", "helper_id", "from_on"]
        constraints = [models.UniqueConstraint(fields=["team", "helper"], condition=Q(to_on=None), name="in_a_team_once")]

    def __str__(self):
        return f"{self.team} · {self.helper}"
