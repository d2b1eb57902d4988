"""The ledger, one need."""

import base64
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.doors.guard import act, next_of, press, refusal_of
from wanjia.doors.listing import PER_PAGE, page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import attached
from wanjia.doors.several import ticked
from wanjia.kernel.calendar import WorkingCalendar
from wanjia.orgs.content import of_content
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.registry.lookups.commands import look_up
from wanjia.sealing.fields import opened

from ..matters.queries import counted_once, shared
from ..models import Evidence
from ..revealing import commands
from ..revealing.asking import Reveal
from ..rules import asked_by_a_child, visible_needs
from ..subjects import NEEDS
from . import queries
from .asking import LedgerFilter
from .columns import COLUMNS, chosen, plain
from .commands import keep_ledger_view
from .desk import apart
from .need_page import need_page


@page("needs/", door=of_content)
def ledger(request):
    """Every need I may see, by saved question, filter and search."""
    day, form = request.day, LedgerFilter(request.GET, actor=request.user)
    look_up(request.user, request.GET.get("q", ""))
    tab = request.GET.get("tab") if request.GET.get("tab") in queries.TABS else "all"
    mine = queries.view_of(request.user)
    columns = chosen(mine)
    if form.asks():
        needs = queries.ledger(request.user, form.asked(), day)
        counts, of_tab = queries.tab_counts(needs, day), queries.tab_of(needs, tab, day)
        rows, together = queries.listed(of_tab, columns), shared(of_tab)
    else:
        counts, rows = queries.all_tab_counts(request.user, day), queries.whole_tab(request.user, tab, columns, day, PER_PAGE)
        together = queries.SHARED(request.user, day=day, tab=tab)
    page = page_of(request, rows, sorts=queries.SORTS, default="-recorded", count=counts[tab])
    tabs = [(word, words, counts[word]) for word, words in queries.tabs().items()]
    more = {"columns": columns, "every": [(word, column.words) for word, column in COLUMNS.items()], "kept": _kept(request, mine)}
    more["keepable"] = [(word, text) for word, text in plain(request.GET).items()]
    more["matters"] = counted_once(counts[tab], together)
    return {"page": page, "form": form, "tabs": tabs, "tab": tab, "apart": apart(request.user), **more}


def _kept(request, mine):
    """List the reader's kept questions: their words, address, whether it is the one asked now, and what drops them."""
    now = plain(request.GET)
    return [
        {"words": one["words"], "address": f"?{urlencode(one['asked'])}", "here": one["asked"] == now, "asked": one["asked"].items()}
        for one in (mine.questions if mine else [])
    ]


@page("needs/view/", door=of_content, sends=True)
def keep_view(request):
    """Keep my columns, or keep or drop one of my questions; then back to the ledger as it was asked."""
    asked, what = plain(request.POST), request.POST.get("what")
    if what == "keep":
        words = LedgerFilter(request.POST, actor=request.user).in_words(queries.tabs())
        wanted = {"keep": asked, "words": words}
    else:
        wanted = {"drop": asked} if what == "drop" else {"columns": request.POST.getlist("columns")}
    press(request, keep_ledger_view, **wanted)
    return redirect(next_of(request) or "casework:ledger")


@page("needs/ticked-export/", OrgsDuty.EXPORT, door=of_content)
def export_ticked(request):
    """The page that asks for an export, of the ticked rows alone."""
    rows = ticked(NEEDS, request.user, request.POST.getlist("rows"), duty=OrgsDuty.EXPORT)
    if not rows:
        return redirect("casework:ledger")
    return redirect(f"{reverse('reporting:exports')}?{urlencode({'numbers': ','.join(row.number for row in rows)})}")


@page("needs/<uuid:need_id>/", door=of_content)
def need(request, need_id):
    """One need: five steps, two clocks, timeline, household, what I may do and why not the rest."""
    row = queries.WHOLE.first(request.user, need_id)
    if row is None:
        raise Http404
    request.calendar = WorkingCalendar.load()
    return need_page(request.user, row, request.at, request.calendar)


@page("needs/<uuid:need_id>/drawer/", door=of_content)
def drawer(request, need_id):
    """The timeline of one need, beside the list."""
    row = get_object_or_404(queries.rows(visible_needs(request.user)), pk=need_id)
    return need_page(request.user, row, request.at)


@page("needs/<uuid:need_id>/reveal/", template="need", door=of_content, sends=True)
def reveal(request, need_id):
    """Show phone and story once, after the look is logged."""
    row = get_object_or_404(visible_needs(request.user).select_related(*queries.ROW), pk=need_id)
    form = Reveal(request.POST)
    shown = form.is_valid() and act(request, form, commands.reveal_need, need_id=row.pk)
    more = {"reveal": form, "shown": shown, "of_child": asked_by_a_child(row)}
    return {**need_page(request.user, row, request.at), **more}


@page("evidence/<uuid:evidence_id>/", door=of_content, sends=True)
def open_evidence(request, evidence_id):
    """Hand out one paper, after the look is logged."""
    paper = get_object_or_404(Evidence.objects.filter(need__in=visible_needs(request.user)).exclude(digest=""), pk=evidence_id)
    form = Reveal(request.POST)
    if not (form.is_valid() and act(request, form, commands.open_evidence, evidence_id=paper.pk)):
        raise refusal_of(form)
    body = opened(paper, "body", base64.b64decode, None)
    if body is None:
        title = _("佐证打不开")
        return render(request, "refused.html", {"title": title, "reason": _("这份佐证打不开:密钥不对或内容损坏。文件还在,请联系管理员恢复密钥环。")}, status=503)
    return attached(HttpResponse(body, content_type="application/octet-stream"), paper.name)
