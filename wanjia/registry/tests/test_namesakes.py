"""A child whose name is registered is asked about before it is written; moving asks for a village and a name, not for a number."""

import uuid

import pytest
from django.urls import reverse

from wanjia.kernel.models import Entry, EntryKind
from wanjia.verdict import Refused

from ..households.commands import add_member
from ..households.rules import Namesake
from ..importing import commands
from ..lookups import rules as lookups
from ..models import Membership, Person
from . import factories
from .test_importing_pages import send

BORN = factories.date(2016, 5, 3)  # the month of 王小雨
SHEET = "户号,姓名,公民身份号码,与户主关系,村\n{number},王小雨,{id},女儿,大同村\nH900,赵大山,{head},户主,大同村\n"


@pytest.fixture
def clerk(world, client):
    client.force_login(world.li)
    return client


def twin(world, home=None, by=None, **facts):
    facts = {"name": "王小雨", "relation": "女儿", "citizen_id": factories.number(BORN, 46)} | facts
    return add_member(household_id=(home or world.home).pk, by=by or world.li, at=factories.NOW, **facts)


def test_a_namesake_in_the_home_is_asked_about(world):
    with pytest.raises(Namesake, match="大同村已经登记了一个同名"):
        twin(world, citizen_id="", id_absent_reason="to_follow", birth_on=factories.date(2019, 1, 1))
    assert Person.objects.filter(name="王小雨").count() == 1
    twin(world, another=True)
    assert Person.objects.filter(name="王小雨").count() == 2


def test_whoever_tries_names_and_months_is_written_and_stopped(world, monkeypatch):
    """216 months tried with one name would tell a child's; each answer that tells is a line, and they count with the look-ups."""
    monkeypatch.setattr(lookups, "A_DAY", 2)
    home = world.register("李大成", factories.date(1980, 1, 2), 31)
    for _turn in range(2):
        with pytest.raises(Namesake):
            twin(world, home)
    lines = Entry.objects.filter(kind=EntryKind.READING, act="person.meet_namesake")
    assert list(lines.values_list("by_id", "subject_id")) == [(world.li.pk, str(world.child.pk))] * 2
    with pytest.raises(Namesake, match="60 次"):
        twin(world, home)
    assert not Person.objects.filter(citizen_last4=factories.number(BORN, 46)[-4:]).exists()


def test_beyond_the_days_limit_nothing_tells_whether_there_is_a_namesake(world, monkeypatch):
    """The refusal came only where there was one, and no line was written of it: so the limit itself answered, as often as one liked."""
    home = world.register("李大成", factories.date(1980, 1, 2), 31)
    monkeypatch.setattr(lookups, "A_DAY", 0)
    said = set()
    for name in ("王小雨", "无此人"):
        with pytest.raises(Namesake) as asked:
            twin(world, home, name=name)
        said.add(str(asked.value))
    assert len(said) == 1
    assert twin(world, home, name="无此人", another=True).person.name == "无此人"  # whoever is sure may go on


@pytest.mark.parametrize("spent", [True, False])
def test_beyond_the_days_limit_nothing_tells_whether_a_number_is_registered(world, clerk, monkeypatch, spent):
    """Not spent: as a negative control, a registered number answers otherwise, and that is written."""
    monkeypatch.setattr(lookups, "A_DAY", 0 if spent else 60)
    where, said = reverse("registry:member_new", args=[world.home.pk]), set()
    for number in (world.child.citizen_id, factories.number(factories.date(2016, 5, 4), 46)):
        answer = clerk.post(where, {"citizen_id": number, "name": "某某", "relation": ""})
        said.add((answer.status_code, "60 次" in answer.content.decode()))
    assert said == ({(403, True)} if spent else {(200, False)})
    assert Entry.objects.filter(act="person.look_up").count() == (0 if spent else 1)


def test_a_namesake_born_in_the_same_month_elsewhere_is_asked_about(world):
    home = world.register("李大成", factories.date(1980, 1, 2), 31)
    with pytest.raises(Namesake):
        twin(world, home)
    twin(world, home, citizen_id=factories.number(factories.date(2016, 6, 3), 46))  # another month: another child


def test_the_question_tells_nobody_about_children_out_of_reach(world):
    home = world.register("钱远方", factories.date(1970, 1, 1), 33, village=world.xinmin, by=world.stranger)
    assert twin(world, home, by=world.stranger).person.name == "王小雨"


def test_grown_ups_of_one_name_are_not_asked_about(world):
    twin(world, name="张桂芳", relation="母亲", citizen_id=factories.number(factories.date(1986, 7, 1), 48))


def test_a_grown_up_without_a_number_is_asked_about_when_name_and_month_are_known(world):
    """Registered twice, in two homes, without a word: one of them for the number that was to follow."""
    home = world.register("李大成", factories.date(1980, 1, 2), 31)
    same = Person.objects.filter(name="张桂芳").first()
    unnumbered = {"name": "张桂芳", "relation": "其他", "citizen_id": "", "id_absent_reason": "to_follow"}
    with pytest.raises(Namesake, match="张桂芳"):
        twin(world, home, **unnumbered, birth_on=same.birth_on)
    assert "孩子" not in Entry.objects.get(act="person.meet_namesake", subject_id=str(same.pk)).reason
    twin(world, home, **unnumbered, birth_on=same.birth_on, another=True)
    third = world.register("周大有", factories.date(1981, 1, 2), 33)
    twin(world, third, **unnumbered, birth_on=same.birth_on.replace(year=same.birth_on.year - 3))  # another year: somebody else


def test_the_page_asks_once_and_then_writes(clerk, world):
    address = reverse("registry:member_new", args=[world.home.pk])
    facts = {"relation": "女儿", "name": "王小雨", "citizen_id": factories.number(BORN, 46)}
    assert 'type="checkbox" name="another"' not in clerk.get(address).content.decode()
    asked = clerk.post(address, facts).content.decode()
    assert "同名" in asked
    assert 'type="checkbox" name="another"' in asked
    assert clerk.post(address, facts | {"another": "on"}).status_code == 302
    assert Membership.objects.filter(household=world.home, person__name="王小雨").count() == 2


def test_an_import_asks_before_anything_is_written(client, world):
    client.force_login(world.clerk)
    body = SHEET.format(number=world.home.number, id=factories.number(BORN, 46), head=factories.number(factories.date(1970, 3, 3), 51))
    upload = send(client, body.encode())
    assert upload.forecast["namesakes"] == [[world.home.number, "王小雨", "大同村"]]
    page = client.get(reverse("registry:import_upload", args=[upload.pk])).content.decode()
    assert "我逐个核对过" in page
    answer = client.post(reverse("registry:import_confirm", args=[upload.pk]), {"key": str(uuid.uuid4())})
    assert (answer.status_code, Person.objects.filter(name="赵大山").exists()) == (200, False)
    with pytest.raises(Refused, match="1 个孩子"):
        commands.confirm_upload(upload_id=upload.pk, by=world.clerk, at=factories.NOW)
    client.post(reverse("registry:import_confirm", args=[upload.pk]), {"key": str(uuid.uuid4()), "another": "1"})
    assert Person.objects.filter(name="王小雨").count() == 2


def test_an_import_of_the_registered_child_itself_asks_nothing(client, world):
    client.force_login(world.clerk)
    body = SHEET.format(number=world.home.number, id=world.child.citizen_id, head=factories.number(factories.date(1970, 3, 3), 51))
    assert "namesakes" not in send(client, body.encode()).forecast


# Moving


def test_moving_asks_for_a_village_and_a_name(clerk, world):
    there = world.register("李大成", factories.date(1980, 1, 2), 31)
    member = world.membership(world.wife)
    address = reverse("registry:member_move", args=[member.pk])
    page = clerk.get(address, {"village": world.datong.code, "who": "李大成"}).content.decode()
    assert f'value="{there.pk}"' in page
    assert "李大成" in page
    assert f'value="{world.home.pk}"' not in page
    assert "没有找到这样的一户" in clerk.get(address, {"village": world.datong.code, "who": "没有人"}).content.decode()
    answer = clerk.post(address, {"household_id": there.pk, "relation": "儿媳", "on": "2026-11-02"})
    assert answer.status_code == 302
    assert Membership.objects.filter(household=there, person=world.wife, to_on=None).exists()


@pytest.mark.parametrize("chosen", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_moving_to_no_home_is_a_sentence(clerk, world, chosen):
    answer = clerk.post(reverse("registry:member_move", args=[world.membership(world.wife).pk]), {"household_id": chosen, "relation": "儿媳", "on": "2026-11-02"})
    assert answer.status_code == 200
    assert world.membership(world.wife).household == world.home


def test_nobody_moves_somebody_to_a_home_out_of_reach(clerk, world):
    far = world.register("钱远方", factories.date(1970, 1, 1), 33, village=world.xinmin, by=world.stranger)
    address = reverse("registry:member_move", args=[world.membership(world.wife).pk])
    assert far.number not in clerk.get(address, {"village": world.xinmin.code, "who": "钱远方"}).content.decode()
    assert clerk.post(address, {"household_id": far.pk, "relation": "儿媳", "on": "2026-11-02"}).status_code == 200


# The home's page


def test_the_page_says_who_is_away(clerk, world):
    from ..people.commands import record_absence

    assert "在外:" not in clerk.get(reverse("registry:household", args=[world.home.pk])).content.decode()
    record_absence(person_id=world.head.pk, place="浙江宁波", from_on=factories.date(2026, 3, 1), by=world.li, at=factories.NOW)
    assert "在外:浙江宁波" in clerk.get(reverse("registry:household", args=[world.home.pk])).content.decode()
    assert "在外:" not in clerk.get(reverse("registry:household", args=[world.home.pk]), {"on": "2026-02-01"}).content.decode()
