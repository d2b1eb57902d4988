"""A ledger row tells nobody the last four digits of a child, nor whom another place keeps; whom it meets is written."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from wanjia.casework.importing import queries
from wanjia.casework.importing.commands import take_ledger_row
from wanjia.casework.models import Need
from wanjia.kernel.models import Entry, EntryKind
from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.registry.importing import commands
from wanjia.registry.tests.factories import World as Register

from .factories import World, unit, worker

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 26, 1, tzinfo=UTC)
SHEET = "登记时间,诉求人,身份证后四位,村(社区),户编号,诉求内容,来源渠道,诉求类别\n2026-11-02,{name},{last4},大同村,{home},想转学,走访,教育\n"


@pytest.fixture
def register():
    register = Register()
    register.world = World()
    return register


def taken(register, person, last4, number=3, by=None):
    """Return the need that a ledger row naming a person of the Wang home becomes."""
    values = {
        "登记时间": date(2026, 11, 2), "诉求人": person.name, "身份证后四位": last4, "户编号": register.home.number, "诉求内容": "想转学", "诉求类别": "教育",
    }  # fmt: skip
    need = take_ledger_row(
        village=register.datong, values=values, source_file="f" * 64, source_row=number, by=by or register.world.clerk, at=AT
    )
    return Need.objects.get(pk=need.pk)


def said(need):
    return need.requester_id, need.requester_name, need.requester_last4, need.child_id


def told_by_last_four(register):
    """Tell whether a row with a child's true last four becomes another need than one with others."""
    true = register.child.citizen_last4
    return said(taken(register, register.child, true)) != said(taken(register, register.child, "0000" if true != "0000" else "1111", 4))


def test_a_row_says_the_same_of_a_child_whatever_last_four_it_bears(register):
    assert not told_by_last_four(register)
    need = taken(register, register.child, "")
    assert (need.requester, need.requester_last4) == (register.child, "")


def test_compared_the_last_four_of_a_child_would_show(register, monkeypatch):
    """Negative control: children compared as grown-ups are."""
    monkeypatch.setattr(queries.Membership.person.field.related_model, "is_protected", False)
    assert taken(register, register.child, register.child.citizen_last4).requester == register.child
    assert taken(register, register.child, "0000", 4).requester is None


def test_a_grown_up_is_still_met_by_name_and_last_four(register):
    assert taken(register, register.head, register.head.citizen_last4).requester == register.head
    assert taken(register, register.head, "0000", 4).requester is None


def test_an_importer_who_does_not_see_the_home_learns_nothing_of_its_people(register):
    """A station of another line imports for the township, but has no tie with this home."""
    station = worker("shuiwu9", "水站员", unit("细沙乡水务站", Tier.TOWNSHIP, register.xisha, Line.WATER), Role.TOWNSHIP_WORKER)
    for number, last4 in enumerate((register.head.citizen_last4, "0000"), 3):
        assert taken(register, register.head, last4, number, by=station).requester is None


@pytest.mark.parametrize(("name", "lines"), [("王小雨", 1), ("王建国", 0), ("王不在", 0)])
def test_the_preview_writes_which_child_it_met(register, name, lines):
    who = {"by": register.clerk, "at": timezone.now()}
    for last4 in ("0000", "1234"):
        body = SHEET.format(name=name, last4=last4, home=register.home.number).encode()
        upload = commands.receive_upload(template="needs", name="台账.csv", body=body, **who)
        upload = commands.forecast_upload(commands.judge_upload(upload, **who), **who)
        assert (upload.rows_ok, upload.forecast["counts"]) == (1, {"needs_new": 1, "needs_same": 0}), upload.tally
    met = Entry.objects.filter(kind=EntryKind.READING, act="upload.meet_children").values_list("detail__people", flat=True)
    assert list(met) == [[str(register.child.pk)]] * 2 * lines


def test_a_number_of_another_places_ledger_is_no_number_here(register):
    far = register.world.need(village=register.xinmin, household=None, by=register.world.stranger)
    body = "编号,登记时间,诉求人,村(社区),诉求内容,来源渠道,诉求类别\n{},2026-11-02,李四,大同村,停水三天,走访,饮水用电\n"
    who = {"by": register.clerk, "at": timezone.now()}
    for number in (far.number, far.number[:-4] + "9999"):
        upload = commands.receive_upload(template="needs", name="台账.csv", body=body.format(number).encode(), **who)
        upload = commands.forecast_upload(commands.judge_upload(upload, **who), **who)
        assert upload.forecast["counts"] == {"needs_new": 1, "needs_same": 0}
