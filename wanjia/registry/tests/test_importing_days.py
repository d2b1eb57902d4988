"""An import is known from the day on which it is written, whatever day its file or its judge speaks of."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from wanjia.registry.applying import commands as applying
from wanjia.registry.importing import commands
from wanjia.registry.models import Absence, DatedStatus, Household, Person

from .factories import number

pytestmark = pytest.mark.django_db
SHEET = "户编号,姓名,身份证号,与户主关系,村(社区),务工情况,外出务工地,特殊群体类型\nD001,何大寒,{},户主,大同村,外出务工,浙江省宁波市,脱贫户\n"


def test_a_row_of_the_register_is_known_from_the_day_of_its_import(world):
    who, body = {"by": world.clerk, "at": timezone.now()}, SHEET.format(number(date(1980, 5, 6), 19)).encode()
    long_ago = (who["at"] - timedelta(days=90)).date()
    upload = commands.receive_upload(template="household", name="户.csv", body=body, today=long_ago, **who)
    upload = commands.judge_upload(upload, **who)
    applying.apply_upload(commands.confirm_upload(upload_id=upload.pk, **who), **who)
    person = Person.objects.get(name="何大寒")
    known = [
        Household.objects.get(number="D001").registered_at, person.registered_at, Absence.objects.get(person=person).recorded_at,
        *DatedStatus.objects.filter(person=person).values_list("recorded_at", flat=True),
    ]  # fmt: skip
    assert len(known) == 4
    assert min(known) >= who["at"]
