"""How what was left behind is handed over rightly, and how each refusal is met (acts.py takes these rows)."""

from datetime import date

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.handing.commands import finish_handover
from wanjia.orgs.models import Handover, Organisation, Sponsorship, User
from wanjia.orgs.roles import Role

from ..sessions.commands import call_session
from ..together.commands import ask_unit
from .factories import later, worker
from .walk import need

ON = date(2026, 11, 3)


def left(world):
    """What a unit that has ended still holds: it sponsors a township."""
    gone = Organisation.objects.create(name="永善县旧单位", area=world.county, tier="county", to_on=date(2026, 11, 1))
    Sponsorship.objects.create(organisation=gone, area=world.xisha, from_on=date(2026, 1, 1))
    row = Handover.objects.create(organisation=gone, opened_at=MONDAY, opened_by_name="系统", due_on=date(2026, 11, 5), told=world.office)
    return {"handover_id": row.pk, "all_to": f"u{world.civil.pk}"}


def adrift(world):
    """The same, before anybody has noticed."""
    what = left(world)
    Handover.objects.filter(pk=what["handover_id"]).update(done_at=MONDAY, done_by_name="系统")
    return {}


def handed(world, what):
    """Somebody was quicker."""
    finish_handover(**what, by=User.objects.get(pk=world.admin.pk), at=MONDAY)


def ends(unit, heir, state):
    """Return what ends a unit that holds a need in this state, in favour of another: world → keywords."""

    def make(world):
        need(world, state)
        return {"unit_id": getattr(world, unit).pk, "on": ON, "with_posts": True, "all_to": f"u{getattr(world, heir).pk}"}

    return make


def to_a_caller(world):
    """Whoever handles a need leaves it to a colleague who only calls back."""
    need(world, "in_progress")
    other = worker("minzheng-hf", "安回访", world.civil, Role.CALLBACK_OFFICER)
    return {"post_id": world.handler.posts.get().pk, "all_to": f"p{other.pk}"}


def helper_ends(world):
    """A helping unit ends, in favour of one of elsewhere."""
    one = need(world, "in_progress")
    ask_unit(**one, unit=world.education, words="核对学籍情况", due_on=later(3).date(), by=User.objects.get(pk=world.handler.pk), at=later(3))
    return {"unit_id": world.education.pk, "on": ON, "with_posts": True, "all_to": f"u{world.elsewhere.pk}"}


def caller_of_a_session(world):
    """The clerk who called a session leaves it to somebody who holds none."""
    need(world, "admitted")
    clerk = User.objects.get(pk=world.clerk.pk)
    call_session(on=later(1).date(), place="二楼会议室", chair="高乡长", kinds=["ungraded"], by=clerk, at=later(hours=4))
    return {"post_id": world.clerk.posts.get().pk, "all_to": f"p{world.township_leader.pk}"}


ACTS = {
    "orgs.finish_handover": Tried("admin", left, {"all_to": "u0"}, may="ledger_office leader administrator"),
    "orgs.watch_handovers": Tried("clock", adrift, at=later(1)),
}  # fmt: skip

FELT = {
    ("can_own", "%(unit)s不管%(number)s所在的村(社区),不能接手。"): Felt("orgs.end_organisation", what=ends("civil", "elsewhere", "assigned")),
    ("can_own", "%(number)s还没有交办,要由能判定、研判、交办的单位接手。"): Felt("orgs.end_organisation", what=ends("township", "civil", "registered")),
    ("can_answer", "接手%(number)s的人要是本单位有办理权限的。"): Felt("orgs.end_post", what=to_a_caller),
    ("can_help", "%(unit)s不管%(number)s所在的村(社区),不能接手。"): Felt("orgs.end_organisation", what=helper_ends),
    ("can_hold", "%(day)s的会商要由本辖区能召集会商的人接手。"): Felt("orgs.end_post", what=caller_of_a_session),
}  # fmt: skip
