"""Whether a notice may be objected to from its page, and how often one address may; and why not."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.policy import proposing as policy
from wanjia.verdict import first_refusal

from ..bodies.tries import Tries
from ..deciding.rules import OVER, WITHDRAWN, is_up
from ..models import Objection

TOO_OFTEN = _("这个网络一小时里提得太多,请过一会儿再提,或者打电话、写张纸条给村里。")
FULL = _("今天从网页提的太多,请打电话、写张纸条给村里,一样答复。")
_sent = Tries()
note_sent = _sent.note


def may_tell(notice, at):
    """Decide whether somebody may object to a notice from its page: while it is up, and not too many have this day."""
    lately = Objection.objects.filter(notice=notice, told_by=None, told_at__gt=at - timedelta(days=1)).count()
    return first_refusal((notice.withdrawn_on is None, WITHDRAWN), (is_up(notice, today(at)), OVER), (lately < policy.in_force(today(at)).per_day, FULL))


def may_send(address, day):
    """Decide whether one more may come from an address this hour."""
    return first_refusal((_sent.count(address) < policy.in_force(day).per_hour, TOO_OFTEN))
