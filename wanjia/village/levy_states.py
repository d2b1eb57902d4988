"""The words of money and labour that a village asks for one project (一事一议筹资筹劳), and the tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.machine import Machine, Move


class LevyState(TextChoices):
    """Where a project stands (筹资筹劳方案)."""

    DRAFT = "levy_draft", _("会前公告")
    DECIDED = "levy_decided", _("会议通过,等乡镇初审")
    CHECKED = "levy_checked", _("等县里复审")
    APPROVED = "levy_approved", _("已批准,等公示期满")
    CHARGED = "levy_charged", _("在收、在出工")
    DONE = "levy_done", _("验收合格")
    DROPPED = "levy_dropped", _("不办")


class LevyGround(TextChoices):
    """On what somebody is let off (减免情形): codes of policy/levies.toml."""

    SERVING = "serving", _("现役军人")
    SUPPORTED = "supported", _("五保(特困)供养对象")
    VETERAN = "veteran", _("退出现役的伤残军人")
    STUDENT = "student", _("在校就读的学生")
    EXPECTING = "expecting", _("孕妇、分娩未满一年的妇女")
    HARDSHIP = "hardship", _("家庭确有困难(减免筹资)")
    UNABLE = "unable", _("因病、伤残等不能出工(减免筹劳)")


S = LevyState
LEVY = Machine("levy", initial=[S.DRAFT], moves=[
    Move("cite", (S.DRAFT,), S.DECIDED, _("登记会议决定")),
    Move("check", (S.DECIDED,), S.CHECKED, _("乡镇初审通过")),
    Move("approve", (S.CHECKED,), S.APPROVED, _("县里复审通过")),
    Move("charge", (S.APPROVED,), S.CHARGED, _("核对花名册,开始收")),
    Move("accept", (S.CHARGED,), S.DONE, _("验收合格")),
    Move("drop", (S.DRAFT, S.DECIDED, S.CHECKED, S.APPROVED), S.DROPPED, _("不办")),
])  # fmt: skip
