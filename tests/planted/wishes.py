"""Faults of wishes, gifts, events and their pictures: what is nobody's and shown to all, what is given twice or to nobody, who came and who helped, what a box hides."""

from dataclasses import replace
from unittest.mock import patch

from wanjia.care import retaining
from wanjia.care.attending import commands as attending
from wanjia.care.figures import events as counting
from wanjia.care.gifts import commands as giving
from wanjia.care.gifts import rules as rolls
from wanjia.care.photos import commands as pictured
from wanjia.care.photos import pictures
from wanjia.care.photos import rules as seeing
from wanjia.care.wishes import commands as wishes
from wanjia.care.wishes import queries as listed
from wanjia.care.wishes import rules as judging
from wanjia.kernel import journal
from wanjia.verdict import ALLOWED

from .planting import fault, instead, without

APP = "wanjia.care"


# Wishes.


@fault("a claim that ran out holds its wish for ever")
def claim_for_ever():
    yield patch.object(wishes, "_over", lambda _claims, *, by, at: 0)


@fault("a claim holds a day less than it says")
def claim_a_day_short():
    true = wishes.policy.in_force
    yield patch.object(wishes.policy, "in_force", lambda day: replace(true(day), lock_days=true(day).lock_days - 1))


@fault("the thing is in the box, and the claim runs out all the same")
def received_and_lapsed():
    def bent(_claims, *, by, at):
        over = wishes.WishClaim.objects.filter(ended_at=None, until_on__lte=wishes.today(at), wish__state="claimed").select_related("wish")
        return [wishes.release(one.wish, one, wishes.ClaimEnd.LAPSED, by=by, at=at) for one in over]

    yield patch.object(wishes, "_over", bent)


@fault("a second wish goes before the first one of a schoolmate")
def second_before_first():
    yield patch.object(judging, "others_wait", lambda _wish: False)


@fault("a wish says whose it is, or asks for money")
def wish_names_its_child():
    yield patch.object(judging.policy, "faults", lambda _text, _names, _places, _day: ())


@fault("whoever let a wish go twice takes it again")
def held_without_end():
    yield patch.object(judging, "may_hold_again", lambda _wish, _phones, _address, _day: ALLOWED)


@fault("one telephone claims as much as it likes")
def claims_without_end():
    yield patch.object(judging, "may_claim_more", lambda _kind, _phones, _by_staff, _day: ALLOWED)


@fault("a stranger claims the company of a child")
def stranger_for_company():
    yield patch.object(judging, "may_keep_company", lambda _wish, _name, _by_staff, _day: ALLOWED)


@fault("money that was given is nobody's")
def money_forgotten():
    yield patch.object(judging, "balance", lambda _claim: 0)


@fault("what is claimed stays on the list")
def claimed_and_offered():
    yield patch.object(listed, "POOL", (*listed.POOL, "claimed"))


@fault("the child is asked again on the day it signed")
def asked_at_once():
    yield patch.object(judging, "asked_from", lambda wish, _day: wish.confirmed_on)


# Gifts.


@fault("more is handed out than came")
def given_from_nothing():
    yield patch.object(rolls, "is_there", lambda _size, _needed, _left: ALLOWED)


@fault("what is given out ends while a pupil has none")
def ended_with_one_left():
    yield instead(["gifts.rules.can_close"], lambda actor, row, _at: ALLOWED if row.opened_by_id != actor.id else rolls.can_close(actor, row))


@fault("a pupil without a size gets no thing ordered")
def ordered_without_a_size():
    yield without("gifts.rules.can_order")


@fault("who came to the school since gets nothing")
def newcomers_forgotten():
    true = giving._take_on
    yield patch.object(giving, "_take_on", lambda distribution, children, on=None: None if distribution.roll.exists() else true(distribution, children, on))


# Events and pictures.


@fault("whoever may not be near children helps where they come")
def unvetted_at_an_event():
    yield patch.object(attending, "may_be_near_children", lambda _helper, _day: ALLOWED)


@fault("an event is held before its day")
def held_before_its_day():
    yield without("events.rules.can_hold")


@fault("who came is noted before the day")
def came_before_the_day():
    yield without("events.rules.can_note")


@fault("a home that came twice is two homes")
def home_counted_twice():
    yield patch.object(counting, "first_homes", _each_is_the_first)


@fault("a child that came twice is two children")
def child_counted_twice():
    yield patch.object(counting, "first_children", _each_is_the_first)


def _each_is_the_first(rows, among=None):
    return rows.annotate(f_first=counting.Value("yes", output_field=counting.CharField()))


@fault("a child came, and its home did not")
def child_without_home():
    yield patch.object(attending, "homes_of", lambda _children: {})


@fault("somebody helps in two places in one hour")
def two_places_at_once():
    true = attending.Shift.objects.filter
    yield patch.object(attending.Shift.objects, "filter", lambda **what: true(**what).none() if "from_at__isnull" in what else true(**what))


@fault("a picture outlives its day")
def picture_for_ever():
    # The evening's round calls the act by its name, so it is the names it looks in that are bent.
    yield patch.object(retaining, "COMMANDS", retaining.COMMANDS | {"care.dispose_photo": lambda *, photo_id, by, at: None})


@fault("a face is seen under its box")
def seen_under_the_box():
    yield patch.object(pictures, "covered", lambda body, _boxes: body)


class KeepsBare:
    """A journal by which what a picture was before is not emptied."""

    def __getattr__(self, name):
        return getattr(journal, name)

    def move(self, row, machine, move, *, saving=(), **what):
        return journal.move(row, machine, move, saving=[name for name in saving if name != "raw"], **what)


@fault("what was under the box is kept")
def bare_and_kept():
    yield patch.object(pictured, "journal", KeepsBare())


@fault("whoever likes covers faces, and sees them for that")
def covered_by_anybody():
    yield patch.object(seeing, "is_seen_bare", lambda _actor, _photo: True)


@fault("a picture that was withdrawn is shown")
def withdrawn_and_shown():
    yield patch.object(seeing, "shown_to_all", lambda day: seeing.Photo.objects.filter(until_on__gt=day, state__in=("photo_published", "photo_withdrawn")))
