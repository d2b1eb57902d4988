"""Children beside the lists: through visits, choices of a form, dates of a membership, sheets no more is told than a list tells."""

from datetime import date

import pytest
from django.db.models import Q
from django.urls import reverse

from wanjia.orgs.scope import in_reach
from wanjia.registry import ties
from wanjia.registry.exporting import queries as exporting
from wanjia.registry.exporting.queries import HEADER, exported_homes, header, lines
from wanjia.registry.households import queries as homes
from wanjia.registry.models import Membership, Person, ShownOnLists
from wanjia.registry.people import views as people_views
from wanjia.registry.people.commands import record_absence
from wanjia.registry.visits import rules as visit_rules

from .acts import MONDAY, World, visit
from .worlds import visited

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
BORN = date(2016, 5, 20)


@pytest.fixture
def world():
    return World()


def text(client, user, address, **asked):
    client.force_login(user, backend=BACKEND)
    return client.get(address, asked).content.decode()


def test_a_bureau_sees_the_visits_of_the_homes_it_has_to_do_with(client, world, police):
    done = visited(world)
    assert world.register.home.number not in text(client, police, "/visits/", tab="done")
    assert world.register.home.number not in text(client, police, "/api/visits/", tab="done")
    for name in ("registry:visit", "casework:needs_of_visit"):
        assert client.get(reverse(name, args=[done])).status_code == 404
    assert world.register.home.number in text(client, world.clerk, "/visits/", tab="done")


def test_whoever_goes_there_sees_the_visit(world, police):
    planned = visit(world)
    assert not visit_rules.visible_visits(police).exists()
    planned.visitors.add(police)
    assert planned in visit_rules.visible_visits(police)


def test_by_the_reach_alone_the_bureau_would_see_them_all(client, world, police, monkeypatch):
    """Negative control."""
    done = visited(world)
    monkeypatch.setattr(ties, "visits", lambda actor, *, duty: in_reach(actor, area="household__village_id", duty=duty))
    assert world.register.home.number in text(client, police, "/visits/", tab="done")
    assert world.register.child.shown_name in text(client, police, reverse("registry:visit", args=[done]))


def test_a_head_who_is_a_child_stands_by_initials_where_a_need_is_recorded(client, world):
    home = world.register.register("李小豆", date(2012, 4, 5), 77)
    page = text(client, world.clerk, "/record/", q=home.number)
    assert home.number in page
    assert "李小豆" not in page
    assert "L.X.D." in page


def test_an_elder_child_is_no_name_in_the_choice_of_parents(client, world):
    elder = world.register.join("王大雨", "女儿", date(2010, 1, 2), 46)
    page = text(client, world.visitor, reverse("registry:parent_name", args=[world.register.child.pk, "mother"]))
    assert "张桂芳" in page
    assert elder.name not in page


def test_without_the_mask_both_are_named(client, world, monkeypatch):
    """Negative control."""
    world.register.join("王大雨", "女儿", date(2010, 1, 2), 46)
    home = world.register.register("李小豆", date(2012, 4, 5), 77)
    monkeypatch.setattr(ShownOnLists, "is_protected", False)
    assert "李小豆" in text(client, world.clerk, "/record/", q=home.number)
    assert "王大雨" in text(client, world.visitor, reverse("registry:parent_name", args=[world.register.child.pk, "mother"]))


@pytest.fixture
def newborn(world):
    """A child who joined the home on the day of its birth."""
    Membership.objects.filter(person=world.register.child).update(from_on=BORN)
    return world.register.child


def test_the_day_a_child_came_into_the_home_is_not_told(client, world, newborn):
    (member,) = [one for one in client_json(client, world.caller, f"/api/households/{world.register.home.pk}")["members"] if one["person_id"] == str(newborn.pk)]
    assert member["from_on"] is None
    Membership.objects.filter(person=newborn).update(to_on=date(2026, 10, 1))
    page = text(client, world.caller, reverse("registry:household", args=[world.register.home.pk]))
    assert newborn.shown_name in page
    assert "2026-10-01" in page
    assert f"{BORN:%Y-%m-%d}" not in page


def client_json(client, user, address, **asked):
    client.force_login(user, backend=BACKEND)
    return client.get(address, asked).json()


def lived_there(client, world, on):
    """Return whom the page and the API name as members on a day."""
    client.force_login(world.caller, backend=BACKEND)
    page = client.get(reverse("registry:household", args=[world.register.home.pk]), {"on": on}).context["members"]
    return [member.person.shown_name for member in page], [one["name"] for one in client_json(client, world.caller, f"/api/households/{world.register.home.pk}", on=on)["members"]]


@pytest.mark.parametrize("on", ["2016-05-19", "2016-05-20"])
def test_no_past_day_finds_a_childs_birth(client, world, newborn, on):
    """One asks day by day when the child stands there first."""
    page, api = lived_there(client, world, on)
    assert newborn.shown_name in page
    assert page == api


def test_without_the_fence_the_first_day_is_found(client, world, newborn, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(homes, "protected", lambda _path, _day: Q(pk__in=[]))
    monkeypatch.setattr(homes, "_shown", homes._shown.__wrapped__)  # the question is put anew, and is not kept for whoever asks next
    assert [newborn.shown_name in lived_there(client, world, day)[0] for day in ("2016-05-19", "2016-05-20")] == [False, True]


def test_where_a_child_is_stands_on_no_page_of_its_home(client, world):
    for who in (world.register.child, world.register.head):
        record_absence(person_id=who.pk, place=f"{who.sex}去的地方", from_on=date(2026, 3, 1), by=world.visitor, at=MONDAY)
    page = text(client, world.caller, reverse("registry:household", args=[world.register.home.pk]))
    assert "男去的地方" in page
    assert "女去的地方" not in page


LIKE_A_LIST = {"户编号", "户主姓名", "姓名", "与户主关系", "乡镇(街道)", "村(社区)", "在校状态"}


def test_a_sheet_without_numbers_says_of_a_child_what_a_list_says(world):
    child = world.register.child
    record_absence(person_id=child.pk, place="贵州毕节", from_on=date(2026, 3, 1), by=world.visitor, at=MONDAY)
    Person.objects.filter(pk=child.pk).update(ethnicity="苗族", work="打零工", monthly_income=900, id_absent_reason="not_registered", citizen_last4="")
    rows = [dict(zip(header(False), row, strict=True)) for row in lines(exported_homes(world.clerk), numbers=False)]
    (line,) = [row for row in rows if row["姓名"] == child.shown_name]
    assert {name for name, said in line.items() if said} <= LIKE_A_LIST
    assert set(line) <= set(HEADER)


def test_with_more_columns_let_through_the_sheet_says_more(world, monkeypatch):
    """Negative control."""
    Person.objects.filter(pk=world.register.child.pk).update(ethnicity="苗族")
    monkeypatch.setattr(exporting, "OF_A_CHILD", set(HEADER))
    assert any("苗族" in line for line in lines(exported_homes(world.clerk), numbers=False))


def _left_behind(world):
    for who in (world.register.head, world.register.wife):
        record_absence(person_id=who.pk, place="浙江省宁波市", from_on=date(2026, 1, 1), by=world.visitor, at=MONDAY)


def test_no_list_says_of_a_child_that_it_is_left_behind(client, world):
    """Whose post opens no file there reads how many there are; who they are is the file's."""
    _left_behind(world)
    child, address = world.register.child.shown_name, reverse("registry:children")
    for group in ("", "left_behind_civil"):
        seen = text(client, world.caller, address, group=group)
        assert child not in seen
        assert "这里只有数目" in seen
    seen = text(client, world.clerk, address)
    assert child in seen
    assert "这里只有数目" not in seen


def test_without_the_question_the_list_says_it(client, world, monkeypatch):
    """Negative control."""
    _left_behind(world)
    monkeypatch.setattr(people_views, "opens_for", lambda _actor, children: {child.pk for child in children})
    assert world.register.child.shown_name in text(client, world.caller, reverse("registry:children"))
