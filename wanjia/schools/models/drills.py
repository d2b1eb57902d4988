"""What a school taught and practised of riding a bus (校车安全管理条例 art. 12), term by term."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.erasure import Erasure
from wanjia.orgs.models import staff

from ..bus_states import DrillKind
from .year import School, Term


class BusDrill(models.Model):
    """A lesson of safe riding or a drill of an emergency with a bus (乘车安全教育、应急演练). came: pupils who were there, a number. What was written down by mistake stays and counts no more."""

    privacy = {
        "open": ("id", "school", "term", "kind", "day", "came", "words", "taken_back_at", "taken_back_because", "version"), "internal": ("recorded_at", "recorded_by"),
    }  # fmt: skip
    erasure = Erasure(nobody="pupils are a number; nobody is named", kept={"words": "what was practised", "taken_back_because": "why it was written down by mistake"})
    never_delete = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="bus_drills")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("做了什么"), max_length=10, choices=DrillKind)
    day = models.DateField(_("日期"))
    came = models.PositiveSmallIntegerField(_("参加的学生人数"))
    words = models.CharField(_("讲了、练了什么"), max_length=100)
    recorded_at = models.DateTimeField()
    recorded_by = staff()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.CharField(_("撤销原因"), max_length=60, blank=True)
    version = models.IntegerField(default=0)

    class Meta:
        ordering = ["-day", "school_id", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["school", "kind", "day"], condition=Q(taken_back_at=None), name="bus_drill_once_a_day"),
            models.CheckConstraint(name="bus_drill_back_with_reason", condition=Q(taken_back_at=None, taken_back_because="") | (Q(taken_back_at__isnull=False) & ~Q(taken_back_because=""))),
            models.CheckConstraint(name="bus_drill_with_pupils", condition=Q(came__gte=1)),
        ]

    def __str__(self):
        return f"{self.day} {self.get_kind_display()}"
