"""What is due of each class, where and when; what keeps rows back; the lists. Writes nothing."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import in_english
from wanjia.kernel.calendar import today
from wanjia.kernel.models import ErasureLine
from wanjia.office.pruning.queries import kinds as prunable
from wanjia.orgs import scope
from wanjia.orgs.agreeing.rules import AGREES
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area, ChangeState, Level
from wanjia.orgs.retained import BY_HAND, Spared, classes
from wanjia.policy import retention as policy
from wanjia.shapes import Shape

from ..models import Disposal, DisposalItem, RetentionHold
from . import rules

SOON, YEAR = 90, 365  # days ahead that the page counts
PIECE = 500  # rows of a list that are asked about at once
PRUNED = {"receipt": ("receipts", "sessions")}  # classes that the machine prunes, by their words there
LIVE = Q(state=ChangeState.WAITING) | Q(state=ChangeState.MADE, carried_at=None)


@dataclass(frozen=True)
class Standing:
    """How a class stands in some places: limits, and how many rows are over at all, due, held, on a list, due soon and within a year."""

    kept: object
    n: int | None = None
    due: int = 0
    held: int = 0
    listed: int = 0
    soon: int = 0
    year: int = 0

    @property
    def open(self):
        """How many could be put on a list today."""
        return self.due - self.held - self.listed

    def plain(self):
        """Return it as the command line prints it."""
        counts = {name: getattr(self, name) for name in ("n", "due", "held", "listed", "open", "soon", "year")} if self.kept.by == "list" else {}
        return {"code": self.kept.code, "zh": self.kept.words[0], "en": self.kept.words[1], "fate": self.kept.fate, "by": self.kept.by} | counts

    @property
    def words(self):
        """Its name in the reader's language."""
        return self.kept.words[in_english()]


def within(rows, place, spans):
    """Keep the rows whose place lies in one of these [first, end)."""
    return rows.filter(inside(place, spans))


def inside(place, spans):
    """Return the Q of the rows whose place lies in one of these [first, end)."""
    q = Q(pk__in=[])
    for first, end in spans:
        q |= Q(**{f"{place}__gte": first, f"{place}__lt": end})
    return q


def holds_on(one, rows, after=None):
    """Yield (ground, the rows of a class that a hold by hand keeps): those of its number wherever they lie, for a home may move; else its class
    within its area. One question for each ground, however many holds there are. after: only holds put since.
    """
    if after and _from_before():
        return
    standing, found = RetentionHold.objects.filter(code__in=("", one.code, *one.part_of), state=ChangeState.WAITING).select_related("area"), {}
    for hold in standing.filter(at__gt=after) if after else standing:
        numbers, spans = found.setdefault(hold.ground, ([], []))
        numbers.append(hold.number) if hold.number else spans.append(hold.area.span())
    for ground, (numbers, spans) in found.items():
        yield ground, rows.filter(_named(one, numbers) | inside(one.place, spans))


def _named(one, numbers):
    q = Q(pk__in=[])
    for path in one.named if numbers else ():
        q |= Q(**{f"{path}__in": numbers})
    return q


def never_done(disposal, rows):
    """Return the keys as spelt of those of these rows of which a restored copy knows that no order of the list was kept: the list was taken back, or a
    round spared them.
    """
    listed = DisposalItem.objects.none() if _from_before() else DisposalItem.objects.filter(disposal=disposal)
    spared = listed.filter(Q(disposal__state=ChangeState.DECLINED) | Q(outcome__order=None, outcome__isnull=False))
    return set(spared.filter(row__in=list(rows.values_list("spelt", flat=True))).values_list("row", flat=True))


def _from_before():
    """Tell whether a restored copy is on a schema from before there were lists and holds."""
    return RetentionHold._meta.db_table not in connection.introspection.table_names()


def held(one, rows, day):
    """Return {key as spelt: Spared} of those of these due rows that stay: by their own app's rules, or by a hold. The hold is told first."""
    found = one.held(rows, day)
    for ground, kept in holds_on(one, rows):
        found |= dict.fromkeys(kept.order_by().values_list("spelt", flat=True), ground)
    return found


def unlisted(one, rows):
    """Leave out the rows that stand on a list which waits or is to be carried out."""
    live = Disposal.objects.filter(LIVE, pk=OuterRef("disposal"))
    listed = DisposalItem.objects.filter(Exists(live), table=one.model._meta.db_table, row=OuterRef("spelt"), outcome=None)
    return rows.filter(~Exists(listed))


def due(one, kept, spans, day):
    """Return the rows of a class that are due in some places."""
    return within(one.due(kept, day), one.place, spans)


def standing(spans, day):
    """List the Standing of every class of the edition in force, in its order; those of apps that are not here are left out."""
    known, found = classes(), []
    for kept in policy.in_force(day).classes:
        if kept.by != "list":
            found.append(Standing(kept, n=_prunable(kept)))
        elif kept.code in known:
            found.append(_stands(known[kept.code], kept, spans, day))
    return found


def _stands(one, kept, spans, day):
    ahead = {"due": 0, "soon": SOON, "year": YEAR}
    over = {name: Count("pk", filter=one.is_due(kept, day + timedelta(days=days))) for name, days in ahead.items()}
    counts = within(one.rows(), one.place, spans).aggregate(n=Count("pk"), **over)
    n, free = counts["due"], unlisted(one, due(one, kept, spans, day))
    open_rows = free.count() if n else 0
    return Standing(
        kept, n=counts["n"], due=n, listed=n - open_rows, held=len(held(one, free, day)) if open_rows else 0,
        soon=counts["soon"] - n, year=counts["year"] - n,
    )  # fmt: skip


def _prunable(kept):
    """Count what the machine may prune of a class today; None where it does not lie in the database, or is kept."""
    words = [word for word in PRUNED.get(kept.code, ()) if word in prunable()]
    if not words:
        return None
    before = timezone.now() - timedelta(days=max(rule.days for rule in kept.rules))
    return sum(prunable()[word](before).count() for word in words)


def spans_of(actor, duty=rules.SEES):
    """List the [first, end) of codes in which the actor has to do with lists."""
    return [(reach.first, reach.end) for reach in scope.places(actor, duty=duty)]


def held_in(actor):
    """List the areas of the actor's posts that have to do with lists, the widest first, none within another."""
    found = []
    for area in scope.areas(actor, duty=rules.SEES):
        if not any(wider.covers(area.code) for wider in found):
            found.append(area)
    return found


def areas_of(_row, actor, _day=None):
    """Return the county, or whatever the actor's posts reach, and its townships: where a list may be drawn up."""
    q = Q(pk__in=[])
    for first, end in spans_of(actor, Duty.SET_RULES):
        q |= Q(code__gte=first, code__lt=end)
    return Area.objects.filter(q, level__in=(Level.COUNTY, Level.TOWNSHIP), to_on=None).order_by("level", "code")


def offered(_row, actor, day):
    """Return [(code, words with the count)] of the classes of which something can be put on a list today."""
    found = standing(spans_of(actor, Duty.SET_RULES), day)
    return [(one.kept.code, f"{one.words}({one.open})") for one in found if one.kept.by == "list" and one.open > 0]


def by_list(_row, _actor, day):
    """Return [(code, words)] of the classes that lists dispose of, or the clock by itself: those that a hold can keep."""
    by_clock = {kept.code for kept, _one in clocked(day)}
    return [(kept.code, kept.words[in_english()]) for kept in policy.in_force(day).classes if kept.code in by_clock or (kept.by == "list" and kept.code in classes())]


def clocked(day):
    """List (limits, Retained) of the classes that the clock disposes of, row by row, as their app brings it."""
    known = classes()
    return [(kept, known[kept.code]) for kept in policy.in_force(day).classes if kept.by == "clock" and kept.code in known and known[kept.code].by_clock]


def over_by_clock(day):
    """Return [(Retained, keys)] of what the clock is to dispose of on a day: due, and kept by no hold."""
    found = []
    for kept, one in clocked(day):
        rows = one.due(kept, day)
        stay = held(one, rows, day)
        found.append((one, [pk for pk, row in rows.order_by("pk").values_list("pk", "spelt") if row not in stay]))
    return found


def is_held(one, pk, day):
    """Tell whether a row stays, now."""
    return bool(held(one, one.rows().filter(pk=pk), day))


def grounds(_row, _actor, _day):
    """Return [(code, words)] of the grounds on which somebody holds rows back."""
    return [(one.value, one.label) for one in BY_HAND]


def to_propose(actor, day):
    """Count the classes of which something is due and on no list: what the desk of whoever keeps the ledger says."""
    if not actor.has_duty(Duty.SET_RULES):
        return 0
    spans, found = spans_of(actor, Duty.SET_RULES), 0
    for (one, kept), any_due in zip(_listed(day), _due_anywhere(day).first(), strict=True):
        if any_due:  # of most classes nothing is for years: only then it is asked where it lies, what keeps it, what stands on a list
            rows = unlisted(one, due(one, kept, spans, day))
            n = rows.count()
            found += n > 0 and n > len(held(one, rows, day))
    return found


def _listed(day):
    """List (Retained, its limits on a day) of the classes that lists dispose of."""
    return [(classes()[kept.code], kept) for kept in policy.in_force(day).classes if kept.by == "list" and kept.code in classes()]


@lru_cache(maxsize=2)
def _due_anywhere(day):
    """Return the question whether anything of each of `_listed` is due, wherever it lies: one row, for any area there is."""
    return Shape(lambda: Area.objects.order_by().values_list(*(Exists(one.due(kept, day)) for one, kept in _listed(day)))[:1])


def to_decide(actor):
    """List the lists that wait for the actor's word."""
    if not actor.has_duty(*AGREES):
        return []
    now = timezone.now()
    return [one for one in Disposal.objects.filter(state=ChangeState.WAITING).select_related("area") if rules.can_decide(actor, one, now)]


def visible_disposals(actor, *, duty=rules.SEES):
    """Return the lists of the places where the actor has to do with them."""
    return Disposal.objects.filter(scope.in_place(actor, duty=duty)).select_related("area", "by", "decided_by")


def visible_holds(actor, *, duty=rules.SEES):
    """Return the holds of the places where the actor has to do with them."""
    return RetentionHold.objects.filter(scope.in_place(actor, duty=duty)).select_related("area", "by", "decided_by")


def of_children(holds):
    """Return the numbers among those of these holds that are a child's: they are shown to nobody, as on a list. One question a model."""
    numbers, found = {one.number for one in holds if one.number}, set()
    named = {(one.label, one.number): one for one in classes().values() if one.number}
    for one in named.values() if numbers else ():
        rows = one.model._base_manager.filter(one.child, **{f"{one.number}__in": numbers})
        found |= set(rows.order_by().values_list(one.number, flat=True))
    return found


def what(hold, young=None):
    """Return what a hold keeps, in words. young: `of_children` of the list it stands in."""
    return _("儿童的诉求(不显示编号)") if hold.number and hold.number in (of_children([hold]) if young is None else young) else hold.what


def means_something(number, spans):
    """Tell whether some class has a row that this number names, in these places."""
    found = ((one, path) for one in classes().values() for path in one.named)
    return any(within(one.model._base_manager.filter(**{path: number}), one.place, spans).exists() for one, path in found)


def handled(one, keys):
    """Return the ids, as texts, of the units and people that had a part in one of these rows of a class (keys as spelt)."""
    field, found = one.model._meta.pk, set()
    for start in range(0, len(keys), PIECE):
        found |= one.worked([field.to_python(key) for key in keys[start : start + PIECE]])
    return sorted(map(str, found))


def outcome_of(disposal):
    """Return {"done", "spared": [(why, n)], "left"} of a list; None where nothing was done about it yet."""
    rows = disposal.items.values_list("outcome__spared").annotate(n=Count("pk")).order_by()
    found = dict(rows)
    spared = [(Spared(code).label, n) for code, n in sorted((code, n) for code, n in found.items() if code)]
    return {"done": found.get("", 0), "spared": spared, "left": found.get(None, 0)} if found.keys() - {None} else None


def by_township(disposal):
    """Return [(township, n)] of a list, by code: counts alone."""
    counts = {}
    for code, n in disposal.items.values_list("place").annotate(n=Count("pk")).order_by("place"):
        counts[code[:9]] = counts.get(code[:9], 0) + n
    names = {area.code[:9]: area.name for area in Area.objects.filter(level__in=(Level.COUNTY, Level.TOWNSHIP), code__in=[f"{stem:0<12}" for stem in counts])}
    return [(names.get(stem, stem), n) for stem, n in sorted(counts.items())]


def still_due(one, disposal, day):
    """Return the rows that are due by the limits of the list's day, and by today's where these are others: the longer holds."""
    rows, now = one.due(disposal.kept, day), policy.in_force(day).kept(disposal.code)
    if now == disposal.kept:
        return rows
    return rows.filter(pk__in=one.due(now, day).values("pk")) if now and now.by == "list" else rows.none()


def emptied_for(disposal, items):
    """Return {key as spelt: order} of those rows that were emptied for this list already."""
    lines = ErasureLine.objects.filter(person=disposal.pk, table__in={item.table for item in items}, row__in=[item.row for item in items])
    return dict(lines.values_list("row", "order"))


def live():
    """Return the lists that wait, or are still to be carried out."""
    return Disposal.objects.filter(LIVE)


def stuck(at):
    """Return (the live lists whose moment has not come yet, those that should have been carried out on an earlier day and were not)."""
    late = Q(state=ChangeState.MADE, carry_on__lt=today(at), decided_at__lte=at)
    return list(live().filter(Q(at__gt=at) | Q(decided_at__gt=at))), list(live().filter(late, at__lte=at))


def ready(at):
    """Return the keys of the lists that are to be carried out now, the oldest first."""
    rows = Disposal.objects.filter(state=ChangeState.MADE, carried_at=None, carry_on__lte=today(at), decided_at__lte=at, code__in=classes())
    return list(rows.order_by("decided_at", "pk").values_list("pk", flat=True))
