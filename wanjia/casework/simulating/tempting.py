"""What people also try: acts that no rule lets them do. Each must be refused, and leave nothing."""

from datetime import timedelta

from wanjia.orgs.roles import Role

from .book import RUNNING
from .county import HOME
from .helping import BACK, NOT_OURS, WITH_HELPER, WORKING, helpers, may_contest
from .looking import complain_twice, look_unlisted
from .tying import tie_over_townships, tie_twice, voice_too_soon

A_DAY = 0.8  # the chance that each temptation is met with on a day
DONE = {"outcome": "solved", "outcome_text": "已经办好", "answered_way": "face", "no_evidence_reason": "材料在系统里"}


def tempt(county):
    """Try each forbidden act on one need where it could be tried."""
    for tempted in TEMPTATIONS:
        if county.chance(A_DAY):
            tempted(county)


def _some(county, *states, of=lambda one: True):
    found = [one for one in county.standing(*states) if of(one)]
    return county.dice.choice(found) if found else None


def return_late_or_thrice(county):
    """A unit sends back after the day, a third time, or what a session decided."""
    one = _some(county, "assigned", of=lambda one: one.handed_on and (one.returns >= 2 or county.book.days.after(one.handed_on, 1) < county.day))
    if one and (by := county.signer(one.holder)):
        county.do("return_need", by, one, lawful=False, reason="不归我们单位管,请另交", rule="单位三定规定")


def hand_on_twice_returned(county):
    """The desk hands on what only a session may."""
    one = _some(county, "returned", "triaged", of=lambda one: one.returns >= 2 and one.urgency)
    if one and (units := county.holders(one)):
        county.do("assign_need", county.clerk(one.village), one, lawful=False, holder=county.organisation(units[0].pk))


def promise_later(county):
    """The desk hands over with a later day than the grade gives."""
    one = _some(county, "triaged", of=lambda one: one.urgency and one.returns < 2 and one.due_on >= county.day and not one.stops)
    if one and (units := county.holders(one)):
        due = one.due_on + timedelta(days=7)
        county.do("assign_need", county.clerk(one.village), one, lawful=False, holder=county.organisation(units[0].pk), due_on=due)


def ask_twice(county):
    """More time a second time, or once the day has passed."""
    one = _some(county, "accepted", "in_progress", of=lambda one: one.due_on < county.day or one.extended_from or one.asked)
    if one and (by := county.signer(one.holder)):
        county.do("ask_extension", by, one, lawful=False, due_on=max(one.due_on, county.day) + timedelta(days=1), reason="还想再拖几天")


def grant_oneself(county):
    """A leader whose post does not stand above the holder decides what it asks."""
    one = _some(county, "accepted", "in_progress", of=lambda one: one.asked and county.units[one.holder].tier != "village")
    if one and (by := county.clerk(one.village, Role.TOWNSHIP_LEADER)):
        county.do("decide_clock", by, one, lawful=False, agree=True)


def stop_for_long(county):
    """A clock stopped for longer than the rules let it stand."""
    one = _some(county, "accepted", "in_progress", of=lambda one: one.due_on >= county.day and not one.asked and not one.is_stopped(county.day))
    if one and (by := county.signer(one.holder)):
        until = county.book.days.after(county.day, 16)
        county.do("stop_clock", by, one, lawful=False, reason="papers", words="户口本复印件", asked_on=county.day, asked_way="face", until=until)


def report_untold(county):
    """Done, before the household was told that its date was put off."""
    one = _some(county, "accepted", "in_progress", of=lambda one: not one.told)
    if one and (by := county.signer(one.holder)):
        county.do("report_done", by, one, lawful=False, answered_on=county.day, **DONE)


def answer_for_household(county):
    """The handler's own unit calls back; the callback officer is not among them."""
    one = _some(county, "done_reported")
    if one and (by := county.signer(one.holder)):
        county.do("call_back", by, one, lawful=False, way="phone", reached=True, word="solved")


def close_early(county):
    """Struck off before anybody asked, before the recheck, before the plan's day."""
    one = _some(county, "verified", "done_reported", of=lambda one: one.state == "done_reported" or (one.is_drawn and not one.rechecked)
                or (one.outcome == "planned" and one.planned_on > county.day))  # fmt: skip
    if one:
        county.do("close_need", county.clerk(one.village, Role.TOWNSHIP_LEADER), one, lawful=False)


def slip_too_early(county):
    """The household's slip before done was reported; and a slip printed after."""
    one = _some(county, "accepted", "in_progress", "done_reported")
    if one and one.state != "done_reported":
        county.do("answer_by_slip", HOME, one, lawful=False, word="solved")
    elif one:
        county.do("issue_slip", county.clerk(one.village), one, lawful=False)


def withdraw_unasked(county):
    """Taken back though no household was said to want it."""
    one = _some(county, "accepted", "in_progress", of=lambda one: not one.withdrawal)
    if one:
        county.do("withdraw_need", county.one(Role.CALLBACK_OFFICER), one, lawful=False, way="phone", words="代他撤了")


def urge_twice(county):
    """Urged again on the same day."""
    one = _some(county, "assigned", "accepted", "in_progress", "reopened", of=lambda one: one.urged_on == county.day)
    if one:
        county.do("urge_need", county.clerk(one.village), one, lawful=False, words="再催一次")


def act_after_leaving(county):
    """Somebody whose post has ended still tries to sign for what his unit has, or writes of it."""
    for gone in county.gone[-3:]:
        one = _some(county, "assigned", *WORKING, of=lambda one, gone=gone: one.holder == gone.unit)
        if one and one.state == "assigned":
            county.do("accept_need", gone, one, lawful=False)
        elif one:
            county.do("add_note", gone, one, lawful=False, words="走以前再补一笔")


def strange_unit_signs(county):
    """Another unit signs for what is not its own."""
    one = _some(county, "assigned")
    other = one and next((unit for unit in county.units.values() if unit.living and unit.pk != one.holder and county.signer(unit.pk)), None)
    if other:
        county.do("accept_need", county.signer(other.pk), one, lawful=False)


def resume_early(county):
    """A plan taken up before its day."""
    one = _some(county, "verified", of=lambda one: one.outcome == "planned" and one.planned_on > county.day)
    if one and (by := county.signer(one.holder)):
        county.do("resume_planned", by, one, lawful=False)


def _part(county, *states, of=lambda _one, _part: True):
    found = [(one, part) for one in county.standing(*states) for part in one.parts.values() if of(one, part)]
    return county.dice.choice(found) if found else (None, None)


def report_with_open_parts(county):
    """Done, while a helper still has a part."""
    one = _some(county, *WORKING, of=lambda one: one.still and one.told)
    if one and (by := county.signer(one.holder)):
        county.do("report_done", by, one, lawful=False, answered_on=county.day, **DONE)


def part_beyond_its_need(county):
    """A part by a later day than the need's own."""
    one = _some(county, *WORKING, of=lambda one: one.due_on >= county.day)
    if one and (by := county.signer(one.holder)) and (units := helpers(county, one)):
        due = one.due_on + timedelta(days=1)
        county.do("ask_unit", by, one, lawful=False, unit=county.organisation(units[0].pk), words="慢慢办就行", due_on=due)


def send_part_back_late(county):
    """A helper sends back after the day, or what it took on at the table."""
    late = lambda _one, part: part.state in WITH_HELPER and (part.bound or county.book.days.after(part.asked_on, 1) < county.day)  # noqa: E731
    one, part = _part(county, *RUNNING, of=late)
    if one and (by := county.signer(part.unit)):
        county.do("send_help_back", by, one, about={"task_id": part.pk}, lawful=False, **BACK)


def give_part_to_whom_sent_it_back(county):
    """The lead gives a part once more to a unit that has named its rule: the one that has just sent it back, or one before it."""
    one, part = _part(county, *WORKING, of=lambda _one, part: part.state == "sent_back")
    refused = sorted((unit for unit, words in one.said_no if words == part.words and county.units[unit].living), key=str) if one else ()
    if refused and (by := county.signer(one.holder)):
        what = {"unit": county.organisation(county.dice.choice(refused)), "due_on": county.book.last_day_to_help(one, county.day)}
        county.do("give_help_again", by, one, about={"task_id": part.pk}, lawful=False, **what)


def do_anothers_part(county):
    """The lead reports the helper's part itself."""
    one, part = _part(county, *WORKING, of=lambda one, part: part.state in WITH_HELPER and part.unit != one.holder)
    if one and (by := county.signer(one.holder)):
        county.do("report_help", by, one, about={"task_id": part.pk}, lawful=False, words="我们替它报了")


def contest_in_time_or_again(county):
    """A session is asked while the need may still be sent back, or about what it decided, or twice."""
    one = _some(county, "assigned", "accepted", of=lambda one: one.given_on and not may_contest(county, one))
    if one and (by := county.signer(one.holder)):
        county.do("contest_need", by, one, lawful=False, **NOT_OURS)


def step_beyond_its_plan(county):
    """A step of a plan after the plan's own day."""
    one = _some(county, "done_reported", "verified", of=lambda one: one.is_planned)
    if one and (by := county.signer(one.holder)):
        county.do("add_milestone", by, one, lawful=False, due_on=max(one.planned_on, county.day) + timedelta(days=1), words="以后再说")


TEMPTATIONS = (
    return_late_or_thrice, hand_on_twice_returned, promise_later, ask_twice, grant_oneself, stop_for_long, report_untold, answer_for_household, close_early,
    slip_too_early, withdraw_unasked, urge_twice, act_after_leaving, strange_unit_signs, resume_early,
    report_with_open_parts, part_beyond_its_need, send_part_back_late, give_part_to_whom_sent_it_back, do_anothers_part, contest_in_time_or_again,
    step_beyond_its_plan, tie_over_townships, tie_twice, voice_too_soon, complain_twice, look_unlisted,
)  # fmt: skip
