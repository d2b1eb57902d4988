"""How the acts by which points lapse are done rightly, and how each of their refusals is met."""

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..models import PointLapse, PointScheme
from ..point_states import LapseState, SchemeState
from . import point_factories as made
from .acts_points import BOTH, KEEPER, KEEPS, REVIEWS, mine, one_person, says
from .point_factories import OVER, TOLD

DONE = "这一批已经注销,或者说了不注销。"


def telling(world):
    """The home has ten points of 2026; the version says that they lapse."""
    made.scheme(world, lapse_years=1)
    made.entry(world)
    return {"point_scheme_id": made.scheme(world).pk, "year": 2026}


def told(world, **facts):
    """The homes were told."""
    return {"point_lapse_id": made.lapse(world).pk} | facts


def dropped(_world, _what):
    """They do not lapse after all."""
    PointLapse.objects.update(state=LapseState.DROPPED, reason="村民会议定了不过期")


ACTS = {
    "village.tell_lapse": Tried("visitor", telling, {"year": 2027}, at=TOLD, may=KEEPER, spoil={
        **KEEPS, "这一版没有启用过。": Felt(what=lambda w: {"point_scheme_id": made.scheme(w, SchemeState.DRAFT).pk}), "这一版办法没有说积分会过期,记的分一直有效。": Felt(before=says(PointScheme, lapse_years=0)),
        "这一年还没有过完,过完了再公告。": Felt(what={"year": 2027}), "这一年的已经公告过。": Felt(before=lambda w, what: made.lapse(w)), "这一版这一年记的积分没有剩下的。": Felt(what={"year": 2025}),
    }),
    "village.book_lapse": Tried("clerk", told, {}, at=OVER, may=BOTH, spoil={
        **REVIEWS, DONE: Felt(before=dropped), "谁公告的谁不能注销,请另一个人核对后注销。": Felt(before=mine(PointLapse, "told_by", "clerk")), str(SAME_PERSON): Felt(before=one_person("clerk")),
        "各户可以用到 %(day)s,过了那一天才能注销。": Felt(at=OVER.replace(day=14)),
    }),
    "village.drop_lapse": Tried("visitor", lambda w: told(w, reason="村民会议定了不过期"), {"reason": "公告写错了年份"}, at=TOLD, may=KEEPER, spoil={**KEEPS, DONE: Felt(before=dropped)}),
}  # fmt: skip
