"""Who may keep organisations."""

from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.kernel.command import SystemActor
from wanjia.orgs.duties import Duty
from wanjia.verdict import first_refusal

from .. import scope
from ..models import STEM_DIGITS, Level, Organisation

LEVELS = {"village": (Level.VILLAGE, Level.GROUP), "township": (Level.TOWNSHIP,), "county": (Level.COUNTY, Level.CITY)}


def can_keep_organisation(actor, area, tier):
    """Decide whether the actor may keep an organisation of this tier in this area."""
    return first_refusal(
        (actor.has_duty(Duty.MANAGE_AREAS), _("您的岗位不能维护单位。需要时请联系系统管理员。")),
        (scope.covers(actor, area.code, duty=Duty.MANAGE_AREAS), _("“%(area)s”不在您的辖区。") % {"area": area}),
        (
            area.level in LEVELS[tier],
            _("单位层级与所在区划对不上:村级单位设在村(社区),乡镇单位设在乡镇(街道),县级部门设在县。"),
        ),
    )


def can_change(actor, organisation):
    """Decide whether the actor may keep this organisation as it stands."""
    return can_keep_organisation(actor, organisation.area, organisation.tier)


def can_move(actor, organisation, area, tier, line):
    """Decide whether a unit may be moved to another place, tier or line: not with people in it, whose posts would reach elsewhere.

    Protective posts are given by two people (ADR 53), and a post's reach is its unit's. The installer, who owns the machine, may.
    """
    held = moves(organisation, area, tier, line) and not isinstance(actor, SystemActor) and organisation.posts.not_ended(today(timezone.now())).exists()
    return first_refusal(
        (not held, _("“%(unit)s”还有人在岗,改区划、层级或条线会改变他们看得到的范围。请先结束岗位,改好以后重新安排;或者另设一个单位。") % {"unit": organisation}),
    )


def moves(organisation, area, tier, line):
    """Tell whether a change takes a unit to another place, tier or line."""
    return (organisation.area_id, organisation.tier, organisation.line) != (area.pk, tier, line)


def visible_organisations(actor, *, duty=Duty.MANAGE_AREAS):
    """The organisations whose area touches where the actor has `duty`: below it, or above it on the way to the county."""
    if not scope.places(actor, duty=duty):
        return Organisation.objects.none()
    above = {
        post.reach.code[:digits].ljust(12, "0") for post in scope.posts(actor, duty=duty) for digits in STEM_DIGITS.values() if digits < 15
    }
    return Organisation.objects.filter(scope.in_place(actor, duty=duty)) | Organisation.objects.filter(area_id__in=above)
