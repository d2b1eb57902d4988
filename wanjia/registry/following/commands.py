"""Tell the apps above, within the act, that people of the register changed: they look up themselves what is true of them now."""

from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import today

from ..models import Membership


def people_changed(people, *, by, at):
    """Tell that these people (ids) moved, died, were merged or parted, went away or came back, or that they or their homes hold something else."""
    if people:
        for follow in gather("AFTER_PEOPLE"):
            follow([*people], day=today(at), by=by, at=at)


def homes_changed(homes, *, by, at):
    """Tell the same of whoever lives in these homes (ids)."""
    people_changed(Membership.objects.filter(household__in=homes, to_on=None).values_list("person_id", flat=True), by=by, at=at)
