"""The acts of outreach: planned, looked at, let go or dropped; what somebody answered; no more of it, and again.

Nothing is sent by a machine to anybody's telephone: a person calls, a slip is printed, or the villages' units are asked to pass it on (channels of the
house, a number and a link, no name).
"""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.areas.fields import under_its_place
from wanjia.orgs.delivery.commands import tell_all
from wanjia.orgs.fields import searched, widest
from wanjia.orgs.locks import hold
from wanjia.orgs.models import Area
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..models import OptOut, Outreach, Reached
from ..reach_states import OUTREACH, Told, Way
from ..vacancies.subjects import VACANCIES
from ..workers.subjects import WORKERS
from . import pages, queries, rules
from .subjects import OUTREACHES, REACHED

ABOUT = "outreach"
MOST = 500
TURN = "outreach"  # of all sendings: areas lie in one another, and any two may mean the same person


@act(VACANCIES, "outreach_new", at="tell", words=_("推送给没有就业的人"), done=_("名单在下面,还没有推送。看过再推送。"), duty=Duty.REACH_OUT, may=rules.can_plan, aside=True,
     then=pages.to_outreach, lines={"outreach.plan": _("拟定岗位推送")})  # fmt: skip
def plan_outreach(
    vacancy, *, by, at,
    area: Annotated[Area, Asked(_("告诉哪里的人"), within=rules.ELSEWHERE, initial=widest(queries.areas_for), **searched(queries.areas_for, under_its_place))],
    way: Annotated[Way, Asked(_("怎么告诉"), _("系统不发短信。打电话、发纸条,或者请村里的人转告。"))],
    most: Annotated[int, Asked(_("最多告诉几个人"), least=1, most=MOST, initial=50)] = 50,
    families: Annotated[bool, Asked(_("只告诉有学生的家庭"), _("不勾的,有学生的家庭也排在前面。"))] = False,
):  # fmt: skip
    """Plan whom to tell of a vacancy (拟定推送): the list is looked at before anything leaves."""
    one = Outreach.objects.create(vacancy=vacancy, area=area, way=way, most=most, families=families, made_at=at, made_by=by if by.id else None)
    journal.record(act="outreach.plan", subject=one, by=by, at=at, area_code=area.pk, vacancy=vacancy.pk)
    return one


@act(OUTREACHES, "outreach_send", at="send", words=_("推送"), done=lambda one: pages.sent_words(one), duty=Duty.REACH_OUT, may=rules.can_send, rank=10,
     lines={"outreach.send": _("推送岗位")})  # fmt: skip
def send_outreach(outreach, *, by, at):
    """Tell those of the list as it stands now (推送): each once for a vacancy, nobody who opted out, nobody more often in a month than the policy says."""
    day = today(at)
    hold(TURN)  # how often somebody was told this month is counted and written without another sending in between
    found = queries.audience_of(outreach, by, day)
    if not found.told:
        raise Refused(_("按这个条件现在没有要告诉的人。"))
    rows = [
        Reached(outreach=outreach, vacancy=outreach.vacancy, worker=worker, student=student, why=why, told_on=day, recorded_by=by if by.id else None)
        for worker, student, why in found.told
    ]  # fmt: skip
    try:
        with transaction.atomic():
            Reached.objects.bulk_create(rows)
    except IntegrityError:  # somebody else told one of them of the same vacancy in this moment
        raise Conflict() from None
    outreach.sent_at, outreach.reached, outreach.left_out = at, len(rows), found.counts
    journal.move(outreach, OUTREACH, "send", by=by, at=at, saving=["sent_at", "reached", "left_out"], area_code=outreach.area_id, reached=len(rows))
    if outreach.way == Way.UNITS:
        path = f"/labour/outreach/{outreach.pk}/"
        told = [(unit, ABOUT, str(n), path, f"{ABOUT}:{outreach.pk}") for unit, n in queries.units_of([row.worker for row in rows], day).items()]
        tell_all(told, at=at)
    return outreach


@act(OUTREACHES, "outreach_drop", at="drop", words=_("不推送"), done=_("已记下,谁也没有收到。"), duty=Duty.REACH_OUT, may=rules.can_drop, aside=True, tone="danger",
     lines={"outreach.drop": _("决定不推送")})  # fmt: skip
def drop_outreach(outreach, *, by, at):
    """Decide that nobody is told."""
    journal.move(outreach, OUTREACH, "drop", by=by, at=at, area_code=outreach.area_id)
    return outreach


@act(REACHED, "reached_answer", at="answer", words=_("记下回话"), done=_("已记下。"), duty=rules.ANSWERS, may=rules.can_answer, rank=10,
     lines={"reached.answer": _("记下岗位推送的回话")})  # fmt: skip
def note_answer(reached, *, by, at, answer: Annotated[Told, Asked(_("怎么回的"), but=(Told.WAITS,))]):
    """Note what somebody answered who was told of a vacancy. Whoever wants to hear no more is told of nothing from today on."""
    values = {"answer": answer, "answered_on": today(at), "recorded_by": by if by.id else None}
    if not Reached.objects.filter(pk=reached.pk, version=reached.version).update(**values, version=F("version") + 1):
        raise Conflict()
    reached.refresh_from_db()
    journal.record(act="reached.answer", subject=reached, by=by, at=at, area_code=reached.worker.village_id, answer=str(answer))
    if answer == Told.STOP and not queries.opted_out(reached.worker):
        _opt_out(reached.worker, by=by, at=at)
    return reached


def _opt_out(worker, *, by, at):
    OptOut.objects.create(worker=worker, from_on=today(at), recorded_at=at, recorded_by=by if by.id else None)
    journal.record(act="worker.opt_out", subject=worker, by=by, at=at, area_code=worker.village_id)


@act(WORKERS, "opt_out", at="opt-out", words=_("不要推送岗位"), done=_("已记下,以后不再推送。"), duty=rules.ANSWERS, may=rules.can_opt_out, aside=True,
     lines={"worker.opt_out": _("登记不要推送岗位")})  # fmt: skip
def opt_out(worker, *, by, at):
    """Note, by his own word, that a labourer wants to hear of no vacancies (不要推送)."""
    _opt_out(worker, by=by, at=at)
    return worker


@act(WORKERS, "opt_in", at="opt-in", words=_("可以推送岗位"), done=_("已记下。"), duty=rules.ANSWERS, may=rules.can_opt_in, aside=True, lines={"worker.opt_in": _("登记可以推送岗位")})
def opt_in(worker, *, by, at):
    """Note, by his own word, that a labourer wants to hear of vacancies again."""
    OptOut.objects.filter(worker=worker, to_on=None).update(to_on=today(at))
    journal.record(act="worker.opt_in", subject=worker, by=by, at=at, area_code=worker.village_id)
    return worker


