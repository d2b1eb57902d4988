"""Parents' classes: what was told to grown-ups at a school, and which homes came. Of which child, nobody asks."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import staff
from wanjia.registry.models import Household

from ..guard_states import Told
from .lessons import Lecturer
from .year import School


class ParentClass(models.Model):
    """A parents' class at a school (家长课堂, 家庭教育指导课). aspects: with blanks between; more: grown-ups whom no list names: never added to homes that are named."""

    privacy = {
        "open": ("id", "school", "day", "aspects", "more"),
        "internal": ("lecturer", "given_by", "way", "recorded_at", "recorded_by", "taken_back_at", "taken_back_because", "version"),
    }
    erasure = Erasure(nobody="of somebody who lectures in office; no person of the register is linked")
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="parent_classes", verbose_name=_("学校"))
    day = models.DateField(_("日期"))
    aspects = models.CharField(_("讲了哪几方面"), max_length=60)
    lecturer = models.ForeignKey(Lecturer, null=True, blank=True, on_delete=models.PROTECT, related_name="parent_classes", verbose_name=_("谁讲"))
    given_by = models.CharField(_("名册以外的讲师"), max_length=60, blank=True)
    more = models.PositiveSmallIntegerField(_("名单以外来的家长人数"), default=0)
    way = models.CharField(_("怎么报来的"), max_length=6, choices=Told)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_because = models.CharField(_("撤销原因"), max_length=60, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "school_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "day", "aspects"], condition=Q(taken_back_at=None), name="parent_class_once"),
            models.CheckConstraint(name="parent_class_by_one", condition=Q(lecturer__isnull=False, given_by="") | (Q(lecturer=None) & ~Q(given_by=""))),
            models.CheckConstraint(name="parent_class_back_with_reason", condition=Q(taken_back_at=None, taken_back_because="") | (Q(taken_back_at__isnull=False) & ~Q(taken_back_because=""))),
        ]

    def __str__(self):
        return f"{self.day} {self.school}"


class ParentHome(models.Model):
    """A home of which a grown-up came to a parents' class (到课户): once a class, whoever of it came. No child stands beside it."""

    privacy = {"open": ("id", "parent_class"), "internal": ("household", "noted_at", "noted_by")}
    erasure = Erasure(about={"registry.Household": ("household",)}, kept={})

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    parent_class = models.ForeignKey(ParentClass, on_delete=models.PROTECT, related_name="homes")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", verbose_name=_("户"))
    noted_at = models.DateTimeField()
    noted_by = staff()

    class Meta:
        ordering = ["parent_class_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["parent_class", "household"], name="a_home_once_a_parent_class")]

    def __str__(self):
        return str(self.parent_class)
