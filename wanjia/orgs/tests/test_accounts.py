"""Accounts, posts, exclusive roles; sign-in, lock-out, sessions, the gate."""

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.orgs.accounts import commands, rules
from wanjia.orgs.carried import DUTIES
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Organisation, User
from wanjia.orgs.roles import EXCLUSIVE, Role
from wanjia.verdict import Refused

from .factories import PASSWORD, START, act, again, area, posts_of

NEW = "lan-he-jiang-5566"


def by(user):
    return {"by": again(user), "at": timezone.now()}


def test_an_account_is_opened_with_a_hash_and_must_change_its_password(world):
    user = commands.create_user(username="Liu.Ying ", name="柳英", password=NEW, phone="138 0000 1234", **by(world["admin"]))

    kept = User.objects.get(username="liu.ying")
    assert kept == user
    assert kept.must_change_password
    assert kept.check_password(NEW)
    assert NEW not in kept.password
    assert kept.phone == "13800001234"


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        pytest.param({"username": "9x"}, "小写字母开头", id="shape"),
        pytest.param({"username": "xisha"}, "已有人使用", id="taken"),
        pytest.param({"name": " "}, "请填写姓名", id="no name"),
        pytest.param({"password": "12345"}, "密码", id="weak"),
        pytest.param({"phone": "123"}, "手机号", id="phone"),
    ],
)
def test_create_user_refuses_and_changes_nothing(world, spoil, why):
    before = User.objects.count()
    with pytest.raises(Refused, match=why):
        commands.create_user(**{"username": "liuying", "name": "柳英", "password": NEW, **spoil}, **by(world["admin"]))

    assert User.objects.count() == before


@pytest.mark.parametrize("who", ["xisha", "datong", "yongshan", "shenji", "minzheng"])
def test_only_an_administrator_opens_accounts(world, who):
    with pytest.raises(Refused, match="不能管理用户"):
        commands.create_user(username="liuying", name="柳英", password=NEW, **by(world[who]))


def test_nobody_changes_their_own_posts(world):
    admin = world["admin"]
    with pytest.raises(Refused, match="另一位管理员"):
        commands.give_post(user_id=admin.pk, organisation=admin.org, role=Role.AUDITOR, from_on=START, **by(admin))


def test_an_administrator_keeps_nobody_of_another_county(world):
    with pytest.raises(Refused, match="不在您辖区"):
        commands.lock_user(user_id=world["huatan"].pk, reason="测试", **by(world["admin"]))


@pytest.mark.parametrize("pair", [sorted(pair) for pair in EXCLUSIVE], ids="+".join)
def test_roles_that_exclude_one_another_are_refused_with_a_sentence(world, pair):
    one, other = map(Role, pair)
    user = commands.create_user(username="liuying", name="柳英", password=NEW, **act())
    tier = {role: next(iter(rules.TIERS.get(role, {"county"}))) for role in (one, other)}
    seat = {"county": "永善县台账办", "township": "细沙乡人民政府", "village": "大同村民委员会"}
    first, second = (Organisation.objects.get(name=seat[tier[role]]) for role in (one, other))
    post = commands.give_post(user_id=user.pk, organisation=first, role=one, from_on=START, **act())

    with pytest.raises(Refused, match="不能由同一人担任"):
        commands.give_post(user_id=user.pk, organisation=second, role=other, from_on=START, **act())

    assert posts_of(user) == 1
    commands.end_post(post_id=post.pk, on=date(2024, 1, 1), **act())
    commands.give_post(user_id=user.pk, organisation=second, role=other, from_on=date(2024, 1, 1), **act())
    assert posts_of(user) == 2


def test_roles_that_do_not_exclude_one_another_may_be_held_together(world):
    user = world["xisha"]
    commands.give_post(user_id=user.pk, organisation=user.org, role=Role.TOWNSHIP_LEADER, from_on=START, **act())

    assert Duty.APPROVE_EXPORT in again(user).duties


def test_administration_audit_and_business_share_no_duty():
    business = set().union(*(DUTIES[role] for role in Role if role not in (Role.ADMINISTRATOR, Role.AUDITOR)))

    assert not DUTIES[Role.ADMINISTRATOR] & DUTIES[Role.AUDITOR]
    assert not DUTIES[Role.ADMINISTRATOR] & business


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        pytest.param({"role": Role.VILLAGE_WORKER}, "不能设在", id="wrong tier"),
        pytest.param({"to_on": START}, "离岗日期要晚于", id="no day"),
        pytest.param({"area": "新民村"}, "责任区要在", id="area elsewhere"),
    ],
)
def test_give_post_refuses_and_changes_nothing(world, spoil, why):
    user = world["xisha"]
    what = {"role": Role.TOWNSHIP_LEADER, "from_on": START, **spoil}
    if "area" in what:
        what["area"] = area(what["area"])
    with pytest.raises(Refused, match=why):
        commands.give_post(user_id=user.pk, organisation=user.org, **what, **act())

    assert posts_of(user) == 1


def test_the_same_post_sent_twice_is_given_once(world):
    user, key = world["xisha"], uuid.uuid4()
    for _turn in range(2):
        commands.give_post(user_id=user.pk, organisation=user.org, role=Role.TOWNSHIP_LEADER, from_on=START, key=key, **act())

    assert posts_of(user) == 2


# sign-in


def test_a_good_password_opens_the_door(signed_in):
    assert signed_in("xisha").get("/me").status_code == 200


def enter(client, username, password, address):
    return client.post("/accounts/login/", {"login": username, "password": password}, REMOTE_ADDR=address)


def test_wrong_passwords_lock_the_pair_and_neither_the_address_nor_the_account(world, settings):
    client, office, elsewhere = Client(), "10.1.1.1", "10.2.2.2"
    for _turn in range(settings.AXES_FAILURE_LIMIT):
        answer = enter(client, "xisha", "wrong-wrong-1", office)
    assert answer.status_code == 429
    assert "15 分钟" in answer.content.decode()

    assert enter(Client(), "xisha", PASSWORD, office).status_code == 429  # the pair, even with the right password
    assert enter(Client(), "datong", PASSWORD, office).status_code == 302  # a colleague at the same address
    assert enter(Client(), "xisha", PASSWORD, elsewhere).status_code == 302  # the same person at another address


def test_without_the_lock_the_right_password_would_still_open(world, settings):
    """The negative control of the test above."""
    settings.AXES_ENABLED = False
    for _turn in range(settings.AXES_FAILURE_LIMIT + 2):
        enter(Client(), "xisha", "wrong-wrong-1", "10.1.1.1")

    assert enter(Client(), "xisha", PASSWORD, "10.1.1.1").status_code == 302


def test_a_whole_office_of_slips_does_not_shut_the_office_out(world):
    for turn in range(40):
        enter(Client(), f"someone{turn}", "wrong-wrong-1", "10.1.1.1")

    assert enter(Client(), "xisha", PASSWORD, "10.1.1.1").status_code == 302


def test_an_administrator_lifts_the_lock(world, settings):
    for _turn in range(settings.AXES_FAILURE_LIMIT):
        enter(Client(), "xisha", "wrong-wrong-1", "10.1.1.1")
    commands.unlock_user(user_id=world["xisha"].pk, **by(world["admin"]))

    assert enter(Client(), "xisha", PASSWORD, "10.1.1.1").status_code == 302


def two_sessions(username):
    clients = Client(), Client()
    for client in clients:
        assert enter(client, username, PASSWORD, "10.1.1.1").status_code == 302
        assert client.get("/me").status_code == 200
    return clients


def is_out(client):
    return client.get("/me").status_code == 302


def test_sessions_end_when_the_account_is_locked_and_stay_dead(world):
    phone, desk = two_sessions("xisha")
    commands.lock_user(user_id=world["xisha"].pk, reason="手机丢了", **by(world["admin"]))
    assert is_out(phone)

    commands.unlock_user(user_id=world["xisha"].pk, **by(world["admin"]))
    assert is_out(desk)
    assert enter(Client(), "xisha", PASSWORD, "10.1.1.1").status_code == 302


def test_sessions_end_when_the_administrator_resets_the_password(world):
    phone, desk = two_sessions("xisha")
    commands.reset_password(user_id=world["xisha"].pk, password=NEW, **by(world["admin"]))

    assert is_out(phone)
    assert is_out(desk)


def test_changing_ones_own_password_ends_the_other_sessions_and_keeps_this_one(world):
    phone, desk = two_sessions("xisha")
    answer = desk.post("/accounts/password/", {"old": PASSWORD, "new": NEW, "again": NEW, "key": uuid.uuid4()})

    assert answer.status_code == 302
    assert not is_out(desk)
    assert is_out(phone)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"old": "wrong", "new": NEW, "again": NEW}, "原密码不对"),
        ({"old": PASSWORD, "new": NEW, "again": NEW + "x"}, "不一样"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "10"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "不能与原密码相同"),
    ],
)
def test_a_bad_change_of_password_is_said_on_the_form(signed_in, sent, said):
    client = signed_in("xisha")

    assert said in client.post("/accounts/password/", sent).content.decode()
    assert User.objects.get(username="xisha").check_password(PASSWORD)


def test_ending_the_other_sessions_keeps_this_one(world):
    phone, desk = two_sessions("xisha")
    desk.post("/me/sessions/end")

    assert is_out(phone)
    assert not is_out(desk)


def test_without_the_end_both_sessions_live(world):
    """The negative control of the session tests."""
    phone, desk = two_sessions("xisha")

    assert not is_out(phone)
    assert not is_out(desk)


def test_a_first_password_is_changed_before_anything_else(signed_in):
    client = signed_in("xisha")
    User.objects.filter(username="xisha").update(must_change_password=True)

    answer = client.get("/calendar")
    assert (answer.status_code, answer.url) == (302, "/accounts/password/")
    assert client.get("/accounts/password/").status_code == 200
    client.post("/accounts/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert client.get("/calendar").status_code == 200


@pytest.mark.parametrize(("required", "who", "held"), [(True, "admin", True), (False, "admin", False), (True, "huatan", True)])
def test_sensitive_duties_need_a_second_factor_where_it_is_required(signed_in, settings, required, who, held):
    settings.WANJIA_REQUIRE_TOTP = required
    answer = signed_in(who).get("/calendar")

    assert (answer.status_code == 302 and "totp" in answer.url) == held


def test_the_second_factor_is_set_up_and_then_asked_for(signed_in, settings):
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    settings.WANJIA_REQUIRE_TOTP = True
    client = signed_in("admin")
    asked = client.get("/accounts/2fa/totp/activate/", follow=True)
    assert "再确认一次是您本人" in asked.content.decode()
    page = client.post(asked.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = page.context["form"].secret
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert page.status_code == 200
    client.post("/accounts/2fa/totp/activate/", {"code": code})

    assert client.get("/calendar").status_code == 200
    fresh = Client()
    answer = enter(fresh, "admin", PASSWORD, "10.1.1.1")
    assert answer.status_code == 302
    assert "2fa/authenticate" in answer.url
    assert is_out(fresh)


# pages


def test_the_pages_act_and_say_so(signed_in, world):
    client = signed_in("admin")
    answer = client.post(
        "/users/new", {"username": "liuying", "name": "柳英", "phone": "", "password": NEW, "key": uuid.uuid4()}, follow=True
    )
    assert "账号已开通" in answer.content.decode()
    user = User.objects.get(username="liuying")
    seat = Organisation.objects.get(name="细沙乡人民政府")
    sent = {"organisation": seat.pk, "role": Role.TOWNSHIP_WORKER, "from_on": "2024-01-01"}
    assert "等第二人确认后生效" in client.post(f"/users/{user.pk}/posts", sent, follow=True).content.decode()
    post = user.posts.get()
    assert (
        "岗位已结束" in client.post(f"/users/{user.pk}/posts/{post.pk}/end", {"on": today(timezone.now())}, follow=True).content.decode()
    )
    assert "已停用" in client.post(f"/users/{user.pk}/lock", {"reason": "退休"}, follow=True).content.decode()
    assert [entry.act for entry in Entry.objects.filter(subject_id=str(user.pk)).order_by("seq")] == [
        "orgs.create_user", "orgs.give_post", "orgs.end_post", "orgs.lock_user",
    ]  # fmt: skip


def test_a_refusal_stands_on_the_page(signed_in, world):
    client = signed_in("admin")
    user = world["xisha"]
    sent = {"organisation": user.org.pk, "role": Role.ADMINISTRATOR, "from_on": "2024-01-01"}

    assert "不能由同一人担任" in client.post(f"/users/{user.pk}/posts", sent).content.decode()


def test_an_account_of_another_county_is_not_found(signed_in, world):
    client = signed_in("admin")

    assert client.get(f"/users/{world['huatan'].pk}").status_code == 404
    assert client.get(f"/users/{uuid.uuid4()}").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_many(signed_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in("admin")
    client.get("/users?q=xisha-minzheng")
    with CaptureQueriesContext(connection) as one:
        client.get("/users?q=xisha-minzheng")
    with CaptureQueriesContext(connection) as many:
        client.get("/users")

    assert len(one) == len(many)


def test_no_post_is_ended_on_a_day_that_has_passed(world):
    """Who was in a unit while a need was worked on stays so: else a post ended backwards would make its holder independent of it."""
    post = world["xisha"].posts.get()
    with pytest.raises(Refused, match="不能早于今天"):
        commands.end_post(post_id=post.pk, on=timezone.localdate() - timedelta(days=1), **by(world["admin"]))
    commands.end_post(post_id=post.pk, on=timezone.localdate(), **by(world["admin"]))


@pytest.mark.parametrize("spelt", ["{}", " {}", "{0[0]} {0[1]}{0[2]}", "{0[0]}\u3000{0[1]}{0[2]}", "{0[0]}\u200b{0[1]}{0[2]}"])
def test_nobody_takes_a_colleagues_name(world, spelt):
    """A line of the journal and of a timeline is read by its writer's name: a clerk who borrowed another's for a day wrote as that one."""
    User.objects.filter(pk=world["makou"].pk).update(name="孙回访")
    kept = {"phone": "", "large_text": False}
    with pytest.raises(Refused, match="别的同事"):
        commands.keep_own_profile(name=spelt.format("孙回访"), **kept, **by(world["xisha"]))
    commands.keep_own_profile(name="孙回访", **kept | {"large_text": True}, **by(world["makou"]))  # one's own stays one's own


def test_a_changed_name_is_told_with_the_one_before(world):
    was = world["xisha"].name
    commands.keep_own_profile(name="王新名", phone="", large_text=False, **by(world["xisha"]))
    line = Entry.objects.get(act="orgs.keep_own_profile")
    assert (line.before, line.after, line.by_name) == (was, "王新名", "王新名")
