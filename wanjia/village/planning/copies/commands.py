"""What a mend of the plan in force does to the draft that began with its copy: what nobody changed there follows, beside what was changed by hand it waits to be taken over."""

from wanjia.kernel.calendar import today

from ...models import PlanSketch, PlanWork, PlanZone
from ...plan_states import PlanState
from .. import queries

SAME = ("name", "bounds", "use", "kind", "points")


def off(zone, at):
    """Take a zone off its version; its items stay, in no zone."""
    PlanWork.objects.filter(zone=zone).update(zone=None)
    PlanZone.objects.filter(pk=zone.pk).update(name="", bounds="", use="", points=[], mended={}, off_on=today(at))


def follow(zone, values, at):
    """Give the draft's copy of a zone, as it stood, what the zone gets; {"off": True}: it is taken off. Returns the keys of drafts that follow."""
    found, drawn = [], {"kind": zone.kind} if "points" in values else {}
    for copy in PlanZone.objects.select_for_update(of=("self",), no_key=True).filter(copied_from=zone, off_on=None, plan__state=PlanState.DRAFT).select_related("plan"):
        if any(getattr(copy, name) != getattr(zone, name) for name in SAME) or is_taken(copy, values):
            PlanZone.objects.filter(pk=copy.pk).update(mended=copy.mended | values | drawn)
            continue
        put(copy, values, at)
        found.append(str(copy.plan_id))
    return found


def is_taken(zone, values):
    """Tell whether another zone of its version has the name that a zone is to get."""
    return queries.zones(zone.plan, None, None).exclude(pk=zone.pk).filter(name=values.get("name", zone.name)).exists()


def put(zone, values, at):
    """Write down of a zone what another version's was given."""
    if "off" in values:
        off(zone, at)
    else:
        PlanZone.objects.filter(pk=zone.pk).update(**values)


def redrawn(plan, old):
    """Put the drawing of the plan in force under the village's draft that has the old one still; beside another it waits. Returns the keys of drafts that follow."""
    new, found = PlanSketch.objects.get(plan=plan), []
    for copy in PlanSketch.objects.select_for_update(of=("self",), no_key=True).filter(plan__village=plan.village_id, plan__state=PlanState.DRAFT):
        if copy.body == old:
            under(copy, new)
            found.append(str(copy.plan_id))
        else:
            PlanSketch.objects.filter(pk=copy.pk).update(behind=copy.body != new.body)
    return found


def under(sketch, new):
    """Put one version's drawing under the zones of another."""
    PlanSketch.objects.filter(pk=sketch.pk).update(body=new.body, width=new.width, height=new.height, behind=False)
