"""What several acts of mediation ask alike."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Asked
from wanjia.kernel.calendar import today
from wanjia.verdict import first_refusal

from ..bodies.commands import day_of
from ..mediation_states import DisputeKind
from ..models import MediationParty
from ..rules import hundredths
from . import queries

NOT_YET = _("日期不能晚于今天,也不能早于受理那天。")
Day = Annotated[date, Asked(_("哪天"), initial=day_of)]
Kind = Annotated[DisputeKind, Asked(_("纠纷类型"), select=True)]
Facts = Annotated[str, Asked(_("纠纷事实"), _("谁和谁、为什么、要求什么。密封保存,只有调解员能打开。"), rows=5, least=4, most=2000)]
Party = Annotated[MediationParty, Asked(_("哪个当事人"), _("姓名不在这里显示,打开卷宗看。"), among=queries.parties_of, within=_("这个当事人不在这一件里。"), shown=lambda one: one.label)]
Money = Annotated[str, Asked(_("涉及金额(元)"), _("不涉及钱的空着。"), most=12)]


def on_a_day(case, day, at):
    """Refuse a day that lies before the case was taken up, or has not come."""
    first_refusal((case.taken_on <= day <= today(at), NOT_YET)).or_raise()


def fen(text):
    """Return fen of what is written as yuan, None of nothing. Raises Refused."""
    return hundredths(text) if text.strip() else None
