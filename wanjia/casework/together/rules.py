"""Who may ask for help and consult, who may take it on, send it back, report it; until which day, and what a helper may know."""

import unicodedata

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs import scope
from wanjia.policy.triage import rules as limits
from wanjia.verdict import first_refusal

from ..assignment.rules import can_help, leaves_a_signer, leaves_others
from ..queries import accepts, children_of, last_day_to_help
from ..rules import SEES, asked_by_a_child, covers, holds, state_refusal
from ..states import WITH_HELPER, NeedState, TaskState
from ..urging.rules import URGES

WORKING = (NeedState.ACCEPTED, NeedState.IN_PROGRESS)
LEADS = (Duty.HANDLE_NEEDS, Duty.ASSIGN_NEEDS)
URGES_HELP = (Duty.HANDLE_NEEDS, *URGES)


def can_ask(actor, need):
    """Decide whether the actor may ask another unit for help, or note a consultation: the lead, while it works on the need."""
    return first_refusal(
        (actor.has_duty(Duty.HANDLE_NEEDS), _("您的岗位没有办理权限。")),
        (holds(actor, need, duty=Duty.HANDLE_NEEDS), _("这件诉求不在您的单位手里。")),
        (need.state in WORKING, state_refusal(need, _("签收以后、报办结以前才能请别的单位协办"))),
    )


def may_help(need, unit, day):
    """Decide whether this unit may be asked to help: another one, that works there and can sign; and somebody without a part is left."""
    for verdict in (_is_another(need, unit), can_help(need, [unit]), leaves_a_signer(unit, day), leaves_others(need, need.holder, [unit], day)):
        if not verdict:
            return verdict
    return verdict


def _is_another(need, unit):
    return first_refusal((unit.pk != need.holder_id, _("%(unit)s就是主办单位,不用请自己协办。") % {"unit": unit.name}))


def day_may_be(need, due_on, day):
    """Decide whether a sub-task may be due on this day."""
    last = last_day_to_help(need, day)
    return first_refusal(
        (due_on >= day, _("协办的日期不能早于今天。")),
        (due_on <= last, _("协办的日期最晚是 %(day)s:不能晚于这件诉求自己的时限。") % {"day": last}),
    )


def names_no_child(need, words, day):
    """Decide whether these words may go to another unit: no child of the need stands in them by name."""
    named = any(name in words for name in children_of(need, day))
    return first_refusal((not named, _("请不要写孩子的姓名,写“孩子”就行:别的单位不用知道是谁。")))


def is_own(actor, task, *, duty):
    """Tell whether the sub-task is one of the actor's own units', by a post that carries `duty`."""
    return task.unit_id in {unit.pk for unit in scope.units(actor, duty=duty)}


def can_take(actor, task):
    """Decide whether the actor may take the sub-task on for its unit (接下)."""
    return first_refusal(
        (actor.has_duty(Duty.ACCEPT_NEEDS), _("您的岗位没有签收权限。")),
        (is_own(actor, task, duty=Duty.ACCEPT_NEEDS), _("这项协办不是请您的单位办的。")),
        (task.state == TaskState.ASKED, task_refusal(task, _("不用再接"))),
    )


def can_send_back(actor, task, *, at=None):
    """Decide whether the actor's unit may send the sub-task back to the lead: in time, and never what it agreed to at a consultation."""
    last = last_day_to_send_back(task)
    return first_refusal(
        (actor.has_duty(Duty.ACCEPT_NEEDS), _("您的岗位没有退回权限。")),
        (is_own(actor, task, duty=Duty.ACCEPT_NEEDS), _("这项协办不是请您的单位办的。")),
        (task.state in WITH_HELPER, task_refusal(task, _("不能再退"))),
        (task.agreed_at is None, _("这项协办是协商时定下的,您的单位已经确认过,不能退。办不了的,请和主办单位再协商。")),
        (today(at or timezone.now()) <= last, _("退给主办单位要在 1 个工作日以内(最迟 %(day)s),现在已经过了。请办理,或请主办单位取消。") % {"day": last}),
    )


def can_agree(actor, task):
    """Decide whether the actor may say for its unit that the consultation said what it took on (确认协商): until then nobody is bound by it."""
    return first_refusal(
        (actor.has_duty(Duty.ACCEPT_NEEDS), _("您的岗位没有签收权限。")),
        (is_own(actor, task, duty=Duty.ACCEPT_NEEDS), _("这项协办不是请您的单位办的。")),
        (task.agreed_id is not None and task.agreed_at is None, _("没有等您的单位确认的协商。")),
        (task.state in WITH_HELPER, task_refusal(task, _("不用再确认"))),
    )


def last_day_to_send_back(task):
    """Return the last day on which the helper may send it back: as long as a lead has, counted from when it was asked."""
    return WorkingCalendar.load().add(today(task.asked_at), limits()["returns"]["days"]).on


def can_report(actor, task):
    """Decide whether the actor may report the sub-task done (报协办完成): its own unit, taken on or not."""
    return first_refusal(
        (actor.has_duty(Duty.HANDLE_NEEDS), _("您的岗位没有办理权限。")),
        (is_own(actor, task, duty=Duty.HANDLE_NEEDS), _("这项协办不是请您的单位办的。")),
        (task.state in WITH_HELPER, task_refusal(task, _("不用再报"))),
    )


def can_give_again(actor, task, *, at=None):
    """Decide whether the lead may ask another unit instead: of what was sent back, or lies where nobody signs any more."""
    day, need = today(at or timezone.now()), task.need
    return first_refusal(
        (actor.has_duty(Duty.HANDLE_NEEDS), _("您的岗位没有办理权限。")),
        (holds(actor, need, duty=Duty.HANDLE_NEEDS), _("这件诉求不在您的单位手里。")),
        (need.state in WORKING, state_refusal(need, _("签收以后、报办结以前才能请别的单位协办"))),
        (task.is_still, task_refusal(task, _("不用改请别的单位"))),
        (task.state == TaskState.SENT_BACK or not accepts(task.unit, day), _("协办单位退回以后才改请别的单位。要换,请先取消这一项。")),
    )


def is_new_to(need, unit, words):
    """Decide whether a unit may be asked this: not what it has sent back by its rule, word for word, before a session settled it or the unit itself agreed."""
    asked = set()
    for n, changed in need.steps.filter(act="help_send_back").values_list("n", "changed"):
        mine = {key for key, facts in changed["help"].items() if facts["unit"] == str(unit.pk)}
        later = need.steps.filter(act__in=("decide", "help_agree"), n__gt=n).values_list("act", "changed") if mine else ()
        settled = any(act == "decide" or any(facts.get("unit") == str(unit.pk) for facts in changed["help"].values()) for act, changed in later)
        asked |= set() if settled else mine
    said = {_bare(task.words) for task in need.tasks.filter(pk__in=asked)} if asked else set()
    return first_refusal((_bare(words) not in said, _("%(unit)s已经按规定退回过这一项。要再请它,请写明有什么不同,或者先协商、提请会商。") % {"unit": unit.name}))


def _bare(words):
    """A text without signs and blanks: a full stop more asks nothing new."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", words) if sign.isalnum())


def has_not_sent_it_back(task, unit):
    """Decide whether this unit may be asked for it: not the one that has just said by which rule it is not its duty."""
    return first_refusal((task.state != TaskState.SENT_BACK or unit.pk != task.unit_id, _("%(unit)s刚按规定退回了这一项。请换一个单位,或者先协商。") % {"unit": unit.name}))


def can_call_off(actor, task):
    """Decide whether the lead may call the sub-task off (取消协办), with a reason."""
    return first_refusal(
        (actor.has_duty(*LEADS), _("您的岗位没有办理权限。")),
        (holds(actor, task.need, duty=LEADS), _("这件诉求不在您的单位手里。")),
        (task.is_still, task_refusal(task, _("不用取消"))),
    )


def can_urge(actor, task, *, at=None):
    """Decide whether the actor may urge a helper (催协办): the lead or who looks it over, on its day or later, once a day."""
    day, need = today(at or timezone.now()), task.need
    mine = holds(actor, need, duty=Duty.HANDLE_NEEDS) or covers(actor, need, duty=URGES)
    due = task.state in WITH_HELPER and task.due_on <= day
    return first_refusal(
        (actor.has_duty(*URGES_HELP), _("您的岗位没有催办的权限。")),
        (mine, _("这件诉求不在您的单位手里,也不在您的辖区。")),
        (not is_own(actor, task, duty=SEES), _("这项协办就在您的单位手里,请直接办理。")),
        (task.state in WITH_HELPER, task_refusal(task, _("不用催"))),
        (due, _("还没有到期,先不催办。")),
        (task.urged_at is None or today(task.urged_at) < day, _("今天已经催过了,请明天再催。")),
    )


def can_see_number(actor, task):
    """Decide whether a helper may see the household's number: only where its sub-task says that it speaks with it, and never a child's."""
    return first_refusal(
        (actor.has_duty(Duty.HANDLE_NEEDS), _("您的岗位没有办理权限。")),
        (is_own(actor, task, duty=Duty.HANDLE_NEEDS), _("这项协办不是请您的单位办的。")),
        (task.state == TaskState.TAKEN, task_refusal(task, _("接下以后才能看电话"))),
        (task.calls, _("这项协办不用直接联系诉求人。要问诉求人的,请主办单位去问。")),
        (not asked_by_a_child(task.need), _("诉求人是未成年人,不显示孩子的电话。请联系监护人,或者上门当面问。")),
    )


def task_refusal(task, wanted):
    """Return the sentence for a sub-task that stands elsewhere than `wanted` (words) asks."""
    return _("这项协办现在是“%(state)s”,%(wanted)s。") % {"state": task.get_state_display(), "wanted": wanted}
