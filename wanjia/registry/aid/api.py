"""Aid over HTTP: where a proposal stands; the person's words never."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from wanjia.doors.answers import Answer
from wanjia.doors.calls import list_of, router_of

from ..models import AidCut
from ..states import CutState
from . import commands, queries, rules  # noqa: F401 the acts are declared before their calls are made
from .subjects import CUTS, HELD, REFUSALS, URGENT


class CutOut(Answer, of=AidCut, columns="id status_id village_code=village_id kind ground state due_on tries heard_on effective_on served_on"):
    """One proposal to stop or reduce aid."""

    status_id: UUID
    ground: str
    state: CutState
    due_on: date | None = Field(description="by when the step that waits is to be taken")
    tries: int = Field(description="how often the person was sought in vain")

    @staticmethod
    def resolve_tries(cut):
        """How often."""
        return len(cut.tries)


held = router_of(HELD, CutOut, lambda _request, _status, cut: cut)
refusals = router_of(REFUSALS)
urgent = router_of(URGENT)
router = router_of(CUTS, CutOut)


@list_of(router, "/open", CutOut, page="registry:aid", words=_("救助办理"))
def open_cuts(request, _asked):
    """The proposals that wait for a step in my reach, the first due first."""
    return queries.open_cuts(request.user)
