"""What the branch and clean-up days keep of somebody who is erased: a row of every model that can hold a word of the person."""

from wanjia.kernel.tests.tried import MONDAY
from wanjia.village.models import (
    BranchActivity,
    BranchDuty,
    BranchReview,
    BranchRoll,
    Candidate,
    CleanUp,
    CleanUpSection,
    DutyHolding,
    GradeSetAside,
    PartyMember,
    Pledge,
    RecruitMentor,
    RecruitStep,
    ReviewedMember,
)

from .factories import body

DAY = MONDAY.date()


def rows(world, person, mark):
    """Return {model: its row, or its fields}: the person was a member on leave, held a duty, pledged, was reviewed, was beside somebody who applied and applied before; the home had a section."""
    ours, home = body(world, "branch"), person.memberships.get(to_on=None).household
    member = PartyMember.objects.create(body=ours, person=person, from_on=DAY, entered_at=MONDAY)
    held = BranchActivity.objects.create(body=ours, kind="theme_day", day=DAY, setting="in_fields", place="地头", topic="剪枝", called_at=MONDAY)
    duty = BranchDuty.objects.create(body=ours, name="护学", does="看孩子过路", area_words="路口", from_on=DAY, opened_at=MONDAY)
    applied = Candidate(body=ours, serial=1, person=person, background="farmer", opened_on=DAY, opened_at=MONDAY, state="candidate_open", reason=f"{mark}撤回")
    applied.save(force_insert=True)
    step = RecruitStep(candidate=applied, number=1, day=DAY, words=f"{mark}递交", struck_words=f"{mark}写错", written_at=MONDAY)
    step.save(force_insert=True)
    review = BranchReview.objects.create(activity=held, ballots_out=7, ballots_back=7, opened_at=MONDAY)
    reviewed = ReviewedMember(review=review, serial=1, member=member, votes=True, tally=f"{mark}1,2", grade=f"{mark}基本合格", words=f"{mark}少参加", township=f"{mark}同意", mend_by=f"{mark}到年底")
    reviewed.save(force_insert=True)
    before = {"row": reviewed, "grade": f"{mark}不合格", "words": f"{mark}不来", "township": f"{mark}不同意", "mend_by": f"{mark}到年中", "reason": f"{mark}登记错", "proposed_in": held, "set_aside_at": MONDAY}
    day = CleanUp.objects.create(village=home.village, day=DAY, words="村道", planned_at=MONDAY)
    return {
        PartyMember: member, BranchRoll: {"activity": held, "member": member, "votes": True, "attended": "on_leave", "reason": f"{mark}生病"}, Candidate: applied, RecruitStep: step, ReviewedMember: reviewed, GradeSetAside: before,
        DutyHolding: {"duty": duty, "member": member, "named": True, "claimed_on": DAY, "claimed_at": MONDAY, "reason": f"{mark}外出"},
        Pledge: {"member": member, "words": f"{mark}修路灯", "pledged_on": DAY, "due_on": DAY, "pledged_at": MONDAY, "proof": f"{mark}的照片", "why_late": f"{mark}病了", "reason": f"{mark}没做"},
        RecruitMentor: {"candidate": applied, "member": member, "kind": "mentor", "from_on": DAY, "named_at": MONDAY},
        CleanUpSection: {"clean_up": day, "serial": 1, "words": "老街", "by": "by_home", "home": home, "left_words": f"{mark}家门口"},
    }  # fmt: skip
