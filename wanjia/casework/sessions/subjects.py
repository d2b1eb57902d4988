"""What the acts of joint triage are about: a session, and one need on its agenda."""

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.acts import Subject
from wanjia.orgs import scope
from wanjia.verdict import NotFound

from ..models import Session, SessionItem

HOLDS = (Duty.HOLD_SESSIONS, Duty.SIGN_SESSIONS)


def visible_sessions(actor, *, duty=HOLDS):
    """Return the sessions of the areas in which the actor holds sessions or signs their minutes."""
    return Session.objects.filter(scope.in_reach(actor, duty=HOLDS)).select_related("area", "called_org", "called_by", "kept_by")


def visible_items(actor, *, duty=HOLDS):
    """Return the items on the agendas of these sessions."""
    rows = SessionItem.objects.filter(session__in=visible_sessions(actor))
    return rows.select_related("session__area", "need__village__parent", "need__holder", "need__handler", "need__household")


def _item(item_id, at):
    """Lock the session first, then the item: its end and each decision happen one after the other."""
    session = SessionItem.objects.filter(pk=item_id).values_list("session", flat=True).first()
    if session is None:
        raise NotFound(_("没有找到这个议题。"))
    session = Session.objects.select_for_update(of=("self",)).select_related("area").get(pk=session)
    item = SessionItem.objects.select_for_update(of=("self",)).select_related("need__village", "need__holder").get(pk=item_id)
    item.session = session
    return item, at


SESSIONS = Subject(
    "session", "casework.session", "sessions", seen=visible_sessions, take=None, page="casework:session",
    over=("casework:sessions", _("会商研判")), about=lambda session: f"{session.area.short_name or session.area.name} {session.on}",
)  # fmt: skip

ITEMS = Subject(
    "item", "casework.sessionitem", "sessions/items", seen=visible_items, take=_item, page="casework:session", of=lambda item: item.session,
    over=("casework:sessions", _("会商研判")), about=lambda item: item.need.number,
)  # fmt: skip
