"""How a parent's slip is shown once, and how often an address may try a code."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.verdict import first_refusal

from ..models import BusSlipMiss

MISSES_AN_HOUR = 10  # wrong codes from one address


def may_show(slip):
    """Decide whether a slip's code may be shown: once, in the answer to the act that made it."""
    return first_refusal((getattr(slip, "fresh", False), _("小条上的编码只在生成的那一刻显示一次。没有打印上的,请重新生成一张,旧的作废。")))


def may_try(address_index, at):
    """Decide whether this address may try another code: ten wrong ones an hour are enough."""
    recent = BusSlipMiss.objects.filter(address_index=address_index, at__gt=at - timedelta(hours=1)).count()
    return first_refusal((recent < MISSES_AN_HOUR, _("输错太多次,请一小时后再试,或者打电话给学校。")))
