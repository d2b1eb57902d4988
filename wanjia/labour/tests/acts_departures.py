"""How the acts of departures, trips, the day and the follow-ups are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta
from types import SimpleNamespace

from django.utils import timezone

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import User
from wanjia.solving.models import Standing
from wanjia.solving.runs import commands as runs

from ..campaigns.commands import open_campaign
from ..departures.commands import withdraw_departure
from ..models import Campaign, Departure, FollowUp, Proposal, Seat, Trip, Worker
from ..riding.commands import hand_over, leave_trip, mark_seat
from ..trips.commands import hold_trip, recall_trip, release_trip
from ..workers.commands import enrol_worker
from . import acts_matching, acts_roll, trips

DAY = MONDAY.date()
GOES = DAY + timedelta(days=3)
DISPATCH = "labour_officer"
KEEPS = "village_worker township_worker station_worker labour_officer"
EITHER = KEEPS
AWAY, ELSEWHERE, NOT_STANDING = "这个人不在您的辖区。", "这个车次不由您安排。", "这一版方案没有启用,或者已经换了。"
FIXED = "已放行的车次要先收回,才能改。"
LISTED = {"place": "330200", "employer_name": "宁波某电子厂", "earliest_on": GOES, "latest_on": GOES + timedelta(days=2)}


def anew(user):
    return User.objects.get(pk=user.pk)


def seen(world):
    """The house's world as the steps of trips.py see one."""
    for person in (world.register.head, world.register.wife):
        if not Worker.objects.filter(pk=person.pk).exists():
            enrol_worker(person_id=person.pk, by=anew(world.visitor), at=MONDAY)
    he, she = (Worker.objects.get(pk=person.pk) for person in (world.register.head, world.register.wife))
    return SimpleNamespace(li=anew(world.visitor), officer=anew(world.labour), county=world.county, he=he, she=she)


def drive(world):
    found = Campaign.objects.filter(name="百日行动").first()
    return found or open_campaign(name="百日行动", area=world.county, from_on=DAY, until_on=DAY + timedelta(days=100), by=anew(world.labour), at=MONDAY)


def quietly(step, world, *args, **facts):
    """Do a step of trips.py; its plan is worked in this process."""
    drive(world)
    start, runs.start_process = runs.start_process, lambda *_words: None
    try:
        return step(seen(world), *args, at=MONDAY, **facts)
    finally:
        runs.start_process = start


def worker(world):
    return {"worker_id": seen(world).he.pk, "campaign": drive(world)}


def listed(world, who="he"):
    one = Departure.objects.filter(worker=getattr(seen(world), who)).first()
    return one or quietly(lambda w, at: trips.listed(w, getattr(w, who), at=at, earliest_on=GOES, latest_on=GOES + timedelta(days=2)), world)


def departure(world):
    return {"departure_id": listed(world).pk}


def withdrawn(world):
    what = departure(world)
    withdraw_departure(**what, why="家里有事", by=anew(world.visitor), at=MONDAY)
    return what


def trip(world):
    if not Trip.objects.exists():
        listed(world)
        quietly(lambda w, at: trips.standing(w, at), world)
    return {"trip_id": Trip.objects.order_by("number").first().pk}


def complete(world):
    what = trip(world)
    quietly(lambda w, at: trips.ready(w, Trip.objects.get(pk=what["trip_id"]), at=at), world)
    return what


def out(world):
    what = complete(world)
    release_trip(**what, by=anew(world.labour), at=MONDAY)
    return what


def rolled(world, result="aboard"):
    what = out(world)
    mark_seat(seat_id=Seat.objects.get().pk, result=result, by=anew(world.visitor), at=MONDAY)
    return what


def gone(world):
    """On its way: as its row says."""
    what = rolled(world)
    leave_trip(**what, by=anew(world.visitor), at=MONDAY)
    return what


def at_the_gate(world):
    what = gone(world)
    return what | {"stop": Trip.objects.get(pk=what["trip_id"]).stops.get(drop=True), "arrived_at": MONDAY, "signer": "王经理", "signed_n": 1}


def promise(world):
    hand_over(**at_the_gate(world), by=anew(world.visitor), at=MONDAY)
    return {"follow_up_id": FollowUp.objects.order_by("due_on").first().pk}


def seat(world, step=trip, *args):
    step(world, *args)
    return {"seat_id": Seat.objects.order_by("number").first().pk}


def two_trips(world):
    """She rides two days later, and could as well ride with him."""
    listed(world)
    quietly(lambda w, at: trips.listed(w, w.she, at=at, earliest_on=GOES + timedelta(days=4), latest_on=GOES + timedelta(days=4)), world)
    quietly(lambda w, at: trips.standing(w, at), world)
    Departure.objects.update(earliest_on=GOES, latest_on=GOES + timedelta(days=4))
    first, _second = Trip.objects.order_by("leave_at")
    return {"seat_id": Seat.objects.exclude(trip=first).get().pk, "trip": first}


def unput(_world, _what):
    """The version is not in force any more."""
    Standing.objects.all().delete()


def let_out(world, what):
    complete(world)
    release_trip(trip_id=Trip.objects.order_by("leave_at").first().pk, by=anew(world.labour), at=MONDAY)


def written(model, **facts):
    return lambda _world, _what: model.objects.update(**facts) and None


def yes(world):
    """Wang said yes to a vacancy in Ningbo."""
    what = acts_matching.proposal(world, "accepted")
    one = Proposal.objects.get(pk=what["proposal_id"])
    type(one.vacancy).objects.filter(pk=one.vacancy_id).update(place="330200", place_name="浙江宁波")
    return {"campaign_id": one.plan.about, "earliest_on": GOES, "latest_on": GOES + timedelta(days=9)}


def over(_world, _what):
    Campaign.objects.update(from_on=date(2026, 1, 1), until_on=DAY)


ARRANGED = {ELSEWHERE: Felt(by="visitor"), NOT_STANDING: Felt(before=unput), FIXED: Felt(before=let_out)}
DAYS = {"最晚的日子不能早于最早的。": Felt(what={"latest_on": DAY}), "出行的日子离今天一年以上,请核对年份。": Felt(what={"latest_on": date(9999, 12, 31)})}
DRIVER = trips.DRIVER | {"turn": 1, "name": "张师傅"}
ACTS = {
    "labour.list_departure": Tried("visitor", lambda w: worker(w) | LISTED, {"place": "440100"}, may=KEEPS, spoil=DAYS | {
        AWAY: Felt(by="stranger"),
        "此人已退出劳动力名册。要更新的,请先恢复。": Felt(before=acts_roll.gone_off),
        "他已经登记了出行。要改的,请打开那一条。": Felt(before=lambda w, _what: listed(w) and None),
        "这个行动不包括他的村,或者已经结束。": Felt(before=over),
        "请选岗位,或者写明去哪里、哪个用工单位。": Felt(what={"employer_name": ""}),
        "一起走的,要去同一个城市、有同一天都能走。": Felt(what=lambda w: {"together": listed(w, "she"), "place": "440100"}),
    }),
    "labour.take_departures": Tried("labour", yes, {"latest_on": GOES}, may=DISPATCH, spoil=DAYS | {
        "这个行动不在您的辖区。": Felt(by="visitor"), "行动已经结束。": Felt(before=over)}),
    "labour.plan_charters": Tried("labour", lambda w: {"campaign_id": drive(w).pk, "seats": 40, "train_seats": 0, "few": 0}, {"seats": 50}, may=DISPATCH, spoil={
        "这个行动不在您的辖区。": Felt(by="visitor"), "行动已经结束。": Felt(before=over)}),
    "labour.set_days": Tried("visitor", lambda w: departure(w) | {"earliest_on": GOES, "latest_on": GOES + timedelta(days=5)}, {"latest_on": GOES}, may=KEEPS, spoil=DAYS | {
        AWAY: Felt(by="stranger"), "这条出行登记已经取消,或者人已经送达。": Felt(before=lambda w, _what: withdrawn(w) and None),
        "他已经上车。": Felt(before=lambda w, _what: rolled(w) and None)}),
    "labour.withdraw_departure": Tried("visitor", lambda w: departure(w) | {"why": "孩子病了"}, {"why": "另找了活"}, may=KEEPS, spoil={
        "“%(what)s”至少写 %(n)s 个字。": Felt(what={"why": "病"})}),
    "labour.go_alone": Tried("visitor", lambda w: departure(w) | {"on": DAY, "evidence": "declared"}, {"evidence": "contract"}, may=KEEPS, spoil={
        AWAY: Felt(by="stranger"), "这条出行登记已经取消,或者人已经送达。": Felt(before=lambda w, _what: withdrawn(w) and None),
        "此人已退出劳动力名册。要更新的,请先恢复。": Felt(before=acts_roll.gone_off)}),
    "labour.relist_departure": Tried("visitor", withdrawn, {"words": "另写"}, may=KEEPS, spoil={
        AWAY: Felt(by="stranger"), "这条出行登记没有取消。": Felt(before=written(Departure, state="listed", withdrawn_because="")),
        "他已经登记了出行。要改的,请打开那一条。": Felt(before=lambda w, _what: trips.listed(seen(w), at=MONDAY) and None)}),
    "labour.set_papers": Tried("labour", lambda w: trip(w) | trips.PAPERS | {"cadre": anew(w.visitor)}, {"plate": "云C99999"}, may=DISPATCH, spoil=ARRANGED | {
        "随车干部要是本地登记劳动力情况的人员。": Felt(what=lambda w: {"cadre": w.auditor})}),
    "labour.set_driver": Tried("labour", lambda w: trip(w) | DRIVER, {"name": "李师傅"}, may=DISPATCH, spoil={
        "专列、班线的时刻和司机由铁路、班线公司安排。": Felt(before=written(Trip, kind="train"))}),
    "labour.set_leaving": Tried("labour", lambda w: trip(w) | {"clock": "11:00"}, {"clock": "12:00"}, may=DISPATCH, spoil={"时间写成 08:30 这样。": Felt(what={"clock": "八点"})}),
    "labour.set_arriving": Tried("labour", lambda w: _later(w), {"clock": "23:50"}, may=DISPATCH, spoil={
        "请选这个车次的下车点。": Felt(what=lambda w: {"stop": Trip.objects.get(pk=trip(w)["trip_id"]).stops.filter(drop=False).first()})}),
    "labour.move_seat": Tried("labour", two_trips, {"anyway": True}, may=DISPATCH, spoil={
        FIXED: Felt(before=written(Seat, state="aboard")), "这个车次已锁定,先放开再换。": Felt(before=lambda w, what: hold_of(w, what)),
        "这个车次坐不下、不顺路,或者已经放行。": Felt(before=lambda w, what: Trip.objects.filter(pk=what["trip"].pk).update(seats=1) and None),
        "这样换会:%(what)s。还是要换的,请勾选“还是要换”。": Felt(before=lambda w, what: Departure.objects.filter(worker=seen(w).she.pk).update(earliest_on=GOES + timedelta(days=4)) and None)}),
    "labour.hold_trip": Tried("labour", trip, {"words": "另写"}, may=DISPATCH),
    "labour.release_trip": Tried("labour", complete, {"words": "另写"}, may=DISPATCH),
    "labour.recall_trip": Tried("labour", lambda w: out(w) | {"why": "换了车"}, {"why": "换了人"}, may=DISPATCH, spoil={"没有放行,或者车已经开了。": Felt(before=lambda w, _what: back(w))}),
    "labour.cancel_trip": Tried("labour", lambda w: trip(w) | {"why": "人不够"}, {"why": "路断了"}, may=DISPATCH, spoil={
        "车已经开了,或者已经取消。": Felt(before=lambda w, _what: gone(w) and None)}),
    "labour.mark_seat": Tried("visitor", lambda w: seat(w, out) | {"result": "aboard"}, {"result": "absent"}, may=EITHER, spoil={
        "这个人不在您的辖区,您也不是随车干部。": Felt(by="stranger"),
        "车次放行以后、发车以前才点名。": Felt(before=lambda w, _what: back(w)),
        "已经交接的不能再改。": Felt(before=lambda w, _what: rolled_in(w)),
        "点名只记已上车、没有来、本人取消。": Felt(what={"result": "arrived"})}),
    "labour.open_roster": Tried("visitor", out, {"words": "另写"}, may=DISPATCH, spoil={
        "乘客名册全本只给随车干部和安排车次的人。": Felt(by="stranger"), "车次放行以后、交接以前才看名册全本。": Felt(before=lambda w, _what: back(w))}),
    "labour.leave_trip": Tried("visitor", rolled, {"words": "另写"}, may=DISPATCH, spoil={
        "发车由随车干部或者安排车次的人登记。": Felt(by="stranger"), NOT_STANDING: Felt(before=unput), "没有放行的车次不能发车。": Felt(before=lambda w, _what: back(w)),
        "还有 %(n)s 人没有点到,先一个个点清。": Felt(before=lambda w, _what: one_more(w)),
        "车上没有人,不用发车;这一趟可以取消。": Felt(before=lambda w, _what: mark_seat(seat_id=Seat.objects.get().pk, result="absent", by=anew(w.visitor), at=MONDAY) and None)}),
    "labour.call_absent": Tried("visitor", lambda w: seat(w, rolled, "absent") | {"called": "later"}, {"called": "not_going"}, may=EITHER, spoil={
        "这个人不在您的辖区,您也不是随车干部。": Felt(by="stranger"),
        NOT_STANDING: Felt(before=unput),
        "没有来的、取消的才用联系。": Felt(before=lambda w, _what: mark_seat(seat_id=Seat.objects.get().pk, result="aboard", by=anew(w.visitor), at=MONDAY) and None)}),
    "labour.hand_over": Tried("visitor", at_the_gate, {"signer": "李经理"}, may=DISPATCH, spoil={
        "交接由随车干部或者安排车次的人登记。": Felt(by="stranger"),
        "发车以后、还没有交接的车次才登记交接。": Felt(before=lambda w, what: promise_of(w, what)),
        "请选这个车次还没有交接的下车点。": Felt(what=lambda w: {"stop": Trip.objects.get().stops.filter(drop=False).first()} if Trip.objects.exists() else {}),
        "有人不在这一站下车,请重新勾选。": Felt(before=lambda w, what: what.update(missing=[Seat(pk=Trip.objects.get().pk)]) or what),
        "这一站应到 %(all)s 人,签收 %(n)s 人、勾了没到的 %(lost)s 人,还差 %(short)s 人没有说明。": Felt(what={"signed_n": 0}),
        "签收的人数多了 %(n)s 人,请核对。": Felt(what={"signed_n": 2}),
        "有人没有到厂,请写明为什么。": Felt(what=lambda w: {"signed_n": 0, "missing": list(Seat.objects.all())}),
        "到达的时间要在发车以后、现在以前。": Felt(what={"arrived_at": MONDAY - timedelta(hours=1)})}),
    "labour.note_follow_up": Tried("visitor", lambda w: promise(w) | {"result": "there"}, {"result": "back"}, may=KEEPS, spoil={
        "这次回访不在您的名下,也不在您的辖区。": Felt(by="stranger"),
        "还没有到回访的时候,最早提前 7 天。": Felt(before=written(FollowUp, due_on=date(2027, 6, 1))),
        "这次回访已经做了。": Felt(before=written(FollowUp, done_on=DAY, result="there"))}),
}  # fmt: skip


def _later(world):
    """Ten minutes more on the way, said by hand."""
    what = trip(world)
    stop = Trip.objects.get(pk=what["trip_id"]).stops.get(drop=True)
    local = timezone.localtime(stop.at + timedelta(minutes=10))
    return what | {"stop": stop, "on": local.date(), "clock": f"{local:%H:%M}"}


def hold_of(world, _what):
    for one in Trip.objects.filter(held=False):
        hold_trip(trip_id=one.pk, by=anew(world.labour), at=MONDAY)


def back(world):
    recall_trip(trip_id=Trip.objects.get().pk, why="换了车", by=anew(world.labour), at=MONDAY)


def rolled_in(_world):
    """Handed over, though its trip still says released: what a fault may leave."""
    Seat.objects.filter(state="booked").update(state="aboard")
    Seat.objects.update(state="arrived")


def one_more(world):
    one = Seat.objects.get()
    other = listed(world, "she")
    Seat.objects.create(plan=one.plan, trip=one.trip, departure=other, village=one.village, pick_up=one.pick_up, drop=one.drop, number=2)


def promise_of(world, what):
    hand_over(**what, by=anew(world.visitor), at=MONDAY)

