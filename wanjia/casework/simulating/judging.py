"""Each evening: the ledger held against the book, figures against each other and against the book."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count, Q

from wanjia.indicators.definitions import definitions
from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.orgs.roles import Role
from wanjia.reporting.figures.queries import count, rows_of

from ..models import Consultation, Holding, Milestone, Need, Step, SubTask
from .book import IN_HANDS, LEADS, REPORTED, RUNNING, SETTLED
from .seeing import look

COLUMNS = (
    "state", "reasonable", "outcome", "confirmed", "confirmed_by", "callback_failed", "due_on", "first_due_on", "late_since", "step_due_on",
    "extended_from", "returns", "reopenings", "urgency", "difficulty", "planned_on", "holder_id", "handler_id", "step_clock", "runs_on", "asked_for",
    "withdrawal_asked_at", "contested_at", "version", "due_days", "raised_from", "contradicted_on", "again", "matter_id", "related_id", "follows_id", "recheck_due_on",
)  # fmt: skip
SOME = 400  # keys in one question
SOON = 4  # working days: the machine may be off for three of them
TOLD = 5  # of one kind of difference an evening


def rows(county):
    """The needs that are judged."""
    return Need.objects.filter(village__code__startswith=county.year.code)


def judge(county, day, *, whole):
    """Only read (it may go on beside the next day): hold the day against the book: the needs that were touched, or all of them (whole); every open need's owner; the figures."""
    accounts = [one for one in county.book if not one.spoilt and (whole or one.dates)]
    for some in (accounts[n : n + SOME] for n in range(0, len(accounts), SOME)):
        _compare(county, some)
    _owners(county, day)
    look(county, day, county.one(Role.LEDGER_OFFICE))
    _nobody_lost(county)
    _figures(county, day, whole)


def _compare(county, accounts):
    """Rows, live owner, lines and journal lines of some needs."""
    of = {one.pk: one for one in accounts}
    stands = {pk: dict(zip(COLUMNS, row)) for pk, *row in Need.objects.filter(pk__in=of).values_list("pk", *COLUMNS)}
    owners = {}
    for need, unit in Holding.objects.filter(need__in=of, to_at=None).values_list("need", "organisation"):
        owners.setdefault(need, []).append(unit)
    lines = {}
    for need, act, state in Step.objects.filter(need__in=of).order_by("need", "n").values_list("need", "act", "state_after"):
        lines.setdefault(need, []).append((act, state))
    keys = {str(pk): pk for pk in of}
    said = Entry.objects.filter(subject="casework.need", subject_id__in=keys, detail__has_key="line").order_by()
    journal = {keys[pk]: n for pk, n in said.values_list("subject_id").annotate(n=Count("pk"))}
    for pk, one in of.items():
        _one(county, one, stands.get(pk), owners.get(pk, []), lines.get(pk, []), journal.get(pk, 0))
    _beside(county, of)


def _beside(county, of):
    """What stands beside the needs: parts of helpers, consultations, steps of plans."""
    names, parts, marks, consulted = ("unit_id", "state", "due_on", "returns", "late", "agreed_id"), {}, {}, Counter()
    for need, pk, *row in SubTask.objects.filter(need__in=of).values_list("need", "pk", *names):
        parts.setdefault(need, {})[pk] = dict(zip(names, row)) | {"agreed_id": row[names.index("agreed_id")] is not None}
    for need, due, done in Milestone.objects.filter(need__in=of).values_list("need", "due_on", "done_on"):
        marks.setdefault(need, []).append((due, str(done or "")))
    consulted.update(Consultation.objects.filter(need__in=of).values_list("need", flat=True))
    for pk, one in of.items():
        is_, should = parts.get(pk, {}), {key: part.expected() for key, part in one.parts.items()}
        if wrong := [key for key in {**is_, **should} if is_.get(key) != should.get(key)]:
            county.violate("协办事项和应有的不一样 / a part of a helper differs", one, f"台账里是 {is_.get(wrong[0])},应当是 {should.get(wrong[0])}")
        if sorted(marks.get(pk, [])) != sorted((mark.due_on, str(mark.done_on or "")) for mark in one.marks):
            county.violate("计划节点和应有的不一样 / the steps of a plan differ", one, f"台账里是 {marks.get(pk, [])}")
        if consulted[pk] != one.consulted:
            county.violate("协商记录多了或少了 / consultations lost or doubled", one, f"台账里 {consulted[pk]} 次,应当 {one.consulted} 次")


def _one(county, one, row, owners, lines, journalled):
    if row is None:
        county.violate("一件诉求不见了 / a need is gone", one, "台账里没有这件诉求")
        return
    row |= {name: row[name] is not None for name in ("withdrawal_asked_at", "contested_at")}
    wrong = [(name, row[name], value) for name, value in one.expected().items() if (row[name] or None) != (value or None)]
    if wrong:
        said = ";".join(f"{name}:台账里是 {county.named(is_)},应当是 {county.named(should)}" for name, is_, should in wrong)
        county.violate("台账和应有的不一样 / the ledger differs from what must be", one, said)
    if owners != ([one.holder] if one.is_open else []):
        said = "、".join(map(county.named, owners)) or "没有"
        county.violate("主办单位不是正好一个 / not exactly one owner", one, f"正在主办的:{said};应当是:{county.named(one.holder) if one.is_open else '没有'}")
    _lines(county, one, lines, journalled)


def _lines(county, one, lines, journalled):
    """Each acknowledged act is one line of the timeline and one of the journal, in its order, along the table of moves."""
    acts, said = [line.act for line in one.lines], [act for act, _state in lines]
    if said != acts:
        county.violate("经过多了或少了 / lines lost or doubled", one, f"台账记了 {said[-6:]},应当是 {acts[-6:]}")
    if journalled != len(acts):
        county.violate("日志多了或少了 / journal lines lost or doubled", one, f"日志 {journalled} 条,应当 {len(acts)} 条")
    before = None
    for act, after in lines:
        starts, end = LEADS.get(act, ((before,), before))
        if before not in starts or after != end:
            county.violate("走了表上没有的一步 / a move that no table has", one, f"{before} → {act} → {after}")
            break
        before = after


def _owners(county, day):
    """Every open need has an owner and a date; what lay with a unit that ended is with a living one within some working days."""
    nobodys = Q(holder=None) | Q(due_on=None) | Q(holder__to_on__lte=day, state__in=IN_HANDS)
    for pk in rows(county).filter(nobodys, state__in=(*RUNNING, "done_reported", "verified")).values_list("pk", flat=True):
        one = county.book.of.get(pk)
        if one is None or (one.holder and one.due_on and one.returns >= 2):  # sent back twice, it waits for the session
            continue
        since = max(today(one.lines[-1].at), county.fresh_ends.get(one.holder, county.year.first))
        if county.book.days.within(since, day) > SOON:
            county.violate("在办的诉求没有主办单位或期限 / an open need without owner or date", one, "单位撤并以后没有人接")


def _nobody_lost(county):
    n, known = rows(county).count(), len(county.book.of)
    if n != known:
        county.violate("诉求的件数对不上 / needs lost or made", None, f"台账里有 {n} 件,登记过 {known} 件")


def reckoned(county, day):
    """Return {figure: n} as the book counts them."""
    tests = {
        "needs.received": lambda one: True,
        "needs.declined": lambda one: one.state == "declined",
        "needs.withdrawn": lambda one: one.state == "withdrawn",
        "needs.reasonable": _reasonable,
        "needs.settled": lambda one: _reasonable(one) and one.state in REPORTED and one.outcome in SETTLED and one.confirmed != "unsolved",
        "needs.confirmed": lambda one: _reasonable(one) and one.state in REPORTED and one.confirmed == "solved" and one.confirmed_by != "slip",
        "needs.confirmed_by_slip": lambda one: _reasonable(one) and one.state in REPORTED and one.confirmed == "solved" and one.confirmed_by == "slip",
        "needs.callback_due": lambda one: _reasonable(one) and (one.state in REPORTED or one.outcome != ""),
        "needs.open": _unsettled,
        "needs.running": lambda one: one.is_open,
        "needs.overdue": lambda one: one.is_open and (one.late_since is not None or (one.state in RUNNING and one.due_on < day)),
        "needs.extended": lambda one: _reasonable(one) and one.extended_from is not None,
        "needs.stopped": lambda one: one.is_open and bool(one.stops) and one.stops[-1][1] > day,
        "needs.unowned": lambda one: _unsettled(one) and one.state in RUNNING and one.handler is None,
    }
    return {name: sum(map(test, county.book)) for name, test in tests.items()}


def _reasonable(one):
    return one.reasonable in ("yes", "partly") and one.state not in ("withdrawn", "declined")


def _unsettled(one):
    if one.state in ("declined", "withdrawn"):
        return False
    return not (one.state in REPORTED and ((one.outcome in SETTLED and one.confirmed != "unsolved") or one.confirmed == "solved"))


def _figures(county, day, whole):
    """Live against the book; live against as of today; yesterday as it is asked today; each share; each list behind a figure."""
    if any(one.spoilt for one in county.book):
        return  # the book is left alone where it broke: its counts would tell the same again
    live, should = count(rows(county), None, day), reckoned(county, day)
    if (day + timedelta(days=1)).day == 1:
        county.month_ends[f"{day:%Y%m}"] = should
    for name, n in should.items():
        if live[name] != n:
            county.violate("一个数字数错了 / a figure is wrong", None, f"{definitions()[name].zh}:{live[name]},应当是 {n}")
    for item in definitions("needs").values():
        if item.of and live[item.id] > live[item.of]:
            county.violate("分子比分母大 / more than the whole", None, f"{item.zh} {live[item.id]}/{live[item.of]}")
    if not whole:
        county.evening = None
        return
    _same(county, "同一天问两遍 / one day asked twice", live, count(rows(county), day, day))
    for name in definitions("needs"):
        if (n := rows_of(name, rows(county), None, day).count()) != live[name]:
            county.violate("点开的名单和数字不一样 / the list behind a figure differs", None, f"{definitions()[name].zh}:数字 {live[name]},名单 {n} 件")
    if county.evening:
        then, moment, before = county.evening
        _same(county, "昨天的数今天变了 / yesterday's figures changed", before, count(rows(county), then, day, known_at=moment))
    county.evening = day, county.year.clock.moment, live


def _same(county, kind, one, other):
    wrong = [f"{definitions()[name].zh}:{one[name]} ≠ {other[name]}" for name in one if one[name] != other.get(name)]
    if wrong:
        county.violate(kind, None, ";".join(wrong[:TOLD]))
