"""The acts of classes: opened, a child on the roll, an adult who fetches, a session, each child called and handed over, the end of the afternoon."""

import secrets
from datetime import date
from functools import partial
from typing import Annotated

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import Weekday, clock, digits_of, time_of
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.fields import only
from wanjia.orgs.models import Area
from wanjia.policy.identity import fold
from wanjia.registry.finding import standing
from wanjia.sealing.fields import sealed
from wanjia.verdict import Conflict, Refused

from ..asking import called
from ..children.commands import read_names
from ..children.rules import records_of, visible_children
from ..class_states import ENROLMENT, HERE, OPEN_HERE, SESSION, UNHELD, ClassKind, Enrolled, Here, SessionState
from ..duties import Duty
from ..helpers.rules import may_be_near_children
from ..lines.asking import ONE_DOOR
from ..lines.subjects import CHILDREN
from ..looking import looked_to
from ..models import CareClass, Collector, Enrolment, Helper, Presence, Session
from ..wishes.queries import names_and_places
from ..wishes.rules import may_stay_in_journal
from . import pages, queries, rules
from .subjects import CLASSES, COLLECTORS, ENROLMENTS, PRESENCES, SESSIONS

KEEPS = {"duty": Duty.KEEP_CLASSES}
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXY3456789"  # none that is read for another
LONG = 6
MOVES = {Here.PRESENT: "arrive", Here.EXCUSED: "excuse", Here.MISSING: "miss", Here.FOUND: "find"}
READ = "session.read_roll"
SAME = _("户册合并:同一个人登记了两次")
ASKED_BY = Asked(_("谁给孩子报的名"), _("监护人姓名。"), least=2, most=40)
Leader = Annotated[Helper, Asked(_("负责人"), _("有有效背景审查的人才能带孩子。"), among=queries.leaders, within=_("这个人不在您辖区的帮扶人名册里。"))]


@act(CLASSES, "class_new", at="new", words=_("开课堂"), done=_("已开。接着给孩子报名。"), **KEEPS, may=rules.keeps, new=True, lines={"care_class.open": _("开课堂")})
def open_class(
    *, by, at,
    area: Annotated[Area, Asked(_("村(社区)"), among=queries.villages, within=rules.ELSEWHERE, initial=only(queries.villages))],
    name: Annotated[str, Asked(_("课堂名称"), least=2, most=60)],
    kind: Annotated[ClassKind, Asked(_("类别"))],
    place: Annotated[str, Asked(_("地点"), least=2, most=80)],
    weekdays: Annotated[list[Weekday], Asked(_("星期几上课"))],
    starts: Annotated[str, Asked(_("几点开始"), field=clock, most=5, least=1)],
    ends: Annotated[str, Asked(_("几点结束"), field=clock, most=5, least=1)],
    seats: Annotated[int, Asked(_("名额"), least=1, most=200)],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    until_on: Annotated[date, Asked(_("上到哪天为止"), _("填放假的第一天。"))],
    leader: Leader,
):  # fmt: skip
    """Open a class (开课堂) of the actor's unit, led by somebody who is clear."""
    may_be_near_children(leader, today(at)).or_raise()
    begins, closes = time_of(starts), time_of(ends)
    if until_on <= from_on or closes <= begins:
        raise Refused(_("结束要在开始以后。"))
    unit = scope.unit(by, duty=Duty.KEEP_CLASSES, code=area.pk)
    looked = looked_to(at, rules.overdue_from(begins, today(at)))
    try:
        with transaction.atomic():
            one = CareClass.objects.create(
                area=area, name=name.strip(), kind=kind, place=place.strip(), weekdays=digits_of(weekdays), starts=begins, ends=closes, seats=seats,
                from_on=from_on, until_on=until_on, leader=leader, unit=unit, looked_on=looked,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(_("这个单位已经有同一天开的同名课堂。")) from None
    journal.record(act="care_class.open", subject=one, by=by, at=at, area_code=area.pk)
    return one


@act(CLASSES, "class_change", at="change", words=_("改课堂"), done=_("已改。"), **KEEPS, may=rules.can_change, aside=True, lines={"care_class.change": _("改课堂")})
def change_class(
    care_class, *, by, at,
    leader: Annotated[Helper, Asked(_("负责人"), among=queries.leaders, within=_("这个人不在您辖区的帮扶人名册里。"), initial=lambda row, _actor, _day: row.leader)],
    seats: Annotated[int, Asked(_("名额"), least=1, most=200, initial=lambda row, _actor, _day: row.seats)],
    until_on: Annotated[date, Asked(_("上到哪天为止"), initial=lambda row, _actor, _day: row.until_on)],
):  # fmt: skip
    """Change who leads a class, how many seats it has, when it ends; who waits moves up."""
    may_be_near_children(leader, today(at)).or_raise()
    if until_on <= care_class.from_on:
        raise Refused(_("结束要在开始以后。"))
    before = {"leader": str(care_class.leader_id), "seats": care_class.seats, "until_on": care_class.until_on}
    changed = CareClass.objects.filter(pk=care_class.pk, version=care_class.version)
    if not changed.update(leader=leader, seats=seats, until_on=until_on, version=care_class.version + 1):
        raise Conflict()
    care_class.refresh_from_db()
    journal.record(act="care_class.change", subject=care_class, by=by, at=at, area_code=care_class.area_id, was=before)
    _move_up(care_class, by=by, at=at)
    return care_class


@act(CLASSES, "class_enrol", at="enrol", words=_("给孩子报名"), done=_("已报名。满员的排队,有人退出自动补上。"), **KEEPS, may=rules.can_enrol, rank=10, lines={"enrolment.sign": _("报名课堂")})
def enrol_child(
    care_class, *, by, at,
    name: Annotated[str, Asked(_("孩子姓名"), _("写全名,在您能看到的孩子里找。"), least=2, most=60)],
    asked_by: Annotated[str, ASKED_BY],
    last4: Annotated[str, Asked(_("身份证后四位"), _("重名时才要填。"), most=4)] = "",
):  # fmt: skip
    """Put a child on the roll (报名), or in the line when the class is full: the line moves by the hour of asking, no other order."""
    _sign(care_class, called(visible_children(by, today(at), duty=Duty.KEEP_CLASSES), name, last4), asked_by, by=by, at=at)
    return care_class


@act(CHILDREN, "child_class", at="class", words=_("给孩子报课堂"), done=_("已报名。满员的排队,有人退出自动补上。"), **KEEPS, may=rules.can_sign, rank=45, call=None,
     because=ONE_DOOR, lines={"enrolment.sign": _("报名课堂")})  # fmt: skip
def sign_child(
    child, *, by, at,
    care_class: Annotated[CareClass, Asked(_("哪个课堂"), among=queries.running, within=rules.ELSEWHERE, initial=only(queries.running))],
    asked_by: Annotated[str, ASKED_BY],
):  # fmt: skip
    """Put this child on the roll of a class (报名), as by its name: nobody writes again what the page says already."""
    _sign(_held(care_class, by, at), child, asked_by, by=by, at=at)
    return child


def _held(care_class, by, at):
    """Return a class with its row held, in which the actor may put children on the roll. Raises Refused."""
    care_class = CareClass.objects.select_for_update().get(pk=care_class.pk)
    rules.can_enrol(by, care_class, at).or_raise()
    return care_class


def _sign(care_class, child, asked_by, *, by, at):
    if _on_roll(care_class, child).exists():
        raise Refused(_("这个孩子已经在这个课堂的名单上。"))
    _move_up(care_class, by=by, at=at)  # a seat that a death left free is theirs who wait
    full = queries.free_seats(care_class) < 1
    row = Enrolment.objects.create(
        care_class=care_class, child=child, state=Enrolled.WAITS if full else Enrolled.IN, on=today(at), asked_by=asked_by.strip(), recorded_at=at,
        recorded_by=by if by.id else None,
    )  # fmt: skip
    journal.record(act="enrolment.sign", subject=row, by=by, at=at, area_code=care_class.area_id, waits=full)
    if not full:
        _onto_todays_roll(care_class, child, at)
    return row


def _on_roll(care_class, child):
    """Return the child's places on a roll under whichever of its records: twice on it, it would be looked for while it is there."""
    return care_class.roll.filter(child__in=records_of(child.pk)).exclude(state=Enrolled.OUT)


def _onto_todays_roll(care_class, child, at):
    """Put a child who got a place on the roll that is open today: who is there stands on it, or nobody would miss the child."""
    session = Session.objects.filter(care_class=care_class, day=today(at), state=SessionState.OPEN).first()
    if session is not None and not session.roll.filter(child=child).exists():
        Presence.objects.create(session=session, child=child)


def sign_listed(care_class, child, asked_by, collector, *, by, at):
    """Put a child of a form on paper (报名表) on the roll, and list the adult whom it names; both as by hand. collector: (name, relation, phone) or None."""
    care_class = _held(care_class, by, at)
    row = _on_roll(care_class, child).first() or _sign(care_class, child, asked_by, by=by, at=at)
    if collector and not child.collectors.filter(name=collector[0], to_on=None).exists():
        _list(row, *collector, _("报名表所写"), by=by, at=at)


def _move_up(care_class, *, by, at):
    """Give free seats to who waits longest."""
    waiting = care_class.roll.filter(queries.LIVES, state=Enrolled.WAITS).order_by("on", "recorded_at", "pk")
    for one in waiting[: max(queries.free_seats(care_class), 0)]:
        journal.move(one, ENROLMENT, "seat", by=by, at=at, area_code=care_class.area_id)
        _onto_todays_roll(care_class, one.child, at)


@act(ENROLMENTS, "enrolment_leave", at="leave", words=_("退出课堂"), done=_("已退出,排队的补上了。"), **KEEPS, may=rules.can_leave, aside=True, tone="danger", lines={"enrolment.leave": _("退出课堂"), "enrolment.seat": _("补上课堂名额")})
def leave_class(enrolment, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Take a child off the roll (退出); who waits longest moves up."""
    care_class = enrolment.care_class
    may_stay_in_journal(reason, *names_and_places(enrolment.child), today(at)).or_raise()
    enrolment.left_on = today(at)
    journal.move(enrolment, ENROLMENT, "leave", by=by, at=at, saving=["left_on"], area_code=care_class.area_id, reason=reason.strip())
    _move_up(care_class, by=by, at=at)
    return enrolment


def follow(people, *, day, by, at):
    """Let rolls follow the register within its own act: of a child that was registered twice, and stands on a roll by both records, one place is left.

    Rows of one record alone the register moves itself (registry.duplicates); these two it cannot.
    """
    gone = Enrolment.objects.filter(child__in=people, child__merged_into__isnull=False).exclude(state=Enrolled.OUT)
    for row in gone.select_for_update(of=("self",)).select_related("child", "care_class").order_by("pk"):
        kept = standing(row.child)
        other = row.care_class.roll.filter(child=kept).exclude(state=Enrolled.OUT).first()
        if other is None:
            Enrolment.objects.filter(pk=row.pk).update(child=kept, version=row.version + 1)
            continue
        had, row.left_on = row.state, day
        journal.move(row, ENROLMENT, "leave", by=by, at=at, saving=["left_on"], area_code=row.care_class.area_id, reason=SAME)
        if had == Enrolled.IN and other.state == Enrolled.WAITS:
            journal.move(other, ENROLMENT, "seat", by=by, at=at, area_code=row.care_class.area_id, reason=SAME)
        for gone in Presence.objects.filter(session__care_class=row.care_class_id, session__state=SessionState.OPEN, child=row.child_id):
            _one_of_two(gone, kept, by=by, at=at)
        _move_up(row.care_class, by=by, at=at)


def _one_of_two(gone, kept, *, by, at):
    """Let an open roll look for one child: what was marked of the record that goes is said of the one that stands, and nobody looks for the other."""
    area = gone.session.care_class.area_id
    for one in gone.session.roll.filter(child=kept):
        if gone.state == Here.PRESENT and HERE.allows("arrive", one.state):
            one.arrived_at, one.marked_at = gone.arrived_at, at
            journal.move(one, HERE, "arrive", by=by, at=at, saving=["arrived_at", "marked_at"], area_code=area)
        if gone.state == Here.FETCHED and HERE.allows("excuse", one.state):
            _settle(one, "excuse", area, by=by, at=at)
        elif gone.state in OPEN_HERE:
            _settle(gone, "find" if gone.state == Here.MISSING else "excuse", area, by=by, at=at)


def _settle(presence, move, area, *, by, at):
    presence.words, presence.marked_at = "\n".join(filter(None, [presence.words, str(SAME)])), at
    journal.move(presence, HERE, move, by=by, at=at, saving=["words", "marked_at"], area_code=area)


@act(ENROLMENTS, "collector_new", at="collectors/new", words=_("登记接送人"), done=_("已登记。请另一个人向监护人核实;核实以后打印接送码交给监护人。"), **KEEPS, may=rules.can_list, rank=20,
     lines={"collector.list": _("登记接送人")})  # fmt: skip
def list_collector(
    enrolment, *, by, at,
    name: Annotated[str, Asked(_("接送人姓名"), least=2, most=40)],
    relation: Annotated[str, Asked(_("与孩子的关系"), least=1, most=20)],
    phone: Annotated[str, Asked(_("手机号"), least=5, most=20)],
    said_by: Annotated[str, Asked(_("监护人怎么说的"), _("谁、哪天、当面还是电话。"), least=4, most=80)],
):  # fmt: skip
    """List an adult who may fetch a child (登记接送人), with the guardian's word. Nobody is handed a child before another person confirmed it."""
    _list(enrolment, name, relation, phone, said_by.strip(), by=by, at=at)
    return enrolment


def _list(enrolment, name, relation, phone, said_by, *, by, at):
    one = Collector.objects.create(
        child=enrolment.child, name=name.strip(), relation=relation.strip(), phone=phone.strip(), code="".join(secrets.choice(SIGNS) for _sign in range(LONG)),
        words=said_by.strip(), from_on=today(at), listed_at=at, listed_by=by if by.id else None,
    )  # fmt: skip
    journal.record(act="collector.list", subject=one, by=by, at=at, area_code=enrolment.care_class.area_id)


@act(COLLECTORS, "collector_confirm", at="confirm", words=_("向监护人核实"), done=_("已核实,可以接了。"), **KEEPS, may=rules.can_confirm, rank=10, then=pages.to_classes, lines={"collector.confirm": _("核实接送人")})
def confirm_collector(collector, *, by, at, said: Annotated[str, Asked(_("监护人怎么说的"), _("您自己打的电话或者当面问的。"), least=4, most=80)]):
    """Confirm a listed adult with the guardian (核实接送人): somebody else than who listed."""
    _write(collector, said, confirmed_at=at, confirmed_by=by.id)
    journal.record(act="collector.confirm", subject=collector, by=by, at=at, area_code=collector.child.village_id or "")
    return collector


def _write(collector, said, **values):
    """Change a listed adult by compare-and-set, with one more line of what was said: sealed, for it names the guardian, and no auditor of the journal need read it."""
    collector.words = "\n".join(filter(None, [collector.words, said.strip()]))
    words = sealed(collector, "words")
    if not Collector.objects.filter(pk=collector.pk, version=collector.version).update(**values, words=words, version=collector.version + 1):
        raise Conflict()
    collector.refresh_from_db()


@act(COLLECTORS, "collector_drop", at="drop", words=_("取消接送人"), done=_("已取消,马上生效。"), **KEEPS, may=rules.can_drop, aside=True, tone="danger", then=pages.to_classes, lines={"collector.drop": _("取消接送人")})
def drop_collector(collector, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Strike an adult off a child's list (取消接送人), at once."""
    _write(collector, reason, to_on=today(at))
    journal.record(act="collector.drop", subject=collector, by=by, at=at, area_code=collector.child.village_id or "")
    return collector


@act(COLLECTORS, "collector_slip", at="slip", words=_("打印接送码"), **KEEPS, may=rules.can_drop, reads=True, call=None, rank=20, tone="quiet", template="care/classes/slip.html", more=pages.slip,
     because="the code is on a paper for the guardian, never in a program", lines={"collector.read": _("打印接送码")})  # fmt: skip
def print_collector(collector, *, by, at):
    """Journal that the slip with an adult's code is printed for the guardian; returns the adult. The page shows it once."""
    journal.record_reading(act="collector.read", subject=collector, by=by, at=at, reason=_("打印接送码交给监护人"), area_code=collector.child.village_id or "", fields=["code", "name", "words"])
    return collector


@act(CLASSES, "session_open", at="sessions/open", words=_("开始点名"), done=_("开始点名。孩子到一个点一个。"), duty=rules.HOLDS, may=rules.can_open, rank=5, then=pages.to_roll, lines={"session.open": _("开始点名")})
def open_session(care_class, *, by, at):
    """Open today's session (开始点名): its roll is whoever is in the class today. Whoever opens it is about to read their names: a line a child."""
    noted = Session.objects.filter(care_class=care_class, day=today(at), state__in=UNHELD).select_for_update().first()
    if noted is not None:
        return open_noted(noted, by=by, at=at)
    one = Session.objects.create(care_class=care_class, day=today(at), opened_at=at, opened_by=by if by.id else None)
    children = [row.child for row in care_class.roll.filter(queries.LIVES, state=Enrolled.IN).select_related("child")]
    Presence.objects.bulk_create([Presence(session=one, child=child) for child in children])
    read_names(children, where=_where(one), by=by, at=at)
    journal.record(act="session.open", subject=one, by=by, at=at, area_code=care_class.area_id, n=len(children))
    return one


def open_noted(session, *, by, at):
    """Open a session whose roll the clock noted as called by nobody, within an act: the roll of that day, and of today whoever has a seat by now."""
    care_class = session.care_class
    if session.day == today(at):
        for row in care_class.roll.filter(queries.LIVES, state=Enrolled.IN).exclude(child__in=session.roll.values("child")).select_related("child"):
            Presence.objects.create(session=session, child=row.child)
    children = [row.child for row in session.roll.select_related("child")]
    read_names(children, where=_where(session), by=by, at=at)
    session.opened_at, session.opened_by_id = at, by.id
    journal.move(session, SESSION, "open", by=by, at=at, saving=["opened_at", "opened_by_id"], area_code=care_class.area_id, n=len(children))
    for gone in session.roll.exclude(child__merged_into=None).select_related("child"):
        _one_of_two(gone, standing(gone.child), by=by, at=at)
    return session


def _where(session):
    return _("课堂点名:%(name)s %(day)s") % {"name": session.care_class.name, "day": session.day}


@act(SESSIONS, "session_roll", words=_("看点名册"), duty=rules.HOLDS, may=rules.can_see_roll, reads=True, page=False, call=None, button=False,
     because="names of children are read on the roll's page alone: views.session", lines={READ: _("看课堂点名册")})  # fmt: skip
def read_roll(session, *, by, at):
    """Journal that the names of a roll are sent; returns the roll. Whoever opened the session has a line for each child from then, and here one
    for the sending; anybody else has a line for each child at each sending.
    """
    roll = list(queries.called(session))
    if by.id != session.opened_by_id:
        read_names([one.child for one in roll], where=_where(session), by=by, at=at)
    people = [str(one.child_id) for one in roll]
    journal.record_reading(act=READ, subject=session, by=by, at=at, reason=_where(session), area_code=session.care_class.area_id, n=len(roll), people=people)
    return roll


@act(PRESENCES, "presence_mark", at="mark", words=_("点名"), done=_("已记下。"), duty=rules.HOLDS, may=rules.can_mark, rank=10, then=pages.to_roll,
     lines={"presence.arrive": _("点名:到了"), "presence.excuse": _("点名:请假"), "presence.miss": _("点名:没到"), "presence.find": _("没到的孩子问清了")})  # fmt: skip
def mark_presence(
    presence, *, by, at,
    result: Annotated[Here, Asked(_("到了吗"), but=(Here.EXPECTED, Here.FETCHED))],
    words: Annotated[str, Asked(_("情况"), _("没到的:问了谁、孩子在哪里。"), most=100)] = "",
):  # fmt: skip
    """Call the roll of one child (点名): there, excused, not there; who is not there is looked for until somebody says where the child is."""
    if result not in MOVES:
        raise Refused(_("点名只记到了、请假、没到、问清了。"))
    if result == Here.FOUND and len(words.strip()) < 4:
        raise Refused(_("请写明问了谁、孩子现在在哪里。"))
    if result == Here.EXCUSED and rules.is_silenced(presence, at) and len(words.strip()) < 4:
        raise Refused(_("孩子来过,或者过了点没到:改成请假,请写明谁给孩子请的假。"))
    if presence.state == result:
        return presence
    presence.marked_at, presence.marked_by_id, presence.words = at, by.id, words.strip()
    presence.arrived_at = at if result == Here.PRESENT else presence.arrived_at
    journal.move(presence, HERE, MOVES[result], by=by, at=at, saving=["marked_at", "marked_by_id", "words", "arrived_at"], area_code=presence.session.care_class.area_id)
    return presence


@act(PRESENCES, "presence_fetch", at="fetch", words=_("接走"), done=_("已接走。"), duty=rules.HOLDS, may=rules.can_hand_over, rank=5, then=pages.to_roll, more=pages.adults, template="care/classes/fetch.html", lines={"presence.fetch": _("孩子被接走"), "session.stranger": _("报错接送码,没有交出孩子")})
def hand_child(
    presence, *, by, at,
    code: Annotated[str, Asked(_("接送码"), _("来接的人报的六位码。"), most=12, attrs={"autofocus": True, "autocapitalize": "characters", "spellcheck": "false"})] = "",
    adult: Annotated[Collector | None, Asked(_("没带接送码:名单上的谁"), among=queries.adults_of, named=queries.adults_ever, shown=queries.adult_words, buttons=True)] = None,
    known_by: Annotated[str, Asked(_("谁认得他"), _("没带接送码时必填:谁当面认得,或者电话问了监护人。"), most=60)] = "",
):  # fmt: skip
    """Hand a child over (接走): to an adult of the child's list who says the code; without it to one whom somebody knows by face, and that is written down."""
    by_hand = not code.strip()
    found = adult if by_hand else _saying(presence, code)
    if by_hand and adult is None:
        raise Refused(_("请填接送码,或者从名单上选来接的人。"))
    try:
        rules.may_fetch(found, presence.child, today(at)).or_raise()
    except Refused as refusal:
        refusal.noting = None if by_hand else partial(_note_stranger, presence)
        raise
    if by_hand and len(known_by.strip()) < 4:
        raise Refused(_("没有接送码,请写明谁认得来接的人。"))
    presence.fetched_by, presence.fetched_at, presence.handed_by_id, presence.by_hand = found, at, by.id, by_hand
    presence.words = "\n".join(filter(None, [presence.words, known_by.strip()]))  # who knows whom is named there: sealed, not in the journal
    saving = ["fetched_by", "fetched_at", "handed_by_id", "by_hand", "words"]
    journal.move(presence, HERE, "fetch", by=by, at=at, saving=saving, area_code=presence.session.care_class.area_id, collector=found.pk, by_hand=by_hand)
    return presence


def _note_stranger(presence, *, by, at):
    """Somebody at the gate said a code that lets nobody go with this child: counted, written down, an alarm until the class is over."""
    session = presence.session
    Session.objects.filter(pk=session.pk).update(wrong_codes=F("wrong_codes") + 1)
    journal.record(act="session.stranger", subject=session, by=by, at=at, area_code=session.care_class.area_id, child=presence.child_id)


def _saying(presence, code):
    """Return the adult of this child's list whose code this is, or None; every one is compared, in the same time. Full width and blanks, as a telephone types them, are no stranger's."""
    said, found = fold(code), None
    for one in presence.child.collectors.filter(to_on=None):
        if secrets.compare_digest(one.code.encode(), said.encode()):
            found = one
    return found


@act(SESSIONS, "session_close", at="close", words=_("下课"), done=_("已下课,孩子都有着落。"), duty=rules.HOLDS, may=rules.can_close, rank=30, lines={"session.close": _("课堂下课")})
def close_session(session, *, by, at):
    """End a session (下课): every child was fetched, excused, or somebody knows where it is."""
    session.closed_at = at
    journal.move(session, SESSION, "close", by=by, at=at, saving=["closed_at"], area_code=session.care_class.area_id)
    return session
