"""Whoever resets an account may not sign in with it and go on: its posts sleep, its owner is told, somebody else wakes them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.orgs.accounts import commands
from wanjia.orgs.carried import DUTIES
from wanjia.orgs.models import Change, DutyNotice, Organisation, Post, User
from wanjia.orgs.roles import Role
from wanjia.orgs.second_person import commands as second
from wanjia.orgs.second_person import queries, rules
from wanjia.verdict import Refused

from .factories import START, act, again, person
from .test_second_person import PASSWORD, by, give, new, second_factor

# Ordinary posts: whoever resets an account may not sign in with it and go on


def reset(world, user):
    User.objects.filter(pk=user.pk, last_login=None).update(last_login=timezone.now())  # whoever forgot a password had one
    commands.reset_password(user_id=user.pk, password=PASSWORD, **by(world["admin"]))
    return again(user)


@pytest.mark.parametrize("who", ["xisha", "minzheng", "datong"])
def test_whoever_resets_a_clerks_password_finds_every_post_asleep(world, who):
    """The old attack: no protective duty, so nothing slept and nobody was told; the administrator opened the ledger as the clerk."""
    before = again(world[who]).duties
    assert before and reset(world, world[who]).duties == set()
    assert again(world[who]).asleep_whole


def test_with_the_guard_switched_off_the_clerks_desk_is_open(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(commands, "has_own_factor", lambda user: True)
    assert reset(world, world["xisha"]).duties


def test_a_second_factor_of_the_owners_keeps_the_clerk_at_work_and_he_is_told(world, client):
    second_factor(world["xisha"])
    assert reset(world, world["xisha"]).duties == DUTIES[Role.TOWNSHIP_WORKER]
    assert DutyNotice.objects.get(reader=world["xisha"]).change == "reset_only"


def test_an_account_reopened_by_who_saw_it_before_the_reset_sleeps_whole_all_the_same(world, officer):
    """Two acts sent at once: the reopening looked at the account before the reset was kept, and would let its ordinary posts wake."""
    commands.lock_user(user_id=officer.pk, reason="休假", **by(world["admin"]))
    seen = again(officer)
    reset(world, again(officer))
    commands.unlock_user(user_id=seen.pk, **by(world["admin"]))
    assert again(officer).asleep_whole


def test_the_head_of_the_unit_wakes_the_clerk_and_the_administrator_does_not(world, admin2, signed_in):
    head = person("fenguan", world["xisha"].org, Role.TOWNSHIP_LEADER)
    elsewhere = person("makou1", Organisation.objects.get(name="码口镇人民政府"), Role.TOWNSHIP_LEADER)
    reset(world, world["xisha"])
    for who in (world["admin"], world["xisha"], elsewhere, world["minzheng"]):
        with pytest.raises(Refused):
            second.wake_user(user_id=world["xisha"].pk, **by(who))
    assert queries.sleeping(again(head)) == queries.sleeping(again(admin2)) == queries.sleeping(again(world["shenji"])) == [world["xisha"]]
    assert "密码,或者重新启用了这个账号" in signed_in("fenguan").get("/me/duties").content.decode()
    second.wake_user(user_id=world["xisha"].pk, **by(head))
    assert again(world["xisha"]).duties == DUTIES[Role.TOWNSHIP_WORKER]
    assert not again(world["xisha"]).asleep_whole


def test_the_head_of_one_bureau_is_not_asked_about_another(world):
    one = person("juzhang", world["minzheng"].org, Role.BUREAU_HEAD)
    other = person("juzhang2", Organisation.objects.exclude(pk=one.org.pk).filter(tier="county").first(), Role.BUREAU_HEAD)
    reset(world, world["minzheng"])
    assert (queries.sleeping(again(one)), queries.sleeping(again(other))) == ([world["minzheng"]], [])


def test_a_new_account_of_the_administrators_own_waits_even_for_an_ordinary_post(world, ledger):
    user = new(world["admin"])
    post = give(world["admin"], user, world["xisha"].org, Role.TOWNSHIP_WORKER)
    assert post.waiting and again(user).duties == set()
    head = person("fenguan", world["xisha"].org, Role.TOWNSHIP_LEADER)
    second.decide_post(post_id=post.pk, agree=True, **by(head))
    assert again(user).duties == DUTIES[Role.TOWNSHIP_WORKER]


@pytest.mark.parametrize("by_whom", ["another administrator", "the installer"])
def test_an_account_that_somebody_else_opened_works_at_once(world, admin2, by_whom):
    other = admin2 if by_whom == "another administrator" else act()["by"]
    user = commands.create_user(username="xinren", name="新人", password=PASSWORD, by=other, at=timezone.now())
    assert not give(world["admin"], user, world["xisha"].org, Role.TOWNSHIP_WORKER).waiting


def test_an_ended_account_reset_and_given_a_post_anew_waits(world):
    clerk = world["xisha"]
    unit = clerk.org
    Post.objects.filter(user=clerk).update(to_on=START + timedelta(days=1))
    reset(world, clerk)
    assert give(world["admin"], clerk, unit, Role.TOWNSHIP_WORKER).waiting


def test_the_owner_reads_at_the_next_page_who_did_it_and_cannot_be_kept_from_it(client, world):
    """Whoever signed in with the slip presses 知道了: the line stays for a week, the owner meets it too."""
    second_factor(world["xisha"])
    reset(world, world["xisha"])
    world["xisha"].refresh_from_db()
    world["xisha"].must_change_password = False
    world["xisha"].save()
    client.force_login(again(world["xisha"]), backend="django.contrib.auth.backends.ModelBackend")
    client.post("/me/duties/seen")
    page = client.get("/me").content.decode()
    assert world["admin"].name in page and "重置了密码" in page and "马上告诉本单位负责人" in page
    with pytest.raises(Refused, match="留满 7 天"):
        second.see_notices(**by(world["xisha"]))
    assert second.see_notices(**by(world["xisha"], timedelta(days=8))) == 1
    assert "马上告诉本单位负责人" not in client.get("/me").content.decode()


def test_reviving_a_clerks_account_tells_him_and_his_head(world):
    head = person("fenguan", world["xisha"].org, Role.TOWNSHIP_LEADER)
    commands.lock_user(user_id=world["xisha"].pk, reason="离岗", **by(world["admin"]))
    commands.unlock_user(user_id=world["xisha"].pk, **by(world["admin"]))
    told = DutyNotice.objects.filter(change="revived").values_list("reader__username", flat=True)
    assert {"xisha", "fenguan"} <= set(told)
    assert head.pk


def test_existing_holders_are_told_on_every_page_and_see_who_did_it(client, world, ledger, officer):
    client.force_login(again(officer), backend="django.contrib.auth.backends.ModelBackend")
    assert "条岗位变动请您看一看" not in client.get("/me/duties").content.decode()
    give(world["admin"], new(world["admin"]), ledger)
    told = client.get("/me/duties").content.decode()
    assert "条岗位变动请您看一看" in told
    for words in ("新官", world["admin"].name, "申请安排岗位"):
        assert words in told


def test_whoever_is_reset_twice_reads_one_line_with_both_times_and_why_the_desk_is_empty(world, client):
    """A newcomer whose slip was printed twice read the same warning twice, and below it that all was done."""
    reset(world, world["xisha"])
    reset(world, world["xisha"])
    first, second_time = [one.at for one in DutyNotice.objects.filter(reader=world["xisha"], about=world["xisha"])]
    lines = queries.about_me(world["xisha"], queries.unseen(again(world["xisha"])))
    assert [line["times"] for line in lines] == [[first, second_time]]
    commands.change_own_password(old=PASSWORD, new="shanshui-tianyun-8812", **by(world["xisha"]))
    client.force_login(again(world["xisha"]))
    page = client.get("/me").content.decode()
    assert page.count("对您的账号重置了密码") == 1
    assert "您现在没有岗位" not in page
    assert "等第二人确认,还没有生效" in page
    desk = client.get("/").content.decode()
    assert "您的岗位还没有生效" in desk
    assert "今天没有待办" not in desk


def newcomer(world):
    """Opened by the administrator, given a post and a slip: the account sleeps, the post waits."""
    user = commands.create_user(username="xinren", name="新人", password=PASSWORD, **by(world["admin"]))
    post = give(world["admin"], user, world["xisha"].org, Role.TOWNSHIP_WORKER)
    commands.reset_password(user_id=user.pk, password=PASSWORD, **by(world["admin"]))
    return again(user), post


def test_a_first_password_is_not_called_a_reset(world):
    user, _post = newcomer(world)
    shown = DutyNotice.objects.filter(about=user).values_list("change", flat=True)
    assert Change.FIRST in shown and not {Change.RESET, Change.RESET_ONLY} & set(shown)
    assert Entry.objects.filter(subject_id=str(user.pk), act="orgs.first_password").count() == 1
    assert rules.hands_on(user.pk, timezone.now()) == {(world["admin"].pk, today(timezone.now()))}


def test_one_opened_account_asks_for_one_confirmation_that_wakes_it_too(world, client):
    head = person("fenguan", world["xisha"].org, Role.TOWNSHIP_LEADER)
    user, post = newcomer(world)
    client.force_login(head, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/me/duties").content.decode()
    assert page.count("(账号 xinren)") == 1 and "是本人,同意" in page
    assert queries.asked(again(head)) == 1
    client.post(f"/me/duties/posts/{post.pk}", {"agree": "1", "since": user.asleep_since.isoformat()})
    assert not again(user).asleep_since and [one.pk for one in again(user).live_posts] == [post.pk]
    assert queries.asked(again(head)) == 0


@pytest.mark.parametrize("where", ["posts", "users"])
def test_a_reset_after_the_page_was_shown_is_not_confirmed_with_it(world, client, where):
    """The owner was asked, said yes, and the administrator set another password before the button was pressed: all posts woke for him."""
    head = person("fenguan", world["xisha"].org, Role.TOWNSHIP_LEADER)
    user, post = newcomer(world)
    client.force_login(head, backend="django.contrib.auth.backends.ModelBackend")
    shown = user.asleep_since.isoformat()
    assert shown in client.get("/me/duties").content.decode()
    commands.reset_password(user_id=user.pk, password=PASSWORD, **by(world["admin"]))
    address = f"/me/duties/{where}/{post.pk if where == 'posts' else user.pk}"
    for since in (shown, ""):
        assert "又被开通或重置过" in client.post(address, {"agree": "1", "since": since}).content.decode()
    assert again(user).asleep_since and again(user).live_posts == []
    now = again(user).asleep_since.isoformat()
    assert client.post(address, {"agree": "1", "since": now}).status_code == 302  # the negative control: shown anew and asked anew
    assert not again(user).asleep_since


def test_whoever_does_not_agree_wakes_nobody(world, client):
    head = person("fenguan", world["xisha"].org, Role.TOWNSHIP_LEADER)
    user, post = newcomer(world)
    client.force_login(head, backend="django.contrib.auth.backends.ModelBackend")
    client.post(f"/me/duties/posts/{post.pk}", {"agree": "0", "words": "没有这个人", "in_hand": "1"})
    assert again(user).asleep_since and again(user).live_posts == []


def test_who_comes_second_reads_that_somebody_was_first(world, client):
    heads = [person(name, world["xisha"].org, Role.TOWNSHIP_LEADER) for name in ("fenguan", "fenguan2")]
    user, post = newcomer(world)
    for head, status in zip(heads, (302, 409), strict=True):
        client.force_login(head, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.post(f"/me/duties/posts/{post.pk}", {"agree": "1", "since": user.asleep_since.isoformat()})
        assert answer.status_code == status
    assert "有人先办了" in answer.content.decode()
