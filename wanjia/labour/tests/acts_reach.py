"""How the acts of outreach and fairs are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from django.db import transaction

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried

from ..day_markets.commands import card_of
from ..fairs import commands as fairs
from ..models import Fair, OptOut, Outreach, Reached, Registration, Stall, Start, Vacancy, Worker
from ..outreach import commands as outreach
from ..vacancies.commands import note_start
from . import demand_world
from .acts_markets import PHONE, UNDER_AGE, anew, labourer, who
from .factories import entered

DAY = MONDAY.date()
MAY = "township_worker station_worker labour_officer"
ANSWERS = "village_worker township_worker station_worker labour_officer"


def live(world):
    """A vacancy that stands open."""
    return Vacancy.objects.filter(state="live").first() or demand_world.live(world)


def plan(world):
    """Whom to tell of it is planned: Wang works nowhere."""
    labourer(world)
    one = outreach.plan_outreach(vacancy_id=live(world).pk, area=world.xisha, way="call", most=10, **who(world))
    return {"outreach_id": one.pk}


def told(world):
    """Wang was told."""
    what = plan(world)
    outreach.send_outreach(**what, **who(world))
    return {"reached_id": Reached.objects.get().pk}


def opted(world):
    """Wang wants to hear of none."""
    labourer(world)
    outreach.opt_out(worker_id=world.register.head.pk, **who(world))
    return {"worker_id": world.register.head.pk}


def fair(world, **facts):
    """A fair in the township today."""
    said = {"area": world.xisha, "name": "春风行动", "day": DAY, "place": "细沙乡广场"} | facts
    return Fair.objects.filter(name=said["name"]).first() or fairs.announce_fair(**said, **who(world))


def stall(world):
    """The factory has a stall there, with a vacancy on the board."""
    vacancy = live(world)
    one = fair(world)
    if not Stall.objects.exists():
        fairs.give_stall(fair_id=one.pk, employer=vacancy.employer, **who(world))
    return Stall.objects.get()


def line(world, **facts):
    """A line of the paper list: Wang, who is on the roll."""
    labourer(world)
    head = world.register.head
    head.phone = "13887000001"
    head.save()
    place = stall(world)
    return {"stall_id": place.pk, "name": "王建国", "phone": "13887000001", "birth_on": date(1985, 3, 2), "vacancy": live(world)} | facts


def signed(world, **facts):
    """Wang registered there."""
    fairs.register_visitor(**line(world, **facts), **who(world))
    return {"registration_id": Registration.objects.get().pk}


def offered(world):
    """Wang has an offer, and started."""
    what = signed(world, offered=True)
    spell = demand_world.working(world)
    note_start(vacancy_id=live(world).pk, spells=[spell], by=anew(world), at=MONDAY)
    return what | {"start": Start.objects.get(spell=spell)}


def on(model, **values):
    """Put facts on rows straight away."""
    return lambda _world, _what: model.objects.update(**values)


NO_DUTY = "您的岗位没有推送岗位信息的权限。"
OVER = "这一次已经推送过,或者已经决定不推送。"
NO_FAIRS, NOT_OURS, CALLED_OFF = "您的岗位没有管理招聘会的权限。", "这场招聘会不由您的单位办。", "这场招聘会已经取消。"
SHUT = {NO_FAIRS: Felt(by="caller"), NOT_OURS: Felt(by="stranger"), CALLED_OFF: Felt(before=on(Fair, called_off_because="下雨"))}
PERSON = "此人不在您的辖区。"

ACTS = {
    "labour.plan_outreach": Tried("clerk", lambda w: {"vacancy_id": live(w).pk, "area": w.xisha, "way": "call", "most": 10}, {"most": 20}, may=MAY, spoil={
        NO_DUTY: Felt(by="caller"), "这个地方不在您的辖区。": Felt(by="stranger"), "只推送核实过、没过期、还招人的岗位。": Felt(before=on(Vacancy, left=0)),
    }),
    "labour.send_outreach": Tried("clerk", plan, {}, may=MAY, spoil={
        NO_DUTY: Felt(by="caller"), "这个地方不在您的辖区。": Felt(by="stranger"), OVER: Felt(before=on(Outreach, state="dropped_out")),
        "这个岗位现在不招了,不用推送。": Felt(before=on(Vacancy, left=0)), "按这个条件现在没有要告诉的人。": Felt(before=on(Worker, wants_trade="cook")),
    }),
    "labour.drop_outreach": Tried("clerk", plan, {}, may=MAY, spoil={
        NO_DUTY: Felt(by="caller"), "这个地方不在您的辖区。": Felt(by="stranger"), OVER: Felt(before=on(Outreach, state="sent_out", sent_at=MONDAY)),
    }),
    "labour.note_answer": Tried("clerk", lambda w: told(w) | {"answer": "wants"}, {"answer": "not_now"}, may=ANSWERS, spoil={
        NO_DUTY: Felt(by="caller"), PERSON: Felt(by="stranger"), "他已经回过话了。": Felt(before=on(Reached, answer="not_now", answered_on=DAY)),
    }),
    "labour.opt_out": Tried("clerk", lambda w: labourer(w) and {"worker_id": w.register.head.pk}, {}, may=ANSWERS, spoil={
        NO_DUTY: Felt(by="caller"), PERSON: Felt(by="stranger"), "已经登记过不要推送。": Felt(before=lambda w, _what: opted(w)),
    }),
    "labour.opt_in": Tried("clerk", opted, {}, may=ANSWERS, spoil={
        NO_DUTY: Felt(by="caller"), PERSON: Felt(by="stranger"), "没有登记过不要推送。": Felt(before=on(OptOut, to_on=DAY)),
    }),
    "labour.announce_fair": Tried("clerk", lambda w: {"area": w.xisha, "name": "春风行动", "day": DAY, "place": "细沙乡广场"}, {"name": "另一场"}, may=MAY, spoil={
        NO_FAIRS: Felt(by="caller"), NOT_OURS: Felt(by="stranger"),
    }),
    "labour.call_off_fair": Tried("clerk", lambda w: {"fair_id": fair(w).pk, "because": "下雨"}, {"because": "停电"}, may=MAY, spoil=SHUT),
    "labour.give_stall": Tried("clerk", lambda w: {"fair_id": fair(w).pk, "employer": live(w).employer}, {"employer": None}, may=MAY, spoil=SHUT | {
        "这家单位已经有展位。": Felt(before=lambda w, _what: stall(w)),
    }),
    "labour.register_visitor": Tried("clerk", line, {"offered": True}, may=MAY, spoil=SHUT | {
        "招聘会还没有开。": Felt(before=on(Fair, day=DAY + timedelta(days=3))), "此人在这个展位登记过这个岗位。": Felt(before=lambda w, what: fairs.register_visitor(**what, **who(w))),
        "这个岗位不在这个展位上。": Felt(before=on(Vacancy, until_on=DAY, from_on=DAY - timedelta(days=9))),
        PHONE: Felt(what={"name": "陈师傅", "phone": "12"}), UNDER_AGE: Felt(what={"name": "陈小", "birth_on": date(2012, 1, 1)}),
    }),
    "labour.note_offer": Tried("clerk", signed, {}, may=MAY, spoil=SHUT | {
        "已经达成意向或者上岗了。": Felt(before=on(Registration, state="offered", offered_on=DAY)),
    }),
    "labour.note_failure": Tried("clerk", signed, {}, may=MAY, spoil=SHUT | {
        "已经上岗,或者已经记过没有谈成。": Felt(before=on(Registration, state="none")),
    }),
    "labour.trace_start": Tried("clerk", offered, {}, may=MAY, spoil=SHUT | {
        "达成意向以后才能登记上岗。": Felt(before=on(Registration, state="none")),
        "此人不在劳动力名册里,上岗记不到人。请先列入名册,在劳动力页面登记务工。": Felt(what=lambda w: nameless(w)),
        "这次上岗不是他在这个岗位的,或者已经对上别的意向。": Felt(before=lambda _w, what: Registration.objects.update(card=_other(_w))),
    }),
}  # fmt: skip


def nameless(world):
    """Somebody known by name alone has an offer too."""
    fairs.register_visitor(**line(world, name="陈师傅", phone="13887000055", birth_on=date(1980, 1, 1), offered=True), **who(world))
    return {"registration_id": Registration.objects.get(card__name="陈师傅").pk}


def _other(world):
    """The card of another labourer."""
    wife = world.register.wife
    if not Worker.objects.filter(person=wife).exists():
        entered(Worker(person=wife, village=world.datong, entered_on=DAY, verified_on=DAY))
    with transaction.atomic():
        return card_of(Worker.objects.get(pk=wife.pk), world.xisha.pk, **who(world))

