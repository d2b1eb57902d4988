"""The register and the vacancies as a market, and the engine's answer as proposals.

What reaches the engine is read here column by column: age, wishes, trades, the county of the home, what the family needs. Sex, ethnicity, religion,
health, marriage are never read (就业促进法第三、二十六至三十一条; a test looks at the questions). A wish is what somebody said: whoever wants one
class of place is proposed nothing elsewhere; whoever said none may be proposed any.
"""

from dataclasses import dataclass, replace

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _

from wanjia.doors.words import in_english
from wanjia.kernel.calendar import today
from wanjia.planning.allocation import market as engine
from wanjia.planning.allocation.check_market import check_market, pair_scores, scores_at
from wanjia.planning.allocation.columns import read_market
from wanjia.planning.allocation.market import Market, Scoring
from wanjia.planning.allocation.market_together import Families, bring_together, parted
from wanjia.planning.allocation.plain import SMALL
from wanjia.planning.allocation.shut_out import shut_out
from wanjia.planning.allocation.warming import warm_up, warm_up_market
from wanjia.planning.arrays import Array
from wanjia.policy.labour import least_age, trades
from wanjia.policy.special_groups import age_on
from wanjia.policy.vacancy_words import unsafe
from wanjia.policy.work_places import place_class
from wanjia.registry import bulk
from wanjia.registry.models import Membership
from wanjia.solving.kinds import Answer
from wanjia.verdict import Refused

from ..demand_states import PayUnit
from ..models import Campaign, Proposal, Vacancy, Worker
from ..states import Answer as Said
from ..states import Care, Place
from ..vacancies.queries import live
from . import promised

KIND = "match"
HOURS = 174  # of a month at eight hours a day, 21.75 days (劳社部发〔2008〕3号): an hourly pay beside a monthly one
HOME_BY = "17:40"  # when a child comes out of school (A23)
NEVER_HOME = "23:59"  # a vacancy that does not say when one is home
SCORING = Scoring(pay_weight=1.0, region_step=0.0, skill_step=0.0, home_bonus=300.0)
JUDGED_WHOLE = 2_000  # claimants whose bound the referee reckons anew by brute force; every pair that was made is judged
GAP = 0.001


@dataclass(frozen=True)
class Posed:
    """A market and whose rows it is made of. held: {worker: (vacancy, state, worth)} that no solver touches; groups: flags of those a floor is asked for;
    families: who of one home said that they go together, lots of one work place being one place; None where nobody did."""

    market: Market | None
    workers: list
    vacancies: list
    held: dict
    priority: Array
    floor: float
    barred: dict  # {row of a claimant: lots that he declined}
    families: Families | None = None


def claimants(campaign, day):
    """Return the labourers who may be proposed something: on the roll, without work away or free within the drive, of working age on `day`."""
    first, end = campaign.area.span()
    free = Q(place=Place.NONE) & (Q(free_on=None) | Q(free_on__lt=campaign.until_on)) | Q(free_on__gte=day, free_on__lt=campaign.until_on)
    youngest = day.replace(year=day.year - least_age(), day=min(day.day, 28))
    return Worker.objects.filter(free, left_on=None, village__gte=first, village__lt=end, person__birth_on__lte=youngest, person__died_on=None)


def open_vacancies(day):
    """Return the vacancies with places left on `day`, confirmed, of employers that are not barred."""
    unbarred = Q(employer__barred_to_on=None) | Q(employer__barred_to_on__lte=day)
    return live(day).filter(unbarred, from_on__lte=day).order_by("pk")


def build(plan):
    """Return the Posed of a plan. Raises Refused when nobody or nothing is there to match."""
    campaign = Campaign.objects.select_related("area").get(pk=plan.about)
    day = max(today(plan.asked_at), campaign.from_on)
    vacancies = list(open_vacancies(day))
    held = promised.held(plan)
    places = promised.places_left(vacancies, held, plan)
    rows = list(claimants(campaign, day).exclude(pk__in=list(held)).order_by("village", "pk").values_list(
        "pk", "village_id", "person__birth_on", "wants_place", "wants_trade", "trade", "wants_pay", "care", "certificate", "lifted", "watched", "relocated",
    ))  # fmt: skip
    if not rows and not held:
        raise Refused(_("这个范围里没有可以推荐的劳动力:先登记谁没有外出、什么时候能走。"))
    if not vacancies:
        raise Refused(_("现在没有还缺人的岗位:岗位要核实过、没有过期、还有名额。"))
    market = _market(rows, vacancies, places, campaign, day) if rows else None
    at = {one.pk: n for n, one in enumerate(vacancies)}
    barred = promised.declined(plan, {row[0]: n for n, row in enumerate(rows)}, at)
    priority = np.array([any(row[9:12]) for row in rows], bool)
    families = _families({row[0]: n for n, row in enumerate(rows)}, held, vacancies, barred)
    return Posed(market, [row[0] for row in rows], [one.pk for one in vacancies], held, priority, plan.settings.get("floor", 0) / 100, barred, families)


def market_of(worker, plan):
    """Return (market, vacancies) of one labourer beside all vacancies: what his reasons and a change by hand are judged by."""
    campaign = Campaign.objects.select_related("area").get(pk=plan.about)
    day = max(today(plan.asked_at), campaign.from_on)
    vacancies = list(open_vacancies(day))
    row = Worker.objects.filter(pk=worker.pk).values_list(
        "pk", "village_id", "person__birth_on", "wants_place", "wants_trade", "trade", "wants_pay", "care", "certificate", "lifted", "watched", "relocated",
    ).get()  # fmt: skip
    return (_market([row], vacancies, [one.left for one in vacancies], campaign, day), vacancies) if vacancies else (None, [])


def _market(rows, vacancies, places, campaign, day):
    import polars as pl

    city = campaign.area.pk[:4]
    tokens = _tokens(vacancies, city)
    wished, learnt = {}, [code for code, trade in trades().items() if not trade.skilled and code != "other"]
    people = pl.DataFrame(
        {
            "regions": [wished.setdefault((row[1][:6], row[3]), _wished(row[1][:6], row[3], tokens)) for row in rows],
            "age": [age_on(row[2], day) for row in rows],
            "skills": [_trades(row[4], row[5], learnt) for row in rows],
            "pay_floor": [float(row[6] or 0) for row in rows],
            "home": [row[1][:6] for row in rows],
            "home_by": [HOME_BY if row[7] == Care.HOME else None for row in rows],
            "within_county": [row[7] != Care.NONE for row in rows],
        },
        schema_overrides={"regions": pl.List(pl.String), "skills": pl.List(pl.String), "home_by": pl.String},
    )
    lots = pl.DataFrame(
        {
            "region": [_token(one.place, city) for one in vacancies],
            "pay": [float(one.pay_from * (HOURS if one.pay_unit == PayUnit.HOUR else 1)) for one in vacancies],
            "places": places,
            "skill": ["" if one.trade == "other" else one.trade for one in vacancies],
            "age_min": [max(one.least_age, least_age()) for one in vacancies],
            "age_max": [one.most_age or 120 for one in vacancies],
            "ends": [one.home_by or NEVER_HOME for one in vacancies],
            "unsafe": [bool(unsafe(one.offer)) for one in vacancies],
        }
    )
    return read_market(people, lots, SCORING)


def _token(place, city):
    """Return the region of a work place as the city sees it: a county of its own, the city at large, the province, outside, abroad."""
    if place.isdigit() and place[:4] == city:
        return place[:6]
    return place_class(f"{city}00", place)


def _trades(wanted, own, learnt):
    """Return the trades in which somebody may be proposed work: the wanted and his own; whoever wants none, any that is learnt there."""
    known = [one for one in dict.fromkeys((wanted, own)) if one and one != "other"]
    return known if wanted else list(dict.fromkeys((*known, *learnt)))


def _tokens(vacancies, city):
    return sorted({_token(one.place, city) for one in vacancies})


def _wished(home, wish, tokens):
    """Return the regions where somebody of a county may be proposed work: all, or those of the class he wished."""
    def classed(token):
        return (Place.COUNTY if token == home else Place.CITY) if token.isdigit() else Place(token)

    return [token for token in tokens if not wish or classed(token) == wish]


def _families(rows, held, vacancies, barred):
    """Return the Families among the claimants: those of one home who said that they go together. None where nobody did.

    Read is that they said so and live in one home, never who is married to whom. Whose companion holds a place already may only go to the same one.
    """
    homes, seen = {}, set()
    said = Membership.objects.filter(to_on=None, person__worker__together=True).order_by("household", "person")
    for home, person in said.values_list("household", "person"):
        if (person in rows or person in held) and person not in seen:
            seen.add(person)
            homes.setdefault(home, []).append(person)
    at = {one.pk: one.place for one in vacancies}
    codes = {place: n for n, place in enumerate(sorted({one.place for one in vacancies}))}
    members, only = [], {}
    for people in homes.values():
        go = tuple(rows[one] for one in people if one in rows)
        gone = {codes.get(at.get(held[one][0])) for one in people if one in held}
        if go and len(people) > 1:
            members.append(go)
            only |= {row: place for row in go for place in list(gone - {None})[:1]}
    return Families(tuple(members), np.array([codes[one.place] for one in vacancies], np.int64), barred, only) if members else None


def solve(posed, control):
    """Run the engine. A floor for priority families that the free market misses is met by placing them first, and its price is said; who goes
    together is brought together, the others share what is left."""
    if posed.market is None:
        return Answer(None, _counts(posed, None), gap=0.0)
    market, n = posed.market, posed.market.n_claimants
    warm_up_market() if n > SMALL else warm_up(market.narrow)
    solved, paid = _with_floor(posed, control)
    if posed.families is not None:
        solved = bring_together(market, solved, posed.families, lambda rest, rows: _without_members(posed, rest, rows, control))
    solved = _without_declined(posed, solved)
    return Answer(solved, _counts(posed, solved, paid), gap=float(solved.gap), stopped=bool(solved.stopped))


def _without_members(posed, rest, rows, control):
    """Solve for those who go alone, with what the families left; the floor is asked of them as it was of all."""
    return _with_floor(replace(posed, market=rest, priority=posed.priority[rows]), control)[0]


def _with_floor(posed, control):
    """Return (the plan, what the floor cost in yuan a month)."""
    solved, paid = _run(posed.market, control), 0.0
    wanted = int(np.ceil(posed.floor * posed.priority.sum()))
    if wanted and int((solved.choice[posed.priority] >= 0).sum()) < wanted and not control.should_stop():
        first = _priority_first(posed, control)
        paid, solved = max(0.0, solved.value - first.value), first
    return solved, paid


def _run(market, control):
    return engine.solve_market(market, gap=GAP, time_limit=control.remaining() if control.seconds else None, cancel=control.should_stop, progress=control.progress)


def _priority_first(posed, control):
    """Place the priority families in the whole market, then everybody else in what is left of it."""
    market, chosen = posed.market, np.full(posed.market.n_claimants, -1, np.int32)
    first = _run(_part(market, posed.priority, market.lots.places), control)
    chosen[posed.priority] = first.choice
    left = market.lots.places - np.bincount(first.choice[first.choice >= 0], minlength=market.n_lots)
    rest = ~posed.priority
    if rest.any() and left.any():
        second = _run(_part(market, rest, left.astype(np.int32)), control)
        chosen[rest] = second.choice
        price = np.maximum(first.price, second.price)
    else:
        price = first.price
    return _judged_anew(market, chosen, price, first)


def _judged_anew(market, chosen, price, like):
    """Return the plan with this choice; its bound is that of these prices over all pairs."""
    placed = np.flatnonzero(chosen >= 0)
    score, _fits = scores_at(market, placed, chosen[placed])
    value = float(score.sum() * market.unit)
    bound = float(max(like.bound, _bound(market, price)))
    return replace(like, choice=chosen, price=price, value=value, bound=bound, gap=(bound - value) / bound if bound else 0.0)


def _bound(market, price):
    """Return the dual at these prices: what no plan can be worth more than."""
    money = np.rint(np.asarray(price) / market.unit * market.mul).astype(np.int64)
    start, _lot, score = engine.list_best(market, money, most=1)
    has = np.diff(start) > 0
    lot = _lot[start[:-1][has]]
    surplus = np.maximum(score[start[:-1][has]] * market.unit - np.asarray(price)[lot], 0)
    return surplus.sum() + (np.asarray(price) * market.lots.places).sum()


def _part(market, who, places):
    """Return the market of some claimants with these places."""
    people, at = market.people, np.flatnonzero(who)

    def listed(start, flat):
        sizes = np.diff(start)[at]
        new = np.concatenate([[0], np.cumsum(sizes)]).astype(start.dtype)
        return new, np.concatenate([flat[start[one] : start[one + 1]] for one in at]) if len(at) else flat[:0]

    region_start, region = listed(people.region_start, people.region)
    skill_start, skill = listed(people.skill_start, people.skill)
    kept = {name: getattr(people, name)[at] for name in ("home", "home_by", "within", "age", "pay_floor", "certificates")}
    mine = replace(people, region_start=region_start, region=region, skill_start=skill_start, skill=skill, **kept)
    return replace(market, people=mine, lots=replace(market.lots, places=np.asarray(places, np.int32)))


def _without_declined(posed, solved):
    """Take away what somebody declined before, and give him the best of what is still free."""
    if not posed.barred:
        return solved
    choice = solved.choice.copy()
    free = posed.market.lots.places - np.bincount(choice[choice >= 0], minlength=posed.market.n_lots)
    for row, lots in posed.barred.items():
        if choice[row] not in lots:
            continue
        free[choice[row]] += 1
        every = np.arange(posed.market.n_lots)
        score, fits = scores_at(posed.market, np.full(len(every), row), every)
        open_ = fits & (free > 0) & ~np.isin(every, lots)
        choice[row] = int(np.where(open_, score, -1).argmax()) if open_.any() else -1
        if choice[row] >= 0:
            free[choice[row]] -= 1
    return _judged_anew(posed.market, choice, solved.price, solved)


def _counts(posed, solved, paid=0.0):
    placed = len(posed.held) + (int((solved.choice >= 0).sum()) if solved is not None else 0)
    words = {"compared": len(posed.workers) + len(posed.held), "placed": placed, "vacancies": len(posed.vacancies)}
    if solved is not None and posed.priority.any():
        words["priority_placed"] = int((solved.choice[posed.priority] >= 0).sum())
        words["priority"] = int(posed.priority.sum())
    if paid:
        words["paid"] = round(paid)
    if posed.families is not None:
        words["families"] = len(posed.families.members)
    return words


def judge(posed, answer):
    """Return what the referee finds: places, every pair that was made, and on a sample the bound; it shares no code with the engine."""
    if answer.plan is None:
        return []
    market, choice = posed.market, np.asarray(answer.plan.choice)
    placed = np.flatnonzero(choice >= 0)
    _score, fits = scores_at(market, placed, choice[placed])
    found = [_("第 %(n)s 人不能做推荐给他的岗位") % {"n": row + 1} for row in placed[~fits][:5]]
    step = max(1, market.n_claimants // JUDGED_WHOLE)
    found += check_market(market, answer.plan, rows=np.arange(0, market.n_claimants, step)).breaches
    if posed.families is not None:
        found += [_("说了一起去的一家人分到了两处:%(n)s 人") % {"n": len(family)} for family in parted(choice, posed.families)]
    return [*found, *(_("第 %(n)s 人又被推荐了他不去的岗位") % {"n": row + 1} for row, lots in posed.barred.items() if choice[row] in lots)]


def rows_of(plan, posed, solved, some):
    market = posed.market
    rows = np.arange(market.n_claimants)[some]
    worth, second, lacked = _reasons(market, solved, rows)
    for n, row in enumerate(rows):
        lot = int(solved.choice[row])
        yield bulk.fresh(
            Proposal, plan_id=plan.pk, worker_id=posed.workers[row], vacancy_id=posed.vacancies[lot] if lot >= 0 else None, worth=int(worth[n]),
            next_vacancy_id=posed.vacancies[second[n]] if second[n] >= 0 else None, lacked=int(lacked[n]) if second[n] >= 0 else None, state=Said.PROPOSED,
        )  # fmt: skip


def _reasons(market, solved, rows):
    """Return (worth, next lot or -1, what was lacking for it) of these claimants, in yuan, from the plan's prices alone."""
    mine = _part(market, np.isin(np.arange(market.n_claimants), rows), market.lots.places)
    price = np.asarray(solved.price)
    start, lot, score = engine.list_best(mine, np.rint(price / market.unit * market.mul).astype(np.int64), most=2)
    worth, second, lacked = np.zeros(len(rows)), np.full(len(rows), -1), np.zeros(len(rows))
    held = np.asarray(solved.choice)[rows]
    placed = np.flatnonzero(held >= 0)
    own, _fits = scores_at(market, rows[placed], held[placed])
    worth[placed] = own * market.unit
    surplus_own = np.where(held >= 0, worth - price[np.maximum(held, 0)], 0.0)
    for n in range(len(rows)):
        for k in range(start[n], start[n + 1]):
            if lot[k] != held[n]:
                second[n] = lot[k]
                lacked[n] = max(0.0, max(surplus_own[n], 0.0) - (score[k] * market.unit - price[lot[k]]))
                break
    return np.rint(worth), second, np.ceil(lacked)


@dataclass(frozen=True)
class Option:
    """One vacancy as it is for one labourer: what the pair is worth in yuan a month, and the rules that shut him out of it."""

    vacancy: Vacancy
    worth: int
    against: tuple

    @property
    def fits(self):
        """Whether he may be proposed it."""
        return not self.against


def options_of(worker, plan, most=None):
    """Return the vacancies that are open now as they are for one labourer, those he may take first, the best of them first."""
    market, vacancies = market_of(worker, plan)
    if market is None:
        return []
    score, fits = pair_scores(market, np.array([0]))
    order = sorted(range(len(vacancies)), key=lambda lot: (not fits[0, lot], -score[0, lot], lot))[:most]
    return [Option(vacancies[lot], round(score[0, lot] * market.unit), tuple(_against(market, lot, fits[0, lot]))) for lot in order]


def _against(market, lot, fits):
    if fits:
        return []
    said = [words.split(" / ") for words in shut_out(market, 0, lot)] or [["按评分规则得分低于零", "worth less than nought by the rule"]]
    return [words[in_english()] for words in said]
