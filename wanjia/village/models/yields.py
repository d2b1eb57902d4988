"""What plots bear and what homes say they earned: each with how it was found out (百斤鱼、千斤粮、万元钱)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.registry.models import Household

from ..money_states import Crop, Method, Season


class PlotYield(models.Model):
    """What one plot bore in a season (地块产量): area in hundredths of a mu, yield in jin (500 g), what it was sold for. struck: why it does not count any more; who wrote it wrongly writes it anew."""

    privacy = {"open": ("id", "village", "year", "season", "crop"), "internal": ("home", "plot", "mu", "jin", "fen", "method", "struck", "told_at", "told_by", "version")}
    erasure = Erasure(about={"registry.Household": ("home",)}, word=("plot", "struck"))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    plot = models.CharField(_("地块"), max_length=40)
    mu = models.PositiveIntegerField(_("面积(百分之一亩)"))
    year = models.PositiveSmallIntegerField(_("年度"))
    season = models.CharField(_("哪一季"), max_length=8, choices=Season)
    crop = models.CharField(_("种养什么"), max_length=8, choices=Crop)
    jin = models.PositiveIntegerField(_("产量(斤)"))
    fen = models.PositiveBigIntegerField(_("收入(分)"))
    method = models.CharField(_("怎么得来的"), max_length=10, choices=Method)
    struck = models.CharField(_("为什么划掉"), max_length=60, blank=True)
    told_at = models.DateTimeField()
    told_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-year", "village_id", "home__number", "pk"]
        indexes = [models.Index(fields=["village", "year"], name="plot_yields_by_year")]
        constraints = [
            models.UniqueConstraint(fields=["home", "plot", "year", "season", "crop"], condition=Q(struck=""), name="plot_yield_told_once"),
            models.CheckConstraint(name="plot_yield_of_some_land", condition=Q(mu__gte=1)),
        ]

    def __str__(self):
        return self.plot


class DeclaredIncome(models.Model):
    """What a home says that it earned in a year (户收入申报), and how that was found out. struck: why it does not count any more."""

    privacy = {"open": ("id", "village", "year"), "internal": ("home", "fen", "method", "struck", "told_at", "told_by", "version")}
    erasure = Erasure(about={"registry.Household": ("home",)}, word=("struck",))
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    home = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("哪一户"))
    year = models.PositiveSmallIntegerField(_("年度"))
    fen = models.PositiveBigIntegerField(_("全年收入(分)"))
    method = models.CharField(_("怎么得来的"), max_length=10, choices=Method)
    struck = models.CharField(_("为什么划掉"), max_length=60, blank=True)
    told_at = models.DateTimeField()
    told_by = staff()
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-year", "village_id", "home__number", "pk"]
        constraints = [models.UniqueConstraint(fields=["home", "year"], condition=Q(struck=""), name="income_of_a_home_told_once")]

    def __str__(self):
        return f"{self.home.number} {self.year}"
