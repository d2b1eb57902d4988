"""How the acts of the demand side are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import User
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..agreements.commands import end_agreement
from ..employers.commands import confirm_proof, judge_complaint, refuse_proof
from ..models import Worker
from ..stations.commands import choose_station, claim_wages, close_outpost, leave_station, withdraw_claim
from ..vacancies.commands import note_start, withdraw_vacancy
from . import demand_world as d

KEEPS = "township_worker station_worker labour_officer"
CONFIRMS = "labour_officer labour_analyst"
HEARS = "village_worker township_worker station_worker labour_officer"
NO_KEEPING, ELSEWHERE = "您的岗位没有登记用工单位的权限。", "这家单位不由您的单位登记。"
NO_CONFIRMING = "您的岗位没有核实佐证、查明投诉的权限。"
NO_VACANCY, VACANCY_ELSEWHERE, WITHDRAWN = "您的岗位没有登记岗位的权限。", "这个岗位不由您的单位登记。", "这个岗位已经撤下了。"
NO_PACT, NO_OUTPOST = "您的岗位没有登记劳务协作的权限。", "您的岗位没有登记驻外机构的权限。"
NO_LABOUR, OUT_OF_REACH = "您的岗位没有登记劳动力情况的权限。", "这个人不在您的辖区。"
TWICE, TWO_ACCOUNTS = str(SAME_PERSON), Felt(before=lambda w, _what: User.objects.filter(pk=w.clerk.pk).update(name=w.labour.name))
OWN_PROOF, OWN_COMPLAINT = "自己录入的佐证,请另一个人核实。", "自己记下的投诉,请另一个人查明。"
SAID = "“%(what)s”至少写 %(n)s 个字。"
PROOF = {"criterion": "scale", "words": "参保人数证明 46 人", "on": d.DAY}
HEARD = {"ground": "wages", "words": "干了两个月没发工资", "received_on": d.DAY}
JUDGED = {"justified": True, "checked": "visit", "judgement": "查了工资册,确实没发"}
LATE = d.DAY + timedelta(days=1)


def _employer(w):
    return {"employer_id": d.employer(w).pk}


def _proof(w, by=None):
    return {"proof_id": d.proof(w, by=by).pk}


def _complaint(w, by=None):
    return {"complaint_id": d.complaint(w, by=by).pk}


def _vacancy(w, **more):
    return {"vacancy_id": d.vacancy(w, **more).pk}


def _live(w, **more):
    return {"vacancy_id": d.live(w, **more).pk}


def _withdrawn(w, what):
    withdraw_vacancy(vacancy_id=what["vacancy_id"], reason="不招了", **d.who(w.clerk))


def _started(w):
    spell = d.working(w)
    return _live(w) | {"spells": [spell]}


def _pact(w):
    return {"agreement_id": d.pact(w).pk}


def _outpost(w):
    return {"outpost_id": d.station(w).pk}


def _to_choose(w):
    return {"away_id": d.working(w).worker_id, "station": d.station(w), "consent": "phone"}


def _chosen(w):
    return {"away_id": d.belonging(w).worker_id}


def _owed(w):
    return {"own_id": d.looked_after(w).pk} | d.OWED


def _claimed(w):
    claim = d.claim(w)
    return {"own_id": claim.worker_id, "claim": claim, "reason": "日子写错了"}


def _another_claim(w, what):
    """It was withdrawn meanwhile, and the days claimed anew: this one is not there any more."""
    withdraw_claim(**what, **d.who(w.away))
    claim_wages(own_id=what["own_id"], **d.OWED, **d.who(w.away))


def _gone(w, what):
    Worker.objects.filter(pk=what["away_id"]).update(left_on=d.DAY, left_because="service")


def _home(w, what):
    Worker.objects.get(pk=what["away_id"]).spells.update(to_on=d.DAY)


ACTS = {
    "labour.add_employer": Tried("clerk", lambda w: dict(d.FACTORY), {"name": "另一家制衣公司"}, may=KEEPS, spoil={
        NO_KEEPING: Felt(by="visitor"),
        "统一社会信用代码不对,请照营业执照核对:18 位,没有字母 I、O、S、V、Z,最后一位是校验位。": Felt(what={"code": "91530625MA6K000010"}),
        "这个代码已经登记了,是“%(name)s”,不用再登。": Felt(before=lambda w, _what: d.employer(w)),
        SAID: Felt(what={"name": "厂"}),
    }),
    "labour.keep_employer": Tried("clerk", lambda w: _employer(w) | {"name": "永善某某服装有限公司", "place": "530625"}, {"name": "又一个名字"}, may=KEEPS, spoil={
        NO_KEEPING: Felt(by="visitor"), ELSEWHERE: Felt(by="stranger"),
    }),
    "labour.enter_proof": Tried("clerk", lambda w: _employer(w) | PROOF, {"words": "工资册 50 人"}, may=KEEPS, spoil={
        NO_KEEPING: Felt(by="visitor"), ELSEWHERE: Felt(by="stranger"),
        "日期不能晚于今天。": Felt(what={"on": LATE}),
        "这份佐证 %(day)s 就过了有效期,请找近一些的。": Felt(what={"on": date(2025, 1, 1)}),
        SAID: Felt(what={"words": "有"}),
    }),
    "labour.confirm_proof": Tried("labour", lambda w: _proof(w) | {"checked": "paper"}, {"checked": "phone"}, may=CONFIRMS, spoil={
        NO_CONFIRMING: Felt(by="clerk"), ELSEWHERE: Felt(by=d.elsewhere), OWN_PROOF: Felt(what=lambda w: _proof(w, by=w.labour)), TWICE: TWO_ACCOUNTS,
        "这份佐证已经核实过了。": Felt(before=lambda w, what: confirm_proof(proof_id=what["proof_id"], checked="paper", **d.who(w.labour2))),
    }),
    "labour.refuse_proof": Tried("labour", lambda w: _proof(w) | {"reason": "人数与社保对不上"}, {"reason": "材料过期"}, may=CONFIRMS, spoil={
        NO_CONFIRMING: Felt(by="clerk"), ELSEWHERE: Felt(by=d.elsewhere), OWN_PROOF: Felt(what=lambda w: _proof(w, by=w.labour)),
        "这份佐证已经不采信了。": Felt(before=lambda w, what: refuse_proof(proof_id=what["proof_id"], reason="对不上号", **d.who(w.labour2))),
        SAID: Felt(what={"reason": "假"}),
    }),
    "labour.record_complaint": Tried("clerk", lambda w: _employer(w) | HEARD, {"words": "还扣了身份证不给"}, may=HEARS, spoil={
        "您的岗位没有记录投诉的权限。": Felt(by="handler"), "日期不能晚于今天。": Felt(what={"received_on": LATE}), SAID: Felt(what={"words": "欠钱"}),
    }),
    "labour.judge_complaint": Tried("labour", lambda w: _complaint(w) | JUDGED, {"justified": False}, may=CONFIRMS, spoil={
        NO_CONFIRMING: Felt(by="clerk"), ELSEWHERE: Felt(by=d.elsewhere), OWN_COMPLAINT: Felt(what=lambda w: _complaint(w, by=w.labour)), TWICE: TWO_ACCOUNTS,
        "这件投诉已经查明了。": Felt(before=lambda w, what: judge_complaint(complaint_id=what["complaint_id"], **JUDGED, **d.who(w.labour2))),
        SAID: Felt(what={"judgement": "真"}),
    }),
    "labour.write_vacancy": Tried("clerk", lambda w: _employer(w) | d.OFFER, {"title": "裁剪工"}, may=KEEPS, spoil={
        NO_VACANCY: Felt(by="visitor"), "招到的日期要在开始以后、今天以后。": Felt(what={"until_on": d.DAY}), "工资的上限不能比下限低。": Felt(what={"pay_to": 2000}),
        "“%(said)s”:%(why)s(%(law)s)。%(instead)s。": Felt(what={"words": "限男,会用平车"}),
        "这份协议不在有效期里,或者是和别的单位签的。": Felt(what=lambda w: {"agreement": d.pact(w, from_on=date(2025, 1, 1), until_on=date(2026, 1, 1))}),
    }),
    "labour.amend_vacancy": Tried("clerk", lambda w: _vacancy(w) | d.OFFER | {"headcount": 5}, {"title": "裁剪工"}, may=KEEPS, spoil={
        NO_VACANCY: Felt(by="visitor"), VACANCY_ELSEWHERE: Felt(by="stranger"), WITHDRAWN: Felt(before=_withdrawn),
        "已经上岗 %(n)s 人,招的人数不能比这少。": Felt(
            what=lambda w: _live(w) | {"headcount": 1},
            before=lambda w, what: [note_start(vacancy_id=what["vacancy_id"], spells=[d.working(w, person)], **d.who(w.visitor)) for person in (w.register.head, w.register.wife)],
        ),
    }),
    "labour.confirm_vacancy": Tried("labour", lambda w: _vacancy(w) | d.TRUE, {"words": "打电话问了厂长"}, may=CONFIRMS, spoil={
        "您的岗位没有核实岗位的权限。": Felt(by="clerk"), VACANCY_ELSEWHERE: Felt(by=d.elsewhere), WITHDRAWN: Felt(before=_withdrawn),
        "自己登记的岗位,请另一个人核实。": Felt(what=lambda w: _vacancy(w, by=w.labour)), TWICE: TWO_ACCOUNTS,
        "这个岗位 %(day)s 已经到期,还招的请先改日期。": Felt(at=MONDAY + timedelta(days=90)),
        SAID: Felt(what={"words": "真"}),
    }),
    "labour.withdraw_vacancy": Tried("clerk", lambda w: _vacancy(w) | {"reason": "招满了"}, {"reason": "厂里停产"}, may=KEEPS, spoil={
        NO_VACANCY: Felt(by="visitor"), VACANCY_ELSEWHERE: Felt(by="stranger"), WITHDRAWN: Felt(before=_withdrawn), SAID: Felt(what={"reason": "停"}),
    }),
    "labour.note_start": Tried("visitor", _started, {"spells": []}, may=HEARS, spoil={
        NO_LABOUR: Felt(by="handler"), "只有核实过的岗位才能登记上岗。": Felt(what=_vacancy),
        "这个岗位已经招满了。": Felt(
            what=lambda w: _live(w, headcount=1) | {"spells": [d.working(w, w.register.wife)]},
            before=lambda w, what: note_start(vacancy_id=what["vacancy_id"], spells=[d.working(w)], **d.who(w.visitor)),
        ),
        "请选在这家单位上岗、还没有登记过的人。": Felt(what=lambda w: {"spells": [d.working(w, w.register.wife, name="别的厂")]}),
        "只缺 %(n)s 人,选多了。": Felt(what=lambda w: _live(w, headcount=1) | {"spells": [d.working(w), d.working(w, w.register.wife)]}),
    }),
    "labour.add_agreement": Tried("labour", lambda w: dict(d.PACT), {"quota": 200}, may=CONFIRMS, spoil={
        NO_PACT: Felt(by="clerk"), "和企业签的选企业,和地方签的填单位,两样只能有一样。": Felt(what={"party": ""}), "和地方签的,请选那个地方在哪里。": Felt(what={"place": ""}),
        "结束的日期要在开始以后。": Felt(what={"until_on": date(2026, 1, 1)}), SAID: Felt(what={"title": "协议"}),
    }),
    "labour.end_agreement": Tried("labour", lambda w: _pact(w) | {"on": d.DAY, "reason": "对方停产"}, {"reason": "另签了一份"}, may=CONFIRMS, spoil={
        NO_PACT: Felt(by="clerk"), "这份协议不由您的单位登记。": Felt(by=d.elsewhere),
        "这份协议已经终止了。": Felt(before=lambda w, what: end_agreement(agreement_id=what["agreement_id"], on=d.DAY, reason="停产", **d.who(w.labour2))),
        "终止的日期要在开始以后、今天以前。": Felt(what={"on": LATE}),
    }),
    "labour.add_outpost": Tried("labour", lambda w: d.ABROAD | {"contact": w.labour}, {"phone": "13887000078"}, may=CONFIRMS, spoil={
        NO_OUTPOST: Felt(by="clerk"), "成立的日期不能晚于今天。": Felt(what={"from_on": LATE}), "电话号码不对,请核对。": Felt(what={"phone": "123"}),
        "这个地方已经有同名的机构。": Felt(before=lambda w, _what: d.station(w)), "联系人要是您辖区里有岗位的人。": Felt(what=lambda w: {"contact": d.elsewhere(w)}),
        "这个单位不在您的辖区,或者已经是别的机构的。": Felt(what=lambda w: {"unit": d.elsewhere(w).posts.get().organisation}),
    }),
    "labour.keep_outpost": Tried("labour", lambda w: _outpost(w) | {"contact": w.labour2, "phone": "13887000079"}, {"phone": "13887000080"}, may=CONFIRMS, spoil={
        NO_OUTPOST: Felt(by="clerk"), "这个机构不由您的单位登记。": Felt(by=d.elsewhere),
        "这个机构已经撤销了。": Felt(before=lambda w, what: close_outpost(outpost_id=what["outpost_id"], on=d.DAY, reason="合并", **d.who(w.labour2))),
    }),
    "labour.close_outpost": Tried("labour", lambda w: _outpost(w) | {"on": d.DAY, "reason": "并入杭州站"}, {"reason": "房子到期"}, may=CONFIRMS, spoil={
        NO_OUTPOST: Felt(by="clerk"), "这个机构不由您的单位登记。": Felt(by=d.elsewhere),
        "这个机构已经撤销了。": Felt(before=lambda w, what: close_outpost(outpost_id=what["outpost_id"], on=d.DAY, reason="合并", **d.who(w.labour2))),
        "撤销的日期要在成立以后、今天以前。": Felt(what={"on": LATE}),
    }),
    "labour.choose_station": Tried("visitor", _to_choose, {"consent": "face"}, may=HEARS, spoil={
        NO_LABOUR: Felt(by="handler"), OUT_OF_REACH: Felt(by="stranger"), "这个人已经退出名册。": Felt(before=_gone), "这个人现在没有在外务工的记录,先登记务工去向。": Felt(before=_home),
        "这个人已经归一个站服务。要换的,先记下不再归那个站。": Felt(before=lambda w, what: choose_station(**what, **d.who(w.visitor))),
        "这个站不服务他务工的地方。": Felt(what=lambda w: {"station": d.station(w, host="440300", name="驻深圳就业服务站")}),
    }),
    "labour.leave_station": Tried("visitor", lambda w: _chosen(w) | {"reason": "换厂了"}, {"reason": "不想要"}, may=HEARS, spoil={
        NO_LABOUR: Felt(by="handler"), OUT_OF_REACH: Felt(by="stranger"),
        "这个人没有归哪个站服务。": Felt(before=lambda w, what: leave_station(away_id=what["away_id"], **d.who(w.visitor))),
    }),
    "labour.claim_wages": Tried("away", _owed, {"words": "厂门口没有人了"}, may="station_away", spoil={
        "您的岗位没有服务在外务工人员的权限。": Felt(by="clerk"),
        "这个人没有归您的站,或者不在这里务工已满一年。": Felt(before=lambda w, what: leave_station(away_id=what["own_id"], **d.who(w.visitor))),
        "欠薪的日子要在他在这里做工的日子里(%(works)s),一份工登记一次。": Felt(what={"last_on": LATE}),
        "这些日子的工资已经登记成诉求 %(number)s。": Felt(before=lambda w, what: claim_wages(**what, **d.who(w.away))),
        SAID: Felt(what={"words": "欠"}),
    }),
    "labour.withdraw_claim": Tried("away", _claimed, {"reason": "记成了另一个人"}, may="station_away", spoil={
        "您的岗位没有服务在外务工人员的权限。": Felt(by="clerk"),
        "这个人没有归您的站,或者不在这里务工已满一年。": Felt(before=lambda w, what: leave_station(away_id=what["own_id"], **d.who(w.visitor))),
        "没有替他登记过欠薪,或者已经撤销。": Felt(before=lambda w, what: withdraw_claim(**what, **d.who(w.away))), SAID: Felt(what={"reason": "错"}),
        "没有这一笔,或者已经撤销。": Felt(before=_another_claim),
    }),
}  # fmt: skip
