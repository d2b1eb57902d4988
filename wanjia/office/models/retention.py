"""Lists of records whose time is over, frozen when they are drawn up, what became of each row, and what keeps rows from being disposed of."""

import hashlib
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import in_english
from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area
from wanjia.orgs.models.agreeing import Asked, ChangeState
from wanjia.orgs.retained import Spared
from wanjia.policy import retention as policy


def digest(items):
    """Return the SHA-256 over the rows of a list, in their order: what the second person agrees to, and the journal bears."""
    said = (f"{one.n} {one.row} {one.place} {one.number} {one.child:d} {one.began_on} {one.due_on}" for one in items)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


class Disposal(Asked):
    """One list of records to be disposed of (销毁清单): drawn up on a day for an area and a class, proposed by one, agreed to by another unit.

    held: {why: how many due rows were left out}; handled: ids of the units and people that had a part in its rows: none of them agrees; carry_on: the first day on which it is carried out; carried_at: when its last row was.
    """

    privacy = {
        "open": ("id", "code", "area", "n", "digest"),
        "internal": (
            "on", "young", "held", "handled", "carry_on", "carried_at", "by", "by_name", "by_org", "units", "at", "state", "decided_by", "decided_name", "decided_org",
            "decided_at", "words",
        ),
    }  # fmt: skip
    erasure = Erasure(nobody="counts, and the staff who answer for them")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("类别"), max_length=12)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("截至"))
    n = models.IntegerField(_("件数"))
    young = models.IntegerField(default=0)  # of them about children: listed by nobody
    held = models.JSONField(default=dict)
    handled = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    carry_on = models.DateField(null=True)
    carried_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(name="nobody_agrees_to_own_disposal", condition=Q(decided_by=None) | Q(state=ChangeState.DECLINED) | ~Q(decided_by=models.F("by"))),
            models.CheckConstraint(name="disposal_is_carried_when_agreed", condition=Q(carried_at=None) | Q(state=ChangeState.MADE)),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.class_words} {self.on:%Y-%m-%d}"

    @property
    def kept(self):
        """The limits by which it was drawn up (policy.retention.Kept)."""
        return policy.in_force(self.on).kept(self.code)

    @property
    def class_words(self):
        """What its class is called, in the reader's language; one that no rule knows by its code."""
        return self.kept.words[in_english()] if self.kept else self.code

    @property
    def stands(self):
        """(tone, words) of where it stands."""
        if self.state == ChangeState.MADE:
            return ("carried", _("已销毁")) if self.carried_at else ("agreed", _("已同意,等执行"))
        return ("declined", _("没有同意,或已收回")) if self.state == ChangeState.DECLINED else ("asked", _("等另一单位同意"))

    @property
    def is_live(self):
        """Whether it waits, or is still to be carried out: its rows are on no other list."""
        return self.state == ChangeState.WAITING or (self.state == ChangeState.MADE and self.carried_at is None)

    @property
    def left_out(self):
        """[(why, how many)] of the due rows that were left out."""
        return [(Spared(code).label, n) for code, n in sorted(self.held.items())]


class DisposalItem(models.Model):
    """One row of a list (销毁清单所列): which, from when it was kept until when. It bears nothing that says who it is about."""

    privacy = {"internal": ("id", "disposal", "n", "table", "row", "place", "number", "child", "began_on", "due_on")}
    erasure = Erasure(nobody="keys, days, a village and an open number")
    append_only = True

    disposal = models.ForeignKey(Disposal, on_delete=models.PROTECT, related_name="items")
    n = models.IntegerField()
    table = models.CharField(max_length=60)
    row = models.CharField(max_length=40)
    place = models.CharField(max_length=15)
    number = models.CharField(max_length=24, blank=True)  # never of a row about a child
    child = models.BooleanField(default=False)
    began_on = models.DateField()
    due_on = models.DateField()

    class Meta:
        ordering = ["disposal_id", "n"]
        indexes = [models.Index(fields=["table", "row"])]
        constraints = [
            models.UniqueConstraint(fields=["disposal", "row"], name="disposed_once_in_a_list"),
            models.CheckConstraint(name="a_child_has_no_number_in_a_list", condition=Q(child=False) | Q(number="")),
        ]

    def __str__(self):
        return f"{self.disposal_id} {self.n}"


class DisposalOutcome(models.Model):
    """What became of one row of a list (销毁结果): disposed of under an order, or spared for a reason."""

    privacy = {"internal": ("item", "order", "spared", "at")}
    erasure = Erasure(nobody="keys and a reason")
    append_only = True

    item = models.OneToOneField(DisposalItem, on_delete=models.PROTECT, primary_key=True, related_name="outcome")
    order = models.UUIDField(null=True)
    spared = models.CharField(max_length=12, choices=Spared, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="disposed_or_spared", condition=Q(order=None) ^ Q(spared=""))]

    def __str__(self):
        return self.spared or str(self.order)


class RetentionHold(Asked):
    """What keeps rows from being disposed of (暂缓销毁): one need's or home's, or a class of an area; lifted by another unit alone.

    document: the number of the paper on which it rests. decided_*, words: by whom and why it was lifted; until then it is WAITING.
    """

    privacy = {
        "open": ("id",),
        "internal": (
            "ground", "code", "area", "number", "document", "by", "by_name", "by_org", "units", "at", "state", "decided_by", "decided_name", "decided_org",
            "decided_at", "words",
        ),
    }  # fmt: skip
    erasure = Erasure(nobody="the number of a paper, of a need or of a home, and the staff who answer for it")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ground = models.CharField(_("为什么"), max_length=12, choices=Spared)
    code = models.CharField(_("类别"), max_length=12, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("编号"), max_length=24, blank=True)
    document = models.CharField(_("文号"), max_length=60)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["state", "area"])]

    def __str__(self):
        return f"{self.get_ground_display()} {self.document}"

    @property
    def stands(self):
        """Whether it still keeps rows."""
        return self.state == ChangeState.WAITING

    @property
    def what(self):
        """What it keeps: a number, or a class (all of them) of its area."""
        if self.number:
            return self.number
        kept = policy.in_force(today(self.at)).kept(self.code) if self.code else None
        return kept.words[in_english()] if kept else _("各类")

