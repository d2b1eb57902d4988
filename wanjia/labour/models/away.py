"""What binds the city to where its people work: agreements, stations and organisations away, who belongs to which station."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, Organisation, User, staff
from wanjia.policy.work_places import stem_of
from wanjia.registry.row_keys import ordered_key

from ..demand_states import Consent, OutpostKind
from .employers import Employer
from .workers import Spell, Worker


class Agreement(models.Model):
    """An agreement on labour (劳务协作协议) with an employer or with an area. until_on: the first day on which it is no longer in force.

    What came of it is no number typed: its starts are counted (Start of its vacancies).
    """

    privacy = {
        "open": ("id", "title", "employer", "party", "place", "area", "quota", "from_on", "until_on", "ended_on", "version"),
        "internal": ("document", "ended_because", "recorded_at", "recorded_by"),
    }
    erasure = Erasure(nobody="agreements with firms and governments")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    title = models.CharField(_("协议名称"), max_length=80)
    employer = models.ForeignKey(Employer, null=True, blank=True, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("协作的企业"))
    party = models.CharField(_("协作的地方"), max_length=60, blank=True)
    place = models.CharField(_("所在地代码"), max_length=6, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("由哪里登记"))
    document = models.CharField(_("文号"), max_length=60, blank=True)
    quota = models.IntegerField(_("约定人数"))
    from_on = models.DateField(_("从哪天起"))
    until_on = models.DateField(_("到哪天为止"))
    ended_on = models.DateField(_("提前终止"), null=True)
    ended_because = models.CharField(_("终止原因"), max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["until_on", "pk"]
        indexes = [models.Index(fields=["area", "until_on"])]
        constraints = [
            models.CheckConstraint(name="agreement_has_one_party", condition=Q(employer=None) & ~Q(party="") | Q(employer__isnull=False, party="")),
            models.CheckConstraint(name="agreement_ends_after_start", condition=Q(until_on__gt=F("from_on"))),
            models.CheckConstraint(name="agreement_ended_with_reason", condition=Q(ended_on=None, ended_because="") | (Q(ended_on__isnull=False) & ~Q(ended_because=""))),
        ]

    def __str__(self):
        return self.title

    @property
    def with_whom(self):
        """The other party."""
        return self.employer.name if self.employer_id else self.party


class Outpost(models.Model):
    """A unit for workers away or resettled (驻外就业服务站、流动党员党组织、安置区基层党组织), outside the own tree of areas.

    host: six digits of the city, county or province where it works; unit: the unit of the house whose people sign in, where there are some; contact:
    the person of the house who answers for it; phone: for workers, it is published. area: whose office keeps it.
    """

    privacy = {
        "open": ("id", "kind", "name", "area", "host", "host_name", "phone", "from_on", "to_on", "version"),
        "internal": ("unit", "contact", "members", "ended_because", "recorded_at", "recorded_by"),
    }
    erasure = Erasure(nobody="units; whoever answers for them does so in office")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    kind = models.CharField(_("哪一类"), max_length=10, choices=OutpostKind)
    name = models.CharField(_("名称"), max_length=80)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("由哪里登记"))
    unit = models.OneToOneField(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="outpost", verbose_name=_("在系统里登录的单位"))
    host = models.CharField(_("服务地代码"), max_length=6)
    host_name = models.CharField(_("服务哪里"), max_length=40)
    contact = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("联系人"))
    phone = models.CharField(_("工友电话"), max_length=20)
    members = models.IntegerField(_("党员人数"), null=True, blank=True)
    from_on = models.DateField(_("成立"))
    to_on = models.DateField(_("撤销"), null=True)
    ended_because = models.CharField(_("撤销原因"), max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["kind", "host", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "host"], condition=Q(to_on=None), name="outpost_once_at_its_host"),
            models.CheckConstraint(name="outpost_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return self.name

    @property
    def stem(self):
        """The digits that all places it serves begin with."""
        return stem_of(self.host)


class Belonging(models.Model):
    """A worker away belongs to a station (归哪个站服务): chosen or agreed to by the worker, from a day to a day; by nobody's tracking."""

    privacy = {"open": ("id",), "internal": ("worker", "outpost", "from_on", "to_on", "consent", "ended_because", "recorded_at", "recorded_by")}
    erasure = Erasure(about={"registry.Person": ("worker__person",)}, word=("ended_because",))

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="belongings", db_index=False)
    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="belongings", verbose_name=_("服务站"))
    from_on = models.DateField(_("从哪天起"))
    to_on = models.DateField(null=True)
    consent = models.CharField(_("本人怎么同意的"), max_length=5, choices=Consent)
    ended_because = models.CharField(_("为什么不再归这个站"), max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["-from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["worker"], condition=Q(to_on=None), name="one_station_per_worker"),
            models.CheckConstraint(name="belonging_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return f"{self.worker_id} → {self.outpost}"


class WageClaim(models.Model):
    """Wages owed to a worker away, put on the ledger of needs by the station that looks after him (驻外欠薪): one need with one owner at his home.

    from_on, last_on: the first and the last day whose pay is owed, both counted, as the paper over it says; owes: yuan; number: of the need, which another app's
    ledger gave it; withdrawn_…: it was written down by mistake, or (withdrawn_by: None) its need was withdrawn on the ledger, and its days are free again: the line stays.
    """

    privacy = {"open": ("id", "outpost", "owes", "from_on", "last_on", "number", "at", "withdrawn_at", "withdrawn_because"), "internal": ("worker", "spell", "recorded_by", "withdrawn_by")}
    erasure = Erasure(about={"registry.Person": ("worker__person",)}, kept={"number": "a number of the ledger, which is erased by itself", "withdrawn_because": "why a line was a mistake; nobody is named"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="wage_claims")
    outpost = models.ForeignKey(Outpost, on_delete=models.PROTECT, related_name="wage_claims", db_index=False)
    spell = models.ForeignKey(Spell, on_delete=models.PROTECT, related_name="wage_claims", db_index=False)
    from_on = models.DateField(_("从哪天起欠"))
    last_on = models.DateField(_("欠到哪天"))
    owes = models.IntegerField(_("欠多少(元)"))
    number = models.CharField(_("诉求编号"), max_length=24)
    at = models.DateTimeField()
    recorded_by = staff()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = staff()
    withdrawn_because = models.CharField(_("撤销原因"), max_length=60, blank=True)

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["spell", "from_on"], condition=Q(withdrawn_at=None), name="wages_of_a_day_claimed_once"),
            models.CheckConstraint(name="wage_claim_withdrawn_with_reason", condition=Q(withdrawn_at=None, withdrawn_because="") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because=""))),
            models.CheckConstraint(name="wage_claim_owes_something", condition=Q(owes__gt=0, last_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return self.number
