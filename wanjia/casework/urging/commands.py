"""Urge the unit that holds a late need."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Asked, act

from ..commands import note_step
from ..subjects import NEEDS
from . import rules


@act(NEEDS, "urge", words=_("催办"), done=_("已催办,主办单位的工作台上会标出来。"), duty=rules.URGES, may=rules.can_urge, aside=True, rank=60, several=True)
def urge_need(need, *, by, at, words: Annotated[str, Asked(_("催办意见"), rows=2, most=200)] = ""):
    """Remind the unit that holds a late need (催办): a line in its timeline and a mark on its desk; no clock and no owner changes."""
    note_step(need, "urge", by=by, at=at, words=words.strip())
    return need
