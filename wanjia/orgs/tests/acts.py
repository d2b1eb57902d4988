"""How the acts on a unit's channels are done rightly, and how each of their refusals is met: what the house's generated tests try."""

from datetime import date

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried

from ..channels.commands import end_channel, set_channel
from ..models import User

ROBOT = {"route": "wecom", "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0a1b2c3d-4e5f"}


def admin(world):
    """The administrator, read anew."""
    return User.objects.get(pk=world.admin.pk)


def told(world):
    """The civil affairs bureau, which is told by a robot."""
    set_channel(unit_id=world.civil.pk, **ROBOT, by=admin(world), at=MONDAY)
    return {"unit_id": world.civil.pk}


def ended(world, what):
    """The unit was ended meanwhile."""
    type(world.civil).objects.filter(pk=what["unit_id"]).update(to_on=date(2026, 10, 1))


def off(world, what):
    """Its one channel was ended meanwhile."""
    end_channel(unit_id=what["unit_id"], route="wecom", by=admin(world), at=MONDAY)


ACTS = {
    "orgs.set_channel": Tried("admin", lambda w: {"unit_id": w.civil.pk} | ROBOT, {"address": ROBOT["address"] + "9"}, may="administrator", spoil={
        "您的岗位没有设置消息通道的权限。": Felt(by="clerk"),
        "这个单位已经撤并。": Felt(before=ended),
        "请从%(route)s的设置里复制 Webhook 地址,整段粘贴,以 https://%(host)s 开头。": Felt(what={"address": "https://evil.example.com/cgi-bin/webhook/send?key=0a1b2c3d"}),
        "邮件地址写成 mailtos://账号:密码@发信服务器:465?to=收信地址&from=发信地址 ,密码里的特殊符号要按网址转写。": Felt(what={"route": "mail", "address": "yongshan@example.com"}),
    }),
    "orgs.end_channel": Tried("admin", lambda w: told(w) | {"route": "wecom"}, {"route": "feishu"}, may="administrator", spoil={
        "这个单位还没有设消息通道。": Felt(before=off),
        "这个通道已经停用。": Felt(what={"route": "feishu"}),
    }),
    "orgs.test_channel": Tried("admin", told, {"words": "另一句话"}, may="administrator"),
}  # fmt: skip
