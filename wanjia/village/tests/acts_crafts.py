"""How the acts of craftsmen, pairs, bookings and ventures are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.second_person.hands import SAME_PERSON
from wanjia.registry.models import Person

from ..craft_states import BookingState, CraftState, PairState, VentureState
from ..models import CraftBooking, Craftsman, MentorPair, Venture
from . import craft_factories as made
from .acts_appraisal import IN_HEARING, OFF_LIMITS, ON_A_DAY, away
from .acts_points import afar, far_village, mine, one_person, says
from .appraisal_factories import DAY, HEARD, home
from .factories import NAMES

NO_KEEP, NO_REVIEW, ELSEWHERE = "您的岗位没有登记乡土人才、庭院经济的权限。", "您的岗位没有核对乡土人才、庭院经济的权限。", "这个村(社区)不在您的范围。"
NO_HOME, NOT_OFFERED, DOWN = "这一户不在这个村,或者已经没有人。", "没有这一类,从列出来的里面选。", "已经撤下。"
NOT_THERE, UNDER_AGE = "这一户里没有这个人,写全名。", "未满十八岁、或者底数里没有出生日期的人,不登记姓名。"
NOT_SHOWN, SHOWN, OTHER_HAND = "这位师傅还没有公布,或者已经撤下。", "这一条已经公布或者撤下。", "谁登记的谁不能公布,请另一个人核对同意后公布。"
NUMBER, CITIZEN, TAKEN = "这里不写电话号码、证件号码。", "联系方式里不写证件号码。", "师傅那个半天已经有约,换一个半天。"
ANEW = "撤下以后再登记,要重新问过,同意的日期不能早于撤下的那一天。"
KEEPER, BOTH = "village_worker", "village_worker township_worker"
KEEPS = {NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(by=far_village)}
REVIEWS = {NO_REVIEW: Felt(by="caller"), ELSEWHERE: Felt(by=afar)}
TOMORROW = DAY + timedelta(days=1)
WITHDRAWN = {"withdrawn_on": DAY, "state": CraftState.WITHDRAWN}
SAID = {ON_A_DAY: Felt(what={"consented_on": TOMORROW}), IN_HEARING: Felt(what={"heard": "在"}), OFF_LIMITS: Felt(what={"words": "照顾生病的老人"}), NUMBER: Felt(what={"words": "找我打138 0000 0000"})}


def listing(world):
    """A farmer agrees to be listed."""
    return {"home": home(world), "name": NAMES[0], **made.LISTED, **HEARD}


def young(world, what):
    """Whoever bears the name is no adult."""
    Person.objects.filter(name=what["name"]).update(birth_on=DAY.replace(year=DAY.year - 17))


def teaching(world):
    """Another farmer learns with him."""
    return {"craftsman_id": made.craftsman(world).pk, "home": home(world, 3), "name": NAMES[3], "topic": "育秧", "from_on": DAY}


def asking(world):
    """A home asks for him."""
    return {"craftsman": made.craftsman(world), "village": world.datong, "home": home(world, 5), "words": "看花椒叶子发黄"}


def withdrawn(world, what):
    """The craftsman thought better of it meanwhile."""
    Craftsman.objects.update(**WITHDRAWN)
    if "craftsman" in what:
        what["craftsman"].refresh_from_db()


def settled(world, what):
    """Nothing came of it meanwhile."""
    CraftBooking.objects.update(state=BookingState.FAILED, reason="下雨", settled_on=DAY)


def listed_before(world, what):
    """He was listed, and took it back today; the consent is of yesterday."""
    made.craftsman(world)
    Craftsman.objects.update(**WITHDRAWN)
    what["consented_on"] = DAY - timedelta(days=1)


def hung_before(world, what):
    """The same of a venture."""
    Venture.objects.filter(pk=made.venture(world, VentureState.WITHDRAWN).pk).update(home=what["home"])
    what["consented_on"] = DAY - timedelta(days=1)


def of_booking(state, **facts):
    """A booking."""
    return lambda world: {"craft_booking_id": made.booking(world, state).pk} | facts


ACTS = {
    "village.list_craftsman": Tried("visitor", listing, {"called": "种田的老卯"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), NO_HOME: Felt(before=away), NOT_OFFERED: Felt(what={"skill": "flying"}), "两门手艺是同一门。": Felt(what={"also": "fields"}), **SAID,
        NOT_THERE: Felt(what={"name": "没有的人"}), UNDER_AGE: Felt(before=young), ANEW: Felt(before=listed_before), "这个人已经登记。要改的先撤下,再登记。": Felt(before=lambda w, what: made.craftsman(w)),
    }),
    "village.show_craftsman": Tried("clerk", lambda w: {"craftsman_id": made.craftsman(w, CraftState.WRITTEN).pk}, {}, may=BOTH, spoil={
        **REVIEWS, SHOWN: Felt(before=says(Craftsman, **WITHDRAWN)), OTHER_HAND: Felt(before=mine(Craftsman, "written_by", "clerk")), str(SAME_PERSON): Felt(before=one_person("clerk")),
    }),
    "village.withdraw_craftsman": Tried("visitor", lambda w: {"craftsman_id": made.craftsman(w).pk}, {}, may=KEEPER, spoil={**KEEPS, DOWN: Felt(before=withdrawn)}),
    "village.begin_mentoring": Tried("visitor", teaching, {"topic": "管水"}, may=KEEPER, spoil={
        **KEEPS, NOT_SHOWN: Felt(before=withdrawn), NO_HOME: Felt(before=away), NOT_THERE: Felt(what={"name": "没有的人"}), UNDER_AGE: Felt(before=young),
        "开始的日期不能晚于今天。": Felt(what={"from_on": TOMORROW}), "师傅和徒弟是同一个人。": Felt(what=lambda w: {"home": home(w), "name": NAMES[0]}),
        "这个徒弟已经在跟这位师傅学。": Felt(before=lambda w, what: made.pair(w)),
    }),
    "village.end_mentoring": Tried("visitor", lambda w: {"mentor_pair_id": made.pair(w).pk, **made.ENDED}, {"outcome": "还要再学"}, may=KEEPER, spoil={
        **KEEPS, "这一对已经结束。": Felt(before=says(MentorPair, state=PairState.ENDED, to_on=DAY, **made.ENDED)),
    }),
    "village.ask_booking": Tried("visitor", asking, {"words": "教配药"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin}), NOT_SHOWN: Felt(before=withdrawn), NO_HOME: Felt(before=away),
    }),
    "village.agree_booking": Tried("visitor", of_booking(BookingState.ASKED, day=DAY, half="morning"), {"half": "afternoon"}, may=KEEPER, spoil={
        **KEEPS, "这次预约已经答应或者了结。": Felt(before=settled), "这位师傅已经撤下,不再约。": Felt(before=withdrawn), "日子不能早于请的那天。": Felt(what={"day": DAY - timedelta(days=1)}),
        TAKEN: Felt(before=lambda w, what: made.booking(w, BookingState.AGREED, fresh=True)),
    }),
    "village.hold_booking": Tried("visitor", of_booking(BookingState.AGREED, outcome="配了药"), {"outcome": "剪了枝"}, may=KEEPER, spoil={
        **KEEPS, "还没有约好,或者已经了结。": Felt(before=settled), "还没有到约好的那一天。": Felt(before=lambda w, what: CraftBooking.objects.update(day=TOMORROW)),
    }),
    "village.fail_booking": Tried("visitor", of_booking(BookingState.ASKED, reason="下雨"), {"reason": "路断了"}, may=KEEPER, spoil={**KEEPS, "这次预约已经了结。": Felt(before=settled)}),
    "village.write_venture": Tried("visitor", lambda w: {"home": home(w), **made.OFFERED, **HEARD}, {"called": "老街小院"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), NO_HOME: Felt(before=away), NOT_OFFERED: Felt(what={"kind": "bank"}), **SAID, CITIZEN: Felt(what={"contact": "530625198001011234"}),
        ANEW: Felt(before=hung_before),
        "这一户的这一类已经登记。要改的先撤下,再登记。": Felt(before=lambda w, what: Venture.objects.filter(pk=made.venture(w).pk).update(home=what["home"])),
    }),
    "village.show_venture": Tried("clerk", lambda w: {"venture_id": made.venture(w).pk}, {}, may=BOTH, spoil={
        **REVIEWS, SHOWN: Felt(before=says(Venture, state=VentureState.WITHDRAWN, withdrawn_on=DAY)), OTHER_HAND: Felt(before=mine(Venture, "written_by", "clerk")),
        str(SAME_PERSON): Felt(before=one_person("clerk")),
    }),
    "village.withdraw_venture": Tried("visitor", lambda w: {"venture_id": made.venture(w).pk}, {}, may=KEEPER, spoil={
        **KEEPS, DOWN: Felt(before=says(Venture, state=VentureState.WITHDRAWN, withdrawn_on=DAY)),
    }),
}  # fmt: skip
