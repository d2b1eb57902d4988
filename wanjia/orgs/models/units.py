"""Units: where they stand, in which line, what else they are called, which areas they sponsor."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure

from .areas import Area
from .dated import DatedQuerySet


class Tier(models.TextChoices):
    """The tier that can settle a need (交办层级)."""

    VILLAGE = "village", _("村(社区)")
    TOWNSHIP = "township", _("乡镇(街道)")
    COUNTY = "county", _("县级部门")


class Line(models.TextChoices):
    """The department line (条) an organisation belongs to; empty for Party and government at large."""

    NONE = "", _("综合")
    EDUCATION = "education", _("教育体育")
    CIVIL = "civil", _("民政")
    LABOUR = "labour", _("人社")
    HEALTH = "health", _("卫健")
    INSURANCE = "insurance", _("医保")
    POLICE = "police", _("公安")
    HOUSING = "housing", _("住建")
    TRANSPORT = "transport", _("交通")
    WATER = "water", _("水务")
    POWER = "power", _("供电")
    DISABLED = "disabled", _("残联")
    AGRICULTURE = "agriculture", _("农业农村")
    FORESTRY = "forestry", _("林草")
    LAND = "land", _("自然资源")
    JUSTICE = "justice", _("司法")
    CULTURE = "culture", _("文旅")
    EMERGENCY = "emergency", _("应急")
    MARKET = "market", _("市场监管")
    WOMEN = "women", _("妇联")
    YOUTH = "youth", _("团委")


class Organisation(models.Model):
    """A unit (单位): it stands in an area (块) and may belong to a department line (条)."""

    privacy = {"open": ("id", "name", "short_name", "pinyin", "tier", "line", "area", "parent", "phone", "from_on", "to_on")}
    erasure = Erasure(nobody="units")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("单位名称"), max_length=80)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    pinyin = models.CharField(max_length=120, blank=True)
    tier = models.CharField(_("层级"), max_length=10, choices=Tier)
    line = models.CharField(_("条线"), max_length=12, choices=Line, blank=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="organisations", verbose_name=_("所在区划"))
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    phone = models.CharField(_("办公电话"), max_length=20, blank=True)  # of the desk, not of somebody: it stands on every household's slip
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["area_id", "tier", "name"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="organisation_name_once_in_area")]

    def __str__(self):
        return self.name

    def covers(self, code):
        """Tell whether an area code lies where this unit works."""
        return self.area.covers(code)


class OrganisationAlias(models.Model):
    """Another name of a unit (单位别名): 县教体局, 花园党支部, or a name with a character lost in a scan."""

    privacy = {"open": ("id", "organisation", "name")}
    erasure = Erasure(nobody="units")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="organisation_alias_once")]

    def __str__(self):
        return self.name


class Sponsorship(models.Model):
    """A unit sponsors an area for a time (挂联): its people visit the homes there and stand for what comes up."""

    privacy = {"open": ("id", "organisation", "area", "from_on", "to_on"), "internal": ("head_name",)}
    erasure = Erasure(nobody="units and their heads in office")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sponsorships")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="sponsorships")
    head_name = models.CharField(_("挂联负责人"), max_length=40, blank=True)
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["area_id", "from_on"]
        constraints = [
            models.CheckConstraint(
                name="sponsorship_ends_after_start", condition=Q(to_on=None) | Q(to_on__gt=models.F("from_on"))
            )
        ]

    def __str__(self):
        return f"{self.organisation} → {self.area}"
