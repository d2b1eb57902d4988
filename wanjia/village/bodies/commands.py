"""The acts of bodies: founded, changed, ended; somebody takes a seat, or leaves it."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.verdict import Conflict, Refused, first_refusal

from ..duties import Duty
from ..models import BodySeat, GoverningBody
from ..states import BodyKind, Office
from . import queries, rules
from .homes import asked_village
from .subjects import BODIES, SEATS

KEEPS = {"duty": Duty.KEEP_MEETINGS}
SAME = _("这个村(社区)、小组已经有这个组织。")
NOT_YET = _("日期不能晚于今天。")


def now(field):
    """Return what stands in a field of the row, nothing for a new one."""
    return lambda row, *_rest: getattr(row, field) if row else None


def day_of(_row, _actor, day):
    """Return the day of the page."""
    return day


Name = Annotated[str, Asked(_("名称"), _("例如:花坛村村民协商议事会。"), least=2, most=60, initial=now("name"))]
Aliases = Annotated[str, Asked(_("别名"), _("大家还怎么叫它,用顿号隔开。找的时候都认。"), most=200, initial=now("aliases"))]
Term = Annotated[date | None, Asked(_("任期届满"), _("有任期的填,村民委员会五年。"), initial=now("term_until"))]


def _same_group(area, kind, group):
    if kind == BodyKind.GROUP and not group:
        raise Refused(_("村民小组会议要写明是哪个小组。"))
    if group and group not in queries.groups_of(area.pk):
        raise Refused(_("底数里没有这个村民小组,按户籍台账的写法填。"))


@act(BODIES, "body_new", at="new", words=_("登记自治组织"), done=_("已登记。接着登记成员。"), **KEEPS, may=rules.keeps, new=True, lines={"governing_body.found": _("登记自治组织")})
def found_body(
    *, by, at,
    area: Annotated[Area, asked_village(Duty.KEEP_MEETINGS)],
    kind: Annotated[BodyKind, Asked(_("组织类型"), select=True)],
    name: Name,
    from_on: Annotated[date, Asked(_("成立日期"), initial=day_of)],
    group_name: Annotated[str, Asked(_("村民小组"), _("只管一个小组的写,全村的空着。"), most=40)] = "",
    aliases: Aliases = "", term_until: Term = None,
):  # fmt: skip
    """Enter a body of a village (登记自治组织)."""
    rules.is_within(by, area).or_raise()
    group = group_name.strip()
    _same_group(area, kind, group)
    first_refusal((from_on <= today(at), NOT_YET), (term_until is None or term_until > from_on, _("任期届满要晚于成立日期。"))).or_raise()
    facts = {"area": area, "group_name": group, "kind": kind, "name": name.strip(), "aliases": aliases.strip(), "from_on": from_on, "term_until": term_until}
    try:
        with transaction.atomic():
            one = GoverningBody.objects.create(**facts)
    except IntegrityError:
        raise Conflict(SAME) from None
    journal.record(act="governing_body.found", subject=one, by=by, at=at, area_code=area.pk)
    return one


@act(BODIES, "body_change", at="change", words=_("改组织信息"), done=_("已改。"), **KEEPS, may=rules.can_keep, rank=60, tone="quiet", aside=True, lines={"governing_body.change": _("改组织信息")})
def change_body(governing_body, *, by, at, name: Name, aliases: Aliases = "", term_until: Term = None):
    """Change what a body is called, and until when its term runs."""
    if term_until is not None and term_until <= governing_body.from_on:
        raise Refused(_("任期届满要晚于成立日期。"))
    rows = GoverningBody.objects.filter(pk=governing_body.pk, version=governing_body.version)
    if not rows.update(name=name.strip(), aliases=aliases.strip(), term_until=term_until, version=governing_body.version + 1):
        raise Conflict()
    governing_body.refresh_from_db()
    journal.record(act="governing_body.change", subject=governing_body, by=by, at=at, area_code=governing_body.area_id)
    return governing_body


@act(BODIES, "body_end", at="end", words=_("撤销"), done=_("已撤销。"), **KEEPS, may=rules.can_end, aside=True, tone="danger", lines={"governing_body.end": _("撤销自治组织")})
def end_body(governing_body, *, by, at, reason: Annotated[str, Asked(_("为什么撤销"), least=4, most=200)]):
    """End a body from today on (撤销), and the seats in it."""
    day = today(at)
    GoverningBody.objects.filter(pk=governing_body.pk).update(to_on=day, version=governing_body.version + 1)
    BodySeat.objects.filter(body=governing_body, to_on=None).update(to_on=day, ended_at=at)
    governing_body.refresh_from_db()
    journal.record(act="governing_body.end", subject=governing_body, by=by, at=at, area_code=governing_body.area_id, reason=reason.strip())
    return governing_body


@act(BODIES, "seat_new", at="seats/new", words=_("登记成员"), done=_("已登记。"), **KEEPS, may=rules.can_seat, rank=20, lines={"body_seat.take": _("登记成员")})
def take_seat(
    governing_body, *, by, at,
    name: Annotated[str, Asked(_("姓名"), _("写全名,在这个村(社区)的花名册里找。"), least=2, most=60)],
    office: Annotated[Office, Asked(_("职务"))],
    from_on: Annotated[date, Asked(_("任职日期"), initial=day_of)],
    last4: Annotated[str, Asked(_("身份证后四位"), _("重名时才要填。"), most=4)] = "",
    basis: Annotated[str, Asked(_("怎么产生"), _("例如:2026年换届选举;小组推选。"), most=60)] = "",
):  # fmt: skip
    """Seat somebody in a body (登记成员): an adult of the village's own roll."""
    first_refusal((governing_body.from_on <= from_on <= today(at), _("任职日期要在成立以后,不晚于今天。"))).or_raise()
    person = queries.person_called(governing_body.area_id, name, last4, today(at))
    rules.may_sit(governing_body, person, office, today(at)).or_raise()
    seat = BodySeat.objects.create(body=governing_body, person=person, office=office, from_on=from_on, basis=basis.strip(), seated_at=at, seated_by_id=by.id)
    journal.record(act="body_seat.take", subject=seat, by=by, at=at, area_code=governing_body.area_id, office=office)
    return governing_body


@act(SEATS, "seat_end", at="end", words=_("登记离任"), done=_("已登记。"), **KEEPS, may=rules.can_end_seat, aside=True, tone="danger", lines={"body_seat.end": _("登记离任")})
def end_seat(
    body_seat, *, by, at,
    to_on: Annotated[date, Asked(_("离任日期"), _("从这一天起不再是成员。"), initial=day_of)],
    reason: Annotated[str, Asked(_("原因"), least=2, most=200)],
):  # fmt: skip
    """End a seat (离任) from a day on."""
    if not body_seat.from_on <= to_on <= today(at):
        raise Refused(_("离任日期要在任职以后,不晚于今天。"))
    BodySeat.objects.filter(pk=body_seat.pk).update(to_on=to_on, ended_at=at)
    body_seat.refresh_from_db()
    journal.record(act="body_seat.end", subject=body_seat, by=by, at=at, area_code=body_seat.body.area_id, reason=reason.strip())
    return body_seat
