"""One plan per school (一校一策): its versions with posts, risks, contacts and map, and who signed."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Organisation, staff

from ..plan_states import LINES, PLAN, SIGNED, Mark, PlanState, SignsFor
from .year import Gate, School

SHARES = ("walking", "riding", "driven", "by_bus")


class PlanVersion(models.Model):
    """A version of a school's plan (护学方案). It holds from `from_on` to before `to_on`, once it is signed; until then `from_on` is the wish.

    pupils, boarders: counts as they were handed in, pupils {grade: n} from the register; walking … by_bus: hundredths of the pupils who come so, all empty or 100 together.
    """

    machine = PLAN
    privacy = {
        "open": (
            "id", "school", "number", "from_on", "to_on", "review_on", "state", "pupils", "boarders", *SHARES, "traffic", "staggering", "weather", "incident", "equipment", "version",
        ),
        "internal": ("drafted_at", "drafted_by", "drafted_for", "handed_at", "handed_by", "back_at", "back_by", "back_words"),
    }  # fmt: skip
    erasure = Erasure(nobody="a plan of a school: posts, not people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="plans", verbose_name=_("学校"))
    number = models.PositiveSmallIntegerField(_("版次"))
    from_on = models.DateField(_("从哪天起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    review_on = models.DateField(_("复核日期"))
    state = models.CharField(_("状态"), max_length=14, choices=PlanState, default=PlanState.DRAFT)
    pupils = models.JSONField(_("在校学生"), default=dict)
    boarders = models.PositiveIntegerField(_("寄宿生人数"), null=True, blank=True)
    walking = models.PositiveSmallIntegerField(_("步行"), null=True, blank=True)
    riding = models.PositiveSmallIntegerField(_("摩托车、电动车"), null=True, blank=True)
    driven = models.PositiveSmallIntegerField(_("小汽车"), null=True, blank=True)
    by_bus = models.PositiveSmallIntegerField(_("校车、客车"), null=True, blank=True)
    traffic = models.CharField(_("交通组织"), max_length=600, blank=True)
    staggering = models.CharField(_("错峰放学"), max_length=600, blank=True)
    weather = models.CharField(_("恶劣天气预案"), max_length=600, blank=True)
    incident = models.CharField(_("突发事件预案"), max_length=600, blank=True)
    equipment = models.CharField(_("装备器材"), max_length=300, blank=True)
    drafted_at = models.DateTimeField()
    drafted_by = staff()
    drafted_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("起草单位"))
    handed_at = models.DateTimeField(null=True)
    handed_by = staff()
    back_at = models.DateTimeField(null=True)
    back_by = staff()
    back_words = models.CharField(_("为什么退回"), max_length=200, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["school_id", "-number"]
        indexes = [models.Index(fields=["state", "from_on"], name="plan_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["school", "number"], name="plan_numbered_once"),
            models.UniqueConstraint(fields=["school"], condition=Q(state__in=(PlanState.DRAFT, PlanState.HANDED)), name="one_plan_of_a_school_under_way"),
            models.UniqueConstraint(fields=["school"], condition=Q(state=PlanState.STANDS), name="one_plan_of_a_school_stands"),
            models.CheckConstraint(name="plan_ends_when_replaced", condition=Q(state=PlanState.REPLACED, to_on__isnull=False, to_on__gte=F("from_on")) | (~Q(state=PlanState.REPLACED) & Q(to_on=None))),
            models.CheckConstraint(name="plan_reviewed_later", condition=Q(review_on__gt=F("from_on"))),
            models.CheckConstraint(name="plan_handed_by_when", condition=Q(state=PlanState.DRAFT) | Q(handed_at__isnull=False)),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.school} {self.number}"

    def holds(self, day):
        """Tell whether it is the version in force on a day."""
        return self.state in SIGNED and self.from_on <= day and (self.to_on is None or day < self.to_on)


class PlanSignature(models.Model):
    """A signature under a version (签署): for the school, the police or education, each by another unit and another hand. void_at: it was sent back afterwards."""

    privacy = {"open": ("id", "plan", "signs_for", "unit", "signed_at"), "internal": ("signed_by", "void_at")}
    erasure = Erasure(nobody="who of the staff signed")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="signatures")
    signs_for = models.CharField(_("签署方"), max_length=14, choices=SignsFor)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    signed_at = models.DateTimeField()
    signed_by = staff()
    void_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "signs_for"], condition=Q(void_at=None), name="plan_signed_once_for_each"),
            models.UniqueConstraint(fields=["plan", "unit"], condition=Q(void_at=None), name="plan_signed_once_by_a_unit"),
            models.UniqueConstraint(fields=["plan", "signed_by"], condition=Q(void_at=None), name="plan_signed_once_by_a_hand"),
        ]

    def __str__(self):
        return self.get_signs_for_display()


class Post(models.Model):
    """A post of a version (岗位): at a gate, when its grades come or when they go, so many minutes around the bell, so many of each party.

    grades: as School.grades, empty for all; parents: who may stand with them, never needed.
    """

    privacy = {"open": ("id", "plan", "gate", "going", "name", "grades", "before", "after", "task", "kit", "police", "guards", "teachers", "parents", "same_as")}
    erasure = Erasure(nobody="places, not people")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="posts")
    gate = models.ForeignKey(Gate, on_delete=models.PROTECT, related_name="posts", verbose_name=_("校门、路口"))
    going = models.BooleanField(_("上学还是放学"), default=False)
    name = models.CharField(_("岗位名称"), max_length=40)
    grades = models.CharField(_("年级"), max_length=40, blank=True)
    before = models.PositiveSmallIntegerField(_("提前几分钟"))
    after = models.PositiveSmallIntegerField(_("延后几分钟"))
    task = models.CharField(_("职责"), max_length=200)
    kit = models.CharField(_("装备"), max_length=100, blank=True)
    police = models.PositiveSmallIntegerField(_("民警人数"), default=0)
    guards = models.PositiveSmallIntegerField(_("保安人数"), default=0)
    teachers = models.PositiveSmallIntegerField(_("教师人数"), default=0)
    parents = models.PositiveSmallIntegerField(_("家长志愿者人数"), default=0)
    same_as = models.UUIDField(default=uuid.uuid4, editable=False)  # the same post through the versions of a plan

    class Meta:
        ordering = ["plan_id", "going", "gate_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "name", "going"], name="post_named_once"),
            models.UniqueConstraint(fields=["plan", "same_as"], name="post_once_in_a_plan"),
            models.CheckConstraint(name="post_needs_somebody", condition=Q(police__gt=0) | Q(guards__gt=0) | Q(teachers__gt=0)),
        ]

    def __str__(self):
        return self.name


class PlanRisk(models.Model):
    """A risk that a plan names (风险点): where and what, what is done, and which unit owns it. until_on: the day by which, or None for always."""

    privacy = {"open": ("id", "plan", "place", "what", "measure", "owner", "until_on")}
    erasure = Erasure(nobody="places, not people")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="risks")
    place = models.CharField(_("地点"), max_length=40)
    what = models.CharField(_("风险"), max_length=100)
    measure = models.CharField(_("措施"), max_length=200)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("责任单位"))
    until_on = models.DateField(_("整改期限"), null=True, blank=True)

    class Meta:
        ordering = ["plan_id", "place", "what"]

    def __str__(self):
        return self.what


class PlanContact(models.Model):
    """A number that a plan says to call (联系方式): of a duty room or an office, never of a person."""

    privacy = {"open": ("id", "plan", "place"), "internal": ("phone",)}
    erasure = Erasure(nobody="duty rooms and offices")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="contacts")
    place = models.CharField(_("哪里"), max_length=40)
    phone = models.CharField(_("值班电话"), max_length=20)

    class Meta:
        ordering = ["plan_id", "place"]
        constraints = [models.UniqueConstraint(fields=["plan", "place"], name="contact_once_a_plan")]

    def __str__(self):
        return self.place


class PlanMark(models.Model):
    """One sign on the map of a version (示意图): in thousandths of a square sheet from its upper left corner. x2, y2: the other end of a line."""

    privacy = {"open": ("id", "plan", "kind", "x", "y", "x2", "y2", "gate", "post", "words")}
    erasure = Erasure(nobody="places, not people")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(_("图例"), max_length=16, choices=Mark)
    x = models.PositiveSmallIntegerField()
    y = models.PositiveSmallIntegerField()
    x2 = models.PositiveSmallIntegerField(null=True, blank=True)
    y2 = models.PositiveSmallIntegerField(null=True, blank=True)
    gate = models.ForeignKey(Gate, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("校门、路口"))
    post = models.ForeignKey(Post, null=True, blank=True, on_delete=models.CASCADE, related_name="marks", verbose_name=_("岗位"))
    words = models.CharField(_("标注"), max_length=20, blank=True)

    class Meta:
        ordering = ["plan_id", "kind", "x", "y"]
        constraints = [
            models.CheckConstraint(name="mark_on_the_sheet", condition=Q(x__lte=1000, y__lte=1000) & (Q(x2=None) | Q(x2__lte=1000)) & (Q(y2=None) | Q(y2__lte=1000))),
            models.CheckConstraint(name="mark_is_line_or_point", condition=Q(kind__in=LINES, x2__isnull=False, y2__isnull=False) | (~Q(kind__in=LINES) & Q(x2=None, y2=None))),
        ]

    def __str__(self):
        return self.get_kind_display()
