"""Who keeps the list of helpers, who looks at records, who may be near children; and why not."""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import is_one_person
from wanjia.policy.identity import judge_citizen_id
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import BackgroundCheck, CareClass, Helper, Pair, Team, TeamMember
from ..states import Cleared
from ..vetted import barring

SEES = (Duty.KEEP_HELPERS, Duty.VET_HELPERS, Duty.SEE_CARE)
NO_DUTY = _("您的岗位没有登记帮扶人的权限。")
NO_VETTING = _("您的岗位没有登记背景审查的权限。")
ELSEWHERE = _("这个人的单位不在您的辖区。")
GONE = _("这个人已经离任。")
NOT_CLEAR = _("没有有效的背景审查结果,不能接触未成年人。请先查询并登记。")
BARRED = _("背景审查结果是不得接触未成年人。")


def visible_helpers(actor, *, duty=SEES):
    """Helpers whose units lie within the posts that carry `duty`."""
    return Helper.objects.filter(scope.in_reach(actor, area="organisation__area_id", duty=duty))


def visible_teams(actor, *, duty=SEES):
    """Teams of these units."""
    return Team.objects.filter(scope.in_reach(actor, area="organisation__area_id", duty=duty))


def visible_members(actor, *, duty=SEES):
    """Who belongs to these teams."""
    return TeamMember.objects.filter(scope.in_reach(actor, area="team__organisation__area_id", duty=duty))


def may_be_near_children(helper, day):
    """Decide whether somebody may be near children on `day`, alone or in a team (未成年人保护法 62): in office, no answer up to that day bars him, however late it came,
    and the last query that says clear still counts. Every room that lets somebody meet a child asks this.
    """
    last = BackgroundCheck.objects.filter(helper=helper, on__lte=day, result=Cleared.CLEAR).order_by("-on").first()
    return first_refusal(
        (helper.from_on <= day and (helper.to_on is None or day < helper.to_on), GONE),
        (not barring(helper, day).exists(), BARRED),
        (last is not None and day < last.until_on, NOT_CLEAR),
    )


def clear_on(day):
    """Return the Q of helpers who may be near children on `day`: the same question, of many at once."""
    last = BackgroundCheck.objects.filter(helper=OuterRef("pk"), on__lte=day, result=Cleared.CLEAR).order_by("-on")
    clear = Helper.objects.on(day).annotate(ends=Subquery(last.values("until_on")[:1]))
    return Q(pk__in=clear.filter(~Exists(barring(OuterRef("pk"), day)), ends__gt=day).values("pk"))


def keeps(actor, _row=None):
    """May the actor keep the list of helpers at all; of which unit, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_HELPERS), NO_DUTY))


def is_number(number, day):
    """Decide whether this is a citizen number at all; whose, nobody is told."""
    return first_refusal((not judge_citizen_id(number, today=day).code, _("身份证号不对,请再看一遍。")))


def is_account_of(actor, user, name):
    """Decide whether an account may stand behind a helper: it bears the name that is looked at, and is given by somebody else than its holder."""
    return first_refusal(
        (user is None or user.pk != actor.id, _("自己的账号由别人登记。")),
        (user is None or user.name == name.strip(), _("账号的姓名和帮扶人不一样。审查的是谁,账号就要是谁的。")),
    )


def _mine(actor, row):
    return (actor.has_duty(Duty.KEEP_HELPERS), NO_DUTY), (scope.covers(actor, row.organisation.area_id, duty=Duty.KEEP_HELPERS), ELSEWHERE)


def can_change(actor, helper):
    """May the actor change what is said of somebody who helps."""
    return first_refusal(*_mine(actor, helper), (helper.to_on is None, GONE))


def can_leave(actor, helper, at):
    """May the actor let somebody go: nobody whose children have nobody else yet, nobody who leads a class that goes on (交接在先)."""
    standing = Pair.objects.filter(helper=helper, to_on=None).count()
    leads = CareClass.objects.filter(leader=helper, until_on__gt=today(at)).count()
    return first_refusal(
        *_mine(actor, helper), (helper.to_on is None, GONE),
        (standing == 0, _("还有 %(n)s 个结对的孩子没有交接,先把他们交给别的帮扶人。") % {"n": standing}),
        (leads == 0, _("他还带着 %(n)s 个课堂,先给课堂换负责人。") % {"n": leads}),
    )


def can_vet(actor, helper):
    """May the actor record what a query of records answered: nobody of himself, and nobody whose other post keeps this list; one person alone lets nobody near children."""
    return first_refusal(
        (actor.has_duty(Duty.VET_HELPERS), NO_VETTING),
        (scope.covers(actor, helper.organisation.area_id, duty=Duty.VET_HELPERS), ELSEWHERE),
        (helper.user_id is None or helper.user_id != actor.id, _("自己的背景审查由别人登记。")),
        (not scope.covers(actor, helper.organisation.area_id, duty=Duty.KEEP_HELPERS), _("管名册的人不登记背景审查,请不管名册的人登记。")),
    )


def may_clear(actor, helper, result, at):
    """Decide whether the actor may record this answer: whoever recorded that somebody may not be near children does not lift it alone, by no account of his."""
    hands = barring(helper).values_list("recorded_by", flat=True) if result == Cleared.CLEAR else ()
    return first_refusal((not any(is_one_person(actor, one, at) for one in hands), _("上次是您登记的不能接触未成年人,要由另一位有权限的人登记新的结果。")))


def is_a_query_of(on, at):
    """Decide whether a query can be of this day."""
    return first_refusal((on <= today(at), _("查询日期不能晚于今天。")))


def can_keep_team(actor, team):
    """May the actor change who belongs to a team."""
    return first_refusal(*_mine(actor, team), (team.to_on is None, _("这支队伍已经解散。")))


def can_quit(actor, member):
    """May the actor take somebody out of a team."""
    return first_refusal(*_mine(actor, member.team), (member.to_on is None, _("他已经不在这支队伍里。")))
