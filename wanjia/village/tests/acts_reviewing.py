"""How the acts of the yearly review of members are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import User
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..branch_states import ActivityState
from ..models import GradeSetAside, ReviewedMember
from ..review_states import ReviewedState
from ..reviewing import rules
from ..reviewing.commands import count_member, propose_grade, read_reviewed, set_grade_aside
from . import branch_factories as made
from .acts_branch import BOTH, ELSEWHERE, NO_KEEP, TOMORROW, afar, same_name
from .branch_factories import by
from .factories import DAY

KEEPS = {NO_KEEP: Felt(by="visitor"), ELSEWHERE: Felt(by=afar)}
OWN = "自己的评议自己不能录、核对、评定、反馈,请另一个人办。"
S = ReviewedState


def opening(world):
    """A meeting was held and looked at."""
    return {"activity": made.activity(world, ActivityState.CHECKED, kind="appraisal"), "ballots_out": 7, "ballots_back": 6, "ballots_spoilt": 1}


def of_review(world, state=S.DUE, **facts):
    """The review of a meeting, one member's row so far."""
    return {"branch_review_id": made.reviewed(world, state).review_id} | facts


def of_row(world, state=S.DUE, **facts):
    """A member's row, so far."""
    return {"reviewed_member_id": made.reviewed(world, state).pk} | facts


def counting(world, **facts):
    """The ballots of a member are counted."""
    return of_row(world, own_word="in_writing", excellent=1, qualified=4, basic=1, failed=0) | facts


def proposing(world, n=3, **facts):
    """The meeting proposed a grade."""
    one = made.reviewed(world, S.LOOKED, n)
    return {"reviewed_member_id": one.pk, "proposed_in": one.review.activity, "grade": "qualified", "words": ""} | facts


def deciding(world, grade="qualified", n=3, **facts):
    """A grade was proposed, and the other hands have opened it."""
    one = made.reviewed(world, S.PROPOSED, n, grade=grade, words="一年没有参加组织生活")
    for user in filter(lambda who: rules.can_read(who, one), User.objects.all()):  # of whoever may, the matrix asks each
        read_reviewed(reviewed_member_id=one.pk, **by(world) | {"by": user})
    return {"reviewed_member_id": one.pk, "township": "", "mend_by": None} | facts


def looking(world):
    """Ballots were counted, and the other hands have opened it."""
    one = made.reviewed(world, S.COUNTED)
    for user in filter(lambda who: rules.can_read(who, one), User.objects.all()):
        read_reviewed(reviewed_member_id=one.pk, **by(world) | {"by": user})
    return {"branch_review_id": one.review_id}


def fixing(world):
    """Numbers of sheets were written down wrongly, and whoever mends them has opened what was counted."""
    return looking(world) | {"ballots_out": 7, "ballots_back": 6, "ballots_spoilt": 1}


def told_wrongly(world, n=3, state=S.TOLD):
    """A grade was proposed by one, looked at by another and told, and is wrong."""
    one = made.reviewed(world, state, n, words="会议记录上是合格")
    ReviewedMember.objects.filter(pk=one.pk).update(proposed_by=world.visitor, decided_by=world.clerk)
    return {"reviewed_member_id": one.pk, "reason": "登记成了另一个人的等次"}


def setting_aside(world, **facts):
    """The other hands have opened it."""
    what = told_wrongly(world)
    for user in filter(lambda who: rules.can_read(who, ReviewedMember.objects.get(pk=what["reviewed_member_id"])), User.objects.all()):
        read_reviewed(reviewed_member_id=what["reviewed_member_id"], **by(world) | {"by": user})
    return what | facts


def proposed_by(world, what):
    """Whoever acts had proposed it."""
    ReviewedMember.objects.filter(pk=what["reviewed_member_id"]).update(proposed_by=world.organiser)


def proposed_by_other_account(world, what):
    """Another account of whoever acts had."""
    ReviewedMember.objects.filter(pk=what["reviewed_member_id"]).update(proposed_by=world.secretary)
    same_name(world, what)


def told_before_it_was_set_aside(world):
    """The first grade was told on a day before it was set aside; the second has not been told since."""
    one = made.reviewed(world, S.DECIDED, 4)
    ReviewedMember.objects.filter(pk=one.pk).update(proposed_in=made.activity(world, ActivityState.CHECKED, kind="committee_meeting", day=DAY - timedelta(days=9)))
    GradeSetAside(row=one, grade="basically", reason="登记错了", proposed_in=one.proposed_in, told_on=DAY - timedelta(days=1), set_aside_at=MONDAY).save(force_insert=True)
    return {"reviewed_member_id": one.pk, "told_on": DAY - timedelta(days=1)}


def set_aside_before(world, what):
    """Another hand set it aside meanwhile."""
    set_grade_aside(**what, **by(world))


def counted_anew(world, what):
    """The first hand wrote other numbers after it was opened."""
    one = ReviewedMember.objects.get(review=what["branch_review_id"], state=S.COUNTED)
    count_member(reviewed_member_id=one.pk, own_word="in_writing", failed=5, **by(world))


def proposed_anew(world, what):
    """The first hand wrote another grade after it was opened, at the very same moment."""
    one = ReviewedMember.objects.get(pk=what["reviewed_member_id"])
    propose_grade(reviewed_member_id=one.pk, proposed_in=one.proposed_in, grade="unqualified", words="两年没有参加", **by(world))


def mending(world, **facts):
    """Somebody is to mend."""
    return deciding(world, "unqualified", township="11月1日乡镇党委同意", mend_by=DAY + timedelta(days=180)) | facts


def is_own(world, what):
    """Whoever acts bears the member's name."""
    one = ReviewedMember.objects.get(pk=what["reviewed_member_id"])
    User.objects.filter(pk__in=[world.secretary.pk, world.organiser.pk]).update(name=one.member.person.name)


def enough_excellent(world, _what):
    """Two of seven full members are found so already."""
    for n in (4, 5):
        made.reviewed(world, S.PROPOSED, n, grade="excellent")


ADD_UP = {"会上到了 %(n)s 人,发出的票不能比到会的多。": Felt(what={"ballots_out": 8}), "收回不能多于发出,作废不能多于收回。": Felt(what={"ballots_back": 4, "ballots_spoilt": 5})}

def went_on(state, **facts):
    """It is further on meanwhile."""
    return lambda world, _what: made.reviewed(world, state, **facts)


FITS = "四种票加起来不能超过有效票 %(n)s 张。"

ACTS = {
    "village.open_review": Tried("secretary", opening, {"ballots_back": 5}, may=BOTH, spoil={
        NO_KEEP: Felt(by="visitor"), "选一次开过、已经核对、这一年还没有录过票的民主评议会。": Felt(by=afar), **ADD_UP,
    }),
    "village.fix_ballots": Tried("secretary", fixing, {"ballots_spoilt": 0}, may=BOTH, spoil={
        **KEEPS, **ADD_UP, "第 %(numbers)s 号的票数录入以后您没有打开看过:逐个打开,再改。": Felt(before=counted_anew), "票数已经核对,不能再改。": Felt(before=went_on(S.LOOKED)), FITS: Felt(what={"ballots_back": 4, "ballots_spoilt": 0}),
    }),
    "village.look_at_counts": Tried("organiser", looking, {}, may=BOTH, spoil={
        **KEEPS, "还有 %(n)s 人的票数您没有打开看过:逐个打开,再核对。": Felt(before=counted_anew), "发出、收回的票数是您登记的,请另一个人核对。": Felt(by="secretary"), str(SAME_PERSON): Felt(before=same_name),
        "没有您可以核对的:自己录的、自己的评议,要另一个人核对,例如乡镇的组织委员。": Felt(before=lambda w, what: ReviewedMember.objects.update(counted_by=w.organiser)),
    }),
    "village.read_reviewed": Tried("secretary", of_row, {}, may=BOTH, spoil=KEEPS),
    "village.count_member": Tried("secretary", counting, {"basic": 0}, may=BOTH, spoil={**KEEPS, OWN: Felt(before=is_own), "这名党员的票数已经核对。": Felt(before=went_on(S.LOOKED)), FITS: Felt(what={"qualified": 5})}),
    "village.propose_grade": Tried("secretary", proposing, {"grade": "excellent"}, may=BOTH, spoil={
        **KEEPS, OWN: Felt(before=is_own), "票数核对以后、等次核对以前,才能提出等次。": Felt(before=went_on(S.DECIDED)),
        "选评议当天或者以后开过、已经核对的支部委员会会议、党员大会。": Felt(what=lambda w: {"proposed_in": made.activity(w, ActivityState.CHECKED, kind="theme_day")}),
        "预备党员参加评议,不定等次。": Felt(what=lambda w: proposing(w, 8)), "优秀最多 %(n)s 名,由乡镇党委核定。": Felt(what={"grade": "excellent"}, before=enough_excellent),
        "基本合格、不合格、不定等次的,写明意见。": Felt(what={"grade": "basically"}),
    }),
    "village.decide_grade": Tried("organiser", mending, {"township": "11月2日乡镇党委同意"}, may=BOTH, spoil={
        **KEEPS, OWN: Felt(before=is_own), "等次还没有提出,或者已经核对。": Felt(before=went_on(S.DECIDED, township="11月1日乡镇党委同意", mend_by=DAY + timedelta(days=90))), "自己登记的等次自己不能核对,请另一个人核对。": Felt(by="secretary"),
        str(SAME_PERSON): Felt(before=same_name), "先打开这一份评议,看过再核对。": Felt(before=proposed_anew),
        "只有不合格的才写乡镇党委的意见和改正期限。": Felt(what=lambda w: deciding(w, "basically", 4, township="11月1日同意")), "不合格的,先写乡镇党委的意见和限期改正到哪天。": Felt(what={"mend_by": None}),
        "改正期限在今天以后,不晚于 %(d)s。": Felt(what={"mend_by": DAY + timedelta(days=400)}),
    }),
    "village.tell_member": Tried("secretary", lambda w: of_row(w, S.DECIDED, told_on=DAY), {}, may=BOTH, spoil={
        **KEEPS, OWN: Felt(before=is_own), "等次核对以后才反馈,反馈一次。": Felt(before=went_on(S.TOLD)), "日期不能晚于今天。": Felt(what={"told_on": TOMORROW}),
        "反馈在提出等次以后。": Felt(what={"told_on": DAY - timedelta(days=1)}), "原来的等次作废了,作废以后要重新反馈本人。": Felt(what=told_before_it_was_set_aside),
    }),
    "village.set_grade_aside": Tried("organiser", setting_aside, {"reason": "会议记录上写的是优秀"}, may=BOTH, spoil={
        **KEEPS, OWN: Felt(before=is_own), "等次核对以后才能作废;没有核对的,重新登记就行。": Felt(before=set_aside_before), "您登记或者核对的等次自己不能作废,请第三个人办,例如乡镇的组织委员。": Felt(before=proposed_by),
        str(SAME_PERSON): Felt(before=proposed_by_other_account), "先打开这一份评议,看过再作废。": Felt(what=lambda w: told_wrongly(w, 4)),
        "“%(what)s”至少写 %(n)s 个字。": Felt(what={"reason": "错了"}),
    }),
}  # fmt: skip
