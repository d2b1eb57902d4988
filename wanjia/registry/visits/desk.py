"""Today's visits on the desk: whose home, when, the telephone's end, one tap to the visit's form."""

from wanjia.doors.listing import block_of
from wanjia.kernel.privacy import mask_phone
from wanjia.registry.duties import Duty

from ..households.rules import can_reveal_home
from ..memberships import heads_of, rung_at
from . import queries

SHOWN = 8


def today_visits(request, _about):
    """Return my planned visits, the earliest first: {"visits": [{visit, head, away, phone}], "page"}; None for nobody who visits.

    phone: as lists show one, and only where the reader may ask for it whole; the tap that shows it is logged. Three questions.
    """
    if not request.user.has_duty(Duty.VISIT):
        return None
    page = block_of(request, queries.planned_for(request.user).prefetch_related(None), SHOWN, word="visits")
    homes = [visit.household for visit in page]
    day, heads, rung = request.day, heads_of(homes) if homes else {}, rung_at(homes)
    shown = [
        {
            "visit": visit, "head": heads.get(home.pk, ("",))[0], "away": (visit.planned_on - day).days,
            "phone": mask_phone(rung[home.pk].phone) if home.pk in rung and can_reveal_home(request.user, home) else "",
        }
        for visit, home in zip(page, homes, strict=True)
    ]  # fmt: skip
    return {"visits": shown, "page": page}
