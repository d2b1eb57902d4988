"""A donor from the QR code to the thanks; a school's sizes to the sign-off sheet: each by pages alone, with what each reader may not see."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.house.worlds import World
from wanjia.care.models import Distribution, Wish, WishClaim
from wanjia.care.tests.acts_gifts import school
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Person

pytestmark = pytest.mark.django_db
WISH = {"kind": "sport", "thing": "跑步鞋", "size": "36", "cost": "120"}


@pytest.fixture
def world():
    return World()


@pytest.fixture
def days(monkeypatch):
    """Let days go by."""

    def pass_to(n):
        monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY + timedelta(days=n))

    pass_to(0)
    return pass_to


def signed_in(user):
    client = Client()
    client.force_login(type(user).objects.get(pk=user.pk), backend="django.contrib.auth.backends.ModelBackend")
    return client


def send(client, path, **what):
    answer = client.post(path, what)
    assert answer.status_code == 302, answer.content.decode()[:3000]


def test_a_donor_from_the_code_on_the_wall_to_the_thanks(world, days):
    village, township, donor = signed_in(world.visitor), signed_in(world.clerk), Client()
    send(village, f"/care/children/{world.register.child.pk}/wish/", **WISH)
    wish = Wish.objects.get()
    send(township, f"/care/wishes/{wish.pk}/publish/", **WISH)
    assert wish.code in township.get("/care/wishes/sheet/").content.decode(), "the list that hangs on the wall"
    assert wish.code in donor.get("/wishes/").content.decode()
    paper = donor.post(f"/wishes/{wish.code}/", {"kind": "a_person", "name": "热心人", "phone": "13887000077"}).content.decode()
    claim = WishClaim.objects.get()
    assert claim.code in paper and "细沙乡人民政府" in paper and "王小雨" not in paper
    days(3)
    village, township = signed_in(world.visitor), signed_in(world.clerk)
    assert "还有 4 天" in donor.get(f"/d/{claim.code}").content.decode()
    send(township, f"/care/wishes/{wish.pk}/receive/")
    send(village, f"/care/wishes/{wish.pk}/deliver/", through="by_officer")
    assert "王小雨" in village.get(f"/care/wishes/{wish.pk}/sign/").content.decode(), "the sheet that is signed"
    refused = village.post(f"/care/wishes/{wish.pk}/confirm/", {"signer": "guardian", "signed_by": "王建国"}).content.decode()
    assert "另一个人向孩子核实" in refused
    send(township, f"/care/wishes/{wish.pk}/confirm/", signer="guardian", signed_by="王建国")
    send(township, f"/care/wishes/{wish.pk}/thank/", words="鞋子很合脚,我跑得更快了。")
    slip = donor.get(f"/d/{claim.code}").content.decode()
    assert "孩子签收了" in slip and "我跑得更快了" in slip and "王" not in slip
    days(34)
    township = signed_in(world.clerk)
    send(township, f"/care/wishes/{wish.pk}/ask-again/", after="in_use")
    assert Wish.objects.get().state == "wish_archived"
    assert "中位数 3 天" in township.get("/care/wishes/").content.decode()


def test_a_school_from_sizes_to_the_sign_off(world, days):
    one = school(world)
    Person.objects.create(name="李某某", pinyin="li", birth_on=MONDAY.date().replace(year=2015), school_name=one.name, grade="四年级", village=world.datong, registered_at=MONDAY)
    teacher, township = signed_in(world.register.teacher), signed_in(world.clerk)
    send(teacher, "/care/gifts/new/", school=one.pk, name="冬季运动鞋", thing="运动鞋", sizing="shoes", reserve="5")
    given = Distribution.objects.get()
    here, rows = f"/care/gifts/{given.pk}/", list(given.roll.order_by("child__pinyin"))
    paper = teacher.get(f"{here}class/sheet/?grade=四年级").content.decode()
    assert len(rows) == 2 and "王小雨" in paper and "李某某" in paper and "困难" not in paper
    send(teacher, f"{here}class/?grade=四年级", **{f"size-{rows[0].pk}": "34"})
    assert "还有 1 个孩子没有尺码" in teacher.get(f"{here}order/").content.decode()
    send(teacher, f"{here}class/?grade=四年级", **{f"size-{rows[1].pk}": "36"})
    send(teacher, f"{here}order/")
    send(teacher, f"{here}arrival/", **{"n-34": "2", "n-36": "0"})
    got = {f"size-{row.pk}": size for row, size in zip(rows, ("34", "36"), strict=True)} | {f"got-{row.pk}": "1" for row in rows}
    short = teacher.post(f"{here}class/?grade=四年级", got | {"got": "1", "witness": "班主任"}).content.decode()
    assert "36 码只剩 0 件" in short, "what is short is named, nobody is passed over in silence"
    send(teacher, f"{here}arrival/", **{"n-34": "2", "n-36": "1"})
    send(teacher, f"{here}class/?grade=四年级", **got, got="1", witness="班主任")
    send(township, f"{here}close/", rest="34 码 1 双放学校")
    assert "2 / 2" in township.get("/care/gifts/").content.decode()
