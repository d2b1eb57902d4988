"""What is asked of fees: the rules of a day, what each home is due by them, the purse and its account by quarters, what waits for whom, whether all adds up."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.locks import hold
from wanjia.policy import fees as policy
from wanjia.policy.money import yuan
from wanjia.policy.quarters import days_of, quarter_of
from wanjia.policy.spelling import is_among
from wanjia.registry.models import Absence, DatedStatus, Household, Membership
from wanjia.reporting.posted import Posted

from ..duties import Duty
from ..fee_states import Basis, Ground, RuleState, RunState, SpendState, WaiverState
from ..models import FeeCharge, FeePayment, FeePurse, FeeRule, FeeRun, FeeSpend, FeeWaiver
from . import rules


def alone_in(village_id):
    """Let nobody else move the money of this village's fee until the running transaction ends: numbers and balance follow each other."""
    hold(f"fees of|{village_id}")


def rule_on(village_id, day):
    """Return the rules that hold in a village on a day, None where there are none."""
    held = FeeRule.objects.filter(village_id=village_id, state__in=(RuleState.IN_FORCE, RuleState.ENDED), from_on__lte=day)
    return held.filter(Q(to_on=None) | Q(to_on__gt=day)).order_by("-from_on").first()


def charged_until(village_id):
    """Return the first day of a village that no run reaches, None where there was none."""
    return FeeRun.objects.filter(village_id=village_id).exclude(state=RunState.DROPPED).aggregate(last=Max("until_on"))["last"]


@dataclass(frozen=True)
class Line:
    """What one home is due: heads, the fee by the rate, the clause that lets it off, and how much; all in fen."""

    home: Household
    heads: int
    fen: int
    clause: object
    cut: int

    @property
    def due(self):
        """The rest."""
        return self.fen - self.cut

    @property
    def yuan(self):
        """The fee, what is let off and the rest, as they are written."""
        return {"fen": yuan(self.fen), "cut": yuan(self.cut), "due": yuan(self.due)}


def lines(rule, day):
    """Return what each home of the rule's village is due as the register has it on a day: each home in which somebody is registered once, in the order of groups and numbers."""
    heads, present = heads_on(rule.village_id, day)
    grounds = grounds_on(rule.village_id, day)
    clauses = {one.ground: one for one in rule.clauses.all()}
    found = []
    for home in Household.objects.filter(pk__in=heads).select_related("village").order_by("group_name", "number"):
        n = {Basis.HOME: 1, Basis.HEAD: heads[home.pk], Basis.PRESENT: present[home.pk]}[rule.basis]
        mine = [clauses[ground] for ground in (*grounds.get(home.pk, ()), *(() if present[home.pk] else (Ground.EMPTY,))) if ground in clauses]
        clause = max(mine, key=lambda one: (one.percent, one.ground), default=None)
        fen = rule.fen * n
        found.append(Line(home, heads[home.pk], fen, clause, policy.cut_of(fen, clause.percent) if clause else 0))
    return found


def members_on(village_id, day):
    """Return the memberships of a village's homes on a day: of nobody dead or entered twice."""
    alive = Q(person__died_on=None) | Q(person__died_on__gt=day)
    return Membership.objects.on(day).filter(alive, household__village=village_id, person__merged_into=None)


def heads_on(village_id, day):
    """Return ({home: people registered}, {home: those of them who are not away}) of a village on a day."""
    rows = members_on(village_id, day)
    away = Absence.objects.on(day).filter(person=OuterRef("person"))
    counted = rows.annotate(away=Exists(away)).order_by().values_list("household", "away").annotate(n=Count("person", distinct=True))
    heads, present = {}, {}
    for home, gone, n in counted:
        heads[home] = heads.get(home, 0) + n
        present[home] = present.get(home, 0) + (0 if gone else n)
    return heads, present


def grounds_on(village_id, day):
    """Return {home: grounds of relief that it holds on a day}."""
    known = {Ground.EXTREME, Ground.MINIMUM, Ground.MARGIN}
    found = {}
    for home, code in DatedStatus.objects.on(day).filter(household__village=village_id, scheme="relief", code__in=known).order_by().values_list("household", "code"):
        found.setdefault(home, set()).add(Ground(code))
    return found


def sums(found):
    """Return what a run says of its lines: {field of FeeRun: n}."""
    return {"homes": len(found), "exempt": sum(1 for one in found if not one.due), "due_fen": sum(one.due for one in found)}


def balance(village_id):
    """Return what lies in a village's purse, in fen."""
    return FeePurse.objects.filter(village_id=village_id).values_list("fen", flat=True).first() or 0


@dataclass(frozen=True)
class Quarter:
    """What came and went in a quarter, in fen; closing = opening + came − spent. waived: what homes were let off."""

    year: int
    n: int
    opening: int
    came: int
    waived: int
    spent: int

    @property
    def word(self):
        """Its name in addresses and words: 2026-4."""
        return f"{self.year}-{self.n}"

    @property
    def closing(self):
        """What is left at its end."""
        return self.opening + self.came - self.spent

    @property
    def yuan(self):
        """All of it as it is written."""
        return {name: yuan(getattr(self, name)) for name in ("opening", "came", "waived", "spent", "closing")}


def account(village_id, day):
    """Return the account of a village's fee up to a day, quarter by quarter without a gap, the first first: in less out is what is left."""
    moved = {}
    for field, rows, when in _moves(village_id, day):
        for on, n in rows.order_by().values_list(when).annotate(n=Sum("fen")):
            kept = moved.setdefault(quarter_of(on), {"came": 0, "waived": 0, "spent": 0})
            kept[field] += n
    found, left = [], 0
    at, last = (min(moved), quarter_of(day)) if moved else ((1, 1), (0, 0))
    while at <= last:
        found.append(Quarter(*at, left, **moved.get(at, {"came": 0, "waived": 0, "spent": 0})))
        left = found[-1].closing
        at = (at[0], at[1] + 1) if at[1] < 4 else (at[0] + 1, 1)
    return found


def _moves(village_id, day):
    """Return [(field of Quarter, rows, the column of their day)] up to a day."""
    return [
        ("came", FeePayment.objects.filter(village_id=village_id, day__lte=day), "day"), ("spent", FeeSpend.objects.filter(village_id=village_id, state=SpendState.APPROVED, paid_on__lte=day), "paid_on"),
        ("waived", FeeWaiver.objects.filter(charge__village_id=village_id, state=WaiverState.GRANTED, decided_on__lte=day), "decided_on"),
    ]  # fmt: skip


def due_in(village_id, first, last):
    """Return (homes, those let off, fen due) of the runs that began in some days."""
    runs = FeeRun.objects.filter(village_id=village_id, state=RunState.CHARGED, from_on__gte=first, from_on__lte=last)
    found = runs.aggregate(homes=Sum("homes"), exempt=Sum("exempt"), fen=Sum("due_fen"))
    return found["homes"] or 0, found["exempt"] or 0, found["fen"] or 0


def spent_in(village_id, first, last):
    """The spendings of some days, as they are put up."""
    return FeeSpend.objects.filter(village_id=village_id, state=SpendState.APPROVED, paid_on__gte=first, paid_on__lte=last).order_by("paid_on", "serial")


def is_counted(village_id, voucher):
    """Tell whether a voucher was written down already, however its number is spelt, and counts still: of what was refused or came back it may be written down right. `alone_in` was called."""
    return spelt_among(voucher, FeeSpend.objects.filter(village_id=village_id, reverses=None, undone_on=None).exclude(state=SpendState.REFUSED))


def spelt_among(voucher, rows):
    """Tell whether a voucher's number stands among rows, however it is spelt."""
    return is_among(voucher, rows.values_list("voucher", flat=True).iterator())


def to_review(actor):
    """[rows of each kind] that wait for the actor's look: what he drew up himself is not among them."""
    duty = {"duty": Duty.REVIEW_FEES}
    return [
        rules.visible_runs(actor, **duty).filter(state=RunState.DRAWN).exclude(drawn_by_id=actor.id), rules.visible_waivers(actor, **duty).filter(state=WaiverState.ASKED).exclude(asked_by_id=actor.id),
        rules.visible_spends(actor, **duty).filter(state=SpendState.DRAWN).exclude(drawn_by_id=actor.id), rules.visible_rules(actor, **duty).filter(state=RuleState.DRAFT).exclude(drawn_by_id=actor.id),
    ]  # fmt: skip


def faults(_day):
    """Yield (what, column, is, should) of each purse that is not what came less what was spent, each charge that was paid or waived otherwise than its rows say, each run whose charges are not what it says."""
    for one in FeePurse.objects.select_related("village").order_by("pk"):
        came = FeePayment.objects.filter(village_id=one.village_id).aggregate(n=Sum("fen"))["n"] or 0
        spent = FeeSpend.objects.filter(village_id=one.village_id, state=SpendState.APPROVED).aggregate(n=Sum("fen"))["n"] or 0
        if one.fen != came - spent:
            yield one, _("收费结余"), one.fen, came - spent
    for field, column in (("paid", _("已收(分)")), ("waived", _("申请减免(分)"))):
        total = Sum("payments__fen", default=0) if field == "paid" else Sum("waivers__fen", filter=Q(waivers__state=WaiverState.GRANTED), default=0)
        for one in FeeCharge.objects.annotate(should=total).exclude(**{f"{field}_fen": F("should")}).order_by("pk"):
            yield one, column, getattr(one, f"{field}_fen"), one.should
    for one in FeeRun.objects.filter(state=RunState.CHARGED).annotate(should=Sum("charges__due_fen", default=0)).exclude(due_fen=F("should")).order_by("pk"):
        yield one, _("应收(分)"), one.due_fen, one.should


def to_page(name):
    """To the page of what was made."""
    return lambda _request, _row, one: redirect(f"village:{name}", one.pk)


def on_board(village, day, limit, _group_name=""):
    """Return the newest lines of the board: the rules that hold, the account of each quarter, what was spent. Money of the whole village: no home, no arrears, nobody's name."""
    found, rule = [], rule_on(village.pk, day)
    if rule is not None:
        said = {"basis": rule.get_basis_display(), "span": rule.get_span_display(), "yuan": rule.yuan, "by": rule.resolved}
        found.append(Posted(str(_("垃圾清运费%(basis)s,%(span)s %(yuan)s 元(%(by)s)") % said), rule.from_on))
    for one in account(village.pk, day):
        words = _("垃圾清运费 %(year)s 年第 %(n)s 季度:上期结余 %(opening)s 元,收 %(came)s 元,支 %(spent)s 元,结余 %(closing)s 元")
        found.append(Posted(str(words % {"year": one.year, "n": one.n, **one.yuan}), min(day, days_of(one.year, one.n)[1])))
    for one in spent_in(village.pk, date.min, day).reverse()[:limit]:
        found.append(Posted(str(_("垃圾清运费支出 %(yuan)s 元:%(what)s(票据 %(voucher)s)") % {"yuan": one.yuan, "what": one.what, "voucher": one.voucher}), one.paid_on))
    return sorted(found, key=lambda one: one.on, reverse=True)[:limit]
