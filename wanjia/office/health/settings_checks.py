"""What the doctor sees in the settings: secrets, hosts, HTTPS, proxies, second factor, demo accounts."""

import ipaddress

from django.conf import settings
from django.utils.translation import gettext_noop as _

from ..models import Kind
from ..starting import queries as starting
from .findings import GREEN, RED, YELLOW, Finding

LOCAL = {"127.0.0.1", "localhost", "[::1]", "testserver"}


def checks():
    """The looks of this file, in the order in which they are told."""
    return (debug, secret, hosts, https, proxies, second_factor, installation, demo_accounts)


def debug():
    """Whether errors show the inside of the program."""
    if settings.DEBUG:
        return Finding("debug", RED, _("调试开关开着:出错时会把内部数据显示给任何人。"), _("从 wanjia.env 或环境里去掉 WANJIA_DEBUG=1,再重新启动。"), blocks=True)
    return Finding("debug", GREEN, _("调试开关关着。"))


def secret():
    """Whether the key that signs sessions can be guessed."""
    key = settings.SECRET_KEY
    if len(key) < 40 or len(set(key)) < 10:
        return Finding("secret", RED, _("会话签名密钥太短,可能被猜中。"), _("在 wanjia.env 里写一个新的 WANJIA_SECRET_KEY(wanjia django shell -c \"import secrets; print(secrets.token_urlsafe(50))\"),再重新启动;大家要重新登录。"), blocks=True)  # fmt: skip
    return Finding("secret", GREEN, _("会话签名密钥够长。"))


def _public():
    return [host for host in settings.ALLOWED_HOSTS if host not in LOCAL]


def hosts():
    """Which names the office answers to."""
    if "*" in settings.ALLOWED_HOSTS:
        return Finding("hosts", RED, _("任何域名都能访问,别人可以冒用地址骗取登录。"), _("在 wanjia.env 里把 WANJIA_HOSTS 写成本单位的域名,用逗号分开。"), blocks=True)
    if not _public():
        return Finding("hosts", YELLOW, _("没有填域名,只能在这台机器上打开。"), _("在 wanjia.env 的 WANJIA_HOSTS 里加上域名,并设 WANJIA_SECURE=1。"))
    return Finding("hosts", GREEN, _("域名:%(hosts)s。"), facts={"hosts": "、".join(_public())})


def https():
    """Whether passwords travel sealed."""
    if settings.WANJIA_SECURE:
        return Finding("https", GREEN, _("只用 HTTPS,Cookie 带安全标记。"))
    if _public():
        return Finding("https", RED, _("填了域名却没有开 HTTPS:密码会明文经过网络。"), _("给代理装上证书(见 deploy/ 里的例子),在 wanjia.env 里设 WANJIA_SECURE=1。"), blocks=True)
    return Finding("https", YELLOW, _("没有开 HTTPS,只适合在这台机器上试用。"), _("正式使用前装上证书,设 WANJIA_SECURE=1。"))


def proxies():
    """Whether callers are told apart behind the proxy."""
    for address in settings.WANJIA_PROXIES:
        try:
            ipaddress.ip_network(address, strict=False)
        except ValueError:
            return Finding("proxies", RED, _("可信代理“%(address)s”不是一个 IP 地址。"), _("在 wanjia.env 的 WANJIA_PROXIES 里写代理的 IP 地址,用逗号分开。"), {"address": address}, blocks=True)
    if settings.WANJIA_SECURE and not settings.WANJIA_PROXIES:
        return Finding("proxies", RED, _("没有登记可信代理:所有人看起来都来自同一个地址,HTTPS 也认不出来。"), _("在 wanjia.env 里写 WANJIA_PROXIES=127.0.0.1(代理在别的机器上就写它的地址)。"))
    return Finding("proxies", GREEN, _("可信代理:%(all)s。"), facts={"all": "、".join(settings.WANJIA_PROXIES) or "—"})


def second_factor():
    """Whether those who see much prove themselves twice."""
    if settings.WANJIA_REQUIRE_TOTP:
        return Finding("second_factor", GREEN, _("看得到敏感信息的岗位必须用动态口令。"))
    return Finding("second_factor", YELLOW, _("没有要求动态口令:一个泄露的密码就能看到敏感信息。"), _("在 wanjia.env 里设 WANJIA_REQUIRE_TOTP=1。"))


def installation():
    """Whether the office was opened, and as what."""
    found = starting.installation()
    if found is None:
        return Finding("installation", YELLOW, _("还没有开办:数据库里没有登记是哪个县。"), _("运行 wanjia init。"))
    if found.kind == Kind.DEMO:
        return Finding("installation", RED, _("这是演示用的数据库。"), _("演示只用 wanjia demo --serve 打开;正式使用请在空文件夹里运行 wanjia init。"), blocks=True)
    administrators = starting.administrators().filter(is_active=True).count()
    if not administrators:
        return Finding("installation", RED, _("没有一个能用的系统管理员。"), _("运行 wanjia init,它只补上缺的;或用 wanjia people slip 账号 重发首次登录条。"))
    return Finding("installation", GREEN, _("已开办,系统管理员 %(n)s 人。"), facts={"n": administrators})


def demo_accounts():
    """Whether several accounts share one password: only planted ones do."""
    n = starting.planted()
    if n:
        return Finding("demo_accounts", RED, _("有 %(n)s 个账号共用同一个密码,是演示账号。"), _("这不是能正式使用的数据。请换一个空文件夹运行 wanjia init。"), {"n": n}, blocks=True)
    return Finding("demo_accounts", GREEN, _("没有演示账号。"))
