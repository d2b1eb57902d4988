"""The papers of care: whose names stand on them is journalled before a byte is sent; a card is typed in one go, all of it or nothing."""

from datetime import date

import pytest

from wanjia.care.children.commands import READ
from wanjia.care.models import Canteen, LineContact, Pair, Session
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User

from . import acts_classes, acts_lines
from .factories import helper

pytestmark = pytest.mark.usefixtures("monday")

DAY = MONDAY.date()


@pytest.fixture
def company(world):
    """The Wang child and its brother have one helper since September, who has no telephone."""
    acts_lines.paired(world)
    one = Pair.objects.get().helper
    brother = world.register.join("王小宝", "儿子", DAY.replace(year=2014, day=1), 31, schooling="primary")
    Pair.objects.create(child=brother, helper=one, from_on=date(2026, 9, 1))
    world.one, world.brother = one, brother
    return world


def places(child, line, *told):
    return {f"{child.pk}-{line}-{turn}-{part}": value for turn, said in enumerate(told) for part, value in zip(("day", "way", "missed"), said, strict=False) if value}


def enter(client, world, data, *, by="visitor", month="2026-11"):
    client.force_login(getattr(world, by))
    return client.post(f"/care/month-card/enter/?helper={world.one.pk}&month={month}", data)


def test_a_card_is_typed_in_one_go_by_somebody_else_and_counts_for_the_helper(company, client):
    child, brother = company.register.child, company.brother
    data = places(child, "parent", ("1", "phone"), ("2", "message", "on")) | places(child, "student", ("2", "school")) | places(brother, "teacher", ("2", "phone"))
    answer = enter(client, company, data)
    assert answer.status_code == 302 and "visit-record" in answer["Location"]
    assert LineContact.objects.count() == 4
    assert {(one.helper, one.recorded_by) for one in LineContact.objects.all()} == {(company.one, company.visitor)}
    assert LineContact.objects.filter(child=child, line="parent", on="2026-11-02", reached=False).count() == 1
    assert enter(client, company, data).status_code == 302
    assert LineContact.objects.count() == 4, "a card typed twice counts once"


@pytest.mark.parametrize(("told", "why"), [
    (("3", "phone"), "日期不能晚于今天"), (("31", "phone"), "这个月没有这一天"), (("1", ""), "日期和方式要一起填"), (("", "phone"), "日期和方式要一起填"), (("x", "phone"), "有的格不对"),
])  # fmt: skip
def test_one_wrong_place_and_nothing_of_the_card_is_written(company, client, told, why):
    data = places(company.brother, "teacher", ("2", "phone")) | places(company.register.child, "parent", told)
    answer = enter(client, company, data)
    assert answer.status_code == 200 and why in answer.content.decode()
    assert not LineContact.objects.exists()
    assert enter(client, company, places(company.brother, "teacher", ("2", "phone"))).status_code == 302, "without the wrong place it is written"
    assert LineContact.objects.count() == 1


def test_a_meeting_with_the_child_by_a_helper_who_was_not_looked_at_is_refused_on_paper_too(company, client):
    acts_lines.unvetted(company, None)
    data = places(company.brother, "teacher", ("2", "phone")) | places(company.register.child, "student", ("2", "visit"))
    answer = enter(client, company, data)
    assert "没有有效的背景审查" in answer.content.decode() and not LineContact.objects.exists()


def test_an_empty_card_says_so(company, client):
    assert "卡上至少要有一条联系" in enter(client, company, {}).content.decode()


@pytest.mark.parametrize("path", ["/care/month-card/?helper={one}", "/care/month-card/enter/?helper={one}", "/care/visit-record/?helper={one}", "/care/pairs/roster/"])
def test_each_name_on_a_paper_is_a_line_of_the_journal_before_it_is_sent(company, client, path):
    client.force_login(company.visitor)
    answer = client.get(path.format(one=company.one.pk))
    text = answer.content.decode()
    named = {child for child in (company.register.child, company.brother) if child.name in text}
    lines = set(Entry.objects.filter(act=READ).values_list("subject_id", flat=True))
    assert named and lines == {str(child.pk) for child in named}
    assert "no-store" in answer["Cache-Control"]


def test_the_list_of_cards_names_no_child_and_journals_nothing(company, client):
    """The negative control of the test above: where no name stands, no reading is written."""
    client.force_login(company.visitor)
    text = client.get("/care/cards/").content.decode()
    assert "岳帮扶" in text and company.register.child.name not in text and company.brother.name not in text
    assert not Entry.objects.filter(act=READ).exists()


@pytest.mark.parametrize("who", ["stranger", "handler", "care"])
def test_a_card_of_somebody_elses_children_is_not_there(company, client, who):
    """Far from the village there is no card; the county's officer, who writes cards of the whole county down, has it."""
    client.force_login(getattr(company, who))
    status = client.get(f"/care/month-card/enter/?helper={company.one.pk}").status_code
    assert status == (200 if who == "care" else 404)


def test_a_child_of_another_helper_cannot_be_smuggled_into_a_card(company, client):
    other = company.register.join("王小贝", "女儿", DAY.replace(year=2015, day=1), 33)
    Pair.objects.create(child=other, helper=helper(company, name="岑帮扶"), from_on=date(2026, 9, 1))
    answer = enter(client, company, places(other, "parent", ("1", "phone")))
    assert answer.status_code == 200 and not LineContact.objects.exists()


def test_the_record_of_a_month_holds_its_contacts_and_not_what_was_said(company, client):
    acts_lines.contacted(company)
    acts_lines.lines.raise_concern(**acts_lines.paired(company), domain="study", then="watch", words="上课爱走神", **acts_lines.who(company))
    client.force_login(company.visitor)
    text = client.get(f"/care/visit-record/?helper={company.one.pk}&month=2026-11").content.decode()
    assert "作业按时交" not in text and "走神" not in text
    assert "老师" in text and "学习" in text and "这个月没有联系记录" in text, "the brother had none"
    assert "学习" not in client.get(f"/care/visit-record/?helper={company.one.pk}&month=2026-10").content.decode()
    assert client.get(f"/care/visit-record/?helper={company.one.pk}&month=2026-12").status_code == 404


def test_the_sheet_of_diners_says_who_comes_on_which_day(world, client):
    acts_classes.missed(world)
    one = Canteen.objects.get()
    client.force_login(world.clerk)
    text = client.get(f"/care/canteens/{one.pk}/sheet/").content.decode()
    assert "王老五" in text and "2026-11-02" in text and "份数" in text
    assert "2026-11-09" in client.get(f"/care/canteens/{one.pk}/sheet/?week=2026-11-11").content.decode()
    assert client.get(f"/care/canteens/{one.pk}/sheet/?week=x").status_code == 404
    client.force_login(User.objects.get(pk=world.caller.pk))
    assert client.get(f"/care/canteens/{one.pk}/sheet/").status_code in (403, 404)


def test_the_paper_roll_of_a_class_is_a_line_a_child(world, client):
    acts_classes.opened(world)
    Entry.objects.count()
    client.force_login(world.visitor)
    text = client.get(f"/care/sessions/{Session.objects.get().pk}/sheet/").content.decode()
    assert world.register.child.name in text and "王建军" in text
    assert Entry.objects.filter(act=READ, by_name=world.visitor.name).count() == 1
