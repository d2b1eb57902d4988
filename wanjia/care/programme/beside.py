"""What of care stands at a school, on the school's own page: numbers and what they lead to, no child's name."""

from ..children.rules import names_of
from ..classes.rules import HOLDS, visible_classes
from ..duties import Duty
from ..gifts.rules import visible_distributions
from ..lines import queries as lines
from ..lines.standing import standing
from ..wish_states import UNDER_WAY, GiftState
from ..wishes.rules import SEES as SEES_WISHES
from ..wishes.rules import visible_wishes


def of_school(request, school):
    """Return what a school's page shows of care, each part as far as the reader may open it; None for whoever sees nothing there. school: anything with the `unit` that it is."""
    user, names, found = request.user, names_of(school.unit), {}
    if user.has_duty(Duty.SEE_CARE):
        pairs = standing(lines.seen(user, request.day).filter(child__school_name__in=names), request.day)
        found |= {"children": pairs.count(), "late": lines.late_of(pairs).count()}
    if user.has_duty(*SEES_WISHES):
        found["wishes"] = visible_wishes(user).filter(school__in=names, state__in=UNDER_WAY).count()
    if user.has_duty(*HOLDS):
        found["classes"] = list(visible_classes(user).filter(unit=school.unit, until_on__gt=request.day))
    if user.has_duty(Duty.KEEP_GIFTS):
        found["gifts"] = list(visible_distributions(user).filter(school=school.unit).exclude(state=GiftState.CLOSED))
    return found if any(found.values()) else None
