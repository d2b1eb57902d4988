"""How the acts of an agreement and the two ways of reading a file are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.models import User
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..agreeing.commands import apply_to_court, hear_court, note_signature, relapse_case
from ..models import MediationAgreement, MediationParty, MediationTerm
from .acts_mediation import DRAWABLE, HAND, MAY, NOT_YET, OPEN, READY, UNREPORTED, by_case, own, untold
from .mediation_factories import DAY, DRAW, LATER, MONDAY, TERM, applied, drawn, failed, party_of, sat, sealed, signed, taken, who

NOT_AGREED = "这一件没有生效的协议。"
BARRED = "涉及身份关系、确权的协议,法院不受理司法确认。"
DAYS = "日期要在协议生效以后、今天以前。"
TOMORROW = DAY + timedelta(days=1)


def says(**facts):
    """The agreement says something else meanwhile."""
    return lambda world, what: MediationAgreement.objects.filter(case=what["mediation_case_id"]).update(**facts)


def bare(_world, what):
    """It has no term."""
    MediationTerm.objects.filter(agreement__case=what["mediation_case_id"]).delete()


def signing(world):
    """The first party signs."""
    case = drawn(world)
    return {"mediation_case_id": case.pk, "party": party_of(case), "way": "by_finger", "day": DAY}


def all_signed(_world, what):
    """All signed but the one who is named: he signed too."""
    MediationParty.objects.filter(case=what["mediation_case_id"]).update(signed_on=DAY, signed_by="by_hand")


def keeping(world):
    """The first term was kept."""
    case = sealed(world)
    return {"mediation_case_id": case.pk, "term": case.agreement.terms.get(), "done": True, "words": "退了半米,量过"}


def own_on_paper(world, what):
    """Whoever seals bears a party's name."""
    own(world, what)
    User.objects.filter(pk=world.mediator2.pk).update(name="本人")


def one_person(world, _what):
    """Whoever drew it up bears the same name as whoever seals it."""
    User.objects.filter(pk=world.mediator.pk).update(name=world.mediator2.name)


def other_term(world):
    """A term of another agreement."""
    return sealed(world).agreement.terms.get()


AGREED = {**HAND, NOT_AGREED: Felt(what=lambda w: {"mediation_case_id": sat(w, facts="另一件,还在调解").pk})}

ACTS = {
    "village.draw_agreement": Tried("mediator", by_case(sat, **DRAW), {"manner": "请人拆"}, may=MAY, spoil={
        **DRAWABLE, "履行期限不能早于今天。": Felt(what={"due_on": DAY - timedelta(days=1)}), "口头协议不能申请司法确认。": Felt(what={"written": False}), BARRED: Felt(what={"touches": "title"}),
    }),
    "village.add_term": Tried("mediator", by_case(drawn, **TERM), {"words": "乙方把水沟让出来"}, may=MAY, spoil={
        **OPEN, "先起草协议。": Felt(what=lambda w: {"mediation_case_id": sat(w).pk}), "已经有人签字,条款不能再加。要改的重新起草。": Felt(before=all_signed),
        "这一条的期限要在今天以后,不晚于协议的履行期限。": Felt(what={"due_on": DAY + timedelta(days=31)}), "金额写成 12.50 这样。": Felt(what={"money": "三百"}),
    }),
    "village.note_signature": Tried("mediator", signing, {"way": "by_hand"}, may=MAY, spoil={
        **OPEN, "没有起草好的书面协议。": Felt(before=says(written=False)), "协议还没有一条条款。": Felt(before=bare), "当事人都签了。": Felt(before=all_signed),
        "这个当事人已经签了,或者不在这一件里。": Felt(before=lambda w, what: note_signature(**what, **who(w.mediator))), "签字日期要在起草以后、今天以前。": Felt(what={"day": TOMORROW}),
    }),
    "village.seal_agreement": Tried("mediator2", by_case(signed, mediator_signed=True), {}, may=MAY, spoil={
        **OPEN, list(HAND)[2]: Felt(before=own_on_paper), "还没有起草好的协议。": Felt(before=bare), "还有当事人没有签字。": Felt(what=lambda w: {"mediation_case_id": drawn(w).pk}),
        list(READY)[1]: Felt(before=untold), **UNREPORTED, "谁起草、写条款、登记签字的谁不能盖章,请另一个人核对签字后盖章。": Felt(by="mediator"), str(SAME_PERSON): Felt(before=one_person), "调解员签名以后才能盖章(第二十九条)。口头协议也要在登记表上签名。": Felt(what={"mediator_signed": False}),
    }),
    "village.tell_term": Tried("mediator", keeping, {"done": False}, may=MAY, spoil={**AGREED, "这一条不在这份协议里。": Felt(what=lambda w: {"term": other_term(w)})}),
    "village.recheck_case": Tried("mediator", by_case(sealed, day=DAY, kept="kept_whole", words="墙退了,两家说话了"), {"words": "墙退了一半"}, may=MAY, spoil={**AGREED, DAYS: Felt(what={"day": TOMORROW})}),
    "village.relapse_case": Tried("mediator", by_case(failed, kind="neighbours", facts="又为过道吵起来"), {"facts": "又为水沟吵起来"}, may=MAY, spoil={
        **HAND, "这一件还在调解。": Felt(what=lambda w: {"mediation_case_id": taken(w).pk}), "已经重新受理过,从新的那一件再受理。": Felt(before=lambda w, what: relapse_case(**what, **who(w.mediator))),
    }),
    "village.apply_to_court": Tried("mediator", by_case(sealed, jointly=True, court="永善县人民法院", day=DAY), {"court": "昭通市中级人民法院"}, may=MAY, spoil={
        **AGREED, "口头协议不能申请司法确认,先补书面协议。": Felt(before=says(written=False)), BARRED: Felt(before=says(touches="status")), "已经申请过司法确认。": Felt(before=lambda w, what: apply_to_court(**what, **who(w.mediator))),
        "协议生效超过 %(n)s 天,不能再申请司法确认。": Felt(at=MONDAY + timedelta(days=31)), "要双方一起申请(第三十三条)。": Felt(what={"jointly": False}), DAYS: Felt(what={"day": TOMORROW}),
    }),
    "village.hear_court": Tried("mediator", by_case(applied, word="court_confirmed", day=DAY, number="(2026)云0625民特3号"), {"word": "court_dismissed"}, at=LATER, may=MAY, spoil={
        **AGREED, "没有等法院裁定的申请。": Felt(before=lambda w, what: hear_court(**what, **who(w.mediator, LATER))), NOT_YET: Felt(what={"day": DAY + timedelta(days=9)}),
        "裁定日期不能早于申请那天。": Felt(before=lambda w, what: says(applied_on=DAY + timedelta(days=2))(w, what)),
    }),
    "village.open_case": Tried("mediator", by_case(sealed, reason="准备回访"), {"reason": "核对协议"}, may=MAY, spoil={**HAND, "请写明查看的理由(至少 4 个字)。": Felt(what={"reason": "看看"})}),
    "village.print_paper": Tried("mediator", by_case(sealed, paper="agreement"), {"paper": "index"}, may=MAY, spoil={**HAND, "这一件里还没有这一份。": Felt(what={"paper": "ending"})}),
}  # fmt: skip

