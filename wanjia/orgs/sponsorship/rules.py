"""Who may say which unit sponsors which area."""

from django.utils.translation import gettext as _

from wanjia.orgs.duties import Duty
from wanjia.verdict import first_refusal

from .. import scope


def can_sponsor(actor, organisation, area):
    """Decide whether the actor may bind this unit to this area."""
    return first_refusal(
        (actor.has_duty(Duty.MANAGE_AREAS), _("您的岗位不能维护挂联关系。需要时请联系系统管理员。")),
        (scope.covers(actor, area.code, duty=Duty.MANAGE_AREAS), _("“%(area)s”不在您的辖区。") % {"area": area}),
        (organisation.area.covers(area.code), _("“%(unit)s”不在这个区划所属的县,不能挂联。") % {"unit": organisation}),
        (area.to_on is None, _("“%(area)s”已经撤销,请挂联到接续它的区划。") % {"area": area}),
    )


def could_sponsor(organisation, area):
    """Decide whether a unit may take this area over from another."""
    return first_refusal((organisation.area.covers(area.code), _("“%(unit)s”不在这个区划所属的县,不能挂联。") % {"unit": organisation}))


def can_end(actor, bond):
    """Decide whether the actor may end this bond."""
    return can_sponsor(actor, bond.organisation, bond.area)
