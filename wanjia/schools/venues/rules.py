"""Who sees which place and which round, who enters a place; and why not."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import InspectionRound, RoundVenue, Venue

NO_DUTY = _("您的岗位没有登记场所和检查的权限。")
OUT_OF_REACH = _("这个场所不在您的范围。")
ENDED = _("这个场所已经停用。")


def own_units(actor, *, duty):
    """Return the keys of the units in whose name the actor has the duty."""
    return [one.pk for one in scope.units(actor, duty=duty)]


def taking_part(actor, *, duty=Duty.SEE_VENUES, rounds=""):
    """Return the Q of rounds that a unit of the actor leads or sends people to. rounds: the path to them."""
    own = own_units(actor, duty=duty)
    sent = InspectionRound.objects.filter(teams__units__unit__in=own).values("pk")
    return Q(**{f"{rounds}lead__in": own}) | Q(**{f"{rounds}pk__in": sent})


def visible_rounds(actor, *, duty=Duty.SEE_VENUES):
    """Rounds of the areas of these posts, and those in which a unit of theirs takes part."""
    return InspectionRound.objects.filter(scope.in_reach(actor, duty=duty) | taking_part(actor, duty=duty))


def visible_venues(actor, *, duty=Duty.SEE_VENUES):
    """Places of the areas of these posts, and those on the list of a round in which a unit of theirs takes part."""
    listed = RoundVenue.objects.filter(taking_part(actor, duty=duty, rounds="round__")).values("venue")
    return Venue.objects.filter(scope.in_reach(actor, duty=duty) | Q(pk__in=listed))


def keeps(actor, _row=None):
    """May the actor enter places at all; where, the act judges."""
    return first_refusal((actor.has_duty(Duty.INSPECT), NO_DUTY))


def is_within(actor, area):
    """Decide whether a place in this area is the actor's to enter."""
    return first_refusal((scope.covers(actor, area.pk, duty=Duty.INSPECT), OUT_OF_REACH))


def can_keep(actor, venue):
    """May the actor change or end this place."""
    return first_refusal((actor.has_duty(Duty.INSPECT), NO_DUTY), (scope.covers(actor, venue.area_id, duty=Duty.INSPECT), OUT_OF_REACH), (venue.to_on is None, ENDED))
