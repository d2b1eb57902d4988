"""The acts of points: rules drawn up and adopted; a deed claimed, looked at, put up, objected to, answered; booked by the clock."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.fields import searched
from wanjia.orgs.models import Area
from wanjia.orgs.serials import next_serial
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.policy import points as policy
from wanjia.registry.models import Household
from wanjia.verdict import Conflict, Refused

from ..bodies.homes import NO_HOME, asked_village, homes_in, to_choose
from ..booking import queries as book_of
from ..booking.commands import book
from ..bylaw_states import BylawKind
from ..bylaws import citing
from ..duties import Duty
from ..models import BylawClause, PointClaim, PointItem, PointObjection, PointScheme
from ..point_states import CLAIM, SCHEME, EntryKind, Head, SchemeState
from . import queries, rules
from .subjects import CLAIMS, SCHEMES

CLAIMED = _("这一户这一天的这一条已经申报过。")
KEEPS, REVIEWS = {"duty": Duty.KEEP_POINTS}, {"duty": Duty.REVIEW_POINTS}


@act(SCHEMES, "scheme_new", at="new", words=_("拟积分办法"), done=_("已建好,接着写细则。"), **KEEPS, may=rules.keeps, new=True, lines={"point_scheme.draw": _("拟积分办法")})
def draw_scheme(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_POINTS)],
    fen: Annotated[int, Asked(_("1 个积分值几分钱"), _("值 1 元的写 100。兑换物品要几个积分照它的价钱算,超市不另定。"), initial=100)],
    cover: Annotated[int, Asked(_("积分总额最多占货值的百分之几"), _("各户手里的积分加起来,不超过超市货架上的东西。"), least=1, initial=100)] = 100,
    lapse_years: Annotated[int, Asked(_("记分后第几年年底过期"), _("会议定了积分会过期的写:1 是第二年年底。0 是一直有效。"), most=9, initial=0)] = 0,
    cites: Annotated[BylawClause | None, citing.asked(Duty.KEEP_POINTS, BylawKind.POINTS)] = None,
    resolved: Annotated[str, Asked(_("哪次会议通过"), _("没有引用制度的写。例如:2026 年第四季度村民代表会议第 3 项。"), most=120)] = "",
    resolved_on: Annotated[date | None, Asked(_("会议日期"))] = None,
):  # fmt: skip
    """Draw up a version of the rules (拟积分办法), by a clause of a by-law in force, or as a meeting adopted them; in force only when another has looked at it."""
    cover, lapse_years = 100 if cover is None else cover, lapse_years or 0  # a page leaves them empty
    edition = policy.in_force(today(at))
    if not edition.least_fen <= fen <= edition.most_fen:
        raise Refused(_("1 个积分要值 %(least)s 到 %(most)s 分钱。") % {"least": edition.least_fen, "most": edition.most_fen})
    if cover > edition.most_cover:
        raise Refused(_("积分总额最多占货值的百分之 %(most)s。") % {"most": edition.most_cover})
    citing.may_cite(cites, village.pk, BylawKind.POINTS, today(at)).or_raise()
    resolved, resolved_on = citing.basis(cites, resolved, resolved_on, at)
    try:
        with transaction.atomic():
            one = PointScheme.objects.create(
                village=village, serial=next_serial(PointScheme.objects.filter(village=village)), fen=fen, cover=cover, lapse_years=lapse_years, cites=cites, resolved=resolved, resolved_on=resolved_on, drawn_at=at, drawn_by_id=by.id,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(_("这个村已经有一版待启用的办法。")) from None
    journal.record(act="point_scheme.draw", subject=one, by=by, at=at, area_code=village.pk, fen=fen, cover=cover, lapse_years=lapse_years)
    return one


@act(SCHEMES, "clause_new", at="clauses/new", words=_("写一条细则"), done=_("已写好。"), **KEEPS, may=rules.can_draft, rank=10, lines={"point_scheme.clause": _("写积分细则")})
def write_clause(
    point_scheme, *, by, at,
    clause: Annotated[int, Asked(_("第几条"), _("同号的改写。"), least=1, most=99, initial=queries.next_clause)],
    head: Annotated[Head, Asked(_("积分类别"))],
    words: Annotated[str, Asked(_("做了什么"), _("例如:参加一次人居环境清扫。"), least=4, most=120)],
    points: Annotated[int, Asked(_("几分"), least=1)],
):  # fmt: skip
    """Write a clause (积分细则), or rewrite the one of this number. Refused where it crosses a red line."""
    most = policy.in_force(today(at)).most_points
    if points > most:
        raise Refused(_("一条最多 %(n)s 分。") % {"n": most})
    rules.keeps_the_lines(words, today(at)).or_raise()
    PointItem.objects.update_or_create(scheme=point_scheme, clause=clause, defaults={"head": head, "words": words.strip(), "points": points})
    journal.record(act="point_scheme.clause", subject=point_scheme, by=by, at=at, area_code=point_scheme.village_id, clause=clause, points=points)
    return point_scheme


@act(SCHEMES, "scheme_adopt", at="adopt", words=_("核对决议,启用"), done=_("已启用,上一版到昨天为止。"), **REVIEWS, may=rules.can_adopt, rank=20, lines={"point_scheme.adopt": _("启用积分办法"), "point_scheme.end": _("积分办法被新办法替代")})
def adopt_scheme(point_scheme, *, by, at):
    """Put a version in force from today (启用); the one before ends. Points that homes hold stay what they are, and are worth no less."""
    before = PointScheme.objects.select_for_update(of=("self",)).filter(village_id=point_scheme.village_id, state=SchemeState.IN_FORCE).first()
    book_of.alone_in(point_scheme.village_id)
    citing.still_stands(point_scheme.cites, today(at)).or_raise()
    queries.keeps_its_word(point_scheme, before).or_raise()
    if before is not None:
        before.to_on = today(at)
        journal.move(before, SCHEME, "end", by=by, at=at, saving=["to_on"], area_code=before.village_id)
    point_scheme.from_on, point_scheme.adopted_at, point_scheme.adopted_by_id = today(at), at, by.id
    journal.move(point_scheme, SCHEME, "adopt", by=by, at=at, saving=["from_on", "adopted_at", "adopted_by_id"], area_code=point_scheme.village_id)
    return point_scheme


@act(SCHEMES, "scheme_drop", at="drop", words=_("这一版不用"), done=_("已记下。"), **KEEPS, may=rules.can_draft, aside=True, rank=30, tone="danger", lines={"point_scheme.drop": _("积分办法不用")})
def drop_scheme(point_scheme, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Drop a version that is not in force (不用)."""
    journal.move(point_scheme, SCHEME, "drop", by=by, at=at, area_code=point_scheme.village_id, reason=reason.strip())
    return point_scheme


@act(CLAIMS, "claim_new", at="new", words=_("申报积分"), done=_("已记下,等另一个人审核。"), **KEEPS, may=rules.keeps, new=True, lines={"point_claim.propose": _("申报积分")})
def propose_points(
    *, by, at,
    home: Annotated[Household, Asked(_("哪一户"), **to_choose(Duty.KEEP_POINTS))],
    item: Annotated[PointItem, Asked(_("按哪一条"), within=_("这一条不是现行的细则。"), **searched(rules.items_for, queries.words_of_item))],
    day: Annotated[date, Asked(_("哪天"), initial=lambda _row, _actor, day: day)],
    words: Annotated[str, Asked(_("做了什么"), _("写事和地点;孩子不写姓名,分记在户上。"), least=4, most=120)],
):  # fmt: skip
    """Write down a deed for which a home is due points (申报): by the home itself, its group's head, or whoever saw it, through the clerk. A deed is claimed once."""
    if not homes_in(by, Duty.KEEP_POINTS).filter(pk=home.pk).exists() or home.village_id != item.scheme.village_id:
        raise Refused(NO_HOME)
    rules.is_lately(day, today(at)).or_raise()
    rules.held_on(item, day).or_raise()
    citing.governs(item.scheme.cites, day).or_raise()
    rules.keeps_the_lines(words, today(at)).or_raise()
    if queries.is_claimed_elsewhere(home, item, day):
        raise Conflict(CLAIMED)
    try:
        with transaction.atomic():
            one = PointClaim.objects.create(village_id=home.village_id, home=home, item=item, points=item.points, day=day, words=words.strip(), proposed_at=at, proposed_by_id=by.id)
    except IntegrityError:
        raise Conflict(CLAIMED) from None
    journal.record(act="point_claim.propose", subject=one, by=by, at=at, area_code=one.village_id, points=one.points)
    return one


@act(CLAIMS, "claim_post", at="post", words=_("审核通过,公示"), done=_("已公示,期满没有异议自动记分。"), **REVIEWS, may=rules.can_post, rank=10, lines={"point_claim.post": _("审核积分,公示")})
def post_claim(point_claim, *, by, at):
    """Put a claim on the board (公示). Refused where homes would hold more points than the shelves can answer for."""
    book_of.alone_in(point_claim.village_id)
    scheme = queries.in_force(point_claim.village_id)
    left = queries.left(scheme) if scheme else 0
    if point_claim.points > left:
        raise Refused(_("货架上的东西只够再发 %(n)s 分。先进货,再公示。") % {"n": max(0, left)})
    point_claim.posted_on, point_claim.until_on, point_claim.posted_by_id = today(at), queries.last_day(today(at)), by.id
    journal.move(point_claim, CLAIM, "post", by=by, at=at, saving=["posted_on", "until_on", "posted_by_id"], area_code=point_claim.village_id)
    return point_claim


@act(CLAIMS, "claim_refuse", at="refuse", words=_("不记分"), done=_("已记下,请把原因告诉这一户。"), **REVIEWS, may=rules.can_refuse, rank=30, tone="quiet", lines={"point_claim.refuse": _("不记分")})
def refuse_claim(point_claim, *, by, at, reason: Annotated[str, Asked(_("为什么不记分"), _("这句话要告诉这一户。"), least=4, most=120)]):
    """Give no points for this (不记分), with a reason that the home is told."""
    _refused(point_claim, reason.strip(), by=by, at=at)
    return point_claim


def _refused(claim, reason, *, by, at):
    claim.reason, claim.refused_on, claim.refused_by_id = reason, today(at), by.id
    journal.move(claim, CLAIM, "refuse", by=by, at=at, saving=["reason", "refused_on", "refused_by_id"], area_code=claim.village_id)


@act(CLAIMS, "claim_object", at="object", words=_("登记异议"), done=_("已登记,答复以前不记分。"), **KEEPS, may=rules.can_object, rank=20, lines={"point_claim.object": _("登记积分异议")})
def object_to_claim(point_claim, *, by, at, words: Annotated[str, Asked(_("怎么说"), _("照原话记,不写提的人是谁。"), rows=2, least=4, most=200)]):
    """Write down what somebody says against a claim on the board (异议): who said so stands nowhere."""
    PointObjection.objects.create(claim=point_claim, told_on=today(at), words=words.strip(), told_at=at, told_by_id=by.id)
    journal.record(act="point_claim.object", subject=point_claim, by=by, at=at, area_code=point_claim.village_id)
    return point_claim


@act(CLAIMS, "claim_answer", at="answer", words=_("答复异议"), done=_("已答复。"), **REVIEWS, may=rules.can_answer, rank=5, lines={"point_claim.answer": _("答复积分异议")})
def answer_point_objection(
    point_claim, *, by, at,
    objection: Annotated[PointObjection, Asked(_("哪一条异议"), among=queries.objections_open, named=queries.objections_of, shown=lambda one: one.words)],
    upheld: Annotated[bool, Asked(_("成立吗"), answers=(_("成立,不记分"), _("不成立,期满记分")))],
    answer: Annotated[str, Asked(_("答复"), _("查了什么、结果怎样。"), rows=2, least=4, most=200)],
):  # fmt: skip
    """Answer an objection (答复): upheld, no points are given; else the claim is booked when its days are over."""
    values = {"upheld": upheld, "answer": answer.strip(), "answered_on": today(at), "answered_by": by.id}
    if not PointObjection.objects.filter(pk=objection.pk, claim=point_claim, upheld=None).update(**values):
        raise Conflict()
    if upheld:
        _refused(point_claim, str(_("公示异议成立")), by=by, at=at)
    journal.record(act="point_claim.answer", subject=point_claim, by=by, at=at, area_code=point_claim.village_id, upheld=upheld)
    return point_claim


@command("village.book_points")
def book_points(*, by, at):
    """Book every claim whose days on the board are over and that nobody objects to. Returns how many. The clock's alone."""
    if by is not CLOCK:
        raise Refused(_("公示期满由系统记分,不由人代记。"))
    n = 0
    for pk, village in list(queries.due(today(at)).order_by("until_on", "pk").values_list("pk", "village_id")):
        book_of.alone_in(village)
        claim = PointClaim.objects.select_for_update(of=("self",), no_key=True).select_related("home").get(pk=pk)
        if not queries.due(today(at)).filter(pk=pk).exists():
            continue  # somebody objected, or it was refused, while this waited
        journal.move(claim, CLAIM, "book", by=by, at=at, area_code=village, points=claim.points)
        book(EntryKind.AWARD, claim.home, claim.points, claim=claim, by=by, at=at)
        n += 1
    return n


def watch(at):
    """Book what is due: with the day's sweep."""
    book_points(by=CLOCK, at=at)


