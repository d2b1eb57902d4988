"""What somebody who never saw the product stumbled over when he walked every page of care: each is held here."""

import pytest
from django.urls import reverse

from . import acts_lines as lines

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
