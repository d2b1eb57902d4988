"""The acts on rounds: opened by a labour officer, closed early, closed by the clock when the last day is over."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act, inside
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.areas.fields import under_its_place
from wanjia.orgs.fields import searched, widest
from wanjia.orgs.models import Area
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..models import Round
from . import queries, rules
from .subjects import ROUNDS


@act(ROUNDS, "round_new", at="new", words=_("开一轮摸排"), done=_("已开始。各村的进度在下面,已经核实过的不用再问。"), duty=Duty.RUN_ROUNDS, may=inside,
     new=True, lines={"round.open": _("开始集中摸排")})  # fmt: skip
def open_round(
    *, by, at,
    area: Annotated[Area, Asked(_("范围"), initial=widest(queries.areas_for), **searched(queries.areas_for, under_its_place))],
    to_on: Annotated[date, Asked(_("最后一天"), _("到这一天自动结束。第一天是今天。"))],
):  # fmt: skip
    """Open a round of asking over an area from today to a last day (集中摸排)."""
    rules.can_open(by, area).or_raise()
    if to_on < today(at):
        raise Refused(_("最后一天不能早于今天。"))
    try:
        with transaction.atomic():
            one = Round.objects.create(area=area, from_on=today(at), to_on=to_on, opened_at=at, opened_by=by if by.id else None)
    except IntegrityError:
        raise Conflict() from None
    journal.record(act="round.open", subject=one, by=by, at=at, area_code=area.code, to_on=to_on)
    return one


@act(ROUNDS, "round_close", at="close", words=_("提前结束"), done=_("已结束,进度照现在的留着。"), duty=Duty.RUN_ROUNDS, may=rules.can_close, tone="danger",
     aside=True, lines={"round.close": _("结束集中摸排")})  # fmt: skip
def close_round(one, *, by, at, because: Annotated[str, Asked(_("原因"), least=2, most=80)]):
    """End a round before its last day, with the reason; what was done by then is kept."""
    return _close(one, because.strip(), by=by, at=at)


def _close(one, because, *, by, at):
    one.closed_on, one.closed_because, one.result = today(at), because, queries.counted(one)
    if not Round.objects.filter(pk=one.pk, closed_on=None).update(closed_on=one.closed_on, closed_because=because, result=one.result):
        raise Conflict()
    journal.record(act="round.close", subject=one, by=by, at=at, area_code=one.area_id)
    return one


@command("labour.close_over")
def close_over(*, round_id, by, at):
    """End one round whose last day is over; what was done by then is kept. Returns it; None where somebody was quicker."""
    rules.can_close_over(by).or_raise()
    one = Round.objects.select_for_update(of=("self",)).select_related("area").filter(pk=round_id, closed_on=None, to_on__lt=today(at)).first()
    return _close(one, "", by=by, at=at) if one else None


def close_rounds(at):
    """End every round whose last day is over: for the day's sweep."""
    for pk in Round.objects.filter(closed_on=None, to_on__lt=today(at)).values_list("pk", flat=True):
        close_over(round_id=pk, by=CLOCK, at=at)
