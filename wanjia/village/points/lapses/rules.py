"""Who tells that points lapse, who carries it out, from which day; and why not."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import points as policy
from wanjia.verdict import first_refusal

from ...duties import Duty
from ...models import PointLapse
from ...point_states import LapseState, SchemeState
from ..rules import kept, reviewed

DONE = _("这一批已经注销,或者说了不注销。")


def visible_lapses(actor, *, duty=Duty.SEE_VILLAGE):
    """What lapses of the points of villages in reach."""
    return PointLapse.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def last_day(scheme, year, told_on):
    """Return the last day on which the points of a year may be spent: the end of the year that the rules name, and never before the homes were told so many days."""
    return max(date(year + scheme.lapse_years, 12, 31), told_on + timedelta(days=policy.in_force(told_on).lapse_notice_days))


def can_tell(actor, scheme):
    """May the actor tell the homes that points lapse: only those given by a version that was in force and says so."""
    return first_refusal(
        *kept(actor, scheme), (scheme.state in (SchemeState.IN_FORCE, SchemeState.ENDED), _("这一版没有启用过。")), (scheme.lapse_years > 0, _("这一版办法没有说积分会过期,记的分一直有效。")),
    )  # fmt: skip


def is_over(year, day):
    """Decide whether a year is over: until then more points are given in it."""
    return first_refusal((year < day.year, _("这一年还没有过完,过完了再公告。")))


def can_carry_out(actor, lapse, at):
    """May the actor take the points off the book: after the last day, by another hand than told the homes."""
    return first_refusal(
        *reviewed(actor, lapse), (lapse.state == LapseState.TOLD, DONE), (lapse.told_by_id != actor.id, _("谁公告的谁不能注销,请另一个人核对后注销。")), (not is_one_person(actor, lapse.told_by_id, at), SAME_PERSON),
        (lapse.until_on < today(at), _("各户可以用到 %(day)s,过了那一天才能注销。") % {"day": lapse.until_on}),
    )  # fmt: skip


def can_drop(actor, lapse):
    """May the actor say that these points do not lapse after all: before they did."""
    return first_refusal(*kept(actor, lapse), (lapse.state == LapseState.TOLD, DONE))
