"""What somebody who leaves holds, who could take it, and what lies adrift: with an owner who has no post, or a unit that has ended."""

from collections import defaultdict
from functools import cache

from django.db.models import Exists, IntegerField, OuterRef, Q, Value

from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.carried import roles_with
from wanjia.orgs.duties import Duty
from wanjia.orgs.roles import Role
from wanjia.policy.ladder import Clock, highest

from .. import scope
from ..models import Area, Handover, Organisation, Post, Tier, User
from .kinds import Leaving, Taker

# Whoever of a unit answers for it: its head, else whoever has been there longest.
HEADS = (Role.BUREAU_HEAD, Role.TOWNSHIP_LEADER, Role.LEADER)
TOGETHER = 100  # SELECTs joined in one question: SQLite takes five hundred, and every one of them may ask along several paths
DESKS = (Role.TOWNSHIP_WORKER, Role.LEDGER_OFFICE)


def standing_posts(day):
    """Return the posts that stand on a day: an account that sleeps for a while has not left, one that is locked has."""
    dated = Q(from_on__lte=day) & (Q(to_on=None) | Q(to_on__gt=day))
    return Post.objects.filter(dated, waiting=False, declined=False, user__is_active=True)


def staffed(day, *duties):
    """Return the units of a day in which somebody stands who carries one of these duties."""
    posts = standing_posts(day).filter(role__in=roles_with(*duties))
    return Organisation.objects.on(day).filter(pk__in=posts.values("organisation"))


def leaving_post(post, day):
    """Return the Leaving of somebody whose one post ends on a day."""
    left = standing_posts(day).filter(user=post.user_id).exclude(pk=post.pk).select_related("organisation")
    return Leaving(post.organisation, post.user, day, (post,), tuple(left))


def leaving_unit(unit, day, *, moved=False):
    """Return the Leaving of a unit that ends, or moves elsewhere, on a day."""
    return Leaving(unit, None, day, tuple(unit.posts.not_ended(day)), moved=moved)


def left_behind(user, unit, day):
    """Return the Leaving of what stands over: of a person with the posts that he still has, or of the whole unit."""
    return all_left_behind([(user, unit)], day)[0]


def all_left_behind(pairs, day):
    """Return the Leavings of many pairs (user or None, unit): three questions, however many."""
    people, units = {user.pk for user, _unit in pairs if user}, {unit.pk for user, unit in pairs if not user}
    mine, left, whole = defaultdict(list), defaultdict(list), defaultdict(list)
    for post in standing_posts(day).filter(user__in=people).select_related("organisation") if people else ():
        left[post.user_id].append(post)
    kept = {post.pk for posts in left.values() for post in posts}
    for post in Post.objects.filter(user__in=people, declined=False, waiting=False).exclude(pk__in=kept) if people else ():
        mine[post.user_id, post.organisation_id].append(post)
    for post in Post.objects.not_ended(day).filter(organisation__in=units) if units else ():
        whole[post.organisation_id].append(post)
    return [
        Leaving(unit, user, day, tuple(mine[user.pk, unit.pk]), tuple(left[user.pk])) if user else Leaving(unit, None, day, tuple(whole[unit.pk]))
        for user, unit in pairs
    ]  # fmt: skip


def counts(leavings):
    """Count what each of them holds, in their order: one question for each family and every TOGETHER of them."""
    n = [0] * len(leavings)
    for family in gather("HANDOVERS"):
        for start in range(0, len(leavings), TOGETHER):
            for at, _pk in _of_each(family, start, leavings[start : start + TOGETHER]):
                n[at] += 1
    return n


def _of_each(family, start, leavings):
    each = [family.rows(one).order_by().values("pk").annotate(of=Value(start + at, IntegerField())).values_list("of", "pk") for at, one in enumerate(leavings)]
    return each[0].union(*each[1:], all=True) if each[1:] else each[0]


def held(leaving):
    """Return {family: {key: area code}} of what is held, empty ones left out."""
    found = {family: family.held(leaving) for family in gather("HANDOVERS")}
    return {family: rows for family, rows in found.items() if rows}


def count(found):
    """Count what was found."""
    return sum(map(len, found.values()))


def by_place(found):
    """Return [(area, [(words, n)])] of what is held, in the order of codes: counts and places, nothing of what it is about."""
    told = defaultdict(lambda: defaultdict(int))
    for family, rows in found.items():
        for code in rows.values():
            told[code][family.words] += 1
    places = Area.objects.in_bulk(list(told))
    return [(places[code], list(told[code].items())) for code in sorted(told) if code in places]


def colleagues(leaving):
    """Return who stays in the unit, its heads first: [User]."""
    posts = standing_posts(leaving.day).filter(organisation=leaving.unit).select_related("user").order_by("from_on", "pk")
    found = {post.user_id: post.user for post in sorted(posts, key=lambda post: post.role not in HEADS)}
    if leaving.person is not None:
        found.pop(leaving.person.pk, None)
    return list(found.values())


def heirs(leaving, codes):
    """Return the units that might take over: standing, with people in them, working in one of these places; near ones first."""
    stems = {code[:digits].ljust(12, "0") for code in codes for digits in (6, 9, 12)}
    people = standing_posts(leaving.day).filter(organisation=OuterRef("pk"))
    found = Organisation.objects.on(leaving.day).filter(Exists(people), Q(to_on=None) | Q(to_on__gt=leaving.day), area_id__in=stems)
    near = leaving.unit
    rows = found.exclude(pk=near.pk).select_related("area")
    return sorted(rows, key=lambda unit: (-_shared(unit.area_id, near.area_id), unit.line != near.line, unit.tier != near.tier, unit.area_id, unit.pinyin, unit.name))


def _shared(one, other):
    """How many digits of a place two codes share: 12 the village, 9 the township, 6 the county, else 0."""
    return next((digits for digits in (12, 9, 6) if one[:digits] == other[:digits]), 0)


def head_of(unit, day):
    """Return who of a unit answers for what it takes over: its head, else whoever has been there longest; None where nobody is."""
    posts = standing_posts(day).filter(organisation=unit).select_related("user").order_by("from_on", "pk")
    rank = {role: n for n, role in enumerate((*HEADS, *DESKS))}
    return next((post.user for post in sorted(posts, key=lambda post: rank.get(post.role, len(rank)))), None)


def people_with(unit, day, *duties):
    """Return the people of a unit who carry one of these duties, heads first: whom a family asks when the one that was named may not."""
    posts = standing_posts(day).filter(organisation=unit, role__in=roles_with(*duties)).select_related("user").order_by("from_on", "pk")
    return [post.user for post in sorted(posts, key=lambda post: post.role not in HEADS)]


def able(taker, day, *duties):
    """Return the person who takes over by one of these duties: whoever was named, else, where a unit was named, somebody of it; or None."""
    found = people_with(taker.unit, day, *duties)
    if taker.person is not None:
        return taker.person if taker.person in found else None
    return next(iter(found), None)


def adrift(day):
    """Return {(id of the user or None, id of the unit)} of everything whose owner is gone: of a whole unit that is gone, nobody by himself, as far as it is the unit's."""
    return set().union(*(once(family.adrift(day)) for family in gather("HANDOVERS")))


def once(pairs):
    """Return the pairs of one family without the people of a unit that is gone whole: what they held of it is among what the unit left."""
    whole = {unit for user, unit in pairs if user is None}
    return {(user, unit) for user, unit in pairs if user is None or unit not in whole}


def dated(day):
    """Return the test (id of the user or None, id of the unit) → whether it has its dated task: by a task of its own, or as far as others of the unit hold it all.

    A person's promises may be among what his unit left, and a unit's among what its last one did; what is among neither hides behind no task.
    """
    rows = list(standing())
    pairs = {(row.user_id, row.organisation_id) for row in rows}

    @cache
    def has(pair):
        beside = [row for row in rows if row.organisation_id == pair[1]]
        return pair in pairs or bool(beside and _hold_all(beside, pair[0], day))

    return has


def _hold_all(rows, user, day):
    """Tell whether these tasks of one unit hold together all that a person, or None: the unit, left there."""
    theirs = defaultdict(set)
    for row in rows:
        for family, found in held(left_behind(row.user, row.organisation, day)).items():
            theirs[family] |= set(found)
    mine = held(left_behind(user and User.objects.get(pk=user), rows[0].organisation, day))
    return all(set(found) <= theirs[family] for family, found in mine.items())


def undated(day):
    """Return what lies adrift without a dated task."""
    has = dated(day)
    return {pair for pair in adrift(day) if not has(pair)}


def still_lies(row, day):
    """Tell whether what a task is about lies there still. A unit that stands holds its own again as soon as somebody of it can take it on."""
    unit = row.organisation
    if row.user is None and (unit.to_on is None or unit.to_on > day):
        return (None, unit.pk) in adrift(day)
    return bool(held(left_behind(row.user, unit, day)))


def standing():
    """Return the hand-overs that wait."""
    return Handover.objects.filter(done_at=None).select_related("user", "organisation__area", "told")


def reached(row, day, calendar):
    """Return the highest rung above its own that a standing hand-over has come to on a day, 0 for none."""
    climbed = dict.fromkeys(range(1, row.level + 1), day)  # the day itself is not kept: no rung of a hand-over waits for the one below
    return highest("handover", Clock(today(row.opened_at), row.due_on), climbed, day, calendar)


def wants_a_round(day):
    """Tell whether something lies adrift without its task, or a task is over or has come to another rung."""
    rows, calendar = list(standing()), WorkingCalendar.load()
    if undated(day) or any(reached(row, day, calendar) for row in rows):
        return True
    units = [row for row in rows if row.user is None]
    return 0 in counts(all_left_behind([(row.user, row.organisation) for row in rows], day)) or any(not still_lies(row, day) for row in units)


def visible(actor, *, duty=(Duty.HAND_OVER, Duty.MANAGE_USERS)):
    """Return the standing hand-overs where the actor sees to them: of the own place or line, and of whoever keeps accounts there."""
    return standing().filter(_within(actor))


def _within(actor):
    near = scope.in_reach(actor, area="organisation__area_id", held="organisation__line", duty=Duty.HAND_OVER)
    return near | scope.in_place(actor, area="organisation__area_id", duty=Duty.MANAGE_USERS)


def sees(actor, row):
    """Tell the same of one row, standing or done."""
    return Handover.objects.filter(_within(actor), pk=row.pk).exists()


def to_see_to(actor):
    """Count the standing hand-overs that lie with the actor's own units."""
    units = [unit.pk for unit in scope.units(actor, duty=Duty.HAND_OVER)]
    return standing().filter(told__in=units).count() if units else 0


def chain(unit, day):
    """Return which units see to what was left in this one, one after the other: itself, its township, its county, the county's leaders; those with nobody are passed over."""
    code, seat = unit.area_id, standing_posts(day).filter(role__in=roles_with(Duty.HAND_OVER))
    above = staffed(day, Duty.HAND_OVER).filter(area_id__in=[code[:9].ljust(12, "0"), code[:6].ljust(12, "0")], line="")
    rank = {Tier.VILLAGE: 0, Tier.TOWNSHIP: 1, Tier.COUNTY: 2}
    leaders = set(seat.filter(role=Role.LEADER).values_list("organisation", flat=True))
    own = [unit] if (unit.to_on is None or unit.to_on > day) and seat.filter(organisation=unit).exists() else []
    rest = sorted(above, key=lambda one: (rank[one.tier], one.pk in leaders, one.name))
    return list(dict.fromkeys([*own, *(one for one in rest if rank[one.tier] >= rank[unit.tier])]))


def named(key, leaving):
    """Return the Taker that a choice names: a colleague ("p…") of one who leaves, or another unit ("u…"), or None."""
    kind, pk = key[:1], key[1:]
    if kind == "p" and leaving.person is not None:
        person = next((one for one in colleagues(leaving) if str(one.pk) == pk), None)
        return person and Taker(leaving.unit, person)
    unit = Organisation.objects.on(leaving.day).filter(pk=pk).select_related("area").first() if kind == "u" else None
    return Taker(unit, None) if unit and unit.pk != leaving.unit.pk else None


def people_of(keys):
    """Return {id: User}."""
    return User.objects.in_bulk([key for key in keys if key])
