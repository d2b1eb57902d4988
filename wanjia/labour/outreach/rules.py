"""Who may tell labourers of a vacancy and note what they answer; who is told, who is left out, and why."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.policy.labour import of_working_age
from wanjia.policy.work_places import place_class
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import OptOut, Outreach, Reached
from ..reach_states import OUTREACH, LeftOut, Told
from ..states import Care
from ..vacancies.queries import is_open
from ..workers.rules import visible_workers

NO_DUTY = _("您的岗位没有推送岗位信息的权限。")
ELSEWHERE = _("这个地方不在您的辖区。")
ANSWERS = (Duty.REACH_OUT, Duty.KEEP_LABOUR)
FARTHER = ("county", "city", "province", "outside", "abroad")


def visible_outreach(actor, *, duty=ANSWERS):
    """What was planned and told in areas that the actor reaches, or that lie above them."""
    below = scope.in_reach(actor, duty=duty)
    mine = visible_workers(actor, duty=duty)
    return Outreach.objects.filter(below) | Outreach.objects.filter(pk__in=Reached.objects.filter(worker__in=mine).values("outreach"))


def visible_reached(actor, *, duty=ANSWERS):
    """Who of the actor's labourers was told."""
    return Reached.objects.filter(worker__in=visible_workers(actor, duty=duty))


def can_plan(actor, vacancy, at):
    """May the actor plan to tell labourers of this vacancy: it stands open; where, the act judges."""
    return first_refusal(
        (actor.has_duty(Duty.REACH_OUT), NO_DUTY),
        (is_open(vacancy, today(at)), _("只推送核实过、没过期、还招人的岗位。")),
    )


def _mine(actor, outreach, move):
    return (
        (actor.has_duty(Duty.REACH_OUT), NO_DUTY),
        (scope.covers(actor, outreach.area_id, duty=Duty.REACH_OUT), ELSEWHERE),
        (OUTREACH.allows(move, outreach.state), _("这一次已经推送过,或者已经决定不推送。")),
    )


def can_send(actor, outreach, at):
    """May the actor let it go out: planned, and the vacancy still open."""
    return first_refusal(
        *_mine(actor, outreach, "send"),
        (is_open(outreach.vacancy, today(at)), _("这个岗位现在不招了,不用推送。")),
    )


def can_drop(actor, outreach):
    """May the actor decide that it does not go out."""
    return first_refusal(*_mine(actor, outreach, "drop"))


def can_answer(actor, reached):
    """May the actor note what somebody answered: whoever keeps labourers there."""
    return first_refusal(
        (actor.has_duty(*ANSWERS), NO_DUTY),
        (visible_reached(actor).filter(pk=reached.pk).exists(), _("此人不在您的辖区。")),
        (reached.answer in (Told.WAITS, Told.UNREACHED), _("他已经回过话了。")),
    )


def can_opt_out(actor, worker):
    """May the actor note that a labourer wants to hear of no vacancies."""
    return first_refusal(
        (actor.has_duty(*ANSWERS), NO_DUTY),
        (scope.covers(actor, worker.village_id, duty=ANSWERS), _("此人不在您的辖区。")),
        (not OptOut.objects.filter(worker=worker, to_on=None).exists(), _("已经登记过不要推送。")),
    )


def can_opt_in(actor, worker):
    """May the actor note that a labourer wants to hear of vacancies again."""
    return first_refusal(
        (actor.has_duty(*ANSWERS), NO_DUTY),
        (scope.covers(actor, worker.village_id, duty=ANSWERS), _("此人不在您的辖区。")),
        (OptOut.objects.filter(worker=worker, to_on=None).exists(), _("没有登记过不要推送。")),
    )


def why_left_out(worker, vacancy, day, *, opted, twice, goes, times, most_a_month):
    """Return why a labourer is not told, a LeftOut; "" for one who is. The first that holds is said: his own word before everything."""
    person, there = worker.person, place_class(worker.village_id, vacancy.place)
    wants = worker.wants_place
    return next((why for why, holds in (
        (LeftOut.OPTED, worker.pk in opted),
        (LeftOut.TWICE, worker.pk in twice),
        (LeftOut.GOES, worker.pk in goes),
        (LeftOut.MONTH, times.get(worker.pk, 0) >= most_a_month),
        (LeftOut.YOUNG, person.is_protected),
        (LeftOut.AGE, person.birth_on is None or not of_working_age(person.sex, person.birth_on, day)),
        (LeftOut.CARE, worker.care != Care.NONE and there != "county"),
        (LeftOut.PLACE, wants in FARTHER and there in FARTHER and FARTHER.index(there) > FARTHER.index(wants)),
        (LeftOut.TRADE, worker.wants_trade not in ("", vacancy.trade)),
        (LeftOut.PAY, (worker.wants_pay or 0) > vacancy.pay_to and vacancy.pay_unit == "month"),
    ) if holds), "")  # fmt: skip
