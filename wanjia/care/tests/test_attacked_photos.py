"""Pictures attacked: what their words tell everybody. With its control."""

import pytest

from wanjia.care.models import Photo
from wanjia.care.photos import commands, rules
from wanjia.verdict import ALLOWED, Refused

from . import acts_events as acts

pytestmark = pytest.mark.django_db
TELLING = ("王小雨领到新鞋", "王 小 雨领到新鞋", "大同村的孩子在台上", "细沙乡中心小学的节目", "三班的合唱", "打 13887000001 找他")


@pytest.mark.parametrize("subject", TELLING)
def test_a_pictures_words_name_no_child_school_village_or_number(world, subject):
    with pytest.raises(Refused, match="谁都看得到"):
        acts.taken(world, subject=subject)
    assert not Photo.objects.exists()


@pytest.mark.parametrize("subject", TELLING)
def test_what_was_written_before_is_not_shown(world, client, subject):
    what = acts.finished(world)
    Photo.objects.update(subject=subject)
    with pytest.raises(Refused, match="谁都看得到"):
        commands.publish_photo(**what, **acts.who(world))
    assert subject not in client.get("/album/").content.decode()


def test_without_looking_at_the_words_everybody_reads_the_name(world, client, monkeypatch):
    """Negative control: the face is covered, the name stands below it."""
    monkeypatch.setattr(rules, "tells_of_nobody", lambda *_what: ALLOWED)
    what = acts.taken(world, subject="王小雨领到新鞋")
    commands.cover_faces(**what, **acts.COVER, **acts.who(world))
    commands.publish_photo(**what, **acts.who(world))
    assert "王小雨" in client.get("/album/").content.decode()


def test_the_given_name_of_a_child_that_came_is_a_name(world):
    what = acts.ticked(world)
    with pytest.raises(Refused, match="谁都看得到"):
        commands.add_photo(**what, file=acts.file(), subject="小雨在唱歌", consent="given", **acts.who(world))
