"""A line's stops as people write them."""

from datetime import time

import pytest

from wanjia.schools.buses.writing import point_of, stops_of, written
from wanjia.schools.models import BusStop
from wanjia.verdict import Refused


def test_a_table_of_stops():
    rows = stops_of("07:05 大岩子 上 18:10 28.2288,103.6378\n\n07:15 河边\n07:20 桥头 28.2,103.6")
    assert rows == [(time(7, 5), "大岩子 上", time(18, 10), 28.2288, 103.6378), (time(7, 15), "河边", None, None, None), (time(7, 20), "桥头", None, 28.2, 103.6)]


def test_what_was_written_is_read_back():
    rows = [(time(7, 5), "大岩子", time(18, 10), 28.2288, 103.6378), (time(7, 15), "河边", None, None, None)]
    assert stops_of(written([BusStop(at=at, name=name, back_at=back, lat=lat, lon=lon) for at, name, back, lat, lon in rows])) == rows


@pytest.mark.parametrize("text", ["大岩子", "07:05", "25:00 大岩子", ""])
def test_what_says_no_stop_is_refused(text):
    with pytest.raises(Refused):
        stops_of(text)


@pytest.mark.parametrize("text", ["28.2", "91,1", "a,b", "1,2,3"])
def test_half_a_place_is_none(text):
    with pytest.raises(Refused):
        point_of(text)
