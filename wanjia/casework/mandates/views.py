"""The page of cases by mandate."""

from wanjia.doors.reading import page
from wanjia.indicators.definitions import definition
from wanjia.orgs.content import of_content

from ..ledger.queries import named
from . import queries


@page("mandates/", template="list", door=of_content)
def mandates(request):
    """How many needs of my area came under which mandate, each number of its whole."""
    heads = [named(definition(id_)) for id_ in queries.SHOWN]
    rows = [(code, words, list(zip(heads, counts, strict=True))) for code, words, counts in queries.by_mandate(request.user, request.day)]
    return {"rows": rows, "heads": heads, "day": request.day}
