"""What looks like closing for the sake of closing, each rule by one or two questions over the last weeks (policy/honesty.toml).

They ask rows that acts wrote: when done was reported and when a slip answered, the words of an outcome, the digest of a paper, the keyed
index of a home's telephone. No sealed text is opened, and nothing is grouped by a person.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F
from django.db.models.functions import Length

from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import WORD
from wanjia.policy.honesty import in_force

from ..models import Callback, Evidence, FindingNeed, Need
from ..states import REPORTED, ConfirmedBy, Difficulty, Pattern, Way, Word


@dataclass(frozen=True)
class Found:
    """One group of needs that a rule finds: the unit, the ids of its needs, the numbers of the sentence."""

    rule: str
    unit: object
    needs: frozenset
    facts: dict


def found(at):
    """Yield what every rule in force finds at a moment, but for needs that the same rule has found before."""
    edition = in_force(today(at))
    since = at - timedelta(days=edition.back)
    for rule in edition.patterns:
        groups = list(RULES[rule.rule](rule, since))
        asked = {need for _unit, needs, _facts in groups for need in needs}  # what a slip or a call speaks of now may have been done, and found, long ago
        known = set(FindingNeed.objects.filter(rule=rule.rule, need__in=asked).values_list("need", flat=True)) if asked else set()
        for unit, needs, facts in groups:
            fresh = frozenset(needs) - known
            if len(fresh) >= rule.least:
                known |= fresh
                yield Found(rule.rule, unit, fresh, facts | {"n": len(fresh)})


def _slips_at_once(rule, since):
    """Units most of whose slips say "solved" within minutes of done."""
    soon, said = defaultdict(set), Counter()
    rows = Callback.objects.filter(way=Way.SLIP, word=Word.SOLVED, at__gte=since, need__done_at__lte=F("at"))
    for need, unit, at, done_at in rows.values_list("need", "need__holder", "at", "need__done_at"):
        said[unit] += 1
        if at - done_at <= timedelta(minutes=rule.minutes):
            soon[unit].add(need)
    for unit, needs in soon.items():
        share = 100 * len(needs) // said[unit]
        if share >= rule.share:
            yield unit, needs, {"share": share}


def _words_copied(rule, since):
    """Outcomes of one unit told in the very same words."""
    told = _reported(since).exclude(outcome_text=WORD).alias(letters=Length("outcome_text")).filter(letters__gte=rule.letters)
    many = told.order_by().values("holder", "outcome_text").annotate(n=Count("pk")).filter(n__gte=rule.least)
    groups = {(one["holder"], one["outcome_text"]): set() for one in many}
    texts = {text for _unit, text in groups}
    for need, unit, text in told.filter(outcome_text__in=texts).order_by().values_list("pk", "holder", "outcome_text"):
        if (unit, text) in groups:
            groups[unit, text].add(need)
    yield from ((unit, needs, {}) for (unit, _text), needs in groups.items())


def _calls_at_once(rule, since):
    """A unit's callbacks of a whole day within a quarter of an hour."""
    days = defaultdict(list)
    rows = Callback.objects.filter(reached=True, at__gte=since, by_org__isnull=False).exclude(way=Way.SLIP).exclude(word="")
    for need, unit, at in rows.order_by("at").values_list("need", "by_org", "at"):
        days[unit, today(at)].append((at, need))
    for (unit, day), called in days.items():
        span = called[-1][0] - called[0][0]
        if len({need for _at, need in called}) >= rule.least and span <= timedelta(minutes=rule.minutes):
            yield unit, {need for _at, need in called}, {"on": day.isoformat(), "minutes": -(-int(span.total_seconds()) // 60)}


def _same_paper(rule, since):
    """One file brought as evidence of several needs of a unit."""
    kept = Evidence.objects.filter(taken_back_at=None, need__done_at__gte=since, need__state__in=REPORTED).exclude(digest="")
    many = kept.order_by().values("digest", "need__holder").annotate(n=Count("need", distinct=True)).filter(n__gte=rule.least)
    groups = {(one["digest"], one["need__holder"]): set() for one in many}
    rows = kept.filter(digest__in={digest for digest, _unit in groups}).order_by()
    for need, digest, unit in rows.values_list("need", "digest", "need__holder"):
        if (digest, unit) in groups:
            groups[digest, unit].add(need)
    yield from ((unit, needs, {}) for (_digest, unit), needs in groups.items())


def _done_at_once(rule, since):
    """What was graded hard, done within minutes of being signed for."""
    groups, soon = defaultdict(set), F("accepted_at") + timedelta(minutes=rule.minutes)
    hard = _reported(since).filter(difficulty__in=(Difficulty.HARD, Difficulty.POLICY), done_at__lte=soon)
    for need, unit in hard.order_by().values_list("pk", "holder"):
        groups[unit].add(need)
    yield from ((unit, needs, {}) for unit, needs in groups.items())


def _same_phone(rule, since):
    """Several homes whose confirmation came from one number, by its keyed index: a home's own, or its asker's."""
    heard = _reported(since).filter(confirmed=Word.SOLVED, confirmed_by=ConfirmedBy.CALLBACK, household__isnull=False)
    for index in ("household__phone_index", "requester__phone_index"):
        many = heard.exclude(**{index: None}).order_by().values(index).annotate(n=Count("household", distinct=True)).filter(n__gte=rule.least)
        groups = {one[index]: ([], Counter()) for one in many}
        for need, number, unit in heard.filter(**{f"{index}__in": set(groups)}).order_by().values_list("pk", index, "holder"):
            groups[number][0].append(need)
            groups[number][1][unit] += 1
        yield from ((units.most_common(1)[0][0], set(needs), {}) for needs, units in groups.values())


def _reported(since):
    return Need.objects.filter(done_at__gte=since, state__in=REPORTED, holder__isnull=False)


RULES = {
    Pattern.SLIPS_AT_ONCE: _slips_at_once, Pattern.WORDS_COPIED: _words_copied, Pattern.CALLS_AT_ONCE: _calls_at_once,
    Pattern.SAME_PAPER: _same_paper, Pattern.DONE_AT_ONCE: _done_at_once, Pattern.SAME_PHONE: _same_phone,
}  # fmt: skip
