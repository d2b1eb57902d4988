"""What the acts of the agenda are about: an item."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import looked
from wanjia.verdict import NotFound

from ..models import AgendaItem, Meeting
from . import rules

OVER = ("village:items", _("议题和决定"))
OF_ITEM = ("body__area", "meeting__body__area", "came_from")


def _in_its_meeting(pk, at):
    """Lock the meeting of an item, then the item: who closes the meeting and who writes a vote wait for each other, and of two votes one is first."""
    found = AgendaItem.objects.filter(pk=pk).values_list("meeting", flat=True).first()
    meeting = Meeting.objects.select_for_update(of=("self",), no_key=True).select_related("body__area").filter(pk=found).first()
    row = AgendaItem.objects.select_for_update(of=("self",), no_key=True).select_related(*OF_ITEM).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    if meeting is not None and row.meeting_id == meeting.pk:
        row.meeting = meeting
    return row, at


ITEMS = Subject(
    "agenda_item", "village.agendaitem", "village/items", seen=lambda actor, duty: rules.visible_items(actor, duty=duty).select_related(*OF_ITEM),
    take=_in_its_meeting, look=looked(AgendaItem, *OF_ITEM), page="village:item", over=OVER, about=str,
)  # fmt: skip
