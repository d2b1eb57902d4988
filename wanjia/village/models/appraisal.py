"""The appraisal of a quarter: which homes agreed to stand, what the poll said, and who hangs on the red list by consent."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.registry.models import Household

from ..appraisal_states import ENTRY, ROUND, EntryState, RoundState, Spoken
from .polls import Poll

_COUNTED = (RoundState.COUNTED, RoundState.LISTED, RoundState.NO_LIST)


class AppraisalRound(models.Model):
    """The appraisal of a quarter (季度评比): one a quarter of a village, or of a group's homes. The count is a closed poll's, and nothing else's.

    group_name: of which group homes stand, "" for the whole village; criteria: their words as printed, frozen; places: how many are listed; cast, homes: the poll's turnout.
    """

    machine = ROUND
    privacy = {
        "open": ("id", "village", "group_name", "year", "quarter", "criteria", "places", "state", "poll", "cast", "homes", "counted_on", "listed_on", "until_on", "closing", "version"),
        "internal": ("drawn_at", "drawn_by", "counted_by", "listed_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="criteria and counts; which home is which stands in its entries")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    group_name = models.CharField(_("村民小组"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("年"))
    quarter = models.PositiveSmallIntegerField(_("第几季度"))
    criteria = models.JSONField(_("评什么"), default=list)
    places = models.PositiveSmallIntegerField(_("评几户"))
    state = models.CharField(_("状态"), max_length=16, choices=RoundState, default=RoundState.STANDING)
    poll = models.OneToOneField(Poll, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("户表决"))
    cast = models.PositiveIntegerField(_("投了几票"), null=True)
    homes = models.PositiveIntegerField(_("应投几户"), null=True)
    counted_on = models.DateField(_("哪天计票"), null=True)
    listed_on = models.DateField(_("哪天公布"), null=True)
    until_on = models.DateField(_("贴到哪天"), null=True)
    closing = models.CharField(_("为什么不办了"), max_length=120, blank=True)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    counted_by = staff()
    listed_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-year", "-quarter", "village_id", "group_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["village", "group_name", "year", "quarter"], condition=~Q(state=RoundState.CANCELLED), name="one_appraisal_a_quarter"),
            models.CheckConstraint(name="appraisal_of_a_quarter", condition=Q(quarter__gte=1, quarter__lte=4, places__gte=1)),
            models.CheckConstraint(
                name="appraisal_counted_by_a_poll",
                condition=Q(state=RoundState.STANDING, poll=None, cast=None, homes=None) | Q(state=RoundState.CANCELLED)
                | Q(state__in=_COUNTED, poll__isnull=False, counted_on__isnull=False, cast__isnull=False, homes__isnull=False, homes__gte=F("cast")),
            ),
            models.CheckConstraint(name="red_list_put_up_by_another", condition=Q(listed_by=None) | Q(counted_by=None) | ~Q(listed_by=F("counted_by"))),
            models.CheckConstraint(name="red_list_hangs_by_days", condition=Q(state=RoundState.LISTED, listed_on__isnull=False, until_on__isnull=False, until_on__gte=F("listed_on")) | (~Q(state=RoundState.LISTED) & Q(listed_on=None, until_on=None))),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.year}Q{self.quarter} {self.village.short_name}{self.group_name}"


class RedEntry(models.Model):
    """A home that agreed to stand in an appraisal (参评户), and what became of it. It hangs on the red list under the words that it agreed to, and comes down when it says so.

    called: what cards and list call it; heard: who said yes, before whom; asked_by: who wrote that down.
    """

    machine = ENTRY
    privacy = {"open": ("id", "round", "state", "version"), "internal": ("home", "called", "consent", "consented_on", "heard", "asked_at", "asked_by", "withdrawn_on")}
    erasure = Erasure(about={"registry.Household": ("home",)}, word=("called", "heard"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(AppraisalRound, on_delete=models.PROTECT, related_name="entries")
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    called = models.CharField(_("公示的称呼"), max_length=40)
    consent = models.CharField(_("怎么同意的"), max_length=10, choices=Spoken)
    consented_on = models.DateField(_("哪天同意的"))
    heard = models.CharField(_("谁答应的、谁在场"), max_length=80, blank=True)
    state = models.CharField(max_length=16, choices=EntryState, default=EntryState.STANDING)
    asked_at = models.DateTimeField()
    asked_by = staff()
    withdrawn_on = models.DateField(_("哪天撤回"), null=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["round_id", "home__group_name", "home__number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "home"], condition=~Q(state=EntryState.WITHDRAWN), name="one_entry_a_home"),
            models.UniqueConstraint(fields=["round", "called"], condition=~Q(state=EntryState.WITHDRAWN), name="called_once_a_round"),
            models.CheckConstraint(name="entry_heard_by_word", condition=Q(consent=Spoken.PAPER) | ~Q(heard="")),
            models.CheckConstraint(name="entry_withdrawn_on_a_day", condition=Q(state=EntryState.WITHDRAWN, withdrawn_on__isnull=False) | (~Q(state=EntryState.WITHDRAWN) & Q(withdrawn_on=None))),
        ]

    def __str__(self):
        return self.called
