"""What the acts of this room are about: a matter, seen by whoever sees two of the needs that were ever in it. Whoever sees one alone sees none."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from ..models import Joined, Matter
from ..rules import SEES, visible_needs


def visible_matters(actor, *, duty=SEES):
    """Return the matters of which the actor sees two needs at least."""
    seen = Joined.objects.filter(need__in=visible_needs(actor)).order_by().values("matter").annotate(n=Count("need")).filter(n__gte=2)
    return Matter.objects.filter(pk__in=seen.values("matter"))


def _take(matter_id, at):
    """Lock a matter before its needs: who is in it changes by one hand at a time.

    Not its key: every line of one of its needs names the matter, and whoever writes one holds that need, for which we are to wait.
    """
    matter = Matter.objects.select_for_update(no_key=True).filter(pk=matter_id).first()
    if matter is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    return matter, at


MATTERS = Subject(
    "matter", "casework.matter", "matters", seen=visible_matters, take=_take, page="casework:matter", over=("casework:matters", _("同一事项")),
    about=lambda matter: f"{matter.get_kind_display()} {matter.number}",
)  # fmt: skip
