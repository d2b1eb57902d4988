"""Who may hand a need to whom, who may accept it, who may send it back."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import CHINA, WorkingCalendar, today
from wanjia.orgs import scope
from wanjia.orgs.carried import roles_with
from wanjia.orgs.handing.queries import standing_posts
from wanjia.orgs.locks import stays_as_it_is
from wanjia.policy.triage import rules as limits
from wanjia.verdict import Conflict, first_refusal

from ..queries import accepts, callers_of, holders_for, is_forsaken, recheckers_of, somebody_left
from ..rules import covers, holds, left_to_above, part_for_good, raised_refusal, state_refusal
from ..states import IN_HANDS, NEED, NeedState


def can_assign(actor, need, *, at=None):
    """Decide whether the actor may hand this need to somebody, now.

    What is with a unit already is handed on only where nobody there can sign any more: else it would lie there for ever.
    """
    free = need.state not in IN_HANDS or is_forsaken(need, today(at or timezone.now()))
    return first_refusal(
        (actor.has_duty(Duty.ASSIGN_NEEDS), _("您的岗位没有交办权限。")),
        (covers(actor, need, duty=Duty.ASSIGN_NEEDS), _("该户不在您的辖区。")),
        (NEED.allows("assign", need.state) and free, state_refusal(need, _("只有已研判的诉求才能交办"))),
        (not left_to_above(actor, need, duty=Duty.ASSIGN_NEEDS), raised_refusal(need)),
        # Withdrawn before it was graded, taken up again and sent back, it stands where needs are handed out all the same.
        (bool(need.urgency), _("这件诉求还没有研判过,请先重新研判,再交办。")),
        (
            not is_arbitrated(need) or is_decided(need),
            _("这件诉求已经退回过 %(n)s 次,由会商确定主办单位。请在“会商研判”里召集会商,把它议定。") % {"n": need.returns},
        ),
    )


def is_arbitrated(need):
    """Tell whether only a session hands this need over: it was sent back twice."""
    return need.returns >= limits()["returns"]["most"]


def is_decided(need):
    """Tell whether a session has just decided who is to have the need: no hand has moved it since."""
    last = need.steps.filter(act__in=("decide", "assign", "recall", "return")).order_by("-n").values_list("act", flat=True).first()
    return last == "decide"


def is_of_session(need):
    """Tell whether the unit that has the need was chosen by a session that settled whose it is: its choice stands.

    Where a desk asked its own session, nothing was settled between two units, and the unit that was named may still say no.
    """
    decided, desk = need.decisions.filter(put_off_on=None).order_by("-line").values_list("line", "item__session__called_org").first() or (None, None)
    handed = need.steps.filter(act="assign").order_by("-n").values_list("n", flat=True).first()
    if decided is None or handed != decided + 1:
        return False
    return is_arbitrated(need) or need.steps.filter(act="contest", n__lt=decided).exclude(by_org=desk).exists()


def may_hold(need, holder, day):
    """Decide whether this unit may be given the need: of the tiers that its grade names, and working where it lies."""
    return first_refusal((
        holder in holders_for(need, day),
        _("按“%(grade)s”的研判,不能交给%(unit)s。请从名单中选择,或重新研判。")
        % {"grade": f"{need.get_urgency_display()}·{need.get_difficulty_display()}", "unit": holder.name},
    ))  # fmt: skip


def handed_out(actor, need, *, at):
    """Return the Conflict that a second dispatcher is told: who handed the need to whom, and when; None while nobody has."""
    if need.state != NeedState.ASSIGNED or not covers(actor, need, duty=Duty.ASSIGN_NEEDS) or is_forsaken(need, today(at)):
        return None
    line = need.steps.filter(act="assign").order_by("-n").first()
    if line is None:
        return None
    facts = {"who": line.by_name, "when": f"{line.recorded_at.astimezone(CHINA):%Y-%m-%d %H:%M}", "unit": need.holder.name}
    return Conflict(_("这件诉求%(who)s已在 %(when)s 交办给%(unit)s,您这一次没有保存。请刷新页面看最新情况。") % facts)


def leaves_others(need, holder, helpers, day):
    """Decide whether, outside the units that take part, somebody could still ask the household, and somebody look again.

    Else the need could never end. Where nobody may anyway, the hand-over takes nothing away. Whether a recheck will be drawn is
    known to nobody yet, so each hand-over leaves it possible.
    """
    before, _authors = part_for_good(need)
    after = before | {holder.pk, *(helper.pk for helper in helpers)}
    callers, recheckers = (
        [units for units in people if units.isdisjoint(before)]
        for people in (callers_of(need.village, day, need.recorded_on), recheckers_of(need.village, holder, day, need.recorded_on))
    )
    pairs = [caller | above for caller in callers for above in recheckers if caller.isdisjoint(above)]  # who asked does not look again
    return first_refusal(
        (
            somebody_left(callers, after),
            _("这样交办以后,就没有别的单位能向诉求人回访了。请换一个单位,或请管理员在别的单位设回访员。"),
        ),
        (
            somebody_left(recheckers, after) and somebody_left(pairs, after),
            _("这样交办以后,就没有别的上级单位能抽查了。请换一个单位或少请一个协办单位,或请管理员在别的上级单位设抽查的岗位。"),
        ),
    )


def leaves_a_signer(holder, day):
    """Decide whether somebody there could sign for the need: handed to an empty unit it would be nobody's."""
    return first_refusal((
        accepts(holder, day),
        _("%(unit)s现在没有能签收的人,交过去就没有人管了。请换一个单位,或请管理员给它设岗位。") % {"unit": holder.name},
    ))  # fmt: skip


def can_help(need, helpers):
    """Decide whether these units may be asked to help: those that work where the need is."""
    far = next((unit.name for unit in helpers if not unit.area.covers(need.village_id)), "")
    return first_refusal((not far, _("%(unit)s不管这个村(社区),不能请它配合。请从名单中选择。") % {"unit": far}))


def can_recall(actor, need):
    """Decide whether the actor may take a hand-over back (收回交办): by the unit that gave the need, before anybody signs for it."""
    waits = NEED.allows("recall", need.state)
    return first_refusal(
        (actor.has_duty(Duty.ASSIGN_NEEDS), _("您的岗位没有收回交办的权限。")),
        (waits, state_refusal(need, _("签收以前才能收回交办"))),
        (not waits or _gave(actor, need), _("这件诉求不是您的单位交办的,请由交办单位收回。")),
    )


def _gave(actor, need):
    units = [unit.pk for unit in scope.units(actor, duty=Duty.ASSIGN_NEEDS)]
    return bool(units) and need.holdings.filter(to_at=None, assigned_by__in=units).exists()


def can_accept(actor, need):
    """Decide whether the actor may sign for this need (签收)."""
    return first_refusal(
        (actor.has_duty(Duty.ACCEPT_NEEDS), _("您的岗位没有签收权限。")),
        (holds(actor, need, duty=Duty.ACCEPT_NEEDS), _("这件诉求没有交给您的单位。")),
        (NEED.allows("accept", need.state), state_refusal(need, _("现在不需要签收"))),
    )


def can_return(actor, need, *, at=None):
    """Decide whether the actor's unit may send this need back (退回): within a working day, and never what a session settled."""
    fresh, mine = NEED.allows("return", need.state), holds(actor, need, duty=Duty.ACCEPT_NEEDS)
    last = last_day_to_return(need) if fresh else None
    return first_refusal(
        (actor.has_duty(Duty.ACCEPT_NEEDS), _("您的岗位没有退回权限。")),
        (mine, _("这件诉求不在您的单位手里。")),
        (fresh, state_refusal(need, _("只有待签收或刚签收、还没有开始办理的诉求才能退回"))),
        (not (fresh and mine and is_of_session(need)), _("主办单位是会商定的,不能再退。有不同意见,请召集会商的单位补记在纪要上;办不了的,写进办理记录。")),
        (not is_arbitrated(need), _("这件诉求已经退回过 %(n)s 次,不能再退。请点“提请会商裁定”,由会商确定主办单位。") % {"n": need.returns}),
        (
            last is None or today(at or timezone.now()) <= last,
            _("退回要在交办后 1 个工作日以内(最迟 %(day)s),现在已经过了。请签收办理;确实不归本单位的,请点“提请会商裁定”。") % {"day": last},
        ),
    )


def can_contest(actor, need, *, at=None):
    """Decide whether the actor's unit may ask a session whose need this is (提请会商裁定): where it can no longer send it back itself.

    A session's choice is not asked about again, and nothing that somebody has begun to work on.
    """
    fresh, mine = NEED.allows("return", need.state), holds(actor, need, duty=Duty.ACCEPT_NEEDS)
    last, day = last_day_to_return(need) if fresh else None, today(at or timezone.now())
    return first_refusal(
        (actor.has_duty(Duty.ACCEPT_NEEDS), _("您的岗位没有退回权限。")),
        (mine, _("这件诉求不在您的单位手里。")),
        (fresh, state_refusal(need, _("签收前后、还没有开始办理的才能提请会商裁定"))),
        (not (fresh and mine and is_of_session(need)), _("主办单位是会商定的,不能再提请裁定。有不同意见,请召集会商的单位补记在纪要上。")),
        (need.contested_at is None, _("已经提请会商裁定,等会商议定。议定以前仍由本单位主办,期限照算。")),
        (is_arbitrated(need) or (last is not None and day > last), _("还在退回时限里(最迟 %(day)s),请直接退回。") % {"day": last}),
    )


def last_day_to_return(need):
    """Return the last day on which the unit may send the need back, counted from when it was handed over; None where no line says when."""
    handed = need.steps.filter(act__in=("assign", "reopen")).order_by("-n").values_list("recorded_at", flat=True).first()
    return handed and WorkingCalendar.load().add(today(handed), limits()["returns"]["days"]).on


def can_hand_to(actor, need):
    """Decide whether the actor may name the person who answers for this need (派给责任人)."""
    return first_refusal(
        (actor.has_duty(Duty.ACCEPT_NEEDS), _("您的岗位没有派给责任人的权限。")),
        (holds(actor, need, duty=Duty.ACCEPT_NEEDS), _("这件诉求不在您的单位手里。")),
        (
            NEED.allows("hand_to", need.state) or NEED.allows("hand_on", need.state),
            state_refusal(need, _("签收以后、报办结以前才能换责任人")),
        ),
    )


def may_answer_for(person, need, day):
    """Decide whether a person may be named as the one who answers for the need: of its unit, with the duty to handle, and not on his way out.

    Asked of the database, not of the person at hand: what was read with the page may have ended since.
    """
    stays_as_it_is(need.holder)
    mine = standing_posts(day).filter(user=person, organisation=need.holder_id, role__in=roles_with(Duty.HANDLE_NEEDS))
    return first_refusal((mine.exists(), _("只能派给本单位有办理权限的人。")))
