"""By-laws of the village: versions with their clauses, the days on which each was in force."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff

from ..bylaw_states import LIVE, OPEN_DRAFTS, VERSION, BylawKind, VersionState
from .meetings import AgendaItem


class Bylaw(models.Model):
    """A rule that the village gives itself (制度); what it says stands in its versions. name: as people call it, once in a village; of every kind but the last there is one."""

    privacy = {"open": ("id", "village", "kind", "name")}
    erasure = Erasure(nobody="rules, not people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    kind = models.CharField(_("哪方面的制度"), max_length=16, choices=BylawKind)
    name = models.CharField(_("制度名称"), max_length=40)

    class Meta:
        ordering = ["village_id", "kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["village", "kind"], condition=~Q(kind=BylawKind.OTHER), name="one_bylaw_of_a_kind"),
            models.UniqueConstraint(fields=["village", "name"], name="bylaw_named_once"),
        ]

    def __str__(self):
        return self.name


class BylawVersion(models.Model):
    """A version of a rule (制度版本): heard of homes, drafted, checked by the township, voted on, in force until another replaces it.

    heard_until, heard_homes, heard_words: until when opinions were taken, of how many homes, what they said; digest: of its clauses as they were submitted;
    check_words: what the township says to it; item: the item by which its body votes; stopped_words: the article and why the township stopped it.
    """

    machine = VERSION
    privacy = {
        "open": ("id", "bylaw", "serial", "state", "heard_until", "heard_homes", "heard_words", "check_words", "checked_on", "item", "stopped_words", "digest", "version"),
        "internal": ("drawn_at", "drawn_by", "checked_by", "adopted_by", "adopted_at"),
    }  # fmt: skip
    erasure = Erasure(nobody="rules, and what units say of them, not people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    bylaw = models.ForeignKey(Bylaw, on_delete=models.PROTECT, related_name="versions", verbose_name=_("制度"))
    serial = models.PositiveSmallIntegerField(_("第几版"))
    state = models.CharField(max_length=20, choices=VersionState, default=VersionState.DRAFT)
    heard_until = models.DateField(_("征求意见到哪天"), null=True)
    heard_homes = models.PositiveIntegerField(_("征求了几户"), default=0)
    heard_words = models.CharField(_("大家怎么说"), max_length=600, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    check_words = models.CharField(_("审核意见"), max_length=400, blank=True)
    checked_on = models.DateField(_("审核日期"), null=True)
    checked_by = staff()
    item = models.OneToOneField(AgendaItem, null=True, on_delete=models.PROTECT, related_name="bylaw_version", verbose_name=_("哪个议题表决"))
    stopped_words = models.CharField(_("违反哪条、怎么改"), max_length=300, blank=True)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    adopted_at = models.DateTimeField(null=True)
    adopted_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["bylaw_id", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["bylaw", "serial"], name="bylaw_version_numbered_once"),
            models.UniqueConstraint(fields=["bylaw"], condition=Q(state__in=LIVE), name="one_bylaw_version_in_force"),
            models.UniqueConstraint(fields=["bylaw"], condition=Q(state__in=OPEN_DRAFTS), name="one_bylaw_version_drafted"),
            models.CheckConstraint(name="bylaw_checked_by_another", condition=Q(checked_by=None) | Q(drawn_by=None) | ~Q(checked_by=F("drawn_by"))),
            models.CheckConstraint(name="bylaw_adopted_by_another", condition=Q(adopted_by=None) | Q(drawn_by=None) | ~Q(adopted_by=F("drawn_by"))),
            models.CheckConstraint(name="bylaw_in_force_was_decided", condition=~Q(state__in=LIVE) | Q(item__isnull=False, checked_on__isnull=False, adopted_at__isnull=False)),
            models.CheckConstraint(name="bylaw_stopped_with_words", condition=~Q(state=VersionState.SUSPENDED) | ~Q(stopped_words="")),
        ]

    def __str__(self):
        return f"{self.bylaw.name} {self.serial}"


class BylawClause(models.Model):
    """A clause of a version (条文), by its number."""

    privacy = {"open": ("id", "of", "number", "words")}
    erasure = Erasure(nobody="a rule, not people")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    of = models.ForeignKey(BylawVersion, on_delete=models.PROTECT, related_name="clauses")
    number = models.PositiveSmallIntegerField(_("第几条"))
    words = models.CharField(_("条文"), max_length=400)

    class Meta:
        ordering = ["of_id", "number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="bylaw_clause_once")]

    def __str__(self):
        return f"{self.number}. {self.words}"


class BylawSpell(models.Model):
    """Days on which a version was in force (施行期间). to_on: the first day no longer, None while it is; of a rule one alone is open."""

    privacy = {"open": ("id", "bylaw", "of", "from_on", "to_on")}
    erasure = Erasure(nobody="days of a rule")
    never_delete = True

    bylaw = models.ForeignKey(Bylaw, on_delete=models.PROTECT, related_name="spells")
    of = models.ForeignKey(BylawVersion, on_delete=models.PROTECT, related_name="spells")
    from_on = models.DateField(_("从哪天起"))
    to_on = models.DateField(_("到哪天止"), null=True)

    class Meta:
        ordering = ["bylaw_id", "from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bylaw"], condition=Q(to_on=None), name="one_bylaw_spell_open"),
            models.CheckConstraint(name="bylaw_spell_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return f"{self.from_on} {self.of}"
