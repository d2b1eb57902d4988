"""A guard's duties, and the same as a calendar that telephones can read (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

from wanjia.planning.contract import BadInput
from wanjia.planning.rostering.problem import Cell, Guard, Problem, Seat, slot_order
from wanjia.planning.rostering.wall import place_names

_CHINA = timezone(timedelta(hours=8))
_MARGIN = timedelta(minutes=20)  # before and after the slot


def duties_of(problem: Problem, plan: Mapping[Cell, str | None], guard: str) -> list[tuple[Seat, str]]:
    """Return a guard's duties as (seat, day), by day and slot."""
    seats = problem.seat_named()
    mine = [(seats[code], day) for (code, day), who in plan.items() if who == guard]
    return sorted(mine, key=lambda duty: (duty[1], slot_order(duty[0].slot), duty[0].id))


def person(problem: Problem, guard: str) -> Guard:
    """Return the guard. Raises BadInput when nobody has this code."""
    try:
        return problem.guard_named()[guard]
    except KeyError:
        raise BadInput(f"guard {guard}", "没有这个人。", "no such guard.") from None


def window(day: str, slot: str) -> tuple[datetime, datetime]:
    """Return when a duty begins and ends, in China's time. Raises BadInput when the slot is no time of day."""
    hour, minute, _ = slot_order(slot)
    if hour > 23:
        raise BadInput(f"slot {slot}", "时段不是几点几分,不能写入日历。", "is not a time of day (HH:MM), so it has no hours.")
    at = datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=_CHINA)
    return at - _MARGIN, at + _MARGIN


def icalendar(problem: Problem, plan: Mapping[Cell, str | None], guard: str, *, made_at: datetime) -> str:
    """Return a guard's duties as iCalendar, times in UTC; made_at: when the roster was made, with its time zone."""
    person(problem, guard)
    stamp, posts, places = _utc(made_at), {post.id: post for post in problem.posts}, place_names(problem)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Wanjia//Rostering//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for seat, day in duties_of(problem, plan, guard):
        begin, end = window(day, seat.slot)
        place = f"{posts[seat.post].school} {places[seat.post]}"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(f'{day}-{seat.slot}-{seat.id}-{guard}')}@wanjia",
            f"DTSTAMP:{stamp}",
            f"DTSTART:{_utc(begin)}",
            f"DTEND:{_utc(end)}",
            f"SUMMARY:{_text(f'护学岗 {place}')}",
            f"LOCATION:{_text(place)}",
            "END:VEVENT",
        ]
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """Escape text; control characters, which RFC 5545 forbids, go."""
    safe = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return "".join(letter for letter in safe if letter >= " " and letter != "\x7f")


def _folded(line: str) -> str:
    """Fold at 75 octets, never inside a character."""
    out, room = "", 75
    for letter in line:
        size = len(letter.encode())
        if size > room:
            out, room = out + "\r\n ", 74
        out, room = out + letter, room - size
    return out + "\r\n"
