"""Where a need is written down without signal: for each home that is visited today, and for one that is not in the register."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.casework.duties import Duty
from wanjia.doors.kinds import Carried
from wanjia.registry.memberships import heads_of
from wanjia.registry.visits.queries import of_today
from wanjia.registry.visits.satchel import VISITS

from . import queries


def carried(user, day):
    """List the intake forms."""
    if not user.has_duty(Duty.RECORD_NEEDS):
        return []
    page = reverse("casework:record")
    homes = [one.household for one in of_today(user, day)[:VISITS]] if queries.may_search(user) else []
    heads = heads_of(homes)
    whose = [(home, heads.get(home.pk, (home.number,))[0]) for home in homes]
    of_homes = [Carried(f"{page}?household={home.pk}", _("登记诉求:%(whose)s") % {"whose": name}, act=True) for home, name in whose]
    return [*of_homes, Carried(f"{page}?new=1", _("登记诉求:不在户册里的人家"), act=True)]
