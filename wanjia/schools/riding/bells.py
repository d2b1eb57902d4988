"""A bell that no line serves while children of the school ride is told to a person on the working day before; it is settled once a line serves it, or nobody waits any more."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, WorkingCalendar, today
from wanjia.orgs.roles import Role
from wanjia.policy import school_bus as policy

from ..buses.rules import is_there
from ..duties import Duty
from ..models import BellAlarm, BusLine, Rider, School
from ..riders.rules import of_schools
from ..year.answering import horizon, post_of, posts_of, told_from
from ..year.bells import Year
from ..year.queries import WORDS_OF_GRADES
from .queries import serves

ANSWER = (Role.SCHOOLS_OFFICER, Role.HEADMASTER)  # who answers for lines: whoever draws them, else the school whose children wait
ABOUT = "bus_bell"  # what a message outside the house is about


def look(at):
    """Find what no line serves today and up to the next working day, each bell once. Returns (new alarms, not saved; keys of those that are settled; keys of those that are open again)."""
    day, calendar = today(at), WorkingCalendar.load()
    waiting = _waiting(day, horizon(day, calendar))
    told = {(one.school_id, one.day, one.at, one.going): one for one in BellAlarm.objects.filter(day__gte=day)}
    settled = [one.pk for key, one in told.items() if one.settled_at is None and key not in waiting and _moment(one.day, one.at) > at]
    again = [one.pk for key, one in told.items() if one.settled_at is not None and key in waiting]
    due = {key: n for key, n in waiting.items() if key not in told and _is_due(key, at, calendar)}
    schools, posts = School.objects.in_bulk({key[0] for key in due}), posts_of(ANSWER, day) if due else []
    return [_alarm(schools[key[0]], key, n, posts, at) for key, n in due.items()], settled, again


def _alarm(school, key, n, posts, at):
    post = post_of(school, ANSWER, posts)
    alarm = BellAlarm(school=school, day=key[1], at=key[2], going=key[3], riders=n, person_id=post and post.user_id, raised_at=at)
    alarm.told_unit = post and post.organisation  # whose group or mailbox hears of it
    return alarm


def messages(new, path):
    """Return what the units of those who answer are told outside the house, for orgs.delivery: the day and the hour alone."""
    return [(one.told_unit, ABOUT, f"{one.day:%m-%d} {one.at:%H:%M}", path, f"bell:{one.school_id}:{one.day}:{one.at:%H%M}:{one.going}") for one in new if one.told_unit is not None]


def _moment(day, clock):
    return datetime.combine(day, clock, CHINA)


def _is_due(key, at, calendar):
    """A bell that somebody sets on Saturday for Sunday is told at once: Friday's hour has passed."""
    _school, day, clock, _going = key
    return told_from(day, calendar, policy.in_force(day).tell_bells) <= at < _moment(day, clock)


def _waiting(first, end):
    """Return {(school, day, time, whether they leave): how many children wait} of bells that no line serves in a span of days."""
    schools = list(School.objects.filter(pk__in=Rider.objects.filter(from_on__lt=end).not_ended(first).values("school")).not_ended(first))
    year, found = Year(schools, first, end), {}
    for offset in range((end - first).days):
        day = first + timedelta(days=offset)
        lines, riders = _lines(day), _riders(day)
        for school in schools:
            for ring in year.rings(school, day):
                n = sum(many for child, many in riders[school.pk].items() if _comes(child, ring, year.boarders(school, day)))
                if n and not any(serves(line, ring, day) for line in lines[school.pk]):
                    key = (school.pk, day, ring.at, ring.going)
                    found[key] = found.get(key, 0) + n  # grades that come at one hour by bells of their own wait together
    return found


def _lines(day):
    """Return {school: its lines that may drive on a day}: filed or drawn by people, with a vehicle that is there."""
    found = defaultdict(list)
    for one in BusLine.objects.on(day).exclude(filed_on=None, plan__isnull=False).select_related("bus").prefetch_related("stops"):
        if is_there(one.bus, day):
            found[one.school_id].append(one)
    return found


def _riders(day):
    """Return {school: {(grade or None, whether it boards or None): how many ride}}, as the register knows them."""
    found = defaultdict(Counter)
    for school, grade, boards in Rider.objects.on(day).filter(child__died_on=None).values_list("school", "child__grade", "child__boards"):
        found[school][WORDS_OF_GRADES.get(grade.strip()), boards] += 1
    return found


def _comes(child, ring, has_boarders_bells):
    """Tell whether a child comes or goes with a bell. What the register does not know counts: a child who waits is not left out for a blank."""
    grade, boards = child
    if grade is not None and grade not in ring.grades:
        return False
    return boards is not False if ring.boarders else not (boards and has_boarders_bells)


def open_now(actor, at):
    """The alarms of bells yet to come, of the schools whose riders the actor keeps."""
    if not actor.has_duty(Duty.KEEP_RIDERS):
        return []
    rows = BellAlarm.objects.filter(of_schools(actor), settled_at=None, day__gte=today(at)).select_related("school__unit", "person").order_by("day", "at", "school__unit__name", "pk")
    return [one for one in rows if _moment(one.day, one.at) > at]


def alarmed(user, _day):
    """How many bells yet to come have no line: what the desk says."""
    return len(open_now(user, timezone.now()))
