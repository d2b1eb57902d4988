"""The party branch: its members, the day of the month it keeps free, what it comes together for, who came, what was decided. A domain of its own: no other role sees it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import staff
from wanjia.orgs.models.dated import DatedQuerySet
from wanjia.registry.models import Person

from ..branch_states import ACTIVITY, ActivityKind, ActivityState, Attended, DecisionMatter, PartyOffice, PartyStanding, Setting
from .bodies import GoverningBody


class PartyMember(models.Model):
    """A member of the branch (党员). full_on: from when with a vote, None: on probation; cell: the group (党小组) in the branch; to_on: the first day no longer."""

    privacy = {"internal": ("id", "body", "person", "office", "cell", "from_on", "full_on", "to_on", "entered_at", "entered_by", "version")}
    erasure = Erasure(about={"registry.Person": ("person",)}, kept={"cell": "a group's name"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(GoverningBody, on_delete=models.PROTECT, related_name="party_members", verbose_name=_("党支部"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("姓名"))
    office = models.CharField(_("党内职务"), max_length=20, choices=PartyOffice, default=PartyOffice.MEMBER)
    cell = models.CharField(_("党小组"), max_length=30, blank=True)
    from_on = models.DateField(_("从哪天起在本支部"))
    full_on = models.DateField(_("哪天成为正式党员"), null=True, blank=True)
    to_on = models.DateField(_("哪天离开本支部"), null=True, blank=True)
    entered_at = models.DateTimeField()
    entered_by = staff()
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["body_id", "office", "from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "person"], condition=Q(to_on=None), name="party_member_once"),
            models.UniqueConstraint(fields=["body"], condition=Q(to_on=None, office=PartyOffice.SECRETARY), name="one_secretary_of_a_branch"),
            models.CheckConstraint(name="party_member_leaves_later", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return self.person.shown_name

    def standing_on(self, day):
        """Whether with a vote on a day."""
        return PartyStanding.FULL if self.full_on and self.full_on <= day else PartyStanding.PROBATIONARY


class BranchDay(models.Model):
    """The day of the month that a branch keeps for its theme day (主题党日固定日), from a day on."""

    privacy = {"internal": ("id", "body", "day_of_month", "from_on", "fixed_at", "fixed_by")}
    erasure = Erasure(nobody="a day of the month")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(GoverningBody, on_delete=models.PROTECT, related_name="+", verbose_name=_("党支部"))
    day_of_month = models.PositiveSmallIntegerField(_("每月几号"))
    from_on = models.DateField(_("从哪天起"))
    fixed_at = models.DateTimeField()
    fixed_by = staff()

    class Meta:
        ordering = ["body_id", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["body", "from_on"], name="one_branch_day_from_a_day"),
            models.CheckConstraint(name="branch_day_of_every_month", condition=Q(day_of_month__gte=1, day_of_month__lte=28)),
        ]

    def __str__(self):
        return str(self.day_of_month)


class BranchActivity(models.Model):
    """One time the branch comes together (组织生活): called, held with its roll, looked at by a second hand; only then it counts.

    cell: of a group's meeting, the group; moved: why not on the month's fixed day; topic: what it is about, in words that may hang on the board; minutes: for the branch alone;
    due, came, phoned, excused: of the roll; voters_due, voters_came: of these with a vote, there in person.
    """

    machine = ACTIVITY
    privacy = {
        "open": ("id", "body", "kind", "day", "setting", "topic", "state", "version"),
        "internal": (
            "cell", "place", "moved", "minutes", "closing", "due", "came", "phoned", "excused", "voters_due", "voters_came", "called_at", "called_by", "held_at", "held_by", "checked_at", "checked_by",
        ),
    }  # fmt: skip
    erasure = Erasure(nobody="what the branch did; who came stands in its roll")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(GoverningBody, on_delete=models.PROTECT, related_name="activities", verbose_name=_("党支部"))
    kind = models.CharField(_("组织生活类型"), max_length=20, choices=ActivityKind)
    cell = models.CharField(_("党小组"), max_length=30, blank=True)
    day = models.DateField(_("哪天"))
    setting = models.CharField(_("在哪里开"), max_length=12, choices=Setting)
    place = models.CharField(_("地点"), max_length=60)
    topic = models.CharField(_("主题"), max_length=120)
    moved = models.CharField(_("为什么改期"), max_length=120, blank=True)
    minutes = models.CharField(_("记录"), max_length=1000, blank=True)
    closing = models.CharField(_("取消的原因"), max_length=120, blank=True)
    state = models.CharField(_("状态"), max_length=20, choices=ActivityState, default=ActivityState.CALLED)
    due = models.PositiveIntegerField(_("应到"), null=True)
    came = models.PositiveIntegerField(_("实到"), default=0)
    phoned = models.PositiveIntegerField(_("电话参加"), default=0)
    excused = models.PositiveIntegerField(_("请假"), default=0)
    voters_due = models.PositiveIntegerField(_("有表决权的应到"), null=True)
    voters_came = models.PositiveIntegerField(_("有表决权的到会"), default=0)
    called_at = models.DateTimeField()
    called_by = staff()
    held_at = models.DateTimeField(null=True)
    held_by = staff()
    checked_at = models.DateTimeField(null=True)
    checked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "body_id", "pk"]
        indexes = [models.Index(fields=["body", "kind", "day"], name="branch_activities_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "day", "cell"], condition=~Q(state=ActivityState.CANCELLED), name="one_activity_of_a_kind_a_day"),
            models.CheckConstraint(name="activity_checked_by_another", condition=Q(checked_by=None) | Q(held_by=None) | ~Q(checked_by=F("held_by"))),
            models.CheckConstraint(name="activity_due_once_held", condition=Q(state__in=(ActivityState.HELD, ActivityState.CHECKED), due__isnull=False, voters_due__isnull=False) | (Q(state__in=(ActivityState.CALLED, ActivityState.CANCELLED), due=None, voters_due=None))),
            models.CheckConstraint(name="no_more_members_than_due", condition=Q(due=None, came=0, phoned=0, excused=0, voters_came=0) | Q(due__isnull=False, voters_due__isnull=False, due__gte=F("came") + F("phoned") + F("excused"), voters_due__gte=F("voters_came"), came__gte=F("voters_came"))),
            models.CheckConstraint(name="activity_cancelled_with_reason", condition=~Q(state=ActivityState.CANCELLED) | ~Q(closing="")),
        ]

    def __str__(self):
        return f"{self.day} {self.get_kind_display()}"


class BranchRoll(models.Model):
    """A member on the roll of an activity (签到): came, by telephone, on leave with a reason, or not. The roll is what it was on its day."""

    privacy = {"internal": ("id", "activity", "member", "votes", "attended", "reason", "version")}
    erasure = Erasure(about={"registry.Person": ("member__person",)}, word=("reason",))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(BranchActivity, on_delete=models.PROTECT, related_name="roll")
    member = models.ForeignKey(PartyMember, on_delete=models.PROTECT, related_name="rolls")
    votes = models.BooleanField(_("有表决权"))
    attended = models.CharField(_("参加情况"), max_length=10, choices=Attended, default=Attended.MISSED)
    reason = models.CharField(_("请假原因"), max_length=60, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["activity_id", "member__office", "member__from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "member"], name="on_the_branch_roll_once"),
            models.CheckConstraint(name="leave_with_a_reason", condition=(Q(attended=Attended.LEAVE) & ~Q(reason="")) | (~Q(attended=Attended.LEAVE) & Q(reason=""))),
        ]

    def __str__(self):
        return str(self.member)


class BranchDecision(models.Model):
    """What a meeting of the members decided (党员大会决议), with its votes: by which rule, and whether it passed."""

    privacy = {"internal": ("id", "activity", "serial", "matter", "words", "votes_for", "votes_against", "votes_abstain", "passed", "decided_at", "decided_by")}
    erasure = Erasure(nobody="what the branch decided; who it is about is written by number")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(BranchActivity, on_delete=models.PROTECT, related_name="decisions")
    serial = models.PositiveSmallIntegerField(_("第几项"))
    matter = models.CharField(_("表决事项"), max_length=12, choices=DecisionMatter)
    words = models.CharField(_("议题和决定"), max_length=300)
    votes_for = models.PositiveIntegerField(_("同意"))
    votes_against = models.PositiveIntegerField(_("不同意"))
    votes_abstain = models.PositiveIntegerField(_("弃权"))
    passed = models.BooleanField(_("通过"))
    decided_at = models.DateTimeField()
    decided_by = staff()

    class Meta:
        ordering = ["activity_id", "serial"]
        constraints = [models.UniqueConstraint(fields=["activity", "serial"], name="branch_decision_numbered_once")]

    def __str__(self):
        return self.words
