"""The acts of the agenda: an item brought, changed, put on, taken off, talked about, decided, sent on, carried out."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.verdict import Conflict, Refused, first_refusal

from ..bodies.commands import KEEPS, day_of
from ..bodies.rules import can_keep
from ..bodies.subjects import BODIES
from ..duties import Duty
from ..models import AgendaItem, GoverningBody, Meeting
from ..states import AGENDA, ItemKind, ItemSource, ItemState, MeetingState, Ruling
from . import queries, rules
from .subjects import ITEMS


def said(field):
    """Return what stands in a field of an item; nothing where an item is new, and the row is its body."""
    return lambda row, *_rest: getattr(row, field) if isinstance(row, AgendaItem) else None


Kind = Annotated[ItemKind, Asked(_("类别"), initial=said("kind"))]
Title = Annotated[str, Asked(_("议题"), least=4, most=60, initial=said("title"))]
Words = Annotated[str, Asked(_("内容"), _("要定什么、为什么。不写欠债、疾病、上访等个人的事。"), rows=4, least=4, most=600, initial=said("words"))]
Reserved = Annotated[str, Asked(_("须提交的事项"), _("属于这些的,议事会只能商量,要转给有权决定的会议。"), among=queries.matters, initial=said("matter"), select=True, none=_("不属于"))]


@act(BODIES, "item_new", at="items/new", words=_("提出议题"), done=_("已记下,等待上会。"), **KEEPS, may=can_keep, rank=10, then=lambda _request, _row, one: queries.page_of_item(one), lines={"agenda_item.propose": _("提出议题")})
def propose_item(
    governing_body, *, by, at,
    source: Annotated[ItemSource, Asked(_("议题来源"), select=True, but=(ItemSource.OTHER_BODY, ItemSource.BACK))],
    kind: Kind, title: Title, words: Words,
    proposed_on: Annotated[date, Asked(_("提出日期"), initial=day_of)],
    matter: Reserved = "",
    brought_by: Annotated[str, Asked(_("提出人"), _("愿意留名的写;不公开,只有本村经办人能看。"), most=40)] = "",
):  # fmt: skip
    """Bring an item to a body (提出议题): anybody may, by paper; the clerk writes it down."""
    first_refusal((proposed_on <= today(at), _("提出日期不能晚于今天。")), (source not in (ItemSource.OTHER_BODY, ItemSource.BACK), _("转来、再议的议题由系统登记。"))).or_raise()
    _known(matter, today(at))
    item = AgendaItem(
        body=governing_body, source=source, kind=kind, title=title.strip(), words=words.strip(), matter=matter, brought_by=brought_by.strip(), proposed_on=proposed_on,
        proposed_at=at, proposed_by_id=by.id,
    )  # fmt: skip
    item.save(force_insert=True)
    journal.record(act="agenda_item.propose", subject=item, by=by, at=at, area_code=governing_body.area_id)
    return item


def _known(matter, day):
    if matter and matter not in dict(queries.matters(None, None, day)):
        raise Refused(_("须提交的事项请从列出的里面选。"))


@act(ITEMS, "item_change", at="change", words=_("改议题"), done=_("已改。"), **KEEPS, may=rules.can_change, rank=60, aside=True, tone="quiet", lines={"agenda_item.change": _("改议题")})
def change_item(agenda_item, *, by, at, kind: Kind, title: Title, words: Words, matter: Reserved = ""):
    """Change an item before it is decided. What it is marked as reserved for, one hand marks and no hand of the village takes off."""
    rules.keeps_its_words(agenda_item, title, words).or_raise()
    if matter != agenda_item.matter:
        _known(matter, today(at))
        rules.may_mark(agenda_item).or_raise()
    rows = AgendaItem.objects.filter(pk=agenda_item.pk, version=agenda_item.version)
    if not rows.update(kind=kind, title=title.strip(), words=words.strip(), matter=matter, version=agenda_item.version + 1):
        raise Conflict()
    agenda_item.refresh_from_db()
    journal.record(act="agenda_item.change", subject=agenda_item, by=by, at=at, area_code=agenda_item.body.area_id)
    return agenda_item


@act(ITEMS, "item_free", at="free", words=_("核定不属于须提交的事项"), done=_("已核定,议题页上看得到原因。"), duty=Duty.FILE_DECISIONS, may=rules.can_free, aside=True, tone="quiet", lines={"agenda_item.free": _("核定不属于须提交的事项")})
def free_item(agenda_item, *, by, at, reason: Annotated[str, Asked(_("为什么不属于"), _("村里商量好了再核定,议题页上看得到。"), rows=2, least=6, most=200)]):
    """Say that an item is no reserved matter after all (核定): the township's filing hand, never whoever keeps the agenda alone."""
    rows = AgendaItem.objects.filter(pk=agenda_item.pk, version=agenda_item.version)
    if not rows.update(matter="", freed_because=reason.strip(), version=agenda_item.version + 1):
        raise Conflict()
    agenda_item.refresh_from_db()
    journal.record(act="agenda_item.free", subject=agenda_item, by=by, at=at, area_code=agenda_item.body.area_id, reason=reason.strip())
    return agenda_item


@act(ITEMS, "item_put", at="put", words=_("列入议程"), done=_("已列入议程。"), **KEEPS, may=rules.can_put, rank=5, lines={"agenda_item.put": _("列入议程")})
def put_item(agenda_item, *, by, at, meeting: Annotated[Meeting, Asked(_("哪次会议"), among=queries.meetings_for, within=_("这次会议不是这个组织的,或者已经散了。"))]):
    """Put an item on the agenda of a meeting of its body (列入议程)."""
    held = Meeting.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.pk)
    if held.state not in (MeetingState.CALLED, MeetingState.OPENED):
        raise Conflict()
    agenda_item.meeting = held
    journal.move(agenda_item, AGENDA, "put", by=by, at=at, saving=["meeting"], area_code=agenda_item.body.area_id)
    return agenda_item


@act(ITEMS, "item_off", at="off", words=_("撤出议程"), done=_("已撤出,等待上会。"), **KEEPS, may=rules.can_take_off, aside=True, tone="quiet", lines={"agenda_item.take_off": _("撤出议程")})
def take_item_off(agenda_item, *, by, at):
    """Take an item off the agenda (撤出议程): it waits for another meeting."""
    agenda_item.meeting = None
    journal.move(agenda_item, AGENDA, "take_off", by=by, at=at, saving=["meeting"], area_code=agenda_item.body.area_id)
    return agenda_item


@act(ITEMS, "item_note", at="note", words=_("记发言"), done=_("已记下。"), **KEEPS, may=rules.can_note, rank=20, tone="quiet", lines={"agenda_item.note": _("记录发言要点")})
def note_words(agenda_item, *, by, at, minutes: Annotated[str, Asked(_("发言要点"), _("谁主张什么、有什么不同意见。"), rows=8, least=2, most=2000, initial=said("minutes"))]):
    """Write down what is said, while the meeting runs (发言要点)."""
    rows = AgendaItem.objects.filter(pk=agenda_item.pk, version=agenda_item.version)
    if not rows.update(minutes=minutes.strip(), version=agenda_item.version + 1):
        raise Conflict()
    agenda_item.refresh_from_db()
    journal.record(act="agenda_item.note", subject=agenda_item, by=by, at=at, area_code=agenda_item.body.area_id)
    return agenda_item


def go_on(item, body, source, *, by, at, words=""):
    """Let what was put off, sent on or sent back go on as a new item of a body, which names the one it comes from; what a meeting changed comes back as changed."""
    changed = item.conclusion if item.state == ItemState.AMENDED else ""
    new = AgendaItem(
        body=body, came_from=item, source=source, kind=item.kind, title=item.title, words=(words or changed or item.words)[:600], matter=item.matter, brought_by=item.brought_by,
        proposed_on=today(at), proposed_at=at, proposed_by_id=by.id,
    )  # fmt: skip
    new.save(force_insert=True)
    journal.record(act="agenda_item.propose", subject=new, by=by, at=at, area_code=body.area_id)
    return new


@act(ITEMS, "item_decide", at="decide", words=_("记表决结果"), done=_("已记下。"), **KEEPS, may=rules.can_decide, rank=5, lines={
    "agenda_item.pass": _("议题通过"), "agenda_item.amend": _("议题修改后通过"), "agenda_item.reject": _("议题未通过"), "agenda_item.defer": _("议题暂缓"),
})  # fmt: skip
def rule_on_item(
    agenda_item, *, by, at,
    ruling: Annotated[Ruling, Asked(_("表决结论"))],
    votes_for: Annotated[int, Asked(_("同意"), most=100_000, initial=0)] = 0,
    votes_against: Annotated[int, Asked(_("不同意"), most=100_000, initial=0)] = 0,
    votes_abstain: Annotated[int, Asked(_("弃权"), most=100_000, initial=0)] = 0,
    conclusion: Annotated[str, Asked(_("结论"), _("定了什么;修改后通过的写修改后的内容。"), rows=3, most=400)] = "",
    answers: Annotated[str, Asked(_("责任人"), _("通过的写:谁去办。"), most=60)] = "",
    due_on: Annotated[date | None, Asked(_("完成时限"), _("通过的写。"))] = None,
):  # fmt: skip
    """Write down what a meeting decided on an item (表决): only where enough came, and by votes that bear it out. What is put off comes again."""
    item, ruling = agenda_item, Ruling(ruling)
    votes_for, votes_against, votes_abstain = (votes or 0 for votes in (votes_for, votes_against, votes_abstain))  # a page leaves them empty
    passes = ruling in (Ruling.PASS, Ruling.AMEND)
    if passes:
        rules.may_rule(item, queries.kind_words).or_raise()
        rules.was_told(item).or_raise()
    rules.may_stand(item, ruling, votes_for, votes_against, votes_abstain).or_raise()
    first_refusal(
        (not passes or (conclusion.strip() and answers.strip() and due_on), _("通过的要写明结论、责任人和完成时限。")), (due_on is None or due_on >= item.meeting.day, _("完成时限不能早于开会那天。")),
    ).or_raise()  # fmt: skip
    voted = ruling != Ruling.DEFER
    item.votes_for, item.votes_against, item.votes_abstain = (votes_for, votes_against, votes_abstain) if voted else (None, None, None)
    item.conclusion, item.answers, item.due_on = conclusion.strip(), answers.strip() if passes else "", due_on if passes else None
    item.decided_on, item.decided_at, item.decided_by_id = item.meeting.day, at, by.id
    saving = ["votes_for", "votes_against", "votes_abstain", "conclusion", "answers", "due_on", "decided_on", "decided_at", "decided_by_id"]
    journal.move(item, AGENDA, ruling.value, by=by, at=at, saving=saving, area_code=item.body.area_id)
    if ruling == Ruling.DEFER:
        go_on(item, item.body, ItemSource.BACK, by=by, at=at)
    return item


@act(ITEMS, "item_send_on", at="send-on", words=_("转其他会议"), done=_("已转,在那边等待上会。"), **KEEPS, may=rules.can_send_on, rank=30, tone="quiet", lines={"agenda_item.send_on": _("议题转其他会议")})
def send_item_on(
    agenda_item, *, by, at,
    body: Annotated[GoverningBody, Asked(_("提交给"), among=queries.targets, within=_("这件事不能提交给这个组织;还没登记那个组织的,先登记。"), initial=queries.nearest)],
    reason: Annotated[str, Asked(_("商议意见"), _("商量到什么程度、为什么要转。"), rows=3, least=4, most=400)],
):  # fmt: skip
    """Send an item to the body that may decide it (转其他会议): there it waits as an item of its own, which names this one."""
    item = agenda_item
    item.conclusion, item.decided_on, item.decided_at, item.decided_by_id = reason.strip(), today(at), at, by.id
    journal.move(item, AGENDA, "send_on", by=by, at=at, saving=["conclusion", "decided_on", "decided_at", "decided_by_id"], area_code=item.body.area_id, reason=reason.strip())
    go_on(item, body, ItemSource.OTHER_BODY, by=by, at=at)
    return item


@act(ITEMS, "item_done", at="done", words=_("登记落实情况"), done=_("已登记,公开栏上看得到。"), **KEEPS, may=rules.can_tell_done, rank=40, lines={"agenda_item.done": _("登记落实情况")})
def tell_done(
    agenda_item, *, by, at,
    done_on: Annotated[date, Asked(_("落实日期"), initial=day_of)],
    words: Annotated[str, Asked(_("落实情况"), _("办成什么样、花了多少。"), rows=3, least=4, most=400)],
):  # fmt: skip
    """Tell how a decision was carried out (落实)."""
    if not agenda_item.decided_on <= done_on <= today(at):
        raise Refused(_("落实日期要在决定以后,不晚于今天。"))
    rows = AgendaItem.objects.filter(pk=agenda_item.pk, version=agenda_item.version)
    if not rows.update(done_on=done_on, done_words=words.strip(), version=agenda_item.version + 1):
        raise Conflict()
    agenda_item.refresh_from_db()
    journal.record(act="agenda_item.done", subject=agenda_item, by=by, at=at, area_code=agenda_item.body.area_id)
    return agenda_item
