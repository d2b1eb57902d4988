"""What acts of wishes ask alike: an amount in yuan, what is wished, for how much."""

from typing import Annotated

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Asked
from wanjia.policy import money
from wanjia.policy import wishes as policy
from wanjia.verdict import Refused

from ..wish_states import Claimant, WishKind

FEN, DIGITS = 100, 8
YUAN = {"inputmode": "decimal"}


def fen_of(yuan):
    """Return the fen of an amount in yuan. Raises Refused for what is no amount, or finer than a fen."""
    fen = money.fen_of(yuan)
    if not fen:
        raise Refused(_("金额写成 8.50 这样。"))
    return fen


def _of_row(name):
    return lambda row, _actor, _day: getattr(row, name)


def _cost(row, _actor, _day):
    return f"{row.cost / FEN:.2f}"


def _price(_row, _actor, day, **field):
    most = policy.in_force(day).most // FEN
    return forms.CharField(max_length=DIGITS, **field | {"help_text": gettext("不超过 %(most)s 元。") % {"most": most}})


KIND, THING, SIZE, COST = _("类别"), _("想要什么"), _("尺码"), _("大约多少钱(元)")
HOW = _("只写东西,例如“36 码跑步鞋”。不写姓名、学校、电话,不要现金。")
Kind = Annotated[WishKind, Asked(KIND, select=True)]
Thing = Annotated[str, Asked(THING, HOW, least=2, most=40)]
Size = Annotated[str, Asked(SIZE, most=10)]
Cost = Annotated[str, Asked(COST, field=_price, least=1, most=DIGITS, attrs=YUAN)]
KindNow = Annotated[WishKind, Asked(KIND, select=True, initial=_of_row("kind"))]
ThingNow = Annotated[str, Asked(THING, HOW, least=2, most=40, initial=_of_row("thing"))]
SizeNow = Annotated[str, Asked(SIZE, most=10, initial=_of_row("size"))]
CostNow = Annotated[str, Asked(COST, field=_price, least=1, most=DIGITS, attrs=YUAN, initial=_cost)]
Amount = Annotated[str, Asked(_("金额(元)"), least=1, most=DIGITS, attrs=YUAN)]
Who = Annotated[Claimant, Asked(_("谁认领"))]
DonorName = Annotated[str, Asked(_("姓名或者单位名称"), least=2, most=40)]
DonorPhone = Annotated[str, Asked(_("手机号"), least=5, most=20, attrs={"type": "tel", "inputmode": "tel"})]
