"""How needs are put together and apart rightly, and how each refusal of it is met (acts.py takes these rows)."""

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.models import User
from wanjia.registry.models import Household

from ..matters.commands import group_needs, keep_apart, leave_matter, report_matter
from ..models import Holding, Matter, Need
from .factories import MONDAY, later
from .walk import DONE, bring

ROADS = ("进社的路塌了半边,摩托车过不去", "我们社的路塌了,摩托车过不去", "路塌了半边,车走不了")
DECIDES = "township_worker ledger_office"
BUREAU = "bureau_worker bureau_head"
NO_DUTY = "您的岗位没有研判权限,不能并案。"


def _home(world, n):
    number = f"{world.datong.code}{400 + n:03d}"
    return Household.objects.get_or_create(number=number, defaults={"village": world.datong, "group_name": "岩脚组", "registered_at": MONDAY})[0]


def roads(world, n=2, state="registered"):
    """n homes of one hamlet ask for the same road."""
    return [bring(world, state, household=_home(world, at), category="road", summary=ROADS[at], requester_name=f"户主{at}") for at in range(n)]


def numbers(*needs):
    """Spell their numbers as the act reads them."""
    return {"numbers": " ".join(need.number for need in needs)}


def grouped(world, state="registered", n=2, **how):
    """Put two of them together; return the keyword of the matter."""
    made = group_needs(**numbers(*roads(world, n, state)), by=User.objects.get(pk=world.clerk.pk), at=later(4), **how)
    return {"matter_id": made.pk}


def _one_more(world):
    return grouped(world) | numbers(roads(world, 3)[2])


def _ended(world, what):
    leave_matter(matter_id=what["matter_id"], need=Need.objects.filter(matter=what["matter_id"]).first(), by=User.objects.get(pk=world.clerk.pk), at=later(4))


def _of_it(world):
    what = grouped(world)
    return what | {"need": Need.objects.filter(matter=what["matter_id"]).order_by("number").first()}


def _far(world):
    return world.need(village=world.xinmin, household=None, category="road", summary=ROADS[0], requester_name="邻乡", by=world.ledger)


def half_seen(world):
    """One of two lies elsewhere, and is seen because the own unit had it once."""
    far = _far(world)
    Holding.objects.create(need=far, organisation=world.township, from_at=MONDAY, to_at=later(1))
    return numbers(roads(world, 1)[0], far)


def of_two_townships(world):
    """Two needs of two townships: the county's office sees both."""
    return numbers(roads(world, 1)[0], _far(world))


def already(world, what):
    """They stand together meanwhile."""
    group_needs(**what, by=User.objects.get(pk=world.clerk.pk), at=later(4))


def _reported(world, what):
    report_matter(**what, by=User.objects.get(pk=world.handler.pk), at=later(5))


def _apart(world, what):
    keep_apart(**what, by=User.objects.get(pk=world.clerk.pk), at=later(4))


DONE_ROAD = DONE | {"outcome_text": "塌方已清,能过小车"}
ACTS = {
    "casework.group_needs": Tried("clerk", lambda w: numbers(*roads(w)) | {"kind": "same"}, {"kind": "related"}, at=later(4), may=DECIDES, spoil={
        NO_DUTY: Felt(by="handler"),
        "请写两件或两件以上的诉求。": Felt(what=lambda w: numbers(roads(w)[0])),
        "“%(what)s”至少写 %(n)s 个字。": Felt(what={"numbers": "53"}),
    }),
    "casework.add_to_matter": Tried("clerk", _one_more, {"numbers": "530625-202611-0001"}, at=later(5), may=DECIDES, spoil={
        NO_DUTY: Felt(by="handler"),
        "这个事项已经拆开了。": Felt(before=_ended),
        "这个事项不在您的辖区。": Felt(by="stranger"),
        "“%(what)s”至少写 %(n)s 个字。": Felt(what={"numbers": "53"}),
    }),
    "casework.leave_matter": Tried("clerk", _of_it, {"reason": "不是同一段路"}, at=later(5), may=DECIDES, spoil={
        NO_DUTY: Felt(by="handler"),
        "这个事项已经拆开了。": Felt(before=_ended),
        "这个事项不在您的辖区。": Felt(by="stranger"),
        "这件诉求不在这个事项里,可能刚被移出。": Felt(what=lambda w: {"need": w.need()}),
    }),
    "casework.keep_apart": Tried("clerk", lambda w: numbers(*roads(w)), {"numbers": "530625-202611-0001"}, at=later(4), may=DECIDES, spoil={
        NO_DUTY: Felt(by="handler"),
        "请写两件或两件以上的诉求。": Felt(what=lambda w: numbers(roads(w)[0])),
        "“%(what)s”至少写 %(n)s 个字。": Felt(what={"numbers": "53"}),
        "这几件已经记过不是同一事项。": Felt(before=_apart),
    }),
    "casework.report_matter": Tried("handler", lambda w: grouped(w, "accepted") | DONE_ROAD, {"outcome_text": "路已经通了"}, at=later(5), may=BUREAU, spoil={
        "您的岗位没有办理权限。": Felt(by="caller"),
        "相关事项各是各的事,请逐件报办结。": Felt(before=lambda w, what: Matter.objects.update(kind="related")),
        "这个事项已经拆开了。": Felt(before=_ended),
        "这个事项里没有您的单位手里的诉求。": Felt(by="teacher"),
        "这个事项里您的单位手里的诉求,现在没有能报办结的:签收以后才能报办结,报过的不用再报。": Felt(before=_reported),
        "没有一件能报:%(why)s": Felt(what={"no_evidence_reason": ""}),
    }),
}  # fmt: skip
