"""The acts of places: entered, changed, ended. A place that is entered while a round goes over its kind stands on that round's list at once."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import only
from wanjia.orgs.models import Area
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..inspection_states import CAMPUS_KINDS, RoundState, VenueKind
from ..models import InspectionRound, NoticeReceipt, RoundVenue, SafetyNotice, School, Venue
from ..notice_states import NoticeState
from . import queries, rules
from .subjects import VENUES

KEEPS = {"duty": Duty.INSPECT}
SAME = _("这个村(社区)已经有同名同类的场所。")
NO_CAMPUS = _("只有校园和考点,才填是哪所学校的校园。")
METRES = _("填了离校门多少米,就要选最近的学校。")
NearSchool = Annotated[School | None, Asked(_("最近的学校"), among=queries.schools_near, within=_("最近的学校选本县的。"), named=lambda *_row: School.objects.all(), shown=lambda one: one.unit.name, none=_("不在学校周边"),
                                            initial=lambda row, *_rest: row.near_id if row else None)]
Metres = Annotated[int | None, Asked(_("离校门多少米"), _("量过才填。"), most=30000, initial=lambda row, *_rest: row.metres if row else None)]

Campus = Annotated[School | None, Asked(_("是哪所学校的校园"), _("选了,这所学校自己看得到在这里发现的隐患。"), among=queries.schools_near, named=lambda *_row: School.objects.all(), shown=lambda one: one.unit.name,
                                        none=_("不是校园"), initial=lambda row, *_rest: row.campus_id if row else None)]


def _held(venue, day):
    """Hold the rounds and notices that go over a place and return (the rounds under way, the notices issued): none closes meanwhile, and one that begins or is issued waits and lists the place as it is then."""
    rounds = InspectionRound.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=queries.rounds_over(venue)).order_by("pk")
    notices = SafetyNotice.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=queries.notices_to(venue, day)).order_by("pk")
    return [one for one in rounds if one.state == RoundState.RUNNING], [one for one in notices if one.state == NoticeState.ISSUED]


def _join(venue, at):
    """Put a place on the lists of the rounds under way that go over its kind, and of the notices that are not over."""
    rounds, notices = _held(venue, today(at))
    for one in rounds:
        RoundVenue.objects.get_or_create(round=one, venue=venue, defaults={"listed_at": at})
    for one in notices:
        NoticeReceipt.objects.get_or_create(notice=one, venue=venue, defaults={"area_id": venue.area_id, "listed_at": at})


def _left_out(venue, reason, by, at):
    """Leave a place that is gone out of the rounds under way and of the notices that still wait for it, each being held: what was looked at or served meanwhile stays so."""
    gone = str(_("场所停用:%(reason)s") % {"reason": reason})
    rounds, _notices = _held(venue, today(at))
    RoundVenue.objects.filter(round__in=rounds, venue=venue, inspection=None, left_out="").update(left_out=gone, left_out_at=at, left_out_by=by.id, version=F("version") + 1)
    waits = NoticeReceipt.objects.filter(venue=venue, notice__state=NoticeState.ISSUED, told_at=None)
    waits.update(excused=gone, told_at=at, told_by=by.id, version=F("version") + 1)


@act(VENUES, "venue_new", at="new", words=_("登记场所"), done=_("已登记。正在进行的轮次查这类场所的,已经加进名单。"), **KEEPS, may=rules.keeps, new=True, lines={"venue.enter": _("登记场所")})
def enter_venue(
    *, by, at,
    area: Annotated[Area, Asked(_("所在村(社区)"), among=queries.villages, within=rules.OUT_OF_REACH, initial=only(queries.villages))],
    kind: Annotated[VenueKind, Asked(_("场所类别"), select=True)],
    name: Annotated[str, Asked(_("场所名称"), _("写招牌或者证照上的名称,不写经营者姓名。"), least=2, most=60)],
    address: Annotated[str, Asked(_("地址"), least=2, most=80)],
    near: NearSchool = None, metres: Metres = None, campus: Campus = None,
):  # fmt: skip
    """Enter a place that is inspected (登记场所)."""
    if metres is not None and near is None:
        raise Refused(METRES)
    if campus is not None and kind not in CAMPUS_KINDS:
        raise Refused(NO_CAMPUS)
    try:
        with transaction.atomic():
            venue = Venue.objects.create(area=area, kind=kind, name=name.strip(), address=address.strip(), near=near, metres=metres, campus=campus, from_on=today(at))
    except IntegrityError:
        raise Conflict(SAME) from None
    _join(venue, at)
    journal.record(act="venue.enter", subject=venue, by=by, at=at, area_code=area.pk)
    return venue


@act(VENUES, "venue_change", at="change", words=_("改场所"), done=_("已改。"), **KEEPS, may=rules.can_keep, rank=20, tone="quiet", lines={"venue.change": _("改场所")})
def change_venue(
    venue, *, by, at,
    name: Annotated[str, Asked(_("场所名称"), least=2, most=60, initial=lambda row, *_rest: row.name)],
    address: Annotated[str, Asked(_("地址"), least=2, most=80, initial=lambda row, *_rest: row.address)],
    near: NearSchool = None, metres: Metres = None, campus: Campus = None,
):  # fmt: skip
    """Change what is known of a place. Its kind stays: a net bar that becomes a shop is another place."""
    if metres is not None and near is None:
        raise Refused(METRES)
    if campus is not None and venue.kind not in CAMPUS_KINDS:
        raise Refused(NO_CAMPUS)
    was = {"name": venue.name, "address": venue.address, "metres": venue.metres, "campus": str(venue.campus_id or "")}
    rows = Venue.objects.filter(pk=venue.pk, version=venue.version)
    try:
        with transaction.atomic():
            if not rows.update(name=name.strip(), address=address.strip(), near=near, metres=metres, campus=campus, version=venue.version + 1):
                raise Conflict()
    except IntegrityError:
        raise Conflict(SAME) from None
    venue.refresh_from_db()
    journal.record(act="venue.change", subject=venue, by=by, at=at, area_code=venue.area_id, was=was)
    return venue


@act(VENUES, "venue_end", at="end", words=_("停用场所"), done=_("已停用。还没有查它的轮次,名单上写明了原因。"), **KEEPS, may=rules.can_keep, aside=True, tone="danger", lines={"venue.end": _("停用场所")})
def end_venue(
    venue, *, by, at,
    to_on: Annotated[date, Asked(_("从哪天起不在了"), initial=lambda _row, _actor, day: day)],
    reason: Annotated[str, Asked(_("原因"), _("例如:停业、搬走、重复登记。"), least=2, most=60)],
):  # fmt: skip
    """End a place (停用场所). In rounds under way it is left out with this reason; open hazards stay open."""
    if not venue.from_on <= to_on <= today(at):
        raise Refused(_("停用的日子不能早于登记,也不能晚于今天。"))
    if not Venue.objects.filter(pk=venue.pk, version=venue.version).update(to_on=to_on, version=venue.version + 1):
        raise Conflict()
    _left_out(venue, reason.strip(), by, at)
    venue.refresh_from_db()
    journal.record(act="venue.end", subject=venue, by=by, at=at, area_code=venue.area_id, reason=reason.strip())
    return venue
