"""What the acts of meetings are about: a meeting, one seat on its roll."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked
from wanjia.verdict import NotFound

from ..models import Meeting, MeetingSeat
from . import rules

OVER = ("village:meetings", _("会议"))
OF_MEETING = ("body__area", "chair__person")
OF_ROW = ("meeting__body__area", "seat__person")


def _on_its_roll(pk, at):
    """Lock the meeting of a roll's line, then the line: who closes it and who marks somebody wait for each other."""
    found = MeetingSeat.objects.filter(pk=pk).values_list("meeting", flat=True).first()
    meeting = Meeting.objects.select_for_update(of=("self",), no_key=True).select_related("body__area").filter(pk=found).first()
    row = MeetingSeat.objects.select_for_update(of=("self",), no_key=True).select_related(*OF_ROW).filter(pk=pk).first()
    if meeting is None or row is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    row.meeting = meeting
    return row, at


MEETINGS = Subject(
    "meeting", "village.meeting", "village/meetings", seen=lambda actor, duty: rules.visible_meetings(actor, duty=duty).select_related(*OF_MEETING),
    take=locked(Meeting, "body__area"), look=looked(Meeting, "body__area"), page="village:meeting", over=OVER, about=str,
)  # fmt: skip
ROLL = Subject(
    "meeting_seat", "village.meetingseat", "village/roll", seen=lambda actor, duty: rules.visible_roll(actor, duty=duty).select_related(*OF_ROW),
    take=_on_its_roll, look=looked(MeetingSeat, *OF_ROW), page="village:meeting", of=lambda one: one.meeting, over=OVER, about=lambda one: f"{one} {one.meeting}",
)  # fmt: skip
