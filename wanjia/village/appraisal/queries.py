"""What is asked of appraisals: which homes may stand, which poll may count, who is chosen by it, what hangs on the board."""

from fractions import Fraction

from django.utils.translation import gettext as _

from wanjia.reporting.posted import Posted

from ..appraisal_states import EntryState, RoundState
from ..bodies.homes import homes_for
from ..duties import Duty
from ..models import AppraisalRound, Poll, PollHome, RedEntry
from ..poll_states import PollState
from . import rules

UNCOUNTED = (PollState.ISSUING, PollState.VOTING, PollState.COUNTING)


def homes_to_stand(row, actor, day):
    """The homes that may stand in an appraisal: of its village, and of its group."""
    return [home for home in homes_for(Duty.KEEP_APPRAISAL)(row, actor, day) if row is None or (home.village_id == row.village_id and row.group_name in ("", home.group_name))]



def polls_for(row, _actor, _day):
    """The polls that may count: published, of the village."""
    rows = Poll.objects.filter(state=PollState.CLOSED).order_by("-roll_on", "pk")
    return rows.filter(area=row.village_id) if row else rows


def polls_under_way(one):
    """The polls on an appraisal's homes that nobody counted yet: all homes that stand in them agreed to stand in it, and they are not just those of another appraisal, whose vote it is."""
    stand = PollHome.objects.filter(stands=True)
    rows = Poll.objects.filter(area=one.village_id, state__in=UNCOUNTED, roll_on__range=rules.roll_days(one))
    rows = rows.filter(pk__in=stand.values("poll")).exclude(pk__in=stand.exclude(household__in=one.entries.values("home")).values("poll"))
    others = AppraisalRound.objects.filter(village=one.village_id, state=RoundState.STANDING).exclude(pk=one.pk)
    return rows.exclude(pk__in=[poll.pk for poll in rows for other in others if _asks_of(poll, other)])


def _asks_of(poll, one):
    """Tell whether a poll asks of an appraisal's homes: of all that stand in it, and of none that did not agree."""
    first, last = rules.roll_days(one)
    found, agreed = set(poll.homes.filter(stands=True).values_list("household", flat=True)), set(one.entries.values_list("home", flat=True))
    standing = set(one.entries.filter(state=EntryState.STANDING).values_list("home", flat=True))
    return first <= poll.roll_on <= last and bool(standing) and standing <= found <= agreed


def said_to_poll(one):
    """Return the lines that a poll asks for the homes that stand: number, a blank, how each is called."""
    standing = one.entries.filter(state=EntryState.STANDING).select_related("home").order_by("home__group_name", "home__number")
    return "\n".join(f"{entry.home.number} {entry.called}" for entry in standing)


def chosen(board, called, places):
    """Return who of `called` a board chooses for so many places: by the part of its card's ballots that each has, so that a smaller half weighs as much; who is level with the last is in; who has no vote is not."""
    part = {}
    for one, sums in zip(board["classes"], board["tally"], strict=True):
        part |= {words: Fraction(votes, sums["cast"]) for words, votes in zip(one["options"], sums["votes"], strict=True) if votes and words in called}
    least = sorted(part.values(), reverse=True)[:places]
    return {words for words, share in part.items() if share >= least[-1]} if least else set()


def to_list(actor):
    """The appraisals that wait for somebody to put their list up."""
    mine = rules.visible_rounds(actor, duty=Duty.REVIEW_APPRAISAL)
    return mine.filter(state=RoundState.COUNTED, entries__state=EntryState.CHOSEN).exclude(counted_by_id=actor.id).distinct()


def hanging(village, day):
    """The entries that hang on a village's red lists on a day."""
    rows = RedEntry.objects.filter(round__village=village, state=EntryState.LISTED, round__state=RoundState.LISTED, round__listed_on__lte=day, round__until_on__gte=day)
    return rows.select_related("round").order_by("-round__listed_on", "round__group_name", "called", "pk")


def on_board(village, day, limit, group_name=""):
    """Return what the board shows of red lists: a line each home, as it wishes to be called, while its list hangs. No votes, no order by them. What is told privately, and a group's paper board, are never here."""
    rows = hanging(village, day)
    if group_name:
        rows = rows.filter(round__group_name__in=("", group_name))
    said = _("%(year)s 年第 %(n)s 季度红榜:%(who)s")
    return [Posted(said % {"year": one.round.year, "n": one.round.quarter, "who": one.called}, on=one.round.listed_on) for one in rows[:limit]]
