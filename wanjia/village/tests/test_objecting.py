"""A notice's public page: anybody objects to what is up, nobody too often, and only answers are read there."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.policy import proposing as policy

from ..models import Objection, PublicNotice
from ..objecting import rules
from . import factories as made

pytestmark = pytest.mark.django_db
WORDS = {"words": "路口正对我家灶房", "name": "关老三"}


@pytest.fixture
def notice(db, monday):
    rules._sent.clear()
    yield made.posted(World())
    rules._sent.clear()


def address(notice, **of):
    return reverse("village:public_objecting", args=[of.get("area", notice.area_id), notice.pk])


def read(notice, **of):
    return Client().get(address(notice, **of))


def test_anybody_objects_and_his_words_and_name_stand_nowhere(notice):
    sent = Client().post(address(notice), WORDS, follow=True).content.decode()
    one = Objection.objects.get()
    assert (one.words, one.name, one.way, one.told_by, one.told_on) == (WORDS["words"], "关老三", "paper", None, made.DAY)
    assert "收到了" in sent
    shown = read(notice).content.decode() + Client().get(reverse("village:public_board", args=[notice.area_id])).content.decode()
    assert "还有 1 条等着答复" in shown
    assert "灶房" not in shown
    assert "关老三" not in shown
    line = Entry.objects.get(act="objection.tell")
    assert "灶房" not in str(line.__dict__)
    Objection.objects.update(outcome="explained", answer="新池加盖", answered_for="村务监督委员会", answered_on=made.DAY, answered_at=notice.posted_at)
    assert "新池加盖" in read(notice).content.decode()


def test_the_very_same_sent_twice_is_one(notice):
    key = {"key": "018f0000-0000-7000-8000-000000000001"}
    for _turn in range(2):
        Client().post(address(notice), WORDS | key)
    assert Objection.objects.count() == 1


def test_one_address_objects_so_often_an_hour(notice):
    for n in range(policy.in_force(made.DAY).per_hour + 2):
        last = Client().post(address(notice), WORDS | {"words": f"第{n}条意见"}, REMOTE_ADDR="192.0.2.9").content.decode()
    assert Objection.objects.count() == policy.in_force(made.DAY).per_hour
    assert "这个网络一小时里提得太多" in last
    Client().post(address(notice), WORDS, REMOTE_ADDR="192.0.2.10")
    assert Objection.objects.count() == policy.in_force(made.DAY).per_hour + 1, "another address is not held up"


@pytest.mark.parametrize(
    ("facts", "said"), [({"withdrawn_on": made.DAY, "withdrawn_because": "异议采纳"}, "已经撤下"), ({"until_on": made.DAY - timedelta(1), "from_on": made.DAY - timedelta(15)}, "已经到期")]
)
def test_what_is_not_up_is_read_and_not_objected_to(notice, facts, said):
    assert 'name="words"' in read(notice).content.decode(), "the negative control"
    PublicNotice.objects.filter(pk=notice.pk).update(**facts)
    shown = read(notice).content.decode()
    assert said in shown
    assert 'name="words"' not in shown
    Client().post(address(notice), WORDS)
    assert not Objection.objects.exists()


def test_it_stands_under_its_own_village_and_not_before_its_first_day(notice):
    assert read(notice, area="530625202202").status_code == 404
    PublicNotice.objects.filter(pk=notice.pk).update(from_on=made.DAY + timedelta(1), until_on=made.DAY + timedelta(16))
    assert read(notice).status_code == 404


def test_who_waits_on_an_expired_notice_keeps_its_page_open(notice):
    Client().post(address(notice), WORDS)
    PublicNotice.objects.filter(pk=notice.pk).update(from_on=made.DAY - timedelta(15), until_on=made.DAY - timedelta(1))
    assert 'name="words"' in read(notice).content.decode(), "while one waits it is up, and whoever reads it may object"
