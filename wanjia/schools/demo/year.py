"""Schools of the demo county with their term, bells and gates, up to yesterday: most are whole, one waits for its bells, one for its gates."""

from collections import Counter
from datetime import date, timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Area, Level, Organisation, User
from wanjia.orgs.roles import Role
from wanjia.verdict import Refused

from ..models import School
from ..year.commands import enter_gate, enter_school, enter_term, set_bell, tell_day, tell_own_day

OFFICER, HEADMASTER = "xuean", Role.HEADMASTER
PRIMARY, NINE_YEARS = [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6, 7, 8, 9]
SCHOOL_WEEK, SUNDAY, FRIDAY, BEFORE_FRIDAY = [1, 2, 3, 4, 5], [7], [5], [1, 2, 3, 4]
GATES = (("东门", "gate", True), ("门前斑马线", "crossing", True), ("后门", "gate", False))
WITHOUT_BELLS, WITHOUT_GATES = 4, 7  # the turns of the schools that still lack something: the list says so


def live(code, say):
    """Live them once; returns {what: how many}. Nothing where nobody answers for schools, or schools stand already."""
    told, by = Counter(), User.objects.filter(username=OFFICER).first()
    county = Area.objects.filter(pk=code[:6].ljust(12, "0")).first()
    if by is None or county is None or not by.live_posts or not by.live_posts[0].reach.covers(county.pk) or School.objects.exists():
        return told
    now = timezone.now().astimezone(CHINA).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=40)
    began = _the_term(county, by, now)
    for turn, unit in enumerate(_units(county)):
        _school(turn, unit, began, by, now, told)
    say(f"  学校 {told['schools']} 所,校门、路口 {told['gates']} 处 / {told['schools']} schools, {told['gates']} gates and crossings")
    return told


def _the_term(county, by, at):
    """The term in which the day lies, as this county has them, and two days of it that are not as others. Returns its first day."""
    year, autumn = today(at).year, today(at).month >= 8
    name, first, end = (f"{year}年秋季学期", date(year, 9, 1), date(year + 1, 1, 16)) if autumn else (f"{year}年春季学期", date(year, 2, 24), date(year, 7, 11))
    enter_term(area=county, name=name, from_on=first, to_on=end, by=by, at=at)
    now = today(at) + timedelta(days=40)
    monday = now + timedelta(days=7 - now.weekday())
    for ahead, kind, words in ((3, "exam", "单元检测"), (8, "reinforced", "法治宣传周,护学加强")):
        tell_day(area=county, day=monday + timedelta(days=ahead), kind=kind, words=words, by=by, at=at)
    return first


def _units(county):
    """The school that has a headmaster's account, then the central schools of the townships."""
    units = Organisation.objects.filter(line="education", to_on=None, area__code__startswith=county.pk[:6]).exclude(name__contains="局").select_related("area")
    return sorted(units, key=lambda one: (one.area_id != county.pk, one.area_id, one.name))


def _school(turn, unit, began, by, at, told):
    villages = Area.objects.filter(level=Level.VILLAGE, to_on=None, code__startswith=unit.area.stem).order_by("code")
    where = villages.first()
    if where is None:
        return
    boards = unit.area.level == Level.TOWNSHIP and turn % 3 == 1
    grades = NINE_YEARS if boards else PRIMARY
    try:
        one = enter_school(unit=unit, area=where, address=f"{where.short_name}街上", grades=grades, boards=boards, from_on=began, by=by, at=at)
    except Refused:  # a unit beyond the officer's reach
        return
    told["schools"] += 1
    if turn != WITHOUT_BELLS:
        _bells(one, grades, boards, began, by, at)
    for name, kind, road in GATES[: 0 if turn == WITHOUT_GATES else 2 + turn % 2]:
        enter_gate(school_id=one.pk, name=name, kind=kind, road=road, from_on=began, by=by, at=at)
        told["gates"] += 1
    if turn == 0:
        monday = today(at) + timedelta(days=40 + 14 - (today(at) + timedelta(days=40)).weekday())
        tell_own_day(school_id=one.pk, day=monday + timedelta(days=2), kind="free", words="校运动会第二天补休", by=by, at=at)


def _bells(one, grades, boards, began, by, at):
    small, big = grades[:2], grades[2:]
    set_bell(school_id=one.pk, grades=small, weekdays=SCHOOL_WEEK, from_on=began, arrives="08:00", leaves="16:30", by=by, at=at)
    if not boards:
        set_bell(school_id=one.pk, grades=big, weekdays=SCHOOL_WEEK, from_on=began, arrives="07:40", leaves="17:20", by=by, at=at)
        return
    set_bell(school_id=one.pk, grades=big, weekdays=BEFORE_FRIDAY, from_on=began, arrives="07:40", leaves="17:20", by=by, at=at)
    set_bell(school_id=one.pk, grades=big, weekdays=FRIDAY, from_on=began, leaves="15:30", boarders=True, by=by, at=at)
    set_bell(school_id=one.pk, grades=big, weekdays=SUNDAY, from_on=began, arrives="17:00", boarders=True, by=by, at=at)
