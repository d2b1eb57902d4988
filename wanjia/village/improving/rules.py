"""Who tells a home something privately and keeps its word; whom one helps instead; when nothing is left but the group's paper board; and why not."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.policy import appraisal as policy
from wanjia.registry.memberships import members_on
from wanjia.registry.models import Absence, DatedStatus
from wanjia.verdict import first_refusal

from ..agenda.citing import came_back
from ..appraisal.rules import NO_KEEP, another_hand, keeps, kept, reviewed
from ..appraisal_states import ShortState, StrictState
from ..duties import Duty
from ..meetings import verdict
from ..models import Shortcoming, StrictNotice
from ..states import DECIDED, BodyKind, MeetingState

HELP_FIRST = _("这一户要先帮一把,不登记待改进。请点“先帮一把”,转进诉求台账。")
OVER = _("这一件已经了结。")
NOT_UP = _("现在没有贴着。")
COUNCILS = (BodyKind.COUNCIL, BodyKind.REPRESENTATIVES, BodyKind.VILLAGERS, BodyKind.GROUP)


def visible_shortcomings(actor, *, duty=Duty.KEEP_APPRAISAL):
    """What was told privately, by those who keep it in their villages: nobody else opens it, not the township nor the county."""
    return Shortcoming.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_strict(actor, *, duty=Duty.REVIEW_APPRAISAL):
    """What is on the way to a group's paper board, or hangs there: by those who look at it."""
    return StrictNotice.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def is_to_be_helped(home, day):
    """Tell whether a home is helped and never told: somebody sick or disabled lives there, or nobody is at home but the old and the young. By dated statuses, age and who is away (policy/appraisal.toml)."""
    people = [one.person for one in members_on(home, day) if one.person.died_on is None]
    by_status = Q()
    for one in policy.helped():
        by_status |= Q(scheme=one.scheme, code__in=one.codes) if one.codes else Q(scheme=one.scheme)
    held = DatedStatus.objects.on(day).filter(by_status).filter(Q(person__in=people) | Q(household=home))
    old = policy.in_force(day).old_from
    away = set(Absence.objects.on(day).filter(person__in=people).values_list("person_id", flat=True))
    ages = [one.age_on(day) for one in people if one.pk not in away]
    return held.exists() or not any(age is None or 18 <= age < old for age in ages)


def can_tell(home, day):
    """Decide whether a home may be told: not one that needs a hand, and nothing else is open."""
    return first_refusal((not is_to_be_helped(home, day), HELP_FIRST))


def can_help(actor, _row=None):
    """May the actor ask for help for a home: through the ledger of needs, where this house has one."""
    return first_refusal((keeps(actor), NO_KEEP), (gather("OPENS_NEEDS"), _("这台系统没有诉求台账,请打电话给乡镇。")))


def can_reply(actor, one):
    """May the actor keep what the home says: while it is open."""
    return first_refusal(*kept(actor, one.village_id), (one.state == ShortState.TOLD, OVER))


can_repair = can_reply


def can_drop(actor, one):
    """May the actor drop what was wrongly written: while nothing came of it."""
    return first_refusal(*kept(actor, one.village_id), (one.state == ShortState.TOLD, OVER), (not hasattr(one, "strict"), _("已经走到小组纸质栏,先撤下。")))


def waits(one, at):
    """Tell whether what was told is open, and its days are not over: the sweep that ends it comes by at night."""
    return one.state == ShortState.TOLD and today(at) <= one.until_on


def can_draw(actor, one, at):
    """May the actor draw up a notice for the group's paper board: the days for repair are over, nothing was put right, and the home needs no hand."""
    return first_refusal(
        *kept(actor, one.village_id), (waits(one, at), OVER), (not hasattr(one, "strict"), _("这一件已经拟过,不能再拟。")),
        (today(at) > one.due_on, _("改好的期限是 %(day)s,过了期限还没有改好才能往下走。") % {"day": one.due_on}), (not is_to_be_helped(one.home, today(at)), HELP_FIRST),
    )  # fmt: skip


def bears(item, one):
    """Decide whether a decision bears a notice: of a council or assembly of this village, or of the home's own group, after the days for repair, by a valid meeting whose minutes are signed, with enough votes, and of no other notice."""
    held = item.meeting
    signed = held is not None and held.state == MeetingState.CLOSED and held.signed_at is not None
    valid = signed and item.votes_for is not None and verdict.carries(held, item.votes_for, item.matter)
    return first_refusal(
        (item.body.area_id == one.village_id and item.body.kind in COUNCILS and item.body.group_name in ("", one.home.group_name), _("要选本村议事会、代表会议、村民会议或者小组会议的决定。")),
        (item.state in DECIDED and signed and not came_back(item), _("只有通过、会议记录已签字的决定才算。")), (valid, _("这个决定的到会人数或者票数不够,不能作依据。")),
        (item.decided_on > one.due_on, _("议事会的决定要在改好的期限以后。")), (not StrictNotice.objects.filter(item=item).exists(), _("这个决定已经用在另一户上,一户一议。")),
    )  # fmt: skip


def can_put_up(actor, one, at):
    """May the actor put it up: another hand than told the home or drew it up; the home put nothing right, and needs no hand."""
    return first_refusal(
        *reviewed(actor, one.village_id), (one.state == StrictState.DRAWN, _("这一张已经核对过。")), (waits(one.shortcoming, at), OVER),
        (not is_to_be_helped(one.shortcoming.home, today(at)), HELP_FIRST),
        *another_hand(actor, {one.drawn_by_id, one.shortcoming.told_by_id}, at, _("告知的人、拟稿的人不能核对,请另一个人核对。")),
    )  # fmt: skip


def can_object(actor, one, at):
    """May the actor write an objection down: while it hangs, or is down for another objection."""
    hangs = one.state in (StrictState.UP, StrictState.STOPPED) and today(at) <= one.until_on
    return first_refusal(*reviewed(actor, one.village_id), (hangs, NOT_UP))


def can_answer(actor, one, at):
    """May the actor write down what the supervision committee answers: another hand than told, drew up or put up."""
    hands = {one.drawn_by_id, one.put_up_by_id, one.shortcoming.told_by_id}
    return first_refusal(
        *reviewed(actor, one.village_id), (one.objections.filter(upheld=None).exists(), _("没有等答复的异议。")),
        *another_hand(actor, hands, at, _("告知、拟稿、贴出的人不能写答复,请另一个人写。")),
    )  # fmt: skip


def can_take_down(actor, one):
    """May the actor take it down: any hand, at any time."""
    return first_refusal(*reviewed(actor, one.village_id), (one.state != StrictState.DOWN, _("已经撤下。")))
