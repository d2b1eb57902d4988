"""The page of cases by mandate."""

from django.shortcuts import render
from django.utils import timezone

from wanjia.doors.guard import guarded
from wanjia.indicators.definitions import definition
from wanjia.kernel.calendar import today
from wanjia.orgs.content import of_content

from ..ledger.queries import named
from . import queries


@guarded()
@of_content
def mandates(request):
    """How many needs of my area came under which mandate, each number of its whole."""
    day = today(timezone.now())
    heads = [named(definition(id_)) for id_ in queries.SHOWN]
    rows = [(code, words, list(zip(heads, counts, strict=True))) for code, words, counts in queries.by_mandate(request.user, day)]
    return render(request, "casework/mandates/list.html", {"rows": rows, "heads": heads, "day": day})
