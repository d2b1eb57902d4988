"""What a request for a child's file is asked with: its purpose from a closed list, a place of the county."""

from wanjia.doors.words import in_english
from wanjia.orgs import scope
from wanjia.orgs.fields import FoundField
from wanjia.orgs.models import Area, Level
from wanjia.policy import access as policy

from .rules import ASKS

COUNTY_DIGITS = 6


def purposes(_row, _actor, day):
    """Return the closed list of purposes: [(code, words)]."""
    return [(code, words[in_english()]) for code, words in policy.in_force(day).purposes.items()]


def place(_row, actor, _day, **given):
    """Return a field that finds one village or township of the actor's county by a few letters."""
    field = FoundField(**given)
    here = next((area.code[:COUNTY_DIGITS] for area in scope.areas(actor, duty=ASKS)), "-")
    rows = Area.objects.filter(code__startswith=here, level__in=(Level.TOWNSHIP, Level.VILLAGE), to_on=None).select_related("parent").order_by("code")
    field.offer([(area, f"{area.parent.short_name} · {area.short_name}" if area.level == Level.VILLAGE else area.name) for area in rows])
    return field
