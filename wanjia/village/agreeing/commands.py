"""The acts of an agreement: drawn up, signed, sealed by another hand, followed, confirmed by the court (人民调解法 art. 28–33)."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.serials import next_serial
from wanjia.verdict import Refused, first_refusal

from ..bodies.commands import day_of
from ..mediation import queries, rules
from ..mediation.asking import Day, Facts, Kind, Money, fen, on_a_day
from ..mediation.commands import SEALED, take_up, write_down
from ..mediation.subjects import CASES
from ..mediation_states import CASE, CaseSource, CourtWord, Kept, NoCourt, RecordKind, SignedBy
from ..models import MediationAgreement, MediationHome, MediationParty, MediationTerm

DAYS = _("日期要在协议生效以后、今天以前。")


@act(CASES, "mediation_draw", at="draw", words=_("起草协议"), done=_("已起草,接着写条款。"), **SEALED, may=rules.can_draw, rank=30, lines={"mediation_case.draw": _("起草调解协议")})
def draw_agreement(
    mediation_case, *, by, at,
    written: Annotated[bool, Asked(_("书面还是口头"), _("双方认为不用写的,可以口头,由调解员记录(第二十八条)。"), answers=(_("书面"), _("口头")))],
    disputed: Annotated[str, Asked(_("事实和争议"), rows=4, least=4, most=2000)],
    liable: Annotated[str, Asked(_("各方责任"), rows=3, least=2, most=1000)],
    manner: Annotated[str, Asked(_("履行方式"), _("例如:当场交清;本月底前修好。"), least=2, most=400)],
    due_on: Annotated[date, Asked(_("履行期限"))],
    wants_court: Annotated[bool, Asked(_("双方要申请司法确认"), answers=(_("要"), _("不要")))] = False,
    touches: Annotated[NoCourt | None, Asked(_("涉及这些吗"), _("涉及的,法院不受理司法确认。"), select=True, none=_("不涉及"))] = None,
):  # fmt: skip
    """Draw an agreement up, with what the law wants in it (art. 29). Drawn up anew, its terms and signatures begin anew too."""
    case = mediation_case
    first_refusal(
        (due_on >= today(at), _("履行期限不能早于今天。")), (not wants_court or written, _("口头协议不能申请司法确认。")), (not (wants_court and touches), _("涉及身份关系、确权的协议,法院不受理司法确认。")),
    ).or_raise()  # fmt: skip
    one = rules.draft_of(case) or MediationAgreement(case=case, village_id=case.village_id)
    one.written, one.disputed, one.liable, one.manner, one.due_on = written, disputed.strip(), liable.strip(), manner.strip(), due_on
    one.wants_court, one.touches, one.drawn_on, one.drawn_by_id = bool(wants_court), touches or "", today(at), by.id
    one.save()
    one.terms.all().delete()
    case.parties.update(signed_on=None, signed_by="")
    journal.record(act="mediation_case.draw", subject=case, by=by, at=at, area_code=case.village_id)
    return case


@act(CASES, "mediation_term", at="terms/new", words=_("写条款"), done=_("已写好。"), **SEALED, may=rules.can_write_terms, rank=28, lines={"mediation_case.term": _("写协议条款")})
def add_term(
    mediation_case, *, by, at,
    words: Annotated[str, Asked(_("谁做什么"), rows=3, least=4, most=600)],
    due_on: Annotated[date, Asked(_("到哪天"))],
    money: Money = "",
):  # fmt: skip
    """Write a term: who does what by when (art. 29)."""
    one = mediation_case.agreement
    if not today(at) <= due_on <= one.due_on:
        raise Refused(_("这一条的期限要在今天以后,不晚于协议的履行期限。"))
    MediationTerm(agreement=one, n=one.terms.count() + 1, words=words.strip(), due_on=due_on, fen=fen(money)).save(force_insert=True)
    journal.record(act="mediation_case.term", subject=mediation_case, by=by, at=at, area_code=mediation_case.village_id)
    return mediation_case


@act(CASES, "mediation_sign", at="sign", words=_("登记签字"), done=_("已记下。"), **SEALED, may=rules.can_sign, rank=26, lines={"mediation_case.sign": _("登记协议签字")})
def note_signature(
    mediation_case, *, by, at,
    party: Annotated[MediationParty, Asked(_("哪个当事人"), _("姓名不在这里显示,打开卷宗看。"), among=queries.unsigned, named=queries.parties_of, within=_("这个当事人已经签了,或者不在这一件里。"), shown=lambda one: one.label)],
    way: Annotated[SignedBy, Asked(_("怎么签的"))], day: Day,
):  # fmt: skip
    """Note that a party signed the printed agreement, set its finger or stamp to it (art. 29)."""
    if not mediation_case.agreement.drawn_on <= day <= today(at):
        raise Refused(_("签字日期要在起草以后、今天以前。"))
    MediationParty.objects.filter(pk=party.pk).update(signed_on=day, signed_by=way)
    journal.record(act="mediation_case.sign", subject=mediation_case, by=by, at=at, area_code=mediation_case.village_id)
    return mediation_case


@act(CASES, "mediation_seal", at="seal", words=_("核对盖章,协议生效"), done=lambda one: _("协议已生效,编号 %(number)s。") % {"number": one.agreement.number}, **SEALED, may=rules.can_seal, rank=24,
     lines={"mediation.agree": _("调解协议盖章生效")})  # fmt: skip
def seal_agreement(mediation_case, *, by, at, mediator_signed: Annotated[bool, Asked(_("调解员签名了吗"), answers=(_("签了"), _("还没有")))]):
    """Seal an agreement: it takes effect today, under the next number of village and year (art. 29–31). By another hand than drew it up."""
    if not mediator_signed:
        raise Refused(_("调解员签名以后才能盖章(第二十九条)。口头协议也要在登记表上签名。"))
    rules.may_end(mediation_case, queries.unreported()).or_raise()
    case, one, day = mediation_case, mediation_case.agreement, today(at)
    queries.committee_of(case.village_id)
    one.valid_on, one.mediator_signed, one.sealed_by_id = day, True, by.id
    one.year, one.serial = day.year, next_serial(MediationAgreement.objects.filter(village_id=case.village_id, year=day.year))
    one.save(update_fields=["valid_on", "mediator_signed", "sealed_by_id", "year", "serial"])
    case.ended_on, case.ended_by_id = day, by.id
    journal.move(case, CASE, "agree", by=by, at=at, saving=["ended_on", "ended_by_id"], area_code=case.village_id)
    return case


@act(CASES, "mediation_kept", at="terms/done", words=_("登记履行"), done=_("已记下。"), **SEALED, may=rules.can_follow, rank=10, lines={"mediation_case.kept": _("登记协议履行")})
def tell_term(
    mediation_case, *, by, at,
    term: Annotated[MediationTerm, Asked(_("哪一条"), among=queries.terms_of, within=_("这一条不在这份协议里。"))],
    done: Annotated[bool, Asked(_("做到了吗"), answers=(_("做到了"), _("没有做")))],
    words: Annotated[str, Asked(_("情况"), _("怎么做到的;没有做的写怎么督促。"), rows=2, least=2, most=400)],
):  # fmt: skip
    """Write down whether a term was kept (art. 31)."""
    term.done, term.told_on, term.told, term.told_by_id = done, today(at), words.strip(), by.id
    term.save(update_fields=["done", "told_on", "told", "told_by_id"])
    journal.record(act="mediation_case.kept", subject=mediation_case, by=by, at=at, area_code=mediation_case.village_id, n=term.n, done=done)
    return mediation_case


@act(CASES, "mediation_recheck", at="recheck", words=_("写回访"), done=_("已记下。"), **SEALED, may=rules.can_follow, rank=20, lines={"mediation_case.recheck": _("回访调解协议")})
def recheck_case(
    mediation_case, *, by, at,
    day: Day, kept: Annotated[Kept, Asked(_("履行情况"))],
    words: Annotated[str, Asked(_("看到、听到什么"), rows=3, least=4, most=1000)],
):  # fmt: skip
    """Write down a visit after an agreement (回访)."""
    if not mediation_case.agreement.valid_on <= day <= today(at):
        raise Refused(DAYS)
    write_down(mediation_case, RecordKind.RECHECK, day, words, kept=kept, by=by, at=at)
    journal.record(act="mediation_case.recheck", subject=mediation_case, by=by, at=at, area_code=mediation_case.village_id, kept=str(kept))
    return mediation_case


@act(CASES, "mediation_relapse", at="relapse", words=_("又闹起来了,重新受理"), done=_("已重新受理,当事人照原来的。"), **SEALED, may=rules.can_relapse, rank=60, aside=True, tone="quiet")
def relapse_case(mediation_case, *, by, at, kind: Kind, facts: Facts):
    """Take a dispute up anew that broke out again: a new case that names the one before, with the same parties."""
    old = mediation_case
    one = take_up(old.village, kind=kind, source=CaseSource.OWN_MOTION, people=old.people, money=old.fen, in_public=old.in_public, facts=facts, before=old, by=by, at=at)
    for party in old.parties.all():
        MediationParty(case=one, side=party.side, n=party.n, person_id=party.person_id, name=party.name, minor=party.minor, agent=party.agent).save(force_insert=True)
    MediationHome.objects.bulk_create([MediationHome(case=one, home_id=pk) for pk in old.homes.filter(of_mediator=False).values_list("home", flat=True)])
    journal.record(act="mediation_case.mediation_relapse", subject=old, by=by, at=at, area_code=old.village_id)
    return one


@act(CASES, "mediation_apply", at="court", words=_("登记司法确认申请"), done=_("已记下,等法院裁定。"), **SEALED, may=rules.can_apply, rank=30, lines={"mediation_case.court": _("申请司法确认")})
def apply_to_court(
    mediation_case, *, by, at,
    jointly: Annotated[bool, Asked(_("双方一起申请的吗"), answers=(_("一起"), _("只有一方")))],
    court: Annotated[str, Asked(_("法院"), least=4, most=60)], day: Day,
):  # fmt: skip
    """Note that both sides asked the court together to confirm the agreement (司法确认, art. 33)."""
    one = mediation_case.agreement
    first_refusal((jointly, _("要双方一起申请(第三十三条)。")), (one.valid_on <= day <= today(at), DAYS)).or_raise()
    one.court, one.applied_on = court.strip(), day
    one.save(update_fields=["court", "applied_on"])
    journal.record(act="mediation_case.court", subject=mediation_case, by=by, at=at, area_code=mediation_case.village_id)
    return mediation_case


@act(CASES, "mediation_court_word", at="court-word", words=_("登记法院裁定"), done=_("已记下。"), **SEALED, may=rules.can_hear_court, rank=5, lines={"mediation_case.court_word": _("登记司法确认裁定")})
def hear_court(
    mediation_case, *, by, at,
    word: Annotated[CourtWord, Asked(_("法院怎么说"), select=True)],
    day: Annotated[date, Asked(_("裁定日期"), initial=day_of)],
    number: Annotated[str, Asked(_("裁定书编号"), most=60)] = "",
):  # fmt: skip
    """Write down what the court said."""
    one = mediation_case.agreement
    on_a_day(mediation_case, day, at)
    if day < one.applied_on:
        raise Refused(_("裁定日期不能早于申请那天。"))
    one.court_word, one.court_on, one.court_number = word, day, number.strip()
    one.save(update_fields=["court_word", "court_on", "court_number"])
    journal.record(act="mediation_case.court_word", subject=mediation_case, by=by, at=at, area_code=mediation_case.village_id)
    return mediation_case
