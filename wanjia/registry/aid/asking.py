"""What may be chosen in the forms of aid."""

from wanjia.doors.words import said
from wanjia.policy import aid
from wanjia.policy.benefits import benefits

from ..memberships import members_on
from ..models import Person
from ..people.rules import opens_for
from . import rules


def grounds(_status, _actor, _day):
    """Return [(code, words)] of the grounds of a cut."""
    return [(code, said(one)) for code, one in aid.grounds().items()]


def effect(cut, _actor, day):
    """Return the first day on which a cut may take effect."""
    return rules.effect_from(cut, day)


def benefits_of_home(home, actor, _day):
    """Return [(code, words)] of the benefits that a home may have asked for; a child's only for whom children's files open."""
    young = rules.opens_young(actor, home)
    return [(code, said(rule)) for code, rule in benefits().items() if young or rule["of"] != "child"]


def members(home, actor, day):
    """Return the members of the home for whom it may have been asked: of children those whose files open."""
    people = [one.person for one in members_on(home, day)]
    opened = opens_for(actor, [one for one in people if one.is_protected])
    return Person.objects.filter(pk__in=[one.pk for one in people if not one.is_protected or one.pk in opened])


def went_to(status, _actor=None, _day=None):
    """Return the one home with which the aid of an empty one goes, as a query set of one or none."""
    return rules.goes_to(status)


def number_of(home):
    """Return how such a home is called in the choice: whoever lives there may be no business of the reader's."""
    return f"{home.number} · {home.village.short_name}"


def called(person):
    """Return how a member is called in the choice: a child by its initials, as on every list."""
    return person.shown_name
