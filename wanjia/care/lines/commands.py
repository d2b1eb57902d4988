"""The acts of the three lines and the three concerns. A line of the journal says that there was a contact or a concern, never what was said."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import act, inside
from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.policy.statuses import months_after
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..line_states import CONCERN, Domain, Level, Line, Then
from ..models import Concern, LineContact
from . import asking, pages, rules
from .subjects import CHILDREN, CONCERNS, CONTACTS

KEEPS = (Duty.ACCOMPANY, Duty.KEEP_LINES)
READS = (Duty.ACCOMPANY, Duty.READ_CARE_NOTES)
DOOR = {"call": None, "because": asking.ONE_DOOR}
KINDS = {Domain.STUDY: "schooling", Domain.LIFE: "aid", Domain.MIND: "guardianship"}  # of the ledger
SAID = {Domain.STUDY: "学习", Domain.LIFE: "生活", Domain.MIND: "思想心理"}  # in its one sentence, whoever's language


@act(CHILDREN, "child_contact", at="contact", words=_("记一次联系"), done=_("已记下。"), duty=KEEPS, may=rules.can_note, rank=5, then=pages.back, lines={"child.contact": _("联系孩子的家长、老师或本人")}, **DOOR)
def note_contact(
    child, *, by, at,
    line: asking.WhichLine, way: asking.WhichWay, missed: asking.Missed = False, on: asking.OnDay = None, note: asking.Said = "",
):  # fmt: skip
    """Note that parent, teacher or student was reached, or was tried in vain (三联系)."""
    return _note(child, Line(line), way, not missed, on or today(at), note, by=by, at=at)


@act(CHILDREN, "child_card", at="card", words=_("照联系卡补录"), done=_("已照卡记下。"), duty=KEEPS, may=rules.can_note, rank=30, then=pages.back, template="care/lines/enter.html",
     lines={"child.card": _("照联系卡补录")}, **DOOR)  # fmt: skip
def enter_card(
    child, *, by, at,
    parent_on: asking.ParentDay = None, parent_way: asking.ParentWay = "", teacher_on: asking.TeacherDay = None, teacher_way: asking.TeacherWay = "",
    student_on: asking.StudentDay = None, student_way: asking.StudentWay = "",
):  # fmt: skip
    """Write down one row of a printed month card: of each line the day and the way, where there is one."""
    told = {Line.PARENT: (parent_on, parent_way), Line.TEACHER: (teacher_on, teacher_way), Line.STUDENT: (student_on, student_way)}
    for on, way in told.values():
        if bool(on) != bool(way):
            raise Refused(_("每一行要么日期和方式都填,要么都不填。"))
    rows = {line: said for line, said in told.items() if said[0]}
    if not rows:
        raise Refused(_("卡上至少要有一条联系。"))
    for line, (on, way) in rows.items():
        _note(child, line, way, True, on, "", by=by, at=at)
    return child


@act(CHILDREN, "month_enter", words=_("补录整张联系卡"), done=_("已照卡记下。"), duty=KEEPS, may=inside, new=True, page=False, lines={}, call=None, because="a card on paper is typed on its own page: views.month_enter")
def enter_month(*, rows, by, at):
    """Write down a whole month card in one go, all of it or nothing. rows: [(child, line, way, reached, on)]. Returns how many were new: what was
    written down before, by whom ever, is not written twice.
    """
    kept = set(rules.kept_children(by, today(at)).filter(pk__in=[child.pk for child, *_said in rows]).values_list("pk", flat=True))
    n = 0
    for child, line, way, reached, on in rows:
        if child.pk not in kept:
            raise Refused(rules.ELSEWHERE)
        if not LineContact.objects.filter(child=child, line=line, way=way, reached=reached, on=on, taken_back_at=None).exists():
            _note(child, line, way, reached, on, "", by=by, at=at)
            n += 1
    return n


def _note(child, line, way, reached, on, note, *, by, at):
    pair = rules.may_stand(child, line, on, today(at))
    row = LineContact(child=child, helper=pair.helper, line=line, way=way, reached=reached, on=on, note=note.strip(), recorded_at=at, recorded_by=by if by.id else None)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("这一天这条线已经这样记过一次,不用再记。")) from None
    journal.record(act="child.contact", subject=child, by=by, at=at, area_code=child.village_id or "", line=str(line), way=str(way), reached=reached, on=on)
    return child


@act(CONTACTS, "contact_undo", at="undo", words=_("撤回这次联系"), done=_("已撤回,不再计入。"), duty=KEEPS, may=rules.can_take_back, aside=True, tone="danger",
     lines={"child.contact_undo": _("撤回一次联系记录")})  # fmt: skip
def take_back_contact(contact, *, by, at):
    """Take back a contact that was written down by mistake: it stays, and counts nowhere."""
    who = by if by.id else None
    if not LineContact.objects.filter(pk=contact.pk, taken_back_at=None).update(taken_back_at=at, taken_back_by=who):
        raise Conflict()
    contact.taken_back_at = at
    journal.record(act="child.contact_undo", subject=contact.child, by=by, at=at, area_code=contact.child.village_id or "", line=contact.line, on=contact.on)
    return contact


@act(CHILDREN, "child_concern", at="concern", words=_("记一件关注"), done=_("已记下。"), duty=KEEPS, may=rules.can_raise, rank=10, then=pages.back, template="care/lines/raise.html",
     lines={"child.concern": _("记一件对孩子的关注")}, **DOOR)  # fmt: skip
def raise_concern(
    child, *, by, at,
    domain: asking.WhichDomain, words: asking.Seen, then: asking.WhatThen, todo: asking.Todo = "", due_on: asking.DueOn = None,
):  # fmt: skip
    """Raise a concern about a child (三关注): watched, or acted on by a task with its day or by a need of the ledger, in one step."""
    if then == Then.TASK and not (todo.strip() and due_on):
        raise Refused(_("选“我来办”,请写要做什么、哪天以前办好。"))
    if then != Then.TASK and (todo.strip() or due_on):
        raise Refused(_("只有选“我来办”,才写要做什么和日期。"))
    if due_on and due_on < today(at):
        raise Refused(_("办好的日期不能早于今天。"))
    if due_on and due_on > months_after(today(at), rules.TASK_MONTHS):
        raise Refused(_("办好的日期不能晚于一年以后:那样谁也不会来催。"))
    pair, level = rules.pair_of(child, today(at)), Level.WATCH if then == Then.WATCH else Level.ACT
    concern = Concern(
        child=child, helper=pair.helper if pair else None, domain=domain, level=level, words=words.strip(), todo=todo.strip(), due_on=due_on, on=today(at),
        recorded_at=at, recorded_by=by if by.id else None,
    )  # fmt: skip
    if then == Then.NEED:
        rules.ledger_stands().or_raise()
        concern.need, concern.handed_on = _opened(child, concern.domain, words.strip(), by=by, at=at), today(at)
    concern.save(force_insert=True)
    journal.record(act="child.concern", subject=child, by=by, at=at, area_code=child.village_id or "", domain=str(domain), level=str(level), need=concern.need)
    return child


def _opened(child, domain, words, *, by, at):
    """Open a need in the ledger for a child by its initials; returns its number. What was seen goes along, sealed there as it is here."""
    if child.village is None:
        raise Refused(_("户册没有登记孩子在哪个村,不能登记诉求。请先请村(社区)更新户册。"))
    pair = rules.pair_of(child, today(at))
    unit = scope.unit(by, duty=KEEPS, code=child.village_id) or (pair.helper.organisation if pair else None)
    return gather("OPENS_NEEDS")[0](
        village=child.village, person=child, name=child.shown_name, phone="", kind=KINDS[domain], story=words, unit=unit, by=by, at=at, young=True,
        summary=f"帮扶联系中发现孩子在{SAID[domain]}方面需要帮助",
    )  # fmt: skip


@act(CONCERNS, "concern_need", at="need", words=_("登记到诉求台账"), done=lambda one: _("已登记成诉求 %(number)s,由诉求台账的一个单位负责到底。") % {"number": one.need}, duty=KEEPS,
     may=rules.can_hand_on, rank=20, template="care/lines/need.html", lines={"child.concern_need": _("把关注登记成诉求")})  # fmt: skip
def hand_concern_on(concern, *, by, at):
    """Put a concern on the ledger of needs, as it was written down: nobody is asked twice."""
    handed = {"need": (number := _opened(concern.child, concern.domain, concern.words, by=by, at=at)), "handed_on": today(at), "level": Level.ACT}
    if not Concern.objects.filter(pk=concern.pk, need="", version=concern.version).update(**handed, version=concern.version + 1):
        raise Conflict()
    concern.refresh_from_db()
    journal.record(act="child.concern_need", subject=concern.child, by=by, at=at, area_code=concern.child.village_id or "", need=number)
    return concern


@act(CONCERNS, "concern_settle", at="settle", words=_("了结"), done=_("已了结。"), duty=KEEPS, may=rules.can_settle, rank=10,
     lines={"concern.settle": _("了结一件关注")})  # fmt: skip
def settle_concern(concern, *, by, at, outcome: asking.Outcome):
    """Settle a concern, with what came of it."""
    concern.outcome, concern.settled_on = outcome.strip(), today(at)
    journal.move(concern, CONCERN, "settle", by=by, at=at, saving=["outcome", "settled_on"], area_code=concern.child.village_id or "")
    return concern


@act(CHILDREN, "child_notes", at="notes", words=_("看帮扶记录"), duty=READS, may=rules.can_read_notes, reads=True, rank=20, template="care/lines/notes.html", lines={"child.care_notes": _("阅读孩子的帮扶记录")}, **DOOR)
def read_notes(child, *, by, at):
    """Journal that the actor reads what was said of a child; returns [(day, what it is, words)], the newest first. The page shows it once."""
    journal.record_reading(act="child.care_notes", subject=child, by=by, at=at, reason=_("帮扶联系"), area_code=child.village_id or "", fields=["notes", "concerns"])
    return [*_said_of(child)]


def _said_of(child):
    contacts = LineContact.objects.filter(child=child, taken_back_at=None)
    rows = [(one.on, f"{one.get_line_display()} · {one.get_way_display()}", [one.note]) for one in contacts if one.note]
    rows += [(one.on, f"{one.get_domain_display()} · {one.get_level_display()}", [one.words, one.todo, one.outcome]) for one in Concern.objects.filter(child=child)]
    return sorted(((on, what, [text for text in words if text]) for on, what, words in rows), key=lambda row: row[0], reverse=True)


@act(CHILDREN, "child_help_card", at="help-card", words=_("印帮扶卡"), duty=KEEPS, may=rules.can_print_card, reads=True, rank=40, template="care/lines/help_card.html",
     lines={"child.help_card": _("印帮扶卡")}, **DOOR)  # fmt: skip
def print_help_card(child, *, by, at):
    """Journal that a child's card (帮扶卡) is printed for its home: whom to call, and what he does; returns the pair."""
    journal.record_reading(act="child.help_card", subject=child, by=by, at=at, reason=_("印帮扶卡"), area_code=child.village_id or "", fields=["name", "helper_phone"])
    return rules.pair_of(child, today(at))
