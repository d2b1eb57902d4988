"""Who files a decision, answers it, puts it up, writes an objection down and answers it; and why not."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.models import Post
from wanjia.orgs.second_person.hands import is_one_person
from wanjia.policy import meetings as law
from wanjia.verdict import first_refusal

from ..bodies.rules import NO_DUTY, OUT_OF_REACH, mine
from ..duties import CARRIES, Duty
from ..meetings import verdict
from ..models import Filing, Objection, PublicNotice
from ..rules import duty_in
from ..states import DECIDED, MeetingState, Opinion

LATE = 7  # days: what somebody said on a notice's last day is written down so long after it
NOT_DECIDED = _("只有通过的决定才报备、公示。")
NOT_SIGNED = _("会议还没有散会,或者会议记录还没有第二个人签字。")
NO_VOTE = _("这个决定的票数不够,不能公布:同意 %(votes)s,要 %(must)s。")
NO_FILE_DUTY = _("您的岗位没有答复备案的权限。")
WITHDRAWN = _("这份公示已经撤下。")
OVER = _("公示已经到期,自动撤下。")
TOO_FEW_DAYS = _("公示至少 %(n)s 天(%(source)s),最后一天改到 %(day)s 或更晚。")


def visible_filings(actor, *, duty=Duty.SEE_VILLAGE):
    """The filings of the villages of these posts."""
    return Filing.objects.filter(scope.in_reach(actor, duty=duty))


def visible_notices(actor, *, duty=Duty.SEE_VILLAGE):
    """The public notices of these villages."""
    return PublicNotice.objects.filter(scope.in_reach(actor, duty=duty))


def visible_objections(actor, *, duty=Duty.SEE_VILLAGE):
    """The objections to these."""
    return Objection.objects.filter(scope.in_reach(actor, area="notice__area_id", duty=duty))


def _borne_out(item):
    """Return what keeps a decision below quorum, or with too few votes, from going out, however it came to be written: the numbers are asked again."""
    enough = verdict.may_decide(item.meeting, item.matter) if item.meeting else None
    found = verdict.standing(item.meeting, item.matter) if enough else None
    numbers = {"votes": item.votes_for, "must": found.agree if found else 0}
    carried = found is not None and item.votes_for is not None and item.votes_for >= found.agree
    return (enough, enough.reason if enough is not None else NOT_DECIDED), (carried, NO_VOTE % numbers)


def _decided(actor, item):
    signed = item.meeting is not None and item.meeting.state == MeetingState.CLOSED and item.meeting.signed_at is not None
    return *mine(actor, item.body.area_id), (item.state in DECIDED, NOT_DECIDED), (signed, NOT_SIGNED), *_borne_out(item)


def filed(item):
    """Return the filing of an item, or None."""
    return Filing.objects.filter(item=item).first()


def can_file(actor, item):
    """May the actor file a decision: whose minutes are signed, once."""
    return first_refusal(*_decided(actor, item), (filed(item) is None, _("这个决定已经报备。")))


def can_answer_filing(actor, filing):
    """May the actor say what the township says to a decision."""
    return first_refusal(
        *duty_in(actor, filing.area_id, Duty.FILE_DECISIONS, NO_FILE_DUTY), (not filing.opinion, _("这份备案已经答复。")),
    )  # fmt: skip


def can_post(actor, item):
    """May the actor put a decision up: filed, not ordered to be corrected, not up already."""
    found = filed(item)
    return first_refusal(
        *_decided(actor, item), (found, _("先报备,再公示。")), (not found or found.opinion != Opinion.CORRECTED, _("乡镇责令改正的决定不能公示,改正后重新上会。")),
        (not item.notices.filter(withdrawn_on=None).exists(), _("这个决定已经公示。")), (not item.notices.exists(), _("这个决定撤下过公示,要重新上会。")),
    )  # fmt: skip


def open_objections(notice):
    """The objections to a notice that wait for their answer."""
    return notice.objections.filter(outcome="")


def is_up(notice, day):
    """Tell whether a notice is up on a day: until its last day, and longer while an objection waits for its answer; not before its first, nor once withdrawn."""
    if notice.withdrawn_on is not None or day < notice.from_on:
        return False
    return day <= notice.until_on or open_objections(notice).exists()


def up(day, path=""):
    """Return the Q of notices that are up on a day; path: the way to them."""
    waits = Exists(Objection.objects.filter(notice=OuterRef(f"{path}pk"), outcome=""))
    return Q(**{f"{path}withdrawn_on": None, f"{path}from_on__lte": day}) & (Q(**{f"{path}until_on__gte": day}) | Q(waits))


def can_object(actor, notice, at):
    """May the actor write an objection down: while the notice is up, and what was said by then in the days after it."""
    late = notice.until_on + timedelta(days=LATE)
    return first_refusal(*mine(actor, notice.area_id), (notice.withdrawn_on is None, WITHDRAWN), (is_up(notice, today(at)) or notice.from_on <= today(at) <= late, OVER))


def can_answer(actor, objection, at):
    """May the actor write down the answer to an objection: another than whoever wrote the decision or put it up; where the village has no other account, the township's filing hand."""
    area = objection.notice.area_id
    hands = {hand for hand in (objection.notice.posted_by_id, objection.notice.item.decided_by_id) if hand}
    same, township = any(is_one_person(actor, hand, at) for hand in hands), scope.covers(actor, area, duty=Duty.FILE_DECISIONS)
    here = scope.covers(actor, area, duty=Duty.KEEP_MEETINGS)
    return first_refusal(
        (actor.has_duty(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS), NO_DUTY), (here or township, OUT_OF_REACH), (not objection.outcome, _("这条异议已经答复。")),
        (not same, _("写决定、张贴公示的人不能自己答复异议,请本村另一个人答复;本村没有别的账号的,由乡镇答复。")), (here or not has_others(area, hands), _("本村有另一个人可以答复,乡镇不代答。")),
    )


def reads_words(actor, notice):
    """Tell whether the actor may read what objectors said: who keeps the village's meetings; the township's hand where nobody else can answer."""
    hands = {hand for hand in (notice.posted_by_id, notice.item.decided_by_id) if hand}
    return actor.has_duty(Duty.KEEP_MEETINGS) or (actor.has_duty(Duty.FILE_DECISIONS) and not has_others(notice.area_id, hands))


def has_others(area_id, hands):
    """Tell whether somebody else keeps the meetings of a village."""
    roles = [role for role, carried in CARRIES.items() if Duty.KEEP_MEETINGS in carried]
    return Post.objects.filter(role__in=roles, to_on=None, organisation__area_id=area_id, user__is_active=True).exclude(user__in=hands).exists()


def stays_long_enough(from_on, until_on):
    """Decide whether a notice stays up as many days as the law of its first day asks, the first and last included."""
    edition = law.publication(from_on)
    last = edition.last_day(from_on)
    return first_refusal((until_on >= last, TOO_FEW_DAYS % {"n": edition.least_days, "source": edition.source, "day": last}))
