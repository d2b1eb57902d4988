"""The second book of a simulated year reckons on its own; that it reckons rightly is tried here against the product and by hand."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wanjia.casework.simulating.account import Account
from wanjia.casework.simulating.book import Book
from wanjia.casework.simulating.county import At, Hand
from wanjia.casework.simulating.days import Days
from wanjia.casework.simulating.stories import Story
from wanjia.kernel.calendar import CHINA, WorkingCalendar, seed_days

TABLE = {row.day: row.works for row in seed_days()}
DAYS, CLERK, WORKER = Days(TABLE), Hand("c", "王台账", "seat", "细沙乡人民政府"), Hand("w", "李承办", "civil", "县民政局")


def at(day, hour=9):
    return At(datetime.combine(day, time(hour), tzinfo=CHINA), day)


def opened(day):
    """Return (book, account) of a need recorded on a day and with a unit by the next."""
    book, one = Book(DAYS), Account("n", "530625-202604-0001", "530625202001", "h", "housing", False, day)
    book.of[one.pk] = one
    book.record_need(one, at(day), CLERK, desk="seat")
    book.admit_need(one, at(day), CLERK)
    book.triage_need(one, at(day), CLERK, urgency="ordinary", difficulty="medium")
    book.assign_need(one, at(day), CLERK, holder="civil")
    book.accept_need(one, at(day), WORKER, handler="w")
    return book, one


@given(st.dates(date(2021, 1, 1), date(2029, 12, 31)), st.integers(0, 60))
def test_two_ways_of_counting_working_days_agree(day, n):
    product = WorkingCalendar(TABLE)
    assert DAYS.after(day, n) == product.add(day, n).on
    assert DAYS.within(day, day + timedelta(days=n)) == product.between(day, day + timedelta(days=n))


def test_national_day_is_no_working_day():
    assert DAYS.after(date(2026, 9, 30), 1) == date(2026, 10, 8)


def test_a_stop_moves_the_date_by_its_working_days_and_gives_back_what_was_not_needed():
    book, one = opened(date(2026, 4, 13))
    assert one.due_on == date(2026, 4, 27)
    book.stop_clock(one, at(date(2026, 4, 15)), WORKER, reason="papers", until=date(2026, 4, 22))
    assert one.due_on == date(2026, 5, 7)  # five working days, over the first of May
    book.run_clock(one, at(date(2026, 4, 17)), WORKER)
    assert one.due_on == date(2026, 4, 29)
    assert one.step_due_on is None


def test_what_was_late_stays_late():
    book, one = opened(date(2026, 4, 13))
    book.report_done(one, at(date(2026, 4, 28)), WORKER, outcome="solved")
    assert one.late_since == date(2026, 4, 27)
    book.call_back(one, at(date(2026, 4, 29)), Hand("h", "韦回访", "hall"), reached=True, word="unsolved")
    assert (one.state, one.due_on, one.handler) == ("reopened", date(2026, 4, 27), None)


def test_a_story_says_who_did_what_when():
    _book, one = opened(date(2026, 4, 13))
    told = "\n".join(Story("一件事", "说明", at(date(2026, 4, 14)).moment, one).told())
    assert "530625-202604-0001" in told
    assert "04-13 09:00 李承办(县民政局):签收诉求" in told


def part_of(book, one, day, due):
    book.ask_unit(one, at(day), WORKER, pk="t", unit="school", due_on=due, calls=False, words="家访")
    return one.parts["t"]


def test_a_parts_day_comes_forward_with_the_needs_own_and_never_later():
    book, one = opened(date(2026, 4, 13))
    book.stop_clock(one, at(date(2026, 4, 15)), WORKER, reason="papers", until=date(2026, 4, 22))
    part = part_of(book, one, date(2026, 4, 15), one.due_on)
    book.run_clock(one, at(date(2026, 4, 17)), WORKER)
    assert part.due_on == one.due_on == date(2026, 4, 29)


def test_whoever_leads_helps_no_more_and_a_withdrawal_ends_every_part():
    book, one = opened(date(2026, 4, 13))
    part = part_of(book, one, date(2026, 4, 14), date(2026, 4, 20))
    book.return_need(one, at(date(2026, 4, 14)), WORKER, desk="seat")
    assert part.state == "asked"
    book.assign_need(one, at(date(2026, 4, 14)), CLERK, holder="school")
    assert (part.state, [line.act for line in one.lines][-2:]) == ("off", ["assign", "help_ended"])
    book.contest_need(one, at(date(2026, 4, 16)), WORKER)
    book.accept_need(one, at(date(2026, 4, 16)), WORKER, handler="w")
    assert one.contested
    book.add_note(one, at(date(2026, 4, 16)), WORKER)
    assert not one.contested
