"""Who publishes the boards of a township, and of which quarter."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.duties import Duty
from wanjia.verdict import first_refusal

QUARTERS = ("03", "06", "09", "12")  # the months with which a quarter ends


def can_publish(actor, _area, month, day):
    """Decide whether the actor may publish the boards of a township: somebody who answers for what leaves, of a quarter that is over."""
    return first_refusal(
        (actor.has_duty(Duty.APPROVE_EXPORT), _("公示是对外公开,由分管领导签发。")),
        (month[4:] in QUARTERS and quarter(month)[1] < day, _("公示按季度,一个季度过完了再出:月份选 3、6、9、12 月。")),
    )


def quarter(month):
    """Return the first and the last day of the quarter that ends with a month (yyyymm)."""
    year, last = int(month[:4]), int(month[4:])
    return date(year, last - 2, 1), date(year + last // 12, last % 12 + 1, 1) - date.resolution
