"""Who may take a hazard, a round or a notice over."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.handing.queries import people_with
from wanjia.orgs.models.areas import STEM_DIGITS, Level
from wanjia.verdict import first_refusal

from ..duties import Duty

COUNTY = STEM_DIGITS[Level.COUNTY]
OF_ANOTHER = _("%(unit)s不在这个县,不能接手。")


def _near(unit, code):
    return (unit.area_id[:COUNTY] == code[:COUNTY], OF_ANOTHER % {"unit": unit.name})


def can_own(hazard, unit, day):
    """Decide whether a unit may answer for a hazard: of its county, with somebody who may look at it."""
    return first_refusal(_near(unit, hazard.county_id), (people_with(unit, day, Duty.INSPECT), _("%(unit)s没有能检查的人,不能接手隐患。") % {"unit": unit.name}))


def can_send(code, unit, day):
    """Decide whether a unit may send its people to a round in place of another's: of its county, with somebody who may look."""
    return first_refusal(_near(unit, code), (people_with(unit, day, Duty.INSPECT), _("%(unit)s没有能检查的人,不能接手检查。") % {"unit": unit.name}))


def can_lead(code, unit, day):
    """Decide whether a unit may lead a round, or answer for a notice, over an area: of its county, with somebody who may."""
    return first_refusal(_near(unit, code), (people_with(unit, day, Duty.LEAD_ROUNDS), _("%(unit)s没有能组织检查、签发通告、倡议的人,不能接手。") % {"unit": unit.name}))
