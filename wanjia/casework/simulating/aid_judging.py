"""Each evening: aid held against its book; and what people also try with it, which no rule lets them do."""

from wanjia.orgs.roles import Role
from wanjia.registry.aid import queries
from wanjia.registry.models import AidCut, AidRefusal, DatedStatus, UrgentAid

from .aid_book import LAW, LAW_FROM, SUPERVISED
from .aiding import BY_HAND, PROPOSED

CUTS = ("state", "village", "status", "proposed_by", "heard_by", "decided_by", "left", "due_on", "level", "effective_on", "served_on", "served_by", "told")
A_DAY = 0.3  # the chance that each temptation is met with on a day


def judge(aid, day):
    """Rows of aid against the book, and the lists of one township's people."""
    county, code = aid.county, aid.county.year.code
    _proposals(aid, {pk: dict(zip(CUTS, row)) for pk, *row in AidCut.objects.filter(village__code__startswith=code).values_list("pk", *CUTS)})
    for model, known, names in ((AidRefusal, aid.book.refusals, ("served_on", "served_by")), (UrgentAid, aid.book.urgent, ("papers_on", "papers_by"))):
        rows = {pk: row for pk, *row in model.objects.filter(village__code__startswith=code).values_list("pk", "due_on", "level", "told", *names)}
        should = {pk: [one.due_on, one.level, told(aid, one), one.done_on, one.done_by] for pk, one in known.items() if not one.spoilt}
        for pk in {**rows, **should}:
            if rows.get(pk) != should.get(pk) and not (pk in known and known[pk].spoilt):
                _say(county, "救助的期限和应有的不一样 / a day of aid differs", rows.get(pk), should.get(pk))
    held = {pk: row for pk, *row in DatedStatus.objects.filter(pk__in=aid.book.held).values_list("pk", "household", "to_on")}
    for pk, one in aid.book.held.items():
        if held.get(pk) != [one.home, one.to_on]:
            _say(county, "救助停了、丢了或跟错了户 / aid ended, lost or at another home", held.get(pk), [one.home, one.to_on])
    _lists(aid, day)


def _proposals(aid, rows):
    for pk in {**rows, **aid.book.cuts}:
        cut = aid.book.cuts.get(pk)
        if cut and cut.spoilt:
            continue
        is_, should = rows.get(pk), cut and cut.expected() | {"told": told(aid, cut)}
        if is_ != should:
            wrong = [name for name in CUTS if not is_ or not should or is_[name] != should[name]]
            _say(aid.county, "停减救助和应有的不一样 / a proposal to cut aid differs", *({name: one and one[name] for name in wrong} for one in (is_, should)))


def told(aid, one):
    """Whom its last rung told: the township, from the third rung on the county's civil affairs."""
    if not one.level:
        return None
    civil = next(unit.pk for unit in aid.county.units.values() if unit.tier == "county" and unit.line == "civil")
    return civil if one.level >= SUPERVISED else aid.county.desk(one.village)


def _lists(aid, day):
    """What waits is on the list of whoever may take its next step."""
    county = aid.county
    seats = sorted({one.village[:9] for one in aid.book.waiting()})
    if not seats or any(one.spoilt for one in aid.book.waiting()):
        return
    seat = seats[day.toordinal() % len(seats)]
    here = [one for one in aid.book.cuts.values() if one.waits and one.village[:9] == seat]
    clerk, head = county.clerk(seat), county.clerk(seat, Role.TOWNSHIP_LEADER)
    if clerk:
        mine = [cut.pk for cut in here if cut.state in ("cut", "kept") or (cut.state == "proposed" and cut.proposed_by != clerk.pk)]
        _same(county, "等着办的救助没有列出来 / aid that waits is on no list", queries.mine(county.user(clerk)), mine)
        for rows, known in ((queries.unserved, aid.book.refusals), (queries.papers_due, aid.book.urgent)):
            _same(county, "等着补的救助没有列出来 / papers of aid are on no list", rows(county.user(clerk)), [one.pk for one in known.values() if one.waits and one.village[:9] == seat])
        empty = day >= LAW_FROM and [one.held.pk for one in aid.book.families if one.held and one.held.to_on is None and not one.members and one.row.village_id[:9] == seat]
        _same(county, "空户的救助没有列出来 / aid of an empty home is on no list", queries.on_empty_homes(county.user(clerk), day), empty or ())
    if head:
        _same(county, "等着决定的救助没有列出来 / aid to be decided is on no list", queries.mine(county.user(head)), [cut.pk for cut in here if cut.state == "heard"])


def _same(county, kind, rows, should):
    stands = set(rows.order_by().values_list("pk", flat=True))
    if stands ^ set(should):
        _say(county, kind, f"{len(stands)} 项", f"{len(should)} 项")


def _say(county, kind, is_, should):
    county.violate(kind, None, f"登记簿里是 {is_},应当是 {should}")


# What nobody may do.


def tempt(aid):
    """Try each forbidden act where it could be tried."""
    for tempted in TEMPTATIONS:
        if aid.county.chance(A_DAY):
            tempted(aid)


def _some(aid, *states, of=lambda _cut: True):
    found = [cut for cut in aid.book.cuts.values() if cut.waits and not cut.spoilt and cut.state in states and of(cut)]
    return aid.county.dice.choice(found) if found else None


def _hand(aid, pk):
    return next((one for one in aid.county.hands if one.pk == pk), None)


def _live(aid):
    found = [one for one in aid.book.held.values() if one.to_on is None]
    return aid.county.dice.choice(found) if found and aid.county.day >= LAW_FROM else None


def end_by_the_register(aid):
    """The village ends aid on the register, as it ends any other status."""
    if held := _live(aid):
        aid.do("end_status", aid.county.clerk(held.village), status_id=held.pk, on=aid.county.day, reason="名单里没有", lawful=False)


def propose_twice(aid):
    """A second proposal beside one that waits."""
    if cut := _some(aid, "proposed", "heard", "cut", "kept"):
        aid.do("propose_cut", aid.county.clerk(cut.village), held_id=cut.held.pk, kind="end", ground="income", **PROPOSED, lawful=False)


def hear_oneself(aid):
    """Whoever proposed it hears."""
    cut = _some(aid, "proposed")
    if cut and (by := _hand(aid, cut.proposed_by)):
        aid.do("hear_person", by, cut_id=cut.pk, on=aid.county.day, **BY_HAND, words="没有意见", lawful=False)


def leave_at_once(aid):
    """The notice left behind before anybody came often enough."""
    cut = _some(aid, "proposed", of=lambda cut: not aid.book.sought_enough(cut))
    if cut and (by := aid.other(cut)):
        aid.do("leave_notice", by, cut_id=cut.pk, on=aid.county.day, who="贴在家门口,组长在场", lawful=False)


def decide_unheard(aid):
    """Decided before anybody was heard, or before the days to answer are over."""
    cut = _some(aid, "proposed", "heard", of=lambda cut: cut.state == "proposed" or not aid.book.may_decide(cut, aid.county.day))
    if cut:
        aid.do("decide_cut", aid.head(cut.village), cut_id=cut.pk, agree=False, words="不用再听了,就这样定", lawful=False)


def cut_at_once(aid):
    """A cut that leaves nobody time."""
    cut = _some(aid, "heard", of=lambda cut: aid.book.may_decide(cut, aid.county.day))
    if cut:
        on = aid.county.book.days.after(aid.county.day, LAW["notice"] - 1)
        aid.do("decide_cut", aid.head(cut.village), cut_id=cut.pk, agree=True, effective_on=on, words="收入超过标准", lawful=False)


def serve_undecided(aid):
    """A decision handed over that nobody has taken."""
    if cut := _some(aid, "proposed", "heard"):
        aid.do("serve_decision", aid.county.clerk(cut.village), cut_id=cut.pk, on=aid.county.day, **BY_HAND, lawful=False)


def follow_the_fewer(aid):
    """The aid of a family that parted, taken to those with whom it does not go."""
    for family in aid.book.families:
        others = [there for there in family.went if there is not aid.book.goes_with(family)]
        if others and family.held and family.held.to_on is None and not family.members and aid.county.day >= LAW_FROM:
            aid.do("follow_to", aid.county.clerk(family.row.village_id), held_id=family.held.pk, home=others[0].row, reason="都说是一家人", lawful=False)
            return


def follow_the_living(aid):
    """The aid of a home in which people live, taken to another."""
    there = [one for one in aid.book.families if one.members and one.held and one.held.to_on is None]
    other = [one for one in aid.book.families if one.members and one.held is None]
    if there and other and aid.county.day >= LAW_FROM:
        family = aid.county.dice.choice(there)
        aid.do("follow_to", aid.county.clerk(family.row.village_id), held_id=family.held.pk, home=other[0].row, reason="说是搬走了", lawful=False)


TEMPTATIONS = (end_by_the_register, propose_twice, hear_oneself, leave_at_once, decide_unheard, cut_at_once, serve_undecided, follow_the_living, follow_the_fewer)
