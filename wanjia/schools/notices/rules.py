"""Who writes, signs and serves a notice, on what it may rest, in which order steps are taken; and why not."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import restricting as policy
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..inspection_states import CAMPUS_KINDS, VenueKind
from ..models import NoticeReceipt, NoticeStep, SafetyNotice
from ..notice_states import Asks, NoticeState, Step
from ..venues.rules import NO_DUTY as NO_INSPECTING
from ..venues.rules import own_units

NO_DUTY = _("您的岗位没有发通告、倡议的权限。")
OUT_OF_REACH = _("这个区划不在您的范围。")
NOT_ISSUER = _("这份通告、倡议由签发单位办理。")
NOT_A_DRAFT = _("这份通告、倡议已经签发或者不发,不能再改。")
NOT_SENT = _("这份通告、倡议没有签发,或者已经解除。")
OVER = _("这份通告、倡议已经到期,自动失效。")
ONE_HAND = _("有强制力的通告,写的人不能自己签发,请另一个人核对依据后签发。")
NOBODY = _("这个范围没有登记要发的场所,也没有写团体。")
NOT_THIS = _("这个依据管不到“%(what)s”。没有别的依据就以倡议书发。")
NO_PAPER = _("写明条款、文号:%(paper)s。")
ADVICE_BINDS = _("安全提示没有强制力,不填依据。")
TOO_LONG = _("有强制力的通告最长 %(n)s 天,要更长的到期再发。")
TOO_LATE = _("有强制力的通告至少提前 %(n)s 天公告,起始日期改到 %(day)s 以后。")
PAST = _("到哪天止不能早于今天。")
NOT_YOURS = _("这一处不在您的范围,也不是您的单位签发的。")
SERVED = _("这一处已经送达,或者写明了原因。")
NOT_SERVED = _("先登记送达,再登记处置。")
ONLY_ASKS = _("倡议书、提示没有强制力,只能劝告。")
NOT_BEFORE = _("处置按劝告、批评教育、移送公安的顺序。先登记“%(step)s”。")
HANDED_OVER = _("已经移送公安。")


def of_units(keys, notice=""):
    """Return the Q of notices for which these units answer: those that they issued, and those of units that ended and whose successors they are. notice: the path to them."""
    return Q(**{f"{notice}heir__in": keys}) | Q(**{f"{notice}heir": None, f"{notice}issuer__in": keys})


def visible_notices(actor, *, duty=Duty.SEE_VENUES):
    """The notices of the areas of these posts, those that own units issued, and those sent to a place of the own area."""
    sent = NoticeReceipt.objects.filter(scope.in_reach(actor, duty=duty)).values("notice")
    return SafetyNotice.objects.filter(scope.in_reach(actor, duty=duty) | of_units(own_units(actor, duty=duty)) | Q(pk__in=sent))


def visible_receipts(actor, *, duty=Duty.SEE_VENUES):
    """The receipts of the own area, and those of notices that own units issued."""
    return NoticeReceipt.objects.filter(scope.in_reach(actor, duty=duty) | of_units(own_units(actor, duty=duty), "notice__"))


def visible_steps(actor, *, duty=Duty.SEE_VENUES):
    """The steps taken at these."""
    return NoticeStep.objects.filter(receipt__in=visible_receipts(actor, duty=duty))


def writes(actor, _row=None):
    """May the actor write notices at all; where and for which unit, the act judges."""
    return first_refusal((actor.has_duty(Duty.LEAD_ROUNDS), NO_DUTY))


def _issuer(actor, one):
    return (actor.has_duty(Duty.LEAD_ROUNDS), NO_DUTY), (one.answers_id in own_units(actor, duty=Duty.LEAD_ROUNDS), NOT_ISSUER)


def can_change(actor, one):
    """May the actor change a notice, or not issue it: before it is issued."""
    return first_refusal(*_issuer(actor, one), (one.state == NoticeState.DRAFT, NOT_A_DRAFT))


def can_issue(actor, one, at):
    """May the actor issue a notice: by another hand than wrote it, where it binds."""
    return first_refusal(*_issuer(actor, one), (one.state == NoticeState.DRAFT, NOT_A_DRAFT), (not one.binds or one.made_by_id != actor.id, ONE_HAND), (not one.binds or not is_one_person(actor, one.made_by_id, at), SAME_PERSON))


def can_lift(actor, one, at):
    """May the actor lift a notice before its last day."""
    return first_refusal(*_issuer(actor, one), (one.state == NoticeState.ISSUED, NOT_SENT), (one.until_on >= today(at), OVER))


def can_name(actor, one, at):
    """May the actor name a group that the notice is sent to: until it is over; what binds is widened by nobody alone, once it is issued."""
    return first_refusal(*_issuer(actor, one), (one.state in (NoticeState.DRAFT, NoticeState.ISSUED), NOT_SENT), (one.until_on >= today(at), OVER),
                         (not one.binds or one.state == NoticeState.DRAFT, _("有强制力的通告签发以后不能再加团体,请另发一份。")))


def rests(asks, kinds, basis, paper, day, *, groups=False):
    """Decide whether a notice may rest on a basis: the law reaches what is asked and everybody who is asked, and it says by which paper. Without one it only asks."""
    if not basis:
        return first_refusal()
    if asks == Asks.ADVICE:
        return first_refusal((False, ADVICE_BINDS))
    beyond = policy.in_force(day).beyond(basis, asks, (*kinds, *(("groups",) if groups else ())))
    what = Asks(asks).label if beyond is None else "、".join(str(VenueKind(kind).label) if kind != "groups" else str(_("团体")) for kind in beyond)
    wanted = policy.in_force(day).basis(basis)
    return first_refusal((beyond == (), NOT_THIS % {"what": what}), (paper, NO_PAPER % {"paper": wanted.paper if wanted else ""}))


def may_be_issued(one, day, n):
    """Decide whether a notice may be issued today: somebody is asked, it is not over; one that binds is announced ahead, is no longer than the rules say, and rests on a law that reaches all."""
    edition = policy.in_force(day)
    first = first_refusal((n, NOBODY), (one.until_on >= day, PAST))
    if not first or not one.binds:
        return first
    days, ahead = (one.until_on - one.from_on).days + 1, (one.from_on - day).days
    earliest = one.from_on.fromordinal(day.toordinal() + edition.ahead_days)
    return first_refusal((days <= edition.longest_days, TOO_LONG % {"n": edition.longest_days}), (ahead >= edition.ahead_days, TOO_LATE % {"n": edition.ahead_days, "day": f"{earliest:%Y-%m-%d}"}))


def _stands(receipt, at):
    return (receipt.notice.state == NoticeState.ISSUED, NOT_SENT), (receipt.notice.until_on >= today(at), OVER)


def reaches(actor, receipt):
    """Tell whether the actor serves here: of the area of the place, or of the issuing unit."""
    return scope.covers(actor, receipt.area_id, duty=Duty.INSPECT) or receipt.notice.answers_id in own_units(actor, duty=Duty.INSPECT)


def can_serve(actor, receipt, at):
    """May the actor write down that the notice was served here, or why not: once, while it is not over."""
    return first_refusal((actor.has_duty(Duty.INSPECT), NO_INSPECTING), (reaches(actor, receipt), NOT_YOURS), *_stands(receipt, at), (receipt.told_at is None, SERVED))


def hands_out(receipt):
    """Tell whether sheets for homes go out from here: a reminder's, from a school or a group. A net bar has none to hand out."""
    return receipt.notice.asks == Asks.ADVICE and (receipt.venue is None or receipt.venue.kind in CAMPUS_KINDS)


def can_count(actor, receipt):
    """May the actor say how many sheets came back signed: of a notice that advises, where sheets went out."""
    return first_refusal((actor.has_duty(Duty.INSPECT), NO_INSPECTING), (reaches(actor, receipt), NOT_YOURS), (receipt.copies, _("这一处没有发给家长的份数。")))


def _stood(receipt, at):
    """What was done on the last evening is written down after midnight, or where there is a signal again: within the days that any step may be."""
    one = receipt.notice
    return (one.state == NoticeState.ISSUED, NOT_SENT), ((today(at) - one.until_on).days <= policy.in_force(one.until_on).back_days, OVER)


def can_step(actor, receipt, at):
    """May the actor write down what was done here: of a day on which the notice stood, where it was served, until it was handed over."""
    handed = receipt.steps.filter(step=Step.HAND_OVER).exists()
    return first_refusal((actor.has_duty(Duty.INSPECT), NO_INSPECTING), (reaches(actor, receipt), NOT_YOURS), *_stood(receipt, at), (receipt.served_on, NOT_SERVED), (not handed, HANDED_OVER))


def in_order(receipt, step, day):
    """Decide whether a step may follow what was done here: one after the other, and by an appeal only the first."""
    order = list(Step)
    before = order[: order.index(step)]
    taken = dict(receipt.steps.order_by("day").values_list("step", "day"))
    missing = next((one for one in before if one not in taken), None)
    last = max((taken[one] for one in before if one in taken), default=day)
    return first_refusal((step == Step.ADVISE or receipt.notice.binds, ONLY_ASKS), (missing is None, NOT_BEFORE % {"step": missing.label if missing else ""}), (last <= day, _("这一步的日期要在前一步以后。")))
