"""The acts of yields: what a plot bore, what a home earned, each with how it was found out; struck where it was written wrongly."""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.registry.models import Household
from wanjia.verdict import Conflict, Refused

from ..bodies.homes import is_home_of, to_choose
from ..duties import Duty
from ..income.commands import KEEPS
from ..income.queries import MOST
from ..income.rules import keeps
from ..models import DeclaredIncome, PlotYield
from ..money_states import Crop, Method, Season
from ..rules import hundredths
from . import rules
from .subjects import INCOMES, YIELDS

NUMBER = _("金额、面积写成 12.50 这样,最多两位小数。")
FUTURE = _("年份要在今年以前或者今年。")
MOST_MU = 10_000_00  # hundredths of a mu
OF_HOME = to_choose(Duty.KEEP_MONEY)


@act(YIELDS, "yield_new", at="new", words=_("登记地块产量"), done=_("已登记。"), **KEEPS, may=keeps, new=True, lines={"plot_yield.tell": _("登记地块产量")})
def tell_yield(
    *, by, at,
    home: Annotated[Household, Asked(_("哪一户"), **OF_HOME)],
    plot: Annotated[str, Asked(_("地块"), _("例如:大田坝 3 号田。"), least=2, most=40)],
    mu: Annotated[str, Asked(_("面积(亩)"), least=1, most=8)],
    year: Annotated[int, Asked(_("年度"), least=2018, most=2999, initial=lambda _row, _actor, day: day.year)],
    season: Annotated[Season, Asked(_("哪一季"))],
    crop: Annotated[Crop, Asked(_("种养什么"), select=True)],
    jin: Annotated[int, Asked(_("产量(斤)"), least=0, most=9_999_999)],
    yuan: Annotated[str, Asked(_("卖了多少元"), _("没有卖的写 0。"), least=1, most=16)],
    method: Annotated[Method, Asked(_("怎么得来的"))],
):  # fmt: skip
    """Write down what a plot bore in a season (产量), what it was sold for and how that is known. Two crops of one field (rice and fish) are two rows."""
    _of_year(home, year, by, at)
    area = hundredths(mu, NUMBER, least=1, most=MOST_MU)
    values = {"home": home, "plot": plot.strip(), "mu": area, "season": season, "crop": crop, "jin": jin, "method": method}
    return _told(PlotYield, "plot_yield.tell", values | {"year": year, "fen": hundredths(yuan, NUMBER, most=MOST)}, _("这块地这一季的已经登记过;写错的先划掉。"), by=by, at=at)


@act(INCOMES, "income_new", at="new", words=_("登记户收入"), done=_("已登记。"), **KEEPS, may=keeps, new=True, lines={"declared_income.tell": _("登记户收入")})
def tell_income(
    *, by, at,
    home: Annotated[Household, Asked(_("哪一户"), **OF_HOME)],
    year: Annotated[int, Asked(_("年度"), least=2018, most=2999, initial=lambda _row, _actor, day: day.year - 1)],
    yuan: Annotated[str, Asked(_("全年收入多少元"), least=1, most=16)],
    method: Annotated[Method, Asked(_("怎么得来的"))],
):  # fmt: skip
    """Write down what a home says that it earned in a year (户收入), and how that is known."""
    _of_year(home, year, by, at)
    values = {"home": home, "year": year, "fen": hundredths(yuan, NUMBER, most=MOST), "method": method}
    return _told(DeclaredIncome, "declared_income.tell", values, _("这一户这一年的已经登记过;写错的先划掉。"), by=by, at=at)


@act(YIELDS, "yield_strike", at="strike", words=_("划掉"), done=_("已划掉,不再计算。"), **KEEPS, may=rules.can_strike, rank=20, tone="danger", lines={"plot_yield.strike": _("划掉地块产量")})
def strike_yield(plot_yield, *, by, at, struck: Annotated[str, Asked(_("为什么划掉"), least=2, most=60)]):
    """Strike what was written down wrongly (划掉): it stays to be read and counts no more."""
    return _struck(plot_yield, "plot_yield.strike", struck, by=by, at=at)


@act(INCOMES, "income_strike", at="strike", words=_("划掉"), done=_("已划掉,不再计算。"), **KEEPS, may=rules.can_strike, rank=20, tone="danger", lines={"declared_income.strike": _("划掉户收入")})
def strike_income(declared_income, *, by, at, struck: Annotated[str, Asked(_("为什么划掉"), least=2, most=60)]):
    """Strike what was written down wrongly (划掉): it stays to be read and counts no more."""
    return _struck(declared_income, "declared_income.strike", struck, by=by, at=at)


def _of_year(home, year, by, at):
    is_home_of(by, home, Duty.KEEP_MONEY).or_raise()
    if year > today(at).year:
        raise Refused(FUTURE)


def _told(model, words, values, once, *, by, at):
    try:
        with transaction.atomic():
            one = model.objects.create(village_id=values["home"].village_id, told_at=at, told_by_id=by.id, **values)
    except IntegrityError:
        raise Conflict(once) from None
    journal.record(act=words, subject=one, by=by, at=at, area_code=one.village_id)
    return one


def _struck(one, words, struck, *, by, at):
    one.struck, one.version = struck.strip(), one.version + 1
    one.save(update_fields=["struck", "version"])
    journal.record(act=words, subject=one, by=by, at=at, area_code=one.village_id)
    return one
