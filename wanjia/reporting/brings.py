"""What figures, papers and exports bring to the pages of the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Notice, Place
from wanjia.kernel.brings import Check, Line
from wanjia.orgs.duties import Duty
from wanjia.orgs.trail.subjects import Subject

from . import retaining
from .checking import figures
from .exporting import checking as exports
from .exporting.queries import answered, speaking, to_decide
from .models import Export, PublishedNotice
from .notices import checking as notices
from .papers.queries import of_number
from .published.commands import publish_all

PLACES = [
    Place("reporting:documents", "file", _("打印文书"), "figures", 20, (Duty.SEE_FIGURES,)),
    Place("reporting:exports", "export", _("导出"), "keeping", 35, (Duty.EXPORT, Duty.APPROVE_EXPORT)),
]

_ANSWERED = ngettext_lazy(
    "您申请的 %(n)s 份导出有了答复:批准的请在 24 小时内下载,没有批准的看看理由", "您申请的 %(n)s 份导出有了答复:批准的请在 24 小时内下载,没有批准的看看理由", "n",
)  # fmt: skip

NOTICES = [
    Notice(lambda user, _day: to_decide(user), ngettext_lazy("有 %(n)s 份导出等您批准", "有 %(n)s 份导出等您批准", "n"), "reporting:exports", where="desk", rank=30),
    Notice(lambda user, _day: answered(user), _ANSWERED, "reporting:exports", where="desk", icon="export", rank=31),
]

ROUTERS = [
    ("/figures", "wanjia.reporting.published.api.router"), ("/exports", "wanjia.reporting.exporting.api.router"),
    ("/papers", "wanjia.reporting.papers.api.router"),
]  # fmt: skip

SUBJECTS = [Subject("reporting.paper", "number", (of_number,))]
SPEAKING = [(Export, speaking)]
RETAINED = [retaining.EXPORTS]
TIMERS = [publish_all]
LINES = [Line("counts.publish", _("公布统计数"))]

CHECKS = [
    Check("figure", figures.faults, rank=60, counted=("figures", "个统计口径", figures.defined)),
    Check("notice", notices.faults, rank=70, counted=("notices", "份通报", PublishedNotice.objects.count)),
    Check("export", exports.faults, rank=75),
]
