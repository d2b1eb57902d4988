"""A wish from the child to the thanks; what is public; the clock; fairness; money; whose names are read."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from wanjia.care.children.commands import READ
from wanjia.care.donors import commands as donors
from wanjia.care.models import Wish, WishClaim, WishMiss, WishMoney
from wanjia.care.wishes import commands, queries, rules
from wanjia.kernel import triggers
from wanjia.kernel.models import Entry, EntryKind
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.models import Person
from wanjia.verdict import ALLOWED, Conflict, Refused

from . import acts_lines as lines
from . import acts_wishes as acts
from .factories import helper, pair

pytestmark = pytest.mark.usefixtures("monday")

DAY = MONDAY.date()
SIGN_IN = "django.contrib.auth.backends.ModelBackend"
CLAIM = {"kind": "a_person", "name": "热心人", "phone": "13887000077"}
SECRETS = ("王小雨", "小雨", "王建国", "大同", "细沙", "W.X.Y")


def who(world, name="clerk", days=0):
    return acts.who(world, name, MONDAY + timedelta(days=days))


def night(days):
    return commands.watch_claims(by=CLOCK, at=MONDAY + timedelta(days=days))


def signed_in(world, name="clerk"):
    client = Client()
    client.force_login(who(world, name)["by"], backend=SIGN_IN)
    return client


def test_a_wish_from_the_child_to_the_thanks(world):
    what = acts.claimed(world)
    commands.receive_thing(**what, **who(world, days=3))
    commands.deliver_wish(**what, through="by_school", **who(world, "visitor", days=4))
    commands.confirm_wish(**what, signer="class_teacher", signed_by="周老师", **who(world, days=5))
    commands.thank_donor(**what, words="鞋子很合脚,谢谢。", **who(world, days=6))
    commands.ask_again(**what, after="in_use", **who(world, days=35))
    one = Wish.objects.get()
    assert (one.state, one.days, one.claims.get().end) == ("wish_archived", 5, "fulfilled")
    assert queries.median_days(Wish.objects.all()) == (5, 1)
    assert set(Entry.objects.values_list("kind", flat=True)) <= set(EntryKind.values), "a detail of a line is not called as the line's own kind is"


def test_whoever_keeps_company_with_a_child_of_no_village_is_told_what_is_missing(world):
    """The child's own helper sees it wherever it lives, also where the register says nowhere: its wish would stand on no township's list."""
    child_id = lines.paired(world)["child_id"]
    Person.objects.filter(pk=child_id).update(village=None)
    with pytest.raises(Refused, match="没有登记孩子在哪个村"):
        commands.note_wish(child_id=child_id, **acts.SHOES, **who(world, "helper"))
    assert not Wish.objects.exists()


def test_a_claim_holds_seven_days_is_warned_of_and_released_by_itself(world):
    acts.claimed(world)
    assert night(5) == (0, 0)
    assert night(6) == (1, 0), "two days before its end"
    assert night(6) == (0, 0), "once"
    assert night(7) == (0, 0), "the seventh day is still the donor's"
    assert night(8) == (0, 1)
    one = Wish.objects.get()
    assert (one.state, one.claims.get().end) == ("released", "lapsed")
    commands.take_claim(wish_id=one.pk, **acts.DONOR, **who(world, days=9))
    assert Wish.objects.get().state == "claimed"


def test_without_the_clock_a_claim_would_hold_for_ever(world, monkeypatch):
    """Negative control."""
    acts.claimed(world)
    monkeypatch.setattr(commands, "_over", lambda *_claims, **_how: 0)
    night(80)
    assert Wish.objects.get().state == "claimed"


def test_what_came_or_was_paid_for_is_not_taken_away(world):
    what = acts.given(world)
    assert night(9)[1] == 0, "money is in the box: somebody settles the account first"
    commands.note_money(**what, kind="money_back", amount="100", **who(world, days=9))
    commands.receive_thing(**what, **who(world, days=9))
    assert night(10)[1] == 0, "it is in hand"


def test_who_collected_does_not_judge_and_who_brought_does_not_confirm(world):
    what = {"wish_id": commands.collect_wish(**acts.wishing(world), **who(world)).pk}
    with pytest.raises(Refused, match="另一个人审核"):
        commands.publish_wish(**what, **acts.SHOES, **who(world))
    commands.publish_wish(**what, **acts.SHOES, **who(world, "care"))
    commands.take_claim(**what, **acts.DONOR, **who(world))
    commands.receive_thing(**what, **who(world))
    commands.deliver_wish(**what, through="by_officer", **who(world))
    with pytest.raises(Refused, match="另一个人向孩子核实"):
        commands.confirm_wish(**what, signer="guardian", signed_by="王建国", **who(world))
    commands.confirm_wish(**what, signer="guardian", signed_by="王建国", **who(world, "visitor"))


def test_no_second_wish_while_a_first_one_of_the_same_school_waits(world, monkeypatch):
    what = acts.collected(world)
    acts.had_one(world, what)
    with pytest.raises(Refused, match="先办他们的"):
        commands.publish_wish(wish_id=Wish.objects.get(child=world.register.child, state="collected").pk, **acts.SHOES, **who(world))
    monkeypatch.setattr(rules, "others_wait", lambda _wish: False)
    commands.publish_wish(wish_id=Wish.objects.get(child=world.register.child, state="collected").pk, **acts.SHOES, **who(world))


def public_pages(wish, claim=None):
    """Every public address about a wish."""
    found = ["/wishes/", "/wishes/money/", f"/wishes/{wish.code}/", "/d/"]
    return [*found, f"/d/{claim.code}"] if claim else found


@pytest.mark.parametrize("make", [acts.collected, acts.published, acts.claimed, acts.given, acts.received, acts.delivered, acts.confirmed])
def test_no_public_page_tells_who_a_child_or_a_donor_is(world, make):
    """In no state: code, age band and thing alone. Only the donor's own slip names the township's desk."""
    make(world)
    Person.objects.filter(pk=world.register.child.pk).update(school_name="细沙乡中心学校")
    wish, claim = Wish.objects.get(), WishClaim.objects.first()
    for address in public_pages(wish):
        said = Client().get(address).content.decode()
        assert [word for word in (*SECRETS, "热心人", "13887000077") if word in said] == [], address
    if claim:
        said = Client().get(f"/d/{claim.code}").content.decode()
        assert [word for word in ("王小雨", "小雨", "王建国", "大同", "中心学校", "热心人", "13887000077") if word in said] == []


def test_what_was_not_judged_is_not_public(world):
    acts.collected(world)
    one = Wish.objects.get()
    assert one.code not in Client().get("/wishes/").content.decode()
    assert Client().get(f"/wishes/{one.code}/").status_code == 404


def test_a_donor_claims_without_an_account_and_follows_by_the_slip(world):
    acts.published(world)
    one = Wish.objects.get()
    page = Client().post(f"/wishes/{one.code}/", CLAIM | {"key": str(uuid4())})
    claim = WishClaim.objects.get()
    assert page.status_code == 200 and claim.code in page.content.decode() and "no-store" in page["Cache-Control"]
    assert (claim.name, claim.phone, claim.taken_by) == ("热心人", "13887000077", None)
    assert "热心人" not in str(WishClaim.objects.values_list("name", "phone").get()), "sealed in the database"
    late = Client().post(f"/wishes/{one.code}/", CLAIM | {"phone": "13887000078"})
    assert "刚刚有人认领了" in late.content.decode() and WishClaim.objects.count() == 1
    slip = Client().get(f"/d/{claim.code.lower()}")
    assert "还有 7 天" in slip.content.decode()
    Client().post(f"/d/{claim.code}")
    assert Wish.objects.get().state == "released"


def test_whose_line_dropped_sees_the_code_again_and_nobody_else_does(world):
    acts.published(world)
    one, key = Wish.objects.get(), str(uuid4())
    first = Client().post(f"/wishes/{one.code}/", CLAIM | {"key": key})
    again = Client().post(f"/wishes/{one.code}/", CLAIM | {"key": key})
    code = WishClaim.objects.get().code
    assert code in first.content.decode() and code in again.content.decode()
    other = Client().post(f"/wishes/{one.code}/", CLAIM | {"key": key, "phone": "13887000079"})
    assert code not in other.content.decode()


def test_wrong_codes_shut_the_door_and_odd_input_breaks_nothing(world):
    acts.claimed(world)
    client = Client()
    for n in range(rules.MISSES_AN_HOUR):
        assert client.get(f"/d/WRONG{n}").status_code == 404
    assert client.get(f"/d/{WishClaim.objects.get().code}").status_code == 403, "a right code waits too"
    assert WishMiss.objects.count() == rules.MISSES_AN_HOUR
    one = Wish.objects.get()
    for address in ("/wishes/?page=-1&kind=x&band=%00", "/wishes/?page=99999999999999999999", "/wishes/%F0%9F%98%80/", f"/wishes/{one.code}/?x=\u202e"):
        assert client.get(address).status_code in (200, 404), address
    assert client.post(f"/wishes/{one.code}/", {"kind": "[]", "name": "\u202e", "phone": "x" * 9000}).status_code == 200


def test_one_address_claims_so_many_an_hour(world):
    acts.published(world)
    with pytest.raises(Refused, match="一小时内认领得太多"):
        acts.many(20, phone="13887000088", address_index=acts.address())(world, {})
        donors.claim_wish(wish_id=Wish.objects.get(child=world.register.child).pk, **CLAIM, address="10.0.0.1", by=donors.DONOR, at=MONDAY)
    donors.claim_wish(wish_id=Wish.objects.get(child=world.register.child).pk, **CLAIM, address="10.0.0.2", by=donors.DONOR, at=MONDAY)


def test_money_and_its_use_are_published_by_code(world):
    what = acts.given(world)
    commands.note_money(**what, kind="money_spent", amount="88.50", words="鞋店发票 0012", **who(world))
    with pytest.raises(Refused, match=r"手里只有 11\.50 元"):
        commands.note_money(**what, kind="money_spent", amount="11.51", **who(world))
    commands.receive_thing(**what, **who(world))
    with pytest.raises(Refused, match="先把账平了"):
        commands.deliver_wish(**what, through="by_school", **who(world))
    commands.note_money(**what, kind="money_back", amount="11.50", **who(world))
    commands.deliver_wish(**what, through="by_school", **who(world, "visitor"))
    said = Client().get("/wishes/money/").content.decode()
    assert "收到 100.00 元,买东西用掉 88.50 元,退还 11.50 元,手里还有 0.00 元" in said
    assert WishMoney.objects.get(kind="money_given").number == "WX20261100001"


def test_a_childs_name_on_the_sheet_is_journalled_before_it_is_sent(world, monkeypatch):
    acts.delivered(world)
    one, client = Wish.objects.get(), signed_in(world)
    page = client.get(f"/care/wishes/{one.pk}/sign/")
    about = Entry.objects.filter(subject="registry.person", subject_id=str(world.register.child.pk), act=READ)
    assert "王小雨" in page.content.decode() and "no-store" in page["Cache-Control"] and about.count() == 1
    monkeypatch.setattr("wanjia.care.wishes.views.read_names", lambda children, **_how: children)
    client.get(f"/care/wishes/{one.pk}/sign/")
    assert about.count() == 1, "negative control: without its line the name is seen by nobody's knowledge"


@pytest.mark.parametrize("tab", ["", "?tab=claimed", "?tab=nonsense"])
def test_lists_and_pages_name_neither_child_nor_donor(world, tab):
    acts.given(world)
    one, client = Wish.objects.get(), signed_in(world)
    for address in (f"/care/wishes/{tab}", f"/care/wishes/{one.pk}/", "/care/wishes/sheet/", f"/care/wishes/{one.pk}/confirm/", f"/care/wishes/{one.pk}/donor/"):
        said = client.get(address).content.decode()
        assert [word for word in ("王小雨", "13887000077") if word in said] == [], address


def test_who_claimed_is_read_with_a_line(world):
    acts.claimed(world)
    one, client = Wish.objects.get(), signed_in(world)
    page = client.post(f"/care/wishes/{one.pk}/donor/")
    assert "热心人" in page.content.decode() and "13887000077" in page.content.decode()
    assert Entry.objects.filter(act="wish.read_donor", subject_id=str(one.pk)).count() == 1


def test_two_hands_at_one_wish(world, monkeypatch):
    """A stale row is told that somebody was quicker, also where no rule looks."""
    acts.published(world)
    stale = Wish.objects.get()
    commands.take_claim(wish_id=stale.pk, **acts.DONOR, **who(world))
    monkeypatch.setattr(rules, "can_be_claimed", lambda _wish: ALLOWED)
    with pytest.raises(Conflict):
        commands.claim(stale, **CLAIM, by=who(world)["by"], at=MONDAY)


def test_a_helper_writes_down_the_wish_of_the_own_child_alone(world):
    helper_of = helper(world, user=type(world.helper).objects.get(pk=world.helper.pk))
    with pytest.raises(Refused):
        commands.note_wish(child_id=world.register.child.pk, **acts.SHOES, **who(world, "helper"))
    pair(world, helper_of)
    commands.note_wish(child_id=world.register.child.pk, **acts.SHOES, **who(world, "helper"))
    assert rules.visible_wishes(who(world, "helper")["by"]).count() == 1


# The list on the wall.


def beside(world):
    """A child of the next village of the township wishes too; returns the village worker's client."""
    acts.published(world)
    village = type(world.datong).objects.create(pk="530625202299", name="某村", level=world.datong.level, parent=world.xisha)
    child = Person.objects.create(name="李某某", pinyin="li", birth_on=date(2015, 5, 1), village=village, registered_at=MONDAY)
    wish = commands.collect_wish(name=child.name, **acts.SHOES, **who(world))
    commands.publish_wish(wish_id=wish.pk, **acts.SHOES, **who(world, "care"))
    client = Client()
    client.force_login(type(world.visitor).objects.get(pk=world.visitor.pk), backend=SIGN_IN)
    return client


def test_the_list_on_a_villages_wall_is_the_townships(world, monkeypatch):
    """A village's few wishes would say whose they are: there the wishes of the whole township hang."""
    client = beside(world)
    code = Wish.objects.get(child__name="李某某").code
    assert code in client.get("/care/wishes/sheet/").content.decode()
    monkeypatch.setattr(queries, "hung_up", lambda actor: queries.listed(actor, "pool"))
    assert code not in client.get("/care/wishes/sheet/").content.decode(), "negative control"


def test_a_township_of_few_wishes_hangs_up_its_countys_and_no_other(world):
    beside(world)
    area = type(world.datong).objects
    town = area.create(code="530699202000", name="外县乡", level=world.xisha.level)
    village = area.create(code="530699202299", name="外县村", level=world.datong.level, parent=town)
    one = Wish.objects.first()
    facts = {name: getattr(one, name) for name in ("kind", "band", "thing", "cost", "made_on", "recorded_at", "published_on")}
    triggers.lift(models=[Wish])
    Wish.objects.create(code="FFFFF", child=Person.objects.create(name="外县童", registered_at=MONDAY), area=village, state="wish_published", **facts)
    assert queries.hung_up(who(world, "visitor")["by"]).count() == 2 and queries.offered().count() == 3
