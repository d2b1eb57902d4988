"""What the household said when it was asked, and its words that the timeline names and does not show."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Organisation
from wanjia.sealing.fields import EncryptedText

from ..states import Satisfaction, Way, Word


class Callback(models.Model):
    """One try to hear the household's own word (回访记录), or the word it left through its slip."""

    privacy = {
        "open": ("id", "need", "at", "reached", "word", "satisfaction"),
        "internal": ("way", "by", "by_org", "round"),
        "sensitive": ("words",),
    }
    erasure = Erasure(about={"casework.Need": ("need",)}, empty=("words",))
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="callbacks")
    at = models.DateTimeField()
    way = models.CharField(_("方式"), max_length=8, choices=Way)
    reached = models.BooleanField(_("联系上了"))
    word = models.CharField(_("是否解决"), max_length=10, choices=Word, blank=True)
    satisfaction = models.CharField(_("满意度"), max_length=10, choices=Satisfaction, blank=True)
    words = EncryptedText(_("诉求人原话"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_org = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    round = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                name="callback_word_only_when_reached", condition=Q(reached=True) | Q(word="", satisfaction="")
            )
        ]

    def __str__(self):
        return f"{self.need_id} {self.at}"


class Saying(models.Model):
    """Words about a need that its timeline names and does not show (密封原话): why the household would take it back, what a recheck
    was told. One door opens them, the same as a callback's words (casework.open_words).
    """

    privacy = {"open": ("id", "need", "at", "act"), "internal": ("by", "by_org"), "sensitive": ("words",)}
    erasure = Erasure(about={"casework.Need": ("need",)}, empty=("words",), kept={"act": "the act at which it was said"}, held={"words": {}})
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="sayings")
    at = models.DateTimeField()
    act = models.CharField(max_length=24)
    words = EncryptedText(_("原话"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_org = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return f"{self.need_id} {self.act}"
