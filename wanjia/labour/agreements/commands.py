"""Enter an agreement, end one before its time."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.fields import searched
from wanjia.verdict import Refused

from ..duties import Duty
from ..employers.asking import places_of_work
from ..models import Agreement, Employer
from . import pages, rules
from .subjects import AGREEMENTS


@act(
    AGREEMENTS, "agreement_add", at="new", call="", words=_("登记劳务协作协议"), done=_("已登记。"), duty=Duty.KEEP_AGREEMENTS, may=rules.can_add, new=True, then=pages.to_agreement,
    lines={"agreement.add": _("登记劳务协作协议")},
)  # fmt: skip
def add_agreement(
    *, by, at,
    title: Annotated[str, Asked(_("协议名称"), least=4, most=80)],
    quota: Annotated[int, Asked(_("约定输送多少人"), least=1, most=1000000)],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    until_on: Annotated[date, Asked(_("到哪天为止"), _("这一天起就不再有效。"))],
    employer: Annotated[Employer | None, Asked(_("和哪家企业"), _("和企业签的选企业;和一个地方签的填下面两栏。"), **searched(pages.employers, none=_("不是和企业签的")))] = None,
    party: Annotated[str, Asked(_("和哪个地方的哪个单位"), most=60)] = "",
    place: Annotated[str, Asked(_("那个地方在哪里"), **searched(places_of_work))] = "",
    document: Annotated[str, Asked(_("文号"), most=60)] = "",
):  # fmt: skip
    """Enter an agreement with an employer or with an area (劳务协作协议). Returns the Agreement."""
    if (employer is None) == (not party.strip()):
        raise Refused(_("和企业签的选企业,和地方签的填单位,两样只能有一样。"))
    if party.strip() and not place:
        raise Refused(_("和地方签的,请选那个地方在哪里。"))
    if until_on <= from_on:
        raise Refused(_("结束的日期要在开始以后。"))
    area = scope.areas(by, duty=Duty.KEEP_AGREEMENTS)[0]
    row = Agreement.objects.create(
        title=title.strip(), employer=employer, party=party.strip(), place=employer.place if employer else place, area=area, quota=quota, from_on=from_on, until_on=until_on,
        document=document.strip(), recorded_at=at, recorded_by_id=by.id,
    )  # fmt: skip
    journal.record(act="agreement.add", subject=row, by=by, at=at, area_code=area.pk, quota=quota, until=until_on)
    return row


@act(
    AGREEMENTS, "agreement_end", at="end", words=_("提前终止"), done=_("已终止。"), duty=Duty.KEEP_AGREEMENTS, may=rules.can_end, aside=True, tone="danger", lines={"agreement.end": _("提前终止协议")},
)  # fmt: skip
def end_agreement(
    agreement, *, by, at,
    on: Annotated[date, Asked(_("从哪天起终止"), initial=lambda _row, _actor, day: day)],
    reason: Annotated[str, Asked(_("为什么终止"), least=2, most=120, rows=2)],
):  # fmt: skip
    """End an agreement before its time; who came through it stays counted."""
    if not agreement.from_on <= on <= today(at):
        raise Refused(_("终止的日期要在开始以后、今天以前。"))
    agreement.ended_on, agreement.ended_because = on, reason.strip()
    agreement.version += 1
    agreement.save(update_fields=["ended_on", "ended_because", "version"])
    journal.record(act="agreement.end", subject=agreement, by=by, at=at, reason=reason, area_code=agreement.area_id, on=on)
    return agreement
