"""Pages of meetings: those called and held, the months, quarters and years of bodies, one meeting while it runs; the roll to sign and the minutes on paper."""

from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.kernel.calendar import today
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..bodies import rolls
from ..duties import Duty
from ..states import Came, Counting, ItemState, MeetingState
from . import queries, rules, verdict
from .subjects import MEETINGS

ON_PAPER = 1500  # lines of one roll: a village of some three thousand people
TO_CHOOSE = 20  # items that wait, the oldest first, to be put on the agenda by one tap
AS_ON_PAPER = ("seat__office", "seat__from_on", "seat")  # the roll to tick and the sheet that was signed go line by line


@page("village/meetings/", Duty.SEE_VILLAGE)
def meetings(request):
    """The meetings in reach: what waits first, then all; the months, quarters and years of each body with a rhythm. ?figure=… the rows that a figure counts."""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_meetings(request.user), figure)
    known = figure in {one["id"] for one in seen["figures"]}
    rows = (seen["rows"] if known else queries.listed(request.user)).select_related("body__area").order_by("-day", "pk")
    waits = queries.waiting(request.user, request.day).select_related("body__area").order_by("day", "pk")
    bodies = page_of(request, queries.in_rhythm(request.user, request.day), word="bodies", per_page=4)
    for each in bodies:
        each.callable = bool(rules.can_call(request.user, each))
    return {
        "page": page_of(request, rows), "waits": waits, "n_waits": waits.count(), "figures": seen["figures"], "figure": figure if known else "", "bodies": bodies,
        "spans": [(one, queries.spans(one, request.day)) for one in bodies], "day": request.day,
        "works": request.user.has_duty(Duty.KEEP_MEETINGS),
    }  # fmt: skip


@page("village/meetings/<uuid:meeting_id>/", Duty.SEE_VILLAGE, of=MEETINGS, moves=True)
def meeting(request, one):
    """One meeting: agenda, what was decided, the roll, and whether enough came, always in sight."""
    works = request.user.has_duty(Duty.KEEP_MEETINGS)
    items = one.items.order_by("proposed_on", "proposed_at", "pk")
    roll = page_of(request, one.roll.select_related("seat__person", "seat__body").order_by(*AS_ON_PAPER), word="roll", per_page=100)
    calls = works and one.state in (MeetingState.CALLED, MeetingState.OPENED)
    waiting = one.body.items.filter(state=ItemState.PROPOSED).order_by("proposed_on", "pk")[:TO_CHOOSE] if calls else ()
    return {
        "items": items, "waiting": waiting, "roll": roll, "excused": Came.EXCUSED, "standing": verdict.standing(one), "rule": verdict.rule_of(one), "works": works, "day": request.day,
        "running": one.state == MeetingState.OPENED, "closed": one.state == MeetingState.CLOSED, "called": one.state == MeetingState.CALLED, "seated": one.counting == Counting.SEATS,
        "all_came": works and queries.unmarked(one).exists() and bool(rules.can_mark_all(request.user, one)),
        "done": one.signed_at is not None or one.state in (MeetingState.FAILED, MeetingState.CANCELLED),
        "waits_for_another": one.state == MeetingState.CLOSED and one.signed_at is None and request.user.id in (one.recorder_id, one.closed_by_id),
    }  # fmt: skip


def _paper(request, one, template, words, **context):
    name = f"{one.body.name}{one.day:%Y年%m月%d日}{words}"
    whole = {"meeting": one, "body": one.body, "rule": verdict.rule_of(one), "name": name, "author": one.body.name, "made": request.at, **context}
    return beside(pdf(f"village/papers/{template}.html", whole, name=f"{one.pk}{words}"), f"{name}.pdf")


@page("village/meetings/<uuid:meeting_id>/roll/", Duty.KEEP_MEETINGS, of=MEETINGS)
def meeting_roll(request, one):
    """The roll to sign (签到册), in large letters: seat by seat, or home by home as of the meeting's day."""
    lines = rolls.lines(one.body, one.day) if one.counting in (Counting.ADULTS, Counting.HOMES) else []
    seats = rolls.seated(one.body, one.day).select_related("person") if one.counting == Counting.SEATS else []
    return _paper(request, one, "roll", "签到册", lines=lines[:ON_PAPER], cut=max(0, len(lines) - ON_PAPER), seats=seats, blank=range(20) if one.counting == Counting.MEMBERS else (),
                  due=one.due or rolls.due(one.body, one.counting, one.day), unknown=rolls.unknown(one.body.area_id, one.body.group_name, one.day) if lines else 0)  # fmt: skip


@page("village/meetings/<uuid:meeting_id>/minutes/", Duty.SEE_VILLAGE, of=MEETINGS)
def meeting_minutes(request, one):
    """The minutes (会议记录), with a place for signatures: once the meeting was opened."""
    if one.opened_at is None:
        raise Http404
    roll = list(one.roll.select_related("seat__person").order_by(*AS_ON_PAPER))
    return _paper(request, one, "minutes", "会议记录", items=one.items.order_by("proposed_on", "proposed_at", "pk"), standing=verdict.standing(one), opened=today(one.opened_at),
                  there=[row for row in roll if row.came == Came.PRESENT], excused=[row for row in roll if row.came == Came.EXCUSED], away=[row for row in roll if row.came == Came.AWAY])  # fmt: skip
