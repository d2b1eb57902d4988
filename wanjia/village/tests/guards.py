"""Each CHECK and each unique constraint of the village, met by name: the row that it refuses (tests/house/test_guards_felt.py gathers them)."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import AgendaItem, BodySeat, Filing, GoverningBody, Meeting, MeetingSeat, Objection, PublicNotice

from . import (
    guards_appraisal,
    guards_branch,
    guards_bylaws,
    guards_calls,
    guards_crafts,
    guards_fees,
    guards_levies,
    guards_mediation,
    guards_money,
    guards_planning,
    guards_points,
    guards_polls,
)
from .factories import DAY, FOUNDED, body, filing, item, meeting, objection, posted, seat

BEFORE = FOUNDED - timedelta(days=1)


def _body(world, **facts):
    return GoverningBody.objects.filter(pk=body(world).pk).update(**facts)


def _meeting(world, state="meeting_called", **facts):
    return Meeting.objects.filter(pk=meeting(world, state).pk).update(**facts)


def _item(world, state="item_proposed", **facts):
    return AgendaItem.objects.filter(pk=item(world, state).pk).update(**facts)


def _filing(world, **facts):
    return Filing.objects.filter(pk=filing(world).pk).update(**facts)


def _notice(world, **facts):
    return PublicNotice.objects.filter(pk=posted(world).pk).update(**facts)


def _witnessed_twice(world):
    one = meeting(world, "meeting_closed")
    who = one.roll.first().seat
    return Meeting.objects.filter(pk=one.pk).update(signed_at=MONDAY, signatures=3, witness_one=who, witness_two=who)


CHECKS = {
    "body_ends_after_start": lambda w: _body(w, to_on=BEFORE),
    "group_bodies_name_their_group": lambda w: _body(w, kind="group"),
    "seat_ends_after_start": lambda w: BodySeat.objects.filter(pk=seat(w, body(w), 1).pk).update(to_on=BEFORE),
    "meeting_told_before": lambda w: _meeting(w, told_on=DAY + timedelta(days=1)),
    "meeting_due_once_opened": lambda w: _meeting(w, due=10),
    "no_more_came_than_due": lambda w: _meeting(w, "meeting_opened", proxies=4),
    "minutes_signed_whole": _witnessed_twice,
    "excused_with_a_reason": lambda w: MeetingSeat.objects.filter(meeting=meeting(w, "meeting_opened")).update(came="excused"),
    "item_voted_by_numbers": lambda w: _item(w, votes_for=3),
    "item_on_a_meeting": lambda w: _item(w, "item_on_agenda", meeting=None),
    "item_decided_on_a_day": lambda w: _item(w, "item_passed", answers=""),
    "item_done_with_words": lambda w: _item(w, done_words="办好了"),
    "filing_answered_whole": lambda w: _filing(w, opinion="agreed"),
    "correction_says_what": lambda w: _filing(w, opinion="corrected", answered_on=DAY, answered_at=MONDAY),
    "public_notice_has_an_end": lambda w: _notice(w, until_on=DAY - timedelta(days=1)),
    "public_notice_withdrawn_with_words": lambda w: _notice(w, withdrawn_on=DAY),
    "objection_answered_whole": lambda w: Objection.objects.filter(pk=objection(w).pk).update(outcome="upheld"),
}
ONCE = {
    "one_body_of_a_kind": body,
    "one_seat_of_a_body": lambda w: seat(w, body(w), 1),
    "one_head_of_a_body": lambda w: BodySeat(body=body(w, seats=1), person=seat(w, body(w, "committee"), 5).person, office="head", from_on=FOUNDED, seated_at=MONDAY),
    "one_open_meeting_of_a_body": lambda w: meeting(w, "meeting_opened"),
    "on_the_roll_once": lambda w: meeting(w, "meeting_opened").roll.first(),
    "item_goes_on_once": lambda w: item(w, came_from=item(w)),
    "filing_numbered_once": lambda w: Filing(item=item(w), area=w.datong, year=2026, serial=filing(w).serial, filed_on=DAY, heard="同意", filed_at=MONDAY),
    "put_up_once": posted,
}
for room in (guards_appraisal, guards_branch, guards_bylaws, guards_fees, guards_mediation, guards_money, guards_planning, guards_points, guards_polls, guards_crafts, guards_calls, guards_levies):
    CHECKS |= room.CHECKS
    ONCE |= room.ONCE
