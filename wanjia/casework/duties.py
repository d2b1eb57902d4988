"""Duties towards needs and children in danger. Which role carries which is said here too; orgs.carried gathers both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.roles import Role


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
    HOLD_SESSIONS = "hold_sessions", _("召集会商、记录")
    SIGN_SESSIONS = "sign_sessions", _("签发会商纪要")
    DECIDE_CLOCKS = "decide_clocks", _("审批延期和挂起")


CARRIES = {
    Role.VILLAGE_WORKER: {Duty.RECORD_NEEDS, Duty.ACCEPT_NEEDS, Duty.HANDLE_NEEDS},
    Role.TOWNSHIP_WORKER: {Duty.RECORD_NEEDS, Duty.SCREEN_NEEDS, Duty.TRIAGE_NEEDS, Duty.ASSIGN_NEEDS, Duty.ACCEPT_NEEDS, Duty.HANDLE_NEEDS, Duty.CLOSE_NEEDS,
                           Duty.HOLD_SESSIONS},
    Role.TOWNSHIP_LEADER: {Duty.RECORD_NEEDS, Duty.ASSIGN_NEEDS, Duty.CLOSE_NEEDS, Duty.SIGN_SESSIONS, Duty.DECIDE_CLOCKS},
    Role.STATION_WORKER: {Duty.RECORD_NEEDS, Duty.ACCEPT_NEEDS, Duty.HANDLE_NEEDS},
    Role.LEDGER_OFFICE: {Duty.RECORD_NEEDS, Duty.SCREEN_NEEDS, Duty.TRIAGE_NEEDS, Duty.ASSIGN_NEEDS, Duty.CLOSE_NEEDS, Duty.HOLD_SESSIONS,
                         Duty.SIGN_SESSIONS, Duty.DECIDE_CLOCKS},
    Role.BUREAU_WORKER: {Duty.RECORD_NEEDS, Duty.ACCEPT_NEEDS, Duty.HANDLE_NEEDS},
    Role.BUREAU_HEAD: {Duty.RECORD_NEEDS, Duty.ACCEPT_NEEDS, Duty.HANDLE_NEEDS},
    Role.CALLBACK_OFFICER: {Duty.RECORD_NEEDS, Duty.CALL_BACK},
    Role.LEADER: {Duty.RECORD_NEEDS, Duty.SIGN_SESSIONS, Duty.DECIDE_CLOCKS},
    Role.PROTECTION_OFFICER: {Duty.RECORD_NEEDS},
    Role.SCHOOL_WORKER: {Duty.RECORD_NEEDS},
}  # fmt: skip

# Those that protect somebody or watch over others: a post that carries one is given by two people (ADR 0053).
PROTECTIVE = {Duty.CALL_BACK}
