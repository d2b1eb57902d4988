"""A need withdrawn before it was graded, taken up again and sent back: whoever hands it out is told to grade it first."""

import json

import pytest

from wanjia.casework.assignment.commands import accept_need, return_need
from wanjia.casework.closing.commands import reopen_need
from wanjia.casework.models import Need
from wanjia.casework.states import NeedState
from wanjia.casework.triage.commands import triage_need

from . import walk
from .factories import World, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def sent_back(world):
    """Withdrawn as soon as it was admitted, reopened, signed for by the desk, sent back."""
    need = walk.withdraw(world, walk.bring(world, NeedState.ADMITTED), at=later(hours=3))
    reopen_need(need_id=need.pk, words="还是要办", by=world.clerk, at=later(days=1))
    accept_need(need_id=need.pk, by=world.clerk, at=later(days=1))
    return return_need(need_id=need.pk, reason="应由民政部门按规定办理", rule="县级部门权责清单", by=world.clerk, at=later(days=1))


def test_it_is_refused_with_a_sentence_and_then_graded(client, world, sent_back):
    client.raise_request_exception = False
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    address, body = f"/api/needs/{sent_back.pk}/assign", json.dumps({"holder": str(world.civil.pk)})
    answer = client.post(address, body, content_type="application/json")
    assert answer.status_code == 403, answer.content.decode()
    assert "研判" in answer.json()["error"]
    triage_need(need_id=sent_back.pk, urgency="ordinary", difficulty="medium", words="撤回前没有研判过", by=world.clerk, at=later(days=1))
    answer = client.post(address, body, content_type="application/json")
    assert answer.status_code == 200, answer.content.decode()
    assert Need.objects.get(pk=sent_back.pk).holder == world.civil
