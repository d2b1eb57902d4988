"""Joint triage (会商研判): a session, the units at its table, the needs on its agenda, what was decided on each, the minutes."""

import hashlib
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation
from wanjia.reporting.models import Paper

from ..states import ITEM, SESSION, Difficulty, ItemState, SessionState, Urgency

LONGEST_MEASURE, LONGEST_MONEY, LONGEST_DISSENT = 200, 60, 300


class Session(models.Model):
    """One joint triage session (会商研判): called for an area and a day, held, its minutes signed off; or called off."""

    privacy = {
        "open": ("id", "area", "state", "version", "on"),
        "internal": ("place", "chair", "called_by", "called_org", "called_at", "kept_by", "held_at", "off_reason"),
    }
    erasure = Erasure(nobody="when and where the staff met, and who of them; what was said of a need stands in its decision")
    machine = SESSION
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("辖区"))
    state = models.CharField(_("状态"), max_length=12, choices=SessionState, default=SessionState.CALLED)
    version = models.IntegerField(default=0)
    on = models.DateField(_("会商日期"))
    place = models.CharField(_("会商地点"), max_length=60)
    chair = models.CharField(_("主持人"), max_length=40)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    called_org = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")  # who ended it
    held_at = models.DateTimeField(null=True)
    off_reason = models.CharField(_("取消原因"), max_length=200, blank=True)

    class Meta:
        ordering = ["-on", "-called_at"]
        indexes = [models.Index(fields=["state", "area"])]

    def __str__(self):
        return f"{self.area} {self.on}"

    @property
    def said(self):
        """The digest of where it is held and who chairs it: the journal bears it from the calling on, for the minutes print both."""
        return hashlib.sha256(f"{self.place}\n{self.chair}".encode()).hexdigest()[:32]


class Seat(models.Model):
    """One unit at a session: invited, and who came for it (参会单位); nobody's name, once noted, means that it was absent."""

    privacy = {"open": ("id", "session", "organisation", "noted_at"), "internal": ("person",)}
    erasure = Erasure(nobody="who of the staff came for a unit")
    never_delete = True

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(_("参会人"), max_length=40, blank=True)
    noted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["session_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["session", "organisation"], name="one_seat_a_unit")]

    def __str__(self):
        return f"{self.session_id} {self.organisation}"


class SessionItem(models.Model):
    """One need on the agenda of a session (议题). A need stands on one open agenda at most."""

    privacy = {"open": ("id", "session", "need", "n", "state", "version")}
    machine = ITEM
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="items")
    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="session_items")
    n = models.SmallIntegerField()
    state = models.CharField(_("状态"), max_length=10, choices=ItemState, default=ItemState.OPEN)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["session_id", "n"]
        constraints = [
            models.UniqueConstraint(fields=["session", "n"], name="item_number_once"),
            models.UniqueConstraint(fields=["need"], condition=Q(state="open"), name="need_on_one_open_agenda"),
        ]

    def __str__(self):
        return f"{self.session_id} {self.n}"


class Decision(models.Model):
    """What a session decided on one need (议定事项): who leads, who helps, by when, how, with what money; or until when it was put off, and why.

    line: the number of the line of the need's timeline that says the same; helpers: ids of units.
    """

    privacy = {
        "open": ("id", "item", "need", "line", "at", "urgency", "difficulty", "holder", "helpers", "due_on", "put_off_on"),
        "internal": ("measure", "money", "by"),
    }
    erasure = Erasure(about={"casework.Need": ("need",)}, word=("measure",), kept={"helpers": "ids of units", "money": "an amount and its source"})
    append_only = True

    item = models.OneToOneField(SessionItem, on_delete=models.PROTECT, related_name="decision")
    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="decisions")
    line = models.IntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    urgency = models.CharField(_("紧急程度"), max_length=10, choices=Urgency, blank=True)
    difficulty = models.CharField(_("难易程度"), max_length=10, choices=Difficulty, blank=True)
    holder = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("主办单位"))
    helpers = models.JSONField(default=list)
    due_on = models.DateField(_("办结期限"), null=True)
    measure = models.CharField(_("措施"), max_length=LONGEST_MEASURE)  # of what was put off: why
    money = models.CharField(_("资金"), max_length=LONGEST_MONEY, blank=True)
    put_off_on = models.DateField(_("改到哪天"), null=True)

    class Meta:
        ordering = ["item_id"]
        constraints = [
            models.CheckConstraint(
                name="decision_names_owner_and_date_or_puts_off",
                condition=Q(put_off_on=None, holder__isnull=False, due_on__isnull=False) | Q(put_off_on__isnull=False, holder=None, due_on=None),
            )
        ]  # fmt: skip

    def __str__(self):
        return str(self.item_id)


class Dissent(models.Model):
    """A unit's or a person's other opinion on one item (不同意见): kept in its words and printed."""

    privacy = {"open": ("id", "item", "need", "organisation", "at"), "internal": ("person", "words", "by")}
    erasure = Erasure(about={"casework.Need": ("need",)}, word=("words",), kept={"person": "who of the staff said it"})
    append_only = True

    item = models.ForeignKey(SessionItem, on_delete=models.PROTECT, related_name="dissents")
    need = models.ForeignKey("casework.Need", on_delete=models.PROTECT, related_name="dissents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(_("谁说的"), max_length=40, blank=True)
    words = models.CharField(_("不同意见"), max_length=LONGEST_DISSENT)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item_id", "pk"]

    def __str__(self):
        return f"{self.item_id} {self.organisation}"


class Minutes(models.Model):
    """The minutes of a session as they were signed off (会商纪要): never changed.

    content: all but the words about needs, which stand in decisions and dissents and are chained by `words`, so that an erasure reaches
    them there; digest: SHA-256 over the content, which the journal's line of the signing bears too.
    """

    privacy = {"open": ("id", "session", "paper", "at", "digest", "words"), "internal": ("content", "by")}
    erasure = Erasure(nobody="numbers of needs, grades, units, dates and staff")
    append_only = True

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="minutes")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    words = models.CharField(max_length=64)

    def __str__(self):
        return str(self.session_id)
