"""Vacancies, and who started through them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import said_or_as_written
from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.policy.labour import trades
from wanjia.policy.labour_sectors import tags
from wanjia.policy.vacancy_words import Offer
from wanjia.policy.work_places import place_class
from wanjia.registry.row_keys import ordered_key

from ..demand_states import VACANCY, Boarding, Month, PayUnit, Shift, VacancyState
from ..states import Place
from .away import Agreement
from .employers import Employer
from .workers import Spell


class Vacancy(models.Model):
    """Places of one kind at one employer (岗位), for a time. Confirmed as true by somebody else than who wrote it down, stale from `stale_on` on.

    area: whose office keeps it; place: six digits of where the work is; until_on: the first day on which it is no longer offered;
    left: how many places are not filled yet (headcount less its starts); ages 0: none said.
    """

    privacy = {
        "open": (
            "id", "state", "version", "employer", "area", "title", "trade", "headcount", "left", "pay_from", "pay_to", "pay_unit", "place", "place_name", "day_hours", "week_days", "shift",
            "home_by", "boarding", "sectors", "months", "least_age", "most_age", "words", "from_on", "until_on", "stale_on", "confirmed_on",
        ),
        "internal": ("approved", "agreement", "confirmed_by", "checked", "confirmed_words", "withdrawn_because", "recorded_at", "recorded_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="what firms offer")
    machine = VACANCY
    never_delete = True

    id = models.UUIDField(primary_key=True, default=ordered_key, editable=False)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="vacancies", verbose_name=_("用工单位"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("由哪里登记"))
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="vacancies", verbose_name=_("通过哪份劳务协作协议"))
    title = models.CharField(_("岗位"), max_length=40)
    trade = models.CharField(_("工种"), max_length=12)
    headcount = models.IntegerField(_("招几人"))
    left = models.IntegerField(_("还缺几人"))
    pay_from = models.IntegerField(_("工资从"))
    pay_to = models.IntegerField(_("工资到"))
    pay_unit = models.CharField(_("工资按"), max_length=6, choices=PayUnit, default=PayUnit.MONTH)
    place = models.CharField(_("工作地代码"), max_length=6)
    place_name = models.CharField(_("工作地"), max_length=40)
    day_hours = models.IntegerField(_("每天几小时"))
    week_days = models.IntegerField(_("每周几天"))
    approved = models.CharField(_("特殊工时批件"), max_length=60, blank=True)
    shift = models.CharField(_("班次"), max_length=8, choices=Shift, default=Shift.DAY)
    home_by = models.CharField(_("最晚几点能到家"), max_length=5, blank=True)
    boarding = models.CharField(_("食宿"), max_length=8, choices=Boarding, default=Boarding.NONE)
    sectors = models.JSONField(_("产业标签"), default=list, blank=True)
    months = models.JSONField(_("季节性的月份"), default=list, blank=True)
    least_age = models.IntegerField(_("年龄从"), default=0)
    most_age = models.IntegerField(_("年龄到"), default=0)
    words = models.CharField(_("做什么、有什么要求"), max_length=300)
    from_on = models.DateField(_("从哪天起招"))
    until_on = models.DateField(_("招到哪天为止"))
    state = models.CharField(_("状态"), max_length=10, choices=VacancyState, default=VacancyState.DRAFTED)
    version = models.IntegerField(default=0)
    confirmed_on = models.DateField(_("核实日期"), null=True)
    confirmed_by = staff()
    checked = models.CharField(_("怎么核实的"), max_length=6, blank=True)
    confirmed_words = models.CharField(_("核实的情况"), max_length=120, blank=True)
    stale_on = models.DateField(null=True)
    withdrawn_because = models.CharField(_("为什么撤下"), max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = staff()

    class Meta:
        ordering = ["until_on", "pk"]
        indexes = [models.Index(fields=["state", "until_on"]), models.Index(fields=["area", "state"])]
        constraints = [
            models.CheckConstraint(name="vacancy_places_left", condition=Q(headcount__gte=1, left__gte=0, left__lte=F("headcount"))),
            models.CheckConstraint(name="vacancy_pay_from_to", condition=Q(pay_from__gte=1, pay_to__gte=F("pay_from"))),
            models.CheckConstraint(name="vacancy_ends_after_start", condition=Q(until_on__gt=F("from_on"))),
            models.CheckConstraint(name="vacancy_live_is_confirmed", condition=~Q(state=VacancyState.LIVE) | Q(confirmed_on__isnull=False, stale_on__isnull=False)),
            models.CheckConstraint(name="vacancy_confirmed_by_another", condition=Q(confirmed_by=None) | Q(recorded_by=None) | ~Q(confirmed_by=F("recorded_by"))),
            models.CheckConstraint(name="vacancy_withdrawn_with_reason", condition=~Q(state=VacancyState.WITHDRAWN) | ~Q(withdrawn_because="")),
        ]

    def __str__(self):
        return f"{self.title} · {self.employer}"

    @property
    def trade_words(self):
        """The trade, in the reader's language."""
        return said_or_as_written(self.trade, trades())

    @property
    def sector_words(self):
        """The tags, in the reader's language."""
        return "、".join(said_or_as_written(one, tags()) for one in self.sectors)

    @property
    def month_words(self):
        """The months of its season."""
        return "、".join(str(Month(one).label) for one in self.months)

    @property
    def filled(self):
        """How many started."""
        return self.headcount - self.left

    def place_from(self, home):
        """Where the work lies as seen from a home's area code, as a Place."""
        return Place(place_class(home, self.place) or Place.NONE)

    @property
    def offer(self):
        """What the law looks at."""
        return Offer(
            f"{self.title}\n{self.words}", self.place, self.pay_from, self.pay_unit == PayUnit.HOUR, self.day_hours, self.day_hours * self.week_days, self.least_age, self.most_age,
            self.trade, self.shift in (Shift.NIGHT, Shift.TWO, Shift.THREE), self.approved,
        )  # fmt: skip


class Start(models.Model):
    """A spell of work that came about through a vacancy (上岗): it fills one place, and counts for the agreement that the vacancy came through."""

    privacy = {"open": ("vacancy",), "internal": ("spell", "noted_at", "noted_by")}
    erasure = Erasure(about={"registry.Person": ("spell__worker__person",)})

    spell = models.OneToOneField(Spell, primary_key=True, on_delete=models.PROTECT, related_name="start")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="starts")
    noted_at = models.DateTimeField()
    noted_by = staff()

    class Meta:
        ordering = ["-noted_at", "pk"]

    def __str__(self):
        return f"{self.vacancy_id} {self.spell_id}"
