"""The members of the collective meet: they decide by all there are, may take part online where the rule of the day lets them, and stand apart from who came."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from wanjia.policy import meetings as law
from wanjia.verdict import Refused

from ..meetings import commands as meetings
from ..meetings import verdict
from ..states import ItemState
from .factories import DAY, body, by, item, passes, who
from .test_meetings import world as world

pytestmark = pytest.mark.django_db


def test_the_collective_decides_by_all_its_members(world):
    one = body(world, "collective")
    held = meetings.call_meeting(governing_body_id=one.pk, day=DAY, place="院坝", told_on=DAY - timedelta(days=10), counting="members", **by(world))
    held = meetings.open_meeting(meeting_id=held.pk, members=90, **by(world))
    held = meetings.count_heads(meeting_id=held.pk, present=50, proxies=12, sheets=2, **by(world))
    land = item(world, "item_on_agenda", at=held, matter="collective_assets")
    with pytest.raises(Refused, match=r"要 60 才算通过.*第二十七条"):
        passes(land, world, votes=59)
    assert passes(land, world, votes=60).state == ItemState.PASSED


def test_members_of_the_collective_may_take_part_online_and_stand_apart(world):
    """Collective's law 27: 50 signed the roll, 8 took part online, 2 were stood for: sixty of ninety; roll and minutes print each apart. A villagers' meeting has no such rule."""
    held = meetings.call_meeting(governing_body_id=body(world, "collective").pk, day=DAY, place="院坝", told_on=DAY - timedelta(days=10), counting="members", **by(world))
    held = meetings.open_meeting(meeting_id=held.pk, members=90, **by(world))
    held = meetings.count_heads(meeting_id=held.pk, present=50, online=7, proxies=2, sheets=2, **by(world))
    assert (held.there, bool(verdict.may_decide(held))) == (59, False)
    held = meetings.count_heads(meeting_id=held.pk, present=50, online=8, proxies=2, sheets=2, **by(world))
    assert (held.there, bool(verdict.may_decide(held))) == (60, True)
    with pytest.raises(Refused, match="不会比应到的"):
        meetings.count_heads(meeting_id=held.pk, present=50, online=39, proxies=2, sheets=2, **by(world))
    client = Client()
    client.force_login(who(world), backend="django.contrib.auth.backends.ModelBackend")
    minutes, roll = ("".join("".join(page.extract_text() for page in PdfReader(BytesIO(client.get(f"/village/meetings/{held.pk}/{paper}/").content)).pages).split()) for paper in ("minutes", "roll"))
    assert "应到90,现场50,线上8,书面委托2,合计60".replace(",", "\uff0c") in minutes and "怎样核对的本人" in roll
    assert "线上参加 8 人" in client.get(f"/village/meetings/{held.pk}/").content.decode()


@pytest.mark.parametrize(("kind", "day", "online"), [("collective", date(2025, 4, 30), None), ("collective", date(2025, 5, 1), True), ("collective_reps", DAY, False), ("villagers", DAY, False), ("representatives", DAY, False), ("council", DAY, False)])
def test_only_the_members_meeting_has_a_rule_of_taking_part_online(kind, day, online):
    rule = law.in_force(kind, day)
    assert (rule and bool(rule.online)) == online
