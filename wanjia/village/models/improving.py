"""What is told to a home privately, and the only path by which its code may hang on the group's paper board (待改进; PIPL 25, 民法典 1024–1033, 行政处罚法 9)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.registry.models import Household
from wanjia.sealing.fields import EncryptedText

from ..appraisal_states import PICTURE, SHORT, STRICT, PictureState, ShortState, StrictState, Taken
from .bodies import BodySeat
from .meetings import AgendaItem

_ON_DAYS = {"from_on__isnull": False, "until_on__isnull": False, "until_on__gte": F("from_on")}


class Shortcoming(models.Model):
    """Something outdoors, told to a home privately (待改进): help is offered with it, seven days to put it right, its own word is kept, and it is over by itself.

    place, fact: a public place, what one sees there; help: what was offered; due_on: the last day to put it right; until_on: the day on which it is over, whatever became of it.
    """

    machine = SHORT
    privacy = {
        "open": ("id", "village", "state", "version"),
        "internal": ("home", "place", "fact", "seen_on", "help", "told_on", "due_on", "until_on", "reply", "replied_on", "ended_on", "reason", "told_at", "told_by"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Household": ("home",)}, word=("place", "fact", "help", "reply", "reason"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    place = models.CharField(_("什么公共地方"), max_length=60)
    fact = models.CharField(_("看见什么"), max_length=120)
    seen_on = models.DateField(_("哪天看见的"))
    help = models.CharField(_("提出帮什么"), max_length=120)
    told_on = models.DateField(_("哪天当面告知"))
    due_on = models.DateField(_("改好期限"))
    until_on = models.DateField(_("到哪天作罢"))
    reply = models.CharField(_("本户怎么说"), max_length=400, blank=True)
    replied_on = models.DateField(_("哪天说的"), null=True)
    state = models.CharField(max_length=16, choices=ShortState, default=ShortState.TOLD)
    ended_on = models.DateField(_("哪天了结"), null=True)
    reason = models.CharField(_("为什么作罢"), max_length=120, blank=True)
    told_at = models.DateTimeField()
    told_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-told_on", "village_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["home"], condition=Q(state=ShortState.TOLD), name="one_shortcoming_a_home"),
            models.CheckConstraint(name="shortcoming_told_by_days", condition=Q(seen_on__lte=F("told_on"), due_on__gt=F("told_on"), until_on__gt=F("due_on")) & ~Q(help="")),
            models.CheckConstraint(name="shortcoming_ends_on_a_day", condition=Q(state=ShortState.TOLD, ended_on=None) | (~Q(state=ShortState.TOLD) & Q(ended_on__isnull=False))),
            models.CheckConstraint(name="shortcoming_reply_on_a_day", condition=Q(reply="", replied_on=None) | (~Q(reply="") & Q(replied_on__isnull=False))),
        ]

    def __str__(self):
        return self.home.number


class ShortcomingPhoto(models.Model):
    """A picture of the public place (待改进照片), bare of what the camera wrote into it: nobody and no inside of a house is on it, and another than took it says so before the home is given it.

    It is gone when what was told is over. body: base64 of a JPEG.
    """

    machine = PICTURE
    privacy = {
        "open": ("id", "state", "version"), "internal": ("shortcoming", "when", "taken_on", "gone_on", "gone_why", "added_at", "added_by", "seen_by"), "sensitive": ("body",),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Household": ("shortcoming__home",)}, word=("gone_why",), empty=("body",), held={"body": {"state__in": [PictureState.WAITS, PictureState.SEEN]}},
    )  # fmt: skip
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shortcoming = models.ForeignKey(Shortcoming, on_delete=models.PROTECT, related_name="photos", verbose_name=_("待改进"))
    when = models.CharField(_("改好前后"), max_length=16, choices=Taken)
    taken_on = models.DateField(_("哪天拍的"))
    body = EncryptedText()
    state = models.CharField(max_length=16, choices=PictureState, default=PictureState.WAITS)
    gone_on = models.DateField(_("哪天销毁"), null=True)
    gone_why = models.CharField(_("为什么销毁"), max_length=120, blank=True)
    added_at = models.DateTimeField()
    added_by = staff()
    seen_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["taken_on", "added_at", "pk"]
        constraints = [
            models.CheckConstraint(name="shortcoming_photo_seen_by_another", condition=Q(seen_by=None) | Q(added_by=None) | ~Q(seen_by=F("added_by"))),
            models.CheckConstraint(
                name="shortcoming_photo_gone_whole",
                condition=(~Q(state=PictureState.GONE) & Q(gone_on=None, gone_why="")) | (Q(state=PictureState.GONE, gone_on__isnull=False) & ~Q(gone_why="")),
            ),
        ]

    def __str__(self):
        return self.get_when_display()


class StrictNotice(models.Model):
    """A household code and an outdoor fact on the group's paper board (上小组纸质栏): never before repair failed, talk was refused and a council voted; never online.

    item: the decision, of one notice alone; refused: how talk was refused; words: what hangs there; until_on: its last day, fifteen at most; down_on: the day it came down.
    """

    machine = STRICT
    privacy = {
        "open": ("id", "village", "item", "state", "from_on", "until_on", "down_on", "version"),
        "internal": ("shortcoming", "refused", "words", "down_why", "drawn_at", "drawn_by", "put_up_by"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Household": ("shortcoming__home",)}, word=("refused", "words", "down_why"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    shortcoming = models.OneToOneField(Shortcoming, on_delete=models.PROTECT, related_name="strict", verbose_name=_("待改进"))
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="+", verbose_name=_("议事会决定"))
    refused = models.CharField(_("怎么拒绝沟通的"), max_length=200)
    words = models.CharField(_("贴出的话"), max_length=80)
    state = models.CharField(max_length=16, choices=StrictState, default=StrictState.DRAWN)
    from_on = models.DateField(_("哪天贴出"), null=True)
    until_on = models.DateField(_("最后一天"), null=True)
    down_on = models.DateField(_("哪天撤下"), null=True)
    down_why = models.CharField(_("为什么撤下"), max_length=120, blank=True)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    put_up_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-drawn_at", "pk"]
        constraints = [
            models.CheckConstraint(name="strict_put_up_by_another", condition=Q(put_up_by=None) | Q(drawn_by=None) | ~Q(put_up_by=F("drawn_by"))),
            models.CheckConstraint(
                name="strict_hangs_by_days",
                condition=Q(state=StrictState.DRAWN, from_on=None, until_on=None) | Q(state__in=(StrictState.UP, StrictState.STOPPED), **_ON_DAYS)
                | Q(state=StrictState.DOWN, from_on=None, until_on=None) | Q(state=StrictState.DOWN, **_ON_DAYS),
            ),
            models.CheckConstraint(name="strict_down_with_words", condition=(~Q(state=StrictState.DOWN) & Q(down_on=None, down_why="")) | (Q(state=StrictState.DOWN, down_on__isnull=False) & ~Q(down_why=""))),
        ]  # fmt: skip

    def __str__(self):
        return str(self.shortcoming)


class StrictObjection(models.Model):
    """What somebody says against what hangs on the group's board (纸质栏异议): it comes down at once, until the supervision has answered. seat: who of it answered."""

    privacy = {"open": ("id", "notice", "told_on", "upheld", "answered_on", "seat"), "internal": ("words", "answer", "told_at", "told_by", "answered_by")}
    erasure = Erasure(about={"registry.Household": ("notice__shortcoming__home",)}, word=("words", "answer"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    notice = models.ForeignKey(StrictNotice, on_delete=models.PROTECT, related_name="objections")
    told_on = models.DateField(_("哪天提的"))
    words = models.CharField(_("怎么说"), max_length=200)
    told_at = models.DateTimeField()
    told_by = staff()
    upheld = models.BooleanField(_("成立"), null=True)
    seat = models.ForeignKey(BodySeat, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("监督委员会谁答复"))
    answer = models.CharField(_("答复"), max_length=200, blank=True)
    answered_on = models.DateField(null=True)
    answered_by = staff()

    class Meta:
        ordering = ["notice_id", "told_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="strict_objection_answered_whole",
                condition=Q(upheld=None, answer="", answered_on=None, seat=None) | (Q(upheld__isnull=False, answered_on__isnull=False, seat__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self):
        return str(self.told_on)
