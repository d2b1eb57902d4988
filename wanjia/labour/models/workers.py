"""The people of the register seen as labour, and where they worked from when to when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, User
from wanjia.registry.models import Person
from wanjia.registry.row_keys import ordered_key

from ..states import Care, Evidence, How, Left, Place


class Worker(models.Model):
    """A labourer (农村劳动力): a person of the register, seen as labour.

    What changes by the day stands here as it is now (`place`, `since_on`, `how`, `carried`: of the spell that runs; `lifted`, `watched`,
    `relocated`: of the home's statuses), so that lists and sums ask one table; the past is asked of the spells and the statuses themselves.
    `village` is the one that keeps the person's record.
    """

    privacy = {
        "open": ("person", "village"),
        "internal": (
            "entered_on", "left_on", "left_because", "lifted", "watched", "relocated", "trade", "certificate", "wants_place", "wants_trade",
            "wants_pay", "free_on", "care", "together", "place", "since_on", "how", "carried", "verified_on", "line_digest", "version",
        ),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Person": ("person",)},
        word=("certificate",),
        empty=("line_digest",),
        kept=dict.fromkeys(("trade", "wants_trade"), "codes of trades; figures go by them"),
    )

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="worker")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("村(社区)"))
    entered_on = models.DateField(_("列入名册"))
    left_on = models.DateField(_("退出名册"), null=True, blank=True)
    left_because = models.CharField(_("退出原因"), max_length=8, choices=Left, blank=True)
    lifted = models.BooleanField(_("脱贫户"), default=False)
    watched = models.BooleanField(_("监测对象"), default=False)
    relocated = models.BooleanField(_("易地搬迁户"), default=False)
    trade = models.CharField(_("技能(工种)"), max_length=12, blank=True)
    certificate = models.CharField(_("技能证书"), max_length=60, blank=True)
    wants_place = models.CharField(_("想去哪里"), max_length=8, choices=Place, blank=True)
    wants_trade = models.CharField(_("想做什么"), max_length=12, blank=True)
    wants_pay = models.IntegerField(_("想要的月工资(元)"), null=True, blank=True)
    free_on = models.DateField(_("什么时候能走"), null=True, blank=True)
    care = models.CharField(_("照看家人"), max_length=6, choices=Care, blank=True)
    together = models.BooleanField(_("和家里人去同一个地方"), default=False, db_default=False)  # a load writes its own columns alone
    place = models.CharField(_("务工区域"), max_length=8, choices=Place, default=Place.NONE)
    since_on = models.DateField(_("从哪天起"), null=True, blank=True)
    how = models.CharField(_("输出方式"), max_length=9, choices=How, blank=True)
    carried = models.BooleanField(_("点对点输送"), default=False)
    verified_on = models.DateField(_("最近核实"))
    line_digest = models.BinaryField(max_length=16, null=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["village_id", "verified_on", "pk"]
        indexes = [models.Index(fields=["village", "verified_on"], name="worker_village_verified")]
        constraints = [
            models.CheckConstraint(
                name="worker_left_with_reason",
                condition=Q(left_on=None, left_because="") | (Q(left_on__isnull=False) & ~Q(left_because="")),
            ),
            models.CheckConstraint(
                name="worker_place_with_its_day",
                condition=Q(place=Place.NONE, since_on=None, how="", carried=False)
                | (~Q(place=Place.NONE) & Q(since_on__isnull=False) & ~Q(how="")),
            ),
        ]

    def __str__(self):
        return str(self.person)

    @property
    def is_protected(self):
        """Whether only the child's file shows who this is: somebody of sixteen or seventeen may work, and is a child."""
        return self.person.is_protected


class Spell(models.Model):
    """A spell of work away from the own farm (务工经历): with whom, where, from a day to a day. `to_on` is the first day no longer, as of every dated row."""

    privacy = {
        "open": ("id",),
        "internal": (
            "worker", "from_on", "to_on", "place", "area", "employer_name", "trade", "pay", "how", "carried", "evidence", "source", "ended_because",
            "recorded_at", "recorded_by",
        ),
    }  # fmt: skip
    erasure = Erasure(
        about={"registry.Person": ("worker__person",)},
        word=("employer_name", "source", "ended_because"),
        kept={"area": "a code of a county, a province or a country; figures go by it", "trade": "a code; figures go by it"},
    )

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="spells", db_index=False)
    from_on = models.DateField(_("外出时间"))
    to_on = models.DateField(_("返回时间"), null=True, blank=True)
    place = models.CharField(_("务工区域"), max_length=8, choices=[one for one in Place.choices if one[0] != Place.NONE])
    area = models.CharField(_("务工地"), max_length=6, blank=True)
    employer_name = models.CharField(_("用工单位"), max_length=80, blank=True)
    trade = models.CharField(_("工种"), max_length=12, blank=True)
    pay = models.IntegerField(_("月工资(元)"), null=True, blank=True)
    how = models.CharField(_("输出方式"), max_length=9, choices=How)
    carried = models.BooleanField(_("点对点输送"), default=False)
    evidence = models.CharField(_("佐证"), max_length=9, choices=Evidence)
    source = models.CharField(_("来源"), max_length=60, blank=True)
    ended_because = models.CharField(_("结束原因"), max_length=60, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        ordering = ["worker_id", "from_on", "pk"]
        # Who went and who came back in a month, all over the city.
        indexes = [
            models.Index(fields=["worker", "from_on"], name="spell_worker_from"), models.Index(fields=["from_on"], name="spell_from"),
            models.Index(fields=["to_on"], condition=Q(to_on__isnull=False), name="spell_to"),
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["worker"], condition=Q(to_on=None), name="one_spell_runs"),
            models.CheckConstraint(name="spell_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
            models.CheckConstraint(name="spell_is_somewhere", condition=~Q(place=Place.NONE)),
            # 有组织 is borne out by something (B18), and only organised ones are carried door to door.
            models.CheckConstraint(
                name="spell_organised_with_evidence", condition=~Q(how=How.ORGANISED) | ~Q(evidence=Evidence.DECLARED)
            ),
            models.CheckConstraint(name="spell_carried_is_organised", condition=Q(carried=False) | Q(how=How.ORGANISED)),
        ]

    def __str__(self):
        return f"{self.worker_id} {self.from_on}"
