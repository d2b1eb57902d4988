"""Duties of whoever keeps the lists of people, units and days, and of whoever watches. Which role carries which is said here too; orgs.carried gathers both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .roles import Role


class Duty(TextChoices):
    """One thing a post may do."""

    RECHECK_NEEDS = "recheck_needs", _("抽查")
    REVEAL = "reveal", _("查看敏感信息")
    EXPORT = "export", _("导出")
    APPROVE_EXPORT = "approve_export", _("批准大批量导出")
    SEE_FIGURES = "see_figures", _("查看统计")
    PROTECT_CHILDREN = "protect_children", _("强制报告处置")
    HAND_OVER = "hand_over", _("安排离岗交接")
    MANAGE_USERS = "manage_users", _("管理用户与岗位")
    MANAGE_AREAS = "manage_areas", _("管理区划与单位")
    SET_RULES = "set_rules", _("维护研判表与工作日历")
    READ_JOURNAL = "read_journal", _("查看操作日志")


CARRIES = {
    Role.VILLAGE_WORKER: {Duty.REVEAL, Duty.SEE_FIGURES},
    Role.TOWNSHIP_WORKER: {Duty.REVEAL, Duty.EXPORT, Duty.SEE_FIGURES, Duty.HAND_OVER},
    Role.TOWNSHIP_LEADER: {Duty.RECHECK_NEEDS, Duty.EXPORT, Duty.APPROVE_EXPORT, Duty.SEE_FIGURES, Duty.HAND_OVER},
    Role.STATION_WORKER: {Duty.REVEAL, Duty.SEE_FIGURES},
    Role.LEDGER_OFFICE: {Duty.REVEAL, Duty.EXPORT, Duty.SEE_FIGURES, Duty.SET_RULES, Duty.HAND_OVER},
    Role.BUREAU_WORKER: {Duty.REVEAL, Duty.SEE_FIGURES},
    Role.BUREAU_HEAD: {Duty.EXPORT, Duty.APPROVE_EXPORT, Duty.SEE_FIGURES, Duty.HAND_OVER},
    Role.CALLBACK_OFFICER: {Duty.REVEAL, Duty.SEE_FIGURES},
    Role.INSPECTOR: {Duty.RECHECK_NEEDS, Duty.SEE_FIGURES, Duty.READ_JOURNAL},
    Role.LEADER: {Duty.RECHECK_NEEDS, Duty.APPROVE_EXPORT, Duty.SEE_FIGURES, Duty.HAND_OVER},
    Role.PROTECTION_OFFICER: {Duty.REVEAL, Duty.PROTECT_CHILDREN},
    Role.SCHOOL_WORKER: {Duty.SEE_FIGURES},
    Role.ADMINISTRATOR: {Duty.MANAGE_USERS, Duty.MANAGE_AREAS},
    Role.AUDITOR: {Duty.SEE_FIGURES, Duty.READ_JOURNAL},
}  # fmt: skip

# Those that protect somebody or watch over others: a post that carries one is given by two people (ADR 0053).
PROTECTIVE = {Duty.RECHECK_NEEDS, Duty.APPROVE_EXPORT, Duty.PROTECT_CHILDREN, Duty.MANAGE_USERS, Duty.READ_JOURNAL}
