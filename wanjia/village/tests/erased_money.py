"""What the collective's money keeps of a home whose people are erased: a row of every model that can hold a word of them."""

from wanjia.kernel.tests.tried import MONDAY

from ..models import CollectiveDeal, DealDue, DeclaredIncome, MoneyVoucher, PlotYield, ShareHolding

DAY = MONDAY.date()


def rows(world, person, mark):
    """Return {model: its row, or its fields}: the person's home rents a pond by name and paid for it, holds shares, told its yield and income; each with its words."""
    home = person.memberships.get(to_on=None).household
    village = home.village
    deal = CollectiveDeal(
        village=village, serial=1, kind="deal_land", what="鱼塘", party=mark, home=home, from_on=DAY, to_on=DAY, fen=100, reason=f"{mark}不租了", drawn_at=MONDAY,
    )  # fmt: skip
    deal.save(force_insert=True)
    due = DealDue.objects.create(deal=deal, due_on=DAY, fen=100)
    told = {"village": village, "home": home, "told_at": MONDAY}
    return {
        CollectiveDeal: deal,
        MoneyVoucher: {"village": village, "kind": "money_income", "category": "in_operating", "fen": 100, "day": DAY, "year": 2026, "paper": "No.1", "words": f"{mark}交租", "due": due, "reason": f"{mark}没交",
                       "drawn_at": MONDAY},
        ShareHolding: {"village": village, "home": home, "hundredths": 100, "from_on": DAY, "basis": f"{mark}家两口人", "set_at": MONDAY},
        PlotYield: {**told, "plot": f"{mark}的田", "mu": 100, "year": 2026, "season": "early", "crop": "rice", "jin": 1, "fen": 1, "method": "told", "struck": f"{mark}说错了"},
        DeclaredIncome: {**told, "year": 2025, "fen": 1, "method": "told", "struck": f"{mark}说错了"},
    }  # fmt: skip
