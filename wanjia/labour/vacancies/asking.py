"""What may be chosen in the forms about vacancies."""

from django.utils.translation import gettext as _

from wanjia.policy.labour_sectors import tags

from ..models import Agreement, Vacancy
from . import queries

HOME_BY = ("16:30", "17:40", "18:30", "19:30")


def home_by(_row, _actor, _day):
    """Return the hours by which somebody who has a family to look after may be home."""
    return [(one, one) for one in HOME_BY]


def agreements(row, _actor, day):
    """Return the agreements in force through which a vacancy of this employer may come: with the employer itself, or with a place."""
    employer = row.employer_id if isinstance(row, Vacancy) else row.pk
    running = Agreement.objects.filter(from_on__lte=day, until_on__gt=day, ended_on=None)
    return running.filter(employer=employer) | running.filter(employer=None)


def spells(vacancy, actor, _day):
    """Return the spells that may have come about through a vacancy."""
    return queries.candidates(vacancy, actor)


def visible_spells(_vacancy, actor, _day):
    """Return the spells that a call may name: of labourers whom the actor keeps; the act says whether they may be named now."""
    return queries.kept_spells(actor)


def age(name):
    """Return an age at the start: nothing where none was said."""
    return lambda row, _actor, _day: (getattr(row, name) or None) if isinstance(row, Vacancy) else None


def spell_words(spell):
    """Return how a spell is called in the choice."""
    person = spell.worker.person
    return _("%(who)s · %(village)s · %(day)s 起") % {"who": person.shown_name, "village": person.village.short_name, "day": spell.from_on}


def own(name, new=None):
    """Return what stands at the start of a field when a vacancy is changed; of a new one `new`, or nothing."""
    return lambda row, _actor, _day: getattr(row, name) if isinstance(row, Vacancy) else new


def place_at_first(row, _actor, _day):
    """Return the work place at the start: the vacancy's own, or where its employer stands."""
    return row.place


def sectors_at_first(row, _actor, _day):
    """Return the tags at the start: the vacancy's own, or its employer's that still stand."""
    return [one for one in row.sectors if one in tags()]
