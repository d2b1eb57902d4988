"""Sessions of joint triage over HTTP: called, decided item by item, ended and signed by the same acts as on the pages."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from wanjia.doors.answers import Answer
from wanjia.doors.calls import list_of, router_of

from ..models import Session, SessionItem
from ..states import ItemState, SessionState
from .subjects import ITEMS, SESSIONS, visible_sessions


class SessionOut(Answer, of=Session, columns="id state version area_id on place chair"):
    """One session: where it stands; the items of its agenda by their own list."""

    state: SessionState


class ItemOut(Answer, of=SessionItem, columns="id session_id need_id n state"):
    """One need on an agenda, and what was decided on it."""

    state: ItemState
    holder_id: UUID | None
    due_on: date | None
    put_off_on: date | None


def shown(item):
    """Return an item as its schema reads it."""
    said = getattr(item, "decision", None)
    facts = {name: getattr(said, name, None) for name in ("holder_id", "due_on", "put_off_on")}
    return {"id": item.pk, "session_id": item.session_id, "need_id": item.need_id, "n": item.n, "state": item.state, **facts}


def _item(_request, item, _answer):
    return shown(SessionItem.objects.select_related("decision").get(pk=item.pk))


router = router_of(SESSIONS, SessionOut, others={"call": 201})
items = router_of(ITEMS, ItemOut, _item, tags=["sessions"])


@list_of(router, "/all", SessionOut, page="casework:sessions", words=_("会商研判"))
def sessions(request, _asked):
    """The sessions of my area, the latest first."""
    return visible_sessions(request.user)
