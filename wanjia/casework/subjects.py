"""What the acts of casework are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.registry.models import Visit
from wanjia.registry.visits.rules import visible_visits
from wanjia.verdict import NotFound

from . import commands
from .models import Evidence, Need
from .rules import visible_needs


def _seen(actor, *, duty):
    """A need is seen by whatever post opens content there; what may be done with it, each act's rule says."""
    return visible_needs(actor).select_related("village__parent", "holder", "handler", "household")


def _take(need_id, at):
    return commands.take(need_id, at)


def _look(need_id):
    need = Need.objects.select_related("village", "holder").filter(pk=need_id).first()
    if need is None:
        raise NotFound(_("没有找到这件诉求。"))
    return need


NEEDS = Subject(
    "need", "casework.need", "needs", seen=_seen, take=_take, look=_look, page="casework:need", card="casework/need_card.html",
    over=("casework:ledger", _("诉求台账")), about=lambda need: need.number,
    says=lambda need: need.summary,
)  # fmt: skip


def _papers_seen(actor, *, duty):
    """A paper kept as evidence is seen with its need; one that holds only words is no paper."""
    return Evidence.objects.filter(need__in=visible_needs(actor)).exclude(digest="")


def _paper(evidence_id):
    paper = Evidence.objects.select_related("need").filter(pk=evidence_id).first()
    if paper is None:
        raise NotFound(_("没有找到这份佐证。"))
    return paper


EVIDENCE = Subject("evidence", "casework.evidence", "evidence", seen=_papers_seen, take=None, look=_paper, page="casework:need")


def _visit(visit_id, at):
    return Visit.objects.select_related("household__village").get(pk=visit_id), at


# A visit, of which casework takes what was voiced.
VISITS = Subject("visit", "registry.visit", "visits", seen=visible_visits, take=_visit, page="registry:visit")
