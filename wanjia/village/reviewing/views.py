"""Pages of the yearly review: which meetings were counted and how far, one review's members by number, one member's (its opening is written down first); the ballot and the form on paper."""

from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.policy import branch as policy
from wanjia.reporting.documents.drawing import pdf

from ..branch import queries as branch
from ..branch.subjects import ACTIVITIES
from ..branch_states import ActivityKind
from ..duties import Duty
from . import commands, queries, rules
from .subjects import REVIEWED, REVIEWS


@page("village/branch/reviews/", Duty.KEEP_BRANCH, template="list", fresh=True)
def reviews(request):
    """The reviews of branches that the actor keeps, and meetings of which no ballots are written down."""
    rows = queries.listed(rules.visible_reviews(request.user)).order_by("-activity__day", "pk")
    return {"page": page_of(request, rows), "uncounted": page_of(request, rules.unreviewed(None, request.user, request.day).order_by("-day", "pk"), word="uncounted"), "n_waits": queries.waiting(request.user).count(), "day": request.day, "rule": policy.review(request.day)}


@page("village/branch/reviews/<uuid:branch_review_id>/", Duty.KEEP_BRANCH, of=REVIEWS, moves=True, fresh=True)
def branch_review(request, one):
    """A review: its sheets, its members in the order of the roll and how far each is; no grade, no number of ballots."""
    rule, rows = policy.review(one.activity.day), list(one.rows.select_related("member__person"))
    to_look = rules.to_look(request.user, one)
    return {"rows": rows, "rule": rule, "most": rule.most_excellent(sum(row.votes for row in rows)), "to_look": len(to_look), "unseen": rules.unseen(request.user, to_look), "day": request.day}


@page("village/branch/reviewed/<uuid:reviewed_member_id>/", Duty.KEEP_BRANCH, of=REVIEWED, moves=True, fresh=True)
def reviewed_member(request, one):
    """One member's review: the ballots, the grade, the words. Opening it is journalled first."""
    commands.read_reviewed(reviewed_member_id=one.pk, by=request.user, at=request.at)
    return {"tally": queries.tally(one), "before": queries.set_aside(one), "grade": queries.grade_words(one), "mend_day": queries.mend_day(one), "blank": one.review.valid - sum(n for _words, n in queries.tally(one)), "day": request.day}


def _paper(request, one, which, words):
    if one.kind != ActivityKind.APPRAISAL:
        raise Http404
    name = f"{one.body.name}{words}"
    context = {"activity": one, "due": branch.due_at(one), "name": name, "author": one.body.name, "made": request.at, "day": request.day, "rule": policy.review(one.day), "grades": queries.TALLIED}
    return beside(pdf(f"village/papers/{which}.html", context, name=f"{which}-{one.pk}"), f"{name}.pdf")


@page("village/branch/activities/<uuid:branch_activity_id>/ballot/", Duty.SEE_BRANCH, of=ACTIVITIES)
def review_ballot(request, one):
    """The ballot (测评票) to be copied, and the sheet on which two count: no name of who ticks."""
    return _paper(request, one, "review_ballot", "民主测评票")


@page("village/branch/activities/<uuid:branch_activity_id>/form/", Duty.SEE_BRANCH, of=ACTIVITIES)
def review_form(request, one):
    """A form (评议表) for each member, blank but for the name."""
    return _paper(request, one, "review_form", "民主评议党员登记表")
