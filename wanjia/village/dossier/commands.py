"""The two ways in which the sealed part of a file is read: opened on a page, printed; the reading is journalled before either is sent."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.verdict import first_refusal

from ..mediation import rules
from ..mediation.commands import SEALED
from ..mediation.subjects import CASES
from . import papers
from .forms import OpenCase

READ = "mediation_case.read"


@act(CASES, "mediation_open", at="open", words=_("打开卷宗"), **SEALED, may=rules.can_read, reads=True, rank=1, form=OpenCase, template="village/dossier/open.html",
     more=lambda _request, case: papers.contents(case), lines={READ: _("打开调解卷宗")})  # fmt: skip
def open_case(mediation_case, *, reason: Annotated[str, Asked(_("理由"), most=200)], by, at):
    """Open the sealed file for reading; the reading is journalled before the page is sent."""
    first_refusal((len(reason.strip()) >= 4, _("请写明查看的理由(至少 4 个字)。"))).or_raise()
    journal.record_reading(act=READ, subject=mediation_case, by=by, at=at, reason=reason.strip(), area_code=mediation_case.village_id)
    return mediation_case


@act(CASES, "mediation_print", at="print", words=_("打印卷宗"), **SEALED, may=rules.can_read, reads=True, rank=2, tone="quiet",
     then=lambda request, case, paper: papers.printed(request, case, paper), lines={"mediation_case.print": _("打印调解卷宗")})  # fmt: skip
def print_paper(mediation_case, *, by, at, paper: Annotated[str, Asked(_("哪一份"), _("打印也记入日志。"), among=papers.choices_of, select=True)]):
    """Print one paper of the file, journalled as a reading; returns which."""
    first_refusal((paper in papers.papers_of(mediation_case), _("这一件里还没有这一份。"))).or_raise()
    journal.record_reading(act="mediation_case.print", subject=mediation_case, by=by, at=at, reason=_("打印卷宗"), area_code=mediation_case.village_id, paper=paper)
    return paper
