"""The three lines attacked: whoever may not be near children and telephones them, stands on the card at home, has their names printed for him."""

import pytest

from wanjia.care.lines import commands as lines
from wanjia.care.lines import rules
from wanjia.care.models import Helper, LineContact
from wanjia.kernel.tests.tried import MONDAY
from wanjia.verdict import ALLOWED, Refused

from .acts_lines import anew, paired, unvetted, who
from .factories import checked

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
BACKEND = "django.contrib.auth.backends.ModelBackend"


def unfit(world):
    paired(world)
    unvetted(world, None)


@pytest.mark.parametrize("way", ["phone", "message", "visit", "school"])
def test_whoever_is_not_vetted_reaches_no_child_by_any_way(world, way):
    unfit(world)
    with pytest.raises(Refused, match="不得联系孩子本人"):
        lines.note_contact(**paired(world), line="student", way=way, on=DAY, **who(world))
    lines.note_contact(**paired(world), line="teacher", way=way, on=DAY, **who(world))


def test_a_card_typed_afterwards_lets_him_in_no_more(world):
    unfit(world)
    with pytest.raises(Refused):
        lines.enter_card(**paired(world), student_on=DAY, student_way="phone", **who(world, "visitor"))
    assert not LineContact.objects.exists()


def test_the_card_at_home_names_nobody_unfit(world):
    unfit(world)
    with pytest.raises(Refused, match="背景审查"):
        lines.print_help_card(**paired(world), **who(world, "visitor"))


def test_without_the_question_his_telephone_is_printed(world, monkeypatch):
    """Negative control."""
    unfit(world)
    monkeypatch.setattr(rules, "may_be_near_children", lambda *_asked: ALLOWED)
    assert lines.print_help_card(**paired(world), **who(world, "visitor")).helper.user == world.helper
    lines.note_contact(**paired(world), line="student", way="message", on=DAY, **who(world))


def test_no_names_are_printed_for_whoever_is_barred(world, client):
    paired(world)
    one = Helper.objects.get(user=world.helper)
    client.force_login(anew(world, "visitor"), backend=BACKEND)
    assert world.register.child.name in client.get(f"/care/month-card/?helper={one.pk}").content.decode()
    checked(one, on=DAY, result="not_clear", at=MONDAY)
    assert client.get(f"/care/month-card/?helper={one.pk}").status_code == 404
