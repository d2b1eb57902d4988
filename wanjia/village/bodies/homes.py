"""Homes and villages as acts of every room let choose them: by the duty that the room asks for."""

from django.db.models import Q
from django.forms import HiddenInput, ModelChoiceField, Select
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Asked
from wanjia.orgs import scope
from wanjia.orgs.areas.queries import villages_for
from wanjia.orgs.fields import only, searched
from wanjia.policy.identity import fold
from wanjia.registry.finding import grown_up, meaning
from wanjia.registry.memberships import heads_of
from wanjia.registry.models import Household, Membership, Person
from wanjia.verdict import first_refusal

from .rules import OUT_OF_REACH

NO_HOME = _("这一户不在这个村,或者已经没有人。")


def homes_in(actor, duty):
    """The homes of villages where the actor has the duty, that somebody lives in."""
    return Household.objects.filter(scope.in_reach(actor, area="village_id", duty=duty), memberships__isnull=False, memberships__to_on=None).distinct()


def is_home_of(actor, home, duty):
    """Decide whether a home is of a village where the actor has the duty, with somebody in it."""
    return first_refusal((homes_in(actor, duty).filter(pk=home.pk).exists(), NO_HOME))


def with_names(rows):
    """Return homes as a list from which one is chosen: in order, each with its head's name."""
    return named(list(rows.select_related("village").order_by("village_id", "group_name", "number")))


def named(homes):
    """Give homes their heads' names."""
    heads = heads_of(homes)
    for home in homes:
        home.head = heads.get(home.pk, ("",))[0]
    return homes


def homes_for(duty):
    """Return what an act lets choose: (row, actor, day) → the homes where the actor has `duty`, with their heads' names."""
    return lambda _row, actor, _day: with_names(homes_in(actor, duty))


def words_of_home(home):
    """Return a home as lists offer it: its head, group and number."""
    return " · ".join(filter(None, (getattr(home, "head", ""), home.group_name, home.number)))


def named_home(home):
    """Return one home in the same words, its head looked up: for pages of whoever deals with this home."""
    return words_of_home(named([home])[0])


def sought(text, home):
    """Return the condition that a row's home is the one somebody looks for: by the name of a grown-up who lives there, its number or its group. home: the row's field.

    No name, sound or initial of a child leads anywhere: whoever types it here would learn where the child lives, and nobody would write it down.
    """
    home_is = Q(**{f"{home}__number__icontains": text}) | Q(**{f"{home}__group_name__icontains": text})
    if text.isdigit():  # a number of somebody finds nobody here
        return home_is
    people = Person.objects.filter(meaning(fold(text), children=Q(pk__in=())), grown_up(), merged_into=None)
    return home_is | Q(**{f"{home}__in": Membership.objects.filter(to_on=None, person__in=people).values("household")})


def to_choose(duty, *none):
    """Return what `Asked` needs to ask for a home: which a call may name, which the page offers, and how. none: the words for no home."""
    return {"named": lambda _row, actor, _day: homes_in(actor, duty), **searched(homes_for(duty), words_of_home, *none)}


def own_village(duty):
    """Return what a form begins with: (row, actor, day) → the one village where the actor has `duty`; whoever has several is asked which."""
    return only(villages_for(duty))


def asked_village(duty, words=_("村(社区)")):
    """Return how an act asks for its village: among those where the actor has `duty`. Whoever has only one is not asked: the form carries it."""
    return Asked(words, among=villages_for(duty), within=OUT_OF_REACH, initial=own_village(duty), field=_village_field(duty))


def _village_field(duty):
    def field(row, actor, day, **given):
        widget = HiddenInput if own_village(duty)(row, actor, day) else Select
        return ModelChoiceField(villages_for(duty)(row, actor, day), widget=widget, empty_label=_("请选择"), **given)

    return field
