"""Pages of doubles: candidates, two records side by side."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wanjia.doors.guard import act, say
from wanjia.doors.listing import page_of
from wanjia.doors.pages import row_or_404
from wanjia.doors.reading import page
from wanjia.registry.duties import Duty

from ..people import opening
from ..people.subjects import PEOPLE
from . import commands, queries
from .forms import Judge


@page("duplicates/", Duty.JUDGE_DUPLICATES, template="list")
def duplicates(request):
    """Pairs that nobody has judged, and the merges of late."""
    page = page_of(request, queries.candidates(request.user))
    return {"page": page, "most": queries.MOST, "merges": page_of(request, queries.merges(request.user), per_page=20, word="merges")}


@page("duplicates/<uuid:one_id>/<uuid:other_id>/", Duty.JUDGE_DUPLICATES, name="duplicate")
def pair(request, one_id, other_id):
    """Two records side by side, differences lit, numbers masked; a person decides."""
    one, other = (row_or_404(PEOPLE, request.user, one, duty=Duty.SEE_REGISTER) for one in (one_id, other_id))
    for child in (one, other):
        if child.is_protected and not opening.reason_of(request, child):
            return redirect("registry:child_file", child.pk)  # side by side stands what only the files show
    form = Judge(request.POST or None, one=one, other=other)
    if form.is_valid() and _judge(request, form, one, other):
        say(request, _("已判定。合并以后也能撤销。"))
        return redirect("registry:duplicates")
    return {"one": one, "other": other, "rows": queries.side_by_side(one, other), "form": form}


def _judge(request, form, one, other):
    verdict = form.cleaned_data.pop("verdict")
    if verdict == "apart":
        return act(request, form, commands.keep_apart, one_id=one.pk, other_id=other.pk)
    kept, gone = (one, other) if verdict == f"keep:{one.pk}" else (other, one)
    return act(request, form, commands.merge_people, kept_id=kept.pk, gone_id=gone.pk)
