"""The acts of riders: a child taken on, given a seat, taken off; an adult listed, confirmed by another, struck off; a reading of names."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.sealing.fields import sealed
from wanjia.verdict import Conflict, Refused

from ..buses.commands import CALLED, end_seats
from ..buses.queries import called
from ..buses.writing import point_of
from ..duties import Duty
from ..models import Bus, BusSeat, BusStop, Receiver, Rider
from ..year.subjects import SCHOOLS
from . import queries, rules
from .subjects import RECEIVERS, RIDERS

KEEPS = {"duty": Duty.KEEP_RIDERS}
NO_STOP = _("这一站不去这所学校,或者线路已经停用。")
READ = "child.named_on_bus"
Point = Annotated[str, Asked(_("家门口位置"), _("地图上量得到就写,例如 28.2288,103.6378;没有的空着,按站点上车。"), most=40)]


def read_names(children, *, where, by, at):
    """Journal that `by` is shown the names of these loaded children on a working list of the buses, each child a line; returns the children."""
    for child in children:
        journal.record_reading(act=READ, subject=child, by=by, at=at, reason=where, area_code=child.village_id or "", fields=["name"])
    return children


@act(SCHOOLS, "rider_new", at="riders/new", words=_("登记乘车学生"), done=_("已登记。接着定座位、登记接车人。"), **KEEPS, may=rules.keeps_school, rank=40, then=lambda _request, _row, rider: queries.to_rider(rider), lines={"rider.take_on": _("登记乘车学生")})
def take_rider(
    school, *, by, at,
    name: Annotated[str, Asked(_("学生姓名"), _("写全名,在底数里这所学校的学生里找。"), least=2, most=60)],
    asked_by: Annotated[str, Asked(_("哪位监护人要求的"), least=2, most=40)],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    last4: Annotated[str, Asked(_("身份证后四位"), _("重名时才要填。"), most=4)] = "",
    place: Point = "",
):  # fmt: skip
    """Take a child of the school on as a rider (登记乘车学生), at the guardian's wish."""
    child = queries.child_called(school, name, last4, today(at))
    lat, lon = point_of(place)
    facts = {"child": child, "school": school, "area_id": child.village_id or school.area_id, "asked_by": asked_by.strip(), "from_on": from_on, "lat": lat, "lon": lon}
    try:
        with transaction.atomic():
            rider = Rider.objects.create(**facts, recorded_at=at, recorded_by=by if by.id else None)
    except IntegrityError:
        raise Conflict(_("这个学生已经登记乘车。")) from None
    journal.record(act="rider.take_on", subject=rider, by=by, at=at, area_code=rider.area_id)
    return rider


@act(RIDERS, "rider_seat", at="seat", words=_("定座位"), done=_("已定。"), **KEEPS, may=rules.can_keep, rank=10, lines={"rider.seat": _("定接送车座位")})
def seat_rider(
    rider, *, by, at,
    stop: Annotated[BusStop, Asked(_("在哪一站上车"), among=queries.stops, named=queries.stops_ever, within=NO_STOP, shown=queries.stop_words)],
    from_on: Annotated[date | None, Asked(_("从哪天起"), _("不填就是今天;线路还没有起的,从它起的那天。"))] = None,
):  # fmt: skip
    """Give a child a seat from a stop (定座位), while the vehicle has one left (条例第三十四条); another seat ends on that day. Under an open roll no seat changes."""
    day = from_on or max(today(at), stop.line.from_on)
    if day < today(at):
        raise Refused(_("座位不能从过去的日子起。"))
    if not queries.stops(rider, by, day).filter(pk=stop.pk).exists():  # a call may name what the page does not offer
        raise Refused(NO_STOP)
    if day < stop.line.from_on:
        raise Refused(_("这条线路 %(day)s 起才有,座位从那天起。") % {"day": stop.line.from_on})
    bus = Bus.objects.select_for_update(of=("self",), no_key=True).get(lines=stop.line_id)  # two who give the last seat wait for each other
    taken = BusSeat.objects.not_ended(day).filter(stop__line=stop.line, drafted=False).exclude(rider=rider).values("rider").distinct().count()
    if taken >= bus.room:
        raise Refused(_("这趟车坐满了:核载减去驾驶人和照管员还有 %(n)s 座,都有人了。") % {"n": bus.room})
    if called(day, stop.line, [rider.child_id]):
        raise Refused(CALLED)
    end_seats(BusSeat.objects.filter(rider=rider, drafted=False), day)
    BusSeat.objects.create(rider=rider, stop=stop, from_on=day)
    journal.record(act="rider.seat", subject=rider, by=by, at=at, area_code=rider.area_id, stop=stop.pk)
    return rider


@act(RIDERS, "rider_end", at="end", words=_("不坐车了"), done=_("已停,座位空出来了。"), **KEEPS, may=rules.can_keep, aside=True, tone="danger", lines={"rider.end": _("学生不坐车了")})
def end_rider(rider, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Take a child off the riders (不坐车了), from today on."""
    day = max(today(at), rider.from_on)
    if not Rider.objects.filter(pk=rider.pk, to_on=None, version=rider.version).update(to_on=day, version=rider.version + 1):
        raise Conflict()
    end_seats(BusSeat.objects.filter(rider=rider), day)
    rider.refresh_from_db()
    journal.record(act="rider.end", subject=rider, by=by, at=at, area_code=rider.area_id, reason=reason.strip())
    return rider


@act(RIDERS, "receiver_new", at="receivers/new", words=_("登记接车人"), done=_("已登记。请另一个人向监护人核实,核实以后才能接。"), **KEEPS, may=rules.can_keep, rank=20, lines={"receiver.list": _("登记接车人")})
def list_receiver(
    rider, *, by, at,
    name: Annotated[str, Asked(_("接车人姓名"), least=2, most=40)],
    relation: Annotated[str, Asked(_("与孩子的关系"), least=1, most=20)],
    phone: Annotated[str, Asked(_("手机号"), least=5, most=20)],
    said_by: Annotated[str, Asked(_("监护人怎么说的"), _("谁、哪天、当面还是电话。"), least=4, most=80)],
):  # fmt: skip
    """List an adult to whom the bus may hand a child (登记接车人), with the guardian's word."""
    one = Receiver.objects.create(
        rider=rider, name=name.strip(), relation=relation.strip(), phone=phone.strip(), words=said_by.strip(), from_on=today(at), listed_at=at, listed_by=by if by.id else None,
    )  # fmt: skip
    journal.record(act="receiver.list", subject=one, by=by, at=at, area_code=rider.area_id)
    return rider


@act(RECEIVERS, "receiver_confirm", at="confirm", words=_("向监护人核实"), done=_("已核实,可以接了。"), **KEEPS, may=rules.can_confirm, rank=10, lines={"receiver.confirm": _("核实接车人")})
def confirm_receiver(receiver, *, by, at, said: Annotated[str, Asked(_("监护人怎么说的"), _("您自己打的电话或者当面问的。"), least=4, most=80)]):
    """Confirm a listed adult with the guardian (核实接车人): somebody else than who listed."""
    return _write(receiver, said, "receiver.confirm", by=by, at=at, confirmed_at=at, confirmed_by=by.id)


@act(RECEIVERS, "receiver_drop", at="drop", words=_("取消接车人"), done=_("已取消,马上生效。"), **KEEPS, may=rules.can_drop, aside=True, tone="danger", lines={"receiver.drop": _("取消接车人")})
def drop_receiver(receiver, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Strike an adult off a child's list (取消接车人), at once."""
    return _write(receiver, reason, "receiver.drop", by=by, at=at, to_on=today(at))


def _write(receiver, said, line, *, by, at, **values):
    """Change a listed adult by compare-and-set, with one more line of what was said: sealed, for it names the guardian."""
    receiver.words = "\n".join(filter(None, [receiver.words, said.strip()]))
    words = sealed(receiver, "words")
    if not Receiver.objects.filter(pk=receiver.pk, version=receiver.version).update(**values, words=words, version=receiver.version + 1):
        raise Conflict()
    receiver.refresh_from_db()
    journal.record(act=line, subject=receiver, by=by, at=at, area_code=receiver.rider.area_id)
    return receiver
