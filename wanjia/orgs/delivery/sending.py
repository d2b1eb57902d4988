"""Send what a unit is told: what it is about, numbers, a link. Composed of nothing else, for a message has no other field."""

import logging

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from wanjia.kernel.brings import gather
from wanjia.sealing.fields import UNOPENED

MOST = 8  # numbers in one line
log = logging.getLogger(__name__)


def text_of(messages):
    """Return the text of what a unit is told at once: a line for each thing it is about, then one link. Always Chinese, as papers are."""
    abouts = {one.key: one for one in gather("MESSAGES")}
    with override("zh-hans"):
        lines = []
        for key, about in abouts.items():
            if numbers := sorted(one.number for one in messages if one.about == key):
                lines.append(_line(str(about.words), numbers))
        first = next((about for key, about in reversed(abouts.items()) if any(one.about == key for one in messages)), None)
    path = messages[0].path if len(messages) == 1 or first is None else reverse(first.place)
    return "\n".join([*(lines or [_("测试消息")]), home() + path])


def _line(words, numbers):
    more = _("等 %(n)s 件") % {"n": len(numbers)} if len(numbers) > MOST else ""
    return _("%(words)s:%(numbers)s%(more)s") % {"words": words, "numbers": "、".join(numbers[:MOST]), "more": more}


def home():
    """Return the address by which the office opens the house: WANJIA_ADDRESS, else its first host."""
    if settings.WANJIA_ADDRESS:
        return settings.WANJIA_ADDRESS.rstrip("/")
    host = next(iter(settings.ALLOWED_HOSTS), "127.0.0.1")
    return f"{'https' if settings.WANJIA_SECURE else 'http'}://{host}"


def deliver(channels, text):
    """Send a text by each channel; return whether it arrived by one of them at least. What fails is logged without its address."""
    arrived = [_by(channel, text) for channel in channels]  # by each, whatever became of the one before
    return any(arrived)


def _by(channel, text):
    import apprise  # it brings a hundred services along: only the worker pays for that

    # An address that does not open is none: the doctor names it.
    service = None if channel.address == UNOPENED else apprise.Apprise.instantiate(channel.address, suppress_exceptions=True)
    try:
        arrived = bool(service and service.notify(body=text, title=_("万家"), body_format=apprise.NotifyFormat.TEXT))
    except Exception as fault:
        log.warning("message failed by %s: %s", channel.route, type(fault).__name__)
        return False
    if not arrived:
        log.warning("message did not arrive by %s", channel.route)
    return arrived
