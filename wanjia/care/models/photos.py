"""Pictures of events: a record with subject, consent, place and last day; what is uncovered lies sealed and is destroyed once it is covered."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import User, staff
from wanjia.sealing.fields import EncryptedText

from ..event_states import MAY_SHOW, PHOTO, Consent, PhotoState
from .events import Event


class Photo(models.Model):
    """A picture of an event (活动照片). Its key is a lot: an address tells nothing of what is seen.

    raw: as it was taken, bare of what the camera wrote into it; emptied by covering. body: with its faces covered. Both base64 of a JPEG.
    until_on: the first day on which it is no longer kept. covered_by: who covered faces last; consent_by: who put down last what was said: neither publishes it.
    """

    privacy = {
        "open": ("id", "event", "state", "version", "taken_on", "until_on", "consent", "width", "height"),
        "internal": ("subject", "place", "covers", "taken_by", "covered_by", "consent_by", "published_by", "recorded_at", "withdrawn_because"),
        "sensitive": ("raw", "body"),
    }  # fmt: skip
    erasure = Erasure(nobody="no picture says whom it shows; whoever is seen has it withdrawn, and then nothing of it is left")
    machine = PHOTO
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="photos")
    subject = models.CharField(_("拍的是什么"), max_length=80)
    place = models.CharField(_("在哪里拍的"), max_length=80)
    taken_on = models.DateField(_("哪天拍的"))
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    consent = models.CharField(_("同意情况"), max_length=10, choices=Consent, default=Consent.NOT_ASKED)
    until_on = models.DateField(_("留到"))
    state = models.CharField(_("状态"), max_length=16, choices=PhotoState, default=PhotoState.UNCOVERED)
    version = models.IntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    covers = models.PositiveSmallIntegerField(_("盖了几处"), default=0)
    covered_by = staff()
    consent_by = staff()
    published_by = staff()
    raw = EncryptedText()
    body = EncryptedText()
    recorded_at = models.DateTimeField()
    withdrawn_because = models.CharField(_("撤回原因"), max_length=80, blank=True)

    class Meta:
        ordering = ["-taken_on", "-recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(name="photo_shown_by_consent", condition=~Q(state=PhotoState.PUBLISHED) | Q(consent__in=MAY_SHOW)),
            models.CheckConstraint(
                name="photo_published_by_another",
                condition=Q(published_by=None) | ((Q(covered_by=None) | ~Q(published_by=F("covered_by"))) & (Q(consent_by=None) | ~Q(published_by=F("consent_by")))),
            ),
            models.CheckConstraint(name="photo_kept_for_a_time", condition=Q(until_on__gt=F("taken_on"))),
        ]

    def __str__(self):
        return self.subject
