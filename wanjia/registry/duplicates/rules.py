"""Who may decide that two records are one person, and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.scope import covers
from wanjia.registry.duties import Duty
from wanjia.verdict import first_refusal

SHORTEST_REASON = 4


def can_judge(actor, one, other, reason):
    """May the actor decide about these two people."""
    return first_refusal(
        (actor.has_duty(Duty.JUDGE_DUPLICATES), _("您的岗位没有判定重复人员的权限。")),
        (one.pk != other.pk, _("这是同一条记录。")),
        (all(p.village_id and covers(actor, p.village_id, duty=Duty.JUDGE_DUPLICATES) for p in (one, other)), _("两条记录不都在您的辖区,请上一级来判定。")),
        (one.merged_into_id is None and other.merged_into_id is None, _("其中一条已经合并过了,请刷新页面。")),
        (len(reason.strip()) >= SHORTEST_REASON, _("请写明判定的理由(至少 4 个字)。")),
    )


def can_undo(actor, merge):
    """May the actor take a merge back."""
    return first_refusal(
        (actor.has_duty(Duty.JUDGE_DUPLICATES), _("您的岗位没有判定重复人员的权限。")),
        (merge.kept.village_id and covers(actor, merge.kept.village_id, duty=Duty.JUDGE_DUPLICATES), _("这条记录不在您的辖区。")),
        (merge.undone_at is None, _("这次合并已经撤销过了。")),
        (merge.kept.merged_into_id is None, _("保留的记录后来又并入了另一条,请先撤销那一次合并。")),
    )


def says_why_undone(reason):
    """Decide whether the reason for taking a merge back was given."""
    return first_refusal((len(reason.strip()) >= SHORTEST_REASON, _("请写明撤销的理由(至少 4 个字)。")))


def can_stand_apart(kept, gone):
    """May two records stand side by side again: one number has one person."""
    same = kept.citizen_index is not None and kept.citizen_index == gone.citizen_index
    return first_refusal(
        (not same, _("保留的记录现在正用着另一条的身份证号,撤销后一个号码会有两个人。请先更正保留记录的身份证号,再撤销。")),
    )
