"""What an actor sees: block and line. Rows are areas themselves, so that no higher app is needed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from wanjia.kernel.command import SystemActor
from wanjia.orgs import scope
from wanjia.orgs.accounts import commands as accounts
from wanjia.orgs.models import Area, Level, Organisation
from wanjia.orgs.roles import Role

from .factories import INSTALLER, START, act, again, area

ANY = scope.any_post("the reach itself is tried")


def seen(actor, *, duty=ANY, **how):
    return set(Area.objects.filter(scope.in_reach(actor, area="code", duty=duty, **how)).values_list("short_name", flat=True))


def units_seen(actor):
    """Units stand for rows that a line holds."""
    found = Organisation.objects.filter(scope.in_reach(actor, area="area_id", held="line", duty=ANY))
    return set(found.values_list("name", flat=True))


def test_a_township_sees_its_own_subtree(world):
    assert seen(world["xisha"]) == {"细沙乡", "细沙社区", "大同村", "黄金村"}
    assert seen(world["datong"]) == {"大同村"}


def test_a_village_sees_its_groups(world):
    assert seen(world["huatan"]) == {"花坛村", "花田片区"}


def test_a_bureau_sees_its_lines_share_of_the_county_and_nothing_else(world):
    assert units_seen(world["minzheng"]) == {"永善县民政局", "细沙乡民政办"}
    assert units_seen(world["xisha-minzheng"]) == {"细沙乡民政办"}
    assert units_seen(world["xisha"]) == {"细沙乡人民政府", "细沙乡民政办", "大同村民委员会"}


def test_a_row_of_no_line_is_seen_by_a_line_over_its_whole_area(world):
    assert "大同村" in seen(world["minzheng"])


def test_a_role_over_the_whole_area_is_not_held_to_its_units_line(world):
    user = world["minzheng"]
    accounts.give_post(user_id=user.pk, organisation=user.org, role=Role.LEADER, from_on=START, **act())
    assert "大同村民委员会" in units_seen(again(user))


def test_nobody_without_a_post_sees_anything(world):
    user = accounts.create_user(username="nobody", name="无岗", password="zhu-mei-lan-1024", **act())

    assert seen(user) == set()
    assert not scope.covers(user, "530625202202", duty=ANY)
    assert scope.areas(user, duty=ANY) == []


def test_a_post_that_has_ended_or_not_begun_shows_nothing(world):
    tomorrow = timezone.localdate() + timedelta(days=1)
    user, seat = world["xisha"], world["xisha"].org
    accounts.end_post(post_id=user.posts.get().pk, on=timezone.localdate(), **act())
    accounts.give_post(user_id=user.pk, organisation=seat, role=Role.TOWNSHIP_WORKER, from_on=tomorrow, **act())

    assert seen(again(user)) == set()


def test_a_locked_account_sees_nothing(world):
    accounts.lock_user(user_id=world["xisha"].pk, reason="离职", **act())

    assert seen(again(world["xisha"])) == set()
    assert again(world["xisha"]).duties == set()


def test_a_narrowed_post_reaches_only_its_part(world):
    user = world["makou"]
    accounts.give_post(user_id=user.pk, organisation=user.org, role=Role.TOWNSHIP_LEADER, from_on=START, area=area("新民村"), **act())
    accounts.end_post(post_id=user.posts.get(area=None).pk, on=timezone.localdate(), **act())

    assert seen(again(user)) == {"新民村"}


def test_two_posts_reach_both_places(world):
    user = world["xisha"]
    makou = Organisation.objects.get(name="码口镇人民政府")
    accounts.give_post(user_id=user.pk, organisation=makou, role=Role.TOWNSHIP_WORKER, from_on=START, **act())

    assert {"大同村", "新民村"} <= seen(again(user))
    assert "花坛村" not in seen(again(user))


def test_the_installer_sees_everything_and_a_slip_nothing(world):
    assert len(seen(INSTALLER)) == Area.objects.count()
    assert seen(SystemActor("扫码的群众")) == set()


def test_nobody_sees_outside_their_reach(world):
    """For every person and every area: seen exactly when it lies under the area of a post."""
    for user in world.values():
        tops = [post.reach for post in user.live_posts]
        for place in Area.objects.all():
            inside = any(top.covers(place.code) for top in tops)
            assert scope.covers(user, place.code, duty=ANY) == inside
            opens = any(top.covers(place.code) for top, post in zip(tops, user.live_posts, strict=True) if post.role not in scope.ADMINISTRATION)
            assert (place.short_name in seen(user)) == opens


def test_a_countys_rows_are_the_rows_of_its_townships_and_its_own(world):
    """Every area of the county is seen by exactly one township's worker, or stands above the townships."""
    townships = Area.objects.filter(parent=area("永善县"))
    below = [set(Area.objects.filter(code__startswith=one.stem).values_list("pk", flat=True)) for one in townships]
    county = set(Area.objects.filter(scope.in_reach(world["yongshan"], area="code", duty=ANY)).values_list("pk", flat=True))

    assert sum(map(len, below)) == len(set().union(*below))
    assert county == set().union(*below) | {"530625000000"}


@pytest.mark.parametrize("level", Level.values)
def test_a_span_holds_the_whole_subtree_and_no_neighbour(world, level):
    for place in Area.objects.filter(level=level):
        first, end = place.span()
        inside = set(Area.objects.filter(code__gte=first, code__lt=end).values_list("pk", flat=True))
        assert inside == {one.pk for one in Area.objects.all() if place.covers(one.pk)}
