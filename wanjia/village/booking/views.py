"""Pages of the book: the points of homes, one home's lines, one booking."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from ..duties import Duty
from . import queries, rules
from .lapsing import told_to
from .subjects import ACCOUNTS, ENTRIES


@page("village/points/accounts/", Duty.SEE_VILLAGE)
def point_accounts(request):
    """The homes that have points, by group: not by how many, for nobody is ranked."""
    rows = rules.visible_accounts(request.user).select_related("home", "village").order_by("village_id", "home__group_name", "home__number")
    found = page_of(request, rows)
    queries.with_heads(found.object_list)
    return {"page": found}


@page("village/points/accounts/<uuid:point_account_id>/", Duty.SEE_VILLAGE, of=ACCOUNTS)
def point_account(request, one):
    """A home's points, line by line: each with its clause or what it was spent on. Prints as the statement that the home is given."""
    queries.with_heads([one])
    return {"page": page_of(request, queries.lines_of(one)), "told": told_to(one)}


@page("village/points/entries/<uuid:point_entry_id>/", Duty.SEE_VILLAGE, of=ENTRIES, moves=True)
def point_entry(request, one):
    """One booking: whose, how many, by which clause or for what, and what reversed it."""
    return {"line": one.lines.select_related("account__home").get(account__home__isnull=False)}
