"""The frontage of homes (门前三包) and their weddings and funerals (红白喜事): who sees to which stretch, how it was found, what is filed, and what a meeting agreed on."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, DatedQuerySet, staff
from wanjia.registry.models import Household

from ..fee_states import FEAST_CAP, FeastKind, RuleState
from .bylaws import BylawClause, BylawVersion


class Stretch(models.Model):
    """A stretch of the village that one home sees to (门前责任段). closed_on: from when it is none."""

    privacy = {"open": ("id", "village", "group_name", "name", "closed_on", "version"), "internal": ("opened_at", "opened_by")}
    erasure = Erasure(nobody="a place", kept={"name": "a place", "group_name": "a place"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    group_name = models.CharField(_("村民小组"), max_length=40, blank=True)
    name = models.CharField(_("从哪里到哪里"), max_length=60)
    closed_on = models.DateField(_("从哪天起不再是"), null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "group_name", "name"]
        constraints = [models.UniqueConstraint(fields=["village", "name"], condition=Q(closed_on=None), name="a_stretch_once")]

    def __str__(self):
        return self.name


class StretchKeeper(models.Model):
    """Which home sees to a stretch since when (责任户): one at a time."""

    privacy = {"open": ("id", "stretch", "from_on", "to_on"), "internal": ("home", "given_at", "given_by")}
    erasure = Erasure(about={"registry.Household": ("home",)})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stretch = models.ForeignKey(Stretch, on_delete=models.PROTECT, related_name="keepers")
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    from_on = models.DateField(_("从哪天起"))
    to_on = models.DateField(_("到哪天止"), null=True, blank=True)
    given_at = models.DateTimeField()
    given_by = staff()

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["stretch_id", "-from_on"]
        constraints = [
            models.UniqueConstraint(fields=["stretch"], condition=Q(to_on=None), name="one_home_a_stretch"),
            models.CheckConstraint(name="stretch_kept_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return self.home.number


class StretchCheck(models.Model):
    """How a place was found (门前检查): passed, or which guarantees it lacks and what is to mend; rule: the by-law on frontages that was in force. Of the place on a day, of nobody: no picture, no list of homes."""

    privacy = {"open": ("id", "stretch", "day", "passed", "lacks", "rule"), "internal": ("words", "made_at", "made_by")}
    erasure = Erasure(about={"registry.Household": ("stretch__keepers__home",)}, word=("words",), kept={"lacks": "codes of guarantees"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stretch = models.ForeignKey(Stretch, on_delete=models.PROTECT, related_name="checks")
    day = models.DateField(_("哪天"))
    passed = models.BooleanField(_("三包都做到了"))
    lacks = models.JSONField(_("哪几包没做到"), default=list)
    words = models.CharField(_("要收拾什么"), max_length=120, blank=True)
    rule = models.ForeignKey(BylawVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("按哪一版制度"))
    made_at = models.DateTimeField()
    made_by = staff()

    class Meta:
        ordering = ["stretch_id", "-day"]
        constraints = [
            models.UniqueConstraint(fields=["stretch", "day"], name="a_stretch_checked_once_a_day"),
            models.CheckConstraint(name="to_mend_says_what", condition=Q(passed=True, words="") | (Q(passed=False) & ~Q(words=""))),
        ]

    def __str__(self):
        return str(self.day)


class FeastCap(models.Model):
    """What a village agreed on for feasts (红白喜事约定), a version: how many tables at most, of which by-law (cites) or meeting. It persuades; nothing follows from being above it."""

    machine = FEAST_CAP
    privacy = {
        "open": ("id", "village", "serial", "tables", "words", "resolved", "resolved_on", "cites", "from_on", "to_on", "state", "version"), "internal": ("drawn_at", "drawn_by", "adopted_at", "adopted_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="rules, not people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    serial = models.PositiveSmallIntegerField(_("第几版"))
    tables = models.PositiveSmallIntegerField(_("最多几桌"))
    words = models.CharField(_("条文"), max_length=200)
    resolved = models.CharField(_("哪次会议通过"), max_length=120)
    resolved_on = models.DateField(_("会议日期"))
    cites = models.ForeignKey(BylawClause, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("依据哪条制度"))
    from_on = models.DateField(_("从哪天起"), null=True, blank=True)
    to_on = models.DateField(_("到哪天止"), null=True, blank=True)
    state = models.CharField(max_length=16, choices=RuleState, default=RuleState.DRAFT)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    adopted_at = models.DateTimeField(null=True)
    adopted_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["village", "serial"], name="feast_cap_numbered_once"),
            models.UniqueConstraint(fields=["village"], condition=Q(state=RuleState.IN_FORCE), name="one_feast_cap_in_force"),
            models.UniqueConstraint(fields=["village"], condition=Q(state=RuleState.DRAFT), name="one_feast_cap_drafted"),
            models.CheckConstraint(name="feast_cap_adopted_by_another", condition=Q(adopted_by=None) | Q(drawn_by=None) | ~Q(adopted_by=F("drawn_by"))),
            models.CheckConstraint(name="a_feast_has_a_table", condition=Q(tables__gte=1)),
        ]

    def __str__(self):
        return f"{self.village.short_name} {self.serial}"


class Feast(models.Model):
    """A wedding or funeral as it is filed (红白喜事登记): kind, day, tables, who helps. No gift, no cost is asked. cap: how many tables were agreed on when it was filed."""

    privacy = {"open": ("id", "village", "kind", "day", "tables", "cap", "called_off_on", "version"), "internal": ("home", "guests", "helpers", "filed_at", "filed_by")}
    erasure = Erasure(about={"registry.Household": ("home",)}, word=("helpers",))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    kind = models.CharField(_("操办事项"), max_length=12, choices=FeastKind)
    day = models.DateField(_("哪天"))
    tables = models.PositiveSmallIntegerField(_("几桌"))
    guests = models.PositiveSmallIntegerField(_("大约几个人"), null=True, blank=True)
    helpers = models.CharField(_("谁来帮忙"), max_length=80, blank=True)
    cap = models.PositiveSmallIntegerField(_("约定最多几桌"), null=True)
    called_off_on = models.DateField(_("哪天说不办了"), null=True, blank=True)
    filed_at = models.DateTimeField()
    filed_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "village_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["home", "kind", "day"], condition=Q(called_off_on=None), name="a_feast_filed_once"),
            models.CheckConstraint(name="a_feast_sits_somewhere", condition=Q(tables__gte=1)),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.day}"

    @property
    def above(self):
        """How many tables more than were agreed on; nought for none."""
        return max(0, self.tables - self.cap) if self.cap else 0
