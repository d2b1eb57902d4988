"""What meetings bring: their places in the menu, the months without one and unanswered objections on the desk, what is counted."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place

from ..agenda.queries import named as items_named
from ..deciding import queries as deciding
from ..deciding.queries import named as objections_named
from ..duties import Duty
from ..figures.meetings import POPULATIONS as COUNTED
from ..meetings import queries as meetings
from ..models import AgendaItem, Objection

PLACES = [
    Place("village:meetings", "calendar", _("会议"), "village", 20, (Duty.SEE_VILLAGE,), acts=("/village/roll/*", "/village/bodies/*/meetings/*"), often=(Duty.KEEP_MEETINGS,), short=_("会议"), hand=80),
    Place("village:items", "notes", _("议题和决定"), "village", 30, (Duty.SEE_VILLAGE,), acts=("/village/bodies/*/items/*",), often=(Duty.KEEP_MEETINGS,), short=_("议题"), hand=81),
    Place("village:public_notices", "eye", _("公示和异议"), "village", 40, (Duty.SEE_VILLAGE,), acts=("/village/objections/*",), often=(Duty.KEEP_MEETINGS,)),
    Place("village:filings", "inbox", _("决定备案"), "village", 50, (Duty.SEE_VILLAGE,), acts=("/village/filings/?*",), often=(Duty.FILE_DECISIONS,)),
]
_MISSED = ngettext_lazy("按规矩该开的会,有 %(n)s 个组织这个月(季度、年)快完了还没有开", "按规矩该开的会,有 %(n)s 个组织这个月(季度、年)快完了还没有开", "n")
_WAITS = ngettext_lazy("有 %(n)s 条异议等着答复,答复以前公示不撤", "有 %(n)s 条异议等着答复,答复以前公示不撤", "n")
NOTICES = [
    Notice(meetings.alarmed, _MISSED, "village:meetings", where="desk", tone="bad", icon="alarm", rank=9),
    Notice(deciding.alarmed, _WAITS, "village:public_notices", where="desk", rank=9),
]
TONES = [
    ("meeting_called", "blue"), ("meeting_opened", "orange"), ("meeting_closed", "green"), ("meeting_failed", "red"), ("meeting_cancelled", "grey"),
    ("item_proposed", "orange"), ("item_on_agenda", "blue"), ("item_passed", "green"), ("item_amended", "green"), ("item_rejected", "grey"), ("item_deferred", "orange"), ("item_sent_on", "grey"), ("item_withdrawn", "grey"),
]  # fmt: skip
SPEAKING = [(AgendaItem, items_named), (Objection, objections_named)]
POPULATIONS = [*COUNTED]
