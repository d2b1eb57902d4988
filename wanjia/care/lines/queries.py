"""What pages show of the three lines: a child in company with three dots, what was noted, what is due. Whether a line was kept says `standing` alone."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, F, Max, Q

from wanjia.doors.words import said
from wanjia.policy import contacts

from ..children.rules import own_pairs, visible_children
from ..duties import Duty
from ..line_states import ConcernState, Level, Line, Pace, Standing
from ..models import Concern, Helper, LineContact, Pair, Paired
from . import rules
from .standing import COUNTS, of_children, standing, worst_first

TONES = {Standing.KEPT: "green", Standing.DUE: "orange", Standing.LATE: "red"}
SHOWN = ("child__village__parent", "helper__organisation")
FEW = 5  # of a card on another page
BY_DAY = F("due_on").asc(nulls_last=True)  # databases differ in where what has no day stands


@dataclass
class Dot:
    """One line of a child: how it stands, when and how it was reached last."""

    line: Line
    standing: Standing
    on: object = None
    days: int | None = None
    way: str = ""
    tried: object = None  # a later try in vain

    @property
    def tone(self):
        """Its colour; the words beside it say the same."""
        return TONES[self.standing]


@dataclass
class Row:
    """One child in company: who it is on lists, who answers for it, its three dots, what is open."""

    pair: object
    child: object
    helper: object
    dots: list
    pace: Pace
    meets: Standing
    concerns: list = field(default_factory=list)
    name: str = ""

    @property
    def shown(self):
        """The name whose reading was journalled, else initials."""
        return self.name or self.child.shown_name


def rows_of(pairs, day):
    """Return [Row] of loaded pairs with their standing: three questions, however many."""
    children = [one.child_id for one in pairs]
    ways, tried, open_ones = _ways(pairs), _tried(children, day), _open(children)
    return [
        Row(
            one, one.child, one.helper, [_dot(one, line, ways, tried, day) for line in Line], Pace(one.f_pace), Standing(one.f_met), open_ones.get(one.child_id, []),
        ) for one in pairs
    ]  # fmt: skip


def _dot(pair, line, ways, tried, day):
    on = getattr(pair, f"f_{line}_on")
    late_try = tried.get((pair.child_id, line))
    return Dot(
        line, Standing(getattr(pair, f"f_{line}")), on, (day - on).days if on else None, ways.get((pair.child_id, line, on), ""),
        late_try if late_try and (on is None or late_try > on) else None,
    )  # fmt: skip


def _ways(pairs):
    """Return {(child, line, day): in which way somebody was reached} of the last days of these pairs with their standing: the years before are not read."""
    days = {on for one in pairs for line in Line.values if (on := getattr(one, f"f_{line}_on"))}
    found = LineContact.objects.filter(COUNTS, child__in=[one.child_id for one in pairs], on__in=days).order_by("recorded_at").only("child_id", "line", "on", "way")
    return {(one.child_id, one.line, one.on): one.get_way_display() for one in found}


def _tried(children, day):
    """Return {(child, line): the last day on which it was tried in vain}."""
    found = LineContact.objects.filter(child__in=children, on__lte=day, reached=False, taken_back_at=None).order_by()
    return {(child, line): on for child, line, on in found.values_list("child_id", "line").annotate(last=Max("on"))}


def _open(children):
    found = {}
    for one in Concern.objects.filter(child__in=children, state=ConcernState.OPEN).order_by(BY_DAY, "on", "pk"):
        found.setdefault(one.child_id, []).append(one)
    return found


def mine(actor, day):
    """Return [Row] of the children with whom the actor keeps company, the worst line first."""
    return rows_of(list(worst_first(standing(Paired.objects.filter(pk__in=own_pairs(actor, day).values("pk")), day)).select_related(*SHOWN)), day)


def of_child(child, day):
    """Return the Row of one child, or None where nobody keeps company with it."""
    return next(iter(rows_of(list(of_children([child.pk], day).select_related(*SHOWN)), day)), None)


def seen(actor, day, area=None):
    """Return the pairs of the children whom the actor sees in care: of an area where one is named. How they stand is asked of `standing`."""
    children = visible_children(actor, day)
    if area is not None:
        first, end = area.span()
        children = children.filter(village_id__gte=first, village_id__lt=end)
    return Paired.objects.filter(child__in=children.order_by().values("pk"))


def noted(child):
    """Return the contacts of a child that stand, the newest first, without what was said."""
    return LineContact.objects.filter(child=child, taken_back_at=None).select_related("helper").defer("note")


def concerns_of(child):
    """Return the concerns about a child, the open ones first."""
    return Concern.objects.filter(child=child).select_related("helper").defer("words", "todo", "outcome").order_by("state", BY_DAY, "-on", "pk")


def concerns_listed(actor, day, area=None):
    """Return the concerns about the children whom the actor sees: those to act on by their day, on the ledger, watched (“act” sorts before “watch”). Which were open, the population says."""
    rows = rules.visible_concerns(actor, day)
    if area is not None:
        first, end = area.span()
        rows = rows.filter(child__village_id__gte=first, child__village_id__lt=end)
    return rows.select_related("child__village__parent", "helper__organisation").defer("words", "todo", "outcome").order_by("level", BY_DAY, "on", "pk")


def tasks_due(actor, day):
    """Count the tasks out of concerns that the actor's own children wait for, due by `day`."""
    if not actor.has_duty(Duty.ACCOMPANY):
        return 0
    own = own_pairs(actor, day).values("child")
    return Concern.objects.filter(state=ConcernState.OPEN, level=Level.ACT, need="", due_on__lte=day, child__in=own).count()


def late_of(pairs):
    """Keep the pairs of which a line is late."""
    late = Q()
    for line in Line.values:
        late |= Q(**{f"f_{line}": Standing.LATE})
    return pairs.filter(late)


def summed(pairs):
    """Return {line: {standing: n}} over pairs with their standing, in one question."""
    counts = pairs.order_by().aggregate(**{f"{line}_{how.value}": Count("pk", filter=Q(**{f"f_{line}": how})) for line in Line.values for how in Standing})
    return {line: {how: counts[f"{line}_{how.value}"] for how in Standing} for line in Line.values}


def told(day):
    """Return (what others owe, in the reader's words; the paper the rhythm comes from; the rhythm itself, in the reader's words)."""
    rule = contacts.in_force(day)
    return [{"words": said(one), "source": one.source} for one in contacts.owed()], rule.source, said(rule)


def helpers_kept(actor, day):
    """Return the helpers whose lines the actor keeps, with how many children (`n`) each has among them."""
    kept = rules.kept_children(actor, day).order_by().values("pk")
    mine = Q(pairs__in=Pair.objects.on(day).filter(child__in=kept).values("pk"))
    return Helper.objects.filter(mine).select_related("organisation").annotate(n=Count("pairs", filter=mine, distinct=True)).order_by("organisation__area_id", "organisation__name", "name", "pk")


def month_of(children, first):
    """Return {child: [contacts and concerns of the month that begins on `first`, by day]}, without what was said."""
    after = (first + timedelta(days=31)).replace(day=1)
    found = {}
    contacts_ = LineContact.objects.filter(child__in=children, on__gte=first, on__lt=after, taken_back_at=None).defer("note")
    concerns = Concern.objects.filter(child__in=children, on__gte=first, on__lt=after).defer("words", "todo", "outcome")
    for one in sorted([*contacts_, *concerns], key=lambda one: (one.on, str(one.pk))):
        found.setdefault(one.child_id, []).append(one)
    return found
