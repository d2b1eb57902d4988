"""Put needs together, take one out, say that they are two, report what is done for all at once: each need its own line, number, date and answer."""

from dataclasses import replace
from datetime import date
from typing import Annotated

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.acts import Asked, act
from wanjia.orgs import scope
from wanjia.verdict import Refused

from ..commands import note_step, take_all
from ..handling.commands import FILE, report_done
from ..models import Apart, Joined, Matter, Need, NumberSeries
from ..rules import holds
from ..states import MatterKind, Outcome, Way
from . import pages, queries, rules
from .subjects import MATTERS

NUMBERS = Asked(_("诉求编号"), _("几件一起写,用空格、顿号或换行隔开。"), rows=3, least=4, most=2400)


@act(
    MATTERS, "group", at="new", call="", words=_("并案"), done=_("已并在一起。每件诉求的编号、期限和答复不变。"), duty=rules.DECIDES, may=rules.can_decide, new=True,
    button=False, then=pages.to_matter, lines={"need.group": _("并为同一事项"), "need.relate": _("标为相关事项")},
)  # fmt: skip
def group_needs(
    *, by, at,
    numbers: Annotated[str, NUMBERS],
    kind: Annotated[MatterKind, Asked(_("同一件事,还是有关联"), _("同一事项:按一个事项统计,件数照旧。相关事项:只是互相看得到,各算各的。"))] = MatterKind.SAME,
):  # fmt: skip
    """Put needs together as one matter (并为同一事项), or as related ones. Each stays a need with number, owner, dates and answer of its own. Returns the Matter."""
    kind = MatterKind(kind)
    taken = _taken(queries.named(by, numbers), at)
    if len(taken) < 2:
        raise Refused(_("请写两件或两件以上的诉求。"))
    needs = [need for need, _at in taken]
    rules.may_decide_on(by, needs).or_raise()
    for need in needs:
        rules.may_join(need, kind).or_raise()
    matter = Matter.objects.create(
        number=next_number(needs[0].village), kind=kind, made_at=at, made_by_id=by.id, made_by_name=by.name,
        made_org=scope.unit(by, duty=rules.DECIDES, code=needs[0].village_id),
    )  # fmt: skip
    _join(matter, taken, by)
    return matter


@act(
    MATTERS, "join", words=_("再并进几件"), done=_("已并进来。"), duty=rules.DECIDES, may=rules.can_change, rank=20, lines={},
)  # fmt: skip
def add_to_matter(matter, *, by, at, numbers: Annotated[str, NUMBERS]):
    """Put more needs into a matter that stands. Returns the Matter."""
    taken = _taken(queries.named(by, numbers), at)
    there = rules.all_of(matter)
    rules.may_hold(len(there) + len(taken)).or_raise()
    rules.may_decide_on(by, [*there, *(need for need, _at in taken)]).or_raise()
    for need, _moment in taken:
        rules.may_join(need, MatterKind(matter.kind)).or_raise()
    _join(matter, taken, by)
    return matter


@act(
    MATTERS, "leave", words=_("移出一件"), done=_("已移出。它的编号、期限和办理过程都在。"), duty=rules.DECIDES, may=rules.can_change, aside=True, tone="danger", rank=60,
    button=False, then=pages.after_leaving, lines={"need.ungroup": _("移出事项"), "need.unrelate": _("取消关联")},
)  # fmt: skip
def leave_matter(
    matter, *, by, at,
    need: Annotated[Need, Asked(_("移出哪一件"), among=pages.to_leave, named=pages.once_in, shown=pages.one_of)],
    reason: Annotated[str, Asked(_("为什么移出"), rows=2, most=200)] = "",
):  # fmt: skip
    """Take one need out of a matter (移出): nothing of its own is lost. Where one alone is left, it is none any more and ends. Returns the Matter."""
    taken = _taken(rules.all_of(matter), at)
    leaving = [row for row in taken if row[0].pk == need.pk]
    if not leaving:
        raise Refused(_("这件诉求不在这个事项里,可能刚被移出。"))
    _leave(matter, leaving, by, reason)
    left = [row for row in taken if row[0].pk != need.pk]
    if len(left) < 2:
        _leave(matter, left, by, _("只剩这一件,事项随之拆开"))
        matter.ended_at = at
        matter.save(update_fields=["ended_at"])
    return matter


@act(
    MATTERS, "apart", at="apart", call="apart", words=_("不是同一事项"), done=_("已记下,不再提示这几件。"), duty=rules.DECIDES, may=rules.can_decide, new=True,
    button=False, then=pages.to_list, lines={"need.apart": _("看过,不是同一事项")},
)  # fmt: skip
def keep_apart(*, by, at, numbers: Annotated[str, NUMBERS]):
    """Say that the first of these needs is another matter than each of the others (不是同一事项): they are not proposed together again. Returns how many pairs."""
    order = [need.pk for need in queries.named(by, numbers)]
    taken = _taken(order, at)
    if len(taken) < 2:
        raise Refused(_("请写两件或两件以上的诉求。"))
    needs = {need.pk: (need, moment) for need, moment in taken}
    rules.may_decide_on(by, [need for need, _moment in taken]).or_raise()
    first, pairs = order[0], 0
    for other in order[1:]:
        less, more = sorted((first, other))
        _row, made = Apart.objects.get_or_create(need_id=less, other_id=more, defaults={"at": at, "by_id": by.id, "by_name": by.name})
        pairs += made
        for need, moment in (needs[first], needs[other]) if made else ():
            note_step(need, "apart", by=by, at=moment, beside={"with": sorted((str(less), str(more)))})
    if not pairs:
        raise Refused(_("这几件已经记过不是同一事项。"))
    return pairs


@act(
    MATTERS, "report", words=_("一并报办结"), done=pages.reported, duty=Duty.HANDLE_NEEDS, may=rules.can_report, rank=10, lines={},
    template="casework/matters/report.html", more=pages.who_takes_it,
)  # fmt: skip
def report_matter(
    matter, *, by, at,
    outcome: Annotated[Outcome, Asked(_("办理结果"), select=True, none=_("请选择"))],
    outcome_text: Annotated[str, Asked(_("办成了什么"), _("诉求人看得懂的话。每件诉求各写一行,各答复各的诉求人。"), rows=3)],
    answered_on: Annotated[date, Asked(_("答复诉求人的日期"), initial=lambda _matter, _actor, day: day)],
    answered_way: Annotated[Way, Asked(_("答复方式"), but=(Way.SLIP,))],
    planned_on: Annotated[date | None, Asked(_("计划兑现日期"), _("列入计划的才填:家里人按这一天等。"), attrs={"data-when": f"outcome={Outcome.PLANNED.value}"}, needed=True)] = None,
    file: Annotated[File | None, replace(FILE, call=False)] = None,
    paper: Annotated[str, Asked(_("佐证是什么"), _("文件的说明;没有文件的,写明佐证在哪里。"), most=300)] = "",
    no_evidence_reason: Annotated[str, Asked(_("没有佐证的原因"), _("有佐证的不用填。"), most=200)] = "",
):  # fmt: skip
    """Report what came out for every need of a matter that the own unit holds: each by the act of every day, with its own line, evidence and callback.

    What cannot take it now stays as it was and is named with its reason. Returns {"done": [numbers], "left": [[number, reason]]}.
    """
    said = {"outcome": outcome, "outcome_text": outcome_text, "answered_on": answered_on, "answered_way": answered_way, "planned_on": planned_on}
    done, left = [], []
    for need in sorted(rules.all_of(matter), key=lambda one: one.pk):  # in the order in which all acts lock several needs
        if not holds(by, need, duty=Duty.HANDLE_NEEDS):
            continue
        if file is not None:
            file.seek(0)
        try:
            report_done(need_id=need.pk, by=by, at=at, file=file, paper=paper, no_evidence_reason=no_evidence_reason, **said)
        except Refused as refusal:
            left.append([need.number, str(refusal.reason)])
        else:
            done.append(need.number)
    if not done:
        raise Refused(_("没有一件能报:%(why)s") % {"why": pages.why_left(sorted(left))})
    return {"done": sorted(done), "left": sorted(left)}


def next_number(village):
    """Return the next number of a matter of the village's county: county6-Mn; the series is locked to the end of the transaction."""
    prefix = f"{village.code[:6]}-M"
    series, _made = NumberSeries.objects.select_for_update().get_or_create(prefix=prefix, defaults={"last": 0})
    series.last += 1
    series.save(update_fields=["last"])
    return f"{prefix}{series.last:04d}"


def _taken(needs, at):
    """Lock these needs (rows or keys) in the order of their keys; return [(need, moment)] in the order of their numbers."""
    keys = [getattr(need, "pk", need) for need in needs]
    return sorted(take_all(keys, at), key=lambda row: row[0].number)


def _join(matter, taken, by):
    """Write the matter into each need, with a line of its own. The line carries the keys of all that stand in it: told is it to whoever sees two."""
    for need, moment in taken:
        Joined.objects.get_or_create(matter=matter, need=need, defaults={"at": moment})
    there, kind = rules.ever_in(matter), MatterKind(matter.kind)
    for need, moment in taken:
        setattr(need, rules.FIELD[kind], matter)
        note_step(need, rules.ACTS[kind][0], by=by, at=moment, words=matter.number, beside={"with": there})


def _leave(matter, taken, by, reason):
    there, kind = rules.ever_in(matter), MatterKind(matter.kind)
    for need, moment in taken:
        setattr(need, rules.FIELD[kind], None)
        words = " · ".join(filter(None, (matter.number, str(reason).strip())))
        note_step(need, rules.ACTS[kind][1], by=by, at=moment, words=words, beside={"with": there})
