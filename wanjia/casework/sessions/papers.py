"""The minutes as a paper of the engine of papers (ADR 96): printed once they are signed off, ever the same."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.policy.glyphs import unprintable
from wanjia.reporting.kinds import PaperKind, Papers

from ..models import Session
from ..states import SessionState
from . import minutes
from .subjects import HOLDS, SESSIONS, visible_sessions

KIND = PaperKind(
    "minutes", _("会商纪要"), "诉会", HOLDS, fits=lambda session, _standing: (session.state == SessionState.SIGNED, _("签发以后才打印会商纪要。")),
)  # fmt: skip


def _near(actor, session, _kind):
    return visible_sessions(actor).filter(pk=session.pk).exists(), _("这次会商不在您的辖区。")


def _whole(session_id):
    return Session.objects.select_related("area", "called_org", "kept_by").get(pk=session_id)


def _hard(session, _actor):
    fields = ((_("会商地点"), session.place), (_("主持人"), session.chair))
    return [(field, chars) for field, text in fields if (chars := unprintable(text))]


MINUTES = Papers(
    SESSIONS, (KIND,), seen=visible_sessions, whole=_whole, near=_near, standing=lambda _session, _at: None, occasion=lambda _session, _kind: 0,
    write=lambda _paper, session, _actor, _at: minutes.sheet(session), area=lambda session: session.area,
    unit=lambda _actor, session: session.called_org, told=lambda _actor, session, _kind: {"session": str(session.pk)}, hard=_hard,
    numbered=lambda _number: Q(pk__in=[]), card="casework/sessions/paper_card.html",
)  # fmt: skip
