"""The fee of the year: rules adopted by another hand, a quarter charged once, paid in parts with receipts, waivers decided, receipts reversed, the truck paid.

What the book calls unlawful (a period charged twice or ahead, more paid than is due, one hand alone, a voucher counted twice, more spent than lies in the purse) is tried and must be refused.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from ..models import FeeCharge, FeePayment, FeePurse, FeeSpend
from .money import yuan
from .year import KEEPER, TOWNSHIP

RATE = 6_050  # fen a home and quarter


@dataclass
class Charge:
    """What a home owes for a quarter. paid: {key of a receipt: [fen, by, reversed]}; waivers: {key: [fen, state, by]}."""

    home: object
    first: date
    paid: dict = field(default_factory=dict)
    waivers: dict = field(default_factory=dict)

    @property
    def came(self):
        """How much of it came and was not taken back."""
        return sum(fen for fen, _by, undone in self.paid.values() if not undone)

    @property
    def let_off(self):
        """How much was granted."""
        return sum(fen for fen, state, _by in self.waivers.values() if state == "waiver_granted")

    @property
    def left(self):
        """The rest."""
        return RATE - self.came - self.let_off

    @property
    def asked(self):
        """Whether a waiver waits."""
        return any(state == "waiver_asked" for _fen, state, _by in self.waivers.values())


@dataclass
class Spend:
    """What was to be paid out. undone: it came back."""

    fen: int
    by: object
    paper: str
    state: str = "spend_drawn"
    undone: bool = False


class Fees:
    """charges: {key: Charge} of the book's own homes; spends: {key: Spend}."""

    def __init__(self, village):
        self.village, self.dice, self.charges, self.spends, self.ruled = village, village.dice_of("fees"), {}, {}, False
        day, by = village.today, village.hand(KEEPER)
        first = day.replace(day=1)
        what = {"village": village.village, "basis": "per_home", "span": "quarter", "yuan": yuan(RATE), "resolved": "村民代表会议讨论通过垃圾清运收费办法", "resolved_on": first, "from_on": first}
        village.tempt("draw_fee_rule", by, **what | {"from_on": day + timedelta(days=1)} if day.day < 28 else what | {"yuan": "0"})
        made = village.twice("draw_fee_rule", by, **what)
        if made:
            village.do("write_fee_clause", by, fee_rule_id=made.pk, ground="extreme", percent=100, words="特困户不收")
            village.tempt("write_fee_clause", by, fee_rule_id=made.pk, ground="minimum", percent=50, words="欠费的罚款")
            village.tempt("adopt_fee_rule", by, fee_rule_id=made.pk)
            self.ruled = bool(village.do("adopt_fee_rule", TOWNSHIP, fee_rule_id=made.pk))

    @property
    def purse(self):
        """What lies there."""
        return sum(one.came for one in self.charges.values()) - sum(one.fen for one in self.spends.values() if one.state == "spend_approved" and not one.undone)

    @property
    def has_moved(self):
        """Whether any money came."""
        return any(one.paid for one in self.charges.values())

    def live(self, day):
        """A quarter is charged in its first days, homes pay or ask to be let off, money is spent."""
        first = date(day.year, day.month - (day.month - 1) % 3, 1)
        if self.ruled and not any(one.first == first for one in self.charges.values()) and self.dice.random() < 0.4:
            self._charges(first, day)
        for pk, one in self.charges.items():
            if self.dice.random() < 0.03:
                self._pays(pk, one)
            elif self.dice.random() < 0.01:
                self._asks(pk, one)
            self._decides(one)
        if self.dice.random() < 0.06:
            self._spends(day)
        for pk, one in self.spends.items():
            if self.dice.random() < 0.3:
                self._approves(pk, one)

    def _charges(self, first, day):
        by, what = self.village.hand(KEEPER), {"village": self.village.village}
        later = (first + timedelta(days=100)).replace(day=1)
        self.village.tempt("draw_fee_run", by, **what, month=f"{later:%Y-%m}")
        self.village.tempt("draw_fee_run", by, **what, month=f"{first + timedelta(days=35):%Y-%m}")  # no first month of a quarter, or not begun
        made = self.village.twice("draw_fee_run", by, **what, month=f"{first:%Y-%m}")
        if made and self.dice.random() < 0.3 and self.village.do("drop_fee_run", by, fee_run_id=made.pk, reason="再看一遍"):
            return
        if not made:
            return
        self.village.tempt("check_run", by, fee_run_id=made.pk)
        self.village.tempt("draw_fee_run", by, **what, month=f"{first:%Y-%m}")
        if self.village.do("check_run", TOWNSHIP, fee_run_id=made.pk):
            mine = {one.pk for one in self.village.homes}
            self.charges |= {pk: Charge(home, first) for pk, home in FeeCharge.objects.filter(run=made.pk).values_list("pk", "home") if home in mine}

    def _pays(self, pk, one):
        by = self.village.hand(KEEPER)
        if one.left:
            self.village.tempt("take_payment", by, fee_charge_id=pk, yuan=yuan(one.left + 1), way="cash")
        fen = one.left if self.dice.random() < 0.5 else self.dice.randint(1, max(1, one.left))
        if not one.left:
            self.village.tempt("take_payment", by, fee_charge_id=pk, yuan=yuan(1), way="cash")
            self._reverses(one)
            return
        made = self.village.twice("take_payment", by, fee_charge_id=pk, yuan=yuan(fen), way=self.dice.choice(("cash", "transfer")))
        if made:
            one.paid[made.pk] = [fen, by, False]

    def _reverses(self, one):
        """A receipt was wrong: once, by another hand, where so much lies in the purse."""
        for pk, row in one.paid.items():
            what = {"fee_payment_id": pk, "words": "写错了户"}
            if row[2]:
                self.village.tempt("reverse_payment", TOWNSHIP, **what)
            elif self.dice.random() < 0.2:
                self.village.tempt("reverse_payment", row[1], **what)
                if self.village.do("reverse_payment", TOWNSHIP, lawful=self.purse >= row[0], **what):
                    row[2] = True

    def _asks(self, pk, one):
        by = self.village.hand(KEEPER)
        fen = self.dice.randint(1, max(one.left, 1))
        what = {"fee_charge_id": pk, "yuan": yuan(fen), "reason": "今年房子漏雨,刚修过"}
        if one.asked or one.left < 1:
            self.village.tempt("ask_waiver", by, **what)
            return
        made = self.village.do("ask_waiver", by, **what)
        if made:
            one.waivers[made.pk] = [fen, "waiver_asked", by]
            self.village.tempt("decide_waiver", by, fee_waiver_id=made.pk, grant=True, answer="同意减一半")

    def _decides(self, one):
        for pk, row in one.waivers.items():
            if row[1] == "waiver_asked" and self.dice.random() < 0.1:
                grant = self.dice.random() < 0.7
                if grant and row[0] > one.left:  # it paid meanwhile
                    self.village.tempt("decide_waiver", TOWNSHIP, fee_waiver_id=pk, grant=True, answer="同意减一半")
                    grant = False
                if self.village.do("decide_waiver", TOWNSHIP, fee_waiver_id=pk, grant=grant, answer="同意减一半" if grant else "照规定交,困难的另想办法"):
                    row[1] = "waiver_granted" if grant else "waiver_refused"

    def _spends(self, day):
        by, paper = self.village.hand(KEEPER), f"{len(self.spends):05d}"
        what = {"village": self.village.village, "yuan": yuan(self.dice.randint(100, 20_000)), "what": "垃圾清运车费", "payee": "细沙运输队", "voucher": paper, "day": day}
        made = self.village.twice("draw_spend", by, **what)
        if made:
            self.spends[made.pk] = Spend(made.fen, by, paper)
            self.village.tempt("draw_spend", by, **what | {"voucher": f" {paper} "})
            self.village.tempt("draw_spend", by, **what | {"voucher": f"{paper}1", "day": day + timedelta(days=1)})

    def _approves(self, pk, one):
        if one.state == "spend_drawn":
            self.village.tempt("approve_spend", one.by, fee_spend_id=pk)
            if self.purse < one.fen:
                self.village.tempt("approve_spend", TOWNSHIP, fee_spend_id=pk)
                if self.dice.random() < 0.3 and self.village.do("refuse_spend", TOWNSHIP, fee_spend_id=pk, reason="账上没有这么多"):
                    one.state = "spend_refused"
            elif self.village.do("approve_spend", TOWNSHIP, fee_spend_id=pk):
                one.state = "spend_approved"
        elif one.state == "spend_approved" and self.dice.random() < 0.03 and self.village.do("reverse_spend", TOWNSHIP, lawful=not one.undone, fee_spend_id=pk, reason="多付的退回来了"):
            one.undone = True

    # The evening.

    def night(self, day):
        """Nothing waits for the night."""

    def judge(self, day, *, whole):
        """What each home owes and paid, the purse and what was spent are what the book says."""
        ours, same = self.village.village.pk, self.village.same
        rows = {one.pk: (one.home_id, one.due_fen, one.paid_fen, one.waived_fen) for one in FeeCharge.objects.filter(village=ours, home__in=[one.pk for one in self.village.homes])}
        same("应收和应有的不一样 / charges differ", rows, {pk: (one.home, RATE, one.came, one.let_off) for pk, one in self.charges.items()})
        same("收费结余和应有的不一样 / the fee's purse differs", {"purse": sum(FeePurse.objects.filter(village=ours).values_list("fen", flat=True))}, {"purse": self.purse})
        spent = {one.pk: (one.fen, one.state) for one in FeeSpend.objects.filter(village=ours, reverses=None)}
        same("收费支出和应有的不一样 / spendings differ", spent, {pk: (one.fen, one.state) for pk, one in self.spends.items()})
        if whole:
            numbers = sorted(FeePayment.objects.filter(village=ours).values_list("serial", flat=True))
            n = sum(1 + row[2] for one in self.charges.values() for row in one.paid.values())
            if numbers != list(range(1, n + 1)):
                self.village.violate("收据号有缺有重 / receipts are not numbered one by one", f"{numbers[-1:]},应当是 {n}")
            self._account(day)

    def _account(self, day):
        """The account of quarters, as it is put up, ends with what lies in the purse."""
        from ..fees.queries import account

        found = account(self.village.village.pk, day)
        if found and found[-1].closing != self.purse:
            self.village.violate("公开账和收费结余不一样 / the account that is put up differs", f"{found[-1].closing},应当是 {self.purse}")
