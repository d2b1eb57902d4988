"""What is asked of recruitment: where each stands and what comes next by when, how ages and sexes balance, what waits for a second hand."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q

from wanjia.policy import recruiting as policy
from wanjia.registry.models.homes import Sex

from ..branch_states import Breach, CandidateState
from ..duties import Duty
from ..models import RecruitMentor, RecruitStep
from . import rules


@dataclass(frozen=True)
class Next:
    """What comes next for somebody. step, stage: of policy/recruiting.toml; early, custom, late: Bounds or None; review: by when a review comes again, None where none does."""

    step: policy.Step | None
    stage: str
    early: policy.Bound | None
    custom: policy.Bound | None
    late: policy.Bound | None
    review: date | None
    notes: tuple[policy.Note, ...]


def listed(rows):
    """Give those who applied the number of their last step, and whether one waits for a second hand."""
    standing = RecruitStep.objects.filter(candidate=OuterRef("pk"), struck_on=None)
    breach = standing.exclude(breach=Breach.NONE).filter(acked_at=None)
    return rows.select_related("body__area").annotate(last=Max("steps__number", filter=Q(steps__struck_on=None)), waits=Exists(breach))


def next_of(candidate, steps, day):
    """Return the Next of somebody by the steps that count."""
    edition = policy.in_force(day)
    days = {one.number: one.day for one in steps}
    last = max(days, default=0)
    stage = edition.stages[edition.step(max(last, 1)).stage - 1]
    review = edition.next_review(last, days[last]) if last in edition.reviewed else None
    if last == rules.LAST_STEP:
        return Next(None, stage, None, None, None, None, ())
    number = last + 1
    early = edition.earliest(number, days, candidate.person.birth_on, extended=candidate.extended)
    return Next(edition.step(number), stage, early, edition.earliest(number, days, basis=policy.CUSTOM), edition.latest(number, days), review, edition.notes_of(number))


def told(steps):
    """Give steps that stand their words, and the day by which they should have been done."""
    days = {one.number: one.day for one in steps if one.struck_on is None}
    for one in steps:
        edition = policy.in_force(one.day)
        late = edition.latest(one.number, {number: day for number, day in days.items() if number != one.number})
        custom = edition.earliest(one.number, days, basis=policy.CUSTOM)
        one.title, one.late = edition.step(one.number).words, late if late and one.day > late.day else None
        one.custom = custom if custom and one.day < custom.day else None
    return steps


def steps_for(candidate, _actor, day):
    """[(number, words)] of what may be written down next: the next step, and a review that comes again."""
    if candidate is None:
        return []
    edition, last = policy.in_force(day), max((one.number for one in rules.standing(candidate)), default=0)
    numbers = [last] if last in edition.reviewed else []
    numbers += [last + 1] if last < rules.LAST_STEP else []
    return [(str(number), f"{number}. {edition.step(number).words}") for number in numbers]


def mentors_for(candidate, _actor, _day):
    """The members who stand beside somebody now."""
    return candidate.mentors.filter(to_on=None).select_related("member__person") if candidate else RecruitMentor.objects.none()


def mentors_of(candidate, _actor, _day):
    """All who ever did: a call that is sent again names the one it named."""
    return candidate.mentors.select_related("member__person") if candidate else RecruitMentor.objects.none()


def waiting(actor):
    """Those of whom a step waits for the actor's look as the second hand."""
    steps = RecruitStep.objects.filter(struck_on=None, acked_at=None).exclude(breach=Breach.NONE).exclude(written_by_id=actor.id)
    return rules.visible_candidates(actor, duty=Duty.KEEP_RECRUITS).filter(state=CandidateState.OPEN, pk__in=steps.values("candidate"))


def balance(rows, day):
    """Return [(words, n or None)] by sex, and by age band, of those who are open: no small number can be worked out."""
    edition = policy.in_force(day)
    people = list(rows.filter(state=CandidateState.OPEN).values_list("person__sex", "person__birth_on"))
    sexes, ages = Counter(dict.fromkeys(Sex.values, 0)), Counter(dict.fromkeys(map(str, edition.bands), 0))
    for sex, born in people:
        sexes[sex or "?"] += 1
        ages[_band(edition.bands, born, day)] += 1
    words = {str(low): f"{low}–{high - 1}" for low, high in zip(edition.bands, edition.bands[1:])} | {str(edition.bands[-1]): f"≥{edition.bands[-1]}"}
    return [
        [(words.get(name, name), n) for name, n in policy.balance(counts, edition.smallest).items()] for counts in (sexes, ages)
    ]  # fmt: skip


def _band(bands, born, day):
    if born is None:
        return "?"
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return str(max((low for low in bands if low <= age), default=bands[0]))


def by_stage(rows):
    """Return {stage: how many of these stand in it}: who has no step yet stands in the first. rows: as `listed` gives them."""
    edition = policy.editions()[-1]
    found = Counter(dict.fromkeys(range(1, len(edition.stages) + 1), 0))
    for last in rows.filter(state=CandidateState.OPEN).values_list("last", flat=True):
        found[edition.step(last or 1).stage] += 1
    return found


def in_stage(rows, stage):
    """Keep of rows, as `listed` gives them, those that stand in a stage."""
    numbers = [one.number for one in policy.editions()[-1].steps if one.stage == stage]
    return rows.filter(Q(last__in=numbers) | (Q(last=None) if stage == 1 else Q(pk__in=[])), state=CandidateState.OPEN)
