"""Who writes down what was found, who orders, rechecks and hands on; and why not."""

from datetime import timedelta

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import inspecting as policy
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..inspection_states import HAZARD, Grade, HazardState
from ..models import Hazard, Inspection
from ..rounds.rules import NOT_LEAD, takes_part, visible_stops, waits
from ..venues.rules import NO_DUTY, own_units

NOT_OWNER = _("这条隐患由督办单位办理。")
NOT_THERE = _("现在不是办这一步的时候。")
FEW = _("到场持执法证的不能少于 %(n)s 人。")
ONE_HAND = _("登记整改情况的人不能自己复查,请另一个人复查。")
UNTOLD = _("没有人登记过整改情况,开通知书的人不能自己销号:请另一个人复查,或者先登记整改情况。")
NOTHING = _("您的单位在这次检查里没有待开通知书的隐患。")
LACKS = _("“%(what)s”还缺:%(lacks)s。先落实再开通知书。")
PASSED_DAY = _("“%(what)s”的整改期限已经过了,先改期限再开通知书。")


def visible_inspections(actor, *, duty=Duty.SEE_VENUES):
    """What was written down at the places of the lists that the actor sees, and that by which the own unit owns something: it took it over."""
    owned = Hazard.objects.filter(owner__in=own_units(actor, duty=duty)).values("inspection")
    return Inspection.objects.filter(Q(stop__in=visible_stops(actor, duty=duty)) | Q(pk__in=owned))


def visible_hazards(actor, *, duty=Duty.SEE_VENUES):
    """The hazards at these places, those that the own unit owns, and those that were handed to it."""
    own = own_units(actor, duty=duty)
    return Hazard.objects.filter(Q(inspection__stop__in=visible_stops(actor, duty=duty)) | Q(owner__in=own) | Q(handed_to__in=own))


def can_record(actor, stop):
    """May the actor write down what was found at a place: of a unit that looks at it, once a round."""
    return first_refusal((actor.has_duty(Duty.INSPECT), NO_DUTY), (takes_part(actor, stop), NOT_LEAD), *waits(stop))


def enough(licensed, day):
    """Decide whether enough licensed officers were there."""
    least = policy.in_force(day).officers
    return first_refusal((licensed >= least, FEW % {"n": least}))


def owns(actor, hazard):
    """Tell whether the actor answers for this hazard: of the unit that owns it; of the unit that wrote it down until it is ordered."""
    own = own_units(actor, duty=Duty.INSPECT)
    return hazard.owner_id in own or (hazard.state == HazardState.FOUND and hazard.inspection.for_unit_id in own)


def _owns(actor, hazard, *moves):
    now = any(HAZARD.allows(move, hazard.state) for move in moves)
    return (actor.has_duty(Duty.INSPECT), NO_DUTY), (owns(actor, hazard), NOT_OWNER), (now, NOT_THERE)


def can_settle(actor, hazard):
    """May the actor say what is done, with what money, by whom and when (五落实): before it is ordered."""
    return first_refusal(*_owns(actor, hazard, "order"))


def to_order(actor, inspection):
    """The hazards of an inspection that the actor's units own and that were not ordered yet."""
    return inspection.hazards.filter(state=HazardState.FOUND, owner__in=own_units(actor, duty=Duty.INSPECT)).select_related("owner")


def lacks(hazard):
    """Return the words of what a hazard still lacks before it is ordered: a grave one asks for all of the five."""
    asked = [("basis", _("依据")), ("measure", _("整改措施")), ("answers", _("整改责任人(职务)"))]
    if hazard.grade == Grade.MAJOR:
        asked += [("funds", _("整改资金")), ("fallback", _("应急预案"))]
    return [str(words) for name, words in asked if not getattr(hazard, name)]


def may_be_ordered(hazards, at):
    """Decide whether these hazards may be put on one order."""
    for one in hazards:
        missing = lacks(one)
        verdict = first_refusal((not missing, LACKS % {"what": one.words, "lacks": "、".join(missing)}), (one.due_on >= today(at), PASSED_DAY % {"what": one.words}))
        if not verdict:
            return verdict
    return first_refusal((hazards, NOTHING))


def can_order(actor, inspection):
    """May the actor issue an order: of a unit that owns something that waits for one."""
    return first_refusal((actor.has_duty(Duty.INSPECT), NO_DUTY), (to_order(actor, inspection).exists(), NOTHING))


def latest(hazard, grade, day):
    """Return the last day to which mending may be put off, as seen on `day`: so long after it was found; where that is past, once a few days more."""
    edition = policy.in_force(hazard.found_on)
    end = hazard.found_on + timedelta(days=edition.longest_days[grade])
    return end if hazard.delays.filter(due_on__gt=end).exists() else max(end, day + timedelta(days=edition.respite_days))


def may_put_off(actor, hazard, due_on, grade, reason, at, *, two=False):
    """Decide whether a hazard may be due on a day: not beyond the last; later than before with a reason, and beyond the first time by another hand. two: another hand took part in this very step."""
    last, end = hazard.delays.order_by("put_at").last(), latest(hazard, grade, today(at))
    later = hazard.due_on is not None and due_on > hazard.due_on
    again = later and last is not None and not two
    return first_refusal(
        (due_on <= end, _("整改期限最晚到 %(day)s。到时还没改好的,立案、移送。") % {"day": f"{end:%Y-%m-%d}"}), (not later or reason, _("期限往后改的,写明为什么延期。")),
        (not again or not is_one_person(actor, last.put_by_id, at), _("上次延期是您办的,再延要另一个人办。")),
    )  # fmt: skip


def can_mend(actor, hazard):
    """May the actor write down that a place says it is mended."""
    return first_refusal(*_owns(actor, hazard, "mend"))


def can_recheck(actor, hazard, at):
    """May the actor recheck: of the unit that owns it, by another hand than wrote down that it is mended."""
    return first_refusal(*_owns(actor, hazard, "pass"), (hazard.mended_by_id is None or hazard.mended_by_id != actor.id, ONE_HAND), (not is_one_person(actor, hazard.mended_by_id, at), SAME_PERSON))


def may_pass(actor, hazard, at):
    """Decide whether the actor may close a hazard: one that nobody told to be mended is closed by another hand than ordered it."""
    return first_refusal((hazard.mended_by_id is not None or not is_one_person(actor, hazard.order.issued_by_id, at), UNTOLD))


def follows(hazard, day):
    """Decide whether a look can be of this day: not before the place said that it is mended, nor before the last look."""
    last = max((one for one in (hazard.mended_on, hazard.rechecks.aggregate(last=Max("day"))["last"]) if one), default=day)
    return first_refusal((last <= day, _("复查日期要在改好以后,也不早于上次复查。")))


def can_transfer(actor, hazard):
    """May the actor hand a hazard on to whoever may punish it (立案、移送)."""
    return first_refusal(*_owns(actor, hazard, "transfer"))


def can_receive(actor, hazard):
    """May the actor say that his unit has what was handed to it (签收移送): once."""
    return first_refusal(
        (actor.has_duty(Duty.INSPECT), NO_DUTY), (hazard.state == HazardState.TRANSFERRED, NOT_THERE),
        (hazard.handed_to_id in own_units(actor, duty=Duty.INSPECT), _("移送的隐患由接收单位签收。")), (hazard.received_at is None, _("移送的这条隐患已经签收。")),
    )  # fmt: skip


def can_picture(actor, hazard):
    """May the actor add a picture of the place."""
    return first_refusal((actor.has_duty(Duty.INSPECT), NO_DUTY), (owns(actor, hazard) or hazard.inspection.for_unit_id in own_units(actor, duty=Duty.INSPECT), NOT_OWNER))


def to_picture(actor, inspection):
    """Return the keys of the hazards of an inspection to which the actor may add a picture: `can_picture`, of all of them at once."""
    own = own_units(actor, duty=Duty.INSPECT)
    return set(inspection.hazards.filter(Q(owner__in=own) | Q(inspection__for_unit__in=own)).values_list("pk", flat=True)) if actor.has_duty(Duty.INSPECT) else set()


def is_clock(by):
    """Decide whether the clock does it: what is overdue climbs by its day, by nobody's hand."""
    return first_refusal((by is CLOCK, _("超期的隐患由系统按时转进诉求台账,不由人代走。")))
