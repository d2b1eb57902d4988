"""A small world of matching: a drive, a firm, vacancies, wishes, a version that is worked."""

from datetime import timedelta

from wanjia.orgs.roles import Role
from wanjia.registry.tests import factories as registry
from wanjia.solving.runs import commands as runs
from wanjia.solving.runs import process
from wanjia.solving.standing.commands import activate_plan

from ..campaigns.commands import match_campaign, open_campaign
from ..demand_states import VacancyState
from ..models import Employer, Proposal, Vacancy
from ..workers.commands import set_facts
from .factories import NOW, TODAY, World, later


def drive(monkeypatch):
    """A county with a drive that goes on, a firm, and another hand who matches."""
    monkeypatch.setattr(runs, "start_process", lambda *_words: None)
    made = World()
    bureau = made.officer.orgs[0]
    made.second = registry.worker("fenxi", "沈分析", bureau, Role.LABOUR_ANALYST)
    made.firm = Employer.objects.create(name="晨光电子", code="91530625MA6K00001X", area=made.county, place="330200", place_name="宁波市", recorded_at=NOW)
    made.drive = open_campaign(name="百日行动", area=made.county, from_on=TODAY, until_on=TODAY + timedelta(days=100), by=made.officer, at=NOW)
    return made


def vacancy(world, title="分拣工", trade="factory", places=1, pay=5000, place="330200", **facts):
    """A vacancy of the firm that is live."""
    shared = {"employer": world.firm, "area": world.county, "title": title, "trade": trade, "headcount": places, "left": places, "pay_from": pay, "pay_to": pay + 500,
              "place": place, "place_name": place, "day_hours": 80, "week_days": 5, "words": "看管流水线", "from_on": TODAY, "until_on": TODAY + timedelta(days=60),
              "confirmed_on": TODAY, "stale_on": TODAY + timedelta(days=60), "recorded_at": NOW}  # fmt: skip
    made = Vacancy.objects.create(**shared | facts)
    Vacancy.objects.filter(pk=made.pk).update(state=VacancyState.LIVE)
    return Vacancy.objects.get(pk=made.pk)


def wish(world, worker, **facts):
    """What a labourer wishes, as it was written down."""
    set_facts(worker_id=worker.pk, by=world.li, at=NOW, **{"trade": "factory", "wants_trade": "", "wants_place": "", "wants_pay": None} | facts)


def worked(world, at=NOW, **settings):
    """A version of the drive's plan, worked by the engine itself."""
    plan = match_campaign(campaign_id=world.drive.pk, floor=settings.get("floor", 0), by=world.officer, at=at)
    return process.run(plan, at=at)


def proposed(plan):
    """Return {name: title of what is proposed, or None}."""
    return {one.worker.person.name: (one.vacancy.title if one.vacancy else None) for one in Proposal.objects.filter(plan=plan).select_related("worker__person", "vacancy")}


def one(world, plan, worker=None):
    """The row of a labourer in a version."""
    return Proposal.objects.get(plan=plan, worker=worker or world.he)


def put_in_force(world, plan, at=None):
    """Let a version hold."""
    activate_plan(plan_id=plan.pk, by=world.officer, at=at or later(0, 1))
    return plan
