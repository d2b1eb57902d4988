"""What a run keeps; what somebody changes by hand; what the labourer says: he decides."""

from datetime import date
from typing import Annotated

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import searched
from wanjia.registry import bulk
from wanjia.verdict import Refused

from ..demand_states import PayUnit
from ..duties import Duty
from ..freeing.commands import free_seats
from ..models import Departure, Proposal, Vacancy
from ..states import ANSWER, Answer, Evidence, How
from ..vacancies.commands import fill
from ..vacancies.queries import takes_on
from ..workers.commands import begin_spell
from . import plans, rules
from .promised import promised_elsewhere
from .subjects import PROPOSALS

BATCH = 20_000


def store(plan, posed, answer):
    """Write a proposal for everybody who was compared, with a vacancy or without, and what was next; inside the keeping of the plan."""
    for at in range(0, len(posed.workers), BATCH):
        bulk.insert(Proposal, list(plans.rows_of(plan, posed, answer.plan, slice(at, at + BATCH))))
    held = [
        bulk.fresh(Proposal, plan_id=plan.pk, worker_id=worker, vacancy_id=vacancy, worth=worth, held=True, state=Answer.PROPOSED)
        for worker, (vacancy, _state, worth) in posed.held.items()
    ]
    bulk.insert(Proposal, held)


def swap(plan, before, *, by, at):
    """Carry what was told and said over to the version that now stands.

    Raises Refused when somebody said yes or started after this version was worked, and it proposes him something else.
    """
    if before is None:
        return
    _keep_asking(plan, before)
    old = {row.worker_id: row for row in Proposal.objects.filter(plan=before).exclude(state=Answer.PROPOSED)}
    new = {row.worker_id: row for row in Proposal.objects.filter(plan=plan, worker__in=list(old)).select_related("worker")}
    firm = [one for one in old.values() if one.state in (Answer.ACCEPTED, Answer.STARTED)]
    lost = [one for one in firm if one.worker_id not in new or new[one.worker_id].vacancy_id != one.vacancy_id]
    if lost:
        raise Refused(_("有 %(n)s 人在计算以后答应了别的岗位。请重新计算一版,他们的会保留。") % {"n": len(lost)})
    _keep_held(plan, before)
    for worker, row in new.items():
        if row.vacancy_id == old[worker].vacancy_id and row.state != old[worker].state:
            _walk(row, old[worker], by=by, at=at)
    _keep_listed(plan)


def _keep_listed(plan):
    """Let whoever is on the list of departures by his yes be on it by the same one of the version that now stands: what he says from now on, and that he began, is
    written there. Whoever is proposed something else keeps the row on which he said no.
    """
    same = Proposal.objects.filter(plan=plan, worker=OuterRef("worker"), vacancy=OuterRef("vacancy"))
    Departure.objects.filter(Exists(same), campaign=plan.about, proposal__isnull=False).update(proposal=Subquery(same.values("pk")[:1]))


def _keep_held(plan, before):
    """Let what was locked by hand before this version was worked stay locked. Raises Refused when something was locked or changed since: "重新计算也不变" was said of it."""
    held = dict(Proposal.objects.filter(plan=before, held=True).exclude(state__in=(Answer.DECLINED, Answer.ABSENT)).values_list("worker", "vacancy"))
    there = dict(Proposal.objects.filter(plan=plan, worker__in=list(held)).values_list("worker", "vacancy"))
    lost = [worker for worker, vacancy in held.items() if there.get(worker) != vacancy]
    if lost:
        raise Refused(_("有 %(n)s 人的推荐在计算以后被锁定或改过。请重新计算一版,锁定的会保留。") % {"n": len(lost)})
    Proposal.objects.filter(plan=plan, worker__in=list(held), held=False).update(held=True)


def _keep_asking(plan, before):
    """Let whoever asked that a person looks again, and was not answered, wait on in the version that now stands."""
    for worker, asked in Proposal.objects.filter(plan=before, asked_at__isnull=False, reviewed_at=None).values_list("worker", "asked_at"):
        Proposal.objects.filter(plan=plan, worker=worker).update(asked_at=asked)


def _walk(row, before, *, by, at):
    """Move a proposal along its table to where the same one stood in the version before."""
    row.told_at, row.answered_at, row.why_not = before.told_at, before.answered_at, before.why_not
    way = {Answer.TOLD: ["tell"], Answer.ACCEPTED: ["accept"], Answer.DECLINED: ["decline"], Answer.STARTED: ["accept", "start"], Answer.ABSENT: ["accept", "miss"]}
    for move in way[before.state]:
        if row.state != before.state:
            journal.move(row, ANSWER, move, by=by, at=at, saving=["told_at", "answered_at", "why_not"], area_code=row.worker.village_id)


def drop(plan):
    """Take a dropped version's proposals away: nobody was told of them."""
    Proposal.objects.filter(plan=plan).delete()


def _fitting(proposal, _actor, _day):
    return Vacancy.objects.filter(pk__in=[one.vacancy.pk for one in plans.options_of(proposal.worker, proposal.plan) if one.fits][:200]).select_related("employer")


def _choices(proposal, actor, day):
    return _fitting(proposal, actor, day).exclude(pk=proposal.vacancy_id)


@act(
    PROPOSALS, "move_to", words=_("改推荐别的岗位"), done=_("已改,并锁定:以后重新计算也不变。"), duty=Duty.MATCH, may=rules.can_move, tone="quiet", rank=30,
    template="labour/matching/move.html", more=lambda request, proposal: {"options": plans.options_of(proposal.worker, proposal.plan, 20)},
    lines={"proposal.move_to": _("改推荐别的岗位")},
)  # fmt: skip
def move_proposal(
    proposal, *, by, at,
    vacancy: Annotated[Vacancy, Asked(_("哪个岗位"), named=_fitting, within=_("这个岗位他不能做,或者已经没有名额。"), **searched(_choices))],
):  # fmt: skip
    """Propose something else by hand (改推荐): only what he may take and where a place is left; it is held through later versions."""
    option = next(one for one in plans.options_of(proposal.worker, proposal.plan) if one.vacancy.pk == vacancy.pk)
    left = Vacancy.objects.select_for_update().get(pk=vacancy.pk).left - promised_elsewhere(proposal.plan, vacancy)
    promised = Proposal.objects.filter(plan=proposal.plan, vacancy=vacancy).exclude(state__in=(Answer.DECLINED, Answer.ABSENT, Answer.STARTED)).count()
    if promised >= left:
        raise Refused(_("这个岗位的 %(n)s 个名额在这一版里都推荐出去了。先把其中一个改开。") % {"n": max(0, left)})
    before, proposal.vacancy, proposal.worth, proposal.held, proposal.next_vacancy, proposal.lacked = proposal.worth, vacancy, option.worth, True, None, None
    Proposal.objects.filter(pk=proposal.pk).update(vacancy=vacancy, worth=option.worth, held=True, next_vacancy=None, lacked=None)
    journal.record(act="proposal.move_to", subject=proposal, by=by, at=at, area_code=proposal.worker.village_id, before=str(before), after=str(option.worth))
    return proposal


@act(
    PROPOSALS, "hold", words=_("锁定或放开"), done=lambda proposal: _("已锁定,重新计算也不变。") if proposal.held else _("已放开,重新计算时会再比较。"), duty=Duty.MATCH,
    may=rules.can_hold, tone="quiet", rank=40, lines={"proposal.hold": _("锁定或放开推荐")},
)  # fmt: skip
def hold_proposal(proposal, *, by, at):
    """Keep a proposal through later versions, or let it go again (锁定)."""
    proposal.held = not proposal.held
    Proposal.objects.filter(pk=proposal.pk).update(held=proposal.held)
    journal.record(act="proposal.hold", subject=proposal, by=by, at=at, area_code=proposal.worker.village_id, held=proposal.held)
    return proposal


@act(PROPOSALS, "tell", words=_("已告知本人"), done=_("已记下,等他本人决定。"), duty=Duty.KEEP_LABOUR, may=rules.can_tell, rank=10, tone="quiet")
def tell_proposal(proposal, *, by, at):
    """Note that the labourer was told (告知本人)."""
    proposal.told_at = at
    journal.move(proposal, ANSWER, "tell", by=by, at=at, saving=["told_at"], area_code=proposal.worker.village_id)
    return proposal


@act(PROPOSALS, "accept", words=_("本人愿去"), done=_("已记下本人愿去。"), duty=Duty.KEEP_LABOUR, may=rules.can_accept, rank=5)
def accept_proposal(proposal, *, by, at):
    """Note the labourer's yes (本人愿去)."""
    return say_yes(proposal, by=by, at=at)


def say_yes(proposal, *, by, at):
    """Write a labourer's yes within an act that has judged it: told by somebody, or said by himself. Raises Refused when no place is left, or nobody is taken on any more."""
    if not takes_on(proposal.vacancy, today(at)):
        raise Refused(_("这个岗位已经招满、过期或撤下,或者用工单位被投诉查实。请重新计算或改推荐别的。"))
    proposal.answered_at, proposal.why_not = at, ""
    journal.move(proposal, ANSWER, "accept", by=by, at=at, saving=["answered_at", "why_not"], area_code=proposal.worker.village_id)
    return proposal


@act(PROPOSALS, "decline", words=_("不去推荐的岗位"), done=_("已记下,以后不再推荐这个岗位。"), duty=Duty.KEEP_LABOUR, may=rules.can_decline, rank=6, tone="quiet")
def decline_proposal(proposal, *, by, at, why: Annotated[str, Asked(_("为什么不去"), _("写他本人的原话,不评价。"), least=2, most=100)]):
    """Note the labourer's no and his reason (本人不去): he is not asked the same again."""
    return say_no(proposal, why.strip(), by=by, at=at)


def say_no(proposal, why, *, by, at):
    """Write a labourer's no within an act that has judged it; the seat that he had by his yes is free."""
    free_seats(Departure.objects.filter(proposal=proposal), why, by=by, at=at)
    proposal.answered_at, proposal.why_not = at, why
    journal.move(proposal, ANSWER, "decline", by=by, at=at, saving=["answered_at", "why_not"], reason=why, area_code=proposal.worker.village_id)
    return proposal


@act(PROPOSALS, "review", words=_("答复:由人再看"), done=_("已记下,本人凭小条能看到答复。"), duty=(Duty.KEEP_LABOUR, Duty.MATCH), may=rules.can_review, rank=2,
     lines={"proposal.review": _("答复请人再看的")})  # fmt: skip
def review_proposal(proposal, *, by, at, words: Annotated[str, Asked(_("看了以后怎么说"), _("写给他本人看的:哪些条件比过、结果对不对、能怎么办。"), rows=3, least=4, most=200)]):
    """Answer a labourer who asked that a person looks again (由人再看): he reads it on his slip."""
    proposal.review, proposal.reviewed_at = words.strip(), at
    Proposal.objects.filter(pk=proposal.pk).update(review=proposal.review, reviewed_at=at)
    journal.record(act="proposal.review", subject=proposal, by=by, at=at, area_code=proposal.worker.village_id)
    return proposal


def begin(departures, *, by, at):
    """Let what these said yes to be begun, within an act that wrote their spells as they went: no second hand is asked to note it."""
    for one in departures:
        if one.proposal and one.proposal.state == Answer.ACCEPTED:
            journal.move(one.proposal, ANSWER, "start", by=by, at=at, area_code=one.worker.village_id)


@act(PROPOSALS, "miss", words=_("没去成推荐的岗位"), done=_("已记下没有到岗。"), duty=Duty.KEEP_LABOUR, may=rules.can_miss, aside=True, tone="quiet")
def miss_proposal(proposal, *, by, at, why: Annotated[str, Asked(_("为什么没有去成"), least=2, most=100)]):
    """Note that he did not come (没有到岗)."""
    proposal.why_not = why.strip()
    journal.move(proposal, ANSWER, "miss", by=by, at=at, saving=["why_not"], reason=why.strip(), area_code=proposal.worker.village_id)
    return proposal


@act(PROPOSALS, "start", words=_("已到岗"), done=_("已登记务工,岗位还缺的人数跟着少了。"), duty=Duty.KEEP_LABOUR, may=rules.can_start, rank=4)
def start_proposal(
    proposal, *, by, at,
    on: Annotated[date, Asked(_("哪天到岗的"), initial=lambda _row, _actor, day: day)],
    evidence: Annotated[Evidence, Asked(_("佐证"), _("有合同、花名册或参保记录的才算有组织输出。"), but=(Evidence.LISTED,))],
):  # fmt: skip
    """Note that he began to work there (已到岗): the spell is written, one place less is left, the agreement counts it."""
    rules.may_begin(by, proposal, at).or_raise()
    vacancy = Vacancy.objects.select_for_update().select_related("employer").get(pk=proposal.vacancy_id)
    if vacancy.left < 1:
        raise Refused(_("这个岗位已经招满。先核实是谁到了岗。"))
    organised = evidence != Evidence.DECLARED
    spell = begin_spell(
        proposal.worker, by=by, at=at, from_on=on, to_on=None, place=vacancy.place_from(proposal.worker.village_id), area=vacancy.place, employer_name=vacancy.employer.name,
        trade=vacancy.trade, pay=vacancy.pay_from * (plans.HOURS if vacancy.pay_unit == PayUnit.HOUR else 1), how=How.ORGANISED if organised else How.SELF, carried=False,
        evidence=evidence, source=str(_("人岗匹配")),
    )  # fmt: skip
    fill(vacancy, [spell], by=by, at=at)
    journal.move(proposal, ANSWER, "start", by=by, at=at, area_code=proposal.worker.village_id, spell=spell.pk)
    return proposal
