"""Who may keep stations, who may note which station a worker chose, and whom a station sees."""

from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.policy.day_work import in_force
from wanjia.policy.demand import wages_claimed_from
from wanjia.verdict import first_refusal

from ..demand_states import OutpostKind
from ..duties import Duty
from ..employers.rules import READS
from ..models import Belonging, Outpost, Spell, WageClaim, Worker

DAY = timedelta(days=1)
NO_DUTY = _("您的岗位没有登记驻外机构的权限。")
NOT_SERVED = _("这个人没有归您的站,或者不在这里务工已满一年。")


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
    return _workers(actor, day, _works_there)


def gone_workers(actor, day):
    """Return the workers whom a station saw at work where it is, who work there no longer, and whose wages may still be claimed: those who did not take their choice back."""
    return _workers(actor, day, _worked_there).exclude(pk__in=own_workers(actor, day).order_by().values("pk"))


def served_workers(actor, day):
    """Return both: for whom a station claims wages and reads how far it is. Whoever quit unpaid has his wages to get all the same."""
    return _workers(actor, day, lambda *at: _works_there(*at) | _worked_there(*at))


def _stations(actor, day):
    return Outpost.objects.filter(unit__in=_units(actor), kind=OutpostKind.STATION).exclude(to_on__lte=day)


def _workers(actor, day, whom):
    """The workers on the roll of the actor's stations; whom(station, day): which of them, a Q."""
    rows = Worker.objects.filter(reduce(or_, [whom(one, day) for one in _stations(actor, day)], Q(pk__in=[])), left_on=None)
    return rows.select_related("person__village", "village__parent")


def _chose(station, day):
    return Belonging.objects.filter(worker=OuterRef("pk"), outpost=station, from_on__lte=day, to_on=None)


def _works_there(station, day):
    there = Spell.objects.filter(worker=OuterRef("pk"), from_on__lte=day, to_on=None, area__startswith=station.stem)
    return Q(Exists(_chose(station, day))) & Q(Exists(there))


def _worked_there(station, day):
    ended = Spell.objects.filter(_paid(station, day), worker=OuterRef("worker"), to_on__gt=OuterRef("from_on"))  # after he chose the station
    return Q(Exists(_chose(station, day).filter(Exists(ended))))


def _paid(station, day):
    """The work at a station whose wages may be claimed, a Q of spells: what runs, and what was worked within the time of the law."""
    lasted = Q(to_on=None) | Q(to_on__gte=wages_claimed_from(day), to_on__gt=F("from_on"))
    return lasted & Q(from_on__lte=day, area__startswith=station.stem)


def works_paid(worker, station, day):
    """Return the spells of a worker at his station whose wages may be claimed, the newest first."""
    return list(worker.spells.filter(_paid(station, day)).order_by("-from_on"))


def works_seen(actor, day):
    """Return the work that the actor's stations see, the newest last: where they are, never where somebody went on to."""
    return Spell.objects.filter(reduce(or_, [_paid(one, day) for one in _stations(actor, day)], Q(pk__in=[]))).order_by("from_on")


def last_day(spell, day):
    """Return the last day worked of a spell, as far as `day` knows; to_on is the first no longer worked."""
    return min(day, spell.to_on - DAY) if spell.to_on else day


def work_of(works, from_on, last_on, day):
    """Return the one of these spells in which all these days lie, None where none is."""
    return next((one for one in works if one.from_on <= from_on <= last_on <= last_day(one, day)), None)


def visible_own(actor, *, duty=Duty.SERVE_AWAY):
    """Return the workers whom a station serves today, for its acts."""
    return served_workers(actor, today(timezone.now()))


def visible_claims(actor, day):
    """Return what the actor's station put on the ledger for its workers, as long as it serves them: of somebody who left it, it reads nothing more."""
    return WageClaim.objects.filter(outpost__unit__in=_units(actor), worker__in=served_workers(actor, day)).select_related("worker__person", "spell", "outpost")


def can_claim(actor, worker, at):
    """Decide whether the actor may put wages owed to this worker on the ledger of needs: whoever works at his station, while it serves him.

    Where no ledger is installed the refusal says whom to call.
    """
    return first_refusal(
        (actor.has_duty(Duty.SERVE_AWAY), _("您的岗位没有服务在外务工人员的权限。")),
        (served_workers(actor, today(at)).filter(pk=worker.pk).exists(), NOT_SERVED),
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
        (served_workers(actor, today(at)).filter(pk=worker.pk).exists(), NOT_SERVED),
        (claims_of(worker, actor, today(at)).exists(), _("没有替他登记过欠薪,或者已经撤销。")),
    )


def are_days_owed(worker, works, from_on, last_on, day):
    """Decide whether the pay of these days may be claimed: days of one of these spells (`works_paid`), none of them claimed before and not withdrawn, under whatever spell they stood then."""
    his = Q(spell__in=works) | Q(worker=worker)  # a spell goes along when two records of him become one, and its claims keep the other
    before = WageClaim.objects.filter(his, withdrawn_at=None, from_on__lte=last_on, last_on__gte=from_on).first()
    said = "、".join(f"{one.from_on} – {last_day(one, day)}" for one in works)
    return first_refusal(
        (work_of(works, from_on, last_on, day), _("欠薪的日子要在他在这里做工的日子里(%(works)s),一份工登记一次。") % {"works": said}),
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
