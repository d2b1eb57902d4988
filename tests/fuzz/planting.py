"""What stands in the world under fire: needs in every state, what every other room keeps, and last, on top of every list, what lies in the other township."""

from datetime import date

from tests.house import worlds
from tests.house.acts import CSV, INSTALLER, MONDAY, actor, beside, export, merge, need, nth, report, status, upload, visit
from wanjia.casework.assignment.commands import hand_to_person
from wanjia.casework.minors.commands import publish_minors_audit
from wanjia.casework.tests import acts as casework_acts
from wanjia.casework.tests import together_acts, walk
from wanjia.labour.workers.commands import enrol_worker
from wanjia.office.tests import acts as retention_acts
from wanjia.orgs.accounts.commands import end_post
from wanjia.orgs.handing.commands import finish_handover
from wanjia.orgs.models import AreaAlias, Handover, Sponsorship
from wanjia.registry.households.commands import reveal_household
from wanjia.registry.importing.commands import receive_upload
from wanjia.registry.models import Household, VisitMethod
from wanjia.registry.visits.commands import plan_visit, record_visit

from .roles import FAR_HOME, FAR_LINE, HERE, NEAR_HOME, STATES, THERE


def marks(world):
    """Plant what must not be seen everywhere, and no more: a need here, and what lies in the other township. Return the home there."""
    walk.bring(world, STATES[0], category="housing", summary=f"{HERE},房顶漏雨")
    return _there(world)


def plant(world):
    """Plant it all; return the home of the other township. The code of a slip is the world's `code`."""
    for state in STATES:
        walk.bring(world, state, summary=f"{HERE},想申请低保")
    for make in (visit, lambda one: upload(one, "judged"), status, merge, export, beside, report, casework_acts.called, together_acts.asked, worlds.waiting, worlds.evidence,
                 worlds.header, worlds.outdated, retention_acts.held, retention_acts.listed, left_suddenly):  # fmt: skip
        make(world)
    publish_minors_audit(year=2026, by=actor(world, "auditor"), at=MONDAY)
    AreaAlias.objects.create(area=world.datong, name="旧名")
    Sponsorship.objects.create(organisation=world.civil, area=world.xisha, from_on=date(2026, 1, 1))
    world.code = walk.reported_with_slip(world)[1]
    return _there(world)


def nothing(world):
    """Plant nothing: the world of a test that plants for itself."""


def left_suddenly(world):
    """A colleague of the handler's is gone from one day to the next; what he had stood as a dated task until the head gave it to the handler."""
    at = nth(2)
    hand_to_person(**need(world, "accepted"), handler=world.handler2, by=actor(world, "handler"), at=at)
    end_post(post_id=world.handler2.posts.get().pk, on=at.date(), reason="突发", at_once=True, by=INSTALLER, at=at)
    finish_handover(handover_id=Handover.objects.get().pk, all_to=f"p{world.handler.pk}", by=actor(world, "head"), at=at)


def _there(world):
    """A home of the other township and a need of it; its head looks for work; who came along on a visit, a file's name and a reason in the journal."""
    who = {"by": world.stranger, "at": MONDAY}
    home = world.register.register(f"钱{FAR_HOME}", world.register.head.birth_on, 31, village=world.xinmin, by=world.stranger)
    for one, address in ((home, FAR_HOME), (world.home, NEAR_HOME)):
        one = Household.objects.get(pk=one.pk)
        one.address = address
        one.save(update_fields=["address"])
    world.need(village=world.xinmin, household=home, summary=THERE, requester_name="钱界外", by=world.stranger)
    enrol_worker(person_id=home.memberships.get().person_id, **who)
    goes = [world.stranger.pk]
    planned = plan_visit(household_id=home.pk, planned_on=MONDAY.date(), visitor_ids=goes, **who)
    record_visit(visit_id=planned.pk, done_on=MONDAY.date(), method=VisitMethod.values[0], visitor_ids=goes, companions=FAR_HOME, **who)
    receive_upload(template="household", name=f"{FAR_HOME}.csv", body=CSV.encode(), **who)
    reveal_household(household_id=home.pk, reason=f"{FAR_LINE},上门前核对", **who)
    return home
