"""Who may change the tree of areas, and where."""

from django.utils.translation import gettext as _

from wanjia.orgs.duties import Duty
from wanjia.verdict import first_refusal

from .. import scope


def can_keep_areas(actor, codes):
    """Decide whether the actor may change the areas of these codes."""
    return first_refusal(
        (actor.has_duty(Duty.MANAGE_AREAS), _("您的岗位不能维护区划。需要时请联系系统管理员。")),
        (all(scope.covers(actor, code, duty=Duty.MANAGE_AREAS) for code in codes), _("名单里有不在您辖区的区划,请只导入本辖区的名单。")),
    )


def can_keep_area(actor, area):
    """Decide whether the actor may change this area."""
    return can_keep_areas(actor, [area.code])


def can_drop(actor, alias):
    """Decide whether the actor may drop this other name of an area."""
    return can_keep_areas(actor, [alias.area_id])
