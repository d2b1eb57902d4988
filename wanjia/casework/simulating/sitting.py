"""The weekly session: what two units sent back, and some of what is hard, gets its lead unit; nothing that waits may be left off."""

from wanjia.orgs.roles import Role

from .book import IN_HANDS
from .helping import fresh_parts, named_now, regrade_at_table

WEDNESDAY = 2


def sit(county):
    """Call a session for today, decide item after item, end it, let another hand sign."""
    if county.day.weekday() != WEDNESDAY:
        return
    office = county.one(Role.LEDGER_OFFICE)
    twice = [one for one in county.standing("triaged", "returned") if one.returns >= 2]
    stuck = [one for one in county.standing(*IN_HANDS) if one.returns >= 2 and county.signer(one.holder) is None]
    hard = [one for one in county.standing("triaged", "returned") if one.difficulty in ("hard", "policy")]
    asks = [one for one in county.standing("assigned", "accepted") if one.contested]
    if not twice and not stuck and not hard and not asks:
        return
    kinds = [kind for kind, waits in (("returned", twice + stuck), ("contested", asks), ("hard", hard and county.chance(0.5))) if waits] or ["hard"]
    guests = [unit for unit in county.units.values() if unit.living and unit.line and unit.tier == "county"][:3]
    asked = [county.organisation(one.pk) for one in guests]
    session = county.do("call_session", office, on=county.day, place="县政府三楼会议室", chair="高县长", kinds=kinds, units=asked)
    if session is None:
        return
    agenda = list(session.items.order_by("n"))
    for one in twice + stuck + asks:
        if not one.spoilt and one.pk not in {item.need_id for item in agenda}:
            county.violate("退回两次、提请裁定的没有上会 / sent back twice or contested, and left off the agenda", one, f"{county.day} 的会商没有这一件")
    county.do("note_attendance", office, session_id=session.pk, came={str(one.pk): "张三" for one in guests})
    for item in agenda:
        one = county.book.of.get(item.need_id)
        if one is not None and not one.spoilt:
            _decide(county, office, item, one)
    if county.do("hold_session", office, lawful=None if any(one.spoilt for one in county.book) else True, session_id=session.pk):
        county.do("sign_session", county.one(Role.LEADER), session_id=session.pk)


def _decide(county, office, item, one):
    """The two acts of every day with a line before them that names the item; or put off by a working day."""
    if county.chance(0.15):
        until = county.book.days.after(county.day, 1)
        if one.due_on > county.day:
            until = min(until, one.due_on)
        if county.do("put_off_item", office, item_id=item.pk, reason="要等住建局先去鉴定", until=until):
            county.book.line(one, "put_off", county.now(), office)
        return
    grades = regrade_at_table(county, one)
    units = county.holders(one, **grades)
    if not units:
        grades = {"urgency": one.urgency, "difficulty": one.difficulty}
        units = county.holders(one, **grades)
    fresh = [unit for unit in units if unit.pk not in one.part] or units
    holder, arbitrated = county.dice.choice(fresh if county.chance(0.8) else units), one.returns >= 2 or _asked_by_another(one, office)
    named = [county.organisation(unit.pk) for unit in named_now(county, one)]
    made = county.do(
        "decide_item", office, item_id=item.pk, **grades, holder=county.organisation(holder.pk), measure="由该单位主办到底", helpers=named,
    )  # fmt: skip
    if made:
        at = county.now()
        _write(county, office, one, at._replace(moment=made.at), grades, holder=holder.pk, arbitrated=arbitrated, helpers=fresh_parts(one) if named else ())


def _asked_by_another(one, office):
    return any(line.act == "contest" and line.unit != office.unit_name for line in one.lines)


def _write(county, office, one, at, grades, **how):
    """What a decision is in the book: out of whose hands it is taken, its grade where that is another, the decision, the hand-over."""
    if one.contested:
        county.book.arbitrate(one, at, office)
    if grades != {"urgency": one.urgency, "difficulty": one.difficulty}:
        county.book.triage_need(one, at, office, **grades)
    county.book.line(one, "decide", at, office)
    one.said_no.clear()
    county.book.assign_need(one, at, office, **how)
