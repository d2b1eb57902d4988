"""The acts of canteens: opened, diners, a meal, who came, whom it was brought to, who did not come and is called, the end of the meal."""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import Weekday, clock, digits_of, time_of
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs import scope
from wanjia.orgs.fields import only
from wanjia.orgs.models import Area
from wanjia.policy.money import fen_of
from wanjia.registry.duties import Duty as Register
from wanjia.registry.finding import standing
from wanjia.registry.lookups.commands import count_phone
from wanjia.registry.people.rules import visible_people
from wanjia.verdict import Conflict, Refused

from ..asking import called
from ..children.rules import records_of
from ..class_states import EATEN, MEAL, UNSERVED, CallResult, Diet, Eaten, MealKind, MealState
from ..duties import Duty
from ..locking import hold
from ..looking import looked_to
from ..models import Canteen, Diner, Meal, MissedCall, Serving
from . import pages, queries, rules
from .subjects import CANTEENS, DINERS, MEALS, SERVINGS

KEEPS = {"duty": Duty.KEEP_CANTEEN}
SAME = _("户册合并:同一个人登记了两次")
MOVES = {Eaten.ATE: "eat", Eaten.BROUGHT: "bring", Eaten.OFF: "put_off", Eaten.MISSED: "miss"}
DEAREST = 20000  # fen a meal
Price = Annotated[str, Asked(_("每餐成本(元)"), _("例如 8.50"), most=8, least=1, attrs={"inputmode": "decimal"})]
Share = Annotated[str, Asked(_("老人自付(元)"), _("例如 2.00"), most=8, least=1, attrs={"inputmode": "decimal"})]


def _fen(yuan):
    """Return the fen of an amount in yuan. Raises Refused for what is no amount, below nought, dearer than a meal can be, or finer than a fen."""
    fen = fen_of(yuan)
    if fen is None:
        raise Refused(_("金额写成 8.50 这样。"))
    if fen > DEAREST:
        raise Refused(_("金额在 0 到 200 元之间,写到分为止。"))
    return fen


def _prices(price, share):
    cost, own = _fen(price), _fen(share)
    if own > cost:
        raise Refused(_("老人自付不能比成本还多。"))
    return cost, own


@act(CANTEENS, "canteen_new", at="new", words=_("办食堂"), done=_("已登记。接着登记就餐的老人。"), **KEEPS, may=rules.keeps, new=True, lines={"canteen.open": _("办爱心食堂")})
def open_canteen(
    *, by, at,
    area: Annotated[Area, Asked(_("村(社区)"), among=queries.villages, within=rules.ELSEWHERE, initial=only(queries.villages))],
    name: Annotated[str, Asked(_("食堂名称"), least=2, most=60)],
    place: Annotated[str, Asked(_("地点"), least=2, most=80)],
    meal: Annotated[MealKind, Asked(_("哪一餐"))],
    served_at: Annotated[str, Asked(_("几点开饭"), field=clock, most=5, least=1)],
    price: Price, share: Share,
):  # fmt: skip
    """Open a canteen (办爱心食堂) of the actor's unit."""
    cost, own = _prices(price, share)
    unit = scope.unit(by, duty=Duty.KEEP_CANTEEN, code=area.pk)
    facts = {"area": area, "name": name.strip(), "place": place.strip(), "meal": meal, "served_at": time_of(served_at), "price": cost, "share": own, "from_on": today(at)}
    one = Canteen(unit=unit, **facts)
    one.looked_on = looked_to(at, rules.due_at(one, today(at)))
    try:
        with transaction.atomic():
            one.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("这个村已经有同名的食堂。")) from None
    journal.record(act="canteen.open", subject=one, by=by, at=at, area_code=area.pk, price=cost, share=own)
    return one


@act(CANTEENS, "canteen_price", at="price", words=_("改餐费"), done=_("已改,从下一餐起。"), **KEEPS, may=rules.can_change, aside=True, lines={"canteen.price": _("改餐费")})
def change_price(canteen, *, by, at, price: Price, share: Share):
    """Change what a meal costs, from the next one on; meals that were opened keep theirs."""
    cost, own = _prices(price, share)
    before = {"price": canteen.price, "share": canteen.share}
    if not Canteen.objects.filter(pk=canteen.pk, version=canteen.version).update(price=cost, share=own, version=canteen.version + 1):
        raise Conflict()
    canteen.refresh_from_db()
    journal.record(act="canteen.price", subject=canteen, by=by, at=at, area_code=canteen.area_id, was=before, price=cost, share=own)
    return canteen


@act(CANTEENS, "diner_new", at="diners/new", words=_("登记就餐老人"), done=_("已登记。"), **KEEPS, may=rules.can_change, rank=20, lines={"diner.take_on": _("登记就餐老人")})
def take_on(
    canteen, *, by, at,
    name: Annotated[str, Asked(_("老人姓名"), _("写全名,在本地台账里找。"), least=2, most=60)],
    weekdays: Annotated[list[Weekday], Asked(_("星期几来"))],
    diet: Annotated[list[Diet], Asked(_("忌口"))] = (),
    brought: Annotated[bool, Asked(_("送餐上门"))] = False,
    contact: Annotated[str, Asked(_("紧急联系人"), most=40)] = "",
    phone: Annotated[str, Asked(_("联系人电话"), most=20)] = "",
    last4: Annotated[str, Asked(_("身份证后四位"), _("重名时才要填。"), most=4)] = "",
):  # fmt: skip
    """Take an elder on the list of a canteen (登记就餐老人), somebody of the register of homes."""
    first, end = canteen.area.parent.span() if canteen.area.parent_id else canteen.area.span()
    people = visible_people(by, duty=Register.SEE_REGISTER).filter(merged_into=None, died_on=None, village_id__gte=first, village_id__lt=end)
    facts = {"diet": " ".join(str(one) for one in diet), "brought": brought, "contact": contact.strip(), "phone": phone.strip()}
    _admit(canteen, called(people, name, last4), digits_of(weekdays), facts, by=by, at=at)
    return canteen


def admit_listed(canteen, person, weekdays, facts, *, by, at):
    """Take an elder of a list on paper (就餐登记表) on, as by hand."""
    rules.can_change(by, canteen).or_raise()
    _admit(canteen, person, weekdays, facts, by=by, at=at)


def _admit(canteen, person, weekdays, facts, *, by, at):
    rules.is_old_enough(person, today(at)).or_raise()
    if canteen.diners.filter(person__in=records_of(person.pk), to_on=None).exists():  # under whichever record: twice on it, somebody who ate would be called
        raise Refused(_("这位老人已经在名单上。"))
    one = Diner.objects.create(
        canteen=canteen, person=person, weekdays=weekdays, **facts, from_on=today(at), recorded_at=at, recorded_by=by if by.id else None,
    )
    journal.record(act="diner.take_on", subject=one, by=by, at=at, area_code=canteen.area_id)
    _to_todays_table(one, at)


def _to_todays_table(diner, at):
    """Put whoever is taken on before the hour of calling on the meal that is open today: who does not come to it is missed, or nobody would call."""
    day = today(at)
    if str(day.isoweekday()) not in diner.weekdays or at >= rules.due_at(diner.canteen, day):
        return
    hold(Meal, canteen=diner.canteen_id, day=day)
    meal = Meal.objects.filter(canteen=diner.canteen_id, day=day, state=MealState.OPEN).first()
    if meal is not None and not meal.servings.filter(diner__person=diner.person_id).exists():  # taken off and on again: the row of the morning stands
        Serving.objects.create(meal=meal, diner=diner)


@act(DINERS, "diner_end", at="end", words=_("不在这里吃了"), done=_("已从名单上去掉。"), **KEEPS, may=rules.can_end, aside=True, tone="danger", lines={"diner.end": _("不在食堂吃了")})
def end_diner(diner, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Take somebody off the list of diners, from today on."""
    if not Diner.objects.filter(pk=diner.pk, version=diner.version).update(to_on=today(at), version=diner.version + 1):
        raise Conflict()
    diner.refresh_from_db()
    journal.record(act="diner.end", subject=diner, by=by, at=at, area_code=diner.canteen.area_id, reason=reason.strip())
    return diner


def follow(people, *, day, by, at):
    """Let tables follow the register within its own act: an elder who was registered twice, and stands on a list by both records, eats there once, on the days of both.

    Rows of one record alone the register moves itself (registry.duplicates); these two it cannot.
    """
    gone = Diner.objects.filter(person__in=people, person__merged_into__isnull=False, to_on=None)
    for row in gone.select_for_update(of=("self",)).select_related("person", "canteen").order_by("pk"):
        kept = standing(row.person)
        other = row.canteen.diners.filter(person=kept, to_on=None).first()
        if other is None:
            Diner.objects.filter(pk=row.pk).update(person=kept, version=row.version + 1)
            continue
        Diner.objects.filter(pk=row.pk).update(to_on=max(day, row.from_on), version=row.version + 1)
        other.weekdays = "".join(sorted({*row.weekdays, *other.weekdays}))
        other.diet = " ".join(dict.fromkeys([*other.diet.split(), *row.diet.split()]))
        other.brought, other.contact, other.phone = other.brought or row.brought, other.contact or row.contact, other.phone or row.phone
        other.version += 1
        other.save(update_fields=["weekdays", "diet", "brought", "contact", "phone", "version"])
        journal.record(act="diner.end", subject=row, by=by, at=at, area_code=row.canteen.area_id, reason=SAME)
        for left in row.servings.filter(meal__state=MealState.OPEN):
            _one_of_two(left, kept, by=by, at=at)


def _one_of_two(left, kept, *, by, at):
    """Let an open meal miss one elder: who ate by either record is called by neither. left: of the record that goes; kept: the person who stands."""
    for one in left.meal.servings.filter(diner__person=kept):
        ends = one if left.state in (Eaten.ATE, Eaten.BROUGHT, Eaten.OFF) else left
        if ends.state in (Eaten.PLANNED, Eaten.MISSED):
            move = "put_off" if ends.state == Eaten.PLANNED else "reach"
            ends.marked_at = at
            journal.move(ends, EATEN, move, by=by, at=at, saving=["marked_at"], area_code=left.meal.canteen.area_id, reason=SAME)


@act(CANTEENS, "canteen_shut", at="shut", words=_("停办食堂"), done=_("已停办,名单上的老人一起停了。"), **KEEPS, may=rules.can_shut, aside=True, tone="danger", lines={"canteen.shut": _("停办爱心食堂")})
def shut_canteen(canteen, *, by, at, reason: Annotated[str, Asked(_("原因"), _("名单上的老人以后到哪里吃,也写上。"), least=2, most=60)]):
    """Close a canteen (停办), from today on; whoever eats there is on its list no longer, and nobody is missed."""
    day = today(at)
    if not Canteen.objects.filter(pk=canteen.pk, version=canteen.version).update(to_on=day, version=canteen.version + 1):
        raise Conflict()
    Diner.objects.filter(canteen=canteen, to_on=None).update(to_on=day, version=F("version") + 1)
    canteen.refresh_from_db()
    journal.record(act="canteen.shut", subject=canteen, by=by, at=at, area_code=canteen.area_id, reason=reason.strip())
    return canteen


@act(CANTEENS, "meal_open", at="meals/open", words=_("开饭"), done=_("开饭了。来一位点一位。"), **KEEPS, may=rules.can_open, rank=5, then=pages.to_meal, lines={"meal.open": _("食堂开饭")})
def open_meal(canteen, *, by, at):
    """Begin today's meal (开饭): planned from the list of diners, at today's prices. Late, it is the one that the clock has noted: whoever was planned is missed until marked."""
    day = today(at)
    noted = Meal.objects.filter(canteen=canteen, day=day, state__in=UNSERVED).select_for_update().first()
    if noted is not None:
        return open_noted(noted, by=by, at=at)
    one = Meal.objects.create(canteen=canteen, day=day, price=canteen.price, share=canteen.share, opened_at=at, opened_by=by if by.id else None)
    diners = list(queries.eating_on(canteen, day).values_list("pk", flat=True))
    Serving.objects.bulk_create([Serving(meal=one, diner_id=diner) for diner in diners])
    journal.record(act="meal.open", subject=one, by=by, at=at, area_code=canteen.area_id, n=len(diners))
    return one


def open_noted(meal, *, by, at):
    """Open a meal that the clock noted as opened by nobody, within an act: its diners, of that day, stand as missed until somebody says what they did."""
    meal.opened_at, meal.opened_by_id = at, by.id
    journal.move(meal, MEAL, "open", by=by, at=at, saving=["opened_at", "opened_by_id"], area_code=meal.canteen.area_id, n=meal.servings.count())
    for left in meal.servings.exclude(diner__person__merged_into=None).select_related("diner__person"):
        _one_of_two(left, standing(left.diner.person), by=by, at=at)
    return meal


@act(SERVINGS, "serving_mark", at="mark", words=_("记就餐"), done=_("已记下。"), **KEEPS, may=rules.can_mark, rank=10, then=pages.to_meal,
     lines={"serving.eat": _("老人来吃了"), "serving.bring": _("餐送到了"), "serving.put_off": _("说过不来"), "serving.miss": _("老人没来吃饭")})  # fmt: skip
def mark_serving(
    serving, *, by, at,
    result: Annotated[Eaten, Asked(_("吃了吗"), but=(Eaten.PLANNED, Eaten.REACHED))],
    reason: Annotated[str, Asked(_("为什么改"), _("用餐第二天以后再改的、记过没来又改成说过不来的要写。"), most=60)] = "",
):  # fmt: skip
    """Say what became of a diner (记就餐): ate, had it brought, said beforehand, did not come; who did not come is called today.

    Up to the day after, a thumb that slipped is put right; later it is a correction, with its reason.
    """
    if result not in MOVES:
        raise Refused(_("只记吃了、送到了、说过不来、没来。"))
    if serving.state == result:
        return serving
    if rules.is_correction(serving, at) and len(reason.strip()) < 4:
        raise Refused(_("这一餐过了第二天:要改的,请写明为什么改。"))
    if result == Eaten.OFF and serving.missed_at and len(reason.strip()) < 4:
        raise Refused(_("这位老人记过没来:改成说过不来,请写明谁、什么时候说的。"))
    if not Meal.objects.select_for_update(no_key=True).filter(pk=serving.meal_id, state=MealState.OPEN):
        raise Refused(rules.OVER)  # somebody closed it meanwhile: nobody misses a meal behind its end
    serving.paid = serving.meal.share if result in (Eaten.ATE, Eaten.BROUGHT) else 0
    serving.missed_at = at if result == Eaten.MISSED else serving.missed_at
    serving.marked_at, serving.marked_by_id = at, by.id
    journal.move(serving, EATEN, MOVES[result], by=by, at=at, saving=["paid", "missed_at", "marked_at", "marked_by_id"], area_code=serving.meal.canteen.area_id, reason=reason.strip())
    return serving


@act(SERVINGS, "serving_call", at="call", words=_("记电话"), done=_("已记下。"), **KEEPS, may=rules.can_call, rank=5, then=pages.to_missed, lines={"serving.call": _("联系没来吃饭的老人"), "serving.reach": _("没来吃饭的老人问清了")})
def call_missed(
    serving, *, by, at,
    result: Annotated[CallResult, Asked(_("怎么样"))],
    words: Annotated[str, Asked(_("情况"), _("身体不舒服的,写明怎么办的;有难处的另在台账登记诉求。"), most=100)] = "",
):  # fmt: skip
    """Note a call to an elder who did not come (联系没来吃饭的老人). Nobody answered: the name stays until somebody reached or saw him."""
    if result == CallResult.ILL and len(words.strip()) < 4:
        raise Refused(_("身体不舒服的,请写明怎么办的。"))
    MissedCall.objects.create(serving=serving, at=at, by=by if by.id else None, result=result, words=words.strip())
    if serving.called_the_day is None:
        serving.called_the_day = today(at) == serving.meal.day
        Serving.objects.filter(pk=serving.pk).update(called_the_day=serving.called_the_day)
    journal.record(act="serving.call", subject=serving, by=by, at=at, area_code=serving.meal.canteen.area_id, result=result)
    if result != CallResult.NO_ANSWER:
        journal.move(serving, EATEN, "reach", by=by, at=at, area_code=serving.meal.canteen.area_id)
    return serving


@act(SERVINGS, "serving_number", at="number", words=_("看电话"), **KEEPS, may=rules.can_call, reads=True, call=None, button=False, then=pages.number_shown,
     because="a sealed value is shown to a person who is about to call, never to a program", lines={"serving.number": _("为联系没来吃饭的老人查看电话")})  # fmt: skip
def see_diner_number(serving, *, by, at):
    """Journal that the telephone of an elder who did not come is seen, to call it: the next of kin's that was left, else the elder's own."""
    journal.record_reading(act="serving.number", subject=serving, by=by, at=at, reason=_("联系没来吃饭的老人"), area_code=serving.meal.canteen.area_id, fields=["phone"])
    count_phone(by, at)
    return serving


@act(MEALS, "meal_close", at="close", words=_("收餐"), done=_("已收餐。"), **KEEPS, may=rules.can_close, rank=30, lines={"meal.close": _("食堂收餐")})
def close_meal(meal, *, by, at):
    """Close a meal (收餐): everybody is marked, whoever did not come was called."""
    meal.closed_at = at
    journal.move(meal, MEAL, "close", by=by, at=at, saving=["closed_at"], area_code=meal.canteen.area_id)
    return meal


@command("care.miss_late")
def miss_late(*, by, at):
    """Whoever was not marked an hour after the meal began did not come: the clock says so, that somebody calls. Returns how many."""
    rules.is_clock(by).or_raise()
    n = 0
    for meal in queries.late_meals(at):
        hold(Meal, pk=meal.pk)
        for serving in meal.servings.select_for_update().filter(state=Eaten.PLANNED):
            serving.missed_at = at
            journal.move(serving, EATEN, "miss", by=by, at=at, saving=["missed_at"], area_code=meal.canteen.area_id)
            n += 1
    return n
