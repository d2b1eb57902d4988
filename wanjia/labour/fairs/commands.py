"""The acts of fairs: announced, called off, a stall, who registered (typed from the paper list), the offer, the start it led to."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.areas.fields import under_its_place
from wanjia.orgs.fields import searched, widest
from wanjia.orgs.models import Area
from wanjia.verdict import Conflict, Refused

from ..day_markets import asking as day_asking
from ..day_markets.commands import card_for, card_of
from ..day_markets.queries import labourer_by_number
from ..duties import Duty
from ..models import Employer, Fair, Registration, Stall, Start, Vacancy
from ..reach_states import FAIR_PART, FairPart
from . import pages, queries, rules
from .subjects import FAIRS, REGISTRATIONS, STALLS

KEEPS = {"duty": Duty.KEEP_MARKETS}


@act(FAIRS, "fair_new", at="new", words=_("登记招聘会"), done=_("已登记。接着安排展位。"), **KEEPS, may=rules.keeps, new=True, lines={"fair.announce": _("登记招聘会")})
def announce_fair(
    *, by, at,
    area: Annotated[Area, Asked(_("在哪里办"), within=rules.ELSEWHERE, initial=widest(queries.areas_for), **searched(queries.areas_for, under_its_place))],
    name: Annotated[str, Asked(_("招聘会名称"), least=2, most=60)],
    day: Annotated[date, Asked(_("哪天"), initial=lambda _row, _actor, day: day)],
    place: Annotated[str, Asked(_("地点"), least=2, most=80)],
    hosts: Annotated[str, Asked(_("承办、协办单位"), most=120)] = "",
):  # fmt: skip
    """Announce a job fair (现场招聘会), held by the actor's unit; one that was held is entered too."""
    facts = {"area": area, "name": name.strip(), "day": day, "place": place.strip(), "hosts": hosts.strip()}
    try:
        with transaction.atomic():
            one = Fair.objects.create(unit=scope.unit(by, duty=Duty.KEEP_MARKETS, code=area.pk), recorded_at=at, recorded_by=by if by.id else None, **facts)
    except IntegrityError:
        raise Conflict(_("这一天已经登记过同名的招聘会。")) from None
    journal.record(act="fair.announce", subject=one, by=by, at=at, area_code=area.pk, day=day)
    return one


@act(FAIRS, "fair_call_off", at="call-off", words=_("取消招聘会"), done=_("已取消。"), **KEEPS, may=rules.can_keep, aside=True, tone="danger",
     lines={"fair.call_off": _("取消招聘会")})  # fmt: skip
def call_off_fair(fair, *, by, at, because: Annotated[str, Asked(_("原因"), least=2, most=80)]):
    """Call a fair off (取消)."""
    if not Fair.objects.filter(pk=fair.pk, version=fair.version).update(called_off_because=because.strip(), version=fair.version + 1):
        raise Conflict()
    fair.refresh_from_db()
    journal.record(act="fair.call_off", subject=fair, by=by, at=at, area_code=fair.area_id, reason=because.strip())
    return fair


@act(FAIRS, "stall_new", at="stalls/new", words=_("安排展位"), done=_("已安排。"), **KEEPS, may=rules.can_keep, rank=10, lines={"fair.stall": _("安排展位")})
def give_stall(
    fair, *, by, at, employer: Annotated[Employer, Asked(_("用工单位"), _("先登记用工单位和岗位,再安排展位。"), named=queries.employers, within=_("这家单位已经有展位。"), **searched(queries.employers_for))],
):  # fmt: skip
    """Give an employer the next stall of a fair (展位)."""
    number = (fair.stalls.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    one = Stall.objects.create(fair=fair, employer=employer, number=number, recorded_at=at, recorded_by=by if by.id else None)
    journal.record(act="fair.stall", subject=fair, by=by, at=at, area_code=fair.area_id, stall=one.pk, number=number)
    return fair


@act(STALLS, "stall_register", at="register", words=_("录入求职登记"), done=_("已录入。"), **KEEPS, may=rules.can_register, rank=10, lines={"registration.sign": _("录入求职登记")})
def register_visitor(
    stall, *, by, at,
    name: Annotated[str, Asked(_("姓名"), least=1, most=60)], phone: day_asking.Phone, birth_on: day_asking.Born,
    vacancy: Annotated[Vacancy, Asked(_("岗位"), within=_("这个岗位不在这个展位上。"), **searched(queries.vacancies_of))],
    offered: Annotated[bool, Asked(_("当场达成意向(用工方要)"))] = False,
):  # fmt: skip
    """Type one line of a stall's paper list (求职登记): a labourer of the register is found by the telephone, a card once made too."""
    area = stall.fair.area_id
    worker = labourer_by_number(by, phone, name)
    card = card_of(worker, area, by=by, at=at) if worker else card_for(area, by=by, at=at, name=name, phone=phone, birth_on=birth_on, trade=vacancy.trade)
    if Registration.objects.filter(stall=stall, card=card, vacancy=vacancy).exists():
        raise Refused(_("此人在这个展位登记过这个岗位。"))
    one = Registration.objects.create(
        stall=stall, card=card, vacancy=vacancy, state=FairPart.OFFERED if offered else FairPart.SIGNED, offered_on=stall.fair.day if offered else None,
        recorded_at=at, recorded_by=by if by.id else None,
    )  # fmt: skip
    journal.record(act="registration.sign", subject=one, by=by, at=at, area_code=area, offered=offered)
    return stall


@act(REGISTRATIONS, "registration_offer", at="offer", words=_("达成意向"), done=_("已记下。"), **KEEPS, may=rules.can_offer, rank=10, lines={"registration.offer": _("达成意向")})
def note_offer(registration, *, by, at):
    """Note that the employer wants somebody and he wants to go (达成意向)."""
    registration.offered_on = today(at)
    journal.move(registration, FAIR_PART, "offer", by=by, at=at, saving=["offered_on"], area_code=registration.stall.fair.area_id)
    return registration


@act(REGISTRATIONS, "registration_fail", at="fail", words=_("没有谈成"), done=_("已记下。"), **KEEPS, may=rules.can_fail, rank=30, lines={"registration.fail": _("没有谈成")})
def note_failure(registration, *, by, at):
    """Note that nothing came of it (没有谈成)."""
    journal.move(registration, FAIR_PART, "fail", by=by, at=at, area_code=registration.stall.fair.area_id)
    return registration


@act(REGISTRATIONS, "registration_start", at="start", words=_("上岗了"), done=_("已对上:意向到上岗。"), **KEEPS, may=rules.can_trace, rank=20, more=pages.where_starts,
     lines={"registration.start": _("意向对上上岗")})  # fmt: skip
def trace_start(
    registration, *, by, at,
    start: Annotated[Start, Asked(_("哪一次上岗"), _("先在岗位页面登记上岗,这里才选得到。"), named=queries.starts_of_vacancy, within=_("这次上岗不是他在这个岗位的,或者已经对上别的意向。"), **searched(queries.starts_for, pages.start_words))],
):  # fmt: skip
    """Say which start an offer led to (上岗): a count of offers and starts has its rows."""
    registration.start = start
    journal.move(registration, FAIR_PART, "start", by=by, at=at, saving=["start"], area_code=registration.stall.fair.area_id, start=start.pk)
    return registration
