"""A donor from the wall to the thanks, and a school from sizes to the sign-off, each in a real browser with taps counted.

What is refused and what nobody may see on the way stands in test_donor_and_school, which asks the pages alone.
"""

import pytest
from django.utils import timezone

from wanjia.care.models import Distribution, Gift, Wish, WishClaim
from wanjia.kernel.calendar import today

from .hand import WIDTHS, Hand

pytestmark = [pytest.mark.journey, pytest.mark.slow]
SEND = "main .form-acts button"


def does(hand, act, /, **answers):
    """Do one act from the page that offers it: the link, what it asks, the button."""
    hand.tap(f"main a.btn:has-text('{act}')")
    hand.at.fill(**answers)
    return hand.tap(SEND)


@WIDTHS
def test_a_donor_claims_in_three_taps_and_reads_the_thanks(house, chromium, width):
    child = house.register.child
    village, township, donor = Hand(chromium, house, "datong", width), Hand(chromium, house, "xisha", width), Hand(chromium, house, None, width)
    village.go(f"/care/children/{child.pk}/")
    does(village, "记孩子的心愿", kind="sport", thing="跑步鞋", size="36", cost="120")
    wish = Wish.objects.get()
    page = f"/care/wishes/{wish.pk}/"
    does(township.go(page), "审核通过,公布")

    donor.go("/wishes/").keep("wishes")
    donor.tap(f"a[href='/wishes/{wish.code}/']").keep("wish")
    donor.at.fill(kind="a_person", name="热心人", phone="13887000077")
    donor.taps += 1  # who claims, one of three
    donor.tap("main form button").keep("claimed")
    assert donor.taps == 3, "no account, no password: the wish, who, the button"
    claim = WishClaim.objects.get()
    donor.sees(f"请在 {claim.until_on} 以前买好")
    donor.sees("细沙乡人民政府")  # until when and where to, without a printer
    assert child.name not in donor.page.content()

    does(township.go(page), "收到东西,核对过")
    does(village.go(page), "送给孩子", through="by_officer")
    does(township.go(page), "孩子签收了", signer="guardian", signed_by="王建国")
    does(township.go(page), "记孩子的话", words="鞋子很合脚,我跑得更快了。")
    donor.go(f"/d/{claim.code}").sees("孩子签收了").sees("我跑得更快了").keep("thanks")
    assert child.name not in donor.page.content()
    assert [hand.at.faults for hand in (village, township, donor)] == [[], [], []]


@pytest.fixture
def school(house):
    """The school of the township with three children of one class."""
    one = house.register.teacher.posts.get().organisation
    day = today(timezone.now())
    brothers = [house.register.join(name, "儿子", day.replace(year=day.year - 9, day=1), n, schooling="primary") for name, n in (("王小宝", 31), ("王小石", 32))]
    house.children = [house.register.child, *brothers]
    for child in house.children:
        type(child).objects.filter(pk=child.pk).update(school_name=one.name, grade="四年级")
    return one


@WIDTHS
def test_a_school_from_sizes_to_the_sign_off_on_a_telephone(house, school, chromium, width):
    hand = Hand(chromium, house, house.register.teacher.username, width)
    hand.go("/care/gifts/").tap("main a.btn-primary")
    hand.at.fill(school=str(school.pk), name="冬季运动鞋", thing="运动鞋", sizing="shoes", reserve="5")
    hand.tap(SEND).keep("opened")
    here = f"/care/gifts/{Distribution.objects.get().pk}/"
    hand.taps = 0
    hand.tap("main td a:has-text('填尺码')")
    rows = list(Gift.objects.order_by("pk"))
    for n, row in enumerate(rows):
        hand.at.fill(**{f"size-{row.pk}": str(34 + n % 2)})
    hand.keep("sizes")
    hand.tap("main button:has-text('记下尺码')")
    does(hand, "尺码齐了,订货")
    hand.tap("main a.btn:has-text('记到货')").tap("main button:has-text('记下')").keep("arrived")
    assert hand.taps == 6, "sizes of a class, the order, what came: two taps each, what was ordered stands in the form"

    hand.taps = 0
    hand.tap("main td a:has-text('记签收')").tap("main label:has-text('全选') input")
    hand.at.fill(witness="班主任")
    hand.keep("signing")
    hand.tap("main button:has-text('照签收单记下')").keep("signed")
    assert hand.taps == 3, "a class whose paper is signed is written down in three taps, however many children"
    assert set(Gift.objects.values_list("state", flat=True)) == {"gift_given"}
    hand.go(f"{here}class/sheet/?grade=四年级")
    assert hand.paper("sign-off") == 1
    assert hand.at.faults == []
