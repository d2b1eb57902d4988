"""On which days and where a leader stands: the reinforced days of schools, spread so that schools and leaders take turns. Reads rows, writes none."""

from collections import Counter
from datetime import timedelta

from django.db.models import Q

from ..models import Guard, LeaderDay
from ..plans.posts import is_reinforced
from ..year.bells import Year

BACK = 366  # days that are looked back to, so that turns go on over the year


def leaders(schools):
    """The leaders of the counties in which these schools lie, and of the prefecture over them."""
    near = Q(unit__area__in={f"{one.area_id[:4]}00000000" for one in schools})
    for county in {one.area_id[:6] for one in schools}:
        near |= Q(unit__area__code__startswith=county)
    return Guard.objects.filter(near, leads=True).order_by("name", "pk")


def proposed(schools, first, end):
    """Return [(school, day, guard)] for the reinforced days of schools that have no leader yet: each leader at one school a day, whoever led least first, schools that were led least first."""
    able = list(leaders(schools).filter(from_on__lt=end).not_ended(first))
    year = Year(schools, first, end)
    days = {}
    for school in schools:
        for one in year.days(school):
            if is_reinforced(one, year.term_of(school, one.day)):
                days.setdefault(one.day, []).append(school)
    led, visited, taken, there = Counter(), Counter(), set(), set()
    for one in LeaderDay.objects.filter(day__gte=first - timedelta(days=BACK), day__lt=end):
        led[one.guard_id] += 1
        visited[one.school_id] += 1
        taken.add((one.guard_id, one.day))
        there.add((one.school_id, one.day))
    found = []
    for day in sorted(days):
        for school in sorted(days[day], key=lambda one: (visited[one.pk], str(one.pk))):
            free = [one for one in able if (one.pk, day) not in taken and one.from_on <= day and (one.to_on is None or day < one.to_on)]
            if (school.pk, day) in there or not free:
                continue
            guard = min(free, key=lambda one: (led[one.pk], one.name, str(one.pk)))
            led[guard.pk] += 1
            visited[school.pk] += 1
            taken.add((guard.pk, day))
            found.append((school, day, guard))
    return found
