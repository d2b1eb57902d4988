"""Two accounts of one person are one hand."""

from datetime import timedelta

import pytest

from wanjia.kernel import journal
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.orgs.second_person import hands
from wanjia.orgs.workdays.hours import CLOCK

pytestmark = pytest.mark.django_db
TELLS = [
    ("another name", "邵公安", "", "涂消防", "", False), ("the same name", "邵公安", "", "邵公安", "", True), ("spelt with a blank", "邵公安", "", "邵 公安", "", True),
    ("namesakes with telephones of their own", "邵公安", "13887000001", "邵公安", "13887000002", False), ("one telephone known", "邵公安", "13887000001", "邵公安", "", True),
    ("one telephone, two names", "邵公安", "13887000001", "涂消防", "+86 138 8700 0001", True), ("two telephones, two names", "邵公安", "13887000001", "涂消防", "13887000002", False),
]  # fmt: skip


def account(username, name, phone=""):
    """An account."""
    return User.objects.create_user(username, name=name, phone=phone)


@pytest.mark.parametrize(("mine", "my_phone", "theirs", "their_phone", "one"), [row[1:] for row in TELLS], ids=[row[0] for row in TELLS])
def test_one_person_by_name_and_telephone(mine, my_phone, theirs, their_phone, one):
    a, b = account("jia", mine, my_phone), account("yi", theirs, their_phone)
    assert hands.is_one_person(a, b.pk, MONDAY) is one and hands.is_one_person(b, a.pk, MONDAY) is one


def test_an_account_is_one_person_with_itself_and_the_clock_is_nobody():
    a = account("jia", "邵公安")
    assert hands.is_one_person(a, a.pk, MONDAY) and not hands.is_one_person(a, None, MONDAY) and not hands.is_one_person(CLOCK, a.pk, MONDAY)


def test_who_lately_had_the_other_account_in_his_hands_may_sit_at_it():
    a, b = account("jia", "甲管理"), account("yi", "乙办事")
    journal.record(act="orgs.reset_password", subject=b, by=a, at=MONDAY, area_code="530625000000")
    for one, other in ((a, b), (b, a)):
        assert hands.is_one_person(one, other.pk, MONDAY + timedelta(days=89)) and not hands.is_one_person(one, other.pk, MONDAY + timedelta(days=91))
