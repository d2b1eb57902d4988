"""What the runs of engines bring to the pages of the house."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.kernel.brings import Line
from wanjia.orgs.trail.subjects import Subject

from .duties import Duty
from .runs import tasks

PLACES = [Place("solving:plans", "notes", _("方案"), "work", 95, (Duty.WORK_PLANS,))]
SUBJECTS = [Subject("solving.plan")]
TONES = [("asked", "blue"), ("running", "orange"), ("ready", "green"), ("failed", "red"), ("dropped", "grey")]
TICKS = [(tasks.tick, tasks.is_due)]
LINES = [
    Line("plan.ask", _("要求计算方案"), (Duty.WORK_PLANS,)),
    Line("plan.take", _("开始计算"), (Duty.WORK_PLANS,)),
    Line("plan.keep", _("算好方案"), (Duty.WORK_PLANS,)),
    Line("plan.fail", _("没有算成"), (Duty.WORK_PLANS,)),
]
