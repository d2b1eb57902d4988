"""Who may finish a hand-over that stands."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.kernel.command import SystemActor
from wanjia.orgs.duties import Duty
from wanjia.verdict import first_refusal

from .queries import sees

AHEAD = 31  # days


def can_hand_over(actor, row):
    """Decide whether the actor may say who takes over what was left: a head or desk of its place or line, or whoever keeps accounts there."""
    return first_refusal(
        (actor.has_duty(Duty.HAND_OVER, Duty.MANAGE_USERS), _("您的岗位不能安排交接,请联系单位负责人或乡镇台账员。")),
        (sees(actor, row), _("这一项不在您的辖区。")),
        (row.done_at is None, _("这一项已经交接完了。")),
    )


def may_end_posts(actor, on, at):
    """Decide whether posts may end on a day: who stood in a unit while it worked on a need has a part in it, and no pen makes that undone. The installer may."""
    machine = isinstance(actor, SystemActor)
    return first_refusal(
        (machine or on >= today(at), _("离岗日期不能早于今天:谁在岗上经过手,事后不能改。")),
        # What is held goes over in the same act: far ahead of the day it would be taken from somebody who stays.
        (machine or on <= today(at) + timedelta(days=AHEAD), _("离岗日期最多写到 %(n)s 天以后:手上的事现在就交出去,人还没走。") % {"n": AHEAD}),
    )
