"""Who may put needs together and take them apart: whoever's duty and scope hold every one of them. What lines of it may be read by whom."""

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.verdict import first_refusal

from ..handling.rules import can_report_done
from ..models import Joined, Need
from ..rules import covers, holds, visible_needs
from ..states import MatterKind

DECIDES = Duty.TRIAGE_NEEDS
MOST = 100  # needs of one matter
# Where a need keeps what it belongs to, and what its line is called: put in, taken out.
FIELD = {MatterKind.SAME: "matter", MatterKind.RELATED: "related"}
ACTS = {MatterKind.SAME: ("group", "ungroup"), MatterKind.RELATED: ("relate", "unrelate")}
LINES = ("group", "ungroup", "relate", "unrelate", "apart")


def can_decide(actor):
    """Decide whether the actor may put needs together, or say that they are two: by duty; each need is asked about by itself."""
    return first_refusal((actor.has_duty(DECIDES), _("您的岗位没有研判权限,不能并案。")))


def may_decide_on(actor, needs):
    """Decide whether all of these needs lie where the actor triages, and in one township."""
    outside = next((need.number for need in needs if not covers(actor, need, duty=DECIDES)), "")
    return first_refusal(
        (not outside, _("%(number)s 不在您的辖区。几件诉求都在您的辖区里,您才能定它们是不是同一事项。") % {"number": outside}),
        (len({need.village_id[:9] for need in needs}) < 2, _("这几件诉求不在同一个乡镇(街道)。一个事项在一个乡镇(街道)里;跨乡镇的,各并各的。")),
    )


def may_hold(n):
    """Decide whether a matter may have so many needs: more than a page shows are no longer looked at one by one."""
    return first_refusal((n <= MOST, _("一个事项最多 %(n)s 件。") % {"n": MOST}))


def may_join(need, kind):
    """Decide whether a need may be put into a matter: it stands in none of that kind."""
    free = getattr(need, f"{FIELD[kind]}_id") is None
    return first_refusal((free, _("%(number)s 已经并进了别的事项。请打开它的页面看;要改并的,先移出。") % {"number": need.number}))


def can_change(actor, matter):
    """Decide whether the actor may put a need into this matter, or take one out."""
    return first_refusal(
        (actor.has_duty(DECIDES), _("您的岗位没有研判权限,不能并案。")),
        (matter.ended_at is None, _("这个事项已经拆开了。")),
        (all(covers(actor, need, duty=DECIDES) for need in all_of(matter)), _("这个事项不在您的辖区。")),  # which of its needs lies elsewhere is not said
    )


def can_report(actor, matter):
    """Decide whether the actor may report what is done for all that the own unit holds: where one of them at least takes it now."""
    mine = [need for need in all_of(matter) if holds(actor, need, duty=Duty.HANDLE_NEEDS)]
    return first_refusal(
        (actor.has_duty(Duty.HANDLE_NEEDS), _("您的岗位没有办理权限。")),
        (matter.kind == MatterKind.SAME, _("相关事项各是各的事,请逐件报办结。")),
        (matter.ended_at is None, _("这个事项已经拆开了。")),
        (bool(mine), _("这个事项里没有您的单位手里的诉求。")),
        (any(can_report_done(actor, need) for need in mine), _("这个事项里您的单位手里的诉求,现在没有能报办结的:签收以后才能报办结,报过的不用再报。")),
    )


def all_of(matter):
    """Return every need that belongs to a matter now, in the order of their numbers: for rules and commands, not for pages."""
    needs = Need.objects.filter(**{FIELD[matter.kind]: matter})
    return list(needs.select_related("village", "holder").order_by("recorded_at", "number"))


def told_to(actor, steps):
    """Keep the lines that this reader may read: one about a matter only where he sees another need that it speaks of.

    Whoever sees one of its needs alone learns nothing of the others, nor that there are any.
    """
    steps = list(steps)
    spoken = {key for step in steps if step.act in LINES for key in _others(step)}
    if not spoken:
        return steps
    seen = set(map(str, visible_needs(actor).filter(pk__in=spoken).values_list("pk", flat=True)))
    return [step for step in steps if step.act not in LINES or seen.intersection(_others(step))]


def _others(step):
    return [key for key in step.changed.get("with", ()) if key != str(step.need_id)]


def ever_in(matter):
    """Return the keys of all needs that were ever in a matter, as text."""
    return sorted(map(str, Joined.objects.filter(matter=matter).values_list("need", flat=True)))
