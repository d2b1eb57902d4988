"""What the running of the office brings to the pages of the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Beside, Notice, Place
from wanjia.kernel.brings import Check, Line, Planting
from wanjia.orgs.duties import Duty

from .models import Disposal
from .retention import checking as retention_checking
from .retention import queries as retention
from .retention import rules as retention_rules
from .retention import tasks as retention_tasks
from .retention.commands import by_the_clock
from .retention.demo import live

PLACES = [
    Place("office:retention", "clock", _("保管期限与销毁"), "keeping", 72, retention_rules.SEES, acts=("/retention/*",)),
    Place("office:watching", "check", _("系统值守"), "keeping", 80, (Duty.MANAGE_USERS,)),
]

_DUE = ngettext_lazy("有 %(n)s 类资料保管期满,请看要不要列销毁清单", "有 %(n)s 类资料保管期满,请看要不要列销毁清单", "n")
_WAITS = ngettext_lazy("有 %(n)s 份销毁清单等您同意", "有 %(n)s 份销毁清单等您同意", "n")

NOTICES = [
    Notice(lambda user, _day: len(retention.to_decide(user)), _WAITS, "office:retention", where="desk", rank=35),
    Notice(retention.to_propose, _DUE, "office:retention", where="desk", icon="clock", rank=60),
]

BESIDE = [Beside("accounts_acts", "office/beside/accounts_acts.html", lambda _request, _about: {})]

TONES = [("agreed", "orange"), ("carried", "green")]

TIMERS = [retention_tasks.give_up_pages, by_the_clock]

TICKS = [(retention_tasks.tick, retention_tasks.is_due)]

CHECKS = [Check("disposal", retention_checking.faults, rank=95, counted=("disposals", "份销毁清单", Disposal.objects.count))]

DEMO = [Planting(live=live)]

LINES = [
    Line("registry.erase_person", _("依法抹去个人信息")),
    Line("office.dispose", _("按清单销毁")),
    Line("disposal.carried", _("销毁清单执行完毕")),
    Line("office.open", _("开办系统")),
    Line("office.reset_sign_in", _("在服务器上重置登录")),
    Line("office.prune", _("清理过期数据")),
]
