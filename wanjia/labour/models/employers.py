"""Employers, what bears out that they are good ones (五有), and what was complained of."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import said, said_or_as_written
from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.policy.demand import criteria
from wanjia.policy.demand import said as numbers
from wanjia.policy.labour_sectors import tags
from wanjia.registry.models import Person
from wanjia.registry.row_keys import ordered_key
from wanjia.sealing.fields import EncryptedText

from ..demand_states import COMPLAINT, PROOF, ComplaintState, ProofState


class Employer(models.Model):
    """A firm that takes workers (用工单位). area: whose office keeps it; place: six digits of where it stands.

    valid_from_on, valid_to_on: the days from and before which all five criteria are borne out, barred_to_on: the first day on which justified complaints
    no longer bar it. They follow from the evidence and the complaints (`employers.standing`), so that a listing lapses by the day and by no job.
    """

    privacy = {
        "open": ("id", "name", "code", "area", "place", "place_name", "sectors", "workshop", "valid_from_on", "valid_to_on", "barred_to_on", "version"),
        "internal": ("address", "contact_name", "phone", "recorded_at", "recorded_by"),
    }
    erasure = Erasure(nobody="firms; whoever answers their telephone does so in office")

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    name = models.CharField(_("用工单位"), max_length=80)
    code = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("由哪里登记"))
    place = models.CharField(_("所在地代码"), max_length=6)
    place_name = models.CharField(_("所在地"), max_length=40)
    address = models.CharField(_("地址"), max_length=80, blank=True)
    sectors = models.JSONField(_("产业标签"), default=list, blank=True)
    workshop = models.BooleanField(_("就业帮扶车间"), default=False)
    contact_name = models.CharField(_("联系人"), max_length=40, blank=True)
    phone = models.CharField(_("招聘电话"), max_length=20, blank=True)
    valid_from_on = models.DateField(null=True)
    valid_to_on = models.DateField(null=True)
    barred_to_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["area", "name"])]

    def __str__(self):
        return self.name

    @property
    def sector_words(self):
        """The tags, in the reader's language."""
        return "、".join(said_or_as_written(one, tags()) for one in self.sectors)


class Proof(models.Model):
    """One piece of evidence for one of the five criteria (五有佐证): of a day, until it no longer holds. Whoever enters it does not confirm it."""

    privacy = {
        "open": ("id", "state", "version", "employer", "criterion", "on", "until_on"),
        "internal": ("words", "entered_at", "entered_by", "decided_on", "decided_by", "checked", "refused_on", "reason"),
    }
    erasure = Erasure(nobody="evidence about firms")
    machine = PROOF
    never_delete = True

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="proofs")
    criterion = models.CharField(_("哪一有"), max_length=8)
    words = models.CharField(_("是什么佐证"), max_length=120)
    on = models.DateField(_("佐证日期"))
    until_on = models.DateField(_("到哪天失效"))
    state = models.CharField(_("状态"), max_length=8, choices=ProofState, default=ProofState.ENTERED)
    version = models.IntegerField(default=0)
    entered_at = models.DateTimeField()
    entered_by = staff()
    decided_on = models.DateField(_("核实日期"), null=True)
    decided_by = staff()
    checked = models.CharField(_("怎么核实的"), max_length=6, blank=True)
    refused_on = models.DateField(null=True)
    reason = models.CharField(_("为什么不采信"), max_length=120, blank=True)

    class Meta:
        ordering = ["criterion", "-on", "pk"]
        constraints = [
            models.CheckConstraint(name="proof_decided_by_another", condition=Q(decided_by=None) | Q(entered_by=None) | ~Q(decided_by=F("entered_by"))),
            models.CheckConstraint(name="proof_stands_with_its_day", condition=~Q(state=ProofState.STANDS) | Q(decided_on__isnull=False)),
            models.CheckConstraint(name="proof_ends_after_its_day", condition=Q(until_on__gt=F("on"))),
        ]

    def __str__(self):
        return f"{self.employer} {self.criterion}"

    @property
    def criterion_words(self):
        """Which of the five, in the reader's language."""
        return said(criteria()[self.criterion])


class Complaint(models.Model):
    """What somebody complains of an employer (投诉), in their words; found justified or not by somebody else than who wrote it down.

    person: of the register, where a number was given with it, so that an erasure finds it; young: whoever it is about is a child.
    """

    privacy = {
        "open": ("id", "state", "version", "employer"),
        "internal": ("ground", "received_on", "recorded_at", "recorded_by", "judged_on", "judged_by", "checked"),
        "sensitive": ("person", "who", "words", "judgement"),
    }
    erasure = Erasure(
        about={"registry.Person": ("person",)}, empty=("who", "words", "judgement"), kept={"ground": "a code; whether an employer is valid goes by it", "checked": "a code"},
    )  # fmt: skip
    machine = COMPLAINT
    never_delete = True

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="complaints")
    ground = models.CharField(_("投诉什么"), max_length=8)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    who = EncryptedText(_("谁投诉的"))
    words = EncryptedText(_("本人的话"))
    received_on = models.DateField(_("哪天投诉的"))
    state = models.CharField(_("状态"), max_length=10, choices=ComplaintState, default=ComplaintState.RECEIVED)
    version = models.IntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    judged_on = models.DateField(_("查明日期"), null=True)
    judged_by = staff()
    checked = models.CharField(_("怎么核实的"), max_length=6, blank=True)
    judgement = EncryptedText(_("查明的情况"))

    class Meta:
        ordering = ["-received_on", "pk"]
        constraints = [
            models.CheckConstraint(name="complaint_judged_by_another", condition=Q(judged_by=None) | Q(recorded_by=None) | ~Q(judged_by=F("recorded_by"))),
            models.CheckConstraint(name="complaint_judged_with_its_day", condition=Q(state=ComplaintState.RECEIVED) | Q(judged_on__isnull=False)),
        ]

    def __str__(self):
        return f"{self.employer} {self.ground}"

    @property
    def ground_words(self):
        """What is complained of, in the reader's language."""
        return said(numbers()["grounds"][self.ground])
