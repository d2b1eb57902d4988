"""Points: by which clauses they are given, what homes claim, and the double-entry book in which every line names why."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.registry.models import Household

from ..point_states import CLAIM, SCHEME, ClaimState, EntryKind, Head, Purse, SchemeState
from .bylaws import BylawClause
from .point_lapses import PointLapse


class PointScheme(models.Model):
    """A village's rules of points (积分办法), a version. fen: what a point is worth in the shop; cover: percent of the shelves' worth that points out may come to; cites: the clause of a by-law that it goes by; resolved_on, resolved: that clause and since when it stands, or the meeting that adopted it."""

    machine = SCHEME
    privacy = {
        "open": ("id", "village", "serial", "fen", "cover", "lapse_years", "resolved", "resolved_on", "cites", "from_on", "to_on", "state", "version"),
        "internal": ("drawn_at", "drawn_by", "adopted_at", "adopted_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="rules, not people")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    serial = models.PositiveSmallIntegerField(_("第几版"))
    fen = models.PositiveIntegerField(_("1 个积分值几分钱"))
    cover = models.PositiveSmallIntegerField(_("积分总额最多占货值的百分之几"))
    lapse_years = models.PositiveSmallIntegerField(_("记分后第几年年底过期"), default=0)
    resolved = models.CharField(_("哪次会议通过"), max_length=120)
    resolved_on = models.DateField(_("会议日期"))
    cites = models.ForeignKey(BylawClause, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("依据哪条制度"))
    from_on = models.DateField(_("从哪天起"), null=True, blank=True)
    to_on = models.DateField(_("到哪天止"), null=True, blank=True)
    state = models.CharField(max_length=16, choices=SchemeState, default=SchemeState.DRAFT)
    drawn_at = models.DateTimeField()
    drawn_by = staff()
    adopted_at = models.DateTimeField(null=True)
    adopted_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["village", "serial"], name="point_scheme_numbered_once"),
            models.UniqueConstraint(fields=["village"], condition=Q(state=SchemeState.IN_FORCE), name="one_point_scheme_in_force"),
            models.UniqueConstraint(fields=["village"], condition=Q(state=SchemeState.DRAFT), name="one_point_scheme_drafted"),
            models.CheckConstraint(name="point_scheme_adopted_by_another", condition=Q(adopted_by=None) | Q(drawn_by=None) | ~Q(adopted_by=F("drawn_by"))),
            models.CheckConstraint(name="point_is_worth_something", condition=Q(fen__gte=1, cover__gte=1, cover__lte=100)),
        ]

    def __str__(self):
        return f"{self.village.short_name} {self.serial}"


class PointItem(models.Model):
    """A clause (积分细则): for what so many points are given. clause: its number in the rules."""

    privacy = {"open": ("id", "scheme", "clause", "head", "words", "points")}
    erasure = Erasure(nobody="a rule, not people")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scheme = models.ForeignKey(PointScheme, on_delete=models.PROTECT, related_name="items")
    clause = models.PositiveSmallIntegerField(_("第几条"))
    head = models.CharField(_("积分类别"), max_length=10, choices=Head)
    words = models.CharField(_("做了什么"), max_length=120)
    points = models.PositiveIntegerField(_("几分"))

    class Meta:
        ordering = ["scheme_id", "clause"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "clause"], name="point_clause_once"),
            models.CheckConstraint(name="point_clause_gives_something", condition=Q(points__gte=1)),
        ]

    def __str__(self):
        return f"{self.clause}. {self.words}"


class PointAccount(models.Model):
    """Whose points (积分账户): a home's, never below nought, or one of the village's own that the other side of each line stands in. All balances of a village add up to nought."""

    privacy = {"open": ("id", "village", "purse", "version"), "internal": ("home", "balance")}
    erasure = Erasure(about={"registry.Household": ("home",)})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    purse = models.CharField(max_length=8, choices=Purse)
    home = models.OneToOneField(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    balance = models.IntegerField(_("余额"), default=0)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "home__number"]
        constraints = [
            models.UniqueConstraint(fields=["village", "purse"], condition=~Q(purse=Purse.HOME), name="village_purse_once"),
            models.CheckConstraint(name="point_account_of_a_home", condition=Q(purse=Purse.HOME, home__isnull=False) | (~Q(purse=Purse.HOME) & Q(home=None))),
            models.CheckConstraint(name="points_of_a_home_not_below_nought", condition=Q(purse=Purse.ISSUED, balance__lte=0) | (~Q(purse=Purse.ISSUED) & Q(balance__gte=0))),
        ]

    def __str__(self):
        return self.home.number if self.home_id else self.get_purse_display()


class PointClaim(models.Model):
    """What a home did, for which points are claimed (积分申报): written down by one, looked at by another, on the board until `until_on`, booked after it.

    words: what was done and where; points: as the clause had them when it was posted; until_on: the last day on the board; reason: why no points are given.
    """

    machine = CLAIM
    privacy = {"open": ("id", "village", "item", "points", "state", "posted_on", "until_on", "refused_on", "version"), "internal": ("home", "day", "words", "proposed_at", "proposed_by", "posted_by", "refused_by", "reason")}
    erasure = Erasure(about={"registry.Household": ("home",)}, word=("words", "reason"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    item = models.ForeignKey(PointItem, on_delete=models.PROTECT, related_name="claims", verbose_name=_("按哪一条"))
    points = models.PositiveIntegerField(_("几分"))
    day = models.DateField(_("哪天"))
    words = models.CharField(_("做了什么"), max_length=120)
    state = models.CharField(max_length=16, choices=ClaimState, default=ClaimState.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = staff()
    posted_on = models.DateField(null=True)
    until_on = models.DateField(_("公示到哪天"), null=True)
    posted_by = staff()
    refused_on = models.DateField(_("哪天说不记分的"), null=True)
    refused_by = staff()
    reason = models.CharField(_("为什么不记分"), max_length=120, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "village_id", "pk"]
        indexes = [models.Index(fields=["village", "state", "until_on"], name="point_claims_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["home", "item", "day"], condition=~Q(state=ClaimState.REFUSED), name="one_deed_claimed_once"),
            models.CheckConstraint(name="claim_posted_by_another", condition=Q(posted_by=None) | Q(proposed_by=None) | ~Q(posted_by=F("proposed_by"))),
            models.CheckConstraint(name="claim_refused_with_reason", condition=~Q(state=ClaimState.REFUSED) | ~Q(reason="")),
            models.CheckConstraint(name="claim_posted_by_days", condition=Q(state=ClaimState.PROPOSED, posted_on=None, until_on=None) | Q(state=ClaimState.REFUSED)
                                   | Q(state__in=(ClaimState.POSTED, ClaimState.BOOKED), posted_on__isnull=False, until_on__isnull=False, until_on__gte=F("posted_on"))),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.home.number} {self.item}"


class PointObjection(models.Model):
    """What somebody said against a claim on the board (公示异议); it is not booked while one is unanswered. Answered by another than who proposed the claim."""

    privacy = {"open": ("id", "claim", "told_on", "upheld", "answered_on"), "internal": ("words", "answer", "told_at", "told_by", "answered_by")}
    erasure = Erasure(about={"registry.Household": ("claim__home",)}, word=("words", "answer"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(PointClaim, on_delete=models.PROTECT, related_name="objections")
    told_on = models.DateField(_("哪天提的"))
    words = models.CharField(_("怎么说"), max_length=200)
    told_at = models.DateTimeField()
    told_by = staff()
    upheld = models.BooleanField(_("成立"), null=True)
    answer = models.CharField(_("答复"), max_length=200, blank=True)
    answered_on = models.DateField(null=True)
    answered_by = staff()

    class Meta:
        ordering = ["claim_id", "told_on", "pk"]
        constraints = [
            models.CheckConstraint(name="point_objection_answered_whole", condition=Q(upheld=None, answer="", answered_on=None) | (Q(upheld__isnull=False, answered_on__isnull=False) & ~Q(answer=""))),
        ]

    def __str__(self):
        return str(self.told_on)


class PointEntry(models.Model):
    """One booking (积分流水): never changed, never deleted; what was wrong is reversed by another that names it. serial: its number within the village."""

    privacy = {"open": ("id", "village", "serial", "kind", "day"), "internal": ("claim", "reverses", "lapse", "words", "at", "made_by")}
    erasure = Erasure(about={"registry.Household": ("lines__account__home",)}, word=("words",))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    serial = models.PositiveIntegerField(_("流水号"))
    kind = models.CharField(max_length=10, choices=EntryKind)
    claim = models.OneToOneField(PointClaim, null=True, blank=True, on_delete=models.PROTECT, related_name="entry")
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by")
    lapse = models.ForeignKey(PointLapse, null=True, blank=True, on_delete=models.PROTECT, related_name="entries")
    words = models.CharField(_("为什么"), max_length=120, blank=True)
    day = models.DateField(_("哪天"))
    at = models.DateTimeField()
    made_by = staff()

    class Meta:
        ordering = ["village_id", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["village", "serial"], name="point_entry_numbered_once"),
            models.CheckConstraint(
                name="point_entry_says_why",
                condition=Q(kind=EntryKind.AWARD, claim__isnull=False, reverses=None, lapse=None)
                | (Q(kind__in=(EntryKind.REVERSAL, EntryKind.GIVE_BACK, EntryKind.RESTORE), claim=None, reverses__isnull=False, lapse=None) & ~Q(words=""))
                | Q(kind=EntryKind.REDEEM, claim=None, reverses=None, lapse=None)
                | Q(kind=EntryKind.LAPSE, claim=None, reverses=None, lapse__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.serial)


class PointLine(models.Model):
    """One side of a booking (积分分录): so many points into (or out of) an account. The lines of a booking add up to nought."""

    privacy = {"open": ("id", "entry", "account", "points")}
    erasure = Erasure(about={"registry.Household": ("account__home",)})
    never_delete = True

    entry = models.ForeignKey(PointEntry, on_delete=models.PROTECT, related_name="lines")
    account = models.ForeignKey(PointAccount, on_delete=models.PROTECT, related_name="lines")
    points = models.IntegerField()

    class Meta:
        ordering = ["entry_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "account"], name="one_line_an_account"),
            models.CheckConstraint(name="a_line_moves_points", condition=~Q(points=0)),
        ]

    def __str__(self):
        return str(self.points)
