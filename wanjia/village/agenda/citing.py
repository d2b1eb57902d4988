"""Whether a decision bears what cites it: of this village's right body, by enough votes, its minutes signed."""

from wanjia.policy import meetings as law

from ..meetings import verdict
from ..states import DECIDED, MeetingState


def bears(item, village_id, matter):
    """Tell whether an item is a decision on a matter (code of policy/meetings.toml) that was reserved on its day, by a body to which it is reserved, of this village; the meeting closed and signed."""
    held = item.meeting
    found = law.matter(matter, held.day) if held is not None else None
    if held is None or found is None or item.matter != matter or item.body.kind not in found.to or item.body.area_id != village_id or item.state not in DECIDED:
        return False
    standing = found.starts <= held.day and (found.until is None or held.day < found.until)
    return standing and held.state == MeetingState.CLOSED and held.signed_at is not None and verdict.carries(held, item.votes_for, item.matter)
