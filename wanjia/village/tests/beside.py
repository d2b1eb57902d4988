"""What stands beside everything else in a world where each page opens: one of everything that the village keeps."""

from wanjia.village.models import (
    AgendaItem,
    BodySeat,
    Filing,
    GoverningBody,
    Meeting,
    MeetingSeat,
    Objection,
    Poll,
    PollHeap,
    PollHome,
    PublicNotice,
)

from . import (
    beside_appraisal,
    beside_branch,
    beside_bylaws,
    beside_calls,
    beside_crafts,
    beside_fees,
    beside_levies,
    beside_mediation,
    beside_money,
    beside_planning,
    beside_points,
)
from . import poll_factories as polls
from .factories import body, decided, filing, item, meeting, objection, posted

ROOMS = (beside_points, beside_bylaws, beside_mediation, beside_appraisal, beside_fees, beside_branch, beside_money, beside_planning, beside_crafts, beside_calls, beside_levies)
KNOWN = {key: model for room in ROOMS for key, model in room.KNOWN.items()} | {
    "governing_body_id": GoverningBody, "body_seat_id": BodySeat, "meeting_id": Meeting, "meeting_seat_id": MeetingSeat, "agenda_item_id": AgendaItem, "filing_id": Filing,
    "public_notice_id": PublicNotice, "objection_id": Objection, "poll_id": Poll, "poll_home_id": PollHome, "poll_heap_id": PollHeap,
}  # fmt: skip


def plant(world):
    """A council with a decision that is filed, put up and objected to; another that waits; a meeting of the committee that is open, with an item; items that wait; a poll whose
    paper is being counted."""
    objection(world, posted(world, filing(world).item))
    decided(world, title="饮水池清洗")
    held = meeting(world, "meeting_opened", of=body(world, "committee", 3), came=2)
    item(world, "item_on_agenda", at=held, title="管水员人选")
    item(world, title="场坝路灯坏了")
    meeting(world, of=body(world, "supervision", 3))
    _poll, codes, _phones = polls.ended(world)
    polls.heap(world, codes)
    for room in ROOMS:
        room.plant(world)
