"""What somebody who never saw the product stumbled over when he walked every page of care: each is held here."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from wanjia.kernel.models import Entry, EntryKind

from ..demo import events as demo_events
from ..lines import commands, queries
from ..models import CareClass, Diner, Enrolment, Entitled, Pair
from ..programme import beside
from . import acts_classes as classes
from . import acts_gifts
from . import acts_lines as lines
from . import acts_pairing as pairing
from .factories import checked, helper, pair

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


def test_who_leaves_finds_on_his_page_whom_to_hand_over(opened, world, client):
    """A helper's page names the children by initials with the way to somebody else; that somebody is one tap."""
    pairing.paired(world)
    pair, other = Pair.objects.get(), pairing.able(world, name="岑帮扶")
    page = opened("care", f"/care/helpers/{pair.helper_id}/")
    hand = reverse("care:pair_hand", args=[pair.pk])
    assert hand in page and pair.child.shown_name in page and pair.child.name not in page
    assert f'name="helper" value="{other.pk}"' in opened("care", hand)
    assert client.post(hand, {"why": "left", "helper": ["", str(other.pk)], "key": "one-tap"}).status_code == 302
    assert Pair.objects.get(to_on=None).helper == other


def test_a_child_without_anybody_is_paired_with_one_tap_of_the_best(opened, world, client):
    pairing.entitled(world)
    other = pairing.able(world)
    row = Entitled.objects.get()
    pick = reverse("care:entitled_pair", args=[row.pk])
    page = opened("care", f"/care/entitled/{row.pk}/")
    assert f'action="{pick}"' in page and f'value="{other.pk}"' in page
    assert client.post(pick, {"helper": str(other.pk), "key": "best"}).status_code == 302
    page = opened("care", f"/care/entitled/{row.pk}/")
    assert f'action="{pick}"' not in page and other.name in page


def test_the_button_says_how_many_the_list_holds(opened, world):
    pairing.entitled(world)
    assert '<span class="count">1</span>' in opened("care", "/care/pairs/") and "共 1 条" in opened("care", "/care/unpaired/")


def test_who_calls_an_elder_sees_the_number_once_and_it_is_written_down(opened, world, client):
    what = classes.missed(world)
    diner = Diner.objects.get()
    diner.phone = "13887000009"
    diner.save()
    page = opened("clerk", "/care/missed/")
    assert "13887000009" not in page and "*******0009" in page
    shown = client.post(reverse("care:serving_number", args=[what["serving_id"]]), {"key": "number"}).content.decode()
    assert "tel:13887000009" in shown and Entry.objects.get(act="serving.number").kind == EntryKind.READING


def test_an_alarm_of_the_canteen_leads_to_where_it_is_answered(opened, world):
    classes.missed(world)
    assert reverse("care:missed") in opened("clerk", "/care/canteens/") and reverse("care:canteens") in opened("clerk", "/")


def test_names_of_a_class_are_shown_when_asked_for_and_each_reading_is_written_down(opened, world):
    classes.on_roll(world)
    (child,) = [row.child for row in Enrolment.objects.select_related("child")]
    path = reverse("care:care_class", args=[CareClass.objects.get().pk])
    readings = Entry.objects.filter(act="child.named_in_care", subject_id=str(child.pk))
    assert child.name not in opened("clerk", path) and not readings.exists()
    assert child.name in opened("clerk", f"{path}?names=1") and readings.count() == 1


def test_a_list_of_three_hundred_is_narrowed_by_what_is_known(opened, world):
    pairing.paired(world)
    one = Pair.objects.get()
    assert one.helper.name in opened("care", f"/care/pairs/?q={one.helper.name[:1]}+大同") and one.helper.name in opened("care", f"/care/helpers/?q={one.helper.name}")
    assert one.child.shown_name not in opened("care", "/care/pairs/?q=没有这个人") and "没有这样的帮扶人" in opened("care", "/care/helpers/?q=没有这个人")


def test_a_village_that_is_the_only_one_is_not_asked_for(opened, world):
    assert f'value="{world.datong.pk}" selected' in opened("visitor", reverse("care:class_new"))


def test_whoever_looks_at_records_has_those_that_wait_on_top(opened, world):
    checked(helper(world, name="周查过"), at=pairing.MONDAY)
    helper(world, name="安没查")
    page = opened("officer", "/care/helpers/")
    assert page.index("安没查") < page.index("周查过")
    page = opened("care", "/care/helpers/")
    assert page.index("周查过") < page.index("安没查"), "who keeps the list finds a name where it belongs"


def test_the_demo_s_events_are_lived_by_the_code_that_the_demo_gives(world):
    """The demo names its county by six digits: forty events of 2023 were never planted."""
    assert demo_events._keeper("530625") == demo_events._keeper("530625000000") is not None


def test_a_schools_page_shows_what_care_does_there_to_whom_it_may_and_names_nobody(rf, world):
    """一人一档 has a card on home, child and desk; a school's is numbers, for whoever has to do with its children."""
    unit = acts_gifts.school(world)
    acts_gifts.opened(world)
    pair(world, child=world.register.child)

    def shown(name, at):
        request = rf.get("/")
        request.user, request.day = lines.anew(world, name), lines.DAY
        return beside.of_school(request, SimpleNamespace(unit=at))

    found = shown("clerk", unit)
    assert (found["children"], found["late"]) == (1, 1) and [one.name for one in found["gifts"]] == ["2026 年冬季运动鞋"]
    text = render_to_string("care/beside/school.html", found)
    assert "结对的孩子" in text and world.register.child.name not in text
    assert shown("clerk", world.civil) is None, "another unit's page says nothing of it"
    assert shown("auditor", unit) is None
