"""Duties towards labourers and employers. Which role carries which is said here too; orgs.carried gathers both."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.roles import Role
from wanjia.solving.duties import Duty as Plans


class Duty(TextChoices):
    """One thing a post may do."""

    SEE_LABOUR = "see_labour", _("查看劳动力台账")
    KEEP_LABOUR = "keep_labour", _("登记、更新劳动力情况")
    RUN_ROUNDS = "run_rounds", _("组织集中摸排")
    LOAD_LABOUR = "load_labour", _("装载劳动力名册")
    KEEP_EMPLOYERS = "keep_employers", _("登记用工单位、岗位和投诉")
    CONFIRM_EMPLOYERS = "confirm_employers", _("核实佐证和岗位、查明投诉")
    KEEP_AGREEMENTS = "keep_agreements", _("登记劳务协作和驻外机构")
    SERVE_AWAY = "serve_away", _("服务本站的在外务工人员")
    MATCH = "match", _("开展就业行动、测算人岗匹配")
    ACTIVATE_MATCH = "activate_match", _("启用人岗匹配方案")
    KEEP_MARKETS = "keep_markets", _("管零工市场和招聘会")
    REACH_OUT = "reach_out", _("推送岗位信息")
    DISPATCH = "dispatch", _("安排、放行输送车次")
    SET_BOARD = "set_board", _("交办、确认协同任务")
    WORK_BOARD = "work_board", _("办理本单位的协同任务")


CARRIES = {
    Role.VILLAGE_WORKER: {Duty.SEE_LABOUR, Duty.KEEP_LABOUR},
    Role.TOWNSHIP_WORKER: {Duty.SEE_LABOUR, Duty.KEEP_LABOUR, Duty.KEEP_EMPLOYERS, Duty.KEEP_MARKETS, Duty.REACH_OUT, Duty.WORK_BOARD},
    Role.TOWNSHIP_LEADER: {Duty.WORK_BOARD},
    Role.STATION_WORKER: {Duty.SEE_LABOUR, Duty.KEEP_LABOUR, Duty.KEEP_EMPLOYERS, Duty.KEEP_MARKETS, Duty.REACH_OUT},
    Role.LABOUR_OFFICER: {Duty.SEE_LABOUR, Duty.KEEP_LABOUR, Duty.KEEP_EMPLOYERS, Duty.CONFIRM_EMPLOYERS, Duty.KEEP_AGREEMENTS,
                          Duty.MATCH, Duty.ACTIVATE_MATCH, Duty.RUN_ROUNDS, Duty.DISPATCH,
                          Duty.KEEP_MARKETS, Duty.REACH_OUT, Duty.SET_BOARD, Duty.WORK_BOARD, Plans.WORK_PLANS},
    Role.LABOUR_ANALYST: {Duty.SEE_LABOUR, Duty.LOAD_LABOUR, Duty.CONFIRM_EMPLOYERS, Duty.KEEP_AGREEMENTS, Duty.MATCH, Plans.WORK_PLANS},
    Role.BUREAU_WORKER: {Duty.WORK_BOARD},
    Role.BUREAU_HEAD: {Duty.WORK_BOARD},
    Role.STATION_AWAY: {Duty.SERVE_AWAY},
}

PROTECTIVE: set[Duty] = set()
