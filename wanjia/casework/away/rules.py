"""What may be voiced from away by a slip: for the home of the slip, one at a time, a few in a month."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.registry.memberships import home_now
from wanjia.verdict import first_refusal

from ..models import Need
from ..states import OPEN, Channel, NeedState

DAYS, MOST = 30, 3


def voiced(household):
    """Return the needs of a home that were voiced from away."""
    return Need.objects.filter(household=household, channel=Channel.SLIP)


def can_voice(need, at):
    """Decide whether the slip of this need may voice another one for the home: of a home of the register, not while one waits to be judged.

    For the home in which its people live now: what they moved out of has nobody at home.
    """
    home = home_now(need.household)
    return first_refusal(
        (need.household is not None, _("这张小条没有对上户,请打电话给村里,由村里登记。")),
        (home is not None, _("登记里这一户的人已经搬走了,请打电话给村里,由村里登记。")),
        (
            home is None or not voiced(home).filter(state=NeedState.REGISTERED).exists(),
            _("上一件凭小条说的还没有判定,等有了答复再说下一件。急的请打小条上的电话。"),
        ),
        (
            home is None or voiced(home).filter(recorded_at__gt=at - timedelta(days=DAYS)).count() < MOST,
            _("凭小条 %(days)s 天里最多说 %(n)s 件,再有请打电话给村里。") % {"days": DAYS, "n": MOST},
        ),
    )


def is_another(need, category, another):
    """Decide whether it is another matter than the one on the slip: of the same kind and still open, one must say so. No other need is named."""
    return first_refusal(
        (another or need.state not in OPEN or category != need.category, _("您看的这件就是这一类,还在办。确实是另一件的,请勾选“这是另一件”。")),
    )
