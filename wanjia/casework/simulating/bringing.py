"""An old ledger comes in between: a sheet of the county's own office, row for row, while everybody goes on working."""

import csv
import io
from datetime import timedelta
from types import SimpleNamespace
from unittest.mock import patch

from wanjia.orgs.roles import Role
from wanjia.registry.applying import commands as applying
from wanjia.registry.importing import commands as importing
from wanjia.registry.importing import pace

from ..models import Need, Step
from ..states import Category, Difficulty, Urgency
from .account import Account, Line

HEAD = (
    "登记时间", "诉求人", "乡镇(街道)", "村(社区)", "诉求类别", "诉求内容", "是否合理", "不合理依据", "紧急程度", "难易程度", "牵头单位", "交办时间", "是否解决",
    "办结时间", "办理结果",
)  # fmt: skip
NUMERALS = "零一二三四五六七八九"
STILL = SimpleNamespace(monotonic=lambda: 0.0, thread_time=lambda: 0.0, sleep=lambda _seconds: None)  # the import rests by the clock on the wall


def bring_in(county):
    """Import an old ledger: each row becomes one need; asked again with the same file, none. The book takes them over as they stand."""
    written = _rows(county)
    body, office = _sheet(written), county.user(county.one(Role.LEDGER_OFFICE))
    county.brought_on = county.day
    before = set(Need.objects.values_list("pk", flat=True))
    for turn in (1, 2):
        _import(county, body, office)
        made = Need.objects.exclude(pk__in=before).select_related("village").order_by("number")
        if made.count() != len(written):
            county.violate("导入丢了或多了行 / an import lost or doubled rows", None, f"第 {turn} 次导入后,{len(written)} 行成了 {made.count()} 件")
    for need in made:
        _take_over(county, need)
    for row, state in written:
        if not any(one.summary == row[5] and one.state == state for one in made):
            county.violate("导入的一行不对 / an imported row is wrong", None, f"“{row[5]}”应当{state}")


def _rows(county):
    """Return [(cells, state in which the need must stand)]."""
    found, long_ago = [], county.day - timedelta(days=40)
    for n in range(max(6, county.year.needs // 100)):
        home, wish = county.dice.choice(county.homes), county.dice.choice(county.voices)
        kind = n % 4
        unit = county.dice.choice([one for one in county.units.values() if one.living and one.line and one.tier == "county" and county.signer(one.pk)])
        said, on = f"{wish.words}(旧台账第 {n + 1} 件)", long_ago + timedelta(days=n % 20)
        cells = [on, "赵" + "".join(NUMERALS[int(digit)] for digit in str(n)), home.village.parent.name,
                 home.village.name, str(Category(wish.category).label), said]  # fmt: skip
        grades = [str(Urgency(wish.urgency).label), str(Difficulty(wish.difficulty).label)]
        if kind == 0:
            found.append((cells + ["不合理", "不符合政策规定的条件"] + [""] * 7, "declined"))
        elif kind == 1:
            found.append((cells + [""] * 9, "registered"))
        elif kind == 2:
            found.append((cells + ["合理", "", *grades, unit.name, on + timedelta(days=2), "", "", ""], "assigned"))
        else:
            done = on + timedelta(days=9)
            found.append((cells + ["合理", "", *grades, unit.name, on + timedelta(days=2), "是", done, "已经办好"], "done_reported"))
    return found


def _sheet(rows):
    """Write the ledger as the office's program saves it, the same bytes for the same rows."""
    out = io.StringIO()
    csv.writer(out).writerows([HEAD, *(cells for cells, _state in rows)])
    return out.getvalue().encode("utf-8-sig")


def _import(county, body, office):
    with patch.object(applying, "time", STILL), patch.object(pace, "time", STILL):
        who = lambda: {"by": office, "at": county.now().moment}  # noqa: E731
        upload = importing.receive_upload(template="needs", name="旧台账.csv", body=body, today=county.day, **who())
        upload = importing.judge_upload(upload, **who())
        if upload.state == "judged" and upload.rows_ok:
            importing.confirm_upload(upload_id=upload.pk, **who())
            upload = applying.apply_upload(upload, **who())
    county.year.clock.set(max(county.year.clock.moment, upload.received_at))


def _take_over(county, need):
    """What an imported need is at first is the import's own word; from here on the book reckons."""
    one = Account(
        need.pk, need.number, need.village_id, None, need.category, need.involves_child, need.recorded_on, wish=county.voices.of(need.summary.split("(旧")[0]),
        pace=county.dice.uniform(0.5, 1.3), state=need.state,
    )  # fmt: skip
    for name in ("reasonable", "urgency", "difficulty", "outcome", "confirmed", "confirmed_by", "callback_failed", "due_on", "graded_on", "first_due_on",
                 "late_since", "planned_on", "returns", "reopenings", "done_at", "ended_at"):  # fmt: skip
        setattr(one, name, getattr(need, name))
    one.holder, one.handler, one.days, one.provisional = need.holder_id, need.handler_id, need.due_days, need.due_provisional
    one.step, one.step_from, one.step_due_on = need.step_clock, need.step_from_on, need.step_due_on
    live = need.holdings.filter(to_at=None).first()
    one.given_by = live and live.assigned_by_id
    one.handed_on = one.given_on = county.day if need.state == "assigned" else None
    one.part = {need.holder_id}
    for line in Step.objects.filter(need=need).order_by("n"):
        one.lines.append(Line(line.act, line.recorded_at, line.by_name, line.by_org_name, line.words))
    county.book.add(one)
