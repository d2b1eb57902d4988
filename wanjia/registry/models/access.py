"""Leave to read children's files beyond one's own duty: asked for and decided, or taken in an emergency and reviewed."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import in_english
from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, User
from wanjia.policy import access as policy

from ..states import ACCESS, AccessState
from .homes import Household, Person


class AccessKind(models.TextChoices):
    """On what footing the file is read."""

    ASKED = "asked", _("查阅批准")
    EMERGENCY = "emergency", _("紧急查阅")


class AccessQuerySet(models.QuerySet):
    """Leaves to read."""

    def in_force(self, at):
        """Keep those that open files at a moment."""
        return self.filter(state=AccessState.GRANTED, from_at__lte=at, until_at__gt=at)

    def unreviewed(self):
        """Keep the emergencies on which nobody has given a word yet."""
        return self.filter(kind=AccessKind.EMERGENCY, reviewed_at=None)


class FileAccess(models.Model):
    """One leave to read children's files (查阅批准): who, for what, whose files, from when until when, by whose word.

    Whose: of one child, of a home's children, or of the children of `area` (of one school there). It ends by itself.
    """

    privacy = {
        "open": ("id",),
        "internal": (
            "kind", "state", "version", "by", "unit", "units", "purpose", "words", "child", "household", "area", "school", "asked_at", "from_at",
            "until_at", "decided_by", "decided_at", "decision_words", "ended_at", "review_by_on", "reviewed_by", "reviewed_at", "proper", "review_words",
        ),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Person": ("child",), "registry.Household": ("household",)},
        word=("words", "decision_words", "review_words"),
        kept={"purpose": "a code", "school": "the name of a school", "units": "keys of units"},
    )
    machine = ACCESS
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("方式"), max_length=10, choices=AccessKind)
    state = models.CharField(max_length=8, choices=AccessState, default=AccessState.ASKED)
    version = models.IntegerField(default=0)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    units = models.JSONField(default=list)  # all in which the reader stood then: of none of them anybody decides
    purpose = models.CharField(_("用途"), max_length=10)
    words = models.CharField(_("说明"), max_length=300)
    child = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    school = models.CharField(_("学校"), max_length=60, blank=True)
    asked_at = models.DateTimeField()
    from_at = models.DateTimeField(null=True)
    until_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_words = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    told = models.ManyToManyField(User, related_name="+")
    review_by_on = models.DateField(null=True)
    reviewed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    proper = models.BooleanField(null=True)
    review_words = models.CharField(max_length=200, blank=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["by", "state", "until_at"]), models.Index(fields=["area", "state"])]
        constraints = [
            models.CheckConstraint(name="access_of_one_child_or_one_home", condition=Q(child=None) | Q(household=None)),
            models.CheckConstraint(name="access_ends_after_it_begins", condition=Q(from_at=None) | Q(until_at__gt=models.F("from_at"))),
            models.CheckConstraint(name="nobody_decides_on_own_access", condition=Q(decided_by=None) | ~Q(decided_by=models.F("by"))),
            models.CheckConstraint(name="nobody_reviews_own_access", condition=Q(reviewed_by=None) | ~Q(reviewed_by=models.F("by"))),
            models.CheckConstraint(name="emergency_is_to_be_reviewed", condition=~Q(kind=AccessKind.EMERGENCY) | Q(review_by_on__isnull=False)),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.asked_at:%Y-%m-%d}"

    @property
    def at(self):
        """When it was asked for: since then nobody may have stood beside the reader who decides (orgs.agreeing)."""
        return self.asked_at

    @property
    def purpose_words(self):
        """What for, in the reader's language."""
        return policy.purpose(self.purpose, in_english())

    @property
    def is_emergency(self):
        """Whether it was taken, not asked for."""
        return self.kind == AccessKind.EMERGENCY

    @property
    def running(self):
        """Whether it opens files now."""
        now = timezone.now()
        return self.state == AccessState.GRANTED and self.from_at <= now < self.until_at

    @property
    def last_day(self):
        """The last whole day of an approval, as it was asked for: it ends with that day."""
        return today(self.until_at - timedelta(seconds=1))

    @property
    def minutes_left(self):
        """How many minutes it still opens, rounded up; 0 when it does not."""
        return max(-int((timezone.now() - self.until_at).total_seconds() // 60), 0) if self.running else 0

    @property
    def stands(self):
        """(state, words) as a page shows it: what has run out is over, though nobody ended it."""
        if self.state == AccessState.GRANTED and not self.running:
            return "over", _("已到期")
        return self.state, self.get_state_display()

    @property
    def whose(self):
        """Whose files, without a name: initials, a home's number, a place."""
        if self.child_id:
            return f"{self.area.short_name} · {self.child.shown_name}"
        return self.household.number if self.household_id else " · ".join(filter(None, (self.area.name, self.school)))
