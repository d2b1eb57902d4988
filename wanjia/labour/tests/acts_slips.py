"""How the acts of a labourer's own slip are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried

from ..matching.commands import review_proposal
from ..models import Proposal, Voiced, Worker
from ..slips.commands import HIMSELF, ask_by_slip
from . import acts_matching as matching
from . import acts_roll as roll
from . import demand_world as demand

NOBODY = "谁拿着小条谁就是本人;小条上没有姓名"
GONE = "没有这个推荐,可能已经换了。请重新打开这一页。"


def his(world, state="proposed", **more):
    """Wang, and what stands for him."""
    row = matching.proposal(world, state)
    return {"worker_id": matching.labourer(world).pk, **row, **more}


def of_another(world, what):
    """The proposal became somebody else's."""
    mother = matching.entered(Worker(person=world.register.wife, village_id=world.register.head.village_id, entered_on=matching.DAY, verified_on=matching.DAY))
    Proposal.objects.filter(pk=what["proposal_id"]).update(worker=mother)


def asked(world):
    """Wang asked that a person looks again."""
    what = his(world)
    ask_by_slip(**what, by=HIMSELF, at=MONDAY)
    return {"proposal_id": what["proposal_id"]}


def away(world):
    return roll.away(world) | {"matter": "elderly", "summary": "母亲腿摔了,没有人送医院"}


def three(world, what):
    Voiced.objects.bulk_create(Voiced(worker_id=what["worker_id"], number=f"530625-202611-{n:04d}", at=MONDAY - timedelta(days=n)) for n in range(3))


ACTS = {
    "labour.issue_work_slip": Tried("visitor", roll.enrolled, {}, may=roll.KEEPS, spoil={
        "您的岗位没有登记、更新劳动力情况的权限。": Felt(by="township_leader"), "这个人不在您的辖区。": Felt(by=demand.elsewhere),
        "此人已退出劳动力名册。要更新的,请先恢复。": Felt(before=matching.off_the_roll),
    }),
    "labour.count_work_slip_miss": Tried("himself", lambda w: {"address": "127.0.0.1"}, {"address": "127.0.0.2"}, {}, "输错的人没有账号"),
    "labour.answer_by_slip": Tried("himself", lambda w: his(w, word="accepted"), {"word": "declined"}, {"word": "maybe"}, NOBODY, spoil={
        GONE: Felt(before=of_another), "这句话已经记下了。": Felt(what=lambda w: his(w, "accepted", word="accepted")),
        "此人已退出劳动力名册。要更新的,请先恢复。": Felt(before=matching.off_the_roll), "这个岗位已经招满、过期或撤下,或者用工单位被投诉查实。请重新计算或改推荐别的。": Felt(before=lambda w, what: matching.Vacancy.objects.update(left=0)),
    }),
    "labour.ask_by_slip": Tried("himself", his, {}, {}, NOBODY, spoil={GONE: Felt(before=of_another), "已经请人再看了,等答复。": Felt(before=lambda w, what: ask_by_slip(**what, by=HIMSELF, at=MONDAY))}),
    "labour.voice_by_slip": Tried("himself", away, {"summary": "父亲要人陪着看病"}, {"summary": "腿"}, NOBODY, spoil={
        "登记里您没有外出务工,家里的事请当面或者打电话告诉村里。": Felt(before=lambda w, what: Worker.objects.update(place="none", since_on=None, how="")),
        "凭小条 %(days)s 天里最多说 %(n)s 件,再有请打电话给村里。": Felt(before=three), "请选择是哪一类事。": Felt(what={"matter": "campus"}),
        "请说清楚是什么困难(至少 4 个字)。": Felt(what={"summary": "……腿"}),
    }),
    "labour.review_proposal": Tried("visitor", lambda w: asked(w) | {"words": "看过了:您说只去县内,县内现在只有这一家"}, {"words": "再核对过一次,结果一样"}, may=f"{roll.KEEPS} labour_analyst", spoil={
        "这个人不在您的辖区。": Felt(by=demand.elsewhere), "他没有请人再看,或者已经答复过。": Felt(before=lambda w, what: review_proposal(**what | {"words": "答复过了"}, **matching.who(w.visitor))),
        "“%(what)s”至少写 %(n)s 个字。": Felt(what={"words": "看过"}),
    }),
}  # fmt: skip
