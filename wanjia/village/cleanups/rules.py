"""Who plans a clean-up day, gives its sections, looks at what is clean; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..bodies.homes import NO_HOME, homes_in
from ..branch_states import CleanUpState, SectionBy
from ..duties import Duty
from ..models import CleanUp
from ..rules import duty_in

NO_KEEP = _("您的岗位没有登记清扫日的权限。")
PLANNED, HELD = CleanUpState.PLANNED, CleanUpState.HELD


def visible_cleanups(actor, *, duty=Duty.SEE_VILLAGE):
    """The clean-up days of villages in reach."""
    return CleanUp.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor plan clean-up days at all; in which village, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_CLEANUPS), NO_KEEP))


def _kept(actor, one):
    return duty_in(actor, one.village_id, Duty.KEEP_CLEANUPS, NO_KEEP)


def _planned(actor, one):
    return *_kept(actor, one), (one.state == PLANNED, _("这一天已经登记扫完,或者取消了。"))


def can_plan(actor, one):
    """May the actor change a day that is planned: give a section, call it off."""
    return first_refusal(*_planned(actor, one))


def can_count(actor, one, at):
    """May the actor write down who came to a section: from the day itself on."""
    return first_refusal(*_planned(actor, one), (one.day <= today(at), _("还没有到清扫那一天。")))


def can_hold(actor, one):
    """May the actor write down that it was held: each section is counted."""
    return first_refusal(*_planned(actor, one), (one.sections.exists(), _("还没有分段,先分给农户或者志愿者。")), (not one.sections.filter(turnout=None).exists(), _("还有路段没有登记来了几人。")))


def hands(one):
    """Return who counted its sections or wrote down that it was held: none of them looks at it as the second hand."""
    lines = Entry.objects.filter(subject="village.cleanup", subject_id=str(one.pk), act="clean_up.count")
    return {one.held_by_id, *lines.values_list("by_id", flat=True)} - {None}


def can_check(actor, one, at):
    """May the actor look at it as the second hand: only then it is counted and posted."""
    wrote = hands(one)
    return first_refusal(
        *_kept(actor, one), (one.state == HELD, _("这一天还没有登记扫完,或者已经核对。")), (actor.id not in wrote, _("自己登记扫完的自己不能核对,请另一个人去看。")),
        (not any(is_one_person(actor, hand, at) for hand in wrote), SAME_PERSON),
    )  # fmt: skip


def homes_for(one, actor, _day):
    """The homes of the village, to be given a section."""
    rows = homes_in(actor, Duty.KEEP_CLEANUPS)
    return rows.filter(village=one.village_id) if one else rows.none()


def may_give(actor, one, to, home):
    """Decide whether a section is given whole: to volunteers, or to a home of the village in which somebody lives."""
    return first_refusal(
        (to != SectionBy.HOME or home is not None, _("分给农户的,选是哪一户。")), (home is None or homes_for(one, actor, None).filter(pk=home.pk).exists(), NO_HOME),
    )  # fmt: skip
