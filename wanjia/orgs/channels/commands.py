"""Set a channel, end it, try it."""

import uuid
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.orgs.duties import Duty
from wanjia.verdict import Refused

from ..delivery.commands import tell
from ..delivery.queries import TEST
from ..delivery.tasks import send
from ..models import MessageChannel, Route
from . import addresses, queries, rules
from .subjects import TOLD_UNITS

SECRET = "a robot's address is a secret: it is typed at a screen, never sent by a program"


@act(
    TOLD_UNITS, "set_channel", words=_("设置消息通道"), done=_("已设置。请发一条测试消息,看群里或信箱里收到没有。"), duty=Duty.MANAGE_AREAS, may=rules.can_keep_channels,
    call=None, because=SECRET, lines={"orgs.set_channel": _("设置消息通道")},
)  # fmt: skip
def set_channel(
    unit, *, by, at,
    route: Annotated[Route, Asked(_("通道"), select=True)],
    address: Annotated[str, Asked(_("地址"), _("在群里加一个机器人,复制它的 Webhook 地址;邮件写 mailtos://账号:密码@发信服务器:465?to=收信地址&from=发信地址。只存加密的,以后谁也看不到。"), most=400, attrs={"autocomplete": "off", "spellcheck": "false"})],
    secret: Annotated[str, Asked(_("加签密钥"), _("只有钉钉机器人选了“加签”才填。"), most=120, attrs={"autocomplete": "off"})] = "",
):  # fmt: skip
    """Let a unit be told outside the house by this channel (设置消息通道); one of the same route before ends. The address is sealed."""
    channel = MessageChannel(organisation=unit, route=route, address=addresses.read(route, address, secret), from_at=at, set_by=by)
    MessageChannel.objects.filter(organisation=unit, route=route, to_at=None).update(to_at=at)
    channel.save(force_insert=True)
    journal.record(act="orgs.set_channel", subject=unit, by=by, at=at, area_code=unit.area_id, route=str(route))
    return unit


@act(
    TOLD_UNITS, "end_channel", words=_("停用消息通道"), done=_("已停用。"), duty=Duty.MANAGE_AREAS, may=rules.can_end_channels,
    call=None, because=SECRET, lines={"orgs.end_channel": _("停用消息通道")}, aside=True, tone="danger",
)  # fmt: skip
def end_channel(unit, *, by, at, route: Annotated[str, Asked(_("通道"), among=queries.routes)]):
    """Tell a unit nothing more by this channel (停用消息通道)."""
    if not MessageChannel.objects.filter(organisation=unit, route=route, to_at=None).update(to_at=at):
        raise Refused(_("这个通道已经停用。"))
    journal.record(act="orgs.end_channel", subject=unit, by=by, at=at, area_code=unit.area_id, route=str(route))
    return unit


@act(
    TOLD_UNITS, "test_channel", words=_("发测试消息"), done=_("已交给后台发送,一两分钟内请看群里或信箱里收到没有;这一页会写明送到没有。"), duty=Duty.MANAGE_AREAS,
    may=rules.can_use_channels, call=None, because=SECRET, lines={"orgs.test_channel": _("发测试消息")},
)  # fmt: skip
def test_channel(unit, *, by, at):
    """Try a unit's channels with a message that says nothing (发测试消息)."""
    tell([unit], TEST, number="0", path="/", key=f"{TEST}:{uuid.uuid4()}", at=at)
    send.enqueue(str(unit.pk))
    journal.record(act="orgs.test_channel", subject=unit, by=by, at=at, area_code=unit.area_id)
    return unit
