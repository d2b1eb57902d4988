"""Whoever answers for schools, places, notices, lessons and buses of another county finds none of ours: no page opens, no act is done, no row of theirs is put beside one of ours."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.house.shares import WHOLE, mine
from tests.house.test_pages import names
from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Line, Tier, User
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import unit, worker
from wanjia.schools.inspecting import commands as inspecting
from wanjia.schools.lecturing import commands as lecturing
from wanjia.schools.lessons import commands as lessons
from wanjia.schools.models import RoundTeam, Venue
from wanjia.schools.notices import commands as notices
from wanjia.schools.rounds import commands as rounds
from wanjia.schools.venues import commands as venues
from wanjia.verdict import Refused

from . import beside
from .acts_inspections import recording, settling
from .acts_lessons import planned, telling
from .acts_notices import handing, stepping, writing
from .acts_year import far
from .factories import school
from .inspection_factories import DAY, hazard, lead, leader, round_of, stop, venue
from .lesson_factories import lecturer

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
SHUT = (403, 404)  # without the duty, or without the row


@pytest.fixture
def world():
    return World()


def abroad_unit(name="东川区文化和旅游局", line=Line.CULTURE):
    """A unit of another county."""
    return unit(name, Tier.COUNTY, far(), line)


def abroad_school(world):
    """A school of another county."""
    return school(world, unit=abroad_unit("东川一小", Line.EDUCATION), area=far())


def strangers(world):
    """One for each post that does something with schools, all of another county."""
    bureau, office, head = abroad_unit(), abroad_unit("东川区教育体育局", Line.EDUCATION), abroad_school(world).unit
    posts = [(Role.BUREAU_WORKER, bureau), (Role.BUREAU_HEAD, bureau), (Role.SCHOOLS_OFFICER, office), (Role.HEADMASTER, head), (Role.SCHOOL_WORKER, head), (Role.BUS_ATTENDANT, head),
             (Role.GATE_OFFICER, abroad_unit("东川区公安局", Line.POLICE)), (Role.LEADER, office)]  # fmt: skip
    return [worker(f"yuan{n}", f"远{role}", of, role) for n, (role, of) in enumerate(posts)]


def addresses():
    """{name: gaps} of every page and act of schools whose address names a row."""
    return {name: gaps for name, gaps in dict(names()).items() if name.startswith("schools:") and gaps and set(gaps) <= set(beside.KNOWN)}


def of_a_row(name, gaps):
    """Return the address of a row of ours; "" where none was planted."""
    keys = {gap: beside.KNOWN[gap].objects.order_by("pk").values_list("pk", flat=True).first() for gap in gaps}
    return reverse(name, kwargs=keys) if all(keys.values()) else ""


def test_no_page_of_ours_opens_and_no_act_is_done(world):
    beside.plant(world)
    asked = {name: of_a_row(name, gaps) for name, gaps in addresses().items()}
    asked = {name: path for name, path in asked.items() if path}
    assert len(asked) > 60, "nearly all are asked"
    people, lines, opened, found = strangers(world), Entry.objects.count(), [], set()
    for turn, user in enumerate(people):
        client = Client()
        client.force_login(user, backend=BACKEND)
        for name, path in [one for at, one in enumerate(asked.items()) if mine(at, turn)]:
            for answer in (client.get(path), client.post(path, {"reason": "外县的手", "words": "外县的手", "day": str(DAY)})):
                found |= {name} if answer.status_code == 404 else set()
                if answer.status_code not in (*SHUT, 405):
                    opened.append((user.name, name, answer.status_code))
    assert opened == [] and Entry.objects.count() == lines
    assert len(found) > (60 if WHOLE else 40), "somebody had the duty, and found no row"


def test_ours_opens_to_us(world, client):
    """Negative control: the same addresses, somebody of the county."""
    beside.plant(world)
    client.force_login(leader(world), backend=BACKEND)
    for name in ("schools:venue", "schools:round", "schools:hazard", "schools:notice", "schools:inspection"):
        assert client.get(of_a_row(name, addresses()[name])).status_code == 200, name


def _tell(world, **facts):
    return lessons.tell_lesson(**telling(world, **facts), by=User.objects.get(pk=world.headmaster.pk), at=MONDAY)


def _foreign_lecturer(world):
    return lecturer(world, "外县的", unit=abroad_unit("东川区法院", ""))


BESIDE = {
    "a team of another round": lambda w: rounds.assign_stop(round_venue_id=stop(w).pk, team=RoundTeam.objects.create(round=round_of(w, name="外县的轮次", area=far(), lead=abroad_unit()), number=9), planned_on=DAY, by=leader(w), at=MONDAY),
    "a unit that came": lambda w: inspecting.record_inspection(**recording(w) | {"came": [lead(w), abroad_unit()]}, by=leader(w), at=MONDAY),
    "an owner": lambda w: inspecting.settle_hazard(**settling(w) | {"owner": abroad_unit()}, by=leader(w), at=MONDAY),
    "who is ordered": lambda w: inspecting.issue_order(inspection_id=hazard(w).inspection_id, unit=abroad_unit(), by=leader(w), at=MONDAY),
    "to whom it is handed": lambda w: inspecting.transfer_hazard(hazard_id=hazard(w).pk, unit=abroad_unit(), reason="移送外县处理", by=leader(w), at=MONDAY),
    "the police": lambda w: notices.take_step(**stepping(w) | handing(w) | {"handed_to": abroad_unit("东川区公安局", Line.POLICE)}, by=leader(w), at=MONDAY),
    "who issues": lambda w: notices.write_notice(**writing(w, issuer=abroad_unit()), by=leader(w), at=MONDAY),
    "where a notice holds": lambda w: notices.write_notice(**writing(w, area=far()), by=leader(w), at=MONDAY),
    "the school beside a new place": lambda w: venues.enter_venue(area=w.datong, kind="netbar", name="新网吧", address="大同街9号", near=abroad_school(w), metres=90, by=leader(w), at=MONDAY),
    "the school beside a place": lambda w: venues.change_venue(venue_id=venue(w).pk, name="飞鱼网吧", address="大同街3号", near=abroad_school(w), metres=90, by=leader(w), at=MONDAY),
    "who gave a lesson": lambda w: _tell(w, lecturer=_foreign_lecturer(w)),
    "who is sent": lambda w: lecturing.move_planned(planned_lesson_id=planned(w).pk, day=DAY + timedelta(days=2), lecturer=_foreign_lecturer(w), topic="net", by=User.objects.get(pk=w.schools.pk), at=MONDAY),
    "the school of a vice-principal": lambda w: lessons.appoint_vice(lecturer_id=lecturer(w).pk, school=abroad_school(w), from_on=DAY, to_on=DAY + timedelta(days=300), letter="永教聘1号", by=User.objects.get(pk=w.schools.pk), at=MONDAY),
    "the unit of a lecturer": lambda w: lessons.enter_lecturer(name="外县的", unit=abroad_unit("东川区法院", ""), organ="court", legal_since=DAY - timedelta(days=4000), from_on=DAY, by=User.objects.get(pk=w.schools.pk), at=MONDAY),
}  # fmt: skip


@pytest.mark.parametrize("does", BESIDE.values(), ids=BESIDE)
def test_no_row_of_theirs_is_put_beside_one_of_ours(world, does):
    with pytest.raises(Refused):
        does(world)
    assert not Venue.objects.filter(near__area=far()).exists()
