"""The ledger, one need."""

import base64

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wanjia.doors.guard import act, guarded, refusal_of
from wanjia.doors.listing import page_of
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.content import of_content
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.registry.lookups.commands import look_up
from wanjia.sealing.fields import opened

from ..models import Evidence
from ..revealing import commands
from ..revealing.asking import Reveal
from ..rules import visible_needs
from . import queries
from .asking import LedgerFilter
from .desk import apart
from .need_page import need_page


@guarded()
@of_content
def ledger(request):
    """Every need I may see, by saved question, filter and search."""
    day, form = today(timezone.now()), LedgerFilter(request.GET, actor=request.user)
    look_up(request.user, request.GET.get("q", ""))
    needs = queries.ledger(request.user, form.asked(), day)
    tab = request.GET.get("tab") if request.GET.get("tab") in queries.TABS else "all"
    counts = queries.tab_counts(needs, day)
    rows = queries.listed(needs.filter(queries.condition(queries.TABS[tab], day)))
    page = page_of(request, rows, sorts=queries.SORTS, default="-recorded", count=counts[tab])
    shown = [(word, words, counts[word]) for word, words in queries.tabs().items()]
    return render(request, "casework/ledger/ledger.html", {"page": page, "form": form, "tabs": shown, "tab": tab, "apart": apart(request.user)})


@guarded()
@of_content
def need(request, need_id):
    """One need: five steps, two clocks, timeline, household, what I may do and why not the rest."""
    row = get_object_or_404(queries.whole(visible_needs(request.user)), pk=need_id)
    request.calendar = WorkingCalendar.load()
    return render(request, "casework/ledger/need.html", need_page(request.user, row, timezone.now(), request.calendar))


@guarded()
@of_content
def drawer(request, need_id):
    """The timeline of one need, beside the list."""
    row = get_object_or_404(queries.rows(visible_needs(request.user)), pk=need_id)
    return render(request, "casework/ledger/drawer.html", need_page(request.user, row, timezone.now()))


@guarded()
@of_content
@require_POST
def reveal(request, need_id):
    """Show phone and story once, after the look is logged."""
    row = get_object_or_404(visible_needs(request.user).select_related(*queries.ROW), pk=need_id)
    form = Reveal(request.POST)
    shown = form.is_valid() and act(request, form, commands.reveal_need, need_id=row.pk)
    return render(request, "casework/ledger/need.html", {**need_page(request.user, row, timezone.now()), "reveal": form, "shown": shown})


@guarded()
@of_content
@require_POST
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
    answer = HttpResponse(body, content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{_quoted(paper.name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _quoted(name):
    from urllib.parse import quote

    return quote(name)


@guarded(OrgsDuty.RECHECK_NEEDS)
def rechecks(request):
    """Needs drawn for the next tier's own look."""
    page = page_of(request, queries.to_recheck(request.user))
    return render(request, "casework/closing/rechecks.html", {"page": page})
