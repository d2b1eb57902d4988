"""Needs over HTTP: the list, one need with its timeline, and every act on it. Names are masked, phones never sent."""

from datetime import date, datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import Field

from wanjia.doors.answers import Answer
from wanjia.doors.calls import Cut, add, list_of, router_of
from wanjia.doors.dialect import PROBLEMS, text
from wanjia.doors.words import both
from wanjia.kernel.calendar import WorkingCalendar
from wanjia.kernel.privacy import mask_name
from wanjia.orgs import scope
from wanjia.orgs.models import Area, Organisation
from wanjia.registry.lookups.commands import look_up

from .callback import queries as callback
from .callback.both import CHECK
from .closing.rules import checklist as nine_rules
from .honesty import queries as honesty
from .ledger import queries
from .matters.rules import told_to
from .models import Evidence, Need, Step
from .promise import promise_of
from .queries import holders_for
from .rules import SEES, visible_needs
from .slip.pages import address_of
from .slip.rules import may_show
from .states import Category, NeedState, Urgency
from .subjects import NEEDS


class Place(Answer, of=Area, columns="code name"):
    """An area."""


class Unit(Answer, of=Organisation, columns="id name"):
    """A unit."""


def _provisional(request, day):
    """Tell whether a day lies past the published calendar, which is read once for an answer."""
    if day is None:
        return False
    if not hasattr(request, "working_calendar"):
        request.working_calendar = WorkingCalendar.load()
    return request.working_calendar.provisional(day)


class NeedOut(
    Answer, of=Need,
    columns="id number state version summary village requester channel category urgency difficulty tier holder handler=handler.name due_on due_provisional extended_from"
    " stopped_on runs_on step_due_on step_due_provisional reasonable outcome outcome_text confirmed satisfaction involves_child recorded_at",
):  # fmt: skip
    """One line of the ledger."""

    state: NeedState
    village: Place
    requester: str = Field(description="masked")
    holder: Unit | None
    due_provisional: bool = Field(description="due_on lies past the published calendar and may still move (暂定)")
    extended_from: date | None = Field(description="the day promised before the tier above put it off (延期); null where it never was")
    stopped_on: date | None = Field(description="since when the need's own clock stood still last (挂起); null where it never did")
    runs_on: date | None = Field(description="the day on which that clock runs again; until then due_on allows for the whole stop")
    step_due_provisional: bool = Field(description="the same of step_due_on")

    @staticmethod
    def resolve_due_provisional(need, context):
        """Whether the day of the whole may still move."""
        return _provisional(context["request"], need.due_on)

    @staticmethod
    def resolve_step_due_provisional(need, context):
        """Whether the day of the step may still move."""
        return _provisional(context["request"], need.step_due_on)

    @staticmethod
    def resolve_requester(need):
        """The name as a list shows it."""
        return mask_name(need.requester_name)


class StepOut(Answer, of=Step, columns="n happened_at act state_after words by_name by_org_name"):
    """One line of a timeline."""

    state_after: NeedState


class NeedPage(NeedOut):
    """One need with its timeline, newest line first."""

    promise: str = Field(description="what was promised by when, and what became of it, in words")
    promise_moved: str = Field(description="from what to what the promised day was moved, and why; empty when it never was")
    steps: list[StepOut]

    @staticmethod
    def resolve_promise(need, context):
        """The promise in one sentence."""
        said = promise_of(need, context["request"].day)
        return said.sentence if said else ""

    @staticmethod
    def resolve_promise_moved(need, context):
        """Whether the promised day moved."""
        said = promise_of(need, context["request"].day)
        return said.moved if said else ""

    @staticmethod
    def resolve_steps(need, context):
        """The timeline, as far as the caller reads it."""
        return told_to(context["request"].user, queries.timeline(need))


class Asked(Cut):
    """The ledger's questions; all may stay empty."""

    q: text(100) = ""
    area: text(15) = ""
    state: NeedState | None = None
    category: Category | None = None
    urgency: Urgency | None = None
    since: date | None = None
    until: date | None = None


def need_of(request, need_id):
    """Return a visible need; one that does not exist and one out of reach are both not found."""
    return get_object_or_404(queries.rows(visible_needs(request.user)), pk=need_id)


def area_of(request, code):
    """Return an area in the caller's reach, or None for no code."""
    if not code:
        return None
    return get_object_or_404(Area.objects.filter(scope.in_reach(request.user, area="code", duty=SEES)), pk=code)


class EvidenceOut(Answer, of=Evidence, columns="id name words size digest"):
    """One paper kept as evidence; its body is read on the page, with a reason."""


class SlipOut(Schema):
    """The code and the page it opens."""

    code: str
    address: str


class SaidOut(Schema):
    """One time that the household was heard, in its own words."""

    at: datetime
    way: str = ""
    word: str = ""
    act: str = ""
    words: str


class ItemOut(Schema):
    """One of the nine rules of an honest closing."""

    number: int
    asks: str
    holds: bool
    todo: str


def fresh(_request, need, made):
    """Return a need as it stands after an act, for the answer."""
    return queries.rows(Need.objects).get(pk=(need or made).pk)


def _slip(request, _need, slip):
    may_show(slip).or_raise()
    return {"code": slip.code, "address": address_of(request, slip)}


def _answer(_request, _need, answer):
    return answer


router = router_of(NEEDS, NeedOut, fresh, others={
    "record": 201, "evidence": (201, EvidenceOut, _answer), "slip": (201, SlipOut, _slip), "words": (200, list[SaidOut], _answer),
})  # fmt: skip
add(router, CHECK, 200, NeedOut, fresh)


@router.get("/{uuid:need_id}/holders", response={200: list[Unit], **PROBLEMS}, summary=both(_("可以交给哪些单位")))
def holders(request, need_id: UUID):
    """The units that may hold the need, the usual one first; empty before it is graded."""
    need = need_of(request, need_id)
    return holders_for(need, request.day) if need.urgency else []


@router.get("/{uuid:need_id}/checklist", response={200: list[ItemOut], **PROBLEMS}, summary=both(_("销号条件")))
def checklist(request, need_id: UUID):
    """The nine rules of an honest closing, as they stand now."""
    items = nine_rules(need_of(request, need_id), request.at)
    return [{"number": item.number, "asks": str(item.asks), "holds": item.holds, "todo": str(item.todo)} for item in items]


@list_of(router, "", NeedOut, page="casework:ledger", words=_("诉求台账"), asked=Asked)
def needs(request, asked):
    """The needs I may see, newest first."""
    question = asked.dict(exclude={"area", "state", "limit", "offset"}) | {"area": area_of(request, asked.area)}
    look_up(request.user, asked.q)
    found = queries.ledger(request.user, question, request.day)
    found = found.filter(state=asked.state) if asked.state else found
    return queries.rows(found).order_by("-recorded_at", "-number")


@list_of(router, "/desk", NeedOut, page="desk", words=_("我的工作台"), duty=())
def desk(request, _asked):
    """Open needs whose next act is mine, the most urgent first."""
    return queries.on_desk(request.user, request.day)


@list_of(router, "/callbacks", NeedOut, page="casework:callbacks", words=_("回访"))
def callbacks(request, _asked):
    """Needs that wait for a callback by a unit that had no part in them."""
    return callback.to_call_back(request.user)


@list_of(router, "/withdrawals", NeedOut, page="casework:callbacks", words=_("申请撤回,等着核实"))
def withdrawals(request, _asked):
    """Needs that somebody says the household takes back: it is still to be asked."""
    return callback.withdrawals(request.user)


@list_of(router, "/rechecks", NeedOut, page="casework:rechecks", words=_("抽查"))
def rechecks(request, _asked):
    """Needs that the next tier is to look at again: drawn, a child's, complained of after they were struck off, found by a pattern."""
    return honesty.to_recheck(request.user)


@list_of(router, "/said-again", NeedOut, page="casework:rechecks", words=_("同一户又反映同类的事,等着认定"))
def said_again(request, _asked):
    """Needs that may say that an earlier one of their home, struck off, is not settled: somebody is to say so or not."""
    return honesty.said_again(request.user, request.at)


@router.get("/{uuid:need_id}", response={200: NeedPage, **PROBLEMS}, summary=both(_("一件诉求")))
def need(request, need_id: UUID):
    """One need with its timeline."""
    return need_of(request, need_id)
