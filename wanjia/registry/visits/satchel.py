"""What a visitor takes along to a home without signal: today's visits, the form of each, and the home."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.doors.kinds import Carried
from wanjia.registry.duties import Duty

from ..memberships import heads_of
from .queries import of_today

VISITS = 8  # more than a day holds


def carried(user, day):
    """List the pages of today's visits, of those that are past their day too."""
    visits = list(of_today(user, day)[:VISITS]) if user.has_duty(Duty.VISIT) else []
    heads = heads_of([one.household for one in visits])
    pages = [Carried(reverse("registry:visits"), _("入户走访"))] if visits else []
    for one in visits:
        whose = {"whose": heads.get(one.household_id, (one.household.number,))[0]}
        pages.append(Carried(reverse("registry:visit_record", args=[one.pk]), _("记录走访:%(whose)s") % whose, act=True))
        if user.has_duty(Duty.SEE_REGISTER):
            pages.append(Carried(reverse("registry:household", args=[one.household_id]), _("家庭户:%(whose)s") % whose))
    return pages
