"""People's mediation: a case, who stands on which side of it, what was heard and seen. What people said, and who strangers are, is sealed."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.registry.models import Household, Person
from wanjia.sealing.fields import EncryptedText

from ..mediation_states import (
    CASE,
    CaseSource,
    CaseState,
    Chosen,
    Danger,
    DisputeKind,
    Kept,
    RecordKind,
    Side,
    SignedBy,
    ToldBy,
    WhyEnded,
)
from .bodies import BodySeat

FILE = "the file of a mediation (人民调解法 art. 27, 29): both sides' proof; sealed, and only mediators of the place open it"


class MediationCase(models.Model):
    """A dispute that a committee took up (调解案件). serial: its number of the village and year; facts, ending: sealed; people, fen: how many and how much it is about.

    need: number of the need in the ledger in which it was voiced, no word of it; before: the case that broke out anew in this one.
    """

    machine = CASE
    privacy = {
        "internal": (
            "id", "village", "year", "serial", "kind", "source", "state", "taken_on", "people", "fen", "in_public", "danger", "before", "need", "chosen", "chosen_on", "ended_on", "why_ended",
            "taken_at", "taken_by", "ended_by", "version",
        ),
        "sensitive": ("facts", "ending", "handed_to", "mediator"),
    }  # fmt: skip
    erasure = Erasure(kept=dict.fromkeys(("facts", "ending", "handed_to"), FILE) | {"need": "a number of the ledger, as there"}, held={"facts": {}})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField(_("受理号"))
    kind = models.CharField(_("纠纷类型"), max_length=16, choices=DisputeKind)
    source = models.CharField(_("来源"), max_length=12, choices=CaseSource)
    state = models.CharField(_("状态"), max_length=16, choices=CaseState, default=CaseState.TAKEN)
    taken_on = models.DateField(_("受理日期"))
    people = models.PositiveIntegerField(_("涉及几个人"))
    fen = models.PositiveBigIntegerField(_("涉及金额(分)"), null=True, blank=True)
    in_public = models.BooleanField(_("公开调解"), default=False)
    facts = EncryptedText(_("纠纷事实"))
    danger = models.CharField(_("激化风险"), max_length=12, choices=Danger, default=Danger.NONE)
    before = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="relapse", verbose_name=_("上一次调解"))
    need = models.CharField(_("诉求编号"), max_length=20, blank=True)
    mediator = models.ForeignKey(BodySeat, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("调解员"))
    chosen = models.CharField(_("怎么选定"), max_length=12, choices=Chosen, blank=True)
    chosen_on = models.DateField(null=True)
    ended_on = models.DateField(_("结束日期"), null=True)
    why_ended = models.CharField(_("为什么终止"), max_length=14, choices=WhyEnded, blank=True)
    ending = EncryptedText(_("怎么结束的"))
    handed_to = EncryptedText(_("转给哪里"))
    taken_at = models.DateTimeField()
    taken_by = staff()
    ended_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-year", "-serial"]
        indexes = [models.Index(fields=["village", "state", "taken_on"], name="mediations_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["village", "year", "serial"], name="mediation_numbered_once"),
            models.CheckConstraint(name="a_dispute_has_two_people", condition=Q(people__gte=2)),
            models.CheckConstraint(name="mediation_ended_on_a_day", condition=Q(state=CaseState.TAKEN, ended_on=None) | (~Q(state=CaseState.TAKEN) & Q(ended_on__isnull=False, ended_on__gte=F("taken_on")))),
            models.CheckConstraint(name="mediation_withdrawn_with_why", condition=(Q(state=CaseState.WITHDRAWN) & ~Q(why_ended="")) | (~Q(state=CaseState.WITHDRAWN) & Q(why_ended=""))),
            models.CheckConstraint(name="mediator_chosen_somehow", condition=Q(mediator=None, chosen="", chosen_on=None) | (Q(mediator__isnull=False, chosen_on__isnull=False) & ~Q(chosen=""))),
            models.CheckConstraint(name="agreed_with_a_mediator", condition=~Q(state=CaseState.AGREED) | Q(mediator__isnull=False)),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self):
        """Its number as papers have it."""
        return f"{self.village.short_name}调受〔{self.year}〕{self.serial}号"


class MediationParty(models.Model):
    """One of a side (当事人): a person of the register, or somebody by a sealed name. agent: guardian or whoever stands for him; told_on: of the rights; signed_on: the agreement."""

    privacy = {"internal": ("id", "case", "side", "n", "minor", "told_on", "told_by", "signed_on", "signed_by", "version"), "sensitive": ("person", "name", "agent")}
    erasure = Erasure(about={"registry.Person": ("person",)}, empty=("name", "agent"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(MediationCase, on_delete=models.PROTECT, related_name="parties")
    side = models.CharField(_("哪一方"), max_length=12, choices=Side)
    n = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("姓名"))
    name = EncryptedText(_("姓名"))
    minor = models.BooleanField(_("未成年人"), default=False)
    agent = EncryptedText(_("监护人、代理人"))
    told_on = models.DateField(_("告知日期"), null=True)
    told_by = models.CharField(_("怎么告知"), max_length=10, choices=ToldBy, blank=True)
    signed_on = models.DateField(_("签字日期"), null=True)
    signed_by = models.CharField(_("怎么签的"), max_length=10, choices=SignedBy, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["case_id", "side", "n"]
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="party_stands_once"),
            models.UniqueConstraint(fields=["case", "side", "n"], name="party_numbered_once"),
            models.CheckConstraint(name="party_told_somehow", condition=Q(told_on=None, told_by="") | (Q(told_on__isnull=False) & ~Q(told_by=""))),
            models.CheckConstraint(name="party_signed_somehow", condition=Q(signed_on=None, signed_by="") | (Q(signed_on__isnull=False) & ~Q(signed_by=""))),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """What he is called where his name is not opened: 甲方1."""
        return f"{self.get_side_display()}{self.n}"

    @property
    def shown(self):
        """His name, for whoever opened the file; a child's by the surname alone."""
        name = self.person.name if self.person_id else self.name
        return f"{name[:1]}某某" if self.minor and name else name


class MediationHome(models.Model):
    """A home on one side of the table (回避): a party lives or lived there, or the mediator does (of_mediator). Never both: nobody mediates his own home's case."""

    privacy = {"sensitive": ("id", "case", "home", "of_mediator")}
    erasure = Erasure(about={"registry.Household": ("home",)})

    case = models.ForeignKey(MediationCase, on_delete=models.PROTECT, related_name="homes")
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    of_mediator = models.BooleanField(default=False)

    class Meta:
        ordering = ["case_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "home"], name="home_on_one_side_of_the_table")]

    def __str__(self):
        return str(self.home_id)


class MediationRecord(models.Model):
    """A paper of the file (笔录): what was asked, said at a sitting, told to the police, seen on a visit. Appended, never changed. words, told_to: sealed."""

    privacy = {"internal": ("id", "case", "kind", "day", "told_at", "kept", "written_at", "written_by"), "sensitive": ("place", "words", "told_to")}
    erasure = Erasure(kept=dict.fromkeys(("place", "words", "told_to"), FILE), held={"words": {}})
    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(MediationCase, on_delete=models.PROTECT, related_name="records")
    kind = models.CharField(_("哪种笔录"), max_length=10, choices=RecordKind)
    day = models.DateField(_("哪天"))
    place = EncryptedText(_("地点"))
    words = EncryptedText(_("内容"))
    told_to = EncryptedText(_("报告了哪里"))
    told_at = models.DateTimeField(_("什么时候报告的"), null=True)
    kept = models.CharField(_("履行情况"), max_length=12, choices=Kept, blank=True)
    written_at = models.DateTimeField()
    written_by = staff()

    class Meta:
        ordering = ["case_id", "day", "written_at"]
        constraints = [
            models.CheckConstraint(name="only_danger_is_reported", condition=Q(told_at=None) | Q(kind=RecordKind.DANGER)),
            models.CheckConstraint(name="recheck_says_what_is_kept", condition=(Q(kind=RecordKind.RECHECK) & ~Q(kept="")) | (~Q(kind=RecordKind.RECHECK) & Q(kept=""))),
        ]

    def __str__(self):
        return f"{self.day} {self.get_kind_display()}"
