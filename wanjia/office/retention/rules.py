"""Who draws up a list of what is due, who of another unit agrees, who holds rows back, and when a list is carried out. Writes nothing."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs.agreeing.rules import AGREES, can_agree, stands_in
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import ChangeState
from wanjia.orgs.scope import covers
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.verdict import first_refusal

SEES = (Duty.SET_RULES, *AGREES)


def can_propose(actor):
    """Decide whether the actor draws up lists: whoever keeps the county's ledger."""
    return first_refusal((actor.has_duty(Duty.SET_RULES), _("销毁清单由县台账办提出。")))


def can_decide(actor, disposal, at):
    """Decide whether the actor may agree to this list, or not: of another unit, of none that had a part in what it names, and looking over its whole area."""
    other = can_agree(actor, disposal)
    return first_refusal(
        (actor.id != disposal.by_id, _("自己提出的清单,不能自己同意,请另一个单位的人来定。")),
        (other, other.reason),
        (covers(actor, disposal.area_id, duty=AGREES), _("这份清单所在的地方不归您管。")),
        (
            str(actor.id) not in disposal.handled and not stands_in(actor, disposal.handled, since=disposal.at),
            _("清单里有您单位办过的事,不能由您同意销毁。请没有经手的单位的人来定,例如审计员。"),
        ),
        (disposal.state == ChangeState.WAITING, _("这份清单已经处理过了。")),
        (at >= disposal.at, _("现在的时间比清单提出时还早,系统时钟可能被拨回过。请先校准时间。")),
    )


def can_take_back(actor, disposal):
    """Decide whether the actor may take a list back: whoever keeps the ledger there, or could agree to it, until its first row is disposed of."""
    return first_refusal(
        (covers(actor, disposal.area_id, duty=SEES), _("这份清单所在的地方不归您管。")),
        (disposal.is_live, _("这份清单已经办完,不能收回。")),
        (not disposal.items.filter(outcome__isnull=False).exists(), _("这份清单已经开始销毁,不能收回;还没销毁的,可以设暂缓。")),
    )


def can_hold(actor):
    """Decide whether the actor may keep rows from being disposed of: whoever sees the lists. It only ever keeps more."""
    return first_refusal((actor.has_duty(*SEES), _("暂缓销毁由县台账办、抽查督办员、县领导或审计员设。")))


def can_lift(actor, hold):
    """Decide whether the actor may lift a hold: somebody of another unit than who put it there, who looks over the place."""
    other = can_agree(actor, hold)
    return first_refusal(
        (hold.stands, _("这项暂缓已经解除。")),
        (other, _("解除暂缓要由另一个单位的抽查督办员、县领导、乡镇分管领导或审计员办。")),
        (covers(actor, hold.area_id, duty=AGREES), _("这项暂缓所在的地方不归您管。")),
    )


def can_carry(actor, disposal, at):
    """Decide whether a list is carried out now: by the clock alone, agreed to, after the days of waiting, and no clock was set back."""
    return first_refusal(
        (actor is CLOCK, _("销毁由系统在等候期满以后执行,不由人动手。")),
        (disposal.state == ChangeState.MADE and disposal.carried_at is None, _("这份清单没有同意,或者已经销毁。")),
        (at >= disposal.decided_at and today(at) >= disposal.carry_on, _("等候期还没有满。")),
    )
