"""The weekly session: what two units sent back, and some of what is hard, gets its lead unit; nothing that waits may be left off."""

from wanjia.orgs.roles import Role

from .book import IN_HANDS

WEDNESDAY = 2


def sit(county):
    """Call a session for today, decide item after item, end it, let another hand sign."""
    if county.day.weekday() != WEDNESDAY:
        return
    office = county.one(Role.LEDGER_OFFICE)
    twice = [one for one in county.standing("triaged", "returned") if one.returns >= 2]
    stuck = [one for one in county.standing(*IN_HANDS) if one.returns >= 2 and county.signer(one.holder) is None]
    hard = [one for one in county.standing("triaged", "returned") if one.difficulty in ("hard", "policy")]
    if not twice and not stuck and not hard:
        return
    kinds = ["returned", "hard"] if hard and county.chance(0.5) else ["returned"] if twice or stuck else ["hard"]
    guests = [unit for unit in county.units.values() if unit.living and unit.line and unit.tier == "county"][:3]
    asked = [county.organisation(one.pk) for one in guests]
    session = county.do("call_session", office, on=county.day, place="县政府三楼会议室", chair="高县长", kinds=kinds, units=asked)
    if session is None:
        return
    agenda = list(session.items.order_by("n"))
    for one in (twice + stuck if "returned" in kinds else []):
        if not one.spoilt and one.pk not in {item.need_id for item in agenda}:
            county.violate("退回两次的没有上会 / sent back twice and left off the agenda", one, f"{county.day} 的会商没有这一件")
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
    units = county.holders(one)
    fresh = [unit for unit in units if unit.pk not in one.part] or units
    holder, arbitrated = county.dice.choice(fresh), one.returns >= 2
    made = county.do(
        "decide_item", office, item_id=item.pk, urgency=one.urgency, difficulty=one.difficulty, holder=county.organisation(holder.pk), measure="由该单位主办到底",
    )  # fmt: skip
    if made:
        at = county.now()
        county.book.line(one, "decide", at._replace(moment=made.at), office)
        county.book.assign_need(one, at._replace(moment=made.at), office, holder=holder.pk, arbitrated=arbitrated)
