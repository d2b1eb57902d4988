"""Duties and roles. A role is a named set of duties; which posts exist and who holds them is data.

三员分立: the one who manages accounts (管理员) neither handles needs nor reads the journal (审计员).
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Duty(TextChoices):
    """One thing a post may do."""

    RECORD_NEEDS = "record_needs", _("登记诉求")
    SCREEN_NEEDS = "screen_needs", _("判定是否合理")
    TRIAGE_NEEDS = "triage_needs", _("研判")
    ASSIGN_NEEDS = "assign_needs", _("交办")
    ACCEPT_NEEDS = "accept_needs", _("签收、退回、派给责任人")
    HANDLE_NEEDS = "handle_needs", _("办理")
    CALL_BACK = "call_back", _("回访")
    CLOSE_NEEDS = "close_needs", _("销号")
    RECHECK_NEEDS = "recheck_needs", _("抽查")
    SEE_REGISTER = "see_register", _("查看户籍台账")
    KEEP_REGISTER = "keep_register", _("登记、更新家庭情况")
    VISIT = "visit", _("入户走访")
    JUDGE_DUPLICATES = "judge_duplicates", _("判定重复人员")
    REVEAL = "reveal", _("查看敏感信息")
    OPEN_CHILD_FILES = "open_child_files", _("查看儿童档案")
    IMPORT = "import", _("批量导入")
    EXPORT = "export", _("导出")
    APPROVE_EXPORT = "approve_export", _("批准大批量导出")
    SEE_FIGURES = "see_figures", _("查看统计")
    PROTECT_CHILDREN = "protect_children", _("强制报告处置")
    MANAGE_USERS = "manage_users", _("管理用户与岗位")
    MANAGE_AREAS = "manage_areas", _("管理区划与单位")
    SET_RULES = "set_rules", _("维护研判表与工作日历")
    READ_JOURNAL = "read_journal", _("查看操作日志")


class Role(TextChoices):
    """A role that a post carries."""

    VILLAGE_WORKER = "village_worker", _("村(社区)干部")
    TOWNSHIP_WORKER = "township_worker", _("乡镇台账员")
    TOWNSHIP_LEADER = "township_leader", _("乡镇分管领导")
    STATION_WORKER = "station_worker", _("乡镇站所承办人")
    LEDGER_OFFICE = "ledger_office", _("县台账办")
    BUREAU_WORKER = "bureau_worker", _("县直单位承办人")
    BUREAU_HEAD = "bureau_head", _("县直单位负责人")
    CALLBACK_OFFICER = "callback_officer", _("回访员")
    INSPECTOR = "inspector", _("抽查督办员")
    LEADER = "leader", _("县领导")
    PROTECTION_OFFICER = "protection_officer", _("未成年人保护专员")
    SCHOOL_WORKER = "school_worker", _("学校联络员")
    ADMINISTRATOR = "administrator", _("系统管理员")
    AUDITOR = "auditor", _("审计员")


_REGISTER = {Duty.SEE_REGISTER, Duty.KEEP_REGISTER, Duty.VISIT, Duty.REVEAL, Duty.OPEN_CHILD_FILES}
_HANDLING = {Duty.ACCEPT_NEEDS, Duty.HANDLE_NEEDS, Duty.RECORD_NEEDS, Duty.SEE_FIGURES, Duty.SEE_REGISTER}

DUTIES = {
    Role.VILLAGE_WORKER: _HANDLING | _REGISTER,
    Role.TOWNSHIP_WORKER: _HANDLING | _REGISTER | {
        Duty.SCREEN_NEEDS, Duty.TRIAGE_NEEDS, Duty.ASSIGN_NEEDS, Duty.CLOSE_NEEDS, Duty.IMPORT, Duty.EXPORT, Duty.JUDGE_DUPLICATES,
    },
    Role.TOWNSHIP_LEADER: {
        Duty.SEE_FIGURES, Duty.SEE_REGISTER, Duty.ASSIGN_NEEDS, Duty.CLOSE_NEEDS, Duty.EXPORT, Duty.APPROVE_EXPORT, Duty.VISIT,
        Duty.RECORD_NEEDS, Duty.RECHECK_NEEDS,
    },
    Role.STATION_WORKER: _HANDLING | _REGISTER,
    Role.LEDGER_OFFICE: {
        Duty.RECORD_NEEDS, Duty.SCREEN_NEEDS, Duty.TRIAGE_NEEDS, Duty.ASSIGN_NEEDS, Duty.CLOSE_NEEDS, Duty.SEE_REGISTER,
        Duty.SEE_FIGURES, Duty.IMPORT, Duty.EXPORT, Duty.JUDGE_DUPLICATES, Duty.SET_RULES, Duty.REVEAL,
    },
    Role.BUREAU_WORKER: _HANDLING | {Duty.VISIT, Duty.REVEAL, Duty.OPEN_CHILD_FILES},
    Role.BUREAU_HEAD: _HANDLING | {Duty.EXPORT, Duty.APPROVE_EXPORT, Duty.VISIT},
    Role.CALLBACK_OFFICER: {Duty.CALL_BACK, Duty.SEE_FIGURES, Duty.REVEAL, Duty.SEE_REGISTER, Duty.RECORD_NEEDS},
    Role.INSPECTOR: {Duty.RECHECK_NEEDS, Duty.SEE_FIGURES, Duty.SEE_REGISTER, Duty.READ_JOURNAL},
    Role.LEADER: {Duty.SEE_FIGURES, Duty.RECHECK_NEEDS, Duty.RECORD_NEEDS, Duty.VISIT, Duty.APPROVE_EXPORT},
    Role.PROTECTION_OFFICER: {Duty.OPEN_CHILD_FILES, Duty.PROTECT_CHILDREN, Duty.SEE_REGISTER, Duty.REVEAL, Duty.VISIT, Duty.RECORD_NEEDS},
    Role.SCHOOL_WORKER: {Duty.RECORD_NEEDS, Duty.VISIT, Duty.SEE_FIGURES},
    Role.ADMINISTRATOR: {Duty.MANAGE_USERS, Duty.MANAGE_AREAS},
    Role.AUDITOR: {Duty.READ_JOURNAL, Duty.SEE_FIGURES},
}  # fmt: skip

# Duties that protect somebody or watch over others, and the roles that carry one: such a post is given by two people (ADR 0053).
# Opening a child's file is not among them: every village has it, and each opening is journalled with its reason.
PROTECTIVE_DUTIES = {Duty.PROTECT_CHILDREN, Duty.READ_JOURNAL, Duty.APPROVE_EXPORT, Duty.MANAGE_USERS, Duty.CALL_BACK, Duty.RECHECK_NEEDS}
PROTECTIVE = frozenset(role for role in Role if DUTIES[role] & PROTECTIVE_DUTIES)

# Roles that one person may not hold together, whatever the unit (等保 2.0: separated administration, audit, business).
EXCLUSIVE = [
    {Role.ADMINISTRATOR, Role.AUDITOR},
    *({Role.ADMINISTRATOR, role} for role in Role if role not in (Role.ADMINISTRATOR, Role.AUDITOR)),
    *({Role.CALLBACK_OFFICER, role} for role in (Role.BUREAU_WORKER, Role.STATION_WORKER, Role.VILLAGE_WORKER)),
]


def roles_with(*duties):
    """Return the roles that carry at least one of these duties."""
    return [role for role, carried in DUTIES.items() if carried.intersection(duties)]
