"""The acts of the yearly review: opened on a meeting that was held, ballots counted by one and looked at by another, a grade proposed by a meeting and looked at, told to the member; and each reading."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import only
from wanjia.verdict import Conflict

from ..bodies.commands import day_of
from ..branch import queries as branch
from ..duties import Duty
from ..models import BranchActivity, BranchReview, BranchRoll, GoverningBody, GradeSetAside, ReviewedMember
from ..review_states import REVIEWED as MACHINE
from ..review_states import Grade, OwnWord
from . import queries, rules
from .subjects import REVIEWED, REVIEWS

KEEPS = {"duty": Duty.KEEP_BRANCH, "call": None, "because": "members are reviewed by people of the branch, at a screen; nothing of it is sent to or taken by a program"}
OPENED = _("这个支部这一年的票已经录过:一年评议一次。")
Sheets = Annotated[int, Asked(_("发出测评票"), _("张数。到会的每人一张,一张上写全部党员。"), least=1, most=999, initial=lambda one, *_rest: one and one.ballots_out)]
Back = Annotated[int, Asked(_("收回"), _("张数。"), most=999, initial=lambda one, *_rest: one and one.ballots_back)]
Spoilt = Annotated[int, Asked(_("其中作废"), most=999, initial=lambda one, *_rest: one and one.ballots_spoilt)]


@act(REVIEWS, "review_new", at="new", words=_("录民主评议的票"), done=_("已登记。逐个党员录入票数。"), **KEEPS, may=rules.keeps, new=True, lines={"branch_review.open": _("登记民主评议测评票")})
def open_review(
    *, by, at,
    activity: Annotated[BranchActivity, Asked(_("哪一次民主评议会"), _("开过、已经核对的。"), among=rules.unreviewed, initial=only(rules.unreviewed), within=_("选一次开过、已经核对、这一年还没有录过票的民主评议会。"))],
    ballots_out: Sheets,
    ballots_back: Back,
    ballots_spoilt: Spoilt = 0,
):  # fmt: skip
    """Open the review of a meeting that was held and looked at: a row for each member on its roll, numbers of paper ballots alone."""
    rules.add_up(activity, ballots_out, ballots_back, ballots_spoilt).or_raise()
    GoverningBody.objects.select_for_update(no_key=True).get(pk=activity.body_id)  # of two meetings of a year one is reviewed
    if not rules.unreviewed(None, by, today(at)).filter(pk=activity.pk).exists():
        raise Conflict(OPENED)
    one = BranchReview.objects.create(
        activity=activity, ballots_out=ballots_out, ballots_back=ballots_back, ballots_spoilt=ballots_spoilt, ballots_by_id=by.id, opened_at=at, opened_by_id=by.id,
    )  # fmt: skip
    votes = {row.member: row.votes for row in BranchRoll.objects.filter(activity=activity).select_related("member__person")}
    ReviewedMember.objects.bulk_create([ReviewedMember(review=one, serial=n, member=member, votes=votes[member]) for n, member in enumerate(branch.in_order(votes), 1)])
    journal.record(act="branch_review.open", subject=one, by=by, at=at, area_code=activity.body.area_id)
    return one


@act(REVIEWS, "review_ballots", at="ballots", words=_("改发出、收回的票数"), done=_("已改。"), **KEEPS, may=rules.can_fix, aside=True, tone="quiet", lines={"branch_review.ballots": _("改测评票张数")})
def fix_ballots(branch_review, *, by, at, ballots_out: Sheets, ballots_back: Back, ballots_spoilt: Spoilt = 0):
    """Write the numbers of sheets once more, which were written down wrongly; what was counted by more sheets than count has to be counted again."""
    rules.add_up(branch_review.activity, ballots_out, ballots_back, ballots_spoilt).or_raise()
    rules.may_fix(by, branch_review).or_raise()
    branch_review.ballots_out, branch_review.ballots_back, branch_review.ballots_spoilt = ballots_out, ballots_back, ballots_spoilt
    for row in branch_review.rows.all():
        rules.fits(row, [n for _words, n in queries.tally(row)]).or_raise()
    branch_review.ballots_by_id, branch_review.version = by.id, branch_review.version + 1
    branch_review.save(update_fields=["ballots_out", "ballots_back", "ballots_spoilt", "ballots_by", "version"])
    journal.record(act="branch_review.ballots", subject=branch_review, by=by, at=at, area_code=branch_review.activity.body.area_id)
    return branch_review


@act(REVIEWS, "review_look", at="look", words=_("核对票数"), done=_("已核对。自己的、自己录的,还要另一个人核对。"), **KEEPS, may=rules.can_look, rank=10, lines={"branch_review.look": _("核对民主评议票数"), "reviewed_member.look": _("核对票数")})
def look_at_counts(branch_review, *, by, at):
    """Look at what another counted, beside the paper ballots (核对): all rows but the actor's own, each opened as it stands."""
    rows = rules.to_look(by, branch_review)
    rules.have_opened(by, rows).or_raise()
    for row in rows:
        row.looked_by_id = by.id
        journal.move(row, MACHINE, "look", by=by, at=at, saving=["looked_by"], area_code=branch_review.activity.body.area_id)
    journal.record(act="branch_review.look", subject=branch_review, by=by, at=at, area_code=branch_review.activity.body.area_id, n=len(rows))
    return branch_review


@act(REVIEWED, "reviewed_read", words=_("打开评议"), **KEEPS | {"because": "its page opens it, and each opening is written down"}, may=rules.can_read, reads=True, page=False, button=False, lines={"reviewed_member.read": _("打开党员评议")})
def read_reviewed(reviewed_member, *, by, at):
    """Journal that a member's review is opened, before the page is sent; returns the row."""
    journal.record_reading(act="reviewed_member.read", subject=reviewed_member, by=by, at=at, reason=_("民主评议党员"), area_code=reviewed_member.review.activity.body.area_id, serial=reviewed_member.serial)
    return reviewed_member


@act(REVIEWED, "reviewed_count", at="count", words=_("录入测评票"), done=_("已录入,等另一个人核对。"), **KEEPS, may=rules.can_count, rank=10, lines={"reviewed_member.count": _("录入测评票")})
def count_member(
    reviewed_member, *, by, at,
    own_word: Annotated[OwnWord, Asked(_("个人自评"), _("说了什么不在这里登记。"))],
    excellent: Annotated[int, Asked(_("优秀票"), most=999)] = 0,
    qualified: Annotated[int, Asked(_("合格票"), most=999)] = 0,
    basic: Annotated[int, Asked(_("基本合格票"), most=999)] = 0,
    failed: Annotated[int, Asked(_("不合格票"), most=999)] = 0,
):  # fmt: skip
    """Write down how many ballots said which grade of a member: numbers under a seal, no ballot by name."""
    votes = (excellent, qualified, basic, failed)
    rules.fits(reviewed_member, votes).or_raise()
    reviewed_member.own_word, reviewed_member.tally, reviewed_member.counted_by_id = own_word, queries.sealed_tally(votes), by.id
    journal.move(reviewed_member, MACHINE, "count", by=by, at=at, saving=["own_word", "tally", "counted_by"], area_code=reviewed_member.review.activity.body.area_id)
    return reviewed_member


@act(REVIEWED, "reviewed_propose", at="propose", words=_("登记支部提出的等次"), done=_("已登记,等另一个人对着会议记录核对。"), **KEEPS, may=rules.can_propose, rank=20, lines={"reviewed_member.propose": _("登记党员评议等次")})
def propose_grade(
    reviewed_member, *, by, at,
    proposed_in: Annotated[BranchActivity, Asked(_("哪次会议提出"), _("支部委员会会议或者党员大会,开过、已经核对。"), among=rules.meetings_for, initial=only(rules.meetings_for), within=_("选评议当天或者以后开过、已经核对的支部委员会会议、党员大会。"), shown=str)],
    grade: Annotated[Grade, Asked(_("评定等次"), _("密封保存,列表里不写。"))],
    words: Annotated[str, Asked(_("评定意见"), _("密封保存。基本合格、不合格、不定等次的要写。"), rows=3, most=300)] = "",
):  # fmt: skip
    """Write down which grade a meeting proposed by the ballots and by what the member did (提出评定意见): sealed, none of it in the journal."""
    rules.proposable(reviewed_member, grade, words).or_raise()
    reviewed_member.proposed_in, reviewed_member.grade, reviewed_member.words = proposed_in, grade, words.strip()
    reviewed_member.proposed_at, reviewed_member.proposed_by_id = at, by.id
    saving = ["proposed_in", "grade", "words", "proposed_at", "proposed_by"]
    journal.move(reviewed_member, MACHINE, "propose", by=by, at=at, saving=saving, area_code=reviewed_member.review.activity.body.area_id)
    return reviewed_member


@act(REVIEWED, "reviewed_decide", at="decide", words=_("核对等次"), done=_("已核对,向本人反馈。"), **KEEPS, may=rules.can_decide, rank=15, lines={"reviewed_member.decide": _("核对党员评议等次")})
def decide_grade(
    reviewed_member, *, by, at,
    township: Annotated[str, Asked(_("乡镇党委的意见"), _("不合格的才写:哪天、什么意见。密封保存。"), rows=2, most=200)] = "",
    mend_by: Annotated[date | None, Asked(_("限期改正到哪天"), _("不合格的才写。"))] = None,
):  # fmt: skip
    """Look at the grade as the second hand, beside the meeting's record; who is 不合格 has until a day to mend, after the township committee's word."""
    rules.has_opened(by, reviewed_member).or_raise()
    rules.mending(reviewed_member, township, mend_by, today(at)).or_raise()
    reviewed_member.township, reviewed_member.mend_by, reviewed_member.decided_by_id = township.strip(), mend_by.isoformat() if mend_by else "", by.id
    journal.move(reviewed_member, MACHINE, "decide", by=by, at=at, saving=["township", "mend_by", "decided_by"], area_code=reviewed_member.review.activity.body.area_id)
    return reviewed_member


@act(REVIEWED, "reviewed_tell", at="tell", words=_("登记反馈本人"), done=_("已登记。"), **KEEPS, may=rules.can_tell, rank=40, lines={"reviewed_member.tell": _("党员评议反馈本人")})
def tell_member(reviewed_member, *, by, at, told_on: Annotated[date, Asked(_("哪天反馈"), _("当面说,评议表请本人签字。"), initial=day_of)]):
    """Write down that the member was told what the branch found (反馈): each alone."""
    rules.told_in_time(reviewed_member, told_on, today(at)).or_raise()
    reviewed_member.told_on, reviewed_member.told_by_id = told_on, by.id
    journal.move(reviewed_member, MACHINE, "tell", by=by, at=at, saving=["told_on", "told_by"], area_code=reviewed_member.review.activity.body.area_id)
    return reviewed_member


@act(REVIEWED, "reviewed_set_aside", at="set-aside", words=_("作废等次"), done=_("已作废,留在历史里。支部重新提出,另一个人核对,再反馈本人。"), **KEEPS, may=rules.can_set_aside, aside=True, rank=90, tone="danger", lines={"reviewed_member.set_aside": _("作废党员评议等次")})
def set_grade_aside(reviewed_member, *, by, at, reason: Annotated[str, Asked(_("为什么作废"), _("错在哪里。密封保存。"), least=5, rows=2, most=200)]):
    """Set a grade aside that was looked at and is wrong (作废): a third hand, with a reason; it stays in history as it stood, another may be proposed, and the member is told anew."""
    one = reviewed_member
    rules.has_seen_decided(by, one).or_raise()
    stood = {name: getattr(one, name) for name in ("grade", "words", "township", "mend_by", "proposed_in", "proposed_by_id", "decided_by_id", "told_on")}
    GradeSetAside(row=one, reason=reason.strip(), set_aside_at=at, set_aside_by_id=by.id, **stood).save(force_insert=True)
    one.grade = one.words = one.township = one.mend_by = ""
    one.proposed_in = one.proposed_at = one.proposed_by_id = one.decided_by_id = one.told_on = one.told_by_id = None
    saving = ["grade", "words", "township", "mend_by", "proposed_in", "proposed_at", "proposed_by", "decided_by", "told_on", "told_by"]
    journal.move(one, MACHINE, "set_aside", by=by, at=at, saving=saving, area_code=one.review.activity.body.area_id)
    return one
