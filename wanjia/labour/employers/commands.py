"""Enter an employer, bear out the five criteria by two people, write down what is complained of, find it justified or not."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.fields import searched
from wanjia.policy import demand
from wanjia.policy.identity import credit_code_holds, fold
from wanjia.policy.work_places import places
from wanjia.registry.finding import by_number
from wanjia.verdict import Refused

from ..demand_states import COMPLAINT, PROOF, Checked
from ..duties import Duty
from ..models import Complaint, Employer, Proof
from . import asking, pages, rules
from .standing import standing_of
from .subjects import COMPLAINTS, EMPLOYERS, PROOFS

TODAY = {"initial": lambda _row, _actor, day: day}
LATER = _("日期不能晚于今天。")
NAME, ADDRESS = _("单位全称"), _("地址")
PLACE = searched(asking.places_of_work)
SECTORS = {"among": asking.sectors}


@act(
    EMPLOYERS, "employer_add", at="new", call="", words=_("登记用工单位"), done=_("已登记。接着录入“五有”佐证,或者登记岗位。"), duty=Duty.KEEP_EMPLOYERS, may=rules.can_add, new=True, then=pages.to_employer,
    lines={"employer.add": _("登记用工单位")},
)  # fmt: skip
def add_employer(
    *, by, at,
    name: Annotated[str, Asked(NAME, least=2, most=80)],
    code: Annotated[str, Asked(_("统一社会信用代码"), _("营业执照上的 18 位。"), most=30)],
    place: Annotated[str, Asked(_("在哪里"), **PLACE)],
    address: Annotated[str, Asked(ADDRESS, most=80)] = "",
    sectors: Annotated[list[str], Asked(_("属于哪些产业"), **SECTORS)] = (),
    workshop: Annotated[bool, Asked(_("是就业帮扶车间"))] = False,
    contact_name: Annotated[str, Asked(_("单位联系人"), most=40)] = "",
    phone: Annotated[str, Asked(_("招聘电话"), _("会印在招工榜上。"), most=20)] = "",
):  # fmt: skip
    """Enter an employer under its credit code, once; kept by the actor's own area. Returns the Employer."""
    code = fold(code)
    if not credit_code_holds(code):
        raise Refused(_("统一社会信用代码不对,请照营业执照核对:18 位,没有字母 I、O、S、V、Z,最后一位是校验位。"))
    if (known := Employer.objects.filter(code=code).first()) is not None:
        raise Refused(_("这个代码已经登记了,是“%(name)s”,不用再登。") % {"name": known.name})
    facts = {"name": name.strip(), "address": address.strip(), "sectors": list(sectors), "workshop": workshop, "contact_name": contact_name.strip(), "phone": phone.strip()}
    area = scope.areas(by, duty=Duty.KEEP_EMPLOYERS)[0]
    row = Employer.objects.create(code=code, area=area, place=place, place_name=places()[place], recorded_at=at, recorded_by_id=by.id, **facts)
    journal.record(act="employer.add", subject=row, by=by, at=at, area_code=row.area_id, code=code)
    return row


@act(
    EMPLOYERS, "employer_keep", at="keep", words=_("改单位资料"), done=_("已改好。"), duty=Duty.KEEP_EMPLOYERS, may=rules.can_keep, aside=True, lines={"employer.keep": _("改单位资料")},
)  # fmt: skip
def keep_employer(
    employer, *, by, at,
    name: Annotated[str, Asked(NAME, least=2, most=80, initial=asking.own("name"))],
    place: Annotated[str, Asked(_("在哪里"), initial=asking.own("place"), **PLACE)],
    address: Annotated[str, Asked(ADDRESS, most=80, initial=asking.own("address"))] = "",
    sectors: Annotated[list[str], Asked(_("属于哪些产业"), initial=asking.own("sectors"), **SECTORS)] = (),
    workshop: Annotated[bool, Asked(_("是就业帮扶车间"), initial=asking.own("workshop"))] = False,
    contact_name: Annotated[str, Asked(_("单位联系人"), most=40, initial=asking.own("contact_name"))] = "",
    phone: Annotated[str, Asked(_("招聘电话"), _("会印在招工榜上。"), most=20, initial=asking.own("phone"))] = "",
):  # fmt: skip
    """Mend an employer's facts; its credit code stays what it is."""
    facts = {
        "name": name.strip(), "place": place, "place_name": places()[place], "address": address.strip(), "sectors": list(sectors), "workshop": workshop,
        "contact_name": contact_name.strip(), "phone": phone.strip(),
    }  # fmt: skip
    changed = sorted(key for key, value in facts.items() if getattr(employer, key) != value)
    for key, value in facts.items():
        setattr(employer, key, value)
    employer.version += 1
    employer.save(update_fields=[*facts, "version"])
    journal.record(act="employer.keep", subject=employer, by=by, at=at, area_code=employer.area_id, changed=changed)
    return employer


@act(
    EMPLOYERS, "proof_enter", at="proof", words=_("录入“五有”佐证"), done=_("已录入,等另一个人核实。"), duty=Duty.KEEP_EMPLOYERS, may=rules.can_keep, rank=10,
    lines={"proof.enter": _("录入“五有”佐证")},
)  # fmt: skip
def enter_proof(
    employer, *, by, at,
    criterion: Annotated[str, Asked(_("哪一有"), among=asking.criteria)],
    words: Annotated[str, Asked(_("是什么佐证"), _("写清材料名称、编号、谁出的。"), least=4, most=120, rows=2)],
    on: Annotated[date, Asked(_("佐证日期"), _("材料上的日期;失效日由它算起。"), **TODAY)],
):  # fmt: skip
    """Bring evidence for one of the five; it holds from its own day for the months of the policy, once somebody else confirms it. Returns the Proof."""
    if on > today(at):
        raise Refused(LATER)
    until = demand.holds_until(criterion, on)
    if until <= today(at):
        raise Refused(_("这份佐证 %(day)s 就过了有效期,请找近一些的。") % {"day": until})
    proof = Proof.objects.create(employer=employer, criterion=criterion, words=words.strip(), on=on, until_on=until, entered_at=at, entered_by_id=by.id)
    journal.record(act="proof.enter", subject=proof, by=by, at=at, area_code=employer.area_id, employer=employer.pk, criterion=criterion, on=on)
    return proof


@act(
    PROOFS, "proof_confirm", at="confirm", words=_("核实佐证"), done=_("已核实。"), duty=Duty.CONFIRM_EMPLOYERS, may=rules.can_confirm, rank=10, then=pages.to_its_employer, lines={"proof.confirm": _("核实佐证")},
)  # fmt: skip
def confirm_proof(proof, *, by, at, checked: Annotated[Checked, Asked(_("怎么核实的"))]):
    """Confirm evidence that somebody else entered: from today on it bears its criterion out."""
    proof.decided_on, proof.decided_by_id, proof.checked = today(at), by.id, checked
    journal.move(proof, PROOF, "confirm", by=by, at=at, saving=("decided_on", "decided_by_id", "checked"), area_code=proof.employer.area_id, checked=checked)
    return _stands(proof.employer_id, at) and proof


@act(
    PROOFS, "proof_refuse", at="refuse", words=_("不采信佐证"), done=_("已记下,这份佐证不算。"), duty=Duty.CONFIRM_EMPLOYERS, may=rules.can_refuse, aside=True, then=pages.to_its_employer,
    lines={"proof.refuse": _("不采信佐证")},
)  # fmt: skip
def refuse_proof(proof, *, by, at, reason: Annotated[str, Asked(_("为什么不采信"), least=4, most=120, rows=2)]):
    """Say that evidence does not hold: from today on it bears nothing out; what it bore out before stays as it was."""
    proof.refused_on, proof.reason = today(at), reason.strip()
    if proof.decided_by_id is None:
        proof.decided_on, proof.decided_by_id = today(at), by.id
    saving = ("refused_on", "reason", "decided_on", "decided_by_id")
    journal.move(proof, PROOF, "refuse", by=by, at=at, saving=saving, reason=reason, area_code=proof.employer.area_id)
    return _stands(proof.employer_id, at) and proof


@act(
    EMPLOYERS, "complaint_record", at="complaint", words=_("记下投诉"), done=_("已记下,等另一个人去查。"), duty=rules.HEARS, may=rules.can_complain, rank=30, tone="quiet", lines={"complaint.record": _("记下投诉")},
)  # fmt: skip
def record_complaint(
    employer, *, by, at,
    ground: Annotated[str, Asked(_("投诉什么"), among=asking.grounds, select=True, none=_("请选择"))],
    words: Annotated[str, Asked(_("本人怎么说的"), _("照原话写。"), least=4, most=500, rows=4)],
    received_on: Annotated[date, Asked(_("哪天说的"), **TODAY)],
    who: Annotated[str, Asked(_("谁说的"), _("姓名、电话;不愿说的可以不填。"), most=60)] = "",
    number: Annotated[str, Asked(_("身份证号"), _("可以不填。填了,以后本人要求删除时找得到这条记录。"), most=20)] = "",
):  # fmt: skip
    """Write down what somebody complains of, sealed. A number that is given binds it to the person; whether it is known is told to nobody. Returns the Complaint."""
    if received_on > today(at):
        raise Refused(LATER)
    row = Complaint.objects.create(
        employer=employer, ground=ground, words=words.strip(), who=who.strip(), person=by_number(number) if number.strip() else None, received_on=received_on,
        recorded_at=at, recorded_by_id=by.id,
    )  # fmt: skip
    journal.record(act="complaint.record", subject=row, by=by, at=at, area_code=employer.area_id, employer=employer.pk, ground=ground)
    return row


@act(
    COMPLAINTS, "complaint_judge", at="judge", words=_("查明投诉"), done=_("已记下查明的结果。"), duty=Duty.CONFIRM_EMPLOYERS, may=rules.can_judge, rank=10,
    lines={"complaint.uphold": _("查实投诉"), "complaint.dismiss": _("查不实投诉")},
)  # fmt: skip
def judge_complaint(
    complaint, *, by, at,
    justified: Annotated[bool, Asked(_("查下来"), answers=(_("属实"), _("不属实")))],
    checked: Annotated[Checked, Asked(_("怎么核实的"))],
    judgement: Annotated[str, Asked(_("查明的情况"), _("问了谁、看了什么、单位怎么说。"), least=5, most=400, rows=3)],
):  # fmt: skip
    """Say whether a complaint is justified: somebody else than who wrote it down. Justified ones count against the employer for the months of the policy."""
    complaint.judged_on, complaint.judged_by_id, complaint.checked, complaint.judgement = today(at), by.id, checked, judgement.strip()
    saving = ("judged_on", "judged_by_id", "checked", "judgement")
    journal.move(complaint, COMPLAINT, "uphold" if justified else "dismiss", by=by, at=at, saving=saving, area_code=complaint.employer.area_id)
    return _stands(complaint.employer_id, at) and complaint


def _stands(employer_id, at):
    """Write beside an employer what follows from its evidence and complaints: from when until when it is 五有 as far as is known now."""
    employer = Employer.objects.select_for_update(no_key=True).get(pk=employer_id)
    now = standing_of(employer, today(at))
    employer.valid_from_on, employer.valid_to_on = now.span
    employer.barred_to_on = now.barred_to_on
    employer.save(update_fields=["valid_from_on", "valid_to_on", "barred_to_on"])
    return employer
