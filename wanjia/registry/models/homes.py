"""Households, people, and who belonged to which home from when to when."""

import uuid
from collections import namedtuple

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, DatedQuerySet, User
from wanjia.policy.identity import canonical_citizen_id, judge_phone
from wanjia.sealing.fields import BlindIndex, EncryptedText

from ..names import initials_of
from ..row_keys import ordered_key
from .texts import BytewiseText, Given

# What the register calls somebody who is at school: where no birth date is known, a child's protection is presumed.
# At these stages of school somebody whose birth is not known may be a minor: before any school, at one, or dropped out of it.
CHILDS_STAGES = ("not_yet", "kindergarten", "primary", "junior", "senior", "vocational", "in_school", "dropped_out")


def canonical_phone(text):
    """Return one spelling of a phone number, whatever its verdict."""
    return judge_phone(text)[0]


class HukouKind(models.TextChoices):
    """Kind of household registration; empty when not asked yet."""

    RURAL = "rural", _("农业户籍")
    URBAN = "urban", _("非农业户籍")


class HousingSafety(models.TextChoices):
    """Grade of a house by 农村住房安全性鉴定 (JGJ 125 grades)."""

    A = "A", _("A级(安全)")
    B = "B", _("B级(基本安全)")
    C = "C", _("C级(局部危险)")
    D = "D", _("D级(整幢危险)")


class IncomeSource(models.TextChoices):
    """How the income figure came about."""

    DECLARED = "declared", _("自报")
    CHECKED = "checked", _("核算")


class Household(models.Model):
    """A home (户): people under one household number in one village."""

    privacy = {
        "open": ("id", "number", "village", "group_name"),
        "internal": (
            "verified_on", "verified_by", "registered_at", "version", "hukou_kind", "income_yuan", "income_year", "income_source",
            "income_wage", "income_business", "income_transfer", "income_property", "main_expense", "causes", "housing",
            "housing_safety", "water", "power", "farmland_mu", "forest_mu", "vehicles", "grid_worker", "note", "phone_index",
        ),
        "sensitive": ("address", "phone"),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Household": ("",)},
        empty=("address", "phone", "phone_index", "note", "vehicles", "main_expense", "causes"),
        kept={
            **dict.fromkeys(("number", "group_name"), "the home is counted in its village"),
            **dict.fromkeys(("housing", "water", "power"), "of the house, not of who lived there; counted"),
            "grid_worker": "staff",
        },
    )

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    number = models.CharField(_("户编号"), max_length=24, unique=True)
    # No index of its own: the one by village and day of the last look (Meta) answers the same.
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="households", verbose_name=_("村(社区)"), db_index=False)
    group_name = models.CharField(_("村民小组"), max_length=40, blank=True)
    address = EncryptedText(_("住址"))
    phone = EncryptedText(_("联系电话"))
    phone_index = BlindIndex(of="phone", canonical=canonical_phone, db_index=False)
    hukou_kind = models.CharField(_("户籍类型"), max_length=6, choices=HukouKind, blank=True)
    income_yuan = models.IntegerField(_("年家庭收入(元)"), null=True, blank=True)
    income_year = models.SmallIntegerField(_("收入年度"), null=True, blank=True)
    income_source = models.CharField(_("收入来源口径"), max_length=8, choices=IncomeSource, blank=True)
    income_wage = models.IntegerField(_("其中工资性收入(元)"), null=True, blank=True)
    income_business = models.IntegerField(_("其中经营性收入(元)"), null=True, blank=True)
    income_transfer = models.IntegerField(_("其中转移性收入(元)"), null=True, blank=True)
    income_property = models.IntegerField(_("其中财产性收入(元)"), null=True, blank=True)
    main_expense = models.CharField(_("主要支出"), max_length=60, blank=True)
    causes = models.CharField(_("致困原因"), max_length=120, blank=True)
    housing = models.CharField(_("住房结构"), max_length=20, blank=True)
    housing_safety = models.CharField(_("住房安全等级"), max_length=1, choices=HousingSafety, blank=True)
    water = models.CharField(_("饮水"), max_length=20, blank=True)
    power = models.CharField(_("用电"), max_length=20, blank=True)
    farmland_mu = models.DecimalField(_("耕地(亩)"), max_digits=7, decimal_places=2, null=True, blank=True)
    forest_mu = models.DecimalField(_("林地(亩)"), max_digits=7, decimal_places=2, null=True, blank=True)
    vehicles = models.CharField(_("车辆"), max_length=60, blank=True)
    grid_worker = models.CharField(_("网格员"), max_length=40, blank=True)
    note = models.CharField(_("备注"), max_length=500, blank=True)
    verified_on = models.DateField(_("最近核实"), null=True, blank=True)
    verified_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("核实人"), db_index=False
    )
    registered_at = models.DateTimeField(_("建档时间"))
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "number"]
        indexes = [
            models.Index(fields=["village", "verified_on"]),
            models.Index(fields=["phone_index"], condition=Q(phone_index__isnull=False), name="home_phone"),
        ]

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


class Schooling(models.TextChoices):
    """Where a child or student stands at school (民政 form of left-behind children, 就学情况)."""

    NOT_YET = "not_yet", _("未入园")
    KINDERGARTEN = "kindergarten", _("幼儿园")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")
    SENIOR = "senior", _("高中")
    VOCATIONAL = "vocational", _("中职")
    COLLEGE = "college", _("大专及以上")
    IN_SCHOOL = "in_school", _("在校(学段待补)")
    DROPPED_OUT = "dropped_out", _("辍学")
    OUT = "out", _("不在学")


class LabourAbility(models.TextChoices):
    """Ability to work (劳动能力) in the words of the poverty register."""

    ORDINARY = "ordinary", _("普通劳动力")
    SKILLED = "skilled", _("技能劳动力")
    WEAK = "weak", _("弱劳动力")
    LOST = "lost", _("丧失劳动力")
    NONE = "none", _("无劳动力")


def _age(born, day):
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


_SEXES, _SCHOOLING = dict(Sex.choices), dict(Schooling.choices)


class ShownOnLists:
    """What lists and headings show of somebody, and of a child not: of a Person, and of a row of a list that bears the same names."""

    @property
    def is_protected(self):
        """Whether only the child's file shows who this is: a minor, or somebody whose birth date is not known at a stage of school of children."""
        if self.birth_on is None:
            return self.schooling in CHILDS_STAGES
        return _age(self.birth_on, today(timezone.now())) < 18

    @property
    def shown_name(self):
        """The name on every list and heading: a child's initials (W.X.M.), a grown-up's name."""
        return initials_of(self.name) if self.is_protected else self.name

    @property
    def shown_last4(self):
        """The last four of the number on a list; a child's stands nowhere outside its file."""
        return "" if self.is_protected else self.citizen_last4

    @property
    def shown_sex_code(self):
        """The sex as it is kept; not of a child."""
        return "" if self.is_protected else self.sex

    @property
    def shown_sex(self):
        """The sex on a list; not of a child."""
        return _SEXES.get(self.shown_sex_code, self.shown_sex_code)

    @property
    def shown_year(self):
        """The year of birth; None of a child, and where the birth is not known."""
        return None if self.is_protected or self.birth_on is None else self.birth_on.year

    @property
    def shown_birth(self):
        """The year of birth on a list, never the month beside the last four; of a child only the stage of school."""
        if self.is_protected:
            return _SCHOOLING.get(self.schooling, self.schooling)
        return str(self.shown_year or "")

    def shown_age(self, day):
        """The age on `day`; of a child none, and none where the birth is not known."""
        return None if self.is_protected or self.birth_on is None else _age(self.birth_on, day)


class Somebody(ShownOnLists, namedtuple("Somebody", "name birth_on schooling")):
    """Whoever is only named: no row is loaded for the heads of fifty homes."""


class Person(ShownOnLists, models.Model):
    """A person (人员). The number is sealed; birth date and sex are columns of their own, since a number can be corrected.

    `village` is the village that keeps this person's record: the home's village, also of somebody who left every home.
    """

    privacy = {
        "open": ("id", "name", "pinyin", "initials"),
        "internal": (
            "village", "sex", "birth_on", "ethnicity", "citizen_last4", "citizen_index", "id_absent_reason", "phone_index",
            "hukou_kind", "education", "political", "schooling", "school_name", "grade", "boards", "labour", "work",
            "monthly_income", "medical_insurance", "pension", "died_on", "home_on", "merged_into", "registered_at", "version",
        ),
        "sensitive": ("citizen_id", "phone", "phone_owner", "health"),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Person": ("",)},
        word=("name",),
        empty=(
            "pinyin", "initials", "citizen_id", "citizen_index", "citizen_last4", "phone", "phone_index", "phone_owner", "health",
            "school_name", "work",
        ),
        kept={
            **dict.fromkeys(("birth_on", "sex"), "figures of past and future days go by age and sex"),
            **dict.fromkeys(("ethnicity", "education", "political", "grade"), "counted; names nobody once the name is gone"),
        },
    )

    # Random: a child's must stay so (row_keys.py). Whoever writes many gives grown-ups ordered ones.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="people", verbose_name=_("村(社区)"), db_index=False)
    name = BytewiseText(_("姓名"), max_length=60)
    pinyin = BytewiseText(max_length=120, blank=True)
    initials = BytewiseText(max_length=40, blank=True)
    sex = models.CharField(_("性别"), max_length=1, choices=Sex, blank=True)
    birth_on = models.DateField(_("出生日期"), null=True, blank=True)
    ethnicity = models.CharField(_("民族"), max_length=20, blank=True)
    citizen_id = EncryptedText(_("身份证号"))
    citizen_index = BlindIndex(of="citizen_id", canonical=canonical_citizen_id, db_index=False)
    citizen_last4 = BytewiseText(_("身份证后四位"), max_length=4, blank=True)
    id_absent_reason = models.CharField(_("无证原因"), max_length=16, choices=IdAbsent, blank=True)
    phone = EncryptedText(_("手机号"))
    phone_index = BlindIndex(of="phone", canonical=canonical_phone, db_index=False)
    phone_owner = models.CharField(_("电话是谁的"), max_length=20, blank=True)
    hukou_kind = models.CharField(_("户籍类型"), max_length=6, choices=HukouKind, blank=True)
    health = EncryptedText(_("健康状况"))
    education = models.CharField(_("文化程度"), max_length=20, blank=True)
    political = models.CharField(_("政治面貌"), max_length=20, blank=True)
    schooling = models.CharField(_("在校状态"), max_length=12, choices=Schooling, blank=True)
    school_name = models.CharField(_("学校"), max_length=60, blank=True)
    grade = models.CharField(_("年级"), max_length=20, blank=True)
    boards = models.BooleanField(_("寄宿"), null=True, blank=True)
    labour = models.CharField(_("劳动能力"), max_length=10, choices=LabourAbility, blank=True)
    work = models.CharField(_("务工状态"), max_length=30, blank=True)
    monthly_income = models.IntegerField(_("月收入(元)"), null=True, blank=True)
    medical_insurance = models.BooleanField(_("参加医保"), null=True, blank=True)
    pension = models.BooleanField(_("参加养老保险"), null=True, blank=True)
    died_on = models.DateField(_("死亡日期"), null=True, blank=True)
    # Being registered says nothing of where somebody is; without a word of anybody, it is not known.
    home_on = models.DateField(_("最近一次说在家的日期"), null=True, blank=True)
    # No plain index: nearly every row is None, and SQLite would choose it over the household's (Meta has the partial one).
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from", db_index=False
    )
    registered_at = models.DateTimeField()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["pinyin", "birth_on", "pk"]
        indexes = [
            models.Index(fields=["name", "birth_on"]),
            models.Index(fields=["pinyin"]),
            models.Index(fields=["initials"]),
            models.Index(fields=["citizen_last4"]),
            models.Index(Given("name"), "village", name="person_given"),
            models.Index(fields=["phone_index"], condition=Q(phone_index__isnull=False), name="person_phone"),
            # Beside the rule of one person per number: whoever bears one is found along both (finding.bearing).
            models.Index(fields=["citizen_index"], condition=Q(merged_into__isnull=False), name="person_merged_number"),
            models.Index(fields=["village", "birth_on"]),
            # Who lives there is counted along it.
            models.Index(fields=["village"], condition=Q(merged_into=None), name="person_village_standing"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_merged_into"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen_index"], condition=Q(merged_into=None, citizen_index__isnull=False), name="one_person_per_number"
            ),
        ]

    def __str__(self):
        return self.name

    def age_on(self, day):
        """Return full years on `day`, or None when the birth date is unknown."""
        return None if self.birth_on is None else _age(self.birth_on, day)

    def is_minor_on(self, day):
        """Tell whether the person is known to be under 18 on `day`."""
        return self.birth_on is not None and self.age_on(day) < 18


class Membership(models.Model):
    """A person belongs to a household (家庭成员) from a day to a day, in a relation to its head."""

    privacy = {"open": ("id", "person", "household", "relation", "from_on", "to_on"), "internal": ("end_reason",)}
    erasure = Erasure(
        about={"registry.Person": ("person",)},
        word=("end_reason",),
        kept={"relation": "who was head of a home; figures of homes go by it"},
    )

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
