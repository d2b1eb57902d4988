"""The words of by-laws, of the four steps, of problems and of what villagers bring; and the tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class BylawKind(TextChoices):
    """What a rule of the village is about (制度): who may adopt it stands in policy/bylaws.toml."""

    COVENANT = "covenant", _("村规民约")
    COUNCIL = "council_rules", _("议事会制度")
    SCHOOLING = "schooling", _("教育激励")
    FEASTS = "feasts", _("红白喜事")
    FRONTAGE = "frontage", _("门前三包")
    REFUSE = "refuse", _("垃圾收费")
    WATER = "water", _("饮水管护")
    POINTS = "points_rules", _("积分管理")
    OTHER = "other_rules", _("其他制度")


class VersionState(TextChoices):
    """Where a version of a rule stands (制度版本)."""

    DRAFT = "bylaw_draft", _("草案")
    SUBMITTED = "bylaw_submitted", _("送乡镇审核")
    CHECKED = "bylaw_checked", _("审核通过")
    VOTED_ON = "bylaw_put", _("提交表决")
    IN_FORCE = "bylaw_in_force", _("施行中")
    SUSPENDED = "bylaw_suspended", _("责令改正,停止执行")
    ENDED = "bylaw_ended", _("已被替代")
    DROPPED = "bylaw_dropped", _("没有采用")


class StepState(TextChoices):
    """How far a matter has come (四议两公开): the last step that was done."""

    BEGUN = "steps_begun", _("已登记")
    BRANCH = "steps_branch", _("党组织已提议")
    COMMITTEES = "steps_committees", _("两委已商议")
    PARTY = "steps_party", _("党员大会已审议")
    DECIDED = "steps_decided", _("会议已决议")
    TOLD = "steps_told", _("实施结果待验收")
    ENDED = "steps_ended", _("实施结果已公开")
    STOPPED = "steps_stopped", _("不再办理")


class Step(TextChoices):
    """The three steps before the village's own meeting: each counts by the rule of that name (policy/meetings.toml)."""

    BRANCH = "branch_committee", _("村党组织提议")
    COMMITTEES = "two_committees", _("村“两委”商议")
    PARTY = "branch", _("党员大会审议")


class ProposalState(TextChoices):
    """What became of something that a villager brought (村民提议)."""

    WAITING = "proposal_waiting", _("等待答复")
    TAKEN_UP = "proposal_taken", _("已提交会议")
    DECLINED = "proposal_declined", _("没有列入,已说明")


class ToldBy(TextChoices):
    """How a villager brought something (提议方式)."""

    PAGE = "page", _("扫码、网页")
    PAPER = "paper", _("纸条、意见箱")
    SPOKEN = "spoken", _("当面说、电话")


class ProblemSource(TextChoices):
    """Where a problem of the village was met (问题来源)."""

    NEED = "need", _("群众诉求台账")
    PROPOSAL = "proposal", _("村民提议")
    MEETING = "meeting", _("会上提出")
    ROUND = "round", _("走访、巡查")


class ProblemState(TextChoices):
    """Where a problem stands (公共问题)."""

    OPEN = "problem_open", _("还没有上会")
    PUT = "problem_put", _("已提交会议")
    FELT = "problem_felt", _("效果待核实")
    CLOSED = "problem_closed", _("已解决")
    DROPPED = "problem_dropped", _("不再办")


V, S, P, Q = VersionState, StepState, ProposalState, ProblemState
VERSION = Machine("bylaw_version", initial=[V.DRAFT], moves=[
    Move("submit", (V.DRAFT,), V.SUBMITTED, _("送审")),
    Move("return", (V.SUBMITTED,), V.DRAFT, _("退回修改")),
    Move("pass", (V.SUBMITTED,), V.CHECKED, _("审核通过")),
    Move("put", (V.CHECKED,), V.VOTED_ON, _("提交表决")),
    Move("reword", (V.VOTED_ON, V.CHECKED), V.DRAFT, _("照表决改条文")),
    Move("adopt", (V.VOTED_ON, V.CHECKED), V.IN_FORCE, _("施行")),
    Move("suspend", (V.IN_FORCE,), V.SUSPENDED, _("责令改正")),
    Move("resume", (V.SUSPENDED,), V.IN_FORCE, _("恢复施行")),
    Move("end", (V.IN_FORCE, V.SUSPENDED), V.ENDED, _("被新版替代")),
    Move("drop", (V.DRAFT, V.CHECKED, V.VOTED_ON), V.DROPPED, _("不采用")),
])  # fmt: skip
STEPS = Machine("step_matter", initial=[S.BEGUN], moves=[
    Move("propose", (S.BEGUN,), S.BRANCH, _("村党组织提议")),
    Move("confer", (S.BEGUN, S.BRANCH), S.COMMITTEES, _("村“两委”商议")),
    Move("deliberate", (S.COMMITTEES,), S.PARTY, _("党员大会审议")),
    Move("decide", (S.PARTY,), S.DECIDED, _("会议决议")),
    Move("tell", (S.DECIDED,), S.TOLD, _("登记实施结果")),
    Move("redo", (S.TOLD,), S.DECIDED, _("验收不通过")),
    Move("accept", (S.TOLD,), S.ENDED, _("验收,公开实施结果")),
    Move("stop", (S.BEGUN, S.BRANCH, S.COMMITTEES, S.PARTY, S.DECIDED), S.STOPPED, _("不再办理")),
])  # fmt: skip
PROPOSAL = Machine("village_proposal", initial=[P.WAITING], moves=[
    Move("take_up", (P.WAITING,), P.TAKEN_UP, _("提交会议")),
    Move("decline", (P.WAITING,), P.DECLINED, _("不列入,说明原因")),
    Move("reopen", (P.DECLINED,), P.WAITING, _("要求重新考虑")),
])  # fmt: skip
PROBLEM = Machine("village_problem", initial=[Q.OPEN], moves=[
    Move("put", (Q.OPEN,), Q.PUT, _("提交会议")),
    Move("feel", (Q.PUT,), Q.FELT, _("登记效果")),
    Move("doubt", (Q.FELT,), Q.PUT, _("效果不实,退回")),
    Move("close", (Q.FELT,), Q.CLOSED, _("核实,办结")),
    Move("relink", (Q.PUT,), Q.PUT, _("改连议题")),
    Move("drop", (Q.PUT,), Q.DROPPED, _("不再办")),
])  # fmt: skip
LIVE = (VersionState.IN_FORCE, VersionState.SUSPENDED)  # of a rule one version alone
OPEN_DRAFTS = (VersionState.DRAFT, VersionState.SUBMITTED, VersionState.CHECKED, VersionState.VOTED_ON)
