"""Who prints a labourer's slip, and what a slip may do."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import gather
from wanjia.orgs.scope import covers
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..matching.rules import ripe
from ..models import WorkSlipMiss
from ..states import Answer, Place

MISSES_AN_HOUR = 10  # wrong codes from one address
DAYS, MOST = 30, 3  # what may be voiced by one slip: so many in so many days


def can_issue(actor, worker):
    """Decide whether the actor may print a labourer's slip: whoever keeps his record, while he stands on the roll."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_LABOUR), _("您的岗位没有登记、更新劳动力情况的权限。")),
        (covers(actor, worker.village_id, duty=Duty.KEEP_LABOUR), _("这个人不在您的辖区。")),
        (worker.left_on is None, _("此人已退出劳动力名册。要更新的,请先恢复。")),
    )


def may_show(slip):
    """Decide whether a slip's code may be shown: once, in the answer to the act that made it."""
    return first_refusal((getattr(slip, "fresh", False), _("小条上的编码只在生成的那一刻显示一次。没有打印上的,请重新生成一张,旧的作废。")))


def may_try(address_index, at):
    """Decide whether this address may try another code: ten wrong ones an hour are enough. A right code from a shut address waits too."""
    recent = WorkSlipMiss.objects.filter(address_index=address_index, at__gt=at - timedelta(hours=1)).count()
    return first_refusal((recent < MISSES_AN_HOUR, _("输错太多次,请一小时后再试,或者打电话给村里。")))


def can_say(worker, proposal, word):
    """Decide whether a slip may say yes or no to a proposal: his own, of the version that stands, not after he began to work there."""
    return first_refusal(
        (proposal is not None and proposal.worker_id == worker.pk, _("没有这个推荐,可能已经换了。请重新打开这一页。")),
        *(ripe(proposal, "accept" if word == Answer.ACCEPTED else "decline", _("这句话已经记下了。")) if proposal is not None else ()),
    )


def can_ask(worker, proposal):
    """Decide whether a slip may ask that a person looks again: of the version that stands, once until it is answered."""
    return first_refusal(
        (proposal is not None and proposal.worker_id == worker.pk, _("没有这个推荐,可能已经换了。请重新打开这一页。")),
        (proposal is None or proposal.asked_at is None or proposal.reviewed_at is not None, _("已经请人再看了,等答复。")),
    )


def can_voice(worker, at):
    """Decide whether something may be voiced for those at home: by whoever works away, a few in a month, where there is a ledger."""
    return first_refusal(
        (gather("OPENS_NEEDS"), _("这台系统没有诉求台账,请打电话给村里。")),
        (worker.place != Place.NONE, _("登记里您没有外出务工,家里的事请当面或者打电话告诉村里。")),
        (
            worker.voiced.filter(at__gt=at - timedelta(days=DAYS)).count() < MOST,
            _("凭小条 %(days)s 天里最多说 %(n)s 件,再有请打电话给村里。") % {"days": DAYS, "n": MOST},
        ),
    )
