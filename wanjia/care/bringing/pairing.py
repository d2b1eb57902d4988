"""What pairing brings: the pairs, who has nobody, the alarm, the kind of plan, what is handed over, what follows the register, the figures."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Beside, Notice, Place
from wanjia.kernel.brings import Line
from wanjia.orgs.handing.kinds import Family
from wanjia.registry.duties import Duty as Register

from ..figures.entitled import ENTITLED
from ..pairing import beside, commands, queries, rules, workbook
from ..pairing.keeping import PAIRS

PLACES = [
    Place("care:pairs", "users", _("结对帮扶"), "care", 10, rules.SEES, short=_("结对"), hand=64, acts=("/care/pairs/*", "/care/pair-proposals/*")),
    Place("care:unpaired", "alarm", _("还没有结对的孩子"), "care", 12, rules.DRAWS, acts=("/care/entitled/*",)),
]
QUEUES = [queries.queue]
BESIDE = [Beside("helper", "care/beside/helper.html", beside.of_helper)]
_LATE = ngettext_lazy("有 %(n)s 个应先一对一的孩子过了期限还没有人结对", "有 %(n)s 个应先一对一的孩子过了期限还没有人结对", "n")
_UNFIT = ngettext_lazy("有 %(n)s 个结对的孩子,帮扶人没有有效的背景审查", "有 %(n)s 个结对的孩子,帮扶人没有有效的背景审查", "n")
NOTICES = [
    Notice(queries.unfit_alarmed, _UNFIT, "care:pairs", where="desk", tone="bad", icon="alarm", rank=5),
    Notice(queries.alarmed, _LATE, "care:unpaired", where="desk", tone="bad", icon="alarm", rank=6),
]
PLANNED = [PAIRS]
HANDOVERS = [Family("pairs", _("结对的孩子"), queries.held, "child__village_id", queries.adrift, commands.take_pairs)]
AFTER_PEOPLE = [commands.follow]
TIMERS = [commands.watch]
POPULATIONS = [ENTITLED]
FOLLOWS = (Register.KEEP_REGISTER, Register.JUDGE_DUPLICATES)
LINES = [
    Line("pair.watch", _("每天看哪些孩子应结对")), Line("pair.take_over", _("交接结对的孩子")), Line("pair.follow", _("结对随户册更新"), FOLLOWS),
]
IMPORTS = [workbook.IMPORT]
