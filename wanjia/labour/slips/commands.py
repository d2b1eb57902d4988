"""Print a labourer's slip; hear him through it: yes, no, "let somebody look again", and what those at home need."""

import secrets

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import act
from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.kernel.command import SystemActor, command
from wanjia.orgs.locks import alone, hold
from wanjia.sealing.keys import blind
from wanjia.solving.standing.holding import hold_standing
from wanjia.verdict import Refused

from ..duties import Duty
from ..matching.commands import say_no, say_yes
from ..models import Proposal, Voiced, Worker, WorkSlip, WorkSlipMiss
from ..states import Answer, HomeMatter
from ..workers.subjects import WORKERS
from . import pages, rules
from .queries import ALPHABET, LENGTH, worker_of

HIMSELF = SystemActor(name="劳动者本人(小条)")


@act(
    WORKERS, "work_slip", at="slip", words=_("打印务工小条"), duty=Duty.KEEP_LABOUR, may=rules.can_issue, aside=True, rank=60, template="labour/slips/issue.html",
    then=pages.paper, call=None, because="a code is shown once, on paper, at a screen", lines={"worker.slip": _("发放务工小条")},
)  # fmt: skip
def issue_work_slip(worker, *, by, at):
    """Make a fresh code for a labourer's own slip (务工小条); an earlier one ends. Returns the WorkSlip with `fresh` true: only then may its code be shown."""
    WorkSlip.objects.filter(worker=worker, ended_at=None).update(ended_at=at)
    code = "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))
    slip = WorkSlip.objects.create(worker=worker, code=code, issued_by=by, issued_at=at)
    journal.record(act="worker.slip", subject=worker, by=by, at=at, area_code=worker.village_id)
    slip.fresh = True
    return slip


def open_by_code(*, code, address, at):
    """Return the labourer behind a code, or None and the miss counted; Refused after too many from this address.

    Judging and counting are one step per address: tries sent at once would all be judged before the first is counted.
    """
    index = blind("work_slip.address", address)
    with alone(f"work_slip.address|{index}"):
        rules.may_try(index, at).or_raise()
        worker = worker_of(code)
        if worker is None:
            count_work_slip_miss(address=address, by=HIMSELF, at=at)
    return worker


@command("labour.count_work_slip_miss")
def count_work_slip_miss(*, address, by, at):
    """Remember a wrong code from an address (kept as a keyed index), so that codes cannot be tried out."""
    miss = WorkSlipMiss.objects.create(address_index=blind("work_slip.address", address), at=at)
    journal.record(act="work_slip.miss", subject=miss, by=by, at=at)


def _taken(worker_id, proposal_id):
    worker = Worker.objects.select_for_update(of=("self",)).select_related("person").get(pk=worker_id)
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("worker__person", "vacancy__employer", "plan")
    proposal = rows.filter(pk=proposal_id, worker=worker).first()
    if proposal is not None:
        hold_standing(proposal.plan_id)
    return worker, proposal


@command("labour.answer_by_slip")
def answer_by_slip(*, worker_id, proposal_id, word, by, at, why=""):
    """Take the labourer's own yes or no from his slip (本人凭小条说). He needs no account, and whoever printed it answers for nothing.

    Raises Refused when the proposal is no longer his, no place is left, or a no says nothing.
    """
    worker, proposal = _taken(worker_id, proposal_id)
    if word not in (Answer.ACCEPTED, Answer.DECLINED):
        raise Refused(_("请选择“我愿去”或“我不去”。"))
    rules.can_say(worker, proposal, word).or_raise()
    if word == Answer.ACCEPTED:
        say_yes(proposal, by=by, at=at)
    else:
        say_no(proposal, why.strip() or str(_("没有说原因")), by=by, at=at)
    return proposal


@command("labour.ask_by_slip")
def ask_by_slip(*, worker_id, proposal_id, by, at):
    """Ask that a person looks again at what was worked out for him (个人信息保护法第二十四条): it waits with whoever keeps his record."""
    worker, proposal = _taken(worker_id, proposal_id)
    rules.can_ask(worker, proposal).or_raise()
    proposal.asked_at, proposal.reviewed_at, proposal.review = at, None, ""
    Proposal.objects.filter(pk=proposal.pk).update(asked_at=at, reviewed_at=None, review="")
    journal.record(act="proposal.ask", subject=proposal, by=by, at=at, area_code=worker.village_id)
    return proposal


@command("labour.voice_by_slip")
def voice_by_slip(*, worker_id, matter, summary, by, at):
    """Voice what those at home need (打工的事交给你, 家里的事交给我, B39): a need of the ledger in the home's village, through what its app brings (OPENS_NEEDS).

    Returns the Voiced. Raises Refused when he works nowhere away, has voiced as many as rules.can_voice lets him, or says nothing.
    """
    hold(f"voiced of|{worker_id}|")  # two who send at once are judged one after the other
    worker = Worker.objects.select_for_update(of=("self",)).select_related("person", "village").get(pk=worker_id)
    rules.can_voice(worker, at).or_raise()
    if matter not in HomeMatter.values:
        raise Refused(_("请选择是哪一类事。"))
    if sum(sign.isalnum() for sign in summary) < 4:  # signs that nobody sees say nothing
        raise Refused(_("请说清楚是什么困难(至少 4 个字)。"))
    person = worker.person
    number = gather("OPENS_NEEDS")[0](
        village=worker.village, person=person, name=person.shown_name, phone="" if person.is_protected else person.phone, kind=matter, summary=summary.strip()[:200],
        story=str(_("本人在外务工,%(day)s 凭务工小条说的。") % {"day": today(at)}), unit=None, by=by, at=at, young=person.is_protected,
    )  # fmt: skip
    voiced = Voiced.objects.create(worker=worker, number=number, at=at)
    journal.record(act="worker.voice", subject=worker, by=by, at=at, area_code=worker.village_id, need=number)
    return voiced
