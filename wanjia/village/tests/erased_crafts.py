"""What craftsmen and ventures keep of somebody who is erased: a row of every model that can hold a word of the person."""

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import CraftBooking, Craftsman, MentorPair, Venture

DAY = MONDAY.date()


def rows(world, person, mark):
    """Return {model: its row, or its fields}: the person was listed and taught, booked another, and the home had a venture."""
    home = person.memberships.get(to_on=None).household
    agreed = {"village": home.village, "home": home, "called": f"{mark}师傅", "words": f"{mark}会种田", "consent": "by_word", "consented_on": DAY, "heard": f"{mark}答应", "written_at": MONDAY}
    one = Craftsman.objects.create(person=person, skill="fields", **agreed)
    return {
        Craftsman: one,
        MentorPair: {
            "craftsman": one, "learner": person, "topic": f"跟{mark}学", "from_on": DAY, "to_on": DAY, "state": "pair_ended", "ending": "learned", "earns": True, "outcome": f"{mark}学会了", "begun_at": MONDAY,
        },
        CraftBooking: {
            "craftsman": one, "village": home.village, "home": home, "words": f"到{mark}家", "reason": f"{mark}不在", "state": "booking_failed", "settled_on": DAY, "asked_on": DAY, "asked_at": MONDAY,
            "outcome": f"{mark}没去",
        },
        Venture: {**agreed, "kind": "meals", "from_month": 1, "to_month": 12, "contact": f"{mark}的电话"},
    }  # fmt: skip
