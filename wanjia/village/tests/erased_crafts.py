"""What craftsmen and ventures keep of somebody who is erased: a row of every model that can hold a word of the person."""

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import CraftBooking, Craftsman, MentorPair, Venture

DAY = MONDAY.date()


def rows(world, person, mark):
    """Return {model: its row, or its fields}: the person was listed and taught, booked another, and the home had a venture."""
    home = person.memberships.get(to_on=None).household
    agreed = {"village": home.village, "home": home, "called": f"{mark}师傅", "words": f"{mark}会种田", "consent": "by_word", "consented_on": DAY, "heard": f"{mark}答应", "written_at": MONDAY}
    one = Craftsman.objects.create(person=person, skill="fields", **agreed)
    pair = MentorPair.objects.create(craftsman=one, learner=person, topic=f"跟{mark}学", from_on=DAY, begun_at=MONDAY)
    MentorPair.objects.filter(pk=pair.pk).update(to_on=DAY, state="pair_ended", ending="learned", earns=True, outcome=f"{mark}学会了")
    booking = CraftBooking.objects.create(craftsman=one, village=home.village, home=home, words=f"到{mark}家", asked_on=DAY, asked_at=MONDAY)
    CraftBooking.objects.filter(pk=booking.pk).update(reason=f"{mark}不在", state="booking_failed", settled_on=DAY, outcome=f"{mark}没去")
    for row in (pair, booking):
        row.refresh_from_db()
    return {Craftsman: one, MentorPair: pair, CraftBooking: booking, Venture: {**agreed, "kind": "meals", "from_month": 1, "to_month": 12, "contact": f"{mark}的电话"}}
