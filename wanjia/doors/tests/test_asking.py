"""What an act asks is the same on its page and in its call: what the one does not offer, the other does not take."""

from datetime import date
from types import SimpleNamespace
from typing import Annotated

import pytest
from django.core.files.base import File
from django.db.models import TextChoices

from wanjia.doors import asking
from wanjia.kernel.acts import ACTS, Asked, _asked
from wanjia.verdict import Refused


class Mood(TextChoices):
    """Three moods."""

    GLAD, CALM, SAD = ("glad", "喜"), ("calm", "平"), ("sad", "忧")


def _act(does, form=None):
    return SimpleNamespace(asked=tuple(_asked(does)), form=form, command=does)


def ask(
    row, *, by, at,
    why: Annotated[str, Asked("理由", among=lambda row, _actor, _day: [(row, row), ("别的", "别的")])],
    mood: Annotated[Mood, Asked("心情", but=(Mood.SAD,))] = Mood.CALM,
    on: Annotated[date | None, Asked("哪天", when=lambda row, _actor, _day: row == "晴")] = None,
    agrees: Annotated[bool, Asked("同意吗", answers=("同意", "不同意"), page=False)] = True,
    unseen=None,
):  # fmt: skip
    """Ask a little of everything."""


def form(row, sent=None):
    return asking.form_of(_act(ask))(sent, row=row, actor=None)


def test_no_picture_is_sent_without_the_tick_that_its_rule_asks_for():
    """A browser fills no picture in anew: where one must be there, what else the page can ask it asks before it is sent."""
    takes = {name: one.asked for name, one in ACTS.items() if any(issubclass(each.one, File) and not each.optional for each in one.asked)}
    assert {"schools.add_picture", "village.add_short_picture", "care.add_photo"} <= takes.keys()
    ticks = {(name, each.name) for name, asked in takes.items() for each in asked if each.kind is bool and each.optional and not each.asked.attrs.get("required")}
    assert ticks == set()
    act = ACTS["schools.add_picture"]
    assert "required" in str(asking.form_of(act)(row=None, actor=None)["nobody"]), "the page says it to the browser"


def test_what_takes_something_back_is_no_blue_button():
    """Its page warns, or is quiet where a thing is sent back, in every room: blue is for what goes on."""
    back = ("取消", "撤销", "撤回", "撤下", "停用", "去掉", "作废", "这一版不用", "终止", "解散", "退出", "打错", "收回", "退回", "退给", "移出", "不再", "不排", "不推送")
    blue = {name for name, one in ACTS.items() if one.tone == "primary" and any(word in str(one.words) for word in back)}
    assert blue == {"casework.ask_withdrawal", "casework.keep_need"}, "these two ask whether to"


def test_a_form_asks_what_the_signature_says():
    assert list(form("雨").fields) == ["why", "mood"]
    assert list(form("晴").fields) == ["why", "mood", "on"]
    assert form("雨", {"why": "雨", "mood": "glad"}).is_valid()
    assert not form("雨", {"why": "晴", "mood": "glad"}).is_valid()
    assert not form("雨", {"why": "雨", "mood": "sad"}).is_valid()
    assert not form("雨", {"why": "雨"}).is_valid(), "a choice that stands at something is not left open"


def test_a_call_asks_the_same_and_what_a_page_leaves_out():
    fields = asking.body_of(_act(ask)).model_fields
    assert list(fields) == ["why", "mood", "on", "agrees"]
    assert [name for name, one in fields.items() if one.is_required()] == ["why"]
    with pytest.raises(ValueError, match="mood"):
        asking.body_of(_act(ask))(why="雨", mood="sad")


@pytest.mark.parametrize(("why", "taken"), [("雨", True), ("别的", True), ("晴", False)])
def test_a_call_chooses_only_what_the_page_offers(why, taken):
    act = _act(ask)
    body = asking.body_of(act)(why=why)
    if taken:
        assert asking.told(act, body, "雨", None, None)["why"] == why
    else:
        with pytest.raises(Refused):
            asking.told(act, body, "雨", None, None)
