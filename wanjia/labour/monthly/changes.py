"""How a number came from one month's end to the next: who entered, left, went, came back, moved; the parts sum to the difference.

Everybody who was or is on the roll was in one place at the end of the month before and is in one place now ("" for off the roll). A
number counts some of the places, by the edition of its day; whoever counts on one day and not on the other is a part of the change,
and of exactly one part.
"""

from collections import Counter

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from wanjia.indicators.conditions import true_of
from wanjia.indicators.definitions import definition

from ..figures.past import on_the_roll, where_on
from ..figures.population import within
from ..models import Spell, Worker
from ..states import Place
from ..tallying.months import month_before

# Each part: its words, which way it counts.
PARTS = {
    "entered": (_("新列入名册"), 1), "went": (_("新转移"), 1), "moved_in": (_("从别处转来"), 1), "left": (_("退出名册"), -1), "returned": (_("返乡"), -1),
    "moved_out": (_("转到别处"), -1), "edition_in": (_("口径调整计入"), 1), "edition_out": (_("口径调整不计"), -1),
}  # fmt: skip
OFF = ""


def places_of(figure, day):
    """Return the places that a figure counts on `day`. It asks nothing but the place."""
    tree = definition(figure).tree
    return {str(place) for place in Place if true_of(tree, {"place": str(place)}, day)}


def part_of(was, place, before, now):
    """Return which part of a change somebody is who was there and is here, or None: counted on both days or on none.

    before, now: the places counted on each day.
    """
    counted, counts = was in before, place in now
    if counted == counts:
        return None
    if was == place:
        return "edition_in" if counts else "edition_out"
    if counts:
        return "entered" if was == OFF else "went" if was == Place.NONE else "moved_in"
    return "left" if place == OFF else "returned" if place == Place.NONE else "moved_out"


def explained(figure, moves, day):
    """Return {part: n} of a figure. moves: {(was, place): n} from the end of the month before to the end of `day`."""
    before, now = places_of(figure, month_before(day)), places_of(figure, day)
    found = Counter()
    for (was, place), n in moves.items():
        if part := part_of(was, place, before, now):
            found[part] += n
    return {part: found[part] for part in PARTS}


def moved(where, day):
    """Return {(was, place): n} of the labourers that `where` keeps, counted from their spells."""
    rows = Worker.objects.filter(where).filter(on_the_roll(day) | on_the_roll(month_before(day)))
    rows = rows.annotate(f_was=where_on(month_before(day)), f_now=where_on(day))
    return {(was, place): n for was, place, n in rows.order_by().values_list("f_was", "f_now").annotate(f_n=Count("pk"))}


def rows_of_part(figure, part, stem, day):
    """Return the labourers who are one part of a figure's change: found along what was written down of that month, not among all."""
    before, now = places_of(figure, month_before(day)), places_of(figure, day)
    pairs = [(was, place) for was in (OFF, *Place.values) for place in (OFF, *Place.values) if part_of(was, place, before, now) == part]
    either = Q(pk__in=[])
    for was, place in pairs:
        either |= Q(f_was=was, f_now=place)
    rows = Worker.objects.filter(within(stem, "village_id")).filter(_touched(part, month_before(day), day))
    return rows.annotate(f_was=where_on(month_before(day)), f_now=where_on(day), f_place=where_on(day)).filter(either)


def _touched(part, before, day):
    """Return the Q of whoever may be such a part: something of theirs is dated in the days between."""
    began = Q(pk__in=Spell.objects.filter(from_on__gt=before, from_on__lte=day).values("worker"))
    ended = Q(pk__in=Spell.objects.filter(to_on__gt=before, to_on__lte=day).values("worker"))
    return {
        "entered": Q(entered_on__gt=before, entered_on__lte=day), "left": Q(left_on__gt=before, left_on__lte=day),
        "went": began, "moved_in": began, "moved_out": ended, "returned": ended,
    }.get(part, Q())  # fmt: skip


