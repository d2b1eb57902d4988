"""What somebody who never saw the product stumbled over when he walked every page of care: each is held here."""

import pytest
from django.urls import reverse

from ..lines import commands, queries
from . import acts_lines as lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(client, world):
    """Open an address as an actor of the world and return the page's text."""

    def get(name, path):
        client.force_login(lines.anew(world, name), backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()

    return get


@pytest.mark.parametrize("name", ["helper", "care"])
def test_who_serves_children_alone_is_not_told_of_needs_that_are_none_of_his(opened, world, name):
    desk = opened(name, "/")
    assert "您的岗位只看数字" not in desk and reverse("casework:ledger") not in desk


def test_who_audits_is_told_why_he_sees_no_need(opened, world):
    """Negative control: the sentence stands where it is true."""
    assert "您的岗位只看数字" in opened("auditor", "/")


def test_what_somebody_is_to_do_stands_before_what_is_only_watched(world):
    lines.watched(world)
    who = lines.who(world)
    kept = commands.raise_concern(**lines.paired(world), domain="life", words="这两周自己做饭", **lines.TASK, **who)
    rows = queries.concerns_listed(who["by"], lines.DAY)
    assert [one.level for one in rows] == ["act", "watch"] and rows[0].child_id == kept.pk


def test_a_card_that_is_written_down_says_whose_day_each_field_is(opened, world):
    page = opened("helper", f"/care/children/{lines.paired(world)['child_id']}/card/")
    for words in ("家长:哪天", "老师:怎么联系的", "学生:哪天"):
        assert words in page


def test_a_child_that_was_called_and_not_seen_is_not_said_to_be_out_of_reach(opened, world):
    what = lines.paired(world)
    commands.note_contact(**what, line="student", way="phone", on=lines.DAY, **lines.who(world))
    page = opened("helper", f"/care/children/{what['child_id']}/")
    assert "孩子本人" in page and ("本期还没见过孩子本人" in page or "上一期就没见到孩子本人" in page)


def test_a_concern_asks_once_what_becomes_of_it(opened, world):
    page = opened("helper", f"/care/children/{lines.paired(world)['child_id']}/concern/")
    assert all(words in page for words in ("先看着", "我来办", "登记到诉求台账")) and 'name="level"' not in page
