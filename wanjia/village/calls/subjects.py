"""What the acts of calls are about: one call. Who signs is typed, and lies on no device."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import MeetingCall
from . import rules

OF_CALL = ("body__area", "item", "meeting")
CALLS = Subject(
    "meeting_call", "village.meetingcall", "village/calls", seen=lambda actor, duty: rules.visible_calls(actor, duty=duty).select_related(*OF_CALL), take=locked(MeetingCall, "body__area"),
    look=looked(MeetingCall, *OF_CALL), page="village:meeting_call", over=("village:calls", _("联名要求开会")), about=str, drafts=False,
)  # fmt: skip
