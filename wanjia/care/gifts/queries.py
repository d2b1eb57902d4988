"""What is asked of distributions: the list, classes with their counts, sizes wanted, ordered, come, given; the pupils of a class."""

from django.db.models import Count, Q

from wanjia.orgs import scope
from wanjia.orgs.models import Organisation
from wanjia.orgs.roles import Role

from ..duties import Duty
from ..models import Gift
from ..wish_states import SIZES, GiftState, Goes, Served
from . import rules

ALL = 100  # parts of a hundred
NUMERALS = "〇一二三四五六七八九十"


def schools(_row, actor, day):
    """The schools at which the actor may give something out: units in reach in which somebody answers for a school; of a school's own post, its unit."""
    own = [post.organisation_id for post in scope.posts(actor, duty=Duty.KEEP_GIFTS) if post.role == Role.SCHOOL_WORKER]
    others = any(post.role != Role.SCHOOL_WORKER for post in scope.posts(actor, duty=Duty.KEEP_GIFTS))
    rows = Organisation.objects.on(day).filter(posts__role=Role.SCHOOL_WORKER, posts__to_on=None).distinct()
    within = scope.in_place(actor, area="area_id", duty=Duty.KEEP_GIFTS) if others else Q(pk__in=own)
    return rows.filter(within).order_by("area_id", "name")


_ROLL = Count("roll", filter=~Q(roll__state=Served.LEFT))
_GIVEN = Count("roll", filter=Q(roll__state=Served.GIVEN))


def listed(actor):
    """The distributions in reach with how many are on the roll and how many got it."""
    return rules.visible_distributions(actor).select_related("school").annotate(n_roll=_ROLL, n_given=_GIVEN).order_by("-opened_at", "pk")


def classes(distribution):
    """Return [{grade, n, sized, given, open}] of a roll, by class; open: whether something is to be done there now."""
    rows = distribution.roll.exclude(state=Served.LEFT).order_by().values("grade")
    rows = rows.annotate(n=Count("pk"), sized=Count("pk", filter=~Q(size="")), given=Count("pk", filter=Q(state=Served.GIVEN))).order_by("grade")
    handing = distribution.state == GiftState.HANDING
    return sorted((row | {"open": row["given" if handing else "sized"] < row["n"]} for row in rows), key=lambda row: in_order(row["grade"]))


def in_order(grade):
    """Return the key by which classes are sorted as they are counted: 一年级 before 二年级 before 三年级."""
    return [f"{NUMERALS.index(sign):02d}" if sign in NUMERALS else sign for sign in grade]


def by_size(distribution):
    """Return [{size, wanted, ordered, arrived, given, short, rest, to_order}] in the order of the sizes; sizes that nobody wants and none came of are left out."""
    follows = Q(state=Served.LEFT, goes=Goes.FOLLOWS)  # who left, and whose pair was sent after it
    rows = distribution.roll.filter(~Q(state=Served.LEFT) | follows).exclude(size="").order_by().values_list("size")
    wanted = dict(rows.annotate(n=Count("pk")))
    given = dict(rows.filter(Q(state=Served.GIVEN) | follows).annotate(n=Count("pk")))
    stock = {one.size: one for one in distribution.stock.all()}
    found = []
    for size in SIZES[distribution.sizing]:
        if size not in wanted and size not in stock:
            continue
        one, n, handed = stock.get(size), wanted.get(size, 0), given.get(size, 0)
        ordered, arrived = (one.ordered, one.arrived) if one else (0, 0)
        found.append({
            "size": size, "wanted": n, "ordered": ordered, "arrived": arrived, "given": handed, "short": max(n - arrived, 0), "rest": arrived - handed,
            "to_order": -(-n * (ALL + distribution.reserve) // ALL),
        })  # fmt: skip
    return found


def left_of(distribution):
    """Return {size: how many are left to be handed out}."""
    return {row["size"]: row["rest"] for row in by_size(distribution)}


def pupils(distribution, grade):
    """The pupils of a class, by name as it is spoken; those who left the school are not among them."""
    return Gift.objects.filter(distribution=distribution, grade=grade).exclude(state=Served.LEFT).select_related("child").order_by("child__pinyin", "pk")


def picking(distribution):
    """Return [(class, [(size, n)])]: what is put together for each class. No name is needed for it."""
    found = {}
    for grade, size, n in distribution.roll.filter(state=Served.LISTED).exclude(size="").order_by().values_list("grade", "size").annotate(n=Count("pk")):
        found.setdefault(grade, {})[size] = n
    return [(grade, [(size, sizes[size]) for size in SIZES[distribution.sizing] if size in sizes]) for grade, sizes in sorted(found.items(), key=lambda one: in_order(one[0]))]


def queue(actor, _day):
    """Return {name of the place: how many distributions are handing out what somebody has not got yet}."""
    if not actor.has_duty(Duty.KEEP_GIFTS):
        return {}
    waits = Gift.objects.filter(state=Served.LISTED).values("distribution")
    return {"care:gifts": rules.visible_distributions(actor).filter(state=GiftState.HANDING, pk__in=waits).count()}
