"""The clock's own hand: who climbs, and when."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.workdays.hours import CLOCK, in_hours
from wanjia.verdict import first_refusal


def can_climb(actor, *, at, calendar=None):
    """Decide whether the ladder is climbed now, by this actor: by the clock alone, within the hours of a working day."""
    return first_refusal(
        (actor is CLOCK, _("催办、督办、提级的阶梯由系统按时限走,不由人代走。要催的,请在诉求页上点“催办”。")),
        (in_hours(at, calendar), _("现在不是上班时间,到下一个工作日的早上再催。")),
    )
