"""The act of a school's own grounds: it says that a hazard is mended."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.verdict import Refused

from ..duties import Duty
from ..inspection_states import HAZARD
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
    if not campus_hazard.found_on <= mended_on <= today(at):
        raise Refused(_("改好的日子要在发现以后,不晚于今天。"))
    campus_hazard.mended_on, campus_hazard.mended_words, campus_hazard.mended_by_id = mended_on, words.strip(), by.id
    saving = ("mended_on", "mended_words", "mended_by_id")
    journal.move(campus_hazard, HAZARD, "mend", by=by, at=at, saving=saving, area_code=campus_hazard.inspection.stop.venue.area_id)
    return campus_hazard
