"""Who may write down a vacancy, confirm it, change it, withdraw it, and say who started there."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..demand_states import VACANCY, VacancyState
from ..duties import Duty
from ..employers.rules import READS
from ..models import Vacancy

NO_KEEPING = _("您的岗位没有登记岗位的权限。")
ELSEWHERE = _("这个岗位不由您的单位登记。")


def visible_vacancies(actor, *, duty=READS):
    """Return the vacancies that the actor sees: all of them for whoever serves labourers; others see those of their area."""
    rows = Vacancy.objects.select_related("employer", "area", "agreement")
    return rows if actor.has_duty(*READS) else rows.filter(scope.in_reach(actor, duty=duty))


def can_write(actor, employer):
    """Decide whether the actor may write down a vacancy of this employer, wherever it is registered: it is kept by the actor's own office."""
    return first_refusal((actor.has_duty(Duty.KEEP_EMPLOYERS), NO_KEEPING))


def can_confirm(actor, vacancy, at):
    """Decide whether the actor may confirm this vacancy, for the first time or anew: somebody else than who wrote it down."""
    return first_refusal(
        (actor.has_duty(Duty.CONFIRM_EMPLOYERS), _("您的岗位没有核实岗位的权限。")),
        (scope.covers(actor, vacancy.area_id, duty=Duty.CONFIRM_EMPLOYERS), ELSEWHERE),
        (VACANCY.allows("confirm", vacancy.state), _("这个岗位已经撤下了。")),
        (actor.id != vacancy.recorded_by_id, _("自己登记的岗位,请另一个人核实。")),
        (not is_one_person(actor, vacancy.recorded_by_id, at), SAME_PERSON),
    )


def can_change(actor, vacancy):
    """Decide whether the actor may change or withdraw this vacancy."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_EMPLOYERS), NO_KEEPING),
        (scope.covers(actor, vacancy.area_id, duty=Duty.KEEP_EMPLOYERS), ELSEWHERE),
        (VACANCY.allows("amend", vacancy.state), _("这个岗位已经撤下了。")),
    )


def can_note_start(actor, vacancy):
    """Decide whether the actor may say who started on this vacancy: whoever keeps labourers, wherever the vacancy is."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_LABOUR), _("您的岗位没有登记劳动力情况的权限。")),
        (vacancy.state == VacancyState.LIVE, _("只有核实过的岗位才能登记上岗。")),
        (vacancy.left > 0, _("这个岗位已经招满了。")),
    )
