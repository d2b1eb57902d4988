"""What is asked of points: the rules in force, what waits for whom, what the board shows, how many points may still be promised."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Sum
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.serials import next_serial
from wanjia.policy import points as policy
from wanjia.verdict import first_refusal

from ..booking.queries import points_out
from ..duties import Duty
from ..models import Good, PointClaim, PointObjection, PointScheme
from ..point_states import ClaimState, SchemeState
from . import rules


def in_force(village_id):
    """Return the rules in force in a village, None where there are none."""
    return PointScheme.objects.filter(village_id=village_id, state=SchemeState.IN_FORCE).first()


def next_clause(scheme, *_asked):
    """Return the number of the clause that comes next in a version of the rules."""
    return next_serial(scheme.items, "clause") if scheme else 1


def is_claimed_elsewhere(home, item, day):
    """Tell whether a home claimed a deed of this kind and day by another version: the one before, in the morning of the day on which this one began."""
    return PointClaim.objects.filter(home=home, day=day, item__head=item.head).exclude(item__scheme=item.scheme_id).exclude(state=ClaimState.REFUSED).exists()


def shelves(scheme):
    """Return what all that lies on the shelves costs in points."""
    rows = Good.objects.filter(village_id=scheme.village_id, offered=True, on_hand__gt=0).values_list("fen", "on_hand")
    return sum(policy.price(fen, scheme.fen) * pieces for fen, pieces in rows)


def promised(village_id):
    """Return the points that stand on the board and are not booked."""
    return PointClaim.objects.filter(village_id=village_id, state=ClaimState.POSTED).aggregate(n=Sum("points"))["n"] or 0


def left(scheme):
    """Return how many points may still be promised before they are more than the shelves can answer for (liability ≤ stock × cover)."""
    return policy.room(shelves(scheme), scheme.cover) - points_out(scheme.village_id) - promised(scheme.village_id)


def keeps_its_word(scheme, before):
    """Decide whether a version may replace the one before while homes hold points: a point is worth no less, and the shelves answer for all of them at its new worth."""
    out = points_out(scheme.village_id)
    return first_refusal(
        (before is None or not out or scheme.fen >= before.fen, _("各户手里还有 %(n)s 分,一分不能折得比原来少。") % {"n": out}),
        (before is None or not out or left(scheme) >= 0, _("按新办法,货架上的东西不够换各户手里的分,先进货。")),
    )  # fmt: skip



def words_of_item(one):
    """Return a clause as lists offer it."""
    before = f"(第{one.scheme.serial}版,{one.scheme.to_on} 前)" if one.scheme.to_on else ""
    return f"第{one.clause}条 {one.words} {one.points}分{before}"


def listed(rows):
    """Give claims what their lists show."""
    waits = PointObjection.objects.filter(claim=OuterRef("pk"), upheld=None)
    return rows.select_related("home", "item__scheme", "village").annotate(objected=Exists(waits))


def due(day):
    """The claims whose days on the board are over and that nobody objects to."""
    waits = PointObjection.objects.filter(claim=OuterRef("pk"), upheld=None)
    return PointClaim.objects.filter(~Exists(waits), state=ClaimState.POSTED, until_on__lt=day)


def to_review(actor):
    """The claims that wait for somebody's look, and those on the board that somebody objects to."""
    mine = rules.visible_claims(actor, duty=Duty.REVIEW_POINTS)
    objected = PointObjection.objects.filter(upheld=None).values("claim")
    return mine.filter(state=ClaimState.PROPOSED).exclude(proposed_by_id=actor.id) | mine.filter(state=ClaimState.POSTED, pk__in=objected)


def objections_open(claim, _actor, _day):
    """The objections to a claim that nobody answered yet."""
    return claim.objections.filter(upheld=None) if claim else PointObjection.objects.none()


def objections_of(claim, _actor, _day):
    """All objections to a claim: a call that is sent again names the one that it answered."""
    return claim.objections.all() if claim else PointObjection.objects.none()


def last_day(day):
    """Return the last day on the board of what is posted on a day."""
    return day + timedelta(days=policy.in_force(day).notice_days)
