"""Grade a need; keep the county's grid."""

from datetime import date, timedelta
from typing import Annotated

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act, inside
from wanjia.kernel.calendar import Due, WorkingCalendar, today
from wanjia.orgs.agreeing.queries import asker
from wanjia.orgs.agreeing.rules import AGREES, can_refuse
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Area, ChangeState, Tier
from wanjia.verdict import Refused, first_refusal

from ..clocks import after_stops
from ..commands import advance, start_step
from ..models import CellChange, GridCell
from ..queries import cell_for
from ..states import NEED, Difficulty, Urgency
from ..subjects import NEEDS
from . import pages, rules
from .subjects import CELLS


@act(
    NEEDS, "triage_one", at="triage", call="triage", words=_("研判"), done=_("研判已保存。"), duty=Duty.TRIAGE_NEEDS, may=rules.can_triage, rank=20,
    template="casework/triage/triage.html", more=pages.beside_one, then=pages.onward, lines={"need.triage": _("研判诉求")},
)  # fmt: skip
def triage_need(
    need, *, by, at,
    urgency: Annotated[Urgency, Asked(_("轻重缓急"), keys="123", initial=lambda need, *_rest: need.urgency)],
    difficulty: Annotated[Difficulty, Asked(_("难易程度"), keys="qwer", initial=lambda need, *_rest: need.difficulty)],
    words: Annotated[str, Asked(_("研判意见"), _("重新研判时必须写明理由。"), rows=2, attrs={"data-key": "d"})] = "",  # dissent is one key
):  # fmt: skip
    """Grade one need (研判). The grid gives tier, deadline and who may hold it; grading anew needs a reason in `words`."""
    anew = not NEED.allows("triage", need.state)
    if anew and not words.strip():
        raise Refused(_("重新研判请写明理由。"))
    grade(need, urgency, difficulty, at=at)
    if not anew:  # grading anew starts no clock: not the need's own, not the step's
        start_step(need, "assign", at)
    advance(need, "regrade" if anew else "triage", by=by, at=at, words=words, urgency=urgency, difficulty=difficulty)
    return need


def grade(need, urgency, difficulty, *, at):
    """Write on `need` what the grid says of these grades: tier, hint, deadline.

    The first clock survives: it is counted from the first grading's day, and grading anew never moves it later.
    """
    day = need.graded_on = need.graded_on or today(at)
    cell = cell_for(need.village, Urgency(urgency), Difficulty(difficulty), day)
    need.urgency, need.difficulty, need.tier, need.grade_hint = urgency, difficulty, cell.tiers[0], cell.hint
    promise(need, deadline(cell, day), cell.days if cell.unit == "working" else None)


def promise(need, due, days):
    """Set the day by which a graded need is promised, never later than the first. days: working days it is counted by, or None."""
    if need.first_due_on is None:
        need.first_due_on = due.on
    elif due.on > need.first_due_on or (need.extended_from and due.on == need.first_due_on):
        return  # what the tier above granted stays, unless the new grade asks for less time than the first
    due = after_stops(need, due)
    need.due_on, need.due_provisional, need.due_days = due.on, due.provisional, days


def deadline(cell, day, calendar=None):
    """Return the Due date of a cell counted from `day`."""
    if cell.unit == "working":
        return (calendar or WorkingCalendar.load()).add(day, cell.days)
    return Due(day + timedelta(days=cell.days))


class CountedIn(TextChoices):
    """By which days a deadline is counted."""

    WORKING = "working", _("工作日")
    CALENDAR = "calendar", _("自然日")


AHEAD = 10  # years: what a cell gives is counted on over a whole cycle of the calendar, which ends before the year 10000
ON_A_SCREEN = "the grid is set a few times a year, beside the whole of it on its page"


@act(
    CELLS, "set", words=_("从这天起执行"), duty=OrgsDuty.SET_RULES, may=inside, new=True, page=False, call=None, because=ON_A_SCREEN, button=False,
    lines={"grid.set": _("修改研判表"), "grid.propose": _("提出延长研判表的期限,等另一个单位同意")},
)  # fmt: skip
def set_grid_cell(
    *, county, by, at,
    urgency: Annotated[Urgency, Asked(_("轻重缓急"), select=True)],
    difficulty: Annotated[Difficulty, Asked(_("难易程度"), select=True)],
    tiers: Annotated[list[Tier], Asked(_("可承办层级"), _("选中的第一个是通常承办的层级。"))],
    days: Annotated[int, Asked(_("期限(天)"), least=1, most=365)],
    unit: Annotated[CountedIn, Asked(_("按"), initial=CountedIn.WORKING)],
    from_on: Annotated[date, Asked(_("从哪天起"), initial=lambda _row, _actor, day: day)],
    hint: Annotated[str, Asked(_("提示"), most=120)] = "",
):  # fmt: skip
    """Set one cell of the county's grid from a day on; the cell before it ends that day. Graded needs keep their deadline.

    Returns the cell; or, where it gives more time, the change that waits for another unit (ADR 86).
    """
    rules.can_set_grid(by, county).or_raise()
    last = today(at).year + AHEAD
    first_refusal(
        (from_on >= today(at), _("研判表只能从今天或以后的日期起修改,已研判的诉求不受影响。")),
        (from_on.year <= last, _("从哪天起最多填到 %(year)s 年,请核对年份。") % {"year": last}),
        (tiers and set(tiers) <= set(Tier.values), _("请至少选择一个承办层级。")),
        (1 <= days <= 365, _("期限请填 1 到 365 天。")),
    ).or_raise()
    change = CellChange(
        county=county, urgency=urgency, difficulty=difficulty, tiers=",".join(tiers), days=days, unit=unit, hint=hint, from_on=from_on,
        **asker(by, at, act="grid.propose", code=county.pk),
    )  # fmt: skip
    _alone_with(county)
    return _wait(change, by=by, at=at) if rules.gives_more(change) else _write(change, "grid.set", by=by, at=at)


@act(
    CELLS, "decide_grid_cell", at="decide", words=_("另一个单位的意见"), done=pages.decided, duty=(OrgsDuty.SET_RULES, *AGREES), may=inside, call=None,
    because=ON_A_SCREEN, then=pages.to_grid, template="casework/triage/decide.html", more=pages.change_said,
    lines={"grid.agree": _("同意改研判表"), "grid.decline": _("没有同意改研判表")}, by_line={"grid.agree": AGREES},
)  # fmt: skip
def decide_grid_cell(
    change, *, by, at,
    agree: Annotated[bool, Asked(_("您的意见"), answers=(_("同意"), _("不同意")))],
    words: Annotated[str, Asked(_("理由"), most=200)] = "",
):  # fmt: skip
    """Give another unit's word on a waiting cell: it comes into force, or never. Whoever keeps the grid may take it back, not agree."""
    if change.state != ChangeState.WAITING:
        raise Refused(_("这次研判表改动已经处理过了。"))
    takes_back = not agree and rules.can_set_grid(by, change.county)
    if not takes_back:
        rules.can_agree(by, change).or_raise()
    _alone_with(change.county)
    (rules.still_as_asked(change) if agree else can_refuse(words)).or_raise()
    org = by.org_name_for("grid.set", change.county_id) if takes_back else rules.unit_of_word(by, change.county).name
    change.hear(agree=agree, words=words, by=by, org=org, at=at)
    change.save()
    if agree:
        return _write(change, "grid.agree", by=by, at=at)
    journal.record(
        act="grid.decline", subject=change, by=by, at=at, area_code=change.county_id, in_name_of=org, reason=change.words,
        asked_by=change.by_name, **_said(change),
    )  # fmt: skip
    return change


def _alone_with(county):
    """Let one change of a county's grid happen at a time: what is judged is what stands when it is written."""
    Area.objects.select_for_update().get(pk=county.pk)


def _wait(change, *, by, at):
    """Keep a change until another unit's word."""
    same = {"county": change.county, "urgency": change.urgency, "difficulty": change.difficulty}
    if CellChange.objects.filter(state=ChangeState.WAITING, **same).exists():
        raise Refused(_("这一格已经有一项改动在等另一个单位同意。要改提别的,请先收回那一项。"))
    change.save(force_insert=True)
    journal.record(act="grid.propose", subject=change, by=by, at=at, area_code=change.county_id, **_said(change))
    return change


def _write(change, act, *, by, at):
    """Bring a cell into force from the day asked for, never from a day gone by: what was graded meanwhile keeps its promise."""
    from_on = max(change.from_on, today(at))
    cells = GridCell.objects.filter(county=change.county, urgency=change.urgency, difficulty=change.difficulty)
    gone = list(cells.filter(from_on__gte=from_on).values_list("pk", flat=True))
    cells.filter(pk__in=gone).delete()
    ended = list(cells.not_ended(from_on).values_list("pk", flat=True))
    cells.filter(pk__in=ended).update(to_on=from_on)
    cell = GridCell.objects.create(
        county=change.county, urgency=change.urgency, difficulty=change.difficulty, tiers=change.tiers, days=change.days, unit=change.unit,
        hint=change.hint, from_on=from_on, set_by_id=change.by_id, agreed_by_id=change.decided_by_id,
    )  # fmt: skip
    asked = {"asked_by": change.by_name, "in_name_of": change.decided_org} if change.decided_by_id else {}
    journal.record(
        act=act, subject=cell, by=by, at=at, area_code=change.county_id, **_said(cell), ended=ended, gone=gone,
        set_by_id=cell.set_by_id, agreed_by_id=cell.agreed_by_id, **asked,
    )  # fmt: skip
    return cell


def _said(cell):
    return {"urgency": cell.urgency, "difficulty": cell.difficulty, "tiers": cell.tiers.split(","), "days": cell.days, "unit": cell.unit,
            "from_on": cell.from_on}  # fmt: skip
