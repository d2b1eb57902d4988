"""The acts of a project's plan: drawn up and put up, decided by a meeting, looked at by township and county, let be due, accepted."""

from datetime import date, timedelta
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import searched
from wanjia.orgs.models import Area
from wanjia.orgs.serials import next_serial
from wanjia.policy import levies as policy
from wanjia.registry.models import Household
from wanjia.verdict import Conflict, Refused

from ..bodies.homes import NO_HOME, asked_village, is_home_of, to_choose
from ..duties import Duty
from ..fees.commands import KEEPS, REVIEWS, money
from ..fees.rules import keeps
from ..levy_states import LEVY, LevyGround
from ..models import AgendaItem, Levy, LevyRelief, LevyShare
from ..rules import crosses_nothing, hundredths
from . import queries, rules
from .subjects import LEVIES, RELIEFS

MOST = 100_000_000_00  # fen of one project
PASSES = Annotated[bool, Asked(_("通过吗"), answers=(_("通过"), _("退回,不办")))]
Opinion = Annotated[str, Asked(_("意见"), _("要公开的,不写人名。"), rows=2, least=2, most=120)]
TAKEN = _("这个决定已经用在另一个方案上。")
NO_RELIEF = _("这一户没有登记减免。")


def amount(text):
    """Return the fen of an amount that may be nought. Raises Refused."""
    return hundredths(text or "0", _("金额写成 12.50 这样,不要的写 0。"), most=MOST)


@act(LEVIES, "levy_new", at="new", words=_("拟筹资筹劳方案"), done=_("已建好。张贴公告、逐户征求意见签字,再开会表决。"), **KEEPS, may=keeps, new=True, lines={"levy.draw": _("拟筹资筹劳方案")})
def draw_levy(
    *, by, at, village: Annotated[Area, asked_village(Duty.KEEP_FEES)],
    name: Annotated[str, Asked(_("项目"), _("例如:三组入户路硬化。"), least=4, most=40)],
    what: Annotated[str, Asked(_("做什么"), _("要公开的:多长、多宽、谁受益、怎么管护。不写人名。"), rows=2, least=4, most=200)],
    budget: Annotated[str, Asked(_("预算多少元"), least=1, most=16)],
    per_head: Annotated[str, Asked(_("每人筹资多少元"), _("不筹资的写 0。"), least=1, most=12)],
    per_worker: Annotated[int, Asked(_("每个劳动力筹劳几个工日"), _("不筹劳的写 0。"), least=0, most=60)],
    told_on: Annotated[date, Asked(_("哪天起会前公告"), initial=lambda _row, _actor, day: day)],
    reward: Annotated[str, Asked(_("拟申请奖补多少元"), _("一事一议财政奖补;没有的不填。"), most=16)] = "",
):  # fmt: skip
    """Draw up a project (拟方案) and put it up before the meeting. Refused above the year's caps (国办发〔2007〕4号: 限额由省定)."""
    day, fen, head_fen = today(at), money(budget), amount(per_head)
    crosses_nothing(policy.crossed, name, what).or_raise()
    if not head_fen and not per_worker:
        raise Refused(_("筹资、筹劳至少写一样。"))
    rules.is_told_lately(told_on, day).or_raise()
    if fen > MOST:
        raise Refused(_("预算最多 1 亿元。"))
    queries.alone_in(village.pk)
    queries.within_caps(village.pk, day.year, head_fen, per_worker, day).or_raise()
    one = Levy.objects.create(
        village=village, year=day.year, serial=next_serial(Levy.objects.filter(village=village, year=day.year)), name=name.strip(), what=what.strip(), budget_fen=fen, head_fen=head_fen, worker_days=per_worker,
        reward_fen=amount(reward), told_on=told_on, drawn_at=at, drawn_by_id=by.id,
    )  # fmt: skip
    journal.record(act="levy.draw", subject=one, by=by, at=at, area_code=village.pk, fen=fen)
    return one


@act(RELIEFS, "levy_relieve", at="reliefs/new", words=_("登记减免"), done=_("已登记,花名册按它算。"), **KEEPS, may=rules.can_relieve, rank=20, tone="quiet", call=None, because="why somebody is let off may be an illness: it is typed at a page that keeps no draft", lines={"levy.relieve": _("登记筹资筹劳减免")})
def relieve_home(
    levy, *, by, at, home: Annotated[Household, Asked(_("哪一户"), _("自己登记过的改写。五保(特困)户按户册自动免。"), **to_choose(Duty.KEEP_FEES))],
    ground: Annotated[LevyGround, Asked(_("减免情形"), _("只有管收费和核对的人能看,不公开。"))],
    heads: Annotated[int, Asked(_("几个人不筹资"), least=0, most=30)], workers: Annotated[int, Asked(_("几个劳动力不筹劳"), least=0, most=30)],
    words: Annotated[str, Asked(_("说明"), _("是哪几个人、凭什么材料。封存,不公开。"), rows=2, most=200)] = "",
):  # fmt: skip
    """Write down who of a home is let off (减免, 国办发〔2007〕4号 6, 7), and on which ground: sealed. What another wrote down is taken back first."""
    found, before = policy.grounds()[ground], queries.reliefs(levy).filter(home=home).first()
    is_home_of(by, home, Duty.KEEP_FEES).or_raise()
    if home.village_id != levy.village_id:
        raise Refused(NO_HOME)
    rules.may_rewrite(by, before).or_raise()
    if not heads and not workers:
        raise Refused(_("至少写一个人。"))
    if (heads and not found.money) or (workers and not found.labour):
        raise Refused(_("“%(ground)s”不减免这一样:%(source)s。") % {"ground": found.words, "source": found.source})
    LevyRelief.objects.update_or_create(levy=levy, home=home, undone_on=None, defaults={"ground": ground, "heads": heads, "workers": workers, "words": words.strip(), "at": at, "made_by_id": by.id})
    journal.record(act="levy.relieve", subject=levy, by=by, at=at, area_code=levy.village_id)
    return levy


@act(RELIEFS, "levy_unrelieve", at="reliefs/undo", words=_("撤销登记错的减免"), done=_("已撤销,花名册不再减这一户。"), **REVIEWS, may=rules.can_undo_relief, aside=True, rank=30, tone="danger", call=None, because="who is let off may be ill: it is named at a page that keeps no draft", lines={"levy.unrelieve": _("撤销筹资筹劳减免")})
def undo_relief(levy, *, by, at, relief: Annotated[LevyRelief, Asked(_("哪一户的减免"), among=queries.reliefs, within=NO_RELIEF, select=True)]):
    """Take a relief back that was written by mistake (撤销): another hand, before homes are due; it stays as a row."""
    one = queries.reliefs(levy).filter(pk=relief.pk).first()
    if one is None:
        raise Refused(NO_RELIEF)
    rules.may_undo(by, one, at).or_raise()
    LevyRelief.objects.filter(pk=one.pk).update(undone_on=today(at), undone_by=by.id)
    journal.record(act="levy.unrelieve", subject=levy, by=by, at=at, area_code=levy.village_id)
    return levy


@act(LEVIES, "levy_cite", at="cite", words=_("登记会议决定"), done=_("已登记,报乡镇初审。"), **KEEPS, may=rules.can_cite, rank=10, lines={"levy.cite": _("登记筹资筹劳的会议决定")})
def cite_levy(
    levy, *, by, at, item: Annotated[AgendaItem, Asked(_("哪次会议通过"), within=rules.NOT_DECIDED, **searched(rules.items_for, lambda one: f"{one.decided_on} {one.title}"))],
    signed: Annotated[int, Asked(_("会前有多少户签字"), _("逐户征求意见时签字的户数。"), least=1, most=5000)],
):  # fmt: skip
    """Write down which meeting decided on a project (会议决定): valid, signed, by enough, and not before the plan hung its days; no more homes signed than stood on the roll of that day."""
    rules.was_decided(item, levy.village_id).or_raise()
    days = policy.in_force(item.meeting.day).told_days
    if item.meeting.day < levy.told_on + timedelta(days=days):
        raise Refused(_("会前公告至少 %(n)s 天,再开会表决。") % {"n": days})
    levy.item, levy.signed, levy.cited_by_id = item, signed, by.id
    levy.asked = len(queries.lines(levy, item.meeting.day))
    rules.signed_on_the_roll(signed, levy.asked).or_raise()
    try:
        with transaction.atomic():
            journal.move(levy, LEVY, "cite", by=by, at=at, saving=["item", "signed", "asked", "cited_by_id"], area_code=levy.village_id)
    except IntegrityError:
        raise Conflict(TAKEN) from None
    return levy


@act(LEVIES, "levy_check", at="check", words=_("乡镇初审"), done=_("已记下。"), duty=Duty.FILE_DECISIONS, may=rules.can_check, rank=5, lines={"levy.check": _("初审筹资筹劳方案")})
def check_levy(levy, *, by, at, passes: PASSES, words: Opinion):
    """Look at a project for the township (初审): the decision is asked once more; passed on to the county, or sent back and not done."""
    if not passes:
        return _dropped(levy, words, by=by, at=at)
    rules.was_decided(levy.item, levy.village_id).or_raise()
    levy.checked_on, levy.check_words, levy.checked_by_id = today(at), words.strip(), by.id
    journal.move(levy, LEVY, "check", by=by, at=at, saving=["checked_on", "check_words", "checked_by_id"], area_code=levy.village_id)
    return levy


@act(LEVIES, "levy_approve", at="approve", words=_("县里复审"), done=_("已记下。"), duty=Duty.APPROVE_LEVIES, may=rules.can_approve, rank=5, lines={"levy.approve": _("复审筹资筹劳方案")})
def approve_levy(levy, *, by, at, passes: PASSES, words: Opinion):
    """Look at a project for the county (复审): the caps of this day are asked once more."""
    if not passes:
        return _dropped(levy, words, by=by, at=at)
    queries.alone_in(levy.village_id)
    queries.within_caps(levy.village_id, levy.year, levy.head_fen, levy.worker_days, today(at), apart=levy.pk).or_raise()
    levy.approved_on, levy.approve_words, levy.approved_by_id = today(at), words.strip(), by.id
    journal.move(levy, LEVY, "approve", by=by, at=at, saving=["approved_on", "approve_words", "approved_by_id"], area_code=levy.village_id)
    return levy


@act(LEVIES, "levy_charge", at="charge", words=_("核对花名册,开始收"), done=_("已开始,可以收款、记出工。"), **REVIEWS, may=rules.can_charge, rank=5, lines={"levy.charge": _("筹资筹劳开始收")})
def charge_levy(levy, *, by, at):
    """Let a project be due (开始收): approved, its decision hung its days and every objection was answered, no more is asked than it costs, nor in this year than its caps allow, whenever it was drawn up."""
    day = today(at)
    rules.was_decided(levy.item, levy.village_id).or_raise()
    rules.stood_its_days(levy, day).or_raise()
    queries.alone_in(levy.village_id)
    queries.within_caps(levy.village_id, day.year, levy.head_fen, levy.worker_days, day, apart=levy.pk).or_raise()
    found = queries.lines(levy, day)
    told = queries.sums(found)
    if told["due_fen"] > levy.budget_fen:
        raise Refused(_("照花名册要筹的钱比预算还多,方案要改。"))
    for name, n in (told | {"charged_on": day, "charged_by_id": by.id}).items():
        setattr(levy, name, n)
    journal.move(levy, LEVY, "charge", by=by, at=at, saving=[*told, "charged_on", "charged_by_id"], area_code=levy.village_id, homes=levy.homes, fen=levy.due_fen)
    LevyShare.objects.bulk_create([LevyShare(levy=levy, village_id=levy.village_id, home=one.home, heads=one.heads, workers=one.workers, due_fen=one.fen, due_days=one.days) for one in found])
    return levy


@act(LEVIES, "levy_accept", at="accept", words=_("验收合格"), done=_("已验收,上公开栏。"), **REVIEWS, may=rules.can_accept, rank=30, lines={"levy.accept": _("一事一议项目验收")})
def accept_levy(
    levy, *, by, at, words: Annotated[str, Asked(_("验收情况"), _("做成了什么、和方案一样不一样。要公开的,不写人名。"), rows=2, least=4, most=200)],
    reward: Annotated[str, Asked(_("到账奖补多少元"), _("没有到账的不填。"), most=16)] = "",
):  # fmt: skip
    """Accept what was built (验收), with the reward that came (一事一议奖补)."""
    crosses_nothing(policy.crossed, words).or_raise()
    levy.done_on, levy.done_words, levy.reward_came_fen, levy.accepted_by_id = today(at), words.strip(), amount(reward), by.id
    journal.move(levy, LEVY, "accept", by=by, at=at, saving=["done_on", "done_words", "reward_came_fen", "accepted_by_id"], area_code=levy.village_id)
    return levy


@act(LEVIES, "levy_drop", at="drop", words=_("这个方案不办"), done=_("已记下。"), **KEEPS, may=rules.can_drop, aside=True, rank=40, tone="danger", lines={"levy.drop": _("筹资筹劳方案不办")})
def drop_levy(levy, *, by, at, words: Annotated[str, Asked(_("原因"), least=2, most=120)]):
    """Give a project up before anybody owes anything (不办)."""
    return _dropped(levy, words, by=by, at=at)


def _dropped(levy, words, *, by, at):
    levy.reason = words.strip()
    journal.move(levy, LEVY, "drop", by=by, at=at, saving=["reason"], area_code=levy.village_id)
    return levy
