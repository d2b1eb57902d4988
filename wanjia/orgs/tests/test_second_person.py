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
from wanjia.orgs.models import DutyNotice, Post, User
from wanjia.orgs.roles import Role
from wanjia.orgs.second_person import commands as second
from wanjia.orgs.second_person import queries, rules
from wanjia.verdict import Refused

from .factories import START, act, again, person

PASSWORD = "lan-he-jiang-5566"


def by(user, later=timedelta(0)):
    return {"by": again(user), "at": timezone.now() + later}


def new(admin, username="xinguan", name="新官"):
    return commands.create_user(username=username, name=name, password=PASSWORD, **by(admin))


def second_factor(user):
    TOTP.activate(user, generate_totp_secret())


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
    # The duty of who asks the household is brought by the app of needs: casework/tests/test_household_word.py.
    assert set(PROTECTIVE) - {Role.CALLBACK_OFFICER} == {
        Role.TOWNSHIP_LEADER, Role.BUREAU_HEAD, Role.INSPECTOR, Role.LEADER, Role.PROTECTION_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR,
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
