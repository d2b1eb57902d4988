"""A small world of the collective's money: 大同村 began with 5,000 yuan, lets a fishpond, holds a members' meeting of a hundred; the Wang home and three more hold shares."""

from datetime import date, timedelta

from wanjia.kernel.calendar import today
from wanjia.kernel.tests.tried import MONDAY

from ..dividends.commands import adopt_run, draw_run, pay_share, set_shares
from ..income.commands import book_voucher, check_deal, draw_deal, draw_voucher
from ..models import AgendaItem, CollectiveDeal, DeclaredIncome, DividendRun, Meeting, MoneyVoucher, PlotYield, ShareHolding
from ..money_states import DealState, RunState, VoucherState
from ..yields.commands import tell_income, tell_yield
from .factories import body, home, meeting, signed, villager
from .factories import item as agenda_item

DAY = today(MONDAY)
HELD, PLAN_TOLD = DAY - timedelta(days=10), DAY - timedelta(days=25)  # the members' meeting; when they had the plan
SHARES = {0: "1", 1: "2.5", 2: "1", 3: "0.5"}


def who(user, at=MONDAY):
    """Who does it, and when."""
    return {"by": type(user).objects.get(pk=user.pk), "at": at}


def deal(world, state=DealState.DRAWN, **facts):
    """The fishpond is let for three years: 12,000 yuan each first of March, the first one overdue."""
    found = CollectiveDeal.objects.filter(village=world.datong, state=state).first()
    if found is not None:
        return found
    given = {"kind": "deal_land", "what": "二组鱼塘 12 亩", "party": "邻县水产合作社", "from_on": date(2026, 1, 1), "to_on": date(2028, 12, 31), "yuan": "12000", "due_on": date(2026, 3, 1)} | facts
    one = draw_deal(village=world.datong, **given, **who(world.register.yang))
    if state != DealState.DRAWN:
        check_deal(collective_deal_id=one.pk, **who(world.clerk))
    if state == DealState.ENDED:
        CollectiveDeal.objects.filter(pk=one.pk).update(state=state, ended_on=DAY)
    one.refresh_from_db()
    return one


def voucher(world, state=VoucherState.DRAWN, *, category="in_operating", yuan="3000", day=date(2025, 6, 1), **facts):
    """Saplings were sold last year."""
    found = MoneyVoucher.objects.filter(village=world.datong, state=state, category=category).first()
    if found is not None:
        return found
    given = {"category": category, "yuan": yuan, "day": day, "paper": "No.0012345", "words": "卖苗木 2000 株"} | facts
    one = draw_voucher(village=world.datong, **given, **who(world.register.yang))
    return booked(world, one) if state == VoucherState.BOOKED else one


def booked(world, one):
    """Another hand approved it."""
    one = book_voucher(money_voucher_id=one.pk, **who(world.clerk))
    one.refresh_from_db()
    return one


def book(world):
    """Last year's book: 5,000 at its start, 3,000 came, 1,000 went."""
    voucher(world, VoucherState.BOOKED, category="opening_profit", yuan="5000", day=date(2025, 1, 1), words="期初未分配收益")
    voucher(world, VoucherState.BOOKED)
    return voucher(world, VoucherState.BOOKED, category="out_office", yuan="1000", words="办公费")


def holding(world, n=0):
    """A home's shares, since last year."""
    villager(world, 20 + n)
    one = home(world, 20 + n)
    found = ShareHolding.objects.filter(home=one, to_on=None).first()
    return found or set_shares(home=one, shares=SHARES[n], from_on=date(2025, 1, 1), basis="成员名册第 3 页", **who(world.register.yang))


def decision(world, votes=70, *, signs=True, kind="collective", day=HELD, matter="collective_assets"):
    """The members' meeting decided on the distribution: a hundred are due, 75 came, so many agreed."""
    found = AgendaItem.objects.filter(body__kind=kind, matter=matter).first()
    if found is not None:
        return found
    held = meeting(world, "meeting_opened", of=body(world, kind), came=75, day=day, told_on=day - timedelta(days=15), counting="members")
    one = agenda_item(world, "item_passed", at=held, of=held.body, title="2025 年收益分配方案", matter=matter)
    AgendaItem.objects.filter(pk=one.pk).update(votes_for=votes)
    Meeting.objects.filter(pk=held.pk).update(state="meeting_closed", closed_at=MONDAY, closed_by=world.visitor)
    if signs:
        signed(held)
    return AgendaItem.objects.select_related("body", "meeting__body").get(pk=one.pk)


def planned(world, **facts):
    """What a dividend of last year asks."""
    book(world)
    for n in SHARES:
        holding(world, n)
    return {"village": world.datong, "year": 2025, "day": date(2025, 12, 31), "item": decision(world), "told_on": PLAN_TOLD, "percent": "20"} | facts


def run(world, state=RunState.DRAWN, **facts):
    """Last year's dividend: 2,000 of surplus, 400 to the reserve, 6,600 to share out by five shares."""
    found = DividendRun.objects.filter(village=world.datong, state=state).first()
    if found is not None:
        return found
    drawn = DividendRun.objects.filter(village=world.datong, state=RunState.DRAWN).first()
    one = drawn or draw_run(**planned(world, **facts), **who(world.register.yang))
    if state == RunState.ADOPTED:
        adopt_run(dividend_run_id=one.pk, **who(world.clerk))
    one.refresh_from_db()
    return one


def share(world):
    """What the first home is given; the dividend is adopted."""
    return run(world, RunState.ADOPTED).shares.select_related("run").order_by("serial").first()


def draft_share(world):
    """What a home would be given by a plan that nobody adopted."""
    one = run(world, RunState.ADOPTED)
    same = {name: getattr(one, name) for name in ("village", "day", "item", "told_on", "reserve_parts", "income_fen", "cost_fen", "carried_fen", "reserve_fen", "total_fen", "hundredths", "homes")}
    draft = DividendRun.objects.create(**same, year=2027, drawn_at=MONDAY, drawn_by=world.register.yang)
    return draft.shares.create(home=home(world, 20), serial=1, hundredths=100, fen=1)


def paid(world):
    """The first home was paid."""
    one = share(world)
    if one.paid_on is None:
        pay_share(dividend_share_id=one.pk, way="by_bank", day=DAY, **who(world.register.yang))
        one.refresh_from_db()
    return one


def plot(world):
    """The Wang home's rice."""
    asked = {"home": world.register.home, "plot": "大田坝 3 号田", "mu": "1.5", "year": 2026, "season": "early", "crop": "rice", "jin": 1500, "yuan": "3000", "method": "weighed"}
    return PlotYield.objects.filter(struck="").first() or tell_yield(**asked, **who(world.register.yang))


def income(world):
    """What the Wang home earned last year."""
    found = DeclaredIncome.objects.filter(struck="").first()
    return found or tell_income(home=world.register.home, year=2025, yuan="42000", method="sampled", **who(world.register.yang))
