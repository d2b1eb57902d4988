"""What is asked of bodies: who sits in them on a day, how they are made up, whom a name in the village means."""

import re
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from wanjia.policy import mediation
from wanjia.policy import meetings as law
from wanjia.registry.models import Household
from wanjia.registry.models.homes import Sex
from wanjia.verdict import Refused

from ..duties import Duty
from ..models import BodySeat
from ..states import BodyKind, Office
from . import rolls
from .rules import visible_bodies

NOBODY = _("这个村(社区)的花名册里没有找到这个人。写全名,或者先在底数里登记。")
DIGITS, NUMBERED = "零一二三四五六七八九", re.compile("第?([0-9]{1,4}|[一二三四五六七八九十]{1,3})")
FOUND = 6  # bodies that the search box lists
SEVERAL = _("这个村(社区)有几个同名的人,请填身份证后四位。")


@dataclass(frozen=True)
class Part:
    """One thing that the law says of how a body is made up: words, what is, what should be, whether it holds."""

    words: object
    stands: str
    asked: str
    holds: bool


def listed(actor, day):
    """The bodies in reach that stand, with how many sit in them on a day."""
    sits = Count("seats", filter=Q(seats__from_on__lte=day) & (Q(seats__to_on=None) | Q(seats__to_on__gt=day)), distinct=True)
    return visible_bodies(actor).filter(to_on=None).select_related("area").annotate(sits=sits).order_by("area_id", "kind", "group_name", "pk")


def seats_on(body, day):
    """The seats of a body on a day, its head first."""
    order = {office: turn for turn, office in enumerate(Office.values)}
    rows = list(BodySeat.objects.on(day).filter(body=body).select_related("person", "body"))
    return sorted(rows, key=lambda one: (order[one.office], one.from_on, one.person.pinyin, str(one.pk)))


def village_seats(body, day):
    """The seats of all bodies of a body's village on a day: who may take the chair, or witness minutes."""
    return BodySeat.objects.on(day).filter(body__area=body.area_id, body__to_on=None).select_related("person", "body")


def person_called(village_id, name, last4, day):
    """Return the one adult of the village's roll with this name. Raises Refused where there is none, or several."""
    found = rolls.adults(village_id, "", day).filter(name=name.strip())
    if last4.strip():
        found = found.filter(citizen_last4=last4.strip().upper())
    found = list(found[:2])
    if len(found) != 1:
        raise Refused(SEVERAL if found else NOBODY)
    return found[0]


def groups_of(area_id):
    """The groups that the homes of a village name, in the order in which they are counted."""
    return sorted(Household.objects.filter(village=area_id).exclude(group_name="").order_by().values_list("group_name", flat=True).distinct(), key=in_turn)


def in_turn(name):
    """Return by what a group's name is sorted: 一组, 2组, 第十二小组 by their numbers, those without one after them."""
    found = NUMBERED.match(name)
    if found is None:
        return 1, 0, name
    if found[1].isascii():
        return 0, int(found[1]), name
    tens, ten, ones = found[1].rpartition("十")
    return 0, (DIGITS.find(tens) if tens else 1) * 10 * bool(ten) + (DIGITS.find(ones) if ones else 0), name


def is_over(body, day):
    """Tell whether the term of a body has run out on a day."""
    return body.term_until is not None and body.term_until <= day


def make_up(body, seats, day):
    """Return the Parts of what the law asks of a body's seats on a day; nothing for one of which it asks nothing."""
    rule = law.in_force(body.kind, day)
    if rule is None or not seats:
        return []
    found, women = [], sum(one.person.sex == Sex.FEMALE for one in seats)
    chosen = [one for one in seats if one.office != Office.EX_OFFICIO]
    if rule.elected:
        least = rule.elected.of(len(seats))
        found.append(Part(_("村民代表占组成人员"), f"{len(chosen)}/{len(seats)}", f"≥ {least}", len(chosen) >= least))
    if rule.women:
        ours = sum(one.person.sex == Sex.FEMALE for one in chosen)
        least = rule.women.of(len(seats))
        found.append(Part(_("妇女代表占组成人员"), f"{ours}/{len(seats)}", f"≥ {least}", ours >= least))
    if rule.homes_per_seat and chosen:
        homes, (low, high) = rolls.homes(body.area_id, body.group_name, day).count(), rule.homes_per_seat
        least, most = -(-homes // high), homes // low
        found.append(Part(_("每 %(low)s–%(high)s 户一名代表") % {"low": low, "high": high}, f"{len(chosen)}", f"{least}–{most}", least <= len(chosen) <= max(least, most)))
    if rule.least_seats:
        found.append(Part(_("成员代表多于 %(n)s 人") % {"n": rule.least_seats - 1}, f"{len(chosen)}", f"≥ {rule.least_seats}", len(chosen) >= rule.least_seats))
    if body.kind == BodyKind.COMMITTEE:
        found.append(Part(_("村民委员会有妇女成员"), f"{women}", "≥ 1", women >= 1))
    return [*found, *_mediates(body, len(seats), women, day)] if body.kind == BodyKind.MEDIATION else found


def _mediates(body, n, women, day):
    """Yield the Parts of a mediation committee (人民调解法第八条、第九条): three to nine, a woman among them, a term of three years."""
    one = mediation.in_force(day)
    yield Part(_("人民调解委员会三至九人"), f"{n}", f"{one.least_seats}–{one.most_seats}", one.least_seats <= n <= one.most_seats)
    yield Part(_("人民调解委员会有妇女成员"), f"{women}", f"≥ {one.least_women}", women >= one.least_women)
    last = one.term_end(body.from_on)
    yield Part(_("任期三年"), f"{body.term_until or '—'}", f"≤ {last}", body.term_until is not None and body.term_until <= last)


def matching(actor, text):
    """Find bodies for the search box, by name or by any other name that people use: {"bodies", "more"}; None for nothing, or for whoever sees none."""
    text = text.strip()
    if len(text) < 2 or not actor.has_duty(Duty.SEE_VILLAGE):
        return None
    named = Q(name__icontains=text) | Q(aliases__icontains=text)
    found = list(visible_bodies(actor).filter(named).select_related("area").order_by("area_id", "kind", "pk")[: FOUND + 1])
    return {"bodies": found[:FOUND], "more": len(found) > FOUND} if found else None
