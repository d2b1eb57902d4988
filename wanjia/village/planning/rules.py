"""Who draws up, adopts and drops a plan, who says how an item goes and who accepts it, who enters an asset; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.models import Entry
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..agenda import citing
from ..duties import Duty
from ..models import AgendaItem, PlanSketch, PlanWork, VillageAsset, VillagePlan
from ..plan_states import AssetState, PlanState, WorkState
from ..rules import duty_in
from ..states import DECIDED

NO_KEEP = _("您的岗位没有登记村庄规划的权限。")
NO_REVIEW = _("您的岗位没有启用规划、验收的权限。")
NOT_A_DRAFT = _("这一版已经启用或者不用,不能再改。要改的另拟一版。")
NOT_DECIDED = _("请选村民会议、村民代表会议通过的“村庄规划和建设”决定:会已经散,记录有第二个人签字(村民委员会组织法第二十八条)。")
MATTER = "planning"
ENDED = _("这一项所在的规划不是现行的。")


def visible_plans(actor, *, duty=Duty.SEE_VILLAGE):
    """The plans of villages in reach, all versions."""
    return VillagePlan.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_works(actor, *, duty=Duty.SEE_VILLAGE):
    """The items of plans of villages in reach."""
    return PlanWork.objects.filter(scope.in_reach(actor, area="plan__village_id", duty=duty))


def visible_assets(actor, *, duty=Duty.SEE_VILLAGE):
    """What stands in the villages in reach."""
    return VillageAsset.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def items_for(_row, actor, _day):
    """The decisions that a plan may cite, the newest first."""
    rows = AgendaItem.objects.filter(scope.in_reach(actor, area="body__area_id", duty=Duty.KEEP_PLANS), state__in=DECIDED, matter=MATTER)
    return rows.select_related("body", "meeting__body").order_by("-decided_on", "pk")


def was_decided(item, village_id):
    """Decide whether a decision bears a plan: of this village's assembly or representatives, closed and signed, by enough (art. 28 as of 2026)."""
    return first_refusal((citing.bears(item, village_id, MATTER), NOT_DECIDED))


def bears_no_other(item):
    """Decide whether a decision bears no other version: what the meeting did not see is no plan of the village (art. 28). One that was dropped may be drawn up again."""
    return first_refusal((not VillagePlan.objects.filter(item=item).exclude(state=PlanState.DROPPED).exists(), _("这个决定已经用在另一版规划上,新的一版要重新开会定。")))


def keeps(actor, _row=None):
    """May the actor keep plans at all; in which village, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_PLANS), NO_KEEP))


def _kept(actor, village_id):
    return duty_in(actor, village_id, Duty.KEEP_PLANS, NO_KEEP)


def _reviewed(actor, village_id):
    return duty_in(actor, village_id, Duty.REVIEW_PLANS, NO_REVIEW)


def _drafts(actor, plan):
    return *_kept(actor, plan.village_id), (plan.state == PlanState.DRAFT, NOT_A_DRAFT)


def can_draft(actor, plan):
    """May the actor change a plan: until it is in force."""
    return first_refusal(*_drafts(actor, plan))


def can_draw(actor, plan):
    """May the actor draw on the sketch of a plan: until it is in force, once there is one."""
    return first_refusal(*_drafts(actor, plan), (PlanSketch.objects.filter(plan=plan).exists(), _("先放上手绘图,没有的用一张方格纸。")))


def behind(plan):
    """Return ([zone], whether the drawing too): what the plan in force was given since a draft was copied from it and the draft, changed by hand, has not."""
    return [zone for zone in plan.zones.filter(off_on=None).exclude(mended={}).order_by("name", "pk") if zone.waits], PlanSketch.objects.filter(plan=plan, behind=True).exists()


def can_follow(actor, plan):
    """May the actor take over into a draft what the plan in force was given since."""
    return first_refusal(*_drafts(actor, plan), (any(behind(plan)), _("现行规划没有这一版还没接过来的更正。")))


def _hands(plan):
    """Return who drew a version up or wrote at it."""
    written = Entry.objects.filter(subject="village.villageplan", subject_id=str(plan.pk), act__in=("village_plan.draw", "village_plan.write")).values_list("by_id", flat=True)
    return {plan.drawn_by_id, *written}


def can_mend(actor, plan, at):
    """May the actor put right what stands wrong on the sketch of a plan in force: another hand than drew it up or wrote at it. What the meeting did not see is no plan of the village (art. 28): another content is another version."""
    hands = _hands(plan)
    return first_refusal(
        *_reviewed(actor, plan.village_id), (plan.state == PlanState.IN_FORCE, _("只更正现行的规划:待启用的直接改,被替代的照原样留着。")), (actor.id not in hands, _("谁写的、画的谁不能更正,请另一个人核对会议通过的图以后更正。")),
        (not any(is_one_person(actor, hand, at) for hand in hands), SAME_PERSON),
    )  # fmt: skip


def can_adopt(actor, plan, at):
    """May the actor put a plan in force: another hand than drew it up or wrote an item of it."""
    hands = _hands(plan)
    return first_refusal(
        *_reviewed(actor, plan.village_id), (plan.state == PlanState.DRAFT, NOT_A_DRAFT), (actor.id not in hands, _("谁拟的谁不能启用,请另一个人核对会议决定后启用。")),
        (not any(is_one_person(actor, hand, at) for hand in hands), SAME_PERSON), (plan.works.exists(), _("还没有一项。")),
    )  # fmt: skip


def can_note(actor, work):
    """May the actor say how an item goes: of the plan in force, until it is accepted."""
    return first_refusal(
        *_kept(actor, work.plan.village_id), (work.plan.state == PlanState.IN_FORCE, ENDED), (work.state == WorkState.PLANNED, _("这一项已经报完工。")),
    )  # fmt: skip


def can_accept(actor, work, at):
    """May the actor accept an item of the plan in force: another hand than said that it is done, and than whose it is."""
    hands = (work.reported_by_id, work.owner_id)
    return first_refusal(
        *_reviewed(actor, work.plan.village_id), (work.plan.state == PlanState.IN_FORCE, ENDED), (work.state == WorkState.REPORTED, _("这一项没有报完工,或者已经验收。")),
        (actor.id not in hands, _("报完工的人、责任人不能验收,请另一个人到现场验收。")), (not any(is_one_person(actor, hand, at) for hand in hands), SAME_PERSON),
    )  # fmt: skip


def can_check(actor, asset, at):
    """May the actor let an asset count: another hand than wrote it down."""
    return first_refusal(
        *_reviewed(actor, asset.village_id), (asset.state == AssetState.TOLD, _("这一样已经核对过,或者核销了。")), (asset.told_by_id != actor.id, _("谁登记的谁不能核对,请另一个人核对。")),
        (not is_one_person(actor, asset.told_by_id, at), SAME_PERSON),
    )  # fmt: skip


def can_end(actor, asset, at):
    """May the actor say that an asset is gone: another hand than wrote it down."""
    return first_refusal(
        *_reviewed(actor, asset.village_id), (asset.state != AssetState.GONE, _("这一样已经核对过,或者核销了。")), (asset.told_by_id != actor.id, _("谁登记的谁不能核对,请另一个人核对。")),
        (not is_one_person(actor, asset.told_by_id, at), SAME_PERSON),
    )  # fmt: skip
