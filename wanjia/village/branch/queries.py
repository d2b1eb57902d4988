"""What is asked of the branch: who is due, what is missing, what waits for a second hand, what the board shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wanjia.policy import branch as policy
from wanjia.reporting.posted import Posted

from ..branch_states import ActivityKind, ActivityState, Attended, PartyOffice, PartyStanding
from ..duties import Duty
from ..models import BranchActivity, BranchDay, BranchRoll, PartyMember
from . import rules

HELD = (ActivityState.HELD, ActivityState.CHECKED)


@dataclass(frozen=True)
class Missing:
    """A span in which something that is due did not take place. kind, words, basis, source: of the rhythm; span: its words; until: its last day; cell: of which group."""

    kind: str
    words: str
    span: str
    until: date
    cell: str
    basis: str
    source: str


def members_on(body, day):
    """The members of a branch on a day, the secretary first."""
    return in_order(PartyMember.objects.on(day).filter(body=body).select_related("person"))


def in_order(members):
    """Return members as lists and papers have them: the secretary first, the committee, then by group and name."""
    order = {office: turn for turn, office in enumerate(PartyOffice.values)}
    return sorted(members, key=lambda one: (order[one.office], one.cell, one.person.pinyin, str(one.pk)))


def due_at(activity):
    """The members who are due at an activity: of a meeting of the committee its members, of a group's meeting the group's, else all; nobody who had died."""
    rows = [one for one in members_on(activity.body, activity.day) if one.person.died_on is None or one.person.died_on > activity.day]
    if activity.kind == ActivityKind.COMMITTEE:
        return [one for one in rows if one.office != PartyOffice.MEMBER]
    return [one for one in rows if one.cell == activity.cell] if activity.kind == ActivityKind.GROUP else rows


def cells_of(body, day):
    """The groups of a branch on a day."""
    return sorted({one.cell for one in PartyMember.objects.on(day).filter(body=body)} - {""})


def roll_of(activity, _actor=None, _day=None):
    """The members on an activity's roll."""
    return PartyMember.objects.filter(rolls__activity=activity).select_related("person").order_by("office", "cell", "pk") if activity else PartyMember.objects.none()


def counts(activity):
    """Return what an activity's roll comes to, for its own columns."""
    rows = list(BranchRoll.objects.filter(activity=activity).values_list("attended", "votes"))
    how = [attended for attended, _votes in rows]
    return {
        "came": how.count(Attended.PAPER), "phoned": how.count(Attended.PHONE), "excused": how.count(Attended.LEAVE), "voters_came": rows.count((Attended.PAPER, True)),
    }  # fmt: skip


def has_vote(member, day):
    """Tell whether a member has a vote on a day."""
    return member.standing_on(day) == PartyStanding.FULL


def fixed_day(body, day):
    """Return the day of the month that a branch keeps on a day, None where it fixed none."""
    found = BranchDay.objects.filter(body=body, from_on__lte=day).order_by("-from_on").first()
    return found.day_of_month if found else None


def missing(body, day):
    """Return the Missing of a branch in the year before a day (of what is due once a year: last year), the newest first: rows to be seen by the branch itself, no ranking."""
    since = max(body.from_on, date(day.year - 1, 1, 1))
    held = list(BranchActivity.objects.filter(body=body, state__in=HELD, day__gte=since, day__lte=day).values_list("kind", "cell", "day"))
    found = []
    for kind, rhythm in policy.in_force(day).items():
        if kind not in ActivityKind.values:
            continue  # asked of members, and entered nowhere
        for cell in cells_of(body, day) if kind == ActivityKind.GROUP else [""]:
            days = [one for what, where, one in held if what == kind and where == cell]
            begun = max(since, rhythm.starts, date(day.year - 1, 1 if rhythm.per == "year" else day.month, 1))
            found += [
                Missing(kind, rhythm.words, span.words, span.last, cell, rhythm.basis, rhythm.source)
                for span in policy.spans(rhythm.per, begun, day) if sum(span.first <= one <= span.last for one in days) < rhythm.least
            ]  # fmt: skip
    return sorted(found, key=lambda one: (one.until, one.kind, one.cell), reverse=True)


def reviewed_years(body, day, most=3):
    """Return [(year, the review meeting held in it or None)] of a branch, this year first (民主评议党员): whether, and how many came; nothing of anybody."""
    rows = BranchActivity.objects.filter(body=body, kind=ActivityKind.APPRAISAL, state__in=HELD, day__lte=day).order_by("-day", "-pk")
    held = {one.day.year: one for one in rows}  # of several in a year the first
    return [(year, held.get(year)) for year in range(day.year, max(body.from_on.year, day.year - most + 1) - 1, -1)]


def gathered(found):
    """Return [(words, group, [spans])] of Missing, one line a kind and group, as a page shows them."""
    lines = {}
    for one in found:
        lines.setdefault((one.words, one.cell), []).append(one.span)
    return [(*key, spans) for key, spans in sorted(lines.items())]


def to_check(actor):
    """The activities that wait for the actor's look as the second hand."""
    return rules.visible_activities(actor, duty=Duty.KEEP_BRANCH).filter(state=ActivityState.HELD).exclude(held_by_id=actor.id)


def waiting(actor, day):
    """The activities whose day is over and of which nobody said whether they were held."""
    return rules.visible_activities(actor, duty=Duty.KEEP_BRANCH).filter(state=ActivityState.CALLED, day__lt=day)


def on_board(village, day, limit, group_name):
    """What the branch did, checked by two, newest first: no names, no minutes."""
    rows = BranchActivity.objects.filter(Q(body__area=village), state=ActivityState.CHECKED, day__lte=day).order_by("-day", "pk")[:limit]
    return [Posted(f"{one.get_kind_display()}:{one.topic}", one.day) for one in rows]
