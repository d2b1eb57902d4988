"""What a change of the county's grid of deadlines is about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.models import Area
from wanjia.verdict import NotFound

from ..models import CellChange
from .rules import can_set_grid, unit_of_word


def _changes_seen(actor, *, duty):
    """A change is seen where its county's grid is kept, and by whoever watches over work in that county; who may agree, the act says."""
    counties = Area.objects.filter(pk__in=CellChange.objects.values("county"))
    near = [county.pk for county in counties if can_set_grid(actor, county) or unit_of_word(actor, county)]
    return CellChange.objects.filter(county__in=near).select_related("county")


def _change(change_id, at):
    change = CellChange.objects.select_for_update(of=("self",)).select_related("county").filter(pk=change_id).first()
    if change is None:
        raise NotFound(_("这次研判表改动已经处理过了。"))
    return change, at


# A change of one cell of a county's grid of deadlines; each of its acts goes back to the page of the whole grid.
CELLS = Subject(
    "change", "casework.cellchange", "triage/grid", seen=_changes_seen, take=_change,
    page="", over=("casework:grid", _("研判表")),
)  # fmt: skip
