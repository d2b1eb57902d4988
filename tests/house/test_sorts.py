"""Every word a list can be sorted by turns around too."""

import pytest

from wanjia.casework.ledger.queries import SORTS
from wanjia.casework.models import Need
from wanjia.doors.listing import page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("word", [sign + word for word in SORTS for sign in ("", "-")])
def test_the_ledger_turns_around(rf, word):
    page = page_of(rf.get("/needs/", {"sort": word}), Need.objects.all(), sorts=SORTS)
    assert (list(page.object_list), page.sort) == ([], word)
