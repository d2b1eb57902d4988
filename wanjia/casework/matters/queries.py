"""What stands together, as far as the reader sees it; what may, by the rules of policy. One village's open needs at a time, never all with all."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, Value
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.kernel.privacy import mask_name
from wanjia.orgs import scope
from wanjia.orgs.asked_by import AskedBy
from wanjia.orgs.models import Area, Level
from wanjia.policy import matters as policy
from wanjia.policy.erased import NOBODY, WORD
from wanjia.verdict import Refused

from ..models import Apart, Need
from ..rules import covers, visible_needs
from ..states import BEFORE_DONE, OPEN, MatterKind
from .rules import DECIDES, FIELD, may_hold
from .subjects import visible_matters

READ = (
    "pk", "number", "recorded_on", "ended_at", "household", "household__group_name", "village", "village__short_name", "requester_name", "category", "summary",
    "matter", "related", "state", "due_on",
)  # fmt: skip
ROW = ("village__parent", "holder", "handler")
COUNTY, TOWNSHIP = 6, 9  # digits of a code
SEALED = ("story", "requester_phone", "ledger_cells")
WORDS = {
    "home": lambda _n: _("同一户"), "kind": lambda _n: _("同一类"), "group": lambda _n: _("同一个村民小组"), "village": lambda _n: _("同一个村(社区)"),
    "days": lambda n: _("相隔 %(n)s 天") % {"n": n} if n else _("同一天"), "words": lambda n: _("说法 %(n)s%% 相同") % {"n": n},
    "unlike": lambda _n: _("说法不同"),
    "again": lambda n: _("上一件办结 %(n)s 天后又提出") % {"n": n},
}  # fmt: skip


def named(actor, text):
    """Return the visible needs whose numbers a text names, in their order. Raises Refused for one that is not there, and for too many."""
    numbers = list(dict.fromkeys(part for part in "".join(" " if sign in ",、;,;" else sign for sign in text).split()))
    may_hold(len(numbers)).or_raise()
    found = {need.number: need for need in visible_needs(actor).filter(number__in=numbers).only("pk", "number")}
    if missing := next((one for one in numbers if one not in found), None):
        raise Refused(_("没有找到编号是 %(number)s 的诉求,或者不在您的辖区,请核对。") % {"number": missing})
    return [found[one] for one in numbers]


def members(actor, matter):
    """Return the needs of a matter that the actor sees, the earliest recorded first."""
    rows = visible_needs(actor).filter(**{FIELD[matter.kind]: matter})
    return rows.select_related(*ROW).defer(*SEALED).order_by("recorded_at", "number")


@dataclass
class Group:
    """A matter as one reader sees it: only needs that he sees, their number, and the earliest of their days; due: None once all are reported done."""

    matter: Any
    needs: list

    @property
    def n(self):
        """How many of its needs the reader sees."""
        return len(self.needs)

    @property
    def same(self):
        """Whether they are one matter, and not related ones."""
        return self.matter.kind == MatterKind.SAME

    @property
    def due(self):
        """The earliest day promised to one of these households and not reported done yet."""
        return min((need.due_on for need in self.needs if need.state in BEFORE_DONE and need.due_on), default=None)

    @property
    def first(self):
        """The need that was recorded first: what it is called by."""
        return self.needs[0]


def group(actor, matter):
    """Return the Group that the actor sees, or None where it is fewer than two needs."""
    needs = list(members(actor, matter))
    return Group(matter, needs) if len(needs) > 1 else None


def groups_of(actor, need):
    """Return the Groups that a need stands in, as the actor sees them: none costs no query."""
    standing = [one for one in (need.matter_id and need.matter, need.related_id and need.related) if one]
    return [found for one in standing if (found := group(actor, one))]


def of_area(actor, area):
    """Return the matters of a township that stand and that the actor sees, the latest first."""
    mine = visible_needs(actor).filter(in_span(area))
    there = Q(pk__in=mine.filter(matter__isnull=False).values("matter")) | Q(pk__in=mine.filter(related__isnull=False).values("related"))
    return visible_matters(actor).filter(there, ended_at=None).order_by("-made_at", "number")


def named_to(actor):
    """Return [(key, number)] of the matters that may be named to the actor: of each, two needs that stand in it now are seen."""
    seen = visible_needs(actor).filter(matter__isnull=False).order_by().values("matter").annotate(n=Count("pk")).filter(n__gte=2)
    return list(seen.values_list("matter", "matter__number"))


def in_span(area):
    """Return the Q of what lies in an area."""
    first, end = area.span()
    return Q(village_id__gte=first, village_id__lt=end)


def townships(actor):
    """Return the living townships in which the actor triages, in the order of their codes."""
    return Area.objects.filter(scope.in_reach(actor, area="code", duty=DECIDES), level=Level.TOWNSHIP, to_on=None).order_by("code")


def shared(needs):
    """Return the question how many of these needs (a query set) stand together, and in how many matters: one row, or none."""
    # Sought by their keys: SQLite would else walk all that the reader sees, to find the few that stand together.
    together = needs.filter(pk__in=Need.objects.filter(matter__isnull=False).values("pk"))
    return together.order_by().values(one=Value(1)).annotate(rows=Count("pk"), matters=Count("matter", distinct=True)).values_list("rows", "matters")


def counted_once(n, found):
    """Return how many matters `n` needs are: what stands together counted once. found: of `shared`."""
    return n + sum(matters - rows for rows, matters in found)


@dataclass
class Likely:
    """One need that is proposed, and the reasons in words."""

    row: dict
    reasons: list = field(default_factory=list)
    like: str = ""  # the number of the need that the reasons compare it with, where that is not the first


@dataclass
class Proposal:
    """What is proposed to a person: needs that may be one matter or related ones; the first is what the reasons of the others name."""

    kind: str
    matter: Any  # its key, where one stands already
    needs: list

    @property
    def n(self):
        """How many needs."""
        return len(self.needs)

    @property
    def others(self):
        """How many besides one of them."""
        return len(self.needs) - 1

    @property
    def same(self):
        """Whether it is one matter, and not a related one."""
        return self.kind == MatterKind.SAME

    @property
    def first(self):
        """The number of the first."""
        return self.needs[0].row["number"]

    @property
    def numbers(self):
        """Their numbers, as the act reads them."""
        return " ".join(one.row["number"] for one in self.needs)


def proposals(actor, area, day):
    """Return the Proposals for an area that lies where the actor triages: the largest first. Three queries, whatever it holds."""
    rule = policy.in_force(day)
    if rule is None:
        return []
    rows = {row["pk"]: row for row in _rows(actor, area, day)}
    return _among(rows, area, rule)


def _among(rows, area, rule):
    voiced = [_voiced(row, rule) for row in rows.values()]
    joined = {key: row["matter"] for key, row in rows.items() if row["matter"]}
    return [_proposal(one, rows) for one in policy.proposed(voiced, joined, _settled(area, rows), rule)]


def by_township(actor, places, day):
    """Return {code of a township: its Proposals} for several at once: as many queries as for one, since what is proposed together lies in one village."""
    found = {place.code: [] for place in places}
    for county in Area.objects.filter(code__in={f"{place.code[:COUNTY]:0<12}" for place in places}) if len(places) > 1 else places:
        for one in proposals(actor, county, day):
            found.setdefault(f"{one.needs[0].row['village'][:TOWNSHIP]:0<12}", []).append(one)
    return found


def likely(actor, need, day):
    """Return the Proposals that name this need, by the same count as the list's: for whoever decides there, while it is open.

    A proposal names two needs that the rules lay side by side: most needs have nobody beside them, and then nothing more is worked out.
    """
    if need.state not in OPEN or not (actor.has_duty(DECIDES) and covers(actor, need, duty=DECIDES)):
        return []
    rule = policy.in_force(day)
    rows = {row["pk"]: row for row in _rows(actor, need.village, day)} if rule else {}
    others = (_voiced(row, rule) for key, row in rows.items() if key != need.pk)
    if need.pk not in rows or not policy.any_beside(_voiced(rows[need.pk], rule), others, rule):
        return []
    return [one for one in _among(rows, need.village, rule) if any(row.row["pk"] == need.pk for row in one.needs)]


def _rows(actor, area, day):
    """The open needs of an area and what the same homes had lately."""
    for asked in (STILL_OPEN, LATELY):
        for row in asked(actor, *area.span(), day=day):
            yield dict(zip(READ, row, strict=True))


def _there(actor, first, end):
    """The needs of an area. Nothing that a child is part of, nothing that was erased."""
    there = visible_needs(actor, duty=DECIDES).filter(village_id__gte=first, village_id__lt=end, involves_child=False, child=None)
    return there.exclude(summary=WORD).order_by().values_list(*READ)


def _still(actor, first, end, day):
    return _there(actor, first, end).filter(state__in=OPEN)


def _lately(actor, first, end, day):
    homes = _still(actor, first, end, day).filter(household__isnull=False).values("household")
    gone = _there(actor, first, end).filter(ended_at__date__gte=day - timedelta(days=policy.in_force(day).repeat_days), household__in=homes)
    return gone.exclude(state__in=OPEN)


STILL_OPEN, LATELY = AskedBy(_still), AskedBy(_lately)


def _voiced(row, rule):
    home = f"{row['household']}" if row["household"] else row["requester_name"] if row["requester_name"] not in NOBODY else row["number"]
    return policy.Voiced(
        row["pk"], row["number"], row["recorded_on"], row["ended_at"] and today(row["ended_at"]), row["village"], home, row["household__group_name"] or "",
        row["category"], policy.pairs_of(row["summary"], rule.fillers),
    )  # fmt: skip


def _settled(area, rows):
    """Return the pairs that are not proposed: somebody said that they are two, or they stand related already."""
    first, end = area.span()
    said = Apart.objects.filter(need__village_id__gte=first, need__village_id__lt=end).values_list("need", "other")
    pairs, related = {frozenset(pair) for pair in said}, {}
    for key, row in rows.items():
        if row["related"]:
            related.setdefault(row["related"], []).append(key)
    return pairs | {frozenset((a, b)) for keys in related.values() for a in keys for b in keys if a != b}


def _proposal(cluster, rows):
    others = [
        Likely(_shown(rows[one.key]), [WORDS[why.word](why.n) for why in reasons], like.number if like is not cluster.seed else "")
        for one, like, reasons in cluster.others
    ]
    return Proposal(MatterKind(cluster.kind), cluster.matter, [Likely(_shown(rows[cluster.seed.key])), *others])


def _shown(row):
    return row | {"masked": mask_name(row["requester_name"]), "open": row["state"] in OPEN}
