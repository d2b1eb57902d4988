"""Meetings of the village's bodies: who was due and came, what was put to them, how they decided."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import staff
from wanjia.policy import meetings as law
from wanjia.sealing.fields import EncryptedText

from ..states import AGENDA, DECIDED, MEETING, VOTED, Came, Counting, ItemKind, ItemSource, ItemState, MeetingState
from .bodies import BodySeat, GoverningBody

_BEGUN = (MeetingState.OPENED, MeetingState.CLOSED, MeetingState.FAILED)
_WAITS = (ItemState.PROPOSED, ItemState.WITHDRAWN)  # for no meeting yet, for none any more


class Meeting(models.Model):
    """One meeting of a body (会议): told, opened with a roll, closed, signed by a second person.

    told_on: the day on which the notice was given; urgent: why it was given later than the rule asks; due: how many could have come, frozen when it opened;
    present, online, proxies: heads who came, who took part from elsewhere, and those they stood for (none where the rule has none); sheets: of the signed paper roll;
    signatures: on the paper minutes, witnessed by two who hold seats, where no second account signed.
    """

    machine = MEETING
    privacy = {
        "open": ("id", "body", "day", "place", "told_on", "urgent", "counting", "chair", "state", "due", "present", "online", "proxies", "sheets", "closing", "signatures", "witness_one", "witness_two", "version"),
        "internal": ("called_at", "called_by", "opened_at", "recorder", "closed_at", "closed_by", "signed_at", "signed_by"),
    }
    erasure = Erasure(nobody="a meeting; who came stands in its roll")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(GoverningBody, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("开会的组织"))
    day = models.DateField(_("开会日期"))
    place = models.CharField(_("地点"), max_length=60)
    told_on = models.DateField(_("通知日期"))
    urgent = models.CharField(_("紧急原因"), max_length=200, blank=True)
    counting = models.CharField(_("到会计算"), max_length=8, choices=Counting)
    chair = models.ForeignKey(BodySeat, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("主持人"))
    state = models.CharField(_("状态"), max_length=20, choices=MeetingState, default=MeetingState.CALLED)
    due = models.PositiveIntegerField(_("应到"), null=True)
    present = models.PositiveIntegerField(_("实到"), default=0)
    online = models.PositiveIntegerField(_("线上参加"), default=0)
    proxies = models.PositiveIntegerField(_("受委托"), default=0)
    sheets = models.PositiveSmallIntegerField(_("签到册张数"), default=0)
    closing = models.CharField(_("没开成、取消的原因"), max_length=200, blank=True)
    signatures = models.PositiveSmallIntegerField(_("会议记录签名人数"), null=True)
    witness_one = models.ForeignKey(BodySeat, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("见证人甲"))
    witness_two = models.ForeignKey(BodySeat, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("见证人乙"))
    called_at = models.DateTimeField()
    called_by = staff()
    opened_at = models.DateTimeField(null=True)
    recorder = staff()
    closed_at = models.DateTimeField(null=True)
    closed_by = staff()
    signed_at = models.DateTimeField(null=True)
    signed_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "body_id", "pk"]
        indexes = [models.Index(fields=["body", "day"], name="meetings_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["body"], condition=Q(state=MeetingState.OPENED), name="one_open_meeting_of_a_body"),
            models.CheckConstraint(name="meeting_told_before", condition=Q(told_on__lte=F("day"))),
            models.CheckConstraint(name="meeting_due_once_opened", condition=Q(state__in=_BEGUN, due__isnull=False, opened_at__isnull=False) | (~Q(state__in=_BEGUN) & Q(due=None, opened_at=None))),
            models.CheckConstraint(name="no_more_came_than_due", condition=Q(due=None, present=0, online=0, proxies=0) | Q(due__isnull=False, due__gte=F("present") + F("online") + F("proxies"))),
            models.CheckConstraint(
                name="minutes_signed_whole",
                condition=Q(signed_at=None, signed_by=None, signatures=None, witness_one=None, witness_two=None)
                | Q(state=MeetingState.CLOSED, signed_at__isnull=False, signatures=None, witness_one=None, witness_two=None)
                | (Q(state=MeetingState.CLOSED, signed_at__isnull=False, signatures__isnull=False, signatures__gte=2, witness_one__isnull=False, witness_two__isnull=False) & ~Q(witness_one=F("witness_two"))),
            ),
        ]

    def __str__(self):
        return f"{self.day} {self.body}"

    @property
    def there(self):
        """How many are there: those who came or took part from elsewhere, and those they stand for."""
        return self.present + self.online + self.proxies


class MeetingSeat(models.Model):
    """One seat on the roll of a meeting (签到): came, excused with a reason, or away. The roll is what it was when the meeting opened."""

    privacy = {"open": ("id", "meeting", "seat", "came"), "internal": ("reason", "version")}
    erasure = Erasure(about={"registry.Person": ("seat__person",)}, word=("reason",))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="roll")
    seat = models.ForeignKey(BodySeat, on_delete=models.PROTECT, related_name="+")
    came = models.CharField(_("到会"), max_length=8, choices=Came, default=Came.AWAY)
    reason = models.CharField(_("请假原因"), max_length=60, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["meeting_id", "seat__office", "seat__from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="on_the_roll_once"),
            models.CheckConstraint(name="excused_with_a_reason", condition=(Q(came=Came.EXCUSED) & ~Q(reason="")) | (~Q(came=Came.EXCUSED) & Q(reason=""))),
        ]

    def __str__(self):
        return str(self.seat)


class AgendaItem(models.Model):
    """Something put to a body (议题), and what became of it. What was decided stays; what is put off or goes to another body is a new item that names this one.

    matter: code of policy/meetings.toml where it is reserved, "" for none; brought_by: who brought it, where that was said: sealed; came_from: the item that it goes on from;
    minutes: what was said; answers: who carries it out; done_words: what was told of its carrying out.
    """

    machine = AGENDA
    privacy = {
        "open": (
            "id", "body", "meeting", "came_from", "source", "kind", "title", "words", "matter", "freed_because", "state", "votes_for", "votes_against", "votes_abstain", "conclusion", "answers", "due_on",
            "done_on", "done_words", "proposed_on", "decided_on", "version",
        ),
        "internal": ("minutes", "proposed_at", "proposed_by", "decided_at", "decided_by"),
        "sensitive": ("brought_by",),
    }  # fmt: skip
    erasure = Erasure(
        about={"village.AgendaItem": ("",)}, empty=("brought_by",),
        kept=dict.fromkeys(("title", "words", "matter", "freed_because", "conclusion", "answers", "done_words", "minutes"), "what the village put on its agenda and decided, as it was published"),
    )  # fmt: skip
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(GoverningBody, on_delete=models.PROTECT, related_name="items", verbose_name=_("提交给"))
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="items", verbose_name=_("会议"))
    came_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="went_on", verbose_name=_("由来"))
    source = models.CharField(_("议题来源"), max_length=16, choices=ItemSource)
    brought_by = EncryptedText(_("提出人"))
    kind = models.CharField(_("类别"), max_length=16, choices=ItemKind)
    title = models.CharField(_("议题"), max_length=60)
    words = models.CharField(_("内容"), max_length=600)
    matter = models.CharField(_("须提交的事项"), max_length=20, blank=True)
    freed_because = models.CharField(_("为什么不属于须提交的事项"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=20, choices=ItemState, default=ItemState.PROPOSED)
    minutes = models.CharField(_("发言要点"), max_length=2000, blank=True)
    votes_for = models.PositiveIntegerField(_("同意"), null=True)
    votes_against = models.PositiveIntegerField(_("不同意"), null=True)
    votes_abstain = models.PositiveIntegerField(_("弃权"), null=True)
    conclusion = models.CharField(_("结论"), max_length=400, blank=True)
    answers = models.CharField(_("责任人"), max_length=60, blank=True)
    due_on = models.DateField(_("完成时限"), null=True, blank=True)
    done_on = models.DateField(_("落实日期"), null=True, blank=True)
    done_words = models.CharField(_("落实情况"), max_length=400, blank=True)
    proposed_on = models.DateField(_("提出日期"))
    proposed_at = models.DateTimeField()
    proposed_by = staff()
    decided_on = models.DateField(_("决定日期"), null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["proposed_on", "proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["came_from"], name="item_goes_on_once"),
            models.CheckConstraint(
                name="item_voted_by_numbers",
                condition=Q(state__in=VOTED, votes_for__isnull=False, votes_against__isnull=False, votes_abstain__isnull=False) | (~Q(state__in=VOTED) & Q(votes_for=None, votes_against=None, votes_abstain=None)),
            ),
            models.CheckConstraint(name="item_on_a_meeting", condition=Q(state__in=_WAITS, meeting=None) | Q(state=ItemState.SENT_ON) | (~Q(state__in=_WAITS) & Q(meeting__isnull=False))),
            models.CheckConstraint(name="item_decided_on_a_day", condition=(~Q(state__in=DECIDED) & Q(answers="", due_on=None)) | (Q(state__in=DECIDED, decided_on__isnull=False, due_on__isnull=False) & ~Q(answers="") & ~Q(conclusion=""))),
            models.CheckConstraint(name="item_done_with_words", condition=Q(done_on=None, done_words="") | (Q(state__in=DECIDED, done_on__isnull=False) & ~Q(done_words=""))),
        ]

    def __str__(self):
        return self.title

    @property
    def posted_title(self):
        """Its title as everybody may read it: that of a removal (罢免) names somebody, and reads as the matter does."""
        found = law.matter(self.matter, self.proposed_on) if self.matter == law.REMOVAL else None
        return found.words if found else self.title
