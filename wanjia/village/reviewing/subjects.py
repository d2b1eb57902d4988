"""What the acts of the yearly review are about: the review of a meeting, one member's. A title says number and name, as the paper in hand does: that a member is reviewed is no secret of the branch, what was found is."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import BranchReview, ReviewedMember
from . import rules

OVER = ("village:reviews", _("民主评议党员"))
OF = ("review__activity__body__area", "member__person")


def _taken(pk, at):
    """Lock a member's row, and the review first: how many are 优秀 is asked of all its rows."""
    one = looked(ReviewedMember)(pk)
    BranchReview.objects.select_for_update(no_key=True).get(pk=one.review_id)
    return locked(ReviewedMember, *OF)(pk, at)


REVIEWS = Subject(
    "branch_review", "village.branchreview", "village/branch/reviews", seen=lambda actor, duty: rules.visible_reviews(actor, duty=duty).select_related("activity__body__area"),
    take=locked(BranchReview, "activity__body__area"), page="village:branch_review", over=OVER, about=str, word="review", drafts=False,
)  # fmt: skip
REVIEWED = Subject(
    "reviewed_member", "village.reviewedmember", "village/branch/reviewed", seen=lambda actor, duty: rules.visible_reviewed(actor, duty=duty).select_related(*OF), take=_taken,
    look=looked(ReviewedMember, *OF), page="village:reviewed_member", over=OVER, about=lambda one: f"{_('第 %(n)s 号评议') % {'n': one.serial}} {one.member}", word="reviewed", drafts=False,
)  # fmt: skip
