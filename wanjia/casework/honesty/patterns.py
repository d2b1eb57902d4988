"""What looks like closing for the sake of closing, each rule by one or two questions over the last weeks (policy/honesty.toml).

They ask rows that acts wrote: when done was reported and when a slip answered, the words of an outcome, the digest of a paper, the keyed
index of a home's telephone. No sealed text is opened, and nothing is grouped by a person. Of the same need a rule speaks once each time it was
reported done: who takes a need back and does the same again is found again.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, F
from django.db.models.functions import Length

from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import WORD
from wanjia.policy.honesty import in_force

from ..models import Callback, Evidence, FindingNeed, Need, Step
from ..states import REPORTED, ConfirmedBy, Difficulty, Pattern, Way, Word
from .alike import alike


@dataclass(frozen=True)
class Found:
    """One group of needs that a rule finds: the unit, the ids of its needs, the numbers of the sentence; rounds: {need: which report of done it is}."""

    rule: str
    unit: object
    needs: frozenset
    facts: dict
    rounds: dict = field(default_factory=dict)


def found(at):
    """Yield what every rule in force finds at a moment, but for needs that the same rule has found since they were last reported done.

    Of needs that it found before, taken back and reported anew, one is enough: it is the second time.
    """
    edition = in_force(today(at))
    since = at - timedelta(days=edition.back)
    for rule in edition.patterns:
        groups = list(RULES[rule.rule](rule, since))
        asked = {need for _unit, needs, _facts in groups for need in needs}  # what a slip or a call speaks of now may have been done, and found, long ago
        rounds, (known, before) = rounds_of(asked), _known(rule.rule, asked)
        for unit, needs, facts in groups:
            fresh = frozenset(needs) - known
            if len(fresh) >= rule.least or (fresh & before and len(needs) >= rule.least):
                known |= fresh
                yield Found(rule.rule, unit, fresh, facts | {"n": len(fresh)}, {need: rounds.get(need, 1) for need in fresh})


def rounds_of(needs):
    """Return {need: how often it was reported done}."""
    lines = Step.objects.filter(need__in=needs, act="report_done") if needs else Step.objects.none()
    return dict(lines.order_by().values_list("need").annotate(n=Count("pk")))


def _known(rule, needs):
    """Return (the needs that a rule found since they were last reported done, those that it ever found)."""
    rows = FindingNeed.objects.filter(rule=rule, need__in=needs) if needs else FindingNeed.objects.none()
    told = list(rows.values_list("need", "finding__at", "need__done_at"))
    return {need for need, at, done_at in told if done_at is None or at >= done_at}, {need for need, _at, _again in told}


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
    """Outcomes of one unit told in the same words: signs, spaces, pictures and numbers set aside, but for a word here and there."""
    told = defaultdict(lambda: defaultdict(set))
    rows = _reported(since).exclude(outcome_text=WORD).alias(letters=Length("outcome_text")).filter(letters__gte=rule.letters)
    for need, unit, text in rows.order_by().values_list("pk", "holder", "outcome_text"):
        told[unit][text].add(need)
    for unit, texts in told.items():
        if sum(map(len, texts.values())) < rule.least:
            continue
        for group in alike(texts, rule.share):
            needs = set().union(*(texts[text] for text in group))
            if len(needs) >= rule.least:
                yield unit, needs, {}


def _calls_at_once(rule, since):
    """Callbacks of a unit that crowd: within any quarter of an hour as many as nobody can have made. What lies before and after excuses none."""
    made, most = defaultdict(list), timedelta(minutes=rule.minutes)
    rows = Callback.objects.filter(reached=True, at__gte=since, by_org__isnull=False).exclude(way=Way.SLIP).exclude(word="")
    for need, unit, at in rows.order_by("at", "pk").values_list("need", "by_org", "at"):
        made[unit].append((at, need))
    for unit, called in made.items():
        for crowd in _crowds(called, rule.least, most):
            span = crowd[-1][0] - crowd[0][0]
            yield unit, {need for _at, need in crowd}, {"on": today(crowd[0][0]).isoformat(), "minutes": -(-int(span.total_seconds()) // 60)}


def _crowds(called, least, most):
    """Yield the longest runs of [(moment, need)], in their order, of which each member lies within some `most` that holds `least` needs."""
    run, end = [], -1
    first = 0
    for last, (at, _need) in enumerate(called):
        while at - called[first][0] > most:
            first += 1
        if len({need for _at, need in called[first : last + 1]}) < least:
            continue
        if run and first > end:
            yield run
            run = []
        run += called[max(first, end + 1) if run else first : last + 1]
        end = last
    if run:
        yield run


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
