"""How the reason of a late report is said rightly, and how each refusal is met (acts.py takes these rows)."""

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role

from ..protection.commands import explain_late, report_child
from .factories import MONDAY, later, worker

WORDS = {"words": "村里当晚没有信号,次日早上才联系上"}


def reported(world, at=None):
    """A report came three hours after the discovery."""
    one = report_child(
        area=world.datong, discovered_at=MONDAY, situation="疑似受伤", facts="手臂有伤", child_words="大同村小学生", by=world.visitor, at=at or later(hours=3),
    )  # fmt: skip
    return {"report_id": one.pk}


def told(world, what):
    """It was said already."""
    explain_late(report_id=what["report_id"], **WORDS, by=User.objects.get(pk=world.officer.pk), at=later(hours=4))


ACTS = {
    "casework.publish_minors_audit": Tried("auditor", lambda w: {"year": 2026}, {"year": 2025}, may="inspector auditor", spoil={
        "审计报告由查看操作日志的岗位出具。": Felt(by="clerk"),
        "审计报告按县出具,您的岗位不在县一级。": Felt(by=lambda w: worker("xiang-shenji", "乡审计", w.township, Role.AUDITOR)),
    }),
    "casework.explain_late": Tried("officer", lambda w: reported(w) | WORDS, {"words": "另一个原因"}, at=later(hours=4), may="protection_officer", spoil={
        "只有未成年人保护专员可以说明。": Felt(by="clerk"),
        "这份报告没有迟,不用说明。": Felt(what=lambda w: reported(w, at=MONDAY), at=later(hours=1)),
        "迟报原因已经说明过了。": Felt(before=told),
    }),
}  # fmt: skip
