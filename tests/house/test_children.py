"""Children (未成年人网络保护条例 36): outside the file, whose every opening is journalled, no address says who a child is.

In `make test` a search and a choice of a home are asked of the addresses that name no row, and the walk is shared (shares.py).
"""

import re
from datetime import date, timedelta

import pytest
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from wanjia.casework.states import NeedState
from wanjia.casework.tests.factories import worker
from wanjia.casework.tests.walk import bring
from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry, EntryKind
from wanjia.orgs.models import Line, Organisation, Sponsorship, Tier
from wanjia.orgs.roles import Role
from wanjia.registry import ties
from wanjia.registry.access import commands as access_commands
from wanjia.registry.access.commands import break_glass
from wanjia.registry.households.rules import visible_households
from wanjia.registry.models import FileAccess, Person, ShownOnLists, Visit
from wanjia.registry.people.queries import people_found
from wanjia.registry.people.rules import visible_people

from .acts import DAY, MONDAY, World, visit
from .shares import WHOLE, mine
from .test_separation import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def told(child):
    """What would say who the child is, each by itself: name, number, last four, month of birth; the sex in the row of its initials."""
    alone = r"(?<![\w-]){}(?![\w-])"
    return {
        "name": re.compile(child.name),
        "number": re.compile(child.citizen_id),
        "last four": re.compile(alone.format(child.citizen_last4)),
        "month of birth": re.compile(f"{child.birth_on:%Y-%m}|{child.birth_on:%Y} ?年 ?0?{child.birth_on.month} ?月|{child.birth_on:%Y%m%d}"),
        "sex": re.compile(rf"{re.escape(child.shown_name)}(?:(?!<tr|<p\b|}}).){{0,400}}{alone.format('(?:女|female|Female)')}", re.DOTALL),
    }


def broken(world):
    """An emergency by which the neighbouring township reads the child's file."""
    access = FileAccess.objects.filter(kind="emergency").first()
    who = type(world.stranger).objects.get(pk=world.stranger.pk)
    return access or break_glass(home=world.register.home.number, words="孩子夜里走失,要找到家里人的电话", by=who, at=timezone.now())


def met(client, user, world, need, wanting, turn=None, only=""):
    """Return the addresses that say who the child is without a reading journalled, with what they say, and how many were opened."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    child = world.register.child
    gaps = {
        "need_id": need.pk, "household_id": world.register.home.pk, "person_id": child.pk, "child_id": child.pk, "visit_id": visit(world).pk,
        "unit_id": world.civil.pk, "access_id": broken(world).pk, "code": world.county.code, "line": "father",
    }  # fmt: skip
    found, opened = [], 0
    for at, (address_name, path) in enumerate(addresses()):
        wanted = re.findall(r"<(?:\w+:)?(\w+)>", path)
        if not set(wanted) <= set(gaps) or address_name == "account_logout" or only not in address_name or not mine(at, turn):
            continue
        address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(gaps[gap[1]]), path)
        asked = (f"?household={world.register.home.pk}", f"?q={child.citizen_last4}", f"?q={child.name[0]}") if WHOLE or not wanted else ()
        for query in ("", *asked):
            read = Entry.objects.filter(kind=EntryKind.READING).count()
            answer = client.get(address + query)
            text = b"".join(answer).decode(errors="ignore") if answer.streaming else answer.content.decode(errors="ignore")
            text = text.replace(child.citizen_last4, "") if child.citizen_last4 in query else text  # the page repeats what was asked
            opened += 1
            if Entry.objects.filter(kind=EntryKind.READING).count() == read:
                found += [f"{address_name}{query[:3]}: {what}" for what, pattern in wanting.items() if pattern.search(text)]
    return found, opened


@pytest.mark.parametrize(("turn", "who"), list(enumerate(["clerk", "visitor", "handler", "caller", "leader", "stranger", "township_leader", "auditor"])))
def test_no_address_says_who_a_child_is(client, world, turn, who):
    need = bring(world, NeedState.DONE_REPORTED)
    found, opened = met(client, getattr(world, who), world, need, told(world.register.child), turn)
    assert found == []
    assert opened > (100 if WHOLE else 30)


def test_without_the_mask_the_walk_finds_the_child(client, world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(ShownOnLists, "is_protected", False)
    found, _opened = met(client, world.clerk, world, bring(world, NeedState.DONE_REPORTED), told(world.register.child), only="registry:")
    assert any("people" in one or "household" in one for one in found)


def test_a_file_by_a_leave_without_its_line_is_met(client, world, monkeypatch):
    """Negative control: the walk opens the file by an emergency, and only the line of its reading keeps it from being named."""
    monkeypatch.setattr(access_commands.journal, "record_reading", lambda **_line: None)
    found, opened = met(client, world.stranger, world, bring(world, NeedState.REGISTERED), told(world.register.child), only="registry:file_by_access")
    assert opened and "registry:file_by_access: name" in found


@pytest.mark.parametrize(("shown", "said", "what"), [
    ("shown_last4", lambda child: child.citizen_last4, "last four"),
    ("shown_birth", lambda child: f"{child.birth_on:%Y-%m}", "month of birth"),
    ("shown_sex", lambda child: child.sex, "sex"),
])  # fmt: skip
def test_each_thing_by_itself_is_seen_on_a_list(client, world, monkeypatch, shown, said, what):
    """Negative control: one thing alone let through on the lists is met there by its name, and nothing else is."""
    wanting = told(world.register.child)
    monkeypatch.setattr(ShownOnLists, shown, property(said))
    found, _opened = met(client, world.clerk, world, bring(world, NeedState.REGISTERED), wanting, only="registry:people")
    assert {one.split(": ")[1] for one in found} == {what}


def test_a_list_shows_initials_and_stage_of_school_only(client, world):
    """Of the row on the list of people, on its home's page and in the API: what is the child's own, and nothing beside it."""
    child, home = world.register.child, world.register.home
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    cells = _row(client.get(reverse("registry:people")), child)
    assert cells == [child.shown_name, "", child.get_schooling_display(), "", "细沙乡 · 大同村", home.number]
    (row,) = [one for one in client.get("/api/people/").json() if one["id"] == str(child.pk)]
    assert row == {"id": str(child.pk), "name": child.shown_name, "sex": "", "birth_year": None, "citizen_last4": "",
                   "village_code": world.datong.pk, "household_number": home.number}  # fmt: skip
    (member,) = [one for one in client.get(f"/api/households/{home.pk}").json()["members"] if one["person_id"] == str(child.pk)]
    assert (member["name"], member["sex"], member["birth_year"], member["citizen_last4"]) == (child.shown_name, "", None, "")


def _row(answer, child):
    """Return the words of each cell of the child's row on a page."""
    (row,) = [row for row in answer.content.decode().split("<tr")[1:] if child.shown_name in row]
    return [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]


def test_who_comes_of_age_is_listed_without_the_day_of_birth(client, world):
    """It stood there beside the initials and the age: together a whole date of birth, unlogged."""
    near = today(timezone.now()) + timedelta(days=20)
    teen = world.register.join("王大雨", "女儿", near.replace(year=near.year - 14), 44)
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("registry:reviews")).content.decode()
    assert f"{teen.shown_name}</a>" in page
    assert "满 14 周岁" in page
    assert f"{near:%Y-%m-%d}" not in page


def test_the_one_door_is_the_file(client, world):
    child = world.register.child
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("person", "person_edit", "person_reveal"):
        answer = client.get(reverse(f"registry:{name}", args=[child.pk]))
        assert (name, answer.url) == (name, reverse("registry:child_file", args=[child.pk]))
    answer = client.post(reverse("registry:person_reveal", args=[child.pk]), {"reason": "入户前核对"})
    assert child.citizen_id not in answer.content.decode()
    read = Entry.objects.filter(act="child.open_file").count()
    page = client.post(reverse("registry:child_file", args=[child.pk]), {"reason": "入户前核对"}).content.decode()
    assert child.name in page
    assert Entry.objects.filter(act="child.open_file").count() == read + 1


def test_somebody_at_school_without_a_birth_date_is_protected():
    assert Person(name="王小雨", schooling="primary").is_protected
    assert not Person(name="王大爷").is_protected


def test_numbers_are_no_oracle(client, world, police):
    child = world.register.child
    assert not people_found(world.clerk, child.citizen_last4).filter(pk=child.pk).exists()
    assert people_found(world.clerk, child.citizen_id).filter(pk=child.pk).exists()  # who opens the file may find it
    assert not people_found(police, child.citizen_id).filter(pk=child.pk).exists()
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/people/", {"q": child.citizen_id})
    line = Entry.objects.get(act="person.look_up")
    assert (line.kind, line.by_id) == (EntryKind.READING, world.clerk.pk)
    assert child.citizen_id not in str(line.detail)
    for _turn in range(60):
        client.get("/people/", {"q": child.citizen_id})
    assert client.get("/people/", {"q": child.citizen_id}).status_code == 403


def test_a_bureau_without_a_tie_sees_no_home(world, police):
    assert not visible_households(police).exists()
    assert not visible_people(police).exists()
    need = bring(world, NeedState.TRIAGED)
    type(need).objects.filter(pk=need.pk).update(holder=police.org)
    assert list(visible_households(police)) == [need.household]
    assert visible_households(world.clerk).filter(pk=need.household_id).exists()


@pytest.fixture
def station(world):
    """A police station: a bureau's line whose post reaches one township only; a home of its own township, and one beyond."""
    unit = Organisation.objects.create(name="细沙派出所", tier=Tier.TOWNSHIP, line=Line.POLICE, area=world.xisha)
    far = world.register.register("赵远山", date(1980, 1, 2), 61, village=world.xinmin, by=world.stranger)
    return worker("paichusuo", "某民警", unit, Role.BUREAU_WORKER), far


def visiting(world, user, home):
    Visit.objects.create(household=home, planned_on=DAY, planned_by=world.visitor, planned_at=MONDAY).visitors.add(user)


def sponsoring(_world, user, home):
    Sponsorship.objects.create(organisation=user.org, area=home.village, from_on=date(2020, 1, 1))


@pytest.mark.parametrize("tie", [visiting, sponsoring])
def test_a_tie_opens_the_home_it_is_with_and_no_other(world, police, tie):
    home, other = world.register.home, world.register.register("钱二", date(1980, 1, 2), 63, village=world.register.huangjin, by=world.clerk)
    assert not visible_households(police).exists()
    tie(world, police, home)
    assert home in visible_households(police)
    assert other not in visible_households(police)
    assert {row.village_id for row in visible_households(police)} == {home.village_id}
    assert world.register.child in visible_people(police)


@pytest.mark.parametrize("tie", [visiting, sponsoring])
def test_a_tie_counts_within_the_reach_of_the_post_that_has_it(world, station, monkeypatch, tie):
    user, far = station
    tie(world, user, far)
    assert not visible_households(user).exists()
    assert not visible_people(user).exists()
    tie(world, user, world.register.home)
    assert {row.village_id for row in visible_households(user)} == {world.datong.pk}
    monkeypatch.setattr(ties, "_within", lambda _reach: Q())  # negative control: the limit switched off
    assert far in visible_households(user)


def test_a_sponsorship_that_has_ended_is_no_tie(world, police):
    sponsoring(world, police, world.register.home)
    Sponsorship.objects.update(to_on=date(2021, 1, 1))
    assert not visible_households(police).exists()


def test_what_a_signed_in_person_sees_lies_in_no_cache(client, world):
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    for address in ("/", "/people/", "/api/people/"):
        assert client.get(address).headers["Cache-Control"] == "no-store, private"
