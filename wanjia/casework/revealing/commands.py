"""Look at what is sealed: the look is journalled before the page is sent."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.registry.lookups.commands import count_phone

from ..rules import asked_by_a_child
from ..subjects import EVIDENCE, NEEDS
from . import rules

REASON = Annotated[str, Asked(_("为什么要看"), _("这次查看会记入操作日志:谁、何时、为什么。"), most=200)]


@act(
    NEEDS, "reveal", words=_("查看诉求敏感信息"), may=rules.can_reveal, reads=True, button=False, page=False, call=None,
    because="shown on the need's own page and on the callback's; a telephone is never sent over the API", lines={"need.reveal": _("查看诉求敏感信息")},
)  # fmt: skip
def reveal_need(need, *, reason: REASON, by, at):
    """Journal that the actor sees the requester's phone (never a child's) and the story of a need, and why; returns the need."""
    rules.says_why(reason).or_raise()
    fields = ["story"] if asked_by_a_child(need) else ["requester_phone", "story"]
    journal.record_reading(act="need.reveal", subject=need, by=by, at=at, reason=reason.strip(), area_code=need.village_id, fields=fields)
    if "requester_phone" in fields:
        count_phone(by, at)
    return need


@act(
    EVIDENCE, "open", words=_("打开佐证"), may=rules.can_open_paper, reads=True, page=False, call=None,
    because="what is sent is the paper itself, to a person who said why: views.open_evidence", lines={"need.open_evidence": _("打开佐证")},
)  # fmt: skip
def open_evidence(evidence, *, reason: REASON, by, at):
    """Journal that the actor opens a paper kept as evidence, and why; returns the Evidence."""
    rules.says_why(reason).or_raise()
    journal.record_reading(
        act="need.open_evidence", subject=evidence, by=by, at=at, reason=reason.strip(), area_code=evidence.need.village_id
    )
    return evidence
