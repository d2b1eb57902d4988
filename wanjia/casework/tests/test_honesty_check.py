"""`wanjia check` holds the list of rechecks, findings and later complaints against lines and journal: what raw SQL changes is named."""

import pytest
from django.db import connection, transaction

from wanjia.kernel import triggers
from wanjia.orgs.checking.queries import differences

from ..callback.commands import call_back
from ..closing.commands import recheck_need
from ..honesty.commands import look_for_patterns, say_again
from ..ladder.rules import CLOCK
from ..models import Finding, FindingNeed, Need, Recheck, Step
from .factories import later
from .test_honesty import again
from .walk import bring

pytestmark = pytest.mark.django_db


def found():
    return [one.plain() for one in differences(later(days=60)) if one.kind in ("need", "honest")]


@pytest.fixture
def stands(world):
    """Five needs alike, found and put on the list; one looked at in vain, one found so; a later need that says an earlier one is not settled."""
    needs = [bring(world, "closed") for _one in range(5)]
    look_for_patterns(by=CLOCK, at=later(days=8))
    recheck_need(need_id=needs[0].pk, agrees=False, reached=False, by=world.inspector, at=later(days=9))
    recheck_need(need_id=needs[1].pk, agrees=True, words="到户看过", by=world.inspector, at=later(days=9))
    after = world.need(at=later(days=40))
    say_again(need_id=after.pk, earlier=Need.objects.get(pk=needs[2].pk), same=True, by=again(world.caller), at=later(days=41))
    bring(world, "verified", involves_child=True)
    assert found() == []
    return needs, after


SPOILT = {
    "off the list": lambda needs, after: Need.objects.filter(pk=needs[0].pk).update(recheck_for="", recheck_due_on=None),
    "another reason": lambda needs, after: Need.objects.filter(pk=needs[0].pk).update(recheck_for="drawn"),
    "a later day": lambda needs, after: Need.objects.filter(pk=needs[0].pk).update(recheck_due_on=later(days=90).date()),
    "on the list": lambda needs, after: Need.objects.filter(pk=needs[1].pk).update(recheck_for="pattern", recheck_due_on=later(days=9).date()),
    "never contradicted": lambda needs, after: Need.objects.filter(pk=needs[2].pk).update(contradicted_on=None),
    "never contradicted, nor its line": lambda needs, after: Step.objects.filter(need=needs[2], contradicted_on__isnull=False).update(contradicted_on=None),
    "never the same": lambda needs, after: Need.objects.filter(pk=after.pk).update(follows=None),
    "another one": lambda needs, after: Need.objects.filter(pk=after.pk).update(follows=needs[3].pk),
    "a finding gone": lambda needs, after: (FindingNeed.objects.all().delete(), Finding.objects.all().delete()),
    "a need out of it": lambda needs, after: FindingNeed.objects.filter(need=needs[0]).delete(),
    "not called": lambda needs, after: FindingNeed.objects.filter(need=needs[0]).update(called=False),
    "another rule": lambda needs, after: Finding.objects.update(rule="same_paper"),
    "other numbers": lambda needs, after: Finding.objects.update(facts={"n": 1}),
    "found so": lambda needs, after: Recheck.objects.filter(need=needs[0]).update(reached=True, agrees=True),
    "another word": lambda needs, after: Recheck.objects.filter(need=needs[1]).update(word="solved"),
    "another way": lambda needs, after: Recheck.objects.filter(need=needs[1]).update(way="face"),
    "in another's name": lambda needs, after: Recheck.objects.filter(need=needs[1]).update(by_org=needs[1].holder),
    "of another round": lambda needs, after: Recheck.objects.filter(need=needs[0]).update(round=2),
    "found later": lambda needs, after: Finding.objects.update(at=later(days=30)),
    "a try gone": lambda needs, after: Recheck.objects.filter(need=needs[0]).delete(),
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_raw_sql_changes_is_found(stands, how):
    triggers.lift()
    with transaction.atomic(), connection.cursor():
        SPOILT[how](*stands)
    assert found() != []


def test_the_callback_that_was_heard_is_no_fault(world, stands):
    need = bring(world, "done_reported")
    call_back(need_id=need.pk, way="phone", reached=True, word="solved", by=world.caller, at=later(days=5))
    assert found() == []
