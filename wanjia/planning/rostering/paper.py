"""Paper: the A4 week table at the school gate and a guard's own month card, as HTML or PDF.

On a wall hang surname and role only (李老师, 王警官): no full name, no telephone, no number, no home. Only the guard's
own card bears his name. Everything is made from the plan alone, so the same plan gives the same bytes.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from wanjia.planning.contract import BadInput
from wanjia.planning.rostering.ical import duties_of, person, window
from wanjia.planning.rostering.problem import Cell, Problem, Seat, slot_order, week_of
from wanjia.planning.rostering.wall import kinds_in_words, place_names, seats_at, wall_names

_WEEKDAYS = "一二三四五六日"
_STYLE = """@page { size: A4 %s; margin: 12mm 14mm }
body { font: %s "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; color: #111; margin: 0 }
h1 { font-size: 24pt; letter-spacing: 2pt; text-align: center; margin: 0 }
h2 { font-size: 13pt; font-weight: normal; text-align: center; margin: 2mm 0 5mm }
table { border-collapse: collapse; width: 100%%; table-layout: fixed }
th, td { border: 0.75pt solid #222; padding: 1.6mm 1mm; text-align: center; overflow-wrap: anywhere }
thead th { background: #e8eef4 } tbody th { font-weight: normal; background: #f6f8fa } th.slot { font-weight: bold }
small { display: block; font-size: 75%%; color: #444 } thead { display: table-header-group } tr { break-inside: avoid }
tbody.slot { break-inside: avoid; border-top: 1.5pt solid #222 } .open { color: #a00; font-weight: bold }
p { margin: 4mm 0 0; display: flex; justify-content: space-between; color: #333 }"""


def gate_table(problem: Problem, plan: Mapping[Cell, str | None], school: str, day: str, *, title: str = "") -> str:
    """Return the A4 week table of one school, as HTML, for the ISO week that holds `day`; title: the school's name."""
    days, mine = [other for other in problem.days if _same_week(other, day)], seats_at(problem, school)
    if not days or not mine:
        raise BadInput(f"school {school}, day {day}", "本校这一周没有护学岗。", "this school has no guard posts in that week.")
    places, names = place_names(problem), wall_names(problem, plan, school)
    seats = sorted(
        (seat for seat in problem.seats if seat.id in mine), key=lambda seat: (slot_order(seat.slot), places[seat.post], seat.id)
    )
    body = ""
    for slot, group in groupby(seats, key=lambda seat: seat.slot):
        body += _slot_rows(slot, list(group), places, [partial(_wall_day, names, plan, d) for d in days])
    heads = ["时段", "岗位", "力量", *(_day_head(other) for other in days)]
    opened = any(plan[code, other] is None for code in mine for other in days)
    notes = [
        "姓名只公示姓氏和身份。" + ("空缺岗位正在协调。" if opened else ""),
        "带班领导:____________",
        "值班电话:____________",
    ]
    table = _table(heads, body, widths=(10, 9, 16))
    return _page(
        f"{title or school} 护学岗周表", f"{_chinese(days[0])} 至 {_chinese(days[-1])}", table, notes, "landscape", "13pt"
    )


def _slot_rows(slot: str, seats: Sequence[Seat], places: Mapping[str, str], cells: Iterable[Callable[[Seat], str]]) -> str:
    """Return the rows of one slot, which bears its hours once for all of them."""
    rows = []
    for i, seat in enumerate(seats):
        first = f'<th scope="rowgroup" class="slot" rowspan="{len(seats)}">{_hours(slot)}</th>' if i == 0 else ""
        heads = "".join(f'<th scope="row">{html.escape(text)}</th>' for text in (places[seat.post], kinds_in_words(seat.kinds)))
        rows.append(f"<tr>{first}{heads}{''.join(f'<td>{cell(seat)}</td>' for cell in cells)}</tr>")
    return f'<tbody class="slot">{"".join(rows)}</tbody>'


def _wall_day(names: Mapping[str, str], plan: Mapping[Cell, str | None], day: str, seat: Seat) -> str:
    return _wall_cell(names, plan[seat.id, day])


def month_card(problem: Problem, plan: Mapping[Cell, str | None], guard: str, *, month: str = "") -> str:
    """Return a guard's own card, as HTML: every duty by day, slot, school and post; month: such as 2026-09, all if empty."""
    who, duties = person(problem, guard), [d for d in duties_of(problem, plan, guard) if d[1].startswith(month)]
    posts, places = {post.id: post for post in problem.posts}, place_names(problem)
    by_day: dict[str, dict[str, str]] = defaultdict(dict)
    for seat, day in duties:
        by_day[day][seat.slot] = html.escape(f"{posts[seat.post].school} {places[seat.post]}")
    slots = sorted({seat.slot for seat, _ in duties}, key=slot_order)
    rows = ""
    for day in sorted(by_day):
        cells = "".join(f"<td>{by_day[day].get(slot, '')}</td>" for slot in slots)
        rows += f'<tr><th scope="row">{" ".join(_day_words(day))}</th>{cells}</tr>'
    schools = sorted({posts[seat.post].school for seat, _ in duties})
    walls = {school: wall_names(problem, plan, school)[guard] for school in schools}
    notes = [f"共 {len(duties)} 岗。不能到岗请提前告知带班领导,换岗须经批准。"]
    wall = ";".join(f"{school} {name}" for school, name in walls.items())
    notes += [f"校门周表上写作:{wall}"] if wall else []
    table = _table(["日期", *map(_hours, slots)], f"<tbody>{rows}</tbody>", widths=(24,))
    span = f"{_chinese(min(by_day))} 至 {_chinese(max(by_day))}" if by_day else "本期无岗"
    return _page(f"{who.called} 护学岗上岗卡", span, table, notes, "portrait", "11pt")


def pdf(page: str) -> bytes:
    """Return an HTML page as PDF."""
    from weasyprint import HTML

    content: bytes = HTML(string=page).write_pdf()
    return content


def _same_week(one: str, other: str) -> bool:
    return week_of(one) == week_of(other)


def _wall_cell(names: Mapping[str, str], who: str | None) -> str:
    return '<span class="open">空缺</span>' if who is None else html.escape(names[who])


def _hours(slot: str) -> str:
    """Return a slot with the hours to be there, where it is a time of day."""
    if slot_order(slot)[0] > 23:
        return html.escape(slot)
    begin, end = window("2000-01-01", slot)
    return f"{html.escape(slot)}<small>{begin:%H:%M}–{end:%H:%M}</small>"


def _day_head(day: str) -> str:
    date_, weekday = _day_words(day)
    return f"{date_}<small>{weekday}</small>"


def _day_words(day: str) -> tuple[str, str]:
    """Return a day as people write it: date and weekday; working weekends are marked as make-up days."""
    at = date.fromisoformat(day)
    return f"{at.month}月{at.day}日", f"周{_WEEKDAYS[at.weekday()]}{'(调休)' if at.weekday() > 4 else ''}"


def _chinese(day: str) -> str:
    at = date.fromisoformat(day)
    return f"{at.year}年{at.month}月{at.day}日"


def _table(heads: Sequence[str], body: str, *, widths: Sequence[int]) -> str:
    """Return a table; heads and body are HTML; widths: per cent of the first columns, the others share the rest."""
    columns = "".join(f'<col style="width: {width}%">' for width in widths)
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    return f"<table><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>{body}</table>"


def _page(title: str, span: str, table: str, notes: Sequence[str], way: str, letters: str) -> str:
    safe, foot = html.escape(title), "".join(f"<span>{html.escape(note)}</span>" for note in notes)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{safe}</title>'
        f"<style>{_STYLE % (way, letters)}</style></head>"
        f"<body><h1>{safe}</h1><h2>{html.escape(span)}</h2>{table}<p>{foot}</p></body></html>"
    )
