"""A line of the journal names the unit of the post by which an act was done, not the main one of whoever did it."""

from datetime import date

import pytest
from django.urls import reverse

from wanjia.casework.models import Step
from wanjia.casework.tests.factories import World, worker
from wanjia.kernel.acts import line_words
from wanjia.kernel.brings import gather
from wanjia.kernel.models import Entry
from wanjia.orgs import lines
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.orgs.trail.queries import acts
from wanjia.registry.tests.factories import World as Register

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    register = Register()
    world = World()
    world.register = register
    return world


def also(user, organisation, role):
    """Give somebody a second post; the first stays the main one."""
    Post.objects.create(user=user, organisation=organisation, role=role, from_on=date(2024, 1, 1))
    return User.objects.get(pk=user.pk)


def opened(client, world):
    """Open the child's file as somebody whose main post is a township away; return the unit that the line names."""
    both = also(world.stranger, world.committee, Role.VILLAGE_WORKER)
    client.force_login(both, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("registry:child_file", args=[world.register.child.pk]), {"reason": "入户核对孩子情况"})
    return Entry.objects.get(act="child.open_file").by_org


def test_a_childs_file_is_opened_for_the_unit_that_may(client, world):
    assert opened(client, world) == world.committee.name


def test_as_it_was_the_main_unit_stood_there(client, world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(lines, "unit_for", lambda actor, _act, _code="": actor.org)
    assert opened(client, world) == world.elsewhere.name


def test_of_two_posts_in_one_place_the_one_with_the_duty_is_named(world):
    both = also(worker("ganshi", "两岗", world.office, Role.INSPECTOR), world.township, Role.TOWNSHIP_WORKER)
    assert both.org_name_for("upload.receive") == world.township.name
    assert both.org_name_for("journal.anchor") == world.office.name
    assert both.org_name_for("person.reveal", world.datong.pk) == world.township.name
    assert both.org_name_for("orgs.change_own_password") == world.office.name
    back = also(worker("gangan", "两岗二", world.township, Role.TOWNSHIP_WORKER), world.office, Role.INSPECTOR)
    assert back.org_name_for("orgs.agree_workdays") == world.office.name


def test_a_needs_line_and_the_journals_line_name_one_unit(world):
    both = also(world.stranger, world.committee, Role.VILLAGE_WORKER)
    need = world.need(by=both)
    assert Step.objects.get(need=need).by_org_name == Entry.objects.get(act="need.record").by_org == world.committee.name


# What goes by the place where it was done, whatever the post: acts on a need, on one's own account, as a second person, of the machine.
BY_PLACE = {
    "orgs.confirm_post", "orgs.decline_post", "orgs.wake_user", "orgs.see_notices", "orgs.change_own_password", "orgs.keep_own_profile",
    "orgs.end_own_sessions", "recheck.seed", "registry.erase_person", "slip.miss", "paper.print", "office.open", "office.reset_sign_in",
    "office.prune", "digest.write", "session.take_over", "visit.take_over", "hazard.take_over", "inspection_round.take_over", "safety_notice.take_over", "patrol.take_over", "road_operation.take_over", "orgs.handover_climbed", "orgs.handover_over", "aid.climbed", "aid.recount", "aid.moved",
    "office.dispose", "disposal.carried", "child.rhythm", "pair.watch", "pair.take_over", "proposal.ask", "worker.voice", "work_slip.miss",
    "photo.dispose", "photo.hold_back", "wish_slip.miss", "counts.publish", "board_task.climb", "bus_slip.miss", "meal.silent", "session.silent",
    "inspection_round.raise", "hazard.climb", "station.freed", "station.stands_again", "day_work.freed", "point_claim.book", "poll_home.token", "shortcoming.end", "village_proposal.forget", "village_proposal.reopen",
}  # fmt: skip


def test_no_line_is_brought_that_a_declared_act_writes():
    assert {line.act for line in gather("LINES")} & set(line_words()) == set()


def test_every_act_of_the_journal_goes_by_a_duty_or_is_named_as_going_by_the_place():
    assert {act for _about, some in acts() for act, _words in some if lines.duty_of(act) == lines.ANY and not act.startswith("need.")} == BY_PLACE
