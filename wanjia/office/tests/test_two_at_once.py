"""A restore and the nightly trial restore at the same time: one of them is refused, and no half copy is swapped in."""

import pytest
from django.db import connections

from wanjia.office import places
from wanjia.verdict import Refused


@pytest.fixture
def unblocked(races, tmp_path, settings, django_db_blocker):
    settings.WANJIA_VAR = str(tmp_path)
    with django_db_blocker.unblock():
        yield


def tables(place):
    return connections[place.alias].introspection.table_names()


def test_two_do_not_share_a_place(unblocked):
    """Both fill a place of one name: the second would throw the first one's away, and the first swap in the second's half copy."""
    with places.beside("default") as first, connections[first.alias].cursor() as cursor:
        cursor.execute("CREATE TABLE filled (id integer)")
        with pytest.raises(Refused, match="另一次"), places.beside("default"):
            pass
        assert tables(first) == ["filled"]  # what the first has filled is still there
    with places.beside("default") as second:  # the negative control: the place is free, and empty, when the first is done
        assert tables(second) == []
