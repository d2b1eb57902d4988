"""Homes and people. What changes has dates; what is sensitive is sealed; what can be derived is not stored."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.fields import BlindIndex, EncryptedText
from wanjia.orgs.models import Area, DatedQuerySet
from wanjia.policy.identity import canonical_citizen_id


class Household(models.Model):
    """A home (户): people under one household number in one village."""

    privacy = {
        "open": ("id", "number", "village", "group_name"),
        "internal": ("verified_on", "registered_at", "version", "income_yuan", "income_year", "note"),
        "sensitive": ("address", "phone"),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("户编号"), max_length=24, unique=True)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="households", verbose_name=_("村(社区)"))
    group_name = models.CharField(_("村民小组"), max_length=40, blank=True)
    address = EncryptedText(_("住址"))
    phone = EncryptedText(_("联系电话"))
    income_yuan = models.IntegerField(_("年家庭收入(元)"), null=True, blank=True)
    income_year = models.SmallIntegerField(_("收入年度"), null=True, blank=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    verified_on = models.DateField(_("最近核实"), null=True, blank=True)
    registered_at = models.DateTimeField(_("建档时间"))
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "number"]
        indexes = [models.Index(fields=["village", "verified_on"])]

    def __str__(self):
        return self.number


class Sex(models.TextChoices):
    """Sex as GB/T 2261.1 words it."""

    MALE = "男", _("男")
    FEMALE = "女", _("女")


class IdAbsent(models.TextChoices):
    """Why somebody has no citizen number in the register."""

    NOT_REGISTERED = "not_registered", _("未落户")
    TO_FOLLOW = "to_follow", _("待补录")
    UNWILLING = "unwilling", _("不愿提供")


class Person(models.Model):
    """A person (人员). The number is sealed; birth date and sex are columns of their own, since a number can be corrected."""

    privacy = {
        "open": ("id", "name", "pinyin"),
        "internal": (
            "sex", "birth_on", "ethnicity", "citizen_last4", "citizen_index", "id_absent_reason", "education", "schooling",
            "school_name", "grade", "boards", "died_on", "merged_into", "registered_at", "version",
        ),
        "sensitive": ("citizen_id", "phone", "phone_owner", "health"),
    }  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("姓名"), max_length=60)
    pinyin = models.CharField(max_length=120, blank=True)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex, blank=True)
    birth_on = models.DateField(_("出生日期"), null=True, blank=True)
    ethnicity = models.CharField(_("民族"), max_length=20, blank=True)
    citizen_id = EncryptedText(_("身份证号"))
    citizen_index = BlindIndex(of="citizen_id", canonical=canonical_citizen_id)
    citizen_last4 = models.CharField(max_length=4, blank=True)
    id_absent_reason = models.CharField(_("无证原因"), max_length=16, choices=IdAbsent, blank=True)
    phone = EncryptedText(_("手机号"))
    phone_owner = models.CharField(_("电话是谁的"), max_length=20, blank=True)
    health = EncryptedText(_("健康状况"))
    education = models.CharField(_("文化程度"), max_length=20, blank=True)
    schooling = models.CharField(_("在校状态"), max_length=20, blank=True)
    school_name = models.CharField(_("学校"), max_length=60, blank=True)
    grade = models.CharField(_("年级"), max_length=20, blank=True)
    boards = models.BooleanField(_("寄宿"), null=True, blank=True)
    died_on = models.DateField(_("死亡日期"), null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from")
    registered_at = models.DateTimeField()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["pinyin", "birth_on", "pk"]
        indexes = [models.Index(fields=["name", "birth_on"]), models.Index(fields=["pinyin"])]

    def __str__(self):
        return self.name

    def age_on(self, day):
        """Return full years on `day`, or None when the birth date is unknown."""
        if self.birth_on is None:
            return None
        return day.year - self.birth_on.year - ((day.month, day.day) < (self.birth_on.month, self.birth_on.day))


class Membership(models.Model):
    """A person belongs to a household (家庭成员) from a day to a day, in a relation to its head."""

    privacy = {"open": ("id", "person", "household", "relation", "from_on", "to_on"), "internal": ("end_reason",)}

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(_("与户主关系"), max_length=20)
    from_on = models.DateField(_("起"), null=True, blank=True)
    to_on = models.DateField(_("止"), null=True, blank=True)
    end_reason = models.CharField(_("迁出原因"), max_length=40, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["household_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "household"], condition=Q(to_on=None), name="one_live_membership_per_home"),
            models.CheckConstraint(
                name="membership_ends_after_start", condition=Q(from_on=None) | Q(to_on=None) | Q(to_on__gte=models.F("from_on"))
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.relation} · {self.household}"
