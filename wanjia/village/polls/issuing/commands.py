"""Tick who takes a paper card, print the link of somebody away, sign his token blind."""

import hashlib
import re

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import act
from wanjia.kernel.command import command
from wanjia.verdict import Refused

from ...duties import Duty
from ...models import PollHome
from ...poll_states import PollState, Taken
from .. import pages, rules, secret
from ..subjects import HOMES

KEEPS = {"duty": Duty.KEEP_POLLS}
PAPER = {"call": None, "because": "a code is shown once, on paper, at a screen"}
HEX = re.compile(r"[0-9a-f]{1,1200}")


@act(HOMES, "poll_home_tick", at="tick", words=_("领了纸票"), done=_("已打钩。让户主自己从扣着的票里摸一张。"), **KEEPS, may=rules.can_tick, rank=10, lines={"poll_home.tick": _("登记领纸票")})
def tick_home(poll_home, *, by, at):
    """Tick a home that takes a paper card (登记领票): it draws one from the shuffled heap, and nobody notes which."""
    return _taken(poll_home, Taken.PAPER, "tick", by=by, at=at)


@act(HOMES, "poll_home_untick", at="untick", words=_("打错了钩"), done=_("已取消。"), **KEEPS, may=rules.can_untick, aside=True, tone="danger", lines={"poll_home.untick": _("取消打错的领票")})
def untick_home(poll_home, *, by, at):
    """Take back a tick that was put at the wrong home."""
    return _taken(poll_home, "", "untick", by=by, at=at)


def _taken(home, way, name, *, by, at):
    PollHome.objects.filter(pk=home.pk).update(taken=way)
    home.taken = way
    journal.record(act=f"poll_home.{name}", subject=home, by=by, at=at, area_code=home.poll.area_id)
    return home


@act(HOMES, "poll_home_link", at="link", words=_("打印手机领票小条"), **KEEPS, may=rules.can_link, rank=20, tone="quiet", then=pages.link, **PAPER, lines={"poll_home.link": _("打印手机领票小条")})
def print_link(poll_home, *, by, at):
    """Make the one-use link by which somebody away takes this home's token; an earlier one ends. Returns the line with `fresh` true: only then may its code be shown."""
    poll_home.link = secret.new_code()
    poll_home.save(update_fields=["link", "link_index"])
    journal.record(act="poll_home.link", subject=poll_home, by=by, at=at, area_code=poll_home.poll.area_id)
    poll_home.fresh = True
    return poll_home


@command("village.take_token")
def take_token(*, poll_home_id, hidden, by, at):
    """Sign what a telephone sends, without seeing it: once a home (手机领票证). The same sent again is signed again, for the line may have dropped. Returns the signature, hexadecimal."""
    home, at = HOMES.take(poll_home_id, at)
    if home.poll.state != PollState.ISSUING:
        raise Refused(rules.NOT_ISSUING)
    private, mark = secret.read_key(home.cls.private), hashlib.sha256(hidden.encode()).hexdigest()
    if not HEX.fullmatch(hidden) or not 1 < int(hidden, 16) < private.n - 1:
        raise Refused(rules.NO_TICKET)
    if home.taken and home.hidden != mark:
        raise Refused(rules.TAKEN)
    if not home.taken:
        PollHome.objects.filter(pk=home.pk).update(taken=Taken.PHONE, hidden=mark)
        journal.record(act="poll_home.token", subject=home, by=by, at=at, area_code=home.poll.area_id)
    return f"{secret.use(private, int(hidden, 16)):x}"
