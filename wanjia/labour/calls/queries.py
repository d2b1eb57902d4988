"""Whom to call next, what is known of each, and what makes a return likely: a page at a time."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wanjia.kernel.privacy import mask_phone
from wanjia.orgs.models import Level
from wanjia.orgs.scope import areas
from wanjia.policy.labour import fresh_on, risk_on
from wanjia.policy.statuses import months_after
from wanjia.registry.models import Absence

from ..duties import Duty
from ..figures.population import within
from ..keeping.queries import due
from ..models import Contact, Spell, Verified
from ..rounds.queries import running
from ..states import UNREACHED, Care, Ended, Place
from ..workers.queries import OWN, SHOWN
from ..workers.rules import visible_workers

MOST = 100  # a queue as long as this is named and counted no further


def own_village(actor):
    """Return the one village that somebody calls for, or None: of a wider reach a village is chosen first."""
    tops = areas(actor, duty=Duty.KEEP_LABOUR)
    return tops[0] if len(tops) == 1 and tops[0].level == Level.VILLAGE else None


def waiting(actor, area, day):
    """Return the labourers of an area who are to be called, the longest not verified first: what is known is stale, or a round runs and they were not
    asked since its first day. Whoever was tried today waits for another day.
    """
    first, end = area.span()
    wanted = due(day) | Q(verified_on__lt=Subquery(running(area.code, day).order_by().values("from_on")[:1]))
    tried = Contact.objects.filter(worker=OuterRef("pk"), on=day)
    rows = visible_workers(actor, duty=Duty.KEEP_LABOUR).filter(wanted, left_on=None, village_id__gte=first, village_id__lt=end)
    return rows.exclude(Exists(tried)).order_by("verified_on", "pk")


def to_call(rows):
    """Read of labourers what the list shows; the telephone with it, which is shown masked."""
    return rows.select_related("person", "village").only(*OWN, *SHOWN[:4], "person__id", "person__phone", "person__merged_into", "village__code")


@dataclass
class Row:
    """One labourer on the list: what was last known, why a return is likely, the telephone as lists show it."""

    row: object
    act: object = None  # no act's own form: what is sent goes to the list
    is_bound: bool = False
    spell: object = None
    last: object = None
    days: int = 0
    soon: bool = False
    phone: str = ""
    says_away: str = ""  # where the register says that they work, of whom no spell says so
    risks: list = field(default_factory=list)


def rows_of(workers, day, *, on_device=False):
    """Return [Row] of a page of labourers: six questions, however many. on_device: no telephone lies there."""
    ids, rule = [one.pk for one in workers], fresh_on(day)
    spells, lasts, risky, away = _spells(ids), _lasts(ids), risks(workers, day), _said_away(ids)
    return [
        Row(
            one, spell=spells.get(one.pk), last=lasts.get(one.pk), says_away="" if one.pk in spells else away.get(one.pk, ""), days=(day - one.verified_on).days, risks=risky[one.pk],
            soon=one.lifted or one.watched or one.relocated or (day - one.verified_on).days < rule.days,
            phone="" if on_device or one.person.is_protected or not one.person.phone else mask_phone(one.person.phone),
        )
        for one in workers
    ]  # fmt: skip


def _spells(ids):
    return {one.worker_id: one for one in Spell.objects.filter(worker__in=ids, to_on=None)}


def _said_away(ids):
    return dict(Absence.objects.filter(person__in=ids, to_on=None, for_work=True).values_list("person_id", "place"))


def _lasts(ids):
    found = {}
    for one in Contact.objects.filter(worker__in=ids).order_by("worker_id", "recorded_at", "pk"):
        found[one.worker_id] = one
    return found


def risks(workers, day):
    """Return {labourer id: [why a return is likely, in words]} of those who work somewhere: hints, no sentence on anybody."""
    rule, ids = risk_on(day), [one.pk for one in workers]
    away = {one.pk for one in workers if one.place != Place.NONE}
    found = defaultdict(list)
    short, current = {}, {}
    for spell in Spell.objects.filter(worker__in=away).order_by("worker_id", "from_on"):
        if spell.to_on is None:
            current[spell.worker_id] = spell
        else:
            short[spell.worker_id] = spell.to_on < months_after(spell.from_on, rule.short_months)
    closed, silent = _closed(current.values(), rule, day), _silent(ids, rule)
    for one in workers:
        if one.pk not in away:
            continue
        why = [
            (short.get(one.pk), _("上一段务工不满 %(n)s 个月") % {"n": rule.short_months}),
            (one.pk in current and current[one.pk].employer_name in closed, _("同一单位近期有人因停工回来")),
            (one.pk in silent, ngettext("连续 %(n)s 次没有联系上", "连续 %(n)s 次没有联系上", rule.unreached) % {"n": rule.unreached}),
            (one.care != Care.NONE, _("家里有人要照看")),
        ]
        found[one.pk] = [words for holds, words in why if holds]
    return {pk: found.get(pk, []) for pk in ids}


def _closed(spells, rule, day):
    """Return the names of employers with whom the work of several ended of late because they closed."""
    names = {one.employer_name for one in spells} - {""}
    ended = Spell.objects.filter(employer_name__in=names, ended_because=Ended.CLOSED, to_on__gte=day - timedelta(days=rule.employer_days))
    counts = ended.order_by().values_list("employer_name").annotate(n=Count("worker", distinct=True))
    return {name for name, n in counts if n >= rule.employer_ended}


def _silent(ids, rule):
    """Return the ids of those of whom the last so many tries in a row were in vain."""
    tries = defaultdict(list)
    for worker, result in Contact.objects.filter(worker__in=ids).order_by("worker_id", "-recorded_at", "-pk").values_list("worker_id", "result"):
        tries[worker].append(result)
    return {worker for worker, results in tries.items() if len(results) >= rule.unreached and set(results[: rule.unreached]) <= set(UNREACHED)}


def queue(actor, day):
    """Return {name of the place: how many wait, None where it is not counted}: of own villages those on their lists, of a wider reach whoever was not
    verified for the days that go for everybody, by the sums (`late`), since that many lists are counted by nobody who opens a page.
    """
    if not actor.has_duty(Duty.KEEP_LABOUR):
        return {}
    tops = areas(actor, duty=Duty.KEEP_LABOUR)
    if all(one.level == Level.VILLAGE for one in tops):
        n = sum(waiting(actor, one, day).order_by()[:MOST].count() for one in tops)
        return {"labour:calls": None if n >= MOST else n}
    return {"labour:calls": sum(late(tops, day).values()) or None}


def late(tops, day):
    """Return {nine digits of a township: how many of it were not verified for the days that go for everybody} within areas, by the sums kept."""
    reached = reduce(or_, (within(one.stem, "township_id") for one in tops), Q(pk__in=[]))
    rows = Verified.objects.filter(reached, verified_on__lte=day - timedelta(days=fresh_on(day).days))
    return {code[:9]: n for code, n in rows.order_by().values_list("township_id").annotate(Sum("n")) if n}


def late_below(actor, area, below, day):
    """Return [(area, how many wait there)] of places to choose from: in a township those on each village's list, above it by the sums."""
    if area is not None and area.level == Level.TOWNSHIP:
        found = dict(waiting(actor, area, day).order_by().values_list("village_id").annotate(Count("pk")))
        return [(one, found.get(one.code, 0)) for one in below]
    by_township = late(below, day)
    return [(one, sum(n for code, n in by_township.items() if code.startswith(one.stem))) for one in below]
