"""Who counts a poll: people whom the house knows, by the rolls and the bodies of a day. The board bears what they are, not who (rules f.7)."""

import re
from itertools import combinations

from django.db.models import Q
from django.utils import translation

from wanjia.orgs.fields import searched
from wanjia.registry.models import Membership, Person

from ..bodies.rolls import adults
from ..models import BodySeat
from ..states import BodyKind

VILLAGER = "村民"


def seats(area_id, day):
    """The seats of a village's bodies on a day, the supervision committee's first."""
    rows = BodySeat.objects.on(day).filter(body__area=area_id, body__to_on=None).select_related("person", "body").order_by("body__kind", "office", "pk")
    return sorted(rows, key=lambda one: one.body.kind != BodyKind.SUPERVISION)


def offices(area_id, day):
    """Return {person id: (what he is in the village's bodies on a day, whether he supervises)}; of several seats the first."""
    found = {}
    with translation.override("zh-hans"):
        for one in seats(area_id, day):
            said = f"{one.body.get_kind_display()}{one.get_office_display().partition('(')[0]}"
            found.setdefault(one.person_id, (said, one.body.kind == BodyKind.SUPERVISION))
    return found


def office_of(person, told):
    """Return what the board calls somebody: his office, or a villager."""
    return told.get(person.pk, (VILLAGER, False))[0]


def supervises(person, told):
    """Tell whether somebody is of the supervision committee."""
    return told.get(person.pk, (VILLAGER, False))[1]


def known(area_id, day):
    """The people who may count: adults of the village's roll and who sits in its bodies on a day; nobody dead or entered twice."""
    seated = [one.person_id for one in seats(area_id, day)]
    return Person.objects.filter(Q(pk__in=adults(area_id, "", day)) | Q(pk__in=seated), merged_into=None).exclude(died_on__lte=day)


def to_choose(row, _actor, day):
    """Return [(person, words)] from whom two who count are chosen, whoever sits in a body first."""
    if row is None:
        return []
    told = offices(row.area_id, day)
    rows = sorted(known(row.area_id, day).order_by("pinyin", "pk"), key=lambda one: one.pk not in told)
    return [(one, f"{one.shown_name} · {office_of(one, told)}") for one in rows]


def to_supervise(row, actor, day):
    """Return [(person, words)] of the supervision committee."""
    told = offices(row.area_id, day) if row else {}
    return [(one, words) for one, words in to_choose(row, actor, day) if supervises(one, told)]


def _named(row, _actor, day):
    return known(row.area_id, day) if row else Person.objects.none()


CHOSEN = {"named": _named, **searched(to_choose)}
SUPERVISING = {"named": _named, **searched(to_supervise)}


def joined(text):
    """Return who looked on as the board says it: typed with any comma, told with 、 between."""
    return "、".join(one.strip() for one in re.split("[,,、]", text) if one.strip())


def _together(text):
    return "".join(text.split())


def _is_one(one, other):
    number = one.citizen_id and one.citizen_id.upper() == other.citizen_id.upper()
    born = (one.birth_on == other.birth_on or None in (one.birth_on, other.birth_on)) and _together(one.name) == _together(other.name)
    return one.pk == other.pk or bool(number) or born


def repeated(people):
    """Tell whether two of these are one person: one record, or one number, or one name born on one day, or on a day that is not known of one of them."""
    return any(_is_one(one, other) for one, other in combinations(people, 2))


def voted_on(poll, people, day):
    """Tell whether a vote is about one of these: he lives in a home that stands in it, or is named in its question or an option."""
    lives = Q(household__in=poll.homes.filter(stands=True).values("household"), person__in=people)
    words = [_together(said) for said in (poll.question, *(one for cls in poll.classes.all() for one in cls.options))]
    return (Membership.objects.on(day) | Membership.objects.on(poll.roll_on)).filter(lives).exists() or any(_together(one.name) in said for one in people for said in words)
