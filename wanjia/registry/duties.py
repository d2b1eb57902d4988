"""Duties towards the register of homes. Which role carries which is said here too; orgs.carried gathers both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.roles import Role


class Duty(TextChoices):
    """One thing a post may do."""

    SEE_REGISTER = "see_register", _("查看户籍台账")
    KEEP_REGISTER = "keep_register", _("登记、更新家庭情况")
    VISIT = "visit", _("入户走访")
    JUDGE_DUPLICATES = "judge_duplicates", _("判定重复人员")
    OPEN_CHILD_FILES = "open_child_files", _("查看儿童档案")
    APPROVE_ACCESS = "approve_access", _("审批查阅儿童档案")
    IMPORT = "import", _("批量导入")
    KEEP_AID = "keep_aid", _("办理救助(提出停减、听取意见、送达)")
    DECIDE_AID = "decide_aid", _("决定停发、减发救助")


CARRIES = {
    Role.VILLAGE_WORKER: {Duty.SEE_REGISTER, Duty.KEEP_REGISTER, Duty.VISIT, Duty.OPEN_CHILD_FILES, Duty.KEEP_AID},
    Role.TOWNSHIP_WORKER: {Duty.SEE_REGISTER, Duty.KEEP_REGISTER, Duty.VISIT, Duty.JUDGE_DUPLICATES, Duty.OPEN_CHILD_FILES, Duty.IMPORT, Duty.KEEP_AID},
    Role.TOWNSHIP_LEADER: {Duty.SEE_REGISTER, Duty.VISIT, Duty.DECIDE_AID, Duty.APPROVE_ACCESS},
    Role.STATION_WORKER: {Duty.SEE_REGISTER, Duty.KEEP_REGISTER, Duty.VISIT, Duty.OPEN_CHILD_FILES, Duty.KEEP_AID},
    Role.LEDGER_OFFICE: {Duty.SEE_REGISTER, Duty.JUDGE_DUPLICATES, Duty.IMPORT},
    Role.BUREAU_WORKER: {Duty.SEE_REGISTER, Duty.VISIT, Duty.OPEN_CHILD_FILES, Duty.KEEP_AID},
    Role.BUREAU_HEAD: {Duty.SEE_REGISTER, Duty.VISIT, Duty.DECIDE_AID},
    Role.CALLBACK_OFFICER: {Duty.SEE_REGISTER},
    Role.INSPECTOR: {Duty.SEE_REGISTER},
    Role.LEADER: {Duty.VISIT, Duty.APPROVE_ACCESS},
    Role.PROTECTION_OFFICER: {Duty.SEE_REGISTER, Duty.VISIT, Duty.OPEN_CHILD_FILES, Duty.APPROVE_ACCESS},
    Role.SCHOOL_WORKER: {Duty.VISIT},
}  # fmt: skip

# Those that protect somebody or watch over others: a post that carries one is given by two people (ADR 0053).
PROTECTIVE = {Duty.APPROVE_ACCESS}
