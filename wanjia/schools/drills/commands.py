"""The acts of lessons and drills: one was held, one was written down by mistake."""

from datetime import date, timedelta
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.verdict import Conflict, Refused

from ..bus_states import DrillKind
from ..duties import Duty
from ..models import BusDrill
from ..year.bells import Year
from ..year.subjects import SCHOOLS
from . import rules
from .pages import to_list
from .subjects import DRILLS

KEEPS = {"duty": Duty.KEEP_RIDERS}


@act(SCHOOLS, "bus_drill_new", at="bus-drills/new", words=_("登记乘车安全教育"), done=_("已登记。"), **KEEPS, may=rules.can_tell, aside=True, then=to_list, lines={"bus_drill.tell": _("登记乘车安全教育或者演练")})
def tell_drill(
    school, *, by, at,
    kind: Annotated[DrillKind, Asked(_("做了什么"))],
    day: Annotated[date, Asked(_("哪天做的"), initial=lambda _row, _actor, day: day)],
    came: Annotated[int, Asked(_("参加的学生人数"), least=1, most=9999)],
    words: Annotated[str, Asked(_("讲了、练了什么"), _("例如:从安全门撤离、系安全带、候车不推挤。不写孩子的名字。"), least=4, most=100)],
):  # fmt: skip
    """Write down that riding was taught, or an emergency practised, at a school (条例第十二条)."""
    if not school.from_on <= day <= today(at):
        raise Refused(_("日子要在学校登记以后、今天以前。"))
    term = Year([school], day, day + timedelta(days=1)).term_of(school, day)
    if term is None:
        raise Refused(_("这一天不在学期里。"))
    try:
        with transaction.atomic():
            one = BusDrill.objects.create(school=school, term=term, kind=kind, day=day, came=came, words=words.strip(), recorded_at=at, recorded_by=by if by.id else None)
    except IntegrityError:
        raise Conflict(_("这一天的这一项已经登记过。")) from None
    journal.record(act="bus_drill.tell", subject=one, by=by, at=at, area_code=school.area_id, held=str(kind))
    return one


@act(DRILLS, "bus_drill_take_back", at="take-back", words=_("撤销登记"), done=_("已撤销,不再计数。"), **KEEPS, may=rules.can_take_back, tone="danger", then=to_list, lines={"bus_drill.take_back": _("撤销乘车安全教育登记")})
def take_back_drill(bus_drill, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Take back what was written down by mistake: it stays as a line and counts no more."""
    values = {"taken_back_at": at, "taken_back_because": reason.strip(), "version": bus_drill.version + 1}
    if not BusDrill.objects.filter(pk=bus_drill.pk, version=bus_drill.version, taken_back_at=None).update(**values):
        raise Conflict()
    bus_drill.refresh_from_db()
    journal.record(act="bus_drill.take_back", subject=bus_drill, by=by, at=at, area_code=bus_drill.school.area_id, reason=reason.strip())
    return bus_drill
