"""The acts on the spot and after: what was found is written down once for all units, five things are settled, an order is issued, mended, rechecked, handed on; overdue climbs by the clock."""

import base64
from contextlib import suppress
from datetime import date, timedelta
from typing import Annotated

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.doors.pictures import received
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.models import Organisation
from wanjia.orgs.units.fields import unit_of
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import inspecting as policy
from wanjia.verdict import Conflict, Refused

from ..dating import is_recent
from ..duties import Duty
from ..inspection_states import HAZARD, Answer, Grade, HazardState, Signed, When
from ..models import Hazard, HazardDelay, HazardPhoto, Inspection, InspectionUnit, MendOrder, Recheck
from ..rounds.rules import LOOKED_AT
from ..rounds.subjects import STOPS
from ..venues.rules import own_units
from . import asking, pages, queries, rules
from .subjects import HAZARDS, INSPECTIONS

WORKS = {"duty": Duty.INSPECT}
PLACE = 60  # signs of a note that says where; a longer one says what
LATER = _("期限不能早于今天。")
Licensed = Annotated[int, Asked(_("持执法证几人"), least=0, most=99, initial=2)]


def now(field):
    """Return what stands in a field of the row."""
    return lambda row, *_rest: getattr(row, field)


@act(STOPS, "stop_record", at="record", words=_("记检查"), done=_("已记下。各单位的检查项一次查完;要限期整改的,由督办单位开通知书。"), **WORKS, may=rules.can_record, rank=5, then=pages.to_inspection,
     template="schools/inspecting/record.html", lines={"inspection.record": _("记现场检查")}, call=None, because="what was found is written down at the place, by those who were there")  # fmt: skip
def record_inspection(
    round_venue, *, by, at,
    day: Annotated[date, Asked(_("检查日期"), initial=lambda _row, _actor, day: day)],
    came: Annotated[list[Organisation], Asked(_("哪些单位到场"), among=queries.coming, initial=queries.sent_to)],
    people: Annotated[int, Asked(_("到场几人"), least=1, most=99, initial=lambda row, *_rest: sum(one.people for one in row.team.units.all()) if row and row.team_id else 2)],
    licensed: Annotated[int, Asked(_("其中持执法证"), least=0, most=99, initial=lambda row, *_rest: sum(one.licensed for one in row.team.units.all()) if row and row.team_id else 2)],
    signed: Annotated[Signed, Asked(_("当事人签字"))],
    other: Annotated[str, Asked(_("检查表以外的隐患"), _("没有就空着。写部位和问题,不写姓名。"), rows=2, most=200)] = "",
    words: Annotated[str, Asked(_("其他情况"), rows=2, most=300)] = "",
    **said: Annotated[object, Asked(spread=asking.items)],
):  # fmt: skip
    """Write down what was found at a place (现场检查), once for all units: each item is answered; what is wrong becomes a hazard with its owner, basis and day. Returns the Inspection."""
    stop = round_venue
    if not stop.round.from_on <= day <= today(at):
        raise Refused(_("检查日期要在这一轮开始以后,不晚于今天。"))
    is_recent(day, policy.in_force(day).back_days, at).or_raise()
    if not came:
        raise Refused(_("至少选一个到场单位。"))
    if not {unit.pk for unit in came} <= set(queries.standing_in(stop.round, today(at)).values_list("pk", flat=True)):
        raise Refused(_("到场单位要在这一轮的检查组里。"))
    if people < licensed:
        raise Refused(_("持执法证的人数不能多于到场的人数。"))
    rules.enough(licensed, day).or_raise()
    found = asking.read(said, stop.venue.kind, day)
    if not other.strip() and all(answer == Answer.NONE for _item, answer, _note in found):
        raise Refused(_("一项也没有看,不算查过。没有看成的,写明没查的原因。"))
    try:
        with transaction.atomic():
            one = Inspection.objects.create(
                stop=stop, day=day, answers={item.code: str(answer) for item, answer, _note in found}, people=people, licensed=licensed, signed=signed, words=words.strip(),
                recorded_at=at, recorded_by_id=by.id, for_unit=_in_name_of(by, stop.round),
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(LOOKED_AT) from None
    InspectionUnit.objects.bulk_create([InspectionUnit(inspection=one, unit=unit) for unit in came])
    journal.record(act="inspection.record", subject=one, by=by, at=at, area_code=stop.venue.area_id, came=[str(unit.pk) for unit in came])
    _find(one, found, came, other.strip(), by=by, at=at)
    return one


def _in_name_of(by, one):
    """Return the unit in whose name the actor inspects in a round: one that takes part."""
    return queries.units_in(one).filter(pk__in=own_units(by, duty=Duty.INSPECT)).first()


def _find(inspection, found, came, other, *, by, at):
    """Make the hazards of an inspection: mended on the spot, or to be mended by the day that is proposed for its grade."""
    stop, day, days = inspection.stop, inspection.day, policy.in_force(inspection.day).mend_days
    county = queries.county_of(stop.venue.area_id)
    wrong = [(item, answer, note) for item, answer, note in found if answer in (Answer.BAD, Answer.FIXED)]
    if not wrong and not other:
        return
    serial = queries.next_hazard(county.pk, day.year)
    shared = {"inspection": inspection, "county": county, "year": day.year, "found_on": day}
    made = []
    for n, (item, answer, note) in enumerate(wrong):
        fixed = answer == Answer.FIXED
        made.append(Hazard(
            **shared, serial=serial + n, code=item.code, place=note if len(note) <= PLACE else "", words=_wrong(item, note), basis=item.basis_at(stop.venue.kind), grade=item.grade,
            owner=queries.owner_of(item, came, stop.round, today(at)), measure=item.mend, answers=str(_("负责人")), due_on=None if fixed else day + timedelta(days=days[item.grade]),
            state=HazardState.FIXED if fixed else HazardState.FOUND, closed_on=day if fixed else None,
        ))  # fmt: skip
    if other:
        made.append(Hazard(**shared, serial=serial + len(wrong), words=other, grade=Grade.ORDINARY, owner=inspection.for_unit, due_on=day + timedelta(days=days[Grade.ORDINARY])))
    for one in made:
        one.save(force_insert=True)
        journal.record(act="hazard.find", subject=one, by=by, at=at, area_code=stop.venue.area_id, code=one.code)


def _wrong(item, note):
    """Return what a hazard is called: what is wrong, with a note that is too long for a place."""
    return item.wrong if len(note) <= PLACE else f"{item.wrong}:{note}"[:200]


@act(HAZARDS, "hazard_settle", at="settle", words=_("落实整改五项"), done=_("已记下。"), **WORKS, may=rules.can_settle, rank=10, lines={"hazard.settle": _("落实整改五项")})
def settle_hazard(
    hazard, *, by, at,
    words: Annotated[str, Asked(_("问题"), least=4, most=200, rows=2, initial=now("words"))],
    basis: Annotated[str, Asked(_("依据"), _("写法规名称和条款。"), least=2, most=200, initial=now("basis"))],
    grade: Annotated[Grade, Asked(_("隐患等级"), initial=now("grade"))],
    owner: Annotated[Organisation, Asked(_("督办单位"), among=queries.owners, within=_("督办单位要在这一轮的检查组里。"), initial=now("owner_id"))],
    measure: Annotated[str, Asked(_("整改措施"), least=2, most=200, rows=2, initial=now("measure"))],
    answers: Annotated[str, Asked(_("整改责任人(职务)"), _("写职务,例如店长、值班经理;不写姓名,由本人在通知书上签收。"), least=2, most=40, initial=now("answers"))],
    due_on: Annotated[date, Asked(_("整改期限"), initial=now("due_on"))],
    reason: Annotated[str, Asked(_("为什么延期"), _("期限往后改的必填。"), rows=2, most=200)] = "",
    place: Annotated[str, Asked(_("部位"), most=60, initial=now("place"))] = "",
    funds: Annotated[str, Asked(_("整改资金"), _("多少、谁出;不要钱的写“不需要”。重大隐患必填。"), most=60, initial=now("funds"))] = "",
    fallback: Annotated[str, Asked(_("应急预案"), _("改好以前怎么防。重大隐患必填。"), rows=2, most=200, initial=now("fallback"))] = "",
):  # fmt: skip
    """Settle the five things of a hazard (五落实: measure, money, who answers, by when, what is done until then), and which unit owns it."""
    if due_on < today(at):
        raise Refused(LATER)
    _put_off(hazard, due_on, grade, reason.strip(), by=by, at=at)
    texts = {"words": words, "basis": basis, "measure": measure, "answers": answers, "place": place, "funds": funds, "fallback": fallback}
    rows = Hazard.objects.filter(pk=hazard.pk, version=hazard.version, state=HazardState.FOUND)
    if not rows.update(grade=grade, owner=owner, due_on=due_on, version=hazard.version + 1, **{name: text.strip() for name, text in texts.items()}):
        raise Conflict()
    was = {"grade": hazard.grade, "owner": str(hazard.owner_id), "due_on": str(hazard.due_on)}
    hazard.refresh_from_db()
    _told("hazard.settle", hazard, by, at, was=was)
    return hazard


def _put_off(hazard, due_on, grade, reason, *, by, at, two=False):
    """Write down that a hazard is due later than it was, where it is. Raises Refused where it may not be due so late."""
    rules.may_put_off(by, hazard, due_on, grade, reason, at, two=two).or_raise()
    if hazard.due_on is not None and due_on > hazard.due_on:
        HazardDelay.objects.create(hazard=hazard, was_on=hazard.due_on, due_on=due_on, reason=reason, put_at=at, put_by_id=by.id)


def _told(line, hazard, by, at, **detail):
    journal.record(act=line, subject=hazard, by=by, at=at, area_code=hazard.inspection.stop.venue.area_id, **detail)


def _move(hazard, name, by, at, *saving, **detail):
    return journal.move(hazard, HAZARD, name, by=by, at=at, saving=saving, area_code=hazard.inspection.stop.venue.area_id, **detail)


@act(INSPECTIONS, "inspection_order", at="order", words=_("开责令限期改正通知书"), done=_("已开。打印两份,一份交场所签收。"), **WORKS, may=rules.can_order, rank=5, more=pages.to_be_ordered,
     template="schools/inspecting/order.html", lines={"mend_order.issue": _("开责令限期改正通知书"), "hazard.order": _("开通知书")})  # fmt: skip
def issue_order(
    inspection, *, by, at,
    unit: Annotated[Organisation, Asked(_("开具单位"), among=lambda row, actor, _day: Organisation.objects.filter(pk__in=rules.to_order(actor, row).values("owner")) if row else
                                        Organisation.objects.none(), named=lambda *_row: Organisation.objects.all(), within=rules.NOTHING, initial=lambda row, actor, _day: rules.to_order(actor, row).values_list("owner", flat=True).first())],
):  # fmt: skip
    """Issue an order to mend by a day (责令限期改正通知书): of one unit, over all that it owns of an inspection and that waits for one."""
    hazards = list(Hazard.objects.select_for_update(of=("self",), no_key=True).filter(inspection=inspection, state=HazardState.FOUND, owner=unit).select_related("inspection__stop__venue").order_by("serial"))
    rules.may_be_ordered(hazards, at).or_raise()
    day = today(at)
    order = MendOrder.objects.create(inspection=inspection, unit=unit, year=day.year, serial=queries.next_order(unit, day.year), day=day, issued_at=at, issued_by_id=by.id)
    for one in hazards:
        one.order = order
        _move(one, "order", by, at, "order_id")
    journal.record(act="mend_order.issue", subject=order, by=by, at=at, area_code=inspection.stop.venue.area_id, hazards=len(hazards))
    return inspection


@act(HAZARDS, "hazard_mend", at="mend", words=_("登记整改情况"), done=_("已记下,等复查。"), **WORKS, may=rules.can_mend, rank=20, lines={"hazard.mend": _("登记整改情况")},
     by_line={"hazard.mend": (Duty.INSPECT, Duty.KEEP_SCHOOL)})  # fmt: skip
def mend_hazard(
    hazard, *, by, at,
    mended_on: Annotated[date, Asked(_("哪天改好的"), initial=lambda _row, _actor, day: day)],
    words: Annotated[str, Asked(_("整改情况"), rows=2, least=2, most=200)],
):  # fmt: skip
    """Write down that the place says it is mended (整改反馈): it waits for a recheck by another hand."""
    return keep_mended(hazard, mended_on, words, by=by, at=at)


def keep_mended(hazard, mended_on, words, *, by, at):
    """Keep that a hazard is said to be mended, whoever says it: the unit that looks, or the school on whose grounds it is. Raises Refused for a day that cannot be."""
    if not hazard.found_on <= mended_on <= today(at):
        raise Refused(_("改好的日子要在发现以后,不晚于今天。"))
    is_recent(mended_on, policy.in_force(mended_on).back_days, at).or_raise()
    hazard.mended_on, hazard.mended_words, hazard.mended_by_id, hazard.mended_at = mended_on, words.strip(), by.id, at
    _move(hazard, "mend", by, at, "mended_on", "mended_words", "mended_by_id", "mended_at")
    return hazard


@act(HAZARDS, "hazard_recheck", at="recheck", words=_("复查"), done=_("已记下。"), **WORKS, may=rules.can_recheck, rank=15, lines={"hazard.pass": _("复查合格"), "hazard.fail": _("复查不合格")})
def recheck_hazard(
    hazard, *, by, at,
    passed: Annotated[bool, Asked(_("改好了吗"), answers=(_("合格,销号"), _("不合格,再改")))],
    day: Annotated[date, Asked(_("复查日期"), initial=lambda _row, _actor, day: day)],
    licensed: Licensed,
    words: Annotated[str, Asked(_("复查情况"), rows=2, least=2, most=200)],
    due_on: Annotated[date | None, Asked(_("再改的期限"), _("不合格的填。"))] = None,
):  # fmt: skip
    """Look whether it is mended (复查): it is closed, or is to be mended by a new day. What nobody told to be mended is not closed by whoever ordered it."""
    if not hazard.found_on <= day <= today(at):
        raise Refused(_("复查日期要在发现以后,不晚于今天。"))
    rules.follows(hazard, day).or_raise()
    is_recent(day, policy.in_force(day).back_days, at).or_raise()
    rules.enough(licensed, day).or_raise()
    if passed == bool(due_on):
        raise Refused(_("不合格的填再改的期限,合格的不填。"))
    if due_on and due_on <= day:
        raise Refused(_("再改的期限要在复查以后。"))
    if passed:
        rules.may_pass(by, hazard, at).or_raise()
    if due_on:
        _put_off(hazard, due_on, hazard.grade, words.strip(), by=by, at=at, two=hazard.mended_by_id is not None)
    Recheck.objects.create(hazard=hazard, day=day, passed=passed, words=words.strip(), licensed=licensed, due_on=due_on, recorded_at=at, recorded_by_id=by.id)
    if passed:
        hazard.closed_on = day
        _move(hazard, "pass", by, at, "closed_on")
    else:
        hazard.due_on, hazard.mended_on, hazard.mended_by_id, hazard.mended_at = due_on, None, None, None
        _move(hazard, "fail", by, at, "due_on", "mended_on", "mended_by_id", "mended_at")
    return hazard


@act(HAZARDS, "hazard_transfer", at="transfer", words=_("立案、移送"), done=_("已移送。"), **WORKS, may=rules.can_transfer, aside=True, tone="danger", lines={"hazard.transfer": _("移送")})
def transfer_hazard(
    hazard, *, by, at,
    unit: Annotated[Organisation, Asked(_("移送给"), named=lambda *_row: Organisation.objects.all(), field=lambda row, actor, day, **given: unit_of(lambda _actor: queries.punishing(row, day))(row, actor, day, **given))],
    reason: Annotated[str, Asked(_("移送原因"), rows=2, least=4, most=200)],
):  # fmt: skip
    """Hand a hazard on to whoever may punish it (移送): it is closed here, and says to whom."""
    if not queries.punishing(hazard, today(at)).filter(pk=unit.pk).exists():
        raise Refused(_("只能移送给本县的另一个单位。"))
    hazard.handed_to, hazard.handed_words, hazard.closed_on = unit, reason.strip(), today(at)
    _move(hazard, "transfer", by, at, "handed_to_id", "handed_words", "closed_on", reason=reason.strip())
    return hazard


@act(HAZARDS, "hazard_receive", at="receive", words=_("签收移送"), done=_("已签收。"), **WORKS, may=rules.can_receive, rank=25, lines={"hazard.receive": _("签收移送的隐患")})
def receive_hazard(hazard, *, by, at, words: Annotated[str, Asked(_("立案号或者怎么处理"), _("例如:立案文号;不立案的写明理由。不写个人姓名。"), rows=2, least=4, most=200)]):
    """Say that the unit has what was handed to it, and what it began (签收移送)."""
    values = {"received_at": at, "received_by": by.id, "received_words": words.strip(), "version": hazard.version + 1}
    if not Hazard.objects.filter(pk=hazard.pk, version=hazard.version).update(**values):
        raise Conflict()
    hazard.refresh_from_db()
    _told("hazard.receive", hazard, by, at)
    return hazard


@act(HAZARDS, "hazard_picture", at="picture", words=_("加照片"), done=_("已加密保存。"), **WORKS, may=rules.can_picture, aside=True, lines={"hazard.picture": _("加整改照片")}, call=None,
     because="a picture is taken by a person at the place")  # fmt: skip
def add_picture(
    hazard, *, by, at,
    file: Annotated[File, Asked(_("照片"), _("只拍部位,不拍人。没有必要就不拍。拍摄地点、时间、机型会去掉。"), attrs={"accept": "image/jpeg,image/png"})],
    when: Annotated[When, Asked(_("整改前后"))],
    nobody: Annotated[bool, Asked(_("照片里没有人"), attrs={"required": True})] = False,
):  # fmt: skip
    """Add a picture of the place, never of a person, bare of what the camera wrote into it."""
    if not nobody:
        raise Refused(_("看清楚照片里没有人再传,有人的重新拍。"))
    body, *_size = received(file)
    HazardPhoto.objects.create(hazard=hazard, when=when, taken_on=today(at), body=base64.b64encode(body).decode(), recorded_at=at, recorded_by_id=by.id)
    _told("hazard.picture", hazard, by, at, when=when)
    return hazard


@command("schools.climb_hazard")
def climb_hazard(*, hazard_id, by, at):
    """Put an overdue hazard on the ledger of needs, where it climbs by the ledger's own ladder: one need, one owner, one day. Returns its number, "" where it is not overdue any more.

    Whatever becomes of that need, the hazard is overdue until it is rechecked: one that was struck off goes on. The ledger is another app's: it is asked
    through what it brings (OPENS_NEEDS), and knows nothing of hazards.
    """
    rules.is_clock(by).or_raise()
    rows = Hazard.objects.select_for_update(of=("self",), no_key=True).select_related("inspection__stop__venue__area", "owner")
    hazard = rows.filter(queries.late(today(at)), pk=hazard_id).first()
    opens = gather("OPENS_NEEDS")
    if hazard is None or not opens:
        return ""
    venue, owner = hazard.inspection.stop.venue, hazard.owner
    name = owner.short_name or owner.name
    summary = _("%(venue)s的隐患 %(number)s 超期没有销号(期限 %(day)s):%(words)s") % {"venue": venue.name, "number": str(hazard), "day": f"{hazard.due_on:%Y-%m-%d}", "words": hazard.words}
    story = _("联合检查发现,督办单位%(unit)s。依据:%(basis)s。措施:%(measure)s。") % {"unit": name, "basis": hazard.basis or "—", "measure": hazard.measure or "—"}
    number = opens[0](village=venue.area, person=None, name=name, phone=owner.phone, kind="campus", summary=str(summary)[:200], story=str(story), unit=owner, again=hazard.need, by=by, at=at)
    if number == hazard.need:
        return number
    was, hazard.need, hazard.need_at = hazard.need, number, hazard.need_at or at
    if not Hazard.objects.filter(pk=hazard.pk, version=hazard.version).update(need=number, need_at=hazard.need_at, version=hazard.version + 1):
        raise Conflict()
    _told("hazard.climb", hazard, by, at, need=number, was=was)
    return number


def watch(at):
    """Look which hazards are overdue, on the ledger already or not: for the day's sweep. One that the ledger does not take today keeps no other from it, and is tried tomorrow."""
    for pk in list(Hazard.objects.filter(queries.late(today(at))).order_by("due_on", "pk").values_list("pk", flat=True)):
        with suppress(Refused, Conflict):
            climb_hazard(hazard_id=pk, by=CLOCK, at=at)
