"""What a change of the county's grid of deadlines is about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from ..models import CellChange


def _change(change_id, at):
    change = CellChange.objects.select_for_update(of=("self",)).select_related("county").filter(pk=change_id).first()
    if change is None:
        raise NotFound(_("这次研判表改动已经处理过了。"))
    return change, at


# A change of one cell of a county's grid of deadlines; each of its acts goes back to the page of the whole grid.
CELLS = Subject(
    "change", "casework.cellchange", "triage/grid", seen=lambda _actor, **_duty: CellChange.objects.select_related("county"), take=_change,
    page="", over=("casework:grid", _("研判表")),
)  # fmt: skip
