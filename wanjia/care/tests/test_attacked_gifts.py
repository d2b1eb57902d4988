"""Gifts attacked: a name that shows every pupil of a roll as poor."""

import pytest

from wanjia.care.gifts import commands, rules
from wanjia.care.models import Distribution
from wanjia.verdict import ALLOWED, Refused

from . import acts_gifts as acts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("said", [{"name": "贫困学生运动鞋"}, {"name": "留守儿童冬衣"}, {"thing": "困难学生书包"}, {"name": "低 保 户孩子的鞋"}])
def test_no_pupil_is_shown_as_poor_by_what_it_is_called(world, said, monkeypatch):
    with pytest.raises(Refused, match="难处"):
        commands.open_distribution(**acts.opening(world) | said, **acts.who(world))
    monkeypatch.setattr(rules, "says_no_plight", lambda *_what: ALLOWED)
    commands.open_distribution(**acts.opening(world) | said, **acts.who(world))
    assert Distribution.objects.exists(), "negative control"


@pytest.mark.parametrize("said", [{"name": "2026 年冬季运动鞋"}, {"name": "开学书包", "giver": "永善县残疾人联合会"}])
def test_what_says_nothing_of_homes_is_given_out(world, said):
    """The control."""
    commands.open_distribution(**acts.opening(world) | said, **acts.who(world))
