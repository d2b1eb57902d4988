"""Paper and calendars: the week table at the school gate, a guard's own month card, iCalendar.

On a wall hang surname and role only (李老师, 王警官): no full name, no telephone, no number, no home. Only the guard's
own card bears his name. Everything is made from the plan alone, so the same plan gives the same bytes.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone

from wanjia.planning.contract import BadInput
from wanjia.planning.rostering.problem import Cell, Guard, Problem, Seat, week_of

_ROLES = {"police": "警官", "teacher": "老师", "security": "师傅", "parent": "家长"}
_KINDS = {"police": "民警", "teacher": "教师", "security": "保安", "parent": "家长志愿者"}
_PLACES = {"gate": "校门", "crossing": "路口"}
_DOUBLE = ("欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "夏侯", "令狐", "慕容", "公孙")
_WEEKDAYS = "一二三四五六日"
_CHINA = timezone(timedelta(hours=8))
_MARGIN = timedelta(minutes=20)
_STYLE = """@page { size: A4 landscape; margin: 14mm }
body { font: 12pt "Noto Sans CJK SC", "Source Han Sans SC", sans-serif } h1 { font-size: 20pt; text-align: center; margin: 0 0 6mm }
table { border-collapse: collapse; width: 100%; table-layout: fixed } th, td { border: 0.5pt solid #333; padding: 2mm; text-align: center }
thead { display: table-header-group } tr { break-inside: avoid } .open { color: #a00; font-weight: bold } p { margin: 4mm 0 0; color: #444 }"""


def on_the_wall(guard: Guard) -> str:
    """Return what may hang on a wall: surname and role; a guard without a name is only his role."""
    name = guard.name.strip()
    surname = name[:2] if name.startswith(_DOUBLE) else name[:1]
    return surname + _ROLES.get(guard.kind, "同志")


def gate_table(problem: Problem, plan: Mapping[Cell, str | None], school: str, day: str, *, title: str = "") -> str:
    """Return the A4 week table of one school, as HTML, for the ISO week that holds `day`."""
    days = [other for other in problem.days if week_of(other) == week_of(day)]
    posts = {post.id: post for post in problem.posts if post.school == school}
    seats = [seat for seat in problem.seats if seat.post in posts]
    if not days or not seats:
        raise BadInput(f"school {school}, day {day}", "本校这一周没有护学岗。", "this school has no guard posts in that week.")
    guards = problem.guard_named()
    rows = []
    for seat in sorted(seats, key=lambda seat: (seat.slot, seat.post, seat.id)):
        place = _PLACES.get(posts[seat.post].place, posts[seat.post].place)
        cells = [_wall_cell(guards, plan[seat.id, other]) for other in days]
        rows.append(_row([seat.slot, place, "/".join(_KINDS.get(kind, kind) for kind in seat.kinds)], cells))
    heads = ["时段", "岗位", "力量", *(f"{other[5:]} 周{_WEEKDAYS[date.fromisoformat(other).weekday()]}" for other in days)]
    note = "姓名只公示姓氏和身份。空缺岗位正在协调。"
    return _page(f"{title or school} 护学岗周表({days[0]} 至 {days[-1]})", heads, rows, note)


def month_card(problem: Problem, plan: Mapping[Cell, str | None], guard: str) -> str:
    """Return a guard's own card, as HTML: every duty by day, slot, school and post."""
    who, duties = _person(problem, guard), duties_of(problem, plan, guard)
    posts = {post.id: post for post in problem.posts}
    by_day: dict[str, dict[str, str]] = defaultdict(dict)
    for seat, day in duties:
        post = posts[seat.post]
        by_day[day][seat.slot] = f"{post.school} {_PLACES.get(post.place, post.place)}"
    slots = sorted({seat.slot for seat, _ in duties})
    rows = [
        _row(
            [f"{day} 周{_WEEKDAYS[date.fromisoformat(day).weekday()]}"],
            [html.escape(by_day[day].get(slot, "")) for slot in slots],
        )
        for day in sorted(by_day)
    ]
    note = f"共 {len(duties)} 岗。不能到岗请提前告知带班领导,换岗须经批准。"
    return _page(f"{who.called} 护学岗上岗卡", ["日期", *slots], rows, note)


def icalendar(problem: Problem, plan: Mapping[Cell, str | None], guard: str, *, made_at: datetime) -> str:
    """Return a guard's duties as iCalendar (RFC 5545), each from 20 minutes before to 20 after its slot."""
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    posts = {post.id: post for post in problem.posts}
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Wanjia//Rostering//ZH", "CALSCALE:GREGORIAN"]
    _person(problem, guard)
    for seat, day in duties_of(problem, plan, guard):
        post, at = posts[seat.post], datetime.fromisoformat(f"{day}T{seat.slot}").replace(tzinfo=_CHINA)
        place = f"{post.school} {_PLACES.get(post.place, post.place)}"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_ics_text(f'{day}-{seat.slot}-{seat.id}-{guard}')}@wanjia",
            f"DTSTAMP:{stamp}",
            f"DTSTART:{_utc(at - _MARGIN)}",
            f"DTEND:{_utc(at + _MARGIN)}",
            f"SUMMARY:{_ics_text(f'护学岗 {place}')}",
            f"LOCATION:{_ics_text(place)}",
            "END:VEVENT",
        ]
    return "".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def pdf(page: str) -> bytes:
    """Return an HTML page as PDF."""
    from weasyprint import HTML

    return HTML(string=page).write_pdf()


def duties_of(problem: Problem, plan: Mapping[Cell, str | None], guard: str) -> list[tuple[Seat, str]]:
    """Return a guard's duties as (seat, day), by day and slot."""
    seats = problem.seat_named()
    mine = [(seats[code], day) for (code, day), who in plan.items() if who == guard]
    return sorted(mine, key=lambda duty: (duty[1], duty[0].slot, duty[0].id))


def _person(problem: Problem, guard: str) -> Guard:
    try:
        return problem.guard_named()[guard]
    except KeyError:
        raise BadInput(f"guard {guard}", "没有这个人。", "no such guard.") from None


def _wall_cell(guards: Mapping[str, Guard], who: str | None) -> str:
    return '<span class="open">空缺</span>' if who is None else html.escape(on_the_wall(guards[who]))


def _row(heads: Sequence[str], cells: Sequence[str]) -> str:
    first = "".join(f'<th scope="row">{html.escape(text)}</th>' for text in heads)
    return f"<tr>{first}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _page(title: str, heads: Sequence[str], rows: Sequence[str], note: str) -> str:
    head = "".join(f'<th scope="col">{html.escape(text)}</th>' for text in heads)
    safe = html.escape(title)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{safe}</title><style>{_STYLE}</style></head>'
        f"<body><h1>{safe}</h1><table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        f"<p>{html.escape(note)}</p></body></html>"
    )


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _ics_text(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold at 75 octets, never inside a character."""
    out, room = "", 75
    for letter in line:
        size = len(letter.encode())
        if size > room:
            out, room = out + "\r\n ", 74
        out, room = out + letter, room - size
    return out + "\r\n"
