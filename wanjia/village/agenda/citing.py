"""Whether a decision bears what cites it: of this village's right body, by enough votes, its minutes signed."""

from wanjia.policy import meetings as law

from ..meetings import verdict
from ..models import AgendaItem
from ..states import DECIDED, ItemSource, MeetingState


def came_back(item):
    """Tell whether a decision came before its body again: put right by the township, or an objection to it was upheld."""
    return AgendaItem.objects.filter(came_from=item, source=ItemSource.BACK).exists()


def bears(item, village_id, matter):
    """Tell whether an item is a decision on a matter (code of policy/meetings.toml) that was reserved on its day, by a body to which it is reserved, of this village; the meeting closed and signed, and it did not come before its body again."""
    held = item.meeting
    found = law.matter(matter, held.day) if held is not None else None
    if held is None or found is None or item.matter != matter or item.body.kind not in found.to or item.body.area_id != village_id or item.state not in DECIDED:
        return False
    standing = found.starts <= held.day and (found.until is None or held.day < found.until)
    return standing and not came_back(item) and held.state == MeetingState.CLOSED and held.signed_at is not None and verdict.carries(held, item.votes_for, item.matter)
