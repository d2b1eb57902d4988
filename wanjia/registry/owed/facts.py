"""From rows of the register to the claimants that `policy.benefits` decides about: a fixed number of queries, however many homes."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from wanjia.policy.benefit_facts import Claimant, Paid, asked_on
from wanjia.policy.child_facts import Spell
from wanjia.policy.erased import NOBODY

from ..models import Absence, Benefit, DatedStatus, Membership, Parentage
from ..people.children import facts_of
from ..workbooks.benefits import span_of

ABLE, UNABLE = {"ordinary", "skilled", "weak"}, {"lost", "none"}


def with_leads():
    """The Q of homes of which anything is recorded that a benefit could rest on: of the others nothing is decided but noes."""
    members = Membership.objects.filter(household=OuterRef("pk"), to_on=None)
    own = _recorded("person") | Q(Exists(_lost_parents("person"))) | Q(person__labour__in=UNABLE)
    return Q(Exists(DatedStatus.objects.filter(household=OuterRef("pk")))) | Q(Exists(members.filter(own)))


def paid_to():
    """The Q of homes to somebody of which a subsidy was paid: their page says what is received."""
    return Q(Exists(Benefit.objects.filter(person__memberships__household=OuterRef("pk"), person__memberships__to_on=None)))


def pointed_at():
    """The Q of children of whom anything is recorded that aid could rest on: their own status, a parent's, or that of somebody at home."""
    homes = Membership.objects.filter(person=OuterRef(OuterRef("pk")), to_on=None).values("household")
    home = Membership.objects.filter(_recorded("person"), household__in=homes, to_on=None)
    return Q(Exists(DatedStatus.objects.filter(person=OuterRef("pk")))) | Q(Exists(_lost_parents("pk"))) | Q(Exists(home))


def _recorded(person):
    """The Q of rows whose person holds any status, or died."""
    return Q(Exists(DatedStatus.objects.filter(person=OuterRef(person)))) | Q(**{f"{person}__died_on__isnull": False})


def _lost_parents(child):
    """Return the parents on record of a row's child who hold any status, or died."""
    lost = Q(parent__died_on__isnull=False) | Q(parent__statuses__isnull=False)
    return Parentage.objects.filter(lost, child=OuterRef(child), ended_on=None)


def loaded(homes):
    """Prefetch `shown`."""
    return homes.prefetch_related(*shown())


def shown():
    """Return what benefits are decided from, as prefetches: of each home its statuses, and in `living` its members with theirs."""
    statuses = DatedStatus.objects.defer("evidence")
    members = Membership.objects.filter(to_on=None, person__merged_into=None, person__died_on=None).exclude(person__name__in=NOBODY)
    members = members.select_related("person").only(
        "household_id", "relation", "person__name", "person__village_id", "person__birth_on", "person__schooling", "person__labour",
        "person__work", "person__citizen_last4", "person__id_absent_reason",
    )  # fmt: skip
    theirs = (
        Prefetch("person__statuses", statuses), Prefetch("person__absences", Absence.objects.filter(for_work=True)),
        Prefetch("person__benefits", Benefit.objects.defer("account")),
    )  # fmt: skip
    return Prefetch("statuses", statuses), Prefetch("memberships", members.order_by("pk").prefetch_related(*theirs), to_attr="living")


def claim_of_home(home):
    """Return the home as a claimant. What was paid to a child is told nowhere but beside the child."""
    grown = [member.person for member in home.living if not member.person.is_protected]
    return Claimant(
        "home", home=_spells(home.statuses.all()), income_yuan=home.income_yuan, income_year=home.income_year, heads=len(home.living),
        paid=tuple(paid for person in grown for paid in _paid(person)),
    )  # fmt: skip


def claim_of(person, home):
    """Return a member of a loaded home as a claimant of what is for persons."""
    return Claimant(
        "person", person.birth_on, _has_hukou(person), person.labour, person.work, person.schooling, _spells(person.statuses.all()),
        _spells(home.statuses.all()), tuple(Spell("away", one.place, one.from_on, one.to_on) for one in person.absences.all()),
        _paid(person), _others_able(person, home),
    )  # fmt: skip


def claim_of_child(person, child, day):
    """Return a child, or who was one and is at school, as a claimant. child: the same person, loaded by people.children, or None."""
    known = child and facts_of(child, asked_on(person.birth_on, day))
    return Claimant("child", person.birth_on, _has_hukou(person), schooling=person.schooling, paid=_paid(person), child=known)


def _has_hukou(person):
    return False if person.id_absent_reason == "not_registered" else True if person.citizen_last4 else None


def _spells(rows):
    return tuple(Spell(row.scheme, row.code, row.from_on, row.to_on, row.grade) for row in rows)


def _paid(person):
    return tuple(Paid(one.scheme, *span_of(one.period)) for one in person.benefits.all())


def _others_able(person, home):
    """Whether another grown-up of the home can work; None where of one of them nobody said. Of a child nothing is read: it need support nobody."""
    said = {member.person.labour for member in home.living if member.person_id != person.pk and not member.person.is_protected}
    return True if said & ABLE else None if said - UNABLE else False
