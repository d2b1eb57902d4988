"""No administrator alone: protective posts wait for a second person, reset accounts sleep, and the peers are told (A7)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.orgs.accounts import commands
from wanjia.orgs.carried import DUTIES, PROTECTIVE
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Change, DutyNotice, Organisation, Post, User
from wanjia.orgs.roles import Role
from wanjia.orgs.second_person import commands as second
from wanjia.orgs.second_person import queries, rules
from wanjia.verdict import Refused

from .factories import START, act, again, person

PASSWORD = "lan-he-jiang-5566"


@pytest.fixture
def ledger(world):
    return Organisation.objects.get(name="永善县台账办")


@pytest.fixture
def officer(world, ledger):
    return person("weibao", ledger, Role.PROTECTION_OFFICER)


@pytest.fixture
def admin2(world, ledger):
    return person("admin2", ledger, Role.ADMINISTRATOR)


def by(user, later=timedelta(0)):
    return {"by": again(user), "at": timezone.now() + later}


def new(admin, username="xinguan", name="新官"):
    return commands.create_user(username=username, name=name, password=PASSWORD, **by(admin))


def give(admin, user, unit, role=Role.PROTECTION_OFFICER):
    return commands.give_post(user_id=user.pk, organisation=unit, role=role, from_on=START, **by(admin))


@pytest.mark.parametrize("asleep", ["", "protective", "whole"])
def test_a_row_and_the_database_tell_alike_which_posts_are_held(world, ledger, asleep):
    day, user = today(timezone.now()), person("duogang", ledger, Role.LEDGER_OFFICE)
    days = [None, *(day + timedelta(days=offset) for offset in (-1, 0, 1))]
    Post.objects.bulk_create(
        Post(user=user, organisation=ledger, role=role, from_on=first, to_on=end, waiting=waiting)
        for role in (Role.LEDGER_OFFICE, Role.PROTECTION_OFFICER) for first in days[1:] for end in days for waiting in (True, False)
    )  # fmt: skip
    if asleep:
        User.objects.filter(pk=user.pk).update(asleep_since=timezone.now(), asleep_whole=asleep == "whole")
    held = set(Post.objects.on(day).filter(user=user))
    assert set(again(user).live_posts) == held == {post for post in Post.objects.filter(user=user) if post.is_held_on(day)}
    assert bool(held) == (asleep != "whole")


def test_which_roles_are_protective():
    assert set(PROTECTIVE) == {
        Role.TOWNSHIP_LEADER, Role.BUREAU_HEAD, Role.CALLBACK_OFFICER, Role.INSPECTOR, Role.LEADER, Role.PROTECTION_OFFICER,
        Role.ADMINISTRATOR, Role.AUDITOR,
    }  # fmt: skip
    assert all(role in PROTECTIVE for role in rules.ELDERS)  # else an administrator makes himself a second person


@pytest.mark.parametrize("role", sorted(PROTECTIVE - {Role.TOWNSHIP_LEADER}))
def test_an_administrator_alone_gives_a_new_account_no_protective_duty(world, ledger, role):
    user = new(world["admin"])
    post = give(world["admin"], user, ledger, role)
    assert post.waiting
    assert again(user).duties == set()


def test_the_old_attack_with_the_guard_switched_off(world, ledger, monkeypatch):
    """The negative control: without the guard the officer's duty is held at once by an account of the administrator's own."""
    monkeypatch.setattr(commands, "needs_second", lambda by, role: False)
    monkeypatch.setattr(commands, "could_sign_in", lambda *_facts: False)
    user = new(world["admin"])
    give(world["admin"], user, ledger)
    assert Duty.PROTECT_CHILDREN in again(user).duties


def test_an_existing_account_gets_none_either_and_an_ordinary_post_is_given_at_once(world, ledger):
    clerk = world["minzheng"]
    assert give(world["admin"], clerk, ledger).waiting
    assert Duty.PROTECT_CHILDREN not in again(clerk).duties
    assert not give(world["admin"], clerk, clerk.org, Role.BUREAU_WORKER).waiting


@pytest.mark.parametrize("who", ["weibao", "shenji"])
def test_a_second_person_confirms_and_the_post_is_held(world, ledger, officer, who):
    user = new(world["admin"])
    post = give(world["admin"], user, ledger)
    voucher = {"weibao": officer, "shenji": world["shenji"]}[who]
    assert queries.waiting_posts(again(voucher)) == [post]
    second.decide_post(post_id=post.pk, agree=True, **by(voucher))
    assert Duty.PROTECT_CHILDREN in again(user).duties
    with pytest.raises(Refused, match="已经处理过"):
        second.decide_post(post_id=post.pk, agree=True, **by(voucher))


@pytest.mark.parametrize(("who", "why"), [("admin", "现任人员"), ("minzheng", "现任人员"), ("xinguan", "现任人员"), ("huatan", "现任人员")])
def test_who_is_no_second_person(world, ledger, who, why):
    user = new(world["admin"])
    post = give(world["admin"], user, ledger)
    with pytest.raises(Refused, match=why):
        second.decide_post(post_id=post.pk, agree=True, **by({**world, "xinguan": user}[who]))
    assert Post.objects.get(pk=post.pk).waiting


def test_who_asked_does_not_confirm_and_another_administrator_does(world, ledger, admin2):
    post = give(world["admin"], new(world["admin"]), ledger, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="申请人不能自己确认"):
        second.decide_post(post_id=post.pk, agree=True, **by(world["admin"]))
    assert not second.decide_post(post_id=post.pk, agree=True, **by(admin2)).waiting


def test_whom_it_is_about_does_not_confirm(world, ledger, officer):
    post = give(world["admin"], officer, ledger)
    with pytest.raises(Refused, match="自己的岗位不能自己确认"):
        second.decide_post(post_id=post.pk, agree=True, **by(officer))


def test_an_account_that_the_asker_has_had_in_his_hands_does_not_confirm(world, ledger, officer, admin2):
    """The administrator resets the auditor, is let in again by nobody; the auditor woken by the officer still cannot vouch for him."""
    admin, auditor = world["admin"], world["shenji"]
    commands.reset_password(user_id=auditor.pk, password=PASSWORD, **by(admin))
    person("yuanlingdao", ledger, Role.LEADER)
    second.wake_user(user_id=auditor.pk, by=again(person("lingdao", ledger, Role.LEADER)), at=timezone.now())
    post = give(admin, new(admin), ledger)
    with pytest.raises(Refused, match="90 天内开通或重置"):
        second.decide_post(post_id=post.pk, agree=True, **by(auditor))
    assert not second.decide_post(post_id=post.pk, agree=True, **by(auditor, timedelta(days=91))).waiting


def test_a_no_needs_words_and_the_post_is_never_held(world, ledger, officer):
    user = new(world["admin"])
    post = give(world["admin"], user, ledger)
    with pytest.raises(Refused, match="写一句理由"):
        second.decide_post(post_id=post.pk, agree=False, **by(officer))
    second.decide_post(post_id=post.pk, agree=False, words="没有这个人", **by(officer))
    assert again(user).duties == set()
    assert queries.waiting_posts(again(officer)) == []
    with pytest.raises(Refused, match="已经处理过"):
        second.decide_post(post_id=post.pk, agree=True, **by(officer))


def test_the_peers_are_told_at_once_who_whom_and_when(world, ledger, officer, signed_in):
    user = new(world["admin"])
    give(world["admin"], user, ledger)
    told = DutyNotice.objects.get(reader=officer)
    assert (told.change, told.about, told.by_name, told.role) == ("proposed", user, world["admin"].name, "protection_officer")
    assert DutyNotice.objects.filter(reader=world["shenji"]).exists()
    assert Entry.objects.get(act="orgs.give_post", subject_id=str(user.pk)).detail["told"] == 3  # officer, auditor, the person
    browser = signed_in("weibao")
    assert "岗位变动请您看一看" in browser.get("/me").content.decode()
    page = browser.get("/me/duties").content.decode()
    assert "新官" in page
    assert world["admin"].name in page
    browser.post("/me/duties/seen")
    assert DutyNotice.objects.get(reader=officer).seen_at


def test_ending_and_locking_an_officer_tells_the_peers(world, ledger, officer):
    peer = person("weibao2", ledger, Role.PROTECTION_OFFICER)
    DutyNotice.objects.all().delete()
    commands.lock_user(user_id=officer.pk, reason="离岗", **by(world["admin"]))
    commands.end_post(post_id=officer.posts.get().pk, on=timezone.localdate(), **by(world["admin"]))
    assert set(DutyNotice.objects.filter(reader=peer).values_list("change", flat=True)) == {"locked", "ended"}


@pytest.mark.parametrize("how", ["reset", "unlock"])
def test_an_account_in_an_administrators_hands_sleeps_until_a_second_person_confirms(world, officer, signed_in, how):
    admin = world["admin"]
    if how == "reset":
        commands.reset_password(user_id=officer.pk, password=PASSWORD, **by(admin))
    else:
        commands.lock_user(user_id=officer.pk, reason="离岗", **by(admin))
        commands.unlock_user(user_id=officer.pk, **by(admin))
    assert Duty.PROTECT_CHILDREN not in again(officer).duties
    for who in (admin, officer):
        with pytest.raises(Refused):
            second.wake_user(user_id=officer.pk, **by(who))
    assert queries.sleeping(again(world["shenji"])) == [officer]
    browser = signed_in("shenji")
    page, shown = browser.get("/me/duties").content.decode(), again(officer).asleep_since.isoformat()
    assert f'name="since" value="{shown}"' in page
    assert browser.post(f"/me/duties/users/{officer.pk}", {"since": shown}).status_code == 302
    assert Duty.PROTECT_CHILDREN in again(officer).duties


def test_without_the_sleep_the_reset_account_reads_on(world, officer, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(commands, "put_to_sleep", lambda *what, **how: 0)
    commands.reset_password(user_id=officer.pk, password=PASSWORD, **by(world["admin"]))
    assert Duty.PROTECT_CHILDREN in again(officer).duties


def test_only_the_protective_posts_sleep_when_the_owner_has_a_second_factor(world, officer):
    second_factor(officer)
    commands.give_post(user_id=officer.pk, organisation=world["minzheng"].org, role=Role.BUREAU_WORKER, from_on=START, **act())
    commands.reset_password(user_id=officer.pk, password=PASSWORD, **by(world["admin"]))
    assert again(officer).duties == DUTIES[Role.BUREAU_WORKER]


def test_an_account_reset_while_its_post_waits_sleeps_after_the_confirmation(world, ledger, officer):
    user = new(world["admin"])
    post = give(world["admin"], user, ledger)
    commands.reset_password(user_id=user.pk, password=PASSWORD, **by(world["admin"]))
    second.decide_post(post_id=post.pk, agree=True, **by(officer))
    assert again(user).duties == set()


def test_a_lock_by_wrong_passwords_is_lifted_without_sleep(world, officer):
    commands.unlock_user(user_id=officer.pk, **by(world["admin"]))
    assert Duty.PROTECT_CHILDREN in again(officer).duties


def test_the_installer_sets_up_alone(world, ledger):
    user = commands.create_user(username="xinguan", name="新官", password=PASSWORD, **act())
    post = commands.give_post(user_id=user.pk, organisation=ledger, role=Role.PROTECTION_OFFICER, from_on=START, **act())
    assert not post.waiting
    waits = give(world["admin"], new(world["admin"], "bieren", "别人"), ledger, Role.LEADER)
    assert not second.decide_post(post_id=waits.pk, agree=True, **act()).waiting


def test_the_page_says_that_it_waits_and_the_second_person_presses(world, ledger, officer, signed_in):
    user, admin = new(world["admin"]), signed_in("admin")
    admin.post(f"/users/{user.pk}/posts", {"organisation": ledger.pk, "role": "protection_officer", "from_on": START.isoformat()})
    post = Post.objects.filter(user=user).first() or give(world["admin"], user, ledger)
    assert "等第二人确认" in admin.get(f"/users/{user.pk}").content.decode()
    assert admin.post(f"/me/duties/posts/{post.pk}", {"agree": "1"}).status_code == 404
    browser = signed_in("weibao")
    assert "申请让 新官" in browser.get("/me/duties").content.decode()
    assert browser.post(f"/me/duties/posts/{post.pk}", {"agree": "0"}).status_code == 200
    assert browser.post(f"/me/duties/posts/{post.pk}", {"agree": "1"}).status_code == 302
    assert Duty.PROTECT_CHILDREN in again(user).duties


def test_a_second_press_is_told_what_the_first_was_and_whoever_comes_second_that_it_is_done(world, ledger, officer, signed_in):
    """As it was, one's own press sent twice was answered by "somebody else", and an id that never was by another number than one out of reach."""
    post, browser, sent = give(world["admin"], new(world["admin"]), ledger), signed_in("weibao"), {"agree": "1", "key": str(uuid4())}
    assert [browser.post(f"/me/duties/posts/{post.pk}", sent).status_code for _n in range(2)] == [302, 302]
    assert Entry.objects.filter(act="orgs.confirm_post").count() == 1
    late = browser.post(f"/me/duties/posts/{post.pk}", {"agree": "1"})
    assert late.status_code == 409 and "已经处理过" in late.content.decode()
    stranger = signed_in("datong")
    never = max(Post.objects.values_list("pk", flat=True)) + 1
    assert [who.post(f"/me/duties/posts/{pk}", {"agree": "1"}).status_code for who, pk in ((browser, never), (stranger, never), (stranger, post.pk))] == [404] * 3


# Ordinary posts: whoever resets an account may not sign in with it and go on


def second_factor(user):
    TOTP.activate(user, generate_totp_secret())


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


# Puppets


def post_of(user, unit, role):
    """Keep a post as if two people had given it, so that the account itself is what is judged."""
    return Post.objects.create(user=user, organisation=unit, role=role, from_on=START)


@pytest.mark.parametrize("days", [0, 30, 89])
def test_two_accounts_of_one_administrator_do_not_vouch_for_each_other(world, ledger, days):
    """The administrator makes himself an auditor, a second administrator and an officer: the second proposes, the auditor would vouch."""
    puppets = [new(world["admin"], f"kuilei{n}", f"傀儡{n}") for n in "abc"]
    post_of(puppets[0], ledger, Role.AUDITOR)
    post_of(puppets[1], ledger, Role.ADMINISTRATOR)
    post = give(puppets[1], puppets[2], ledger)
    with pytest.raises(Refused, match="同一位管理员"):
        second.decide_post(post_id=post.pk, agree=True, **by(puppets[0], timedelta(days=days)))
    assert queries.waiting_posts(again(puppets[0])) == []


def test_accounts_made_on_one_day_do_not_vouch_for_each_other_whoever_asks(world, ledger, admin2):
    one, other = new(world["admin"], "tongria", "同日甲"), new(world["admin"], "tongrib", "同日乙")
    post_of(one, ledger, Role.AUDITOR)
    post = give(admin2, other, ledger)
    with pytest.raises(Refused, match="同一位管理员"):
        second.decide_post(post_id=post.pk, agree=True, **by(one))


def test_an_account_of_another_hand_vouches(world, ledger, admin2):
    post_of(auditor := new(admin2, "shenjixin", "审计新人"), ledger, Role.AUDITOR)
    post = give(world["admin"], new(world["admin"]), ledger)
    assert second.decide_post(post_id=post.pk, agree=True, **by(auditor)).confirmed_by_id == auditor.pk


def test_without_the_guard_a_puppet_vouches(world, ledger, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "one_hand", lambda *_facts: False)
    puppets = [new(world["admin"], f"kuilei{n}", f"傀儡{n}") for n in "abc"]
    post_of(puppets[0], ledger, Role.AUDITOR)
    post_of(puppets[1], ledger, Role.ADMINISTRATOR)
    post = give(puppets[1], puppets[2], ledger)
    assert second.decide_post(post_id=post.pk, agree=True, **by(puppets[0])).waiting is False


@pytest.fixture
def puppet(world, ledger):
    """A second administrator whom the first has made: somebody has confirmed him, in good faith."""
    post_of(user := new(world["admin"], "kuilei", "傀儡"), ledger, Role.ADMINISTRATOR)
    return user


def open_by_puppet(world, puppet):
    """The old attack: the second administrator resets a clerk, and the first, who holds both, says that the owner has it."""
    commands.reset_password(user_id=world["xisha"].pk, password=PASSWORD, **by(puppet))
    second.wake_user(user_id=world["xisha"].pk, **by(world["admin"]))
    return again(world["xisha"]).duties


def test_whoever_made_the_asker_does_not_confirm_what_it_asks(world, ledger, puppet):
    with pytest.raises(Refused, match="不能由您确认"):
        open_by_puppet(world, puppet)
    post = give(puppet, new(puppet), ledger, Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="不能由您确认"):
        second.decide_post(post_id=post.pk, agree=True, **by(world["admin"]))
    assert second.decide_post(post_id=post.pk, agree=True, **by(world["admin"], timedelta(days=91))).confirmed_by_id


def test_whoever_has_had_the_account_himself_does_not_confirm_it_for_another(world, ledger, admin2):
    """He resets a colleague, who sleeps; another, asked for it, lets in again what he had locked, and so it is he who is asked for the second word."""
    victim = person("admin3", ledger, Role.ADMINISTRATOR)
    commands.reset_password(user_id=victim.pk, password=PASSWORD, **by(world["admin"]))
    commands.lock_user(user_id=victim.pk, reason="请示", **by(world["admin"]))
    commands.unlock_user(user_id=victim.pk, **by(admin2))
    with pytest.raises(Refused, match="不能由您确认"):
        second.wake_user(user_id=victim.pk, **by(world["admin"]))
    assert again(victim).duties == set()


@pytest.mark.parametrize(("maker", "giver"), [("admin", "puppet"), ("puppet", "admin")])
def test_a_post_given_to_an_account_of_the_same_hand_waits_whichever_of_its_two_accounts_gives_it(world, puppet, maker, giver):
    hands = {"admin": world["admin"], "puppet": puppet}
    user = new(hands[maker], "xinren", "新人")
    assert give(hands[giver], user, world["xisha"].org, Role.TOWNSHIP_WORKER).waiting
    assert again(user).duties == set()


def test_without_the_guard_the_clerks_desk_is_open_to_one_man_with_two_accounts(world, puppet, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(rules, "behind", lambda user_id, at: set())
    assert open_by_puppet(world, puppet)


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
