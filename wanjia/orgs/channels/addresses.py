"""What an office pastes as the address of a channel, and the address that apprise knows it by. No other kind of address is taken."""

import re
from urllib.parse import parse_qs, quote, urlsplit

from django.utils.translation import gettext_lazy as _

from wanjia.verdict import Refused

from ..models import Route

TOKEN = re.compile(r"[A-Za-z0-9_-]{6,128}")
# (host, path, where the token stands in the query; None: it ends the path)
ROBOTS = {
    Route.WECOM: ("qyapi.weixin.qq.com", "/cgi-bin/webhook/send", "key", "wecombot://"),
    Route.DINGTALK: ("oapi.dingtalk.com", "/robot/send", "access_token", "dingtalk://"),
    Route.FEISHU: ("open.feishu.cn", "/open-apis/bot/v2/hook/", None, "feishu://"),
}


def read(route, text, secret=""):
    """Return apprise's address for what was pasted. Raises Refused with how it must look: a robot of another host is none."""
    text = text.strip()
    return _mail(text) if route == Route.MAIL else _robot(Route(route), text, secret.strip())


def _robot(route, text, secret):
    host, path, name, scheme = ROBOTS[route]
    parts = urlsplit(text)
    token = parse_qs(parts.query).get(name, [""])[0] if name else parts.path.removeprefix(path)
    if parts.scheme != "https" or parts.netloc != host or not parts.path.startswith(path) or not TOKEN.fullmatch(token):
        raise Refused(_("请从%(route)s的设置里复制 Webhook 地址,整段粘贴,以 https://%(host)s 开头。") % {"route": route.label, "host": host})
    if secret and route == Route.DINGTALK:
        return f"{scheme}{quote(secret, safe='')}@{token}"
    return scheme + token


def _mail(text):
    parts = urlsplit(text)
    to = parse_qs(parts.query).get("to", [""])[0]
    if parts.scheme != "mailtos" or not (parts.hostname and parts.username and parts.password) or "@" not in to:
        raise Refused(_("邮件地址写成 mailtos://账号:密码@发信服务器:465?to=收信地址&from=发信地址 ,密码里的特殊符号要按网址转写。"))
    return text
