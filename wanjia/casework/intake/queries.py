"""Find the home whose need is voiced; its people to choose from; what it has on the ledger already."""

from django.core.exceptions import ValidationError
from django.db.models import Q

from wanjia.casework.duties import Duty
from wanjia.doors.words import said
from wanjia.kernel.erasure import WORD
from wanjia.orgs import scope
from wanjia.orgs.areas.queries import villages_for
from wanjia.orgs.models import Area
from wanjia.policy.mandates import in_force
from wanjia.registry.duties import Duty as RegistryDuty
from wanjia.registry.households.queries import found
from wanjia.registry.households.rules import visible_households
from wanjia.registry.memberships import members_on
from wanjia.registry.models import Membership, VisitFinding
from wanjia.registry.visits.rules import visible_visits

from ..models import Need
from ..rules import SEES, visible_needs
from ..states import OPEN

SHOWN = 12
villages_of = villages_for(Duty.RECORD_NEEDS)


def mandates(_need, _actor, day):
    """Return [(code, words)] of the tags that may be given today."""
    return [(one["code"], said(one)) for one in in_force(day)]


def homes_found(actor, text):
    """Return up to SHOWN visible homes that `text` may mean, each with `head_name`: two queries."""
    if not may_search(actor):
        return []
    homes = list(found(actor, text).select_related("village__parent").order_by("village_id", "number")[:SHOWN])
    heads = Membership.objects.filter(household__in=homes, relation="户主", to_on=None).select_related("person")
    names = {head.household_id: head.person.shown_name for head in heads}
    for home in homes:
        home.head_name = names.get(home.pk, "")
    return homes


def home(actor, household_id):
    """Return the visible home, or None."""
    if not (household_id and may_search(actor)):
        return None
    try:
        return visible_households(actor).select_related("village__parent").filter(pk=household_id).first()
    except ValidationError:
        return None


def may_search(actor):
    """Tell whether the actor may look homes up; who may not still records a need by village and name."""
    return actor.has_duty(RegistryDuty.SEE_REGISTER)


def areas_of(_row, actor, _day):
    """Return the areas that a call may name: all that the actor sees; the rule says where needs are written for."""
    return Area.objects.filter(scope.in_reach(actor, area="code", duty=SEES))


def as_said(need, _actor, _day):
    """Return the sentence of a need as it stands."""
    return need.summary


def as_sorted(need, _actor, _day):
    """Return the category of a need as it stands."""
    return need.category


def homes_of(_row, actor, _day):
    """Return the homes that a call may name."""
    return visible_households(actor, duty=Duty.RECORD_NEEDS)


def with_township(village):
    """Say a village with its township before it."""
    return f"{village.parent.short_name} · {village.short_name}"


def people_of(household, day):
    """Return the memberships of a home today."""
    return list(members_on(household, day)) if household else []


def source_of(finding):
    """Return the words by which a need remembers the finding it was made of: so none is taken twice."""
    return f"visit:{finding.pk}"


def findings_of(visit):
    """Return [(finding, need or None)] of the difficulties voiced in a visit: two queries."""
    findings = list(visit.findings.filter(is_wish=False).select_related("requester"))
    rows = Need.objects.filter(source_file__in=map(source_of, findings)).select_related("village", "holder")
    made = {need.source_file: need for need in rows}
    return [(one, made.get(source_of(one))) for one in findings]


def waiting_of(visit, _actor, _day):
    """Return [(id, words)] of what was voiced in a visit and stands on no ledger yet."""
    return [(str(finding.pk), finding.words) for finding, need in findings_of(visit) if need is None]


def held_back(actor, since):
    """Return what was voiced since a moment in visits on which the actor went and stands on no ledger yet, the latest first: two queries.

    It may be the same as a need that stands: sent later from a phone, it was held back with nobody looking.
    """
    mine = VisitFinding.objects.filter(visit__in=visible_visits(actor), visit__visitors=actor.pk, is_wish=False, recorded_at__gte=since)
    said = [one for one in mine.select_related("visit__household").order_by("-recorded_at", "pk") if one.words != WORD]
    made = set(Need.objects.filter(source_file__in=map(source_of, said)).values_list("source_file", flat=True)) if said else ()
    return [one for one in said if source_of(one) not in made]


def same_needs(actor, category, *, village, household=None, name="", but=()):
    """Return the open needs, visible to the actor, that a new one of this category may repeat, newest first.

    Of the same home; outside the register, under the same name in the same village. but: what needs were made of that are not meant.
    """
    there = Q(household=household) if household else Q(pk__in=[])
    there |= Q(household=None, village=village, requester_name=name) if name else Q()
    rows = visible_needs(actor).filter(there, category=category, state__in=OPEN).exclude(source_file__in=but)
    return rows.select_related("holder").order_by("-recorded_at", "pk")


def same_as(finding, visit, actor):
    """Return the open needs that a finding may repeat; what was said in one breath in the same visit was meant as several."""
    home, here = visit.household, map(source_of, visit.findings.all())
    return same_needs(actor, finding.category, village=home.village, household=home, but=list(here))
