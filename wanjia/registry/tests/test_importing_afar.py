"""A file gives nothing to whom another place keeps, and tells no more of them than one day allows."""

import pytest
from django.utils import timezone

from wanjia.kernel.models import Entry
from wanjia.orgs.models import DutyNotice
from wanjia.orgs.roles import Role

from ..applying import commands as applying
from ..importing import commands, preview, queries
from ..lookups import rules
from ..models import Benefit, Person
from .factories import date, number, worker

pytestmark = pytest.mark.django_db
HEADER = "姓名,身份证号,补贴项目,所属期间,金额"


@pytest.fixture
def far(world):
    """Somebody of another township."""
    world.register("钱远方", date(1970, 1, 1), 33, village=world.xinmin, by=world.stranger)
    return Person.objects.get(name="钱远方")


def sent(world, *people, first=0):
    rows = [f"{name},{number(*born)},外出务工稳岗补助,{2000 + first + n}年,1000" for n, (name, *born) in enumerate(people)]
    who = {"by": world.clerk, "at": timezone.now()}
    upload = commands.receive_upload(template="subsidy", name="补贴.csv", body="\n".join([HEADER, *rows]).encode(), **who)
    return commands.judge_upload(upload, **who), who


FAR, NEAR, NEW = ("钱远方", date(1970, 1, 1), 33), ("王建国", date(1985, 3, 2), 11), ("孙新来", date(1990, 1, 1), 15)


def test_a_payment_to_somebody_kept_elsewhere_is_told_beforehand_and_sent_back(world, far):
    upload, who = sent(world, FAR, NEAR, NEW)
    upload = commands.forecast_upload(upload, **who)
    assert {name: upload.forecast["counts"][name] for name in ("benefits_new", "benefits_afar", "people_new")} == {
        "benefits_new": 2, "benefits_afar": 1, "people_new": 1,
    }  # fmt: skip
    assert ("由别处保管档案、不写入的补贴行", 1, False) in preview.counts(upload, upload.forecast["counts"])
    upload = applying.apply_upload(commands.confirm_upload(upload_id=upload.pk, **who), **who)
    assert upload.state == "applied"
    assert not Benefit.objects.filter(person=far).exists()
    assert Benefit.objects.count() == 2
    row = upload.rows.get(result="afar")
    assert (row.ok, row.code, [f.code for f in queries.findings_of(row)]) == (False, "scope.person_not_yours", ["scope.person_not_yours"])


def test_whom_a_file_brought_without_a_village_is_paid_again(world):
    for first in (0, 1):
        upload, who = sent(world, NEW, first=first)
        applying.apply_upload(commands.confirm_upload(upload_id=upload.pk, **who), **who)
    assert Benefit.objects.filter(person__name="孙新来").count() == 2


def test_beyond_the_days_limit_a_file_tells_nothing_and_the_inspectors_hear(world, far, monkeypatch):
    monkeypatch.setattr(rules, "BY_FILE", 1)
    inspector = worker("ducha", "督办员", world.clerk.org, Role.INSPECTOR)
    upload, who = sent(world, FAR)
    assert commands.forecast_upload(upload, **who).forecast["counts"]["benefits_afar"] == 1
    upload, who = sent(world, FAR, first=1)
    upload = commands.forecast_upload(upload, **who)
    assert (upload.state, upload.forecast, queries.content_of(upload)) == ("cancelled", {}, b"")
    assert queries.file_sentence(upload).startswith("今天您的名单已对上")
    assert list(DutyNotice.objects.filter(change="tried").values_list("reader__name", "about__name")) == [(inspector.name, world.clerk.name)]
    assert list(Entry.objects.filter(act="upload.meet_afar").order_by("seq").values_list("detail__told", flat=True)) == [True, False]


def test_confirming_before_anybody_looked_does_not_pass_by_the_limit(world, far, monkeypatch):
    monkeypatch.setattr(rules, "BY_FILE", 0)
    upload, who = sent(world, FAR, NEAR)
    upload = applying.apply_upload(commands.confirm_upload(upload_id=upload.pk, **who), **who)
    assert (upload.state, Benefit.objects.count()) == ("cancelled", 0)


def test_without_the_limit_the_same_file_would_be_told(world, far, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(commands, "meet_by_file", lambda *_what, **_who: True)
    monkeypatch.setattr(rules, "BY_FILE", 0)
    upload, who = sent(world, FAR)
    assert commands.forecast_upload(upload, **who).forecast["counts"]["benefits_afar"] == 1
