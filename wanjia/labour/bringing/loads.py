"""What the loading of files brings: its lines, its check, the clock that heals what a killed load left."""

from django.utils.translation import gettext_lazy as _

from wanjia.doors.kinds import Place
from wanjia.kernel.brings import Check, Line
from wanjia.orgs.trail.subjects import Subject

from ..duties import Duty
from ..loading import checking, healing
from ..rolls import tasks as rolls

PLACES = [Place("labour:rolls", "import", _("装载名册"), "labour", 60, (Duty.LOAD_LABOUR,), short=_("装载"), hand=84)]
SUBJECTS = [Subject("labour.load", "file_name"), Subject("labour.roll", "file_name")]
TONES = [("writing", "orange"), ("stopped", "grey")]

CHECKS = [Check("loads", checking.faults, rank=50)]

TICKS = [(healing.tick, healing.is_due), (rolls.tick, rolls.is_due)]

LINES = [
    Line("load.begin", _("开始装载劳动力名册"), (Duty.LOAD_LABOUR,)),
    Line("load.judge", _("核对名册文件"), (Duty.LOAD_LABOUR,)),
    Line("load.chunk", _("装载名册的一部分"), (Duty.LOAD_LABOUR,)),
    Line("roll.judge", _("核对上传的名册"), (Duty.LOAD_LABOUR,)),
    Line("roll.finish", _("上传的名册装载完成"), (Duty.LOAD_LABOUR,)),
    Line("roll.fail", _("上传的名册没有装载"), (Duty.LOAD_LABOUR,)),
    Line("load.finish", _("名册装载完成"), (Duty.LOAD_LABOUR,)),
]
