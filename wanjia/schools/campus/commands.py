"""The act of a school's own grounds: it says that a hazard is mended."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Asked, act

from ..duties import Duty
from ..inspecting.commands import keep_mended
from . import rules
from .pages import to_campus
from .subjects import CAMPUS_HAZARDS


@act(CAMPUS_HAZARDS, "campus_mend", at="mended", words=_("报整改情况"), done=_("已报,等开通知书的单位来复查。"), duty=Duty.KEEP_SCHOOL, may=rules.can_report, then=to_campus,
     lines={"hazard.mend": _("登记整改情况")}, by_line={"hazard.mend": (Duty.INSPECT, Duty.KEEP_SCHOOL)})  # fmt: skip
def report_mended(
    campus_hazard, *, by, at,
    mended_on: Annotated[date, Asked(_("哪天改好的"), initial=lambda _row, _actor, day: day)],
    words: Annotated[str, Asked(_("整改情况"), _("改了什么、怎么改的。不写个人姓名。"), rows=2, least=2, most=200)],
):  # fmt: skip
    """Say, as the school that mends, that a hazard on its grounds is mended (整改反馈): whoever ordered it looks again, by another hand."""
    return keep_mended(campus_hazard, mended_on, words, by=by, at=at)
