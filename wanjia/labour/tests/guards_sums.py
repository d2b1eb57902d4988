"""A row of each unique constraint of the kept sums, of drives and of plans, as it rightly stands (tests/house/test_guards_felt.py)."""

from wanjia.kernel.tests.tried import MONDAY
from wanjia.solving.models import Standing

from ..models import Departed, DepartedSum, Month, MonthSum, MonthWay, Proposal, Since, Target, Verified, WorkSlip
from ..slips.commands import issue_work_slip
from . import acts_matching as matching
from . import acts_roll

DAY = MONDAY.date()


def _month(world):
    return Month.objects.create(township=world.xisha, on=DAY, summed_at=MONDAY)


def _departed(world):
    return Departed.objects.create(township=world.xisha, starts=DAY, ends=DAY, summed_at=MONDAY)


def _stands(world):
    matching.in_force(world)
    return Standing.objects.get()


def _runs(world):
    """A plan that runs, as another version of it: the same number would be refused first."""
    plan = matching.asked(world)
    plan.number += 1
    return plan


def _proposed(world):
    return Proposal.objects.get(pk=matching.proposal(world)["proposal_id"])


def _slip(world):
    issue_work_slip(**acts_roll.enrolled(world), by=world.visitor, at=MONDAY)
    return WorkSlip.objects.get()


ONCE = {
    "one_live_slip_per_worker": _slip,
    "month_once": _month,
    "month_sum_once": lambda w: MonthSum.objects.create(
        month=_month(w), was="none", place="none", lifted=False, watched=False, relocated=False, how="", carried=False, n=1),
    "month_way_once": lambda w: MonthWay.objects.create(month=_month(w), province="33", n=1),
    "departed_once": _departed,
    "departed_sum_once": lambda w: DepartedSum.objects.create(
        departed=_departed(w), on=DAY, how="", carried=False, n=1, people=1, people_organised=0, people_carried=0),
    "since_once": lambda w: Since.objects.create(county=w.county, place="county", since_on=DAY, n=1),
    "verified_once": lambda w: Verified.objects.create(township=w.xisha, verified_on=DAY, n=1),
    "target_once": lambda w: Target.objects.create(campaign=matching.drive(w), area=w.xisha, n=1, set_by=w.labour, set_at=MONDAY),
    "one_proposal_a_plan": _proposed,
    "plan_number_once": matching.ready,
    "one_plan_runs": _runs,
    "one_plan_stands": _stands,
}  # fmt: skip
