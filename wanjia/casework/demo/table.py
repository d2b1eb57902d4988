"""The demo county's table and its clocks: last week's session with its signed minutes, one called for this morning, a need on each clock."""

from datetime import timedelta

from wanjia.orgs.models import Tier
from wanjia.orgs.roles import Role

from ..assignment.commands import contest_need
from ..assignment.rules import can_contest
from ..clock.commands import add_milestone, ask_extension, reach_milestone, stop_clock
from ..clock.rules import can_ask_extension
from ..handling.commands import report_done
from ..models import Session
from ..queries import cell_for, holders_for
from ..screening.commands import admit_need
from ..sessions.commands import call_session, decide_item, hold_session, note_attendance, put_off_item, sign_session
from ..states import NeedState as S
from ..states import Outcome, SessionState, Waiting
from .hands import at
from .morning import TRIES
from .voices import said_of, voices

ROOM = "县政府三楼会议室"
OFFICE = "乡政府会议室"
INVITED = 4  # bureaus at the table: those with most in hand
PLANS = 3  # planned needs whose steps are kept


def sit(county):
    """Hold a session from its call to its signed minutes: what nobody graded and whose holder asks whose it is; one item is put off."""
    _take_up(county, sorted(county.homes))
    session = _call(county, [Waiting.RETURNED, Waiting.CONTESTED, Waiting.UNGRADED], county.day, 14)
    if session is None:
        return
    keeper = session.called_by
    if _hold(county, session, keeper, put_off=2):
        county.do(sign_session, 18, session_id=session.pk, by=_leader(county))


def _hold(county, session, keeper, *, put_off=0):
    """Go through a session's items, note who came, end it; put_off: the number of the item that is put off whatever was heard of it."""
    for item in session.items.select_related("need__village").order_by("n"):
        if item.n == put_off or not _decide(county, item, keeper):
            county.do(put_off_item, 15, item_id=item.pk, by=keeper, reason="要等到户看过再定,先请村里去一趟", until=county.calendar.add(county.day, 1).on)
    seats = list(session.seats.order_by("pk").values_list("organisation", flat=True))
    names = ["陈科长", "李股长", "王副局长"]
    county.do(note_attendance, 16, session_id=session.pk, by=keeper, came=dict(zip(map(str, seats), names, strict=False)))
    return county.do(hold_session, 17, session_id=session.pk, by=keeper)


def leave_sessions(county, township, morning):
    """Leave to a township's leader a session of its own whose minutes wait for his signature, and to its clerk one called for this morning; each once."""
    homes = [village for village in sorted(county.homes) if village.startswith(township)]
    posts = county.hands.in_role(Role.TOWNSHIP_WORKER, Role.TOWNSHIP_LEADER)
    people = {post.role: post.user for post in posts if post.organisation.area_id.startswith(township)}
    waits = Session.objects.filter(area__code__startswith=township, state__in=(SessionState.CALLED, SessionState.HELD))
    if not homes or len(people) < 2 or waits.exists():
        return
    clerk, units = people[Role.TOWNSHIP_WORKER], _stations(county, township)
    said = {"by": clerk, "place": OFFICE, "chair": people[Role.TOWNSHIP_LEADER].name, "kinds": [Waiting.UNGRADED], "units": units}
    _take_up(county, homes)
    if session := county.do(call_session, 14, on=county.day, **said):
        _hold(county, session, clerk)
    _take_up(county, homes)
    county.do(call_session, 17, on=morning, **said)


def _stations(county, township):
    """The stations of a township that are asked to its table."""
    units = {posts[0][0].organisation for posts in county.hands.of.values()}
    return sorted((unit for unit in units if unit.line and unit.area_id.startswith(township)), key=lambda unit: unit.name)[:INVITED]


def _take_up(county, villages):
    """Take up one thing that is heard there, and leave its grade to the table; what is heard may be refused, as the same as is open already."""
    heard = (county.hear(county.dice.choice(villages), said_of(county.dice)) for _try in range(TRIES))
    need = next(filter(None, heard), None)
    if need:
        county.do(admit_need, 14, need_id=need.pk, by=county.hands.desk(need.village))


def leave_for_the_table(county, morning):
    """Leave to this morning a called session, a holder who asks whose a need is, an extension to be decided, a stopped clock, plans with steps."""
    county.hands.count(county.day)
    _contest(county)
    _take_up(county, sorted(county.homes))
    _call(county, list(Waiting), morning, 17)
    bureaus = [one for one in county.standing(S.ACCEPTED, S.IN_PROGRESS) if one.holder.tier == Tier.COUNTY and _has_more(county, one)]
    free = [one for one in bureaus if can_ask_extension(county.hands.worker(one.holder), one, at=at(county.day, 16, county.dice))]
    for need in free[:1]:
        until = county.calendar.add(need.due_on, 3).on
        county.do(ask_extension, 16, need_id=need.pk, by=county.hands.worker(need.holder), due_on=until, reason="材料已经订了,厂家说下周才送到,请多给几天")
    for need in free[1:2]:
        county.do(
            stop_clock, 16, need_id=need.pk, by=county.hands.worker(need.holder), reason="papers", words="户口本和残疾证的复印件,交到村委会就行",
            asked_on=county.day, asked_way="phone", until=county.calendar.add(county.day, 8).on,
        )  # fmt: skip
    for need in _planned(county) or list(filter(None, (_put_in_a_plan(county, one) for one in free[2:4])))[:1]:
        _plan(county, need)


def _has_more(county, need):
    """Tell whether its holder has other work: whoever signs in there finds something that waits for him, not for others."""
    return county.hands.worker(need.holder) is not None and county.hands.held[need.holder_id] > 1


def _planned(county):
    rows = [one for one in county.standing(S.DONE_REPORTED, S.VERIFIED) if one.outcome == Outcome.PLANNED and one.planned_on > county.day]
    return [one for one in rows if not one.milestones.exists()][:PLANS]


def _put_in_a_plan(county, need):
    """A bureau reports a need as planned for next spring; return it, or None where it may not."""
    return county.do(
        report_done, 16, need_id=need.pk, by=county.hands.worker(need.holder), outcome=Outcome.PLANNED, outcome_text="列入明年的计划,开春动工",
        answered_on=county.day, answered_way="phone", planned_on=county.day + timedelta(days=120), no_evidence_reason="计划文件在业务系统里,未导出",
    )  # fmt: skip


def _contest(county):
    """A unit that let the day for sending a need back pass asks the table whose it is."""
    for need in county.standing(S.ASSIGNED):
        worker = county.hands.worker(need.holder)
        if _has_more(county, need) and need.holder.tier != Tier.VILLAGE and can_contest(worker, need, at=at(county.day, 16, county.dice)):
            why = {"reason": "这件事按分工应由乡镇先到户核实,不在我单位职责里。", "rule": "单位“三定”规定第三条"}
            county.do(contest_need, 16, need_id=need.pk, by=worker, **why)
            return


def _call(county, kinds, on, hour):
    office, leader = _office(county), _leader(county)
    if office is None or leader is None:
        return None
    bureaus = {posts[0][0].organisation for posts in county.hands.of.values() if posts[0][0].organisation.tier == Tier.COUNTY}
    county.hands.count(county.day)
    units = sorted((unit for unit in bureaus if county.hands.signs(unit)), key=county.hands.load, reverse=True)[:INVITED]
    return county.do(call_session, hour, by=office, on=on, place=ROOM, chair=leader.name, kinds=kinds, units=units)


def _office(county):
    return next((post.user for post in county.hands.in_role(Role.LEDGER_OFFICE)), None)


def _leader(county):
    return next((post.user for post in county.hands.in_role(Role.LEADER)), None)


def _decide(county, item, keeper):
    """Decide one item for the unit of its own line, else whoever near by has least in hand."""
    need, heard = item.need, voices().of(item.need.summary)
    tiers = cell_for(need.village, heard.urgency, heard.difficulty, county.day).tiers
    may = [unit for unit in holders_for(need, county.day, tiers) if county.hands.signs(unit)]
    apt = [unit for unit in may if heard.fits(unit)] or may
    return apt and county.do(
        decide_item, 15, item_id=item.pk, by=keeper, urgency=heard.urgency, difficulty=heard.difficulty, holder=min(apt, key=county.hands.load),
        measure="先到户看现场,拿出办法后告诉这家人", money="3000 元,乡镇机动经费" if item.n % 3 == 0 else "",
    )  # fmt: skip


def _plan(county, need):
    """Three steps of a plan, the first of them reached."""
    worker = county.hands.worker(need.holder)
    days = (1, 20, 45)
    for after, words in zip(days, ("上报下一年的计划", "名单公示", "请到施工队,定下开工日子"), strict=True):
        due = min(county.calendar.add(county.day, after).on, need.planned_on)
        made = county.do(add_milestone, 15, need_id=need.pk, by=worker, due_on=due, words=words)
        if made and after == days[0]:
            county.do(reach_milestone, 16, need_id=need.pk, by=worker, milestone=made, done_on=county.day, words="已报市里")

