"""An evening that is judged beside the next day only looks: on SQLite, whose one writer's place it could take, no act waits for it."""

import os
import select
from datetime import date

import pytest
from django.db import connection

from wanjia.kernel.models import CalendarDay
from wanjia.site.simulating.beside import Beside


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="one writer's place is SQLite's")
def test_whoever_judges_beside_keeps_no_act_waiting():
    ear, mouth = os.pipe()
    evening = Beside(lambda: (bool(select.select([ear], [], [], 10)[0]), CalendarDay.objects.count()))
    days = CalendarDay.objects.count()
    CalendarDay.objects.create(day=date(2090, 1, 1), works=False, name="停工", source="县里通知")
    os.write(mouth, b"done")
    assert evening.heard()[0] == (True, days), "the act was done while the evening was judged, and the evening does not see it"
