"""A matter that was settled long ago, and the list on which it goes: what the tests of disposal do first."""

from datetime import date, timedelta

from wanjia.casework.callback.commands import call_back
from wanjia.casework.models import Need
from wanjia.casework.tests import walk
from wanjia.casework.tests.factories import MONDAY, later
from wanjia.indicators.definitions import everything as all_figures
from wanjia.kernel import journal
from wanjia.office.retention import commands
from wanjia.orgs.checking.queries import differences
from wanjia.reporting.figures.tally import Tally

THEN = MONDAY + timedelta(days=366 * 11)  # eleven years on
DAY = date(2026, 11, 20)


def closed(world, **facts):
    """A need that was settled and struck off."""
    need = walk.bring(world, "done_reported", **facts)
    call_back(need_id=need.pk, way="phone", reached=True, word="solved", words="好了", by=world.caller, at=later(days=5))
    walk.close(world, need)
    return Need.objects.get(pk=need.pk)


def fresh(user):
    return type(user).objects.get(pk=user.pk)


def proposed(world, code="need", at=THEN, where=None):
    return commands.propose_disposal(code=code, area=where or world.county, by=fresh(world.ledger), at=at)


def agreed(world, at=THEN, **more):
    """A list to which the oversight office has agreed."""
    disposal = proposed(world, at=at, **more)
    return commands.decide_disposal(disposal_id=disposal.pk, agree=True, by=fresh(world.inspector), at=at + timedelta(hours=1))


def waited(at=THEN):
    return at + timedelta(days=30)


def whole():
    assert ([one.plain() for one in differences()], journal.verify()[1]) == ([], None)


def figures():
    return [Tally(Need.objects.all(), on, DAY).total(all_figures("needs")) for on in (None, DAY)]
