"""Call a session, note who came, decide need after need, end it, sign its minutes off; or call it off.

A decision is the two commands of every day, triage_need and assign_need, in one transaction with a line that says which session
decided: no second way to grade or to hand over.
"""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.models import Area, Organisation
from wanjia.policy.triage import rules as limits
from wanjia.reporting.papers.commands import print_document
from wanjia.verdict import Conflict, Refused

from ..assignment.commands import assign_need
from ..commands import advance, note_step, take
from ..models import Decision, Dissent, Minutes, Need, Seat, Session, SessionItem
from ..models.sessions import LONGEST_DISSENT, LONGEST_MEASURE, LONGEST_MONEY
from ..states import ITEM, SESSION, Difficulty, ItemState, Urgency, Waiting
from ..triage.commands import triage_need
from . import forms, minutes, pages, queries, rules, seats
from .subjects import ITEMS, SESSIONS

MINUTES = "minutes"  # the kind of paper


@act(
    SESSIONS, "call", words=_("召集会商"), done=_("已召集,议题已列好。"), duty=Duty.HOLD_SESSIONS, may=rules.can_call, new=True, at="new", call="",
    template="casework/sessions/call.html", more=pages.what_waits, lines={"session.call": _("召集会商")}, button=False,
)  # fmt: skip
def call_session(
    *, by, at,
    on: Annotated[date, Asked(_("会商日期"), initial=lambda _row, _actor, day: day)],
    place: Annotated[str, Asked(_("会商地点"), most=60)],
    chair: Annotated[str, Asked(_("主持人"), most=40, initial=lambda _row, actor, _day: actor.name)],
    kinds: Annotated[list[Waiting], Asked(_("列入哪些诉求"), initial=list(Waiting.values))],
    area: Annotated[Area | None, Asked(_("辖区"), among=queries.areas, when=lambda row, actor, day: len(queries.areas(row, actor, day)) > 1)] = None,
    units: Annotated[list[Organisation], Asked(_("请哪些单位参加"), among=queries.invitable, shown=pages.name_of)] = (),
):  # fmt: skip
    """Call a session (召集会商) for a day; its agenda is drawn from what waits in the area, second returns first. Returns the Session."""
    day = today(at)
    area = area or next(iter(queries.areas(None, by, day)))
    rules.covers_area(by, area).or_raise()
    rules.is_day_ahead(on, day).or_raise()
    session = Session.objects.create(
        area=area, on=on, place=place.strip(), chair=chair.strip(), called_by=by, called_at=at,
        called_org=scope.unit(by, duty=Duty.HOLD_SESSIONS, code=area.code),
    )  # fmt: skip
    Seat.objects.bulk_create(Seat(session=session, organisation=unit) for unit in units)
    drawn = _draw(session, kinds, by, day)
    if not drawn:
        raise Refused(_("现在没有等着会商的诉求。"))
    told = {"on": on, "units": [unit.pk for unit in units], "needs": drawn, "desk": session.called_org_id, "said": session.said}
    journal.record(act="session.call", subject=session, by=by, at=at, area_code=area.code, **told)
    return session


@act(
    SESSIONS, "draw", words=_("把新等着的列进来"), done=pages.drawn, duty=Duty.HOLD_SESSIONS, may=rules.can_keep, aside=True, rank=80,
    lines={"session.draw": _("补列会商议题")},
)  # fmt: skip
def draw_agenda(session, *, by, at, kinds: Annotated[list[Waiting], Asked(_("列入哪些诉求"), initial=list(Waiting.values))]):
    """Put on the agenda what has come to wait since the session was called; returns how many."""
    drawn = _draw(session, kinds, by, today(at))
    if not drawn:
        raise Refused(_("没有新等着会商的诉求。"))
    journal.record(act="session.draw", subject=session, by=by, at=at, area_code=session.area_id, needs=drawn)
    return len(drawn)


@act(
    SESSIONS, "add", words=_("加一件议题"), done=_("已列入议题。"), duty=Duty.HOLD_SESSIONS, may=rules.can_keep, aside=True, rank=70,
    lines={"session.add": _("加列会商议题")},
)  # fmt: skip
def add_item(session, *, by, at, number: Annotated[str, Asked(_("诉求编号"), _("每件诉求的页面上也有按钮,点一下就列入。"), least=4, most=24)]):
    """Put one need on the agenda of a called session, by its number: whatever a session may decide, waiting of itself or not."""
    _one_agenda_at_a_time(session)
    need = queries.of_number(by, session, number)
    rules.can_be_added(session, need, today(at)).or_raise()
    item = SessionItem.objects.create(session=session, need=need, n=session.items.count() + 1)
    journal.record(act="session.add", subject=session, by=by, at=at, area_code=session.area_id, needs=[need.pk])
    return item


def _draw(session, kinds, by, day):
    """Add what waits to an agenda; returns the ids."""
    _one_agenda_at_a_time(session)
    last = session.items.count()
    found = list(queries.waiting(by, session.area, kinds, day).values_list("pk", flat=True)[: max(limits()["session"]["most_items"] - last, 0)])
    SessionItem.objects.bulk_create(SessionItem(session=session, need_id=pk, n=last + n) for n, pk in enumerate(found, 1))
    return found


def _one_agenda_at_a_time(session):
    """Lock the county: a need stands on one open agenda, so they are written one after the other."""
    Area.objects.select_for_update().get(pk=session.area.code[:6].ljust(12, "0"))


@act(
    SESSIONS, "attend", words=_("登记参会"), done=_("参会情况已登记。"), duty=Duty.HOLD_SESSIONS, may=rules.can_keep, rank=20,
    form=forms.AttendForm, template="casework/sessions/attend.html", lines={"session.attend": _("登记会商参会情况")},
)  # fmt: skip
def note_attendance(session, *, by, at, came: Annotated[dict, Asked(_("谁来参会"), page=False)]):
    """Note who came for each unit (登记参会): {the unit's id: who came for it}; a unit without a name, or left out, was absent."""
    noted = seats.read(session, came, today(at))
    for unit, person in noted.items():
        Seat.objects.update_or_create(session=session, organisation=unit, defaults={"person": person, "noted_at": at})
    Seat.objects.filter(session=session).exclude(organisation__in=noted).update(person="", noted_at=at)
    journal.record(
        act="session.attend", subject=session, by=by, at=at, area_code=session.area_id, came=[unit.pk for unit, person in noted.items() if person],
    )  # fmt: skip
    return session


@act(
    ITEMS, "decide", words=_("议定"), done=pages.decided, duty=Duty.HOLD_SESSIONS, may=rules.can_decide, quicker=rules.settled,
    template="casework/sessions/decide.html", more=pages.at_item, then=pages.onward,
    lines={"need.decide": _("会商议定"), "need.arbitrate": _("会商裁定")},
)  # fmt: skip
def decide_item(
    item, *, by, at,
    urgency: Annotated[Urgency, Asked(_("轻重缓急"), keys="123", initial=lambda item, *_rest: item.need.urgency)],
    difficulty: Annotated[Difficulty, Asked(_("难易程度"), keys="qwer", initial=lambda item, *_rest: item.need.difficulty)],
    holder: Annotated[Organisation, Asked(_("主办单位"), among=queries.leads, shown=pages.name_of)],
    measure: Annotated[str, Asked(_("措施"), least=4, most=LONGEST_MEASURE, attrs={"data-key": "m"})],
    due_on: Annotated[date | None, Asked(_("办结期限"), _("空着按研判表;可以早,不能晚。"), attrs={"data-key": "t"})] = None,
    money: Annotated[str, Asked(_("资金"), _("多少元、哪里出;没有就空着。"), most=LONGEST_MONEY, attrs={"data-key": "y"})] = "",
    helpers: Annotated[list[Organisation], Asked(_("协办单位"), among=queries.leads, shown=pages.name_of)] = (),
    dissent_by: Annotated[Organisation | None, Asked(_("哪个单位有不同意见"), among=queries.at_table, shown=pages.name_of)] = None,
    dissent: Annotated[str, Asked(_("不同意见"), most=LONGEST_DISSENT, attrs={"data-key": "d"})] = "",
):  # fmt: skip
    """Decide one item (议定): grade, lead, helpers, date, measure, money; the need is graded and handed over by the same act.

    Whatever triage_need and assign_need refuse is refused here: another tier, a later day, no unit left to ask the household.
    """
    if bool(dissent.strip()) != (dissent_by is not None):
        raise Refused(_("不同意见请写明是哪个单位、怎么说的。"))
    who, grades = {"by": by, "at": at}, {"urgency": Urgency(urgency), "difficulty": Difficulty(difficulty)}
    said = {"holder": holder, "measure": measure.strip(), "money": money.strip()}
    _free(item.need_id, **who)
    _grade(item.need_id, grades, measure, **who)
    line = _write_down(item, dissent_by=dissent_by, **said, **who)
    need = assign_need(need_id=item.need_id, holder=holder, due_on=due_on, helpers=list(helpers), words=measure, **who)
    answer = Decision.objects.create(
        item=item, need=need, line=line.n, at=line.recorded_at, by=by, **grades, **said, due_on=need.due_on,
        helpers=sorted({str(unit.pk) for unit in helpers if unit != holder}),
    )  # fmt: skip
    if dissent_by:
        Dissent.objects.create(item=item, need=need, organisation=dissent_by, words=dissent.strip(), at=line.recorded_at, by=by)
    _settle(item, "decide")
    return answer


def _free(need_id, *, by, at):
    """Take a need whose holder asked whose it is out of its hands, within the act that gives it to the unit that the session names."""
    need, moment = take(need_id, at)
    if need.contested_at is not None:
        advance(need, "arbitrate", by=by, at=moment, words=_("%(unit)s提请裁定的,由会商重新定主办单位") % {"unit": need.holder.name})


def _grade(need_id, grades, measure, *, by, at):
    """Grade a need as the session does, where that is another grade than it bears."""
    need = Need.objects.get(pk=need_id)
    if not need.graded_on or (need.urgency, need.difficulty) != tuple(grades.values()):
        triage_need(need_id=need_id, **grades, words=_("会商研判:%(measure)s") % {"measure": measure.strip()}, by=by, at=at)


def _write_down(item, *, holder, measure, money, dissent_by, by, at):
    """Append the one line of the need's timeline that says what the session decided; return it."""
    need, moment = take(item.need_id, at)
    said = _("%(unit)s主办;措施:%(measure)s") % {"unit": holder.name, "measure": measure}
    said += _(";资金:%(money)s") % {"money": money} if money else ""
    more = {"dissent": dissent_by.pk} if dissent_by else {}
    return note_step(need, "decide", by=by, at=moment, words=said, item=item, session=item.session_id, **more)


@act(
    ITEMS, "put_off", words=_("改到下次"), done=_("已改到下次,还在等候里,办理时限不变。"), duty=Duty.HOLD_SESSIONS, may=rules.can_decide,
    quicker=rules.settled, then=pages.onward, lines={"need.put_off": _("会商改期")},
)  # fmt: skip
def put_off_item(
    item, *, by, at,
    reason: Annotated[str, Asked(_("为什么现在定不下来"), least=5, most=LONGEST_MEASURE)],
    until: Annotated[date, Asked(_("改到哪天"), initial=lambda item, _actor, day: rules.latest_day(item.need, day))],
):  # fmt: skip
    """Put an item off to the next session (改到下次), with the reason and the day. The need waits on, under the same owner and clocks."""
    need, moment = take(item.need_id, at)
    rules.can_wait_until(need, until, today(at)).or_raise()
    said = _("改到 %(day)s再议:%(reason)s") % {"day": until, "reason": reason.strip()}
    line = note_step(need, "put_off", by=by, at=moment, words=said, item=item, session=item.session_id, until=until)
    answer = Decision.objects.create(item=item, need=need, line=line.n, at=moment, by=by, measure=reason.strip(), put_off_on=until)
    _settle(item, "put_off")
    return answer


@act(
    ITEMS, "dissent", words=_("补记不同意见"), done=_("不同意见已记下,会印在纪要上。"), duty=Duty.HOLD_SESSIONS, may=rules.can_dissent,
    lines={"sessionitem.dissent": _("记下不同意见")},
)  # fmt: skip
def keep_dissent(
    item, *, by, at,
    organisation: Annotated[Organisation, Asked(_("哪个单位"), among=queries.at_table, shown=pages.name_of)],
    words: Annotated[str, Asked(_("不同意见"), rows=3, least=4, most=LONGEST_DISSENT)],
    person: Annotated[str, Asked(_("谁说的"), most=40)] = "",
):  # fmt: skip
    """Keep one more opinion against what the session decides (不同意见), in its own words; the minutes print it."""
    kept = Dissent.objects.create(item=item, need_id=item.need_id, organisation=organisation, person=person.strip(), words=words.strip(), at=at, by=by)
    journal.record(act="sessionitem.dissent", subject=item, by=by, at=at, area_code=item.session.area_id, unit=organisation.pk)
    return kept


@act(
    SESSIONS, "hold", words=_("结束会商"), done=_("会商已结束,等没有记录的人签发纪要。"), duty=Duty.HOLD_SESSIONS, may=rules.can_hold, rank=40,
    lines={"session.hold": _("结束会商")},
)  # fmt: skip
def hold_session(session, *, by, at):
    """End a session (结束会商): each item has been decided or put off. What was handed over or withdrawn elsewhere meanwhile lapses."""
    lapsed = [item.need_id for item in rules.open_items(session) if _settle(item, "lapse")]
    session.kept_by, session.held_at = by, at
    journal.move(session, SESSION, "hold", by=by, at=at, saving=("kept_by", "held_at"), area_code=session.area_id, lapsed=lapsed)
    return session


@act(
    SESSIONS, "call_off", words=_("取消会商"), done=_("会商已取消,议题都退回等候,没有丢下一件。"), duty=Duty.HOLD_SESSIONS, may=rules.can_call_off,
    aside=True, rank=90, tone="danger", lines={"session.call_off": _("取消会商")},
)  # fmt: skip
def call_off_session(session, *, by, at, reason: Annotated[str, Asked(_("取消原因"), least=2, most=200)]):
    """Call a session off (取消会商): nothing is lost, its items wait again for the next."""
    for item in rules.open_items(session):
        _settle(item, "give_back")
    session.off_reason = reason.strip()
    journal.move(session, SESSION, "call_off", by=by, at=at, saving=("off_reason",), area_code=session.area_id)
    return session


@act(
    SESSIONS, "sign", words=_("签发纪要"), done=_("纪要已签发并编号,不能再改。"), duty=Duty.SIGN_SESSIONS, may=rules.can_sign, rank=60,
    lines={"session.sign": _("签发会商纪要")},
)  # fmt: skip
def sign_session(session, *, by, at):
    """Sign the minutes off (签发纪要): by the chair's duty and another hand than the one that kept the record; then they stay as they are."""
    said = minutes.digests(session)
    journal.move(session, SESSION, "sign", by=by, at=at, area_code=session.area_id, **said)
    paper = print_document(subject_id=session.pk, kind=MINUTES, by=by, at=at)
    return Minutes.objects.create(session=session, paper=paper, at=at, by=by, content=minutes.content(session), **said).session


def _settle(item, name):
    """Move one open item along its table by compare-and-set; True. Raises Conflict when somebody was quicker."""
    after = ITEM.moves[name].target
    if not SessionItem.objects.filter(pk=item.pk, state=ItemState.OPEN, version=item.version).update(state=after, version=item.version + 1):
        raise Conflict()
    item.state, item.version = after, item.version + 1
    return True
