"""What figures, papers and exports bring to the pages of the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.kernel.brings import Beside, Notice, Place, Planting
from wanjia.orgs.duties import Duty
from wanjia.orgs.trail.subjects import Subject

from .checking.queries import faults
from .figures.queries import of_area
from .ledger.queries import speaking, to_decide
from .models import Export

PLACES = [
    Place("reporting:dashboard", "chart", _("辖区看板"), "figures", 10, (Duty.SEE_FIGURES,), by_area=True, short=_("看板"), hand=80),
    Place("reporting:documents", "file", _("打印文书"), "figures", 20, (Duty.SEE_FIGURES,)),
    Place("reporting:exports", "export", _("导出"), "figures", 40, (Duty.EXPORT, Duty.APPROVE_EXPORT)),
]

NOTICES = [
    Notice(to_decide, ngettext_lazy("有 %(n)s 份导出等您批准", "有 %(n)s 份导出等您批准", "n"), "reporting:exports", where="desk", rank=30),
]

SUBJECTS = [Subject("reporting.paper", "number", ("need__number",))]

ROUTERS = [("/figures", "wanjia.reporting.figures.api.router"), ("/exports", "wanjia.reporting.ledger.api.router")]



def _for(duty):
    return lambda request, about: {"need": about} if request.user.has_duty(duty) else None


BESIDE = [
    Beside("import_acts", "reporting/beside/import_acts.html", _for(Duty.EXPORT)),
    Beside("ledger_acts", "reporting/beside/ledger_acts.html", _for(Duty.EXPORT)),
    Beside("need_acts", "reporting/beside/need_acts.html", _for(Duty.SEE_FIGURES)),
    Beside("desk_apart", "reporting/beside/desk_apart.html", _for(Duty.SEE_FIGURES)),
]

SPEAKING = [(Export, speaking)]
CHECKS = [faults]

DEMO = [Planting(count=of_area)]
