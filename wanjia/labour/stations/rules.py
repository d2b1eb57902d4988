"""Who may keep stations, who may note which station a worker chose, and whom a station sees."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.verdict import first_refusal

from ..demand_states import OutpostKind
from ..duties import Duty
from ..employers.rules import READS
from ..models import Belonging, Outpost, Spell, Worker

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
