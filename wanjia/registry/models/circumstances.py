"""What is true of a person or a home from a day to a day. Nothing here is an enum on the person."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import said
from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import DatedQuerySet, User
from wanjia.policy.aid import is_aid
from wanjia.policy.statuses import scheme
from wanjia.sealing.fields import EncryptedText

from ..row_keys import ordered_key
from .homes import Household, Person


class DatedStatus(models.Model):
    """A status somebody or a home holds under a scheme (身份类别): 低保, 残疾, 服刑 …; schemes are data of `policy`."""

    privacy = {
        "open": ("id", "household"),
        "internal": ("scheme", "scheme_version", "from_on", "to_on", "review_on", "end_reason", "recorded_at", "recorded_by", "source"),
        "sensitive": ("person", "code", "grade", "evidence"),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Person": ("person",), "registry.Household": ("household",)},
        word=("source", "end_reason"),
        empty=("evidence",),
        kept=dict.fromkeys(("scheme", "scheme_version", "code", "grade"), "codes; figures go by them"),
    )

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="statuses")
    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="statuses")
    scheme = models.CharField(_("类别"), max_length=30)
    scheme_version = models.CharField(_("口径"), max_length=20)
    code = models.CharField(_("情形"), max_length=30)
    grade = models.CharField(_("等级"), max_length=10, blank=True)
    evidence = EncryptedText(_("依据"))
    source = models.CharField(_("来源"), max_length=60, blank=True)
    from_on = models.DateField(_("起"), null=True, blank=True)
    to_on = models.DateField(_("止"), null=True, blank=True)
    end_reason = models.CharField(_("终止原因"), max_length=60, blank=True)
    review_on = models.DateField(_("应复核"), null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["scheme", "from_on", "pk"]
        indexes = [models.Index(fields=["scheme", "code"]), models.Index(fields=["review_on"])]
        constraints = [
            models.CheckConstraint(
                name="status_of_person_or_household",
                condition=Q(person=None, household__isnull=False) | Q(person__isnull=False, household=None),
            ),
            models.CheckConstraint(
                name="status_ends_after_start", condition=Q(from_on=None) | Q(to_on=None) | Q(to_on__gte=models.F("from_on"))
            ),
        ]

    def __str__(self):
        return f"{self.scheme}:{self.code}"

    @property
    def masked_holder(self):
        """Whose it is, as a list shows it: 李*明, or the household's number."""
        return self.person.shown_name if self.person else self.household.number

    @property
    def scheme_words(self):
        """The scheme's name, in the reader's language."""
        return said(scheme(self.scheme))

    @property
    def is_aid(self):
        """Whether it is aid that brings money: it does not end without a hearing."""
        return is_aid(self.scheme, self.code, today(timezone.now()))

    @property
    def words(self):
        """The status in words: "智力 三级"."""
        return scheme(self.scheme).words(self.code, self.grade)


class Absence(models.Model):
    """A person is away from home, mostly for work (外出), from a day to a day."""

    privacy = {
        "open": ("id",),
        "internal": ("person", "place", "for_work", "from_on", "to_on", "source", "recorded_at", "recorded_by"),
    }
    erasure = Erasure(about={"registry.Person": ("person",)}, word=("place", "source"))

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="absences")
    place = models.CharField(_("去向"), max_length=80)
    for_work = models.BooleanField(_("外出务工"), default=True)
    from_on = models.DateField(_("外出时间"), null=True, blank=True)
    to_on = models.DateField(_("返回时间"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["person_id", "from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_start", condition=Q(from_on=None) | Q(to_on=None) | Q(to_on__gte=models.F("from_on"))
            ),
        ]

    def __str__(self):
        return f"{self.person} → {self.place}"


class ParentLine(models.TextChoices):
    """Which parent."""

    FATHER = "father", _("父亲")
    MOTHER = "mother", _("母亲")


class Parentage(models.Model):
    """Who a child's father or mother is (父母): a person of the register, or a name somebody knows."""

    privacy = {
        "open": ("id",),
        "internal": ("child", "line", "parent", "known_name", "ended_on", "recorded_at", "recorded_by"),
        "sensitive": ("phone",),
    }
    erasure = Erasure(about={"registry.Person": ("child", "parent")}, word=("known_name",), empty=("phone",))

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="parents")
    line = models.CharField(_("父或母"), max_length=6, choices=ParentLine)
    parent = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    known_name = models.CharField(_("姓名"), max_length=60, blank=True)
    phone = EncryptedText(_("联系电话"))
    ended_on = models.DateField(_("更正日期"), null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["child_id", "line"]
        constraints = [
            models.UniqueConstraint(fields=["child", "line"], condition=Q(ended_on=None), name="one_father_one_mother"),
            models.CheckConstraint(name="parent_is_somebody_else", condition=Q(parent=None) | ~Q(parent=models.F("child"))),
        ]

    def __str__(self):
        return f"{self.get_line_display()} {self.parent or self.known_name}"


class CareKind(models.TextChoices):
    """On what footing somebody looks after the child."""

    PARENT = "parent", _("父母照护")
    GUARDIAN = "guardian", _("法定监护")
    ENTRUSTED = "entrusted", _("委托照护")
    INTERIM = "interim", _("临时监护")


class CareEntrustment(models.Model):
    """Who cares for a child in the parents' place (委托照护, 未成年人保护法 21–23), from a day to a day."""

    privacy = {
        "open": ("id",),
        "child": (
            "child", "kind", "carer", "carer_name", "carer_relation", "carer_phone", "capability", "capability_checked_on",
            "document", "child_consulted", "notified_school_on", "notified_village_on", "last_parent_contact_on", "from_on", "to_on",
            "end_reason", "recorded_at", "recorded_by",
        ),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Person": ("child", "carer")},
        word=("carer_name", "document", "end_reason"),
        empty=("carer_relation", "carer_phone", "capability"),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="care")
    kind = models.CharField(_("照护方式"), max_length=10, choices=CareKind, default=CareKind.ENTRUSTED)
    carer = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="cares_for")
    carer_name = models.CharField(_("照护人"), max_length=60)
    carer_relation = models.CharField(_("与儿童关系"), max_length=20, blank=True)
    carer_phone = EncryptedText(_("照护人电话"))
    capability = EncryptedText(_("照护能力核查"))
    capability_checked_on = models.DateField(_("核查日期"), null=True, blank=True)
    document = models.CharField(_("委托书"), max_length=80, blank=True)
    child_consulted = models.BooleanField(_("听取了孩子的意愿"), null=True, blank=True)
    notified_school_on = models.DateField(_("书面告知学校"), null=True, blank=True)
    notified_village_on = models.DateField(_("书面告知村(居)委会"), null=True, blank=True)
    last_parent_contact_on = models.DateField(_("父母最近一次联系孩子"), null=True, blank=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    end_reason = models.CharField(_("终止原因"), max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["child_id", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(to_on=None), name="one_live_care_per_child"),
            models.CheckConstraint(name="care_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=models.F("from_on"))),
        ]

    def __str__(self):
        return self.carer_name


class GroupReview(models.Model):
    """Somebody looked at a child's derived group and stood by it, or said that the inputs are wrong (类别复核)."""

    privacy = {
        "open": ("id",),
        "child": ("child", "group", "definition", "held", "agreed", "note", "on", "next_on", "recorded_at", "recorded_by"),
    }
    erasure = Erasure(
        about={"registry.Person": ("child",)},
        empty=("note",),
        kept=dict.fromkeys(("group", "definition"), "codes; figures go by them"),
    )

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="group_reviews")
    group = models.CharField(_("类别"), max_length=30)
    definition = models.CharField(_("口径"), max_length=30)
    held = models.BooleanField(_("推算结果"), null=True)
    agreed = models.BooleanField(_("核对属实"))
    note = EncryptedText(_("说明"))
    on = models.DateField(_("复核日期"))
    next_on = models.DateField(_("下次复核"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["child_id", "-on"]
        indexes = [models.Index(fields=["next_on"])]

    def __str__(self):
        return f"{self.group} {self.on}"
