"""Visits over HTTP. What was noted about a child is written here and read on the child's file alone."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Schema

from wanjia.doors.answers import Answer
from wanjia.doors.calls import Cut, list_of, router_of
from wanjia.doors.dialect import PROBLEMS, SignedIn, run, text
from wanjia.doors.words import both
from wanjia.registry.duties import Duty

from ..households.api import HomeOut, homes_out
from ..models import Visit, VisitMethod, VisitPurpose
from . import commands, queries
from .rules import visible_visits
from .subjects import VISITS


class VisitOut(Answer, of=Visit, columns="id household_id household_number=household.number purpose state planned_on done_on"):
    """A visit."""

    visitors: list[str]

    @staticmethod
    def resolve_visitors(visit):
        return [user.name for user in visit.visitors.all()]


class PlanIn(Schema):
    """A visit to plan."""

    household_id: UUID
    planned_on: date
    visitor_ids: list[UUID]
    purpose: VisitPurpose = VisitPurpose.ROUTINE
    purpose_words: text(80) = ""
    mandate: text(40) = ""


class AnswerIn(Schema):
    """An answer: one of the question's choices, words, or both."""

    choice: text(40) = ""
    words: text(300) = ""


class FindingIn(Schema):
    """A difficulty voiced."""

    category: text(20, least=1)
    words: text(500, least=1)
    urgency: text(10) = ""
    is_wish: bool = False
    requester_id: UUID | None = None
    about_child_id: UUID | None = None


class RecordIn(Schema):
    """A visit that took place; answers by question code, children by person id."""

    done_on: date
    method: VisitMethod = VisitMethod.HOME
    visitor_ids: list[UUID]
    companions: text(120) = ""
    present: text(120) = ""
    met_in_person: bool | None = None
    daypart: text(10) = ""
    done_on_spot: text(300) = ""
    next_on: date | None = None
    next_words: text(200) = ""
    signed_by: text(40) = ""
    home: dict[text(40), AnswerIn] = {}
    children: dict[UUID, dict[text(40), AnswerIn]] = {}
    findings: list[FindingIn] = []
    still_holds: bool = False


router = router_of(VISITS, VisitOut, lambda _request, _visit, done: done, tags=["visits 走访"], root="visits")


class Find(Cut):
    """Which visits."""

    tab: Literal["mine", "planned", "done"] = "mine"


@list_of(router, "visits", VisitOut, page="registry:visits", words=_("走访"), asked=Find, bare=True)
def visits(request, asked):
    """Visits: mine, all planned, or done."""
    return {"mine": queries.planned_for, "planned": queries.planned, "done": queries.done}[asked.tab](request.user)


@list_of(router, "visits/due", HomeOut, page="registry:visits", words=_("该走访的户"), shown=homes_out)
def due(request, _asked):
    """Homes whose visit is due and not planned: priority first, then the longest unvisited."""
    return queries.due(request.user, request.day).select_related("village")


@router.post(
    "visits/", response={201: VisitOut, **PROBLEMS}, url_name="api_plan_visit", auth=SignedIn(Duty.VISIT), summary=both(_("计划走访")),
)
def plan(request, visit: PlanIn):
    """Plan a visit."""
    return 201, run(request, commands.plan_visit, **visit.dict())


@router.post(
    "visits/{visit_id}/record", response={200: VisitOut, **PROBLEMS}, url_name="api_record_visit", auth=SignedIn(Duty.VISIT), summary=both(_("记录走访")),
)
def record(request, visit_id: UUID, told: RecordIn):
    """Record a visit."""
    get_object_or_404(visible_visits(request.user), pk=visit_id)
    facts = told.dict()
    facts["children"] = {str(child): answers for child, answers in facts["children"].items()}
    return run(request, commands.record_visit, visit_id=visit_id, **facts)
