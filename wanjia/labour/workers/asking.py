"""What the forms about labourers ask: trades, places of work, who it is."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.doors.words import in_english, said
from wanjia.kernel.acts import Asked
from wanjia.orgs.fields import searched
from wanjia.orgs.models import Area, Level
from wanjia.policy.labour import trades
from wanjia.policy.provinces import PROVINCES
from wanjia.policy.work_places import COUNTRIES, names

from ..states import Care, Evidence, How, Place

LARGEST_PAY = 100_000
COUNTRY_WORDS = {code: name for name, code in COUNTRIES.items()}
TODAY = {"initial": lambda _row, _actor, day: day}


def trade_choices(*_row):
    """List (code, words) of the trades."""
    return [(one.code, said(one)) for one in trades().values()]


def area_choices(row, _actor, _day):
    """List (code, words) of places of work: the counties of the labourer's city, the provinces, and where the spell lies that stands (a file may be nearer)."""
    village = getattr(row, "village_id", None) or row.worker.village_id
    counties = Area.objects.filter(level=Level.COUNTY, code__startswith=village[:4]).order_by("code").values_list("code", "name")
    listed = {**{code[:6]: name for code, name in counties}, **{code: two[in_english()] for code, two in PROVINCES.items()}}
    stands = getattr(row, "area", "")
    return [*listed.items(), *([(stands, area_words(stands))] if stands and stands not in listed else [])]


def area_words(code):
    """Return what a place of work is called: a province by itself, a city or county behind its province; "" for none said."""
    if code in PROVINCES:
        return PROVINCES[code][in_english()]
    if code in COUNTRY_WORDS:
        return COUNTRY_WORDS[code]
    above = PROVINCES.get(code[:2] + "0000")
    return (above[0] if above else "") + (names().get(code) or Area.objects.filter(code=f"{code:0<12}").values_list("name", flat=True).first() or "") if code else ""


def trade_words(code):
    """Return what a trade is called; "" for none said."""
    one = trades().get(code)
    return said(one) if one else ""


def as_it_stands(kind, name):
    """Return what a form asks, beginning with what stands in the row."""
    return Annotated[kind.__origin__, replace(kind.__metadata__[0], initial=lambda row, _actor, _day: getattr(row, name))]


NOWHERE = (Place.NONE,)
UNSAID = _("不清楚")
From = Annotated[date, Asked(_("哪天出去的"), **TODAY)]
Where = Annotated[Place, Asked(_("在哪里做工"), but=NOWHERE)]
Region = Annotated[str, Asked(_("具体到哪个县、哪个省"), _("不知道就留空。"), **searched(area_choices, none=UNSAID))]
Employer = Annotated[str, Asked(_("用工单位"), _("公司、工地或店名;不知道就留空。"), most=80)]
TradeIs = Annotated[str, Asked(_("工种"), among=trade_choices, select=True, none=UNSAID)]
Pay = Annotated[int | None, Asked(_("月工资(元)"), most=LARGEST_PAY)]
HowCame = Annotated[How, Asked(_("怎么出去的"))]
Carried = Annotated[bool, Asked(_("点对点输送(家门口到厂门口的专车)"))]
BorneOut = Annotated[Evidence, Asked(_("凭什么"), select=True)]
Source = Annotated[str, Asked(_("听谁说的"), _("例如“本人电话”“他母亲”。"), most=60)]
CARES = [one for one in Care.choices if one[0]]
HasCare = Annotated[str, Asked(_("照看家人"), _("家里有老人孩子离不开的:以后介绍工作会照顾到。"), among=lambda *_row: CARES, select=True, none=Care.NONE.label)]
Back = Annotated[date | None, Asked(_("哪天回来的"), _("还在外面就留空;补登过去的一段才填。"))]
GoesTogether = Annotated[bool, Asked(
    _("和家里人去同一个地方"), _("同一户里说了要一起去的人(夫妻、父子、姐妹),推荐到同一个地方,或者都不推荐。"), answers=(_("要"), _("不要")))]
