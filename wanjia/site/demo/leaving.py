"""Somebody of a village left the demo county from one day to the next: what he holds stands as a dated task, until his township says who takes it over."""

from datetime import timedelta

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.accounts.commands import create_user, end_post, give_post
from wanjia.orgs.models import Handover
from wanjia.orgs.roles import Role
from wanjia.registry.models import Household, Visit
from wanjia.registry.states import VisitState
from wanjia.registry.visits.commands import plan_visit

from .people import name_for

BESIDE = "datong"  # in whose village he worked
LEFT = "datong-fu"
VISITS = 2


def somebody_leaves(world, *, by, hashed, at):
    """Let him, once: an account beside the village's own, visits that he planned yesterday, an end at once. by: the installer, who opened every account."""
    if Handover.objects.exists():
        return
    unit, before = world.user(BESIDE).posts.get().organisation, at - timedelta(days=1)
    user = create_user(username=LEFT, name=name_for(LEFT), password=hashed, hashed=True, must_change_password=False, by=by, at=before)
    post = give_post(user_id=user.pk, organisation=unit, role=Role.VILLAGE_WORKER, from_on=today(before), by=by, at=before)
    planned = Visit.objects.filter(state=VisitState.PLANNED).values("household")
    homes = Household.objects.filter(village=unit.area_id).exclude(pk__in=planned).order_by("number")[:VISITS]
    for n, home in enumerate(homes, 2):
        on = WorkingCalendar.load().add(today(before), n).on
        plan_visit(household_id=home.pk, planned_on=on, visitor_ids=[str(user.pk)], by=user, at=before)
    end_post(post_id=post.pk, on=today(at), reason="家里有急事去了外省,来不及交接", at_once=True, by=world.user("admin"), at=at)
