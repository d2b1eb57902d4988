"""The acts of pairing: a plan is asked for, changed by hand, put in force; a pair is handed over, held, ended; who is to have somebody is looked at every day."""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.command import command
from wanjia.orgs.models import Area
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import pairing as policy
from wanjia.registry import bulk
from wanjia.registry.finding import protected
from wanjia.registry.finding import standing as standing_record
from wanjia.registry.models import Person
from wanjia.solving.runs.commands import ask_plan
from wanjia.verdict import Conflict, Refused

from ..children.queries import eligible
from ..duties import Duty
from ..helpers.queries import helpers_of_all
from ..models import Entitled, Helper, Pair, PairProposal
from ..states import PairEnd
from . import options, pages, plans, queries, rules
from .kin import asked_rows, kin_rows
from .serving import units_for
from .subjects import ENTITLED, PAIRS, PROPOSED

DRAWS = {"duty": Duty.DRAW_PAIRS}
ENDS = (PairEnd.GROWN, PairEnd.MOVED, PairEnd.DIED, PairEnd.ASKED)
Together = Annotated[str, Asked(_("为什么一起帮"), help=_("只在孩子应先一对一、帮扶人还有别的孩子时要写;不写孩子姓名。"), rows=2, most=200, least=rules.LEAST)]
NewHelper = Annotated[Helper, Asked(_("哪位帮扶人"), among=queries.able_for, named=helpers_of_all, select=True)]


@act(PAIRS, "pairs_draw", at="draw", words=_("测算结对方案"), done=_("已开始计算,算好以后看过再启用。"), **DRAWS, may=rules.can_draw, new=True, call=None,
     because="a plan is watched, judged and put in force on its page by people", then=pages.to_plan, lines={})  # fmt: skip
def draw_pairs(*, by, at, area: Annotated[Area, Asked(_("给哪里的孩子结对"), among=queries.areas, within=_("这个地方不在您的辖区。"))]):
    """Have a plan worked that proposes a helper to each child of an area (测算结对方案)."""
    return ask_plan(plans.KIND, area.pk, area, settings={}, by=by, at=at)


def store(plan, posed, answer):
    """Write the proposals of a version, inside the keeping of the plan."""
    bulk.insert(PairProposal, list(plans.rows_of(plan, posed, answer.plan)))


def drop(plan):
    """Take a dropped version's proposals away: nobody was told of them."""
    PairProposal.objects.filter(plan=plan).delete()


def swap(plan, _before, *, by, at):
    """Make the pairs that a version proposes (启用): new ones begin, changed ones end and point to what goes on, the rest stands; a child without a
    proposal keeps whom it has. Raises Refused where the world has moved since: a helper left or is not clear, a child has come of age or moved, somebody turned out to be kin
    or was asked away, a pair was held, somebody would have more children than agreed.
    """
    day = today(at)
    proposed = PairProposal.objects.filter(plan=plan, helper__isnull=False)
    rows = list(proposed.select_related("child", "helper").order_by("pk"))
    live = {pair.child_id: pair for pair in Pair.objects.select_for_update().filter(child__in=proposed.values("child"), to_on=None).order_by("pk")}
    helpers = _held(proposed.values("helper"))
    clear, young = queries.fit_still(proposed, day)
    changes = [row for row in rows if row.child_id not in live or live[row.child_id].helper_id != row.helper_id]
    never = _never(changes, helpers, day)
    moved = [row for row in rows if row.helper_id not in clear or row.child_id not in young or row.pk in never
             or (row.child_id in live and live[row.child_id].held and live[row.child_id].helper_id != row.helper_id)]  # fmt: skip
    if moved:
        raise Refused(_("计算以后有帮扶人离任、审查过期,或者孩子的情况、锁定变了(共 %(n)s 个)。请重新计算一版。") % {"n": len(moved)})
    for row in changes:
        _begin(row.child, row.helper, live.get(row.child_id), PairEnd.REPLANNED, by=by, at=at, plan_number=plan.number, reason=row.why)
    if over := queries.with_too_many({row.helper_id for row in changes}).first():  # pairs made by hand meanwhile count too
        raise Refused(_("%(name)s 的孩子会超过能帮的人数。请重新计算一版。") % {"name": over.name})


def _never(rows, helpers, day):
    """Return the keys of the proposals that may not be any more: become kin since, asked to be rid of, or the child has moved where the helper's unit serves nobody."""
    children, among = [row.child_id for row in rows], list(helpers.values())
    at = {one.pk: n for n, one in enumerate(among)}
    shut = kin_rows(children, among, day) | asked_rows(children, among)
    serving = {village: units_for(village, day) for village in {row.child.village_id for row in rows}}
    return {
        row.pk for n, row in enumerate(rows)
        if n * len(among) + at[row.helper_id] in shut or helpers[row.helper_id].organisation_id not in serving[row.child.village_id]
    }  # fmt: skip


def _taking(helper, child, at, reason):
    """Refuse what this helper may not take on, with her row held: of two pairs made at once for the last place one is refused, and who is leaving leaves first or stays."""
    held = _held([helper.pk])[helper.pk]
    rules.may_take(held, child, today(at)).or_raise()
    rules.may_share(held, child, reason, today(at)).or_raise()


def _held(keys):
    """Return {key: helper} of helpers, locked in the order of their keys until the act is through: a pair that refers to one alone would not wait."""
    return {one.pk: one for one in Helper.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")}


def begin_listed(child, helper, from_on, reason="", *, by, at):
    """Begin a pair that a roster on paper names (结对花名册): as by hand, since the day that the roster says. Raises Refused as the act by hand does."""
    rules.can_list(by, child).or_raise()
    _taking(helper, child, at, reason)
    if from_on is not None:
        rules.may_begin_on(child, from_on).or_raise()
    return _begin(child, helper, None, "", by=by, at=at, from_on=from_on, reason=reason)


def _begin(child, helper, old, why, *, by, at, plan_number=None, reason="", line="pair.begin", from_on=None):
    """Begin a pair, today or since the day that a paper says; one that stood ends on the same day and says what goes on after it."""
    day = today(at)
    ending = {"to_on": day, "end_reason": why}
    if old is not None and not Pair.objects.filter(pk=old.pk, to_on=None, version=old.version).update(**ending, version=old.version + 1):
        raise Conflict()
    try:
        with transaction.atomic():
            new = Pair.objects.create(child=child, helper=helper, from_on=from_on or day, plan_number=plan_number, reason=reason)
    except IntegrityError:
        raise Conflict(_("这个孩子已经有人结对。")) from None
    if old is not None:
        Pair.objects.filter(pk=old.pk).update(handed_to=new)
    journal.record(act=line, subject=new, by=by, at=at, area_code=child.village_id or "", reason=why if old else "", was=old and old.pk)
    return new


@act(PROPOSED, "pair_proposal_move", at="move", words=_("改配别的帮扶人"), done=_("已改,并锁定:以后重新计算也不变。"), **DRAWS, may=rules.can_move, rank=10, template="care/pairing/move.html",
     more=pages.of_proposal, lines={"pair_proposal.move": _("改配帮扶人")})  # fmt: skip
def move_pair_proposal(pair_proposal, *, by, at, helper: NewHelper, reason: Together = ""):
    """Propose somebody else by hand (改配): only who may take the child on in this version; what it costs is shown before it is done. It is held."""
    found = next((one for one in options.options_of(pair_proposal.child, pair_proposal.plan) if one.helper.pk == helper.pk), None)
    if found is None:
        raise Refused(rules.NOT_SERVING)
    if not found.fits:
        raise Refused(_("不能配给他:%(why)s。") % {"why": "、".join(found.against)})
    rules.may_share(helper, pair_proposal.child, reason, today(at), parts=found.shared).or_raise()
    before = pair_proposal.worth
    changed = PairProposal.objects.filter(pk=pair_proposal.pk, version=pair_proposal.version)
    kept = Pair.objects.filter(child=pair_proposal.child_id, helper=helper, to_on=None).exists()
    if not changed.update(helper=helper, worth=found.worth, why=" ".join(found.why), held=True, kept=kept, next_helper=None, lacked=None, version=pair_proposal.version + 1):
        raise Conflict()
    pair_proposal.refresh_from_db()
    journal.record(act="pair_proposal.move", subject=pair_proposal, by=by, at=at, area_code=pair_proposal.child.village_id or "", before=str(before), after=str(found.worth), reason=reason)
    return pair_proposal


@act(ENTITLED, "entitled_pair", at="pair", words=_("结对"), done=_("已结对。"), **DRAWS, may=rules.can_pair, rank=10, template="care/pairing/choose.html", more=pages.for_child, then=pages.to_unpaired, lines={"pair.begin": _("结对")})
def pair_child(entitled, *, by, at, helper: NewHelper, reason: Together = ""):
    """Pair one child by hand (结对), without a plan: the remedy for an alarm."""
    _taking(helper, entitled.child, at, reason)
    return _begin(entitled.child, helper, None, "", by=by, at=at, reason=reason)


@act(PAIRS, "pair_hand", at="hand-over", words=_("换帮扶人"), done=_("已交接。"), **DRAWS, may=rules.can_hand, rank=10, template="care/pairing/hand.html", more=pages.for_pair,
     lines={"pair.begin": _("结对")})  # fmt: skip
def hand_pair(
    pair, *, by, at, helper: NewHelper,
    why: Annotated[PairEnd, Asked(_("为什么换"), but=(PairEnd.GROWN, PairEnd.MOVED, PairEnd.DIED, PairEnd.REPLANNED), initial=PairEnd.LEFT.value)],
    reason: Together = "",
):  # fmt: skip
    """Give a child to another helper (交接): the old pair ends and says what goes on after it."""
    _taking(helper, pair.child, at, reason)
    if helper.pk == pair.helper_id:
        raise Refused(_("还是同一位帮扶人,不用换。"))
    return _begin(pair.child, helper, pair, why, by=by, at=at, reason=reason)


@act(PAIRS, "pair_end", at="end", words=_("终止结对"), done=_("已终止。"), **DRAWS, may=rules.can_end, aside=True, tone="danger", lines={"pair.end": _("终止结对")})
def end_pair(pair, *, by, at, why: Annotated[PairEnd, Asked(_("终止原因"), but=tuple(one for one in PairEnd if one not in ENDS))]):
    """End a pair without another (终止): the child is grown, gone, or said no. Whoever still is to have somebody stands on the list at once."""
    return _end(pair, why, by=by, at=at)


def _end(pair, why, *, by, at, line="pair.end"):
    day = max(today(at), pair.from_on)
    if not Pair.objects.filter(pk=pair.pk, to_on=None, version=pair.version).update(to_on=day, end_reason=why, version=pair.version + 1):
        raise Conflict()
    pair.refresh_from_db()
    journal.record(act=line, subject=pair, by=by, at=at, area_code=pair.child.village_id or "", reason=why)
    return pair


@act(PAIRS, "pair_hold", at="hold", words=_("锁定或放开结对"), done=_("已记下。锁定的,以后的方案不动它。"), **DRAWS, may=rules.can_hold, aside=True, lines={"pair.hold": _("锁定或放开结对")})
def hold_pair(pair, *, by, at):
    """Keep a pair from every plan, or let it go again (锁定)."""
    if not Pair.objects.filter(pk=pair.pk, to_on=None, version=pair.version).update(held=not pair.held, version=pair.version + 1):
        raise Conflict()
    pair.refresh_from_db()
    journal.record(act="pair.hold", subject=pair, by=by, at=at, area_code=pair.child.village_id or "", held=pair.held)
    return pair


def take_pairs(takers, _parting, *, why, by, at):  # why: said in the line of the act that ends the post
    """Hand pairs over within the act that ends a post or a unit: a helper of the taker's takes each child on."""
    for pair in Pair.objects.select_for_update(of=("self",)).select_related("child").filter(pk__in=takers, to_on=None).order_by("pk"):
        taker = takers[pair.pk]
        people = Helper.objects.filter(to_on=None, **({"user": taker.person} if taker.person else {"organisation": taker.unit}))
        by_name = sorted(_held(people.values_list("pk", flat=True)).values(), key=lambda one: one.name)
        fit = [one for one in by_name if one.pk != pair.helper_id and rules.may_take(one, pair.child, today(at))]
        able = next((one for one in fit if not rules.parts_alone(one, pair.child, today(at))), None)
        who = taker.person.name if taker.person else taker.unit.name
        if fit and able is None:
            raise Refused(_("“%(who)s”里能接的帮扶人都有别的孩子,而这个孩子或者他们的孩子应当先一对一。请换人接,或者先在“结对帮扶”里换帮扶人,写明为什么。") % {"who": who})
        if able is None:
            raise Refused(_("“%(who)s”里没有能接这个孩子的帮扶人:要登记在册、背景审查有效、单位挂联这个村、还有名额。") % {"who": who})
        _begin(pair.child, able, pair, PairEnd.LEFT, by=by, at=at, line="pair.take_over")


def follow(people, *, day, by, at):
    """Let pairs follow the register within its own act: merged children are one, who died needs nobody. Who came of age the day's look ends."""
    for pair in Pair.objects.select_for_update(of=("self",)).select_related("child").filter(child__in=people, to_on=None).order_by("pk"):
        child = pair.child
        if child.merged_into_id:
            kept = standing_record(child)
            if Pair.objects.filter(child=kept, to_on=None).exists():
                _end(pair, PairEnd.REPLANNED, by=by, at=at, line="pair.follow")
            else:
                Pair.objects.filter(pk=pair.pk).update(child=kept, version=pair.version + 1)
        elif child.died_on:
            _end(pair, PairEnd.DIED, by=by, at=at, line="pair.follow")


@command("care.watch_entitled")
def watch_entitled(*, area, by, at):
    """The day's look: who is to have somebody stands on the list with the day by which, whoever is not any more is taken off, whose child is grown is
    ended. Returns (put on, taken off).
    """
    rules.is_clock(by).or_raise()
    day, calendar = today(at), WorkingCalendar.load()
    numbers = policy.in_force(day)
    first, end = area.span()
    people = Person.objects.filter(protected(day=day), merged_into=None, died_on=None, village_id__gte=first, village_id__lt=end)
    found = {one.child.pk: one for one in eligible(people, day)}
    rows = queries.entitled_now(area)
    gone = [row.pk for child, row in rows.items() if child not in found]
    Entitled.objects.filter(pk__in=gone).update(to_on=day)
    by_day = {alone: calendar.add(day, numbers.alone_days if alone else numbers.others_days).on for alone in (True, False)}
    turned = [row for child, row in rows.items() if child in found and row.alone != found[child].alone]
    _turn(turned, by_day, day)
    put = [Entitled(child_id=child, alone=one.alone, since_on=day, due_on=by_day[one.alone]) for child, one in found.items() if child not in rows]
    Entitled.objects.bulk_create(put, batch_size=500)
    grown = Pair.objects.filter(to_on=None, child__village_id__gte=first, child__village_id__lt=end).exclude(child__in=Person.objects.filter(protected(day=day)))
    for pair in grown.select_related("child").order_by("pk"):
        _end(pair, PairEnd.GROWN, by=by, at=at, line="pair.follow")
    if put or gone or turned:
        journal.record(act="pair.watch", subject=area, by=by, at=at, area_code=area.pk, put=len(put), gone=len(gone), turned=len(turned))
    return len(put), len(gone)


def _turn(rows, by_day, day):
    """Let children be, from today on, among those who are to have somebody alone, or not any more: a row of their own, that a past day keeps its count. Who turns
    alone is due as early as anybody who is; nobody's day moves on.
    """
    for row in rows:
        due_on = max(day, min(row.due_on, by_day[True]) if not row.alone else row.due_on)
        if row.since_on == day:
            Entitled.objects.filter(pk=row.pk).update(alone=not row.alone, due_on=due_on)
        else:
            Entitled.objects.filter(pk=row.pk).update(to_on=day)
            Entitled.objects.create(child_id=row.child_id, alone=not row.alone, since_on=day, due_on=due_on)


def watch(at):
    """Look at every county, one after the other: for the day's sweep."""
    for area in Area.objects.on(today(at)).filter(level="county").order_by("code"):
        watch_entitled(area=area, by=CLOCK, at=at)
