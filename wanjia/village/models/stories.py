"""Stories of role models by consent, and tips that go to a person and never to a wall (树典型、自觉监督)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, User, staff
from wanjia.registry.models import Household
from wanjia.sealing.fields import EncryptedText

from ..appraisal_states import STORY, TIP, Spoken, StoryState, TipState


class RoleStory(models.Model):
    """A story of a home as a role model (典型故事), in the words it agreed to: written by one, shown by another, down at once when the home says so; over after a year."""

    machine = STORY
    privacy = {
        "open": ("id", "village", "state", "shown_on", "until_on", "version"),
        "internal": ("home", "called", "title", "words", "consent", "consented_on", "heard", "written_at", "written_by", "shown_by", "withdrawn_on"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Household": ("home",)}, word=("called", "title", "words", "heard"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    called = models.CharField(_("公示的称呼"), max_length=40)
    title = models.CharField(_("标题"), max_length=40)
    words = models.CharField(_("故事"), max_length=400)
    consent = models.CharField(_("怎么同意的"), max_length=10, choices=Spoken)
    consented_on = models.DateField(_("哪天同意的"))
    heard = models.CharField(_("谁答应的、谁在场"), max_length=80, blank=True)
    state = models.CharField(max_length=16, choices=StoryState, default=StoryState.WRITTEN)
    written_at = models.DateTimeField()
    written_by = staff()
    shown_on = models.DateField(_("哪天公布"), null=True)
    until_on = models.DateField(_("公布到哪天"), null=True)
    shown_by = staff()
    withdrawn_on = models.DateField(_("哪天撤下"), null=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-written_at", "pk"]
        constraints = [
            models.CheckConstraint(name="story_shown_by_another", condition=Q(shown_by=None) | Q(written_by=None) | ~Q(shown_by=F("written_by"))),
            models.CheckConstraint(name="story_heard_by_word", condition=Q(consent=Spoken.PAPER) | ~Q(heard="")),
            models.CheckConstraint(
                name="story_shown_by_days",
                condition=Q(state=StoryState.WRITTEN, shown_on=None, withdrawn_on=None) | Q(state=StoryState.SHOWN, shown_on__isnull=False, until_on__isnull=False, until_on__gte=F("shown_on"), withdrawn_on=None)
                | Q(state=StoryState.WITHDRAWN, withdrawn_on__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.called


class Tip(models.Model):
    """What somebody told (有人反映): it goes to one named person, and nobody else opens it. words, teller, found: sealed; teller may stay empty."""

    machine = TIP
    privacy = {"open": ("id", "village", "state", "told_on", "closed_on", "version"), "internal": ("to", "told_at", "told_by"), "sensitive": ("words", "teller", "found")}
    erasure = Erasure(about={"village.Tip": ("",)}, empty=("words", "teller", "found"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("交给谁"))
    words = EncryptedText(_("反映什么"))
    teller = EncryptedText(_("谁反映的"))
    found = EncryptedText(_("看了怎样"))
    state = models.CharField(max_length=16, choices=TipState, default=TipState.WAITS)
    told_on = models.DateField(_("哪天说的"))
    told_at = models.DateTimeField()
    told_by = staff()
    closed_on = models.DateField(_("哪天看的"), null=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-told_on", "-told_at", "pk"]
        constraints = [models.CheckConstraint(name="tip_closed_on_a_day", condition=Q(state=TipState.DONE, closed_on__isnull=False) | Q(state=TipState.WAITS, closed_on=None))]

    def __str__(self):
        return str(self.told_on)
