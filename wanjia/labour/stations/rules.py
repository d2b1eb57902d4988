"""Who may keep stations, who may note which station a worker chose, and whom a station sees."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.policy.day_work import in_force
from wanjia.verdict import first_refusal

from ..demand_states import OutpostKind
from ..duties import Duty
from ..employers.rules import READS
from ..models import Belonging, Outpost, Spell, WageClaim, Worker

NO_DUTY = _("您的岗位没有登记驻外机构的权限。")


def visible_outposts(actor, *, duty=READS):
    """Return the units away that the actor sees: where they are is published; whoever keeps them sees all, a station itself."""
    rows = Outpost.objects.select_related("area", "unit", "contact")
    if actor.has_duty(*READS):
        return rows
    return rows.filter(scope.in_reach(actor, duty=duty) | Q(unit__in=_units(actor)))


def _units(actor):
    return [unit.pk for unit in scope.units(actor, duty=Duty.SERVE_AWAY)]


def visible_away(actor, *, duty=Duty.KEEP_LABOUR):
    """Return the labourers whose station the actor may note: on the roll, in his own villages."""
    rows = Worker.objects.filter(scope.in_reach(actor, area="village_id", duty=Duty.KEEP_LABOUR), left_on=None)
    return rows.select_related("person__village", "village")


def own_workers(actor, day):
    """Return the workers whom a station sees: those who chose it, on the roll, as long as their work that runs lies where the station is.

    Not by where somebody is: whoever works there and chose no station is seen by none.
    """
    stations = list(Outpost.objects.filter(unit__in=_units(actor), kind=OutpostKind.STATION).exclude(to_on__lte=day))
    found = [_of_station(one, day) for one in stations]
    rows = Worker.objects.filter(reduce(or_, found, Q(pk__in=[])), left_on=None)
    return rows.select_related("person__village", "village__parent")


def _of_station(station, day):
    chose = Belonging.objects.filter(worker=OuterRef("pk"), outpost=station, from_on__lte=day, to_on=None)
    there = Spell.objects.filter(worker=OuterRef("pk"), from_on__lte=day, to_on=None, area__startswith=station.stem)
    return Q(Exists(chose)) & Q(Exists(there))


def visible_own(actor, *, duty=Duty.SERVE_AWAY):
    """Return the workers whom a station sees today, for its acts."""
    return own_workers(actor, today(timezone.now()))


def visible_claims(actor, day):
    """Return what the actor's station put on the ledger for its workers, as long as it sees them: of somebody who left it, it reads nothing more."""
    return WageClaim.objects.filter(outpost__unit__in=_units(actor), worker__in=own_workers(actor, day)).select_related("worker__person", "spell", "outpost")


def can_claim(actor, worker, at):
    """Decide whether the actor may put wages owed to this worker on the ledger of needs: whoever works at his station, while it sees him.

    Where no ledger is installed the refusal says whom to call.
    """
    return first_refusal(
        (actor.has_duty(Duty.SERVE_AWAY), _("您的岗位没有服务在外务工人员的权限。")),
        (own_workers(actor, today(at)).filter(pk=worker.pk).exists(), _("这个人没有归您的站,或者已经不在这里务工。")),
        (gather("OPENS_NEEDS"), _("这台系统没有诉求台账。请打 %(phone)s 举报欠薪。") % {"phone": in_force(today(at)).hotline}),
    )


def claims_of(worker, actor, day):
    """Return the claims of a worker that his station sees and that were not withdrawn."""
    return visible_claims(actor, day).filter(worker=worker, withdrawn_at=None) if worker else WageClaim.objects.none()


def claimed(worker, actor, day):
    """Return the same with those withdrawn: a call that is sent again names the one it withdrew."""
    return visible_claims(actor, day).filter(worker=worker)


def can_withdraw(actor, worker, at):
    """Decide whether the actor may withdraw a claim that was written down by mistake: whoever works at his station, where one stands."""
    return first_refusal(
        (actor.has_duty(Duty.SERVE_AWAY), _("您的岗位没有服务在外务工人员的权限。")),
        (own_workers(actor, today(at)).filter(pk=worker.pk).exists(), _("这个人没有归您的站,或者已经不在这里务工。")),
        (claims_of(worker, actor, today(at)).exists(), _("没有替他登记过欠薪,或者已经撤销。")),
    )


def are_days_owed(spell, from_on, last_on, day):
    """Decide whether the pay of these days may be claimed: days that he worked there, none of them claimed before and not withdrawn, under whatever spell they stood then."""
    his = Q(spell=spell) | Q(worker=spell.worker_id)  # a spell goes along when two records of him become one, and its claims keep the other
    before = WageClaim.objects.filter(his, withdrawn_at=None, from_on__lte=last_on, last_on__gte=from_on).first()
    return first_refusal(
        (spell.from_on <= from_on <= last_on <= day, _("欠薪的日子要在他到这里做工(%(day)s)以后、今天以前。") % {"day": spell.from_on}),
        (before is None, _("这些日子的工资已经登记成诉求 %(number)s。") % {"number": before.number if before else ""}),
    )


def can_add(actor):
    """Decide whether the actor may enter units away."""
    return first_refusal((actor.has_duty(Duty.KEEP_AGREEMENTS), NO_DUTY))


def can_close(actor, outpost):
    """Decide whether the actor may change or close this unit away."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_AGREEMENTS), NO_DUTY),
        (scope.covers(actor, outpost.area_id, duty=Duty.KEEP_AGREEMENTS), _("这个机构不由您的单位登记。")),
        (outpost.to_on is None, _("这个机构已经撤销了。")),
    )


def can_choose(actor, worker):
    """Decide whether the actor may note which station a worker chose."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_LABOUR), _("您的岗位没有登记劳动力情况的权限。")),
        (scope.covers(actor, worker.village_id, duty=Duty.KEEP_LABOUR), _("这个人不在您的辖区。")),
        (worker.left_on is None, _("这个人已经退出名册。")),
        (not worker.belongings.filter(to_on=None).exists(), _("这个人已经归一个站服务。要换的,先记下不再归那个站。")),
        (worker.spells.filter(to_on=None).exists(), _("这个人现在没有在外务工的记录,先登记务工去向。")),
    )


def can_leave(actor, worker):
    """Decide whether the actor may note that a worker no longer wants a station."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_LABOUR), _("您的岗位没有登记劳动力情况的权限。")),
        (scope.covers(actor, worker.village_id, duty=Duty.KEEP_LABOUR), _("这个人不在您的辖区。")),
        (worker.belongings.filter(to_on=None).exists(), _("这个人没有归哪个站服务。")),
    )
