"""What is asked of canteens: the list, today's meals, whom to call, what a month cost."""

from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.models import Area
from wanjia.orgs.models.areas import Level
from wanjia.policy import care_day

from ..class_states import SERVED, UNSERVED, Eaten, MealState
from ..duties import Duty
from ..looking import days_left, unlooked
from ..models import Canteen, Diner, Meal, Serving
from . import rules

MOST = 200  # a queue as long as this is named and counted no further
LIVES = Q(person__died_on=None)
EATS = Q(diners__to_on=None, diners__person__died_on=None)


def villages(_row, actor, day):
    """The villages in which the actor may open a canteen."""
    return Area.objects.on(day).filter(scope.in_place(actor, area="code", duty=Duty.KEEP_CANTEEN), level=Level.VILLAGE).order_by("code")


def listed(actor):
    """The canteens in reach with how many eat there."""
    return rules.visible_canteens(actor).select_related("area", "unit").annotate(n_diners=Count("diners", filter=EATS)).order_by("area_id", "name", "pk")


def eating_on(canteen, day):
    """Who is to eat at a canteen on `day`: on the list, on this day of the week, alive: no home is asked why its dead did not come."""
    return Diner.objects.on(day).filter(LIVES, canteen=canteen, weekdays__contains=str(day.isoweekday()))


def was_to_eat(canteen, day):
    """Who was to eat there on a day that is over, or whose hour has come: on its list before that hour, alive that day."""
    alive = Q(person__died_on=None) | Q(person__died_on__gt=day)
    on_list = Diner.objects.on(day).filter(canteen=canteen, weekdays__contains=str(day.isoweekday()), recorded_at__lt=rules.due_at(canteen, day))
    return on_list.filter(alive)


def to_look_at(at):
    """The canteens at which the clock is to look: a day's hour has come, and nobody has looked yet whether its meal was opened."""
    return Canteen.objects.filter(unlooked(at, minutes=care_day.in_force(today(at)).meal_missed_after, clock="served_at", ends="to_on"))


def silent(canteens, at):
    """Return [(canteen, day)] of the days whose meal nobody opened, though somebody was to eat, and at which the clock has not looked yet."""
    found = []
    for one in canteens:
        days = [day for day in days_left(one, at, rules.due_at(one, today(at))) if one.from_on <= day and (one.to_on is None or day < one.to_on)]
        served = set(Meal.objects.filter(canteen=one, day__in=days).values_list("day", flat=True)) if days else ()
        found += [(one, day) for day in days if day not in served and was_to_eat(one, day).exists()]
    return found


def unserved(actor, day):
    """The meals of days before that nobody opened and of which nobody has said why: the oldest first."""
    return rules.visible_meals(actor).filter(state=MealState.SILENT, day__lt=day).select_related("canteen").order_by("day", "pk")


def _silent_before(actor, at):
    """How many meals before today nobody opened or explained: those noted, and those that the clock has yet to note."""
    left = silent(rules.visible_canteens(actor).filter(pk__in=to_look_at(at).values("pk")), at)
    return unserved(actor, today(at)).order_by().count() + sum(day < today(at) for _canteen, day in left)


def diners_of(canteen):
    """Who eats there, by name."""
    return canteen.diners.filter(LIVES, to_on=None).select_related("person").order_by("person__pinyin", "pk")


def today_of(actor, day):
    """Return [(canteen, its meal of `day` or None, how many are to eat)] of canteens that have diners that day."""
    meals = {one.canteen_id: one for one in rules.visible_meals(actor).filter(day=day)}
    weekday = str(day.isoweekday())
    eats = Count("diners", filter=EATS & Q(diners__weekdays__contains=weekday))
    rows = rules.visible_canteens(actor).filter(to_on=None).select_related("area").annotate(n=eats).filter(n__gt=0).order_by("served_at", "name")
    return [(one, meals.get(one.pk), one.n) for one in rows]


def at_table(meal):
    """The diners of a meal: whom to call first, then whoever is still awaited, those whose meal is brought apart from those who come."""
    return meal.servings.select_related("diner__person", "meal__canteen").prefetch_related("calls").order_by("diner__brought", "diner__person__pinyin", "pk")


def to_call(actor):
    """Who did not come to a meal and was not reached: the oldest first; a call that nobody answered leaves the name here. A meal that nobody opened is one alarm, not so many names."""
    rows = rules.visible_servings(actor).filter(state=Eaten.MISSED, diner__person__died_on=None).exclude(meal__state__in=UNSERVED)
    return rows.select_related("diner__person", "meal__canteen__area").prefetch_related("calls").order_by("missed_at", "pk")


def number_of(diner):
    """Return whom to ring: the next of kin's telephone that was left, else the elder's own."""
    return diner.phone or diner.person.phone


def late_meals(at):
    """The open meals of today and before whose hour of calling has come and where somebody is still not marked: whoever did not come is missed."""
    rows = Meal.objects.filter(state=MealState.OPEN, day__lte=today(at), servings__state=Eaten.PLANNED).select_related("canteen").distinct()
    return [one for one in rows if at >= rules.due_at(one.canteen, one.day)]


def unopened(meals, at):
    """Return of the canteens with diners on the day of `at`, as today_of gives them, those whose meal nobody opened long after its hour."""
    return [one for one, meal, _n in meals if (meal is None or meal.state == MealState.SILENT) and at >= rules.due_at(one, today(at))]


def alarmed(user, _day):
    """How many elders are to be called, and meals of today and before that nobody opened or explained: what the desk says."""
    if not user.has_duty(Duty.KEEP_CANTEEN) or not rules.visible_canteens(user).exists():  # of one that was shut somebody may still be waited for
        return 0
    now = timezone.now()
    return to_call(user).order_by()[:MOST].count() + len(unopened(today_of(user, today(now)), now)) + _silent_before(user, now)


def queue(actor, _day):
    """Return {name of the place: how many are to be called}."""
    if not actor.has_duty(Duty.KEEP_CANTEEN):
        return {}
    n = to_call(actor).order_by()[:MOST].count()
    return {"care:missed": None if n == MOST else n}


def month_of(canteen, first, after):
    """Return [{diner, name, n, cost, own, subsidy}] of the meals served in [first, after), a row a diner, by name: n meals, the rest fen; they add up to `sums`."""
    rows = Serving.objects.filter(meal__canteen=canteen, meal__day__gte=first, meal__day__lt=after, state__in=SERVED).values("diner")
    rows = rows.annotate(n=Count("pk"), cost=Sum("meal__price"), own=Sum("paid"), name=F("diner__person__name")).order_by("name", "diner")
    return [row | {"subsidy": row["cost"] - row["own"]} for row in rows]


def sums(rows):
    """Return the sums of rows of `month_of`."""
    return {name: sum(row[name] for row in rows) for name in ("n", "cost", "own", "subsidy")}


def counts(meal):
    """Return {state: how many} of a meal."""
    return dict(meal.servings.order_by().values_list("state").annotate(n=Count("pk")))
