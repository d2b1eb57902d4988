"""Law into school: lecturers, who of them is vice-principal of which school, lessons that were held, why a school had none, terms that are closed."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Organisation, User, staff
from wanjia.orgs.models.dated import DatedQuerySet
from wanjia.sealing.fields import EncryptedText
from wanjia.solving.models import Plan

from ..guard_states import Told
from ..lesson_states import Missing, Occasion, Organ, Topic
from .year import School, Term

_OF_LECTURERS = "of somebody who lectures in office; no person of the register is linked"


class Lecturer(models.Model):
    """Somebody who gives lessons of law (普法讲师): of a court, a procuratorate, the police, the justice bureau. to_on: the first day no longer.

    legal_since: since when he works with the law; born_on: asked of the retired alone, whose age counts; cap: most lessons a term, where he said a number.
    """

    privacy = {
        "open": ("id", "unit", "organ", "legal_since", "from_on", "to_on"),
        "internal": ("name", "retired_on", "cap", "end_reason", "version"),
        "sensitive": ("born_on", "phone"),
    }
    erasure = Erasure(nobody="people of courts, procuratorates, police and justice, in office or asked back to it; no person of the register is linked")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("姓名"), max_length=40)
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))
    organ = models.CharField(_("哪一类机关"), max_length=14, choices=Organ)
    legal_since = models.DateField(_("从事法治工作起"))
    retired_on = models.DateField(_("退休日"), null=True, blank=True)
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    phone = EncryptedText(_("手机号"))
    cap = models.PositiveSmallIntegerField(_("一学期最多几课"), null=True, blank=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)
    end_reason = models.CharField(_("退出原因"), max_length=60, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["unit_id", "name", "pk"]
        constraints = [
            models.CheckConstraint(name="retired_lecturer_has_an_age", condition=Q(retired_on=None) | Q(born_on__isnull=False)),
            models.CheckConstraint(name="lecturer_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
            models.CheckConstraint(name="lecturer_left_with_reason", condition=Q(to_on=None, end_reason="") | (Q(to_on__isnull=False) & ~Q(end_reason=""))),
        ]

    def __str__(self):
        return self.name


class RecordQuery(models.Model):
    """That records were asked about a lecturer, on which day, and whether something stood against him (背景查询): what stood there is nowhere kept."""

    privacy = {"open": ("id", "lecturer", "asked_on"), "internal": ("recorded_at", "recorded_by"), "sensitive": ("clear",)}
    erasure = Erasure(nobody=_OF_LECTURERS)
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lecturer = models.ForeignKey(Lecturer, on_delete=models.PROTECT, related_name="queries")
    asked_on = models.DateField(_("哪天查的"))
    clear = models.BooleanField(_("没有不宜接触未成年人的记录"))
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["lecturer_id", "-asked_on", "-recorded_at"]

    def __str__(self):
        return f"{self.lecturer} {self.asked_on}"


class VicePrincipal(models.Model):
    """A lecturer is vice-principal for law of a school for a term (法治副校长聘任). to_on: the first day no longer; ended early, with its reason."""

    privacy = {"open": ("id", "lecturer", "school", "from_on", "to_on", "letter"), "internal": ("appointed_at", "appointed_by", "end_reason", "version")}
    erasure = Erasure(nobody=_OF_LECTURERS)
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lecturer = models.ForeignKey(Lecturer, on_delete=models.PROTECT, related_name="terms")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="vice_principals", verbose_name=_("学校"))
    from_on = models.DateField(_("聘期起"))
    to_on = models.DateField(_("聘期止"))
    letter = models.CharField(_("聘书文号"), max_length=40)
    appointed_at = models.DateTimeField()
    appointed_by = staff()
    end_reason = models.CharField(_("提前结束的原因"), max_length=60, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["school_id", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["school", "lecturer", "from_on"], name="vice_principal_once"),
            models.CheckConstraint(name="vice_principal_ends_after_start", condition=Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return f"{self.school} {self.lecturer}"


class LawLesson(models.Model):
    """A lesson of law that was held at a school, or a take-home campaign (法治课、开学第一课、小手牵大手): by whom, for which grades, of what. Children are a number.

    term: in which it lies; a campaign in the holidays has none. given_by: somebody who is not on the list of lecturers. slips: take-home slips that were handed out, back: that came back signed.
    """

    privacy = {
        "open": ("id", "school", "term", "day", "occasion", "topic", "grades", "hours", "heard", "slips", "back"),
        "internal": ("lecturer", "given_by", "way", "recorded_at", "recorded_by", "taken_back_at", "taken_back_because", "version"),
    }
    erasure = Erasure(nobody=_OF_LECTURERS)
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="law_lessons", verbose_name=_("学校"))
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.PROTECT, related_name="law_lessons", verbose_name=_("学期"))
    day = models.DateField(_("日期"))
    occasion = models.CharField(_("场合"), max_length=6, choices=Occasion)
    topic = models.CharField(_("专题"), max_length=14, choices=Topic)
    grades = models.CharField(_("年级"), max_length=40)
    lecturer = models.ForeignKey(Lecturer, null=True, blank=True, on_delete=models.PROTECT, related_name="lessons", verbose_name=_("谁讲"))
    given_by = models.CharField(_("名册以外的讲师"), max_length=60, blank=True)
    hours = models.PositiveSmallIntegerField(_("课时"))
    heard = models.PositiveSmallIntegerField(_("多少学生听"))
    slips = models.PositiveSmallIntegerField(_("带回家的单子发了几张"), default=0)
    back = models.PositiveSmallIntegerField(_("家长签回几张"), default=0)
    way = models.CharField(_("怎么报来的"), max_length=6, choices=Told)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_because = models.CharField(_("撤销原因"), max_length=60, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "school_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "day", "topic", "grades", "occasion"], condition=Q(taken_back_at=None), name="law_lesson_once"),
            models.CheckConstraint(name="law_lesson_by_one", condition=Q(lecturer__isnull=False, given_by="") | (Q(lecturer=None) & ~Q(given_by=""))),
            models.CheckConstraint(name="law_lesson_in_a_term", condition=Q(occasion=Occasion.HAND, hours=0) | (Q(term__isnull=False, hours__gt=0) & ~Q(occasion=Occasion.HAND))),
            models.CheckConstraint(name="no_more_slips_back_than_out", condition=Q(back__lte=F("slips"))),
            models.CheckConstraint(name="law_lesson_back_with_reason", condition=Q(taken_back_at=None, taken_back_because="") | (Q(taken_back_at__isnull=False) & ~Q(taken_back_because=""))),
        ]
        indexes = [models.Index(fields=["term", "school"], condition=Q(taken_back_at=None), name="law_lessons_of_a_term")]

    def __str__(self):
        return f"{self.day} {self.get_topic_display()}"


class PlannedLesson(models.Model):
    """A lesson that a version of a term's plan gives a school: who comes on which day with what (法治课学期计划). lecturer, day: none where nobody could be found; lesson: that it became."""

    privacy = {"open": ("id", "plan", "school", "n", "topic", "day", "lesson", "version"), "internal": ("lecturer",)}
    erasure = Erasure(nobody=_OF_LECTURERS)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", db_index=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    n = models.PositiveSmallIntegerField(_("第几课"))
    lecturer = models.ForeignKey(Lecturer, null=True, blank=True, on_delete=models.PROTECT, related_name="planned", verbose_name=_("谁讲"))
    topic = models.CharField(_("专题"), max_length=14, choices=Topic)
    day = models.DateField(_("日期"), null=True, blank=True)
    lesson = models.OneToOneField(LawLesson, null=True, blank=True, on_delete=models.PROTECT, related_name="planned")
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["day", "school_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "school", "n"], name="planned_lesson_once"),
            models.UniqueConstraint(fields=["plan", "lecturer", "day"], condition=Q(lecturer__isnull=False), name="lecturer_at_one_school_a_day"),
            models.CheckConstraint(name="planned_lecturer_with_a_day", condition=Q(lecturer=None, day=None) | Q(lecturer__isnull=False, day__isnull=False)),
        ]

    def __str__(self):
        return f"{self.day} {self.get_topic_display()}"


class LessonReason(models.Model):
    """Why a school had no lesson of law in a term (未上法治课说明), and when it makes up for it."""

    privacy = {"open": ("id", "school", "term", "makes_up_on"), "internal": ("words", "written_at", "written_by")}
    erasure = Erasure(nobody="why a school had no lesson; nobody is named")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="lesson_reasons")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="lesson_reasons")
    words = models.CharField(_("原因"), max_length=200)
    makes_up_on = models.DateField(_("打算哪天补上"), null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = staff()

    class Meta:
        ordering = ["-written_at"]
        constraints = [models.UniqueConstraint(fields=["school", "term"], name="one_reason_a_term")]

    def __str__(self):
        return f"{self.school} {self.term}"


class LessonClosing(models.Model):
    """A term is closed: each school had a lesson or wrote why not (法治课学期归档). The sum is kept by the table itself."""

    privacy = {"open": ("id", "term", "schools", "held", "reasons", "closed_at"), "internal": ("closed_by",)}
    erasure = Erasure(nobody="counts")
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    term = models.OneToOneField(Term, on_delete=models.PROTECT, related_name="lessons_closed")
    schools = models.PositiveIntegerField(_("学校"))
    held = models.PositiveIntegerField(_("上了法治课的"))
    reasons = models.PositiveIntegerField(_("写明原因的"))
    closed_at = models.DateTimeField()
    closed_by = staff()

    class Meta:
        ordering = ["-closed_at"]
        constraints = [models.CheckConstraint(name="no_school_is_silent", condition=Q(schools=F("held") + F("reasons")))]

    def __str__(self):
        return str(self.term)


class LessonAlarm(models.Model):
    """What is missing at a school was told to a person, with the day until which it is to be mended (普法提醒). person: nobody where no such post is held; term, lecturer: of which it is missing, each is told by itself."""

    privacy = {"open": ("id", "school", "kind", "term", "due_on", "raised_at", "settled_at"), "internal": ("person", "lecturer")}
    erasure = Erasure(nobody=_OF_LECTURERS)
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="lesson_alarms")
    kind = models.CharField(_("缺什么"), max_length=8, choices=Missing)
    term = models.ForeignKey(Term, null=True, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("哪个学期"))
    due_on = models.DateField(_("最迟哪天补上"))
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("告诉谁"))
    lecturer = models.ForeignKey(Lecturer, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "school_id", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["school", "kind"], condition=Q(settled_at=None, term=None, lecturer=None), name="one_lesson_alarm_open"),
            models.UniqueConstraint(fields=["school", "kind", "term"], condition=Q(settled_at=None, term__isnull=False), name="one_lesson_alarm_a_term"),
            models.UniqueConstraint(fields=["school", "kind", "lecturer"], condition=Q(settled_at=None, lecturer__isnull=False), name="one_lesson_alarm_a_lecturer"),
        ]

    def __str__(self):
        return f"{self.school} {self.get_kind_display()}"
