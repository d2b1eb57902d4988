"""How the acts of honest closing are done rightly, and how each of their refusals is met (acts.py takes these rows)."""

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.roles import Role

from ..honesty.commands import say_again
from ..models import Need
from .factories import area, later, unit, worker
from .walk import bring, need


def twice(world):
    """The same home's next need of the same kind, five weeks after one of it was struck off; and that one."""
    before = bring(world, "closed")
    return {"need_id": world.need(at=later(40)).pk, "earlier": before, "same": True}


def said(world, what):
    """Somebody has said so already."""
    say_again(**what, by=type(world.caller).objects.get(pk=world.caller.pk), at=later(41))


def elsewhere(world):
    """A callback officer of another county."""
    return worker("yuanfang", "远方人", unit("鲁甸县台账办", "county", area("530621000000", "鲁甸县", "county")), Role.CALLBACK_OFFICER)


ACTS = {
    "casework.look_for_patterns": Tried("clock", lambda w: need(w, "verified") and {}, at=later(8)),
    "casework.draw_least": Tried("clock", lambda w: need(w, "closed") and {"month": "202611"}, {"month": "202610"}, at=later(35)),
    "casework.say_again": Tried("caller", twice, {"same": False}, at=later(41), may="callback_officer inspector leader township_leader", spoil={
        "您的岗位不能认定是不是上次没解决,请回访员或抽查的人认定。": Felt(by="clerk"),
        "这件诉求不在您的辖区。": Felt(by=elsewhere),
        "这件诉求已经认定过了。": Felt(before=said),
        "这一户在这段时间里没有销过号的同类诉求。": Felt(before=lambda w, what: Need.objects.filter(pk=what["need_id"]).update(category="road")),
        "请选这一户在这段时间里销过号的同类诉求。": Felt(what=lambda w: {"earlier": bring(w, "verified")}),
    }),
}  # fmt: skip
