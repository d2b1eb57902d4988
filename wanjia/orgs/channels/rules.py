"""Who keeps a unit's channels."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.duties import Duty
from wanjia.verdict import first_refusal

from ..units.rules import can_change


def can_keep_channels(actor, unit):
    """Decide whether the actor may set the channels of this unit: whoever keeps units here."""
    kept = can_change(actor, unit)
    return first_refusal((actor.has_duty(Duty.MANAGE_AREAS), _("您的岗位没有设置消息通道的权限。")), (kept, kept.reason), (unit.to_on is None, _("这个单位已经撤并。")))


def can_use_channels(actor, unit):
    """Decide whether there is a channel to end or to try."""
    kept = can_keep_channels(actor, unit)
    return first_refusal((kept, kept.reason), (unit.channels.filter(to_at=None).exists(), _("这个单位还没有设消息通道。")))


def can_end_channels(actor, unit):
    """Decide whether a channel of this unit may be ended: of one that has ended or merged too, whose group would else be told for ever."""
    kept = can_change(actor, unit)
    return first_refusal(
        (actor.has_duty(Duty.MANAGE_AREAS), _("您的岗位没有设置消息通道的权限。")),
        (kept, kept.reason),
        (unit.channels.filter(to_at=None).exists(), _("这个单位还没有设消息通道。")),
    )
