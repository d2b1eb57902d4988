"""What was true of labourers at the end of a day, from their spells, their homes' statuses and the days on the roll."""

from django.db.models import BooleanField, Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Substr

from wanjia.policy.labour import groups
from wanjia.registry.models import Membership

from ..models import Spell
from ..states import Place

FACTS = ("place", "how", "carried", "since_on", "lifted", "watched", "relocated", "verified_on")


def as_of(rows, day, _today=None):
    """Return the labourers on the roll at the end of `day` (None: now) with their facts as f_… columns. The village is the one that keeps the record now."""
    if day is None:
        return rows.filter(left_on=None).annotate(**{f"f_{name}": F(name) for name in FACTS})
    return rows.filter(on_the_roll(day)).annotate(**facts(day))


def on_the_roll(day):
    """Return the Q of labourers on the roll at the end of `day`."""
    return Q(entered_on__lte=day) & (Q(left_on=None) | Q(left_on__gt=day))


def facts(day):
    """Return the annotations of the facts of the end of `day`."""
    return {
        "f_place": place_on(day), "f_how": _of_spell(day, "how", Value("")), "f_carried": _of_spell(day, "carried", Value(False)),
        "f_since_on": Subquery(_running(day).values("from_on")[:1]), "f_verified_on": F("verified_on"),
        **{f"f_{name}": Exists(_held(day, schemes)) for name, schemes in groups().items()},
    }  # fmt: skip


def place_on(day):
    """Return the expression of where a labourer worked at the end of `day`."""
    return _of_spell(day, "place", Value(Place.NONE))


def way_on(day):
    """Return the expression of the first two digits of the area in which a labourer worked at the end of `day`, "" where it is not known."""
    return Substr(_of_spell(day, "area", Value("")), 1, 2)


def where_on(day):
    """Return the expression of the place at the end of `day` (None: now), "" for whoever was not on the roll."""
    on, place = (Q(left_on=None), F("place")) if day is None else (on_the_roll(day), place_on(day))
    return Case(When(on, then=place), default=Value(""), output_field=CharField())


def _running(day):
    """The spell that ran at the end of a day; should two have run, the one begun last."""
    return Spell.objects.filter(Q(to_on=None) | Q(to_on__gt=day), worker=OuterRef("pk"), from_on__lte=day).order_by("-from_on", "-pk")


def _of_spell(day, name, otherwise):
    kind = BooleanField() if name == "carried" else CharField()
    return Coalesce(Subquery(_running(day).values(name)[:1]), otherwise, output_field=kind)


def _held(day, schemes):
    """The statuses that a labourer's home held at the end of a day; from the person on, for of statuses there are too many."""
    held = {"household__statuses__scheme__in": schemes}
    begun = Q(household__statuses__from_on=None) | Q(household__statuses__from_on__lte=day)
    runs = Q(household__statuses__to_on=None) | Q(household__statuses__to_on__gt=day)
    return Membership.objects.on(day).filter(begun, runs, person=OuterRef("pk"), **held)
