"""Bodies of the village, and who sits in them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import Area, staff
from wanjia.orgs.models.dated import DatedQuerySet
from wanjia.registry.models import Person

from ..states import BodyKind, Office


class GoverningBody(models.Model):
    """A body of the village's own government (自治组织): committee, council, group, assembly.

    area: the village; group_name: of a body of one group, the group as the register of homes spells it, else ""; aliases: other names with 、 between; term_until: the
    first day after its term, None where it has none; to_on: the first day no longer.
    """

    privacy = {"open": ("id", "area", "group_name", "kind", "name", "aliases", "from_on", "term_until", "to_on", "version")}
    erasure = Erasure(nobody="bodies, not people")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)"))
    group_name = models.CharField(_("村民小组"), max_length=40, blank=True)
    kind = models.CharField(_("组织类型"), max_length=16, choices=BodyKind)
    name = models.CharField(_("名称"), max_length=60)
    aliases = models.CharField(_("别名"), max_length=200, blank=True)
    from_on = models.DateField(_("成立日期"))
    term_until = models.DateField(_("任期届满"), null=True, blank=True)
    to_on = models.DateField(_("撤销日期"), null=True, blank=True)
    version = models.IntegerField(default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["area_id", "kind", "group_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "group_name", "kind"], condition=Q(to_on=None), name="one_body_of_a_kind"),
            models.CheckConstraint(name="body_ends_after_start", condition=(Q(to_on=None) | Q(to_on__gte=F("from_on"))) & (Q(term_until=None) | Q(term_until__gt=F("from_on")))),
            models.CheckConstraint(name="group_bodies_name_their_group", condition=~Q(kind=BodyKind.GROUP) | ~Q(group_name="")),
        ]

    def __str__(self):
        return self.name


class BodySeat(models.Model):
    """A seat in a body (成员): who, as what, from when; by name on the board, as the law asks of those who are elected. to_on: the first day no longer; ended_at: when that was written down."""

    privacy = {"open": ("id", "body", "person", "office", "from_on", "to_on", "basis"), "internal": ("seated_at", "seated_by", "ended_at")}
    erasure = Erasure(about={"registry.Person": ("person",)}, kept={"basis": "by which election; names nobody"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(GoverningBody, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("姓名"))
    office = models.CharField(_("职务"), max_length=12, choices=Office)
    from_on = models.DateField(_("任职日期"))
    to_on = models.DateField(_("离任日期"), null=True, blank=True)
    basis = models.CharField(_("怎么产生"), max_length=60, blank=True)
    seated_at = models.DateTimeField()
    seated_by = staff()
    ended_at = models.DateTimeField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["body_id", "office", "from_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "person"], condition=Q(to_on=None), name="one_seat_of_a_body"),
            models.UniqueConstraint(fields=["body"], condition=Q(to_on=None, office=Office.HEAD), name="one_head_of_a_body"),
            models.CheckConstraint(name="seat_ends_after_start", condition=Q(to_on=None) | Q(to_on__gte=F("from_on"))),
        ]

    def __str__(self):
        return self.person.shown_name
