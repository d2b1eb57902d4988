"""The three lines on a telephone and on a list; one child; the concerns; the printed month card."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext

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
from .commands import KEEPS, enter_month, note_contact, read_notes
from .forms import MonthCard, month_of
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


@page("care/cards/", *KEEPS, template="cards")
def cards(request):
    """The cards on paper of the helpers whose lines one keeps: print, write down, look at what a month holds."""
    return {"page": page_of(request, queries.helpers_kept(request.user, request.day), per_page=50), "day": request.day}


@page("care/month-card/", *KEEPS, template="month_card", fresh=True)
def month_card(request):
    """The card of a month, to be filled in by hand: one's own children, or those of one helper whose cards one writes down. Names stand on it: each reading is written down first."""
    rows, _month = _named(request, "印联系卡")
    return {"rows": rows, "helper": rows[0].helper, "day": request.day, "lines": Line.choices, "blanks": range(2)}


@page("care/month-card/enter/", *KEEPS, template="month_enter", fresh=True)
def month_enter(request):
    """A filled card is written down in one go: the same children in the same order as on the paper, each place judged where it stands."""
    rows, month = _named(request, "补录联系卡")
    form = MonthCard(request.POST if request.method == "POST" else None, children=[row.child for row in rows], month=month, by=request.user, day=request.day)
    if request.method == "POST" and form.is_valid() and act(request, form, enter_month):
        say(request, ngettext("已照卡记下 %(n)s 条。", "已照卡记下 %(n)s 条。", form.answer) % {"n": form.answer})
        return redirect(f"{reverse('care:visit_record')}?{urlencode({'helper': rows[0].helper.pk, 'month': f'{month:%Y-%m}'})}")
    return {"form": form, "grid": form.grid(), "helper": rows[0].helper, "month": month, "other": _other(month, request.day), "day": request.day, "lines": Line.choices}


@page("care/visit-record/", *KEEPS, template="visit_record", fresh=True)
def visit_record(request):
    """走访记录表: what a month holds of a helper's contacts, filled in, for the file; never what was said."""
    rows, month = _named(request, "印走访记录表")
    filled = queries.month_of([row.child for row in rows], month)
    return {"rows": [(row, filled.get(row.child.pk, [])) for row in rows], "helper": rows[0].helper, "month": month, "other": _other(month, request.day), "day": request.day}


def _named(request, where):
    """Return (the rows of the children of a card, its month), each reading of a name written down before a byte is sent."""
    month = month_of(request.GET.get("month", ""), request.day)
    rows = queries.rows_of(list(worst_first(standing(_of_card(request), request.day)).select_related(*queries.SHOWN)), request.day)
    if month is None or not rows:
        raise Http404
    rows.sort(key=lambda row: (row.child.pinyin, str(row.child.pk)))  # as on the paper, whatever was written down meanwhile
    read_names([row.child for row in rows], where=where, by=request.user, at=request.at)
    return rows, month


def _of_card(request):
    """Return the pairs of a card: one's own, or of one helper those whose lines one keeps."""
    helper = _named_helper(request)
    if helper is None:
        return Paired.objects.filter(pk__in=rules.own_pairs(request.user, request.day).values("pk"))
    near = rules.kept_children(request.user, request.day)
    return Paired.objects.filter(helper=helper, child__in=near.order_by().values("pk")).exclude(helper__in=barred(request.day))


def _other(month, day):
    """Return the month that one may have meant instead: the last one, or this one."""
    return day.replace(day=1) if month < day.replace(day=1) else (month - timedelta(days=1)).replace(day=1)
