"""Today's spreadsheets of riders, places, guards and schools: what each row is told, what becomes of those that are sound, and that the same sheet again writes nothing."""

from datetime import date, time, timedelta
from types import SimpleNamespace

import pytest

from tests.house.worlds import World
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Line, Tier, User
from wanjia.registry.applying import commands as applying
from wanjia.registry.importing import commands as importing
from wanjia.registry.importing.brought import imports
from wanjia.registry.models import Person
from wanjia.registry.tests.factories import unit
from wanjia.schools.models import (
    Bell,
    Bus,
    BusLine,
    BusSeat,
    BusStop,
    Guard,
    Qualification,
    Receiver,
    Rider,
    RoundVenue,
    School,
    Venue,
)
from wanjia.schools.riders import commands as riders
from wanjia.schools.riding import commands as riding
from wanjia.schools.venues.workbook import _there as venue_there
from wanjia.schools.venues.workbook import look as look_at_venues
from wanjia.schools.year.workbook import grades_read, hour_read
from wanjia.verdict import Refused

from . import acts_buses as acts
from .acts_year import far
from .factories import of_education, school
from .inspection_factories import round_of, venue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
DAY = MONDAY.date()
RIDERS = ("学校,年级,村,学生姓名,线路,站点,是否半价,监护人,家长电话,接车人,与孩子关系,接车人电话\n", "细沙乡中心学校,四年级,大同村,王小雨,3号车,大岩子,半价,王建国,13887000077,王建军,叔叔,13887000009\n")
VENUES = ("乡镇,村,类别,名称,地址,附近学校,距离,经营者\n", "细沙乡,大同村,网咖,飞鱼网吧,大同街3号,细沙乡中心学校,150,某人\n")
GUARDS = ("学校,人员类别,单位,姓名,电话,星期几,发证日期,到期日期\n", "细沙乡中心学校,保安员,,祁保安,13887000021,周一至周五,2025-03-01,2028-02-29\n")
SCHOOLS = ("学校,乡镇,村,地址,学段,是否寄宿,上学时间,放学时间,学生人数\n", "细沙乡第二小学,细沙乡,大同村,大同街8号,一至六年级,否,7:30,17点40分,200\n")


@pytest.fixture
def world():
    return World()


def who(world, name):
    return {"by": User.objects.get(pk=getattr(world, name).pk), "at": MONDAY}


def sent(world, template, head, *rows, by="schools"):
    one = importing.receive_upload(template=template, name="名册.csv", body=(head + "".join(rows)).encode(), **who(world, by))
    return importing.forecast_upload(importing.judge_upload(one, **who(world, by)), **who(world, by))


def told(upload):
    return [row.code for row in upload.rows.filter(ok=False).order_by("number")]


def written(world, upload, by="schools"):
    importing.confirm_upload(upload_id=upload.pk, **who(world, by))
    applying.apply_chunk(upload_id=upload.pk, **who(world, by))
    upload.refresh_from_db()
    return upload.counts


# Riders


@pytest.fixture
def ready(world):
    """The child is a pupil of the school, a line goes there."""
    acts.at_school(world)
    acts.line(world)
    return world


@pytest.mark.parametrize("by", ["schools", "headmaster"])
def test_a_row_is_a_rider_with_a_seat_and_an_adult_who_is_still_to_be_confirmed(ready, by):
    upload = sent(ready, "bus_riders", *RIDERS, by=by)
    assert told(upload) == [] and not Rider.objects.exists(), "nothing is written before somebody confirms"
    assert str(ready.register.child.pk) in str(Entry.objects.get(act="upload.meet_children").detail), "whose names were met is journalled"
    assert written(ready, upload, by)["riders_new"] == 1
    one, adult = Rider.objects.get(), Receiver.objects.get()
    assert (one.child, one.school, one.asked_by, one.from_on) == (ready.register.child, school(ready), "王建国", DAY)
    assert (one.seats.get().stop.name, one.seats.get().from_on) == ("大岩子", DAY)
    assert (adult.name, adult.relation, adult.phone, adult.confirmed_at, adult.listed_by) == ("王建军", "叔叔", "13887000009", None, getattr(ready, by))
    again = sent(ready, "bus_riders", RIDERS[0], RIDERS[1].replace("13887000077", "13887000078"), by=by)  # the office's next edition of the same list
    assert again.forecast["counts"] == {"riders_new": 0, "riders_same": 1, "riders_gone": 0}
    assert written(ready, again, by)["riders_new"] == 0 and Receiver.objects.count() == BusSeat.objects.count() == 1


def test_what_is_missing_of_a_rider_is_added_and_nothing_is_moved(ready):
    rider = acts.rider(ready)
    assert written(ready, sent(ready, "bus_riders", *RIDERS))["riders_new"] == 1
    assert rider.seats.get().stop.name == "大岩子" and rider.receivers.get().name == "王建军"
    assert told(sent(ready, "bus_riders", RIDERS[0], RIDERS[1].replace("大岩子", "河边"))) == ["rider.seated"]
    riders.drop_receiver(receiver_id=rider.receivers.get().pk, reason="家长说不要了", **who(ready, "schools"))
    assert sent(ready, "bus_riders", *RIDERS).forecast["counts"]["riders_new"] == 1, "who was struck off waits for the second person anew"


def test_the_only_school_need_not_be_written_and_a_row_without_a_stop_waits_for_its_seat(ready):
    row = RIDERS[1].replace("细沙乡中心学校", "", 1).replace("3号车,大岩子", ",")
    assert written(ready, sent(ready, "bus_riders", RIDERS[0], row, by="headmaster"), "headmaster")["riders_new"] == 1
    assert not BusSeat.objects.exists()


def _namesake(world):
    Person.objects.filter(pk=world.register.wife.pk).update(name="王小雨", birth_on=date(2016, 6, 2), schooling="primary", school_name=of_education(world).name)


def _twin_stop(world):
    one = acts.line(world)
    BusStop.objects.create(line=BusLine.objects.create(bus=one.bus, name="第二条", school=one.school, from_on=acts.START, filed_on=DAY), turn=1, name="大岩子", at=time(7))


def _elsewhere(world):
    other = School.objects.create(unit=unit("细沙乡第二小学", Tier.TOWNSHIP, world.xisha, Line.EDUCATION), area=world.datong, address="街", grades="1 2", from_on=acts.START)
    Rider.objects.filter(pk=acts.rider(world).pk).update(school=other)


def _full(world):
    bus = Bus.objects.get()
    Bus.objects.update(seats=3)
    assert Bus.objects.get().room == 1 and bus.pk
    BusSeat.objects.create(rider=acts.another(world), stop=acts.line(world).stops.get(turn=1), from_on=acts.START)


@pytest.mark.parametrize(("change", "before", "codes"), [
    (lambda row: row.replace("细沙乡中心学校", "没有的学校"), None, ["rider.school"]),
    (lambda row: row.replace("王小雨", "没有人"), None, ["rider.unknown"]),
    (lambda row: row, _namesake, ["rider.many"]),
    (lambda row: row, _elsewhere, ["rider.elsewhere"]),
    (lambda row: row.replace("大岩子", "没有的站"), None, ["rider.stop"]),
    (lambda row: row.replace("大岩子", "没有的站"), lambda world: BusLine.objects.update(to_on=DAY), ["rider.stop"]),
    (lambda row: row, _twin_stop, ["rider.stops"]),
    (lambda row: row, _full, ["rider.full"]),
    (lambda row: row.replace(",叔叔", ","), None, ["rider.adult_half"]),
    (lambda row: row + row.replace("王建国", "张桂芳"), None, ["rider.twice"]),
    (lambda row: row.replace("王建国", ""), None, ["name.missing"]),
])  # fmt: skip
def test_rows_of_riders_that_are_sent_back(ready, change, before, codes):
    if before:
        before(ready)
    assert told(sent(ready, "bus_riders", RIDERS[0], change(RIDERS[1]))) == codes


def test_nobody_brings_riders_of_another_school(ready):
    with pytest.raises(Refused, match="不由您的岗位登记"):
        sent(ready, "bus_riders", *RIDERS, by="gates")
    neighbour = acts.of_a_neighbour(ready)
    from wanjia.orgs.models import Post

    Post.objects.filter(user=neighbour).update(role="headmaster")
    ready.neighbour = User.objects.get(pk=neighbour.pk)
    assert told(sent(ready, "bus_riders", *RIDERS, by="neighbour")) == ["rider.school"]


def test_under_an_open_roll_a_seat_begins_tomorrow(ready):
    from .factories import bell, term

    term(ready)
    bell(ready)
    riding.open_trip(bus_line_id=acts.line(ready).pk, way="to_school", **who(ready, "schools"))
    assert written(ready, sent(ready, "bus_riders", *RIDERS))["riders_new"] == 1
    assert BusSeat.objects.get().from_on == DAY + timedelta(days=1)


def test_what_changed_between_the_look_and_the_writing_is_sent_back_and_no_half_row_stands(ready):
    """Negative control of the judge: it passed the row, and the act refuses it all the same."""
    upload = sent(ready, "bus_riders", *RIDERS)
    _full(ready)
    assert written(ready, upload) == {"riders_new": 0, "riders_same": 0, "riders_gone": 1}
    assert not Rider.objects.filter(child=ready.register.child).exists() and not Receiver.objects.exists()


# Places


def test_a_row_is_a_place_and_stands_on_the_round_that_is_under_way(world):
    school(world)
    one = round_of(world)
    upload = sent(world, "venues", VENUES[0], VENUES[1].replace("飞鱼网吧", "新开网吧"), "细沙乡,大同村,学校,细沙乡中心学校,大同街1号,,,\n")
    assert told(upload) == []
    assert written(world, upload)["venues_new"] == 2
    new, grounds = Venue.objects.get(name="新开网吧"), Venue.objects.get(kind="campus")
    assert (new.kind, new.area, new.address, new.near, new.metres, new.campus) == ("netbar", world.datong, "大同街3号", school(world), 150, None)
    assert grounds.campus == school(world), "a school's own grounds are told to that school"
    assert RoundVenue.objects.filter(round=one, venue=new).exists()
    assert sent(world, "venues", VENUES[0], VENUES[1].replace("飞鱼网吧", "新开网吧")).forecast["counts"]["venues_same"] == 1


@pytest.mark.parametrize(("change", "before", "codes"), [
    (lambda row: row.replace("网咖", "什么"), None, ["word.unknown"]),
    (lambda row: row.replace("大同村", "没有村"), None, ["village.unknown"]),
    (lambda row: row.replace("细沙乡中心学校", "没有的学校"), None, ["venue.school"]),
    (lambda row: row.replace("细沙乡中心学校", ""), None, ["venue.metres"]),
    (lambda row: row.replace("150", "150.5"), None, ["venue.metres"]),
    (lambda row: row.replace("3号", "9号"), lambda world: venue(world), ["venue.address"]),
    (lambda row: row + row.replace("150", "160"), None, ["venue.twice"]),
])  # fmt: skip
def test_rows_of_places_that_are_sent_back(world, change, before, codes):
    school(world)
    if before:
        before(world)
    assert told(sent(world, "venues", VENUES[0], change(VENUES[1]))) == codes


def test_a_place_beyond_one_s_reach_is_sent_back_and_not_written(world):
    """The judge of villages knows where one brings in; this one knows where one inspects, at the look and once more when it is written."""
    values, by = {"场所类别": "网吧", "场所名称": "飞鱼网吧", "地址": "大同街3号"}, who(world, "schools")["by"]
    judged = look_at_venues(by, DAY)
    assert list(judged(values, far().pk)) == [("venue.far", "村(社区)", "")] and list(judged(values, world.datong.pk)) == []
    rows = [SimpleNamespace(village_code=code, content=values) for code in (far().pk, world.datong.pk)]
    assert [venue_there(row, by, MONDAY)[0] for row in rows] == [None, world.datong]


# Guards


def test_a_row_is_a_guard_with_his_licence(world):
    school(world)
    of = unit("永善县公安局", Tier.COUNTY, world.county, Line.POLICE)
    rows = GUARDS[1], f",民警,{of.name},邵公安,13887000022,每天,,\n", "细沙乡中心学校,家长,,柳家长,13887000023,5,,\n"
    upload = sent(world, "gate_guards", GUARDS[0], *rows)
    assert told(upload) == [] and written(world, upload)["guards_new"] == 3
    guard, police, parent = (Guard.objects.get(party=one) for one in ("guard", "police", "parent"))
    assert (guard.name, guard.unit, guard.school, guard.phone, guard.weekdays) == ("祁保安", of_education(world), school(world), "13887000021", "12345")
    assert (police.unit, police.school, police.weekdays, parent.weekdays) == (of, None, "1234567", "5")
    held = Qualification.objects.get()
    assert (held.guard, held.kind, held.from_on, held.until_on) == (guard, "licence", date(2025, 3, 1), date(2028, 3, 1))
    assert not parent.consents.exists(), "a parent's offer is his own word"
    assert sent(world, "gate_guards", GUARDS[0], *rows).forecast["counts"]["guards_same"] == 3


def test_a_licence_that_a_row_adds_is_written_once(world):
    school(world)
    written(world, sent(world, "gate_guards", GUARDS[0], GUARDS[1].replace("2025-03-01,2028-02-29", ",")))
    assert not Qualification.objects.exists()
    assert written(world, sent(world, "gate_guards", *GUARDS))["guards_new"] == 1
    assert sent(world, "gate_guards", *GUARDS).forecast["counts"]["guards_same"] == 1
    assert (Guard.objects.count(), Qualification.objects.count()) == (1, 1)


@pytest.mark.parametrize(("change", "by", "codes"), [
    (lambda row: row.replace("细沙乡中心学校", "没有的学校"), "schools", ["guard.school"]),
    (lambda row: row.replace("保安员", "民警"), "schools", ["guard.unit"]),
    (lambda row: row.replace("保安员,,", "保安员,没有的公司,"), "schools", ["guard.unit"]),
    (lambda row: row.replace("保安员", "什么人"), "schools", ["word.unknown"]),
    (lambda row: row.replace("周一至周五", "看情况"), "schools", ["guard.days"]),
    (lambda row: row.replace("2025-03-01", ""), "schools", ["guard.licence"]),
    (lambda row: row.replace("2028-02-29", "2024-02-29"), "schools", ["guard.licence"]),
    (lambda row: row + row.replace("13887000021", "13887000022"), "headmaster", ["guard.twice"]),
    (lambda row: row.replace("细沙乡中心学校", ""), "headmaster", []),
])  # fmt: skip
def test_rows_of_guards_that_are_sent_back(world, change, by, codes):
    school(world)
    assert told(sent(world, "gate_guards", GUARDS[0], change(GUARDS[1]), by=by)) == codes


# Schools


def test_a_row_is_a_school_with_its_bell(world):
    of = unit("细沙乡第二小学", Tier.TOWNSHIP, world.xisha, Line.EDUCATION)
    upload = sent(world, "schools", *SCHOOLS)
    assert told(upload) == [] and written(world, upload)["schools_new"] == 1
    one, bell = School.objects.get(unit=of), Bell.objects.get()
    assert (one.area, one.address, one.grades, one.boards, one.from_on) == (world.datong, "大同街8号", "1 2 3 4 5 6", False, DAY)
    assert (bell.school, bell.grades, bell.weekdays, bell.arrives, bell.leaves) == (one, "1 2 3 4 5 6", "12345", time(7, 30), time(17, 40))
    assert sent(world, "schools", *SCHOOLS).forecast["counts"]["schools_same"] == 1
    Bell.objects.all().delete()
    assert written(world, sent(world, "schools", SCHOOLS[0], SCHOOLS[1].replace("200", "210")))["schools_new"] == 1 and Bell.objects.count() == School.objects.count() == 1, "the bell that it lacked"


@pytest.mark.parametrize(("old", "new", "code"), [
    ("细沙乡第二小学", "没有的学校", "school.unit"), ("一至六年级", "高低年级", "school.grades"), ("7:30", "早上", "school.hours"), ("17点40分", "6:40", "school.hours"), (",否,", ",也许,", "word.unknown"),
])  # fmt: skip
def test_rows_of_schools_that_are_sent_back(world, old, new, code):
    unit("细沙乡第二小学", Tier.TOWNSHIP, world.xisha, Line.EDUCATION)
    assert told(sent(world, "schools", SCHOOLS[0], SCHOOLS[1].replace(old, new, 1))) == [code]


@pytest.mark.parametrize(("text", "grades"), [
    ("一至六年级", range(1, 7)), ("1-9", range(1, 10)), ("小学、初中", range(1, 10)), ("幼儿园", [0]), ("三年级", [3]), ("初一至初三", range(7, 10)), ("高一到高三", range(10, 13)), ("七-九年级", range(7, 10)), ("6-1", []), ("全部", []),
])  # fmt: skip
def test_grades_as_offices_write_them(text, grades):
    assert grades_read(text) == tuple(grades)


@pytest.mark.parametrize(("text", "hour"), [("7:30", time(7, 30)), ("07:30", time(7, 30)), ("17:40:00", time(17, 40)), ("17点40分", time(17, 40)), ("8点", time(8)), ("25:00", None), ("早上", None), ("7:75", None)])
def test_hours_as_offices_write_them(text, hour):
    assert hour_read(text) == hour


# All


NAMES = ("bus_riders", "venues", "gate_guards", "schools")


def test_every_code_says_in_both_languages_what_to_do():
    for name in NAMES:
        for code, (zh, en) in imports()[name].template.own.items():
            assert zh and en and zh != en, code


@pytest.mark.parametrize("template", NAMES)
def test_the_empty_workbook_is_read_as_it_was_sent(world, client, template):
    """Whoever fills in the downloaded workbook meets no header that is not known."""
    client.force_login(world.schools)
    answer = client.get(f"/import/blank/{template}/")
    assert answer.status_code == 200
    one = importing.receive_upload(template=template, name="空白.xlsx", body=b"".join(answer.streaming_content), **who(world, "schools"))
    assert importing.judge_upload(one, **who(world, "schools")).file_code == "file.no_rows", "its header is known, and nothing stands below"
