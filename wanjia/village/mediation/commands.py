"""The acts by which a dispute is taken up, mediated and ended: parties, rights told, a mediator, sittings, dangers, how it ends without an agreement (人民调解法 art. 17–27)."""

import re
from datetime import datetime
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.orgs.serials import next_serial
from wanjia.verdict import Conflict, Refused, first_refusal

from ..bodies.homes import asked_village
from ..bodies.queries import person_called
from ..duties import Duty
from ..mediation_states import CASE, CaseSource, Chosen, Danger, RecordKind, Side, ToldBy, WhyEnded
from ..models import BodySeat, MediationCase, MediationHome, MediationParty, MediationRecord
from . import queries, rules
from .asking import Day, Facts, Kind, Money, Party, fen, on_a_day
from .subjects import CASES

AT_A_SCREEN = "a sealed file is written and read at a screen, by people who have the duty: no program gets a word of it"
SEALED = {"duty": Duty.MEDIATE, "call": None, "because": AT_A_SCREEN}
WAYS = _("告诉了他们还可以走仲裁、行政、诉讼途径吗(第二十六条)")
NUMBER = re.compile(r"[0-9A-Za-z-]{6,20}")


def take_up(village, *, kind, source, people, money, in_public, facts, by, at, need="", before=None):
    """Write a case down under the next number of its village and year; the committee is locked first."""
    queries.committee_of(village.pk)
    day = today(at)
    one = MediationCase(
        village=village, year=day.year, serial=next_serial(MediationCase.objects.filter(village=village, year=day.year)), kind=kind, source=source, taken_on=day, people=people, fen=money, in_public=in_public,
        facts=facts.strip(), need=need, before=before, taken_at=at, taken_by_id=by.id,
    )  # fmt: skip
    one.save(force_insert=True)
    journal.record(act="mediation_case.take", subject=one, by=by, at=at, area_code=village.pk)
    return one


@act(CASES, "mediation_new", at="new", words=_("受理纠纷"), done=_("已受理,接着登记甲乙双方。"), **SEALED, may=rules.mediates, new=True, lines={"mediation_case.take": _("受理纠纷")})
def take_case(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.MEDIATE)],
    kind: Kind, source: Annotated[CaseSource, Asked(_("来源"))],
    refuses: Annotated[bool, Asked(_("有没有一方明确拒绝调解"), answers=(_("有一方拒绝"), _("没有")))],
    people: Annotated[int, Asked(_("涉及几个人"), least=2, most=9999, initial=2)],
    facts: Facts,
    money: Money = "",
    in_public: Annotated[bool, Asked(_("双方要公开调解"), answers=(_("公开"), _("不公开")))] = False,
    need: Annotated[str, Asked(_("诉求编号"), _("这件事在诉求台账里登记过的,只写编号,不抄内容。"), most=20)] = "",
):  # fmt: skip
    """Take a dispute up (受理), on request or of the committee's own motion; refused where one side clearly refuses (art. 17)."""
    first_refusal(
        (not refuses, _("一方明确拒绝调解的,不能调解(第十七条)。告诉双方可以走仲裁、行政、诉讼途径。")),
        (not need.strip() or NUMBER.fullmatch(need.strip()) is not None, _("诉求编号照台账上的写。")),
    ).or_raise()
    return take_up(village, kind=kind, source=source, people=people, money=fen(money), in_public=bool(in_public), facts=facts, need=need.strip(), by=by, at=at)


@act(CASES, "mediation_party", at="party", words=_("登记当事人"), done=_("已登记。"), **SEALED, may=rules.can_carry_on, rank=5, lines={"mediation_case.party": _("登记调解当事人")})
def add_party(
    mediation_case, *, by, at,
    side: Annotated[Side, Asked(_("哪一方"))],
    name: Annotated[str, Asked(_("姓名"), _("密封保存。单位写单位名称。"), least=2, most=40)],
    ours: Annotated[bool, Asked(_("在本村花名册上吗"), answers=(_("在"), _("不在(外村、单位、孩子)")))],
    minor: Annotated[bool, Asked(_("是未成年人"), answers=(_("是"), _("不是")))] = False,
    agent: Annotated[str, Asked(_("监护人、代理人"), _("未成年人写监护人的姓名;委托别人的写代理人。"), most=40)] = "",
    last4: Annotated[str, Asked(_("身份证后四位"), _("同名的人才填。"), most=4)] = "",
):  # fmt: skip
    """Let somebody stand on a side: somebody of the village's roll, or by a sealed name; never the mediator, nor the hand that writes it down, nor kin of these."""
    case = mediation_case
    first_refusal((not minor or agent.strip(), _("未成年人要写监护人。")), (not (minor and ours), _("花名册上只有成年人;孩子按“不在”登记,写明监护人。"))).or_raise()
    person = person_called(case.village_id, name, last4, today(at)) if ours else None
    rules.may_be_party(case, person, agent, *([] if person else [name])).or_raise()
    facts = {"person": person} if person else {"name": name.strip()}
    n = case.parties.filter(side=side).count() + 1
    one = MediationParty(case=case, side=side, n=n, minor=bool(minor), agent=agent.strip(), **facts)
    try:
        with transaction.atomic():
            one.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("这个人已经是当事人。")) from None
    for home in rules.homes_of(person) if person else ():
        MediationHome.objects.get_or_create(case=case, home=home)
    if rules.is_own(by, case):
        raise Refused(rules.OWN)
    journal.record(act="mediation_case.party", subject=case, by=by, at=at, area_code=case.village_id)
    return case


@act(CASES, "mediation_rights", at="rights", words=_("告知权利义务"), done=_("已记下。"), **SEALED, may=rules.can_tell_rights, rank=10, lines={"mediation_case.rights": _("告知权利义务")})
def tell_rights(mediation_case, *, by, at, party: Party, way: Annotated[ToldBy, Asked(_("怎么告知"))], day: Day):
    """Note that a party was told its rights and duties (art. 23, 24)."""
    on_a_day(mediation_case, day, at)
    MediationParty.objects.filter(pk=party.pk).update(told_on=day, told_by=way)
    journal.record(act="mediation_case.rights", subject=mediation_case, by=by, at=at, area_code=mediation_case.village_id)
    return mediation_case


@act(CASES, "mediation_mediator", at="mediator", words=_("选定调解员"), done=_("已选定。"), **SEALED, may=rules.can_carry_on, rank=15, lines={"mediation_case.mediator": _("选定调解员")})
def choose_mediator(
    mediation_case, *, by, at,
    mediator: Annotated[BodySeat, Asked(_("调解员"), among=queries.mediators, within=_("这个人不是本村人民调解委员会的委员。"))],
    chosen: Annotated[Chosen, Asked(_("怎么选定"))],
):  # fmt: skip
    """Note whom both sides chose, or agreed to (art. 19); nobody mediates his own case, nor that of his home."""
    case = mediation_case
    rules.may_mediate(case, mediator.person).or_raise()
    case.homes.filter(of_mediator=True).delete()
    MediationHome.objects.bulk_create([MediationHome(case=case, home=home, of_mediator=True) for home in rules.homes_of(mediator.person)])
    case.mediator, case.chosen, case.chosen_on = mediator, chosen, today(at)
    case.save(update_fields=["mediator", "chosen", "chosen_on"])
    journal.record(act="mediation_case.mediator", subject=case, by=by, at=at, area_code=case.village_id)
    return case


def write_down(case, kind, day, words, *, by, at, **more):
    """Append a paper to the file."""
    one = MediationRecord(case=case, kind=kind, day=day, words=words.strip(), written_at=at, written_by_id=by.id, **more)
    one.save(force_insert=True)
    return one


@act(CASES, "mediation_sitting", at="sitting", words=_("写笔录"), done=_("已记下。"), **SEALED, may=rules.can_carry_on, rank=20, lines={"mediation_case.sitting": _("写调解笔录")})
def note_sitting(
    mediation_case, *, by, at,
    kind: Annotated[RecordKind, Asked(_("哪种笔录"), but=(RecordKind.DANGER, RecordKind.RECHECK))],
    day: Day, place: Annotated[str, Asked(_("地点"), least=2, most=40)],
    words: Annotated[str, Asked(_("内容"), _("问了什么、各说什么。写完念给当事人听,打印出来签字。"), rows=8, least=4, most=4000)],
):  # fmt: skip
    """Write down an inquiry or a sitting (art. 27); a sitting once both sides know their rights and whom they have."""
    on_a_day(mediation_case, day, at)
    if kind not in (RecordKind.INQUIRY, RecordKind.SITTING):
        raise Refused(_("这里只写调查笔录和调解笔录。"))
    if kind == RecordKind.SITTING:
        rules.may_sit(mediation_case).or_raise()
        rules.may_be_of(mediation_case, day).or_raise()
    write_down(mediation_case, kind, day, words, place=place.strip(), by=by, at=at)
    journal.record(act="mediation_case.sitting", subject=mediation_case, by=by, at=at, area_code=mediation_case.village_id)
    return mediation_case


@act(CASES, "mediation_danger", at="danger", words=_("登记风险、报告"), done=_("已记下。"), **SEALED, may=rules.can_carry_on, aside=True, rank=25, lines={"mediation_case.danger": _("登记激化风险")})
def flag_danger(
    mediation_case, *, by, at,
    danger: Annotated[Danger, Asked(_("激化风险"))],
    words: Annotated[str, Asked(_("情况"), _("看到什么苗头、采取了什么办法。"), rows=3, least=4, most=1000)],
    told_to: Annotated[str, Asked(_("报告了哪里"), _("可能引起治安、刑事案件的,马上报告派出所(第二十五条)。"), most=60)] = "",
    told_at: Annotated[datetime | None, Asked(_("什么时候报告的"))] = None,
):  # fmt: skip
    """Note that a dispute may turn into worse; that the police was told, when, by whom (art. 25)."""
    first_refusal(
        (bool(told_to.strip()) == (told_at is not None), _("报告了哪里、什么时候报告的,要一起写。")), (told_at is None or told_at <= at, _("报告时间不能晚于现在。")),
    ).or_raise()  # fmt: skip
    case = mediation_case
    write_down(case, RecordKind.DANGER, today(at), words, told_to=told_to.strip(), told_at=told_at, by=by, at=at)
    MediationCase.objects.filter(pk=case.pk).update(danger=danger)
    journal.record(act="mediation_case.danger", subject=case, by=by, at=at, area_code=case.village_id, told=told_at is not None)
    return case


def _ends(case, move, words, *, by, at, saving=()):
    case.ending, case.ended_on, case.ended_by_id = words.strip(), today(at), by.id
    journal.move(case, CASE, move, by=by, at=at, saving=["ending", "ended_on", "ended_by_id", *saving], area_code=case.village_id)
    return case


@act(CASES, "mediation_fail", at="fail", words=_("调解不成"), done=_("已记下。"), **SEALED, may=rules.can_draw, aside=True, rank=40, tone="quiet", lines={"mediation.fail": _("调解不成")})
def fail_case(
    mediation_case, *, by, at,
    told: Annotated[bool, Asked(WAYS, answers=(_("告诉了"), _("还没有")))],
    words: Annotated[str, Asked(_("为什么谈不成"), rows=3, least=4, most=1000)],
):  # fmt: skip
    """End a mediation that failed (art. 26): the other ways are told."""
    if not told:
        raise Refused(_("先告诉当事人其他途径,再结束(第二十六条)。"))
    rules.may_end(mediation_case, queries.unreported()).or_raise()
    return _ends(mediation_case, "fail", words, by=by, at=at)


@act(CASES, "mediation_withdraw", at="withdraw", words=_("终止调解"), done=_("已终止。"), **SEALED, may=rules.can_carry_on, aside=True, rank=45, tone="quiet", lines={"mediation.withdraw": _("终止调解")})
def withdraw_case(
    mediation_case, *, by, at,
    why: Annotated[WhyEnded, Asked(_("为什么终止"), select=True)],
    words: Annotated[str, Asked(_("情况"), rows=3, least=4, most=1000)],
):  # fmt: skip
    """End a mediation that a party takes back, refuses or asks to stop (art. 17, 23)."""
    rules.may_end(mediation_case, queries.unreported()).or_raise()
    mediation_case.why_ended = why
    return _ends(mediation_case, "withdraw", words, by=by, at=at, saving=["why_ended"])


@act(CASES, "mediation_hand_on", at="hand-on", words=_("转办"), done=_("已转办。"), **SEALED, may=rules.can_carry_on, aside=True, rank=50, tone="quiet", lines={"mediation.hand_on": _("转办纠纷")})
def hand_case_on(
    mediation_case, *, by, at,
    to: Annotated[str, Asked(_("转给哪里"), _("例如:乡镇人民调解委员会、司法所、派出所、法院。"), least=2, most=60)],
    words: Annotated[str, Asked(_("为什么转"), rows=3, least=4, most=1000)],
):  # fmt: skip
    """Hand a dispute on to whoever has to deal with it (转办)."""
    mediation_case.handed_to = to.strip()
    return _ends(mediation_case, "hand_on", words, by=by, at=at, saving=["handed_to"])
