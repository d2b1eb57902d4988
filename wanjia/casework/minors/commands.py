"""Publish the yearly audit of minors' personal information: its counts are frozen under a number."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.duties import Duty
from wanjia.orgs.locks import hold
from wanjia.reporting.papers.commands import next_number

from ..models import MinorsAudit
from . import queries, rules
from .subjects import AUDITS

MARK = "未审"


@act(
    AUDITS, "minors_publish", at="new", words=_("出具审计报告"), done=_("已出具。报告里的数字就此固定,请打印、盖章,报送网信部门。"), duty=Duty.READ_JOURNAL,
    may=rules.can_publish, new=True, call="", lines={"minors.publish": _("出具未成年人信息审计报告")},
)  # fmt: skip
def publish_minors_audit(
    *, by, at,
    year: Annotated[int, Asked(_("年度"), _("今年的算到今天,以前的算到年底。"), least=rules.FIRST_YEAR, most=2100, initial=lambda _row, _actor, day: day.year)],
):  # fmt: skip
    """Publish the audit of a county and a year (未成年人个人信息保护审计报告, 未网条例 37). The same year and day prints the same report."""
    rules.is_a_year(year, today(at)).or_raise()
    area = rules.audited(by)
    hold(f"minors.publish|{area.pk}")
    span = queries.span_of(area, year, today(at))
    known = MinorsAudit.objects.filter(area=area, year=year, as_of=span.as_of).first()
    if known is not None:
        return known
    said = queries.content(span)
    audit = MinorsAudit.objects.create(
        area=area, year=year, as_of=span.as_of, number=next_number(MARK, area.stem, at), content=said, digest=queries.digest(said), published_at=at,
        published_by=by, unit=scope.unit(by, duty=Duty.READ_JOURNAL, code=area.code),
    )  # fmt: skip
    journal.record(act="minors.publish", subject=audit, by=by, at=at, area_code=area.code, year=year, as_of=span.as_of, number=audit.number, digest=audit.digest)
    return audit
