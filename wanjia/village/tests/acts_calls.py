"""How the acts of calls are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..call_states import CallState as C
from ..calls.commands import withdraw_call
from ..calls.queries import who_of
from ..calls.rules import NOT_TO_STRIKE, OF_TOWNSHIP, ON_ITS_WAY, OWN, PAPER_AT_TOWNSHIP, WITHDRAWN
from ..models import AgendaItem, CallSignature, MeetingCall
from . import call_factories as made
from .acts_bodies import ENDED, NO_DUTY, OUT, VILLAGE, elsewhere, gone
from .acts_meetings import TOO_LATE
from .acts_points import one_person, says
from .factories import DAY, body, meeting, villager

EITHER = "village_worker township_worker township_leader"
NO_CALL, ENOUGH, SIGNED = "这种会议没有联名提议召集的规定。", "人数已经够了,不用再录。", "这个人已经在这份名单上签过名。"
BOTH = {NO_DUTY: Felt(by="caller"), OUT: Felt(by="stranger")}
NOBODY, SEVERAL = "这个村(社区)的花名册里没有找到这个人。写全名,或者先在底数里登记。", "这个村(社区)有几个同名的人,请填身份证后四位。"
NO_REP = "那一天的村民代表里没有这个人,或者有几个同名的,请填身份证后四位。"
NOT_MET = "只有把这件事列入议程、开成了、会议记录签了字的会议才算召集。"


def asking(world, **facts):
    """Villagers ask for their assembly."""
    made.grown(world)
    return {"governing_body_id": body(world, "villagers").pk, "side": "adults", "title": "三组公路塌方怎么修", "words": "雨季以前要定下来。", "asked_on": DAY} | facts


def signing(world, **facts):
    """The last signature that is missing."""
    one = made.lacking_one(world)
    return {"meeting_call_id": one.pk, "name": villager(world, one.needs - 1).name} | facts


def of_representatives(world, **facts):
    """Representatives ask for theirs."""
    call = made.asked(world, "representatives", body=made.representatives(world), roll=10, needs=2)
    return {"meeting_call_id": call.pk, "name": villager(world, 1).name} | facts


def twice(world, what):
    """Whoever signs had signed before."""
    one = MeetingCall.objects.get(pk=what["meeting_call_id"])
    CallSignature(call=one, who=who_of(one, villager(world, one.needs - 1)), sheet=1, signed_at=MONDAY).save(force_insert=True)


def reached(world, what):
    """Another hand wrote down the last signature meanwhile."""
    made.signs(world, MeetingCall.objects.get(pk=what["meeting_call_id"]), 9)


def striking(world, **facts):
    """The township takes off what the village entered by mistake."""
    one = made.lacking_one(world)
    CallSignature.objects.update(signed_by=world.visitor)
    return {"meeting_call_id": one.pk, "name": villager(world, 0).name} | facts


def meeting_it(world, state=C.BOUND, **facts):
    """The assembly met about it."""
    one = made.call(world, state)
    return {"meeting_call_id": one.pk, "meeting": one.meeting or (made.held(world, one) if one.item_id else meeting(world))} | facts


def withdrawing(world, state=C.BOUND, **facts):
    """The bringers want it back; the village wrote it down."""
    one = made.call(world, state)
    MeetingCall.objects.filter(pk=one.pk).update(asked_by=world.visitor)
    return {"meeting_call_id": one.pk, "reason": "by_bringers"} | facts


def of_township(world, **facts):
    """The township wrote it down, enough signed, and they want it back."""
    what = withdrawing(world, wish_on=DAY, wish_signed=1)
    MeetingCall.objects.filter(pk=what["meeting_call_id"]).update(by_township=True, asked_by=world.clerk)
    return what | facts


def enough_are_left(world):
    """One more signed than must, and one goes back."""
    what = of_township(world)
    one = MeetingCall.objects.get(pk=what["meeting_call_id"])
    CallSignature(call=one, who=who_of(one, villager(world, 9)), sheet=1, signed_at=MONDAY).save(force_insert=True)
    MeetingCall.objects.filter(pk=one.pk).update(signed=one.signed + 1)
    return what


def withdrawn(world, what):
    """Another hand withdrew it before."""
    withdraw_call(meeting_call_id=what["meeting_call_id"], reason="by_mistake", by=world.clerk, at=MONDAY)


def of_one_person(world, what):
    """Another account of whoever withdraws it wrote it down."""
    MeetingCall.objects.update(asked_by=world.register.yang)
    one_person("clerk")(world, what)


def on_an_agenda(world, what):
    """The assembly is called about it."""
    AgendaItem.objects.filter(asked_for_by=what["meeting_call_id"]).update(state="item_on_agenda", meeting=meeting(world))


ACTS = {
    "village.ask_for_meeting": Tried("visitor", asking, {"title": "三组公路改道"}, may=EITHER, spoil={
        **BOTH, ENDED: Felt(before=gone), NO_CALL: Felt(what=lambda w: {"governing_body_id": body(w, seats=10).pk}), "日期不能晚于今天。": Felt(what={"asked_on": DAY + timedelta(days=1)}),
        TOO_LATE: Felt(what={"asked_on": DAY - timedelta(days=16)}), "须提交的事项请从列出的里面选。": Felt(what={"matter": "nothing"}),
        "这件事不由%(body)s决定,请向%(to)s提(%(source)s)。": Felt(what={"matter": "collective_assets"}), "名册上没有人:先登记村民代表,或者登记这个村的底数。": Felt(what={"side": "representatives"}),
    }),
    "village.sign_call": Tried("visitor", signing, {"sheet": 2}, may=EITHER, spoil={
        **BOTH, str(WITHDRAWN): Felt(before=withdrawn), ENOUGH: Felt(before=reached), SIGNED: Felt(before=twice), str(PAPER_AT_TOWNSHIP): Felt(before=says(MeetingCall, by_township=True)),
        NOBODY: Felt(what={"name": "无此人"}),
        SEVERAL: Felt(before=lambda w, what: villager(w, 40, name=what["name"])),
        NO_REP: Felt(what=lambda w: of_representatives(w, name="无此人")),
    }),
    "village.strike_signature": Tried("clerk", striking, {"name": "岩秀英"}, may=EITHER, spoil={
        **BOTH, str(WITHDRAWN): Felt(before=withdrawn), ENOUGH: Felt(before=reached), str(NOT_TO_STRIKE): Felt(what=lambda w: {"name": villager(w, 8).name}),
        str(PAPER_AT_TOWNSHIP): Felt(by="visitor", before=says(MeetingCall, by_township=True)),
        NOBODY: Felt(what={"name": "无此人"}), SEVERAL: Felt(before=lambda w, what: villager(w, 40, name=what["name"])),
        NO_REP: Felt(what=lambda w: of_representatives(w, name="无此人")),
    }),
    "village.meet_call": Tried("visitor", meeting_it, {}, may=VILLAGE, spoil={
        NO_DUTY: Felt(by="clerk"), OUT: Felt(by=elsewhere), "签名的人数还不够。": Felt(what=lambda w: meeting_it(w, C.OPEN)), "已经召集过了。": Felt(what=lambda w: meeting_it(w, C.MET)),
        NOT_MET: Felt(what=lambda w: {"meeting": meeting(w)}), str(WITHDRAWN): Felt(before=says(MeetingCall, state=C.WITHDRAWN, withdrawn_on=DAY, reason="by_mistake")),
    }),
    "village.withdraw_call": Tried("clerk", withdrawing, {"reason": "by_mistake"}, may=EITHER, spoil={
        **BOTH, str(WITHDRAWN): Felt(before=withdrawn), "已经召集过了。": Felt(what=lambda w: withdrawing(w, C.MET)), str(OWN): Felt(by="visitor"),
        str(OF_TOWNSHIP): Felt(by="visitor", what=of_township), "乡镇登记的、人数够了的名单,只凭提出的人签字的字据撤回。": Felt(by="township_leader", what=lambda w: of_township(w, reason="by_mistake", wish_on=None, wish_signed=None)),
        "提出的人要求撤回的,才有字据。": Felt(what={"reason": "by_mistake", "wish_on": DAY, "wish_signed": 1}), "写明字据是哪天的、上面几个人签名。": Felt(what={"wish_on": DAY}),
        "字据的日期在提出以后、今天以前。": Felt(what={"wish_on": DAY + timedelta(days=1), "wish_signed": 1}), "字据上签名的,不能比名单上的 %(n)s 人多。": Felt(what={"wish_on": DAY, "wish_signed": 50}),
        "还有 %(n)s 人没有要求撤回,仍然够数,应当召集。": Felt(by="township_leader", what=enough_are_left),
        str(SAME_PERSON): Felt(before=of_one_person), str(ON_ITS_WAY): Felt(before=on_an_agenda),
    }),
}  # fmt: skip
