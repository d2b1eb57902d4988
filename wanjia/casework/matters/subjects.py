"""What the acts of this room are about: a matter, seen by whoever sees two of the needs that were ever in it. Whoever sees one alone sees none."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject

from ..models import Joined, Matter
from ..rules import SEES, visible_needs


def visible_matters(actor, *, duty=SEES):
    """Return the matters of which the actor sees two needs at least."""
    seen = Joined.objects.filter(need__in=visible_needs(actor)).order_by().values("matter").annotate(n=Count("need")).filter(n__gte=2)
    return Matter.objects.filter(pk__in=seen.values("matter"))


MATTERS = Subject(
    "matter", "casework.matter", "matters", seen=visible_matters, take=None, page="casework:matter", over=("casework:matters", _("同一事项")),
    about=lambda matter: f"{matter.get_kind_display()} {matter.number}",
)  # fmt: skip
