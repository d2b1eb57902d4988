"""The three lines and the three concerns: each contact, each concern, and how often a child is to be reached."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import User
from wanjia.orgs.models.dated import DatedQuerySet
from wanjia.registry.models import Person
from wanjia.sealing.fields import EncryptedText

from ..line_states import CONCERN, ConcernState, Domain, Level, Line, Pace, Way
from .pairs import Pair
from .teams import Helper


class Paired(Pair):
    """A pair as its three lines are looked at (联系线): no table of its own. Figures count pairs by their lines through it, so that whoever counts pairs otherwise has the pairs themselves."""

    erasure = Erasure(nobody="the pair itself is erased as a pair")

    class Meta:
        proxy = True


class LineContact(models.Model):
    """A try to reach parent, teacher or student, and what came of it (三联系): one a day, a line and a way. Whoever mistook himself takes it back; nothing is deleted.

    `helper` is who answered for the child's company that day, whoever wrote it down.
    """

    privacy = {
        "open": ("id", "line", "way", "reached", "on"),
        "internal": ("helper", "recorded_at", "recorded_by", "taken_back_at", "taken_back_by"),
        "child": ("child", "note"),
    }  # fmt: skip
    erasure = Erasure(about={"registry.Person": ("child",)}, empty=("note",))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="line_contacts", db_index=False)
    helper = models.ForeignKey(Helper, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(_("联系谁"), max_length=8, choices=Line)
    way = models.CharField(_("怎么联系的"), max_length=8, choices=Way)
    reached = models.BooleanField(_("联系上了"))
    on = models.DateField(_("哪天"))
    note = EncryptedText(_("说了什么"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-recorded_at", "-pk"]
        # The last contact of a line is the last entry of a child and line in it.
        indexes = [models.Index(fields=["child", "line", "on"], condition=Q(reached=True, taken_back_at=None), name="last_of_a_line")]
        constraints = [
            models.UniqueConstraint(fields=["child", "line", "way", "on", "reached"], condition=Q(taken_back_at=None), name="one_contact_a_day_a_way"),
        ]

    def __str__(self):
        return f"{self.get_line_display()} {self.on}"


class Rhythm(models.Model):
    """In which class of rhythm a child is, from which day (联系频次): derived by policy/contacts from the register's groups, kept because figures ask it of every pair.

    `looked_on` is when it was last borne out. A child without a row is reached as the priority children are.
    """

    privacy = {"open": ("id",), "internal": ("from_on", "to_on", "looked_on"), "child": ("child", "pace")}
    erasure = Erasure(about={"registry.Person": ("child",)}, kept={})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rhythms")
    pace = models.CharField(_("联系频次"), max_length=8, choices=Pace)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)  # the first day no longer
    looked_on = models.DateField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["child_id", "from_on"]
        indexes = [models.Index(fields=["looked_on"], condition=Q(to_on=None), name="rhythms_to_look_at")]
        constraints = [
            models.UniqueConstraint(fields=["child"], condition=Q(to_on=None), name="one_rhythm_a_child"),
            models.CheckConstraint(name="rhythm_ends_after_start", condition=Q(to_on=None) | Q(to_on__gt=F("from_on"))),
        ]

    def __str__(self):
        return f"{self.get_pace_display()} {self.from_on}"


class Concern(models.Model):
    """Something about a child that somebody watches or acts on (三关注): study, life, mind. What was seen and what is done about it is sealed.

    A concern to act on has a task with its day (`due_on`), or a need of the ledger (`need`): never neither.
    """

    machine = CONCERN
    never_delete = True
    privacy = {
        "open": ("id", "domain", "level", "state"),
        "internal": ("helper", "due_on", "need", "handed_on", "on", "settled_on", "recorded_at", "recorded_by", "version"),
        "child": ("child", "words", "todo", "outcome"),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Person": ("child",)}, empty=("words", "todo", "outcome"), kept={"need": "the number of a line of the ledger, which is erased there"},
        held={"words": {}},
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    child = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="concerns")
    helper = models.ForeignKey(Helper, null=True, on_delete=models.PROTECT, related_name="concerns", verbose_name=_("帮扶人"))
    domain = models.CharField(_("哪一方面"), max_length=6, choices=Domain)
    level = models.CharField(_("程度"), max_length=6, choices=Level)
    state = models.CharField(max_length=8, choices=ConcernState, default=ConcernState.OPEN)
    words = EncryptedText(_("看到、听到了什么"))
    todo = EncryptedText(_("要做什么"))
    due_on = models.DateField(_("哪天以前"), null=True, blank=True)
    need = models.CharField(_("诉求编号"), max_length=40, blank=True)
    handed_on = models.DateField(_("哪天登记到诉求台账"), null=True, blank=True)
    on = models.DateField(_("哪天发现的"))
    settled_on = models.DateField(_("哪天了结"), null=True, blank=True)
    outcome = EncryptedText(_("结果"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["due_on", "on", "pk"]
        constraints = [
            models.CheckConstraint(name="concern_is_acted_on", condition=Q(level=Level.WATCH) | Q(due_on__isnull=False) | ~Q(need="")),
            models.CheckConstraint(name="concern_handed_on_a_day", condition=Q(need="", handed_on=None) | (~Q(need="") & Q(handed_on__isnull=False))),
            models.CheckConstraint(name="concern_settled_on_a_day", condition=Q(state=ConcernState.OPEN, settled_on=None) | Q(state=ConcernState.SETTLED, settled_on__isnull=False)),
        ]

    def __str__(self):
        return f"{self.get_domain_display()} {self.on}"
