"""The second book of aid in a simulated year reckons on its own; that it reckons rightly is tried here against the product and by hand."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from wanjia.casework.simulating.aid_book import AidBook, Family, Held
from wanjia.casework.simulating.days import Days
from wanjia.kernel.calendar import CHINA, WorkingCalendar, seed_days
from wanjia.policy import aid
from wanjia.registry.aid_days import counting
from wanjia.registry.models import AidRefusal, UrgentAid

TABLE = {row.day: row.works for row in seed_days()}
JULY = date(2026, 7, 6)


def book():
    return AidBook(SimpleNamespace(days=Days(TABLE)))


def proposed(kept, day=JULY, **facts):
    """Return a proposal of a day about the aid of a home."""
    held = kept.held["s"] = Held("s", "home", "530625202001")
    cut = kept.cuts["c"] = kept.paper("c", held.village, day, 10, held=held, proposed_by="w", **facts)
    return cut


@given(st.dates(date(2026, 1, 5), date(2026, 11, 20)), st.integers(0, 40), st.integers(0, 3), st.integers(0, 12))
def test_two_ways_of_reckoning_a_rung_agree(began, later, level, since):
    kept, day, calendar = book(), began + timedelta(days=later), WorkingCalendar(TABLE)
    one = kept.paper("u", "530625202001", began, 10)
    one.level, one.climbed_on = level, one.due_on + timedelta(days=since) if level else None
    row = UrgentAid(given_on=began, due_on=one.due_on, level=level, climbed_on=one.climbed_on)
    assert calendar.add(began, 10).on == one.due_on
    assert kept.rung(one, day) == counting.reached(row, day, calendar)


@given(st.lists(st.datetimes(datetime(2026, 7, 6), datetime(2026, 7, 9)), max_size=6))
def test_two_ways_of_counting_tries_agree(moments):
    cut, rule = proposed(book()), aid.in_force(JULY)
    cut.tries = sorted(one.replace(tzinfo=CHINA) for one in moments)
    assert book().sought_enough(cut) == rule.sought_enough([one.date() for one in cut.tries], cut.tries)


def test_aid_ends_only_once_it_was_told_and_never_before_the_day_after():
    kept = book()
    cut = proposed(kept)
    kept.hear(cut, date(2026, 7, 8), "c")
    assert cut.due_on == date(2026, 7, 15)
    kept.decide(cut, date(2026, 7, 10), "l", date(2026, 7, 24))
    assert cut.held.to_on is None
    kept.serve(cut, date(2026, 7, 30), "c")
    assert cut.held.to_on == date(2026, 7, 31)
    assert (cut.state, cut.due_on, cut.waits) == ("served", None, False)


def test_a_reduction_ends_nothing():
    kept = book()
    cut = proposed(kept, kind="reduce")
    kept.hear(cut, JULY, "c")
    kept.decide(cut, JULY, "l", date(2026, 7, 20))
    kept.serve(cut, JULY, "c")
    assert cut.held.to_on is None


def test_nobody_decides_while_a_notice_may_still_be_answered():
    kept = book()
    cut = proposed(kept)
    kept.leave(cut, JULY, "c")
    assert not kept.may_decide(cut, date(2026, 7, 13))
    assert kept.may_decide(cut, date(2026, 7, 14))
    kept.hear(cut, date(2026, 7, 8), "c")
    assert kept.may_decide(cut, date(2026, 7, 8))


def test_aid_goes_with_a_family_that_stays_together_and_with_no_other():
    def moving(there, *went):
        kept = book()
        family = Family(SimpleNamespace(pk="a"), ["one", "two"], held=Held("s", "a", "530625202001"))
        kept.moved(family, [(there[n], name) for n, name in zip(went, ("one", "two"), strict=True)])
        return family.held and family.held.home, [one.held and one.held.home for one in there]

    def homes(*members):
        return [Family(SimpleNamespace(pk=f"h{n}", village_id="530625202001"), list(some)) for n, some in enumerate(members)]

    assert moving(homes([]), 0, 0) == (None, ["h0"])
    assert moving(homes(["others"]), 0, 0) == ("a", [None])
    assert moving(homes([], []), 0, 1) == ("a", [None, None])


def test_a_day_that_the_calendar_moves_comes_later_only_and_never_once_it_has_passed():
    kept = book()
    first, second = (kept.paper(name, "530625202001", JULY, 10) for name in ("a", "b"))
    kept.refusals |= {"a": first, "b": second}
    was, second.due_on = first.due_on, date(2026, 7, 8)
    kept.book.days = Days(TABLE | {date(2026, 7, 14): False})
    kept.recount(date(2026, 7, 13))
    assert (first.due_on, second.due_on) == (kept.days.after(was, 1), date(2026, 7, 8))
    assert counting.moved(AidRefusal(decided_at=datetime(2026, 7, 6, tzinfo=CHINA), due_on=date(2026, 7, 8)), WorkingCalendar(TABLE), date(2026, 7, 13)) is None
