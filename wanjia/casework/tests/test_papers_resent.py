"""A paper sent again under the key of an earlier printing is asked and journalled again: what stands on it may be new, and the reader another's."""

import json
from datetime import date
from uuid import UUID

import pytest

from wanjia.kernel.models import Entry
from wanjia.orgs.models import Post

from .walk import bring

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
KEY = str(UUID(int=7))
PHONE = "13812345678"


@pytest.fixture
def need(world):
    return bring(world, "assigned", requester_phone=PHONE)


def by_call(client, need):
    body = json.dumps({"subject_id": str(need.pk), "kind": "assignment"})
    return client.post("/api/papers", body, content_type="application/json", headers={"Idempotency-Key": KEY})


def by_page(client, need):
    return client.post(f"/documents/{need.pk}/assignment/", {"key": KEY})


def printings():
    return Entry.objects.filter(act="paper.print").count()


@pytest.mark.parametrize("send", [by_call, by_page])
def test_each_sending_has_its_line(world, client, need, send):
    client.force_login(world.clerk, backend=BACKEND)
    for n in (1, 2):
        assert send(client, need).status_code == 200
        assert printings() == n


def test_who_left_gets_no_paper_out_of_a_key(world, client, need):
    client.force_login(world.clerk, backend=BACKEND)
    assert PHONE in by_call(client, need).content.decode()
    Post.objects.filter(user=world.clerk).update(to_on=date(2020, 2, 1))
    answer = by_call(client, need)
    assert answer.status_code == 403
    assert need.summary not in answer.content.decode()
    assert printings() == 1
