"""Enter a unit away, change who answers, close it; note which station a worker chose, and that he no longer wants it; put what he is owed on the ledger."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.fields import searched
from wanjia.orgs.models import Organisation, User
from wanjia.policy.identity import judge_phone
from wanjia.policy.work_places import places
from wanjia.verdict import Conflict, Refused

from ..demand_states import Consent, OutpostKind
from ..duties import Duty
from ..employers.asking import own, places_of_work
from ..models import Belonging, Outpost, WageClaim
from . import pages, rules
from .subjects import AWAY, OUTPOSTS, OWN

TODAY = {"initial": lambda _row, _actor, day: day}
CONTACT = {**searched(pages.people, pages.who), "within": _("联系人要是您辖区里有岗位的人。")}
PHONE = _("工友有事打这个电话,会公布。")


@act(
    OUTPOSTS, "outpost_add", at="new", call="", words=_("登记驻外机构"), done=_("已登记。"), duty=Duty.KEEP_AGREEMENTS, may=rules.can_add, new=True, then=pages.to_outpost,
    lines={"outpost.add": _("登记驻外机构")},
)  # fmt: skip
def add_outpost(
    *, by, at,
    kind: Annotated[OutpostKind, Asked(_("哪一类"))],
    name: Annotated[str, Asked(_("名称"), least=4, most=80)],
    host: Annotated[str, Asked(_("服务哪里"), **searched(places_of_work))],
    contact: Annotated[User, Asked(_("联系人"), **CONTACT)],
    phone: Annotated[str, Asked(_("工友电话"), PHONE, most=20)],
    from_on: Annotated[date, Asked(_("哪天成立"), **TODAY)],
    members: Annotated[int | None, Asked(_("党员人数"), _("党组织才填。"), most=100000)] = None,
    unit: Annotated[Organisation | None, Asked(_("在系统里登录的单位"), _("站里的人要登录的才选;先在“单位”里建好。"), within=_("这个单位不在您的辖区,或者已经是别的机构的。"), **searched(pages.units, none=_("不登录")))] = None,
):  # fmt: skip
    """Enter a unit away or of a resettlement area (驻外机构). Returns the Outpost."""
    if from_on > today(at):
        raise Refused(_("成立的日期不能晚于今天。"))
    number = _phone(phone)
    if Outpost.objects.filter(kind=kind, name=name.strip(), host=host, to_on=None).exists():
        raise Refused(_("这个地方已经有同名的机构。"))
    area = scope.areas(by, duty=Duty.KEEP_AGREEMENTS)[0]
    row = Outpost.objects.create(
        kind=kind, name=name.strip(), area=area, unit=unit, host=host, host_name=places()[host], contact=contact, phone=number, members=members, from_on=from_on,
        recorded_at=at, recorded_by_id=by.id,
    )  # fmt: skip
    journal.record(act="outpost.add", subject=row, by=by, at=at, area_code=area.pk, which=kind, host=host)
    return row


@act(
    OUTPOSTS, "outpost_keep", at="keep", words=_("换联系人"), done=_("已改好。"), duty=Duty.KEEP_AGREEMENTS, may=rules.can_close, lines={"outpost.keep": _("换驻外机构联系人")},
)  # fmt: skip
def keep_outpost(
    outpost, *, by, at,
    contact: Annotated[User, Asked(_("联系人"), initial=own("contact"), **CONTACT)],
    phone: Annotated[str, Asked(_("工友电话"), PHONE, most=20, initial=own("phone"))],
    members: Annotated[int | None, Asked(_("党员人数"), most=100000, initial=own("members"))] = None,
):  # fmt: skip
    """Change who answers for a unit away, and its telephone."""
    outpost.contact, outpost.phone, outpost.members = contact, _phone(phone), members
    outpost.version += 1
    outpost.save(update_fields=["contact", "phone", "members", "version"])
    journal.record(act="outpost.keep", subject=outpost, by=by, at=at, area_code=outpost.area_id, contact=contact.pk)
    return outpost


@act(
    OUTPOSTS, "outpost_close", at="close", words=_("撤销机构"), done=_("已撤销。归它服务的人,现在没有站了。"), duty=Duty.KEEP_AGREEMENTS, may=rules.can_close, aside=True, tone="danger",
    lines={"outpost.close": _("撤销驻外机构")},
)  # fmt: skip
def close_outpost(
    outpost, *, by, at,
    on: Annotated[date, Asked(_("从哪天起撤销"), **TODAY)],
    reason: Annotated[str, Asked(_("为什么撤销"), least=2, most=120, rows=2)],
):  # fmt: skip
    """Close a unit away; nobody belongs to it any more."""
    if not outpost.from_on <= on <= today(at):
        raise Refused(_("撤销的日期要在成立以后、今天以前。"))
    outpost.to_on, outpost.ended_because = on, reason.strip()
    outpost.version += 1
    outpost.save(update_fields=["to_on", "ended_because", "version"])
    rest = list(Belonging.objects.filter(outpost=outpost, to_on=None))
    for one in rest:
        one.to_on, one.ended_because = max(on, one.from_on), str(_("机构撤销"))
    Belonging.objects.bulk_update(rest, ["to_on", "ended_because"])
    journal.record(act="outpost.close", subject=outpost, by=by, at=at, reason=reason, area_code=outpost.area_id, on=on, left=len(rest))
    return outpost


@act(
    AWAY, "station_choose", at="station", words=_("记下归哪个站"), done=_("已记下。"), duty=Duty.KEEP_LABOUR, may=rules.can_choose, then=pages.to_list, lines={"station.choose": _("记下归哪个站")},
)  # fmt: skip
def choose_station(
    worker, *, by, at,
    station: Annotated[Outpost, Asked(_("归哪个站"), _("他务工的地方有的服务站。"), among=pages.stations, within=_("这个站不服务他务工的地方。"))],
    consent: Annotated[Consent, Asked(_("本人怎么同意的"), _("本人不同意的不记。记了,那个站的人看得到他的姓名、家在哪个村、在哪里务工。"))],
):  # fmt: skip
    """Note which station a worker chose or agreed to (归哪个站服务). Returns the Belonging. Raises Conflict when the station was closed meanwhile."""
    if Outpost.objects.select_for_update(of=("self",)).filter(pk=station.pk, to_on=None).first() is None:
        raise Conflict()  # whoever closes it lets go those who belong to it then: one more would belong to nobody
    row = Belonging.objects.create(worker=worker, outpost=station, from_on=today(at), consent=consent, recorded_at=at, recorded_by_id=by.id)
    journal.record(act="station.choose", subject=worker, by=by, at=at, area_code=worker.village_id, station=station.pk, consent=consent)
    return row


@act(
    AWAY, "station_leave", at="leave", words=_("不再归这个站"), done=_("已记下,那个站看不到他了。"), duty=Duty.KEEP_LABOUR, may=rules.can_leave, then=pages.to_list, aside=True, tone="danger",
    lines={"station.leave": _("不再归原来的站")},
)  # fmt: skip
def leave_station(worker, *, by, at, reason: Annotated[str, Asked(_("为什么"), most=60)] = ""):
    """Note that a worker no longer wants his station: from now on it does not see him."""
    row = worker.belongings.get(to_on=None)
    row.to_on, row.ended_because = today(at), reason.strip()
    row.save(update_fields=["to_on", "ended_because"])
    journal.record(act="station.leave", subject=worker, by=by, at=at, area_code=worker.village_id, station=row.outpost_id)
    return row


@act(
    OWN, "station_claim", at="wages", words=_("登记欠薪"), done=lambda claim: _("已登记成诉求 %(number)s,由诉求台账的一个单位负责到底。") % {"number": claim.number}, duty=Duty.SERVE_AWAY,
    may=rules.can_claim, then=pages.to_station, tone="danger", lines={"station.claim": _("驻外站登记欠薪")},
)  # fmt: skip
def claim_wages(
    worker, *, by, at,
    from_on: Annotated[date, Asked(_("从哪天起欠"), _("没有拿到工资的第一天。"), initial=pages.first_owed)],
    last_on: Annotated[date, Asked(_("欠到哪天"), _("没有拿到工资的最后一天。"), initial=pages.last_owed)],
    owes: Annotated[int, Asked(_("欠多少(元)"), _("听本人说的。"), least=1, most=10_000_000)],
    words: Annotated[str, Asked(_("本人怎么说"), rows=2, least=4, most=300)],
):  # fmt: skip
    """Put wages owed to a worker away on the ledger of needs (驻外欠薪): one need, one owner, in the village of his home; where the work is stands in it.

    Of the work that runs, and of what ended within the time of the law (`works_paid`). Returns the WageClaim. The ledger is another app's: it is asked through what it brings (OPENS_NEEDS), and knows nothing of stations. Raises Refused
    where the days lie outside his work or were claimed before.
    """
    person, day = worker.person, today(at)
    station = worker.belongings.get(to_on=None).outpost
    works = rules.works_paid(worker, station, day)
    rules.are_days_owed(worker, works, from_on, last_on, day).or_raise()
    spell = rules.work_of(works, from_on, last_on, day)
    firm = spell.employer_name or "用工单位(名册上没有写名称)"
    number = gather("OPENS_NEEDS")[0](
        village=worker.village, person=person, name=person.shown_name, phone="" if person.is_protected else person.phone, kind="rights",
        summary=f"在{station.host_name}务工,{firm}欠 {from_on} 到 {last_on} 的工资 {owes} 元。当地由{station.name}({station.phone})配合"[:200],
        story=words.strip(), unit=station.unit, by=by, at=at, young=person.is_protected,
    )  # fmt: skip
    claim = WageClaim.objects.create(
        worker=worker, outpost=station, spell=spell, from_on=from_on, last_on=last_on, owes=owes, number=number, at=at, recorded_by_id=by.id,
    )  # fmt: skip
    journal.record(act="station.claim", subject=worker, by=by, at=at, area_code=worker.village_id, station=station.pk, need=number, owes=owes)
    return claim


@act(
    OWN, "station_unclaim", at="wages/withdraw", words=_("撤销登错的欠薪"), done=_("已撤销,这些日子可以重新登记。请打电话告诉承办单位:台账上的这件诉求登错了,请按撤回办。"), duty=Duty.SERVE_AWAY,
    may=rules.can_withdraw, then=pages.to_station, aside=True, tone="danger", lines={"station.unclaim": _("驻外站撤销登错的欠薪")},
)  # fmt: skip
def withdraw_claim(
    worker, *, by, at,
    claim: Annotated[WageClaim, Asked(_("哪一笔"), among=rules.claims_of, named=rules.claimed, shown=pages.claim_words, within=_("没有这一笔,或者已经撤销。"))],
    reason: Annotated[str, Asked(_("为什么撤销"), _("例如:日子写错、记成了另一个人。"), least=4, most=60)],
):  # fmt: skip
    """Withdraw a claim of wages that was written down by mistake (撤销登错的欠薪): its days are free again, its line stays. Its need is the ledger's, which withdraws it by its own way."""
    values = {"withdrawn_at": at, "withdrawn_by": by.id, "withdrawn_because": reason.strip()}
    if not WageClaim.objects.filter(pk=claim.pk, withdrawn_at=None).update(**values):
        raise Conflict()
    claim.refresh_from_db()
    journal.record(act="station.unclaim", subject=worker, by=by, at=at, area_code=worker.village_id, station=claim.outpost_id, need=claim.number, reason=reason.strip())
    return claim


def _phone(text):
    """Return a telephone number as it is published. Raises Refused."""
    number, code = judge_phone(text)
    if code is not None and not code.startswith("warn."):
        raise Refused(_("电话号码不对,请核对。"))
    return number
