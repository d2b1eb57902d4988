"""A child's file beyond one's duty (未成年人网络保护条例 36): approved by another line, or an emergency of an hour that is told and reviewed."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry, EntryKind
from wanjia.kernel.triggers import lift
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.policy import access as policy
from wanjia.verdict import Refused

from .. import ties
from ..access import checking, commands, queries
from ..duties import Duty
from ..households.rules import visible_households
from ..models import FileAccess
from ..people.commands import open_child_file
from ..people.rules import visible_people
from .factories import NOW, World, unit, worker

pytestmark = pytest.mark.django_db
URGENT = "孩子夜里走失,要找到家里人的电话"


@pytest.fixture
def world():
    made = World()
    civil = unit("永善县民政局", "county", made.county, line="civil")
    made.officer = worker("baohu", "钱专员", civil, Role.PROTECTION_OFFICER)
    made.auditor = worker("shenji", "审计员", unit("永善县台账办", "county", made.county), Role.AUDITOR)
    made.lord = worker("lingdao", "何县长", unit("永善县人民政府", "county", made.county), Role.LEADER)
    return made


def anew(user):
    return User.objects.get(pk=user.pk)


def broken(world, at=None, **what):
    what = what or {"home": world.home.number}
    return commands.break_glass(**what, words=URGENT, by=anew(world.stranger), at=at or timezone.now())


def asked(world, at=None, by=None, **what):
    at = at or timezone.now()
    what = what or {"home": world.home.number}
    return commands.ask_access(**what, purpose="school", words="转学核对学籍", until_on=today(at) + timedelta(days=7), by=anew(by or world.stranger), at=at)


def granted(world, **what):
    one = asked(world, **what)
    return commands.decide_access(access_id=one.pk, agree=True, by=anew(world.leader), at=timezone.now())


def client_of(client, user):
    client.force_login(anew(user), backend="django.contrib.auth.backends.ModelBackend")
    return client


def file_of(access, child):
    return reverse("registry:file_by_access", args=[access.pk, child.pk])


def test_an_emergency_opens_one_home_for_an_hour_and_every_sending_is_journalled(world, client):
    access = broken(world)
    assert access.until_at - access.from_at == timedelta(minutes=60)
    client_of(client, world.stranger)
    read = Entry.objects.filter(act="child.open_file").count()
    for n in (1, 2):
        page = client.get(file_of(access, world.child)).content.decode()
        assert world.child.name in page and "自动结束" in page
        lines = Entry.objects.filter(act="child.open_file")
        assert lines.count() == read + n
    line = lines.order_by("-seq").first()
    assert (line.kind, line.reason, line.detail["access"], line.subject_id) == (EntryKind.READING, URGENT, str(access.pk), str(world.child.pk))
    assert "紧急查阅还剩" in client.get(reverse("desk")).content.decode()


def test_it_ends_by_itself_and_by_hand(world, client):
    early = broken(world, at=timezone.now() - timedelta(minutes=61))
    client_of(client, world.stranger)
    answer = client.get(file_of(early, world.child))
    assert answer.url == reverse("registry:access_one", args=[early.pk])
    assert world.child.name not in client.get(answer.url).content.decode()
    now = broken(world)
    assert world.child.name in client.get(file_of(now, world.child)).content.decode()
    commands.end_access(access_id=now.pk, by=anew(world.stranger), at=timezone.now())
    assert client.get(file_of(now, world.child)).status_code == 302


def test_it_opens_no_other_child(world):
    other = world.join("李小花", "女儿", date(2017, 1, 1), 66, home=world.register("李大成", date(1980, 1, 2), 31))
    access = broken(world)
    for child, why in ((other, "不在批准的范围"), (world.head, "不在批准的范围")):
        with pytest.raises(Refused, match=why):
            commands.read_by_access(access_id=access.pk, child_id=child.pk, by=anew(world.stranger), at=timezone.now())


def test_one_child_by_number_is_found_alike_unknown_or_grown_up(world):
    assert broken(world, number=world.child.citizen_id).child == world.child
    for number in (world.head.citizen_id, "530625201605200000"):
        with pytest.raises(Refused, match="没有查到在册的孩子"):
            broken(world, number=number)


def test_a_number_that_is_tried_is_journalled_though_it_meets_nobody(world, client):
    client_of(client, world.stranger)
    client.post(reverse("registry:access_break"), {"number": world.head.citizen_id, "words": URGENT})
    assert Entry.objects.filter(act="person.look_up", by_id=str(world.stranger.pk)).count() == 1
    assert not FileAccess.objects.exists()


def test_owner_and_supervisor_are_told_at_once(world, client):
    access = broken(world)
    assert set(access.told.all()) == {world.li, world.yang, world.leader, world.officer}
    for who in (world.li, world.leader, world.officer):
        page = client_of(client, who).get(reverse("desk")).content.decode()
        assert "被紧急查阅" in page
        one = client.get(reverse("registry:access_one", args=[access.pk])).content.decode()
        assert "赵邻乡" in one and URGENT in one and world.child.name not in one
    assert "被紧急查阅" not in client_of(client, world.clerk).get(reverse("desk")).content.decode()
    assert client.get(reverse("registry:access_one", args=[access.pk])).status_code == 404


def test_the_review_is_anothers_and_an_overdue_one_climbs(world, client):
    access = broken(world, at=NOW)
    assert access.review_by_on == date(2026, 11, 6)
    with pytest.raises(Refused, match="由孩子所在地"):
        commands.review_break(access_id=access.pk, proper=True, words="自己看过", by=anew(world.stranger), at=NOW)
    for who, shown in ((world.auditor, True), (world.clerk, False)):
        desk = client_of(client, who).get(reverse("desk")).content.decode()
        assert ("过了期限还没有复核" in desk) is shown
    page = client_of(client, world.auditor).get(reverse("registry:access")).content.decode()
    assert "赵邻乡" in page and world.home.number not in page and world.child.shown_name not in page
    assert client.get(reverse("registry:access_one", args=[access.pk])).status_code in (403, 404)
    assert queries.to_review(anew(world.lord)) == [access]
    commands.review_break(access_id=access.pk, proper=False, words="没有紧急情况", by=anew(world.lord), at=timezone.now())
    assert queries.overdue_here(anew(world.auditor), today(timezone.now())) == []
    assert Entry.objects.get(act="access.review").detail["late"] is True


def test_an_emergency_that_was_none_ends_with_its_review(world, client):
    access, right = broken(world), broken(world)
    for one, proper in ((access, False), (right, True)):
        commands.review_break(access_id=one.pk, proper=proper, words="已向村里核实", by=anew(world.leader), at=timezone.now())
    client_of(client, world.stranger)
    assert client.get(file_of(access, world.child)).status_code == 302
    assert client.get(file_of(right, world.child)).status_code == 200
    assert list(checking.faults(None)) == []


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_administration_breaks_no_glass(world, client, role):
    one = worker("guan", "管理", unit("永善县台账办", "county", world.county), role)
    for name in ("access_break", "access_ask"):
        assert client_of(client, one).get(reverse(f"registry:{name}")).status_code == 403
    with pytest.raises(Refused, match="不打开任何家庭的内容"):
        commands.break_glass(home=world.home.number, words=URGENT, by=anew(one), at=timezone.now())


def test_an_approval_says_by_whom_and_ends(world, client):
    access = granted(world)
    page = client_of(client, world.stranger).get(file_of(access, world.child)).content.decode()
    assert world.child.name in page and "罗乡长" in page
    assert Entry.objects.filter(act="child.open_file").latest("seq").reason.startswith("控辍保学")
    FileAccess.objects.filter(pk=access.pk).update(until_at=timezone.now())
    assert client.get(file_of(access, world.child)).status_code == 302
    assert "已到期" in client.get(reverse("registry:access")).content.decode()


def test_nothing_opens_before_it_is_approved_or_when_refused(world, client):
    access = asked(world)
    client_of(client, world.stranger)
    assert client.get(file_of(access, world.child)).status_code == 302
    commands.decide_access(access_id=access.pk, agree=False, words="先请村里联系", by=anew(world.leader), at=timezone.now())
    assert client.get(file_of(access, world.child)).status_code == 302
    assert "先请村里联系" in client.get(reverse("registry:access_one", args=[access.pk])).content.decode()


def test_who_only_asked_learns_neither_how_many_nor_whose(world, client):
    """A request that is taken back again would count the children of any home, and tell a number's initials and village."""
    home, child = asked(world), asked(world, number=world.child.citizen_id)
    client_of(client, world.stranger)
    pages = [client.get(reverse("registry:access_one", args=[one.pk])).content.decode() for one in (home, child)]
    pages += [client.get(reverse("registry:access")).content.decode(), client.get(reverse("registry:access_end", args=[child.pk])).content.decode()]
    for page in pages:
        assert "个孩子</span>" not in page and world.child.shown_name not in page and "大同村" not in page
    decider = client_of(client, world.leader).get(reverse("registry:access_decide", args=[child.pk])).content.decode()
    assert world.child.shown_name in decider and "共 1 个孩子" in decider
    for one in (home, child):
        commands.decide_access(access_id=one.pk, agree=True, by=anew(world.leader), at=timezone.now())
    page = client_of(client, world.stranger).get(reverse("registry:access_one", args=[child.pk])).content.decode()
    assert world.child.shown_name in page and "共 1 个孩子" in page


def test_whom_the_reader_joined_since_or_whose_line_a_second_post_is_of_decides_nothing(world):
    access = asked(world)
    Post.objects.create(user=world.stranger, organisation=world.leader.org, role=Role.TOWNSHIP_WORKER, from_on=date(2026, 11, 1))
    with pytest.raises(Refused, match="同一个单位"):
        commands.decide_access(access_id=access.pk, agree=True, by=anew(world.leader), at=timezone.now())
    school = worker("jiaoyu", "教育站", unit("码口镇教育站", "township", world.makou, line="education"), Role.STATION_WORKER)
    access = asked(world, by=school)
    bureau = unit("永善县教育局", "county", world.county, line="education")
    Post.objects.create(user=world.lord, organisation=bureau, role=Role.BUREAU_HEAD, from_on=date(2020, 1, 1))
    with pytest.raises(Refused, match="同一条线"):
        commands.decide_access(access_id=access.pk, agree=True, by=anew(world.lord), at=timezone.now())


def test_a_school_and_a_village_are_lists(world):
    type(world.child).objects.filter(pk=world.child.pk).update(school_name="细沙小学")
    school = asked(world, area=world.xisha, school="细沙小学")
    other = asked(world, area=world.xisha, school="码口小学")
    village = asked(world, area=world.datong)
    for one, n in ((school, 1), (other, 0), (village, 1)):
        commands.decide_access(access_id=one.pk, agree=True, by=anew(world.leader), at=timezone.now())
        assert len(commands.permits.children_of(one)) == n


def test_a_file_within_ones_duty_says_by_which_post(world, client):
    page = client_of(client, world.li).post(reverse("registry:child_file", args=[world.child.pk]), {"reason": "开学前走访"}).content.decode()
    assert "凭岗位职责打开:大同村村民委员会" in page
    assert Entry.objects.get(act="child.open_file").detail["post"] == world.li.posts.get().pk
    with pytest.raises(Refused, match="不在您的辖区"):
        open_child_file(child_id=world.child.pk, reason="走访前了解", by=anew(world.stranger), at=timezone.now())


def test_who_left_his_posts_reads_nothing_more(world, client):
    access = granted(world)
    world.stranger.posts.update(to_on=today(timezone.now()))
    assert client_of(client, world.stranger).get(file_of(access, world.child)).status_code == 403


def test_the_database_refuses_ones_own_word(world):
    access = broken(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        FileAccess.objects.filter(pk=access.pk).update(reviewed_by=world.stranger, reviewed_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        FileAccess.objects.filter(pk=access.pk).delete()


def test_the_check_finds_what_no_act_wrote(world):
    granted(world)
    access = broken(world)
    assert list(checking.faults(None)) == []
    lift(models=[FileAccess])
    for change, column in (
        ({"until_at": access.until_at + timedelta(hours=9)}, "until_at"), ({"reviewed_by": world.leader, "proper": True}, "proper"), ({"state": "ended"}, "state"),
        ({"area": world.xinmin}, "area_id"), ({"decided_by": world.officer}, "decided_by_id"),
    ):  # fmt: skip
        with transaction.atomic():
            FileAccess.objects.filter(pk=access.pk).update(**change)
            assert column in {fault[1] for fault in checking.faults(None)}
            transaction.set_rollback(True)


def test_the_check_finds_an_approval_that_was_drawn_out(world):
    access = granted(world)
    FileAccess.objects.filter(pk=access.pk).update(until_at=access.until_at + timedelta(days=300))
    assert [fault[1] for fault in checking.faults(None)] == ["until_at"]


def test_the_limits_are_dated():
    one = policy.in_force(date(2026, 11, 3))
    assert (one.break_minutes, one.break_least, one.review_days) == (60, 10, 3)
    assert policy.in_force(date(2019, 1, 1)) == policy.editions()[0]
    assert policy.purpose("visit", english=True) and policy.purpose("unknown") == "unknown"


@pytest.mark.parametrize(("line", "opens"), [("civil", True), ("", False), ("water", False)])
def test_a_county_bureau_opens_files_by_its_line_alone(world, line, opens):
    """Without a line it passed for a village's own committee, and opened every file of the county."""
    one = worker("ju", "某局经办", unit("某局", "county", world.county, line=line), Role.BUREAU_WORKER)
    assert (commands.permits.post_for(anew(one), world.child.village_id) is not None) is opens
    if not opens:
        with pytest.raises(Refused, match=r"儿童档案只对|没有找到"):
            open_child_file(child_id=world.child.pk, reason="了解情况", by=anew(one), at=timezone.now())


def test_where_nobody_near_is_left_no_bureau_without_a_line_is_told(world):
    """It may not open the file, so it does not answer for it: an emergency's reason and whose child it is are not its to read."""
    county = worker("ju", "某局经办", unit("某局", "county", world.county), Role.BUREAU_WORKER)
    near = commands.permits.owners(world.child.village_id, today(NOW))
    assert near and county not in {post.user for post in near}
    Post.objects.filter(pk__in=[post.pk for post in Post.objects.exclude(user=county) if post.role != Role.PROTECTION_OFFICER]).update(to_on=today(NOW))
    assert county not in {post.user for post in commands.permits.owners(world.child.village_id, today(NOW))}


@pytest.mark.parametrize(("tier", "line", "role", "whole"), [
    ("county", "", Role.BUREAU_WORKER, False), ("county", "water", Role.BUREAU_WORKER, False), ("county", "civil", Role.BUREAU_WORKER, True),
    ("township", "", Role.STATION_WORKER, True), ("county", "", Role.INSPECTOR, True), ("county", "water", Role.INSPECTOR, True),
])  # fmt: skip
def test_a_county_bureau_without_a_line_sees_no_home_of_itself(world, tier, line, role, whole):
    """It saw each home of the county as a village's own committee does; it sees those with which it has a tie."""
    where = world.county if tier == "county" else world.clerk.orgs[0].area
    one = anew(worker("ju", "某局经办", unit("某局", tier, where, line=line), role))
    duty = Duty.SEE_REGISTER
    assert visible_households(one).filter(pk=world.home.pk).exists() is whole
    assert visible_people(one).filter(pk=world.child.pk).exists() is whole
    assert ties.seen_whole(one, duty=duty) is whole
