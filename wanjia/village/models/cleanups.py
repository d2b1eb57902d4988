"""Clean-up days (清扫日): sections given to homes or volunteers, who turned out counted, what was cleaned."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.registry.models import Household

from ..branch_states import CLEANUP, CleanUpState, SectionBy


class CleanUp(models.Model):
    """A clean-up day of a village (清扫日): planned, held, looked at by a second hand; only then it is counted and posted."""

    machine = CLEANUP
    privacy = {
        "open": ("id", "village", "day", "words", "state", "version"),
        "internal": ("closing", "planned_at", "planned_by", "held_at", "held_by", "checked_at", "checked_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="a day of the village; whose sections they are stands in these")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    day = models.DateField(_("哪天"))
    words = models.CharField(_("清扫什么"), max_length=80)
    state = models.CharField(_("状态"), max_length=20, choices=CleanUpState, default=CleanUpState.PLANNED)
    closing = models.CharField(_("取消的原因"), max_length=120, blank=True)
    planned_at = models.DateTimeField()
    planned_by = staff()
    held_at = models.DateTimeField(null=True)
    held_by = staff()
    checked_at = models.DateTimeField(null=True)
    checked_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "village_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["village", "day"], condition=~Q(state=CleanUpState.CANCELLED), name="one_clean_up_a_day"),
            models.CheckConstraint(name="clean_up_checked_by_another", condition=Q(checked_by=None) | Q(held_by=None) | ~Q(checked_by=F("held_by"))),
            models.CheckConstraint(name="clean_up_cancelled_with_reason", condition=~Q(state=CleanUpState.CANCELLED) | ~Q(closing="")),
        ]

    def __str__(self):
        return f"{self.day} {self.words}"


class CleanUpSection(models.Model):
    """A section of a clean-up day (责任段): given to a home or to volunteers. turnout: how many came to it, cleaned: whether it was; None until the day is over."""

    privacy = {"open": ("id", "clean_up", "serial", "words", "by", "turnout", "cleaned", "version"), "internal": ("home", "left_words")}
    erasure = Erasure(about={"registry.Household": ("home",)}, word=("left_words",), kept={"words": "a stretch of the village"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clean_up = models.ForeignKey(CleanUp, on_delete=models.PROTECT, related_name="sections")
    serial = models.PositiveSmallIntegerField(_("第几段"))
    words = models.CharField(_("从哪里到哪里"), max_length=60)
    by = models.CharField(_("责任方"), max_length=14, choices=SectionBy)
    home = models.ForeignKey(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    turnout = models.PositiveIntegerField(_("来了几人"), null=True)
    cleaned = models.BooleanField(_("扫干净了"), null=True)
    left_words = models.CharField(_("还差什么"), max_length=60, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["clean_up_id", "serial"]
        constraints = [
            models.UniqueConstraint(fields=["clean_up", "serial"], name="a_section_numbered_once"),
            models.UniqueConstraint(fields=["clean_up", "words"], name="a_section_given_once"),
            models.CheckConstraint(name="section_of_a_home_names_it", condition=Q(by=SectionBy.HOME, home__isnull=False) | (Q(by=SectionBy.VOLUNTEERS) & Q(home=None))),
            models.CheckConstraint(name="section_counted_whole", condition=Q(turnout=None, cleaned=None) | Q(turnout__isnull=False, cleaned__isnull=False)),
        ]

    def __str__(self):
        return self.words
