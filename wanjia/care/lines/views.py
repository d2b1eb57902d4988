"""The three lines on a telephone and on a list; one child; the concerns; the printed month card."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect

from wanjia.doors.asking import form_of
from wanjia.doors.guard import act, say, taken_along
from wanjia.doors.listing import page_of
from wanjia.doors.pages import row_or_404
from wanjia.doors.reading import page
from wanjia.doors.words import said
from wanjia.indicators.definitions import definitions
from wanjia.orgs.areas.queries import ancestors
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.facts import on_day

from .. import addresses
from ..children.commands import read_names
from ..children.rules import barred
from ..duties import Duty
from ..line_states import Line, Way
from ..models import Helper, Paired
from . import queries, rules
from .commands import KEEPS, note_contact, read_notes
from .standing import standing, worst_first
from .subjects import CHILDREN

PER_PAGE = 20
SEES = (Duty.SEE_CARE, Duty.ACCOMPANY)


@page("care/mine/", *KEEPS, template="mine")
def mine(request):
    """My children with three dots each; what is tapped comes back to the list. Names only where they were asked for, and then each reading is written down."""
    form = _answered(request) if request.method == "POST" else None
    if form is not None and not form.errors:
        return redirect(request.get_full_path())
    rows = queries.mine(request.user, request.day)
    named = request.GET.get("names") == "1" and not taken_along(request)
    if named:
        read_names([row.child for row in rows], where="我结对的孩子", by=request.user, at=request.at)
        for row in rows:
            row.name = row.child.name
    owes, source, rhythm = queries.told(request.day)
    return {"rows": rows, "form": form, "ways": Way.choices, "day": request.day, "here": request.get_full_path(), "named": named, "owes": owes, "source": source, "rhythm": rhythm}


def _answered(request):
    """Do what was tapped of one child of the list; return its form, with the refusal on it where it was refused."""
    try:
        child_id = UUID(request.POST.get("child_id", ""))
    except ValueError:
        raise Http404 from None
    child = row_or_404(CHILDREN, request.user, child_id, duty=KEEPS)
    form = form_of(note_contact.act)(request.POST, row=child, actor=request.user, day=request.day)
    form.about = child
    if form.is_valid() and act(request, form, note_contact, child_id=child.pk):
        say(request, note_contact.act.done)
    return form


@page("care/children/<uuid:child_id>/", *SEES, of=CHILDREN, moves=True, fresh=True)
def child(request, child):
    """One child in company: its lines, what was noted, what somebody is concerned about; nothing of what was said."""
    may_read = rules.can_read_notes(request.user, child, request.at)
    return {
        "one": queries.of_child(child, request.day), "contacts": page_of(request, queries.noted(child), per_page=PER_PAGE), "concerns": queries.concerns_of(child),
        "may_read": bool(may_read), "why_not": may_read.reason, "read": read_notes.act, "keeps": rules.keeps(request.user, child, request.day), "day": request.day,
    }  # fmt: skip


@page("care/lines/", Duty.SEE_CARE, template="list")
def lines(request):
    """The children in company of an area, the worst line first; each figure above opens its rows."""
    area, figure, day = addresses.area(request), request.GET.get("figure", ""), addresses.past_day(request) or request.day
    pairs = queries.seen(request.user, request.day, area)
    figures = [row | {"name": said(row)} for row in counting.figures(pairs, day, request.day)]
    rows = counting.rows_of(figure, pairs, day, request.day) if figure in definitions("lines") else standing(pairs, day)
    found = page_of(request, worst_first(rows).select_related(*queries.SHOWN), per_page=PER_PAGE)
    found.object_list = queries.rows_of(list(found), day)
    return {
        "page": found, "figures": figures, "figure": figure, "area": area, "above": ancestors(area) if area else [], "areas": addresses.below(request, area), "rhythm": queries.told(day)[2], "day": day, "past": day < request.day,
    }  # fmt: skip


@page("care/concerns/", *SEES, template="concerns")
def concerns(request):
    """The open concerns: what is to be done by when, by whom; never what was seen."""
    area, figure, day = addresses.area(request), request.GET.get("figure", ""), addresses.past_day(request) or request.day
    rows = queries.concerns_listed(request.user, request.day, area)
    figures = [row | {"name": said(row)} for row in counting.figures(rows.order_by(), day, request.day)]
    rows = counting.rows_of(figure, rows, day, request.day) if figure in definitions("concerns") else on_day(rows, day, today=request.day)
    found = page_of(request, rows, per_page=PER_PAGE)
    kept = set(rules.kept_children(request.user, request.day).filter(pk__in=[one.child_id for one in found]).values_list("pk", flat=True))
    return {"page": found, "figures": figures, "figure": figure, "area": area, "kept": kept, "day": day, "past": day < request.day}


def _named_helper(request):
    """Return the helper whose card the address asks for, or None for one's own."""
    wanted = request.GET.get("helper", "")
    if not wanted:
        return None
    try:
        return Helper.objects.get(pk=wanted)
    except (Helper.DoesNotExist, ValidationError):
        raise Http404 from None


@page("care/month-card/", *KEEPS, template="month_card", fresh=True)
def month_card(request):
    """The card of a month, to be filled in by hand: one's own children, or those of one helper whose cards one writes down. Names stand on it: each reading is written down first."""
    helper = _named_helper(request)
    if helper is None:
        pairs = Paired.objects.filter(pk__in=rules.own_pairs(request.user, request.day).values("pk"))
    else:
        near = rules.visible_children(request.user, request.day, duty=Duty.KEEP_LINES)
        pairs = Paired.objects.filter(helper=helper, child__in=near.order_by().values("pk")).exclude(helper__in=barred(request.day))
    rows = queries.rows_of(list(worst_first(standing(pairs, request.day)).select_related(*queries.SHOWN)), request.day)
    if not rows:
        raise Http404
    read_names([row.child for row in rows], where="印联系卡", by=request.user, at=request.at)
    return {"rows": rows, "helper": rows[0].helper, "day": request.day, "lines": Line.choices, "ways": Way.choices, "blanks": range(2)}
