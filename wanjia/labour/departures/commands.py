"""The list of departures: who goes where between which days; and the versions of the plan that carries them."""

import uuid
from datetime import date, timedelta
from itertools import islice
from typing import Annotated

from django.db.models import Q
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import searched
from wanjia.policy.departures import cities, numbers
from wanjia.registry import bulk
from wanjia.registry.visits.commands import plan_after_leaving
from wanjia.solving.models import Standing
from wanjia.solving.runs.commands import ask_plan
from wanjia.verdict import Refused

from ..campaigns.subjects import CAMPAIGNS
from ..demand_states import PayUnit, VacancyState
from ..departure_states import LISTED, ON_BOARD, Listed, SeatState
from ..duties import Duty
from ..freeing.commands import free_seats
from ..matching.commands import begin
from ..matching.plans import HOURS
from ..matching.plans import KIND as MATCH
from ..models import Campaign, Departure, Proposal, Seat, Stop, Trip, Vacancy
from ..models import Driver as DriverRow
from ..states import Answer, Evidence, How
from ..vacancies.commands import fill
from ..workers.commands import begin_spell
from ..workers.subjects import WORKERS
from . import asking, plans, rules, timing
from .asking import own
from .subjects import DEPARTURES

BATCH = 400  # trips at once: some 20,000 seats
DEFAULTS = numbers()
A_YEAR = timedelta(days=366)
FROM_ON, UNTIL_ON = _("最早哪天能走"), _("最晚哪天要走")
NEEDS = Asked(_("健康和特殊需要"), _("晕车、用药、行动不便等,随车干部要知道的。只给安排车和随车的人看。"), most=200, rows=2)
CONTACT, PHONE = Asked(_("紧急联系人"), _("姓名和关系,例如“李桂英,妻子”。"), most=40), Asked(_("紧急联系电话"), most=20)


def _days(earliest_on, latest_on, day):
    """Hold the days of a journey against one another and against today: a slip of the year is told at once, not met by whoever plans."""
    if latest_on < earliest_on:
        raise Refused(_("最晚的日子不能早于最早的。"))
    if abs(earliest_on - day) > A_YEAR or abs(latest_on - day) > A_YEAR:
        raise Refused(_("出行的日子离今天一年以上,请核对年份。"))


@act(
    WORKERS, "departure_new", at="departures/new", words=_("登记出行"), done=_("已登记,等安排车次。"), duty=Duty.KEEP_LABOUR, may=rules.can_list, rank=40, tone="quiet",
    then=lambda _request, _worker, one: redirect("labour:departure", one.pk), lines={"departure.list": _("登记出行")},
)  # fmt: skip
def list_departure(
    worker, *, by, at,
    earliest_on: Annotated[date, Asked(FROM_ON, initial=lambda _row, _actor, day: day)],
    latest_on: Annotated[date, Asked(UNTIL_ON)],
    vacancy: Annotated[Vacancy | None, Asked(_("去哪个岗位"), _("在岗位库里的选这里,下面三项不用填。"), within=_("这个岗位已经招满、到期,或者就在本市。"), **searched(asking.vacancies, asking.vacancy_words, none=_("不在岗位库里")))] = None,
    place: Annotated[str, Asked(_("去哪里"), **searched(asking.places_away))] = "",
    employer_name: Annotated[str, Asked(_("用工单位"), most=80)] = "",
    pay: Annotated[int | None, Asked(_("月工资(元)"), most=100_000)] = None,
    together: Annotated[Departure | None, Asked(_("和谁一家、一起走"), within=_("只能和同一个乡镇、已经登记出行的人一起走。"), **searched(asking.companions, asking.companion_words, none=_("一个人走")))] = None,
    campaign: Annotated[Campaign | None, Asked(
        _("哪个行动"), _("没有行动也能登记:以后的行动安排车次时一起算;等不了的,走了再登记“自己坐车走了”。"), among=asking.drives, within=_("这个行动不包括他的村,或者已经结束。"),
        none=_("现在没有行动"), initial=asking.drive_at_first)] = None,
    needs: Annotated[str, NEEDS] = "", contact: Annotated[str, CONTACT] = "", contact_phone: Annotated[str, PHONE] = "",
):  # fmt: skip
    """Put a labourer on the list of departures (出行登记): where to, between which days, with whom. Nobody under 16 travels to work."""
    _days(earliest_on, latest_on, today(at))
    if not rules.is_old_enough(worker.person, earliest_on):
        raise Refused(timing.article("young"))
    place, employer_name = (vacancy.place, vacancy.employer.name) if vacancy else (place, employer_name.strip())
    if not place or not employer_name:
        raise Refused(_("请选岗位,或者写明去哪里、哪个用工单位。"))
    if together is not None:
        if together.place != place or max(together.earliest_on, earliest_on) > min(together.latest_on, latest_on):
            raise Refused(_("一起走的,要去同一个城市、有同一天都能走。"))
        if together.family is None:
            together.family = uuid.uuid4()
            Departure.objects.filter(pk=together.pk).update(family=together.family)
    one = Departure.objects.create(
        campaign=campaign, worker=worker, proposal=_yes(worker, vacancy, campaign), vacancy=vacancy, place=place, employer_name=employer_name, trade=vacancy.trade if vacancy else "", pay=monthly(vacancy) if vacancy else pay,
        earliest_on=earliest_on, latest_on=latest_on, family=together.family if together else None, needs=needs.strip(), contact=contact.strip(), contact_phone=contact_phone.strip(),
        listed_at=at, listed_by_id=by.id,
    )  # fmt: skip
    journal.record(act="departure.list", subject=one, by=by, at=at, area_code=worker.village_id, after=one.state, place=place, from_on=earliest_on, until_on=latest_on)
    return one


def _yes(worker, vacancy, campaign):
    """Return the yes that he said to this vacancy in the version that stands, or None: a no that he says later is then heard, and that he went is noted with it."""
    if vacancy is None or campaign is None:
        return None
    return Proposal.objects.filter(plan__in=plans_that_stand(campaign), worker=worker, vacancy=vacancy, state=Answer.ACCEPTED).first()


@act(
    CAMPAIGNS, "departures_take", at="departures", words=_("把愿去的人列入出行"), done=lambda n: _("列入了 %(n)s 人。") % {"n": n}, duty=Duty.DISPATCH, may=rules.can_take, rank=20, tone="quiet",
    then=lambda request, campaign, _n: redirect("labour:campaign", campaign.pk), lines={"departure.take": _("把愿去的人列入出行")},
)  # fmt: skip
def take_departures(
    campaign, *, by, at,
    earliest_on: Annotated[date, Asked(FROM_ON, initial=lambda row, _actor, day: max(day, row.from_on))],
    latest_on: Annotated[date, Asked(UNTIL_ON)],
):  # fmt: skip
    """Put everybody on the list who said yes to a vacancy out of the city in the version of the drive that stands (列入出行); whoever was on it in this drive
    and goes no more, or went, is not put on it over his own word: one puts him back by his own. Returns how many.
    """
    _days(earliest_on, latest_on, today(at))
    rows = Proposal.objects.filter(plan__in=plans_that_stand(campaign), state=Answer.ACCEPTED, worker__left_on=None, vacancy__state=VacancyState.LIVE, vacancy__place__in=list(cities()))
    listed = Departure.objects.filter(Q(state=Listed.LISTED) | Q(campaign=campaign)).values("worker")
    made = []
    for one in rows.exclude(worker__in=listed).select_related("worker__person", "vacancy__employer").order_by("pk"):
        if one.vacancy.place[:4] != one.worker.village_id[:4] and rules.is_old_enough(one.worker.person, earliest_on):
            made.append(bulk.fresh(
                Departure, campaign_id=campaign.pk, worker_id=one.worker_id, proposal_id=one.pk, vacancy_id=one.vacancy_id, place=one.vacancy.place, trade=one.vacancy.trade,
                employer_name=one.vacancy.employer.name, pay=monthly(one.vacancy), earliest_on=earliest_on, latest_on=latest_on, listed_at=at, listed_by_id=by.id, state=Listed.LISTED,
            ))  # fmt: skip
    bulk.insert(Departure, made)
    journal.record(act="departure.take", subject=campaign, by=by, at=at, area_code=campaign.area_id, n=len(made), from_on=earliest_on, until_on=latest_on)
    return len(made)


def monthly(vacancy):
    """Return what a vacancy pays at least, in yuan a month."""
    return vacancy.pay_from * (HOURS if vacancy.pay_unit == PayUnit.HOUR else 1)


def plans_that_stand(campaign):
    """Return the key of the version of the drive's proposals that stands, as a query."""
    return Standing.objects.filter(kind=MATCH, about=str(campaign.pk)).values("plan")


@act(
    DEPARTURES, "departure_days", at="days", words=_("改日子和需要"), done=_("已改。已经安排了车的,请看那一趟还合不合适。"), duty=Duty.KEEP_LABOUR, may=rules.can_change, rank=10, tone="quiet",
    lines={"departure.days": _("改出行登记")},
)  # fmt: skip
def set_days(
    departure, *, by, at,
    earliest_on: Annotated[date, Asked(FROM_ON, initial=own("earliest_on"))],
    latest_on: Annotated[date, Asked(UNTIL_ON, initial=own("latest_on"))],
    needs: Annotated[str, Asked(NEEDS.label, NEEDS.help, most=200, rows=2, initial=own("needs"))] = "",
    contact: Annotated[str, Asked(CONTACT.label, CONTACT.help, most=40, initial=own("contact"))] = "",
    contact_phone: Annotated[str, Asked(PHONE.label, most=20, initial=own("contact_phone"))] = "",
):  # fmt: skip
    """Change the days, the needs and the contact of somebody on the list."""
    _days(earliest_on, latest_on, today(at))
    departure.earliest_on, departure.latest_on, departure.needs, departure.contact, departure.contact_phone = earliest_on, latest_on, needs.strip(), contact.strip(), contact_phone.strip()
    departure.version += 1
    departure.save(update_fields=["earliest_on", "latest_on", "needs", "contact", "contact_phone", "version"])
    journal.record(act="departure.days", subject=departure, by=by, at=at, area_code=departure.worker.village_id, from_on=earliest_on, until_on=latest_on)
    return departure


@act(DEPARTURES, "departure_withdraw", at="withdraw", words=_("不走了"), done=_("已取消,车上的座位空出来了。"), duty=Duty.KEEP_LABOUR, may=rules.can_change, rank=60, aside=True, tone="danger",
     lines={"departure.withdraw": _("取消出行登记")})  # fmt: skip
def withdraw_departure(departure, *, by, at, why: Annotated[str, Asked(_("为什么不走了"), _("写他本人的话。"), least=2, most=80)]):
    """Take somebody off the list (取消出行登记), with his reason; the seat he had is free."""
    free_seats(Departure.objects.filter(pk=departure.pk), why.strip(), by=by, at=at)
    departure.withdrawn_because = why.strip()
    journal.move(departure, LISTED, "withdraw", by=by, at=at, saving=["withdrawn_because"], reason=why.strip(), area_code=departure.worker.village_id)
    return departure


@act(
    DEPARTURES, "departure_go", at="go", words=_("自己坐车走了"), done=_("已登记,务工也登记了。"), duty=Duty.KEEP_LABOUR, may=rules.can_go, rank=15, tone="quiet", lines={"departure.go": _("自己坐车走了")},
)  # fmt: skip
def go_alone(
    departure, *, by, at,
    on: Annotated[date, Asked(_("哪天走的"), initial=lambda _row, _actor, day: day)],
    evidence: Annotated[Evidence, Asked(_("凭什么"), _("只凭自报的不算有组织输出。"), select=True)] = Evidence.DECLARED,
):  # fmt: skip
    """Note that somebody on the list left by a scheduled coach or train (自己坐车走了), in a drive or without one: his spell of work is written, he takes a place
    of his vacancy, a seat that he had is free. Organised is only what evidence bears out; carried he was not.
    """
    worker = departure.worker
    spell = begin_spell(
        worker, by=by, at=at, from_on=on, to_on=None, place=rules.place_class(departure), area=departure.place, employer_name=departure.employer_name, trade=departure.trade, pay=departure.pay,
        how=How.SELF if evidence == Evidence.DECLARED else How.ORGANISED, carried=False, evidence=evidence, source=str(_("出行登记")),
    )  # fmt: skip
    free_seats(Departure.objects.filter(pk=departure.pk), str(_("自己坐车走了")), by=by, at=at)
    journal.move(departure, LISTED, "go", by=by, at=at, area_code=worker.village_id, on=on)
    vacancy = Vacancy.objects.select_for_update().filter(pk=departure.vacancy_id, left__gt=0).first()
    if vacancy is not None:
        fill(vacancy, [spell], by=by, at=at)
    begin([departure], by=by, at=at)
    plan_after_leaving(worker.person, within=DEFAULTS["check_within"], by=by, at=at)
    return departure


@act(DEPARTURES, "departure_relist", at="relist", words=_("又要走了"), done=_("已恢复,等安排车次。"), duty=Duty.KEEP_LABOUR, may=rules.can_relist, rank=20, lines={"departure.relist": _("恢复出行登记")})
def relist_departure(departure, *, by, at):
    """Put somebody back on the list (恢复出行登记)."""
    departure.withdrawn_because = ""
    journal.move(departure, LISTED, "relist", by=by, at=at, saving=["withdrawn_because"], area_code=departure.worker.village_id)
    return departure


@act(
    CAMPAIGNS, "charter", words=_("安排车次"), done=_("已开始计算,算好以后看过再启用。"), duty=Duty.DISPATCH, may=rules.can_take, rank=30,
    then=lambda _request, _row, plan: redirect("solving:plan", plan.pk), lines={},
)  # fmt: skip
def plan_charters(
    campaign, *, by, at,
    seats: Annotated[int, Asked(_("最大的客车几个乘客座"), _("不算两名驾驶员和随车干部。人少的一趟会建议小一些的车。"), least=5, most=60, initial=DEFAULTS["seats"])] = 50,
    train_seats: Annotated[int, Asked(_("一列专列几个座"), _("没有和铁路谈好专列就填 0。同一天去一个城市够 600 人才开。"), least=0, most=2000, initial=0)] = 0,
    few: Annotated[int, Asked(
        _("一趟不到几人就不包车"), _("改为建议坐班线客车或者火车,一起买票。要每一趟都包车的填 0。"), least=0, most=30, initial=DEFAULTS["few"])] = DEFAULTS["few"],
):  # fmt: skip
    """Have coaches and trains worked for everybody on the list of a drive (安排车次)."""
    return ask_plan(plans.KIND, str(campaign.pk), campaign.area, settings={"seats": seats, "train_seats": train_seats, "few": few}, by=by, at=at)


def store(plan, posed, answer):
    """Write trips, stops and seats of a version, inside the keeping of the plan."""
    rows = plans.rows_of(plan, posed, answer.plan)
    while some := list(islice(rows, BATCH)):
        bulk.insert(Trip, [trip for trip, _stops, _seats in some])
        bulk.insert(Stop, [stop for _trip, stops, _seats in some for stop in stops])
        bulk.insert(Seat, [seat for _trip, _stops, seats in some for seat in seats], batch=20_000)
    bulk.weigh(Trip, Stop, Seat)


def hold_trips(plan):
    """Lock the trips of a version, in the order of their keys: whoever locks or releases one in this moment has done so before they are read, or is refused."""
    list(Trip.objects.select_for_update().filter(plan=plan.pk if plan else None).order_by("pk").values_list("pk"))


def swap(plan, before, *, by, at):
    """Let the trips that were locked, released or sent off pass over to the version that now stands, with all their riders.

    Raises Refused where the world has moved since this version was worked: somebody in it sits in such a trip, went, goes no more, or is carried by another drive.
    """
    hold_trips(before)
    fixed = Trip.objects.filter(plans.FIXED, plan=before.pk if before else None)
    mine = Seat.objects.filter(plan=plan, state=SeatState.BOOKED)
    about = Q(departure__campaign=plan.about) | Q(departure__campaign=None)
    twice = mine.filter(departure__in=Seat.objects.filter(trip__in=fixed, state__in=ON_BOARD).values("departure")).count()
    gone = mine.exclude(about, departure__state=Listed.LISTED).count() + mine.filter(departure__in=Departure.objects.filter(plans.OFF, state=Listed.LISTED)).count()
    taken = Trip.objects.filter(plan=plan, number__in=list(fixed.values_list("number", flat=True))).exists()
    if twice or gone or taken:
        raise Refused(_("计算以后又锁定、放行了车次,或者有人取消、送达(共 %(n)s 人)。请重新计算一版,锁定的会保留。") % {"n": twice + gone})
    Departure.objects.filter(campaign=None, pk__in=mine.values("departure")).update(campaign=plan.about)  # whoever waited for a drive is carried by this one
    moving = list(fixed.values_list("pk", flat=True))
    for at_once in range(0, len(moving), 500):
        Trip.objects.filter(pk__in=moving[at_once : at_once + 500]).update(plan=plan)
        Seat.objects.filter(trip__in=moving[at_once : at_once + 500]).update(plan=plan)


def drop(plan):
    """Take a dropped version's trips away: nobody was told of them."""
    Seat.objects.filter(plan=plan).delete()
    for model in (Stop, DriverRow):
        model.objects.filter(trip__plan=plan).delete()
    Trip.objects.filter(plan=plan).delete()
