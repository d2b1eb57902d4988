"""Pages of visits: mine, due, done, by cadre; plan; the form in six parts; one visit."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanjia.doors.guard import act, say, taken_along
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.policy.statuses import months_after
from wanjia.registry.duties import Duty

from ..memberships import heads_of, members_on
from ..states import VisitState
from . import commands, leaving, pages, queries, rules
from .forms import RecordVisit
from .subjects import VISITS

TABS = [
    ("mine", gettext_lazy("我的计划")), ("planned", gettext_lazy("全部计划")), ("due", gettext_lazy("该走访的户")),
    ("left", gettext_lazy("有人外出的户")),
    ("done", gettext_lazy("走访过的")), ("cadres", gettext_lazy("按干部")),
]  # fmt: skip


@page("visits/", Duty.VISIT, template="list")
def visits(request):
    """Visits by tab: what I planned comes first."""
    tab, day = request.GET.get("tab", "mine"), request.day
    rows = {"planned": queries.planned, "done": queries.done, "due": lambda actor: queries.due(actor, day), "left": lambda actor: leaving.left_behind(actor, day)}.get(
        tab, queries.planned_for
    )(request.user)
    facts = {"tab": tab, "tabs": [(code, str(words)) for code, words in TABS], "day": day}
    if tab == "cadres":
        first, last = day.replace(day=1), months_after(day.replace(day=1), 1)
        return "cadres", {**facts, "rows": queries.by_cadre(request.user, first, last), "first": first}
    page = page_of(request, rows)
    page.heads = heads_of(page if tab in ("due", "left") else [visit.household for visit in page])
    villages = queries.due_by_village(request.user, day) if tab == "due" else []
    return {**facts, "page": page, "villages": villages}


@page("visits/<uuid:visit_id>/record/", Duty.VISIT, name="visit_record", of=VISITS, fresh=True)
def record(request, visit):
    """The form in six parts. What was noted about children last time is journalled as read before the page is sent.

    On the page that is taken along none of it stands, nor in the draft: nobody reads it there. What is sent again under its key is
    answered as it was; what somebody else has recorded meanwhile is refused, and what was typed stays before whoever typed it.
    """
    if visit.state != VisitState.PLANNED and request.method != "POST":
        return redirect("registry:visit", visit.pk)
    form = _form(request, visit, request.POST or None)
    if form.is_valid() and act(request, form, commands.record_visit, visit_id=visit.pk):
        return pages.at_the_door(request, form.answer)
    if _shows_notes(request, visit):
        commands.open_visit(visit_id=visit.pk, by=request.user, at=request.at)
    return {
        "form": form, "parts": form.six_parts(), "two": bool(form.children),
        "head": heads_of([visit.household]).get(visit.household_id, ("",))[0],
    }  # fmt: skip


@page("visits/<uuid:visit_id>/draft/", Duty.VISIT, name="visit_draft", of=VISITS, sends=True)
def draft(request, visit):
    """Keep the unfinished form; the page calls this by itself, or the visitor by a button."""
    commands.save_visit_draft(
        visit_id=visit.pk, answers=_form(request, visit, request.POST).answers_so_far(), by=request.user, at=request.at
    )
    if request.htmx:
        return HttpResponse(_("草稿已存 %(time)s") % {"time": timezone.localtime(request.at).strftime("%H:%M")})
    say(request, _("草稿已存,可以下次接着填。"))
    return redirect("registry:visit_record", visit.pk)


@page("visits/<uuid:visit_id>/", Duty.VISIT, of=VISITS)
def visit(request, one):
    """One visit: what was noted about the home, and what came up. Notes about a child stand in the child's file."""
    visitors = one.visitors.all()
    return {
        "visitors": visitors, "mine": request.user in visitors, "sheet": queries.home_sheet(one), "findings": queries.findings_of(one),
        "children": queries.children_of(one, one.done_on or request.day), "head": heads_of([one.household]).get(one.household_id, ("",))[0],
    }  # fmt: skip


def _shows_notes(request, visit):
    """Whether what was noted about children last time stands on the form: neither on a device nor once the visit is over."""
    return visit.state == VisitState.PLANNED and not taken_along(request)


def _form(request, visit, data):
    """Build the form of a visit: draft first, last answers beside, those about children where their reading is journalled."""
    day, kept = request.day, {} if data or taken_along(request) else queries.draft_of(visit, request.user)
    children = queries.children_of(visit, day)
    initial = {"done_on": day, "visitor_ids": [str(pk) for pk in visit.visitors.values_list("pk", flat=True)], **kept}
    last = queries.last_answers(visit.household, children if _shows_notes(request, visit) else [])
    members = list(members_on(visit.household, day))
    return RecordVisit(
        data, actor=request.user, children=children, members=members, day=day, last=last, initial=initial,
        keeps=bool(rules.can_verify(request.user, visit)),
    )  # fmt: skip

