"""Who sees a call, who writes down that one is asked for and who signed it; whom a name on its list means; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import calls as law
from wanjia.policy import meetings
from wanjia.verdict import first_refusal

from ..bodies.rules import ENDED, NO_DUTY, OUT_OF_REACH, mine
from ..call_states import CallState, Withdrawal
from ..duties import Duty
from ..models import MeetingCall
from ..states import BodyKind, ItemState

NO_CALL = _("这种会议没有联名提议召集的规定。")
NOT_THEIRS = _("这件事不由%(body)s决定,请向%(to)s提(%(source)s)。")
NOBODY_DUE = _("名册上没有人:先登记村民代表,或者登记这个村的底数。")
SIGNED = _("这个人已经在这份名单上签过名。")
NOT_TO_STRIKE = _("这份名单上没有您能划掉的这个签名:没有录过的不用划;您(或者同一个人的账号)录的,请另一个人核对名单再划。")
PAPER_AT_TOWNSHIP = _("这份名单在乡镇,由乡镇的人照名单录、划签名。")
ENOUGH = _("人数已经够了,不用再录。")
WITHDRAWN = _("这份名单已经撤回。")
MET = _("已经召集过了。")
OWN = _("已经有人签名:谁登记的谁不能撤回,请另一个人核对以后撤回。")
ON_ITS_WAY = _("这件事已经列入议程、转给别的会议或者议过:在议程上的先撤出议程,别的不能撤回。")
OF_TOWNSHIP = _("这份名单是乡镇登记的,人数已经够了:只能由乡镇的另一个人,凭提出的人签字的字据撤回。")


def visible_calls(actor, *, duty=Duty.SEE_VILLAGE):
    """The calls of bodies of the villages of these posts."""
    return MeetingCall.objects.filter(scope.in_reach(actor, area="body__area_id", duty=duty))


def _writes(actor, area_id):
    """The village's own hand, or the township's: nobody's list lies about because one of them does not want it."""
    duties = (Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS)
    return (actor.has_duty(*duties), NO_DUTY), (any(scope.covers(actor, area_id, duty=duty) for duty in duties), OUT_OF_REACH)


def is_of_township(actor, area_id):
    """Tell whether whoever writes a call down does so for the township, not for the village that it is directed at."""
    return not scope.covers(actor, area_id, duty=Duty.KEEP_MEETINGS)


def _has_the_paper(actor, call):
    """Tell whether the actor's hand may hold the list on paper: one that the township wrote down lies there, not at the village that it is directed at."""
    return not call.by_township or scope.covers(actor, call.body.area_id, duty=Duty.FILE_DECISIONS)


def can_ask(actor, body, at):
    """May the actor write down that a body is asked for: one that the law lets villagers or representatives have called."""
    return first_refusal(*_writes(actor, body.area_id), (body.to_on is None, ENDED), (body.kind in {one.body for one in law.rules()}, NO_CALL))


def may_ask(body, side, matter, roll, day):
    """Decide whether these may ask for this body on a day, for this matter, of which so many could sign."""
    rule = law.in_force(body.kind, day, matter)
    first = first_refusal((rule and side in rule.shares, NO_CALL))
    if not first:
        return first
    found = meetings.matter(matter, day) if matter else None
    words = {"body": body.get_kind_display(), "to": "、".join(str(BodyKind(one).label) for one in found.to), "source": found.source} if found else {}
    return first_refusal((found is None or body.kind in found.to, NOT_THEIRS % words if words else NOT_THEIRS), (roll, NOBODY_DUE))


def can_sign(actor, call):
    """May the actor write down who signed, or strike who did not: while signatures are missing. Of a list that lies at the township the township alone: name by name, the village that it is directed at would learn who signed, and keep it short."""
    return first_refusal(
        *_writes(actor, call.body.area_id), (call.state != CallState.WITHDRAWN, WITHDRAWN), (call.state == CallState.OPEN, ENOUGH), (_has_the_paper(actor, call), PAPER_AT_TOWNSHIP),
    )  # fmt: skip


def may_strike(actor, signature, at):
    """Decide whether the actor may take a signature off the list: one that stands, by another hand than entered it. One sentence for all, or whoever entered the list could ask it in silence who signed."""
    another = signature and signature.signed_by_id != actor.id and not is_one_person(actor, signature.signed_by_id, at)
    return first_refusal((another, NOT_TO_STRIKE))


def can_meet(actor, call):
    """May the actor say by which meeting a call was met: once it is due."""
    return first_refusal(
        *mine(actor, call.body.area_id), (call.state != CallState.OPEN, _("签名的人数还不够。")), (call.state != CallState.WITHDRAWN, WITHDRAWN), (call.state == CallState.BOUND, MET),
    )  # fmt: skip


def can_withdraw(actor, call, at):
    """May the actor withdraw a call: until it was met. What the township wrote down and enough signed, the village that it is directed at does not withdraw. Once somebody signed, another hand than wrote it down, as for one signature; once enough did it binds the committee (组织法 25, 30): then while its matter waits untouched: what was talked about at a meeting is not taken off and withdrawn."""
    bound, signed = call.state == CallState.BOUND, call.signed > 0
    return first_refusal(
        *_writes(actor, call.body.area_id), (call.state != CallState.WITHDRAWN, WITHDRAWN), (call.state != CallState.MET, MET), (not signed or call.asked_by_id != actor.id, OWN),
        (not signed or not is_one_person(actor, call.asked_by_id, at), SAME_PERSON),
        (not bound or _has_the_paper(actor, call), OF_TOWNSHIP), (not bound or (call.item.state == ItemState.PROPOSED and not call.item.minutes), ON_ITS_WAY),
    )  # fmt: skip


def asks_wish(call, *_rest):
    """Tell whether a call goes back by a paper that its bringers signed, and by nothing else: one that the township wrote down and enough signed."""
    return bool(call and call.by_township and call.state == CallState.BOUND)


def may_ask_back(call, reason, wish_on, wish_signed, day):
    """Decide whether a call goes back by what its bringers signed (字据): where it asks for one by nothing else, and by so many that the rest are too few."""
    wish, asks = wish_on is not None or wish_signed is not None, asks_wish(call)
    whole, left = wish_on is not None and wish_signed is not None, call.signed - (wish_signed or 0)
    return first_refusal(
        (not asks or reason == Withdrawal.BRINGERS, _("乡镇登记的、人数够了的名单,只凭提出的人签字的字据撤回。")), (reason == Withdrawal.BRINGERS or not wish, _("提出的人要求撤回的,才有字据。")),
        (whole or not (wish or asks), _("写明字据是哪天的、上面几个人签名。")), (not wish or call.asked_on <= (wish_on or day) <= day, _("字据的日期在提出以后、今天以前。")),
        (left >= 0, _("字据上签名的,不能比名单上的 %(n)s 人多。") % {"n": call.signed}),
        (not asks or left < call.needs, _("还有 %(n)s 人没有要求撤回,仍然够数,应当召集。") % {"n": left}),
    )  # fmt: skip
