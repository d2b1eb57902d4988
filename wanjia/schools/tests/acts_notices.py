"""How the acts of notices are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import User
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..models import NoticeReceipt, SafetyNotice, Venue
from ..notice_states import NoticeState
from . import notice_factories as made
from .acts_inspections import KEEPERS, NO_AREA, NO_KEEP, TOO_OLD, abroad, abroad_unit, elsewhere
from .inspection_factories import fire, officer
from .notice_factories import DAY, END, PAPER, SOON, WORDS, lead, notice, police, receipt

NO_DUTY, NOT_ISSUER, NOT_A_DRAFT = "您的岗位没有发通告、倡议的权限。", "这份通告、倡议由签发单位办理。", "这份通告、倡议已经签发或者不发,不能再改。"
NOT_SENT, OVER, ENDS = "这份通告、倡议没有签发,或者已经解除。", "这份通告、倡议已经到期,自动失效。", "到哪天止不能早于从哪天起。"
NOT_YOURS, SERVED = "这一处不在您的范围,也不是您的单位签发的。", "这一处已经送达,或者写明了原因。"
NOT_THIS, NO_PAPER, ADVICE = "这个依据管不到“%(what)s”。没有别的依据就以倡议书发。", "写明条款、文号:%(paper)s。", "安全提示没有强制力,不填依据。"
BOTH = "bureau_worker bureau_head"


def writing(world, **facts):
    """A notice is written."""
    return {
        "area": world.county, "issuer": lead(world), "name": "高考期间停止噪声活动的通告", "asks": "quiet", "words": WORDS, "from_on": SOON, "until_on": END, "kinds": ["ktv"], "basis": "noise_exam",
        "paper": PAPER,
    } | facts  # fmt: skip


def changing(world):
    """A draft is changed."""
    what = writing(world, safety_notice_id=notice(world, NoticeState.DRAFT).pk)
    return {name: value for name, value in what.items() if name not in ("area", "issuer")}


def draft(world, **facts):
    """A draft waits."""
    return {"safety_notice_id": notice(world, NoticeState.DRAFT).pk} | facts


def sent(world, **facts):
    """It was issued."""
    return {"safety_notice_id": notice(world).pk} | facts


def dropped(world, what):
    """It was not issued."""
    SafetyNotice.objects.filter(pk=what["safety_notice_id"]).update(state=NoticeState.DROPPED)


def lifted(world, _what):
    """It was lifted meanwhile."""
    SafetyNotice.objects.filter(state=NoticeState.ISSUED).update(state=NoticeState.LIFTED, ended_on=DAY)


def says(**facts):
    """The notice says something else."""
    return lambda world, what: SafetyNotice.objects.update(**facts)


def of_receipt(world, **facts):
    """A place on its list."""
    return {"notice_receipt_id": receipt(world).pk} | facts


def was_served(world, _what):
    """It was served meanwhile."""
    receipt(world, served=True)


def advises(world, **facts):
    """Sheets for homes went out with a notice that advises."""
    one = receipt(world, served=True, asks="advice", basis="", paper="")
    NoticeReceipt.objects.filter(pk=one.pk).update(copies=40)
    return {"notice_receipt_id": one.pk} | facts


def serving(world):
    """It is served today."""
    return of_receipt(world, served_on=DAY, way="handed", signed="signed")


def stepping(world, **facts):
    """A word of advice where it was served."""
    return {"notice_receipt_id": receipt(world, served=True).pk, "step": "advise", "day": DAY, "words": "还在放音响", "licensed": 2} | facts


def handing(world):
    """All that is asked to hand over; the steps before were taken."""
    made.step(world)
    made.step(world, "educate")
    return {"step": "hand_over", "reply": "当事人不陈述", "evidence": "笔录1份", "handed_to": police(world)}


WRITES = {ENDS: Felt(what={"until_on": SOON - timedelta(days=1)}), ADVICE: Felt(what={"asks": "advice"}), NOT_THIS: Felt(what={"kinds": ["netbar"]}), NO_PAPER: Felt(what={"paper": ""})}
ISSUER = {NO_DUTY: Felt(by="caller"), NOT_ISSUER: Felt(by=officer)}
DRAFT = {**ISSUER, NOT_A_DRAFT: Felt(before=dropped)}
STANDS = {NO_KEEP: Felt(by="caller"), NOT_YOURS: Felt(by=abroad), NOT_SENT: Felt(before=lifted), OVER: Felt(before=says(from_on=DAY - timedelta(days=19), until_on=DAY - timedelta(days=9)))}

ACTS = {
    "schools.write_notice": Tried("handler", writing, {"name": "中考期间安静通告"}, may=BOTH, spoil={
        NO_DUTY: Felt(by="caller"), NO_AREA: Felt(what=elsewhere), "只能以您所在的单位签发。": Felt(what=lambda w: {"issuer": fire(w)}), **WRITES,
    }),
    "schools.change_notice": Tried("handler", changing, {"name": "中考期间安静通告"}, may=BOTH, spoil={**DRAFT, **WRITES}),
    "schools.name_group": Tried("handler", lambda w: draft(w, group="江边舞蹈队"), {"group": "山歌协会"}, may=BOTH, spoil={
        **ISSUER, NOT_SENT: Felt(before=dropped), OVER: Felt(before=says(from_on=DAY - timedelta(days=9), until_on=DAY - timedelta(days=1))),
        "这个团体已经在名单上。": Felt(before=lambda w, what: NoticeReceipt.objects.create(notice_id=what["safety_notice_id"], area=w.county, group=what["group"])),
        NOT_THIS: Felt(before=says(asks="close")), "有强制力的通告签发以后不能再加团体,请另发一份。": Felt(what=sent),
    }),
    "schools.issue_notice": Tried("handler", draft, {}, may=BOTH, spoil={
        **DRAFT, "有强制力的通告,写的人不能自己签发,请另一个人核对依据后签发。": Felt(before=lambda w, what: SafetyNotice.objects.update(made_by=w.handler)),
        str(SAME_PERSON): Felt(before=lambda w, what: User.objects.filter(pk=w.handler2.pk).update(name=w.handler.name)),
        "这个范围没有登记要发的场所,也没有写团体。": Felt(before=lambda w, what: Venue.objects.all().delete()), "到哪天止不能早于今天。": Felt(before=says(from_on=DAY - timedelta(days=9), until_on=DAY - timedelta(days=1))),
        "有强制力的通告最长 %(n)s 天,要更长的到期再发。": Felt(before=says(until_on=DAY + timedelta(days=60))), "有强制力的通告至少提前 %(n)s 天公告,起始日期改到 %(day)s 以后。": Felt(before=says(from_on=DAY)),
        NOT_THIS: Felt(before=says(asks="close")),
    }),
    "schools.drop_notice": Tried("handler", lambda w: draft(w, reason="并入县政府通告"), {"reason": "依据不足,不发"}, may=BOTH, spoil=DRAFT),
    "schools.lift_notice": Tried("handler", lambda w: sent(w, reason="考试提前结束"), {"reason": "考试改期举行"}, may=BOTH, spoil={
        **ISSUER, NOT_SENT: Felt(before=lifted), OVER: STANDS[OVER],
    }),
    "schools.serve_notice": Tried("handler", serving, {"way": "posted"}, may=KEEPERS, spoil={
        **STANDS, SERVED: Felt(before=was_served), "送达日期要在签发以后,不晚于今天。": Felt(what={"served_on": DAY + timedelta(days=1)}), "只有发给学校、团体的安全提示填发给家长的份数。": Felt(what={"copies": 3}),
        TOO_OLD: Felt(at=MONDAY + timedelta(days=8), before=says(until_on=DAY + timedelta(days=14))),
    }),
    "schools.excuse_receipt": Tried("handler", lambda w: of_receipt(w, reason="停业装修,门锁着"), {"reason": "搬走了,没有人"}, may=KEEPERS, spoil={**STANDS, SERVED: Felt(before=was_served)}),
    "schools.count_copies": Tried("handler", lambda w: advises(w, back=30), {"back": 31}, may=KEEPERS, spoil={
        NO_KEEP: Felt(by="caller"), NOT_YOURS: Felt(by=abroad), "这一处没有发给家长的份数。": Felt(before=lambda w, what: NoticeReceipt.objects.update(copies=0)),
        "签回的不会比发出的多。": Felt(what={"back": 41}),
    }),
    "schools.take_step": Tried("handler", stepping, {"words": "关了又开"}, may=KEEPERS, spoil={
        **STANDS, "先登记送达,再登记处置。": Felt(before=lambda w, what: NoticeReceipt.objects.update(served_on=None, way="", signed="", told_at=None)), "已经移送公安。": Felt(before=lambda w, what: made.over(w)),
        "日期要在通告、倡议生效的日子里,不晚于今天。": Felt(what={"day": DAY + timedelta(days=1)}), "倡议书、提示没有强制力,只能劝告。": Felt(what={"step": "educate"}, before=says(basis="", paper="")),
        "处置按劝告、批评教育、移送公安的顺序。先登记“%(step)s”。": Felt(what={"step": "educate"}),
        TOO_OLD: Felt(at=MONDAY + timedelta(days=8), before=says(until_on=DAY + timedelta(days=14))),
        "这一步的日期要在前一步以后。": Felt(what={"step": "educate", "day": DAY}, before=lambda w, what: made.step(w, day=END)),
        "批评教育、移送公安,持执法证的不能少于 %(n)s 人。": Felt(what=lambda w: {**handing(w), "licensed": 1}), "移送公安要有证据,并记下当事人怎么说。": Felt(what=lambda w: {**handing(w), "evidence": ""}),
        "移送公安的,选本县的公安单位。": Felt(what=lambda w: {**handing(w), "handed_to": abroad_unit(w)["unit"]}), "只有移送公安才选移送给谁。": Felt(what=lambda w: {"handed_to": police(w)}),
    }),
}  # fmt: skip

