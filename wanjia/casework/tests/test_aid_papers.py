"""The papers of aid come out of the printer: the notice before a cut, the decision after it, the refusal; each keeps its number."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from wanjia.registry.aid import commands as aid
from wanjia.registry.statuses.commands import record_home_status
from wanjia.registry.tests import factories as registry
from wanjia.registry.tests.factories import NOW, later
from wanjia.reporting.models import Paper


@pytest.fixture
def world(db):
    return registry.World()


@pytest.fixture
def print_of(client, world):
    client.force_login(type(world.clerk).objects.get(pk=world.clerk.pk), backend="django.contrib.auth.backends.ModelBackend")
    return lambda row, kind: client.post(reverse("reporting:print_paper", args=[row.pk, kind]), {"key": uuid4()})


def proposed(world):
    held = record_home_status(household_id=world.home.pk, scheme="relief", code="minimum", from_on=date(2026, 7, 2), by=world.li, at=NOW)
    return aid.propose_cut(held_id=held.pk, kind="end", ground="income", fact="2026 年 10 月工资流水 4200 元", reasons="家里收入变多,超过了标准", by=world.li, at=NOW)


def test_the_notice_is_printed_before_the_cut_and_the_decision_after_it(world, print_of):
    cut = proposed(world)
    notices = [print_of(cut, "aid_notice") for _twice in range(2)]
    assert [(one.status_code, one["Content-Type"], one.content[:5]) for one in notices] == [(200, "application/pdf", b"%PDF-")] * 2
    aid.hear_person(cut_id=cut.pk, on=later(1).date(), way="home", who="本人", words="工资是有,要还看病的钱", by=world.clerk, at=later(1))
    aid.decide_cut(cut_id=cut.pk, agree=True, words="有流水为证,超过标准", effective_on=date(2026, 12, 1), by=world.leader, at=later(2))
    assert print_of(cut, "aid_decision").content[:5] == b"%PDF-"
    assert sorted(Paper.objects.values_list("kind", flat=True)) == ["aid_decision", "aid_notice"], "printed twice, numbered once"
