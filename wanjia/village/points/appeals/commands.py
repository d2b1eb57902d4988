"""The acts of appeals: written down for a home, answered by somebody who had no hand in the line; upheld, the line is reversed or claimed anew by two hands."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import searched
from wanjia.orgs.models import User
from wanjia.registry.models import Household
from wanjia.verdict import Conflict

from ...bodies.homes import is_home_of, to_choose
from ...booking import queries as book_of
from ...booking import rules as book_rules
from ...booking.commands import book
from ...bylaws import citing
from ...duties import Duty
from ...models import PointAppeal, PointClaim, PointItem
from ...point_states import APPEAL, ClaimState, EntryKind
from .. import rules as points
from ..queries import is_claimed_elsewhere, words_of_item
from ..subjects import CLAIMS
from . import queries, rules
from .subjects import APPEALS

KEEPS, REVIEWS = {"duty": Duty.KEEP_POINTS}, {"duty": Duty.REVIEW_POINTS}
WORDS = Asked(_("本户怎么说"), _("当面说的、写条子来的都一样,照原话记。"), rows=2, least=4, most=200)
OWNER = Asked(_("谁来答复"), _("没有申报、审核过这一件的人。五个工作日内答复。"), named=lambda *_asked: User.objects.filter(is_active=True), **searched(queries.answerers, lambda one: one.name))
TOLD = {"point_appeal.tell": _("登记积分申诉")}
CLAIMED = _("这一户这一天的这一条已经另外申报,照那一件办。")


def _told(claim, home, owner, posted_on, words, *, by, at, **facts):
    rules.may_own(owner, home.village_id, rules.hands(claim, by.id), at).or_raise()
    said = {"words": words.strip(), "posted_on": posted_on, "told_on": today(at), "due_on": rules.due_day(today(at))}
    try:
        with transaction.atomic():
            one = PointAppeal.objects.create(village_id=home.village_id, home=home, claim=claim, owner=owner, **said, told_at=at, told_by_id=by.id, **facts)
    except IntegrityError:
        raise Conflict(rules.ONCE) from None
    journal.record(act="point_appeal.tell", subject=one, by=by, at=at, area_code=one.village_id, due=one.due_on)
    return one


@act(CLAIMS, "claim_appeal", at="appeal", words=_("登记本户申诉"), done=_("已登记,交给了另一个人答复。"), **KEEPS, may=rules.can_appeal, aside=True, rank=40, tone="quiet", lines=TOLD,
     then=lambda _request, _row, one: queries.page_of(one))  # fmt: skip
def appeal_line(point_claim, *, by, at, words: Annotated[str, WORDS], owner: Annotated[User, OWNER]):
    """Write down that a home appeals against a line that was booked or refused (申诉), for one person to answer. Returns the PointAppeal."""
    return _told(point_claim, point_claim.home, owner, rules.begun(point_claim), words, by=by, at=at)


@act(APPEALS, "appeal_new", at="new", words=_("登记漏记的申诉"), done=_("已登记,交给了另一个人答复。"), **KEEPS, may=points.keeps, new=True, lines=TOLD)
def appeal_absence(
    *, by, at,
    home: Annotated[Household, Asked(_("哪一户"), **to_choose(Duty.KEEP_POINTS))],
    item: Annotated[PointItem, Asked(_("按哪一条"), within=_("这一条不是现行的细则。"), **searched(points.items_for, words_of_item))],
    day: Annotated[date, Asked(_("哪天做的"))],
    posted_on: Annotated[date, Asked(_("哪天的公示里没有"))],
    words: Annotated[str, WORDS],
    owner: Annotated[User, OWNER],
):  # fmt: skip
    """Write down that a deed of a home stands on no board (漏记), for one person to answer. Returns the PointAppeal."""
    is_home_of(by, home, Duty.KEEP_POINTS).or_raise()
    points.is_of(item, home).or_raise()
    rules.was_posted(home.village_id, posted_on).or_raise()
    rules.in_time(posted_on, today(at)).or_raise()
    points.is_lately(day, posted_on).or_raise()
    points.held_on(item, day).or_raise()
    citing.governs(item.scheme.cites, day).or_raise()
    points.keeps_the_lines(words, today(at)).or_raise()
    if PointClaim.objects.filter(home=home, item=item, day=day).exists() or is_claimed_elsewhere(home, item, day):
        raise Conflict(_("这一件申报过,到那一件上登记异议或者申诉。"))
    return _told(None, home, owner, posted_on, words, by=by, at=at, item=item, day=day)


@act(APPEALS, "appeal_answer", at="answer", words=_("答复申诉"), done=_("已答复,请告诉这一户。"), **REVIEWS, may=rules.can_answer, rank=10,
     lines={"point_appeal.uphold": _("积分申诉成立"), "point_appeal.reject": _("积分申诉不成立")})  # fmt: skip
def answer_appeal(
    point_appeal, *, by, at,
    upheld: Annotated[bool, Asked(_("成立吗"), answers=(_("成立:记了的冲正,没有记的重新申报"), _("不成立")))],
    answer: Annotated[str, Asked(_("答复"), _("查了什么、结果怎样。这句话要告诉这一户。"), rows=2, least=4, most=120)],
):  # fmt: skip
    """Answer an appeal (答复). Upheld: what was booked is reversed, what was refused or is missing is claimed anew, for another hand to look at and put up."""
    point_appeal.answer, point_appeal.answered_on, point_appeal.answered_by_id = answer.strip(), today(at), by.id
    claim = point_appeal.claim
    if upheld and claim is not None and claim.state == ClaimState.BOOKED:
        _reversed(claim, answer.strip(), by=by, at=at)
    elif upheld:
        point_appeal.redone = _claimed_anew(point_appeal, claim, by=by, at=at)
    journal.move(point_appeal, APPEAL, "uphold" if upheld else "reject", by=by, at=at, saving=["answer", "answered_on", "answered_by_id", "redone_id"], area_code=point_appeal.village_id)
    return point_appeal


def _reversed(claim, words, *, by, at):
    """Reverse the booking of a line, where nobody did meanwhile."""
    book_of.alone_in(claim.village_id)
    entry = claim.entry
    if not hasattr(entry, "reversed_by"):
        book_rules.not_lapsed(entry).or_raise()
        book(EntryKind.REVERSAL, claim.home, -claim.points, reverses=entry, words=words, by=by, at=at)
        journal.record(act="points.reverse", subject=entry, by=by, at=at, area_code=claim.village_id, points=claim.points)


def _claimed_anew(appeal, claim, *, by, at):
    """Claim the deed as whoever wrote the appeal down did: another hand looks at it and puts it up. What the home said stays in its appeal: a claim hangs on the board, and says what its clause says."""
    item, day, words = (claim.item, claim.day, claim.words) if claim else (appeal.item, appeal.day, appeal.item.words)
    if is_claimed_elsewhere(appeal.home, item, day):
        raise Conflict(CLAIMED)
    try:
        with transaction.atomic():
            one = PointClaim.objects.create(
                village_id=appeal.village_id, home=appeal.home, item=item, points=item.points, day=day, words=words, proposed_at=at, proposed_by_id=appeal.told_by_id,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(CLAIMED) from None
    journal.record(act="point_claim.propose", subject=one, by=by, at=at, area_code=one.village_id, points=one.points)
    return one
