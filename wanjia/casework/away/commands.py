"""Voice a need for those at home, from away, under the household's slip."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.command import command
from wanjia.orgs.locks import hold
from wanjia.registry.memberships import home_now
from wanjia.verdict import Refused

from ..commands import note_step, take
from ..intake.commands import open_need, speaker_of
from ..models import Need
from ..slip.commands import fresh_slip
from ..states import Category, Channel
from . import rules


@command("casework.voice_from_away")
def voice_from_away(*, need_id, category, summary, by, at, another=False):
    """Open a need for the home of a slip (在外的家人凭小条说的): an ordinary one, to be judged; returns its own slip, shown once.

    need_id: the need whose slip is held; another: its holder says that it is not the matter he is looking at. It names nobody: who stands for the
    home is taken from the register, never from the slip, and whoever holds the slip learns nothing of the home but the new number.
    """
    seen, at = take(need_id, at)
    home = home_now(seen.household)
    hold(f"needs of|{home and home.pk}|")  # two who send at once are judged one after the other
    rules.can_voice(seen, at).or_raise()
    if category not in Category.values:
        raise Refused(_("请选择是哪一类事。"))
    if sum(sign.isalnum() for sign in summary) < 4:  # signs that nobody sees say nothing
        raise Refused(_("请说清楚是什么困难(至少 4 个字)。"))
    rules.is_another(seen, category, another).or_raise()
    asks = speaker_of(home)
    need = Need(
        village=home.village, household=home, requester=asks, requester_name=asks.name if asks else str(_("未写明")),
        requester_last4=asks.citizen_last4 if asks else "", requester_relation=str(_("在外的家人凭小条说")), channel=Channel.SLIP, category=category,
        summary=summary.strip()[:200],
    )  # fmt: skip
    open_need(need, by=by, at=at)
    slip = fresh_slip(need, at=at)
    note_step(need, "slip", by=by, at=at)
    return slip
