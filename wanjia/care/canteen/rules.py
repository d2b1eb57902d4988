"""Who keeps which canteen, who eats there, who may mark, call, close; and why not."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs import scope
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import care_day
from wanjia.verdict import first_refusal

from ..class_states import MEAL, UNSERVED, Eaten, MealState
from ..duties import Duty
from ..models import Canteen, Diner, Meal, Serving

NO_DUTY = _("您的岗位没有办食堂的权限。")
ELSEWHERE = _("这个食堂不由您管。")
OVER = _("这一餐已经收餐。")


def visible_canteens(actor, *, duty=Duty.KEEP_CANTEEN):
    """Canteens of the area of the posts that carry `duty`."""
    return Canteen.objects.filter(scope.in_reach(actor, duty=duty))


def visible_diners(actor, *, duty=Duty.KEEP_CANTEEN):
    """Who eats at these canteens."""
    return Diner.objects.filter(scope.in_reach(actor, area="canteen__area_id", duty=duty))


def visible_meals(actor, *, duty=Duty.KEEP_CANTEEN):
    """The meals of these canteens."""
    return Meal.objects.filter(scope.in_reach(actor, area="canteen__area_id", duty=duty))


def visible_servings(actor, *, duty=Duty.KEEP_CANTEEN):
    """Who was to eat at these meals."""
    return Serving.objects.filter(scope.in_reach(actor, area="meal__canteen__area_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor open a canteen at all; where, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_CANTEEN), NO_DUTY))


def _mine(actor, canteen):
    return (actor.has_duty(Duty.KEEP_CANTEEN), NO_DUTY), (scope.covers(actor, canteen.area_id, duty=Duty.KEEP_CANTEEN), ELSEWHERE)


def is_old_enough(person, day):
    """Decide whether somebody may eat there: by age, of the rule of that day."""
    age, least = person.age_on(day), care_day.in_force(day).diner_age
    return first_refusal((age is not None and age >= least, _("爱心食堂给 %(n)s 周岁以上的老人办。") % {"n": least}))


def can_change(actor, canteen):
    """May the actor change prices, or take somebody on."""
    return first_refusal(*_mine(actor, canteen), (canteen.to_on is None, _("这个食堂已经停办。")))


def can_shut(actor, canteen):
    """May the actor close a canteen for good: no meal of it goes on."""
    going = canteen.meals.filter(state=MealState.OPEN).exists()
    return first_refusal(*_mine(actor, canteen), (canteen.to_on is None, _("这个食堂已经停办。")), (not going, _("还有一餐没有收,先收餐再停办。")))


def can_end(actor, diner):
    """May the actor take somebody off the list of diners."""
    return first_refusal(*_mine(actor, diner.canteen), (diner.to_on is None, _("这位老人已经不在名单上。")))


def can_open(actor, canteen, at):
    """May the actor begin today's meal: once a day, at whatever hour."""
    day = today(at)
    return first_refusal(
        *_mine(actor, canteen), (canteen.to_on is None, _("这个食堂已经停办。")),
        (not Meal.objects.filter(canteen=canteen, day=day).exclude(state__in=UNSERVED).exists(), _("今天这一餐已经开了。")),
    )


def can_mark(actor, serving):
    """May the actor say what became of a diner, while the meal is open."""
    return first_refusal(*_mine(actor, serving.meal.canteen), (serving.meal.state == MealState.OPEN, OVER))


def is_correction(serving, at):
    """Tell whether marking it otherwise now corrects what stood for days: who missed a meal and was not called is not made to have eaten afterwards."""
    day = serving.meal.day
    return serving.state != Eaten.PLANNED and today(at) > day + timedelta(days=care_day.in_force(day).marked_within)


def can_call(actor, serving):
    """May the actor note a call: of somebody who did not come and was not reached yet; also once the meal is over."""
    return first_refusal(*_mine(actor, serving.meal.canteen), (serving.state == Eaten.MISSED, _("这位老人没有等着打的电话。")))


def can_close(actor, meal):
    """May the actor close a meal (收餐): everybody is marked, and whoever did not come was called at least once."""
    planned = meal.servings.filter(state=Eaten.PLANNED).count()
    uncalled = meal.servings.filter(state=Eaten.MISSED, calls=None, diner__person__died_on=None).count()
    return first_refusal(
        *_mine(actor, meal.canteen), (MEAL.allows("close", meal.state), OVER),
        (planned == 0, _("还有 %(n)s 位老人没有记吃没吃。") % {"n": planned}),
        (uncalled == 0, _("还有 %(n)s 位没来的老人没有打电话,打了再收餐。") % {"n": uncalled}),
    )


def is_clock(by):
    """Decide whether the clock does it: who did not come is noted by the hour, by nobody's hand."""
    return first_refusal((by is CLOCK, _("到点没来由系统按钟点记,不由人代走。")))


def due_at(canteen, day):
    """Return the moment from which whoever did not come to a meal of `day` is called."""
    return timezone.make_aware(datetime.combine(day, canteen.served_at), CHINA) + timedelta(minutes=care_day.in_force(day).meal_missed_after)
