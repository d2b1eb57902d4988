"""The tree of areas, the names under which people write them, and what followed what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure

from .dated import DatedQuerySet


class Level(models.TextChoices):
    """Where an area stands in the tree; the number of digits of its stem is fixed by it."""

    CITY = "city", _("市")
    COUNTY = "county", _("县(市、区)")
    TOWNSHIP = "township", _("乡镇(街道)")
    VILLAGE = "village", _("村(社区)")
    GROUP = "group", _("村民小组")


STEM_DIGITS = {Level.CITY: 4, Level.COUNTY: 6, Level.TOWNSHIP: 9, Level.VILLAGE: 12, Level.GROUP: 15}


class Area(models.Model):
    """One node of the area tree (行政区划): 12-digit code, or 15 for a villager group."""

    privacy = {"open": ("code", "name", "short_name", "pinyin", "level", "parent", "urban_rural", "from_on", "to_on", "edition")}
    erasure = Erasure(nobody="places")

    code = models.CharField(max_length=15, primary_key=True)
    name = models.CharField(_("名称"), max_length=60)
    short_name = models.CharField(_("简称"), max_length=40)
    pinyin = models.CharField(max_length=80, blank=True)
    level = models.CharField(_("层级"), max_length=10, choices=Level)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    urban_rural = models.CharField(max_length=3, blank=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    edition = models.CharField(_("依据"), max_length=60, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name

    @property
    def stem(self):
        """The digits that every code below this area begins with."""
        return self.code[: STEM_DIGITS[self.level]]

    def span(self):
        """Return (first, end): codes c of this subtree satisfy first <= c < end."""
        return self.stem, str(int(self.stem) + 1)

    def covers(self, code):
        """Tell whether an area code lies in this subtree."""
        return code.startswith(self.stem)


class AreaAlias(models.Model):
    """Another name under which people write an area (别名): 溪洛渡镇, 花园片区."""

    privacy = {"open": ("id", "area", "name")}
    erasure = Erasure(nobody="places")

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=60, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="area_alias_once")]

    def __str__(self):
        return self.name


class AreaSuccession(models.Model):
    """An area split or merged (区划沿革): the old code's records roll up into the successors' common parent."""

    privacy = {"open": ("id", "old", "new", "on", "basis")}
    erasure = Erasure(nobody="places")

    old = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="successions")
    new = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    basis = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="area_succession_once")]

    def __str__(self):
        return f"{self.old} → {self.new}"
